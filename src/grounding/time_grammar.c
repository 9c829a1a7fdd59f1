/* A small grammar of English time expressions over tokens, in the spirit of TimeML's TIMEX3 (ISO
 * 24617-1). Each rule reads at a given word and answers how far it came; the longest wins. The tree
 * is asked for tense only, so that expressions are found in badly parsed sentences too. */
#include "grounding/time_rules.h"

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
    e->duration = !known || !x->last_here; /* the sentence itself must tell the day */
    return true;
}

/* "ever since", "since then", "until then", "at the weekend", "over the weekend". */
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
        dgm_time_whole(x->today - (before_saturday && !ahead ? DGM_WEEK : 0), DGM_UNIT_WEEKEND,
                       &begin, &end);
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

static bool is_last(const dgm_time_scan *x, uint32_t k)
{
    return mark_is(x, k, DGM_MARK_LAST) || mark_is(x, k, DGM_MARK_FINAL);
}

/* "the first day of November", "the last day of May". */
static bool day_of_month(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i;
    int32_t n = ordinal_at(x, k);
    bool last = is_last(x, k);
    if ((!last && n < 1) || !mark_is(x, k + 1, DGM_MARK_DAY) || !mark_is(x, k + 2, DGM_MARK_OF) ||
        !dgm_time_date_at(x, k + 3, e) || e->grain != DGM_GRAIN_MONTH || e->begin + n - 1 > e->end)
        return false;
    set_day(e, i, e->last, last ? e->end : e->begin + n - 1);
    return true;
}

/* So many months of a year, after `from` months of it. */
static bool months_of(dgm_time_expr *e, uint32_t first, int32_t from, int32_t n, dgm_grain grain)
{
    dgm_day begin = dgm_day_add_months(e->begin, from);
    if (from < 0 || n < 1 || from + n > 12)
        return false;
    set(e, first, e->last, begin, dgm_day_add_months(begin, n) - 1, grain);
    if (grain == DGM_GRAIN_MONTH)
        dgm_time_set_range(e); /* "2019-01/2019-06", but "2018-Q4" */
    return true;
}

/* "the first half of 2019", "the fourth quarter of 2018", "the first three months of last year". */
static bool part_of_year(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    enum { MONTHS = 12 };
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i, unit = k + 1;
    int32_t n = ordinal_at(x, k), of_months = 1;
    bool last = is_last(x, k), quarter = false;
    if (!last && n < 1)
        return false;
    uint32_t counted = dgm_time_count(x, unit, &of_months);
    dgm_time_unit u;
    if (counted && dgm_time_unit_at(x, counted, &u) && u == DGM_UNIT_MONTH && n <= 1)
        unit = counted;
    else if (mark_is(x, unit, DGM_MARK_HALF))
        of_months = 6;
    else if (dgm_time_unit_at(x, unit, &u) && u == DGM_UNIT_QUARTER)
        quarter = true;
    else
        return false;
    of_months = quarter ? 3 : of_months;
    uint32_t year = unit + 2;
    if (!mark_is(x, unit + 1, DGM_MARK_OF) ||
        !(dgm_time_date_at(x, year, e) || dgm_time_which(x, year, e)) || e->grain != DGM_GRAIN_YEAR)
        return false;
    return months_of(e, i, last ? MONTHS - of_months : (n - 1) * of_months, of_months,
                     quarter ? DGM_GRAIN_SEASON : DGM_GRAIN_MONTH);
}

/* "the first week of May", "the last week of November 2010", "the second half of June". A week is
 * seven days from the first on; the last one ends with the month. */
static bool part_of_month(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i;
    int32_t n = ordinal_at(x, k);
    bool last = is_last(x, k), half = mark_is(x, k + 1, DGM_MARK_HALF);
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

/* Whether "of" and a single day, which *e gets, come after word k: "of March 31". */
static bool of_day(const dgm_time_scan *x, uint32_t k, dgm_time_expr *e)
{
    return mark_is(x, k + 1, DGM_MARK_OF) && dgm_time_date_at(x, k + 2, e) &&
           e->grain == DGM_GRAIN_DAY && e->begin != DGM_NO_DAY && e->begin == e->end;
}

/* "the week of May 4": seven days from that day on; "the weekend of May 4": the one nearest to it.
 */
static bool week_of(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i;
    int32_t unit = is(x, k, DGM_TIME_UNIT) ? value(x, k, DGM_TIME_UNIT) : DGM_N_TIME_UNITS;
    if ((unit != DGM_UNIT_WEEK && unit != DGM_UNIT_WEEKEND) || !of_day(x, k, e))
        return false;
    dgm_day begin = e->begin, end = e->begin + DGM_WEEK - 1;
    if (unit == DGM_UNIT_WEEKEND)
        dgm_time_whole(e->begin, DGM_UNIT_WEEKEND, &begin, &end);
    set(e, i, e->last, begin, end, unit == DGM_UNIT_WEEK ? DGM_GRAIN_WEEK : DGM_GRAIN_DAY);
    return true;
}

/* "the night of March 31", "the small hours of Friday". */
static bool part_of_date(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i;
    if (inside(x, k) && x->sentence->words[k].upos == DGM_ADJ)
        k++;
    if (!(is(x, k, DGM_TIME_PART) || mark_is(x, k, DGM_MARK_HOURS)) || !of_day(x, k, e))
        return false;
    set_day(e, i, e->last, e->begin);
    return true;
}

static bool core(const dgm_time_scan *x, uint32_t i, dgm_time_expr *out)
{
    *out = (dgm_time_expr) { 0 };
    static bool (*const rules[])(const dgm_time_scan *, uint32_t, dgm_time_expr *) = {
        dgm_time_date_at, dgm_time_deictic, dgm_time_counted, dgm_time_which, special,
        part_of_month,    part_of_year,     day_of_month,     week_of,        part_of_date
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
    if (!core(x, k, e) && !(mark_is(x, k, DGM_MARK_THE) && core(x, k + 1, e)) &&
        !dgm_time_the_unit(x, k, e))
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
