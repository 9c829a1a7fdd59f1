/* vocabulary.h - words that a filter may have: codes of the tables, beside what the store has.
 * Read-only once loaded. Inside serve. */
#ifndef DGM_SERVE_VOCABULARY_H
#define DGM_SERVE_VOCABULARY_H

#include "document/types.h"
#include "store/store.h"

typedef struct {
    dgm_map *countries, *sectors, *modes;
    dgm_types types;
    /* By dgm_type_index(): */
    char cameo[DGM_MAX_TYPES][8];    /* the code that a type has where no rule gives another */
    double goldstein[DGM_MAX_TYPES]; /* the score of that code; NAN: not told */
} dgm_vocabulary;

/* A table that is not there is empty, and then every code passes; one that is there is read. */
dgm_status dgm_vocabulary_load(const char *tables, dgm_vocabulary *out, dgm_err *err) DGM_MUST_USE;
void dgm_vocabulary_done(dgm_vocabulary *words);
/* Whether it is a code of the tables (kind WHO or PLACE), or a mode. */
bool dgm_vocabulary_has(const dgm_vocabulary *words, dgm_word_kind kind, dgm_view word);

#endif
