/* The event's new sides: the parties chosen, and then what no weight decides. Nobody does it to
 * himself, whom the rules have beside them stays, and who hands somebody over does not accuse him.
 */
#include "document/party.h"
#include "judge/sight.h"

#include <string.h>

/* Those of no state, as the rules have them. */
static bool keep_nameless(const sight *s, members side, dgm_participants *out)
{
    for (uint32_t i = 0; i < side.n; i++)
        if (!s->doc->entities.at[side.at[i].entity].country[0] &&
            !judge_add_party(s, out, side.at[i]))
            return false;
    return true;
}

/* Whether all were on the rules' side: "the county and China", of whom the county stays. */
static bool are_of(members chosen, members side)
{
    for (uint32_t i = 0; i < chosen.n; i++)
        if (!judge_side_has(side, chosen.at[i].entity))
            return false;
    return chosen.n > 0;
}

/* "Iran denied Iran's part in it", "rejected reports that Iran ...": it is only told there of whom
 * the reports are. */
static void drop_self(const sight *s, const occasion *it, members actors,
                      dgm_participants *recipients)
{
    const dgm_sentence *sentence = sentence_at(s, it->sentence);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < recipients->n; i++) {
        const dgm_mention *m = &s->doc->mentions.at[recipients->at[i].mention];
        dgm_entity_kind kind = s->doc->entities.at[recipients->at[i].entity].kind;
        bool inside = (kind == DGM_ENTITY_COUNTRY || kind == DGM_ENTITY_GOVERNMENT) &&
                      m->span.sentence == it->sentence &&
                      sentence->words[m->head].head != it->word &&
                      dgm_is_under(sentence->tree, it->word, m->head);
        bool self = false;
        for (uint32_t j = 0; inside && j < actors.n; j++)
            self = self || dgm_is_same_voice(s->doc, recipients->at[i].entity, actors.at[j].entity);
        if (!self)
            recipients->at[kept++] = recipients->at[i];
    }
    recipients->n = kept;
}

/* Of those whom the rules have on a side, one of the same state who does not speak for it. */
static const dgm_participant *other_party(const sight *s, members own, uint32_t entity)
{
    for (uint32_t i = 0; i < own.n; i++)
        if (dgm_is_same_country(s->doc, own.at[i].entity, entity) &&
            !dgm_is_same_voice(s->doc, own.at[i].entity, entity))
            return &own.at[i];
    return NULL;
}

/* Somebody of the same state is meant, but not this party of it. False: no memory. */
static bool say_only_state(const sight *s, const occasion *it, dgm_participant *p)
{
    p->entity = judge_people_of(s, p->entity, it->type);
    if (p->entity == DGM_NONE)
        return false;
    s->doc->entities.at[p->entity].sector[0] = 0;
    s->doc->entities.at[p->entity].n_others = 0;
    return true;
}

/* "Police detained a hundred people", said after a minister was named: those whom the arms of a
 * state harm are hardly its government, where only the story speaks of one. */
static bool is_of_own_people(const sight *s, const occasion *it, const dgm_participant *to,
                             uint32_t actor)
{
    static const char arms[][4] = { "MIL", "COP", "SPY", "JUD" };
    return to->inferred && dgm_like(it->type) != DGM_PROTEST &&
           dgm_is_same_country(s->doc, to->entity, actor) &&
           strcmp(s->doc->entities.at[to->entity].sector, "GOV") == 0 &&
           dgm_is_among(s->doc->entities.at[actor].sector, arms, DGM_LEN(arms));
}

/* "He promised to send money", "would not withdraw the plan": nobody makes promises to himself, nor
 * refuses to yield to himself; his people are meant. */
static bool is_for_others(const occasion *it)
{
    dgm_event_type type = dgm_like(it->type);
    return type == DGM_AGREE || type == DGM_CONCEDE ||
           (type == DGM_REJECT && dgm_view_starts(dgm_view_of(it->sides->cameo), DGM_VIEW("124")));
}

