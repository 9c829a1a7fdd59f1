#include "serve/periods.h"

#include "serve/json.h"
#include "serve/pelt.h"

#include <string.h>

/* ---- periods -------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    dgm_by by;
} names[] = { { "day", DGM_BY_DAY },
              { "week", DGM_BY_WEEK },
              { "month", DGM_BY_MONTH },
              { "year", DGM_BY_YEAR } };

static const char *name_of(dgm_by by)
{
    size_t i = 0;
    while (names[i].by != by)
        i++;
    return names[i].name;
}

static int64_t months_of(dgm_day day)
{
    int32_t year, month, of_month;
    dgm_day_split(day, &year, &month, &of_month);
    return (int64_t)year * 12 + month;
}

/* How many periods lie between the beginnings of two. */
static int64_t distance(dgm_by by, dgm_day from, dgm_day to)
{
    switch (by) {
    case DGM_BY_WEEK:
        return ((int64_t)to - from) / 7;
    case DGM_BY_MONTH:
        return months_of(to) - months_of(from);
    case DGM_BY_YEAR:
        return dgm_day_year(to) - dgm_day_year(from);
    default:
        return (int64_t)to - from;
    }
}

static dgm_day begin_of(const dgm_periods *p, uint32_t i)
{
    switch (p->by) {
    case DGM_BY_WEEK:
        return p->first + (dgm_day)i * 7;
    case DGM_BY_MONTH:
        return dgm_day_add_months(p->first, (int32_t)i);
    case DGM_BY_YEAR:
        return dgm_day_of(dgm_day_year(p->first) + (int32_t)i, 1, 1);
    default:
        return p->first + (dgm_day)i;
    }
}

static bool take_by(dgm_question *q, const char *by, dgm_by *out)
{
    char hint[DGM_HINT];
    dgm_nearest nearest = dgm_nearest_to(dgm_view_of(by));
    for (size_t i = 0; i < DGM_LEN(names); i++) {
        dgm_nearest_try(&nearest, dgm_view_of(names[i].name));
        if (strcmp(by, names[i].name) != 0)
            continue;
        *out = names[i].by;
        return true;
    }
    dgm_turn_down(&q->refusal, 400, "by", "'by' is day, week, month or year, not '%.40s'%s", by,
                  dgm_nearest_hint(&nearest, "", ".", hint));
    return false;
}

bool dgm_periods_of(dgm_question *q, const char *by, dgm_day first, dgm_day last, dgm_periods *out)
{
    size_t i = 0;
    dgm_by asked = DGM_BY_DAY;
    bool none = first == DGM_NO_DAY || last == DGM_NO_DAY || last < first;
    if (by && !take_by(q, by, &asked))
        return false;
    for (; !by && !none && i + 1 < DGM_LEN(names); i++) {
        asked = names[i].by;
        if (distance(asked, dgm_period_begin(asked, first), dgm_period_begin(asked, last)) <
            DGM_MOST_PERIODS)
            break;
    }
    if (!by)
        asked = names[i].by;
    *out = (dgm_periods) { .by = asked };
    if (none)
        return true;
    out->first = dgm_period_begin(asked, first);
    int64_t n = distance(asked, out->first, dgm_period_begin(asked, last)) + 1;
    if (by && n > DGM_MOST_ASKED_PERIODS) {
        dgm_turn_down(&q->refusal, 400, "by", "That would be %lld periods; at most %d are given.",
                      (long long)n, DGM_MOST_ASKED_PERIODS);
        return false;
    }
    if (!by && n > DGM_MOST_PERIODS)
        out->first = begin_of(out, (uint32_t)(n - DGM_MOST_PERIODS));
    out->n = (uint32_t)(by ? n : DGM_MIN(n, DGM_MOST_PERIODS));
    return true;
}

uint32_t dgm_period_at(const dgm_periods *p, dgm_day day)
{
    if (p->n == 0 || day < p->first)
        return DGM_NONE;
    int64_t i = distance(p->by, p->first, dgm_period_begin(p->by, day));
    return i < (int64_t)p->n ? (uint32_t)i : DGM_NONE;
}

void dgm_periods_json(const dgm_periods *p, dgm_buffer *out)
{
    char day[11];
    dgm_json_key(out, "by");
    dgm_json_string(dgm_view_of(name_of(p->by)), out);
    dgm_json_open(out, "periods", '[');
    for (uint32_t i = 0; i < p->n; i++) {
        dgm_day_write(begin_of(p, i), day);
        dgm_json_string_of(out, NULL, dgm_view_of(day));
    }
    dgm_json_close(out, ']');
}

/* ---- counts by day -------------------------------------------------------------------------- */

typedef struct {
    dgm_day day;
    int64_t quad, n; /* quad: or nothing */
    double sum;
} daily;

typedef struct {
    dgm_arena *arena;
    DGM_ARRAY(daily) at;
    bool failed;
} dailies;

