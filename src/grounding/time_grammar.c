/* A small grammar of English time expressions over tokens, in the spirit of TimeML's TIMEX3 (ISO
 * 24617-1). Each rule reads at a given word and answers how far it came; the longest wins. The tree
 * is asked for tense only, so that expressions are found in badly parsed sentences too. */
#include "grounding/time_rules.h"

/* ---- calendar units ------------------------------------------------------------------------- */

static dgm_grain grain_of(dgm_time_unit unit)
{
    switch (unit) {
    case DGM_UNIT_WEEK:
    case DGM_UNIT_FORTNIGHT:
        return DGM_GRAIN_WEEK;
    case DGM_UNIT_MONTH:
        return DGM_GRAIN_MONTH;
    case DGM_UNIT_QUARTER:
        return DGM_GRAIN_SEASON;
    case DGM_UNIT_YEAR:
        return DGM_GRAIN_YEAR;
    case DGM_UNIT_DECADE:
        return DGM_GRAIN_DECADE;
    case DGM_UNIT_CENTURY:
        return DGM_GRAIN_CENTURY;
    default:
        return DGM_GRAIN_DAY;
    }
}

/* day moved by n units. */
static dgm_day moved(dgm_day day, dgm_time_unit unit, int32_t n)
{
    n = DGM_MAX(-DGM_MAX_COUNT, DGM_MIN(DGM_MAX_COUNT, n));
    switch (unit) {
    case DGM_UNIT_SECOND:
    case DGM_UNIT_MINUTE:
        return day;
    case DGM_UNIT_HOUR:
        return day + n / 24;
    case DGM_UNIT_DAY:
        return day + n;
    case DGM_UNIT_WEEKEND:
    case DGM_UNIT_WEEK:
        return day + n * DGM_WEEK;
    case DGM_UNIT_FORTNIGHT:
        return day + n * DGM_WEEK * 2;
    case DGM_UNIT_MONTH:
        return dgm_day_add_months(day, n);
    case DGM_UNIT_QUARTER:
        return dgm_day_add_months(day, n * 3);
    case DGM_UNIT_YEAR:
        return dgm_day_add_months(day, n * 12);
    case DGM_UNIT_DECADE:
        return dgm_day_add_months(day, n * 120);
    default:
        return dgm_day_add_months(day, n * 1200);
    }
}

/* The whole week, month, year ... that holds day. */
static void whole(dgm_day day, dgm_time_unit unit, dgm_day *begin, dgm_day *end)
{
    int32_t year, month, day_of_month;
    dgm_day_split(day, &year, &month, &day_of_month);
    *begin = *end = day;
    if (unit == DGM_UNIT_WEEK || unit == DGM_UNIT_FORTNIGHT || unit == DGM_UNIT_WEEKEND) {
        *begin = day - dgm_day_weekday(day) + (unit == DGM_UNIT_WEEKEND ? 5 : 0);
        *end = day - dgm_day_weekday(day) + 6 + (unit == DGM_UNIT_FORTNIGHT ? DGM_WEEK : 0);
    } else if (unit == DGM_UNIT_MONTH) {
        *begin = dgm_month_begin(day);
        *end = dgm_month_end(day);
    } else if (unit == DGM_UNIT_QUARTER) {
        *begin = dgm_day_of(year, (month - 1) / 3 * 3 + 1, 1);
        *end = dgm_month_end(dgm_day_add_months(*begin, 2));
    } else if (unit >= DGM_UNIT_YEAR) {
        int32_t step = unit == DGM_UNIT_YEAR ? 1 : unit == DGM_UNIT_DECADE ? 10 : 100;
        int32_t first = unit == DGM_UNIT_CENTURY ? (year - 1) / 100 * 100 + 1 : year / step * step;
        *begin = dgm_day_of(first, 1, 1);
        *end = dgm_day_of(first + step - 1, 12, 31);
    }
}

/* ---- relative to the story's date ----------------------------------------------------------- */

