/* Publishing: a message is sent with the same id until the stream says that it has it. */
#include "stream/broker.h"
#include "stream/message.h"

#include <string.h>

enum { HEADERS_ROOM = 4096, LOOK_AFTER = 20 };

static natsStatus make(const stream_letter *letter, natsMsg **out)
{
    natsStatus s =
        natsMsg_Create(out, letter->subject, NULL, letter->bytes.p, (int)letter->bytes.n);
    for (const char *const *h = letter->headers; s == NATS_OK && h && *h; h += 2)
        s = natsMsgHeader_Set(*out, h[0], h[1]);
    return s;
}

static natsStatus send_once(dgm_broker *b, const stream_letter *letter, bool *there,
                            jsErrCode *code)
{
    natsMsg *message = NULL;
    jsPubAck *ack = NULL;
    jsPubOptions options;
    *code = (jsErrCode)0;
    natsStatus s = make(letter, &message);
    if (s == NATS_OK) {
        jsPubOptions_Init(&options);
        options.MsgId = letter->id;
        options.MaxWait = 4000;
        s = js_PublishMsg(&ack, b->js, message, &options, code);
    }
    if (s == NATS_OK && there)
        *there = ack->Duplicate;
    jsPubAck_Destroy(ack);
    natsMsg_Destroy(message);
    return s;
}

/* A stream that somebody took away does not answer either. */
static bool is_gone(dgm_broker *b)
{
    jsStreamInfo *info = NULL;
    jsErrCode code = (jsErrCode)0;
    natsStatus s = js_GetStreamInfo(&info, b->js, b->name, NULL, &code);
    jsStreamInfo_Destroy(info);
    return s != NATS_OK && code == JSStreamNotFoundErr;
}

dgm_status stream_publish(dgm_broker *b, const stream_letter *letter, uint32_t give_up, bool *there,
                          dgm_err *err)
{
    jsErrCode code;
    natsStatus s;
    double begun = dgm_seconds();
    for (uint32_t n = 1;; n++) {
        s = send_once(b, letter, there, &code);
        if (s == NATS_OK)
            break;
        stream_trouble trouble = stream_trouble_of(b, s, code);
        const char *why = stream_why(s);
        if (stream_is_final(s, code))
            return stream_fail(b, s, "put a story on it", err);
        stream_tell(b, trouble, s, why);
        if (n % LOOK_AFTER == 0 && trouble == TROUBLE_LEADER && is_gone(b))
            return dgm_fail(err, DGM_EIO, NULL, 0, "stream \"%s\" is no longer there", b->name);
        if (stream_gives_up(b, give_up, begun))
            return stream_fail(b, s, "put a story on it, and has given up", err);
        if (stream_stopped(b) || (give_up > 0 && atomic_load(&b->given_up)))
            return DGM_END;
        stream_sleep(b, trouble == TROUBLE_FULL ? 0.5 : 0.25);
    }
    stream_tell(b, TROUBLE_NONE, s, NULL);
    return DGM_OK;
}

/* ---- large stories -------------------------------------------------------------------------- */

static size_t room_in_message(dgm_broker *b)
{
    int64_t most = natsConnection_GetMaxPayload(b->connection);
    return most > 2 * HEADERS_ROOM ? (size_t)most - HEADERS_ROOM : HEADERS_ROOM;
}

static dgm_status publish_parts(dgm_broker *b, const dgm_story_hash *hash, dgm_view bytes,
                                size_t room, uint32_t give_up, bool *all_there, dgm_err *err)
{
    char subject[200], id[80];
    dgm_status status = DGM_OK;
    *all_there = true;
    for (size_t i = 0; i * room < bytes.n && status == DGM_OK; i++) {
        bool there = false;
        snprintf(subject, sizeof subject, "%s.%s.%zu", b->parts, hash->text, i);
        snprintf(id, sizeof id, "%s.%zu", hash->text, i);
        const stream_letter part = { .subject = subject,
                                     .id = id,
                                     .bytes = dgm_view_slice(bytes, i * room, (i + 1) * room) };
        status = stream_publish(b, &part, give_up, &there, err);
        *all_there = *all_there && there;
    }
    return status;
}

