/* Which events of a story say the opposite of each other on different words (`contradicts`): what a
 * denial denies, and one deed that is affirmed and negated. Events stand in the order of the text.
 */
#include "claims/work.h"
#include "document/party.h"

#include <string.h>

/* What is asked of all events is found out once. By event; DGM_NONE ends a list. */
typedef struct {
    work *w;
    bool *denies;                           /* it is a denial */
    uint32_t *first_content, *next_content; /* what the act is about, in the order of the text */
    uint32_t *first_opposite; /* the next event of its kind that may say the opposite of it */
    uint32_t *next_alike;     /* the next of its kind and polarity */
} linking;

static bool shares_entity(const dgm_document *doc, const dgm_participant *a, uint32_t n_a,
                          const dgm_participant *b, uint32_t n_b)
{
    for (uint32_t i = 0; i < n_a; i++)
        for (uint32_t j = 0; j < n_b; j++)
            if (dgm_is_same_side(doc, a[i].entity, b[j].entity))
                return true;
    return false;
}

static bool actors_meet(const dgm_document *doc, const dgm_event *a, const dgm_event *b)
{
    return shares_entity(doc, a->actors.at, a->actors.n, b->actors.at, b->actors.n);
}

/* Of what somebody is accused: the accuser's recipients do it. */
static bool is_against(const dgm_document *doc, const dgm_event *accusation,
                       const dgm_event *denial)
{
    return shares_entity(doc, accusation->recipients.at, accusation->recipients.n,
                         denial->actors.at, denial->actors.n);
}

/* Whether a denial may be addressed to whoever made the accusation: to somebody of that country, or
 * of none that is known. */
static bool may_answer(const dgm_document *doc, const dgm_event *denial,
                       const dgm_event *accusation)
{
    for (uint32_t i = 0; i < denial->recipients.n; i++)
        for (uint32_t j = 0; j < accusation->actors.n; j++) {
            uint32_t to = denial->recipients.at[i].entity, by = accusation->actors.at[j].entity;
            if (!dgm_is_state_code(doc->entities.at[to].country) ||
                dgm_is_same_country(doc, to, by))
                return true;
        }
    return denial->recipients.n == 0 || accusation->actors.n == 0;
}

/* That somebody did something, not that somebody is bad: only that can be denied. */
static bool is_allegation(const linking *l, uint32_t act)
{
    const dgm_event *event = &l->w->doc->events.at[act];
    return dgm_like(event->type) == DGM_ACCUSE && event->polarity == DGM_AFFIRMED &&
           (dgm_view_eq(event->mode_key, DGM_VIEW("allege")) || l->first_content[act] != DGM_NONE);
}

/* The last accusation before the denial that was made against its speaker, and by whom the denial
 * is addressed to, if it says so. */
enum { FAR = 12 }; /* sentences between a charge and its denial */
static uint32_t accusation_before(const linking *l, uint32_t denial)
{
    const dgm_document *doc = l->w->doc;
    const dgm_event *denies = &doc->events.at[denial];
    for (uint32_t i = denial; i > 0; i--) {
        const dgm_event *other = &doc->events.at[i - 1];
        if (other->trigger.sentence + FAR < denies->trigger.sentence)
            break;
        if (is_allegation(l, i - 1) && is_against(doc, other, denies) &&
            may_answer(doc, denies, other))
            return i - 1;
    }
    return DGM_NONE;
}

static bool contradicts(const dgm_event *event, uint32_t other)
{
    for (uint32_t i = 0; i < event->contradicts.n; i++)
        if (event->contradicts.at[i] == other)
            return true;
    return false;
}

static bool add_contradiction(work *w, uint32_t a, uint32_t b)
{
    dgm_document *doc = w->doc;
    const dgm_event *x = &doc->events.at[a], *y = &doc->events.at[b];
    if (x->contradicts.n < y->contradicts.n ? contradicts(x, b) : contradicts(y, a))
        return true;
    for (uint32_t side = 0; side < 2; side++) {
        uint32_t i = side ? b : a, other = side ? a : b;
        dgm_event *event = &doc->events.at[i];
        uint32_t *slot = dgm_push(doc->arena, &event->contradicts);
        if (!slot)
            return false;
        *slot = other;
        dgm_note(doc, "claims", event->trigger.sentence, i, "contradicts the %s in sentence %u",
                 dgm_type_name(doc->types, doc->events.at[other].type),
                 doc->events.at[other].trigger.sentence);
    }
    return true;
}

static uint32_t innermost(const dgm_document *doc, const dgm_event *event)
{
    if (event->attributions.n == 0)
        return DGM_NONE;
    uint32_t a = event->attributions.at[event->attributions.n - 1];
    return doc->attributions_found.at[a].speaker_entity;
}

