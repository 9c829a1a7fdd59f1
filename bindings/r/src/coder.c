/* The coder: texts, files, and what is asked of one text. */
#include "calls.h"
#include "handle.h"
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening -------------------------------------------------------------------------------- */

static void close_coder(SEXP pointer)
{
    dragoman_close(R_ExternalPtrAddr(pointer));
    R_ClearExternalPtr(pointer);
}

static const handle_kind coder_kind = {
    .tag = "dragoman_coder",
    .close = close_coder,
    .other = "this is no coder of dragoman_open()",
    .closed = "the coder is closed, or comes from another session of R; "
              "open one with dragoman_open()",
};

/* list(coder, and as work_answer()) */
SEXP dragoman_r_open(SEXP tables, SEXP model, SEXP judge, SEXP sides)
{
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    SEXP coder = PROTECT(handle_new(&coder_kind));
    dragoman_knowledge knowledge = { .tables = work_string(tables, 0),
                                     .model = work_string(model, 0),
                                     .judge = work_string(judge, 0),
                                     .sides = work_string(sides, 0),
                                     .complain = work_complain,
                                     .context = w };
    dragoman_coder *opened = NULL;
    w->status = dragoman_open_with(&knowledge, &opened, w->message);
    if (w->status != DRAGOMAN_FAILED)
        R_SetExternalPtrAddr(coder, opened);
    SEXP both = work_answer_with(coder, pointer);
    UNPROTECT(2);
    return both;
}

SEXP dragoman_r_close(SEXP coder)
{
    handle_close(&coder_kind, coder);
    return R_NilValue;
}

SEXP dragoman_r_is_open(SEXP pointer)
{
    return Rf_ScalarLogical(TYPEOF(pointer) == EXTPTRSXP && R_ExternalPtrAddr(pointer));
}

dragoman_coder *coder_of(SEXP pointer)
{
    return handle_of(&coder_kind, pointer);
}

SEXP dragoman_r_version(void)
{
    return Rf_mkString(dragoman_version());
}

/* ---- coding --------------------------------------------------------------------------------- */

static const rows *rows_of_product(int product)
{
    switch (product) {
    case DRAGOMAN_EVENTS:
        return &rows_of_events;
    case DRAGOMAN_QUOTES:
        return &rows_of_quotes;
    case DRAGOMAN_PLACES:
        return &rows_of_places;
    case DRAGOMAN_TIMES:
        return &rows_of_times;
    case DRAGOMAN_STORIES:
        return &rows_of_stories;
    default:
        Rf_error("there is no product %d", product);
    }
}

/* What one call said, together with what the calls before it said. */
static bool goes_on(work *w, dragoman_status status)
{
    if (status > w->status)
        w->status = status;
    return status != DRAGOMAN_FAILED && !w->broken && !work_interrupted(w);
}

/* Some texts at a time, since each call has to set up a reader: enough for all threads, and few
 * enough that Ctrl-C is heard soon where no text of them has an event. */
enum { N_TEXTS = 64 };

SEXP dragoman_r_texts(SEXP coder, SEXP product, SEXP stories, SEXP options, SEXP jobs)
{
    dragoman_coder *opened = coder_of(coder);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    work_make_rows(w, rows_of_product(Rf_asInteger(product)));
    dragoman_input input = work_input(w, options, jobs);
    input.product = (dragoman_product)Rf_asInteger(product);
    input.name = w->name = "texts";
    R_xlen_t n = XLENGTH(VECTOR_ELT(stories, 0)),
             n_step = N_TEXTS * (R_xlen_t)(input.jobs ? input.jobs : 1);
    for (R_xlen_t i = 0, to; i < n; i = to) {
        to = n - i < n_step ? n : i + n_step;
        w->input.n = 0;
        work_put_stories(w, stories, i, to);
        input.bytes = w->input.p;
        input.n = w->input.n;
        w->n_before = (size_t)i;
        if (w->input.failed || !goes_on(w, dragoman_code_input(opened, &input, w->message)))
            break;
    }
    SEXP answer = work_answer(pointer);
    UNPROTECT(1);
    return answer;
}

/* Codes one file. One that cannot be read is complained about, and the others are read, as
 * `dragoman code` does; where none can be, what is said of the first is the error. */
static dragoman_status code_file(dragoman_coder *opened, const dragoman_input *input, work *w,
                                 R_xlen_t *n_failed)
{
    char why[DRAGOMAN_MESSAGE] = "";
    dragoman_status status = dragoman_code_input(opened, input, why);
    if (status != DRAGOMAN_FAILED)
        return status;
    if ((*n_failed)++ == 0)
        snprintf(w->message, sizeof w->message, "%s", why);
    work_complain(w, why);
    return DRAGOMAN_REFUSED;
}

