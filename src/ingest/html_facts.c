#include "ingest/html_facts.h"

#include "ingest/html_article.h"
#include "ingest/html_element.h"
#include "ingest/reader.h"

#include <jansson.h>
#include <string.h>

/* Where a fact was found, from the surest on; a less sure one never replaces a surer one. */
enum {
    NOWHERE,
    IN_WORDS,       /* of elements that are called after dates */
    IN_WORDS_BELOW, /* of those below the page's heading */
    IN_TIME,
    SHOWN, /* beside the story, in no element of its own */
    IN_TIME_BELOW,
    IN_ADDRESS,
    IN_META,
    IN_ARTICLE_META,
    IN_JSON
};

typedef struct {
    dgm_arena *arena;
    dgm_html_facts facts;
    int date_from, title_from, source_from, url_from;
    dgm_view page_title, heading; /* <title>, the first <h1> */
    dgm_view section;             /* of the site that the article is in */
    const char *latest;           /* no day after this is believed; empty: any is */
} finding;

static void set(dgm_view *field, int *from, dgm_view value, int source)
{
    value = dgm_view_trim(value);
    if (value.n == 0 || source <= *from)
        return;
    *field = value;
    *from = source;
}

/* Systems write 0001-01-01 and 1970-01-01 where they know no date, and days to come by mistake. */
static bool is_believed(const finding *f, const char *day, int source)
{
    bool nothing = source >= IN_META && strcmp(day, "1970-01-01") == 0;
    return strcmp(day, "1800") > 0 && !nothing && (!f->latest[0] || strcmp(day, f->latest) <= 0);
}

static void take_date(finding *f, const char day[11], int source)
{
    if (source <= f->date_from || !is_believed(f, day, source))
        return;
    memcpy(f->facts.date, day, 11);
    f->date_from = source;
    f->facts.date_basis = source > IN_ADDRESS    ? DGM_VIEW("metadata")
                          : source == IN_ADDRESS ? DGM_VIEW("address")
                                                 : DGM_VIEW("visible");
}

static void set_date(finding *f, dgm_view value, int source)
{
    char day[11];
    if (source > f->date_from && dgm_find_day(value, day))
        take_date(f, day, source);
}

static void set_date_of_url(finding *f, dgm_view url)
{
    char day[11];
    if (dgm_day_in_url(url, day))
        take_date(f, day, IN_ADDRESS);
}

static void set_url(finding *f, dgm_view value, int source)
{
    if (dgm_view_eq_nocase(dgm_view_slice(value, 0, 4), DGM_VIEW("http")))
        set(&f->facts.url, &f->url_from, value, source);
}

/* ---- the outlet's name ---------------------------------------------------------------------- */

static bool is_section(const finding *f, dgm_view name)
{
    static const char *const sections[] = {
        "article",    "articles", "blog",   "blogger",     "business", "home",      "homepage",
        "index",      "local",    "main",   "latest news", "national", "news",      "opinion",
        "politics",   "sport",    "sports", "top stories", "website",  "world",     "world news",
        "local news", "u.s.",     "us",     "uk",          "europe",   "wordpress",
    };
    for (size_t i = 0; i < DGM_LEN(sections); i++) {
        if (dgm_view_eq_nocase(name, dgm_view_of(sections[i])))
            return true;
    }
    return f->section.n > 0 && dgm_view_eq_nocase(name, f->section);
}

/* "The Gazette | Latest news from Town" -> "The Gazette". */
static dgm_view without_slogan(dgm_view name)
{
    static const char *const bars[] = { " | ", " \u2022 ", " :: ", " \u2013 ", " \u2014 ", " - " };
    enum { LONG = 32 }; /* bytes of a name that is left as it is for all but " | " */
    for (size_t i = 0; i < DGM_LEN(bars); i++) {
        size_t at = dgm_view_find(name, dgm_view_of(bars[i]));
        if (at != SIZE_MAX && at > 0 && (i == 0 || name.n > LONG))
            return dgm_view_trim(dgm_view_slice(name, 0, at));
    }
    return name;
}

/* An outlet's name; empty: what stands there is none, but an address, the id of an object, a name
 * on a network, a section of the site, or far too much. */
static dgm_view name_of_outlet(const finding *f, dgm_view name)
{
    enum { LONGEST = 80 };
    name = without_slogan(dgm_view_trim(name));
    bool good = name.n > 0 && name.n <= LONGEST && !strchr("#/@", name.p[0]) &&
                dgm_view_find(name, DGM_VIEW("://")) == SIZE_MAX &&
                dgm_view_find(name, DGM_VIEW("/#")) == SIZE_MAX && !is_section(f, name);
    return good ? name : (dgm_view) { "", 0 };
}

