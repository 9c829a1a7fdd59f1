/* The large tables of places: what is compiled is what the text says; damaged files are refused or
 * give places that are none, and an edited table is read. */
#include "base/compiled.h"
#include "grounding/place_tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char folder[] = "test_places.tables";

static void write_file(const char *name, const char *bytes, size_t n)
{
    char path[200];
    mkdir(folder, 0755);
    snprintf(path, sizeof path, "%s/places", folder);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/places/%s", folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

/* Writes a table of these rows; its sum. */
static dgm_table_sum write_table(const char *name, const char *rows)
{
    char text[400];
    int n = snprintf(text, sizeof text,
                     "name\talso\tcountry\tadmin1\tlat\tlon\tgeonames_id\tpopulation\tkind\n%s\n",
                     rows);
    assert_true(n > 0 && (size_t)n < sizeof text);
    write_file(name, text, (size_t)n);
    return dgm_table_sum_of((dgm_table_sum) { 0, 0 }, (dgm_view) { text, (size_t)n });
}

/* Compiles a table in which nothing is wrong. */
static void compile(const char *data, dgm_large_table which, dgm_buffer *bytes,
                    dgm_place_image *image)
{
    dgm_complaints complaints = { 0 };
    assert_int_equal(dgm_place_table_compile(data, which, &complaints, bytes, NULL), DGM_OK);
    assert_int_equal(complaints.n, 0);
    dgm_view rest =
        dgm_view_slice((dgm_view) { bytes->p, bytes->n }, sizeof(dgm_compiled_head), bytes->n);
    assert_int_equal(dgm_place_image_over(rest, "test", image, NULL), DGM_OK);
}

/* ---- what the text says --------------------------------------------------------------------- */

typedef struct {
    dgm_place_image image;
    dgm_arena *arena;
    uint32_t otherwise, row;
    dgm_gazetteer_place place;
    size_t n_keys;
} comparison;

static bool same(const dgm_gazetteer_place *a, const dgm_gazetteer_place *b)
{
    return dgm_view_eq(a->name, b->name) && dgm_view_eq(a->admin1, b->admin1) &&
           strcmp(a->country, b->country) == 0 && a->kind == b->kind && a->lat == b->lat &&
           a->lon == b->lon && a->geonames_id == b->geonames_id && a->population == b->population;
}

static bool find_key(void *context, dgm_view key)
{
    comparison *c = context;
    uint32_t at, end, row;
    dgm_gazetteer_place found;
    c->n_keys++;
    if (!dgm_place_image_find(&c->image, key, &at, &end))
        fail_msg("\"%.*s\" is not found", DGM_FMT(key));
    while (at < end) {
        assert_true(dgm_place_image_at(&c->image, at++, &row));
        if (row == c->row && dgm_place_image_row(&c->image, row, &found) && same(&found, &c->place))
            return true;
    }
    fail_msg("\"%.*s\" is not the place of the table", DGM_FMT(key));
    return false;
}

static bool find_row(void *context, const dgm_row *row)
{
    comparison *c = context;
    dgm_complaints none = { 0 };
    assert_true(dgm_place_read(row, NULL, c->otherwise, &none, &c->place));
    dgm_arena_reset(c->arena);
    bool good = dgm_place_keys(c->arena, row, find_key, c);
    c->row++;
    return good;
}

static void compare(dgm_large_table which, const char *name, uint32_t otherwise)
{
    const char *data = getenv("DRAGOMAN_TABLES");
    dgm_complaints complaints = { 0 };
    dgm_buffer bytes = { 0 };
    char *text = NULL;
    comparison c = { .arena = dgm_arena_new(), .otherwise = otherwise };
    compile(data ? data : "data", which, &bytes, &c.image);
    assert_int_equal(dgm_table_load(data ? data : "data", name, dgm_place_columns, find_row, &c,
                                    &complaints, &text),
                     DGM_OK);
    assert_int_equal(c.row, c.image.n_rows);
    assert_true(c.n_keys >= c.row && c.row > 30000);
    uint32_t at, end;
    assert_false(dgm_place_image_find(&c.image, DGM_VIEW("no such place"), &at, &end));
    free(text);
    dgm_buffer_done(&bytes);
    dgm_arena_free(c.arena);
}

static void every_name_of_the_tables_leads_to_its_place(void **state)
{
    (void)state;
    compare(DGM_PLACE_CITIES, "places/places.tsv", DGM_NONE);
    compare(DGM_PLACE_VILLAGES, "places/villages.tsv", DGM_PLACE_VILLAGE);
}

static void the_most_populous_of_a_name_comes_first(void **state)
{
    (void)state;
    static const char *const wanted[] = { "FRA", "USA", "POL" };
    dgm_buffer bytes = { 0 };
    dgm_place_image image;
    dgm_gazetteer_place place;
    uint32_t at, end, row;
    (void)write_table("places.tsv", "Nowhere\t-\tUSA\tOhio\t1\t2\t3\t50\tcity\n"
                                    "No-Where\tNowhere\tFRA\tAin\t1\t2\t4\t500\tcity\n"
                                    "Nowhere\t-\tPOL\t-\t1\t2\t5\t5\tcity");
    compile(folder, DGM_PLACE_CITIES, &bytes, &image);
    assert_true(dgm_place_image_find(&image, DGM_VIEW("nowhere"), &at, &end));
    assert_int_equal(end - at, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(dgm_place_image_at(&image, at++, &row) &&
                    dgm_place_image_row(&image, row, &place));
        assert_string_equal(place.country, wanted[i]);
    }
    dgm_buffer_done(&bytes);
}

/* ---- which is taken ------------------------------------------------------------------------- */

/* A compiled table that says of one text what another says. */
static void forge(const char *says, const char *row)
{
    dgm_buffer bytes = { 0 };
    dgm_place_image image;
    (void)write_table("places.tsv", says);
    compile(folder, DGM_PLACE_CITIES, &bytes, &image);
    dgm_table_sum sum = write_table("places.tsv", row);
    memcpy(bytes.p + offsetof(dgm_compiled_head, tables), &sum, sizeof sum);
    write_file("places.compiled", bytes.p, bytes.n);
    dgm_buffer_done(&bytes);
}

/* Whether the table of the folder has the name, and how many complaints there are. */
static bool has(const char *key, size_t n_complaints)
{
    dgm_country_codes *known = calloc(1, sizeof *known);
    dgm_complaints complaints = { 0 };
    dgm_place_table *table;
    uint32_t at, end;
    assert_non_null(known);
    dgm_country_add(known, "USA");
    assert_int_equal(
        dgm_place_table_load(folder, DGM_PLACE_CITIES, known, &complaints, &table, NULL), DGM_OK);
    bool found = dgm_place_image_find(dgm_place_table_image(table), dgm_view_of(key), &at, &end);
    assert_int_equal(complaints.n, n_complaints);
    dgm_place_table_free(table);
    free(known);
    return found;
}

static void the_compiled_table_is_taken_until_the_text_is_edited(void **state)
{
    (void)state;
    forge("Forged\t-\tUSA\tOhio\t1\t2\t3\t50\tcity", "Smalltown\t-\tUSA\tOhio\t1\t2\t3\t50\tcity");
    assert_true(has("forged", 0));
    assert_false(has("smalltown", 0));
    (void)write_table("places.tsv", "Newtown\t-\tUSA\tOhio\t1\t2\t3\t50\tcity");
    assert_true(has("newtown", 0));
    assert_false(has("forged", 0));
}

static void a_country_that_is_no_longer_known_is_told_by_the_row(void **state)
{
    (void)state;
    forge("Forged\t-\tXXX\tOhio\t1\t2\t3\t50\tcity", "Smalltown\t-\tXXX\tOhio\t1\t2\t3\t50\tcity");
    assert_false(has("forged", 1));
}

/* ---- damage --------------------------------------------------------------------------------- */

static void a_damaged_file_is_told_and_the_text_read(void **state)
{
    (void)state;
    forge("Forged\t-\tUSA\tOhio\t1\t2\t3\t50\tcity", "Smalltown\t-\tUSA\tOhio\t1\t2\t3\t50\tcity");
    char *bytes;
    size_t n;
    char path[200];
    snprintf(path, sizeof path, "%s/places/places.compiled", folder);
    assert_int_equal(dgm_file_read(path, 1 << 20, &bytes, &n, NULL), DGM_OK);
    for (size_t i = 0; i < n; i++) { /* each byte flipped once */
        bool order_or_version = i >= 8 && i < 16, table_sum = i >= 32 && i < 48;
        bytes[i] ^= 0x55;
        write_file("places.compiled", bytes, n);
        assert_true(has("smalltown", order_or_version || table_sum ? 0 : 1));
        bytes[i] ^= 0x55;
    }
    for (size_t i = 1; i < n; i++) { /* cut off */
        write_file("places.compiled", bytes, i);
        assert_true(has("smalltown", 1));
    }
    write_file("places.compiled", bytes, 0);
    assert_true(has("smalltown", 1));
    memset(bytes, 0, n);
    write_file("places.compiled", bytes, n);
    assert_true(has("smalltown", 1));
    free(bytes);
}

static uint32_t next_random(uint32_t *state)
{
    return *state = *state * 1664525u + 1013904223u;
}

/* Reads all that can be asked for. */
static void use(const dgm_place_image *image)
{
    static const char *const keys[] = { "smalltown", "nowhere", "a" };
    uint32_t at, end, row;
    dgm_gazetteer_place place;
    for (size_t i = 0; i < DGM_LEN(keys); i++)
        if (dgm_place_image_find(image, dgm_view_of(keys[i]), &at, &end))
            assert_true(at < end && end <= image->n_names);
    for (uint32_t i = 0; i < image->n_names; i++)
        if (dgm_place_image_at(image, i, &row) && dgm_place_image_row(image, row, &place)) {
            assert_true(place.name.n > 0 && dgm_utf8_invalid(place.name) == SIZE_MAX);
            assert_true(place.lat >= -90 && place.lat <= 90 && place.kind <= DGM_PLACE_WATER);
        }
}

/* Whoever wants to do harm makes the checksum right, which the caller has looked at. */
static void damage_under_a_right_checksum_does_no_harm(void **state)
{
    (void)state;
    dgm_buffer bytes = { 0 };
    dgm_place_image image;
    (void)write_table("places.tsv", "Smalltown\tNowhere\tUSA\tOhio\t1\t2\t3\t50\tcity\n"
                                    "Town\t-\tUSA\t-\t1\t2\t3\t5\tcity");
    compile(folder, DGM_PLACE_CITIES, &bytes, &image);
    uint32_t random = 1, n_taken = 0;
    dgm_view right =
        dgm_view_slice((dgm_view) { bytes.p, bytes.n }, sizeof(dgm_compiled_head), bytes.n);
    for (uint32_t round = 0; round < 20000; round++) {
        size_t n = round % 8 == 7 ? next_random(&random) % right.n : right.n;
        char *copy = malloc(n + 1); /* of just this size, so that a sanitizer sees its end */
        assert_non_null(copy);
        memcpy(copy, right.p, n);
        for (uint32_t k = 0; k < 1 + round % 3 && n > 0; k++)
            copy[next_random(&random) % n] = (char)(next_random(&random) >> 24);
        if (dgm_place_image_over((dgm_view) { copy, n }, "test", &image, NULL) == DGM_OK) {
            use(&image);
            n_taken++;
        }
        free(copy);
    }
    assert_true(n_taken > 1000);
    dgm_buffer_done(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_of_the_tables_leads_to_its_place),
        cmocka_unit_test(the_most_populous_of_a_name_comes_first),
        cmocka_unit_test(the_compiled_table_is_taken_until_the_text_is_edited),
        cmocka_unit_test(a_country_that_is_no_longer_known_is_told_by_the_row),
        cmocka_unit_test(a_damaged_file_is_told_and_the_text_read),
        cmocka_unit_test(damage_under_a_right_checksum_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
