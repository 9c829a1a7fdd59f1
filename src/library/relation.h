/* relation.h - what one marked side of a sentence does to the other, as `relate` writes it. */
#ifndef DGM_LIBRARY_RELATION_H
#define DGM_LIBRARY_RELATION_H

#include "story/relations.h"

/* A line of JSON. judged: with what the rules alone say, and how likely the answer is. row: its
 * number, from 1. */
void dgm_write_relation(const dgm_document *doc, const dgm_relation *relation, bool judged,
                        uint64_t row, dgm_buffer *out);

#endif
