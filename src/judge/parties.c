/* From a state to a party: who of it acts or is acted on.
 *
 * Candidates are all entities of the state that the story names near the event, and those in the
 * event's own sentence whose state the text does not say ("the army"), which get the chosen one. */
#include "document/party.h"
#include "judge/sight.h"

#include <string.h>

static const dgm_view nothing = { "", 0 };

/* ---- candidates ----------------------------------------------------------------------------- */

static int32_t distance_of(const sight *s, const occasion *it, const dgm_mention *m)
{
    int32_t back = judge_distance(s, it->sentence, m->span.sentence);
    if (back != 0)
        return back > 0 ? 100 * back : 250;
    return (int32_t)judge_words_between(s, it->sentence, it->word, m->head);
}

/* The mention of an entity that stands nearest to the event counts. */
static void add_party(const sight *s, const occasion *it, party p, party *out, uint32_t *n)
{
    const dgm_document *doc = s->doc;
    for (uint32_t i = 0; i < *n; i++) {
        if (out[i].entity != p.entity)
            continue;
        if (distance_of(s, it, &doc->mentions.at[p.mention]) <
            distance_of(s, it, &doc->mentions.at[out[i].mention]))
            out[i].mention = p.mention;
        return;
    }
    if (*n < MAX_PARTIES)
        out[(*n)++] = p;
}

static bool is_open(const dgm_entity *e)
{
    return (!e->country[0] || e->guessed) && e->sector[0] &&
           (e->kind == DGM_ENTITY_GROUP || e->kind == DGM_ENTITY_PERSON ||
            e->kind == DGM_ENTITY_ORG);
}

/* "The county signed a deal with China": beside China itself, who is open is not of China. */
static bool is_beside(const sight *s, const occasion *it, uint32_t state, uint32_t entity)
{
    for (uint32_t role = 0; role < 2; role++) {
        members side = side_of(it->sides, role);
        if (judge_side_has(side, entity) && judge_side_has_state(s, side, state))
            return true;
    }
    return false;
}

static void add_side(const sight *s, const occasion *it, uint32_t state, members side, party *out,
                     uint32_t *n)
{
    for (uint32_t i = 0; i < side.n; i++) {
        const dgm_participant *p = &side.at[i];
        bool own = judge_is_of_state(s, p->entity, state);
        if (own ||
            (is_open(&s->doc->entities.at[p->entity]) && !is_beside(s, it, state, p->entity)))
            add_party(s, it, (party) { p->mention, p->entity, !own }, out, n);
    }
}

/* "Chad" of "the Supreme Court of Chad" and of "Chad's army": the court and the army are meant. */
static bool is_part_of_name(const sight *s, const naming *n)
{
    const dgm_mention *m = &s->doc->mentions.at[n->mention];
    const dgm_sentence *it = sentence_at(s, m->span.sentence);
    const dgm_word *word = &it->words[m->head];
    dgm_entity_kind kind = s->doc->entities.at[n->entity].kind;
    uint32_t marker = dgm_child_of(it->tree, m->head, DGM_REL_CASE);
    bool owner = word->deprel == DGM_REL_NMOD_POSS ||
                 (word->deprel == DGM_REL_NMOD && marker && marker < m->head &&
                  dgm_function_is(it->tree, marker, DGM_FN_OF));
    if (!owner || (kind != DGM_ENTITY_COUNTRY && kind != DGM_ENTITY_GOVERNMENT))
        return false;
    uint32_t entity = judge_entity_of(s, m->span.sentence, word->head);
    return entity != DGM_NONE && judge_is_of_state(s, entity, n->state);
}

