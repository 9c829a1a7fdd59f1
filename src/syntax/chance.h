/* chance.h - what the small trainers (segmenter, names) draw by lot: the same for the same seed. */
#ifndef DGM_SYNTAX_CHANCE_H
#define DGM_SYNTAX_CHANCE_H

#include <stdint.h>

/* 31 random bits (a linear congruential generator, Knuth 1997, with MMIX's numbers). */
static inline uint32_t dgm_chance(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static inline void dgm_shuffle(uint32_t *order, uint32_t n, uint64_t *state)
{
    for (uint32_t i = n; i > 1; i--) {
        uint32_t j = dgm_chance(state) % i, swap = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swap;
    }
}

#endif
