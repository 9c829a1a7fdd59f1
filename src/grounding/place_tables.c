/* The large tables of places, mapped or read: see place_tables.h. */
#include "grounding/place_tables.h"

#include "base/embedded.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *table, *compiled;
    uint32_t otherwise; /* the kind of a row without one */
} tables[] = {
    [DGM_PLACE_CITIES] = { "places/places.tsv", "places.compiled", DGM_NONE },
    [DGM_PLACE_VILLAGES] = { "places/villages.tsv", "villages.compiled", DGM_PLACE_VILLAGE },
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

static dgm_status sum_of(const char *path, dgm_place_sum *sum, dgm_err *err)
{
    dgm_file_bytes bytes;
    dgm_status status = dgm_file_map(path, &bytes, err);
    if (status != DGM_OK)
        return status;
    *sum = dgm_place_sum_of(bytes.view);
    dgm_file_unmap(&bytes);
    return DGM_OK;
}

static bool codes_are_known(const dgm_place_image *image, const dgm_country_codes *known)
{
    for (uint32_t i = 1; i < image->n_countries; i++)
        if (!dgm_country_is(known, image->countries[i]))
            return false;
    return true;
}

/* Takes the file for the table where it was made of it. */
static bool take_compiled(dgm_place_table *table, const char *path, const dgm_place_sum *sum,
                          const dgm_country_codes *known, dgm_complaints *complaints)
{
    dgm_err err = { 0 };
    if (!dgm_path_exists(path))
        return false;
    dgm_status status = dgm_file_map(path, &table->mapped, &err);
    if (status == DGM_OK && table->mapped.view.n == 0) /* of a table with faults */
        return false;
    if (status == DGM_OK)
        status = dgm_place_image_over(table->mapped.view, path, &table->image, &err);
    if (status == DGM_OK && table->image.table.low == sum->low &&
        table->image.table.high == sum->high && codes_are_known(&table->image, known))
        return true;
    if (status == DGM_EFORMAT)
        dgm_complain(complaints, status, path, 0, "%s; the table is read instead", err.msg);
    dgm_file_unmap(&table->mapped);
    return false;
}

static bool find_compiled(dgm_place_table *table, dgm_view folder, const char *name,
                          const dgm_place_sum *sum, const dgm_country_codes *known,
                          dgm_complaints *complaints)
{
    char path[4096];
    snprintf(path, sizeof path, "%.*s/places/%s", DGM_FMT(folder), name);
    if (take_compiled(table, path, sum, known, complaints))
        return true;
#ifdef DGM_COMPILED_PLACES
    snprintf(path, sizeof path, "%s/%s", DGM_COMPILED_PLACES, name);
    return take_compiled(table, path, sum, known, complaints);
#else
    return false;
#endif
}

/* How many of the folders have the table, and the last that does, with its path there. */
static uint32_t holders(const char *dirs, const char *name, dgm_view *folder, char *path,
                        size_t size)
{
    dgm_view folders[DGM_MAX_FOLDERS];
    uint32_t n = 0, n_folders = dgm_folders_cut(dirs, folders);
    char there[4096];
    for (uint32_t i = 0; i < n_folders; i++) {
        int length = snprintf(there, sizeof there, "%.*s/%s", DGM_FMT(folders[i]), name);
        if (length < 0 || (size_t)length >= DGM_MIN(sizeof there, size) || !dgm_path_exists(there))
            continue;
        memcpy(path, there, (size_t)length + 1);
        *folder = folders[i];
        n++;
    }
    return n;
}

static dgm_status load(dgm_place_table *table, const char *dirs, dgm_large_table which,
                       const dgm_country_codes *known, dgm_complaints *complaints, dgm_err *err)
{
    dgm_view folder = { "", 0 };
    char path[4096] = "";
    dgm_place_sum sum = { 0 };
    uint32_t n = holders(dirs, tables[which].table, &folder, path, sizeof path);
    if (n == 0 && which == DGM_PLACE_VILLAGES)
        return DGM_OK;
    if (n == 1 && sum_of(path, &sum, NULL) == DGM_OK &&
        find_compiled(table, folder, tables[which].compiled, &sum, known, complaints))
        return DGM_OK;
    dgm_status status = dgm_place_image_make(dirs, tables[which].table, tables[which].otherwise,
                                             known, &sum, complaints, &table->made);
    if (status == DGM_OK)
        status = dgm_place_image_over((dgm_view) { table->made.p, table->made.n }, path,
                                      &table->image, NULL);
    if (status == DGM_OK)
        return DGM_OK;
    return dgm_fail(err, status, dirs, 0, "the table %s cannot be used", tables[which].table);
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
    char path[4096];
    dgm_place_sum sum;
    snprintf(path, sizeof path, "%s/%s", folder, tables[which].table);
    dgm_status status = sum_of(path, &sum, err);
    if (status == DGM_OK)
        status = dgm_place_image_make(folder, tables[which].table, tables[which].otherwise, NULL,
                                      &sum, complaints, out);
    return status;
}
