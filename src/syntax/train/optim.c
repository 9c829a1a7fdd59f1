/* optim.c - one step of Adam (Kingma and Ba 2015) with weight decay apart from the gradient
 * (Loshchilov and Hutter 2019), after the gradients of all shards are summed and their norm is cut
 * to `clip` (Pascanu et al. 2013).
 *
 *   m, v   moving means of gradient and squared gradient; `warm` corrects that they begin at zero
 *   mean   moving average of the weights (Polyak and Juditsky 1992), which is what is saved
 * Embedding tables are sparse: rows that a step does not touch keep weights and moments. Sums run
 * in one order over the shards, so the number of threads changes no bit. */
#include "syntax/train/optim.h"

#include "syntax/nonlinear.h"

#include <math.h>

/* Averages are taken this often: every step would cost as much as the step. */
#define MEAN_EVERY 8

DGM_WIDE static void add_rows(float *restrict to, const float *restrict from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += from[i];
}

DGM_WIDE static float squares(const float *restrict g, size_t n)
{
    float lane[16] = { 0 }, sum = 0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16)
        for (int k = 0; k < 16; k++)
            lane[k] += g[i + (size_t)k] * g[i + (size_t)k];
    for (; i < n; i++)
        sum += g[i] * g[i];
    for (int k = 0; k < 16; k++)
        sum += lane[k];
    return sum;
}

typedef struct {
    float scale, rate, beta1, beta2, epsilon, decay;
} step_values;

DGM_WIDE static void adam(float *restrict w, const float *restrict grad, float *restrict m,
                          float *restrict v, size_t n, const step_values *s)
{
    for (size_t i = 0; i < n; i++) {
        float g = grad[i] * s->scale;
        m[i] = s->beta1 * m[i] + (1.0f - s->beta1) * g;
        v[i] = s->beta2 * v[i] + (1.0f - s->beta2) * g * g;
        w[i] -= s->rate * (m[i] / (__builtin_sqrtf(v[i]) + s->epsilon) + s->decay * w[i]);
    }
}

DGM_WIDE static void average(float *restrict mean, const float *restrict w, size_t n, float keep)
{
    for (size_t i = 0; i < n; i++)
        mean[i] = keep * mean[i] + (1.0f - keep) * w[i];
}

/* Sums one parameter's gradients over the shards; the sum of squares of the result. */
static double gather(const dgm_param *p, uint32_t i_param, dgm_work *const *works, uint32_t n_works)
{
    float *sum = dgm_work_grad(works[0], i_param);
    uint8_t *rows = dgm_work_touched(works[0], i_param);
    double total = 0;
    for (uint32_t k = 1; k < n_works; k++) {
        const float *more = dgm_work_grad(works[k], i_param);
        const uint8_t *touched = dgm_work_touched(works[k], i_param);
        if (!p->sparse)
            add_rows(sum, more, (size_t)p->rows * p->cols);
        for (uint32_t r = 0; p->sparse && r < p->rows; r++)
            if (touched[r]) {
                add_rows(sum + (size_t)r * p->cols, more + (size_t)r * p->cols, p->cols);
                rows[r] = 1;
            }
    }
    if (!p->sparse)
        return (double)squares(sum, (size_t)p->rows * p->cols);
    for (uint32_t r = 0; r < p->rows; r++)
        if (rows[r])
            total += (double)squares(sum + (size_t)r * p->cols, p->cols);
    return total;
}

float dgm_optim_step(dgm_net *net, dgm_work *const *works, uint32_t n_works, float scale,
                     const dgm_optim *optim, uint64_t step)
{
    double total = 0;
    for (uint32_t i = 0; i < N_PARAMS; i++)
        if (net->params[i].w)
            total += gather(&net->params[i], i, works, n_works);
    float norm = (float)sqrt(total) * scale;
    if (optim->clip > 0 && norm > optim->clip)
        scale *= optim->clip / norm;
    double t = (double)step;
    float warm =
        (float)(sqrt(1.0 - pow((double)optim->beta2, t)) / (1.0 - pow((double)optim->beta1, t)));
    step_values s = { scale,        optim->rate * warm, optim->beta1,
                      optim->beta2, optim->epsilon,     optim->decay };
    for (uint32_t i = 0; i < N_PARAMS; i++) {
        dgm_param *p = &net->params[i];
        if (!p->w)
            continue;
        const float *g = dgm_work_grad(works[0], i);
        const uint8_t *rows = dgm_work_touched(works[0], i);
        if (!p->sparse)
            adam(p->w, g, p->m, p->v, (size_t)p->rows * p->cols, &s);
        for (size_t r = 0; p->sparse && r < p->rows; r++)
            if (rows[r])
                adam(p->w + r * p->cols, g + r * p->cols, p->m + r * p->cols, p->v + r * p->cols,
                     p->cols, &s);
        if (step % MEAN_EVERY == 0) {
            double keep = pow((double)optim->mean_decay, MEAN_EVERY);
            double early = (t + 1) / (t + 20 * MEAN_EVERY); /* forget the beginning quickly */
            average(p->mean, p->w, (size_t)p->rows * p->cols, (float)DGM_MIN(keep, early));
        }
    }
    return norm;
}
