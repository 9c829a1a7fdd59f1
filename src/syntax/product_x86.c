/* product_x86.c - the product with AVX2, and with the dot products of AVX-512 VNNI, which add a
 * pair of terms in one instruction and have twice the registers. Vectors are of 256 bits in both: a
 * panel is three of them. The cell of the LSTM has 512 bits where they are. */
#include "syntax/product.h"

#include "syntax/nonlinear.h"

#ifdef DGM_PRODUCT_X86

#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define VNNI __attribute__((target("avx2,avx512f,avx512vl,avx512vnni")))
#ifdef __clang__ /* it knows no such wish, and takes 256 bits */
#define WIDEST __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq")))
#else
#define WIDEST __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,prefer-vector-width=512")))
#endif
#define INLINE __attribute__((always_inline)) static inline

typedef struct { /* the sums of one row in a panel */
    __m256i a, b, c;
} row_sums;

INLINE AVX2 __m256i weights_at(const int16_t *w)
{
    return _mm256_load_si256((const __m256i *)(const void *)w);
}

/* a[0] and a[1], eight times. */
INLINE AVX2 __m256i pair_at(const int16_t *a)
{
    int32_t pair;
    memcpy(&pair, a, sizeof(pair));
    return _mm256_set1_epi32(pair);
}

INLINE AVX2 __m256i add_pairs_avx2(__m256i sum, __m256i a, __m256i w)
{
    return _mm256_add_epi32(sum, _mm256_madd_epi16(a, w));
}

INLINE VNNI __m256i add_pairs_vnni(__m256i sum, __m256i a, __m256i w)
{
    return _mm256_dpwssd_epi32(sum, a, w);
}

INLINE AVX2 void put_eight(const float *from, __m256i sum, __m256 by, const float *scale, float *to)
{
    __m256 times = _mm256_mul_ps(by, _mm256_loadu_ps(scale));
    __m256 value = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), times);
    _mm256_storeu_ps(to, _mm256_add_ps(_mm256_loadu_ps(from), value));
}

INLINE AVX2 void put_row(const dgm_product *p, uint32_t row, uint32_t panel, row_sums s)
{
    uint32_t first = panel * DGM_PANEL;
    if (p->w->n - first < DGM_PANEL) {
        _Alignas(32) int32_t sum[DGM_PANEL];
        _mm256_store_si256((__m256i *)(void *)sum, s.a);
        _mm256_store_si256((__m256i *)(void *)(sum + 8), s.b);
        _mm256_store_si256((__m256i *)(void *)(sum + 16), s.c);
        dgm_put_sums(p, row, panel, sum);
        return;
    }
    __m256 by = _mm256_set1_ps(p->scale ? p->scale[row] : 1.0f / DGM_ACTIVATION_MOST);
    float *c = p->c + row * p->ldc + first;
    const float *from = dgm_sums_base(p, row, first, c), *scale = p->w->scale + first;
    put_eight(from, s.a, by, scale, c);
    put_eight(from + 8, s.b, by, scale + 8, c + 8);
    put_eight(from + 16, s.c, by, scale + 16, c + 16);
}

/* Defines dgm_product_KIND over rows_KIND: up to four rows of one panel, whose sums stay in
 * registers (n is a constant wherever it is called; by themselves, four find registers enough). */
#define PRODUCT(KIND, TARGET)                                                                      \
    INLINE TARGET row_sums add_row_##KIND(row_sums s, const int16_t *a, const int16_t *w)          \
    {                                                                                              \
        __m256i both = pair_at(a);                                                                 \
        s.a = add_pairs_##KIND(s.a, both, weights_at(w));                                          \
        s.b = add_pairs_##KIND(s.b, both, weights_at(w + 16));                                     \
        s.c = add_pairs_##KIND(s.c, both, weights_at(w + 32));                                     \
        return s;                                                                                  \
    }                                                                                              \
                                                                                                   \
    INLINE TARGET void rows_##KIND(const dgm_product *p, uint32_t row, uint32_t panel, int n)      \
    {                                                                                              \
        uint32_t pairs = (p->w->k + 1) / 2;                                                        \
        const int16_t *w = p->w->w + (size_t)panel * pairs * DGM_PANEL * 2;                        \
        const int16_t *a = p->a + row * p->lda;                                                    \
        const int16_t *b = a + (n > 1) * p->lda, *c = b + (n > 2) * p->lda,                        \
                      *d = c + (n > 3) * p->lda;                                                   \
        __m256i zero = _mm256_setzero_si256();                                                     \
        row_sums s0 = { zero, zero, zero }, s1 = s0, s2 = s0, s3 = s0;                             \
        for (size_t k = 0; k < 2 * (size_t)pairs; k += 2, w += DGM_PANEL * 2) {                    \
            s0 = add_row_##KIND(s0, a + k, w);                                                     \
            s1 = n > 1 ? add_row_##KIND(s1, b + k, w) : s1;                                        \
            s2 = n > 2 ? add_row_##KIND(s2, c + k, w) : s2;                                        \
            s3 = n > 3 ? add_row_##KIND(s3, d + k, w) : s3;                                        \
        }                                                                                          \
        put_row(p, row, panel, s0);                                                                \
        if (n > 1)                                                                                 \
            put_row(p, row + 1, panel, s1);                                                        \
        if (n > 2)                                                                                 \
            put_row(p, row + 2, panel, s2);                                                        \
        if (n > 3)                                                                                 \
            put_row(p, row + 3, panel, s3);                                                        \
    }                                                                                              \
                                                                                                   \
    __attribute__((noinline)) static TARGET void four_rows_##KIND(const dgm_product *p,            \
                                                                  uint32_t row, uint32_t panel)    \
    {                                                                                              \
        rows_##KIND(p, row, panel, 4);                                                             \
    }                                                                                              \
                                                                                                   \
    TARGET void dgm_product_##KIND(const dgm_product *p, uint32_t n_rows)                          \
    {                                                                                              \
        for (uint32_t block = 0; block < n_rows; block += DGM_ROW_BLOCK) {                         \
            uint32_t end = DGM_MIN(n_rows, block + DGM_ROW_BLOCK);                                 \
            for (uint32_t panel = 0; panel < p->w->n_panels; panel++) {                            \
                uint32_t row = block;                                                              \
                for (; row + 4 <= end; row += 4)                                                   \
                    four_rows_##KIND(p, row, panel);                                               \
                for (; row + 2 <= end; row += 2)                                                   \
                    rows_##KIND(p, row, panel, 2);                                                 \
                if (row < end)                                                                     \
                    rows_##KIND(p, row, panel, 1);                                                 \
            }                                                                                      \
        }                                                                                          \
    }

PRODUCT(avx2, AVX2)
PRODUCT(vnni, VNNI)

AVX2 void dgm_cell_avx2(const float *restrict gates, float *restrict c, int16_t *restrict h,
                        size_t n)
{
    dgm_lstm_cell_of(gates, c, h, n, DGM_ACTIVATION_MOST);
}

WIDEST void dgm_cell_avx512(const float *restrict gates, float *restrict c, int16_t *restrict h,
                            size_t n)
{
    dgm_lstm_cell_of(gates, c, h, n, DGM_ACTIVATION_MOST);
}

bool dgm_has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

bool dgm_has_vnni(void)
{
    return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
}

#endif
