/* dragoman read: stories as they were understood, without coding them. */
#include "cli/cli.h"

typedef struct {
    const dgm_inputs *inputs;
    FILE *out;
} job;

/* What has been read does not wait for what is to come. */
static bool put(void *context, dgm_view line)
{
    const job *j = context;
    return dgm_put_in_file(j->out, line) && (!dgm_inputs_wait(j->inputs) || fflush(j->out) == 0);
}

static int read_stories(const dgm_arguments *arguments)
{
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_reader_options options;
    dgm_left_out left_out = { 0 };
    dgm_err err = { 0 };
    dgm_cli_report report;
    dgm_progress bar = { .out = NULL };
    if (!dgm_cli_reading_begin(arguments, &options, &complaints, &report, &left_out))
        return DGM_EXIT_USAGE;
    options.date_optional = options.tell_language = true;
    dgm_inputs *inputs = dgm_cli_inputs(arguments, &options);
    FILE *out = inputs ? dgm_cli_output(arguments) : NULL;
    job j = { inputs, out };
    bool good = out && dgm_read_all(inputs, &bar, put, &j, &err) == DGM_OK;
    if (err.status != DGM_OK)
        dgm_cli_report_say(&report, &err);
    dgm_cli_report_summary(arguments, &report, &left_out);
    good = dgm_cli_report_end(&report) && good;
    if (out) {
        good = dgm_cli_close(arguments, out) && good;
    }
    dgm_inputs_free(inputs);
    return good && complaints.n == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

static const dgm_option options[] = { DGM_OPTION_OUTPUT, DGM_OPTIONS_READING, DGM_OPTION_ERRORS,
                                      DGM_OPTION_RECURSIVE };

const dgm_command dgm_command_read = {
    .name = "read",
    .operands = "[FILE...]",
    .summary = "Read stories and write them as understood, without coding them",
    .more =
        "JSON Lines, one story per line: id, date, date_basis (where the date came from), title,\n"
        "source, url, language, text. `dragoman read FILE | dragoman code` gives the same events\n"
        "as `dragoman code FILE`. Reads the same inputs as `code`; a date is not needed. No "
        "model\n"
        "and no tables are loaded.",
    .options = options,
    .n_options = DGM_LEN(options),
    .max_operands = SIZE_MAX,
    .run = read_stories,
};
