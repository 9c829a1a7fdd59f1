/* making.h - what is made of coded stories, as options say it: events in a format, attributions,
 * places, times, trees, explanations. */
#ifndef DGM_LIBRARY_MAKING_H
#define DGM_LIBRARY_MAKING_H

#include "library/reading.h"
#include "story/story.h"

#define DGM_ONLY         "only events "
#define DGM_OUTPUT_NAMES "" DGM_OUTPUT_MAP(DGM_NAME_BAR)
/* The rows of dgm_writing_of(). The first name of the list is jsonl. */
#define DGM_OPTIONS_WRITING                                                                        \
    { 'f', "format", &DGM_OUTPUT_NAMES[1], "output format", "jsonl" },                             \
        { 0, "polarity", "auto|any|affirmed|negated", DGM_ONLY "of this polarity", "auto" },       \
        { 0, "status", "auto|any|actual|intended|conditional|requested|possible|hypothetical",     \
          DGM_ONLY "of this status", "auto" },                                                     \
        { 0, "attribution", "auto|any|none|some",                                                  \
          DGM_ONLY "on the report's own word (none), or on someone else's (some)", "auto" },       \
        { 0, "history", "auto|any|no|yes", DGM_ONLY "that are background (yes), or not", "auto" }, \
        { 0, "inferred", "any|no",                                                                 \
          "no: " DGM_ONLY "whose sides are all said in the event's own words", "any" },            \
        { 0, "min-confidence", "P", DGM_ONLY "that are right with this probability, 0 to 1",       \
          "0" },                                                                                   \
    {                                                                                              \
        0, "without-text", NULL,                                                                   \
            "omit sentences, titles and words quoted from them; keep ids, offsets and hashes",     \
            NULL                                                                                   \
    }
/* Further rows of dgm_making_of(): of events, of quotes, of trees. */
#define DGM_OPTION_SHOW                                                                            \
    {                                                                                              \
        0, "show", "titles|text",                                                                  \
            "with -f table: before the rows of a story its title, or its title and its text with " \
            "the words of the events marked",                                                      \
            NULL                                                                                   \
    }
#define DGM_OPTION_QUOTES_FORMAT                                                                   \
    {                                                                                              \
        'f', "format", "jsonl|csv", "output format", "jsonl"                                       \
    }
#define DGM_OPTION_ACTORS                                                                          \
    {                                                                                              \
        'a', "actors", NULL, "write who is mentioned, too", NULL                                   \
    }

/* How events are written. */
typedef struct {
    dgm_output_options options;
    dgm_event_filter filter;
    dgm_codes *codes;
} dgm_writing;
/* From DGM_OPTIONS_WRITING; out stays where it is. */
dgm_status dgm_writing_of(const dgm_options *options, dgm_writing *out, dgm_err *err) DGM_MUST_USE;
/* What else the format needs. End it with dgm_writing_done(). */
dgm_status dgm_writing_load(dgm_writing *writing, const char *tables_dirs,
                            dgm_complaints *complaints, dgm_err *err) DGM_MUST_USE;
void dgm_writing_done(dgm_writing *writing);

/* In the order of the public header's dragoman_product. */
typedef enum {
    DGM_MAKES_EVENTS,
    DGM_MAKES_QUOTES,
    DGM_MAKES_PLACES,
    DGM_MAKES_TIMES,
    DGM_MAKES_TREES,
    DGM_MAKES_STORIES,
    DGM_MAKES_EXPLANATION,
    DGM_N_PRODUCTS
} dgm_making_kind;

/* Stories go in, one product comes out. All zero, it makes events as JSON Lines. */
typedef struct {
    dgm_making_kind product;
    bool with_actors; /* of trees: who is mentioned */
    dgm_writing writing;
    dgm_output *events; /* begun and not ended */
    dgm_put_fn put;
    void *context;
} dgm_making;

/* The rows that say how a product is made from read stories, for dgm_options_init(). */
const dgm_option *dgm_making_rows(dgm_making_kind product, size_t *n);
/* From the rows of the product; out stays where it is. */
dgm_status dgm_making_of(const dgm_options *options, dgm_making_kind product, dgm_making *out,
                         dgm_err *err) DGM_MUST_USE;
bool dgm_making_needs_date(dgm_making_kind product);
/* Only trees are needed: nothing after the parser. */
bool dgm_making_parses_only(const dgm_making *making);

/* Codes doc as far as the product needs, and writes what is made of it. */
dgm_status dgm_making_code(const dgm_making *making, dgm_story *story, dgm_document *doc,
                           dgm_buffer *out, dgm_err *err) DGM_MUST_USE;
/* Writes what is made of a document that is coded. tally NULL: events are not counted. */
void dgm_making_write(const dgm_making *making, const dgm_coder *coder, const dgm_document *doc,
                      dgm_tally *tally, dgm_buffer *out);

/* A file of it: what stands before the first story goes to put, then what dgm_making_put() is
 * given, then what ends it, for which end must be called whatever came before. False of put: a
 * failure. */
dgm_status dgm_making_begin(dgm_making *making, dgm_put_fn put, void *context,
                            dgm_err *err) DGM_MUST_USE;
dgm_status dgm_making_put(dgm_making *making, dgm_view bytes, dgm_err *err) DGM_MUST_USE;
dgm_status dgm_making_end(dgm_making *making, dgm_err *err) DGM_MUST_USE;

#endif
