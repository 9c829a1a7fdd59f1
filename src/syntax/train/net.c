/* net.c - parameters of the network, and the forward and backward pass over one batch.
 *
 * Words lie sentence after sentence ("flat"). The LSTM goes through them in "packed" order: all
 * first words of the sentences, then all second words, and so on, longest sentence first, so that
 * each time step is one matrix product over a run of rows. The backward direction uses the same
 * code with another table of rows. Everything that the backward pass needs stays on a tape (`take`)
 * until the next batch. */
#include "syntax/train/net.h"

#include "syntax/head_place.h"
#include "syntax/nonlinear.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAK          0.1f
#define TEACHER_SHARE 0.5f /* of what is to be learned, where the treebank has an answer too */

/* ---- parameters ----------------------------------------------------------------------------- */

static const float head_weight[N_HEADS] = { 1.0f, 0.5f, 0.5f, 0.5f, 1.5f };

uint32_t dgm_net_input_dim(const dgm_net_config *c)
{
    return c->dim_form + c->dim_affix + c->dim_ngram + c->dim_vector;
}

uint32_t dgm_net_n_outputs(const dgm_net_config *c)
{
    uint32_t n = 0;
    for (int i = 0; i < N_HEADS; i++)
        n += c->n_class[i];
    return n;
}

static float gaussian(uint64_t *state)
{
    float u = dgm_random_unit(state) + 1e-7f, v = dgm_random_unit(state);
    return sqrtf(-2.0f * logf(u)) * cosf(6.2831853f * v);
}

static bool shape(dgm_param *p, const char *name, uint32_t rows, uint32_t cols)
{
    size_t n = (size_t)rows * cols;
    *p = (dgm_param) { .name = name, .rows = rows, .cols = cols };
    p->w = calloc(n, sizeof(float));
    p->m = calloc(n, sizeof(float));
    p->v = calloc(n, sizeof(float));
    p->mean = calloc(n, sizeof(float));
    return p->w && p->m && p->v && p->mean;
}

/* Uniform initialisation of Glorot and Bengio (2010), `gain` times. */
static void fill_glorot(dgm_param *p, uint32_t fan_out, float gain, uint64_t *state)
{
    float limit = gain * sqrtf(6.0f / (float)(p->rows + fan_out));
    for (size_t i = 0; i < (size_t)p->rows * p->cols; i++)
        p->w[i] = (2.0f * dgm_random_unit(state) - 1.0f) * limit;
}

static void fill_gaussian(dgm_param *p, float deviation, uint64_t *state)
{
    for (size_t i = 0; i < (size_t)p->rows * p->cols; i++)
        p->w[i] = gaussian(state) * deviation;
}

static bool shape_lstm(dgm_net *net)
{
    static const char *const names[] = {
        "lstm0f.x", "lstm0f.h", "lstm0f.b", "lstm0b.x", "lstm0b.h", "lstm0b.b",
        "lstm1f.x", "lstm1f.h", "lstm1f.b", "lstm1b.x", "lstm1b.h", "lstm1b.b",
        "lstm2f.x", "lstm2f.h", "lstm2f.b", "lstm2b.x", "lstm2b.h", "lstm2b.b",
    };
    const dgm_net_config *c = &net->config;
    for (uint32_t i = 0; i < c->n_layers * 2; i++) {
        uint32_t input = i < 2 ? dgm_net_input_dim(c) : 2 * c->hidden;
        dgm_param *p = &net->params[P_LSTM + i * 3];
        if (!shape(&p[0], names[i * 3], input, 4 * c->hidden) ||
            !shape(&p[1], names[i * 3 + 1], c->hidden, 4 * c->hidden) ||
            !shape(&p[2], names[i * 3 + 2], 1, 4 * c->hidden))
            return false;
    }
    return true;
}

static bool shape_all(dgm_net *net)
{
    const dgm_net_config *c = &net->config;
    uint32_t wide = 2 * c->hidden, n_out = dgm_net_n_outputs(c);
    dgm_param *p = net->params;
    return shape(&p[P_FORM], "form", c->n_forms, c->dim_form) &&
           shape(&p[P_AFFIX], "affix", DGM_AFFIX_ROWS, c->dim_affix) &&
           shape(&p[P_NGRAM], "ngram", DGM_NGRAM_ROWS, c->dim_ngram) &&
           shape(&p[P_TREEBANK], "treebank", c->n_treebanks, dgm_net_input_dim(c)) &&
           shape_lstm(net) && shape(&p[P_ROOT], "root", 1, wide) &&
           shape(&p[P_TAG_W], "tag.w", wide, c->dim_tag) &&
           shape(&p[P_TAG_B], "tag.b", 1, c->dim_tag) &&
           shape(&p[P_OUT_W], "out.w", c->dim_tag, n_out) &&
           shape(&p[P_OUT_B], "out.b", 1, n_out) &&
           shape(&p[P_ARC_D_W], "arc.dep.w", wide, c->dim_arc) &&
           shape(&p[P_ARC_D_B], "arc.dep.b", 1, c->dim_arc) &&
           shape(&p[P_ARC_H_W], "arc.head.w", wide, c->dim_arc) &&
           shape(&p[P_ARC_H_B], "arc.head.b", 1, c->dim_arc) &&
           shape(&p[P_ARC_U], "arc.u", c->dim_arc, c->dim_arc) &&
           shape(&p[P_ARC_U_B], "arc.u.b", 1, c->dim_arc) &&
           shape(&p[P_ARC_PLACE], "arc.place", DGM_N_PLACES, c->dim_arc) &&
           shape(&p[P_REL_D_W], "rel.dep.w", wide, c->dim_rel) &&
           shape(&p[P_REL_D_B], "rel.dep.b", 1, c->dim_rel) &&
           shape(&p[P_REL_H_W], "rel.head.w", wide, c->dim_rel) &&
           shape(&p[P_REL_PLACE], "rel.place", DGM_N_PLACES, c->dim_rel) &&
           shape(&p[P_REL_W], "rel.w", c->dim_rel, c->n_rel) &&
           shape(&p[P_REL_B], "rel.b", 1, c->n_rel);
}

