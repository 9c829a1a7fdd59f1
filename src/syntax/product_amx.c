/* product_amx.c - the product with the tiles of Intel's AMX, 16 rows of 64 bytes each: one
 * instruction multiplies 16 rows with 16 columns. Linux lets a process use them once it has asked.
 *
 * Tiles 0 to 3 hold the sums of 32 rows and a panel, 4 and 5 the activations, 6 and 7 the weights
 * of one step of at most 64 rows. */
#include "syntax/product.h"

#ifdef DGM_PRODUCT_AMX

#include <cpuid.h>
#include <immintrin.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define AMX    __attribute__((target("amx-tile,amx-int8,avx512f,avx512vl,avx512bw")))
#define INLINE __attribute__((always_inline)) static inline

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
AMX static void shape_tiles(const dgm_matrix *w, uint32_t n)
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

/* The sums of a block's rows in one panel, without the offsets. */
INLINE AMX void sum_block(const dgm_product *p, const uint8_t *a, uint32_t panel, bool both,
                          int32_t sum[BLOCK][DGM_PANEL])
{
    const int8_t *w = dgm_panel_weights(p->w, panel);
    uint32_t steps = steps_of(p->w), step = p->w->depth / steps;
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
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

INLINE AMX void put_sixteen(const float *from, const int32_t *sum, const int32_t *offset, __m512 by,
                            const float *scale, float *to, __mmask16 which)
{
    __m512i whole = _mm512_add_epi32(_mm512_loadu_si512(sum), _mm512_loadu_si512(offset));
    __m512 times = _mm512_mul_ps(by, _mm512_loadu_ps(scale));
    __m512 value = _mm512_mul_ps(_mm512_cvtepi32_ps(whole), times);
    value = _mm512_add_ps(_mm512_maskz_loadu_ps(which, from), value);
    _mm512_mask_storeu_ps(to, which, value);
}

AMX static void multiply_block(const dgm_product *p, uint32_t row, uint32_t n)
{
    _Alignas(64) int32_t sum[BLOCK][DGM_PANEL];
    const uint8_t *a = p->a + row * p->lda;
    for (uint32_t panel = 0; panel < p->w->n_panels; panel++) {
        uint32_t first = panel * DGM_PANEL, left = DGM_MIN(DGM_PANEL, p->w->n - first);
        uint32_t mask = left == DGM_PANEL ? UINT32_MAX : (1u << left) - 1;
        const float *scale = p->w->scale + first;
        const int32_t *offset = p->w->offset + first;
        if (n > TILE_ROWS)
            sum_block(p, a, panel, true, sum);
        else
            sum_block(p, a, panel, false, sum);
        for (uint32_t i = 0; i < n; i++) {
            __m512 by = _mm512_set1_ps(p->scale ? p->scale[row + i] : 1.0f / DGM_ACTIVATION_MOST);
            float *c = p->c + (row + i) * p->ldc + first;
            const float *from = dgm_sums_base(p, row + i, first, c);
            put_sixteen(from, sum[i], offset, by, scale, c, (__mmask16)mask);
            put_sixteen(from + 16, sum[i] + 16, offset + 16, by, scale + 16, c + 16,
                        (__mmask16)(mask >> 16));
        }
    }
}

AMX void dgm_product_amx(const dgm_product *p, uint32_t n_rows)
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

bool dgm_has_amx(void)
{
    enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d & 1u << 24) &&
           (d & 1u << 25) /* AMX-TILE, AMX-INT8 */ && dgm_has_avx512_vnni() &&
           syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
}

#endif
