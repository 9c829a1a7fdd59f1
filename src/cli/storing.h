/* storing.h - stories coded into a store: the sink that `ingest` and `watch` share. Inside cli. */
#ifndef DGM_CLI_STORING_H
#define DGM_CLI_STORING_H

#include "cli/filters.h"
#include "story/run.h"

#include <signal.h>

typedef struct {
    const dgm_coder *coder;
    dgm_store *store;
    dgm_cli_report *report;
    const volatile sig_atomic_t *stop; /* not 0: no further story is read; NULL: never */
    char tables[33];                   /* their hash */
    bool recode;                       /* what was coded with other tables */
    /* What came of it. Counts add up over several runs. */
    dgm_status status; /* of the store; it ends the run, and is said */
    uint64_t n_read, n_there, n_bad, n_new, n_again;
    /* Its own. */
    dgm_err err;
    int64_t run;
    bool in_batch;
    uint64_t n_new_now, n_again_now; /* of the batch; they count when it is stored */
} dgm_cli_storing;

/* The hash of --tables and --model; false after a message. */
bool dgm_cli_storing_tables(const dgm_arguments *arguments, dgm_cli_storing *s);
/* Stores what the inputs have. False, after a message, where it could not go to their end; stories
 * that were refused are counted in n_bad. */
bool dgm_cli_storing_run(dgm_cli_storing *s, dgm_inputs *inputs, uint32_t n_jobs,
                         dgm_progress *bar);

#endif
