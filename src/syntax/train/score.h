/* score.h - how well the network does on a treebank with gold words. */
#ifndef DGM_SYNTAX_TRAIN_SCORE_H
#define DGM_SYNTAX_TRAIN_SCORE_H

#include "syntax/train/batch.h"

typedef struct {
    uint32_t n_words;
    double upos, xpos, feats, lemma, uas, las; /* per cent */
    double entity;                             /* per cent of words tagged other than 0, F1 */
} dgm_net_score;

/* With the averaged weights. */
dgm_status dgm_net_score_run(const dgm_net *net, dgm_work *work, const dgm_labels *labels,
                             dgm_treebank *bank, uint8_t treebank_row,
                             dgm_net_score *out) DGM_MUST_USE;

#endif
