/* Events, counts, what is in the store, whole records. */
#include "store/packed.h"
#include "store/select.h"

#include <string.h>

const char *const dgm_event_columns[] = { "date",       "actors",   "event_type", "event_mode",
                                          "recipients", "polarity", "status",     "historical",
                                          "speaker",    "place",    "goldstein",  "intensity",
                                          "trigger",    "event_id", "story_id",   "story_date",
                                          "source" };
const uint32_t dgm_n_event_columns = DGM_LEN(dgm_event_columns);
const char *const dgm_count_columns[] = { "n",       "events",    "stories",
                                          "outlets", "goldstein", "intensity" };
const uint32_t dgm_n_count_columns = DGM_LEN(dgm_count_columns);

/* Asks, unless something failed before, for so many rows (0: all), and ends both. */
static dgm_status ask(dgm_select *s, dgm_buffer *sql, dgm_status status, uint64_t limit,
                      dgm_row_out_fn fn, void *context)
{
    if (limit)
        dgm_buffer_printf(sql, " LIMIT %llu", (unsigned long long)limit);
    if (status == DGM_OK)
        status = dgm_select_run(s, sql, fn, context);
    dgm_buffer_done(sql);
    dgm_select_done(s);
    return status;
}

/* ---- events --------------------------------------------------------------------------------- */

static void put_codes(const dgm_select *s, const char *role, dgm_buffer *sql)
{
    if (s->db->engine->is_postgres)
        dgm_buffer_printf(sql,
                          "(SELECT string_agg(coalesce(p.code, p.words), ';' ORDER BY"
                          " p.place_in_list) FROM participants p WHERE p.event = e.event AND"
                          " p.role = '%s')",
                          role);
    else
        dgm_buffer_printf(sql,
                          "(SELECT group_concat(coalesce(p.code, p.words), ';') FROM participants"
                          " p WHERE p.event = e.event AND p.role = '%s')",
                          role);
}

dgm_status dgm_store_events(dgm_store *store, const dgm_filter *filter, dgm_row_out_fn fn,
                            void *context, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dgm_status status = dgm_select_init(&s, store, filter, err);
    const char *by = dgm_one_by(filter, DGM_PER_REPORT);
    if (by) {
        s.date = "e.day";
        s.event = "e.event";
    }
    /* The few that are wanted first, then what is told of them. */
    dgm_buffer_put(&sql, DGM_VIEW("SELECT e.date, "));
    put_codes(&s, "actor", &sql);
    dgm_buffer_put(&sql, DGM_VIEW(", e.type, e.mode, "));
    put_codes(&s, "recipient", &sql);
    dgm_buffer_put(&sql, DGM_VIEW(", e.polarity, e.status, e.historical,"
                                  " (SELECT coalesce(a.code, a.words) FROM attributions a WHERE"
                                  " a.event = e.event ORDER BY a.place_in_chain DESC LIMIT 1),"
                                  " coalesce(e.place, e.place_country), e.goldstein, e.intensity,"
                                  " e.trigger_words, e.event_id, s.story_id, s.date, s.source"
                                  " FROM (SELECT "));
    dgm_buffer_printf(&sql, "%s AS wanted_date, %s AS wanted", s.date, s.event);
    dgm_select_put_once(&s, by, &sql);
    dgm_buffer_printf(&sql, " ORDER BY %s DESC, %s DESC", s.date, s.event);
    if (filter->limit)
        dgm_buffer_printf(&sql, " LIMIT %llu", (unsigned long long)filter->limit);
    dgm_buffer_put(&sql, DGM_VIEW(") w CROSS JOIN events e CROSS JOIN stories s WHERE e.event ="
                                  " w.wanted AND s.story = e.story ORDER BY w.wanted_date DESC,"
                                  " w.wanted DESC"));
    return ask(&s, &sql, status, 0, fn, context);
}

/* ---- counts --------------------------------------------------------------------------------- */

/* Expressions over e and, where `join` says so, what is joined. */
static const struct {
    const char *sqlite, *postgres, *join;
    bool by_size;
} groups[] = {
    [DGM_BY_NOTHING] = { "'all'", "'all'", "", false },
    [DGM_BY_DAY] = { "e.date", "e.date", "", false },
    [DGM_BY_WEEK] = { "date(e.date, '-6 days', 'weekday 1')",
                      "to_char(date_trunc('week', e.date::date), 'YYYY-MM-DD')", "", false },
    [DGM_BY_MONTH] = { "substr(e.date, 1, 7)", "substr(e.date, 1, 7)", "", false },
    [DGM_BY_YEAR] = { "substr(e.date, 1, 4)", "substr(e.date, 1, 4)", "", false },
    [DGM_BY_TYPE] = { "e.type", "e.type", "", false },
    [DGM_BY_QUAD] = { "e.quad", "e.quad", "", false },
    [DGM_BY_DYAD] = { "g.actor || ',' || g.recipient", "g.actor || ',' || g.recipient",
                      " JOIN dyads g ON g.event = e.event", true },
    [DGM_BY_COUNTRY] = { "g.side", "g.side",
                         " JOIN roles h ON h.event = e.event AND h.new_side = 1"
                         " JOIN somebody g ON g.who = h.who",
                         true },
    [DGM_BY_SOURCE] = { "coalesce(s.source, '')", "coalesce(s.source, '')",
                        " JOIN stories s ON s.story = e.story", true },
};

