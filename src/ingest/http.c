#include "ingest/http.h"

#include <string.h>
#include <zlib.h>
#include <zstd.h>

dgm_view dgm_header(dgm_view headers, dgm_view name)
{
    dgm_view line;
    while (headers.n > 0 && dgm_view_split(&headers, '\n', &line)) {
        if (line.n > name.n && line.p[name.n] == ':' &&
            dgm_view_eq_nocase(dgm_view_slice(line, 0, name.n), name))
            return dgm_view_trim(dgm_view_slice(line, name.n + 1, line.n));
    }
    return (dgm_view) { "", 0 };
}

/* "text/html; charset=utf-8" */
static void split_type(dgm_view value, dgm_http *http)
{
    dgm_view part;
    if (!dgm_view_split(&value, ';', &http->type))
        return;
    http->type = dgm_view_trim(http->type);
    while (value.n > 0 && dgm_view_split(&value, ';', &part)) {
        part = dgm_view_trim(part);
        if (dgm_view_eq_nocase(dgm_view_slice(part, 0, 8), DGM_VIEW("charset="))) {
            http->charset = dgm_view_trim(dgm_view_slice(part, 8, part.n));
            if (http->charset.n > 1 && http->charset.p[0] == '"')
                http->charset = dgm_view_slice(http->charset, 1, http->charset.n - 1);
        }
    }
}

/* Where the empty line ends; n: there is none. */
static size_t end_of_headers(dgm_view bytes)
{
    for (size_t i = 0; i + 1 < bytes.n; i++) {
        if (bytes.p[i] == '\n' && bytes.p[i + 1] == '\n')
            return i + 2;
        if (bytes.p[i] == '\n' && bytes.p[i + 1] == '\r' && i + 2 < bytes.n &&
            bytes.p[i + 2] == '\n')
            return i + 3;
    }
    return bytes.n;
}

dgm_http dgm_http_read(dgm_view bytes)
{
    enum { MOST_HEADERS = 64 << 10 };
    dgm_http http = { 0 };
    uint64_t status = 0;
    size_t space = dgm_view_find(dgm_view_slice(bytes, 0, 16), DGM_VIEW(" "));
    if (!dgm_view_starts(bytes, DGM_VIEW("HTTP/")) || space == SIZE_MAX ||
        !dgm_parse_u64(dgm_view_slice(bytes, space + 1, space + 4), &status))
        return http;
    size_t end = end_of_headers(dgm_view_slice(bytes, 0, MOST_HEADERS));
    dgm_view headers = dgm_view_slice(bytes, 0, end);
    http.status = (uint32_t)status;
    http.transfer = dgm_header(headers, DGM_VIEW("Transfer-Encoding"));
    http.encoding = dgm_header(headers, DGM_VIEW("Content-Encoding"));
    split_type(dgm_header(headers, DGM_VIEW("Content-Type")), &http);
    http.body = dgm_view_slice(bytes, end, bytes.n);
    return http;
}

/* ---- transfer ------------------------------------------------------------------------------- */

/* The size that opens a chunk, in hexadecimal digits, and where the chunk begins; false: none. */
static bool chunk_size(dgm_view bytes, size_t *begin, size_t *size)
{
    size_t at = 0;
    *size = 0;
    for (; at < bytes.n && at < 8; at++) {
        unsigned char c = (unsigned char)bytes.p[at];
        unsigned digit = 16;
        if (dgm_is_digit(c))
            digit = c - '0';
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            digit = (c | 32u) - 'a' + 10;
        if (digit == 16)
            break;
        *size = *size * 16 + digit;
    }
    if (at == 0 || at == bytes.n || !strchr("\r\n; \t", bytes.p[at]) || bytes.p[at] == '\0')
        return false;
    size_t line = dgm_view_find(dgm_view_slice(bytes, at, at + 256), DGM_VIEW("\n"));
    *begin = at + line + 1;
    return line != SIZE_MAX;
}

/* Chunks put together; what does not begin as a chunk is no chunk. */
static dgm_view unchunked(dgm_arena *arena, dgm_view body)
{
    size_t begin, size, n = 0;
    if (!chunk_size(body, &begin, &size) || (size == 0 && begin < body.n && body.n > begin + 4))
        return body;
    char *out = dgm_arena_alloc(arena, body.n, 1);
    if (!out)
        return (dgm_view) { "", 0 };
    while (chunk_size(body, &begin, &size) && size > 0) {
        dgm_view chunk = dgm_view_slice(body, begin, begin + size);
        memcpy(out + n, chunk.p, chunk.n);
        n += chunk.n;
        body = dgm_view_slice(body, begin + size, body.n);
        while (body.n > 0 && (body.p[0] == '\r' || body.p[0] == '\n'))
            body = dgm_view_slice(body, 1, body.n);
    }
    return (dgm_view) { out, n };
}

/* ---- compression ---------------------------------------------------------------------------- */

/* window: zlib's, which tells gzip, zlib and bare deflate apart. What comes before damage stays. */
static bool inflate_all(dgm_view body, int window, char *out, size_t most, size_t *n)
{
    z_stream z = { .next_in = (Bytef *)(uintptr_t)body.p,
                   .avail_in = (uInt)DGM_MIN(body.n, (size_t)UINT32_MAX),
                   .next_out = (Bytef *)out,
                   .avail_out = (uInt)most };
    if (inflateInit2(&z, window) != Z_OK)
        return false;
    while (z.avail_out > 0 && inflate(&z, Z_SYNC_FLUSH) == Z_OK)
        ;
    *n = most - z.avail_out;
    inflateEnd(&z);
    return *n > 0;
}

static bool zstd_all(dgm_view body, char *out, size_t most, size_t *n)
{
    ZSTD_DStream *stream = ZSTD_createDStream();
    ZSTD_inBuffer in = { body.p, body.n, 0 };
    ZSTD_outBuffer to = { out, most, 0 };
    while (stream && in.pos < in.size && to.pos < to.size) {
        size_t status = ZSTD_decompressStream(stream, &to, &in);
        if (status == 0 || ZSTD_isError(status))
            break;
    }
    ZSTD_freeDStream(stream);
    *n = to.pos;
    return *n > 0;
}

bool dgm_http_body(const dgm_http *http, size_t most, dgm_arena *arena, dgm_view *out)
{
    dgm_view body = http->body;
    size_t n = 0;
    if (dgm_view_eq_nocase(http->transfer, DGM_VIEW("chunked")))
        body = unchunked(arena, body);
    bool gzip = dgm_view_starts(body, DGM_VIEW("\x1f\x8b")),
         zstd = dgm_view_starts(body, DGM_VIEW("\x28\xb5\x2f\xfd")),
         deflate = dgm_view_eq_nocase(http->encoding, DGM_VIEW("deflate")),
         brotli = dgm_view_eq_nocase(http->encoding, DGM_VIEW("br"));
    bool plain = body.n > 0 && memchr(dgm_view_slice(body, 0, 256).p, '<', DGM_MIN(body.n, 256u));
    if (!gzip && !zstd && (!deflate || plain)) {
        *out = dgm_view_slice(body, 0, most);
        return !brotli || plain;
    }
    char *text = dgm_arena_alloc(arena, most, 1);
    bool good = text && (gzip   ? inflate_all(body, 15 + 16, text, most, &n)
                         : zstd ? zstd_all(body, text, most, &n)
                                : inflate_all(body, 15, text, most, &n) ||
                                      inflate_all(body, -15, text, most, &n));
    *out = (dgm_view) { text, n };
    return good;
}
