/* The kind and value of a time expression as TimeML's TIMEX3 has them (ISO 24617-1; TIMEX3
 * annotation guidelines 1.2.1): calendar dates of ISO 8601 at the grain that the words have, "SU"
 * and "Q3" for seasons and quarters, "WE" for weekends, "TMO" and its kin for parts of a day. */
#include "grounding/time_rules.h"

#include <string.h>

typedef struct {
    char text[DGM_MAX_TIMEX];
} value_text;

bool dgm_time_is_vague(const dgm_time_scan *x, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        if (is(x, i, DGM_TIME_VAGUE))
            return true;
    }
    return false;
}

const char *dgm_time_part_code(dgm_time_part part)
{
    static const char *const codes[DGM_N_TIME_PARTS] = {
        [DGM_PART_MORNING] = "TMO",     [DGM_PART_MIDDAY] = "TMI",  [DGM_PART_NOON] = "T12:00",
        [DGM_PART_AFTERNOON] = "TAF",   [DGM_PART_EVENING] = "TEV", [DGM_PART_NIGHT] = "TNI",
        [DGM_PART_MIDNIGHT] = "T24:00",
    };
    return part < DGM_N_TIME_PARTS ? codes[part] : "";
}

const char *dgm_time_season_code(int32_t month)
{
    return month < 3 || month == 12 ? "WI" : month < 6 ? "SP" : month < 9 ? "SU" : "FA";
}

/* ISO 8601: the week belongs to the year that has its Thursday. */
static value_text week_of(dgm_day day)
{
    value_text out;
    dgm_day thursday = day - dgm_day_weekday(day) + 3;
    int32_t year = dgm_day_year(thursday);
    int32_t week = (thursday - dgm_day_of(year, 1, 1)) / DGM_WEEK + 1;
    snprintf(out.text, sizeof out.text, "%04d-W%02d", (int)year, (int)week);
    return out;
}

static value_text written(dgm_day day, dgm_grain grain)
{
    value_text out;
    int32_t year, month, of_month;
    dgm_day_split(day, &year, &month, &of_month);
    switch (grain) {
    case DGM_GRAIN_WEEK:
        return week_of(day);
    case DGM_GRAIN_MONTH:
        snprintf(out.text, sizeof out.text, "%04d-%02d", (int)year, (int)month);
        break;
    case DGM_GRAIN_SEASON:
        snprintf(out.text, sizeof out.text, "%04d-%s", (int)year, dgm_time_season_code(month));
        break;
    case DGM_GRAIN_YEAR:
        snprintf(out.text, sizeof out.text, "%04d", (int)year);
        break;
    case DGM_GRAIN_DECADE:
        snprintf(out.text, sizeof out.text, "%03d", (int)year / 10);
        break;
    case DGM_GRAIN_CENTURY:
        snprintf(out.text, sizeof out.text, "%02d", (int)(year - 1) / 100);
        break;
    default:
        dgm_day_write(day, out.text);
    }
    return out;
}

static bool has_unit(const dgm_time_scan *x, const dgm_time_expr *e, dgm_time_unit wanted)
{
    dgm_time_unit unit;
    for (uint32_t i = e->first; i <= e->last; i++) {
        if (dgm_time_unit_at(x, i, &unit) && unit == wanted)
            return true;
    }
    return false;
}

/* "Friday night": the part of the day, where one is told. */
static const char *part_of(const dgm_time_scan *x, const dgm_time_expr *e)
{
    for (uint32_t i = e->first; i <= e->last; i++) {
        if (is(x, i, DGM_TIME_PART))
            return dgm_time_part_code((dgm_time_part)value(x, i, DGM_TIME_PART));
        if (is(x, i, DGM_TIME_DEICTIC) && mark_is(x, i, DGM_MARK_TONIGHT))
            return dgm_time_part_code(DGM_PART_NIGHT);
    }
    return NULL;
}

void dgm_time_set_range(dgm_time_expr *e)
{
    value_text begin = written(e->begin, e->grain), end = written(e->end, e->grain);
    snprintf(e->value, sizeof e->value, "%.16s/%.16s", begin.text, end.text);
}

