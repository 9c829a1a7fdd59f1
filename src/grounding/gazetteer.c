/* Loads data/places/. The large tables, which are GeoNames', are images (place_image.h). Of those
 * written by hand a name's key leads to a chain of entries, one for each place of that name, the
 * last one of the tables first; they come behind the image's. */
#include "grounding/gazetteer.h"

#include "grounding/place_tables.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PLACES = 1 << 20, BY_HAND = 1 << 30 };

typedef struct {
    uint32_t place, next;
} entry;

/* A place is known by a number: its row in the image of the cities, or its place here, BY_HAND. */
struct dgm_gazetteer {
    dgm_place_table *cities, *villages;
    const dgm_place_image *image; /* of the cities */
    dgm_arena *arena;             /* of the arrays */
    DGM_ARRAY(dgm_gazetteer_place) places;
    DGM_ARRAY(entry) entries;
    dgm_map *names;         /* key -> first entry */
    dgm_map *words;         /* word -> bits */
    dgm_map *abbreviations; /* key -> place */
    char *texts[6];
    uint32_t n_texts;
};

typedef struct {
    dgm_gazetteer *gazetteer;
    dgm_complaints *complaints;
    dgm_arena *arena;  /* for folding */
    bool in_countries; /* the table that is being read says which codes there are */
    bool no_memory;
    uint32_t place; /* whose names are added */
    dgm_country_codes known;
} loading;

/* ---- loading -------------------------------------------------------------------------------- */

static bool add_name(void *context, dgm_view key)
{
    loading *l = context;
    dgm_gazetteer *g = l->gazetteer;
    uint32_t old, i = g->entries.n;
    entry *e = dgm_push(g->arena, &g->entries);
    if (!e || dgm_map_set(g->names, key, i, &old) != DGM_OK)
        return !(l->no_memory = true);
    bool again = old != DGM_NONE && g->entries.at[old].place == l->place; /* by the same key */
    *e = (entry) { .place = l->place, .next = again ? g->entries.at[old].next : old };
    return true;
}

static bool add_names(loading *l, const dgm_row *row, uint32_t place)
{
    dgm_arena_reset(l->arena);
    l->place = place;
    return dgm_place_keys(l->arena, row, add_name, l);
}

static bool add_place(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_gazetteer *g = l->gazetteer;
    dgm_gazetteer_place place;
    if (!dgm_place_read(row, l->in_countries ? NULL : &l->known, DGM_NONE, l->complaints, &place))
        return true;
    if (place.country[0])
        dgm_country_add(&l->known, place.country);
    if (g->places.n == MAX_PLACES)
        return true;
    uint32_t number = BY_HAND | g->places.n;
    dgm_gazetteer_place *kept = dgm_push(g->arena, &g->places);
    if (!kept)
        return !(l->no_memory = true);
    *kept = place;
    return add_names(l, row, number);
}

static bool place_of(const dgm_gazetteer *g, uint32_t number, dgm_gazetteer_place *out)
{
    if (!(number & BY_HAND))
        return dgm_place_image_row(g->image, number, out);
    *out = g->places.at[number - BY_HAND];
    return true;
}

/* The number of the most populous place of that name in a country, among those from one kind to
 * another; DGM_NONE: there is none. */
static uint32_t largest(loading *l, dgm_view name, dgm_view country, uint8_t from, uint8_t to)
{
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    uint32_t best = DGM_NONE, most = 0;
    dgm_place_cursor cursor = { 0 };
    dgm_gazetteer_place place;
    if (dgm_place_key_add(l->arena, name, key, &n))
        while (dgm_gazetteer_find(l->gazetteer, (dgm_view) { key, n }, &cursor, &place))
            if (dgm_view_eq(dgm_view_of(place.country), country) && place.kind >= from &&
                place.kind <= to && (best == DGM_NONE || place.population > most)) {
                best = cursor.number;
                most = place.population;
            }
    return best;
}

static bool add_alias(void *context, const dgm_row *row)
{
    loading *l = context;
    uint32_t best = largest(l, row->cell[0], row->cell[2], DGM_PLACE_CITY, DGM_PLACE_CAPITAL);
    if (best != DGM_NONE)
        return add_names(l, row, best);
    dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                 "no city \"%.*s\" of %.*s in places.tsv", DGM_FMT(row->cell[0]),
                 DGM_FMT(row->cell[2]));
    return true;
}

/* The row's place is the region of that name; among several the most populous. */
static bool add_abbreviation(void *context, const dgm_row *row)
{
    loading *l = context;
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    uint32_t best = largest(l, row->cell[1], row->cell[2], DGM_PLACE_REGION, DGM_PLACE_REGION);
    if (best == DGM_NONE || !dgm_place_key_add(l->arena, row->cell[0], key, &n) || n == 0) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "no region \"%.*s\" of %.*s in places.tsv", DGM_FMT(row->cell[1]),
                     DGM_FMT(row->cell[2]));
        return true;
    }
    if (dgm_map_set(l->gazetteer->abbreviations, (dgm_view) { key, n }, best, NULL) != DGM_OK)
        return !(l->no_memory = true);
    return true;
}

