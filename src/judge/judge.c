/* The judge at work: every word that may carry an event is weighed, then whose the events are, and
 * the document's events are written anew. */
#include "judge/sight.h"

#include <math.h>
#include <stdlib.h>

struct dgm_judge {
    dgm_linear *types, *sides, *parties;
    dgm_perceptron *kin; /* types by words of like meaning; NULL: the tables bring none */
    connotation *tone;
};

/* An event stays if p(type) * sqrt(p(sides)) is at least this: its type must be likely, its sides
 * may be uncertain, and count no worse than `doubtful`, since nobody may know who planted a bomb.
 * Material conflict is asked for more, since a false assault costs the trust of those who count
 * them. Chosen by cross-validation (docs/measurements.md). */
static const double least = 0.16, least_conflict = 0.25, least_sport = 0.5, doubtful = 0.6;
/* Scores: likelihoods of 0.03 and of 0.00005. */
enum { hopeless = -3500, impossible = -10000 };

dgm_status dgm_judge_load(const char *tables_dir, dgm_complaints *complaints, dgm_judge **out,
                          dgm_err *err)
{
    *out = NULL;
    dgm_judge *judge = calloc(1, sizeof(*judge));
    if (!judge)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the judge");
    dgm_status status = dgm_linear_load(tables_dir, "model/judge.tsv", judge_types, N_TYPES,
                                        complaints, &judge->types, err);
    if (status == DGM_OK)
        status = dgm_perceptron_load(tables_dir, "model/perceptron.tsv", &judge_inputs, judge_types,
                                     N_TYPES, complaints, &judge->kin, err);
    if (status == DGM_OK)
        status = dgm_linear_load(tables_dir, "model/sides.tsv", judge_roles, 2, complaints,
                                 &judge->sides, err);
    if (status == DGM_OK)
        status = dgm_linear_load(tables_dir, "model/parties.tsv", judge_roles, 2, complaints,
                                 &judge->parties, err);
    if (status == DGM_OK)
        status = connotation_load(tables_dir, complaints, &judge->tone, err);
    if (status == DGM_OK && (judge->types || judge->sides))
        *out = judge;
    else
        dgm_judge_free(judge);
    return status;
}

void dgm_judge_free(dgm_judge *judge)
{
    if (!judge)
        return;
    dgm_linear_free(judge->types);
    dgm_perceptron_free(judge->kin);
    dgm_linear_free(judge->sides);
    dgm_linear_free(judge->parties);
    connotation_free(judge->tone);
    free(judge);
}

/* ---- one event ------------------------------------------------------------------------------ */

typedef struct {
    occasion at;
    double type_likelihood, sides_likelihood;
    double undenied;          /* the likelihood of the type if nothing denied the word */
    dgm_event_type rule_type; /* NONE: no rule */
    dgm_judging judging;
    ranking ranking;
    uint32_t actors, recipients;            /* bits of the ranking */
    dgm_view type_reasons, side_reasons[2]; /* for explain */
    bool content, kept, told;               /* told: by another word, which stays */
    bool supposed;                          /* nobody is likelier than its recipients */
    bool made_of_not; /* its type comes of the "not" beside the word, if any */
} verdict;

typedef struct {
    const dgm_judge *judge;
    sight sight;
    unsigned what;
    DGM_ARRAY(verdict) verdicts;
    dgm_features features;
    uint32_t topic_of;      /* a sentence, or DGM_NONE */
    int32_t topic[N_TYPES]; /* what it is about, as scores */
} court;

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

/* A side of the rules' event; nobody where the judge adds the event. */
static members rules_side(const verdict *v, uint32_t role)
{
    return v->at.event == DGM_NONE ? (members) { NULL, 0 } : side_of(v->at.sides, role);
}

/* The bit of the ranking that stands for a state; 0: it is not ranked. */
static uint32_t bit_of_state(const ranking *r, uint32_t state)
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
    const dgm_events_of *rules = &c->sight.rules;
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

/* "India condemned the shelling of a town", "an attempt to kill him": who condemns a deed has not
 * done it, where the words do not say so. Bits of the ranking. */
