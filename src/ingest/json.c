/* JSON that is not a line a story: an array of objects, objects over several lines, and JSON Feed
 * (jsonfeed.org, 1.1), an object whose `items` are the stories. Values are cut out of the stream
 * by their brackets, one at a time, so that a file may be of any size; jansson parses each. */
#include "ingest/json.h"

#include "ingest/page.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    dgm_piece piece;
    size_t at;     /* in the piece */
    bool open;     /* there is a piece */
    size_t line;   /* of the byte that was taken last */
    bool feed;     /* JSON Feed: the values are members of one object until its items */
    bool in_items; /* of the feed */
    uint32_t n_values;
    uint32_t arrays;    /* how many are open around the values; not of a feed */
    size_t arrays_line; /* of the outermost */
    bool value_before;  /* a comma may follow */
    char source[200];   /* the feed's title */
} stream;

enum { NO_BYTE = -1 };

/* ---- bytes ---------------------------------------------------------------------------------- */

static int peek(dgm_reader *r, stream *s)
{
    while (!s->open || s->at == s->piece.text.n) {
        s->at = 0;
        s->open = dgm_source_piece(r->source, &s->piece);
        if (!s->open)
            return NO_BYTE;
    }
    s->line = s->piece.line;
    return (unsigned char)s->piece.text.p[s->at];
}

/* What stands between values. */
static int skip(dgm_reader *r, stream *s, const char *signs)
{
    int c;
    while ((c = peek(r, s)) != NO_BYTE &&
           (dgm_is_space((unsigned char)c) || (c != '\0' && strchr(signs, c))))
        s->at++;
    return c;
}

/* ---- values --------------------------------------------------------------------------------- */

typedef struct {
    bool quoted, escaped;
    uint32_t depth;
} nesting;

/* Whether the value ends with the byte c, or, for a bare word, before it. */
static bool ends_value(nesting *n, int c, bool *before)
{
    *before = false;
    if (n->quoted) {
        n->quoted = n->escaped || c != '"';
        n->escaped = !n->escaped && c == '\\';
        return !n->quoted && n->depth == 0;
    }
    if (n->depth == 0 && c != '{' && c != '[' && c != '"') {
        *before = c == ',' || c == ']' || c == '}' || c == ':' || dgm_is_space((unsigned char)c);
        return *before;
    }
    n->quoted = c == '"';
    n->depth += c == '{' || c == '[';
    n->depth -= c == '}' || c == ']';
    return n->depth == 0 && !n->quoted;
}

/* The next value whole into r->line. DGM_READ_NOTHING: it was too long, or does not end. */
static dgm_reading read_value(dgm_reader *r, stream *s, size_t *line, dgm_err *err)
{
    nesting n = { 0 };
    bool ended = false, before = false, too_long = false;
    int c;
    r->line.n = 0;
    (void)peek(r, s);
    *line = s->line;
    while (!ended && (c = peek(r, s)) != NO_BYTE) {
        ended = ends_value(&n, c, &before);
        if (ended && before)
            break;
        char byte = (char)c;
        too_long = too_long || r->line.n == DGM_MAX_LINE;
        if (!too_long && !dgm_bytes_put(&r->line, (dgm_view) { &byte, 1 }))
            return dgm_no_memory(r, *line, err);
        s->at++;
    }
    if (!ended && (n.depth > 0 || n.quoted)) {
        s->arrays = 0; /* nor do the lists around it, which goes without saying */
        return dgm_refuse(r, DGM_EFORMAT, *line,
                          "the input ends before the value that begins here does");
    }
    if (too_long)
        return dgm_refuse(r, DGM_ELIMIT, *line,
                          "the value is longer than %u bytes and is passed over", DGM_MAX_LINE);
    return DGM_READ_STORY;
}

/* ---- JSON Feed ------------------------------------------------------------------------------ */

