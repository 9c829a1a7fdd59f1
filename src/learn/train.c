/* Training: cases, FTRL-Proximal, and the table that comes out.
 *
 * For each answer a and feature i the learner keeps z and n; the weight follows from them:
 *     w = 0                                              if |z| <= l1
 *     w = -(z - sign(z) l1) / ((1 + sqrt(n)) / rate + l2) else
 * and a case with gradient g = p - y changes them by
 *     z += g - (sqrt(n + g^2) - sqrt(n)) / rate * w,   n += g^2.
 * Cases are visited in an order drawn anew each round from a fixed seed. */
#include "learn/draw.h"
#include "learn/learn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

dgm_cases *dgm_cases_new(void)
{
    dgm_cases *cases = calloc(1, sizeof(*cases));
    if (!cases)
        return NULL;
    cases->arena = dgm_arena_new();
    cases->index = dgm_map_new();
    if (cases->arena && cases->index)
        return cases;
    dgm_cases_free(cases);
    return NULL;
}

void dgm_cases_free(dgm_cases *cases)
{
    if (!cases)
        return;
    dgm_map_free(cases->index);
    dgm_arena_free(cases->arena);
    free(cases);
}

static uint32_t id_of(dgm_cases *cases, uint64_t key, dgm_view name)
{
    dgm_view bytes = { (const char *)&key, sizeof key };
    uint32_t id = dgm_map_get(cases->index, bytes);
    if (id != DGM_NONE)
        return id;
    dgm_view *kept = dgm_push(cases->arena, &cases->names);
    uint32_t *count = dgm_push(cases->arena, &cases->counts);
    id = cases->names.n - 1;
    if (!kept || !count || dgm_map_set(cases->index, bytes, id, NULL) != DGM_OK)
        return DGM_NONE;
    *kept = dgm_arena_copy(cases->arena, name);
    return id;
}

dgm_case *dgm_cases_add(dgm_cases *cases, const dgm_features *f)
{
    dgm_case *it = dgm_push(cases->arena, &cases->cases);
    if (!it)
        return NULL;
    *it = (dgm_case) { .first = cases->ids.n, .n = f->n, .weight = 1 };
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t id = id_of(cases, f->keys[i], f->names[i]);
        uint32_t *at = dgm_push(cases->arena, &cases->ids);
        if (id == DGM_NONE || !at)
            return NULL;
        cases->counts.at[id]++;
        *at = id;
    }
    return it;
}

/* ---- learning ------------------------------------------------------------------------------- */

typedef struct {
    const dgm_cases *cases;
    const dgm_training *how;
    const uint32_t *order; /* [n_rounds][n] */
    uint32_t n;
    float *weights;
    bool failed;
} learning;

typedef struct {
    float z, n;
} state;

static float weight_now(const dgm_training *how, state s)
{
    if (fabsf(s.z) <= (float)how->l1)
        return 0;
    float shrunk = s.z > 0 ? s.z - (float)how->l1 : s.z + (float)how->l1;
    return -shrunk / ((1 + sqrtf(s.n)) / (float)how->rate + (float)how->l2);
}

static void learn_case(const learning *l, const dgm_case *it, uint32_t answer, state *states)
{
    const uint32_t *ids = &l->cases->ids.at[it->first];
    float w[DGM_MAX_FEATURES], sum = 0;
    for (uint32_t i = 0; i < it->n; i++) {
        w[i] = weight_now(l->how, states[ids[i]]);
        sum += w[i];
    }
    float y = (it->right >> answer & 1) ? 1 : 0;
    float g = (1 / (1 + expf(-sum)) - y) * it->weight;
    for (uint32_t i = 0; i < it->n; i++) {
        state *s = &states[ids[i]];
        if (l->cases->counts.at[ids[i]] < l->how->rare)
            continue;
        float n = s->n + g * g;
        s->z += g - (sqrtf(n) - sqrtf(s->n)) / (float)l->how->rate * w[i];
        s->n = n;
    }
}

