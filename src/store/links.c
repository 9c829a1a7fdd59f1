#include "store/links.h"

#include "grounding/calendar.h"
#include "output/output.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

dgm_view dgm_side_of(const dgm_record_actor *actor)
{
    return actor->country.n ? actor->country : actor->code;
}

static dgm_view code_of(const dgm_record_actor *actor)
{
    return actor->code;
}

static int by_bytes(const void *a, const void *b)
{
    return dgm_view_cmp(*(const dgm_view *)a, *(const dgm_view *)b);
}

/* Everybody of a role once, in order; *n counts those who are known. */
static void put_role(const dgm_record_actor *at, uint32_t n,
                     dgm_view (*name)(const dgm_record_actor *), dgm_buffer *key, uint32_t *known)
{
    dgm_view *names = calloc((size_t)n + 1, sizeof *names);
    key->failed = key->failed || !names;
    for (uint32_t i = 0; names && i < n; i++)
        names[i] = name(&at[i]);
    if (names)
        qsort(names, n, sizeof *names, by_bytes);
    for (uint32_t i = 0; names && i < n; i++) {
        if (names[i].n == 0 || (i > 0 && dgm_view_eq(names[i], names[i - 1])))
            continue;
        dgm_buffer_put(key, names[i]);
        dgm_buffer_put(key, DGM_VIEW(","));
        ++*known;
    }
    dgm_buffer_put(key, DGM_VIEW("|"));
    free(names);
}

/* Of so many bits, so that stores keep it in few bytes; positive, never 0. */
static int64_t finish(dgm_buffer *key, uint32_t known, unsigned bits)
{
    bool failed = key->failed;
    uint64_t hash = failed || !known ? 0 : XXH3_64bits(key->p, key->n) >> (64 - bits) | 1;
    dgm_buffer_done(key);
    return failed ? -1 : (int64_t)hash;
}

static void put_sides(const dgm_record *r, dgm_view (*name)(const dgm_record_actor *),
                      dgm_buffer *key, uint32_t *known)
{
    dgm_buffer_printf(key, "%.*s|", DGM_FMT(r->type));
    put_role(r->actors.at, r->actors.n, name, key, known);
    put_role(r->recipients.at, r->recipients.n, name, key, known);
}

int64_t dgm_same_event(const dgm_record *r)
{
    dgm_buffer key = { 0 };
    uint32_t known = 0;
    put_sides(r, code_of, &key, &known);
    dgm_buffer_put(&key, r->event_date.n ? r->event_date : r->story_date);
    dgm_buffer_put(&key, DGM_VIEW("|"));
    if (r->locations.n > 0) {
        dgm_buffer_put(&key, r->locations.at[0].country);
        dgm_buffer_put(&key, r->locations.at[0].name);
    }
    return finish(&key, known, 47);
}

int64_t dgm_same_sides(const dgm_record *r)
{
    dgm_buffer key = { 0 };
    uint32_t known = 0;
    put_sides(r, dgm_side_of, &key, &known);
    return finish(&key, known, 31);
}

int64_t dgm_day_number(dgm_view day)
{
    dgm_day number;
    return dgm_day_parse(day, &number) ? number : 0;
}

/* ---- commitments ---------------------------------------------------------------------------- */

const char *dgm_commitment_name(dgm_commitment kind)
{
    static const char *const names[] = { "announcement", "promise", "threat", "ultimatum",
                                         "condition" };
    return names[kind];
}

const char *dgm_outcome_name(dgm_outcome outcome)
{
    static const char *const names[] = { "open", "triggered", "fulfilled", "broken", "lapsed" };
    return names[outcome];
}

dgm_commitment dgm_commitment_of(dgm_event_type type, dgm_event_type parent, bool promised,
                                 bool has_condition)
{
    if (type == DGM_THREATEN || parent == DGM_THREATEN)
        return has_condition ? DGM_ULTIMATUM : DGM_THREAT;
    if (promised || type == DGM_AGREE || parent == DGM_AGREE || parent == DGM_CONCEDE)
        return DGM_PROMISE;
    return has_condition ? DGM_CONDITION : DGM_ANNOUNCEMENT;
}

dgm_outcome dgm_judge(bool negated, int64_t deadline, int64_t newest, const dgm_later *later,
                      uint32_t n, uint32_t *decided)
{
    uint32_t act = DGM_NONE, instead = DGM_NONE, condition = DGM_NONE;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *first = later[i].of_condition ? &condition : later[i].instead ? &instead : &act;
        if (later[i].of_condition && later[i].negated)
            continue; /* it did not come true: all stays as it was */
        if (*first == DGM_NONE || later[i].day < later[*first].day)
            *first = i;
    }
    act = act != DGM_NONE ? act : instead;
    *decided = act != DGM_NONE ? act : condition;
    if (act != DGM_NONE)
        return later[act].negated == negated ? DGM_FULFILLED : DGM_BROKEN;
    if (condition != DGM_NONE)
        return DGM_TRIGGERED;
    return deadline > 0 && deadline < newest ? DGM_LAPSED : DGM_OPEN;
}
