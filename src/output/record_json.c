/* The native JSON of an event read back: what dgm_write_jsonl wrote, no more and no less. */
#include "output/record.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* Views are copied into the arena, since the tree of JSON goes before they do. `failed` is set by
 * what is missing or of another kind and judged once at the end. */
typedef struct {
    const dgm_types *types;
    dgm_arena *arena;
    const char *bad; /* key of the first member that is not as it should be */
    bool no_memory;
} reading;

static void blame(reading *r, const char *key)
{
    if (!r->bad)
        r->bad = key;
}

static dgm_view copy(reading *r, const json_t *string)
{
    dgm_view v = dgm_arena_copy(
        r->arena, (dgm_view) { json_string_value(string), json_string_length(string) });
    r->no_memory = r->no_memory || !v.p;
    return v;
}

/* null is an empty view. */
static dgm_view text(reading *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value))
        return copy(r, value);
    if (!json_is_null(value))
        blame(r, key);
    return (dgm_view) { "", 0 };
}

/* "2020-10-02", or nothing: formats that write the year alone cut it by bytes. */
static dgm_view day(reading *r, const json_t *object, const char *key)
{
    dgm_view out = text(r, object, key);
    if (out.n > 0 && !dgm_is_day(out))
        blame(r, key);
    return out;
}

/* The same of a member that stores written by earlier versions lack. */
static dgm_view text_if_told(reading *r, const json_t *object, const char *key)
{
    return json_object_get(object, key) ? text(r, object, key) : (dgm_view) { "", 0 };
}

static uint32_t count(reading *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    json_int_t n = json_integer_value(value);
    if (json_is_integer(value) && n >= 0 && n < UINT32_MAX)
        return (uint32_t)n;
    blame(r, key);
    return 0;
}

static double number(reading *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_number(value))
        return json_number_value(value);
    if (!json_is_null(value))
        blame(r, key);
    return NAN;
}

/* A name of a closed list; `names` ends where the function gives NULL or n is reached. */
#define CHOICE(r, object, key, type, n, name_of, out)                                              \
    do {                                                                                           \
        const char *word_ = json_string_value(json_object_get((object), (key)));                   \
        int i_ = 0;                                                                                \
        while (word_ && i_ < (n) && strcmp(name_of((type)i_), word_) != 0)                         \
            i_++;                                                                                  \
        if (!word_ || i_ == (n))                                                                   \
            blame((r), (key));                                                                     \
        else                                                                                       \
            *(out) = (type)i_;                                                                     \
    } while (0)

/* A list of the document's, its elements filled by `fill`. */
#define LIST(r, object, key, list, fill)                                                           \
    do {                                                                                           \
        const json_t *array_ = json_object_get((object), (key));                                   \
        if (!json_is_array(array_))                                                                \
            blame((r), (key));                                                                     \
        for (size_t i_ = 0; i_ < json_array_size(array_); i_++) {                                  \
            void *new_ = dgm_push((r)->arena, (list));                                             \
            if (new_)                                                                              \
                fill((r), json_array_get(array_, i_), &(list)->at[(list)->n - 1]);                 \
            else                                                                                   \
                (r)->no_memory = true;                                                             \
        }                                                                                          \
    } while (0)

static void read_name(reading *r, const json_t *value, dgm_view *out)
{
    if (json_is_string(value))
        *out = copy(r, value);
    else
        blame(r, "a list of names");
}

static void read_words(reading *r, const json_t *object, bool bytes, dgm_record_words *out)
{
    out->text = text(r, object, "text");
    out->begin = count(r, object, "begin");
    out->end = count(r, object, "end");
    out->begin_byte = bytes ? count(r, object, "begin_byte") : 0;
    out->end_byte = bytes ? count(r, object, "end_byte") : 0;
}

static void read_actor(reading *r, const json_t *object, dgm_record_actor *out)
{
    read_words(r, object, true, &out->words);
    out->code = text(r, object, "code");
    out->country = text(r, object, "country");
    out->sector = text(r, object, "sector");
    LIST(r, object, "other_sectors", &out->other_sectors, read_name);
    out->name = text(r, object, "name");
    out->id = text(r, object, "id");
    out->via = text(r, object, "via");
}

static void read_voice(reading *r, const json_t *object, dgm_record_voice *out)
{
    const json_t *speaker = json_object_get(object, "speaker");
    out->has_speaker = json_is_object(speaker);
    if (out->has_speaker)
        read_actor(r, speaker, &out->speaker);
    out->cue.text = text(r, object, "cue");
    out->cue.begin = count(r, object, "begin");
    out->cue.end = count(r, object, "end");
    CHOICE(r, object, "kind", dgm_attribution_kind, DGM_KIND_BELIEVE + 1, dgm_attribution_kind_name,
           &out->kind);
}

