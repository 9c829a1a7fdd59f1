/* The store: one connection, for one thread. */
#include "calls.h"
#include "handle.h"
#include "work.h"

#include <errno.h>
#include <string.h>

static void close_store(SEXP pointer)
{
    dragoman_store_close(R_ExternalPtrAddr(pointer));
    R_ClearExternalPtr(pointer);
}

static const handle_kind store_kind = {
    .tag = "dragoman_store",
    .close = close_store,
    .other = "this is no store of store_open()",
    .closed = "the store is closed, or comes from another session of R; "
              "open it with store_open()",
};

/* list(store, and as work_answer()) */
SEXP dragoman_r_store_open(SEXP where, SEXP writes)
{
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    SEXP store = PROTECT(handle_new(&store_kind));
    dragoman_store *opened = NULL;
    const char *name = Rf_translateChar(STRING_ELT(where, 0));
    w->status = dragoman_store_open(name, Rf_asLogical(writes) == TRUE, &opened, w->message);
    if (w->status != DRAGOMAN_FAILED)
        R_SetExternalPtrAddr(store, opened);
    SEXP both = work_answer_with(store, pointer);
    UNPROTECT(2);
    return both;
}

SEXP dragoman_r_store_close(SEXP store)
{
    handle_close(&store_kind, store);
    return R_NilValue;
}

/* list(counts, and as work_answer()) of one input: a path, or stories as dragoman_r_texts() has
 * them, of which so many came before. */
SEXP dragoman_r_store_ingest(SEXP store, SEXP coder, SEXP from, SEXP date, SEXP options, SEXP jobs,
                             SEXP recode, SEXP progress, SEXP before)
{
    dragoman_store *opened = handle_of(&store_kind, store);
    dragoman_coder *knowledge = coder_of(coder);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    w->progress = Rf_asLogical(progress) == TRUE;
    dragoman_input input = work_input(w, options, jobs);
    input.date = work_string(date, 0);
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
    SEXP figures = PROTECT(Rf_allocVector(REALSXP, 5));
    REAL(figures)[0] = (double)counts.n_read;
    REAL(figures)[1] = (double)counts.n_new;
    REAL(figures)[2] = (double)counts.n_there;
    REAL(figures)[3] = (double)counts.n_again;
    REAL(figures)[4] = (double)counts.n_failed;
    SEXP both = work_answer_with(figures, pointer);
    UNPROTECT(2);
    return both;
}

/* as: "events", "rows" (of any kind), "text", or "file", whose name is `file`. */
SEXP dragoman_r_store_ask(SEXP store, SEXP question, SEXP options, SEXP as, SEXP file)
{
    dragoman_store *opened = handle_of(&store_kind, store);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    const char *what = work_string(as, 0);
    if (strcmp(what, "file") == 0) {
        const char *name = Rf_translateChar(STRING_ELT(file, 0));
        w->file = fopen(name, "wb");
        if (!w->file)
            Rf_error("%s: %s", name, strerror(errno));
    } else if (strcmp(what, "text") != 0) {
        work_make_rows(w, strcmp(what, "events") == 0 ? &rows_of_events : NULL);
    }
    w->status = dragoman_store_ask(opened, work_string(question, 0), work_options(options),
                                   work_write, w, w->message);
    SEXP answer = work_answer(pointer);
    UNPROTECT(1);
    return answer;
}
