/* The one thread that speaks HTTP: it reads requests, refuses what is not for it, sends what is at
 * hand, and hands the rest to the workers while the connection rests. */
#include "serve/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
    CACHE_BYTES = 32 << 20,
    CACHE_ANSWERS = 400,
    MOST_CONNECTIONS = 6000,
    MOST_OF_ONE_ADDRESS = 64, /* beyond this machine */
    IDLE_SECONDS = 15,
    CODED_AT_ONCE = 20,
    LONGEST_DRAIN = 10,
    PATIENCE = 2 /* seconds that questions still have when the server is told to end */
};

/* ---- sending -------------------------------------------------------------------------------- */

static enum MHD_Result send_now(dgm_exchange *x, dgm_buffer *body, const char *type,
                                unsigned status)
{
    dgm_kept *kept = dgm_kept_new(body, type, status);
    dgm_buffer_done(body);
    if (!kept)
        return MHD_NO;
    enum MHD_Result result = dgm_kept_send(x->connection, kept);
    dgm_kept_release(kept);
    return result;
}

static enum MHD_Result refuse(dgm_exchange *x, unsigned status, const char *parameter,
                              const char *message)
{
    dgm_refusal refusal;
    dgm_buffer body = { 0 };
    dgm_turn_down(&refusal, status, parameter, "%s", message);
    dgm_refusal_json(&refusal, &body);
    atomic_fetch_add(&x->server->counts.refused, 1);
    return send_now(x, &body, "application/json", status);
}

static enum MHD_Result send_file(dgm_exchange *x)
{
    long n = fseek(x->file, 0, SEEK_END) == 0 ? ftell(x->file) : -1;
    int fd = n >= 0 ? dup(fileno(x->file)) : -1;
    struct MHD_Response *response = fd < 0 ? NULL : MHD_create_response_from_fd64((uint64_t)n, fd);
    if (!response) {
        if (fd >= 0)
            close(fd);
        return MHD_NO;
    }
    dgm_put_safety(response);
    (void)MHD_add_response_header(response, "Content-Type", x->type);
    (void)MHD_add_response_header(response, "Cache-Control", "no-store");
    enum MHD_Result result = MHD_queue_response(x->connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

/* ---- who may ask ---------------------------------------------------------------------------- */

static const char *header(dgm_exchange *x, const char *name)
{
    return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result count_host(void *context, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    (void)kind, (void)value;
    *(uint32_t *)context += dgm_view_eq_nocase(dgm_view_of(name), DGM_VIEW("Host"));
    return MHD_YES;
}

/* RFC 9112, 3.2: a server that believes one of two, and a proxy before it the other, are led
 * astray. */
static bool has_two_hosts(dgm_exchange *x)
{
    uint32_t n = 0;
    (void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND, count_host, &n);
    return n > 1;
}

/* Takes as long whatever is wrong. */
static bool is_token(const char *token, dgm_view given)
{
    size_t n = strlen(token);
    unsigned char differs = given.n != n;
    for (size_t i = 0; i < n; i++)
        differs |= (unsigned char)(token[i] ^ (i < given.n ? given.p[i] : 0));
    return !differs;
}

static bool has_token(dgm_exchange *x)
{
    const char *token = x->server->options->token;
    dgm_view given = dgm_view_of(header(x, "Authorization"));
    const char *cookie = MHD_lookup_connection_value(x->connection, MHD_COOKIE_KIND, "dragoman");
    if (!token)
        return true;
    if (dgm_view_starts(given, DGM_VIEW("Bearer ")) &&
        is_token(token, dgm_view_slice(given, 7, given.n)))
        return true;
    return cookie && is_token(token, dgm_view_of(cookie));
}

/* "/?token=..." once, and the browser has it from then on. */
static enum MHD_Result let_in(dgm_exchange *x)
{
    char cookie[400];
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, (char[1]) { 0 }, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    snprintf(cookie, sizeof cookie, "dragoman=%s; Path=/; HttpOnly; SameSite=Strict",
             x->server->options->token);
    dgm_put_safety(response);
    (void)MHD_add_response_header(response, "Set-Cookie", cookie);
    (void)MHD_add_response_header(response, "Location", "/");
    (void)MHD_add_response_header(response, "Cache-Control", "no-store");
    enum MHD_Result result = MHD_queue_response(x->connection, MHD_HTTP_SEE_OTHER, response);
    MHD_destroy_response(response);
    return result;
}

/* A page of another site can send forms and see nothing; it can do no more than that. */
static bool is_from_elsewhere(dgm_exchange *x)
{
    const char *site = header(x, "Sec-Fetch-Site"), *origin = header(x, "Origin");
    const char *host = header(x, "Host");
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0 &&
        x->method == DGM_HTTP_POST)
        return true;
    if (!origin || !host || x->method != DGM_HTTP_POST)
        return false;
    const char *slashes = strstr(origin, "://");
    return !slashes || strcmp(slashes + 3, host) != 0;
}

static bool address_of(dgm_exchange *x, uint8_t out[DGM_ADDRESS_BYTES])
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    memset(out, 0, DGM_ADDRESS_BYTES);
    if (!info || !info->client_addr)
        return false;
    if (info->client_addr->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, info->client_addr, sizeof six);
        memcpy(out, &six.sin6_addr, 8); /* whoever has one address has the network of it */
    } else {
        struct sockaddr_in four;
        memcpy(&four, info->client_addr, sizeof four);
        memcpy(out, &four.sin_addr, 4);
    }
    return true;
}

