/* What a claim, demand, promise or denial is about (`content_of`), and that it is on the word of
 * whoever made it. */
#include "claims/work.h"

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
 * has happened; "will stop its airstrikes": they go on. */
static bool is_taken_for_granted(const work *w, const dgm_event *act, const dgm_event *event)
{
    uint32_t i = event->trigger.sentence, word = event->trigger_word;
    const dgm_sentence *s = &w->doc->sentences.at[i];
    if (act->trigger.sentence != i || s->words[word].upos != DGM_NOUN)
        return false;
    uint32_t head = s->words[word].head;
    const cue *row = head ? row_for(w, &s->words[head], frames_of_edge(w, i, word), false) : NULL;
    if (row && row->ends)
        return is_definite(w->info[i].tree, word);
    return row && head != act->trigger_word && row->affirmed.sign == SIGN_FACT;
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

/* "The report", "it" of a report: the words name nobody themselves, and whoever speaks is known. */
static bool speaks_through_words(const dgm_document *doc, const dgm_attribution *a)
{
    if (a->source.first == 0 || a->speaker_mention == DGM_NONE || a->speaker_entity == DGM_NONE)
        return false;
    const dgm_mention *m = &doc->mentions.at[a->speaker_mention];
    bool within = m->span.sentence == a->source.sentence && a->source.first <= m->head &&
                  m->head <= a->source.last;
    return !within && doc->entities.at[a->speaker_entity].country[0];
}

/* "The report accused Mali of torture", "the statement urged restraint": whoever it is by does it,
 * whatever was guessed. False: no memory. */
static bool act_by_author(work *w, const dgm_attribution *a)
{
    dgm_document *doc = w->doc;
    uint32_t act = event_of_cue(doc, a);
    dgm_event *event = act == DGM_NONE ? NULL : &doc->events.at[act];
    if (!event || !is_speech_act(event->type) || !speaks_through_words(doc, a))
        return true;
    for (uint32_t i = 0; i < event->actors.n; i++)
        if (!event->actors.at[i].inferred)
            return true;
    for (uint32_t i = 0; i < event->recipients.n; i++)
        if (event->recipients.at[i].entity == a->speaker_entity)
            return true;
    event->actors.n = 0;
    dgm_participant *by = dgm_push(doc->arena, &event->actors);
    if (!by)
        return false;
    *by = (dgm_participant) { .mention = a->speaker_mention,
                              .entity = a->speaker_entity,
                              .inferred = true };
    return true;
}

bool links_find(work *w)
{
    dgm_document *doc = w->doc;
    for (uint32_t i = 0; i < doc->attributions_found.n; i++)
        if (!act_by_author(w, &doc->attributions_found.at[i]))
            return false;
    for (uint32_t i = 0; i < doc->events.n; i++) {
        link_content(w, i);
        if (dgm_stopped(doc) || !give_speaker(w, i))
            return false;
        soften(w, &doc->events.at[i]);
    }
    return true;
}
