/* Dates of the calendar. A bare weekday, month or day of a month is the last or the next one, by
 * the tense of its verb. */
#include "grounding/time_rules.h"
#include "grounding/times.h"

#include <stdlib.h>

enum { FAR_DAYS = 300, NEAR_DAYS = 50 };

/* ---- what stands as a time ------------------------------------------------------------------ */

/* "Jan Lipavsky", "Sunday Oliseh": somebody's first name. */
static bool is_first_name(const dgm_time_scan *x, uint32_t i)
{
    const dgm_word *w = x->sentence->words + i;
    return inside(x, i + 1) && w[1].upos == DGM_PROPN && w[1].deprel == DGM_REL_FLAT &&
           w[1].head == i && x->tokens[i + 1].capital && x->tokens[i + 1].classes == 0 &&
           x->tokens[i + 1].number < 0;
}

/* Whether the words beside it say that a word is a time. */
static bool is_beside_times(const dgm_time_scan *x, uint32_t i)
{
    if (is_day_number(x, i + 1) || is_year(x, i + 1) || is_day_number(x, i - 1) ||
        has_shape(x, i + 1, DGM_SHAPE_RANGE) || has_shape(x, i - 1, DGM_SHAPE_RANGE))
        return true;
    if (is(x, i - 1, DGM_TIME_WHICH) || is(x, i - 1, DGM_TIME_SINCE) ||
        is(x, i - 1, DGM_TIME_UNTIL) || is(x, i - 1, DGM_TIME_EDGE))
        return true;
    if (mark_is(x, i - 1, DGM_MARK_BEFORE_MONTH))
        return true;
    if (mark_is(x, i - 1, DGM_MARK_OF))
        return is_day_number(x, i - 2) || is(x, i - 2, DGM_TIME_EDGE) ||
               is(x, i - 2, DGM_TIME_UNIT);
    if ((is(x, i + 1, DGM_TIME_TO) && is(x, i + 2, DGM_TIME_MONTH)) ||
        (is(x, i - 1, DGM_TIME_TO) && is(x, i - 2, DGM_TIME_MONTH)))
        return true;
    return is_dash(x, i - 1) && mark_is(x, i - 2, DGM_MARK_MID);
}

bool dgm_time_is_month(const dgm_time_scan *x, uint32_t i)
{
    if (!is(x, i, DGM_TIME_MONTH) || !x->tokens[i].capital)
        return false;
    bool doubtful = x->tokens[i].needs_context || is_first_name(x, i); /* "May" */
    return x->tokens[i].mid || !doubtful || is_beside_times(x, i);
}

/* "Sunday Times" and "Good Friday" are no days of the story. */
bool dgm_time_is_weekday(const dgm_time_scan *x, uint32_t i)
{
    if (!is(x, i, DGM_TIME_WEEKDAY) || !x->tokens[i].capital ||
        (x->tokens[i].needs_context && !is_beside_times(x, i)))
        return false;
    const dgm_word *w = x->sentence->words + i;
    if (mark_is(x, i - 1, DGM_MARK_GOOD) || mark_is(x, i - 1, DGM_MARK_BLOODY) ||
        mark_is(x, i - 1, DGM_MARK_BLACK))
        return false;
    if (is(x, i - 1, DGM_TIME_WHICH) || mark_is(x, i - 1, DGM_MARK_ON))
        return true; /* "This Wednesday Minister Doe ...", "on Sunday President Doe ..." */
    bool part_of_name = (w->deprel == DGM_REL_COMPOUND || w->deprel == DGM_REL_FLAT) && w->head;
    if (is_first_name(x, i))
        return false;
    return !part_of_name || !inside(x, w->head) || !x->tokens[w->head].capital ||
           x->tokens[w->head].classes != 0 || x->tokens[w->head].number >= 0;
}

/* ---- the last or the next ------------------------------------------------------------------- */

dgm_day dgm_time_weekday_near(const dgm_time_scan *x, int32_t weekday, dgm_tense tense)
{
    int32_t back = (dgm_day_weekday(x->today) - weekday + DGM_WEEK) % DGM_WEEK;
    return tense != DGM_TENSE_PAST ? x->today + (DGM_WEEK - back) % DGM_WEEK : x->today - back;
}

