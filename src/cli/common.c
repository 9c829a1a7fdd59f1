/* What the subcommands share: messages, where knowledge lies, readers and output as options say. */
#include "cli/cli.h"

#include "syntax/model_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void dgm_cli_say(const dgm_err *err)
{
    char text[1200];           /* an escape is up to four times as long as what it stands for */
    if (isatty(STDERR_FILENO)) /* where a bar may be */
        fputs("\r\033[K", stderr);
    fprintf(stderr, "dragoman: %s\n", dgm_err_text(err, text, sizeof text));
}

int dgm_cli_no_memory(void)
{
    dgm_err err = { 0 };
    (void)dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for the work");
    dgm_cli_say(&err);
    return DGM_EXIT_REFUSED;
}

int dgm_cli_usage(const dgm_arguments *arguments, const dgm_err *err)
{
    dgm_cli_say(err);
    fprintf(stderr, "see `dragoman %s --help`\n", arguments->command->name);
    return DGM_EXIT_USAGE;
}

static void complain(void *context, const dgm_err *err)
{
    (void)context;
    dgm_cli_say(err);
}

dgm_complaints dgm_cli_complaints(void)
{
    return (dgm_complaints) { .fn = complain, .most = DGM_COMPLAINTS_SHOWN };
}

void dgm_cli_complaints_end(const dgm_complaints *complaints)
{
    if (complaints->most > 0 && complaints->n > complaints->most)
        fprintf(stderr, "dragoman: and %zu more, %zu in all\n", complaints->n - complaints->most,
                complaints->n);
}

/* ---- knowledge ------------------------------------------------------------------------------ */

const char *dgm_cli_tables_if_any(const dgm_arguments *arguments)
{
    const dgm_settings *s = arguments->settings;
    return s && s->err.status == DGM_OK ? s->tables : NULL;
}

const char *dgm_cli_tables_dir(const dgm_arguments *arguments)
{
    const char *tables = dgm_cli_tables_if_any(arguments);
    if (!tables && arguments->settings)
        dgm_cli_say(&arguments->settings->err);
    return tables;
}

typedef struct {
    size_t n;
    bool whole; /* a required table is not there or has nothing in it */
} table_complaints;

/* Whole tables are told without a line; so are optional tables and compiled ones. */
static bool is_required_table(const dgm_err *err)
{
    for (size_t i = 0; err->line == 0 && dgm_required_tables[i]; i++)
        if (dgm_view_ends(dgm_view_of(err->file), dgm_view_of(dgm_required_tables[i])))
            return true;
    return false;
}

static void complain_of_tables(void *context, const dgm_err *err)
{
    table_complaints *c = context;
    c->whole = c->whole || is_required_table(err);
    if (++c->n <= DGM_COMPLAINTS_SHOWN)
        dgm_cli_say(err);
}

static void say_required_tables(void)
{
    char line[100] = "";
    fputs("dragoman: these tables are required, and must have rows:\n", stderr);
    for (size_t i = 0; dgm_required_tables[i]; i++) {
        if (strlen(line) + strlen(dgm_required_tables[i]) > 94) {
            fprintf(stderr, "   %s\n", line);
            line[0] = 0;
        }
        snprintf(line + strlen(line), sizeof line - strlen(line), " %s", dgm_required_tables[i]);
    }
    fprintf(stderr, "   %s\n", line);
}

static const char *value_if_known(const dgm_arguments *arguments, const char *name)
{
    return dgm_option_known(arguments, name) ? dgm_option_value(arguments, name) : NULL;
}

static dgm_coder *load(const dgm_arguments *arguments, bool trees)
{
    const char *dir = dgm_cli_tables_dir(arguments);
    if (!dir)
        return NULL;
    table_complaints told = { 0 };
    dgm_complaints complaints = { .fn = complain_of_tables, .context = &told };
    dgm_coder *coder = NULL;
    dgm_err err = { 0 };
    const char *model = dgm_option_value(arguments, "model");
    dgm_status status = trees ? dgm_coder_load_syntax(dir, model, &complaints, &coder, &err)
                              : dgm_coder_load(dir, model, &complaints, &coder, &err);
    if (status != DGM_OK)
        dgm_cli_say(&err);
    else if (complaints.n > 0)
        fprintf(stderr, "dragoman: %zu %s not used\n", complaints.n,
                dgm_word_for(complaints.n, "error in the tables; the row concerned is",
                             "errors in the tables; the rows concerned are"));
    if (complaints.n > DGM_COMPLAINTS_SHOWN)
        fputs("dragoman: `dragoman tables check --max 0` lists them all\n", stderr);
    if (told.whole)
        say_required_tables();
    if (status != DGM_OK)
        return NULL;
    dgm_knowledge_judged(coder, value_if_known(arguments, "judge"),
                         value_if_known(arguments, "sides"));
    return coder;
}

