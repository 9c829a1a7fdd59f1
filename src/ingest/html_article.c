/* Finding the story on a page, by densities of text and links (after Kohlschuetter, Fankhauser and
 * Nejdl 2010) and by where the prose lies in the tree.
 *
 * The page is cut into blocks at the tags that browsers begin a line with. A block is prose when it
 * is long enough, ends as sentences do, and little of it is links. The mass of an element is the
 * number of bytes of prose under it. Going down from <body>, as long as one child holds nearly all
 * of the mass, leads to the element that holds the story; what of it is no boilerplate is the text.
 * An element that the page itself declares to be the article is believed if it holds enough.
 * All in one walk: each element on the way out hands its mass and its heaviest part to its parent.
 */
#include "ingest/html_article.h"

#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    PROSE = 60,    /* bytes of the shortest block that is prose */
    SENTENCE = 20, /* and of one that may stand within a story */
    LITTLE = 120,  /* with less mass than this, a page is looked at again, nothing left out */
    MOST_BLOCKS = 1 << 16,
};
static const double NEARLY_ALL = 0.8, DECLARED_SHARE = 0.3, MOST_LINKS = 0.35;

typedef struct {
    dgm_view text;
    size_t n_link; /* bytes in links */
    bool heading;
} block;

/* A run of blocks and how much prose is in it. */
typedef struct {
    size_t mass;
    uint32_t first, end;
} part;

/* An element that the walk is in. */
typedef struct {
    part whole, heaviest; /* heaviest: of its children, already gone down into */
} open_element;

typedef struct {
    dgm_arena *arena;
    bool strict; /* leave out what classes and tags call boilerplate */
    DGM_ARRAY(block) blocks;
    DGM_ARRAY(open_element) open;
    dgm_bytes line; /* the block that is being gathered */
    size_t n_link;
    uint32_t in_link, in_heading, n_breaks;
    bool blank, failed;
    part body, article, declared;
} reading;

/* ---- what elements are ---------------------------------------------------------------------- */

static bool is_one_of(GumboTag tag, const GumboTag *tags, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (tags[i] == tag)
            return true;
    }
    return false;
}

/* Tags within a line; all others begin and end one. */
static bool is_inline(GumboTag tag)
{
    static const GumboTag tags[] = {
        GUMBO_TAG_A,      GUMBO_TAG_SPAN, GUMBO_TAG_B,     GUMBO_TAG_I,       GUMBO_TAG_EM,
        GUMBO_TAG_STRONG, GUMBO_TAG_U,    GUMBO_TAG_S,     GUMBO_TAG_SMALL,   GUMBO_TAG_SUB,
        GUMBO_TAG_SUP,    GUMBO_TAG_MARK, GUMBO_TAG_ABBR,  GUMBO_TAG_ACRONYM, GUMBO_TAG_CITE,
        GUMBO_TAG_Q,      GUMBO_TAG_TIME, GUMBO_TAG_FONT,  GUMBO_TAG_TT,      GUMBO_TAG_CODE,
        GUMBO_TAG_INS,    GUMBO_TAG_DEL,  GUMBO_TAG_LABEL, GUMBO_TAG_DATA,    GUMBO_TAG_BDI,
        GUMBO_TAG_BDO,    GUMBO_TAG_DFN,  GUMBO_TAG_VAR,   GUMBO_TAG_KBD,     GUMBO_TAG_SAMP,
        GUMBO_TAG_WBR,    GUMBO_TAG_BR,   GUMBO_TAG_IMG,   GUMBO_TAG_UNKNOWN, GUMBO_TAG_BIG,
        GUMBO_TAG_STRIKE, GUMBO_TAG_NOBR,
    };
    return is_one_of(tag, tags, DGM_LEN(tags));
}

