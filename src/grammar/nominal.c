/* Nouns: conjuncts, what prepositions govern, whose a noun is. */
#include "grammar/knowledge.h"

#include <string.h>

enum { MAX_CLIMB = 10, MAX_QUESTIONS = 6 };

/* ---- lists of words ------------------------------------------------------------------------- */

void dgm_add_word(dgm_words *out, uint32_t word)
{
    for (uint32_t i = 0; i < out->n; i++)
        if (out->at[i] == word)
            return;
    if (word != 0 && out->n < DGM_MAX_SLOT_WORDS)
        out->at[out->n++] = word;
}

static const dgm_entity *state_at(const dgm_tree *t, uint32_t word)
{
    uint32_t mention = t->s->words[word].mention;
    const dgm_mention *m = mention == DGM_NONE ? NULL : &t->doc->mentions.at[mention];
    const dgm_entity *e = m && m->n_entities == 1
                              ? &t->doc->entities.at[t->doc->mention_entities.at[m->entities]]
                              : NULL;
    return e && e->kind == DGM_ENTITY_COUNTRY ? e : NULL;
}

/* "The United States, Russia and Ukraine": no state is another's apposition, they are a list. */
static bool is_listed(const dgm_tree *t, uint32_t head, uint32_t word)
{
    if (t->s->words[word].deprel != DGM_REL_APPOS || t->s->words[word].upos != DGM_PROPN)
        return false;
    const dgm_entity *a = state_at(t, head), *b = state_at(t, word);
    return a && b && a != b && strcmp(a->country, b->country) != 0;
}

/* A word with its conjuncts; "a series of attacks" stands for the attacks. */
void dgm_add_nominal(const dgm_tree *t, uint32_t word, dgm_words *out)
{
    uint32_t from = out->n;
    dgm_add_word(out, word);
    for (uint32_t i = from; i < out->n; i++) {
        uint32_t at = out->at[i];
        DGM_EACH_CHILD(t, at, w)
        if (t->s->words[w].deprel == DGM_REL_CONJ || is_listed(t, at, w))
            dgm_add_word(out, w);
        if (!dgm_has_class(t, at, DGM_CLASS_QUANTITY) || t->s->words[at].mention != DGM_NONE)
            continue;
        DGM_EACH_CHILD(t, at, w)
        if (t->s->words[w].deprel == DGM_REL_NMOD && dgm_has_function(t, w, DGM_FN_PART_OF))
            dgm_add_word(out, w);
    }
}

/* ---- children of a noun -----------------------------------------------------------------------
 */

void dgm_add_by_case(const dgm_tree *t, uint32_t word, dgm_view preposition, dgm_words *out)
{
    DGM_EACH_CHILD(t, word, w)
    {
        switch (t->s->words[w].deprel) {
        case DGM_REL_OBL:
        case DGM_REL_OBL_AGENT:
        case DGM_REL_NMOD:
        case DGM_REL_ADVCL:
        case DGM_REL_ACL:
        case DGM_REL_XCOMP:
        case DGM_REL_CCOMP:
            if (dgm_has_preposition(t, w, preposition))
                dgm_add_nominal(t, w, out);
            break;
        default:
            break;
        }
    }
}

void dgm_add_children(const dgm_tree *t, uint32_t word, dgm_deprel a, dgm_deprel b, dgm_words *out)
{
    DGM_EACH_CHILD(t, word, w)
    if (t->s->words[w].deprel == a || t->s->words[w].deprel == b)
        dgm_add_nominal(t, w, out);
}

void dgm_add_adjectives(const dgm_tree *t, uint32_t word, dgm_words *out)
{
    DGM_EACH_CHILD(t, word, w)
    switch (t->s->words[w].deprel) {
    case DGM_REL_AMOD:
    case DGM_REL_COMPOUND:
    case DGM_REL_NMOD:
    case DGM_REL_NMOD_DESC:
    case DGM_REL_NMOD_UNMARKED:
        if (w < word && dgm_heads_somebody(t, w))
            dgm_add_word(out, w);
        break;
    default:
        break;
    }
}

