/* query: events of a store, or counts of them. */
#include "library/ask_parts.h"

#include <string.h>

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

bool ask_by_of(dgm_view name, dgm_by *out)
{
    for (size_t i = 0; i < DGM_LEN(groups); i++) {
        if (!dgm_view_eq(name, dgm_view_of(groups[i].name)))
            continue;
        *out = groups[i].by;
        return true;
    }
    return false;
}

/* False: there is no such group, or one like it was taken before. */
static bool take_group(dgm_ask *q, dgm_view name)
{
    dgm_by by;
    if (!ask_by_of(name, &by))
        return false;
    bool period = dgm_is_period(by),
         taken = period ? dgm_is_period(q->series.period) : q->has_group;
    *(period ? &q->series.period : &q->series.by) = by;
    q->has_group = q->has_group || !period;
    return !taken;
}

/* "; did you mean 'month'?", or nothing. */
static const char *group_hint(dgm_view name, char hint[DGM_HINT])
{
    dgm_nearest nearest = dgm_nearest_to(name);
    for (size_t i = 0; i < DGM_LEN(groups); i++)
        dgm_nearest_try(&nearest, dgm_view_of(groups[i].name));
    return nearest.distance > 0 ? dgm_nearest_hint(&nearest, "", "", hint) : "";
}

dgm_status ask_query_of(const dgm_options *options, dgm_ask *out, dgm_err *err)
{
    const char *by = dgm_options_value(options, "by");
    dgm_view rest = dgm_view_of(by ? by : ""), part;
    out->counts = by != NULL;
    out->series = (dgm_series) { .by = DGM_BY_NOTHING,
                                 .period = DGM_BY_NOTHING,
                                 .per = per_of(dgm_options_value(options, "per")),
                                 .fill = dgm_options_given(options, "fill"),
                                 .per_stories = dgm_options_given(options, "per-stories") };
    while (by && dgm_view_split(&rest, ',', &part)) {
        if (take_group(out, dgm_view_trim(part)))
            continue;
        char hint[DGM_HINT];
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "--by takes one of " DGM_ASK_GROUPS
                        ", or two of which one is a period, not '%.60s'%s",
                        by, group_hint(dgm_view_trim(part), hint));
    }
    if ((out->series.fill && !dgm_is_period(out->series.period)) ||
        (out->series.per_stories && !by))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "%s",
                        out->series.fill
                            ? "--fill needs --by with a period: day, week, month or year"
                            : "--per-stories needs --by");
    out->summed = !strchr(by ? by : "", ',') && !out->series.fill && !out->series.per_stories;
    if (!dgm_options_number(options, "limit", 0, UINT32_MAX, &out->filter.limit, err))
        return DGM_EUSAGE;
    if (out->counts && !dgm_options_given(options, "limit"))
        out->filter.limit = 0;
    return DGM_OK;
}

/* Of a series, without the column of a group or period that was not asked for. */
typedef struct {
    dgm_answer *answer;
    const dgm_ask *ask;
} series_answer;

static bool put_series(void *context, const dgm_cell *cells, uint32_t n)
{
    const series_answer *s = context;
    dgm_cell row[DGM_MOST_COLUMNS];
    uint32_t n_row = 0;
    if (s->ask->has_group)
        row[n_row++] = cells[0];
    if (dgm_is_period(s->ask->series.period))
        row[n_row++] = cells[1];
    for (uint32_t i = 2; i < n; i++)
        row[n_row++] = cells[i];
    return dgm_answer_row(s->answer, row, n_row);
}

static dgm_status fill_in(const dgm_ask *q, dgm_store *store, dgm_answer *a, dgm_err *err)
{
    const dgm_filter *filter = &q->filter;
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

static void begin(const dgm_ask *q, dgm_reply *reply, dgm_answer *a)
{
    const char *columns[DGM_MOST_COLUMNS];
    uint32_t n = 0;
    if (!q->counts) {
        dgm_answer_begin(a, q->form, dgm_event_columns, dgm_n_event_columns, reply);
        return;
    }
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
    dgm_answer_begin(a, q->form, columns, n, reply);
}

dgm_status ask_query(const dgm_ask *ask, dgm_store *store, dgm_reply *reply, dgm_err *err)
{
    dgm_answer a;
    begin(ask, reply, &a);
    dgm_status status = fill_in(ask, store, &a, err);
    return dgm_answer_end(&a, status, err);
}
