/* net_parts.h - what the files of the network share; nobody else includes it.
 *
 *   net_params.c   the matrices
 *   net_work.c     a thread's space: gradients and the tape
 *   net_sums.c     arithmetic over rows
 *   net_encoder.c  embeddings and LSTM, forward and backward
 *   net_heads.c    tags, arcs and relations, forward and backward
 *   net.c          one pass over a batch
 *
 * Words lie sentence after sentence ("flat"). The LSTM goes through them in "packed" order: all
 * first words of the sentences, then all second words, and so on, longest sentence first, so that
 * each time step is one matrix product over a run of rows. The backward direction uses the same
 * code with another table of rows. */
#ifndef DGM_SYNTAX_TRAIN_NET_PARTS_H
#define DGM_SYNTAX_TRAIN_NET_PARTS_H

#include "syntax/train/net.h"

/* ---- space ---------------------------------------------------------------------------------- */

#define NET_MAX_BLOCKS 64

struct dgm_work {
    float *block[NET_MAX_BLOCKS];
    size_t cap[NET_MAX_BLOCKS], used;
    uint32_t i_block, n_blocks;
    float *grad[N_PARAMS];
    uint8_t *touched[N_PARAMS];
    bool gradients;
};

/* n zeroed floats that live until the next batch. The trainer gives up when memory ends. */
float *net_take(dgm_work *work, size_t n);
void net_rewind(dgm_work *work); /* the next batch begins: all that was taken is free again */

/* ---- arithmetic ---------------------------------------------------------------------------- */

/* C[m][n] += A[m][k] B[k][n]; `ta`, `tb`: that factor is stored transposed. */
void net_gemm(bool ta, bool tb, size_t m, size_t n, size_t k, const float *a, size_t lda,
              const float *b, size_t ldb, float *c, size_t ldc);
void net_add_to(float *to, const float *from, size_t n);
void net_multiply_into(float *to, const float *by, size_t n);
void net_add_scaled(float *to, const float *from, float scale, size_t n);
/* The same row n_rows times; the sum of n_rows rows, added to `to`. */
void net_fill_rows(float *to, const float *row, size_t n_rows, size_t cols);
void net_sum_rows(float *to, const float *rows, size_t n_rows, size_t cols);
/* Zeros with probability `share`, else what keeps the mean. NULL: no dropout. */
float *net_draw_mask(dgm_work *work, size_t n, float share, uint64_t *state);

/* ---- one run over a batch ------------------------------------------------------------------ */

typedef struct { /* one direction of one layer */
    const float *w_x, *w_h, *b;
    const uint32_t *row;   /* packed row -> flat row */
    float *x;              /* [N][D] packed */
    float *gates;          /* [N][4H] after their nonlinearities: i f o g */
    float *c, *tanh_c, *h; /* [N][H] */
    float *h_before;       /* [N][H] masked state that came in */
} net_direction;

typedef struct { /* x W + b, leaky, dropped */
    int p_w, p_b;
    uint32_t n, dim;
    float *y, *slope; /* slope: derivative times dropout */
} net_mlp;

typedef struct {
    const dgm_net *net;
    dgm_work *work;
    const dgm_batch *batch;
    bool use_mean;
    uint64_t chance;
    uint32_t n_steps, *step;        /* packed rows of step t: step[t] .. step[t + 1] - 1 */
    uint32_t *row[2], *sentence_of; /* flat word -> sentence */
    float *input;                   /* [N][D] dropped */
    float *mask_group, *mask_input, *mask_layer[DGM_N_LAYERS_MAX], *mask_recurrent[6];
    net_direction dir[DGM_N_LAYERS_MAX][2];
    float *y[DGM_N_LAYERS_MAX]; /* [N + 1][2H] dropped; the last layer's row N is the root */
    net_mlp tag, arc_d, arc_h;
    float *logits, *query, *heads, *arc, *rel_d, *rel_h;
    uint32_t *arc_offset;
    double loss;
} net_run;

static inline const float *net_weights(const net_run *r, uint32_t param)
{
    const dgm_param *p = &r->net->params[param];
    return r->use_mean ? p->mean : p->w;
}
static inline uint32_t net_n_words_of(const dgm_batch *b, uint32_t s)
{
    return b->offset[s + 1] - b->offset[s];
}

/* Fills `input`, then `y`; the backward pass takes the gradient of the last y [N + 1][2H] and uses
 * it up. */
void net_embed(net_run *r, float share);
void net_encode(net_run *r, const dgm_dropout *dropout);
void net_encode_backward(net_run *r, float *dy);

/* Fill logits, and arcs; the backward passes add to the loss and to dy. Relations are computed
 * under the treebank's heads, so they have no forward pass of their own. */
void net_tags_forward(net_run *r, float share);
void net_tags_backward(net_run *r, float *dy);
void net_arcs_forward(net_run *r, float share);
void net_arcs_backward(net_run *r, float *dy);
void net_relations_backward(net_run *r, float share, float *dy);

/* n rows of the encoder's output times a matrix, and b if there is one (else -1). */
float *net_linear_forward(net_run *r, int p_w, int p_b, size_t n);
/* What the hidden layer of word i under `head` adds up to, into out[R]. */
void net_add_relation(const net_run *r, uint32_t i, uint32_t head, float *out);
/* Makes y leaky and drops a share of it; returns the slopes. */
float *net_bend(net_run *r, float *y, size_t size, float share);
float *net_relation_scores(net_run *r, const float *hidden); /* [N][L] */

#endif
