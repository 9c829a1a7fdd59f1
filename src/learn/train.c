/* Training: cases, FTRL-Proximal, and the table that comes out.
 *
 * For each answer a and feature i the learner keeps z and n; the weight follows from them:
 *     w = 0                                              if |z| <= l1
 *     w = -(z - sign(z) l1) / ((1 + sqrt(n)) / rate + l2) else
 * and a case with gradient g = p - y changes them by
 *     z += g - (sqrt(n + g^2) - sqrt(n)) / rate * w,   n += g^2.
 * Cases, rivals together, are visited in an order drawn anew each round from a fixed seed. The
 * table's weights are the means of those at the ends of the later half of the rounds: what a single
 * order happens to leave behind weighs less (Polyak and Juditsky 1992). */
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

/* Cases first, first + 1, ... that are learned from together: rivals, or one alone. */
typedef struct {
    uint32_t first, n;
} unit;

typedef struct {
    const dgm_cases *cases;
    const dgm_training *how;
    const unit *units;
    const uint32_t *order;    /* [n_rounds][n_units] */
    uint32_t n_units, n_most; /* n_most: cases of the largest unit */
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

static float score_now(const learning *l, const dgm_case *it, const state *states)
{
    float sum = 0;
    for (uint32_t i = 0; i < it->n; i++)
        sum += weight_now(l->how, states[l->cases->ids.at[it->first + i]]);
    return sum;
}

/* g: the gradient of the loss with respect to the case's score. */
static void learn_case(const learning *l, const dgm_case *it, float g, state *states)
{
    for (uint32_t i = 0; i < it->n; i++) {
        uint32_t id = l->cases->ids.at[it->first + i];
        state *s = &states[id];
        if (l->cases->counts.at[id] < l->how->rare)
            continue;
        float n = s->n + g * g;
        s->z += g - (sqrtf(n) - sqrtf(s->n)) / (float)l->how->rate * weight_now(l->how, *s);
        s->n = n;
    }
}

static bool is_right(const dgm_case *it, uint32_t answer)
{
    return it->right >> answer & 1;
}

static bool is_open(const dgm_case *it, uint32_t answer)
{
    return it->open >> answer & 1;
}

/* Adds to g[] what the softmax over the unit's cases, and nobody, asks for. Where several are right
 * each is to win as often as the others. */
static void contend(const dgm_case *at, uint32_t n, uint32_t answer, double rivalry,
                    const float *scores, float *g)
{
    float most = 0, sum;
    uint32_t n_right = 0;
    for (uint32_t i = 0; i < n; i++) {
        n_right += is_right(&at[i], answer);
        if (!is_open(&at[i], answer))
            most = fmaxf(most, scores[i]);
    }
    sum = expf(-most);
    for (uint32_t i = 0; i < n; i++)
        if (!is_open(&at[i], answer))
            sum += expf(scores[i] - most);
    for (uint32_t i = 0; i < n; i++) {
        float wanted = is_right(&at[i], answer) ? 1 / (float)n_right : 0;
        if (!is_open(&at[i], answer))
            g[i] += (float)rivalry * (expf(scores[i] - most) / sum - wanted);
    }
}

/* scores, g: room for the unit's cases. */
static void learn_unit(const learning *l, unit u, uint32_t answer, state *states, float *scores,
                       float *g)
{
    const dgm_case *at = &l->cases->cases.at[u.first];
    for (uint32_t i = 0; i < u.n; i++) {
        if (is_open(&at[i], answer))
            continue;
        scores[i] = score_now(l, &at[i], states);
        g[i] = 1 / (1 + expf(-scores[i])) - (is_right(&at[i], answer) ? 1 : 0);
    }
    if (at[0].contest && l->how->rivalry > 0)
        contend(at, u.n, answer, l->how->rivalry, scores, g);
    for (uint32_t i = 0; i < u.n; i++)
        if (!is_open(&at[i], answer))
            learn_case(l, &at[i], g[i] * at[i].weight, states);
}

static void learn_answer(void *context, uint32_t i_worker, uint32_t answer)
{
    learning *l = context;
    (void)i_worker;
    uint32_t n_features = l->cases->names.n;
    state *states = calloc((size_t)n_features + 1, sizeof(*states));
    float *room = calloc((size_t)l->n_most * 2 + 1, sizeof(*room));
    uint32_t n_rounds = l->how->n_rounds, half = n_rounds / 2;
    for (uint32_t round = 0; states && room && round < n_rounds; round++) {
        const uint32_t *order = &l->order[(size_t)round * l->n_units];
        for (uint32_t i = 0; i < l->n_units; i++)
            learn_unit(l, l->units[order[i]], answer, states, room, room + l->n_most);
        for (uint32_t i = 0; round >= half && i < n_features; i++)
            l->weights[(size_t)i * l->how->n_answers + answer] +=
                weight_now(l->how, states[i]) / (float)(n_rounds - half);
    }
    l->failed = l->failed || !states || !room;
    free(room);
    free(states);
}

static unit *units_of(const dgm_cases *cases, uint32_t *n_out, uint32_t *n_most)
{
    unit *units = calloc((size_t)cases->cases.n + 1, sizeof(*units));
    uint32_t n = 0, before = 0;
    *n_most = 0;
    for (uint32_t i = 0; units && i < cases->cases.n; i++) {
        uint32_t contest = cases->cases.at[i].contest;
        if (!contest || contest != before)
            units[n++] = (unit) { .first = i };
        units[n - 1].n++;
        *n_most = DGM_MAX(*n_most, units[n - 1].n);
        before = contest;
    }
    *n_out = n;
    return units;
}

static uint32_t *orders(uint32_t n, uint32_t n_rounds)
{
    uint64_t seed = 1;
    uint32_t *order = calloc((size_t)n * n_rounds + 1, sizeof(*order));
    for (uint32_t i = 0; order && i < n; i++)
        order[i] = i;
    for (uint32_t round = 0; order && round < n_rounds; round++) {
        uint32_t *now = &order[(size_t)round * n];
        if (round)
            memcpy(now, now - n, n * sizeof(*now));
        learn_shuffle(now, n, &seed);
    }
    return order;
}

float *dgm_train_linear(const dgm_cases *cases, const dgm_training *how)
{
    learning l = { .cases = cases, .how = how };
    unit *units = units_of(cases, &l.n_units, &l.n_most);
    uint32_t *order = orders(l.n_units, how->n_rounds);
    l.units = units;
    l.order = order;
    l.weights = calloc((size_t)cases->names.n * how->n_answers + 1, sizeof(*l.weights));
    bool ready = units && order && l.weights;
    if (ready)
        dgm_parallel(how->n_threads, how->n_answers, learn_answer, &l);
    free(order);
    free(units);
    if (ready && !l.failed)
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
