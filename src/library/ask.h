/* ask.h - what a store is asked: questions by the names of commands, with their options. */
#ifndef DGM_LIBRARY_ASK_H
#define DGM_LIBRARY_ASK_H

#include "library/answer.h"
#include "library/filters.h"
#include "library/making.h"

/*    question      its name */
/* clang-format off */
#define DGM_ASK_MAP(X) \
    X(QUERY, "query") X(EXPORT, "export") X(STATS, "stats") X(CLAIMS, "claims") \
    X(COMMITMENTS, "commitments") X(SAMPLE, "sample")
/* clang-format on */
typedef enum {
#define X(id, name) DGM_ASK_##id,
    DGM_ASK_MAP(X)
#undef X
        DGM_N_ASKS
} dgm_ask_kind;
dgm_status dgm_ask_kind_of(const char *name, dgm_ask_kind *out, dgm_err *err) DGM_MUST_USE;

/* ---- rows of options, beside DGM_OPTION_ANSWER ---------------------------------------------- */

#define DGM_ASK_GROUPS "nothing, day, week, month, year, type, quad, dyad, country, source"
/* clang-format off */
#define DGM_OPTIONS_QUERY \
    { 0, "by", "GROUP[,PERIOD]", \
      "count, instead of listing events, by one of " DGM_ASK_GROUPS ", or by one of them and a period" \
      " (dyad,month)", NULL }, \
    { 0, "fill", NULL, "add rows of zeros for periods in which a group has no events", NULL }, \
    { 0, "per-stories", NULL, "add the number of stories of the period, and n per 1,000 of them", NULL }, \
    { 0, "per", "report|story|event", \
      "unit of counting: reports, distinct stories, or distinct events", "report" }, \
    { 'n', "limit", "N", "at most N rows, the latest or largest first; 0: all", "100" }
#define DGM_OPTION_MARKS \
    { 0, "marks", NULL, "instead: how often events are right, by the marks of `correct`", NULL }
#define DGM_OPTION_DAYS \
    { 0, "days", "N", "how many days apart two reports may tell of one event", "7" }
#define DGM_OPTION_STATE \
    { 0, "state", "open|triggered|fulfilled|broken|lapsed", "only these", NULL }
#define DGM_OPTIONS_SAMPLE \
    { 'n', "n", "N", "how many events", "200" }, \
    { 0, "by", "type|quad|source|nothing", "draw as many from each group as from any other", "type" }, \
    { 0, "seed", "N", "another number draws another sample", "1" }
/* clang-format on */
/* All rows of a question, for dgm_options_init(). */
const dgm_option *dgm_ask_rows(dgm_ask_kind kind, size_t *n);

/* ---- questions ------------------------------------------------------------------------------ */

/* Strings are those of the options. */
typedef struct {
    dgm_ask_kind kind;
    const dgm_options *options;
    dgm_filter filter;
    dgm_answer_form form;
    dgm_series series;
    bool counts, has_group; /* of a query; it counts by a group */
    bool summed;            /* by one thing, as the store may have it summed up */
    bool of_marks;          /* of stats */
    uint32_t days;          /* of claims */
    const char *state;      /* of commitments */
    dgm_by by;              /* of a sample */
    uint32_t n;
    int64_t seed;
    dgm_writing writing; /* of an export */
    dgm_tally tally;     /* of what was exported */
} dgm_ask;

/* DGM_EUSAGE: some option is wrong. out and options stay where they are; end it with
 * dgm_ask_done(). */
dgm_status dgm_ask_of(dgm_ask_kind kind, const dgm_options *options, dgm_ask *out,
                      dgm_err *err) DGM_MUST_USE;
void dgm_ask_done(dgm_ask *ask);
/* notes: what is worth knowing about the answer. A reply that is cut is no failure. */
dgm_status dgm_ask_answer(dgm_ask *ask, dgm_store *store, dgm_complaints *notes, dgm_reply *reply,
                          dgm_err *err) DGM_MUST_USE;

/* How often marked events are right, as a JSON object; nothing where none is marked. */
dgm_status dgm_ask_marks_json(dgm_store *store, dgm_buffer *out, dgm_err *err) DGM_MUST_USE;

#endif
