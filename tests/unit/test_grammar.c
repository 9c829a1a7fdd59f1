#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trees.h"

#include "grammar/grammar.h"

#include <stdlib.h>

static dgm_grammar *grammar;
static dgm_document doc;

/* The first sentence of a document that is made of the tree. */
static const dgm_tree *tree_of(const char *text)
{
    dgm_err err = { 0 };
    read_tree(&doc, text);
    assert_int_equal(dgm_grammar_read(grammar, &doc, &err), DGM_OK);
    return doc.sentences.at[0].tree;
}

/* A question that is asked of one word of each tree, and what is right to answer. */
typedef struct {
    const char *tree;
    uint32_t word;
    bool yes;
} question;

static void ask_all(const question *cases, size_t n, bool (*ask)(const dgm_tree *, uint32_t))
{
    for (size_t i = 0; i < n; i++)
        if (ask(tree_of(cases[i].tree), cases[i].word) != cases[i].yes)
            fail_msg("%s: %s", cases[i].tree, cases[i].yes ? "no" : "yes");
}

static void a_clause_is_a_condition_by_the_words_that_open_it(void **state)
{
    (void)state;
    static const question cases[] = {
        { "If/SCONJ/IN/3/mark Peru/PROPN/NNP/3/nsubj leaves:leave/VERB/VBZ/6/advcl "
          "Chile/PROPN/NNP/6/nsubj will/AUX/MD/6/aux stay/VERB/VB/0/root",
          3, true },
        { "Chile/PROPN/NNP/3/nsubj will/AUX/MD/3/aux stay/VERB/VB/0/root in/ADP/IN/7/mark "
          "case/NOUN/NN/4/fixed Peru/PROPN/NNP/7/nsubj leaves:leave/VERB/VBZ/3/advcl",
          7, true },
        { "Chile/PROPN/NNP/3/nsubj will/AUX/MD/3/aux stay/VERB/VB/0/root as/ADV/RB/5/advmod "
          "long/ADV/RB/3/advmod as/SCONJ/IN/8/mark Peru/PROPN/NNP/8/nsubj "
          "stays:stay/VERB/VBZ/3/advcl",
          8, true },
        { "Should/AUX/MD/3/aux Peru/PROPN/NNP/3/nsubj leave/VERB/VB/6/advcl "
          "Chile/PROPN/NNP/6/nsubj will/AUX/MD/6/aux stay/VERB/VB/0/root",
          3, true },
        { "[I]f/SCONJ/IN/3/mark Peru/PROPN/NNP/3/nsubj leaves:leave/VERB/VBZ/6/advcl "
          "Chile/PROPN/NNP/6/nsubj will/AUX/MD/6/aux stay/VERB/VB/0/root",
          3, true },
        /* what it governs is none, nor is what stands behind other words */
        { "If/SCONJ/IN/3/mark Peru/PROPN/NNP/3/nsubj leaves:leave/VERB/VBZ/6/advcl "
          "Chile/PROPN/NNP/6/nsubj will/AUX/MD/6/aux stay/VERB/VB/0/root",
          6, false },
        { "Chile/PROPN/NNP/2/nsubj stayed:stay/VERB/VBD/0/root as/SCONJ/IN/6/mark "
          "if/SCONJ/IN/3/fixed "
          "Peru/PROPN/NNP/6/nsubj left:leave/VERB/VBD/2/advcl",
          6, false },
        { "Chile/PROPN/NNP/2/nsubj stayed:stay/VERB/VBD/0/root because/SCONJ/IN/5/mark "
          "Peru/PROPN/NNP/5/nsubj left:leave/VERB/VBD/2/advcl",
          5, false },
        { "Peru/PROPN/NNP/3/nsubj should/AUX/MD/3/aux leave/VERB/VB/0/root", 3, false },
    };
    ask_all(cases, DGM_LEN(cases), dgm_is_condition);
}

#define NOBODY "Nobody/PRON/NN/2/nsubj left:leave/VERB/VBD/0/root"
#define NOT_LEAVE                                                                                  \
    "Peru/PROPN/NNP/4/nsubj did:do/AUX/VBD/4/aux not/PART/RB/4/advmod leave/VERB/VB/0/root"
#define VOWED                                                                                      \
    "Peru/PROPN/NNP/2/nsubj vowed:vow/VERB/VBD/0/root never/ADV/RB/2/advmod to/PART/TO/5/mark "    \
    "talk/VERB/VB/2/xcomp"

static void a_word_is_negated_beside_it_and_denied_also_in_its_roles(void **state)
{
    (void)state;
    static const question negated[] = { { NOT_LEAVE, 4, true },
                                        { NOBODY, 2, false },
                                        { VOWED, 2, false } };
    static const question denied[] = { { NOT_LEAVE, 4, true },
                                       { NOBODY, 2, true },
                                       { VOWED, 2, false } };
    ask_all(negated, DGM_LEN(negated), dgm_is_negated);
    ask_all(denied, DGM_LEN(denied), dgm_is_denied);
}

static void what_is_under_way_has_a_form_of_be(void **state)
{
    (void)state;
    static const question cases[] = {
        { "Peru/PROPN/NNP/3/nsubj is:be/AUX/VBZ/3/aux leaving:leave/VERB/VBG/0/root", 3, true },
        { "Peru/PROPN/NNP/3/nsubj was:be/AUX/VBD/3/aux leaving:leave/VERB/VBG/0/root", 3, true },
        { "Peru/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root leaving:leave/VERB/VBG/2/xcomp", 3,
          false },
        { "Peru/PROPN/NNP/4/nsubj may/AUX/MD/4/aux be/AUX/VB/4/aux leaving:leave/VERB/VBG/0/root",
          4, false },
        { "Peru/PROPN/NNP/3/nsubj has:have/AUX/VBZ/3/aux left:leave/VERB/VBN/0/root", 3, false },
    };
    ask_all(cases, DGM_LEN(cases), dgm_is_under_way);
}

static void conjuncts_lead_to_the_first(void **state)
{
    (void)state;
    const dgm_tree *t =
        tree_of("They/PRON/PRP/2/nsubj bombed:bomb/VERB/VBD/0/root and/CCONJ/CC/4/cc "
                "shelled:shell/VERB/VBD/2/conj and/CCONJ/CC/6/cc "
                "shot:shoot/VERB/VBD/4/conj");
    static const uint32_t first[] = { 0, 1, 2, 3, 2, 5, 2 };
    for (uint32_t w = 0; w < DGM_LEN(first); w++)
        assert_int_equal(dgm_first_conjunct(t, w), first[w]);
}

int main(void)
{
    dgm_err err;
    dgm_complaints complaints = { 0 };
    if (dgm_grammar_load(getenv("DRAGOMAN_TABLES"), &complaints, &grammar, &err) != DGM_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_clause_is_a_condition_by_the_words_that_open_it,
                                        arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(a_word_is_negated_beside_it_and_denied_also_in_its_roles,
                                        arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(what_is_under_way_has_a_form_of_be, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(conjuncts_lead_to_the_first, arena_begin, arena_end),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    dgm_grammar_free(grammar);
    return failed;
}
