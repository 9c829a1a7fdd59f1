/* Why something is not answered. */
#include "serve/request.h"

#include "output/text.h"

#include <stdarg.h>
#include <stdio.h>

void dgm_turn_down(dgm_refusal *refusal, unsigned status, const char *parameter, const char *format,
                   ...)
{
    va_list args;
    *refusal = (dgm_refusal) { .status = status };
    snprintf(refusal->parameter, sizeof refusal->parameter, "%s", parameter ? parameter : "");
    va_start(args, format);
    vsnprintf(refusal->message, sizeof refusal->message, format, args);
    va_end(args);
}

/* What was cut in the middle of a character, or never was UTF-8, becomes '?'. */
static void put_clean(const char *text, dgm_buffer *out)
{
    char clean[sizeof((dgm_refusal *)0)->message];
    dgm_view v = dgm_view_of(text);
    size_t n = 0, step;
    for (size_t i = 0; i < v.n && n + 4 < sizeof clean; i += step) {
        uint32_t cp;
        step = dgm_utf8_next(v.p + i, v.n - i, &cp);
        bool bad = (cp == 0xFFFD && step == 1) || dgm_cp_is_control(cp);
        for (size_t k = 0; k < (bad ? 1 : step); k++)
            clean[n++] = bad ? '?' : v.p[i + k];
    }
    dgm_json_string((dgm_view) { clean, n }, out);
}

void dgm_refusal_json(const dgm_refusal *refusal, dgm_buffer *out)
{
    dgm_buffer_printf(out, "{\"error\":{\"status\":%u,\"message\":", refusal->status);
    put_clean(refusal->message, out);
    if (refusal->parameter[0]) {
        dgm_buffer_put(out, DGM_VIEW(",\"parameter\":"));
        put_clean(refusal->parameter, out);
    }
    dgm_buffer_put(out, DGM_VIEW("}}\n"));
}
