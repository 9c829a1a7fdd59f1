/* RSS 2.0 (and 0.9, 1.0) and Atom (RFC 4287): each item or entry is a story. Its text is the
 * fullest that the feed gives: content, else description or summary, else the title. */
#include "ingest/page.h"
#include "ingest/xml.h"

#include <stdlib.h>
#include <string.h>

static bool is_root(dgm_view root)
{
    return dgm_view_eq(root, DGM_VIEW("rss")) || dgm_view_eq(root, DGM_VIEW("feed")) ||
           dgm_view_eq(root, DGM_VIEW("RDF"));
}

static bool sniff(dgm_view first)
{
    return is_root(dgm_xml_root(first));
}

#ifdef DGM_HAVE_XML

/* The fields of an item. */
enum { TITLE, ID, URL, DATE, UPDATED, SUMMARY, CONTENT, N_FIELDS };

typedef struct {
    dgm_xml *xml;
    char source[200]; /* the feed's title */
    uint32_t n_items;
    bool begun; /* the root has been seen */
} feed;

/* Which field an element is; N_FIELDS: none. */
static uint32_t field_of(const dgm_xml_event *event)
{
    static const struct {
        const char *name;
        uint32_t field;
    } names[] = {
        { "title", TITLE },     { "guid", ID },         { "id", ID },
        { "link", URL },        { "pubDate", DATE },    { "date", DATE },
        { "published", DATE },  { "updated", UPDATED }, { "description", SUMMARY },
        { "summary", SUMMARY }, { "encoded", CONTENT }, { "content", CONTENT },
    };
    dgm_view name = event->name, space = event->space;
    if (dgm_view_find(space, DGM_VIEW("search.yahoo.com/mrss")) != SIZE_MAX ||
        dgm_view_find(space, DGM_VIEW("itunes")) != SIZE_MAX)
        return N_FIELDS; /* media:title, media:content: of a picture */
    for (size_t i = 0; i < DGM_LEN(names); i++) {
        if (dgm_view_eq(name, dgm_view_of(names[i].name)))
            return names[i].field;
    }
    return N_FIELDS;
}

static bool put(dgm_reader *r, const char *before, dgm_view v, const char *after)
{
    if (v.n + 8 > DGM_MAX_LINE - r->line.n) /* more than a story may have */
        return true;
    return dgm_bytes_put(&r->line, dgm_view_of(before)) && dgm_bytes_put(&r->line, v) &&
           dgm_bytes_put(&r->line, dgm_view_of(after));
}

/* Signs of XHTML's text are written as HTML has them. */
static bool put_escaped(dgm_reader *r, dgm_view text)
{
    dgm_view part;
    bool room = true;
    for (bool first = true; room && dgm_view_split(&text, '<', &part); first = false)
        room = put(r, first ? "" : "&lt;", part, "");
    return room;
}

/* The text in the element that has begun, up to its end, into r->line; what is deeper in it as
 * well, with its tags where it is XHTML. False: no memory. */
static bool read_text(dgm_reader *r, const feed *f, bool tags)
{
    bool room = true;
    r->line.n = 0;
    for (uint32_t depth = 1; room;) {
        const dgm_xml_event *event = dgm_xml_next(f->xml);
        if (event->kind == DGM_XML_DONE || (event->kind == DGM_XML_END_ELEMENT && --depth == 0))
            return true;
        if (event->kind == DGM_XML_TEXT) {
            room = tags ? put_escaped(r, event->text) : put(r, "", event->text, "");
            continue;
        }
        depth += event->kind == DGM_XML_BEGIN;
        if (tags)
            room = put(r, event->kind == DGM_XML_BEGIN ? "<" : "</", event->name, ">");
    }
    return room;
}

/* Atom's links are attributes; the one to the story has no `rel` or "alternate". All else is text.
 * False: no memory. */
static bool read_field(dgm_reader *r, const feed *f, const dgm_xml_event *event, dgm_arena *arena,
                       dgm_view fields[N_FIELDS])
{
    uint32_t field = field_of(event);
    size_t line = event->line;
    dgm_view value = { "", 0 }, rel = dgm_xml_attribute(event, "rel");
    if (field == URL && (rel.n == 0 || dgm_view_eq(rel, DGM_VIEW("alternate"))))
        value = dgm_clean(r, arena, dgm_xml_attribute(event, "href"), line);
    if (!read_text(r, f, dgm_view_eq(dgm_xml_attribute(event, "type"), DGM_VIEW("xhtml"))))
        return false;
    if (value.n == 0)
        value = dgm_clean(r, arena, dgm_view_trim((dgm_view) { r->line.p, r->line.n }), line);
    if (field < N_FIELDS && fields[field].n == 0)
        fields[field] = value;
    return true;
}

