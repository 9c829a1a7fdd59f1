/* Server-Sent Events: who listens is told when events are added, and every 15 seconds that the
 * server lives. A watcher looks at the store each second; a listener costs no thread. */
#include "serve/server.h"

#include "store/page.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BEAT = 15, MOST_STREAMS = 4000 };

struct dgm_stream {
    dgm_server *server;
    struct MHD_Connection *connection;
    dgm_stream *before, *after;
    bool greeted, suspended;
    uint64_t state; /* that it was told of */
    double beat;    /* when it was last told anything */
};

/* ---- what is said --------------------------------------------------------------------------- */

static int news_of(dgm_stream *s, char *out, size_t size)
{
    const dgm_server *server = s->server;
    uint64_t state = atomic_load(&server->state);
    double now = dgm_seconds();
    int n = 0;
    if (!s->greeted) {
        n = snprintf(out, size, "retry: 3000\n: dragoman\n\n");
    } else if (s->state != state) {
        n = snprintf(out, size, "event: events\ndata: {\"n\":%lld,\"until\":\"%s\"}\n\n",
                     (long long)atomic_load(&server->n_new), server->last_day);
    } else if (now - s->beat >= BEAT) {
        n = snprintf(out, size, ": \n\n");
    }
    if (n > 0) {
        s->greeted = true;
        s->state = state;
        s->beat = now;
    }
    return n;
}

/* In the thread that speaks HTTP. Nothing to say: the connection rests until the watcher wakes it.
 */
static ssize_t give(void *context, uint64_t at, char *out, size_t size)
{
    dgm_stream *s = context;
    dgm_streams *all = &s->server->streams;
    char text[200];
    (void)at;
    pthread_mutex_lock(&all->lock);
    int n = all->ends ? -1 : news_of(s, text, sizeof text);
    if (n == 0) {
        s->suspended = true;
        MHD_suspend_connection(s->connection);
    }
    pthread_mutex_unlock(&all->lock);
    if (n < 0 || (size_t)n > size)
        return MHD_CONTENT_READER_END_OF_STREAM;
    memcpy(out, text, (size_t)n);
    return n;
}

static void forget(void *context)
{
    dgm_stream *s = context;
    dgm_streams *all = &s->server->streams;
    pthread_mutex_lock(&all->lock);
    if (s->before)
        s->before->after = s->after;
    else
        all->first = s->after;
    if (s->after)
        s->after->before = s->before;
    all->n--;
    pthread_mutex_unlock(&all->lock);
    free(s);
}

static void remember(dgm_streams *all, dgm_stream *s)
{
    pthread_mutex_lock(&all->lock);
    s->after = all->first;
    if (all->first)
        all->first->before = s;
    all->first = s;
    all->n++;
    pthread_mutex_unlock(&all->lock);
}

enum MHD_Result dgm_stream_open(dgm_server *server, struct MHD_Connection *connection)
{
    dgm_stream *s = server->streams.n < MOST_STREAMS ? calloc(1, sizeof *s) : NULL;
    if (!s)
        return MHD_NO;
    s->server = server;
    s->connection = connection;
    s->state = atomic_load(&server->state);
    remember(&server->streams, s);
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, give, s, forget);
    if (!response) {
        forget(s);
        return MHD_NO;
    }
    dgm_put_safety(response);
    (void)MHD_add_response_header(response, "Content-Type", "text/event-stream");
    (void)MHD_add_response_header(response, "Cache-Control", "no-store");
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    atomic_fetch_add(&server->counts.streamed, 1);
    return result;
}

/* ---- the watcher ---------------------------------------------------------------------------- */

typedef struct {
    int64_t story, event, n_splits;
    char day[11], split[DGM_UTC];
} last;

