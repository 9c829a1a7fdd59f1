/* product_wasm.c - the product with the vectors of WebAssembly, four columns each. Two rows keep
 * their sums in the sixteen registers of most machines that run it. */
#include "syntax/product.h"

#ifdef DGM_PRODUCT_WASM

#include <wasm_simd128.h>

#define INLINE __attribute__((always_inline)) static inline

typedef struct { /* the sums of one row in a panel */
    v128_t a, b, c, d, e, f;
} row_sums;

INLINE row_sums no_sums(void)
{
    v128_t zero = wasm_i32x4_const_splat(0);
    return (row_sums) { zero, zero, zero, zero, zero, zero };
}

INLINE v128_t add_four(v128_t sum, v128_t both, const int16_t *w)
{
    return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(both, wasm_v128_load(w)));
}

INLINE row_sums add_row(row_sums s, const int16_t *a, const int16_t *w)
{
    v128_t both = wasm_v128_load32_splat(a);
    s.a = add_four(s.a, both, w), s.b = add_four(s.b, both, w + 8);
    s.c = add_four(s.c, both, w + 16), s.d = add_four(s.d, both, w + 24);
    s.e = add_four(s.e, both, w + 32), s.f = add_four(s.f, both, w + 40);
    return s;
}

INLINE void put_row(const dgm_product *p, uint32_t row, uint32_t panel, row_sums s)
{
    int32_t sum[DGM_PANEL];
    wasm_v128_store(sum, s.a), wasm_v128_store(sum + 4, s.b), wasm_v128_store(sum + 8, s.c);
    wasm_v128_store(sum + 12, s.d), wasm_v128_store(sum + 16, s.e), wasm_v128_store(sum + 20, s.f);
    dgm_put_sums(p, row, panel, sum);
}

DGM_PRODUCT_BY_TWO(wasm)

#endif
