/* net_encoder.c - from words to the encoder's output: embeddings, then layers of bidirectional
 * LSTM, forward and backward. */
#include "syntax/train/net_parts.h"

#include "syntax/nonlinear.h"

#include <string.h>

/* ---- embeddings ---------------------------------------------------------------------------- */

static void net_mask_by_sentence(const net_run *r, float *rows, const float *mask, size_t cols)
{
    for (uint32_t i = 0; mask && i < r->batch->n_words; i++)
        net_multiply_into(rows + i * cols, mask + r->sentence_of[i] * cols, cols);
}

void net_embed(net_run *r, float share)
{
    const dgm_net_config *c = &r->net->config;
    const dgm_batch *b = r->batch;
    uint32_t dim = dgm_net_input_dim(c);
    const float *form = net_weights(r, P_FORM), *affix = net_weights(r, P_AFFIX);
    const float *ngram = net_weights(r, P_NGRAM), *treebank = net_weights(r, P_TREEBANK);
    r->input = net_take(r->work, (size_t)b->n_words * dim);
    for (uint32_t i = 0; i < b->n_words; i++) {
        const dgm_batch_word *w = &b->words[i];
        float *x = r->input + (size_t)i * dim;
        net_add_to(x, form + (size_t)w->form * c->dim_form, c->dim_form);
        float *y = x + c->dim_form;
        for (uint32_t k = 0; k < w->features.n_affixes && !w->drop_affix; k++)
            net_add_to(y, affix + (size_t)w->features.affix[k] * c->dim_affix, c->dim_affix);
        y += c->dim_affix;
        for (uint32_t k = 0; k < w->features.n_ngrams && !w->drop_ngram; k++)
            net_add_scaled(y, ngram + (size_t)w->features.ngram[k] * c->dim_ngram,
                           1.0f / (float)w->features.n_ngrams, c->dim_ngram);
        if (w->vector != DGM_NONE)
            dgm_table_add(&r->net->vectors->rows, w->vector, 1.0f, y + c->dim_ngram);
        net_add_to(x, treebank + (size_t)b->treebank[r->sentence_of[i]] * dim, dim);
    }
    r->mask_input = net_draw_mask(r->work, (size_t)b->n_sentences * dim, share, &r->chance);
    net_mask_by_sentence(r, r->input, r->mask_input, dim);
}

static void embed_backward(net_run *r, float *dx)
{
    const dgm_net_config *c = &r->net->config;
    const dgm_batch *b = r->batch;
    uint32_t dim = dgm_net_input_dim(c);
    dgm_work *work = r->work;
    net_mask_by_sentence(r, dx, r->mask_input, dim);
    for (uint32_t i = 0; i < b->n_words; i++) {
        const dgm_batch_word *w = &b->words[i];
        const float *g = dx + (size_t)i * dim;
        net_add_to(work->grad[P_TREEBANK] + (size_t)b->treebank[r->sentence_of[i]] * dim, g, dim);
        work->touched[P_FORM][w->form] = 1;
        net_add_to(work->grad[P_FORM] + (size_t)w->form * c->dim_form, g, c->dim_form);
        g += c->dim_form;
        for (uint32_t k = 0; k < w->features.n_affixes && !w->drop_affix; k++) {
            work->touched[P_AFFIX][w->features.affix[k]] = 1;
            net_add_to(work->grad[P_AFFIX] + (size_t)w->features.affix[k] * c->dim_affix, g,
                       c->dim_affix);
        }
        g += c->dim_affix;
        for (uint32_t k = 0; k < w->features.n_ngrams && !w->drop_ngram; k++) {
            work->touched[P_NGRAM][w->features.ngram[k]] = 1;
            net_add_scaled(work->grad[P_NGRAM] + (size_t)w->features.ngram[k] * c->dim_ngram, g,
                           1.0f / (float)w->features.n_ngrams, c->dim_ngram);
        }
    }
}

/* ---- LSTM ----------------------------------------------------------------------------------- */