static void initialise(dgm_net *net, uint64_t *state)
{
    dgm_param *p = net->params;
    uint32_t h = net->config.hidden;
    fill_gaussian(&p[P_FORM], 0.3f, state);
    fill_gaussian(&p[P_AFFIX], 0.15f, state);
    fill_gaussian(&p[P_NGRAM], 0.5f, state);
    for (uint32_t i = 0; i < net->config.n_layers * 2; i++) {
        dgm_param *lstm = &p[P_LSTM + i * 3];
        fill_glorot(&lstm[0], h, 1.0f, state);
        fill_glorot(&lstm[1], h, 1.0f, state);
        for (uint32_t j = h; j < 2 * h; j++)
            lstm[2].w[j] = 1.0f; /* forget gates begin open */
    }
    fill_gaussian(&p[P_ROOT], 0.3f, state);
    static const int dense[] = { P_TAG_W,   P_OUT_W,   P_ARC_D_W, P_ARC_H_W,
                                 P_REL_D_W, P_REL_H_W, P_REL_W };
    for (size_t i = 0; i < DGM_LEN(dense); i++)
        fill_glorot(&p[dense[i]], p[dense[i]].cols, 1.0f, state);
    fill_glorot(&p[P_ARC_U], p[P_ARC_U].cols, 0.5f, state);
    fill_gaussian(&p[P_ARC_PLACE], 0.1f, state);
    fill_gaussian(&p[P_REL_PLACE], 0.1f, state);
}

dgm_net *dgm_net_new(const dgm_net_config *config, const dgm_vectors *vectors, uint64_t seed)
{
    dgm_net *net = calloc(1, sizeof(*net));
    uint64_t state = seed * 2 + 1;
    if (!net)
        return NULL;
    net->config = *config;
    net->vectors = vectors;
    if (!shape_all(net)) {
        dgm_net_free(net);
        return NULL;
    }
    for (int i = 0; i < 20; i++)
        dgm_random(&state);
    net->params[P_FORM].sparse = net->params[P_AFFIX].sparse = net->params[P_NGRAM].sparse = true;
    initialise(net, &state);
    for (int i = 0; i < N_PARAMS; i++) {
        dgm_param *p = &net->params[i];
        if (p->w)
            memcpy(p->mean, p->w, (size_t)p->rows * p->cols * sizeof(float));
    }
    return net;
}

void dgm_net_free(dgm_net *net)
{
    for (int i = 0; net && i < N_PARAMS; i++) {
        free(net->params[i].w);
        free(net->params[i].m);
        free(net->params[i].v);
        free(net->params[i].mean);
    }
    free(net);
}

/* ---- working space -------------------------------------------------------------------------- */

#define BLOCK_FLOATS ((size_t)16 << 20)
#define MAX_BLOCKS   64

struct dgm_work {
    float *block[MAX_BLOCKS];
    size_t cap[MAX_BLOCKS], used;
    uint32_t i_block, n_blocks;
    float *grad[N_PARAMS];
    uint8_t *touched[N_PARAMS];
    bool gradients;
};

dgm_work *dgm_work_new(const dgm_net *net, bool gradients)
{
    dgm_work *work = calloc(1, sizeof(*work));
    if (!work)
        return NULL;
    work->gradients = gradients;
    for (int i = 0; gradients && i < N_PARAMS; i++) {
        const dgm_param *p = &net->params[i];
        if (!p->w)
            continue;
        work->grad[i] = calloc((size_t)p->rows * p->cols, sizeof(float));
        work->touched[i] = p->sparse ? calloc(p->rows, 1) : NULL;
        if (!work->grad[i] || (p->sparse && !work->touched[i])) {
            dgm_work_free(work);
            return NULL;
        }
    }
    return work;
}

void dgm_work_free(dgm_work *work)
{
    if (!work)
        return;
    for (uint32_t i = 0; i < work->n_blocks; i++)
        free(work->block[i]);
    for (int i = 0; i < N_PARAMS; i++) {
        free(work->grad[i]);
        free(work->touched[i]);
    }
    free(work);
}

