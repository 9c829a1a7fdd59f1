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
        columns[i] = (dgm_grid_column) { .name = a->columns[i] };
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

#define GROUPS "nothing, day, week, month, year, type, quad, dyad, country, source"

static dgm_per per_of(const char *name)
{
    return strcmp(name, "event") == 0   ? DGM_PER_EVENT
           : strcmp(name, "story") == 0 ? DGM_PER_STORY
                                        : DGM_PER_REPORT;
}

/* What --by, --fill and --per-stories ask for. */
typedef struct {
    dgm_series series;
    bool counts, has_group;
    bool summed; /* by one thing, as the store may have it summed up */
} question;

static bool take_group(question *q, dgm_view name)
{
    for (size_t i = 0; i < DGM_LEN(groups); i++) {
        if (!dgm_view_eq(name, dgm_view_of(groups[i].name)))
            continue;
        bool period = dgm_is_period(groups[i].by),
             taken = period ? dgm_is_period(q->series.period) : q->has_group;
        if (period)
            q->series.period = groups[i].by;
        else
            q->series.by = groups[i].by;
        q->has_group = q->has_group || !period;
        return !taken;
    }
    return false;
}

/* "; did you mean 'month'?", or nothing. */
static const char *group_hint(dgm_view name, char *buf, size_t size)
{
    dgm_nearest nearest = dgm_nearest_to(name);
    for (size_t i = 0; i < DGM_LEN(groups); i++)
        dgm_nearest_try(&nearest, dgm_view_of(groups[i].name));
    buf[0] = '\0';
    if (nearest.best[0] && nearest.distance > 0)
        snprintf(buf, size, "; did you mean '%s'?", nearest.best);
    return buf;
}

static bool take_question(const dgm_arguments *arguments, question *q)
{
    const char *by = dgm_option_value(arguments, "by");
    dgm_err err = { 0 };
    dgm_view rest = dgm_view_of(by ? by : ""), part;
    *q = (question) { .counts = by != NULL,
                      .series = { .by = DGM_BY_NOTHING,
                                  .period = DGM_BY_NOTHING,
                                  .per = per_of(dgm_option_value(arguments, "per")),
                                  .fill = dgm_option_given(arguments, "fill"),
                                  .per_stories = dgm_option_given(arguments, "per-stories") } };
    while (by && dgm_view_split(&rest, ',', &part)) {
        if (take_group(q, dgm_view_trim(part)))
            continue;
        char hint[100];
        dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                 "--by takes one of " GROUPS ", or two of which one is a period, not '%.60s'%s", by,
                 group_hint(dgm_view_trim(part), hint, sizeof hint));
        dgm_cli_usage(arguments, &err);
        return false;
    }
    if ((q->series.fill && !dgm_is_period(q->series.period)) || (q->series.per_stories && !by)) {
        dgm_fail(&err, DGM_EUSAGE, NULL, 0, "%s",
                 q->series.fill ? "--fill needs --by with a period: day, week, month or year"
                                : "--per-stories needs --by");
        dgm_cli_usage(arguments, &err);
        return false;
    }
    q->summed = !strchr(by ? by : "", ',') && !q->series.fill && !q->series.per_stories;
    return true;
}

/* Of a series, without the column of a group or period that was not asked for. */
typedef struct {
    answer *answer;
    const question *question;
} series_answer;

static bool put_series(void *context, const dgm_cell *cells, uint32_t n)
{
    const series_answer *s = context;
    dgm_cell row[MOST_COLUMNS];
    uint32_t n_row = 0;
    if (s->question->has_group)
        row[n_row++] = cells[0];
    if (dgm_is_period(s->question->series.period))
        row[n_row++] = cells[1];
    for (uint32_t i = 2; i < n; i++)
        row[n_row++] = cells[i];
    return put_row(s->answer, row, n_row);
}

static dgm_status answer_query(const question *q, dgm_store *store, const dgm_filter *filter,
                               answer *a, dgm_err *err)
{
    if (!q->counts)
        return dgm_store_events(store, filter, put_row, a, err);
    if (q->summed)
        return dgm_store_counts(store, filter, q->has_group ? q->series.by : q->series.period,
                                q->series.per, put_row, a, err);
    return dgm_store_series(store, filter, &q->series, put_series, &(series_answer) { a, q }, err);
}

static const char *name_of(dgm_by by)
{
    size_t i = 0;
    while (groups[i].by != by)
        i++;
    return groups[i].name;
}