static bool take_last(void *context, const dgm_cell *cells, uint32_t n)
{
    last *l = context;
    (void)n;
    l->story = cells[0].kind == DGM_CELL_INT ? cells[0].integer : 0;
    l->event = cells[1].kind == DGM_CELL_INT ? cells[1].integer : 0;
    if (cells[2].kind == DGM_CELL_TEXT)
        snprintf(l->day, sizeof l->day, "%.*s", (int)DGM_MIN(cells[2].text.n, (size_t)10),
                 cells[2].text.p);
    l->n_splits = cells[3].kind == DGM_CELL_INT ? cells[3].integer : 0;
    if (cells[4].kind == DGM_CELL_TEXT)
        snprintf(l->split, sizeof l->split, "%.*s",
                 (int)DGM_MIN(cells[4].text.n, sizeof l->split - 1), cells[4].text.p);
    return false;
}

static bool is_other(const last *a, const last *b)
{
    return a->story != b->story || a->event != b->event || a->n_splits != b->n_splits ||
           strcmp(a->split, b->split) != 0;
}

static void wake(dgm_streams *all)
{
    double now = dgm_seconds();
    for (dgm_stream *s = all->first; s; s = s->after) {
        bool due = all->ends || !s->greeted || now - s->beat >= BEAT ||
                   s->state != atomic_load(&s->server->state);
        if (!s->suspended || !due)
            continue;
        s->suspended = false;
        MHD_resume_connection(s->connection);
    }
}

static dgm_status see(dgm_server *server, dgm_store **store, last *out, dgm_err *err)
{
    bool opened = !*store;
    dgm_status status = *store ? DGM_OK : dgm_store_open_to_read(server->options->db, store, err);
    if (status == DGM_OK && opened)
        status = dgm_page_frugal(*store, err);
    return status == DGM_OK ? dgm_page_find(*store, DGM_LOOK_LAST, NULL, take_last, out, err)
                            : status;
}

static void look(dgm_server *server, dgm_store **store, last *was)
{
    last now = { 0 };
    dgm_err err = { 0 };
    dgm_status status = see(server, store, &now, &err);
    bool changed = status == DGM_OK && is_other(&now, was) && !dgm_memory_rests(server);
    if (changed)
        dgm_memory_read(server, *store);
    pthread_mutex_lock(&server->streams.lock);
    if (status != DGM_OK) {
        dgm_store_free(*store);
        *store = NULL;
    } else if (changed) {
        atomic_store(&server->n_new, now.event > was->event ? now.event - was->event : 0);
        memcpy(server->last_day, now.day, sizeof now.day);
        *was = now;
        atomic_fetch_add(&server->state, 1);
    }
    wake(&server->streams);
    pthread_mutex_unlock(&server->streams.lock);
}

typedef struct {
    dgm_server *server;
    dgm_store *store;
    last was;
} watch;

static void *keep_watch(void *context)
{
    watch *w = context;
    dgm_memory_read(w->server, w->store);
    for (uint32_t tick = 0; !atomic_load(&w->server->ends); tick++) {
        if (tick % 10 == 0)
            look(w->server, &w->store, &w->was);
        (void)nanosleep(&(struct timespec) { 0, 100000000 }, NULL);
    }
    dgm_store_free(w->store);
    atomic_store(&w->server->watched, true);
    free(w);
    return NULL;
}

/* What is there at the beginning is no news, so it is seen before anybody can ask. */
bool dgm_streams_start(dgm_server *server, dgm_err *err)
{
    watch *w = calloc(1, sizeof *w);
    server->streams.made = pthread_mutex_init(&server->streams.lock, NULL) == 0;
    if (!w || !server->streams.made) {
        free(w);
        return false;
    }
    w->server = server;
    server->watches = see(server, &w->store, &w->was, err) == DGM_OK &&
                      pthread_create(&server->watcher, NULL, keep_watch, w) == 0;
    if (!server->watches) {
        dgm_store_free(w->store);
        free(w);
    }
    return server->watches;
}

void dgm_streams_end(dgm_server *server)
{
    while (server->watches && !atomic_load(&server->watched)) {
        dgm_memory_interrupt(server);
        (void)nanosleep(&(struct timespec) { 0, 10000000 }, NULL);
    }
    if (server->watches)
        pthread_join(server->watcher, NULL);
    server->watches = false;
    if (!server->streams.made)
        return;
    pthread_mutex_lock(&server->streams.lock);
    server->streams.ends = true;
    wake(&server->streams);
    pthread_mutex_unlock(&server->streams.lock);
}
