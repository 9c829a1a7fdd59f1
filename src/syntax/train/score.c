/* score.c - accuracy on a treebank whose words are given, by the averaged weights and the very
 * decoder of the program (tree.h), so that what training is stopped by is what users will see. */
#include "syntax/train/score.h"

#include "syntax/tree.h"

#include <stdlib.h>

#define SCORE_WORDS 2000

typedef struct {
    uint32_t n, head[N_HEADS], uas, las;
    uint32_t names, names_found, names_right; /* tags of words */
} counts;

static uint32_t best_of(const float *x, uint32_t n)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < n; i++)
        if (x[i] > x[best])
            best = i;
    return best;
}

static void count_tags(const dgm_net *net, const dgm_batch *b, const dgm_net_result *r, counts *c)
{
    uint32_t n_out = dgm_net_n_outputs(&net->config);
    for (uint32_t i = 0; i < b->n_words; i++) {
        const float *logits = r->logits + (size_t)i * n_out;
        for (int k = 0; k < N_HEADS; logits += net->config.n_class[k++]) {
            int32_t gold = b->words[i].label[k];
            int32_t best = (int32_t)best_of(logits, net->config.n_class[k]);
            c->head[k] += best == gold;
            if (k == HEAD_ENTITY && gold >= 0) {
                c->names += gold > 0;
                c->names_found += best > 0;
                c->names_right += best > 0 && best == gold;
            }
        }
    }
}

static dgm_status count_trees(const dgm_net *net, dgm_work *work, dgm_tree_space *space,
                              const dgm_batch *b, const dgm_net_result *r, dgm_arena *arena,
                              counts *c)
{
    uint32_t *head = DGM_NEW(arena, uint32_t, (size_t)b->n_words + 1);
    int32_t *rel = DGM_NEW(arena, int32_t, (size_t)b->n_words + 1);
    if (!head || !rel)
        return DGM_ENOMEM;
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        dgm_status status = dgm_tree_best(space, b->offset[s + 1] - b->offset[s],
                                          r->arc + r->arc_offset[s], head + b->offset[s]);
        if (status != DGM_OK)
            return status;
    }
    dgm_net_relations(net, work, b, true, r, head, rel);
    for (uint32_t i = 0; i < b->n_words; i++) {
        bool right = (int32_t)head[i] == b->words[i].head;
        c->uas += right;
        c->las += right && rel[i] == b->words[i].rel;
    }
    return DGM_OK;
}

static double percent(uint32_t part, uint32_t whole)
{
    return whole ? 100.0 * part / whole : 0;
}

dgm_status dgm_net_score_run(const dgm_net *net, dgm_work *work, const dgm_labels *labels,
                             dgm_treebank *bank, uint8_t treebank_row, dgm_net_score *out)
{
    dgm_plan plan = { 0 };
    counts c = { 0 };
    dgm_arena *arena = dgm_arena_new();
    dgm_tree_space *space = dgm_tree_space_new();
    dgm_status status =
        arena && space ? dgm_plan_make(&bank, 1, SCORE_WORDS, NULL, &plan) : DGM_ENOMEM;
    for (uint32_t i = 0; status == DGM_OK && i < plan.n_batches; i++) {
        dgm_batch b;
        dgm_net_result r;
        dgm_arena_reset(arena);
        status = dgm_batch_make(&bank, labels, &plan, i, 0, 1, NULL, NULL, arena, &b);
        if (status != DGM_OK)
            break;
        for (uint32_t s = 0; s < b.n_sentences; s++)
            b.treebank[s] = treebank_row;
        dgm_net_run(net, work, &b, NULL, false, true, 0, &r);
        count_tags(net, &b, &r, &c);
        status = count_trees(net, work, space, &b, &r, arena, &c);
        c.n += b.n_words;
    }
    if (status == DGM_OK)
        *out = (dgm_net_score) { .n_words = c.n,
                                 .upos = percent(c.head[HEAD_UPOS], c.n),
                                 .xpos = percent(c.head[HEAD_XPOS], c.n),
                                 .feats = percent(c.head[HEAD_FEATS], c.n),
                                 .lemma = percent(c.head[HEAD_LEMMA], c.n),
                                 .uas = percent(c.uas, c.n),
                                 .las = percent(c.las, c.n),
                                 .entity = percent(2 * c.names_right, c.names + c.names_found) };
    dgm_plan_done(&plan);
    dgm_tree_space_free(space);
    dgm_arena_free(arena);
    return status;
}
