/* net_heads.c - what stands on the encoder, forward and backward: tags of words, biaffine arcs
 * (Dozat and Manning 2017), relations; and the loss. */
#include "syntax/train/net_parts.h"

#include "syntax/head_place.h"
#include "syntax/nonlinear.h"

#include <math.h>
#include <string.h>

#define LEAK          0.1f
#define TEACHER_SHARE 0.5f /* of what is to be learned, where the treebank has an answer too */

static const float head_weight[N_HEADS] = { 1.0f, 0.5f, 0.5f, 0.5f, 1.5f };

/* ---- layers -------------------------------------------------------------------------------- */

DGM_WIDE static void leak(float *restrict y, float *restrict slope, const float *restrict mask,
                          size_t n)
{
    for (size_t i = 0; i < n; i++) {
        slope[i] = (y[i] > 0 ? 1.0f : LEAK) * mask[i];
        y[i] *= slope[i];
    }
}

/* n rows of the encoder's output times a matrix, and b if there is one (else -1). */
float *net_linear_forward(net_run *r, int p_w, int p_b, size_t n)
{
    size_t wide = 2 * r->net->config.hidden, dim = r->net->params[p_w].cols;
    float *y = net_take(r->work, n * dim);
    if (p_b >= 0)
        net_fill_rows(y, net_weights(r, (uint32_t)p_b), n, dim);
    net_gemm(false, false, n, dim, wide, r->y[r->net->config.n_layers - 1], wide,
             net_weights(r, (uint32_t)p_w), dim, y, dim);
    return y;
}

/* d [n][dim], gradients of what net_linear_forward() gave; adds to dy [N + 1][2H]. */
static void linear_backward(net_run *r, int p_w, int p_b, size_t n, const float *d, float *dy)
{
    size_t wide = 2 * r->net->config.hidden, dim = r->net->params[p_w].cols;
    net_gemm(true, false, wide, dim, n, r->y[r->net->config.n_layers - 1], wide, d, dim,
             r->work->grad[p_w], dim);
    if (p_b >= 0)
        net_sum_rows(r->work->grad[p_b], d, n, dim);
    net_gemm(false, true, n, wide, dim, d, dim, net_weights(r, (uint32_t)p_w), dim, dy, wide);
}

/* Makes y leaky and drops a share of it; returns the slopes. */
float *net_bend(net_run *r, float *y, size_t size, float share)
{
    float *slope = net_take(r->work, size), *mask = net_draw_mask(r->work, size, share, &r->chance);
    if (!mask) {
        mask = net_take(r->work, size);
        for (size_t i = 0; i < size; i++)
            mask[i] = 1.0f;
    }
    leak(y, slope, mask, size);
    return slope;
}

static void mlp_forward(net_run *r, net_mlp *m, int p_w, int p_b, uint32_t n, float share)
{
    m->p_w = p_w, m->p_b = p_b, m->n = n, m->dim = r->net->params[p_w].cols;
    m->y = net_linear_forward(r, p_w, p_b, n);
    m->slope = net_bend(r, m->y, (size_t)n * m->dim, share);
}

/* dm [n][dim] is used up; adds to dy [N + 1][2H]. */
static void mlp_backward(net_run *r, const net_mlp *m, float *dm, float *dy)
{
    net_multiply_into(dm, m->slope, (size_t)m->n * m->dim);
    linear_backward(r, m->p_w, m->p_b, m->n, dm, dy);
}

DGM_WIDE static float exp_all(const float *restrict x, float *restrict y, size_t n, float max)
{
    for (size_t i = 0; i < n; i++)
        y[i] = dgm_exp(x[i] - max);
    float sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += y[i];
    return sum;
}

/* Cross-entropy of the softmax over x[n] against `gold` (-1: unknown) and what teachers think of it
 * (NULL: nothing); d gets its gradient times `weight`. */
