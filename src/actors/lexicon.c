/* The trie of phrases: see lexicon.h. What fills it from the tables is in tables.c. */
#include "actors/lexicon.h"

#include <stdlib.h>
#include <string.h>

static uint32_t mix(uint32_t parent, uint32_t token)
{
    uint64_t x = ((uint64_t)parent << 32 | token) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(x >> 32);
}

static edge *edge_at(const lexicon *lex, uint32_t parent, uint32_t token)
{
    uint32_t mask = lex->n_edges - 1, i = mix(parent, token) & mask;
    while (lex->edges[i].node && (lex->edges[i].parent != parent || lex->edges[i].token != token))
        i = (i + 1) & mask;
    return &lex->edges[i];
}

static bool grow_edges(lexicon *lex)
{
    if (lex->n_edges > UINT32_MAX / 4)
        return false;
    lexicon wider = *lex;
    wider.n_edges = lex->n_edges ? lex->n_edges * 2 : 1 << 12;
    wider.edges = calloc(wider.n_edges, sizeof(edge));
    if (!wider.edges)
        return false;
    dgm_take_pages(wider.edges, wider.n_edges * sizeof(edge));
    for (uint32_t i = 0; i < lex->n_edges; i++)
        if (lex->edges[i].node)
            *edge_at(&wider, lex->edges[i].parent, lex->edges[i].token) = lex->edges[i];
    free(lex->edges);
    lex->edges = wider.edges;
    lex->n_edges = wider.n_edges;
    return true;
}

/* A node without facts; DGM_NONE: no memory. Node 0 is the root. */
static uint32_t new_node(lexicon *lex)
{
    uint32_t *first = dgm_push(lex->arena, &lex->nodes);
    uint32_t *last = dgm_push(lex->arena, &lex->tails);
    if (!first || !last)
        return DGM_NONE;
    *first = *last = DGM_NONE;
    return lex->nodes.n - 1;
}

dgm_status lexicon_init(lexicon *lex)
{
    memset(lex, 0, sizeof(*lex));
    lex->arena = dgm_arena_new_for_tables();
    lex->tokens = dgm_map_new();
    lex->persons = dgm_map_new();
    lex->codes_country = dgm_map_new();
    lex->codes_sector = dgm_map_new();
    lex->state_names = dgm_map_new();
    lex->offices = dgm_map_new();
    lex->words.numbers = dgm_map_new();
    bool ready = lex->arena && lex->tokens && lex->persons && lex->codes_country &&
                 lex->codes_sector && lex->state_names && lex->offices && lex->words.numbers &&
                 grow_edges(lex) && new_node(lex) == 0;
    return ready ? DGM_OK : DGM_ENOMEM;
}

void lexicon_done(lexicon *lex)
{
    for (uint32_t i = 0; i < lex->n_texts; i++)
        free(lex->text[i]);
    if (lex->mapped.view.n == 0)
        free(lex->edges);
    dgm_map_free(lex->tokens);
    dgm_map_free(lex->persons);
    dgm_map_free(lex->codes_country);
    dgm_map_free(lex->codes_sector);
    dgm_map_free(lex->state_names);
    dgm_map_free(lex->offices);
    dgm_map_free(lex->words.numbers);
    dgm_arena_free(lex->arena);
    dgm_file_unmap(&lex->mapped);
    memset(lex, 0, sizeof(*lex));
}

uint32_t lexicon_number(dgm_map *map, dgm_view key)
{
    uint32_t number;
    return dgm_map_add(map, key, dgm_map_count(map), &number) == DGM_OK ? number : DGM_NONE;
}

static uint32_t child_node(lexicon *lex, uint32_t parent, uint32_t token)
{
    if (lex->used_edges * 2 >= lex->n_edges && !grow_edges(lex))
        return DGM_NONE;
    edge *e = edge_at(lex, parent, token);
    if (!e->node) {
        uint32_t node = new_node(lex);
        if (node == DGM_NONE)
            return DGM_NONE;
        *e = (edge) { .parent = parent, .token = token, .node = node };
        lex->used_edges++;
    }
    return e->node;
}

