#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    dgm_fuzz_read(bytes, n, DGM_INPUT_JSON);
    return 0;
}
