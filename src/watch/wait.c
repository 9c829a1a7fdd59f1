#include "watch/parts.h"

#include <time.h>

bool watch_stopped(const dgm_watch_options *options)
{
    return options->stop && *options->stop;
}

void watch_sleep(const dgm_watch_options *options, double seconds)
{
    const double step = 0.1;
    for (double end = dgm_seconds() + seconds, left;
         !watch_stopped(options) && (left = end - dgm_seconds()) > 0;) {
        left = DGM_MIN(left, step);
        struct timespec t = { .tv_nsec = (long)(left * 1e9) };
        (void)nanosleep(&t, NULL);
    }
}
