/* ingest.h - bytes -> documents. One reader a format, sniffed by content; gzip and zstd seen
 * through everywhere. What is broken is complained about with file and line, the rest is read. */
#ifndef DGM_INGEST_H
#define DGM_INGEST_H

#include "document/document.h"

typedef enum { DGM_INPUT_AUTO, DGM_INPUT_TEXT, DGM_INPUT_JSONL, DGM_INPUT_CONLLU } dgm_input_format;
bool dgm_input_format_of(dgm_view name, dgm_input_format *out); /* "text", "jsonl", ... */

#define DGM_MAX_LINE     (4u << 20)  /* bytes of one line of JSON Lines */
#define DGM_MAX_STORY    (1u << 20)  /* bytes of one story's text: some 170,000 words */
#define DGM_MAX_DOCUMENT (64u << 20) /* bytes of one document of CoNLL-U */

/* Whether v is a day of the calendar written as YYYY-MM-DD. */
bool dgm_is_day(dgm_view v);

typedef struct {
    dgm_input_format format;
    const char *default_date;   /* for stories that have none, or NULL */
    bool date_optional;         /* do not refuse stories without any date */
    dgm_complaints *complaints; /* may be NULL */
} dgm_reader_options;

typedef struct dgm_reader dgm_reader;

/* path "-" is standard input. */
dgm_status dgm_reader_open(const char *path, const dgm_reader_options *options, dgm_reader **out,
                           dgm_err *err) DGM_MUST_USE;
/* The same from memory, which stays the caller's; name is for messages and story ids. */
dgm_status dgm_reader_open_memory(const char *bytes, size_t n, const char *name,
                                  const dgm_reader_options *options, dgm_reader **out,
                                  dgm_err *err) DGM_MUST_USE;
void dgm_reader_free(dgm_reader *reader);

/* Initialises *doc in arena with the next story. DGM_OK, DGM_END, or an error that ends this
 * input; stories that are refused are complained about and passed over. */
dgm_status dgm_reader_next(dgm_reader *reader, dgm_arena *arena, dgm_document *doc,
                           dgm_err *err) DGM_MUST_USE;
/* Compressed bytes read so far, and the input's size (0: not known): for progress. */
uint64_t dgm_reader_tell(const dgm_reader *reader, uint64_t *size);

#endif
