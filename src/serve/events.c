/* Events: pages of records, whole views as files, one event with its reasons. */
#include "serve/lists.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- a page --------------------------------------------------------------------------------- */

static bool take_count(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    *(int64_t *)context = dgm_cell_whole(&cells[0]);
    return false;
}

static bool count(dgm_question *q, int64_t *out)
{
    *out = 0;
    return dgm_page_ask(q->store, &q->filter, q->per, DGM_ASK_COUNT, NULL, take_count, out,
                        &q->err) == DGM_OK;
}

static bool answer_page(dgm_question *q)
{
    dgm_list list;
    dgm_numbers numbers;
    int64_t total;
    if (!dgm_list_begin(q, 50, &list) || !dgm_numbers_ask(q, &q->filter, false, &list, &numbers) ||
        !count(q, &total))
        return false;
    dgm_json_open(&q->out, NULL, '{');
    if (!dgm_put_records(q, "events", &numbers))
        return false;
    dgm_list_next(&list, &q->out);
    dgm_json_whole(&q->out, "total", total);
    dgm_json_close(&q->out, '}');
    return true;
}

/* ---- the whole view ------------------------------------------------------------------------- */

typedef struct {
    dgm_output_options options;
    dgm_output *output;
    dgm_buffer buffer;
    dgm_question *q;
    dgm_status status;
} writing;

enum { FLUSHED = 1 << 18 };

static bool flush(writing *w)
{
    if (w->buffer.failed)
        w->status = dgm_fail(&w->q->err, DGM_ENOMEM, NULL, 0, "no memory for the output");
    else if (w->buffer.n > 0)
        w->status = dgm_output_put(w->output, (dgm_view) { w->buffer.p, w->buffer.n }, &w->q->err);
    w->buffer.n = 0;
    return w->status == DGM_OK;
}

static bool take_record(void *context, const dgm_record *record)
{
    writing *w = context;
    dgm_write_record(&w->options, record, &w->buffer);
    return (w->buffer.n < FLUSHED && !w->buffer.failed) || flush(w);
}

static bool take_numbered(void *context, int64_t event, int64_t story, const dgm_record *record)
{
    (void)event;
    (void)story;
    return take_record(context, record);
}

