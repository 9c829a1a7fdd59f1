/* names_network.c - what the network and its word vectors say of spans and of their heads. */
#include "syntax/names_parts.h"

#include <string.h>

/* ---- features ------------------------------------------------------------------------------- */

uint32_t names_mix(uint32_t h, uint32_t v)
{
    h = (h ^ v) * 0x9E3779B1u;
    return h ^ h >> 15;
}

void names_put(dgm_names_space *x, uint32_t template, uint32_t a, uint32_t b)
{
    name_features *f = &x->features;
    uint32_t h = names_mix(names_mix(template * 0x85EBCA6Bu, a), b) * 0xC2B2AE35u;
    if (f->n < NAME_FEATURES)
        f->at[f->n++] = h >> (32 - NAME_BITS);
}

/* ---- spans ---------------------------------------------------------------------------------- */

static float at_most(float v, float bound)
{
    return v > bound ? bound : v < -bound ? -bound : v;
}

static const float *logits_at(const dgm_names_space *x, uint32_t i)
{
    const dgm_encoder *e = x->window->encoder;
    uint32_t n = e->net->n_outputs;
    return e->logits + (size_t)(x->window->row + i + 1) * n - e->net->n_class[DGM_TAG_ENTITY];
}

/* How far a tag's logit lies above that of "no name". */
static float above(const float *logits, dgm_entity_type type, dgm_bilu at)
{
    return logits[dgm_entity_tag(type, at)] - logits[0];
}

static float highest(const float *logits, dgm_entity_type type, dgm_bilu a, dgm_bilu b)
{
    float x = above(logits, type, a), y = above(logits, type, b);
    return x > y ? x : y;
}

/* What the network says of each type at a word. */
static void types_of(const float *logits, float *out)
{
    for (uint32_t t = 0; t < N_TYPES; t++) {
        dgm_entity_type type = (dgm_entity_type)t;
        float a = highest(logits, type, DGM_BILU_B, DGM_BILU_I);
        float b = highest(logits, type, DGM_BILU_L, DGM_BILU_U);
        out[t] = a > b ? a : b;
    }
}

/* Whether the network by itself has found exactly this name. */
static bool is_name_of_network(const dgm_names_space *x, const name_span *s)
{
    for (uint32_t i = s->begin; i <= s->end; i++) {
        uint8_t tag = x->words[i].entity_tag;
        if (!tag || dgm_entity_tag_bilu(tag) != dgm_bilu_in(i, s->begin, s->end))
            return false;
    }
    return true;
}

/* How far the tags that make the span a name of the type lie above "no name", added up. */
static float sum_above(const dgm_names_space *x, const name_span *s, dgm_entity_type type)
{
    float sum = 0;
    for (uint32_t i = s->begin; i <= s->end; i++)
        sum += above(logits_at(x, i), type, dgm_bilu_in(i, s->begin, s->end));
    return sum;
}

void names_describe_network(dgm_names_space *x, const name_span *s)
{
    const float *first = logits_at(x, s->begin), *last = logits_at(x, s->end);
    bool same = is_name_of_network(x, s);
    float at_head[N_TYPES];
    types_of(logits_at(x, s->head), at_head);
    uint32_t best = dgm_best_of(at_head, N_TYPES), second = best == 0;
    for (uint32_t t = 0; t < N_TYPES; t++)
        if (t != best && at_head[t] > at_head[second])
            second = t;
    for (uint32_t t = 0; t < N_TYPES; t++) {
        dgm_entity_type type = (dgm_entity_type)t;
        float *d = x->features.dense[t], sum = sum_above(x, s, type);
        d[0] = at_most(sum / 16, 4);
        d[1] = at_most(sum / (float)(s->end - s->begin + 1u) / 4, 4);
        d[2] = at_most(at_head[t] / 4, 4);
        d[3] = at_most((at_head[t] - at_head[t == best ? second : best]) / 4, 4);
        d[4] = at_most(highest(first, type, DGM_BILU_B, DGM_BILU_U) / 4, 4);
        d[5] = at_most(highest(last, type, DGM_BILU_L, DGM_BILU_U) / 4, 4);
        d[6] = same && dgm_entity_tag_type(x->words[s->begin].entity_tag) == type;
        d[7] = same;
        d[8] = 1;
    }
    names_put(x, 80, best, second);
    names_put(x, 81, best, (uint32_t)(int)at_most(at_head[best], 8));
    names_put(x, 82, best, x->words[s->head].deprel);
    names_put(x, 83, best, same);
}

