/* perceptron.h - a network of one hidden layer beside the linear learner: it sees numbers, such as
 * the vectors of words, where the other sees names, and so knows of words that no case had.
 *
 * A model is a table of whole numbers, thousandths, a row an input ("out ANSWER": an answer), and a
 * score is a sum of whole numbers, the same on every machine. */
#ifndef DGM_PERCEPTRON_H
#define DGM_PERCEPTRON_H

#include "learn/learn.h"

/* An input of 1 is so much; they are clipped at +-127. */
enum { DGM_INPUT_ONE = 48, DGM_MAX_HIDDEN = 128, DGM_MAX_INPUTS = 1024 };
/* No weight is farther from 0, in thousandths: so many inputs cannot overflow. */
enum { DGM_MOST_WEIGHT = 8000 };

/* What the inputs are called, which a model's rows must be, too. Writes the name of input i. */
typedef struct {
    uint32_t n; /* at most DGM_MAX_INPUTS */
    void (*name)(uint32_t i, char out[64]);
} dgm_inputs_named;

typedef struct dgm_perceptron dgm_perceptron; /* read-only once loaded; any number of threads */

/* As dgm_linear_load(). One that lacks an input or an answer is complained about and not used: *out
 * is NULL. */
dgm_status dgm_perceptron_load(const char *dirs, const char *name, const dgm_inputs_named *inputs,
                               const char *const *answers, uint32_t n_answers,
                               dgm_complaints *complaints, dgm_perceptron **out,
                               dgm_err *err) DGM_MUST_USE;
void dgm_perceptron_free(dgm_perceptron *model);
/* inputs[n]; scores[n_answers], in thousandths, as those of dgm_linear_score(). */
void dgm_perceptron_score(const dgm_perceptron *model, const int8_t *inputs, int32_t *scores);

/* ---- training ------------------------------------------------------------------------------- */

/* Cases with their inputs; dgm_case's first and n are not used. */
typedef struct {
    uint32_t n_inputs, n, size;
    int8_t *inputs; /* [n][n_inputs] */
    dgm_case *cases;
} dgm_examples;

bool dgm_examples_add(dgm_examples *examples, const int8_t *inputs, const dgm_case *it);
void dgm_examples_done(dgm_examples *examples);

typedef struct {
    uint32_t n_answers, n_hidden, n_rounds, batch;
    double rate;                     /* of Adam, at its highest */
    double drop_inputs, drop_hidden; /* share that a case does without */
} dgm_perceptron_training;

/* Learns by Adam (Kingma and Ba 2015) with dropout (Srivastava et al. 2014), and writes the table.
 * The same examples give the same bytes. */
dgm_status dgm_perceptron_learn(const dgm_examples *examples, const dgm_perceptron_training *how,
                                const dgm_inputs_named *inputs, const char *const *answers,
                                const char *comment, const char *path, dgm_err *err) DGM_MUST_USE;

#endif
