/* The streams and the consumer that all workers share, made where they are missing. */
#include "stream/broker.h"

#include <stdlib.h>

enum { PATIENCE = 60 };
#define SECONDS (1000 * 1000 * 1000LL)

/* ---- asking a cluster that may have no leader yet -------------------------------------------- */

natsStatus stream_ask(dgm_broker *b, stream_ask_fn fn, void *context, double seconds,
                      jsErrCode *code)
{
    double begun = dgm_seconds();
    for (;;) {
        *code = (jsErrCode)0;
        natsStatus s = fn(b, context, code);
        stream_trouble trouble = stream_trouble_of(b, s, *code);
        if ((trouble != TROUBLE_CUT && trouble != TROUBLE_LEADER) || stream_stopped(b) ||
            stream_is_final(s, *code) || dgm_seconds() - begun > seconds)
            return s;
        stream_tell(b, trouble, s, stream_why(s));
        stream_sleep(b, 0.5);
    }
}

static natsStatus look_stream(dgm_broker *b, void *name, jsErrCode *code)
{
    jsStreamInfo *info = NULL;
    natsStatus s = js_GetStreamInfo(&info, b->js, name, NULL, code);
    jsStreamInfo_Destroy(info);
    return s;
}

static natsStatus add_stream(dgm_broker *b, void *config, jsErrCode *code)
{
    return js_AddStream(NULL, b->js, config, NULL, code);
}

static natsStatus look_consumer(dgm_broker *b, void *name, jsErrCode *code)
{
    jsConsumerInfo *info = NULL;
    natsStatus s = js_GetConsumerInfo(&info, b->js, b->name, name, NULL, code);
    jsConsumerInfo_Destroy(info);
    return s;
}

static natsStatus add_consumer(dgm_broker *b, void *config, jsErrCode *code)
{
    return js_AddConsumer(NULL, b->js, b->name, config, NULL, code);
}

/* ---- making --------------------------------------------------------------------------------- */

typedef struct {
    char *name;
    const char *subject;
    jsRetentionPolicy retention;
    uint64_t capacity;
    bool one_a_subject;
} wanted;

static dgm_status make_stream(dgm_broker *b, const wanted *w, uint32_t replicas, dgm_err *err)
{
    jsStreamConfig config;
    jsErrCode code;
    char description[64];
    const char *subjects[] = { w->subject };
    natsStatus s = stream_ask(b, look_stream, w->name, PATIENCE, &code);
    if (s == NATS_OK) {
        stream_compare_capacity(b, w->name, w->capacity);
        return DGM_OK;
    }
    if (s != NATS_NOT_FOUND && code != JSStreamNotFoundErr)
        return stream_fail(b, s, "look for the stream", err);
    jsStreamConfig_Init(&config);
    config.Name = w->name;
    config.Subjects = subjects;
    config.SubjectsLen = 1;
    config.Retention = w->retention;
    config.Storage = js_FileStorage;
    config.Discard = js_DiscardNew;
    config.Replicas = replicas;
    config.Duplicates = 600 * SECONDS;
    stream_describe_capacity(w->capacity, description);
    config.Description = description;
    config.MaxBytes = -1; /* room.c says why */
    config.MaxMsgsPerSubject = w->one_a_subject ? 1 : -1;
    s = stream_ask(b, add_stream, &config, PATIENCE, &code);
    if (code == JSStreamReplicasNotSupportedErr || code == JSClusterNoPeersErr)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "stream \"%s\": the cluster has not the servers for %u replicas", b->name,
                        replicas);
    return s == NATS_OK || code == JSStreamNameExistErr ? DGM_OK
                                                        : stream_fail(b, s, "make the stream", err);
}

dgm_status stream_make_consumer(dgm_broker *b, uint32_t ack_wait, dgm_err *err)
{
    static char name[] = STREAM_CONSUMER;
    jsConsumerConfig config;
    jsErrCode code;
    natsStatus s = stream_ask(b, look_consumer, name, PATIENCE, &code);
    if (s == NATS_OK)
        return DGM_OK;
    if (code == JSStreamNotFoundErr)
        return DGM_END;
    if (s != NATS_NOT_FOUND && code != JSConsumerNotFoundErr)
        return stream_fail(b, s, "look for its consumer", err);
    jsConsumerConfig_Init(&config);
    config.Durable = name;
    config.AckPolicy = js_AckExplicit;
    config.AckWait = ack_wait * SECONDS;
    config.MaxDeliver = -1;
    config.MaxAckPending = 20000;
    config.MaxWaiting = 2048;
    s = stream_ask(b, add_consumer, &config, PATIENCE, &code);
    return s == NATS_OK ? DGM_OK : stream_fail(b, s, "make its consumer", err);
}

static uint32_t replicas_for(dgm_broker *b, uint32_t n_wanted)
{
    char **servers = NULL;
    int n = 0;
    if (n_wanted > 0)
        return n_wanted;
    if (natsConnection_GetServers(b->connection, &servers, &n) != NATS_OK)
        return 1;
    for (int i = 0; i < n; i++)
        free(servers[i]);
    free(servers);
    return n >= 3 ? 3 : 1;
}

dgm_status dgm_broker_prepare(dgm_broker *broker, const dgm_stream_shape *shape, dgm_err *err)
{
    char parts[128];
    uint32_t replicas = replicas_for(broker, shape->replicas);
    snprintf(parts, sizeof parts, "%s.*.*", broker->parts);
    const wanted streams[] = {
        { broker->parts_stream, parts, js_LimitsPolicy, shape->capacity, true },
        { broker->dead_stream, broker->dead, js_LimitsPolicy, 0, false },
        { broker->name, broker->stories, js_WorkQueuePolicy, shape->capacity, false },
    };
    dgm_status status = DGM_OK;
    for (size_t i = 0; i < DGM_LEN(streams) && status == DGM_OK; i++)
        status = make_stream(broker, &streams[i], replicas, err);
    if (status == DGM_OK)
        status = stream_make_consumer(broker, shape->ack_wait, err);
    if (status == DGM_OK)
        stream_tell(broker, TROUBLE_NONE, NATS_OK, NULL);
    return status;
}
