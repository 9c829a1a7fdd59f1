/* Whose people are dealt with: a state's people turn to their own government, its courts and police
 * deal with their own people, its accusers speak of what was done to their own. */
#include "actors/kinds.h"

#include <string.h>

bool actors_country_of_ruler(const reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (s->words[p->head].deprel != DGM_REL_NSUBJ || !actors_acts_at_home(p))
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        dgm_deprel rel = s->words[q->head].deprel;
        bool addressed = s->words[q->head].head == verb && q->head > verb &&
                         (rel == DGM_REL_OBJ || rel == DGM_REL_IOBJ || rel == DGM_REL_OBL);
        if (addressed && q->kind == PHRASE_PERSON && strcmp(q->sector, "GOV") == 0 && q->name &&
            dgm_is_state_code(q->name->country)) {
            memcpy(out, q->name->country, 4);
            return true;
        }
    }
    return false;
}

/* Who acts in the clause or in one above it, but is not the word; 0: nobody. */
static uint32_t actor_above(const dgm_sentence *s, uint32_t word)
{
    for (uint32_t up = s->words[word].head, k = 0; up && k < MAX_UP; up = s->words[up].head, k++) {
        uint32_t subject = dgm_subject_of(s->tree, up, DGM_NEAREST);
        if (subject && subject < word)
            return dgm_is_under(s->tree, subject, word) ? 0 : subject;
    }
    return 0;
}

/* Who does to the word what its verb says: "X jailed him", "he was jailed by X"; 0: nobody. */
static uint32_t doer_to(const dgm_sentence *s, uint32_t word)
{
    uint32_t verb = s->words[word].head;
    if (verb && s->words[word].deprel == DGM_REL_OBJ)
        return dgm_subject_of(s->tree, verb, DGM_NEAREST);
    if (verb && s->words[word].deprel == DGM_REL_NSUBJ_PASS)
        return dgm_child_of(s->tree, verb, DGM_REL_OBL_AGENT);
    return 0;
}

static const dgm_entity *who_is_at(reading *r, uint32_t word)
{
    uint32_t e = entity_at(r, word);
    return e == DGM_NONE ? NULL : &r->doc->entities.at[e];
}

/* Who is at the word, where the text itself says of which state he is and does not set the phrase
 * in another one; NULL: nobody such. */
static const dgm_entity *authority_at(reading *r, const phrase *p, uint32_t word)
{
    const dgm_entity *who = who_is_at(r, word);
    bool known = who && !who->guessed && dgm_is_state_code(who->country);
    return known && !actors_is_set_abroad(r, p, who->country) ? who : NULL;
}

bool actors_country_of_people(reading *r, const phrase *p, bool stated, char out[4])
{
    static const char bodies[][4] = { "GOV", "LEG", "JUD", "COP", "MIL" };
    static const char people[][4] = { "CVL", "LAB", "EDU", "MED", "AGR", "OPP", "BUS", "SOC" };
    bool body =
        p->kind == PHRASE_ROLE && p->definite && dgm_is_among(p->sector, bodies, DGM_LEN(bodies));
    uint32_t c = body ? preposition_of(r->s, p->head) : 0;
    bool agent = c && dgm_function_is(r->s->tree, c, DGM_FN_BY); /* "beaten by the police" */
    const dgm_entity *who = who_is_at(r, body && !agent ? actor_above(r->s, p->head) : 0);
    if (!who || !dgm_is_among(who->sector, people, DGM_LEN(people)) ||
        !dgm_is_state_code(who->country) || (stated && who->guessed) ||
        actors_acts_on(r, p, who->country) || actors_is_set_abroad(r, p, who->country))
        return false;
    memcpy(out, who->country, 4);
    return true;
}

bool actors_country_of_court(reading *r, const phrase *p, char out[4])
{
    bool business = strcmp(p->sector, "BUS") == 0;
    bool own = business || (actors_acts_at_home(p) && strcmp(p->sector, "CRM") != 0);
    bool government = p->kind == PHRASE_ROLE && p->definite && strcmp(p->sector, "GOV") == 0;
    const dgm_entity *who = authority_at(r, p, own || government ? actor_above(r->s, p->head) : 0);
    bool court = who && (strcmp(who->sector, "JUD") == 0 ||
                         (!government && strcmp(who->sector, "COP") == 0));
    if (court)
        memcpy(out, who->country, 4);
    return court;
}

