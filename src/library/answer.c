/* Answers as table, CSV or JSON Lines. */
#include "library/answer.h"

#include "output/writers.h"

#include <string.h>

static void put_plain(const dgm_cell *cell, dgm_buffer *out)
{
    if (cell->kind == DGM_CELL_INT)
        dgm_buffer_printf(out, "%lld", (long long)cell->integer);
    else if (cell->kind == DGM_CELL_REAL)
        dgm_buffer_number(out, cell->real);
    else if (cell->kind == DGM_CELL_TEXT)
        dgm_buffer_put(out, cell->text);
}

static void put_json(const dgm_cell *cell, dgm_buffer *out)
{
    if (cell->kind == DGM_CELL_NULL)
        dgm_buffer_put(out, DGM_VIEW("null"));
    else if (cell->kind == DGM_CELL_TEXT)
        dgm_json_string(cell->text, out);
    else
        put_plain(cell, out);
}

bool dgm_reply_put(dgm_reply *reply, dgm_view bytes)
{
    if (!reply->cut && bytes.n > 0 && !reply->put(reply->context, bytes))
        reply->cut = true;
    return !reply->cut;
}

static bool flush(dgm_answer *a)
{
    a->failed = a->failed || a->line.failed;
    bool good = !a->failed && dgm_reply_put(a->reply, (dgm_view) { a->line.p, a->line.n });
    a->line.n = 0;
    return good;
}

static void put_cell(dgm_answer *a, uint32_t i, const dgm_cell *cell)
{
    dgm_buffer text = { 0 };
    put_plain(cell, &text);
    dgm_view v = { text.p, text.n };
    bool last = i + 1 == a->n_columns;
    if (a->form == DGM_AS_JSONL) {
        dgm_buffer_printf(&a->line, "%s\"%s\":", i ? "," : "{", a->columns[i]);
        put_json(cell, &a->line);
        dgm_buffer_put(&a->line, last ? DGM_VIEW("}\n") : DGM_VIEW(""));
    } else {
        (cell->kind == DGM_CELL_TEXT ? dgm_csv_cell : dgm_csv_number)(v, &a->line);
        dgm_buffer_put(&a->line, last ? DGM_VIEW("\r\n") : DGM_VIEW(","));
    }
    a->line.failed = a->line.failed || text.failed;
    dgm_buffer_done(&text);
}

/* ---- a table -------------------------------------------------------------------------------- */

static const dgm_grid_column event_grid[] = {
    { .name = "date", .whole = true },
    { .name = "actor" },
    { .name = "event" },
    { .name = "recipient" },
    { .name = "marks" },
    { .name = "voice" },
    { .name = "place" },
    { .name = "words" },
    { .name = "story" },
};

/* The value of a column by its name. */
static const dgm_cell *cell_of(const dgm_answer *a, const dgm_cell *cells, uint32_t n,
                               const char *name)
{
    static const dgm_cell none = { .kind = DGM_CELL_NULL };
    for (uint32_t i = 0; i < n && i < a->n_columns; i++) {
        if (strcmp(a->columns[i], name) == 0)
            return &cells[i];
    }
    return &none;
}

/* "negated,possible": what is not plain about an event. */
static void put_marks(const dgm_answer *a, const dgm_cell *cells, uint32_t n, dgm_buffer *out)
{
    dgm_view polarity = cell_of(a, cells, n, "polarity")->text;
    dgm_view status = cell_of(a, cells, n, "status")->text;
    const char *separator = "";
    if (!dgm_view_eq(polarity, DGM_VIEW("affirmed")) && polarity.n) {
        dgm_buffer_put(out, polarity);
        separator = ",";
    }
    if (!dgm_view_eq(status, DGM_VIEW("actual")) && status.n) {
        dgm_buffer_printf(out, "%s%.*s", separator, DGM_FMT(status));
        separator = ",";
    }
    if (cell_of(a, cells, n, "historical")->integer)
        dgm_buffer_printf(out, "%shistorical", separator);
}

