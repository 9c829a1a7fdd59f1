/* Finished shards read back: the line of a story says how many lines of the events are its own. */
#include "shards/shards.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum { ROOM = 1 << 17, LONGEST_LINE = 64 << 20 };

/* Lines of a file that zstd unpacks. */
typedef struct {
    char path[DGM_SHARD_PATH];
    FILE *file;
    ZSTD_DStream *zstd;
    char *in;
    size_t in_n, in_at;
    dgm_buffer ahead; /* unpacked, from `at` on not yet given out */
    size_t at;
    bool ended;
} lines;

struct dgm_shard_reader {
    lines stories, events;
};

/* ---- lines ---------------------------------------------------------------------------------- */

static dgm_status open_lines(const char *path, lines *out, dgm_err *err)
{
    snprintf(out->path, sizeof out->path, "%s", path);
    out->file = fopen(path, "rb");
    if (!out->file)
        return dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
    out->zstd = ZSTD_createDStream();
    out->in = malloc(ROOM);
    if (!out->zstd || !out->in)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory to unpack it");
    return DGM_OK;
}

static void close_lines(lines *l)
{
    if (l->file)
        fclose(l->file);
    ZSTD_freeDStream(l->zstd);
    free(l->in);
    dgm_buffer_done(&l->ahead);
}

static dgm_status unpack(lines *l, dgm_err *err)
{
    char *room = malloc(ROOM);
    size_t state = 1;
    if (!room)
        return dgm_fail(err, DGM_ENOMEM, l->path, 0, "no memory to unpack it");
    if (l->in_at == l->in_n) {
        l->in_n = fread(l->in, 1, ROOM, l->file);
        l->in_at = 0;
        l->ended = l->in_n == 0;
    }
    ZSTD_inBuffer in = { l->in, l->in_n, l->in_at };
    ZSTD_outBuffer out = { room, ROOM, 0 };
    if (!l->ended)
        state = ZSTD_decompressStream(l->zstd, &out, &in);
    l->in_at = in.pos;
    dgm_buffer_put(&l->ahead, (dgm_view) { room, out.pos });
    free(room);
    if (!l->ended && ZSTD_isError(state))
        return dgm_fail(err, DGM_EIO, l->path, 0, "the zstd data is damaged (%s)",
                        ZSTD_getErrorName(state));
    return l->ahead.failed ? dgm_fail(err, DGM_ENOMEM, l->path, 0, "no memory for a line") : DGM_OK;
}

/* The next line with its end, valid until the next call. */
static dgm_status next_line(lines *l, dgm_view *out, dgm_err *err)
{
    size_t looked = l->at;
    for (;;) {
        const char *end =
            l->ahead.n > looked ? memchr(l->ahead.p + looked, '\n', l->ahead.n - looked) : NULL;
        if (end) {
            size_t from = l->at;
            l->at = (size_t)(end - l->ahead.p) + 1;
            *out = (dgm_view) { l->ahead.p + from, l->at - from };
            return DGM_OK;
        }
        if (l->at > 0) { /* what has been given out makes room */
            memmove(l->ahead.p, l->ahead.p + l->at, l->ahead.n - l->at);
            l->ahead.n -= l->at;
            l->at = 0;
        }
        looked = l->ahead.n;
        if (l->ended)
            return l->ahead.n == 0 ? DGM_END
                                   : dgm_fail(err, DGM_EIO, l->path, 0, "the last line has no end");
        if (l->ahead.n > LONGEST_LINE)
            return dgm_fail(err, DGM_ELIMIT, l->path, 0, "a line is too long");
        dgm_status status = unpack(l, err);
        if (status != DGM_OK)
            return status;
    }
}

/* ---- shards --------------------------------------------------------------------------------- */

static dgm_status check(const char *path, const dgm_file_sum *expected, dgm_err *err)
{
    dgm_file_sum found = { .bytes = 0 };
    dgm_status status = dgm_file_sum_of(path, &found, err);
    if (status == DGM_OK &&
        (found.bytes != expected->bytes || strcmp(found.hash, expected->hash) != 0))
        status = dgm_fail(err, DGM_EIO, path, 0, "these are not the bytes that its marker names");
    return status;
}

dgm_status dgm_shard_reader_open(const dgm_shard *shard, const dgm_marker *marker,
                                 dgm_shard_reader **out, dgm_err *err)
{
    char events[DGM_SHARD_PATH], stories[DGM_SHARD_PATH];
    if (!marker->stories.hash[0])
        return dgm_fail(err, DGM_EUSAGE, shard->base, 0,
                        "this shard was coded without --stories, which a store needs");
    if (!dgm_shard_path(shard, ".jsonl.zst", events) ||
        !dgm_shard_path(shard, ".stories.zst", stories))
        return dgm_fail(err, DGM_ELIMIT, shard->base, 0, "the path is too long");
    dgm_status status = check(events, &marker->output, err);
    if (status == DGM_OK)
        status = check(stories, &marker->stories, err);
    if (status != DGM_OK)
        return status;
    dgm_shard_reader *reader = calloc(1, sizeof(*reader));
    if (!reader)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a shard");
    status = open_lines(events, &reader->events, err);
    if (status == DGM_OK)
        status = open_lines(stories, &reader->stories, err);
    if (status == DGM_OK)
        *out = reader;
    else
        dgm_shard_reader_free(reader);
    return status;
}

void dgm_shard_reader_free(dgm_shard_reader *reader)
{
    if (!reader)
        return;
    close_lines(&reader->stories);
    close_lines(&reader->events);
    free(reader);
}

/* {"events":N,...: the line begins with it. */
static bool count_of(dgm_view story, uint64_t *n)
{
    static const char head[] = "{\"events\":";
    size_t begin = sizeof head - 1, end = begin;
    if (!dgm_view_starts(story, dgm_view_of(head)))
        return false;
    while (end < story.n && dgm_is_digit((unsigned char)story.p[end]))
        end++;
    return end < story.n && story.p[end] == ',' &&
           dgm_parse_u64(dgm_view_slice(story, begin, end), n);
}

dgm_status dgm_shard_reader_next(dgm_shard_reader *reader, dgm_buffer *packed, dgm_err *err)
{
    dgm_view line;
    uint64_t n = 0;
    packed->n = 0;
    dgm_status status = next_line(&reader->stories, &line, err);
    if (status == DGM_END && next_line(&reader->events, &line, err) == DGM_OK)
        return dgm_fail(err, DGM_EFORMAT, reader->events.path, 0, "it has events of no story");
    if (status != DGM_OK)
        return status;
    if (!count_of(line, &n))
        return dgm_fail(err, DGM_EFORMAT, reader->stories.path, 0,
                        "a line does not begin with the number of the story's events");
    dgm_buffer_put(packed, line);
    for (; n > 0; n--) {
        status = next_line(&reader->events, &line, err);
        if (status == DGM_END)
            return dgm_fail(err, DGM_EFORMAT, reader->events.path, 0,
                            "it has fewer events than the stories say");
        if (status != DGM_OK)
            return status;
        dgm_buffer_put(packed, line);
    }
    return packed->failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story") : DGM_OK;
}
