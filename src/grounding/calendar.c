/* Day numbers by the method of whole 400-year eras, years beginning on 1 March, so that the leap
 * day is the last of its year (Neri and Schneider 2023 give its history). */
#include "grounding/calendar.h"

static int32_t floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

dgm_day dgm_day_of(int32_t year, int32_t month, int32_t day)
{
    year -= month <= 2;
    int32_t era = floor_div(year, 400);
    int32_t year_of_era = year - era * 400;
    int32_t month_from_march = (month + 9) % 12;
    int32_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void dgm_day_split(dgm_day day, int32_t *year, int32_t *month, int32_t *day_of_month)
{
    int32_t shifted = day + 719468;
    int32_t era = floor_div(shifted, 146097);
    int32_t day_of_era = shifted - era * 146097;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

int32_t dgm_day_year(dgm_day day)
{
    int32_t year, month, day_of_month;
    dgm_day_split(day, &year, &month, &day_of_month);
    return year;
}

int32_t dgm_day_weekday(dgm_day day)
{
    int32_t rest = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return rest < 0 ? rest + 7 : rest;
}

dgm_day dgm_day_add_months(dgm_day day, int32_t months)
{
    int32_t year, month, day_of_month;
    dgm_day_split(day, &year, &month, &day_of_month);
    int32_t index = year * 12 + month - 1 + months;
    year = floor_div(index, 12);
    month = index - year * 12 + 1;
    return dgm_day_of(year, month, DGM_MIN(day_of_month, dgm_days_in_month(year, month)));
}

dgm_day dgm_month_begin(dgm_day day)
{
    int32_t year, month, day_of_month;
    dgm_day_split(day, &year, &month, &day_of_month);
    return day - day_of_month + 1;
}

dgm_day dgm_month_end(dgm_day day)
{
    int32_t year, month, day_of_month;
    dgm_day_split(day, &year, &month, &day_of_month);
    return day - day_of_month + dgm_days_in_month(year, month);
}

/* By the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 1991), with its letters. */
dgm_day dgm_day_easter(int32_t year)
{
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t g = (8 * b + 13) / 25, h = (19 * a + b - b / 4 - g + 15) % 30;
    int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return dgm_day_of(year, n / 31, n % 31 + 1);
}

static bool digits(const char *p, uint32_t n, int32_t *out)
{
    *out = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!dgm_is_digit((unsigned char)p[i]))
            return false;
        *out = *out * 10 + p[i] - '0';
    }
    return true;
}

bool dgm_day_parse(dgm_view iso, dgm_day *out)
{
    int32_t year, month, day;
    if (iso.n != 10 || iso.p[4] != '-' || iso.p[7] != '-' || !digits(iso.p, 4, &year) ||
        !digits(iso.p + 5, 2, &month) || !digits(iso.p + 8, 2, &day))
        return false;
    if (year < DGM_MIN_YEAR || month < 1 || month > 12 || day < 1 ||
        day > dgm_days_in_month(year, month))
        return false;
    *out = dgm_day_of(year, month, day);
    return true;
}

void dgm_day_write(dgm_day day, char out[11])
{
    int32_t year, month, day_of_month;
    day = DGM_MAX(day, dgm_day_of(DGM_MIN_YEAR, 1, 1));
    day = DGM_MIN(day, dgm_day_of(DGM_MAX_YEAR, 12, 31));
    dgm_day_split(day, &year, &month, &day_of_month);
    const int32_t parts[] = { year / 100, year % 100, month, day_of_month };
    char *p = out;
    for (uint32_t i = 0; i < DGM_LEN(parts); i++) {
        if (i >= 2)
            *p++ = '-';
        *p++ = (char)('0' + parts[i] / 10);
        *p++ = (char)('0' + parts[i] % 10);
    }
    *p = 0;
}
