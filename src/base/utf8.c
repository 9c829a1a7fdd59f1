#include "base/base.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

size_t dgm_utf8_next(const char *p, size_t n, uint32_t *cp)
{
    unsigned char c = (unsigned char)p[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    utf8proc_int32_t value;
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)DGM_MIN(n, 4), &value);
    if (used <= 0) {
        *cp = 0xFFFD;
        return 1;
    }
    *cp = (uint32_t)value;
    return (size_t)used;
}

size_t dgm_utf8_put(uint32_t cp, char out[4])
{
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
    return n > 0 ? (size_t)n : 0;
}

size_t dgm_utf8_count(dgm_view v)
{
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++)
        n += ((unsigned char)v.p[i] & 0xC0) != 0x80;
    return n;
}

size_t dgm_utf8_invalid(dgm_view v)
{
    for (size_t i = 0; i < v.n;) {
        uint32_t cp;
        uint64_t eight;
        while (i + 8 <= v.n) {
            memcpy(&eight, v.p + i, 8);
            if (eight & UINT64_C(0x8080808080808080))
                break;
            i += 8;
        }
        if (i == v.n)
            break;
        size_t used = dgm_utf8_next(v.p + i, v.n - i, &cp);
        if (cp == 0xFFFD && used == 1)
            return i;
        i += used;
    }
    return SIZE_MAX;
}

static bool category_in(uint32_t cp, utf8proc_category_t first, utf8proc_category_t last)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);
    return category >= first && category <= last;
}

bool dgm_cp_is_upper(uint32_t cp)
{
    return cp < 0x80 ? dgm_is_upper((unsigned char)cp)
                     : category_in(cp, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LU) ||
                           category_in(cp, UTF8PROC_CATEGORY_LT, UTF8PROC_CATEGORY_LT);
}

bool dgm_cp_is_letter(uint32_t cp)
{
    return cp < 0x80 ? dgm_is_alpha((unsigned char)cp)
                     : category_in(cp, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO);
}

bool dgm_cp_is_space(uint32_t cp)
{
    return cp < 0x80 ? dgm_is_space((unsigned char)cp)
                     : cp == 0x85 || category_in(cp, UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZP);
}

bool dgm_cp_is_punct(uint32_t cp)
{
    return category_in(cp, UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_SO);
}

bool dgm_cp_is_unseen(uint32_t cp, uint32_t before)
{
    if (cp < 0xAD)
        return false;
    if (cp == 0x200C || cp == 0x200D) /* they shape Persian and Hindi, and join emoji */
        return before < 0x370 || (before >= 0x1E00 && before <= 0x1EFF) ||
               (before >= 0x2000 && before <= 0x206F);
    return cp == 0xAD || cp == 0x200B || cp == 0x200E || cp == 0x200F ||
           (cp >= 0x202A && cp <= 0x202E) || cp == 0x2060 || (cp >= 0x2066 && cp <= 0x2069) ||
           cp == 0xFEFF;
}

size_t dgm_seen_into(char *restrict out, dgm_view v)
{
    size_t n = 0;
    uint32_t cp, before = 0;
    for (size_t i = 0, used; i < v.n; i += used) {
        used = dgm_utf8_next(v.p + i, v.n - i, &cp);
        if (dgm_cp_is_unseen(cp, before))
            continue;
        memcpy(out + n, v.p + i, used);
        n += used;
        before = cp;
    }
    return n;
}

dgm_view dgm_seen(dgm_arena *arena, dgm_view v)
{
    char *p = dgm_arena_alloc(arena, v.n + 1, 1);
    return p ? (dgm_view) { p, dgm_seen_into(p, v) } : v;
}

uint32_t dgm_cp_to_upper(uint32_t cp)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
}

uint32_t dgm_cp_to_lower(uint32_t cp)
{
    if (cp < 0x80)
        return (uint32_t)(unsigned char)dgm_to_lower((char)cp);
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

/* Straight forms of typographic marks; 0: leave it. */
static char straight(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x2032:
    case 0x0060:
    case 0x00B4:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
        return '-';
    case 0x00A0:
    case 0x202F:
        return ' ';
    default:
        return 0;
    }
}

/* Letters that have no decomposition but an accepted plain spelling. */
static const char *plain_spelling(uint32_t cp)
{
    switch (cp) {
    case 0x00DF:
        return "ss";
    case 0x00E6:
        return "ae";
    case 0x0153:
        return "oe";
    case 0x00F8:
        return "o";
    case 0x0111:
    case 0x00F0:
        return "d";
    case 0x0142:
        return "l";
    case 0x0131:
        return "i";
    case 0x00FE:
        return "th";
    default:
        return NULL;
    }
}

/* The decomposition of cp without its marks, in lower case; returns bytes written (<= 16). */
static size_t fold_one(uint32_t cp, char out[16])
{
    char mark = straight(cp);
    if (cp < 0x80 && !mark) {
        out[0] = dgm_to_lower((char)cp);
        return 1;
    }
    if (mark) {
        out[0] = mark;
        return 1;
    }
    cp = dgm_cp_to_lower(cp);
    const char *spelling = plain_spelling(cp);
    if (spelling) {
        size_t n = strlen(spelling);
        memcpy(out, spelling, n);
        return n;
    }
    utf8proc_int32_t parts[8];
    int boundclass = UTF8PROC_BOUNDCLASS_START;
    utf8proc_ssize_t n_parts = utf8proc_decompose_char(
        (utf8proc_int32_t)cp, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK,
        &boundclass);
    if (n_parts < 0 || n_parts > 4)
        return dgm_utf8_put(cp, out);
    size_t n = 0;
    for (utf8proc_ssize_t i = 0; i < n_parts; i++)
        n += dgm_utf8_put(dgm_cp_to_lower((uint32_t)parts[i]), out + n);
    return n;
}

uint32_t dgm_cp_width(uint32_t cp)
{
    int width = utf8proc_charwidth((utf8proc_int32_t)cp);
    return width > 0 ? (uint32_t)width : 0;
}

/* ASCII in lower case into out; false: it has other letters, or a mark to be made straight. */
static bool fold_ascii(dgm_view v, char *restrict out)
{
    unsigned char other = 0;
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        other |= c == '`' ? 0x80 : c;
        out[i] = (char)(c + (c >= 'A' && c <= 'Z' ? 32 : 0));
    }
    return other < 0x80;
}

dgm_view dgm_fold(dgm_arena *arena, dgm_view v)
{
    char *p = dgm_arena_alloc(arena, v.n + 1, 1);
    if (!p)
        return (dgm_view) { "", 0 };
    if (fold_ascii(v, p))
        return (dgm_view) { p, v.n };
    /* A letter of two bytes or more gives at most 16, a bad byte 3. */
    p = v.n > SIZE_MAX / 16 ? NULL : dgm_arena_alloc(arena, v.n * 8 + 1, 1);
    if (!p)
        return (dgm_view) { "", 0 };
    size_t n = 0;
    for (size_t i = 0; i < v.n;) {
        uint32_t cp;
        i += dgm_utf8_next(v.p + i, v.n - i, &cp);
        n += fold_one(cp, p + n);
    }
    return (dgm_view) { p, n };
}
