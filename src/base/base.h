/* base.h - what every room stands on: arena, views, vectors, hash map, errors, UTF-8, tables,
 * threads. Nothing here knows of news.
 *
 * Ownership: what comes out of an arena lives until dgm_arena_reset() or dgm_arena_free() and is
 * never freed alone. Everything else has a _free or _done that takes NULL and half-built objects.
 */
#ifndef DGM_BASE_H
#define DGM_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define DGM_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define DGM_NONE   UINT32_MAX /* "no index": no head, no mention, no event */
/* One of the arguments is evaluated twice: no calls in them. */
#define DGM_MIN(a, b) ((a) < (b) ? (a) : (b))
#define DGM_MAX(a, b) ((a) > (b) ? (a) : (b))
/* How many bits are set. */
static inline uint32_t dgm_count_bits(uint32_t x)
{
    uint32_t n = 0;
    for (; x; x &= x - 1)
        n++;
    return n;
}

#if defined(__GNUC__)
#define DGM_MUST_USE     __attribute__((warn_unused_result))
#define DGM_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define DGM_MUST_USE
#define DGM_PRINTF(f, a)
#endif

/* Asks the processor for memory that is read soon. */
static inline void dgm_prefetch(const void *p)
{
#if defined(__GNUC__)
    __builtin_prefetch(p);
#else
    (void)p;
#endif
}

/* On x86-64 a function is compiled a second time for AVX2 and the better one chosen at start. Both
 * give the same bits. (The choice is made too early for the thread sanitizer.) */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__) &&   \
    !defined(__SANITIZE_THREAD__)
#define DGM_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define DGM_WIDE
#endif

/* ---- errors --------------------------------------------------------------------------------- */

typedef enum {
    DGM_OK,
    DGM_END,     /* a reader has no more documents */
    DGM_EIO,     /* the system could not read or write */
    DGM_EFORMAT, /* the input is not what its format asks for */
    DGM_ELIMIT,  /* the input is larger than a named limit */
    DGM_ENOMEM,
    DGM_EUSAGE,  /* the caller asked for what cannot be */
    DGM_ESTOPPED /* the caller wants no more of it */
} dgm_status;

/* Where and why something failed; owns nothing. `file` may be empty, `line` 0 where unknown. */
typedef struct {
    dgm_status status;
    size_t line;
    const char *kind; /* the message's format, the same for all of a kind; static, or NULL */
    char file[200];
    char id[80]; /* of the story, where that is known */
    char msg[300];
} dgm_err;

/* Fills *err (may be NULL) and returns status, so that a caller can `return dgm_fail(...)`. */
dgm_status dgm_fail(dgm_err *err, dgm_status status, const char *file, size_t line,
                    const char *format, ...) DGM_PRINTF(5, 6);
#ifdef __clang_analyzer__ /* it sees one file at a time, and not what this returns */
#define dgm_fail(err, status, ...) (dgm_fail(err, status, __VA_ARGS__), (status))
#endif
/* "file:line: message", as a user reads it and a terminal may have it, into buf; returns buf. */
const char *dgm_err_text(const dgm_err *err, char *buf, size_t size);

/* Where a loader or reader reports what it goes on after (it never prints). */
typedef void (*dgm_complain_fn)(void *context, const dgm_err *err);
typedef struct {
    dgm_complain_fn fn; /* may be NULL */
    void *context;
    size_t n;    /* how many complaints so far */
    size_t most; /* further ones are counted and not told; 0: all are told */
} dgm_complaints;
void dgm_complain(dgm_complaints *to, dgm_status status, const char *file, size_t line,
                  const char *format, ...) DGM_PRINTF(5, 6);
void dgm_complain_of(dgm_complaints *to, const dgm_err *err); /* to may be NULL */
/* As `fn`: keeps the last complaint in the dgm_err that is the context. */
void dgm_complaint_keep(void *context, const dgm_err *err);

/* ---- views ---------------------------------------------------------------------------------- */