static uint32_t condemners(const court *c, const verdict *v)
{
    const dgm_events_of *rules = &c->sight.rules;
    const dgm_sentence *s = sentence_at(&c->sight, v->at.sentence);
    const dgm_word *deed = &s->words[v->at.word];
    uint32_t out = 0, end = rules->first[v->at.sentence + 1];
    bool infinitive = dgm_has_to(s->tree, v->at.word);
    if (deed->deprel == DGM_REL_ACL && infinitive)
        deed = &s->words[deed->head];
    bool below = deed->deprel == DGM_REL_OBJ || (deed->deprel == DGM_REL_ADVCL && infinitive);
    for (uint32_t i = rules->first[v->at.sentence]; i < end && below; i++) {
        const dgm_event *e = &c->sight.doc->events.at[rules->at[i]];
        if (e->trigger_word == deed->head && dgm_like(e->type) == DGM_ACCUSE)
            out |= states_of_side(c, v, side_of(e, 0));
    }
    return out;
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
        dgm_dominates(s, w, word))
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
        uint32_t state = bit_of_state(&v->ranking, it->state);
        *(is_of_next_deed(s, v->at.word, head) ? &next : &others) |= state;
        named |= (state & ~v->actors) && dgm_dominates(s, object, head);
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
                    dgm_dominates(s, v->at.word, head);
        *(acts ? &inside : &others) |= bit_of_state(&v->ranking, it->state);
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
static bool rank(court *c, verdict *v)
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
        uint32_t never = role ? only_in_next_deed(c, v) | only_in_relative(c, v) : condemners(c, v);
        never &= ~own;
        for (uint32_t i = 0; i < v->ranking.n; i++)
            if (never >> i & 1)
                v->ranking.scores[i][role] = impossible;
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

/* Whether the codebook has PLOVER's type, and lets the judge weigh it. */
static bool may_give(const court *c, uint32_t type)
{
    const dgm_type *it = &dgm_events_types(c->sight.events)->at[type];
    return it->name[0] && it->judging == DGM_JUDGING_ALL;
}

/* "Pulled its artillery back": a retreat is no attack, whatever words stand in it; nor has anyone
 * attacked who "stopped digging". */
static bool is_reversed(const court *c, const verdict *v, uint32_t type)
{
    const dgm_tree *t = c->sight.sentences[v->at.sentence].tree;
    bool ends = v->rule_type == DGM_EVENT_NONE && dgm_has_class(t, v->at.word, DGM_CLASS_STOP) &&
                dgm_child_of(t, v->at.word, DGM_REL_XCOMP);
    return type == DGM_ASSAULT && (v->rule_type == DGM_RETREAT || ends);
}

/* The perceptron has half the say: what it is wrong in is not what the table is wrong in. False:
 * there is none, or it could not save a word that the table thinks so little of. */
static bool weigh_kin(const court *c, const verdict *v, int32_t kin[N_TYPES],
                      int32_t scores[N_TYPES])
{
    int8_t inputs[N_INPUTS];
    int32_t best = scores[0];
    for (uint32_t t = 1; t < N_TYPES; t++)
        best = DGM_MAX(best, scores[t]);
    if (!c->judge->kin || best < hopeless)
        return false;
    judge_word_inputs(&c->sight, v->at.sentence, v->at.word, inputs);
    dgm_perceptron_score(c->judge->kin, inputs, kin);
    for (uint32_t t = 0; t < N_TYPES; t++)
        scores[t] = (scores[t] + kin[t]) / 2;
    return true;
}

/* "rule ASSAULT +2.10, ...; 0.85 by like words" */
static dgm_view reasons_of(const court *c, uint32_t type, const int32_t *kin)
{
    dgm_arena *arena = c->sight.doc->arena;
    dgm_view reasons = dgm_linear_reasons(c->judge->types, &c->features, type, arena);
    return kin ? dgm_arena_printf(arena, "%.*s; %.2f by like words", DGM_FMT(reasons),
                                  dgm_likelihood(*kin))
               : reasons;
}

/* What the sentence is about is scored once for all its words. */
static void score_topic(court *c, uint32_t i_sentence)
{
    if (c->topic_of == i_sentence)
        return;
    dgm_features_clear(&c->features);
    judge_topic_features(&c->sight, i_sentence, &c->features);
    dgm_linear_score(c->judge->types, &c->features, c->topic);
    c->topic_of = i_sentence;
}

