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

/* Defines dgm_product_KIND, which takes two rows of one panel at a time, whose sums stay in
 * registers, and the last one by itself. Its file says before what row_sums are, and no_sums(),
 * add_row() and put_row() of them. */
#define DGM_PRODUCT_BY_TWO(KIND)                                                                   \
    __attribute__((always_inline)) static inline void rows_##KIND(                                 \
        const dgm_product *p, uint32_t row, uint32_t panel, bool two)                              \
    {                                                                                              \
        uint32_t pairs = (p->w->k + 1) / 2;                                                        \
        const int16_t *w = p->w->w + (size_t)panel * pairs * DGM_PANEL * 2;                        \
        const int16_t *a = p->a + row * p->lda;                                                    \
        row_sums s0 = no_sums(), s1 = s0;                                                          \
        for (uint32_t k = 0; k < pairs; k++, a += 2, w += 2 * DGM_PANEL) {                         \
            s0 = add_row(s0, a, w);                                                                \
            s1 = two ? add_row(s1, a + p->lda, w) : s1;                                            \
        }                                                                                          \
        put_row(p, row, panel, s0);                                                                \
        if (two)                                                                                   \
            put_row(p, row + 1, panel, s1);                                                        \
    }                                                                                              \
                                                                                                   \
    void dgm_product_##KIND(const dgm_product *p, uint32_t n_rows)                                 \
    {                                                                                              \
        for (uint32_t block = 0; block < n_rows; block += DGM_ROW_BLOCK) {                         \
            uint32_t end = DGM_MIN(n_rows, block + DGM_ROW_BLOCK);                                 \
            for (uint32_t panel = 0; panel < p->w->n_panels; panel++) {                            \
                uint32_t row = block;                                                              \
                for (; row + 2 <= end; row += 2)                                                   \
                    rows_##KIND(p, row, panel, true);                                              \
                if (row < end)                                                                     \
                    rows_##KIND(p, row, panel, false);                                             \
            }                                                                                      \
        }                                                                                          \
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
