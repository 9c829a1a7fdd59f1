/* Where what is told happens, and whose the roles are that are at home there: the place of the
 * clause, of the sentence before, of the dateline; the state of which the words before tell. */
#include "actors/kinds.h"

#include <string.h>

/* Whether what is said of the word may be said to happen at the place: one clause, or one below
 * the other, but not two that "and" joins. */
static bool shares_clause(const dgm_sentence *s, uint32_t word, uint32_t place)
{
    uint32_t verb = place; /* "who was in Dakar": the place heads its clause */
    for (uint32_t k = 0; k < 8 && verb && !dgm_is_clause(s->words[verb].deprel); k++) {
        verb = s->words[verb].head;
        if (s->words[verb].upos == DGM_VERB)
            break;
    }
    if (!verb)
        return true;
    for (uint32_t up = word, k = 0; up && k < 12; up = s->words[up].head, k++) {
        if (up == verb)
            return true;
        if (s->words[up].upos == DGM_VERB && s->words[up].deprel == DGM_REL_CONJ &&
            dgm_child_of(s->tree, up, DGM_REL_NSUBJ))
            return false;
    }
    return dgm_is_under(s->tree, word, verb);
}

bool actors_country_of_place(const reading *r, uint32_t word, char out[4])
{
    enum { AROUND = 500 };
    const char *found = NULL;
    uint32_t own = r->of_word[word] == DGM_NONE ? 0 : r->of_word[word];
    uint32_t end = DGM_MIN(r->n_phrases, own + AROUND);
    for (uint32_t i = own > AROUND ? own - AROUND : 0; i < end; i++) {
        const phrase *p = &r->phrases[i];
        bool place = (p->locative || p->kind == PHRASE_REGION) && p->name &&
                     p->name->type == FACT_COUNTRY && p->head > r->m->dateline &&
                     shares_clause(r->s, word, p->head);
        /* "deported a smuggler to Chile" */
        uint32_t c = place ? preposition_of(r->s, p->head) : 0;
        bool goal = c && dgm_function_is(r->s->tree, c, DGM_FN_OTHER_SIDE) &&
                    !dgm_function_is(r->s->tree, c, DGM_FN_PLACE);
        if (!place || goal || !dgm_is_state_code(p->name->country))
            continue;
        if (found && strcmp(found, p->name->country) != 0)
            return false;
        found = p->name->country;
    }
    if (found)
        memcpy(out, found, 4);
    return found != NULL;
}

bool actors_is_set_abroad(const reading *r, const phrase *p, const char *country)
{
    char place[4] = "";
    return actors_country_of_place(r, p->head, place) && strcmp(place, country) != 0;
}

bool actors_is_set_elsewhere(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (!dgm_is_subject(s->words[p->head].deprel) || !p->agent || p->agent->kind != KIND_UNIT)
        return false;
    for (uint32_t j = 0; j < r->n_phrases && r->phrases[j].head < p->head; j++) {
        const phrase *q = &r->phrases[j];
        uint32_t up = s->words[q->head].head;
        if (up != verb && s->words[q->head].deprel == DGM_REL_NMOD)
            up = s->words[up].head; /* "across the border in Chad" */
        if (q->locative && up == verb && q->head > r->m->dateline)
            return true;
    }
    return false;
}

static bool is_home_sector(const char *sector)
{
    static const char sectors[][4] = { "COP", "JUD", "CVL", "LAB", "EDU",
                                       "MED", "AGR", "CRM", "REL", "OPP" };
    return dgm_is_among(sector, sectors, DGM_LEN(sectors));
}

bool actors_acts_at_home(const phrase *p)
{
    return is_home_sector(p->sector);
}

const char *actors_place_told_in(const reading *r, uint32_t i_sentence)
{
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (m->span.sentence < i_sentence)
            break;
        const dgm_sentence *s = &r->doc->sentences.at[m->span.sentence];
        uint32_t c = preposition_of(s, m->head);
        if (m->span.sentence > i_sentence || m->n_entities != 1 || m->pronoun || !c)
            continue;
        const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
        bool place = e->kind == DGM_ENTITY_PLACE || e->kind == DGM_ENTITY_COUNTRY;
        bool where = dgm_function_is(s->tree, c, DGM_FN_PLACE) ||
                     (e->kind == DGM_ENTITY_PLACE && dgm_function_is(s->tree, c, DGM_FN_WAY) &&
                      !dgm_function_is(s->tree, c, DGM_FN_OTHER_SIDE));
        if (place && where && dgm_is_state_code(e->country))
            return e->country;
    }
    return NULL;
}

