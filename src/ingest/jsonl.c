/* JSON Lines: one object a story with `text`, and `id`, `date`, `title`, `source`, `url`. */
#include "ingest/reader.h"

#include <jansson.h>
#include <string.h>

/* A field that must be a string where it is there and not null. */
static bool string_field(dgm_reader *r, const json_t *story, const char *name, size_t line,
                         dgm_arena *arena, dgm_view *out)
{
    const json_t *value = json_object_get(story, name);
    if (!value || json_is_null(value))
        return true;
    if (!json_is_string(value)) {
        dgm_refuse(r, DGM_EFORMAT, line, "the story's `%s` is not a string; it is passed over",
                   name);
        return false;
    }
    dgm_view raw = { json_string_value(value), json_string_length(value) };
    *out = memchr(raw.p, 0, raw.n) ? dgm_clean(r, arena, raw, line) : dgm_arena_copy(arena, raw);
    return true;
}

static bool id_field(dgm_reader *r, const json_t *story, size_t line, dgm_document *doc)
{
    const json_t *value = json_object_get(story, "id");
    if (json_is_integer(value))
        doc->id = dgm_arena_printf(doc->arena, "%lld", (long long)json_integer_value(value));
    else if (!string_field(r, story, "id", line, doc->arena, &doc->id))
        return false;
    if (doc->id.n == 0)
        doc->id = dgm_arena_printf(doc->arena, "%s-%zu", r->stem, line);
    return true;
}

static bool date_field(dgm_reader *r, const json_t *story, size_t line, dgm_document *doc)
{
    dgm_view date = { "", 0 };
    const json_t *value = json_object_get(story, "date");
    if (json_is_integer(value))
        date = dgm_arena_printf(doc->arena, "%lld", (long long)json_integer_value(value));
    else if (!string_field(r, story, "date", line, doc->arena, &date))
        return false;
    if (date.n > 0 && !dgm_read_day(date, doc->date)) {
        dgm_refuse(r, DGM_EFORMAT, line,
                   "the story's date is no day as YYYY-MM-DD: \"%.40s\"; it is passed over",
                   date.p);
        return false;
    }
    return dgm_default_date(r, doc, line);
}

static bool fill(dgm_reader *r, const json_t *story, size_t line, dgm_document *doc)
{
    if (!json_is_object(story)) {
        dgm_refuse(r, DGM_EFORMAT, line, "the line is JSON, but no object; it is passed over");
        return false;
    }
    if (!id_field(r, story, line, doc) || !date_field(r, story, line, doc) ||
        !string_field(r, story, "title", line, doc->arena, &doc->title) ||
        !string_field(r, story, "source", line, doc->arena, &doc->source) ||
        !string_field(r, story, "url", line, doc->arena, &doc->url) ||
        !string_field(r, story, "text", line, doc->arena, &doc->text))
        return false;
    return true;
}

/* Bad bytes are mended before the line is parsed, so that the rest of the story can be read. */
static dgm_reading parse(dgm_reader *r, dgm_arena *arena, size_t line, dgm_document *doc)
{
    dgm_document_init(doc, arena);
    dgm_view raw = { r->line.p, r->line.n };
    if (dgm_view_starts(raw, DGM_VIEW("\xEF\xBB\xBF")))
        raw = dgm_view_slice(raw, 3, raw.n);
    dgm_view text = dgm_clean(r, arena, dgm_view_trim(raw), line);
    json_error_t error;
    json_t *story = json_loadb(text.p ? text.p : "", text.n, JSON_ALLOW_NUL, &error);
    if (!story)
        return dgm_refuse(r, DGM_EFORMAT, line,
                          "the line is not JSON and is passed over: %s (byte %d)", error.text,
                          error.position);
    bool good = fill(r, story, line, doc);
    json_decref(story);
    return good ? dgm_finish_story(r, doc, line) : DGM_READ_NOTHING;
}

static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    size_t line = 0;
    dgm_reading reading = dgm_read_line(r, &line, err);
    if (reading != DGM_READ_STORY || dgm_view_trim((dgm_view) { r->line.p, r->line.n }).n == 0)
        return reading == DGM_READ_STORY ? DGM_READ_NOTHING : reading;
    r->anything = true;
    return parse(r, arena, line, doc);
}

static bool sniff(dgm_view first)
{
    return first.n > 0 && first.p[0] == '{';
}

const dgm_input_kind dgm_kind_jsonl = { .sniff = sniff, .next = next };
