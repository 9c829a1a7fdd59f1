/* Which states are in sight of an event, and what speaks for one of them as actor or recipient.
 * Never which state it is. */
#include "document/party.h"
#include "judge/sight.h"

enum { MAX_UP = 10, MOST_NAMED = 3 };

/* ---- candidates ----------------------------------------------------------------------------- */

static bool add_state(uint32_t state, uint32_t *out, uint32_t *n)
{
    if (state == DGM_NONE)
        return false;
    for (uint32_t i = 0; i < *n; i++)
        if (out[i] == state)
            return false;
    if (*n == MAX_IN_SIGHT)
        return false;
    out[(*n)++] = state;
    return true;
}

void judge_add_states(const sight *s, uint32_t i_sentence, uint32_t out[MAX_IN_SIGHT], uint32_t *n)
{
    const sentence_sight *info = &s->sentences[i_sentence];
    for (uint32_t i = 0; i < info->n_namings; i++)
        add_state(s->namings.at[info->namings + i].state, out, n);
}

uint32_t judge_states_in_sight(const sight *s, const occasion *it, uint32_t out[MAX_IN_SIGHT])
{
    uint32_t n = 0, near[N_NEAR], n_near = judge_near(s, it->sentence, near);
    for (uint32_t k = 0; k < n_near; k++)
        judge_add_states(s, near[k], out, &n);
    for (uint32_t k = 0; k < MOST_NAMED; k++) { /* the story's main ones */
        uint32_t best = DGM_NONE;
        for (uint32_t i = 0; i < s->n_states; i++) {
            bool known = false;
            for (uint32_t j = 0; j < n; j++)
                known = known || out[j] == i;
            if (!known && (best == DGM_NONE || s->states[i].n > s->states[best].n))
                best = i;
        }
        add_state(best, out, &n);
    }
    return n;
}

/* ---- where somebody stands, seen from the event --------------------------------------------- */

static uint32_t chain_of(const dgm_sentence *it, uint32_t word, uint32_t out[MAX_UP])
{
    uint32_t n = 0;
    for (uint32_t up = word; up && up <= it->n_words && n < MAX_UP; up = it->words[up].head)
        out[n++] = up;
    return n;
}

standing judge_stand(const sight *s, const occasion *it, uint32_t head)
{
    const dgm_sentence *sentence = sentence_at(s, it->sentence);
    uint32_t from[MAX_UP], to[MAX_UP];
    uint32_t n_from = chain_of(sentence, it->word, from), n_to = chain_of(sentence, head, to);
    standing out = { .up = DGM_VIEW("far"), .slot = DGM_VIEW("far"), .after = head > it->word };
    out.distance = judge_words_between(s, it->sentence, it->word, head);
    for (uint32_t i = 0; i < n_from; i++)
        for (uint32_t j = 0; j < n_to; j++) {
            if (from[i] != to[j])
                continue;
            uint32_t branch = j ? to[j - 1] : head;
            out.up = i == 0 ? DGM_VIEW("")
                            : dgm_view_of(dgm_deprel_name(sentence->words[from[i - 1]].deprel));
            out.slot = j == 0 ? DGM_VIEW("self")
                              : dgm_view_of(dgm_deprel_name(sentence->words[branch].deprel));
            out.prep = j ? judge_marker_before(s, it->sentence, branch) : DGM_VIEW("");
            out.deep = j > 1;
            return out;
        }
    return out;
}

/* ---- features ------------------------------------------------------------------------------- */

typedef struct {
    const sight *s;
    const occasion *it;
    uint32_t state, role;
    uint64_t actors;
    dgm_view type;
    dgm_features *f;
} asking;

static const dgm_view nothing = { "", 0 };

/* What the rules, or else the type's habit, say of a side. */
static dgm_view answer_for(const asking *q, uint32_t role)
{
    members side = side_of(q->it->sides, role);
    bool known = false;
    for (uint32_t i = 0; i < side.n; i++)
        known = known || q->s->doc->entities.at[side.at[i].entity].country[0];
    return judge_side_has_state(q->s, side, q->state) ? DGM_VIEW("this")
           : known                                    ? DGM_VIEW("other")
           : side.n                                   ? DGM_VIEW("nameless")
                                                      : DGM_VIEW("nobody");
}

static dgm_view via_name(const dgm_entity *who, const dgm_mention *m)
{
    return who->guessed ? DGM_VIEW("guess") : dgm_view_of(dgm_via_name(m->via));
}

