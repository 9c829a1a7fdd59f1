/* The native format: one JSON object an event, keys always in the same order. docs/formats/
 * events.md describes every one. */
#include "output/writers.h"

#include <math.h>

/* ---- JSON ----------------------------------------------------------------------------------- */

void dgm_json_string(dgm_view v, dgm_buffer *out)
{
    size_t plain = 0;
    dgm_buffer_put(out, DGM_VIEW("\""));
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c >= ' ' && c != '"' && c != '\\' && c != 0x7F)
            continue;
        dgm_buffer_put(out, dgm_view_slice(v, plain, i));
        plain = i + 1;
        if (c == '"' || c == '\\')
            dgm_buffer_printf(out, "\\%c", c);
        else if (c == '\n')
            dgm_buffer_put(out, DGM_VIEW("\\n"));
        else if (c == '\t')
            dgm_buffer_put(out, DGM_VIEW("\\t"));
        else
            dgm_buffer_printf(out, "\\u%04x", c);
    }
    dgm_buffer_put(out, dgm_view_slice(v, plain, v.n));
    dgm_buffer_put(out, DGM_VIEW("\""));
}

static void key(dgm_buffer *out, const char *name)
{
    dgm_buffer_printf(out, ",\"%s\":", name);
}

/* Empty text is null. */
static void text_member(dgm_buffer *out, const char *name, dgm_view value)
{
    key(out, name);
    if (value.n == 0)
        dgm_buffer_put(out, DGM_VIEW("null"));
    else
        dgm_json_string(value, out);
}

static void number_member(dgm_buffer *out, const char *name, double value)
{
    key(out, name);
    if (isnan(value))
        dgm_buffer_put(out, DGM_VIEW("null"));
    else
        dgm_buffer_number(out, value);
}

static void event_member(const dgm_record *record, const char *name, uint32_t i_event,
                         dgm_buffer *out)
{
    bool shown = dgm_event_is_shown(record->doc, i_event);
    text_member(out, name, dgm_view_of(shown ? record->ids[i_event].text : NULL));
}

/* ---- the record ----------------------------------------------------------------------------- */

static void put_sectors(const dgm_entity *entity, dgm_buffer *out)
{
    key(out, "other_sectors");
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < entity->n_others; i++)
        dgm_buffer_printf(out, "%s\"%s\"", i ? "," : "", entity->others[i]);
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_words(const dgm_document *doc, const dgm_span *span, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("{\"text\":"));
    dgm_json_string(dgm_span_text(doc, *span), out);
    dgm_buffer_printf(out, ",\"begin\":%u,\"end\":%u", span->begin, span->end);
}

static void put_words_and_bytes(const dgm_document *doc, const dgm_span *span, dgm_buffer *out)
{
    put_words(doc, span, out);
    dgm_buffer_printf(out, ",\"begin_byte\":%u,\"end_byte\":%u", span->begin_byte, span->end_byte);
}

/* An actor object; nothing but its words is known where entity is NULL. */
static void put_actor(const dgm_document *doc, const dgm_span *span, const dgm_entity *entity,
                      const char *via, dgm_buffer *out)
{
    static const dgm_entity nobody = { .country = "" };
    const dgm_entity *e = entity ? entity : &nobody;
    dgm_actor_code code = dgm_actor_code_of(e);
    put_words_and_bytes(doc, span, out);
    text_member(out, "code", dgm_view_of(code.text));
    text_member(out, "country", dgm_view_of(e->country));
    text_member(out, "sector", dgm_view_of(e->sector));
    put_sectors(e, out);
    text_member(out, "name", e->name);
    text_member(out, "id", e->id);
    text_member(out, "via", dgm_view_of(via));
    dgm_buffer_put(out, DGM_VIEW("}"));
}