/* Whether one of a side is of the party's state and sector. */
static bool has_party_of(const sight *s, members side, uint32_t entity)
{
    const dgm_entity *entities = s->doc->entities.at;
    for (uint32_t i = 0; i < side.n; i++)
        if (dgm_is_same_country(s->doc, entity, side.at[i].entity) &&
            strcmp(entities[entity].sector, entities[side.at[i].entity].sector) == 0)
            return true;
    return false;
}

static bool has_country_of(const sight *s, members side, uint32_t entity)
{
    for (uint32_t i = 0; i < side.n; i++)
        if (dgm_is_same_country(s->doc, entity, side.at[i].entity))
            return true;
    return false;
}

/* "Guards stopped a boat. Officers beat ...": the officers of another sentence are the same force,
 * which does not stop itself. */
static bool is_same_force(const sight *s, members actors, const dgm_participant *to)
{
    static const char arms[][4] = { "MIL", "COP", "SPY" };
    return to->inferred &&
           dgm_is_among(s->doc->entities.at[to->entity].sector, arms, DGM_LEN(arms)) &&
           has_party_of(s, actors, to->entity);
}

/* "Kenya arrested three activists" with nothing but Kenya's government in sight: nobody does it to
 * himself, and whoever suffers from a government is of its people rather than of itself. */
static bool part_from_actors(const sight *s, const occasion *it, members own, members actors,
                             dgm_participants *recipients)
{
    bool harm = dgm_events_quad(s->events, it->type) == DGM_QUAD_MATERIAL_CONFLICT;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < recipients->n; i++) {
        dgm_participant to = recipients->at[i];
        bool self = false, alike = false, fight = false, people = false;
        bool stated = judge_side_has(own, to.entity);
        for (uint32_t j = 0; j < actors.n && !stated; j++) {
            self = self || to.entity == actors.at[j].entity;
            bool voice = dgm_is_same_voice(s->doc, to.entity, actors.at[j].entity);
            alike = alike || voice;
            people = people || is_of_own_people(s, it, &to, actors.at[j].entity);
            fight =
                fight || (!voice && dgm_is_same_country(s->doc, to.entity, actors.at[j].entity));
        }
        if (!stated && harm && is_same_force(s, actors, &to))
            continue;
        const dgm_participant *other = alike ? other_party(s, own, to.entity) : NULL;
        if (other) { /* "Teachers went on strike. The minister called the strike a crime" */
            if (!judge_side_has(members_of(recipients), other->entity))
                recipients->at[kept++] = *other;
            continue;
        }
        if (alike && fight)
            continue; /* rebels and the government, who fight each other */
        people = (harm && (alike || people)) || (alike && to.inferred && is_for_others(it));
        if (people && !say_only_state(s, it, &to))
            return false;
        if (!self || harm)
            recipients->at[kept++] = to;
    }
    recipients->n = kept;
    return true;
}

/* Whether that party has done anything before that can be answered: accused, asked, struck. */
static bool has_dealt(const sight *s, const occasion *it, uint32_t entity)
{
    enum { REACH = 8 };
    uint32_t from = it->sentence - DGM_MIN(it->sentence, REACH);
    uint32_t end = s->rules.first[it->sentence + 1];
    for (uint32_t i = s->rules.first[from]; i < end; i++) {
        const dgm_event *e = &s->doc->events.at[s->rules.at[i]];
        int quad = dgm_events_quad(s->events, e->type);
        bool deals = quad == DGM_QUAD_VERBAL_CONFLICT || quad == DGM_QUAD_MATERIAL_CONFLICT ||
                     dgm_like(e->type) == DGM_AGREE || dgm_like(e->type) == DGM_REQUEST;
        for (uint32_t k = 0; deals && s->rules.at[i] != it->event && k < e->actors.n; k++)
            if (dgm_is_same_voice(s->doc, e->actors.at[k].entity, entity))
                return true;
    }
    return false;
}

