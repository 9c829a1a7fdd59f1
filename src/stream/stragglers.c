/* What stays behind on a stream: messages that its consumer counts as acknowledged and that are
 * there all the same. nats-server 2.9 leaves such where the stream's leader is killed between the
 * two; nobody is given them any more, and they would wait for ever. A worker with nothing else to
 * do looks after them: what the store has goes, and whatever it has not goes onto the stream anew,
 * so that not even a mistaken acknowledgement loses a story. (That of a dead letter fails again.)
 * What is acknowledged goes from the stream a moment later: only what was so at the look before is
 * one of these. */
#include "stream/keeper.h"
#include "stream/message.h"

enum { AT_ONCE = 500 };

/* The first message's number and up to which all are acknowledged; false: it is not known, or there
 * is none. */
static bool look(dgm_broker *b, uint64_t *first, uint64_t *floor)
{
    jsStreamInfo *stream = NULL;
    jsConsumerInfo *consumer = NULL;
    bool good =
        js_GetStreamInfo(&stream, b->js, b->name, NULL, NULL) == NATS_OK &&
        js_GetConsumerInfo(&consumer, b->js, b->name, STREAM_CONSUMER, NULL, NULL) == NATS_OK &&
        stream->State.Msgs > 0;
    if (good) {
        *first = stream->State.FirstSeq;
        *floor = consumer->AckFloor.Stream;
    }
    jsConsumerInfo_Destroy(consumer);
    jsStreamInfo_Destroy(stream);
    return good;
}

/* By what the store knows the story of a message; false: it cannot be read. */
static bool hash_of(dgm_view bytes, dgm_arena *arena, stream_list *list)
{
    dgm_document doc;
    dgm_err ignored;
    dgm_status status = stream_decode_list(bytes, list, &ignored);
    if (status == DGM_OK)
        return true;
    dgm_arena_reset(arena);
    if (status != DGM_END || stream_decode(bytes, arena, &doc, &ignored) != DGM_OK)
        return false;
    *list = (stream_list) { .hash = dgm_story_hash_of(&doc) };
    return true;
}

static dgm_status put_again(dgm_broker *b, uint64_t sequence, dgm_view bytes, dgm_err *err)
{
    char id[64];
    snprintf(id, sizeof id, "left-behind.%llu", (unsigned long long)sequence);
    const stream_letter letter = { .subject = b->stories, .id = id, .bytes = bytes };
    return stream_publish(b, &letter, 5, NULL, err);
}

static dgm_status sweep_one(dgm_broker *b, stream_keeper *keeper, uint64_t sequence,
                            dgm_arena *arena, dgm_err *err)
{
    natsMsg *message = NULL;
    stream_list list = { .n_parts = 0 };
    bool there = false;
    natsStatus s = js_GetMsg(&message, b->js, b->name, sequence, NULL, NULL);
    if (s != NATS_OK)
        return DGM_END; /* another worker has been quicker, or nobody answers */
    dgm_view bytes = { natsMsg_GetData(message), (size_t)natsMsg_GetDataLength(message) };
    dgm_status status = DGM_OK;
    if (hash_of(bytes, arena, &list))
        status = stream_keeper_has(keeper, &list.hash, &there, err);
    if (status == DGM_OK && !there)
        status = put_again(b, sequence, bytes, err);
    if (status == DGM_OK && there && list.n_parts > 0)
        stream_drop_parts(b, &list.hash);
    if (status == DGM_OK && js_DeleteMsg(b->js, b->name, sequence, NULL, NULL) != NATS_OK)
        status = DGM_END;
    natsMsg_Destroy(message);
    return status;
}

uint32_t stream_sweep(dgm_broker *b, stream_keeper *keeper, uint64_t *floor)
{
    const uint64_t before = *floor;
    dgm_arena *arena = dgm_arena_new();
    dgm_err ignored;
    uint32_t n = 0;
    /* The first one's number only rises, unless it cannot be taken away. */
    for (uint64_t first, last = 0; arena && n < AT_ONCE && !stream_stopped(b); n++, last = first)
        if (!look(b, &first, floor) || first <= last || first > before ||
            sweep_one(b, keeper, first, arena, &ignored) != DGM_OK)
            break;
    dgm_arena_free(arena);
    return n;
}
