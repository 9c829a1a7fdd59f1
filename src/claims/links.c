/* What a claim or a denial is about (`content_of`), and which events of a story say the opposite of
 * each other on different words (`contradicts`). */
#include "claims/work.h"
#include "document/party.h"

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

static bool has_content(const dgm_document *doc, uint32_t act)
{
    for (uint32_t i = 0; i < doc->events.n; i++)
        if (doc->events.at[i].content_of == act)
            return true;
    return false;
}

/* That somebody did something, not that somebody is bad: only that can be denied. */
static bool is_allegation(const dgm_document *doc, uint32_t act)
{
    const dgm_event *event = &doc->events.at[act];
    return dgm_like(event->type) == DGM_ACCUSE && event->polarity == DGM_AFFIRMED &&
           (dgm_view_eq(event->mode_key, DGM_VIEW("allege")) || has_content(doc, act));
}

/* The last accusation before the denial that was made against its speaker, and by whom the denial
 * is addressed to, if it says so. */
enum { FAR = 12 }; /* sentences between a charge and its denial */
static uint32_t accusation_before(const dgm_document *doc, uint32_t denial)
{
    const dgm_event *denies = &doc->events.at[denial];
    for (uint32_t i = denial; i > 0; i--) {
        const dgm_event *other = &doc->events.at[i - 1];
        if (other->trigger.sentence + FAR < denies->trigger.sentence)
            break;
        if (is_allegation(doc, i - 1) && is_against(doc, other, denies) &&
            may_answer(doc, denies, other))
            return i - 1;
    }
    return DGM_NONE;
}