static bool open_query(const dgm_arguments *arguments, const question *q, answer *a)
{
    const char *columns[MOST_COLUMNS];
    uint32_t n = 0;
    if (!q->counts)
        return open_answer(arguments, NULL, dgm_event_columns, dgm_n_event_columns, a);
    if (q->has_group)
        columns[n++] = name_of(q->series.by);
    if (dgm_is_period(q->series.period))
        columns[n++] = name_of(q->series.period);
    for (uint32_t i = 0; i < dgm_n_count_columns; i++)
        columns[n++] = dgm_count_columns[i];
    if (q->series.per_stories) {
        columns[n++] = "stories_read";
        columns[n++] = "per_1000";
    }
    return open_answer(arguments, NULL, columns, n, a);
}

static int query(const dgm_arguments *arguments)
{
    dgm_filter filter;
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    answer a;
    question q;
    int code = DGM_EXIT_USAGE;
    if (!dgm_cli_filter(arguments, &filter) || !take_question(arguments, &q))
        return code;
    if (!dgm_option_number(arguments, "limit", 0, UINT32_MAX, &filter.limit, &err))
        return dgm_cli_usage(arguments, &err);
    if (!dgm_cli_store(arguments, true, &store))
        return code;
    if (q.counts && !dgm_option_given(arguments, "limit"))
        filter.limit = 0;
    if (open_query(arguments, &q, &a)) {
        dgm_status status = answer_query(&q, store, &filter, &a, &err);
        code = close_answer(arguments, &a, status, &err);
    }
    dgm_store_free(store);
    return code;
}

#define OPTION_ANSWER                                                                              \
    {                                                                                              \
        'f', "format", "table|csv|jsonl", "output format", "table"                                 \
    }

static const dgm_option query_options[] = {
    DGM_OPTION_DB,
    OPTION_ANSWER,
    DGM_OPTION_OUTPUT,
    { 0, "by", "GROUP[,PERIOD]",
      "count, instead of listing events, by one of " GROUPS ", or by one of them and a period"
      " (dyad,month)",
      NULL },
    { 0, "fill", NULL, "add rows of zeros for periods in which a group has no events", NULL },
    { 0, "per-stories", NULL, "add the number of stories of the period, and n per 1,000 of them",
      NULL },
    { 0, "per", "report|story|event",
      "unit of counting: reports, distinct stories, or distinct events", "report" },
    { 'n', "limit", "N", "at most N rows, the latest or largest first; 0: all", "100" },
    DGM_OPTIONS_FACTS,
    DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_query = {
    .name = "query",
    .operands = "",
    .summary = "List or count events of a store",
    .more =
        "Without --by, lists events, the latest first. With --by, shows for each group n (in the\n"
        "unit of --per), events, stories, outlets, and the sums of the Goldstein scale and of\n"
        "PLOVER's intensity. All filters must match; of a list, any member may.\n"
        "\n"
        "`--by dyad,month --fill` shows a row for each month of each dyad, from --since to\n"
        "--until or else from the first to the last month with an event. `--per-stories` adds\n"
        "stories_read and per_1000, so that more news is not taken for more conflict.",
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
    if (!dgm_cli_store(arguments, true, &store))
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
    .summary = "Show what is in a store",
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
    if (!dgm_cli_filter(arguments, &filter) || !dgm_cli_store(arguments, true, &store))
        return DGM_EXIT_USAGE;
    dgm_status status = dgm_store_claims(store, &filter, (uint32_t)days, &lines, &err);
    int code = write_lines(arguments, status, &lines, &err);
    dgm_store_free(store);
    return code;
}

static const dgm_option claims_options[] = {
    DGM_OPTION_DB,
    { 0, "days", "N", "how many days apart two reports may date one event", "3" },
    DGM_OPTION_OUTPUT,
    DGM_OPTIONS_FACTS,
    DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_claims = {
    .name = "claims",
    .operands = "",
    .summary = "Find events that one side affirms and another denies",
    .more =
        "JSON Lines, one disputed event per line: its type and sides, who affirms and who denies "
        "it,\n"
        "and every report of either, with its story, outlet, day and voice. Reports match if type\n"
        "and sides are the same, days are close and places do not differ. Filters apply to the\n"
        "denials.",
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
    if (!dgm_cli_filter(arguments, &filter) || !dgm_cli_store(arguments, true, &store))
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
        "JSON Lines, one commitment per line: its kind (promise, threat, ultimatum, condition,\n"
        "announcement), its state, and the later report that decided it. fulfilled: the act is\n"
        "reported; broken: its opposite is; triggered: the condition came true; lapsed: the day\n"
        "named for it has passed; open: none of these.",
    .options = commitments_options,
    .n_options = DGM_LEN(commitments_options),
    .run = commitments,
};