static void learn_answer(void *context, uint32_t i_worker, uint32_t answer)
{
    learning *l = context;
    (void)i_worker;
    uint32_t n_features = l->cases->names.n;
    state *states = calloc((size_t)n_features + 1, sizeof(*states));
    if (!states) {
        l->failed = true;
        return;
    }
    for (uint32_t i = 0; i < l->n * l->how->n_rounds; i++) {
        const dgm_case *it = &l->cases->cases.at[l->order[i]];
        if (!(it->open >> answer & 1))
            learn_case(l, it, answer, states);
    }
    for (uint32_t i = 0; i < n_features; i++)
        l->weights[(size_t)i * l->how->n_answers + answer] = weight_now(l->how, states[i]);
    free(states);
}

static uint32_t *orders(const dgm_cases *cases, const dgm_training *how, uint32_t *n_out)
{
    uint32_t n = 0;
    uint64_t seed = 1;
    uint32_t *order = calloc((size_t)cases->cases.n * how->n_rounds + 1, sizeof(*order));
    for (uint32_t i = 0; order && i < cases->cases.n; i++)
        order[n++] = i;
    for (uint32_t round = 0; order && round < how->n_rounds; round++) {
        uint32_t *now = &order[(size_t)round * n];
        if (round)
            memcpy(now, now - n, n * sizeof(*now));
        learn_shuffle(now, n, &seed);
    }
    *n_out = n;
    return order;
}

float *dgm_train_linear(const dgm_cases *cases, const dgm_training *how)
{
    learning l = { .cases = cases, .how = how };
    uint32_t *order = orders(cases, how, &l.n);
    l.order = order;
    l.weights = calloc((size_t)cases->names.n * how->n_answers + 1, sizeof(*l.weights));
    if (order && l.weights)
        dgm_parallel(how->n_threads, how->n_answers, learn_answer, &l);
    free(order);
    if (order && l.weights && !l.failed)
        return l.weights;
    free(l.weights);
    return NULL;
}

double dgm_trained_score(const dgm_cases *cases, const dgm_case *it, const float *weights,
                         uint32_t n_answers, uint32_t answer)
{
    double sum = 0;
    for (uint32_t i = 0; i < it->n; i++)
        sum += weights[(size_t)cases->ids.at[it->first + i] * n_answers + answer];
    return sum;
}

/* ---- the table ------------------------------------------------------------------------------ */

typedef struct {
    dgm_view name;
    uint32_t id;
} row;

static int by_name(const void *a, const void *b)
{
    return dgm_view_cmp(((const row *)a)->name, ((const row *)b)->name);
}

bool dgm_linear_write(const dgm_cases *cases, const float *weights, const char *const *answers,
                      uint32_t n_answers, double least, const char *comment, FILE *out)
{
    row *rows = calloc((size_t)cases->names.n + 1, sizeof(*rows));
    if (!rows)
        return false;
    for (uint32_t i = 0; i < cases->names.n; i++)
        rows[i] = (row) { cases->names.at[i], i };
    qsort(rows, cases->names.n, sizeof(*rows), by_name);
    fprintf(out, "%sfeature\tweights\n", comment);
    for (uint32_t i = 0; i < cases->names.n; i++) {
        bool begun = false;
        for (uint32_t a = 0; a < n_answers; a++) {
            double w = weights[(size_t)rows[i].id * n_answers + a];
            if (fabs(w) < least)
                continue;
            if (!begun)
                fprintf(out, "%.*s\t", DGM_FMT(rows[i].name));
            char text[32];
            snprintf(text, sizeof text, "%.2f", fabs(w));
            fprintf(out, "%s%s=%s%s", begun ? " " : "", answers[a], w < 0 ? "-" : "",
                    text[0] == '0' ? text + 1 : text); /* ".31": the table is a tenth smaller */
            begun = true;
        }
        if (begun)
            fputc('\n', out);
    }
    free(rows);
    return !ferror(out);
}
