/* The worker's counters for Prometheus (text format 0.0.4), and whether it is well. One request a
 * connection, one connection at a time, each with a limit of time: whoever may reach the port can
 * do no more than read. */
#include "stream/counters.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LARGEST = 4096, PATIENCE_MS = 2000, TICK_MS = 200 };

struct stream_metrics {
    int socket;
    stream_counters *counters;
    pthread_t thread;
    bool running;
    atomic_bool stop;
};

/* ---- what is told --------------------------------------------------------------------------- */

static void head(dgm_buffer *out, const char *name, const char *kind, const char *help)
{
    dgm_buffer_printf(out, "# HELP dragoman_%s %s\n# TYPE dragoman_%s %s\n", name, help, name,
                      kind);
}

static void one(dgm_buffer *out, const char *name, const char *kind, const char *help, double value)
{
    head(out, name, kind, help);
    dgm_buffer_printf(out, "dragoman_%s ", name);
    dgm_buffer_number(out, value);
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

static void tell(stream_counters *c, dgm_buffer *out)
{
    double rate, last_commit;
    const dgm_worked sums = stream_counted(c, &rate, &last_commit);
    const struct {
        const char *result;
        uint64_t n;
    } stories[] = { { "new", sums.n_new }, { "there", sums.n_there }, { "dead", sums.n_dead } };
    head(out, "stories_total", "counter", "Stories taken from the stream, by what became of them.");
    for (size_t i = 0; i < DGM_LEN(stories); i++)
        dgm_buffer_printf(out, "dragoman_stories_total{result=\"%s\"} %llu\n", stories[i].result,
                          (unsigned long long)stories[i].n);
    one(out, "failures_total", "counter", "Attempts at a story that failed.",
        (double)sums.n_failed);
    one(out, "batches_total", "counter", "Transactions committed.", (double)sums.n_batches);
    one(out, "store_seconds_total", "counter", "Time in which batches were written.",
        sums.store_seconds);
    one(out, "stories_per_second", "gauge", "Stories a second over the last minute.", rate);
    one(out, "last_commit_timestamp_seconds", "gauge", "When the last batch was committed.",
        last_commit);
    one(out, "broker_up", "gauge", "Whether the broker is connected.",
        natsConnection_Status(c->broker->connection) == NATS_CONN_STATUS_CONNECTED);
    one(out, "store_up", "gauge", "Whether the store is open.", atomic_load(c->store_is_up));
    one(out, "broker_disconnects_total", "counter", "Connections to the broker that were lost.",
        atomic_load(&c->broker->n_cut));
}

static void tell_health(stream_counters *c, dgm_buffer *out, const char **status)
{
    bool broker = natsConnection_Status(c->broker->connection) == NATS_CONN_STATUS_CONNECTED;
    bool store = atomic_load(c->store_is_up);
    *status = broker && store ? "200 OK" : "503 Service Unavailable";
    dgm_buffer_printf(out, "%s\n",
                      broker && store ? "well"
                      : broker        ? "the store cannot be reached"
                                      : "the broker cannot be reached");
}

/* ---- HTTP ----------------------------------------------------------------------------------- */

/* Up to the blank line, or as far as it comes in time. */
static size_t read_request(int fd, char *text, size_t room)
{
    size_t n = 0;
    double end = dgm_seconds() + PATIENCE_MS / 1000.0;
    while (n < room - 1 && dgm_seconds() < end) {
        struct pollfd wait = { .fd = fd, .events = POLLIN };
        if (poll(&wait, 1, TICK_MS) <= 0)
            continue;
        ssize_t got = recv(fd, text + n, room - 1 - n, 0);
        if (got <= 0)
            break;
        n += (size_t)got;
        text[n] = '\0';
        if (strstr(text, "\r\n\r\n") || strstr(text, "\n\n"))
            break;
    }
    text[n] = '\0';
    return n;
}

static void write_all(int fd, dgm_view v)
{
    double end = dgm_seconds() + PATIENCE_MS / 1000.0;
    while (v.n > 0 && dgm_seconds() < end) {
        struct pollfd wait = { .fd = fd, .events = POLLOUT };
        if (poll(&wait, 1, TICK_MS) <= 0)
            continue;
        ssize_t sent = send(fd, v.p, v.n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent <= 0)
            return;
        v = dgm_view_slice(v, (size_t)sent, v.n);
    }
}

static bool asks(const char *request, const char *path)
{
    size_t n = strlen(path);
    return strncmp(request, "GET ", 4) == 0 && strncmp(request + 4, path, n) == 0 &&
           strchr(" ?", request[4 + n]);
}

static void answer(stream_metrics *m, int fd)
{
    char request[LARGEST], top[200];
    dgm_buffer body = { 0 };
    const char *status = "404 Not Found";
    if (read_request(fd, request, sizeof request) == 0)
        return;
    if (asks(request, "/metrics")) {
        status = "200 OK";
        tell(m->counters, &body);
    } else if (asks(request, "/healthz")) {
        tell_health(m->counters, &body, &status);
    } else {
        dgm_buffer_put(&body, DGM_VIEW("there are /metrics and /healthz\n"));
    }
    int n = snprintf(top, sizeof top,
                     "HTTP/1.1 %s\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                     "Content-Length: %zu\r\nConnection: close\r\n\r\n",
                     status, body.n);
    write_all(fd, (dgm_view) { top, (size_t)n });
    write_all(fd, (dgm_view) { body.p, body.n });
    dgm_buffer_done(&body);
}

static void *serve(void *context)
{
    stream_metrics *m = context;
    while (!atomic_load(&m->stop)) {
        struct pollfd wait = { .fd = m->socket, .events = POLLIN };
        if (poll(&wait, 1, TICK_MS) <= 0)
            continue;
        int fd = accept(m->socket, NULL, NULL);
        if (fd < 0)
            continue;
        answer(m, fd);
        (void)shutdown(fd, SHUT_WR);
        close(fd);
    }
    return NULL;
}

/* ---- opening -------------------------------------------------------------------------------- */

static int listen_at(const struct addrinfo *at)
{
    int yes = 1, fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
    if (fd < 0)
        return -1;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, 16) == 0)
        return fd;
    int reason = errno;
    close(fd);
    errno = reason;
    return -1;
}

