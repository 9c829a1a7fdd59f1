/* A question and its options, a line each ("query", "country=TUR", "by=month"), to a store. */
#include "fuzz.h"

#include "dragoman.h"

#include <string.h>

static int put(void *context, const char *bytes, size_t n)
{
    dgm_buffer_put(context, (dgm_view) { bytes, n });
    return 0;
}

static bool asks_for(const char *const *options, const char *name)
{
    for (size_t i = 0; options[i]; i += 2)
        if (strcmp(options[i], name) == 0)
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static dragoman_store *store;
    const char *options[DGM_FUZZ_OPTIONS];
    char why[DRAGOMAN_MESSAGE] = "";
    dgm_fuzz_input in = { bytes, n };
    dgm_buffer out = { 0 };
    if (!store)
        dgm_fuzz_need(dragoman_store_open(dgm_fuzz_store(), 0, &store, why) == DRAGOMAN_OK,
                      "a store", NULL);
    dgm_arena *arena = dgm_arena_new();
    dgm_fuzz_need(arena != NULL, "memory", NULL);
    const char *question = dgm_fuzz_line(&in, arena);
    dgm_fuzz_options(&in, arena, options);
    dragoman_status status =
        dragoman_store_ask(store, question ? question : "", options, put, &out, why);
    dgm_fuzz_claim(status != DRAGOMAN_FAILED || (why[0] && memchr(why, 0, sizeof why)),
                   "a failure says why");
    dgm_fuzz_claim(dgm_utf8_invalid(dgm_view_of(why)) == SIZE_MAX, "a message is text");
    if (status == DRAGOMAN_OK && !asks_for(options, "format"))
        dgm_fuzz_check_json_lines((dgm_view) { out.p, out.n });
    dgm_buffer_done(&out);
    dgm_arena_free(arena);
    return 0;
}
