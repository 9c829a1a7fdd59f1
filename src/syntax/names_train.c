/* names_train.c - learns which spans are names: maximum likelihood of the gold division of each
 * sentence among all divisions into spans that can be names (a semi-Markov conditional random
 * field), by AdaGrad (Duchi et al. 2011), with a part of the features dropped at random in each
 * step and the mean of the last epochs' weights.
 *
 * The words are parsed as they will be when reading, and the network's opinion of names is among
 * the features. It was trained on the same texts, so each text is learned a second time with its
 * names exchanged for others (names_exchange.c), lest that opinion be trusted more than it
 * deserves. A feature has a weight for each type and one for all types together, which are added up
 * at the end. Gold spans that the tree does not give are put in by hand.
 */
#include "syntax/chance.h"
#include "syntax/gold_names.h"
#include "syntax/model.h"
#include "syntax/names_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COPIES = 2, EPOCHS = 4, MEAN_FROM = 1 };
/* Of hashed features, and of numbers (what the network says, pictures of heads). Rates, dropping
 * and epochs were chosen by thirds of GUM's train part. */
static const double DROP = 0.3;
static const float RATE = 0.08f, NUMBER_RATE = 0.02f, DECAY = 3e-4f;

/* A span that can be a name. */
typedef struct {
    uint16_t begin, end;
    uint8_t gold; /* type; N_TYPES: none */
    uint8_t n;
    uint16_t head;     /* number of its picture in the lattice */
    uint32_t features; /* the first of all features */
    float dense[N_TYPES][NAME_DENSE];
} question;

/* The spans of a window, by their ends, and the pictures of their heads. */
typedef struct {
    uint32_t first, n, n_words;
    uint32_t picture, n_heads; /* the first of all numbers of pictures */
} lattice;

/* One weight for each type and one for all of them. */
enum { N_COLUMNS = N_TYPES + 1 };
typedef float weights[N_COLUMNS];

typedef struct {
    dgm_arena *arena;
    dgm_names_space *space;
    name_lists lists;
    name_sizes sizes;
    uint32_t n_picture; /* numbers of a head's picture, with what the document adds */
    names_pool *pool;
    uint32_t n_documents;
    bool exchange; /* names */
    DGM_ARRAY(question) questions;
    DGM_ARRAY(lattice) lattices;
    DGM_ARRAY(uint32_t) features;
    DGM_ARRAY(float) pictures;
    uint32_t n_names, n_missed;
    bool no_memory;
    /* the present document */
    const uint8_t *const *gold; /* [sentence][word from 0] entity tags */
    DGM_ARRAY(uint32_t) words;  /* of its pictures: the number of the form */
    uint32_t first_picture;
    uint32_t head_of[DGM_MAX_SENTENCE]; /* numbers of the window's words among the heads */
    uint8_t type_of[NAME_SPANS];        /* of the spans of the window, in gold */
    /* learning: rows of hashed features, then of dense ones, then of the picture */
    weights *w, *squares, *mean;
    bool kept[NAME_SPANS][NAME_FEATURES];
    double score[NAME_SPANS][N_TYPES];
    weights picture_score[DGM_MAX_SENTENCE], picture_gradient[DGM_MAX_SENTENCE];
    double alpha[DGM_MAX_SENTENCE + 1], beta[DGM_MAX_SENTENCE + 1];
} trainer;

enum { DENSE_ROW = 1 << NAME_BITS, PICTURE_ROW = DENSE_ROW + NAME_DENSE };

static dgm_status no_memory(dgm_err *err)
{
    return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the training");
}

/* ---- questions ------------------------------------------------------------------------------ */

