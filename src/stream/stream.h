/* stream.h - stories on a stream of NATS JetStream: put there by many, taken from there and coded
 * by many, each kept once by the store. docs/streams.md describes how it is run.
 *
 * A stream NAME is three of JetStream: NAME holds the stories that wait (subject NAME.stories),
 * NAME-parts the pieces of those that are larger than a message may be (NAME.parts.HASH.I), and
 * NAME-dead what failed three times, with the reason (NAME.dead). Workers share the durable
 * consumer "workers" and answer to NAME.workers. */
#ifndef DGM_STREAM_H
#define DGM_STREAM_H

#include "ingest/ingest.h"
#include "store/store.h"
#include "story/story.h"

#include <signal.h>

/* ---- the broker ----------------------------------------------------------------------------- */

typedef struct dgm_broker dgm_broker; /* a connection; any thread */

typedef struct {
    const char *url;         /* "nats://host:4222,...", "tls://user:password@host" */
    const char *stream;      /* NAME: letters, digits, "-" and "_" */
    const char *credentials; /* files of NATS credentials and of TLS (PEM), or NULL */
    const char *ca, *certificate, *key;
    /* Trouble that is waited for, and its end; one call at a time, from any thread. */
    void (*say)(void *context, const char *text);
    void *context;
    const volatile sig_atomic_t *stop; /* not 0: nothing is waited for any more */
} dgm_broker_options;

/* The caller owns *out; what options point to must outlive it. */
dgm_status dgm_broker_open(const dgm_broker_options *options, dgm_broker **out,
                           dgm_err *err) DGM_MUST_USE;
void dgm_broker_free(dgm_broker *broker);

/* A new stream's properties; one that is there stays as it is. */
typedef struct {
    uint32_t replicas; /* 0: three where the cluster has as many servers, else one */
    uint64_t capacity; /* bytes of stories that wait, at most; 0: as the broker allows */
    uint32_t ack_wait; /* seconds after which a story that a worker took is given to another */
} dgm_stream_shape;
/* Makes the streams and the consumer where they are missing. */
dgm_status dgm_broker_prepare(dgm_broker *broker, const dgm_stream_shape *shape,
                              dgm_err *err) DGM_MUST_USE;

/* ---- in: stories onto the stream ------------------------------------------------------------ */

typedef struct {
    uint64_t n_read, n_submitted, n_there, n_passed, n_refused;
    uint64_t n_left; /* read, but neither accepted nor refused when the run ended */
} dgm_submitted;
/* refuse: a story that cannot go on a stream, and why. journal: a file that keeps what the stream
 * has accepted, so that a run that was cut off goes on where it stopped; NULL: none. */
typedef struct {
    dgm_broker *broker;
    dgm_inputs *inputs;
    dgm_progress *bar;
    const char *journal;
    uint32_t give_up; /* seconds that a story may wait before the run ends; 0: any number */
    void (*refuse)(void *context, const dgm_err *err);
    void *context;
} dgm_submission;
/* DGM_OK, also where it was stopped; then *out says how far it came. */
dgm_status dgm_submit(const dgm_submission *submission, dgm_submitted *out,
                      dgm_err *err) DGM_MUST_USE;

/* ---- out: stories into the store ------------------------------------------------------------ */

typedef struct {
    uint64_t n_new, n_there, n_failed, n_dead; /* stories; failed: attempts */
    uint64_t n_batches;
    double store_seconds; /* in which batches were written */
} dgm_worked;

typedef struct {
    dgm_broker *broker;
    const dgm_coder *coder;
    const char *db;         /* as dgm_store_open() has it */
    const char *tables;     /* hash of the tables */
    const char *metrics;    /* "[ADDRESS:]PORT" for Prometheus, or NULL */
    uint32_t n_threads;     /* 0: one a core */
    bool until_empty;       /* end when nothing waits any more */
    uint32_t ack_wait;      /* as in dgm_stream_shape; of a consumer that is missing */
    uint32_t seconds_story; /* of a story that workers died of: how long it may take */
} dgm_work;
/* Takes stories until `stop` of the broker's options, or until the stream is empty. */
dgm_status dgm_worker(const dgm_work *work, dgm_worked *out, dgm_err *err) DGM_MUST_USE;

/* ---- how it stands -------------------------------------------------------------------------- */

typedef struct {
    char id[80]; /* "host:pid" */
    uint64_t n_new, n_there, n_failed, n_dead;
    double rate; /* stories a second over the last minute */
    double age;  /* seconds since it began */
} dgm_worker_state;

enum { DGM_MOST_WORKERS = 1024 };
typedef struct {
    uint64_t n_waiting, bytes;    /* not yet taken by a worker, or taken and not yet stored */
    uint64_t n_taken, n_again;    /* of these: with a worker; given out more than once */
    uint64_t n_parts, n_dead;     /* pieces of large stories; dead letters */
    uint32_t replicas, n_current; /* copies of the stream, and those that are up to date */
    char leader[80];              /* server that leads the stream; "": none, or no cluster */
    dgm_worker_state *workers;    /* by id; the state's own */
    uint32_t n_workers;
    double rate; /* of all workers */
} dgm_queue_state;
dgm_status dgm_queue_look(dgm_broker *broker, dgm_queue_state *out, dgm_err *err) DGM_MUST_USE;
void dgm_queue_state_done(dgm_queue_state *state);

/* Dead letters, oldest first; false ends it. */
typedef struct {
    uint64_t sequence;
    dgm_view hash, reason, worker, id; /* id: the story's own; empty where it cannot be read */
    int64_t time;                      /* seconds since 1970 */
} dgm_dead_letter;
typedef bool (*dgm_dead_letter_fn)(void *context, const dgm_dead_letter *letter);
dgm_status dgm_dead_letters(dgm_broker *broker, dgm_dead_letter_fn fn, void *context,
                            dgm_err *err) DGM_MUST_USE;
/* Puts all of them back onto the stream. */
dgm_status dgm_dead_letters_again(dgm_broker *broker, uint64_t *n, dgm_err *err) DGM_MUST_USE;

#endif
