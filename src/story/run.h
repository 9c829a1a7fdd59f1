/* run.h - the job of every command that sends stories through the house: inputs, a coder, and a
 * sink that takes what was made of each story, in the order of the input. */
#ifndef DGM_RUN_H
#define DGM_RUN_H

#include "ingest/ingest.h"
#include "story/story.h"

typedef enum { DGM_CHOICE_TAKE, DGM_CHOICE_PASS, DGM_CHOICE_STOP } dgm_choice;

/* What becomes of stories. write is called in workers, side by side; all else in the caller's
 * thread. Each gets `context`. */
typedef struct {
    /* Before the inputs are read on; false ends the run. NULL: nothing is to be done. */
    bool (*ready)(void *context);
    /* Whether a story that was read is to be coded. NULL: each is. */
    dgm_choice (*choose)(void *context, const dgm_document *doc);
    /* A coded story, as bytes. i_slot < DGM_N_SLOTS: no other story has it before put or refuse has
     * been called. */
    void (*write)(void *context, uint32_t i_slot, dgm_document *doc, dgm_buffer *out);
    /* Those bytes; where: the story's file, line and id. false ends the run. */
    bool (*put)(void *context, uint32_t i_slot, dgm_view bytes, const dgm_err *where);
    /* A story that could not be coded or written; err says why, and where it stands. */
    void (*refuse)(void *context, uint32_t i_slot, const dgm_err *err);
    /* All that was read has been put, and more is waited for. NULL: nothing is to be done. */
    void (*rest)(void *context);
    void *context;
    bool parse_only; /* stop at the trees */
    bool explain;    /* keep notes of why */
} dgm_sink;

/* n_threads 0: one a core. bar: moves with the bytes that are read. */
dgm_status dgm_run(const dgm_coder *coder, dgm_inputs *inputs, uint32_t n_threads,
                   const dgm_sink *sink, dgm_progress *bar, dgm_err *err) DGM_MUST_USE;

#endif
