/* work.h - what one call of R does with the library, held by an external pointer so that it is
 * freed however the call ends. The library's callbacks never jump: an interrupt is noted, ends the
 * call, and is raised again when the library has returned. */
#ifndef DRAGOMAN_R_WORK_H
#define DRAGOMAN_R_WORK_H

#include "rows.h"

#include <dragoman.h>
#include <stdio.h>

typedef struct {
    table *table;     /* rows go here, if there is one */
    const rows *how;  /* NULL: of any kind */
    FILE *file;       /* else bytes go here, */
    text bytes;       /* else here */
    text input;       /* stories for the library */
    const char *name; /* of several texts that are one input, and how many come before it */
    size_t n_before;
    text said;     /* complaints, each with a NUL at its end */
    size_t n_said; /* all of them, also those that were too many to keep */
    bool progress, shown;
    bool interrupted, broken; /* broken: a line of the library could not be read, or no memory */
    bool file_failed;
    dragoman_status status;
    char message[DRAGOMAN_MESSAGE];
} work;

/* Protect the pointer; the work is freed with it. An error of R where there is no memory. */
SEXP work_new(work **out);
/* From now on work_write() makes such rows; NULL: of any kind. An error of R where there is no
 * memory. */
void work_make_rows(work *w, const rows *how);
/* An input of the library that calls back the work; the caller says what is read. */
dragoman_input work_input(work *w, SEXP options, SEXP jobs);

/* Whether Ctrl-C was pressed; it is noted in w. */
bool work_interrupted(work *w);

int work_write(void *context, const char *bytes, size_t n);
void work_complain(void *context, const char *message);
void work_progress(void *context, uint64_t n_read, uint64_t n_bytes);

/* Stories from..to (excluded) as JSON Lines, into w->input. stories: a list of text, date, id,
 * title, source and url, character vectors or NULL. */
void work_put_stories(work *w, SEXP stories, R_xlen_t from, R_xlen_t to);

/* list(status, message, rows, text, complaints, n_complaints) for R, and frees the work. Raises the
 * interrupt that ended the call. */
SEXP work_answer(SEXP pointer);
/* list(first, and as work_answer()) */
SEXP work_answer_with(SEXP first, SEXP pointer);

/* A character vector of names and values by turns, as the library takes options; NULL where it is
 * empty. In memory of R, which goes when the call returns. */
const char *const *work_options(SEXP options);
/* NULL for NA and NULL; else UTF-8, in memory of R. */
const char *work_string(SEXP strings, R_xlen_t i);

#endif
