/* draw.h - numbers that look random and are the same everywhere: splitmix64 (Steele, Lea and Flood
 * 2014). Inside learn. */
#ifndef DGM_LEARN_DRAW_H
#define DGM_LEARN_DRAW_H

#include <stdint.h>

static inline uint64_t learn_draw(uint64_t *seed)
{
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Puts n numbers in another order. */
static inline void learn_shuffle(uint32_t *at, uint32_t n, uint64_t *seed)
{
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k = (uint32_t)(learn_draw(seed) % i), kept = at[i - 1];
        at[i - 1] = at[k];
        at[k] = kept;
    }
}

#endif
