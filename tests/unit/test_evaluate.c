#include "syntax/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Tokens apart by spaces; "xyz=x+y+z" is a multiword token. All words hang on the first. */
static dgm_document tokens(dgm_arena *arena, const char *text)
{
    char conllu[4000];
    size_t n = 0;
    uint32_t id = 1;
    dgm_view rest = dgm_view_of(text), token, form;
    while (dgm_view_split(&rest, ' ', &token)) {
        dgm_view parts = token;
        dgm_view_split(&parts, '=', &form);
        if (parts.n > 0) {
            uint32_t n_parts = 1;
            for (size_t i = 0; i < parts.n; i++)
                n_parts += parts.p[i] == '+';
            n += (size_t)snprintf(conllu + n, sizeof conllu - n,
                                  "%u-%u\t%.*s\t_\t_\t_\t_\t_\t_\t_\t_\n", id, id + n_parts - 1,
                                  DGM_FMT(form));
        } else {
            parts = form;
        }
        while (dgm_view_split(&parts, '+', &form)) {
            n += (size_t)snprintf(conllu + n, sizeof conllu - n,
                                  "%u\t%.*s\t_\t_\t_\t_\t%d\t_\t_\t_\n", id, DGM_FMT(form), id > 1);
            id++;
        }
    }
    dgm_document doc;
    dgm_document_init(&doc, arena);
    assert_int_equal(dgm_document_from_conllu(&doc, (dgm_view) { conllu, n }, NULL, "x", NULL),
                     DGM_OK);
    return doc;
}

static void words_are_aligned_by_characters_and_inside_multiword_tokens_by_form(void **state)
{
    (void)state;
    static const struct {
        const char *gold, *system;
        uint64_t correct;
    } cases[] = {
        { "x y z", "x y z", 3 },
        { "can't=ca+n't go", "ca n't go", 3 },
        { "can't=ca+n't go", "can't=ca+n't go", 3 },
        { "can't=ca+n't go", "can't go", 1 },
        { "cannot", "cannot=can+not", 0 },
        { "x yz=y+z u", "x y zu", 2 },
        { "xyz=x+Q+z uvw=u+R+w", "xy=x+y zu=z+u vw=v+w", 4 },
        { "xy=x+y zu=yz+u", "x yz u", 2 },
        { "Du=de+u x", "du x", 0 },
        { "AB=a+b c", "A B c", 3 },
        { "xyzu", "x y z u", 0 },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_arena *arena = dgm_arena_new();
        dgm_document gold = tokens(arena, cases[i].gold), system = tokens(arena, cases[i].system);
        dgm_evaluation evaluation = { 0 };
        dgm_status status = dgm_evaluate(&gold, &system, &evaluation, NULL);
        if (strcmp(cases[i].gold, "Du=de+u x") == 0)
            assert_int_equal(status, DGM_EFORMAT); /* capitals are other characters */
        else
            assert_int_equal(status, DGM_OK);
        if (evaluation.of[DGM_METRIC_WORDS].correct != cases[i].correct)
            fail_msg("%s | %s: %u words, not %u", cases[i].gold, cases[i].system,
                     (unsigned)evaluation.of[DGM_METRIC_WORDS].correct, (unsigned)cases[i].correct);
        dgm_arena_free(arena);
    }
}

static dgm_document read(dgm_arena *arena, const char *text)
{
    dgm_document doc;
    dgm_document_init(&doc, arena);
    assert_int_equal(dgm_document_from_conllu(&doc, dgm_view_of(text), NULL, "x", NULL), DGM_OK);
    return doc;
}

static void each_measure_counts_what_the_shared_task_says(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    dgm_document gold = read(arena, "1\tThe\tthe\tDET\tDT\tPronType=Art\t2\tdet\t_\t_\n"
                                    "2\tarmy\tarmy\tNOUN\tNN\tNumber=Sing\t3\tnsubj\t_\t_\n"
                                    "3\tleft\tleave\tVERB\tVBD\tTense=Past|Style=X\t0\troot\t_\t_\n"
                                    "4\ttowns\t_\tNOUN\tNNS\tNumber=Plur\t3\tobj\t_\t_\n"
                                    "5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n");
    dgm_document system = read(arena, "1\tThe\tthe\tPRON\tDT\tPronType=Art\t2\tdet\t_\t_\n"
                                      "2\tarmy\tArmy\tNOUN\tNN\tNumber=Sing\t3\tnsubj:pass\t_\t_\n"
                                      "3\tleft\tleave\tVERB\tVBN\tTense=Past\t0\troot\t_\t_\n"
                                      "4\ttowns\ttown\tNOUN\tNNS\tNumber=Sing\t3\tobl\t_\t_\n"
                                      "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n");
    static const struct {
        dgm_metric metric;
        uint64_t gold, correct;
    } wanted[] = {
        { DGM_METRIC_TOKENS, 5, 5 },  { DGM_METRIC_SENTENCES, 1, 1 }, { DGM_METRIC_WORDS, 5, 5 },
        { DGM_METRIC_UPOS, 5, 4 },    { DGM_METRIC_XPOS, 5, 4 },      { DGM_METRIC_UFEATS, 5, 4 },
        { DGM_METRIC_ALLTAGS, 5, 2 }, { DGM_METRIC_LEMMAS, 5, 4 },    { DGM_METRIC_UAS, 5, 4 },
        { DGM_METRIC_LAS, 5, 3 },     { DGM_METRIC_CLAS, 3, 2 },      { DGM_METRIC_MLAS, 3, 1 },
        { DGM_METRIC_BLEX, 3, 1 },    { DGM_METRIC_EVENTS, 2, 1 },
    };
    dgm_evaluation evaluation = { 0 };
    assert_int_equal(dgm_evaluate(&gold, &system, &evaluation, NULL), DGM_OK);
    for (size_t i = 0; i < DGM_LEN(wanted); i++) {
        const dgm_counts *c = &evaluation.of[wanted[i].metric];
        if (c->gold != wanted[i].gold || c->correct != wanted[i].correct)
            fail_msg("%s: %u of %u, not %u of %u", dgm_metric_name(wanted[i].metric),
                     (unsigned)c->correct, (unsigned)c->gold, (unsigned)wanted[i].correct,
                     (unsigned)wanted[i].gold);
    }
    dgm_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_aligned_by_characters_and_inside_multiword_tokens_by_form),
        cmocka_unit_test(each_measure_counts_what_the_shared_task_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
