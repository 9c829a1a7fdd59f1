/* size_work.h - what the search for sizes knows of one number while it works. Inside the room only.
 */
#ifndef DGM_SIZE_WORK_H
#define DGM_SIZE_WORK_H

#include "document/types.h"
#include "grounding/quantities.h"

typedef struct {
    const dgm_quantity_words *words;
    dgm_document *doc;
    const dgm_tree *t;
    uint32_t sentence;
    uint32_t n_before; /* events of the sentences before it, which come first */
} dgm_counting;

typedef struct {
    dgm_quantity quantity;
    uint32_t noun; /* what the number stands with, or its own head */
    uint32_t by;   /* the word that tells what is counted */
    dgm_size_kind kind;
    bool correction;
    dgm_view currency;
} dgm_count;

/* The word that the number stands with, or its own head. */
uint32_t dgm_size_noun_of(const dgm_counting *c, const dgm_quantity *q);
/* What the first of conjuncts is to its verb: "two soldiers and three farmers". */
uint32_t dgm_size_first_conjunct(const dgm_sentence *s, uint32_t from);
/* "arrested along with two others". */
bool dgm_size_is_joined(const dgm_counting *c, uint32_t word);
bool dgm_size_is_money(const dgm_counting *c, dgm_count *n);
/* Fills in by what word the number counts what; false: nothing that is asked for. */
bool dgm_size_what_is_counted(const dgm_counting *c, dgm_count *n);
bool dgm_size_may_have(dgm_event_type type, dgm_size_kind kind);

#endif
