#include "syntax/gold_names.h"

#include <string.h>

static void tag_name(dgm_gold_names *g, dgm_entity_type type, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i <= end; i++) {
        dgm_bilu at = begin == end ? DGM_BILU_U
                      : i == begin ? DGM_BILU_B
                      : i == end   ? DGM_BILU_L
                                   : DGM_BILU_I;
        g->tag[i] = dgm_entity_tag(type, at);
    }
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
    uint32_t begin = g->open[k - 1].begin, head = g->open[k - 1].head;
    memmove(&g->open[k - 1], &g->open[k], (g->n_open - k) * sizeof(g->open[0]));
    g->n_open--;
    if (type < DGM_N_ENTITY_TYPES && head < g->n_words && g->proper[head])
        tag_name(g, type, begin, g->n_words - 1);
}

static void open_mention(dgm_gold_names *g, dgm_view body)
{
    dgm_view field[6] = { 0 };
    for (size_t i = 0; i < DGM_LEN(field) && dgm_view_split(&body, '-', &field[i]); i++)
        ;
    size_t comma = dgm_view_find(field[5], DGM_VIEW(","));
    uint64_t head = 1;
    dgm_view first = comma == SIZE_MAX ? field[5] : dgm_view_slice(field[5], 0, comma);
    if (g->n_open == DGM_LEN(g->open) || !dgm_parse_u64(first, &head) || head == 0 ||
        head > DGM_GOLD_WORDS)
        return;
    uint32_t i_word = g->n_words - 1;
    g->open[g->n_open].id = field[0];
    g->open[g->n_open].type = dgm_entity_type_of(field[1]);
    g->open[g->n_open].begin = i_word;
    g->open[g->n_open++].head = i_word + (uint32_t)head - 1;
}

static dgm_view value_of(dgm_view misc, dgm_view key)
{
    dgm_view part;
    while (misc.n && dgm_view_split(&misc, '|', &part))
        if (dgm_view_starts(part, key))
            return dgm_view_slice(part, key.n, part.n);
    return (dgm_view) { "", 0 };
}

void dgm_gold_names_add(dgm_gold_names *g, bool proper, dgm_view misc)
{
    if (g->n_words == DGM_GOLD_WORDS)
        return;
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
