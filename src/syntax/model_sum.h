/* model_sum.h - the checksum of a model file, in a text file beside it: "english.dgm.xxh" for
 * "english.dgm", one line as `xxhsum -H2` writes it (XXH3, 128 bits). Beside it and not inside, so
 * that a model need not be written anew to be checked. */
#ifndef DGM_SYNTAX_MODEL_SUM_H
#define DGM_SYNTAX_MODEL_SUM_H

#include "base/base.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

typedef struct {
    char text[33];
} dgm_model_sum;

dgm_model_sum dgm_model_sum_of(const XXH3_state_t *state);
/* Whether the bytes of the model at `path` are those that its checksum was made of; *out: theirs.
 */
dgm_status dgm_model_sum_check(const char *path, dgm_view bytes, dgm_model_sum *out,
                               dgm_err *err) DGM_MUST_USE;
/* Writes the checksum of a model that is about to take the place of another (was; NULL: of none):
 * until it has, either is right. */
dgm_status dgm_model_sum_write(const char *path, const dgm_model_sum *was, const dgm_model_sum *now,
                               dgm_err *err) DGM_MUST_USE;

#endif