/* "today", "yesterday morning", "the day before yesterday". */
static bool deictic(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i;
    int32_t shift = 0;
    if (mark_is(x, k, DGM_MARK_DAY) &&
        (mark_is(x, k + 1, DGM_MARK_BEFORE) || mark_is(x, k + 1, DGM_MARK_AFTER))) {
        shift = mark_is(x, k + 1, DGM_MARK_BEFORE) ? -1 : 1;
        k += 2;
    } else if (k != i) {
        return false;
    }
    if (!is(x, k, DGM_TIME_DEICTIC))
        return false;
    int32_t days = value(x, k, DGM_TIME_DEICTIC);
    if (shift && days != shift)
        return false;
    set_day(e, i, is(x, k + 1, DGM_TIME_PART) ? k + 1 : k, x->today + days + shift);
    return true;
}

uint32_t dgm_time_count(const dgm_time_scan *x, uint32_t i, int32_t *n)
{
    while (mark_is(x, i, DGM_MARK_SOFTENER) && inside(x, i + 1))
        i++;
    if ((mark_is(x, i, DGM_MARK_MORE) || mark_is(x, i, DGM_MARK_LESS)) &&
        mark_is(x, i + 1, DGM_MARK_THAN))
        i += 2;
    if (mark_is(x, i, DGM_MARK_AT) &&
        (mark_is(x, i + 1, DGM_MARK_LEAST) || mark_is(x, i + 1, DGM_MARK_MOST)))
        i += 2;
    if (mark_is(x, i, DGM_MARK_A) &&
        (is(x, i + 1, DGM_TIME_VAGUE) || mark_is(x, i + 1, DGM_MARK_COUPLE) ||
         mark_is(x, i + 1, DGM_MARK_DOZEN)))
        i++;
    if (has_shape(x, i, DGM_SHAPE_DIGITS))
        *n = x->tokens[i].number;
    else if (is(x, i, DGM_TIME_NUMBER))
        *n = value(x, i, DGM_TIME_NUMBER);
    else if (is(x, i, DGM_TIME_VAGUE))
        *n = value(x, i, DGM_TIME_VAGUE);
    else
        return 0;
    i++;
    if (mark_is(x, i, DGM_MARK_DOZEN)) {
        *n *= 12;
        i++;
    } else if (mark_is(x, i, DGM_MARK_HUNDRED)) {
        *n *= 100;
        i++;
    }
    if (mark_is(x, i, DGM_MARK_AND) && mark_is(x, i + 1, DGM_MARK_A) &&
        mark_is(x, i + 2, DGM_MARK_HALF))
        i += 3;
    if (mark_is(x, i, DGM_MARK_OF))
        i++;
    if (*n < 1 || *n > DGM_MAX_COUNT)
        return 0;
    return i;
}

bool dgm_time_unit_at(const dgm_time_scan *x, uint32_t i, dgm_time_unit *unit)
{
    if (is(x, i, DGM_TIME_UNIT))
        *unit = (dgm_time_unit)value(x, i, DGM_TIME_UNIT);
    else if (is(x, i, DGM_TIME_UNITS))
        *unit = (dgm_time_unit)value(x, i, DGM_TIME_UNITS);
    else
        return false;
    return true;
}

/* n units from an anchor: a day for days and weeks, the month or year that holds it for more. */
static void shifted(dgm_time_expr *e, uint32_t first, uint32_t last, dgm_day anchor,
                    dgm_time_unit unit, int32_t n)
{
    dgm_day day = moved(anchor, unit, n), begin = day, end = day;
    if (unit >= DGM_UNIT_MONTH)
        whole(day,
              unit == DGM_UNIT_QUARTER ? DGM_UNIT_MONTH
              : unit > DGM_UNIT_YEAR   ? DGM_UNIT_YEAR
                                       : unit,
              &begin, &end);
    set(e, first, last, begin, end, grain_of(unit));
}

/* "days ago", "decades ago": at least two of them, and not many more. */
static void vaguely_ago(const dgm_time_scan *x, dgm_time_expr *e, uint32_t i, dgm_time_unit unit)
{
    static const int8_t most[DGM_N_TIME_UNITS] = { 0, 0, 23, 7, 4, 8, 4, 11, 4, 10, 5, 5 };
    set(e, i, i + 1, moved(x->today, unit, -most[unit]), moved(x->today, unit, -2), grain_of(unit));
    dgm_time_set_reference(e, -1);
}

/* "three days after <core>" or after what was told last. `at`: the word after the unit. */
static bool counted_shift(const dgm_time_scan *x, uint32_t first, uint32_t at, dgm_time_unit unit,
                          int32_t n, dgm_time_expr *e);

/* "two days ago", "a week earlier", "three days after Christmas", "in two weeks", "for an hour",
 * "weeks ago". */