static bool is_deed(dgm_event_type type)
{
    type = dgm_like(type);
    return type == DGM_ASSAULT || type == DGM_COERCE || type == DGM_AID || type == DGM_MOBILIZE ||
           type == DGM_PROTEST || type == DGM_SANCTION || type == DGM_RETREAT ||
           type == DGM_COOPERATE || type == DGM_CONSULT;
}

static bool is_real(const dgm_event *event)
{
    return event->status == DGM_ACTUAL || event->status == DGM_POSSIBLE;
}

/* A noun for what is said, "the claim"; what is promised or demanded is none that could be denied.
 */
static bool is_claim_noun(const work *w, const dgm_word *noun)
{
    const cue *row = row_for(w, noun, FRAME_THAT | FRAME_OF, true);
    return row && row->kind != DGM_KIND_PROMISE && row->kind != DGM_KIND_DEMAND;
}

/* "Russia denied it": the deed of which another told in the same or the last sentence; DGM_NONE:
 * there is none. */
static uint32_t said_beside(const dgm_document *doc, uint32_t i)
{
    const dgm_event *denial = &doc->events.at[i];
    for (uint32_t j = i; j > 0; j--) {
        const dgm_event *other = &doc->events.at[j - 1];
        if (other->trigger.sentence + 1 < denial->trigger.sentence)
            break;
        if (other->attributions.n > 0 && is_deed(other->type) && is_real(other))
            return j - 1;
    }
    return DGM_NONE;
}

/* "Denied it", "denied the report": words for what was said, that say nothing of it themselves.
 * "The rumours about its economy" say what they are of. */
static bool only_refers(const work *w, uint32_t i, uint32_t object)
{
    const dgm_sentence *s = &w->doc->sentences.at[i];
    return s->words[object].upos == DGM_PRON ||
           (is_claim_noun(w, &s->words[object]) && s->words[object].event == DGM_NONE &&
            !child_of(w, i, object, DGM_REL_NMOD, DGM_REL_ACL, DGM_REL_CCOMP));
}

/* Whether the denier is among them, or denies for his country what one of its people did. */
static bool answers_for(const dgm_document *doc, const dgm_event *denial,
                        const dgm_participants *some)
{
    for (uint32_t i = 0; i < denial->actors.n; i++)
        for (uint32_t j = 0; j < some->n; j++) {
            uint32_t who = denial->actors.at[i].entity, other = some->at[j].entity;
            if (dgm_is_same_side(doc, who, other) ||
                (dgm_speaks_for_country(&doc->entities.at[who]) &&
                 dgm_is_same_country(doc, who, other)))
                return true;
        }
    return false;
}

/* The first event that the story tells not long before the denial; events stand in the order of
 * their words. */
static uint32_t first_near(const dgm_document *doc, uint32_t denial)
{
    uint32_t i = denial, here = doc->events.at[denial].trigger.sentence;
    while (i > 0 && doc->events.at[i - 1].trigger.sentence + FAR >= here)
        i--;
    return i;
}

/* A deed that the denier answers for, or that somebody says was done to his side; not on his own
 * word, nor told by the report in the sentence of the denial. */
static bool is_told_of(const dgm_document *doc, const dgm_event *denial, const dgm_event *deed)
{
    bool on_word = deed->attributions.n > 0;
    if (deed->trigger.sentence == denial->trigger.sentence && !on_word)
        return false;
    if (!is_deed(deed->type) || !is_real(deed) || deed->polarity == DGM_NEGATED || deed->historical)
        return false;
    if (!answers_for(doc, denial, &deed->actors) &&
        !(on_word && answers_for(doc, denial, &deed->recipients)))
        return false;
    uint32_t speaker = innermost(doc, deed);
    for (uint32_t i = 0; speaker != DGM_NONE && i < denial->actors.n; i++)
        if (dgm_is_same_side(doc, speaker, denial->actors.at[i].entity))
            return false;
    return true;
}

/* What the story tells of the denier, if that is one thing: on somebody's word in one sentence, or
 * else a single deed on its own. */
static bool link_report(work *w, uint32_t i)
{
    const dgm_document *doc = w->doc;
    const dgm_event *denial = &doc->events.at[i];
    uint32_t first[2] = { DGM_NONE, DGM_NONE }; /* by whether it is on somebody's word */
    bool one[2] = { true, true };
    for (uint32_t j = first_near(doc, i); j < i; j++) {
        const dgm_event *deed = &doc->events.at[j];
        if (!is_told_of(doc, denial, deed))
            continue;
        bool on_word = deed->attributions.n > 0;
        if (first[on_word] == DGM_NONE)
            first[on_word] = j;
        else if (!on_word ||
                 deed->trigger.sentence != doc->events.at[first[on_word]].trigger.sentence)
            one[on_word] = false;
    }
    bool on_word = first[true] != DGM_NONE;
    for (uint32_t j = first[on_word]; one[on_word] && j < i; j++) {
        const dgm_event *deed = &doc->events.at[j];
        if ((deed->attributions.n > 0) == on_word && is_told_of(doc, denial, deed) &&
            !add_contradiction(w, i, j))
            return false;
    }
    return true;
}

