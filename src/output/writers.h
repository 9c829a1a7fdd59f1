/* writers.h - one event as each format writes it. Inside output. */
#ifndef DGM_WRITERS_H
#define DGM_WRITERS_H

#include "output/output.h"
#include "output/text.h"

typedef struct dgm_statistics dgm_statistics;

/* Where the bytes of a file go. */
typedef struct {
    dgm_put_fn put;
    void *context;
} dgm_output_to;

/* A format of files of events: a row of the table in output.c. */
typedef struct {
    bool dyadic;      /* dgm_output_is_dyadic() */
    bool pairs;       /* rows by dgm_each_dyad(), which counts them; states in others' codes */
    bool needs_cameo; /* an event without a CAMEO code has no row */
    bool begins_with_comma; /* a record does, but not the first one of a file */
    void (*header)(const dgm_output_options *options, dgm_buffer *out); /* NULL: none */
    void (*record)(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out);
    void (*footer)(const dgm_output_options *options, dgm_buffer *out); /* NULL: none */
    /* NULL: what the three write is the file. Otherwise it is made of what record() writes. */
    dgm_status (*open)(dgm_output_format format, dgm_output_to to, dgm_statistics **out,
                       dgm_err *err);
} dgm_output_kind;
extern const dgm_output_kind dgm_kind_of_jsonl, dgm_kind_of_csv, dgm_kind_of_table,
    dgm_kind_of_gdelt, dgm_kind_of_mentions, dgm_kind_of_icews, dgm_kind_of_polecat,
    dgm_kind_of_petrarch, dgm_kind_of_plover, dgm_kind_of_geojson, dgm_kind_of_statistics,
    dgm_kind_of_pairs;

/* The record's line of JSON Lines, which others keep and read back (record_json.c). */
void dgm_write_jsonl(const dgm_record *record, dgm_buffer *out);

/* Colours of a terminal: of an event by its quad class, of who acts and to whom. */
const char *dgm_quad_colour(uint32_t quad);
#define DGM_COLOUR_ACTOR     "36"
#define DGM_COLOUR_RECIPIENT "35"
/* The story's title, its text where the options want it, and the names of the columns, or that
 * there are no events. */
void dgm_write_story_head(const dgm_output_options *options, const dgm_document *doc,
                          dgm_buffer *out);

void dgm_write_table_header(const dgm_output_options *options, dgm_buffer *out);

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

/* A file for Stata or SPSS. Its rows are kept in a temporary file, since the number of them and the
 * widths of their columns stand before them. */
dgm_status dgm_statistics_put(dgm_statistics *statistics, dgm_view cells, dgm_err *err);
dgm_status dgm_statistics_close(dgm_statistics *statistics, dgm_err *err);

/* 16 hexadecimal digits of the sentence's text; nothing where it is not known. */
void dgm_record_text_hash(const dgm_record *record, dgm_buffer *out);

/* `,"size":{...}` of an event, or nothing. */
void dgm_json_sizes(const dgm_record *r, dgm_buffer *out);

#endif
