#include "serve/kept.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

struct dgm_kept {
    atomic_uint holders;
    unsigned status;
    struct MHD_Response *plain, *zipped, *unchanged;
    char etag[24], type[64];
    size_t n;
};

enum { WORTH_ZIPPING = 1000 };

void dgm_put_safety(struct MHD_Response *response)
{
    static const char *const headers[][2] = {
        { "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          " form-action 'none'; frame-ancestors 'none'" },
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "no-referrer" },
        { "Cross-Origin-Resource-Policy", "same-origin" },
        { "Cross-Origin-Opener-Policy", "same-origin" },
    };
    for (size_t i = 0; i < DGM_LEN(headers); i++)
        (void)MHD_add_response_header(response, headers[i][0], headers[i][1]);
}

static struct MHD_Response *finish(struct MHD_Response *response, const dgm_kept *k, bool zipped)
{
    if (!response)
        return NULL;
    dgm_put_safety(response);
    (void)MHD_add_response_header(response, "Content-Type", k->type);
    (void)MHD_add_response_header(response, "Vary", "Accept-Encoding, Cookie, Authorization");
    if (k->status == MHD_HTTP_OK) {
        (void)MHD_add_response_header(response, "ETag", k->etag);
        (void)MHD_add_response_header(response, "Cache-Control", "private, no-cache");
    } else {
        (void)MHD_add_response_header(response, "Cache-Control", "no-store");
    }
    if (zipped)
        (void)MHD_add_response_header(response, "Content-Encoding", "gzip");
    return response;
}

