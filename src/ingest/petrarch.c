/* PETRARCH's XML: elements <Sentence> or <Article> with the attributes date, id, source and
 * sentence, and <Text> in them; <Parse> is passed over. Sentences one after the other whose ids are
 * STORY_1, STORY_2 are one story, each a paragraph, so that who is meant is known across them. */
#include "ingest/xml.h"

#include <stdlib.h>
#include <string.h>

static bool is_record(dgm_view name)
{
    return dgm_view_eq_nocase(name, DGM_VIEW("Sentence")) ||
           dgm_view_eq_nocase(name, DGM_VIEW("Article")) ||
           dgm_view_eq_nocase(name, DGM_VIEW("Story"));
}

static bool sniff(dgm_view first)
{
    dgm_view root = dgm_xml_root(first);
    return is_record(root) || dgm_view_eq_nocase(root, DGM_VIEW("Sentences")) ||
           dgm_view_eq_nocase(root, DGM_VIEW("Articles")) ||
           dgm_view_eq_nocase(root, DGM_VIEW("Stories"));
}

#ifdef DGM_HAVE_XML

enum { LONGEST_ATTRIBUTE = 200 };

/* What a record says of its story. */
typedef struct {
    bool open;
    char id[LONGEST_ATTRIBUTE], date[40], source[LONGEST_ATTRIBUTE];
    size_t line;
} head;

typedef struct {
    dgm_xml *xml;
    head now, ahead;
    dgm_bytes text, text_ahead; /* of the story, and of the record that begins the next */
} records;

static void keep(const dgm_xml_event *event, const char *name, char *to, size_t room)
{
    dgm_view value = dgm_xml_attribute(event, name);
    snprintf(to, room, "%.*s", value.n < room ? (int)value.n : 0, value.p);
}

/* The record's own text without what its lines are broken by. False: no memory. */
static bool put_text(dgm_view text, dgm_bytes *out, bool *blank)
{
    for (size_t at = 0; at < text.n;) {
        size_t end = at;
        while (end < text.n && !dgm_is_space((unsigned char)text.p[end]))
            end++;
        if (end == at) {
            *blank = true;
            at++;
            continue;
        }
        if (*blank && out->n > 0 && !dgm_bytes_put(out, DGM_VIEW(" ")))
            return false;
        *blank = false;
        if (end - at > DGM_MAX_LINE - DGM_MIN(out->n, (size_t)DGM_MAX_LINE))
            return true; /* longer than a story may be: it will be refused as such */
        if (!dgm_bytes_put(out, dgm_view_slice(text, at, end)))
            return false;
        at = end;
    }
    return true;
}

/* One record into r->line; false: no memory. */
static bool read_record(dgm_reader *r, records *s)
{
    uint32_t in_text = 0;
    bool blank = false;
    r->line.n = 0;
    for (uint32_t depth = 1; depth > 0;) {
        const dgm_xml_event *event = dgm_xml_next(s->xml);
        if (event->kind == DGM_XML_DONE)
            break;
        if (event->kind == DGM_XML_BEGIN) {
            depth++;
            in_text += in_text > 0 || dgm_view_eq_nocase(event->name, DGM_VIEW("Text"));
        } else if (event->kind == DGM_XML_END_ELEMENT) {
            depth--;
            in_text -= in_text > 0;
        } else if (in_text > 0 && !put_text(event->text, &r->line, &blank)) {
            return false;
        }
    }
    return true;
}

/* "AFP0808020621_1" is of the story "AFP0808020621" where the record is a sentence. */
static void story_of(const dgm_xml_event *event, head *h)
{
    char *sign = strrchr(h->id, '_');
    uint64_t number;
    if (dgm_view_eq_nocase(dgm_xml_attribute(event, "sentence"), DGM_VIEW("true")) && sign &&
        sign > h->id && dgm_parse_u64(dgm_view_of(sign + 1), &number))
        *sign = '\0';
}

/* Up to the next record and through it, into ahead. */
static dgm_reading read_ahead(dgm_reader *r, records *s, dgm_err *err)
{
    const dgm_xml_event *event;
    while ((event = dgm_xml_next(s->xml))->kind != DGM_XML_DONE) {
        if (event->kind != DGM_XML_BEGIN || !is_record(event->name))
            continue;
        s->ahead = (head) { .open = true, .line = event->line };
        keep(event, "id", s->ahead.id, sizeof s->ahead.id);
        keep(event, "date", s->ahead.date, sizeof s->ahead.date);
        keep(event, "source", s->ahead.source, sizeof s->ahead.source);
        story_of(event, &s->ahead);
        s->text_ahead.n = 0;
        if (!read_record(r, s) ||
            !dgm_bytes_put(&s->text_ahead, (dgm_view) { r->line.p, r->line.n }))
            return dgm_no_memory(r, s->ahead.line, err);
        return DGM_READ_STORY;
    }
    s->ahead.open = false;
    return DGM_READ_END;
}

static bool is_same_story(const head *a, const head *b)
{
    return a->id[0] && strcmp(a->id, b->id) == 0 && strcmp(a->date, b->date) == 0;
}

/* The record that lies ahead joins the story; false: no memory. */
static bool join(records *s)
{
    dgm_view text = { s->text_ahead.p, s->text_ahead.n };
    if (!s->now.open)
        s->now = s->ahead;
    if (s->text.n > 0 && !dgm_bytes_put(&s->text, DGM_VIEW("\n\n")))
        return false;
    return s->text.n > DGM_MAX_STORY || dgm_bytes_put(&s->text, text);
}

static dgm_reading finish(dgm_reader *r, records *s, dgm_arena *arena, dgm_document *doc)
{
    dgm_document_init(doc, arena);
    doc->text = dgm_clean(r, arena, (dgm_view) { s->text.p, s->text.n }, s->now.line);
    doc->id = dgm_clean(r, arena, dgm_view_of(s->now.id), s->now.line);
    doc->source = dgm_clean(r, arena, dgm_view_of(s->now.source), s->now.line);
    dgm_name_story(r, doc->id);
    head done = s->now;
    s->now.open = false;
    s->text.n = 0;
    if (done.date[0] && !dgm_story_day(r, dgm_view_of(done.date), doc->date))
        return dgm_refuse_date(r, done.line, dgm_view_of(done.date));
    return dgm_finish_story(r, doc, done.line);
}

static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    records *s = r->state ? r->state : (r->state = calloc(1, sizeof(records)));
    if (!s || (!s->xml && !(s->xml = dgm_xml_new(r))))
        return dgm_no_memory(r, 0, err);
    for (;;) {
        if (!s->ahead.open && !r->ended) {
            dgm_reading reading = read_ahead(r, s, err);
            if (reading == DGM_READ_FAILED)
                return reading;
            r->ended = reading == DGM_READ_END;
        }
        if (r->ended || (s->now.open && !is_same_story(&s->now, &s->ahead)))
            return s->now.open ? finish(r, s, arena, doc) : DGM_READ_END;
        if (!join(s))
            return dgm_no_memory(r, s->now.line, err);
        s->ahead.open = false;
    }
}

static void done(dgm_reader *r)
{
    records *s = r->state;
    if (!s)
        return;
    dgm_xml_free(s->xml);
    free(s->text.p);
    free(s->text_ahead.p);
    free(s);
}

const dgm_input_kind dgm_kind_petrarch = { .sniff = sniff, .next = next, .done = done };
#else
const dgm_input_kind dgm_kind_petrarch = { .sniff = sniff };
#endif
