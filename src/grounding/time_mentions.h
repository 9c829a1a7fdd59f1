/* time_mentions.h - the day of an event that another mention of it dates. Internal to grounding. */
#ifndef DGM_TIME_MENTIONS_H
#define DGM_TIME_MENTIONS_H

#include "document/types.h"

/* The events of a document in the order in which they are told, and their times, both by event:
 * indices into doc->times or DGM_NONE. */
typedef struct {
    const dgm_document *doc;
    const uint32_t *in_order;
    const uint32_t *own;  /* by its own sentence */
    const uint32_t *time; /* as it is dated */
} dgm_told;

/* Whether that entity is among its actors. */
bool dgm_acts_in(const dgm_event *event, uint32_t entity);

/* The time of event k of the order by another: the nearest dated one before that it is another
 * mention of; of several rather one that shares a side with it. */
uint32_t dgm_time_of_mention(const dgm_told *x, uint32_t k);
/* The same by the nearest dated one after it that mentions it again: "Police arrested X ... After
 * his arrest on Friday". */
uint32_t dgm_time_of_later_mention(const dgm_told *x, uint32_t k);
/* The time of event k, which has one of its own, or a finer one within it by another mention: "the
 * sinking in March ... was sunk on March 26". */
uint32_t dgm_time_finer(const dgm_told *x, uint32_t k);
/* What a headline tells has the day of the first event of its kind below it, between the same two:
 * the days of these are known. */
uint32_t dgm_time_of_news(const dgm_told *x, uint32_t k);

#endif
