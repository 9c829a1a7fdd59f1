/* store_load.h - `ingest --coded`. Inside cli. */
#ifndef DGM_CLI_STORE_LOAD_H
#define DGM_CLI_STORE_LOAD_H

#include "cli/cli.h"

/* Runs the command; gives the exit code. */
int dgm_cli_load_shards(const dgm_arguments *arguments);

#endif
