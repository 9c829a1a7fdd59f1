/* encoder.c - the network over a chunk of sentences, with 8-bit integers.
 *
 * N rows are the words of the chunk, sentence after sentence; D is the input, H one direction of a
 * layer. All arrays are row-major.
 *   x       [forms][D]      form, affixes, n-grams and the fixed vector side by side, each word of
 *                           the treebank's vector added; one row a form, not a word
 *   gates   [N][4H]         what the input adds to input, forget, output gate and candidate
 *   y       [N + 1][2H]     a layer's output, both directions side by side; row N is the root
 *   query   [N][A], heads [N + 1][A]    arc(d, h) = query[d] . heads[h] + a term for h's place:
 *                           the biaffine score of Dozat and Manning (2017), with the product by
 *                           U taken once a word
 *   rel_d   [N][R], rel_h [N + 1][R]    summed with a row for the place, made leaky and multiplied
 *                           once the heads are chosen
 * The LSTM steps through all sentences together, the longest first, so that those which have ended
 * are the last rows and drop out. Each row is rounded by a scale of its own, so a sentence's answer
 * depends on nothing else in the chunk. */
#include "syntax/encoder.h"

#include "syntax/head_place.h"
#include "syntax/product.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Zeroed, aligned and readable a little past its end, as the kernels want it; its pages are taken
 * when they are first used, of which a short text needs few. What was allocated is noted before it.
 */
static void *space(size_t n, size_t size)
{
    enum { ALIGN = DGM_MATRIX_ALIGN };
    char *raw = calloc(1, n * size + 3 * ALIGN);
    if (!raw)
        return NULL;
    char *at = raw + sizeof(raw);
    at += (ALIGN - (uintptr_t)at % ALIGN) % ALIGN;
    memcpy(at - sizeof(raw), &raw, sizeof(raw));
    return at;
}

static void space_free(void *at)
{
    char *raw = NULL;
    if (at)
        memcpy(&raw, (char *)at - sizeof(raw), sizeof(raw));
    free(raw);
}

static size_t widest(const dgm_network *n)
{
    size_t most = DGM_MAX(n->dim_tag, n->dim_arc);
    most = DGM_MAX(most, n->n_rel);
    return DGM_MAX(most, n->dim_rel);
}

dgm_encoder *dgm_encoder_new(const dgm_network *net)
{
    dgm_encoder *e = calloc(1, sizeof(*e));
    size_t rows = DGM_CHUNK_WORDS + 1, hidden = net->hidden;
    if (!e)
        return NULL;
    e->net = net;
    e->treebank = net->n_treebanks > 1 ? 1 : 0;
    bool good = (e->features = space(rows, sizeof(dgm_word_features))) &&
                (e->logits = space(rows * net->n_outputs, sizeof(float))) &&
                (e->query = space(rows * net->dim_arc, sizeof(float))) &&
                (e->heads = space(rows * net->dim_arc, sizeof(float))) &&
                (e->rel_d = space(rows * net->dim_rel, sizeof(float))) &&
                (e->rel_h = space(rows * net->dim_rel, sizeof(float))) &&
                (e->x = space(rows * net->dim_input, sizeof(uint8_t))) &&
                (e->y[0] = space(rows * 2 * hidden, sizeof(uint8_t))) &&
                (e->y[1] = space(rows * 2 * hidden, sizeof(uint8_t))) &&
                (e->state_h = space(rows * hidden, sizeof(uint8_t))) &&
                (e->narrow = space(rows * widest(net), sizeof(uint8_t))) &&
                (e->x_scale = space(rows, sizeof(float))) &&
                (e->gates = space(rows * 4 * hidden, sizeof(float))) &&
                (e->step = space(rows * 4 * hidden, sizeof(float))) &&
                (e->state_c = space(rows * hidden, sizeof(float))) &&
                (e->wide = space(rows * widest(net), sizeof(float))) &&
                (e->row_scale = space(rows, sizeof(float))) &&
                (e->cache = space(DGM_CACHE_SLOTS, sizeof(dgm_cached_form))) &&
                (e->cached_gates = space(DGM_CACHE_SLOTS * 8 * hidden, sizeof(float)));
    if (good)
        return e;
    dgm_encoder_free(e);
    return NULL;
}