/* What is denied by a word for it. */
static bool link_reference(work *w, uint32_t i)
{
    const dgm_document *doc = w->doc;
    const dgm_event *denial = &doc->events.at[i];
    uint32_t sentence = denial->trigger.sentence,
             object = child_of(w, sentence, denial->trigger_word, DGM_REL_OBJ, DGM_REL_NSUBJ_PASS,
                               DGM_REL_NONE);
    if (!object || !only_refers(w, sentence, object))
        return true;
    bool is_pronoun = doc->sentences.at[sentence].words[object].upos == DGM_PRON;
    uint32_t said = is_pronoun ? said_beside(doc, i) : DGM_NONE;
    return said != DGM_NONE ? add_contradiction(w, i, said) : link_report(w, i);
}

/* "denied the accusations": what the accusation said of the denier is what is contradicted. */
static bool link_denial(const linking *l, uint32_t i)
{
    work *w = l->w;
    uint32_t accusation = accusation_before(l, i);
    if (accusation == DGM_NONE)
        return link_reference(w, i);
    bool found = false;
    for (uint32_t j = l->first_content[accusation]; j != DGM_NONE; j = l->next_content[j]) {
        if (is_speech_act(w->doc->events.at[j].type))
            continue;
        found = true;
        if (!add_contradiction(w, i, j))
            return false;
    }
    return found || add_contradiction(w, i, accusation);
}

/* "charged him with killings. He denied that killings took place": a denial with a clause of its
 * own contradicts what was alleged of the denier only where both tell of one type of deed. */
static bool link_contents(const linking *l, uint32_t denial)
{
    const dgm_event *events = l->w->doc->events.at;
    uint32_t accusation = accusation_before(l, denial);
    if (accusation == DGM_NONE)
        return true;
    for (uint32_t i = l->first_content[denial]; i != DGM_NONE; i = l->next_content[i]) {
        const dgm_event *denied = &events[i];
        if (!is_real(denied) || is_speech_act(denied->type))
            continue;
        for (uint32_t j = l->first_content[accusation]; j != DGM_NONE; j = l->next_content[j]) {
            const dgm_event *alleged = &events[j];
            bool opposite = alleged->type == denied->type &&
                            alleged->polarity != denied->polarity && is_real(alleged);
            if (opposite && !add_contradiction(l->w, i, j))
                return false;
        }
    }
    return true;
}

/* "denied the claim, denied it, denied its involvement, denied the attack"; not "denied access". */
static bool is_deniable(const work *w, uint32_t i, uint32_t object)
{
    const dgm_sentence *s = &w->doc->sentences.at[i];
    const dgm_word *o = &s->words[object];
    return o->upos == DGM_PRON || o->event != DGM_NONE || is_claim_noun(w, o) ||
           child_of(w, i, object, DGM_REL_NMOD_POSS, DGM_REL_NONE, DGM_REL_NONE);
}

/* Whether a REJECT denies a claim (CAMEO 016) rather than refuses a request. */
static bool is_denial(const work *w, const dgm_event *event)
{
    if (dgm_like(event->type) != DGM_REJECT || event->polarity == DGM_NEGATED)
        return false;
    uint32_t i = event->trigger.sentence, word = event->trigger_word;
    const dgm_sentence *s = &w->doc->sentences.at[i];
    uint32_t object = child_of(w, i, word, DGM_REL_OBJ, DGM_REL_NSUBJ_PASS, DGM_REL_NONE);
    const cue *denies = row_for(w, &s->words[word], FRAME_THAT, true);
    if (denies && denies->kind == DGM_KIND_DENY)
        return !object || s->words[word].deprel == DGM_REL_ACL_RELCL || is_deniable(w, i, object);
    return object && row_for(w, &s->words[word], FRAME_SPEECH, true) &&
           is_claim_noun(w, &s->words[object]);
}

/* Whether another event could say the opposite of it: a request, or a deed that is real. What is
 * promised, demanded or refused is no claim that could be contradicted. */
static bool is_claim(const linking *l, const dgm_event *event)
{
    const dgm_event *events = l->w->doc->events.at;
    if (dgm_like(event->type) != DGM_REQUEST && !(is_deed(event->type) && is_real(event)))
        return false;
    return event->content_of == DGM_NONE || l->denies[event->content_of] ||
           dgm_like(events[event->content_of].type) == DGM_ACCUSE;
}