uint32_t parties_of(const sight *s, const occasion *it, uint32_t state, party out[MAX_PARTIES])
{
    const dgm_document *doc = s->doc;
    uint32_t n = 0, near[N_NEAR], n_near = judge_near(s, it->sentence, near);
    for (uint32_t role = 0; role < 2; role++)
        add_side(s, it, state, side_of(it->sides, role), out, &n);
    for (uint32_t k = 0; k < n_near; k++) {
        const sentence_sight *info = &s->sentences[near[k]];
        for (uint32_t j = 0; j < info->n_namings; j++) {
            const naming *it2 = &s->namings.at[info->namings + j];
            bool open = k == 0 && is_open(&doc->entities.at[it2->entity]) &&
                        !is_beside(s, it, state, it2->entity);
            if ((it2->state == state && !is_part_of_name(s, it2)) || open)
                add_party(s, it, (party) { it2->mention, it2->entity, it2->state != state }, out,
                          &n);
        }
    }
    for (uint32_t i = 0; i < s->namings.n && n == 0; i++) /* the story's main one, far away */
        if (s->namings.at[i].state == state)
            add_party(s, it, (party) { s->namings.at[i].mention, s->namings.at[i].entity, false },
                      out, &n);
    return n;
}

/* ---- features ------------------------------------------------------------------------------- */

static dgm_view rules_answer(const occasion *it, const party *p)
{
    const dgm_event *e = it->sides;
    return judge_side_has(side_of(e, 0), p->entity)   ? DGM_VIEW("actor")
           : judge_side_has(side_of(e, 1), p->entity) ? DGM_VIEW("recipient")
           : e->actors.n && e->recipients.n           ? DGM_VIEW("others")
           : e->actors.n                              ? DGM_VIEW("no recipient")
           : e->recipients.n                          ? DGM_VIEW("no actor")
                                                      : DGM_VIEW("nobody");
}

static void place_features(const sight *s, const occasion *it, const party *p, dgm_view type,
                           dgm_view sector, dgm_features *f)
{
    static const char *const where[] = { "here", "1 back", "2 back", "3 back" };
    const dgm_mention *m = &s->doc->mentions.at[p->mention];
    uint32_t i = m->span.sentence;
    if (i != it->sentence) {
        dgm_view far = i > it->sentence
                           ? DGM_VIEW("next")
                           : dgm_view_of(where[DGM_MIN(judge_distance(s, it->sentence, i), 3)]);
        const dgm_word *head = &sentence_at(s, i)->words[m->head];
        dgm_feature_1(f, "where", far);
        dgm_feature_2(f, "where as", far, dgm_view_of(dgm_deprel_name(head->deprel)));
        return;
    }
    standing at = judge_stand(s, it, m->head);
    dgm_view slot = at.prep.n ? at.prep : at.slot;
    dgm_view voice = judge_voice_of(s, i, it->word);
    dgm_view depth = at.deep ? DGM_VIEW("deep") : nothing;
    dgm_feature_1(f, "where", DGM_VIEW("here"));
    dgm_feature_2(f, "side", at.after ? DGM_VIEW("after") : DGM_VIEW("before"), type);
    if (at.up.n) {
        dgm_feature(f, "above", at.up, slot, depth);
        dgm_feature(f, "above sector", at.up, slot, sector);
        dgm_feature(f, "above type", at.up, slot, type);
    } else {
        dgm_feature(f, "slot", slot, voice, depth);
        dgm_feature(f, "slot type", slot, voice, type);
        dgm_feature(f, "slot sector", slot, voice, sector);
    }
    dgm_feature_1(f, "distance", judge_distance_name(at.distance));
}

