/* Tables that the build has compiled: see compiled.h. */
#include "base/compiled.h"

#include "base/embedded.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static const uint32_t order = 0x01020304;

dgm_table_sum dgm_table_sum_of(dgm_table_sum before, dgm_view table)
{
    XXH128_hash_t h = XXH3_128bits_withSeed(table.p, table.n, before.low);
    return (dgm_table_sum) { h.low64, h.high64 };
}

static bool same_sum(const dgm_table_sum *a, const dgm_table_sum *b)
{
    return a->low == b->low && a->high == b->high;
}

/* Of all tables of a file; those that are missing count as empty. */
static dgm_status sum_tables(const dgm_compiled *kind, dgm_view folder, dgm_table_sum *sum,
                             dgm_err *err)
{
    *sum = (dgm_table_sum) { 0, 0 };
    for (uint32_t i = 0; i < DGM_MAX_COMPILED && kind->tables[i]; i++) {
        char path[4096];
        dgm_file_bytes bytes = { .view = { "", 0 } };
        int n = snprintf(path, sizeof path, "%.*s/%s", DGM_FMT(folder), kind->tables[i]);
        if (n < 0 || (size_t)n >= sizeof path)
            return dgm_fail(err, DGM_ELIMIT, kind->tables[i], 0, "the path is too long");
        dgm_status status = dgm_path_exists(path) ? dgm_file_map(path, &bytes, err) : DGM_OK;
        if (status != DGM_OK)
            return status;
        *sum = dgm_table_sum_of(*sum, bytes.view);
        dgm_file_unmap(&bytes);
    }
    return DGM_OK;
}

/* ---- making --------------------------------------------------------------------------------- */

dgm_status dgm_compiled_begin(const dgm_compiled *kind, const char *folder, dgm_buffer *out,
                              dgm_err *err)
{
    dgm_compiled_head head = { .order = order, .version = kind->version };
    memcpy(head.magic, kind->magic, sizeof head.magic);
    dgm_status status = sum_tables(kind, dgm_view_of(folder), &head.tables, err);
    if (status == DGM_OK)
        dgm_buffer_put(out, (dgm_view) { (const char *)&head, sizeof head });
    return status;
}

void dgm_compiled_end(dgm_buffer *out)
{
    if (out->failed || out->n < sizeof(dgm_compiled_head))
        return;
    dgm_view rest =
        dgm_view_slice((dgm_view) { out->p, out->n }, sizeof(dgm_compiled_head), out->n);
    dgm_table_sum sum = dgm_table_sum_of((dgm_table_sum) { 0, 0 }, rest);
    memcpy(out->p + offsetof(dgm_compiled_head, sum), &sum, sizeof sum);
}

void dgm_compiled_none(dgm_buffer *out)
{
    if (out->failed || out->n < sizeof(dgm_compiled_head))
        return;
    out->n = sizeof(dgm_compiled_head);
    memset(out->p + offsetof(dgm_compiled_head, tables), 0, sizeof(dgm_table_sum));
    dgm_compiled_end(out);
}

/* ---- taking --------------------------------------------------------------------------------- */

static bool has_magic(const dgm_compiled *kind, dgm_view bytes)
{
    return bytes.n >= sizeof(dgm_compiled_head) && memcmp(bytes.p, kind->magic, 8) == 0;
}

dgm_status dgm_compiled_check(const dgm_compiled *kind, dgm_view bytes, const char *path,
                              dgm_view *rest, dgm_err *err)
{
    dgm_compiled_head head;
    if (!has_magic(kind, bytes))
        return dgm_fail(err, DGM_EFORMAT, path, 0, "%s",
                        bytes.n == 0 ? "is empty" : "is no compiled table of this kind");
    memcpy(&head, bytes.p, sizeof head);
    if (head.order != order || head.version != kind->version)
        return dgm_fail(err, DGM_EUSAGE, path, 0,
                        "was compiled for another machine or by another version");
    *rest = dgm_view_slice(bytes, sizeof head, bytes.n);
    dgm_table_sum sum = dgm_table_sum_of((dgm_table_sum) { 0, 0 }, *rest);
    if (!same_sum(&sum, &head.sum))
        return dgm_fail(err, DGM_EFORMAT, path, 0, "is damaged: its bytes are not those written");
    return DGM_OK;
}

/* Whether the file, if it is one, was made of other tables; of tables with faults it says none. */
static bool is_of_others(const dgm_compiled *kind, dgm_view bytes, const dgm_table_sum *sum)
{
    dgm_compiled_head head;
    if (!has_magic(kind, bytes))
        return false;
    memcpy(&head, bytes.p, sizeof head);
    return !same_sum(&head.tables, sum);
}

/* The path of the file in a folder; false: there is none. */
static bool find_in(dgm_view folder, const dgm_compiled *kind, char path[4096])
{
    int n = snprintf(path, 4096, "%.*s/%s", DGM_FMT(folder), kind->name);
    return n >= 0 && n < 4096 && dgm_path_exists(path);
}

static bool take_file(const dgm_compiled *kind, const char *path, const dgm_table_sum *sum,
                      dgm_compiled_fn take, void *context, dgm_file_bytes *mapped,
                      dgm_complaints *complaints)
{
    dgm_err err = { 0 };
    dgm_status status = dgm_file_map(path, mapped, &err);
    if (status == DGM_OK)
        status = is_of_others(kind, mapped->view, sum) ? DGM_EUSAGE
                                                       : take(context, mapped->view, path, &err);
    if (status == DGM_OK)
        return true;
    if (status == DGM_EFORMAT)
        dgm_complain(complaints, status, path, 0, "%s; the table is read instead", err.msg);
    dgm_file_unmap(mapped);
    return false;
}

bool dgm_compiled_map(const dgm_compiled *kind, dgm_view folder, dgm_compiled_fn take,
                      void *context, dgm_file_bytes *mapped, dgm_complaints *complaints)
{
    const dgm_view folders[] = {
        folder,
#ifdef DGM_COMPILED_TABLES
        DGM_VIEW(DGM_COMPILED_TABLES),
#endif
    };
    char path[4096];
    dgm_table_sum sum;
    bool summed = false;
    for (size_t i = 0; i < DGM_LEN(folders); i++) {
        if (!find_in(folders[i], kind, path))
            continue;
        if (!summed && sum_tables(kind, folder, &sum, NULL) != DGM_OK)
            return false;
        summed = true;
        if (take_file(kind, path, &sum, take, context, mapped, complaints))
            return true;
    }
    return false;
}
