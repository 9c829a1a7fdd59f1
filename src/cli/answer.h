/* answer.h - rows of a store's answer as a table, CSV or JSON Lines. Inside cli. */
#ifndef DGM_CLI_ANSWER_H
#define DGM_CLI_ANSWER_H

#include "cli/filters.h"
#include "output/cells.h"

enum { DGM_MOST_COLUMNS = 24 };
typedef enum { DGM_AS_TABLE, DGM_AS_CSV, DGM_AS_JSONL } dgm_answer_form;

typedef struct {
    dgm_answer_form form;
    const char *columns[DGM_MOST_COLUMNS];
    uint32_t n_columns;
    FILE *out;
    dgm_grid *grid; /* DGM_AS_TABLE */
    bool events;    /* the columns are dgm_event_columns, of which a table shows the most telling */
    dgm_buffer line;
    bool failed;
} dgm_answer;

/* The row of a command's options that says which form. */
#define DGM_OPTION_ANSWER                                                                          \
    {                                                                                              \
        'f', "format", "table|csv|jsonl", "format of the answer", "table"                          \
    }

/* Opens the output (-o) in the form of --format. first (may be NULL) stands before the columns.
 * False, after a message: it cannot be written. */
bool dgm_answer_open(const dgm_arguments *arguments, const char *first, const char *const *columns,
                     uint32_t n, dgm_answer *out);
/* A dgm_row_out_fn whose context is the answer. */
bool dgm_answer_row(void *context, const dgm_cell *cells, uint32_t n);
/* Ends it, says err where status is a failure, and gives the exit code. */
int dgm_answer_close(const dgm_arguments *arguments, dgm_answer *a, dgm_status status,
                     const dgm_err *err);

/* Lines of JSON as rows: a column by its name and the path of a member ("affirmed.0.sentence"), and
 * whether a table, which is narrow, shows it. Gives the exit code. */
typedef struct {
    const char *name, *path;
    bool in_table;
} dgm_line_column;
int dgm_answer_lines(const dgm_arguments *arguments, dgm_view lines, const dgm_line_column *columns,
                     uint32_t n, dgm_status status, const dgm_err *err);

#endif
