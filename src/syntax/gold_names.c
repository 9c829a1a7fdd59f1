#include "syntax/gold_names.h"

#include <string.h>

static void tag_name(dgm_gold_names *g, dgm_entity_type type, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i <= end; i++)
        g->tag[i] = dgm_entity_tag(type, dgm_bilu_in(i, begin, end));
}

/* The word that heads words begin .. end (from 0). */
static uint32_t head_of(const dgm_gold_names *g, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i <= end; i++)
        if (g->head[i] < begin + 1 || g->head[i] > end + 1)
            return i;
    return DGM_NONE;
}

/* Inner mentions are closed first, so that an outer one takes their words over. */
static void close_mention(dgm_gold_names *g, dgm_view id)
{
    uint32_t k = g->n_open;
    while (k > 0 && !dgm_view_eq(g->open[k - 1].id, id))
        k--;
    if (k == 0)
        return;
    dgm_entity_type type = g->open[k - 1].type;
    uint32_t begin = g->open[k - 1].begin;
    memmove(&g->open[k - 1], &g->open[k], (g->n_open - k) * sizeof(g->open[0]));
    g->n_open--;
    uint32_t head = head_of(g, begin, g->n_words - 1);
    if (type >= DGM_N_ENTITY_TYPES || head == DGM_NONE)
        return;
    if (!g->kind[head])
        g->kind[head] = (uint8_t)(type + 1);
    if (g->proper[head])
        tag_name(g, type, begin, g->n_words - 1);
}

static void open_mention(dgm_gold_names *g, dgm_view body)
{
    dgm_view id = { 0 }, type = { 0 };
    if (g->n_open == DGM_LEN(g->open) || !dgm_view_split(&body, '-', &id) ||
        !dgm_view_split(&body, '-', &type))
        return;
    g->open[g->n_open].id = id;
    g->open[g->n_open].type = dgm_entity_type_of(type);
    g->open[g->n_open++].begin = g->n_words - 1;
}

static dgm_view value_of(dgm_view misc, dgm_view key)
{
    dgm_view part;
    while (misc.n && dgm_view_split(&misc, '|', &part))
        if (dgm_view_starts(part, key))
            return dgm_view_slice(part, key.n, part.n);
    return (dgm_view) { "", 0 };
}

void dgm_gold_names_add(dgm_gold_names *g, bool proper, uint32_t head, dgm_view misc)
{
    if (g->n_words == DGM_GOLD_WORDS)
        return;
    g->head[g->n_words] = head;
    g->proper[g->n_words++] = proper;
    dgm_view v = value_of(misc, DGM_VIEW("Entity="));
    g->any = g->any || v.n > 0;
    while (v.n) {
        bool opens = v.p[0] == '(';
        size_t i = opens ? 1 : 0;
        while (i < v.n && v.p[i] != '(' && v.p[i] != ')')
            i++;
        dgm_view body = dgm_view_slice(v, opens ? 1 : 0, i);
        bool closes = i < v.n && v.p[i] == ')';
        if (opens)
            open_mention(g, body);
        size_t dash = dgm_view_find(body, DGM_VIEW("-"));
        if (closes)
            close_mention(g, dash == SIZE_MAX ? body : dgm_view_slice(body, 0, dash));
        v = dgm_view_slice(v, i + closes, v.n);
    }
}

void dgm_gold_names_tag(dgm_document *doc, const dgm_view *misc)
{
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        dgm_gold_names names = { .n_words = 0 };
        for (uint32_t j = 1; j <= s->n_words; j++)
            dgm_gold_names_add(&names, s->words[j].upos == DGM_PROPN, s->words[j].head, *misc++);
        for (uint32_t j = 0; j < names.n_words; j++)
            s->words[j + 1].entity_tag = names.tag[j];
    }
}