/* Of a month that a lapsed plan names, the nearer one. */
static dgm_tense settled(const dgm_time_scan *x, int32_t month, dgm_tense tense)
{
    int32_t year, this_month, day;
    dgm_day_split(x->today, &year, &this_month, &day);
    if (tense != DGM_TENSE_LAPSED)
        return tense;
    return (this_month - month + 12) % 12 <= 6 ? DGM_TENSE_PAST : DGM_TENSE_FUTURE;
}

/* Day and month without a year: the last or the next such day. */
static dgm_day month_day_near(const dgm_time_scan *x, int32_t month, int32_t day, dgm_tense tense,
                              bool sure)
{
    int32_t year = dgm_day_year(x->today);
    tense = settled(x, month, tense);
    if (day > dgm_days_in_month(year, month) && !(month == 2 && day == 29))
        return DGM_NO_DAY;
    dgm_day found = dgm_day_of(year, month, day);
    dgm_day nearest = found;
    if (tense == DGM_TENSE_FUTURE && found < x->today)
        found = dgm_day_of(year + 1, month, day);
    else if (tense == DGM_TENSE_PAST && found > x->today)
        found = dgm_day_of(year - 1, month, day);
    /* Almost a year off by a tense that may have been misread, where days away fits as well. */
    bool doubtful = !sure && found != nearest && abs(found - x->today) > FAR_DAYS &&
                    abs(nearest - x->today) < NEAR_DAYS;
    return doubtful ? nearest : found;
}

static int32_t month_year_near(const dgm_time_scan *x, int32_t month, dgm_tense tense)
{
    int32_t year, this_month, day;
    dgm_day_split(x->today, &year, &this_month, &day);
    if (settled(x, month, tense) == DGM_TENSE_FUTURE)
        return month < this_month ? year + 1 : year;
    return month > this_month ? year - 1 : year;
}

void dgm_time_set_month(dgm_time_expr *e, uint32_t first, uint32_t last, int32_t year,
                        int32_t month)
{
    dgm_day begin = dgm_day_of(year, month, 1);
    set(e, first, last, begin, dgm_month_end(begin), DGM_GRAIN_MONTH);
}

static void whole_year(dgm_time_expr *e, uint32_t first, uint32_t last, int32_t year)
{
    set(e, first, last, dgm_day_of(year, 1, 1), dgm_day_of(year, 12, 31), DGM_GRAIN_YEAR);
}

void dgm_time_set_season(dgm_time_expr *e, uint32_t first, uint32_t last, int32_t year,
                         int32_t month)
{
    dgm_day begin = dgm_day_of(year, month, 1);
    set(e, first, last, begin, dgm_month_end(dgm_day_add_months(begin, 2)), DGM_GRAIN_SEASON);
}

/* ---- dates ---------------------------------------------------------------------------------- */

/* "[,] [of] 2020" after word i; returns the year's word or 0. */
static uint32_t year_after(const dgm_time_scan *x, uint32_t i)
{
    uint32_t k = i + 1;
    if (form_is(x, k, ",") || mark_is(x, k, DGM_MARK_OF))
        k++;
    return is_year(x, k) ? k : 0;
}

/* "last year", "of this year" after word i: where it ends, and how many years off; 0: not there. */
static uint32_t which_year_after(const dgm_time_scan *x, uint32_t i, int32_t *step)
{
    uint32_t k = mark_is(x, i + 1, DGM_MARK_OF) ? i + 2 : i + 1;
    if (!is(x, k, DGM_TIME_WHICH) || !mark_is(x, k + 1, DGM_MARK_YEAR))
        return 0;
    *step = value(x, k, DGM_TIME_WHICH);
    return k + 1;
}

/* "the October 7 attacks": words first..last stand before the noun that they are of. */
static bool names(const dgm_time_scan *x, uint32_t first, uint32_t last)
{
    const dgm_word *w = x->sentence->words + dgm_span_head(x->sentence, first, last);
    return (w->deprel == DGM_REL_COMPOUND || w->deprel == DGM_REL_NUMMOD ||
            w->deprel == DGM_REL_NMOD_POSS) &&
           w->head > last;
}

