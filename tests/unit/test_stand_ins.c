#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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

static void write_table(const char *folder, const char *name, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void take_complaint(void *context, const dgm_err *err)
{
    size_t *last = context;
    assert_int_equal(err->line, *last + 1);
    *last = err->line;
}

/* The longest end holds, wherever its row stands; bad rows are named and not used. */
static void rows_are_held_to_what_the_table_says(void **state)
{
    (void)state;
    char folder[] = "/tmp/dragoman-stand-ins-XXXXXX", sub[64];
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < 2; i++) {
        snprintf(sub, sizeof sub, "%s/%s", folder, i ? "actors" : "english");
        assert_int_equal(mkdir(sub, 0700), 0);
    }
    write_table(folder, "actors/countries.tsv",
                "phrase\tcountry\tkind\nPeru\tPER\tname\nZambia\tZMB\tname\nIndia\tIND\tname\n"
                "Lima\tPER\tcapital\n");
    write_table(folder, "english/stand-ins.tsv",
                "kind\tends\tword\tbut\nname\t-\tIran\t-\nnme\t-\tPeru\t-\nname\tbia\t-\t-\n"
                "name\tia, mbia\tRussia\tIndia\n");
    size_t last = 2;
    dgm_complaints complaints = { .fn = take_complaint, .context = &last };
    dgm_err err = { 0 };
    dgm_stand_ins *own = NULL;
    assert_int_equal(dgm_stand_ins_load(folder, &complaints, &own, &err), DGM_OK);
    assert_int_equal(complaints.n, 2);
    static const char *const read[][2] = {
        { "Peru", "Iran" }, { "Zambia", "Russia" }, { "India", "India" }, { "Lima", "Lima" }
    };
    for (size_t i = 0; i < DGM_LEN(read); i++)
        assert_true(
            dgm_view_eq(dgm_stand_in_for(own, dgm_view_of(read[i][0])), dgm_view_of(read[i][1])));
    dgm_stand_ins_free(own);
    static const char *const left[] = { "english/stand-ins.tsv", "actors/countries.tsv", "english",
                                        "actors", "" };
    for (size_t i = 0; i < DGM_LEN(left); i++) {
        snprintf(sub, sizeof sub, "%s/%s", folder, left[i]);
        assert_int_equal(remove(sub), 0);
    }
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
        cmocka_unit_test(rows_are_held_to_what_the_table_says),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    dgm_stand_ins_free(shipped);
    return failed;
}
