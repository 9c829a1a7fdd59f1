/* How a stream stands: what JetStream knows of it, and what the workers say of themselves. */
#include "stream/broker.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* For how long answers are waited for: at all, and after the last. */
enum { MOST_MS = 3000, PAUSE_MS = 500, PATIENCE = 20 };

/* ---- JetStream ------------------------------------------------------------------------------ */

static void take_cluster(const jsClusterInfo *cluster, dgm_queue_state *out)
{
    if (!cluster)
        return;
    snprintf(out->leader, sizeof out->leader, "%s", cluster->Leader ? cluster->Leader : "");
    out->n_current = cluster->Leader != NULL;
    for (int i = 0; i < cluster->ReplicasLen; i++)
        out->n_current += cluster->Replicas[i]->Current && !cluster->Replicas[i]->Offline;
}

static natsStatus ask_stream(dgm_broker *b, void *info, jsErrCode *code)
{
    return js_GetStreamInfo(info, b->js, b->name, NULL, code);
}

static dgm_status look_stories(dgm_broker *b, dgm_queue_state *out, dgm_err *err)
{
    jsStreamInfo *info = NULL;
    jsErrCode code;
    natsStatus s = stream_ask(b, ask_stream, (void *)&info, PATIENCE, &code);
    if (s == NATS_NOT_FOUND || code == JSStreamNotFoundErr)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "there is no stream \"%s\"; `dragoman submit` makes it", b->name);
    if (s != NATS_OK)
        return stream_fail(b, s, "see how it stands", err);
    out->n_waiting = info->State.Msgs;
    out->bytes = info->State.Bytes;
    out->replicas = (uint32_t)DGM_MAX(info->Config->Replicas, 1);
    out->n_current = 1;
    take_cluster(info->Cluster, out);
    jsStreamInfo_Destroy(info);
    return DGM_OK;
}

/* What is not there counts nothing. */
static uint64_t count(dgm_broker *b, const char *stream)
{
    jsStreamInfo *info = NULL;
    jsErrCode code;
    uint64_t n = 0;
    if (js_GetStreamInfo(&info, b->js, stream, NULL, &code) == NATS_OK)
        n = info->State.Msgs;
    jsStreamInfo_Destroy(info);
    return n;
}

static void look_consumer(dgm_broker *b, dgm_queue_state *out)
{
    jsConsumerInfo *info = NULL;
    jsErrCode code;
    if (js_GetConsumerInfo(&info, b->js, b->name, STREAM_CONSUMER, NULL, &code) == NATS_OK) {
        out->n_taken = (uint64_t)DGM_MAX(info->NumAckPending, 0);
        out->n_again = (uint64_t)DGM_MAX(info->NumRedelivered, 0);
    }
    jsConsumerInfo_Destroy(info);
}

/* ---- workers -------------------------------------------------------------------------------- */

static uint64_t number(const json_t *from, const char *name)
{
    json_int_t value = json_integer_value(json_object_get(from, name));
    return value > 0 ? (uint64_t)value : 0;
}

static void take_worker(dgm_queue_state *out, natsMsg *message)
{
    json_t *told =
        json_loadb(natsMsg_GetData(message), (size_t)natsMsg_GetDataLength(message), 0, NULL);
    const char *id = json_string_value(json_object_get(told, "id"));
    if (id && out->n_workers < DGM_MOST_WORKERS) {
        dgm_worker_state *w = &out->workers[out->n_workers++];
        *w = (dgm_worker_state) { .n_new = number(told, "new"),
                                  .n_there = number(told, "there"),
                                  .n_failed = number(told, "failed"),
                                  .n_dead = number(told, "dead"),
                                  .rate = json_number_value(json_object_get(told, "rate")),
                                  .age = json_number_value(json_object_get(told, "age")) };
        snprintf(w->id, sizeof w->id, "%s", id);
        out->rate += w->rate;
    }
    json_decref(told);
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const dgm_worker_state *)a)->id, ((const dgm_worker_state *)b)->id);
}

/* Asks all, and takes what comes in time. */
static dgm_status ask_workers(dgm_broker *b, dgm_queue_state *out, dgm_err *err)
{
    natsInbox *inbox = NULL;
    natsSubscription *answers = NULL;
    double begun = dgm_seconds(), end = begun + PAUSE_MS / 1000.0;
    natsStatus s = natsInbox_Create(&inbox);
    if (s == NATS_OK)
        s = natsConnection_SubscribeSync(&answers, b->connection, inbox);
    if (s == NATS_OK)
        s = natsConnection_PublishRequest(b->connection, b->workers, inbox, "", 0);
    while (s == NATS_OK && dgm_seconds() < end) {
        natsMsg *message = NULL;
        int64_t left = (int64_t)((end - dgm_seconds()) * 1000);
        s = natsSubscription_NextMsg(&message, answers, DGM_MAX(left, 1));
        if (s == NATS_OK) {
            take_worker(out, message);
            end = dgm_seconds() + PAUSE_MS / 1000.0;
            end = DGM_MIN(end, begun + MOST_MS / 1000.0);
        }
        natsMsg_Destroy(message);
    }
    natsSubscription_Destroy(answers);
    natsInbox_Destroy(inbox);
    if (out->n_workers > 1)
        qsort(out->workers, out->n_workers, sizeof *out->workers, by_id);
    return s == NATS_OK || s == NATS_TIMEOUT || s == NATS_NO_RESPONDERS
               ? DGM_OK
               : stream_fail(b, s, "ask its workers", err);
}

dgm_status dgm_queue_look(dgm_broker *broker, dgm_queue_state *out, dgm_err *err)
{
    *out = (dgm_queue_state) { .workers = calloc(DGM_MOST_WORKERS, sizeof *out->workers) };
    if (!out->workers)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the workers");
    dgm_status status = look_stories(broker, out, err);
    if (status == DGM_OK) {
        look_consumer(broker, out);
        out->n_parts = count(broker, broker->parts_stream);
        out->n_dead = count(broker, broker->dead_stream);
        status = ask_workers(broker, out, err);
    }
    if (status != DGM_OK)
        dgm_queue_state_done(out);
    return status;
}

void dgm_queue_state_done(dgm_queue_state *state)
{
    free(state->workers);
    state->workers = NULL;
    state->n_workers = 0;
}
