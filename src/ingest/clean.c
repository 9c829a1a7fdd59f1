/* Bytes as they come -> text that every room may trust: valid UTF-8 without NUL. */
#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

bool dgm_bytes_put(dgm_bytes *bytes, dgm_view v)
{
    if (v.n > bytes->cap - bytes->n) {
        size_t cap = DGM_MAX(bytes->cap * 2, bytes->n + v.n + 4096);
        char *p = realloc(bytes->p, cap);
        if (!p)
            return false;
        bytes->p = p;
        bytes->cap = cap;
    }
    if (v.n > 0)
        memcpy(bytes->p + bytes->n, v.p, v.n);
    bytes->n += v.n;
    return true;
}

enum { MAX_COMPLAINTS = 10 }; /* a story */

/* How many bytes the cleaned text has. */
static size_t cleaned_size(dgm_view raw)
{
    size_t n = 0, step;
    for (size_t i = 0; i < raw.n; i += step) {
        uint32_t cp;
        step = dgm_utf8_next(raw.p + i, raw.n - i, &cp);
        n += cp == 0xFFFD && step == 1 ? 3 : step;
    }
    return n;
}

static void complain(dgm_reader *r, size_t line, unsigned char byte, uint32_t *n)
{
    if (*n == MAX_COMPLAINTS)
        dgm_refuse(r, DGM_EFORMAT, line, "and more such bytes in this story");
    else if (*n < MAX_COMPLAINTS && byte == 0)
        dgm_refuse(r, DGM_EFORMAT, line, "a NUL byte, read as a space");
    else if (*n < MAX_COMPLAINTS)
        dgm_refuse(r, DGM_EFORMAT, line, "byte 0x%02X is not UTF-8, read as U+FFFD", byte);
    (*n)++;
}

dgm_view dgm_clean(dgm_reader *r, dgm_arena *arena, dgm_view raw, size_t line)
{
    if (dgm_utf8_invalid(raw) == SIZE_MAX && (raw.n == 0 || !memchr(raw.p, 0, raw.n)))
        return dgm_arena_copy(arena, raw);
    size_t n = cleaned_size(raw), at = 0, step, said_bad = 0, said_nul = 0;
    uint32_t n_complaints = 0;
    char *text = dgm_arena_alloc(arena, n + 1, 1);
    if (!text)
        return (dgm_view) { NULL, 0 };
    for (size_t i = 0; i < raw.n; i += step) {
        uint32_t cp;
        step = dgm_utf8_next(raw.p + i, raw.n - i, &cp);
        bool bad = cp == 0xFFFD && step == 1;
        size_t *said = bad ? &said_bad : &said_nul; /* each once a line */
        if ((bad || cp == 0) && *said != line) {
            complain(r, line, (unsigned char)raw.p[i], &n_complaints);
            *said = line;
        }
        if (bad || cp == 0)
            at += dgm_utf8_put(bad ? 0xFFFD : ' ', text + at);
        else
            memcpy(text + at, raw.p + i, step), at += step;
        line += cp == '\n';
    }
    return (dgm_view) { text, n };
}
