/* bundle.h - the "parser" section of the model file: named arrays, little-endian.
 *
 *   header   char magic[4] "DGMP", u32 version, u32 n_arrays, u32 zero, u32 config[20]
 *   table    n_arrays of dgm_bundle_entry
 *   data     each at a multiple of 64 from the start of the section
 *
 * Everything is checked against the section's size when it is opened. */
#ifndef DGM_SYNTAX_BUNDLE_H
#define DGM_SYNTAX_BUNDLE_H

#include "base/base.h"

#include <string.h>

#define DGM_PARSER_VERSION 3
#define DGM_BUNDLE_CONFIG  20
#define DGM_BUNDLE_ALIGN   64

typedef enum {
    DGM_BUNDLE_TEXT, /* rows bytes: lines, one an item */
    DGM_BUNDLE_F16,  /* rows x cols of IEEE half precision */
    DGM_BUNDLE_F32,
    DGM_BUNDLE_I4, /* rows x cols of 4 bits, then a float a row: dgm_bundle_put_row() */
    DGM_BUNDLE_U32,
    DGM_BUNDLE_PACKED /* a matrix of rows x cols as the kernels want it: kernels.h */
} dgm_bundle_type;

typedef struct {
    char name[16]; /* NUL-padded */
    uint32_t type, rows, cols, zero;
    uint64_t offset, size;
} dgm_bundle_entry;

typedef struct {
    char magic[4];
    uint32_t version, n_arrays, zero;
    uint32_t config[DGM_BUNDLE_CONFIG];
} dgm_bundle_header;

/* The array of that name, type and shape; NULL and a message when it is not there. cols 0: any. */
const void *dgm_bundle_find(dgm_view section, const char *name, dgm_bundle_type type, uint32_t rows,
                            uint32_t cols, const char *path, dgm_err *err);
/* A text array. */
dgm_status dgm_bundle_text(dgm_view section, const char *name, dgm_view *out, const char *path,
                           dgm_err *err) DGM_MUST_USE;
/* Checks header and table; *config points into the section. */
dgm_status dgm_bundle_check(dgm_view section, const uint32_t **config, const char *path,
                            dgm_err *err) DGM_MUST_USE;
size_t dgm_bundle_size(dgm_bundle_type type, uint32_t rows, uint32_t cols);

/* Bytes of a row of DGM_BUNDLE_I4. */
static inline size_t dgm_bundle_row(uint32_t cols)
{
    return ((size_t)cols + 1) / 2;
}
/* Where the units of the rows of such an array begin. */
static inline size_t dgm_bundle_units(uint32_t rows, uint32_t cols)
{
    return (rows * dgm_bundle_row(cols) + 3) / 4 * 4;
}
/* Rounds x[n] to whole numbers from -7 to 7 that are off by least, squared; returns what one unit
 * is worth. Byte i of out[dgm_bundle_row(n)] holds number i in its low half and number
 * i + dgm_bundle_row(n) in its high half, each with 8 added. */
float dgm_bundle_put_row(const float *x, uint32_t n, uint8_t *out);

/* IEEE half precision, rounded to the nearest. */
uint16_t dgm_half_of(float value);
/* Of any bits a finite number: infinities and NaN read as large numbers. */
static inline float dgm_half_value(uint16_t half)
{
    uint32_t bits = (uint32_t)(half & 0x7FFFu) << 13 | (uint32_t)(half & 0x8000u) << 16;
    float value;
    memcpy(&value, &bits, sizeof(value));
    return value * 5192296858534827628530496329220096.0f; /* 2^112: the exponents' biases */
}

#endif
