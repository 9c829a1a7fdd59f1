/* names_features.c - the spans that can be names, and what they look like.
 *
 * Spans: of every proper noun, and of other words that a capital letter makes look like one, its
 * head with what hangs directly before and after it, part by part outwards; besides, the names that
 * the network finds. A feature is a template's number and what stands there, hashed. */
#include "syntax/names_parts.h"

#include <string.h>

/* ---- the tree ------------------------------------------------------------------------------- */

/* Subtrees as runs of words. A word within the run of one above it needs to go no further: those
 * above that one hold its ends already. */
static void find_subtrees(dgm_names_space *x)
{
    for (uint32_t i = 0; i < x->n; i++)
        x->left[i] = x->right[i] = (uint16_t)i;
    for (uint32_t i = 0; i < x->n; i++)
        for (uint32_t h = x->head[i]; h != DGM_NONE && (i < x->left[h] || i > x->right[h]);
             h = x->head[h]) {
            x->left[h] = (uint16_t)DGM_MIN(x->left[h], i);
            x->right[h] = (uint16_t)DGM_MAX(x->right[h], i);
        }
}

static uint32_t key_hash(dgm_view form)
{
    uint32_t h = NAME_HASH_BEGIN;
    for (size_t i = 0; i < form.n; i++)
        h = (h ^ (unsigned char)dgm_to_lower(form.p[i])) * 16777619u;
    return h;
}

static bool has_capital(dgm_view form)
{
    uint32_t cp = 0;
    if (form.n)
        dgm_utf8_next(form.p, form.n, &cp);
    return dgm_cp_is_upper(cp);
}

static bool can_head(const dgm_word *w)
{
    if (w->upos == DGM_PROPN)
        return true;
    return (w->upos == DGM_NOUN || w->upos == DGM_ADJ || w->upos == DGM_X || w->upos == DGM_NUM) &&
           has_capital(w->form);
}

static uint32_t add_span(dgm_names_space *x, uint32_t begin, uint32_t end, uint32_t head)
{
    uint32_t i = x->n_spans;
    if (i == NAME_SPANS || end - begin >= NAME_LENGTH)
        return DGM_NONE;
    x->spans[i] = (name_span) { (uint16_t)begin, (uint16_t)end, (uint16_t)head };
    x->next[i] = x->ending[end];
    x->ending[end] = i;
    x->n_spans++;
    return i;
}

/* Where a span of h can begin, outwards: h, and what hangs before it without a gap. */
static uint32_t beginnings(const dgm_names_space *x, uint32_t h, uint32_t *out)
{
    uint32_t n = 0, at = h;
    out[n++] = at;
    for (uint32_t k = h; k-- > x->left[h] && n < NAME_SIDE;)
        if (x->head[k] == h) {
            if (x->right[k] + 1u != at)
                break;
            out[n++] = at = x->left[k];
        }
    return n;
}

static uint32_t ends(const dgm_names_space *x, uint32_t h, uint32_t *out)
{
    uint32_t n = 0, at = h;
    out[n++] = at;
    for (uint32_t k = h + 1; k <= x->right[h] && n < NAME_SIDE; k++)
        if (x->head[k] == h) {
            if (x->left[k] != at + 1)
                break;
            out[n++] = at = x->right[k];
        }
    return n;
}

uint32_t names_add_span(dgm_names_space *x, uint32_t begin, uint32_t end)
{
    for (uint32_t i = x->ending[end]; i != DGM_NONE; i = x->next[i])
        if (x->spans[i].begin == begin)
            return i;
    uint32_t head = begin;
    while (head < end && x->head[head] != DGM_NONE && x->head[head] >= begin &&
           x->head[head] <= end)
        head++;
    return add_span(x, begin, end, head);
}

static void add_names_of_network(dgm_names_space *x)
{
    for (uint32_t i = 0, begin = 0; i < x->n; i++) {
        uint8_t tag = x->words[i].entity_tag;
        dgm_bilu at = tag ? dgm_entity_tag_bilu(tag) : DGM_BILU_I;
        if (at == DGM_BILU_B || at == DGM_BILU_U)
            begin = i;
        if (at == DGM_BILU_L || at == DGM_BILU_U)
            names_add_span(x, begin, i);
    }
}

