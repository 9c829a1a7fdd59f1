/* The image of a table of places: see place_image.h. */
#include "grounding/place_image.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ROWS = 1 << 20, MAX_NAMES = 1 << 23, MAX_BITS = 22, MAX_COUNTRIES = 255 };

typedef struct {
    uint32_t n_names, n_rows, n_texts;
    uint16_t n_admins;
    uint8_t n_countries, bucket_bits;
} image_head;
_Static_assert(sizeof(image_head) == 16, "the head has no holes");

typedef struct {
    uint32_t name, geonames_id, population;
    float lat, lon;
    uint16_t admin1;
    uint8_t country, kind;
} place_row;
_Static_assert(sizeof(place_row) == 24, "a row has no holes");

/* ---- reading -------------------------------------------------------------------------------- */

/* Finds the arrays; false: they are too large, or not as long as the bytes. */
static bool find_parts(dgm_view rest, dgm_place_image *out)
{
    const image_head *h = dgm_view_cut(&rest, 1, sizeof *h);
    if (!h || h->n_rows > MAX_ROWS || h->n_names > MAX_NAMES || h->bucket_bits > MAX_BITS)
        return false;
    *out = (dgm_place_image) { .n_names = h->n_names,
                               .n_rows = h->n_rows,
                               .bucket_bits = h->bucket_bits,
                               .n_admins = h->n_admins,
                               .n_countries = h->n_countries,
                               .n_texts = h->n_texts };
    return (out->hashes = dgm_view_cut(&rest, h->n_names, sizeof *out->hashes)) &&
           (out->rows = dgm_view_cut(&rest, h->n_rows, sizeof(place_row))) &&
           (out->places = dgm_view_cut(&rest, h->n_names, sizeof *out->places)) &&
           (out->buckets =
                dgm_view_cut(&rest, (UINT64_C(1) << h->bucket_bits) + 1, sizeof *out->buckets)) &&
           (out->admins = dgm_view_cut(&rest, h->n_admins, sizeof *out->admins)) &&
           (out->countries =
                (const char(*)[4])dgm_view_cut(&rest, h->n_countries, sizeof *out->countries)) &&
           (out->texts = dgm_view_cut(&rest, h->n_texts, 1)) && rest.n == 0;
}

static bool codes_are_good(const dgm_place_image *image)
{
    for (uint32_t i = 0; i < image->n_countries; i++) {
        const char *code = image->countries[i];
        for (uint32_t k = 0; k < 3; k++)
            if (!dgm_is_upper((unsigned char)code[k]) && (i > 0 || code[k]))
                return false;
        if (code[3])
            return false;
    }
    return image->n_countries > 0 && image->countries[0][0] == 0;
}

dgm_status dgm_place_image_over(dgm_view bytes, const char *path, dgm_place_image *out,
                                dgm_err *err)
{
    if (!find_parts(bytes, out) || out->n_texts == 0 || out->texts[out->n_texts - 1] != 0)
        return dgm_fail(err, DGM_EFORMAT, path, 0, "is damaged: its size is not that of its parts");
    if (!codes_are_good(out))
        return dgm_fail(err, DGM_EFORMAT, path, 0, "is damaged: its countries have no codes");
    return DGM_OK;
}

static uint32_t bucket_of(uint32_t bits, uint64_t hash)
{
    return bits ? (uint32_t)(hash >> (64 - bits)) : 0;
}

bool dgm_place_image_find(const dgm_place_image *image, dgm_view key, uint32_t *begin,
                          uint32_t *end)
{
    if (image->n_names == 0)
        return false;
    uint64_t hash = dgm_hash(key);
    uint32_t bucket = bucket_of(image->bucket_bits, hash), i = image->buckets[bucket];
    uint32_t last = DGM_MIN(image->buckets[bucket + 1], image->n_names);
    while (i < last && image->hashes[i] < hash)
        i++;
    *begin = i;
    while (i < last && image->hashes[i] == hash)
        i++;
    *end = i;
    return *begin < *end;
}

bool dgm_place_image_at(const dgm_place_image *image, uint32_t entry, uint32_t *row)
{
    if (entry >= image->n_names || image->places[entry] >= image->n_rows)
        return false;
    *row = image->places[entry];
    return true;
}