void judge_party_features(const sight *s, const occasion *it, const party *p, dgm_features *f)
{
    const dgm_entity *e = &s->doc->entities.at[p->entity];
    const dgm_mention *m = &s->doc->mentions.at[p->mention];
    dgm_view type = dgm_view_of(dgm_event_type_name(dgm_like(it->type)));
    dgm_view kind = judge_kind_name(e->kind);
    dgm_view sector = e->sector[0] ? dgm_view_of(e->sector) : kind;
    dgm_view via = p->lent ? DGM_VIEW("lent") : dgm_view_of(dgm_via_name(m->via));
    dgm_view rules = rules_answer(it, p);
    uint32_t top, says = judge_says_above(s, it->sentence, it->word, &top);
    uint32_t subject =
        says ? dgm_child_of(s->sentences[it->sentence].tree, says, DGM_REL_NSUBJ) : 0;
    dgm_features_clear(f);
    dgm_feature_1(f, "base", nothing);
    dgm_feature_1(f, "rules", rules);
    dgm_feature_2(f, "rules sector", rules, sector);
    dgm_feature_2(f, "rules type", rules, type);
    dgm_feature_2(f, it->event == DGM_NONE ? "usual" : "ruled", rules, sector);
    dgm_feature_1(f, "sector", sector);
    dgm_feature_2(f, "sector type", sector, type);
    dgm_feature_2(f, "kind type", kind, type);
    dgm_feature_1(f, "via", via);
    dgm_feature_2(f, "via sector", via, sector);
    if (subject && judge_entity_of(s, it->sentence, subject) == p->entity)
        dgm_feature_1(f, "speaker", type);
    if (m->pronoun)
        dgm_feature_1(f, "pronoun", nothing);
    place_features(s, it, p, type, sector, f);
}

/* ---- choosing ------------------------------------------------------------------------------- */

typedef struct {
    party at[MAX_PARTIES];
    int32_t scores[MAX_PARTIES][2];
    uint32_t n;
} candidates;

/* The party that the rules name is passed over only for one that is likelier by this much, and
 * gunmen of nobody knows where, whose state was only lent to be compared, by three times as much,
 * as are those who are answered.
 */
static const int32_t rules_margin = 700;

static void score_parties(const sight *s, const dgm_linear *model, dgm_features *f,
                          const occasion *it, uint32_t state, candidates *c)
{
    c->n = parties_of(s, it, state, c->at);
    for (uint32_t i = 0; i < c->n; i++) {
        if (model) {
            judge_party_features(s, it, &c->at[i], f);
            dgm_linear_score(model, f, c->scores[i]);
        } else {
            c->scores[i][0] = c->scores[i][1] =
                -distance_of(s, it, &s->doc->mentions.at[c->at[i].mention]);
        }
        for (uint32_t role = 0; role < 2 && it->event != DGM_NONE; role++)
            if (judge_side_has(side_of(it->sides, role), c->at[i].entity))
                c->scores[i][role] += s->doc->entities.at[c->at[i].entity].untold ||
                                              (role == 1 && it->sides->evidence.answers)
                                          ? 3 * rules_margin
                                          : rules_margin;
    }
}

static uint32_t best_party(const candidates *c, uint32_t role, uint32_t but)
{
    uint32_t best = DGM_NONE;
    for (uint32_t i = 0; i < c->n; i++)
        if (i != but && (best == DGM_NONE || c->scores[i][role] > c->scores[best][role]))
            best = i;
    return best;
}

/* "Tunde Balogun" of "Tunde Balogun rejected the charge": where a person whom nobody knows stands
 * in the very place of the side, the side is nobody else. False: nobody does. */
static bool find_stranger(const sight *s, const occasion *it, uint32_t role, party *out)
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    bool passive = dgm_is_passive(t, it->word);
    if (t->s->words[it->word].upos != DGM_VERB || (role == 0 && passive))
        return false;
    dgm_deprel slot = role == 0 ? DGM_REL_NSUBJ : passive ? DGM_REL_NSUBJ_PASS : DGM_REL_OBJ;
    uint32_t word = dgm_child_of(t, it->word, slot);
    uint32_t entity = word ? judge_entity_of(s, it->sentence, word) : DGM_NONE;
    const dgm_entity *e = entity != DGM_NONE ? &s->doc->entities.at[entity] : NULL;
    if (!e || e->kind != DGM_ENTITY_PERSON || !e->name.n || e->country[0])
        return false;
    *out = (party) { .mention = t->s->words[word].mention, .entity = entity, .lent = true };
    return true;
}

