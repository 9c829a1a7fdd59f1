/* Samples of events to mark. One pass counts the groups, one draws: of each stratum the events with
 * the smallest hash of seed and id stay, which needs no order of the database and gives a larger
 * sample all events of a smaller one. In the sample's own order the strata are evenly mixed, so
 * that whoever stops in the middle has marked a random part of each. */
#include "store/marks.h"
#include "store/packed.h"
#include "store/select.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *const dgm_sample_columns[] = { "event_id", "stratum",    "weight",  "mark",
                                           "coding",   "text",       "trigger", "date",
                                           "story_id", "story_date", "source" };
const uint32_t dgm_n_sample_columns = DGM_LEN(dgm_sample_columns);

typedef struct {
    uint64_t hash;
    double place; /* the hash in the sample's order */
    int64_t story;
    char event_id[24];
    dgm_view group;
} drawn;

typedef struct {
    dgm_view name;
    uint64_t population, wanted, n;
    drawn *at; /* a heap, the largest hash first */
} stratum;

typedef struct {
    dgm_arena *arena;
    dgm_map *groups; /* name -> stratum */
    DGM_ARRAY(stratum) strata;
    uint64_t n;
    int64_t seed;
    bool no_memory;
} drawing;

/* ---- how many of each ----------------------------------------------------------------------- */

void dgm_allot(const uint64_t *sizes, uint32_t n_strata, uint64_t n, uint64_t *out)
{
    memset(out, 0, n_strata * sizeof *out);
    for (bool more = true; more && n > 0;) {
        uint64_t open = 0;
        for (uint32_t i = 0; i < n_strata; i++)
            open += out[i] < sizes[i];
        uint64_t each = open ? DGM_MAX(n / open, 1) : 0;
        more = open > 0;
        for (uint32_t i = 0; i < n_strata && n > 0; i++) {
            uint64_t room = sizes[i] - out[i], share = DGM_MIN(each, room);
            share = DGM_MIN(share, n);
            out[i] += share;
            n -= share;
        }
    }
}

static int by_size(const void *a, const void *b)
{
    const stratum *x = a, *y = b;
    if (x->population != y->population)
        return x->population < y->population ? 1 : -1;
    return dgm_view_cmp(x->name, y->name);
}

/* Of n events at most n / 2 strata, so that each that stands alone gives two. */
static void join_small(drawing *d)
{
    uint32_t most = (uint32_t)DGM_MAX(d->n / 2, 1);
    if (d->strata.n > 1)
        qsort(d->strata.at, d->strata.n, sizeof *d->strata.at, by_size);
    if (d->strata.n <= most)
        return;
    stratum *others = &d->strata.at[most - 1];
    others->name = DGM_VIEW(DGM_OTHERS);
    for (uint32_t i = most; i < d->strata.n; i++)
        others->population += d->strata.at[i].population;
    d->strata.n = most;
}

static bool allot(drawing *d)
{
    uint64_t *sizes = DGM_NEW(d->arena, uint64_t, (size_t)d->strata.n + 1),
             *wanted = DGM_NEW(d->arena, uint64_t, (size_t)d->strata.n + 1);
    if (!sizes || !wanted)
        return false;
    for (uint32_t i = 0; i < d->strata.n; i++)
        sizes[i] = d->strata.at[i].population;
    dgm_allot(sizes, d->strata.n, d->n, wanted);
    for (uint32_t i = 0; i < d->strata.n; i++) {
        stratum *s = &d->strata.at[i];
        s->wanted = wanted[i];
        s->at = DGM_NEW(d->arena, drawn, (size_t)wanted[i] + 1);
        if (!s->at || dgm_map_set(d->groups, s->name, i, NULL) != DGM_OK)
            return false;
    }
    return true;
}

/* ---- drawing -------------------------------------------------------------------------------- */

static dgm_view name_of(const dgm_cell *cell, char *buf, size_t size)
{
    if (cell->kind != DGM_CELL_INT)
        return dgm_cell_text(cell);
    snprintf(buf, size, "%lld", (long long)cell->integer);
    return dgm_view_of(buf);
}

static bool take_group(void *context, const dgm_cell *cells, uint32_t n)
{
    drawing *d = context;
    char buf[32];
    stratum *s = dgm_push(d->arena, &d->strata);
    (void)n;
    d->no_memory = d->no_memory || !s;
    if (!s)
        return false;
    *s = (stratum) { .name = dgm_arena_copy(d->arena, name_of(&cells[0], buf, sizeof buf)),
                     .population = (uint64_t)cells[1].integer };
    return true;
}

