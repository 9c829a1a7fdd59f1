/* batch.c - sentences as batches.
 *
 * Sentences are sorted by length, with a little jitter so that no two epochs cut alike, cut into
 * runs of about as many words, and the runs are shuffled: the sentences of a batch are of like
 * length, so that no LSTM step runs over few rows. Noise is drawn a word or a sentence: capitals as
 * in headlines, no full stop, a word without its form, affixes, n-grams or vector. */
#include "syntax/train/batch.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    dgm_sentence_ref ref;
    uint32_t n_words, jitter, chance;
} candidate;

static int by_length(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    uint32_t x = a->n_words + a->jitter, y = b->n_words + b->jitter;
    if (x != y)
        return x < y ? -1 : 1;
    if (a->chance != b->chance)
        return a->chance < b->chance ? -1 : 1;
    if (a->ref.bank != b->ref.bank)
        return a->ref.bank < b->ref.bank ? -1 : 1;
    return a->ref.sentence < b->ref.sentence ? -1 : a->ref.sentence > b->ref.sentence;
}

static candidate *candidates_of(dgm_treebank *const *banks, size_t n_banks, uint64_t *state,
                                uint32_t *n)
{
    uint32_t total = 0, k = 0;
    for (size_t b = 0; b < n_banks; b++)
        total += banks[b]->sentences.n;
    candidate *all = calloc(total + 1, sizeof(*all));
    for (uint32_t b = 0; all && b < n_banks; b++)
        for (uint32_t s = 0; s < banks[b]->sentences.n; s++, k++) {
            uint64_t chance = state ? dgm_random(state) : 0;
            all[k] = (candidate) { .ref = { b, s },
                                   .n_words = banks[b]->sentences.at[s].n_words,
                                   .jitter = (uint32_t)(chance >> 40) % 4,
                                   .chance = (uint32_t)chance };
        }
    if (all)
        qsort(all, total, sizeof(*all), by_length);
    *n = total;
    return all;
}

static void shuffle(uint32_t *order, uint32_t n, uint64_t *state)
{
    for (uint32_t i = n; state && i > 1; i--) {
        uint32_t j = (uint32_t)(dgm_random(state) % i), kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}

/* Cuts the sorted candidates into runs; begin[k] of run k; returns the number of runs. */
static uint32_t cut(const candidate *all, uint32_t n, uint32_t n_words, uint32_t *begin)
{
    uint32_t n_runs = 0, sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || sum + all[i].n_words > n_words) {
            begin[n_runs++] = i;
            sum = 0;
        }
        sum += all[i].n_words;
    }
    begin[n_runs] = n;
    return n_runs;
}

dgm_status dgm_plan_make(dgm_treebank *const *banks, size_t n_banks, uint32_t n_words,
                         uint64_t *state, dgm_plan *out)
{
    uint32_t n;
    candidate *all = candidates_of(banks, n_banks, state, &n);
    uint32_t *begin = calloc((size_t)n + 1, sizeof(*begin));
    uint32_t *order = calloc((size_t)n + 1, sizeof(*order));
    dgm_plan plan = { .sentences = calloc((size_t)n + 1, sizeof(dgm_sentence_ref)),
                      .begin = calloc((size_t)n + 1, sizeof(uint32_t)),
                      .n_sentences = n };
    dgm_status status = DGM_ENOMEM;
    if (all && begin && order && plan.sentences && plan.begin) {
        plan.n_batches = cut(all, n, n_words, begin);
        for (uint32_t i = 0; i < plan.n_batches; i++)
            order[i] = i;
        shuffle(order, plan.n_batches, state);
        uint32_t k = 0;
        for (uint32_t i = 0; i < plan.n_batches; i++) {
            plan.begin[i] = k;
            for (uint32_t j = begin[order[i]]; j < begin[order[i] + 1]; j++)
                plan.sentences[k++] = all[j].ref;
        }
        plan.begin[plan.n_batches] = k;
        *out = plan;
        status = DGM_OK;
    } else {
        dgm_plan_done(&plan);
    }
    free(all);
    free(begin);
    free(order);
    return status;
}

void dgm_plan_done(dgm_plan *plan)
{
    free(plan->sentences);
    free(plan->begin);
    *plan = (dgm_plan) { 0 };
}

/* ---- noise ---------------------------------------------------------------------------------- */

typedef enum { AS_IS, LOWER, UPPER, TITLE } casing;

/* The form as it would be typed in that casing. TITLE: words of four letters and more, and those
 * that are no function words, begin with a capital, as in headlines. */
static dgm_view recase(dgm_view form, dgm_upos upos, casing how, dgm_arena *arena)
{
    if (how == AS_IS || !form.n)
        return form;
    bool small = upos == DGM_ADP || upos == DGM_DET || upos == DGM_CCONJ || upos == DGM_PART;
    if (how == TITLE && small && form.n < 4)
        return form;
    dgm_view copy = dgm_arena_copy(arena, form);
    char *p = (char *)copy.p;
    for (size_t i = 0; p && i < copy.n; i++) {
        if (how == LOWER)
            p[i] = dgm_to_lower(p[i]);
        else if ((how == UPPER || i == 0) && dgm_is_lower((unsigned char)p[i]))
            p[i] = (char)(p[i] - 32);
    }
    return p ? copy : form;
}

/* Words of the sentence that are kept: without its final full stop where nothing hangs on it. */
static uint32_t without_stop(const dgm_gold_word *words, uint32_t n)
{
    if (n < 2 || words[n - 1].upos != DGM_PUNCT || words[n - 1].head == 0)
        return n;
    for (uint32_t i = 0; i < n; i++)
        if (words[i].head == n)
            return n;
    return n - 1;
}

