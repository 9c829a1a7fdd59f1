/* A report that is posted, coded; and why a stored event is coded as it is. */
#include "serve/body.h"
#include "serve/lists.h"

#include "ingest/ingest.h"
#include "output/identity.h"

#include <string.h>

/* ---- a report that is posted ---------------------------------------------------------------- */

static bool take_text(dgm_question *q, const json_t *body, const char *name, bool needed,
                      dgm_view *out)
{
    const json_t *value = json_object_get(body, name);
    bool absent = !value || json_is_null(value);
    if (!absent && !json_is_string(value)) {
        dgm_turn_down(&q->refusal, 400, name, "'%s' must be a string.", name);
        return false;
    }
    *out = absent ? (dgm_view) { "", 0 }
                  : dgm_arena_copy(q->arena, (dgm_view) { json_string_value(value),
                                                          json_string_length(value) });
    if (dgm_arena_failed(q->arena))
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for a report") == DGM_OK;
    if (needed && dgm_view_trim(*out).n == 0) {
        dgm_turn_down(&q->refusal, 400, name, "'%s' is missing.", name);
        return false;
    }
    return true;
}

static bool take_report(dgm_question *q, const json_t *body, dgm_document *doc)
{
    dgm_view date;
    dgm_document_init(doc, q->arena);
    if (!take_text(q, body, "text", true, &doc->text) ||
        !take_text(q, body, "title", false, &doc->title) ||
        !take_text(q, body, "source", false, &doc->source) ||
        !take_text(q, body, "date", true, &date))
        return false;
    if (!dgm_is_day(date)) {
        dgm_turn_down(&q->refusal, 400, "date", "'date' is a day as YYYY-MM-DD, not '%.*s'.",
                      (int)DGM_MIN(date.n, (size_t)40), date.p);
        return false;
    }
    snprintf(doc->date, sizeof doc->date, "%.*s", DGM_FMT(date));
    doc->id = DGM_VIEW("posted");
    doc->file = DGM_VIEW("posted");
    doc->date_basis = DGM_VIEW("input");
    doc->language = DGM_VIEW("en");
    doc->explain = true;
    return true;
}

static void put_notes(dgm_buffer *out, const dgm_document *doc, uint32_t i_event)
{
    for (uint32_t i = 0; i < doc->notes.n; i++) {
        if (doc->notes.at[i].event != i_event)
            continue;
        dgm_buffer line = { 0 };
        dgm_buffer_printf(&line, "%s: %.*s", doc->notes.at[i].room, DGM_FMT(doc->notes.at[i].text));
        dgm_json_string_of(out, NULL, (dgm_view) { line.p, line.n });
        out->failed = out->failed || line.failed;
        dgm_buffer_done(&line);
    }
}

/* Records in the order of the events that are written; reasons by their place there. */
static bool put_coded(dgm_question *q, const dgm_document *doc)
{
    dgm_buffer *out = &q->out;
    uint32_t n = 0;
    const dgm_record *records = dgm_records_of(q->options->coder->events, doc, &n);
    const dgm_event_id *ids = dgm_event_ids(doc);
    if (!records || !ids)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    dgm_json_open(out, NULL, '{');
    dgm_json_open(out, "story", '{');
    dgm_json_string_of(out, "date", dgm_view_of(doc->date));
    dgm_json_string_of(out, "title", doc->title);
    dgm_json_string_of(out, "source", doc->source);
    dgm_json_string_of(out, "text", doc->text);
    dgm_json_close(out, '}');
    dgm_json_open(out, "events", '[');
    for (uint32_t i = 0; i < n; i++)
        dgm_put_record(out, NULL, i + 1, 0, &records[i]);
    dgm_json_close(out, ']');
    dgm_json_open(out, "reasons", '[');
    for (uint32_t i = 0; i < n; i++) {
        dgm_json_open(out, NULL, '{');
        dgm_json_whole(out, "event", i);
        dgm_json_open(out, "text", '[');
        for (uint32_t k = 0; k < doc->events.n; k++)
            if (dgm_view_eq(records[i].event_id, dgm_view_of(ids[k].text)))
                put_notes(out, doc, k);
        dgm_buffer_put(out, DGM_VIEW("]}"));
    }
    dgm_buffer_put(out, DGM_VIEW("]}"));
    return !out->failed;
}