bool actors_is_told_there(const reading *r, const phrase *p, const char *country)
{
    char here[4] = "";
    if ((actors_country_of_place(r, p->head, here) && strcmp(here, country) == 0) ||
        (r->setting[0] && strcmp(r->setting, country) == 0))
        return true;
    for (uint32_t back = 1; back <= DGM_MIN(r->i_sentence, MAX_BACK); back++) {
        const char *place = actors_place_told_in(r, r->i_sentence - back);
        if (place && strcmp(place, country) == 0)
            return true;
    }
    const matches *m = r->i_dateline == DGM_NONE ? NULL : &r->found[r->i_dateline];
    return m && m->n && strcmp(r->lex->facts.at[m->at[0].fact].country, country) == 0;
}

static bool names_state(const reading *r, uint32_t i_sentence, uint32_t from, const char *country)
{
    const matches *m = &r->found[i_sentence];
    for (uint32_t j = 0; j < m->n; j++) {
        const fact *f = &r->lex->facts.at[m->at[j].fact];
        if (m->at[j].first > from && f->type == FACT_COUNTRY && strcmp(f->country, country) == 0)
            return true;
    }
    return false;
}

bool actors_country_of_dateline(const reading *r, const phrase *p, char out[4])
{
    uint32_t i = r->i_dateline;
    if (i == DGM_NONE || i >= r->i_sentence)
        return false;
    const matches *m = &r->found[i];
    const char *country = actors_dateline_of(r, i);
    if (!dgm_is_state_code(country) ||
        (!names_state(r, i, m->dateline, country) && !names_state(r, i + 1, 0, country)) ||
        actors_is_opposed(r, p, country))
        return false;
    memcpy(out, country, 4);
    return true;
}

bool actors_is_officeholder(const phrase *p)
{
    return !p->plural && strcmp(p->sector, "GOV") == 0 &&
           (p->kind == PHRASE_PERSON || p->kind == PHRASE_ORG || p->definite);
}

static const char *place_before(const reading *r)
{
    return r->i_sentence > 0 ? actors_place_told_in(r, r->i_sentence - 1) : NULL;
}

/* "Mali accused Togo of theft, a charge that Lome rejected": which state has the last word; 0. */
static uint32_t state_that_replies(const reading *r, const dgm_sentence *s, uint32_t subject)
{
    for (uint32_t w = s->n_words; w > subject; w--) {
        uint32_t verb = s->words[w].head, k = s->words[w].mention;
        const dgm_mention *m = k == DGM_NONE ? NULL : &r->doc->mentions.at[k];
        if (!m || m->pronoun || m->n_entities != 1 || s->words[w].deprel != DGM_REL_NSUBJ ||
            s->words[verb].deprel != DGM_REL_ACL_RELCL || dgm_is_under(s->tree, subject, w))
            continue;
        const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
        if (e->kind == DGM_ENTITY_COUNTRY || e->kind == DGM_ENTITY_GOVERNMENT)
            return w;
    }
    return 0;
}

/* The state that acts in the sentence before: "Kenya closed its border. Interior Minister X ..." */
static const char *state_before(const reading *r)
{
    if (r->i_sentence == 0)
        return NULL;
    const dgm_sentence *s = &r->doc->sentences.at[r->i_sentence - 1];
    uint32_t root = dgm_child_of(s->tree, 0, DGM_REL_ROOT);
    uint32_t subject = root ? dgm_subject_of(s->tree, root, DGM_NEAREST) : 0;
    uint32_t reply = subject ? state_that_replies(r, s, subject) : 0;
    subject = reply ? reply : subject;
    uint32_t k = subject ? s->words[subject].mention : DGM_NONE;
    const dgm_mention *m = k == DGM_NONE ? NULL : &r->doc->mentions.at[k];
    if (!m || m->n_entities != 1)
        return NULL;
    const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
    bool state = e->kind == DGM_ENTITY_COUNTRY || e->kind == DGM_ENTITY_GOVERNMENT ||
                 (strcmp(e->sector, "GOV") == 0 && !e->guessed);
    return state && dgm_is_state_code(e->country) ? e->country : NULL;
}

/* "The army shot protesters": those too whom it meets say only by the place whose they are. */
static bool meets_people(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (strcmp(p->sector, "MIL") != 0 || s->words[p->head].deprel != DGM_REL_NSUBJ || !verb)
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        dgm_deprel rel = s->words[q->head].deprel;
        if (s->words[q->head].head == verb && (rel == DGM_REL_OBJ || rel == DGM_REL_OBL) &&
            q->kind == PHRASE_ROLE && q->n_countries == 0 && actors_acts_at_home(q))
            return true;
    }
    return false;
}

