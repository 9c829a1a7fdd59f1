/* Training: cases, FTRL-Proximal, and the table that comes out.
 *
 * For each answer a and feature i the learner keeps z and n; the weight follows from them:
 *     w = 0                                              if |z| <= l1
 *     w = -(z - sign(z) l1) / ((1 + sqrt(n)) / rate + l2) else
 * and a case with gradient g = p - y changes them by
 *     z += g - (sqrt(n + g^2) - sqrt(n)) / rate * w,   n += g^2.
 * Where a share of the features is dropped, others each time, the sum of those that stay is scaled
 * up: no feature can leave the work to another that usually stands beside it (Wager, Wang and Liang
 * 2013, "Dropout Training as Adaptive Regularization").
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

/* One answer in one round. */
typedef struct {
    const learning *of;
    state *states;     /* of each feature */
    float *scores, *g; /* room for the cases of a unit */
    uint32_t answer, round;
} lesson;

static float weight_now(const dgm_training *how, state s)
{
    if (fabsf(s.z) <= (float)how->l1)
        return 0;
    float shrunk = s.z > 0 ? s.z - (float)how->l1 : s.z + (float)how->l1;
    return -shrunk / ((1 + sqrtf(s.n)) / (float)how->rate + (float)how->l2);
}

/* Whether the feature at ids.at[i] is left out in this round. */
static bool is_dropped(const lesson *l, uint32_t i)
{
    uint64_t seed = (uint64_t)i << 32 | l->round << 8 | l->answer;
    return l->of->how->drop > 0 && (double)(learn_draw(&seed) >> 11) * 0x1p-53 < l->of->how->drop;
}

static float kept_share(const lesson *l)
{
    return 1 - (float)l->of->how->drop;
}

static float score_now(const lesson *l, const dgm_case *it)
{
    const uint32_t *ids = l->of->cases->ids.at;
    float sum = 0;
    for (uint32_t i = it->first; i < it->first + it->n; i++)
        if (!is_dropped(l, i))
            sum += weight_now(l->of->how, l->states[ids[i]]);
    return sum / kept_share(l);
}

/* g: the gradient of the loss with respect to the case's score. */
static void learn_case(const lesson *l, const dgm_case *it, float g)
{
    const dgm_training *how = l->of->how;
    const dgm_cases *cases = l->of->cases;
    g /= kept_share(l);
    for (uint32_t i = it->first; i < it->first + it->n; i++) {
        uint32_t id = cases->ids.at[i];
        state *s = &l->states[id];
        if (cases->counts.at[id] < how->rare || is_dropped(l, i))
            continue;
        float n = s->n + g * g;
        s->z += g - (sqrtf(n) - sqrtf(s->n)) / (float)how->rate * weight_now(how, *s);
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
static void contend(const lesson *l, const dgm_case *at, uint32_t n)
{
    float rivalry = (float)l->of->how->rivalry, most = 0, sum;
    uint32_t n_right = 0;
    for (uint32_t i = 0; i < n; i++) {
        n_right += is_right(&at[i], l->answer);
        if (!is_open(&at[i], l->answer))
            most = fmaxf(most, l->scores[i]);
    }
    sum = expf(-most);
    for (uint32_t i = 0; i < n; i++)
        if (!is_open(&at[i], l->answer))
            sum += expf(l->scores[i] - most);
    for (uint32_t i = 0; i < n; i++) {
        float wanted = is_right(&at[i], l->answer) ? 1 / (float)n_right : 0;
        if (!is_open(&at[i], l->answer))
            l->g[i] += rivalry * (expf(l->scores[i] - most) / sum - wanted);
    }
}

static void learn_unit(const lesson *l, unit u)
{
    const dgm_case *at = &l->of->cases->cases.at[u.first];
    for (uint32_t i = 0; i < u.n; i++) {
        if (is_open(&at[i], l->answer))
            continue;
        l->scores[i] = score_now(l, &at[i]);
        l->g[i] = 1 / (1 + expf(-l->scores[i])) - (is_right(&at[i], l->answer) ? 1 : 0);
    }
    if (at[0].contest && l->of->how->rivalry > 0)
        contend(l, at, u.n);
    for (uint32_t i = 0; i < u.n; i++)
        if (!is_open(&at[i], l->answer))
            learn_case(l, &at[i], l->g[i] * at[i].weight);
}

static void learn_answer(void *context, uint32_t i_worker, uint32_t answer)
{
    learning *of = context;
    (void)i_worker;
    uint32_t n_features = of->cases->names.n, n_rounds = of->how->n_rounds, half = n_rounds / 2;
    lesson l = { .of = of, .answer = answer };
    l.states = calloc((size_t)n_features + 1, sizeof(*l.states));
    l.scores = calloc((size_t)of->n_most * 2 + 1, sizeof(*l.scores));
    l.g = l.scores + of->n_most;
    bool ready = l.states && l.scores;
    for (; ready && l.round < n_rounds; l.round++) {
        const uint32_t *order = &of->order[(size_t)l.round * of->n_units];
        for (uint32_t i = 0; i < of->n_units; i++)
            learn_unit(&l, of->units[order[i]]);
        for (uint32_t i = 0; l.round >= half && i < n_features; i++)
            of->weights[(size_t)i * of->how->n_answers + answer] +=
                weight_now(of->how, l.states[i]) / (float)(n_rounds - half);
    }
    of->failed = of->failed || !ready;
    free(l.scores);
    free(l.states);
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
