/* store DATABASE PATH...: keeps the events of files in a store, then counts them by month. */
#include <dragoman.h>
#include <inttypes.h>
#include <stdio.h>

static int write_out(void *context, const char *bytes, size_t n)
{
    return fwrite(bytes, 1, n, context) != n;
}

static int fail(const char *why)
{
    fprintf(stderr, "store: %s\n", why);
    return 1;
}

int main(int argc, char **argv)
{
    const char *by_month[] = { "by", "month", "plain", "yes", NULL };
    char why[DRAGOMAN_MESSAGE];
    dragoman_coder *coder = NULL;
    dragoman_store *store = NULL;
    if (argc < 3) {
        fprintf(stderr, "usage: store DATABASE PATH...\n");
        return 2;
    }
    int failed = dragoman_open(NULL, NULL, &coder, why) != DRAGOMAN_OK ||
                 dragoman_store_open(argv[1], 1, &store, why) != DRAGOMAN_OK;
    for (int i = 2; i < argc && !failed; i++) {
        dragoman_input input = { .path = argv[i] };
        dragoman_ingested n;
        failed = dragoman_store_ingest(store, coder, &input, 0, &n, why) == DRAGOMAN_FAILED;
        if (!failed)
            fprintf(stderr, "%s: %" PRIu64 " new, %" PRIu64 " there\n", argv[i], n.n_new,
                    n.n_there);
    }
    if (!failed)
        failed =
            dragoman_store_ask(store, "query", by_month, write_out, stdout, why) != DRAGOMAN_OK;
    dragoman_store_close(store);
    dragoman_close(coder);
    return failed ? fail(why) : 0;
}