/* At the end of the node's chain; own facts at the end of those that are its head. */
static void hang(lexicon *lex, uint32_t node, uint32_t number)
{
    uint32_t after = lex->tails.at[node];
    if (lex->facts.at[number].own) {
        after = DGM_NONE;
        for (uint32_t i = lex->nodes.at[node]; i != DGM_NONE && lex->facts.at[i].own;
             i = lex->facts.at[i].next)
            after = i;
    }
    uint32_t *link = after == DGM_NONE ? &lex->nodes.at[node] : &lex->facts.at[after].next;
    lex->facts.at[number].next = *link;
    *link = number;
    if (lex->tails.at[node] == after)
        lex->tails.at[node] = number;
}

bool lexicon_add(lexicon *lex, const dgm_view *tokens, uint32_t n, const fact *f)
{
    uint32_t node = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t token = lexicon_number(lex->tokens, tokens[i]);
        node = token == DGM_NONE ? DGM_NONE : child_node(lex, node, token);
        if (node == DGM_NONE)
            return false;
    }
    for (uint32_t i = lex->nodes.at[node]; i != DGM_NONE; i = lex->facts.at[i].next)
        if (lex->facts.at[i].line == f->line && lex->facts.at[i].source == f->source) {
            lex->facts.at[i].acronym &= f->acronym; /* "NATO|Nato" */
            return true;
        }
    fact *to = dgm_push(lex->arena, &lex->facts);
    if (!to)
        return false;
    *to = *f;
    to->next = DGM_NONE;
    hang(lex, node, lex->facts.n - 1);
    return true;
}

uint32_t lexicon_token(const lexicon *lex, dgm_view folded)
{
    return dgm_map_get(lex->tokens, folded);
}

uint32_t lexicon_step(const lexicon *lex, uint32_t node, uint32_t token)
{
    uint32_t next = edge_at(lex, node, token)->node;
    return next ? next : DGM_NONE;
}

dgm_view fact_source(const lexicon *lex, const fact *f, dgm_arena *arena)
{
    return dgm_arena_printf(arena, "%s:%u", lex->sources.at[f->source], f->line);
}

/* One stretch between separators, of which `begin` to `end` is left without dots and apostrophes:
 * its final 's apart. */
static uint32_t cut_stretch(dgm_view part, char *begin, char **end, dgm_view *tokens, uint32_t max)
{
    bool owner = part.n > 2 && part.p[part.n - 1] == 's' && part.p[part.n - 2] == '\'';
    uint32_t n = 0;
    *end -= owner;
    if (*end > begin && n < max)
        tokens[n++] = part.n == (owner ? 3 : 1) && part.p[0] == '&'
                          ? DGM_VIEW("and")
                          : (dgm_view) { begin, (size_t)(*end - begin) };
    if (owner && n < max)
        tokens[n++] = DGM_VIEW("s");
    return n;
}

uint32_t cut_tokens(dgm_view folded, char *buf, dgm_view *tokens, uint32_t max)
{
    enum { PARTS = 1, DROPPED };
    static const uint8_t kinds[256] = {
        [' '] = PARTS, ['-'] = PARTS,   ['/'] = PARTS,   [','] = PARTS,
        ['+'] = PARTS, ['.'] = DROPPED, ['\''] = DROPPED
    };
    uint32_t n = 0;
    size_t begin = 0;
    char *token = buf;
    for (size_t i = 0; i <= folded.n; i++) {
        uint8_t kind = i < folded.n ? kinds[(unsigned char)folded.p[i]] : PARTS;
        if (kind == 0)
            *buf++ = folded.p[i];
        if (kind != PARTS)
            continue;
        if (i > begin)
            n += cut_stretch(dgm_view_slice(folded, begin, i), token, &buf, tokens + n, max - n);
        begin = i + 1;
        token = buf;
    }
    return n;
}

uint32_t date_number(dgm_view text, uint32_t open, uint32_t rest)
{
    uint64_t year, month, day;
    if (text.n < 4 || !dgm_parse_u64(dgm_view_slice(text, 0, 4), &year))
        return open;
    if (text.n < 7 || !dgm_parse_u64(dgm_view_slice(text, 5, 7), &month))
        return (uint32_t)year * 10000 + rest;
    if (text.n < 10 || !dgm_parse_u64(dgm_view_slice(text, 8, 10), &day))
        return (uint32_t)(year * 10000 + month * 100) + rest % 100;
    return (uint32_t)(year * 10000 + month * 100 + day);
}
