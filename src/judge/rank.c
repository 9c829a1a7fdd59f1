/* Which of the states in sight of an event act in it and which receive: the likeliest, unless the
 * words say otherwise. */
#include "judge/court.h"

/* "UKR 0.91 by slot obl by +1.20, ...", of the likeliest state. */
static void keep_reasons(court *c, verdict *v, uint32_t i, uint32_t role)
{
    const ranking *r = &v->ranking;
    for (uint32_t k = 0; k < i; k++)
        if (r->scores[k][role] >= r->scores[i][role])
            return;
    dgm_arena *arena = c->sight.doc->arena;
    v->side_reasons[role] =
        dgm_arena_printf(arena, "%s %.2f by %.*s", c->sight.states[r->states[i]].code,
                         dgm_likelihood(r->scores[i][role]),
                         DGM_FMT(dgm_linear_reasons(c->judge->sides, &c->features, role, arena)));
}

uint32_t judge_bit_of_state(const ranking *r, uint32_t state)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (r->states[i] == state)
            return UINT32_C(1) << i;
    return 0;
}

/* States of an entity, which may be DGM_NONE, and of a side; bits of the ranking. */
static uint32_t states_of(const court *c, const verdict *v, uint32_t entity)
{
    uint32_t states = 0;
    for (uint32_t i = 0; entity != DGM_NONE && i < v->ranking.n; i++)
        states |= (uint32_t)judge_is_of_state(&c->sight, entity, v->ranking.states[i]) << i;
    return states;
}

static uint32_t states_of_side(const court *c, const verdict *v, members side)
{
    uint32_t states = 0;
    for (uint32_t i = 0; i < side.n; i++)
        states |= states_of(c, v, side.at[i].entity);
    return states;
}

/* "A request from Chad and Mali", "the offer by Chad": states of those whose word it is; 0: it is
 * not said. Bits of the ranking. */
static uint32_t stated_source(const court *c, const verdict *v)
{
    const dgm_sentence *s = sentence_at(&c->sight, v->at.sentence);
    int quad = dgm_events_quad(c->sight.events, v->at.type);
    uint32_t out = 0;
    if (s->words[v->at.word].upos != DGM_NOUN ||
        (quad != DGM_QUAD_VERBAL_COOPERATION && quad != DGM_QUAD_VERBAL_CONFLICT))
        return 0;
    for (uint32_t w = v->at.word + 1; w <= s->n_words; w++) {
        uint32_t top = s->words[w].deprel == DGM_REL_CONJ ? s->words[w].head : w;
        uint32_t marker = dgm_child_of(s->tree, top, DGM_REL_CASE);
        uint32_t entity = judge_entity_of(&c->sight, v->at.sentence, w);
        if (s->words[top].head != v->at.word || s->words[top].deprel != DGM_REL_NMOD || !marker ||
            !dgm_function_is(s->tree, marker, DGM_FN_SOURCE))
            continue;
        out |= states_of(c, v, entity);
    }
    return out;
}

/* "Benin said that Niger was seeking a pretext": of the two, it is the speaker who blames, where
 * only the judge finds it. States of the speaker; 0: none is known. */
static uint32_t blaming_speaker(const court *c, const verdict *v)
{
    uint32_t top, says = judge_says_above(&c->sight, v->at.sentence, v->at.word, &top);
    if (!says || v->at.event != DGM_NONE || dgm_like(v->at.type) != DGM_ACCUSE)
        return 0;
    const dgm_tree *t = c->sight.sentences[v->at.sentence].tree;
    uint32_t speaker = dgm_child_of(t, says, DGM_REL_NSUBJ);
    return speaker ? states_of(c, v, judge_entity_of(&c->sight, v->at.sentence, speaker)) : 0;
}

/* Blame, refusal, help and harm are somebody's. But "denied that Turkey had sent fighters" tells
 * what was said, and not by whom. */
static bool is_done_to_somebody(const court *c, const verdict *v)
{
    const dgm_sentence *s = sentence_at(&c->sight, v->at.sentence);
    switch (dgm_like(v->at.type)) {
    case DGM_ACCUSE:
    case DGM_AID:
    case DGM_ASSAULT:
    case DGM_SANCTION:
        return true;
    case DGM_REJECT:
        return !dgm_child_of(s->tree, v->at.word, DGM_REL_CCOMP);
    default:
        return false;
    }
}

/* "The militia, long backed by Uganda, killed eight": who helps somebody whom nobody knows to be of
 * a state is not he. States of the helpers; bits of the ranking. */