bool actors_is_of_people(reading *r, const phrase *p, char out[4])
{
    return p->agent && p->agent->kind == KIND_UNIT &&
           (actors_country_of_people(r, p, true, out) || actors_country_of_court(r, p, out));
}

bool actors_country_of_police(reading *r, const phrase *p, char out[4])
{
    const dgm_entity *who = who_is_at(r, actor_above(r->s, p->head));
    if (!who || who->guessed || !who->country[0] ||
        (strcmp(who->sector, "COP") != 0 && strcmp(who->sector, "JUD") != 0))
        return false;
    memcpy(out, who->country, 4);
    return true;
}

bool actors_is_ruled(reading *r, const phrase *p, char out[4])
{
    static const char bodies[][4] = { "", "GOV", "LEG", "JUD", "COP" };
    const dgm_word *verb = &r->s->words[r->s->words[p->head].head];
    bool ruling = lemma_of(r->lex, verb, WORDS_RULING);
    const dgm_entity *who = authority_at(r, p, ruling ? doer_to(r->s, p->head) : 0);
    if (!who || !dgm_is_among(who->sector, bodies, DGM_LEN(bodies)))
        return false;
    memcpy(out, who->country, 4);
    return true;
}

/* Whether these act on their own people: a state, its soldiers or officials that jail them; its
 * police whatever harm they do, its soldiers too unless the story is about one state. */
static bool deals_with_own(const reading *r, const dgm_entity *who, const dgm_word *verb)
{
    bool state = who->kind == DGM_ENTITY_COUNTRY || who->kind == DGM_ENTITY_GOVERNMENT;
    bool police = strcmp(who->sector, "COP") == 0, army = strcmp(who->sector, "MIL") == 0;
    if (lemma_of(r->lex, verb, WORDS_JAILING))
        return state || police || army || strcmp(who->sector, "GOV") == 0;
    return lemma_of(r->lex, verb, WORDS_HARMING) && (police || (army && !main_country(r)[0]));
}

bool actors_country_of_jailer(reading *r, const phrase *p, char out[4])
{
    const dgm_word *word = &r->s->words[p->head];
    bool own = actors_acts_at_home(p) || strcmp(p->sector, "JRN") == 0;
    uint32_t by = own && word->deprel == DGM_REL_OBJ ? doer_to(r->s, p->head) : 0;
    const dgm_entity *who = authority_at(r, p, by);
    if (!who || !deals_with_own(r, who, &r->s->words[word->head]) ||
        mention_of(r, r->of_word[by])->n_entities > 1) /* "Cambodian and Korean police" */
        return false;
    memcpy(out, who->country, 4);
    r->guessed = false;
    return true;
}

bool actors_country_of_accuser(reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    uint32_t c = preposition_of(s, p->head), deed = s->words[p->head].head;
    bool on = c && dgm_function_is(s->tree, c, DGM_FN_OTHER_SIDE) &&
              !dgm_has_class(s->tree, deed, DGM_CLASS_ACCUSE);
    bool attacked = s->words[p->head].deprel == DGM_REL_OBJ &&
                    lemma_of(r->lex, &s->words[deed], WORDS_ATTACKING);
    uint32_t up = on || attacked ? deed : 0;
    for (uint32_t k = 0; k < MAX_UP && up && !dgm_has_class(s->tree, up, DGM_CLASS_ACCUSE); k++)
        up = s->words[up].deprel == DGM_REL_ACL_RELCL ? 0 : s->words[up].head;
    uint32_t accused = up ? dgm_child_of(s->tree, up, DGM_REL_OBJ) : 0;
    uint32_t i = accused ? r->of_word[accused] : DGM_NONE;
    if (i == DGM_NONE || dgm_is_under(s->tree, accused, p->head) ||
        (r->phrases[i].kind != PHRASE_COUNTRY && r->phrases[i].kind != PHRASE_CAPITAL))
        return false;
    char own[4] = "";
    uint32_t subject = dgm_subject_of(s->tree, up, DGM_NEAREST);
    if (!subject || !actors_take_state(r, entity_at(r, subject), own) || !dgm_is_state_code(own) ||
        strcmp(own, r->phrases[i].name->country) == 0)
        return false;
    memcpy(out, own, 4);
    return true;
}