static bool counted(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    dgm_time_unit unit;
    int32_t n = 0;
    if (is(x, i, DGM_TIME_UNITS) && is(x, i + 1, DGM_TIME_AGO)) {
        vaguely_ago(x, e, i, (dgm_time_unit)value(x, i, DGM_TIME_UNITS));
        return true;
    }
    uint32_t k = dgm_time_count(x, i, &n);
    if (!k && mark_is(x, i, DGM_MARK_THE) && is(x, i + 1, DGM_TIME_UNIT) &&
        is(x, i + 2, DGM_TIME_SHIFT)) {
        k = i + 1;
        n = 1;
    }
    if (!k || !dgm_time_unit_at(x, k, &unit))
        return false;
    uint32_t at = k + 1;
    bool vague = dgm_time_is_vague(x, i, k);
    if (is(x, at, DGM_TIME_AGO) ||
        (mark_is(x, at, DGM_MARK_BEFORE) && is(x, at + 1, DGM_TIME_DEICTIC))) {
        shifted(e, i, at, x->today, unit, -n);
        if (vague)
            dgm_time_set_reference(e, -1);
        return true;
    }
    /* "it is six days since they left" */
    if (is(x, at, DGM_TIME_SINCE) && inside(x, at + 1) && n > 0) {
        shifted(e, i, at, x->today, unit, -n);
        return true;
    }
    if (mark_is(x, at, DGM_MARK_FROM) && mark_is(x, at + 1, DGM_MARK_NOW)) {
        shifted(e, i, at + 1, x->today, unit, n);
        if (vague)
            dgm_time_set_reference(e, 1);
        return true;
    }
    if (is(x, at, DGM_TIME_SHIFT))
        return counted_shift(x, i, at, unit, n, e);
    if (!is(x, i - 1, DGM_TIME_DURING))
        return false;
    bool ahead = mark_is(x, i - 1, DGM_MARK_IN) || mark_is(x, i - 1, DGM_MARK_WITHIN);
    if (ahead && dgm_time_tense(x, i) == DGM_TENSE_FUTURE && unit >= DGM_UNIT_DAY) {
        shifted(e, i, k, x->today, unit, n);
        if (vague)
            dgm_time_set_reference(e, 1);
        if (mark_is(x, i - 1, DGM_MARK_WITHIN))
            e->begin = x->today;
        return true;
    }
    set(e, i, k, DGM_NO_DAY, DGM_NO_DAY, grain_of(unit));
    e->duration = true;
    dgm_time_set_period(x, e, DGM_TIMEX_DURATION, n, unit, i, k);
    return true;
}

static bool absolute(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    return dgm_time_date_at(x, i, e) || deictic(x, i, e);
}

/* Whether "after" or "before" opens a clause: "four days after he fled". */
static bool opens_clause(const dgm_time_scan *x, uint32_t at)
{
    const dgm_word *w = x->sentence->words + at;
    return (w->deprel == DGM_REL_MARK || w->deprel == DGM_REL_CASE) && w->head > at &&
           inside(x, w->head) && x->sentence->words[w->head].upos == DGM_VERB;
}