/* Does the filter ask for more than a dyad, a quad and plain events? */
static bool asks_more(const dgm_filter *f)
{
    const char *const asked[] = { f->actor, f->recipient, f->country,  f->type,
                                  f->mode,  f->status,    f->polarity, f->from,
                                  f->to,    f->place,     f->speaker,  f->text,
                                  f->story, f->event,     f->source,   f->basis };
    for (size_t i = 0; i < DGM_LEN(asked); i++)
        if (asked[i])
            return true;
    return f->historical || f->one_a_day || f->least_confidence > 0;
}

/* Dyads of all time stand summed up already. */
static bool is_summed(const dgm_filter *f, dgm_by by, dgm_per per)
{
    return per == DGM_PER_REPORT && by == DGM_BY_DYAD && !f->dyad && !asks_more(f);
}

static dgm_status summed_dyads(dgm_store *store, const dgm_filter *filter, dgm_row_out_fn fn,
                               void *context, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dgm_filter narrow = { .quad = filter->quad, .plain = filter->plain };
    dgm_status status = dgm_select_init(&s, store, &narrow, err);
    dgm_buffer_printf(&sql,
                      "SELECT e.actor || ',' || e.recipient, CAST(sum(e.n) AS BIGINT), NULL, NULL,"
                      " NULL, sum(e.goldstein), sum(e.intensity) FROM dyad_sums e%.*s%s"
                      "e.period = '' GROUP BY e.actor, e.recipient ORDER BY 2 DESC, 1",
                      (int)s.where.n, s.where.n ? s.where.p : "", s.where.n ? " AND " : " WHERE ");
    return ask(&s, &sql, status, filter->limit, fn, context);
}

const char *dgm_group_sql(const dgm_store *store, dgm_by by)
{
    return store->db->engine->is_postgres ? groups[by].postgres : groups[by].sqlite;
}

/* period NULL: by the group alone. */
static dgm_status count(dgm_store *store, const dgm_filter *filter, dgm_by by, const dgm_by *period,
                        dgm_per per, dgm_row_out_fn fn, void *context, dgm_err *err)
{
    bool by_period = dgm_is_period(by);
    const dgm_counting how = { .group = by_period ? "''" : dgm_group_sql(store, by),
                               .join = groups[by].join,
                               .is_number = by == DGM_BY_QUAD,
                               .by_size = groups[by].by_size && !period,
                               .two = period != NULL,
                               .period = period      ? *period
                                         : by_period ? by
                                                     : DGM_BY_NOTHING,
                               .per = per,
                               .limit = period ? 0 : filter->limit };
    return dgm_tally_run(store, filter, &how, fn, context, err);
}

dgm_status dgm_count_by_period(dgm_store *store, const dgm_filter *filter, dgm_by by, dgm_by period,
                               dgm_per per, dgm_row_out_fn fn, void *context, dgm_err *err)
{
    return count(store, filter, by, &period, per, fn, context, err);
}

dgm_status dgm_store_counts(dgm_store *store, const dgm_filter *filter, dgm_by by, dgm_per per,
                            dgm_row_out_fn fn, void *context, dgm_err *err)
{
    if (is_summed(filter, by, per))
        return summed_dyads(store, filter, fn, context, err);
    return count(store, filter, by, NULL, per, fn, context, err);
}

dgm_status dgm_store_stats(dgm_store *store, dgm_row_out_fn fn, void *context, dgm_err *err)
{
    /* Counted side by side by an engine that can, and told in this order. */
    static const char sql[] =
        "SELECT what, n FROM (SELECT 1 AS nth, 'reports' AS what, count(*) AS n FROM stories"
        " UNION ALL SELECT 2, 'stories', count(DISTINCT original) FROM stories"
        " UNION ALL SELECT 3, 'outlets', count(DISTINCT source) FROM stories"
        " UNION ALL SELECT 4, 'sentences', count(*) FROM sentences"
        " UNION ALL SELECT 5, 'events as reported', count(*) FROM events"
        " UNION ALL SELECT 6, 'events', count(DISTINCT same) FROM events"
        " UNION ALL SELECT 7, 'plain events', count(*) FROM events WHERE plain = 1"
        " UNION ALL SELECT 8, 'negated', count(*) FROM events WHERE polarity = 'negated'"
        " UNION ALL SELECT 9, 'on somebody''s word', count(*) FROM events WHERE attributed = 1"
        " UNION ALL SELECT 10, 'dyads', count(*) FROM (SELECT DISTINCT actor, recipient"
        " FROM dyad_sums WHERE period = '') d"
        " UNION ALL SELECT 11, 'runs', count(*) FROM runs) counted ORDER BY nth";
    return dgm_sql_ask(store->db, sql, NULL, 0, fn, context, err);
}

