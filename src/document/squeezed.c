#include "document/squeezed.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool dgm_squeeze(dgm_arena *arena, dgm_view raw, dgm_squeezed *out)
{
    char *text = dgm_arena_alloc(arena, raw.n + 1, 1);
    size_t n = 0;
    out->raw = DGM_NEW(arena, uint32_t, raw.n + 1);
    out->at = DGM_NEW(arena, uint32_t, raw.n + 1);
    if (!text || !out->raw || !out->at)
        return false;
    for (size_t i = 0; i < raw.n; i++) {
        char c = is_blank(raw.p[i]) ? ' ' : raw.p[i];
        out->at[i] = (uint32_t)n;
        if (c == ' ' && (!n || text[n - 1] == ' '))
            continue;
        out->raw[n] = (uint32_t)i;
        text[n++] = c;
    }
    out->at[raw.n] = (uint32_t)n;
    out->text = (dgm_view) { text, n };
    return true;
}