static bool counted_shift(const dgm_time_scan *x, uint32_t first, uint32_t at, dgm_time_unit unit,
                          int32_t n, dgm_time_expr *e)
{
    int32_t sign = value(x, at, DGM_TIME_SHIFT);
    dgm_time_expr anchor;
    uint32_t k = mark_is(x, at + 1, DGM_MARK_THE) ? at + 2 : at + 1;
    if ((mark_is(x, at, DGM_MARK_AFTER) || mark_is(x, at, DGM_MARK_BEFORE) ||
         mark_is(x, at, DGM_MARK_PRIOR)) &&
        absolute(x, k, &anchor)) {
        shifted(e, first, anchor.last, sign < 0 ? anchor.begin : anchor.end, unit, sign * n);
        return true;
    }
    bool of_clause = opens_clause(x, at);
    if (of_clause && x->last_begin == DGM_NO_DAY) {
        /* "returned four days after he had fled": told from the story's own day. */
        shifted(e, first, at, x->today, unit, -sign * n);
        e->beside = true;
        return true;
    }
    if (x->last_begin == DGM_NO_DAY) {
        /* "a week earlier" of a story that told no time yet: before the story's own day. */
        if (mark_is(x, at, DGM_MARK_EARLIER) ||
            (mark_is(x, at, DGM_MARK_PRIOR) && !is(x, at + 1, DGM_TIME_TO))) {
            shifted(e, first, at, x->today, unit, -n);
            return true;
        }
        set(e, first, at, DGM_NO_DAY, DGM_NO_DAY, grain_of(unit));
        e->duration = true;
        dgm_time_set_unknown(e, unit);
        return true;
    }
    /* "six days after" something told of "in 2018" is not six days after 2018. */
    if (moved(x->last_begin, unit, 1) < x->last_end) {
        set(e, first, at, DGM_NO_DAY, DGM_NO_DAY, grain_of(unit));
        e->duration = true;
        dgm_time_set_unknown(e, unit);
        return true;
    }
    /* "resigned on Friday, a day after protesters burned ...": the burning was the day before. */
    bool of_other = (of_clause || x->last_here) && !mark_is(x, at, DGM_MARK_LATER) &&
                    !mark_is(x, at, DGM_MARK_EARLIER) && inside(x, at + 1) &&
                    x->sentence->words[at + 1].upos != DGM_PUNCT;
    if (of_other)
        sign = -sign;
    shifted(e, first, at, sign < 0 ? x->last_begin : x->last_end, unit, sign * n);
    e->anaphoric = true;
    e->beside = of_clause;
    return true;
}

/* "last/this/next" + week, Friday, May, summer, weekend, night. */
static bool which_one(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step,
                      dgm_time_expr *e)
{
    dgm_day begin, end;
    int32_t year = dgm_day_year(x->today);
    if (dgm_time_is_weekday(x, k)) {
        int32_t weekday = value(x, k, DGM_TIME_WEEKDAY) - 1;
        dgm_day day = dgm_time_weekday_near(x, weekday,
                                            step > 0   ? DGM_TENSE_FUTURE
                                            : step < 0 ? DGM_TENSE_PAST
                                                       : dgm_time_tense(x, k));
        if (day == x->today)
            day += step * DGM_WEEK;
        set_day(e, first, is(x, k + 1, DGM_TIME_PART) ? k + 1 : k, day);
        return true;
    }
    if (dgm_time_is_month(x, k)) {
        int32_t month = value(x, k, DGM_TIME_MONTH);
        dgm_day this_one = dgm_day_of(year, month, 1);
        if (is_day_number(x, k + 1) && step != 0) {
            /* "last Nov. 5" */
            if (x->tokens[k + 1].number > dgm_days_in_month(year, month))
                return false;
            begin = dgm_day_of(year, month, x->tokens[k + 1].number);
            if (step < 0 ? begin >= x->today : begin <= x->today)
                begin = dgm_day_add_months(begin, step * 12);
            set_day(e, first, k + 1, begin);
            return true;
        }
        if (step < 0 && this_one >= dgm_month_begin(x->today))
            year--;
        if (step > 0 && this_one <= x->today)
            year++;
        dgm_time_set_month(e, first, k, year, month);
        return true;
    }
    if (is(x, k, DGM_TIME_SEASON)) {
        int32_t month = value(x, k, DGM_TIME_SEASON);
        dgm_day this_one = dgm_day_of(year, month, 1);
        dgm_day this_end = dgm_month_end(dgm_day_add_months(this_one, 2));
        if (step < 0 && this_end >= x->today)
            year--;
        if (step > 0 && this_one <= x->today)
            year++;
        dgm_time_set_season(e, first, k, year, month);
        return true;
    }
    if (is(x, k, DGM_TIME_PART) || mark_is(x, k, DGM_MARK_NIGHT)) {
        if (step > 0)
            return false;
        set_day(e, first, k, x->today + (mark_is(x, k, DGM_MARK_NIGHT) ? step : 0));
        return true;
    }
    if (!is(x, k, DGM_TIME_UNIT))
        return false;
    dgm_time_unit unit = (dgm_time_unit)value(x, k, DGM_TIME_UNIT);
    if (unit < DGM_UNIT_DAY)
        return false;
    if (unit == DGM_UNIT_WEEKEND && step < 0) {
        whole(x->today, unit, &begin, &end);
        if (end >= x->today) {
            begin -= DGM_WEEK;
            end -= DGM_WEEK;
        }
    } else if (unit == DGM_UNIT_WEEKEND && step == 0 && dgm_time_tense(x, k) == DGM_TENSE_PAST &&
               dgm_day_weekday(x->today) < 5) {
        whole(x->today - DGM_WEEK, unit, &begin, &end);
    } else {
        whole(moved(x->today, unit, step), unit, &begin, &end);
    }
    set(e, first, k, begin, end, grain_of(unit));
    return true;
}

