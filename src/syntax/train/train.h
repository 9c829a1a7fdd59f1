/* train.h - trains tagger, lemmatizer and parser from CoNLL-U. */
#ifndef DGM_SYNTAX_TRAIN_TRAIN_H
#define DGM_SYNTAX_TRAIN_TRAIN_H

#include "syntax/train/teacher.h"

#define DGM_MAX_TREEBANKS 8

typedef struct {
    const char *train[DGM_MAX_TREEBANKS]; /* row i + 1 of the treebank table is train[i] */
    const char *dev[DGM_MAX_TREEBANKS];   /* of the same kind as train[i] */
    const char *more[DGM_MAX_TREEBANKS];  /* with the guidelines of train[0] */
    const char *raw[DGM_MAX_TREEBANKS];   /* likewise, learned from teachers alone */
    size_t n_train, n_dev, n_more, n_raw;
    const char *model;   /* its section "parser" is replaced whenever the figures on dev rise */
    const char *vectors; /* of words; NULL: none */
    const char *teachers[DGM_MAX_TEACHERS]; /* states of earlier runs */
    size_t n_teachers;
    const char *start; /* a model file whose parser the run begins with; NULL: with chance */
    const char *state; /* NULL: the run cannot be continued */
    bool resume;
    uint32_t epochs, n_threads, batch_words;
    uint64_t seed;
    uint32_t hidden, n_layers; /* 0: as usual */
    float rate, dropout;       /* 0: as usual */
    bool tiny;                 /* a network for tests, of which little is not 0 */
    FILE *log;                 /* one line an epoch */
} dgm_train_options;

dgm_status dgm_train_parser(const dgm_train_options *options, dgm_err *err) DGM_MUST_USE;

#endif
