/* GDELT 2.0: events (61 columns) and mentions (16), TSV without header. What this coder does not
 * know (tone, ethnicity, where actors are at home) stays empty; docs/formats/gdelt.md. */
#include "output/dyads.h"

#include <math.h>

#define CELL(name) static void name(const dgm_dyad *d, dgm_buffer *out)

/* ---- when and what -------------------------------------------------------------------------- */

CELL(id)
{
    dgm_buffer_printf(out, "%llu", (unsigned long long)dgm_dyad_number(d));
}

CELL(day)
{
    dgm_put_day(d->record->event_date, out);
}

CELL(month)
{
    dgm_put_day(dgm_view_slice(d->record->event_date, 0, 7), out);
}

CELL(year)
{
    dgm_buffer_put(out, dgm_view_slice(d->record->event_date, 0, 4));
}

/* GDELT's approximation of a year: (month * 30 + day) / 365. */
CELL(fraction)
{
    dgm_view date = d->record->event_date;
    uint64_t y, m, dd;
    if (!dgm_parse_u64(dgm_view_slice(date, 0, 4), &y) ||
        !dgm_parse_u64(dgm_view_slice(date, 5, 7), &m) ||
        !dgm_parse_u64(dgm_view_slice(date, 8, 10), &dd))
        return;
    uint64_t part = ((m * 30 + dd) * 10000 + 182) / 365, year = y + part / 10000;
    dgm_buffer_printf(out, "%llu.%04llu", (unsigned long long)year,
                      (unsigned long long)(part % 10000));
}

/* A batch of midnight: the story's hour is not known. */
CELL(added)
{
    dgm_put_day(d->record->story_date, out);
    if (d->record->story_date.n > 0)
        dgm_buffer_put(out, DGM_VIEW("000000"));
}

CELL(event_time)
{
    day(d, out);
    if (d->record->event_date.n > 0)
        dgm_buffer_put(out, DGM_VIEW("000000"));
}

static void put_code(const dgm_dyad *d, size_t digits, dgm_buffer *out)
{
    char code[5];
    dgm_buffer_put(out, dgm_view_slice(dgm_cameo_digits(d->record, code), 0, digits));
}

CELL(code)
{
    put_code(d, 4, out);
}

CELL(base_code)
{
    put_code(d, 3, out);
}

CELL(root_code)
{
    put_code(d, 2, out);
}

/* GDELT's own cut, which is not PLOVER's: 01-05, 06-09, 10-14, 15-20. */
CELL(quad)
{
    uint64_t root = 0;
    if (dgm_parse_u64(dgm_view_slice(d->record->cameo, 0, 2), &root))
        dgm_buffer_printf(out, "%d", root <= 5 ? 1 : root <= 9 ? 2 : root <= 14 ? 3 : 4);
}

CELL(goldstein)
{
    if (!isnan(d->record->goldstein))
        dgm_buffer_number(out, d->record->goldstein);
}

CELL(is_root)
{
    dgm_buffer_put(out, d->record->sentence == 0 ? DGM_VIEW("1") : DGM_VIEW("0"));
}

CELL(n_mentions)
{
    dgm_buffer_printf(out, "%u", d->record->n_mentions);
}

CELL(n_sources)
{
    dgm_buffer_printf(out, "%u", d->record->n_sources);
}

CELL(n_articles)
{
    dgm_buffer_printf(out, "%u", d->record->n_articles);
}

/* ---- who ------------------------------------------------------------------------------------ */

/* Where an actor has no name of its own, GDELT has that of the state: TURMIL is TURKEY. */
static void put_name(const dgm_dyad *d, const dgm_record_actor *actor, dgm_buffer *out)
{
    dgm_view name = dgm_actor_name(actor);
    if (actor && dgm_actor_kind_of(d->codes, actor) != DGM_ACTOR_NAMED) {
        dgm_view country = dgm_codes_of_country(d->codes, actor->country).name;
        name = country.n > 0 ? country : name;
    }
    for (size_t i = 0, step; i < name.n; i += step) {
        uint32_t cp;
        char upper[4];
        step = dgm_utf8_next(name.p + i, name.n - i, &cp);
        dgm_buffer_put(out, (dgm_view) { upper, dgm_utf8_put(dgm_cp_to_upper(cp), upper) });
    }
}

static bool is(const dgm_record_actor *actor, const char *country)
{
    return actor && dgm_view_eq(actor->country, dgm_view_of(country));
}

/* GDELT knows bodies above states as groups. */
static void put_group(const dgm_record_actor *actor, dgm_buffer *out)
{
    if (is(actor, "UNO"))
        dgm_buffer_put(out, DGM_VIEW("UNO"));
    else if (is(actor, "EUR"))
        dgm_buffer_put(out, DGM_VIEW("EEC"));
}

