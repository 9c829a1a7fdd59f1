/* contexts.h - PLOVER's contexts from the words of a sentence and of a story. */
#ifndef DGM_EVENTS_CONTEXTS_H
#define DGM_EVENTS_CONTEXTS_H

#include "events/clause.h"

/* Bit i: context i of contexts.tsv. */
uint64_t dgm_sentence_contexts(const dgm_clause *c);
/* What runs through the whole story, given each sentence's. */
uint64_t dgm_story_contexts(const uint64_t *sentences, uint32_t n);

#endif