void names_find(dgm_names_space *x, const dgm_names_window *window)
{
    x->window = window;
    x->words = window->s->words + window->first;
    x->n = window->n;
    x->n_spans = 0;
    bool any = false;
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t head = x->words[i].head;
        bool within = head >= window->first && head < window->first + window->n;
        x->head[i] = within ? head - window->first : DGM_NONE;
        x->ending[i] = DGM_NONE;
        any = any || x->words[i].entity_tag || can_head(&x->words[i]);
    }
    if (!any)
        return;
    find_subtrees(x);
    for (uint32_t i = 0; i < x->n; i++)
        x->key[i] = key_hash(x->words[i].form);
    for (uint32_t h = 0; h < x->n; h++) {
        uint32_t begin[NAME_SIDE], end[NAME_SIDE];
        if (!can_head(&x->words[h]))
            continue;
        uint32_t n_begin = beginnings(x, h, begin), n_end = ends(x, h, end);
        for (uint32_t i = 0; i < n_begin; i++)
            for (uint32_t k = 0; k < n_end; k++)
                add_span(x, begin[i], end[k], h);
    }
    add_names_of_network(x);
}

/* ---- features ------------------------------------------------------------------------------- */

enum { EDGE = 0x45444745u }; /* where there is no word */

static uint32_t key_at(const dgm_names_space *x, uint32_t i)
{
    return i < x->n ? x->key[i] : EDGE;
}

static uint32_t upos_at(const dgm_names_space *x, uint32_t i)
{
    return i < x->n ? x->words[i].upos : 0;
}

static uint32_t phrase(const dgm_names_space *x, uint32_t begin, uint32_t end)
{
    uint32_t h = NAME_HASH_BEGIN;
    for (uint32_t i = begin; i <= end; i++)
        h = names_hash(h, x->words[i].form);
    return h;
}

static uint32_t suffix(dgm_view form, size_t n)
{
    uint32_t h = (uint32_t)n;
    for (size_t i = form.n > n ? form.n - n : 0; i < form.n; i++)
        h = h * 257u + (unsigned char)dgm_to_lower(form.p[i]);
    return h;
}

/* Kinds of characters in their order, a run as one: "Xx", "X.X.", "XxX", "9". */
static uint32_t shape(dgm_view form)
{
    uint32_t h = 0, last = 0, length = 0;
    for (size_t i = 0; i < form.n && length < 6; i++) {
        unsigned char c = (unsigned char)form.p[i];
        uint32_t kind = dgm_is_upper(c)               ? 1
                        : dgm_is_lower(c) || c >= 128 ? 2
                        : dgm_is_digit(c)             ? 3
                                                      : 4u + c;
        if (kind == last)
            continue;
        h = h * 131u + kind;
        last = kind;
        length++;
    }
    return form.n == 1 ? h + 7 : h;
}

static uint32_t bucket(uint32_t n)
{
    return n < 6 ? n : n < 9 ? 6 : n < 14 ? 7 : n < 25 ? 8 : 9;
}

/* The name proper: the head with the other words of the name around it. */
static void find_proper(const dgm_names_space *x, const name_span *s, uint32_t *begin,
                        uint32_t *end)
{
    uint32_t h = s->head;
    *begin = *end = h;
    while (*begin > s->begin && x->head[*begin - 1] != DGM_NONE &&
           x->words[*begin - 1].upos != DGM_DET && x->words[*begin - 1].upos != DGM_PUNCT &&
           has_capital(x->words[*begin - 1].form))
        --*begin;
    while (*end < s->end && x->head[*end + 1] >= *begin && x->head[*end + 1] <= *end &&
           (x->words[*end + 1].deprel == DGM_REL_FLAT ||
            x->words[*end + 1].deprel == DGM_REL_COMPOUND))
        ++*end;
}

