/* Packed files where the disk is full. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "shards/shards.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { BYTES = 1 << 16, TIMES = 40 };

/* They end where the next byte cannot be read, and cannot be packed. */
static char *bytes_before_nothing(void)
{
    uint32_t state = 7;
    char *at = mmap(NULL, 2 * BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(at != MAP_FAILED);
    for (size_t i = 0; i < BYTES; i++) {
        state = state * 1664525u + 1013904223u;
        at[i] = (char)(state >> 24);
    }
    assert_int_equal(mprotect(at + BYTES, BYTES, PROT_NONE), 0);
    return at;
}

static void a_full_disk_is_said_and_nothing_is_read_behind_the_bytes(void **state)
{
    dgm_packed_file *file = NULL;
    dgm_file_sum sum;
    dgm_err err = { 0 };
    char *bytes = bytes_before_nothing();
    size_t n = 0;
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    assert_int_equal(dgm_packed_open("/dev/full", &file, &err), DGM_OK);
    for (size_t i = 0; i < TIMES; i++)
        n += fwrite(bytes, 1, BYTES, dgm_packed_stream(file));
    assert_true(n < (size_t)TIMES * BYTES);
    assert_int_equal(dgm_packed_close(file, &sum, &err), DGM_EIO);
    assert_non_null(strstr(err.msg, "No space"));
    munmap(bytes, 2 * BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_is_said_and_nothing_is_read_behind_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