float *dgm_work_grad(dgm_work *work, uint32_t param)
{
    return work->grad[param];
}

uint8_t *dgm_work_touched(dgm_work *work, uint32_t param)
{
    return work->touched[param];
}

void dgm_work_zero_grads(dgm_work *work, const dgm_net *net)
{
    for (int i = 0; i < N_PARAMS; i++) {
        const dgm_param *p = &net->params[i];
        if (!work->grad[i])
            continue;
        if (!p->sparse) {
            memset(work->grad[i], 0, (size_t)p->rows * p->cols * sizeof(float));
            continue;
        }
        for (uint32_t r = 0; r < p->rows; r++)
            if (work->touched[i][r])
                memset(work->grad[i] + (size_t)r * p->cols, 0, p->cols * sizeof(float));
        memset(work->touched[i], 0, p->rows);
    }
}

/* n zeroed floats that live until the next batch. The trainer gives up when memory ends. */
static float *take(dgm_work *work, size_t n)
{
    n = (n + 15) & ~(size_t)15;
    while (work->i_block < work->n_blocks && work->used + n > work->cap[work->i_block]) {
        work->i_block++;
        work->used = 0;
    }
    if (work->i_block == work->n_blocks) {
        size_t cap = DGM_MAX(n, BLOCK_FLOATS);
        float *block = work->n_blocks < MAX_BLOCKS ? aligned_alloc(64, cap * sizeof(float)) : NULL;
        if (!block)
            abort();
        work->block[work->n_blocks] = block;
        work->cap[work->n_blocks++] = cap;
        work->used = 0;
    }
    float *at = work->block[work->i_block] + work->used;
    work->used += n;
    memset(at, 0, n * sizeof(float));
    return at;
}

/* ---- arithmetic ----------------------------------------------------------------------------- */

/* C[m][n] += A[m][k] B[k][n]; `ta`, `tb`: that factor is stored transposed. */
static void gemm(bool ta, bool tb, size_t m, size_t n, size_t k, const float *a, size_t lda,
                 const float *b, size_t ldb, float *c, size_t ldc)
{
    if (m && n && k)
        cblas_sgemm(CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans,
                    (int)m, (int)n, (int)k, 1.0f, a, (int)lda, b, (int)ldb, 1.0f, c, (int)ldc);
}

DGM_WIDE static void add_to(float *to, const float *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += from[i];
}

DGM_WIDE static void multiply_into(float *to, const float *by, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] *= by[i];
}

DGM_WIDE static void add_scaled(float *to, const float *from, float scale, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += from[i] * scale;
}

static void fill_rows(float *to, const float *row, size_t n_rows, size_t cols)
{
    for (size_t r = 0; r < n_rows; r++)
        memcpy(to + r * cols, row, cols * sizeof(float));
}

static void sum_rows(float *to, const float *rows, size_t n_rows, size_t cols)
{
    for (size_t r = 0; r < n_rows; r++)
        add_to(to, rows + r * cols, cols);
}

/* Zeros with probability `share`, else what keeps the mean. NULL: no dropout. */
static float *draw_mask(dgm_work *work, size_t n, float share, uint64_t *state)
{
    if (share <= 0)
        return NULL;
    float *mask = take(work, n), keep = 1.0f / (1.0f - share);
    for (size_t i = 0; i < n; i++)
        mask[i] = dgm_random_unit(state) < share ? 0.0f : keep;
    return mask;
}

/* ---- one run over a batch ------------------------------------------------------------------- */

typedef struct { /* one direction of one layer */
    const float *w_x, *w_h, *b;
    const uint32_t *row;   /* packed row -> flat row */
    float *x;              /* [N][D] packed */
    float *gates;          /* [N][4H] after their nonlinearities: i f o g */
    float *c, *tanh_c, *h; /* [N][H] */
    float *h_before;       /* [N][H] masked state that came in */
} direction;

typedef struct { /* x W + b, leaky, dropped */
    int p_w, p_b;
    uint32_t n, dim;
    float *y, *slope; /* slope: derivative times dropout */
} mlp;

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
    direction dir[DGM_N_LAYERS_MAX][2];
    float *y[DGM_N_LAYERS_MAX]; /* [N + 1][2H] dropped; the last layer's row N is the root */
    mlp tag, arc_d, arc_h;
    float *logits, *query, *heads, *arc, *rel_d, *rel_h;
    uint32_t *arc_offset;
    double loss;
} run;

static const float *weights(const run *r, uint32_t param)
{
    const dgm_param *p = &r->net->params[param];
    return r->use_mean ? p->mean : p->w;
}

static uint32_t n_words_of(const dgm_batch *b, uint32_t s)
{
    return b->offset[s + 1] - b->offset[s];
}