void dgm_encoder_free(dgm_encoder *e)
{
    if (!e)
        return;
    void *const all[] = { e->features, e->logits,    e->query, e->heads,       e->rel_d,
                          e->rel_h,    e->x,         e->y[0],  e->y[1],        e->state_h,
                          e->narrow,   e->x_scale,   e->gates, e->step,        e->state_c,
                          e->wide,     e->row_scale, e->cache, e->cached_gates };
    for (size_t i = 0; i < DGM_LEN(all); i++)
        space_free(all[i]);
    free(e);
}

/* ---- input ---------------------------------------------------------------------------------- */

/* The slot of the form of that hash; `known`: it holds that form. A slot that the chunk uses
 * already is not given to another form. */
static uint32_t cache_slot(dgm_encoder *e, dgm_view form, uint32_t hash, bool *known)
{
    uint32_t slot = hash % DGM_CACHE_SLOTS;
    dgm_cached_form *c = &e->cache[slot];
    *known = c->form_n && dgm_view_eq((dgm_view) { c->form, c->form_n }, form);
    if (!*known && (c->chunk == e->n_chunks || form.n > DGM_CACHED_FORM || !form.n))
        return DGM_NONE;
    c->chunk = e->n_chunks;
    return slot;
}

/* A form that was not in the cache: its features, and the slot made its own if there is one. */
static void add_new(dgm_encoder *e, dgm_chunk_form *f, dgm_view form, uint32_t i_form)
{
    dgm_word_features *features = &e->features[e->n_new];
    dgm_word_features_of(form, features);
    f->key = (dgm_view) { features->key, features->key_n };
    e->new[e->n_new++] = i_form;
    if (f->slot != DGM_NONE && f->key.n > DGM_CACHED_FORM) {
        e->cache[f->slot].form_n = 0;
        f->slot = DGM_NONE;
    }
    if (f->slot == DGM_NONE)
        return;
    dgm_cached_form *c = &e->cache[f->slot];
    memcpy(c->form, form.p, form.n);
    memcpy(c->key, f->key.p, f->key.n);
    c->form_n = (uint8_t)form.n;
    c->key_n = (uint8_t)f->key.n;
}

/* Words of one form share features and input: a form is looked at once a chunk, or not at all if
 * the cache has it. */
static void find_forms(dgm_encoder *e)
{
    memset(e->slots, 0, sizeof(e->slots));
    e->n_forms = e->n_new = 0;
    e->n_chunks++;
    for (uint32_t i = 0; i < e->chunk.n_words; i++) {
        dgm_view form = e->chunk.form[i];
        uint32_t hash = (uint32_t)dgm_hash(form), mask = DGM_LEN(e->slots) - 1, k = hash & mask;
        while (e->slots[k] && !dgm_view_eq(e->chunk.form[e->forms[e->slots[k] - 1].word], form))
            k = (k + 1) & mask;
        if (!e->slots[k]) {
            bool known;
            dgm_chunk_form *f = &e->forms[e->n_forms];
            *f = (dgm_chunk_form) { .word = i, .slot = cache_slot(e, form, hash, &known) };
            if (known)
                f->key = (dgm_view) { e->cache[f->slot].key, e->cache[f->slot].key_n };
            else
                add_new(e, f, form, e->n_forms);
            e->slots[k] = ++e->n_forms;
        }
        e->form_of[i] = e->slots[k] - 1;
    }
}

/* The input of new form number i. */
static void embed(dgm_encoder *e, uint32_t i)
{
    const dgm_network *net = e->net;
    const dgm_word_features *f = &e->features[i];
    float x[DGM_MAX_INPUT];
    memcpy(x, net->treebank + (size_t)e->treebank * net->dim_input, net->dim_input * sizeof(float));
    uint32_t row = dgm_map_get(net->forms, (dgm_view) { f->key, f->key_n });
    dgm_table_add(&net->form, row == DGM_NONE ? 0 : row, 1.0f, x);
    float *part = x + net->form.cols;
    for (uint32_t k = 0; k < f->n_affixes; k++)
        dgm_table_add(&net->affix, f->affix[k], 1.0f, part);
    part += net->affix.cols;
    for (uint32_t k = 0; k < f->n_ngrams; k++)
        dgm_table_add(&net->ngram, f->ngram[k], 1.0f / (float)f->n_ngrams, part);
    row = dgm_vectors_find(&net->vectors, (dgm_view) { f->key, f->key_n });
    if (row != DGM_NONE)
        dgm_table_add(&net->vectors.rows, row, 1.0f, part + net->ngram.cols);
    e->x_scale[i] = dgm_quantise(x, net->dim_input, e->x + (size_t)i * net->dim_input);
}

