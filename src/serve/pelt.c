#include "serve/pelt.h"

#include <math.h>
#include <stdlib.h>

#define LEAST_NOISE 0.01 /* a tenth of a point: a series that stands still has no changes */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Variance of one event's score: squared differences of neighbours in units of what they would
 * have, whose median is 0.4549 of it (chi-squared, one degree of freedom). */
static double noise_of(const double *values, const double *weights, uint32_t n)
{
    double *squares = calloc(n - 1, sizeof *squares), noise = 0;
    if (!squares)
        return NAN;
    for (uint32_t i = 0; i + 1 < n; i++) {
        double difference = values[i + 1] - values[i];
        squares[i] = difference * difference / (1 / weights[i] + 1 / weights[i + 1]);
    }
    qsort(squares, n - 1, sizeof *squares, by_size);
    noise = squares[(n - 1) / 2] / 0.4549;
    free(squares);
    return noise > LEAST_NOISE ? noise : LEAST_NOISE;
}

double dgm_pelt_penalty(const double *values, const double *weights, uint32_t n)
{
    return n < 2 ? 0 : 1.5 * 2 * log((double)n) * noise_of(values, weights, n);
}

typedef struct {
    double *weight, *sum, *square; /* of the first i points */
    double *least;                 /* cost of the first i points at best */
    uint32_t *last;                /* where the last stretch of that begins */
    uint32_t *at, *dropped;        /* what the last change may be; since when it cannot */
} work;

static double cost(const work *w, uint32_t from, uint32_t to)
{
    double weight = w->weight[to] - w->weight[from], sum = w->sum[to] - w->sum[from];
    double rest = w->square[to] - w->square[from] - sum * sum / weight;
    return rest > 0 ? rest : 0;
}

static bool make_room(work *w, uint32_t n, dgm_arena *arena)
{
    double *reals = DGM_NEW(arena, double, 4 * ((size_t)n + 1));
    uint32_t *wholes = DGM_NEW(arena, uint32_t, 3 * ((size_t)n + 1));
    if (!reals || !wholes)
        return false;
    *w = (work) { .weight = reals,
                  .sum = reals + n + 1,
                  .square = reals + 2 * ((size_t)n + 1),
                  .least = reals + 3 * ((size_t)n + 1),
                  .last = wholes,
                  .at = wholes + n + 1,
                  .dropped = wholes + 2 * ((size_t)n + 1) };
    return true;
}

/* The best last change before point `to`; and what is dropped: it stays dropped once a shortest
 * stretch has passed, until when it may still be needed. */
static uint32_t find_last(work *w, uint32_t to, double penalty, uint32_t n_at)
{
    uint32_t kept = 0;
    w->least[to] = INFINITY;
    for (uint32_t i = 0; i < n_at; i++) {
        uint32_t from = w->at[i];
        double total = w->least[from] + cost(w, from, to) + penalty;
        if (total < w->least[to]) {
            w->least[to] = total;
            w->last[to] = from;
        }
    }
    for (uint32_t i = 0; i < n_at; i++) {
        uint32_t from = w->at[i];
        bool loses = w->least[from] + cost(w, from, to) > w->least[to];
        if (loses && w->dropped[from] == 0)
            w->dropped[from] = to + DGM_PELT_SHORTEST;
        if (w->dropped[from] == 0 || to < w->dropped[from])
            w->at[kept++] = from;
    }
    return kept;
}

uint32_t dgm_pelt(const double *values, const double *weights, uint32_t n, double penalty,
                  dgm_arena *arena, uint32_t *changes)
{
    work w;
    uint32_t n_at = 0, n_changes = 0;
    if (n < 2 * DGM_PELT_SHORTEST)
        return 0;
    if (!make_room(&w, n, arena))
        return DGM_NONE;
    for (uint32_t i = 0; i < n; i++) {
        w.weight[i + 1] = w.weight[i] + weights[i];
        w.sum[i + 1] = w.sum[i] + weights[i] * values[i];
        w.square[i + 1] = w.square[i] + weights[i] * values[i] * values[i];
    }
    w.least[0] = -penalty;
    for (uint32_t to = 1; to < DGM_PELT_SHORTEST; to++)
        w.least[to] = INFINITY;
    for (uint32_t to = DGM_PELT_SHORTEST; to <= n; to++) {
        uint32_t from = to - DGM_PELT_SHORTEST;
        if (from == 0 || from >= DGM_PELT_SHORTEST)
            w.at[n_at++] = from;
        n_at = find_last(&w, to, penalty, n_at);
    }
    for (uint32_t to = w.last[n]; to > 0; to = w.last[to])
        changes[n_changes++] = to;
    for (uint32_t i = 0; i < n_changes / 2; i++) {
        uint32_t other = changes[i];
        changes[i] = changes[n_changes - 1 - i];
        changes[n_changes - 1 - i] = other;
    }
    return n_changes;
}
