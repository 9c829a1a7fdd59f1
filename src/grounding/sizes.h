/* sizes.h - how many: the numbers of a document tied to the events that they measure. Internal to
 * grounding. */
#ifndef DGM_SIZES_H
#define DGM_SIZES_H

#include "document/types.h"
#include "grounding/quantities.h"

/* Fills `sizes` of the events: dead, injured, arrested, abducted, displaced, participants, money.
 * What is told later of the same event ("the toll rose to 12") takes the place of the first
 * count. */
void dgm_sizes_find(const dgm_quantity_words *words, dgm_document *doc);

#endif
