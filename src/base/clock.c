/* What time it is, how long months are, and what a day is. */
#include "base/base.h"

#include <time.h>

double dgm_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

const char *dgm_utc(int64_t seconds, char out[DGM_UTC])
{
    time_t when = (time_t)seconds;
    struct tm tm;
    if (!gmtime_r(&when, &tm) || strftime(out, DGM_UTC, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        out[0] = '\0';
    return out;
}

int32_t dgm_days_in_month(int32_t year, int32_t month)
{
    static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool dgm_is_calendar_day(uint64_t year, uint64_t month, uint64_t day)
{
    return year >= 1 && year <= INT32_MAX && month >= 1 && month <= 12 && day >= 1 &&
           day <= (uint64_t)dgm_days_in_month((int32_t)year, (int32_t)month);
}

bool dgm_is_day(dgm_view v)
{
    uint64_t year, month, day;
    return v.n == 10 && v.p[4] == '-' && v.p[7] == '-' &&
           dgm_parse_u64(dgm_view_slice(v, 0, 4), &year) &&
           dgm_parse_u64(dgm_view_slice(v, 5, 7), &month) &&
           dgm_parse_u64(dgm_view_slice(v, 8, 10), &day) && dgm_is_calendar_day(year, month, day);
}
