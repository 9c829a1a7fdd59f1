/* ICEWS (20 columns, TSV with header). Only pairs of which both sides are known, as ICEWS has it.
 * Categories, their intensity, actors and countries are written as ICEWS writes them, so that rows
 * join with its files. */
#include "output/dyads.h"

#include <math.h>

#define CELL(name) static void name(const dgm_dyad *d, dgm_buffer *out)

CELL(id)
{
    dgm_buffer_printf(out, "%llu", (unsigned long long)dgm_dyad_number(d));
}

CELL(date)
{
    dgm_buffer_put(out, d->record->event_date);
}

static void put_sectors(const dgm_record_actor *actor, dgm_buffer *out)
{
    const char *separator = "";
    for (uint32_t i = 0; i <= actor->other_sectors.n; i++) {
        dgm_view words =
            dgm_codes_of_sector(i == 0 ? actor->sector : actor->other_sectors.at[i - 1]).words;
        if (words.n == 0)
            continue;
        dgm_buffer_printf(out, "%s%.*s", separator, DGM_FMT(words));
        separator = ",";
    }
}

static void put_country(const dgm_dyad *d, dgm_view country, dgm_buffer *out)
{
    dgm_buffer_put(out, dgm_codes_of_country(d->codes, country).icews_column);
}

/* A name, the state's, or "Military (Syria)". */
static void put_name(const dgm_dyad *d, const dgm_record_actor *actor, dgm_buffer *out)
{
    dgm_view country = dgm_codes_of_country(d->codes, actor->country).icews_name,
             sector = dgm_codes_of_sector(actor->sector).in_names;
    dgm_actor_kind kind = dgm_actor_kind_of(d->codes, actor);
    if (kind == DGM_ACTOR_STATE || (kind == DGM_ACTOR_ROLE && sector.n == 0 && country.n > 0))
        dgm_buffer_put(out, country);
    else if (kind == DGM_ACTOR_ROLE && sector.n > 0 && country.n > 0)
        dgm_buffer_printf(out, "%.*s (%.*s)", DGM_FMT(sector), DGM_FMT(country));
    else
        dgm_buffer_put(out,
                       kind == DGM_ACTOR_ROLE && sector.n > 0 ? sector : dgm_actor_name(actor));
}

#define SIDE(prefix, who)                                                                          \
    CELL(prefix##_name)                                                                            \
    {                                                                                              \
        put_name(d, d->who, out);                                                                  \
    }                                                                                              \
    CELL(prefix##_sectors)                                                                         \
    {                                                                                              \
        put_sectors(d->who, out);                                                                  \
    }                                                                                              \
    CELL(prefix##_country)                                                                         \
    {                                                                                              \
        put_country(d, d->who->country, out);                                                      \
    }
SIDE(source, actor)
SIDE(target, recipient)

/* The name of the category, not words of the story. */
CELL(event_text)
{
    dgm_buffer_put(out, dgm_codes_of_icews(d->codes, d->record->cameo).label);
}

CELL(cameo)
{
    dgm_buffer_put(out, dgm_codes_of_icews(d->codes, d->record->cameo).code);
}

CELL(intensity)
{
    dgm_icews_category category = dgm_codes_of_icews(d->codes, d->record->cameo);
    if (category.code.n > 0)
        dgm_buffer_number(out, category.intensity);
}

CELL(story)
{
    dgm_buffer_put(out, d->record->story_id);
}

CELL(sentence)
{
    dgm_buffer_printf(out, "%u", d->record->sentence + 1);
}

CELL(publisher)
{
    dgm_buffer_put(out, d->record->story_source);
}

CELL(city)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (place && dgm_place_kind_of(d->codes, place) == DGM_PLACE_CITY)
        dgm_buffer_put(out, place->name);
}

CELL(province)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (place && dgm_place_kind_of(d->codes, place) != DGM_PLACE_COUNTRY)
        dgm_buffer_put(out, place->admin1.n > 0 ? place->admin1 : place->name);
}

CELL(country)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (place)
        put_country(d, place->country, out);
}

CELL(latitude)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (place && !isnan(place->lat))
        dgm_buffer_number(out, place->lat);
}

CELL(longitude)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (place && !isnan(place->lon))
        dgm_buffer_number(out, place->lon);
}

static const dgm_column columns[] = {
    { "Event ID", id },
    { "Event Date", date },
    { "Source Name", source_name },
    { "Source Sectors", source_sectors },
    { "Source Country", source_country },
    { "Event Text", event_text },
    { "CAMEO Code", cameo },
    { "Intensity", intensity },
    { "Target Name", target_name },
    { "Target Sectors", target_sectors },
    { "Target Country", target_country },
    { "Story ID", story },
    { "Sentence Number", sentence },
    { "Publisher", publisher },
    { "City", city },
    { "District", NULL },
    { "Province", province },
    { "Country", country },
    { "Latitude", latitude },
    { "Longitude", longitude },
};
_Static_assert(DGM_LEN(columns) == 20, "ICEWS has 20 columns");

static void write_header(const dgm_output_options *options, dgm_buffer *out)
{
    (void)options;
    dgm_write_column_names(columns, DGM_LEN(columns), out);
}

static void write_record(const dgm_output_options *options, const dgm_record *record,
                         dgm_buffer *out)
{
    if (record->cameo.n > 0)
        dgm_write_dyads(options, record, true, columns, DGM_LEN(columns), out);
}

const dgm_output_kind dgm_kind_of_icews = {
    .dyadic = true,
    .pairs = true,
    .needs_cameo = true,
    .header = write_header,
    .record = write_record,
};
