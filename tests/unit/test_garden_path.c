#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "syntax/garden_path.h"

typedef struct {
    const char *form;
    dgm_upos upos;
    const char *xpos;
    uint32_t head;
    dgm_deprel deprel;
    uint32_t mended_head;
    dgm_deprel mended;
} tree_word;

static dgm_morphology *verbs;

/* Lemmas of the verbs below that word classes hold; others are their own. */
static const char *lemma_of(const char *form)
{
    static const char *const lemmas[][2] = { { "said", "say" },
                                             { "urged", "urge" },
                                             { "arrested", "arrest" },
                                             { "fled", "flee" },
                                             { "warned", "warn" },
                                             { "dismissed", "dismiss" },
                                             { "neighbouring", "neighbour" },
                                             { "blamed", "blame" },
                                             { "gave", "give" },
                                             { "sent", "send" },
                                             { "denied", "deny" },
                                             { "conceded", "concede" },
                                             { "told", "tell" } };
    for (size_t i = 0; i < DGM_LEN(lemmas); i++)
        if (strcmp(form, lemmas[i][0]) == 0)
            return lemmas[i][1];
    return form;
}

#define check(rows)          check_tree(rows, DGM_LEN(rows), false)
#define check_headline(rows) check_tree(rows, DGM_LEN(rows), true)

static void check_tree(const tree_word *rows, uint32_t n, bool headline)
{
    dgm_word *words = calloc(n + 1, sizeof(*words)); /* and no more, so that tools see an overrun */
    dgm_sentence s = { .words = words, .n_words = n, .headline = headline };
    assert_non_null(words);
    for (uint32_t i = 1; i <= n; i++) {
        const tree_word *r = &rows[i - 1];
        words[i] = (dgm_word) { .form = dgm_view_of(r->form),
                                .lemma = dgm_view_of(lemma_of(r->form)),
                                .upos = r->upos,
                                .xpos = dgm_view_of(r->xpos),
                                .space_after = true,
                                .head = r->head,
                                .deprel = r->deprel };
    }
    dgm_garden_path_mend(verbs, &s);
    for (uint32_t i = 1; i <= n; i++)
        if (words[i].head != rows[i - 1].mended_head || words[i].deprel != rows[i - 1].mended)
            fail_msg("%s: %u %s", rows[i - 1].form, words[i].head,
                     dgm_deprel_name(words[i].deprel));
    free(words);
}

static void a_participle_between_bare_nouns_is_the_verb(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Police", DGM_NOUN, "NN", 3, DGM_REL_COMPOUND, 2, DGM_REL_NSUBJ },
        { "arrested", DGM_VERB, "VBN", 3, DGM_REL_AMOD, 0, DGM_REL_ROOT },
        { "protesters", DGM_NOUN, "NNS", 0, DGM_REL_ROOT, 2, DGM_REL_OBJ },
        { ".", DGM_PUNCT, ".", 3, DGM_REL_PUNCTREL, 2, DGM_REL_PUNCTREL },
    };
    check(rows);
}

static void a_name_is_no_auxiliary(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Theresa", DGM_PROPN, "NNP", 3, DGM_REL_NSUBJ, 3, DGM_REL_NSUBJ },
        { "May", DGM_AUX, "MD", 3, DGM_REL_AUXREL, 1, DGM_REL_FLAT },
        { "criticised", DGM_VERB, "VBN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Russia", DGM_PROPN, "NNP", 3, DGM_REL_OBJ, 3, DGM_REL_OBJ },
    };
    check(rows);
    static const tree_word modal[] = {
        { "Russia", DGM_PROPN, "NNP", 3, DGM_REL_NSUBJ, 3, DGM_REL_NSUBJ },
        { "May", DGM_AUX, "MD", 3, DGM_REL_AUXREL, 3, DGM_REL_AUXREL },
        { "Attack", DGM_VERB, "VB", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(modal);
}

static void a_preposition_goes_with_the_name_and_not_with_its_title(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "sanctions", DGM_NOUN, "NNS", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "on", DGM_ADP, "IN", 3, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "president", DGM_NOUN, "NN", 4, DGM_REL_NMOD_DESC, 4, DGM_REL_NMOD_DESC },
        { "Mahmoud", DGM_PROPN, "NNP", 1, DGM_REL_NMOD, 1, DGM_REL_NMOD },
    };
    check(rows);
}

static void a_noun_right_after_a_participle_is_its_object(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Israeli", DGM_ADJ, "JJ", 2, DGM_REL_AMOD, 2, DGM_REL_AMOD },
        { "warplanes", DGM_NOUN, "NNS", 0, DGM_REL_ROOT, 3, DGM_REL_NSUBJ },
        { "struck", DGM_VERB, "VBD", 2, DGM_REL_AMOD, 0, DGM_REL_ROOT },
        { "enemy", DGM_NOUN, "NN", 5, DGM_REL_COMPOUND, 5, DGM_REL_COMPOUND },
        { "positions", DGM_NOUN, "NNS", 2, DGM_REL_APPOS, 3, DGM_REL_OBJ },
    };
    check(rows);
}

static void a_participle_behind_an_apposition_is_the_verb(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "chief", DGM_NOUN, "NN", 0, DGM_REL_ROOT, 5, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "Ali", DGM_PROPN, "NNP", 1, DGM_REL_APPOS, 1, DGM_REL_APPOS },
        { ",", DGM_PUNCT, ",", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "seized", DGM_VERB, "VBN", 1, DGM_REL_AMOD, 0, DGM_REL_ROOT },
        { "power", DGM_NOUN, "NN", 5, DGM_REL_OBJ, 5, DGM_REL_OBJ },
        { ".", DGM_PUNCT, ".", 1, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
    };
    check(rows);
}

static void a_participle_behind_a_relative_clause_is_the_verb(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Mali", DGM_PROPN, "NNP", 0, DGM_REL_ROOT, 7, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "which", DGM_PRON, "WDT", 4, DGM_REL_OBJ, 4, DGM_REL_OBJ },
        { "ruled", DGM_VERB, "VBD", 1, DGM_REL_ACL_RELCL, 1, DGM_REL_ACL_RELCL },
        { "soldiers", DGM_NOUN, "NNS", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "voiced", DGM_VERB, "VBN", 8, DGM_REL_AMOD, 0, DGM_REL_ROOT },
        { "support", DGM_NOUN, "NN", 5, DGM_REL_CONJ, 7, DGM_REL_OBJ },
    };
    static const tree_word listed[] = {
        { "Mali", DGM_PROPN, "NNP", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "stolen", DGM_VERB, "VBN", 4, DGM_REL_AMOD, 4, DGM_REL_AMOD },
        { "cars", DGM_NOUN, "NNS", 1, DGM_REL_CONJ, 1, DGM_REL_CONJ },
        { "and", DGM_CCONJ, "CC", 4, DGM_REL_CC, 4, DGM_REL_CC },
    };
    check(rows);
    check(listed);
}

static void a_participle_behind_an_infinitive_is_what_the_main_subject_does(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Kenya", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "ordered", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "her", DGM_PRON, "PRP", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "to", DGM_PART, "TO", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "leave", DGM_VERB, "VB", 2, DGM_REL_XCOMP, 2, DGM_REL_XCOMP },
        { ",", DGM_PUNCT, ",", 7, DGM_REL_PUNCTREL, 7, DGM_REL_PUNCTREL },
        { "accusing", DGM_VERB, "VBG", 5, DGM_REL_ADVCL, 2, DGM_REL_ADVCL },
        { "Chad", DGM_PROPN, "NNP", 7, DGM_REL_OBJ, 7, DGM_REL_OBJ },
    };
    static const tree_word close[] = {
        { "Kenya", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "ordered", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "her", DGM_PRON, "PRP", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "to", DGM_PART, "TO", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "leave", DGM_VERB, "VB", 2, DGM_REL_XCOMP, 2, DGM_REL_XCOMP },
        { "singing", DGM_VERB, "VBG", 5, DGM_REL_ADVCL, 5, DGM_REL_ADVCL },
    };
    check(rows);
    check(close);
}

static void no_member_of_a_noun_phrase_stands_before_its_verb(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Police", DGM_NOUN, "NN", 4, DGM_REL_COMPOUND, 2, DGM_REL_NSUBJ },
        { "arrested", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "many", DGM_ADJ, "JJ", 4, DGM_REL_AMOD, 4, DGM_REL_AMOD },
        { "protesters", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
    };
    check(rows);
}

