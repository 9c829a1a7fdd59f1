/* Units of the calendar, and how many of them a text counts. */
#include "grounding/time_rules.h"

dgm_grain dgm_time_grain_of(dgm_time_unit unit)
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

dgm_day dgm_time_moved(dgm_day day, dgm_time_unit unit, int32_t n)
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

void dgm_time_whole(dgm_day day, dgm_time_unit unit, dgm_day *begin, dgm_day *end)
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