/* A feed grows at its front, so that an item that gives no id is not known by its place: its
 * address is its id, or a hash of its title and text. */
static void give_id(dgm_document *doc)
{
    if (doc->id.n == 0)
        doc->id = doc->url;
    if (doc->id.n > 0)
        return;
    uint64_t hash = dgm_hash(doc->title) * 31 + dgm_hash(doc->text);
    doc->id = dgm_arena_printf(doc->arena, "item-%016llx", (unsigned long long)hash);
}

static dgm_reading read_item(dgm_reader *r, feed *f, size_t line, dgm_arena *arena,
                             dgm_document *doc, dgm_err *err)
{
    dgm_view fields[N_FIELDS] = { { "", 0 } };
    const dgm_xml_event *event;
    f->n_items++;
    dgm_document_init(doc, arena);
    while ((event = dgm_xml_next(f->xml))->kind == DGM_XML_BEGIN || event->kind == DGM_XML_TEXT) {
        if (event->kind == DGM_XML_BEGIN && !read_field(r, f, event, arena, fields))
            return dgm_no_memory(r, line, err);
    }
    dgm_view date = fields[DATE].n > 0 ? fields[DATE] : fields[UPDATED];
    dgm_view body = fields[CONTENT].n > fields[SUMMARY].n ? fields[CONTENT] : fields[SUMMARY];
    doc->title = dgm_arena_copy(arena, dgm_text_of_html(r, arena, fields[TITLE]));
    doc->id = fields[ID];
    doc->url = fields[URL];
    doc->source = dgm_arena_copy(arena, dgm_view_of(f->source));
    doc->text = dgm_text_of_html(r, arena, body);
    dgm_name_story(r, doc->id);
    if (date.n > 0 && !dgm_story_day(r, date, doc->date))
        dgm_refuse(r, DGM_EFORMAT, line, "item %u: its date is not a day: \"%.*s\"", f->n_items,
                   (int)DGM_MIN(date.n, 40), date.p);
    if (dgm_view_trim(doc->text).n == 0) /* as feeds of headlines have it */
        doc->text = doc->title;
    give_id(doc);
    if (doc->text.n == 0 && body.n == 0)
        return dgm_refuse(r, DGM_EFORMAT, line, "item %u has no text", f->n_items);
    return dgm_finish_story(r, doc, line);
}

/* Up to the next item; the feed's own title is the source of all. */
static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    feed *f = r->state ? r->state : (r->state = calloc(1, sizeof(feed)));
    if (!f || (!f->xml && !(f->xml = dgm_xml_new(r))))
        return dgm_no_memory(r, 0, err);
    const dgm_xml_event *event;
    while ((event = dgm_xml_next(f->xml))->kind != DGM_XML_DONE) {
        if (event->kind != DGM_XML_BEGIN)
            continue;
        if (!f->begun && !is_root(event->name)) {
            dgm_refuse(r, DGM_EFORMAT, event->line, "this is no feed: it begins with <%.*s>",
                       (int)DGM_MIN(event->name.n, 40), event->name.p);
            return DGM_READ_END;
        }
        f->begun = true;
        if (dgm_view_eq(event->name, DGM_VIEW("item")) ||
            dgm_view_eq(event->name, DGM_VIEW("entry")))
            return read_item(r, f, event->line, arena, doc, err);
        if (dgm_view_eq(event->name, DGM_VIEW("title")) && !f->source[0]) {
            size_t line = event->line; /* the event lasts until the next one */
            if (!read_text(r, f, false))
                return dgm_no_memory(r, 0, err);
            dgm_view raw = dgm_view_trim((dgm_view) { r->line.p, r->line.n }),
                     title = dgm_clean(r, arena, raw, line);
            if (title.n < sizeof f->source)
                snprintf(f->source, sizeof f->source, "%.*s", DGM_FMT(title));
        }
    }
    return DGM_READ_END;
}

static void done(dgm_reader *r)
{
    feed *f = r->state;
    if (f)
        dgm_xml_free(f->xml);
    free(f);
}

const dgm_input_kind dgm_kind_feed = { .sniff = sniff, .next = next, .done = done };
#else
const dgm_input_kind dgm_kind_feed = { .sniff = sniff };
#endif
