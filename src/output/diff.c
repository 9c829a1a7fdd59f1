#include "output/diff.h"

#include "output/writers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[DGM_N_DIFFS] = {
#define X(id, name) [DGM_DIFF_##id] = name,
    DGM_DIFF_MAP(X)
#undef X
};

const char *dgm_diff_class_name(dgm_diff_class class)
{
    return names[class];
}

/* ---- comparing ------------------------------------------------------------------------------ */

typedef struct {
    const dgm_record *old, *new;
    uint32_t n_old, n_new;
    uint32_t *of_old, *of_new; /* whom each is paired with; DGM_NONE */
} sides;

static dgm_view label_of(const dgm_record_actor *actor)
{
    return actor->code.n ? actor->code : actor->words.text;
}

/* Lists of the same length are the same where each member of one is, as often, in the other; long
 * ones must have the same order as well. */
#define SAME_LIST(a, b, same) same_list((a)->at, (a)->n, (b)->at, (b)->n, sizeof *(a)->at, same)
static bool same_list(const void *a, uint32_t n_a, const void *b, uint32_t n_b, size_t size,
                      bool (*same)(const void *, const void *))
{
    enum { LONG = 64 };
    uint64_t taken = 0;
    if (n_a != n_b)
        return false;
    for (uint32_t i = 0; i < n_a; i++) {
        const char *member = (const char *)a + i * size;
        uint32_t k = n_a > LONG ? i : 0, end = n_a > LONG ? i + 1 : n_b;
        while (k < end &&
               ((n_a <= LONG && (taken >> k & 1)) || !same(member, (const char *)b + k * size)))
            k++;
        if (k == end)
            return false;
        taken |= n_a > LONG ? 0 : UINT64_C(1) << k;
    }
    return true;
}

static bool same_actor(const void *a, const void *b)
{
    return dgm_view_eq(label_of(a), label_of(b));
}

static bool same_name(const void *a, const void *b)
{
    const dgm_record_actor *x = a, *y = b;
    return dgm_view_eq(x->name, y->name) && dgm_view_eq(x->id, y->id);
}

static bool same_view(const void *a, const void *b)
{
    return dgm_view_eq(*(const dgm_view *)a, *(const dgm_view *)b);
}

static bool same_place(const void *a, const void *b)
{
    const dgm_record_place *x = a, *y = b;
    return dgm_view_eq(x->name, y->name) && dgm_view_eq(x->country, y->country);
}

static bool same_voice(const void *a, const void *b)
{
    const dgm_record_voice *x = a, *y = b;
    return x->kind == y->kind && x->has_speaker == y->has_speaker &&
           (!x->has_speaker || same_actor(&x->speaker, &y->speaker));
}

static bool same_number(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b;
}

static uint32_t index_of(const dgm_record *at, uint32_t n, dgm_view id)
{
    for (uint32_t i = 0; i < n && id.n > 0; i++) {
        if (dgm_view_eq(at[i].event_id, id))
            return i;
    }
    return DGM_NONE;
}

/* Ids may differ, but must name events that are paired. */
static bool same_link(const sides *s, dgm_view old, dgm_view new)
{
    if (old.n == 0 || new.n == 0)
        return old.n == new.n;
    if (dgm_view_eq(old, new))
        return true;
    uint32_t i_old = index_of(s->old, s->n_old, old);
    return i_old != DGM_NONE && s->of_old[i_old] == index_of(s->new, s->n_new, new);
}

static bool same_contradictions(const sides *s, const dgm_record *a, const dgm_record *b)
{
    if (a->contradicts.n != b->contradicts.n)
        return false;
    for (uint32_t i = 0; i < a->contradicts.n; i++) {
        if (!same_link(s, a->contradicts.at[i], b->contradicts.at[i]))
            return false;
    }
    return true;
}

static bool same_rest(const sides *s, const dgm_record *a, const dgm_record *b)
{
    return SAME_LIST(&a->contexts, &b->contexts, same_view) && dgm_view_eq(a->cameo, b->cameo) &&
           same_number(a->goldstein, b->goldstein) && same_number(a->intensity, b->intensity) &&
           dgm_view_eq(a->condition.text, b->condition.text) &&
           dgm_view_eq(a->trigger.text, b->trigger.text) &&
           SAME_LIST(&a->actors, &b->actors, same_name) &&
           SAME_LIST(&a->recipients, &b->recipients, same_name) &&
           same_link(s, a->condition_event, b->condition_event) &&
           same_link(s, a->content_of, b->content_of) && same_contradictions(s, a, b);
}

