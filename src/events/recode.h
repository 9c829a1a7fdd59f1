/* recode.h - the codebook's decisions that look beyond a rule: what an event becomes by what stands
 * beside it (codebook/recodings.tsv), and whose role the story fills (codebook/recalls.tsv). */
#ifndef DGM_EVENTS_RECODE_H
#define DGM_EVENTS_RECODE_H

#include "events/match.h"

/* Rows of the two tables; false: no memory. */
bool dgm_recoding_row(dgm_events *events, dgm_complaints *complaints, const dgm_row *row);
bool dgm_recall_row(dgm_events *events, dgm_complaints *complaints, const dgm_row *row);

/* Candidates of a sentence become what the table says. */
void dgm_recode(dgm_matcher *m);
/* Whether an event of that type and code counts though nobody political acts or suffers. */
bool dgm_counts_among_people(const dgm_events *events, dgm_event_type type, dgm_view cameo);

#endif
