/* A learned model in memory: an open-addressed table from a feature's key to its weights. */
#include "learn/learn.h"

#include "base/compiled.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint64_t key; /* 0: empty */
    uint32_t first, n;
} slot;

typedef struct {
    int32_t value : 24; /* thousandths, at most MAX_WEIGHT, so that the sum of many is a number */
    uint32_t answer : 8;
} weight;
enum { MAX_WEIGHT = 100 * 1000 };

struct dgm_linear {
    dgm_arena *arena;
    slot *slots;
    uint64_t mask;   /* number of slots - 1, a power of two */
    uint64_t *sieve; /* [slots / 16] four bits a slot, one of them set for each key: most features
                      * are in no table, which their bit tells without a look at the slots */
    DGM_ARRAY(weight) weights;
    DGM_ARRAY(slot) rows;     /* while loading */
    dgm_file_bytes mapped;    /* slots and weights, where the build has compiled the table */
    dgm_view *answers;        /* [n_answers] */
    uint32_t n_answers, last; /* last: the one that was read last */
    dgm_complaints *complaints;
    bool failed;
};

/* ---- features ------------------------------------------------------------------------------- */

/* Of a name's bytes, as far as they count; never 0. */
static uint64_t key_of(dgm_view name)
{
    uint64_t h = dgm_hash(dgm_view_slice(name, 0, DGM_FEATURE_NAME));
    return h ? h : 1;
}

bool dgm_features_name(dgm_features *f, dgm_arena *arena)
{
    f->arena = arena;
    f->names = DGM_NEW(arena, dgm_view, DGM_MAX_FEATURES);
    return f->names != NULL;
}

static size_t put_part(char name[DGM_FEATURE_NAME], size_t n, dgm_view part)
{
    size_t size = DGM_MIN(part.n, DGM_FEATURE_NAME - n);
    memcpy(name + n, part.p, size);
    return n + size;
}

static size_t put_name(char name[DGM_FEATURE_NAME], dgm_view kind, const dgm_view parts[3])
{
    size_t n = put_part(name, 0, kind);
    for (int i = 0; i < 3; i++)
        if (parts[i].n)
            n = put_part(name, put_part(name, n, DGM_VIEW(" ")), parts[i]);
    return n;
}

/* Kept where a table can hold it. */
static dgm_view keep_name(dgm_arena *arena, dgm_view name)
{
    char *copy = dgm_arena_alloc(arena, name.n + 1, 1);
    if (!copy)
        return (dgm_view) { "", 0 };
    for (size_t i = 0; i < name.n; i++)
        copy[i] = name.p[i] == '\t' || name.p[i] == '\n' || name.p[i] == '\r' ? '_' : name.p[i];
    return (dgm_view) { copy, name.n };
}

/* Whether the key is there already; most that are not are told by one bit. */
static bool is_seen(dgm_features *f, uint64_t key)
{
    uint64_t bit = UINT64_C(1) << key % 64, *seen = &f->seen[key / 64 % DGM_LEN(f->seen)];
    if (!(*seen & bit)) {
        *seen |= bit;
        return false;
    }
    for (uint32_t i = 0; i < f->n; i++)
        if (f->keys[i] == key)
            return true;
    return false;
}

void dgm_feature_of(dgm_features *f, dgm_view kind, dgm_view a, dgm_view b, dgm_view c)
{
    char name[DGM_FEATURE_NAME];
    if (f->n == DGM_MAX_FEATURES)
        return;
    size_t n = put_name(name, kind, (const dgm_view[3]) { a, b, c });
    uint64_t key = key_of((dgm_view) { name, n });
    if (is_seen(f, key))
        return;
    if (f->names)
        f->names[f->n] = keep_name(f->arena, (dgm_view) { name, n });
    f->keys[f->n++] = key;
}

/* ---- loading -------------------------------------------------------------------------------- */

/* In a row they come in their order: the search begins behind the last. */
static uint32_t answer_of(dgm_linear *m, dgm_view name)
{
    for (uint32_t i = 0; i < m->n_answers; i++) {
        m->last = m->last + 1 < m->n_answers ? m->last + 1 : 0;
        if (dgm_view_eq(m->answers[m->last], name))
            return m->last;
    }
    return DGM_NONE;
}