static void participles_of_noun_phrases_stay(void **state)
{
    (void)state;
    static const tree_word backed[] = {
        /* "Moscow backed rebels left": the phrase is a subject */
        { "Moscow", DGM_PROPN, "NNP", 3, DGM_REL_COMPOUND, 3, DGM_REL_COMPOUND },
        { "backed", DGM_VERB, "VBN", 3, DGM_REL_AMOD, 3, DGM_REL_AMOD },
        { "rebels", DGM_NOUN, "NNS", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { "left", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    static const tree_word wounded[] = {
        /* "Soldiers wounded in clashes" */
        { "Soldiers", DGM_NOUN, "NNS", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "wounded", DGM_VERB, "VBN", 1, DGM_REL_ACL, 1, DGM_REL_ACL },
        { "in", DGM_ADP, "IN", 4, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "clashes", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
    };
    check(backed);
    check(wounded);
}

static void what_is_said_hangs_on_the_verb_of_speech_after_it(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Troops", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "fired", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 5, DGM_REL_CCOMP },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 2, DGM_REL_PUNCTREL },
        { "officials", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "said", DGM_VERB, "VBD", 2, DGM_REL_PARATAXIS, 0, DGM_REL_ROOT },
        { ".", DGM_PUNCT, ".", 2, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
    };
    static const tree_word left[] = {
        /* no verb of speech: two clauses beside each other */
        { "Troops", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "fired", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "officials", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "left", DGM_VERB, "VBD", 2, DGM_REL_PARATAXIS, 2, DGM_REL_PARATAXIS },
    };
    check(rows);
    check(left);
}

static void who_is_warned_is_spoken_to_and_what_is_said_hangs_on_the_verb(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Bombs", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "fell", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 5, DGM_REL_CCOMP },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 2, DGM_REL_PUNCTREL },
        { "Egypt", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "warned", DGM_VERB, "VBD", 2, DGM_REL_PARATAXIS, 0, DGM_REL_ROOT },
        { "Israel", DGM_PROPN, "NNP", 5, DGM_REL_OBJ, 5, DGM_REL_IOBJ },
        { ".", DGM_PUNCT, ".", 2, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
    };
    check(rows);
}

static void what_is_dismissed_stands_behind_as_where_nothing_else_is(void **state)
{
    (void)state;
    static const tree_word adjective[] = {
        { "Mali", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "dismissed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "as", DGM_ADP, "IN", 5, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "false", DGM_ADJ, "JJ", 5, DGM_REL_AMOD, 2, DGM_REL_OBL },
        { "reports", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 2, DGM_REL_OBJ },
        { "that", DGM_SCONJ, "IN", 8, DGM_REL_MARK, 8, DGM_REL_MARK },
        { "it", DGM_PRON, "PRP", 8, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 5, DGM_REL_ACL, 5, DGM_REL_ACL },
        { ".", DGM_PUNCT, ".", 2, DGM_REL_PUNCTREL, 2, DGM_REL_PUNCTREL },
    };
    check(adjective);
    static const tree_word noun[] = {
        { "Mali", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "dismissed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "as", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "a", DGM_DET, "DT", 5, DGM_REL_DETREL, 5, DGM_REL_DETREL },
        { "lie", DGM_NOUN, "NN", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "the", DGM_DET, "DT", 7, DGM_REL_DETREL, 7, DGM_REL_DETREL },
        { "report", DGM_NOUN, "NN", 5, DGM_REL_APPOS, 2, DGM_REL_OBJ },
        { ".", DGM_PUNCT, ".", 2, DGM_REL_PUNCTREL, 2, DGM_REL_PUNCTREL },
    };
    check(noun);
    static const tree_word complete[] = {
        { "Mali", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "dismissed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "as", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "false", DGM_ADJ, "JJ", 5, DGM_REL_AMOD, 5, DGM_REL_AMOD },
        { "reports", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "what", DGM_PRON, "WP", 8, DGM_REL_OBJ, 8, DGM_REL_OBJ },
        { "he", DGM_PRON, "PRP", 8, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { "wrote", DGM_VERB, "VBD", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
    };
    check(complete);
    static const tree_word passive[] = {
        { "Claims", DGM_NOUN, "NNS", 3, DGM_REL_NSUBJ_PASS, 3, DGM_REL_NSUBJ_PASS },
        { "were", DGM_AUX, "VBD", 3, DGM_REL_AUX_PASS, 3, DGM_REL_AUX_PASS },
        { "dismissed", DGM_VERB, "VBN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "as", DGM_ADP, "IN", 6, DGM_REL_CASE, 6, DGM_REL_CASE },
        { "a", DGM_DET, "DT", 6, DGM_REL_DETREL, 6, DGM_REL_DETREL },
        { "lie", DGM_NOUN, "NN", 3, DGM_REL_OBL, 3, DGM_REL_OBL },
        { "the", DGM_DET, "DT", 8, DGM_REL_DETREL, 8, DGM_REL_DETREL },
        { "report", DGM_NOUN, "NN", 6, DGM_REL_APPOS, 6, DGM_REL_APPOS },
    };
    check(passive);
}

static void a_verb_without_its_object_behind_a_noun_has_that_for_it(void **state)
{
    (void)state;
    static const tree_word dismissed[] = {
        { "a", DGM_DET, "DT", 2, DGM_REL_DETREL, 2, DGM_REL_DETREL },
        { "claim", DGM_NOUN, "NN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "that", DGM_SCONJ, "IN", 5, DGM_REL_MARK, 5, DGM_REL_OBJ },
        { "Mali", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "dismissed", DGM_VERB, "VBD", 2, DGM_REL_ACL, 2, DGM_REL_ACL_RELCL },
    };
    check(dismissed);
    static const tree_word complete[] = {
        { "a", DGM_DET, "DT", 2, DGM_REL_DETREL, 2, DGM_REL_DETREL },
        { "claim", DGM_NOUN, "NN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "that", DGM_SCONJ, "IN", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "Mali", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "arrested", DGM_VERB, "VBD", 2, DGM_REL_ACL, 2, DGM_REL_ACL },
        { "monks", DGM_NOUN, "NNS", 5, DGM_REL_OBJ, 5, DGM_REL_OBJ },
    };
    check(complete);
    static const tree_word fled[] = {
        { "a", DGM_DET, "DT", 2, DGM_REL_DETREL, 2, DGM_REL_DETREL },
        { "claim", DGM_NOUN, "NN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "that", DGM_SCONJ, "IN", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "Mali", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 2, DGM_REL_ACL, 2, DGM_REL_ACL },
    };
    check(fled);
}

static void a_clause_that_its_auxiliary_opens_is_a_condition(void **state)
{
    (void)state;
    static const tree_word should[] = {
        { "\"", DGM_PUNCT, "``", 4, DGM_REL_PUNCTREL, 8, DGM_REL_PUNCTREL },
        { "Should", DGM_AUX, "MD", 4, DGM_REL_AUXREL, 4, DGM_REL_AUXREL },
        { "Mali", DGM_PROPN, "NNP", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { "attack", DGM_VERB, "VB", 0, DGM_REL_ROOT, 8, DGM_REL_ADVCL },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "Niger", DGM_PROPN, "NNP", 8, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { "would", DGM_AUX, "MD", 8, DGM_REL_AUXREL, 8, DGM_REL_AUXREL },
        { "answer", DGM_VERB, "VB", 4, DGM_REL_PARATAXIS, 0, DGM_REL_ROOT },
        { ".", DGM_PUNCT, ".", 4, DGM_REL_PUNCTREL, 8, DGM_REL_PUNCTREL },
    };
    check(should);
    static const tree_word passive[] = {
        { "Were", DGM_AUX, "VBD", 3, DGM_REL_AUX_PASS, 3, DGM_REL_AUX_PASS },
        { "Mali", DGM_PROPN, "NNP", 3, DGM_REL_NSUBJ_PASS, 3, DGM_REL_NSUBJ_PASS },
        { "attacked", DGM_VERB, "VBN", 0, DGM_REL_ROOT, 7, DGM_REL_ADVCL },
        { ",", DGM_PUNCT, ",", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "Niger", DGM_PROPN, "NNP", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "would", DGM_AUX, "MD", 7, DGM_REL_AUXREL, 7, DGM_REL_AUXREL },
        { "answer", DGM_VERB, "VB", 3, DGM_REL_CCOMP, 0, DGM_REL_ROOT },
        { "and", DGM_CCONJ, "CC", 9, DGM_REL_CC, 9, DGM_REL_CC },
        { "flee", DGM_VERB, "VB", 3, DGM_REL_CONJ, 7, DGM_REL_CONJ },
    };
    check(passive);
    static const tree_word question[] = {
        { "Should", DGM_AUX, "MD", 3, DGM_REL_AUXREL, 3, DGM_REL_AUXREL },
        { "Mali", DGM_PROPN, "NNP", 3, DGM_REL_NSUBJ, 3, DGM_REL_NSUBJ },
        { "attack", DGM_VERB, "VB", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { ",", DGM_PUNCT, ",", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "Niger", DGM_PROPN, "NNP", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "would", DGM_AUX, "MD", 7, DGM_REL_AUXREL, 7, DGM_REL_AUXREL },
        { "answer", DGM_VERB, "VB", 3, DGM_REL_PARATAXIS, 3, DGM_REL_PARATAXIS },
        { "?", DGM_PUNCT, ".", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
    };
    check(question);
    static const tree_word no_modal[] = {
        { "Had", DGM_AUX, "VBD", 3, DGM_REL_AUXREL, 3, DGM_REL_AUXREL },
        { "they", DGM_PRON, "PRP", 3, DGM_REL_NSUBJ, 3, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { ",", DGM_PUNCT, ",", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "she", DGM_PRON, "PRP", 6, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { "asked", DGM_VERB, "VBD", 3, DGM_REL_PARATAXIS, 3, DGM_REL_PARATAXIS },
        { ".", DGM_PUNCT, ".", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
    };
    check(no_modal);
}

static void a_sentence_of_marks_alone_stays_as_it_is(void **state)
{
    (void)state;
    static const tree_word dashes[] = {
        { "-", DGM_PUNCT, ":", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "-", DGM_PUNCT, ":", 1, DGM_REL_PUNCTREL, 1, DGM_REL_PUNCTREL },
    };
    check(dashes);
    static const tree_word stars[] = {
        { "*", DGM_PUNCT, ":", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "*", DGM_PUNCT, ":", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "*", DGM_PUNCT, ":", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(stars);
}

static void a_noun_before_that_is_the_subject_of_the_clause_that_has_none(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Reports", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 6, DGM_REL_NSUBJ },
        { "that", DGM_SCONJ, "IN", 6, DGM_REL_MARK, 4, DGM_REL_MARK },
        { "troops", DGM_NOUN, "NNS", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 1, DGM_REL_CCOMP, 1, DGM_REL_ACL },
        { "are", DGM_AUX, "VBP", 6, DGM_REL_COP, 6, DGM_REL_COP },
        { "false", DGM_ADJ, "JJ", 1, DGM_REL_CCOMP, 0, DGM_REL_ROOT },
        { ".", DGM_PUNCT, ".", 1, DGM_REL_PUNCTREL, 6, DGM_REL_PUNCTREL },
    };
    check(rows);
    static const tree_word two[] = {
        { "Reports", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "that", DGM_SCONJ, "IN", 4, DGM_REL_MARK, 4, DGM_REL_MARK },
        { "troops", DGM_NOUN, "NNS", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 1, DGM_REL_CCOMP, 1, DGM_REL_CCOMP },
        { "all", DGM_PRON, "DT", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "are", DGM_AUX, "VBP", 7, DGM_REL_COP, 7, DGM_REL_COP },
        { "safe", DGM_ADJ, "JJ", 1, DGM_REL_CCOMP, 1, DGM_REL_CCOMP },
    };
    check(two);
}

static void a_negation_behind_an_auxiliary_belongs_to_its_verb(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Rebels", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "did", DGM_AUX, "VBD", 5, DGM_REL_AUXREL, 5, DGM_REL_AUXREL },
        { "not", DGM_PART, "RB", 2, DGM_REL_ADVMOD, 5, DGM_REL_ADVMOD },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "flee", DGM_VERB, "VB", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(rows);
}

static void a_verb_of_speech_amid_what_is_said_hangs_on_it(void **state)
{
    (void)state;
    static const tree_word subject[] = {
        { "Troops", DGM_NOUN, "NNS", 4, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "officials", DGM_NOUN, "NNS", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 6, DGM_REL_PARATAXIS },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "fired", DGM_VERB, "VBD", 4, DGM_REL_CCOMP, 0, DGM_REL_ROOT },
        { ".", DGM_PUNCT, ".", 4, DGM_REL_PUNCTREL, 6, DGM_REL_PUNCTREL },
    };
    static const tree_word condition[] = {
        { "If", DGM_SCONJ, "IN", 3, DGM_REL_MARK, 3, DGM_REL_MARK },
        { "they", DGM_PRON, "PRP", 3, DGM_REL_NSUBJ, 3, DGM_REL_NSUBJ },
        { "fire", DGM_VERB, "VBP", 6, DGM_REL_ADVCL, 9, DGM_REL_ADVCL },
        { ",", DGM_PUNCT, ",", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "he", DGM_PRON, "PRP", 6, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 9, DGM_REL_PARATAXIS },
        { ",", DGM_PUNCT, ",", 6, DGM_REL_PUNCTREL, 6, DGM_REL_PUNCTREL },
        { "we", DGM_PRON, "PRP", 9, DGM_REL_NSUBJ, 9, DGM_REL_NSUBJ },
        { "leave", DGM_VERB, "VBP", 6, DGM_REL_CCOMP, 0, DGM_REL_ROOT },
    };
    static const tree_word that[] = {
        /* "that" keeps the clause where it is */
        { "Officials", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "that", DGM_SCONJ, "IN", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "they", DGM_PRON, "PRP", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "fired", DGM_VERB, "VBD", 2, DGM_REL_CCOMP, 2, DGM_REL_CCOMP },
    };
    check(subject);
    check(condition);
    check(that);
}

static void a_noun_between_after_and_a_finite_verb_is_its_subject(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Guards", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "found", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "bodies", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "after", DGM_ADP, "IN", 6, DGM_REL_CASE, 7, DGM_REL_MARK },
        { "a", DGM_DET, "DT", 6, DGM_REL_DETREL, 6, DGM_REL_DETREL },
        { "boat", DGM_NOUN, "NN", 2, DGM_REL_OBL, 7, DGM_REL_NSUBJ },
        { "sank", DGM_VERB, "VBD", 2, DGM_REL_ADVCL, 2, DGM_REL_ADVCL },
    };
    static const tree_word with[] = {
        { "Guards", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "left", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "after", DGM_ADP, "IN", 4, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "dawn", DGM_NOUN, "NN", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "and", DGM_CCONJ, "CC", 6, DGM_REL_CC, 6, DGM_REL_CC },
        { "fired", DGM_VERB, "VBD", 2, DGM_REL_CONJ, 2, DGM_REL_CONJ },
    };
    check(rows);
    check(with);
}

static void the_second_of_two_subjects_is_a_member_of_the_first(void **state)
{
    (void)state;
    static const tree_word between[] = {
        { "Talks", DGM_NOUN, "NNS", 6, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { "between", DGM_ADP, "IN", 3, DGM_REL_CASE, 3, DGM_REL_CASE },
        { "Rome", DGM_PROPN, "NNP", 1, DGM_REL_NMOD, 1, DGM_REL_NMOD },
        { "and", DGM_CCONJ, "CC", 6, DGM_REL_CC, 5, DGM_REL_CC },
        { "rebels", DGM_NOUN, "NNS", 6, DGM_REL_NSUBJ, 3, DGM_REL_CONJ },
        { "failed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    static const tree_word headline[] = {
        { "China", DGM_PROPN, "NNP", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 1, DGM_REL_PUNCTREL, 1, DGM_REL_PUNCTREL },
        { "India", DGM_PROPN, "NNP", 4, DGM_REL_NSUBJ, 1, DGM_REL_CONJ },
        { "trade", DGM_VERB, "VBP", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "fire", DGM_NOUN, "NN", 4, DGM_REL_OBJ, 4, DGM_REL_OBJ },
    };
    check(between);
    check(headline);
}

static void a_full_name_behind_the_subject_says_who_it_is(void **state)
{
    (void)state;
    static const tree_word spokesman[] = {
        { "A", DGM_DET, "DT", 2, DGM_REL_DETREL, 2, DGM_REL_DETREL },
        { "spokesman", DGM_NOUN, "NN", 6, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 2, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "James", DGM_PROPN, "NNP", 6, DGM_REL_NSUBJ, 2, DGM_REL_APPOS },
        { "Otieno", DGM_PROPN, "NNP", 4, DGM_REL_FLAT, 4, DGM_REL_FLAT },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    static const tree_word quoted[] = {
        { "\"", DGM_PUNCT, "``", 2, DGM_REL_PUNCTREL, 2, DGM_REL_PUNCTREL },
        { "War", DGM_NOUN, "NN", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "\"", DGM_PUNCT, "''", 2, DGM_REL_PUNCTREL, 2, DGM_REL_PUNCTREL },
        { ",", DGM_PUNCT, ",", 2, DGM_REL_PUNCTREL, 2, DGM_REL_PUNCTREL },
        { "James", DGM_PROPN, "NNP", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "Otieno", DGM_PROPN, "NNP", 5, DGM_REL_FLAT, 5, DGM_REL_FLAT },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(spokesman);
    check(quoted);
}

static void a_whole_clause_behind_who_was_told_is_what_he_was_told(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Police", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "tell", DGM_VERB, "VBP", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "reporters", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_IOBJ },
        { "that", DGM_SCONJ, "IN", 7, DGM_REL_MARK, 7, DGM_REL_MARK },
        { "gunmen", DGM_NOUN, "NNS", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "had", DGM_AUX, "VBD", 7, DGM_REL_AUXREL, 7, DGM_REL_AUXREL },
        { "killed", DGM_VERB, "VBN", 3, DGM_REL_ACL_RELCL, 2, DGM_REL_CCOMP },
        { "two", DGM_NUM, "CD", 7, DGM_REL_OBJ, 7, DGM_REL_OBJ },
    };
    static const tree_word relative[] = {
        { "Police", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "warn", DGM_VERB, "VBP", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "rebels", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "that", DGM_PRON, "WDT", 6, DGM_REL_OBJ, 6, DGM_REL_OBJ },
        { "gunmen", DGM_NOUN, "NNS", 6, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { "feared", DGM_VERB, "VBD", 3, DGM_REL_ACL_RELCL, 3, DGM_REL_ACL_RELCL },
    };
    check(rows);
    check(relative);
}

static void a_clause_behind_what_is_said_of_a_listener_is_what_he_was_told(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "She", DGM_PRON, "PRP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "told", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "envoys", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_IOBJ },
        { ",", DGM_PUNCT, ",", 7, DGM_REL_PUNCTREL, 7, DGM_REL_PUNCTREL },
        { "whom", DGM_PRON, "WP", 7, DGM_REL_OBJ, 7, DGM_REL_OBJ },
        { "she", DGM_PRON, "PRP", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "met", DGM_VERB, "VBD", 3, DGM_REL_ACL_RELCL, 3, DGM_REL_ACL_RELCL },
        { ",", DGM_PUNCT, ",", 11, DGM_REL_PUNCTREL, 11, DGM_REL_PUNCTREL },
        { "that", DGM_SCONJ, "IN", 11, DGM_REL_MARK, 11, DGM_REL_MARK },
        { "Peru", DGM_PROPN, "NNP", 11, DGM_REL_NSUBJ, 11, DGM_REL_NSUBJ },
        { "agreed", DGM_VERB, "VBD", 7, DGM_REL_CCOMP, 2, DGM_REL_CCOMP },
    };
    check(rows);
}

static void no_finite_verb_is_joined_to_an_infinitive_or_participle(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Kenya", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "urged", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Chad", DGM_PROPN, "NNP", 2, DGM_REL_IOBJ, 2, DGM_REL_IOBJ },
        { "to", DGM_PART, "TO", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "act", DGM_VERB, "VB", 2, DGM_REL_XCOMP, 2, DGM_REL_XCOMP },
        { "and", DGM_CCONJ, "CC", 7, DGM_REL_CC, 7, DGM_REL_CC },
        { "sent", DGM_VERB, "VBD", 5, DGM_REL_CONJ, 2, DGM_REL_CONJ },
        { "troops", DGM_NOUN, "NNS", 7, DGM_REL_OBJ, 7, DGM_REL_OBJ },
    };
    static const tree_word either[] = {
        { "Kenya", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "urged", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Chad", DGM_PROPN, "NNP", 2, DGM_REL_IOBJ, 2, DGM_REL_IOBJ },
        { "to", DGM_PART, "TO", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "act", DGM_VERB, "VB", 2, DGM_REL_XCOMP, 2, DGM_REL_XCOMP },
        { "and", DGM_CCONJ, "CC", 7, DGM_REL_CC, 7, DGM_REL_CC },
        { "cut", DGM_VERB, "VBD", 5, DGM_REL_CONJ, 5, DGM_REL_CONJ },
        { "ties", DGM_NOUN, "NNS", 7, DGM_REL_OBJ, 7, DGM_REL_OBJ },
    };
    static const tree_word having[] = {
        { "Chad", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "denied", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "having", DGM_AUX, "VBG", 4, DGM_REL_AUXREL, 4, DGM_REL_AUXREL },
        { "fled", DGM_VERB, "VBN", 2, DGM_REL_XCOMP, 2, DGM_REL_XCOMP },
        { "and", DGM_CCONJ, "CC", 6, DGM_REL_CC, 6, DGM_REL_CC },
        { "sent", DGM_VERB, "VBD", 4, DGM_REL_CONJ, 2, DGM_REL_CONJ },
        { "troops", DGM_NOUN, "NNS", 6, DGM_REL_OBJ, 6, DGM_REL_OBJ },
    };
    check(rows);
    check(having);
    check(either);
}

static void what_a_noun_asks_for_is_below_it(void **state)
{
    (void)state;
    static const tree_word call[] = {
        { "France", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "repeats", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "its", DGM_PRON, "PRP$", 4, DGM_REL_NMOD_POSS, 4, DGM_REL_NMOD_POSS },
        { "call", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "on", DGM_ADP, "IN", 6, DGM_REL_CASE, 6, DGM_REL_CASE },
        { "Mali", DGM_PROPN, "NNP", 2, DGM_REL_OBL, 4, DGM_REL_NMOD },
        { "to", DGM_PART, "TO", 8, DGM_REL_MARK, 8, DGM_REL_MARK },
        { "leave", DGM_VERB, "VB", 2, DGM_REL_ADVCL, 4, DGM_REL_ACL },
    };
    static const tree_word pressure[] = {
        { "France", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "faces", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "pressure", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "from", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "rebels", DGM_NOUN, "NNS", 3, DGM_REL_NMOD, 3, DGM_REL_NMOD },
        { "to", DGM_PART, "TO", 7, DGM_REL_MARK, 7, DGM_REL_MARK },
        { "leave", DGM_VERB, "VB", 5, DGM_REL_ACL, 3, DGM_REL_ACL },
    };
    static const tree_word purpose[] = {
        { "France", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "sends", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "soldiers", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "to", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "Mali", DGM_PROPN, "NNP", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "to", DGM_PART, "TO", 7, DGM_REL_MARK, 7, DGM_REL_MARK },
        { "help", DGM_VERB, "VB", 2, DGM_REL_ADVCL, 2, DGM_REL_ADVCL },
    };
    check(call);
    check(pressure);
    check(purpose);
}

static void what_is_denied_behind_a_comma_is_no_second_subject_and_no_verb(void **state)
{
    (void)state;
    static const tree_word charge[] = {
        { "Peru", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "accuses", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Chile", DGM_PROPN, "NNP", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { ",", DGM_PUNCT, ",", 8, DGM_REL_PUNCTREL, 6, DGM_REL_PUNCTREL },
        { "a", DGM_DET, "DT", 6, DGM_REL_DETREL, 6, DGM_REL_DETREL },
        { "charge", DGM_NOUN, "NN", 8, DGM_REL_NSUBJ, 2, DGM_REL_APPOS },
        { "Chile", DGM_PROPN, "NNP", 8, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { "denied", DGM_VERB, "VBD", 2, DGM_REL_PARATAXIS, 6, DGM_REL_ACL_RELCL },
    };
    static const tree_word charges[] = {
        { "Peru", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "accuses", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Chile", DGM_PROPN, "NNP", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "charges", DGM_VERB, "VBZ", 2, DGM_REL_PARATAXIS, 2, DGM_REL_APPOS },
        { "that", DGM_SCONJ, "IN", 8, DGM_REL_MARK, 8, DGM_REL_OBJ },
        { "Chile", DGM_PROPN, "NNP", 8, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { "denied", DGM_VERB, "VBD", 5, DGM_REL_CCOMP, 5, DGM_REL_ACL_RELCL },
    };
    check(charge);
    check(charges);
}

static void a_whole_clause_behind_where_it_was_conceded_is_what_was_conceded(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "He", DGM_PRON, "PRP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "conceded", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "in", DGM_ADP, "IN", 4, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "letters", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "that", DGM_SCONJ, "IN", 7, DGM_REL_MARK, 7, DGM_REL_MARK },
        { "gunmen", DGM_NOUN, "NNS", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 4, DGM_REL_ACL, 2, DGM_REL_CCOMP },
    };
    check(rows);
}

static void a_name_before_to_is_the_subject_of_a_headline(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Australia", DGM_PROPN, "NNP", 0, DGM_REL_ROOT, 3, DGM_REL_NSUBJ },
        { "to", DGM_PART, "TO", 3, DGM_REL_MARK, 3, DGM_REL_MARK },
        { "send", DGM_VERB, "VB", 1, DGM_REL_ACL, 0, DGM_REL_ROOT },
        { "troops", DGM_NOUN, "NNS", 3, DGM_REL_OBJ, 3, DGM_REL_OBJ },
    };
    check(rows);
}

static void who_is_urged_to_do_something_is_spoken_to(void **state)
{
    (void)state;
    static const tree_word urged[] = {
        { "He", DGM_PRON, "PRP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "urged", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Iran", DGM_PROPN, "NNP", 2, DGM_REL_OBJ, 2, DGM_REL_IOBJ },
        { "to", DGM_PART, "TO", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "stop", DGM_VERB, "VB", 2, DGM_REL_XCOMP, 2, DGM_REL_XCOMP },
    };
    static const tree_word restraint[] = {
        { "He", DGM_PRON, "PRP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "urged", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "restraint", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
    };
    check(urged);
    check(restraint);
}

static void what_somebody_is_given_is_an_object(void **state)
{
    (void)state;
    static const tree_word given[] = {
        { "Rebels", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "gave", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Lima", DGM_PROPN, "NNP", 2, DGM_REL_IOBJ, 2, DGM_REL_IOBJ },
        { "two", DGM_NUM, "CD", 5, DGM_REL_NUMMOD, 5, DGM_REL_NUMMOD },
        { "days", DGM_NOUN, "NNS", 2, DGM_REL_OBL_UNMARKED, 2, DGM_REL_OBJ },
    };
    static const tree_word two_objects[] = {
        { "Rebels", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "gave", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "envoys", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_IOBJ },
        { "two", DGM_NUM, "CD", 5, DGM_REL_NUMMOD, 5, DGM_REL_NUMMOD },
        { "days", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
    };
    static const tree_word called[] = {
        { "Rebels", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "called", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "envoys", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "spies", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
    };
    static const tree_word for_so_long[] = {
        { "Rebels", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "waited", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "two", DGM_NUM, "CD", 4, DGM_REL_NUMMOD, 4, DGM_REL_NUMMOD },
        { "days", DGM_NOUN, "NNS", 2, DGM_REL_OBL_UNMARKED, 2, DGM_REL_OBL_UNMARKED },
    };
    check(given);
    check(two_objects);
    check(called);
    check(for_so_long);
}

static void who_gets_leave_is_no_kind_of_leave(void **state)
{
    (void)state;
    static const tree_word deed[] = {
        { "Chad", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "gave", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "its", DGM_PRON, "PRP$", 5, DGM_REL_NMOD_POSS, 4, DGM_REL_NMOD_POSS },
        { "army", DGM_NOUN, "NN", 5, DGM_REL_COMPOUND, 2, DGM_REL_IOBJ },
        { "permission", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "to", DGM_PART, "TO", 7, DGM_REL_MARK, 7, DGM_REL_MARK },
        { "fire", DGM_VERB, "VB", 5, DGM_REL_ACL, 5, DGM_REL_ACL },
    };
    static const tree_word no_deed[] = {
        { "Chad", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "gave", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "the", DGM_DET, "DT", 5, DGM_REL_DETREL, 5, DGM_REL_DETREL },
        { "landing", DGM_NOUN, "NN", 5, DGM_REL_COMPOUND, 5, DGM_REL_COMPOUND },
        { "permission", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
    };
    check(deed);
    check(no_deed);
}

static void a_participle_behind_the_verb_belongs_to_its_object(void **state)
{
    (void)state;
    static const tree_word visited[] = {
        { "Ministers", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "visited", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "wounded", DGM_VERB, "VBN", 2, DGM_REL_XCOMP, 4, DGM_REL_AMOD },
        { "soldiers", DGM_NOUN, "NNS", 3, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "in", DGM_ADP, "IN", 6, DGM_REL_CASE, 6, DGM_REL_CASE },
        { "Gao", DGM_PROPN, "NNP", 3, DGM_REL_OBL, 2, DGM_REL_OBL },
    };
    static const tree_word had[] = {
        { "Ministers", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "had", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "soldiers", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "arrested", DGM_VERB, "VBN", 2, DGM_REL_XCOMP, 2, DGM_REL_XCOMP },
    };
    check(visited);
    check(had);
}

static void it_is_somebody_before_a_verb_that_somebody_does(void **state)
{
    (void)state;
    static const tree_word demanded[] = {
        { "It", DGM_PRON, "PRP", 2, DGM_REL_EXPL, 2, DGM_REL_NSUBJ },
        { "demanded", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "that", DGM_SCONJ, "IN", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "Lima", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "leave", DGM_VERB, "VB", 2, DGM_REL_CCOMP, 2, DGM_REL_CCOMP },
    };
    static const tree_word seem[] = {
        { "It", DGM_PRON, "PRP", 2, DGM_REL_EXPL, 2, DGM_REL_EXPL },
        { "seem", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "that", DGM_SCONJ, "IN", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "rebels", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "left", DGM_VERB, "VBD", 2, DGM_REL_CCOMP, 2, DGM_REL_CCOMP },
    };
    static const tree_word worries[] = {
        { "It", DGM_PRON, "PRP", 2, DGM_REL_EXPL, 2, DGM_REL_EXPL },
        { "worries", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Lima", DGM_PROPN, "NNP", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "rebels", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "left", DGM_VERB, "VBD", 2, DGM_REL_CCOMP, 2, DGM_REL_CCOMP },
    };
    static const tree_word was_ruled[] = {
        { "It", DGM_PRON, "PRP", 3, DGM_REL_EXPL, 3, DGM_REL_EXPL },
        { "was", DGM_AUX, "VBD", 3, DGM_REL_AUX_PASS, 3, DGM_REL_AUX_PASS },
        { "ruled", DGM_VERB, "VBN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "rebels", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "left", DGM_VERB, "VBD", 3, DGM_REL_CCOMP, 3, DGM_REL_CCOMP },
    };
    check(demanded);
    check(seem);
    check(worries);
    check(was_ruled);
}

static void a_headline_leaves_out_the_auxiliary_of_its_passive(void **state)
{
    (void)state;
    static const tree_word passive[] = {
        { "Protesters", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ_PASS },
        { "arrested", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "near", DGM_ADP, "IN", 4, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "parliament", DGM_NOUN, "NN", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
    };
    static const tree_word active[] = {
        { "Police", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "arrested", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "protesters", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
    };
    static const tree_word without_object[] = {
        { "Protesters", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    static const tree_word sentence[] = {
        { "Protesters", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "arrested", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check_headline(passive);
    check_headline(active);
    check_headline(without_object);
    check(sentence);
}

static void who_says_a_headline_is_not_its_subject(void **state)
{
    (void)state;
    static const tree_word before[] = {
        { "Iran", DGM_PROPN, "NNP", 4, DGM_REL_NSUBJ, 4, DGM_REL_PARATAXIS },
        { ":", DGM_PUNCT, ":", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "Israel", DGM_PROPN, "NNP", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { "killed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "scientist", DGM_NOUN, "NN", 4, DGM_REL_OBJ, 4, DGM_REL_OBJ },
    };
    static const tree_word after[] = {
        { "Troops", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "shell", DGM_VERB, "VBP", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Eritrean", DGM_ADJ, "JJ", 6, DGM_REL_AMOD, 4, DGM_REL_AMOD },
        { "town", DGM_NOUN, "NN", 6, DGM_REL_COMPOUND, 2, DGM_REL_OBJ },
        { "-", DGM_PUNCT, "HYPH", 4, DGM_REL_PUNCTREL, 6, DGM_REL_PUNCTREL },
        { "officials", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_PARATAXIS },
    };
    check_headline(before);
    check_headline(after);
}

static void a_name_before_a_number_is_no_part_of_what_is_counted(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Iran", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "expelled", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "two", DGM_NUM, "CD", 4, DGM_REL_NUMMOD, 4, DGM_REL_NUMMOD },
        { "envoys", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { ",", DGM_PUNCT, ",", 9, DGM_REL_PUNCTREL, 7, DGM_REL_PUNCTREL },
        { "and", DGM_CCONJ, "CC", 9, DGM_REL_CC, 7, DGM_REL_CC },
        { "Russia", DGM_PROPN, "NNP", 9, DGM_REL_COMPOUND, 2, DGM_REL_CONJ },
        { "three", DGM_NUM, "CD", 9, DGM_REL_NUMMOD, 9, DGM_REL_NUMMOD },
        { "ones", DGM_NOUN, "NNS", 4, DGM_REL_CONJ, 7, DGM_REL_ORPHAN },
    };
    check(rows);
}

static void a_name_before_a_bare_number_did_the_same(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Kenya", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "expelled", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "two", DGM_NUM, "CD", 4, DGM_REL_NUMMOD, 4, DGM_REL_NUMMOD },
        { "envoys", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "and", DGM_CCONJ, "CC", 7, DGM_REL_CC, 6, DGM_REL_CC },
        { "Uganda", DGM_PROPN, "NNP", 4, DGM_REL_CONJ, 2, DGM_REL_CONJ },
        { "three", DGM_NUM, "CD", 4, DGM_REL_CONJ, 6, DGM_REL_ORPHAN },
    };
    check(rows);
}

static void each_name_before_a_bare_number_did_the_same(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Kenya", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "expelled", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "two", DGM_NUM, "CD", 4, DGM_REL_NUMMOD, 4, DGM_REL_NUMMOD },
        { "envoys", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { ",", DGM_PUNCT, ",", 7, DGM_REL_PUNCTREL, 6, DGM_REL_PUNCTREL },
        { "Uganda", DGM_PROPN, "NNP", 7, DGM_REL_COMPOUND, 2, DGM_REL_CONJ },
        { "three", DGM_NUM, "CD", 4, DGM_REL_APPOS, 6, DGM_REL_ORPHAN },
        { "and", DGM_CCONJ, "CC", 10, DGM_REL_CC, 9, DGM_REL_CC },
        { "Chad", DGM_PROPN, "NNP", 4, DGM_REL_CONJ, 2, DGM_REL_CONJ },
        { "four", DGM_NUM, "CD", 7, DGM_REL_CONJ, 9, DGM_REL_ORPHAN },
    };
    check(rows);
}

static void what_is_blamed_on_somebody_is_not_done_to_him(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Ecuador", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "blamed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "attacks", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "on", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "rebels", DGM_NOUN, "NNS", 3, DGM_REL_NMOD, 2, DGM_REL_OBL },
    };
    check(rows);
}

static void of_two_behind_on_the_last_is_blamed_and_no_day_is(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Iran", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "blamed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "attacks", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "on", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "consulates", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 3, DGM_REL_NMOD },
        { "on", DGM_ADP, "IN", 7, DGM_REL_CASE, 7, DGM_REL_CASE },
        { "Israel", DGM_PROPN, "NNP", 5, DGM_REL_NMOD, 2, DGM_REL_OBL },
        { "on", DGM_ADP, "IN", 9, DGM_REL_CASE, 9, DGM_REL_CASE },
        { "Monday", DGM_PROPN, "NNP", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
    };
    check(rows);
}

static void a_clause_is_joined_to_the_one_with_its_mark(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Gabon", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "suspects", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Togo", DGM_PROPN, "NNP", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "of", DGM_SCONJ, "IN", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "spying", DGM_VERB, "VBG", 2, DGM_REL_ADVCL, 2, DGM_REL_ADVCL },
        { "and", DGM_CCONJ, "CC", 8, DGM_REL_CC, 8, DGM_REL_CC },
        { "of", DGM_SCONJ, "IN", 8, DGM_REL_MARK, 8, DGM_REL_MARK },
        { "lying", DGM_VERB, "VBG", 2, DGM_REL_CONJ, 5, DGM_REL_CONJ },
    };
    static const tree_word unmarked[] = {
        { "Gabon", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "suspects", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Togo", DGM_PROPN, "NNP", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "of", DGM_SCONJ, "IN", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "spying", DGM_VERB, "VBG", 2, DGM_REL_ADVCL, 2, DGM_REL_ADVCL },
        { "and", DGM_CCONJ, "CC", 7, DGM_REL_CC, 7, DGM_REL_CC },
        { "complained", DGM_VERB, "VBD", 2, DGM_REL_CONJ, 2, DGM_REL_CONJ },
    };
    check(rows);
    check(unmarked);
}

static void hours_before_after_are_no_object(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Gabon", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "resumed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "hour", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBL_UNMARKED },
        { "after", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "noon", DGM_NOUN, "NN", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
    };
    static const tree_word talks[] = {
        { "Gabon", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "resumed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "talks", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "after", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "noon", DGM_NOUN, "NN", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
    };
    check(rows);
    check(talks);
}

static void a_noun_behind_a_preposition_has_no_object(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Libya", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "captured", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "at", DGM_ADP, "IN", 4, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "gunpoint", DGM_NOUN, "NN", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "fishermen", DGM_NOUN, "NNS", 4, DGM_REL_OBJ, 2, DGM_REL_OBJ },
    };
    check(rows);
}

static void what_an_attack_is_on_is_not_called_on(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Libya", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "called", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "raid", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "on", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "embassies", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 3, DGM_REL_NMOD },
        { "theft", DGM_NOUN, "NN", 2, DGM_REL_XCOMP, 2, DGM_REL_XCOMP },
    };
    static const tree_word day[] = {
        { "Libya", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "called", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "raid", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "on", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "Monday", DGM_PROPN, "NNP", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "theft", DGM_NOUN, "NN", 2, DGM_REL_XCOMP, 2, DGM_REL_XCOMP },
    };
    check(rows);
    check(day);
}

static void who_is_sent_under_a_leader_goes_where_the_sentence_ends(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Ghana", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "sent", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "envoys", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "led", DGM_VERB, "VBN", 3, DGM_REL_ACL, 3, DGM_REL_ACL },
        { "by", DGM_ADP, "IN", 6, DGM_REL_CASE, 6, DGM_REL_CASE },
        { "generals", DGM_NOUN, "NNS", 4, DGM_REL_OBL_AGENT, 4, DGM_REL_OBL_AGENT },
        { "to", DGM_ADP, "IN", 8, DGM_REL_CASE, 8, DGM_REL_CASE },
        { "Bamako", DGM_PROPN, "NNP", 6, DGM_REL_NMOD, 2, DGM_REL_OBL },
    };
    static const tree_word met[] = {
        { "Ghana", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "met", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "envoys", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "led", DGM_VERB, "VBN", 3, DGM_REL_ACL, 3, DGM_REL_ACL },
        { "by", DGM_ADP, "IN", 6, DGM_REL_CASE, 6, DGM_REL_CASE },
        { "advisers", DGM_NOUN, "NNS", 4, DGM_REL_OBL_AGENT, 4, DGM_REL_OBL_AGENT },
        { "to", DGM_ADP, "IN", 8, DGM_REL_CASE, 8, DGM_REL_CASE },
        { "Bamako", DGM_PROPN, "NNP", 6, DGM_REL_NMOD, 6, DGM_REL_NMOD },
    };
    check(rows);
    check(met);
}

static void a_noun_between_commas_that_no_and_joins_is_an_apposition(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Djibouti", DGM_PROPN, "NNP", 6, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "home", DGM_NOUN, "NN", 1, DGM_REL_CONJ, 1, DGM_REL_APPOS },
        { "port", DGM_NOUN, "NN", 3, DGM_REL_NMOD, 3, DGM_REL_NMOD },
        { ",", DGM_PUNCT, ",", 1, DGM_REL_PUNCTREL, 1, DGM_REL_PUNCTREL },
        { "fled", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(rows);
}

static void counted_people_who_are_urged_are_spoken_to(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Iran", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "urged", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "two", DGM_NUM, "CD", 4, DGM_REL_NUMMOD, 4, DGM_REL_NUMMOD },
        { "countries", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_IOBJ },
        { "to", DGM_PART, "TO", 6, DGM_REL_MARK, 6, DGM_REL_MARK },
        { "meet", DGM_VERB, "VB", 4, DGM_REL_ACL, 2, DGM_REL_XCOMP },
    };
    check(rows);
}

static void what_neighbours_is_no_clause_of_its_own(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "In", DGM_SCONJ, "IN", 2, DGM_REL_MARK, 3, DGM_REL_CASE },
        { "neighbouring", DGM_VERB, "VBG", 6, DGM_REL_ADVCL, 3, DGM_REL_AMOD },
        { "Chad", DGM_PROPN, "NNP", 2, DGM_REL_OBJ, 6, DGM_REL_OBL },
        { ",", DGM_PUNCT, ",", 2, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "police", DGM_NOUN, "NN", 6, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(rows);
}

static void a_month_is_no_part_of_the_name_behind_it(void **state)
{
    (void)state;
    static const tree_word in[] = {
        { "In", DGM_ADP, "IN", 3, DGM_REL_CASE, 2, DGM_REL_CASE },
        { "August", DGM_PROPN, "NNP", 3, DGM_REL_COMPOUND, 4, DGM_REL_OBL },
        { "Nairobi", DGM_PROPN, "NNP", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    static const tree_word last[] = {
        { "Last", DGM_ADJ, "JJ", 3, DGM_REL_AMOD, 2, DGM_REL_AMOD },
        { "November", DGM_PROPN, "NNP", 3, DGM_REL_COMPOUND, 4, DGM_REL_OBL },
        { "Tokyo", DGM_PROPN, "NNP", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    static const tree_word name[] = {
        { "The", DGM_DET, "DT", 3, DGM_REL_DETREL, 3, DGM_REL_DETREL },
        { "May", DGM_PROPN, "NNP", 3, DGM_REL_COMPOUND, 3, DGM_REL_COMPOUND },
        { "Accord", DGM_PROPN, "NNP", 4, DGM_REL_NSUBJ, 4, DGM_REL_NSUBJ },
        { "failed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(in);
    check(last);
    check(name);
}

static void whom_somebody_had_expelled_did_not_expel(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "King", DGM_NOUN, "NN", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "have", DGM_VERB, "VBP", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "envoy", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "expelled", DGM_VERB, "VBD", 2, DGM_REL_ADVCL, 2, DGM_REL_XCOMP },
    };
    check(rows);
}

static void a_clause_with_if_behind_a_verb_that_asks_nothing_is_a_condition(void **state)
{
    (void)state;
    static const tree_word condition[] = {
        { "rebels", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "retaliate", DGM_VERB, "VBP", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "if", DGM_SCONJ, "IN", 4, DGM_REL_MARK, 4, DGM_REL_MARK },
        { "attacked", DGM_VERB, "VBN", 2, DGM_REL_CCOMP, 2, DGM_REL_ADVCL },
    };
    static const tree_word question[] = {
        { "rebels", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "wonder", DGM_VERB, "VBP", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "if", DGM_SCONJ, "IN", 4, DGM_REL_MARK, 4, DGM_REL_MARK },
        { "attacked", DGM_VERB, "VBN", 2, DGM_REL_CCOMP, 2, DGM_REL_CCOMP },
    };
    check(condition);
    check(question);
}

static void an_auxiliary_before_the_subject_is_its_verbs(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Chad", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "retaliates", DGM_VERB, "VBZ", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "should", DGM_AUX, "MD", 4, DGM_REL_AUXREL, 5, DGM_REL_AUXREL },
        { "talks", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "fail", DGM_VERB, "VB", 2, DGM_REL_ADVCL, 2, DGM_REL_ADVCL },
    };
    check(rows);
}

static void what_is_counted_behind_a_day_is_the_object(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Moldova", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "freed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "on", DGM_ADP, "IN", 6, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "Thursday", DGM_PROPN, "NNP", 6, DGM_REL_COMPOUND, 2, DGM_REL_OBL },
        { "six", DGM_NUM, "CD", 6, DGM_REL_NUMMOD, 6, DGM_REL_NUMMOD },
        { "smugglers", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 2, DGM_REL_OBJ },
    };
    check(rows);
    static const tree_word particle[] = {
        { "Ukraine", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "handed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "over", DGM_ADP, "RP", 2, DGM_REL_COMPOUND_PRT, 2, DGM_REL_COMPOUND_PRT },
        { "on", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "Wednesday", DGM_PROPN, "NNP", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "eleven", DGM_NUM, "CD", 7, DGM_REL_NUMMOD, 7, DGM_REL_NUMMOD },
        { "prisoners", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 2, DGM_REL_OBJ },
    };
    check(particle);
    static const tree_word later[] = {
        { "They", DGM_PRON, "PRP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "met", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "on", DGM_ADP, "IN", 4, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "Monday", DGM_PROPN, "NNP", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "two", DGM_NUM, "CD", 6, DGM_REL_NUMMOD, 6, DGM_REL_NUMMOD },
        { "days", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { "later", DGM_ADV, "RB", 6, DGM_REL_ADVMOD, 6, DGM_REL_ADVMOD },
    };
    check(later);
}

static void a_month_behind_since_is_not_who_was_freed(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "sailor", DGM_NOUN, "NN", 0, DGM_REL_ROOT, 6, DGM_REL_NSUBJ_PASS },
        { "held", DGM_VERB, "VBN", 1, DGM_REL_ACL, 1, DGM_REL_ACL },
        { "after", DGM_SCONJ, "IN", 6, DGM_REL_MARK, 4, DGM_REL_CASE },
        { "August", DGM_PROPN, "NNP", 6, DGM_REL_NSUBJ_PASS, 2, DGM_REL_OBL },
        { "was", DGM_AUX, "VBD", 6, DGM_REL_AUXREL, 6, DGM_REL_AUXREL },
        { "freed", DGM_VERB, "VBN", 2, DGM_REL_ADVCL, 0, DGM_REL_ROOT },
        { ".", DGM_PUNCT, ".", 1, DGM_REL_PUNCTREL, 6, DGM_REL_PUNCTREL },
    };
    check(rows);
    static const tree_word two_subjects[] = {
        { "sailor", DGM_NOUN, "NN", 6, DGM_REL_NSUBJ_PASS, 6, DGM_REL_NSUBJ_PASS },
        { "held", DGM_VERB, "VBN", 1, DGM_REL_ACL, 1, DGM_REL_ACL },
        { "after", DGM_SCONJ, "IN", 6, DGM_REL_MARK, 4, DGM_REL_CASE },
        { "August", DGM_PROPN, "NNP", 6, DGM_REL_NSUBJ_PASS, 2, DGM_REL_OBL },
        { "was", DGM_AUX, "VBD", 6, DGM_REL_AUXREL, 6, DGM_REL_AUXREL },
        { "freed", DGM_VERB, "VBN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(two_subjects);
    static const tree_word boat[] = {
        { "crew", DGM_NOUN, "NN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "held", DGM_VERB, "VBN", 1, DGM_REL_ACL, 1, DGM_REL_ACL },
        { "after", DGM_SCONJ, "IN", 6, DGM_REL_MARK, 6, DGM_REL_MARK },
        { "boats", DGM_NOUN, "NNS", 6, DGM_REL_NSUBJ_PASS, 6, DGM_REL_NSUBJ_PASS },
        { "were", DGM_AUX, "VBD", 6, DGM_REL_AUXREL, 6, DGM_REL_AUXREL },
        { "seized", DGM_VERB, "VBN", 2, DGM_REL_ADVCL, 2, DGM_REL_ADVCL },
    };
    check(boat);
}

static void a_day_of_a_month_counts_nobody(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "On", DGM_ADP, "IN", 4, DGM_REL_CASE, 3, DGM_REL_CASE },
        { "August", DGM_PROPN, "NNP", 3, DGM_REL_NMOD_UNMARKED, 3, DGM_REL_NMOD_UNMARKED },
        { "12", DGM_NUM, "CD", 4, DGM_REL_NUMMOD, 6, DGM_REL_OBL },
        { "soldiers", DGM_NOUN, "NNS", 6, DGM_REL_NSUBJ_PASS, 6, DGM_REL_NSUBJ_PASS },
        { "were", DGM_AUX, "VBD", 6, DGM_REL_AUXREL, 6, DGM_REL_AUXREL },
        { "killed", DGM_VERB, "VBN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(rows);
    static const tree_word several[] = {
        { "On", DGM_ADP, "IN", 4, DGM_REL_CASE, 2, DGM_REL_CASE },
        { "3", DGM_NUM, "CD", 4, DGM_REL_NUMMOD, 9, DGM_REL_OBL },
        { "August", DGM_PROPN, "NNP", 4, DGM_REL_COMPOUND, 2, DGM_REL_NMOD_UNMARKED },
        { "nurses", DGM_NOUN, "NNS", 9, DGM_REL_OBL, 9, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "teachers", DGM_NOUN, "NNS", 9, DGM_REL_NSUBJ, 4, DGM_REL_CONJ },
        { "and", DGM_CCONJ, "CC", 8, DGM_REL_CC, 8, DGM_REL_CC },
        { "drivers", DGM_NOUN, "NNS", 6, DGM_REL_CONJ, 4, DGM_REL_CONJ },
        { "marched", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(several);
    static const tree_word named[] = {
        { "the", DGM_DET, "DT", 4, DGM_REL_DETREL, 4, DGM_REL_DETREL },
        { "August", DGM_PROPN, "NNP", 3, DGM_REL_NMOD_UNMARKED, 3, DGM_REL_NMOD_UNMARKED },
        { "12", DGM_NUM, "CD", 4, DGM_REL_NUMMOD, 4, DGM_REL_NUMMOD },
        { "attacks", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "failed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(named);
}

static void an_adjective_before_an_infinitive_is_no_mark(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Ali", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ_OUTER, 3, DGM_REL_NSUBJ },
        { "was", DGM_AUX, "VBD", 5, DGM_REL_COP, 3, DGM_REL_COP },
        { "due", DGM_ADJ, "JJ", 5, DGM_REL_MARK, 0, DGM_REL_ROOT },
        { "to", DGM_PART, "TO", 3, DGM_REL_FIXED, 5, DGM_REL_MARK },
        { "visit", DGM_VERB, "VB", 0, DGM_REL_ROOT, 3, DGM_REL_XCOMP },
        { "Chad", DGM_PROPN, "NNP", 5, DGM_REL_OBJ, 5, DGM_REL_OBJ },
        { "but", DGM_CCONJ, "CC", 8, DGM_REL_CC, 8, DGM_REL_CC },
        { "stayed", DGM_VERB, "VBD", 5, DGM_REL_CONJ, 3, DGM_REL_CONJ },
        { ".", DGM_PUNCT, ".", 5, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
    };
    check(rows);
    static const tree_word reason[] = {
        { "cancelled", DGM_VERB, "VBN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "due", DGM_ADJ, "JJ", 4, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "to", DGM_ADP, "IN", 2, DGM_REL_FIXED, 2, DGM_REL_FIXED },
        { "storms", DGM_NOUN, "NNS", 1, DGM_REL_OBL, 1, DGM_REL_OBL },
    };
    check(reason);
}

static void troops_behind_a_weekday_are_the_subject(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "At", DGM_ADP, "IN", 2, DGM_REL_CASE, 2, DGM_REL_CASE },
        { "dawn", DGM_NOUN, "NN", 6, DGM_REL_OBL, 6, DGM_REL_OBL },
        { "on", DGM_ADP, "IN", 5, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "Thursday", DGM_PROPN, "NNP", 5, DGM_REL_COMPOUND, 6, DGM_REL_OBL },
        { "troops", DGM_NOUN, "NNS", 2, DGM_REL_NMOD, 6, DGM_REL_NSUBJ },
        { "raided", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "camps", DGM_NOUN, "NNS", 6, DGM_REL_OBJ, 6, DGM_REL_OBJ },
    };
    check(rows);
    static const tree_word talks[] = {
        { "After", DGM_ADP, "IN", 3, DGM_REL_CASE, 3, DGM_REL_CASE },
        { "Thursday", DGM_PROPN, "NNP", 3, DGM_REL_COMPOUND, 3, DGM_REL_COMPOUND },
        { "talks", DGM_NOUN, "NNS", 5, DGM_REL_OBL, 5, DGM_REL_OBL },
        { "they", DGM_PRON, "PRP", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "left", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(talks);
}

static void the_owner_of_a_relative_clause_has_the_verb_behind_it(void **state)
{
    (void)state;
    static const tree_word joined[] = {
        { "Laos", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "whose", DGM_PRON, "WP$", 4, DGM_REL_NMOD_POSS, 4, DGM_REL_NMOD_POSS },
        { "king", DGM_NOUN, "NN", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "toured", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 1, DGM_REL_ACL_RELCL },
        { "Chad", DGM_PROPN, "NNP", 5, DGM_REL_OBJ, 5, DGM_REL_OBJ },
        { ",", DGM_PUNCT, ",", 1, DGM_REL_PUNCTREL, 1, DGM_REL_PUNCTREL },
        { "urged", DGM_VERB, "VBD", 5, DGM_REL_CONJ, 0, DGM_REL_ROOT },
        { "calm", DGM_NOUN, "NN", 8, DGM_REL_OBJ, 8, DGM_REL_OBJ },
        { ".", DGM_PUNCT, ".", 5, DGM_REL_PUNCTREL, 8, DGM_REL_PUNCTREL },
    };
    check(joined);
    static const tree_word set_off[] = {
        { "Laos", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "whose", DGM_PRON, "WP$", 4, DGM_REL_NMOD_POSS, 4, DGM_REL_NMOD_POSS },
        { "king", DGM_NOUN, "NN", 1, DGM_REL_APPOS, 5, DGM_REL_NSUBJ },
        { "toured", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 1, DGM_REL_ACL_RELCL },
        { "Chad", DGM_PROPN, "NNP", 5, DGM_REL_OBJ, 5, DGM_REL_OBJ },
        { ",", DGM_PUNCT, ",", 8, DGM_REL_PUNCTREL, 1, DGM_REL_PUNCTREL },
        { "urged", DGM_VERB, "VBD", 5, DGM_REL_ADVCL, 0, DGM_REL_ROOT },
        { "calm", DGM_NOUN, "NN", 8, DGM_REL_OBJ, 8, DGM_REL_OBJ },
    };
    check(set_off);
    static const tree_word with_and[] = {
        { "Laos", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "whose", DGM_PRON, "WP$", 4, DGM_REL_NMOD_POSS, 4, DGM_REL_NMOD_POSS },
        { "king", DGM_NOUN, "NN", 1, DGM_REL_APPOS, 1, DGM_REL_APPOS },
        { "toured", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "Chad", DGM_PROPN, "NNP", 5, DGM_REL_OBJ, 5, DGM_REL_OBJ },
        { "and", DGM_CCONJ, "CC", 8, DGM_REL_CC, 8, DGM_REL_CC },
        { "urged", DGM_VERB, "VBD", 5, DGM_REL_CONJ, 5, DGM_REL_CONJ },
        { "calm", DGM_NOUN, "NN", 8, DGM_REL_OBJ, 8, DGM_REL_OBJ },
    };
    check(with_and);
}

/* ---- any tree ------------------------------------------------------------------------------- */

enum { SEED = 20260101, N_TREES = 400000, MOST_WORDS = 12 };

static uint32_t draw(uint32_t *seed, uint32_t n)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % n;
}

/* Words in the order in which rules ask for them, each with relations that it often has. */
static const struct {
    const char *form;
    dgm_upos upos;
    const char *xpos;
    dgm_deprel often[3];
} any_words[] = {
    { "on", DGM_ADP, "IN", { DGM_REL_CASE, DGM_REL_CASE, DGM_REL_CASE } },
    { "April", DGM_PROPN, "NNP", { DGM_REL_COMPOUND, DGM_REL_OBL, DGM_REL_NMOD } },
    { "12", DGM_NUM, "CD", { DGM_REL_NUMMOD, DGM_REL_NMOD_UNMARKED, DGM_REL_OBL } },
    { "nurses", DGM_NOUN, "NNS", { DGM_REL_NSUBJ, DGM_REL_OBL, DGM_REL_NSUBJ_PASS } },
    { "blocked", DGM_VERB, "VBD", { DGM_REL_ACL_RELCL, DGM_REL_CONJ, DGM_REL_PARATAXIS } },
    { "on", DGM_ADP, "IN", { DGM_REL_CASE, DGM_REL_CASE, DGM_REL_CASE } },
    { "Thursday", DGM_PROPN, "NNP", { DGM_REL_COMPOUND, DGM_REL_OBL, DGM_REL_NMOD } },
    { "envoys", DGM_NOUN, "NNS", { DGM_REL_NMOD, DGM_REL_OBL, DGM_REL_OBJ } },
    { "arrested", DGM_VERB, "VBN", { DGM_REL_ACL, DGM_REL_AMOD, DGM_REL_CCOMP } },
    { ",", DGM_PUNCT, ",", { DGM_REL_PUNCTREL, DGM_REL_PUNCTREL, DGM_REL_PUNCTREL } },
    { "charges", DGM_VERB, "VBZ", { DGM_REL_CONJ, DGM_REL_PARATAXIS, DGM_REL_NSUBJ } },
    { "that", DGM_SCONJ, "IN", { DGM_REL_MARK, DGM_REL_OBJ, DGM_REL_NSUBJ } },
    { "Peru", DGM_PROPN, "NNP", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_NMOD } },
    { "denied", DGM_VERB, "VBD", { DGM_REL_CCOMP, DGM_REL_ACL_RELCL, DGM_REL_CONJ } },
    { "and", DGM_CCONJ, "CC", { DGM_REL_CC, DGM_REL_CC, DGM_REL_MARK } },
    { "told", DGM_VERB, "VBD", { DGM_REL_CONJ, DGM_REL_ACL_RELCL, DGM_REL_ADVCL } },
    { "it", DGM_PRON, "PRP", { DGM_REL_OBJ, DGM_REL_IOBJ, DGM_REL_EXPL } },
    { "that", DGM_SCONJ, "IN", { DGM_REL_MARK, DGM_REL_OBJ, DGM_REL_NSUBJ } },
    { "nurses", DGM_NOUN, "NNS", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_COMPOUND } },
    { "conceded", DGM_VERB, "VBD", { DGM_REL_CCOMP, DGM_REL_ACL, DGM_REL_CONJ } },
    { "in", DGM_ADP, "IN", { DGM_REL_CASE, DGM_REL_CASE, DGM_REL_CASE } },
    { "call", DGM_NOUN, "NN", { DGM_REL_OBL, DGM_REL_OBJ, DGM_REL_NMOD } },
    { "on", DGM_ADP, "IN", { DGM_REL_CASE, DGM_REL_CASE, DGM_REL_CASE } },
    { "Peru", DGM_PROPN, "NNP", { DGM_REL_OBL, DGM_REL_NMOD, DGM_REL_NSUBJ } },
    { "to", DGM_PART, "TO", { DGM_REL_MARK, DGM_REL_MARK, DGM_REL_FIXED } },
    { "act", DGM_VERB, "VB", { DGM_REL_ADVCL, DGM_REL_XCOMP, DGM_REL_ACL } },
    { "was", DGM_AUX, "VBD", { DGM_REL_AUX_PASS, DGM_REL_COP, DGM_REL_AUXREL } },
    { "due", DGM_ADJ, "JJ", { DGM_REL_MARK, DGM_REL_CASE, DGM_REL_AMOD } },
    { "to", DGM_PART, "TO", { DGM_REL_MARK, DGM_REL_MARK, DGM_REL_FIXED } },
    { "visit", DGM_VERB, "VB", { DGM_REL_XCOMP, DGM_REL_ADVCL, DGM_REL_CCOMP } },
    { "sailor", DGM_NOUN, "NN", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_OBL } },
    { "held", DGM_VERB, "VBN", { DGM_REL_ACL, DGM_REL_AMOD, DGM_REL_CCOMP } },
    { "since", DGM_SCONJ, "IN", { DGM_REL_MARK, DGM_REL_CASE, DGM_REL_MARK } },
    { "May", DGM_AUX, "MD", { DGM_REL_AUXREL, DGM_REL_NSUBJ, DGM_REL_OBL } },
    { "was", DGM_AUX, "VBD", { DGM_REL_AUX_PASS, DGM_REL_COP, DGM_REL_AUXREL } },
    { "freed", DGM_VERB, "VBN", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { "should", DGM_AUX, "MD", { DGM_REL_AUXREL, DGM_REL_AUXREL, DGM_REL_MARK } },
    { "talks", DGM_NOUN, "NNS", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_OBL } },
    { "fail", DGM_VERB, "VB", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { ",", DGM_PUNCT, ",", { DGM_REL_PUNCTREL, DGM_REL_PUNCTREL, DGM_REL_PUNCTREL } },
    { "Chad", DGM_PROPN, "NNP", { DGM_REL_COMPOUND, DGM_REL_NSUBJ, DGM_REL_NMOD } },
    { "gave", DGM_VERB, "VBD", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { "army", DGM_NOUN, "NN", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_OBL } },
    { "permission", DGM_NOUN, "NN", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_OBL } },
    { "to", DGM_PART, "TO", { DGM_REL_MARK, DGM_REL_MARK, DGM_REL_CASE } },
    { "fire", DGM_VERB, "VB", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { "had", DGM_VERB, "VBD", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { "envoys", DGM_NOUN, "NNS", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_OBL } },
    { "expelled", DGM_VERB, "VBD", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { ",", DGM_PUNCT, ",", { DGM_REL_PUNCTREL, DGM_REL_PUNCTREL, DGM_REL_PUNCTREL } },
    { "officials", DGM_NOUN, "NNS", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_OBL } },
    { "said", DGM_VERB, "VBD", { DGM_REL_PARATAXIS, DGM_REL_CCOMP, DGM_REL_CONJ } },
    { ",", DGM_PUNCT, ",", { DGM_REL_PUNCTREL, DGM_REL_PUNCTREL, DGM_REL_PUNCTREL } },
    { "spokesman", DGM_NOUN, "NN", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_OBL } },
    { ",", DGM_PUNCT, ",", { DGM_REL_PUNCTREL, DGM_REL_PUNCTREL, DGM_REL_PUNCTREL } },
    { "James", DGM_PROPN, "NNP", { DGM_REL_COMPOUND, DGM_REL_NSUBJ, DGM_REL_NMOD } },
    { "Otieno", DGM_PROPN, "NNP", { DGM_REL_FLAT, DGM_REL_NSUBJ, DGM_REL_APPOS } },
    { "blamed", DGM_VERB, "VBD", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { "attack", DGM_NOUN, "NN", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_OBL } },
    { "on", DGM_ADP, "IN", { DGM_REL_CASE, DGM_REL_CASE, DGM_REL_CASE } },
    { "rebels", DGM_NOUN, "NNS", { DGM_REL_NMOD, DGM_REL_OBL, DGM_REL_NSUBJ } },
    { "In", DGM_ADP, "IN", { DGM_REL_CASE, DGM_REL_MARK, DGM_REL_CASE } },
    { "neighbouring", DGM_VERB, "VBG", { DGM_REL_ADVCL, DGM_REL_AMOD, DGM_REL_ACL } },
    { "Chad", DGM_PROPN, "NNP", { DGM_REL_OBJ, DGM_REL_OBL, DGM_REL_NSUBJ } },
    { "arrested", DGM_VERB, "VBD", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { "two", DGM_NUM, "CD", { DGM_REL_NUMMOD, DGM_REL_OBJ, DGM_REL_APPOS } },
    { ",", DGM_PUNCT, ",", { DGM_REL_PUNCTREL, DGM_REL_PUNCTREL, DGM_REL_PUNCTREL } },
    { "Peru", DGM_PROPN, "NNP", { DGM_REL_CONJ, DGM_REL_APPOS, DGM_REL_NSUBJ } },
    { "three", DGM_NUM, "CD", { DGM_REL_NUMMOD, DGM_REL_APPOS, DGM_REL_CONJ } },
    { "dismissed", DGM_VERB, "VBD", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { "as", DGM_ADP, "IN", { DGM_REL_CASE, DGM_REL_MARK, DGM_REL_CASE } },
    { "false", DGM_ADJ, "JJ", { DGM_REL_AMOD, DGM_REL_ADVCL, DGM_REL_OBL } },
    { "reports", DGM_NOUN, "NNS", { DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_OBL } },
    { "that", DGM_SCONJ, "IN", { DGM_REL_MARK, DGM_REL_OBJ, DGM_REL_NSUBJ } },
    { "it", DGM_PRON, "PRP", { DGM_REL_NSUBJ, DGM_REL_EXPL, DGM_REL_OBJ } },
    { "fled", DGM_VERB, "VBD", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
    { "if", DGM_SCONJ, "IN", { DGM_REL_MARK, DGM_REL_MARK, DGM_REL_MARK } },
    { "bombed", DGM_VERB, "VBN", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ADVCL } },
};

/* The word after the one before, or any. */
static dgm_word any_word(uint32_t *seed, uint32_t *i)
{
    *i = draw(seed, 8) ? (*i + 1) % DGM_LEN(any_words) : draw(seed, DGM_LEN(any_words));
    return (dgm_word) { .form = dgm_view_of(any_words[*i].form),
                        .lemma = dgm_view_of(lemma_of(any_words[*i].form)),
                        .upos = any_words[*i].upos,
                        .xpos = dgm_view_of(any_words[*i].xpos),
                        .space_after = true,
                        .deprel = any_words[*i].often[draw(seed, 3)] };
}

/* Each word below the root or one that is already in the tree. */
static void any_tree(uint32_t *seed, dgm_sentence *s)
{
    uint32_t order[MOST_WORDS], at = draw(seed, DGM_LEN(any_words));
    for (uint32_t i = 0; i < s->n_words; i++) {
        uint32_t k = draw(seed, i + 1);
        s->words[i + 1] = any_word(seed, &at);
        order[i] = order[k];
        order[k] = i + 1;
    }
    for (uint32_t i = 1; i < s->n_words; i++)
        s->words[order[i]].head = order[draw(seed, i)];
    s->words[order[0]].deprel = DGM_REL_ROOT;
}

static void whatever_is_mended_stays_a_tree_with_one_root(void **state)
{
    (void)state;
    uint32_t seed = SEED;
    for (uint32_t n = 0; n < N_TREES; n++) {
        dgm_word words[MOST_WORDS + 1] = { { .head = 0 } };
        dgm_sentence s = { .words = words, .n_words = 4 + draw(&seed, MOST_WORDS - 3) };
        any_tree(&seed, &s);
        dgm_garden_path_mend(verbs, &s);
        uint32_t n_roots = 0;
        for (uint32_t i = 1; i <= s.n_words; i++) {
            n_roots += words[i].head == 0;
            if (words[i].head > s.n_words || !dgm_dominates(&s, 0, i))
                fail_msg("seed %d, tree %u: word %u, \"%.*s\", is below no root", SEED, n, i,
                         DGM_FMT(words[i].form));
        }
        if (n_roots != 1)
            fail_msg("seed %d, tree %u: %u roots", SEED, n, n_roots);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_participle_between_bare_nouns_is_the_verb),
        cmocka_unit_test(a_name_is_no_auxiliary),
        cmocka_unit_test(a_preposition_goes_with_the_name_and_not_with_its_title),
        cmocka_unit_test(a_month_is_no_part_of_the_name_behind_it),
        cmocka_unit_test(what_is_counted_behind_a_day_is_the_object),
        cmocka_unit_test(a_month_behind_since_is_not_who_was_freed),
        cmocka_unit_test(a_day_of_a_month_counts_nobody),
        cmocka_unit_test(troops_behind_a_weekday_are_the_subject),
        cmocka_unit_test(a_noun_right_after_a_participle_is_its_object),
        cmocka_unit_test(a_participle_behind_an_apposition_is_the_verb),
        cmocka_unit_test(a_participle_behind_a_relative_clause_is_the_verb),
        cmocka_unit_test(a_participle_behind_an_infinitive_is_what_the_main_subject_does),
        cmocka_unit_test(no_member_of_a_noun_phrase_stands_before_its_verb),
        cmocka_unit_test(participles_of_noun_phrases_stay),
        cmocka_unit_test(what_is_said_hangs_on_the_verb_of_speech_after_it),
        cmocka_unit_test(who_is_warned_is_spoken_to_and_what_is_said_hangs_on_the_verb),
        cmocka_unit_test(what_is_dismissed_stands_behind_as_where_nothing_else_is),
        cmocka_unit_test(a_verb_without_its_object_behind_a_noun_has_that_for_it),
        cmocka_unit_test(a_clause_that_its_auxiliary_opens_is_a_condition),
        cmocka_unit_test(a_sentence_of_marks_alone_stays_as_it_is),
        cmocka_unit_test(a_noun_before_that_is_the_subject_of_the_clause_that_has_none),
        cmocka_unit_test(a_negation_behind_an_auxiliary_belongs_to_its_verb),
        cmocka_unit_test(a_verb_of_speech_amid_what_is_said_hangs_on_it),
        cmocka_unit_test(a_noun_between_after_and_a_finite_verb_is_its_subject),
        cmocka_unit_test(the_second_of_two_subjects_is_a_member_of_the_first),
        cmocka_unit_test(a_full_name_behind_the_subject_says_who_it_is),
        cmocka_unit_test(a_whole_clause_behind_who_was_told_is_what_he_was_told),
        cmocka_unit_test(a_clause_behind_what_is_said_of_a_listener_is_what_he_was_told),
        cmocka_unit_test(no_finite_verb_is_joined_to_an_infinitive_or_participle),
        cmocka_unit_test(what_a_noun_asks_for_is_below_it),
        cmocka_unit_test(what_is_denied_behind_a_comma_is_no_second_subject_and_no_verb),
        cmocka_unit_test(a_whole_clause_behind_where_it_was_conceded_is_what_was_conceded),
        cmocka_unit_test(a_name_before_to_is_the_subject_of_a_headline),
        cmocka_unit_test(who_is_urged_to_do_something_is_spoken_to),
        cmocka_unit_test(what_somebody_is_given_is_an_object),
        cmocka_unit_test(who_gets_leave_is_no_kind_of_leave),
        cmocka_unit_test(a_participle_behind_the_verb_belongs_to_its_object),
        cmocka_unit_test(it_is_somebody_before_a_verb_that_somebody_does),
        cmocka_unit_test(a_headline_leaves_out_the_auxiliary_of_its_passive),
        cmocka_unit_test(who_says_a_headline_is_not_its_subject),
        cmocka_unit_test(a_name_before_a_number_is_no_part_of_what_is_counted),
        cmocka_unit_test(a_name_before_a_bare_number_did_the_same),
        cmocka_unit_test(what_neighbours_is_no_clause_of_its_own),
        cmocka_unit_test(counted_people_who_are_urged_are_spoken_to),
        cmocka_unit_test(a_clause_is_joined_to_the_one_with_its_mark),
        cmocka_unit_test(hours_before_after_are_no_object),
        cmocka_unit_test(a_noun_behind_a_preposition_has_no_object),
        cmocka_unit_test(what_an_attack_is_on_is_not_called_on),
        cmocka_unit_test(who_is_sent_under_a_leader_goes_where_the_sentence_ends),
        cmocka_unit_test(a_noun_between_commas_that_no_and_joins_is_an_apposition),
        cmocka_unit_test(each_name_before_a_bare_number_did_the_same),
        cmocka_unit_test(what_is_blamed_on_somebody_is_not_done_to_him),
        cmocka_unit_test(of_two_behind_on_the_last_is_blamed_and_no_day_is),
        cmocka_unit_test(whom_somebody_had_expelled_did_not_expel),
        cmocka_unit_test(a_clause_with_if_behind_a_verb_that_asks_nothing_is_a_condition),
        cmocka_unit_test(an_auxiliary_before_the_subject_is_its_verbs),
        cmocka_unit_test(an_adjective_before_an_infinitive_is_no_mark),
        cmocka_unit_test(the_owner_of_a_relative_clause_has_the_verb_behind_it),
        cmocka_unit_test(whatever_is_mended_stays_a_tree_with_one_root),
    };
    dgm_err err;
    if (dgm_morphology_load(getenv("DRAGOMAN_TABLES"), NULL, &verbs, &err) != DGM_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    dgm_morphology_free(verbs);
    return failed;
}
