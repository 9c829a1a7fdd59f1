/* product.h - kernels of the integer matrix product, one for each kind of vectors. All sum the same
 * integers and put the sums down by the same operations on floats: the bytes are the same. */
#ifndef DGM_SYNTAX_PRODUCT_H
#define DGM_SYNTAX_PRODUCT_H

#include "syntax/kernels.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define DGM_PRODUCT_X86 1
#elif defined(__aarch64__) && defined(__ARM_NEON) && defined(__GNUC__)
#define DGM_PRODUCT_NEON 1
#elif defined(__wasm_simd128__)
#define DGM_PRODUCT_WASM 1
#endif

#define DGM_ROW_BLOCK 96 /* rows that stay in the cache while all panels pass */

/* What dgm_matrix_apply and dgm_matrix_add are asked. */
typedef struct {
    const dgm_matrix *w;
    const int16_t *a;
    size_t lda;
    const float *scale, *bias;
    const float *const *rows; /* NULL: the sums are added to bias, or to c */
    float *c;
    size_t ldc;
} dgm_product;

typedef struct {
    const char *name;
    bool (*is_there)(void); /* whether this machine has it */
    void (*apply)(const dgm_product *p, uint32_t n_rows);
    void (*cell)(const float *gates, float *c, int16_t *h, size_t n);
} dgm_product_kernel;

/* All kernels built in, best first; the last is plain C. */
const dgm_product_kernel *dgm_product_kernels(uint32_t *n);

/* To what the sums of one row and panel are added. */
static inline const float *dgm_sums_base(const dgm_product *p, uint32_t row, uint32_t first,
                                         const float *c)
{
    return p->rows ? p->rows[row] + first : p->bias ? p->bias + first : c;
}

/* Puts the sums of one row and panel where they belong. */
static inline void dgm_put_sums(const dgm_product *p, uint32_t row, uint32_t panel,
                                const int32_t *sum)
{
    uint32_t first = panel * DGM_PANEL, n = DGM_MIN(DGM_PANEL, p->w->n - first);
    float row_scale = p->scale ? p->scale[row] : 1.0f / DGM_ACTIVATION_MOST;
    float *c = p->c + row * p->ldc + first;
    const float *from = dgm_sums_base(p, row, first, c), *scale = p->w->scale + first;
    for (uint32_t j = 0; j < n; j++)
        c[j] = from[j] + (float)sum[j] * (row_scale * scale[j]);
}

#ifdef DGM_PRODUCT_X86
bool dgm_has_avx2(void);
void dgm_product_avx2(const dgm_product *p, uint32_t n_rows);
void dgm_cell_avx2(const float *gates, float *c, int16_t *h, size_t n);
bool dgm_has_vnni(void);
void dgm_product_vnni(const dgm_product *p, uint32_t n_rows);
void dgm_cell_avx512(const float *gates, float *c, int16_t *h, size_t n);
#endif
#ifdef DGM_PRODUCT_NEON
void dgm_product_neon(const dgm_product *p, uint32_t n_rows);
#endif
#ifdef DGM_PRODUCT_WASM
void dgm_product_wasm(const dgm_product *p, uint32_t n_rows);
#endif

#endif
