#include "ingest/html_facts.h"

#include "ingest/html_element.h"
#include "ingest/reader.h"

#include <jansson.h>
#include <string.h>

/* Where a fact was found, from the surest on; a less sure one never replaces a surer one. */
enum { NOWHERE, IN_WORDS, IN_TIME, IN_META, IN_ARTICLE_META, IN_JSON };

typedef struct {
    dgm_arena *arena;
    dgm_html_facts facts;
    int date_from, title_from, source_from, url_from;
    dgm_view page_title, heading; /* <title>, the first <h1> */
} finding;

static void set(dgm_view *field, int *from, dgm_view value, int source)
{
    value = dgm_view_trim(value);
    if (value.n == 0 || source <= *from)
        return;
    *field = value;
    *from = source;
}

static void set_date(finding *f, dgm_view value, int source)
{
    char day[11];
    if (source <= f->date_from || !dgm_find_day(value, day))
        return;
    memcpy(f->facts.date, day, sizeof day);
    f->date_from = source;
}

static void set_url(finding *f, dgm_view value, int source)
{
    if (dgm_view_eq_nocase(dgm_view_slice(value, 0, 4), DGM_VIEW("http")))
        set(&f->facts.url, &f->url_from, value, source);
}

/* ---- JSON-LD -------------------------------------------------------------------------------- */

static dgm_view string_of(finding *f, const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value)) {
        const json_t *name = json_object_get(value, "name");
        value = name ? name : json_object_get(value, "@id");
    }
    if (!json_is_string(value))
        return (dgm_view) { "", 0 };
    return dgm_arena_copy(f->arena, dgm_view_of(json_string_value(value)));
}

static bool is_article(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    if (json_is_array(type))
        type = json_array_get(type, 0);
    dgm_view name = dgm_view_of(json_string_value(type));
    return dgm_view_ends(name, DGM_VIEW("Article")) ||
           dgm_view_ends(name, DGM_VIEW("BlogPosting")) || dgm_view_eq(name, DGM_VIEW("Report"));
}

static void take_article(finding *f, const json_t *article)
{
    set(&f->facts.title, &f->title_from, string_of(f, json_object_get(article, "headline")),
        IN_JSON);
    set(&f->facts.source, &f->source_from, string_of(f, json_object_get(article, "publisher")),
        IN_JSON);
    set_date(f, string_of(f, json_object_get(article, "datePublished")), IN_JSON);
    set_url(f, string_of(f, json_object_get(article, "url")), IN_META);
    set_url(f, string_of(f, json_object_get(article, "mainEntityOfPage")), IN_META);
    if (f->facts.body.n == 0)
        f->facts.body = string_of(f, json_object_get(article, "articleBody"));
}

/* The article is the whole, one of a list, or one of the @graph. */
static void take_json(finding *f, const json_t *value)
{
    size_t i;
    const json_t *item, *graph = json_object_get(value, "@graph");
    if (is_article(value)) {
        take_article(f, value);
        return;
    }
    json_array_foreach(graph ? graph : value, i, item)
    {
        if (is_article(item)) {
            take_article(f, item);
            return;
        }
    }
}

static void read_script(finding *f, const GumboNode *node)
{
    const GumboVector *children = &node->v.element.children;
    const GumboNode *text = children->length > 0 ? children->data[0] : NULL;
    if (!text || dgm_html_is_element(text) ||
        !dgm_view_eq_nocase(dgm_html_attribute(node, "type"), DGM_VIEW("application/ld+json")))
        return;
    json_t *value = json_loads(text->v.text.text, JSON_ALLOW_NUL, NULL);
    take_json(f, value);
    json_decref(value);
}

/* ---- tags ----------------------------------------------------------------------------------- */

enum fact { TITLE, SOURCE, URL, DATE };

