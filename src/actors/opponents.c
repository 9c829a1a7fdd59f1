/* Whose a role cannot be: those whom it acts on, who act on it, or whose strike it suffers. */
#include "actors/kinds.h"

#include <string.h>

/* "Signed a deal with China", "lodged a protest against China": China is dealt with. */
static bool is_dealt_with(const dgm_sentence *s, uint32_t word, uint32_t verb)
{
    uint32_t c = preposition_of(s, word), noun = s->words[word].head;
    return c && s->words[word].deprel == DGM_REL_NMOD && s->words[noun].head == verb &&
           s->words[noun].deprel == DGM_REL_OBJ && dgm_function_is(s->tree, c, DGM_FN_OTHER_SIDE) &&
           !dgm_function_is(s->tree, c, DGM_FN_PLACE);
}

/* "Summoned the Chinese ambassador": whoever does so is of another state, unless it is to give or
 * to end an office. */
static bool is_envoy_of(const reading *r, const phrase *q, const char *country)
{
    const dgm_sentence *s = r->s;
    const dgm_word *word = &s->words[q->head], *verb = &s->words[word->head];
    return word->deprel == DGM_REL_OBJ && q->n_countries == 1 &&
           strcmp(q->countries[0], country) == 0 && lemma_of(r->lex, word, WORDS_DIPLOMAT) &&
           !lemma_of(r->lex, verb, WORDS_SERVING);
}

bool actors_acts_on(const reading *r, const phrase *p, const char *country)
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (s->words[p->head].deprel != DGM_REL_NSUBJ)
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        dgm_deprel rel = s->words[q->head].deprel;
        bool argument = (s->words[q->head].head == verb &&
                         (rel == DGM_REL_OBJ || (rel == DGM_REL_OBL && !q->locative))) ||
                        is_dealt_with(s, q->head, verb);
        if (argument && (q->kind == PHRASE_COUNTRY || q->kind == PHRASE_CAPITAL) &&
            strcmp(q->name->country, country) == 0)
            return true;
        if (argument && is_envoy_of(r, q, country))
            return true;
    }
    return false;
}

/* Whether the phrase is the object of what that very country does: "France urged the army". */
static bool is_done_by(const reading *r, const phrase *p, const char *country)
{
    const dgm_sentence *s = r->s;
    for (uint32_t up = s->words[p->head].head, k = 0; up && k < 4; up = s->words[up].head, k++) {
        uint32_t subject = dgm_subject_of(s->tree, up, DGM_NEAREST);
        uint32_t j = subject && subject < p->head ? r->of_word[subject] : DGM_NONE;
        if (j == DGM_NONE)
            continue;
        const dgm_mention *m = mention_of(r, j);
        uint32_t e = first_entity_of(r, m);
        const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
        return who && (who->kind == DGM_ENTITY_COUNTRY || who->kind == DGM_ENTITY_GOVERNMENT) &&
               strcmp(who->country, country) == 0;
    }
    return false;
}

bool actors_is_opposed(const reading *r, const phrase *p, const char *country)
{
    return actors_acts_on(r, p, country) || is_done_by(r, p, country);
}

static bool is_deed(const reading *r, uint32_t word)
{
    return lemma_of(r->lex, &r->s->words[word], WORDS_STRIKING);
}

const char *actors_state_before(const reading *r, uint32_t word)
{
    DGM_EACH_CHILD(r->s->tree, word, w)
    {
        dgm_deprel rel = r->s->words[w].deprel;
        uint32_t j = r->of_word[w];
        bool owner = rel == DGM_REL_AMOD || rel == DGM_REL_COMPOUND || rel == DGM_REL_NMOD_POSS;
        if (w < word && owner && j != DGM_NONE && r->phrases[j].kind == PHRASE_COUNTRY)
            return r->phrases[j].name->country;
    }
    return NULL;
}

/* "Israeli" of "Israeli strikes": the state before a deed of force. NULL: there is none. */
static const char *state_before_deed(const reading *r, uint32_t word)
{
    bool deed = r->of_word[word] == DGM_NONE && is_deed(r, word);
    return deed ? actors_state_before(r, word) : NULL;
}

const char *actors_striker_of(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    for (uint32_t up = s->words[p->head].head, k = 0; up && k < 4; up = s->words[up].head, k++) {
        const char *state = state_before_deed(r, up);
        DGM_EACH_CHILD(s->tree, up, w)
        {
            dgm_deprel rel = s->words[w].deprel;
            bool behind = rel == DGM_REL_OBL || rel == DGM_REL_OBL_AGENT;
            if (!state && (rel == DGM_REL_NSUBJ || (behind && dgm_is_passive(s->tree, up))))
                state = state_before_deed(r, w);
        }
        if (state || dgm_is_clause(s->words[up].deprel))
            return state;
    }
    return NULL;
}

/* Whether the state's force acts in the sentence: "the United States Navy strikes", "carried out by
 * the U.S. Navy". */
static bool is_force_acting(const reading *r, const char *country)
{
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        dgm_deprel rel = r->s->words[q->head].deprel;
        if ((rel == DGM_REL_NSUBJ || rel == DGM_REL_OBL_AGENT) && strcmp(q->sector, "MIL") == 0 &&
            q->n_countries == 1 && strcmp(q->countries[0], country) == 0)
            return true;
    }
    return false;
}

bool actors_is_struck_at_sea(const reading *r, const phrase *p, const char *country)
{
    if (strcmp(p->sector, "CVL") != 0 || !is_force_acting(r, country))
        return false;
    for (uint32_t w = 1; w <= r->s->n_words; w++) {
        dgm_deprel rel = r->s->words[w].deprel;
        bool struck = rel == DGM_REL_OBJ || rel == DGM_REL_OBL || rel == DGM_REL_NMOD;
        if (struck && lemma_of(r->lex, &r->s->words[w], WORDS_VESSEL))
            return true;
    }
    return false;
}
