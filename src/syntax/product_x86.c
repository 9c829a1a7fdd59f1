/* product_x86.c - the product with AVX2, with the dot products of bytes that AVX-VNNI adds to it,
 * with those of AVX-512 VNNI, whose vectors are twice as wide and as many, and with the tiles of
 * AMX. The cell of the LSTM has 512 bits where they are. */
#include "syntax/product.h"

#include "syntax/nonlinear.h"

#ifdef DGM_PRODUCT_X86

#include <cpuid.h>
#include <immintrin.h>
#include <string.h>
#ifdef DGM_PRODUCT_AMX
#include <sys/syscall.h>
#include <unistd.h>
#endif

#define AVX2        __attribute__((target("avx2")))
#define AVX_VNNI    __attribute__((target("avx2,avxvnni")))
#define AVX512_VNNI __attribute__((target("avx512f,avx512vl,avx512bw,avx512vnni")))
#define AMX_INT8    __attribute__((target("amx-tile,amx-int8,avx512f,avx512vl,avx512bw,avx512vnni")))
#ifdef __clang__ /* it knows no such wish, and takes 256 bits */
#define WIDEST __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq")))
#else
#define WIDEST __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,prefer-vector-width=512")))
#endif
#define INLINE __attribute__((always_inline)) static inline

/* a[0] to a[3]. */
INLINE int32_t four_at(const uint8_t *a)
{
    int32_t four;
    memcpy(&four, a, sizeof(four));
    return four;
}

/* ---- 256 bits: a panel is four vectors ------------------------------------------------------ */

typedef struct { /* the sums of one row in a panel */
    __m256i a, b, c, d;
} row_sums;

INLINE AVX2 __m256i load_at(const void *at)
{
    return _mm256_loadu_si256(at);
}

INLINE AVX2 row_sums sums_at(const int32_t *offset)
{
    return (row_sums) { load_at(offset), load_at(offset + 8), load_at(offset + 16),
                        load_at(offset + 24) };
}

/* Two terms stay within 16 bits, by the bounds of kernels.h. */
INLINE AVX2 __m256i add_fours_avx2(__m256i sum, __m256i a, __m256i w)
{
    __m256i twos = _mm256_maddubs_epi16(a, w);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(twos, _mm256_set1_epi16(1)));
}

INLINE AVX_VNNI __m256i add_fours_avx_vnni(__m256i sum, __m256i a, __m256i w)
{
    return _mm256_dpbusd_avx_epi32(sum, a, w);
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
        int32_t sum[DGM_PANEL];
        _mm256_storeu_si256((__m256i *)(void *)sum, s.a);
        _mm256_storeu_si256((__m256i *)(void *)(sum + 8), s.b);
        _mm256_storeu_si256((__m256i *)(void *)(sum + 16), s.c);
        _mm256_storeu_si256((__m256i *)(void *)(sum + 24), s.d);
        dgm_put_sums(p, row, panel, sum);
        return;
    }
    __m256 by = _mm256_set1_ps(p->scale ? p->scale[row] : 1.0f / DGM_ACTIVATION_MOST);
    float *c = p->c + row * p->ldc + first;
    const float *from = dgm_sums_base(p, row, first, c), *scale = p->w->scale + first;
    put_eight(from, s.a, by, scale, c);
    put_eight(from + 8, s.b, by, scale + 8, c + 8);
    put_eight(from + 16, s.c, by, scale + 16, c + 16);
    put_eight(from + 24, s.d, by, scale + 24, c + 24);
}

#define PRODUCT_256(KIND, TARGET)                                                                  \
    INLINE TARGET row_sums add_row_##KIND(row_sums s, const uint8_t *a, const int8_t *w)           \
    {                                                                                              \
        __m256i four = _mm256_set1_epi32(four_at(a));                                              \
        s.a = add_fours_##KIND(s.a, four, load_at(w));                                             \
        s.b = add_fours_##KIND(s.b, four, load_at(w + 32));                                        \
        s.c = add_fours_##KIND(s.c, four, load_at(w + 64));                                        \
        s.d = add_fours_##KIND(s.d, four, load_at(w + 96));                                        \
        return s;                                                                                  \
    }                                                                                              \
                                                                                                   \
    INLINE TARGET void rows_##KIND(const dgm_product *p, uint32_t row, uint32_t panel, int n)      \
    {                                                                                              \
        const int8_t *w = dgm_panel_weights(p->w, panel);                                          \
        const uint8_t *a = p->a + row * p->lda;                                                    \
        row_sums s0 = sums_at(p->w->offset + (size_t)panel * DGM_PANEL), s1 = s0;                  \
        for (uint32_t left = dgm_groups(p->w); left > 0; left--, a += 4, w += 4 * DGM_PANEL) {     \
            s0 = add_row_##KIND(s0, a, w);                                                         \
            s1 = n > 1 ? add_row_##KIND(s1, a + p->lda, w) : s1;                                   \
        }                                                                                          \
        put_row(p, row, panel, s0);                                                                \
        if (n > 1)                                                                                 \
            put_row(p, row + 1, panel, s1);                                                        \
    }                                                                                              \
    DGM_PRODUCT_OF_ROWS(KIND, TARGET, 2)

