/* dyads.c - one event as rows of a dyadic data set, which has one source and one target a row.
 *
 * Rows are all pairs of an actor and a recipient; where nobody is a recipient and several act, they
 * are each other's ("Russia and Turkey met": two rows). A pair without a code on either side is no
 * row; ICEWS wants a code on both. Codes are PLOVER's in the record and CAMEO's here: states as
 * codes.tsv has them, bodies above states as CAMEO's own (Schrodt 2012). */
#include "output/dyads.h"

#include <math.h>

static bool is_known(const dgm_record_actor *actor)
{
    return actor->code.n > 0;
}

void dgm_each_dyad(const dgm_output_options *options, const dgm_record *record, bool both,
                   dgm_dyad_fn fn, const void *context, dgm_buffer *out)
{
    dgm_dyad dyad = { .record = record, .codes = options->codes };
    bool mutual = record->recipients.n == 0 && record->actors.n > 1;
    uint32_t n_actors = record->actors.n, n_recipients = mutual ? n_actors : record->recipients.n;
    for (uint32_t i = 0; i < DGM_MAX(n_actors, 1); i++) {
        for (uint32_t k = 0; k < DGM_MAX(n_recipients, 1); k++) {
            if (mutual && i == k)
                continue;
            dyad.actor = i < n_actors ? &record->actors.at[i] : NULL;
            dyad.recipient = k >= n_recipients ? NULL
                             : mutual          ? &record->actors.at[k]
                                               : &record->recipients.at[k];
            bool actor = dyad.actor && is_known(dyad.actor),
                 recipient = dyad.recipient && is_known(dyad.recipient);
            if (both ? actor && recipient : actor || recipient) {
                fn(context, &dyad, out);
                if (options->tally)
                    options->tally->n_rows++;
            }
            dyad.i_pair++;
        }
    }
}

void dgm_write_columns(const dgm_column *columns, size_t n, const dgm_dyad *dyad, dgm_buffer *out)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            dgm_buffer_put(out, DGM_VIEW("\t"));
        size_t begin = out->n;
        if (columns[i].write)
            columns[i].write(dyad, out);
        for (size_t at = begin; at < out->n; at++) {
            if ((unsigned char)out->p[at] < ' ')
                out->p[at] = ' ';
        }
    }
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

typedef struct {
    const dgm_column *columns;
    size_t n;
} row;

static void write_row(const void *context, const dgm_dyad *dyad, dgm_buffer *out)
{
    const row *r = context;
    dgm_write_columns(r->columns, r->n, dyad, out);
}

void dgm_write_dyads(const dgm_output_options *options, const dgm_record *record, bool both,
                     const dgm_column *columns, size_t n, dgm_buffer *out)
{
    dgm_each_dyad(options, record, both, write_row, &(row) { columns, n }, out);
}

