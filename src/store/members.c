#include "store/members.h"

#include "output/text.h"

#include <stdlib.h>

static int by_bytes(const void *a, const void *b)
{
    return dgm_view_cmp(*(const dgm_view *)a, *(const dgm_view *)b);
}

void dgm_put_names(dgm_buffer *out, const char *name, dgm_view names)
{
    enum { MOST = 64 };
    dgm_view parts[MOST];
    size_t n = 0;
    while (names.n > 0 && n < MOST && dgm_view_split(&names, ',', &parts[n]))
        n++;
    qsort(parts, n, sizeof *parts, by_bytes);
    dgm_buffer_printf(out, ",\"%s\":[", name);
    for (size_t i = 0; i < n; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        dgm_json_string(parts[i], out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}
