/* encoder.h - runs the network over a chunk of sentences at once.
 *
 * Words of a chunk lie sentence after sentence ("rows"). The LSTM steps through all sentences
 * together, longest first, so that each step is one product over many rows. */
#ifndef DGM_SYNTAX_ENCODER_H
#define DGM_SYNTAX_ENCODER_H

#include "syntax/model.h"

#define DGM_CHUNK_WORDS 1024
/* Arc scores grow with the square of the length: a longer sentence is parsed in windows. */
#define DGM_MAX_SENTENCE 512

/* What is to be parsed: runs of forms, at most DGM_CHUNK_WORDS together, none empty or longer than
 * DGM_MAX_SENTENCE, longest first. */
typedef struct {
    uint32_t n_runs, n_words;
    uint32_t begin[DGM_CHUNK_WORDS + 1]; /* rows of run i: begin[i] .. begin[i + 1] - 1 */
    dgm_view form[DGM_CHUNK_WORDS];
} dgm_chunk;

#define DGM_CACHE_SLOTS 2048
#define DGM_CACHED_FORM 24 /* bytes of a form that is kept */

/* What depends on a form alone, kept from chunk to chunk: most words of a text are few. */
typedef struct {
    char form[DGM_CACHED_FORM], key[DGM_CACHED_FORM];
    uint8_t form_n, key_n; /* form_n 0: empty */
    uint32_t chunk;        /* number of the chunk that used it last */
} dgm_cached_form;

/* A form of the chunk. */
typedef struct {
    uint32_t word; /* the first one with that form */
    uint32_t slot; /* of the cache; DGM_NONE: none is free */
    dgm_view key;  /* dgm_word_features.key */
    const float
        *gates; /* of the first layer's present direction, as far as they depend on the form */
} dgm_chunk_form;

/* Space of one thread and, after a run, the results for the chunk. */
typedef struct {
    const dgm_network *net;
    dgm_chunk chunk;
    uint32_t treebank; /* row of the treebank table */
    dgm_chunk_form forms[DGM_CHUNK_WORDS];
    uint32_t form_of[DGM_CHUNK_WORDS], n_forms;
    float *logits;        /* [word][n_outputs] */
    float *query, *heads; /* [word][dim_arc]; the root's heads row is the last, n_words */
    float *rel_d, *rel_h; /* [word][dim_rel], likewise */
    /* between layers */
    uint32_t slots[DGM_CHUNK_WORDS * 2];
    dgm_cached_form *cache;
    float *cached_gates; /* [slot][direction][4 hidden] */
    uint32_t n_chunks;
    dgm_word_features *features;             /* [n_new] */
    uint32_t new[DGM_CHUNK_WORDS], n_new;    /* forms that are not in the cache */
    const float *gate_rows[DGM_CHUNK_WORDS]; /* of the words that the LSTM is at */
    uint8_t *x, *y[2], *state_h, *narrow;    /* activations: kernels.h */
    float *x_scale, *gates, *step, *state_c, *wide, *row_scale;
} dgm_encoder;

dgm_encoder *dgm_encoder_new(const dgm_network *net); /* NULL: no memory */
void dgm_encoder_free(dgm_encoder *encoder);
/* Fills the results from encoder->chunk. */
void dgm_encoder_run(dgm_encoder *encoder);
/* What the last layer says of a row: 2 hidden activations, in parts of DGM_ACTIVATION_MOST. */
const uint8_t *dgm_encoder_state(const dgm_encoder *encoder, uint32_t row);
/* arc[(d - 1) * (n + 1) + h] for the words of a run, 0 being the root. */
void dgm_encoder_arcs(const dgm_encoder *encoder, uint32_t run, float *arc);
/* The best relation of each word of the chunk, given the rows of the heads (n_words: the root) and
 * their places (dgm_head_place). */
void dgm_encoder_relations(dgm_encoder *encoder, const uint32_t *head_row, const uint8_t *place,
                           uint8_t *rel);

#endif
