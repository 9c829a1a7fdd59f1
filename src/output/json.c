/* Members of JSON objects. */
#include "output/text.h"

#include <math.h>

void dgm_json_key(dgm_buffer *out, const char *name)
{
    bool first = out->n > 0 && (out->p[out->n - 1] == '{' || out->p[out->n - 1] == '[');
    dgm_buffer_printf(out, "%s\"%s\":", first ? "" : ",", name);
}

void dgm_json_text(dgm_buffer *out, const char *name, dgm_view value)
{
    if (value.n == 0)
        return;
    dgm_json_key(out, name);
    dgm_json_string(value, out);
}

void dgm_json_text_or_null(dgm_buffer *out, const char *name, dgm_view value)
{
    dgm_buffer_printf(out, ",\"%s\":", name);
    if (value.n == 0)
        dgm_buffer_put(out, DGM_VIEW("null"));
    else
        dgm_json_string(value, out);
}

void dgm_json_number(dgm_buffer *out, const char *name, double value)
{
    if (isnan(value))
        return;
    dgm_json_key(out, name);
    dgm_buffer_number(out, value);
}
