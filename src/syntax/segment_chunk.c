/* Chunks of a paragraph: what stands without a space in it, with the web or mail address that it
 * holds, found by rule. */
#include "syntax/segment_parts.h"

/* ---- addresses ------------------------------------------------------------------------------ */

static bool address_byte(const paragraph *par, uint32_t i)
{
    return alnum(par, i) || segment_is_in(par->cp[i], "/:.?=&%-_~#+@!$*,;'()");
}

/* Trailing marks are not part of an address, nor a closing bracket that it does not open. */
static uint32_t trim_address(const paragraph *par, uint32_t begin, uint32_t end)
{
    while (end > begin) {
        uint32_t cp = par->cp[end - 1];
        bool unopened = cp == ')';
        for (uint32_t i = begin; i < end && unopened; i++)
            unopened = par->cp[i] != '(';
        if (!unopened && !segment_is_in(cp, ".,;:?!'*"))
            break;
        end--;
    }
    return end;
}

static bool begins_web_address(const paragraph *par, uint32_t i, uint32_t end)
{
    static const char *const schemes[] = { "http://", "https://", "ftp://", "www.", "mailto:" };
    if (!segment_is_in(dgm_cp_to_lower(par->cp[i]), "hfwm"))
        return false;
    for (size_t j = 0; j < DGM_LEN(schemes); j++)
        if (segment_matches(par, i, end, schemes[j]))
            return true;
    return false;
}

static bool mail_byte(const paragraph *par, uint32_t i)
{
    return alnum(par, i) || segment_is_in(par->cp[i], "._-+%");
}

static void find_address(const paragraph *par, chunk *c)
{
    bool has_colon_or_dot = false;
    for (uint32_t i = c->begin; i < c->end; i++) {
        uint32_t cp = par->cp[i];
        has_colon_or_dot = has_colon_or_dot || cp == ':' || cp == '.';
        if (cp == '@' && i > c->begin && i + 1 < c->end && mail_byte(par, i - 1) &&
            mail_byte(par, i + 1)) {
            uint32_t first = i, last = i + 1;
            while (first > c->begin && mail_byte(par, first - 1))
                first--;
            while (last < c->end && mail_byte(par, last))
                last++;
            c->core_begin = first;
            c->core_end = trim_address(par, first, last);
            return;
        }
    }
    for (uint32_t i = c->begin; has_colon_or_dot && i < c->end; i++) {
        if ((i > c->begin && alnum(par, i - 1)) || !begins_web_address(par, i, c->end))
            continue;
        uint32_t last = i;
        while (last < c->end && address_byte(par, last))
            last++;
        c->core_begin = i;
        c->core_end = trim_address(par, i, last);
        return;
    }
}

/* ---- chunks --------------------------------------------------------------------------------- */

static bool single_opens(const paragraph *par, uint32_t i)
{
    uint32_t cp = par->cp[i];
    bool space_left = i == 0 || par->cls[i - 1] == C_SPACE || segment_is_in(par->cp[i - 1], "(\"[");
    bool letter_right = i + 1 < par->n && alnum(par, i + 1);
    return cp == 0x2018 || (cp == '\'' && space_left && letter_right);
}

bool segment_next_chunk(const paragraph *par, uint32_t *at, chunk *out)
{
    uint32_t i = *at;
    bool open = out->single_open && i > 0;
    while (i < par->n && par->cls[i] == C_SPACE)
        i++;
    if (i == par->n)
        return false;
    uint32_t begin = i;
    while (i < par->n && par->cls[i] != C_SPACE && i - begin < DGM_MAX_TOKEN_LENGTH)
        i++;
    bool opens = false;
    for (uint32_t j = begin; j < i && !opens; j++)
        opens = par->cls[j] == C_PUNCT && single_opens(par, j);
    uint32_t next = i;
    while (next < par->n && par->cls[next] == C_SPACE)
        next++;
    uint32_t next_end = next;
    while (next_end < par->n && next_end - next < 16 && alnum(par, next_end))
        next_end++;
    *out = (chunk) { .begin = begin,
                     .end = i,
                     .next_class = next < par->n ? (char_class)par->cls[next] : C_SPACE,
                     .next_hash = segment_hash_run(par, next, next_end),
                     .at_end = next == par->n,
                     .single_open = open || opens,
                     .plain = true };
    for (uint32_t j = begin; j < i && out->plain; j++)
        out->plain = par->cls[j] != C_PUNCT && par->cls[j] != C_DIGIT;
    if (!out->plain) {
        find_address(par, out);
        out->shape_hash = segment_hash_shape(par, begin, i);
    }
    *at = i;
    return true;
}
