/* knowledge.h - the tables of the room, compiled for lookup. Inside the room only. */
#ifndef DGM_GRAMMAR_KNOWLEDGE_H
#define DGM_GRAMMAR_KNOWLEDGE_H

#include "grammar/grammar.h"

typedef DGM_ARRAY(uint32_t) class_list;

typedef struct {
    uint64_t bits[(DGM_N_FUNCTIONS + 63) / 64];
} function_set;

struct dgm_grammar {
    dgm_arena *arena;
    char *texts[8]; /* the tables as read; views point into them */
    uint32_t n_texts;
    dgm_map *class_names;
    bool filled[DGM_N_FIXED_CLASSES]; /* whether the tables put words in */
    dgm_map *members;                 /* words, or runs of up to three -> lists */
    DGM_ARRAY(class_list) lists;
    DGM_ARRAY(dgm_view) member_words; /* in table order, with their class */
    class_list member_classes;
    dgm_map *vocabulary; /* every word that some table asks for */
    dgm_map *irregular;  /* form -> index of its lemma in irregular_lemmas */
    DGM_ARRAY(dgm_view) irregular_lemmas;
    dgm_map *negator_of; /* form -> its first row in negators */
    DGM_ARRAY(dgm_negator) negators;
    dgm_map *opener_of; /* first word -> its last row in openers */
    DGM_ARRAY(dgm_opener) openers;
    dgm_map *function_of; /* word -> index in functions */
    DGM_ARRAY(function_set) functions;
    dgm_map *sufferers; /* nouns whose "of" names who suffers */
};

typedef struct {
    dgm_grammar *grammar;
    dgm_complaints *complaints;
} grammar_loading;

bool grammar_negation_row(void *loading, const dgm_row *row);  /* negation.c */
bool grammar_condition_row(void *loading, const dgm_row *row); /* condition.c */

#endif
