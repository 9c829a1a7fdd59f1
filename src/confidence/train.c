/* Logistic regression with a penalty on large weights, by gradient descent from zero: few verdicts,
 * few signs, nothing random. */
#include "confidence/confidence.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RARE = 5, STEPS = 2000, PARTS = 10 };
static const double rate = 0.5, penalty = 0.02;

typedef struct {
    const dgm_verdicts *verdicts;
    dgm_arena *arena;
    dgm_map *index;
    DGM_ARRAY(const char *) names;
    DGM_ARRAY(uint32_t) counts;
    uint32_t (*ids)[DGM_MAX_SIGNS]; /* of each verdict's signs */
    double *weights, *gradient;
} training;

/* ---- reliability ---------------------------------------------------------------------------- */

void dgm_reliability_add(dgm_reliability *r, double probability, bool right)
{
    int bin = (int)(probability * DGM_N_BINS);
    bin = DGM_MAX(0, DGM_MIN(DGM_N_BINS - 1, bin));
    r->n++;
    r->n_right += right;
    r->brier += (probability - right) * (probability - right);
    r->bins[bin].n++;
    r->bins[bin].n_right += right;
    r->bins[bin].sum += probability;
}

void dgm_reliability_print(const dgm_reliability *r, const char *title, FILE *out)
{
    double share = r->n ? (double)r->n_right / r->n : 0;
    fprintf(out, "%s: %u %s, %.3f right; Brier %.3f (always saying %.3f: %.3f)\n", title, r->n,
            dgm_word_for(r->n, "event", "events"), share, r->n ? r->brier / r->n : 0, share,
            share * (1 - share));
    fprintf(out, "  confidence  events  mean   right\n");
    for (int i = 0; i < DGM_N_BINS; i++)
        if (r->bins[i].n)
            fprintf(out, "  %.1f to %.1f  %6u  %.3f  %.3f\n", (double)i / DGM_N_BINS,
                    (i + 1.0) / DGM_N_BINS, r->bins[i].n, r->bins[i].sum / r->bins[i].n,
                    (double)r->bins[i].n_right / r->bins[i].n);
}

/* ---- learning ------------------------------------------------------------------------------- */

static bool count_signs(training *t)
{
    t->ids = dgm_arena_alloc(t->arena, (t->verdicts->n + 1) * sizeof *t->ids, sizeof(uint32_t));
    if (!t->ids)
        return false;
    for (uint32_t i = 0; i < t->verdicts->n; i++) {
        const dgm_signs *signs = &t->verdicts->at[i].signs;
        for (uint32_t k = 0; k < signs->n; k++) {
            dgm_view name = dgm_view_of(signs->at[k]);
            uint32_t at = dgm_map_get(t->index, name);
            if (at == DGM_NONE) {
                const char **kept = dgm_push(t->arena, &t->names);
                uint32_t *count = dgm_push(t->arena, &t->counts);
                if (!kept || !count || dgm_map_set(t->index, name, t->names.n - 1, NULL) != DGM_OK)
                    return false;
                *kept = signs->at[k];
                at = t->names.n - 1;
            }
            assert(t->counts.at);
            t->counts.at[at]++;
            t->ids[i][k] = at;
        }
    }
    t->weights = DGM_NEW(t->arena, double, (size_t)t->names.n + 1);
    t->gradient = DGM_NEW(t->arena, double, (size_t)t->names.n + 1);
    return t->weights && t->gradient;
}

static double probability(const training *t, uint32_t i)
{
    double sum = 0;
    for (uint32_t k = 0; k < t->verdicts->at[i].signs.n; k++)
        sum += t->weights[t->ids[i][k]];
    return 1 / (1 + exp(-sum));
}

/* From all stories but those of one part (DGM_NONE: from all). */
static void learn(training *t, uint32_t but)
{
    memset(t->weights, 0, t->names.n * sizeof(*t->weights));
    for (uint32_t step = 0; step < STEPS; step++) {
        uint32_t n = 0;
        memset(t->gradient, 0, t->names.n * sizeof(*t->gradient));
        for (uint32_t i = 0; i < t->verdicts->n; i++) {
            const dgm_verdict *verdict = &t->verdicts->at[i];
            if (verdict->story % PARTS == but)
                continue;
            double wrong = probability(t, i) - verdict->right;
            for (uint32_t k = 0; k < verdict->signs.n; k++)
                t->gradient[t->ids[i][k]] += wrong;
            n++;
        }
        for (uint32_t k = 0; k < t->names.n && n; k++) {
            bool base = strcmp(t->names.at[k], "base") == 0;
            if (t->counts.at[k] >= RARE)
                t->weights[k] -= rate * (t->gradient[k] / n + (base ? 0 : penalty * t->weights[k]));
        }
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void write_table(const training *t, FILE *out)
{
    const char **names = t->names.at;
    fprintf(out,
            "# What speaks for or against an event, learned by `dragoman train confidence` from\n"
            "# %u events: the weights of its signs are added, and 1 / (1 + e^-sum) is how likely\n"
            "# its type and countries are right. `seen`: in so many of those events.\n"
            "sign\tweight\tseen\n",
            t->verdicts->n);
    if (t->names.n > 0)
        qsort(names, t->names.n, sizeof(*names), by_name);
    for (uint32_t i = 0; i < t->names.n; i++) {
        uint32_t at = dgm_map_get(t->index, dgm_view_of(names[i]));
        if (t->counts.at[at] >= RARE)
            fprintf(out, "%s\t%.3f\t%u\n", names[i], t->weights[at], t->counts.at[at]);
    }
}

dgm_status dgm_confidence_train(const dgm_verdicts *verdicts, FILE *out, dgm_reliability *left_out,
                                dgm_err *err)
{
    training t = { .verdicts = verdicts, .arena = dgm_arena_new(), .index = dgm_map_new() };
    bool good = t.arena && t.index && count_signs(&t);
    for (uint32_t part = 0; good && part < PARTS; part++) {
        learn(&t, part);
        for (uint32_t i = 0; i < verdicts->n; i++)
            if (verdicts->at[i].story % PARTS == part)
                dgm_reliability_add(left_out, probability(&t, i), verdicts->at[i].right);
    }
    if (good) {
        learn(&t, DGM_NONE);
        write_table(&t, out);
    }
    dgm_map_free(t.index);
    dgm_arena_free(t.arena);
    return good ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the training");
}
