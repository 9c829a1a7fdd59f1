/* stand_ins.h - names of states are read alike. What the network makes of "Kyrgyzstan" and of
 * "Russia" should differ in nothing but the name, and it knows one much better than the other: so
 * it is shown the same word for each, and the tree of a sentence is the same whichever state it is
 * of. The document keeps its words. */
#ifndef DGM_SYNTAX_STAND_INS_H
#define DGM_SYNTAX_STAND_INS_H

#include "base/base.h"

typedef struct dgm_stand_ins dgm_stand_ins; /* read-only once loaded, shared by threads */

/* Reads english/stand-ins.tsv, and from actors/countries.tsv the names of one word. The caller owns
 * *out. */
dgm_status dgm_stand_ins_load(const char *tables_dir, dgm_complaints *complaints,
                              dgm_stand_ins **out, dgm_err *err) DGM_MUST_USE;
void dgm_stand_ins_free(dgm_stand_ins *stand_ins); /* NULL is allowed */

/* The word that is read for this one; the form itself where it is no state's, or stand_ins is NULL.
 * The view lives as long as the stand-ins, or the form. */
dgm_view dgm_stand_in_for(const dgm_stand_ins *stand_ins, dgm_view form);

#endif
