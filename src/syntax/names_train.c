/* names_train.c - learns which spans are names: maximum likelihood of the gold division of each
 * sentence among all divisions into spans that can be names (a semi-Markov conditional random
 * field), by AdaGrad (Duchi et al. 2011), with a part of the features dropped at random in each
 * step and the mean of the last epochs' weights.
 *
 * The words are parsed as they will be when reading, and the network's opinion of names is among
 * the features. It was trained on the same texts, so each text is learned a second time with its
 * names exchanged for others (names_exchange.c), lest that opinion be trusted more than it
 * deserves. A feature has a weight for each type and one for all types together, which are added up
 * at the end.
 */
#include "syntax/chance.h"
#include "syntax/model.h"
#include "syntax/names_lesson.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COPIES = 2, EPOCHS = 4, MEAN_FROM = 1 };
/* Of hashed features, and of numbers (what the network says, pictures of heads). Rates, dropping
 * and epochs were chosen by thirds of GUM's train part. */
static const double DROP = 0.3;
static const float RATE = 0.08f, NUMBER_RATE = 0.02f, DECAY = 3e-4f;

/* One weight for each type and one for all of them. */
enum { N_COLUMNS = N_TYPES + 1 };
typedef float weights[N_COLUMNS];

typedef struct {
    const names_lesson *lesson;
    /* rows of hashed features, then of dense ones, then of the picture */
    weights *w, *squares, *mean;
    bool kept[NAME_SPANS][NAME_FEATURES];
    double score[NAME_SPANS][N_TYPES];
    weights picture_score[DGM_MAX_SENTENCE], picture_gradient[DGM_MAX_SENTENCE];
    double alpha[DGM_MAX_SENTENCE + 1], beta[DGM_MAX_SENTENCE + 1];
} trainer;

enum { DENSE_ROW = 1 << NAME_BITS, PICTURE_ROW = DENSE_ROW + NAME_DENSE };

/* ---- learning ------------------------------------------------------------------------------- */

/* log(exp(a) + exp(b)) */
static double log_sum(double a, double b)
{
    double high = DGM_MAX(a, b), low = DGM_MIN(a, b);
    return high + log1p(exp(low - high));
}

static void add_row(const float *w, float by, float *sum)
{
    for (uint32_t k = 0; k < N_COLUMNS; k++)
        sum[k] += w[k] * by;
}

static void score_pictures(trainer *t, const lattice *l)
{
    const float *picture = t->lesson->pictures.at + l->picture;
    for (uint32_t h = 0; h < l->n_heads; h++, picture += t->lesson->n_picture) {
        memset(t->picture_score[h], 0, sizeof(t->picture_score[h]));
        for (uint32_t i = 0; i < t->lesson->n_picture; i++)
            add_row(t->w[PICTURE_ROW + i], picture[i], t->picture_score[h]);
    }
}

/* Scores of all types, without the features that are dropped. */
static void score_question(const trainer *t, const question *q, const bool *kept, double *out)
{
    weights sum;
    memcpy(sum, t->picture_score[q->head], sizeof(sum));
    for (uint32_t i = 0; i < q->n; i++)
        if (kept[i])
            add_row(t->w[t->lesson->features.at[q->features + i]], 1, sum);
    for (uint32_t k = 0; k < N_TYPES; k++) {
        float value = sum[k] + sum[N_TYPES];
        for (uint32_t d = 0; d < NAME_DENSE; d++)
            value += q->dense[k][d] * (t->w[DENSE_ROW + d][k] + t->w[DENSE_ROW + d][N_TYPES]);
        out[k] = (double)value;
    }
}

/* A row of weights goes by times the gradient downhill. */
static void step(trainer *t, uint32_t row, const float *gradient, float by, float rate)
{
    float *w = t->w[row], *squares = t->squares[row];
    for (uint32_t k = 0; k < N_COLUMNS; k++) {
        float g = gradient[k] * by + DECAY * w[k];
        squares[k] += g * g;
        w[k] -= rate * g / sqrtf(squares[k] + 1e-2f);
    }
}

/* gradient[type]: how much likelier the model holds the span and type than it is; the last: all. */
static void learn_question(trainer *t, const question *q, const bool *kept, const float *gradient)
{
    add_row(gradient, 1, t->picture_gradient[q->head]);
    for (uint32_t i = 0; i < q->n; i++)
        if (kept[i])
            step(t, t->lesson->features.at[q->features + i], gradient, 1, RATE);
    for (uint32_t d = 0; d < NAME_DENSE; d++) {
        weights of_dense = { 0 };
        for (uint32_t k = 0; k < N_TYPES; k++) {
            of_dense[k] = gradient[k] * q->dense[k][d];
            of_dense[N_TYPES] += of_dense[k];
        }
        step(t, DENSE_ROW + d, of_dense, 1, NUMBER_RATE);
    }
}

