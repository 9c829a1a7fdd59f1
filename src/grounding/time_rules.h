/* time_rules.h - the small verbs that the rules of the time grammar share. Internal to grounding.
 */
#ifndef DGM_TIME_RULES_H
#define DGM_TIME_RULES_H

#include "grounding/time_grammar.h"

enum { DGM_WEEK = 7, DGM_MAX_COUNT = 1000, DGM_FIRST_YEAR = 1000, DGM_LAST_YEAR = 2199 };

/* ---- time_units.c ---- */
dgm_grain dgm_time_grain_of(dgm_time_unit unit);
/* The day moved by n units. */
dgm_day dgm_time_moved(dgm_day day, dgm_time_unit unit, int32_t n);
/* The whole week, month, year ... that holds the day. */
void dgm_time_whole(dgm_day day, dgm_time_unit unit, dgm_day *begin, dgm_day *end);
/* How many units: "two", "2", "a", "a few", "a couple of", "several", "some twenty", "two dozen".
 * Returns the word after, or 0. */
uint32_t dgm_time_count(const dgm_time_scan *scan, uint32_t i, int32_t *n);
bool dgm_time_unit_at(const dgm_time_scan *scan, uint32_t i, dgm_time_unit *unit);

/* ---- time_value.c ---- */
/* TIMEX3's kind and value by grain and days; what has a value keeps it. */
void dgm_time_set_value(const dgm_time_scan *scan, dgm_time_expr *e);
/* The same for what was joined to a range: "2020-05/2020-07". */
void dgm_time_set_range(dgm_time_expr *e);
/* "P2W", counted by words first..end-1: "PXW" for a few and n 0, "P2.5Y" with a half. */
void dgm_time_set_period(const dgm_time_scan *scan, dgm_time_expr *e, dgm_timex_kind kind,
                         int32_t n, dgm_time_unit unit, uint32_t first, uint32_t end);
/* "XXXX-WXX": a date of that size, not known which. */
void dgm_time_set_unknown(dgm_time_expr *e, dgm_time_unit unit);
/* PAST_REF, PRESENT_REF, FUTURE_REF by -1, 0, 1. */
void dgm_time_set_reference(dgm_time_expr *e, int32_t where);
/* Whether a vague word ("few", "several") is among words first..end-1. */
bool dgm_time_is_vague(const dgm_time_scan *scan, uint32_t first, uint32_t end);
const char *dgm_time_part_code(dgm_time_part part); /* "TMO", "T12:00" */
const char *dgm_time_season_code(int32_t month);    /* "SP" for 3 */

/* ---- time_dates.c ---- */
/* Dates of the calendar: "Friday, Oct 2", "May 2020", "in 2015", "summer 2014", "Christmas". */
bool dgm_time_date_at(const dgm_time_scan *scan, uint32_t i, dgm_time_expr *out);
bool dgm_time_is_month(const dgm_time_scan *scan, uint32_t i);
bool dgm_time_is_weekday(const dgm_time_scan *scan, uint32_t i);
/* The last or the next such day; 0 is Monday. */
dgm_day dgm_time_weekday_near(const dgm_time_scan *scan, int32_t weekday, dgm_tense tense);
void dgm_time_set_month(dgm_time_expr *e, uint32_t first, uint32_t last, int32_t year,
                        int32_t month);
/* Three months from month on. */
void dgm_time_set_season(dgm_time_expr *e, uint32_t first, uint32_t last, int32_t year,
                         int32_t month);

/* ---- time_counted.c ---- */
/* "today", "yesterday morning", "the day before yesterday". */
bool dgm_time_deictic(const dgm_time_scan *scan, uint32_t i, dgm_time_expr *out);
/* "two days ago", "a week earlier", "three days after Christmas", "in two weeks", "for an hour",
 * "weeks ago". */
bool dgm_time_counted(const dgm_time_scan *scan, uint32_t i, dgm_time_expr *out);

/* ---- time_which.c ---- */
/* "last Friday", "this month", "the past three days", "that day". */
bool dgm_time_which(const dgm_time_scan *scan, uint32_t i, dgm_time_expr *out);
/* "the year", "the month" after "earlier in", "the end of". */
bool dgm_time_the_unit(const dgm_time_scan *scan, uint32_t i, dgm_time_expr *out);

/* The day told in the sentences next before, within a month of the report, where what was told last
 * is too long for a count of units to go on from; DGM_NO_DAY. */
dgm_day dgm_time_day_before_long(const dgm_time_scan *scan, dgm_time_unit unit);

/* ---- small questions ---- */
static inline bool inside(const dgm_time_scan *x, uint32_t i)
{
    return i >= 1 && i <= x->sentence->n_words;
}

static inline bool is(const dgm_time_scan *x, uint32_t i, dgm_time_class class)
{
    return inside(x, i) && (x->tokens[i].classes >> class & 1) != 0;
}

static inline int32_t value(const dgm_time_scan *x, uint32_t i, dgm_time_class class)
{
    return inside(x, i) ? dgm_time_value(x->words, x->tokens + i, class) : 0;
}

static inline bool mark_is(const dgm_time_scan *x, uint32_t i, dgm_time_mark mark)
{
    return inside(x, i) && (x->tokens[i].marks[mark / 64] >> mark % 64 & 1) != 0;
}

static inline bool form_is(const dgm_time_scan *x, uint32_t i, const char *form)
{
    return inside(x, i) && dgm_view_eq_nocase(x->sentence->words[i].form, dgm_view_of(form));
}

static inline bool is_dash(const dgm_time_scan *x, uint32_t i)
{
    return form_is(x, i, "-") || form_is(x, i, "\xE2\x80\x93") || form_is(x, i, "\xE2\x80\x94");
}

static inline bool has_shape(const dgm_time_scan *x, uint32_t i, dgm_time_shape shape)
{
    return inside(x, i) && x->tokens[i].shape == shape;
}

/* "first", "2nd"; 0: no ordinal stands there. */
static inline int32_t ordinal_at(const dgm_time_scan *x, uint32_t k)
{
    return has_shape(x, k, DGM_SHAPE_ORDINAL) ? x->tokens[k].number : value(x, k, DGM_TIME_ORDINAL);
}

static inline bool is_day_number(const dgm_time_scan *x, uint32_t i)
{
    return (has_shape(x, i, DGM_SHAPE_DIGITS) || has_shape(x, i, DGM_SHAPE_ORDINAL)) &&
           x->tokens[i].number >= 1 && x->tokens[i].number <= 31 &&
           x->sentence->words[i].form.n <= 4;
}

static inline bool is_year(const dgm_time_scan *x, uint32_t i)
{
    return has_shape(x, i, DGM_SHAPE_DIGITS) &&
           x->sentence->words[i].form.n == (x->tokens[i].mid ? 8 : 4) &&
           x->tokens[i].number >= DGM_FIRST_YEAR && x->tokens[i].number <= DGM_LAST_YEAR;
}

static inline void set(dgm_time_expr *e, uint32_t first, uint32_t last, dgm_day begin, dgm_day end,
                       dgm_grain grain)
{
    *e = (dgm_time_expr) {
        .first = first, .last = last, .begin = begin, .end = end, .grain = grain
    };
}

static inline void set_day(dgm_time_expr *e, uint32_t first, uint32_t last, dgm_day day)
{
    set(e, first, last, day, day, DGM_GRAIN_DAY);
}

/* Keeps the longer of what was read. */
static inline void take_longer(dgm_time_expr *best, bool *found, const dgm_time_expr *e, bool read)
{
    if (read && (!*found || e->last > best->last)) {
        *best = *e;
        *found = true;
    }
}

#endif
