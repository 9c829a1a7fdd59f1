#include "cli/stop.h"

#include <stddef.h>

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

const volatile sig_atomic_t *dgm_cli_stop_on_signals(void)
{
    const struct sigaction action = { .sa_handler = stop, .sa_flags = (int)SA_RESETHAND };
    (void)sigaction(SIGTERM, &action, NULL);
    (void)sigaction(SIGINT, &action, NULL);
    return &stopped;
}

bool dgm_cli_was_stopped(void)
{
    return stopped != 0;
}