static void describe_lists(dgm_names_space *x, const name_lists *lists, uint32_t begin,
                           uint32_t end, uint32_t proper, uint32_t proper_end, uint32_t h)
{
    uint32_t whole = names_lists_find(lists, phrase(x, begin, end));
    uint32_t inner = begin == proper && end == proper_end
                         ? whole
                         : names_lists_find(lists, phrase(x, proper, proper_end));
    uint32_t head = names_lists_find(lists, names_hash(NAME_HASH_BEGIN, x->words[h].form));
    uint32_t first = names_lists_find(lists, names_hash(NAME_HASH_BEGIN, x->words[proper].form));
    uint32_t n = DGM_MIN(proper_end - proper, 2);
    names_put(x, 1, whole, 0);
    names_put(x, 2, inner, n);
    names_put(x, 3, head, n);
    names_put(x, 4, first, n);
    names_put(x, 5, names_mix(inner, first), head);
}

/* The words of the name, whatever stands around it. */
static void describe_words(dgm_names_space *x, const name_lists *lists, const name_span *s)
{
    uint32_t begin = s->begin, end = s->end, h = s->head, proper, proper_end;
    while (begin < h && x->words[begin].upos == DGM_DET)
        begin++;
    while (end > h && x->words[end].upos == DGM_PART)
        end--;
    find_proper(x, s, &proper, &proper_end);
    const dgm_word *w = &x->words[h];
    bool plural = w->xpos.n && w->xpos.p[w->xpos.n - 1] == 'S';
    names_put(x, 10, x->key[h], 0);
    names_put(x, 11, x->key[h], w->deprel);
    names_put(x, 12, suffix(w->form, 3), 0);
    names_put(x, 13, suffix(w->form, 2), proper_end > proper);
    names_put(x, 14, shape(w->form), DGM_MIN(proper_end - proper, 3));
    names_put(x, 15, x->key[proper], 0);
    names_put(x, 16, x->key[proper_end], 0);
    names_put(x, 17, phrase(x, proper, proper_end), 0);
    names_put(x, 18, w->upos, plural);
    names_put(x, 19, shape(x->words[proper].form), shape(x->words[proper_end].form));
    names_put(x, 20, DGM_MIN(proper_end - proper, 5), upos_at(x, proper));
    for (uint32_t i = proper; i <= proper_end && i < proper + 6; i++)
        names_put(x, 21, x->key[i], 0);
    describe_lists(x, lists, begin, end, proper, proper_end, h);
}

/* What the span hangs on and what stands beside it. */
static void describe_context(dgm_names_space *x, const name_span *s)
{
    const dgm_word *w = &x->words[s->head];
    uint32_t up = x->head[s->head], rel = w->deprel;
    names_put(x, 30, key_at(x, s->begin - 1u), 0);
    names_put(x, 31, key_at(x, s->end + 1u), 0);
    names_put(x, 32, upos_at(x, s->begin - 1u), upos_at(x, s->end + 1u));
    names_put(x, 33, rel, up == DGM_NONE ? EDGE : upos_at(x, up));
    names_put(x, 34, rel, up == DGM_NONE ? EDGE : x->key[up]);
    names_put(x, 35, s->begin == 0, bucket(x->n - (s->end - s->begin)));
    for (uint32_t k = x->left[s->head]; k <= x->right[s->head]; k++) {
        if (x->head[k] != s->head)
            continue;
        uint32_t r = x->words[k].deprel;
        bool within = k >= s->begin && k <= s->end;
        names_put(x, 36, r, within);
        if (r == DGM_REL_CASE || r == DGM_REL_APPOS || r == DGM_REL_NMOD_DESC ||
            r == DGM_REL_DETREL || r == DGM_REL_AMOD || r == DGM_REL_COMPOUND)
            names_put(x, 37, x->key[k], r * 2 + within);
    }
}

