/* text.h - JSON and CSV, piece by piece: what formats of events, stores and commands share. */
#ifndef DGM_OUTPUT_TEXT_H
#define DGM_OUTPUT_TEXT_H

#include "output/output.h"

/* Members of an object, a comma before them where one is needed; what is not known is left out. */
void dgm_json_key(dgm_buffer *out, const char *name);
void dgm_json_text(dgm_buffer *out, const char *name, dgm_view value);
void dgm_json_number(dgm_buffer *out, const char *name, double value);
void dgm_json_count(dgm_buffer *out, const char *name, uint64_t n);
/* "name":{ or "name":[; name NULL: a member of an array, or the whole. */
void dgm_json_open(dgm_buffer *out, const char *name, char bracket);
void dgm_json_close(dgm_buffer *out, char bracket);
/* The comma before a member of an array. */
void dgm_json_item(dgm_buffer *out);
/* ,"name":"text": after another member; empty text is null. */
void dgm_json_text_or_null(dgm_buffer *out, const char *name, dgm_view value);
/* A JSON string; an actor object of who speaks, or null. */
void dgm_json_string(dgm_view v, dgm_buffer *out);
void dgm_json_speaker(const dgm_document *doc, const dgm_attribution *a, dgm_buffer *out);
/* A cell of RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe before
 * it, as does text that begins with apostrophes and then goes on like a formula, so that taking one
 * away gives the text back (docs/formats/events.md). Numbers stay as they are. */
void dgm_csv_cell(dgm_view text, dgm_buffer *out);
void dgm_csv_number(dgm_view number, dgm_buffer *out);

/* "negated,possible": what is not plain about an event; empty: affirmed and actual. */
void dgm_write_marks(dgm_polarity polarity, dgm_factual_status status, bool historical,
                     dgm_buffer *out);

#endif
