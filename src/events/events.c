/* The room as others see it: loading the tables, and from candidates to the document's events. */
#include "events/events.h"
#include "document/party.h"
#include "events/contexts.h"
#include "events/match.h"
#include "events/recall.h"
#include "events/recode.h"
#include "events/states.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- loading -------------------------------------------------------------------------------- */

dgm_status dgm_events_load(const char *tables_dir, dgm_grammar *grammar, dgm_complaints *complaints,
                           dgm_events **out, dgm_err *err)
{
    dgm_events *events = calloc(1, sizeof(*events));
    if (!events)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events' tables");
    events->grammar = grammar;
    events->arena = dgm_arena_new_for_tables();
    events->context_words = dgm_map_new();
    events->cameo_codes = dgm_map_new();
    events->discards = dgm_map_new();
    events->triggers = dgm_map_new();
    dgm_status status = DGM_ENOMEM;
    if (events->arena && events->context_words && events->cameo_codes && events->discards &&
        events->triggers) {
        status = dgm_ontology_load(events, tables_dir, complaints);
        if (status == DGM_OK)
            status = dgm_discards_load(events, tables_dir, complaints);
        if (status == DGM_OK)
            status = dgm_rules_load(events, grammar, tables_dir, complaints);
        if (status == DGM_OK && dgm_arena_failed(events->arena))
            status = DGM_ENOMEM;
    }
    if (status != DGM_OK) {
        dgm_events_free(events);
        return dgm_fail(err, status, tables_dir, 0, "the tables of events cannot be loaded");
    }
    *out = events;
    return DGM_OK;
}

void dgm_events_free(dgm_events *events)
{
    if (!events)
        return;
    for (uint32_t i = 0; i < events->n_texts; i++)
        free(events->texts[i]);
    dgm_map_free(events->context_words);
    dgm_map_free(events->cameo_codes);
    dgm_map_free(events->discards);
    dgm_map_free(events->triggers);
    dgm_arena_free(events->arena);
    free(events);
}

uint32_t dgm_n_contexts(const dgm_events *events)
{
    return events->contexts.n;
}

dgm_view dgm_context_name(const dgm_events *events, uint32_t i)
{
    return i < events->contexts.n ? events->contexts.at[i] : (dgm_view) { NULL, 0 };
}

/* ---- which candidates stay ------------------------------------------------------------------ */

static bool same_people(const dgm_participants *a, const dgm_participants *b)
{
    if (a->n == 0 || b->n == 0)
        return true;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t j = 0; j < b->n; j++)
            if (a->at[i].entity == b->at[j].entity)
                return true;
    return false;
}

/* "Overran the camp and | set fire", "before | setting fire to the market": a verb that "and" joins
 * to the one before, or "before" to one that it follows. */
static bool is_next_deed(const dgm_tree *t, uint32_t verb)
{
    uint32_t mark = dgm_child_of(t, verb, DGM_REL_MARK);
    return t->s->words[verb].deprel == DGM_REL_CONJ ||
           (t->s->words[verb].deprel == DGM_REL_ADVCL && mark &&
            dgm_function_is(t, mark, DGM_FN_SEQUENCE));
}

/* The second is such a verb of the first, with an object. */
static bool goes_on(const dgm_tree *t, const dgm_candidate *a, const dgm_candidate *b)
{
    const dgm_word *second = &t->s->words[b->word];
    return second->upos == DGM_VERB && second->head == a->word && is_next_deed(t, b->word) &&
           dgm_child_of(t, b->word, DGM_REL_OBJ);
}

/* "Attacking a ship and bombing a village", "freed the crew and opened the port": of two verbs
 * joined by "and", each has a thing of its own that it is done to, though nobody may know whose.
 * Not so "overran a base and killed four", which is what the attack came to, or "beat him and
 * smashed his camera". */