DGM_WIDE static void cell_forward(float *restrict gates, const float *restrict c_before,
                                  float *restrict c, float *restrict tanh_c, float *restrict h,
                                  size_t n)
{
    for (size_t j = 0; j < n; j++) {
        float i = dgm_sigmoid(gates[j]), f = dgm_sigmoid(gates[n + j]);
        float o = dgm_sigmoid(gates[2 * n + j]), g = dgm_tanh(gates[3 * n + j]);
        gates[j] = i;
        gates[n + j] = f;
        gates[2 * n + j] = o;
        gates[3 * n + j] = g;
        c[j] = f * c_before[j] + i * g;
        tanh_c[j] = dgm_tanh(c[j]);
        h[j] = o * tanh_c[j];
    }
}

/* dc comes in as the gradient of c from the next step and leaves as that of the state before; the
 * gates leave as gradients of their sums. */
DGM_WIDE static void cell_backward(const float *restrict gates, const float *restrict c_before,
                                   const float *restrict tanh_c, const float *restrict dh,
                                   float *restrict dc, float *restrict d_gates, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        float i = gates[j], f = gates[n + j], o = gates[2 * n + j], g = gates[3 * n + j];
        float d = dc[j] + dh[j] * o * (1.0f - tanh_c[j] * tanh_c[j]);
        d_gates[j] = d * g * i * (1.0f - i);
        d_gates[n + j] = d * c_before[j] * f * (1.0f - f);
        d_gates[2 * n + j] = dh[j] * tanh_c[j] * o * (1.0f - o);
        d_gates[3 * n + j] = d * i * (1.0f - g * g);
        dc[j] = d * f;
    }
}

static void lstm_forward(net_run *r, uint32_t layer, uint32_t d, const float *in, size_t dim,
                         float *out)
{
    size_t n = r->batch->n_words, hidden = r->net->config.hidden;
    net_direction *p = &r->dir[layer][d];
    uint32_t base = P_LSTM + (layer * 2 + d) * 3;
    const float *mask = r->mask_recurrent[layer * 2 + d];
    p->w_x = net_weights(r, base), p->w_h = net_weights(r, base + 1),
    p->b = net_weights(r, base + 2);
    p->row = r->row[d];
    p->x = net_take(r->work, n * dim);
    p->gates = net_take(r->work, n * 4 * hidden);
    p->c = net_take(r->work, n * hidden);
    p->tanh_c = net_take(r->work, n * hidden);
    p->h = net_take(r->work, n * hidden);
    p->h_before = net_take(r->work, n * hidden);
    float *zero = net_take(r->work, hidden);
    for (size_t k = 0; k < n; k++)
        memcpy(p->x + k * dim, in + p->row[k] * dim, dim * sizeof(float));
    net_fill_rows(p->gates, p->b, n, 4 * hidden);
    net_gemm(false, false, n, 4 * hidden, dim, p->x, dim, p->w_x, 4 * hidden, p->gates, 4 * hidden);
    for (uint32_t t = 0; t < r->n_steps; t++) {
        size_t at = r->step[t], m = r->step[t + 1] - at, before = t ? r->step[t - 1] : 0;
        float *h_before = p->h_before + at * hidden;
        if (t) {
            memcpy(h_before, p->h + before * hidden, m * hidden * sizeof(float));
            if (mask)
                net_multiply_into(h_before, mask, m * hidden);
            net_gemm(false, false, m, 4 * hidden, hidden, h_before, hidden, p->w_h, 4 * hidden,
                     p->gates + at * 4 * hidden, 4 * hidden);
        }
        for (size_t k = 0; k < m; k++)
            cell_forward(p->gates + (at + k) * 4 * hidden, t ? p->c + (before + k) * hidden : zero,
                         p->c + (at + k) * hidden, p->tanh_c + (at + k) * hidden,
                         p->h + (at + k) * hidden, hidden);
    }
    for (size_t k = 0; k < n; k++)
        memcpy(out + p->row[k] * 2 * hidden + d * hidden, p->h + k * hidden,
               hidden * sizeof(float));
}

