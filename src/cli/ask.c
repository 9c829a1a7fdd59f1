/* dragoman query, stats, claims, commitments: what a store is asked. */
#include "cli/answer.h"
#include "cli/marks.h"

#include <string.h>

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
static const char *group_hint(dgm_view name, char hint[DGM_HINT])
{
    dgm_nearest nearest = dgm_nearest_to(name);
    for (size_t i = 0; i < DGM_LEN(groups); i++)
        dgm_nearest_try(&nearest, dgm_view_of(groups[i].name));
    return nearest.distance > 0 ? dgm_nearest_hint(&nearest, "", "", hint) : "";
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
        char hint[DGM_HINT];
        dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                 "--by takes one of " GROUPS ", or two of which one is a period, not '%.60s'%s", by,
                 group_hint(dgm_view_trim(part), hint));
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
    dgm_answer *answer;
    const question *question;
} series_answer;

static bool put_series(void *context, const dgm_cell *cells, uint32_t n)
{
    const series_answer *s = context;
    dgm_cell row[DGM_MOST_COLUMNS];
    uint32_t n_row = 0;
    if (s->question->has_group)
        row[n_row++] = cells[0];
    if (dgm_is_period(s->question->series.period))
        row[n_row++] = cells[1];
    for (uint32_t i = 2; i < n; i++)
        row[n_row++] = cells[i];
    return dgm_answer_row(s->answer, row, n_row);
}

static dgm_status answer_query(const question *q, dgm_store *store, const dgm_filter *filter,
                               dgm_answer *a, dgm_err *err)
{
    if (!q->counts)
        return dgm_store_events(store, filter, dgm_answer_row, a, err);
    if (q->summed)
        return dgm_store_counts(store, filter, q->has_group ? q->series.by : q->series.period,
                                q->series.per, dgm_answer_row, a, err);
    return dgm_store_series(store, filter, &q->series, put_series, &(series_answer) { a, q }, err);
}

static const char *name_of(dgm_by by)
{
    size_t i = 0;
    while (groups[i].by != by)
        i++;
    return groups[i].name;
}

static bool open_query(const dgm_arguments *arguments, const question *q, dgm_answer *a)
{
    const char *columns[DGM_MOST_COLUMNS];
    uint32_t n = 0;
    if (!q->counts)
        return dgm_answer_open(arguments, NULL, dgm_event_columns, dgm_n_event_columns, a);
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
    return dgm_answer_open(arguments, NULL, columns, n, a);
}

static int query(const dgm_arguments *arguments)
{
    dgm_filter filter;
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    dgm_answer a;
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
        code = dgm_answer_close(arguments, &a, status, &err);
    }
    dgm_store_free(store);
    return code;
}

static const dgm_option query_options[] = {
    DGM_OPTION_DB,
    DGM_OPTION_ANSWER,
    DGM_OPTION_OUTPUT,
    DGM_OPTION_TABLES,
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
    dgm_answer a;
    int code = DGM_EXIT_REFUSED;
    if (!dgm_cli_store(arguments, true, &store))
        return DGM_EXIT_USAGE;
    if (dgm_option_given(arguments, "marks")) {
        code = dgm_cli_show_precision(arguments, store);
    } else if (dgm_answer_open(arguments, NULL, columns, DGM_LEN(columns), &a)) {
        dgm_status status = dgm_store_stats(store, dgm_answer_row, &a, &err);
        code = dgm_answer_close(arguments, &a, status, &err);
    }
    dgm_store_free(store);
    return code;
}

static const dgm_option stats_options[] = {
    DGM_OPTION_DB,
    { 0, "marks", NULL, "instead: how often events are right, by the marks of `correct`", NULL },
    DGM_OPTION_ANSWER,
    DGM_OPTION_OUTPUT,
    DGM_OPTION_TABLES,
};

const dgm_command dgm_command_stats = {
    .name = "stats",
    .operands = "",
    .summary = "Show what is in a store",
    .more =
        "With --marks it gives, for each type, how many events were marked, how many of them are\n"
        "right, and the precision with its interval of 95 % (Wilson). Where the marked events "
        "were\n"
        "drawn by `sample`, the figures hold for all events that the sample was drawn from.",
    .options = stats_options,
    .n_options = DGM_LEN(stats_options),
    .run = stats,
};

/* ---- claims and commitments ----------------------------------------------------------------- */

