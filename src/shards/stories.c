/* Packed stories in a file, each after its length as eight bytes, the lowest first. What is in them
 * is the store's business. */
#include "shards/shards.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum { LENGTH = 8, ROOM = 1 << 17, LARGEST = 256 << 20 };

struct dgm_shard_reader {
    char path[DGM_SHARD_PATH];
    FILE *file;
    ZSTD_DStream *zstd;
    char *in, *room;
    size_t in_n, in_at;
    dgm_buffer ahead; /* unpacked, from `at` on not yet given out */
    size_t at;
    bool ended;
};

/* ---- writing -------------------------------------------------------------------------------- */

bool dgm_stories_put(dgm_packed_file *file, const dgm_buffer *packed, dgm_err *err)
{
    char length[LENGTH];
    FILE *out = dgm_packed_stream(file);
    if (packed->n > LARGEST) {
        (void)dgm_fail(err, DGM_ELIMIT, NULL, 0, "a coded story is too large");
        return false;
    }
    for (unsigned i = 0; i < LENGTH; i++)
        length[i] = (char)(packed->n >> 8 * i & 0xFF);
    if (fwrite(length, 1, sizeof length, out) == sizeof length &&
        fwrite(packed->p ? packed->p : "", 1, packed->n, out) == packed->n)
        return true;
    (void)dgm_fail(err, DGM_EIO, NULL, 0, "%s", strerror(errno));
    return false;
}

/* ---- opening -------------------------------------------------------------------------------- */

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
    if (!marker->stories.hash[0])
        return dgm_fail(err, DGM_EUSAGE, shard->base, 0,
                        "this shard was coded without --stories, which a store needs");
    dgm_shard_reader *r = calloc(1, sizeof(*r));
    if (!r)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a shard");
    dgm_status status = DGM_OK;
    if (!dgm_shard_path(shard, ".stories.zst", r->path))
        status = dgm_fail(err, DGM_ELIMIT, shard->base, 0, "the path is too long");
    if (status == DGM_OK)
        status = check(r->path, &marker->stories, err);
    if (status == DGM_OK && !(r->file = fopen(r->path, "rb")))
        status = dgm_fail(err, DGM_EIO, r->path, 0, "%s", strerror(errno));
    r->zstd = ZSTD_createDStream();
    r->in = malloc(ROOM);
    r->room = malloc(ROOM);
    if (status == DGM_OK && !(r->zstd && r->in && r->room))
        status = dgm_fail(err, DGM_ENOMEM, r->path, 0, "no memory to unpack it");
    if (status == DGM_OK)
        *out = r;
    else
        dgm_shard_reader_free(r);
    return status;
}

void dgm_shard_reader_free(dgm_shard_reader *r)
{
    if (!r)
        return;
    if (r->file)
        fclose(r->file);
    ZSTD_freeDStream(r->zstd);
    free(r->in);
    free(r->room);
    dgm_buffer_done(&r->ahead);
    free(r);
}

/* ---- reading -------------------------------------------------------------------------------- */

static dgm_status unpack(dgm_shard_reader *r, dgm_err *err)
{
    if (r->in_at == r->in_n) {
        r->in_n = fread(r->in, 1, ROOM, r->file);
        r->in_at = 0;
        r->ended = r->in_n == 0;
        if (ferror(r->file))
            return dgm_fail(err, DGM_EIO, r->path, 0, "%s", strerror(errno));
    }
    if (r->ended)
        return DGM_OK;
    ZSTD_inBuffer in = { r->in, r->in_n, r->in_at };
    ZSTD_outBuffer out = { r->room, ROOM, 0 };
    size_t state = ZSTD_decompressStream(r->zstd, &out, &in);
    r->in_at = in.pos;
    if (ZSTD_isError(state))
        return dgm_fail(err, DGM_EIO, r->path, 0, "the zstd data is damaged (%s)",
                        ZSTD_getErrorName(state));
    dgm_buffer_put(&r->ahead, (dgm_view) { r->room, out.pos });
    return r->ahead.failed ? dgm_fail(err, DGM_ENOMEM, r->path, 0, "no memory for a story")
                           : DGM_OK;
}

/* n bytes, valid until the next call. DGM_END: there is nothing more at all. */
static dgm_status next_bytes(dgm_shard_reader *r, size_t n, dgm_view *out, dgm_err *err)
{
    if (r->ahead.n - r->at < n && r->at > 0) { /* what has been given out makes room */
        memmove(r->ahead.p, r->ahead.p + r->at, r->ahead.n - r->at);
        r->ahead.n -= r->at;
        r->at = 0;
    }
    while (r->ahead.n - r->at < n && !r->ended) {
        dgm_status status = unpack(r, err);
        if (status != DGM_OK)
            return status;
    }
    if (r->ahead.n - r->at < n)
        return r->ahead.n == r->at ? DGM_END
                                   : dgm_fail(err, DGM_EFORMAT, r->path, 0, "a story is cut off");
    *out = (dgm_view) { r->ahead.p ? r->ahead.p + r->at : "", n };
    r->at += n;
    return DGM_OK;
}

dgm_status dgm_shard_reader_next(dgm_shard_reader *r, dgm_buffer *packed, dgm_err *err)
{
    dgm_view bytes;
    uint64_t n = 0;
    packed->n = 0;
    dgm_status status = next_bytes(r, LENGTH, &bytes, err);
    if (status != DGM_OK)
        return status;
    for (unsigned i = 0; i < LENGTH; i++)
        n |= (uint64_t)(unsigned char)bytes.p[i] << 8 * i;
    if (n == 0 || n > LARGEST)
        return dgm_fail(err, DGM_EFORMAT, r->path, 0, "a story has an impossible length");
    status = next_bytes(r, (size_t)n, &bytes, err);
    if (status == DGM_END)
        return dgm_fail(err, DGM_EFORMAT, r->path, 0, "a story is cut off");
    if (status != DGM_OK)
        return status;
    dgm_buffer_put(packed, bytes);
    return packed->failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story") : DGM_OK;
}
