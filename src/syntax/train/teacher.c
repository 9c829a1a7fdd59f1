#include "syntax/train/teacher.h"

#include "syntax/nonlinear.h"
#include "syntax/train/save.h"

#include <stdlib.h>
#include <string.h>

struct dgm_teacher {
    dgm_net *net;
    dgm_labels *labels;
    dgm_work *works[DGM_MAX_SHARDS];
    uint32_t *class_of[N_HEADS]; /* class of the teacher -> class of the pupil */
    dgm_arena *arena;
};

void dgm_teacher_free(dgm_teacher *t)
{
    if (!t)
        return;
    for (int i = 0; i < DGM_MAX_SHARDS; i++)
        dgm_work_free(t->works[i]);
    dgm_net_free(t->net);
    dgm_labels_free(t->labels);
    dgm_arena_free(t->arena);
    free(t);
}

static bool fits(const dgm_net_config *c, const dgm_labels *labels)
{
    bool good = c->n_forms == dgm_map_count(labels->forms) + 1;
    for (int k = 0; k < N_HEADS; k++)
        good = good && c->n_class[k] == dgm_map_count(labels->classes[k]);
    return good && c->n_vectors == (labels->vectors ? labels->vectors->rows.rows : 0) &&
           c->dim_vector == (labels->vectors ? labels->vectors->rows.cols : 0);
}

/* The labels of treebanks that come later are more; none of the teacher's is missing. */
static bool match_classes(dgm_teacher *t, const dgm_labels *pupil)
{
    for (int k = 0; k < N_HEADS; k++) {
        uint32_t n = dgm_map_count(t->labels->classes[k]);
        t->class_of[k] = DGM_NEW(t->arena, uint32_t, (size_t)n + 1);
        for (uint32_t i = 0; t->class_of[k] && i < n; i++) {
            uint32_t class;
            dgm_view key = dgm_map_key(t->labels->classes[k], i, &class);
            t->class_of[k][class] = dgm_map_get(pupil->classes[k], key);
            if (t->class_of[k][class] == DGM_NONE)
                return false;
        }
        if (!t->class_of[k])
            return false;
    }
    return true;
}

static dgm_status load(dgm_teacher *t, const char *state, dgm_treebank *const *banks,
                       size_t n_banks, const dgm_labels *pupil, dgm_err *err)
{
    dgm_net_config config;
    dgm_progress_state at;
    dgm_status status = dgm_load_config(state, &config, err);
    if (status != DGM_OK)
        return status;
    size_t n_seen = config.n_treebanks ? config.n_treebanks - 1 : 0;
    t->arena = dgm_arena_new();
    t->labels = n_seen && n_seen <= n_banks ? dgm_labels_new(banks, n_seen) : NULL;
    if (t->labels)
        t->labels->vectors = pupil->vectors;
    if (!t->arena || !t->labels || !fits(&config, t->labels) || !match_classes(t, pupil))
        return dgm_fail(err, DGM_EFORMAT, state, 0,
                        "is no state of a run over the first of these treebanks");
    t->net = dgm_net_new(&config, pupil->vectors, 0);
    bool good = t->net != NULL;
    for (int i = 0; good && i < DGM_MAX_SHARDS; i++)
        good = (t->works[i] = dgm_work_new(t->net, false)) != NULL;
    if (!good)
        return dgm_fail(err, DGM_ENOMEM, state, 0, "no memory for a teacher");
    return dgm_load_state(state, t->net, &at, err);
}

dgm_status dgm_teacher_load(const char *state, dgm_treebank *const *banks, size_t n_banks,
                            const dgm_labels *pupil, dgm_teacher **out, dgm_err *err)
{
    dgm_teacher *t = calloc(1, sizeof(*t));
    if (!t)
        return dgm_fail(err, DGM_ENOMEM, state, 0, "no memory for a teacher");
    dgm_status status = load(t, state, banks, n_banks, pupil, err);
    if (status == DGM_OK)
        *out = t;
    else
        dgm_teacher_free(t);
    return status;
}

/* ---- answers -------------------------------------------------------------------------------- */

/* The batch as the teacher knows it: rows of its own, nothing withheld, and no treebank that it has
 * not seen (the first instead). */