static int by_age(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* All that pass; where several count as one, the first of them. */
static dgm_status write_all(dgm_question *q, writing *w)
{
    dgm_numbers numbers;
    if (q->per == DGM_PER_REPORT)
        return dgm_store_records(q->store, &q->filter, take_record, w, &q->err);
    if (!dgm_numbers_ask(q, &q->filter, false, NULL, &numbers))
        return q->err.status;
    if (numbers.at.n > 0)
        qsort(numbers.at.at, numbers.at.n, sizeof *numbers.at.at, by_age);
    return dgm_page_records(q->store, numbers.at.at, numbers.at.n, take_numbered, w, &q->err);
}

static bool answer_file(dgm_question *q, dgm_output_format format, const char *type)
{
    writing w = { .options = { .format = format }, .q = q };
    if (!dgm_question_file(q, type))
        return false;
    dgm_status status = dgm_output_open(&w.options, dgm_put_in_file, q->file, &w.output, &q->err);
    if (status != DGM_OK)
        return false;
    status = write_all(q, &w);
    if (status == DGM_OK && w.status == DGM_OK)
        flush(&w);
    bool good = status == DGM_OK && w.status == DGM_OK;
    status = dgm_output_close(w.output, good ? &q->err : NULL);
    dgm_buffer_done(&w.buffer);
    return good && status == DGM_OK && dgm_question_file_end(q);
}

static bool put_run(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *out = context;
    (void)n;
    dgm_json_open(out, NULL, '{');
    dgm_json_string_of(out, "version", dgm_cell_text(&cells[0]));
    dgm_json_string_of(out, "tables", dgm_cell_text(&cells[1]));
    dgm_json_string_of(out, "begun", dgm_cell_text(&cells[2]));
    dgm_json_whole(out, "stories", dgm_cell_whole(&cells[3]));
    dgm_json_close(out, '}');
    return !out->failed;
}

static void put_time(dgm_buffer *out)
{
    char text[DGM_UTC];
    dgm_json_string_of(out, "written", dgm_view_of(dgm_utc(time(NULL), text)));
}

/* What was asked, of what, by which program: beside a file that was exported. */
static bool answer_meta(dgm_question *q)
{
    int64_t n;
    dgm_buffer *out = &q->out;
    if (!count(q, &n))
        return false;
    dgm_json_open(out, NULL, '{');
    dgm_json_string_of(out, "program", DGM_VIEW("dragoman"));
    dgm_json_string_of(out, "version", DGM_VIEW(DGM_VERSION));
    dgm_json_string_of(out, "command", DGM_VIEW("serve"));
    put_time(out);
    dgm_json_open(out, "filter", '{');
    for (uint32_t i = 0; i < q->request->n_parameters; i++)
        if (q->request->parameters[i].value.n)
            dgm_json_string_of(out, q->request->parameters[i].name.p,
                               q->request->parameters[i].value);
    dgm_json_close(out, '}');
    dgm_json_whole(out, "events", n);
    dgm_json_string_of(out, "tables", dgm_view_of(q->options->tables_hash));
    dgm_json_string_of(out, "model", dgm_view_of(q->options->model_hash));
    dgm_json_open(out, "runs", '[');
    if (dgm_store_runs(q->store, put_run, out, &q->err) != DGM_OK)
        return false;
    dgm_json_close(out, ']');
    dgm_json_string_of(out, "cite",
                       DGM_VIEW("Coded with dragoman " DGM_VERSION
                                " in PLOVER (Open Event Data Alliance 2021); name the version and"
                                " the hashes of tables and model beside the reports' source."));
    dgm_json_close(out, '}');
    return true;
}

bool dgm_answer_events(dgm_question *q)
{
    switch (q->request->suffix) {
    case DGM_SUFFIX_CSV:
        return answer_file(q, DGM_OUTPUT_CSV, "text/csv; charset=utf-8");
    case DGM_SUFFIX_JSONL:
        return answer_file(q, DGM_OUTPUT_JSONL, "application/x-ndjson");
    case DGM_SUFFIX_META:
        return answer_meta(q);
    case DGM_SUFFIX_ATOM:
        return dgm_answer_feed(q);
    case DGM_SUFFIX_NONE:
        break;
    }
    return answer_page(q);
}

/* ---- one event ------------------------------------------------------------------------------ */

static bool put_event(void *context, int64_t event, int64_t story, const dgm_record *record)
{
    dgm_put_record(context, "event", event, story, record);
    return false;
}

static bool put_story(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *out = context;
    (void)n;
    dgm_put_head(out, "story", cells);
    dgm_json_close(out, '}');
    return false;
}

static bool put_mark(void *context, const dgm_cell *cells, uint32_t n)
{
    static const char *const names[] = { "verdict", "answer", "note", "marked" };
    dgm_buffer *out = context;
    dgm_json_open(out, "mark", '{');
    for (uint32_t i = 0; i < n && i < DGM_LEN(names); i++)
        dgm_json_string_of(out, names[i], dgm_cell_text(&cells[i]));
    dgm_json_close(out, '}');
    return false;
}

bool dgm_answer_event(dgm_question *q)
{
    dgm_cell id = { .kind = DGM_CELL_TEXT, .text = q->request->key };
    dgm_found found;
    if (!dgm_find_event(q, q->request->key, &found))
        return false;
    if (found.event == 0) {
        dgm_turn_down(&q->refusal, 404, NULL, "The store has no event %.40s.", q->request->key.p);
        return false;
    }
    dgm_cell story = { .kind = DGM_CELL_INT, .integer = found.story };
    dgm_json_open(&q->out, NULL, '{');
    if (dgm_page_records(q->store, &found.event, 1, put_event, &q->out, &q->err) != DGM_OK ||
        !dgm_put_reasons(q, q->request->key) ||
        dgm_page_find(q->store, DGM_LOOK_STORY, &story, put_story, &q->out, &q->err) != DGM_OK)
        return false;
    size_t before = q->out.n;
    if (dgm_page_find(q->store, DGM_LOOK_MARK, &id, put_mark, &q->out, &q->err) != DGM_OK)
        return false;
    if (q->out.n == before)
        dgm_buffer_put(&q->out, DGM_VIEW(",\"mark\":null"));
    dgm_json_close(&q->out, '}');
    return true;
}
