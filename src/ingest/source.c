/* source.c - bytes in, unpacked, in pieces of bounded size.
 *
 *   stored bytes -> in (one block) -> unpack -> out (a window that is moved and filled up)
 *
 * Memory does not grow with the input, however long a line or however strongly packed: a piece ends
 * at a newline, or, of a longer line, at the last whole code point of the window. gzip members
 * (RFC 1952) and zstd frames (RFC 8878) follow each other; after damage an archive goes on with the
 * next gzip member, as WARC has one a record. */
#include "ingest/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

typedef enum { PLAIN, GZIP, ZSTD } packing;

struct dgm_source {
    char *name;
    int fd; /* -1: memory */
    const char *memory;
    size_t memory_n, memory_at;
    packing packing;
    z_stream gzip;
    ZSTD_DStream *zstd;
    bool gzip_open;
    bool between_members; /* a packed stream may end here */
    uint64_t n_read, size;
    time_t changed;                  /* 0: not known */
    unsigned char in[DGM_MAX_PIECE]; /* as stored */
    size_t in_at, in_n;
    bool in_ended;
    char out[DGM_MAX_PIECE]; /* unpacked */
    size_t out_at, out_n;
    bool out_ended;
    uint64_t given; /* unpacked bytes given out */
    size_t line;
    bool line_open; /* the last piece did not end its line */
    char problem[160];
    bool unread; /* the problem is the system's, not the data's */
};

/* ---- stored bytes --------------------------------------------------------------------------- */

static size_t read_memory(dgm_source *s)
{
    size_t n = DGM_MIN(sizeof s->in, s->memory_n - s->memory_at);
    if (n > 0)
        memcpy(s->in, s->memory + s->memory_at, n);
    s->memory_at += n;
    return n;
}

/* Replaces the used-up input by the next; false at the end. */
static bool more_input(dgm_source *s)
{
    if (s->in_ended)
        return false;
    ssize_t n;
    if (s->fd < 0) {
        n = (ssize_t)read_memory(s);
    } else {
        do
            n = read(s->fd, s->in, sizeof s->in);
        while (n < 0 && errno == EINTR);
    }
    if (n < 0)
        snprintf(s->problem, sizeof s->problem, "cannot be read: %s", strerror(errno));
    s->unread = s->unread || n < 0;
    s->in_at = 0;
    s->in_n = n > 0 ? (size_t)n : 0;
    s->n_read += s->in_n;
    s->in_ended = n <= 0;
    return n > 0;
}

/* ---- unpacked bytes ------------------------------------------------------------------------- */

static size_t unpack_plain(dgm_source *s, char *to, size_t room)
{
    size_t n = DGM_MIN(room, s->in_n - s->in_at);
    memcpy(to, s->in + s->in_at, n);
    s->in_at += n;
    return n;
}

/* zlib and zstd are fed until they give something, fail or the input ends. */
static size_t unpack_gzip(dgm_source *s, char *to, size_t room)
{
    if (s->between_members) {
        while (s->in_at < s->in_n && s->in[s->in_at] == 0) /* a tape's padding, as gzip has it */
            s->in_at++;
        if (s->in_at == s->in_n)
            return 0;
        if (s->in[s->in_at] != 0x1f) {
            snprintf(s->problem, sizeof s->problem, "what follows the gzip data is passed over");
            return 0;
        }
        inflateReset(&s->gzip);
        s->between_members = false;
    }
    s->gzip.next_in = s->in + s->in_at;
    s->gzip.avail_in = (uInt)(s->in_n - s->in_at);
    s->gzip.next_out = (Bytef *)to;
    s->gzip.avail_out = (uInt)room;
    int status = inflate(&s->gzip, Z_NO_FLUSH);
    s->in_at = s->in_n - s->gzip.avail_in;
    if (status == Z_STREAM_END)
        s->between_members = true;
    else if (status != Z_OK && status != Z_BUF_ERROR)
        snprintf(s->problem, sizeof s->problem, "the gzip data is damaged (%s)",
                 s->gzip.msg ? s->gzip.msg : "zlib gives no reason");
    return room - s->gzip.avail_out;
}

static size_t unpack_zstd(dgm_source *s, char *to, size_t room)
{
    ZSTD_inBuffer in = { s->in + s->in_at, s->in_n - s->in_at, 0 };
    ZSTD_outBuffer out = { to, room, 0 };
    size_t status = ZSTD_decompressStream(s->zstd, &out, &in);
    s->in_at += in.pos;
    s->between_members = status == 0;
    if (ZSTD_isError(status))
        snprintf(s->problem, sizeof s->problem, "the zstd data is damaged (%s)",
                 ZSTD_getErrorName(status));
    return out.pos;
}

/* Input is all taken: was it all there? A packed stream may still hold unpacked bytes back. */
static bool at_end(dgm_source *s, size_t gained)
{
    if (s->packing != PLAIN && gained > 0)
        return false;
    if (s->packing != PLAIN && !s->between_members && !s->problem[0])
        snprintf(s->problem, sizeof s->problem, "the %s data ends too early",
                 s->packing == GZIP ? "gzip" : "zstd");
    return true;
}