bool actors_country_at_hand(const reading *r, const phrase *p, char out[4])
{
    if (r->s->begins_paragraph)
        return false;
    bool local = actors_acts_at_home(p) || meets_people(r, p);
    const char *country = local                       ? place_before(r)
                          : actors_is_officeholder(p) ? state_before(r)
                                                      : NULL;
    if (!country || actors_is_opposed(r, p, country))
        return false;
    memcpy(out, country, 4);
    return true;
}

/* What a sentence tells of. It shows the life of a state where it tells of no other and its police,
 * courts or people act, or its soldiers or officials act and its people are told of. */
typedef struct {
    const char *country; /* the last; NULL: none is named yet */
    bool one;            /* of no other state */
    bool acts, people;   /* those at home there act, are told of */
    bool force;          /* its soldiers or officials act */
} scene;

/* "The Norwegians", "the crew", "diplomats": wherever they are. */
static bool may_be_abroad(const reading *r, const dgm_mention *m, uint32_t entity)
{
    const dgm_word *head = &r->doc->sentences.at[m->span.sentence].words[m->head];
    const fact *f = r->actors.at[entity].fact;
    return form_of(r->lex, head, WORDS_ABROAD) || lemma_of(r->lex, head, WORDS_ABOARD) ||
           (f && f->type == FACT_COUNTRY);
}

static void add_to_scene(const reading *r, uint32_t k, scene *at)
{
    const dgm_mention *m = &r->doc->mentions.at[k];
    uint32_t rank = r->sightings.at[k].rank;
    for (uint32_t j = 0; j < m->n_entities; j++) {
        uint32_t i = r->doc->mention_entities.at[m->entities + j];
        const dgm_entity *e = &r->doc->entities.at[i];
        if (!dgm_is_state_code(e->country))
            continue;
        at->one = !at->country || (at->one && strcmp(at->country, e->country) == 0);
        at->country = e->country;
        bool home = !may_be_abroad(r, m, i) &&
                    (is_home_sector(e->sector) || strcmp(e->sector, "LEG") == 0 ||
                     strcmp(e->sector, "PTY") == 0);
        at->acts |= home && rank == 3;
        at->people |= home;
        at->force |= rank == 3 && (strcmp(e->sector, "MIL") == 0 || strcmp(e->sector, "GOV") == 0);
    }
}

const char *actors_country_of_scene(const reading *r, const phrase *p)
{
    enum { BACK = 2 };
    bool local =
        actors_acts_at_home(p) || strcmp(p->sector, "LEG") == 0 || strcmp(p->sector, "BUS") == 0;
    scene at = { NULL, false, false, false, false };
    uint32_t in = 0, end = r->first_mention + r->n_phrases;
    for (uint32_t k = end; k > oldest(end); k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (m->span.sentence == r->i_sentence && m->head >= p->head)
            continue;
        if (r->i_sentence - m->span.sentence > BACK || (at.country && m->span.sentence != in))
            break;
        in = m->span.sentence;
        add_to_scene(r, k - 1, &at);
    }
    if (!at.one || !(at.acts || (local && at.force && at.people)))
        return NULL;
    const char *main = main_country(r);
    return local || !main[0] ? at.country : NULL;
}

bool actors_country_of_force(const reading *r, const phrase *p, char out[4])
{
    static const char forces[][4] = { "COP", "MIL", "SPY" };
    static const char offices[][4] = { "COP", "MIL", "SPY", "GOV" };
    bool bare = p->kind == PHRASE_ROLE && p->plural && !p->definite && p->first == p->head &&
                dgm_is_among(p->sector, forces, DGM_LEN(forces));
    dgm_deprel clause = r->s->words[r->s->words[p->head].head].deprel;
    bool told = clause == DGM_REL_ROOT || clause == DGM_REL_CONJ;
    if (!bare || !told || r->s->words[p->head].deprel != DGM_REL_NSUBJ)
        return false;
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > MAX_BACK)
            return false;
        if (m->n_entities != 1 || r->sightings.at[k - 1].rank != 3)
            continue;
        const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
        if (!dgm_is_state_code(e->country) || e->guessed ||
            (e->kind != DGM_ENTITY_ORG && e->kind != DGM_ENTITY_GROUP) ||
            !dgm_is_among(e->sector, offices, DGM_LEN(offices)))
            continue;
        if (actors_acts_on(r, p, e->country))
            return false;
        memcpy(out, e->country, 4);
        return true;
    }
    return false;
}
