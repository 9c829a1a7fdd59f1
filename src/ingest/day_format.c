/* Days as the user says that they are written: the letters of strptime(3) that make up a day, and
 * those of a time, which is passed over. "02/03/2022" is the second of March with %d/%m/%Y. */
#include "ingest/reader.h"

#include <string.h>

/* What has been read so far. */
typedef struct {
    unsigned year, month, day;
    dgm_view rest;
} reading;

static bool number(reading *r, size_t longest, unsigned *out)
{
    size_t n = 0;
    *out = 0;
    for (; n < r->rest.n && n < longest && dgm_is_digit((unsigned char)r->rest.p[n]); n++)
        *out = *out * 10 + (unsigned)(r->rest.p[n] - '0');
    r->rest = dgm_view_slice(r->rest, n, r->rest.n);
    return n > 0;
}

static dgm_view word(reading *r)
{
    size_t n = 0;
    while (n < r->rest.n && dgm_is_alpha((unsigned char)r->rest.p[n]))
        n++;
    dgm_view v = dgm_view_slice(r->rest, 0, n);
    r->rest = dgm_view_slice(r->rest, n, r->rest.n);
    return v;
}

static void pass_space(reading *r)
{
    size_t n = 0;
    while (n < r->rest.n && dgm_is_space((unsigned char)r->rest.p[n]))
        n++;
    r->rest = dgm_view_slice(r->rest, n, r->rest.n);
}

/* A zone is a word or "+01:00". */
static bool zone(reading *r)
{
    size_t n = 0;
    while (n < r->rest.n &&
           (dgm_is_alpha((unsigned char)r->rest.p[n]) ||
            dgm_is_digit((unsigned char)r->rest.p[n]) || strchr("+-:", r->rest.p[n])))
        n++;
    r->rest = dgm_view_slice(r->rest, n, r->rest.n);
    return n > 0;
}

/* One letter after a percent sign. */
static bool field(reading *r, char letter)
{
    unsigned passed;
    switch (letter) {
    case 'Y':
        return number(r, 4, &r->year);
    case 'y':
        if (!number(r, 2, &r->year))
            return false;
        r->year += r->year < 70 ? 2000 : 1900;
        return true;
    case 'm':
        return number(r, 2, &r->month);
    case 'd':
    case 'e':
        pass_space(r);
        return number(r, 2, &r->day);
    case 'b':
    case 'B':
    case 'h':
        return (r->month = dgm_month_of(word(r))) > 0;
    case 'a':
    case 'A':
    case 'p':
        return word(r).n > 0;
    case 'H':
    case 'I':
    case 'M':
    case 'S':
        return number(r, 2, &passed);
    case 'z':
    case 'Z':
        return zone(r);
    default:
        return false;
    }
}

/* Any white space stands for any. */
static bool literal(reading *r, char c)
{
    if (dgm_is_space((unsigned char)c)) {
        pass_space(r);
        return true;
    }
    if (r->rest.n == 0 || r->rest.p[0] != c)
        return false;
    r->rest = dgm_view_slice(r->rest, 1, r->rest.n);
    return true;
}

bool dgm_day_by_format(const char *format, dgm_view v, char day[11], size_t *n)
{
    reading r = { .rest = v };
    char written[32];
    for (const char *p = format; *p; p++) {
        bool escaped = p[0] == '%' && p[1];
        p += escaped;
        if (escaped && *p != '%' ? !field(&r, *p) : !literal(&r, *p))
            return false;
    }
    if (r.rest.n > 0 && dgm_is_digit((unsigned char)r.rest.p[0])) /* part of a longer number */
        return false;
    snprintf(written, sizeof written, "%04u-%02u-%02u", r.year, r.month, r.day);
    if (!dgm_is_day(dgm_view_of(written)))
        return false;
    memcpy(day, written, 11);
    *n = v.n - r.rest.n;
    return true;
}

bool dgm_story_day(const dgm_reader *r, dgm_view v, char day[11])
{
    size_t n;
    v = dgm_view_trim(v);
    return (r->options.date_format && dgm_day_by_format(r->options.date_format, v, day, &n)) ||
           dgm_find_day(v, day);
}

dgm_status dgm_check_date_format(const char *format, dgm_err *err)
{
    bool year = false, month = false, day = false, known = true;
    for (const char *p = format ? format : "%Y%m%d"; *p; p++) {
        if (*p != '%')
            continue;
        p++;
        year = year || *p == 'Y' || *p == 'y';
        month = month || (*p && strchr("mbBh", *p));
        day = day || *p == 'd' || *p == 'e';
        known = known && *p && strchr("YymdebBhaApHIMSzZ%", *p);
        if (!*p)
            break;
    }
    if (known && year && month && day)
        return DGM_OK;
    return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                    "--date-format needs %%d, %%m or %%b, and %%Y or %%y, as in %%d/%%m/%%Y, and "
                    "may have %%a %%H %%I %%M %%S %%p %%z, not '%s'",
                    format);
}
