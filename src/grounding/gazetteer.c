/* Loads data/places/. A name's key leads to a chain of entries, one for each place of that name,
 * in the order of the tables: countries, regions, places. */
#include "grounding/gazetteer.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PLACES = 1 << 20 };

typedef struct {
    uint32_t place, next;
} entry;

struct dgm_gazetteer {
    dgm_gazetteer_place *places;
    uint32_t n_places, cap_places;
    entry *entries;
    uint32_t n_entries, cap_entries;
    dgm_map *names;         /* key -> first entry */
    dgm_map *words;         /* word -> bits */
    dgm_map *abbreviations; /* key -> place */
    char *texts[7];
    uint32_t n_texts;
};

typedef struct {
    dgm_gazetteer *gazetteer;
    dgm_complaints *complaints;
    dgm_arena *arena;  /* for folding */
    bool in_countries; /* the table that is being read says which codes there are */
    bool no_memory;
    bool known[26 * 26 * 26]; /* codes of countries */
} loading;

static bool *known_code(loading *l, const char code[4])
{
    return &l->known[((code[0] - 'A') * 26 + code[1] - 'A') * 26 + code[2] - 'A'];
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

/* ---- loading -------------------------------------------------------------------------------- */

static void *grown(void *at, uint32_t *cap, size_t size)
{
    uint32_t wanted = *cap ? *cap * 2 : 4096;
    void *bigger = realloc(at, wanted * size);
    if (bigger)
        *cap = wanted;
    return bigger;
}

static bool add_name(loading *l, dgm_view name, uint32_t i_place)
{
    dgm_gazetteer *g = l->gazetteer;
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    if (!dgm_place_key_add(l->arena, name, key, &n) || n < 2)
        return true;
    if (g->n_entries == g->cap_entries) {
        entry *at = grown(g->entries, &g->cap_entries, sizeof(*at));
        if (!at)
            return !(l->no_memory = true);
        g->entries = at;
    }
    uint32_t old, i = g->n_entries++;
    g->entries[i] = (entry) { .place = i_place, .next = DGM_NONE };
    if (dgm_map_set(g->names, (dgm_view) { key, n }, i, &old) != DGM_OK)
        return !(l->no_memory = true);
    if (old != DGM_NONE && g->entries[old].place == i_place)
        g->entries[i].next = g->entries[old].next; /* the same place by the same key */
    else
        g->entries[i].next = old;
    return true;
}

static bool add_names(loading *l, dgm_view name, dgm_view also, uint32_t i_place)
{
    dgm_view other;
    bool good = add_name(l, name, i_place);
    while (good && also.n && dgm_view_split(&also, ';', &other))
        good = add_name(l, dgm_view_trim(other), i_place);
    return good;
}

static bool kind_of(dgm_view v, uint8_t *kind)
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
        { "river", DGM_PLACE_WATER },
    };
    for (size_t i = 0; i < DGM_LEN(kinds); i++)
        if (dgm_view_eq(v, dgm_view_of(kinds[i].name))) {
            *kind = kinds[i].kind;
            return true;
        }
    return false;
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

enum { NAME, ALSO, COUNTRY, ADMIN1, LAT, LON, GEONAMES, POPULATION, KIND };

static bool add_place(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_gazetteer *g = l->gazetteer;
    dgm_gazetteer_place place = { .name = row->cell[NAME], .admin1 = row->cell[ADMIN1] };
    double lat, lon;
    if (row->cell[NAME].n == 0 || !country_code(row->cell[COUNTRY], place.country) ||
        !kind_of(row->cell[KIND], &place.kind)) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "a name, a code of three letters or none, and a known kind are wanted");
        return true;
    }
    if (place.country[0] && l->in_countries)
        *known_code(l, place.country) = true;
    if (place.country[0] && !*known_code(l, place.country)) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "%s is the code of no country of places/countries.tsv", place.country);
        return true;
    }
    if (!dgm_parse_double(row->cell[LAT], &lat) || !dgm_parse_double(row->cell[LON], &lon) ||
        lat < -90 || lat > 90 || lon < -180 || lon > 180) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "latitude -90 to 90 and longitude -180 to 180 are wanted");
        return true;
    }
    if (!small_number(row->cell[GEONAMES], &place.geonames_id) ||
        !small_number(row->cell[POPULATION], &place.population) || g->n_places >= MAX_PLACES) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "the id and the population are numbers or \"-\"");
        return true;
    }
    place.lat = (float)lat;
    place.lon = (float)lon;
    dgm_arena_reset(l->arena);
    if (g->n_places == g->cap_places) {
        dgm_gazetteer_place *at = grown(g->places, &g->cap_places, sizeof(*at));
        if (!at)
            return !(l->no_memory = true);
        g->places = at;
    }
    g->places[g->n_places] = place;
    return add_names(l, row->cell[NAME], row->cell[ALSO], g->n_places++);
}

