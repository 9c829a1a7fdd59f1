/* product_neon.c - the product with the vectors of AArch64. An activation is taken back to a signed
 * byte, so the offsets do not apply; two terms stay within 16 bits, by the bounds of kernels.h. */
#include "syntax/product.h"

#ifdef DGM_PRODUCT_NEON

#include <arm_neon.h>
#include <string.h>

#define INLINE __attribute__((always_inline)) static inline

typedef struct { /* the sums of one row in a panel: four columns each */
    int32x4_t at[8];
} row_sums;

INLINE row_sums no_sums(void)
{
    row_sums none;
    for (int i = 0; i < 8; i++)
        none.at[i] = vdupq_n_s32(0);
    return none;
}

/* The four terms of each of four columns: two and two in 16 bits, then in 32. */
INLINE int32x4_t add_four(int32x4_t sum, int8x16_t four, int8x16_t w)
{
    int16x8_t low = vmull_s8(vget_low_s8(four), vget_low_s8(w));
    int16x8_t high = vmull_high_s8(four, w);
    return vpadalq_s16(sum, vpaddq_s16(low, high));
}

INLINE row_sums add_row(row_sums s, const uint8_t *a, const int8_t *w)
{
    uint32_t four;
    memcpy(&four, a, sizeof(four));
    int8x16_t signed_four = vreinterpretq_s8_u32(vdupq_n_u32(four ^ 0x80808080u));
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++)
        s.at[i] = add_four(s.at[i], signed_four, vld1q_s8(w + 16 * i));
    return s;
}

INLINE void put_row(const dgm_product *p, uint32_t row, uint32_t panel, row_sums s)
{
    int32_t sum[DGM_PANEL];
    for (size_t i = 0; i < 8; i++)
        vst1q_s32(sum + 4 * i, s.at[i]);
    dgm_put_sums(p, row, panel, sum);
}

/* The sums of two rows take 16 of the 32 registers. */
INLINE void rows_neon(const dgm_product *p, uint32_t row, uint32_t panel, int n)
{
    const int8_t *w = dgm_panel_weights(p->w, panel);
    const uint8_t *a = p->a + row * p->lda;
    row_sums s0 = no_sums(), s1 = s0;
    for (uint32_t left = dgm_groups(p->w); left > 0; left--, a += 4, w += 4 * DGM_PANEL) {
        s0 = add_row(s0, a, w);
        s1 = n > 1 ? add_row(s1, a + p->lda, w) : s1;
    }
    put_row(p, row, panel, s0);
    if (n > 1)
        put_row(p, row + 1, panel, s1);
}

#define NEON
DGM_PRODUCT_OF_ROWS(neon, NEON, 2)

#endif
