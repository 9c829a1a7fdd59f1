/* Who acts on whom: dyads in their direction, and pairs of countries as a network. */
#include "serve/json.h"
#include "serve/periods.h"
#include "store/page.h"

#include <stdlib.h>
#include <string.h>

/* ---- dyads ---------------------------------------------------------------------------------- */

typedef struct {
    dgm_question *q;
    uint64_t n, limit;
    const char *party; /* whose partners are wanted; NULL: all dyads as they are */
} dyads;

static bool put_dyad(void *context, const dgm_cell *cells, uint32_t n)
{
    dyads *d = context;
    dgm_buffer *out = &d->q->out;
    (void)n;
    if (d->n++ == d->limit)
        return false;
    dgm_json_open(out, NULL, '{');
    if (d->party) {
        bool acts = dgm_view_eq(dgm_cell_text(&cells[0]), dgm_view_of(d->party));
        dgm_json_string_of(out, "other", dgm_cell_text(&cells[acts ? 1 : 0]));
        dgm_json_string_of(out, "as", acts ? DGM_VIEW("actor") : DGM_VIEW("recipient"));
    } else {
        dgm_json_string_of(out, "actor", dgm_cell_text(&cells[0]));
        dgm_json_string_of(out, "recipient", dgm_cell_text(&cells[1]));
    }
    dgm_json_whole(out, "n", dgm_cell_whole(&cells[2]));
    dgm_json_whole(out, "cooperation", dgm_cell_whole(&cells[3]));
    dgm_json_whole(out, "conflict", dgm_cell_whole(&cells[4]));
    dgm_json_real(out, "goldstein", round(dgm_cell_number(&cells[5]) * 1000) / 1000);
    dgm_json_close(out, '}');
    return !out->failed;
}

static bool put_partner(void *context, const dgm_cell *cells, uint32_t n)
{
    const dyads *d = context;
    dgm_view party = dgm_view_of(d->party);
    bool takes_part = dgm_view_eq(dgm_cell_text(&cells[0]), party) ||
                      dgm_view_eq(dgm_cell_text(&cells[1]), party);
    return !takes_part || put_dyad(context, cells, n);
}

