/* reader.h - a dragoman_input as the rooms have it. Inside library. */
#ifndef DGM_LIBRARY_READER_H
#define DGM_LIBRARY_READER_H

#include "dragoman.h"
#include "library/coder.h"
#include "library/making.h"

/* Stays where it is once it is open. */
typedef struct {
    const dragoman_input *input;
    library_listener listener;
    dgm_complaints complaints; /* what is wrong with stories and files */
    dgm_left_out left_out;
    dgm_reader_options options;
    dgm_progress bar;
    char *paths[1];
    dgm_inputs *inputs;
} library_reader;

/* options: with the rows of DGM_OPTIONS_READING. DGM_EUSAGE, DGM_EIO: the input cannot be read at
 * all. End it with library_reader_done(), whatever came of it. */
dgm_status library_reader_open(library_reader *reader, const dragoman_input *input,
                               const dgm_options *options, dgm_making_kind product,
                               dgm_err *err) DGM_MUST_USE;
void library_reader_done(library_reader *reader);
/* The threads that are wanted; the caller's is one. */
uint32_t library_jobs(const dragoman_input *input);

#endif