/* "Denied the charges", "called for calm": an answer, or a wish that is addressed to nobody. */
static bool needs_link(const sight *s, const occasion *it, const char *cameo)
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    if (dgm_like(it->type) == DGM_REJECT)
        return dgm_view_starts(dgm_view_of(cameo), DGM_VIEW("016"));
    if (dgm_like(it->type) != DGM_REQUEST || t->s->words[it->word].upos != DGM_VERB)
        return false;
    bool wish = false;
    DGM_EACH_CHILD(t, it->word, w)
    {
        dgm_deprel rel = t->s->words[w].deprel;
        if (rel == DGM_REL_OBJ || rel == DGM_REL_IOBJ || rel == DGM_REL_XCOMP)
            return false;
        wish |= rel == DGM_REL_OBL && dgm_has_function(t, w, DGM_FN_FOR);
    }
    return wish;
}

/* "The ombudsman of Peru met protesters. A former governor denied the charges": nobody in the
 * sentence is answered, and somebody of the same state is not whom an earlier one only names.
 * "Bishops in Malawi called for calm": nor is whose they are. */
static void drop_unlinked(const sight *s, const occasion *it, const char *cameo, members own,
                          members actors, dgm_participants *recipients)
{
    if (own.n > 0 || !needs_link(s, it, cameo))
        return;
    uint32_t subject = judge_subject_at(s, it->sentence, it->word), kept = 0;
    for (uint32_t i = 0; i < recipients->n; i++) {
        const dgm_participant *to = &recipients->at[i];
        const dgm_mention *m = &s->doc->mentions.at[to->mention];
        bool elsewhere =
            m->span.sentence != it->sentence ||
            (subject && dgm_is_under(s->sentences[it->sentence].tree, subject, m->head));
        if (!elsewhere || !has_country_of(s, actors, to->entity) || has_dealt(s, it, to->entity))
            recipients->at[kept++] = *to;
    }
    recipients->n = kept;
}

/* The verb that asks for what the event's clause tells: "urged its members | to help". 0: none. */
static uint32_t asking_verb(const dgm_tree *t, uint32_t word)
{
    uint32_t clause = word;
    while (clause && t->s->words[clause].deprel == DGM_REL_CONJ)
        clause = t->s->words[clause].head;
    dgm_deprel how = t->s->words[clause].deprel;
    bool below = how == DGM_REL_XCOMP || how == DGM_REL_ADVCL || how == DGM_REL_CCOMP;
    uint32_t verb = below ? t->s->words[clause].head : 0;
    return verb && dgm_has_to(t, clause) && dgm_asked_by(t, verb) ? verb : 0;
}

static bool is_verb_between(const dgm_tree *t, uint32_t first, uint32_t last)
{
    for (uint32_t w = first + 1; w < last; w++)
        if (t->s->words[w].upos == DGM_VERB)
            return true;
    return false;
}

/* "Malta urged its partners to help Mali", where nobody knows who the partners are: neither Malta
 * is asked, nor Mali, of whom only what is asked for speaks. */
static void drop_told_of(const sight *s, const occasion *it, members own, members actors,
                         dgm_participants *recipients)
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    uint32_t asked = dgm_like(it->type) == DGM_REQUEST ? dgm_asked_by(t, it->word) : 0, kept = 0;
    if (!asked || own.n > 0 ||
        !(dgm_has_class(t, asked, DGM_CLASS_PARTIES) || dgm_has_class(t, asked, DGM_CLASS_RELATED)))
        return;
    for (uint32_t i = 0; i < recipients->n; i++) {
        const dgm_participant *to = &recipients->at[i];
        const dgm_mention *m = &s->doc->mentions.at[to->mention];
        bool told = m->span.sentence == it->sentence && dgm_is_under(t, it->word, m->head) &&
                    !dgm_is_under(t, asked, m->head) && is_verb_between(t, asked, m->head);
        for (uint32_t k = 0; k < actors.n; k++)
            told = told || dgm_is_same_voice(s->doc, to->entity, actors.at[k].entity);
        if (!told)
            recipients->at[kept++] = *to;
    }
    recipients->n = kept;
}