/* The roles of an actor: what kind of body above states, then the sectors. */
static void put_role(const dgm_record_actor *actor, uint32_t wanted, dgm_buffer *out)
{
    if (!actor)
        return;
    uint32_t n = 0;
    dgm_view country = actor->country;
    bool body = is(actor, "UNO") || is(actor, "EUR") || is(actor, "IGO");
    if (body || is(actor, "NGO") || is(actor, "IMG") || is(actor, "MNC")) {
        if (n++ == wanted)
            dgm_buffer_put(out, body ? DGM_VIEW("IGO") : country);
    }
    for (uint32_t i = 0; i <= actor->other_sectors.n; i++) {
        dgm_view sector = i == 0 ? actor->sector : actor->other_sectors.at[i - 1];
        dgm_view role = dgm_codes_of_sector(sector).cameo;
        if (role.n > 0 && !dgm_view_eq(role, DGM_VIEW("REL")) && n++ == wanted)
            dgm_buffer_put(out, role);
    }
}

/* Both sides have the same columns. */
#define SIDE(prefix, who)                                                                          \
    CELL(prefix##_code)                                                                            \
    {                                                                                              \
        dgm_put_cameo_actor(d->codes, d->who, out);                                                \
    }                                                                                              \
    CELL(prefix##_name)                                                                            \
    {                                                                                              \
        put_name(d, d->who, out);                                                                  \
    }                                                                                              \
    CELL(prefix##_country)                                                                         \
    {                                                                                              \
        dgm_buffer_put(out,                                                                        \
                       is(d->who, "EUR") ? DGM_VIEW("EUR") : dgm_cameo_country(d->codes, d->who)); \
    }                                                                                              \
    CELL(prefix##_group)                                                                           \
    {                                                                                              \
        put_group(d->who, out);                                                                    \
    }                                                                                              \
    CELL(prefix##_role1)                                                                           \
    {                                                                                              \
        put_role(d->who, 0, out);                                                                  \
    }                                                                                              \
    CELL(prefix##_role2)                                                                           \
    {                                                                                              \
        put_role(d->who, 1, out);                                                                  \
    }                                                                                              \
    CELL(prefix##_role3)                                                                           \
    {                                                                                              \
        put_role(d->who, 2, out);                                                                  \
    }                                                                                              \
    CELL(prefix##_offset)                                                                          \
    {                                                                                              \
        if (d->who)                                                                                \
            dgm_buffer_printf(out, "%u", d->who->words.begin);                                     \
    }
SIDE(actor1, actor)
SIDE(actor2, recipient)

/* ---- where ---------------------------------------------------------------------------------- */

CELL(no_geo)
{
    (void)d;
    dgm_buffer_put(out, DGM_VIEW("0")); /* GDELT's type for "no place" */
}

/* 1 country, 2 state of the USA, 3 city there, 4 city elsewhere, 5 province elsewhere. */
CELL(geo_type)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (!place) {
        dgm_buffer_put(out, DGM_VIEW("0"));
        return;
    }
    bool usa = dgm_view_eq(place->country, DGM_VIEW("USA"));
    dgm_place_kind kind = dgm_place_kind_of(d->codes, place);
    dgm_buffer_printf(out, "%d",
                      kind == DGM_PLACE_COUNTRY ? 1
                      : kind == DGM_PLACE_CITY  ? (usa ? 3 : 4)
                                                : (usa ? 2 : 5));
}

/* "Ganja, Ganja City, Azerbaijan" */
CELL(geo_name)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (!place)
        return;
    dgm_view country = dgm_codes_of_country(d->codes, place->country).name;
    dgm_place_kind kind = dgm_place_kind_of(d->codes, place);
    dgm_buffer_put(out, place->name);
    if (kind == DGM_PLACE_CITY)
        dgm_buffer_printf(out, ", %.*s", DGM_FMT(place->admin1));
    if (kind != DGM_PLACE_COUNTRY && country.n > 0)
        dgm_buffer_printf(out, ", %.*s", DGM_FMT(country));
}

CELL(geo_country)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (place)
        dgm_buffer_put(out, dgm_codes_of_country(d->codes, place->country).fips);
}

/* Countries have their own code here and as feature; provinces' codes and GNS ids are not known. */
CELL(geo_if_country)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (place && dgm_place_kind_of(d->codes, place) == DGM_PLACE_COUNTRY)
        geo_country(d, out);
}

CELL(geo_lat)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (place && !isnan(place->lat))
        dgm_buffer_number(out, place->lat);
}

CELL(geo_lon)
{
    const dgm_record_place *place = dgm_place_of(d->record);
    if (place && !isnan(place->lon))
        dgm_buffer_number(out, place->lon);
}

CELL(url)
{
    dgm_buffer_put(out, d->record->story_url);
}

/* ---- events --------------------------------------------------------------------------------- */

/* clang-format off */
#define ACTOR(who, prefix)                                                                         \
    { #who "Code", prefix##_code }, { #who "Name", prefix##_name },                                \
    { #who "CountryCode", prefix##_country }, { #who "KnownGroupCode", prefix##_group },           \
    { #who "EthnicCode", NULL }, { #who "Religion1Code", NULL }, { #who "Religion2Code", NULL },   \
    { #who "Type1Code", prefix##_role1 }, { #who "Type2Code", prefix##_role2 },                    \
    { #who "Type3Code", prefix##_role3 }
#define GEO(who, type, name, country, adm1, lat, lon, feature)                                     \
    { #who "Geo_Type", type }, { #who "Geo_FullName", name }, { #who "Geo_CountryCode", country }, \
    { #who "Geo_ADM1Code", adm1 }, { #who "Geo_ADM2Code", NULL }, { #who "Geo_Lat", lat },         \
    { #who "Geo_Long", lon }, { #who "Geo_FeatureID", feature }
/* clang-format on */

static const dgm_column event_columns[] = {
    { "GLOBALEVENTID", id },
    { "SQLDATE", day },
    { "MonthYear", month },
    { "Year", year },
    { "FractionDate", fraction },
    ACTOR(Actor1, actor1),
    ACTOR(Actor2, actor2),
    { "IsRootEvent", is_root },
    { "EventCode", code },
    { "EventBaseCode", base_code },
    { "EventRootCode", root_code },
    { "QuadClass", quad },
    { "GoldsteinScale", goldstein },
    { "NumMentions", n_mentions },
    { "NumSources", n_sources },
    { "NumArticles", n_articles },
    { "AvgTone", NULL },
    GEO(Actor1, no_geo, NULL, NULL, NULL, NULL, NULL, NULL),
    GEO(Actor2, no_geo, NULL, NULL, NULL, NULL, NULL, NULL),
    GEO(Action, geo_type, geo_name, geo_country, geo_if_country, geo_lat, geo_lon, geo_if_country),
    { "DATEADDED", added },
    { "SOURCEURL", url },
};
_Static_assert(DGM_LEN(event_columns) == 61, "GDELT 2.0 has 61 columns");

static void write_event(const dgm_output_options *options, const dgm_record *record,
                        dgm_buffer *out)
{
    if (record->cameo.n > 0)
        dgm_write_dyads(options, record, false, event_columns, DGM_LEN(event_columns), out);
}

const dgm_output_kind dgm_kind_of_gdelt = {
    .dyadic = true, .pairs = true, .needs_cameo = true, .record = write_event
};

/* ---- mentions ------------------------------------------------------------------------------- */

/* 1: on the web, by address; 2: cited. */
CELL(mention_type)
{
    dgm_buffer_put(out, d->record->story_url.n > 0 ? DGM_VIEW("1") : DGM_VIEW("2"));
}

CELL(source)
{
    dgm_buffer_put(out, d->record->story_source);
}

CELL(identifier)
{
    dgm_buffer_put(out, d->record->story_url.n > 0 ? d->record->story_url : d->record->story_id);
}

CELL(sentence)
{
    dgm_buffer_printf(out, "%u", d->record->sentence + 1);
}

CELL(action_offset)
{
    dgm_buffer_printf(out, "%u", d->record->trigger.begin);
}

CELL(in_raw_text)
{
    (void)d;
    dgm_buffer_put(out, DGM_VIEW("1"));
}

CELL(confidence)
{
    if (!isnan(d->record->confidence))
        dgm_buffer_printf(out, "%d", (int)lround(d->record->confidence * 10) * 10);
}

static const dgm_column mention_columns[] = {
    { "GLOBALEVENTID", id },
    { "EventTimeDate", event_time },
    { "MentionTimeDate", added },
    { "MentionType", mention_type },
    { "MentionSourceName", source },
    { "MentionIdentifier", identifier },
    { "SentenceID", sentence },
    { "Actor1CharOffset", actor1_offset },
    { "Actor2CharOffset", actor2_offset },
    { "ActionCharOffset", action_offset },
    { "InRawText", in_raw_text },
    { "Confidence", confidence },
    { "MentionDocLen", NULL },
    { "MentionDocTone", NULL },
    { "MentionDocTranslationInfo", NULL },
    { "Extras", NULL },
};
_Static_assert(DGM_LEN(mention_columns) == 16, "mentions have 16 columns");

static void write_mention(const dgm_output_options *options, const dgm_record *record,
                          dgm_buffer *out)
{
    if (record->cameo.n > 0)
        dgm_write_dyads(options, record, false, mention_columns, DGM_LEN(mention_columns), out);
}

const dgm_output_kind dgm_kind_of_mentions = {
    .dyadic = true, .pairs = true, .needs_cameo = true, .record = write_mention
};
