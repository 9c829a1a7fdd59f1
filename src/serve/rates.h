/* rates.h - how often one address may have something done: a bucket of so many, which fills up
 * again at a rate. Inside serve; one thread. */
#ifndef DGM_SERVE_RATES_H
#define DGM_SERVE_RATES_H

#include "base/base.h"

enum { DGM_ADDRESSES = 512, DGM_ADDRESS_BYTES = 16 };

typedef struct {
    double burst, per_second;
    struct {
        uint8_t address[DGM_ADDRESS_BYTES];
        double left, seen;
    } at[DGM_ADDRESSES];
    uint32_t n;
} dgm_rates;

/* Whether it may now; `now` in seconds, never smaller than before. Of very many addresses those
 * that were seen longest ago are forgotten. */
bool dgm_rates_take(dgm_rates *limits, const uint8_t address[DGM_ADDRESS_BYTES], double now);

#endif
