/* train.c - the training run: epochs over shuffled batches, each batch cut into SHARDS parts whose
 * gradients are added, so that the result does not depend on the number of threads. The rate rises
 * over the first steps and then falls along half a cosine to almost nothing. */
#include "syntax/train/train.h"

#include "syntax/train/optim.h"
#include "syntax/train/save.h"
#include "syntax/train/score.h"
#include "syntax/train/start.h"
#include "syntax/train/vectors.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>

#define SHARDS     DGM_MAX_SHARDS
#define WARM_STEPS 300

void openblas_set_num_threads(int n);

static const dgm_dropout usual_dropout = {
    .input = 0.2f, .layer = 0.33f, .recurrent = 0.2f, .mlp = 0.33f
};
static const dgm_noise usual_noise = { .casing = 0.08f,
                                       .no_stop = 0.06f,
                                       .form = 0.05f,
                                       .affix = 0.05f,
                                       .ngram = 0.1f,
                                       .vector = 0.05f,
                                       .no_treebank = 0.15f };
static const dgm_optim usual_optim = { .rate = 2e-3f,
                                       .beta1 = 0.9f,
                                       .beta2 = 0.98f,
                                       .epsilon = 1e-8f,
                                       .clip = 5.0f,
                                       .decay = 0,
                                       .mean_decay = 0.998f };

typedef struct {
    const dgm_train_options *options;
    dgm_treebank *train[3 * DGM_MAX_TREEBANKS]; /* then more, then raw */
    dgm_treebank *dev[DGM_MAX_TREEBANKS];
    size_t n_banks;
    dgm_labels *labels;
    dgm_vectors *vectors;
    dgm_teacher *teachers[DGM_MAX_TEACHERS];
    dgm_net *net;
    dgm_work *works[SHARDS];
    dgm_arena *arenas[SHARDS];
    dgm_plan plan;
    dgm_dropout dropout;
    dgm_optim optim;
    dgm_progress_state at;
    /* the step being taken */
    uint32_t i_batch;
    double loss[SHARDS];
    uint32_t n_words[SHARDS];
    dgm_status status[SHARDS];
    double best;
} session;

static void run_shard(void *context, uint32_t i_worker, uint32_t shard)
{
    session *s = context;
    uint64_t chance = (s->at.chance ^ (shard + 1) * UINT64_C(0x9E3779B97F4A7C15)) | 1;
    dgm_batch batch;
    dgm_net_result result;
    (void)i_worker;
    for (int i = 0; i < 8; i++)
        dgm_random(&chance);
    dgm_arena_reset(s->arenas[shard]);
    dgm_work_zero_grads(s->works[shard], s->net);
    s->loss[shard] = 0;
    s->n_words[shard] = 0;
    s->status[shard] = dgm_batch_make(s->train, s->labels, &s->plan, s->i_batch, shard, SHARDS,
                                      &usual_noise, &chance, s->arenas[shard], &batch);
    if (s->status[shard] != DGM_OK || !batch.n_words)
        return;
    if (s->options->n_teachers) {
        dgm_soft *soft;
        s->status[shard] = dgm_teachers_ask(s->teachers, s->options->n_teachers, shard,
                                            &s->net->config, &batch, s->arenas[shard], &soft);
        if (s->status[shard] != DGM_OK)
            return;
        batch.soft = soft;
    }
    dgm_net_run(s->net, s->works[shard], &batch, &s->dropout, true, false, chance, &result);
    s->loss[shard] = result.loss;
    s->n_words[shard] = batch.n_words;
}

static float rate_at(const session *s, uint64_t step)
{
    double total = (double)s->plan.n_batches * s->options->epochs;
    double t = DGM_MIN((double)step / total, 1.0);
    double warm = DGM_MIN(1.0, (double)step / WARM_STEPS);
    return (float)((double)s->optim.rate * warm * (0.5 + 0.5 * cos(3.14159265 * t) + 0.01));
}

