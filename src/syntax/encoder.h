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
    uint32_t treebank; /* row of the treebank table */
} dgm_chunk;

/* Space of one thread and, after a run, the results for the chunk. */
typedef struct {
    const dgm_network *net;
    dgm_chunk chunk;
    dgm_word_features *features; /* [unique] */
    uint32_t unique_of[DGM_CHUNK_WORDS], n_unique;
    float *logits;        /* [word][n_outputs] */
    float *query, *heads; /* [word][dim_arc]; the root's heads row is the last, n_words */
    float *rel_d, *rel_h; /* [word][dim_rel + 1], likewise */
    /* between layers */
    uint32_t slots[DGM_CHUNK_WORDS * 2];
    uint32_t first_of[DGM_CHUNK_WORDS]; /* a word with that unique form */
    int16_t *x, *y[2], *state_h, *narrow;
    float *x_scale, *gates, *step, *state_c, *wide, *row_scale, *rel_rows;
} dgm_encoder;

dgm_encoder *dgm_encoder_new(const dgm_network *net); /* NULL: no memory */
void dgm_encoder_free(dgm_encoder *encoder);
/* Fills the results from encoder->chunk. */
void dgm_encoder_run(dgm_encoder *encoder);
/* arc[(d - 1) * (n + 1) + h] for the words of a run, 0 being the root. */
void dgm_encoder_arcs(const dgm_encoder *encoder, uint32_t run, float *arc);
/* The best relation of each word of the chunk, given head rows (n_words: the root). */
void dgm_encoder_relations(dgm_encoder *encoder, const uint32_t *head_row, uint8_t *rel);

#endif
