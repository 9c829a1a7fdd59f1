/* contexts.h - PLOVER's contexts, from an event's code, its sides, the words of its clause and
 * sentence, and the story as a whole. */
#ifndef DGM_EVENTS_CONTEXTS_H
#define DGM_EVENTS_CONTEXTS_H

#include "events/clause.h"

/* signals[w], bit i: word w, or a name of several words that it ends, signals context i of
 * contexts.tsv; of a name's words only the last does, and only for the longest name. In the
 * document's arena; NULL: no memory. */
uint64_t *dgm_context_signals(const dgm_clause *c);
/* Adds to the contexts of all events. signals[s]: of sentence s; NULL: none. */
void dgm_set_contexts(const dgm_events *events, dgm_document *doc, uint64_t *const *signals);

/* A row of codebook/contexts-sides.tsv. */
bool dgm_side_context_row(dgm_events *events, dgm_complaints *complaints, const dgm_row *row);

#endif
