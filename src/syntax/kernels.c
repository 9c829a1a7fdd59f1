/* kernels.c - integer matrix products (AVX2 where there is it, chosen at run time) and the
 * element-wise work, which the compiler vectorises. No sum of floats depends on the width of
 * vectors: dot products keep eight running sums everywhere. */
#include "syntax/kernels.h"

#include "syntax/bundle.h"
#include "syntax/nonlinear.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_AVX2 1
#include <immintrin.h>
#endif

#define ROW_BLOCK 96 /* rows that stay in the cache while all panels pass */

/* ---- matrices ------------------------------------------------------------------------------- */

/* Rounds to the nearest integer within +-2^22. */
static inline __attribute__((always_inline)) int16_t nearest(float v)
{
    float shifted = v + 12582912.0f;
    int32_t bits;
    memcpy(&bits, &shifted, sizeof(bits));
    return (int16_t)(bits - 0x4B400000);
}

DGM_WIDE static void widen(const uint16_t *restrict halves, float *restrict out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = dgm_half_value(halves[i]);
}

DGM_WIDE static void raise_to_most(float *restrict most, const float *restrict row, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float v = row[i] < 0 ? -row[i] : row[i];
        most[i] = v > most[i] ? v : most[i];
    }
}

DGM_WIDE static void quantise_row(const float *restrict row, const float *restrict scale,
                                  int16_t *restrict out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = nearest(row[i] / scale[i]);
}

/* Row i of the matrix into its places in all panels. */
static void pack_row(dgm_matrix *m, const int16_t *row, uint32_t i)
{
    uint32_t pairs = (m->k + 1) / 2;
    for (uint32_t j = 0; j < m->n; j++) {
        int16_t *panel = m->w + (size_t)(j / DGM_PANEL) * pairs * DGM_PANEL * 2;
        panel[((i / 2) * DGM_PANEL + j % DGM_PANEL) * 2 + i % 2] = row[j];
    }
}

static bool quantise_all(dgm_matrix *m, const uint16_t *halves)
{
    float *row = calloc(m->n, sizeof(float));
    int16_t *narrow = calloc(m->n, sizeof(int16_t));
    bool good = row && narrow;
    for (uint32_t j = 0; j < m->n; j++)
        m->scale[j] = 1e-8f;
    for (uint32_t i = 0; good && i < m->k; i++) {
        widen(halves + (size_t)i * m->n, row, m->n);
        raise_to_most(m->scale, row, m->n);
    }
    for (uint32_t j = 0; j < m->n; j++)
        m->scale[j] /= DGM_WEIGHT_MOST;
    for (uint32_t i = 0; good && i < m->k; i++) {
        widen(halves + (size_t)i * m->n, row, m->n);
        quantise_row(row, m->scale, narrow, m->n);
        pack_row(m, narrow, i);
    }
    free(row);
    free(narrow);
    return good;
}

dgm_status dgm_matrix_init(dgm_matrix *m, const uint16_t *halves, uint32_t k, uint32_t n)
{
    uint32_t pairs = (k + 1) / 2, n_panels = (n + DGM_PANEL - 1) / DGM_PANEL;
    *m = (dgm_matrix) { .k = k, .n = n, .n_panels = n_panels };
    size_t size = (size_t)n_panels * pairs * DGM_PANEL * 2 * sizeof(int16_t);
    m->w = aligned_alloc(64, (size + 63) / 64 * 64);
    m->scale = calloc((size_t)n_panels * DGM_PANEL, sizeof(float));
    if (m->w)
        memset(m->w, 0, size);
    if (m->w && m->scale && k <= DGM_MATRIX_MAX_K && quantise_all(m, halves))
        return DGM_OK;
    dgm_matrix_done(m);
    return DGM_ENOMEM;
}

void dgm_matrix_done(dgm_matrix *m)
{
    free(m->w);
    free(m->scale);
    *m = (dgm_matrix) { 0 };
}

typedef struct {
    const dgm_matrix *w;
    const int16_t *a;
    size_t lda;
    const float *scale, *bias;
    float *c;
    size_t ldc;
} product;

/* Puts the sums of one row and panel where they belong. */
static inline void put_sums(const product *p, uint32_t row, uint32_t panel, const int32_t *sum)
{
    uint32_t first = panel * DGM_PANEL, n = DGM_MIN(DGM_PANEL, p->w->n - first);
    float row_scale = p->scale ? p->scale[row] : 1.0f / DGM_ACTIVATION_MOST;
    float *c = p->c + row * p->ldc + first;
    const float *from = p->bias ? p->bias + first : c, *scale = p->w->scale + first;
    for (uint32_t j = 0; j < n; j++)
        c[j] = from[j] + (float)sum[j] * (row_scale * scale[j]);
}