static dgm_status take_step(session *s, double *loss, dgm_err *err)
{
    dgm_random(&s->at.chance);
    dgm_parallel(s->options->n_threads, SHARDS, run_shard, s);
    uint32_t n_words = 0;
    for (int k = 0; k < SHARDS; k++) {
        if (s->status[k] != DGM_OK)
            return dgm_fail(err, s->status[k], NULL, 0, "no memory for a batch");
        n_words += s->n_words[k];
        *loss += s->loss[k];
    }
    dgm_optim now = s->optim;
    now.rate = rate_at(s, ++s->at.step);
    if (n_words)
        dgm_optim_step(s->net, s->works, SHARDS, 1.0f / (float)n_words, &now, s->at.step);
    return DGM_OK;
}

static dgm_status report(session *s, double loss, double seconds, dgm_err *err)
{
    double sum = 0;
    fprintf(s->options->log, "epoch %u loss %.4f %.0f s", s->at.epoch, loss, seconds);
    for (size_t i = 0; i < s->options->n_dev; i++) {
        dgm_net_score score;
        dgm_status status =
            dgm_net_score_run(s->net, s->works[0], s->labels, s->dev[i], (uint8_t)(i + 1), &score);
        if (status != DGM_OK)
            return dgm_fail(err, status, NULL, 0, "no memory to evaluate");
        fprintf(s->options->log,
                " | upos %.2f xpos %.2f feats %.2f lemma %.2f uas %.2f las %.2f entity %.1f",
                score.upos, score.xpos, score.feats, score.lemma, score.uas, score.las,
                score.entity);
        sum += score.las + score.upos;
    }
    fprintf(s->options->log, "\n");
    fflush(s->options->log);
    if (sum < s->best)
        return DGM_OK;
    s->best = sum;
    return dgm_save_parser(s->options->model, s->net, s->labels, err);
}

static dgm_status run_epoch(session *s, dgm_err *err)
{
    double loss = 0, begun = dgm_seconds();
    dgm_plan_done(&s->plan);
    dgm_status status =
        dgm_plan_make(s->train, s->n_banks, s->options->batch_words, &s->at.chance, &s->plan);
    for (s->i_batch = 0; status == DGM_OK && s->i_batch < s->plan.n_batches; s->i_batch++)
        status = take_step(s, &loss, err);
    if (status != DGM_OK)
        return status;
    uint32_t n_words = 0;
    for (size_t i = 0; i < s->n_banks; i++)
        n_words += s->train[i]->words.n;
    s->at.epoch++;
    status = report(s, loss / n_words, dgm_seconds() - begun, err);
    if (status == DGM_OK && s->options->state)
        status = dgm_save_state(s->options->state, s->net, &s->at, err);
    return status;
}

static dgm_net_config config_of(const session *s)
{
    const dgm_train_options *o = s->options;
    dgm_net_config c = { .n_forms = dgm_map_count(s->labels->forms) + 1,
                         .dim_form = 64,
                         .dim_affix = 96,
                         .dim_ngram = 64,
                         .hidden = o->hidden ? o->hidden : 160,
                         .n_layers = o->n_layers ? o->n_layers : 2,
                         .dim_tag = 128,
                         .dim_arc = 128,
                         .dim_rel = 96,
                         .n_rel = DGM_N_DEPREL - 1,
                         .n_treebanks = (uint32_t)o->n_train + 1 };
    if (o->tiny) {
        c.dim_form = c.dim_affix = 8, c.dim_ngram = 4;
        c.dim_tag = c.dim_arc = c.dim_rel = 16;
        c.hidden = o->hidden ? o->hidden : 12;
        c.n_layers = o->n_layers ? o->n_layers : 1;
        c.from_zero = true;
    }
    if (s->vectors) {
        c.n_vectors = s->vectors->rows.rows;
        c.dim_vector = s->vectors->rows.cols;
    }
    for (int i = 0; i < N_HEADS; i++)
        c.n_class[i] = dgm_map_count(s->labels->classes[i]);
    return c;
}

