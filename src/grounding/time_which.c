/* "last Friday", "this month", "the past three days", "the following week": which of its kind. */
#include "grounding/time_rules.h"

/* ---- "last/this/next" + week, Friday, May, summer, weekend, night -----------------------------
 */

static bool which_weekday(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step,
                          dgm_time_expr *e)
{
    dgm_tense tense = step > 0   ? DGM_TENSE_FUTURE
                      : step < 0 ? DGM_TENSE_PAST
                                 : dgm_time_tense(x, k);
    dgm_day day = dgm_time_weekday_near(x, value(x, k, DGM_TIME_WEEKDAY) - 1, tense);
    if (day == x->today)
        day += step * DGM_WEEK;
    set_day(e, first, is(x, k + 1, DGM_TIME_PART) ? k + 1 : k, day);
    return true;
}

/* "last Nov. 5" */
static bool which_date(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step,
                       dgm_time_expr *e)
{
    int32_t year = dgm_day_year(x->today), month = value(x, k, DGM_TIME_MONTH);
    int32_t day = x->tokens[k + 1].number;
    if (day > dgm_days_in_month(year, month))
        return false;
    dgm_day begin = dgm_day_of(year, month, day);
    if (step < 0 ? begin >= x->today : begin <= x->today)
        begin = dgm_day_add_months(begin, step * 12);
    set_day(e, first, k + 1, begin);
    return true;
}

static bool which_month(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step,
                        dgm_time_expr *e)
{
    if (is_day_number(x, k + 1) && step != 0)
        return which_date(x, first, k, step, e);
    int32_t year = dgm_day_year(x->today), month = value(x, k, DGM_TIME_MONTH);
    dgm_day this_one = dgm_day_of(year, month, 1);
    if (step < 0 && this_one >= dgm_month_begin(x->today))
        year--;
    if (step > 0 && this_one <= x->today)
        year++;
    dgm_time_set_month(e, first, k, year, month);
    return true;
}

static bool which_season(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step,
                         dgm_time_expr *e)
{
    int32_t year = dgm_day_year(x->today), month = value(x, k, DGM_TIME_SEASON);
    dgm_day this_one = dgm_day_of(year, month, 1);
    dgm_day this_end = dgm_month_end(dgm_day_add_months(this_one, 2));
    if (step < 0 && this_end >= x->today)
        year--;
    if (step > 0 && this_one <= x->today)
        year++;
    dgm_time_set_season(e, first, k, year, month);
    return true;
}

/* "last night", "this morning" */
static bool which_part(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step,
                       dgm_time_expr *e)
{
    if (step > 0)
        return false;
    set_day(e, first, k, x->today + (mark_is(x, k, DGM_MARK_NIGHT) ? step : 0));
    return true;
}

/* A weekend has passed once its Sunday has; of what is over "this weekend" is the last one until
 * Saturday comes. */
static void which_weekend(const dgm_time_scan *x, uint32_t k, int32_t step, dgm_day *begin,
                          dgm_day *end)
{
    if (step < 0) {
        dgm_time_whole(x->today, DGM_UNIT_WEEKEND, begin, end);
        int32_t back = *end >= x->today ? DGM_WEEK : 0;
        *begin -= back;
        *end -= back;
        return;
    }
    bool gone =
        step == 0 && dgm_time_tense(x, k) == DGM_TENSE_PAST && dgm_day_weekday(x->today) < 5;
    dgm_day day = gone ? x->today - DGM_WEEK : dgm_time_moved(x->today, DGM_UNIT_WEEKEND, step);
    dgm_time_whole(day, DGM_UNIT_WEEKEND, begin, end);
}

