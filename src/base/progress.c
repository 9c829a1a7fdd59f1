#include "base/base.h"

#include <unistd.h>

static bool on_terminal(const dgm_progress *bar)
{
    return bar->out && isatty(fileno(bar->out));
}

void dgm_progress_begin(dgm_progress *bar, FILE *out, const char *what, uint64_t total)
{
    *bar = (dgm_progress) { .out = out, .what = what, .total = total, .begun = dgm_seconds() };
}

static void show(const dgm_progress *bar, double now)
{
    double seconds = now - bar->begun;
    if (bar->total == 0) {
        fprintf(bar->out, "\r%s %llu, %.0f s ", bar->what, (unsigned long long)bar->done, seconds);
    } else {
        enum { WIDTH = 30 };
        double share = (double)bar->done / (double)bar->total;
        share = share > 1 ? 1 : share;
        int full = (int)(share * WIDTH);
        fprintf(bar->out, "\r%s [%.*s%.*s] %3.0f %%, %.0f s ", bar->what, full,
                "##############################", WIDTH - full, "..............................",
                share * 100, seconds);
    }
    fflush(bar->out);
}

void dgm_progress_step(dgm_progress *bar, uint64_t by)
{
    bar->done += by;
    if (!on_terminal(bar))
        return;
    double now = dgm_seconds();
    if (now - bar->shown < 0.1)
        return;
    bar->shown = now;
    show(bar, now);
}

void dgm_progress_end(dgm_progress *bar)
{
    if (on_terminal(bar) && bar->shown > 0)
        fputs("\r\033[K", bar->out);
}
