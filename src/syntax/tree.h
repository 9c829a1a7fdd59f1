/* tree.h - from scores of arcs to a dependency tree with exactly one child of the root. */
#ifndef DGM_SYNTAX_TREE_H
#define DGM_SYNTAX_TREE_H

#include "base/base.h"

/* Working space of one thread; grows with the longest sentence. */
typedef struct dgm_tree_space dgm_tree_space;
dgm_tree_space *dgm_tree_space_new(void); /* NULL: no memory */
void dgm_tree_space_free(dgm_tree_space *space);

/* The best tree over arc scores.
 *   n      words are 1..n, 0 is the root
 *   score  [n][n + 1]  score[(d - 1) * (n + 1) + h]: how well h heads d, higher is better
 *   head   [n]         head[d - 1] of word d; written on success only
 * Of equal trees the one found first by ascending word number is returned. */
dgm_status dgm_tree_best(dgm_tree_space *space, uint32_t n, const float *score,
                         uint32_t *head) DGM_MUST_USE;

#endif
