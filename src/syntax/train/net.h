/* net.h - the network as the trainer sees it: parameters, forward and backward pass.
 *
 * One encoder, many heads. A word's input is three embeddings side by side (frequent form, affixes
 * and shape, character n-grams), a fixed vector from elsewhere, plus a vector for the treebank; two
 * layers of bidirectional LSTM; one hidden layer for all tags; deep biaffine arcs (Dozat and
 * Manning 2017) that know how far the words are apart; relations from one hidden layer over word
 * and head.
 *
 * Arrays are row-major. Shapes: N words of a batch, D input, H one direction of the encoder, T
 * hidden layer of tags, A and R sizes of arc and relation vectors, L relations. */
#ifndef DGM_SYNTAX_TRAIN_NET_H
#define DGM_SYNTAX_TRAIN_NET_H

#include "base/base.h"
#include "syntax/vectors.h"

#define DGM_N_LAYERS_MAX 3

/* The heads that are classifiers over single words, in the order of their logits. */
enum { HEAD_UPOS, HEAD_XPOS, HEAD_FEATS, HEAD_LEMMA, HEAD_ENTITY, N_HEADS };

typedef struct {
    uint32_t n_forms; /* rows of the word table; row 0 is the unknown form */
    uint32_t dim_form, dim_affix, dim_ngram;
    uint32_t hidden, n_layers;
    uint32_t dim_tag, dim_arc, dim_rel;
    uint32_t n_class[N_HEADS], n_rel;
    uint32_t n_treebanks;           /* rows of the treebank table; row 0 is none known */
    uint32_t n_vectors, dim_vector; /* 0: no vectors */
    uint32_t from_zero;             /* rows of affixes and n-grams that no word has stay 0 */
} dgm_net_config;

/* One matrix of weights. */
typedef struct {
    const char *name;
    uint32_t rows, cols;
    bool sparse;  /* an embedding table: few rows have a gradient in one step */
    float *w;     /* weights */
    float *m, *v; /* Adam's moments */
    float *mean;  /* moving average of w: what is saved */
} dgm_param;

enum {
    P_FORM,
    P_AFFIX,
    P_NGRAM,
    P_TREEBANK,
    P_LSTM, /* then for each layer and direction: input, recurrent, bias */
    P_ROOT = P_LSTM + DGM_N_LAYERS_MAX * 2 * 3,
    P_TAG_W,
    P_TAG_B,
    P_OUT_W,
    P_OUT_B,
    P_ARC_D_W,
    P_ARC_D_B,
    P_ARC_H_W,
    P_ARC_H_B,
    P_ARC_U,
    P_ARC_U_B,
    P_ARC_PLACE, /* a row for each place of the head: DGM_N_PLACES */
    P_REL_D_W,
    P_REL_D_B,
    P_REL_H_W,
    P_REL_PLACE, /* likewise */
    P_REL_W,
    P_REL_B,
    N_PARAMS
};

typedef struct {
    dgm_net_config config;
    dgm_param params[N_PARAMS];
    const dgm_vectors *vectors; /* NULL: none */
} dgm_net;

/* NULL: no memory. The vectors are borrowed; config has their size. */
dgm_net *dgm_net_new(const dgm_net_config *config, const dgm_vectors *vectors, uint64_t seed);
void dgm_net_free(dgm_net *net);
uint32_t dgm_net_input_dim(const dgm_net_config *config);
uint32_t dgm_net_n_outputs(const dgm_net_config *config);

/* One word of a batch. Labels are -1 where the treebank has none. */
typedef struct {
    uint32_t form;   /* row of the word table */
    uint32_t vector; /* row of the vectors or DGM_NONE */
    dgm_word_features features;
    bool drop_affix, drop_ngram;
    int32_t label[N_HEADS];
    int32_t head, rel; /* head: 0 is the root */
    bool raw;          /* head and rel are a guess: where teachers are asked for the relation */
} dgm_batch_word;

/* What teachers think of a batch, as probabilities. */
typedef struct {
    float *tags; /* [N][dgm_net_n_outputs] */
    float *arc;  /* like the arcs of dgm_net_result */
    float *rel;  /* [N][L], under the treebank's heads */
} dgm_soft;

typedef struct {
    uint32_t n_words, n_sentences;
    dgm_batch_word *words;
    uint32_t *offset;     /* [n_sentences + 1], into words; longest sentence first */
    uint8_t *treebank;    /* [n_sentences] */
    const dgm_soft *soft; /* NULL: the treebank alone is learned */
} dgm_batch;

/* Shares of a component that training sets to zero. All 0: none, as when parsing. */
typedef struct {
    float input, layer, recurrent, mlp;
} dgm_dropout;

/* Space of one thread: values of one batch and gradients. */
typedef struct dgm_work dgm_work;
dgm_work *dgm_work_new(const dgm_net *net, bool gradients);
void dgm_work_free(dgm_work *work);
float *dgm_work_grad(dgm_work *work, uint32_t param);      /* as large as the parameter */
uint8_t *dgm_work_touched(dgm_work *work, uint32_t param); /* rows of a sparse one; NULL: dense */
void dgm_work_zero_grads(dgm_work *work, const dgm_net *net);

/* What a pass computes, valid until the next one with the same space. */
typedef struct {
    double loss;         /* sum over words and heads */
    const float *logits; /* [N][dgm_net_n_outputs] */
    /* scores of sentence s: arc[arc_offset[s] + d * (n + 1) + h] for word d (0-based) and head h */
    const float *arc;
    const uint32_t *arc_offset;
    const float *rel_d, *rel_h; /* what the hidden layer of relations adds up: [N][R], and
                                   [N + 1][R] with the root last */
} dgm_net_result;

/* Forward; with `train` also the loss and, with space for gradients, the backward pass, which adds
 * to the gradients. `seed` draws the dropout. use_mean: with the averaged weights. */
void dgm_net_run(const dgm_net *net, dgm_work *work, const dgm_batch *batch,
                 const dgm_dropout *dropout, bool train, bool use_mean, uint64_t seed,
                 dgm_net_result *out);
/* Scores of the relations of each word [N][L] given heads (0 root), valid like the result. */
const float *dgm_net_relation_scores(const dgm_net *net, dgm_work *work, const dgm_batch *batch,
                                     bool use_mean, const dgm_net_result *result,
                                     const uint32_t *head);
/* Best relation for each word given heads (0 root), into rel[N]. */
void dgm_net_relations(const dgm_net *net, dgm_work *work, const dgm_batch *batch, bool use_mean,
                       const dgm_net_result *result, const uint32_t *head, int32_t *rel);

/* xorshift64*, the trainer's only source of chance. */
static inline uint64_t dgm_random(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * UINT64_C(2685821657736338717);
}
static inline float dgm_random_unit(uint64_t *state)
{
    return (float)(dgm_random(state) >> 40) * (1.0f / 16777216.0f);
}

#endif