/* One party for each of the sides on which the state stands; on both, two where there are two. */
static void pick(const candidates *c, bool acts, bool receives, uint32_t out[2])
{
    out[0] = acts ? best_party(c, 0, DGM_NONE) : DGM_NONE;
    out[1] = receives ? best_party(c, 1, DGM_NONE) : DGM_NONE;
    if (!acts || !receives || out[0] != out[1] || out[0] == DGM_NONE)
        return;
    if (c->n < 2) { /* nobody does it to himself */
        out[c->scores[out[0]][0] < c->scores[out[0]][1] ? 0 : 1] = DGM_NONE;
        return;
    }
    uint32_t other[2] = { best_party(c, 0, out[1]), best_party(c, 1, out[0]) };
    int32_t loss_0 = c->scores[out[0]][0] - c->scores[other[0]][0];
    int32_t loss_1 = c->scores[out[1]][1] - c->scores[other[1]][1];
    if (loss_0 < loss_1)
        out[0] = other[0];
    else
        out[1] = other[1];
}

bool judge_add_party(const sight *s, dgm_participants *out, dgm_participant p)
{
    if (judge_side_has(members_of(out), p.entity))
        return true;
    dgm_participant *made = dgm_push(s->doc->arena, out);
    if (made)
        *made = p;
    return made != NULL;
}

/* "The army", whose state the text leaves open, is of the state that was chosen. */
static uint32_t lend(const sight *s, uint32_t entity, const char *code)
{
    dgm_entity copy = s->doc->entities.at[entity];
    dgm_entity *made = dgm_push(s->doc->arena, &s->doc->entities);
    if (!made)
        return DGM_NONE;
    *made = copy;
    memcpy(made->country, code, 4);
    made->guessed = true;
    return s->doc->entities.n - 1;
}

/* "Amnesty said that the army had burned homes": bodies have no army. */
static bool lends(const char *code)
{
    static const char bodies[][4] = { "NGO", "IGO" };
    return !dgm_is_among(code, bodies, DGM_LEN(bodies));
}

/* "Protests in Lima": whoever acts is of the place, and is not the state. */
static bool is_only_place(const sight *s, const party *p)
{
    const dgm_mention *m = &s->doc->mentions.at[p->mention];
    const dgm_tree *t = s->sentences[m->span.sentence].tree;
    const dgm_entity *e = &s->doc->entities.at[p->entity];
    uint32_t marker = dgm_child_of(t, m->head, DGM_REL_CASE);
    return (e->kind == DGM_ENTITY_PLACE || e->kind == DGM_ENTITY_COUNTRY) && !e->sector[0] &&
           marker && dgm_function_is(t, marker, DGM_FN_PLACE);
}

uint32_t judge_people_of(const sight *s, uint32_t entity, dgm_event_type type)
{
    uint32_t made = lend(s, entity, s->doc->entities.at[entity].country);
    if (made == DGM_NONE)
        return made;
    dgm_entity *e = &s->doc->entities.at[made];
    e->kind = DGM_ENTITY_GROUP;
    e->name = e->id = (dgm_view) { "", 0 };
    if (dgm_like(type) == DGM_PROTEST)
        memcpy(e->sector, "CVL", 4);
    return made;
}

/* "Kenya sent 150 police officers": they are not whom they were sent against. */
static bool is_sent(const sight *s, const occasion *it, uint32_t role, const party *p)
{
    const dgm_mention *m = &s->doc->mentions.at[p->mention];
    if (role != 1 || dgm_like(it->type) != DGM_MOBILIZE || m->span.sentence != it->sentence)
        return false;
    const dgm_word *word = &sentence_at(s, it->sentence)->words[m->head];
    return word->head == it->word && word->deprel == DGM_REL_OBJ;
}

