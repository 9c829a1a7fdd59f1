/* "The former", "the latter": the first and the second of the two that the words before join ("Mali
 * and Niger") or that one clause speaks of ("Chad met Sudan"). Of more than two, nobody. */
#include "actors/kinds.h"

#include <string.h>

/* The only entity of a mention that may be one of the two; DGM_NONE. */
static uint32_t entity_of(reading *r, uint32_t i_sentence, uint32_t word)
{
    const dgm_word *w = &r->doc->sentences.at[i_sentence].words[word];
    if (i_sentence == r->i_sentence)
        (void)entity_at(r, word);
    const dgm_mention *m = w->mention == DGM_NONE ? NULL : &r->doc->mentions.at[w->mention];
    if (!m || m->n_entities != 1 || m->pronoun || w->deprel == DGM_REL_NMOD_POSS)
        return DGM_NONE;
    uint32_t e = r->doc->mention_entities.at[m->entities];
    return r->doc->entities.at[e].kind == DGM_ENTITY_PLACE ? DGM_NONE : e;
}

/* The word that "and" joins to this one, if it is the only one; 0. */
static uint32_t joined_to(const dgm_sentence *s, uint32_t word)
{
    uint32_t found = 0;
    DGM_EACH_CHILD(s->tree, word, w)
    if (s->words[w].deprel == DGM_REL_CONJ && s->words[w].upos != DGM_VERB) {
        if (found)
            return 0;
        found = w;
    }
    return found;
}

/* A sentence without end is not searched from its beginning. */
static uint32_t first_near(uint32_t end)
{
    enum { NEAR = 100 };
    return end > NEAR ? end - NEAR : 1;
}

/* The last two before word `end` that "and" joins. */
static bool two_joined(reading *r, uint32_t i_sentence, uint32_t end, uint32_t two[2])
{
    const dgm_sentence *s = &r->doc->sentences.at[i_sentence];
    for (uint32_t w = end; w > first_near(end); w--) {
        uint32_t second = joined_to(s, w - 1);
        if (!second || second >= end || actors_is_one_of_two(s, w - 1))
            continue;
        two[0] = entity_of(r, i_sentence, w - 1);
        two[1] = entity_of(r, i_sentence, second);
        if (two[0] != DGM_NONE && two[1] != DGM_NONE && two[0] != two[1])
            return true;
    }
    return false;
}

/* The two whom the words before `end` speak of, and nobody else. */
static bool two_named(reading *r, uint32_t i_sentence, uint32_t end, uint32_t two[2])
{
    const dgm_sentence *s = &r->doc->sentences.at[i_sentence];
    uint32_t n = 0;
    for (uint32_t w = first_near(end); w < end; w++) {
        uint32_t e = actors_is_one_of_two(s, w) ? DGM_NONE : entity_of(r, i_sentence, w);
        if (e == DGM_NONE || (n > 0 && two[0] == e) || (n > 1 && two[1] == e))
            continue;
        if (n == 2)
            return false;
        two[n++] = e;
    }
    return n == 2;
}

bool actors_resolve_one_of_two(reading *r, uint32_t i)
{
    uint32_t head = r->phrases[i].head, two[2];
    if (!actors_is_one_of_two(r->s, head))
        return false;
    bool found = two_joined(r, r->i_sentence, head, two) || two_named(r, r->i_sentence, head, two);
    uint32_t before = r->i_sentence - 1;
    if (!found && r->i_sentence > 0) {
        uint32_t end = r->doc->sentences.at[before].n_words + 1;
        found = two_joined(r, before, end, two) || two_named(r, before, end, two);
    }
    bool first = dgm_function_is(r->s->tree, head, DGM_FN_FIRST_OF_TWO);
    set_entity(r, i, found ? two[first ? 0 : 1] : DGM_NONE, DGM_VIA_COREF);
    return true;
}
