/* One event a row, for spreadsheets and statistics: RFC 4180, lists as one cell with ";" between
 * their members. The columns are those of docs/formats/events.md. */
#include "output/writers.h"

#include <math.h>

typedef void (*cell_fn)(const dgm_record *record, dgm_buffer *out);

/* Members of a list must not hold its separator. */
static void member(dgm_view v, uint32_t i, dgm_buffer *out)
{
    if (i > 0)
        dgm_buffer_put(out, DGM_VIEW(";"));
    dgm_view part;
    for (bool first = true; v.n > 0 && dgm_view_split(&v, ';', &part); first = false) {
        if (!first)
            dgm_buffer_put(out, DGM_VIEW(","));
        dgm_buffer_put(out, part);
    }
}

#define CELL(name) static void name(const dgm_record *r, dgm_buffer *out)
#define TEXT(name, view)                                                                           \
    CELL(name)                                                                                     \
    {                                                                                              \
        dgm_buffer_put(out, (view));                                                               \
    }
#define NUMBER(name, value)                                                                        \
    CELL(name)                                                                                     \
    {                                                                                              \
        if (!isnan((double)(value)))                                                               \
            dgm_buffer_number(out, (value));                                                       \
    }
/* A list: `array` of indexes or members, `at` names the one in hand. */
#define LIST(name, count, view)                                                                    \
    CELL(name)                                                                                     \
    {                                                                                              \
        for (uint32_t i = 0; i < (count); i++)                                                     \
            member((view), i, out);                                                                \
    }

static const dgm_entity *entity_of(const dgm_record *r, const dgm_participant *p)
{
    return &r->doc->entities.at[p->entity];
}

static dgm_view code_of(const dgm_record *r, const dgm_participant *p)
{
    return dgm_arena_copy(r->doc->arena, dgm_view_of(dgm_actor_code_of(entity_of(r, p)).text));
}

static dgm_view words_of(const dgm_record *r, const dgm_participant *p)
{
    return dgm_span_text(r->doc, r->doc->mentions.at[p->mention].span);
}

static const dgm_attribution *voice(const dgm_record *r, uint32_t i)
{
    return &r->doc->attributions_found.at[r->event->attributions.at[i]];
}

static dgm_view speaker_code(const dgm_record *r, uint32_t i)
{
    uint32_t entity = voice(r, i)->speaker_entity;
    if (entity == DGM_NONE)
        return (dgm_view) { "", 0 };
    return dgm_arena_copy(r->doc->arena,
                          dgm_view_of(dgm_actor_code_of(&r->doc->entities.at[entity]).text));
}

static const dgm_place *place(const dgm_record *r, uint32_t i)
{
    return &r->doc->places.at[r->event->locations.at[i]];
}

static dgm_view id_of(const dgm_record *r, uint32_t i_event)
{
    return dgm_view_of(dgm_event_is_shown(r->doc, i_event) ? r->ids[i_event].text : NULL);
}

TEXT(event_id, dgm_view_of(r->ids[r->i_event].text))
TEXT(story_id, r->doc->id)
TEXT(story_date, dgm_view_of(r->doc->date))
TEXT(story_title, r->doc->title)
TEXT(story_source, r->doc->source)
TEXT(story_url, r->doc->url)
NUMBER(sentence, r->event->trigger.sentence)
TEXT(text, dgm_sentence_text(r->doc, r->event->trigger.sentence))
TEXT(event_date, dgm_view_of(r->event->date))
TEXT(event_date_end, dgm_view_of(r->event->date_end))
TEXT(date_basis, r->event->date_basis)
TEXT(event_type, dgm_view_of(dgm_event_type_name(r->event->type)))
TEXT(event_mode, r->event->mode)
CELL(contexts)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < dgm_record_n_contexts(r); i++) {
        if (r->event->contexts >> i & 1)
            member(dgm_context_name(r->events, i), n++, out);
    }
}
TEXT(cameo, dgm_view_of(r->event->cameo))
NUMBER(quad, r->event->quad)
NUMBER(goldstein, r->event->goldstein)
NUMBER(intensity, r->event->intensity)
LIST(actor_codes, r->event->actors.n, code_of(r, &r->event->actors.at[i]))
LIST(actor_names, r->event->actors.n, entity_of(r, &r->event->actors.at[i])->name)
LIST(actor_words, r->event->actors.n, words_of(r, &r->event->actors.at[i]))
LIST(recipient_codes, r->event->recipients.n, code_of(r, &r->event->recipients.at[i]))
LIST(recipient_names, r->event->recipients.n, entity_of(r, &r->event->recipients.at[i])->name)
LIST(recipient_words, r->event->recipients.n, words_of(r, &r->event->recipients.at[i]))
TEXT(polarity, dgm_view_of(dgm_polarity_name(r->event->polarity)))
TEXT(status, dgm_view_of(dgm_factual_status_name(r->event->status)))
TEXT(historical, r->event->historical ? DGM_VIEW("true") : DGM_VIEW("false"))
TEXT(condition, dgm_span_text(r->doc, r->event->condition))
TEXT(condition_event_id, id_of(r, r->event->condition_event))
LIST(speaker_codes, r->event->attributions.n, speaker_code(r, i))
LIST(speaker_words, r->event->attributions.n, dgm_span_text(r->doc, voice(r, i)->source))
LIST(attribution_cues, r->event->attributions.n, dgm_span_text(r->doc, voice(r, i)->cue))
LIST(attribution_kinds, r->event->attributions.n,
     dgm_view_of(dgm_attribution_kind_name(voice(r, i)->kind)))
