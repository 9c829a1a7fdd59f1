/* learn.h - the one small linear learner: answers to yes-or-no questions from named features.
 *
 * A model is a table that everybody can read, one feature a row, `answer=weight` pairs beside it.
 * An answer's score is the sum of its weights over the features that are there, and
 * 1 / (1 + e^-score) is how likely it is "yes". Weights are thousandths and are added as whole
 * numbers, so that a score is the same on every machine.
 *
 * Nothing here knows of news: rooms name the features. A feature is a key of 64 bits made of its
 * name's bytes; names themselves are kept only where somebody wants to read them (training,
 * `explain`). */
#ifndef DGM_LEARN_H
#define DGM_LEARN_H

#include "base/base.h"

/* ---- features ------------------------------------------------------------------------------- */

enum { DGM_MAX_FEATURES = 640, DGM_FEATURE_NAME = 240 /* bytes of a name that count */ };

/* What is seen of one case. Names point into `arena`, where that is set. */
typedef struct {
    uint64_t keys[DGM_MAX_FEATURES];
    uint64_t seen[8]; /* a bit for each key, which several may share */
    dgm_view *names;  /* DGM_MAX_FEATURES of them; NULL: nobody wants to read them */
    dgm_arena *arena;
    uint32_t n;
} dgm_features;

/* Wants names from now on. False: no memory. */
bool dgm_features_name(dgm_features *f, dgm_arena *arena);
static inline void dgm_features_clear(dgm_features *f)
{
    f->n = 0;
    memset(f->seen, 0, sizeof(f->seen));
}
/* Adds the feature "kind part part part"; parts may be empty. A feature that is there already is
 * not added again; past DGM_MAX_FEATURES nothing is. (Inline, so that the length of a literal kind
 * is known when it is compiled.) */
void dgm_feature_of(dgm_features *f, dgm_view kind, dgm_view a, dgm_view b, dgm_view c);
static inline void dgm_feature(dgm_features *f, const char *kind, dgm_view a, dgm_view b,
                               dgm_view c)
{
    dgm_feature_of(f, dgm_view_of(kind), a, b, c);
}
static inline void dgm_feature_1(dgm_features *f, const char *kind, dgm_view a)
{
    dgm_feature(f, kind, a, (dgm_view) { "", 0 }, (dgm_view) { "", 0 });
}
static inline void dgm_feature_2(dgm_features *f, const char *kind, dgm_view a, dgm_view b)
{
    dgm_feature(f, kind, a, b, (dgm_view) { "", 0 });
}

/* ---- a learned model ------------------------------------------------------------------------ */

typedef struct dgm_linear dgm_linear; /* read-only once loaded; any number of threads */

/* Reads `name` in the last folder of the list that has it, and there alone: what was learned is one
 * whole. Its answers must be among `answers`. *out is NULL where there is no such file, and where
 * it holds no weights: they would decide by chance. */
dgm_status dgm_linear_load(const char *dirs, const char *name, const char *const *answers,
                           uint32_t n_answers, dgm_complaints *complaints, dgm_linear **out,
                           dgm_err *err) DGM_MUST_USE;
/* Appends to out, which must be empty, what the build makes of such a table in a folder, so that
 * dgm_linear_load() need not read it (base/compiled.h). */
dgm_status dgm_linear_compile(const char *folder, const char *name, const char *const *answers,
                              uint32_t n_answers, dgm_complaints *complaints, dgm_buffer *out,
                              dgm_err *err) DGM_MUST_USE;
void dgm_linear_free(dgm_linear *model);
/* scores[n_answers], in thousandths. */
void dgm_linear_score(const dgm_linear *model, const dgm_features *f, int32_t *scores);
/* 1 / (1 + e^-score), of a score in thousandths. */
double dgm_likelihood(int32_t score);
/* The features that weigh most for and against an answer, heaviest first: "rule says it +2.10,
 * ...". Needs names. */
dgm_view dgm_linear_reasons(const dgm_linear *model, const dgm_features *f, uint32_t answer,
                            dgm_arena *arena);

/* ---- training ------------------------------------------------------------------------------- */

/* Cases with their right answers. */
typedef struct {
    uint32_t first, n; /* in ids */
    uint32_t right;    /* bit a: answer a is "yes" */
    uint32_t open;     /* bit a: nobody knows; not learned from */
    uint32_t contest;  /* cases that follow each other with the same number are rivals; 0: none */
    float weight;
} dgm_case;

typedef struct {
    dgm_arena *arena;
    dgm_map *index; /* key's bytes -> id */
    DGM_ARRAY(dgm_view) names;
    DGM_ARRAY(uint32_t) counts;
    DGM_ARRAY(uint32_t) ids;
    DGM_ARRAY(dgm_case) cases;
} dgm_cases;

dgm_cases *dgm_cases_new(void); /* NULL: no memory */
void dgm_cases_free(dgm_cases *cases);
/* The features must have names. NULL: no memory. The case is good until the next is added. */
dgm_case *dgm_cases_add(dgm_cases *cases, const dgm_features *f);

typedef struct {
    uint32_t n_answers, n_rounds, rare; /* rare: a feature seen in fewer cases is left out */
    double rate, l1, l2;
    double drop;    /* the share of a case's features that is left out, others in each round */
    double rivalry; /* how much it counts who wins a contest, beside each answer for itself */
    uint32_t n_threads;
} dgm_training;

/* Weights [feature][answer], in the order of cases->names, by FTRL-Proximal (McMahan et al. 2013,
 * "Ad Click Prediction", algorithm 1): logistic loss, sparse by L1, and among rivals the loss of
 * the softmax over them and nobody, whose score is 0. The same cases give the same weights. The
 * caller frees them with free(); NULL: no memory. */
float *dgm_train_linear(const dgm_cases *cases, const dgm_training *how);
double dgm_trained_score(const dgm_cases *cases, const dgm_case *it, const float *weights,
                         uint32_t n_answers, uint32_t answer);
/* Writes the table: `comment` lines first, then features by name, weights below `least` left out.
 */
bool dgm_linear_write(const dgm_cases *cases, const float *weights, const char *const *answers,
                      uint32_t n_answers, double least, const char *comment, FILE *out);

#endif
