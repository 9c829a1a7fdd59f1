/* garden_path.h - mends the trees of "Police arrested protesters". */
#ifndef DGM_SYNTAX_GARDEN_PATH_H
#define DGM_SYNTAX_GARDEN_PATH_H

#include "document/document.h"

/* News says in three bare words who did what to whom; treebanks of weblogs hardly ever do. A past
 * form between two bare nouns is then taken for a participle inside a noun phrase, which English
 * does not have in these places:
 *
 *   a left member of the object's noun phrase stands before the verb   -> it is the subject
 *   a noun, a participle and their noun make up the whole clause       -> the participle is its
 * verb a participle after its noun is followed by a bare noun             -> the same
 *
 * Changes heads and relations of s in place; the tree stays a tree with one root. */
void dgm_garden_path_mend(dgm_sentence *s);

#endif
