/* marks.h - how often events of a store are right, for people and for the file of --meta. Inside
 * cli. */
#ifndef DGM_CLI_MARKS_H
#define DGM_CLI_MARKS_H

#include "cli/answer.h"
#include "store/marks.h"

/* The table of `stats --marks`; gives the exit code. */
int dgm_cli_show_precision(const dgm_arguments *arguments, dgm_store *store);
/* The same as a JSON object; nothing where no event is marked. */
dgm_status dgm_cli_marks_json(dgm_store *store, dgm_buffer *out, dgm_err *err);

#endif