/* Writes the text of one cell and returns where it lies in `text`: begin of the next one. */
static void put_event_cell(const dgm_answer *a, const dgm_cell *cells, uint32_t n, uint32_t i,
                           dgm_buffer *text)
{
    static const char *const from[DGM_LEN(event_grid)] = { "date",       "actors",  "event_type",
                                                           "recipients", NULL,      "speaker",
                                                           "place",      "trigger", "story_id" };
    if (!from[i]) {
        put_marks(a, cells, n, text);
        return;
    }
    put_plain(cell_of(a, cells, n, from[i]), text);
    dgm_view mode = cell_of(a, cells, n, "event_mode")->text;
    if (strcmp(from[i], "event_type") == 0 && mode.n)
        dgm_buffer_printf(text, "-%.*s", DGM_FMT(mode));
}

static void put_grid_row(dgm_answer *a, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer text = { 0 };
    size_t ends[DGM_MOST_COLUMNS];
    dgm_view views[DGM_MOST_COLUMNS];
    uint32_t n_views = a->events ? DGM_LEN(event_grid) : a->n_columns;
    for (uint32_t i = 0; i < n_views; i++) {
        if (a->events)
            put_event_cell(a, cells, n, i, &text);
        else if (i < n)
            put_plain(&cells[i], &text);
        ends[i] = text.n;
    }
    for (uint32_t i = 0; i < n_views; i++) {
        size_t begin = i ? ends[i - 1] : 0;
        views[i] = (dgm_view) { text.p ? text.p + begin : "", ends[i] - begin };
    }
    dgm_grid_put(a->grid, views, &a->line);
    a->line.failed = a->line.failed || text.failed;
    dgm_buffer_done(&text);
}

static dgm_grid *new_grid(const dgm_answer *a)
{
    static const char *const numbers[] = { "n",         "events",    "stories", "outlets",
                                           "goldstein", "intensity", "weight",  "precision",
                                           "low",       "high",      "right" };
    dgm_grid_column columns[DGM_MOST_COLUMNS];
    uint32_t width = a->reply->width ? a->reply->width : 100;
    if (a->events)
        return dgm_grid_new(event_grid, DGM_LEN(event_grid), width);
    for (uint32_t i = 0; i < a->n_columns; i++) {
        columns[i] = (dgm_grid_column) { .name = a->columns[i] };
        for (size_t k = 0; k < DGM_LEN(numbers); k++)
            columns[i].number |= strcmp(a->columns[i], numbers[k]) == 0;
    }
    return dgm_grid_new(columns, a->n_columns, width);
}

/* ---- rows ----------------------------------------------------------------------------------- */

bool dgm_answer_row(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_answer *a = context;
    if (a->grid) {
        put_grid_row(a, cells, n);
        return flush(a);
    }
    for (uint32_t i = 0; i < a->n_columns; i++)
        put_cell(a, i, i < n ? &cells[i] : &(dgm_cell) { .kind = DGM_CELL_NULL });
    return flush(a);
}

static void put_header(dgm_answer *a)
{
    dgm_cell cells[DGM_MOST_COLUMNS];
    for (uint32_t i = 0; i < a->n_columns; i++)
        cells[i] = (dgm_cell) { .kind = DGM_CELL_TEXT, .text = dgm_view_of(a->columns[i]) };
    if (a->form == DGM_AS_CSV)
        dgm_answer_row(a, cells, a->n_columns);
}

dgm_answer_form dgm_answer_form_of(const dgm_options *options)
{
    const char *format = dgm_options_value(options, "format");
    return strcmp(format, "csv") == 0     ? DGM_AS_CSV
           : strcmp(format, "jsonl") == 0 ? DGM_AS_JSONL
                                          : DGM_AS_TABLE;
}

void dgm_answer_begin(dgm_answer *out, dgm_answer_form form, const char *const *columns, uint32_t n,
                      dgm_reply *reply)
{
    *out = (dgm_answer) { .form = form, .reply = reply, .n_columns = n };
    for (uint32_t i = 0; i < n; i++)
        out->columns[i] = columns[i];
    out->events = columns == dgm_event_columns;
    if (form == DGM_AS_TABLE && !(out->grid = new_grid(out)))
        out->failed = true;
    put_header(out);
}

dgm_status dgm_answer_end(dgm_answer *a, dgm_status status, dgm_err *err)
{
    if (a->grid) {
        dgm_grid_end(a->grid, &a->line);
        flush(a);
    }
    dgm_grid_free(a->grid);
    dgm_buffer_done(&a->line);
    return status == DGM_OK && a->failed
               ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the answer")
               : status;
}
