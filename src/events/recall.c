/* "Ankara has denied the accusations" does not say whose they were, but the story has: the last
 * accusation against Ankara. Likewise "would not hesitate to provide support" answers the last
 * request to the same side, and "rejected the criticism" the last event of the kind that the noun
 * tells. Only the few sentences before count. */
#include "events/recall.h"
#include "document/party.h"
#include "events/events.h"
#include "grammar/grammar.h"

/* Whether some actor of `later` was a recipient of `earlier`. */
static bool answers(const dgm_document *doc, const dgm_event *later, const dgm_event *earlier)
{
    for (uint32_t i = 0; i < later->actors.n; i++)
        for (uint32_t j = 0; j < earlier->recipients.n; j++)
            if (dgm_is_same_country(doc, later->actors.at[i].entity,
                                    earlier->recipients.at[j].entity))
                return true;
    return false;
}

static bool is_same_party(const dgm_document *doc, const dgm_event *a, const dgm_event *b)
{
    for (uint32_t i = 0; i < a->actors.n; i++)
        for (uint32_t j = 0; j < b->actors.n; j++)
            if (dgm_is_same_voice(doc, a->actors.at[i].entity, b->actors.at[j].entity))
                return true;
    return false;
}

/* "Urged Chad to investigate the killing of herders" is no accusation by Chad that Chad then
 * rejects. */
static bool is_asked_of_the_same(const dgm_document *doc, const dgm_event *later,
                                 const dgm_event *earlier)
{
    return earlier->content_of != DGM_NONE && is_same_party(doc, earlier, later);
}

static bool take_actors(const dgm_document *doc, dgm_event *later, const dgm_event *earlier)
{
    for (uint32_t j = 0; j < earlier->actors.n; j++) {
        dgm_participant *p = dgm_push(doc->arena, &later->recipients);
        if (!p)
            return false;
        *p = earlier->actors.at[j];
    }
    return true;
}

static bool answer_actors(dgm_document *doc, uint32_t i_event, const dgm_event *earlier)
{
    dgm_event *later = &doc->events.at[i_event];
    if (!take_actors(doc, later, earlier))
        return false;
    dgm_note(doc, "events", later->trigger.sentence, i_event,
             "the recipient is known from sentence %u", earlier->trigger.sentence);
    return true;
}

/* "The bloc agreed", "Lima refused": all that is said is the answer. */
static bool is_mere_answer(const dgm_document *doc, const dgm_event *event)
{
    const dgm_tree *t = doc->sentences.at[event->trigger.sentence].tree;
    DGM_EACH_CHILD(t, event->trigger_word, w)
    {
        dgm_deprel rel = t->s->words[w].deprel;
        if (rel == DGM_REL_OBJ || rel == DGM_REL_XCOMP || rel == DGM_REL_CCOMP)
            return false;
    }
    return t->s->words[event->trigger_word].upos == DGM_VERB;
}

/* The word for what is answered: "rejected the criticism", "agreed to the request"; 0: none, or it
 * is said whose it is, or it is told here for the first time ("an offer"). Who is not bound "to the
 * agreement" answers nobody, as who refuses "the offer" does. */
static uint32_t answered_word(const dgm_document *doc, const dgm_event *event)
{
    const dgm_sentence *s = &doc->sentences.at[event->trigger.sentence];
    uint32_t verb = event->trigger_word, object = dgm_child_of(s->tree, verb, DGM_REL_OBJ);
    DGM_EACH_CHILD(s->tree, verb, w)
    if (!object && !dgm_is_passive(s->tree, verb) && s->words[w].deprel == DGM_REL_OBL &&
        dgm_has_function(s->tree, w, DGM_FN_TO))
        object = w;
    if (!object || s->words[object].upos != DGM_NOUN)
        return 0;
    DGM_EACH_CHILD(s->tree, object, w)
    {
        const dgm_word *it = &s->words[w];
        bool owner = it->mention != DGM_NONE || it->deprel == DGM_REL_NMOD_POSS;
        if (owner || (it->deprel == DGM_REL_DETREL && dgm_function_is(s->tree, w, DGM_FN_A)))
            return 0;
    }
    return object;
}

static bool recall_speaker(dgm_document *doc, uint32_t i_event, dgm_event_type type, uint32_t reach)
{
    for (uint32_t i = i_event; i-- > 0;) {
        dgm_event *later = &doc->events.at[i_event];
        const dgm_event *earlier = &doc->events.at[i];
        if (earlier->trigger.sentence + reach < later->trigger.sentence)
            return true;
        if ((earlier->type != type && dgm_like(earlier->type) != type) || earlier->actors.n == 0 ||
            !answers(doc, later, earlier) || is_asked_of_the_same(doc, later, earlier))
            continue;
        later->evidence.answers =
            is_mere_answer(doc, later) ||
            (dgm_like(later->type) == DGM_REJECT && answered_word(doc, later)); /* "the charges" */
        return answer_actors(doc, i_event, earlier);
    }
    return true;
}

/* "Rejected the criticism" is said to who made it: the actors of the last event of the kind that
 * the noun usually tells, unless others were meant by it. */