/* Never words of the story. */
static bool is_unseen(GumboTag tag)
{
    static const GumboTag tags[] = {
        GUMBO_TAG_HEAD,     GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT,
        GUMBO_TAG_TEMPLATE, GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_SVG,
        GUMBO_TAG_MATH,     GUMBO_TAG_AUDIO,  GUMBO_TAG_VIDEO,  GUMBO_TAG_CANVAS,
        GUMBO_TAG_TEXTAREA, GUMBO_TAG_SELECT, GUMBO_TAG_BUTTON, GUMBO_TAG_FIGCAPTION,
        GUMBO_TAG_MENU,
    };
    return is_one_of(tag, tags, DGM_LEN(tags));
}

static bool is_beside(GumboTag tag)
{
    static const GumboTag tags[] = { GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_FOOTER };
    return is_one_of(tag, tags, DGM_LEN(tags));
}

static bool is_heading(GumboTag tag)
{
    static const GumboTag tags[] = { GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,   GUMBO_TAG_H4,
                                     GUMBO_TAG_H5, GUMBO_TAG_H6, GUMBO_TAG_TITLE };
    return is_one_of(tag, tags, DGM_LEN(tags));
}

/* The next word of a class or id: "relatedStories-box" is related, stories, box. */
static bool next_word(dgm_view *rest, dgm_view *word)
{
    size_t at = 0, end;
    while (at < rest->n && !dgm_is_alpha((unsigned char)rest->p[at]))
        at++;
    for (end = at; end < rest->n && dgm_is_alpha((unsigned char)rest->p[end]); end++) {
        if (end > at && dgm_is_upper((unsigned char)rest->p[end]) &&
            dgm_is_lower((unsigned char)rest->p[end - 1]))
            break;
    }
    *word = dgm_view_slice(*rest, at, end);
    *rest = dgm_view_slice(*rest, end, rest->n);
    return word->n > 0;
}

static bool is_word_of(dgm_view word, const char *const *words)
{
    for (; *words; words++) {
        if (dgm_view_eq_nocase(word, dgm_view_of(*words)))
            return true;
    }
    return false;
}

bool dgm_html_has_class(const GumboNode *node, const char *const *words)
{
    static const char *const names[] = { "class", "id" };
    /* "no-sidebar", "with-comments" tell of the page, not of the element. */
    static const char *const about[] = { "no", "has", "with", "without", "is", NULL };
    for (size_t i = 0; i < DGM_LEN(names); i++) {
        dgm_view rest = dgm_html_attribute(node, names[i]), word, before = { "", 0 };
        for (; next_word(&rest, &word); before = word) {
            if (is_word_of(word, words) && !is_word_of(before, about))
                return true;
        }
    }
    return false;
}

static bool is_boilerplate(const GumboNode *node)
{
    static const char *const words[] = {
        "ad",           "ads",        "advert",      "advertisement", "banner",    "breadcrumb",
        "breadcrumbs",  "byline",     "caption",     "comment",       "comments",  "consent",
        "cookie",       "cookies",    "copyright",   "credit",        "disqus",    "footer",
        "gdpr",         "hidden",     "masthead",    "menu",          "modal",     "nav",
        "navbar",       "navigation", "newsletter",  "outbrain",      "paywall",   "popup",
        "promo",        "recirc",     "recommended", "related",       "share",     "sharing",
        "sidebar",      "signup",     "social",      "sponsor",       "sponsored", "subscribe",
        "subscription", "taboola",    "tags",        "teaser",        "toolbar",   "trending",
        "widget",       NULL,
    };
    dgm_view style = dgm_html_attribute(node, "style");
    return is_beside(node->v.element.tag) || dgm_html_has_class(node, words) ||
           gumbo_get_attribute(&node->v.element.attributes, "hidden") ||
           dgm_view_find(style, DGM_VIEW("display:none")) != SIZE_MAX ||
           dgm_view_find(style, DGM_VIEW("display: none")) != SIZE_MAX;
}

