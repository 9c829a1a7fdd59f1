/* The whole coder: bytes as a story, through all rooms, into every format. */
#include "fuzz.h"

#include <stdlib.h>

static dgm_coder *coder; /* loaded once a process */

static void load(void)
{
    const char *tables = getenv("DRAGOMAN_TABLES");
    dgm_err err = { 0 };
    if (!coder && dgm_coder_load(tables ? tables : "data", NULL, NULL, &coder, &err) != DGM_OK) {
        fprintf(stderr, "%s\n", err.msg);
        abort();
    }
}

static void write_all(dgm_document *doc)
{
    static const dgm_output_format formats[] = { DGM_OUTPUT_JSONL, DGM_OUTPUT_CSV,
                                                 DGM_OUTPUT_TABLE };
    dgm_buffer out = { 0 };
    for (size_t i = 0; i < DGM_LEN(formats); i++) {
        const dgm_output_options options = { .format = formats[i] };
        dgm_write_header(&options, &out);
        dgm_write_events(&options, coder->events, doc, &out);
    }
    dgm_write_conllu(doc, &out);
    dgm_write_explanation(doc, true, &out);
    dgm_fuzz_claim(out.failed || dgm_utf8_invalid((dgm_view) { out.p, out.n }) == SIZE_MAX,
                   "the output is UTF-8");
    dgm_buffer_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const dgm_reader_options options = { .default_date = "2020-10-02" };
    dgm_reader *reader = NULL;
    dgm_err err = { 0 };
    load();
    dgm_arena *arena = dgm_arena_new();
    dgm_story *story = dgm_story_new(coder);
    if (arena && story &&
        dgm_reader_open_memory((const char *)bytes, n, "fuzz.txt", &options, &reader, &err) ==
            DGM_OK) {
        dgm_document doc;
        while (dgm_reader_next(reader, arena, &doc, &err) == DGM_OK) {
            doc.explain = n % 2;
            if (dgm_story_code(story, &doc, &err) == DGM_OK)
                write_all(&doc);
            dgm_arena_reset(arena);
        }
    }
    dgm_reader_free(reader);
    dgm_story_free(story);
    dgm_arena_free(arena);
    return 0;
}