/* ---- LSTM ----------------------------------------------------------------------------------- */

static uint32_t length_of(const dgm_chunk *c, uint32_t run)
{
    return c->begin[run + 1] - c->begin[run];
}

/* The first layer's gates as far as they depend on the form alone, of all forms of the chunk. */
static void form_gates(dgm_encoder *e, uint32_t direction, const dgm_lstm *lstm)
{
    const dgm_network *net = e->net;
    size_t gates = 4 * (size_t)net->hidden;
    dgm_matrix_apply(&lstm->input.w, e->x, net->dim_input, e->x_scale, e->n_new, lstm->input.b,
                     e->gates, gates);
    for (uint32_t i = 0; i < e->n_forms; i++)
        if (e->forms[i].slot != DGM_NONE)
            e->forms[i].gates = e->cached_gates + (e->forms[i].slot * 2 + direction) * gates;
    for (uint32_t i = 0; i < e->n_new; i++) {
        dgm_chunk_form *f = &e->forms[e->new[i]];
        if (f->slot == DGM_NONE)
            f->gates = e->gates + i * gates;
        else
            memcpy((float *)(uintptr_t)f->gates, e->gates + i * gates, gates * sizeof(float));
    }
}

static void run_direction(dgm_encoder *e, uint32_t layer, uint32_t direction, const uint8_t *in,
                          uint8_t *out)
{
    const dgm_network *net = e->net;
    const dgm_chunk *c = &e->chunk;
    const dgm_lstm *lstm = &net->lstm[layer][direction];
    size_t hidden = net->hidden, gates = 4 * hidden;
    if (layer == 0)
        form_gates(e, direction, lstm);
    else
        dgm_matrix_apply(&lstm->input.w, in, 2 * hidden, NULL, c->n_words, lstm->input.b, e->gates,
                         gates);
    memset(e->state_h, DGM_ZERO, c->n_runs * hidden);
    memset(e->state_c, 0, c->n_runs * hidden * sizeof(float));
    uint32_t n_active = c->n_runs, n_steps = c->n_runs ? length_of(c, 0) : 0;
    for (uint32_t t = 0; t < n_steps; t++) {
        while (length_of(c, n_active - 1) <= t)
            n_active--;
        for (uint32_t i = 0; i < n_active; i++) {
            uint32_t row = direction ? c->begin[i + 1] - 1 - t : c->begin[i] + t;
            e->gate_rows[i] = layer ? e->gates + row * gates : e->forms[e->form_of[row]].gates;
        }
        if (t)
            dgm_matrix_add(&lstm->recurrent, e->state_h, hidden, n_active, e->gate_rows, e->step,
                           gates);
        for (uint32_t i = 0; i < n_active; i++) {
            uint32_t row = direction ? c->begin[i + 1] - 1 - t : c->begin[i] + t;
            uint8_t *h = e->state_h + i * hidden;
            lstm->recurrent.kernel->cell(t ? e->step + i * gates : e->gate_rows[i],
                                         e->state_c + i * hidden, h, hidden);
            memcpy(out + row * 2 * hidden + direction * hidden, h, hidden);
        }
    }
}

/* ---- heads ---------------------------------------------------------------------------------- */

/* x W + b of the encoder's output, made leaky, into rows of floats that follow each other. */
static void apply_leaky(const dgm_encoder *e, const dgm_dense *dense, const uint8_t *y,
                        uint32_t n_rows, float *out)
{
    dgm_matrix_apply(&dense->w, y, 2 * (size_t)e->net->hidden, e->row_scale, n_rows, dense->b, out,
                     dense->w.n);
    dgm_leaky(out, (size_t)n_rows * dense->w.n);
}

/* Rows of floats into e->narrow, their scales into e->x_scale. */
static void narrow_rows(dgm_encoder *e, const float *rows, uint32_t n_rows, size_t dim)
{
    for (uint32_t i = 0; i < n_rows; i++)
        e->x_scale[i] = dgm_quantise(rows + i * dim, dim, e->narrow + i * dim);
}

