/* head_place.h - where a head lies from its word, in classes, as arcs and relations know it; shared
 * with the trainer. */
#ifndef DGM_SYNTAX_HEAD_PLACE_H
#define DGM_SYNTAX_HEAD_PLACE_H

#include <stdint.h>

#define DGM_N_PLACES 17

/* Word and head are places in the sentence from 1 on; head 0 is the root. 0: the root; 1 to 8: the
 * head comes 1, 2, 3, 4, 5-6, 7-10, 11-20, more words before; 9 to 16: after. */
static inline uint32_t dgm_head_place(uint32_t word, uint32_t head)
{
    if (!head)
        return 0;
    uint32_t n = word > head ? word - head : head - word;
    uint32_t far = n <= 4 ? n : n <= 6 ? 5 : n <= 10 ? 6 : n <= 20 ? 7 : 8;
    return word > head ? far : far + 8;
}

#endif
