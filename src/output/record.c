/* A coded document's events as records. */
#include "output/record.h"

#include <math.h>

#include "output/identity.h"

typedef struct {
    const dgm_events *events; /* names of contexts; NULL: none */
    const dgm_document *doc;
    const dgm_event_id *ids; /* of all events of doc */
    bool failed;
} filling;

/* Room for n elements at once; the array stays empty. */
#define RESERVE(f, array, count)                                                                   \
    do {                                                                                           \
        (array)->cap = (count);                                                                    \
        (array)->at =                                                                              \
            dgm_arena_alloc((f)->doc->arena, DGM_MAX(1, (array)->cap), sizeof(*(array)->at));      \
        if (!(array)->at) {                                                                        \
            (array)->cap = 0;                                                                      \
            (f)->failed = true;                                                                    \
        }                                                                                          \
    } while (0)

static dgm_record_words words_of(const dgm_document *doc, const dgm_span *span)
{
    return (dgm_record_words) { .text = dgm_span_text(doc, *span),
                                .begin = span->begin,
                                .end = span->end,
                                .begin_byte = span->begin_byte,
                                .end_byte = span->end_byte };
}

static dgm_view id_of(const filling *f, uint32_t i_event)
{
    return dgm_view_of(i_event < f->doc->events.n ? f->ids[i_event].text : NULL);
}

/* Nothing but its words is known where entity is NULL. */
static void fill_actor(filling *f, const dgm_span *span, const dgm_entity *entity, const char *via,
                       dgm_record_actor *out)
{
    out->words = words_of(f->doc, span);
    out->via = dgm_view_of(via);
    if (!entity)
        return;
    out->code = dgm_arena_copy(f->doc->arena, dgm_view_of(dgm_actor_code_of(entity).text));
    out->country = dgm_view_of(entity->country);
    out->sector = dgm_view_of(entity->sector);
    out->name = entity->name;
    out->id = entity->id;
    RESERVE(f, &out->other_sectors, entity->n_others);
    for (uint32_t i = 0; i < entity->n_others && i < out->other_sectors.cap; i++)
        out->other_sectors.at[out->other_sectors.n++] = dgm_view_of(entity->others[i]);
}

static void fill_participant(filling *f, const dgm_participant *p, dgm_record_actor *out)
{
    const dgm_mention *mention = &f->doc->mentions.at[p->mention];
    fill_actor(f, &mention->span, &f->doc->entities.at[p->entity],
               dgm_via_name(p->inferred ? DGM_VIA_INFERRED : mention->via), out);
}

static void fill_contexts(filling *f, uint64_t bits, dgm_record *out)
{
    uint32_t n = f->events ? dgm_n_contexts(f->events) : 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!(bits >> i & 1))
            continue;
        dgm_view *name = dgm_push(f->doc->arena, &out->contexts);
        if (name)
            *name = dgm_context_name(f->events, i);
        else
            f->failed = true;
    }
}

static void fill_voice(filling *f, const dgm_attribution *a, dgm_record_voice *out)
{
    const dgm_document *doc = f->doc;
    out->kind = a->kind;
    out->cue = words_of(doc, &a->cue);
    out->has_speaker = a->source.first != 0;
    if (!out->has_speaker)
        return;
    fill_actor(
        f, &a->source, a->speaker_entity == DGM_NONE ? NULL : &doc->entities.at[a->speaker_entity],
        a->speaker_mention == DGM_NONE ? NULL
                                       : dgm_via_name(doc->mentions.at[a->speaker_mention].via),
        &out->speaker);
}

bool dgm_record_voice_of(const dgm_document *doc, const dgm_attribution *a, dgm_record_voice *out)
{
    filling f = { .doc = doc };
    fill_voice(&f, a, out);
    return !f.failed;
}

static void fill_place(const filling *f, const dgm_place *place, dgm_place_basis basis,
                       dgm_record_place *out)
{
    *out =
        (dgm_record_place) { .words = words_of(f->doc, &place->span),
                             .name = place->name,
                             .country = dgm_view_of(place->country),
                             .admin1 = place->admin1,
                             .lat = place->lat,
                             .lon = place->lon,
                             .geonames_id = place->geonames_id,
                             .precision = dgm_view_of(dgm_place_precision_name(place->precision)),
                             .basis = dgm_view_of(dgm_place_basis_name(basis)) };
}

