/* evaluate.h - how well a parse agrees with gold, as the CoNLL 2018 shared task defines it
 * (Zeman et al. 2018; universaldependencies.org/conll18/evaluation.html), and one measure more: how
 * well the relations that carry events are found.
 *
 * Both documents must have the same characters but for white space. Words are aligned by the
 * characters they cover, inside multiword tokens by the longest common subsequence of forms.
 * "Names", which the shared task has not: persons, organizations and places by dgm_word.entity_tag,
 * right when the characters and the type are. */
#ifndef DGM_SYNTAX_EVALUATE_H
#define DGM_SYNTAX_EVALUATE_H

#include "document/document.h"

/*    identifier   name       has aligned accuracy */
/* clang-format off */
#define DGM_METRIC_MAP(X) \
    X(TOKENS, "Tokens", false) X(SENTENCES, "Sentences", false) X(WORDS, "Words", false) \
    X(UPOS, "UPOS", true) X(XPOS, "XPOS", true) X(UFEATS, "UFeats", true) \
    X(ALLTAGS, "AllTags", true) X(LEMMAS, "Lemmas", true) X(UAS, "UAS", true) \
    X(LAS, "LAS", true) X(CLAS, "CLAS", true) X(MLAS, "MLAS", true) X(BLEX, "BLEX", true) \
    X(EVENTS, "Events", true) X(NAMES, "Names", false)
/* clang-format on */

typedef enum {
#define X(id, name, aligned) DGM_METRIC_##id,
    DGM_METRIC_MAP(X)
#undef X
        DGM_N_METRICS
} dgm_metric;

const char *dgm_metric_name(dgm_metric metric);
bool dgm_metric_has_aligned(dgm_metric metric);

/* Counts, so that documents can be added up. */
typedef struct {
    uint64_t gold, system, correct, aligned;
} dgm_counts;
typedef struct {
    dgm_counts of[DGM_N_METRICS];
} dgm_evaluation;

double dgm_precision(const dgm_counts *c);
double dgm_recall(const dgm_counts *c);
double dgm_f1(const dgm_counts *c);
double dgm_aligned_accuracy(const dgm_counts *c);

/* Adds the counts of one document to *evaluation (zeroed by the caller before the first). Working
 * memory comes from gold's arena. */
dgm_status dgm_evaluate(const dgm_document *gold, const dgm_document *system,
                        dgm_evaluation *evaluation, dgm_err *err) DGM_MUST_USE;

#endif