PRODUCT_256(avx2, AVX2)
PRODUCT_256(avx_vnni, AVX_VNNI)

/* ---- 512 bits: a panel is two vectors, and eight rows have registers enough ----------------- */

INLINE AVX512_VNNI void put_sixteen(const float *from, __m512i sum, __m512 by, const float *scale,
                                    float *to, __mmask16 which)
{
    __m512 times = _mm512_mul_ps(by, _mm512_loadu_ps(scale));
    __m512 value = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), times);
    value = _mm512_add_ps(_mm512_maskz_loadu_ps(which, from), value);
    _mm512_mask_storeu_ps(to, which, value);
}

/* The sums of one row and panel. */
INLINE AVX512_VNNI void put_halves(const dgm_product *p, uint32_t row, uint32_t panel, __m512i low,
                                   __m512i high)
{
    uint32_t first = panel * DGM_PANEL, left = DGM_MIN(DGM_PANEL, p->w->n - first);
    uint32_t which = left == DGM_PANEL ? UINT32_MAX : (1u << left) - 1;
    __m512 by = _mm512_set1_ps(p->scale ? p->scale[row] : 1.0f / DGM_ACTIVATION_MOST);
    float *c = p->c + row * p->ldc + first;
    const float *from = dgm_sums_base(p, row, first, c), *scale = p->w->scale + first;
    put_sixteen(from, low, by, scale, c, (__mmask16)which);
    put_sixteen(from + 16, high, by, scale + 16, c + 16, (__mmask16)(which >> 16));
}

