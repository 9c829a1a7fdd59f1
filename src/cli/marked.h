/* marked.h - tables of sentences with two marked sides: for `relate` and for what it learns from.
 */
#ifndef DGM_CLI_MARKED_H
#define DGM_CLI_MARKED_H

#include "cli/cli.h"

typedef struct {
    const char *file;
    size_t line;
    uint64_t number;            /* from 1 */
    dgm_view id, marked, class; /* columns sentence_id, marked_sentence, gold_root; or empty */
} dgm_marked_row;

/* False ends the reading. */
typedef bool (*dgm_marked_fn)(void *context, const dgm_marked_row *row);

/* path: tab-separated, with a header line. Rows that cannot be used are complained about.
 * learn: sentence_id and gold_root must be there too. */
dgm_status dgm_cli_each_marked(const char *path, bool learn, dgm_marked_fn fn, void *context,
                               dgm_complaints *complaints, dgm_err *err);

#endif
