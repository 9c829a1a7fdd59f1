/* counters.h - what a worker has done, for those who ask: other threads answer `dragoman queue` and
 * Prometheus from it. Inside stream. */
#ifndef DGM_COUNTERS_H
#define DGM_COUNTERS_H

#include "stream/broker.h"

enum { STREAM_WINDOW = 60 }; /* seconds of which the rate is told */

typedef struct {
    pthread_mutex_t mutex;
    dgm_worked sums;
    char id[80]; /* "host:pid" */
    double begun;
    int64_t last_second;
    uint32_t seconds[STREAM_WINDOW]; /* stories done in each second of the window */
    double last_commit;              /* seconds since 1970; 0: none yet */
    const atomic_bool *store_is_up;
    dgm_broker *broker;
} stream_counters;

void stream_counters_init(stream_counters *counters, dgm_broker *broker,
                          const atomic_bool *store_is_up);
void stream_counters_done(stream_counters *counters);
/* One batch: what became of it, and how long the store took. */
void stream_count(stream_counters *counters, const dgm_worked *more);
/* Copies; stories a second over the window, and when the last batch was committed (NULL: not
 * wanted).
 */
dgm_worked stream_counted(stream_counters *counters, double *rate, double *last_commit);

/* metrics.c: a thread that answers GET /metrics (Prometheus) and /healthz at "[ADDRESS:]PORT";
 * without an address, on this machine only. */
typedef struct stream_metrics stream_metrics;
dgm_status stream_metrics_open(const char *where, stream_counters *counters, stream_metrics **out,
                               dgm_err *err) DGM_MUST_USE;
void stream_metrics_close(stream_metrics *metrics);

/* presence.c: answers those who ask which workers there are. */
dgm_status stream_presence_open(stream_counters *counters, natsSubscription **out,
                                dgm_err *err) DGM_MUST_USE;
/* Waits for what is being answered; false: it still is. */
bool stream_presence_close(natsSubscription *subscription);

#endif
