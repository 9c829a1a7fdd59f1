/* Single words: their classes (words.h), pronouns, closed lists. */
#include "actors/phrase.h"

bool form_in(const dgm_word *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dgm_view_eq_nocase(word->form, dgm_view_of(list[i])))
            return true;
    return false;
}

bool form_is(const dgm_word *word, const char *form)
{
    return dgm_view_eq_nocase(word->form, dgm_view_of(form));
}

pronoun pronoun_of(const dgm_word *word)
{
    static const struct {
        const char *form;
        pronoun kind;
    } list[] = {
        { "he", P_HE },         { "him", P_HE },
        { "his", P_HE },        { "himself", P_HE },
        { "she", P_SHE },       { "her", P_SHE },
        { "hers", P_SHE },      { "herself", P_SHE },
        { "it", P_IT },         { "its", P_IT },
        { "itself", P_IT },     { "they", P_THEY },
        { "them", P_THEY },     { "their", P_THEY },
        { "theirs", P_THEY },   { "themselves", P_THEY },
        { "i", P_I },           { "me", P_I },
        { "my", P_I },          { "we", P_WE },
        { "us", P_WE },         { "our", P_WE },
        { "ours", P_WE },       { "who", P_RELATIVE },
        { "whom", P_RELATIVE }, { "which", P_RELATIVE },
        { "that", P_RELATIVE }, { "whose", P_RELATIVE },
    };
    char buf[12];
    size_t n = 0;
    for (size_t i = 0; i < word->form.n && n < sizeof buf; i++)
        if (word->form.p[i] != '[' && word->form.p[i] != ']')
            buf[n++] = word->form.p[i];
    dgm_view plain = { buf, n };
    for (size_t i = 0; i < DGM_LEN(list); i++)
        if (dgm_view_eq_nocase(plain, dgm_view_of(list[i].form)))
            return list[i].kind;
    return P_NONE;
}

bool is_both(const dgm_sentence *s, uint32_t word)
{
    const dgm_word *it = &s->words[word];
    bool argument = it->deprel == DGM_REL_NSUBJ || it->deprel == DGM_REL_NSUBJ_PASS ||
                    it->deprel == DGM_REL_OBJ || it->deprel == DGM_REL_OBL;
    return argument && dgm_function_is(s->tree, word, DGM_FN_BOTH) &&
           !dgm_child_of(s->tree, word, DGM_REL_NMOD);
}

bool actors_is_one_of_two(const dgm_sentence *s, uint32_t word)
{
    const dgm_word *it = &s->words[word];
    bool either = dgm_function_is(s->tree, word, DGM_FN_FIRST_OF_TWO) ||
                  dgm_function_is(s->tree, word, DGM_FN_LAST_OF_TWO);
    uint32_t det = either ? dgm_child_of(s->tree, word, DGM_REL_DETREL) : 0;
    return det && it->deprel != DGM_REL_AMOD && dgm_function_is(s->tree, det, DGM_FN_THE);
}

uint32_t preposition_of(const dgm_sentence *s, uint32_t word)
{
    return dgm_child_of(s->tree, word, DGM_REL_CASE);
}
