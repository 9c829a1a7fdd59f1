/* How often events are right, how samples are shared out, how a coding is written. */
#include "store/marks.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* ---- the interval --------------------------------------------------------------------------- */

static void wilson_interval_is_that_of_the_books(void **state)
{
    (void)state;
    /* Newcombe (1998), table I, method 3: the score method without continuity correction. */
    static const struct {
        double right, n, low, high;
    } cases[] = {
        { 81, 263, 0.2553, 0.3662 },
        { 15, 148, 0.0624, 0.1605 },
        { 0, 20, 0.0000, 0.1611 },
        { 1, 29, 0.0061, 0.1718 },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        double low, high;
        dgm_wilson(cases[i].right / cases[i].n, cases[i].n, &low, &high);
        if (fabs(low - cases[i].low) > 5e-5 || fabs(high - cases[i].high) > 5e-5)
            fail_msg("%.0f of %.0f: %.4f to %.4f", cases[i].right, cases[i].n, low, high);
    }
}

/* By its definition: the shares that a test of the score does not reject. */
static void wilson_interval_holds_what_the_score_test_accepts(void **state)
{
    (void)state;
    static const double z = 1.959963984540054;
    for (unsigned n = 1; n <= 60; n += 7) {
        for (unsigned right = 0; right <= n; right++) {
            double p = (double)right / n, low, high;
            dgm_wilson(p, n, &low, &high);
            for (double share = 0.0005; share < 1; share += 0.001) {
                bool accepted = fabs(p - share) <= z * sqrt(share * (1 - share) / n);
                bool near = fabs(share - low) < 1e-6 || fabs(share - high) < 1e-6;
                if (!near && accepted != (share >= low && share <= high))
                    fail_msg("%u of %u: %.4f", right, n, share);
            }
        }
    }
}

static void nothing_marked_says_nothing(void **state)
{
    (void)state;
    double low = -1, high = -1;
    dgm_wilson(NAN, 0, &low, &high);
    assert_true(low == 0 && high == 1);
}

/* ---- allotment ------------------------------------------------------------------------------ */

static void strata_give_as_many_as_each_other_if_they_can(void **state)
{
    (void)state;
    static const struct {
        uint64_t sizes[4], n, out[4];
    } cases[] = {
        { { 100, 100, 100, 100 }, 40, { 10, 10, 10, 10 } },
        { { 100, 50, 3, 1 }, 40, { 18, 18, 3, 1 } },
        { { 5, 4, 3, 2 }, 100, { 5, 4, 3, 2 } },
        { { 9, 9, 9, 9 }, 3, { 1, 1, 1, 0 } },
        { { 9, 0, 0, 9 }, 5, { 3, 0, 0, 2 } },
        { { 0, 0, 0, 0 }, 5, { 0, 0, 0, 0 } },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        uint64_t out[4];
        dgm_allot(cases[i].sizes, 4, cases[i].n, out);
        for (size_t k = 0; k < 4; k++)
            if (out[k] != cases[i].out[k])
                fail_msg("case %zu, stratum %zu: %llu", i, k, (unsigned long long)out[k]);
    }
}

/* ---- codings -------------------------------------------------------------------------------- */

static void a_coding_is_written_in_one_way_only(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } cases[] = {
        { "ASSAULT RUS > GEO", "ASSAULT RUS > GEO" },
        { "ASSAULT RUSMIL,RUS>GEO", "ASSAULT RUS,RUSMIL > GEO" },
        { " ASSAULT  RUS; RUS > GEO GEOGOV actual affirmed ", "ASSAULT RUS > GEO,GEOGOV" },
        { "PROTEST ARM", "PROTEST ARM > -" },
        { "ASSAULT > ---REB", "ASSAULT - > ---REB" },
        { "ASSAULT - > - negated intended", "ASSAULT - > - negated intended" },
        { "THREATEN IRN > USA,ISR conditional", "THREATEN IRN > ISR,USA conditional" },
        { "AGREE FRA hypothetical > DEU negated", "AGREE FRA > DEU negated hypothetical" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_coding coding;
        dgm_buffer out = { 0 };
        dgm_err err = { 0 };
        if (dgm_coding_parse(&dgm_plover_types, dgm_view_of(cases[i].text), &coding, &err) !=
            DGM_OK)
            fail_msg("%s: %s", cases[i].text, err.msg);
        dgm_coding_write(&coding, &out);
        if (!dgm_view_eq((dgm_view) { out.p, out.n }, dgm_view_of(cases[i].written)))
            fail_msg("%s: %.*s", cases[i].text, (int)out.n, out.p);
        dgm_buffer_done(&out);
    }
}

static void what_is_no_coding_is_refused_with_the_reason(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } cases[] = {
        { "", "'' is no type of event" },
        { "COERCE-arrest RUS > GEO",
          "'COERCE-arrest' names a mode, and marks are of types alone: write 'COERCE'" },
        { "ASAULT RUS > GEO", "'ASAULT' is no type of event; did you mean 'ASSAULT'?" },
        { "ASSAULT Russia > GEO", "'Russia' is no code of an actor" },
        { "ASSAULT RUSM > GEO", "'RUSM' is no code of an actor" },
        { "ASSAULT --- > GEO", "'---' is no code of an actor" },
        { "ASSAULT RUS > GEO > USA", "'>' is no code of an actor" },
        { "ASSAULT RUS > GEO maybe", "'maybe' is no code of an actor" },
        { "ASSAULT AAA BBB CCC DDD EEE FFF GGG HHH III JJJ KKK LLL MMM NNN OOO PPP QQQ > GEO",
          "an event has at most 16 actors" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_coding coding = { .type = "AID" };
        dgm_err err = { 0 };
        assert_int_not_equal(
            dgm_coding_parse(&dgm_plover_types, dgm_view_of(cases[i].text), &coding, &err), DGM_OK);
        if (strncmp(err.msg, cases[i].why, strlen(cases[i].why)) != 0 ||
            strcmp(coding.type, "AID") != 0)
            fail_msg("%s: %s", cases[i].text, err.msg);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_interval_is_that_of_the_books),
        cmocka_unit_test(wilson_interval_holds_what_the_score_test_accepts),
        cmocka_unit_test(nothing_marked_says_nothing),
        cmocka_unit_test(strata_give_as_many_as_each_other_if_they_can),
        cmocka_unit_test(a_coding_is_written_in_one_way_only),
        cmocka_unit_test(what_is_no_coding_is_refused_with_the_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