SEXP dragoman_r_files(SEXP coder, SEXP product, SEXP paths, SEXP date, SEXP options, SEXP jobs,
                      SEXP progress)
{
    dragoman_coder *opened = coder_of(coder);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    work_make_rows(w, rows_of_product(Rf_asInteger(product)));
    w->progress = Rf_asLogical(progress) == TRUE;
    dragoman_input input = work_input(w, options, jobs);
    input.product = (dragoman_product)Rf_asInteger(product);
    input.date = work_string(date, 0);
    R_xlen_t n_failed = 0;
    for (R_xlen_t i = 0; i < XLENGTH(paths); i++) {
        input.path = Rf_translateChar(STRING_ELT(paths, i));
        if (!goes_on(w, code_file(opened, &input, w, &n_failed)))
            break;
    }
    if (n_failed > 0 && n_failed == XLENGTH(paths))
        w->status = DRAGOMAN_FAILED;
    SEXP answer = work_answer(pointer);
    UNPROTECT(1);
    return answer;
}

/* ---- one text at a time --------------------------------------------------------------------- */

SEXP dragoman_r_trees(SEXP coder, SEXP texts, SEXP ids)
{
    dragoman_coder *opened = coder_of(coder);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    w->table = rows_table_of_words();
    if (!w->table)
        Rf_error("there is no memory");
    for (R_xlen_t i = 0; i < XLENGTH(texts) && !work_interrupted(w); i++) {
        const char *story = work_string(texts, i), *id = work_string(ids, i);
        if (!story)
            continue;
        char *made = dragoman_make(opened, DRAGOMAN_TREES, story, strlen(story), NULL, w->message);
        w->status = made ? w->status : DRAGOMAN_FAILED;
        w->broken = made && !rows_put_words(w->table, id ? id : "", made, strlen(made));
        dragoman_free(made);
        if (!made || w->broken)
            break;
    }
    SEXP answer = work_answer(pointer);
    UNPROTECT(1);
    return answer;
}

/* One text of the library for R; ends it. */
static SEXP answer_of(SEXP pointer, work *w, char *made)
{
    if (made)
        text_put_string(&w->bytes, made);
    else
        w->status = DRAGOMAN_FAILED;
    dragoman_free(made);
    w->broken = w->bytes.failed;
    return work_answer(pointer);
}

SEXP dragoman_r_explain(SEXP coder, SEXP story, SEXP date)
{
    dragoman_coder *opened = coder_of(coder);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    const char *words = work_string(story, 0);
    char *made = dragoman_make(opened, DRAGOMAN_EXPLANATION, words ? words : "",
                               words ? strlen(words) : 0, work_string(date, 0), w->message);
    SEXP answer = answer_of(pointer, w, made);
    UNPROTECT(1);
    return answer;
}

/* A row of one line of the library, which is ended; false: there is none. */
static bool put_made(work *w, char *made)
{
    if (!made)
        w->status = DRAGOMAN_FAILED;
    else
        w->broken = !rows_put(w->table, NULL, made, strlen(made));
    dragoman_free(made);
    return w->status != DRAGOMAN_FAILED && !w->broken;
}

/* Rows of what dragoman_relate() says of each marked sentence. */
SEXP dragoman_r_relate(SEXP coder, SEXP marked)
{
    dragoman_coder *opened = coder_of(coder);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    work_make_rows(w, NULL);
    for (R_xlen_t i = 0; i < XLENGTH(marked) && !work_interrupted(w); i++) {
        const char *sentence = work_string(marked, i);
        if (!sentence)
            sentence = "";
        if (!put_made(w, dragoman_relate(opened, sentence, strlen(sentence), w->message)))
            break;
    }
    SEXP answer = work_answer(pointer);
    UNPROTECT(1);
    return answer;
}

SEXP dragoman_r_rule(SEXP coder, SEXP id)
{
    dragoman_coder *opened = coder_of(coder);
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    work_make_rows(w, NULL);
    const char *name = work_string(id, 0);
    put_made(w, dragoman_rule(opened, name ? name : "", w->message));
    SEXP answer = work_answer(pointer);
    UNPROTECT(1);
    return answer;
}

SEXP dragoman_r_check_tables(SEXP tables)
{
    work *w;
    SEXP pointer = PROTECT(work_new(&w));
    w->status = dragoman_check_tables(work_string(tables, 0), work_complain, w, w->message);
    SEXP answer = work_answer(pointer);
    UNPROTECT(1);
    return answer;
}
