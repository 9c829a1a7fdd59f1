/* writers.h - one event as each format writes it. Inside output. */
#ifndef DGM_WRITERS_H
#define DGM_WRITERS_H

#include "output/output.h"

void dgm_write_jsonl(const dgm_record *record, dgm_buffer *out);
void dgm_write_csv_header(dgm_buffer *out);
void dgm_write_csv(const dgm_record *record, dgm_buffer *out);
void dgm_write_table_header(const dgm_output_options *options, dgm_buffer *out);
void dgm_write_table(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out);

/* A JSON string; an actor object of who speaks, or null; a cell of RFC 4180. */
void dgm_json_string(dgm_view v, dgm_buffer *out);
void dgm_json_speaker(const dgm_document *doc, const dgm_attribution *a, dgm_buffer *out);
void dgm_csv_cell(dgm_view cell, dgm_buffer *out);

/* "negated,possible": what is not plain about an event; empty: affirmed and actual. */
void dgm_write_marks(dgm_polarity polarity, dgm_factual_status status, bool historical,
                     dgm_buffer *out);

#endif
