/* What was promised, threatened or made to hang on a condition, and what came of it. */
#include "store/links.h"
#include "store/members.h"
#include "store/select.h"

#include "output/text.h"

#include <string.h>

typedef struct {
    int64_t event, story, condition_event, original;
    dgm_view event_id, story_id, story_date, source, type, date, date_end, condition, voice, words,
        actors, recipients;
    bool negated;
    dgm_commitment kind;
} commitment;

typedef struct {
    dgm_view event_id, story_id, story_date, words;
} report;

typedef struct {
    dgm_arena *arena;
    DGM_ARRAY(commitment) found;
    DGM_ARRAY(dgm_later) later; /* of the one in hand */
    DGM_ARRAY(report) reports;  /* beside later */
    bool of_condition, failed;
} work;

static dgm_view keep(work *w, const dgm_cell *cell)
{
    if (cell->kind != DGM_CELL_TEXT)
        return (dgm_view) { "", 0 };
    dgm_view v = dgm_arena_copy(w->arena, cell->text);
    w->failed = w->failed || !v.p;
    return v;
}

static bool take_commitment(void *context, const dgm_cell *c, uint32_t n)
{
    work *w = context;
    commitment *new = dgm_push(w->arena, &w->found);
    (void)n;
    if (!new) {
        w->failed = true;
        return false;
    }
    *new = (commitment) { .event = c[0].integer,
                          .story = c[1].integer,
                          .original = c[2].integer,
                          .event_id = keep(w, &c[3]),
                          .story_id = keep(w, &c[4]),
                          .story_date = keep(w, &c[5]),
                          .source = keep(w, &c[6]),
                          .type = keep(w, &c[7]),
                          .date = keep(w, &c[8]),
                          .date_end = keep(w, &c[9]),
                          .negated = dgm_view_eq(c[10].text, DGM_VIEW("negated")),
                          .condition = keep(w, &c[11]),
                          .condition_event = c[12].kind == DGM_CELL_INT ? c[12].integer : 0,
                          .voice = keep(w, &c[13]),
                          .words = keep(w, &c[14]),
                          .actors = keep(w, &c[17]),
                          .recipients = keep(w, &c[18]) };
    bool promised = c[15].kind == DGM_CELL_TEXT && dgm_view_eq(c[15].text, DGM_VIEW("promise"));
    dgm_event_type parent =
        c[16].kind == DGM_CELL_TEXT ? dgm_event_type_of(c[16].text) : DGM_EVENT_NONE;
    new->kind =
        dgm_commitment_of(dgm_event_type_of(new->type), parent, promised, new->condition.n > 0);
    return !w->failed;
}

static dgm_status find(dgm_store *store, const dgm_filter *filter, work *w, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dgm_status status = dgm_select_init(&s, store, filter, err);
    const char *join = store->db->engine->is_postgres ? "string_agg" : "group_concat";
    const char *separator = store->db->engine->is_postgres ? ", ','" : "";
    dgm_buffer_printf(
        &sql,
        "SELECT e.event, e.story, s.original, e.event_id, s.story_id, s.date, s.source, e.type,"
        " e.date, e.date_end, e.polarity, k.words, k.condition_event,"
        " (SELECT coalesce(v.code, v.words) FROM attributions v WHERE v.event = e.event"
        "  ORDER BY v.place_in_chain DESC LIMIT 1), e.trigger_words,"
        " (SELECT v.kind FROM attributions v WHERE v.event = e.event ORDER BY v.place_in_chain"
        "  DESC LIMIT 1),"
        " (SELECT p.type FROM links l JOIN events p ON p.event = l.other WHERE l.event = e.event"
        "  AND l.kind = 'content_of' LIMIT 1),"
        " (SELECT %s(DISTINCT p.side%s) FROM participants p WHERE p.event = e.event AND"
        "  p.role = 'actor'),"
        " (SELECT %s(DISTINCT p.side%s) FROM participants p WHERE p.event = e.event AND"
        "  p.role = 'recipient') FROM (SELECT e.*",
        join, separator, join, separator);
    dgm_select_put(&s, &sql);
    dgm_buffer_put(
        &sql, DGM_VIEW(") e JOIN stories s ON s.story = e.story LEFT JOIN conditions k"
                       " ON k.event = e.event WHERE e.status IN ('intended',"
                       " 'conditional') AND NOT EXISTS (SELECT 1 FROM links l WHERE"
                       " l.other = e.event AND l.kind = 'content_of') ORDER BY s.date, e.event"));
    if (status == DGM_OK)
        status = dgm_select_run(&s, &sql, take_commitment, w);
    dgm_buffer_done(&sql);
    dgm_select_done(&s);
    return status;
}

static bool take_later(void *context, const dgm_cell *c, uint32_t n)
{
    work *w = context;
    (void)n;
    dgm_later *later = dgm_push(w->arena, &w->later);
    report *r = dgm_push(w->arena, &w->reports);
    if (!later || !r) {
        w->failed = true;
        return false;
    }
    *r = (report) { .event_id = keep(w, &c[0]),
                    .story_id = keep(w, &c[1]),
                    .story_date = keep(w, &c[2]),
                    .words = keep(w, &c[4]) };
    *later = (dgm_later) { .day = dgm_day_number(r->story_date),
                           .of_condition = w->of_condition,
                           .negated = dgm_view_eq(c[3].text, DGM_VIEW("negated")) };
    return true;
}

/* Reports of the same act in later stories: same type, an actor in common, and a recipient where
 * both have any; not before the commitment was reported. Those of one day in an order that does not
 * depend on which came first. */
