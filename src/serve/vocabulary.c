#include "serve/vocabulary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool take_code(void *context, const dgm_row *row)
{
    return dgm_map_set(context, row->cell[0], 1, NULL) == DGM_OK;
}

static bool take_cameo(void *context, const dgm_row *row)
{
    dgm_vocabulary *words = context;
    uint32_t type = dgm_type_index(dgm_type_of(&words->types, row->cell[0]));
    if (type != 0)
        snprintf(words->cameo[type], sizeof words->cameo[type], "%.*s", DGM_FMT(row->cell[1]));
    return true;
}

static bool take_score(void *context, const dgm_row *row)
{
    dgm_vocabulary *words = context;
    double score;
    for (uint32_t i = 1; i < words->types.n; i++)
        if (dgm_view_eq(row->cell[0], dgm_view_of(words->cameo[i])) &&
            dgm_parse_double(row->cell[1], &score))
            words->goldstein[i] = score;
    return true;
}

/* As far as that can be: what is wrong in a table, the coder has complained of. */
static bool is_read(dgm_status status, const char *tables, const char *table)
{
    char path[4096];
    return status != DGM_ENOMEM &&
           (status != DGM_EIO || !dgm_folders_holder(tables, table, path, sizeof path));
}

static dgm_status load(const char *tables, const char *table, const char *column, const char *other,
                       dgm_row_fn fn, void *context, dgm_err *err)
{
    const char *columns[] = { column, other, NULL };
    dgm_err why = { 0 };
    dgm_complaints complaints = { .fn = dgm_complaint_keep, .context = &why };
    char *text = NULL;
    dgm_status status = dgm_table_load(tables, table, columns, fn, context, &complaints, &text);
    free(text);
    if (is_read(status, tables, table))
        return DGM_OK;
    if (status == DGM_ENOMEM)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for %s", table);
    *err = why;
    return status;
}

static dgm_status load_types(const char *tables, dgm_types *out, dgm_err *err)
{
    static const char table[] = "codebook/types.tsv";
    dgm_err why = { 0 };
    dgm_complaints complaints = { .fn = dgm_complaint_keep, .context = &why };
    dgm_status status = dgm_types_load(tables, &complaints, out); /* else they stay PLOVER's */
    if (is_read(status, tables, table))
        return DGM_OK;
    return dgm_fail(err, status, NULL, 0, "%s cannot be read: %s", table,
                    status == DGM_ENOMEM ? "no memory" : why.msg);
}

static dgm_status load_all(const char *tables, dgm_vocabulary *out, dgm_err *err)
{
    const struct {
        const char *table, *columns[2];
        dgm_row_fn fn;
        void *context;
    } rows[] = {
        { "actors/codes.tsv", { "code", NULL }, take_code, out->countries },
        { "actors/sectors.tsv", { "code", NULL }, take_code, out->sectors },
        { "codebook/modes.tsv", { "mode", NULL }, take_code, out->modes },
        { "codebook/types.tsv", { "type", "cameo" }, take_cameo, out },
        { "codebook/cameo.tsv", { "code", "goldstein" }, take_score, out },
    };
    dgm_status status = load_types(tables, &out->types, err);
    for (size_t i = 0; i < DGM_LEN(rows) && status == DGM_OK; i++)
        status = load(tables, rows[i].table, rows[i].columns[0], rows[i].columns[1], rows[i].fn,
                      rows[i].context, err);
    return status;
}

dgm_status dgm_vocabulary_load(const char *tables, dgm_vocabulary *out, dgm_err *err)
{
    dgm_status status = DGM_OK;
    *out = (dgm_vocabulary) { .countries = dgm_map_new(),
                              .sectors = dgm_map_new(),
                              .modes = dgm_map_new(),
                              .types = dgm_plover_types };
    for (size_t i = 0; i < DGM_LEN(out->goldstein); i++)
        out->goldstein[i] = NAN;
    if (!out->countries || !out->sectors || !out->modes)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the words of filters");
    if (status == DGM_OK && tables)
        status = load_all(tables, out, err);
    if (status != DGM_OK)
        dgm_vocabulary_done(out);
    return status;
}

void dgm_vocabulary_done(dgm_vocabulary *words)
{
    dgm_map_free(words->countries);
    dgm_map_free(words->sectors);
    dgm_map_free(words->modes);
    *words = (dgm_vocabulary) { 0 };
}

bool dgm_vocabulary_has(const dgm_vocabulary *words, dgm_word_kind kind, dgm_view word)
{
    if (kind == DGM_WORD_MODE)
        return dgm_map_count(words->modes) == 0 || dgm_map_get(words->modes, word) != DGM_NONE;
    return dgm_is_code_of(words->countries, words->sectors, kind, word);
}
