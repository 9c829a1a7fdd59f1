/* calls.h - what R calls by .Call(); init.c registers it. Errors of the library come back in the
 * answer, and R/ makes conditions of them. */
#ifndef DRAGOMAN_R_CALLS_H
#define DRAGOMAN_R_CALLS_H

#define R_NO_REMAP
#include <Rinternals.h>
#include <dragoman.h>

dragoman_coder *coder_of(SEXP pointer); /* an error of R where it is none, or closed */

SEXP dragoman_r_version(void);
SEXP dragoman_r_open(SEXP tables, SEXP model, SEXP judge, SEXP sides);
SEXP dragoman_r_close(SEXP coder);
SEXP dragoman_r_is_open(SEXP pointer);
SEXP dragoman_r_texts(SEXP coder, SEXP product, SEXP stories, SEXP options, SEXP jobs);
SEXP dragoman_r_files(SEXP coder, SEXP product, SEXP paths, SEXP date, SEXP options, SEXP jobs,
                      SEXP progress);
SEXP dragoman_r_trees(SEXP coder, SEXP texts, SEXP ids);
SEXP dragoman_r_explain(SEXP coder, SEXP story, SEXP date);
SEXP dragoman_r_relate(SEXP coder, SEXP marked);
SEXP dragoman_r_rule(SEXP coder, SEXP id);
SEXP dragoman_r_check_tables(SEXP tables);
SEXP dragoman_r_store_open(SEXP where, SEXP writes);
SEXP dragoman_r_store_close(SEXP store);
SEXP dragoman_r_store_ingest(SEXP store, SEXP coder, SEXP from, SEXP date, SEXP options, SEXP jobs,
                             SEXP recode, SEXP progress, SEXP before);
SEXP dragoman_r_store_ask(SEXP store, SEXP question, SEXP options, SEXP as, SEXP file);

#endif