static void *zip(dgm_view plain, size_t *n)
{
    z_stream z = { 0 };
    if (deflateInit2(&z, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    size_t room = deflateBound(&z, (uLong)plain.n) + 32;
    unsigned char *out = malloc(room);
    z.next_in = (unsigned char *)(uintptr_t)plain.p;
    z.avail_in = (uInt)plain.n;
    z.next_out = out;
    z.avail_out = (uInt)room;
    int result = out ? deflate(&z, Z_FINISH) : Z_MEM_ERROR;
    *n = room - z.avail_out;
    deflateEnd(&z);
    if (result == Z_STREAM_END)
        return out;
    free(out);
    return NULL;
}

static dgm_kept *begin(dgm_view plain, const char *type, unsigned status)
{
    dgm_kept *k = calloc(1, sizeof *k);
    if (!k)
        return NULL;
    atomic_init(&k->holders, 1);
    k->status = status;
    k->n = plain.n;
    snprintf(k->etag, sizeof k->etag, "\"%016llx\"",
             (unsigned long long)XXH3_64bits(plain.p ? plain.p : "", plain.n));
    snprintf(k->type, sizeof k->type, "%s", type);
    k->unchanged = finish(
        MHD_create_response_from_buffer(0, (char[1]) { 0 }, MHD_RESPMEM_MUST_COPY), k, false);
    return k;
}

static dgm_kept *end(dgm_kept *k)
{
    if (k->plain && k->unchanged)
        return k;
    dgm_kept_release(k);
    return NULL;
}

dgm_kept *dgm_kept_new(dgm_buffer *body, const char *type, unsigned status)
{
    dgm_view plain = { body->p, body->n };
    dgm_kept *k = body->failed ? NULL : begin(plain, type, status);
    size_t n = 0;
    if (!k)
        return NULL;
    void *zipped = plain.n >= WORTH_ZIPPING && plain.n < UINT32_MAX ? zip(plain, &n) : NULL;
    if (zipped) {
        k->zipped =
            finish(MHD_create_response_from_buffer(n, zipped, MHD_RESPMEM_MUST_FREE), k, true);
        k->n += n;
    }
    k->plain =
        finish(MHD_create_response_from_buffer(plain.n, body->p, MHD_RESPMEM_MUST_FREE), k, false);
    if (k->plain)
        *body = (dgm_buffer) { 0 };
    return end(k);
}

dgm_kept *dgm_kept_of(dgm_view plain, dgm_view zipped, const char *type)
{
    dgm_kept *k = begin(plain, type, MHD_HTTP_OK);
    if (!k)
        return NULL;
    if (zipped.p)
        k->zipped = finish(MHD_create_response_from_buffer(zipped.n, (void *)(uintptr_t)zipped.p,
                                                           MHD_RESPMEM_PERSISTENT),
                           k, true);
    k->plain = finish(MHD_create_response_from_buffer(plain.n, (void *)(uintptr_t)plain.p,
                                                      MHD_RESPMEM_PERSISTENT),
                      k, false);
    return end(k);
}

void dgm_kept_release(dgm_kept *k)
{
    if (!k || atomic_fetch_sub(&k->holders, 1) > 1)
        return;
    if (k->plain)
        MHD_destroy_response(k->plain);
    if (k->zipped)
        MHD_destroy_response(k->zipped);
    if (k->unchanged)
        MHD_destroy_response(k->unchanged);
    free(k);
}

static bool has(struct MHD_Connection *connection, const char *header, const char *word)
{
    const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, header);
    return value && strstr(value, word);
}

enum MHD_Result dgm_kept_send(struct MHD_Connection *connection, const dgm_kept *k)
{
    if (k->status == MHD_HTTP_OK && has(connection, "If-None-Match", k->etag))
        return MHD_queue_response(connection, MHD_HTTP_NOT_MODIFIED, k->unchanged);
    bool zipped = k->zipped && has(connection, "Accept-Encoding", "gzip");
    return MHD_queue_response(connection, k->status, zipped ? k->zipped : k->plain);
}

/* ---- the cache ------------------------------------------------------------------------------ */

typedef struct {
    char *key;
    size_t n_key;
    uint64_t hash, state, used;
    dgm_kept *kept;
} entry;

struct dgm_cache {
    pthread_mutex_t lock;
    entry *at;
    uint32_t n, most;
    size_t bytes, most_bytes;
    uint64_t clock;
};

dgm_cache *dgm_cache_new(size_t most_bytes, uint32_t most)
{
    dgm_cache *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->at = calloc(most, sizeof *c->at);
    c->most = most;
    c->most_bytes = most_bytes;
    if (c->at && pthread_mutex_init(&c->lock, NULL) == 0)
        return c;
    free(c->at);
    free(c);
    return NULL;
}

static void drop(dgm_cache *c, uint32_t i)
{
    assert(i < c->n);
    /* What was dropped before is overwritten by the last, which the analyser loses sight of. */
    c->bytes -= c->at[i].kept->n + c->at[i].n_key; /* NOLINT(clang-analyzer-unix.Malloc) */
    dgm_kept_release(c->at[i].kept);
    free(c->at[i].key);
    c->at[i] = c->at[--c->n];
}

void dgm_cache_free(dgm_cache *c)
{
    if (!c)
        return;
    while (c->n > 0)
        drop(c, c->n - 1);
    pthread_mutex_destroy(&c->lock);
    free(c->at);
    free(c);
}

static uint32_t find(const dgm_cache *c, dgm_view key, uint64_t hash)
{
    for (uint32_t i = 0; i < c->n; i++)
        if (c->at[i].hash == hash && dgm_view_eq((dgm_view) { c->at[i].key, c->at[i].n_key }, key))
            return i;
    return DGM_NONE;
}

dgm_kept *dgm_cache_get(dgm_cache *c, dgm_view key, uint64_t state)
{
    dgm_kept *kept = NULL;
    uint64_t hash = dgm_hash(key);
    pthread_mutex_lock(&c->lock);
    uint32_t i = find(c, key, hash);
    if (i != DGM_NONE && c->at[i].state == state) {
        kept = c->at[i].kept;
        c->at[i].used = ++c->clock;
        atomic_fetch_add(&kept->holders, 1);
    } else if (i != DGM_NONE) {
        drop(c, i);
    }
    pthread_mutex_unlock(&c->lock);
    return kept;
}

static void drop_oldest(dgm_cache *c)
{
    uint32_t oldest = 0;
    for (uint32_t i = 1; i < c->n; i++)
        if (c->at[i].used < c->at[oldest].used)
            oldest = i;
    drop(c, oldest);
}

void dgm_cache_put(dgm_cache *c, dgm_view key, uint64_t state, dgm_kept *kept)
{
    entry new = { .n_key = key.n, .hash = dgm_hash(key), .state = state, .kept = kept };
    if (kept->n + key.n > c->most_bytes / 4 || !(new.key = malloc(key.n + 1)))
        return;
    memcpy(new.key, key.p, key.n);
    pthread_mutex_lock(&c->lock);
    uint32_t i = find(c, key, new.hash);
    if (i != DGM_NONE)
        drop(c, i);
    while (c->n == c->most || (c->n > 0 && c->bytes + kept->n + key.n > c->most_bytes))
        drop_oldest(c);
    new.used = ++c->clock;
    atomic_fetch_add(&kept->holders, 1);
    c->bytes += kept->n + key.n;
    c->at[c->n++] = new;
    pthread_mutex_unlock(&c->lock);
}
