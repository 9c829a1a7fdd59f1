#include "stream/counters.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

void stream_counters_init(stream_counters *c, dgm_broker *broker, const atomic_bool *store_is_up)
{
    char host[56] = "";
    memset(c, 0, sizeof *c);
    pthread_mutex_init(&c->mutex, NULL);
    if (gethostname(host, sizeof host - 1) != 0 || !host[0])
        snprintf(host, sizeof host, "worker");
    snprintf(c->id, sizeof c->id, "%s:%ld", host, (long)getpid());
    c->begun = dgm_seconds();
    c->last_second = (int64_t)c->begun;
    c->broker = broker;
    c->store_is_up = store_is_up;
}

void stream_counters_done(stream_counters *c)
{
    pthread_mutex_destroy(&c->mutex);
}

/* Seconds that have passed since the last call have nothing. */
static void turn(stream_counters *c, int64_t now)
{
    int64_t first = DGM_MAX(c->last_second + 1, now - STREAM_WINDOW + 1);
    for (int64_t s = first; s <= now; s++)
        c->seconds[s % STREAM_WINDOW] = 0;
    c->last_second = DGM_MAX(c->last_second, now);
}

void stream_count(stream_counters *c, const dgm_worked *more)
{
    struct timespec now;
    int64_t second = (int64_t)dgm_seconds();
    clock_gettime(CLOCK_REALTIME, &now);
    pthread_mutex_lock(&c->mutex);
    turn(c, second);
    c->seconds[c->last_second % STREAM_WINDOW] += (uint32_t)(more->n_new + more->n_there);
    c->sums.n_new += more->n_new;
    c->sums.n_there += more->n_there;
    c->sums.n_failed += more->n_failed;
    c->sums.n_dead += more->n_dead;
    c->sums.n_batches += more->n_batches;
    c->sums.store_seconds += more->store_seconds;
    if (more->n_batches > 0)
        c->last_commit = (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
    pthread_mutex_unlock(&c->mutex);
}

dgm_worked stream_counted(stream_counters *c, double *rate, double *last_commit)
{
    double now = dgm_seconds(), window = DGM_MIN(now - c->begun, STREAM_WINDOW);
    uint64_t n = 0;
    pthread_mutex_lock(&c->mutex);
    turn(c, (int64_t)now);
    for (size_t i = 0; i < STREAM_WINDOW; i++)
        n += c->seconds[i];
    dgm_worked sums = c->sums;
    if (last_commit)
        *last_commit = c->last_commit;
    pthread_mutex_unlock(&c->mutex);
    if (rate)
        *rate = (double)n / DGM_MAX(window, 1);
    return sums;
}