/* Adds what is to be learned from a file, by the guidelines of that row. */
static dgm_status add_treebank(session *s, const char *path, uint8_t row, bool raw, dgm_err *err)
{
    dgm_treebank **bank = &s->train[s->n_banks];
    dgm_status status = dgm_treebank_load(path, bank, err);
    if (status != DGM_OK)
        return status;
    if ((*bank)->sentences.n == 0)
        return dgm_fail(err, DGM_EFORMAT, path, 0, "has no sentences to learn from");
    (*bank)->row = row;
    (*bank)->raw = raw;
    s->n_banks++;
    return DGM_OK;
}

static dgm_status prepare(session *s, dgm_err *err)
{
    const dgm_train_options *o = s->options;
    dgm_status status = DGM_OK;
    for (size_t i = 0; status == DGM_OK && i < o->n_train; i++)
        status = add_treebank(s, o->train[i], (uint8_t)(i + 1), false, err);
    for (size_t i = 0; status == DGM_OK && i < o->n_more; i++)
        status = add_treebank(s, o->more[i], 1, false, err);
    for (size_t i = 0; status == DGM_OK && i < o->n_raw; i++)
        status = add_treebank(s, o->raw[i], 1, true, err);
    for (size_t i = 0; status == DGM_OK && i < o->n_dev; i++)
        status = dgm_treebank_load(o->dev[i], &s->dev[i], err);
    if (status == DGM_OK && o->vectors)
        status = dgm_vectors_read(o->vectors, &s->vectors, err);
    if (status != DGM_OK)
        return status;
    s->labels = dgm_labels_new(s->train, o->n_train);
    if (!s->labels)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
    s->labels->vectors = s->vectors;
    dgm_net_config config = config_of(s);
    s->net = dgm_net_new(&config, s->vectors, o->seed);
    bool good = s->net != NULL;
    for (int k = 0; good && k < SHARDS; k++)
        good = (s->works[k] = dgm_work_new(s->net, true)) && (s->arenas[k] = dgm_arena_new());
    if (!good)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
    for (size_t i = 0; i < o->n_teachers; i++) {
        status =
            dgm_teacher_load(o->teachers[i], s->train, s->n_banks, s->labels, &s->teachers[i], err);
        if (status != DGM_OK)
            return status;
    }
    s->at = (dgm_progress_state) { .seed = o->seed,
                                   .chance = o->seed * 2654435761u + 88172645463325252u };
    if (o->resume)
        return dgm_load_state(o->state, s->net, &s->at, err);
    return o->start ? dgm_start_from(o->start, s->labels, s->net, err) : DGM_OK;
}

static void release(session *s)
{
    for (size_t i = 0; i < DGM_LEN(s->train); i++)
        dgm_treebank_free(s->train[i]);
    for (size_t i = 0; i < DGM_LEN(s->dev); i++)
        dgm_treebank_free(s->dev[i]);
    for (int i = 0; i < DGM_MAX_TEACHERS; i++)
        dgm_teacher_free(s->teachers[i]);
    for (int k = 0; k < SHARDS; k++) {
        dgm_work_free(s->works[k]);
        dgm_arena_free(s->arenas[k]);
    }
    dgm_plan_done(&s->plan);
    dgm_labels_free(s->labels);
    dgm_net_free(s->net);
    dgm_vectors_free(s->vectors);
}

dgm_status dgm_train_parser(const dgm_train_options *options, dgm_err *err)
{
    session s = { .options = options, .dropout = usual_dropout, .optim = usual_optim };
    openblas_set_num_threads(1);
    if (options->rate > 0)
        s.optim.rate = options->rate;
    if (options->dropout > 0)
        s.dropout.layer = s.dropout.mlp = options->dropout;
    dgm_status status = prepare(&s, err);
    if (status == DGM_OK && (options->resume || options->start))
        status = report(&s, 0, 0, err);
    while (status == DGM_OK && s.at.epoch < options->epochs)
        status = run_epoch(&s, err);
    release(&s);
    return status;
}