static bool are_done_to_two(const dgm_tree *t, const dgm_candidate *a, const dgm_candidate *b)
{
    uint32_t first_object = dgm_child_of(t, a->word, DGM_REL_OBJ);
    uint32_t object = dgm_child_of(t, b->word, DGM_REL_OBJ);
    bool outcome =
        dgm_view_eq(b->cameo, DGM_VIEW("180")) && !dgm_child_of(t, b->word, DGM_REL_MARK);
    bool differ = dgm_like(b->type) == DGM_RETREAT && !dgm_view_eq(a->mode, b->mode);
    if (dgm_like(b->type) != DGM_ASSAULT && dgm_like(b->type) != DGM_COERCE && !differ)
        return false;
    return !outcome && goes_on(t, a, b) && first_object &&
           t->s->words[first_object].upos == DGM_NOUN && t->s->words[object].upos == DGM_NOUN &&
           !dgm_child_of(t, object, DGM_REL_NMOD_POSS) &&
           (a->recipients.n == 0 || b->recipients.n == 0 || !dgm_heads_somebody(t, object));
}

/* "Protesters blocked the road, and some hurled stones": who of them does what, in another mode, is
 * told apart; so is what somebody says from what he does then, "said the flight was illegal and
 * summoned the envoy". */
static bool are_two_deeds(const dgm_tree *t, const dgm_candidate *a, const dgm_candidate *b)
{
    dgm_event_type like = dgm_like(b->type);
    if ((like != DGM_PROTEST && like != DGM_ACCUSE) || !goes_on(t, a, b))
        return false;
    return like == DGM_PROTEST
               ? !dgm_view_eq(a->mode, b->mode) && dgm_has_own_subject(t, b->word)
               : !dgm_view_eq(a->cameo, b->cameo) && dgm_child_of(t, a->word, DGM_REL_CCOMP);
}

/* Two triggers of one sentence that tell the same deed become one event: "killed three soldiers in
 * an attack". The first stays, and takes the roles that it lacks. */
static bool merge_doubles(dgm_matcher *m)
{
    for (uint32_t i = 0; i < m->found.n; i++) {
        dgm_candidate *a = &m->found.at[i];
        for (uint32_t j = i + 1; j < m->found.n && !a->dead; j++) {
            dgm_candidate *b = &m->found.at[j];
            if (b->dead || a->type != b->type || a->content_of != b->content_of ||
                a->content_of == j || b->content_of == i ||
                dgm_is_negated(m->clause.t, a->word) != dgm_is_negated(m->clause.t, b->word) ||
                !same_people(&a->actors, &b->actors) ||
                !same_people(&a->recipients, &b->recipients) ||
                are_done_to_two(m->clause.t, a, b) || are_two_deeds(m->clause.t, a, b))
                continue;
            dgm_arena *arena = m->clause.doc->arena;
            if ((a->actors.n == 0 && !dgm_add_all(arena, &b->actors, &a->actors)) ||
                (a->recipients.n == 0 && !dgm_add_all(arena, &b->recipients, &a->recipients)))
                return false;
            if (b->cameo.n > a->cameo.n) {
                a->cameo = b->cameo;
                a->mode = b->mode;
            }
            b->dead = true;
            for (uint32_t k = 0; k < m->found.n; k++)
                if (m->found.at[k].content_of == j)
                    m->found.at[k].content_of = i;
        }
    }
    return true;
}

/* A noun of talks or fighting ("the conflict with Armenia") that names one side only says too
 * little. */
static bool is_one_sided(const dgm_matcher *m, const dgm_candidate *it)
{
    const dgm_role_list *recipients = &it->rule->recipients;
    dgm_event_type like = dgm_like(it->type);
    if (!it->rule->is_noun || it->actors.n + it->recipients.n > 1 ||
        (like != DGM_ASSAULT && like != DGM_CONSULT && like != DGM_COOPERATE))
        return false;
    return recipients->n > 0 &&
           m->clause.events->paths.at[recipients->first].at[0].kind == DGM_SLOT_NONE;
}

