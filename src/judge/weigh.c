/* One word: how likely it is an event of each type, between whom, and whether it stays. */
#include "judge/court.h"

#include <math.h>

/* An event stays if p(type) * sqrt(p(sides)) is at least this: its type must be likely, its sides
 * may be uncertain, and count no worse than `doubtful`, since nobody may know who planted a bomb.
 * Material conflict is asked for more, since a false assault costs the trust of those who count
 * them. Chosen by cross-validation (docs/measurements.md). */
static const double least = 0.18, least_conflict = 0.25, least_sport = 0.5, doubtful = 0.6;

/* Whether the codebook has PLOVER's type, and lets the judge weigh it. */
static bool may_give(const court *c, uint32_t type)
{
    const dgm_type *it = &dgm_events_types(c->sight.events)->at[type];
    return it->name[0] && it->judging == DGM_JUDGING_ALL;
}

/* "Warned that smugglers have attacked": nobody threatens with what has happened. */
static bool tells_of_past(const dgm_tree *t, uint32_t verb)
{
    uint32_t told = dgm_child_of(t, verb, DGM_REL_CCOMP);
    return told && (dgm_is_past(t, told) || dgm_is_perfect(t, told));
}

/* "Will not sign": what the rules made of a "not" is not the opposite that somebody did not do. */
static bool is_refusal(const court *c, const verdict *v)
{
    return v->rule_type == DGM_REJECT && v->at.event != DGM_NONE &&
           c->sight.doc->events.at[v->at.event].negation_used;
}

/* "Claimed the attack", where the attack is coded itself. */
static bool claims_what_is_coded(const dgm_tree *t, uint32_t verb)
{
    uint32_t deed = dgm_child_of(t, verb, DGM_REL_OBJ);
    if (deed && t->s->words[deed].event == DGM_NONE) /* "responsibility for the attack" */
        deed = dgm_child_of(t, deed, DGM_REL_NMOD);
    return deed && t->s->words[deed].event != DGM_NONE && judge_claim_over(t, deed) == verb;
}

/* "Pulled its artillery back": a retreat is no attack, whatever words stand in it; nor has anyone
 * attacked who "stopped digging". */
static bool is_reversed(const court *c, const verdict *v, uint32_t type)
{
    const dgm_tree *t = c->sight.sentences[v->at.sentence].tree;
    if ((type == DGM_THREATEN && v->rule_type == DGM_EVENT_NONE && tells_of_past(t, v->at.word)) ||
        (type == DGM_AGREE && is_refusal(c, v)) ||
        (type == DGM_ASSAULT && claims_what_is_coded(t, v->at.word)))
        return true;
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
    if (!c->judge->kin || best < JUDGE_HOPELESS)
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

bool judge_is_enough(const court *c, const verdict *v)
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
    if ((c->what & DGM_JUDGE_SIDES) && !judge_rank(c, v))
        return false;
    v->kept = !types || v->content || judge_is_enough(c, v);
    return true;
}

/* "'We did not ram their boat', Senegal's minister said": somebody who is known says that it is not
 * so. The rules found what he denies, however unlikely the words are. */
static bool is_denied_by_somebody(const court *c, const verdict *v)
{
    const dgm_tree *t = c->sight.sentences[v->at.sentence].tree;
    uint32_t top = 0, says = judge_says_above(&c->sight, v->at.sentence, v->at.word, &top);
    uint32_t speaker = says ? dgm_child_of(t, says, DGM_REL_NSUBJ) : 0;
    return speaker && dgm_first_conjunct(t, v->at.word) == dgm_first_conjunct(t, top) &&
           dgm_is_denied(t, v->at.word) &&
           judge_entity_of(&c->sight, v->at.sentence, speaker) != DGM_NONE;
}

/* "Should Mauritania fail to free the men, Senegal will recall its envoy": what the rules found in
 * a condition goes with what depends on it. */
static bool is_condition_of_event(const court *c, const verdict *v)
{
    enum { MAX_CLIMB = 10 };
    const dgm_tree *t = c->sight.sentences[v->at.sentence].tree;
    const dgm_sentence *s = t->s;
    uint32_t clause = v->at.word;
    for (uint32_t n = 0; n < MAX_CLIMB && s->words[clause].deprel == DGM_REL_XCOMP; n++)
        clause = s->words[clause].head;
    return s->words[clause].deprel == DGM_REL_ADVCL && dgm_is_condition(t, clause) &&
           dgm_event_of(c->sight.doc, &s->words[s->words[clause].head]) != NULL;
}

bool judge_weigh(court *c, verdict *v)
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
            out[w].of[t] = JUDGE_IMPOSSIBLE;
        if (w == 0 || (s->words[w].event == DGM_NONE && !judge_can_carry(&s->words[w])))
            continue;
        score_word(&c, &v, out[w].of);
        weigh_kin(&c, &v, kin, out[w].of);
    }
    return out;
}
