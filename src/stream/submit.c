/* Stories onto the stream: a batch is read, then published by several threads side by side, each
 * waiting for the stream's word; what was accepted goes into the journal. */
#include "stream/broker.h"
#include "stream/journal.h"
#include "stream/message.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 256, THREADS = 16, BATCH_BYTES = 16 << 20 };

typedef struct {
    dgm_story_hash hash;
    dgm_buffer bytes;
    dgm_err err; /* says where the story stands */
    dgm_status status;
    bool there;
} slot;

typedef struct {
    const dgm_submission *s;
    stream_journal *journal;
    dgm_arena *arena;
    dgm_submitted *sums;
    slot slots[SLOTS];
    uint32_t n;
    uint64_t told; /* bytes of the inputs that the bar has seen */
} submitting;

static void say_where(const dgm_document *doc, dgm_err *err)
{
    (void)snprintf(err->file, sizeof err->file, "%.*s", DGM_FMT(doc->file));
    (void)snprintf(err->id, sizeof err->id, "%.*s", DGM_FMT(doc->id));
    err->line = doc->line;
}

static void refuse(submitting *w, const dgm_document *doc, dgm_err *err)
{
    say_where(doc, err);
    w->sums->n_refused++;
    w->s->refuse(w->s->context, err);
}

/* Into the next slot, unless it is there already or cannot go on a stream. */
static void take(submitting *w, dgm_document *doc)
{
    slot *at = &w->slots[w->n];
    dgm_err err = { 0 };
    w->sums->n_read++;
    if (!stream_clean(doc)) {
        (void)dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for the story");
        refuse(w, doc, &err);
        return;
    }
    at->hash = dgm_story_hash_of(doc);
    if (w->journal && stream_journal_has(w->journal, &at->hash)) {
        w->sums->n_passed++;
        return;
    }
    if (stream_encode(doc, &at->bytes, &err) != DGM_OK) {
        refuse(w, doc, &err);
        return;
    }
    at->err = (dgm_err) { 0 };
    say_where(doc, &at->err);
    w->n++;
}

/* DGM_END: the inputs are at their end. */
static dgm_status read_batch(submitting *w, dgm_err *err)
{
    size_t bytes = 0;
    dgm_document doc;
    dgm_status status = DGM_OK;
    w->n = 0;
    while (w->n < SLOTS && bytes < BATCH_BYTES && status == DGM_OK &&
           !stream_stopped(w->s->broker)) {
        status = dgm_inputs_next(w->s->inputs, w->arena, &doc, err);
        uint64_t at = dgm_inputs_tell(w->s->inputs);
        if (w->s->bar)
            dgm_progress_step(w->s->bar, at - w->told, status == DGM_OK);
        w->told = at;
        if (status == DGM_OK) {
            take(w, &doc);
            bytes += doc.text.n;
        }
    }
    return status;
}

static void publish_one(void *context, uint32_t i_worker, uint32_t i_job)
{
    submitting *w = context;
    slot *at = &w->slots[i_job];
    dgm_err err = { 0 };
    (void)i_worker;
    at->there = false;
    at->status =
        stream_publish_story(w->s->broker, &at->hash, (dgm_view) { at->bytes.p, at->bytes.n },
                             w->s->give_up, &at->there, &err);
    if (at->status != DGM_OK) {
        memcpy(at->err.msg, err.msg, sizeof err.msg);
        at->err.status = err.status;
        at->err.kind = err.kind;
    }
}

/* What a story is refused for is its own matter; what the broker fails in ends the run. */
static dgm_status settle(submitting *w, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < w->n; i++) {
        slot *at = &w->slots[i];
        if (at->status == DGM_OK) {
            w->sums->n_submitted += !at->there;
            w->sums->n_there += at->there;
            if (w->journal)
                stream_journal_add(w->journal, &at->hash);
        } else if (at->status == DGM_ELIMIT || at->status == DGM_EFORMAT) {
            w->sums->n_refused++;
            w->s->refuse(w->s->context, &at->err);
        } else {
            w->sums->n_left++;
            if (at->status != DGM_END && status == DGM_OK) {
                status = at->status;
                *err = at->err;
            }
        }
    }
    dgm_err sync = { 0 };
    if (w->journal && stream_journal_sync(w->journal, &sync) != DGM_OK && status == DGM_OK) {
        status = sync.status;
        *err = sync;
    }
    return status;
}

static dgm_status run(submitting *w, dgm_err *err)
{
    dgm_status read = DGM_OK, status = DGM_OK;
    while (read == DGM_OK && status == DGM_OK && !stream_stopped(w->s->broker)) {
        read = read_batch(w, err);
        dgm_parallel(THREADS, w->n, publish_one, w);
        status = settle(w, err);
    }
    return status != DGM_OK ? status : read == DGM_END ? DGM_OK : read;
}

dgm_status dgm_submit(const dgm_submission *submission, dgm_submitted *out, dgm_err *err)
{
    dgm_status status = DGM_OK;
    submitting *w = calloc(1, sizeof *w);
    *out = (dgm_submitted) { 0 };
    if (!w || !(w->arena = dgm_arena_new()))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory to submit stories");
    if (status == DGM_OK) {
        w->s = submission;
        w->sums = out;
        if (submission->journal)
            status = stream_journal_open(submission->journal, &w->journal, err);
    }
    if (status == DGM_OK)
        status = run(w, err);
    if (w) {
        for (size_t i = 0; i < SLOTS; i++)
            dgm_buffer_done(&w->slots[i].bytes);
        stream_journal_free(w->journal);
        dgm_arena_free(w->arena);
    }
    free(w);
    return status;
}
