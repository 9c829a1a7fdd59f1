/* An object of JSON as a story: `text`, and `id`, `date`, `title`, `source`, `url`, or what
 * --columns calls them. */
#include "ingest/json.h"

#include <string.h>

bool dgm_json_string_of(dgm_reader *r, const json_t *object, const char *name, size_t line,
                        dgm_arena *arena, dgm_view *out)
{
    const json_t *value = json_object_get(object, name);
    if (!value || json_is_null(value))
        return true;
    if (!json_is_string(value)) {
        dgm_refuse(r, DGM_EFORMAT, line, "the story's `%.60s` is not a string; it is passed over",
                   name);
        return false;
    }
    dgm_view raw = { json_string_value(value), json_string_length(value) };
    *out = memchr(raw.p, 0, raw.n) ? dgm_clean(r, arena, raw, line) : dgm_arena_copy(arena, raw);
    return true;
}

/* What the object calls a field, NUL-terminated. */
static const char *member(const dgm_reader *r, dgm_field field, dgm_arena *arena)
{
    dgm_view name = dgm_arena_copy(arena, dgm_column_name(r->options.columns, field));
    return name.p ? name.p : "";
}

static bool string_field(dgm_reader *r, const json_t *story, dgm_field field, size_t line,
                         dgm_arena *arena, dgm_view *out)
{
    return dgm_json_string_of(r, story, member(r, field, arena), line, arena, out);
}

static bool id_field(dgm_reader *r, const json_t *story, size_t line, dgm_view id,
                     dgm_document *doc)
{
    const json_t *value = json_object_get(story, member(r, DGM_FIELD_ID, doc->arena));
    if (json_is_integer(value))
        doc->id = dgm_arena_printf(doc->arena, "%lld", (long long)json_integer_value(value));
    else if (!string_field(r, story, DGM_FIELD_ID, line, doc->arena, &doc->id))
        return false;
    if (doc->id.n == 0)
        doc->id = id;
    dgm_name_story(r, doc->id);
    return true;
}

/* "text, day, author": what was found, where what was looked for is not there. */
static void list_members(const json_t *story, char *list, size_t size)
{
    void *at = json_object_iter((json_t *)(uintptr_t)story);
    for (list[0] = '\0'; at; at = json_object_iter_next((json_t *)(uintptr_t)story, at))
        dgm_list_name(list, size, dgm_view_of(json_object_iter_key(at)));
}

/* What `read` wrote stays as it was, so that a story that is read again is the same one. */
static void date_basis(const json_t *story, dgm_document *doc)
{
    static const char *const known[] = { "input",    "file",    "option", "archive",
                                         "metadata", "address", "visible" };
    const char *basis = json_string_value(json_object_get(story, "date_basis"));
    for (size_t i = 0; basis && doc->date[0] && i < DGM_LEN(known); i++) {
        if (strcmp(basis, known[i]) == 0)
            doc->date_basis = dgm_view_of(known[i]);
    }
}

static bool date_field(dgm_reader *r, const json_t *story, size_t line, dgm_document *doc)
{
    char members[120];
    dgm_view date = { "", 0 };
    const char *name = member(r, DGM_FIELD_DATE, doc->arena);
    const json_t *value = json_object_get(story, name);
    if (json_is_integer(value))
        date = dgm_arena_printf(doc->arena, "%lld", (long long)json_integer_value(value));
    else if (!string_field(r, story, DGM_FIELD_DATE, line, doc->arena, &date))
        return false;
    if (date.n > 0 && !dgm_story_day(r, date, doc->date)) {
        dgm_refuse_date(r, line, date);
        return false;
    }
    date_basis(story, doc);
    if (value || dgm_has_default_date(r))
        return dgm_default_date(r, doc, line);
    list_members(story, members, sizeof members);
    dgm_refuse(r, DGM_EFORMAT, line,
               "the story has no `%.40s` and is passed over: its members are %s; --columns "
               "date=NAME says which one holds the day, or --date is the day of all",
               name, members);
    return false;
}

static bool text_field(dgm_reader *r, const json_t *story, size_t line, dgm_document *doc)
{
    char members[120];
    const char *name = member(r, DGM_FIELD_TEXT, doc->arena);
    if (json_object_get(story, name))
        return string_field(r, story, DGM_FIELD_TEXT, line, doc->arena, &doc->text);
    list_members(story, members, sizeof members);
    dgm_refuse(r, DGM_EFORMAT, line,
               "the story has no `%.40s` and is passed over: its members are %s; --columns "
               "text=NAME says which one holds the text",
               name, members[0] ? members : "none");
    return false;
}

json_t *dgm_parse_json(dgm_reader *r, size_t line, dgm_arena *arena)
{
    bool value = !r->kind->by_lines;
    const char *what = value ? "value" : "line";
    dgm_view raw = { r->line.p, r->line.n };
    if (dgm_view_starts(raw, DGM_VIEW("\xEF\xBB\xBF")))
        raw = dgm_view_slice(raw, 3, raw.n);
    dgm_view text = dgm_clean(r, arena, dgm_view_trim(raw), line);
    json_error_t error;
    json_t *story = json_loadb(text.p ? text.p : "", text.n,
                               JSON_ALLOW_NUL | (value ? JSON_DECODE_ANY : 0), &error);
    if (json_is_object(story))
        return story;
    if (story)
        dgm_refuse(r, DGM_EFORMAT, line, "the %s is JSON, but no object; it is passed over", what);
    else
        dgm_refuse(r, DGM_EFORMAT, line, "the %s is not JSON and is passed over: %s (byte %d)",
                   what, error.text, error.position);
    json_decref(story);
    return NULL;
}

dgm_reading dgm_read_json_story(dgm_reader *r, size_t line, dgm_view id, dgm_arena *arena,
                                dgm_document *doc)
{
    dgm_document_init(doc, arena);
    json_t *story = dgm_parse_json(r, line, arena);
    if (!story)
        return DGM_READ_NOTHING;
    bool good = id_field(r, story, line, id, doc) && text_field(r, story, line, doc) &&
                date_field(r, story, line, doc) &&
                string_field(r, story, DGM_FIELD_TITLE, line, arena, &doc->title) &&
                string_field(r, story, DGM_FIELD_SOURCE, line, arena, &doc->source) &&
                string_field(r, story, DGM_FIELD_URL, line, arena, &doc->url);
    json_decref(story);
    return good ? dgm_finish_story(r, doc, line) : DGM_READ_NOTHING;
}
