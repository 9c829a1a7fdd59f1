#include "serve/lists.h"

#include "ingest/ingest.h"

#include <errno.h>
#include <string.h>

bool dgm_question_file(dgm_question *q, const char *type)
{
    q->type = type;
    q->file = tmpfile();
    return q->file ||
           dgm_fail(&q->err, DGM_EIO, NULL, 0, "no room for a file: %s", strerror(errno)) == DGM_OK;
}

bool dgm_question_file_end(dgm_question *q)
{
    return fflush(q->file) == 0 ||
           dgm_fail(&q->err, DGM_EIO, NULL, 0, "a file cannot be written: %s", strerror(errno)) ==
               DGM_OK;
}

bool dgm_list_begin(dgm_question *q, uint64_t otherwise, dgm_list *out)
{
    const char *after = dgm_request_value(q->request, "after");
    uint64_t key = 0;
    *out = (dgm_list) { .limit = otherwise };
    if (!dgm_question_number(q, "limit", 1, 500, otherwise, &out->limit))
        return false;
    out->part.limit = out->limit + 1;
    if (!after)
        return true;
    dgm_view v = dgm_view_of(after), day = dgm_view_slice(v, 0, 10);
    if (v.n < 12 || v.p[10] != '.' || !dgm_is_day(day) ||
        !dgm_parse_u64(dgm_view_slice(v, 11, v.n), &key) || key > INT64_MAX) {
        dgm_turn_down(&q->refusal, 400, "after",
                      "'after' is the `next` of the part before, not '%.40s'.", after);
        return false;
    }
    snprintf(out->day, sizeof out->day, "%.*s", DGM_FMT(day));
    out->part.day = out->day;
    out->part.key = (int64_t)key;
    return true;
}

bool dgm_list_take(dgm_list *list, dgm_view day, int64_t key)
{
    if (list->n == list->limit) {
        list->more = true;
        return false;
    }
    list->n++;
    snprintf(list->last_day, sizeof list->last_day, "%.*s", (int)DGM_MIN(day.n, (size_t)10), day.p);
    list->last_key = key;
    return true;
}

void dgm_list_next(const dgm_list *list, dgm_buffer *out)
{
    if (list->more)
        dgm_buffer_printf(out, ",\"next\":\"%s.%lld\"", list->last_day, (long long)list->last_key);
    else
        dgm_buffer_put(out, DGM_VIEW(",\"next\":null"));
}

/* ---- numbers of events ---------------------------------------------------------------------- */

static bool take_number(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_numbers *numbers = context;
    (void)n;
    if (numbers->list && !dgm_list_take(numbers->list, dgm_cell_text(&cells[1]), cells[0].integer))
        return false;
    int64_t *new = dgm_push(numbers->arena, &numbers->at);
    numbers->failed = !new;
    if (new)
        *new = cells[0].integer;
    return !numbers->failed;
}

bool dgm_numbers_ask(dgm_question *q, const dgm_filter *filter, bool quotes, dgm_list *list,
                     dgm_numbers *out)
{
    *out = (dgm_numbers) { .arena = q->arena, .list = list };
    dgm_status status =
        dgm_page_ask(q->store, filter, q->per, quotes ? DGM_ASK_QUOTES : DGM_ASK_EVENTS,
                     list ? &list->part : NULL, take_number, out, &q->err);
    if (status == DGM_OK && out->failed)
        status = dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer");
    return status == DGM_OK;
}

/* ---- one event ------------------------------------------------------------------------------ */

static bool take_found(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_found *found = context;
    (void)n;
    *found = (dgm_found) { cells[0].integer, cells[1].integer };
    return false;
}

bool dgm_find_event(dgm_question *q, dgm_view event_id, dgm_found *out)
{
    dgm_cell id = { .kind = DGM_CELL_TEXT, .text = event_id };
    *out = (dgm_found) { 0, 0 };
    return dgm_page_find(q->store, DGM_LOOK_EVENT, &id, take_found, out, &q->err) == DGM_OK;
}

