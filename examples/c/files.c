/* files FORMAT PATH: codes a file or a folder on four threads, and tells how far it is. */
#include <dragoman.h>
#include <inttypes.h>
#include <stdio.h>

static int write_out(void *context, const char *bytes, size_t n)
{
    (void)context;
    return fwrite(bytes, 1, n, stdout) != n; /* not 0: there is no room, and no use in going on */
}

static void complain(void *context, const char *message)
{
    (void)context;
    fprintf(stderr, "files: %s\n", message);
}

static void tell(void *context, uint64_t n_read, uint64_t n_bytes)
{
    (void)context;
    fprintf(stderr, "\r%" PRIu64 " of %" PRIu64 " bytes", n_read, n_bytes);
}

int main(int argc, char **argv)
{
    char why[DRAGOMAN_MESSAGE];
    dragoman_coder *coder;
    if (argc != 3) {
        fprintf(stderr, "usage: files FORMAT PATH\n");
        return 2;
    }
    if (dragoman_open(NULL, NULL, &coder, why) != DRAGOMAN_OK) {
        fprintf(stderr, "files: %s\n", why);
        return 2;
    }
    const char *options[] = { "format", argv[1], "polarity", "affirmed", NULL };
    dragoman_input input = { .path = argv[2],
                             .options = options,
                             .jobs = 4,
                             .write = write_out,
                             .complain = complain,
                             .progress = tell };
    dragoman_status status = dragoman_code_input(coder, &input, why);
    fprintf(stderr, status == DRAGOMAN_FAILED ? "\nfiles: %s\n" : "\n", why);
    dragoman_close(coder);
    return (int)status;
}