void dgm_time_set_value(const dgm_time_scan *x, dgm_time_expr *e)
{
    if (e->value[0] || e->begin == DGM_NO_DAY)
        return;
    value_text text = written(e->begin, e->grain);
    const char *part = e->grain == DGM_GRAIN_DAY ? part_of(x, e) : NULL;
    bool one_day = e->grain == DGM_GRAIN_DAY && e->begin == e->end;
    e->kind = DGM_TIMEX_DATE;
    if (e->grain == DGM_GRAIN_SEASON && has_unit(x, e, DGM_UNIT_QUARTER)) {
        int32_t year, month, day;
        dgm_day_split(e->begin, &year, &month, &day);
        snprintf(e->value, sizeof e->value, "%04d-Q%d", (int)year, (int)(month - 1) / 3 + 1);
    } else if (e->grain == DGM_GRAIN_DAY && has_unit(x, e, DGM_UNIT_WEEKEND)) {
        snprintf(e->value, sizeof e->value, "%.16s-WE", week_of(e->begin).text);
    } else if (one_day && part) {
        e->kind = DGM_TIMEX_TIME;
        snprintf(e->value, sizeof e->value, "%.16s%s", text.text, part);
    } else if (strcmp(written(e->end, e->grain).text, text.text) != 0 && !e->anaphoric) {
        dgm_time_set_range(e);
    } else {
        snprintf(e->value, sizeof e->value, "%s", text.text);
    }
}

void dgm_time_set_period(const dgm_time_scan *x, dgm_time_expr *e, dgm_timex_kind kind, int32_t n,
                         dgm_time_unit unit, uint32_t first, uint32_t end)
{
    static const char *const codes[DGM_N_TIME_UNITS] = {
        [DGM_UNIT_SECOND] = "S",    [DGM_UNIT_MINUTE] = "M",   [DGM_UNIT_HOUR] = "H",
        [DGM_UNIT_DAY] = "D",       [DGM_UNIT_WEEKEND] = "WE", [DGM_UNIT_WEEK] = "W",
        [DGM_UNIT_FORTNIGHT] = "W", [DGM_UNIT_MONTH] = "M",    [DGM_UNIT_QUARTER] = "Q",
        [DGM_UNIT_YEAR] = "Y",      [DGM_UNIT_DECADE] = "DE",  [DGM_UNIT_CENTURY] = "CE",
    };
    char number[24];
    bool half = false;
    for (uint32_t i = first; i < end; i++)
        half = half || mark_is(x, i, DGM_MARK_HALF);
    snprintf(number, sizeof number, "%d%s", (int)(unit == DGM_UNIT_FORTNIGHT ? n * 2 : n),
             half ? ".5" : "");
    e->kind = kind;
    snprintf(e->value, sizeof e->value, "P%s%s%s", unit <= DGM_UNIT_HOUR ? "T" : "",
             n == 0 || dgm_time_is_vague(x, first, end) ? "X" : number, codes[unit]);
}

void dgm_time_set_unknown(dgm_time_expr *e, dgm_time_unit unit)
{
    const char *text = unit == DGM_UNIT_WEEK || unit == DGM_UNIT_FORTNIGHT ? "XXXX-WXX"
                       : unit == DGM_UNIT_WEEKEND                          ? "XXXX-WXX-WE"
                       : unit == DGM_UNIT_MONTH                            ? "XXXX-XX"
                       : unit == DGM_UNIT_QUARTER                          ? "XXXX-QX"
                       : unit >= DGM_UNIT_YEAR                             ? "XXXX"
                                                                           : "XXXX-XX-XX";
    e->kind = DGM_TIMEX_DATE;
    snprintf(e->value, sizeof e->value, "%s", text);
}

void dgm_time_set_reference(dgm_time_expr *e, int32_t where)
{
    e->kind = DGM_TIMEX_DATE;
    snprintf(e->value, sizeof e->value, "%s_REF",
             where < 0   ? "PAST"
             : where > 0 ? "FUTURE"
                         : "PRESENT");
}