static void read_meta(finding *f, const GumboNode *node)
{
    static const struct {
        const char *name;
        enum fact fact;
        int from;
    } names[] = {
        { "og:title", TITLE, IN_ARTICLE_META },
        { "twitter:title", TITLE, IN_META },
        { "headline", TITLE, IN_META },
        { "dc.title", TITLE, IN_META },
        { "og:site_name", SOURCE, IN_ARTICLE_META },
        { "publisher", SOURCE, IN_META },
        { "dc.publisher", SOURCE, IN_META },
        { "application-name", SOURCE, IN_TIME },
        { "og:url", URL, IN_META },
        { "article:published_time", DATE, IN_ARTICLE_META },
        { "og:article:published_time", DATE, IN_ARTICLE_META },
        { "datepublished", DATE, IN_ARTICLE_META },
        { "article.published", DATE, IN_META },
        { "pubdate", DATE, IN_META },
        { "publishdate", DATE, IN_META },
        { "publish-date", DATE, IN_META },
        { "publication_date", DATE, IN_META },
        { "dc.date", DATE, IN_META },
        { "dc.date.issued", DATE, IN_META },
        { "dcterms.created", DATE, IN_META },
        { "dcterms.date", DATE, IN_META },
        { "parsely-pub-date", DATE, IN_META },
        { "sailthru.date", DATE, IN_META },
        { "date", DATE, IN_META },
    };
    static const char *const keys[] = { "property", "name", "itemprop" };
    dgm_view value = dgm_html_attribute(node, "content");
    for (size_t k = 0; k < DGM_LEN(keys); k++) {
        dgm_view key = dgm_html_attribute(node, keys[k]);
        for (size_t i = 0; key.n > 0 && i < DGM_LEN(names); i++) {
            if (!dgm_view_eq_nocase(key, dgm_view_of(names[i].name)))
                continue;
            if (names[i].fact == TITLE)
                set(&f->facts.title, &f->title_from, value, names[i].from);
            else if (names[i].fact == SOURCE)
                set(&f->facts.source, &f->source_from, value, names[i].from);
            else if (names[i].fact == URL)
                set_url(f, value, names[i].from);
            else
                set_date(f, value, names[i].from);
        }
    }
}

/* Days in <time>, in microdata, and in elements that are called after them. */
static void read_day(finding *f, const GumboNode *node)
{
    enum { LONGEST = 120 };
    static const char *const words[] = { "date",      "dateline", "pubdate", "published",
                                         "timestamp", "posted",   NULL };
    dgm_view item = dgm_html_attribute(node, "itemprop");
    bool time = node->v.element.tag == GUMBO_TAG_TIME;
    bool published = dgm_view_eq_nocase(item, DGM_VIEW("datePublished")) ||
                     gumbo_get_attribute(&node->v.element.attributes, "pubdate");
    if (f->date_from >= (published ? IN_ARTICLE_META
                         : time    ? IN_TIME
                                   : IN_WORDS) ||
        (!time && !published && !dgm_html_has_class(node, words)))
        return;
    dgm_view given = dgm_html_attribute(node, time ? "datetime" : "content");
    int from = published ? IN_ARTICLE_META : time ? IN_TIME : IN_WORDS;
    set_date(f, given, from);
    const GumboVector *children = &node->v.element.children;
    if (f->date_from < from && children->length > 0 && children->length < 8) {
        dgm_view text = dgm_html_text(f->arena, node);
        if (text.n <= LONGEST)
            set_date(f, text, from);
    }
}

static void read_element(finding *f, const GumboNode *node)
{
    switch (node->v.element.tag) {
    case GUMBO_TAG_SCRIPT:
        read_script(f, node);
        break;
    case GUMBO_TAG_META:
        read_meta(f, node);
        break;
    case GUMBO_TAG_LINK:
        if (dgm_view_eq_nocase(dgm_html_attribute(node, "rel"), DGM_VIEW("canonical")))
            set_url(f, dgm_html_attribute(node, "href"), IN_JSON);
        break;
    case GUMBO_TAG_TITLE:
        if (f->page_title.n == 0)
            f->page_title = dgm_html_text(f->arena, node);
        break;
    case GUMBO_TAG_H1:
        if (f->heading.n == 0)
            f->heading = dgm_html_text(f->arena, node);
        break;
    default:
        read_day(f, node);
        break;
    }
}

/* "War ends - The Agency" and "War ends | The Agency" without what names the site. */
static dgm_view without_site(dgm_view title, dgm_view source)
{
    static const char *const bars[] = { " | ", " - ", " \u2013 ", " \u2014 ", " :: " };
    size_t cut = SIZE_MAX;
    for (size_t i = 0; i < DGM_LEN(bars); i++) {
        dgm_view bar = dgm_view_of(bars[i]);
        for (size_t at = 0; at + bar.n < title.n; at++) {
            dgm_view after = dgm_view_slice(title, at + bar.n, title.n);
            bool site = dgm_view_eq_nocase(after, source) || (i == 0 && after.n * 2 < title.n);
            if (dgm_view_starts(dgm_view_slice(title, at, title.n), bar) && site)
                cut = DGM_MIN(cut, at);
        }
    }
    return cut == SIZE_MAX ? title : dgm_view_trim(dgm_view_slice(title, 0, cut));
}

dgm_html_facts dgm_html_facts_of(dgm_arena *arena, const GumboNode *root)
{
    finding f = { .arena = arena };
    for (dgm_html_walk walk = { .root = root }; dgm_html_next(&walk);) {
        if (dgm_html_is_element(walk.node) && !walk.leaving)
            read_element(&f, walk.node);
    }
    if (f.facts.title.n == 0)
        f.facts.title = f.heading.n > 0 ? f.heading : f.page_title;
    f.facts.title = without_site(f.facts.title, f.facts.source);
    if (!f.facts.date[0])
        dgm_day_in_url(f.facts.url, f.facts.date);
    return f.facts;
}
