/* Which characters bytes stand for, as browsers find it out (the Encoding and HTML standards of the
 * WHATWG), with a guess by uchardet where nothing says it. */
#include "ingest/page.h"

#include <iconv.h>
#include <string.h>
#ifdef DGM_HAVE_UCHARDET
#include <uchardet/uchardet.h>
#endif

enum { HEAD = 2048, SAMPLE = 64 << 10, LONGEST_LABEL = 40 };

/* UTF-8 with U+FFFD for bad bytes and blanks for NUL. */
static dgm_view repair(dgm_arena *arena, dgm_view bytes)
{
    char *text = dgm_arena_alloc(arena, bytes.n * 3 + 1, 1);
    size_t n = 0, step;
    if (!text)
        return (dgm_view) { "", 0 };
    for (size_t i = 0; i < bytes.n; i += step) {
        uint32_t cp;
        step = dgm_utf8_next(bytes.p + i, bytes.n - i, &cp);
        n += dgm_utf8_put(cp == 0 ? ' ' : cp, text + n);
    }
    return (dgm_view) { text, n };
}

/* Labels that pages use for what is written as Windows-1252. */
static const char *encoding_of(const char *label)
{
    static const char *const latin[] = { "iso-8859-1", "iso8859-1", "latin1", "latin-1",
                                         "us-ascii",   "ascii",     "ansi",   "x-cp1252" };
    for (size_t i = 0; i < DGM_LEN(latin); i++) {
        if (dgm_view_eq_nocase(dgm_view_of(label), dgm_view_of(latin[i])))
            return "WINDOWS-1252";
    }
    return label;
}

/* False: iconv does not know the label. */
static bool convert(dgm_arena *arena, dgm_view bytes, const char *label, dgm_view *out)
{
    iconv_t how = iconv_open("UTF-8", encoding_of(label));
    if (how == (iconv_t)-1)
        return false;
    size_t room = bytes.n * 4 + 8; /* no encoding's byte is more than one character */
    char *text = dgm_arena_alloc(arena, room + 1, 1), *to = text;
    char *from = (char *)(uintptr_t)bytes.p; /* iconv does not write there */
    size_t left = text ? bytes.n : 0;
    while (left > 0 && iconv(how, &from, &left, &to, &room) == (size_t)-1 && left > 0 && room > 4) {
        to += dgm_utf8_put(0xFFFD, to);
        room -= 3;
        from++;
        left--;
    }
    iconv_close(how);
    *out = repair(arena, (dgm_view) { text ? text : "", text ? (size_t)(to - text) : 0 });
    return true;
}

static bool copy_label(dgm_view v, char label[LONGEST_LABEL])
{
    v = dgm_view_trim(v);
    size_t n = 0;
    for (; n < v.n && n + 1 < LONGEST_LABEL; n++) {
        unsigned char c = (unsigned char)v.p[n];
        if (!dgm_is_alpha(c) && !dgm_is_digit(c) && !memchr("-_.:", c, 4))
            break;
        label[n] = (char)c;
    }
    label[n] = '\0';
    return n > 0;
}

/* What follows `charset=` or, in XML, `encoding=` in the first bytes. */
static bool label_in_page(dgm_view bytes, char label[LONGEST_LABEL])
{
    static const char *const keys[] = { "charset", "encoding" };
    bytes = dgm_view_slice(bytes, 0, HEAD);
    for (size_t i = 0; i < bytes.n; i++) {
        for (size_t k = 0; k < DGM_LEN(keys); k++) {
            dgm_view key = dgm_view_of(keys[k]), rest = dgm_view_slice(bytes, i, bytes.n);
            if (!dgm_view_eq_nocase(dgm_view_slice(rest, 0, key.n), key))
                continue;
            rest = dgm_view_trim(dgm_view_slice(rest, key.n, rest.n));
            if (rest.n == 0 || rest.p[0] != '=')
                continue;
            rest = dgm_view_trim(dgm_view_slice(rest, 1, rest.n));
            if (rest.n > 0 && (rest.p[0] == '"' || rest.p[0] == '\''))
                rest = dgm_view_slice(rest, 1, rest.n);
            /* Were it UTF-16, these letters could not have been read. */
            if (copy_label(rest, label) &&
                !dgm_view_eq_nocase(dgm_view_slice(dgm_view_of(label), 0, 6), DGM_VIEW("utf-16")))
                return true;
        }
    }
    return false;
}

static bool guess(dgm_view bytes, char label[LONGEST_LABEL])
{
#ifdef DGM_HAVE_UCHARDET
    uchardet_t detector = uchardet_new();
    if (!detector)
        return false;
    bool good = uchardet_handle_data(detector, bytes.p, DGM_MIN(bytes.n, (size_t)SAMPLE)) == 0;
    uchardet_data_end(detector);
    good = good && copy_label(dgm_view_of(uchardet_get_charset(detector)), label);
    uchardet_delete(detector);
    return good;
#else
    (void)bytes, (void)label;
    return false;
#endif
}

dgm_view dgm_decode(dgm_arena *arena, dgm_view bytes, dgm_view declared)
{
    char label[LONGEST_LABEL];
    dgm_view out;
    if (dgm_view_starts(bytes, DGM_VIEW("\xEF\xBB\xBF")))
        return repair(arena, dgm_view_slice(bytes, 3, bytes.n));
    if (dgm_view_starts(bytes, DGM_VIEW("\xFF\xFE")) ||
        dgm_view_starts(bytes, DGM_VIEW("\xFE\xFF")))
        snprintf(label, sizeof label, "UTF-16%cE", bytes.p[0] == '\xFF' ? 'L' : 'B');
    else
        label[0] = '\0';
    if (label[0] && convert(arena, dgm_view_slice(bytes, 2, bytes.n), label, &out))
        return out;
    /* Prose in another encoding is hardly ever UTF-8 by chance, whatever a label says. ISO-2022
     * and UTF-7 are, but no label of theirs is believed by browsers either, save one. */
    if (dgm_utf8_invalid(bytes) == SIZE_MAX)
        return memchr(bytes.p ? bytes.p : "", 0, bytes.n) ? repair(arena, bytes) : bytes;
    if ((copy_label(declared, label) || label_in_page(bytes, label)) &&
        !dgm_view_eq_nocase(dgm_view_of(label), DGM_VIEW("utf-8")) &&
        !dgm_view_eq_nocase(dgm_view_of(label), DGM_VIEW("utf8")) &&
        convert(arena, bytes, label, &out))
        return out;
    if (label_in_page(bytes, label) || copy_label(declared, label))
        return repair(arena, bytes); /* UTF-8 with bad bytes, as it says */
    if (guess(bytes, label) && convert(arena, bytes, label, &out))
        return out;
    return convert(arena, bytes, "WINDOWS-1252", &out) ? out : repair(arena, bytes);
}
