/* select.h - a filter as SQL. Inside store. */
#ifndef DGM_SELECT_H
#define DGM_SELECT_H

#include "store/sql.h"

enum { DGM_MOST_VALUES = 60 };

/* A statement that is being written, with its values. */
typedef struct {
    dgm_sql *db;
    dgm_buffer from, where;
    const char *date; /* the column that is ordered by: that of the index in use */
    const char *event;
    dgm_cell values[DGM_MOST_VALUES];
    uint32_t n;
    dgm_arena *arena;
    dgm_err *err;
    dgm_status status;
} dgm_select;

/* Events `e` that pass the filter: "FROM ... WHERE ..."; ended with dgm_select_done(). */
dgm_status dgm_select_init(dgm_select *s, dgm_store *store, const dgm_filter *filter, dgm_err *err);
void dgm_select_done(dgm_select *s);
/* select_more.c: the conditions that are seldom asked for. */
void dgm_select_more(dgm_select *s, const dgm_filter *f);
/* Of participants and attributions: "country", "code" or "name", by the look of a word. */
const char *dgm_column_of(dgm_view who);
/* Words as both engines take them; empty: there is none; p NULL: no memory. */
dgm_view dgm_search_words(dgm_arena *arena, dgm_view words);
/* Why these empty words are not searched for. */
dgm_status dgm_no_words(dgm_view match, dgm_err *err);
/* Appends FROM and WHERE to a statement. */
void dgm_select_put(const dgm_select *s, dgm_buffer *sql);
/* By what events are one; NULL: each stands for itself. */
const char *dgm_one_by(const dgm_filter *filter, dgm_per per);
/* The same as dgm_select_put(), of those that are one the first only. */
void dgm_select_put_once(const dgm_select *s, const char *by, dgm_buffer *sql);
/* Runs it; n_more further values stand after the filter's. */
dgm_status dgm_select_run(dgm_select *s, dgm_buffer *sql, dgm_row_out_fn fn, void *context);

/* tally.c: counts by a group, by a period, or by both (two): SQL of the group over `e` and what
 * `join` adds. Rows as dgm_store_series() has them, without a group or period that is not asked. */
typedef struct {
    const char *group, *join;
    bool is_number, by_size, two;
    dgm_by period; /* DGM_BY_NOTHING: none */
    dgm_per per;
    uint64_t limit; /* 0: all */
} dgm_counting;
dgm_status dgm_tally_run(dgm_store *store, const dgm_filter *filter, const dgm_counting *how,
                         dgm_row_out_fn fn, void *context, dgm_err *err);

/* SQL by which events `e` are grouped (or stories `e`, by periods); DGM_BY_NOTHING: a constant. */
const char *dgm_group_sql(const dgm_store *store, dgm_by by);
/* Counts by group and, in it, by period, both in order: group, period, dgm_count_columns. */
dgm_status dgm_count_by_period(dgm_store *store, const dgm_filter *filter, dgm_by by, dgm_by period,
                               dgm_per per, dgm_row_out_fn fn, void *context, dgm_err *err);

#endif
