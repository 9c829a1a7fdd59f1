/* dragoman export: events of a store in any format that `code` writes, to the byte. */
#include "cli/filters.h"

#include <stdlib.h>

typedef struct {
    dgm_output_options options;
    dgm_buffer buffer;
    FILE *out;
    uint64_t n;
    bool failed;
} job;

enum { FLUSHED = 1 << 20 };

static void flush(job *j)
{
    if (j->buffer.failed ||
        fwrite(j->buffer.p ? j->buffer.p : "", 1, j->buffer.n, j->out) != j->buffer.n)
        j->failed = true;
    j->buffer.n = 0;
}

static bool take(void *context, const dgm_record *record)
{
    job *j = context;
    dgm_write_record(&j->options, record, &j->buffer);
    j->n++;
    if (j->buffer.n >= FLUSHED || j->buffer.failed)
        flush(j);
    return !j->failed;
}

static int run(const dgm_arguments *arguments)
{
    job j = { .failed = false };
    dgm_filter filter;
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    int code = DGM_EXIT_USAGE;
    if (!dgm_output_format_of(dgm_view_of(dgm_option_value(arguments, "format")),
                              &j.options.format) ||
        !dgm_cli_filter(arguments, &filter) || !dgm_cli_store(arguments, &store))
        return code;
    code = DGM_EXIT_REFUSED;
    j.out = dgm_cli_output(arguments);
    if (j.out) {
        dgm_write_header(&j.options, &j.buffer);
        if (dgm_store_records(store, &filter, take, &j, &err) != DGM_OK) {
            dgm_cli_say(&err);
            j.failed = true;
        }
        dgm_write_footer(&j.options, &j.buffer);
        flush(&j);
        if (dgm_cli_close(arguments, j.out) && !j.failed)
            code = DGM_EXIT_OK;
    }
    dgm_buffer_done(&j.buffer);
    dgm_store_free(store);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB,
    { 'f', "format", "jsonl|csv|table", "format of the events", "jsonl" },
    DGM_OPTION_OUTPUT,
    DGM_OPTIONS_FILTER,
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
