/* products.c - one line for each kernel of the matrix product that is built in: its name, and a sum
 * over the bytes that it gives for products of many shapes and for the cell of the LSTM, or
 * `absent` where the processor has not got it. It needs the arithmetic alone, so that a compiler
 * for another kind of machine builds it without libraries. */
#include "syntax/product.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static uint32_t state;

static uint32_t next_random(void)
{
    return (state = state * 1664525u + 1013904223u) >> 8;
}

static uint64_t add_bytes(uint64_t sum, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        sum = (sum ^ p[i]) * 0x100000001b3u;
    return sum;
}

static uint64_t add_product(uint64_t sum, const dgm_product_kernel *kernel, uint32_t m, uint32_t k,
                            uint32_t n)
{
    float *values = calloc((size_t)k * n, sizeof(*values)), *c = calloc((size_t)m * n, sizeof(*c));
    float *bias = calloc(n, sizeof(*bias)), *scale = calloc(m, sizeof(*scale));
    size_t size = (dgm_matrix_size(k, n) + DGM_MATRIX_ALIGN - 1) & ~(size_t)(DGM_MATRIX_ALIGN - 1);
    void *packed = aligned_alloc(DGM_MATRIX_ALIGN, size);
    uint8_t *a = calloc((size_t)m * k + DGM_MATRIX_ALIGN, 1);
    dgm_matrix w;
    if (!values || !c || !bias || !scale || !packed || !a)
        exit(2);
    for (uint32_t i = 0; i < k * n; i++)
        values[i] = (float)(next_random() % 2001) / 1000.0f - 1.0f;
    for (uint32_t i = 0; i < m * k; i++) /* the largest are frequent: sums must not overflow */
        a[i] = (uint8_t)(next_random() % 3 ? next_random() % 255 + 1 : 255);
    for (uint32_t i = 0; i < m; i++)
        scale[i] = 1.0f / (float)(100 + i);
    for (uint32_t i = 0; i < n; i++)
        bias[i] = (float)(next_random() % 2001) / 500.0f;
    dgm_matrix_pack(values, k, n, packed);
    if (dgm_matrix_over(&w, packed, k, n) != DGM_OK)
        exit(2);
    dgm_product p = { .w = &w, .a = a, .lda = k, .scale = scale, .bias = bias, .c = c, .ldc = n };
    kernel->apply(&p, m);
    sum = add_bytes(sum, c, (size_t)m * n * sizeof(*c));
    dgm_matrix_done(&w);
    free(values), free(c), free(bias), free(scale), free(packed), free(a);
    return sum;
}

static uint64_t add_cell(uint64_t sum, const dgm_product_kernel *kernel)
{
    enum { N = 75 };
    float gates[4 * N], c[N];
    uint8_t h[N];
    for (int i = 0; i < 4 * N; i++)
        gates[i] = (float)(next_random() % 20001) / 500.0f - 20.0f;
    for (int i = 0; i < N; i++)
        c[i] = (float)i / 8.0f - 3.0f;
    kernel->cell(gates, c, h, N);
    return add_bytes(add_bytes(sum, c, sizeof(c)), h, sizeof(h));
}

int main(void)
{
    static const uint32_t shapes[][3] = { { 1, 2, 1 },     { 3, 7, 17 },    { 16, 64, 32 },
                                          { 97, 200, 50 }, { 13, 400, 64 }, { 33, 66, 24 },
                                          { 31, 5, 120 },  { 200, 1, 47 },  { 15, 320, 640 },
                                          { 64, 512, 33 } };
    uint32_t n;
    const dgm_product_kernel *kernels = dgm_product_kernels(&n);
    for (uint32_t i = 0; i < n; i++) {
        if (!kernels[i].is_there()) {
            printf("%s absent\n", kernels[i].name);
            continue;
        }
        uint64_t sum = 0xcbf29ce484222325u;
        state = 7;
        for (size_t s = 0; s < DGM_LEN(shapes); s++)
            sum = add_product(sum, &kernels[i], shapes[s][0], shapes[s][1], shapes[s][2]);
        printf("%s %016" PRIx64 "\n", kernels[i].name, add_cell(sum, &kernels[i]));
    }
    return 0;
}