static dgm_view lemma_of(const dgm_document *doc, const dgm_event *event)
{
    return doc->sentences.at[event->trigger.sentence].words[event->trigger_word].lemma;
}

/* Whether two events of one type are the same deed so far as their words tell: between the same
 * sides; where one names no other side, by the same word, or each on somebody's word. */
static bool may_be_one_deed(const dgm_document *doc, const dgm_event *a, const dgm_event *b)
{
    bool alike = dgm_view_eq_nocase(lemma_of(doc, a), lemma_of(doc, b));
    if (!alike && (dgm_like(a->type) == DGM_REQUEST || dgm_like(a->type) == DGM_CONSULT))
        return false;
    if (a->recipients.n == 0 || b->recipients.n == 0)
        return alike || (a->attributions.n > 0 && b->attributions.n > 0);
    return shares_entity(doc, a->recipients.at, a->recipients.n, b->recipients.at, b->recipients.n);
}

/* Of two of a kind: on different words, and of one deed. */
static bool is_opposite(const dgm_document *doc, const dgm_event *a, const dgm_event *b)
{
    return innermost(doc, a) != innermost(doc, b) && actors_meet(doc, a, b) &&
           may_be_one_deed(doc, a, b);
}

/* What the event contradicts further on. A story that says one thing and its opposite a thousand
 * times would have a million of these: only so many are looked at, and linked. */
enum { MOST_OPPOSITES = 1000, MOST_LINKED = 16 };
static bool link_opposites(const linking *l, uint32_t i)
{
    const dgm_document *doc = l->w->doc;
    uint32_t n = 0, n_linked = 0;
    for (uint32_t j = l->first_opposite[i];
         j != DGM_NONE && n < MOST_OPPOSITES && n_linked < MOST_LINKED; j = l->next_alike[j], n++) {
        if (!is_opposite(doc, &doc->events.at[i], &doc->events.at[j]))
            continue;
        if (!add_contradiction(l->w, i, j))
            return false;
        n_linked++;
    }
    return true;
}

/* ---- the lists ------------------------------------------------------------------------------ */

static void list_contents(linking *l)
{
    const dgm_document *doc = l->w->doc;
    for (uint32_t i = 0; i < doc->events.n; i++) {
        l->first_content[i] = l->next_content[i] = DGM_NONE;
        l->denies[i] = is_denial(l->w, &doc->events.at[i]);
    }
    for (uint32_t i = doc->events.n; i-- > 0;) {
        uint32_t act = doc->events.at[i].content_of;
        if (act >= doc->events.n)
            continue;
        l->next_content[i] = l->first_content[act];
        l->first_content[act] = i;
    }
}

/* Of one kind are events of a type that are told of now, or all of the past. */
static void list_opposites(linking *l)
{
    const dgm_document *doc = l->w->doc;
    uint32_t first[DGM_MAX_TYPES][2][2]; /* by type, history and polarity */
    memset(first, 0xff, sizeof first);
    for (uint32_t i = doc->events.n; i-- > 0;) {
        const dgm_event *event = &doc->events.at[i];
        l->first_opposite[i] = l->next_alike[i] = DGM_NONE;
        if (!is_claim(l, event))
            continue;
        uint32_t *of_kind = first[dgm_type_index(event->type)][event->historical];
        uint32_t negated = event->polarity == DGM_NEGATED;
        l->first_opposite[i] = of_kind[!negated];
        l->next_alike[i] = of_kind[negated];
        of_kind[negated] = i;
    }
}

bool contradictions_find(work *w)
{
    dgm_document *doc = w->doc;
    size_t n = (size_t)doc->events.n + 1;
    linking l = { .w = w,
                  .denies = DGM_NEW(doc->arena, bool, n),
                  .first_content = DGM_NEW(doc->arena, uint32_t, n),
                  .next_content = DGM_NEW(doc->arena, uint32_t, n),
                  .first_opposite = DGM_NEW(doc->arena, uint32_t, n),
                  .next_alike = DGM_NEW(doc->arena, uint32_t, n) };
    if (!l.denies || !l.first_content || !l.next_content || !l.first_opposite || !l.next_alike)
        return false;
    list_contents(&l);
    list_opposites(&l);
    for (uint32_t i = 0; i < doc->events.n; i++) {
        bool clause = l.first_content[i] != DGM_NONE;
        if (dgm_stopped(doc) ||
            (l.denies[i] && !(clause ? link_contents(&l, i) : link_denial(&l, i))) ||
            !link_opposites(&l, i))
            return false;
    }
    return true;
}
