/* files.h - the files that a command line names, looked at before a command runs. */
#ifndef DGM_CLI_FILES_H
#define DGM_CLI_FILES_H

#include "cli/options.h"

/* DGM_EUSAGE: an output lies over an input or over another output, or has no name; DGM_EIO: it
 * cannot be written where it is to be. */
dgm_status dgm_cli_check_files(const dgm_arguments *arguments, dgm_err *err) DGM_MUST_USE;

#endif
