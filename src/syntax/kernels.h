/* kernels.h - the arithmetic of the network at run time.
 *
 * Matrices are of 16-bit integers with a scale a column, activations of 16-bit integers with a
 * scale a row; products are summed in 32 bits, exactly, so that every machine gets the same numbers
 * whatever its vectors are. Bounds: |weight| <= DGM_WEIGHT_MOST, |activation| <=
 * DGM_ACTIVATION_MOST and at most DGM_MATRIX_MAX_K terms stay below 2^31. */
#ifndef DGM_SYNTAX_KERNELS_H
#define DGM_SYNTAX_KERNELS_H

#include "base/base.h"

#define DGM_WEIGHT_MOST     1023
#define DGM_ACTIVATION_MOST 4095
#define DGM_MATRIX_MAX_K    512
#define DGM_PANEL           24 /* columns that are computed together */

/* k x n, in panels of DGM_PANEL columns, in each panel pairs of rows: w[panel][k / 2][column][2].
 */
typedef struct {
    uint32_t k, n, n_panels;
    int16_t *w;
    float *scale; /* [n_panels * DGM_PANEL] */
} dgm_matrix;

/* Quantises a row-major k x n matrix of half precision. */
dgm_status dgm_matrix_init(dgm_matrix *m, const uint16_t *halves, uint32_t k,
                           uint32_t n) DGM_MUST_USE;
void dgm_matrix_done(dgm_matrix *m);

/* c[i][j] = bias[j] + scale[i] * sum_k a[i][k] w[k][j]; with bias NULL it is added to c. Rows of a
 * lie lda apart and are readable up to the next even k. scale NULL: 1 / DGM_ACTIVATION_MOST. */
void dgm_matrix_apply(const dgm_matrix *w, const int16_t *a, size_t lda, const float *scale,
                      uint32_t n_rows, const float *bias, float *c, size_t ldc);
/* c[i][j] = rows[i][j] + sum_k a[i][k] w[k][j] / DGM_ACTIVATION_MOST. */
void dgm_matrix_add(const dgm_matrix *w, const int16_t *a, size_t lda, uint32_t n_rows,
                    const float *const *rows, float *c, size_t ldc);

/* Rounds x[n] to 16-bit integers; returns what one of them is worth. */
float dgm_quantise(const float *x, size_t n, int16_t *out);
/* One step of an LSTM: gates[4n] (i f o g, before their nonlinearities) and state c[n], which is
 * replaced; the output, in (-1, 1), goes to h[n] in units of 1 / DGM_ACTIVATION_MOST. */
void dgm_lstm_cell(const float *gates, float *c, int16_t *h, size_t n);
float dgm_dot(const float *a, const float *b, size_t n);
/* to += from * scale, over bytes. */
void dgm_add_bytes(float *to, const int8_t *from, float scale, size_t n);
/* to += a + b */
void dgm_add_rows(float *to, const float *a, const float *b, size_t n);
/* The place of the first of the largest; n > 0. */
uint32_t dgm_best_of(const float *x, uint32_t n);
/* x > 0 ? x : 0.1 x */
void dgm_leaky(float *x, size_t n);

#endif