/* "The two leaders signed a treaty in Paris": France is no side of it. */
static bool is_where_they_met(const sight *s, const occasion *it, uint32_t role, const party *p)
{
    return role == 1 && !p->lent &&
           dgm_events_quad(s->events, it->type) == DGM_QUAD_VERBAL_COOPERATION &&
           is_only_place(s, p);
}

/* "Urged the parties in Myanmar to respect the truce": those of the place, hardly its government.
 */
static bool is_place_of_asked(const sight *s, const occasion *it, uint32_t role, const party *p)
{
    const dgm_mention *m = &s->doc->mentions.at[p->mention];
    return role == 1 && dgm_like(it->type) == DGM_REQUEST && is_only_place(s, p) &&
           sentence_at(s, m->span.sentence)->words[m->head].deprel == DGM_REL_NMOD;
}

/* "Recaptured the village of Mubi": the place is meant, not those who live there. */
static bool is_taken_place(const sight *s, const occasion *it, uint32_t role, const party *p)
{
    const dgm_mention *m = &s->doc->mentions.at[p->mention];
    if (role != 1 || m->span.sentence != it->sentence || dgm_like(it->type) != DGM_ASSAULT)
        return false;
    const dgm_tree *t = s->sentences[it->sentence].tree;
    const dgm_word *word = &t->s->words[m->head];
    return word->head == it->word && word->deprel == DGM_REL_OBJ &&
           dgm_view_eq(dgm_view_of(it->sides->cameo), DGM_VIEW("192")) &&
           strcmp(s->doc->entities.at[p->entity].sector, "CVL") == 0;
}

/* "Peruvian dockers marched through Guayaquil": of which state they are who act is said, so that a
 * place only says where. */
static bool is_place_of_others(const sight *s, const occasion *it, uint32_t role, const party *p)
{
    const dgm_mention *m = &s->doc->mentions.at[p->mention];
    const dgm_entity *e = &s->doc->entities.at[p->entity];
    if (role != 0 || m->span.sentence != it->sentence || e->sector[0] ||
        (e->kind != DGM_ENTITY_PLACE && e->kind != DGM_ENTITY_COUNTRY) ||
        judge_side_has(side_of(it->sides, 0), p->entity))
        return false;
    const dgm_tree *t = s->sentences[it->sentence].tree;
    dgm_deprel rel = t->s->words[m->head].deprel;
    uint32_t subject = judge_subject_at(s, it->sentence, it->word);
    uint32_t entity = subject ? judge_entity_of(s, it->sentence, subject) : DGM_NONE;
    const dgm_entity *who = entity == DGM_NONE ? NULL : &s->doc->entities.at[entity];
    return who && who->country[0] && !who->guessed && !dgm_is_passive(t, it->word) &&
           !dgm_is_same_country(s->doc, entity, p->entity) &&
           (rel == DGM_REL_OBL || rel == DGM_REL_NMOD) && dgm_child_of(t, m->head, DGM_REL_CASE);
}

/* No side by itself, but that the rules may have: "will open a consulate in Gabon". */
static bool is_mere_setting(const sight *s, const occasion *it, uint32_t role, const party *p)
{
    return is_sent(s, it, role, p) || is_where_they_met(s, it, role, p) ||
           is_place_of_others(s, it, role, p);
}

/* Whether the event is of the type that the rules gave it, which found its sides. */
static bool is_as_ruled(const sight *s, const occasion *it)
{
    return it->event != DGM_NONE && s->doc->events.at[it->event].type == it->type;
}

