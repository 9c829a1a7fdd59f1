/* save.h - writes what was learned into a model file, and the state of a training run. */
#ifndef DGM_SYNTAX_TRAIN_SAVE_H
#define DGM_SYNTAX_TRAIN_SAVE_H

#include "syntax/train/labels.h"

/* Replaces the section "parser" of the model file by the averaged weights; other sections stay. */
dgm_status dgm_save_parser(const char *path, const dgm_net *net, const dgm_labels *labels,
                           dgm_err *err) DGM_MUST_USE;

/* Where a training run stands, to go on with it. */
typedef struct {
    uint64_t seed, step, chance;
    uint32_t epoch;
} dgm_progress_state;

dgm_status dgm_save_state(const char *path, const dgm_net *net, const dgm_progress_state *state,
                          dgm_err *err) DGM_MUST_USE;
/* The sizes of the network whose state that is. */
dgm_status dgm_load_config(const char *path, dgm_net_config *out, dgm_err *err) DGM_MUST_USE;
/* The net must have been made with the same configuration. */
dgm_status dgm_load_state(const char *path, dgm_net *net, dgm_progress_state *state,
                          dgm_err *err) DGM_MUST_USE;

#endif