/* The types of the window's spans; gold names that are no spans become some. */
static void mark_gold(trainer *t, const dgm_names_window *window)
{
    const uint8_t *tags = t->gold[window->sentence] + window->first - 1;
    memset(t->type_of, N_TYPES, sizeof(t->type_of));
    for (uint32_t i = 0, begin = DGM_NONE; i < window->n; i++) {
        if (!tags[i])
            continue;
        dgm_bilu at = dgm_entity_tag_bilu(tags[i]);
        if (at == DGM_BILU_B || at == DGM_BILU_U)
            begin = i;
        if (begin == DGM_NONE || (at != DGM_BILU_L && at != DGM_BILU_U))
            continue;
        uint32_t before = t->space->n_spans, k = names_add_span(t->space, begin, i);
        t->n_names++;
        t->n_missed += k >= before;
        if (k != DGM_NONE)
            t->type_of[k] = (uint8_t)dgm_entity_tag_type(tags[i]);
    }
}

/* The pictures of all heads, with room for what the document adds; marks as numbers, 0 or 1. */
static bool see_heads(trainer *t, lattice *l)
{
    dgm_names_space *x = t->space;
    for (uint32_t i = 0; i < x->n; i++)
        t->head_of[i] = DGM_NONE;
    for (uint32_t k = 0; k < x->n_spans; k++) {
        uint32_t h = x->spans[k].head;
        if (t->head_of[h] != DGM_NONE)
            continue;
        uint32_t *word = dgm_push(t->arena, &t->words);
        if (!word || (*word = names_word(x, x->key[h])) == DGM_NONE)
            return false;
        t->head_of[h] = l->n_heads++;
        uint32_t marks = names_picture(x, h), n = t->sizes.n, first_mark = n + t->sizes.n_mean;
        for (uint32_t i = 0; i < t->n_picture; i++) {
            float *at = dgm_push(t->arena, &t->pictures);
            if (!at)
                return false;
            *at = i < n            ? x->vector[i]
                  : i < first_mark ? 0
                                   : (float)(marks >> (i - first_mark) & 1);
        }
    }
    return true;
}

/* Means of the document's pictures of each form, and all of its marks. */
static bool fill_means(trainer *t)
{
    uint32_t n = t->sizes.n_mean, n_row = n + NAME_MARKS;
    float *sum = calloc(t->space->n_words * n_row + 1, sizeof(*sum));
    uint32_t *count = calloc(t->space->n_words + 1, sizeof(*count));
    bool good = sum && count;
    for (uint32_t i = 0; good && i < t->words.n; i++) {
        const float *v = t->pictures.at + t->first_picture + (size_t)i * t->n_picture;
        const float *marks = v + t->sizes.n + n;
        float *row = sum + (size_t)t->words.at[i] * n_row;
        count[t->words.at[i]]++;
        for (uint32_t k = 0; k < n; k++)
            row[k] += v[k];
        for (uint32_t k = 0; k < NAME_MARKS; k++)
            row[n + k] = fmaxf(row[n + k], marks[k]);
    }
    for (uint32_t i = 0; good && i < t->words.n; i++) {
        float *v = t->pictures.at + t->first_picture + (size_t)i * t->n_picture + t->sizes.n;
        const float *row = sum + (size_t)t->words.at[i] * n_row;
        for (uint32_t k = 0; k < n_row; k++)
            v[k] = k < n ? row[k] / (float)count[t->words.at[i]] : row[k];
    }
    free(sum);
    free(count);
    return good;
}

static bool ask(trainer *t, const name_span *span, uint8_t gold)
{
    names_describe(t->space, &t->lists, span);
    const name_features *f = &t->space->features;
    question *q = dgm_push(t->arena, &t->questions);
    if (!q)
        return false;
    *q = (question) { .begin = span->begin,
                      .end = span->end,
                      .gold = gold,
                      .n = (uint8_t)f->n,
                      .features = t->features.n,
                      .head = (uint16_t)t->head_of[span->head] };
    memcpy(q->dense, f->dense, sizeof(q->dense));
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t *at = dgm_push(t->arena, &t->features);
        if (!at)
            return false;
        *at = f->at[i];
    }
    return true;
}

