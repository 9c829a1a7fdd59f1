/* output.h - events -> bytes. Writers append to a buffer, so that threads can write side by side
 * and the program joins them in order. */
#ifndef DGM_OUTPUT_H
#define DGM_OUTPUT_H

#include "output/codes.h"
#include "output/record.h"

/*    format     name */
/* clang-format off */
#define DGM_OUTPUT_MAP(X) \
    X(JSONL, "jsonl") X(CSV, "csv") X(TABLE, "table") X(GDELT, "gdelt") \
    X(MENTIONS, "gdelt-mentions") X(ICEWS, "icews") X(POLECAT, "polecat") \
    X(PETRARCH, "petrarch") X(PLOVER, "plover") X(GEOJSON, "geojson") X(STATA, "stata") \
    X(SPSS, "spss") X(PAIRS, "dyadic")
/* clang-format on */

typedef enum {
#define X(id, name) DGM_OUTPUT_##id,
    DGM_OUTPUT_MAP(X)
#undef X
        DGM_N_OUTPUTS
} dgm_output_format;
bool dgm_output_format_of(dgm_view name, dgm_output_format *out);
/* Whether it is a data set of pairs that has no columns for polarity, status and voice, so that by
 * default it holds only what plainly happened. */
bool dgm_output_is_dyadic(dgm_output_format format);
/* Whether it writes what other data sets call states: dgm_output_options.codes is wanted. */
bool dgm_output_needs_codes(dgm_output_format format);

/* Which events are written. Auto is everything, or in dyadic formats what is
 * affirmed, actual, on the report's own word and not historical. */
enum { DGM_FILTER_ANY = -2, DGM_FILTER_AUTO = -1 };
typedef struct {
    int polarity, status;       /* of document.h, or one of the two */
    int attributed, historical; /* 0, 1 */
    bool stated_only;           /* only events whose sides are said in their own clause */
    double least_confidence;    /* 0: whatever it is */
} dgm_event_filter;
#define DGM_FILTER_DEFAULT                                                                         \
    ((dgm_event_filter) { .polarity = DGM_FILTER_AUTO,                                             \
                          .status = DGM_FILTER_AUTO,                                               \
                          .attributed = DGM_FILTER_AUTO,                                           \
                          .historical = DGM_FILTER_AUTO })
/* From the words of the options: "auto", "any", "affirmed", ... */
bool dgm_event_filter_of(const char *polarity, const char *status, const char *attribution,
                         const char *history, dgm_event_filter *out);

/*    why an event is not written   key               for a person */
/* clang-format off */
#define DGM_LEFT_OUT_MAP(X) \
    X(POLARITY, "polarity", "by --polarity") X(STATUS, "status", "by --status") \
    X(ATTRIBUTION, "attribution", "by --attribution") X(HISTORY, "history", "by --history") \
    X(INFERRED, "inferred", "by --inferred") X(CONFIDENCE, "confidence", "by --min-confidence") \
    X(NO_CAMEO, "no_cameo_code", "without a CAMEO code") \
    X(NO_SIDE, "no_coded_side", "without a side that has a code") \
    X(ONE_SIDE, "one_coded_side", "with only one side that has a code")
/* clang-format on */
typedef enum {
#define X(id, key, words) DGM_LEFT_##id,
    DGM_LEFT_OUT_MAP(X)
#undef X
        DGM_N_LEFT
} dgm_left;
const char *dgm_left_key(dgm_left why);
const char *dgm_left_words(dgm_left why);

/* DGM_N_LEFT: it passes. What several filters stop is the first one's. */
dgm_left dgm_event_filter_stops(const dgm_event_filter *filter, bool dyadic,
                                const dgm_record *record);

/* What became of the events that a writer was given. Not for several threads at once. */
typedef struct {
    uint64_t n_events, n_written, n_rows; /* a row each, or several in formats of pairs */
    uint64_t left[DGM_N_LEFT];
} dgm_tally;
void dgm_tally_add(dgm_tally *sum, const dgm_tally *part);

/* What stands before the rows of a story: nothing, its title, its title and text. */
typedef enum { DGM_SHOW_NOTHING, DGM_SHOW_TITLES, DGM_SHOW_TEXT } dgm_show;

typedef struct {
    dgm_output_format format;
    bool colour;                    /* table only */
    uint32_t width;                 /* columns of the terminal, 0: 100; table only */
    dgm_show show;                  /* of the stories; table and dgm_write_events() only */
    const dgm_event_filter *filter; /* NULL: the default */
    const dgm_codes *codes; /* what other data sets call states; NULL: such columns are empty */
    bool without_text;      /* leave out sentences, titles and words quoted from them */
    dgm_tally *tally;       /* counts there; NULL: does not */
} dgm_output_options;

/* A file of events, written piece by piece: open writes the header, put takes what
 * dgm_write_record() or dgm_write_events() gave, in any portions of whole records, close the footer
 * and what else the format needs. Close ends the file (NULL is allowed), whatever it returns. */
typedef struct dgm_output dgm_output;
/* Takes bytes; false: they could not be written, and errno says why. */
typedef bool (*dgm_put_fn)(void *context, dgm_view bytes);
bool dgm_put_in_file(void *file, dgm_view bytes); /* a FILE */
dgm_status dgm_output_open(const dgm_output_options *options, dgm_put_fn put, void *context,
                           dgm_output **out, dgm_err *err) DGM_MUST_USE;
dgm_status dgm_output_put(dgm_output *output, dgm_view bytes, dgm_err *err) DGM_MUST_USE;
dgm_status dgm_output_close(dgm_output *output, dgm_err *err) DGM_MUST_USE;

/* The story as it was read, one line of JSON, which the reader of JSON Lines takes back. */
void dgm_write_story(const dgm_document *doc, dgm_buffer *out);
/* All places, all time expressions of a coded document, one line of JSON. */
void dgm_write_places(const dgm_document *doc, dgm_buffer *out);
void dgm_write_times(const dgm_document *doc, dgm_buffer *out);
/* A file of events: its header, any number of events, its footer. */
void dgm_write_header(const dgm_output_options *options, dgm_buffer *out);
void dgm_write_record(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out);
/* All events of doc that are written. events: for the names of contexts; may be NULL. */
void dgm_write_events(const dgm_output_options *options, const dgm_events *events,
                      const dgm_document *doc, dgm_buffer *out);
/* Attributions, whether they hold events or not; JSON Lines or CSV. */
void dgm_write_quotes_header(const dgm_output_options *options, dgm_buffer *out);
void dgm_write_quotes(const dgm_output_options *options, const dgm_document *doc, dgm_buffer *out);
void dgm_write_conllu(const dgm_document *doc, dgm_buffer *out);
void dgm_write_explanation(const dgm_document *doc, bool colour, dgm_buffer *out);

#endif