/* "The demands", "concern": a noun of speaking that names one side only is background; "the
 * rapprochement between Iran and Iraq" names two, and "is under investigation" says who suffers it.
 */
static bool is_bare_speech(const dgm_matcher *m, const dgm_candidate *it)
{
    const dgm_tree *t = m->clause.t;
    bool suffered = it->recipients.n > 0 && dgm_has_function(t, it->word, DGM_FN_UNDER) &&
                    dgm_child_of(t, it->word, DGM_REL_NSUBJ);
    if (!it->rule->is_noun || suffered || it->content_of != DGM_NONE || it->operator_rule)
        return false;
    switch (dgm_like(it->type)) {
    case DGM_REQUEST:
    case DGM_ACCUSE:
    case DGM_THREATEN:
    case DGM_SUPPORT:
    case DGM_AGREE:
    case DGM_REJECT:
        return it->actors.n == 0 || it->actors.n + it->recipients.n < 2;
    default:
        return false;
    }
}

/* Whether a state, an armed group, a party, an international body is among them: somebody who makes
 * politics, and not only suffers them. */
static bool is_political(const dgm_document *doc, const dgm_participants *who)
{
    static const char private_sectors[][4] = { "AGR", "BUS", "CRM", "CVL", "EDU", "JRN",
                                               "LAB", "MED", "REF", "REL", "SOC" };
    for (uint32_t i = 0; i < who->n; i++) {
        const dgm_entity *entity = &doc->entities.at[who->at[i].entity];
        if (entity->kind != DGM_ENTITY_PLACE &&
            !dgm_is_among(entity->sector, private_sectors, DGM_LEN(private_sectors)))
            return true;
    }
    return false;
}

static bool has_country(const dgm_document *doc, const dgm_participants *who)
{
    for (uint32_t i = 0; i < who->n; i++)
        if (doc->entities.at[who->at[i].entity].country[0])
            return true;
    return false;
}

/* Private life: "she met her husband", "I thank the community". */
static bool is_private(const dgm_matcher *m, const dgm_candidate *it)
{
    const dgm_document *doc = m->clause.doc;
    const dgm_events *events = m->clause.events;
    uint8_t quad = dgm_events_quad(events, it->type);
    dgm_event_type like = dgm_like(it->type);
    bool words_only = quad == DGM_QUAD_VERBAL_COOPERATION || quad == DGM_QUAD_VERBAL_CONFLICT;
    if (dgm_is_own_type(it->type))
        return false; /* what a codebook was written for is nobody's private life */
    if (like == DGM_CONSULT && it->actors.n == 0)
        return true;
    bool passive_counts = like == DGM_REJECT || like == DGM_ACCUSE;
    if (words_only && it->actors.n == 0 && !it->first_person &&
        (it->silent_actor || !passive_counts))
        return true;
    if (is_political(doc, &it->actors) || is_political(doc, &it->recipients))
        return false;
    bool suffered = like == DGM_ASSAULT || like == DGM_COERCE || like == DGM_RETREAT;
    if (suffered && has_country(doc, &it->recipients) && !it->silent_actor)
        return false; /* "the village was bombed", "the hostages were released" */
    if (dgm_counts_among_people(events, it->type, it->cameo))
        return false;
    return words_only || it->actors.n == 0 || it->recipients.n == 0;
}

/* "Nobody was beaten in custody, the minister said": a state that denies a deed of a kind that only
 * people do answers for those who would have done it. A crash kills as well ("nobody was killed"),
 * and has no mode. False: no memory. */
