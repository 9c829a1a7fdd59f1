/* html_tree.h - the tree of a page, by gumbo (the HTML standard's parser), made safe for hostile
 * pages: memory and time are bounded, and nothing here recurses. Inside ingest. */
#ifndef DGM_HTML_TREE_H
#define DGM_HTML_TREE_H

#include "base/base.h"

#include <gumbo.h>

/* The memory of one page's tree; reused for the next. */
typedef struct dgm_html_memory dgm_html_memory;
dgm_html_memory *dgm_html_memory_new(void); /* NULL: no memory */
void dgm_html_memory_free(dgm_html_memory *memory);
/* Whether there was no memory for the last page, or for this (NULL); one that asked for too much is
 * another matter. */
bool dgm_html_starved(const dgm_html_memory *memory);

/* Bytes are UTF-8 and outlive the tree, which lives until the next call. NULL: the tree would be
 * too large. */
const GumboNode *dgm_html_parse(dgm_html_memory *memory, dgm_view bytes);

static inline bool dgm_html_is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}
static inline bool dgm_html_is(const GumboNode *node, GumboTag tag)
{
    return dgm_html_is_element(node) && node->v.element.tag == tag;
}
/* Empty: it has none. */
dgm_view dgm_html_attribute(const GumboNode *node, const char *name);
/* The text under a node, white space made single blanks. */
dgm_view dgm_html_text(dgm_arena *arena, const GumboNode *node);

/* A walk over all nodes below `root` in the order of the page, root first:
 *     dgm_html_walk walk = { .root = root };
 *     while (dgm_html_next(&walk)) ... walk.node, walk.leaving
 * Elements come twice, the second time `leaving`. Setting `skip` when one is entered passes over
 * what is in it; it is not left then. */
typedef struct {
    const GumboNode *root, *node;
    bool leaving, skip;
} dgm_html_walk;
bool dgm_html_next(dgm_html_walk *walk);

#endif