/* All classes but DGM_DIFF_OTHER. */
static uint32_t compare_what(const dgm_record *a, const dgm_record *b)
{
    const bool same[DGM_DIFF_OTHER] = {
        [DGM_DIFF_TYPE] = dgm_view_eq(a->type, b->type) && dgm_view_eq(a->mode, b->mode),
        [DGM_DIFF_SIDES] = SAME_LIST(&a->actors, &b->actors, same_actor) &&
                           SAME_LIST(&a->recipients, &b->recipients, same_actor),
        [DGM_DIFF_POLARITY] = a->polarity == b->polarity,
        [DGM_DIFF_STATUS] = a->status == b->status && a->historical == b->historical,
        [DGM_DIFF_DATE] = dgm_view_eq(a->event_date, b->event_date) &&
                          dgm_view_eq(a->event_date_end, b->event_date_end),
        [DGM_DIFF_PLACE] = SAME_LIST(&a->locations, &b->locations, same_place),
        [DGM_DIFF_SPEAKER] = SAME_LIST(&a->voices, &b->voices, same_voice),
    };
    uint32_t classes = 0;
    for (uint32_t i = 0; i < DGM_DIFF_OTHER; i++)
        classes |= same[i] ? 0 : 1u << i;
    return classes;
}

static uint32_t compare(const sides *s, const dgm_record *a, const dgm_record *b)
{
    uint32_t classes = compare_what(a, b);
    /* What follows from the type, the sides' names among it, is no difference of its own. */
    bool follows = classes & (1u << DGM_DIFF_TYPE | 1u << DGM_DIFF_SIDES);
    return follows || same_rest(s, a, b) ? classes : classes | 1u << DGM_DIFF_OTHER;
}

/* ---- pairing -------------------------------------------------------------------------------- */

static bool at_one_place(const dgm_record *a, const dgm_record *b)
{
    return a->trigger.begin == b->trigger.begin && a->trigger.end == b->trigger.end;
}

static bool pairs_by_place_and_type(const dgm_record *a, const dgm_record *b)
{
    return at_one_place(a, b) && dgm_view_eq(a->type, b->type);
}

/* Offsets move where the text was wrapped or cut anew; the words do not. */
static bool pairs_by_sentence(const dgm_record *a, const dgm_record *b)
{
    return dgm_view_eq(a->type, b->type) && a->sentence == b->sentence &&
           dgm_view_eq(a->trigger.text, b->trigger.text);
}

static bool pairs_by_overlap(const dgm_record *a, const dgm_record *b)
{
    return dgm_view_eq(a->type, b->type) && a->trigger.begin < b->trigger.end &&
           b->trigger.begin < a->trigger.end;
}

/* Of several that could be paired with an event, the one that differs from it in the fewest ways.
 */
static void pair_by(const sides *s, bool (*pairs)(const dgm_record *, const dgm_record *))
{
    for (uint32_t i = 0; i < s->n_old; i++) {
        uint32_t best = DGM_NONE, least = UINT32_MAX;
        for (uint32_t k = 0; s->of_old[i] == DGM_NONE && k < s->n_new && least > 0; k++) {
            if (s->of_new[k] != DGM_NONE || !pairs(&s->old[i], &s->new[k]))
                continue;
            uint32_t n = dgm_count_bits(compare_what(&s->old[i], &s->new[k]));
            best = n < least ? k : best;
            least = DGM_MIN(n, least);
        }
        if (best != DGM_NONE) {
            s->of_old[i] = best;
            s->of_new[best] = i;
        }
    }
}

typedef struct {
    dgm_difference difference;
    uint32_t sentence, begin, order;
} placed;

static int by_place(const void *x, const void *y)
{
    const placed *a = x, *b = y;
    if (a->sentence != b->sentence)
        return a->sentence < b->sentence ? -1 : 1;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void keep(placed *at, uint32_t *n, const dgm_record *record, dgm_difference difference)
{
    at[*n] = (placed) { difference, record->sentence, record->trigger.begin, *n };
    (*n)++;
}

static uint32_t collect(const sides *s, placed *at)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->n_old; i++) {
        uint32_t k = s->of_old[i];
        uint32_t classes = k == DGM_NONE ? 0 : compare(s, &s->old[i], &s->new[k]);
        if (k == DGM_NONE || classes)
            keep(at, &n, &s->old[i], (dgm_difference) { i, k, classes });
    }
    for (uint32_t k = 0; k < s->n_new; k++) {
        if (s->of_new[k] == DGM_NONE)
            keep(at, &n, &s->new[k], (dgm_difference) { DGM_NONE, k, 0 });
    }
    qsort(at, n, sizeof *at, by_place);
    return n;
}