static void score_word(court *c, const verdict *v, int32_t scores[N_TYPES])
{
    score_topic(c, v->at.sentence);
    judge_word_features(&c->sight, v->at.sentence, v->at.word, &c->features);
    dgm_linear_score(c->judge->types, &c->features, scores);
    for (uint32_t t = 0; t < N_TYPES; t++)
        scores[t] += c->topic[t];
    if (c->features.names) /* reasons are asked of all features */
        judge_topic_features(&c->sight, v->at.sentence, &c->features);
}

/* The likeliest type at a word. An own type is weighed as the one that it is like, and stays. */
static void weigh_word(court *c, verdict *v)
{
    int32_t scores[N_TYPES], kin[N_TYPES];
    bool is_own = dgm_is_own_type(v->rule_type);
    uint32_t best = is_own ? dgm_like(v->rule_type) - 1u : N_TYPES;
    score_word(c, v, scores);
    bool has_kin = weigh_kin(c, v, kin, scores);
    for (uint32_t t = 0; t < N_TYPES && !is_own; t++)
        if (may_give(c, t + 1) && !is_reversed(c, v, t + 1) &&
            (best == N_TYPES || scores[t] > scores[best]))
            best = t;
    v->type_likelihood = 0;
    if (best >= N_TYPES)
        return;
    v->at.type = is_own ? v->rule_type : (dgm_event_type)(best + 1);
    v->type_likelihood = dgm_likelihood(scores[best]);
    if (c->features.names)
        v->type_reasons = reasons_of(c, best, has_kin ? &kin[best] : NULL);
}

static bool has_nots(const court *c, const verdict *v)
{
    const sentence_sight *info = &c->sight.sentences[v->at.sentence];
    DGM_EACH_CHILD(info->tree, v->at.word, child)
    if (info->denial[child])
        return true;
    return false;
}

/* "did not accept" is REJECT by its "not", "did not question" would be ACCUSE without: what the
 * word would be if nothing denied it. */
static void weigh_undenied(court *c, verdict *v)
{
    verdict without = { .at = v->at, .rule_type = DGM_EVENT_NONE };
    if (!has_nots(c, v))
        return;
    c->sight.no_nots = true;
    weigh_word(c, &without);
    c->sight.no_nots = false;
    v->undenied = without.type_likelihood;
    v->made_of_not = without.at.type != v->at.type || without.type_likelihood < least;
}

/* "would not hesitate to help": what verbs make of each other the rules know better; the judge sees
 * the words one by one. It may only drop it. */
static bool is_composed(const court *c, const verdict *v)
{
    return v->at.event != DGM_NONE && c->sight.doc->events.at[v->at.event].operator_rule.n;
}

static bool is_enough(const court *c, const verdict *v)
{
    bool conflict = dgm_events_quad(c->sight.events, v->at.type) == DGM_QUAD_MATERIAL_CONFLICT;
    double asked = sentence_at(&c->sight, v->at.sentence)->sport ? least_sport
                   : conflict                                    ? least_conflict
                                                                 : least;
    return v->type_likelihood * sqrt(DGM_MAX(v->sides_likelihood, doubtful)) >= asked;
}

static bool weigh_as_seen(court *c, verdict *v)
{
    bool types = (c->what & DGM_JUDGE_TYPES) && v->judging == DGM_JUDGING_ALL;
    if (v->judging == DGM_JUDGING_NONE) {
        v->kept = true;
        return true;
    }
    if (types) {
        weigh_word(c, v);
        if (v->content || is_composed(c, v))
            v->at.type = v->rule_type;
    }
    if (types && !v->content && v->type_likelihood < least)
        return true;
    if ((c->what & DGM_JUDGE_SIDES) && !rank(c, v))
        return false;
    v->kept = !types || v->content || is_enough(c, v);
    return true;
}

/* "did not", "nobody", "none of them" */
static bool is_denied(const dgm_tree *t, uint32_t word)
{
    uint32_t at;
    DGM_EACH_CHILD(t, word, child)
    if (dgm_negator_in(t, word, child, &at) && !dgm_negates_infinitive(t, word, child))
        return true;
    return false;
}