static bool take(dailies *d, const dgm_cell *day, int64_t quad, int64_t n, double sum)
{
    dgm_day number;
    if (!dgm_day_parse(dgm_cell_text(day), &number))
        return true;
    daily *one = dgm_push(d->arena, &d->at);
    d->failed = !one;
    if (one)
        *one = (daily) { number, quad, n, sum };
    return !d->failed;
}

static bool take_quads(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    return take(context, &cells[0], dgm_cell_whole(&cells[1]), dgm_cell_whole(&cells[2]), 0);
}

static bool take_scores(void *context, const dgm_cell *cells, uint32_t n)
{
    double sum = dgm_cell_number(&cells[2]);
    (void)n;
    return take(context, &cells[0], 0, dgm_cell_whole(&cells[1]), isnan(sum) ? 0 : sum);
}

/* From the store's sums. */
static bool take_summed(void *context, dgm_view day, const uint64_t n[5])
{
    const dgm_cell cell = { .kind = DGM_CELL_TEXT, .text = day };
    for (int64_t quad = 0; quad < 5; quad++)
        if (n[quad] && !take(context, &cell, quad, (int64_t)n[quad], 0))
            return false;
    return true;
}

static bool ask_days(dgm_question *q, const dgm_filter *filter, dailies *events, dailies *read)
{
    dgm_status status = DGM_OK;
    *events = *read = (dailies) { .arena = q->arena };
    if (q->per == DGM_PER_REPORT)
        status = dgm_store_timeline(q->store, filter, DGM_BY_DAY, take_summed, events, &q->err);
    else
        status =
            dgm_page_ask(q->store, filter, q->per, DGM_ASK_DAYS, NULL, take_quads, events, &q->err);
    if (status == DGM_OK)
        status = dgm_store_stories_read(q->store, filter->from, filter->to, DGM_BY_DAY, take_summed,
                                        read, &q->err);
    if (status == DGM_OK && (events->failed || read->failed))
        status = dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer");
    return status == DGM_OK;
}

static bool ask(dgm_question *q, const dgm_filter *filter, dgm_page_question what,
                dgm_row_out_fn fn, dailies *out)
{
    *out = (dailies) { .arena = q->arena };
    if (dgm_page_ask(q->store, filter, q->per, what, NULL, fn, out, &q->err) != DGM_OK)
        return false;
    if (out->failed)
        (void)dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer");
    return !out->failed;
}

/* From the filter's first day to its last, or those of what was found. */
static bool periods_of(dgm_question *q, const dgm_filter *filter, const dailies *d, const char *by,
                       dgm_periods *out)
{
    dgm_day first = d->at.n ? d->at.at[0].day : DGM_NO_DAY;
    dgm_day last = d->at.n ? d->at.at[d->at.n - 1].day : DGM_NO_DAY, day;
    if (filter->from && dgm_day_parse(dgm_view_of(filter->from), &day))
        first = day;
    if (filter->to && dgm_day_parse(dgm_view_of(filter->to), &day))
        last = day;
    return dgm_periods_of(q, by, first, last, out);
}

static void put_counts(dgm_buffer *out, const char *name, const int64_t *counts, uint32_t n)
{
    dgm_json_open(out, name, '[');
    for (uint32_t i = 0; i < n; i++)
        dgm_json_whole(out, NULL, counts[i]);
    dgm_json_close(out, ']');
}

/* ---- the timeline --------------------------------------------------------------------------- */

bool dgm_put_timeline(dgm_question *q, const dgm_filter *filter, const char *name)
{
    static const char *const quads[] = { "1", "2", "3", "4" };
    dailies events, read;
    dgm_periods p;
    if (!ask_days(q, filter, &events, &read) ||
        !periods_of(q, filter, &events, dgm_request_value(q->request, "by"), &p))
        return false;
    int64_t *counts = DGM_NEW(q->arena, int64_t, (size_t)p.n * 5 + 1);
    if (!counts)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    for (uint32_t i = 0; i < events.at.n; i++) {
        uint32_t at = dgm_period_at(&p, events.at.at[i].day);
        if (at != DGM_NONE && events.at.at[i].quad >= 1 && events.at.at[i].quad <= 4)
            counts[(size_t)p.n * (size_t)(events.at.at[i].quad - 1) + at] += events.at.at[i].n;
    }
    for (uint32_t i = 0; i < read.at.n; i++) {
        uint32_t at = dgm_period_at(&p, read.at.at[i].day);
        if (at != DGM_NONE)
            counts[(size_t)p.n * 4 + at] += read.at.at[i].n;
    }
    dgm_json_open(&q->out, name, '{');
    dgm_periods_json(&p, &q->out);
    dgm_json_open(&q->out, "quads", '{');
    for (size_t i = 0; i < 4; i++)
        put_counts(&q->out, quads[i], counts + i * p.n, p.n);
    dgm_json_close(&q->out, '}');
    put_counts(&q->out, "stories", counts + (size_t)4 * p.n, p.n);
    dgm_json_close(&q->out, '}');
    return true;
}

bool dgm_answer_timeline(dgm_question *q)
{
    return dgm_put_timeline(q, &q->filter, NULL);
}

/* ---- the series ----------------------------------------------------------------------------- */

