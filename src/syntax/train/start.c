/* start.c - begins a network with what a model file holds, as rounded as it is there: how a run
 * goes on whose state is gone. */
#include "syntax/train/start.h"

#include "syntax/bundle.h"
#include "syntax/kernels.h"
#include "syntax/model_file.h"

#include <string.h>

static void read_rows(const void *packed, dgm_param *p)
{
    const char *units = (const char *)packed + dgm_bundle_units(p->rows, p->cols);
    memset(p->w, 0, (size_t)p->rows * p->cols * sizeof(float));
    for (uint32_t r = 0; r < p->rows; r++) {
        float unit;
        memcpy(&unit, units + r * sizeof(unit), sizeof(unit));
        dgm_add_fours(p->w + (size_t)r * p->cols,
                      (const uint8_t *)packed + r * dgm_bundle_row(p->cols), unit, p->cols);
    }
}

static void read_halves(const uint16_t *halves, dgm_param *p)
{
    for (size_t i = 0; i < (size_t)p->rows * p->cols; i++)
        p->w[i] = dgm_half_value(halves[i]);
}

/* p->w from an array of the section, of whichever kind save.c makes of that parameter. */
static bool read_param(dgm_view section, dgm_param *p, const char *path, dgm_err *err)
{
    const void *from = NULL;
    if (!p->sparse && (from = dgm_bundle_find(section, p->name, DGM_BUNDLE_PACKED, p->rows, p->cols,
                                              path, NULL))) {
        dgm_matrix_unpack(from, p->rows, p->cols, p->w);
        return true;
    }
    from = dgm_bundle_find(section, p->name, p->sparse ? DGM_BUNDLE_I4 : DGM_BUNDLE_F16, p->rows,
                           p->cols, path, err);
    if (from && p->sparse)
        read_rows(from, p);
    else if (from)
        read_halves(from, p);
    return from;
}

/* Whether the list of that name in the section has the map's keys in their order, one a line. */
static bool is_same_list(dgm_view section, const char *name, const dgm_map *map)
{
    dgm_view list, line;
    dgm_err err;
    if (dgm_bundle_text(section, name, &list, NULL, &err) != DGM_OK)
        return false;
    for (uint32_t i = 0; i < dgm_map_count(map); i++)
        if (!dgm_view_split(&list, '\n', &line) || !dgm_view_eq(line, dgm_map_key(map, i, NULL)))
            return false;
    return !list.n;
}

static bool has_labels(dgm_view section, const dgm_labels *labels)
{
    static const char *const names[N_HEADS - 1] = { "upos", "xpos", "feats", "lemma" };
    bool same = is_same_list(section, "forms", labels->forms);
    for (int i = 0; i < N_HEADS - 1; i++)
        same = same && is_same_list(section, names[i], labels->classes[i]);
    return same;
}

dgm_status dgm_start_from(const char *path, const dgm_labels *labels, dgm_net *net, dgm_err *err)
{
    dgm_model_file *file;
    const uint32_t *config;
    dgm_status status = dgm_model_file_open(path, &file, err);
    if (status != DGM_OK)
        return status;
    dgm_view section = dgm_model_file_section(file, DGM_VIEW("parser"));
    status = dgm_bundle_check(section, &config, path, err);
    if (status == DGM_OK && !has_labels(section, labels))
        status = dgm_fail(err, DGM_EFORMAT, path, 0,
                          "its parser was learned from other treebanks than the first of these");
    for (int i = 0; status == DGM_OK && i < N_PARAMS; i++) {
        dgm_param *p = &net->params[i];
        if (p->w && !read_param(section, p, path, err))
            status = DGM_EFORMAT;
        else if (p->w)
            memcpy(p->mean, p->w, (size_t)p->rows * p->cols * sizeof(float));
    }
    dgm_model_file_close(file);
    return status;
}