static void panel_plain(const product *p, uint32_t row, uint32_t panel)
{
    uint32_t pairs = (p->w->k + 1) / 2;
    const int16_t *w = p->w->w + (size_t)panel * pairs * DGM_PANEL * 2;
    const int16_t *a = p->a + row * p->lda;
    int32_t sum[DGM_PANEL] = { 0 };
    for (uint32_t k = 0; k < pairs; k++, w += DGM_PANEL * 2)
        for (uint32_t j = 0; j < DGM_PANEL; j++)
            sum[j] += a[2 * k] * w[2 * j] + a[2 * k + 1] * w[2 * j + 1];
    put_sums(p, row, panel, sum);
}

static void product_plain(const product *p, uint32_t n_rows)
{
    for (uint32_t panel = 0; panel < p->w->n_panels; panel++)
        for (uint32_t row = 0; row < n_rows; row++)
            panel_plain(p, row, panel);
}

#if HAVE_AVX2

typedef struct { /* the sums of one row in a panel */
    __m256i a, b, c;
} row_sums;

__attribute__((target("avx2"), always_inline)) static inline __m256i weights_at(const int16_t *w)
{
    return _mm256_load_si256((const __m256i *)(const void *)w);
}

__attribute__((target("avx2"), always_inline)) static inline row_sums
add_pair(row_sums s, const int16_t *a, const int16_t *w)
{
    int32_t pair;
    memcpy(&pair, a, sizeof(pair));
    __m256i both = _mm256_set1_epi32(pair);
    s.a = _mm256_add_epi32(s.a, _mm256_madd_epi16(both, weights_at(w)));
    s.b = _mm256_add_epi32(s.b, _mm256_madd_epi16(both, weights_at(w + 16)));
    s.c = _mm256_add_epi32(s.c, _mm256_madd_epi16(both, weights_at(w + 32)));
    return s;
}

__attribute__((target("avx2"), always_inline)) static inline void
put_eight(const float *from, __m256i sum, __m256 by, const float *scale, float *to)
{
    __m256 times = _mm256_mul_ps(by, _mm256_loadu_ps(scale));
    __m256 value = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), times);
    _mm256_storeu_ps(to, _mm256_add_ps(_mm256_loadu_ps(from), value));
}

__attribute__((target("avx2"), always_inline)) static inline void
put_row(const product *p, uint32_t row, uint32_t panel, row_sums s)
{
    uint32_t first = panel * DGM_PANEL;
    if (p->w->n - first < DGM_PANEL) {
        _Alignas(32) int32_t sum[DGM_PANEL];
        _mm256_store_si256((__m256i *)(void *)sum, s.a);
        _mm256_store_si256((__m256i *)(void *)(sum + 8), s.b);
        _mm256_store_si256((__m256i *)(void *)(sum + 16), s.c);
        put_sums(p, row, panel, sum);
        return;
    }
    __m256 by = _mm256_set1_ps(p->scale ? p->scale[row] : 1.0f / DGM_ACTIVATION_MOST);
    float *c = p->c + row * p->ldc + first;
    const float *from = p->bias ? p->bias + first : c, *scale = p->w->scale + first;
    put_eight(from, s.a, by, scale, c);
    put_eight(from + 8, s.b, by, scale + 8, c + 8);
    put_eight(from + 16, s.c, by, scale + 16, c + 16);
}

/* Four rows of one panel, and two or one: sums stay in registers. */
__attribute__((target("avx2"))) static void four_rows(const product *p, uint32_t row,
                                                      uint32_t panel)
{
    uint32_t pairs = (p->w->k + 1) / 2;
    const int16_t *w = p->w->w + (size_t)panel * pairs * DGM_PANEL * 2;
    const int16_t *a = p->a + row * p->lda, *b = a + p->lda, *c = b + p->lda, *d = c + p->lda;
    __m256i zero = _mm256_setzero_si256();
    row_sums s0 = { zero, zero, zero }, s1 = s0, s2 = s0, s3 = s0;
    for (size_t k = 0; k < 2 * (size_t)pairs; k += 2, w += DGM_PANEL * 2) {
        s0 = add_pair(s0, a + k, w);
        s1 = add_pair(s1, b + k, w);
        s2 = add_pair(s2, c + k, w);
        s3 = add_pair(s3, d + k, w);
    }
    put_row(p, row, panel, s0);
    put_row(p, row + 1, panel, s1);
    put_row(p, row + 2, panel, s2);
    put_row(p, row + 3, panel, s3);
}