static void pack(run *r)
{
    const dgm_batch *b = r->batch;
    r->n_steps = b->n_sentences ? n_words_of(b, 0) : 0;
    r->step = (uint32_t *)take(r->work, r->n_steps + 1);
    r->row[0] = (uint32_t *)take(r->work, b->n_words + 1);
    r->row[1] = (uint32_t *)take(r->work, b->n_words + 1);
    r->sentence_of = (uint32_t *)take(r->work, b->n_words + 1);
    uint32_t k = 0;
    for (uint32_t t = 0; t < r->n_steps; t++) {
        r->step[t] = k;
        for (uint32_t s = 0; s < b->n_sentences && n_words_of(b, s) > t; s++, k++) {
            r->row[0][k] = b->offset[s] + t;
            r->row[1][k] = b->offset[s + 1] - 1 - t;
        }
    }
    r->step[r->n_steps] = k;
    for (uint32_t s = 0; s < b->n_sentences; s++)
        for (uint32_t i = b->offset[s]; i < b->offset[s + 1]; i++)
            r->sentence_of[i] = s;
}

static void mask_by_sentence(const run *r, float *rows, const float *mask, size_t cols)
{
    for (uint32_t i = 0; mask && i < r->batch->n_words; i++)
        multiply_into(rows + i * cols, mask + r->sentence_of[i] * cols, cols);
}

static void embed(run *r, float share)
{
    const dgm_net_config *c = &r->net->config;
    const dgm_batch *b = r->batch;
    uint32_t dim = dgm_net_input_dim(c);
    const float *form = weights(r, P_FORM), *affix = weights(r, P_AFFIX);
    const float *ngram = weights(r, P_NGRAM), *treebank = weights(r, P_TREEBANK);
    r->input = take(r->work, (size_t)b->n_words * dim);
    for (uint32_t i = 0; i < b->n_words; i++) {
        const dgm_batch_word *w = &b->words[i];
        float *x = r->input + (size_t)i * dim;
        add_to(x, form + (size_t)w->form * c->dim_form, c->dim_form);
        float *y = x + c->dim_form;
        for (uint32_t k = 0; k < w->features.n_affixes && !w->drop_affix; k++)
            add_to(y, affix + (size_t)w->features.affix[k] * c->dim_affix, c->dim_affix);
        y += c->dim_affix;
        for (uint32_t k = 0; k < w->features.n_ngrams && !w->drop_ngram; k++)
            add_scaled(y, ngram + (size_t)w->features.ngram[k] * c->dim_ngram,
                       1.0f / (float)w->features.n_ngrams, c->dim_ngram);
        if (w->vector != DGM_NONE)
            dgm_table_add(&r->net->vectors->rows, w->vector, 1.0f, y + c->dim_ngram);
        add_to(x, treebank + (size_t)b->treebank[r->sentence_of[i]] * dim, dim);
    }
    r->mask_input = draw_mask(r->work, (size_t)b->n_sentences * dim, share, &r->chance);
    mask_by_sentence(r, r->input, r->mask_input, dim);
}

