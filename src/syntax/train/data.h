/* data.h - treebanks for the trainer: CoNLL-U sentences with all that the network learns. */
#ifndef DGM_SYNTAX_TRAIN_DATA_H
#define DGM_SYNTAX_TRAIN_DATA_H

#include "document/document.h"
#include "syntax/syntax.h"

/* A word as the treebank has it; views into the treebank's text. */
typedef struct {
    dgm_view form, lemma, xpos, feats;
    dgm_upos upos;
    dgm_deprel deprel;
    uint32_t head;
    uint8_t entity_tag;
} dgm_gold_word;

typedef struct {
    uint32_t first, n_words; /* words[first .. first + n_words - 1] */
} dgm_gold_sentence;

typedef struct {
    char *text;
    dgm_arena *arena;
    DGM_ARRAY(dgm_gold_word) words;
    DGM_ARRAY(dgm_gold_sentence) sentences;
    bool has_entities; /* the file annotates entities at all */
    uint8_t row;       /* of the treebank table, for its guidelines; the caller sets it */
    bool raw;          /* its annotation is not learned, only what teachers say of its words;
                          likewise */
} dgm_treebank;

dgm_status dgm_treebank_load(const char *path, dgm_treebank **out, dgm_err *err) DGM_MUST_USE;
void dgm_treebank_free(dgm_treebank *treebank);

#endif