static bool answer_for_own(const dgm_matcher *m, dgm_candidate *it)
{
    static const dgm_slot_path path = { .at = { { .kind = DGM_SLOT_SPEAKER } }, .n = 1 };
    const dgm_document *doc = m->clause.doc;
    uint32_t subject = dgm_child_of(m->clause.t, it->word, DGM_REL_NSUBJ_PASS);
    dgm_participants speaker = { .n = 0 };
    dgm_words words;
    if (it->rule->is_noun || it->mode.n == 0 || it->actors.n + it->recipients.n > 0 ||
        dgm_events_quad(m->clause.events, it->type) != DGM_QUAD_MATERIAL_CONFLICT || !subject ||
        !dgm_is_nobody(m->clause.t, subject))
        return true;
    dgm_slot_words(&m->clause, it->word, &path, &words);
    if (words.n != 1)
        return true;
    if (!dgm_collect(&m->clause, words.at[0], false, &speaker))
        return false;
    const dgm_entity *e = speaker.n == 1 ? &doc->entities.at[speaker.at[0].entity] : NULL;
    if (e && dgm_is_state_code(e->country) && dgm_is_sector_of_state(e->sector))
        it->actors = speaker;
    return true;
}

/* "The envoy was to visit Chad, but the visit was cancelled": whose visit it is, the verb before
 * has said. False: no memory. */
static bool share_sides_of_deed(const dgm_matcher *m, dgm_candidate *it)
{
    const dgm_tree *t = m->clause.t;
    uint32_t deed = dgm_child_of(t, it->word, DGM_REL_OBJ);
    deed = deed ? deed : dgm_child_of(t, it->word, DGM_REL_NSUBJ_PASS);
    uint32_t the = deed ? dgm_child_of(t, deed, DGM_REL_DETREL) : 0;
    const dgm_candidate *told = NULL;
    if (it->actors.n + it->recipients.n > 0 || !the || !dgm_function_is(t, the, DGM_FN_KNOWN))
        return true;
    for (uint32_t i = 0; i < m->found.n; i++) {
        const dgm_candidate *before = &m->found.at[i];
        if (!before->dead && !before->rule->is_noun && before->word < it->word &&
            dgm_view_eq(t->lemmas[before->word], t->lemmas[deed]))
            told = before;
    }
    dgm_arena *arena = m->clause.doc->arena;
    return !told || (dgm_add_all(arena, &told->actors, &it->actors) &&
                     dgm_add_all(arena, &told->recipients, &it->recipients));
}

/* Keeps what a filter holds back, for the judge. */
static bool propose(const dgm_matcher *m, const dgm_candidate *it)
{
    dgm_proposal *made = dgm_push(m->clause.doc->arena, &m->clause.doc->proposals);
    if (made)
        *made =
            (dgm_proposal) { m->clause.i_sentence, it->word, it->type, it->actors, it->recipients };
    return made != NULL;
}

static bool bury_the_nameless(dgm_matcher *m)
{
    for (uint32_t i = 0; i < m->found.n; i++) {
        dgm_candidate *it = &m->found.at[i];
        if (it->dead)
            continue;
        if (!answer_for_own(m, it) || !share_sides_of_deed(m, it))
            return false;
        it->dead = it->stranger || (it->actors.n == 0 && it->recipients.n == 0) ||
                   (!m->clause.doc->sides_known &&
                    (is_one_sided(m, it) || is_bare_speech(m, it) || is_private(m, it)));
        if (!it->dead)
            continue;
        dgm_note(m->clause.doc, "events", m->clause.i_sentence, DGM_NONE,
                 DGM_RULE_TOLD " at \"%.*s\" names nobody", DGM_RULE_FMT(it->rule),
                 DGM_FMT(m->clause.s->words[it->word].form));
        if (!propose(m, it))
            return false;
    }
    return true;
}

/* ---- writing them down ---------------------------------------------------------------------- */

