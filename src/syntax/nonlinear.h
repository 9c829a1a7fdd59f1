/* nonlinear.h - exp, sigmoid and tanh from IEEE additions and multiplications alone, so that the
 * compiler can vectorise them and every machine gets the same bits. (The project is built with
 * -ffp-contract=off.) Absolute error of sigmoid and tanh below 3e-7. */
#ifndef DGM_SYNTAX_NONLINEAR_H
#define DGM_SYNTAX_NONLINEAR_H

#include <stdint.h>
#include <string.h>

static inline __attribute__((always_inline)) float dgm_exp(float x)
{
    const float magic = 12582912.0f; /* 1.5 * 2^23: adding it rounds to an integer */
    x = x < -87.0f ? -87.0f : x;
    x = x > 87.0f ? 87.0f : x;
    float n = x * 1.44269504f + magic;
    int32_t bits;
    memcpy(&bits, &n, sizeof(bits));
    n -= magic;
    float f = (x - n * 0.693359375f) - n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * f + 1.3981999507e-3f;
    p = p * f + 8.3334519073e-3f;
    p = p * f + 4.1665795894e-2f;
    p = p * f + 1.6666665459e-1f;
    p = p * f + 5.0000001201e-1f;
    p = p * (f * f) + f + 1.0f;
    bits = (int32_t)((uint32_t)bits << 23); /* the integer sits in the low bits of n + magic */
    int32_t out;
    memcpy(&out, &p, sizeof(out));
    out = (int32_t)((uint32_t)out + (uint32_t)bits);
    memcpy(&p, &out, sizeof(p));
    return p;
}

static inline __attribute__((always_inline)) float dgm_sigmoid(float x)
{
    return 1.0f / (1.0f + dgm_exp(-x));
}

static inline __attribute__((always_inline)) float dgm_tanh(float x)
{
    return 2.0f / (1.0f + dgm_exp(-2.0f * x)) - 1.0f;
}

/* Rounds to the nearest integer within +-2^22. */
static inline __attribute__((always_inline)) int16_t dgm_nearest_integer(float v)
{
    float shifted = v + 12582912.0f;
    int32_t bits;
    memcpy(&bits, &shifted, sizeof(bits));
    return (int16_t)(bits - 0x4B400000);
}

/* One step of an LSTM, compiled for each kind of vectors: gates[4n] (i f o g, before their
 * nonlinearities) and the state c[n], which is replaced; the output, in (-1, 1), goes to h[n] in
 * units of 1 / most, with `zero` added. `most` is DGM_ACTIVATION_MOST, `zero` DGM_ZERO. */
static inline __attribute__((always_inline)) void dgm_lstm_cell_of(const float *restrict gates,
                                                                   float *restrict c,
                                                                   uint8_t *restrict h, size_t n,
                                                                   int most, int zero)
{
    for (size_t j = 0; j < n; j++) {
        float i = dgm_sigmoid(gates[j]), f = dgm_sigmoid(gates[n + j]);
        float o = dgm_sigmoid(gates[2 * n + j]), g = dgm_tanh(gates[3 * n + j]);
        c[j] = f * c[j] + i * g;
        h[j] = (uint8_t)(dgm_nearest_integer(o * dgm_tanh(c[j]) * (float)most) + zero);
    }
}

#endif
