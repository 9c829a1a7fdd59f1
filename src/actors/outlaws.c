/* Outlaws of no group: hackers, gunmen, abductors. Whom they harm does not say whose they are;
 * where they act may. */
#include "actors/kinds.h"

#include <string.h>

bool actors_is_harmer_of(const reading *r, const phrase *p)
{
    return p->possessor && p->head && lemma_of(r->lex, &r->s->words[p->head], WORDS_HARMER);
}

void actors_country_of_harmer(reading *r, const phrase *p, char out[4])
{
    uint32_t victim = entity_at(r, p->possessor);
    for (uint32_t k = r->first_mention; k > 0 && victim != DGM_NONE; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > MAX_BACK)
            return;
        if (m->n_entities != 1 || r->doc->mention_entities.at[m->entities] != victim)
            continue;
        const char *place = actors_place_told_in(r, m->span.sentence);
        if (place)
            memcpy(out, place, 4);
        return;
    }
}

bool actors_acts_from_afar(const reading *r, const phrase *p)
{
    const dgm_word *words = r->s->words;
    return p->head && (lemma_of(r->lex, &words[p->head], WORDS_REMOTE) ||
                       (p->role_first && lemma_of(r->lex, &words[p->role_first], WORDS_REMOTE)));
}

/* Outlaws of no group: gunmen, attackers, bandits, hackers. */
static bool is_bare_outlaw(const reading *r, const phrase *p)
{
    return p->kind == PHRASE_ROLE && !p->modifier_org && p->head &&
           !lemma_of(r->lex, &r->s->words[p->head], WORDS_HELD) &&
           (strcmp(p->sector, "UAF") == 0 || strcmp(p->sector, "CRM") == 0);
}

/* The state that the words of the phrase name: "three Peruvian policemen", "Estonia's parliament",
 * "the consulate of Peru"; NULL: none. */
static const char *named_state(const reading *r, const phrase *q)
{
    if (q->kind == PHRASE_NONE || q->kind == PHRASE_REGION || q->kind == PHRASE_CAPITAL)
        return NULL;
    uint32_t owner = q->possessor ? q->possessor : q->principal;
    uint32_t i = owner ? r->of_word[owner] : DGM_NONE;
    const char *country = q->n_countries > 0 ? q->countries[0]
                          : i != DGM_NONE && r->phrases[i].kind == PHRASE_COUNTRY
                              ? r->phrases[i].countries[0]
                              : NULL;
    return country && dgm_is_state_code(country) ? country : NULL;
}

/* Whether the word suffers or receives what is done at the verb. */
static bool is_acted_on(const dgm_sentence *s, uint32_t word, uint32_t verb)
{
    uint32_t up = s->words[word].head;
    dgm_deprel rel = s->words[word].deprel;
    bool here =
        up == verb || (up && s->words[up].head == verb && s->words[up].deprel == DGM_REL_CONJ);
    return here && (rel == DGM_REL_OBJ || rel == DGM_REL_IOBJ || rel == DGM_REL_OBL ||
                    rel == DGM_REL_NSUBJ_PASS);
}

/* The state of those whom the phrase acts on: "Gunmen shot three Peruvian policemen"; NULL: nobody,
 * or nobody's. */
static const char *state_of_victims(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    dgm_deprel rel = s->words[p->head].deprel;
    if (rel != DGM_REL_NSUBJ && rel != DGM_REL_OBL && rel != DGM_REL_OBL_AGENT)
        return NULL;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        bool other = q->head != p->head && !(q->kind == PHRASE_COUNTRY && q->locative);
        const char *state =
            other && is_acted_on(s, q->head, s->words[p->head].head) ? named_state(r, q) : NULL;
        if (state)
            return state;
    }
    return NULL;
}

bool actors_is_anybodys(const reading *r, const phrase *p, const char *guess)
{
    if (!is_bare_outlaw(r, p))
        return false;
    if (!guess[0] && actors_acts_from_afar(r, p))
        return true;
    const char *state = state_of_victims(r, p);
    return state && (!guess[0] || strcmp(state, guess) == 0) && !actors_is_told_there(r, p, state);
}