static uint32_t helpers(const court *c, const verdict *v, uint32_t own)
{
    const dgm_by_sentence *rules = &c->sight.rules;
    members actors = rules_side(v, 0);
    uint32_t out = 0, end = rules->first[v->at.sentence + 1];
    for (uint32_t i = rules->first[v->at.sentence]; i < end && actors.n > 0; i++) {
        const dgm_event *help = &c->sight.doc->events.at[rules->at[i]];
        bool helped = false;
        if (dgm_like(help->type) != DGM_AID)
            continue;
        for (uint32_t j = 0; j < actors.n; j++)
            helped = helped || judge_side_has(side_of(help, 1), actors.at[j].entity);
        if (helped)
            out |= states_of_side(c, v, side_of(help, 0));
    }
    return out & ~own;
}

/* "India condemned the shelling of a town", "an attempt to kill him", "called it a crime": who
 * condemns a deed has not done it, where the words do not say so. Bits of the ranking. */
static uint32_t condemners(const court *c, const verdict *v)
{
    const dgm_by_sentence *rules = &c->sight.rules;
    const dgm_tree *t = c->sight.sentences[v->at.sentence].tree;
    const dgm_word *deed = &t->s->words[v->at.word];
    uint32_t out = 0, end = rules->first[v->at.sentence + 1];
    if (deed->deprel == DGM_REL_OBJ && dgm_lemma_function_is(t, deed->head, DGM_FN_CALL)) {
        uint32_t subject = dgm_subject_of(t, deed->head, DGM_NEAREST);
        uint32_t who = subject ? judge_entity_of(&c->sight, v->at.sentence, subject) : DGM_NONE;
        out = who == DGM_NONE ? 0 : states_of(c, v, who);
    }
    bool infinitive = dgm_has_to(t, v->at.word);
    if (deed->deprel == DGM_REL_ACL && infinitive)
        deed = &t->s->words[deed->head];
    bool below = deed->deprel == DGM_REL_OBJ || (deed->deprel == DGM_REL_ADVCL && infinitive);
    for (uint32_t i = rules->first[v->at.sentence]; i < end && below; i++) {
        const dgm_event *e = &c->sight.doc->events.at[rules->at[i]];
        if (e->trigger_word == deed->head && dgm_like(e->type) == DGM_ACCUSE)
            out |= states_of_side(c, v, side_of(e, 0));
    }
    return out;
}

/* "Banks must freeze the accounts, the premier said": where the rules know who is to do it, whoever
 * asks for it does not do it. Bits of the ranking. */
static uint32_t askers(const court *c, const verdict *v)
{
    const dgm_document *doc = c->sight.doc;
    uint32_t i = v->content ? doc->events.at[v->at.event].content_of : DGM_NONE;
    const dgm_event *request = i == DGM_NONE ? NULL : &doc->events.at[i];
    if (!request || dgm_like(request->type) != DGM_REQUEST || rules_side(v, 0).n == 0)
        return 0;
    return states_of_side(c, v, side_of(request, 0));
}

/* "Accused each other": each is recipient of the other, and nobody else is. */
static bool is_mutual(const court *c, const verdict *v)
{
    return dgm_is_mutual(c->sight.sentences[v->at.sentence].tree, v->at.word);
}

/* "Urged the two countries": what is told of both by one word is told of each of them. Of a side
 * that the rules have: the states of a phrase of which one is chosen, without those of `but`. */
static uint32_t whole_phrases(const court *c, const verdict *v, uint32_t role, uint32_t chosen,
                              uint32_t but)
{
    members side = rules_side(v, role);
    uint32_t out = chosen;
    for (uint32_t i = 0; i < side.n; i++) {
        uint32_t phrase = 0;
        for (uint32_t j = 0; j < side.n; j++)
            if (side.at[j].mention == side.at[i].mention)
                phrase |= states_of(c, v, side.at[j].entity);
        if ((phrase & chosen) && !(phrase & but))
            out |= phrase;
    }
    return out;
}

/* What the words say of the side goes before what is likeliest. */
static uint32_t settle_side(const court *c, const verdict *v, uint32_t role, uint32_t own,
                            uint32_t chosen)
{
    if (role == 0)
        chosen &= ~helpers(c, v, own);
    if (role == 1 && is_mutual(c, v))
        return 0;
    if (role == 1)
        return own && v->at.sides->evidence.answers ? own : chosen;
    uint32_t source = chosen & stated_source(c, v);
    if (!source)
        source = chosen & blaming_speaker(c, v);
    return source ? source : chosen;
}

/* Whether the word is below a verb that "and" joins to the event's, and stands behind it. */
static bool is_of_next_deed(const dgm_sentence *s, uint32_t verb, uint32_t word)
{
    DGM_EACH_CHILD(s->tree, verb, w)
    if (w > verb && s->words[w].deprel == DGM_REL_CONJ && s->words[w].upos == DGM_VERB &&
        dgm_is_under(s->tree, w, word))
        return true;
    return false;
}

/* "France denounced the coup in Gabon and asked Cameroon to help": where the deed's object names a
 * state, one that only the next deed names does not receive the first. Bits of the ranking. */
