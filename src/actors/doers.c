/* Who is told to have used force last, and answers for it: "Israeli strikes killed nine people in
 * Gaza. The military denied hitting a school" is Israel's. */
#include "actors/kinds.h"
#include "document/party.h"

#include <string.h>

enum { ANSWERS_WITHIN = 2 }; /* sentences */

/* "Strikes", "drones", "a frigate". */
static bool is_force(const reading *r, uint32_t word)
{
    const dgm_word *w = &r->s->words[word];
    return lemma_of(r->lex, w, WORDS_STRIKING) || lemma_of(r->lex, w, WORDS_WEAPON) ||
           lemma_of(r->lex, w, WORDS_VESSEL);
}

/* The state of those at the word who use force, or whose means do: of its armed forces, or the
 * state itself. */
static const char *state_of_doer(reading *r, uint32_t word)
{
    static const char forces[][4] = { "", "GOV", "MIL", "COP" };
    const char *state = is_force(r, word) ? actors_state_before(r, word) : NULL;
    uint32_t e = state || r->of_word[word] == DGM_NONE ? DGM_NONE : entity_at(r, word);
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    bool stated = who && !who->guessed && who->kind != DGM_ENTITY_PLACE &&
                  dgm_is_state_code(who->country) &&
                  dgm_is_among(who->sector, forces, DGM_LEN(forces));
    return stated ? who->country : state;
}

/* Whether the verb tells of force that somebody uses: "killed", "shelled", "hit". */
static bool is_use_of_force(const reading *r, uint32_t verb)
{
    const dgm_word *w = &r->s->words[verb];
    return w->upos == DGM_VERB &&
           (dgm_has_class(r->s->tree, verb, DGM_CLASS_ATTACK) ||
            dgm_has_class(r->s->tree, verb, DGM_CLASS_STRIKES) ||
            lemma_of(r->lex, w, WORDS_ATTACKING) || lemma_of(r->lex, w, WORDS_HARMING));
}

void actors_note_doer(reading *r)
{
    const char *found = NULL;
    for (uint32_t w = 1; w <= r->s->n_words; w++) {
        const char *state = NULL;
        if (is_use_of_force(r, w) && !dgm_is_passive(r->s->tree, w)) {
            uint32_t subject = dgm_subject_of(r->s->tree, w, DGM_NEAREST);
            state = subject ? state_of_doer(r, subject) : NULL;
        } else if (lemma_of(r->lex, &r->s->words[w], WORDS_STRIKING)) {
            state = actors_state_before(r, w); /* "were killed in Israeli strikes" */
        }
        if (state && found && strcmp(state, found) != 0)
            return; /* two who fight */
        found = state ? state : found;
    }
    if (found) {
        memcpy(r->doer, found, 4);
        r->doer_in = r->i_sentence;
    }
}

/* "Denied hitting a school", "said it was checking the reports", "regretted the deaths". */
static bool answers_for_deed(const reading *r, uint32_t verb)
{
    if (dgm_has_class(r->s->tree, verb, DGM_CLASS_ANSWERS_FOR))
        return true;
    uint32_t said = dgm_has_class(r->s->tree, verb, DGM_CLASS_SAY)
                        ? dgm_child_of(r->s->tree, verb, DGM_REL_CCOMP)
                        : 0;
    uint32_t subject = said ? dgm_subject_of(r->s->tree, said, DGM_NEAREST) : 0;
    return said && dgm_has_class(r->s->tree, said, DGM_CLASS_ANSWERS_FOR) && subject &&
           r->s->words[subject].upos == DGM_PRON;
}

/* "The army rejected Israel's claim": whoever names the state is another one. */
static bool is_named_here(const reading *r, const char *country)
{
    for (uint32_t j = 0; j < r->n_phrases; j++)
        if (r->phrases[j].n_countries > 0 && strcmp(r->phrases[j].countries[0], country) == 0)
            return true;
    return false;
}

bool actors_country_of_doer(const reading *r, const phrase *p, char out[4])
{
    static const char powers[][4] = { "MIL", "GOV" };
    bool bare = p->head && p->definite && !p->plural && !p->place && !p->principal &&
                dgm_is_among(p->sector, powers, DGM_LEN(powers)) && p->kind != PHRASE_PERSON;
    if (!bare || !r->doer[0] || r->doer_in == r->i_sentence ||
        r->i_sentence - r->doer_in > ANSWERS_WITHIN ||
        !dgm_is_subject(r->s->words[p->head].deprel) ||
        !answers_for_deed(r, r->s->words[p->head].head) || is_named_here(r, r->doer))
        return false;
    memcpy(out, r->doer, 4);
    return true;
}
