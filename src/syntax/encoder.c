#include "syntax/encoder.h"

#include <stdlib.h>
#include <string.h>

#define REL_BLOCK 32 /* words whose relations are scored together */

static void *space(size_t n, size_t size)
{
    size_t bytes = (n * size + 127) / 64 * 64;
    void *at = aligned_alloc(64, bytes);
    if (at)
        memset(at, 0, bytes);
    return at;
}

static size_t widest(const dgm_network *n)
{
    size_t most = DGM_MAX(n->dim_tag, n->dim_arc);
    return DGM_MAX(most, (size_t)n->dim_rel + 1);
}

dgm_encoder *dgm_encoder_new(const dgm_network *net)
{
    dgm_encoder *e = calloc(1, sizeof(*e));
    size_t rows = DGM_CHUNK_WORDS + 1, hidden = net->hidden, r1 = net->dim_rel + 1;
    if (!e)
        return NULL;
    e->net = net;
    bool good = (e->features = space(rows, sizeof(dgm_word_features))) &&
                (e->logits = space(rows * net->n_outputs, sizeof(float))) &&
                (e->query = space(rows * net->dim_arc, sizeof(float))) &&
                (e->heads = space(rows * net->dim_arc, sizeof(float))) &&
                (e->rel_d = space(rows * r1, sizeof(float))) &&
                (e->rel_h = space(rows * r1, sizeof(float))) &&
                (e->x = space(rows * net->dim_input, sizeof(int16_t))) &&
                (e->y[0] = space(rows * 2 * hidden, sizeof(int16_t))) &&
                (e->y[1] = space(rows * 2 * hidden, sizeof(int16_t))) &&
                (e->state_h = space(rows * hidden, sizeof(int16_t))) &&
                (e->narrow = space(rows * (widest(net) + 1), sizeof(int16_t))) &&
                (e->x_scale = space(rows, sizeof(float))) &&
                (e->gates = space(rows * 4 * hidden, sizeof(float))) &&
                (e->step = space(rows * 4 * hidden, sizeof(float))) &&
                (e->state_c = space(rows * hidden, sizeof(float))) &&
                (e->wide = space(rows * widest(net), sizeof(float))) &&
                (e->row_scale = space(rows, sizeof(float))) &&
                (e->rel_rows = space(REL_BLOCK * net->n_rel * r1, sizeof(float)));
    if (good)
        return e;
    dgm_encoder_free(e);
    return NULL;
}

void dgm_encoder_free(dgm_encoder *e)
{
    if (!e)
        return;
    void *const all[] = {
        e->features, e->logits, e->query,   e->heads,   e->rel_d,     e->rel_h,
        e->x,        e->y[0],   e->y[1],    e->state_h, e->narrow,    e->x_scale,
        e->gates,    e->step,   e->state_c, e->wide,    e->row_scale, e->rel_rows
    };
    for (size_t i = 0; i < DGM_LEN(all); i++)
        free(all[i]);
    free(e);
}

/* ---- input ---------------------------------------------------------------------------------- */

/* Words of one form share features and input: a form is looked at once a chunk. */
static void find_unique(dgm_encoder *e)
{
    memset(e->slots, 0, sizeof(e->slots));
    e->n_unique = 0;
    for (uint32_t i = 0; i < e->chunk.n_words; i++) {
        dgm_view form = e->chunk.form[i];
        uint32_t mask = DGM_LEN(e->slots) - 1, k = (uint32_t)dgm_hash(form) & mask;
        while (e->slots[k] && !dgm_view_eq(e->chunk.form[e->first_of[e->slots[k] - 1]], form))
            k = (k + 1) & mask;
        if (!e->slots[k]) {
            e->first_of[e->n_unique] = i;
            dgm_word_features_of(form, &e->features[e->n_unique]);
            e->slots[k] = ++e->n_unique;
        }
        e->unique_of[i] = e->slots[k] - 1;
    }
}

static void add_row(const dgm_table_rows *t, uint32_t row, float by, float *to)
{
    float scale;
    memcpy(&scale, t->scales + (size_t)row * sizeof(scale), sizeof(scale));
    dgm_add_bytes(to, t->bytes + (size_t)row * t->cols, scale * by, t->cols);
}

