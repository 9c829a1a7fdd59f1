/* teacher.h - networks of earlier runs whose answers are learned along with the treebanks' (Hinton
 * et al. 2015): they know how sure one can be, and have an opinion where a treebank says nothing,
 * as of names in EWT. */
#ifndef DGM_SYNTAX_TRAIN_TEACHER_H
#define DGM_SYNTAX_TRAIN_TEACHER_H

#include "syntax/train/labels.h"

#define DGM_MAX_TEACHERS 8
#define DGM_MAX_SHARDS   2

typedef struct dgm_teacher dgm_teacher;

/* `state` is what a run over the first of these treebanks left (--state); `pupil` are the labels of
 * all of them. Labels and vectors are borrowed. */
dgm_status dgm_teacher_load(const char *state, dgm_treebank *const *banks, size_t n_banks,
                            const dgm_labels *pupil, dgm_teacher **out, dgm_err *err) DGM_MUST_USE;
void dgm_teacher_free(dgm_teacher *teacher);

/* What the teachers think of the batch, on average, in the classes of the pupil; in `arena`. Any
 * number of threads may ask, each with another `shard`. */
dgm_status dgm_teachers_ask(dgm_teacher *const *teachers, size_t n_teachers, uint32_t shard,
                            const dgm_net_config *pupil, const dgm_batch *batch, dgm_arena *arena,
                            dgm_soft **out) DGM_MUST_USE;

#endif