/* ---- what can be said at once --------------------------------------------------------------- */

static enum MHD_Result answer_here(dgm_exchange *x)
{
    dgm_view path = dgm_view_of(x->request.route->path);
    dgm_buffer body = { 0 };
    if (dgm_view_eq(path, DGM_VIEW("/api/stream"))) {
        if (x->method == DGM_HTTP_HEAD)
            return refuse(x, 405, NULL, "/api/stream takes GET only.");
        return dgm_stream_open(x->server, x->connection);
    }
    if (dgm_view_eq(path, DGM_VIEW("/metrics"))) {
        dgm_put_metrics(x->server, &body);
        return send_now(x, &body, "text/plain; version=0.0.4", MHD_HTTP_OK);
    }
    dgm_buffer_put(&body, DGM_VIEW("{\"status\":\"ok\"}\n"));
    return send_now(x, &body, "application/json", MHD_HTTP_OK);
}

static enum MHD_Result answer_page(dgm_exchange *x)
{
    const char *token = dgm_request_value(&x->request, "token");
    if (token && x->server->options->token)
        return is_token(x->server->options->token, dgm_view_of(token))
                   ? let_in(x)
                   : refuse(x, 401, "token", "That is not this server's token.");
    const dgm_kept *file = dgm_files_find(x->server, x->request.path);
    if (!file)
        return refuse(x, 404, NULL, "There is no such file.");
    return dgm_kept_send(x->connection, file);
}

static enum MHD_Result hand_on(dgm_exchange *x)
{
    bool whole = x->request.suffix == DGM_SUFFIX_CSV || x->request.suffix == DGM_SUFFIX_JSONL ||
                 x->request.suffix == DGM_SUFFIX_ATOM;
    dgm_lane kind = x->request.route->lane;
    if (whole && kind == DGM_LANE_QUICK)
        kind = DGM_LANE_LONG;
    dgm_lane_state *lane = &x->server->lanes[kind - DGM_LANE_QUICK];
    MHD_suspend_connection(x->connection);
    if (dgm_lane_put(lane, x))
        return MHD_YES;
    x->answered = true; /* with nothing: too many wait */
    MHD_resume_connection(x->connection);
    return MHD_YES;
}

