/* Rows of places, whichever table they are of: see place_rows.h. */
#include "grounding/place_rows.h"

#include <string.h>

const char *const dgm_place_columns[] = { "name!", "also",        "country",    "admin1", "lat!",
                                          "lon!",  "geonames_id", "population", "kind",   NULL };
enum { NAME, ALSO, COUNTRY, ADMIN1, LAT, LON, GEONAMES, POPULATION, KIND };

static size_t place_of(const char code[4])
{
    return (size_t)((code[0] - 'A') * 26 + code[1] - 'A') * 26 + (size_t)(code[2] - 'A');
}

void dgm_country_add(dgm_country_codes *codes, const char code[4])
{
    codes->at[place_of(code)] = true;
}

bool dgm_country_is(const dgm_country_codes *codes, const char code[4])
{
    return codes->at[place_of(code)];
}

/* ---- keys ----------------------------------------------------------------------------------- */

static bool is_ascii(dgm_view v)
{
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.p[i] >= 0x80)
            return false;
    return true;
}

bool dgm_place_key_add(dgm_arena *arena, dgm_view text, char key[DGM_MAX_PLACE_NAME], size_t *n)
{
    size_t used = *n;
    bool space = used > 0 && text.n > 0 && text.p[0] != '\'';
    if (!is_ascii(text))
        text = dgm_fold(arena, text);
    for (size_t i = 0; i < text.n; i++) {
        char c = dgm_to_lower(text.p[i]);
        if (c >= 'a' && c <= 'z' && !space && used < DGM_MAX_PLACE_NAME) {
            key[used++] = c;
            continue;
        }
        if (c == '\'' || c == '.' || c == ',' || c == '`')
            continue;
        if (c == '-' || dgm_is_space((unsigned char)c)) {
            space = used > 0;
            continue;
        }
        /* Signs of Arabic transliteration that folding keeps: U+02BB to U+02BF. */
        if ((unsigned char)c == 0xCA && i + 1 < text.n && (unsigned char)text.p[i + 1] >= 0xBB) {
            i++;
            continue;
        }
        if (used + space + 1 > DGM_MAX_PLACE_NAME)
            return false;
        if (space)
            key[used++] = ' ';
        space = false;
        key[used++] = c;
    }
    *n = used;
    return true;
}

static bool give_key(dgm_arena *arena, dgm_view name, dgm_place_key_fn fn, void *context)
{
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    return !dgm_place_key_add(arena, name, key, &n) || n < 2 || fn(context, (dgm_view) { key, n });
}

bool dgm_place_keys(dgm_arena *arena, const dgm_row *row, dgm_place_key_fn fn, void *context)
{
    dgm_view also = row->cell[ALSO], other;
    bool good = give_key(arena, row->cell[NAME], fn, context);
    while (good && also.n && dgm_view_split(&also, ';', &other))
        good = give_key(arena, dgm_view_trim(other), fn, context);
    return good;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static bool kind_of(dgm_view v, uint32_t otherwise, uint8_t *kind)
{
    static const struct {
        const char *name;
        uint8_t kind;
    } kinds[] = {
        { "city", DGM_PLACE_CITY },       { "seat", DGM_PLACE_SEAT },
        { "capital", DGM_PLACE_CAPITAL }, { "region", DGM_PLACE_REGION },
        { "country", DGM_PLACE_COUNTRY }, { "site", DGM_PLACE_SITE },
        { "camp", DGM_PLACE_SITE },       { "crossing", DGM_PLACE_SITE },
        { "mountain", DGM_PLACE_SITE },   { "border", DGM_PLACE_SITE },
        { "sea", DGM_PLACE_WATER },       { "strait", DGM_PLACE_WATER },
        { "river", DGM_PLACE_WATER },     { "village", DGM_PLACE_VILLAGE },
    };
    for (size_t i = 0; i < DGM_LEN(kinds); i++)
        if (dgm_view_eq(v, dgm_view_of(kinds[i].name))) {
            *kind = kinds[i].kind;
            return true;
        }
    *kind = (uint8_t)otherwise;
    return v.n == 0 && otherwise != DGM_NONE;
}

static bool small_number(dgm_view v, uint32_t *out)
{
    uint64_t value = 0;
    if (v.n > 0 && (!dgm_parse_u64(v, &value) || value > UINT32_MAX))
        return false;
    *out = (uint32_t)value;
    return true;
}

static bool country_code(dgm_view v, char out[4])
{
    if (v.n != 0 && v.n != 3)
        return false;
    for (size_t i = 0; i < v.n; i++) {
        if (!dgm_is_upper((unsigned char)v.p[i]))
            return false;
        out[i] = v.p[i];
    }
    return true;
}

/* Whether the name, the codes and the kind are right. */
static bool read_names(const dgm_row *row, const dgm_country_codes *known, uint32_t otherwise,
                       dgm_complaints *complaints, dgm_gazetteer_place *place)
{
    place->name = row->cell[NAME];
    place->admin1 = row->cell[ADMIN1];
    if (place->name.n == 0 || !country_code(row->cell[COUNTRY], place->country) ||
        !kind_of(row->cell[KIND], otherwise, &place->kind)) {
        dgm_complain(complaints, DGM_EFORMAT, row->file, row->line,
                     "a name, a code of three letters or none, and a known kind are wanted");
        return false;
    }
    if (place->country[0] && known && !dgm_country_is(known, place->country)) {
        dgm_complain(complaints, DGM_EFORMAT, row->file, row->line,
                     "%s is the code of no country of places/countries.tsv", place->country);
        return false;
    }
    return true;
}

bool dgm_place_read(const dgm_row *row, const dgm_country_codes *known, uint32_t otherwise,
                    dgm_complaints *complaints, dgm_gazetteer_place *out)
{
    double lat, lon;
    *out = (dgm_gazetteer_place) { .name = { "", 0 } };
    if (!read_names(row, known, otherwise, complaints, out))
        return false;
    if (!dgm_parse_double(row->cell[LAT], &lat) || !dgm_parse_double(row->cell[LON], &lon) ||
        lat < -90 || lat > 90 || lon < -180 || lon > 180) {
        dgm_complain(complaints, DGM_EFORMAT, row->file, row->line,
                     "latitude -90 to 90 and longitude -180 to 180 are wanted");
        return false;
    }
    if (!small_number(row->cell[GEONAMES], &out->geonames_id) ||
        !small_number(row->cell[POPULATION], &out->population)) {
        dgm_complain(complaints, DGM_EFORMAT, row->file, row->line,
                     "the id and the population are numbers or \"-\"");
        return false;
    }
    out->lat = (float)lat;
    out->lon = (float)lon;
    return true;
}