static dgm_view text_at(const dgm_place_image *image, uint32_t at)
{
    dgm_view text = dgm_view_of(at < image->n_texts ? image->texts + at : "");
    return dgm_utf8_invalid(text) == SIZE_MAX ? text : (dgm_view) { "", 0 };
}

bool dgm_place_image_row(const dgm_place_image *image, uint32_t i, dgm_gazetteer_place *out)
{
    if (i >= image->n_rows)
        return false;
    const place_row *row = (const place_row *)image->rows + i;
    if (row->country >= image->n_countries || row->admin1 >= image->n_admins ||
        row->kind > DGM_PLACE_WATER || !(fabsf(row->lat) <= 90) || !(fabsf(row->lon) <= 180))
        return false;
    *out = (dgm_gazetteer_place) { .name = text_at(image, row->name),
                                   .admin1 = text_at(image, image->admins[row->admin1]),
                                   .kind = row->kind,
                                   .lat = row->lat,
                                   .lon = row->lon,
                                   .geonames_id = row->geonames_id,
                                   .population = row->population };
    memcpy(out->country, image->countries[row->country], sizeof out->country);
    return out->name.n > 0;
}

/* ---- making --------------------------------------------------------------------------------- */

typedef struct {
    uint64_t hash;
    uint32_t place, population;
} name_entry;

typedef struct {
    dgm_arena *arena, *kept;
    const dgm_country_codes *known;
    dgm_complaints *complaints;
    uint32_t otherwise;
    bool no_memory;
    DGM_ARRAY(place_row) rows;
    DGM_ARRAY(name_entry) names;
    dgm_map *admin_numbers, *country_numbers;
    dgm_buffer texts;
} making;

static uint32_t keep_text(making *m, dgm_view text)
{
    uint32_t at = (uint32_t)m->texts.n;
    dgm_buffer_put(&m->texts, text);
    dgm_buffer_put(&m->texts, (dgm_view) { "", 1 });
    return at;
}

/* The number of a text among those of its map; DGM_NONE: no memory. */
static uint32_t number_of(dgm_map *map, dgm_view text)
{
    uint32_t number;
    return dgm_map_add(map, text, dgm_map_count(map), &number) == DGM_OK ? number : DGM_NONE;
}

static bool add_key(void *context, dgm_view key)
{
    making *m = context;
    name_entry *entry = dgm_push(m->kept, &m->names);
    if (!entry)
        return false;
    uint32_t i = m->rows.n - 1;
    *entry = (name_entry) { dgm_hash(key), i, m->rows.at[i].population };
    return true;
}

static bool add_row(void *context, const dgm_row *row)
{
    making *m = context;
    dgm_gazetteer_place place;
    if (!dgm_place_read(row, m->known, m->otherwise, m->complaints, &place))
        return true;
    dgm_arena_reset(m->arena);
    uint32_t country = number_of(m->country_numbers, dgm_view_of(place.country));
    uint32_t admin1 = number_of(m->admin_numbers, place.admin1);
    if (m->rows.n >= MAX_ROWS || (admin1 != DGM_NONE && admin1 > UINT16_MAX - 1) ||
        (country != DGM_NONE && country >= MAX_COUNTRIES)) {
        dgm_complain(m->complaints, DGM_ELIMIT, row->file, row->line,
                     "the table has more places, divisions or countries than are read");
        return true;
    }
    place_row *out = dgm_push(m->kept, &m->rows);
    if (!out || country == DGM_NONE || admin1 == DGM_NONE)
        return !(m->no_memory = true);
    *out = (place_row) { .name = keep_text(m, place.name),
                         .geonames_id = place.geonames_id,
                         .population = place.population,
                         .lat = place.lat,
                         .lon = place.lon,
                         .admin1 = (uint16_t)admin1,
                         .country = (uint8_t)country,
                         .kind = place.kind };
    return dgm_place_keys(m->arena, row, add_key, m) || !(m->no_memory = true);
}