/* Nor does Malta help: who asks others does not do it. */
static void drop_asker(const sight *s, const occasion *it, members own, dgm_participants *actors)
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    uint32_t verb = own.n == 0 ? asking_verb(t, it->word) : 0, kept = 0;
    uint32_t asker = verb ? judge_subject_at(s, it->sentence, verb) : 0;
    uint32_t entity = asker ? judge_entity_of(s, it->sentence, asker) : DGM_NONE;
    if (entity == DGM_NONE)
        return;
    for (uint32_t i = 0; i < actors->n; i++)
        if (!dgm_is_same_voice(s->doc, actors->at[i].entity, entity))
            actors->at[kept++] = actors->at[i];
    actors->n = kept;
}

/* "A bomb exploded": its subject is nobody. */
static bool is_of_a_thing(const sight *s, const occasion *it)
{
    uint32_t subject = judge_subject_at(s, it->sentence, it->word);
    return subject && judge_entity_of(s, it->sentence, subject) == DGM_NONE;
}

/* "One of two soldiers who were shot" */
static bool is_done_by_nobody(const sight *s, const occasion *it, members own)
{
    return own.n == 0 && dgm_is_passive(sentence_at(s, it->sentence)->tree, it->word);
}

/* "A bomb went off, killing two cadets", "a bomber blew himself up, killing nine soldiers": whom it
 * came to. */
static bool is_killed_by_it(const sight *s, const occasion *it, const dgm_participant *by)
{
    const dgm_mention *m = &s->doc->mentions.at[by->mention];
    const dgm_word *words = sentence_at(s, it->sentence)->words;
    if (m->span.sentence != it->sentence || words[m->head].deprel != DGM_REL_OBJ)
        return false;
    uint32_t verb = words[m->head].head;
    return words[verb].deprel == DGM_REL_ADVCL && words[verb].head == it->word;
}

/* "Travel bans on Colonel Bah", said after another officer was named: nobody is known to have done
 * it, and certainly not the party that suffers it; "a bomb exploded outside a police station,
 * killing two officers": nor, where a thing acts, somebody else of that party. */
static bool part_from_sufferers(const sight *s, const occasion *it, members own, members recipients,
                                dgm_participants *actors)
{
    bool harm = dgm_events_quad(s->events, it->type) == DGM_QUAD_MATERIAL_CONFLICT;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < actors->n; i++) {
        dgm_participant by = actors->at[i];
        bool sought = harm && !judge_side_has(own, by.entity);
        bool alike = sought && s->doc->entities.at[by.entity].sector[0] &&
                     has_party_of(s, recipients, by.entity);
        if (sought && is_of_a_thing(s, it) && is_killed_by_it(s, it, &by))
            continue;
        if (alike && !by.inferred && (is_of_a_thing(s, it) || is_done_by_nobody(s, it, own)))
            continue;
        if (alike && by.inferred && !say_only_state(s, it, &by))
            return false;
        actors->at[kept++] = by;
    }
    actors->n = kept;
    return true;
}

static int32_t score_of(const sight *s, const ranking *r, uint32_t role, const dgm_participant *p)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (judge_is_of_state(s, p->entity, r->states[i]))
            return r->scores[i][role];
    return INT32_MIN;
}

/* "Three people" are of one state: that which the text states, or else the likeliest guess. */
static void drop_twins(const sight *s, const ranking *r, uint32_t role, dgm_participants *side)
{
    bool less[MAX_IN_SIGHT] = { false };
    uint32_t n = DGM_MIN(side->n, MAX_IN_SIGHT), kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        const dgm_participant *p = &side->at[i];
        int32_t a = score_of(s, r, role, p);
        for (uint32_t j = 0; j < n && s->doc->entities.at[p->entity].guessed; j++) {
            const dgm_participant *q = &side->at[j];
            bool stated = !s->doc->entities.at[q->entity].guessed;
            int32_t b = score_of(s, r, role, q);
            bool twin = j != i && q->mention == p->mention &&
                        !dgm_is_same_country(s->doc, p->entity, q->entity);
            less[i] = less[i] || (twin && (stated || a < b || (a == b && j < i)));
        }
    }
    for (uint32_t i = 0; i < side->n; i++)
        if (i >= n || !less[i])
            side->at[kept++] = side->at[i];
    side->n = kept;
}

