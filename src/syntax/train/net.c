/* net.c - one pass over a batch: forward, the loss, and backward. */
#include "syntax/train/net_parts.h"

static void pack(net_run *r)
{
    const dgm_batch *b = r->batch;
    r->n_steps = b->n_sentences ? net_n_words_of(b, 0) : 0;
    r->step = (uint32_t *)net_take(r->work, r->n_steps + 1);
    r->row[0] = (uint32_t *)net_take(r->work, b->n_words + 1);
    r->row[1] = (uint32_t *)net_take(r->work, b->n_words + 1);
    r->sentence_of = (uint32_t *)net_take(r->work, b->n_words + 1);
    uint32_t k = 0;
    for (uint32_t t = 0; t < r->n_steps; t++) {
        r->step[t] = k;
        for (uint32_t s = 0; s < b->n_sentences && net_n_words_of(b, s) > t; s++, k++) {
            r->row[0][k] = b->offset[s] + t;
            r->row[1][k] = b->offset[s + 1] - 1 - t;
        }
    }
    r->step[r->n_steps] = k;
    for (uint32_t s = 0; s < b->n_sentences; s++)
        for (uint32_t i = b->offset[s]; i < b->offset[s + 1]; i++)
            r->sentence_of[i] = s;
}

static net_run begin(const dgm_net *net, dgm_work *work, const dgm_batch *batch, bool use_mean)
{
    net_run r = { .net = net, .work = work, .batch = batch, .use_mean = use_mean };
    return r;
}

void dgm_net_run(const dgm_net *net, dgm_work *work, const dgm_batch *batch,
                 const dgm_dropout *dropout, bool train, bool use_mean, uint64_t seed,
                 dgm_net_result *out)
{
    static const dgm_dropout none = { 0 };
    net_run r = begin(net, work, batch, use_mean);
    net_rewind(work);
    dropout = dropout ? dropout : &none;
    r.chance = seed * 2 + 1;
    for (int i = 0; i < 8; i++)
        dgm_random(&r.chance);
    pack(&r);
    net_embed(&r, dropout->input);
    net_encode(&r, dropout);
    net_tags_forward(&r, dropout->mlp);
    net_arcs_forward(&r, dropout->mlp);
    r.rel_d = net_linear_forward(&r, P_REL_D_W, P_REL_D_B, batch->n_words);
    r.rel_h = net_linear_forward(&r, P_REL_H_W, -1, (size_t)batch->n_words + 1);
    if (train) {
        float *dy = net_take(work, ((size_t)batch->n_words + 1) * 2 * net->config.hidden);
        net_tags_backward(&r, dy);
        net_arcs_backward(&r, dy);
        net_relations_backward(&r, dropout->mlp, dy);
        if (work->gradients)
            net_encode_backward(&r, dy);
    }
    *out = (dgm_net_result) { .loss = r.loss,
                              .logits = r.logits,
                              .arc = r.arc,
                              .arc_offset = r.arc_offset,
                              .rel_d = r.rel_d,
                              .rel_h = r.rel_h };
}

const float *dgm_net_relation_scores(const dgm_net *net, dgm_work *work, const dgm_batch *batch,
                                     bool use_mean, const dgm_net_result *result,
                                     const uint32_t *head)
{
    net_run r = begin(net, work, batch, use_mean);
    size_t n = batch->n_words, dim = net->config.dim_rel;
    float *hidden = net_take(work, n * dim);
    r.rel_d = (float *)(uintptr_t)result->rel_d;
    r.rel_h = (float *)(uintptr_t)result->rel_h;
    pack(&r);
    for (uint32_t i = 0; i < n; i++)
        net_add_relation(&r, i, head[i], hidden + i * dim);
    net_bend(&r, hidden, n * dim, 0);
    return net_relation_scores(&r, hidden);
}

void dgm_net_relations(const dgm_net *net, dgm_work *work, const dgm_batch *batch, bool use_mean,
                       const dgm_net_result *result, const uint32_t *head, int32_t *rel)
{
    size_t n_rel = net->config.n_rel;
    const float *scores = dgm_net_relation_scores(net, work, batch, use_mean, result, head);
    for (size_t i = 0; i < batch->n_words; i++) {
        rel[i] = 0;
        for (size_t l = 1; l < n_rel; l++)
            if (scores[i * n_rel + l] > scores[i * n_rel + (size_t)rel[i]])
                rel[i] = (int32_t)l;
    }
}