/* Text is pointer and length, never trusted to end in NUL. */
typedef struct {
    const char *p;
    size_t n;
} dgm_view;
#define DGM_VIEW(lit) ((dgm_view) { "" lit "", sizeof(lit) - 1 })
#define DGM_FMT(v)    (int)(v).n, (v).p /* for "%.*s" */

static inline dgm_view dgm_view_of(const char *nul_terminated) /* NULL gives an empty view */
{
    return nul_terminated ? (dgm_view) { nul_terminated, strlen(nul_terminated) }
                          : (dgm_view) { "", 0 };
}
static inline bool dgm_view_eq(dgm_view a, dgm_view b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
bool dgm_view_eq_nocase(dgm_view a, dgm_view b); /* ASCII case only */
int dgm_view_cmp(dgm_view a, dgm_view b);        /* bytewise, like memcmp */
static inline bool dgm_view_starts(dgm_view v, dgm_view prefix)
{
    return v.n >= prefix.n && (prefix.n == 0 || memcmp(v.p, prefix.p, prefix.n) == 0);
}
static inline bool dgm_view_ends(dgm_view v, dgm_view suffix)
{
    return v.n >= suffix.n &&
           (suffix.n == 0 || memcmp(v.p + v.n - suffix.n, suffix.p, suffix.n) == 0);
}
static inline dgm_view dgm_view_slice(dgm_view v, size_t begin, size_t end) /* clamped to v */
{
    end = DGM_MIN(end, v.n);
    begin = DGM_MIN(begin, end);
    return (dgm_view) { v.n ? v.p + begin : "", end - begin };
}
/* Appends the word to a key of n bytes in `key`, with `between` before it (0: nothing); false: it
 * does not fit, with one byte to spare. */
static inline bool dgm_key_add(char *key, size_t size, size_t *n, char between, dgm_view word)
{
    bool parted = between != 0;
    if (word.n >= size || *n + parted >= size - word.n)
        return false;
    if (parted)
        key[(*n)++] = between;
    if (word.n > 0)
        memcpy(key + *n, word.p, word.n);
    *n += word.n;
    return true;
}
dgm_view dgm_view_trim(dgm_view v);              /* ASCII white space off both ends */
size_t dgm_view_find(dgm_view v, dgm_view part); /* SIZE_MAX: not there */
/* The place of a word in a list of n; n: it is not there. */
uint32_t dgm_view_index(dgm_view v, const char *const *list, uint32_t n);
static inline bool dgm_view_is_among(dgm_view v, const char *const *list, uint32_t n)
{
    return dgm_view_index(v, list, n) < n;
}
/* Cuts the part before `sep` off *rest and returns it; the last part ends the loop:
 * while (dgm_view_split(&rest, ',', &part)) ... */
bool dgm_view_split(dgm_view *rest, char sep, dgm_view *part);
/* Cuts n items of `size` bytes off the front of *rest and returns where they begin; NULL: there are
 * not so many. What they say is not checked; whoever reads them where they lie sees to it that they
 * are aligned. */
const void *dgm_view_cut(dgm_view *rest, uint64_t n, size_t size);

/* Bytes are classified here and not by libc, whose answer depends on the locale. */
static inline bool dgm_is_alpha(unsigned char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}
static inline bool dgm_is_upper(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool dgm_is_lower(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}
static inline bool dgm_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}
static inline bool dgm_is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline char dgm_to_lower(char c)
{
    return dgm_is_upper((unsigned char)c) ? (char)(c + 32) : c;
}
/* In ASCII lower case in out[size], and cut to that. */
static inline dgm_view dgm_view_lower(dgm_view v, char *out, size_t size)
{
    size_t n = DGM_MIN(v.n, size);
    for (size_t i = 0; i < n; i++)
        out[i] = dgm_to_lower(v.p[i]);
    return (dgm_view) { out, n };
}
/* The whole view must be the number; false otherwise, *out untouched. */
bool dgm_parse_u64(dgm_view v, uint64_t *out) DGM_MUST_USE;
bool dgm_parse_double(dgm_view v, double *out) DGM_MUST_USE; /* [-]digits[.digits][e[-]digits] */

/* ---- arena ---------------------------------------------------------------------------------- */

/* Memory that dies together. Zeroed, aligned to 16. Not shared between threads. With
 * -Darena=malloc each allocation is a block of its own, so that the address sanitizer sees it. */
typedef struct dgm_arena dgm_arena;
dgm_arena *dgm_arena_new(void); /* NULL: no memory */
/* For what is loaded once and is large. When an array grows, its old place may be gone: what points
 * into an array must not be used after a push. */
dgm_arena *dgm_arena_new_for_tables(void);
void dgm_arena_free(dgm_arena *arena);
void dgm_arena_reset(dgm_arena *arena); /* keeps a little for the next round */
size_t dgm_arena_used(const dgm_arena *arena);
/* NULL when there is no memory or n * size overflows. */
void *dgm_arena_alloc(dgm_arena *arena, size_t n, size_t size);
dgm_view dgm_arena_copy(dgm_arena *arena, dgm_view v);  /* the copy is NUL-terminated besides */
dgm_view dgm_arena_lower(dgm_arena *arena, dgm_view v); /* copy in ASCII lower case */
dgm_view dgm_arena_printf(dgm_arena *arena, const char *format, ...) DGM_PRINTF(2, 3);
/* Whether some allocation has failed since it was new or reset: what was made in it is not whole,
 * so that a room need not check each. */
bool dgm_arena_failed(const dgm_arena *arena);
/* The n-th allocation of this thread from now on fails (0: none): to walk error paths in tests.
 * Returns how many there were still to be until that of the call before; 0: it has failed. */
size_t dgm_arena_fail_at(size_t n);
#define DGM_NEW(arena, type, n) ((type *)dgm_arena_alloc((arena), (n), sizeof(type)))

/* Asks the system for all pages of fresh memory at once, where that is known to be used whole: one
 * call instead of a fault a page. */
void dgm_take_pages(void *at, size_t n);

/* A grown array in an arena: struct { T *at; uint32_t n, cap; }. Elements are referred to by
 * index, since growth moves them. dgm_push() gives the new zeroed element, or NULL: no memory. */
#define DGM_ARRAY(type)                                                                            \
    struct {                                                                                       \
        type *at;                                                                                  \
        uint32_t n, cap;                                                                           \
    }
/* Room for one more. Where it fails, the array stays as it is. */
bool dgm_array_room(dgm_arena *arena, void *at, uint32_t *n, uint32_t *cap, size_t size);
#define dgm_push(arena, array)                                                                     \
    ((array)->n < (array)->cap || dgm_array_room((arena), &(array)->at, &(array)->n,               \
                                                 &(array)->cap, sizeof(*(array)->at))              \
         ? &(array)->at[(array)->n++]                                                              \
         : NULL)

/* ---- hash map ------------------------------------------------------------------------------- */

/* From byte strings to uint32_t. Keys are copied into the map's own memory. Iteration is by
 * insertion order (0..dgm_map_count), never by hash order. Read-only use is thread-safe. */
typedef struct dgm_map dgm_map;
dgm_map *dgm_map_new(void);
void dgm_map_free(dgm_map *map);
/* Sets key to value; *old (may be NULL) gets the former value or DGM_NONE. */
dgm_status dgm_map_set(dgm_map *map, dgm_view key, uint32_t value, uint32_t *old) DGM_MUST_USE;
/* Sets key to value unless it is there; *now gets what it has then. */
dgm_status dgm_map_add(dgm_map *map, dgm_view key, uint32_t value, uint32_t *now) DGM_MUST_USE;
uint32_t dgm_map_get(const dgm_map *map, dgm_view key); /* DGM_NONE: not there */
uint32_t dgm_map_count(const dgm_map *map);
dgm_view dgm_map_key(const dgm_map *map, uint32_t i, uint32_t *value); /* i-th inserted */
uint64_t dgm_hash(dgm_view v);

/* ---- UTF-8 ---------------------------------------------------------------------------------- */

/* One code point at p (n bytes left): returns its length in bytes; an invalid byte is length 1
 * and *cp = 0xFFFD. n must be > 0. */
size_t dgm_utf8_next(const char *p, size_t n, uint32_t *cp);
size_t dgm_utf8_put(uint32_t cp, char out[4]);
size_t dgm_utf8_count(dgm_view v);   /* code points */
size_t dgm_utf8_invalid(dgm_view v); /* offset of the first bad byte, SIZE_MAX: none */
bool dgm_cp_is_upper(uint32_t cp);
bool dgm_cp_is_letter(uint32_t cp);
bool dgm_cp_is_space(uint32_t cp);
/* Whether nobody sees it where it follows `before` (0: nothing): zero-width spaces and joiners,
 * marks of direction, soft hyphens. Pages put them into words. A joiner after letters that are not
 * Latin and after emoji is part of what is seen. */
bool dgm_cp_is_unseen(uint32_t cp, uint32_t before);
/* Without these: into `out`, which has room for v.n bytes, and how many they are; in the arena. */
size_t dgm_seen_into(char *out, dgm_view v);
dgm_view dgm_seen(dgm_arena *arena, dgm_view v);
bool dgm_cp_is_punct(uint32_t cp); /* punctuation and symbols */
uint32_t dgm_cp_to_lower(uint32_t cp);
uint32_t dgm_cp_to_upper(uint32_t cp);
/* Columns of a terminal: 2 for wide ones (East Asian, emoji), 0 for marks that combine. */
uint32_t dgm_cp_width(uint32_t cp);
/* Lower case, curly quotes and dashes made straight, diacritics taken off (NFKD without marks):
 * the key by which names are looked up. */
dgm_view dgm_fold(dgm_arena *arena, dgm_view v);

/* ---- text for a terminal -------------------------------------------------------------------- */

/* Controls (C0, DEL, C1) and what turns the direction of writing or ends a line: what others wrote
 * must not carry it to a terminal. */
bool dgm_cp_is_control(uint32_t cp);
/* The code point at p (n > 0 bytes left) as a terminal may have it, NUL-terminated: itself, or for
 * a control or a bad byte an escape that can be seen: \n, \x1B, \u202E. Gives its length in p. */
enum { DGM_VISIBLE = 12 };
size_t dgm_visible(const char *p, size_t n, char out[DGM_VISIBLE]);
/* The same for a text, at most size - 1 bytes; returns how many were written. */
size_t dgm_visible_text(dgm_view v, char *out, size_t size);

/* Which known word somebody may have meant: start with dgm_nearest_to(), try all that are known,
 * then `best` is the nearest by edit distance, or empty where none is near. */
typedef struct {
    dgm_view word;
    char best[64];
    uint32_t distance;
} dgm_nearest;
dgm_nearest dgm_nearest_to(dgm_view word);
void dgm_nearest_try(dgm_nearest *n, dgm_view known);
/* "; did you mean 'month'?", with `before` before the word; where none is near, `otherwise`. */
enum { DGM_HINT = 112 };
const char *dgm_nearest_hint(const dgm_nearest *n, const char *before, const char *otherwise,
                             char out[DGM_HINT]);

/* "1 story", "2 stories": the word for so many. */
static inline const char *dgm_word_for(uint64_t n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

/* ---- files and tables ----------------------------------------------------------------------- */

/* A file on the disk, to be read; NULL: it cannot be, and err says why. A pipe is not waited for,
 * and what has no end is not begun: only a file is opened. Standard input, and a pipe by its number
 * (a shell's `<(...)`), are what somebody writes to on purpose. */
FILE *dgm_file_open(const char *path, dgm_err *err);
/* The whole file, at most `limit` bytes, NUL after the end. The caller frees *out with free(). */
dgm_status dgm_file_read(const char *path, size_t limit, char **out, size_t *n,
                         dgm_err *err) DGM_MUST_USE;

/* A file, or one inside the program, mapped into memory for reading: other processes that map it
 * share it. What is no regular file has no bytes. */
typedef struct {
    dgm_view view;
    bool mapped;
} dgm_file_bytes;
dgm_status dgm_file_map(const char *path, dgm_file_bytes *out, dgm_err *err) DGM_MUST_USE;
void dgm_file_unmap(dgm_file_bytes *bytes); /* of zeros, too */

/* Tables lie in one folder or in several, of which each overlays those before it: "DIR:DIR:...", as
 * in PATH. Where the whole string is the name of a folder, it is that folder alone. */
enum { DGM_MAX_FOLDERS = 8, DGM_MAX_FOLDER_LIST = 8192 };
/* A folder's path without slashes at its end; that of "/" stays. */
dgm_view dgm_folder_bare(dgm_view folder);
/* The folders of a list, at most DGM_MAX_FOLDERS, without what is empty. Views into the list,
 * which may be NULL. */
uint32_t dgm_folders_cut(const char *list, dgm_view folders[DGM_MAX_FOLDERS]);
/* Path of the file called `name` in the last folder that has one, or else in the first. False: it
 * is too long for `size` bytes; then `out` is the empty string. */
bool dgm_folders_find(const char *list, const char *name, char *out, size_t size);
/* The last folder that has the file, for what is one whole and not overlaid. False: none has. */
bool dgm_folders_holder(const char *list, const char *name, char *out, size_t size);
/* Whether one folder has the file. */
bool dgm_folder_has(dgm_view folder, const char *name);
/* The name that a table had before version 0.1.0, where the folder has a file of that name; NULL:
 * the table always had its name, or there is no such file. */
const char *dgm_folder_old_table(dgm_view folder, const char *name);
/* Calls fn for each table of a folder and of the folders in it, in any order; `name` is its path
 * below the folder. False: a folder cannot be read, and errno says why. */
typedef void (*dgm_table_fn)(void *context, const char *path, const char *name);
bool dgm_folder_tables(const char *folder, dgm_table_fn fn, void *context);
/* Complains about tables in later folders whose name no table of the first has: nobody reads them.
 */
void dgm_folders_strays(const char *list, dgm_complaints *complaints);

#define DGM_MAX_COLUMNS 24
/* One row of a table of knowledge: UTF-8 text, one fact a line, cells parted by one or more TABs,
 * first line that is no comment names the columns, `#` at the start of a line or of a cell begins
 * a comment, `-` is an empty cell. A table that is empty on purpose has a comment below its header.
 */
typedef struct {
    const char *file; /* for messages: path as opened; lives as long as the text */
    const char *name; /* the end of it: "actors/agents.tsv", of an overlay with its folder before */
    size_t line;
    bool overlays; /* it is of a later folder than the first that has the table */
    bool own;      /* it is of a later folder than the first */
    uint32_t n;
    dgm_view cell[DGM_MAX_COLUMNS]; /* in the order the caller asked for; "-" comes as empty */
} dgm_row;
/* Returns false to stop the loading (no memory). A row that is wrong is reported through the
 * caller's own complaints and skipped. */
typedef bool (*dgm_row_fn)(void *context, const dgm_row *row);
/* Reads `name` in the folders of the list `dirs`, one after the other; where it is in none, it
 * fails. A row has a key, which is some of its cells (docs/formats/tables.md): it is passed over
 * where a later folder has rows of the same key. A table whose first line is "# replace" makes
 * those of earlier folders unread. `columns`: NULL-terminated names that the header must have (any
 * order there); a name ending in '?' may be missing from the header, where none is spelt nearly
 * like it, and one ending in '!' has no empty cells. Complains about wrong headers, wrong counts of
 * cells, invalid UTF-8 and tables without rows, and goes on. Views in rows point into *text, which
 * the caller frees with free() when the table is no longer used (NULL on failure). */
dgm_status dgm_table_load(const char *dirs, const char *name, const char *const *columns,
                          dgm_row_fn fn, void *context, dgm_complaints *complaints,
                          char **text) DGM_MUST_USE;
/* The same of a table that another room reads, too, which says what is wrong with its rows:
 * complains only where it fails, since that room may never come to it then. */
dgm_status dgm_table_load_too(const char *dirs, const char *name, const char *const *columns,
                              dgm_row_fn fn, void *context, dgm_complaints *complaints,
                              char **text) DGM_MUST_USE;
/* Complains of a table, just loaded from one folder, whose last line has no end: what a program
 * wrote always has one, so the rest was cut off. */
void dgm_table_ends(const char *folder, const char *name, const char *text,
                    dgm_complaints *complaints);

/* ---- threads -------------------------------------------------------------------------------- */

/* Runs fn(context, i_worker, i_job) for jobs 0..n_jobs-1 on n_threads threads (the caller's is
 * one), in any order; returns when all are done. n_threads <= 1 runs in place. */
typedef void (*dgm_job_fn)(void *context, uint32_t i_worker, uint32_t i_job);
void dgm_parallel(uint32_t n_threads, uint32_t n_jobs, dgm_job_fn fn, void *context);
/* The same; the caller's thread runs beside(context) before it takes a share of the jobs. */
void dgm_parallel_beside(uint32_t n_threads, uint32_t n_jobs, dgm_job_fn fn, void *context,
                         void (*beside)(void *context));

/* ---- progress ------------------------------------------------------------------------------- */

/* A line on a terminal, nothing elsewhere: how much of the bytes is read, how many things (what:
 * "stories") come in a second, and the time that is left. Only the program has a terminal; others
 * are called. */
typedef struct {
    FILE *out;                                                  /* NULL: it says nothing */
    void (*tell)(void *context, uint64_t done, uint64_t total); /* at each step; may be NULL */
    void *context;
    const char *what;
    uint64_t total, done; /* bytes; total 0: unknown */
    uint64_t n;           /* things */
    double begun, shown;
} dgm_progress;
void dgm_progress_begin(dgm_progress *bar, FILE *out, const char *what, uint64_t total);
void dgm_progress_step(dgm_progress *bar, uint64_t bytes, uint64_t n);
/* Takes the line away. */
void dgm_progress_end(dgm_progress *bar);
/* Whether it is a terminal, where the work of finding the total is worth it. */
bool dgm_progress_shows(const FILE *out);
double dgm_seconds(void); /* monotonic; never reaches an output */
/* Seconds since 1970 as UTC, "2020-10-02T12:00:00Z"; "" where no calendar has them. */
enum { DGM_UTC = 32 };
const char *dgm_utc(int64_t seconds, char out[DGM_UTC]);
/* Of the Gregorian calendar; month is 1..12. */
int32_t dgm_days_in_month(int32_t year, int32_t month);
bool dgm_is_calendar_day(uint64_t year, uint64_t month, uint64_t day);
/* Whether v is a day of the calendar written as YYYY-MM-DD. */
bool dgm_is_day(dgm_view v);

/* ---- buffers -------------------------------------------------------------------------------- */

/* Bytes that grow; the caller ends it with dgm_buffer_done(). After a failed allocation it stays
 * as it is and `failed` is set, so that a writer needs one check at the end. */
typedef struct {
    char *p;
    size_t n, cap;
    bool failed;
} dgm_buffer;
void dgm_buffer_put(dgm_buffer *out, dgm_view v);
void dgm_buffer_printf(dgm_buffer *out, const char *format, ...) DGM_PRINTF(2, 3);
/* At most six places, none that is zero at the end; never as the locale has it. */
void dgm_buffer_number(dgm_buffer *out, double value);
/* Makes what stands in it from `from` on fit for a terminal (dgm_visible()); its newlines stay. */
void dgm_buffer_visible(dgm_buffer *out, size_t from);
void dgm_buffer_done(dgm_buffer *out);

/* A map as bytes, a multiple of 8 of them, and a map over such bytes, which the caller keeps,
 * aligned to 8; what follows them stays in `bytes`. DGM_EFORMAT: they are no map. */
void dgm_map_write(const dgm_map *map, dgm_buffer *out);
dgm_status dgm_map_over(dgm_view *bytes, dgm_map **out) DGM_MUST_USE;

#endif