/* Reads the feed's members up to its items. DGM_READ_STORY: they begin. */
static dgm_reading find_items(dgm_reader *r, stream *s, dgm_arena *arena, dgm_err *err)
{
    size_t line;
    int c = skip(r, s, "{,");
    if (c == NO_BYTE || c == '}')
        return DGM_READ_END;
    dgm_reading reading = read_value(r, s, &line, err);
    if (reading != DGM_READ_STORY)
        return reading;
    bool items = dgm_view_eq((dgm_view) { r->line.p, r->line.n }, DGM_VIEW("\"items\"")),
         title = dgm_view_eq((dgm_view) { r->line.p, r->line.n }, DGM_VIEW("\"title\""));
    c = skip(r, s, ":");
    if (items && c == '[') {
        s->at++;
        s->in_items = true;
        return DGM_READ_STORY;
    }
    if (c == NO_BYTE || c == ',' || c == '}' || c == ']') {
        s->at += c != NO_BYTE;
        return dgm_refuse(r, DGM_EFORMAT, line, "a member of the feed has no value");
    }
    reading = read_value(r, s, &line, err);
    if (reading != DGM_READ_STORY || !title)
        return reading == DGM_READ_STORY ? DGM_READ_NOTHING : reading;
    dgm_view raw = dgm_clean(r, arena, (dgm_view) { r->line.p, r->line.n }, line);
    json_t *value = json_loadb(raw.p ? raw.p : "", raw.n, JSON_DECODE_ANY, NULL);
    if (json_is_string(value) && json_string_length(value) < sizeof s->source)
        snprintf(s->source, sizeof s->source, "%s", json_string_value(value));
    json_decref(value);
    return DGM_READ_NOTHING;
}

static dgm_reading finish_item(dgm_reader *r, const stream *s, const json_t *item, size_t line,
                               dgm_arena *arena, dgm_document *doc)
{
    static const char *const names[] = {
        "id",           "url",     "title",          "content_html",
        "content_text", "summary", "date_published", "date_modified"
    };
    enum { ID, URL, TITLE, HTML, TEXT, SUMMARY, PUBLISHED, MODIFIED, N };
    dgm_view v[N] = { { "", 0 } };
    if (json_is_integer(json_object_get(item, "id")))
        v[ID] = dgm_arena_printf(arena, "%lld",
                                 (long long)json_integer_value(json_object_get(item, "id")));
    for (size_t i = v[ID].n > 0 ? 1 : 0; i < N; i++) {
        if (!dgm_json_string_of(r, item, names[i], line, arena, &v[i]))
            return DGM_READ_NOTHING;
    }
    dgm_view html = v[HTML].n > 0 ? dgm_text_of_html(r, arena, v[HTML]) : v[HTML];
    doc->text = html.n > 0         ? html
                : v[TEXT].n > 0    ? v[TEXT]
                : v[SUMMARY].n > 0 ? v[SUMMARY]
                                   : v[TITLE];
    doc->id = v[ID];
    doc->url = v[URL];
    doc->title = v[TITLE];
    doc->source = dgm_arena_copy(arena, dgm_view_of(s->source));
    dgm_name_story(r, doc->id);
    dgm_view date = v[PUBLISHED].n > 0 ? v[PUBLISHED] : v[MODIFIED];
    if (date.n > 0 && !dgm_story_day(r, date, doc->date))
        return dgm_refuse_date(r, line, date);
    return dgm_finish_story(r, doc, line);
}

/* ---- stories -------------------------------------------------------------------------------- */

static dgm_reading read_item(dgm_reader *r, stream *s, size_t line, dgm_arena *arena,
                             dgm_document *doc)
{
    dgm_document_init(doc, arena);
    json_t *item = dgm_parse_json(r, line, arena);
    dgm_reading reading = DGM_READ_NOTHING;
    if (item)
        reading = finish_item(r, s, item, line, arena, doc);
    json_decref(item);
    return reading;
}