enum { SMOOTHED = 4 }; /* periods to each side */

/* The mean of the events of nine periods, nearer ones counting more (a triangle). */
static double smooth(const int64_t *n, const double *sums, uint32_t i, uint32_t n_periods)
{
    double weight = 0, sum = 0;
    for (uint32_t k = i > SMOOTHED ? i - SMOOTHED : 0; k < n_periods && k <= i + SMOOTHED; k++) {
        double near = SMOOTHED + 1 - (k > i ? k - i : i - k);
        weight += near * (double)n[k];
        sum += near * sums[k];
    }
    return weight > 0 ? sum / weight : NAN;
}

static void put_means(dgm_question *q, const int64_t *n, const double *sums, uint32_t n_periods)
{
    dgm_json_open(&q->out, "n", '[');
    for (uint32_t i = 0; i < n_periods; i++)
        dgm_json_whole(&q->out, NULL, n[i]);
    dgm_json_close(&q->out, ']');
    dgm_json_open(&q->out, "goldstein", '[');
    for (uint32_t i = 0; i < n_periods; i++)
        dgm_json_real(&q->out, NULL, n[i] ? round(sums[i] / (double)n[i] * 1000) / 1000 : NAN);
    dgm_json_close(&q->out, ']');
    dgm_json_open(&q->out, "smoothed", '[');
    for (uint32_t i = 0; i < n_periods; i++)
        dgm_json_real(&q->out, NULL, round(smooth(n, sums, i, n_periods) * 1000) / 1000);
    dgm_json_close(&q->out, ']');
}

/* Periods without events are no points; a change stands at the first period of what is new. */
static bool put_changes(dgm_question *q, const int64_t *n, const double *sums, uint32_t n_periods)
{
    double *values = DGM_NEW(q->arena, double, (size_t)n_periods * 2 + 2);
    uint32_t *at = DGM_NEW(q->arena, uint32_t, (size_t)n_periods * 2 + 2), n_points = 0;
    if (!values || !at)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    double *weights = values + n_periods + 1;
    uint32_t *changes = at + n_periods + 1;
    for (uint32_t i = 0; i < n_periods; i++) {
        if (n[i] == 0)
            continue;
        values[n_points] = sums[i] / (double)n[i];
        weights[n_points] = (double)n[i];
        at[n_points++] = i;
    }
    double penalty = dgm_pelt_penalty(values, weights, n_points);
    uint32_t n_changes = dgm_pelt(values, weights, n_points, penalty, q->arena, changes);
    if (isnan(penalty) || n_changes == DGM_NONE)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    dgm_json_open(&q->out, "changes", '[');
    for (uint32_t i = 0; i < n_changes; i++)
        dgm_json_whole(&q->out, NULL, at[changes[i]]);
    dgm_json_close(&q->out, ']');
    dgm_json_open(&q->out, "means", '[');
    for (uint32_t i = 0; i <= n_changes; i++) {
        double weight = 0, sum = 0;
        uint32_t end = i < n_changes ? changes[i] : n_points;
        for (uint32_t k = i ? changes[i - 1] : 0; k < end; k++) {
            weight += weights[k];
            sum += weights[k] * values[k];
        }
        dgm_json_real(&q->out, NULL, weight > 0 ? round(sum / weight * 1000) / 1000 : NAN);
    }
    dgm_json_close(&q->out, ']');
    dgm_json_real(&q->out, "penalty", round(penalty * 1000) / 1000);
    dgm_buffer_put(&q->out, DGM_VIEW(",\"method\":\"PELT\""));
    return true;
}

bool dgm_put_series(dgm_question *q, const dgm_filter *filter, const char *name)
{
    dailies d;
    dgm_periods p;
    const char *by = dgm_request_value(q->request, "by");
    if (!ask(q, filter, DGM_ASK_SCORES, take_scores, &d) ||
        !periods_of(q, filter, &d, by ? by : "week", &p))
        return false;
    int64_t *n = DGM_NEW(q->arena, int64_t, (size_t)p.n + 1);
    double *sums = DGM_NEW(q->arena, double, (size_t)p.n + 1);
    if (!n || !sums)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    for (uint32_t i = 0; i < d.at.n; i++) {
        uint32_t at = dgm_period_at(&p, d.at.at[i].day);
        if (at == DGM_NONE)
            continue;
        n[at] += d.at.at[i].n;
        sums[at] += d.at.at[i].sum;
    }
    dgm_json_open(&q->out, name, '{');
    dgm_periods_json(&p, &q->out);
    put_means(q, n, sums, p.n);
    if (!put_changes(q, n, sums, p.n))
        return false;
    dgm_json_close(&q->out, '}');
    return true;
}

bool dgm_answer_series(dgm_question *q)
{
    if (!q->filter.dyad && !q->filter.country) {
        dgm_turn_down(&q->refusal, 400, "dyad",
                      "A series is of one dyad or one country: dyad=TUR,ARM or country=TUR.");
        return false;
    }
    return dgm_put_series(q, &q->filter, NULL);
}
