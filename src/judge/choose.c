/* From likelihoods of single states to a side. Of all subsets of the four likeliest states that one
 * is chosen which is right most probably, the states taken as independent: right is a side of which
 * at least half of what either says both say (Jaccard >= 0.5). A second state must be likely in its
 * own right, or every side would hold one more to hedge. Where nobody is the answer, somebody is
 * still taken who is not much less likely: sides that no word names are there more often than each
 * state by itself lets expect. */
#include "judge/sight.h"

enum { BEST = 4 };

/* Their number; p: how likely each is. */
static uint32_t likeliest(const ranking *r, uint32_t role, uint32_t out[BEST], double p[BEST])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        uint32_t at = n < BEST ? n++ : BEST;
        while (at > 0 && r->scores[out[at - 1]][role] < r->scores[i][role]) {
            if (at < BEST)
                out[at] = out[at - 1];
            at--;
        }
        if (at < BEST)
            out[at] = i;
    }
    for (uint32_t i = 0; i < n; i++)
        p[i] = dgm_likelihood(r->scores[out[i]][role]);
    return n;
}

/* A set of the likeliest, as bits of the ranking. */
static uint32_t states_of(uint32_t said, const uint32_t *best, uint32_t n)
{
    uint32_t states = 0;
    for (uint32_t i = 0; i < n; i++)
        states |= (said >> i & 1) << best[i];
    return states;
}

/* How probably the set `said` is right. */
static double agreement(uint32_t said, const double *p, uint32_t n)
{
    double sum = 0;
    for (uint32_t truth = 0; truth < 1u << n; truth++) {
        double product = 1;
        for (uint32_t i = 0; i < n; i++)
            product *= truth >> i & 1 ? p[i] : 1 - p[i];
        uint32_t both = dgm_count_bits(said & truth), either = dgm_count_bits(said | truth);
        if (either == 0 || 2 * both >= either)
            sum += product;
    }
    return sum;
}

static bool is_hedge(uint32_t said, const double *p, uint32_t n)
{
    static const double likely = 0.4;
    for (uint32_t i = 0; i < n && dgm_count_bits(said) > 1; i++)
        if ((said >> i & 1) && p[i] < likely)
            return true;
    return false;
}

/* The rules' own answer is overruled only by one that is better by this much. */
static const double margin = 0.3;

uint32_t choose_side(const ranking *r, uint32_t role, uint32_t own, double *likelihood)
{
    uint32_t best[BEST], chosen = 0;
    double p[BEST], most = -1;
    uint32_t n = likeliest(r, role, best, p);
    for (uint32_t said = 0; said < 1u << n; said++) {
        double how = is_hedge(said, p, n) ? -1 : agreement(said, p, n);
        if (how > most + 1e-9) {
            most = how;
            chosen = said;
        }
    }
    uint32_t rules = 0, n_rules = 0;
    for (uint32_t i = 0; i < n; i++)
        if (own >> best[i] & 1) {
            rules |= 1u << i;
            n_rules++;
        }
    if (own && n_rules == dgm_count_bits(own)) {
        double how = agreement(rules, p, n);
        if (how >= most - margin) {
            chosen = rules;
            most = how;
        }
    }
    *likelihood = most;
    return states_of(chosen, best, n);
}

/* Nobody is passed over for somebody who is at least this part as likely. */
static const double enough = 0.6;

uint32_t choose_somebody(const ranking *r, uint32_t role, uint32_t among)
{
    uint32_t best[BEST], out = 0;
    double p[BEST];
    uint32_t n = likeliest(r, role, best, p);
    double most = enough * agreement(0, p, n);
    for (uint32_t said = 1; said < 1u << n; said++) {
        uint32_t states = states_of(said, best, n);
        double how = is_hedge(said, p, n) || (states & ~among) ? -1 : agreement(said, p, n);
        if (how > most) {
            most = how;
            out = states;
        }
    }
    return out;
}
