/* Questions about the events of a filter: one statement each, of which the parts stand in a table.
 */
#include "store/columns.h"
#include "store/links.h"
#include "store/page.h"
#include "store/select.h"

typedef struct {
    const char *select;
    const char *join;  /* after events `e` */
    const char *tail;  /* what it is grouped and ordered by */
    const char *more;  /* a condition on events that are asked for, or NULL */
    const char *after; /* two columns that a list goes on from; NULL: it is whole */
} question;

#define COOPERATION "CAST(sum(CASE WHEN e.quad <= 2 THEN 1 ELSE 0 END) AS BIGINT)"
#define CONFLICT    "CAST(sum(CASE WHEN e.quad >= 3 THEN 1 ELSE 0 END) AS BIGINT)"
#define STORIES     " JOIN stories s ON s.story = e.story"

static const question questions[DGM_N_ASKS] = {
    [DGM_ASK_COUNT] = { "count(*)", "", "", NULL, NULL },
    [DGM_ASK_TOTALS] = { "count(*), count(DISTINCT e.same), count(DISTINCT s.original)", STORIES,
                         "", NULL, NULL },
    [DGM_ASK_DAYS] = { "e.date, e.quad, count(*)", "", " GROUP BY e.date, e.quad ORDER BY 1, 2",
                       "e.date IS NOT NULL", NULL },
    [DGM_ASK_TYPES] = { "e.type, count(*)", "", " GROUP BY e.type ORDER BY 2 DESC, 1", NULL, NULL },
    [DGM_ASK_KINDS] = { "e.polarity, e.status, e.historical, e.attributed, e.plain, count(*)", "",
                        " GROUP BY 1, 2, 3, 4, 5", NULL, NULL },
    [DGM_ASK_COUNTRIES] = { "g.country, count(*)", " JOIN event_countries g ON g.event = e.event",
                            " GROUP BY g.country ORDER BY 2 DESC, 1", NULL, NULL },
    [DGM_ASK_SOURCES] = { "s.source, count(*)", STORIES, " GROUP BY s.source ORDER BY 2 DESC, 1",
                          NULL, NULL },
    [DGM_ASK_DYADS] = { "g.actor, g.recipient, count(*), " COOPERATION ", " CONFLICT
                        ", avg(e.goldstein)",
                        " JOIN dyads g ON g.event = e.event",
                        " GROUP BY g.actor, g.recipient ORDER BY 3 DESC, 1, 2", NULL, NULL },
    [DGM_ASK_PAIRS] = { "CASE WHEN g.actor < g.recipient THEN g.actor ELSE g.recipient END,"
                        " CASE WHEN g.actor < g.recipient THEN g.recipient ELSE g.actor END,"
                        " count(*), " COOPERATION ", " CONFLICT,
                        " JOIN dyads g ON g.event = e.event AND g.actor <> g.recipient",
                        " GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2", NULL, NULL },
    [DGM_ASK_SCORES] = { "e.date, count(e.goldstein), sum(e.goldstein)", "",
                         " GROUP BY e.date ORDER BY 1", "e.date IS NOT NULL", NULL },
    [DGM_ASK_PLACES] = { "l.name, l.country, l.lat, l.lon, l.precision, l.basis, e.quad, count(*)",
                         " JOIN locations l ON l.event = e.event AND l.place_in_list = 0"
                         " AND l.lat IS NOT NULL AND l.lon IS NOT NULL",
                         " GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 3, 4, 1, 2", NULL, NULL },
    [DGM_ASK_PLACELESS] = { "count(CASE WHEN l.event IS NULL THEN 1 END),"
                            " count(CASE WHEN l.event IS NOT NULL AND (l.lat IS NULL OR l.lon IS"
                            " NULL) THEN 1 END)",
                            " LEFT JOIN locations l ON l.event = e.event AND l.place_in_list = 0",
                            "", NULL, NULL },
    [DGM_ASK_SPEAKERS] = { "a.name, a.code, a.country, CASE WHEN a.name IS NULL THEN a.words END,"
                           " count(*)",
                           " JOIN attributions a ON a.event = e.event AND (a.code IS NOT NULL OR"
                           " a.words IS NOT NULL)",
                           " GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2, 4", NULL, NULL },
    [DGM_ASK_EVENTS] = { "@event, e.date", "", " ORDER BY @date DESC, @event DESC", NULL,
                         "@date, @event" },
    [DGM_ASK_QUOTES] = { "@event, e.date", "", " ORDER BY @date DESC, @event DESC",
                         "e.attributed = 1", "@date, @event" },
    [DGM_ASK_STORIES] = { "s.story, s.date, s.title, s.source, count(*)", STORIES,
                          " GROUP BY s.story, s.date, s.title, s.source"
                          " ORDER BY s.date DESC, s.story DESC",
                          NULL, "s.date, s.story" },
};

