/* One event a row, for spreadsheets and statistics: RFC 4180, lists as one cell with ";" between
 * their members. The columns are those of docs/formats/events.md. */
#include "output/writers.h"

#include <math.h>

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

TEXT(event_id, r->event_id)
TEXT(story_id, r->story_id)
TEXT(story_date, r->story_date)
TEXT(story_title, r->story_title)
TEXT(story_source, r->story_source)
TEXT(story_url, r->story_url)
NUMBER(sentence, r->sentence)
TEXT(text, r->text)
TEXT(event_date, r->event_date)
TEXT(event_date_end, r->event_date_end)
TEXT(date_basis, r->date_basis)
TEXT(event_type, dgm_view_of(dgm_event_type_name(r->type)))
TEXT(event_mode, r->mode)
LIST(contexts, r->contexts.n, r->contexts.at[i])
TEXT(cameo, r->cameo)
NUMBER(quad, r->quad)
NUMBER(goldstein, r->goldstein)
NUMBER(intensity, r->intensity)
LIST(actor_codes, r->actors.n, r->actors.at[i].code)
LIST(actor_names, r->actors.n, r->actors.at[i].name)
LIST(actor_words, r->actors.n, r->actors.at[i].words.text)
LIST(recipient_codes, r->recipients.n, r->recipients.at[i].code)
LIST(recipient_names, r->recipients.n, r->recipients.at[i].name)
LIST(recipient_words, r->recipients.n, r->recipients.at[i].words.text)
TEXT(polarity, dgm_view_of(dgm_polarity_name(r->polarity)))
TEXT(status, dgm_view_of(dgm_factual_status_name(r->status)))
TEXT(historical, r->historical ? DGM_VIEW("true") : DGM_VIEW("false"))
TEXT(condition, r->condition.text)
TEXT(condition_event_id, r->condition_event)
LIST(speaker_codes, r->voices.n, r->voices.at[i].speaker.code)
LIST(speaker_words, r->voices.n, r->voices.at[i].speaker.words.text)
LIST(attribution_cues, r->voices.n, r->voices.at[i].cue.text)
LIST(attribution_kinds, r->voices.n, dgm_view_of(dgm_attribution_kind_name(r->voices.at[i].kind)))
TEXT(content_of, r->content_of)
LIST(contradicts, r->contradicts.n, r->contradicts.at[i])
LIST(location_names, r->locations.n, r->locations.at[i].name)
LIST(location_countries, r->locations.n, r->locations.at[i].country)
CELL(location_points)
{
    for (uint32_t i = 0; i < r->locations.n; i++) {
        const dgm_record_place *place = &r->locations.at[i];
        dgm_buffer_put(out, i ? DGM_VIEW(";") : DGM_VIEW(""));
        if (isnan(place->lat) || isnan(place->lon))
            continue;
        dgm_buffer_number(out, place->lat);
        dgm_buffer_put(out, DGM_VIEW(" "));
        dgm_buffer_number(out, place->lon);
    }
}
TEXT(trigger, r->trigger.text)
NUMBER(trigger_begin, r->trigger.begin)
NUMBER(trigger_end, r->trigger.end)
NUMBER(trigger_begin_byte, r->trigger.begin_byte)
NUMBER(trigger_end_byte, r->trigger.end_byte)
TEXT(rule, r->rule)
NUMBER(confidence, r->confidence)

#define COLUMN(name)                                                                               \
    {                                                                                              \
#name, name, false                                                                         \
    }
#define NUMERIC(name)                                                                              \
    {                                                                                              \
#name, name, true                                                                          \
    }
const dgm_flat_column dgm_flat_columns[] = {
    COLUMN(event_id),
    COLUMN(story_id),
    COLUMN(story_date),
    COLUMN(story_title),
    COLUMN(story_source),
    COLUMN(story_url),
    NUMERIC(sentence),
    COLUMN(text),
    COLUMN(event_date),
    COLUMN(event_date_end),
    COLUMN(date_basis),
    COLUMN(event_type),
    COLUMN(event_mode),
    COLUMN(contexts),
    COLUMN(cameo),
    NUMERIC(quad),
    NUMERIC(goldstein),
    NUMERIC(intensity),
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
    NUMERIC(trigger_begin),
    NUMERIC(trigger_end),
    NUMERIC(trigger_begin_byte),
    NUMERIC(trigger_end_byte),
    COLUMN(rule),
    NUMERIC(confidence),
};
const size_t dgm_n_flat_columns = DGM_LEN(dgm_flat_columns);

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
    for (size_t i = 0; i < dgm_n_flat_columns; i++)
        dgm_buffer_printf(out, "%s%s", i ? "," : "", dgm_flat_columns[i].name);
    dgm_buffer_put(out, DGM_VIEW("\r\n"));
}

void dgm_write_csv(const dgm_record *record, dgm_buffer *out)
{
    dgm_buffer cell = { 0 };
    for (size_t i = 0; i < dgm_n_flat_columns; i++) {
        cell.n = 0;
        dgm_flat_columns[i].write(record, &cell);
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        dgm_csv_cell((dgm_view) { cell.p, cell.n }, out);
    }
    dgm_buffer_put(out, DGM_VIEW("\r\n"));
    out->failed = out->failed || cell.failed;
    dgm_buffer_done(&cell);
}