bool dgm_answer_code(dgm_question *q)
{
    dgm_document doc;
    if (!q->story) {
        dgm_turn_down(&q->refusal, 503, NULL, "This server has no tables to code with.");
        return false;
    }
    json_t *body = dgm_body_of(q);
    if (!body)
        return false;
    bool good = take_report(q, body, &doc);
    json_decref(body);
    if (!good)
        return false;
    return dgm_story_code(q->story, &doc, &q->err) == DGM_OK && put_coded(q, &doc);
}

/* ---- reasons of a stored event -------------------------------------------------------------- */

static bool take_story(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_document *doc = context;
    (void)n;
    doc->id = dgm_arena_copy(doc->arena, dgm_cell_text(&cells[1]));
    snprintf(doc->date, sizeof doc->date, "%.*s",
             (int)DGM_MIN(dgm_cell_text(&cells[2]).n, (size_t)10), dgm_cell_text(&cells[2]).p);
    doc->title = dgm_arena_copy(doc->arena, dgm_cell_text(&cells[3]));
    doc->source = dgm_arena_copy(doc->arena, dgm_cell_text(&cells[4]));
    doc->url = dgm_arena_copy(doc->arena, dgm_cell_text(&cells[5]));
    doc->text = dgm_arena_copy(doc->arena, dgm_cell_text(&cells[DGM_HEAD_CELLS]));
    return false;
}

static bool take_number(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    *(int64_t *)context = cells[1].integer;
    return false;
}

static void put_reason(dgm_buffer *out, const char *what, dgm_view why)
{
    dgm_json_open(out, NULL, '{');
    dgm_json_string_of(out, "what", dgm_view_of(what));
    dgm_json_string_of(out, "why", why);
    dgm_json_close(out, '}');
}

static void put_rooms(dgm_question *q, const dgm_document *doc, dgm_view event_id)
{
    const dgm_event_id *ids = dgm_event_ids(doc);
    bool found = false;
    for (uint32_t i = 0; ids && i < doc->events.n; i++) {
        if (!dgm_view_eq(dgm_view_of(ids[i].text), event_id))
            continue;
        found = true;
        for (uint32_t k = 0; k < doc->notes.n; k++)
            if (doc->notes.at[k].event == i)
                put_reason(&q->out, doc->notes.at[k].room, doc->notes.at[k].text);
        break;
    }
    if (!found)
        put_reason(&q->out, "tables",
                   DGM_VIEW("with the tables of this server the story is coded otherwise"));
}

bool dgm_put_reasons(dgm_question *q, dgm_view event_id)
{
    dgm_document doc;
    int64_t story = 0;
    dgm_cell id = { .kind = DGM_CELL_TEXT, .text = event_id };
    dgm_json_open(&q->out, "reasons", '[');
    if (q->story) {
        dgm_document_init(&doc, q->arena);
        doc.explain = true;
        if (dgm_page_find(q->store, DGM_LOOK_EVENT, &id, take_number, &story, &q->err) != DGM_OK)
            return false;
        dgm_cell key = { .kind = DGM_CELL_INT, .integer = story };
        if (dgm_page_find(q->store, DGM_LOOK_STORY, &key, take_story, &doc, &q->err) != DGM_OK ||
            dgm_story_code(q->story, &doc, &q->err) != DGM_OK)
            return false;
        put_rooms(q, &doc, event_id);
    }
    dgm_json_close(&q->out, ']');
    return true;
}
