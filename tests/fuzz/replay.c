/* Feeds a fuzz target the files that are named, and their beginnings: what once broke it, and the
 * seeds of the fuzzer. */
#include "fuzz.h"

#include <stdlib.h>

int main(int argc, char **argv)
{
    enum { LARGEST = 1 << 20, PARTS = 4 };
    if (argc < 2) {
        fprintf(stderr, "replay: there is nothing to replay\n");
        return 1;
    }
    for (int i = 1; i < argc; i++) {
        char *bytes = NULL;
        size_t n = 0;
        dgm_err err = { 0 };
        if (dgm_file_read(argv[i], LARGEST, &bytes, &n, &err) != DGM_OK) {
            fprintf(stderr, "replay: %s: %s\n", argv[i], err.msg);
            return 1;
        }
        for (size_t part = 1; part <= PARTS; part++) {
            /* A copy of its own, so that a read past its end is seen. */
            size_t size = n * part / PARTS;
            uint8_t *copy = malloc(size + (size == 0));
            for (size_t k = 0; copy && k < size; k++)
                copy[k] = (uint8_t)bytes[k];
            if (copy)
                LLVMFuzzerTestOneInput(copy, size);
            free(copy);
        }
        free(bytes);
        printf("ok %s\n", argv[i]);
    }
    return 0;
}
