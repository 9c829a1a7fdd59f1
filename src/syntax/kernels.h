/* kernels.h - the arithmetic of the network at run time.
 *
 * Matrices are of 7-bit integers with a scale a column, activations of 8-bit integers with a scale
 * a row; products are summed in 32 bits, exactly, so that every machine gets the same numbers
 * whatever its vectors are. An activation is kept as the unsigned byte value + DGM_ZERO. Bounds:
 * |weight| <= DGM_WEIGHT_MOST, |activation| <= DGM_ACTIVATION_MOST, so that two terms stay below
 * 2^15 and DGM_MATRIX_MAX_K of them below 2^31. */
#ifndef DGM_SYNTAX_KERNELS_H
#define DGM_SYNTAX_KERNELS_H

#include "base/base.h"

#define DGM_WEIGHT_MOST     63
#define DGM_ACTIVATION_MOST 127
#define DGM_ZERO            128 /* the byte that means an activation of 0 */
#define DGM_MATRIX_MAX_K    512
#define DGM_PANEL           32 /* columns that are computed together */
#define DGM_MATRIX_ALIGN    64 /* where packed weights begin; rows are readable so far past k */

typedef struct dgm_product_kernel dgm_product_kernel; /* product.h */

/* k x n, in panels of DGM_PANEL columns, in each panel groups of four rows:
 * w[panel][depth / 4][column][4]. Rows past k are zero. */
typedef struct {
    uint32_t k, n, n_panels, depth;
    const int8_t *w;    /* borrowed */
    const float *scale; /* [n_panels * DGM_PANEL], borrowed */
    int32_t *offset;    /* [n_panels * DGM_PANEL]: -DGM_ZERO times the sum of the column */
    const dgm_product_kernel *kernel; /* what multiplies with it */
} dgm_matrix;

/* Rows that a packed matrix has: k and a few zeros, so that they fall into equal steps of whole
 * groups, at most 64 rows each. k is below 2^28 (dgm_bundle_check()); a damaged file may say 0. */
static inline uint32_t dgm_matrix_depth(uint32_t k)
{
    uint32_t steps = (k + 63) / 64;
    return steps ? (k + 4 * steps - 1) / (4 * steps) * (4 * steps) : 0;
}
/* Bytes of a packed matrix: its weights, then its scales. */
size_t dgm_matrix_size(uint32_t k, uint32_t n);
/* Rounds a row-major k x n matrix and packs it into out[dgm_matrix_size(k, n)]. */
void dgm_matrix_pack(const float *values, uint32_t k, uint32_t n, void *out);
/* What was packed, row-major, as rounded as it is. */
void dgm_matrix_unpack(const void *packed, uint32_t k, uint32_t n, float *values);
/* A matrix over packed bytes, which the caller keeps. DGM_EFORMAT: they hold a weight or a scale
 * out of bounds, or it has no rows, no columns or too many rows. */
dgm_status dgm_matrix_over(dgm_matrix *m, const void *packed, uint32_t k, uint32_t n) DGM_MUST_USE;
void dgm_matrix_done(dgm_matrix *m);

/* c[i][j] = bias[j] + scale[i] * sum_k a[i][k] w[k][j]; with bias NULL it is added to c. Rows of a
 * lie lda apart, and each is readable DGM_MATRIX_ALIGN bytes past its end. scale NULL:
 * 1 / DGM_ACTIVATION_MOST. */
void dgm_matrix_apply(const dgm_matrix *w, const uint8_t *a, size_t lda, const float *scale,
                      uint32_t n_rows, const float *bias, float *c, size_t ldc);
/* c[i][j] = rows[i][j] + sum_k a[i][k] w[k][j] / DGM_ACTIVATION_MOST. */
void dgm_matrix_add(const dgm_matrix *w, const uint8_t *a, size_t lda, uint32_t n_rows,
                    const float *const *rows, float *c, size_t ldc);

/* Rounds x[n] to activations; returns what one unit is worth. */
float dgm_quantise(const float *x, size_t n, uint8_t *out);
float dgm_dot(const float *a, const float *b, size_t n);
/* to[n] += row * unit, over a row of the kind DGM_BUNDLE_I4 (bundle.h). */
void dgm_add_fours(float *to, const uint8_t *row, float unit, uint32_t n);
/* to += a + b */
void dgm_add_rows(float *to, const float *a, const float *b, size_t n);
/* The place of the first of the largest; n > 0. */
uint32_t dgm_best_of(const float *x, uint32_t n);
/* x > 0 ? x : 0.1 x */
void dgm_leaky(float *x, size_t n);

#endif
