#include "base/base.h"

#include <string.h>

/* Takes out what is left of a character that was cut: words in a message have a limit in bytes. */
static void drop_halves(char *text)
{
    char *to = text;
    for (size_t i = 0, n = strlen(text), step; i < n; i += step) {
        uint32_t cp;
        step = dgm_utf8_next(text + i, n - i, &cp);
        unsigned char first = (unsigned char)text[i];
        bool half = step == 1 && first >= 0xC2 && first <= 0xF4; /* it begins, and does not end */
        while (half && ((unsigned char)text[i + step] & 0xC0) == 0x80)
            step++;
        for (size_t k = 0; k < step && !half; k++)
            *to++ = text[i + k];
    }
    *to = 0;
}

static void fill(dgm_err *err, dgm_status status, const char *file, size_t line, const char *format,
                 va_list args) DGM_PRINTF(5, 0);

static void fill(dgm_err *err, dgm_status status, const char *file, size_t line, const char *format,
                 va_list args)
{
    err->status = status;
    err->line = line;
    err->kind = format;
    err->id[0] = '\0';
    snprintf(err->file, sizeof err->file, "%s", file ? file : "");
    vsnprintf(err->msg, sizeof err->msg, format, args);
    drop_halves(err->msg);
}

#undef dgm_fail /* as checkers have it */
dgm_status dgm_fail(dgm_err *err, dgm_status status, const char *file, size_t line,
                    const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        fill(err, status, file, line, format, args);
        va_end(args);
    }
    return status;
}

void dgm_complain(dgm_complaints *to, dgm_status status, const char *file, size_t line,
                  const char *format, ...)
{
    if (!to)
        return;
    dgm_err err;
    va_list args;
    va_start(args, format);
    fill(&err, status, file, line, format, args);
    va_end(args);
    dgm_complain_of(to, &err);
}

void dgm_complaint_keep(void *context, const dgm_err *err)
{
    *(dgm_err *)context = *err;
}

void dgm_complain_of(dgm_complaints *to, const dgm_err *err)
{
    if (!to)
        return;
    to->n++;
    if (to->fn && (to->most == 0 || to->n <= to->most))
        to->fn(to->context, err);
}

const char *dgm_err_text(const dgm_err *err, char *buf, size_t size)
{
    size_t at = 0;
    if (err->file[0])
        at = dgm_visible_text(dgm_view_of(err->file), buf, size);
    if (err->file[0] && at < size)
        at += (size_t)snprintf(buf + at, size - at, err->line ? ":%zu: " : ": ", err->line);
    if (at < size)
        dgm_visible_text(dgm_view_of(err->msg), buf + at, size - at);
    return buf;
}
