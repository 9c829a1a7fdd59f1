/* start.h - a network that begins with the weights of a model file. */
#ifndef DGM_SYNTAX_TRAIN_START_H
#define DGM_SYNTAX_TRAIN_START_H

#include "syntax/train/labels.h"

/* Fills the weights of `net` with those of the section "parser" of that file, rounded as they are
 * there; Adam's moments stay. DGM_EFORMAT: the file's parser is of other sizes or other labels. */
dgm_status dgm_start_from(const char *path, const dgm_labels *labels, dgm_net *net,
                          dgm_err *err) DGM_MUST_USE;

#endif
