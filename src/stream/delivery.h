/* delivery.h - a message that a worker holds, until it is acknowledged or given back. Inside
 * stream. */
#ifndef DGM_DELIVERY_H
#define DGM_DELIVERY_H

#include "stream/broker.h"
#include "stream/message.h"

typedef struct {
    natsMsg *message;
    uint64_t sequence, n_times; /* in the stream; how often it was given out, this time included */
    dgm_story_hash hash;        /* empty: not known yet */
    bool in_parts;
} stream_delivery;

/* The subscription to the consumer; wait: until there is a stream. DGM_END: there is none, or it
 * was stopped. */
dgm_status stream_subscribe(dgm_broker *broker, uint32_t ack_wait, bool wait,
                            natsSubscription **out, dgm_err *err) DGM_MUST_USE;

/* What is given out, as it came: at most STREAM_FETCH. Waits for the first one so long. */
enum { STREAM_FETCH = 32 };
uint32_t stream_fetch(dgm_broker *broker, natsSubscription *subscription, int64_t wait_ms,
                      natsMsg *out[STREAM_FETCH]);
/* Takes hold of a message. False: it is none of JetStream's, and gone. */
bool stream_delivery_of(natsMsg *message, stream_delivery *out);

void stream_acknowledge(dgm_broker *broker, stream_delivery *delivery);
/* Back onto the stream, for anyone, after so many seconds. */
void stream_give_back(stream_delivery *delivery, double seconds);
/* It is being worked on: not to be given to another yet. */
void stream_hold(const stream_delivery *delivery);

/* After how many seconds the consumer gives a story to another; `otherwise` where it does not say.
 */
double stream_ack_wait(dgm_broker *broker, double otherwise);
/* Nothing waits on the stream, and no worker holds anything. False also where that is not known. */
bool stream_is_empty(dgm_broker *broker);

#endif
