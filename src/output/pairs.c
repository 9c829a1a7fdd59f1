/* Pairs as CSV: a row for each pair of actor and recipient, with the numbers by which other data
 * sets know states, and with what the other formats of pairs have no column for: polarity, status,
 * whether it is past, and on whose word. So nothing is left out but what has no coded side. */
#include "output/columns.h"
#include "output/dyads.h"

#include <math.h>

#define CELL(name) static void name(const dgm_dyad *d, dgm_buffer *out)

TEXT(event_id, d->record->event_id)
NUMBER(pair, d->i_pair + 1)
TEXT(story_id, d->record->story_id)
TEXT(story_date, d->record->story_date)
TEXT(story_source, d->record->story_source)
NUMBER(sentence, d->record->sentence)
TEXT(event_date, d->record->event_date)
TEXT(event_date_end, d->record->event_date_end)
TEXT(event_type, d->record->type)
TEXT(event_mode, d->record->mode)
TEXT(cameo, d->record->cameo)
NUMBER(quad, d->record->quad)
NUMBER(goldstein, d->record->goldstein)
NUMBER(intensity, d->record->intensity)
TEXT(polarity, dgm_view_of(dgm_polarity_name(d->record->polarity)))
TEXT(status, dgm_view_of(dgm_factual_status_name(d->record->status)))
TEXT(historical, d->record->historical ? DGM_VIEW("true") : DGM_VIEW("false"))

CELL(contexts)
{
    for (uint32_t i = 0; i < d->record->contexts.n; i++)
        dgm_buffer_printf(out, "%s%.*s", i ? ";" : "", DGM_FMT(d->record->contexts.at[i]));
}

TEXT(attributed, d->record->voices.n > 0 ? DGM_VIEW("true") : DGM_VIEW("false"))

/* The innermost voice is the one whose words they are. */
CELL(speaker_code)
{
    if (d->record->voices.n > 0)
        dgm_buffer_put(out, d->record->voices.at[d->record->voices.n - 1].speaker.code);
}

static dgm_view iso(const dgm_dyad *d, const dgm_record_actor *actor)
{
    bool is_state = actor && dgm_codes_of_country(d->codes, actor->country).name.n > 0;
    return is_state ? actor->country : (dgm_view) { "", 0 };
}

#define OF(who, member) ((who) ? (who)->member : (dgm_view) { "", 0 })
#define SIDE(prefix, who)                                                                          \
    TEXT(prefix##_code, OF(d->who, code))                                                          \
    TEXT(prefix##_name, OF(d->who, name))                                                          \
    TEXT(prefix##_country, OF(d->who, country))                                                    \
    TEXT(prefix##_iso, iso(d, d->who))                                                             \
    TEXT(prefix##_cow, dgm_codes_of_country(d->codes, OF(d->who, country)).cow)                    \
    TEXT(prefix##_gw, dgm_codes_of_country(d->codes, OF(d->who, country)).gw)                      \
    TEXT(prefix##_sector, OF(d->who, sector))
SIDE(actor, actor)
SIDE(recipient, recipient)

TEXT(place, dgm_place_or_nowhere(d->record)->name)
TEXT(place_country, dgm_place_or_nowhere(d->record)->country)
NUMBER(lat, dgm_place_or_nowhere(d->record)->lat)
NUMBER(lon, dgm_place_or_nowhere(d->record)->lon)
NUMBER(reports, d->record->n_mentions)
NUMBER(outlets, d->record->n_sources)
NUMBER(confidence, d->record->confidence)

#define NAMED(name)                                                                                \
    {                                                                                              \
#name, name                                                                                \
    }
/* clang-format off */
#define SIDE_COLUMNS(prefix)                                                                       \
    NAMED(prefix##_code), NAMED(prefix##_name), NAMED(prefix##_country), NAMED(prefix##_iso),      \
    NAMED(prefix##_cow), NAMED(prefix##_gw), NAMED(prefix##_sector)
static const dgm_column columns[] = {
    NAMED(event_id), NAMED(pair), NAMED(story_id), NAMED(story_date), NAMED(story_source),
    NAMED(sentence), NAMED(event_date), NAMED(event_date_end), NAMED(event_type),
    NAMED(event_mode), NAMED(contexts), NAMED(cameo), NAMED(quad), NAMED(goldstein),
    NAMED(intensity), SIDE_COLUMNS(actor), SIDE_COLUMNS(recipient), NAMED(polarity),
    NAMED(status), NAMED(historical), NAMED(attributed), NAMED(speaker_code), NAMED(place),
    NAMED(place_country), NAMED(lat), NAMED(lon), NAMED(reports), NAMED(outlets),
    NAMED(confidence),
};
/* clang-format on */

static bool is_number(const dgm_column *column)
{
    return column->write == goldstein || column->write == intensity || column->write == lat ||
           column->write == lon;
}

static void write_row(const void *context, const dgm_dyad *dyad, dgm_buffer *out)
{
    dgm_buffer cell = { 0 };
    (void)context;
    for (size_t i = 0; i < DGM_LEN(columns); i++) {
        cell.n = 0;
        columns[i].write(dyad, &cell);
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        (is_number(&columns[i]) ? dgm_csv_number : dgm_csv_cell)((dgm_view) { cell.p, cell.n },
                                                                 out);
    }
    dgm_buffer_put(out, DGM_VIEW("\r\n"));
    out->failed = out->failed || cell.failed;
    dgm_buffer_done(&cell);
}

static void write_header(const dgm_output_options *options, dgm_buffer *out)
{
    (void)options;
    for (size_t i = 0; i < DGM_LEN(columns); i++)
        dgm_buffer_printf(out, "%s%s", i ? "," : "", columns[i].name);
    dgm_buffer_put(out, DGM_VIEW("\r\n"));
}

static void write_record(const dgm_output_options *options, const dgm_record *record,
                         dgm_buffer *out)
{
    dgm_each_dyad(options, record, false, write_row, NULL, out);
}

const dgm_output_kind dgm_kind_of_pairs = { .pairs = true,
                                            .header = write_header,
                                            .record = write_record };