static void rule_features(const asking *q)
{
    bool ruled = q->it->event != DGM_NONE;
    const dgm_event *e = q->it->sides;
    if (!ruled)
        dgm_feature_1(q->f, "no rule type", q->type);
    dgm_view a = answer_for(q, 0), b = answer_for(q, 1);
    dgm_feature_1(q->f, "rule actor", a);
    dgm_feature_1(q->f, "rule recipient", b);
    dgm_feature_2(q->f, "rule sides", a, b);
    dgm_feature(q->f, "rule sides type", a, b, q->type);
    dgm_feature(q->f, "rule sides strength", a, b,
                !ruled                ? DGM_VIEW("usual")
                : e->operator_rule.n  ? DGM_VIEW("composed")
                : e->evidence.noun    ? DGM_VIEW("noun")
                : e->evidence.n_asked ? DGM_VIEW("asks")
                                      : DGM_VIEW("bare"));
    for (uint32_t role = 0; role < 2; role++) {
        members side = side_of(e, role);
        for (uint32_t i = 0; i < side.n; i++) {
            if (!judge_is_of_state(q->s, side.at[i].entity, q->state))
                continue;
            const dgm_entity *who = &q->s->doc->entities.at[side.at[i].entity];
            dgm_view via = via_name(who, &q->s->doc->mentions.at[side.at[i].mention]);
            dgm_feature_2(q->f, role ? "rule recipient by" : "rule actor by", via,
                          dgm_view_of(who->sector));
            dgm_feature_1(q->f, role ? "rule recipient via" : "rule actor via", via);
        }
    }
}

static dgm_view actor_is(const asking *q)
{
    return q->role == 0                ? nothing
           : !q->actors                ? DGM_VIEW("nobody")
           : q->actors >> q->state & 1 ? DGM_VIEW("this")
                                       : DGM_VIEW("other");
}

/* Where one mention of the state stands: in a slot of the trigger or of what is above it. */
static void place_features(const asking *q, const standing *at, dgm_view voice)
{
    dgm_view slot = at->prep.n ? at->prep : at->slot;
    dgm_view a = answer_for(q, 0), b = answer_for(q, 1);
    if (at->up.n) {
        dgm_feature(q->f, at->deep ? "in above" : "above", at->up, slot, nothing);
        dgm_feature(q->f, at->deep ? "in above type" : "above type", at->up, slot, q->type);
        dgm_feature(q->f, "above rule", slot, a, b);
        dgm_feature(q->f, "above actor is", slot, voice, actor_is(q));
    } else {
        dgm_view lemma = q->s->sentences[q->it->sentence].tree->lemmas[q->it->word];
        dgm_feature(q->f, at->deep ? "in slot" : "slot", slot, voice, nothing);
        dgm_feature(q->f, at->deep ? "in slot type" : "slot type", slot, voice, q->type);
        dgm_feature(q->f, "lemma slot", lemma, slot, voice);
        dgm_feature(q->f, "slot rule", slot, a, b);
        dgm_feature(q->f, "slot actor is", slot, voice, actor_is(q));
    }
    dgm_feature_2(q->f, "side", at->after ? DGM_VIEW("after") : DGM_VIEW("before"), q->type);
    dgm_feature_1(q->f, "distance", judge_distance_name(at->distance));
}

static void naming_features(const asking *q, const naming *n, const dgm_mention *m)
{
    const dgm_entity *who = &q->s->doc->entities.at[n->entity];
    const dgm_sentence *sentence = sentence_at(q->s, q->it->sentence);
    standing at = judge_stand(q->s, q->it, m->head);
    dgm_view voice = judge_voice_of(q->s, q->it->sentence, q->it->word);
    dgm_view kind = judge_kind_name(who->kind);
    dgm_view sector = who->sector[0] ? dgm_view_of(who->sector) : kind;
    dgm_view via = via_name(who, m);
    dgm_view slot = at.prep.n ? at.prep : at.slot;
    bool adjective = sentence->words[m->head].upos == DGM_ADJ;
    place_features(q, &at, voice);
    dgm_feature(q->f, at.up.n ? "above kind type" : "slot kind type", slot, kind, q->type);
    dgm_feature_2(q->f, "slot kind", slot, adjective ? DGM_VIEW("adjective") : kind);
    dgm_feature(q->f, "kind actor is", kind, actor_is(q), q->type);
    dgm_feature_2(q->f, "kind type", kind, q->type);
    dgm_feature_1(q->f, "via", via);
    dgm_feature_2(q->f, "via sector", via, sector);
    dgm_feature_1(q->f, "sector", sector);
    dgm_feature_2(q->f, "sector type", sector, q->type);
    if (m->pronoun)
        dgm_feature_1(q->f, "pronoun", slot);
}

