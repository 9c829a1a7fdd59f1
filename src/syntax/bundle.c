/* bundle.c - reads the named arrays of the section "parser". A section is checked once, whole, in
 * dgm_bundle_check(): after that every entry lies inside the section, is aligned and has the size
 * that its type, rows and columns ask for, and the rest of syntax may trust it. */
#include "syntax/bundle.h"

#include "syntax/kernels.h"

#include <math.h>
#include <string.h>

#define MAX_ARRAYS 256

size_t dgm_bundle_size(dgm_bundle_type type, uint32_t rows, uint32_t cols)
{
    size_t n = (size_t)rows * cols;
    switch (type) {
    case DGM_BUNDLE_F16:
        return n * 2;
    case DGM_BUNDLE_F32:
    case DGM_BUNDLE_U32:
        return n * 4;
    case DGM_BUNDLE_I4:
        return dgm_bundle_units(rows, cols) + (size_t)rows * 4;
    case DGM_BUNDLE_PACKED:
        return dgm_matrix_size(rows, cols);
    default:
        return rows;
    }
}

static dgm_bundle_header header_of(dgm_view section)
{
    dgm_bundle_header h;
    memcpy(&h, section.p, sizeof(h));
    return h;
}

static dgm_bundle_entry entry_of(dgm_view section, uint32_t i)
{
    dgm_bundle_entry e;
    memcpy(&e, section.p + sizeof(dgm_bundle_header) + i * sizeof(e), sizeof(e));
    return e;
}

dgm_status dgm_bundle_check(dgm_view section, const uint32_t **config, const char *path,
                            dgm_err *err)
{
    if (section.n < sizeof(dgm_bundle_header) || memcmp(section.p, "DGMP", 4) != 0)
        return dgm_fail(err, DGM_EFORMAT, path, 0, "the section \"parser\" holds no parser");
    dgm_bundle_header h = header_of(section);
    if (h.version != DGM_PARSER_VERSION)
        return dgm_fail(err, DGM_EFORMAT, path, 0, "the parser is of version %u, not %u", h.version,
                        DGM_PARSER_VERSION);
    if (h.n_arrays > MAX_ARRAYS ||
        section.n - sizeof(h) < (size_t)h.n_arrays * sizeof(dgm_bundle_entry))
        return dgm_fail(err, DGM_EFORMAT, path, 0, "the parser's table of arrays is cut off");
    for (uint32_t i = 0; i < h.n_arrays; i++) {
        dgm_bundle_entry e = entry_of(section, i);
        bool sane = e.type <= DGM_BUNDLE_PACKED && e.rows < (1u << 28) && e.cols < (1u << 20) &&
                    (uint64_t)e.rows * e.cols < (1u << 28) && e.offset % DGM_BUNDLE_ALIGN == 0 &&
                    e.offset <= section.n && e.size <= section.n - e.offset &&
                    e.size == dgm_bundle_size((dgm_bundle_type)e.type, e.rows, e.cols);
        if (!sane)
            return dgm_fail(err, DGM_EFORMAT, path, 0, "the parser's array %u \"%.16s\" is damaged",
                            i, e.name);
    }
    *config = (const uint32_t *)(const void *)(section.p + offsetof(dgm_bundle_header, config));
    return DGM_OK;
}

static bool find(dgm_view section, const char *name, dgm_bundle_entry *out)
{
    dgm_bundle_header h = header_of(section);
    for (uint32_t i = 0; i < h.n_arrays; i++) {
        *out = entry_of(section, i);
        if (strncmp(out->name, name, sizeof(out->name)) == 0)
            return true;
    }
    return false;
}

const void *dgm_bundle_find(dgm_view section, const char *name, dgm_bundle_type type, uint32_t rows,
                            uint32_t cols, const char *path, dgm_err *err)
{
    dgm_bundle_entry e;
    if (!find(section, name, &e)) {
        dgm_fail(err, DGM_EFORMAT, path, 0, "the parser has no array \"%s\"", name);
        return NULL;
    }
    if (e.type != (uint32_t)type || e.rows != rows || e.cols != cols) {
        dgm_fail(err, DGM_EFORMAT, path, 0, "the parser's array \"%s\" is %u x %u, not %u x %u",
                 name, e.rows, e.cols, rows, cols);
        return NULL;
    }
    return section.p + e.offset;
}

dgm_status dgm_bundle_text(dgm_view section, const char *name, dgm_view *out, const char *path,
                           dgm_err *err)
{
    dgm_bundle_entry e;
    if (!find(section, name, &e) || e.type != DGM_BUNDLE_TEXT)
        return dgm_fail(err, DGM_EFORMAT, path, 0, "the parser has no list \"%s\"", name);
    *out = (dgm_view) { section.p + e.offset, e.rows };
    if (dgm_utf8_invalid(*out) != SIZE_MAX) /* it would be so in all that is written */
        return dgm_fail(err, DGM_EFORMAT, path, 0, "the parser's list \"%s\" is not UTF-8", name);
    return DGM_OK;
}

enum { MOST = 7 };

static float rounded(float x, float unit)
{
    return fmaxf(-MOST, fminf(MOST, rintf(x / unit)));
}

static double error_of(const float *x, uint32_t n, float unit)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        double d = x[i] - rounded(x[i], unit) * unit;
        sum += d * d;
    }
    return sum;
}

float dgm_bundle_put_row(const float *x, uint32_t n, uint8_t *out)
{
    enum { TRIES = 25 }; /* from the unit by which nothing is cut off down to 0.4 of it */
    float most = 1e-8f;
    for (uint32_t i = 0; i < n; i++)
        most = fmaxf(most, fabsf(x[i]));
    float best = most / MOST;
    for (int k = 1; k < TRIES; k++) {
        float unit = most / MOST * (1 - 0.025f * (float)k);
        best = error_of(x, n, unit) < error_of(x, n, best) ? unit : best;
    }
    uint32_t half = (uint32_t)dgm_bundle_row(n);
    for (uint32_t i = 0; i < half; i++) {
        float high = half + i < n ? rounded(x[half + i], best) : 0;
        out[i] = (uint8_t)((int)rounded(x[i], best) + 8 + ((int)high + 8) * 16);
    }
    return best;
}

/* ---- half precision ------------------------------------------------------------------------- */

uint16_t dgm_half_of(float value)
{
    uint32_t x;
    memcpy(&x, &value, sizeof(x));
    uint32_t sign = x >> 16 & 0x8000u, magnitude = x & 0x7FFFFFFFu;
    if (magnitude >= 0x47800000u) /* 65536 and up: the largest half, never infinity */
        return (uint16_t)(sign | 0x7BFFu);
    if (magnitude < 0x38800000u) { /* below 2^-14: a multiple of 2^-24 */
        float small;
        memcpy(&small, &magnitude, sizeof(small));
        return (uint16_t)(sign | (uint32_t)(small * 16777216.0f + 0.5f));
    }
    uint32_t rounded = magnitude + 0xFFFu + (magnitude >> 13 & 1);
    uint32_t half = (rounded - 0x38000000u) >> 13;
    return (uint16_t)(sign | (half > 0x7BFFu ? 0x7BFFu : half));
}
