/* How much may wait. The broker's own limit, max_bytes, is not used: the check of nats-server 2.9
 * leaves out what a record needs beside its message, and where that little decides, it takes the
 * new message and drops the oldest, which nobody is told. So the limit stands in the stream's
 * description, and who publishes keeps to it; several who do so at once may pass it by what they
 * have sent within a second. */
#include "stream/broker.h"

#include <string.h>

#define WORDS "bytes that may wait: "
enum { LOOK_AFTER = 1, RECORD = 200 }; /* seconds; bytes of a record beside its message */

void stream_describe_capacity(uint64_t capacity, char out[64])
{
    out[0] = '\0';
    if (capacity > 0)
        snprintf(out, 64, WORDS "%llu", (unsigned long long)capacity);
}

uint64_t stream_capacity_of(dgm_view description, int64_t max_bytes)
{
    uint64_t n = 0;
    dgm_view words = DGM_VIEW(WORDS);
    if (dgm_view_starts(description, words) &&
        dgm_parse_u64(dgm_view_slice(description, words.n, description.n), &n))
        return n;
    /* A stream that others made may have a limit of the broker's: it is kept away from. */
    return max_bytes > 0 ? (uint64_t)max_bytes / 20 * 19 : 0;
}

/* False: it does not answer. */
static bool look(dgm_broker *b, const char *name, uint64_t *bytes, uint64_t *capacity)
{
    jsStreamInfo *info = NULL;
    bool good = js_GetStreamInfo(&info, b->js, name, NULL, NULL) == NATS_OK;
    if (good) {
        const char *description = info->Config->Description;
        *bytes = info->State.Bytes;
        *capacity =
            stream_capacity_of(dgm_view_of(description ? description : ""), info->Config->MaxBytes);
    }
    jsStreamInfo_Destroy(info);
    return good;
}

void stream_compare_capacity(dgm_broker *b, const char *name, uint64_t wanted)
{
    uint64_t bytes, capacity;
    char text[240], has[60] = "no limit";
    if (wanted == 0 || strcmp(name, b->name) != 0 || !b->options.say ||
        !look(b, name, &bytes, &capacity) || capacity == wanted)
        return;
    if (capacity > 0)
        snprintf(has, sizeof has, "a capacity of %llu bytes", (unsigned long long)capacity);
    snprintf(text, sizeof text, "stream \"%s\" is there already and keeps its own: %s", name, has);
    b->options.say(b->options.context, text);
}

/* Under `gate`. Where the broker does not answer, what was known stays. */
static void look_again(dgm_broker *b)
{
    uint64_t stories, parts, capacity, ignored;
    if (!look(b, b->name, &stories, &capacity) || !look(b, b->parts_stream, &parts, &ignored))
        return;
    b->capacity = capacity;
    b->room = stories + parts < capacity ? capacity - stories - parts : 0;
    b->looked_at = dgm_seconds();
}

typedef enum { ROOM_TAKEN, ROOM_NONE, ROOM_NEVER } room;

static room take(dgm_broker *b, uint64_t needed)
{
    pthread_mutex_lock(&b->gate);
    if (b->looked_at == 0 || dgm_seconds() - b->looked_at > LOOK_AFTER ||
        (b->capacity > 0 && b->room < needed))
        look_again(b);
    room out = b->capacity == 0       ? ROOM_TAKEN
               : needed > b->capacity ? ROOM_NEVER
               : b->room < needed     ? ROOM_NONE
                                      : ROOM_TAKEN;
    if (out == ROOM_TAKEN && b->capacity > 0)
        b->room -= needed;
    pthread_mutex_unlock(&b->gate);
    return out;
}

dgm_status stream_wait_for_room(dgm_broker *b, size_t bytes, size_t n_messages, uint32_t give_up,
                                dgm_err *err)
{
    double begun = dgm_seconds();
    uint64_t needed = (uint64_t)bytes + (uint64_t)n_messages * RECORD;
    for (room found; (found = take(b, needed)) != ROOM_TAKEN;) {
        if (found == ROOM_NEVER)
            return dgm_fail(err, DGM_ELIMIT, NULL, 0,
                            "the story needs %llu bytes, more than may wait on stream \"%s\"",
                            (unsigned long long)needed, b->name);
        stream_tell(b, TROUBLE_FULL, NATS_OK, "as much waits as may");
        if (stream_gives_up(b, give_up, begun))
            return dgm_fail(err, DGM_EIO, NULL, 0, "stream \"%s\": it is full, and is given up",
                            b->name);
        if (stream_stopped(b) || (give_up > 0 && atomic_load(&b->given_up)))
            return DGM_END;
        stream_sleep(b, 0.5);
    }
    return DGM_OK;
}
