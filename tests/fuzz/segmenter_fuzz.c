/* The section "segmenter" of the model, damaged: it is refused, or cuts text into words. */
#include "section.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    dgm_fuzz_input in = { bytes, n };
    dgm_view whole = dgm_fuzz_section("segmenter");
    char *damaged = dgm_fuzz_patched(whole, &in);
    dgm_model model = { .network = dgm_fuzz_model()->network };
    dgm_err err = { 0 };
    if (dgm_segmenter_load((dgm_view) { damaged, whole.n }, &model.segmenter, &err) == DGM_OK)
        dgm_fuzz_parse(&model);
    dgm_segmenter_free(model.segmenter);
    free(damaged);
    return 0;
}