static void read_place(reading *r, const json_t *object, dgm_record_place *out)
{
    read_words(r, object, false, &out->words);
    out->name = text(r, object, "name");
    out->country = text(r, object, "country");
    out->admin1 = text(r, object, "admin1");
    out->lat = number(r, object, "lat");
    out->lon = number(r, object, "lon");
    out->geonames_id =
        json_is_null(json_object_get(object, "geonames_id")) ? 0 : count(r, object, "geonames_id");
    out->precision = text_if_told(r, object, "precision");
    out->basis = text_if_told(r, object, "basis");
}

static void read_sizes(reading *r, const json_t *object, dgm_record *out)
{
    const json_t *sizes = json_object_get(object, "size");
    for (int i = 0; i < DGM_N_SIZES; i++) {
        const json_t *size = json_object_get(sizes, dgm_size_name((dgm_size_kind)i));
        if (!json_is_object(size))
            continue;
        out->sizes[i].told = true;
        out->sizes[i].min = number(r, size, "min");
        out->sizes[i].max = number(r, size, "max");
        read_words(r, size, false, &out->sizes[i].words);
        out->sizes[i].currency = text_if_told(r, size, "currency");
    }
}

static void read_story(reading *r, const json_t *object, dgm_record *out)
{
    out->event_id = text(r, object, "event_id");
    out->story_id = text(r, object, "story_id");
    out->story_date = day(r, object, "story_date");
    out->story_title = text(r, object, "story_title");
    out->story_source = text(r, object, "story_source");
    out->story_url = text(r, object, "story_url");
    out->sentence = count(r, object, "sentence");
    out->text = text(r, object, "text");
}

static void read_what(reading *r, const json_t *object, dgm_record *out)
{
    out->event_date = day(r, object, "event_date");
    out->event_date_end = day(r, object, "event_date_end");
    out->date_basis = text(r, object, "date_basis");
    out->type = text(r, object, "event_type");
    out->like = dgm_like(dgm_type_of(r->types, out->type));
    if (out->type.n == 0 || out->type.n >= DGM_TYPE_NAME)
        blame(r, "event_type");
    out->mode = text(r, object, "event_mode");
    LIST(r, object, "contexts", &out->contexts, read_name);
    out->cameo = text(r, object, "cameo");
    out->quad = count(r, object, "quad");
    out->goldstein = number(r, object, "goldstein");
    out->intensity = number(r, object, "intensity");
    CHOICE(r, object, "polarity", dgm_polarity, DGM_NEGATED + 1, dgm_polarity_name, &out->polarity);
    CHOICE(r, object, "status", dgm_factual_status, DGM_HYPOTHETICAL + 1, dgm_factual_status_name,
           &out->status);
    out->historical = json_is_true(json_object_get(object, "historical"));
}

static void read_links(reading *r, const json_t *object, dgm_record *out)
{
    const json_t *condition = json_object_get(object, "condition");
    if (json_is_object(condition)) {
        read_words(r, condition, false, &out->condition);
        out->condition_event = text(r, condition, "event_id");
    }
    LIST(r, object, "actors", &out->actors, read_actor);
    LIST(r, object, "recipients", &out->recipients, read_actor);
    LIST(r, object, "attribution", &out->voices, read_voice);
    out->content_of = text(r, object, "content_of");
    LIST(r, object, "contradicts", &out->contradicts, read_name);
    LIST(r, object, "locations", &out->locations, read_place);
    read_sizes(r, object, out);
    read_words(r, json_object_get(object, "trigger"), true, &out->trigger);
    out->rule = text(r, object, "rule");
    const json_t *judge = json_object_get(object, "judge");
    out->judge = judge ? number(r, judge, "score") : NAN;
    out->rule_type = judge ? text(r, judge, "rule_type") : (dgm_view) { NULL, 0 };
    out->confidence = json_object_get(object, "confidence") ? number(r, object, "confidence") : NAN;
}

dgm_status dgm_record_read(dgm_view json, dgm_arena *arena, dgm_record *out, dgm_err *err)
{
    return dgm_record_read_as(&dgm_plover_types, json, arena, out, err);
}

dgm_status dgm_record_read_as(const dgm_types *types, dgm_view json, dgm_arena *arena,
                              dgm_record *out, dgm_err *err)
{
    json_error_t error;
    reading r = { .types = types, .arena = arena };
    dgm_record record = {
        .text_begin_byte = DGM_NONE, .n_mentions = 1, .n_articles = 1, .n_sources = 1
    };
    json_t *object = json_loadb(json.p, json.n, JSON_ALLOW_NUL, &error);
    if (!json_is_object(object)) {
        json_decref(object);
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "an event is not a JSON object: %s",
                        object ? "something else" : error.text);
    }
    read_story(&r, object, &record);
    read_what(&r, object, &record);
    read_links(&r, object, &record);
    json_decref(object);
    if (r.no_memory || dgm_arena_failed(arena))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for an event");
    if (r.bad)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "an event's '%s' is not as it should be", r.bad);
    *out = record;
    return DGM_OK;
}
