/* Training a perceptron: batches, dropout, Adam. One thread, plain loops in one order, so that the
 * same examples give the same weights. */
#include "learn/draw.h"
#include "learn/perceptron.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- examples ------------------------------------------------------------------------------- */

bool dgm_examples_add(dgm_examples *e, const int8_t *inputs, const dgm_case *it)
{
    if (e->n == e->size) {
        uint32_t size = e->size ? e->size * 2 : 1024;
        int8_t *more = realloc(e->inputs, (size_t)size * e->n_inputs);
        if (more)
            e->inputs = more;
        dgm_case *cases = more ? realloc(e->cases, size * sizeof *cases) : NULL;
        if (!cases)
            return false;
        e->cases = cases;
        e->size = size;
    }
    memcpy(e->inputs + (size_t)e->n * e->n_inputs, inputs, e->n_inputs);
    e->cases[e->n++] = *it;
    return true;
}

void dgm_examples_done(dgm_examples *e)
{
    free(e->inputs);
    free(e->cases);
    *e = (dgm_examples) { .n_inputs = e->n_inputs };
}

/* ---- the network ---------------------------------------------------------------------------- */

/* All that is learned lies in one row: [n_inputs + 1][hidden], then [answers][hidden + 1]. */
typedef struct {
    const dgm_examples *examples;
    const dgm_perceptron_training *how;
    uint32_t n_in, n_hidden, n_out, n;                   /* n: numbers learned */
    float *w, *gradient, *mean, *square;                 /* [n]; the last two are Adam's */
    float *in;                                           /* [n_in + 1] of a case, the last is 1 */
    float hidden[DGM_MAX_HIDDEN], scale[DGM_MAX_HIDDEN]; /* scale 0: left out, or not awake */
    uint64_t seed;
} net;

static float chance(net *x)
{
    return (float)(learn_draw(&x->seed) >> 40) / (float)(1u << 24);
}

static float *outs(const net *x, float *row)
{
    return row + (size_t)(x->n_in + 1) * x->n_hidden;
}

static void begin_weights(net *x)
{
    float *out = outs(x, x->w);
    float wide = 1 / sqrtf((float)x->n_in), narrow = 1 / sqrtf((float)x->n_hidden);
    for (uint32_t i = 0; i < x->n_in * x->n_hidden; i++)
        x->w[i] = (2 * chance(x) - 1) * wide;
    for (uint32_t i = 0; i < x->n_out * (x->n_hidden + 1); i++)
        out[i] = i % (x->n_hidden + 1) == 0 ? -4 : (2 * chance(x) - 1) * narrow;
}

static void forward(net *x, const int8_t *inputs)
{
    float drop = (float)x->how->drop_inputs, out = (float)x->how->drop_hidden;
    memcpy(x->hidden, x->w + (size_t)x->n_in * x->n_hidden, x->n_hidden * sizeof(float));
    for (uint32_t i = 0; i < x->n_in; i++) {
        x->in[i] =
            inputs[i] == 0 || chance(x) < drop ? 0 : (float)inputs[i] / DGM_INPUT_ONE / (1 - drop);
        const float *w = x->w + (size_t)i * x->n_hidden;
        if (x->in[i] != 0)
            for (uint32_t k = 0; k < x->n_hidden; k++)
                x->hidden[k] += x->in[i] * w[k];
    }
    for (uint32_t k = 0; k < x->n_hidden; k++) {
        x->scale[k] = x->hidden[k] <= 0 || chance(x) < out ? 0 : 1 / (1 - out);
        x->hidden[k] *= x->scale[k];
    }
}

static void backward(net *x, const dgm_case *it)
{
    float back[DGM_MAX_HIDDEN] = { 0 };
    float *w = outs(x, x->w), *g = outs(x, x->gradient);
    for (uint32_t a = 0; a < x->n_out; a++, w += x->n_hidden + 1, g += x->n_hidden + 1) {
        float sum = w[0];
        if (it->open >> a & 1)
            continue;
        for (uint32_t k = 0; k < x->n_hidden; k++)
            sum += x->hidden[k] * w[k + 1];
        float error = (1 / (1 + expf(-sum)) - (float)(it->right >> a & 1)) * it->weight /
                      (float)x->how->batch;
        g[0] += error;
        for (uint32_t k = 0; k < x->n_hidden; k++) {
            g[k + 1] += error * x->hidden[k];
            back[k] += error * w[k + 1];
        }
    }
    for (uint32_t k = 0; k < x->n_hidden; k++)
        back[k] *= x->scale[k];
    for (uint32_t i = 0; i <= x->n_in; i++) {
        float *row = x->gradient + (size_t)i * x->n_hidden;
        if (x->in[i] != 0)
            for (uint32_t k = 0; k < x->n_hidden; k++)
                row[k] += x->in[i] * back[k];
    }
}