/* Moves what is left of out to its front and fills it up; false when nothing came. */
static bool fill(dgm_source *s)
{
    memmove(s->out, s->out + s->out_at, s->out_n - s->out_at);
    s->out_n -= s->out_at;
    s->out_at = 0;
    size_t before = s->out_n;
    bool drained = false;
    while (!s->out_ended && s->out_n == before && s->out_n < sizeof s->out) {
        if (s->in_at == s->in_n && !more_input(s)) {
            if (drained || s->packing == PLAIN || s->between_members) {
                s->out_ended = at_end(s, 0);
                break;
            }
            drained = true; /* one more call with nothing new: the unpacker may hold bytes back */
        }
        char *to = s->out + s->out_n;
        size_t room = sizeof s->out - s->out_n;
        s->out_n += s->packing == PLAIN  ? unpack_plain(s, to, room)
                    : s->packing == GZIP ? unpack_gzip(s, to, room)
                                         : unpack_zstd(s, to, room);
        if (s->problem[0])
            s->out_ended = true;
    }
    return s->out_n > before;
}

/* ---- opening -------------------------------------------------------------------------------- */

static dgm_status begin(dgm_source *s, dgm_err *err)
{
    static const unsigned char gzip_magic[] = { 0x1f, 0x8b },
                               zstd_magic[] = { 0x28, 0xb5, 0x2f, 0xfd };
    more_input(s);
    if (s->problem[0])
        return dgm_fail(err, DGM_EIO, s->name, 0, "%s", s->problem);
    if (s->in_n >= sizeof gzip_magic && memcmp(s->in, gzip_magic, sizeof gzip_magic) == 0) {
        s->packing = GZIP;
        s->gzip_open = inflateInit2(&s->gzip, 15 + 16) == Z_OK;
        return s->gzip_open ? DGM_OK : dgm_fail(err, DGM_ENOMEM, s->name, 0, "no memory for zlib");
    }
    if (s->in_n >= sizeof zstd_magic && memcmp(s->in, zstd_magic, sizeof zstd_magic) == 0) {
        s->packing = ZSTD;
        s->zstd = ZSTD_createDStream();
        return s->zstd ? DGM_OK : dgm_fail(err, DGM_ENOMEM, s->name, 0, "no memory for zstd");
    }
    return DGM_OK;
}

static dgm_source *new_source(const char *name)
{
    dgm_source *s = calloc(1, sizeof(*s));
    if (!s)
        return NULL;
    s->fd = -1;
    s->name = malloc(strlen(name) + 1);
    if (!s->name) {
        free(s);
        return NULL;
    }
    memcpy(s->name, name, strlen(name) + 1);
    return s;
}

static dgm_status finish_open(dgm_source *s, dgm_status status, dgm_source **out, dgm_err *err)
{
    if (status == DGM_OK)
        status = begin(s, err);
    if (status != DGM_OK) {
        dgm_source_free(s);
        return status;
    }
    *out = s;
    return DGM_OK;
}

dgm_status dgm_source_open(const char *path, dgm_source **out, dgm_err *err)
{
    bool standard_input = strcmp(path, "-") == 0;
    dgm_source *s = new_source(standard_input ? "stdin" : path);
    if (!s)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory to read it");
    dgm_status status = DGM_OK;
    struct stat about = { 0 };
    s->fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (!path[0])
        status = dgm_fail(err, DGM_EIO, NULL, 0, "a file's name is empty");
    else if (s->fd < 0)
        status = dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
    else if (fstat(s->fd, &about) == 0 && S_ISDIR(about.st_mode))
        status = dgm_fail(err, DGM_EIO, path, 0, "this is a folder, not a file");
    else if (S_ISREG(about.st_mode)) {
        s->size = (uint64_t)about.st_size;
        s->changed = about.st_mtime;
    }
    return finish_open(s, status, out, err);
}

dgm_status dgm_source_open_memory(const char *bytes, size_t n, const char *name, dgm_source **out,
                                  dgm_err *err)
{
    dgm_source *s = new_source(name);
    if (!s)
        return dgm_fail(err, DGM_ENOMEM, name, 0, "no memory to read it");
    s->memory = bytes;
    s->memory_n = n;
    s->size = n;
    return finish_open(s, DGM_OK, out, err);
}

void dgm_source_free(dgm_source *source)
{
    if (!source)
        return;
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    if (source->gzip_open)
        inflateEnd(&source->gzip);
    ZSTD_freeDStream(source->zstd);
    free(source->name);
    free(source);
}

/* ---- pieces --------------------------------------------------------------------------------- */

/* How many of n bytes end between code points, as far as that can be told. */
static size_t whole_code_points(const char *p, size_t n)
{
    size_t back = 1;
    while (back <= 4 && back < n && ((unsigned char)p[n - back] & 0xC0) == 0x80)
        back++;
    unsigned char lead = (unsigned char)p[n - back];
    size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return wanted > back && back < n ? n - back : n;
}