static void learn_pictures(trainer *t, const lattice *l)
{
    const float *picture = t->lesson->pictures.at + l->picture;
    for (uint32_t h = 0; h < l->n_heads; h++, picture += t->lesson->n_picture)
        for (uint32_t i = 0; i < t->lesson->n_picture; i++)
            if (picture[i] != 0)
                step(t, PICTURE_ROW + i, t->picture_gradient[h], picture[i], NUMBER_RATE);
}

/* alpha[i] sums over all divisions of the words before i, beta[i] of those from i on; returns how
 * unlikely the gold division is. */
static double run_lattice(trainer *t, const lattice *l)
{
    const question *q = t->lesson->questions.at + l->first;
    double gold = 0, *alpha = t->alpha, *beta = t->beta;
    alpha[0] = 0;
    for (uint32_t i = 0, k = 0; i < l->n_words; i++) {
        alpha[i + 1] = alpha[i];
        for (; k < l->n && q[k].end == i; k++)
            for (uint32_t type = 0; type < N_TYPES; type++)
                alpha[i + 1] = log_sum(alpha[i + 1], alpha[q[k].begin] + t->score[k][type]);
    }
    for (uint32_t i = 0; i < l->n_words; i++)
        beta[i] = -1e30;
    beta[l->n_words] = 0;
    for (uint32_t i = l->n_words, k = l->n; i-- > 0;) {
        beta[i] = log_sum(beta[i], beta[i + 1]);
        for (; k > 0 && q[k - 1].end == i; k--)
            for (uint32_t type = 0; type < N_TYPES; type++)
                beta[q[k - 1].begin] =
                    log_sum(beta[q[k - 1].begin], beta[i + 1] + t->score[k - 1][type]);
    }
    for (uint32_t k = 0; k < l->n; k++)
        if (q[k].gold < N_TYPES)
            gold += t->score[k][q[k].gold];
    return alpha[l->n_words] - gold;
}

static double learn_lattice(trainer *t, const lattice *l, uint64_t *random)
{
    const question *q = t->lesson->questions.at + l->first;
    score_pictures(t, l);
    memset(t->picture_gradient, 0, l->n_heads * sizeof(t->picture_gradient[0]));
    for (uint32_t k = 0; k < l->n; k++) {
        for (uint32_t i = 0; i < q[k].n; i++)
            t->kept[k][i] = dgm_chance(random) >= (uint32_t)(DROP * (1u << 31));
        score_question(t, &q[k], t->kept[k], t->score[k]);
    }
    double loss = run_lattice(t, l), whole = t->alpha[l->n_words];
    for (uint32_t k = 0; k < l->n; k++) {
        weights gradient = { 0 };
        float most = 0;
        for (uint32_t type = 0; type < N_TYPES; type++) {
            double p =
                exp(t->alpha[q[k].begin] + t->score[k][type] + t->beta[q[k].end + 1] - whole);
            gradient[type] = (float)p - (q[k].gold == type);
            gradient[N_TYPES] += gradient[type];
            most = fmaxf(most, fabsf(gradient[type]));
        }
        if (most > 1e-4f)
            learn_question(t, &q[k], t->kept[k], gradient);
    }
    learn_pictures(t, l);
    return loss;
}

static void learn(trainer *t, uint32_t *order, uint32_t n_rows, FILE *log)
{
    uint64_t random = 20201002;
    uint32_t n = t->lesson->lattices.n;
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double loss = 0;
        dgm_shuffle(order, n, &random);
        for (uint32_t i = 0; i < n; i++)
            loss += learn_lattice(t, &t->lesson->lattices.at[order[i]], &random);
        for (uint32_t i = 0; epoch >= MEAN_FROM && i < n_rows; i++)
            for (uint32_t k = 0; k < N_COLUMNS; k++)
                t->mean[i][k] += t->w[i][k] / (EPOCHS - MEAN_FROM);
        if (log)
            fprintf(log, "names: epoch %d, loss %.4f a name\n", epoch + 1,
                    loss / t->lesson->n_names);
    }
}

/* The weight of a type, with the one for all types. */
static float mean_weight(const trainer *t, uint32_t row, uint32_t type)
{
    return t->mean[row][type] + t->mean[row][N_TYPES];
}

/* What one of a hashed weight is worth, so that the largest fits 16 bits. */
static float unit_of_weights(const trainer *t)
{
    float largest = 1e-6f;
    for (uint32_t i = 0; i < DENSE_ROW; i++)
        for (uint32_t k = 0; k < N_TYPES; k++)
            largest = fmaxf(largest, fabsf(mean_weight(t, i, k)));
    return largest / 32000;
}