static enum MHD_Result send_answer(dgm_exchange *x)
{
    if (x->file)
        return send_file(x);
    if (x->kept)
        return dgm_kept_send(x->connection, x->kept);
    atomic_fetch_add(&x->server->counts.unanswered, 1);
    return refuse(x, 503, NULL, "Too much is asked at once; ask again in a second.");
}

/* ---- requests ------------------------------------------------------------------------------- */

static enum MHD_Result check_post(dgm_exchange *x, bool *good)
{
    uint8_t address[DGM_ADDRESS_BYTES];
    const char *length = header(x, "Content-Length"), *type = header(x, "Content-Type");
    uint64_t n = 0;
    bool codes = dgm_view_eq(dgm_view_of(x->request.route->path), DGM_VIEW("/api/code"));
    *good = false;
    if (!codes && !x->server->options->correct)
        return refuse(x, 404, NULL, "Marks are made with `dragoman serve --correct` only.");
    if (!type || strncmp(type, "application/json", 16) != 0)
        return refuse(x, 415, NULL, "The body must be application/json.");
    if (length && (!dgm_parse_u64(dgm_view_of(length), &n) || n > DGM_LONGEST_BODY))
        return refuse(x, 413, NULL, "The body is larger than 64 KiB.");
    if (codes && address_of(x, address) &&
        !dgm_rates_take(&x->server->coded, address, dgm_seconds()))
        return refuse(x, 429, NULL, "That is too many reports at once; wait a few seconds.");
    *good = true;
    return MHD_YES;
}

/* Everything up to the body. */
static enum MHD_Result begin(dgm_exchange *x, const char *method)
{
    dgm_server *server = x->server;
    const char *host = header(x, "Host");
    dgm_refusal refusal;
    bool good;
    x->begun = true;
    atomic_fetch_add(&server->counts.requests, 1);
    if (has_two_hosts(x))
        return refuse(x, 400, NULL, "A request has one Host.");
    if (!host || !dgm_host_is_ours(dgm_view_of(host), server->options->hosts, server->loopback))
        return refuse(x, 403, NULL,
                      "This server does not go by that name; `--host NAME` gives it one.");
    x->method = strcmp(method, "GET") == 0    ? DGM_HTTP_GET
                : strcmp(method, "HEAD") == 0 ? DGM_HTTP_HEAD
                                              : DGM_HTTP_POST;
    bool open = has_token(x);
    if (open && x->method != DGM_HTTP_POST)
        x->kept = dgm_cache_get(server->cache, x->target, atomic_load(&server->state));
    if (x->kept) {
        atomic_fetch_add(&server->counts.kept, 1);
        return dgm_kept_send(x->connection, x->kept);
    }
    if (!dgm_request_parse(method, x->target, &x->request, &refusal)) {
        dgm_buffer body = { 0 };
        dgm_refusal_json(&refusal, &body);
        atomic_fetch_add(&server->counts.refused, 1);
        return send_now(x, &body, "application/json", refusal.status);
    }
    x->method = x->request.method;
    if (is_from_elsewhere(x))
        return refuse(x, 403, NULL, "Pages of other sites may not do that.");
    bool health = x->request.route && strcmp(x->request.route->path, "/healthz") == 0;
    bool enters = !x->request.route && dgm_request_value(&x->request, "token");
    if (!open && !health && !enters)
        return refuse(x, 401, "token",
                      "This server asks for its token: open /?token=... once, or send"
                      " Authorization: Bearer ...");
    if (!x->request.route)
        return answer_page(x);
    if (x->request.route->lane == DGM_LANE_NONE)
        return answer_here(x);
    if (x->method != DGM_HTTP_POST)
        return hand_on(x);
    return check_post(x, &good);
}