static double cross_entropy(const float *x, float *d, size_t n, int32_t gold, const float *soft,
                            float weight)
{
    if (gold < 0 && !soft)
        return 0;
    float max = x[0];
    for (size_t i = 1; i < n; i++)
        max = DGM_MAX(max, x[i]);
    float sum = exp_all(x, d, n, max);
    for (size_t i = 0; i < n; i++)
        d[i] *= weight / sum;
    float of_soft = !soft ? 0 : gold < 0 ? 1.0f : TEACHER_SHARE, of_gold = 1.0f - of_soft;
    double expected = 0;
    for (size_t i = 0; soft && i < n; i++) {
        d[i] -= weight * of_soft * soft[i];
        expected += (double)(of_soft * soft[i]) * (double)x[i];
    }
    if (gold >= 0) {
        d[gold] -= weight * of_gold;
        expected += (double)of_gold * (double)x[gold];
    }
    return ((double)max - expected + log((double)sum)) * (double)weight;
}

/* ---- tags ---------------------------------------------------------------------------------- */

void net_tags_forward(net_run *r, float share)
{
    const dgm_net_config *c = &r->net->config;
    size_t n = r->batch->n_words, n_out = dgm_net_n_outputs(c);
    mlp_forward(r, &r->tag, P_TAG_W, P_TAG_B, r->batch->n_words, share);
    r->logits = net_take(r->work, n * n_out);
    net_fill_rows(r->logits, net_weights(r, P_OUT_B), n, n_out);
    net_gemm(false, false, n, n_out, c->dim_tag, r->tag.y, c->dim_tag, net_weights(r, P_OUT_W),
             n_out, r->logits, n_out);
}

void net_tags_backward(net_run *r, float *dy)
{
    const dgm_net_config *c = &r->net->config;
    size_t n = r->batch->n_words, n_out = dgm_net_n_outputs(c);
    float *d = net_take(r->work, n * n_out), *dm = net_take(r->work, n * c->dim_tag);
    const dgm_soft *soft = r->batch->soft;
    for (size_t i = 0; i < n; i++) {
        size_t at = i * n_out;
        for (int k = 0; k < N_HEADS; at += c->n_class[k++])
            r->loss +=
                cross_entropy(r->logits + at, d + at, c->n_class[k], r->batch->words[i].label[k],
                              soft ? soft->tags + at : NULL, head_weight[k]);
    }
    if (!r->work->gradients)
        return;
    net_gemm(true, false, c->dim_tag, n_out, n, r->tag.y, c->dim_tag, d, n_out,
             r->work->grad[P_OUT_W], n_out);
    net_sum_rows(r->work->grad[P_OUT_B], d, n, n_out);
    net_gemm(false, true, n, c->dim_tag, n_out, d, n_out, net_weights(r, P_OUT_W), n_out, dm,
             c->dim_tag);
    mlp_backward(r, &r->tag, dm, dy);
}

/* ---- arcs ---------------------------------------------------------------------------------- */

/* Candidate heads of sentence s, root first: rows offset[s] + s .. of `heads`. */
static float *heads_of(const net_run *r, float *heads, uint32_t s)
{
    return heads + ((size_t)r->batch->offset[s] + s) * r->net->config.dim_arc;
}

