/* calendar.h - days as numbers: the proleptic Gregorian calendar of ISO 8601, without libc. */
#ifndef DGM_CALENDAR_H
#define DGM_CALENDAR_H

#include "base/base.h"

/* Days since 1970-01-01. */
typedef int32_t dgm_day;
#define DGM_NO_DAY   INT32_MIN
#define DGM_MIN_YEAR 1
#define DGM_MAX_YEAR 9999

/* Month 1..12, day 1..31; a day past the month's end runs into the next month. */
dgm_day dgm_day_of(int32_t year, int32_t month, int32_t day);
void dgm_day_split(dgm_day day, int32_t *year, int32_t *month, int32_t *day_of_month);
int32_t dgm_day_year(dgm_day day);
int32_t dgm_day_weekday(dgm_day day); /* 0 Monday .. 6 Sunday */
/* The same day of another month, or that month's last. */
dgm_day dgm_day_add_months(dgm_day day, int32_t months);
dgm_day dgm_month_begin(dgm_day day);
dgm_day dgm_month_end(dgm_day day);
dgm_day dgm_day_easter(int32_t year); /* Easter Sunday of the western churches */
/* "2020-10-02", and nothing else; false for days that the calendar lacks. */
bool dgm_day_parse(dgm_view iso, dgm_day *out) DGM_MUST_USE;
/* Days outside of the years 1..9999 are written as the nearest day inside. */
void dgm_day_write(dgm_day day, char out[11]);

#endif
