/* net_work.c - the space of one thread: gradients, and a tape on which everything that the backward
 * pass needs stays until the next batch. */
#include "syntax/train/net_parts.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_FLOATS ((size_t)16 << 20)

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
float *net_take(dgm_work *work, size_t n)
{
    n = (n + 15) & ~(size_t)15;
    while (work->i_block < work->n_blocks && work->used + n > work->cap[work->i_block]) {
        work->i_block++;
        work->used = 0;
    }
    if (work->i_block == work->n_blocks) {
        size_t cap = DGM_MAX(n, BLOCK_FLOATS);
        float *block =
            work->n_blocks < NET_MAX_BLOCKS ? aligned_alloc(64, cap * sizeof(float)) : NULL;
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

void net_rewind(dgm_work *work)
{
    work->i_block = 0, work->used = 0;
}