static bool add_contradiction(work *w, uint32_t a, uint32_t b)
{
    dgm_document *doc = w->doc;
    for (uint32_t side = 0; side < 2; side++) {
        dgm_event *event = &doc->events.at[side ? b : a];
        uint32_t other = side ? a : b;
        bool known = false;
        for (uint32_t i = 0; i < event->contradicts.n; i++)
            known |= event->contradicts.at[i] == other;
        if (known)
            continue;
        uint32_t *slot = dgm_push(doc->arena, &event->contradicts);
        if (!slot)
            return false;
        *slot = other;
        dgm_note(doc, "claims", event->trigger.sentence, side ? b : a,
                 "contradicts the %s in sentence %u",
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
static bool link_denial(work *w, uint32_t i)
{
    const dgm_document *doc = w->doc;
    uint32_t accusation = accusation_before(doc, i);
    if (accusation == DGM_NONE)
        return link_reference(w, i);
    bool found = false;
    for (uint32_t j = 0; j < doc->events.n; j++) {
        const dgm_event *content = &doc->events.at[j];
        if (content->content_of != accusation || is_speech_act(content->type))
            continue;
        found = true;
        if (!add_contradiction(w, i, j))
            return false;
    }
    return found || add_contradiction(w, i, accusation);
}

/* "charged him with killings. He denied that killings took place": a denial with a clause of its
 * own contradicts what was alleged of the denier only where both tell of one type of deed. */
static bool link_contents(work *w, uint32_t denial)
{
    const dgm_document *doc = w->doc;
    uint32_t accusation = accusation_before(doc, denial);
    for (uint32_t i = 0; i < doc->events.n && accusation != DGM_NONE; i++) {
        const dgm_event *denied = &doc->events.at[i];
        if (denied->content_of != denial || !is_real(denied) || is_speech_act(denied->type))
            continue;
        for (uint32_t j = 0; j < doc->events.n; j++) {
            const dgm_event *alleged = &doc->events.at[j];
            bool opposite = alleged->content_of == accusation && alleged->type == denied->type &&
                            alleged->polarity != denied->polarity && is_real(alleged);
            if (opposite && !add_contradiction(w, i, j))
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

/* What is promised, demanded or refused is no claim that could be contradicted. */
static bool is_only_spoken_of(const work *w, const dgm_event *event)
{
    if (event->content_of == DGM_NONE)
        return false;
    const dgm_event *act = &w->doc->events.at[event->content_of];
    return dgm_like(act->type) != DGM_ACCUSE && !is_denial(w, act);
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

static bool is_opposite(const work *w, uint32_t i, uint32_t j)
{
    const dgm_document *doc = w->doc;
    const dgm_event *a = &doc->events.at[i], *b = &doc->events.at[j];
    if (a->type != b->type || a->polarity == b->polarity || a->historical != b->historical)
        return false;
    bool requests = dgm_like(a->type) == DGM_REQUEST && dgm_like(b->type) == DGM_REQUEST;
    if (!requests && !(is_deed(a->type) && is_real(a) && is_real(b)))
        return false;
    if (is_only_spoken_of(w, a) || is_only_spoken_of(w, b))
        return false;
    return innermost(doc, a) != innermost(doc, b) && actors_meet(doc, a, b) &&
           may_be_one_deed(doc, a, b);
}

/* The event that a voice's cue is the trigger of, or DGM_NONE. */
static uint32_t event_of_cue(const dgm_document *doc, const dgm_attribution *a)
{
    const dgm_sentence *s = &doc->sentences.at[a->cue.sentence];
    return s->words[a->cue.first].event;
}

/* What hangs on the cue of an accusation, denial, promise ... that is an event itself is about. */
static void link_content(work *w, uint32_t i)
{
    dgm_document *doc = w->doc;
    dgm_event *event = &doc->events.at[i];
    if (event->content_of != DGM_NONE || event->attributions.n == 0)
        return;
    const dgm_attribution *a =
        &doc->attributions_found.at[event->attributions.at[event->attributions.n - 1]];
    uint32_t act = event_of_cue(doc, a);
    if (act == DGM_NONE || act == i)
        return;
    if (is_speech_act(doc->events.at[act].type))
        event->content_of = act;
}

/* "condemned the attack": that it happened is the report's word, not the critic's. */
static bool is_presupposed(const work *w, const dgm_event *act, const dgm_event *content)
{
    const dgm_sentence *s = &w->doc->sentences.at[act->trigger.sentence];
    if (dgm_like(act->type) != DGM_ACCUSE || act->trigger.sentence != content->trigger.sentence ||
        s->words[content->trigger_word].upos == DGM_VERB)
        return false;
    const cue *row = row_for(w, &s->words[act->trigger_word], FRAME_OBJ, false);
    return row && row->affirmed.sign == SIGN_FACT;
}

/* Content that events found of a speech act, but no voice of the tree says: it is on the word of
 * whoever made the act. */
static bool give_speaker(work *w, uint32_t i)
{
    static const struct {
        dgm_event_type type;
        dgm_attribution_kind kind;
    } kinds[] = { { DGM_ACCUSE, DGM_KIND_ACCUSE },   { DGM_REQUEST, DGM_KIND_DEMAND },
                  { DGM_AGREE, DGM_KIND_PROMISE },   { DGM_THREATEN, DGM_KIND_PROMISE },
                  { DGM_CONCEDE, DGM_KIND_PROMISE }, { DGM_REJECT, DGM_KIND_DENY } };
    dgm_document *doc = w->doc;
    dgm_event *event = &doc->events.at[i];
    if (event->content_of == DGM_NONE || event->content_of >= doc->events.n)
        return true;
    const dgm_event *act = &doc->events.at[event->content_of];
    if (dgm_like(act->type) == DGM_REJECT && is_speech_act(event->type))
        return true; /* "dismissed the call": the call was made, whoever dismissed it */
    if (is_presupposed(w, act, event))
        return true;
    if (act->actors.n == 0 || event->attributions.n > act->attributions.n)
        return true;
    for (size_t k = 0; k < DGM_LEN(kinds); k++) {
        if (kinds[k].type != dgm_like(act->type))
            continue;
        dgm_attribution *a = dgm_push(doc->arena, &doc->attributions_found);
        if (!a)
            return false;
        *a = (dgm_attribution) { .cue = act->trigger,
                                 .speaker_mention = act->actors.at[0].mention,
                                 .speaker_entity = act->actors.at[0].entity,
                                 .kind = kinds[k].kind,
                                 .outer = DGM_NONE };
        if (a->speaker_mention != DGM_NONE)
            a->source = doc->mentions.at[a->speaker_mention].span;
        dgm_span *content = dgm_push(doc->arena, &a->contents);
        if (!content)
            return false;
        *content = event->trigger;
        for (uint32_t j = 0; j < act->attributions.n && event->attributions.n == 0; j++)
            if (!chain_push(w, event, act->attributions.at[j]))
                return false;
        return chain_push(w, event, doc->attributions_found.n - 1);
    }
    return true;
}

/* "asked Russia to return the islands that it had seized", "promised aid after the rebels had
 * attacked": what is told beside a content is none of it. */
static bool stands_aside(const dgm_document *doc, const dgm_event *act, const dgm_event *event)
{
    const dgm_sentence *s = &doc->sentences.at[event->trigger.sentence];
    if (act->trigger.sentence != event->trigger.sentence)
        return false;
    uint32_t word = event->trigger_word;
    for (uint32_t step = 0; step < 8 && word && word != act->trigger_word; step++) {
        if (s->words[word].deprel == DGM_REL_ACL_RELCL)
            return true;
        word = s->words[word].head;
    }
    return false;
}

/* "the killing" of "urged Mali to investigate the killing": what is to be done is done to it, so it
 * has happened. */
static bool is_taken_for_granted(const work *w, const dgm_event *act, const dgm_event *event)
{
    uint32_t i = event->trigger.sentence, word = event->trigger_word;
    const dgm_sentence *s = &w->doc->sentences.at[i];
    if (act->trigger.sentence != i || s->words[word].upos != DGM_NOUN)
        return false;
    uint32_t head = s->words[word].head;
    const cue *row = head && head != act->trigger_word
                         ? row_for(w, &s->words[head], frames_of_edge(w, i, word), false)
                         : NULL;
    return row && row->affirmed.sign == SIGN_FACT;
}

/* "Renewed its appeal to Haiti | to open the border and end the siege", which the parser takes for
 * what the appeal is made for. */
static bool is_infinitive_under(const work *w, const dgm_event *act, const dgm_event *event)
{
    const dgm_sentence *s = &w->doc->sentences.at[event->trigger.sentence];
    uint32_t word = event->trigger_word;
    while (s->words[word].deprel == DGM_REL_CONJ && dgm_has_to(s->tree, word))
        word = s->words[word].head;
    return act->trigger.sentence == event->trigger.sentence &&
           s->words[word].head == act->trigger_word && s->words[word].deprel == DGM_REL_ADVCL &&
           dgm_has_to(s->tree, word);
}

/* What is demanded, promised or threatened is never an actual deed. */
static void soften(const work *w, dgm_event *event)
{
    const dgm_document *doc = w->doc;
    if (event->content_of == DGM_NONE)
        return;
    const dgm_event *act = &doc->events.at[event->content_of];
    if (dgm_like(act->type) == DGM_REQUEST && event->status == DGM_INTENDED &&
        is_infinitive_under(w, act, event))
        event->status = DGM_REQUESTED;
    if (event->status != DGM_ACTUAL)
        return;
    if (stands_aside(doc, act, event) || is_taken_for_granted(w, act, event))
        return;
    if (dgm_like(act->type) == DGM_REQUEST)
        event->status = DGM_REQUESTED;
    else if (is_promise(act))
        event->status = DGM_INTENDED;
}

bool links_find(work *w)
{
    dgm_document *doc = w->doc;
    for (uint32_t i = 0; i < doc->events.n; i++) {
        link_content(w, i);
        if (dgm_stopped(doc) || !give_speaker(w, i))
            return false;
        soften(w, &doc->events.at[i]);
    }
    for (uint32_t i = 0; i < doc->events.n; i++) {
        bool denies = is_denial(w, &doc->events.at[i]), clause = denies && has_content(doc, i);
        if (dgm_stopped(doc) || (denies && !(clause ? link_contents(w, i) : link_denial(w, i))))
            return false;
        for (uint32_t j = i + 1; j < doc->events.n; j++)
            if (is_opposite(w, i, j) && !add_contradiction(w, i, j))
                return false;
    }
    return true;
}