/* Gunmen of nobody knows where, and the county that talks beside China. False: no memory. */
static bool keep_all_nameless(const sight *s, const occasion *it, const members own[2],
                              dgm_participants sides[2])
{
    bool talks = dgm_events_quad(s->events, it->type) == DGM_QUAD_VERBAL_COOPERATION;
    for (uint32_t role = 0; role < 2; role++) {
        bool with_them = talks && are_of(members_of(&sides[role]), own[role]);
        if ((sides[role].n == 0 || with_them) && !keep_nameless(s, own[role], &sides[role]))
            return false;
    }
    return true;
}

/* The verb of "extradited a man accused of theft to Peru", where the word is "accused" and nobody
 * is said to accuse; *noun: whom. 0: it is none. */
static uint32_t verb_that_hands_over(const sight *s, const occasion *it, uint32_t *noun)
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    const dgm_word *words = t->s->words;
    if (dgm_like(it->type) != DGM_ACCUSE || words[it->word].deprel != DGM_REL_ACL ||
        words[it->word].upos != DGM_VERB || dgm_child_of(t, it->word, DGM_REL_OBL_AGENT))
        return 0;
    *noun = words[it->word].head;
    uint32_t verb = words[*noun].head;
    return verb && dgm_has_class(t, verb, DGM_CLASS_HANDS_OVER) ? verb : 0;
}

/* Those to whom he is handed over, also where the parser hung them on "accused"; 0. */
static uint32_t taker_of(const sight *s, const occasion *it, uint32_t verb)
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    const uint32_t heads[] = { verb, it->word };
    for (uint32_t k = 0; k < DGM_LEN(heads); k++)
        DGM_EACH_CHILD(t, heads[k], w)
    if (t->s->words[w].deprel == DGM_REL_OBL && dgm_has_function(t, w, DGM_FN_TO) &&
        judge_entity_of(s, it->sentence, w) != DGM_NONE)
        return w;
    return 0;
}

static void drop_state_of(const sight *s, uint32_t entity, dgm_participants *side)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < side->n; i++)
        if (entity == DGM_NONE || !dgm_is_same_country(s->doc, side->at[i].entity, entity))
            side->at[kept++] = side->at[i];
    side->n = kept;
}

static bool push_word(const sight *s, const occasion *it, uint32_t word, dgm_participants *side)
{
    uint32_t entity = word ? judge_entity_of(s, it->sentence, word) : DGM_NONE;
    uint32_t mention = word ? sentence_at(s, it->sentence)->words[word].mention : DGM_NONE;
    return entity == DGM_NONE ||
           judge_add_party(s, side, (dgm_participant) { .mention = mention, .entity = entity });
}

/* "Spain extradited a banker accused of fraud to Peru": Spain does not accuse him, Peru may. False:
 * no memory. */
static bool accuse_by_taker(const sight *s, const occasion *it, dgm_participants sides[2])
{
    uint32_t noun, verb = verb_that_hands_over(s, it, &noun);
    if (!verb)
        return true;
    uint32_t giver = judge_subject_at(s, it->sentence, verb), taker = taker_of(s, it, verb);
    uint32_t entity = taker ? judge_entity_of(s, it->sentence, taker) : DGM_NONE;
    drop_state_of(s, giver ? judge_entity_of(s, it->sentence, giver) : DGM_NONE, &sides[0]);
    drop_state_of(s, entity, &sides[1]);
    return (sides[0].n > 0 || push_word(s, it, taker, &sides[0])) &&
           (sides[1].n > 0 || push_word(s, it, noun, &sides[1]));
}

