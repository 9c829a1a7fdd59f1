/* A paragraph as code points with a class each, and what the rest of the segmenter asks of a run of
 * them: whether it is a word of ASCII, a known abbreviation, and numbers for its characters and its
 * shape, which the features are made of. */
#include "syntax/segment_parts.h"

#include <stdlib.h>
#include <string.h>

static uint8_t class_of(uint32_t cp)
{
    if (cp < 0x80) {
        unsigned char c = (unsigned char)cp;
        if (dgm_is_lower(c))
            return C_LOWER;
        if (dgm_is_upper(c))
            return C_UPPER;
        if (dgm_is_digit(c))
            return C_DIGIT;
        return c <= ' ' || c == 0x7F ? C_SPACE : C_PUNCT;
    }
    if (dgm_cp_is_space(cp))
        return C_SPACE;
    if (dgm_cp_is_upper(cp))
        return C_UPPER;
    if (dgm_cp_is_punct(cp))
        return C_PUNCT;
    /* Marks that combine and letters without case go with letters. */
    return dgm_cp_is_letter(cp) && dgm_cp_to_lower(cp) == cp ? C_LOWER : C_LETTER;
}

static bool reserve(paragraph *par, uint32_t n)
{
    if (n <= par->cap)
        return true;
    uint32_t *cp = realloc(par->cp, (size_t)n * sizeof(*cp));
    if (cp)
        par->cp = cp;
    uint32_t *byte = realloc(par->byte, (size_t)n * sizeof(*byte));
    if (byte)
        par->byte = byte;
    uint32_t *place = realloc(par->place, (size_t)n * sizeof(*place));
    if (place)
        par->place = place;
    uint8_t *cls = realloc(par->cls, n);
    if (cls)
        par->cls = cls;
    if (!cp || !byte || !place || !cls)
        return false;
    par->cap = n;
    return true;
}

bool segment_paragraph_read(paragraph *par, dgm_view text, size_t begin, size_t end)
{
    if (!reserve(par, (uint32_t)(end - begin) + 1))
        return false;
    uint32_t n = 0, place = 0, cp;
    for (size_t i = begin, used; i < end; i += used, place++) {
        used = dgm_utf8_next(text.p + i, end - i, &cp);
        if (dgm_cp_is_unseen(cp, n > 0 ? par->cp[n - 1] : 0))
            continue;
        par->byte[n] = (uint32_t)i;
        par->place[n] = place;
        par->cp[n] = cp;
        par->cls[n++] = class_of(cp);
    }
    par->byte[n] = (uint32_t)end;
    par->place[n] = place;
    par->n = n;
    par->n_tokens = 0;
    return true;
}

void segment_paragraph_done(paragraph *par)
{
    free(par->cp);
    free(par->byte);
    free(par->place);
    free(par->cls);
    free(par->tokens);
}

bool segment_add_token(paragraph *par, uint32_t begin, uint32_t end)
{
    if (par->n_tokens == par->cap_tokens) {
        uint32_t cap = par->cap_tokens ? par->cap_tokens * 2 : 256;
        token *grown = realloc(par->tokens, (size_t)cap * sizeof(*grown));
        if (!grown)
            return false;
        par->tokens = grown;
        par->cap_tokens = cap;
    }
    par->tokens[par->n_tokens++] = (token) { .begin = begin, .end = end };
    return true;
}

/* ---- runs of code points ------------------------------------------------------------------ */

const char *const segment_weekdays[7] = { "monday", "tuesday",  "wednesday", "thursday",
                                          "friday", "saturday", "sunday" };
const char *const segment_months[12] = { "january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december" };

bool segment_matches(const paragraph *par, uint32_t at, uint32_t end, const char *ascii)
{
    for (; *ascii; ascii++, at++)
        if (at >= end || dgm_cp_to_lower(par->cp[at]) != (uint32_t)*ascii)
            return false;
    return true;
}

bool segment_is_any(const paragraph *par, const token *t, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(words[i]) == t->end - t->begin &&
            segment_matches(par, t->begin, t->end, words[i]))
            return true;
    return false;
}

bool segment_is_in(uint32_t cp, const char *ascii)
{
    return cp < 0x80 && cp > 0 && strchr(ascii, (int)cp) != NULL;
}

/* Curly marks as straight ones: the treebanks have few of them, news many. */
uint32_t segment_plain_mark(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
        return '\'';
    case 0x201C:
    case 0x201D:
        return '"';
    default:
        return cp;
    }
}

uint32_t segment_norm(const paragraph *par, uint32_t i)
{
    switch (par->cls[i]) {
    case C_DIGIT:
        return '0';
    case C_UPPER:
        return dgm_cp_to_lower(par->cp[i]);
    case C_LETTER:
        return 'z';
    default:
        return segment_plain_mark(par->cp[i]);
    }
}

uint32_t segment_hash_run(const paragraph *par, uint32_t begin, uint32_t end)
{
    uint32_t h = 17;
    for (uint32_t i = begin; i < end; i++)
        h = mix(h, segment_norm(par, i));
    return h;
}

/* Classes with repeats dropped; marks as themselves. */
uint32_t segment_hash_shape(const paragraph *par, uint32_t begin, uint32_t end)
{
    uint32_t h = 5, last = 0;
    for (uint32_t i = begin, n = 0; i < end && n < 16; i++) {
        uint32_t s = par->cls[i] == C_PUNCT ? par->cp[i] : par->cls[i];
        if (s != last) {
            h = mix(h, s);
            n++;
        }
        last = s;
    }
    return h;
}

/* Code points lo..hi-1 in lower case as ASCII into buf; empty if they are not, or too many. */
static dgm_view ascii_lower(const paragraph *par, uint32_t lo, uint32_t hi, char buf[20])
{
    if (hi - lo > 20)
        return (dgm_view) { "", 0 };
    for (uint32_t i = lo; i < hi; i++) {
        if (par->cp[i] >= 0x80)
            return (dgm_view) { "", 0 };
        buf[i - lo] = dgm_to_lower((char)par->cp[i]);
    }
    return (dgm_view) { buf, hi - lo };
}

abbreviation segment_abbreviation_at(const dgm_segmenter *seg, const paragraph *par, uint32_t lo,
                                     uint32_t hi)
{
    char buf[20];
    dgm_view word = ascii_lower(par, lo, hi, buf);
    uint32_t of = word.n ? dgm_map_get(seg->abbreviations, word) : DGM_NONE;
    return of == DGM_NONE ? ABBREVIATION_NONE : (abbreviation)of;
}
