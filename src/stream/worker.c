/* Stories from the stream through the house into the store. While cores code one batch, the
 * caller's thread stores the batch before it, acknowledges it, and fetches the next (story.h). A
 * message is acknowledged when its story is committed, so that whatever happens it is given out
 * again until then; the store knows the story, so that giving it out again adds nothing. */
#include "stream/counters.h"
#include "stream/delivery.h"
#include "stream/keeper.h"
#include "stream/letters.h"
#include "stream/message.h"
#include "stream/suspect.h"

#include <stdlib.h>
#include <string.h>

enum {
    RING = 2 * DGM_N_SLOTS,
    SUSPECT = STREAM_ATTEMPTS + 1, /* given out so often without anyone's word: something dies */
    IDLE_MS = 1000,
    MORE_MS = 50,
    LOOK_AGAIN = 30, /* seconds of idleness after which the consumer is looked for */
    SWEEP_AGAIN = 5  /* and what was left behind on the stream */
};

typedef struct {
    const dgm_work *work;
    dgm_broker *broker;
    pthread_t thread; /* the caller's, to which all but the slots belongs */
    natsSubscription *subscription;
    stream_keeper keeper;
    stream_counters counters;
    natsMsg *fetched[STREAM_FETCH];
    uint32_t n_fetched, i_fetched;
    /* What is being coded, in order: a ring. */
    stream_delivery coding[RING];
    uint32_t first, n_coding;
    const stream_delivery *apart; /* what is being coded in a process of its own; NULL: nothing */
    struct {
        dgm_buffer packed;
        dgm_err err;
        bool failed;
    } slots[DGM_N_SLOTS];
    /* What is coded and not yet committed. */
    stream_delivery coded[RING];
    stream_kept kept[RING];
    uint32_t n_coded;
    dgm_buffer bytes;     /* of a story in parts */
    dgm_worked now;       /* since the counters were told */
    double beaten, pause; /* seconds: when it last held on, and how often it does */
    double swept;         /* seconds: when it last looked for what was left behind */
    uint64_t floor;       /* up to which all was acknowledged then */
    dgm_status status;    /* what ends the work */
    dgm_err err;
} worker;

/* ---- holding on ----------------------------------------------------------------------------- */

/* Tells the broker now and then that all that is held is worked on. */
static void beat(void *context)
{
    worker *w = context;
    if (dgm_seconds() - w->beaten < w->pause)
        return;
    w->beaten = dgm_seconds();
    for (uint32_t i = w->i_fetched; i < w->n_fetched; i++)
        (void)natsMsg_InProgress(w->fetched[i], NULL);
    for (uint32_t i = 0; i < w->n_coding; i++)
        stream_hold(&w->coding[(w->first + i) % RING]);
    for (uint32_t i = 0; i < w->n_coded; i++)
        stream_hold(&w->coded[i]);
    if (w->apart)
        stream_hold(w->apart);
}

static void tell_counters(worker *w)
{
    const dgm_worked none = { 0 };
    stream_count(&w->counters, &w->now);
    w->now = none;
}

/* ---- failures ------------------------------------------------------------------------------- */

static void say_failure(const worker *w, const stream_delivery *d, const dgm_err *err, bool dead)
{
    char text[sizeof err->msg + 200];
    if (!w->broker->options.say)
        return;
    snprintf(text, sizeof text, "stream \"%s\":%llu: %s%s", w->broker->name,
             (unsigned long long)d->sequence, err->msg,
             dead ? "; it failed three times and is a dead letter now" : "; it is tried again");
    w->broker->options.say(w->broker->options.context, text);
}

/* An attempt that failed through the story. The third goes to the dead letters, and only then from
 * the stream; nothing of it is lost where that cannot be done. */
static void fail_delivery(worker *w, stream_delivery *d, const dgm_err *err)
{
    dgm_err why;
    bool last = d->n_times >= STREAM_ATTEMPTS;
    w->now.n_failed++;
    say_failure(w, d, err, last);
    if (!last) {
        stream_give_back(d, (double)d->n_times);
        return;
    }
    if (stream_bury(w->broker, d->message, d->sequence, d->hash.text, err->msg, w->counters.id,
                    &why) == DGM_OK) {
        w->now.n_dead++;
        d->in_parts = false; /* they stay: the letter needs them */
        stream_acknowledge(w->broker, d);
    } else {
        stream_give_back(d, 5);
    }
}