__attribute__((target("avx2"))) static void two_rows(const product *p, uint32_t row, uint32_t panel,
                                                     bool second)
{
    uint32_t pairs = (p->w->k + 1) / 2;
    const int16_t *w = p->w->w + (size_t)panel * pairs * DGM_PANEL * 2;
    const int16_t *a = p->a + row * p->lda, *b = second ? a + p->lda : a;
    __m256i zero = _mm256_setzero_si256();
    row_sums s0 = { zero, zero, zero }, s1 = s0;
    for (size_t k = 0; k < 2 * (size_t)pairs; k += 2, w += DGM_PANEL * 2) {
        s0 = add_pair(s0, a + k, w);
        s1 = add_pair(s1, b + k, w);
    }
    put_row(p, row, panel, s0);
    if (second)
        put_row(p, row + 1, panel, s1);
}

__attribute__((target("avx2"))) static void product_avx2(const product *p, uint32_t n_rows)
{
    for (uint32_t block = 0; block < n_rows; block += ROW_BLOCK) {
        uint32_t end = DGM_MIN(n_rows, block + ROW_BLOCK);
        for (uint32_t panel = 0; panel < p->w->n_panels; panel++) {
            uint32_t row = block;
            for (; row + 4 <= end; row += 4)
                four_rows(p, row, panel);
            for (; row < end; row += 2)
                two_rows(p, row, panel, row + 2 <= end);
        }
    }
}

#endif

void dgm_matrix_apply_plain(const dgm_matrix *w, const int16_t *a, size_t lda, const float *scale,
                            uint32_t n_rows, const float *bias, float *c, size_t ldc)
{
    product p = { w, a, lda, scale, bias, c, ldc };
    product_plain(&p, n_rows);
}

void dgm_matrix_apply(const dgm_matrix *w, const int16_t *a, size_t lda, const float *scale,
                      uint32_t n_rows, const float *bias, float *c, size_t ldc)
{
    product p = { w, a, lda, scale, bias, c, ldc };
#if HAVE_AVX2
    if (__builtin_cpu_supports("avx2")) {
        product_avx2(&p, n_rows);
        return;
    }
#endif
    product_plain(&p, n_rows);
}

/* ---- element-wise --------------------------------------------------------------------------- */

DGM_WIDE float dgm_quantise(const float *x, size_t n, int16_t *out)
{
    float lane[8] = { 0 }, most = 1e-8f;
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (size_t k = 0; k < 8; k++) {
            float v = x[i + k] < 0 ? -x[i + k] : x[i + k];
            lane[k] = v > lane[k] ? v : lane[k];
        }
    for (; i < n; i++) {
        float v = x[i] < 0 ? -x[i] : x[i];
        most = v > most ? v : most;
    }
    for (size_t k = 0; k < 8; k++)
        most = lane[k] > most ? lane[k] : most;
    float by = DGM_ACTIVATION_MOST / most;
    for (i = 0; i < n; i++)
        out[i] = nearest(x[i] * by);
    return most / DGM_ACTIVATION_MOST;
}

DGM_WIDE void dgm_lstm_cell(const float *restrict gates, float *restrict c, int16_t *restrict h,
                            size_t n)
{
    for (size_t j = 0; j < n; j++) {
        float i = dgm_sigmoid(gates[j]), f = dgm_sigmoid(gates[n + j]);
        float o = dgm_sigmoid(gates[2 * n + j]), g = dgm_tanh(gates[3 * n + j]);
        c[j] = f * c[j] + i * g;
        h[j] = nearest(o * dgm_tanh(c[j]) * DGM_ACTIVATION_MOST);
    }
}

DGM_WIDE float dgm_dot(const float *a, const float *b, size_t n)
{
    float lane[8] = { 0 };
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (size_t k = 0; k < 8; k++)
            lane[k] += a[i + k] * b[i + k];
    for (; i < n; i++)
        lane[0] += a[i] * b[i];
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) +
           ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

DGM_WIDE void dgm_add_bytes(float *restrict to, const int8_t *restrict from, float scale, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += (float)from[i] * scale;
}

DGM_WIDE void dgm_add_rows(float *restrict to, const float *restrict a, const float *restrict b,
                           size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = to[i] + a[i] + b[i];
}

DGM_WIDE uint32_t dgm_best_of(const float *x, uint32_t n)
{
    float lane[8], most = x[0];
    uint32_t i = 0;
    for (size_t k = 0; k < 8; k++)
        lane[k] = x[0];
    for (; i + 8 <= n; i += 8)
        for (size_t k = 0; k < 8; k++)
            lane[k] = x[i + k] > lane[k] ? x[i + k] : lane[k];
    for (; i < n; i++)
        most = x[i] > most ? x[i] : most;
    for (size_t k = 0; k < 8; k++)
        most = lane[k] > most ? lane[k] : most;
    for (i = 0; i + 1 < n && x[i] != most; i++)
        ;
    return i;
}

DGM_WIDE void dgm_leaky(float *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = x[i] > 0 ? x[i] : 0.1f * x[i];
}