static void sentence_features(const asking *q)
{
    const sentence_sight *info = &q->s->sentences[q->it->sentence];
    uint32_t n_here = 0, n_states = 0, seen[MAX_IN_SIGHT];
    for (uint32_t i = 0; i < info->n_namings; i++) {
        const naming *n = &q->s->namings.at[info->namings + i];
        add_state(n->state, seen, &n_states);
        if (n->state != q->state || n_here++ >= 4)
            continue;
        naming_features(q, n, &q->s->doc->mentions.at[n->mention]);
    }
    if (n_here)
        dgm_feature_1(q->f, "here", n_here > 1 ? DGM_VIEW("often") : DGM_VIEW("once"));
    if (n_here && n_states == 1)
        dgm_feature_1(q->f, "only one here", q->type);
    if (!n_here)
        dgm_feature_1(q->f, "others here",
                      n_states == 0   ? DGM_VIEW("none")
                      : n_states == 1 ? DGM_VIEW("one")
                                      : DGM_VIEW("several"));
}

static void elsewhere_features(const asking *q)
{
    static const char *const names[] = { "next", "here", "1 back", "2 back", "3 back" };
    uint32_t near[N_NEAR], n_near = judge_near(q->s, q->it->sentence, near);
    for (uint32_t k = 1; k < n_near; k++) {
        uint32_t i = near[k];
        const sentence_sight *info = &q->s->sentences[i];
        for (uint32_t j = 0; j < info->n_namings; j++) {
            const naming *n = &q->s->namings.at[info->namings + j];
            if (n->state != q->state)
                continue;
            const dgm_mention *m = &q->s->doc->mentions.at[n->mention];
            const dgm_word *head = &sentence_at(q->s, i)->words[m->head];
            dgm_view where = dgm_view_of(names[judge_distance(q->s, q->it->sentence, i) + 1]);
            dgm_feature_1(q->f, "named", where);
            dgm_feature_2(q->f, "named as", where, dgm_view_of(dgm_deprel_name(head->deprel)));
            dgm_feature_2(q->f, "named sector", where, judge_who_at(q->s, i, m->head));
        }
    }
}

static void story_features(const asking *q)
{
    const state_seen *it = &q->s->states[q->state];
    uint32_t more = 0;
    for (uint32_t i = 0; i < q->s->n_states; i++)
        more += q->s->states[i].n > it->n || (q->s->states[i].n == it->n && i < q->state);
    dgm_view rank = more == 0   ? DGM_VIEW("first")
                    : more == 1 ? DGM_VIEW("second")
                                : DGM_VIEW("later");
    dgm_view many = q->s->n_states == 1   ? DGM_VIEW("one")
                    : q->s->n_states == 2 ? DGM_VIEW("two")
                    : q->s->n_states == 3 ? DGM_VIEW("three")
                                          : DGM_VIEW("many");
    dgm_feature_2(q->f, "rank", rank, many);
    dgm_feature(q->f, "rank actor is", rank, many, actor_is(q));
    dgm_feature_2(q->f, "rank type", rank, q->type);
    dgm_feature_1(q->f, q->state == 0 ? "named first" : "named later", many);
    dgm_feature_1(q->f, q->s->is_long ? "report" : "brief", rank);
    if (!dgm_is_state_code(it->code)) {
        dgm_feature_1(q->f, "body", nothing);
        dgm_feature_1(q->f, "body type", q->type);
    }
}

static void company_feature(const asking *q, uint32_t i_event, dgm_view where)
{
    const dgm_event *e = &q->s->doc->events.at[i_event];
    dgm_view type = dgm_view_of(dgm_event_type_name(dgm_like(e->type)));
    if (i_event == q->it->event)
        return;
    if (judge_side_has_state(q->s, side_of(e, 0), q->state)) {
        dgm_feature_1(q->f, "acts", where);
        dgm_feature(q->f, "acts type", type, q->type, where);
    }
    if (judge_side_has_state(q->s, side_of(e, 1), q->state)) {
        dgm_feature_1(q->f, "receives", where);
        dgm_feature(q->f, "receives type", type, q->type, where);
    }
}

/* What the events around make of the state. */
static void company_features(const asking *q)
{
    uint32_t near[N_NEAR], n_near = judge_near(q->s, q->it->sentence, near);
    const dgm_by_sentence *rules = &q->s->rules;
    for (uint32_t k = 0; k < n_near; k++)
        for (uint32_t j = rules->first[near[k]]; j < rules->first[near[k] + 1]; j++)
            company_feature(q, rules->at[j], k == 0 ? DGM_VIEW("here") : DGM_VIEW("near"));
}