static bool is_before(const drawn *a, const drawn *b)
{
    return a->hash != b->hash ? a->hash < b->hash : a->story < b->story;
}

static void swap(drawn *a, drawn *b)
{
    drawn kept = *a;
    *a = *b;
    *b = kept;
}

/* Takes the place of the last in order, which stands at the top. */
static void replace_top(stratum *s, const drawn *it)
{
    s->at[0] = *it;
    for (uint64_t i = 0;;) {
        uint64_t left = 2 * i + 1, right = left + 1, largest = i;
        if (left < s->n && is_before(&s->at[largest], &s->at[left]))
            largest = left;
        if (right < s->n && is_before(&s->at[largest], &s->at[right]))
            largest = right;
        if (largest == i)
            return;
        swap(&s->at[i], &s->at[largest]);
        i = largest;
    }
}

static void offer(stratum *s, const drawn *it)
{
    if (s->n == s->wanted) {
        if (s->n > 0 && is_before(it, &s->at[0]))
            replace_top(s, it);
        return;
    }
    s->at[s->n] = *it;
    for (uint64_t i = s->n++; i > 0 && is_before(&s->at[(i - 1) / 2], &s->at[i]); i = (i - 1) / 2)
        swap(&s->at[i], &s->at[(i - 1) / 2]);
}

/* Cells: group, event_id, story. */
static bool take_event(void *context, const dgm_cell *cells, uint32_t n)
{
    drawing *d = context;
    char buf[32], key[64];
    dgm_view group = name_of(&cells[0], buf, sizeof buf);
    uint32_t i = dgm_map_get(d->groups, group);
    (void)n;
    if (i == DGM_NONE)
        i = dgm_map_get(d->groups, DGM_VIEW(DGM_OTHERS));
    if (i == DGM_NONE)
        return true;
    drawn it = { .story = cells[2].integer };
    snprintf(it.event_id, sizeof it.event_id, "%.*s", DGM_FMT(cells[1].text));
    snprintf(key, sizeof key, "%lld %s", (long long)d->seed, it.event_id);
    it.hash = dgm_hash(dgm_view_of(key));
    stratum *s = &d->strata.at[i];
    if (s->n == s->wanted && (s->n == 0 || !is_before(&it, &s->at[0])))
        return true;
    it.group = dgm_arena_copy(d->arena, group);
    d->no_memory = d->no_memory || dgm_arena_failed(d->arena);
    offer(s, &it);
    return !d->no_memory;
}

/* Events that pass the filter, each once: "SELECT what FROM ... tail". */
static dgm_status ask(dgm_store *store, const dgm_filter *filter, const char *what,
                      const char *tail, dgm_row_out_fn fn, drawing *d, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dgm_status status = dgm_select_init(&s, store, filter, err);
    dgm_buffer_printf(&sql, "SELECT %s FROM (SELECT DISTINCT e.event AS wanted", what);
    dgm_select_put(&s, &sql);
    dgm_buffer_printf(&sql,
                      ") w JOIN events e ON e.event = w.wanted JOIN stories s ON s.story = e.story"
                      "%s",
                      tail);
    if (status == DGM_OK)
        status = dgm_select_run(&s, &sql, fn, d);
    dgm_buffer_done(&sql);
    dgm_select_done(&s);
    if (status == DGM_OK && (d->no_memory || dgm_arena_failed(d->arena)))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the sample");
    return status;
}

static dgm_status draw(dgm_store *store, const dgm_filter *filter, dgm_by by, drawing *d,
                       dgm_err *err)
{
    char groups[200], events[240];
    const char *group = dgm_group_sql(store, by);
    snprintf(groups, sizeof groups, "%s, count(*)", group);
    snprintf(events, sizeof events, "%s, e.event_id, e.story", group);
    dgm_status status = ask(store, filter, groups, " GROUP BY 1", take_group, d, err);
    if (status != DGM_OK)
        return status;
    join_small(d);
    if (!allot(d))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the sample");
    return ask(store, filter, events, "", take_event, d, err);
}

/* ---- keeping -------------------------------------------------------------------------------- */

