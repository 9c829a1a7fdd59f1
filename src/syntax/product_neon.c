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

INLINE row_sums no_sums(void)
{
    int32x4_t zero = vdupq_n_s32(0);
    four_sums none = { zero, zero };
    return (row_sums) { none, none, none, none, none, none };
}

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

/* The sums of two rows take 24 of the 32 registers. */
DGM_PRODUCT_BY_TWO(neon)

#endif