dgm_status dgm_diff_events(const dgm_record *old, uint32_t n_old, const dgm_record *new,
                           uint32_t n_new, dgm_arena *arena, dgm_difference **out, uint32_t *n,
                           dgm_err *err)
{
    if (n_old > DGM_MAX_DIFF || n_new > DGM_MAX_DIFF)
        return dgm_fail(err, DGM_ELIMIT, NULL, 0, "a story with more than %d events", DGM_MAX_DIFF);
    sides s = { .old = old,
                .new = new,
                .n_old = n_old,
                .n_new = n_new,
                .of_old = DGM_NEW(arena, uint32_t, (size_t)n_old + 1),
                .of_new = DGM_NEW(arena, uint32_t, (size_t)n_new + 1) };
    placed *at = DGM_NEW(arena, placed, (size_t)n_old + n_new + 1);
    dgm_difference *list = DGM_NEW(arena, dgm_difference, (size_t)n_old + n_new + 1);
    if (!s.of_old || !s.of_new || !at || !list)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory to compare a story");
    memset(s.of_old, 0xFF, n_old * sizeof *s.of_old); /* DGM_NONE */
    memset(s.of_new, 0xFF, n_new * sizeof *s.of_new);
    pair_by(&s, pairs_by_place_and_type);
    pair_by(&s, at_one_place);
    pair_by(&s, pairs_by_sentence);
    pair_by(&s, pairs_by_overlap);
    *n = collect(&s, at);
    for (uint32_t i = 0; i < *n; i++)
        list[i] = at[i].difference;
    *out = list;
    return DGM_OK;
}

/* ---- for a person --------------------------------------------------------------------------- */

static void put_side(const dgm_record_actor *at, uint32_t n, dgm_buffer *out)
{
    for (uint32_t i = 0; i < n; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        dgm_buffer_put(out, label_of(&at[i]));
    }
    dgm_buffer_put(out, n ? DGM_VIEW("") : DGM_VIEW("nobody"));
}

static void put_voices(const dgm_record *r, dgm_buffer *out)
{
    for (uint32_t i = 0; i < r->voices.n; i++) {
        const dgm_record_voice *voice = &r->voices.at[i];
        dgm_buffer_put(out, i ? DGM_VIEW(", ") : DGM_VIEW(""));
        dgm_buffer_put(out, voice->has_speaker ? label_of(&voice->speaker) : DGM_VIEW("somebody"));
        dgm_buffer_printf(out, " (%s)", dgm_attribution_kind_name(voice->kind));
    }
    dgm_buffer_put(out, r->voices.n ? DGM_VIEW("") : DGM_VIEW("the report"));
}

static void put_places(const dgm_record *r, dgm_buffer *out)
{
    for (uint32_t i = 0; i < r->locations.n; i++)
        dgm_buffer_printf(out, "%s%.*s (%.*s)", i ? ", " : "", DGM_FMT(r->locations.at[i].name),
                          DGM_FMT(r->locations.at[i].country));
    dgm_buffer_put(out, r->locations.n ? DGM_VIEW("") : DGM_VIEW("nowhere"));
}

static void put_rest(const dgm_record *r, dgm_buffer *out)
{
    dgm_buffer_printf(out, "\"%.*s\"", DGM_FMT(r->trigger.text));
    if (r->cameo.n)
        dgm_buffer_printf(out, ", CAMEO %.*s", DGM_FMT(r->cameo));
    for (uint32_t i = 0; i < r->contexts.n; i++)
        dgm_buffer_printf(out, "%s%.*s", i ? "," : ", ", DGM_FMT(r->contexts.at[i]));
    if (r->condition.text.n)
        dgm_buffer_printf(out, ", if \"%.*s\"", DGM_FMT(r->condition.text));
    if (r->content_of.n)
        dgm_buffer_put(out, DGM_VIEW(", content of another"));
    if (r->contradicts.n)
        dgm_buffer_printf(out, ", contradicts %u", r->contradicts.n);
}

void dgm_diff_put(const dgm_record *r, dgm_diff_class class, dgm_buffer *out)
{
    switch (class) {
    case DGM_DIFF_TYPE:
        dgm_buffer_printf(out, "%.*s%s%.*s", DGM_FMT(r->type), r->mode.n ? "-" : "",
                          DGM_FMT(r->mode));
        break;
    case DGM_DIFF_SIDES:
        put_side(r->actors.at, r->actors.n, out);
        dgm_buffer_put(out, DGM_VIEW(" > "));
        put_side(r->recipients.at, r->recipients.n, out);
        break;
    case DGM_DIFF_POLARITY:
        dgm_buffer_printf(out, "%s", dgm_polarity_name(r->polarity));
        break;
    case DGM_DIFF_STATUS:
        dgm_buffer_printf(out, "%s%s", dgm_factual_status_name(r->status),
                          r->historical ? ", historical" : "");
        break;
    case DGM_DIFF_DATE:
        dgm_buffer_printf(out, "%.*s%s%.*s", DGM_FMT(r->event_date),
                          r->event_date_end.n ? " to " : "", DGM_FMT(r->event_date_end));
        break;
    case DGM_DIFF_PLACE:
        put_places(r, out);
        break;
    case DGM_DIFF_SPEAKER:
        put_voices(r, out);
        break;
    case DGM_DIFF_OTHER:
        put_rest(r, out);
        break;
    case DGM_N_DIFFS:
        break;
    }
}