/* "the past three days", "the next two weeks", "the last 24 hours", "the past week". */
static bool rolling(const dgm_time_scan *x, uint32_t first, uint32_t k, int32_t step, bool definite,
                    bool past_word, dgm_time_expr *e)
{
    int32_t n = 1;
    dgm_time_unit unit;
    uint32_t after = dgm_time_count(x, k, &n);
    bool plural = after != 0 || is(x, k, DGM_TIME_UNITS);
    if (!after && is(x, k, DGM_TIME_UNITS))
        n = 3;
    k = after ? after : k;
    if (step == 0 || !dgm_time_unit_at(x, k, &unit) || unit < DGM_UNIT_HOUR ||
        !(plural || past_word || (definite && unit >= DGM_UNIT_WEEK)))
        return false;
    dgm_day far =
        unit == DGM_UNIT_HOUR ? x->today + step * ((n + 23) / 24) : moved(x->today, unit, step * n);
    set(e, first, k, DGM_MIN(far, x->today), DGM_MAX(far, x->today), grain_of(unit));
    if (plural && !after)
        dgm_time_set_reference(e, step);
    else
        dgm_time_set_period(x, e, DGM_TIMEX_DURATION, n, unit, first, k);
    return true;
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
        whole(moved(x->today, unit, step), unit, &begin, &end);
        set(e, first, k, begin, end, grain_of(unit));
        return true;
    }
    dgm_day anchor = step > 0 ? x->last_end : x->last_begin;
    if (step == 0 && unit == DGM_UNIT_DAY) {
        begin = x->last_begin;
        end = x->last_end;
    } else {
        whole(moved(anchor, unit, step), unit, &begin, &end);
    }
    set(e, first, k, begin, end, grain_of(unit));
    e->anaphoric = true;
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

static bool which(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    bool definite = mark_is(x, i, DGM_MARK_THE) || mark_is(x, i, DGM_MARK_THESE);
    uint32_t k = definite ? i + 1 : i;
    if ((definite || mark_is(x, i, DGM_MARK_THAT)) && mark_is(x, i + 1, DGM_MARK_SAME))
        return anaphoric_unit(x, i, i + 2, 0, e);
    if (mark_is(x, i, DGM_MARK_THAT))
        return anaphoric_unit(x, i, i + 1, 0, e);
    if (!is(x, k, DGM_TIME_WHICH))
        return false;
    if (mark_is(x, k, DGM_MARK_LAST) && mark_is(x, k - 1, DGM_MARK_TO))
        return false; /* "to last 90 days" */
    int32_t step = value(x, k, DGM_TIME_WHICH);
    bool past_word = mark_is(x, k, DGM_MARK_PAST) || mark_is(x, k, DGM_MARK_COMING) ||
                     mark_is(x, k, DGM_MARK_PRECEDING);
    bool tells_order = mark_is(x, k, DGM_MARK_FOLLOWING) || mark_is(x, k, DGM_MARK_PREVIOUS);
    if (tells_order && !definite)
        return false;
    k++;
    if (tells_order && step > 0 && following_one(x, i, k, e))
        return true;
    if (step == 0 && (mark_is(x, k, DGM_MARK_PAST) || mark_is(x, k, DGM_MARK_COMING) ||
                      mark_is(x, k, DGM_MARK_LAST))) {
        step = mark_is(x, k, DGM_MARK_COMING) ? 1 : -1;
        past_word = !mark_is(x, k, DGM_MARK_LAST);
        k++;
    }
    if (definite && (is(x, k, DGM_TIME_UNIT) || is(x, k, DGM_TIME_PART)) && step != 0 &&
        (tells_order || (step > 0 && !past_word && x->last_begin != DGM_NO_DAY &&
                         dgm_time_tense(x, k) == DGM_TENSE_PAST)))
        return anaphoric_unit(x, i, k, step, e);
    if (past_word && dgm_time_is_weekday(x, k))
        return which_one(x, i, k, step, e);
    return rolling(x, i, k, step, definite, past_word, e) || which_one(x, i, k, step, e);
}