/* "'We did not ram their boat', Senegal's minister said": somebody who is known says that it is not
 * so. The rules found what he denies, however unlikely the words are. */
static bool is_denied_by_somebody(const court *c, const verdict *v)
{
    const dgm_tree *t = c->sight.sentences[v->at.sentence].tree;
    uint32_t top = 0, says = judge_says_above(&c->sight, v->at.sentence, v->at.word, &top);
    uint32_t speaker = says ? dgm_child_of(t, says, DGM_REL_NSUBJ) : 0, first = v->at.word;
    while (first != top && t->s->words[first].deprel == DGM_REL_CONJ)
        first = t->s->words[first].head;
    return speaker && first == top && is_denied(t, v->at.word) &&
           judge_entity_of(&c->sight, v->at.sentence, speaker) != DGM_NONE;
}

/* "if Bolivia withdraws", "should it fail to free them" */
static bool is_condition_clause(const dgm_tree *t, uint32_t clause)
{
    DGM_EACH_CHILD(t, clause, child)
    {
        dgm_deprel r = t->s->words[child].deprel;
        if (dgm_function_is(t, child, DGM_FN_CONDITION) &&
            (r == DGM_REL_MARK || (r == DGM_REL_AUXREL && dgm_is_inverted(t, child))))
            return true;
    }
    return false;
}

/* "Should Mauritania fail to free the men, Senegal will recall its envoy": what the rules found in
 * a condition goes with what depends on it. */
static bool is_condition_of_event(const court *c, const verdict *v)
{
    const dgm_tree *t = c->sight.sentences[v->at.sentence].tree;
    const dgm_sentence *s = t->s;
    uint32_t clause = v->at.word;
    while (s->words[clause].deprel == DGM_REL_XCOMP)
        clause = s->words[clause].head;
    return s->words[clause].deprel == DGM_REL_ADVCL && is_condition_clause(t, clause) &&
           dgm_event_of(c->sight.doc, &s->words[s->words[clause].head]) != NULL;
}

static bool weigh(court *c, verdict *v)
{
    bool types = (c->what & DGM_JUDGE_TYPES) && v->judging == DGM_JUDGING_ALL;
    verdict seen = *v;
    if (!weigh_as_seen(c, &seen))
        return false;
    if (types && !seen.kept && has_nots(c, v)) {
        c->sight.no_nots = true;
        seen = *v;
        bool good = weigh_as_seen(c, &seen);
        c->sight.no_nots = false;
        seen.undenied = seen.type_likelihood;
        if (!good || seen.kept) {
            *v = seen;
            return good;
        }
    }
    if (types && !seen.kept && v->at.event != DGM_NONE &&
        (is_denied_by_somebody(c, v) || is_condition_of_event(c, v))) {
        v->judging = DGM_JUDGING_SIDES;
        bool good = weigh_as_seen(c, v);
        v->type_likelihood = v->undenied = seen.type_likelihood;
        return good;
    }
    *v = seen;
    v->undenied = v->type_likelihood;
    v->made_of_not = true;
    if (types && v->kept)
        weigh_undenied(c, v);
    return true;
}

/* "Japan accused China of spying, an allegation that ...": the noun is for what was told before it,
 * and no second accusation. */
static bool is_for_told(const court *c, const dgm_sentence *s, uint32_t word)
{
    uint32_t det = dgm_child_of(s->tree, word, DGM_REL_DETREL);
    if (s->words[word].upos != DGM_NOUN || s->words[word].deprel != DGM_REL_APPOS || det < 2 ||
        !dgm_function_is(s->tree, det, DGM_FN_A) ||
        !dgm_view_eq(s->words[det - 1].form, DGM_VIEW(",")))
        return false;
    dgm_habit habit = { .most = DGM_EVENT_NONE };
    dgm_events_habit(c->sight.events, s->tree->lemmas[word], true, &habit);
    for (uint32_t w = 1; w < det && habit.most != DGM_EVENT_NONE; w++) {
        const dgm_event *e = dgm_event_of(c->sight.doc, &s->words[w]);
        if (e && dgm_like(e->type) == habit.most)
            return true;
    }
    return false;
}