static bool take(const sight *s, const occasion *it, uint32_t role, uint32_t state, const party *p,
                 dgm_participants *out)
{
    bool near = s->doc->mentions.at[p->mention].span.sentence == it->sentence;
    bool taken = is_taken_place(s, it, role, p);
    bool place = !p->lent &&
                 (taken || is_place_of_asked(s, it, role, p) || (role == 0 && is_only_place(s, p)));
    uint32_t entity =
        p->lent && !s->doc->entities.at[p->entity].untold && lends(s->states[state].code)
            ? lend(s, p->entity, s->states[state].code)
        : place ? judge_people_of(s, p->entity, it->type)
                : p->entity;
    if (taken && entity != DGM_NONE)
        s->doc->entities.at[entity].sector[0] = 0;
    return entity != DGM_NONE &&
           judge_add_party(s, out,
                           (dgm_participant) { .mention = p->mention,
                                               .entity = entity,
                                               .inferred = p->lent || place || !near });
}

/* Those whom the rules name beside the chosen one, of the same state and side: "the president and
 * the army". */
static bool take_company(const sight *s, members side, uint32_t state, const party *p,
                         dgm_participants *out)
{
    bool among = judge_side_has(side, p->entity);
    for (uint32_t i = 0; among && i < side.n; i++)
        if (judge_is_of_state(s, side.at[i].entity, state) && !judge_add_party(s, out, side.at[i]))
            return false;
    return true;
}

/* "The UN urged both sides to stop": of those whom one phrase means, the others of the state. */
static bool take_rest_of_phrase(const sight *s, const occasion *it, uint32_t state, const party *p,
                                dgm_participants *out)
{
    const dgm_mention *m = &s->doc->mentions.at[p->mention];
    bool taken = judge_side_has(members_of(out), p->entity) && !m->pronoun &&
                 m->span.sentence == it->sentence;
    for (uint32_t i = 0; taken && m->n_entities > 1 && i < m->n_entities; i++) {
        uint32_t entity = s->doc->mention_entities.at[m->entities + i];
        dgm_participant other = { .mention = p->mention, .entity = entity };
        if (judge_is_of_state(s, entity, state) && !dgm_is_same_side(s->doc, p->entity, entity) &&
            !judge_add_party(s, out, other))
            return false;
    }
    return true;
}

/* The rules have them suffer it, so they do not do it. */
static bool is_sufferer(const sight *s, const occasion *it, const party *p)
{
    return it->event != DGM_NONE &&
           dgm_events_quad(s->events, it->type) == DGM_QUAD_MATERIAL_CONFLICT &&
           judge_side_has(side_of(it->sides, 1), p->entity) &&
           !judge_side_has(side_of(it->sides, 0), p->entity);
}

/* "Killed in an airstrike on Gaza": at whom it was aimed. */
static bool is_target(const dgm_tree *t, uint32_t word, uint32_t marker)
{
    return t->s->words[word].deprel == DGM_REL_NMOD && dgm_function_is(t, marker, DGM_FN_AIM) &&
           dgm_has_class(t, t->s->words[word].head, DGM_CLASS_ATTACK);
}

/* "A bomb went off outside a police station, killing two", "bombs outside two ministries killed
 * nine": who stands where it was done did not do it. */
static bool is_scene(const sight *s, const occasion *it, members own, const party *p)
{
    const dgm_mention *m = &s->doc->mentions.at[p->mention];
    if (dgm_like(it->type) != DGM_ASSAULT || m->span.sentence != it->sentence ||
        judge_side_has(own, p->entity))
        return false;
    const dgm_sentence *sentence = sentence_at(s, it->sentence);
    uint32_t marker = dgm_child_of(sentence->tree, m->head, DGM_REL_CASE);
    dgm_entity_kind kind = s->doc->entities.at[p->entity].kind;
    dgm_deprel how = sentence->words[m->head].deprel;
    if (marker && is_target(sentence->tree, m->head, marker))
        return true;
    return (how == DGM_REL_OBL || how == DGM_REL_NMOD) && marker && kind != DGM_ENTITY_PLACE &&
           kind != DGM_ENTITY_COUNTRY && dgm_function_is(sentence->tree, marker, DGM_FN_PLACE);
}

