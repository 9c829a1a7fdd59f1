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
            return dgm_dominates(s, subject, word) ? 0 : subject;
    }
    return 0;
}

/* The entity that `actor_above` finds; DGM_NONE. */
static uint32_t entity_above(reading *r, const phrase *p)
{
    uint32_t subject = p->head ? actor_above(r->s, p->head) : 0;
    return subject ? entity_at(r, subject) : DGM_NONE;
}

bool actors_country_of_people(reading *r, const phrase *p, bool stated, char out[4])
{
    static const char bodies[][4] = { "GOV", "LEG", "JUD", "COP", "MIL" };
    static const char people[][4] = { "CVL", "LAB", "EDU", "MED", "AGR", "OPP", "BUS", "SOC" };
    bool body =
        p->kind == PHRASE_ROLE && p->definite && dgm_is_among(p->sector, bodies, DGM_LEN(bodies));
    uint32_t c = body ? preposition_of(r->s, p->head) : 0;
    bool agent = c && dgm_function_is(r->s->tree, c, DGM_FN_BY); /* "beaten by the police" */
    uint32_t e = body && !agent ? entity_above(r, p) : DGM_NONE;
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    if (!who || !dgm_is_among(who->sector, people, DGM_LEN(people)) ||
        !dgm_is_state_code(who->country) || (stated && who->guessed) ||
        actors_acts_on(r, p, who->country))
        return false;
    return !actors_is_set_abroad(r, p, who->country) && actors_take_state(r, e, out);
}

bool actors_country_of_court(reading *r, const phrase *p, char out[4])
{
    bool business = strcmp(p->sector, "BUS") == 0;
    bool own = business || (actors_acts_at_home(p) && strcmp(p->sector, "CRM") != 0);
    bool government = p->kind == PHRASE_ROLE && p->definite && strcmp(p->sector, "GOV") == 0;
    uint32_t e = own || government ? entity_above(r, p) : DGM_NONE;
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    bool court = who && (strcmp(who->sector, "JUD") == 0 ||
                         (!government && strcmp(who->sector, "COP") == 0));
    if (!court || who->guessed || !dgm_is_state_code(who->country) ||
        actors_is_set_abroad(r, p, who->country))
        return false;
    return actors_take_state(r, e, out);
}

bool actors_is_of_people(reading *r, const phrase *p, char out[4])
{
    return p->agent && p->agent->kind == KIND_UNIT &&
           (actors_country_of_people(r, p, true, out) || actors_country_of_court(r, p, out));
}

bool actors_country_of_police(reading *r, const phrase *p, char out[4])
{
    uint32_t e = entity_above(r, p);
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    bool police = who && (strcmp(who->sector, "COP") == 0 || strcmp(who->sector, "JUD") == 0);
    return police && !who->guessed && actors_take_state(r, e, out);
}

bool actors_is_ruled(reading *r, const phrase *p, char out[4])
{
    static const char bodies[][4] = { "", "GOV", "LEG", "JUD", "COP" };
    const dgm_word *words = r->s->words;
    uint32_t verb = words[p->head].head;
    dgm_deprel how = words[p->head].deprel;
    if ((how != DGM_REL_OBJ && how != DGM_REL_NSUBJ_PASS) ||
        !lemma_of(r->lex, &words[verb], WORDS_RULING))
        return false;
    uint32_t ruler = how == DGM_REL_OBJ ? dgm_subject_of(r->s->tree, verb, DGM_NEAREST)
                                        : dgm_child_of(r->s->tree, verb, DGM_REL_OBL_AGENT);
    uint32_t e = ruler ? entity_at(r, ruler) : DGM_NONE;
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    if (!who || who->guessed || !dgm_is_state_code(who->country) ||
        !dgm_is_among(who->sector, bodies, DGM_LEN(bodies)) ||
        actors_is_set_abroad(r, p, who->country))
        return false;
    return actors_take_state(r, e, out);
}

/* Whether who acts on the phrase acts on his own people: a state that jails them, or its soldiers
 * and officials whose state is said; its police whatever they do, its soldiers unless the story is
 * another state's. */
static bool deals_with_own(const reading *r, const dgm_entity *who, const dgm_word *verb)
{
    bool state = who->kind == DGM_ENTITY_COUNTRY || who->kind == DGM_ENTITY_GOVERNMENT;
    bool police = strcmp(who->sector, "COP") == 0, army = strcmp(who->sector, "MIL") == 0;
    if (who->guessed || !dgm_is_state_code(who->country))
        return false;
    if (lemma_of(r->lex, verb, WORDS_JAILING))
        return state || police || army || strcmp(who->sector, "GOV") == 0;
    return lemma_of(r->lex, verb, WORDS_HARMING) && (police || (army && !main_country(r)[0]));
}

bool actors_country_of_jailer(reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (s->words[p->head].deprel != DGM_REL_OBJ || !verb ||
        (!actors_acts_at_home(p) && strcmp(p->sector, "JRN") != 0))
        return false;
    uint32_t subject = dgm_subject_of(s->tree, verb, DGM_NEAREST);
    uint32_t e = subject ? entity_at(r, subject) : DGM_NONE;
    if (e == DGM_NONE || mention_of(r, r->of_word[subject])->n_entities > 1)
        return false; /* "Cambodian and Korean police" */
    const dgm_entity *who = &r->doc->entities.at[e];
    if (!deals_with_own(r, who, &s->words[verb]) || actors_is_set_abroad(r, p, who->country))
        return false;
    r->guessed = false;
    return actors_take_state(r, e, out);
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
    if (i == DGM_NONE || dgm_dominates(s, accused, p->head) ||
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
