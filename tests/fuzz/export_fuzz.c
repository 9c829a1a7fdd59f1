/* Any bytes as records that a store kept (JSON Lines), in a format and with a filter that the first
 * two bytes choose: the file that comes of it is one of that format. */
#include "fuzz.h"

#include <string.h>

static bool put(void *context, dgm_view bytes)
{
    dgm_buffer_put(context, bytes);
    return true;
}

static void export(dgm_view lines, const dgm_output_options *options, dgm_buffer *out)
{
    dgm_output *output = NULL;
    dgm_err err = { 0 };
    dgm_view line;
    dgm_arena *arena = dgm_arena_new();
    dgm_fuzz_need(arena && dgm_output_open(options, put, out, &output, &err) == DGM_OK, "a file",
                  &err);
    while (lines.n > 0 && dgm_view_split(&lines, '\n', &line)) {
        dgm_record record;
        dgm_buffer row = { 0 };
        if (dgm_record_read(line, arena, &record, &err) == DGM_OK) {
            dgm_write_record(options, &record, &row);
            dgm_fuzz_claim(dgm_output_put(output, (dgm_view) { row.p, row.n }, &err) == DGM_OK,
                           "a record is taken");
        }
        dgm_buffer_done(&row);
        dgm_arena_reset(arena);
    }
    dgm_fuzz_claim(dgm_output_close(output, &err) == DGM_OK, "a file closes");
    dgm_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static dgm_codes *codes;
    dgm_fuzz_input in = { bytes, n };
    dgm_complaints quiet = { 0 };
    dgm_err err = { 0 };
    if (!codes)
        dgm_fuzz_need(dgm_codes_load(dgm_fuzz_path(""), &quiet, &codes, &err) == DGM_OK, "codes",
                      &err);
    dgm_output_format format = (dgm_output_format)(dgm_fuzz_take(&in, 1) % DGM_N_OUTPUTS);
    uint32_t how = dgm_fuzz_take(&in, 1);
    const dgm_event_filter all = { DGM_FILTER_ANY, DGM_FILTER_ANY, DGM_FILTER_ANY,
                                   DGM_FILTER_ANY, how & 1,        0 };
    const dgm_output_options options = { .format = format,
                                         .colour = how & 2,
                                         .without_text = how & 4,
                                         .filter = how & 8 ? &all : NULL,
                                         .codes = how & 16 ? NULL : codes };
    dgm_buffer out = { 0 };
    export(dgm_fuzz_rest(&in), &options, &out);
    dgm_fuzz_check_output(format, (dgm_view) { out.p, out.n });
    dgm_buffer_done(&out);
    return 0;
}