static void embed_backward(run *r, float *dx)
{
    const dgm_net_config *c = &r->net->config;
    const dgm_batch *b = r->batch;
    uint32_t dim = dgm_net_input_dim(c);
    dgm_work *work = r->work;
    mask_by_sentence(r, dx, r->mask_input, dim);
    for (uint32_t i = 0; i < b->n_words; i++) {
        const dgm_batch_word *w = &b->words[i];
        const float *g = dx + (size_t)i * dim;
        add_to(work->grad[P_TREEBANK] + (size_t)b->treebank[r->sentence_of[i]] * dim, g, dim);
        work->touched[P_FORM][w->form] = 1;
        add_to(work->grad[P_FORM] + (size_t)w->form * c->dim_form, g, c->dim_form);
        g += c->dim_form;
        for (uint32_t k = 0; k < w->features.n_affixes && !w->drop_affix; k++) {
            work->touched[P_AFFIX][w->features.affix[k]] = 1;
            add_to(work->grad[P_AFFIX] + (size_t)w->features.affix[k] * c->dim_affix, g,
                   c->dim_affix);
        }
        g += c->dim_affix;
        for (uint32_t k = 0; k < w->features.n_ngrams && !w->drop_ngram; k++) {
            work->touched[P_NGRAM][w->features.ngram[k]] = 1;
            add_scaled(work->grad[P_NGRAM] + (size_t)w->features.ngram[k] * c->dim_ngram, g,
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

static void lstm_forward(run *r, uint32_t layer, uint32_t d, const float *in, size_t dim,
                         float *out)
{
    size_t n = r->batch->n_words, hidden = r->net->config.hidden;
    direction *p = &r->dir[layer][d];
    uint32_t base = P_LSTM + (layer * 2 + d) * 3;
    const float *mask = r->mask_recurrent[layer * 2 + d];
    p->w_x = weights(r, base), p->w_h = weights(r, base + 1), p->b = weights(r, base + 2);
    p->row = r->row[d];
    p->x = take(r->work, n * dim);
    p->gates = take(r->work, n * 4 * hidden);
    p->c = take(r->work, n * hidden);
    p->tanh_c = take(r->work, n * hidden);
    p->h = take(r->work, n * hidden);
    p->h_before = take(r->work, n * hidden);
    float *zero = take(r->work, hidden);
    for (size_t k = 0; k < n; k++)
        memcpy(p->x + k * dim, in + p->row[k] * dim, dim * sizeof(float));
    fill_rows(p->gates, p->b, n, 4 * hidden);
    gemm(false, false, n, 4 * hidden, dim, p->x, dim, p->w_x, 4 * hidden, p->gates, 4 * hidden);
    for (uint32_t t = 0; t < r->n_steps; t++) {
        size_t at = r->step[t], m = r->step[t + 1] - at, before = t ? r->step[t - 1] : 0;
        float *h_before = p->h_before + at * hidden;
        if (t) {
            memcpy(h_before, p->h + before * hidden, m * hidden * sizeof(float));
            if (mask)
                multiply_into(h_before, mask, m * hidden);
            gemm(false, false, m, 4 * hidden, hidden, h_before, hidden, p->w_h, 4 * hidden,
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
static void lstm_backward(run *r, uint32_t layer, uint32_t d, const float *dy, float *dx,
                          size_t dim)
{
    size_t n = r->batch->n_words, hidden = r->net->config.hidden;
    const direction *p = &r->dir[layer][d];
    uint32_t base = P_LSTM + (layer * 2 + d) * 3;
    const float *mask = r->mask_recurrent[layer * 2 + d];
    float *dh = take(r->work, n * hidden), *d_gates = take(r->work, n * 4 * hidden);
    float *dc = take(r->work, r->batch->n_sentences * hidden);
    float *zero = take(r->work, hidden), *back = take(r->work, n * dim);
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
        float *carry = take(r->work, m * hidden);
        gemm(false, true, m, hidden, 4 * hidden, d_gates + at * 4 * hidden, 4 * hidden, p->w_h,
             4 * hidden, carry, hidden);
        if (mask)
            multiply_into(carry, mask, m * hidden);
        add_to(dh + before * hidden, carry, m * hidden);
    }
    float **grad = &r->work->grad[base];
    gemm(true, false, dim, 4 * hidden, n, p->x, dim, d_gates, 4 * hidden, grad[0], 4 * hidden);
    gemm(true, false, hidden, 4 * hidden, n, p->h_before, hidden, d_gates, 4 * hidden, grad[1],
         4 * hidden);
    sum_rows(grad[2], d_gates, n, 4 * hidden);
    gemm(false, true, n, dim, 4 * hidden, d_gates, 4 * hidden, p->w_x, 4 * hidden, back, dim);
    for (size_t k = 0; k < n; k++)
        add_to(dx + p->row[k] * dim, back + k * dim, dim);
}

static void encode(run *r, const dgm_dropout *dropout)
{
    const dgm_net_config *c = &r->net->config;
    size_t n = r->batch->n_words, wide = 2 * c->hidden, n_sentences = r->batch->n_sentences;
    const float *in = r->input;
    size_t dim = dgm_net_input_dim(c);
    for (uint32_t layer = 0; layer < c->n_layers; layer++) {
        r->y[layer] = take(r->work, (n + 1) * wide);
        for (uint32_t d = 0; d < 2; d++) {
            r->mask_recurrent[layer * 2 + d] =
                draw_mask(r->work, n_sentences * c->hidden, dropout->recurrent, &r->chance);
            lstm_forward(r, layer, d, in, dim, r->y[layer]);
        }
        r->mask_layer[layer] = draw_mask(r->work, n_sentences * wide, dropout->layer, &r->chance);
        mask_by_sentence(r, r->y[layer], r->mask_layer[layer], wide);
        in = r->y[layer];
        dim = wide;
    }
    memcpy(r->y[c->n_layers - 1] + n * wide, weights(r, P_ROOT), wide * sizeof(float));
}

static void encode_backward(run *r, float *dy)
{
    const dgm_net_config *c = &r->net->config;
    size_t n = r->batch->n_words, wide = 2 * c->hidden;
    add_to(r->work->grad[P_ROOT], dy + n * wide, wide);
    for (uint32_t layer = c->n_layers; layer-- > 0;) {
        size_t dim = layer ? wide : dgm_net_input_dim(c);
        float *dx = take(r->work, n * dim);
        mask_by_sentence(r, dy, r->mask_layer[layer], wide);
        for (uint32_t d = 0; d < 2; d++)
            lstm_backward(r, layer, d, dy, dx, dim);
        dy = dx;
    }
    embed_backward(r, dy);
}

/* ---- heads ---------------------------------------------------------------------------------- */

DGM_WIDE static void leak(float *restrict y, float *restrict slope, const float *restrict mask,
                          size_t n)
{
    for (size_t i = 0; i < n; i++) {
        slope[i] = (y[i] > 0 ? 1.0f : LEAK) * mask[i];
        y[i] *= slope[i];
    }
}

/* n rows of the encoder's output times a matrix, and b if there is one (else -1). */
static float *linear_forward(run *r, int p_w, int p_b, size_t n)
{
    size_t wide = 2 * r->net->config.hidden, dim = r->net->params[p_w].cols;
    float *y = take(r->work, n * dim);
    if (p_b >= 0)
        fill_rows(y, weights(r, (uint32_t)p_b), n, dim);
    gemm(false, false, n, dim, wide, r->y[r->net->config.n_layers - 1], wide,
         weights(r, (uint32_t)p_w), dim, y, dim);
    return y;
}

/* d [n][dim], gradients of what linear_forward() gave; adds to dy [N + 1][2H]. */
static void linear_backward(run *r, int p_w, int p_b, size_t n, const float *d, float *dy)
{
    size_t wide = 2 * r->net->config.hidden, dim = r->net->params[p_w].cols;
    gemm(true, false, wide, dim, n, r->y[r->net->config.n_layers - 1], wide, d, dim,
         r->work->grad[p_w], dim);
    if (p_b >= 0)
        sum_rows(r->work->grad[p_b], d, n, dim);
    gemm(false, true, n, wide, dim, d, dim, weights(r, (uint32_t)p_w), dim, dy, wide);
}

/* Makes y leaky and drops a share of it; returns the slopes. */
static float *bend(run *r, float *y, size_t size, float share)
{
    float *slope = take(r->work, size), *mask = draw_mask(r->work, size, share, &r->chance);
    if (!mask) {
        mask = take(r->work, size);
        for (size_t i = 0; i < size; i++)
            mask[i] = 1.0f;
    }
    leak(y, slope, mask, size);
    return slope;
}

static void mlp_forward(run *r, mlp *m, int p_w, int p_b, uint32_t n, float share)
{
    m->p_w = p_w, m->p_b = p_b, m->n = n, m->dim = r->net->params[p_w].cols;
    m->y = linear_forward(r, p_w, p_b, n);
    m->slope = bend(r, m->y, (size_t)n * m->dim, share);
}

/* dm [n][dim] is used up; adds to dy [N + 1][2H]. */
static void mlp_backward(run *r, const mlp *m, float *dm, float *dy)
{
    multiply_into(dm, m->slope, (size_t)m->n * m->dim);
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

static void tags_forward(run *r, float share)
{
    const dgm_net_config *c = &r->net->config;
    size_t n = r->batch->n_words, n_out = dgm_net_n_outputs(c);
    mlp_forward(r, &r->tag, P_TAG_W, P_TAG_B, r->batch->n_words, share);
    r->logits = take(r->work, n * n_out);
    fill_rows(r->logits, weights(r, P_OUT_B), n, n_out);
    gemm(false, false, n, n_out, c->dim_tag, r->tag.y, c->dim_tag, weights(r, P_OUT_W), n_out,
         r->logits, n_out);
}

static void tags_backward(run *r, float *dy)
{
    const dgm_net_config *c = &r->net->config;
    size_t n = r->batch->n_words, n_out = dgm_net_n_outputs(c);
    float *d = take(r->work, n * n_out), *dm = take(r->work, n * c->dim_tag);
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
    gemm(true, false, c->dim_tag, n_out, n, r->tag.y, c->dim_tag, d, n_out, r->work->grad[P_OUT_W],
         n_out);
    sum_rows(r->work->grad[P_OUT_B], d, n, n_out);
    gemm(false, true, n, c->dim_tag, n_out, d, n_out, weights(r, P_OUT_W), n_out, dm, c->dim_tag);
    mlp_backward(r, &r->tag, dm, dy);
}

/* Candidate heads of sentence s, root first: rows offset[s] + s .. of `heads`. */
static float *heads_of(const run *r, float *heads, uint32_t s)
{
    return heads + ((size_t)r->batch->offset[s] + s) * r->net->config.dim_arc;
}

static void arcs_forward(run *r, float share)
{
    const dgm_batch *b = r->batch;
    size_t n = b->n_words, dim = r->net->config.dim_arc;
    mlp_forward(r, &r->arc_d, P_ARC_D_W, P_ARC_D_B, b->n_words, share);
    mlp_forward(r, &r->arc_h, P_ARC_H_W, P_ARC_H_B, b->n_words + 1, share);
    r->query = take(r->work, n * dim);
    fill_rows(r->query, weights(r, P_ARC_U_B), n, dim);
    gemm(false, false, n, dim, dim, r->arc_d.y, dim, weights(r, P_ARC_U), dim, r->query, dim);
    r->heads = take(r->work, (n + b->n_sentences) * dim);
    r->arc_offset = (uint32_t *)take(r->work, b->n_sentences + 1);
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        uint32_t m = n_words_of(b, s);
        r->arc_offset[s + 1] = r->arc_offset[s] + m * (m + 1);
        memcpy(heads_of(r, r->heads, s), r->arc_h.y + n * dim, dim * sizeof(float));
        memcpy(heads_of(r, r->heads, s) + dim, r->arc_h.y + b->offset[s] * dim,
               m * dim * sizeof(float));
    }
    r->arc = take(r->work, r->arc_offset[b->n_sentences]);
    float *place = take(r->work, n * DGM_N_PLACES);
    gemm(false, true, n, DGM_N_PLACES, dim, r->query, dim, weights(r, P_ARC_PLACE), dim, place,
         DGM_N_PLACES);
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        uint32_t m = n_words_of(b, s);
        float *arc = r->arc + r->arc_offset[s];
        gemm(false, true, m, m + 1, dim, r->query + b->offset[s] * dim, dim,
             heads_of(r, r->heads, s), dim, arc, m + 1);
        for (uint32_t d = 0; d < m; d++) {
            const float *mine = place + (b->offset[s] + d) * DGM_N_PLACES;
            for (uint32_t h = 0; h <= m; h++)
                arc[d * (m + 1) + h] += mine[dgm_head_place(d + 1, h)];
            arc[d * (m + 1) + d + 1] = -1e4f; /* no word heads itself */
        }
    }
}

static void arcs_backward(run *r, float *dy)
{
    const dgm_batch *b = r->batch;
    size_t n = b->n_words, dim = r->net->config.dim_arc;
    float *d_arc = take(r->work, r->arc_offset[b->n_sentences]);
    float *d_query = take(r->work, n * dim), *dd = take(r->work, n * dim);
    float *d_heads = take(r->work, (n + b->n_sentences) * dim), *dh = take(r->work, (n + 1) * dim);
    float *d_place = take(r->work, n * DGM_N_PLACES);
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        uint32_t m = n_words_of(b, s), at = r->arc_offset[s];
        for (uint32_t d = 0; d < m; d++) {
            size_t row = at + (size_t)d * (m + 1);
            r->loss +=
                cross_entropy(r->arc + row, d_arc + row, m + 1, b->words[b->offset[s] + d].head,
                              b->soft ? b->soft->arc + row : NULL, 1.0f);
        }
        if (!r->work->gradients)
            continue;
        for (uint32_t d = 0; d < m; d++)
            for (uint32_t h = 0; h <= m; h++)
                d_place[(b->offset[s] + d) * DGM_N_PLACES + dgm_head_place(d + 1, h)] +=
                    d_arc[at + d * (m + 1) + h];
        float *mine = heads_of(r, d_heads, s);
        gemm(false, false, m, dim, m + 1, d_arc + at, m + 1, heads_of(r, r->heads, s), dim,
             d_query + b->offset[s] * dim, dim);
        gemm(true, false, m + 1, dim, m, d_arc + at, m + 1, r->query + b->offset[s] * dim, dim,
             mine, dim);
        add_to(dh + n * dim, mine, dim);
        add_to(dh + b->offset[s] * dim, mine + dim, m * dim);
    }
    if (!r->work->gradients)
        return;
    gemm(false, false, n, dim, DGM_N_PLACES, d_place, DGM_N_PLACES, weights(r, P_ARC_PLACE), dim,
         d_query, dim);
    gemm(true, false, DGM_N_PLACES, dim, n, d_place, DGM_N_PLACES, r->query, dim,
         r->work->grad[P_ARC_PLACE], dim);
    gemm(true, false, dim, dim, n, r->arc_d.y, dim, d_query, dim, r->work->grad[P_ARC_U], dim);
    sum_rows(r->work->grad[P_ARC_U_B], d_query, n, dim);
    gemm(false, true, n, dim, dim, d_query, dim, weights(r, P_ARC_U), dim, dd, dim);
    mlp_backward(r, &r->arc_d, dd, dy);
    mlp_backward(r, &r->arc_h, dh, dy);
}

static uint32_t head_row(const dgm_batch *b, uint32_t s, uint32_t head)
{
    return head ? b->offset[s] + head - 1 : b->n_words;
}

/* The place of word i in its sentence, from 1. */
static uint32_t place_of(const run *r, uint32_t i, uint32_t head)
{
    return dgm_head_place(i - r->batch->offset[r->sentence_of[i]] + 1, head);
}

/* What the hidden layer of word i under `head` adds up to, into out[R]. */
static void add_relation(const run *r, uint32_t i, uint32_t head, float *out)
{
    size_t dim = r->net->config.dim_rel;
    add_to(out, r->rel_d + i * dim, dim);
    add_to(out, r->rel_h + head_row(r->batch, r->sentence_of[i], head) * dim, dim);
    add_to(out, weights(r, P_REL_PLACE) + place_of(r, i, head) * dim, dim);
}

static float *relation_scores(run *r, const float *hidden)
{
    size_t n = r->batch->n_words, dim = r->net->config.dim_rel, n_rel = r->net->config.n_rel;
    float *scores = take(r->work, n * n_rel);
    fill_rows(scores, weights(r, P_REL_B), n, n_rel);
    gemm(false, false, n, n_rel, dim, hidden, dim, weights(r, P_REL_W), n_rel, scores, n_rel);
    return scores;
}

static bool has_relation(const dgm_batch_word *w)
{
    return w->rel >= 0 && w->head >= 0;
}

static void relations_backward(run *r, float share, float *dy)
{
    const dgm_batch *b = r->batch;
    size_t n = b->n_words, n_rel = r->net->config.n_rel, dim = r->net->config.dim_rel;
    float *hidden = take(r->work, n * dim), *d = take(r->work, n * n_rel);
    float *d_hidden = take(r->work, n * dim), *d_head = take(r->work, (n + 1) * dim);
    for (uint32_t i = 0; i < n; i++)
        if (has_relation(&b->words[i]))
            add_relation(r, i, (uint32_t)b->words[i].head, hidden + i * dim);
    const float *slope = bend(r, hidden, n * dim, share);
    const float *scores = relation_scores(r, hidden);
    for (uint32_t i = 0; i < n; i++)
        if (has_relation(&b->words[i]))
            r->loss += cross_entropy(scores + i * n_rel, d + i * n_rel, n_rel, b->words[i].rel,
                                     b->soft ? b->soft->rel + i * n_rel : NULL, 1.0f);
    if (!r->work->gradients)
        return;
    gemm(true, false, dim, n_rel, n, hidden, dim, d, n_rel, r->work->grad[P_REL_W], n_rel);
    sum_rows(r->work->grad[P_REL_B], d, n, n_rel);
    gemm(false, true, n, dim, n_rel, d, n_rel, weights(r, P_REL_W), n_rel, d_hidden, dim);
    multiply_into(d_hidden, slope, n * dim);
    for (uint32_t i = 0; i < n; i++) {
        const dgm_batch_word *w = &b->words[i];
        if (!has_relation(w))
            continue;
        uint32_t head = (uint32_t)w->head;
        add_to(d_head + head_row(b, r->sentence_of[i], head) * dim, d_hidden + i * dim, dim);
        add_to(r->work->grad[P_REL_PLACE] + place_of(r, i, head) * dim, d_hidden + i * dim, dim);
    }
    linear_backward(r, P_REL_D_W, P_REL_D_B, n, d_hidden, dy);
    linear_backward(r, P_REL_H_W, -1, n + 1, d_head, dy);
}

/* ---- public --------------------------------------------------------------------------------- */

static run begin(const dgm_net *net, dgm_work *work, const dgm_batch *batch, bool use_mean)
{
    run r = { .net = net, .work = work, .batch = batch, .use_mean = use_mean };
    return r;
}

void dgm_net_run(const dgm_net *net, dgm_work *work, const dgm_batch *batch,
                 const dgm_dropout *dropout, bool train, bool use_mean, uint64_t seed,
                 dgm_net_result *out)
{
    static const dgm_dropout none = { 0 };
    run r = begin(net, work, batch, use_mean);
    work->i_block = 0, work->used = 0;
    dropout = dropout ? dropout : &none;
    r.chance = seed * 2 + 1;
    for (int i = 0; i < 8; i++)
        dgm_random(&r.chance);
    pack(&r);
    embed(&r, dropout->input);
    encode(&r, dropout);
    tags_forward(&r, dropout->mlp);
    arcs_forward(&r, dropout->mlp);
    r.rel_d = linear_forward(&r, P_REL_D_W, P_REL_D_B, batch->n_words);
    r.rel_h = linear_forward(&r, P_REL_H_W, -1, (size_t)batch->n_words + 1);
    if (train) {
        float *dy = take(work, ((size_t)batch->n_words + 1) * 2 * net->config.hidden);
        tags_backward(&r, dy);
        arcs_backward(&r, dy);
        relations_backward(&r, dropout->mlp, dy);
        if (work->gradients)
            encode_backward(&r, dy);
    }
    *out = (dgm_net_result) { .loss = r.loss,
                              .logits = r.logits,
                              .arc = r.arc,
                              .arc_offset = r.arc_offset,
                              .rel_d = r.rel_d,
                              .rel_h = r.rel_h };
}

const float *dgm_net_relation_scores(const dgm_net *net, dgm_work *work, const dgm_batch *batch,
                                     bool use_mean, const dgm_net_result *result,
                                     const uint32_t *head)
{
    run r = begin(net, work, batch, use_mean);
    size_t n = batch->n_words, dim = net->config.dim_rel;
    float *hidden = take(work, n * dim);
    r.rel_d = (float *)(uintptr_t)result->rel_d;
    r.rel_h = (float *)(uintptr_t)result->rel_h;
    pack(&r);
    for (uint32_t i = 0; i < n; i++)
        add_relation(&r, i, head[i], hidden + i * dim);
    bend(&r, hidden, n * dim, 0);
    return relation_scores(&r, hidden);
}

void dgm_net_relations(const dgm_net *net, dgm_work *work, const dgm_batch *batch, bool use_mean,
                       const dgm_net_result *result, const uint32_t *head, int32_t *rel)
{
    size_t n_rel = net->config.n_rel;
    const float *scores = dgm_net_relation_scores(net, work, batch, use_mean, result, head);
    for (size_t i = 0; i < batch->n_words; i++) {
        rel[i] = 0;
        for (size_t l = 1; l < n_rel; l++)
            if (scores[i * n_rel + l] > scores[i * n_rel + (size_t)rel[i]])
                rel[i] = (int32_t)l;
    }
}
