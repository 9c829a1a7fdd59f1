/* Which days are written for an event that has a time: those of the time, or what a quotation makes
 * of them, or all up to a deadline, or that of "since Sunday, when". */
#include "grounding/calendar.h"
#include "grounding/times.h"

#include <string.h>

static void copy_day(char to[11], const char from[11])
{
    for (uint32_t i = 0; i < 11; i++)
        to[i] = from[i];
}

/* "must agree before October": what is to be done before a time that lies ahead. */
static bool is_deadline(const dgm_time_words *words, const dgm_document *doc, const dgm_time *time)
{
    const dgm_sentence *s = doc->sentences.at + time->span.sentence;
    const dgm_word *before = s->words + time->span.first - 1;
    if (time->span.first < 2 || before->upos != DGM_ADP || strcmp(time->begin, doc->date) <= 0)
        return false;
    dgm_time_token token = dgm_time_token_of(words, before);
    return dgm_time_value(words, &token, DGM_TIME_SHIFT) < 0;
}

/* From the report's day to the last on which it may be done. */
static void date_before(const dgm_document *doc, const dgm_time *time, dgm_event *event)
{
    dgm_day first;
    if (!dgm_day_parse(dgm_view_of(time->begin), &first))
        return;
    copy_day(event->date, doc->date);
    dgm_day_write(first - 1, event->date_end);
    if (strcmp(event->date, event->date_end) == 0)
        event->date_end[0] = 0;
}

/* "Since Sunday, when it was shelled": of Sunday, not of what has been since. */
static bool happened_at(const dgm_document *doc, const dgm_time *time, const dgm_event *event)
{
    return time->span.sentence == event->trigger.sentence && time->from[0] &&
           dgm_time_has_clause(doc, time, event->trigger_word);
}

/* "Have killed ninety this year": what has happened did so by the report's day. */
static bool is_done_by(const dgm_event *event, const char *day)
{
    return dgm_time_is_done(event) && strcmp(event->date, day) <= 0 &&
           strcmp(event->date_end, day) > 0;
}

void dgm_time_date_event(const dgm_time_words *words, dgm_document *doc, uint32_t i_event,
                         uint32_t i_time, int32_t shift)
{
    dgm_event *event = doc->events.at + i_event;
    event->date_end[0] = 0;
    if (i_time == DGM_NONE) {
        copy_day(event->date, doc->date);
        event->date_basis = DGM_VIEW("story");
        return;
    }
    const dgm_time *time = doc->times.at + i_time;
    bool at_begin = happened_at(doc, time, event);
    copy_day(event->date, at_begin ? time->from : time->begin);
    copy_day(event->date_end, at_begin ? time->to : time->end);
    if (is_done_by(event, doc->date))
        copy_day(event->date_end, doc->date);
    if (strcmp(event->date, event->date_end) == 0)
        event->date_end[0] = 0;
    dgm_day day;
    if (shift != 0 && dgm_day_parse(dgm_view_of(time->begin), &day))
        dgm_day_write(day + shift, event->date);
    if (is_deadline(words, doc, time))
        date_before(doc, time, event);
    event->date_basis = dgm_span_name(doc, time->span);
    event->historical |= time->past;
    dgm_note(doc, "grounding", event->trigger.sentence, i_event, "date %s by \"%.*s\"%s",
             event->date, DGM_FMT(event->date_basis),
             time->span.sentence == event->trigger.sentence ? "" : ", told in another sentence");
}