static uint32_t only_in_next_deed(const court *c, const verdict *v)
{
    const sentence_sight *info = &c->sight.sentences[v->at.sentence];
    const dgm_sentence *s = sentence_at(&c->sight, v->at.sentence);
    uint32_t object = dgm_child_of(s->tree, v->at.word, DGM_REL_OBJ), next = 0, others = 0;
    /* "Condemned the attack and urged Chad to protect its border": hardly who attacked. */
    bool named = object && dgm_like(v->at.type) == DGM_ACCUSE &&
                 dgm_has_class(s->tree, object, DGM_CLASS_ATTACK);
    for (uint32_t k = 0; object && k < info->n_namings; k++) {
        const naming *it = &c->sight.namings.at[info->namings + k];
        uint32_t head = c->sight.doc->mentions.at[it->mention].head;
        uint32_t state = judge_bit_of_state(&v->ranking, it->state);
        *(is_of_next_deed(s, v->at.word, head) ? &next : &others) |= state;
        named |= (state & ~v->actors) && dgm_is_under(s->tree, object, head);
    }
    for (uint32_t i = 0; i < v->ranking.n; i++) /* those that a sentence before names */
        if (c->sight.states[v->ranking.states[i]].first < info->namings)
            others |= UINT32_C(1) << i;
    return named ? next & ~others : 0;
}

/* "Kuwait and Jordan signed a deal to develop a field which Iran also claims": where two who agree
 * or work together are told, who only acts in a relative clause is no third. Bits of the ranking.
 */
static uint32_t only_in_relative(const court *c, const verdict *v)
{
    const sentence_sight *info = &c->sight.sentences[v->at.sentence];
    const dgm_sentence *s = sentence_at(&c->sight, v->at.sentence);
    int quad = dgm_events_quad(c->sight.events, v->at.type);
    uint32_t inside = 0, others = 0;
    if (dgm_count_bits(v->actors) < 2 ||
        (quad != DGM_QUAD_VERBAL_COOPERATION && quad != DGM_QUAD_MATERIAL_COOPERATION))
        return 0;
    for (uint32_t k = info->namings; k < info->namings + info->n_namings; k++) {
        const naming *it = &c->sight.namings.at[k];
        uint32_t head = c->sight.doc->mentions.at[it->mention].head;
        uint32_t clause = s->words[head].head;
        bool acts = s->words[head].deprel == DGM_REL_NSUBJ && clause != v->at.word &&
                    s->words[clause].deprel == DGM_REL_ACL_RELCL &&
                    dgm_is_under(s->tree, v->at.word, head);
        *(acts ? &inside : &others) |= judge_bit_of_state(&v->ranking, it->state);
    }
    return inside & ~others;
}

static void score_states(court *c, verdict *v, uint32_t role, const uint32_t *states,
                         uint64_t actors)
{
    for (uint32_t i = 0; i < v->ranking.n; i++) {
        int32_t scores[2];
        judge_side_features(&c->sight, &v->at, states[i], role, actors, &c->features);
        dgm_linear_score(c->judge->sides, &c->features, scores);
        v->ranking.states[i] = states[i];
        v->ranking.scores[i][role] = scores[role];
        if (c->features.names)
            keep_reasons(c, v, i, role);
    }
}

/* Actors first; who receives depends on who acts. */
bool judge_rank(court *c, verdict *v)
{
    uint32_t states[MAX_IN_SIGHT];
    uint64_t actors = 0;
    double likelihood[2];
    if (!judge_find_sides(&c->sight, &v->at))
        return false;
    v->ranking.n = judge_states_in_sight(&c->sight, &v->at, states);
    for (uint32_t role = 0; role < 2; role++) {
        score_states(c, v, role, states, actors);
        uint32_t own = states_of_side(c, v, rules_side(v, role));
        uint32_t never = role ? only_in_next_deed(c, v) | only_in_relative(c, v)
                              : condemners(c, v) | askers(c, v);
        never &= ~own;
        for (uint32_t i = 0; i < v->ranking.n; i++)
            if (never >> i & 1)
                v->ranking.scores[i][role] = JUDGE_IMPOSSIBLE;
        uint32_t chosen = choose_side(&v->ranking, role, own, &likelihood[role]);
        chosen = settle_side(c, v, role, own, chosen);
        chosen = whole_phrases(c, v, role, chosen, role ? v->actors : 0);
        for (uint32_t i = 0; role == 0 && i < v->ranking.n; i++)
            actors |= (uint64_t)(chosen >> i & 1) << states[i];
        *(role ? &v->recipients : &v->actors) = chosen;
    }
    if (!v->recipients && v->actors && is_done_to_somebody(c, v) && !is_mutual(c, v)) {
        v->recipients = choose_somebody(&v->ranking, 1, ~v->actors);
        v->supposed = v->recipients != 0;
    }
    v->sides_likelihood = likelihood[0] * likelihood[1];
    return true;
}
