/* Documents go through in batches. While the workers code one, the caller's thread gives out the
 * batch before it, in order, and reads the next; then it helps to code. Nothing that is seen
 * depends on how many threads there are. */
#include "story/story.h"

#include <stdlib.h>
#include <unistd.h>

enum { BATCH_SLOTS = DGM_N_SLOTS / 2, BATCH_BYTES = 16 << 20 };
/* Short stories are parsed together: as many as have this many bytes, or fewer, so that each thread
 * has several such groups in a batch. */
enum { GROUP_BYTES = 4 << 10, GROUPS_A_THREAD = 4 };

typedef struct {
    uint32_t first, n; /* slots */
} batch;

typedef struct {
    uint32_t first, n; /* slots */
    size_t bytes;
} group;

typedef struct {
    const dgm_many *many;
    uint32_t n_threads;
    struct {
        dgm_story *story;
        dgm_arena *arena; /* what a story needs beyond its text, as long as it is coded */
    } * threads;
    dgm_arena *arenas[DGM_N_SLOTS]; /* of the stories' texts */
    dgm_document docs[DGM_N_SLOTS];
    dgm_status statuses[DGM_N_SLOTS];
    dgm_err errs[DGM_N_SLOTS];
    group groups[BATCH_SLOTS]; /* of `coding` */
    uint32_t n_groups;
    batch coding, other; /* other: coded and to be given out, then read anew */
    dgm_status status;   /* of reading */
    dgm_err err;
    bool refused; /* to give out */
} crowd;

static void code_one(crowd *c, dgm_story *story, uint32_t slot)
{
    dgm_document *doc = &c->docs[slot];
    dgm_status *status = &c->statuses[slot];
    if (*status == DGM_OK && !c->many->parse_only)
        *status = dgm_story_code(story, doc, &c->errs[slot]);
    c->many->done(c->many->context, slot, doc, *status, &c->errs[slot]);
    dgm_arena_reset(c->arenas[slot]);
}

static void code_group(void *context, uint32_t i_worker, uint32_t i_job)
{
    crowd *c = context;
    uint32_t first = c->groups[i_job].first, end = first + c->groups[i_job].n;
    dgm_story *story = c->threads[i_worker].story;
    for (uint32_t slot = first; slot < end; slot++) {
        c->docs[slot].arena = c->threads[i_worker].arena;
        c->errs[slot] = (dgm_err) { .status = DGM_OK };
    }
    dgm_story_parse_all(story, c->docs + first, end - first, c->statuses + first, c->errs + first);
    for (uint32_t slot = first; slot < end; slot++)
        code_one(c, story, slot);
    dgm_arena_reset(c->threads[i_worker].arena);
}

static int largest_first(const void *left, const void *right)
{
    const group *a = left, *b = right;
    if (a->bytes != b->bytes)
        return a->bytes > b->bytes ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* Neighbours into groups; the largest begin, so that no thread is left alone with one. */
static void form_groups(crowd *c)
{
    const batch *b = &c->coding;
    size_t all = 0;
    for (uint32_t i = 0; i < b->n; i++)
        all += c->docs[b->first + i].text.n;
    size_t most = DGM_MIN(GROUP_BYTES, all / (c->n_threads * GROUPS_A_THREAD));
    c->n_groups = 0;
    for (uint32_t i = 0; i < b->n; i++) {
        size_t bytes = c->docs[b->first + i].text.n;
        group *last = c->n_groups ? &c->groups[c->n_groups - 1] : NULL;
        if (!last || last->n == DGM_TOGETHER || last->bytes + bytes > most) {
            last = &c->groups[c->n_groups++];
            *last = (group) { .first = b->first + i };
        }
        last->n++;
        last->bytes += bytes;
    }
    qsort(c->groups, c->n_groups, sizeof(c->groups[0]), largest_first);
}

/* Whether what has been read is to go on its way before more is read, since more is to be waited
 * for. With nothing in hand there is nothing else to do. */
static bool pauses(crowd *c, const batch *b)
{
    if (!c->many->waits || !c->many->waits(c->many->context))
        return false;
    if (b->n + c->coding.n > 0)
        return true;
    if (c->many->rest)
        c->many->rest(c->many->context);
    return false;
}

/* Reads into b until it is full, or the input ends or has to be waited for. */
static void read_batch(crowd *c, batch *b)
{
    size_t bytes = 0;
    uint32_t most = DGM_MIN(BATCH_SLOTS, c->n_threads * 64);
    for (b->n = 0; b->n < most && bytes < BATCH_BYTES && c->status == DGM_OK && !pauses(c, b);) {
        uint32_t slot = b->first + b->n;
        if (!c->arenas[slot] && !(c->arenas[slot] = dgm_arena_new())) {
            c->status = dgm_fail(&c->err, DGM_ENOMEM, NULL, 0, "no memory for a story");
            return;
        }
        c->status = c->many->next(c->many->context, c->arenas[slot], &c->docs[slot], &c->err);
        if (c->status == DGM_OK) {
            bytes += c->docs[slot].text.n;
            b->n++;
        }
    }
}

static void emit_and_read(void *context)
{
    crowd *c = context;
    for (uint32_t i = 0; i < c->other.n && !c->refused; i++)
        c->refused = !c->many->emit(c->many->context, c->other.first + i);
    c->other.n = 0;
    if (!c->refused)
        read_batch(c, &c->other);
}

static dgm_status run(crowd *c, dgm_err *err)
{
    c->other.first = BATCH_SLOTS;
    read_batch(c, &c->coding);
    while (c->coding.n + c->other.n > 0 && !c->refused) {
        form_groups(c);
        dgm_parallel_beside(c->n_threads, c->n_groups, code_group, c, emit_and_read);
        batch coded = c->coding;
        c->coding = c->other;
        c->other = coded;
    }
    if (c->refused || c->status == DGM_END)
        return DGM_OK;
    *err = c->err;
    return c->status;
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
    c->threads = calloc(c->n_threads, sizeof(*c->threads));
    for (uint32_t i = 0; c->threads && i < c->n_threads && status == DGM_OK; i++)
        if (!(c->threads[i].story = dgm_story_new(coder)) ||
            !(c->threads[i].arena = dgm_arena_new()))
            status = DGM_ENOMEM;
    if (!c->threads || status != DGM_OK)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for %u threads", c->n_threads);
    else
        status = run(c, err);
    for (uint32_t i = 0; c->threads && i < c->n_threads; i++) {
        dgm_story_free(c->threads[i].story);
        dgm_arena_free(c->threads[i].arena);
    }
    for (uint32_t i = 0; i < DGM_N_SLOTS; i++)
        dgm_arena_free(c->arenas[i]);
    free(c->threads);
    free(c);
    return status;
}