/* "Islamic State claimed the attack": nobody else did it. False: no memory. */
static bool done_by_claimer(const sight *s, const occasion *it, dgm_participants sides[2])
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    uint32_t claims = dgm_like(it->type) == DGM_ASSAULT && t->s->words[it->word].upos == DGM_NOUN
                          ? judge_claim_over(t, it->word)
                          : 0;
    uint32_t who =
        claims && !dgm_is_negated(t, claims) ? dgm_subject_of(t, claims, DGM_NEAREST) : 0;
    if (!who || judge_entity_of(s, it->sentence, who) == DGM_NONE)
        return true;
    sides[0].n = 0;
    return push_word(s, it, who, &sides[0]);
}

/* "Turkey urged both sides to stop": a mention that stands for him who asks does not also stand for
 * those who are asked. */
static bool is_asker(const sight *s, const occasion *it, members actors, const dgm_participant *to)
{
    for (uint32_t i = 0; i < actors.n; i++)
        if (dgm_like(it->type) == DGM_REQUEST && actors.at[i].mention == to->mention &&
            dgm_is_same_voice(s->doc, actors.at[i].entity, to->entity))
            return true;
    return false;
}

/* "Fatah, a former ally of Hamas, condemned the raid": who is only named to say who acts receives
 * nothing. */
static bool is_of_who_acts(const sight *s, const occasion *it, const dgm_participant *to)
{
    const dgm_mention *m = &s->doc->mentions.at[to->mention];
    const dgm_tree *t = s->sentences[it->sentence].tree;
    dgm_event_type type = dgm_like(it->type);
    bool blames = type == DGM_ACCUSE || type == DGM_REQUEST || type == DGM_REJECT;
    if (!blames || m->span.sentence != it->sentence || t->s->words[it->word].upos != DGM_VERB ||
        dgm_is_passive(t, it->word))
        return false;
    uint32_t subject = judge_subject_at(s, it->sentence, it->word);
    for (uint32_t w = 1; subject && w <= t->s->n_words; w++) {
        dgm_deprel rel = t->s->words[w].deprel;
        bool beside =
            t->s->words[w].head == subject && (rel == DGM_REL_APPOS || rel == DGM_REL_ACL_RELCL);
        if (beside && m->head != w && dgm_is_under(t, w, m->head) && !dgm_is_under(t, w, it->word))
            return true;
    }
    return false;
}

/* Whether the word stands at whom the attack was aimed: "a hospital in Sudan" of "condemned the
 * strike on a hospital in Sudan", also where the parser hung it on the verb. */
static bool is_aimed_at(const sight *s, const occasion *it, uint32_t word)
{
    enum { MAX_UP = 5 };
    const dgm_tree *t = s->sentences[it->sentence].tree;
    uint32_t object = dgm_child_of(t, it->word, DGM_REL_OBJ);
    if (!object || !dgm_has_class(t, object, DGM_CLASS_ATTACK))
        return false;
    for (uint32_t up = word, k = 0; up && up != it->word && k < MAX_UP; k++) {
        uint32_t head = t->s->words[up].head;
        uint32_t marker = dgm_child_of(t, up, DGM_REL_CASE);
        if ((head == it->word || head == object) && marker &&
            dgm_function_is(t, marker, DGM_FN_AIM))
            return true;
        up = head;
    }
    return false;
}

/* "Condemned the attack on Kenyan soldiers": whoever only suffers what is blamed is not blamed. */
static bool is_victim_of_blamed(const sight *s, const occasion *it, const dgm_participant *to)
{
    const dgm_mention *m = &s->doc->mentions.at[to->mention];
    const dgm_by_sentence *rules = &s->rules;
    if (dgm_like(it->type) != DGM_ACCUSE || it->event == DGM_NONE ||
        !dgm_view_starts(dgm_view_of(it->sides->cameo), DGM_VIEW("111")))
        return false;
    if (m->span.sentence == it->sentence && is_aimed_at(s, it, m->head))
        return true;
    for (uint32_t k = rules->first[it->sentence]; k < rules->first[it->sentence + 1]; k++) {
        const dgm_event *deed = &s->doc->events.at[rules->at[k]];
        if (deed->content_of == it->event &&
            dgm_events_quad(s->events, deed->type) == DGM_QUAD_MATERIAL_CONFLICT &&
            judge_side_has(side_of(deed, 1), to->entity) &&
            !judge_side_has(side_of(deed, 0), to->entity))
            return true;
    }
    return false;
}

