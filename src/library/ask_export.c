/* export: events of a store in any format that `code` writes, to the byte. */
#include "library/ask_parts.h"

typedef struct {
    const dgm_output_options *options;
    dgm_reply *reply;
    dgm_output *output;
    dgm_buffer buffer;
    dgm_err *err;
    dgm_status status;
} job;

enum { FLUSHED = 1 << 20 };

static bool put(void *context, dgm_view bytes)
{
    return dgm_reply_put(context, bytes);
}

static bool flush(job *j)
{
    if (j->buffer.failed)
        j->status = dgm_fail(j->err, DGM_ENOMEM, NULL, 0, "no memory for the output");
    else if (j->buffer.n > 0)
        j->status = dgm_output_put(j->output, (dgm_view) { j->buffer.p, j->buffer.n }, j->err);
    j->buffer.n = 0;
    return j->status == DGM_OK;
}

static bool take(void *context, const dgm_record *record)
{
    job *j = context;
    dgm_write_record(j->options, record, &j->buffer);
    return (j->buffer.n < FLUSHED && !j->buffer.failed) || flush(j);
}

/* dgm_output_close() ends the output whatever came before; the first failure is told. */
dgm_status ask_export(dgm_ask *ask, dgm_store *store, dgm_reply *reply, dgm_err *err)
{
    dgm_filter filter = ask->filter;
    job j = { .options = &ask->writing.options, .reply = reply, .err = err };
    /* One a day of those that the format takes, not one that it then leaves out. */
    if (filter.one_a_day && dgm_output_is_dyadic(ask->writing.options.format) && !filter.polarity &&
        !filter.status)
        filter.plain = true;
    ask->writing.options.tally = &ask->tally;
    j.status = dgm_output_open(j.options, put, reply, &j.output, err);
    if (j.status != DGM_OK)
        return reply->cut ? DGM_OK : j.status;
    dgm_status status = dgm_store_records(store, &filter, take, &j, err);
    if (j.status == DGM_OK)
        j.status = status;
    if (j.status == DGM_OK)
        flush(&j);
    bool good = j.status == DGM_OK;
    status = dgm_output_close(j.output, good ? err : NULL);
    dgm_buffer_done(&j.buffer);
    return reply->cut ? DGM_OK : good ? status : j.status;
}
