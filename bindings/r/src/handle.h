/* handle.h - a coder or a store of the library in the hands of R: an external pointer, which ends
 * what it holds when it is closed or forgotten. */
#ifndef DRAGOMAN_R_HANDLE_H
#define DRAGOMAN_R_HANDLE_H

#define R_NO_REMAP
#include <Rinternals.h>
#include <stdbool.h>

typedef struct {
    const char *tag;
    void (*close)(SEXP pointer);
    const char *other, *closed; /* what is said of any other value, and of a closed one */
} handle_kind;

/* It holds nothing yet; the caller protects it. */
SEXP handle_new(const handle_kind *kind);
/* What it holds. An error of R where the value is another one, or closed. */
void *handle_of(const handle_kind *kind, SEXP value);
/* Any other value, and a closed one, is left alone. */
void handle_close(const handle_kind *kind, SEXP value);

#endif