static bool has_own_state(const sight *s, members side, uint32_t entity)
{
    for (uint32_t i = 0; i < side.n; i++)
        if (dgm_is_same_country(s->doc, side.at[i].entity, entity))
            return true;
    return false;
}

/* Whether somebody of a state acts in what the rules found in the sentences before one. */
static bool has_acted(const sight *s, uint32_t i_sentence, uint32_t entity)
{
    enum { REACH = 60 };
    uint32_t from = i_sentence > REACH ? i_sentence - REACH : 0;
    for (uint32_t k = s->rules.first[from]; k < s->rules.first[i_sentence]; k++)
        if (has_own_state(s, side_of(&s->doc->events.at[s->rules.at[k]], 0), entity))
            return true;
    return false;
}

/* "A bomb killed twelve in Kabul. Pakistan condemned the attack": that it was there accuses nobody
 * of that state, unless somebody of it is told to have done something. */
static bool is_scene_of_blamed(const sight *s, const occasion *it, const dgm_participant *to)
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    uint32_t object = dgm_child_of(t, it->word, DGM_REL_OBJ);
    return dgm_like(it->type) == DGM_ACCUSE && object && it->event != DGM_NONE &&
           dgm_has_class(t, object, DGM_CLASS_ATTACK) &&
           s->doc->mentions.at[to->mention].span.sentence < it->sentence &&
           !has_acted(s, it->sentence, to->entity);
}

/* "Fired a missile, prompting condemnation from France": who only answers is not whom it struck. */
static bool is_answering(const sight *s, const occasion *it, const dgm_participant *to)
{
    const dgm_sentence *at = sentence_at(s, it->sentence);
    for (uint32_t k = s->rules.first[it->sentence]; k < s->rules.first[it->sentence + 1]; k++) {
        const dgm_event *e = &s->doc->events.at[s->rules.at[k]];
        const dgm_word *word = &at->words[e->trigger_word];
        if (word->deprel == DGM_REL_ADVCL && word->head == it->word && e->trigger_word > it->word &&
            dgm_like(e->type) == DGM_ACCUSE && judge_side_has(side_of(e, 0), to->entity) &&
            !judge_side_has(side_of(e, 1), to->entity))
            return true;
    }
    return false;
}

/* "Demonstrated against a plan": it is somebody's. */
static bool says_against_what(const sight *s, const occasion *it)
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    for (uint32_t w = 1; w <= t->s->n_words; w++)
        if (t->s->words[w].deprel == DGM_REL_CASE && dgm_function_is(t, w, DGM_FN_OPPOSED) &&
            dgm_is_under(t, it->word, w))
            return true;
    return false;
}

/* "Kenya's minister visited Nakuru. Residents blocked the road", "The party held a rally last week.
 * President Salas appealed for calm": nothing links them to one of whom another sentence only tells
 * that he met others or, afterwards, what he asked for. */
static bool is_only_met(const sight *s, const occasion *it, const dgm_participant *to)
{
    uint32_t sentence = s->doc->mentions.at[to->mention].span.sentence;
    const dgm_by_sentence *rules = &s->rules;
    bool met = false;
    if (dgm_like(it->type) != DGM_PROTEST || sentence == it->sentence || says_against_what(s, it))
        return false;
    for (uint32_t k = rules->first[sentence]; k < rules->first[sentence + 1]; k++) {
        const dgm_event *e = &s->doc->events.at[rules->at[k]];
        dgm_event_type type = dgm_like(e->type);
        bool acts = judge_side_has(side_of(e, 0), to->entity);
        bool meets =
            type == DGM_CONSULT || (acts && type == DGM_REQUEST && sentence > it->sentence);
        if ((acts || judge_side_has(side_of(e, 1), to->entity)) && !meets)
            return false;
        met = met || acts;
    }
    return met;
}

