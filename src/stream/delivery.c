#include "stream/delivery.h"

#include <string.h>

static natsStatus bind_to(dgm_broker *b, natsSubscription **out, jsErrCode *code)
{
    jsSubOptions options;
    jsSubOptions_Init(&options);
    options.Stream = b->name;
    options.Consumer = STREAM_CONSUMER;
    *code = (jsErrCode)0;
    return js_PullSubscribe(out, b->js, b->stories, NULL, NULL, &options, code);
}

dgm_status stream_subscribe(dgm_broker *b, uint32_t ack_wait, bool wait, natsSubscription **out,
                            dgm_err *err)
{
    char text[200];
    bool told = false;
    for (;;) {
        jsErrCode code = (jsErrCode)0;
        natsStatus s = NATS_OK;
        dgm_status status = stream_make_consumer(b, ack_wait, err);
        if (status == DGM_OK)
            s = bind_to(b, out, &code);
        if (status == DGM_OK && s == NATS_OK)
            return DGM_OK;
        if (stream_stopped(b))
            return DGM_END;
        if (status != DGM_OK && status != DGM_END && status != DGM_EIO)
            return status;
        if (status == DGM_END && !wait)
            return DGM_END;
        if (status == DGM_END && !told && b->options.say) {
            snprintf(text, sizeof text,
                     "there is no stream \"%s\" yet; waiting for the first story", b->name);
            b->options.say(b->options.context, text);
            told = true;
        } else if (status != DGM_END) {
            stream_tell(b, TROUBLE_LEADER, s, status == DGM_EIO ? err->msg : stream_why(s));
        }
        stream_sleep(b, 2);
    }
}

uint32_t stream_fetch(dgm_broker *b, natsSubscription *subscription, int64_t wait_ms,
                      natsMsg *out[STREAM_FETCH])
{
    natsMsgList list = { 0 };
    jsErrCode code = (jsErrCode)0;
    uint32_t n = 0;
    natsStatus s = natsSubscription_Fetch(&list, subscription, STREAM_FETCH, wait_ms, &code);
    for (int i = 0; i < list.Count; i++) {
        out[n++] = list.Msgs[i];
        list.Msgs[i] = NULL;
    }
    natsMsgList_Destroy(&list);
    if (n > 0) {
        stream_tell(b, TROUBLE_NONE, NATS_OK, NULL);
        return n;
    }
    /* A time-out means that there is nothing, or that there is no leader: the same to do. */
    if (natsConnection_Status(b->connection) != NATS_CONN_STATUS_CONNECTED)
        stream_tell(b, TROUBLE_CUT, s, stream_why(s));
    if (s != NATS_OK && s != NATS_TIMEOUT)
        stream_sleep(b, (double)wait_ms / 1000);
    return 0;
}

bool stream_delivery_of(natsMsg *message, stream_delivery *out)
{
    jsMsgMetaData *about = NULL;
    if (natsMsg_GetMetaData(&about, message) != NATS_OK) {
        natsMsg_Destroy(message);
        return false;
    }
    *out = (stream_delivery) { .message = message,
                               .sequence = about->Sequence.Stream,
                               .n_times = about->NumDelivered };
    jsMsgMetaData_Destroy(about);
    return true;
}

/* An acknowledgement that is lost costs a redelivery, which the store knows. */
void stream_acknowledge(dgm_broker *broker, stream_delivery *delivery)
{
    if (delivery->in_parts)
        stream_drop_parts(broker, &delivery->hash);
    (void)natsMsg_Ack(delivery->message, NULL);
    natsMsg_Destroy(delivery->message);
    delivery->message = NULL;
}

void stream_give_back(stream_delivery *delivery, double seconds)
{
    (void)natsMsg_NakWithDelay(delivery->message, (int64_t)(seconds * 1000), NULL);
    natsMsg_Destroy(delivery->message);
    delivery->message = NULL;
}

void stream_hold(const stream_delivery *delivery)
{
    if (delivery->message)
        (void)natsMsg_InProgress(delivery->message, NULL);
}

double stream_ack_wait(dgm_broker *b, double otherwise)
{
    jsConsumerInfo *info = NULL;
    jsErrCode code;
    if (js_GetConsumerInfo(&info, b->js, b->name, STREAM_CONSUMER, NULL, &code) == NATS_OK &&
        info->Config->AckWait > 0)
        otherwise = (double)info->Config->AckWait / 1e9;
    jsConsumerInfo_Destroy(info);
    return otherwise;
}

bool stream_is_empty(dgm_broker *b)
{
    jsConsumerInfo *info = NULL;
    jsErrCode code;
    bool empty = false;
    if (js_GetConsumerInfo(&info, b->js, b->name, STREAM_CONSUMER, NULL, &code) == NATS_OK)
        empty = info->NumPending == 0 && info->NumAckPending == 0;
    jsConsumerInfo_Destroy(info);
    return empty;
}
