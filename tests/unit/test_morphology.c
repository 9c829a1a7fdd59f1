#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "syntax/morphology.h"

static dgm_morphology *load(void)
{
    dgm_morphology *m = NULL;
    dgm_err err;
    assert_int_equal(dgm_morphology_load(getenv("DRAGOMAN_TABLES"), NULL, &m, &err), DGM_OK);
    return m;
}

static void a_verb_is_found_from_any_of_its_forms(void **state)
{
    (void)state;
    static const struct {
        const char *form, *lemma;
    } cases[] = {
        { "denied", "deny" },       { "beaten", "beat" },    { "shelled", "shell" },
        { "banned", "ban" },        { "accuses", "accuse" }, { "hoping", "hope" },
        { "raped", "rape" },        { "crushes", "crush" },  { "tying", "tie" },
        { "vetoes", "veto" },       { "agreed", "agree" },   { "fled", "flee" },
        { "airlifted", "airlift" }, { "defies", "defy" },    { "targeting", "target" },
    };
    dgm_morphology *m = load();
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_view lemma = dgm_morphology_verb(m, dgm_view_of(cases[i].form));
        if (!dgm_view_eq(lemma, dgm_view_of(cases[i].lemma)))
            fail_msg("%s: %.*s", cases[i].form, DGM_FMT(lemma));
    }
    assert_int_equal(dgm_morphology_verb(m, DGM_VIEW("xyzzyed")).n, 0);
    assert_int_equal(dgm_morphology_verb(m, DGM_VIEW("ed")).n, 0);
    dgm_morphology_free(m);
}

static void only_lemmas_that_have_no_such_form_are_mended(void **state)
{
    (void)state;
    static const char conllu[] = "1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
                                 "2\tDenied\tdenie\tVERB\tVBD\t_\t0\troot\t_\t_\n"
                                 "3\tfound\tfind\tVERB\tVBD\t_\t2\tconj\t_\t_\n"
                                 "4\tdenies\tdenie\tNOUN\tNNS\t_\t3\tobj\t_\t_\n"
                                 "5\tfrobbed\tfrob\tVERB\tVBD\t_\t2\tconj\t_\t_\n"
                                 "6\tbegan\tbeg\tVERB\tVBD\t_\t2\tconj\t_\t_\n"
                                 "7\tlay\tlie\tVERB\tVBD\t_\t2\tconj\t_\t_\n"
                                 "8\tstopped\tstop\tVERB\tVBD\t_\t2\tconj\t_\t_\n"
                                 "9\tMilitiamen\tmilitiay\tNOUN\tNNS\t_\t3\tobj\t_\t_\n"
                                 "10\tspecimen\tspecimen\tNOUN\tNN\t_\t3\tobj\t_\t_\n"
                                 "11\t1,114,200\t1,200\tNUM\tCD\t_\t3\tobj\t_\t_\n"
                                 "12\t7.5\t7.5\tNUM\tCD\t_\t3\tobj\t_\t_\n\n";
    static const char *const lemmas[] = { "they",       "deny",     "find",    "denie",
                                          "frob",       "begin",    "lie",     "stop",
                                          "militiaman", "specimen", "1114200", "7.5" };
    dgm_morphology *m = load();
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_err err;
    dgm_view rest;
    dgm_document_init(&doc, arena);
    assert_int_equal(dgm_document_from_conllu(&doc, dgm_view_of(conllu), &rest, "t", &err), DGM_OK);
    dgm_morphology_mend(m, &doc);
    for (uint32_t i = 0; i < DGM_LEN(lemmas); i++)
        assert_true(dgm_view_eq(doc.sentences.at[0].words[i + 1].lemma, dgm_view_of(lemmas[i])));
    dgm_arena_free(arena);
    dgm_morphology_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verb_is_found_from_any_of_its_forms),
        cmocka_unit_test(only_lemmas_that_have_no_such_form_are_mended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
