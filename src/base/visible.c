/* Text that others wrote, as a terminal may have it; and the known word that an unknown one is
 * nearest to. */
#include "base/base.h"

#include <string.h>

/* ---- control sequences ---------------------------------------------------------------------- */

bool dgm_cp_is_control(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        { 0, 0x1F },        { 0x7F, 0x9F },     /* C0, DEL, C1 */
        { 0x61C, 0x61C },   { 0x200E, 0x200F }, /* marks of direction */
        { 0x2028, 0x202E },                     /* line and paragraph ends, embeddings, overrides */
        { 0x2066, 0x2069 },                     /* isolates */
        { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE007F } /* annotations, tags: nothing is seen of them */
    };
    for (size_t i = 0; i < DGM_LEN(ranges); i++) {
        if (cp >= ranges[i].first && cp <= ranges[i].last)
            return true;
    }
    return false;
}

size_t dgm_visible(const char *p, size_t n, char out[DGM_VISIBLE])
{
    uint32_t cp;
    size_t used = dgm_utf8_next(p, n, &cp);
    if (cp == 0xFFFD && used == 1)
        snprintf(out, DGM_VISIBLE, "\\x%02X", (unsigned char)p[0]);
    else if (cp == '\n' || cp == '\t' || cp == '\r')
        snprintf(out, DGM_VISIBLE, "\\%c", cp == '\n' ? 'n' : cp == '\t' ? 't' : 'r');
    else if (dgm_cp_is_control(cp))
        snprintf(out, DGM_VISIBLE, cp < 0x80 ? "\\x%02X" : "\\u%04X", (unsigned)cp);
    else
        snprintf(out, DGM_VISIBLE, "%.*s", (int)used, p);
    return used;
}

/* A text that was cut at a limit may end within a code point: those bytes are no fault of its. */
static size_t without_cut_end(dgm_view v)
{
    size_t back = 0;
    while (back < 3 && back < v.n && ((unsigned char)v.p[v.n - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back == v.n)
        return v.n;
    unsigned char lead = (unsigned char)v.p[v.n - 1 - back];
    size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return wanted > back + 1 ? v.n - 1 - back : v.n;
}

size_t dgm_visible_text(dgm_view v, char *out, size_t size)
{
    size_t at = 0;
    char piece[DGM_VISIBLE];
    v.n = without_cut_end(v);
    for (size_t i = 0; i < v.n;) {
        i += dgm_visible(v.p + i, v.n - i, piece);
        size_t n = strlen(piece);
        if (at + n >= size)
            break;
        memcpy(out + at, piece, n);
        at += n;
    }
    out[at] = 0;
    return at;
}

/* ---- the nearest word ----------------------------------------------------------------------- */

enum {
    LONGEST = 48,
    EDIT = 4,
    SWAP = 3
}; /* two letters in the wrong order are the likelier slip */

/* Optimal string alignment: letters put in, left out, changed or two of them swapped, in ASCII
 * whatever their case. */
static uint32_t distance(dgm_view a, dgm_view b)
{
    uint32_t rows[3][LONGEST + 1];
    for (uint32_t k = 0; k <= b.n; k++)
        rows[0][k] = k * EDIT;
    for (size_t i = 1; i <= a.n; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *over = rows[(i + 1) % 3];
        row[0] = (uint32_t)i * EDIT;
        for (size_t k = 1; k <= b.n; k++) {
            char x = dgm_to_lower(a.p[i - 1]), y = dgm_to_lower(b.p[k - 1]);
            uint32_t least = DGM_MIN(above[k], row[k - 1]) + EDIT;
            uint32_t changed = above[k - 1] + (x != y ? EDIT : 0);
            row[k] = DGM_MIN(least, changed);
            if (i > 1 && k > 1 && x == dgm_to_lower(b.p[k - 2]) && dgm_to_lower(a.p[i - 2]) == y)
                row[k] = DGM_MIN(row[k], over[k - 2] + SWAP);
        }
    }
    return rows[a.n % 3][b.n];
}

dgm_nearest dgm_nearest_to(dgm_view word)
{
    return (dgm_nearest) { .word = word, .distance = DGM_NONE };
}

void dgm_nearest_try(dgm_nearest *n, dgm_view known)
{
    if (n->word.n > LONGEST || known.n > LONGEST || known.n == 0)
        return;
    uint32_t far = distance(n->word, known);
    bool begins = n->word.n >= 3 && known.n >= n->word.n &&
                  dgm_view_eq_nocase(dgm_view_slice(known, 0, n->word.n), n->word);
    if (begins)
        far = DGM_MIN(far, EDIT);
    size_t longer = DGM_MAX(n->word.n, known.n);
    if (far >= n->distance || far > (longer + 1) / 3 * EDIT || far >= longer * EDIT)
        return;
    n->distance = far;
    snprintf(n->best, sizeof n->best, "%.*s", DGM_FMT(known));
}

const char *dgm_nearest_hint(const dgm_nearest *n, const char *before, const char *otherwise,
                             char out[DGM_HINT])
{
    if (!n->best[0])
        return otherwise;
    snprintf(out, DGM_HINT, "; did you mean '%.16s%s'?", before, n->best);
    return out;
}