/* Days first_day..last_day of a month, the year after word i if it is there. */
static bool month_days(const dgm_time_scan *x, uint32_t first, uint32_t i, int32_t month,
                       int32_t first_day, int32_t last_day, dgm_time_expr *e)
{
    int32_t year = 0;
    uint32_t k = year_after(x, i);
    dgm_day begin, end;
    if (first_day < 1 || last_day < first_day || last_day > 31)
        return false;
    if (k)
        year = x->tokens[k].number;
    else if ((k = which_year_after(x, i, &year)) != 0)
        year += dgm_day_year(x->today);
    if (k) {
        if (last_day > dgm_days_in_month(year, month))
            return false;
        begin = dgm_day_of(year, month, first_day);
        end = dgm_day_of(year, month, last_day);
    } else {
        begin = month_day_near(x, month, first_day, dgm_time_tense(x, first), names(x, first, i));
        end = begin == DGM_NO_DAY ? begin : begin + last_day - first_day;
    }
    if (begin == DGM_NO_DAY)
        return false;
    set(e, first, k ? k : i, begin, end, DGM_GRAIN_DAY);
    return true;
}

/* "3-5", "3 - 5", "3 to 5", "3 and 5" from word i on: the second number and its word, else 0. */
static uint32_t day_range(const dgm_time_scan *x, uint32_t i, int32_t *upto)
{
    if (has_shape(x, i, DGM_SHAPE_RANGE) && x->tokens[i].upto <= 31) {
        *upto = x->tokens[i].upto;
        return i;
    }
    bool joined = is_dash(x, i + 1) || is(x, i + 1, DGM_TIME_TO) || mark_is(x, i + 1, DGM_MARK_AND);
    if (!is_day_number(x, i) || !joined || !is_day_number(x, i + 2) ||
        x->tokens[i + 2].number <= x->tokens[i].number)
        return 0;
    *upto = x->tokens[i + 2].number;
    return i + 2;
}

/* "Oct 2", "October 2nd, 2020", "May 3-5", "May 2020", "May". */
static bool month_first(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (!dgm_time_is_month(x, i))
        return false;
    int32_t month = value(x, i, DGM_TIME_MONTH), upto;
    uint32_t day = mark_is(x, i + 1, DGM_MARK_THE) ? i + 2 : i + 1;
    uint32_t end = day_range(x, day, &upto);
    if (end && month_days(x, i, end, month, x->tokens[day].number, upto, e))
        return true;
    if (is_day_number(x, day) &&
        month_days(x, i, day, month, x->tokens[day].number, x->tokens[day].number, e))
        return true;
    uint32_t year = year_after(x, i);
    int32_t step;
    uint32_t which_year = which_year_after(x, i, &step);
    if (year)
        dgm_time_set_month(e, i, year, x->tokens[year].number, month);
    else if (which_year)
        dgm_time_set_month(e, i, which_year, dgm_day_year(x->today) + step, month);
    else
        dgm_time_set_month(e, i, i, month_year_near(x, month, dgm_time_tense(x, i)), month);
    return true;
}

/* "first of May": in words. */
static bool ordinal_day(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    int32_t day = value(x, i, DGM_TIME_ORDINAL);
    return is(x, i, DGM_TIME_ORDINAL) && mark_is(x, i + 1, DGM_MARK_OF) &&
           dgm_time_is_month(x, i + 2) &&
           month_days(x, i, i + 2, value(x, i + 2, DGM_TIME_MONTH), day, day, e);
}

/* "2 October 2020", "the 2nd of October", "3-5 March". */
static bool day_first(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    int32_t upto = 0;
    uint32_t first_day = i, last_day = day_range(x, i, &upto);
    if (!last_day) {
        if (!is_day_number(x, i))
            return false;
        last_day = i;
        upto = x->tokens[i].number;
    }
    uint32_t k = mark_is(x, last_day + 1, DGM_MARK_OF) ? last_day + 2 : last_day + 1;
    return dgm_time_is_month(x, k) &&
           month_days(x, i, k, value(x, k, DGM_TIME_MONTH), x->tokens[first_day].number, upto, e);
}

