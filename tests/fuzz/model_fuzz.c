/* Any bytes as a model file, and its section "segmenter" as a segmenter. */
#include "syntax/model_file.h"
#include "syntax/segment.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const dgm_segmenter *seg)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_document_init(&doc, arena);
    doc.text = DGM_VIEW("Gen. Ali isn't here: \"We left,\" he said at 3 a.m. Monday. It's 5%.");
    if (dgm_segmenter_run(seg, &doc, NULL) != DGM_OK)
        abort();
    dgm_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dgm_model_file *file;
    dgm_segmenter *seg;
    dgm_view bytes = { (const char *)data, size };
    if (dgm_model_file_over(bytes, "fuzz", &file, NULL) == DGM_OK) {
        uint64_t sum = 0;
        dgm_view section;
        for (uint32_t i = 0; dgm_model_file_name(file, i, &section).p; i++) {
            for (size_t j = 0; j < section.n; j++)
                sum += (unsigned char)section.p[j];
        }
        if (sum == UINT64_MAX)
            abort(); /* so that the reading is not optimised away */
        bytes = dgm_model_file_section(file, DGM_VIEW("segmenter"));
        dgm_model_file_close(file);
    }
    if (bytes.p && dgm_segmenter_load(bytes, &seg, NULL) == DGM_OK) {
        use(seg);
        dgm_segmenter_free(seg);
    }
    return 0;
}