/* What the broker or memory failed in is not the story's fault. */
static void fail_or_wait(worker *w, stream_delivery *d, dgm_status status, const dgm_err *err)
{
    if (status == DGM_EIO || status == DGM_ENOMEM)
        stream_give_back(d, 2);
    else
        fail_delivery(w, d, err);
}

/* ---- the store ------------------------------------------------------------------------------ */

static void settle_one(worker *w, uint32_t i)
{
    stream_kept *kept = &w->kept[i];
    if (kept->refused) {
        fail_delivery(w, &w->coded[i], &kept->err);
    } else {
        w->now.n_new += kept->what == DGM_PUT_NEW;
        w->now.n_there += kept->what == DGM_PUT_THERE;
        stream_acknowledge(w->broker, &w->coded[i]);
    }
    kept->packed.n = 0;
}

/* Commits what is coded and acknowledges it. False: the work ends. */
static bool commit(worker *w)
{
    double begun = dgm_seconds();
    if (w->n_coded == 0)
        return w->status == DGM_OK;
    dgm_status status = stream_keeper_put(&w->keeper, w->kept, w->n_coded, &w->err);
    if (status == DGM_OK) {
        w->now.n_batches++;
        w->now.store_seconds += dgm_seconds() - begun;
    }
    for (uint32_t i = 0; i < w->n_coded; i++) {
        if (status == DGM_OK) {
            settle_one(w, i);
        } else {
            stream_give_back(&w->coded[i], 0.1);
            w->kept[i].packed.n = 0;
        }
    }
    w->n_coded = 0;
    tell_counters(w);
    if (status != DGM_OK && w->status == DGM_OK)
        w->status = status;
    return status == DGM_OK;
}

static void add_coded(worker *w, const stream_delivery *d, dgm_buffer *packed)
{
    stream_kept *kept = &w->kept[w->n_coded];
    dgm_buffer empty = kept->packed;
    kept->packed = *packed;
    kept->refused = false;
    *packed = empty; /* what it has of memory is used again */
    packed->n = 0;
    w->coded[w->n_coded++] = *d;
}

/* ---- messages ------------------------------------------------------------------------------- */

static bool refill(worker *w, int64_t wait_ms)
{
    if (w->i_fetched == w->n_fetched) {
        w->i_fetched = 0;
        w->n_fetched = stream_fetch(w->broker, w->subscription, wait_ms, w->fetched);
    }
    return w->i_fetched < w->n_fetched;
}

static void give_back_fetched(worker *w)
{
    for (; w->i_fetched < w->n_fetched; w->i_fetched++) {
        stream_delivery d;
        if (stream_delivery_of(w->fetched[w->i_fetched], &d))
            stream_give_back(&d, 0.1);
    }
}

static dgm_status is_stored(worker *w, stream_delivery *d, bool *there)
{
    dgm_status status = stream_keeper_has(&w->keeper, &d->hash, there, &w->err);
    if (status != DGM_OK && w->status == DGM_OK)
        w->status = status;
    return status;
}

/* The story of a message. DGM_END: nothing is left to do with it. */
static dgm_status open_delivery(worker *w, stream_delivery *d, dgm_arena *arena, dgm_document *doc,
                                dgm_err *err)
{
    stream_list list;
    bool there = false;
    dgm_view bytes = { natsMsg_GetData(d->message), (size_t)natsMsg_GetDataLength(d->message) };
    dgm_status status = stream_decode_list(bytes, &list, err);
    if (status == DGM_OK) {
        d->in_parts = true;
        d->hash = list.hash;
        if (is_stored(w, d, &there) != DGM_OK)
            return DGM_EIO;
        if (there)
            return DGM_END;
        status =
            stream_fetch_parts(w->broker, &list.hash, list.n_parts, list.n_bytes, &w->bytes, err);
        bytes = (dgm_view) { w->bytes.p, w->bytes.n };
    } else if (status == DGM_END) {
        status = DGM_OK;
    }
    if (status == DGM_OK)
        status = stream_decode(bytes, arena, doc, err);
    if (status != DGM_OK)
        return status;
    d->hash = dgm_story_hash_of(doc);
    if (is_stored(w, d, &there) != DGM_OK)
        return DGM_EIO;
    doc->file = dgm_view_of(w->broker->name);
    doc->line = (size_t)d->sequence;
    return there ? DGM_END : DGM_OK;
}