static bool add_alias(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_gazetteer *g = l->gazetteer;
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    uint32_t best = DGM_NONE;
    dgm_place_cursor cursor = { 0 };
    const dgm_gazetteer_place *place;
    if (dgm_place_key_add(l->arena, row->cell[0], key, &n))
        while ((place = dgm_gazetteer_find(g, (dgm_view) { key, n }, &cursor)) != NULL) {
            bool here = dgm_view_eq(dgm_view_of(place->country), row->cell[2]);
            if (here && place->kind <= DGM_PLACE_CAPITAL &&
                (best == DGM_NONE || place->population > g->places[best].population))
                best = (uint32_t)(place - g->places);
        }
    if (best == DGM_NONE) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "no city \"%.*s\" of %.*s in places.tsv", DGM_FMT(row->cell[0]),
                     DGM_FMT(row->cell[2]));
        return true;
    }
    return add_names(l, row->cell[0], row->cell[1], best);
}

/* The row's place is the region of that name; among several the most populous. */
static bool add_abbreviation(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_gazetteer *g = l->gazetteer;
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    dgm_place_cursor cursor = { 0 };
    const dgm_gazetteer_place *place, *best = NULL;
    if (dgm_place_key_add(l->arena, row->cell[1], key, &n))
        while ((place = dgm_gazetteer_find(g, (dgm_view) { key, n }, &cursor)) != NULL)
            if (place->kind == DGM_PLACE_REGION &&
                dgm_view_eq(dgm_view_of(place->country), row->cell[2]) &&
                (!best || place->population > best->population))
                best = place;
    n = 0;
    if (!best || !dgm_place_key_add(l->arena, row->cell[0], key, &n) || n == 0) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "no region \"%.*s\" of %.*s in places.tsv", DGM_FMT(row->cell[1]),
                     DGM_FMT(row->cell[2]));
        return true;
    }
    if (dgm_map_set(g->abbreviations, (dgm_view) { key, n }, (uint32_t)(best - g->places), NULL) !=
        DGM_OK)
        return !(l->no_memory = true);
    return true;
}

static uint32_t place_word_bits(dgm_view class)
{
    static const char *const classes[] = {
        "at_place", "toward_place", "city",  "region", "site",
        "part",     "reach",        "apart", "abroad", "second"
    };
    for (uint32_t i = 0; i < DGM_LEN(classes); i++)
        if (dgm_view_eq(class, dgm_view_of(classes[i])))
            return 1u << i;
    return 0;
}

static bool add_bits(loading *l, dgm_view word, uint32_t bits)
{
    uint32_t old = dgm_map_get(l->gazetteer->words, word);
    if (dgm_map_set(l->gazetteer->words, word, bits | (old == DGM_NONE ? 0 : old), NULL) != DGM_OK)
        return !(l->no_memory = true);
    return true;
}

static bool add_word(void *context, const dgm_row *row)
{
    loading *l = context;
    uint32_t bits = place_word_bits(row->cell[1]);
    if (bits && row->cell[0].n > 0)
        return add_bits(l, row->cell[0], bits);
    dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                 "\"%.*s\" is none of the classes of words beside places", DGM_FMT(row->cell[1]));
    return true;
}

/* Most classes of prepositions are for others. */
static bool add_preposition(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_view rest = row->cell[1], class;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &class))
        if (place_word_bits(class) && !add_bits(l, row->cell[0], place_word_bits(class)))
            return false;
    return true;
}

