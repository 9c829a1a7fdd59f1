/* names_exchange.c - texts that the parser has not seen, for learning names from what it says.
 *
 * The parser has learned from the same treebanks, and what it says of names there is far better
 * than what it will say of other texts; whoever learned from it would trust it too much. So a name
 * becomes another one of its type, build and relation, "Boston University" perhaps "Tulsa Transit";
 * where the document says "Boston" alone for an organisation, "Tulsa" stands then. The gold names
 * stay where they are. */
#include "syntax/gold_names.h"
#include "syntax/names_parts.h"

#include <stdlib.h>

/* The words of a name itself, without title, clauses and the like; words of the sentence. */
typedef struct {
    uint32_t begin, end, head;
    uint8_t type;
} unit;

typedef struct {
    uint64_t build; /* names of one build can stand for each other */
    uint32_t number;
    const dgm_view *forms;
} pooled;

struct names_pool {
    dgm_arena *arena;
    DGM_ARRAY(pooled) names;
    bool sorted;
};

names_pool *names_pool_new(void)
{
    names_pool *pool = calloc(1, sizeof(*pool));
    dgm_arena *arena = dgm_arena_new();
    if (!pool || !arena) {
        free(pool);
        dgm_arena_free(arena);
        return NULL;
    }
    pool->arena = arena;
    return pool;
}

void names_pool_free(names_pool *pool)
{
    if (pool)
        dgm_arena_free(pool->arena);
    free(pool);
}

/* ---- units ---------------------------------------------------------------------------------- */

/* "Boston" (1) or "NATO" (2); 0: anything else. */
static uint32_t kind_of_form(dgm_view form)
{
    size_t at = 0;
    uint32_t n = 0, n_upper = 0, cp = 0;
    while (at < form.n) {
        at += dgm_utf8_next(form.p + at, form.n - at, &cp);
        bool upper = dgm_cp_is_upper(cp);
        if (!dgm_cp_is_letter(cp) || (n == 0 && !upper))
            return 0;
        n_upper += upper;
        n++;
    }
    return n_upper < n ? 1 : n > 2 ? 2 : 0;
}

static bool can_change(const dgm_word *w)
{
    return w->upos == DGM_PROPN && kind_of_form(w->form) > 0;
}

static bool hangs_within(const dgm_sentence *s, uint32_t i, const unit *u)
{
    return s->words[i].head >= u->begin && s->words[i].head <= u->end;
}

/* The end of what follows the unit with "of": "House of Representatives"; 0: nothing. */
static uint32_t end_with_of(const dgm_sentence *s, const unit *u)
{
    uint32_t i = u->end + 1;
    if (i > s->n_words || !dgm_view_eq(s->words[i].form, DGM_VIEW("of")))
        return 0;
    for (i++; i <= s->n_words && (s->words[i].upos == DGM_PROPN || s->words[i].upos == DGM_DET);
         i++)
        if (hangs_within(s, i, u))
            return i;
    return 0;
}

static unit unit_of(const dgm_sentence *s, uint32_t head, uint8_t type)
{
    unit u = { head, head, head, type };
    while (u.begin > 1 && s->words[u.begin - 1].deprel != DGM_REL_NMOD_DESC &&
           kind_of_form(s->words[u.begin - 1].form) > 0 && s->words[u.begin - 1].upos != DGM_DET &&
           hangs_within(s, u.begin - 1, &u))
        u.begin--;
    while (u.end < s->n_words && s->words[u.end + 1].upos == DGM_PROPN &&
           hangs_within(s, u.end + 1, &u))
        u.end++;
    uint32_t end = end_with_of(s, &u);
    if (end)
        u.end = end;
    return u;
}

/* Type, tree with the relation to the rest, kinds of letters, and all words that are no names. */
static uint64_t build_of(const dgm_sentence *s, const unit *u)
{
    uint64_t h = u->type;
    for (uint32_t i = u->begin; i <= u->end; i++) {
        const dgm_word *w = &s->words[i];
        bool plural = w->xpos.n && w->xpos.p[w->xpos.n - 1] == 'S';
        uint64_t word = can_change(w) ? kind_of_form(w->form) * 2 + plural : dgm_hash(w->form);
        uint64_t place = hangs_within(s, i, u) ? w->head - u->begin + 1 : 0;
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h = (h ^ (h >> 31) ^ (place * 64 + w->deprel)) * 0xD6E8FEB86659FD93u;
    }
    return h ^ h >> 32;
}

/* fn gets the units of the document that lie in no other. */
typedef bool (*unit_fn)(void *context, const dgm_sentence *s, const unit *u);

