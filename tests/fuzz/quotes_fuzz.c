/* Stories, and what is said in them: JSON Lines and CSV. */
#include "fuzz.h"

static void check(const dgm_coder *coder, const dgm_document *doc)
{
    static const dgm_output_format formats[] = { DGM_OUTPUT_JSONL, DGM_OUTPUT_CSV };
    (void)coder;
    for (size_t i = 0; i < DGM_LEN(formats) * 2; i++) {
        const dgm_output_options options = { .format = formats[i / 2], .without_text = i % 2 };
        dgm_buffer out = { 0 };
        dgm_write_quotes_header(&options, &out);
        dgm_write_quotes(&options, doc, &out);
        dgm_fuzz_check_output(options.format, (dgm_view) { out.p, out.n });
        dgm_buffer_done(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    dgm_fuzz_code((dgm_view) { (const char *)bytes, n }, false, 0, check);
    return 0;
}
