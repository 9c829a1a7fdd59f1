/* batch.h - sentences of the treebanks as batches of about as many words, with the noise that makes
 * the network ready for headlines and careless typing. */
#ifndef DGM_SYNTAX_TRAIN_BATCH_H
#define DGM_SYNTAX_TRAIN_BATCH_H

#include "syntax/train/labels.h"

typedef struct {
    uint32_t bank, sentence;
} dgm_sentence_ref;

typedef struct {
    dgm_sentence_ref *sentences; /* of all batches */
    uint32_t n_batches, *begin;  /* [n_batches + 1], into sentences */
    uint32_t n_sentences;
} dgm_plan;

/* Batches of at most n_words words (or one sentence) of like length, in random order; state NULL:
 * in order of length. */
dgm_status dgm_plan_make(dgm_treebank *const *banks, size_t n_banks, uint32_t n_words,
                         uint64_t *state, dgm_plan *out) DGM_MUST_USE;
void dgm_plan_done(dgm_plan *plan);

typedef struct {
    float casing, no_stop;            /* shares of sentences */
    float form, affix, ngram, vector; /* shares of words that lose that part of their input */
    float no_treebank;                /* shares of sentences */
} dgm_noise;

/* Every n_shards-th sentence of a batch of the plan from `shard` on, in `arena`. Noise NULL: none.
 */
dgm_status dgm_batch_make(dgm_treebank *const *banks, const dgm_labels *labels,
                          const dgm_plan *plan, uint32_t i_batch, uint32_t shard, uint32_t n_shards,
                          const dgm_noise *noise, uint64_t *state, dgm_arena *arena,
                          dgm_batch *out) DGM_MUST_USE;

#endif