/* ---- records -------------------------------------------------------------------------------- */

void dgm_put_record(dgm_buffer *out, const char *name, int64_t event, int64_t story,
                    const dgm_record *record)
{
    static const dgm_output_options options = { .format = DGM_OUTPUT_JSONL };
    if (name)
        dgm_json_key(out, name);
    else
        dgm_json_item(out);
    dgm_write_record(&options, record, out);
    while (out->n > 0 && (out->p[out->n - 1] == '\n' || out->p[out->n - 1] == '}')) {
        bool brace = out->p[--out->n] == '}';
        if (brace)
            break;
    }
    dgm_json_whole(out, "key", event);
    dgm_json_whole(out, "story_key", story);
    dgm_json_whole(out, "reports", record->n_mentions);
    dgm_json_whole(out, "outlets", record->n_sources);
    dgm_json_close(out, '}');
}

static bool put_record(void *context, int64_t event, int64_t story, const dgm_record *record)
{
    dgm_buffer *out = context;
    dgm_put_record(out, NULL, event, story, record);
    return !out->failed;
}

bool dgm_put_records(dgm_question *q, const char *name, const dgm_numbers *numbers)
{
    dgm_json_open(&q->out, name, '[');
    if (dgm_page_records(q->store, numbers->at.at, numbers->at.n, put_record, &q->out, &q->err) !=
        DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    return true;
}

/* ---- quotes --------------------------------------------------------------------------------- */

static bool put_quote(void *context, int64_t event, int64_t story, const dgm_record *r)
{
    dgm_buffer *out = context;
    if (r->voices.n == 0)
        return true;
    const dgm_record_voice *v = &r->voices.at[r->voices.n - 1]; /* innermost */
    dgm_json_open(out, NULL, '{');
    dgm_json_string_of(out, "event_id", r->event_id);
    dgm_json_whole(out, "key", event);
    dgm_json_whole(out, "story_key", story);
    dgm_json_string_of(out, "date", r->story_date);
    dgm_json_string_of(out, "title", r->story_title);
    dgm_json_string_of(out, "source", r->story_source);
    if (v->has_speaker) {
        dgm_json_open(out, "speaker", '{');
        dgm_json_string_of(out, "name",
                           v->speaker.name.n ? v->speaker.name : v->speaker.words.text);
        dgm_json_string_of(out, "code", v->speaker.code);
        dgm_json_string_of(out, "country", v->speaker.country);
        dgm_json_close(out, '}');
    } else {
        dgm_buffer_put(out, DGM_VIEW(",\"speaker\":null"));
    }
    dgm_json_string_of(out, "cue", v->cue.text);
    dgm_json_string_of(out, "kind", dgm_view_of(dgm_attribution_kind_name(v->kind)));
    dgm_json_string_of(out, "content", r->text);
    dgm_json_string_of(out, "type", r->type);
    dgm_json_string_of(out, "polarity", dgm_view_of(dgm_polarity_name(r->polarity)));
    dgm_json_string_of(out, "status", dgm_view_of(dgm_factual_status_name(r->status)));
    dgm_json_close(out, '}');
    return !out->failed;
}

bool dgm_put_quotes(dgm_question *q, const char *name, const dgm_numbers *numbers)
{
    dgm_json_open(&q->out, name, '[');
    if (dgm_page_records(q->store, numbers->at.at, numbers->at.n, put_quote, &q->out, &q->err) !=
        DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    return true;
}

void dgm_put_head(dgm_buffer *out, const char *name, const dgm_cell *cells)
{
    dgm_json_open(out, name, '{');
    dgm_json_whole(out, "key", cells[0].integer);
    dgm_json_string_of(out, "id", dgm_cell_text(&cells[1]));
    dgm_json_string_of(out, "date", dgm_cell_text(&cells[2]));
    dgm_json_string_of(out, "title", dgm_cell_text(&cells[3]));
    dgm_json_string_of(out, "source", dgm_cell_text(&cells[4]));
    dgm_json_string_of(out, "url", dgm_cell_text(&cells[5]));
}