static void embed(dgm_encoder *e, uint32_t unique)
{
    const dgm_network *net = e->net;
    const dgm_word_features *f = &e->features[unique];
    float x[DGM_MAX_INPUT];
    memcpy(x, net->treebank + (size_t)e->chunk.treebank * net->dim_input,
           net->dim_input * sizeof(float));
    uint32_t row = dgm_map_get(net->forms, (dgm_view) { f->key, f->key_n });
    add_row(&net->form, row == DGM_NONE ? 0 : row, 1.0f, x);
    float *part = x + net->form.cols;
    for (uint32_t k = 0; k < f->n_affixes; k++)
        add_row(&net->affix, f->affix[k], 1.0f, part);
    part += net->affix.cols;
    for (uint32_t k = 0; k < f->n_ngrams; k++)
        add_row(&net->ngram, f->ngram[k], 1.0f / (float)f->n_ngrams, part);
    e->x_scale[unique] = dgm_quantise(x, net->dim_input, e->x + (size_t)unique * net->dim_input);
}

/* ---- LSTM ----------------------------------------------------------------------------------- */

static uint32_t length_of(const dgm_chunk *c, uint32_t run)
{
    return c->begin[run + 1] - c->begin[run];
}

/* Sums of the gates that do not depend on the state, one row a unique form (first layer) or word.
 */
static void input_gates(dgm_encoder *e, uint32_t layer, const dgm_lstm *lstm, const int16_t *in)
{
    const dgm_network *net = e->net;
    size_t gates = 4 * (size_t)net->hidden;
    if (layer == 0)
        dgm_matrix_apply(&lstm->input.w, e->x, net->dim_input, e->x_scale, e->n_unique,
                         lstm->input.b, e->gates, gates);
    else
        dgm_matrix_apply(&lstm->input.w, in, 2 * (size_t)net->hidden, NULL, e->chunk.n_words,
                         lstm->input.b, e->gates, gates);
}

static void run_direction(dgm_encoder *e, uint32_t layer, uint32_t direction, const int16_t *in,
                          int16_t *out)
{
    const dgm_network *net = e->net;
    const dgm_chunk *c = &e->chunk;
    const dgm_lstm *lstm = &net->lstm[layer][direction];
    size_t hidden = net->hidden, gates = 4 * hidden;
    input_gates(e, layer, lstm, in);
    memset(e->state_h, 0, c->n_runs * hidden * sizeof(int16_t));
    memset(e->state_c, 0, c->n_runs * hidden * sizeof(float));
    uint32_t n_active = c->n_runs, n_steps = c->n_runs ? length_of(c, 0) : 0;
    for (uint32_t t = 0; t < n_steps; t++) {
        while (length_of(c, n_active - 1) <= t)
            n_active--;
        for (uint32_t i = 0; i < n_active; i++) {
            uint32_t row = direction ? c->begin[i + 1] - 1 - t : c->begin[i] + t;
            uint32_t from = layer ? row : e->unique_of[row];
            memcpy(e->step + i * gates, e->gates + from * gates, gates * sizeof(float));
        }
        if (t)
            dgm_matrix_apply(&lstm->recurrent, e->state_h, hidden, NULL, n_active, NULL, e->step,
                             gates);
        for (uint32_t i = 0; i < n_active; i++) {
            uint32_t row = direction ? c->begin[i + 1] - 1 - t : c->begin[i] + t;
            int16_t *h = e->state_h + i * hidden;
            dgm_lstm_cell(e->step + i * gates, e->state_c + i * hidden, h, hidden);
            memcpy(out + row * 2 * hidden + direction * hidden, h, hidden * sizeof(int16_t));
        }
    }
}

/* ---- heads ---------------------------------------------------------------------------------- */

/* x W + b of the encoder's output, made leaky, into out rows of `stride` floats. */
static void apply_dense(const dgm_encoder *e, const dgm_dense *dense, const int16_t *y,
                        uint32_t n_rows, float *out, size_t stride)
{
    size_t wide = 2 * (size_t)e->net->hidden;
    dgm_matrix_apply(&dense->w, y, wide, e->row_scale, n_rows, dense->b, out, stride);
    for (uint32_t i = 0; i < n_rows; i++)
        dgm_leaky(out + i * stride, dense->w.n);
}

