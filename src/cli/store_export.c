/* dragoman export: events of a store in any format that `code` writes, to the byte. */
#include "cli/store.h"

#include "output/text.h"

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
static bool write_meta(const dgm_arguments *arguments, dgm_store *store, const dgm_ask *ask)
{
    dgm_buffer runs = { 0 }, marks = { 0 };
    dgm_cli_account account = { .events = &ask->tally };
    dgm_err err = { 0 };
    if (!dgm_option_given(arguments, "meta"))
        return true;
    bool good = dgm_store_runs(store, put_run, &runs, &err) == DGM_OK &&
                dgm_store_runs(store, add_stories, &account.n_stored, &err) == DGM_OK &&
                dgm_ask_marks_json(store, &marks, &err) == DGM_OK;
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
    dgm_ask ask;
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    int code = DGM_EXIT_USAGE;
    if (dgm_ask_of(DGM_ASK_EXPORT, &arguments->options, &ask, &err) != DGM_OK) {
        dgm_cli_usage(arguments, &err);
    } else if (dgm_cli_load_writing(arguments, &ask.writing) &&
               dgm_cli_store(arguments, true, &store)) {
        code = dgm_cli_answer(arguments, &ask, store);
        dgm_cli_say_tally(arguments, &ask.tally);
        if (code == DGM_EXIT_OK && !write_meta(arguments, store, &ask))
            code = DGM_EXIT_REFUSED;
    }
    dgm_ask_done(&ask);
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
