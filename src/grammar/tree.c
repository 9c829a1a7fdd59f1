/* Single words of a tree: children, marks, conjuncts, voice, tense, mood. Every walk up is bounded
 * by MAX_CLIMB, so that broken trees end too. */
#include "grammar/knowledge.h"

#include <string.h>

enum { MAX_CLIMB = 10 };

bool dgm_is_under(const dgm_tree *t, uint32_t ancestor, uint32_t word)
{
    uint32_t n = t->s->n_words;
    return word == ancestor || (word <= n && ancestor <= n &&
                                t->place[word] - t->place[ancestor] < t->n_under[ancestor]);
}

void dgm_branch_of(const dgm_tree *t, uint32_t word, uint32_t *first, uint32_t *last)
{
    uint32_t begin = word, end = word;
    while (begin > 1 && dgm_is_under(t, word, begin - 1))
        begin--;
    while (end < t->s->n_words && dgm_is_under(t, word, end + 1))
        end++;
    *first = begin;
    *last = end;
}

/* The first child with one of several relations. */
static uint32_t child_of_any(const dgm_tree *t, uint32_t head, dgm_deprel a, dgm_deprel b,
                             dgm_deprel c)
{
    DGM_EACH_CHILD(t, head, w)
    if (t->s->words[w].deprel == a || t->s->words[w].deprel == b || t->s->words[w].deprel == c)
        return w;
    return 0;
}

bool dgm_heads_somebody(const dgm_tree *t, uint32_t word)
{
    uint32_t mention = t->s->words[word].mention;
    return mention != DGM_NONE && t->doc->mentions.at[mention].n_entities > 0;
}

/* The first child of that relation that names somebody; failing that, the first. */
uint32_t dgm_best_child(const dgm_tree *t, uint32_t head, dgm_deprel deprel)
{
    uint32_t first = 0;
    DGM_EACH_CHILD(t, head, w)
    {
        if (t->s->words[w].deprel != deprel)
            continue;
        if (t->s->words[w].mention != DGM_NONE)
            return w;
        first = first ? first : w;
    }
    return first;
}

static bool does(const dgm_tree *t, dgm_view word, dgm_function function)
{
    uint32_t i = dgm_map_get(t->grammar->function_of, word);
    return i != DGM_NONE &&
           (t->grammar->functions.at[i].bits[function / 64] >> function % 64 & 1) != 0;
}

bool dgm_function_is(const dgm_tree *t, uint32_t word, dgm_function function)
{
    return does(t, t->forms[word], function);
}

bool dgm_lemma_function_is(const dgm_tree *t, uint32_t word, dgm_function function)
{
    return does(t, t->lemmas[word], function);
}

bool dgm_has_function(const dgm_tree *t, uint32_t word, dgm_function function)
{
    DGM_EACH_CHILD(t, word, w)
    {
        const dgm_word *it = &t->s->words[w];
        if ((it->deprel == DGM_REL_CASE || (it->deprel == DGM_REL_MARK && it->upos != DGM_PART)) &&
            does(t, t->lemmas[w], function))
            return true;
    }
    return false;
}

bool dgm_is_subject(dgm_deprel deprel)
{
    return deprel == DGM_REL_NSUBJ || deprel == DGM_REL_NSUBJ_PASS || deprel == DGM_REL_NSUBJ_OUTER;
}

bool dgm_is_past_participle(const dgm_word *word)
{
    return dgm_view_eq(word->xpos, DGM_VIEW("VBN")) ||
           (dgm_has_feat(word, DGM_VIEW("VerbForm=Part")) &&
            dgm_has_feat(word, DGM_VIEW("Tense=Past")));
}

bool dgm_is_gerund(const dgm_word *word)
{
    return dgm_view_eq(word->xpos, DGM_VIEW("VBG")) || dgm_has_feat(word, DGM_VIEW("VerbForm=Ger"));
}

