/* pelt.h - where a series changes its level. Inside serve.
 *
 * PELT: R. Killick, P. Fearnhead and I. A. Eckley, "Optimal detection of changepoints with a linear
 * computational cost", Journal of the American Statistical Association 107 (2012), 1590-1598: the
 * exact least of cost plus penalty for each change, found by dynamic programming that drops what
 * can no longer be the last change. The cost of a stretch is its weighted sum of squares about its
 * own mean, in units of the noise: a point is the mean of so many events, and its weight is their
 * number. The noise comes from the differences of neighbours, by their median, so that changes of
 * level do not count as noise. The penalty is 2 log n for the change and its level (Schwarz 1978),
 * times 1.5, since weeks that follow each other are alike. */
#ifndef DGM_SERVE_PELT_H
#define DGM_SERVE_PELT_H

#include "base/base.h"

enum { DGM_PELT_SHORTEST = 4 }; /* points of a stretch, at least */

/* NAN: no memory. */
double dgm_pelt_penalty(const double *values, const double *weights, uint32_t n);
/* First points of the stretches after the first, in order, into `changes` (room for n). Returns how
 * many; DGM_NONE: no memory. */
uint32_t dgm_pelt(const double *values, const double *weights, uint32_t n, double penalty,
                  dgm_arena *arena, uint32_t *changes);

#endif