void dgm_write_column_names(const dgm_column *columns, size_t n, dgm_buffer *out)
{
    for (size_t i = 0; i < n; i++)
        dgm_buffer_printf(out, "%s%s", i ? "\t" : "", columns[i].name);
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

uint64_t dgm_dyad_number(const dgm_dyad *dyad)
{
    char key[64];
    int n = snprintf(key, sizeof key, "%.*s %u", (int)DGM_MIN(dyad->record->event_id.n, 40),
                     dyad->record->event_id.p, dyad->i_pair);
    return dgm_hash((dgm_view) { key, (size_t)n }) >> 11;
}

void dgm_put_day(dgm_view day, dgm_buffer *out)
{
    for (size_t i = 0; i < day.n; i++) {
        if (day.p[i] != '-')
            dgm_buffer_put(out, dgm_view_slice(day, i, i + 1));
    }
}

dgm_view dgm_cameo_digits(const dgm_record *record, char code[5])
{
    int n = snprintf(code, 5, "%.*s%s", (int)DGM_MIN(record->cameo.n, 4), record->cameo.p,
                     record->cameo.n == 2 ? "0" : "");
    return (dgm_view) { code, (size_t)DGM_MIN(n, 4) };
}

/* ---- actors --------------------------------------------------------------------------------- */

/* PLOVER's codes above states as CAMEO writes them; it has none for movements. */
static dgm_view code_above_states(dgm_view country)
{
    static const struct {
        const char *plover, *cameo;
    } codes[] = { { "UNO", "IGOUNO" }, { "EUR", "IGOEUREEC" }, { "IGO", "IGO" }, { "NGO", "NGO" },
                  { "IMG", "IMG" },    { "MNC", "MNC" },       { "ISM", "---" } };
    for (size_t i = 0; i < DGM_LEN(codes); i++) {
        if (dgm_view_eq(country, dgm_view_of(codes[i].plover)))
            return dgm_view_of(codes[i].cameo);
    }
    return (dgm_view) { "", 0 };
}

dgm_view dgm_cameo_country(const dgm_codes *codes, const dgm_record_actor *actor)
{
    if (!actor || actor->country.n == 0 || code_above_states(actor->country).n > 0)
        return (dgm_view) { "", 0 };
    dgm_view cameo = dgm_codes_of_country(codes, actor->country).cameo;
    return cameo.n > 0 ? cameo : actor->country;
}

void dgm_put_cameo_actor(const dgm_codes *codes, const dgm_record_actor *actor, dgm_buffer *out)
{
    if (!actor || actor->code.n == 0)
        return;
    dgm_view above = code_above_states(actor->country), state = dgm_cameo_country(codes, actor);
    dgm_buffer_put(out, above.n > 0 ? above : state.n > 0 ? state : DGM_VIEW("---"));
    dgm_buffer_put(out, dgm_codes_of_sector(actor->sector).cameo);
}

dgm_view dgm_actor_name(const dgm_record_actor *actor)
{
    if (!actor)
        return (dgm_view) { "", 0 };
    return actor->name.n > 0 ? actor->name : actor->words.text;
}

static bool ends_with(dgm_view v, dgm_view end)
{
    return v.n >= end.n && dgm_view_eq(dgm_view_slice(v, v.n - end.n, v.n), end);
}

static bool is_government_of(dgm_view name, dgm_view country)
{
    dgm_view of = DGM_VIEW("government of ");
    return name.n == of.n + country.n && dgm_view_eq(dgm_view_slice(name, 0, of.n), of) &&
           ends_with(name, country);
}

/* A role's name is words of the text ("troops", or "Police" at its beginning); that of somebody
 * known in a role ("The Georgian president") is another. */
dgm_actor_kind dgm_actor_kind_of(const dgm_codes *codes, const dgm_record_actor *actor)
{
    dgm_view name = dgm_actor_name(actor), words = actor->words.text;
    dgm_view country = dgm_codes_of_country(codes, actor->country).name;
    bool role = dgm_view_eq(actor->via, DGM_VIEW("role"));
    if (country.n > 0 && (dgm_view_eq(name, country) || is_government_of(name, country)))
        return role && actor->sector.n > 0 ? DGM_ACTOR_ROLE : DGM_ACTOR_STATE;
    if (actor->id.n > 0)
        return DGM_ACTOR_NAMED;
    if (name.n == 0 || dgm_is_lower((unsigned char)name.p[0]) || (role && ends_with(words, name)))
        return DGM_ACTOR_ROLE;
    return DGM_ACTOR_NAMED;
}

/* ---- places --------------------------------------------------------------------------------- */

const dgm_record_place *dgm_place_of(const dgm_record *record)
{
    return record->locations.n > 0 ? &record->locations.at[0] : NULL;
}

const dgm_record_place *dgm_place_or_nowhere(const dgm_record *record)
{
    static const dgm_record_place nowhere = { .lat = NAN, .lon = NAN };
    const dgm_record_place *place = dgm_place_of(record);
    return place ? place : &nowhere;
}

/* Cities have an id and a province, which may be called like them; of provinces no ids are known.
 */
dgm_place_kind dgm_place_kind_of(const dgm_codes *codes, const dgm_record_place *place)
{
    if (dgm_view_eq(place->precision, DGM_VIEW("country")))
        return DGM_PLACE_COUNTRY;
    if (dgm_view_eq(place->precision, DGM_VIEW("town")))
        return DGM_PLACE_CITY;
    if (place->admin1.n > 0)
        return place->geonames_id > 0 || !dgm_view_eq(place->name, place->admin1)
                   ? DGM_PLACE_CITY
                   : DGM_PLACE_PROVINCE;
    return dgm_view_eq(place->name, dgm_codes_of_country(codes, place->country).name)
               ? DGM_PLACE_COUNTRY
               : DGM_PLACE_PROVINCE;
}
