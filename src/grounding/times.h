/* times.h - finds the time expressions of a document and says which event happened when. Internal
 * to grounding. */
#ifndef DGM_TIMES_H
#define DGM_TIMES_H

#include "document/types.h"
#include "grounding/time_words.h"

#include <string.h>

/* Fills doc->times in the order of the text. A document without a date gets none. */
dgm_status dgm_times_find(const dgm_time_words *words, dgm_document *doc, dgm_err *err);
/* Gives every event its date, date_end, date_basis and, by a past time, historical. */
dgm_status dgm_times_anchor(const dgm_time_words *words, dgm_document *doc, dgm_err *err);

/* A word of which something is told: an event's trigger, a verb of saying, a predicate. */
typedef struct {
    uint32_t sentence, word, first, last; /* first..last: the words that belong to it */
    bool over;                            /* it has happened: no day after the story's */
    bool planned;                         /* "called a strike": may lie ahead of its past verb */
    bool news;                            /* "expels": no time that begins with the story's day */
    bool present;                         /* "expels", "may expel": no day of long ago */
} dgm_time_point;
/* The time in the sentence's own words that such a word has; `i_time`: the first of the sentence in
 * doc->times. DGM_NONE: none. */
uint32_t dgm_time_of_point(const dgm_time_words *words, const dgm_document *doc,
                           const dgm_time_point *point, uint32_t i_time);
/* "Repealed a law, in force since 1963": whether the time says since when something has lasted that
 * stands between it and the word. */
bool dgm_time_is_of_what_lasts(const dgm_time_words *words, const dgm_document *doc,
                               const dgm_time_point *point, const dgm_time *time);

/* The same for an event. What is actual and affirmed has no day after the story's: what is set for
 * one ("meets on Friday") becomes intended, and what is done for later ("imposes tariffs from May")
 * is done now. */
uint32_t dgm_time_of_event(const dgm_time_words *words, const dgm_document *doc, dgm_event *event,
                           uint32_t i_time);
/* Whether an event of that type is done by speaking: a demand, a promise, a threat, or support. */
bool dgm_time_is_speech_act(dgm_event_type type);
/* Whether it was done, as far as is told. */
static inline bool dgm_time_is_done(const dgm_event *event)
{
    return event->status == DGM_ACTUAL && event->polarity == DGM_AFFIRMED;
}

/* The word that a time hangs on, by the tree or, where the parser took the time for a part of a
 * name, by its place. */
uint32_t dgm_time_hangs_on(const dgm_sentence *s, const dgm_time *time);
/* "July 2012" of "arrested over a killing in July 2012": whether the time is that of a deed behind
 * `word` which "over" makes the cause. */
bool dgm_time_is_of_cause(const dgm_document *doc, const dgm_sentence *s, const dgm_time *time,
                          uint32_t word);
/* "Found that they had shot him, and ordered ...": whether a verb, which the parser joined to one
 * in the perfect, tells on in the simple past. */
bool dgm_time_leaves_perfect(const dgm_sentence *s, uint32_t word);
/* "shelled" of "since May, when it was shelled": whether the word's clause tells what happened at a
 * time of its sentence. */
bool dgm_time_has_clause(const dgm_document *doc, const dgm_time *time, uint32_t word);
/* "urged Mali to investigate the killing of nine herders in January", "will examine the abduction":
 * the deed of which what is yet to be done takes for granted that it was done, with no other clause
 * between it and the time, whose first word is `time`. 0: there is none. */
uint32_t dgm_time_granted_deed(const dgm_document *doc, const dgm_sentence *s, uint32_t time);
/* Whether the time has begun by the story's day. */
static inline bool dgm_time_is_over(const dgm_document *doc, const dgm_time *time)
{
    return strcmp(time->begin, doc->date) <= 0;
}

/* "since April", "until May": longer than a day, and not over on the story's. */
static inline bool dgm_time_is_still_on(const dgm_document *doc, const dgm_time *time)
{
    return strcmp(time->begin, time->end) != 0 && strcmp(time->end, doc->date) >= 0;
}

/* "ordered him to leave within a month", "extended it for the next two weeks": from the story's day
 * on, and no time of what is done already. */
static inline bool dgm_time_is_from_now(const dgm_document *doc, const dgm_time *time)
{
    return strcmp(time->begin, doc->date) == 0 && strcmp(time->end, doc->date) > 0;
}

/* Writes the event's date, date_end and date_basis, and historical where the time is past.
 * `i_time`: index into doc->times, DGM_NONE: the story's day; `shift`: so many days from the time,
 * "today" in a quotation. */
void dgm_time_date_event(const dgm_time_words *words, dgm_document *doc, uint32_t i_event,
                         uint32_t i_time, int32_t shift);

/* Whether the words up to `last` are in a dateline: "ANKARA, Oct 2 (Agency) -". */
bool dgm_time_in_dateline(const dgm_sentence *s, uint32_t last);

#endif
