/* keeper.h - the store of a worker: when its database goes away it waits, opens it again and
 * repeats the batch. Inside stream; one thread. */
#ifndef DGM_KEEPER_H
#define DGM_KEEPER_H

#include "stream/broker.h"

typedef struct {
    const char *db, *tables;
    dgm_broker *broker; /* says what is waited for, and knows when to stop */
    dgm_store *store;
    int64_t run;
    void (*beat)(void *context); /* called while it waits */
    void *context;
    atomic_bool is_up;
    double said_at, linked;
    bool unlinked; /* what it put may be one event with something else */
} stream_keeper;

/* One story of a batch. */
typedef struct {
    dgm_buffer packed;
    dgm_put what;
    bool refused; /* err says why; the others are kept */
    dgm_err err;
} stream_kept;

dgm_status stream_keeper_open(stream_keeper *keeper, dgm_err *err) DGM_MUST_USE;
void stream_keeper_close(stream_keeper *keeper);
/* Whether the store has the story. DGM_END: it was stopped while it waited. */
dgm_status stream_keeper_has(stream_keeper *keeper, const dgm_story_hash *hash, bool *there,
                             dgm_err *err) DGM_MUST_USE;
/* All of the batch in one transaction. DGM_END as above: nothing of it may be acknowledged. */
dgm_status stream_keeper_put(stream_keeper *keeper, stream_kept *at, uint32_t n,
                             dgm_err *err) DGM_MUST_USE;

/* Links what was put (dgm_store_link()), but only now and then, since a day is linked whole; `now`:
 * at once. DGM_END as above. */
dgm_status stream_keeper_link(stream_keeper *keeper, bool now, dgm_err *err) DGM_MUST_USE;

/* stragglers.c: takes away, or puts onto the stream anew, what was left behind on it though it was
 * acknowledged at the call before; how many messages. *floor: kept between calls, 0 at first. */
uint32_t stream_sweep(dgm_broker *broker, stream_keeper *keeper, uint64_t *floor);

#endif
