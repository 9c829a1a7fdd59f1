/* Any bytes as CoNLL-U: a document or an error. What was read is compared with itself, which walks
 * every word and needs every offset to be right. */
#include "syntax/evaluate.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_view rest = { (const char *)data, size };
    dgm_conllu_extra extra = { .keep_misc = true };
    dgm_status status = DGM_OK;
    while (arena && status == DGM_OK && rest.n > 0) {
        dgm_document doc;
        dgm_evaluation evaluation = { 0 };
        dgm_document_init(&doc, arena);
        size_t before = rest.n;
        status = dgm_document_from_conllu_with(&doc, rest, &rest, "fuzz", &extra, NULL);
        if (status != DGM_OK)
            break;
        if (rest.n >= before || dgm_evaluate(&doc, &doc, &evaluation, NULL) != DGM_OK)
            abort();
        const dgm_counts *words = &evaluation.of[DGM_METRIC_TOKENS];
        if (words->correct != words->gold || words->gold != words->system)
            abort();
    }
    dgm_arena_free(arena);
    return 0;
}