/* Hashes of a stratum's sample lie between 0 and about n / population of all; stretched to the
 * whole, they are like those of any other stratum. */
static void stretch(drawn *at, const stratum *s)
{
    for (uint64_t i = 0; i < s->n; i++)
        at[i].place = (double)at[i].hash * ((double)s->population / (double)s->n);
}

static int by_place(const void *a, const void *b)
{
    const drawn *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return is_before(a, b) ? -1 : is_before(b, a) ? 1 : 0;
}

/* Text that may be empty, which is not NULL here. */
static dgm_cell exact(dgm_view v)
{
    return (dgm_cell) { .kind = DGM_CELL_TEXT, .text = v.p ? v : DGM_VIEW("") };
}

static dgm_status keep_events(dgm_store *store, const drawing *d, int64_t sample, dgm_err *err)
{
    dgm_status status = DGM_OK;
    uint64_t n = 0;
    for (uint32_t i = 0; i < d->strata.n; i++)
        n += d->strata.at[i].n;
    drawn *all = DGM_NEW(d->arena, drawn, (size_t)n + 1);
    if (!all)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the sample");
    n = 0;
    for (uint32_t i = 0; i < d->strata.n && status == DGM_OK; i++) {
        const stratum *s = &d->strata.at[i];
        if (s->n > 0)
            memcpy(&all[n], s->at, (size_t)s->n * sizeof *all);
        stretch(&all[n], s);
        n += s->n;
        status = DGM_DO(store->db,
                        "INSERT INTO strata (sample, stratum, population, drawn)"
                        " VALUES (?, ?, ?, ?)",
                        err, dgm_int(sample), exact(s->name), dgm_int((int64_t)s->population),
                        dgm_int((int64_t)s->n));
    }
    qsort(all, (size_t)n, sizeof *all, by_place);
    for (uint64_t i = 0; i < n && status == DGM_OK; i++)
        status = DGM_DO(store->db,
                        "INSERT INTO sampled (sample, place_in_sample, story, event_id, stratum)"
                        " VALUES (?, ?, ?, ?, ?)",
                        err, dgm_int(sample), dgm_int((int64_t)i), dgm_int(all[i].story),
                        exact(dgm_view_of(all[i].event_id)), exact(all[i].group));
    return status;
}

static dgm_status keep(dgm_store *store, const drawing *d, dgm_view asked, const char *by,
                       int64_t *sample, dgm_err *err)
{
    char now[DGM_UTC];
    const dgm_cell design[] = { exact(dgm_view_of(by)), exact(asked), dgm_int(d->seed) };
    int64_t old = 0, last = 0;
    dgm_utc(time(NULL), now);
    dgm_status status = dgm_sql_number(
        store->db, "SELECT sample FROM samples WHERE drawn_by = ? AND filter = ? AND seed = ?",
        design, 3, &old, err);
    if (status == DGM_OK)
        status = dgm_sql_number(store->db, "SELECT coalesce(max(sample), 0) FROM samples", NULL, 0,
                                &last, err);
    if (status == DGM_OK)
        status = DGM_DO(store->db, "DELETE FROM sampled WHERE sample = ?", err, dgm_int(old));
    if (status == DGM_OK)
        status = DGM_DO(store->db, "DELETE FROM strata WHERE sample = ?", err, dgm_int(old));
    if (status == DGM_OK)
        status = DGM_DO(store->db, "DELETE FROM samples WHERE sample = ?", err, dgm_int(old));
    if (status == DGM_OK)
        status = DGM_DO(store->db,
                        "INSERT INTO samples (sample, drawn_by, filter, seed, n, drawn)"
                        " VALUES (?, ?, ?, ?, ?, ?)",
                        err, dgm_int(last + 1), design[0], design[1], design[2],
                        dgm_int((int64_t)d->n), dgm_text(dgm_view_of(now)));
    if (status == DGM_OK)
        status = keep_events(store, d, last + 1, err);
    if (status == DGM_OK)
        *sample = last + 1;
    return status;
}

