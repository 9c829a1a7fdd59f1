/* recall.h - roles that a sentence leaves open and the story has told. */
#ifndef DGM_EVENTS_RECALL_H
#define DGM_EVENTS_RECALL_H

#include "events/knowledge.h"

/* Gives events without a recipient one from the sentences before, as codebook/recalls.tsv says: a
 * denial the accuser, a promise of help the side that asked for it. False: no memory. */
bool dgm_recall_recipients(const dgm_events *events, dgm_document *doc);

#endif