/* Every event of the rules and, where types are judged, every word that may carry one. A sentence
 * that is longer than any in a text (segment.h forces an end) is left to the rules: each word would
 * be weighed by all others. */
static bool weigh_sentence(court *c, uint32_t i_sentence)
{
    enum { LONGEST = 1000 };
    dgm_document *doc = c->sight.doc;
    const dgm_sentence *s = &doc->sentences.at[i_sentence];
    bool too_long = s->n_words > LONGEST;
    for (uint32_t w = 1; w <= s->n_words; w++) {
        const dgm_event *e = dgm_event_of(doc, &s->words[w]);
        bool mere_voice = w > c->sight.sentences[i_sentence].n_told;
        if (!e && (too_long || mere_voice || s->words[w].no_event ||
                   !((c->what & DGM_JUDGE_TYPES) && judge_can_carry(&s->words[w])) ||
                   is_for_told(c, s, w)))
            continue;
        verdict v = { .at = { .sentence = i_sentence, .word = w, .event = s->words[w].event },
                      .type_likelihood = 1,
                      .sides_likelihood = 1,
                      .content = e && e->content_of != DGM_NONE };
        v.rule_type = v.at.type = e ? e->type : DGM_EVENT_NONE;
        v.judging = too_long ? DGM_JUDGING_NONE : e ? e->judging : DGM_JUDGING_ALL;
        if (!weigh(c, &v))
            return false;
        verdict *kept = e || v.kept ? dgm_push(doc->arena, &c->verdicts) : NULL;
        if (kept)
            *kept = v;
        else if (e || v.kept)
            return false;
    }
    return true;
}

/* ---- several at one deed -------------------------------------------------------------------- */

/* Steps through the tree from one word to the other, at most MOST_STEPS. */
enum { MOST_STEPS = 3 };
static bool are_near(const dgm_sentence *s, uint32_t a, uint32_t b)
{
    for (uint32_t up = a, i = 0; up && up <= s->n_words && i <= MOST_STEPS; i++) {
        for (uint32_t other = b, j = 0; other && other <= s->n_words && i + j <= MOST_STEPS; j++) {
            if (up == other)
                return true;
            other = s->words[other].head;
        }
        up = s->words[up].head;
    }
    return false;
}

/* Bits of another ranking, as bits of this one; a state that is not in it has none. */
static uint32_t bits_of(const ranking *r, const ranking *other, uint32_t chosen)
{
    uint32_t out = 0;
    for (uint32_t i = 0; i < other->n; i++)
        if (chosen >> i & 1)
            out |= bit_of_state(r, other->states[i]);
    return out;
}

/* Whether two sides may be one: they share a state, or one says nothing. */
static bool may_be_one(const verdict *a, uint32_t chosen_a, const verdict *b, uint32_t chosen_b)
{
    return !chosen_a || !chosen_b || (bits_of(&b->ranking, &a->ranking, chosen_a) & chosen_b);
}

/* "struck a bridge near Sidon": whether the place of the deed, or of its object, is said. */
static bool has_place_said(const court *c, uint32_t i_sentence, uint32_t verb)
{
    const dgm_sentence *s = sentence_at(&c->sight, i_sentence);
    const uint32_t heads[] = { verb, dgm_child_of(s->tree, verb, DGM_REL_OBJ) };
    for (uint32_t i = 0; i < DGM_LEN(heads); i++)
        DGM_EACH_CHILD(s->tree, heads[i], w)
        {
            uint32_t entity = judge_entity_of(&c->sight, i_sentence, w);
            if (entity != DGM_NONE && dgm_has_function(s->tree, w, DGM_FN_PLACE) &&
                c->sight.doc->entities.at[entity].kind == DGM_ENTITY_PLACE)
                return true;
        }
    return false;
}

/* "A trader was stabbed and a mob burned a shop", "retook the town after rebels stormed it": each
 * verb has somebody of its own in front of it, and it is not told as what the first came to. */
