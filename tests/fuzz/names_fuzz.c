/* The section "names" of a model, damaged: it is refused, or finds names that are spans of words.
 * The small model has none, since the project has no treebank with names to learn them from: its
 * weights are made up here, once a process. */
#include "section.h"

#include "syntax/names_parts.h"

#include <stdlib.h>

static float made_up(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)(int)(*state >> 16) / 32768.0f - 1.0f;
}

static dgm_view section(void)
{
    enum { N_WEIGHTS = N_TYPES << NAME_BITS, N_DENSE = N_TYPES * NAME_DENSE, N_LISTED = 8 };
    static dgm_view made;
    static int16_t weights[N_WEIGHTS];
    static float dense[N_DENSE];
    if (made.p)
        return made;
    const dgm_network *network = dgm_fuzz_model()->network;
    uint32_t state = 7, n = names_n_picture(names_sizes(network));
    float *picture = calloc((size_t)n * N_TYPES, sizeof *picture);
    dgm_fuzz_need(picture != NULL, "memory", NULL);
    for (size_t i = 0; i < N_WEIGHTS; i++)
        weights[i] = (int16_t)(1000 * made_up(&state));
    for (size_t i = 0; i < N_DENSE; i++)
        dense[i] = made_up(&state);
    for (size_t i = 0; i < (size_t)n * N_TYPES; i++)
        picture[i] = made_up(&state);
    static const char listed[4 * N_LISTED];
    const names_section all = { .parser = names_parser(network),
                                .unit = 0.001f,
                                .weights = weights,
                                .dense = dense,
                                .picture = picture,
                                .n_picture = n,
                                .lists = { listed, N_LISTED } };
    char *bytes = NULL;
    dgm_err err = { 0 };
    dgm_fuzz_need(names_pack(&all, &bytes, &made.n, &err) == DGM_OK, "names", &err);
    free(picture);
    made.p = bytes;
    return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    dgm_fuzz_input in = { bytes, n };
    dgm_view whole = section();
    char *damaged = dgm_fuzz_patched(whole, &in);
    dgm_model model = *dgm_fuzz_model();
    dgm_err err = { 0 };
    if (dgm_names_load((dgm_view) { damaged, whole.n }, model.network, &model.names, &err) ==
        DGM_OK)
        dgm_fuzz_parse(&model);
    dgm_names_free(model.names);
    free(damaged);
    return 0;
}
