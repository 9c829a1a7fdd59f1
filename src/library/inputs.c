/* The promises of include/dragoman.h about many stories. */
#include "library/coder.h"
#include "library/making.h"
#include "library/reader.h"
#include "story/run.h"

#include <stdlib.h>

typedef struct {
    const dragoman_coder *coder;
    library_reader reader;
    dgm_making making;
    bool ended;        /* by the caller */
    dgm_status status; /* what ends the run besides */
    dgm_err err;
    size_t n_refused; /* stories that could not be coded */
} job;

/* ---- the sink ------------------------------------------------------------------------------- */

static bool put(void *context, dgm_view bytes)
{
    job *j = context;
    const dragoman_input *input = j->reader.input;
    if (!j->ended && input->write(input->context, bytes.p, bytes.n) != 0)
        j->ended = true;
    return !j->ended;
}

static void write_story(void *context, uint32_t i_slot, dgm_document *doc, dgm_buffer *out)
{
    const job *j = context;
    (void)i_slot;
    dgm_making_write(&j->making, j->coder->knowledge, doc, NULL, out);
}

static bool put_story(void *context, uint32_t i_slot, dgm_view bytes, const dgm_err *where)
{
    job *j = context;
    dgm_err err;
    (void)i_slot, (void)where;
    if (j->status != DGM_OK)
        return false;
    if (bytes.n == 0)
        return put(j, (dgm_view) { "", 0 });
    dgm_status status = dgm_making_put(&j->making, bytes, &err);
    if (status != DGM_OK && !j->ended) {
        j->status = status;
        j->err = err;
    }
    return status == DGM_OK;
}

/* A story that cannot be coded is complained about; where memory is the reason, the run ends. */
static void refuse(void *context, uint32_t i_slot, const dgm_err *err)
{
    job *j = context;
    (void)i_slot;
    if (err->status == DGM_ENOMEM && j->status == DGM_OK) {
        j->status = DGM_ENOMEM;
        j->err = *err;
        return;
    }
    j->n_refused++;
    library_complain(&j->reader.listener, err);
}

/* ---- running -------------------------------------------------------------------------------- */

static dgm_status run(job *j, dgm_err *err)
{
    const dgm_sink sink = { .write = write_story,
                            .put = put_story,
                            .refuse = refuse,
                            .context = j,
                            .parse_only = dgm_making_parses_only(&j->making),
                            .explain = j->making.product == DGM_MAKES_EXPLANATION };
    library_reader *r = &j->reader;
    if (j->making.product == DGM_MAKES_STORIES)
        return dgm_read_all(r->inputs, &r->bar, put, j, err);
    dgm_status status = dgm_making_begin(&j->making, put, j, err);
    if (status == DGM_OK)
        status =
            dgm_run(j->coder->knowledge, r->inputs, library_jobs(r->input), &sink, &r->bar, err);
    bool good = status == DGM_OK && j->status == DGM_OK;
    dgm_status end = dgm_making_end(&j->making, good ? err : NULL);
    if (j->ended)
        return DGM_OK;
    if (status == DGM_OK && j->status != DGM_OK)
        *err = j->err;
    return status != DGM_OK ? status : j->status != DGM_OK ? j->status : end;
}

static dgm_status prepare(job *j, const dragoman_input *input, dgm_err *err)
{
    dgm_options options;
    size_t n = 0;
    dgm_making_kind product = (dgm_making_kind)input->product;
    if ((unsigned)input->product >= DGM_N_PRODUCTS || !input->write)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "%s",
                        input->write ? "there is no such product" : "`write` is not set");
    const dgm_option *rows = dgm_making_rows(product, &n);
    dgm_options_init(&options, rows, n, NULL, 0);
    dgm_status status = dgm_options_set_all(&options, input->options, err);
    if (status == DGM_OK)
        status = dgm_making_of(&options, product, &j->making, err);
    if (status == DGM_OK)
        status = dgm_writing_load(&j->making.writing, j->coder->tables, NULL, err);
    if (status == DGM_OK)
        status = library_reader_open(&j->reader, input, &options, product, err);
    return status;
}

dragoman_status dragoman_code_input(dragoman_coder *coder, const dragoman_input *input,
                                    char message[DRAGOMAN_MESSAGE])
{
    dgm_err err = { .status = DGM_OK };
    job *j = calloc(1, sizeof(*j));
    if (!j) {
        dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for the input");
        return library_fail(message, &err);
    }
    j->coder = coder;
    dgm_status status = prepare(j, input, &err);
    if (status == DGM_OK)
        status = run(j, &err);
    bool refused = j->reader.complaints.n + j->n_refused > 0;
    library_reader_done(&j->reader);
    dgm_writing_done(&j->making.writing);
    free(j);
    if (status != DGM_OK)
        return library_fail(message, &err);
    return refused ? DRAGOMAN_REFUSED : DRAGOMAN_OK;
}