static const dgm_line_column claims_columns[] = {
    { "event_type", "event_type", true },
    { "actors", "actors", true },
    { "recipients", "recipients", true },
    { "affirmed_by", "affirmed_by", false },
    { "affirmed_date", "affirmed.0.story_date", false },
    { "affirmed_source", "affirmed.0.source", false },
    { "affirmed_title", "affirmed.0.story_title", false },
    { "affirmed_sentence", "affirmed.0.sentence", true },
    { "affirmed_event", "affirmed.0.event_id", false },
    { "affirmed_story", "affirmed.0.story_id", false },
    { "denied_by", "denied_by", true },
    { "denied_date", "denied.0.story_date", true },
    { "denied_source", "denied.0.source", false },
    { "denied_title", "denied.0.story_title", false },
    { "denied_sentence", "denied.0.sentence", true },
    { "denied_event", "denied.0.event_id", false },
    { "denied_story", "denied.0.story_id", false },
};

static const dgm_line_column commitments_columns[] = {
    { "kind", "kind", true },
    { "state", "state", true },
    { "event_type", "event_type", true },
    { "actors", "actors", true },
    { "recipients", "recipients", true },
    { "negated", "negated", false },
    { "condition", "condition", false },
    { "due", "due", false },
    { "voice", "voice", false },
    { "date", "report.story_date", true },
    { "source", "report.source", false },
    { "title", "report.story_title", false },
    { "sentence", "report.sentence", true },
    { "event_id", "event_id", false },
    { "story_id", "story_id", false },
    { "decided_date", "decided_by.story_date", true },
    { "decided_source", "decided_by.source", false },
    { "decided_title", "decided_by.story_title", false },
    { "decided_sentence", "decided_by.sentence", true },
    { "decided_event", "decided_by.event_id", false },
    { "decided_story", "decided_by.story_id", false },
};

static int write_lines(const dgm_arguments *arguments, dgm_status status, dgm_buffer *lines,
                       const dgm_line_column *columns, uint32_t n, const dgm_err *err)
{
    if (strcmp(dgm_option_value(arguments, "format"), "jsonl") != 0 && status == DGM_OK) {
        dgm_view v = { lines->p ? lines->p : "", lines->n };
        int code = dgm_answer_lines(arguments, v, columns, n, status, err);
        dgm_buffer_done(lines);
        return code;
    }
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
    int code =
        write_lines(arguments, status, &lines, claims_columns, DGM_LEN(claims_columns), &err);
    dgm_store_free(store);
    return code;
}

static const dgm_option claims_options[] = {
    DGM_OPTION_DB,
    { 'f', "format", "table|csv|jsonl", "format of the answer", "jsonl" },
    { 0, "days", "N", "how many days apart two reports may tell of one event", "7" },
    DGM_OPTION_OUTPUT,
    DGM_OPTION_TABLES,
    DGM_OPTIONS_FACTS,
    DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_claims = {
    .name = "claims",
    .operands = "",
    .summary = "Find events that one side affirms and another denies",
    .more = "For each disputed event its type and sides, who affirms and who denies it, and every "
            "report\n"
            "of either with its sentence, title, outlet, day and voice. A denial is followed to "
            "what it\n"
            "denies in its own report, and to other reports of the same type, both sides (or actor "
            "and\n"
            "place) and telling words. A table and CSV show the first report of either. Filters "
            "apply to\n"
            "the denials.",
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
    int code = write_lines(arguments, status, &lines, commitments_columns,
                           DGM_LEN(commitments_columns), &err);
    dgm_store_free(store);
    return code;
}

static const dgm_option commitments_options[] = {
    DGM_OPTION_DB,
    { 'f', "format", "table|csv|jsonl", "format of the answer", "jsonl" },
    { 0, "state", "open|triggered|fulfilled|broken|lapsed", "only these", NULL },
    DGM_OPTION_OUTPUT,
    DGM_OPTION_TABLES,
    DGM_OPTIONS_FACTS,
    DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_commitments = {
    .name = "commitments",
    .operands = "",
    .summary = "Follow promises, threats, ultimatums and conditions through later reports",
    .more =
        "What somebody promises, threatens or announces to do himself: its kind (promise, threat,\n"
        "ultimatum, condition, announcement), its state, its report and the later one that "
        "decided\n"
        "it, within 90 days or up to the day that was named. fulfilled: the act is reported; "
        "broken:\n"
        "its opposite is; triggered: the condition came true; lapsed: the day named for it has\n"
        "passed; open: none of these.",
    .options = commitments_options,
    .n_options = DGM_LEN(commitments_options),
    .run = commitments,
};
