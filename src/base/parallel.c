#include "base/base.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef struct {
    dgm_job_fn fn;
    void *context;
    uint32_t n_jobs;
    atomic_uint next_job, next_worker;
} work;

static void *run_worker(void *arg)
{
    work *w = arg;
    uint32_t i_worker = atomic_fetch_add(&w->next_worker, 1);
    for (;;) {
        uint32_t i_job = atomic_fetch_add(&w->next_job, 1);
        if (i_job >= w->n_jobs)
            return NULL;
        w->fn(w->context, i_worker, i_job);
    }
}

/* Threads that cannot be started leave their jobs to the others: the caller's own thread does
 * whatever is left. */
void dgm_parallel_beside(uint32_t n_threads, uint32_t n_jobs, dgm_job_fn fn, void *context,
                         void (*beside)(void *context))
{
    work w = { .fn = fn, .context = context, .n_jobs = n_jobs };
    uint32_t n_extra = DGM_MIN(n_threads, n_jobs);
    n_extra = n_extra > 1 ? n_extra - 1 : 0;
    pthread_t *threads = n_extra ? calloc(n_extra, sizeof(*threads)) : NULL;
    uint32_t n_started = 0;
    while (threads && n_started < n_extra &&
           pthread_create(&threads[n_started], NULL, run_worker, &w) == 0)
        n_started++;
    if (beside)
        beside(context);
    run_worker(&w);
    for (uint32_t i = 0; i < n_started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}

void dgm_parallel(uint32_t n_threads, uint32_t n_jobs, dgm_job_fn fn, void *context)
{
    dgm_parallel_beside(n_threads, n_jobs, fn, context, NULL);
}