bool dgm_put_dyads(dgm_question *q, const dgm_filter *filter, uint64_t limit, const char *party)
{
    dyads d = { .q = q, .limit = limit, .party = party };
    dgm_page_part part = { .limit = party ? 0 : limit + 1 };
    dgm_json_open(&q->out, party ? "partners" : "dyads", '[');
    if (dgm_page_ask(q->store, filter, q->per, DGM_ASK_DYADS, &part, party ? put_partner : put_dyad,
                     &d, &q->err) != DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    return true;
}

bool dgm_answer_dyads(dgm_question *q)
{
    uint64_t limit;
    if (!dgm_question_number(q, "limit", 1, 5000, 200, &limit))
        return false;
    dgm_json_open(&q->out, NULL, '{');
    if (!dgm_put_dyads(q, &q->filter, limit, NULL))
        return false;
    dgm_buffer_put(&q->out, DGM_VIEW(",\"next\":null}"));
    return true;
}

/* ---- the network ---------------------------------------------------------------------------- */

enum { MOST_EDGES = 1500 };

typedef struct {
    dgm_view name;
    int64_t n;
    bool kept;
} node;

typedef struct {
    uint32_t a, b;
    int64_t n, cooperation, conflict;
} edge;

typedef struct {
    dgm_arena *arena;
    dgm_map *places; /* name -> place among the nodes */
    DGM_ARRAY(node) nodes;
    DGM_ARRAY(edge) edges;
    bool failed;
} network;

static uint32_t node_of(network *w, dgm_view name)
{
    uint32_t i = dgm_map_get(w->places, name);
    if (i != DGM_NONE)
        return i;
    node *new = dgm_push(w->arena, &w->nodes);
    if (!new || dgm_map_set(w->places, name, w->nodes.n - 1, NULL) != DGM_OK) {
        w->failed = true;
        return DGM_NONE;
    }
    new->name = dgm_arena_copy(w->arena, name);
    return w->nodes.n - 1;
}

static bool take_pair(void *context, const dgm_cell *cells, uint32_t n)
{
    network *w = context;
    edge e = { .a = node_of(w, dgm_cell_text(&cells[0])),
               .b = node_of(w, dgm_cell_text(&cells[1])),
               .n = dgm_cell_whole(&cells[2]),
               .cooperation = dgm_cell_whole(&cells[3]),
               .conflict = dgm_cell_whole(&cells[4]) };
    (void)n;
    edge *new = w->failed ? NULL : dgm_push(w->arena, &w->edges);
    if (!new) {
        w->failed = true;
        return false;
    }
    *new = e;
    w->nodes.at[e.a].n += e.n;
    w->nodes.at[e.b].n += e.n;
    return true;
}

static int by_number(const void *a, const void *b)
{
    const node *x = *(const node *const *)a, *y = *(const node *const *)b;
    if (x->n != y->n)
        return x->n < y->n ? 1 : -1;
    return dgm_view_cmp(x->name, y->name);
}

static bool put_nodes(dgm_question *q, network *w, uint64_t limit)
{
    const node **order = DGM_NEW(q->arena, const node *, (size_t)w->nodes.n + 1);
    if (!order)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    for (uint32_t i = 0; i < w->nodes.n; i++)
        order[i] = &w->nodes.at[i];
    if (w->nodes.n)
        qsort(order, w->nodes.n, sizeof *order, by_number);
    dgm_json_open(&q->out, "nodes", '[');
    for (uint32_t i = 0; i < w->nodes.n && i < limit; i++) {
        w->nodes.at[order[i] - w->nodes.at].kept = true;
        dgm_json_open(&q->out, NULL, '{');
        dgm_json_string_of(&q->out, "id", order[i]->name);
        dgm_json_whole(&q->out, "n", order[i]->n);
        dgm_json_close(&q->out, '}');
    }
    dgm_json_close(&q->out, ']');
    return true;
}

static uint32_t put_edges(dgm_question *q, const network *w)
{
    uint32_t n = 0;
    dgm_json_open(&q->out, "edges", '[');
    for (uint32_t i = 0; i < w->edges.n && n < MOST_EDGES; i++) {
        const edge *e = &w->edges.at[i];
        if (!w->nodes.at[e->a].kept || !w->nodes.at[e->b].kept)
            continue;
        n++;
        dgm_json_open(&q->out, NULL, '{');
        dgm_json_string_of(&q->out, "a", w->nodes.at[e->a].name);
        dgm_json_string_of(&q->out, "b", w->nodes.at[e->b].name);
        dgm_json_whole(&q->out, "n", e->n);
        dgm_json_whole(&q->out, "cooperation", e->cooperation);
        dgm_json_whole(&q->out, "conflict", e->conflict);
        dgm_json_close(&q->out, '}');
    }
    dgm_json_close(&q->out, ']');
    return n;
}

static bool put_network(dgm_question *q, network *w, uint64_t limit)
{
    if (dgm_page_ask(q->store, &q->filter, q->per, DGM_ASK_PAIRS, NULL, take_pair, w, &q->err) !=
        DGM_OK)
        return false;
    if (w->failed)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    dgm_json_open(&q->out, NULL, '{');
    if (!put_nodes(q, w, limit))
        return false;
    uint32_t n_edges = put_edges(q, w);
    dgm_json_open(&q->out, "left_out", '{');
    dgm_json_whole(&q->out, "nodes", w->nodes.n > limit ? (int64_t)(w->nodes.n - limit) : 0);
    dgm_json_whole(&q->out, "edges", (int64_t)w->edges.n - n_edges);
    dgm_buffer_put(&q->out, DGM_VIEW("}}"));
    return true;
}

bool dgm_answer_network(dgm_question *q)
{
    uint64_t limit;
    network w = { .arena = q->arena, .places = dgm_map_new() };
    if (!w.places)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    bool good = dgm_question_number(q, "limit", 1, 200, 60, &limit) && put_network(q, &w, limit);
    dgm_map_free(w.places);
    return good;
}
