/* word_features.h - what the network sees of a word's form: numbers of rows of embedding tables.
 * The trainer and the parser share this file: a model is only good for the features it was
 * trained on, so every change here needs a new model (and a new DGM_PARSER_VERSION). */
#ifndef DGM_SYNTAX_WORD_FEATURES_H
#define DGM_SYNTAX_WORD_FEATURES_H

#include "base/base.h"

/* Longest part of a form that is looked at, in code points after normalisation. */
#define DGM_FORM_CHARS 40
#define DGM_N_AFFIXES  11 /* prefixes 1..4, suffixes 1..5, shape, finer shape */
#define DGM_MAX_NGRAMS 128
#define DGM_AFFIX_ROWS (1u << 14)
#define DGM_NGRAM_ROWS (1u << 15)

/* A form in lower case, digits as they are, typographic quotes and dashes made plain: the key of
 * the word table. */
typedef struct {
    uint32_t n_affixes, n_ngrams;
    uint32_t affix[DGM_N_AFFIXES];  /* rows below DGM_AFFIX_ROWS, summed */
    uint32_t ngram[DGM_MAX_NGRAMS]; /* rows below DGM_NGRAM_ROWS, averaged */
    char key[DGM_FORM_CHARS * 4];
    size_t key_n;
} dgm_word_features;

void dgm_word_features_of(dgm_view form, dgm_word_features *out);
/* The key alone, which lies in out. */
dgm_view dgm_word_key(dgm_view form, char out[DGM_FORM_CHARS * 4]);

#endif
