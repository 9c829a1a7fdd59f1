/* answer.h - rows of a store's answer as a table, CSV or JSON Lines. */
#ifndef DGM_LIBRARY_ANSWER_H
#define DGM_LIBRARY_ANSWER_H

#include "library/options.h"
#include "output/cells.h"
#include "store/store.h"

enum { DGM_MOST_COLUMNS = 24 };
typedef enum { DGM_AS_TABLE, DGM_AS_CSV, DGM_AS_JSONL } dgm_answer_form;

/* The row of a table of options that says which form, and its words. */
#define DGM_OPTION_ANSWER(fallback)                                                                \
    {                                                                                              \
        'f', "format", "table|csv|jsonl", "format of the answer", fallback                         \
    }
dgm_answer_form dgm_answer_form_of(const dgm_options *options);

/* Where an answer goes. */
typedef struct {
    dgm_put_fn put;
    void *context;
    uint32_t width; /* columns of a terminal; of tables only */
    bool cut;       /* set where put took no more: nothing further is written */
} dgm_reply;
/* Puts bytes there; false: it is cut. */
bool dgm_reply_put(dgm_reply *reply, dgm_view bytes);

typedef struct {
    dgm_answer_form form;
    dgm_reply *reply;
    const char *columns[DGM_MOST_COLUMNS];
    uint32_t n_columns;
    dgm_grid *grid; /* DGM_AS_TABLE */
    bool events;    /* the columns are dgm_event_columns, of which a table shows the most telling */
    dgm_buffer line;
    bool failed; /* no memory */
} dgm_answer;

/* What stands before the rows goes out. reply stays the caller's. */
void dgm_answer_begin(dgm_answer *out, dgm_answer_form form, const char *const *columns, uint32_t n,
                      dgm_reply *reply);
/* A dgm_row_out_fn whose context is the answer. */
bool dgm_answer_row(void *context, const dgm_cell *cells, uint32_t n);
/* Ends it, whatever it returns: status, where that is a failure, of which err tells already; else
 * what is wrong at the end. */
dgm_status dgm_answer_end(dgm_answer *answer, dgm_status status, dgm_err *err) DGM_MUST_USE;

/* Lines of JSON as rows: a column by its name and the path of a member ("affirmed.0.sentence"), and
 * whether a table, which is narrow, shows it. As JSON Lines they go out as they are. */
typedef struct {
    const char *name, *path;
    bool in_table;
} dgm_line_column;
dgm_status dgm_answer_lines(dgm_answer_form form, dgm_view lines, const dgm_line_column *columns,
                            uint32_t n, dgm_reply *reply, dgm_err *err) DGM_MUST_USE;

#endif