/* The mode as the codebook calls it, and its score, else the type's. */
static void set_mode(const dgm_events *events, dgm_event_type type, dgm_view mode, dgm_event *event)
{
    event->mode = event->mode_key = mode;
    event->intensity = events->roles[dgm_type_index(type)].intensity;
    for (uint32_t i = 0; mode.n > 0 && i < events->modes.n; i++) {
        const dgm_mode *it = &events->modes.at[i];
        if (it->type != type || (!dgm_view_eq(it->key, mode) && !dgm_view_eq(it->mode, mode)))
            continue;
        event->mode = it->mode;
        event->mode_key = it->key;
        event->intensity = it->score;
        return;
    }
}

/* Where an operator made it, that is asked as well. */
static dgm_judging judging_of(const dgm_candidate *it)
{
    const dgm_rule *operator_rule = it->operator_rule;
    return operator_rule ? DGM_MAX(it->rule->judging, operator_rule->judging) : it->rule->judging;
}

static void set_codes(const dgm_events *events, const dgm_candidate *it, dgm_event *event)
{
    const dgm_cameo *cameo = dgm_cameo_of(events, it->cameo);
    event->type = it->type;
    event->quad = events->roles[dgm_type_index(it->type)].quad;
    set_mode(events, it->type, it->mode, event);
    event->goldstein = cameo ? cameo->goldstein : (double)NAN;
    if (cameo) {
        memcpy(event->cameo, cameo->code, sizeof event->cameo);
        event->contexts |= cameo->contexts;
    }
}

static dgm_evidence evidence_of(const dgm_matcher *m, const dgm_candidate *it)
{
    const dgm_id_list *lists[3];
    uint32_t lengths[3], n = 0;
    uint64_t types = 0;
    uint32_t n_lists = dgm_trigger_lists(m, it->word, it->rule->is_noun, lists, lengths);
    for (uint32_t i = 0; i < n_lists; i++)
        for (uint32_t j = 0; j < lists[i]->n; j++) {
            const dgm_rule *rule = &m->clause.events->rules.at[lists[i]->at[j]];
            if (!rule->is_operator)
                types |= dgm_type_bit(rule->type);
        }
    for (; types; types &= types - 1)
        n++;
    return (dgm_evidence) { .n_asked = (uint8_t)DGM_MIN(it->rule->n_constraints, 255),
                            .n_types = (uint8_t)n,
                            .noun = it->rule->is_noun };
}

static bool write_event(dgm_matcher *m, const dgm_candidate *it)
{
    dgm_document *doc = m->clause.doc;
    uint32_t i_event = doc->events.n;
    dgm_event *event = dgm_push(doc->arena, &doc->events);
    if (!event)
        return false;
    event->trigger = dgm_span_of(doc, m->clause.i_sentence, it->first, it->last);
    event->trigger_word = it->word;
    set_codes(m->clause.events, it, event);
    event->actors = it->actors;
    event->recipients = it->recipients;
    if (dgm_is_mutual(m->clause.t, it->word))
        event->recipients.n = 0;
    event->condition_event = DGM_NONE;
    event->content_of = DGM_NONE;
    event->confidence = (double)NAN;
    event->rule = it->rule->source;
    event->judging = judging_of(it);
    event->evidence = evidence_of(m, it);
    event->negation_used = it->negation_used;
    if (it->operator_rule)
        event->operator_rule = it->operator_rule->source;
    doc->sentences.at[m->clause.i_sentence].words[it->word].event = i_event;
    dgm_note(doc, "events", m->clause.i_sentence, i_event, DGM_RULE_TOLD " gives %s %s",
             DGM_RULE_FMT(it->rule), dgm_type_name(doc->types, event->type), event->cameo);
    if (it->operator_rule && it->operator_rule != it->rule)
        dgm_note(doc, "events", m->clause.i_sentence, i_event, DGM_RULE_TOLD " changes it to %s",
                 DGM_RULE_FMT(it->operator_rule), dgm_type_name(doc->types, event->type));
    return true;
}

