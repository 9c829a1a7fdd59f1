/* Complaints of the readers: each says file, line and, where it is known, the story. */
#include "ingest/reader.h"

#include <string.h>

void dgm_list_name(char *list, size_t size, dgm_view name)
{
    enum { LONGEST = 30, MORE = 6 };
    size_t n = strlen(list), longest = DGM_MIN(name.n, (size_t)LONGEST), step;
    if (n + 2 + longest + MORE > size) {
        if (n + MORE <= size && !dgm_view_ends(dgm_view_of(list), DGM_VIEW("...")))
            snprintf(list + n, size - n, ", ...");
        return;
    }
    n += (size_t)snprintf(list + n, size - n, n > 0 ? ", " : "");
    for (size_t i = 0; i < longest; i += step) {
        uint32_t cp;
        step = dgm_utf8_next(name.p + i, name.n - i, &cp);
        if (i + step > longest) /* whole code points */
            break;
        memcpy(list + n, cp ? name.p + i : "?", step);
        n += step;
    }
    list[n] = '\0';
}

dgm_reading dgm_refuse(dgm_reader *r, dgm_status status, size_t line, const char *format, ...)
{
    dgm_err err = { .status = DGM_OK };
    char why[300];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    dgm_fail(&err, status, dgm_source_name(r->source), line, "%s", why);
    err.kind = format;
    memcpy(err.id, r->id, sizeof err.id);
    dgm_complain_of(r->options.complaints, &err);
    return DGM_READ_NOTHING;
}

dgm_reading dgm_refuse_date(dgm_reader *r, size_t line, dgm_view date)
{
    char shown[48] = "";
    dgm_list_name(shown, sizeof shown, date);
    return dgm_refuse(r, DGM_EFORMAT, line,
                      "the story's date cannot be read: \"%s\"; the story is passed over; "
                      "--date-format says how days are written (%%d/%%m/%%Y)",
                      shown);
}

dgm_reading dgm_no_memory(dgm_reader *r, size_t line, dgm_err *err)
{
    dgm_fail(err, DGM_ENOMEM, dgm_source_name(r->source), line, "no memory for the story");
    return DGM_READ_FAILED;
}
