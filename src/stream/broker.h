/* broker.h - the connection that submit, workers and queue share. Inside stream. */
#ifndef DGM_BROKER_H
#define DGM_BROKER_H

#include "stream/stream.h"

#include <nats/nats.h>
#include <pthread.h>
#include <stdatomic.h>

typedef enum {
    TROUBLE_NONE,
    TROUBLE_CUT,    /* no connection */
    TROUBLE_LEADER, /* nobody answers for the stream */
    TROUBLE_FULL,   /* as many stories wait as may */
    TROUBLE_DISK,   /* the broker cannot store */
    TROUBLE_OTHER
} stream_trouble;

struct dgm_broker {
    dgm_broker_options options;
    char name[64];
    char stories[96], parts[96], dead[96], workers[96]; /* subjects */
    char parts_stream[96], dead_stream[96];
    natsOptions *nats;
    natsConnection *connection;
    jsCtx *js;
    pthread_mutex_t mutex; /* what was said last */
    stream_trouble told;
    double told_at;
    atomic_bool is_told;
    pthread_mutex_t gate;    /* room.c: of the following */
    uint64_t capacity, room; /* bytes that may wait (0: any number), and may still be sent */
    double looked_at;
    atomic_uint n_cut;    /* connections lost so far */
    atomic_bool given_up; /* by a publisher that has a limit: others that have one end, too */
    atomic_bool closed;   /* the library calls nothing of ours any more */
};

bool stream_stopped(const dgm_broker *broker);
/* Whether a publisher has waited for so long since `begun` that all give up. Only one is told so;
 * for the others it is as if they were stopped. */
bool stream_gives_up(dgm_broker *broker, uint32_t give_up, double begun);
/* Sleeps, shorter where it is stopped. */
void stream_sleep(const dgm_broker *broker, double seconds);
/* What the library says of its last error in this thread. */
const char *stream_why(natsStatus s);
/* The same as err. */
dgm_status stream_fail(const dgm_broker *broker, natsStatus s, const char *doing, dgm_err *err);
/* What stands in the way, and whether waiting helps. */
stream_trouble stream_trouble_of(const dgm_broker *broker, natsStatus s, jsErrCode code);
bool stream_is_final(natsStatus s, jsErrCode code);
/* Says a trouble when it is another than the last or has lasted; TROUBLE_NONE: that it is over. */
void stream_tell(dgm_broker *broker, stream_trouble trouble, natsStatus s, const char *why);

/* room.c: what is said of a new stream ("": nothing), and read back; 0: any number may wait. */
void stream_describe_capacity(uint64_t capacity, char out[64]);
uint64_t stream_capacity_of(dgm_view description, int64_t max_bytes);
/* Says where a stream that is there has another capacity than was asked for (0: none was). */
void stream_compare_capacity(dgm_broker *broker, const char *name, uint64_t wanted);
/* Waits until a story of so many bytes and messages may be sent, which is then counted. DGM_ELIMIT:
 * it never may; DGM_END: it was stopped. */
dgm_status stream_wait_for_room(dgm_broker *broker, size_t bytes, size_t n_messages,
                                uint32_t give_up, dgm_err *err) DGM_MUST_USE;

/* publish.c: the whole of a message, repeated with the same id until the stream has it. */
typedef struct {
    const char *subject, *id;
    dgm_view bytes;
    const char *const *headers; /* name, value, name, value, ..., NULL; or NULL */
} stream_letter;
/* give_up 0: never. *there (may be NULL): the stream had it already. DGM_END: it was stopped, or
 * another publisher has given up. */
dgm_status stream_publish(dgm_broker *broker, const stream_letter *letter, uint32_t give_up,
                          bool *there, dgm_err *err) DGM_MUST_USE;
/* A story: in parts where it is too large for one message. */
dgm_status stream_publish_story(dgm_broker *broker, const dgm_story_hash *hash, dgm_view bytes,
                                uint32_t give_up, bool *there, dgm_err *err) DGM_MUST_USE;

/* consumer.c: a request, repeated for so many seconds while nobody answers for the stream. */
typedef natsStatus (*stream_ask_fn)(dgm_broker *broker, void *context, jsErrCode *code);
natsStatus stream_ask(dgm_broker *broker, stream_ask_fn fn, void *context, double seconds,
                      jsErrCode *code);
/* The durable consumer that all workers share. DGM_END: there is no stream. */
dgm_status stream_make_consumer(dgm_broker *broker, uint32_t ack_wait, dgm_err *err) DGM_MUST_USE;
#define STREAM_CONSUMER "workers"

/* publish.c: the pieces of a large story. stream_drop_parts: where it fails they stay, and cost
 * room.
 */
dgm_status stream_fetch_parts(dgm_broker *broker, const dgm_story_hash *hash, uint32_t n_parts,
                              uint64_t n_bytes, dgm_buffer *out, dgm_err *err) DGM_MUST_USE;
void stream_drop_parts(dgm_broker *broker, const dgm_story_hash *hash);

#endif