/* Rows of floats into e->narrow, their scales into e->x_scale. */
static void narrow_rows(dgm_encoder *e, const float *rows, uint32_t n_rows, size_t dim)
{
    for (uint32_t i = 0; i < n_rows; i++)
        e->x_scale[i] = dgm_quantise(rows + i * dim, dim, e->narrow + i * dim);
}

static void run_heads(dgm_encoder *e, int16_t *y)
{
    const dgm_network *net = e->net;
    uint32_t n = e->chunk.n_words;
    size_t hidden = net->hidden, r1 = net->dim_rel + 1;
    memcpy(y + n * 2 * hidden, net->root, 2 * hidden * sizeof(int16_t));
    for (uint32_t i = 0; i < n; i++)
        e->row_scale[i] = 1.0f / DGM_ACTIVATION_MOST;
    e->row_scale[n] = net->root_scale;
    apply_dense(e, &net->tag, y, n, e->wide, net->dim_tag);
    narrow_rows(e, e->wide, n, net->dim_tag);
    dgm_matrix_apply(&net->out.w, e->narrow, net->dim_tag, e->x_scale, n, net->out.b, e->logits,
                     net->n_outputs);
    apply_dense(e, &net->arc_h, y, n + 1, e->heads, net->dim_arc);
    apply_dense(e, &net->arc_d, y, n, e->wide, net->dim_arc);
    narrow_rows(e, e->wide, n, net->dim_arc);
    dgm_matrix_apply(&net->arc_u.w, e->narrow, net->dim_arc, e->x_scale, n, net->arc_u.b, e->query,
                     net->dim_arc);
    apply_dense(e, &net->rel_d, y, n, e->rel_d, r1);
    apply_dense(e, &net->rel_h, y, n + 1, e->rel_h, r1);
    for (uint32_t i = 0; i <= n; i++)
        e->rel_d[i * r1 + r1 - 1] = e->rel_h[i * r1 + r1 - 1] = 1.0f;
}

void dgm_encoder_run(dgm_encoder *e)
{
    int16_t *in = NULL, *out = e->y[0];
    find_unique(e);
    for (uint32_t i = 0; i < e->n_unique; i++)
        embed(e, i);
    for (uint32_t layer = 0; layer < e->net->n_layers; layer++) {
        for (uint32_t direction = 0; direction < 2; direction++)
            run_direction(e, layer, direction, in, out);
        in = out;
        out = e->y[(layer + 1) % 2];
    }
    run_heads(e, in);
}

void dgm_encoder_arcs(const dgm_encoder *e, uint32_t run, float *arc)
{
    uint32_t n = length_of(&e->chunk, run), first = e->chunk.begin[run];
    size_t dim = e->net->dim_arc;
    for (uint32_t d = 0; d < n; d++) {
        const float *query = e->query + (first + d) * dim;
        float *row = arc + (size_t)d * (n + 1);
        row[0] = dgm_dot(query, e->heads + e->chunk.n_words * dim, dim);
        for (uint32_t h = 0; h < n; h++)
            row[h + 1] = h == d ? -1e4f : dgm_dot(query, e->heads + (first + h) * dim, dim);
    }
}

void dgm_encoder_relations(dgm_encoder *e, const uint32_t *head_row, uint8_t *rel)
{
    const dgm_network *net = e->net;
    size_t r1 = net->dim_rel + 1, all = net->n_rel * r1;
    narrow_rows(e, e->rel_d, e->chunk.n_words, r1);
    for (uint32_t begin = 0; begin < e->chunk.n_words; begin += REL_BLOCK) {
        uint32_t n = DGM_MIN(REL_BLOCK, e->chunk.n_words - begin);
        memset(e->rel_rows, 0, n * all * sizeof(float));
        dgm_matrix_apply(&net->rel_u, e->narrow + begin * r1, r1, e->x_scale + begin, n, NULL,
                         e->rel_rows, all);
        for (uint32_t i = 0; i < n; i++) {
            const float *h = e->rel_h + head_row[begin + i] * r1;
            float best = -3e38f;
            for (uint32_t l = 0; l < net->n_rel; l++) {
                float score = dgm_dot(e->rel_rows + i * all + l * r1, h, r1);
                if (score > best)
                    best = score, rel[begin + i] = (uint8_t)l;
            }
        }
    }
}