/* In the order of their words, links turned from candidates to events. */
static bool write_events(dgm_matcher *m)
{
    dgm_document *doc = m->clause.doc;
    uint32_t *index = DGM_NEW(doc->arena, uint32_t, m->found.n + 1);
    if (!index)
        return false;
    for (uint32_t w = 1; w <= m->clause.s->n_words; w++) {
        for (uint32_t i = 0; i < m->found.n; i++) {
            if (m->found.at[i].dead || m->found.at[i].word != w)
                continue;
            index[i] = doc->events.n;
            if (!write_event(m, &m->found.at[i]))
                return false;
        }
    }
    for (uint32_t i = 0; i < m->found.n; i++) {
        uint32_t parent = m->found.at[i].content_of;
        if (!m->found.at[i].dead && parent != DGM_NONE && !m->found.at[parent].dead)
            doc->events.at[index[i]].content_of = index[parent];
    }
    return true;
}

/* "4-3" behind a verb, but not "4-6 soldiers": numbers that a dash joins and that count nothing. */
static bool is_score(const dgm_sentence *s, uint32_t first)
{
    uint32_t dash = first + 1, last = first + 2;
    if (last > s->n_words || s->words[first].upos != DGM_NUM || s->words[last].upos != DGM_NUM ||
        s->words[first].space_after || s->words[dash].space_after || s->words[dash].upos == DGM_ADP)
        return false;
    dgm_upos next = last < s->n_words ? s->words[last + 1].upos : DGM_PUNCT;
    return s->words[first].deprel != DGM_REL_NUMMOD && next != DGM_NOUN && next != DGM_ADJ &&
           next != DGM_NUM && next != DGM_SYM;
}

/* The nearest verb that a word is below; 0: none is near. */
static uint32_t verb_above(const dgm_sentence *s, uint32_t word)
{
    enum { MAX_CLIMB = 40 };
    uint32_t up = s->words[word].head;
    for (uint32_t n = 0; up && n < MAX_CLIMB; n++, up = s->words[up].head)
        if (s->words[up].upos == DGM_VERB)
            return up;
    return 0;
}

/* "Beat Basel 4-3", "meet Namibia in the final": a score below a verb that teams do to each other,
 * or a round that they play in. Where there is a vote, it has the score. */
static bool is_of_a_match(const dgm_clause *c)
{
    const dgm_grammar *g = c->events->grammar;
    uint32_t beats = dgm_class_id(g, DGM_VIEW("sport_beat"));
    uint32_t plays = dgm_class_id(g, DGM_VIEW("sport_play"));
    uint32_t rounds = dgm_class_id(g, DGM_VIEW("sport_round"));
    uint32_t votes = dgm_class_id(g, DGM_VIEW("voting"));
    bool found = false;
    for (uint32_t w = 1; w <= c->s->n_words; w++) {
        if (dgm_has_class(c->t, w, votes))
            return false;
        uint32_t up = is_score(c->s, w) ? verb_above(c->s, w) : 0;
        found |= up && dgm_has_class(c->t, up, beats);
        bool in_round = c->s->words[w].upos == DGM_NOUN && dgm_has_class(c->t, w, rounds) &&
                        dgm_has_function(c->t, w, DGM_FN_IN);
        up = in_round ? c->s->words[w].head : 0;
        found |= up && c->s->words[up].upos == DGM_VERB && dgm_has_class(c->t, up, plays);
    }
    return found;
}

/* Teams attack, defend and beat nations too. A word that only sport has, and another that it likes,
 * silence the sentence, and so does a match. */
static bool is_sport(const dgm_clause *c)
{
    uint32_t strong = dgm_class_id(c->events->grammar, DGM_VIEW("sport"));
    uint32_t weak = dgm_class_id(c->events->grammar, DGM_VIEW("sport_weak"));
    uint32_t n_strong = 0, n_weak = 0;
    for (uint32_t w = 1; w <= c->s->n_words; w++) {
        if (c->s->words[w].upos != DGM_NOUN && c->s->words[w].upos != DGM_PROPN)
            continue;
        n_strong += dgm_has_class(c->t, w, strong);
        n_weak += dgm_has_class(c->t, w, weak);
    }
    return (n_strong > 0 && n_strong + n_weak > 1) || is_of_a_match(c);
}

