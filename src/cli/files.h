/* files.h - the files that a command line names, looked at before a command runs. */
#ifndef DGM_CLI_FILES_H
#define DGM_CLI_FILES_H

#include "cli/options.h"

/* DGM_EUSAGE: what an option names as a file or a folder has no name. */
dgm_status dgm_cli_check_named(const dgm_arguments *arguments, dgm_err *err) DGM_MUST_USE;

/* Once the settings are known. DGM_EUSAGE: an output lies over an input, the store or another
 * output; DGM_EIO: it cannot be written where it is to be. */
dgm_status dgm_cli_check_files(const dgm_arguments *arguments, dgm_err *err) DGM_MUST_USE;

#endif