/* "Rejected an appeal by the village's lawyers": who stands with what is answered is answered, and
 * who did what is condemned is condemned; not somebody else of their state. */
static bool is_in_place_of(const sight *s, const occasion *it, const dgm_participant *said,
                           const dgm_participant *to)
{
    const dgm_mention *m = &s->doc->mentions.at[said->mention];
    const dgm_tree *t = s->sentences[it->sentence].tree;
    uint32_t object = dgm_child_of(t, it->word, DGM_REL_OBJ);
    if (!dgm_is_same_country(s->doc, said->entity, to->entity) || !object)
        return false;
    if (m->span.sentence != it->sentence)
        return dgm_view_starts(dgm_view_of(it->sides->cameo), DGM_VIEW("111"));
    const dgm_mention *other = &s->doc->mentions.at[to->mention];
    return dgm_is_under(t, object, m->head) && dgm_like(it->type) == DGM_REJECT &&
           (other->span.sentence != it->sentence || !dgm_is_under(t, object, other->head));
}

static void take_said(const sight *s, const occasion *it, members own, dgm_participants *recipients)
{
    for (uint32_t i = 0; i < recipients->n; i++)
        for (uint32_t j = 0; j < own.n && !judge_side_has(own, recipients->at[i].entity); j++)
            if (!judge_side_has(members_of(recipients), own.at[j].entity) &&
                is_in_place_of(s, it, &own.at[j], &recipients->at[i]))
                recipients->at[i] = own.at[j];
}

static void drop_unfit(const sight *s, const occasion *it, members own, members actors,
                       dgm_participants *recipients)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < recipients->n; i++) {
        const dgm_participant *to = &recipients->at[i];
        bool unfit = is_asker(s, it, actors, to) || is_of_who_acts(s, it, to) ||
                     is_victim_of_blamed(s, it, to) || is_only_met(s, it, to) ||
                     is_scene_of_blamed(s, it, to) || is_answering(s, it, to);
        if (judge_side_has(own, to->entity) || !unfit)
            recipients->at[kept++] = *to;
    }
    recipients->n = kept;
}

bool judge_give_sides(const sight *s, const dgm_linear *model, dgm_features *f, dgm_event *event,
                      const occasion *it, const ranking *r, uint32_t actors, uint32_t recipients)
{
    dgm_participants sides[2] = { { .n = 0 }, { .n = 0 } };
    const members own[2] = { side_of(event, 0), side_of(event, 1) };
    const uint32_t chosen[2] = { actors, recipients };
    if (!judge_choose_parties(s, model, f, it, r, chosen, own, sides) ||
        !keep_all_nameless(s, it, own, sides))
        return false;
    for (uint32_t role = 0; role < 2; role++)
        drop_twins(s, r, role, &sides[role]);
    if (!part_from_actors(s, it, own[1], members_of(&sides[0]), &sides[1]) ||
        !part_from_sufferers(s, it, own[0], members_of(&sides[1]), &sides[0]) ||
        !accuse_by_taker(s, it, sides) || !done_by_claimer(s, it, sides))
        return false;
    drop_asker(s, it, own[0], &sides[0]);
    drop_told_of(s, it, own[1], members_of(&sides[0]), &sides[1]);
    drop_unlinked(s, it, event->cameo, own[1], members_of(&sides[0]), &sides[1]);
    take_said(s, it, own[1], &sides[1]);
    drop_unfit(s, it, own[1], members_of(&sides[0]), &sides[1]);
    if (dgm_view_starts(dgm_view_of(event->cameo), DGM_VIEW("016"))) /* a denial */
        drop_self(s, it, members_of(&sides[0]), &sides[1]);
    event->actors = sides[0];
    event->recipients = sides[1];
    return true;
}
