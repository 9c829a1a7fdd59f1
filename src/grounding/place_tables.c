/* The large tables of places, mapped or read: see place_tables.h. */
#include "grounding/place_tables.h"

#include "base/compiled.h"

#include <stdlib.h>

static const struct {
    dgm_compiled kind;
    uint32_t otherwise; /* the kind of a row without one */
} tables[] = {
    [DGM_PLACE_CITIES] = { { "DGMPLACE", 2, "places/places.compiled", { "places/places.tsv" } },
                           DGM_NONE },
    [DGM_PLACE_VILLAGES] = { { "DGMPLACE",
                               2,
                               "places/villages.compiled",
                               { "places/villages.tsv" } },
                             DGM_PLACE_VILLAGE },
};

struct dgm_place_table {
    dgm_place_image image;
    dgm_file_bytes mapped;
    dgm_buffer made;
};

const dgm_place_image *dgm_place_table_image(const dgm_place_table *table)
{
    return &table->image;
}

void dgm_place_table_free(dgm_place_table *table)
{
    if (!table)
        return;
    dgm_file_unmap(&table->mapped);
    dgm_buffer_done(&table->made);
    free(table);
}

static bool codes_are_known(const dgm_place_image *image, const dgm_country_codes *known)
{
    for (uint32_t i = 1; i < image->n_countries; i++)
        if (!dgm_country_is(known, image->countries[i]))
            return false;
    return true;
}

typedef struct {
    dgm_place_table *table;
    const dgm_compiled *kind;
    const dgm_country_codes *known;
} taking;

static dgm_status take_compiled(void *context, dgm_view bytes, const char *path, dgm_err *err)
{
    const taking *t = context;
    dgm_view rest;
    dgm_status status = dgm_compiled_check(t->kind, bytes, path, &rest, err);
    if (status == DGM_OK)
        status = dgm_place_image_over(rest, path, &t->table->image, err);
    return status == DGM_OK && !codes_are_known(&t->table->image, t->known) ? DGM_EUSAGE : status;
}

/* How many of the folders have the table, and the last that does. */
static uint32_t holders(const char *dirs, const char *name, dgm_view *folder)
{
    dgm_view folders[DGM_MAX_FOLDERS];
    uint32_t n = 0, n_folders = dgm_folders_cut(dirs, folders);
    for (uint32_t i = 0; i < n_folders; i++) {
        if (!dgm_folder_has(folders[i], name))
            continue;
        *folder = folders[i];
        n++;
    }
    return n;
}

static dgm_status load(dgm_place_table *table, const char *dirs, dgm_large_table which,
                       const dgm_country_codes *known, dgm_complaints *complaints, dgm_err *err)
{
    const dgm_compiled *kind = &tables[which].kind;
    const char *name = kind->tables[0];
    taking t = { .table = table, .kind = kind, .known = known };
    dgm_view folder = { "", 0 };
    uint32_t n = holders(dirs, name, &folder);
    if (n == 0 && which == DGM_PLACE_VILLAGES)
        return DGM_OK;
    if (n == 1 && dgm_compiled_map(kind, folder, take_compiled, &t, &table->mapped, complaints))
        return DGM_OK;
    dgm_status status =
        dgm_place_image_make(dirs, name, tables[which].otherwise, known, complaints, &table->made);
    if (status == DGM_OK)
        status = dgm_place_image_over((dgm_view) { table->made.p, table->made.n }, name,
                                      &table->image, NULL);
    if (status == DGM_OK)
        return DGM_OK;
    return dgm_fail(err, status, dirs, 0, "the table %s cannot be used", name);
}

dgm_status dgm_place_table_load(const char *dirs, dgm_large_table which,
                                const dgm_country_codes *known, dgm_complaints *complaints,
                                dgm_place_table **out, dgm_err *err)
{
    dgm_place_table *table = calloc(1, sizeof(*table));
    if (!table)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a table of places");
    dgm_status status = load(table, dirs, which, known, complaints, err);
    if (status == DGM_OK)
        *out = table;
    else
        dgm_place_table_free(table);
    return status;
}

dgm_status dgm_place_table_compile(const char *folder, dgm_large_table which,
                                   dgm_complaints *complaints, dgm_buffer *out, dgm_err *err)
{
    const dgm_compiled *kind = &tables[which].kind;
    dgm_status status = dgm_compiled_begin(kind, folder, out, err);
    if (status == DGM_OK)
        status = dgm_place_image_make(folder, kind->tables[0], tables[which].otherwise, NULL,
                                      complaints, out);
    dgm_compiled_end(out);
    return status;
}