static bool recall_by_noun(const dgm_events *events, dgm_document *doc, uint32_t i_event,
                           uint32_t reach)
{
    const dgm_event *later = &doc->events.at[i_event];
    const dgm_tree *t = doc->sentences.at[later->trigger.sentence].tree;
    uint32_t word = answered_word(doc, later);
    dgm_habit habit = { .most = DGM_EVENT_NONE };
    if (word)
        dgm_events_habit(events, t->lemmas[word], true, &habit);
    bool answerable = habit.most != DGM_EVENT_NONE &&
                      (t->s->words[word].deprel == DGM_REL_OBJ ||
                       events->roles[dgm_type_index(habit.most)].quad == DGM_QUAD_VERBAL_CONFLICT);
    if (!answerable)
        return true;
    for (uint32_t i = i_event; i-- > 0;) {
        const dgm_event *earlier = &doc->events.at[i];
        if (earlier->trigger.sentence + reach < later->trigger.sentence)
            return true;
        bool same = earlier->type == habit.most && earlier->actors.n > 0;
        bool to_others = earlier->recipients.n > 0 && !answers(doc, later, earlier);
        if (same && !to_others && !is_same_party(doc, later, earlier)) {
            doc->events.at[i_event].evidence.answers = true;
            return answer_actors(doc, i_event, earlier);
        }
    }
    return true;
}

/* "Condemned the attack", "called it a massacre": the object is known, but not who did it. */
static bool blames_a_deed(const dgm_document *doc, const dgm_event *event)
{
    const dgm_sentence *s = &doc->sentences.at[event->trigger.sentence];
    uint32_t object = dgm_child_of(s->tree, event->trigger_word, DGM_REL_OBJ);
    if (!object)
        return false;
    const dgm_word *it = &s->words[object];
    uint32_t det = dgm_child_of(s->tree, object, DGM_REL_DETREL);
    bool known_noun = det && dgm_function_is(s->tree, det, DGM_FN_KNOWN);
    return (it->upos == DGM_NOUN && known_noun) || it->upos == DGM_PRON;
}

/* Who did the last thing that is worth condemning. */
static bool recall_doer(dgm_document *doc, uint32_t i_event, uint32_t reach)
{
    for (uint32_t i = i_event; i-- > 0;) {
        dgm_event *later = &doc->events.at[i_event];
        const dgm_event *deed = &doc->events.at[i];
        if (deed->trigger.sentence + reach < later->trigger.sentence)
            return true;
        if (deed->quad != DGM_QUAD_MATERIAL_CONFLICT || deed->actors.n == 0)
            continue;
        bool same = false;
        for (uint32_t j = 0; j < deed->actors.n; j++)
            same = same ||
                   dgm_is_same_side(doc, deed->actors.at[j].entity, later->actors.at[0].entity);
        return same || take_actors(doc, later, deed);
    }
    return true;
}

/* "threatened retaliation if Tehran attacked": whoever could bring it about is threatened. */
static bool threatened_by_condition(dgm_document *doc, dgm_event *event)
{
    const dgm_sentence *s = &doc->sentences.at[event->trigger.sentence];
    for (uint32_t w = 1; w <= s->n_words; w++) {
        const dgm_word *it = &s->words[w];
        uint32_t m = it->mention, clause = it->head;
        bool subject = it->deprel == DGM_REL_NSUBJ || it->deprel == DGM_REL_NSUBJ_PASS;
        if (!subject || m == DGM_NONE || clause == 0 || s->words[clause].deprel != DGM_REL_ADVCL ||
            !dgm_is_condition(s->tree, clause))
            continue;
        const dgm_mention *who = &doc->mentions.at[m];
        for (uint32_t k = 0; k < who->n_entities; k++) {
            uint32_t entity = doc->mention_entities.at[who->entities + k];
            bool own = !doc->entities.at[entity].country[0];
            for (uint32_t j = 0; j < event->actors.n; j++)
                own = own || dgm_is_same_country(doc, event->actors.at[j].entity, entity);
            dgm_participant *p = own ? NULL : dgm_push(doc->arena, &event->recipients);
            if (!own && !p)
                return false;
            if (p)
                *p = (dgm_participant) { m, entity, false };
        }
    }
    return true;
}

static bool is_row_for(const dgm_recall *r, const dgm_event *event)
{
    return (r->type == DGM_EVENT_NONE || r->type == event->type ||
            r->type == dgm_like(event->type)) &&
           dgm_view_starts(dgm_view_of(event->cameo), r->cameo);
}

static bool recall_as(const dgm_events *events, dgm_document *doc, uint32_t i_event,
                      const dgm_recall *r)
{
    switch (r->from) {
    case DGM_RECALL_CONDITION:
        return threatened_by_condition(doc, &doc->events.at[i_event]);
    case DGM_RECALL_DOER:
        return !blames_a_deed(doc, &doc->events.at[i_event]) || recall_doer(doc, i_event, r->reach);
    case DGM_RECALL_SPEAKER:
        return recall_speaker(doc, i_event, r->earlier, r->reach);
    case DGM_RECALL_NOUN:
        return recall_by_noun(events, doc, i_event, r->reach);
    }
    return true;
}

bool dgm_recall_recipients(const dgm_events *events, dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_event *event = &doc->events.at[i];
        if (dgm_is_mutual(doc->sentences.at[event->trigger.sentence].tree, event->trigger_word))
            continue;
        for (uint32_t k = 0; k < events->recalls.n; k++) {
            const dgm_recall *r = &events->recalls.at[k];
            bool open = event->recipients.n == 0 && event->actors.n > 0;
            if (!open || !is_row_for(r, event))
                continue;
            if (!recall_as(events, doc, i, r))
                return false;
            if (r->from != DGM_RECALL_NOUN) /* others are the last that is tried */
                break;
        }
    }
    return true;
}