/* "on the 30th": the last or the next such day, not "on the 30th floor". */
static bool day_alone(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (!has_shape(x, i, DGM_SHAPE_ORDINAL) || !is_day_number(x, i) ||
        !mark_is(x, i - 1, DGM_MARK_THE) || !mark_is(x, i - 2, DGM_MARK_ON) ||
        x->sentence->words[i].head > i)
        return false;
    int32_t year, month, today, day = x->tokens[i].number;
    dgm_day_split(x->today, &year, &month, &today);
    dgm_tense tense = dgm_time_tense(x, i);
    int32_t step =
        tense == DGM_TENSE_PAST && day > today ? -1 : tense != DGM_TENSE_PAST && day < today;
    dgm_day begin = dgm_day_add_months(dgm_month_begin(x->today), step);
    if (begin + day - 1 > dgm_month_end(begin))
        return false;
    set_day(e, i, i, begin + day - 1);
    return true;
}

/* "2020-10-02", also in three tokens with dashes; "10/2/2020" is two different days to two
 * readers, and left alone. */
static bool iso_date(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (has_shape(x, i, DGM_SHAPE_DATE)) {
        set_day(e, i, i, x->tokens[i].number);
        return true;
    }
    /* "2020", "-", "09-15", as some tokenizers cut it. */
    if (is_year(x, i) && is_dash(x, i + 1) && has_shape(x, i + 2, DGM_SHAPE_RANGE) &&
        x->tokens[i + 2].number >= 1 && x->tokens[i + 2].number <= 12 &&
        x->sentence->words[i + 2].form.n == 5 &&
        x->tokens[i + 2].upto <= dgm_days_in_month(x->tokens[i].number, x->tokens[i + 2].number)) {
        set_day(e, i, i + 2,
                dgm_day_of(x->tokens[i].number, x->tokens[i + 2].number, x->tokens[i + 2].upto));
        return true;
    }
    if (!is_year(x, i) || !is_dash(x, i + 1) || !is_day_number(x, i + 2) || !is_dash(x, i + 3) ||
        !is_day_number(x, i + 4))
        return false;
    int32_t year = x->tokens[i].number, month = x->tokens[i + 2].number;
    int32_t day = x->tokens[i + 4].number;
    if (month > 12 || day > dgm_days_in_month(year, month))
        return false;
    set_day(e, i, i + 4, dgm_day_of(year, month, day));
    return true;
}

/* "Friday", "Friday night", "Friday, Oct 2", "Friday last week". */
static bool weekday_first(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (!dgm_time_is_weekday(x, i))
        return false;
    int32_t weekday = value(x, i, DGM_TIME_WEEKDAY) - 1;
    uint32_t k = i + 1;
    while (form_is(x, k, ",") || mark_is(x, k, DGM_MARK_THE) || is(x, k, DGM_TIME_PART))
        k++;
    dgm_time_expr date;
    if (month_first(x, k, &date) || day_first(x, k, &date)) {
        if (date.grain == DGM_GRAIN_DAY) {
            *e = date;
            e->first = i;
            return true;
        }
    }
    k = mark_is(x, i + 1, DGM_MARK_OF) ? i + 2 : i + 1;
    if (is(x, k, DGM_TIME_WHICH) && is(x, k + 1, DGM_TIME_UNIT) &&
        value(x, k + 1, DGM_TIME_UNIT) == DGM_UNIT_WEEK) {
        dgm_day monday = x->today - dgm_day_weekday(x->today);
        set_day(e, i, k + 1, monday + value(x, k, DGM_TIME_WHICH) * DGM_WEEK + weekday);
        return true;
    }
    uint32_t last = is(x, i + 1, DGM_TIME_PART) ? i + 1 : i;
    set_day(e, i, last, dgm_time_weekday_near(x, weekday, dgm_time_tense(x, i)));
    e->weekday = true;
    return true;
}

static bool may_precede_year(const dgm_time_scan *x, uint32_t i)
{
    if (is(x, i, DGM_TIME_SINCE) || is(x, i, DGM_TIME_UNTIL) || is(x, i, DGM_TIME_BY) ||
        is(x, i, DGM_TIME_TO) || is_dash(x, i))
        return true;
    return mark_is(x, i, DGM_MARK_BEFORE_YEAR);
}

