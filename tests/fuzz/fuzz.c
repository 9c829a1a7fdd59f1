#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

void dgm_fuzz_claim(bool holds, const char *claim)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", claim);
    abort();
}

static void check(const dgm_document *doc, dgm_input_format format)
{
    dgm_fuzz_claim(dgm_utf8_invalid(doc->text) == SIZE_MAX, "the text is UTF-8");
    dgm_fuzz_claim(
        dgm_utf8_invalid(doc->id) == SIZE_MAX && dgm_utf8_invalid(doc->title) == SIZE_MAX &&
            dgm_utf8_invalid(doc->source) == SIZE_MAX && dgm_utf8_invalid(doc->url) == SIZE_MAX,
        "what is said of the story is UTF-8");
    dgm_fuzz_claim(format != DGM_INPUT_TEXT || !memchr(doc->text.p, 0, doc->text.n),
                   "no NUL byte is in the text");
    dgm_fuzz_claim(doc->id.n > 0, "the story has an id");
    dgm_fuzz_claim(dgm_is_day(dgm_view_of(doc->date)), "the story has a day");
    dgm_fuzz_claim(doc->text.n <= DGM_MAX_DOCUMENT, "the text is bounded");
}

void dgm_fuzz_read(const uint8_t *bytes, size_t n, dgm_input_format format)
{
    dgm_complaints complaints = { 0 };
    const dgm_reader_options options = { .format = format,
                                         .default_date = "2020-10-02",
                                         .language = DGM_LANGUAGE_ENGLISH,
                                         .complaints = &complaints };
    dgm_reader *reader = NULL;
    dgm_arena *arena = dgm_arena_new();
    dgm_err err = { 0 };
    if (arena && dgm_reader_open_memory((const char *)bytes, n, "fuzz.txt", &options, &reader,
                                        &err) == DGM_OK) {
        dgm_document doc;
        while (dgm_reader_next(reader, arena, &doc, &err) == DGM_OK) {
            check(&doc, format);
            dgm_arena_reset(arena);
        }
    }
    dgm_reader_free(reader);
    dgm_arena_free(arena);
}
