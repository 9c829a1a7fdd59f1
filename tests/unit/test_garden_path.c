#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

/* Words 1..n; the row after the last has no form. */
static void check(const tree_word *rows)
{
    dgm_word words[12] = { 0 };
    dgm_sentence s = { .words = words };
    while (rows[s.n_words].form) {
        const tree_word *r = &rows[s.n_words++];
        words[s.n_words] = (dgm_word) { .form = dgm_view_of(r->form),
                                        .upos = r->upos,
                                        .xpos = dgm_view_of(r->xpos),
                                        .head = r->head,
                                        .deprel = r->deprel };
    }
    dgm_garden_path_mend(&s);
    for (uint32_t i = 1; i <= s.n_words; i++)
        if (words[i].head != rows[i - 1].mended_head || words[i].deprel != rows[i - 1].mended)
            fail_msg("%s: %u %s", rows[i - 1].form, words[i].head,
                     dgm_deprel_name(words[i].deprel));
}

static void a_participle_between_bare_nouns_is_the_verb(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Police", DGM_NOUN, "NN", 3, DGM_REL_COMPOUND, 2, DGM_REL_NSUBJ },
        { "arrested", DGM_VERB, "VBN", 3, DGM_REL_AMOD, 0, DGM_REL_ROOT },
        { "protesters", DGM_NOUN, "NNS", 0, DGM_REL_ROOT, 2, DGM_REL_OBJ },
        { ".", DGM_PUNCT, ".", 3, DGM_REL_PUNCTREL, 2, DGM_REL_PUNCTREL },
        { NULL, DGM_UPOS_NONE, "", 0, DGM_REL_NONE, 0, DGM_REL_NONE },
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
        { NULL, DGM_UPOS_NONE, "", 0, DGM_REL_NONE, 0, DGM_REL_NONE },
    };
    check(rows);
}

static void no_member_of_a_noun_phrase_stands_before_its_verb(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Police", DGM_NOUN, "NN", 4, DGM_REL_COMPOUND, 2, DGM_REL_NSUBJ },
        { "arrested", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "many", DGM_ADJ, "JJ", 4, DGM_REL_AMOD, 4, DGM_REL_AMOD },
        { "protesters", DGM_NOUN, "NNS", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { NULL, DGM_UPOS_NONE, "", 0, DGM_REL_NONE, 0, DGM_REL_NONE },
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
        { NULL, DGM_UPOS_NONE, "", 0, DGM_REL_NONE, 0, DGM_REL_NONE },
    };
    static const tree_word wounded[] = {
        /* "Soldiers wounded in clashes" */
        { "Soldiers", DGM_NOUN, "NNS", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "wounded", DGM_VERB, "VBN", 1, DGM_REL_ACL, 1, DGM_REL_ACL },
        { "in", DGM_ADP, "IN", 4, DGM_REL_CASE, 4, DGM_REL_CASE },
        { "clashes", DGM_NOUN, "NNS", 2, DGM_REL_OBL, 2, DGM_REL_OBL },
        { NULL, DGM_UPOS_NONE, "", 0, DGM_REL_NONE, 0, DGM_REL_NONE },
    };
    check(backed);
    check(wounded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_participle_between_bare_nouns_is_the_verb),
        cmocka_unit_test(a_noun_right_after_a_participle_is_its_object),
        cmocka_unit_test(no_member_of_a_noun_phrase_stands_before_its_verb),
        cmocka_unit_test(participles_of_noun_phrases_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
