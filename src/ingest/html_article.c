/* Finding the story on a page, by densities of text and links (after Kohlschuetter, Fankhauser and
 * Nejdl 2010) and by where the prose lies in the tree.
 *
 * The page is cut into blocks at the tags that browsers begin a line with. A block is prose when it
 * is long enough, ends as sentences do, and little of it is links. The mass of an element is the
 * number of bytes of prose under it, and each element on the way out hands its mass and its
 * heaviest part to its parent.
 *
 * The page is walked twice. The first walk weighs every element. The second leaves out what tags,
 * roles and class names call boilerplate, but never an element that holds most of the page's prose,
 * whatever it is called. Going down from <body>, as long as one child holds nearly all of the mass,
 * leads to the element that holds the story. An element that the page itself declares to be the
 * story is believed before that, then <article> and <main>, if they hold enough of the prose.
 */
#include "ingest/html_article.h"

#include "ingest/html_block.h"
#include "ingest/html_element.h"
#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    PROSE = 60,     /* bytes of the shortest block that is prose by itself */
    DECLARED = 100, /* mass from which on an element that says it is the story is believed */
    LITTLE = 120,   /* with less mass than this, what was left out is looked at again */
    FARTHEST = 16,  /* blocks between the page's heading and the story, for a lede */
    MOST_BLOCKS = 1 << 16,
};
static const double NEARLY_ALL = 0.9, ARTICLE_SHARE = 0.3, SEVERAL = 1.1;

/* A run of blocks and how much prose is in it. */
typedef struct {
    size_t mass;
    uint32_t first, end;
} part;

/* What the first walk finds of an element. */
typedef struct {
    size_t mass;
    uint32_t n_below;       /* elements in it */
    bool core;              /* the page's heading, or what is declared to be the story, is in it */
    bool declared, strange; /* what its names say */
} weight;

/* An element that the walk is in. */
typedef struct {
    part whole, heaviest; /* heaviest: of its children, already gone down into */
    dgm_block_kind kind;  /* of the blocks in it */
    uint32_t index;       /* in weights */
    bool core, declared;
} open_element;

typedef struct {
    dgm_arena *arena;
    bool weighing; /* the first walk */
    size_t total;  /* mass of the page */
    uint32_t n_elements;
    DGM_ARRAY(weight) weights; /* of all elements that are seen, in the order of the page */
    DGM_ARRAY(dgm_block) blocks;
    DGM_ARRAY(open_element) open;
    dgm_bytes line; /* the block that is being gathered */
    size_t n_link;
    uint32_t in_link, in_heading, in_title, in_declared, n_breaks;
    bool blank, failed;
    part body, article, declared;
} reading;

/* ---- blocks --------------------------------------------------------------------------------- */

static open_element *innermost(reading *r)
{
    return r->open.n > 0 ? &r->open.at[r->open.n - 1] : NULL;
}

static dgm_block_kind kind_of_block(reading *r)
{
    if (r->in_title > 0)
        return DGM_BLOCK_TITLE;
    if (r->in_heading > 0)
        return DGM_BLOCK_HEADING;
    return r->open.n > 0 ? innermost(r)->kind : DGM_BLOCK_OTHER;
}

static void end_block(reading *r)
{
    dgm_view text = dgm_view_trim((dgm_view) { r->line.p, r->line.n });
    if (text.n > 0 && r->blocks.n < MOST_BLOCKS) {
        dgm_block *b = dgm_push(r->arena, &r->blocks);
        if (b) {
            *b = (dgm_block) { .text = dgm_arena_copy(r->arena, text),
                               .n_link = r->n_link,
                               .kind = kind_of_block(r),
                               .declared = r->in_declared > 0 };
            open_element *within = innermost(r);
            if (within && dgm_block_is_prose(b, PROSE))
                within->whole.mass += text.n;
        }
        r->failed = r->failed || !b;
    }
    r->line.n = r->n_link = 0;
    r->blank = false;
    r->n_breaks = 0;
}

static void put_word(reading *r, dgm_view word)
{
    if (r->n_breaks > 1)
        end_block(r);
    else if (r->blank && r->line.n > 0)
        r->failed = r->failed || !dgm_bytes_put(&r->line, DGM_VIEW(" "));
    r->failed = r->failed || !dgm_bytes_put(&r->line, word);
    r->n_link += r->in_link > 0 ? word.n + r->blank : 0;
    r->blank = false;
    r->n_breaks = 0;
}