static bool which_unit(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step,
                       dgm_time_expr *e)
{
    dgm_time_unit unit = (dgm_time_unit)value(x, k, DGM_TIME_UNIT);
    dgm_day begin, end;
    if (unit < DGM_UNIT_DAY)
        return false;
    if (unit == DGM_UNIT_WEEKEND)
        which_weekend(x, k, step, &begin, &end);
    else
        dgm_time_whole(dgm_time_moved(x->today, unit, step), unit, &begin, &end);
    set(e, first, k, begin, end, dgm_time_grain_of(unit));
    return true;
}

static bool which_one(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step,
                      dgm_time_expr *e)
{
    if (dgm_time_is_weekday(x, k))
        return which_weekday(x, first, k, step, e);
    if (dgm_time_is_month(x, k))
        return which_month(x, first, k, step, e);
    if (is(x, k, DGM_TIME_SEASON))
        return which_season(x, first, k, step, e);
    if (is(x, k, DGM_TIME_PART))
        return which_part(x, first, k, step, e);
    return is(x, k, DGM_TIME_UNIT) && which_unit(x, first, k, step, e);
}

/* ---- what points: "the last", "this past", "the following" ------------------------------------
 */

typedef struct {
    int32_t step;     /* -1, 0, 1 */
    bool definite;    /* "the" */
    bool rolls;       /* "past", "coming", "preceding": from today on, not by the calendar */
    bool tells_order; /* "following", "previous": of the time told last */
} pointer;

/* The word behind what points from word i on, 0: nothing does. */
static uint32_t pointer_at(const dgm_time_scan *x, uint32_t i, pointer *out)
{
    bool definite = mark_is(x, i, DGM_MARK_THE) || mark_is(x, i, DGM_MARK_THESE);
    uint32_t k = definite ? i + 1 : i;
    if (!is(x, k, DGM_TIME_WHICH))
        return 0;
    if (mark_is(x, k, DGM_MARK_LAST) && mark_is(x, k - 1, DGM_MARK_TO))
        return 0; /* "to last 90 days" */
    *out = (pointer) { .step = value(x, k, DGM_TIME_WHICH),
                       .definite = definite,
                       .rolls = mark_is(x, k, DGM_MARK_PAST) || mark_is(x, k, DGM_MARK_COMING) ||
                                mark_is(x, k, DGM_MARK_PRECEDING),
                       .tells_order =
                           mark_is(x, k, DGM_MARK_FOLLOWING) || mark_is(x, k, DGM_MARK_PREVIOUS) };
    if (out->tells_order && !definite)
        return 0;
    k++;
    if (out->step != 0)
        return k;
    bool last = mark_is(x, k, DGM_MARK_LAST), coming = mark_is(x, k, DGM_MARK_COMING);
    if (!last && !coming && !mark_is(x, k, DGM_MARK_PAST))
        return k;
    out->step = coming ? 1 : -1; /* "this past week" */
    out->rolls = !last;
    return k + 1;
}

/* "the past three days", "the next two weeks", "the last 24 hours", "the past week". */
static bool rolling(const dgm_time_scan *x, uint32_t first, uint32_t k, const pointer *p,
                    dgm_time_expr *e)
{
    int32_t n = 1;
    dgm_time_unit unit;
    uint32_t after = dgm_time_count(x, k, &n);
    bool plural = after != 0 || is(x, k, DGM_TIME_UNITS);
    if (!after && is(x, k, DGM_TIME_UNITS))
        n = 3;
    k = after ? after : k;
    if (p->step == 0 || !dgm_time_unit_at(x, k, &unit) || unit < DGM_UNIT_HOUR ||
        !(plural || p->rolls || (p->definite && unit >= DGM_UNIT_WEEK)))
        return false;
    dgm_day far = unit == DGM_UNIT_HOUR ? x->today + p->step * ((n + 23) / 24)
                                        : dgm_time_moved(x->today, unit, p->step * n);
    set(e, first, k, DGM_MIN(far, x->today), DGM_MAX(far, x->today), dgm_time_grain_of(unit));
    if (plural && !after)
        dgm_time_set_reference(e, p->step);
    else
        dgm_time_set_period(x, e, DGM_TIMEX_DURATION, n, unit, first, k);
    return true;
}