static bool units_of_sentence(const dgm_sentence *s, const dgm_gold_names *names, unit_fn fn,
                              void *context)
{
    uint32_t done = 0; /* words up to this one */
    for (uint32_t i = 1; i <= names->n_words; i++) {
        unit longest = { 0 };
        if (i <= done)
            continue;
        for (uint32_t j = i; j <= names->n_words && j < i + 16; j++) {
            if (!names->kind[j - 1] || !can_change(&s->words[j]))
                continue;
            unit u = unit_of(s, j, names->kind[j - 1]);
            if (u.begin == i && u.end >= longest.end)
                longest = u;
        }
        if (longest.end && !fn(context, s, &longest))
            return false;
        done = longest.end;
    }
    return true;
}

static bool each_unit(const dgm_document *doc, const dgm_view *misc, unit_fn fn, void *context)
{
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        dgm_gold_names names = { .n_words = 0 };
        for (uint32_t j = 1; j <= s->n_words; j++)
            dgm_gold_names_add(&names, s->words[j].upos == DGM_PROPN, s->words[j].head, *misc++);
        if (!units_of_sentence(s, &names, fn, context))
            return false;
    }
    return true;
}

/* ---- the pool ------------------------------------------------------------------------------- */

static bool take(void *context, const dgm_sentence *s, const unit *u)
{
    names_pool *pool = context;
    uint32_t n = u->end - u->begin + 1;
    dgm_view *forms = DGM_NEW(pool->arena, dgm_view, n);
    pooled *name = forms ? dgm_push(pool->arena, &pool->names) : NULL;
    if (!name)
        return false;
    for (uint32_t i = 0; i < n; i++)
        forms[i] = dgm_arena_copy(pool->arena, s->words[u->begin + i].form);
    *name = (pooled) { build_of(s, u), pool->names.n, forms };
    return !dgm_arena_failed(pool->arena);
}

bool names_pool_take(names_pool *pool, const dgm_document *doc, const dgm_view *misc)
{
    pool->sorted = false;
    return each_unit(doc, misc, take, pool);
}

static int by_build(const void *left, const void *right)
{
    const pooled *a = left, *b = right;
    if (a->build != b->build)
        return a->build < b->build ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

/* The first name of a build that is not less. */
static uint32_t first_of(const names_pool *pool, uint64_t build)
{
    uint32_t low = 0, high = pool->names.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (pool->names.at[middle].build < build)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- giving --------------------------------------------------------------------------------- */

typedef struct {
    dgm_view from, to;
    uint8_t type;
} change;

typedef struct {
    const names_pool *pool;
    dgm_arena *arena; /* of the document */
    uint32_t which;
    bool single;               /* now names of one word */
    DGM_ARRAY(change) changes; /* words of longer names */
} giver;

static const dgm_view *changed(const giver *g, dgm_view form, uint8_t type)
{
    for (uint32_t i = 0; i < g->changes.n; i++)
        if (g->changes.at[i].type == type && dgm_view_eq(g->changes.at[i].from, form))
            return &g->changes.at[i].to;
    return NULL;
}

/* One of the pool's names of the unit's build; NULL: there is none. */
static const dgm_view *choose(const giver *g, const dgm_sentence *s, const unit *u)
{
    uint64_t build = build_of(s, u), h = g->which * 0x9E3779B97F4A7C15u ^ u->type;
    for (uint32_t i = u->begin; i <= u->end; i++)
        h = (h ^ dgm_hash(s->words[i].form)) * 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
    uint32_t first = first_of(g->pool, build), n = first_of(g->pool, build + 1) - first;
    return n ? g->pool->names.at[first + (uint32_t)((h & 0xFFFFFFFFu) * n >> 32)].forms : NULL;
}

static bool give(void *context, const dgm_sentence *s, const unit *u)
{
    giver *g = context;
    bool single = u->begin == u->end;
    if (single != g->single)
        return true;
    const dgm_view *forms = single ? changed(g, s->words[u->begin].form, u->type) : NULL;
    if (!forms)
        forms = choose(g, s, u);
    for (uint32_t i = u->begin; forms && i <= u->end; i++) {
        dgm_word *w = &s->words[i];
        dgm_view to = forms[i - u->begin];
        if (!single && can_change(w) && !changed(g, w->form, u->type)) {
            change *c = dgm_push(g->arena, &g->changes);
            if (!c)
                return false;
            *c = (change) { w->form, to, u->type };
        }
        w->form = to;
    }
    return true;
}

bool names_exchange(names_pool *pool, dgm_document *doc, const dgm_view *misc, uint32_t which)
{
    giver g = { .pool = pool, .arena = doc->arena, .which = which };
    if (!pool->sorted && pool->names.n)
        qsort(pool->names.at, pool->names.n, sizeof(pool->names.at[0]), by_build);
    pool->sorted = true;
    if (!each_unit(doc, misc, give, &g))
        return false;
    g.single = true;
    return each_unit(doc, misc, give, &g);
}
