#include "watch/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static void own_networks_are_told_from_the_web(void **state)
{
    static const char *const own[] = { "127.0.0.1",   "10.1.2.3",
                                       "172.16.0.1",  "172.31.255.255",
                                       "192.168.7.7", "169.254.169.254",
                                       "100.64.0.1",  "0.0.0.0",
                                       "::1",         "::",
                                       "fd00::1",     "fe80::1%lo",
                                       "fe80::1",     "::ffff:10.0.0.1",
                                       "localhost",   "" };
    static const char *const web[] = {
        "1.1.1.1",      "9.255.255.255", "11.0.0.0",       "172.15.255.255",
        "172.32.0.0",   "192.167.1.1",   "100.63.0.1",     "100.128.0.1",
        "2a00:1450::1", "::2",           "::ffff:8.8.8.8", "ff02::1"
    };
    (void)state;
    for (size_t i = 0; i < DGM_LEN(own); i++)
        assert_true(watch_is_own_network(own[i]));
    for (size_t i = 0; i < DGM_LEN(web); i++)
        assert_false(watch_is_own_network(web[i]));
}

static bool take_found(void *context, const dgm_found *found)
{
    (void)context;
    (void)found;
    return true;
}

/* A file whose path there was no memory for was taken for one that still grows. */
static void a_folder_without_memory_says_so(void **state)
{
    char folder[] = "/tmp/dragoman-watch-XXXXXX", file[60], noted[60];
    dgm_complaints complaints = { .fn = NULL };
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/a.txt", folder);
    snprintf(noted, sizeof noted, "%s.state", folder);
    FILE *f = fopen(file, "w");
    assert_non_null(f);
    assert_true(fputs("2020-10-02\nTurkey met Russia.\n", f) >= 0 && fclose(f) == 0);
    for (size_t n = 1, left = 0; left == 0; n++) {
        const dgm_watch_options options = { .path = folder,
                                            .state = noted,
                                            .into = "x",
                                            .complaints = &complaints,
                                            .found = take_found };
        dgm_watch *watch = NULL;
        dgm_polled polled = { 0 };
        dgm_err err = { 0 };
        assert_int_equal(dgm_watch_open(&options, &watch, &err), DGM_OK);
        dgm_arena_fail_at(n);
        dgm_status status = dgm_watch_poll(watch, &polled, &err);
        left = dgm_arena_fail_at(0);
        if (status != DGM_ENOMEM && (status != DGM_OK || polled.n_new != 1))
            fail_msg("allocation %zu: %d, %u new, %u growing", n, (int)status, polled.n_new,
                     polled.n_growing);
        dgm_watch_free(watch);
        (void)unlink(noted);
    }
    (void)unlink(file);
    (void)rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(own_networks_are_told_from_the_web),
                                        cmocka_unit_test(a_folder_without_memory_says_so) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
