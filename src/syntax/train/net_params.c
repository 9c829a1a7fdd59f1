/* net_params.c - the network's matrices: their shapes and what they begin with. */
#include "syntax/train/net.h"

#include "syntax/head_place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    if (!net->config.from_zero) {
        fill_gaussian(&p[P_AFFIX], 0.15f, state);
        fill_gaussian(&p[P_NGRAM], 0.5f, state);
    }
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
