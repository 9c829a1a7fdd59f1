/* tree.c - the maximum spanning tree, by Chu-Liu/Edmonds (McDonald et al. 2005), in the way of
 * Gabow et al. (1986): a path of best entering arcs grows until it reaches the root or closes a
 * cycle, which becomes one node. O(n^2) apart from the number of cycles.
 *
 * UD wants one child of the root. An arc from the root costs PENALTY more than any tree can gain,
 * so that the best tree has as few of them as there can be: one.
 *
 * Nodes are 0..n for root and words and n+1.. for cycles made one. An active node has a slot, a row
 * and column of the matrix; a cycle takes the slot of one of its members. */
#include "syntax/tree.h"

#include <stdlib.h>
#include <string.h>

#define PENALTY 1e7

typedef struct {
    double score;
    uint32_t from, to; /* the words' own arc that stands for this one */
} arc;

typedef enum { FRESH, ON_PATH, DONE } state;

typedef struct {
    uint32_t parent, first_child, next_sibling; /* 0: none (the root is nobody's child) */
    uint32_t from, to;                          /* the arc that enters it */
} node;

struct dgm_tree_space {
    uint32_t cap; /* words */
    arc *arcs;    /* [slot from][slot to] */
    node *nodes;  /* [2 (n + 1)] */
    uint32_t *active, *node_of, *path, *todo;
    double *entered;
    uint8_t *states;
    /* of the present sentence */
    uint32_t n_slots, n_active, n_nodes, n_path;
};

dgm_tree_space *dgm_tree_space_new(void)
{
    return calloc(1, sizeof(dgm_tree_space));
}

static void release(dgm_tree_space *s)
{
    free(s->arcs);
    free(s->nodes);
    free(s->active);
    free(s->node_of);
    free(s->path);
    free(s->todo);
    free(s->entered);
    free(s->states);
    *s = (dgm_tree_space) { 0 };
}

void dgm_tree_space_free(dgm_tree_space *space)
{
    if (space)
        release(space);
    free(space);
}

static dgm_status reserve(dgm_tree_space *s, uint32_t n)
{
    if (n <= s->cap)
        return DGM_OK;
    release(s);
    size_t m = (size_t)n + 1;
    s->arcs = calloc(m * m, sizeof(arc));
    s->nodes = calloc(2 * m, sizeof(node));
    s->active = calloc(m, sizeof(uint32_t));
    s->node_of = calloc(m, sizeof(uint32_t));
    s->path = calloc(m, sizeof(uint32_t));
    s->todo = calloc(2 * m, sizeof(uint32_t));
    s->entered = calloc(m, sizeof(double));
    s->states = calloc(m, 1);
    if (!s->arcs || !s->nodes || !s->active || !s->node_of || !s->path || !s->todo || !s->entered ||
        !s->states) {
        release(s);
        return DGM_ENOMEM;
    }
    s->cap = n;
    return DGM_OK;
}

static arc *arc_at(dgm_tree_space *s, uint32_t from, uint32_t to)
{
    return &s->arcs[(size_t)from * s->n_slots + to];
}

/* The best head of each word by itself; true when that is a tree already, as it mostly is. */
static bool greedy(uint32_t n, const float *score, uint32_t *head, uint8_t *seen)
{
    uint32_t n_roots = 0;
    for (uint32_t d = 0; d < n; d++) {
        const float *row = score + (size_t)d * (n + 1);
        uint32_t best = 0;
        for (uint32_t h = 1; h <= n; h++)
            if (h != d + 1 && row[h] > row[best])
                best = h;
        head[d] = best;
        n_roots += best == 0;
    }
    if (n_roots != 1)
        return false;
    memset(seen, FRESH, n + 1);
    seen[0] = DONE;
    for (uint32_t d = 1; d <= n; d++) {
        uint32_t i = d;
        for (; seen[i] == FRESH; i = head[i - 1])
            seen[i] = ON_PATH;
        if (seen[i] == ON_PATH)
            return false;
        for (i = d; seen[i] == ON_PATH; i = head[i - 1])
            seen[i] = DONE;
    }
    return true;
}

static void begin(dgm_tree_space *s, uint32_t n, const float *score)
{
    s->n_slots = s->n_active = s->n_nodes = n + 1;
    s->n_path = 0;
    memset(s->nodes, 0, 2 * ((size_t)n + 1) * sizeof(node));
    for (uint32_t h = 0; h <= n; h++) {
        s->active[h] = s->node_of[h] = h;
        s->states[h] = h ? FRESH : DONE;
        for (uint32_t d = 1; d <= n; d++) {
            double value = (double)score[(size_t)(d - 1) * (n + 1) + h];
            *arc_at(s, h, d) = (arc) { .score = h ? value : value - PENALTY, .from = h, .to = d };
        }
    }
}