static dgm_status pack(const trainer *t, uint32_t parser, char **out, size_t *n, dgm_err *err)
{
    int16_t *hashed = calloc((size_t)N_TYPES << NAME_BITS, sizeof(*hashed));
    float *picture = calloc((size_t)N_TYPES * t->lesson->n_picture, sizeof(*picture));
    float dense[N_TYPES][NAME_DENSE], unit = unit_of_weights(t);
    bool good = hashed && picture;
    for (uint32_t k = 0; good && k < N_TYPES; k++) {
        for (uint32_t i = 0; i < DENSE_ROW; i++)
            hashed[i * N_TYPES + k] = (int16_t)lrintf(mean_weight(t, i, k) / unit);
        for (uint32_t i = 0; i < NAME_DENSE; i++)
            dense[k][i] = mean_weight(t, DENSE_ROW + i, k);
        for (uint32_t i = 0; i < t->lesson->n_picture; i++)
            picture[k * t->lesson->n_picture + i] = mean_weight(t, PICTURE_ROW + i, k);
    }
    names_section section = { .parser = parser,
                              .unit = unit * (float)(1 - DROP),
                              .weights = hashed,
                              .dense = dense[0],
                              .picture = picture,
                              .n_picture = t->lesson->n_picture,
                              .lists = t->lesson->lists };
    dgm_status status = good ? names_pack(&section, out, n, err) : names_no_memory(err);
    free(hashed);
    free(picture);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static dgm_status learn_and_pack(trainer *t, uint32_t parser, FILE *log, char **out, size_t *n,
                                 dgm_err *err)
{
    uint32_t n_rows = PICTURE_ROW + t->lesson->n_picture;
    uint32_t *order = calloc((size_t)t->lesson->lattices.n + 1, sizeof(*order));
    t->w = calloc(n_rows, sizeof(*t->w));
    t->squares = calloc(n_rows, sizeof(*t->squares));
    t->mean = calloc(n_rows, sizeof(*t->mean));
    dgm_status status;
    if (!order || !t->w || !t->squares || !t->mean) {
        status = names_no_memory(err);
    } else {
        if (log)
            fprintf(log, "names: %u, %u of them no parts of the tree; %u spans, %u features\n",
                    t->lesson->n_names, t->lesson->n_missed, t->lesson->questions.n,
                    t->lesson->features.n);
        learn(t, order, n_rows, log);
        status = pack(t, parser, out, n, err);
    }
    free(order);
    free(t->w);
    free(t->squares);
    free(t->mean);
    return status;
}

dgm_status dgm_names_train(const char *const *files, uint32_t n_files, const dgm_model *model,
                           const char *tables_dir, FILE *log, dgm_complaints *complaints,
                           char **out, size_t *n, dgm_err *err)
{
    names_lesson *lesson = calloc(1, sizeof(*lesson));
    trainer *t = calloc(1, sizeof(*t));
    dgm_arena *arena = dgm_arena_new();
    dgm_names_space *space = dgm_names_space_new();
    dgm_parser *parser = dgm_parser_new(model);
    names_pool *pool = names_pool_new();
    char *lists = NULL;
    dgm_status status = DGM_OK;
    if (!lesson || !t || !arena || !space || !parser || !pool)
        status = names_no_memory(err);
    if (status == DGM_OK) {
        t->lesson = lesson;
        *lesson = (names_lesson) {
            .arena = arena, .space = space, .pool = pool, .sizes = names_sizes(model->network)
        };
        lesson->n_picture = names_n_picture(lesson->sizes);
        status = names_lists_read(tables_dir, complaints, &lists, &lesson->lists.n, err);
        lesson->lists.at = lists;
    }
    for (uint32_t i = 0; status == DGM_OK && i < n_files; i++)
        status = names_lesson_read(lesson, NULL, files[i], err);
    for (uint32_t i = 0; status == DGM_OK && i < n_files * COPIES; i++) {
        lesson->exchange = i >= n_files;
        status = names_lesson_read(lesson, parser, files[i % n_files], err);
    }
    if (status == DGM_OK && lesson->n_names == 0)
        status = dgm_fail(err, DGM_EFORMAT, NULL, 0, "there are no names in the treebanks");
    if (status == DGM_OK)
        status = learn_and_pack(t, names_parser(model->network), log, out, n, err);
    dgm_parser_free(parser);
    names_pool_free(pool);
    dgm_names_space_free(space);
    dgm_arena_free(arena);
    free(lists);
    free(t);
    free(lesson);
    return status;
}