/* Who stands where the doer and the sufferer do, whether rules know the word or not. */
static void argument_features(const asking *q)
{
    uint32_t i = q->it->sentence;
    uint32_t words[2] = { judge_subject_at(q->s, i, q->it->word),
                          dgm_child_of(q->s->sentences[i].tree, q->it->word, DGM_REL_OBJ) };
    dgm_view voice = judge_voice_of(q->s, i, q->it->word);
    for (uint32_t k = 0; k < 2; k++) {
        uint32_t entity = words[k] ? judge_entity_of(q->s, i, words[k]) : DGM_NONE;
        const dgm_entity *e = entity == DGM_NONE ? NULL : &q->s->doc->entities.at[entity];
        dgm_view who = !words[k]                                   ? DGM_VIEW("none")
                       : !e                                        ? DGM_VIEW("thing")
                       : !e->country[0]                            ? DGM_VIEW("nameless")
                       : judge_is_of_state(q->s, entity, q->state) ? DGM_VIEW("this")
                                                                   : DGM_VIEW("other");
        dgm_feature_2(q->f, k ? "object" : "subject", who, voice);
        dgm_feature(q->f, k ? "object type" : "subject type", who, voice, q->type);
    }
}

/* What is known of the actors when recipients are chosen. */
static void other_side_features(const asking *q)
{
    if (q->role == 0)
        return;
    dgm_view who = actor_is(q);
    dgm_feature_1(q->f, "actor is", who);
    dgm_feature_2(q->f, "actor is type", who, q->type);
    dgm_feature_2(q->f, "actor is, states", who,
                  q->s->n_states == 1   ? DGM_VIEW("one")
                  : q->s->n_states == 2 ? DGM_VIEW("two")
                                        : DGM_VIEW("more"));
    dgm_feature_2(q->f, "actor is, rule", who, answer_for(q, 1));
}

static void speaker_features(const asking *q)
{
    uint32_t top, says = judge_says_above(q->s, q->it->sentence, q->it->word, &top);
    uint32_t subject =
        says ? dgm_child_of(q->s->sentences[q->it->sentence].tree, says, DGM_REL_NSUBJ) : 0;
    uint32_t entity = subject ? judge_entity_of(q->s, q->it->sentence, subject) : DGM_NONE;
    if (!says)
        return;
    bool self = entity != DGM_NONE && judge_is_of_state(q->s, entity, q->state);
    dgm_feature_2(q->f, "speaker", self ? DGM_VIEW("this") : DGM_VIEW("other"), q->type);
}

bool judge_find_sides(const sight *s, occasion *it)
{
    dgm_err err;
    if (it->event != DGM_NONE) {
        it->sides = &s->doc->events.at[it->event];
        return true;
    }
    dgm_event *usual = DGM_NEW(s->doc->arena, dgm_event, 1);
    it->sides = usual;
    uint32_t i = s->sentences[it->sentence].buried[it->word];
    const dgm_proposal *buried = i == DGM_NONE ? NULL : &s->doc->proposals.at[i];
    if (usual && buried && buried->type == it->type &&
        buried->actors.n + buried->recipients.n > 0) {
        usual->actors = buried->actors;
        usual->recipients = buried->recipients;
        return true;
    }
    return usual && dgm_events_usual_sides(s->events, s->doc, it->sentence, it->word, it->type,
                                           usual, &err) == DGM_OK;
}

void judge_side_features(const sight *s, const occasion *it, uint32_t state, uint32_t role,
                         uint64_t actors, dgm_features *f)
{
    const dgm_word *word = &sentence_at(s, it->sentence)->words[it->word];
    asking q = { .s = s,
                 .it = it,
                 .state = state,
                 .role = role,
                 .actors = actors,
                 .type = dgm_view_of(dgm_event_type_name(dgm_like(it->type))),
                 .f = f };
    dgm_features_clear(f);
    dgm_feature_1(f, "base", nothing);
    dgm_feature_1(f, "type", q.type);
    dgm_feature_2(f, "trigger", dgm_view_of(dgm_upos_name(word->upos)),
                  dgm_view_of(dgm_deprel_name(judge_rel(s, it->sentence, it->word))));
    rule_features(&q);
    sentence_features(&q);
    elsewhere_features(&q);
    story_features(&q);
    company_features(&q);
    speaker_features(&q);
    argument_features(&q);
    other_side_features(&q);
}
