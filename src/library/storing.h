/* storing.h - stories coded into a store: the sink of whatever reads stories to keep them. */
#ifndef DGM_LIBRARY_STORING_H
#define DGM_LIBRARY_STORING_H

#include "library/hashes.h"
#include "store/store.h"
#include "story/run.h"

#include <signal.h>

typedef struct {
    const dgm_coder *coder;
    dgm_store *store;
    const volatile sig_atomic_t *stop; /* not 0: no further story is read; NULL: never */
    char tables[DGM_HASH];             /* dgm_hash_tables() of what codes */
    bool recode;                       /* what was coded with other tables */
    /* A story that could not be coded or kept. */
    void (*refuse)(void *context, const dgm_err *err);
    void *context;
    /* What came of it. Counts add up over several runs. */
    dgm_status status; /* of the store; it ends the run */
    uint64_t n_read, n_there, n_bad, n_new, n_again;
    /* Its own. */
    dgm_err err;
    int64_t run;
    bool in_batch;
    uint64_t n_new_now, n_again_now; /* of the batch; they count when it is stored */
} dgm_storing;

/* Stores what the inputs have. A failure: it could not go to their end; stories that were refused
 * are counted in n_bad. */
dgm_status dgm_storing_run(dgm_storing *s, dgm_inputs *inputs, uint32_t n_jobs, dgm_progress *bar,
                           dgm_err *err) DGM_MUST_USE;

#endif
