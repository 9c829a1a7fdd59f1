/* Strings and members of JSON objects. */
#include "output/text.h"

#include <math.h>

static void put_escaped(dgm_view v, dgm_buffer *out)
{
    size_t plain = 0;
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c >= ' ' && c != '"' && c != '\\' && c != 0x7F)
            continue;
        dgm_buffer_put(out, dgm_view_slice(v, plain, i));
        plain = i + 1;
        if (c == '"' || c == '\\')
            dgm_buffer_printf(out, "\\%c", c);
        else if (c == '\n')
            dgm_buffer_put(out, DGM_VIEW("\\n"));
        else if (c == '\t')
            dgm_buffer_put(out, DGM_VIEW("\\t"));
        else
            dgm_buffer_printf(out, "\\u%04x", c);
    }
    dgm_buffer_put(out, dgm_view_slice(v, plain, v.n));
}

/* JSON is UTF-8, whatever a damaged store has. */
void dgm_json_string(dgm_view v, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("\""));
    for (size_t bad; (bad = dgm_utf8_invalid(v)) != SIZE_MAX; v = dgm_view_slice(v, bad + 1, v.n)) {
        put_escaped(dgm_view_slice(v, 0, bad), out);
        dgm_buffer_put(out, DGM_VIEW("\uFFFD"));
    }
    put_escaped(v, out);
    dgm_buffer_put(out, DGM_VIEW("\""));
}

void dgm_json_key(dgm_buffer *out, const char *name)
{
    bool first = out->n > 0 && (out->p[out->n - 1] == '{' || out->p[out->n - 1] == '[');
    dgm_buffer_printf(out, "%s\"%s\":", first ? "" : ",", name);
}

void dgm_json_item(dgm_buffer *out)
{
    char last = out->n > 0 ? out->p[out->n - 1] : '[';
    if (last != '[' && last != '{' && last != ':')
        dgm_buffer_put(out, DGM_VIEW(","));
}

void dgm_json_open(dgm_buffer *out, const char *name, char bracket)
{
    if (name)
        dgm_json_key(out, name);
    else
        dgm_json_item(out);
    dgm_buffer_put(out, (dgm_view) { &bracket, 1 });
}

void dgm_json_close(dgm_buffer *out, char bracket)
{
    dgm_buffer_put(out, (dgm_view) { &bracket, 1 });
}

void dgm_json_count(dgm_buffer *out, const char *name, uint64_t n)
{
    dgm_json_key(out, name);
    dgm_buffer_printf(out, "%llu", (unsigned long long)n);
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