/* Whether all of a side are of that country, and no outlaws. */
static bool are_own_people(const sight *s, members side, uint32_t of)
{
    static const char outlaws[][4] = { "REB", "UAF", "CRM", "PRM" };
    for (uint32_t i = 0; i < side.n; i++)
        if (!dgm_is_same_country(s->doc, of, side.at[i].entity) ||
            dgm_is_among(s->doc->entities.at[side.at[i].entity].sector, outlaws, DGM_LEN(outlaws)))
            return false;
    return side.n > 0;
}

/* The verb of "told reporters that two men had been killed", where the parser took what was told
 * for a part of those who heard it; 0. */
static uint32_t verb_of_told(const sight *s, const occasion *it)
{
    const dgm_tree *t = s->sentences[it->sentence].tree;
    const dgm_word *words = t->s->words, *clause = &words[it->word];
    uint32_t mark = dgm_child_of(t, it->word, DGM_REL_MARK), verb = words[clause->head].head;
    dgm_deprel heard = words[clause->head].deprel;
    bool told = clause->deprel == DGM_REL_ACL && mark && words[mark].upos == DGM_SCONJ &&
                (heard == DGM_REL_OBJ || heard == DGM_REL_IOBJ);
    return told && verb && dgm_has_class(t, verb, DGM_CLASS_SAY) ? verb : 0;
}

/* "Chad's minister said that three soldiers had been killed": who tells of his own dead, and not
 * who killed them, did not. */
static bool is_of_teller(const sight *s, const occasion *it, const members own[2], const party *p)
{
    const dgm_sentence *sentence = sentence_at(s, it->sentence);
    if (dgm_like(it->type) != DGM_ASSAULT || own[0].n > 0 ||
        !(sentence->words[it->word].upos == DGM_NOUN || dgm_is_passive(sentence->tree, it->word)))
        return false;
    uint32_t top, says = judge_says_above(s, it->sentence, it->word, &top);
    says = says ? says : verb_of_told(s, it);
    uint32_t speaker = says ? judge_subject_at(s, it->sentence, says) : 0;
    uint32_t who = speaker ? judge_entity_of(s, it->sentence, speaker) : DGM_NONE;
    return who != DGM_NONE && dgm_is_same_country(s->doc, who, p->entity) &&
           are_own_people(s, own[1], who);
}

bool judge_choose_parties(const sight *s, const dgm_linear *model, dgm_features *f,
                          const occasion *it, const ranking *r, const uint32_t chosen[2],
                          const members own[2], dgm_participants sides[2])
{
    for (uint32_t i = 0; i < r->n; i++) {
        candidates c;
        uint32_t best[2], state = r->states[i];
        bool acts = chosen[0] >> i & 1, receives = chosen[1] >> i & 1;
        if (!acts && !receives)
            continue;
        score_parties(s, model, f, it, state, &c);
        party stranger[2];
        bool strange[2] = {
            acts && dgm_count_bits(chosen[0]) == 1 && find_stranger(s, it, 0, &stranger[0]),
            receives && dgm_count_bits(chosen[1]) == 1 && find_stranger(s, it, 1, &stranger[1])
        };
        pick(&c, acts && !strange[0], receives && !strange[1], best);
        for (uint32_t role = 0; role < 2; role++) {
            if (best[role] == DGM_NONE && !strange[role])
                continue;
            const party *p = strange[role] ? &stranger[role] : &c.at[best[role]];
            uint32_t to = role == 0 && is_sufferer(s, it, p) ? 1 : role;
            if (to == 0 && (is_scene(s, it, own[0], p) || is_of_teller(s, it, own, p)))
                continue;
            bool setting = is_mere_setting(s, it, to, p);
            if (setting && !is_as_ruled(s, it))
                continue;
            if ((!setting && !take(s, it, to, state, p, &sides[to])) ||
                !take_company(s, own[to], state, p, &sides[to]) ||
                !take_rest_of_phrase(s, it, state, p, &sides[to]))
                return false;
        }
    }
    return true;
}
