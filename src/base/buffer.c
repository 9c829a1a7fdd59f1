#include "base/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool room_for(dgm_buffer *out, size_t n)
{
    if (out->failed)
        return false;
    if (n < out->cap - out->n)
        return true;
    size_t cap = DGM_MAX(out->cap * 2, out->n + n + 1024);
    char *p = cap > out->n ? realloc(out->p, cap) : NULL;
    if (!p) {
        out->failed = true;
        return false;
    }
    out->p = p;
    out->cap = cap;
    return true;
}

void dgm_buffer_put(dgm_buffer *out, dgm_view v)
{
    if (v.n == 0 || !room_for(out, v.n))
        return;
    memcpy(out->p + out->n, v.p, v.n);
    out->n += v.n;
}

void dgm_buffer_printf(dgm_buffer *out, const char *format, ...)
{
    if (!room_for(out, 1024))
        return;
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(out->p + out->n, out->cap - out->n, format, args);
    if (n >= 0 && (size_t)n >= out->cap - out->n && room_for(out, (size_t)n + 1))
        vsnprintf(out->p + out->n, out->cap - out->n, format, again);
    if (n < 0)
        out->failed = true;
    else if (!out->failed)
        out->n += (size_t)n;
    va_end(again);
    va_end(args);
}

void dgm_buffer_number(dgm_buffer *out, double value)
{
    enum { PLACES = 6 };
    const double scale = 1e6;
    if (!(fabs(value) < 1e12)) { /* NaN as well: no number that is written here is so large */
        dgm_buffer_put(out, DGM_VIEW("0"));
        return;
    }
    long long scaled = llround(value * scale), whole = llabs(scaled) / 1000000,
              part = llabs(scaled) % 1000000;
    char digits[PLACES + 1];
    snprintf(digits, sizeof digits, "%06lld", part);
    size_t n = PLACES;
    while (n > 0 && digits[n - 1] == '0')
        n--;
    dgm_buffer_printf(out, "%s%lld%s%.*s", scaled < 0 ? "-" : "", whole, n ? "." : "", (int)n,
                      digits);
}

void dgm_buffer_visible(dgm_buffer *out, size_t from)
{
    dgm_buffer safe = { 0 };
    char piece[DGM_VISIBLE];
    size_t step;
    for (size_t i = from; i < out->n; i += step) {
        step = dgm_visible(out->p + i, out->n - i, piece);
        dgm_buffer_put(&safe, out->p[i] == '\n' ? DGM_VIEW("\n") : dgm_view_of(piece));
    }
    out->n = DGM_MIN(from, out->n);
    out->failed = out->failed || safe.failed;
    dgm_buffer_put(out, (dgm_view) { safe.p, safe.n });
    dgm_buffer_done(&safe);
}

void dgm_buffer_done(dgm_buffer *out)
{
    free(out->p);
    *out = (dgm_buffer) { 0 };
}
