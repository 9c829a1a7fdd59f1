/* examples.h - the rules' own example sentences, coded. */
#ifndef DGM_STORY_EXAMPLES_H
#define DGM_STORY_EXAMPLES_H

#include "story/story.h"

/* Codes the example of every rule and complains, by file and line, of each that its own rule does
 * not code as it says, and of rules without one. A table without any example asks for none. *n: how
 * many sentences were coded. */
dgm_status dgm_examples_check(const dgm_coder *coder, dgm_complaints *complaints, size_t *n,
                              dgm_err *err) DGM_MUST_USE;

#endif
