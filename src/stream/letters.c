#include "stream/letters.h"

#include "stream/message.h"

#include <string.h>

#define REASON "Dragoman-Reason"
#define WORKER "Dragoman-Worker"
#define HASH   "Dragoman-Hash"

static dgm_view data_of(natsMsg *message)
{
    return (dgm_view) { natsMsg_GetData(message), (size_t)natsMsg_GetDataLength(message) };
}

dgm_status stream_bury(dgm_broker *b, natsMsg *message, uint64_t sequence, const char *hash,
                       const char *reason, const char *worker, dgm_err *err)
{
    char line[sizeof err->msg], id[64];
    snprintf(line, sizeof line, "%s", reason);
    for (char *p = line; *p; p++) /* a header is a line */
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            *p = ' ';
    snprintf(id, sizeof id, "dead.%llu", (unsigned long long)sequence);
    const char *const headers[] = { REASON, line, WORKER, worker, HASH, hash, NULL };
    const stream_letter letter = {
        .subject = b->dead, .id = id, .bytes = data_of(message), .headers = headers
    };
    return stream_publish(b, &letter, 0, NULL, err);
}

/* ---- reading them --------------------------------------------------------------------------- */

/* A deleted one leaves a gap: DGM_END. */
static dgm_status letter_at(dgm_broker *b, uint64_t sequence, natsMsg **out, dgm_err *err)
{
    jsErrCode code = (jsErrCode)0;
    natsStatus s = js_GetMsg(out, b->js, b->dead_stream, sequence, NULL, &code);
    if (s == NATS_NOT_FOUND || code == JSNoMessageFoundErr)
        return DGM_END;
    return s == NATS_OK ? DGM_OK : stream_fail(b, s, "read its dead letters", err);
}

static dgm_status range(dgm_broker *b, uint64_t *first, uint64_t *last, dgm_err *err)
{
    jsStreamInfo *info = NULL;
    jsErrCode code = (jsErrCode)0;
    natsStatus s = js_GetStreamInfo(&info, b->js, b->dead_stream, NULL, &code);
    if (s != NATS_OK)
        return stream_fail(b, s, "read its dead letters", err);
    /* Without letters there is no first one either. */
    *first = info->State.Msgs > 0 ? info->State.FirstSeq : 1;
    *last = info->State.Msgs > 0 ? info->State.LastSeq : 0;
    jsStreamInfo_Destroy(info);
    return DGM_OK;
}

static dgm_view header(natsMsg *message, const char *name)
{
    const char *value = NULL;
    return natsMsgHeader_Get(message, name, &value) == NATS_OK ? dgm_view_of(value)
                                                               : (dgm_view) { "", 0 };
}

dgm_status dgm_dead_letters(dgm_broker *broker, dgm_dead_letter_fn fn, void *context, dgm_err *err)
{
    uint64_t first = 0, last = 0;
    dgm_arena *arena = dgm_arena_new();
    dgm_status status = arena ? range(broker, &first, &last, err)
                              : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for dead letters");
    bool more = status == DGM_OK;
    for (uint64_t i = first; more && i <= last; i++) {
        natsMsg *message = NULL;
        dgm_document doc;
        dgm_err ignored;
        status = letter_at(broker, i, &message, err);
        if (status == DGM_OK) {
            dgm_dead_letter letter = { .sequence = i,
                                       .hash = header(message, HASH),
                                       .reason = header(message, REASON),
                                       .worker = header(message, WORKER),
                                       .time = natsMsg_GetTime(message) / 1000000000 };
            dgm_arena_reset(arena);
            if (stream_decode(data_of(message), arena, &doc, &ignored) == DGM_OK)
                letter.id = doc.id;
            more = fn(context, &letter);
        }
        natsMsg_Destroy(message);
        more = more && (status == DGM_OK || status == DGM_END);
    }
    dgm_arena_free(arena);
    return status == DGM_END ? DGM_OK : status;
}

/* ---- putting them back ---------------------------------------------------------------------- */

/* The stream has it again before it goes from here. The id is new: the stream may still know the
 * story's own. */
static dgm_status put_back(dgm_broker *b, uint64_t sequence, natsMsg *message, dgm_err *err)
{
    char id[80];
    jsErrCode code;
    snprintf(id, sizeof id, "dead.%llu.%lld", (unsigned long long)sequence,
             (long long)natsMsg_GetTime(message));
    const stream_letter letter = { .subject = b->stories, .id = id, .bytes = data_of(message) };
    dgm_status status = stream_publish(b, &letter, 0, NULL, err);
    if (status != DGM_OK)
        return status;
    natsStatus s = js_DeleteMsg(b->js, b->dead_stream, sequence, NULL, &code);
    return s == NATS_OK ? DGM_OK : stream_fail(b, s, "delete a dead letter", err);
}

dgm_status dgm_dead_letters_again(dgm_broker *broker, uint64_t *n, dgm_err *err)
{
    uint64_t first = 0, last = 0;
    *n = 0;
    dgm_status status = range(broker, &first, &last, err);
    for (uint64_t i = first; status == DGM_OK && i <= last && !stream_stopped(broker); i++) {
        natsMsg *message = NULL;
        status = letter_at(broker, i, &message, err);
        if (status == DGM_OK) {
            status = put_back(broker, i, message, err);
            *n += status == DGM_OK;
        } else if (status == DGM_END) {
            status = DGM_OK;
        }
        natsMsg_Destroy(message);
    }
    return status;
}
