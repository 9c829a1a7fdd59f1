/* stop.h - the end of what runs until it is told to end. Inside cli. */
#ifndef DGM_CLI_STOP_H
#define DGM_CLI_STOP_H

#include <signal.h>
#include <stdbool.h>

/* From now on SIGTERM and SIGINT make *(what it gives) other than 0; a second one ends the program.
 */
const volatile sig_atomic_t *dgm_cli_stop_on_signals(void);
bool dgm_cli_was_stopped(void);

#endif
