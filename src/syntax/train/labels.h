/* labels.h - what the network's rows and classes stand for, collected from the training data. */
#ifndef DGM_SYNTAX_TRAIN_LABELS_H
#define DGM_SYNTAX_TRAIN_LABELS_H

#include "syntax/train/data.h"
#include "syntax/train/net.h"

#define DGM_MIN_FORM   2 /* a form seen less often has no row of its own */
#define DGM_MIN_SCRIPT 3 /* a lemma script seen less often is no class */

typedef struct {
    dgm_map *forms;            /* key -> row; row 0 is the unknown form */
    dgm_map *classes[N_HEADS]; /* label -> class; upos and entity: as the enums, less UPOS_NONE */
    dgm_map *lexicon;          /* "key/UPOS" -> number of its lemma */
    DGM_ARRAY(dgm_view) lemmas;
    uint32_t *form_counts;      /* of each row in training */
    const dgm_vectors *vectors; /* borrowed; NULL: none */
    dgm_arena *arena;
} dgm_labels;

/* NULL: no memory. The treebanks may go afterwards. */
dgm_labels *dgm_labels_new(dgm_treebank *const *banks, size_t n_banks);
void dgm_labels_free(dgm_labels *labels);

/* Row, classes, head and relation of a word whose form may have been changed to `form`. */
void dgm_labels_word(const dgm_labels *labels, const dgm_gold_word *word, dgm_view form,
                     bool has_entities, dgm_batch_word *out);
/* Rows of the form and of the vector, by out->features.key; nothing withheld. */
void dgm_labels_input(const dgm_labels *labels, dgm_batch_word *out);
uint32_t dgm_labels_form_count(const dgm_labels *labels, uint32_t row);

#endif