static bool are_of_two_doers(const dgm_tree *t, uint32_t a, uint32_t b)
{
    const dgm_word *second = &t->s->words[b];
    uint32_t doer = dgm_child_of(t, b, DGM_REL_NSUBJ), mark = dgm_child_of(t, b, DGM_REL_MARK);
    if (!doer || second->head != a || t->s->words[doer].upos == DGM_PRON ||
        !dgm_child_of(t, b, DGM_REL_OBJ))
        return false;
    if (second->deprel == DGM_REL_CONJ)
        return dgm_child_of(t, a, DGM_REL_NSUBJ) || dgm_child_of(t, a, DGM_REL_NSUBJ_PASS);
    return second->deprel == DGM_REL_ADVCL && mark && dgm_function_is(t, mark, DGM_FN_SEQUENCE) &&
           dgm_child_of(t, a, DGM_REL_NSUBJ);
}

/* "took guards hostage and killed two": what is done to one and to another is two deeds where the
 * rules say so, or where each has a place of its own. */
static bool are_done_to_two(const court *c, const verdict *a, const verdict *b)
{
    const dgm_sentence *s = sentence_at(&c->sight, a->at.sentence);
    bool ruled = a->at.event != DGM_NONE && b->at.event != DGM_NONE;
    if (ruled && are_of_two_doers(s->tree, a->at.word, b->at.word))
        return true;
    return s->words[b->at.word].deprel == DGM_REL_CONJ && s->words[b->at.word].head == a->at.word &&
           dgm_child_of(s->tree, a->at.word, DGM_REL_OBJ) &&
           dgm_child_of(s->tree, b->at.word, DGM_REL_OBJ) &&
           (ruled || (has_place_said(c, a->at.sentence, a->at.word) &&
                      has_place_said(c, b->at.sentence, b->at.word)));
}

/* Two words near each other that tell the same type between the same sides tell one deed, "launched
 * strikes that killed four": the likelier stays. */
static void thin(court *c)
{
    for (uint32_t i = 0; i < c->verdicts.n; i++)
        for (uint32_t j = i + 1; j < c->verdicts.n; j++) {
            verdict *a = &c->verdicts.at[i], *b = &c->verdicts.at[j];
            if (a->at.sentence != b->at.sentence)
                break;
            if (!a->kept || !b->kept || a->content || b->content || a->at.type != b->at.type ||
                are_done_to_two(c, a, b) ||
                !are_near(sentence_at(&c->sight, a->at.sentence), a->at.word, b->at.word) ||
                !may_be_one(a, a->actors, b, b->actors) ||
                !may_be_one(a, a->supposed ? 0 : a->recipients, b, b->supposed ? 0 : b->recipients))
                continue;
            double p = a->undenied * a->sides_likelihood, q = b->undenied * b->sides_likelihood;
            bool second = p > q || (p == q && a->rule_type);
            if (a->judging != DGM_JUDGING_ALL && b->judging != DGM_JUDGING_ALL)
                continue;
            if (a->judging != b->judging)
                second = b->judging == DGM_JUDGING_ALL;
            verdict *less = second ? b : a;
            less->kept = false;
            less->told = true;
        }
}

/* "Eritrea refused several offers of food aid": an offer that is turned down is not that of whoever
 * turns it down. Whether nobody else is known to make it. */
static bool is_own_offer(const court *c, const verdict *no, const verdict *offer)
{
    const dgm_word *word = &sentence_at(&c->sight, no->at.sentence)->words[offer->at.word];
    return no->kept && dgm_like(no->at.type) == DGM_REJECT && offer->kept && !offer->rule_type &&
           offer->judging == DGM_JUDGING_ALL && word->upos == DGM_NOUN &&
           word->head == no->at.word && word->deprel == DGM_REL_OBJ &&
           dgm_events_quad(c->sight.events, offer->at.type) == DGM_QUAD_VERBAL_COOPERATION &&
           !(offer->actors & ~bits_of(&offer->ranking, &no->ranking, no->actors));
}

/* Such an offer is told by the refusal. */
static void drop_own_offers(court *c)
{
    for (uint32_t i = 0; i < c->verdicts.n; i++)
        for (uint32_t j = i + 1; j < c->verdicts.n; j++) {
            verdict *offer = &c->verdicts.at[j];
            if (offer->at.sentence != c->verdicts.at[i].at.sentence)
                break;
            if (!is_own_offer(c, &c->verdicts.at[i], offer))
                continue;
            offer->kept = false;
            offer->told = true;
        }
}

