#include "handle.h"

SEXP handle_new(const handle_kind *kind)
{
    SEXP pointer = PROTECT(R_MakeExternalPtr(NULL, Rf_install(kind->tag), R_NilValue));
    R_RegisterCFinalizerEx(pointer, kind->close, TRUE);
    UNPROTECT(1);
    return pointer;
}

static bool is_one(const handle_kind *kind, SEXP value)
{
    return TYPEOF(value) == EXTPTRSXP && R_ExternalPtrTag(value) == Rf_install(kind->tag);
}

void *handle_of(const handle_kind *kind, SEXP value)
{
    void *held = is_one(kind, value) ? R_ExternalPtrAddr(value) : NULL;
    if (!held)
        Rf_error("%s", is_one(kind, value) ? kind->closed : kind->other);
    return held;
}

void handle_close(const handle_kind *kind, SEXP value)
{
    if (is_one(kind, value))
        kind->close(value);
}