/* The parts first, then the list of them. Where the list was there already but parts are new, a
 * worker may have done the story and taken the old parts away: a second list, under another id, has
 * it look, and take these away too. */
static dgm_status publish_large(dgm_broker *b, const dgm_story_hash *hash, dgm_view bytes,
                                size_t room, uint32_t give_up, bool *there, dgm_err *err)
{
    dgm_buffer text = { 0 };
    char again[48];
    bool parts_there = true;
    const stream_list list = { .hash = *hash,
                               .n_parts = (uint32_t)((bytes.n + room - 1) / room),
                               .n_bytes = bytes.n };
    if (list.n_parts > STREAM_MOST_PARTS)
        return dgm_fail(err, DGM_ELIMIT, NULL, 0,
                        "the story needs %u messages, more than %d: the broker's max_payload is "
                        "too small for it",
                        list.n_parts, STREAM_MOST_PARTS);
    stream_encode_list(&list, &text);
    dgm_status status = text.failed
                            ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a message")
                            : publish_parts(b, hash, bytes, room, give_up, &parts_there, err);
    stream_letter letter = { .subject = b->stories, .id = hash->text, .bytes = { text.p, text.n } };
    if (status == DGM_OK)
        status = stream_publish(b, &letter, give_up, there, err);
    if (status == DGM_OK && *there && !parts_there) {
        bool ignored;
        snprintf(again, sizeof again, "%s.again", hash->text);
        letter.id = again;
        status = stream_publish(b, &letter, give_up, &ignored, err);
    }
    dgm_buffer_done(&text);
    return status;
}

dgm_status stream_publish_story(dgm_broker *b, const dgm_story_hash *hash, dgm_view bytes,
                                uint32_t give_up, bool *there, dgm_err *err)
{
    size_t room = room_in_message(b);
    dgm_status status = stream_wait_for_room(b, bytes.n, 1 + bytes.n / room, give_up, err);
    if (status != DGM_OK)
        return status;
    if (bytes.n > room)
        return publish_large(b, hash, bytes, room, give_up, there, err);
    const stream_letter letter = { .subject = b->stories, .id = hash->text, .bytes = bytes };
    return stream_publish(b, &letter, give_up, there, err);
}

dgm_status stream_fetch_parts(dgm_broker *b, const dgm_story_hash *hash, uint32_t n_parts,
                              uint64_t n_bytes, dgm_buffer *out, dgm_err *err)
{
    char subject[200];
    out->n = 0;
    out->failed = false; /* of a story before */
    for (uint32_t i = 0; i < n_parts && out->n <= n_bytes; i++) {
        natsMsg *part = NULL;
        jsErrCode code = (jsErrCode)0;
        snprintf(subject, sizeof subject, "%s.%s.%u", b->parts, hash->text, i);
        natsStatus s = js_GetLastMsg(&part, b->js, b->parts_stream, subject, NULL, &code);
        if (s == NATS_OK)
            dgm_buffer_put(
                out, (dgm_view) { natsMsg_GetData(part), (size_t)natsMsg_GetDataLength(part) });
        natsMsg_Destroy(part);
        if (s == NATS_NOT_FOUND || code == JSNoMessageFoundErr)
            return dgm_fail(err, DGM_EFORMAT, NULL, 0, "part %u of %u of the story is not there",
                            i + 1, n_parts);
        if (s != NATS_OK)
            return stream_fail(b, s, "read the parts of a story", err);
    }
    if (out->failed)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    return out->n == n_bytes ? DGM_OK
                             : dgm_fail(err, DGM_EFORMAT, NULL, 0,
                                        "the parts of the story have %zu bytes, not %llu", out->n,
                                        (unsigned long long)n_bytes);
}

void stream_drop_parts(dgm_broker *b, const dgm_story_hash *hash)
{
    char subject[200];
    jsOptions options;
    jsErrCode code;
    snprintf(subject, sizeof subject, "%s.%s.*", b->parts, hash->text);
    jsOptions_Init(&options);
    options.Stream.Purge.Subject = subject;
    (void)js_PurgeStream(b->js, b->parts_stream, &options, &code);
}
