/* connotation.h - how good or bad words sound: english/connotation.tsv. Inside the room only. */
#ifndef DGM_JUDGE_CONNOTATION_H
#define DGM_JUDGE_CONNOTATION_H

#include "grammar/grammar.h"

typedef struct connotation connotation; /* read-only once loaded */

/* *out is NULL where the tables have no such file: no word sounds like anything then. */
dgm_status connotation_load(const char *tables_dir, dgm_complaints *complaints, connotation **out,
                            dgm_err *err) DGM_MUST_USE;
void connotation_free(connotation *c);
/* Tenths from -40 to 40 of a word, by its form, else its lemma, a verb by its lemma alone; 0:
 * neutral, or c is NULL. */
int connotation_of(const connotation *c, const dgm_tree *t, uint32_t word);

#endif
