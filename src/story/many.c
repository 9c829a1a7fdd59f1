/* Documents are read in batches in the caller's thread, coded side by side, and given out in order:
 * nothing that is seen depends on how many threads there are. */
#include "story/story.h"

#include <stdlib.h>
#include <unistd.h>

enum { BATCH_BYTES = 32 << 20 };

typedef struct {
    const dgm_many *many;
    uint32_t n_threads;
    dgm_story **stories; /* one a thread */
    dgm_arena *arenas[DGM_N_SLOTS];
    dgm_document docs[DGM_N_SLOTS];
} crowd;

static void code_one(void *context, uint32_t i_worker, uint32_t i_job)
{
    crowd *c = context;
    dgm_err err = { .status = DGM_OK };
    dgm_document *doc = &c->docs[i_job];
    dgm_story *story = c->stories[i_worker];
    dgm_status status =
        c->many->parse_only ? dgm_story_parse(story, doc, &err) : dgm_story_code(story, doc, &err);
    c->many->done(c->many->context, i_job, doc, status, &err);
    dgm_arena_reset(c->arenas[i_job]);
}

/* Reads until the batch is full or the input ends; returns the last status. */
static dgm_status read_batch(crowd *c, uint32_t *n, dgm_err *err)
{
    size_t bytes = 0;
    dgm_status status = DGM_OK;
    uint32_t most = DGM_MIN(DGM_N_SLOTS, c->n_threads * 64);
    for (*n = 0; *n < most && bytes < BATCH_BYTES; (*n)++) {
        if (!c->arenas[*n] && !(c->arenas[*n] = dgm_arena_new()))
            return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
        status = c->many->next(c->many->context, c->arenas[*n], &c->docs[*n], err);
        if (status != DGM_OK)
            break;
        bytes += c->docs[*n].text.n;
    }
    return status;
}

static dgm_status run(crowd *c, dgm_err *err)
{
    for (;;) {
        uint32_t n;
        dgm_status status = read_batch(c, &n, err);
        dgm_parallel(c->n_threads, n, code_one, c);
        for (uint32_t i = 0; i < n; i++)
            if (!c->many->emit(c->many->context, i))
                return DGM_OK;
        if (status != DGM_OK)
            return status == DGM_END ? DGM_OK : status;
    }
}

static uint32_t threads_wanted(uint32_t n_threads)
{
    enum { MOST = 256 };
    if (n_threads == 0) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        n_threads = cores > 0 ? (uint32_t)cores : 1;
    }
    return DGM_MIN(n_threads, MOST);
}

dgm_status dgm_story_many(const dgm_coder *coder, uint32_t n_threads, const dgm_many *many,
                          dgm_err *err)
{
    dgm_status status = DGM_OK;
    crowd *c = calloc(1, sizeof(*c));
    if (!c)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the coder");
    c->many = many;
    c->n_threads = threads_wanted(n_threads);
    c->stories = calloc(c->n_threads, sizeof(*c->stories));
    for (uint32_t i = 0; c->stories && i < c->n_threads && status == DGM_OK; i++)
        if (!(c->stories[i] = dgm_story_new(coder)))
            status = DGM_ENOMEM;
    if (!c->stories || status != DGM_OK)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for %u threads", c->n_threads);
    else
        status = run(c, err);
    for (uint32_t i = 0; c->stories && i < c->n_threads; i++)
        dgm_story_free(c->stories[i]);
    for (uint32_t i = 0; i < DGM_N_SLOTS; i++)
        dgm_arena_free(c->arenas[i]);
    free(c->stories);
    free(c);
    return status;
}
