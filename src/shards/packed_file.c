/* Files that are compressed and summed up while they are written, behind a FILE of the C library so
 * that every writer of events can write to one. */
#define _GNU_SOURCE /* fopencookie() */
#include "shards/shards.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { LEVEL = 3, ROOM = 1 << 16 };

struct dgm_packed_file {
    char path[DGM_SHARD_PATH];
    int fd;
    FILE *stream;
    ZSTD_CCtx *zstd;
    XXH3_state_t *hash;
    uint64_t n_bytes;
    int failed; /* errno */
    char room[ROOM];
};

/* ---- sums ----------------------------------------------------------------------------------- */

static void finish_sum(const XXH3_state_t *state, uint64_t bytes, dgm_file_sum *out)
{
    XXH128_hash_t h = XXH3_128bits_digest(state);
    out->bytes = bytes;
    snprintf(out->hash, sizeof out->hash, "%016llx%016llx", (unsigned long long)h.high64,
             (unsigned long long)h.low64);
}

dgm_status dgm_file_sum_of(const char *path, dgm_file_sum *out, dgm_err *err)
{
    char bytes[1 << 16];
    uint64_t total = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    XXH3_state_t *state = fd < 0 ? NULL : XXH3_createState();
    ssize_t n = state ? 1 : -1;
    if (state)
        XXH3_128bits_reset(state);
    while (n > 0) {
        n = read(fd, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0) {
            XXH3_128bits_update(state, bytes, (size_t)n);
            total += (uint64_t)n;
        }
    }
    int why = errno;
    if (n == 0)
        finish_sum(state, total, out);
    XXH3_freeState(state);
    if (fd >= 0)
        close(fd);
    return n == 0 ? DGM_OK : dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(why));
}

/* ---- writing -------------------------------------------------------------------------------- */

static bool write_out(dgm_packed_file *f, size_t n)
{
    XXH3_128bits_update(f->hash, f->room, n);
    for (size_t at = 0; at < n;) {
        ssize_t done = write(f->fd, f->room + at, n - at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            f->failed = errno;
            return false;
        }
        at += (size_t)done;
    }
    f->n_bytes += n;
    return true;
}

static bool compress(dgm_packed_file *f, const char *bytes, size_t n, ZSTD_EndDirective how)
{
    ZSTD_inBuffer in = { bytes, n, 0 };
    size_t left = 1;
    if (f->failed)
        return false;
    while (in.pos < in.size || (how == ZSTD_e_end && left > 0)) {
        ZSTD_outBuffer out = { f->room, sizeof f->room, 0 };
        left = ZSTD_compressStream2(f->zstd, &out, &in, how);
        if (ZSTD_isError(left))
            f->failed = ENOMEM;
        if (f->failed || (out.pos > 0 && !write_out(f, out.pos)))
            return false;
    }
    return true;
}

static ssize_t take(void *cookie, const char *bytes, size_t n)
{
    dgm_packed_file *f = cookie;
    if (compress(f, bytes, n, ZSTD_e_continue))
        return (ssize_t)n;
    errno = f->failed;
    return 0; /* after less than that glibc would read on behind the bytes */
}

static void end(dgm_packed_file *f)
{
    if (f->stream)
        fclose(f->stream);
    if (f->fd >= 0)
        close(f->fd);
    ZSTD_freeCCtx(f->zstd);
    XXH3_freeState(f->hash);
    free(f);
}

dgm_status dgm_packed_open(const char *path, dgm_packed_file **out, dgm_err *err)
{
    dgm_packed_file *f = calloc(1, sizeof(*f));
    if (!f)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the output");
    snprintf(f->path, sizeof f->path, "%s", path);
    f->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int why = errno;
    f->zstd = f->fd >= 0 ? ZSTD_createCCtx() : NULL;
    f->hash = f->zstd ? XXH3_createState() : NULL;
    f->stream = f->hash ? fopencookie(f, "wb", (cookie_io_functions_t) { .write = take }) : NULL;
    if (f->stream) {
        XXH3_128bits_reset(f->hash);
        ZSTD_CCtx_setParameter(f->zstd, ZSTD_c_compressionLevel, LEVEL);
        ZSTD_CCtx_setParameter(f->zstd, ZSTD_c_checksumFlag, 1);
        *out = f;
        return DGM_OK;
    }
    dgm_status status = f->fd < 0 ? dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(why))
                                  : dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for the output");
    end(f);
    return status;
}

FILE *dgm_packed_stream(dgm_packed_file *file)
{
    return file->stream;
}

dgm_status dgm_packed_close(dgm_packed_file *file, dgm_file_sum *sum, dgm_err *err)
{
    dgm_status status = DGM_OK;
    if (!file)
        return DGM_OK;
    if (sum) {
        bool good = fflush(file->stream) == 0 && compress(file, "", 0, ZSTD_e_end);
        if (good && fsync(file->fd) != 0 && errno != EINVAL && errno != EROFS) {
            file->failed = errno;
            good = false;
        }
        if (good)
            finish_sum(file->hash, file->n_bytes, sum);
        else
            status = dgm_fail(err, DGM_EIO, file->path, 0, "%s",
                              strerror(file->failed ? file->failed : EIO));
    }
    end(file);
    return status;
}