/* White space becomes one blank; two breaks of a line end a paragraph. */
static void put_text(reading *r, const char *text)
{
    while (*text) {
        for (size_t blank; (blank = dgm_html_blank(text)) > 0; text += blank)
            r->blank = true;
        size_t n = 0;
        while (text[n] && dgm_html_blank(text + n) == 0)
            n++;
        if (n > 0)
            put_word(r, (dgm_view) { text, n });
        text += n;
    }
}

/* ---- the walks ------------------------------------------------------------------------------ */

/* No name makes boilerplate of what holds most of the page's prose. Comments can be more than the
 * story; they are comments unless the story is in them. */
static bool is_left_out(const reading *r, const GumboNode *node, const weight *w)
{
    GumboTag tag = node->v.element.tag;
    if (r->weighing || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_MAIN)
        return false;
    if (w->strange)
        return !w->core;
    return tag != GUMBO_TAG_ARTICLE && 2 * w->mass <= r->total && dgm_html_is_boilerplate(node);
}

/* Both walks count elements alike: what is left out is counted as a whole. */
static bool is_passed_over(reading *r, const GumboNode *node)
{
    if (dgm_html_is_unseen(node->v.element.tag))
        return true;
    if (r->weighing) {
        weight *w = dgm_push(r->arena, &r->weights);
        r->failed = r->failed || !w;
        if (w)
            *w = (weight) { .declared = dgm_html_is_declared(node),
                            .strange = dgm_html_is_strange(node) };
    } else if (r->n_elements >= r->weights.n) {
        return true;
    }
    if (r->failed)
        return true;
    const weight *w = &r->weights.at[r->n_elements++];
    if (!is_left_out(r, node, w))
        return false;
    r->n_elements += w->n_below;
    return true;
}

static dgm_block_kind kind_in(reading *r, GumboTag tag)
{
    if (dgm_html_is_inline(tag) && r->open.n > 0)
        return innermost(r)->kind;
    if (tag == GUMBO_TAG_P || tag == GUMBO_TAG_BLOCKQUOTE || tag == GUMBO_TAG_PRE)
        return DGM_BLOCK_PARAGRAPH;
    bool item = tag == GUMBO_TAG_LI || tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT;
    return item ? DGM_BLOCK_ITEM : DGM_BLOCK_OTHER;
}

static void enter(reading *r, dgm_html_walk *walk)
{
    GumboTag tag = walk->node->v.element.tag;
    if (is_passed_over(r, walk->node)) {
        walk->skip = true;
        r->blank = true;
        return;
    }
    if (tag == GUMBO_TAG_BR) {
        r->n_breaks++;
        r->blank = true;
    }
    if (!dgm_html_is_inline(tag))
        end_block(r);
    r->in_link += tag == GUMBO_TAG_A;
    r->in_heading += dgm_html_is_heading(tag);
    r->in_title += tag == GUMBO_TAG_H1;
    open_element now = { .whole.first = r->blocks.n,
                         .kind = kind_in(r, tag),
                         .index = r->n_elements - 1,
                         .core = tag == GUMBO_TAG_H1,
                         .declared = r->weights.at[r->n_elements - 1].declared };
    r->in_declared += now.declared;
    open_element *open = dgm_push(r->arena, &r->open);
    if (open)
        *open = now;
    r->failed = r->failed || !open;
}

static part heavier(part a, part b)
{
    return b.mass > a.mass ? b : a;
}

static bool holds(part a, part b)
{
    return a.first <= b.first && b.end <= a.end;
}

/* Of declared elements in one another the innermost that holds nearly all. */
static void declare(reading *r, part whole)
{
    bool inner = r->declared.mass > 0 && holds(whole, r->declared) &&
                 (double)r->declared.mass >= NEARLY_ALL * (double)whole.mass;
    if (!inner)
        r->declared = heavier(r->declared, whole);
}

static void weigh(reading *r, GumboTag tag, open_element *done)
{
    weight *w = &r->weights.at[done->index];
    w->mass = done->whole.mass;
    w->n_below = r->n_elements - done->index - 1;
    w->core = done->core || done->declared;
    if (tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_HTML && w->strange && !w->core)
        done->whole.mass = done->heaviest.mass = 0;
}

