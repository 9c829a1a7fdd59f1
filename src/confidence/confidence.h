/* confidence.h - how likely an event's type and countries are right: a logistic model over a few
 * signs, kept as a table that everybody can read, model/confidence.tsv of the tables. */
#ifndef DGM_CONFIDENCE_H
#define DGM_CONFIDENCE_H

#include "document/types.h"

typedef struct dgm_confidence dgm_confidence;

/* *out is NULL where the tables have no such file: events have no confidence then. */
dgm_status dgm_confidence_load(const char *tables_dir, dgm_complaints *complaints,
                               dgm_confidence **out, dgm_err *err) DGM_MUST_USE;
void dgm_confidence_free(dgm_confidence *confidence);
/* Sets `confidence` of all events, and notes why where doc->explain. */
void dgm_confidence_set(const dgm_confidence *confidence, dgm_document *doc);

/* ---- what speaks for or against an event ---------------------------------------------------- */

enum { DGM_MAX_SIGNS = 32, DGM_SIGN_LENGTH = 40 };
typedef struct {
    char at[DGM_MAX_SIGNS][DGM_SIGN_LENGTH]; /* "type ASSAULT", "recipient: none" */
    uint32_t n;
} dgm_signs;
/* The first is always "base". */
void dgm_signs_of(const dgm_document *doc, const dgm_event *event, dgm_signs *out);

/* ---- training ------------------------------------------------------------------------------- */

typedef struct {
    dgm_signs signs;
    bool right;
    double given;   /* the confidence that it has now; NAN: none */
    uint32_t story; /* for leaving some out */
} dgm_verdict;
typedef DGM_ARRAY(dgm_verdict) dgm_verdicts;

/* Adds a verdict for each event of doc by the gold in the JSON text `gold` (the form of
 * bench/stories; empty: no event is right). What only spells out a promise or demand that was found
 * is left out. */
dgm_status dgm_confidence_judge(dgm_document *doc, dgm_view gold, const char *file, uint32_t story,
                                dgm_arena *arena, dgm_verdicts *out, dgm_err *err) DGM_MUST_USE;

/* How well probabilities tell what is right. */
enum { DGM_N_BINS = 5 };
typedef struct {
    uint32_t n, n_right;
    double brier, base_brier; /* the latter: of always saying the share that is right */
    struct {
        uint32_t n, n_right;
        double sum;
    } bins[DGM_N_BINS];
} dgm_reliability;
void dgm_reliability_add(dgm_reliability *r, double probability, bool right);
void dgm_reliability_print(const dgm_reliability *r, const char *title, FILE *out);

/* Learns weights from `verdicts` and writes the table to `out`; *left_out gets the reliability on
 * each tenth of the stories of weights learned from the others. The same verdicts give the same
 * table. */
dgm_status dgm_confidence_train(const dgm_verdicts *verdicts, FILE *out, dgm_reliability *left_out,
                                dgm_err *err) DGM_MUST_USE;

#endif