/* <body> and <article> are never boilerplate, whatever they are called. */
static bool is_passed_over(const reading *r, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;
    if (is_unseen(tag))
        return true;
    return r->strict && tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_HTML &&
           tag != GUMBO_TAG_ARTICLE && tag != GUMBO_TAG_MAIN && is_boilerplate(node);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static bool ends_a_sentence(dgm_view text)
{
    static const char *const ends[] = { ".",      "!",      "?",      "\"", "'",
                                        "\u201d", "\u2019", "\u2026", ":",  ")" };
    for (size_t i = 0; i < DGM_LEN(ends); i++) {
        if (dgm_view_ends(text, dgm_view_of(ends[i])))
            return true;
    }
    return false;
}

/* How blocks open that stand among paragraphs and belong to the site. */
static bool opens_as_boilerplate(dgm_view text)
{
    static const char *const openings[] = {
        "read more",        "read also",      "also read",        "see also",
        "related:",         "sign up",        "subscribe",        "follow us",
        "click here",       "copyright",      "\u00a9",           "all rights reserved",
        "advertisement",    "photo:",         "image:",           "share this",
        "reporting by",     "(reporting by",  "editing by",       "our standards:",
        "this article was", "the post ",      "continue reading", "watch:",
        "listen:",          "download our",   "join our",         "get our",
        "support our",      "we use cookies",
    };
    enum { LONGEST = 300 };
    for (size_t i = 0; text.n < LONGEST && i < DGM_LEN(openings); i++) {
        dgm_view opening = dgm_view_of(openings[i]);
        if (dgm_view_eq_nocase(dgm_view_slice(text, 0, opening.n), opening))
            return true;
    }
    return false;
}

static bool is_sentence(const block *b, size_t shortest)
{
    return !b->heading && b->text.n >= shortest && ends_a_sentence(b->text) &&
           (double)b->n_link <= MOST_LINKS * (double)b->text.n && !opens_as_boilerplate(b->text);
}

static void end_block(reading *r)
{
    dgm_view text = dgm_view_trim((dgm_view) { r->line.p, r->line.n });
    if (text.n > 0 && r->blocks.n < MOST_BLOCKS) {
        block *b = dgm_push(r->arena, &r->blocks);
        if (b) {
            *b = (block) { .text = dgm_arena_copy(r->arena, text),
                           .n_link = r->n_link,
                           .heading = r->in_heading > 0 };
            size_t mass = is_sentence(b, PROSE) ? text.n : 0;
            if (r->open.n > 0)
                r->open.at[r->open.n - 1].whole.mass += mass;
        }
        r->failed = r->failed || !b;
    }
    r->line.n = r->n_link = 0;
    r->blank = false;
    r->n_breaks = 0;
}

/* White space becomes one blank; two breaks of a line end a paragraph. */
static void put_text(reading *r, const char *text)
{
    while (*text) {
        size_t n = 0;
        while (dgm_is_space((unsigned char)text[n]))
            n++;
        r->blank = r->blank || n > 0;
        text += n;
        for (n = 0; text[n] && !dgm_is_space((unsigned char)text[n]);)
            n++;
        if (n == 0)
            return;
        if (r->n_breaks > 1)
            end_block(r);
        else if (r->blank && r->line.n > 0)
            r->failed = r->failed || !dgm_bytes_put(&r->line, DGM_VIEW(" "));
        r->failed = r->failed || !dgm_bytes_put(&r->line, (dgm_view) { text, n });
        r->n_link += r->in_link > 0 ? n + r->blank : 0;
        r->blank = false;
        r->n_breaks = 0;
        text += n;
    }
}

/* ---- the walk ------------------------------------------------------------------------------- */

static void enter(reading *r, dgm_html_walk *walk)
{
    const GumboElement *element = &walk->node->v.element;
    if (is_passed_over(r, walk->node)) {
        walk->skip = true;
        r->blank = true;
        return;
    }
    if (element->tag == GUMBO_TAG_BR) {
        r->n_breaks++;
        r->blank = true;
    }
    if (!is_inline(element->tag))
        end_block(r);
    r->in_link += element->tag == GUMBO_TAG_A;
    r->in_heading += is_heading(element->tag);
    open_element *open = dgm_push(r->arena, &r->open);
    if (open)
        *open = (open_element) { .whole.first = r->blocks.n };
    r->failed = r->failed || !open;
}

static bool is_declared(const GumboNode *node)
{
    static const char *const words[] = { "articlebody", NULL };
    dgm_view item = dgm_html_attribute(node, "itemprop");
    return dgm_view_eq_nocase(item, DGM_VIEW("articleBody")) || dgm_html_has_class(node, words);
}

static part heavier(part a, part b)
{
    return b.mass > a.mass ? b : a;
}

/* Hands the element's mass up, and the part of it that holds nearly all. */
static void leave(reading *r, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;
    if (!is_inline(tag))
        end_block(r);
    r->in_link -= tag == GUMBO_TAG_A;
    r->in_heading -= is_heading(tag);
    if (r->open.n == 0)
        return;
    open_element done = r->open.at[--r->open.n];
    done.whole.end = r->blocks.n;
    bool deeper = (double)done.heaviest.mass >= NEARLY_ALL * (double)done.whole.mass;
    part best = deeper && done.heaviest.mass > 0 ? done.heaviest : done.whole;
    if (is_declared(node))
        r->declared = heavier(r->declared, done.whole);
    if (tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN)
        r->article = heavier(r->article, best);
    if (tag == GUMBO_TAG_BODY)
        r->body = best;
    if (r->open.n > 0) {
        open_element *parent = &r->open.at[r->open.n - 1];
        parent->whole.mass += done.whole.mass;
        /* A paragraph is no place to go down into. */
        if (!is_inline(tag) && tag != GUMBO_TAG_P)
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

static part choose(const reading *r)
{
    double enough = DECLARED_SHARE * (double)r->body.mass;
    if (r->declared.mass > 0 && (double)r->declared.mass >= enough)
        return r->declared;
    if (r->article.mass > 0 && (double)r->article.mass >= enough)
        return r->article;
    return r->body;
}

static dgm_view join(dgm_arena *arena, const block *blocks, uint32_t n, const bool *kept)
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
    reading r = { .arena = arena, .strict = true };
    bool good = read_blocks(&r, root);
    if (good && r.body.mass < LITTLE) {
        reading again = { .arena = arena };
        good = read_blocks(&again, root);
        if (again.body.mass > 3 * r.body.mass)
            r = again;
    }
    part story = choose(&r);
    uint32_t n = story.end - story.first;
    bool *kept = good && story.mass > 0 ? DGM_NEW(arena, bool, n) : NULL;
    if (!kept)
        return (dgm_view) { "", 0 };
    const block *blocks = r.blocks.at + story.first;
    for (uint32_t i = 0; i < n; i++) {
        bool repeated = i > 0 && dgm_view_eq(blocks[i].text, blocks[i - 1].text);
        kept[i] =
            is_sentence(&blocks[i], SENTENCE) && !repeated && !dgm_view_eq(blocks[i].text, title);
    }
    return join(arena, blocks, n, kept);
}

dgm_view dgm_html_paragraphs(dgm_arena *arena, const GumboNode *root)
{
    reading r = { .arena = arena };
    bool *kept = read_blocks(&r, root) ? DGM_NEW(arena, bool, r.blocks.n + 1) : NULL;
    if (!kept)
        return (dgm_view) { "", 0 };
    for (uint32_t i = 0; i < r.blocks.n; i++)
        kept[i] = !opens_as_boilerplate(r.blocks.at[i].text) &&
                  2 * r.blocks.at[i].n_link <= r.blocks.at[i].text.n;
    return join(arena, r.blocks.at, r.blocks.n, kept);
}
