/* product_wasm.c - the product with the vectors of WebAssembly, widened to 16 bits. The sums of a
 * column lie in two neighbouring lanes until the end. */
#include "syntax/product.h"

#ifdef DGM_PRODUCT_WASM

#include <wasm_simd128.h>

#define INLINE __attribute__((always_inline)) static inline

typedef struct { /* the sums of one row in half a panel: two columns each */
    v128_t at[8];
} row_sums;

INLINE row_sums add_row(row_sums s, v128_t four, const int8_t *w)
{
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        v128_t weights = wasm_v128_load(w + 16 * i);
        s.at[2 * i] = wasm_i32x4_add(
            s.at[2 * i], wasm_i32x4_dot_i16x8(four, wasm_i16x8_extend_low_i8x16(weights)));
        s.at[2 * i + 1] = wasm_i32x4_add(
            s.at[2 * i + 1], wasm_i32x4_dot_i16x8(four, wasm_i16x8_extend_high_i8x16(weights)));
    }
    return s;
}

/* Half a panel of one row: its sums have eight of the sixteen registers that most machines have. */
INLINE void half_row(const dgm_product *p, const uint8_t *a, const int8_t *w, int32_t *sum)
{
    row_sums s;
    for (int i = 0; i < 8; i++)
        s.at[i] = wasm_i32x4_splat(0);
    for (uint32_t left = dgm_groups(p->w); left > 0; left--, a += 4, w += 4 * DGM_PANEL)
        s = add_row(s, wasm_u16x8_extend_low_u8x16(wasm_v128_load32_splat(a)), w);
    for (int i = 0; i < 8; i++) {
        sum[2 * i] += wasm_i32x4_extract_lane(s.at[i], 0) + wasm_i32x4_extract_lane(s.at[i], 1);
        sum[2 * i + 1] += wasm_i32x4_extract_lane(s.at[i], 2) + wasm_i32x4_extract_lane(s.at[i], 3);
    }
}

INLINE void rows_wasm(const dgm_product *p, uint32_t row, uint32_t panel, int n)
{
    const int8_t *w = dgm_panel_weights(p->w, panel);
    const uint8_t *a = p->a + row * p->lda;
    int32_t sum[DGM_PANEL];
    (void)n;
    memcpy(sum, p->w->offset + (size_t)panel * DGM_PANEL, sizeof(sum));
    half_row(p, a, w, sum);
    half_row(p, a, w + 2 * DGM_PANEL, sum + DGM_PANEL / 2);
    dgm_put_sums(p, row, panel, sum);
}

#define WASM
DGM_PRODUCT_OF_ROWS(wasm, WASM, 1)

#endif
