/* output.h - events -> bytes. Writers append to a buffer, so that threads can write side by side
 * and the program joins them in order. */
#ifndef DGM_OUTPUT_H
#define DGM_OUTPUT_H

#include "output/record.h"

/* Bytes that grow; the caller ends it with dgm_buffer_done(). After a failed allocation it stays
 * as it is and `failed` is set, so that a writer needs one check at the end. */
typedef struct {
    char *p;
    size_t n, cap;
    bool failed;
} dgm_buffer;
void dgm_buffer_put(dgm_buffer *out, dgm_view v);
void dgm_buffer_printf(dgm_buffer *out, const char *format, ...) DGM_PRINTF(2, 3);
/* At most six places, none that is zero at the end; never as the locale has it. */
void dgm_buffer_number(dgm_buffer *out, double value);
void dgm_buffer_done(dgm_buffer *out);

typedef enum { DGM_OUTPUT_JSONL, DGM_OUTPUT_CSV, DGM_OUTPUT_TABLE } dgm_output_format;
bool dgm_output_format_of(dgm_view name, dgm_output_format *out);

typedef struct {
    dgm_output_format format;
    bool colour;    /* table only */
    uint32_t width; /* columns of the terminal, 0: 100; table only */
} dgm_output_options;

/* A file of events: its header, any number of events, its footer. */
void dgm_write_header(const dgm_output_options *options, dgm_buffer *out);
void dgm_write_record(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out);
void dgm_write_footer(const dgm_output_options *options, dgm_buffer *out);
/* All events of doc that are written. events: for the names of contexts; may be NULL. */
void dgm_write_events(const dgm_output_options *options, const dgm_events *events,
                      const dgm_document *doc, dgm_buffer *out);
/* Attributions, whether they hold events or not; JSON Lines or CSV. */
void dgm_write_quotes_header(const dgm_output_options *options, dgm_buffer *out);
void dgm_write_quotes(const dgm_output_options *options, const dgm_document *doc, dgm_buffer *out);
void dgm_write_conllu(const dgm_document *doc, dgm_buffer *out);
void dgm_write_explanation(const dgm_document *doc, bool colour, dgm_buffer *out);

#endif