/* A four-digit number as a modifier of a noun, "the 2008 war": a year, unless it counts. */
static bool modifies_as_year(const dgm_time_scan *x, uint32_t i)
{
    const dgm_word *w = x->sentence->words + i;
    int32_t year = x->tokens[i].number;
    if (year < 1800 || year > 2049 || w->head <= i || w->head > i + 5)
        return false;
    const dgm_word *head = x->sentence->words + w->head;
    if (head->upos != DGM_NOUN && head->upos != DGM_PROPN)
        return false;
    bool definite = inside(x, i - 1) && (x->sentence->words[i - 1].upos == DGM_DET ||
                                         x->sentence->words[i - 1].deprel == DGM_REL_CASE ||
                                         x->sentence->words[i - 1].deprel == DGM_REL_NMOD_POSS);
    return definite || (year % 100 != 0 && !dgm_has_feat(head, DGM_VIEW("Number=Plur")));
}

/* "in 2015", "the 2008 war", "2010-2015", "the 1990s". */
static bool year_alone(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (has_shape(x, i, DGM_SHAPE_DECADE)) {
        int32_t year = x->tokens[i].number;
        if (year < DGM_FIRST_YEAR || year > DGM_LAST_YEAR)
            return false;
        set(e, i, i, dgm_day_of(year, 1, 1), dgm_day_of(year + 9, 12, 31), DGM_GRAIN_DECADE);
        return true;
    }
    if (has_shape(x, i, DGM_SHAPE_RANGE) && x->tokens[i].number >= DGM_FIRST_YEAR &&
        x->tokens[i].upto <= DGM_LAST_YEAR) {
        set(e, i, i, dgm_day_of(x->tokens[i].number, 1, 1), dgm_day_of(x->tokens[i].upto, 12, 31),
            DGM_GRAIN_YEAR);
        return true;
    }
    if (!is_year(x, i) ||
        !(may_precede_year(x, i - 1) || x->tokens[i].mid || modifies_as_year(x, i)))
        return false;
    if (is(x, i + 1, DGM_TIME_UNIT) || is(x, i + 1, DGM_TIME_UNITS))
        return false; /* "2000 years" */
    /* "from 2000 troops", "of 1500 people", "killed about 1800": a count. */
    const dgm_word *w = x->sentence->words + i;
    if (w->deprel == DGM_REL_OBJ || dgm_is_subject(w->deprel))
        return false;
    if (w->deprel == DGM_REL_NUMMOD && inside(x, w->head) && w->head > i &&
        dgm_has_feat(x->sentence->words + w->head, DGM_VIEW("Number=Plur")) &&
        !modifies_as_year(x, i))
        return false;
    whole_year(e, i, i, x->tokens[i].number);
    if (is_dash(x, i + 1) && has_shape(x, i + 2, DGM_SHAPE_DIGITS)) {
        int32_t upto = x->tokens[i + 2].number;
        if (upto < 100 && x->sentence->words[i + 2].form.n == 2)
            upto += x->tokens[i].number / 100 * 100;
        if (upto > x->tokens[i].number && upto <= DGM_LAST_YEAR)
            set(e, i, i + 2, e->begin, dgm_day_of(upto, 12, 31), DGM_GRAIN_YEAR);
    }
    return true;
}

/* "eighty-four", "ninety four", "eleven" from word i on: the number and its last word, or 0. */
static uint32_t below_hundred(const dgm_time_scan *x, uint32_t i, int32_t *n)
{
    if (!is(x, i, DGM_TIME_NUMBER))
        return 0;
    *n = value(x, i, DGM_TIME_NUMBER);
    uint32_t k = is_dash(x, i + 1) ? i + 2 : i + 1;
    int32_t unit = value(x, k, DGM_TIME_NUMBER);
    if (*n >= 20 && *n < 100 && is(x, k, DGM_TIME_NUMBER) && unit >= 1 && unit <= 9) {
        *n += unit;
        return k;
    }
    return i;
}