/* "the year", "the month" after "earlier in", "the end of". */
static bool the_unit(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (!mark_is(x, i, DGM_MARK_THE) || !is(x, i + 1, DGM_TIME_UNIT))
        return false;
    dgm_time_unit unit = (dgm_time_unit)value(x, i + 1, DGM_TIME_UNIT);
    dgm_day begin, end;
    if (unit < DGM_UNIT_DAY)
        return false;
    whole(x->today, unit, &begin, &end);
    set(e, i, i + 1, begin, end, grain_of(unit));
    return true;
}

/* "ever since", "since then", "until then", "at the weekend", "over the weekend". */
/* "in the early morning hours", "at dawn": of the day told last, or of the story's. */
static bool part_of_day(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = i;
    if (mark_is(x, k, DGM_MARK_THE))
        k++;
    if (mark_is(x, k, DGM_MARK_EARLY) || mark_is(x, k, DGM_MARK_LATE))
        k++;
    if (!is(x, k, DGM_TIME_PART) ||
        !(mark_is(x, i - 1, DGM_MARK_IN) || mark_is(x, i - 1, DGM_MARK_AT) ||
          mark_is(x, i - 1, DGM_MARK_BEFORE) || mark_is(x, i - 1, DGM_MARK_AROUND) ||
          mark_is(x, i - 1, DGM_MARK_DURING)))
        return false;
    if (mark_is(x, k + 1, DGM_MARK_HOURS))
        k++;
    if (mark_is(x, k + 1, DGM_MARK_OF) || mark_is(x, k + 1, DGM_MARK_ON))
        return false; /* the day is told with it */
    bool known =
        x->last_begin != DGM_NO_DAY && x->last_begin == x->last_end && x->last_begin <= x->today;
    set_day(e, i, k, known ? x->last_begin : x->today);
    e->anaphoric = known;
    return true;
}

static bool special(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (part_of_day(x, i, e))
        return true;
    if ((mark_is(x, i, DGM_MARK_EVER) && is(x, i + 1, DGM_TIME_SINCE)) ||
        (is(x, i, DGM_TIME_SINCE) && mark_is(x, i + 1, DGM_MARK_THEN))) {
        if (x->last_begin == DGM_NO_DAY)
            return false;
        set(e, i, i + 1, x->last_begin, DGM_MAX(x->last_begin, x->today), DGM_GRAIN_DAY);
        e->anaphoric = true;
        return true;
    }
    if ((is(x, i, DGM_TIME_UNTIL) || is(x, i, DGM_TIME_BY)) && mark_is(x, i + 1, DGM_MARK_THEN) &&
        x->last_begin != DGM_NO_DAY) {
        set(e, i, i + 1, x->last_begin, x->last_end, DGM_GRAIN_DAY);
        e->anaphoric = true;
        return true;
    }
    if (mark_is(x, i, DGM_MARK_THE) && mark_is(x, i + 1, DGM_MARK_WEEKEND) &&
        (mark_is(x, i - 1, DGM_MARK_AT) || mark_is(x, i - 1, DGM_MARK_OVER) ||
         mark_is(x, i - 1, DGM_MARK_ON) || mark_is(x, i - 1, DGM_MARK_DURING))) {
        bool ahead = dgm_time_tense(x, i + 1) == DGM_TENSE_FUTURE;
        bool before_saturday = dgm_day_weekday(x->today) < 5;
        dgm_day begin, end;
        whole(x->today - (before_saturday && !ahead ? DGM_WEEK : 0), DGM_UNIT_WEEKEND, &begin,
              &end);
        set(e, i, i + 1, begin, end, DGM_GRAIN_DAY);
        return true;
    }
    return false;
}

