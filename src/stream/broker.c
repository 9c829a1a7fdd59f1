/* The connection, and what stands in the way when it does not do what it should. */
#include "stream/broker.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_SERVERS = 16, TELL_AGAIN = 30 };

bool stream_stopped(const dgm_broker *broker)
{
    return broker->options.stop && *broker->options.stop != 0;
}

bool stream_gives_up(dgm_broker *broker, uint32_t give_up, double begun)
{
    return give_up > 0 && dgm_seconds() - begun > give_up &&
           !atomic_exchange(&broker->given_up, true);
}

void stream_sleep(const dgm_broker *broker, double seconds)
{
    const struct timespec tick = { .tv_nsec = 50 * 1000 * 1000 };
    double end = dgm_seconds() + seconds;
    while (dgm_seconds() < end && !stream_stopped(broker))
        (void)nanosleep(&tick, NULL);
}

/* ---- trouble -------------------------------------------------------------------------------- */

const char *stream_why(natsStatus s)
{
    natsStatus last = NATS_OK;
    const char *why = nats_GetLastError(&last);
    return why && why[0] && last == s ? why : natsStatus_GetText(s);
}

dgm_status stream_fail(const dgm_broker *broker, natsStatus s, const char *doing, dgm_err *err)
{
    if (s == NATS_NO_MEMORY)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory to %s", doing);
    return dgm_fail(err, DGM_EIO, NULL, 0, "stream \"%s\": cannot %s: %s", broker->name, doing,
                    stream_why(s));
}

bool stream_is_final(natsStatus s, jsErrCode code)
{
    return s == NATS_CONNECTION_CLOSED || s == NATS_CONNECTION_AUTH_FAILED ||
           s == NATS_NOT_PERMITTED || s == NATS_INVALID_ARG || s == NATS_INVALID_SUBJECT ||
           s == NATS_NO_MEMORY || s == NATS_MAX_PAYLOAD || code == JSStreamReplicasNotSupportedErr;
}

stream_trouble stream_trouble_of(const dgm_broker *broker, natsStatus s, jsErrCode code)
{
    if (s == NATS_OK)
        return TROUBLE_NONE;
    if (code == JSStreamStoreFailedErr && strstr(stream_why(s), "exceeded"))
        return TROUBLE_FULL;
    if (code == JSInsufficientResourcesErr || code == JSStorageResourcesExceededErr ||
        code == JSStreamStoreFailedErr)
        return TROUBLE_DISK;
    if (natsConnection_Status(broker->connection) != NATS_CONN_STATUS_CONNECTED)
        return TROUBLE_CUT;
    return s == NATS_TIMEOUT || s == NATS_NO_RESPONDERS || code == JSClusterNotAvailErr ||
                   code == JSClusterNoPeersErr
               ? TROUBLE_LEADER
               : TROUBLE_OTHER;
}

static const char *const troubles[] = {
    [TROUBLE_NONE] = "answers again",
    [TROUBLE_CUT] = "the connection to the broker is lost; trying to connect again",
    [TROUBLE_LEADER] = "no broker answers: no leader yet, or a full disk; trying again",
    [TROUBLE_FULL] = "is full; waiting until workers have made room",
    [TROUBLE_DISK] = "the broker cannot store, its disk may be full; trying again",
    [TROUBLE_OTHER] = "trying again",
};

/* Many threads may meet the same trouble: it is said once, and again while it lasts. */
void stream_tell(dgm_broker *broker, stream_trouble trouble, natsStatus s, const char *why)
{
    char text[400];
    double now = dgm_seconds();
    if (trouble == TROUBLE_NONE && !atomic_load(&broker->is_told))
        return;
    pthread_mutex_lock(&broker->mutex);
    bool news =
        trouble != broker->told || (trouble != TROUBLE_NONE && now - broker->told_at > TELL_AGAIN);
    if (news && broker->options.say) {
        if (trouble == TROUBLE_NONE)
            snprintf(text, sizeof text, "stream \"%s\": answers again", broker->name);
        else
            snprintf(text, sizeof text, "stream \"%s\": %s (%s)", broker->name, troubles[trouble],
                     why ? why : natsStatus_GetText(s));
        broker->options.say(broker->options.context, text);
    }
    if (news) {
        broker->told = trouble;
        broker->told_at = now;
        atomic_store(&broker->is_told, trouble != TROUBLE_NONE);
    }
    pthread_mutex_unlock(&broker->mutex);
}

static void lost(natsConnection *connection, void *context)
{
    dgm_broker *broker = context;
    (void)connection;
    atomic_fetch_add(&broker->n_cut, 1);
}

/* The last that the library's thread calls of ours, after every lost(). */
static void closed(natsConnection *connection, void *context)
{
    dgm_broker *broker = context;
    (void)connection;
    atomic_store(&broker->closed, true);
}

/* ---- options -------------------------------------------------------------------------------- */

static bool is_name(const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < n; i++)
        if (!dgm_is_alpha((unsigned char)name[i]) && !dgm_is_digit((unsigned char)name[i]) &&
            name[i] != '-' && name[i] != '_')
            return false;
    return n > 0 && n <= 32;
}