bool dgm_is_relative_pronoun(const dgm_tree *t, uint32_t word)
{
    return dgm_lemma_function_is(t, word, DGM_FN_RELATIVE);
}

bool dgm_has_preposition(const dgm_tree *t, uint32_t word, dgm_view preposition)
{
    DGM_EACH_CHILD(t, word, w)
    {
        const dgm_word *it = &t->s->words[w];
        if ((it->deprel == DGM_REL_CASE || (it->deprel == DGM_REL_MARK && it->upos != DGM_PART)) &&
            dgm_view_eq(t->lemmas[w], preposition))
            return true;
    }
    return false;
}

uint32_t dgm_marker_of(const dgm_tree *t, uint32_t word)
{
    return child_of_any(t, word, DGM_REL_MARK, DGM_REL_CASE, DGM_REL_CASE);
}

bool dgm_has_to(const dgm_tree *t, uint32_t word)
{
    DGM_EACH_CHILD(t, word, w)
    if (t->s->words[w].deprel == DGM_REL_MARK && dgm_lemma_function_is(t, w, DGM_FN_TO))
        return true;
    return false;
}

/* "The villagers complained of beatings" is no passive, whatever its subject was called: outside
 * headlines a passive has its auxiliary, and these have a complement of their own. */
static bool takes_no_object(const dgm_tree *t, uint32_t word)
{
    return t->s->words[word].deprel == DGM_REL_ROOT &&
           (dgm_child_of(t, word, DGM_REL_OBL) || dgm_child_of(t, word, DGM_REL_CCOMP) ||
            dgm_child_of(t, word, DGM_REL_XCOMP) || dgm_child_of(t, word, DGM_REL_OBJ));
}

/* "The king had the envoy expelled." */
static bool is_had_done(const dgm_tree *t, uint32_t participle)
{
    const dgm_word *it = &t->s->words[participle];
    return it->deprel == DGM_REL_XCOMP && dgm_lemma_function_is(t, it->head, DGM_FN_HAVE) &&
           dgm_child_of(t, it->head, DGM_REL_OBJ) && !dgm_child_of(t, participle, DGM_REL_OBJ);
}

bool dgm_is_mutual(const dgm_tree *t, uint32_t verb)
{
    DGM_EACH_CHILD(t, verb, w)
    {
        dgm_deprel rel = t->s->words[w].deprel;
        if (rel != DGM_REL_OBJ && rel != DGM_REL_IOBJ && rel != DGM_REL_OBL)
            continue;
        uint32_t first = dgm_function_is(t, w, DGM_FN_OTHER) ? w - 1 : w;
        if (first > verb && first < t->s->n_words && dgm_function_is(t, first, DGM_FN_MUTUAL) &&
            dgm_function_is(t, first + 1, DGM_FN_OTHER))
            return true;
    }
    return false;
}

bool dgm_is_passive(const dgm_tree *t, uint32_t word)
{
    for (uint32_t climb = 0; climb < MAX_CLIMB; climb++) {
        const dgm_word *it = &t->s->words[word];
        /* A finite past ("resigned") is active, whatever its subject was called. */
        bool finite = dgm_view_eq(it->xpos, DGM_VIEW("VBD"));
        if (dgm_child_of(t, word, DGM_REL_AUX_PASS) || dgm_child_of(t, word, DGM_REL_OBL_AGENT))
            return true;
        if (dgm_child_of(t, word, DGM_REL_NSUBJ_PASS))
            return !finite && (t->s->headline || dgm_child_of(t, word, DGM_REL_AUXREL) ||
                               !takes_no_object(t, word));
        if (!dgm_is_past_participle(it) || dgm_child_of(t, word, DGM_REL_NSUBJ) ||
            dgm_child_of(t, word, DGM_REL_AUXREL))
            return false;
        if (it->deprel == DGM_REL_ACL || it->deprel == DGM_REL_AMOD ||
            (it->deprel == DGM_REL_ADVCL && !dgm_child_of(t, word, DGM_REL_OBJ)) ||
            is_had_done(t, word))
            return true;
        if (it->deprel != DGM_REL_CONJ || dgm_child_of(t, word, DGM_REL_OBJ))
            return false;
        word = it->head;
    }
    return false;
}

