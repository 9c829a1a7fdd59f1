/* reading.h - how stories are to be read, as options say it. */
#ifndef DGM_LIBRARY_READING_H
#define DGM_LIBRARY_READING_H

#include "ingest/ingest.h"
#include "library/options.h"
#include "output/output.h"

#define DGM_NAME_BAR(id, name) "|" name
#define DGM_INPUT_NAMES        "auto" DGM_INPUT_MAP(DGM_NAME_BAR)
#define DGM_OPTION_DATE                                                                            \
    {                                                                                              \
        0, "date", "YYYY-MM-DD", "date of stories that have none of their own", NULL               \
    }
#define DGM_OPTION_FROM                                                                            \
    {                                                                                              \
        0, "from", DGM_INPUT_NAMES, "input format; auto detects it from the first bytes", "auto"   \
    }
/* All that says how stories are read: the rows of dgm_reading_of(). */
#define DGM_OPTIONS_READING                                                                        \
    DGM_OPTION_DATE, DGM_OPTION_FROM,                                                              \
        { 0, "columns", "FIELD=NAME,...",                                                          \
          "names of CSV columns or JSON members other than text, title, date, source, url, id",    \
          NULL },                                                                                  \
        { 0, "date-format", "FORMAT",                                                              \
          "how the input writes days, as for strptime: %d/%m/%Y for 31/12/2020", NULL },           \
    {                                                                                              \
        0, "language", "en|any", "en: leave out stories that are clearly not English", "en"        \
    }

/* Reader options from DGM_OPTIONS_READING. */
dgm_status dgm_reading_of(const dgm_options *options, dgm_complaints *complaints,
                          dgm_reader_options *out, dgm_err *err) DGM_MUST_USE;
/* A day as YYYY-MM-DD of the option `name`; DGM_EUSAGE: it is none. day may be NULL. */
dgm_status dgm_check_day(const char *name, const char *day, dgm_err *err) DGM_MUST_USE;

/* That a story in another language is left out: the same words wherever it is told, and as `kind`
 * those that are the same for all such stories. */
void dgm_left_out_err(const dgm_document *doc, const char *language, dgm_err *out);
/* Writes what `bytes` has of bytes of any kind as UTF-8 into out: bad bytes become '?'. */
dgm_view dgm_clean_bytes(dgm_view bytes, char *out, size_t size);

/* Stories as they were understood, without coding them, a line of JSON each. False of put ends
 * it. */
dgm_status dgm_read_all(dgm_inputs *inputs, dgm_progress *bar, dgm_put_fn put, void *context,
                        dgm_err *err) DGM_MUST_USE;

#endif
