/* Whole records of chosen events. The store gives records by event_id; two events may share one
 * where the same text stands in it twice, so numbers are asked for beside them, in the same order.
 */
#include "store/page.h"
#include "store/select.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 50 };

typedef struct {
    int64_t event, story;
    char id[40];
} known;

typedef struct {
    dgm_page_record_fn fn;
    void *context;
    const dgm_types *types;
    const int64_t *wanted;
    uint32_t n_wanted;
    dgm_arena *arena;
    DGM_ARRAY(known) known; /* all that have one of the ids, in order */
    uint32_t i;             /* the next record's */
    dgm_buffer *lines;      /* of each that is wanted, as JSON */
    uint32_t (*counts)[3];  /* what no line tells: mentions, articles, sources */
    bool failed;
} giving;

static bool take_known(void *context, const dgm_cell *cells, uint32_t n)
{
    giving *g = context;
    known *k = dgm_push(g->arena, &g->known);
    (void)n;
    if (!k) {
        g->failed = true;
        return false;
    }
    k->event = cells[0].integer;
    k->story = cells[1].integer;
    snprintf(k->id, sizeof k->id, "%.*s", DGM_FMT(cells[2].text));
    return true;
}

static uint32_t place_of(const giving *g, int64_t event)
{
    for (uint32_t i = 0; i < g->n_wanted; i++)
        if (g->wanted[i] == event)
            return i;
    return DGM_NONE;
}

static bool take_record(void *context, const dgm_record *record)
{
    giving *g = context;
    static const dgm_output_options options = { .format = DGM_OUTPUT_JSONL };
    if (g->i >= g->known.n)
        return false;
    uint32_t place = place_of(g, g->known.at[g->i++].event);
    if (place == DGM_NONE)
        return true;
    dgm_write_record(&options, record, &g->lines[place]);
    g->counts[place][0] = record->n_mentions;
    g->counts[place][1] = record->n_articles;
    g->counts[place][2] = record->n_sources;
    g->failed = g->failed || g->lines[place].failed;
    return !g->failed;
}

static dgm_status list_known(dgm_store *store, giving *g, dgm_err *err)
{
    dgm_cell cells[AT_ONCE];
    dgm_buffer sql = { 0 };
    dgm_buffer_put(&sql, DGM_VIEW("SELECT event, story, event_id FROM events WHERE event_id IN"
                                  " (SELECT event_id FROM events WHERE event IN ("));
    for (uint32_t i = 0; i < g->n_wanted; i++) {
        dgm_buffer_put(&sql, i ? DGM_VIEW(", ?") : DGM_VIEW("?"));
        cells[i] = dgm_int(g->wanted[i]);
    }
    dgm_buffer_put(&sql, DGM_VIEW(")) ORDER BY event"));
    dgm_buffer_put(&sql, (dgm_view) { "", 1 });
    dgm_status status =
        sql.failed ? DGM_ENOMEM
                   : dgm_sql_ask_once(store->db, sql.p, cells, g->n_wanted, take_known, g, err);
    dgm_buffer_done(&sql);
    if (status == DGM_ENOMEM || g->failed)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for events");
    return status;
}

static dgm_status ask_records(dgm_store *store, giving *g, dgm_err *err)
{
    dgm_buffer ids = { 0 };
    for (uint32_t i = 0; i < g->known.n; i++) {
        bool again = false;
        for (uint32_t k = 0; k < i && !again; k++)
            again = strcmp(g->known.at[k].id, g->known.at[i].id) == 0;
        if (!again)
            dgm_buffer_printf(&ids, "%s%s", ids.n ? "," : "", g->known.at[i].id);
    }
    dgm_buffer_put(&ids, (dgm_view) { "", 1 });
    dgm_filter filter = { .event = ids.p };
    dgm_status status = ids.failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for events")
                                   : dgm_store_records(store, &filter, take_record, g, err);
    dgm_buffer_done(&ids);
    return status;
}

/* In the order in which they are wanted, read back from the lines. */
static dgm_status give_all(giving *g, dgm_err *err)
{
    dgm_status status = DGM_OK;
    bool going = true;
    for (uint32_t i = 0; i < g->n_wanted && status == DGM_OK && going; i++) {
        dgm_record record;
        int64_t story = 0;
        if (g->lines[i].n == 0)
            continue;
        for (uint32_t k = 0; k < g->known.n; k++)
            if (g->known.at[k].event == g->wanted[i])
                story = g->known.at[k].story;
        status = dgm_record_read_as(g->types, (dgm_view) { g->lines[i].p, g->lines[i].n }, g->arena,
                                    &record, err);
        record.n_mentions = g->counts[i][0];
        record.n_articles = g->counts[i][1];
        record.n_sources = g->counts[i][2];
        if (status == DGM_OK)
            going = g->fn(g->context, g->wanted[i], story, &record);
    }
    return status;
}

static dgm_status give_some(dgm_store *store, giving *g, dgm_err *err)
{
    dgm_buffer lines[AT_ONCE] = { { 0 } };
    uint32_t counts[AT_ONCE][3] = { { 0 } };
    g->lines = lines;
    g->counts = counts;
    g->i = 0;
    g->known.at = NULL;
    g->known.n = g->known.cap = 0;
    dgm_arena_reset(g->arena);
    dgm_status status = list_known(store, g, err);
    if (status == DGM_OK && g->known.n)
        status = ask_records(store, g, err);
    if (status == DGM_OK && g->failed)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for events");
    if (status == DGM_OK)
        status = give_all(g, err);
    for (uint32_t i = 0; i < AT_ONCE; i++)
        dgm_buffer_done(&lines[i]);
    return status;
}

dgm_status dgm_page_records(dgm_store *store, const int64_t *events, uint32_t n,
                            dgm_page_record_fn fn, void *context, dgm_err *err)
{
    giving g = { .fn = fn, .context = context, .types = &store->types, .arena = dgm_arena_new() };
    dgm_status status = DGM_OK;
    if (!g.arena)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for events");
    for (uint32_t i = 0; i < n && status == DGM_OK; i += AT_ONCE) {
        g.wanted = events + i;
        g.n_wanted = DGM_MIN(n - i, (uint32_t)AT_ONCE);
        status = give_some(store, &g, err);
    }
    dgm_arena_free(g.arena);
    return status;
}