static void hear(void *context, const dgm_names_window *window)
{
    trainer *t = context;
    dgm_names_space *x = t->space;
    names_find(x, window);
    mark_gold(t, window);
    if (!x->n_spans || t->no_memory)
        return;
    lattice l = { t->questions.n, x->n_spans, window->n, t->pictures.n, 0 };
    bool good = see_heads(t, &l);
    for (uint32_t i = 0; good && i < window->n; i++)
        for (uint32_t k = x->ending[i]; good && k != DGM_NONE; k = x->next[k])
            good = ask(t, &x->spans[k], t->type_of[k]);
    lattice *at = dgm_push(t->arena, &t->lattices);
    t->no_memory = !good || !at;
    if (at)
        *at = l;
}

static dgm_status read_document(trainer *t, dgm_parser *parser, dgm_document *doc,
                                const dgm_conllu_extra *extra, dgm_err *err)
{
    const uint8_t **gold = DGM_NEW(doc->arena, const uint8_t *, doc->sentences.n + 1);
    dgm_gold_names_tag(doc, extra->misc.at);
    for (uint32_t i = 0; gold && i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        uint8_t *tags = DGM_NEW(doc->arena, uint8_t, s->n_words + 1);
        for (uint32_t j = 1; tags && j <= s->n_words; j++)
            tags[j - 1] = s->words[j].entity_tag;
        t->no_memory = t->no_memory || !tags;
        gold[i] = tags;
    }
    if (!gold || t->no_memory)
        return no_memory(err);
    t->n_documents++;
    if (t->exchange && !names_exchange(t->pool, doc, extra->misc.at, t->n_documents))
        return no_memory(err);
    dgm_names_begin(t->space);
    t->words.n = 0;
    t->first_picture = t->pictures.n;
    t->gold = gold;
    dgm_status status = dgm_parse(parser, doc, err);
    return status == DGM_OK && (t->no_memory || !fill_means(t)) ? no_memory(err) : status;
}

/* Without a parser only the words of names are taken. */
static dgm_status read_file(trainer *t, dgm_parser *parser, const char *path, dgm_err *err)
{
    dgm_arena *arena = dgm_arena_new();
    if (!arena)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory");
    dgm_conllu_file file;
    dgm_status status = dgm_conllu_open(&file, path, err);
    file.extra.keep_misc = true;
    while (status == DGM_OK && file.rest.n > 0) {
        dgm_document doc;
        status = dgm_conllu_next(&file, arena, &doc, err);
        if (status == DGM_OK && parser)
            status = read_document(t, parser, &doc, &file.extra, err);
        else if (status == DGM_OK && !names_pool_take(t->pool, &doc, file.extra.misc.at))
            status = dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for the training");
        dgm_arena_reset(arena);
    }
    dgm_conllu_close(&file);
    dgm_arena_free(arena);
    return status;
}

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
    const float *picture = t->pictures.at + l->picture;
    for (uint32_t h = 0; h < l->n_heads; h++, picture += t->n_picture) {
        memset(t->picture_score[h], 0, sizeof(t->picture_score[h]));
        for (uint32_t i = 0; i < t->n_picture; i++)
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
            add_row(t->w[t->features.at[q->features + i]], 1, sum);
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
            step(t, t->features.at[q->features + i], gradient, 1, RATE);
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
    const float *picture = t->pictures.at + l->picture;
    for (uint32_t h = 0; h < l->n_heads; h++, picture += t->n_picture)
        for (uint32_t i = 0; i < t->n_picture; i++)
            if (picture[i] != 0)
                step(t, PICTURE_ROW + i, t->picture_gradient[h], picture[i], NUMBER_RATE);
}

/* alpha[i] sums over all divisions of the words before i, beta[i] of those from i on; returns how
 * unlikely the gold division is. */
