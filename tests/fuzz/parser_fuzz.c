/* The section "parser" of the model, damaged: it is refused, or gives trees that are trees. */
#include "section.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    dgm_fuzz_input in = { bytes, n };
    dgm_view whole = dgm_fuzz_section("parser");
    char *damaged = dgm_fuzz_patched(whole, &in);
    dgm_model model = { .segmenter = dgm_fuzz_model()->segmenter };
    dgm_err err = { 0 };
    if (dgm_network_load((dgm_view) { damaged, whole.n }, "fuzz", &model.network, &err) == DGM_OK)
        dgm_fuzz_parse(&model);
    dgm_network_free(model.network);
    free(damaged);
    return 0;
}