static uint32_t place_word_bits(dgm_view class)
{
    static const char *const classes[] = { "at_place", "toward_place", "city",  "region", "site",
                                           "part",     "reach",        "apart", "abroad", "second",
                                           "spot",     "urban",        "common" };
    uint32_t i = dgm_view_index(class, classes, DGM_LEN(classes));
    return i < DGM_LEN(classes) ? 1u << i : 0;
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

static dgm_status load_table(loading *l, const char *tables_dir, const char *name,
                             const char *const *columns, dgm_row_fn fn, dgm_err *err)
{
    dgm_gazetteer *g = l->gazetteer;
    dgm_status status =
        dgm_table_load(tables_dir, name, columns, fn, l, l->complaints, &g->texts[g->n_texts]);
    g->n_texts += status == DGM_OK;
    if (status == DGM_OK && !l->no_memory)
        return DGM_OK;
    return dgm_fail(err, l->no_memory ? DGM_ENOMEM : status, tables_dir, 0,
                    "the table %s cannot be used", name);
}

/* Those by hand that stand on the images. */
static dgm_status load_others(loading *l, const char *tables_dir, dgm_err *err)
{
    static const char *const alias_columns[] = { "name!", "also!", "country!", NULL };
    static const char *const abbreviation_columns[] = { "abbreviation!", "name!", "country", NULL };
    static const char *const word_columns[] = { "word!", "class!", NULL };
    static const char *const preposition_columns[] = { "word", "classes", NULL };
    const struct {
        const char *name;
        const char *const *columns;
        dgm_row_fn fn;
    } tables[] = {
        { "places/regions.tsv", dgm_place_columns, add_place },
        { "places/aliases.tsv", alias_columns, add_alias },
        { "places/abbreviations.tsv", abbreviation_columns, add_abbreviation },
        { "english/place-words.tsv", word_columns, add_word },
        { "english/prepositions.tsv", preposition_columns, add_preposition },
    };
    dgm_status status = DGM_OK;
    for (size_t i = 0; i < DGM_LEN(tables) && status == DGM_OK; i++)
        status = load_table(l, tables_dir, tables[i].name, tables[i].columns, tables[i].fn, err);
    return status;
}

/* Countries first, since they say which codes there are. */
static dgm_status load_tables(loading *l, const char *tables_dir, dgm_err *err)
{
    dgm_gazetteer *g = l->gazetteer;
    l->in_countries = true;
    dgm_status status =
        load_table(l, tables_dir, "places/countries.tsv", dgm_place_columns, add_place, err);
    l->in_countries = false;
    if (status == DGM_OK)
        status = dgm_place_table_load(tables_dir, DGM_PLACE_CITIES, &l->known, l->complaints,
                                      &g->cities, err);
    if (status == DGM_OK)
        status = dgm_place_table_load(tables_dir, DGM_PLACE_VILLAGES, &l->known, l->complaints,
                                      &g->villages, err);
    if (status != DGM_OK)
        return status;
    g->image = dgm_place_table_image(g->cities);
    return load_others(l, tables_dir, err);
}

dgm_status dgm_gazetteer_load(const char *tables_dir, dgm_complaints *complaints,
                              dgm_gazetteer **out, dgm_err *err)
{
    dgm_gazetteer *g = calloc(1, sizeof(*g));
    if (!g)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the gazetteer");
    loading l = { .gazetteer = g, .complaints = complaints, .arena = dgm_arena_new() };
    g->arena = dgm_arena_new_for_tables();
    g->names = dgm_map_new();
    g->words = dgm_map_new();
    g->abbreviations = dgm_map_new();
    dgm_status status = g->arena && g->names && g->words && g->abbreviations && l.arena
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
    dgm_place_table_free(g->cities);
    dgm_place_table_free(g->villages);
    dgm_map_free(g->names);
    dgm_map_free(g->words);
    dgm_map_free(g->abbreviations);
    for (uint32_t i = 0; i < g->n_texts; i++)
        free(g->texts[i]);
    dgm_arena_free(g->arena);
    free(g);
}

/* ---- looking up ----------------------------------------------------------------------------- */

/* The next of the entries of an image. */
static bool next_of(const dgm_place_image *image, dgm_place_cursor *cursor,
                    dgm_gazetteer_place *out)
{
    while (cursor->at < cursor->end)
        if (dgm_place_image_at(image, cursor->at++, &cursor->number) &&
            dgm_place_image_row(image, cursor->number, out))
            return true;
    return false;
}

bool dgm_gazetteer_find(const dgm_gazetteer *g, dgm_view key, dgm_place_cursor *cursor,
                        dgm_gazetteer_place *out)
{
    if (!cursor->begun) {
        cursor->begun = true;
        cursor->next = dgm_map_get(g->names, key);
        (void)dgm_place_image_find(g->image, key, &cursor->at, &cursor->end);
    }
    if (next_of(g->image, cursor, out))
        return true;
    if (cursor->next == DGM_NONE)
        return false;
    const entry *e = g->entries.at + cursor->next;
    cursor->next = e->next;
    cursor->number = e->place;
    return place_of(g, e->place, out);
}

bool dgm_gazetteer_village(const dgm_gazetteer *g, dgm_view key, dgm_place_cursor *cursor,
                           dgm_gazetteer_place *out)
{
    const dgm_place_image *image = dgm_place_table_image(g->villages);
    if (!cursor->begun) {
        cursor->begun = true;
        (void)dgm_place_image_find(image, key, &cursor->at, &cursor->end);
    }
    return next_of(image, cursor, out);
}

bool dgm_gazetteer_abbreviation(const dgm_gazetteer *g, dgm_view word, dgm_gazetteer_place *out)
{
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    for (size_t i = 0; i < word.n && n < sizeof key; i++)
        if (word.p[i] != '.')
            key[n++] = dgm_to_lower(word.p[i]);
    uint32_t i = n > 0 ? dgm_map_get(g->abbreviations, (dgm_view) { key, n }) : DGM_NONE;
    return i != DGM_NONE && place_of(g, i, out);
}

uint32_t dgm_gazetteer_word(const dgm_gazetteer *g, dgm_view word)
{
    uint32_t bits = dgm_map_get(g->words, word);
    return bits == DGM_NONE ? 0 : bits;
}
