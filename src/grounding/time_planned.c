/* The time that an event has in its own sentence, and which events are only planned for it. */
#include "grounding/times.h"

bool dgm_time_is_speech_act(dgm_event_type type)
{
    type = dgm_like(type);
    return type == DGM_AGREE || type == DGM_CONCEDE || type == DGM_REQUEST || type == DGM_REJECT ||
           type == DGM_THREATEN || type == DGM_ACCUSE || type == DGM_SUPPORT;
}

/* "is expected to be sentenced", "was due to appear": the event's word, or what it completes. */
static uint32_t completed_by(const dgm_sentence *s, const dgm_event *event)
{
    uint32_t word = event->trigger_word, mark = dgm_marker_of(s->tree, word);
    return dgm_has_to(s->tree, word) ? s->words[word].head : mark ? mark : word;
}

/* The same, and "is scheduled for July". */
static bool speaks_of_ahead(const dgm_time_words *words, const dgm_sentence *s,
                            const dgm_event *event)
{
    return dgm_time_has(words, s->words[completed_by(s, event)].lemma, DGM_TIME_AHEAD);
}

/* "was due to visit Ankara on Tuesday": not done, even where the verb is in the past. */
static bool is_due_to(const dgm_time_words *words, const dgm_sentence *s, const dgm_event *event)
{
    return completed_by(s, event) != event->trigger_word && speaks_of_ahead(words, s, event);
}

/* "leaves", but not "quit the cabinet", "hit a school", which are meant as past. */
static bool is_present(const dgm_time_words *words, const dgm_sentence *s, uint32_t word)
{
    return dgm_is_present(s->tree, word) &&
           !dgm_time_has(words, s->words[word].form, DGM_TIME_SAME);
}

/* "meets on Friday", "is due to appear on Thursday", but not "lifts the ban from Friday": whether
 * that very word has the time, or it or what it completes speaks of what lies ahead. */
static bool is_set_for(const dgm_time_words *words, const dgm_sentence *s, const dgm_event *event,
                       const dgm_time *time)
{
    uint32_t word = event->trigger_word, before = time->words.first - 1;
    if (speaks_of_ahead(words, s, event))
        return true;
    return is_present(words, s, word) && !dgm_time_is_speech_act(event->type) &&
           !dgm_has_class(s->tree, word, DGM_CLASS_SAY) && /* "announces the reopening in May" */
           dgm_time_hangs_on(s, time) == word &&
           s->words[before].upos != DGM_ADJ && /* "effective May 1" */
           !dgm_function_is(s->tree, before, DGM_FN_SPAN) &&
           !dgm_function_is(s->tree, before, DGM_FN_OF);
}

uint32_t dgm_time_of_event(const dgm_time_words *words, const dgm_document *doc, dgm_event *event,
                           uint32_t i_time)
{
    const dgm_sentence *s = doc->sentences.at + event->trigger.sentence;
    bool present = is_present(words, s, event->trigger_word);
    dgm_time_point point = {
        .sentence = event->trigger.sentence,
        .word = event->trigger_word,
        .first = event->trigger.first,
        .last = event->trigger.last,
        .over = dgm_time_is_done(event) && !present && !is_due_to(words, s, event),
        .planned = event->status == DGM_INTENDED && !dgm_time_is_speech_act(event->type),
        .news = event->status == DGM_ACTUAL && present,
        .present = present
    };
    uint32_t time = dgm_time_of_point(words, doc, &point, i_time);
    if (time == DGM_NONE || !dgm_time_is_done(event) || dgm_time_is_over(doc, doc->times.at + time))
        return time;
    if (is_set_for(words, s, event, doc->times.at + time)) {
        event->status = DGM_INTENDED;
        return time;
    }
    point.over = true;
    return dgm_time_of_point(words, doc, &point, i_time);
}
