/* packed.h - a coded story as bytes and back, so that what one thread coded another can store
 * without reading any JSON. Inside store.
 *
 * Whole numbers are written in groups of seven bits, the lowest first; real ones as their eight
 * bytes, lowest first; text as its length and itself. Reading past the end sets `failed` and gives
 * zeros, so that one check at the end is enough. */
#ifndef DGM_PACKED_H
#define DGM_PACKED_H

#include "store/duplicates.h"
#include "store/store.h"

void dgm_give_number(dgm_buffer *out, uint64_t value);
void dgm_give_real(dgm_buffer *out, double value);  /* NAN too */
void dgm_give_text(dgm_buffer *out, dgm_view text); /* bad bytes become U+FFFD */
void dgm_give_bytes(dgm_buffer *out, dgm_view bytes);

typedef struct {
    const char *p, *end;
    bool failed;
} dgm_bytes;
static inline dgm_bytes dgm_bytes_of(dgm_view v)
{
    return (dgm_bytes) { v.p, v.p + v.n, false };
}
uint64_t dgm_take_number(dgm_bytes *from);
double dgm_take_real(dgm_bytes *from);
dgm_view dgm_take_text(dgm_bytes *from); /* into the bytes */
/* A count of things of which each takes a byte or more; more cannot follow. */
uint32_t dgm_take_count(dgm_bytes *from);

/* What stands before the events. Views into the bytes. */
typedef struct {
    dgm_view hash, id, date, title, source, url, text;
    uint32_t begin_byte;
    uint32_t n_shingles;
    dgm_view signature; /* as dgm_signature_write() wrote it */
    int64_t bands[DGM_N_BANDS];
    dgm_bytes sentences; /* n_sentences times four numbers */
    uint32_t n_sentences;
    dgm_bytes quotations; /* n_quotations numbers */
    uint32_t n_quotations;
    dgm_view records; /* compressed, of all events in order */
    uint32_t n_events;
    dgm_bytes events; /* one after the other: put.c reads them */
} dgm_packed;
dgm_status dgm_packed_read(dgm_view bytes, dgm_packed *out, dgm_err *err) DGM_MUST_USE;

/* What dgm_pack_likeness() wrote. */
void dgm_packed_likeness(dgm_bytes *from, dgm_packed *out);

/* Events with their links to each other; records and their lines of JSON, which go in compressed by
 * the story's text, as it is stored. An event without a day has its story's. lines and
 * text may lie in *out. */
void dgm_pack_events(const dgm_record *records, uint32_t n, dgm_view lines, dgm_view text,
                     dgm_buffer *out);
/* Everything that copies are found by, and what is quoted. */
void dgm_pack_likeness(dgm_view text, dgm_buffer *out);

/* Lines of JSON, compressed by the story's text, most of which stands in them; *out is the caller's
 * to end. */
void dgm_records_compress(dgm_view lines, dgm_view text, dgm_buffer *out);
dgm_status dgm_records_expand(dgm_view bytes, dgm_view text, dgm_buffer *out,
                              dgm_err *err) DGM_MUST_USE;

/* The records of the story that was asked for last. Zeroed at first; `lines` is the caller's to
 * end. */
typedef struct {
    int64_t story;
    dgm_buffer lines;
} dgm_shelf;
/* The i-th record of a story, a line valid until the next is asked for. cells: story, records, i
 * and the story's text, as DGM_RECORD_OF(e) selects them. */
#define DGM_RECORD_OF(e) "q.story, q.records, " e ".event - q.first_event, t.text"
#define DGM_JOIN_RECORDS(e)                                                                        \
    " JOIN records q ON q.story = " e ".story JOIN stories t ON t.story = q.story"
dgm_status dgm_shelf_line(dgm_shelf *shelf, const dgm_cell *cells, dgm_view *line,
                          dgm_err *err) DGM_MUST_USE;

#endif