/* What an event was about goes with it, unless it stands by itself. */
static void drop_contents(court *c)
{
    dgm_document *doc = c->sight.doc;
    for (uint32_t round = 0; round < 4; round++)
        for (uint32_t i = 0; i < c->verdicts.n; i++) {
            verdict *v = &c->verdicts.at[i];
            if (!v->content || !v->kept || v->judging != DGM_JUDGING_ALL || dgm_stopped(doc))
                continue;
            uint32_t parent = doc->events.at[v->at.event].content_of;
            bool held = false;
            for (uint32_t j = 0; j < c->verdicts.n; j++)
                held = held || (c->verdicts.at[j].at.event == parent && c->verdicts.at[j].kept);
            if (!held && !is_enough(c, v))
                v->kept = false;
        }
}

/* ---- writing -------------------------------------------------------------------------------- */

static void note_verdict(court *c, const verdict *v, uint32_t i_event)
{
    dgm_document *doc = c->sight.doc;
    const dgm_sentence *s = sentence_at(&c->sight, v->at.sentence);
    if (v->judging == DGM_JUDGING_NONE) {
        dgm_note(doc, "judge", v->at.sentence, i_event,
                 "%s is left as the codebook's own rule has it",
                 dgm_type_name(doc->types, v->at.type));
        return;
    }
    dgm_note(doc, "judge", v->at.sentence, i_event,
             "%s at \"%.*s\": %s, type %.2f, sides %.2f; by %.*s",
             dgm_type_name(doc->types, v->at.type), DGM_FMT(s->words[v->at.word].form),
             v->told                      ? "dropped, told by another word"
             : !v->kept                   ? "dropped"
             : !v->rule_type              ? "added"
             : v->rule_type != v->at.type ? "changed"
                                          : "kept",
             v->type_likelihood, v->sides_likelihood, DGM_FMT(v->type_reasons));
    for (uint32_t role = 0; role < 2 && v->kept; role++)
        if (v->side_reasons[role].n)
            dgm_note(doc, "judge", v->at.sentence, i_event, "likeliest %s: %.*s", judge_roles[role],
                     DGM_FMT(v->side_reasons[role]));
}

/* "We never gave permission": where what the rules found is denied, and therefore a refusal, the
 * refusal is not denied. */
static bool is_refused(const court *c, const verdict *v)
{
    int quad = v->rule_type ? dgm_events_quad(c->sight.events, v->rule_type) : 0;
    return dgm_like(v->at.type) == DGM_REJECT &&
           (quad == DGM_QUAD_VERBAL_COOPERATION || quad == DGM_QUAD_MATERIAL_COOPERATION) &&
           is_denied(c->sight.sentences[v->at.sentence].tree, v->at.word);
}

static bool write_event(court *c, const verdict *v, dgm_event *out)
{
    dgm_document *doc = c->sight.doc;
    if (v->at.event != DGM_NONE) {
        *out = doc->events.at[v->at.event];
    } else {
        *out = (dgm_event) { .trigger_word = v->at.word,
                             .trigger = dgm_span_of(doc, v->at.sentence, v->at.word, v->at.word),
                             .condition_event = DGM_NONE,
                             .content_of = DGM_NONE,
                             .confidence = (double)NAN,
                             .rule = DGM_VIEW("judge") };
    }
    if (v->at.event == DGM_NONE || v->rule_type != v->at.type) {
        bool used = out->negation_used;
        dgm_events_retype(c->sight.events, doc, v->at.type, out);
        out->negation_used = ((used || out->negation_used) && v->made_of_not) || is_refused(c, v);
    }
    if (v->judging == DGM_JUDGING_NONE)
        return true;
    if (c->what & DGM_JUDGE_TYPES) {
        out->judged = v->type_likelihood * v->sides_likelihood;
        out->rule_type = v->rule_type;
    }
    return !(c->what & DGM_JUDGE_SIDES) ||
           judge_give_sides(&c->sight, c->judge->parties, &c->features, out, &v->at, &v->ranking,
                            v->actors, v->recipients);
}

