/* vectors.h - vectors of words for the trainer, from a text file as GloVe and word2vec write it. */
#ifndef DGM_SYNTAX_TRAIN_VECTORS_H
#define DGM_SYNTAX_TRAIN_VECTORS_H

#include "syntax/vectors.h"

/* Each line a word and its numbers, parted by blanks; all lines have as many. The rows are rounded
 * to bytes at once, so that training sees what the model file will hold. */
dgm_status dgm_vectors_read(const char *path, dgm_vectors **out, dgm_err *err) DGM_MUST_USE;
void dgm_vectors_free(dgm_vectors *vectors);

#endif