static const char later_reports[] =
    "SELECT DISTINCT l.event_id, s.story_id, s.date, l.polarity, l.trigger_words, l.event,"
    " s.hash FROM participants x JOIN participants y ON y.side = x.side AND y.role = x.role"
    " JOIN events e ON e.event = x.event"
    " JOIN events l ON l.event = y.event JOIN stories s ON s.story = l.story"
    " WHERE x.event = ? AND x.role = 'actor' AND x.side IS NOT NULL AND l.type = e.type"
    " AND l.status = 'actual' AND l.historical = 0 AND s.original <> ? AND s.date >= ?"
    " AND l.date >= ?"
    " AND (NOT EXISTS (SELECT 1 FROM participants r WHERE r.event = e.event AND"
    "  r.role = 'recipient') OR NOT EXISTS (SELECT 1 FROM participants r WHERE r.event = l.event"
    "  AND r.role = 'recipient') OR EXISTS (SELECT 1 FROM participants r JOIN participants q ON"
    "  q.side = r.side AND q.role = 'recipient' AND q.event = l.event WHERE r.event = e.event"
    "  AND r.role = 'recipient')) ORDER BY s.date, s.hash, l.event";

static dgm_status find_later(dgm_store *store, work *w, const commitment *c, int64_t event,
                             dgm_err *err)
{
    const dgm_cell cells[] = { dgm_int(event), dgm_int(c->original), dgm_text(c->story_date),
                               dgm_text(c->story_date) };
    return dgm_sql_ask(store->db, later_reports, cells, DGM_LEN(cells), take_later, w, err);
}

/* ---- writing -------------------------------------------------------------------------------- */

static void put(dgm_buffer *out, const commitment *c, dgm_outcome outcome, const report *by)
{
    dgm_buffer_printf(out, "{\"kind\":\"%s\",\"state\":\"%s\"", dgm_commitment_name(c->kind),
                      dgm_outcome_name(outcome));
    dgm_json_text_or_null(out, "event_type", c->type);
    dgm_put_names(out, "actors", c->actors);
    dgm_put_names(out, "recipients", c->recipients);
    dgm_buffer_printf(out, ",\"negated\":%s", c->negated ? "true" : "false");
    dgm_json_text_or_null(out, "condition", c->condition);
    dgm_json_text_or_null(out, "voice", c->voice);
    dgm_json_text_or_null(out, "trigger", c->words);
    dgm_json_text_or_null(out, "event_id", c->event_id);
    dgm_json_text_or_null(out, "story_id", c->story_id);
    dgm_json_text_or_null(out, "story_date", c->story_date);
    dgm_json_text_or_null(out, "source", c->source);
    dgm_json_text_or_null(out, "due", c->date_end.n ? c->date_end : c->date);
    dgm_buffer_put(out, DGM_VIEW(",\"decided_by\":"));
    if (by) {
        dgm_buffer_printf(out, "{\"event_id\":\"%.*s\"", DGM_FMT(by->event_id));
        dgm_json_text_or_null(out, "story_id", by->story_id);
        dgm_json_text_or_null(out, "story_date", by->story_date);
        dgm_json_text_or_null(out, "trigger", by->words);
        dgm_buffer_put(out, DGM_VIEW("}}\n"));
    } else {
        dgm_buffer_put(out, DGM_VIEW("null}\n"));
    }
}

static bool take_newest(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    *(int64_t *)context = cells[0].kind == DGM_CELL_TEXT ? dgm_day_number(cells[0].text) : 0;
    return false;
}

static dgm_status judge(dgm_store *store, work *w, const commitment *c, int64_t newest,
                        const char *state, dgm_buffer *out, dgm_err *err)
{
    w->later.n = w->reports.n = 0;
    w->of_condition = false;
    /* That somebody agrees or threatens again does not carry out what he said. */
    bool is_act =
        !dgm_view_eq(c->type, DGM_VIEW("AGREE")) && !dgm_view_eq(c->type, DGM_VIEW("THREATEN"));
    dgm_status status = is_act ? find_later(store, w, c, c->event, err) : DGM_OK;
    w->of_condition = true;
    if (status == DGM_OK && c->condition_event)
        status = find_later(store, w, c, c->condition_event, err);
    if (status != DGM_OK || w->failed)
        return status;
    int64_t due = dgm_day_number(c->date_end.n ? c->date_end : c->date), decided_day = due;
    if (due <= dgm_day_number(c->story_date))
        decided_day = 0; /* no deadline was named */
    uint32_t decided;
    dgm_outcome outcome =
        dgm_judge(c->negated, decided_day, newest, w->later.at, w->later.n, &decided);
    if (!state || strcmp(state, dgm_outcome_name(outcome)) == 0)
        put(out, c, outcome, decided == DGM_NONE ? NULL : &w->reports.at[decided]);
    return DGM_OK;
}

dgm_status dgm_store_commitments(dgm_store *store, const dgm_filter *filter, const char *state,
                                 dgm_buffer *out, dgm_err *err)
{
    work w = { .arena = dgm_arena_new() };
    int64_t newest = 0;
    if (!w.arena)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for commitments");
    dgm_status status = find(store, filter, &w, err);
    if (status == DGM_OK)
        status = dgm_sql_ask(store->db, "SELECT max(date) FROM stories", NULL, 0, take_newest,
                             &newest, err);
    for (uint32_t i = 0; i < w.found.n && status == DGM_OK && !w.failed; i++)
        status = judge(store, &w, &w.found.at[i], newest, state, out, err);
    if (status == DGM_OK && (w.failed || out->failed))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for commitments");
    dgm_arena_free(w.arena);
    return status;
}