/* Codes at once, in a process apart, what workers may have died of. */
static void try_suspect(worker *w, stream_delivery *d, dgm_document *doc)
{
    dgm_buffer packed = { 0 };
    dgm_err err = { 0 };
    stream_hold(d);
    w->apart = d;
    dgm_status status =
        stream_code_apart(w->work->coder, doc, w->work->seconds_story, beat, w, &packed, &err);
    w->apart = NULL;
    if (status == DGM_OK)
        add_coded(w, d, &packed);
    else
        fail_or_wait(w, d, status, &err);
    dgm_buffer_done(&packed);
}

/* ---- through the house ---------------------------------------------------------------------- */

/* Whether doc is to be coded with the others. */
static bool take(worker *w, natsMsg *message, dgm_arena *arena, dgm_document *doc)
{
    stream_delivery d;
    dgm_err err = { 0 };
    if (!stream_delivery_of(message, &d))
        return false;
    dgm_arena_reset(arena);
    dgm_status status = open_delivery(w, &d, arena, doc, &err);
    if (status == DGM_END) {
        w->now.n_there++;
        stream_acknowledge(w->broker, &d);
    } else if (status != DGM_OK) {
        fail_or_wait(w, &d, status, &err);
    } else if (d.n_times >= SUSPECT) {
        try_suspect(w, &d, doc);
    } else {
        w->coding[(w->first + w->n_coding++) % RING] = d;
        return true;
    }
    return false;
}

static dgm_status next(void *context, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    worker *w = context;
    (void)err;
    beat(w);
    while (!stream_stopped(w->broker) && commit(w) && refill(w, MORE_MS)) {
        if (take(w, w->fetched[w->i_fetched++], arena, doc))
            return DGM_OK;
    }
    return DGM_END;
}

static void done(void *context, uint32_t i_slot, dgm_document *doc, dgm_status status,
                 const dgm_err *err)
{
    worker *w = context;
    w->slots[i_slot].failed = status != DGM_OK;
    w->slots[i_slot].err = *err;
    w->slots[i_slot].packed.n = 0;
    if (status == DGM_OK)
        dgm_store_pack(w->work->coder->events, doc, &w->slots[i_slot].packed);
    if (w->slots[i_slot].packed.failed) {
        w->slots[i_slot].failed = true;
        w->slots[i_slot].packed.failed = false;
        (void)dgm_fail(&w->slots[i_slot].err, DGM_ENOMEM, NULL, 0, "no memory for the story");
    }
    if (pthread_equal(w->thread, pthread_self())) /* a batch may take longer than --ack-wait */
        beat(w);
}

static bool emit(void *context, uint32_t i_slot)
{
    worker *w = context;
    stream_delivery *d = &w->coding[w->first];
    if (w->slots[i_slot].failed)
        fail_or_wait(w, d, w->slots[i_slot].err.status, &w->slots[i_slot].err);
    else
        add_coded(w, d, &w->slots[i_slot].packed);
    d->message = NULL;
    w->first = (w->first + 1) % RING;
    w->n_coding--;
    return true;
}

/* ---- running -------------------------------------------------------------------------------- */

/* The library gives a connection up only where trying again is no use: no such user any more. */
static dgm_status is_connected(const worker *w, dgm_err *err)
{
    if (!natsConnection_IsClosed(w->broker->connection))
        return DGM_OK;
    return dgm_fail(err, DGM_EIO, NULL, 0, "the broker has closed the connection for good");
}

