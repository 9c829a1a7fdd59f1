/* include/dragoman.h: the first byte chooses a call, lines give its arguments, the rest is text. */
#include "fuzz.h"

#include "dragoman.h"

#include <string.h>

static dragoman_coder *coder;

static void complain(void *context, const char *message)
{
    (void)context;
    dgm_fuzz_claim(message[0] && dgm_utf8_invalid(dgm_view_of(message)) == SIZE_MAX,
                   "a complaint is text");
}

static int put(void *context, const char *bytes, size_t n)
{
    dgm_fuzz_claim(n == 0 || bytes[n - 1] == '\n', "what is written are whole lines");
    dgm_buffer_put(context, (dgm_view) { bytes, n });
    return 0;
}

static void check(char *answer, const char *why, bool json)
{
    dgm_fuzz_claim(answer || why[0], "a failure says why");
    dgm_fuzz_claim(dgm_utf8_invalid(dgm_view_of(why)) == SIZE_MAX, "a message is text");
    if (answer && json)
        dgm_fuzz_check_json_lines(dgm_view_of(answer));
    else if (answer)
        dgm_fuzz_check_output(DGM_OUTPUT_TABLE, dgm_view_of(answer));
    dragoman_free(answer);
}

static bool is_json(dragoman_product product)
{
    return product != DRAGOMAN_TREES && product != DRAGOMAN_EXPLANATION;
}

static void make(dragoman_product product, dgm_fuzz_input *in, dgm_arena *arena)
{
    char why[DRAGOMAN_MESSAGE] = "";
    dragoman_story story = { .product = product,
                             .date = dgm_fuzz_line(in, arena),
                             .id = dgm_fuzz_line(in, arena),
                             .source = dgm_fuzz_line(in, arena) };
    story.text = (const char *)in->p;
    story.n = in->n;
    check(dragoman_make_with(coder, &story, why), why, is_json(product));
}

/* Options until an empty line, then a file. */
static void code(dragoman_product product, dgm_fuzz_input *in, dgm_arena *arena)
{
    const char *options[DGM_FUZZ_OPTIONS];
    char why[DRAGOMAN_MESSAGE] = "";
    dgm_buffer out = { 0 };
    dgm_fuzz_options(in, arena, options);
    const dragoman_input input = { .bytes = (const char *)in->p,
                                   .n = in->n,
                                   .date = "2020-10-02",
                                   .write = put,
                                   .complain = complain,
                                   .context = &out,
                                   .product = product,
                                   .options = options };
    dragoman_status status = dragoman_code_input(coder, &input, why);
    dgm_fuzz_claim(status != DRAGOMAN_FAILED || why[0], "a failure says why");
    if (is_json(product) && !options[0])
        dgm_fuzz_check_json_lines((dgm_view) { out.p, out.n });
    dgm_buffer_done(&out);
}

/* A file into a new store, twice: no story is new the second time. */
static void ingest(dgm_fuzz_input *in)
{
    char why[DRAGOMAN_MESSAGE] = "";
    const char *path = dgm_fuzz_own("grown.db");
    dragoman_store *store = NULL;
    dragoman_ingested counts = { 0 }, again = { 0 };
    const dragoman_input input = {
        .bytes = (const char *)in->p, .n = in->n, .date = "2020-10-02", .complain = complain
    };
    dgm_fuzz_need(dragoman_store_open(path, 1, &store, why) == DRAGOMAN_OK, path, NULL);
    if (dragoman_store_ingest(store, coder, &input, 0, &counts, why) != DRAGOMAN_FAILED) {
        dgm_fuzz_claim(dragoman_store_ingest(store, coder, &input, 1, &again, why) !=
                           DRAGOMAN_FAILED,
                       "what was read is read again");
        dgm_fuzz_claim(counts.n_new + counts.n_there + counts.n_again <= counts.n_read,
                       "a story is counted once");
        dgm_fuzz_claim(again.n_new == 0 && again.n_read == counts.n_read, "no story is new twice");
    }
    dragoman_store_close(store);
    dgm_fuzz_need(remove(path) == 0, path, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char why[DRAGOMAN_MESSAGE] = "";
    dgm_fuzz_input in = { bytes, n };
    if (!coder)
        dgm_fuzz_need(dragoman_open(dgm_fuzz_path(""), NULL, &coder, why) == DRAGOMAN_OK, "a coder",
                      NULL);
    uint32_t first = dgm_fuzz_take(&in, 1);
    dragoman_product product = (dragoman_product)(first / 4 % 8); /* 7: there is none */
    dgm_arena *arena = dgm_arena_new();
    dgm_fuzz_need(arena != NULL, "memory", NULL);
    switch (first % 4) {
    case 0:
        make(product, &in, arena);
        break;
    case 1:
        code(product, &in, arena);
        break;
    case 2:
        check(dragoman_relate(coder, (const char *)in.p, in.n, why), why, true);
        break;
    case 3:
        if (first & 4) {
            ingest(&in);
            break;
        }
        check(dragoman_rule(coder, dgm_fuzz_line(&in, arena), why), why, true);
    }
    dgm_arena_free(arena);
    return 0;
}