static void fill_sizes(const filling *f, const dgm_event *event, dgm_record *out)
{
    for (int i = 0; i < DGM_N_SIZES; i++) {
        const dgm_size *size = &event->sizes[i];
        if (size->span.first != 0)
            out->sizes[i] = (dgm_record_size) { .told = true,
                                                .min = size->min,
                                                .max = size->max,
                                                .words = words_of(f->doc, &size->span),
                                                .currency = size->currency };
    }
}

static void fill_what(filling *f, const dgm_event *event, dgm_record *out)
{
    out->event_date = dgm_view_of(event->date);
    out->event_date_end = dgm_view_of(event->date_end);
    out->date_basis = event->date_basis;
    out->type = dgm_view_of(dgm_type_name(f->doc->types, event->type));
    out->like = dgm_like(event->type);
    out->mode = event->mode;
    out->cameo = dgm_view_of(event->cameo);
    out->quad = event->quad;
    out->goldstein = event->goldstein;
    out->intensity = event->intensity;
    out->trigger = words_of(f->doc, &event->trigger);
    out->rule = event->rule;
    out->confidence = event->confidence;
    out->judge = event->judged > 0 ? event->judged : (double)NAN;
    if (event->judged > 0 && event->rule_type != DGM_EVENT_NONE)
        out->rule_type = dgm_view_of(dgm_type_name(f->doc->types, event->rule_type));
    fill_contexts(f, event->contexts, out);
}

static void fill_lists(filling *f, const dgm_event *event, dgm_record *out)
{
    const dgm_document *doc = f->doc;
    RESERVE(f, &out->actors, event->actors.n);
    RESERVE(f, &out->recipients, event->recipients.n);
    RESERVE(f, &out->voices, event->attributions.n);
    RESERVE(f, &out->contradicts, event->contradicts.n);
    RESERVE(f, &out->locations, event->locations.n);
    if (f->failed)
        return;
    for (uint32_t i = 0; i < event->actors.n; i++)
        fill_participant(f, &event->actors.at[i], &out->actors.at[out->actors.n++]);
    for (uint32_t i = 0; i < event->recipients.n; i++)
        fill_participant(f, &event->recipients.at[i], &out->recipients.at[out->recipients.n++]);
    for (uint32_t i = 0; i < event->attributions.n; i++)
        fill_voice(f, &doc->attributions_found.at[event->attributions.at[i]],
                   &out->voices.at[out->voices.n++]);
    for (uint32_t i = 0; i < event->contradicts.n; i++)
        out->contradicts.at[out->contradicts.n++] = id_of(f, event->contradicts.at[i]);
    for (uint32_t i = 0; i < event->locations.n; i++)
        fill_place(f, &doc->places.at[event->locations.at[i]], event->place_basis,
                   &out->locations.at[out->locations.n++]);
}

static void fill(filling *f, uint32_t i_event, dgm_record *out)
{
    const dgm_document *doc = f->doc;
    const dgm_event *event = &doc->events.at[i_event];
    *out = (dgm_record) { .event_id = dgm_view_of(f->ids[i_event].text),
                          .story_id = doc->id,
                          .story_date = dgm_view_of(doc->date),
                          .story_title = doc->title,
                          .story_source = doc->source,
                          .story_url = doc->url,
                          .sentence = event->trigger.sentence,
                          .text = dgm_sentence_text(doc, event->trigger.sentence),
                          .text_begin_byte = doc->sentences.at[event->trigger.sentence].begin_byte,
                          .polarity = event->polarity,
                          .status = event->status,
                          .historical = event->historical,
                          .condition_event = id_of(f, event->condition_event),
                          .content_of = id_of(f, event->content_of),
                          .n_mentions = 1,
                          .n_articles = 1,
                          .n_sources = 1 };
    if (event->condition.first != 0)
        out->condition = words_of(doc, &event->condition);
    fill_what(f, event, out);
    fill_sizes(f, event, out);
    fill_lists(f, event, out);
}

const dgm_record *dgm_records_of(const dgm_events *events, const dgm_document *doc, uint32_t *n)
{
    filling f = { .events = events, .doc = doc, .ids = dgm_event_ids(doc) };
    dgm_record *records = DGM_NEW(doc->arena, dgm_record, (size_t)doc->events.n + 1);
    if (!f.ids || !records)
        return NULL;
    *n = 0;
    for (uint32_t i = 0; i < doc->events.n && !f.failed; i++)
        fill(&f, i, &records[(*n)++]);
    return f.failed ? NULL : records;
}
