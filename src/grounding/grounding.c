/* The room's door: loads both kinds of knowledge and runs both over a document. */
#include "grounding/grounding.h"

#include "grounding/places.h"
#include "grounding/sizes.h"
#include "grounding/times.h"

#include <stdlib.h>

struct dgm_grounding {
    dgm_time_words *words;
    dgm_gazetteer *gazetteer;
    dgm_quantity_words *quantities;
};

dgm_status dgm_grounding_load(const char *tables_dir, dgm_complaints *complaints,
                              dgm_grounding **out, dgm_err *err)
{
    dgm_grounding *grounding = calloc(1, sizeof(*grounding));
    if (!grounding)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for grounding");
    dgm_status status = dgm_time_words_load(tables_dir, complaints, &grounding->words, err);
    if (status == DGM_OK)
        status = dgm_gazetteer_load(tables_dir, complaints, &grounding->gazetteer, err);
    if (status == DGM_OK)
        status = dgm_quantity_words_load(tables_dir, complaints, &grounding->quantities, err);
    if (status != DGM_OK) {
        dgm_grounding_free(grounding);
        return status;
    }
    *out = grounding;
    return DGM_OK;
}

void dgm_grounding_free(dgm_grounding *grounding)
{
    if (!grounding)
        return;
    dgm_time_words_free(grounding->words);
    dgm_gazetteer_free(grounding->gazetteer);
    dgm_quantity_words_free(grounding->quantities);
    free(grounding);
}

dgm_status dgm_grounding_find(const dgm_grounding *grounding, dgm_document *doc, dgm_err *err)
{
    dgm_status status = dgm_times_find(grounding->words, doc, err);
    if (status != DGM_OK)
        return status;
    status = dgm_times_anchor(grounding->words, doc, err);
    if (status != DGM_OK)
        return status;
    dgm_sizes_find(grounding->quantities, doc);
    return dgm_places_find(grounding->gazetteer, doc, err);
}
