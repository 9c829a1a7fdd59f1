/* POLECAT (40 columns, TSV with header, ";" within cells). Codes are PLOVER's; the numbers of
 * states are those of the Correlates of War. */
#include "output/columns.h"
#include "output/dyads.h"

#include <math.h>

#define CELL(name) static void name(const dgm_dyad *d, dgm_buffer *out)

/* Members of a cell are parted by ";", which none may hold. */
static void put_member(dgm_view v, const char *separator, dgm_buffer *out)
{
    dgm_buffer_put(out, dgm_view_of(separator));
    size_t begin = out->n;
    dgm_buffer_put(out, v);
    for (size_t i = begin; i < out->n; i++)
        out->p[i] = out->p[i] == ';' ? ',' : out->p[i];
}

CELL(id)
{
    dgm_buffer_printf(out, "%.*s-%u", DGM_FMT(d->record->event_id), d->i_pair + 1);
}

TEXT(date, d->record->event_date)
TEXT(type, d->record->type)
TEXT(mode, d->record->mode)

CELL(intensity)
{
    if (!isnan(d->record->intensity))
        dgm_buffer_number(out, d->record->intensity);
}

CELL(quad)
{
    static const char *const names[] = { "", "VERBAL COOPERATION", "MATERIAL COOPERATION",
                                         "VERBAL CONFLICT", "MATERIAL CONFLICT" };
    if (d->record->quad < DGM_LEN(names))
        dgm_buffer_put(out, dgm_view_of(names[d->record->quad]));
}

CELL(contexts)
{
    for (uint32_t i = 0; i < d->record->contexts.n; i++)
        put_member(d->record->contexts.at[i], i ? ";" : "", out);
}

static void put_sectors(const dgm_record_actor *actor, dgm_buffer *out)
{
    if (!actor || actor->sector.n == 0)
        return;
    put_member(actor->sector, "", out);
    for (uint32_t i = 0; i < actor->other_sectors.n; i++)
        put_member(actor->other_sectors.at[i], ";", out);
}

#define SIDE(prefix, who)                                                                          \
    TEXT(prefix##_name, dgm_actor_name(d->who))                                                    \
    TEXT(prefix##_country, d->who ? d->who->country : (dgm_view) { 0 })                            \
    TEXT(prefix##_cow,                                                                             \
         d->who ? dgm_codes_of_country(d->codes, d->who->country).cow : (dgm_view) { 0 })          \
    TEXT(prefix##_sector, d->who ? d->who->sector : (dgm_view) { 0 })                              \
    CELL(prefix##_sectors)                                                                         \
    {                                                                                              \
        put_sectors(d->who, out);                                                                  \
    }                                                                                              \
    TEXT(prefix##_raw, d->who ? d->who->words.text : (dgm_view) { 0 })
SIDE(actor, actor)
SIDE(recipient, recipient)

TEXT(place_name, dgm_place_or_nowhere(d->record)->name)
TEXT(province, dgm_place_or_nowhere(d->record)->admin1)
TEXT(country, dgm_codes_of_country(d->codes, dgm_place_or_nowhere(d->record)->country).name)
TEXT(raw_place, dgm_place_or_nowhere(d->record)->words.text)

CELL(city)
{
    if (dgm_place_or_nowhere(d->record)->name.n > 0 &&
        dgm_place_kind_of(d->codes, dgm_place_or_nowhere(d->record)) == DGM_PLACE_CITY)
        dgm_buffer_put(out, dgm_place_or_nowhere(d->record)->name);
}

CELL(latitude)
{
    if (!isnan(dgm_place_or_nowhere(d->record)->lat))
        dgm_buffer_number(out, dgm_place_or_nowhere(d->record)->lat);
}

CELL(longitude)
{
    if (!isnan(dgm_place_or_nowhere(d->record)->lon))
        dgm_buffer_number(out, dgm_place_or_nowhere(d->record)->lon);
}

CELL(geonames)
{
    if (dgm_place_or_nowhere(d->record)->geonames_id > 0)
        dgm_buffer_printf(out, "%u", dgm_place_or_nowhere(d->record)->geonames_id);
}

TEXT(source, d->record->story_source)
TEXT(publication, d->record->story_date)

CELL(language)
{
    (void)d;
    dgm_buffer_put(out, DGM_VIEW("eng"));
}

CELL(version)
{
    (void)d;
    dgm_buffer_put(out, DGM_VIEW("dragoman " DGM_VERSION));
}

static const dgm_column columns[] = {
    { "Event ID", id },
    { "Event Date", date },
    { "Event Type", type },
    { "Event Mode", mode },
    { "Intensity", intensity },
    { "Quad Code", quad },
    { "Contexts", contexts },
    { "Actor Name", actor_name },
    { "Actor Country", actor_country },
    { "Actor COW", actor_cow },
    { "Primary Actor Sector", actor_sector },
    { "Actor Sectors", actor_sectors },
    { "Actor Title", NULL },
    { "Actor Name Raw", actor_raw },
    { "Wikipedia Actor ID", NULL },
    { "Recipient Name", recipient_name },
    { "Recipient Country", recipient_country },
    { "Recipient COW", recipient_cow },
    { "Primary Recipient Sector", recipient_sector },
    { "Recipient Sectors", recipient_sectors },
    { "Recipient Title", NULL },
    { "Recipient Name Raw", recipient_raw },
    { "Wikipedia Recipient ID", NULL },
    { "Placename", place_name },
    { "City", city },
    { "District", NULL },
    { "Province", province },
    { "Country", country },
    { "Latitude", latitude },
    { "Longitude", longitude },
    { "GeoNames ID", geonames },
    { "Raw Placename", raw_place },
    { "Feature Type", NULL },
    { "Source", source },
    { "Publication Date", publication },
    { "Story People", NULL },
    { "Story Organizations", NULL },
    { "Story Locations", NULL },
    { "Language", language },
    { "Version", version },
};
_Static_assert(DGM_LEN(columns) == 40, "POLECAT has 40 columns");

static void write_header(const dgm_output_options *options, dgm_buffer *out)
{
    (void)options;
    dgm_write_column_names(columns, DGM_LEN(columns), out);
}

static void write_record(const dgm_output_options *options, const dgm_record *record,
                         dgm_buffer *out)
{
    dgm_write_dyads(options, record, false, columns, DGM_LEN(columns), out);
}

const dgm_output_kind dgm_kind_of_polecat = {
    .dyadic = true,
    .pairs = true,
    .needs_cameo = false,
    .header = write_header,
    .record = write_record,
};