void net_arcs_forward(net_run *r, float share)
{
    const dgm_batch *b = r->batch;
    size_t n = b->n_words, dim = r->net->config.dim_arc;
    mlp_forward(r, &r->arc_d, P_ARC_D_W, P_ARC_D_B, b->n_words, share);
    mlp_forward(r, &r->arc_h, P_ARC_H_W, P_ARC_H_B, b->n_words + 1, share);
    r->query = net_take(r->work, n * dim);
    net_fill_rows(r->query, net_weights(r, P_ARC_U_B), n, dim);
    net_gemm(false, false, n, dim, dim, r->arc_d.y, dim, net_weights(r, P_ARC_U), dim, r->query,
             dim);
    r->heads = net_take(r->work, (n + b->n_sentences) * dim);
    r->arc_offset = (uint32_t *)net_take(r->work, b->n_sentences + 1);
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        uint32_t m = net_n_words_of(b, s);
        r->arc_offset[s + 1] = r->arc_offset[s] + m * (m + 1);
        memcpy(heads_of(r, r->heads, s), r->arc_h.y + n * dim, dim * sizeof(float));
        memcpy(heads_of(r, r->heads, s) + dim, r->arc_h.y + b->offset[s] * dim,
               m * dim * sizeof(float));
    }
    r->arc = net_take(r->work, r->arc_offset[b->n_sentences]);
    float *place = net_take(r->work, n * DGM_N_PLACES);
    net_gemm(false, true, n, DGM_N_PLACES, dim, r->query, dim, net_weights(r, P_ARC_PLACE), dim,
             place, DGM_N_PLACES);
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        uint32_t m = net_n_words_of(b, s);
        float *arc = r->arc + r->arc_offset[s];
        net_gemm(false, true, m, m + 1, dim, r->query + b->offset[s] * dim, dim,
                 heads_of(r, r->heads, s), dim, arc, m + 1);
        for (uint32_t d = 0; d < m; d++) {
            const float *mine = place + (b->offset[s] + d) * DGM_N_PLACES;
            for (uint32_t h = 0; h <= m; h++)
                arc[d * (m + 1) + h] += mine[dgm_head_place(d + 1, h)];
            arc[d * (m + 1) + d + 1] = -1e4f; /* no word heads itself */
        }
    }
}

void net_arcs_backward(net_run *r, float *dy)
{
    const dgm_batch *b = r->batch;
    size_t n = b->n_words, dim = r->net->config.dim_arc;
    float *d_arc = net_take(r->work, r->arc_offset[b->n_sentences]);
    float *d_query = net_take(r->work, n * dim), *dd = net_take(r->work, n * dim);
    float *d_heads = net_take(r->work, (n + b->n_sentences) * dim),
          *dh = net_take(r->work, (n + 1) * dim);
    float *d_place = net_take(r->work, n * DGM_N_PLACES);
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        uint32_t m = net_n_words_of(b, s), at = r->arc_offset[s];
        for (uint32_t d = 0; d < m; d++) {
            size_t row = at + (size_t)d * (m + 1);
            const dgm_batch_word *w = &b->words[b->offset[s] + d];
            r->loss += cross_entropy(r->arc + row, d_arc + row, m + 1, w->raw ? -1 : w->head,
                                     b->soft ? b->soft->arc + row : NULL, 1.0f);
        }
        if (!r->work->gradients)
            continue;
        for (uint32_t d = 0; d < m; d++)
            for (uint32_t h = 0; h <= m; h++)
                d_place[(b->offset[s] + d) * DGM_N_PLACES + dgm_head_place(d + 1, h)] +=
                    d_arc[at + d * (m + 1) + h];
        float *mine = heads_of(r, d_heads, s);
        net_gemm(false, false, m, dim, m + 1, d_arc + at, m + 1, heads_of(r, r->heads, s), dim,
                 d_query + b->offset[s] * dim, dim);
        net_gemm(true, false, m + 1, dim, m, d_arc + at, m + 1, r->query + b->offset[s] * dim, dim,
                 mine, dim);
        net_add_to(dh + n * dim, mine, dim);
        net_add_to(dh + b->offset[s] * dim, mine + dim, m * dim);
    }
    if (!r->work->gradients)
        return;
    net_gemm(false, false, n, dim, DGM_N_PLACES, d_place, DGM_N_PLACES, net_weights(r, P_ARC_PLACE),
             dim, d_query, dim);
    net_gemm(true, false, DGM_N_PLACES, dim, n, d_place, DGM_N_PLACES, r->query, dim,
             r->work->grad[P_ARC_PLACE], dim);
    net_gemm(true, false, dim, dim, n, r->arc_d.y, dim, d_query, dim, r->work->grad[P_ARC_U], dim);
    net_sum_rows(r->work->grad[P_ARC_U_B], d_query, n, dim);
    net_gemm(false, true, n, dim, dim, d_query, dim, net_weights(r, P_ARC_U), dim, dd, dim);
    mlp_backward(r, &r->arc_d, dd, dy);
    mlp_backward(r, &r->arc_h, dh, dy);
}