static dgm_status load_tables(loading *l, const char *tables_dir, dgm_err *err)
{
    static const char *const place_columns[] = { "name", "also", "country",     "admin1",
                                                 "lat",  "lon",  "geonames_id", "population",
                                                 "kind", NULL };
    static const char *const alias_columns[] = { "name", "also", "country", NULL };
    static const char *const abbreviation_columns[] = { "abbreviation", "name", "country", NULL };
    static const char *const word_columns[] = { "word", "class", NULL };
    static const char *const preposition_columns[] = { "word", "classes", NULL };
    static const struct {
        const char *name;
        const char *const *columns;
        dgm_row_fn fn;
    } tables[] = {
        { "places/countries.tsv", place_columns, add_place },
        { "places/regions.tsv", place_columns, add_place },
        { "places/places.tsv", place_columns, add_place },
        { "places/aliases.tsv", alias_columns, add_alias },
        { "places/abbreviations.tsv", abbreviation_columns, add_abbreviation },
        { "english/place-words.tsv", word_columns, add_word },
        { "english/prepositions.tsv", preposition_columns, add_preposition },
    };
    for (size_t i = 0; i < DGM_LEN(tables); i++) {
        dgm_gazetteer *g = l->gazetteer;
        l->in_countries = i == 0;
        dgm_status status = dgm_table_load(tables_dir, tables[i].name, tables[i].columns,
                                           tables[i].fn, l, l->complaints, &g->texts[g->n_texts]);
        if (status != DGM_OK)
            return dgm_fail(err, status, tables_dir, 0, "%s cannot be read", tables[i].name);
        g->n_texts++;
        if (l->no_memory)
            return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the gazetteer");
        dgm_arena_reset(l->arena);
    }
    return DGM_OK;
}

dgm_status dgm_gazetteer_load(const char *tables_dir, dgm_complaints *complaints,
                              dgm_gazetteer **out, dgm_err *err)
{
    dgm_gazetteer *g = calloc(1, sizeof(*g));
    if (!g)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the gazetteer");
    loading l = { .gazetteer = g, .complaints = complaints, .arena = dgm_arena_new() };
    g->names = dgm_map_new();
    g->words = dgm_map_new();
    g->abbreviations = dgm_map_new();
    dgm_status status = g->names && g->words && g->abbreviations && l.arena
                            ? load_tables(&l, tables_dir, err)
                            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the gazetteer");
    if (status == DGM_OK && dgm_arena_failed(l.arena))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the gazetteer");
    dgm_arena_free(l.arena);
    if (status != DGM_OK) {
        dgm_gazetteer_free(g);
        return status;
    }
    *out = g;
    return DGM_OK;
}

void dgm_gazetteer_free(dgm_gazetteer *g)
{
    if (!g)
        return;
    dgm_map_free(g->names);
    dgm_map_free(g->words);
    dgm_map_free(g->abbreviations);
    for (uint32_t i = 0; i < g->n_texts; i++)
        free(g->texts[i]);
    free(g->places);
    free(g->entries);
    free(g);
}

/* ---- looking up ----------------------------------------------------------------------------- */

const dgm_gazetteer_place *dgm_gazetteer_find(const dgm_gazetteer *g, dgm_view key,
                                              dgm_place_cursor *cursor)
{
    uint32_t i = cursor->begun ? cursor->next : dgm_map_get(g->names, key);
    cursor->begun = true;
    if (i == DGM_NONE)
        return NULL;
    cursor->next = g->entries[i].next;
    return g->places + g->entries[i].place;
}

const dgm_gazetteer_place *dgm_gazetteer_abbreviation(const dgm_gazetteer *g, dgm_view word)
{
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    for (size_t i = 0; i < word.n && n < sizeof key; i++)
        if (word.p[i] != '.')
            key[n++] = dgm_to_lower(word.p[i]);
    uint32_t i = n > 0 ? dgm_map_get(g->abbreviations, (dgm_view) { key, n }) : DGM_NONE;
    return i == DGM_NONE ? NULL : g->places + i;
}

uint32_t dgm_gazetteer_word(const dgm_gazetteer *g, dgm_view word)
{
    uint32_t bits = dgm_map_get(g->words, word);
    return bits == DGM_NONE ? 0 : bits;
}
