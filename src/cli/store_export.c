/* dragoman export: events of a store in any format that `code` writes, to the byte. */
#include "cli/filters.h"

typedef struct {
    dgm_cli_writing writing;
    dgm_output *output;
    dgm_buffer buffer;
    dgm_err err;
    dgm_status status;
} job;

enum { FLUSHED = 1 << 20 };

static bool flush(job *j)
{
    if (j->buffer.failed)
        j->status = dgm_fail(&j->err, DGM_ENOMEM, NULL, 0, "no memory for the output");
    else if (j->buffer.n > 0)
        j->status = dgm_output_put(j->output, (dgm_view) { j->buffer.p, j->buffer.n }, &j->err);
    j->buffer.n = 0;
    return j->status == DGM_OK;
}

static bool take(void *context, const dgm_record *record)
{
    job *j = context;
    dgm_write_record(&j->writing.options, record, &j->buffer);
    return (j->buffer.n < FLUSHED && !j->buffer.failed) || flush(j);
}

/* dgm_output_close() ends the output whatever came before; the first failure is told. */
static void write_all(job *j, dgm_store *store, const dgm_filter *filter, FILE *out)
{
    j->status = dgm_output_open(&j->writing.options, out, &j->output, &j->err);
    if (j->status != DGM_OK)
        return;
    dgm_status status = dgm_store_records(store, filter, take, j, &j->err);
    if (j->status == DGM_OK)
        j->status = status;
    if (j->status == DGM_OK)
        flush(j);
    bool good = j->status == DGM_OK;
    status = dgm_output_close(j->output, good ? &j->err : NULL);
    if (good)
        j->status = status;
}

static int run(const dgm_arguments *arguments)
{
    job j = { .status = DGM_OK };
    dgm_filter filter;
    dgm_store *store = NULL;
    int code = DGM_EXIT_USAGE;
    if (!dgm_cli_output_options(arguments, &j.writing) || !dgm_cli_filter(arguments, &filter) ||
        !dgm_cli_store(arguments, true, &store))
        goto end;
    /* One a day of those that the format takes, not one that it then leaves out. */
    if (filter.one_a_day && dgm_output_is_dyadic(j.writing.options.format) && !filter.polarity &&
        !filter.status)
        filter.plain = true;
    code = DGM_EXIT_REFUSED;
    FILE *out = dgm_cli_output(arguments);
    if (out) {
        write_all(&j, store, &filter, out);
        if (j.status != DGM_OK)
            dgm_cli_say(&j.err);
        if (dgm_cli_close(arguments, out) && j.status == DGM_OK)
            code = DGM_EXIT_OK;
    }
end:
    dgm_buffer_done(&j.buffer);
    dgm_cli_output_options_done(&j.writing);
    dgm_store_free(store);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB, DGM_OPTIONS_WRITING, DGM_OPTION_OUTPUT, DGM_OPTION_TABLES, DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_export = {
    .name = "export",
    .operands = "",
    .summary = "Write events of a store in any format",
    .more = "The same bytes as `code -f FORMAT` writes for the same events, in the order in which\n"
            "the stories came into the store.",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = run,
};
