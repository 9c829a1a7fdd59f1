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

static bool is_compact_day(dgm_view v)
{
    unsigned year, month, day;
    return v.n == 8 && digits(v.p, 4, &year) && digits(v.p + 4, 2, &month) &&
           digits(v.p + 6, 2, &day) && dgm_is_calendar_day(year, month, day);
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

/* ---- days in running words ------------------------------------------------------------------ */

/* A number or a word of a date, and how many digits the number has. */
typedef struct {
    dgm_view text;
    unsigned number;
    bool is_number;
} part;

unsigned dgm_month_of(dgm_view word)
{
    static const char *const months[] = { "january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december" };
    if (word.n < 3)
        return 0;
    for (unsigned i = 0; i < DGM_LEN(months); i++) {
        dgm_view month = dgm_view_of(months[i]);
        bool short_form = word.n == 3 || (word.n == 4 && i == 8); /* "Sept" */
        if (dgm_view_eq_nocase(word, short_form ? dgm_view_slice(month, 0, word.n) : month))
            return i + 1;
    }
    return 0;
}

/* The next number or word; "2nd" is the number 2. */
static bool next_part(dgm_view *rest, part *out)
{
    size_t at = 0, end;
    while (at < rest->n && !dgm_is_digit((unsigned char)rest->p[at]) &&
           !dgm_is_alpha((unsigned char)rest->p[at]))
        at++;
    if (at == rest->n)
        return false;
    *out = (part) { .is_number = dgm_is_digit((unsigned char)rest->p[at]) };
    for (end = at; end < rest->n; end++) {
        unsigned char c = (unsigned char)rest->p[end];
        if (out->is_number ? !dgm_is_digit(c) : !dgm_is_alpha(c))
            break;
    }
    out->text = dgm_view_slice(*rest, at, end);
    out->is_number =
        out->is_number && out->text.n <= 8 && digits(out->text.p, out->text.n, &out->number);
    if (out->is_number && out->text.n <= 2) {
        static const char *const ordinals[] = { "st", "nd", "rd", "th" };
        for (size_t i = 0; i < DGM_LEN(ordinals); i++) {
            if (dgm_view_eq_nocase(dgm_view_slice(*rest, end, end + 2), dgm_view_of(ordinals[i])) &&
                (end + 2 >= rest->n || !dgm_is_alpha((unsigned char)rest->p[end + 2])))
                end += 2;
        }
    }
    *rest = dgm_view_slice(*rest, end, rest->n);
    return true;
}

static bool set_day(unsigned year, unsigned month, unsigned day, char out[11])
{
    if (!dgm_is_calendar_day(year, month, day) || year > 9999)
        return false;
    snprintf(out, 11, "%04u-%02u-%02u", year, month % 100, day % 100);
    return true;
}

static unsigned whole_year(const part *p)
{
    return p->text.n == 2 ? p->number + (p->number < 70 ? 2000 : 1900) : p->number;
}

/* Whether three parts are year, month and day in one of the orders that cannot be mistaken. */
static bool day_of_parts(const part p[3], char out[11])
{
    bool year_first = p[0].is_number && p[0].text.n == 4,
         year_last = p[2].is_number && (p[2].text.n == 4 || p[2].text.n == 2);
    if (year_first && p[1].is_number && p[2].is_number && p[1].text.n <= 2 && p[2].text.n <= 2)
        return set_day(p[0].number, p[1].number, p[2].number, out);
    if (!year_last || (p[0].is_number == p[1].is_number))
        return false;
    unsigned month = dgm_month_of(p[p[0].is_number ? 1 : 0].text);
    const part *day = &p[p[0].is_number ? 0 : 1];
    return month > 0 && day->text.n <= 2 && set_day(whole_year(&p[2]), month, day->number, out);
}

bool dgm_find_day(dgm_view v, char day[11])
{
    enum { MOST_PARTS = 40 };
    if (dgm_read_day(v, day))
        return true;
    dgm_view rest = v;
    part p[3] = { { .text = { "", 0 } } };
    for (uint32_t n = 0; n < MOST_PARTS && next_part(&rest, &p[2]); n++) {
        if ((p[2].is_number && p[2].text.n == 8 && dgm_read_day(p[2].text, day)) ||
            (n >= 2 && day_of_parts(p, day)))
            return true;
        p[0] = p[1];
        p[1] = p[2];
    }
    return false;
}

bool dgm_looks_like_a_day(dgm_view v)
{
    enum { PARTS = 3, LONGEST = 40, YEAR = 4 };
    part p;
    uint32_t n = 0, n_numbers = 0;
    dgm_view behind = v;
    if (v.n <= LONGEST && next_part(&behind, &p) && dgm_view_ends(p.text, DGM_VIEW("day")))
        v = behind; /* "Thursday," */
    for (; v.n <= LONGEST && next_part(&v, &p); n++) {
        if (p.is_number ? p.text.n > YEAR : dgm_month_of(p.text) == 0)
            return false;
        n_numbers += p.is_number;
    }
    return n == PARTS && n_numbers + 1 >= PARTS;
}

static bool is_alnum(char c)
{
    return dgm_is_alpha((unsigned char)c) || dgm_is_digit((unsigned char)c);
}

/* The month in an address, in figures or three letters; 0: none. */
static unsigned month_of_address(dgm_view name)
{
    unsigned month = 0;
    if (name.n == 3)
        return dgm_month_of(name);
    return (name.n == 1 || name.n == 2) && digits(name.p, name.n, &month) ? month : 0;
}

static dgm_view letters_and_digits(dgm_view rest, size_t most)
{
    size_t n = 0;
    while (n < rest.n && n < most && is_alnum(rest.p[n]))
        n++;
    return dgm_view_slice(rest, 0, n);
}

/* "20200317" with nothing of its kind behind. */
static bool day_of_figures(dgm_view rest, unsigned year, char day[11])
{
    unsigned month, d;
    return digits(rest.p + 4, 2, &month) && digits(rest.p + 6, 2, &d) &&
           (rest.n == 8 || !is_alnum(rest.p[8])) && set_day(year, month, d, day);
}

/* Three parts of an address between the same signs ("2020/mar/17/", "2020-03-17"), or eight digits
 * by themselves. */
static bool day_of_address(dgm_view rest, char day[11])
{
    unsigned year, d;
    if (rest.n < 8 || !digits(rest.p, 4, &year) || year < 1900)
        return false;
    char between = rest.p[4];
    if (between != '/' && between != '-')
        return day_of_figures(rest, year, day);
    dgm_view name = letters_and_digits(dgm_view_slice(rest, 5, rest.n), 3);
    unsigned month = month_of_address(name);
    size_t end = 5 + name.n;
    if (month == 0 || end >= rest.n || rest.p[end] != between)
        return false;
    size_t from = end + 1;
    for (end = from; end < rest.n && end < from + 3 && dgm_is_digit((unsigned char)rest.p[end]);)
        end++;
    return end > from && end <= from + 2 && digits(rest.p + from, end - from, &d) &&
           (end == rest.n || between == '/' || !is_alnum(rest.p[end])) &&
           set_day(year, month, d, day);
}

bool dgm_day_in_url(dgm_view url, char day[11])
{
    for (size_t at = 1; at < url.n; at++) {
        if (!is_alnum(url.p[at - 1]) && day_of_address(dgm_view_slice(url, at, url.n), day))
            return true;
    }
    return false;
}

void dgm_day_after(char day[11])
{
    unsigned year = 0, month = 0, d = 0;
    if (!dgm_is_day(dgm_view_of(day)) || !digits(day, 4, &year) || !digits(day + 5, 2, &month) ||
        !digits(day + 8, 2, &d))
        return;
    if (!set_day(year, month, d + 1, day) && !set_day(year, month + 1, 1, day))
        set_day(year + 1, 1, 1, day);
}

/* ---- days of files -------------------------------------------------------------------------- */

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

bool dgm_has_default_date(const dgm_reader *r)
{
    char day[11] = "";
    day_in_name(dgm_view_of(r->stem), day);
    return day[0] || r->options.default_date || r->options.date_optional;
}

bool dgm_default_date(dgm_reader *r, dgm_document *doc, size_t line)
{
    if (doc->date[0] && doc->date_basis.n == 0)
        doc->date_basis = DGM_VIEW("input");
    if (doc->date[0])
        return true;
    day_in_name(dgm_view_of(r->stem), doc->date);
    if (doc->date[0]) {
        doc->date_basis = DGM_VIEW("file");
    } else if (r->options.default_date) {
        snprintf(doc->date, sizeof doc->date, "%s", r->options.default_date);
        doc->date_basis = DGM_VIEW("option");
    }
    if (doc->date[0] || r->options.date_optional)
        return true;
    dgm_refuse(r, DGM_EFORMAT, line,
               "the story has no date and is passed over: neither its text nor the file's name "
               "gives one, nor --date");
    return false;
}