static dgm_status name_all(dgm_broker *b, dgm_err *err)
{
    const char *name = b->options.stream;
    if (!is_name(name))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "a stream's name has letters, digits, - and _, at most 32, not \"%.60s\"",
                        name);
    snprintf(b->name, sizeof b->name, "%s", name);
    snprintf(b->stories, sizeof b->stories, "%s.stories", name);
    snprintf(b->parts, sizeof b->parts, "%s.parts", name);
    snprintf(b->dead, sizeof b->dead, "%s.dead", name);
    snprintf(b->workers, sizeof b->workers, "%s.workers", name);
    snprintf(b->parts_stream, sizeof b->parts_stream, "%s-parts", name);
    snprintf(b->dead_stream, sizeof b->dead_stream, "%s-dead", name);
    return DGM_OK;
}

static natsStatus set_servers(natsOptions *nats, const char *list)
{
    const char *servers[MOST_SERVERS];
    int n = 0;
    char *copy = strdup(list);
    natsStatus s = copy ? NATS_OK : NATS_NO_MEMORY;
    for (char *at = copy; at && *at && n < MOST_SERVERS;) {
        char *comma = strchr(at, ',');
        if (comma)
            *comma = '\0';
        if (*at)
            servers[n++] = at;
        at = comma ? comma + 1 : NULL;
    }
    if (s == NATS_OK)
        s = n > 0 ? natsOptions_SetServers(nats, servers, n) : NATS_INVALID_ARG;
    free(copy);
    return s;
}

/* A cut network is noticed by pings: two that nobody answers. */
static natsStatus set_habits(dgm_broker *b)
{
    natsOptions *o = b->nats;
    natsStatus s = natsOptions_SetName(o, "dragoman " DGM_VERSION);
    if (s == NATS_OK)
        s = natsOptions_SetTimeout(o, 5000);
    if (s == NATS_OK)
        s = natsOptions_SetMaxReconnect(o, -1);
    if (s == NATS_OK)
        s = natsOptions_SetReconnectWait(o, 500);
    if (s == NATS_OK)
        s = natsOptions_SetPingInterval(o, 5000);
    if (s == NATS_OK)
        s = natsOptions_SetMaxPingsOut(o, 2);
    if (s == NATS_OK)
        s = natsOptions_SetFailRequestsOnDisconnect(o, true);
    if (s == NATS_OK)
        s = natsOptions_SetDisconnectedCB(o, lost, b);
    if (s == NATS_OK)
        s = natsOptions_SetClosedCB(o, closed, b);
    return s;
}

static natsStatus set_keys(dgm_broker *b)
{
    const dgm_broker_options *o = &b->options;
    natsStatus s = NATS_OK;
    if (o->ca || o->certificate || o->key)
        s = natsOptions_SetSecure(b->nats, true);
    if (s == NATS_OK && o->ca)
        s = natsOptions_LoadCATrustedCertificates(b->nats, o->ca);
    if (s == NATS_OK && (o->certificate || o->key))
        s = natsOptions_LoadCertificatesChain(b->nats, o->certificate, o->key);
    if (s == NATS_OK && o->credentials)
        s = natsOptions_SetUserCredentialsFromFiles(b->nats, o->credentials, NULL);
    return s;
}

/* ---- opening -------------------------------------------------------------------------------- */

/* Addresses may hold passwords and are not shown. */
static dgm_status connect_to(dgm_broker *b, dgm_err *err)
{
    natsStatus s = natsConnection_Connect(&b->connection, b->nats);
    if (s == NATS_NO_SERVER)
        return dgm_fail(err, DGM_EIO, NULL, 0,
                        "no broker can be reached at the address of --nats or NATS_URL");
    return s == NATS_OK ? DGM_OK : stream_fail(b, s, "connect to the broker", err);
}

dgm_status dgm_broker_open(const dgm_broker_options *options, dgm_broker **out, dgm_err *err)
{
    dgm_broker *b = calloc(1, sizeof *b);
    if (!b)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a connection");
    b->options = *options;
    pthread_mutex_init(&b->mutex, NULL);
    pthread_mutex_init(&b->gate, NULL);
    dgm_status status = name_all(b, err);
    natsStatus s = NATS_OK;
    if (status == DGM_OK) {
        s = natsOptions_Create(&b->nats);
        if (s == NATS_OK)
            s = set_servers(b->nats, options->url);
        if (s == NATS_OK)
            s = set_habits(b);
        if (s == NATS_OK)
            s = set_keys(b);
        if (s != NATS_OK)
            status = stream_fail(b, s, "use the address, certificates or credentials given", err);
    }
    if (status == DGM_OK)
        status = connect_to(b, err);
    if (status == DGM_OK && (s = natsConnection_JetStream(&b->js, b->connection, NULL)) != NATS_OK)
        status = stream_fail(b, s, "use JetStream", err);
    if (status == DGM_OK)
        *out = b;
    else
        dgm_broker_free(b);
    return status;
}

void dgm_broker_free(dgm_broker *broker)
{
    if (!broker)
        return;
    jsCtx_Destroy(broker->js);
    if (broker->connection) {
        (void)natsConnection_FlushTimeout(broker->connection, 2000);
        natsConnection_Close(broker->connection);
        for (int i = 0; i < 500 && !atomic_load(&broker->closed); i++)
            (void)nanosleep(&(struct timespec) { .tv_nsec = 10 * 1000 * 1000 }, NULL);
        if (!atomic_load(&broker->closed))
            return; /* rather lost than used after it is free */
    }
    natsConnection_Destroy(broker->connection);
    natsOptions_Destroy(broker->nats);
    pthread_mutex_destroy(&broker->mutex);
    pthread_mutex_destroy(&broker->gate);
    free(broker);
}