/* Step `t` from 1. */
static void step(net *x, uint32_t t, float rate)
{
    static const float b1 = 0.9F, b2 = 0.999F, little = 1e-8F;
    float fix1 = 1 - powf(b1, (float)t), fix2 = 1 - powf(b2, (float)t);
    for (uint32_t i = 0; i < x->n; i++) {
        float g = x->gradient[i];
        x->mean[i] = b1 * x->mean[i] + (1 - b1) * g;
        x->square[i] = b2 * x->square[i] + (1 - b2) * g * g;
        x->w[i] -= rate * (x->mean[i] / fix1) / (sqrtf(x->square[i] / fix2) + little);
        x->gradient[i] = 0;
    }
}

/* Up for the first third of the way, then down to nothing. */
static float rate_at(const net *x, uint32_t t, uint32_t n)
{
    float share = (float)t / (float)n, top = (float)x->how->rate;
    return share < 0.3F ? top * (0.04F + 0.96F * share / 0.3F) : top * (1 - share) / 0.7F;
}

static void learn(net *x, uint32_t *order)
{
    uint32_t n = x->examples->n, batch = x->how->batch, t = 0;
    uint32_t n_steps = (n + batch - 1) / batch * x->how->n_rounds;
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    x->in[x->n_in] = 1;
    for (uint32_t round = 0; round < x->how->n_rounds; round++) {
        learn_shuffle(order, n, &x->seed);
        for (uint32_t i = 0; i < n; i++) {
            forward(x, x->examples->inputs + (size_t)order[i] * x->n_in);
            backward(x, &x->examples->cases[order[i]]);
            if ((i + 1) % batch == 0 || i + 1 == n) {
                t++;
                step(x, t, rate_at(x, t, n_steps));
            }
        }
    }
}

/* ---- the table ------------------------------------------------------------------------------ */

static void put_numbers(const float *at, uint32_t n, FILE *out)
{
    for (uint32_t k = 0; k < n; k++) {
        long v = lroundf(at[k] * 1000);
        fprintf(out, "%s%ld", k ? " " : "\t",
                DGM_MIN(DGM_MAX(v, -DGM_MOST_WEIGHT), DGM_MOST_WEIGHT));
    }
    fputc('\n', out);
}

static bool write_table(const net *x, const dgm_inputs_named *inputs, const char *const *answers,
                        const char *comment, FILE *out)
{
    char name[64];
    fprintf(out, "%sinput\tweights\n", comment);
    for (uint32_t i = 0; i <= x->n_in; i++) {
        if (i < x->n_in)
            inputs->name(i, name);
        fputs(i < x->n_in ? name : "bias", out);
        put_numbers(x->w + (size_t)i * x->n_hidden, x->n_hidden, out);
    }
    for (uint32_t a = 0; a < x->n_out; a++) {
        fprintf(out, "out %s", answers[a]);
        put_numbers(outs(x, x->w) + (size_t)a * (x->n_hidden + 1), x->n_hidden + 1, out);
    }
    return !ferror(out);
}

static dgm_status write_file(const net *x, const dgm_inputs_named *inputs,
                             const char *const *answers, const char *comment, const char *path,
                             dgm_err *err)
{
    FILE *out = fopen(path, "w");
    bool good = out && write_table(x, inputs, answers, comment, out);
    if (out && fclose(out) != 0)
        good = false;
    return good ? DGM_OK
                : dgm_fail(err, DGM_EIO, path, 0, "cannot be written: %s", strerror(errno));
}

static void free_net(net *x)
{
    if (!x)
        return;
    free(x->w);
    free(x->in);
    free(x);
}

/* NULL: no memory. */
static net *new_net(const dgm_examples *examples, const dgm_perceptron_training *how)
{
    net *x = calloc(1, sizeof(*x));
    if (!x)
        return NULL;
    *x = (net) { .examples = examples,
                 .how = how,
                 .n_in = examples->n_inputs,
                 .n_hidden = DGM_MIN(how->n_hidden, (uint32_t)DGM_MAX_HIDDEN),
                 .n_out = how->n_answers,
                 .seed = 1 };
    x->n = (x->n_in + 1) * x->n_hidden + x->n_out * (x->n_hidden + 1);
    x->w = calloc((size_t)x->n * 4, sizeof(float));
    x->in = calloc((size_t)x->n_in + 1, sizeof(float));
    if (!x->w || !x->in) {
        free_net(x);
        return NULL;
    }
    x->gradient = x->w + x->n;
    x->mean = x->gradient + x->n;
    x->square = x->mean + x->n;
    return x;
}

dgm_status dgm_perceptron_learn(const dgm_examples *examples, const dgm_perceptron_training *how,
                                const dgm_inputs_named *inputs, const char *const *answers,
                                const char *comment, const char *path, dgm_err *err)
{
    net *x = new_net(examples, how);
    uint32_t *order = calloc((size_t)examples->n + 1, sizeof(*order));
    dgm_status status = DGM_OK;
    if (x && order) {
        begin_weights(x);
        learn(x, order);
        status = write_file(x, inputs, answers, comment, path, err);
    } else {
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the training");
    }
    free_net(x);
    free(order);
    return status;
}