bool dgm_source_piece(dgm_source *s, dgm_piece *out)
{
    const char *newline = memchr(s->out + s->out_at, '\n', s->out_n - s->out_at);
    while (!newline && (s->out_at > 0 || s->out_n < sizeof s->out) && fill(s))
        newline = memchr(s->out, '\n', s->out_n);
    size_t n = newline ? (size_t)(newline + 1 - (s->out + s->out_at)) : s->out_n - s->out_at;
    if (n == 0)
        return false;
    bool full = !newline && n == sizeof s->out;
    if (full)
        n = whole_code_points(s->out, n);
    *out = (dgm_piece) { .text = { s->out + s->out_at, n }, .begins = !s->line_open };
    s->out_at += n;
    s->given += n;
    s->line += out->begins;
    out->line = s->line;
    out->ends = !full;
    s->line_open = full;
    return true;
}

dgm_view dgm_source_bytes(dgm_source *s, size_t max)
{
    if (s->out_at == s->out_n)
        fill(s);
    dgm_view bytes = { s->out + s->out_at, DGM_MIN(max, s->out_n - s->out_at) };
    s->out_at += bytes.n;
    s->given += bytes.n;
    return bytes;
}

/* Passes over stored bytes up to those that open a gzip member (RFC 1952: ID1, ID2, CM 8). */
static bool find_member(dgm_source *s)
{
    static const unsigned char magic[] = { 0x1f, 0x8b, 8 };
    size_t matched = 0;
    while (s->in_at < s->in_n || more_input(s)) {
        unsigned char c = s->in[s->in_at++];
        matched = c == magic[matched] ? matched + 1 : c == magic[0];
        if (matched == sizeof magic)
            return true;
    }
    return false;
}

bool dgm_source_recover(dgm_source *s)
{
    static unsigned char magic[] = { 0x1f, 0x8b, 8 };
    if (s->packing != GZIP || !s->problem[0] || !find_member(s))
        return false;
    inflateReset(&s->gzip); /* the magic has been taken: it is fed again */
    s->gzip.next_in = magic;
    s->gzip.avail_in = sizeof magic;
    s->gzip.next_out = (Bytef *)s->out;
    s->gzip.avail_out = sizeof s->out;
    s->out_at = s->out_n = 0;
    s->between_members = s->line_open = s->out_ended = false;
    s->problem[0] = '\0';
    return inflate(&s->gzip, Z_NO_FLUSH) == Z_OK;
}

bool dgm_source_waits(const dgm_source *s)
{
    struct pollfd more = { .fd = s->fd, .events = POLLIN };
    return s->fd >= 0 && !s->in_ended && s->in_at == s->in_n && poll(&more, 1, 0) == 0;
}

uint64_t dgm_source_offset(const dgm_source *source)
{
    return source->given;
}

/* A whole line of JSON or the first line of a dated text is of one format, whatever follows. */
static bool tells_enough(dgm_view bytes)
{
    size_t newline = dgm_view_find(bytes, DGM_VIEW("\n"));
    dgm_view line = dgm_view_trim(dgm_view_slice(bytes, 0, newline));
    if (newline == SIZE_MAX)
        return false;
    return (dgm_view_starts(line, DGM_VIEW("{\"")) && dgm_view_ends(line, DGM_VIEW("}"))) ||
           (dgm_view_starts(line, DGM_VIEW("date ")) && line.n > 5 &&
            dgm_is_digit((unsigned char)line.p[5]));
}

/* Of markup the root tells the format, which may stand behind long comments. */
static bool is_markup(dgm_view bytes)
{
    return dgm_view_starts(dgm_view_trim(bytes), DGM_VIEW("<"));
}

/* What is unpacked and not yet given out. */
static dgm_view unread(const dgm_source *s)
{
    return (dgm_view) { s->out + s->out_at, s->out_n - s->out_at };
}

dgm_view dgm_source_peek(dgm_source *s)
{
    while (unread(s).n < (is_markup(unread(s)) ? sizeof s->out : 4096) &&
           !(dgm_source_waits(s) && tells_enough(unread(s))) && fill(s))
        ;
    return unread(s);
}

bool dgm_source_unread(const dgm_source *source)
{
    return source->unread;
}

const char *dgm_source_problem(const dgm_source *source)
{
    return source->problem[0] ? source->problem : NULL;
}

size_t dgm_source_line(const dgm_source *source)
{
    return source->line;
}

const char *dgm_source_name(const dgm_source *source)
{
    return source->name;
}

uint64_t dgm_source_tell(const dgm_source *source, uint64_t *size)
{
    if (size)
        *size = source->size;
    return source->n_read;
}

/* Packers and build tools write 1970 or 1980 where they write no time. */
bool dgm_source_day(const dgm_source *source, char day[11])
{
    const time_t first = 788918400; /* 1995-01-01 */
    struct tm tm;
    return source->changed >= first && gmtime_r(&source->changed, &tm) &&
           strftime(day, 11, "%Y-%m-%d", &tm) == 10;
}