/* Whether a phrase of that scope stands in the sentence, by its forms or by its lemmas. */
static bool has_discard(const dgm_events *events, const dgm_sentence *s, dgm_discard scope)
{
    char forms[160], lemmas[160];
    for (uint32_t first = 1; first <= s->n_words; first++) {
        size_t n_forms = 0, n_lemmas = 0;
        for (uint32_t w = first; w < first + 3 && w <= s->n_words; w++) {
            dgm_view form = s->words[w].form, lemma = s->words[w].lemma;
            if (n_forms + form.n + 1 >= sizeof forms || n_lemmas + lemma.n + 1 >= sizeof lemmas)
                break;
            if (w > first)
                forms[n_forms++] = lemmas[n_lemmas++] = ' ';
            for (size_t i = 0; i < form.n; i++)
                forms[n_forms++] = dgm_to_lower(form.p[i]);
            for (size_t i = 0; i < lemma.n; i++)
                lemmas[n_lemmas++] = dgm_to_lower(lemma.p[i]);
            if (dgm_map_get(events->discards, (dgm_view) { forms, n_forms }) == scope ||
                dgm_map_get(events->discards, (dgm_view) { lemmas, n_lemmas }) == scope)
                return true;
        }
    }
    return false;
}

static bool find_in_sentence(const dgm_events *events, dgm_document *doc, uint32_t i_sentence,
                             dgm_participants *speaker, uint64_t **signals)
{
    dgm_matcher m;
    if (!dgm_matcher_init(&m, events, doc, i_sentence))
        return false;
    m.clause.previous_speaker = speaker;
    *signals = dgm_context_signals(&m.clause);
    if (!*signals)
        return false;
    if (events->discards_sentences && has_discard(events, m.clause.s, DGM_DISCARD_SENTENCE)) {
        dgm_note(doc, "events", i_sentence, DGM_NONE, "a phrase of discards.tsv silences it");
        return true;
    }
    doc->sentences.at[i_sentence].sport = is_sport(&m.clause);
    if (doc->sentences.at[i_sentence].sport) {
        dgm_note(doc, "events", i_sentence, DGM_NONE, "sport, not politics");
        return true;
    }
    if (!dgm_match_rules(&m) || !dgm_match_operators(&m))
        return false;
    dgm_recode(&m);
    if (!bury_the_nameless(&m))
        return false;
    if (doc->sides_known && (!dgm_match_by_habit(&m) || !dgm_match_operators(&m)))
        return false;
    return dgm_blame_punished(&m) && merge_doubles(&m) && write_events(&m) &&
           dgm_keep_speaker(&m, speaker);
}

dgm_status dgm_events_find(const dgm_events *events, dgm_document *doc, dgm_err *err)
{
    uint32_t n = doc->sentences.n;
    doc->types = &events->types;
    uint64_t **signals = DGM_NEW(doc->arena, uint64_t *, n + 1);
    if (!signals || !dgm_mentions_by_sentence(doc, &doc->mentions_of))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events");
    for (uint32_t i = 0; events->discards_stories && i < n; i++) {
        if (!has_discard(events, &doc->sentences.at[i], DGM_DISCARD_STORY))
            continue;
        dgm_note(doc, "events", i, DGM_NONE, "a phrase of discards.tsv silences the story");
        return DGM_OK;
    }
    dgm_participants speaker = { .n = 0 };
    for (uint32_t i = 0; i < n; i++)
        if (dgm_stopped(doc) || !find_in_sentence(events, doc, i, &speaker, &signals[i]))
            return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events");
    doc->context_signals = signals;
    if (!dgm_recall_recipients(events, doc))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events");
    return dgm_events_settle(events, doc, err);
}

