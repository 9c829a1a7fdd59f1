/* lemma.c - finds and applies edit scripts (Straka 2018).
 *
 * The script of a pair keeps the longest run of characters that form and lemma share in lower case,
 * the first and leftmost of equals: of "bodies" and "body" it keeps "bod", cuts "ies" and adds "y",
 * as `l,0,,3,y`; of "went" and "go", which share nothing, all is exchanged. Of the four ways to set
 * capitals the first that gives the lemma back is taken, so that a pair has one script and scripts
 * can be counted and learned as classes. */
#include "syntax/lemma.h"

#include <string.h>

#define MAX_CHARS 64 /* code points of a form that is edited; longer ones are their own lemma */

typedef struct {
    uint32_t cp[MAX_CHARS + 2 * DGM_MAX_SCRIPT];
    uint32_t n;
} chars;

static bool read_chars(dgm_view v, chars *out)
{
    out->n = 0;
    for (size_t i = 0; i < v.n;) {
        if (out->n == MAX_CHARS)
            return false;
        i += dgm_utf8_next(v.p + i, v.n - i, &out->cp[out->n++]);
    }
    return true;
}

static void lower_chars(chars *c)
{
    for (uint32_t i = 0; i < c->n; i++)
        c->cp[i] = dgm_cp_to_lower(c->cp[i]);
}

/* Upper case of ASCII and Latin-1; other scripts' names keep their case by 'k'. */
static uint32_t to_upper(uint32_t cp)
{
    if (cp < 128)
        return dgm_is_lower((unsigned char)cp) ? cp - 32 : cp;
    return cp >= 0xE0 && cp <= 0xFE && cp != 0xF7 ? cp - 32 : cp;
}

static bool same(const chars *a, const chars *b)
{
    return a->n == b->n && memcmp(a->cp, b->cp, a->n * sizeof(a->cp[0])) == 0;
}

static void apply_case(chars *c, char letter)
{
    for (uint32_t i = 0; i < c->n; i++)
        if (letter == 'u' || (letter == 't' && i == 0))
            c->cp[i] = to_upper(c->cp[i]);
}

static void append(chars *to, dgm_view add)
{
    for (size_t i = 0; i < add.n && to->n < DGM_LEN(to->cp);)
        i += dgm_utf8_next(add.p + i, add.n - i, &to->cp[to->n++]);
}

static bool edit_chars(const dgm_lemma_edit *e, const chars *form, chars *out)
{
    if (e->n_front > form->n || e->n_back > form->n - e->n_front)
        return false;
    uint32_t kept = form->n - e->n_front - e->n_back;
    out->n = 0;
    append(out, e->front);
    if (out->n + kept > DGM_LEN(out->cp))
        return false;
    memcpy(out->cp + out->n, form->cp + e->n_front, kept * sizeof(out->cp[0]));
    out->n += kept;
    append(out, e->back);
    if (e->letter != 'k')
        lower_chars(out);
    apply_case(out, e->letter);
    return out->n > 0;
}

/* Longest common run; the first and leftmost of equals. */
static uint32_t common_run(const chars *a, const chars *b, uint32_t *at_a, uint32_t *at_b)
{
    uint32_t best = 0;
    *at_a = *at_b = 0;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t j = 0; j < b->n; j++) {
            uint32_t k = 0;
            while (i + k < a->n && j + k < b->n && a->cp[i + k] == b->cp[j + k])
                k++;
            if (k > best)
                best = k, *at_a = i, *at_b = j;
        }
    return best;
}

static size_t put_chars(const chars *c, uint32_t from, uint32_t to, char *out)
{
    size_t n = 0;
    for (uint32_t i = from; i < to; i++)
        n += dgm_utf8_put(c->cp[i], out + n);
    out[n] = '\0';
    return n;
}

bool dgm_lemma_script(dgm_view form, dgm_view lemma, char out[DGM_MAX_SCRIPT])
{
    chars f, l, low_f, low_l;
    if (!read_chars(form, &f) || !read_chars(lemma, &l) || !f.n || !l.n)
        return false;
    low_f = f, low_l = l;
    lower_chars(&low_f);
    lower_chars(&low_l);
    uint32_t at_f, at_l, run = common_run(&low_f, &low_l, &at_f, &at_l);
    uint32_t n_back = f.n - at_f - run;
    char front[MAX_CHARS * 4 + 1], back[MAX_CHARS * 4 + 1];
    dgm_view add_front = { front, put_chars(&low_l, 0, at_l, front) };
    dgm_view add_back = { back, put_chars(&low_l, at_l + run, l.n, back) };
    if (memchr(front, ',', add_front.n) || memchr(back, ',', add_back.n))
        return false;
    static const char letters[] = "lktu";
    for (int i = 0; i < 4; i++) {
        dgm_lemma_edit edit = { letters[i], at_f, n_back, add_front, add_back };
        chars got;
        if (!edit_chars(&edit, &f, &got) || !same(&got, &l))
            continue;
        int n =
            snprintf(out, DGM_MAX_SCRIPT, "%c,%u,%s,%u,%s", letters[i], at_f, front, n_back, back);
        return n > 0 && n < DGM_MAX_SCRIPT;
    }
    return false;
}

static bool small_number(dgm_view v, uint32_t *out)
{
    uint64_t value;
    if (!dgm_parse_u64(v, &value) || value > MAX_CHARS)
        return false;
    *out = (uint32_t)value;
    return true;
}

bool dgm_lemma_parse(dgm_view script, dgm_lemma_edit *out)
{
    dgm_view part[5], rest = script;
    for (int i = 0; i < 4; i++) {
        size_t comma = dgm_view_find(rest, DGM_VIEW(","));
        if (comma == SIZE_MAX)
            return false;
        part[i] = dgm_view_slice(rest, 0, comma);
        rest = dgm_view_slice(rest, comma + 1, rest.n);
    }
    if (script.n > DGM_MAX_SCRIPT || part[0].n != 1 || !memchr("lktu", part[0].p[0], 4))
        return false;
    out->letter = part[0].p[0];
    out->front = part[2];
    out->back = rest;
    return small_number(part[1], &out->n_front) && small_number(part[3], &out->n_back);
}

dgm_view dgm_lemma_apply(const dgm_lemma_edit *edit, dgm_view form, dgm_arena *arena)
{
    chars f, got;
    if (edit->letter == 'k' && !edit->n_front && !edit->n_back && !edit->front.n && !edit->back.n)
        return form;
    if (!read_chars(form, &f))
        return form;
    if (!edit_chars(edit, &f, &got)) {
        got = f;
        lower_chars(&got);
    }
    char text[(MAX_CHARS + 2 * DGM_MAX_SCRIPT) * 4 + 1];
    size_t n = put_chars(&got, 0, got.n, text);
    if (n == form.n && memcmp(text, form.p, n) == 0)
        return form;
    return dgm_arena_copy(arena, (dgm_view) { text, n });
}
