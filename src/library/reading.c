#include "library/reading.h"

#include <string.h>

/* ---- options -------------------------------------------------------------------------------- */

dgm_status dgm_check_day(const char *name, const char *day, dgm_err *err)
{
    if (!day || dgm_is_day(dgm_view_of(day)))
        return DGM_OK;
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s takes a day as YYYY-MM-DD, not '%s'", name,
                    day);
}

dgm_status dgm_reading_of(const dgm_options *options, dgm_complaints *complaints,
                          dgm_reader_options *out, dgm_err *err)
{
    *out = (dgm_reader_options) { .default_date = dgm_options_value(options, "date"),
                                  .columns = dgm_options_value(options, "columns"),
                                  .date_format = dgm_options_value(options, "date-format"),
                                  .complaints = complaints };
    out->language = strcmp(dgm_options_value(options, "language"), "any") == 0
                        ? DGM_LANGUAGE_ANY
                        : DGM_LANGUAGE_ENGLISH;
    dgm_status status = dgm_check_columns(out->columns, err);
    if (status == DGM_OK)
        status = dgm_check_date_format(out->date_format, err);
    if (status != DGM_OK)
        return status;
    if (!dgm_input_format_of(dgm_view_of(dgm_options_value(options, "from")), &out->format))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--from: an unknown format");
    return dgm_check_day("date", out->default_date, err);
}

/* ---- what is left out ----------------------------------------------------------------------- */

dgm_view dgm_clean_bytes(dgm_view bytes, char *out, size_t size)
{
    size_t n = DGM_MIN(bytes.n, size - 1);
    if (n > 0)
        memcpy(out, bytes.p, n);
    for (size_t bad; (bad = dgm_utf8_invalid((dgm_view) { out, n })) != SIZE_MAX;)
        out[bad] = '?';
    return (dgm_view) { out, n };
}

void dgm_left_out_err(const dgm_document *doc, const char *language, dgm_err *out)
{
    static const char foreign[] = "the story is not English and is left out";
    *out = (dgm_err) { .line = doc->line, .kind = foreign };
    snprintf(out->file, sizeof out->file, "%.*s", DGM_FMT(doc->file));
    out->id[dgm_clean_bytes(doc->id, out->id, sizeof out->id).n] = '\0';
    snprintf(out->msg, sizeof out->msg, "%s: %s (%s)", foreign, out->id, language);
}

/* ---- stories as they are read --------------------------------------------------------------- */

dgm_status dgm_read_all(dgm_inputs *inputs, dgm_progress *bar, dgm_put_fn put, void *context,
                        dgm_err *err)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_buffer line = { 0 };
    dgm_document doc;
    uint64_t told = 0;
    bool goes_on = true;
    dgm_status status = arena ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
    while (status == DGM_OK && goes_on &&
           (status = dgm_inputs_next(inputs, arena, &doc, err)) == DGM_OK) {
        uint64_t at = dgm_inputs_tell(inputs);
        dgm_progress_step(bar, at - told, 1);
        told = at;
        line.n = 0;
        dgm_write_story(&doc, &line);
        if (line.failed || dgm_arena_failed(arena))
            status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the output");
        else
            goes_on = put(context, (dgm_view) { line.p, line.n });
    }
    dgm_buffer_done(&line);
    dgm_arena_free(arena);
    return status == DGM_END ? DGM_OK : status;
}