/* "in nineteen eighty-four", "in two thousand and three". */
static bool spelled_year(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    int32_t high, low = 0;
    if (!may_precede_year(x, i - 1) || !is(x, i, DGM_TIME_NUMBER))
        return false;
    high = value(x, i, DGM_TIME_NUMBER);
    uint32_t last = i + 1;
    if (high == 2 && mark_is(x, i + 1, DGM_MARK_THOUSAND)) {
        uint32_t k = mark_is(x, i + 2, DGM_MARK_AND) ? i + 3 : i + 2;
        uint32_t end = below_hundred(x, k, &low);
        last = end ? end : last;
        low = end ? low : 0;
        high = 20;
    } else if (high < 15 || high > 20 || (last = below_hundred(x, i + 1, &low)) == 0 || low < 10) {
        return false;
    }
    if (x->sentence->words[last].deprel == DGM_REL_NUMMOD || is(x, last + 1, DGM_TIME_UNITS) ||
        mark_is(x, last + 1, DGM_MARK_THOUSAND))
        return false; /* a count */
    whole_year(e, i, last, high * 100 + low);
    return true;
}

/* "the 19th century". */
static bool century(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    int32_t n = ordinal_at(x, i);
    uint32_t k = is_dash(x, i + 1) ? i + 2 : i + 1;
    if (n < 1 || n > 21 || !is(x, k, DGM_TIME_UNIT) ||
        value(x, k, DGM_TIME_UNIT) != DGM_UNIT_CENTURY)
        return false;
    set(e, i, k, dgm_day_of(n * 100 - 99, 1, 1), dgm_day_of(n * 100, 12, 31), DGM_GRAIN_CENTURY);
    return true;
}

/* "summer 2014", "the summer of 2014", "in the spring". */
static bool season(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (!is(x, i, DGM_TIME_SEASON))
        return false;
    int32_t month = value(x, i, DGM_TIME_SEASON);
    uint32_t year = year_after(x, i);
    if (year) {
        dgm_time_set_season(e, i, year, x->tokens[year].number, month);
        return true;
    }
    bool in = mark_is(x, i - 1, DGM_MARK_IN) ||
              (mark_is(x, i - 1, DGM_MARK_THE) && mark_is(x, i - 2, DGM_MARK_IN));
    if (!in || dgm_view_eq(x->sentence->words[i].lemma, DGM_VIEW("fall")))
        return false;
    dgm_time_set_season(e, i, i, month_year_near(x, month, dgm_time_tense(x, i)), month);
    return true;
}

/* "9/11", "the October 7 attacks": a day of one year that the words alone stand for, unless such a
 * day lies near. */
static bool day_of_memory(const dgm_time_scan *x, uint32_t i, int32_t of_year, dgm_time_expr *e)
{
    enum { NEAR = 60 };
    dgm_day day = dgm_day_of(of_year / 10000, of_year / 100 % 100, of_year % 100);
    uint32_t last = i;
    if (day >= x->today)
        return false;
    if (is(x, i, DGM_TIME_MONTH)) {
        last = i + 1;
        if (!dgm_time_is_month(x, i) || !is_day_number(x, last) ||
            x->tokens[last].number != of_year % 100 || !names(x, i, last) ||
            !dgm_has_class(x->sentence->tree,
                           x->sentence->words[dgm_span_head(x->sentence, i, last)].head,
                           DGM_CLASS_ATTACK) ||
            x->today - month_day_near(x, of_year / 100 % 100, of_year % 100, DGM_TENSE_PAST, true) <
                NEAR)
            return false;
    }
    set_day(e, i, last, day);
    return true;
}

/* "the Lunar New Year", "the Persian New Year": of another calendar than ours. */
static bool is_other_calendar(const dgm_time_scan *x, uint32_t before)
{
    return before > 1 && inside(x, before) && x->tokens[before].capital &&
           x->tokens[before].classes == 0;
}

/* "Easter", "Easter Monday", "on Good Friday": so many days from Easter, at the weekday that is
 * told. The attacks of some Easter Sunday have no day. */
