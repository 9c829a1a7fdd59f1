#include "ingest/xml.h"

#include <stdlib.h>
#include <string.h>

/* The end of what opens at the begin of v: a comment, an instruction, a document type. */
static size_t end_of_prolog_part(dgm_view v)
{
    size_t end, depth = 0;
    if (dgm_view_starts(v, DGM_VIEW("<!--"))) {
        end = dgm_view_find(v, DGM_VIEW("-->"));
        return end == SIZE_MAX ? end : end + 3;
    }
    if (dgm_view_starts(v, DGM_VIEW("<?"))) {
        end = dgm_view_find(v, DGM_VIEW("?>"));
        return end == SIZE_MAX ? end : end + 2;
    }
    for (end = 0; end < v.n; end++) {
        depth += v.p[end] == '[';
        depth -= v.p[end] == ']' && depth > 0;
        if (v.p[end] == '>' && depth == 0)
            return end + 1;
    }
    return SIZE_MAX;
}

/* A name that v begins with, without prefix. */
static dgm_view name_at(dgm_view v)
{
    size_t n = 0, begin = 0;
    for (; n < v.n && !dgm_is_space((unsigned char)v.p[n]) && !strchr("></[", v.p[n]); n++)
        begin = v.p[n] == ':' ? n + 1 : begin;
    return dgm_view_slice(v, begin, n);
}

/* A document type names its root, so that it need not be seen to its end. */
dgm_view dgm_xml_root(dgm_view first)
{
    dgm_view doctype = DGM_VIEW("<!DOCTYPE");
    while (dgm_view_starts(first, DGM_VIEW("<!")) || dgm_view_starts(first, DGM_VIEW("<?"))) {
        if (dgm_view_starts(first, doctype))
            return name_at(dgm_view_trim(dgm_view_slice(first, doctype.n, first.n)));
        size_t end = end_of_prolog_part(first);
        if (end == SIZE_MAX)
            return (dgm_view) { "", 0 };
        first = dgm_view_trim(dgm_view_slice(first, end, first.n));
    }
    if (first.n < 2 || first.p[0] != '<')
        return (dgm_view) { "", 0 };
    return name_at(dgm_view_slice(first, 1, first.n));
}

#ifdef DGM_HAVE_XML
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

enum {
    MOST_COMPLAINTS = 20,
    CHUNK = 16 << 10,
    MOST_ATTRIBUTES = 1024 /* of one element: libxml2 compares each with those before it */
};

/* libxml2 pushes events while it is fed a chunk; they wait here until they are asked for. */
struct dgm_xml {
    dgm_reader *r;
    xmlParserCtxtPtr parser;
    dgm_arena *arena; /* of the events that wait */
    DGM_ARRAY(dgm_xml_event) events;
    uint32_t i_event;
    uint32_t n_complaints, depth;
    uint32_t n_attributes; /* since the last '<', of the bytes before they are parsed */
    bool equals;           /* the last byte that is not blank was '=' */
    bool ended;
};

/* ---- what libxml2 calls --------------------------------------------------------------------- */

static dgm_view copy(dgm_xml *xml, const xmlChar *text, size_t n)
{
    return dgm_arena_copy(xml->arena, (dgm_view) { (const char *)text, text ? n : 0 });
}

static dgm_view copy_name(dgm_xml *xml, const xmlChar *name)
{
    return copy(xml, name, name ? strlen((const char *)name) : 0);
}

static dgm_xml_event *add(dgm_xml *xml, dgm_xml_kind kind)
{
    dgm_xml_event *event = dgm_push(xml->arena, &xml->events);
    if (!event)
        return NULL;
    int line = xmlSAX2GetLineNumber(xml->parser);
    *event = (dgm_xml_event) { .kind = kind, .line = line > 0 ? (size_t)line : 0 };
    return event;
}

/* What libxml2 has no limit of its own for. */
static void stop(dgm_xml *xml, const char *what, uint32_t most)
{
    if (xml->ended)
        return;
    int line = xmlSAX2GetLineNumber(xml->parser);
    xml->ended = true;
    xml->n_complaints = MOST_COMPLAINTS; /* what the parser says of its end is nothing new */
    dgm_refuse(xml->r, DGM_ELIMIT, line > 0 ? (size_t)line : 0,
               "more than %u %s; the file is not read further", most, what);
    xmlStopParser(xml->parser);
}

