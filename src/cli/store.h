/* store.h - what the commands that use a store share. Inside cli. */
#ifndef DGM_CLI_STORE_H
#define DGM_CLI_STORE_H

#include "cli/cli.h"
#include "library/ask.h"

#define DGM_OPTION_DB                                                                              \
    {                                                                                              \
        0, "db", "WHERE",                                                                          \
            "the store: an SQLite file, or a PostgreSQL database as postgresql://...", NULL        \
    }

/* The store of --db; false after a message. The caller frees *store. One that is opened to_read has
 * the words of the command's filter checked against it. */
bool dgm_cli_store(const dgm_arguments *arguments, bool to_read, dgm_store **store);

/* Answers to the file of -o and gives the exit code. */
int dgm_cli_answer(const dgm_arguments *arguments, dgm_ask *ask, dgm_store *store);

/* Rows of other commands' answers, in the form of --format, to the file of -o. False, after a
 * message: it cannot be written. */
typedef struct {
    dgm_answer answer;
    dgm_reply reply;
    FILE *out;
} dgm_cli_table;
bool dgm_cli_table_open(const dgm_arguments *arguments, const char *const *columns, uint32_t n,
                        dgm_cli_table *out);
/* Ends it, says err where status is a failure, and gives the exit code. */
int dgm_cli_table_close(const dgm_arguments *arguments, dgm_cli_table *table, dgm_status status,
                        const dgm_err *err);

#endif
