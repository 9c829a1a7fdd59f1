/* Participles that are verbs, and who does what. */
#include "garden.h"

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

static void what_people_do_is_done_by_whoever_speaks(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Niger", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "flights", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "were", DGM_AUX, "VBD", 5, DGM_REL_COP, 5, DGM_REL_COP },
        { "illegal", DGM_ADJ, "JJ", 2, DGM_REL_CCOMP, 2, DGM_REL_CCOMP },
        { "and", DGM_CCONJ, "CC", 7, DGM_REL_CC, 7, DGM_REL_CC },
        { "summoned", DGM_VERB, "VBD", 5, DGM_REL_CONJ, 2, DGM_REL_CONJ },
        { "envoys", DGM_NOUN, "NNS", 7, DGM_REL_OBJ, 7, DGM_REL_OBJ },
    };
    static const tree_word flew[] = {
        { "Niger", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "jets", DGM_NOUN, "NNS", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "were", DGM_AUX, "VBD", 5, DGM_REL_COP, 5, DGM_REL_COP },
        { "Malian", DGM_ADJ, "JJ", 2, DGM_REL_CCOMP, 2, DGM_REL_CCOMP },
        { "and", DGM_CCONJ, "CC", 7, DGM_REL_CC, 7, DGM_REL_CC },
        { "crossed", DGM_VERB, "VBD", 5, DGM_REL_CONJ, 5, DGM_REL_CONJ },
        { "borders", DGM_NOUN, "NNS", 7, DGM_REL_OBJ, 7, DGM_REL_OBJ },
    };
    check(rows);
    check(flew);
}

static void those_who_are_taken_prisoner_are_no_kind_of_prisoner(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "rebels", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "took", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "forty", DGM_NUM, "CD", 5, DGM_REL_NUMMOD, 4, DGM_REL_NUMMOD },
        { "soldiers", DGM_NOUN, "NNS", 5, DGM_REL_COMPOUND, 2, DGM_REL_OBJ },
        { "prisoner", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_XCOMP },
    };
    static const tree_word freed[] = {
        { "rebels", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "freed", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "US", DGM_PROPN, "NNP", 4, DGM_REL_COMPOUND, 4, DGM_REL_COMPOUND },
        { "hostage", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
    };
    check(rows);
    check(freed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_participle_between_bare_nouns_is_the_verb),
        cmocka_unit_test(a_noun_right_after_a_participle_is_its_object),
        cmocka_unit_test(a_participle_behind_an_apposition_is_the_verb),
        cmocka_unit_test(a_participle_behind_a_relative_clause_is_the_verb),
        cmocka_unit_test(a_participle_behind_an_infinitive_is_what_the_main_subject_does),
        cmocka_unit_test(no_member_of_a_noun_phrase_stands_before_its_verb),
        cmocka_unit_test(participles_of_noun_phrases_stay),
        cmocka_unit_test(no_finite_verb_is_joined_to_an_infinitive_or_participle),
        cmocka_unit_test(what_somebody_is_given_is_an_object),
        cmocka_unit_test(who_gets_leave_is_no_kind_of_leave),
        cmocka_unit_test(a_participle_behind_the_verb_belongs_to_its_object),
        cmocka_unit_test(a_headline_leaves_out_the_auxiliary_of_its_passive),
        cmocka_unit_test(a_name_before_a_number_is_no_part_of_what_is_counted),
        cmocka_unit_test(a_name_before_a_bare_number_did_the_same),
        cmocka_unit_test(each_name_before_a_bare_number_did_the_same),
        cmocka_unit_test(what_is_blamed_on_somebody_is_not_done_to_him),
        cmocka_unit_test(of_two_behind_on_the_last_is_blamed_and_no_day_is),
        cmocka_unit_test(a_clause_is_joined_to_the_one_with_its_mark),
        cmocka_unit_test(hours_before_after_are_no_object),
        cmocka_unit_test(a_noun_behind_a_preposition_has_no_object),
        cmocka_unit_test(what_an_attack_is_on_is_not_called_on),
        cmocka_unit_test(who_is_sent_under_a_leader_goes_where_the_sentence_ends),
        cmocka_unit_test(whom_somebody_had_expelled_did_not_expel),
        cmocka_unit_test(what_people_do_is_done_by_whoever_speaks),
        cmocka_unit_test(those_who_are_taken_prisoner_are_no_kind_of_prisoner),
    };
    return cmocka_run_group_tests(tests, load_verbs, free_verbs);
}
