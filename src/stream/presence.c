/* Workers answer to NAME.workers with a line of JSON. */
#include "stream/counters.h"

#include "output/text.h"

static void answer(natsConnection *connection, natsSubscription *subscription, natsMsg *message,
                   void *context)
{
    stream_counters *c = context;
    dgm_buffer text = { 0 };
    double rate;
    const char *reply = natsMsg_GetReply(message);
    const dgm_worked sums = stream_counted(c, &rate, NULL);
    (void)subscription;
    dgm_buffer_put(&text, DGM_VIEW("{"));
    dgm_json_text(&text, "id", dgm_view_of(c->id));
    dgm_buffer_printf(&text, ",\"new\":%llu,\"there\":%llu,\"failed\":%llu,\"dead\":%llu",
                      (unsigned long long)sums.n_new, (unsigned long long)sums.n_there,
                      (unsigned long long)sums.n_failed, (unsigned long long)sums.n_dead);
    dgm_json_number(&text, "rate", rate);
    dgm_json_number(&text, "age", dgm_seconds() - c->begun);
    dgm_buffer_put(&text, DGM_VIEW("}"));
    if (reply && !text.failed)
        (void)natsConnection_Publish(connection, reply, text.p, (int)text.n);
    dgm_buffer_done(&text);
    natsMsg_Destroy(message);
}

dgm_status stream_presence_open(stream_counters *c, natsSubscription **out, dgm_err *err)
{
    natsStatus s =
        natsConnection_Subscribe(out, c->broker->connection, c->broker->workers, answer, c);
    return s == NATS_OK ? DGM_OK : stream_fail(c->broker, s, "answer to its workers' subject", err);
}

bool stream_presence_close(natsSubscription *subscription)
{
    enum { WAIT_MS = 2000 };
    bool ended = !subscription ||
                 (natsSubscription_DrainTimeout(subscription, WAIT_MS) == NATS_OK &&
                  natsSubscription_WaitForDrainCompletion(subscription, WAIT_MS) == NATS_OK);
    natsSubscription_Destroy(subscription);
    return ended;
}
