/* Days as inputs and file names write them. */
#include "ingest/reader.h"

#include <string.h>

static bool digits(const char *p, size_t n, unsigned *out)
{
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (!dgm_is_digit((unsigned char)p[i]))
            return false;
        *out = *out * 10 + (unsigned)(p[i] - '0');
    }
    return true;
}

static bool is_calendar_day(unsigned year, unsigned month, unsigned day)
{
    static const unsigned lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= lengths[month - 1] + (month == 2 && leap);
}

bool dgm_is_day(dgm_view v)
{
    unsigned year, month, day;
    return v.n == 10 && v.p[4] == '-' && v.p[7] == '-' && digits(v.p, 4, &year) &&
           digits(v.p + 5, 2, &month) && digits(v.p + 8, 2, &day) &&
           is_calendar_day(year, month, day);
}

static bool is_compact_day(dgm_view v)
{
    unsigned year, month, day;
    return v.n == 8 && digits(v.p, 4, &year) && digits(v.p + 4, 2, &month) &&
           digits(v.p + 6, 2, &day) && is_calendar_day(year, month, day);
}

static void put_day(dgm_view v, char day[11])
{
    if (v.n == 10)
        memcpy(day, v.p, 10);
    else
        snprintf(day, 11, "%.4s-%.2s-%.2s", v.p, v.p + 4, v.p + 6);
    day[10] = '\0';
}

bool dgm_read_day(dgm_view v, char day[11])
{
    v = dgm_view_trim(v);
    if (v.n > 10 && (v.p[10] == 'T' || v.p[10] == 't' || v.p[10] == ' '))
        v.n = 10;
    if (!dgm_is_day(v) && !is_compact_day(v))
        return false;
    put_day(v, day);
    return true;
}

/* The first day in a file's name that is not part of a longer number. */
static void day_in_name(dgm_view name, char day[11])
{
    static const size_t lengths[] = { 10, 8 };
    for (size_t at = 0; at < name.n; at++) {
        if (at > 0 && dgm_is_digit((unsigned char)name.p[at - 1]))
            continue;
        for (size_t i = 0; i < DGM_LEN(lengths); i++) {
            size_t end = at + lengths[i];
            if (end > name.n || (end < name.n && dgm_is_digit((unsigned char)name.p[end])))
                continue;
            if (dgm_read_day(dgm_view_slice(name, at, end), day))
                return;
        }
    }
}

bool dgm_default_date(dgm_reader *r, dgm_document *doc, size_t line)
{
    if (doc->date[0])
        return true;
    day_in_name(dgm_view_of(r->stem), doc->date);
    if (!doc->date[0] && r->options.default_date)
        snprintf(doc->date, sizeof doc->date, "%s", r->options.default_date);
    if (doc->date[0] || r->options.date_optional)
        return true;
    dgm_complain(r->options.complaints, DGM_EFORMAT, dgm_source_name(r->source), line,
                 "the story has no date and is passed over: neither its text nor the file's name "
                 "gives one, nor --date");
    return false;
}