dgm_status dgm_store_runs(dgm_store *store, dgm_row_out_fn fn, void *context, dgm_err *err)
{
    static const char sql[] = "SELECT r.version, r.tables, r.begun, count(*) FROM runs r"
                              " JOIN stories s ON s.run = r.run GROUP BY r.run, r.version,"
                              " r.tables, r.begun ORDER BY r.run";
    return dgm_sql_ask(store->db, sql, NULL, 0, fn, context, err);
}

/* ---- records -------------------------------------------------------------------------------- */

typedef struct {
    dgm_record_out_fn fn;
    void *context;
    const dgm_types *types;
    dgm_arena *arena;
    dgm_err *err;
    dgm_status status;
    int64_t last;
    uint64_t n;
    dgm_shelf shelf;
    bool ended;
} giving;

static bool give(void *context, const dgm_cell *cells, uint32_t n)
{
    giving *g = context;
    dgm_record record;
    dgm_view line;
    (void)n;
    dgm_arena_reset(g->arena);
    g->last = cells[0].integer;
    g->n++;
    g->status = dgm_shelf_line(&g->shelf, cells + 5, &line, g->err);
    if (g->status == DGM_OK)
        g->status = dgm_record_read_as(g->types, line, g->arena, &record, g->err);
    if (g->status != DGM_OK)
        return false;
    if (cells[1].kind == DGM_CELL_INT)
        record.text_begin_byte = (uint32_t)cells[1].integer;
    record.n_mentions = (uint32_t)cells[2].integer;
    record.n_articles = (uint32_t)cells[3].integer;
    record.n_sources = (uint32_t)cells[4].integer;
    g->ended = !g->fn(g->context, &record);
    return !g->ended;
}

/* Sources that tell of an event of their own: a report counts unless an earlier one is of the same
 * outlet, is the same story by its text, or quotes the same words. */
#define INDEPENDENT                                                                                \
    "(SELECT count(DISTINCT o.story) FROM events m JOIN stories o ON o.story = m.story"            \
    " WHERE m.same = e.same AND NOT EXISTS (SELECT 1 FROM events b JOIN stories p ON"              \
    " p.story = b.story WHERE b.same = m.same AND b.story < m.story AND"                           \
    " (p.original = o.original OR coalesce(p.source, '') = coalesce(o.source, '') OR"              \
    " EXISTS (SELECT 1 FROM quotations x JOIN quotations y ON y.quotation = x.quotation"           \
    " WHERE x.story = o.story AND y.story = p.story))))"

enum { PAGE = 2000 };

/* A page at a time from event `after` on, so that no answer is larger than a page. */
static dgm_status give_page(dgm_store *store, const dgm_filter *filter, uint64_t limit, giving *g)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dgm_status status = dgm_select_init(&s, store, filter, g->err);
    dgm_buffer_put(&sql,
                   DGM_VIEW("SELECT e.event, b.begin_byte,"
                            " (SELECT count(*) FROM events m WHERE m.same = e.same),"
                            " (SELECT count(DISTINCT m.story) FROM events m WHERE m.same = e.same),"
                            " " INDEPENDENT ","
                            " " DGM_RECORD_OF("e") " FROM (SELECT "));
    dgm_buffer_printf(&sql, "%s AS wanted", filter->one_a_day ? "e.event" : s.event);
    dgm_select_put_once(&s, dgm_one_by(filter, DGM_PER_REPORT), &sql);
    dgm_buffer_printf(&sql, "%s e.event > %lld ORDER BY 1 LIMIT %llu",
                      s.where.n && !filter->one_a_day ? " AND" : " WHERE", (long long)g->last,
                      (unsigned long long)limit);
    dgm_buffer_put(&sql, DGM_VIEW(") w JOIN events e ON e.event = w.wanted" DGM_JOIN_RECORDS(
                             "e") " LEFT JOIN sentences b ON"
                                  " b.story = e.story AND b.sentence = e.sentence"
                                  " ORDER BY e.event"));
    status = ask(&s, &sql, status, 0, give, g);
    return status == DGM_OK ? g->status : status;
}

dgm_status dgm_store_records(dgm_store *store, const dgm_filter *filter, dgm_record_out_fn fn,
                             void *context, dgm_err *err)
{
    giving g = {
        .fn = fn, .context = context, .types = &store->types, .arena = dgm_arena_new(), .err = err
    };
    dgm_status status = DGM_OK;
    if (!g.arena)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for an event");
    for (bool more = true; more && status == DGM_OK;) {
        uint64_t before = g.n;
        uint64_t wanted = filter->limit ? DGM_MIN(filter->limit - g.n, PAGE) : PAGE;
        status = give_page(store, filter, wanted, &g);
        more = !g.ended && g.n - before == PAGE && (!filter->limit || g.n < filter->limit);
    }
    dgm_buffer_done(&g.shelf.lines);
    dgm_arena_free(g.arena);
    return status;
}
