#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "syntax/stand_ins.h"

static dgm_stand_ins *shipped;

static dgm_view read_as(const char *form)
{
    return dgm_stand_in_for(shipped, dgm_view_of(form));
}

static void states_are_read_alike(void **state)
{
    (void)state;
    static const char *const alike[][2] = {
        { "Kyrgyzstan", "Peru" },     { "Kyrgyz", "Peruvian" },  { "Armenians", "Kenyans" },
        { "Bishkek", "Lima" },        { "Japanese", "Maltese" }, { "French", "Spanish" },
        { "Japanese", "Portuguese" },
    };
    for (size_t i = 0; i < DGM_LEN(alike); i++)
        if (!dgm_view_eq(read_as(alike[i][0]), read_as(alike[i][1])))
            fail_msg("%s: %.*s, %s: %.*s", alike[i][0], DGM_FMT(read_as(alike[i][0])), alike[i][1],
                     DGM_FMT(read_as(alike[i][1])));
    assert_false(dgm_view_eq(read_as("Peru"), read_as("Lima")));
    assert_false(dgm_view_eq(read_as("Peru"), DGM_VIEW("Peru")));
}

static void all_else_is_read_as_it_is(void **state)
{
    (void)state;
    static const char *const forms[] = { "Jordan", "turkey",   "Turkey", "PERU",
                                         "US",     "peruvian", "the",    "March",
                                         "",       "-",        "Smiths", "Kyrgyzstan's" };
    for (size_t i = 0; i < DGM_LEN(forms); i++) {
        dgm_view form = dgm_view_of(forms[i]), read = read_as(forms[i]);
        if (read.p != form.p && form.n)
            fail_msg("%s: %.*s", forms[i], DGM_FMT(read));
    }
    dgm_view peru = DGM_VIEW("Peru");
    assert_ptr_equal(dgm_stand_in_for(NULL, peru).p, peru.p);
}

static void folders_without_the_table_have_no_stand_ins(void **state)
{
    (void)state;
    dgm_err err = { 0 };
    dgm_stand_ins *none = NULL;
    assert_int_equal(dgm_stand_ins_load("/", NULL, &none, &err), DGM_OK);
    dgm_view peru = DGM_VIEW("Peru");
    assert_ptr_equal(dgm_stand_in_for(none, peru).p, peru.p);
    dgm_stand_ins_free(none);
}

int main(void)
{
    dgm_err err;
    if (dgm_stand_ins_load(getenv("DRAGOMAN_TABLES"), NULL, &shipped, &err) != DGM_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_are_read_alike),
        cmocka_unit_test(all_else_is_read_as_it_is),
        cmocka_unit_test(folders_without_the_table_have_no_stand_ins),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    dgm_stand_ins_free(shipped);
    return failed;
}
