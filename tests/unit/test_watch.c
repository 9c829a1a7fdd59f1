#include "watch/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(own_networks_are_told_from_the_web) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