/* ---- pictures ------------------------------------------------------------------------------- */

name_sizes names_sizes(const dgm_network *network)
{
    uint32_t n = network->vectors.rows.cols;
    uint32_t mean = N_TYPES + 2 * n + 2 * network->hidden;
    return (name_sizes) { mean, mean + n };
}

uint32_t names_n_picture(name_sizes sizes)
{
    return sizes.n + sizes.n_mean + NAME_MARKS;
}

static void add_vector(const dgm_names_space *x, uint32_t i_word, float *sum)
{
    const dgm_encoder *e = x->window->encoder;
    const dgm_vectors *vectors = &e->net->vectors;
    dgm_view key = e->forms[e->form_of[x->window->row + i_word]].key;
    uint32_t found = dgm_vectors_find(vectors, key);
    if (found != DGM_NONE)
        dgm_table_add(&vectors->rows, found, 1, sum);
}

/* Whether the word is of the same kind as what it hangs on: "President Smith", "the ship
 * Freewinds", and not "Boston University". */
static bool is_same(const dgm_word *w)
{
    return w->deprel == DGM_REL_APPOS || w->deprel == DGM_REL_NMOD_DESC ||
           (w->deprel == DGM_REL_COMPOUND && w->upos == DGM_NOUN);
}

static uint32_t mark_of_child(const dgm_names_space *x, uint32_t i, uint32_t child)
{
    const dgm_word *w = &x->words[child];
    switch (w->deprel) {
    case DGM_REL_FLAT:
        return MARK_HAS_FLAT;
    case DGM_REL_COMPOUND:
        return MARK_HAS_COMPOUND;
    case DGM_REL_NMOD_DESC:
        return MARK_TITLE;
    case DGM_REL_APPOS:
        return MARK_APPOSITION;
    case DGM_REL_CASE:
        if (child > i)
            return MARK_POSSESSIVE;
        if (dgm_view_eq_nocase(w->form, DGM_VIEW("in")) ||
            dgm_view_eq_nocase(w->form, DGM_VIEW("at")))
            return MARK_IN;
        return dgm_view_eq_nocase(w->form, DGM_VIEW("by")) ? MARK_BY : 0;
    default:
        return w->upos == DGM_DET ? MARK_THE : 0;
    }
}

uint32_t names_picture(dgm_names_space *x, uint32_t i)
{
    const dgm_network *net = x->window->encoder->net;
    uint32_t n = net->vectors.rows.cols, n_inner = 2 * net->hidden;
    float *types = x->vector, *above_it = types + N_TYPES, *same = above_it + n, *inner = same + n,
          *own = inner + n_inner;
    uint32_t up = x->head[i], relation = x->words[i].deprel;
    bool verb = up != DGM_NONE && x->words[up].upos == DGM_VERB;
    bool subject = relation == DGM_REL_NSUBJ && up != DGM_NONE;
    uint32_t marks = (relation == DGM_REL_FLAT ? MARK_FLAT : 0) |
                     (relation == DGM_REL_COMPOUND ? MARK_COMPOUND : 0) |
                     (relation == DGM_REL_CONJ ? MARK_CONJUNCT : 0) |
                     (subject && verb ? MARK_SUBJECT : 0);
    memset(x->vector, 0, names_sizes(net).n * sizeof(x->vector[0]));
    types_of(logits_at(x, i), types);
    for (uint32_t t = 0; t < N_TYPES; t++)
        types[t] = at_most(types[t] / 8, 2);
    add_vector(x, i, own);
    const uint8_t *state = dgm_encoder_state(x->window->encoder, x->window->row + i);
    for (uint32_t k = 0; k < n_inner; k++)
        inner[k] = (float)(state[k] - DGM_ZERO) * (1.0f / DGM_ACTIVATION_MOST);
    /* "X is a company": X hangs on the noun */
    if (up != DGM_NONE)
        add_vector(x, up, is_same(&x->words[i]) || (subject && !verb) ? same : above_it);
    for (uint32_t k = x->left[i]; k <= x->right[i]; k++) {
        if (x->head[k] != i)
            continue;
        marks |= mark_of_child(x, i, k);
        if (is_same(&x->words[k]))
            add_vector(x, k, same);
    }
    return marks;
}
