/* times.h - finds the time expressions of a document and says which event happened when. Internal
 * to grounding. */
#ifndef DGM_TIMES_H
#define DGM_TIMES_H

#include "grounding/time_words.h"

/* Fills doc->times in the order of the text. A document without a date gets none. */
dgm_status dgm_times_find(const dgm_time_words *words, dgm_document *doc, dgm_err *err);
/* Gives every event its date, date_end, date_basis and, by a past time, historical. */
void dgm_times_anchor(dgm_document *doc);

/* The word of first..last that hangs on a word outside of them. */
uint32_t dgm_span_head(const dgm_sentence *s, uint32_t first, uint32_t last);

/* Whether the words up to `last` are in a dateline: "ANKARA, Oct 2 (Agency) -". */
bool dgm_time_in_dateline(const dgm_sentence *s, uint32_t last);

#endif
