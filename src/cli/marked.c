/* Reading tables of marked sentences. */
#include "cli/marked.h"

#include <assert.h>
#include <stdlib.h>

enum { ROW_LIMIT = 1 << 20, N_COLUMNS = 3 };
static const char *const columns[N_COLUMNS] = { "marked_sentence", "sentence_id", "gold_root" };

typedef struct {
    dgm_marked_row row;
    uint32_t at[N_COLUMNS]; /* DGM_NONE: not there */
    uint32_t n_wanted;      /* the first so many must be there */
} reading;

static bool read_header(reading *r, dgm_view header, dgm_err *err)
{
    dgm_view cell;
    for (uint32_t k = 0; k < N_COLUMNS; k++)
        r->at[k] = DGM_NONE;
    for (uint32_t i = 0; dgm_view_split(&header, '\t', &cell); i++)
        for (uint32_t k = 0; k < N_COLUMNS; k++)
            if (r->at[k] == DGM_NONE && dgm_view_eq(dgm_view_trim(cell), dgm_view_of(columns[k])))
                r->at[k] = i;
    for (uint32_t k = 0; k < r->n_wanted; k++)
        if (r->at[k] == DGM_NONE) {
            (void)dgm_fail(err, DGM_EFORMAT, r->row.file, 1, "no column is named %s", columns[k]);
            return false;
        }
    return true;
}

/* False, after a complaint: the row cannot be used. */
static bool read_row(reading *r, dgm_view line, dgm_complaints *complaints)
{
    dgm_view found[N_COLUMNS] = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }, cell;
    dgm_err err = { 0 };
    for (uint32_t i = 0; dgm_view_split(&line, '\t', &cell); i++)
        for (uint32_t k = 0; k < N_COLUMNS; k++)
            if (r->at[k] == i)
                found[k] = dgm_view_trim(cell);
    r->row.marked = found[0];
    r->row.id = found[1];
    r->row.class = found[2];
    dgm_status status = DGM_OK;
    assert(r->n_wanted <= N_COLUMNS);
    for (uint32_t k = 0; k < r->n_wanted && status == DGM_OK; k++)
        if (!found[k].p)
            status = dgm_fail(&err, DGM_EFORMAT, r->row.file, r->row.line,
                              "the row ends before its %s", columns[k]);
    if (status == DGM_OK && found[0].n > ROW_LIMIT)
        status = dgm_fail(&err, DGM_EFORMAT, r->row.file, r->row.line, "the sentence is too long");
    if (status == DGM_OK && dgm_utf8_invalid(found[0]) != SIZE_MAX)
        status = dgm_fail(&err, DGM_EFORMAT, r->row.file, r->row.line, "invalid UTF-8");
    if (status != DGM_OK)
        dgm_complain_of(complaints, &err);
    return status == DGM_OK;
}

dgm_status dgm_cli_each_marked(const char *path, bool learn, dgm_marked_fn fn, void *context,
                               dgm_complaints *complaints, dgm_err *err)
{
    char *bytes = NULL;
    size_t n = 0;
    reading r = { .row = { .file = path, .line = 1 }, .n_wanted = learn ? N_COLUMNS : 1 };
    dgm_status status = dgm_file_read(path, (size_t)1 << 30, &bytes, &n, err);
    if (status != DGM_OK)
        return status;
    dgm_view rest = { bytes, n }, line = { "", 0 };
    dgm_view_split(&rest, '\n', &line);
    bool good = read_header(&r, line, err);
    status = good ? DGM_OK : DGM_EFORMAT;
    while (good && dgm_view_split(&rest, '\n', &line)) {
        r.row.line++;
        if (dgm_view_trim(line).n == 0)
            continue;
        r.row.number++;
        if (read_row(&r, line, complaints))
            good = fn(context, &r.row);
    }
    free(bytes);
    return status;
}
