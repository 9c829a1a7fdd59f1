#include "ingest/html_tree.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* gumbo looks through all open elements at many tags, so their number is the square root of
     * the time that a page can take. News pages have two to five thousand tags. */
    MOST_TAGS = 32768,
    MOST_ATTRIBUTES = 1024, /* of one tag: each is compared with those before it */
    MOST_MEMORY =
        96 << 20, /* a page can ask for formatting elements to be opened again and again */
};

struct dgm_html_memory {
    dgm_arena *arena;
    uint32_t n_attributes; /* one after the other */
    jmp_buf too_large;
};

dgm_html_memory *dgm_html_memory_new(void)
{
    dgm_html_memory *memory = calloc(1, sizeof(*memory));
    if (memory && !(memory->arena = dgm_arena_new())) {
        free(memory);
        memory = NULL;
    }
    return memory;
}

bool dgm_html_starved(const dgm_html_memory *memory)
{
    return !memory || dgm_arena_failed(memory->arena);
}

void dgm_html_memory_free(dgm_html_memory *memory)
{
    if (memory)
        dgm_arena_free(memory->arena);
    free(memory);
}

/* gumbo expects memory whatever happens, so what must end the page leaves it by a jump: all that it
 * holds lies in the arena. */
static void *allocate(void *context, size_t size)
{
    dgm_html_memory *memory = context;
    if (size == sizeof(GumboAttribute))
        memory->n_attributes++;
    else if (size == sizeof(GumboNode))
        memory->n_attributes = 0;
    void *p = dgm_arena_used(memory->arena) + size < MOST_MEMORY &&
                      memory->n_attributes <= MOST_ATTRIBUTES
                  ? dgm_arena_alloc(memory->arena, size, 1)
                  : NULL;
    if (!p)
        longjmp(memory->too_large, 1);
    return p;
}

static void release(void *context, void *p)
{
    (void)context, (void)p;
}

/* The page up to the tag that is one too many. */
static dgm_view bounded(dgm_view bytes)
{
    uint32_t n = 0;
    const char *p = bytes.p, *end = bytes.p + bytes.n;
    while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL && p + 1 < end) {
        if (dgm_is_alpha((unsigned char)p[1]) && ++n > MOST_TAGS)
            return dgm_view_slice(bytes, 0, (size_t)(p - bytes.p));
        p++;
    }
    return bytes;
}

/* Where the first `end` after `at` begins, ASCII case aside; n: nowhere. */
static size_t find_end(dgm_view v, size_t at, dgm_view end)
{
    const char *p;
    while (at + end.n <= v.n && (p = memchr(v.p + at, end.p[0], v.n - at)) != NULL) {
        at = (size_t)(p - v.p);
        if (dgm_view_eq_nocase(dgm_view_slice(v, at, at + end.n), end))
            return at;
        at++;
    }
    return v.n;
}

/* The page without what is in scripts and styles, save JSON-LD: often half of its bytes, which the
 * parser would go through one by one. */
static dgm_view without_scripts(dgm_arena *arena, dgm_view bytes)
{
    static const struct {
        dgm_view open, close;
    } kinds[] = { { { "<script", 7 }, { "</script", 8 } }, { { "<style", 6 }, { "</style", 7 } } };
    char *text = dgm_arena_alloc(arena, bytes.n + 1, 1), *to = text;
    size_t from = 0;
    if (!text)
        return bytes;
    for (size_t at = 0; (at = find_end(bytes, at, DGM_VIEW("<s"))) < bytes.n; at++) {
        for (size_t i = 0; i < DGM_LEN(kinds); i++) {
            if (!dgm_view_eq_nocase(dgm_view_slice(bytes, at, at + kinds[i].open.n), kinds[i].open))
                continue;
            size_t begin = find_end(bytes, at, DGM_VIEW(">")) + 1;
            size_t end = find_end(bytes, DGM_MIN(begin, bytes.n), kinds[i].close);
            if (end == bytes.n ||
                dgm_view_find(dgm_view_slice(bytes, at, begin), DGM_VIEW("ld+json")) != SIZE_MAX)
                continue;
            memcpy(to, bytes.p + from, begin - from);
            to += begin - from;
            from = end;
            at = end;
        }
    }
    memcpy(to, bytes.p + from, bytes.n - from);
    return (dgm_view) { text, (size_t)(to - text) + bytes.n - from };
}

const GumboNode *dgm_html_parse(dgm_html_memory *memory, dgm_view bytes)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = memory;
    options.max_errors = 0;
    dgm_arena_reset(memory->arena);
    memory->n_attributes = 0;
    if (setjmp(memory->too_large) != 0)
        return NULL;
    bytes = bounded(without_scripts(memory->arena, bytes));
    return gumbo_parse_with_options(&options, bytes.n > 0 ? bytes.p : "", bytes.n)->root;
}

dgm_view dgm_html_attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *attribute =
        dgm_html_is_element(node) ? gumbo_get_attribute(&node->v.element.attributes, name) : NULL;
    return dgm_view_trim(dgm_view_of(attribute ? attribute->value : NULL));
}

/* ---- walking -------------------------------------------------------------------------------- */

static const GumboNode *first_child(const GumboNode *node)
{
    bool has = dgm_html_is_element(node) && node->v.element.children.length > 0;
    return has ? node->v.element.children.data[0] : NULL;
}

static const GumboNode *next_sibling(const GumboNode *node)
{
    const GumboVector *siblings = &node->parent->v.element.children;
    size_t next = node->index_within_parent + 1;
    return next < siblings->length ? siblings->data[next] : NULL;
}

bool dgm_html_next(dgm_html_walk *walk)
{
    const GumboNode *node = walk->node;
    if (!node) {
        walk->node = walk->root;
        return walk->root != NULL;
    }
    bool was_element = dgm_html_is_element(node) && !walk->leaving && !walk->skip;
    const GumboNode *child = was_element ? first_child(node) : NULL;
    walk->skip = false;
    if (child) {
        walk->node = child;
        return true;
    }
    if (was_element) { /* empty: it is left at once */
        walk->leaving = true;
        return true;
    }
    walk->leaving = false;
    if (node == walk->root)
        return false;
    const GumboNode *sibling = next_sibling(node);
    walk->node = sibling ? sibling : node->parent;
    walk->leaving = !sibling;
    return true;
}

dgm_view dgm_html_text(dgm_arena *arena, const GumboNode *node)
{
    size_t n = 0, longest = 0;
    for (dgm_html_walk walk = { .root = node }; dgm_html_next(&walk);) {
        if (!dgm_html_is_element(walk.node))
            longest += strlen(walk.node->v.text.text) + 1;
    }
    char *text = dgm_arena_alloc(arena, longest + 1, 1);
    if (!text)
        return (dgm_view) { "", 0 };
    for (dgm_html_walk walk = { .root = node }; dgm_html_next(&walk);) {
        if (dgm_html_is_element(walk.node)) {
            if (n > 0 && text[n - 1] != ' ' && dgm_html_is(walk.node, GUMBO_TAG_BR))
                text[n++] = ' ';
            continue;
        }
        if (walk.node->type == GUMBO_NODE_COMMENT)
            continue;
        for (const char *p = walk.node->v.text.text; *p; p++) {
            if (!dgm_is_space((unsigned char)*p))
                text[n++] = *p;
            else if (n > 0 && text[n - 1] != ' ')
                text[n++] = ' ';
        }
    }
    return dgm_view_trim((dgm_view) { text, n });
}
