/* clause.h - one sentence as the rules see it: who is subject, object, agent, possessor of what,
 * through passives, relative clauses, participles, control, coordination. */
#ifndef DGM_EVENTS_CLAUSE_H
#define DGM_EVENTS_CLAUSE_H

#include "events/knowledge.h"

#define DGM_MAX_SLOT_WORDS   16
#define DGM_MAX_WORD_CLASSES 14

typedef struct {
    uint32_t at[DGM_MAX_SLOT_WORDS];
    uint32_t n;
} dgm_words;

typedef struct {
    uint16_t ids[DGM_MAX_WORD_CLASSES];
    uint8_t n;
} dgm_word_classes;

typedef DGM_ARRAY(dgm_participant) dgm_participants;

typedef struct {
    const dgm_events *events;
    dgm_document *doc;
    uint32_t i_sentence;
    const dgm_sentence *s;
    uint32_t *first_child, *next_sibling; /* children in the order of words */
    uint32_t *cover;                      /* smallest mention over a word, or DGM_NONE */
    dgm_word_classes *classes;
    dgm_view *lemmas; /* lower case */
    dgm_view *forms;
    const dgm_participants *previous_speaker; /* of the sentences before, or NULL */
    uint32_t *depth; /* of questions that lead to questions; bounds trees that are none */
    /* classes that the code itself asks for */
    uint32_t c_light, c_undergo, c_say, c_subject_control, c_quantity, c_instrument, c_aspect,
        c_urge, c_order, c_accuse, c_attack;
} dgm_clause;

/* False: no memory. Works in doc's arena. */
bool dgm_clause_init(dgm_clause *c, const dgm_events *events, dgm_document *doc,
                     uint32_t i_sentence);

bool dgm_has_class(const dgm_clause *c, uint32_t word, uint32_t class_id);
bool dgm_is_passive(const dgm_clause *c, uint32_t word);
bool dgm_is_negated(const dgm_clause *c, uint32_t word);
/* The words that a path leads to from a word, conjuncts included. */
void dgm_slot_words(const dgm_clause *c, uint32_t word, const dgm_slot_path *path, dgm_words *out);
/* Whether the word itself is somebody's mention. */
bool dgm_names_somebody(const dgm_clause *c, uint32_t word);
/* Adds those whom a word names, or, for "Turkey's decision", those whose it is. With `places`
 * also "villages in Azerbaijan". False: no memory. */
bool dgm_collect(const dgm_clause *c, uint32_t word, bool places, dgm_participants *out);

#endif
