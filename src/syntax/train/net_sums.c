/* net_sums.c - arithmetic over rows of matrices, and masks that drop a share of them. */
#include "syntax/train/net_parts.h"

#include "syntax/nonlinear.h"

#include <cblas.h>
#include <string.h>

/* C[m][n] += A[m][k] B[k][n]; `ta`, `tb`: that factor is stored transposed. */
void net_gemm(bool ta, bool tb, size_t m, size_t n, size_t k, const float *a, size_t lda,
              const float *b, size_t ldb, float *c, size_t ldc)
{
    if (m && n && k)
        cblas_sgemm(CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans,
                    (int)m, (int)n, (int)k, 1.0f, a, (int)lda, b, (int)ldb, 1.0f, c, (int)ldc);
}

DGM_WIDE void net_add_to(float *to, const float *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += from[i];
}

DGM_WIDE void net_multiply_into(float *to, const float *by, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] *= by[i];
}

DGM_WIDE void net_add_scaled(float *to, const float *from, float scale, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += from[i] * scale;
}

void net_fill_rows(float *to, const float *row, size_t n_rows, size_t cols)
{
    for (size_t r = 0; r < n_rows; r++)
        memcpy(to + r * cols, row, cols * sizeof(float));
}

void net_sum_rows(float *to, const float *rows, size_t n_rows, size_t cols)
{
    for (size_t r = 0; r < n_rows; r++)
        net_add_to(to, rows + r * cols, cols);
}

/* Zeros with probability `share`, else what keeps the mean. NULL: no dropout. */
float *net_draw_mask(dgm_work *work, size_t n, float share, uint64_t *state)
{
    if (share <= 0)
        return NULL;
    float *mask = net_take(work, n), keep = 1.0f / (1.0f - share);
    for (size_t i = 0; i < n; i++)
        mask[i] = dgm_random_unit(state) < share ? 0.0f : keep;
    return mask;
}