static void set_source(finding *f, dgm_view name, int source)
{
    set(&f->facts.source, &f->source_from, name_of_outlet(f, name), source);
}

/* ---- JSON-LD -------------------------------------------------------------------------------- */

/* The string that is meant: the first of a list; of an object its name. */
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

/* The object of the @graph that a reference {"@id": ...} means, or the value itself. */
static const json_t *resolved(const json_t *value, const json_t *graph)
{
    size_t i;
    const json_t *item;
    if (json_is_array(value))
        value = json_array_get(value, 0);
    const char *id = json_string_value(json_object_get(value, "@id"));
    if (!id || json_object_get(value, "name"))
        return value;
    json_array_foreach(graph, i, item)
    {
        const char *other = json_string_value(json_object_get(item, "@id"));
        if (other && strcmp(id, other) == 0)
            return item;
    }
    return value;
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

static void take_article(finding *f, const json_t *article, const json_t *graph)
{
    if (f->section.n == 0)
        f->section = string_of(f, json_object_get(article, "articleSection"));
    set(&f->facts.title, &f->title_from, string_of(f, json_object_get(article, "headline")),
        IN_JSON);
    const json_t *publisher = resolved(json_object_get(article, "publisher"), graph);
    set_source(f, string_of(f, publisher), IN_JSON);
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
        take_article(f, value, NULL);
        return;
    }
    json_array_foreach(graph ? graph : value, i, item)
    {
        if (is_article(item)) {
            take_article(f, item, graph ? graph : value);
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

enum fact { TITLE, SOURCE, SECTION, URL, DATE };

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
        { "article:section", SECTION, IN_META },
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
                set_source(f, value, names[i].from);
            else if (names[i].fact == SECTION)
                f->section = value;
            else if (names[i].fact == URL)
                set_url(f, value, names[i].from);
            else
                set_date(f, value, names[i].from);
        }
    }
}

/* How sure the day in an element is; NOWHERE: none is to be looked for. */
static int day_in(const finding *f, const GumboNode *node)
{
    static const char *const words[] = { "date",      "dateline", "pubdate", "published",
                                         "timestamp", "posted",   NULL };
    dgm_view item = dgm_html_attribute(node, "itemprop");
    bool below = f->heading.n > 0;
    if (dgm_view_eq_nocase(item, DGM_VIEW("datePublished")) ||
        gumbo_get_attribute(&node->v.element.attributes, "pubdate"))
        return IN_ARTICLE_META;
    if (node->v.element.tag == GUMBO_TAG_TIME)
        return below ? IN_TIME_BELOW : IN_TIME;
    if (!dgm_html_has_class(node, words))
        return NOWHERE;
    return below ? IN_WORDS_BELOW : IN_WORDS;
}

/* Days in <time>, in microdata, and in elements that are called after them. */
static void read_day(finding *f, const GumboNode *node)
{
    enum { LONGEST = 120 };
    if (f->date_from >= IN_ARTICLE_META)
        return;
    int from = day_in(f, node);
    if (from <= f->date_from)
        return;
    bool time = node->v.element.tag == GUMBO_TAG_TIME;
    set_date(f, dgm_html_attribute(node, time ? "datetime" : "content"), from);
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

dgm_html_facts dgm_html_facts_of(dgm_arena *arena, const GumboNode *root, dgm_view url,
                                 const char *latest)
{
    finding f = { .arena = arena, .latest = latest };
    for (dgm_html_walk walk = { .root = root }; dgm_html_next(&walk);) {
        if (dgm_html_is_element(walk.node) && !walk.leaving)
            read_element(&f, walk.node);
    }
    if (f.facts.title.n == 0)
        f.facts.title = f.heading.n > 0 ? f.heading : f.page_title;
    f.facts.title = without_site(f.facts.title, f.facts.source);
    if (dgm_view_eq_nocase(f.facts.source, f.facts.title))
        f.facts.source = (dgm_view) { "", 0 };
    set_date_of_url(&f, f.facts.url);
    set_date_of_url(&f, url);
    char day[11];
    if (f.date_from < SHOWN && dgm_html_visible_day(arena, root, day))
        take_date(&f, day, SHOWN);
    return f.facts;
}
