#include "base/base.h"

#include <string.h>

void *dgm_array_grow(dgm_arena *arena, void *at, uint32_t *n, uint32_t *cap, size_t size)
{
    uint32_t wanted = *cap ? *cap * 2 : 8;
    if (*cap > 0 && *cap <= UINT32_MAX / 2 && wanted <= SIZE_MAX / 2 / size &&
        dgm_arena_extend(arena, at, *cap * size, wanted * size)) {
        *cap = wanted;
        return at;
    }
    void *grown = *cap > UINT32_MAX / 2 ? NULL : dgm_arena_alloc(arena, wanted, size);
    if (!grown) {
        /* dgm_push() puts NULL into the array's pointer, so the array must be empty. */
        *n = *cap = 0;
        return NULL;
    }
    if (*n > 0)
        memcpy(grown, at, *n * size);
    *cap = wanted;
    return grown;
}
