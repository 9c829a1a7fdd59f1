/* Counts by group, with how many different events, stories and outlets there are in each. Rows are
 * only read once, in the order in which they lie; what is different is found here, by hashing,
 * since databases sort for it. */
#include "store/links.h"
#include "store/select.h"

#include "store/period.h"

#include <stdlib.h>
#include <string.h>

/* ---- a set of pairs ------------------------------------------------------------------------- */

typedef struct {
    int64_t value;
    uint64_t group; /* from 1; 0: free */
} pair;
typedef struct {
    pair *at;
    size_t n, size; /* size: a power of two */
} pairs;

static size_t slot_of(const pairs *set, uint64_t group, int64_t value)
{
    uint64_t h = ((uint64_t)value + group * 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
    size_t i = (size_t)(h ^ h >> 29) & (set->size - 1);
    while (set->at[i].group != 0 && (set->at[i].group != group || set->at[i].value != value))
        i = (i + 1) & (set->size - 1);
    return i;
}

static bool grow(pairs *set)
{
    pairs larger = { .size = set->size ? set->size * 4 : 1024, .n = set->n };
    larger.at = calloc(larger.size, sizeof *larger.at);
    if (!larger.at)
        return false;
    for (size_t i = 0; i < set->size; i++)
        if (set->at[i].group != 0)
            larger.at[slot_of(&larger, set->at[i].group, set->at[i].value)] = set->at[i];
    free(set->at);
    *set = larger;
    return true;
}

/* 1: it is new, 0: it is there, -1: no memory. */
static int add(pairs *set, uint64_t group, int64_t value)
{
    if (set->n * 2 >= set->size && !grow(set))
        return -1;
    size_t i = slot_of(set, group, value);
    if (set->at[i].group != 0)
        return 0;
    set->at[i] = (pair) { value, group };
    set->n++;
    return 1;
}

/* ---- groups --------------------------------------------------------------------------------- */

typedef struct {
    uint32_t i; /* place in the map of keys */
    int64_t n, events, stories, outlets;
    double goldstein, intensity;
    bool has_goldstein, has_intensity;
} group;

typedef struct {
    dgm_arena *arena;
    bool by_day, by_quad, by_size; /* the group is a period; a number; the largest first */
    bool two;                      /* a group and a period */
    dgm_by period;
    dgm_map *keys; /* group, and after a newline the period */
    dgm_map *sources;
    DGM_ARRAY(group) groups;
    int64_t last_day;
    uint32_t last_group; /* of last_day, where a day decides the group */
    int64_t last_story;
    uint32_t of_last_story;
    pairs same, stories, originals, outlets;
    bool failed;
} tally;

static uint32_t group_of_key(tally *t, dgm_view key)
{
    uint32_t i = dgm_map_get(t->keys, key);
    if (i != DGM_NONE)
        return i;
    group *new = dgm_push(t->arena, &t->groups);
    i = t->groups.n - 1;
    if (!new || dgm_map_set(t->keys, key, i, NULL) != DGM_OK) {
        t->failed = true;
        return 0;
    }
    new->i = i;
    return i;
}

/* Cells: what is grouped by, the day. */
static uint32_t group_of(tally *t, const dgm_cell *cells)
{
    char key[400], day[11] = "";
    bool dated = cells[1].kind == DGM_CELL_INT;
    if (t->by_day && !t->two && dated && t->groups.n > 0 && cells[1].integer == t->last_day)
        return t->last_group;
    if (t->by_day && dated)
        (void)dgm_period_name(t->period, cells[1].integer, day);
    if (cells[0].kind == DGM_CELL_INT)
        snprintf(key, sizeof key, "%lld\n%s", (long long)cells[0].integer, day);
    else
        snprintf(key, sizeof key, "%.*s\n%s",
                 cells[0].kind == DGM_CELL_TEXT ? (int)DGM_MIN(cells[0].text.n, 300) : 0,
                 cells[0].kind == DGM_CELL_TEXT ? cells[0].text.p : "", day);
    uint32_t i = group_of_key(t, dgm_view_of(key));
    t->last_day = dated ? cells[1].integer : INT64_MIN;
    t->last_group = i;
    return i;
}

static void add_real(const dgm_cell *cell, double *sum, bool *has)
{
    if (cell->kind != DGM_CELL_REAL && cell->kind != DGM_CELL_INT)
        return;
    *sum += cell->kind == DGM_CELL_REAL ? cell->real : (double)cell->integer;
    *has = true;
}

/* Cells: what is grouped by, the day, same, story, goldstein, intensity. */
static bool take_event(void *context, const dgm_cell *cells, uint32_t n)
{
    tally *t = context;
    (void)n;
    uint32_t i = group_of(t, cells);
    if (t->failed)
        return false;
    group *g = &t->groups.at[i];
    int is_new = add(&t->same, i + 1ull, cells[2].integer);
    t->failed = is_new < 0;
    if (cells[3].integer != t->last_story || i != t->of_last_story) /* events lie by stories */
        t->failed = add(&t->stories, i + 1ull, cells[3].integer) < 0 || t->failed;
    t->last_story = cells[3].integer;
    t->of_last_story = i;
    g->n++;
    g->events += is_new > 0;
    add_real(&cells[4], &g->goldstein, &g->has_goldstein);
    add_real(&cells[5], &g->intensity, &g->has_intensity);
    return !t->failed;
}

/* ---- stories and outlets -------------------------------------------------------------------- */

typedef struct {
    tally *t;
    struct {
        int64_t original;
        uint32_t source;
    } * of; /* of each story, up to its number */
    size_t size;
} library;

/* Cells: story, original, source. */
static bool take_story(void *context, const dgm_cell *cells, uint32_t n)
{
    library *l = context;
    size_t story = (size_t)cells[0].integer;
    (void)n;
    if (story >= l->size)
        return true;
    dgm_view source = dgm_cell_text(&cells[2]);
    uint32_t i = dgm_map_get(l->t->sources, source);
    if (i == DGM_NONE) {
        i = dgm_map_count(l->t->sources);
        l->t->failed = dgm_map_set(l->t->sources, source, i, NULL) != DGM_OK || l->t->failed;
    }
    l->of[story].original = cells[1].integer;
    l->of[story].source = i;
    return !l->t->failed;
}

/* Few stories are looked up, many read with all others. */
static dgm_status read_stories(dgm_store *store, library *l, dgm_err *err)
{
    enum { FEW = 2000 };
    const pairs *set = &l->t->stories;
    dgm_status status = DGM_OK;
    if (set->n > FEW)
        return dgm_sql_ask(store->db,
                           "SELECT story, original, source FROM stories ORDER BY original, source",
                           NULL, 0, take_story, l, err);
    for (size_t i = 0; i < set->size && status == DGM_OK; i++) {
        const dgm_cell story = dgm_int(set->at[i].value);
        if (set->at[i].group != 0)
            status = dgm_sql_ask(store->db,
                                 "SELECT story, original, source FROM stories WHERE story = ?",
                                 &story, 1, take_story, l, err);
    }
    return status;
}

static dgm_status count_stories(dgm_store *store, tally *t, dgm_err *err)
{
    library l = { .t = t };
    for (size_t i = 0; i < t->stories.size; i++) {
        int64_t story = t->stories.at[i].group != 0 ? t->stories.at[i].value : 0;
        if (story < 0 || story > UINT32_MAX)
            return dgm_fail(err, DGM_EFORMAT, store->db->name, 0,
                            "the store is damaged: a story has the number %lld", (long long)story);
        l.size = DGM_MAX(l.size, (size_t)story + 1);
    }
    l.of = calloc(l.size + 1, sizeof *l.of);
    if (!l.of)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for counts");
    dgm_status status = read_stories(store, &l, err);
    for (size_t i = 0; i < t->stories.size && status == DGM_OK && !t->failed; i++) {
        const pair *p = &t->stories.at[i];
        if (p->group == 0)
            continue;
        group *g = &t->groups.at[p->group - 1];
        int story = add(&t->originals, p->group, l.of[p->value].original);
        int outlet = add(&t->outlets, p->group, l.of[p->value].source);
        t->failed = story < 0 || outlet < 0;
        g->stories += story > 0;
        g->outlets += outlet > 0;
    }
    free(l.of);
    return status;
}

/* ---- the answer ----------------------------------------------------------------------------- */

static int by_key(const tally *t, const group *a, const group *b)
{
    dgm_view x = dgm_map_key(t->keys, a->i, NULL), y = dgm_map_key(t->keys, b->i, NULL);
    return dgm_view_cmp(x, y);
}

/* Merge sort, since what is compared lies in the tally. */
static void sort(const tally *t, group *at, group *room, uint32_t n)
{
    for (uint32_t width = 1; width < n; width *= 2) {
        for (uint32_t begin = 0; begin < n; begin += 2 * width) {
            uint32_t middle = DGM_MIN(begin + width, n), end = DGM_MIN(begin + 2 * width, n);
            uint32_t i = begin, k = middle;
            for (uint32_t out = begin; out < end; out++) {
                bool left = k >= end;
                if (!left && i < middle)
                    left = t->by_size && at[i].n != at[k].n ? at[i].n > at[k].n
                                                            : by_key(t, &at[i], &at[k]) <= 0;
                room[out] = left ? at[i++] : at[k++];
            }
        }
        memcpy(at, room, n * sizeof *at);
    }
}

static dgm_cell real_of(double sum, bool has)
{
    return has ? dgm_real(sum) : (dgm_cell) { .kind = DGM_CELL_NULL };
}

static bool give(const tally *t, const group *g, dgm_row_out_fn fn, void *context)
{
    dgm_cell cells[8];
    uint32_t n = 0;
    dgm_view period = dgm_map_key(t->keys, g->i, NULL), name;
    dgm_view_split(&period, '\n', &name);
    uint64_t quad = 0;
    if (t->two || !t->by_day)
        cells[n++] = t->by_quad && dgm_parse_u64(name, &quad)
                         ? dgm_int((int64_t)quad)
                         : (dgm_cell) { .kind = DGM_CELL_TEXT, .text = name };
    if (t->by_day)
        cells[n++] = dgm_text(period);
    cells[n++] = dgm_int(g->n);
    cells[n++] = dgm_int(g->events);
    cells[n++] = dgm_int(g->stories);
    cells[n++] = dgm_int(g->outlets);
    cells[n++] = real_of(g->goldstein, g->has_goldstein);
    cells[n++] = real_of(g->intensity, g->has_intensity);
    return fn(context, cells, n);
}

static dgm_status answer(tally *t, uint64_t limit, dgm_row_out_fn fn, void *context, dgm_err *err)
{
    group *room = DGM_NEW(t->arena, group, (size_t)t->groups.n + 1);
    if (t->failed || !room)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for counts");
    sort(t, t->groups.at, room, t->groups.n);
    uint64_t n = limit ? DGM_MIN(limit, t->groups.n) : t->groups.n;
    for (uint64_t i = 0; i < n; i++)
        if (!give(t, &t->groups.at[i], fn, context))
            break;
    return DGM_OK;
}

static dgm_status read_events(dgm_store *store, const dgm_filter *filter, const dgm_counting *how,
                              tally *t, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dgm_status status = dgm_select_init(&s, store, filter, err);
    const char *by = dgm_one_by(filter, how->per);
    bool inner = by || s.from.n > 0; /* what else is joined comes after it was chosen */
    dgm_buffer_printf(&sql, "SELECT %s, e.day, e.same, e.story, e.goldstein, e.intensity",
                      how->group);
    if (inner) {
        dgm_buffer_printf(&sql, " FROM (SELECT e.event AS wanted");
        dgm_select_put_once(&s, by, &sql);
        dgm_buffer_printf(&sql, ") w JOIN events e ON e.event = w.wanted%s", how->join);
    } else {
        dgm_buffer_printf(&sql, " FROM events e%s", how->join);
        dgm_buffer_put(&sql, (dgm_view) { s.where.p, s.where.n });
    }
    if (status == DGM_OK)
        status = dgm_select_run(&s, &sql, take_event, t);
    dgm_buffer_done(&sql);
    dgm_select_done(&s);
    return status;
}

dgm_status dgm_tally_run(dgm_store *store, const dgm_filter *filter, const dgm_counting *how,
                         dgm_row_out_fn fn, void *context, dgm_err *err)
{
    tally t = { .arena = dgm_arena_new(),
                .by_day = dgm_is_period(how->period),
                .by_quad = how->is_number,
                .by_size = how->by_size,
                .two = how->two,
                .period = how->period,
                .keys = dgm_map_new(),
                .sources = dgm_map_new() };
    dgm_status status = t.arena && t.keys && t.sources
                            ? read_events(store, filter, how, &t, err)
                            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for counts");
    if (status == DGM_OK && !t.failed)
        status = count_stories(store, &t, err);
    if (status == DGM_OK)
        status = answer(&t, how->limit, fn, context, err);
    free(t.same.at);
    free(t.stories.at);
    free(t.originals.at);
    free(t.outlets.at);
    dgm_map_free(t.sources);
    dgm_map_free(t.keys);
    dgm_arena_free(t.arena);
    return status;
}