static bool easter_day(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    enum { NEAR = 60 };
    int32_t shift = value(x, i, DGM_TIME_HOLIDAY) - DGM_TIME_EASTER;
    bool weekday = is(x, i + 1, DGM_TIME_WEEKDAY) && x->tokens[i + 1].capital;
    bool alone = shift == 0 && !mark_is(x, i + 1, DGM_MARK_WEEKEND) &&
                 !(inside(x, i + 1) && x->tokens[i + 1].capital); /* "Easter Island" */
    if (!x->tokens[i].capital || is_other_calendar(x, i - 1) || (!weekday && !alone))
        return false;
    uint32_t last = weekday ? i + 1 : i, told = year_after(x, last);
    int32_t year = told ? x->tokens[told].number : dgm_day_year(x->today);
    bool past = dgm_time_tense(x, i) == DGM_TENSE_PAST;
    dgm_day day = dgm_day_easter(year) + shift;
    if (!told && (past ? day > x->today : day < x->today))
        day = dgm_day_easter(past ? year - 1 : year + 1) + shift;
    if (weekday) {
        int32_t off = value(x, i + 1, DGM_TIME_WEEKDAY) - 1 - dgm_day_weekday(day);
        day += off > DGM_WEEK / 2 ? off - DGM_WEEK : off < -DGM_WEEK / 2 ? off + DGM_WEEK : off;
    }
    if (!told && names(x, i, last) && (day > x->today || day < x->today - NEAR))
        return false;
    set_day(e, i, told ? told : last, day);
    return true;
}

/* "Christmas", "Christmas Eve", "Christmas 2003", "New Year's Day". */
static bool holiday(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    int32_t month, day;
    uint32_t last = i;
    if (!inside(x, i) || x->sentence->words[i].deprel == DGM_REL_FLAT)
        return false; /* "Johnnie Christmas" */
    if (is(x, i, DGM_TIME_HOLIDAY) && value(x, i, DGM_TIME_HOLIDAY) < 0)
        return easter_day(x, i, e);
    if (is(x, i, DGM_TIME_HOLIDAY) && value(x, i, DGM_TIME_HOLIDAY) > 1231)
        return day_of_memory(x, i, value(x, i, DGM_TIME_HOLIDAY), e);
    if (is(x, i, DGM_TIME_HOLIDAY) && x->tokens[i].capital) {
        month = value(x, i, DGM_TIME_HOLIDAY) / 100;
        day = value(x, i, DGM_TIME_HOLIDAY) % 100;
    } else if (mark_is(x, i, DGM_MARK_NEW) && mark_is(x, i + 1, DGM_MARK_YEAR) &&
               x->tokens[i].capital && x->tokens[i + 1].capital && !is_other_calendar(x, i - 1)) {
        month = 1;
        day = 1;
        last = mark_is(x, i + 2, DGM_MARK_GENITIVE) ? i + 2 : i + 1;
    } else {
        return false;
    }
    int32_t eve = 0;
    if (mark_is(x, last + 1, DGM_MARK_DAY) || mark_is(x, last + 1, DGM_MARK_EVE))
        eve = mark_is(x, ++last, DGM_MARK_EVE);
    int32_t step;
    uint32_t year = year_after(x, last), which = year ? 0 : which_year_after(x, last, &step);
    dgm_day found = year    ? dgm_day_of(x->tokens[year].number, month, day)
                    : which ? dgm_day_of(dgm_day_year(x->today) + step, month, day)
                            : month_day_near(x, month, day, dgm_time_tense(x, i), false);
    set_day(e, i, year ? year : which ? which : last, found - eve);
    return true;
}

bool dgm_time_date_at(const dgm_time_scan *x, uint32_t i, dgm_time_expr *out)
{
    static bool (*const rules[])(const dgm_time_scan *, uint32_t, dgm_time_expr *) = {
        weekday_first, iso_date,   holiday,      month_first, day_first, day_alone,
        ordinal_day,   year_alone, spelled_year, century,     season
    };
    bool found = false;
    for (uint32_t k = 0; k < DGM_LEN(rules); k++) {
        dgm_time_expr e;
        bool read = rules[k](x, i, &e);
        take_longer(out, &found, &e, read);
    }
    return found;
}
