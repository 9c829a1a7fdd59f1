/* correct.h - the parts of `dragoman correct`. Inside cli. */
#ifndef DGM_CLI_CORRECT_H
#define DGM_CLI_CORRECT_H

#include "cli/cli.h"
#include "store/marks.h"

/* correct_coding.c: reads how somebody codes an event. Its type must be one of the store's, its
 * codes ones that the tables (NULL: there are none) or the store know. */
dgm_status dgm_correct_coding(dgm_store *store, const char *tables, dgm_view text, dgm_coding *out,
                              dgm_err *err) DGM_MUST_USE;
/* correct_screen.c: shows the events of the last sample one by one and takes a key for each. by
 * (may be empty): who marks. */
dgm_status dgm_correct_screen(dgm_store *store, const char *tables, bool unmarked, dgm_view by,
                              dgm_err *err) DGM_MUST_USE;
/* correct_gold.c: writes the marks as stories that `train judge` learns from. *n_left: marks that
 * are left out, after a message, since the store does not have the story's text. */
dgm_status dgm_correct_gold(dgm_store *store, FILE *out, uint32_t *n_left, dgm_err *err);

#endif
