/* kernels.c - integer matrix products, by the best kernel that the machine has, and the
 * element-wise work, which the compiler vectorises. No sum of floats depends on the width of
 * vectors: dot products keep eight running sums everywhere. */
#include "syntax/kernels.h"

#include "syntax/nonlinear.h"
#include "syntax/product.h"

#include <stdlib.h>
#include <string.h>

/* ---- matrices ------------------------------------------------------------------------------- */

size_t dgm_matrix_size(uint32_t k, uint32_t n)
{
    size_t columns = (size_t)(n + DGM_PANEL - 1) / DGM_PANEL * DGM_PANEL;
    return columns * (dgm_matrix_depth(k) + sizeof(float));
}

/* The place of row k of a column in packed weights. */
static size_t packed_place(uint32_t depth, uint32_t k, uint32_t column)
{
    size_t group = (size_t)(column / DGM_PANEL) * (depth / 4) + k / 4;
    return (group * DGM_PANEL + column % DGM_PANEL) * 4 + k % 4;
}

void dgm_matrix_pack(const float *values, uint32_t k, uint32_t n, void *out)
{
    uint32_t depth = dgm_matrix_depth(k), columns = (n + DGM_PANEL - 1) / DGM_PANEL * DGM_PANEL;
    int8_t *w = out;
    memset(w, 0, dgm_matrix_size(k, n));
    for (uint32_t j = 0; j < columns; j++) {
        float most = 1e-8f, scale;
        for (uint32_t i = 0; j < n && i < k; i++) {
            float v = values[(size_t)i * n + j];
            most = DGM_MAX(most, v < 0 ? -v : v);
        }
        scale = most / DGM_WEIGHT_MOST;
        memcpy(w + (size_t)columns * depth + j * sizeof(scale), &scale, sizeof(scale));
        for (uint32_t i = 0; j < n && i < k; i++)
            w[packed_place(depth, i, j)] =
                (int8_t)dgm_nearest_integer(values[(size_t)i * n + j] / scale);
    }
}

void dgm_matrix_unpack(const void *packed, uint32_t k, uint32_t n, float *values)
{
    uint32_t depth = dgm_matrix_depth(k), columns = (n + DGM_PANEL - 1) / DGM_PANEL * DGM_PANEL;
    const int8_t *w = packed;
    for (uint32_t j = 0; j < n; j++) {
        float scale;
        memcpy(&scale, w + (size_t)columns * depth + j * sizeof(scale), sizeof(scale));
        for (uint32_t i = 0; i < k; i++)
            values[(size_t)i * n + j] = (float)w[packed_place(depth, i, j)] * scale;
    }
}

/* What the bytes may hold: |weight| <= DGM_WEIGHT_MOST in every one. */
DGM_WIDE static bool weights_are_sane(const int8_t *w, size_t n)
{
    uint8_t most = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t v = (uint8_t)(w[i] + DGM_WEIGHT_MOST);
        most = v > most ? v : most;
    }
    return most <= 2 * DGM_WEIGHT_MOST;
}

DGM_WIDE static void sum_columns(const dgm_matrix *m)
{
    for (uint32_t panel = 0; panel < m->n_panels; panel++) {
        const int8_t *w = m->w + (size_t)panel * m->depth * DGM_PANEL;
        int32_t sum[DGM_PANEL] = { 0 };
        for (uint32_t group = 0; group < m->depth / 4; group++, w += 4 * DGM_PANEL)
            for (size_t j = 0; j < DGM_PANEL; j++)
                sum[j] += w[4 * j] + w[4 * j + 1] + w[4 * j + 2] + w[4 * j + 3];
        for (size_t j = 0; j < DGM_PANEL; j++)
            m->offset[panel * DGM_PANEL + j] = -DGM_ZERO * sum[j];
    }
}

dgm_status dgm_matrix_over(dgm_matrix *m, const void *packed, uint32_t k, uint32_t n)
{
    if (k == 0 || k > DGM_MATRIX_MAX_K || n == 0)
        return DGM_EFORMAT;
    uint32_t n_panels = (n + DGM_PANEL - 1) / DGM_PANEL, depth = dgm_matrix_depth(k);
    size_t size = (size_t)n_panels * DGM_PANEL * depth;
    const float *scale = (const float *)(const void *)((const char *)packed + size);
    *m = (dgm_matrix) { k, n, n_panels, depth, packed, scale, NULL, dgm_product_best() };
    if (!weights_are_sane(m->w, size))
        return DGM_EFORMAT;
    for (uint32_t j = 0; j < n; j++)
        if (!(scale[j] > 0 && scale[j] < 1e6f))
            return DGM_EFORMAT;
    m->offset = calloc((size_t)n_panels * DGM_PANEL, sizeof(*m->offset));
    if (!m->offset)
        return DGM_ENOMEM;
    sum_columns(m);
    return DGM_OK;
}

