/* marks.h - what people say of events in a store, the samples that they are asked about, and how
 * often the coder is right by what they said. */
#ifndef DGM_MARKS_H
#define DGM_MARKS_H

#include "store/store.h"

/* ---- how an event is coded ------------------------------------------------------------------ */

enum { DGM_MOST_CODES = 16, DGM_CODE_SIZE = 12 };

/* What a mark judges. Codes are sorted, each once. */
typedef struct {
    char type[DGM_TYPE_NAME];
    char codes[2][DGM_MOST_CODES][DGM_CODE_SIZE]; /* actors, recipients */
    uint32_t n[2];
    dgm_polarity polarity;
    dgm_factual_status status;
} dgm_coding;

void dgm_coding_of(const dgm_record *record, dgm_coding *out);
/* "ASSAULT TURGOV,TURMIL > ARM negated intended"; "PROTEST ARM", "PROTEST ARM > -" and
 * "KILL - > ARM" have an empty side. DGM_EUSAGE: it is none, and err says why. types: NULL where
 * any name will do. */
dgm_status dgm_coding_parse(const dgm_types *types, dgm_view text, dgm_coding *out,
                            dgm_err *err) DGM_MUST_USE;
/* The one way in which a coding is written; what it wrote can be parsed and compared. */
void dgm_coding_write(const dgm_coding *coding, dgm_buffer *out);

/* ---- marks ---------------------------------------------------------------------------------- */

typedef enum { DGM_MARK_RIGHT, DGM_MARK_WRONG, DGM_MARK_OTHER } dgm_mark_verdict;
const char *dgm_mark_verdict_name(dgm_mark_verdict verdict); /* "right", "wrong", "other" */

typedef struct {
    dgm_mark_verdict verdict;
    const dgm_coding *answer; /* of DGM_MARK_OTHER: how it is coded rightly */
    dgm_view note, by;        /* may be empty */
} dgm_judgement;

/* Marks the events of that id, which are several where the store has the same text twice; an
 * earlier mark is replaced. In a transaction of its own. *n: how many were marked. */
dgm_status dgm_store_mark(dgm_store *store, dgm_view event_id, const dgm_judgement *judgement,
                          uint32_t *n, dgm_err *err) DGM_MUST_USE;

/* A mark with the event that it is about now. Bytes are those of the story's text. */
typedef struct {
    int64_t story;
    dgm_view event_id; /* as it was marked */
    dgm_view coding;   /* as it was judged */
    dgm_mark_verdict verdict;
    dgm_view answer, note, by, marked; /* may be empty; `marked` is when */
    dgm_view trigger, text;            /* words of the event, and its sentence */
    uint32_t begin_byte, end_byte;
    dgm_view story_id, story_date;
    bool is_there; /* the store has an event that is coded as it was judged, or as was answered */
    bool is_right; /* of that event */
    dgm_view now;  /* its event_id; empty: there is none */
    dgm_view type; /* its type */
} dgm_mark;
typedef DGM_ARRAY(dgm_mark) dgm_marks;

/* All marks by story and place in it. An event is the same when it has the same id, or its trigger
 * the same place, and is coded in the same way. Everything lives in arena. */
dgm_status dgm_store_marks(dgm_store *store, dgm_arena *arena, dgm_marks *out,
                           dgm_err *err) DGM_MUST_USE;
/* The story's text; empty where the store has none. Valid until `arena` ends. */
dgm_status dgm_store_story_text(dgm_store *store, int64_t story, dgm_arena *arena, dgm_view *text,
                                dgm_err *err) DGM_MUST_USE;

/* ---- events that count as one and are not --------------------------------------------------- */

/* Each of these events counts by itself from now on, or all of them as one event (together), also
 * when their stories are coded again; undo: as what they are coded as. */
typedef struct {
    const dgm_view *event_ids;
    uint32_t n;
    bool together, undo;
    dgm_view by; /* may be empty */
} dgm_split;
/* In a transaction of its own. DGM_EUSAGE: the store has no such event, or it was not split;
 * nothing is done. */
dgm_status dgm_store_split(dgm_store *store, const dgm_split *split, dgm_err *err) DGM_MUST_USE;
extern const char *const dgm_split_columns[];
extern const uint32_t dgm_n_split_columns;
dgm_status dgm_store_splits(dgm_store *store, dgm_row_out_fn fn, void *context,
                            dgm_err *err) DGM_MUST_USE;

/* ---- samples -------------------------------------------------------------------------------- */

#define DGM_OTHERS "(others)" /* the stratum of all small groups */
/* Draws n events that pass the filter: the strata are the groups of `by` (type, quad, source or
 * nothing), of which the smallest are one where there are more than n / 2 of them; each gives as
 * many events as any other, if it has them. An event's place in the order of its stratum follows
 * from the seed and its id alone, so that the same store, seed and filter give the same sample.
 * It is kept, and replaces one that was drawn in the same way (by, filter, seed). `asked` is the
 * filter in words. */
dgm_status dgm_store_sample(dgm_store *store, const dgm_filter *filter, dgm_view asked, dgm_by by,
                            uint32_t n, int64_t seed, int64_t *sample, dgm_err *err) DGM_MUST_USE;
/* Events of a sample in its order: dgm_sample_columns. weight: how many events of the store each
 * stands for. sample 0: the one drawn last. unmarked: only those without a mark. */
extern const char *const dgm_sample_columns[];
extern const uint32_t dgm_n_sample_columns;
dgm_status dgm_store_sampled(dgm_store *store, int64_t sample, bool unmarked, dgm_row_out_fn fn,
                             void *context, dgm_err *err) DGM_MUST_USE;
/* As many to each stratum as to any other, at most its size; sum <= n. Inside store. */
void dgm_allot(const uint64_t *sizes, uint32_t n_strata, uint64_t n, uint64_t *out);

/* ---- how often it is right ------------------------------------------------------------------ */

/* Wilson's interval of 95 % for a share p of n (which need not be whole). n 0: 0 to 1. */
void dgm_wilson(double p, double n, double *low, double *high);

typedef struct {
    char type[DGM_TYPE_NAME]; /* "": all */
    uint64_t n, n_right;
    double precision, low, high; /* weighted; NAN where n is 0 */
} dgm_precision;

/* From the marks on events of samples drawn as the last one was. Where no sampled event is marked,
 * from all marks, and `by_hand` says so: those were chosen, and their share is no estimate. */
typedef struct {
    dgm_precision of[DGM_MAX_TYPES]; /* the last is all */
    uint32_t n_of;
    bool by_hand;
    char drawn_by[16], filter[400];
    uint64_t n_samples, n_drawn, n_marked, population;
    double covered;    /* share of the population in strata with marks */
    uint64_t n_beside; /* marks on events that no such sample has: not counted */
    uint64_t n_gone;   /* marks whose event is no more */
} dgm_precisions;
dgm_status dgm_store_precision(dgm_store *store, dgm_precisions *out, dgm_err *err) DGM_MUST_USE;

#endif
