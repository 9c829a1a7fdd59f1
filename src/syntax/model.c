#include "syntax/model.h"
#include "syntax/names.h"

#include <stdlib.h>

/* Sections do not know of which file they are. */
static dgm_status in_file(dgm_status status, const char *path, dgm_err *err)
{
    if (status != DGM_OK && err && !err->file[0])
        snprintf(err->file, sizeof err->file, "%s", path);
    return status;
}

static dgm_status load_parts(dgm_model *model, const char *path, bool with_names, dgm_err *err)
{
    dgm_view parser = dgm_model_file_section(model->file, DGM_VIEW("parser"));
    if (!parser.p)
        return dgm_fail(err, DGM_EFORMAT, path, 0, "the model has no section \"parser\"");
    dgm_status status = dgm_network_load(parser, path, &model->network, err);
    dgm_view segmenter = dgm_model_file_section(model->file, DGM_VIEW("segmenter"));
    if (status == DGM_OK && segmenter.p)
        status = dgm_segmenter_load(segmenter, &model->segmenter, err);
    dgm_view names = dgm_model_file_section(model->file, DGM_VIEW("names"));
    if (status == DGM_OK && names.p && with_names)
        status = dgm_names_load(names, model->network, &model->names, err);
    return status;
}

static dgm_status load(const char *path, bool with_names, dgm_model **out, dgm_err *err)
{
    dgm_model *model = calloc(1, sizeof(*model));
    if (!model)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory");
    dgm_status status = dgm_model_file_open(path, &model->file, err);
    if (status == DGM_OK)
        status = in_file(load_parts(model, path, with_names, err), path, err);
    if (status != DGM_OK) {
        dgm_model_free(model);
        return status;
    }
    *out = model;
    return DGM_OK;
}

dgm_status dgm_model_load(const char *path, dgm_model **out, dgm_err *err)
{
    return load(path, true, out, err);
}

dgm_status dgm_model_load_nameless(const char *path, dgm_model **out, dgm_err *err)
{
    return load(path, false, out, err);
}

dgm_status dgm_model_load_words(dgm_model *model, const char *tables_dir,
                                dgm_complaints *complaints, dgm_err *err)
{
    dgm_morphology *morphology;
    dgm_status status = dgm_morphology_load(tables_dir, complaints, &morphology, err);
    if (status != DGM_OK)
        return status;
    dgm_morphology_free(model->morphology);
    model->morphology = morphology;
    dgm_stand_ins *stand_ins;
    status = dgm_stand_ins_load(tables_dir, complaints, &stand_ins, err);
    if (status != DGM_OK)
        return status;
    dgm_stand_ins_free(model->stand_ins);
    model->stand_ins = stand_ins;
    return DGM_OK;
}

void dgm_model_free(dgm_model *model)
{
    if (!model)
        return;
    dgm_network_free(model->network);
    dgm_segmenter_free(model->segmenter);
    dgm_morphology_free(model->morphology);
    dgm_stand_ins_free(model->stand_ins);
    dgm_names_free(model->names);
    dgm_model_file_close(model->file);
    free(model);
}
