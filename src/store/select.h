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
/* Appends FROM and WHERE to a statement. */
void dgm_select_put(const dgm_select *s, dgm_buffer *sql);
/* Runs it; n_more further values stand after the filter's. */
dgm_status dgm_select_run(dgm_select *s, dgm_buffer *sql, dgm_row_out_fn fn, void *context);

/* What only the record of an event `e` tells, or a place `l`. */
#define DGM_SQL_MEMBER(postgres, sqlite_path, postgres_path)                                       \
    ((postgres) ? "(SELECT m.record::json #>> '" postgres_path                                     \
                  "' FROM records m WHERE m.event = e.event)"                                      \
                : "(SELECT json_extract(m.record, '$." sqlite_path                                 \
                  "') FROM records m WHERE m.event = e.event)")
#define DGM_SQL_BASIS(postgres)                                                                    \
    DGM_SQL_MEMBER(postgres, "locations[0].basis", "{locations,0,basis}")
#define DGM_SQL_PRECISION(postgres)                                                                \
    DGM_SQL_MEMBER(postgres, "locations[0].precision", "{locations,0,precision}")
#define DGM_SQL_CONFIDENCE(postgres)                                                               \
    ((postgres) ? "CAST((SELECT m.record::json ->> 'confidence' FROM records m WHERE m.event ="    \
                  " e.event) AS DOUBLE PRECISION)"                                                 \
                : DGM_SQL_MEMBER(false, "confidence", ""))

/* SQL by which events `e` are grouped (or stories `e`, by periods); DGM_BY_NOTHING: a constant. */
const char *dgm_group_sql(const dgm_store *store, dgm_by by);
/* Counts by group and, in it, by period, both in order: group, period, dgm_count_columns. */
dgm_status dgm_count_by_period(dgm_store *store, const dgm_filter *filter, dgm_by by, dgm_by period,
                               dgm_per per, dgm_row_out_fn fn, void *context, dgm_err *err);

#endif