static dgm_status listen_to(const char *where, int *out, dgm_err *err)
{
    char host[200] = "127.0.0.1";
    const char *colon = strrchr(where, ':'), *port = colon ? colon + 1 : where;
    const struct addrinfo wish = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE };
    struct addrinfo *found = NULL;
    uint64_t n;
    if (colon) {
        bool bracket = where[0] == '[' && colon > where + 1 && colon[-1] == ']';
        snprintf(host, sizeof host, "%.*s", (int)(colon - where) - (bracket ? 2 : 0),
                 where + (bracket ? 1 : 0));
    }
    if (!dgm_parse_u64(dgm_view_of(port), &n) || n > 65535 ||
        getaddrinfo(host[0] ? host : NULL, port, &wish, &found) != 0)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "--metrics takes a port, or an address and a port, not \"%.100s\"", where);
    *out = -1;
    for (const struct addrinfo *at = found; at && *out < 0; at = at->ai_next)
        *out = listen_at(at);
    int reason = errno;
    freeaddrinfo(found);
    return *out >= 0 ? DGM_OK
                     : dgm_fail(err, DGM_EIO, NULL, 0, "metrics cannot be served at %.100s: %s",
                                where, strerror(reason));
}

dgm_status stream_metrics_open(const char *where, stream_counters *counters, stream_metrics **out,
                               dgm_err *err)
{
    stream_metrics *m = calloc(1, sizeof *m);
    if (!m)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for metrics");
    m->counters = counters;
    m->socket = -1;
    dgm_status status = listen_to(where, &m->socket, err);
    if (status == DGM_OK && pthread_create(&m->thread, NULL, serve, m) != 0)
        status = dgm_fail(err, DGM_EIO, NULL, 0, "no thread for metrics");
    m->running = status == DGM_OK;
    if (status == DGM_OK)
        *out = m;
    else
        stream_metrics_close(m);
    return status;
}

void stream_metrics_close(stream_metrics *m)
{
    if (!m)
        return;
    atomic_store(&m->stop, true);
    if (m->running)
        pthread_join(m->thread, NULL);
    if (m->socket >= 0)
        close(m->socket);
    free(m);
}