int dgm_cli_exit_code(const dgm_coder *coder, int code)
{
    return code == DGM_EXIT_OK && coder->n_complaints > 0 ? DGM_EXIT_REFUSED : code;
}

dgm_coder *dgm_cli_load(const dgm_arguments *arguments)
{
    return load(arguments, false);
}

dgm_coder *dgm_cli_load_syntax(const dgm_arguments *arguments)
{
    return load(arguments, true);
}

dgm_model *dgm_cli_load_model(const dgm_arguments *arguments)
{
    char path[4096];
    const char *file = dgm_option_value(arguments, "model");
    const char *dir = dgm_cli_tables_dir(arguments);
    if (!dir)
        return NULL;
    if (!file) {
        (void)!dgm_folders_find(dir, "model/english.dgm", path, sizeof path);
        file = path;
    }
    dgm_model *model = NULL;
    dgm_err err = { 0 };
    dgm_complaints complaints = dgm_cli_complaints();
    bool good = dgm_model_load(file, &model, &err) == DGM_OK &&
                dgm_model_load_words(model, dir, &complaints, &err) == DGM_OK;
    dgm_cli_complaints_end(&complaints);
    if (good)
        return model;
    dgm_model_free(model);
    dgm_cli_say(&err);
    return NULL;
}

int dgm_cli_keep_section(const dgm_arguments *arguments, const char *name, char *section, size_t n,
                         dgm_status status, const dgm_complaints *complaints, dgm_err *err)
{
    if (status == DGM_OK)
        status = dgm_model_file_replace(dgm_option_value(arguments, "model"), dgm_view_of(name),
                                        (dgm_view) { section, n }, err);
    free(section);
    dgm_cli_complaints_end(complaints);
    if (status == DGM_OK)
        return complaints->n == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
    dgm_cli_say(err);
    return DGM_EXIT_USAGE;
}

/* ---- input and output ----------------------------------------------------------------------- */

void dgm_cli_progress(const dgm_arguments *arguments, bool to_terminal, dgm_progress *bar)
{
    FILE *out = to_terminal || dgm_option_given(arguments, "quiet") ? NULL : stderr;
    uint64_t total = 0;
    if (dgm_progress_shows(out))
        total = dgm_inputs_total(arguments->operands, arguments->n_operands,
                                 dgm_option_given(arguments, "recursive"));
    dgm_progress_begin(bar, out, "stories", total);
}

bool dgm_cli_reader_options(const dgm_arguments *arguments, dgm_complaints *complaints,
                            dgm_reader_options *out)
{
    dgm_err err = { 0 };
    if (dgm_reading_of(&arguments->options, complaints, out, &err) == DGM_OK)
        return true;
    dgm_cli_usage(arguments, &err);
    return false;
}

bool dgm_cli_jobs(const dgm_arguments *arguments, uint64_t *n_jobs)
{
    dgm_err err = { 0 };
    if (dgm_option_number(arguments, "jobs", 1, 256, n_jobs, &err))
        return true;
    dgm_cli_usage(arguments, &err);
    return false;
}

dgm_inputs *dgm_cli_inputs(const dgm_arguments *arguments, const dgm_reader_options *options)
{
    dgm_inputs *inputs = dgm_inputs_new(arguments->operands, arguments->n_operands,
                                        dgm_option_given(arguments, "recursive"), options);
    if (!inputs)
        (void)dgm_cli_no_memory();
    return inputs;
}

bool dgm_cli_load_writing(const dgm_arguments *arguments, dgm_writing *writing)
{
    dgm_err err = { 0 };
    dgm_complaints complaints = dgm_cli_complaints();
    if (!dgm_output_needs_codes(writing->options.format))
        return true;
    const char *dirs = dgm_cli_tables_dir(arguments);
    bool good = dirs && dgm_writing_load(writing, dirs, &complaints, &err) == DGM_OK;
    dgm_cli_complaints_end(&complaints);
    if (good)
        return true;
    if (dirs)
        dgm_cli_say(&err);
    return false;
}

bool dgm_cli_writing(const dgm_arguments *arguments, dgm_writing *out)
{
    dgm_err err = { 0 };
    if (dgm_writing_of(&arguments->options, out, &err) == DGM_OK)
        return dgm_cli_load_writing(arguments, out);
    dgm_cli_usage(arguments, &err);
    return false;
}

uint32_t dgm_cli_screen(FILE *out, bool *colour)
{
    struct winsize size;
    bool terminal = out == stdout && isatty(STDOUT_FILENO);
    const char *no_colour = getenv("NO_COLOR");
    if (colour)
        *colour = terminal && !(no_colour && no_colour[0]);
    return terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col
                                                                                       : 100;
}