static void run_heads(dgm_encoder *e, uint8_t *y)
{
    const dgm_network *net = e->net;
    uint32_t n = e->chunk.n_words;
    size_t wide = 2 * (size_t)net->hidden;
    assert(y);
    memcpy(y + n * wide, net->root, wide);
    for (uint32_t i = 0; i < n; i++)
        e->row_scale[i] = 1.0f / DGM_ACTIVATION_MOST;
    e->row_scale[n] = net->root_scale;
    apply_leaky(e, &net->tag, y, n, e->wide);
    narrow_rows(e, e->wide, n, net->dim_tag);
    dgm_matrix_apply(&net->out.w, e->narrow, net->dim_tag, e->x_scale, n, net->out.b, e->logits,
                     net->n_outputs);
    apply_leaky(e, &net->arc_h, y, n + 1, e->heads);
    apply_leaky(e, &net->arc_d, y, n, e->wide);
    narrow_rows(e, e->wide, n, net->dim_arc);
    dgm_matrix_apply(&net->arc_u.w, e->narrow, net->dim_arc, e->x_scale, n, net->arc_u.b, e->query,
                     net->dim_arc);
    dgm_matrix_apply(&net->rel_d.w, y, wide, e->row_scale, n, net->rel_d.b, e->rel_d, net->dim_rel);
    memset(e->rel_h, 0, ((size_t)n + 1) * net->dim_rel * sizeof(float));
    dgm_matrix_apply(&net->rel_h.w, y, wide, e->row_scale, n + 1, NULL, e->rel_h, net->dim_rel);
}

void dgm_encoder_run(dgm_encoder *e)
{
    uint8_t *in = NULL, *out = e->y[0];
    find_forms(e);
    for (uint32_t i = 0; i < e->n_new; i++)
        embed(e, i);
    for (uint32_t layer = 0; layer < e->net->n_layers; layer++) {
        for (uint32_t direction = 0; direction < 2; direction++)
            run_direction(e, layer, direction, in, out);
        in = out;
        out = e->y[(layer + 1) % 2];
    }
    run_heads(e, in);
}

const uint8_t *dgm_encoder_state(const dgm_encoder *e, uint32_t row)
{
    return e->y[(e->net->n_layers - 1) % 2] + (size_t)row * 2 * e->net->hidden;
}

void dgm_encoder_arcs(const dgm_encoder *e, uint32_t run, float *arc)
{
    uint32_t n = length_of(&e->chunk, run), first = e->chunk.begin[run];
    size_t dim = e->net->dim_arc;
    for (uint32_t d = 0; d < n; d++) {
        const float *query = e->query + (first + d) * dim;
        float *row = arc + (size_t)d * (n + 1), place[DGM_N_PLACES];
        for (uint32_t k = 0; k < DGM_N_PLACES; k++)
            place[k] = dgm_dot(query, e->net->arc_place + k * dim, dim);
        row[0] = dgm_dot(query, e->heads + e->chunk.n_words * dim, dim) + place[0];
        for (uint32_t h = 0; h < n; h++)
            row[h + 1] = h == d ? -1e4f
                                : dgm_dot(query, e->heads + (first + h) * dim, dim) +
                                      place[dgm_head_place(d + 1, h + 1)];
    }
}

void dgm_encoder_relations(dgm_encoder *e, const uint32_t *head_row, const uint8_t *place,
                           uint8_t *rel)
{
    const dgm_network *net = e->net;
    size_t dim = net->dim_rel, n_rel = net->n_rel;
    for (uint32_t i = 0; i < e->chunk.n_words; i++) {
        float *hidden = e->rel_d + i * dim;
        dgm_add_rows(hidden, e->rel_h + head_row[i] * dim, net->rel_place + place[i] * dim, dim);
        dgm_leaky(hidden, dim);
    }
    narrow_rows(e, e->rel_d, e->chunk.n_words, dim);
    dgm_matrix_apply(&net->rel.w, e->narrow, dim, e->x_scale, e->chunk.n_words, net->rel.b, e->wide,
                     n_rel);
    for (uint32_t i = 0; i < e->chunk.n_words; i++)
        rel[i] = (uint8_t)dgm_best_of(e->wide + i * n_rel, (uint32_t)n_rel);
}