dgm_status dgm_events_settle(const dgm_events *events, dgm_document *doc, dgm_err *err)
{
    if (!dgm_settle_states(events, doc))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events");
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_cameo *cameo = dgm_cameo_of(events, dgm_view_of(doc->events.at[i].cameo));
        doc->events.at[i].contexts = cameo ? cameo->contexts : 0;
    }
    if (doc->context_signals)
        dgm_set_contexts(events, doc, doc->context_signals);
    return DGM_OK;
}

const dgm_types *dgm_events_types(const dgm_events *events)
{
    return &events->types;
}

uint8_t dgm_events_quad(const dgm_events *events, dgm_event_type type)
{
    return events->roles[dgm_type_index(type)].quad;
}

/* ---- for the judge -------------------------------------------------------------------------- */

/* "cannot agree, does not find it enough, will not be tolerated": types that a word which does not
 * have them by itself takes from the "not" beside it, which is then used up. */
static bool is_made_of_not(dgm_event_type type, const dgm_rule *rule)
{
    bool by_itself = rule && !rule->eats_negation;
    type = dgm_like(type);
    if (type == DGM_REQUEST || type == DGM_THREATEN)
        return !by_itself;
    /* A rule that asks for more than the word has not fired. */
    return (type == DGM_REJECT || type == DGM_ACCUSE) && !(by_itself && rule->n_constraints == 0);
}

/* The code is that of the plainest rule. With what a threat threatens, the verb does not say:
 * "warned that the strike would go on" is none of violence. */
void dgm_events_retype(const dgm_events *events, const dgm_document *doc, dgm_event_type type,
                       dgm_event *event)
{
    const dgm_word *word = &doc->sentences.at[event->trigger.sentence].words[event->trigger_word];
    char lower[64];
    size_t n = DGM_MIN(word->lemma.n, sizeof lower);
    for (size_t i = 0; i < n; i++)
        lower[i] = dgm_to_lower(word->lemma.p[i]);
    const dgm_id_list *list = dgm_rules_of(events, (dgm_view) { lower, n }, word->upos == DGM_NOUN);
    const dgm_rule *plain = NULL, *any = NULL;
    for (uint32_t i = 0; list && i < list->n; i++) {
        const dgm_rule *rule = &events->rules.at[list->at[i]];
        if (rule->type == type && (!any || rule->n_constraints < any->n_constraints))
            any = rule;
        bool unfounded = dgm_like(type) == DGM_THREATEN && rule->n_constraints > 0;
        if (!rule->is_operator && rule->type == type && !unfounded &&
            (!plain || rule->n_constraints < plain->n_constraints))
            plain = rule;
    }
    dgm_candidate like = { .type = type,
                           .mode = plain ? plain->mode : (dgm_view) { NULL, 0 },
                           .cameo =
                               plain ? plain->cameo : events->roles[dgm_type_index(type)].cameo };
    set_codes(events, &like, event);
    event->negation_used |= is_made_of_not(type, any);
}

dgm_status dgm_events_usual_sides(const dgm_events *events, dgm_document *doc, uint32_t i_sentence,
                                  uint32_t word, dgm_event_type type, dgm_event *event,
                                  dgm_err *err)
{
    dgm_matcher m;
    dgm_upos upos = doc->sentences.at[i_sentence].words[word].upos;
    const dgm_rule rule = { .type = type, .is_noun = upos == DGM_NOUN || upos == DGM_PROPN };
    dgm_candidate it = { .word = word, .rule = &rule, .type = type };
    if (!dgm_matcher_init(&m, events, doc, i_sentence) || !dgm_fill_roles(&m, &it))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events");
    event->actors = it.actors;
    event->recipients = it.recipients;
    return DGM_OK;
}