/* How many of the bytes come before an element, perhaps begun earlier, has too many attributes. */
static size_t before_too_many_attributes(dgm_xml *xml, dgm_view bytes)
{
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];
        if (c == '<')
            xml->n_attributes = 0;
        else if (xml->equals && (c == '"' || c == '\'') && ++xml->n_attributes > MOST_ATTRIBUTES)
            return i;
        xml->equals = c == '=' || (xml->equals && dgm_is_space((unsigned char)c));
    }
    return bytes.n;
}

/* The attributes are five pointers each: name, prefix, namespace, begin and end of the value. */
static void on_begin(void *context, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *space, int n_spaces, const xmlChar **spaces, int n,
                     int n_default, const xmlChar **attributes)
{
    dgm_xml *xml = context;
    (void)prefix, (void)n_spaces, (void)spaces, (void)n_default;
    if (xml->depth >= DGM_MAX_XML) {
        stop(xml, "elements are open in each other", DGM_MAX_XML);
        return;
    }
    xml->depth++;
    dgm_xml_event *event = add(xml, DGM_XML_BEGIN);
    if (!event)
        return;
    event->name = copy_name(xml, name);
    event->space = copy_name(xml, space);
    size_t size = 0;
    for (int i = 0; i < n; i++)
        size += strlen((const char *)attributes[5 * i]) + 2 +
                (size_t)(attributes[5 * i + 4] - attributes[5 * i + 3]);
    char *to = dgm_arena_alloc(xml->arena, size + 1, 1);
    event->attributes = (dgm_view) { to, to ? size : 0 };
    for (int i = 0; to && i < n; i++) {
        const xmlChar **a = &attributes[5 * i];
        size_t n_name = strlen((const char *)a[0]) + 1, n_value = (size_t)(a[4] - a[3]);
        memcpy(to, a[0], n_name);
        memcpy(to + n_name, a[3], n_value);
        to += n_name + n_value + 1;
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    dgm_xml *xml = context;
    xml->depth -= xml->depth > 0;
    dgm_xml_event *event = add(xml, DGM_XML_END_ELEMENT);
    (void)prefix, (void)space;
    if (event)
        event->name = copy_name(xml, name);
}

static void on_text(void *context, const xmlChar *text, int n)
{
    dgm_xml_event *event = add(context, DGM_XML_TEXT);
    if (event && n > 0)
        event->text = copy(context, text, (size_t)n);
}

/* Only these are known, declared or not: XML's own, and those of HTML that feeds use. */
static xmlEntityPtr on_entity(void *context, const xmlChar *name)
{
#define ENTITY(entity, content_)                                                                   \
    {                                                                                              \
        .type = XML_ENTITY_DECL, .name = (const xmlChar *)(entity),                                \
        .content = (xmlChar *)(content_), .length = sizeof(content_) - 1,                          \
        .etype = XML_INTERNAL_PREDEFINED_ENTITY                                                    \
    }
    static xmlEntity known[] = {
        ENTITY("nbsp", " "),        ENTITY("ndash", "\u2013"),  ENTITY("mdash", "\u2014"),
        ENTITY("lsquo", "\u2018"),  ENTITY("rsquo", "\u2019"),  ENTITY("ldquo", "\u201c"),
        ENTITY("rdquo", "\u201d"),  ENTITY("hellip", "\u2026"), ENTITY("eacute", "\u00e9"),
        ENTITY("egrave", "\u00e8"), ENTITY("uuml", "\u00fc"),   ENTITY("ouml", "\u00f6"),
        ENTITY("auml", "\u00e4"),   ENTITY("ccedil", "\u00e7"), ENTITY("ntilde", "\u00f1"),
        ENTITY("pound", "\u00a3"),  ENTITY("euro", "\u20ac"),   ENTITY("copy", "\u00a9"),
    };
#undef ENTITY
    (void)context;
    for (size_t i = 0; i < DGM_LEN(known); i++) {
        if (xmlStrEqual(known[i].name, name))
            return &known[i];
    }
    return xmlGetPredefinedEntity(name);
}

static void complain(void *context, xmlErrorPtr error)
{
    dgm_xml *xml = context;
    if (error->level == XML_ERR_WARNING || ++xml->n_complaints > MOST_COMPLAINTS)
        return;
    /* Its first line; what follows shows bytes, not text. */
    dgm_view rest = dgm_view_of(error->message), what;
    dgm_view_split(&rest, '\n', &what);
    dgm_refuse(xml->r, DGM_EFORMAT, error->line > 0 ? (size_t)error->line : 0,
               "this is not well-formed XML: %.*s", DGM_FMT(dgm_view_trim(what)));
}

/* ---- reading -------------------------------------------------------------------------------- */

/* Handlers that are not named are NULL: no tree is built, no entity is declared, nothing outside of
 * the document is asked for. */
dgm_xml *dgm_xml_new(dgm_reader *r)
{
    static const xmlSAXHandler handlers = { .initialized = XML_SAX2_MAGIC,
                                            .startElementNs = on_begin,
                                            .endElementNs = on_end,
                                            .characters = on_text,
                                            .ignorableWhitespace = on_text,
                                            .cdataBlock = on_text,
                                            .getEntity = on_entity,
                                            .serror = (xmlStructuredErrorFunc)complain };
    dgm_xml *xml = calloc(1, sizeof(*xml));
    if (!xml)
        return NULL;
    xmlSAXHandler copy_of = handlers;
    xml->r = r;
    xml->arena = dgm_arena_new();
    xml->parser = xmlCreatePushParserCtxt(&copy_of, xml, NULL, 0, NULL);
    if (!xml->arena || !xml->parser) {
        dgm_xml_free(xml);
        return NULL;
    }
    xmlCtxtUseOptions(xml->parser, XML_PARSE_RECOVER | XML_PARSE_NONET);
    return xml;
}

void dgm_xml_free(dgm_xml *xml)
{
    if (!xml)
        return;
    if (xml->parser) /* made for a document type with declarations, and never freed with its parser
                      */
        xmlFreeDoc(xml->parser->myDoc);
    xmlFreeParserCtxt(xml->parser);
    dgm_arena_free(xml->arena);
    free(xml);
}

/* Feeds the parser until an event comes; false: none will. Of events that came while there was no
 * memory something is missing. */
static bool more_events(dgm_xml *xml)
{
    dgm_reader *r = xml->r;
    dgm_arena_reset(xml->arena);
    xml->events.at = NULL;
    xml->events.n = xml->events.cap = xml->i_event = 0;
    while (xml->events.n == 0 && !xml->ended && !r->starved) {
        dgm_view bytes = dgm_source_bytes(r->source, CHUNK);
        xml->ended = bytes.n == 0;
        r->anything = r->anything || bytes.n > 0;
        size_t good = before_too_many_attributes(xml, bytes);
        xmlParseChunk(xml->parser, good > 0 ? bytes.p : "", (int)good, xml->ended);
        if (good < bytes.n)
            stop(xml, "attributes stand in one element", MOST_ATTRIBUTES);
        r->starved = dgm_arena_failed(xml->arena);
    }
    return xml->events.n > 0 && !r->starved;
}

const dgm_xml_event *dgm_xml_next(dgm_xml *xml)
{
    static const dgm_xml_event done = { .kind = DGM_XML_DONE };
    if (xml->i_event == xml->events.n && !more_events(xml))
        return &done;
    return &xml->events.at[xml->i_event++];
}

dgm_view dgm_xml_attribute(const dgm_xml_event *event, const char *name)
{
    dgm_view rest = event->attributes, key, value;
    while (rest.n > 0 && dgm_view_split(&rest, '\0', &key) && dgm_view_split(&rest, '\0', &value)) {
        if (dgm_view_eq(key, dgm_view_of(name)))
            return value;
    }
    return (dgm_view) { "", 0 };
}
#endif
