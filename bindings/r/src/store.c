/* The store: one connection, for one thread. */
#include "calls.h"
#include "work.h"

#include <errno.h>
#include <string.h>

static void close_store(SEXP pointer)
{
    dragoman_store_close(R_ExternalPtrAddr(pointer));
    R_ClearExternalPtr(pointer);
}

/* list(store, and as work_answer()) */
SEXP dragoman_r_store_open(SEXP where, SEXP writes)
{
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    SEXP store = PROTECT(R_MakeExternalPtr(NULL, Rf_install("dragoman_store"), R_NilValue));
    R_RegisterCFinalizerEx(store, close_store, TRUE);
    dragoman_store *opened = NULL;
    const char *name = Rf_translateChar(STRING_ELT(where, 0));
    w->status = dragoman_store_open(name, Rf_asLogical(writes) == TRUE, &opened, w->message);
    if (w->status != DRAGOMAN_FAILED)
        R_SetExternalPtrAddr(store, opened);
    SEXP both = PROTECT(Rf_allocVector(VECSXP, 2));
    SET_VECTOR_ELT(both, 0, store);
    SET_VECTOR_ELT(both, 1, work_answer(pointer));
    UNPROTECT(3);
    return both;
}

SEXP dragoman_r_store_close(SEXP store)
{
    if (TYPEOF(store) == EXTPTRSXP && R_ExternalPtrTag(store) == Rf_install("dragoman_store"))
        close_store(store);
    return R_NilValue;
}

static dragoman_store *store_of(SEXP pointer)
{
    if (TYPEOF(pointer) != EXTPTRSXP || R_ExternalPtrTag(pointer) != Rf_install("dragoman_store"))
        Rf_error("this is no store of store_open()");
    dragoman_store *store = R_ExternalPtrAddr(pointer);
    if (!store)
        Rf_error("the store is closed, or comes from another session of R; "
                 "open it with store_open()");
    return store;
}

/* list(counts, and as work_answer()) of one input: a path, or stories as dragoman_r_texts() has
 * them, of which so many came before. */
SEXP dragoman_r_store_ingest(SEXP store, SEXP coder, SEXP from, SEXP date, SEXP options, SEXP jobs,
                             SEXP recode, SEXP progress, SEXP before)
{
    dragoman_store *opened = store_of(store);
    dragoman_coder *knowledge = coder_of(coder);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    w->progress = Rf_asLogical(progress) == TRUE;
    dragoman_input input = { .write = work_write,
                             .complain = work_complain,
                             .progress = work_progress,
                             .context = w,
                             .date = work_string(date, 0),
                             .options = work_options(options),
                             .jobs = (unsigned)Rf_asInteger(jobs) };
    if (TYPEOF(from) == STRSXP) {
        input.path = Rf_translateChar(STRING_ELT(from, 0));
    } else {
        work_put_stories(w, from, 0, XLENGTH(VECTOR_ELT(from, 0)));
        input.bytes = w->input.p;
        input.n = w->input.n;
        input.name = w->name = "texts";
        w->n_before = (size_t)Rf_asReal(before);
    }
    dragoman_ingested counts = { 0 };
    w->status = dragoman_store_ingest(opened, knowledge, &input, Rf_asLogical(recode) == TRUE,
                                      &counts, w->message);
    SEXP both = PROTECT(Rf_allocVector(VECSXP, 2)), figures = PROTECT(Rf_allocVector(REALSXP, 5));
    REAL(figures)[0] = (double)counts.n_read;
    REAL(figures)[1] = (double)counts.n_new;
    REAL(figures)[2] = (double)counts.n_there;
    REAL(figures)[3] = (double)counts.n_again;
    REAL(figures)[4] = (double)counts.n_failed;
    SET_VECTOR_ELT(both, 0, figures);
    SET_VECTOR_ELT(both, 1, work_answer(pointer));
    UNPROTECT(3);
    return both;
}

/* as: "events", "rows" (of any kind), or "file", whose name is `file`. */
SEXP dragoman_r_store_ask(SEXP store, SEXP question, SEXP options, SEXP as, SEXP file)
{
    dragoman_store *opened = store_of(store);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    const char *what = work_string(as, 0);
    if (strcmp(what, "file") == 0) {
        const char *name = Rf_translateChar(STRING_ELT(file, 0));
        w->file = fopen(name, "wb");
        if (!w->file)
            Rf_error("%s: %s", name, strerror(errno));
    } else {
        w->how = strcmp(what, "events") == 0 ? &rows_of_events : NULL;
        w->table = rows_table(w->how);
        if (!w->table)
            Rf_error("there is no memory");
    }
    w->status = dragoman_store_ask(opened, work_string(question, 0), work_options(options),
                                   work_write, w, w->message);
    SEXP answer = work_answer(pointer);
    UNPROTECT(1);
    return answer;
}
