/* Room for one more in an array. */
#include "base/base.h"

#include <string.h>

/* at: a pointer to the array's pointer, of whatever type. */
bool dgm_array_room(dgm_arena *arena, void *at, uint32_t *n, uint32_t *cap, size_t size)
{
    uint32_t n_before = *n, cap_before = *cap;
    void *old, *grown;
    memcpy(&old, at, sizeof old);
    grown = dgm_array_grow(arena, old, n, cap, size);
    if (!grown) {
        *n = n_before;
        *cap = cap_before;
        return false;
    }
    memcpy(at, &grown, sizeof grown);
    return true;
}