static double run_lattice(trainer *t, const lattice *l)
{
    const question *q = t->questions.at + l->first;
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
    const question *q = t->questions.at + l->first;
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
    uint32_t n = t->lattices.n;
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double loss = 0;
        dgm_shuffle(order, n, &random);
        for (uint32_t i = 0; i < n; i++)
            loss += learn_lattice(t, &t->lattices.at[order[i]], &random);
        for (uint32_t i = 0; epoch >= MEAN_FROM && i < n_rows; i++)
            for (uint32_t k = 0; k < N_COLUMNS; k++)
                t->mean[i][k] += t->w[i][k] / (EPOCHS - MEAN_FROM);
        if (log)
            fprintf(log, "names: epoch %d, loss %.4f a name\n", epoch + 1, loss / t->n_names);
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
    float *picture = calloc((size_t)N_TYPES * t->n_picture, sizeof(*picture));
    float dense[N_TYPES][NAME_DENSE], unit = unit_of_weights(t);
    bool good = hashed && picture;
    for (uint32_t k = 0; good && k < N_TYPES; k++) {
        for (uint32_t i = 0; i < DENSE_ROW; i++)
            hashed[i * N_TYPES + k] = (int16_t)lrintf(mean_weight(t, i, k) / unit);
        for (uint32_t i = 0; i < NAME_DENSE; i++)
            dense[k][i] = mean_weight(t, DENSE_ROW + i, k);
        for (uint32_t i = 0; i < t->n_picture; i++)
            picture[k * t->n_picture + i] = mean_weight(t, PICTURE_ROW + i, k);
    }
    names_section section = { .parser = parser,
                              .unit = unit * (float)(1 - DROP),
                              .weights = hashed,
                              .dense = dense[0],
                              .picture = picture,
                              .n_picture = t->n_picture,
                              .lists = t->lists };
    dgm_status status = good ? names_pack(&section, out, n, err) : no_memory(err);
    free(hashed);
    free(picture);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static dgm_status learn_and_pack(trainer *t, uint32_t parser, FILE *log, char **out, size_t *n,
                                 dgm_err *err)
{
    uint32_t n_rows = PICTURE_ROW + t->n_picture;
    uint32_t *order = calloc((size_t)t->lattices.n + 1, sizeof(*order));
    t->w = calloc(n_rows, sizeof(*t->w));
    t->squares = calloc(n_rows, sizeof(*t->squares));
    t->mean = calloc(n_rows, sizeof(*t->mean));
    dgm_status status;
    if (!order || !t->w || !t->squares || !t->mean) {
        status = no_memory(err);
    } else {
        if (log)
            fprintf(log, "names: %u, %u of them no parts of the tree; %u spans, %u features\n",
                    t->n_names, t->n_missed, t->questions.n, t->features.n);
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
    trainer *t = calloc(1, sizeof(*t));
    dgm_arena *arena = dgm_arena_new();
    dgm_names_space *space = dgm_names_space_new();
    dgm_parser *parser = dgm_parser_new(model);
    names_pool *pool = names_pool_new();
    char *lists = NULL;
    dgm_status status = DGM_OK;
    if (!t || !arena || !space || !parser || !pool)
        status = no_memory(err);
    if (status == DGM_OK) {
        *t = (trainer) {
            .arena = arena, .space = space, .pool = pool, .sizes = names_sizes(model->network)
        };
        t->n_picture = names_n_picture(t->sizes);
        status = names_lists_read(tables_dir, complaints, &lists, &t->lists.n, err);
        t->lists.at = lists;
        dgm_parser_hear(parser, hear, t);
    }
    for (uint32_t i = 0; status == DGM_OK && i < n_files; i++)
        status = read_file(t, NULL, files[i], err);
    for (uint32_t i = 0; status == DGM_OK && i < n_files * COPIES; i++) {
        t->exchange = i >= n_files;
        status = read_file(t, parser, files[i % n_files], err);
    }
    if (status == DGM_OK && t->n_names == 0)
        status = dgm_fail(err, DGM_EFORMAT, NULL, 0, "there are no names in the treebanks");
    if (status == DGM_OK)
        status = learn_and_pack(t, names_parser(model->network), log, out, n, err);
    dgm_parser_free(parser);
    names_pool_free(pool);
    dgm_names_space_free(space);
    dgm_arena_free(arena);
    free(lists);
    free(t);
    return status;
}
