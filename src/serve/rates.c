#include "serve/rates.h"

#include <string.h>

static uint32_t place_of(dgm_rates *l, const uint8_t *address, double now)
{
    uint32_t oldest = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        if (memcmp(l->at[i].address, address, DGM_ADDRESS_BYTES) == 0)
            return i;
        if (l->at[i].seen < l->at[oldest].seen)
            oldest = i;
    }
    uint32_t i = l->n < DGM_ADDRESSES ? l->n++ : oldest;
    memcpy(l->at[i].address, address, DGM_ADDRESS_BYTES);
    l->at[i].left = l->burst;
    l->at[i].seen = now;
    return i;
}

bool dgm_rates_take(dgm_rates *l, const uint8_t address[DGM_ADDRESS_BYTES], double now)
{
    uint32_t i = place_of(l, address, now);
    double left = l->at[i].left + (now - l->at[i].seen) * l->per_second;
    l->at[i].seen = now;
    l->at[i].left = DGM_MIN(left, l->burst);
    if (l->at[i].left < 1)
        return false;
    l->at[i].left -= 1;
    return true;
}
