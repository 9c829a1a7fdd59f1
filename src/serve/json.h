/* json.h - objects and arrays of answers, piece by piece: a comma goes before what is not the
 * first. Inside serve. */
#ifndef DGM_SERVE_JSON_H
#define DGM_SERVE_JSON_H

#include "output/text.h"
#include "store/store.h"

#include <math.h>

static inline void dgm_json_whole(dgm_buffer *out, const char *name, int64_t n)
{
    if (name)
        dgm_json_key(out, name);
    else
        dgm_json_item(out);
    dgm_buffer_printf(out, "%lld", (long long)n);
}

/* A number, or null for NAN. */
static inline void dgm_json_real(dgm_buffer *out, const char *name, double value)
{
    if (name)
        dgm_json_key(out, name);
    else
        dgm_json_item(out);
    if (isnan(value) || isinf(value))
        dgm_buffer_put(out, DGM_VIEW("null"));
    else
        dgm_buffer_number(out, value);
}

static inline void dgm_json_bool(dgm_buffer *out, const char *name, bool value)
{
    dgm_json_key(out, name);
    dgm_buffer_put(out, value ? DGM_VIEW("true") : DGM_VIEW("false"));
}

/* Text, or null where there is none. */
static inline void dgm_json_string_of(dgm_buffer *out, const char *name, dgm_view value)
{
    if (name)
        dgm_json_key(out, name);
    else
        dgm_json_item(out);
    if (value.n == 0)
        dgm_buffer_put(out, DGM_VIEW("null"));
    else
        dgm_json_string(value, out);
}

static inline dgm_view dgm_cell_text(const dgm_cell *cell)
{
    return cell->kind == DGM_CELL_TEXT ? cell->text : (dgm_view) { "", 0 };
}

static inline double dgm_cell_number(const dgm_cell *cell)
{
    return cell->kind == DGM_CELL_INT    ? (double)cell->integer
           : cell->kind == DGM_CELL_REAL ? cell->real
                                         : NAN;
}

static inline int64_t dgm_cell_whole(const dgm_cell *cell)
{
    return cell->kind == DGM_CELL_INT    ? cell->integer
           : cell->kind == DGM_CELL_REAL ? (int64_t)cell->real
                                         : 0;
}

#endif