/* A weight as the tables have nearly all: digits, and up to three behind a point. */
static bool take_thousandths(dgm_view v, int32_t *out)
{
    bool minus = v.n > 0 && v.p[0] == '-', point = false;
    int32_t value = 0;
    uint32_t n_behind = 0;
    if (v.n == minus || v.n > 6)
        return false;
    for (size_t i = minus; i < v.n; i++) {
        if (v.p[i] == '.' && !point && v.n > 1u + minus) {
            point = true;
            continue;
        }
        if (!dgm_is_digit((unsigned char)v.p[i]))
            return false;
        value = value * 10 + (v.p[i] - '0');
        n_behind += point;
    }
    for (; n_behind < 3; n_behind++)
        value *= 10;
    *out = minus ? -value : value;
    return n_behind == 3 && value <= MAX_WEIGHT;
}

static bool take_weight(dgm_view v, int32_t *out)
{
    double value;
    if (take_thousandths(v, out))
        return true;
    if (!dgm_parse_double(v, &value) || fabs(value) > 100)
        return false;
    *out = (int32_t)lround(value * 1000);
    return true;
}

static bool read_pair(dgm_linear *m, const dgm_row *row, dgm_view pair)
{
    dgm_view rest = pair, name;
    int32_t value;
    dgm_view_split(&rest, '=', &name);
    uint32_t answer = answer_of(m, name);
    if (answer == DGM_NONE || !rest.p || !take_weight(rest, &value)) {
        dgm_complain(m->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" is not ANSWER=WEIGHT with a weight from -100 to 100", DGM_FMT(pair));
        return true;
    }
    weight *w = dgm_push(m->arena, &m->weights);
    if (!w)
        return false;
    *w = (weight) { .value = value, .answer = answer };
    m->rows.at[m->rows.n - 1].n++;
    return true;
}

static bool read_row(void *context, const dgm_row *row)
{
    dgm_linear *m = context;
    dgm_view rest = row->cell[1], pair;
    slot *it = dgm_push(m->arena, &m->rows);
    bool good = it != NULL;
    if (it)
        *it = (slot) { .key = key_of(row->cell[0]), .first = m->weights.n };
    while (good && dgm_view_split(&rest, ' ', &pair))
        good = read_pair(m, row, pair);
    m->failed = m->failed || !good;
    return good;
}

static uint64_t bit_of(const dgm_linear *m, uint64_t key)
{
    return key >> 32 & (4 * m->mask + 3);
}

static bool passes(const dgm_linear *m, uint64_t key)
{
    uint64_t bit = bit_of(m, key);
    return m->sieve[bit / 64] >> bit % 64 & 1;
}

