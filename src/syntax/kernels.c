/* kernels.c - integer matrix products, by the best kernel that the machine has, and the
 * element-wise work, which the compiler vectorises. No sum of floats depends on the width of
 * vectors: dot products keep eight running sums everywhere. */
#include "syntax/kernels.h"

#include "syntax/bundle.h"
#include "syntax/nonlinear.h"
#include "syntax/product.h"

#include <stdlib.h>
#include <string.h>

/* ---- matrices ------------------------------------------------------------------------------- */

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
        out[i] = dgm_nearest_integer(row[i] / scale[i]);
}

/* Rows 2i and 2i + 1 of the matrix, padded to whole panels, into their places in all panels. */
DGM_WIDE static void pack_pair(const dgm_matrix *m, const int16_t *restrict even,
                               const int16_t *restrict odd, uint32_t i)
{
    size_t pairs = (m->k + 1) / 2;
    for (uint32_t panel = 0; panel < m->n_panels; panel++) {
        int16_t *restrict to = m->w + (panel * pairs + i) * DGM_PANEL * 2;
        const int16_t *restrict a = even + (size_t)panel * DGM_PANEL;
        const int16_t *restrict b = odd + (size_t)panel * DGM_PANEL;
        for (size_t j = 0; j < DGM_PANEL; j++) {
            to[2 * j] = a[j];
            to[2 * j + 1] = b[j];
        }
    }
}

static bool quantise_all(dgm_matrix *m, const uint16_t *halves)
{
    size_t n = (size_t)m->n_panels * DGM_PANEL;
    float *row = calloc(n, sizeof(float));
    int16_t *narrow = calloc(2 * n, sizeof(int16_t));
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
        quantise_row(row, m->scale, narrow + i % 2 * n, m->n);
        if (i % 2 == 0 && i + 1 == m->k)
            memset(narrow + n, 0, n * sizeof(*narrow));
        if (i % 2 == 1 || i + 1 == m->k)
            pack_pair(m, narrow, narrow + n, i / 2);
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
        dgm_take_pages(m->w, size);
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

/* ---- products ------------------------------------------------------------------------------- */

static void panel_plain(const dgm_product *p, uint32_t row, uint32_t panel)
{
    uint32_t pairs = (p->w->k + 1) / 2;
    const int16_t *w = p->w->w + (size_t)panel * pairs * DGM_PANEL * 2;
    const int16_t *a = p->a + row * p->lda;
    int32_t sum[DGM_PANEL] = { 0 };
    for (uint32_t k = 0; k < pairs; k++, w += DGM_PANEL * 2)
        for (uint32_t j = 0; j < DGM_PANEL; j++)
            sum[j] += a[2 * k] * w[2 * j] + a[2 * k + 1] * w[2 * j + 1];
    dgm_put_sums(p, row, panel, sum);
}

static void product_plain(const dgm_product *p, uint32_t n_rows)
{
    for (uint32_t panel = 0; panel < p->w->n_panels; panel++)
        for (uint32_t row = 0; row < n_rows; row++)
            panel_plain(p, row, panel);
}

static void cell_plain(const float *restrict gates, float *restrict c, int16_t *restrict h,
                       size_t n)
{
    dgm_lstm_cell_of(gates, c, h, n, DGM_ACTIVATION_MOST);
}

static bool always(void)
{
    return true;
}

/* The best first. */
static const dgm_product_kernel kernels[] = {
#ifdef DGM_PRODUCT_X86
    { "avx512-vnni", dgm_has_vnni, dgm_product_vnni, dgm_cell_avx512 },
    { "avx2", dgm_has_avx2, dgm_product_avx2, dgm_cell_avx2 },
#endif
#ifdef DGM_PRODUCT_NEON
    { "neon", always, dgm_product_neon, cell_plain },
#endif
#ifdef DGM_PRODUCT_WASM
    { "wasm", always, dgm_product_wasm, cell_plain },
#endif
    { "plain", always, product_plain, cell_plain },
};

const dgm_product_kernel *dgm_product_kernels(uint32_t *n)
{
    *n = DGM_LEN(kernels);
    return kernels;
}

static const dgm_product_kernel *best_kernel(void)
{
    const dgm_product_kernel *kernel = kernels;
    while (!kernel->is_there())
        kernel++;
    return kernel;
}

void dgm_matrix_apply(const dgm_matrix *w, const int16_t *a, size_t lda, const float *scale,
                      uint32_t n_rows, const float *bias, float *c, size_t ldc)
{
    dgm_product p = { w, a, lda, scale, bias, NULL, c, ldc };
    best_kernel()->apply(&p, n_rows);
}

void dgm_matrix_add(const dgm_matrix *w, const int16_t *a, size_t lda, uint32_t n_rows,
                    const float *const *rows, float *c, size_t ldc)
{
    dgm_product p = { w, a, lda, NULL, NULL, rows, c, ldc };
    best_kernel()->apply(&p, n_rows);
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
        out[i] = dgm_nearest_integer(x[i] * by);
    return most / DGM_ACTIVATION_MOST;
}

void dgm_lstm_cell(const float *gates, float *c, int16_t *h, size_t n)
{
    best_kernel()->cell(gates, c, h, n);
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