static void put_participants(const dgm_document *doc, const char *name, const dgm_participant *at,
                             uint32_t n, dgm_buffer *out)
{
    key(out, name);
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < n; i++) {
        const dgm_mention *mention = &doc->mentions.at[at[i].mention];
        if (i > 0)
            dgm_buffer_put(out, DGM_VIEW(","));
        put_actor(doc, &mention->span, &doc->entities.at[at[i].entity], dgm_via_name(mention->via),
                  out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_contexts(const dgm_record *record, dgm_buffer *out)
{
    const char *separator = "";
    key(out, "contexts");
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < dgm_record_n_contexts(record); i++) {
        if (!(record->event->contexts >> i & 1))
            continue;
        dgm_buffer_printf(out, "%s\"%.*s\"", separator,
                          DGM_FMT(dgm_context_name(record->events, i)));
        separator = ",";
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_condition(const dgm_record *record, dgm_buffer *out)
{
    key(out, "condition");
    if (record->event->condition.first == 0) {
        dgm_buffer_put(out, DGM_VIEW("null"));
        return;
    }
    put_words(record->doc, &record->event->condition, out);
    event_member(record, "event_id", record->event->condition_event, out);
    dgm_buffer_put(out, DGM_VIEW("}"));
}

void dgm_json_speaker(const dgm_document *doc, const dgm_attribution *a, dgm_buffer *out)
{
    if (a->source.first == 0) {
        dgm_buffer_put(out, DGM_VIEW("null"));
        return;
    }
    bool known = a->speaker_mention != DGM_NONE;
    put_actor(doc, &a->source,
              a->speaker_entity == DGM_NONE ? NULL : &doc->entities.at[a->speaker_entity],
              known ? dgm_via_name(doc->mentions.at[a->speaker_mention].via) : NULL, out);
}

static void put_attribution(const dgm_document *doc, const dgm_attribution *a, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("{\"speaker\":"));
    dgm_json_speaker(doc, a, out);
    text_member(out, "cue", dgm_span_text(doc, a->cue));
    dgm_buffer_printf(out, ",\"begin\":%u,\"end\":%u,\"kind\":\"%s\"}", a->cue.begin, a->cue.end,
                      dgm_attribution_kind_name(a->kind));
}

static void put_attributions(const dgm_record *record, dgm_buffer *out)
{
    const dgm_event *event = record->event;
    key(out, "attribution");
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < event->attributions.n; i++) {
        if (i > 0)
            dgm_buffer_put(out, DGM_VIEW(","));
        put_attribution(record->doc, &record->doc->attributions_found.at[event->attributions.at[i]],
                        out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_contradictions(const dgm_record *record, dgm_buffer *out)
{
    const dgm_event *event = record->event;
    const char *separator = "";
    key(out, "contradicts");
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < event->contradicts.n; i++) {
        uint32_t other = event->contradicts.at[i];
        if (!dgm_event_is_shown(record->doc, other))
            continue;
        dgm_buffer_printf(out, "%s\"%s\"", separator, record->ids[other].text);
        separator = ",";
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_place(const dgm_document *doc, const dgm_place *place, dgm_buffer *out)
{
    put_words(doc, &place->span, out);
    text_member(out, "name", place->name);
    text_member(out, "country", dgm_view_of(place->country));
    text_member(out, "admin1", place->admin1);
    number_member(out, "lat", place->lat);
    number_member(out, "lon", place->lon);
    key(out, "geonames_id");
    if (place->geonames_id)
        dgm_buffer_printf(out, "%u}", place->geonames_id);
    else
        dgm_buffer_put(out, DGM_VIEW("null}"));
}

static void put_locations(const dgm_record *record, dgm_buffer *out)
{
    key(out, "locations");
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < record->event->locations.n; i++) {
        if (i > 0)
            dgm_buffer_put(out, DGM_VIEW(","));
        put_place(record->doc, &record->doc->places.at[record->event->locations.at[i]], out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_story(const dgm_record *record, dgm_buffer *out)
{
    const dgm_document *doc = record->doc;
    dgm_buffer_printf(out, "{\"event_id\":\"%s\"", record->ids[record->i_event].text);
    text_member(out, "story_id", doc->id);
    text_member(out, "story_date", dgm_view_of(doc->date));
    text_member(out, "story_title", doc->title);
    text_member(out, "story_source", doc->source);
    text_member(out, "story_url", doc->url);
    dgm_buffer_printf(out, ",\"sentence\":%u", record->event->trigger.sentence);
    text_member(out, "text", dgm_sentence_text(doc, record->event->trigger.sentence));
}

static void put_what(const dgm_record *record, dgm_buffer *out)
{
    const dgm_event *event = record->event;
    text_member(out, "event_date", dgm_view_of(event->date));
    text_member(out, "event_date_end", dgm_view_of(event->date_end));
    text_member(out, "date_basis", event->date_basis);
    text_member(out, "event_type", dgm_view_of(dgm_event_type_name(event->type)));
    text_member(out, "event_mode", event->mode);
    put_contexts(record, out);
    text_member(out, "cameo", dgm_view_of(event->cameo));
    dgm_buffer_printf(out, ",\"quad\":%u", event->quad);
    number_member(out, "goldstein", event->goldstein);
    number_member(out, "intensity", event->intensity);
}

void dgm_write_jsonl(const dgm_record *record, dgm_buffer *out)
{
    const dgm_document *doc = record->doc;
    const dgm_event *event = record->event;
    put_story(record, out);
    put_what(record, out);
    put_participants(doc, "actors", event->actors.at, event->actors.n, out);
    put_participants(doc, "recipients", event->recipients.at, event->recipients.n, out);
    dgm_buffer_printf(out, ",\"polarity\":\"%s\",\"status\":\"%s\",\"historical\":%s",
                      dgm_polarity_name(event->polarity), dgm_factual_status_name(event->status),
                      event->historical ? "true" : "false");
    put_condition(record, out);
    put_attributions(record, out);
    event_member(record, "content_of", event->content_of, out);
    put_contradictions(record, out);
    put_locations(record, out);
    key(out, "trigger");
    put_words_and_bytes(doc, &event->trigger, out);
    dgm_buffer_put(out, DGM_VIEW("}"));
    text_member(out, "rule", event->rule);
    if (!isnan(event->confidence))
        number_member(out, "confidence", event->confidence);
    dgm_buffer_put(out, DGM_VIEW("}\n"));
}