/* Hands the element's mass up, and the part of it that holds nearly all. */
static void leave(reading *r, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;
    if (!dgm_html_is_inline(tag))
        end_block(r);
    r->in_link -= tag == GUMBO_TAG_A;
    r->in_heading -= dgm_html_is_heading(tag);
    r->in_title -= tag == GUMBO_TAG_H1;
    if (r->open.n == 0)
        return;
    open_element done = r->open.at[--r->open.n];
    done.whole.end = r->blocks.n;
    r->in_declared -= done.declared;
    if (r->weighing)
        weigh(r, tag, &done);
    bool deeper = done.heaviest.mass > 0 &&
                  (double)done.heaviest.mass >= NEARLY_ALL * (double)done.whole.mass;
    part best = deeper ? done.heaviest : done.whole;
    if (done.declared)
        declare(r, done.whole);
    if (tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN)
        r->article = heavier(r->article, done.whole);
    if (tag == GUMBO_TAG_BODY) {
        r->body = best;
        r->total = r->weighing ? done.whole.mass : r->total;
    }
    if (r->open.n > 0) {
        open_element *parent = innermost(r);
        parent->whole.mass += done.whole.mass;
        parent->core = parent->core || done.core || done.declared;
        /* A paragraph is no place to go down into. */
        if (!dgm_html_is_inline(tag) && tag != GUMBO_TAG_P)
            parent->heaviest = heavier(parent->heaviest, best);
    }
}

/* False: no memory. */
static bool read_blocks(reading *r, const GumboNode *root)
{
    for (dgm_html_walk walk = { .root = root }; !r->failed && dgm_html_next(&walk);) {
        const GumboNode *node = walk.node;
        if (!dgm_html_is_element(node) && node->type != GUMBO_NODE_COMMENT)
            put_text(r, node->v.text.text);
        else if (dgm_html_is_element(node) && walk.leaving)
            leave(r, node);
        else if (dgm_html_is_element(node))
            enter(r, &walk);
    }
    end_block(r);
    free(r->line.p);
    return !r->failed;
}

/* ---- the story ------------------------------------------------------------------------------ */

/* All pieces of the story where it is declared in several. */
static part all_declared(const reading *r)
{
    part within = holds(r->article, r->declared) ? r->article : r->body, all = { 0 };
    for (uint32_t i = within.first; i < within.end; i++) {
        const dgm_block *b = &r->blocks.at[i];
        if (!b->declared)
            continue;
        all.first = all.end == 0 ? i : all.first;
        all.end = i + 1;
        all.mass += dgm_block_is_prose(b, PROSE) ? b->text.n : 0;
    }
    return (double)all.mass > SEVERAL * (double)r->declared.mass ? all : r->declared;
}

/* The sentences between the page's heading and the story open it. */
static part with_lede(const reading *r, part story)
{
    uint32_t first = story.first;
    for (uint32_t i = story.first; i > 0 && story.first - i < FARTHEST; i--) {
        const dgm_block *b = &r->blocks.at[i - 1];
        if (b->kind == DGM_BLOCK_TITLE) {
            story.first = first;
            return story;
        }
        if (b->kind != DGM_BLOCK_ITEM && dgm_block_is_prose(b, PROSE))
            first = i - 1;
    }
    return story;
}

/* <article> and <main> are also put around teasers, so they must hold a share of the prose. */
static part choose(const reading *r)
{
    part declared = all_declared(r);
    if (declared.mass >= DECLARED)
        return with_lede(r, declared);
    bool enough = (double)r->article.mass >= ARTICLE_SHARE * (double)r->body.mass;
    return with_lede(r, r->article.mass >= DECLARED && enough ? r->article : r->body);
}

/* Which blocks of the story are its text: from its first sentence on, none twice in a row, and no
 * heading that nothing follows. */
static bool *keep(dgm_arena *arena, const dgm_block *blocks, uint32_t n, dgm_view title)
{
    bool *kept = DGM_NEW(arena, bool, n + 1), begun = false, follows = false;
    for (uint32_t i = 0; kept && i < n; i++) {
        begun = begun || dgm_block_opens_story(&blocks[i]);
        kept[i] = begun && dgm_block_is_story(&blocks[i]) && !dgm_view_eq(blocks[i].text, title) &&
                  (i == 0 || !dgm_view_eq(blocks[i].text, blocks[i - 1].text));
    }
    for (uint32_t i = n; kept && i > 0; i--) {
        bool heading = blocks[i - 1].kind >= DGM_BLOCK_HEADING;
        kept[i - 1] = kept[i - 1] && (!heading || follows);
        follows = heading ? false : follows || kept[i - 1];
    }
    return kept;
}