static bool build_sieve(dgm_linear *m)
{
    m->sieve = DGM_NEW(m->arena, uint64_t, (m->mask + 1) / 16);
    for (uint64_t i = 0; m->sieve && i <= m->mask; i++) {
        uint64_t bit = bit_of(m, m->slots[i].key);
        if (m->slots[i].key)
            m->sieve[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    return m->sieve != NULL;
}

static bool build_slots(dgm_linear *m)
{
    uint64_t n = 16;
    while (n < 2 * (uint64_t)m->rows.n)
        n *= 2;
    m->slots = DGM_NEW(m->arena, slot, n);
    m->mask = n - 1;
    for (uint32_t i = 0; m->slots && i < m->rows.n; i++) {
        uint64_t at = m->rows.at[i].key & m->mask;
        while (m->slots[at].key)
            at = (at + 1) & m->mask;
        m->slots[at] = m->rows.at[i];
    }
    return m->slots && build_sieve(m);
}

static dgm_linear *new_linear(const char *const *answers, uint32_t n_answers,
                              dgm_complaints *complaints)
{
    dgm_linear *m = calloc(1, sizeof(*m));
    if (!m)
        return NULL;
    m->arena = dgm_arena_new_for_tables();
    m->answers = m->arena ? DGM_NEW(m->arena, dgm_view, n_answers) : NULL;
    for (uint32_t i = 0; m->answers && i < n_answers; i++)
        m->answers[i] = dgm_view_of(answers[i]);
    m->n_answers = n_answers;
    m->complaints = complaints;
    if (m->answers)
        return m;
    dgm_linear_free(m);
    return NULL;
}

static dgm_status read_table(dgm_linear *m, const char *folder, const char *name)
{
    static const char *const columns[] = { "feature", "weights", NULL };
    char *text = NULL;
    dgm_status status = dgm_table_load(folder, name, columns, read_row, m, m->complaints, &text);
    dgm_table_ends(folder, name, text, m->complaints);
    free(text);
    if (status == DGM_OK && (m->failed || !build_slots(m) || dgm_arena_failed(m->arena)))
        status = DGM_ENOMEM;
    return status;
}

/* ---- compiled ------------------------------------------------------------------------------- */

/* What follows the head of a compiled table; the slots and the weights follow it. */
typedef struct {
    uint64_t answers; /* hash of their names */
    uint32_t n_slots, n_weights;
} image_head;
_Static_assert(sizeof(image_head) == 16 && sizeof(slot) == 16 && sizeof(weight) == 4,
               "what is written has no holes");

static uint64_t hash_answers(const dgm_linear *m)
{
    uint64_t hash = m->n_answers;
    for (uint32_t i = 0; i < m->n_answers; i++)
        hash = (hash ^ dgm_hash(m->answers[i])) * UINT64_C(0x9E3779B97F4A7C15);
    return hash;
}

/* "model/x.tsv" is compiled into "model/x.compiled". */
static dgm_compiled kind_of(const char *name, char compiled[100])
{
    snprintf(compiled, 100, "%.*s.compiled", (int)strcspn(name, "."), name);
    return (dgm_compiled) { "DGMLEARN", 1, compiled, { name } };
}

typedef struct {
    dgm_linear *m;
    const dgm_compiled *kind;
} taking;

/* Whether slots and weights lead nowhere else, and some slots are free, so that a search ends. */
static bool parts_are_good(const image_head *head, const slot *slots, const weight *weights,
                           uint32_t n_answers)
{
    bool free_slot = false;
    for (uint32_t i = 0; i < head->n_slots; i++) {
        free_slot = free_slot || !slots[i].key;
        if (slots[i].first > head->n_weights || slots[i].n > head->n_weights - slots[i].first)
            return false;
    }
    for (uint32_t i = 0; i < head->n_weights; i++)
        if (weights[i].answer >= n_answers || abs(weights[i].value) > MAX_WEIGHT)
            return false;
    return free_slot && head->n_slots >= 16 && (head->n_slots & (head->n_slots - 1)) == 0;
}

static dgm_status take(void *context, dgm_view bytes, const char *path, dgm_err *err)
{
    const taking *t = context;
    dgm_linear *m = t->m;
    dgm_view rest;
    const slot *slots = NULL;
    const weight *weights = NULL;
    dgm_status status = dgm_compiled_check(t->kind, bytes, path, &rest, err);
    if (status != DGM_OK)
        return status;
    const image_head *head = dgm_view_cut(&rest, 1, sizeof *head);
    if (!head || !(slots = dgm_view_cut(&rest, head->n_slots, sizeof *slots)) ||
        !(weights = dgm_view_cut(&rest, head->n_weights, sizeof *weights)) || rest.n > 0)
        return dgm_fail(err, DGM_EFORMAT, path, 0, "is damaged: its size is not that of its parts");
    if (head->answers != hash_answers(m))
        return DGM_EUSAGE;
    if (!parts_are_good(head, slots, weights, m->n_answers))
        return dgm_fail(err, DGM_EFORMAT, path, 0, "is damaged: its parts do not fit together");
    m->slots = (slot *)(uintptr_t)slots;
    m->mask = head->n_slots - UINT64_C(1);
    m->weights.at = (weight *)(uintptr_t)weights;
    m->weights.n = head->n_weights;
    return build_sieve(m) ? DGM_OK
                          : dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for learned weights");
}

dgm_status dgm_linear_compile(const char *folder, const char *name, const char *const *answers,
                              uint32_t n_answers, dgm_complaints *complaints, dgm_buffer *out,
                              dgm_err *err)
{
    char compiled[100];
    dgm_compiled kind = kind_of(name, compiled);
    dgm_linear *m = new_linear(answers, n_answers, complaints);
    dgm_status status = m ? dgm_compiled_begin(&kind, folder, out, err) : DGM_ENOMEM;
    if (status == DGM_OK)
        status = read_table(m, folder, name);
    if (status == DGM_OK) {
        image_head head = { hash_answers(m), (uint32_t)(m->mask + 1), m->weights.n };
        dgm_buffer_put(out, (dgm_view) { (const char *)&head, sizeof head });
        dgm_buffer_put(out, (dgm_view) { (const char *)m->slots, head.n_slots * sizeof(slot) });
        dgm_buffer_put(out,
                       (dgm_view) { (const char *)m->weights.at, head.n_weights * sizeof(weight) });
        dgm_compiled_end(out);
    }
    dgm_linear_free(m);
    return status == DGM_OK && out->failed ? DGM_ENOMEM : status;
}

dgm_status dgm_linear_load(const char *dirs, const char *name, const char *const *answers,
                           uint32_t n_answers, dgm_complaints *complaints, dgm_linear **out,
                           dgm_err *err)
{
    char folder[4096], compiled[100];
    dgm_compiled kind = kind_of(name, compiled);
    *out = NULL;
    if (!dgm_folders_holder(dirs, name, folder, sizeof folder))
        return DGM_OK;
    dgm_linear *m = new_linear(answers, n_answers, complaints);
    taking t = { m, &kind };
    dgm_status status = m ? DGM_OK : DGM_ENOMEM;
    if (m && !dgm_compiled_map(&kind, dgm_view_of(folder), take, &t, &m->mapped, complaints))
        status = read_table(m, folder, name);
    if (status != DGM_OK) {
        dgm_linear_free(m);
        return dgm_fail(err, status, folder, 0, "%s: the learned weights cannot be loaded%s", name,
                        status == DGM_ENOMEM ? ": no memory" : "");
    }
    if (m->weights.n > 0)
        *out = m;
    else /* weights that say nothing would decide everything by chance */
        dgm_linear_free(m);
    return DGM_OK;
}

void dgm_linear_free(dgm_linear *m)
{
    if (!m)
        return;
    dgm_arena_free(m->arena);
    dgm_file_unmap(&m->mapped);
    free(m);
}

/* ---- scores --------------------------------------------------------------------------------- */

static const slot *find(const dgm_linear *m, uint64_t key)
{
    for (uint64_t at = key & m->mask; m->slots[at].key; at = (at + 1) & m->mask)
        if (m->slots[at].key == key)
            return &m->slots[at];
    return NULL;
}

/* In three passes, so that what is far away in memory comes while others are looked up. */
void dgm_linear_score(const dgm_linear *m, const dgm_features *f, int32_t *scores)
{
    const slot *found[DGM_MAX_FEATURES];
    uint64_t likely[DGM_MAX_FEATURES];
    uint32_t n_likely = 0, n = 0;
    memset(scores, 0, m->n_answers * sizeof(*scores));
    for (uint32_t i = 0; i < f->n; i++)
        if (passes(m, f->keys[i])) {
            dgm_prefetch(&m->slots[f->keys[i] & m->mask]);
            likely[n_likely++] = f->keys[i];
        }
    for (uint32_t i = 0; i < n_likely; i++) {
        const slot *s = find(m, likely[i]);
        if (s) {
            dgm_prefetch(&m->weights.at[s->first]);
            found[n++] = s;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < found[i]->n; k++) {
            weight w = m->weights.at[found[i]->first + k];
            scores[w.answer] += w.value;
        }
}

double dgm_likelihood(int32_t score)
{
    return 1 / (1 + exp(-score / 1000.0));
}

static int32_t weight_of(const dgm_linear *m, uint64_t key, uint32_t answer)
{
    const slot *s = find(m, key);
    for (uint32_t k = 0; s && k < s->n; k++)
        if (m->weights.at[s->first + k].answer == answer)
            return m->weights.at[s->first + k].value;
    return 0;
}

dgm_view dgm_linear_reasons(const dgm_linear *m, const dgm_features *f, uint32_t answer,
                            dgm_arena *arena)
{
    enum { MOST = 5 };
    bool told[DGM_MAX_FEATURES] = { false };
    dgm_view out = { "", 0 };
    for (uint32_t k = 0; k < MOST && f->names; k++) {
        uint32_t best = DGM_NONE;
        int32_t most = 0;
        for (uint32_t i = 0; i < f->n; i++) {
            int32_t w = told[i] ? 0 : weight_of(m, f->keys[i], answer);
            if (abs(w) > abs(most)) {
                most = w;
                best = i;
            }
        }
        if (best == DGM_NONE)
            break;
        told[best] = true;
        out = dgm_arena_printf(arena, "%.*s%s%.*s %+.2f", DGM_FMT(out), out.n ? ", " : "",
                               DGM_FMT(f->names[best]), most / 1000.0);
    }
    return out;
}
