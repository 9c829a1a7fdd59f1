/* product.h - kernels of the integer matrix product, one for each kind of vectors. All sum the same
 * integers and put the sums down by the same operations on floats: the bytes are the same. */
#ifndef DGM_SYNTAX_PRODUCT_H
#define DGM_SYNTAX_PRODUCT_H

#include "syntax/kernels.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define DGM_PRODUCT_X86 1
#if defined(__linux__)
#define DGM_PRODUCT_AMX 1
#endif
#elif defined(__aarch64__) && defined(__ARM_NEON) && defined(__GNUC__)
#define DGM_PRODUCT_NEON 1
#elif defined(__wasm_simd128__)
#define DGM_PRODUCT_WASM 1
#endif

#define DGM_ROW_BLOCK 96 /* rows that stay in the cache while all panels pass */

/* What dgm_matrix_apply and dgm_matrix_add are asked. */
typedef struct {
    const dgm_matrix *w;
    const uint8_t *a;
    size_t lda;
    const float *scale, *bias;
    const float *const *rows; /* NULL: the sums are added to bias, or to c */
    float *c;
    size_t ldc;
} dgm_product;

struct dgm_product_kernel {
    const char *name;
    bool (*is_there)(void); /* whether this machine has it, and lets this process use it */
    void (*apply)(const dgm_product *p, uint32_t n_rows);
    /* One step of an LSTM: gates[4n] (i f o g, before their nonlinearities) and state c[n], which
     * is replaced; the output, in (-1, 1), goes to h[n] in units of 1 / DGM_ACTIVATION_MOST. */
    void (*cell)(const float *gates, float *c, uint8_t *h, size_t n);
};

/* All kernels built in, best first; the last is plain C. */
const dgm_product_kernel *dgm_product_kernels(uint32_t *n);
/* The first of them that is there. */
const dgm_product_kernel *dgm_product_best(void);

/* To what the sums of one row and panel are added. */
static inline const float *dgm_sums_base(const dgm_product *p, uint32_t row, uint32_t first,
                                         const float *c)
{
    return p->rows ? p->rows[row] + first : p->bias ? p->bias + first : c;
}

/* Where the weights of a panel begin. */
static inline const int8_t *dgm_panel_weights(const dgm_matrix *w, uint32_t panel)
{
    return w->w + (size_t)panel * w->depth * DGM_PANEL;
}

/* Groups of four rows that hold anything. */
static inline uint32_t dgm_groups(const dgm_matrix *w)
{
    return (w->k + 3) / 4;
}

/* Puts the sums of one row and panel, to which the offsets have been added, where they belong. */
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

/* Defines dgm_product_KIND over rows_KIND(p, row, panel, n), which takes n rows of one panel whose
 * sums stay in registers; n is a constant wherever it is called, at most MOST. */
#define DGM_PRODUCT_OF_ROWS(KIND, TARGET, MOST)                                                    \
    TARGET void dgm_product_##KIND(const dgm_product *p, uint32_t n_rows)                          \
    {                                                                                              \
        for (uint32_t block = 0; block < n_rows; block += DGM_ROW_BLOCK) {                         \
            uint32_t end = DGM_MIN(n_rows, block + DGM_ROW_BLOCK);                                 \
            for (uint32_t panel = 0; panel < p->w->n_panels; panel++) {                            \
                uint32_t row = block;                                                              \
                for (; row + MOST <= end; row += MOST)                                             \
                    rows_##KIND(p, row, panel, MOST);                                              \
                for (; MOST > 4 && row + 4 <= end; row += 4)                                       \
                    rows_##KIND(p, row, panel, 4);                                                 \
                for (; MOST > 2 && row + 2 <= end; row += 2)                                       \
                    rows_##KIND(p, row, panel, 2);                                                 \
                for (; row < end; row++)                                                           \
                    rows_##KIND(p, row, panel, 1);                                                 \
            }                                                                                      \
        }                                                                                          \
    }

#ifdef DGM_PRODUCT_X86
bool dgm_has_avx2(void);
void dgm_product_avx2(const dgm_product *p, uint32_t n_rows);
void dgm_cell_avx2(const float *gates, float *c, uint8_t *h, size_t n);
bool dgm_has_avx_vnni(void);
void dgm_product_avx_vnni(const dgm_product *p, uint32_t n_rows);
bool dgm_has_avx512_vnni(void);
void dgm_product_avx512_vnni(const dgm_product *p, uint32_t n_rows);
void dgm_cell_avx512(const float *gates, float *c, uint8_t *h, size_t n);
#endif
#ifdef DGM_PRODUCT_AMX
bool dgm_has_amx(void);
void dgm_product_amx(const dgm_product *p, uint32_t n_rows);
#endif
#ifdef DGM_PRODUCT_NEON
void dgm_product_neon(const dgm_product *p, uint32_t n_rows);
#endif
#ifdef DGM_PRODUCT_WASM
void dgm_product_wasm(const dgm_product *p, uint32_t n_rows);
#endif

#endif