/* Where the span begins and ends among the parts of the head's subtree. */
static void describe_edges(dgm_names_space *x, const name_span *s)
{
    uint32_t h = s->head, up = upos_at(x, h), rel = x->words[h].deprel;
    /* the outermost parts within, and the next ones without */
    uint32_t in_l = DGM_NONE, in_r = DGM_NONE, out_l = DGM_NONE, out_r = DGM_NONE;
    for (uint32_t k = x->left[h]; k <= x->right[h]; k++) {
        if (x->head[k] != h)
            continue;
        if (k < s->begin)
            out_l = k;
        else if (k < h && in_l == DGM_NONE)
            in_l = k;
        else if (k > h && k <= s->end)
            in_r = k;
        else if (k > s->end && out_r == DGM_NONE)
            out_r = k;
    }
    uint32_t rel_in_l = in_l == DGM_NONE ? 0 : x->words[in_l].deprel;
    uint32_t rel_in_r = in_r == DGM_NONE ? 0 : x->words[in_r].deprel;
    uint32_t rel_out_l = out_l == DGM_NONE ? 0 : x->words[out_l].deprel;
    uint32_t rel_out_r = out_r == DGM_NONE ? 0 : x->words[out_r].deprel;
    uint32_t left_of_out = out_r == DGM_NONE ? DGM_NONE : x->left[out_r];
    uint32_t left_of_in = in_r == DGM_NONE ? DGM_NONE : x->left[in_r];
    names_put(x, 50, rel_in_l, key_at(x, s->begin));
    names_put(x, 51, rel_in_l, upos_at(x, s->begin));
    names_put(x, 52, rel_out_l, out_l == DGM_NONE ? EDGE : x->key[out_l]);
    names_put(x, 53, rel_out_l, upos_at(x, s->begin));
    names_put(x, 54, rel_in_r, upos_at(x, s->end));
    names_put(x, 55, rel_in_r, key_at(x, left_of_in));
    names_put(x, 56, rel_out_r, upos_at(x, s->end + 1u));
    names_put(x, 57, rel_out_r, key_at(x, left_of_out));
    names_put(x, 58, rel_out_l, rel_out_r);
    names_put(x, 59, rel_in_l, rel_in_r);
    names_put(x, 60, rel_in_r, rel_out_r);
    names_put(x, 61, rel * 4 + (s->begin == x->left[h]) * 2 + (s->end == x->right[h]), up);
    names_put(x, 62, bucket(s->end - s->begin), rel_in_r);
    names_put(x, 63, rel_in_r * 64 + rel_out_r, x->key[h]);
    names_put(x, 64, up, key_at(x, s->end));
    names_put(x, 65, rel_in_l, rel);
    names_put(x, 66, rel_in_r, bucket(in_r == DGM_NONE ? 0 : x->right[in_r] - x->left[in_r]));
}

static void describe_marks(dgm_names_space *x, const name_span *s)
{
    uint32_t open = 0, close = 0, quotes = 0, commas = 0, capitals = 0;
    for (uint32_t i = s->begin; i <= s->end; i++) {
        const dgm_word *w = &x->words[i];
        if (w->upos != DGM_PUNCT) {
            capitals += has_capital(w->form);
            continue;
        }
        char c = w->form.n == 1 ? w->form.p[0] : '"';
        open += c == '(' || c == '[';
        close += c == ')' || c == ']';
        quotes += c == '"';
        commas += c == ',';
    }
    names_put(x, 70, open > close ? 1 : open < close ? 2 : 0, quotes % 2);
    names_put(x, 71, DGM_MIN(commas, 3), x->words[s->begin].upos == DGM_PUNCT);
    names_put(x, 72, capitals == s->end - s->begin + 1u, bucket(s->end - s->begin));
}

/* ---- all of them ---------------------------------------------------------------------------- */

void names_describe(dgm_names_space *x, const name_lists *lists, const name_span *span)
{
    x->features.n = 0;
    describe_words(x, lists, span);
    describe_context(x, span);
    describe_edges(x, span);
    describe_marks(x, span);
    names_describe_network(x, span);
}