static bool is_tagged(const dgm_word *word, const char *xpos)
{
    return dgm_view_eq(word->xpos, dgm_view_of(xpos));
}

bool dgm_is_finite(const dgm_tree *t, uint32_t word)
{
    const dgm_word *it = &t->s->words[word];
    if (is_tagged(it, "VBD") || is_tagged(it, "VBZ") || is_tagged(it, "VBP"))
        return true;
    DGM_EACH_CHILD(t, word, w)
    {
        const dgm_word *aux = &t->s->words[w];
        if ((aux->deprel == DGM_REL_AUXREL || aux->deprel == DGM_REL_AUX_PASS ||
             aux->deprel == DGM_REL_COP) &&
            !is_tagged(aux, "VB") && !is_tagged(aux, "VBG") && !is_tagged(aux, "VBN"))
            return true;
    }
    return false;
}

bool dgm_is_past(const dgm_tree *t, uint32_t word)
{
    if (is_tagged(&t->s->words[word], "VBD"))
        return true;
    DGM_EACH_CHILD(t, word, w)
    if (t->s->words[w].upos == DGM_AUX && is_tagged(&t->s->words[w], "VBD"))
        return true;
    return false;
}

bool dgm_is_present(const dgm_tree *t, uint32_t word)
{
    return dgm_is_finite(t, word) && !dgm_is_past(t, word) && !dgm_is_perfect(t, word);
}

bool dgm_is_perfect(const dgm_tree *t, uint32_t word)
{
    DGM_EACH_CHILD(t, word, w)
    if (t->s->words[w].deprel == DGM_REL_AUXREL && dgm_lemma_function_is(t, w, DGM_FN_HAVE))
        return true;
    return false;
}

bool dgm_is_under_way(const dgm_tree *t, uint32_t verb)
{
    if (!dgm_is_gerund(&t->s->words[verb]))
        return false;
    DGM_EACH_CHILD(t, verb, w)
    if (t->s->words[w].deprel == DGM_REL_AUXREL && dgm_lemma_function_is(t, w, DGM_FN_BE) &&
        dgm_is_finite(t, w))
        return true;
    return false;
}

uint32_t dgm_first_conjunct(const dgm_tree *t, uint32_t word)
{
    const dgm_word *words = t->s->words;
    for (uint32_t n = 0; n < MAX_CLIMB && words[word].deprel == DGM_REL_CONJ && words[word].head;
         n++)
        word = words[word].head;
    return word;
}

/* "Mali", "the army", "it" */
static bool is_third_singular(const dgm_tree *t, uint32_t subject)
{
    const dgm_word *it = &t->s->words[subject];
    return dgm_has_feat(it, DGM_VIEW("Number=Sing")) && !dgm_child_of(t, subject, DGM_REL_CONJ) &&
           (it->upos != DGM_PRON || dgm_has_feat(it, DGM_VIEW("Person=3")));
}

/* What others are asked to do stands bare, whoever they are ("that Mali leave"), and so behind a
 * past ("insisted that they leave"), where a report would have taken its tense. */
bool dgm_is_subjunctive(const dgm_tree *t, uint32_t word)
{
    const dgm_word *it = &t->s->words[word];
    DGM_EACH_CHILD(t, word, w)
    if (t->s->words[w].upos == DGM_AUX)
        return is_tagged(&t->s->words[w], "VB");
    uint32_t subject = dgm_child_of(t, word, DGM_REL_NSUBJ);
    if (!subject || it->upos != DGM_VERB || !dgm_view_eq(t->forms[word], t->lemmas[word]) ||
        (!is_tagged(it, "VB") && !is_tagged(it, "VBP")))
        return false;
    return is_third_singular(t, subject) || (it->head && dgm_is_past(t, it->head));
}
