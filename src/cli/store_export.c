/* dragoman export: events of a store in any format that `code` writes, to the byte. */
#include "cli/filters.h"
#include "cli/marks.h"

#include "output/text.h"

typedef struct {
    dgm_writing writing;
    dgm_tally tally;
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
    j->status = dgm_output_open(&j->writing.options, dgm_put_in_file, out, &j->output, &j->err);
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

/* ---- --meta --------------------------------------------------------------------------------- */

static bool put_run(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *runs = context;
    (void)n;
    dgm_buffer_put(runs, runs->n ? DGM_VIEW(",{") : DGM_VIEW("{"));
    dgm_json_text(runs, "version", cells[0].text);
    dgm_json_text(runs, "tables", cells[1].text);
    dgm_json_text(runs, "begun", cells[2].text);
    dgm_json_number(runs, "stories", (double)cells[3].integer);
    dgm_buffer_put(runs, DGM_VIEW("}"));
    return true;
}

static bool add_stories(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    *(uint64_t *)context += (uint64_t)cells[3].integer;
    return true;
}

/* What coded the stories stands in the store. */
static bool write_meta(const dgm_arguments *arguments, dgm_store *store, const job *j)
{
    dgm_buffer runs = { 0 }, marks = { 0 };
    dgm_cli_account account = { .events = &j->tally };
    dgm_err err = { 0 };
    if (!dgm_option_given(arguments, "meta"))
        return true;
    bool good = dgm_store_runs(store, put_run, &runs, &err) == DGM_OK &&
                dgm_store_runs(store, add_stories, &account.n_stored, &err) == DGM_OK &&
                dgm_cli_marks_json(store, &marks, &err) == DGM_OK;
    account.runs = (dgm_view) { runs.p, runs.n };
    account.marks = (dgm_view) { marks.p, marks.n };
    if (!good)
        dgm_cli_say(&err);
    good = good && dgm_cli_write_meta(arguments, &account);
    dgm_buffer_done(&runs);
    dgm_buffer_done(&marks);
    return good;
}

static int run(const dgm_arguments *arguments)
{
    job j = { .status = DGM_OK };
    dgm_filter filter;
    dgm_store *store = NULL;
    int code = DGM_EXIT_USAGE;
    if (!dgm_cli_writing(arguments, &j.writing) || !dgm_cli_filter(arguments, &filter) ||
        !dgm_cli_store(arguments, true, &store))
        goto end;
    /* One a day of those that the format takes, not one that it then leaves out. */
    if (filter.one_a_day && dgm_output_is_dyadic(j.writing.options.format) && !filter.polarity &&
        !filter.status)
        filter.plain = true;
    code = DGM_EXIT_REFUSED;
    j.writing.options.tally = &j.tally;
    FILE *out = dgm_cli_output(arguments);
    if (out) {
        write_all(&j, store, &filter, out);
        if (j.status != DGM_OK)
            dgm_cli_say(&j.err);
        dgm_cli_say_tally(arguments, &j.tally);
        if (dgm_cli_close(arguments, out) && j.status == DGM_OK && write_meta(arguments, store, &j))
            code = DGM_EXIT_OK;
    }
end:
    dgm_buffer_done(&j.buffer);
    dgm_writing_done(&j.writing);
    dgm_store_free(store);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB,     DGM_OPTIONS_WRITING, DGM_OPTION_META,
    DGM_OPTION_OUTPUT, DGM_OPTION_TABLES,   DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_export = {
    .name = "export",
    .operands = "",
    .summary = "Write events of a store in any format",
    .more = "Writes the same bytes as `code -f FORMAT` for the same events, in the order in which\n"
            "the stories were stored.\n\n" DGM_HELP_WRITING,
    .options = options,
    .n_options = DGM_LEN(options),
    .run = run,
};
