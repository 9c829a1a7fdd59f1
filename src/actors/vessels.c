/* Ships and aircraft: whose they are their flag says, and whose crew they carry. */
#include "actors/kinds.h"

#include <string.h>

enum { REACH = 4 }; /* sentences back */

static bool is_vessel(const reading *r, const dgm_word *word)
{
    return lemma_of(r->lex, word, WORDS_VESSEL);
}

/* Whether the word says whose the vessel is: "a Maltese tanker", "a tanker from Malta", "flagged in
 * Malta". */
static bool is_flag(const reading *r, const dgm_sentence *s, uint32_t vessel, uint32_t word)
{
    uint32_t up = s->words[word].head;
    dgm_deprel rel = s->words[word].deprel;
    if (up == vessel)
        return rel == DGM_REL_AMOD || rel == DGM_REL_COMPOUND || rel == DGM_REL_NMOD ||
               rel == DGM_REL_NMOD_POSS;
    uint32_t c = preposition_of(s, word);
    if (up == s->words[vessel].head && c == vessel + 1 && word <= vessel + 3)
        return dgm_function_is(s->tree, c, DGM_FN_ORIGIN); /* hung on the verb */
    return up && s->words[up].head == vessel && s->words[up].deprel == DGM_REL_ACL &&
           lemma_of(r->lex, &s->words[up], WORDS_REGISTERED);
}

/* The entity at that word of sentence i, which is read or being read; NULL: nobody. */
static const dgm_entity *entity_in(reading *r, uint32_t i, uint32_t word)
{
    uint32_t k = r->doc->sentences.at[i].words[word].mention;
    if (k == DGM_NONE)
        return NULL;
    if (i == r->i_sentence)
        (void)entity_at(r, word);
    const dgm_mention *m = &r->doc->mentions.at[k];
    uint32_t e = first_entity_of(r, m);
    return e == DGM_NONE ? NULL : &r->doc->entities.at[e];
}

/* "A Chinese trawler" as one of those who act: it is of the country that it is said to be of. */
static bool take_own_country(reading *r, uint32_t i, uint32_t vessel, char out[4])
{
    const dgm_sentence *s = &r->doc->sentences.at[i];
    bool said = false;
    for (uint32_t w = 1; w < vessel && !said; w++)
        said = is_flag(r, s, vessel, w) && s->words[w].mention == DGM_NONE &&
               s->words[w].deprel != DGM_REL_NMOD_POSS;
    const dgm_entity *e = said ? entity_in(r, i, vessel) : NULL;
    if (!e || e->guessed || !dgm_is_state_code(e->country))
        return false;
    memcpy(out, e->country, 4);
    return true;
}

/* The country of the vessel at that word of sentence i, which is read or being read. */
static bool take_flag(reading *r, uint32_t i, uint32_t vessel, char out[4])
{
    const dgm_sentence *s = &r->doc->sentences.at[i];
    for (uint32_t w = 1; w <= s->n_words; w++) {
        if (!is_flag(r, s, vessel, w) || s->words[w].mention == DGM_NONE)
            continue;
        const dgm_entity *flag = entity_in(r, i, w);
        if (!flag || flag->kind != DGM_ENTITY_COUNTRY || !dgm_is_state_code(flag->country))
            continue;
        memcpy(out, flag->country, 4);
        return true;
    }
    return take_own_country(r, i, vessel, out);
}

bool country_of_vessel(reading *r, uint32_t word, char out[4])
{
    char found[4] = "", flag[4];
    for (uint32_t back = 0; back <= DGM_MIN(r->i_sentence, REACH); back++) {
        uint32_t i = r->i_sentence - back;
        const dgm_sentence *s = &r->doc->sentences.at[i];
        for (uint32_t w = back ? s->n_words : word; w >= 1; w--)
            if (is_vessel(r, &s->words[w]) && take_flag(r, i, w, flag)) {
                if (w == word && !back) {
                    memcpy(out, flag, 4);
                    return true;
                }
                if (found[0] && strcmp(found, flag) != 0)
                    return false; /* two ships: which one is not clear */
                memcpy(found, flag, 4);
            }
        if (found[0] && !back) /* "seized a Cuban trawler and arrested its captain" */
            break;
    }
    if (found[0])
        memcpy(out, found, 4);
    return found[0] != 0;
}

bool is_of_vessel(reading *r, const phrase *p, char out[4])
{
    const dgm_word *words = r->s->words;
    bool owned = p->possessor && is_vessel(r, &words[p->possessor]);
    bool its = p->possessor && pronoun_of(&words[p->possessor]) == P_IT;
    bool aboard = lemma_of(r->lex, &words[p->head], WORDS_ABOARD) ||
                  (p->role_first && lemma_of(r->lex, &words[p->role_first], WORDS_ABOARD));
    if (!p->head || p->n_countries > 0 || p->principal ||
        !(owned || (aboard && p->definite && (its || !p->possessor))))
        return false;
    return country_of_vessel(r, owned ? p->possessor : p->head, out);
}

/* The vessel behind the word that is said to be theirs: "the captain and two sailors of a trawler",
 * "arrested a captain and seized his boat"; 0: none. */
static uint32_t vessel_behind(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    bool bare = p->role_first == p->role_last && !p->of_force;
    for (uint32_t w = p->head + 1; w <= s->n_words; w++) {
        if (!is_vessel(r, &s->words[w]))
            continue;
        uint32_t owner = dgm_child_of(s->tree, w, DGM_REL_NMOD_POSS);
        pronoun his = owner ? pronoun_of(&s->words[owner]) : P_NONE;
        if (dgm_is_under(s->tree, p->head, w) || (bare && (his == P_HE || his == P_SHE)))
            return w;
    }
    return 0;
}

bool actors_is_civil_captain(reading *r, const phrase *p, bool of_vessel)
{
    if (!p->head || strcmp(p->sector, "MIL") != 0 ||
        !lemma_of(r->lex, &r->s->words[p->head], WORDS_ABOARD))
        return false;
    uint32_t behind = vessel_behind(r, p);
    const dgm_entity *own = behind ? entity_in(r, r->i_sentence, behind) : NULL;
    if (behind || !of_vessel)
        return behind && (!own || !actors_is_state_force(own->sector));
    for (uint32_t back = 0; back <= DGM_MIN(r->i_sentence, REACH); back++) {
        uint32_t i = r->i_sentence - back;
        const dgm_sentence *s = &r->doc->sentences.at[i];
        for (uint32_t w = back ? s->n_words : p->head; w >= 1; w--) {
            bool ship = is_vessel(r, &s->words[w]) && (back || w != p->head);
            const dgm_entity *e = ship ? entity_in(r, i, w) : NULL;
            if (ship)
                return !e || !actors_is_state_force(e->sector);
        }
    }
    return false;
}