/* A consumer that is no longer there is made anew. */
static void look_again(worker *w, double *looked)
{
    natsSubscription *subscription = NULL;
    dgm_err err;
    if (dgm_seconds() - *looked < LOOK_AGAIN)
        return;
    *looked = dgm_seconds();
    if (stream_make_consumer(w->broker, w->work->ack_wait, &err) == DGM_END &&
        stream_subscribe(w->broker, w->work->ack_wait, true, &subscription, &err) == DGM_OK) {
        natsSubscription_Destroy(w->subscription);
        w->subscription = subscription;
    }
}

static void sweep(worker *w)
{
    if (dgm_seconds() - w->swept < SWEEP_AGAIN)
        return;
    while (stream_sweep(w->broker, &w->keeper, &w->floor) > 0)
        beat(w);
    w->swept = dgm_seconds();
}

static void link_stored(worker *w, bool now)
{
    dgm_status status = stream_keeper_link(&w->keeper, now, &w->err);
    if (status != DGM_OK && w->status == DGM_OK)
        w->status = status;
}

static dgm_status run(worker *w, dgm_err *err)
{
    const dgm_many many = { .next = next, .done = done, .emit = emit, .context = w };
    dgm_status status = DGM_OK;
    double looked = dgm_seconds();
    w->swept = looked;
    while (status == DGM_OK && w->status == DGM_OK && !stream_stopped(w->broker)) {
        if (refill(w, IDLE_MS)) {
            status = dgm_story_many(w->work->coder, w->work->n_threads, &many, err);
            if (commit(w))
                link_stored(w, false);
            tell_counters(w);
            looked = dgm_seconds();
        } else if (w->work->until_empty && stream_is_empty(w->broker)) {
            break;
        } else {
            sweep(w);
            link_stored(w, false);
            look_again(w, &looked);
            status = is_connected(w, err);
        }
    }
    give_back_fetched(w);
    if (status == DGM_OK && w->status == DGM_OK)
        link_stored(w, true);
    if (status == DGM_OK && w->status != DGM_OK && w->status != DGM_END) {
        status = w->status;
        *err = w->err;
    }
    return status;
}

static void close_all(worker *w)
{
    for (size_t i = 0; i < DGM_N_SLOTS; i++)
        dgm_buffer_done(&w->slots[i].packed);
    for (size_t i = 0; i < RING; i++)
        dgm_buffer_done(&w->kept[i].packed);
    dgm_buffer_done(&w->bytes);
    natsSubscription_Destroy(w->subscription);
    stream_keeper_close(&w->keeper);
}

dgm_status dgm_worker(const dgm_work *work, dgm_worked *out, dgm_err *err)
{
    worker *w = calloc(1, sizeof *w);
    stream_metrics *metrics = NULL;
    natsSubscription *presence = NULL;
    if (!w)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a worker");
    w->work = work;
    w->broker = work->broker;
    w->thread = pthread_self();
    w->keeper = (stream_keeper) {
        .db = work->db, .tables = work->tables, .broker = work->broker, .beat = beat, .context = w
    };
    stream_counters_init(&w->counters, work->broker, &w->keeper.is_up);
    dgm_status status = stream_keeper_open(&w->keeper, err);
    if (status == DGM_OK && work->metrics)
        status = stream_metrics_open(work->metrics, &w->counters, &metrics, err);
    if (status == DGM_OK)
        status = stream_presence_open(&w->counters, &presence, err);
    if (status == DGM_OK)
        status =
            stream_subscribe(w->broker, work->ack_wait, !work->until_empty, &w->subscription, err);
    if (status == DGM_END && !stream_stopped(w->broker))
        status = dgm_fail(err, DGM_EIO, NULL, 0, "there is no stream \"%s\"", w->broker->name);
    if (status == DGM_OK) {
        w->pause = stream_ack_wait(w->broker, work->ack_wait) / 4;
        status = run(w, err);
    }
    *out = stream_counted(&w->counters, NULL, NULL);
    bool silent = stream_presence_close(presence);
    stream_metrics_close(metrics);
    close_all(w);
    if (silent) { /* else somebody is still being answered, from what would be freed */
        stream_counters_done(&w->counters);
        free(w);
    }
    return status == DGM_END ? DGM_OK : status;
}