dgm_status dgm_store_sample(dgm_store *store, const dgm_filter *filter, dgm_view asked, dgm_by by,
                            uint32_t n, int64_t seed, int64_t *sample, dgm_err *err)
{
    drawing d = { .arena = dgm_arena_new(), .groups = dgm_map_new(), .n = n, .seed = seed };
    const char *name = by == DGM_BY_TYPE     ? "type"
                       : by == DGM_BY_QUAD   ? "quad"
                       : by == DGM_BY_SOURCE ? "source"
                                             : "nothing";
    dgm_status status = d.arena && d.groups
                            ? dgm_store_begin(store, err)
                            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the sample");
    if (status == DGM_OK) {
        status = draw(store, filter, by, &d, err);
        if (status == DGM_OK && d.strata.n == 0)
            status = dgm_fail(err, DGM_EUSAGE, NULL, 0, "there is no event to draw");
        if (status == DGM_OK)
            status = keep(store, &d, asked, name, sample, err);
        if (status == DGM_OK)
            status = dgm_store_commit(store, err);
        else
            dgm_store_rollback(store);
    }
    dgm_map_free(d.groups);
    dgm_arena_free(d.arena);
    return status;
}

/* ---- what was drawn ------------------------------------------------------------------------- */

typedef struct {
    dgm_row_out_fn fn;
    void *context;
    dgm_arena *arena;
    dgm_shelf shelf;
    dgm_status status;
    dgm_err *err;
} telling;

/* Cells: event_id, stratum, population, drawn, verdict, those of the record. */
static bool tell(void *context, const dgm_cell *cells, uint32_t n)
{
    telling *t = context;
    dgm_record r;
    dgm_coding coding;
    dgm_buffer text = { 0 };
    dgm_view line;
    (void)n;
    dgm_arena_reset(t->arena);
    t->status = dgm_shelf_line(&t->shelf, cells + 5, &line, t->err);
    if (t->status == DGM_OK)
        t->status = dgm_record_read(line, t->arena, &r, t->err);
    if (t->status != DGM_OK)
        return false;
    dgm_coding_of(&r, &coding);
    dgm_coding_write(&coding, &text);
    const dgm_cell row[] = {
        cells[0],
        cells[1],
        dgm_real((double)cells[2].integer / (double)DGM_MAX(cells[3].integer, 1)),
        cells[4],
        dgm_text((dgm_view) { text.p, text.n }),
        dgm_text(r.text),
        dgm_text(r.trigger.text),
        dgm_text(r.event_date),
        dgm_text(r.story_id),
        dgm_text(r.story_date),
        dgm_text(r.story_source),
    };
    if (text.failed)
        t->status = dgm_fail(t->err, DGM_ENOMEM, NULL, 0, "no memory for an event");
    bool more = t->status == DGM_OK && t->fn(t->context, row, DGM_LEN(row));
    dgm_buffer_done(&text);
    return more;
}

dgm_status dgm_store_sampled(dgm_store *store, int64_t sample, bool unmarked, dgm_row_out_fn fn,
                             void *context, dgm_err *err)
{
    static const char sql[] =
        "SELECT d.event_id, h.stratum, h.population, h.drawn, m.verdict, " DGM_RECORD_OF(
            "e") " FROM sampled d"
                 " JOIN events e ON e.story = d.story AND e.event_id = d.event_id" DGM_JOIN_RECORDS(
                     "e") " JOIN strata h ON h.sample = d.sample AND h.stratum = coalesce((SELECT "
                          "x.stratum FROM"
                          " strata x WHERE x.sample = d.sample AND x.stratum = d.stratum), "
                          "'" DGM_OTHERS "')"
                          " LEFT JOIN marks m ON m.story = d.story AND m.event_id = d.event_id"
                          " WHERE d.sample = ? AND (? = 0 OR m.mark IS NULL) ORDER BY "
                          "d.place_in_sample";
    telling t = { .fn = fn, .context = context, .arena = dgm_arena_new(), .err = err };
    dgm_status status = t.arena ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
    if (status == DGM_OK && sample == 0)
        status = dgm_sql_number(store->db, "SELECT coalesce(max(sample), 0) FROM samples", NULL, 0,
                                &sample, err);
    if (status == DGM_OK && sample == 0)
        status = dgm_fail(err, DGM_EUSAGE, NULL, 0,
                          "no sample was drawn from the store; `dragoman sample` draws one");
    const dgm_cell cells[] = { dgm_int(sample), dgm_int(unmarked) };
    if (status == DGM_OK)
        status = dgm_sql_ask(store->db, sql, cells, 2, tell, &t, err);
    dgm_buffer_done(&t.shelf.lines);
    dgm_arena_free(t.arena);
    return status == DGM_OK ? t.status : status;
}
