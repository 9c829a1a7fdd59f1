/* dragoman query, stats, claims, commitments: what a store is asked. */
#include "cli/filters.h"

#include "output/cells.h"
#include "output/writers.h"

#include <math.h>
#include <string.h>

/* ---- answers as table, CSV or JSON Lines ---------------------------------------------------- */

enum { MOST_COLUMNS = 24 };
typedef enum { AS_TABLE, AS_CSV, AS_JSONL } form;

typedef struct {
    form form;
    const char *columns[MOST_COLUMNS];
    uint32_t n_columns;
    FILE *out;
    dgm_grid *grid; /* AS_TABLE */
    bool events;    /* the columns are dgm_event_columns, of which a table shows the most telling */
    dgm_buffer line;
    bool failed;
} answer;

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

static bool flush(answer *a)
{
    a->failed = a->failed || a->line.failed ||
                fwrite(a->line.p ? a->line.p : "", 1, a->line.n, a->out) != a->line.n;
    a->line.n = 0;
    return !a->failed;
}

static void put_cell(answer *a, uint32_t i, const dgm_cell *cell)
{
    dgm_buffer text = { 0 };
    put_plain(cell, &text);
    dgm_view v = { text.p, text.n };
    bool last = i + 1 == a->n_columns;
    if (a->form == AS_JSONL) {
        dgm_buffer_printf(&a->line, "%s\"%s\":", i ? "," : "{", a->columns[i]);
        put_json(cell, &a->line);
        dgm_buffer_put(&a->line, last ? DGM_VIEW("}\n") : DGM_VIEW(""));
    } else {
        dgm_csv_cell(v, &a->line);
        dgm_buffer_put(&a->line, last ? DGM_VIEW("\r\n") : DGM_VIEW(","));
    }
    a->line.failed = a->line.failed || text.failed;
    dgm_buffer_done(&text);
}

/* ---- a table -------------------------------------------------------------------------------- */

static const dgm_grid_column event_grid[] = {
    { "date", false },      { "actor", false }, { "event", false },
    { "recipient", false }, { "marks", false }, { "voice", false },
    { "place", false },     { "words", false }, { "story", false },
};

/* The value of a column by its name. */
static const dgm_cell *cell_of(const answer *a, const dgm_cell *cells, uint32_t n, const char *name)
{
    static const dgm_cell none = { .kind = DGM_CELL_NULL };
    for (uint32_t i = 0; i < n && i < a->n_columns; i++) {
        if (strcmp(a->columns[i], name) == 0)
            return &cells[i];
    }
    return &none;
}