/* The first n_notes follow their events; those of an event that is dropped are the sentence's. */
static void move_notes(dgm_document *doc, uint32_t n_notes, const uint32_t *index)
{
    for (uint32_t i = 0; i < n_notes; i++)
        if (doc->notes.at[i].event != DGM_NONE)
            doc->notes.at[i].event = index[doc->notes.at[i].event];
}

/* The document's events anew, in the order of their words; links follow. */
static bool write_events(court *c)
{
    dgm_document *doc = c->sight.doc;
    uint32_t n_old = doc->events.n, n_notes = doc->notes.n, n = 0;
    uint32_t *index = DGM_NEW(doc->arena, uint32_t, (size_t)n_old + 1);
    dgm_event *out = DGM_NEW(doc->arena, dgm_event, (size_t)c->verdicts.n + 1);
    if (!index || !out)
        return false;
    for (uint32_t i = 0; i < n_old; i++) {
        const dgm_event *e = &doc->events.at[i];
        doc->sentences.at[e->trigger.sentence].words[e->trigger_word].event = DGM_NONE;
        index[i] = DGM_NONE;
    }
    for (uint32_t i = 0; i < c->verdicts.n; i++) {
        const verdict *v = &c->verdicts.at[i];
        if (doc->explain)
            note_verdict(c, v, v->kept ? n : DGM_NONE);
        if (!v->kept)
            continue;
        if (!write_event(c, v, &out[n]))
            return false;
        if (v->at.event != DGM_NONE)
            index[v->at.event] = n;
        doc->sentences.at[v->at.sentence].words[v->at.word].event = n++;
    }
    for (uint32_t i = 0; i < n; i++)
        if (out[i].content_of != DGM_NONE)
            out[i].content_of = index[out[i].content_of];
    move_notes(doc, n_notes, index);
    doc->events.at = out;
    doc->events.n = n;
    doc->events.cap = c->verdicts.n + 1;
    return true;
}

dgm_status dgm_judge_events(const dgm_judge *judge, const dgm_model *model,
                            const dgm_events *events, dgm_document *doc, unsigned what,
                            dgm_err *err)
{
    court c = { .judge = judge, .what = what, .topic_of = DGM_NONE };
    if (!judge->types)
        c.what &= ~(unsigned)DGM_JUDGE_TYPES;
    if (!judge->sides)
        c.what &= ~(unsigned)DGM_JUDGE_SIDES;
    if (!c.what)
        return DGM_OK;
    bool good = sight_build(&c.sight, model, events, judge->tone, doc) &&
                (!doc->explain || dgm_features_name(&c.features, doc->arena));
    for (uint32_t i = 0; good && i < doc->sentences.n; i++)
        good = !dgm_stopped(doc) && weigh_sentence(&c, i);
    if (good) {
        thin(&c);
        drop_own_offers(&c);
        drop_contents(&c);
        good = !doc->stopped && write_events(&c);
    }
    return good ? dgm_events_settle(events, doc, err)
                : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the judge");
}

dgm_word_scores *dgm_judge_words(const dgm_judge *judge, const dgm_model *model,
                                 const dgm_events *events, dgm_document *doc, uint32_t i_sentence)
{
    court c = { .judge = judge, .what = DGM_JUDGE_TYPES, .topic_of = DGM_NONE };
    const dgm_sentence *s = &doc->sentences.at[i_sentence];
    dgm_word_scores *out = DGM_NEW(doc->arena, dgm_word_scores, (size_t)s->n_words + 1);
    if (!judge->types || !out || !sight_build(&c.sight, model, events, judge->tone, doc))
        return NULL;
    for (uint32_t w = 0; w <= s->n_words; w++) {
        const verdict v = { .at = { .sentence = i_sentence, .word = w } };
        int32_t kin[N_TYPES];
        for (uint32_t t = 0; t < N_TYPES; t++)
            out[w].of[t] = impossible;
        if (w == 0 || (s->words[w].event == DGM_NONE && !judge_can_carry(&s->words[w])))
            continue;
        score_word(&c, &v, out[w].of);
        weigh_kin(&c, &v, kin, out[w].of);
    }
    return out;
}
