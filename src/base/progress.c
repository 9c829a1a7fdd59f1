#include "base/base.h"

#include <sys/ioctl.h>
#include <unistd.h>

bool dgm_progress_shows(const FILE *out)
{
    return out && isatty(fileno((FILE *)(uintptr_t)out));
}

void dgm_progress_begin(dgm_progress *bar, FILE *out, const char *what, uint64_t total)
{
    *bar = (dgm_progress) { .out = out, .what = what, .total = total, .begun = dgm_seconds() };
}

static void put_size(uint64_t bytes, char out[16])
{
    static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB" };
    double size = (double)bytes;
    uint32_t unit = 0;
    while (size >= 1000 && unit + 1 < DGM_LEN(units)) {
        size /= 1000;
        unit++;
    }
    snprintf(out, 16, "%.*f %s", unit > 0 && size < 100 ? 1 : 0, size, units[unit]);
}

/* "41 s", "4 min 05 s", "3 h 20 min" */
static void put_time(double seconds, char out[32])
{
    uint64_t s = seconds < 1e8 ? (uint64_t)(seconds + 0.5) : 100000000;
    if (s < 60)
        snprintf(out, 32, "%llu s", (unsigned long long)s);
    else if (s < 3600)
        snprintf(out, 32, "%llu min %02llu s", (unsigned long long)(s / 60),
                 (unsigned long long)(s % 60));
    else
        snprintf(out, 32, "%llu h %02llu min", (unsigned long long)(s / 3600),
                 (unsigned long long)(s / 60 % 60));
}

/* "1,234 stories, 45 % of 2.7 GB, 312 stories/s, 4 min 05 s left" */
static void put_line(const dgm_progress *bar, double seconds, char *out, size_t size)
{
    char done[16], total[16], left[32];
    double share = bar->total > 0 ? (double)bar->done / (double)bar->total : 0;
    double rate = (double)bar->n / (seconds > 1e-3 ? seconds : 1e-3);
    unsigned long long n = (unsigned long long)bar->n;
    put_size(bar->done, done);
    put_size(bar->total, total);
    if (bar->total == 0) {
        put_time(seconds, left);
        snprintf(out, size, "%llu %s, %s read, %.0f %s/s, %s so far", n, bar->what, done, rate,
                 bar->what, left);
        return;
    }
    share = share > 1 ? 1 : share;
    put_time(share > 0 ? seconds * (1 - share) / share : 0, left);
    snprintf(out, size, "%llu %s, %.0f %% of %s, %.0f %s/s, %s left", n, bar->what, share * 100,
             total, rate, bar->what, share > 0 ? left : "?");
}

/* A line that is wider than the terminal would not be taken away whole. */
static void show(const dgm_progress *bar, double now)
{
    char line[200];
    struct winsize screen;
    int width = 80;
    put_line(bar, now - bar->begun, line, sizeof line);
    if (ioctl(fileno(bar->out), TIOCGWINSZ, &screen) == 0 && screen.ws_col > 0)
        width = screen.ws_col;
    fprintf(bar->out, "\r%.*s\033[K", width - 1, line);
    fflush(bar->out);
}

void dgm_progress_step(dgm_progress *bar, uint64_t bytes, uint64_t n)
{
    bar->done += bytes;
    bar->n += n;
    if (bar->tell)
        bar->tell(bar->context, bar->done, bar->total);
    if (!dgm_progress_shows(bar->out))
        return;
    double now = dgm_seconds();
    if (now - bar->shown < 0.1)
        return;
    bar->shown = now;
    show(bar, now);
}

void dgm_progress_end(dgm_progress *bar)
{
    if (dgm_progress_shows(bar->out) && bar->shown > 0) {
        fputs("\r\033[K", bar->out);
        fflush(bar->out);
    }
}
