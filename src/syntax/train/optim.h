/* optim.h - Adam (Kingma and Ba 2015) with clipped gradients and averaged weights. */
#ifndef DGM_SYNTAX_TRAIN_OPTIM_H
#define DGM_SYNTAX_TRAIN_OPTIM_H

#include "syntax/train/net.h"

typedef struct {
    float rate, beta1, beta2, epsilon, clip, decay;
    float mean_decay; /* of the moving average of the weights */
} dgm_optim;

/* Adds up the gradients of the shards (into the first), scales them, clips their norm and takes
 * step number `step` (from 1). Returns the norm before clipping. */
float dgm_optim_step(dgm_net *net, dgm_work *const *works, uint32_t n_works, float scale,
                     const dgm_optim *optim, uint64_t step);

#endif