/* The early, middle or late third of a longer time; of a day it is the day. */
static void narrow(const dgm_time_scan *x, dgm_time_expr *e, dgm_time_edge edge)
{
    int32_t length = e->end - e->begin + 1;
    if (e->grain == DGM_GRAIN_DAY || e->begin == DGM_NO_DAY)
        return;
    if (edge == DGM_EDGE_BEFORE && x->today > e->begin) {
        e->end = DGM_MIN(e->end, x->today - 1);
    } else if (edge == DGM_EDGE_AFTER && x->today < e->end) {
        e->begin = DGM_MAX(e->begin, x->today + 1);
    } else if (e->grain == DGM_GRAIN_YEAR && edge <= DGM_EDGE_LATE) {
        dgm_day begin = e->begin;
        e->begin = dgm_day_add_months(begin, (int32_t)edge * 4);
        e->end = dgm_day_add_months(begin, (int32_t)edge * 4 + 4) - 1;
    } else if (e->grain == DGM_GRAIN_DECADE && edge <= DGM_EDGE_LATE) {
        static const int8_t years[] = { 0, 4, 7, 10 };
        dgm_day begin = e->begin;
        e->begin = dgm_day_add_months(begin, years[edge] * 12);
        e->end = dgm_day_add_months(begin, years[edge + 1] * 12) - 1;
    } else if (edge <= DGM_EDGE_LATE) {
        int32_t third = length / 3;
        dgm_day begin = e->begin + third * (int32_t)edge;
        e->end = edge == DGM_EDGE_LATE ? e->end : begin + third - 1;
        e->begin = begin;
    }
}

/* "the first week of May", "the last week of November 2010", "the second half of June". A week is
 * seven days from the first on; the last one ends with the month. */
static bool part_of_month(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i;
    int32_t n =
        has_shape(x, k, DGM_SHAPE_ORDINAL) ? x->tokens[k].number : value(x, k, DGM_TIME_ORDINAL);
    bool last = mark_is(x, k, DGM_MARK_LAST) || mark_is(x, k, DGM_MARK_FINAL),
         half = mark_is(x, k + 1, DGM_MARK_HALF);
    bool week = is(x, k + 1, DGM_TIME_UNIT) && value(x, k + 1, DGM_TIME_UNIT) == DGM_UNIT_WEEK;
    if (!(half || week) || !(last || n >= 1) || n > (half ? 2 : 4) ||
        !mark_is(x, k + 2, DGM_MARK_OF) || !dgm_time_date_at(x, k + 3, e) ||
        e->grain != DGM_GRAIN_MONTH)
        return false;
    int32_t length = half ? (e->end - e->begin + 1) / 2 : DGM_WEEK;
    dgm_day begin = e->begin, end = e->end;
    if (last || (half && n == 2))
        begin = half ? begin + length : end - length + 1;
    else {
        begin += (n - 1) * length;
        end = begin + length - 1;
    }
    set(e, i, e->last, begin, end, half ? DGM_GRAIN_MONTH : DGM_GRAIN_WEEK);
    return true;
}

/* "the week of May 4": seven days from that day on. */
static bool week_of(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i;
    if (!is(x, k, DGM_TIME_UNIT) || value(x, k, DGM_TIME_UNIT) != DGM_UNIT_WEEK ||
        !mark_is(x, k + 1, DGM_MARK_OF) || !dgm_time_date_at(x, k + 2, e) ||
        e->grain != DGM_GRAIN_DAY || e->begin == DGM_NO_DAY || e->begin != e->end)
        return false;
    set(e, i, e->last, e->begin, e->begin + DGM_WEEK - 1, DGM_GRAIN_WEEK);
    return true;
}

static bool core(const dgm_time_scan *x, uint32_t i, dgm_time_expr *out)
{
    *out = (dgm_time_expr) { 0 };
    static bool (*const rules[])(const dgm_time_scan *, uint32_t, dgm_time_expr *) = {
        dgm_time_date_at, deictic, counted, which, special, part_of_month, week_of
    };
    bool found = false;
    for (uint32_t k = 0; k < DGM_LEN(rules); k++) {
        dgm_time_expr e;
        bool read = rules[k](x, i, &e);
        take_longer(out, &found, &e, read);
    }
    if (found)
        dgm_time_set_value(x, out);
    if (found && x->tokens[i].mid)
        narrow(x, out, DGM_EDGE_MID);
    return found;
}

