/* The promises of include/dragoman.h about stores. */
#include "dragoman.h"

#include "library/ask.h"
#include "library/coder.h"
#include "library/places.h"
#include "library/reader.h"
#include "library/storing.h"

#include <stdlib.h>
#include <string.h>

struct dragoman_store {
    dgm_store *store;
    bool writes;
};

dragoman_status dragoman_store_open(const char *where, int writes, dragoman_store **out,
                                    char message[DRAGOMAN_MESSAGE])
{
    dgm_err err = { .status = DGM_OK };
    if (!where || !where[0]) { /* SQLite would keep a nameless one until it is closed */
        dgm_fail(&err, DGM_EUSAGE, NULL, 0, "a store needs a name: a file, or postgresql://...");
        return library_fail(message, &err);
    }
    dragoman_store *store = calloc(1, sizeof(*store));
    dgm_status status =
        store ? (writes ? dgm_store_open : dgm_store_open_to_read)(where, &store->store, &err)
              : dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for a store");
    if (status != DGM_OK) {
        free(store);
        return library_fail(message, &err);
    }
    store->writes = writes != 0;
    *out = store;
    return DRAGOMAN_OK;
}

void dragoman_store_close(dragoman_store *store)
{
    if (!store)
        return;
    dgm_store_free(store->store);
    free(store);
}

/* ---- ingesting ------------------------------------------------------------------------------ */

typedef struct {
    library_reader reader;
    dgm_storing storing;
    volatile sig_atomic_t stop; /* the caller, or memory, ends it */
    dgm_err err;                /* of memory */
} job;

/* Between stories, in the caller's thread. */
static void look_up(void *context, uint64_t done, uint64_t total)
{
    job *j = context;
    const dragoman_input *input = j->reader.input;
    if (input->progress)
        input->progress(input->context, done, total);
    if (input->write && !j->stop && input->write(input->context, "", 0) != 0)
        j->stop = 1;
}

static void refuse(void *context, const dgm_err *err)
{
    job *j = context;
    if (err->status != DGM_ENOMEM) {
        library_complain(&j->reader.listener, err);
        return;
    }
    j->stop = 1;
    j->err = *err;
}

static dgm_status prepare(job *j, const dragoman_coder *coder, const dragoman_input *input,
                          dgm_err *err)
{
    dgm_options options;
    size_t n = 0;
    const dgm_option *rows = dgm_making_rows(DGM_MAKES_PLACES, &n); /* how stories are read */
    dgm_options_init(&options, rows, n, NULL, 0);
    dgm_status status = dgm_options_set_all(&options, input->options, err);
    if (status == DGM_OK)
        status = dgm_hash_tables(coder->tables, coder->model, j->storing.tables, err);
    if (status == DGM_OK)
        status = library_reader_open(&j->reader, input, &options, DGM_MAKES_EVENTS, err);
    j->reader.bar.tell = look_up;
    j->reader.bar.context = j;
    return status;
}

dragoman_status dragoman_store_ingest(dragoman_store *store, dragoman_coder *coder,
                                      const dragoman_input *input, int recode,
                                      dragoman_ingested *counts, char message[DRAGOMAN_MESSAGE])
{
    dgm_err err = { .status = DGM_OK };
    if (!store->writes) {
        dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                 "the store was opened to ask only: it takes no stories");
        return library_fail(message, &err);
    }
    job *j = calloc(1, sizeof(*j));
    if (!j) {
        dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for the input");
        return library_fail(message, &err);
    }
    dgm_storing *s = &j->storing;
    *s = (dgm_storing) { .coder = coder->knowledge,
                         .store = store->store,
                         .stop = &j->stop,
                         .recode = recode != 0,
                         .refuse = refuse,
                         .context = j };
    dgm_status status = prepare(j, coder, input, &err);
    if (status == DGM_OK)
        status = dgm_storing_run(s, j->reader.inputs, library_jobs(input), &j->reader.bar, &err);
    if (status == DGM_OK && j->err.status != DGM_OK) {
        status = j->err.status;
        err = j->err;
    }
    uint64_t n_failed = s->n_bad + j->reader.complaints.n;
    if (counts)
        *counts = (dragoman_ingested) { .n_read = s->n_read,
                                        .n_new = s->n_new,
                                        .n_there = s->n_there,
                                        .n_again = s->n_again,
                                        .n_failed = n_failed };
    library_reader_done(&j->reader);
    free(j);
    if (status != DGM_OK)
        return library_fail(message, &err);
    return n_failed > 0 ? DRAGOMAN_REFUSED : DRAGOMAN_OK;
}

/* ---- asking --------------------------------------------------------------------------------- */

typedef struct {
    dragoman_write_fn write;
    void *context;
} writer;

static bool put(void *context, dgm_view bytes)
{
    const writer *w = context;
    return w->write(w->context, bytes.p, bytes.n) == 0;
}

/* Words of a filter are checked against tables, and formats have codes of theirs. */
static dgm_status with_tables(dgm_ask *ask, const dgm_options *options, dgm_store *store,
                              dgm_err *err)
{
    char dirs[DGM_MAX_FOLDER_LIST];
    bool needed = dgm_output_needs_codes(ask->writing.options.format);
    dgm_status status = dgm_tables_find(NULL, NULL, dirs, sizeof dirs, err);
    if (status != DGM_OK && needed)
        return status;
    status = dgm_filter_check_words(options, status == DGM_OK ? dirs : NULL, store, NULL, err);
    return status == DGM_OK ? dgm_writing_load(&ask->writing, dirs, NULL, err) : status;
}

dragoman_status dragoman_store_ask(dragoman_store *store, const char *question,
                                   const char *const *options, dragoman_write_fn write,
                                   void *context, char message[DRAGOMAN_MESSAGE])
{
    dgm_err err = { .status = DGM_OK };
    dgm_options set;
    dgm_ask ask = { .kind = DGM_ASK_QUERY };
    dgm_ask_kind kind = DGM_ASK_QUERY;
    writer to = { write, context };
    dgm_reply reply = { .put = put, .context = &to };
    size_t n = 0;
    dgm_status status = question && write
                            ? dgm_ask_kind_of(question, &kind, &err)
                            : dgm_fail(&err, DGM_EUSAGE, NULL, 0, "%s",
                                       question ? "`write` is not set" : "no question is asked");
    const dgm_option *rows = dgm_ask_rows(kind, &n);
    dgm_options_init(&set, rows, n, NULL, 0);
    if (status == DGM_OK)
        status = dgm_options_set_all(&set, options, &err);
    if (status == DGM_OK)
        status = dgm_ask_of(kind, &set, &ask, &err);
    if (status == DGM_OK)
        status = with_tables(&ask, &set, store->store, &err);
    if (status == DGM_OK)
        status = dgm_ask_answer(&ask, store->store, NULL, &reply, &err);
    dgm_ask_done(&ask);
    return status == DGM_OK ? DRAGOMAN_OK : library_fail(message, &err);
}