static bool is_feed(dgm_view first)
{
    return first.n > 0 && first.p[0] == '{' &&
           dgm_view_find(first, DGM_VIEW("jsonfeed.org/version/")) != SIZE_MAX;
}

static dgm_reading begin(dgm_reader *r, dgm_err *err)
{
    dgm_view first = dgm_source_peek(r->source);
    stream *s = r->state = calloc(1, sizeof(stream));
    if (!s)
        return dgm_no_memory(r, 0, err);
    bool mark = dgm_view_starts(first, DGM_VIEW("\xEF\xBB\xBF"));
    r->anything = first.n > 0;
    s->feed = is_feed(dgm_view_trim(dgm_view_slice(first, mark ? 3 : 0, first.n)));
    if (mark && peek(r, s) != NO_BYTE) /* from here on the first bytes are no longer there */
        s->at = DGM_MIN(s->piece.text.n, (size_t)3);
    return DGM_READ_STORY;
}

/* Goes to the next value, in and out of arrays; a comma where there should be a value stops it. */
static int next_value(dgm_reader *r, stream *s)
{
    int c;
    while ((c = skip(r, s, "")) == '[' || (c == ']' && s->arrays > 0) ||
           (c == ',' && s->value_before)) {
        if (c == '[' && s->arrays++ == 0)
            s->arrays_line = s->line;
        s->arrays -= c == ']';
        s->value_before = c == ']';
        s->at++;
    }
    s->value_before = c != ',';
    return c;
}

static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    size_t line;
    if (!r->state && begin(r, err) != DGM_READ_STORY)
        return DGM_READ_FAILED;
    stream *s = r->state;
    if (s->feed && !s->in_items) {
        dgm_reading reading = find_items(r, s, arena, err);
        if (reading != DGM_READ_STORY)
            return reading;
    }
    int c = s->feed ? skip(r, s, ",") : next_value(r, s);
    if (c == NO_BYTE && s->arrays > 0) {
        s->arrays = 0;
        return dgm_refuse(r, DGM_EFORMAT, s->arrays_line,
                          "the input ends before the list that begins here does; what came before "
                          "is read");
    }
    if (c == NO_BYTE)
        return DGM_READ_END;
    if (c == ',' && !s->feed) {
        s->at++;
        return dgm_refuse(r, DGM_EFORMAT, s->line, "no value stands before a comma");
    }
    if (c == ']' || c == '}' || c == ':') { /* the feed's items end, or a sign that opens nothing */
        s->at++;
        s->in_items = false;
        return s->feed ? DGM_READ_NOTHING
                       : dgm_refuse(r, DGM_EFORMAT, s->line, "no value begins with '%c'", c);
    }
    dgm_reading reading = read_value(r, s, &line, err);
    if (reading != DGM_READ_STORY)
        return reading;
    s->n_values++;
    return s->feed ? read_item(r, s, line, arena, doc)
                   : dgm_read_json_story(r, line,
                                         dgm_arena_printf(arena, "%s-%u", r->stem, s->n_values),
                                         arena, doc);
}

static void done(dgm_reader *r)
{
    free(r->state);
}

/* An array of objects; a feed; an object whose first line is its bracket. */
static bool sniff(dgm_view first)
{
    dgm_view rest = first, line;
    if (first.n == 0 || (first.p[0] != '[' && first.p[0] != '{'))
        return false;
    dgm_view inside = dgm_view_trim(dgm_view_slice(first, 1, first.n));
    if (first.p[0] == '[')
        return inside.n > 0 && (inside.p[0] == '{' || inside.p[0] == ']');
    return is_feed(first) || (dgm_view_split(&rest, '\n', &line) && dgm_view_trim(line).n == 1 &&
                              inside.n > 0 && inside.p[0] == '"');
}

const dgm_input_kind dgm_kind_json = { .sniff = sniff, .next = next, .done = done };
