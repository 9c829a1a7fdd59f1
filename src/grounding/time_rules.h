/* time_rules.h - the small verbs that the rules of the time grammar share. Internal to grounding.
 */
#ifndef DGM_TIME_RULES_H
#define DGM_TIME_RULES_H

#include "grounding/time_grammar.h"

enum { DGM_WEEK = 7, DGM_MAX_COUNT = 1000, DGM_FIRST_YEAR = 1000, DGM_LAST_YEAR = 2199 };

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
    return inside(x, i) && (x->tokens[i].marks >> mark & 1) != 0;
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
