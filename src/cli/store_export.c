/* dragoman export: events of a store in any format that `code` writes, to the byte. */
#include "cli/filters.h"

#include <stdlib.h>

typedef struct {
    dgm_output_options options;
    dgm_output *output;
    dgm_buffer buffer;
    bool failed;
} job;

enum { FLUSHED = 1 << 20 };

static void flush(job *j)
{
    dgm_err err;
    if (j->buffer.failed ||
        dgm_output_put(j->output, (dgm_view) { j->buffer.p, j->buffer.n }, &err) != DGM_OK)
        j->failed = true;
    j->buffer.n = 0;
}

static bool take(void *context, const dgm_record *record)
{
    job *j = context;
    dgm_write_record(&j->options, record, &j->buffer);
    if (j->buffer.n >= FLUSHED || j->buffer.failed)
        flush(j);
    return !j->failed;
}

/* Sets of pairs hold what plainly happened, unless the command line says what they are to hold. */
static bool asks_otherwise(const dgm_arguments *arguments)
{
    static const char *const options[] = { "polarity", "status", "speaker", "historical" };
    for (size_t i = 0; i < DGM_LEN(options); i++) {
        if (dgm_option_given(arguments, options[i]))
            return true;
    }
    return false;
}

static bool write_all(job *j, dgm_store *store, const dgm_filter *filter, FILE *out, dgm_err *err)
{
    if (dgm_output_open(&j->options, out, &j->output, err) != DGM_OK)
        return false;
    bool good = dgm_store_records(store, filter, take, j, err) == DGM_OK;
    flush(j);
    good = dgm_output_close(j->output, good ? err : NULL) == DGM_OK && good;
    return good && !j->failed;
}

static int run(const dgm_arguments *arguments)
{
    static const dgm_event_filter any = { DGM_FILTER_ANY, DGM_FILTER_ANY, DGM_FILTER_ANY,
                                          DGM_FILTER_ANY };
    job j = { .failed = false };
    dgm_filter filter;
    dgm_store *store = NULL;
    dgm_codes *codes = NULL;
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_err err = { 0 };
    int code = DGM_EXIT_USAGE;
    if (!dgm_output_format_of(dgm_view_of(dgm_option_value(arguments, "format")),
                              &j.options.format) ||
        !dgm_cli_filter(arguments, &filter))
        return code;
    const char *dir = dgm_output_is_dyadic(j.options.format) ? dgm_cli_tables_dir(arguments) : NULL;
    if (dir && dgm_codes_load(dir, &complaints, &codes, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return code;
    }
    j.options.codes = codes;
    j.options.filter = asks_otherwise(arguments) ? &any : NULL;
    if (dgm_cli_store(arguments, &store)) {
        FILE *out = dgm_cli_output(arguments);
        bool good = out && write_all(&j, store, &filter, out, &err);
        if (out && !good && !ferror(out)) /* else closing tells it */
            dgm_cli_say(&err);
        code = out && dgm_cli_close(arguments, out) && good ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
    }
    dgm_buffer_done(&j.buffer);
    dgm_codes_free(codes);
    dgm_store_free(store);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB, DGM_OPTION_FORMAT, DGM_OPTION_OUTPUT, DGM_OPTION_TABLES, DGM_OPTIONS_FILTER,
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