void dgm_matrix_done(dgm_matrix *m)
{
    free(m->offset);
    *m = (dgm_matrix) { 0 };
}

/* ---- products ------------------------------------------------------------------------------- */

static void rows_plain(const dgm_product *p, uint32_t row, uint32_t panel, int n)
{
    const int8_t *w = dgm_panel_weights(p->w, panel);
    const uint8_t *a = p->a + row * p->lda;
    int32_t sum[DGM_PANEL];
    (void)n;
    memcpy(sum, p->w->offset + panel * DGM_PANEL, sizeof(sum));
    for (uint32_t group = 0; group < dgm_groups(p->w); group++, a += 4, w += 4 * DGM_PANEL)
        for (size_t j = 0; j < DGM_PANEL; j++)
            sum[j] +=
                a[0] * w[4 * j] + a[1] * w[4 * j + 1] + a[2] * w[4 * j + 2] + a[3] * w[4 * j + 3];
    dgm_put_sums(p, row, panel, sum);
}

#define PLAIN static
DGM_PRODUCT_OF_ROWS(plain, PLAIN, 1)

static void cell_plain(const float *restrict gates, float *restrict c, uint8_t *restrict h,
                       size_t n)
{
    dgm_lstm_cell_of(gates, c, h, n, DGM_ACTIVATION_MOST, DGM_ZERO);
}

static bool always(void)
{
    return true;
}

/* The best first. */
static const dgm_product_kernel kernels[] = {
#ifdef DGM_PRODUCT_X86
#ifdef DGM_PRODUCT_AMX
    { "amx", dgm_has_amx, dgm_product_amx, dgm_cell_avx512 },
#endif
    { "avx512-vnni", dgm_has_avx512_vnni, dgm_product_avx512_vnni, dgm_cell_avx512 },
    { "avx-vnni", dgm_has_avx_vnni, dgm_product_avx_vnni, dgm_cell_avx2 },
    { "avx2", dgm_has_avx2, dgm_product_avx2, dgm_cell_avx2 },
#endif
#ifdef DGM_PRODUCT_NEON
    { "neon", always, dgm_product_neon, cell_plain },
#endif
#ifdef DGM_PRODUCT_WASM
    { "wasm", always, dgm_product_wasm, cell_plain },
#endif
    { "plain", always, dgm_product_plain, cell_plain },
};

const dgm_product_kernel *dgm_product_kernels(uint32_t *n)
{
    *n = DGM_LEN(kernels);
    return kernels;
}

const dgm_product_kernel *dgm_product_best(void)
{
    const dgm_product_kernel *kernel = kernels;
    while (!kernel->is_there())
        kernel++;
    return kernel;
}

void dgm_matrix_apply(const dgm_matrix *w, const uint8_t *a, size_t lda, const float *scale,
                      uint32_t n_rows, const float *bias, float *c, size_t ldc)
{
    dgm_product p = { w, a, lda, scale, bias, NULL, c, ldc };
    w->kernel->apply(&p, n_rows);
}

void dgm_matrix_add(const dgm_matrix *w, const uint8_t *a, size_t lda, uint32_t n_rows,
                    const float *const *rows, float *c, size_t ldc)
{
    dgm_product p = { w, a, lda, NULL, NULL, rows, c, ldc };
    w->kernel->apply(&p, n_rows);
}

/* ---- element-wise --------------------------------------------------------------------------- */

DGM_WIDE float dgm_quantise(const float *x, size_t n, uint8_t *out)
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
        out[i] = (uint8_t)(dgm_nearest_integer(x[i] * by) + DGM_ZERO);
    return most / DGM_ACTIVATION_MOST;
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

DGM_WIDE void dgm_add_fours(float *restrict to, const uint8_t *restrict row, float unit, uint32_t n)
{
    uint32_t half = (n + 1) / 2;
    for (uint32_t i = 0; i < half; i++)
        to[i] += (float)((row[i] & 15) - 8) * unit;
    for (uint32_t i = 0; i < n - half; i++)
        to[half + i] += (float)((row[i] >> 4) - 8) * unit;
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