TEXT(content_of, id_of(r, r->event->content_of))
CELL(contradicts)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->event->contradicts.n; i++) {
        if (dgm_event_is_shown(r->doc, r->event->contradicts.at[i]))
            member(id_of(r, r->event->contradicts.at[i]), n++, out);
    }
}
LIST(location_names, r->event->locations.n, place(r, i)->name)
LIST(location_countries, r->event->locations.n, dgm_view_of(place(r, i)->country))
CELL(location_points)
{
    for (uint32_t i = 0; i < r->event->locations.n; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(";") : DGM_VIEW(""));
        if (isnan(place(r, i)->lat) || isnan(place(r, i)->lon))
            continue;
        dgm_buffer_number(out, place(r, i)->lat);
        dgm_buffer_put(out, DGM_VIEW(" "));
        dgm_buffer_number(out, place(r, i)->lon);
    }
}
TEXT(trigger, dgm_span_text(r->doc, r->event->trigger))
NUMBER(trigger_begin, r->event->trigger.begin)
NUMBER(trigger_end, r->event->trigger.end)
NUMBER(trigger_begin_byte, r->event->trigger.begin_byte)
NUMBER(trigger_end_byte, r->event->trigger.end_byte)
TEXT(rule, r->event->rule)
NUMBER(confidence, r->event->confidence)

#define COLUMN(name)                                                                               \
    {                                                                                              \
#name, name                                                                                \
    }
static const struct {
    const char *name;
    cell_fn write;
} columns[] = {
    COLUMN(event_id),
    COLUMN(story_id),
    COLUMN(story_date),
    COLUMN(story_title),
    COLUMN(story_source),
    COLUMN(story_url),
    COLUMN(sentence),
    COLUMN(text),
    COLUMN(event_date),
    COLUMN(event_date_end),
    COLUMN(date_basis),
    COLUMN(event_type),
    COLUMN(event_mode),
    COLUMN(contexts),
    COLUMN(cameo),
    COLUMN(quad),
    COLUMN(goldstein),
    COLUMN(intensity),
    COLUMN(actor_codes),
    COLUMN(actor_names),
    COLUMN(actor_words),
    COLUMN(recipient_codes),
    COLUMN(recipient_names),
    COLUMN(recipient_words),
    COLUMN(polarity),
    COLUMN(status),
    COLUMN(historical),
    COLUMN(condition),
    COLUMN(condition_event_id),
    COLUMN(speaker_codes),
    COLUMN(speaker_words),
    COLUMN(attribution_cues),
    COLUMN(attribution_kinds),
    COLUMN(content_of),
    COLUMN(contradicts),
    COLUMN(location_names),
    COLUMN(location_countries),
    COLUMN(location_points),
    COLUMN(trigger),
    COLUMN(trigger_begin),
    COLUMN(trigger_end),
    COLUMN(trigger_begin_byte),
    COLUMN(trigger_end_byte),
    COLUMN(rule),
    COLUMN(confidence),
};

/* A cell with a separator, a quote or a line end stands in quotes, and quotes in it are doubled. */
void dgm_csv_cell(dgm_view cell, dgm_buffer *out)
{
    bool plain = true;
    for (size_t i = 0; i < cell.n && plain; i++)
        plain = cell.p[i] != ',' && cell.p[i] != '"' && cell.p[i] != '\n' && cell.p[i] != '\r';
    if (plain) {
        dgm_buffer_put(out, cell);
        return;
    }
    dgm_view part;
    dgm_buffer_put(out, DGM_VIEW("\""));
    for (bool more = true; more;) {
        size_t at = dgm_view_find(cell, DGM_VIEW("\""));
        more = at != SIZE_MAX;
        part = dgm_view_slice(cell, 0, more ? at : cell.n);
        dgm_buffer_put(out, part);
        if (more)
            dgm_buffer_put(out, DGM_VIEW("\"\""));
        cell = dgm_view_slice(cell, more ? at + 1 : cell.n, cell.n);
    }
    dgm_buffer_put(out, DGM_VIEW("\""));
}

void dgm_write_csv_header(dgm_buffer *out)
{
    for (size_t i = 0; i < DGM_LEN(columns); i++)
        dgm_buffer_printf(out, "%s%s", i ? "," : "", columns[i].name);
    dgm_buffer_put(out, DGM_VIEW("\r\n"));
}

void dgm_write_csv(const dgm_record *record, dgm_buffer *out)
{
    dgm_buffer cell = { 0 };
    for (size_t i = 0; i < DGM_LEN(columns); i++) {
        cell.n = 0;
        columns[i].write(record, &cell);
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        dgm_csv_cell((dgm_view) { cell.p, cell.n }, out);
    }
    dgm_buffer_put(out, DGM_VIEW("\r\n"));
    out->failed = out->failed || cell.failed;
    dgm_buffer_done(&cell);
}
