/* vectors.h - vectors of words that were learned from far more text than the treebanks have (GloVe,
 * Pennington et al. 2014). They are part of the model file and do not change in training.
 *
 * Words are in lower case and sorted by their bytes; word i is text[at[i] .. at[i + 1]). Nothing is
 * made ready when a model is loaded: a word is found by bisection in the mapped file. */
#ifndef DGM_SYNTAX_VECTORS_H
#define DGM_SYNTAX_VECTORS_H

#include "syntax/word_features.h"

typedef struct {
    const uint8_t *bytes; /* of the kind DGM_BUNDLE_I4 */
    const char *scales;   /* floats, perhaps unaligned */
    uint32_t rows, cols;
} dgm_table_rows; /* a table as it lies in the file */

typedef struct {
    dgm_table_rows rows;
    dgm_view text;
    const char *at; /* [rows + 1] u32, little-endian */
} dgm_vectors;

/* The row of a word by its key (word_features.h), DGM_NONE when neither it nor the last part of a
 * compound has one. */
uint32_t dgm_vectors_find(const dgm_vectors *vectors, dgm_view key);

/* to += by * row; `to` has cols floats. */
void dgm_table_add(const dgm_table_rows *table, uint32_t row, float by, float *to);

#endif