/* "In April ... The next morning": after a time of which so short a unit could be any, which says
 * no more than that time does. */
static bool is_of_any(const dgm_time_scan *x, dgm_time_unit unit, int32_t step)
{
    return step != 0 && dgm_time_moved(x->last_begin, unit, 1) + DGM_WEEK <= x->last_end;
}

/* "the next day", "the following week", "the same day", "that day", "the previous month": from the
 * time told last. */
static bool anaphoric_unit(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step,
                           dgm_time_expr *e)
{
    bool part = is(x, k, DGM_TIME_PART); /* "the next morning" */
    if (!is(x, k, DGM_TIME_UNIT) && !part)
        return false;
    dgm_time_unit unit = part ? DGM_UNIT_DAY : (dgm_time_unit)value(x, k, DGM_TIME_UNIT);
    dgm_day begin, end;
    if (unit < DGM_UNIT_DAY)
        return false;
    if (x->last_begin == DGM_NO_DAY) {
        dgm_time_whole(dgm_time_moved(x->today, unit, step), unit, &begin, &end);
        set(e, first, k, begin, end, dgm_time_grain_of(unit));
        return true;
    }
    bool any = is_of_any(x, unit, step);
    dgm_day day = any ? dgm_time_day_before_long(x, unit) : DGM_NO_DAY;
    dgm_day anchor = day != DGM_NO_DAY ? day : step > 0 ? x->last_end : x->last_begin;
    any = any && day == DGM_NO_DAY;
    if (step == 0 && unit == DGM_UNIT_DAY) {
        /* "That same day" is no day of "two years before", but the one told before that. */
        bool days = x->last_day == DGM_NO_DAY || x->last_end - x->last_begin <= DGM_WEEK;
        begin = days ? x->last_begin : x->last_day;
        end = days ? x->last_end : x->last_day;
    } else if (any) {
        begin = x->last_begin;
        end = x->last_end;
    } else {
        dgm_time_whole(dgm_time_moved(anchor, unit, step), unit, &begin, &end);
    }
    set(e, first, k, begin, end, dgm_time_grain_of(unit));
    e->anaphoric = true;
    if (any)
        dgm_time_set_unknown(e, unit);
    return true;
}

/* "the following April", "the following Friday": after the time told last. */
static bool following_one(const dgm_time_scan *x, uint32_t first, uint32_t k, dgm_time_expr *e)
{
    if (x->last_end == DGM_NO_DAY)
        return false;
    if (dgm_time_is_weekday(x, k)) {
        int32_t weekday = value(x, k, DGM_TIME_WEEKDAY) - 1;
        int32_t ahead = (weekday - dgm_day_weekday(x->last_end) + DGM_WEEK) % DGM_WEEK;
        set_day(e, first, k, x->last_end + (ahead ? ahead : DGM_WEEK));
    } else if (dgm_time_is_month(x, k)) {
        int32_t year, last_month, day, month = value(x, k, DGM_TIME_MONTH);
        dgm_day_split(x->last_end, &year, &last_month, &day);
        dgm_time_set_month(e, first, k, month > last_month ? year : year + 1, month);
    } else {
        return false;
    }
    e->anaphoric = true;
    return true;
}

/* "that autumn", "that September": of the year told last. */
static bool that_one(const dgm_time_scan *x, uint32_t first, dgm_time_expr *e)
{
    uint32_t k = first + 1;
    if (x->last_begin == DGM_NO_DAY)
        return false;
    int32_t year = dgm_day_year(x->last_begin);
    if (is(x, k, DGM_TIME_SEASON))
        dgm_time_set_season(e, first, k, year, value(x, k, DGM_TIME_SEASON));
    else if (dgm_time_is_month(x, k))
        dgm_time_set_month(e, first, k, year, value(x, k, DGM_TIME_MONTH));
    else
        return false;
    e->anaphoric = true;
    return true;
}