static bool translate(const dgm_teacher *t, const dgm_batch *from, dgm_arena *arena, dgm_batch *to)
{
    *to = *from;
    to->soft = NULL;
    to->words = DGM_NEW(arena, dgm_batch_word, (size_t)from->n_words + 1);
    to->treebank = DGM_NEW(arena, uint8_t, (size_t)from->n_sentences + 1);
    if (!to->words || !to->treebank)
        return false;
    for (uint32_t i = 0; i < from->n_words; i++) {
        to->words[i] = from->words[i];
        dgm_labels_input(t->labels, &to->words[i]);
    }
    for (uint32_t s = 0; s < from->n_sentences; s++)
        to->treebank[s] = from->treebank[s] < t->net->config.n_treebanks ? from->treebank[s] : 1;
    return true;
}

/* to[class_of[i]] += share * softmax(x)[i]; class_of NULL: i. */
static void add_softmax(const float *x, uint32_t n, const uint32_t *class_of, float share,
                        float *to)
{
    float most = x[0], sum = 0;
    for (uint32_t i = 1; i < n; i++)
        most = x[i] > most ? x[i] : most;
    for (uint32_t i = 0; i < n; i++)
        sum += dgm_exp(x[i] - most);
    for (uint32_t i = 0; i < n; i++)
        to[class_of ? class_of[i] : i] += dgm_exp(x[i] - most) / sum * share;
}

static void add_answers(dgm_teacher *t, uint32_t shard, const dgm_net_config *pupil,
                        const dgm_batch *b, float share, uint32_t *head, dgm_soft *out)
{
    dgm_net_result r;
    const dgm_net_config *c = &t->net->config;
    dgm_net_run(t->net, t->works[shard], b, NULL, false, true, 0, &r);
    uint32_t mine = dgm_net_n_outputs(c), theirs = dgm_net_n_outputs(pupil);
    for (uint32_t i = 0; i < b->n_words; i++) {
        const float *x = r.logits + (size_t)i * mine;
        float *to = out->tags + (size_t)i * theirs;
        for (int k = 0; k < N_HEADS; x += c->n_class[k], to += pupil->n_class[k], k++)
            add_softmax(x, c->n_class[k], t->class_of[k], share, to);
    }
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        uint32_t n = b->offset[s + 1] - b->offset[s];
        for (uint32_t d = 0; d < n; d++) {
            size_t at = r.arc_offset[s] + (size_t)d * (n + 1);
            add_softmax(r.arc + at, n + 1, NULL, share, out->arc + at);
        }
    }
    for (uint32_t i = 0; i < b->n_words; i++)
        head[i] = (uint32_t)DGM_MAX(b->words[i].head, 0);
    const float *rel = dgm_net_relation_scores(t->net, t->works[shard], b, true, &r, head);
    for (size_t i = 0; i < b->n_words; i++)
        add_softmax(rel + i * c->n_rel, c->n_rel, NULL, share, out->rel + i * c->n_rel);
}

dgm_status dgm_teachers_ask(dgm_teacher *const *teachers, size_t n_teachers, uint32_t shard,
                            const dgm_net_config *pupil, const dgm_batch *batch, dgm_arena *arena,
                            dgm_soft **out)
{
    size_t n = batch->n_words, n_arcs = 0;
    for (uint32_t s = 0; s < batch->n_sentences; s++) {
        size_t m = batch->offset[s + 1] - batch->offset[s];
        n_arcs += m * (m + 1);
    }
    dgm_soft *soft = DGM_NEW(arena, dgm_soft, 1);
    uint32_t *head = DGM_NEW(arena, uint32_t, n + 1);
    if (!soft || !head)
        return DGM_ENOMEM;
    soft->tags = DGM_NEW(arena, float, n *dgm_net_n_outputs(pupil) + 1);
    soft->arc = DGM_NEW(arena, float, n_arcs + 1);
    soft->rel = DGM_NEW(arena, float, n * pupil->n_rel + 1);
    if (!soft->tags || !soft->arc || !soft->rel)
        return DGM_ENOMEM;
    for (size_t k = 0; k < n_teachers; k++) {
        dgm_batch b;
        if (!translate(teachers[k], batch, arena, &b))
            return DGM_ENOMEM;
        add_answers(teachers[k], shard, pupil, &b, 1.0f / (float)n_teachers, head, soft);
    }
    *out = soft;
    return DGM_OK;
}