static int by_hash(const void *left, const void *right)
{
    const name_entry *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    if (a->population != b->population)
        return a->population > b->population ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* Sorted, and a place only once by each key. */
static void sort_names(making *m)
{
    uint32_t n = 0;
    if (m->names.n > 0)
        qsort(m->names.at, m->names.n, sizeof(*m->names.at), by_hash);
    for (uint32_t i = 0; i < m->names.n; i++)
        if (n == 0 || by_hash(m->names.at + n - 1, m->names.at + i) != 0)
            m->names.at[n++] = m->names.at[i];
    m->names.n = n;
}

static void put(dgm_buffer *out, const void *p, size_t n)
{
    dgm_buffer_put(out, (dgm_view) { p, n });
}

static void put_u32(dgm_buffer *out, uint32_t value)
{
    put(out, &value, sizeof value);
}

static void put_buckets(const making *m, uint32_t bits, dgm_buffer *out)
{
    uint32_t at = 0;
    for (uint32_t bucket = 0; bucket < 1u << bits; bucket++) {
        while (at < m->names.n && bucket_of(bits, m->names.at[at].hash) < bucket)
            at++;
        put_u32(out, at);
    }
    put_u32(out, m->names.n);
}

static image_head head_of(const making *m)
{
    image_head h = { .n_names = m->names.n,
                     .n_rows = m->rows.n,
                     .n_admins = (uint16_t)dgm_map_count(m->admin_numbers),
                     .n_countries = (uint8_t)dgm_map_count(m->country_numbers) };
    while (h.bucket_bits < MAX_BITS && 2u << h.bucket_bits < m->names.n)
        h.bucket_bits++;
    return h;
}

static void put_names(const making *m, const image_head *h, dgm_buffer *out)
{
    for (uint32_t i = 0; i < m->names.n; i++)
        put(out, &m->names.at[i].hash, sizeof(uint64_t));
    put(out, m->rows.at, m->rows.n * sizeof(*m->rows.at));
    for (uint32_t i = 0; i < m->names.n; i++)
        put_u32(out, m->names.at[i].place);
    put_buckets(m, h->bucket_bits, out);
}

/* Divisions, whose names go behind the other texts, and countries. */
static void put_divisions(making *m, const image_head *h, dgm_buffer *out)
{
    for (uint32_t i = 0; i < h->n_admins; i++)
        put_u32(out, keep_text(m, dgm_map_key(m->admin_numbers, i, NULL)));
    for (uint32_t i = 0; i < h->n_countries; i++) {
        char code[4] = "";
        dgm_view text = dgm_map_key(m->country_numbers, i, NULL);
        memcpy(code, text.p, DGM_MIN(text.n, 3u));
        put(out, code, sizeof code);
    }
}

static void put_all(making *m, dgm_buffer *out)
{
    image_head h = head_of(m);
    size_t begin = out->n;
    put(out, &h, sizeof h);
    put_names(m, &h, out);
    put_divisions(m, &h, out);
    h.n_texts = (uint32_t)m->texts.n;
    put(out, m->texts.p, m->texts.n);
    if (!out->failed)
        memcpy(out->p + begin, &h, sizeof h);
}

static bool make(making *m, const char *dirs, const char *name, dgm_buffer *out, dgm_status *status)
{
    char *text = NULL;
    if (!m->arena || !m->kept || !m->admin_numbers || !m->country_numbers ||
        number_of(m->country_numbers, DGM_VIEW("")) != 0 ||
        number_of(m->admin_numbers, DGM_VIEW("")) != 0)
        return false;
    *status = dgm_table_load(dirs, name, dgm_place_columns, add_row, m, m->complaints, &text);
    if (*status == DGM_OK && !m->texts.failed) {
        sort_names(m);
        put_all(m, out);
    }
    free(text);
    return !m->no_memory && !m->texts.failed && !out->failed;
}

dgm_status dgm_place_image_make(const char *dirs, const char *name, uint32_t otherwise,
                                const dgm_country_codes *known, dgm_complaints *complaints,
                                dgm_buffer *out)
{
    making m = { .arena = dgm_arena_new(),
                 .kept = dgm_arena_new_for_tables(),
                 .admin_numbers = dgm_map_new(),
                 .country_numbers = dgm_map_new(),
                 .known = known,
                 .complaints = complaints,
                 .otherwise = otherwise };
    dgm_status status = DGM_OK;
    if (!make(&m, dirs, name, out, &status))
        status = DGM_ENOMEM;
    dgm_arena_free(m.arena);
    dgm_arena_free(m.kept);
    dgm_map_free(m.admin_numbers);
    dgm_map_free(m.country_numbers);
    dgm_buffer_done(&m.texts);
    return status;
}
