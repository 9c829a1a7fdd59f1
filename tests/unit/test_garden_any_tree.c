/* Whatever the parser makes of a sentence. */
#include "garden.h"

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
    { "would", DGM_AUX, "MD", { DGM_REL_AUXREL, DGM_REL_AUXREL, DGM_REL_MARK } },
    { "provided", DGM_VERB, "VBN", { DGM_REL_ACL, DGM_REL_AMOD, DGM_REL_XCOMP } },
    { "nurses", DGM_NOUN, "NNS", { DGM_REL_OBJ, DGM_REL_NSUBJ, DGM_REL_COMPOUND } },
    { "took", DGM_VERB, "VBD", { DGM_REL_ACL, DGM_REL_CONJ, DGM_REL_CCOMP } },
    { "sailor", DGM_NOUN, "NN", { DGM_REL_COMPOUND, DGM_REL_OBJ, DGM_REL_NSUBJ } },
    { "prisoner", DGM_NOUN, "NN", { DGM_REL_OBJ, DGM_REL_XCOMP, DGM_REL_NSUBJ } },
    { "summoned", DGM_VERB, "VBD", { DGM_REL_CONJ, DGM_REL_CCOMP, DGM_REL_ACL } },
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
        cmocka_unit_test(whatever_is_mended_stays_a_tree_with_one_root),
    };
    return cmocka_run_group_tests(tests, load_verbs, free_verbs);
}