/* "early in May", "late last year", "mid-May", "earlier this month", "the end of the year". */
static bool edged(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i;
    if (!is(x, k, DGM_TIME_EDGE))
        return false;
    dgm_time_edge edge = (dgm_time_edge)value(x, k, DGM_TIME_EDGE);
    /* "the end of May", but "off to a start on Saturday". */
    bool noun = mark_is(x, k, DGM_MARK_END) || mark_is(x, k, DGM_MARK_START) ||
                mark_is(x, k, DGM_MARK_BEGINNING) || mark_is(x, k, DGM_MARK_MIDDLE);
    if (noun && !mark_is(x, k + 1, DGM_MARK_OF))
        return false;
    k++;
    if (is_dash(x, k) || mark_is(x, k, DGM_MARK_IN) || mark_is(x, k, DGM_MARK_OF) ||
        mark_is(x, k, DGM_MARK_ON))
        k++;
    if (!core(x, k, e) && !(mark_is(x, k, DGM_MARK_THE) && core(x, k + 1, e)) && !the_unit(x, k, e))
        return false;
    if (e->duration)
        return false;
    dgm_time_set_value(x, e);
    e->first = i;
    narrow(x, e, edge);
    return true;
}

/* Both ends of a range must be of one kind; the later weekday or month decides. */
static bool join(dgm_time_expr *e, const dgm_time_expr *upto)
{
    dgm_day begin = e->begin, end = upto->end;
    if (e->duration || upto->duration || begin == DGM_NO_DAY || end == DGM_NO_DAY)
        return false;
    if (end < begin && e->weekday && upto->weekday)
        end += DGM_WEEK;
    if (end < begin && e->grain == DGM_GRAIN_MONTH)
        begin = dgm_day_add_months(begin, -12);
    if (end < begin)
        return false;
    e->begin = begin;
    e->end = end;
    e->last = upto->last;
    dgm_time_set_range(e);
    return true;
}

/* "from Monday to Friday", "between May and July", "2010 to 2015". */
static void extend_range(const dgm_time_scan *x, dgm_time_expr *e)
{
    bool between = mark_is(x, e->first - 1, DGM_MARK_BETWEEN);
    uint32_t k = e->last + 1;
    dgm_time_expr next;
    if (mark_is(x, k, DGM_MARK_AND) && core(x, k + 1, &next) && next.grain == e->grain &&
        !next.duration && next.begin == e->end + 1) {
        e->end = next.end; /* "in August and September" */
        e->last = next.last;
        dgm_time_set_range(e);
        return;
    }
    if (!(is(x, k, DGM_TIME_TO) || is_dash(x, k) || (between && mark_is(x, k, DGM_MARK_AND))))
        return;
    dgm_time_expr upto;
    bool range = mark_is(x, e->first - 1, DGM_MARK_FROM) || !dgm_time_is_new_end(x, k + 1);
    if (range && core(x, k + 1, &upto) && upto.grain == e->grain)
        join(e, &upto);
}

/* "since", "until" and "by" before it. */
static void bound(const dgm_time_scan *x, dgm_time_expr *e)
{
    uint32_t k = e->first - 1;
    if (mark_is(x, k, DGM_MARK_THE) || mark_is(x, k, DGM_MARK_ABOUT) || mark_is(x, k, DGM_MARK_AT))
        k--;
    if (e->begin == DGM_NO_DAY || !inside(x, k))
        return;
    if (is(x, k, DGM_TIME_SINCE)) {
        e->end = DGM_MAX(e->begin, x->today);
        e->first = k;
    } else if (is(x, k, DGM_TIME_UNTIL) || is(x, k, DGM_TIME_BY)) {
        e->first = k;
    }
}

/* "on the same day", told of what is over, is no day that lies ahead of the story. */
static bool told_ahead(const dgm_time_scan *x, uint32_t i)
{
    return x->last_begin != DGM_NO_DAY && x->last_begin > x->today && x->over_begin != DGM_NO_DAY &&
           dgm_time_tense(x, i) == DGM_TENSE_PAST;
}

static bool expr_at(const dgm_time_scan *x, uint32_t i, dgm_time_expr *out)
{
    dgm_time_expr e;
    bool found = false, read = core(x, i, &e);
    take_longer(out, &found, &e, read);
    read = edged(x, i, &e);
    take_longer(out, &found, &e, read);
    if (!found || is(x, i - 1, DGM_TIME_EACH))
        return false;
    extend_range(x, out);
    out->first_word = out->first;
    out->own_begin = out->begin;
    out->own_end = out->end;
    bound(x, out);
    return true;
}

bool dgm_time_expr_at(const dgm_time_scan *x, uint32_t i, dgm_time_expr *out)
{
    dgm_time_scan over = *x;
    if (told_ahead(x, i)) {
        over.last_begin = x->over_begin;
        over.last_end = x->over_end;
    }
    return expr_at(&over, i, out);
}
