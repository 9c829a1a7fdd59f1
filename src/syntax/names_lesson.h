/* names_lesson.h - what the weights of names are learned from: all spans of all sentences that can
 * be names, and which of them are. Shared by names_lesson.c, which reads it, and names_train.c. */
#ifndef DGM_SYNTAX_NAMES_LESSON_H
#define DGM_SYNTAX_NAMES_LESSON_H

#include "syntax/names_parts.h"

/* A span that can be a name. */
typedef struct {
    uint16_t begin, end;
    uint8_t gold; /* type; N_TYPES: none */
    uint8_t n;
    uint16_t head;     /* number of its picture in the lattice */
    uint32_t features; /* the first of all features */
    float dense[N_TYPES][NAME_DENSE];
} question;

/* The spans of a window, by their ends, and the pictures of their heads. */
typedef struct {
    uint32_t first, n, n_words;
    uint32_t picture, n_heads; /* the first of all numbers of pictures */
} lattice;

typedef struct {
    dgm_arena *arena;
    dgm_names_space *space;
    name_lists lists;
    name_sizes sizes;
    uint32_t n_picture; /* numbers of a head's picture, with what the document adds */
    names_pool *pool;
    uint32_t n_documents;
    bool exchange; /* names */
    DGM_ARRAY(question) questions;
    DGM_ARRAY(lattice) lattices;
    DGM_ARRAY(uint32_t) features;
    DGM_ARRAY(float) pictures;
    uint32_t n_names, n_missed;
    bool no_memory;
    /* the present document */
    const uint8_t *const *gold; /* [sentence][word from 0] entity tags */
    DGM_ARRAY(uint32_t) words;  /* of its pictures: the number of the form */
    uint32_t first_picture;
    uint32_t head_of[DGM_MAX_SENTENCE]; /* numbers of the window's words among the heads */
    uint8_t type_of[NAME_SPANS];        /* of the spans of the window, in gold */
} names_lesson;

/* Reads the questions of a treebank as the parser reads its words. Without a parser only the words
 * of names are taken, into the pool. */
dgm_status names_lesson_read(names_lesson *lesson, dgm_parser *parser, const char *path,
                             dgm_err *err) DGM_MUST_USE;

static inline dgm_status names_no_memory(dgm_err *err)
{
    return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the training");
}

#endif
