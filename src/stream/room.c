/* How much may wait. The broker's own limit, max_bytes, is not used: the check of nats-server 2.9
 * leaves out what a record needs beside its message, and where that little decides, it takes the
 * new message and drops the oldest, which nobody is told. So the limit stands in the stream's
 * description, and who publishes keeps to it; several who do so at once may pass it by what they
 * have sent within a second. */
#include "stream/broker.h"

#include <stdlib.h>
#include <string.h>

static const char words[] = "bytes that may wait: ";
enum { LOOK_AFTER = 1, RECORD = 200 }; /* seconds; bytes of a record beside its message */

void stream_describe_capacity(uint64_t capacity, char out[64])
{
    out[0] = '\0';
    if (capacity > 0)
        snprintf(out, 64, "%s%llu", words, (unsigned long long)capacity);
}

/* A stream that others made may have a limit of the broker's: it is kept away from. */
static uint64_t capacity_of(const jsStreamInfo *info)
{
    const char *text = info->Config->Description;
    uint64_t n = 0;
    if (text && strncmp(text, words, sizeof words - 1) == 0 &&
        dgm_parse_u64(dgm_view_of(text + sizeof words - 1), &n))
        return n;
    return info->Config->MaxBytes > 0 ? (uint64_t)info->Config->MaxBytes / 20 * 19 : 0;
}

/* 0: it does not answer, or holds nothing. */
static uint64_t look(dgm_broker *b, const char *name, uint64_t *capacity)
{
    jsStreamInfo *info = NULL;
    uint64_t bytes = 0;
    if (js_GetStreamInfo(&info, b->js, name, NULL, NULL) == NATS_OK) {
        bytes = info->State.Bytes;
        if (capacity)
            *capacity = capacity_of(info);
    }
    jsStreamInfo_Destroy(info);
    return bytes;
}

bool stream_take_room(dgm_broker *b, size_t bytes)
{
    uint64_t needed = (uint64_t)bytes + RECORD;
    pthread_mutex_lock(&b->gate);
    if (b->looked_at == 0 || dgm_seconds() - b->looked_at > LOOK_AFTER ||
        (b->capacity > 0 && b->room < needed)) {
        uint64_t used = look(b, b->name, &b->capacity);
        if (b->capacity > 0)
            used += look(b, b->parts_stream, NULL);
        b->room = used < b->capacity ? b->capacity - used : 0;
        b->looked_at = dgm_seconds();
    }
    bool enough = b->capacity == 0 || b->room >= needed;
    if (enough && b->capacity > 0)
        b->room -= needed;
    pthread_mutex_unlock(&b->gate);
    return enough;
}
