#include "ingest/html_block.h"

#include <string.h>

enum {
    PROSE = 60,    /* bytes of the shortest block that is prose by itself */
    SENTENCE = 20, /* and of one that may stand within a story */
    SAID = 40,     /* bytes outside of links that make a paragraph full of links prose */
};
static const double MOST_LINKS = 0.35, HALF_LINKS = 0.5;

size_t dgm_html_blank(const char *p)
{
    static const char *const wide[] = {
        "\u00a0", "\u200b", "\u2003", "\u2009", "\u202f", "\ufeff"
    };
    if (dgm_is_space((unsigned char)*p))
        return 1;
    for (size_t i = 0; (unsigned char)*p > 127 && i < DGM_LEN(wide); i++) {
        if (strncmp(p, wide[i], strlen(wide[i])) == 0)
            return strlen(wide[i]);
    }
    return 0;
}

static bool ends_a_sentence(dgm_view text)
{
    static const char *const ends[] = {
        ".",      "!",      "?",      "\"",     "'",      ":",      ")",      ";",      "\u201d",
        "\u2019", "\u2026", "\u201c", "\u00bb", "\u3002", "\uff01", "\uff1f", "\u300d", "\u0964"
    };
    for (size_t i = 0; i < DGM_LEN(ends); i++) {
        if (dgm_view_ends(text, dgm_view_of(ends[i])))
            return true;
    }
    return false;
}

static bool opens_with(dgm_view text, const char *opening)
{
    dgm_view v = dgm_view_of(opening);
    return dgm_view_eq_nocase(dgm_view_slice(text, 0, v.n), v);
}

/* "By Jane Roe", "By Jane Roe on Monday, 2 March 2020 at 10:00 a.m." */
static bool is_byline(dgm_view text)
{
    enum { LONGEST = 120 };
    if (text.n > LONGEST || !opens_with(text, "by "))
        return false;
    return !ends_a_sentence(text) || dgm_view_ends(text, DGM_VIEW(" a.m.")) ||
           dgm_view_ends(text, DGM_VIEW(" p.m."));
}

bool dgm_block_is_of_site(const dgm_block *block)
{
    static const char *const openings[] = {
        "read more",
        "read also",
        "also read",
        "see also",
        "related:",
        "related post",
        "sign up",
        "subscribe",
        "follow us",
        "follow @",
        "click here",
        "copyright",
        "\u00a9",
        "advertisement",
        "photo:",
        "image:",
        "share this",
        "reporting by",
        "(reporting by",
        "editing by",
        "our standards:",
        "the post ",
        "this article was",
        "all rights reserved",
        "continue reading",
        "watch:",
        "listen:",
        "download our",
        "join our",
        "get our",
        "support our",
        "we use cookies",
        "this website uses",
        "this site uses",
        "you may also like",
    };
    static const char *const inside[] = {
        "contributed to this report",
        "contributed reporting",
        "follow us on",
        "follow him on",
        "follow her on",
        "free newsletter",
        "daily newsletter",
    };
    enum { LONGEST = 300 };
    dgm_view text = block->text;
    if (text.n >= LONGEST)
        return false;
    for (size_t i = 0; i < DGM_LEN(openings); i++) {
        if (opens_with(text, openings[i]))
            return true;
    }
    for (size_t i = 0; i < DGM_LEN(inside); i++) {
        if (dgm_view_find(text, dgm_view_of(inside[i])) != SIZE_MAX)
            return true;
    }
    return is_byline(text);
}

/* A paragraph may be full of links, if something is said around them. */
static bool is_linked(const dgm_block *b)
{
    size_t said = b->text.n - DGM_MIN(b->n_link, b->text.n);
    return (double)b->n_link > MOST_LINKS * (double)b->text.n &&
           (b->kind != DGM_BLOCK_PARAGRAPH || said < SAID);
}

bool dgm_block_is_prose(const dgm_block *b, size_t shortest)
{
    return b->kind < DGM_BLOCK_HEADING && b->text.n >= shortest && ends_a_sentence(b->text) &&
           !is_linked(b) && !dgm_block_is_of_site(b);
}

bool dgm_block_is_story(const dgm_block *b)
{
    switch (b->kind) {
    case DGM_BLOCK_PARAGRAPH:
    case DGM_BLOCK_ITEM:
        return !is_linked(b) && !dgm_block_is_of_site(b);
    case DGM_BLOCK_HEADING:
    case DGM_BLOCK_TITLE:
        return (double)b->n_link < HALF_LINKS * (double)b->text.n && !dgm_block_is_of_site(b);
    default:
        return dgm_block_is_prose(b, SENTENCE);
    }
}

bool dgm_block_opens_story(const dgm_block *b)
{
    return dgm_block_is_prose(b, SENTENCE) ||
           (b->kind == DGM_BLOCK_PARAGRAPH && b->text.n >= PROSE && dgm_block_is_story(b));
}
