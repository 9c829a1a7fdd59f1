/* storing.h - stories coded into a store: what `ingest` and `watch` share. Inside cli. */
#ifndef DGM_CLI_STORING_H
#define DGM_CLI_STORING_H

#include "cli/store.h"
#include "library/storing.h"

/* With the hash of --tables and --model; what is refused is reported. False after a message. */
bool dgm_cli_storing_init(const dgm_arguments *arguments, dgm_cli_report *report, dgm_storing *s);
/* dgm_storing_run(); false after a message. */
bool dgm_cli_storing_run(dgm_storing *s, dgm_inputs *inputs, uint32_t n_jobs, dgm_progress *bar);

#endif