/* "negated,possible": what is not plain about an event. */
static void put_marks(const answer *a, const dgm_cell *cells, uint32_t n, dgm_buffer *out)
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
static void put_event_cell(const answer *a, const dgm_cell *cells, uint32_t n, uint32_t i,
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

static void put_grid_row(answer *a, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer text = { 0 };
    size_t ends[MOST_COLUMNS];
    dgm_view views[MOST_COLUMNS];
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

static dgm_grid *new_grid(const answer *a)
{
    static const char *const numbers[] = { "n",       "events",    "stories",
                                           "outlets", "goldstein", "intensity" };
    dgm_grid_column columns[MOST_COLUMNS];
    uint32_t width = dgm_cli_screen(a->out, NULL);
    if (a->events)
        return dgm_grid_new(event_grid, DGM_LEN(event_grid), width);
    for (uint32_t i = 0; i < a->n_columns; i++) {
        columns[i] = (dgm_grid_column) { a->columns[i], false };
        for (size_t k = 0; k < DGM_LEN(numbers); k++)
            columns[i].number |= strcmp(a->columns[i], numbers[k]) == 0;
    }
    return dgm_grid_new(columns, a->n_columns, width);
}

/* ---- rows ----------------------------------------------------------------------------------- */

static bool put_row(void *context, const dgm_cell *cells, uint32_t n)
{
    answer *a = context;
    if (a->grid) {
        put_grid_row(a, cells, n);
        return flush(a);
    }
    for (uint32_t i = 0; i < a->n_columns; i++)
        put_cell(a, i, i < n ? &cells[i] : &(dgm_cell) { .kind = DGM_CELL_NULL });
    return flush(a);
}

static void put_header(answer *a)
{
    dgm_cell cells[MOST_COLUMNS];
    for (uint32_t i = 0; i < a->n_columns; i++)
        cells[i] = (dgm_cell) { .kind = DGM_CELL_TEXT, .text = dgm_view_of(a->columns[i]) };
    if (a->form == AS_CSV)
        put_row(a, cells, a->n_columns);
}

static bool open_answer(const dgm_arguments *arguments, const char *first,
                        const char *const *columns, uint32_t n, answer *out)
{
    const char *format = dgm_option_value(arguments, "format");
    *out = (answer) { .form = strcmp(format, "csv") == 0     ? AS_CSV
                              : strcmp(format, "jsonl") == 0 ? AS_JSONL
                                                             : AS_TABLE };
    if (first)
        out->columns[out->n_columns++] = first;
    for (uint32_t i = 0; i < n; i++)
        out->columns[out->n_columns++] = columns[i];
    out->events = !first && columns == dgm_event_columns;
    out->out = dgm_cli_output(arguments);
    if (!out->out)
        return false;
    if (out->form == AS_TABLE && !(out->grid = new_grid(out)))
        out->failed = true;
    put_header(out);
    return true;
}

static int close_answer(const dgm_arguments *arguments, answer *a, dgm_status status,
                        const dgm_err *err)
{
    if (status != DGM_OK)
        dgm_cli_say(err);
    if (a->grid) {
        dgm_grid_end(a->grid, &a->line);
        flush(a);
    }
    dgm_grid_free(a->grid);
    bool good = dgm_cli_close(arguments, a->out) && !a->failed && status == DGM_OK;
    dgm_buffer_done(&a->line);
    return good ? DGM_EXIT_OK : status == DGM_EUSAGE ? DGM_EXIT_USAGE : DGM_EXIT_REFUSED;
}

/* ---- query and stats ------------------------------------------------------------------------ */

static const struct {
    const char *name;
    dgm_by by;
} groups[] = { { "nothing", DGM_BY_NOTHING }, { "day", DGM_BY_DAY },
               { "week", DGM_BY_WEEK },       { "month", DGM_BY_MONTH },
               { "year", DGM_BY_YEAR },       { "type", DGM_BY_TYPE },
               { "quad", DGM_BY_QUAD },       { "dyad", DGM_BY_DYAD },
               { "country", DGM_BY_COUNTRY }, { "source", DGM_BY_SOURCE } };

static dgm_per per_of(const char *name)
{
    return strcmp(name, "event") == 0   ? DGM_PER_EVENT
           : strcmp(name, "story") == 0 ? DGM_PER_STORY
                                        : DGM_PER_REPORT;
}

static dgm_status answer_query(const dgm_arguments *arguments, dgm_store *store,
                               const dgm_filter *filter, answer *a, dgm_err *err)
{
    const char *by = dgm_option_value(arguments, "by");
    if (!by)
        return dgm_store_events(store, filter, put_row, a, err);
    size_t i = 0;
    while (strcmp(groups[i].name, by) != 0)
        i++;
    return dgm_store_counts(store, filter, groups[i].by, per_of(dgm_option_value(arguments, "per")),
                            put_row, a, err);
}

static int query(const dgm_arguments *arguments)
{
    dgm_filter filter;
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    answer a;
    int code = DGM_EXIT_USAGE;
    const char *by = dgm_option_value(arguments, "by");
    if (!dgm_cli_filter(arguments, &filter))
        return code;
    if (!dgm_option_number(arguments, "limit", 0, UINT32_MAX, &filter.limit, &err))
        return dgm_cli_usage(arguments, &err);
    if (!dgm_cli_store(arguments, &store))
        return code;
    if (by && !dgm_option_given(arguments, "limit"))
        filter.limit = 0;
    if (open_answer(arguments, by, by ? dgm_count_columns : dgm_event_columns,
                    by ? dgm_n_count_columns : dgm_n_event_columns, &a)) {
        dgm_status status = answer_query(arguments, store, &filter, &a, &err);
        code = close_answer(arguments, &a, status, &err);
    }
    dgm_store_free(store);
    return code;
}

#define OPTION_ANSWER                                                                              \
    {                                                                                              \
        'f', "format", "table|csv|jsonl", "format of the answer", "table"                          \
    }

static const dgm_option query_options[] = {
    DGM_OPTION_DB,
    OPTION_ANSWER,
    DGM_OPTION_OUTPUT,
    { 0, "by", "nothing|day|week|month|year|type|quad|dyad|country|source",
      "count, by this, instead of listing events", NULL },
    { 0, "per", "report|story|event",
      "what counts once: each report, a story whoever prints it, an event whoever tells of it",
      "report" },
    { 'n', "limit", "N", "at most so many rows, the latest or largest first; 0: all", "100" },
    DGM_OPTIONS_FACTS,
    DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_query = {
    .name = "query",
    .operands = "",
    .summary = "List or count events of a store",
    .more = "Without --by it lists events, the latest first. With --by it gives, for each group,\n"
            "n (what --per says), events, stories, outlets, and the sums of Goldstein's scale and\n"
            "of PLOVER's intensity. Filters are joined by and; members of a list by or.",
    .options = query_options,
    .n_options = DGM_LEN(query_options),
    .run = query,
};

static int stats(const dgm_arguments *arguments)
{
    static const char *const columns[] = { "what", "n" };
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    answer a;
    int code = DGM_EXIT_REFUSED;
    if (!dgm_cli_store(arguments, &store))
        return DGM_EXIT_USAGE;
    if (open_answer(arguments, NULL, columns, DGM_LEN(columns), &a)) {
        dgm_status status = dgm_store_stats(store, put_row, &a, &err);
        code = close_answer(arguments, &a, status, &err);
    }
    dgm_store_free(store);
    return code;
}

static const dgm_option stats_options[] = { DGM_OPTION_DB, OPTION_ANSWER, DGM_OPTION_OUTPUT };

const dgm_command dgm_command_stats = {
    .name = "stats",
    .operands = "",
    .summary = "Say what is in a store",
    .options = stats_options,
    .n_options = DGM_LEN(stats_options),
    .run = stats,
};

/* ---- claims and commitments ----------------------------------------------------------------- */

static int write_lines(const dgm_arguments *arguments, dgm_status status, dgm_buffer *lines,
                       const dgm_err *err)
{
    FILE *out = status == DGM_OK ? dgm_cli_output(arguments) : NULL;
    bool good = out && fwrite(lines->p ? lines->p : "", 1, lines->n, out) == lines->n;
    if (out)
        good = dgm_cli_close(arguments, out) && good;
    if (status != DGM_OK)
        dgm_cli_say(err);
    dgm_buffer_done(lines);
    return good ? DGM_EXIT_OK : status == DGM_EUSAGE ? DGM_EXIT_USAGE : DGM_EXIT_REFUSED;
}

static int claims(const dgm_arguments *arguments)
{
    dgm_filter filter;
    dgm_store *store = NULL;
    dgm_buffer lines = { 0 };
    dgm_err err = { 0 };
    uint64_t days;
    if (!dgm_option_number(arguments, "days", 0, 3650, &days, &err))
        return dgm_cli_usage(arguments, &err);
    if (!dgm_cli_filter(arguments, &filter) || !dgm_cli_store(arguments, &store))
        return DGM_EXIT_USAGE;
    dgm_status status = dgm_store_claims(store, &filter, (uint32_t)days, &lines, &err);
    int code = write_lines(arguments, status, &lines, &err);
    dgm_store_free(store);
    return code;
}

static const dgm_option claims_options[] = {
    DGM_OPTION_DB,
    { 0, "days", "N", "how far apart two reports of one event may date it", "3" },
    DGM_OPTION_OUTPUT,
    DGM_OPTIONS_FACTS,
    DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_claims = {
    .name = "claims",
    .operands = "",
    .summary = "Find events that one affirms and another denies",
    .more =
        "JSON Lines, a disputed event each: its type and sides, who affirms and who denies it,\n"
        "and every report of both with its story, outlet, day and voice. Reports meet when type\n"
        "and sides are the same, days are near and places do not differ. Filters choose denials.",
    .options = claims_options,
    .n_options = DGM_LEN(claims_options),
    .run = claims,
};

static int commitments(const dgm_arguments *arguments)
{
    dgm_filter filter;
    dgm_store *store = NULL;
    dgm_buffer lines = { 0 };
    dgm_err err = { 0 };
    if (!dgm_cli_filter(arguments, &filter) || !dgm_cli_store(arguments, &store))
        return DGM_EXIT_USAGE;
    dgm_status status =
        dgm_store_commitments(store, &filter, dgm_option_value(arguments, "state"), &lines, &err);
    int code = write_lines(arguments, status, &lines, &err);
    dgm_store_free(store);
    return code;
}

static const dgm_option commitments_options[] = {
    DGM_OPTION_DB,
    { 0, "state", "open|triggered|fulfilled|broken|lapsed", "only these", NULL },
    DGM_OPTION_OUTPUT,
    DGM_OPTIONS_FACTS,
    DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_commitments = {
    .name = "commitments",
    .operands = "",
    .summary = "Follow promises, threats, ultimatums and conditions through later reports",
    .more =
        "JSON Lines, a commitment each: its kind (promise, threat, ultimatum, condition,\n"
        "announcement), its state, and the later report that decided it. fulfilled: the act is\n"
        "reported; broken: its opposite is; triggered: the condition came true; lapsed: the day\n"
        "named for it has passed; open: none of these.",
    .options = commitments_options,
    .n_options = DGM_LEN(commitments_options),
    .run = commitments,
};