static enum MHD_Result take_body(dgm_exchange *x, const char *bytes, size_t *n)
{
    if (x->body.n + *n <= DGM_LONGEST_BODY)
        dgm_buffer_put(&x->body, (dgm_view) { bytes, *n });
    else
        x->too_long = true; /* the rest is read and dropped */
    *n = 0;
    return MHD_YES;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *bytes, size_t *n,
                              void **request)
{
    dgm_exchange *x = *request;
    (void)context;
    (void)url;
    (void)version;
    if (!x)
        return MHD_NO;
    x->connection = connection;
    if (!x->begun)
        return begin(x, method);
    if (x->answered)
        return send_answer(x);
    if (x->method != DGM_HTTP_POST)
        return MHD_NO;
    if (*n > 0)
        return take_body(x, bytes, n);
    if (x->too_long)
        return refuse(x, 413, NULL, "The body is larger than 64 KiB.");
    if (x->body.failed)
        return refuse(x, 503, NULL, "There is no memory for that now; ask again in a second.");
    return hand_on(x);
}

static void free_exchange(dgm_exchange *x)
{
    dgm_buffer_done(&x->body);
    dgm_kept_release(x->kept);
    if (x->file)
        fclose(x->file);
    atomic_fetch_sub(&x->server->in_flight, 1);
    free(x);
}

/* Where a connection has its exchange. */
static dgm_exchange **place_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* Of some requests that libmicrohttpd refuses itself it tells the beginning but no end, so that a
 * connection frees what it still has. */
static void see_connection(void *context, struct MHD_Connection *connection, void **place,
                           enum MHD_ConnectionNotificationCode what)
{
    dgm_exchange **at = *place;
    (void)context;
    (void)connection;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *place = calloc(1, sizeof *at);
        return;
    }
    if (at && *at)
        free_exchange(*at);
    free(at);
    *place = NULL;
}

/* The first that is seen of a request: its target, as it was sent. */
static void *begin_exchange(void *context, const char *target, struct MHD_Connection *connection)
{
    dgm_server *server = context;
    size_t n = strlen(target);
    dgm_exchange **place = place_of(connection), *x = place ? malloc(sizeof *x + n + 1) : NULL;
    if (!x)
        return NULL;
    if (*place)
        free_exchange(*place);
    *place = x;
    memset(x, 0, offsetof(dgm_exchange, request));
    x->server = server;
    x->connection = connection;
    memcpy(x + 1, target, n + 1);
    x->target = (dgm_view) { (const char *)(x + 1), n };
    x->request.route = NULL;
    atomic_fetch_add(&server->in_flight, 1);
    return x;
}

static void end_exchange(void *context, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode why)
{
    dgm_exchange **place = place_of(connection), *x = *request;
    (void)context;
    (void)why;
    *request = NULL;
    if (!x || !place || *place != x)
        return;
    *place = NULL;
    free_exchange(x);
}

/* ---- starting and stopping ------------------------------------------------------------------ */

static dgm_status address_to_bind(const dgm_serve_options *o, struct sockaddr_storage *out,
                                  socklen_t *size, bool *loopback, dgm_err *err)
{
    struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(o->port) };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(o->port) };
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, o->bind, &four.sin_addr) == 1) {
        memcpy(out, &four, *size = sizeof four);
        *loopback = (ntohl(four.sin_addr.s_addr) >> 24) == 127;
    } else if (inet_pton(AF_INET6, o->bind, &six.sin6_addr) == 1) {
        memcpy(out, &six, *size = sizeof six);
        *loopback = IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
    } else {
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "'%.60s' is no address to listen on; 127.0.0.1 is this machine alone,"
                        " 0.0.0.0 every network",
                        o->bind);
    }
    if (!*loopback && !o->token)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "%s can be reached from other machines; give a token by --token-file",
                        o->bind);
    return DGM_OK;
}

/* As many files as the system lets us have, up to what we can use. */
static unsigned connections(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 500;
    rlim_t wanted = MOST_CONNECTIONS + 200;
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur =
            limit.rlim_max == RLIM_INFINITY || limit.rlim_max > wanted ? wanted : limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
        (void)getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= wanted)
        return MOST_CONNECTIONS;
    return limit.rlim_cur > 300 ? (unsigned)limit.rlim_cur - 200 : 100;
}

