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
/* Appends FROM and WHERE to a statement. */
void dgm_select_put(const dgm_select *s, dgm_buffer *sql);
/* Runs it; n_more further values stand after the filter's. */
dgm_status dgm_select_run(dgm_select *s, dgm_buffer *sql, dgm_row_out_fn fn, void *context);

#endif