typedef struct {
    casing how;
    uint32_t n_words;
    uint8_t treebank;
} treatment;

static treatment draw_treatment(const dgm_noise *noise, const dgm_gold_word *words, uint32_t n,
                                uint8_t row, uint64_t *state)
{
    treatment t = { .n_words = n, .treebank = row };
    if (!noise)
        return t;
    if (dgm_random_unit(state) < noise->casing) {
        static const casing kinds[] = { LOWER, UPPER, TITLE, TITLE };
        t.how = kinds[dgm_random(state) >> 62];
    }
    if (dgm_random_unit(state) < noise->no_stop || t.how == TITLE)
        t.n_words = without_stop(words, n);
    if (dgm_random_unit(state) < noise->no_treebank)
        t.treebank = 0;
    return t;
}

/* Rare forms lose their row more often (Kiperwasser and Goldberg 2016): the unknown form and the
 * hashed parts learn from them. */
static void drop_parts(const dgm_noise *noise, const dgm_labels *labels, uint64_t *state,
                       dgm_batch_word *w)
{
    float n = w->form ? (float)dgm_labels_form_count(labels, w->form) : 1.0f;
    float a = dgm_random_unit(state), b = dgm_random_unit(state), c = dgm_random_unit(state);
    if (a < noise->form + 0.25f / (0.25f + n))
        w->form = 0;
    w->drop_affix = b < noise->affix;
    w->drop_ngram = c < noise->ngram;
    if (dgm_random_unit(state) < noise->vector)
        w->vector = DGM_NONE;
}

/* Only teachers tell what a word of raw text is. */
static void forget_labels(dgm_batch_word *w)
{
    w->raw = true;
    w->rel = -1;
    for (int i = 0; i < N_HEADS; i++)
        w->label[i] = -1;
}

static uint32_t shard_sentences(const dgm_plan *plan, uint32_t i_batch, uint32_t shard,
                                uint32_t n_shards)
{
    uint32_t n = plan->begin[i_batch + 1] - plan->begin[i_batch];
    return n > shard ? (n - shard + n_shards - 1) / n_shards : 0;
}

typedef struct {
    dgm_sentence_ref ref;
    treatment t;
} chosen;

static int longest_first(const void *left, const void *right)
{
    const chosen *a = left, *b = right;
    if (a->t.n_words != b->t.n_words)
        return a->t.n_words > b->t.n_words ? -1 : 1;
    if (a->ref.bank != b->ref.bank)
        return a->ref.bank < b->ref.bank ? -1 : 1;
    return a->ref.sentence < b->ref.sentence ? -1 : a->ref.sentence > b->ref.sentence;
}

static chosen *choose(dgm_treebank *const *banks, const dgm_plan *plan, uint32_t i_batch,
                      uint32_t shard, uint32_t n_shards, const dgm_noise *noise, uint64_t *state,
                      dgm_arena *arena, uint32_t *n_words)
{
    uint32_t n = shard_sentences(plan, i_batch, shard, n_shards);
    chosen *all = DGM_NEW(arena, chosen, (size_t)n + 1);
    *n_words = 0;
    for (uint32_t i = 0; all && i < n; i++) {
        dgm_sentence_ref ref = plan->sentences[plan->begin[i_batch] + shard + i * n_shards];
        const dgm_gold_sentence *s = &banks[ref.bank]->sentences.at[ref.sentence];
        all[i] = (chosen) { ref, draw_treatment(noise, banks[ref.bank]->words.at + s->first,
                                                s->n_words, banks[ref.bank]->row, state) };
        *n_words += all[i].t.n_words;
    }
    if (all)
        qsort(all, n, sizeof(*all), longest_first);
    return all;
}

dgm_status dgm_batch_make(dgm_treebank *const *banks, const dgm_labels *labels,
                          const dgm_plan *plan, uint32_t i_batch, uint32_t shard, uint32_t n_shards,
                          const dgm_noise *noise, uint64_t *state, dgm_arena *arena, dgm_batch *out)
{
    dgm_batch b = { .n_sentences = shard_sentences(plan, i_batch, shard, n_shards) };
    chosen *all = choose(banks, plan, i_batch, shard, n_shards, noise, state, arena, &b.n_words);
    b.words = DGM_NEW(arena, dgm_batch_word, (size_t)b.n_words + 1);
    b.offset = DGM_NEW(arena, uint32_t, (size_t)b.n_sentences + 1);
    b.treebank = DGM_NEW(arena, uint8_t, (size_t)b.n_sentences + 1);
    if (!all || !b.words || !b.offset || !b.treebank)
        return DGM_ENOMEM;
    for (uint32_t i = 0, k = 0; i < b.n_sentences; i++) {
        const dgm_treebank *bank = banks[all[i].ref.bank];
        const dgm_gold_word *words = bank->words.at + bank->sentences.at[all[i].ref.sentence].first;
        b.treebank[i] = all[i].t.treebank;
        for (uint32_t j = 0; j < all[i].t.n_words; j++, k++) {
            dgm_view form = recase(words[j].form, words[j].upos, all[i].t.how, arena);
            dgm_labels_word(labels, &words[j], form, bank->has_entities, &b.words[k]);
            if (bank->raw)
                forget_labels(&b.words[k]);
            if (noise)
                drop_parts(noise, labels, state, &b.words[k]);
        }
        b.offset[i + 1] = k;
    }
    *out = b;
    return DGM_OK;
}
