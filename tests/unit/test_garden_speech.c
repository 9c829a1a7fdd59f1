/* What is said, and by whom. */
#include "garden.h"

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

static void a_whole_clause_behind_the_author_of_a_claim_is_what_it_says(void **state)
{
    (void)state;
    static const tree_word of_author[] = {
        { "Togo", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "denied", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "accusation", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "by", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "Oxfam", DGM_PROPN, "NNP", 2, DGM_REL_OBL, 3, DGM_REL_NMOD },
        { "that", DGM_SCONJ, "IN", 8, DGM_REL_MARK, 8, DGM_REL_MARK },
        { "troops", DGM_NOUN, "NNS", 8, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 5, DGM_REL_ACL_RELCL, 3, DGM_REL_ACL },
    };
    static const tree_word relative[] = {
        { "Togo", DGM_PROPN, "NNP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "denied", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "claim", DGM_NOUN, "NN", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { "that", DGM_PRON, "WDT", 6, DGM_REL_OBJ, 6, DGM_REL_OBJ },
        { "rebels", DGM_NOUN, "NNS", 6, DGM_REL_NSUBJ, 6, DGM_REL_NSUBJ },
        { "made", DGM_VERB, "VBD", 3, DGM_REL_ACL_RELCL, 3, DGM_REL_ACL_RELCL },
    };
    check(of_author);
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

static void a_clause_behind_an_aside_between_commas_is_what_was_said(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "He", DGM_PRON, "PRP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "without", DGM_SCONJ, "IN", 5, DGM_REL_MARK, 5, DGM_REL_MARK },
        { "giving", DGM_VERB, "VBG", 2, DGM_REL_ADVCL, 2, DGM_REL_ADVCL },
        { "proof", DGM_NOUN, "NN", 5, DGM_REL_OBJ, 5, DGM_REL_OBJ },
        { ",", DGM_PUNCT, ",", 10, DGM_REL_PUNCTREL, 10, DGM_REL_PUNCTREL },
        { "that", DGM_SCONJ, "IN", 10, DGM_REL_MARK, 10, DGM_REL_MARK },
        { "gunmen", DGM_NOUN, "NNS", 10, DGM_REL_NSUBJ, 10, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 5, DGM_REL_CCOMP, 2, DGM_REL_CCOMP },
    };
    static const tree_word adding[] = {
        { "He", DGM_PRON, "PRP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "spoke", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { ",", DGM_PUNCT, ",", 4, DGM_REL_PUNCTREL, 4, DGM_REL_PUNCTREL },
        { "adding", DGM_VERB, "VBG", 2, DGM_REL_ADVCL, 2, DGM_REL_ADVCL },
        { "that", DGM_SCONJ, "IN", 7, DGM_REL_MARK, 7, DGM_REL_MARK },
        { "gunmen", DGM_NOUN, "NNS", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "fled", DGM_VERB, "VBD", 4, DGM_REL_CCOMP, 4, DGM_REL_CCOMP },
    };
    check(rows);
    check(adding);
}

static void who_stands_between_commas_before_a_verb_without_subject_speaks(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "Gunmen", DGM_NOUN, "NNS", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "hit", DGM_VERB, "VBD", 9, DGM_REL_CCOMP, 9, DGM_REL_CCOMP },
        { "Goma", DGM_PROPN, "NNP", 2, DGM_REL_OBJ, 2, DGM_REL_OBJ },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "governor", DGM_NOUN, "NN", 3, DGM_REL_APPOS, 9, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 7, DGM_REL_PUNCTREL, 7, DGM_REL_PUNCTREL },
        { "Paz", DGM_PROPN, "NNP", 3, DGM_REL_CONJ, 5, DGM_REL_APPOS },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    static const tree_word capital[] = {
        { "Rebels", DGM_NOUN, "NNS", 7, DGM_REL_NSUBJ, 7, DGM_REL_NSUBJ },
        { "in", DGM_ADP, "IN", 3, DGM_REL_CASE, 3, DGM_REL_CASE },
        { "Goma", DGM_PROPN, "NNP", 1, DGM_REL_NMOD, 1, DGM_REL_NMOD },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "town", DGM_NOUN, "NN", 3, DGM_REL_APPOS, 3, DGM_REL_APPOS },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    static const tree_word name[] = {
        { "Said", DGM_VERB, "VBD", 7, DGM_REL_CCOMP, 7, DGM_REL_CCOMP },
        { "Musa", DGM_PROPN, "NNP", 1, DGM_REL_NSUBJ, 1, DGM_REL_NSUBJ },
        { ",", DGM_PUNCT, ",", 5, DGM_REL_PUNCTREL, 5, DGM_REL_PUNCTREL },
        { "a", DGM_DET, "DT", 5, DGM_REL_DETREL, 5, DGM_REL_DETREL },
        { "witness", DGM_NOUN, "NN", 2, DGM_REL_APPOS, 2, DGM_REL_APPOS },
        { ",", DGM_PUNCT, ",", 1, DGM_REL_PUNCTREL, 1, DGM_REL_PUNCTREL },
        { "said", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
    };
    check(rows);
    check(capital);
    check(name);
}

static void what_a_crowd_in_a_town_was_told_lacks_nothing(void **state)
{
    (void)state;
    static const tree_word rows[] = {
        { "He", DGM_PRON, "PRP", 2, DGM_REL_NSUBJ, 2, DGM_REL_NSUBJ },
        { "told", DGM_VERB, "VBD", 0, DGM_REL_ROOT, 0, DGM_REL_ROOT },
        { "crowds", DGM_NOUN, "NNS", 2, DGM_REL_IOBJ, 2, DGM_REL_IOBJ },
        { "in", DGM_ADP, "IN", 5, DGM_REL_CASE, 5, DGM_REL_CASE },
        { "Goma", DGM_PROPN, "NNP", 3, DGM_REL_NMOD, 3, DGM_REL_NMOD },
        { "that", DGM_PRON, "WDT", 8, DGM_REL_OBJ, 8, DGM_REL_MARK },
        { "gunmen", DGM_NOUN, "NNS", 8, DGM_REL_NSUBJ, 8, DGM_REL_NSUBJ },
        { "hit", DGM_VERB, "VBD", 5, DGM_REL_ACL_RELCL, 2, DGM_REL_CCOMP },
        { "banks", DGM_NOUN, "NNS", 8, DGM_REL_OBJ, 8, DGM_REL_OBJ },
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_hangs_on_the_verb_of_speech_after_it),
        cmocka_unit_test(who_is_warned_is_spoken_to_and_what_is_said_hangs_on_the_verb),
        cmocka_unit_test(what_is_dismissed_stands_behind_as_where_nothing_else_is),
        cmocka_unit_test(a_verb_without_its_object_behind_a_noun_has_that_for_it),
        cmocka_unit_test(a_noun_before_that_is_the_subject_of_the_clause_that_has_none),
        cmocka_unit_test(a_verb_of_speech_amid_what_is_said_hangs_on_it),
        cmocka_unit_test(a_whole_clause_behind_who_was_told_is_what_he_was_told),
        cmocka_unit_test(a_whole_clause_behind_the_author_of_a_claim_is_what_it_says),
        cmocka_unit_test(a_clause_behind_what_is_said_of_a_listener_is_what_he_was_told),
        cmocka_unit_test(what_a_noun_asks_for_is_below_it),
        cmocka_unit_test(what_is_denied_behind_a_comma_is_no_second_subject_and_no_verb),
        cmocka_unit_test(a_whole_clause_behind_where_it_was_conceded_is_what_was_conceded),
        cmocka_unit_test(a_clause_behind_an_aside_between_commas_is_what_was_said),
        cmocka_unit_test(who_stands_between_commas_before_a_verb_without_subject_speaks),
        cmocka_unit_test(what_a_crowd_in_a_town_was_told_lacks_nothing),
        cmocka_unit_test(who_is_urged_to_do_something_is_spoken_to),
        cmocka_unit_test(counted_people_who_are_urged_are_spoken_to),
        cmocka_unit_test(it_is_somebody_before_a_verb_that_somebody_does),
        cmocka_unit_test(who_says_a_headline_is_not_its_subject),
    };
    return cmocka_run_group_tests(tests, load_verbs, free_verbs);
}
