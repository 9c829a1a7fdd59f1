#include "ingest/html_element.h"

#include <string.h>

/* ---- tags ----------------------------------------------------------------------------------- */

static bool is_one_of(GumboTag tag, const GumboTag *tags, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (tags[i] == tag)
            return true;
    }
    return false;
}

bool dgm_html_is_inline(GumboTag tag)
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

bool dgm_html_is_unseen(GumboTag tag)
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

bool dgm_html_is_heading(GumboTag tag)
{
    static const GumboTag tags[] = { GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,   GUMBO_TAG_H4,
                                     GUMBO_TAG_H5, GUMBO_TAG_H6, GUMBO_TAG_TITLE };
    return is_one_of(tag, tags, DGM_LEN(tags));
}

/* ---- names ---------------------------------------------------------------------------------- */

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

/* Whether a word of `first` and one of `second` stand side by side in one name of the class or id:
 * "article-body", "entryContent", "story__text". */
static bool has_pair(const GumboNode *node, const char *const *first, const char *const *second)
{
    static const char *const names[] = { "class", "id" };
    for (size_t i = 0; i < DGM_LEN(names); i++) {
        dgm_view rest = dgm_html_attribute(node, names[i]), word, before = { "", 0 };
        for (; next_word(&rest, &word); before = word) {
            if (!is_word_of(word, second) || !is_word_of(before, first))
                continue;
            size_t apart = (size_t)(word.p - (before.p + before.n));
            if (apart <= 2 && (apart == 0 || !dgm_is_space((unsigned char)before.p[before.n])))
                return true;
        }
    }
    return false;
}

bool dgm_html_is_declared(const GumboNode *node)
{
    static const char *const whole[] = { "articlebody", "articlecontent", "articletext",
                                         "storybody",   "entrycontent",   "postcontent",
                                         NULL };
    static const char *const first[] = {
        "article", "story", "entry", "post", "blog", "news", NULL
    };
    static const char *const second[] = { "body", "content", "text", "copy", "entry", NULL };
    return dgm_view_eq_nocase(dgm_html_attribute(node, "itemprop"), DGM_VIEW("articleBody")) ||
           dgm_html_has_class(node, whole) || has_pair(node, first, second);
}

bool dgm_html_is_strange(const GumboNode *node)
{
    static const char *const words[] = { "comment", "comments", "commentlist", "respond", "disqus",
                                         "consent", "cookie",   "cookies",     "gdpr",    NULL };
    return dgm_html_has_class(node, words);
}

static bool is_hidden(const GumboNode *node)
{
    dgm_view style = dgm_html_attribute(node, "style");
    return gumbo_get_attribute(&node->v.element.attributes, "hidden") ||
           dgm_view_find(style, DGM_VIEW("display:none")) != SIZE_MAX ||
           dgm_view_find(style, DGM_VIEW("display: none")) != SIZE_MAX;
}

bool dgm_html_is_boilerplate(const GumboNode *node)
{
    static const GumboTag tags[] = { GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_FOOTER };
    static const char *const roles[] = { "navigation",  "complementary", "contentinfo", "search",
                                         "dialog",      "banner",        "alert",       "menu",
                                         "alertdialog", "menubar",       NULL };
    static const char *const words[] = {
        "ad",         "ads",          "advert",   "advertisement", "banner",    "breadcrumb",
        "byline",     "breadcrumbs",  "caption",  "copyright",     "credit",    "footer",
        "hidden",     "masthead",     "menu",     "modal",         "nav",       "navbar",
        "navigation", "newsletter",   "outbrain", "paywall",       "popup",     "promo",
        "recirc",     "recommended",  "related",  "share",         "sharing",   "sidebar",
        "signup",     "social",       "sponsor",  "sponsored",     "subscribe", "tags",
        "taboola",    "subscription", "teaser",   "toolbar",       "trending",  "widget",
        NULL,
    };
    return is_one_of(node->v.element.tag, tags, DGM_LEN(tags)) ||
           is_word_of(dgm_html_attribute(node, "role"), roles) || dgm_html_has_class(node, words) ||
           is_hidden(node);
}