/* The verb that a noun fills out: "launched an attack", "an attack was carried out". */
uint32_t dgm_verb_over(const dgm_tree *t, uint32_t noun, uint32_t class_id, dgm_deprel *how)
{
    const dgm_word *it = &t->s->words[noun];
    for (uint32_t climb = 0; climb < MAX_CLIMB && it->deprel == DGM_REL_CONJ; climb++)
        it = &t->s->words[it->head];
    *how = it->deprel;
    if (it->head != 0 && it->head <= t->s->n_words && dgm_has_class(t, it->head, class_id))
        return it->head;
    DGM_EACH_CHILD(t, noun, w) /* "attacks carried out by", "talks that they held" */
    if (!dgm_has_to(t, w) &&
        (t->s->words[w].deprel == DGM_REL_ACL || t->s->words[w].deprel == DGM_REL_ACL_RELCL) &&
        dgm_has_class(t, w, class_id)) {
        *how = DGM_REL_ACL;
        return w;
    }
    return 0;
}

void dgm_add_light_subject(const dgm_tree *t, uint32_t noun, dgm_words *out)
{
    dgm_deprel how;
    uint32_t verb = dgm_verb_over(t, noun, DGM_CLASS_LIGHT, &how);
    if (verb && (how == DGM_REL_OBJ || how == DGM_REL_NSUBJ_PASS || how == DGM_REL_ACL ||
                 (how == DGM_REL_OBL && dgm_has_function(t, noun, DGM_FN_IN))))
        dgm_add_subject(t, verb, out);
    dgm_words self = { .n = 0 };
    for (uint32_t i = 0; i < out->n; i++)
        if (out->at[i] != noun)
            self.at[self.n++] = out->at[i];
    *out = self;
}

void dgm_add_undergoer(const dgm_tree *t, uint32_t noun, dgm_words *out)
{
    dgm_deprel how;
    uint32_t verb = dgm_verb_over(t, noun, DGM_CLASS_UNDERGO, &how);
    if (dgm_has_function(t, noun, DGM_FN_UNDER) && dgm_child_of(t, noun, DGM_REL_NSUBJ))
        dgm_add_nominal(t, dgm_best_child(t, noun, DGM_REL_NSUBJ), out);
    if (!verb)
        return;
    if (how == DGM_REL_OBJ || how == DGM_REL_OBL)
        dgm_add_subject(t, verb, out);
    else if (how == DGM_REL_NSUBJ)
        dgm_add_object(t, verb, out);
}

bool dgm_of_names_sufferer(const dgm_tree *t, uint32_t noun)
{
    return dgm_map_get(t->grammar->sufferers, t->lemmas[noun]) != DGM_NONE;
}

/* Whose a noun is: "Turkey's decision", "the Turkish decision", "the decision of Turkey". */
void dgm_add_owner(const dgm_tree *t, uint32_t noun, dgm_words *out)
{
    if (*t->depth >= MAX_QUESTIONS)
        return;
    ++*t->depth;
    dgm_add_children(t, noun, DGM_REL_NMOD_POSS, DGM_REL_NMOD_POSS, out);
    if (out->n == 0)
        dgm_add_light_subject(t, noun, out);
    if (out->n == 0)
        dgm_add_by_case(t, noun, DGM_VIEW("by"), out);
    if (out->n == 0)
        dgm_add_adjectives(t, noun, out);
    if (out->n == 0 && !dgm_of_names_sufferer(t, noun))
        dgm_add_by_case(t, noun, DGM_VIEW("of"), out);
    if (out->n == 0 &&
        (t->s->words[noun].deprel == DGM_REL_OBJ || t->s->words[noun].deprel == DGM_REL_NSUBJ_PASS))
        dgm_add_subject(t, t->s->words[noun].head, out);
    --*t->depth;
}
