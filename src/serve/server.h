/* server.h - the parts of the running server: what its one thread does with HTTP (server.c), the
 * workers that ask the store (lanes.c), the streams of news (stream.c). Inside serve. */
#ifndef DGM_SERVE_SERVER_H
#define DGM_SERVE_SERVER_H

#include "serve/kept.h"
#include "serve/rates.h"
#include "serve/routes.h"

#include <pthread.h>
#include <stdatomic.h>

enum { DGM_LONGEST_BODY = 64 * 1024, DGM_MOST_WAITING = 64, DGM_N_LANES = 3, DGM_MOST_WORKERS = 2 };

/* A request, from its first line until its answer has gone out. */
typedef struct dgm_exchange {
    struct dgm_server *server;
    struct MHD_Connection *connection;
    dgm_view target; /* as it was sent; its bytes follow the exchange */
    dgm_http_method method;
    bool begun, answered, too_long;
    dgm_buffer body;
    dgm_kept *kept; /* the answer, or */
    FILE *file;     /* a file, with its type */
    const char *type;
    struct dgm_exchange *next; /* in the lane */
    dgm_request request;       /* last, since it is large and mostly not touched */
} dgm_exchange;

/* Questions that wait, and the workers that take them. */
typedef struct {
    struct dgm_server *server;
    dgm_lane kind;
    pthread_mutex_t lock;
    pthread_cond_t some;
    dgm_exchange *first, *last;
    uint32_t n_waiting, n_workers, n_started;
    bool ends, made;
    pthread_t workers[DGM_MOST_WORKERS];
    dgm_store *stores[DGM_MOST_WORKERS]; /* that each asks now; NULL: none */
} dgm_lane_state;

typedef struct {
    atomic_ullong requests, refused, failed, kept, unanswered, streamed;
    atomic_ullong microseconds; /* that workers took */
    atomic_ullong questions;
} dgm_counts;

typedef struct dgm_stream dgm_stream;
typedef struct {
    pthread_mutex_t lock;
    dgm_stream *first;
    uint32_t n;
    bool made, ends;
} dgm_streams;

/* The store's events in memory (memory.c); the watcher reads them. */
typedef struct dgm_held dgm_held;
typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    dgm_held *now;      /* NULL: not read, or the store has too many */
    dgm_store *reading; /* NULL: nothing is being read */
    bool made, tried;
    double read_at, took; /* seconds; the watcher's */
} dgm_memory;

struct dgm_server {
    const dgm_serve_options *options;
    struct MHD_Daemon *daemon;
    char address[120];
    bool loopback;
    dgm_vocabulary words;
    dgm_cache *cache;
    dgm_kept **assets; /* one a dgm_assets[] */
    unsigned char **plains;
    dgm_lane_state lanes[DGM_N_LANES];
    dgm_rates coded; /* POST /api/code, by address */
    dgm_counts counts;
    dgm_streams streams;
    dgm_memory memory;
    pthread_mutex_t telling; /* of complaints */
    atomic_ullong state;     /* of the store: rises when it changes */
    atomic_llong n_new;
    char last_day[11]; /* under streams.lock */
    atomic_uint in_flight;
    atomic_bool ends;
    pthread_t watcher;
    bool watches;
    atomic_bool watched; /* it has ended */
};

/* complain.c: what goes wrong inside; never shown to a client. */
void dgm_server_complain(dgm_server *server, const dgm_err *err);

/* lanes.c */
bool dgm_lanes_start(dgm_server *server);
/* Hands it to the workers; false: too many wait. The connection must be suspended. */
bool dgm_lane_put(dgm_lane_state *lane, dgm_exchange *exchange);
/* Stops what is being asked of the store. */
void dgm_lanes_interrupt(dgm_server *server);
/* Answers what waits and ends the workers. */
void dgm_lanes_end(dgm_server *server);

/* memory.c */
bool dgm_memory_start(dgm_server *server);
void dgm_memory_end(dgm_server *server);
/* By the watcher alone: reads the store as it is now; whether that would be too soon. */
void dgm_memory_read(dgm_server *server, dgm_store *store);
bool dgm_memory_rests(const dgm_server *server);
/* By any thread: stops what is being read. */
void dgm_memory_interrupt(dgm_server *server);
/* What was read last, until it is released; NULL: nothing. */
dgm_held *dgm_memory_hold(dgm_server *server);
void dgm_memory_release(dgm_held *held);
const struct dgm_columns *dgm_held_columns(const dgm_held *held);

/* stream.c: streams, and the watcher that sees whether the store has changed */
/* False: err says why, or there is no memory, or no thread. */
bool dgm_streams_start(dgm_server *server, dgm_err *err);
enum MHD_Result dgm_stream_open(dgm_server *server, struct MHD_Connection *connection);
void dgm_streams_end(dgm_server *server); /* wakes and ends all */

/* files.c: the page's files, uncompressed for who cannot. */
bool dgm_files_load(dgm_server *server);
void dgm_files_free(dgm_server *server);
/* NULL: there is no such file. */
const dgm_kept *dgm_files_find(const dgm_server *server, dgm_view path);

/* metrics.c */
void dgm_put_metrics(const dgm_server *server, dgm_buffer *out);

#endif