/* ---- relations ----------------------------------------------------------------------------- */

static uint32_t head_row(const dgm_batch *b, uint32_t s, uint32_t head)
{
    return head ? b->offset[s] + head - 1 : b->n_words;
}

/* The place of word i in its sentence, from 1. */
static uint32_t place_of(const net_run *r, uint32_t i, uint32_t head)
{
    return dgm_head_place(i - r->batch->offset[r->sentence_of[i]] + 1, head);
}

/* What the hidden layer of word i under `head` adds up to, into out[R]. */
void net_add_relation(const net_run *r, uint32_t i, uint32_t head, float *out)
{
    size_t dim = r->net->config.dim_rel;
    net_add_to(out, r->rel_d + i * dim, dim);
    net_add_to(out, r->rel_h + head_row(r->batch, r->sentence_of[i], head) * dim, dim);
    net_add_to(out, net_weights(r, P_REL_PLACE) + place_of(r, i, head) * dim, dim);
}

float *net_relation_scores(net_run *r, const float *hidden)
{
    size_t n = r->batch->n_words, dim = r->net->config.dim_rel, n_rel = r->net->config.n_rel;
    float *scores = net_take(r->work, n * n_rel);
    net_fill_rows(scores, net_weights(r, P_REL_B), n, n_rel);
    net_gemm(false, false, n, n_rel, dim, hidden, dim, net_weights(r, P_REL_W), n_rel, scores,
             n_rel);
    return scores;
}

static bool has_relation(const dgm_batch_word *w)
{
    return (w->rel >= 0 || w->raw) && w->head >= 0;
}

void net_relations_backward(net_run *r, float share, float *dy)
{
    const dgm_batch *b = r->batch;
    size_t n = b->n_words, n_rel = r->net->config.n_rel, dim = r->net->config.dim_rel;
    float *hidden = net_take(r->work, n * dim), *d = net_take(r->work, n * n_rel);
    float *d_hidden = net_take(r->work, n * dim), *d_head = net_take(r->work, (n + 1) * dim);
    for (uint32_t i = 0; i < n; i++)
        if (has_relation(&b->words[i]))
            net_add_relation(r, i, (uint32_t)b->words[i].head, hidden + i * dim);
    const float *slope = net_bend(r, hidden, n * dim, share);
    const float *scores = net_relation_scores(r, hidden);
    for (uint32_t i = 0; i < n; i++)
        if (has_relation(&b->words[i]))
            r->loss += cross_entropy(scores + i * n_rel, d + i * n_rel, n_rel, b->words[i].rel,
                                     b->soft ? b->soft->rel + i * n_rel : NULL, 1.0f);
    if (!r->work->gradients)
        return;
    net_gemm(true, false, dim, n_rel, n, hidden, dim, d, n_rel, r->work->grad[P_REL_W], n_rel);
    net_sum_rows(r->work->grad[P_REL_B], d, n, n_rel);
    net_gemm(false, true, n, dim, n_rel, d, n_rel, net_weights(r, P_REL_W), n_rel, d_hidden, dim);
    net_multiply_into(d_hidden, slope, n * dim);
    for (uint32_t i = 0; i < n; i++) {
        const dgm_batch_word *w = &b->words[i];
        if (!has_relation(w))
            continue;
        uint32_t head = (uint32_t)w->head;
        net_add_to(d_head + head_row(b, r->sentence_of[i], head) * dim, d_hidden + i * dim, dim);
        net_add_to(r->work->grad[P_REL_PLACE] + place_of(r, i, head) * dim, d_hidden + i * dim,
                   dim);
    }
    linear_backward(r, P_REL_D_W, P_REL_D_B, n, d_hidden, dy);
    linear_backward(r, P_REL_H_W, -1, n + 1, d_head, dy);
}
