/* lemma.h - lemmas as edit scripts: what to do with a form to get its lemma, learned as classes.
 *
 * A script is text, "c,n,add,m,add": a letter for the case of the result (l lower, k as the form
 * has it, t first letter upper, u all upper), how many code points to take off the front and what
 * to put there, the same for the end. (The method of UDPipe 2, Straka 2018.) */
#ifndef DGM_SYNTAX_LEMMA_H
#define DGM_SYNTAX_LEMMA_H

#include "base/base.h"

#define DGM_MAX_SCRIPT 128

/* The script that makes `lemma` from `form`, NUL-terminated in out; false: none does. */
bool dgm_lemma_script(dgm_view form, dgm_view lemma, char out[DGM_MAX_SCRIPT]);

typedef struct {
    char letter;
    uint32_t n_front, n_back;
    dgm_view front, back;
} dgm_lemma_edit;
/* False: no script. Views point into the script. */
bool dgm_lemma_parse(dgm_view script, dgm_lemma_edit *out);
/* The lemma, in the arena or the form itself where nothing changes. A form too short for the edit
 * is only put in lower case. */
dgm_view dgm_lemma_apply(const dgm_lemma_edit *edit, dgm_view form, dgm_arena *arena);

#endif