static dgm_view join(dgm_arena *arena, const dgm_block *blocks, uint32_t n, const bool *kept)
{
    size_t size = 0;
    for (uint32_t i = 0; i < n; i++)
        size += kept[i] ? blocks[i].text.n + 2 : 0;
    char *text = dgm_arena_alloc(arena, size + 1, 1), *to = text;
    if (!text || size == 0)
        return (dgm_view) { "", 0 };
    for (uint32_t i = 0; i < n; i++) {
        if (!kept[i])
            continue;
        if (to > text)
            *to++ = '\n', *to++ = '\n';
        memcpy(to, blocks[i].text.p, blocks[i].text.n);
        to += blocks[i].text.n;
    }
    return (dgm_view) { text, (size_t)(to - text) };
}

dgm_view dgm_html_article(dgm_arena *arena, const GumboNode *root, dgm_view title)
{
    const dgm_view nothing = { "", 0 }, no_memory = { NULL, 0 };
    reading weighed = { .arena = arena, .weighing = true };
    if (!read_blocks(&weighed, root))
        return no_memory;
    reading r = { .arena = arena, .total = weighed.total };
    r.weights.at = weighed.weights.at;
    r.weights.n = weighed.weights.n;
    if (!read_blocks(&r, root))
        return no_memory;
    if (r.body.mass < LITTLE && weighed.body.mass > 3 * r.body.mass)
        r = weighed;
    part story = choose(&r);
    if (story.mass == 0)
        return nothing;
    const dgm_block *blocks = r.blocks.at + story.first;
    uint32_t n = story.end - story.first;
    bool *kept = keep(arena, blocks, n, title);
    return kept ? join(arena, blocks, n, kept) : no_memory;
}

/* Blocks first..end - 1 up to the third that is prose; a day in prose is the story's, not the
 * page's. */
static bool day_in_blocks(const reading *r, uint32_t first, uint32_t end, char day[11])
{
    enum { LONGEST = 160, MOST_PROSE = 3 };
    uint32_t n_prose = 0;
    for (uint32_t i = first; i < end && i < r->blocks.n && n_prose < MOST_PROSE; i++) {
        const dgm_block *b = &r->blocks.at[i];
        bool prose = dgm_block_is_prose(b, PROSE);
        n_prose += prose;
        if (!prose && b->text.n <= LONGEST && dgm_find_day(b->text, day))
            return true;
    }
    return false;
}

/* The page's heading above the first prose of a story; else where the story begins. */
static uint32_t heading_of(const reading *r, part story)
{
    uint32_t i = story.first;
    while (i < story.end && !dgm_block_is_prose(&r->blocks.at[i], PROSE))
        i++;
    for (; i > 0; i--) {
        if (r->blocks.at[i - 1].kind == DGM_BLOCK_TITLE)
            return i - 1;
    }
    return story.first;
}

bool dgm_html_visible_day(dgm_arena *arena, const GumboNode *root, char day[11])
{
    enum { BELOW = 40, ABOVE = 4, AFTER = 8 };
    reading r = { .arena = arena, .weighing = true };
    if (!read_blocks(&r, root))
        return false;
    part story = choose(&r);
    uint32_t heading = heading_of(&r, story);
    return day_in_blocks(&r, heading, heading + BELOW, day) ||
           day_in_blocks(&r, heading > ABOVE ? heading - ABOVE : 0, heading, day) ||
           day_in_blocks(&r, story.end, story.end + AFTER, day);
}

dgm_view dgm_html_paragraphs(dgm_arena *arena, const GumboNode *root)
{
    reading r = { .arena = arena, .weighing = true };
    bool *kept = read_blocks(&r, root) ? DGM_NEW(arena, bool, r.blocks.n + 1) : NULL;
    if (!kept)
        return (dgm_view) { NULL, 0 };
    for (uint32_t i = 0; i < r.blocks.n; i++)
        kept[i] = !dgm_block_is_of_site(&r.blocks.at[i]) &&
                  2 * r.blocks.at[i].n_link <= r.blocks.at[i].text.n;
    return join(arena, r.blocks.at, r.blocks.n, kept);
}
