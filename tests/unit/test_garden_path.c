/* Clauses and coordinations, names and days. */
#include "garden.h"

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

static void a_word_that_opens_a_clause_is_no_preposition_of_its_subject(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "after", DGM_ADP, "IN", 2, DGM_REL_CASE, 5, DGM_REL_MARK },
        { "Chad", DGM_PROPN, "NNP", 5, DGM_REL_NSUBJ, 5, DGM_REL_NSUBJ },
        { "and", DGM_CCONJ, "CC", 4, DGM_REL_CC, 4, DGM_REL_CC },
        { "Mali", DGM_PROPN, "NNP", 2, DGM_REL_CONJ, 2, DGM_REL_CONJ },
        { "met", DGM_VERB, "VBD", 8, DGM_REL_ADVCL, 8, DGM_REL_ADVCL },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "rebels", DGM_NOUN, "NNS", 8, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { "attacked", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    static const tree_word some[] = {
        { "between", DGM_ADP, "IN", 2, DGM_REL_CASE, 2, DGM_REL_CASE },
        { "30", DGM_PROPN, "NNP", 3, DGM_REL_NSUBJ, 3, DGM_REL_NSUBJ },
        { "met", DGM_VERB, "VBD", 6, DGM_REL_ADVCL, 6, DGM_REL_ADVCL },
        { ",", DGM_PUNCT, ",", 3, DGM_REL_PUNCTREL, 3, DGM_REL_PUNCTREL },
        { "rebels", DGM_NOUN, "NNS", 6, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { "attacked", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(rows);
    check(some);
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

static void provided_and_a_clause_are_a_condition(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Niger", DGM_PROPN, "NNP", 3, DGM_REL_NSUBJ, 3, DGM_REL_NSUBJ },
        { "would", DGM_AUX, "MD", 3, DGM_REL_AUXREL, 3, DGM_REL_AUXREL },
        { "sign", DGM_VERB, "VB", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "deals", DGM_NOUN, "NNS", 3, DGM_REL_OBJ, 3, DGM_REL_OBJ },
        { "provided", DGM_VERB, "VBN", 6, DGM_REL_AMOD, 7, DGM_REL_MARK },
        { "helicopters", DGM_NOUN, "NNS", 3, DGM_REL_OBJ, 7, DGM_REL_NSUBJ },
        { "stopped", DGM_VERB, "VBN", 6, DGM_REL_ACL, 3, DGM_REL_ADVCL },
        { "flying", DGM_VERB, "VBG", 7, DGM_REL_XCOMP, 7, DGM_REL_XCOMP },
    };
    static const tree_word camps[] = {
        { "Niger", DGM_PROPN, "NNP", 3, DGM_REL_NSUBJ, 3, DGM_REL_NSUBJ },
        { "would", DGM_AUX, "MD", 3, DGM_REL_AUXREL, 3, DGM_REL_AUXREL },
        { "accept", DGM_VERB, "VB", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "camps", DGM_NOUN, "NNS", 3, DGM_REL_OBJ, 3, DGM_REL_OBJ },
        { "provided", DGM_VERB, "VBN", 4, DGM_REL_ACL, 4, DGM_REL_ACL },
        { "by", DGM_ADP, "IN", 7, DGM_REL_CASE, 7, DGM_REL_CASE },
        { "Norway", DGM_PROPN, "NNP", 5, DGM_REL_OBL_AGENT, 5, DGM_REL_OBL_AGENT },
    };
    static const tree_word gave[] = {
        { "Niger", DGM_PROPN, "NNP", 3, DGM_REL_NSUBJ, 3, DGM_REL_NSUBJ },
        { "has", DGM_AUX, "VBZ", 3, DGM_REL_AUXREL, 3, DGM_REL_AUXREL },
        { "praised", DGM_VERB, "VBN", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "provided", DGM_VERB, "VBN", 5, DGM_REL_AMOD, 5, DGM_REL_AMOD },
        { "helicopters", DGM_NOUN, "NNS", 3, DGM_REL_OBJ, 3, DGM_REL_OBJ },
        { "stopped", DGM_VERB, "VBN", 5, DGM_REL_ACL, 5, DGM_REL_ACL },
    };
    check(rows);
    check(camps);
    check(gave);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_no_auxiliary),
        cmocka_unit_test(a_preposition_goes_with_the_name_and_not_with_its_title),
        cmocka_unit_test(a_clause_that_its_auxiliary_opens_is_a_condition),
        cmocka_unit_test(a_sentence_of_marks_alone_stays_as_it_is),
        cmocka_unit_test(a_negation_behind_an_auxiliary_belongs_to_its_verb),
        cmocka_unit_test(a_noun_between_after_and_a_finite_verb_is_its_subject),
        cmocka_unit_test(a_word_that_opens_a_clause_is_no_preposition_of_its_subject),
        cmocka_unit_test(the_second_of_two_subjects_is_a_member_of_the_first),
        cmocka_unit_test(a_full_name_behind_the_subject_says_who_it_is),
        cmocka_unit_test(a_name_before_to_is_the_subject_of_a_headline),
        cmocka_unit_test(a_noun_between_commas_that_no_and_joins_is_an_apposition),
        cmocka_unit_test(what_neighbours_is_no_clause_of_its_own),
        cmocka_unit_test(a_month_is_no_part_of_the_name_behind_it),
        cmocka_unit_test(what_is_counted_behind_a_day_is_the_object),
        cmocka_unit_test(a_month_behind_since_is_not_who_was_freed),
        cmocka_unit_test(a_day_of_a_month_counts_nobody),
        cmocka_unit_test(troops_behind_a_weekday_are_the_subject),
        cmocka_unit_test(a_clause_with_if_behind_a_verb_that_asks_nothing_is_a_condition),
        cmocka_unit_test(an_auxiliary_before_the_subject_is_its_verbs),
        cmocka_unit_test(an_adjective_before_an_infinitive_is_no_mark),
        cmocka_unit_test(the_owner_of_a_relative_clause_has_the_verb_behind_it),
        cmocka_unit_test(provided_and_a_clause_are_a_condition),
    };
    return cmocka_run_group_tests(tests, load_verbs, free_verbs);
}