static uint32_t best_entering(dgm_tree_space *s, uint32_t slot)
{
    uint32_t best = DGM_NONE;
    for (uint32_t k = 0; k < s->n_active; k++) {
        uint32_t from = s->active[k];
        if (from != slot &&
            (best == DGM_NONE || arc_at(s, from, slot)->score > arc_at(s, best, slot)->score))
            best = from;
    }
    return best;
}

/* Makes arcs to and from `slot` the best of its own and of `member`'s. */
static void merge_arcs(dgm_tree_space *s, uint32_t slot, uint32_t member)
{
    for (uint32_t k = 0; k < s->n_active; k++) {
        uint32_t other = s->active[k];
        if (other == slot || other == member)
            continue;
        if (arc_at(s, other, member)->score > arc_at(s, other, slot)->score)
            *arc_at(s, other, slot) = *arc_at(s, other, member);
        if (arc_at(s, member, other)->score > arc_at(s, slot, other)->score)
            *arc_at(s, slot, other) = *arc_at(s, member, other);
    }
}

static void deactivate(dgm_tree_space *s, uint32_t slot)
{
    uint32_t k = 0;
    while (s->active[k] != slot)
        k++;
    memmove(&s->active[k], &s->active[k + 1], (s->n_active - k - 1) * sizeof(uint32_t));
    s->n_active--;
}

static void adopt(dgm_tree_space *s, uint32_t slot, uint32_t parent)
{
    node *child = &s->nodes[s->node_of[slot]];
    child->parent = parent;
    child->next_sibling = s->nodes[parent].first_child;
    s->nodes[parent].first_child = s->node_of[slot];
    /* What an arc into the cycle is worth: itself less the arc of the cycle that it replaces. */
    for (uint32_t k = 0; k < s->n_active; k++)
        arc_at(s, s->active[k], slot)->score -= s->entered[slot];
}

/* The end of the path, from `slot` on, is a cycle: makes it one node in `slot`. */
static void contract(dgm_tree_space *s, uint32_t slot)
{
    uint32_t parent = s->n_nodes++, first = s->n_path;
    while (s->path[--first] != slot)
        ;
    for (uint32_t i = first; i < s->n_path; i++)
        adopt(s, s->path[i], parent);
    for (uint32_t i = first + 1; i < s->n_path; i++) {
        merge_arcs(s, slot, s->path[i]);
        deactivate(s, s->path[i]);
    }
    s->n_path = first;
    s->node_of[slot] = parent;
}

static void grow_from(dgm_tree_space *s, uint32_t slot)
{
    for (;;) {
        s->states[slot] = ON_PATH;
        s->path[s->n_path++] = slot;
        uint32_t from = best_entering(s, slot);
        const arc *in = arc_at(s, from, slot);
        node *me = &s->nodes[s->node_of[slot]];
        me->from = in->from, me->to = in->to;
        s->entered[slot] = in->score;
        if (s->states[from] == DONE)
            break;
        if (s->states[from] == ON_PATH)
            contract(s, from);
        slot = from;
    }
    while (s->n_path)
        s->states[s->path[--s->n_path]] = DONE;
}

/* Opens the cycles again: the arc that enters one replaces the cycle's own arc to the same word. */
static void expand(dgm_tree_space *s, uint32_t *head)
{
    uint32_t n_todo = 0;
    for (uint32_t k = 0; k < s->n_active; k++)
        if (s->active[k])
            s->todo[n_todo++] = s->node_of[s->active[k]];
    while (n_todo) {
        uint32_t x = s->todo[--n_todo];
        head[s->nodes[x].to - 1] = s->nodes[x].from;
        for (uint32_t y = s->nodes[x].to; y != x; y = s->nodes[y].parent)
            for (uint32_t c = s->nodes[s->nodes[y].parent].first_child; c;
                 c = s->nodes[c].next_sibling)
                if (c != y)
                    s->todo[n_todo++] = c;
    }
}

dgm_status dgm_tree_best(dgm_tree_space *s, uint32_t n, const float *score, uint32_t *head)
{
    dgm_status status = reserve(s, DGM_MAX(n, 32));
    if (status != DGM_OK || n == 0)
        return status;
    if (greedy(n, score, head, s->states))
        return DGM_OK;
    begin(s, n, score);
    for (uint32_t slot = 1; slot <= n; slot++) {
        bool active = false;
        for (uint32_t k = 0; k < s->n_active && !active; k++)
            active = s->active[k] == slot;
        if (active && s->states[slot] == FRESH)
            grow_from(s, slot);
    }
    expand(s, head);
    return DGM_OK;
}
