/* clause.h - one sentence as the rules see it: its tree, what stands in the slots that rules name,
 * and whom those words name. */
#ifndef DGM_EVENTS_CLAUSE_H
#define DGM_EVENTS_CLAUSE_H

#include "events/knowledge.h"

typedef struct {
    const dgm_events *events;
    dgm_document *doc;
    uint32_t i_sentence;
    const dgm_sentence *s;
    const dgm_tree *t;
    uint32_t *cover;                          /* smallest mention over a word, or DGM_NONE */
    const dgm_participants *previous_speaker; /* of the sentences before, or NULL */
} dgm_clause;

/* False: no memory. Works in doc's arena. */
bool dgm_clause_init(dgm_clause *c, const dgm_events *events, dgm_document *doc,
                     uint32_t i_sentence);

/* The words that a path leads to from a word, conjuncts included. */
void dgm_slot_words(const dgm_clause *c, uint32_t word, const dgm_slot_path *path, dgm_words *out);
/* Whether the word itself is somebody's mention. */
bool dgm_names_somebody(const dgm_clause *c, uint32_t word);
/* The same of somebody of that sector, or of a body above or beside states with that code. */
bool dgm_names_sector(const dgm_clause *c, uint32_t word, dgm_view sector);
/* Adds those whom a word names, or, for "Turkey's decision", those whose it is. With `places`
 * also "villages in Azerbaijan". False: no memory. */
bool dgm_collect(const dgm_clause *c, uint32_t word, bool places, dgm_participants *out);

#endif
