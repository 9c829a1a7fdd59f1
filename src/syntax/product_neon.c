/* product_neon.c - the product with the vectors of AArch64. The terms of a pair are summed apart,
 * in neighbouring lanes, until the end. */
#include "syntax/product.h"

#ifdef DGM_PRODUCT_NEON

#include <arm_neon.h>
#include <string.h>

#define INLINE __attribute__((always_inline)) static inline

typedef struct { /* the sums of four columns: those of the first two, and of the others */
    int32x4_t low, high;
} four_sums;

typedef struct { /* the sums of one row in a panel */
    four_sums a, b, c, d, e, f;
} row_sums;

INLINE four_sums add_four(four_sums s, int16x8_t both, const int16_t *w)
{
    int16x8_t weights = vld1q_s16(w);
    s.low = vmlal_s16(s.low, vget_low_s16(both), vget_low_s16(weights));
    s.high = vmlal_high_s16(s.high, both, weights);
    return s;
}

INLINE row_sums add_row(row_sums s, const int16_t *a, const int16_t *w)
{
    int32_t pair;
    memcpy(&pair, a, sizeof(pair));
    int16x8_t both = vreinterpretq_s16_s32(vdupq_n_s32(pair));
    s.a = add_four(s.a, both, w);
    s.b = add_four(s.b, both, w + 8);
    s.c = add_four(s.c, both, w + 16);
    s.d = add_four(s.d, both, w + 24);
    s.e = add_four(s.e, both, w + 32);
    s.f = add_four(s.f, both, w + 40);
    return s;
}

INLINE void put_four(int32_t *sum, four_sums s)
{
    vst1q_s32(sum, vpaddq_s32(s.low, s.high));
}

INLINE void put_row(const dgm_product *p, uint32_t row, uint32_t panel, row_sums s)
{
    int32_t sum[DGM_PANEL];
    put_four(sum, s.a), put_four(sum + 4, s.b), put_four(sum + 8, s.c);
    put_four(sum + 12, s.d), put_four(sum + 16, s.e), put_four(sum + 20, s.f);
    dgm_put_sums(p, row, panel, sum);
}

/* One row of one panel, or two (a constant wherever it is called), whose sums stay in 24 of the 32
 * registers. */
INLINE void rows_neon(const dgm_product *p, uint32_t row, uint32_t panel, bool two)
{
    uint32_t pairs = (p->w->k + 1) / 2;
    const int16_t *w = p->w->w + (size_t)panel * pairs * DGM_PANEL * 2;
    const int16_t *a = p->a + row * p->lda;
    int32x4_t zero = vdupq_n_s32(0);
    four_sums none = { zero, zero };
    row_sums s0 = { none, none, none, none, none, none }, s1 = s0;
    for (uint32_t k = 0; k < pairs; k++, a += 2, w += 2 * DGM_PANEL) {
        s0 = add_row(s0, a, w);
        s1 = two ? add_row(s1, a + p->lda, w) : s1;
    }
    put_row(p, row, panel, s0);
    if (two)
        put_row(p, row + 1, panel, s1);
}

void dgm_product_neon(const dgm_product *p, uint32_t n_rows)
{
    for (uint32_t block = 0; block < n_rows; block += DGM_ROW_BLOCK) {
        uint32_t end = DGM_MIN(n_rows, block + DGM_ROW_BLOCK);
        for (uint32_t panel = 0; panel < p->w->n_panels; panel++) {
            uint32_t row = block;
            for (; row + 2 <= end; row += 2)
                rows_neon(p, row, panel, true);
            if (row < end)
                rows_neon(p, row, panel, false);
        }
    }
}

#endif