/* "the previous day"; "the next day" where a time was told and the verb is past. */
static bool is_from_last_told(const dgm_time_scan *x, uint32_t k, const pointer *p)
{
    if (!p->definite || p->step == 0 || !(is(x, k, DGM_TIME_UNIT) || is(x, k, DGM_TIME_PART)))
        return false;
    return p->tells_order || (p->step > 0 && !p->rolls && x->last_begin != DGM_NO_DAY &&
                              dgm_time_tense(x, k) == DGM_TENSE_PAST);
}

/* "the Monday before last", "the week before last": the last but one. */
static bool last_but_one(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = i + 1;
    if (!mark_is(x, i, DGM_MARK_THE) || !mark_is(x, k + 1, DGM_MARK_BEFORE) ||
        !mark_is(x, k + 2, DGM_MARK_LAST))
        return false;
    if (dgm_time_is_weekday(x, k)) {
        dgm_day day =
            dgm_time_weekday_near(x, value(x, k, DGM_TIME_WEEKDAY) - 1, DGM_TENSE_PAST) - DGM_WEEK;
        set_day(e, i, k + 2, day + DGM_WEEK == x->today ? day - DGM_WEEK : day);
        return true;
    }
    if (!is(x, k, DGM_TIME_UNIT) || !which_unit(x, i, k, -2, e))
        return false;
    e->last = k + 2;
    return true;
}

/* "A week last Tuesday", "a fortnight last Monday": so long before that day. */
static bool unit_before_weekday(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t last = i + 2;
    if (!mark_is(x, i, DGM_MARK_A) || !is(x, i + 1, DGM_TIME_UNIT) ||
        !mark_is(x, last, DGM_MARK_LAST) || !dgm_time_is_weekday(x, last + 1))
        return false;
    dgm_time_unit unit = (dgm_time_unit)value(x, i + 1, DGM_TIME_UNIT);
    if ((unit != DGM_UNIT_WEEK && unit != DGM_UNIT_FORTNIGHT) ||
        !which_weekday(x, i, last + 1, -1, e))
        return false;
    set_day(e, i, e->last, dgm_time_moved(e->begin, unit, -1));
    return true;
}

bool dgm_time_which(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (last_but_one(x, i, e) || unit_before_weekday(x, i, e))
        return true;
    bool that = mark_is(x, i, DGM_MARK_THAT);
    if ((that || mark_is(x, i, DGM_MARK_THE) || mark_is(x, i, DGM_MARK_THESE)) &&
        mark_is(x, i + 1, DGM_MARK_SAME))
        return anaphoric_unit(x, i, i + 2, 0, e);
    if (that)
        return that_one(x, i, e) || anaphoric_unit(x, i, i + 1, 0, e);
    pointer p;
    uint32_t k = pointer_at(x, i, &p);
    if (!k)
        return false;
    if (p.tells_order && p.step > 0 && following_one(x, i, k, e))
        return true;
    if (is_from_last_told(x, k, &p))
        return anaphoric_unit(x, i, k, p.step, e);
    if (p.rolls && dgm_time_is_weekday(x, k))
        return which_one(x, i, k, p.step, e);
    return rolling(x, i, k, &p, e) || which_one(x, i, k, p.step, e);
}

bool dgm_time_the_unit(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (!mark_is(x, i, DGM_MARK_THE) || !is(x, i + 1, DGM_TIME_UNIT))
        return false;
    dgm_time_unit unit = (dgm_time_unit)value(x, i + 1, DGM_TIME_UNIT);
    dgm_day begin, end;
    if (unit < DGM_UNIT_DAY)
        return false;
    dgm_time_whole(x->today, unit, &begin, &end);
    set(e, i, i + 1, begin, end, dgm_time_grain_of(unit));
    return true;
}