/* dy [N][2H] flat gradient of the layer's output; adds to dx [N][D] flat. */
static void lstm_backward(net_run *r, uint32_t layer, uint32_t d, const float *dy, float *dx,
                          size_t dim)
{
    size_t n = r->batch->n_words, hidden = r->net->config.hidden;
    const net_direction *p = &r->dir[layer][d];
    uint32_t base = P_LSTM + (layer * 2 + d) * 3;
    const float *mask = r->mask_recurrent[layer * 2 + d];
    float *dh = net_take(r->work, n * hidden), *d_gates = net_take(r->work, n * 4 * hidden);
    float *dc = net_take(r->work, r->batch->n_sentences * hidden);
    float *zero = net_take(r->work, hidden), *back = net_take(r->work, n * dim);
    for (size_t k = 0; k < n; k++)
        memcpy(dh + k * hidden, dy + p->row[k] * 2 * hidden + d * hidden, hidden * sizeof(float));
    for (uint32_t t = r->n_steps; t-- > 0;) {
        size_t at = r->step[t], m = r->step[t + 1] - at, before = t ? r->step[t - 1] : 0;
        for (size_t k = 0; k < m; k++)
            cell_backward(p->gates + (at + k) * 4 * hidden, t ? p->c + (before + k) * hidden : zero,
                          p->tanh_c + (at + k) * hidden, dh + (at + k) * hidden, dc + k * hidden,
                          d_gates + (at + k) * 4 * hidden, hidden);
        if (!t)
            break;
        float *carry = net_take(r->work, m * hidden);
        net_gemm(false, true, m, hidden, 4 * hidden, d_gates + at * 4 * hidden, 4 * hidden, p->w_h,
                 4 * hidden, carry, hidden);
        if (mask)
            net_multiply_into(carry, mask, m * hidden);
        net_add_to(dh + before * hidden, carry, m * hidden);
    }
    float **grad = &r->work->grad[base];
    net_gemm(true, false, dim, 4 * hidden, n, p->x, dim, d_gates, 4 * hidden, grad[0], 4 * hidden);
    net_gemm(true, false, hidden, 4 * hidden, n, p->h_before, hidden, d_gates, 4 * hidden, grad[1],
             4 * hidden);
    net_sum_rows(grad[2], d_gates, n, 4 * hidden);
    net_gemm(false, true, n, dim, 4 * hidden, d_gates, 4 * hidden, p->w_x, 4 * hidden, back, dim);
    for (size_t k = 0; k < n; k++)
        net_add_to(dx + p->row[k] * dim, back + k * dim, dim);
}

void net_encode(net_run *r, const dgm_dropout *dropout)
{
    const dgm_net_config *c = &r->net->config;
    size_t n = r->batch->n_words, wide = 2 * c->hidden, n_sentences = r->batch->n_sentences;
    const float *in = r->input;
    size_t dim = dgm_net_input_dim(c);
    for (uint32_t layer = 0; layer < c->n_layers; layer++) {
        r->y[layer] = net_take(r->work, (n + 1) * wide);
        for (uint32_t d = 0; d < 2; d++) {
            r->mask_recurrent[layer * 2 + d] =
                net_draw_mask(r->work, n_sentences * c->hidden, dropout->recurrent, &r->chance);
            lstm_forward(r, layer, d, in, dim, r->y[layer]);
        }
        r->mask_layer[layer] =
            net_draw_mask(r->work, n_sentences * wide, dropout->layer, &r->chance);
        net_mask_by_sentence(r, r->y[layer], r->mask_layer[layer], wide);
        in = r->y[layer];
        dim = wide;
    }
    memcpy(r->y[c->n_layers - 1] + n * wide, net_weights(r, P_ROOT), wide * sizeof(float));
}

void net_encode_backward(net_run *r, float *dy)
{
    const dgm_net_config *c = &r->net->config;
    size_t n = r->batch->n_words, wide = 2 * c->hidden;
    net_add_to(r->work->grad[P_ROOT], dy + n * wide, wide);
    for (uint32_t layer = c->n_layers; layer-- > 0;) {
        size_t dim = layer ? wide : dgm_net_input_dim(c);
        float *dx = net_take(r->work, n * dim);
        net_mask_by_sentence(r, dy, r->mask_layer[layer], wide);
        for (uint32_t d = 0; d < 2; d++)
            lstm_backward(r, layer, d, dy, dx, dim);
        dy = dx;
    }
    embed_backward(r, dy);
}