typedef struct {
    const dgm_select *select;
    bool is_plain; /* events stand for themselves: columns of the index in use serve */
    dgm_buffer *sql;
} writing;

/* The words that depend on the filter and the engine. */
static void put(const writing *w, const char *text)
{
    const struct {
        dgm_view word;
        const char *means;
    } words[] = { { DGM_VIEW("@event"), w->is_plain ? w->select->event : "e.event" },
                  { DGM_VIEW("@date"), w->is_plain ? w->select->date : "e.day" } };
    dgm_view rest = dgm_view_of(text);
    while (rest.n > 0) {
        size_t i = 0;
        while (i < DGM_LEN(words) && !dgm_view_starts(rest, words[i].word))
            i++;
        bool known = i < DGM_LEN(words);
        dgm_buffer_put(w->sql, known ? dgm_view_of(words[i].means) : dgm_view_slice(rest, 0, 1));
        rest = dgm_view_slice(rest, known ? words[i].word.n : 1, rest.n);
    }
}

/* FROM, what is joined, WHERE: events as the filter has them. */
static void put_events(const writing *w, const question *q)
{
    const dgm_select *s = w->select;
    size_t lead = sizeof " CROSS JOIN " - 1;
    dgm_buffer_put(w->sql, DGM_VIEW(" FROM "));
    if (s->from.n > 0) {
        dgm_buffer_put(w->sql, (dgm_view) { s->from.p + lead, s->from.n - lead });
        dgm_buffer_put(w->sql, DGM_VIEW(" CROSS JOIN "));
    }
    dgm_buffer_put(w->sql, DGM_VIEW("events e"));
    put(w, q->join);
    dgm_buffer_put(w->sql, (dgm_view) { s->where.p, s->where.n });
}

/* The same where several events count as one: the first of each. */
static void put_firsts(const writing *w, const question *q, const char *by)
{
    dgm_buffer_put(w->sql, DGM_VIEW(" FROM (SELECT min(e.event) AS first"));
    dgm_select_put(w->select, w->sql);
    dgm_buffer_printf(w->sql, " GROUP BY %s) f CROSS JOIN events e", by);
    put(w, q->join);
    dgm_buffer_put(w->sql, DGM_VIEW(" WHERE e.event = f.first"));
}

static void put_part(const writing *w, dgm_select *s, const question *q, const dgm_page_part *part,
                     bool has_where)
{
    if (q->more) {
        dgm_buffer_printf(w->sql, "%s%s", has_where ? " AND " : " WHERE ", q->more);
        has_where = true;
    }
    if (q->after && part && part->day && s->n + 2 <= DGM_MOST_VALUES) {
        dgm_buffer_printf(w->sql, "%s(", has_where ? " AND " : " WHERE ");
        put(w, q->after);
        dgm_buffer_put(w->sql, DGM_VIEW(") < (?, ?)"));
        dgm_view day = dgm_view_of(part->day); /* of events a number, of stories text */
        s->values[s->n++] = q->after[0] == '@' ? dgm_int(dgm_day_number(day))
                                               : (dgm_cell) { .kind = DGM_CELL_TEXT, .text = day };
        s->values[s->n++] = dgm_int(part->key);
    }
}

dgm_status dgm_page_ask(dgm_store *store, const dgm_filter *filter, dgm_per per,
                        dgm_page_question question_, const dgm_page_part *part, dgm_row_out_fn fn,
                        void *context, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    const question *q = &questions[question_];
    const char *by = dgm_one_by(filter, per);
    if (dgm_columns_answer(store, question_))
        return dgm_columns_ask(store, filter, per, question_, part, fn, context, err);
    dgm_status status = dgm_select_init(&s, store, filter, err);
    writing w = { &s, by == NULL, &sql };
    dgm_buffer_put(&sql, DGM_VIEW("SELECT "));
    put(&w, q->select);
    if (by)
        put_firsts(&w, q, by);
    else
        put_events(&w, q);
    put_part(&w, &s, q, part, by || s.where.n > 0);
    put(&w, q->tail);
    if (part && part->limit)
        dgm_buffer_printf(&sql, " LIMIT %llu", (unsigned long long)part->limit);
    if (status == DGM_OK)
        status = dgm_select_run(&s, &sql, fn, context);
    dgm_buffer_done(&sql);
    dgm_select_done(&s);
    return status;
}