static dgm_status listen_on(dgm_server *s, dgm_err *err)
{
    struct sockaddr_storage address;
    socklen_t size = 0;
    dgm_status status = address_to_bind(s->options, &address, &size, &s->loopback, err);
    if (status != DGM_OK)
        return status;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
    if (address.ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    errno = 0;
    s->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, handle, s, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, s, MHD_OPTION_NOTIFY_COMPLETED, end_exchange,
        s, MHD_OPTION_NOTIFY_CONNECTION, see_connection, NULL, MHD_OPTION_CONNECTION_LIMIT,
        connections(), MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        s->loopback ? 0U : (unsigned)MOST_OF_ONE_ADDRESS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32 * 1024,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!s->daemon)
        return dgm_fail(err, DGM_EIO, NULL, 0, "cannot listen on %s, port %u: %s", s->options->bind,
                        (unsigned)s->options->port, errno ? strerror(errno) : "no reason is given");
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    bool six = address.ss_family == AF_INET6;
    snprintf(s->address, sizeof s->address, "http://%s%s%s:%u/", six ? "[" : "", s->options->bind,
             six ? "]" : "", info ? (unsigned)info->port : (unsigned)s->options->port);
    return DGM_OK;
}

static dgm_status check_store(const dgm_serve_options *o, dgm_err *err)
{
    dgm_store *store = NULL;
    dgm_status status = (o->correct ? dgm_store_open : dgm_store_open_to_read)(o->db, &store, err);
    dgm_store_free(store);
    return status;
}

dgm_status dgm_server_start(const dgm_serve_options *options, dgm_server **out, dgm_err *err)
{
    dgm_status status = check_store(options, err);
    dgm_server *s = status == DGM_OK ? calloc(1, sizeof *s) : NULL;
    if (status != DGM_OK)
        return status;
    if (!s)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a server");
    s->options = options;
    s->coded.burst = CODED_AT_ONCE;
    s->coded.per_second = 1;
    s->cache = dgm_cache_new(CACHE_BYTES, CACHE_ANSWERS);
    dgm_err why = { 0 };
    bool good = pthread_mutex_init(&s->telling, NULL) == 0 && s->cache && dgm_files_load(s);
    status = dgm_vocabulary_load(options->tables, &s->words, err);
    if (status == DGM_OK &&
        !(good && dgm_memory_start(s) && dgm_streams_start(s, &why) && dgm_lanes_start(s)))
        status = why.status
                     ? dgm_fail(err, why.status, why.file, why.line, "%s", why.msg)
                     : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory or threads for a server");
    if (status == DGM_OK)
        status = listen_on(s, err);
    if (status == DGM_OK)
        *out = s;
    else
        dgm_server_stop(s);
    return status;
}

const char *dgm_server_address(const dgm_server *server)
{
    return server->address;
}

/* What was asked before is answered; who sends slowly is not waited for. */
static void drain(dgm_server *s)
{
    double begun = dgm_seconds();
    MHD_socket listening = MHD_quiesce_daemon(s->daemon);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
    while (atomic_load(&s->in_flight) > 0 && dgm_seconds() - begun < LONGEST_DRAIN) {
        if (dgm_seconds() - begun > PATIENCE)
            dgm_lanes_interrupt(s);
        (void)nanosleep(&(struct timespec) { 0, 20000000 }, NULL);
    }
}

void dgm_server_stop(dgm_server *s)
{
    if (!s)
        return;
    atomic_store(&s->ends, true);
    dgm_streams_end(s);
    if (s->daemon)
        drain(s);
    dgm_lanes_end(s);
    if (s->daemon)
        MHD_stop_daemon(s->daemon);
    dgm_memory_end(s);
    dgm_cache_free(s->cache);
    dgm_files_free(s);
    dgm_vocabulary_done(&s->words);
    if (s->streams.made)
        pthread_mutex_destroy(&s->streams.lock);
    pthread_mutex_destroy(&s->telling);
    free(s);
}
