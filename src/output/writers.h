/* writers.h - one event as each format writes it. Inside output. */
#ifndef DGM_WRITERS_H
#define DGM_WRITERS_H

#include "output/output.h"

void dgm_write_jsonl(const dgm_record *record, dgm_buffer *out);
void dgm_write_csv_header(dgm_buffer *out);
void dgm_write_csv(const dgm_record *record, dgm_buffer *out);
void dgm_write_table_header(const dgm_output_options *options, dgm_buffer *out);
void dgm_write_table(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out);

/* Colours of a terminal: of an event by its quad class, of who acts and to whom. */
const char *dgm_quad_colour(uint32_t quad);
#define DGM_COLOUR_ACTOR     "36"
#define DGM_COLOUR_RECIPIENT "35"
/* The story's title, its text where the options want it, and the names of the columns, or that
 * there are no events. */
void dgm_write_story_head(const dgm_output_options *options, const dgm_document *doc,
                          dgm_buffer *out);

void dgm_write_plover(const dgm_record *record, dgm_buffer *out);
void dgm_write_geojson_header(dgm_buffer *out);
void dgm_write_geojson(const dgm_record *record, dgm_buffer *out);
void dgm_write_geojson_footer(dgm_buffer *out);
/* The dyadic ones write a row for each pair of actor and recipient. */
void dgm_write_gdelt(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out);
void dgm_write_mentions(const dgm_output_options *options, const dgm_record *record,
                        dgm_buffer *out);
void dgm_write_icews_header(dgm_buffer *out);
void dgm_write_icews(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out);
void dgm_write_polecat_header(dgm_buffer *out);
void dgm_write_polecat(const dgm_output_options *options, const dgm_record *record,
                       dgm_buffer *out);
void dgm_write_pairs_header(dgm_buffer *out);
void dgm_write_pairs(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out);
void dgm_write_petrarch(const dgm_output_options *options, const dgm_record *record,
                        dgm_buffer *out);

/* The record without words of its report, in the arena; false: no memory. */
bool dgm_record_without_text(const dgm_record *record, dgm_arena *arena, dgm_record *out);

/* The columns of CSV, which are those of Stata and SPSS as well. */
typedef enum {
    DGM_COLUMN_TEXT,
    DGM_COLUMN_POINTS, /* text of numbers alone */
    DGM_COLUMN_DAY,    /* 2020-10-02 */
    DGM_COLUMN_WHOLE,
    DGM_COLUMN_REAL,
    DGM_COLUMN_CHOICE /* one of `choices`, which are 0, 1, ... where there are numbers only */
} dgm_column_kind;
typedef struct {
    const char *name;
    void (*write)(const dgm_record *record, dgm_buffer *out);
    dgm_column_kind kind;
    const char *label;
    const char *const *choices; /* ends with NULL; of a whole number: what 1, 2, ... mean */
} dgm_flat_column;
extern const dgm_flat_column dgm_flat_columns[];
extern const size_t dgm_n_flat_columns;
/* The cells of a record, each ended by NUL, for dgm_statistics. */
void dgm_write_cells(const dgm_record *record, dgm_buffer *out);

/* A file for Stata or SPSS. Its rows are kept in a temporary file, since the number of them and the
 * widths of their columns stand before them. */
typedef struct dgm_statistics dgm_statistics;
dgm_status dgm_statistics_open(dgm_output_format format, FILE *out, dgm_statistics **statistics,
                               dgm_err *err);
dgm_status dgm_statistics_put(dgm_statistics *statistics, dgm_view cells, dgm_err *err);
dgm_status dgm_statistics_close(dgm_statistics *statistics, dgm_err *err);

/* Members of an object, a comma before them where one is needed; what is not known is left out. */
void dgm_json_key(dgm_buffer *out, const char *name);
void dgm_json_text(dgm_buffer *out, const char *name, dgm_view value);
void dgm_json_number(dgm_buffer *out, const char *name, double value);
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
/* 16 hexadecimal digits of the sentence's text; nothing where it is not known. */
void dgm_record_text_hash(const dgm_record *record, dgm_buffer *out);

/* "negated,possible": what is not plain about an event; empty: affirmed and actual. */
void dgm_write_marks(dgm_polarity polarity, dgm_factual_status status, bool historical,
                     dgm_buffer *out);

/* `,"size":{...}` of an event, or nothing. */
void dgm_json_sizes(const dgm_record *r, dgm_buffer *out);

#endif