INLINE AVX512_VNNI void rows_avx512_vnni(const dgm_product *p, uint32_t row, uint32_t panel, int n)
{
    const int8_t *w = dgm_panel_weights(p->w, panel);
    const uint8_t *a = p->a + row * p->lda;
    const int32_t *offset = p->w->offset + (size_t)panel * DGM_PANEL;
    __m512i low[8], high[8];
#pragma GCC unroll 8
    for (int i = 0; i < n; i++)
        low[i] = _mm512_loadu_si512(offset), high[i] = _mm512_loadu_si512(offset + 16);
    for (uint32_t group = dgm_groups(p->w); group > 0; group--, a += 4, w += 4 * DGM_PANEL) {
        __m512i w_low = _mm512_loadu_si512(w), w_high = _mm512_loadu_si512(w + 64);
#pragma GCC unroll 8
        for (int i = 0; i < n; i++) {
            __m512i four = _mm512_set1_epi32(four_at(a + i * p->lda));
            low[i] = _mm512_dpbusd_epi32(low[i], four, w_low);
            high[i] = _mm512_dpbusd_epi32(high[i], four, w_high);
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < n; i++)
        put_halves(p, row + i, panel, low[i], high[i]);
}
DGM_PRODUCT_OF_ROWS(avx512_vnni, AVX512_VNNI, 8)

/* ---- tiles: 16 rows of 64 bytes each, of which one instruction multiplies two --------------- */

#ifdef DGM_PRODUCT_AMX

/* Tiles 0 to 3 hold the sums of 32 rows and a panel, 4 and 5 the activations, 6 and 7 the weights
 * of one step of at most 64 rows. */
enum {
    TILE_ROWS = 16,
    BLOCK = 2 * TILE_ROWS, /* rows of activations that are taken together */
    FEW_ROWS = 6           /* for which tiles are no faster */
};

typedef struct { /* what LDTILECFG reads */
    uint8_t palette, start_row, reserved[14];
    uint16_t bytes[16]; /* of a row */
    uint8_t rows[16];
} tile_shapes;

static uint32_t steps_of(const dgm_matrix *w)
{
    return (w->k + 63) / 64;
}

/* Shapes for a block of n rows: the second half may have none, and is then not used. */
AMX_INT8 static void shape_tiles(const dgm_matrix *w, uint32_t n)
{
    tile_shapes shapes;
    uint16_t step = (uint16_t)(w->depth / steps_of(w));
    uint8_t first = (uint8_t)DGM_MIN(n, TILE_ROWS);
    uint8_t second = n > TILE_ROWS ? (uint8_t)(n - TILE_ROWS) : first;
    memset(&shapes, 0, sizeof(shapes));
    shapes.palette = 1;
    for (int i = 0; i < 8; i++)
        shapes.bytes[i] = i == 4 || i == 5 ? step : 64;
    for (int i = 0; i < 6; i++)
        shapes.rows[i] = i == 2 || i == 3 || i == 5 ? second : first;
    shapes.rows[6] = shapes.rows[7] = (uint8_t)(step / 4);
    _tile_loadconfig(&shapes);
}

/* The sums of a block's rows in one panel. They begin at the offsets, the same in each row. */
INLINE AMX_INT8 void sum_block(const dgm_product *p, const uint8_t *a, uint32_t panel, bool both,
                               int32_t sum[BLOCK][DGM_PANEL])
{
    const int8_t *w = dgm_panel_weights(p->w, panel);
    uint32_t steps = steps_of(p->w), step = p->w->depth / steps;
    const int32_t *offset = p->w->offset + (size_t)panel * DGM_PANEL;
    _tile_loadd(0, offset, 0);
    _tile_loadd(1, offset + 16, 0);
    if (both) {
        _tile_loadd(2, offset, 0);
        _tile_loadd(3, offset + 16, 0);
    }
    for (uint32_t i = 0; i < steps; i++, a += step, w += (size_t)step * DGM_PANEL) {
        _tile_loadd(6, w, 4 * DGM_PANEL);
        _tile_loadd(7, w + 2 * DGM_PANEL, 4 * DGM_PANEL);
        _tile_loadd(4, a, p->lda);
        _tile_dpbusd(0, 4, 6);
        _tile_dpbusd(1, 4, 7);
        if (both) {
            _tile_loadd(5, a + TILE_ROWS * p->lda, p->lda);
            _tile_dpbusd(2, 5, 6);
            _tile_dpbusd(3, 5, 7);
        }
    }
    _tile_stored(0, sum[0], sizeof(sum[0]));
    _tile_stored(1, sum[0] + 16, sizeof(sum[0]));
    if (both) {
        _tile_stored(2, sum[TILE_ROWS], sizeof(sum[0]));
        _tile_stored(3, sum[TILE_ROWS] + 16, sizeof(sum[0]));
    }
}

AMX_INT8 static void multiply_block(const dgm_product *p, uint32_t row, uint32_t n)
{
    _Alignas(64) int32_t sum[BLOCK][DGM_PANEL];
    const uint8_t *a = p->a + row * p->lda;
    for (uint32_t panel = 0; panel < p->w->n_panels; panel++) {
        if (n > TILE_ROWS)
            sum_block(p, a, panel, true, sum);
        else
            sum_block(p, a, panel, false, sum);
        for (uint32_t i = 0; i < n; i++)
            put_halves(p, row + i, panel, _mm512_load_si512(sum[i]),
                       _mm512_load_si512(sum[i] + 16));
    }
}

AMX_INT8 void dgm_product_amx(const dgm_product *p, uint32_t n_rows)
{
    if (n_rows <= FEW_ROWS) {
        dgm_product_avx512_vnni(p, n_rows);
        return;
    }
    uint32_t shaped = 0;
    for (uint32_t row = 0; row < n_rows; row += BLOCK) {
        uint32_t n = DGM_MIN(BLOCK, n_rows - row);
        if (n != shaped)
            shape_tiles(p->w, n);
        shaped = n;
        multiply_block(p, row, n);
    }
    _tile_release();
}

/* Linux lets a process use tiles once it has asked. */
bool dgm_has_amx(void)
{
    enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d & 1u << 24) &&
           (d & 1u << 25) /* AMX-TILE, AMX-INT8 */ && dgm_has_avx512_vnni() &&
           syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
}

#endif

/* ---- the cell ------------------------------------------------------------------------------- */

AVX2 void dgm_cell_avx2(const float *restrict gates, float *restrict c, uint8_t *restrict h,
                        size_t n)
{
    dgm_lstm_cell_of(gates, c, h, n, DGM_ACTIVATION_MOST, DGM_ZERO);
}

WIDEST void dgm_cell_avx512(const float *restrict gates, float *restrict c, uint8_t *restrict h,
                            size_t n)
{
    dgm_lstm_cell_of(gates, c, h, n, DGM_ACTIVATION_MOST, DGM_ZERO);
}

bool dgm_has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

bool dgm_has_avx_vnni(void)
{
    unsigned a, b, c, d; /* not every compiler's __builtin_cpu_supports() knows it by name */
    return dgm_has_avx2() && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & 1u << 4);
}

bool dgm_has_avx512_vnni(void)
{
    return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
}

#endif
