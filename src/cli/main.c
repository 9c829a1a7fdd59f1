/* The table of commands, and which of them a command line means. */
#include "cli/cli.h"
#include "cli/files.h"

#include <stdlib.h>
#include <string.h>

static const dgm_command *const commands[] = {
    &dgm_command_code,
    &dgm_command_quotes,
    &dgm_command_places,
    &dgm_command_times,
    &dgm_command_parse,
    &dgm_command_read,
    &dgm_command_shards,
    &dgm_command_explain,
    &dgm_command_relate,
    &dgm_command_diff,
    &dgm_command_tables_check,
    &dgm_command_tables_add,
    &dgm_command_tables_import,
    &dgm_command_train_confidence,
    &dgm_command_train_judge,
    &dgm_command_train_relate,
    &dgm_command_train_segmenter,
    &dgm_command_train_parser,
    &dgm_command_train_names,
    &dgm_command_evaluate,
#ifdef DGM_WITH_STORE
    &dgm_command_ingest,
    &dgm_command_watch,
    &dgm_command_query,
    &dgm_command_export,
    &dgm_command_stats,
    &dgm_command_claims,
    &dgm_command_commitments,
    &dgm_command_sample,
    &dgm_command_correct,
    &dgm_command_split,
    &dgm_command_serve,
#endif
    &dgm_command_submit,
    &dgm_command_worker,
    &dgm_command_queue,
    &dgm_command_doctor,
    &dgm_command_help,
};

static int help(const dgm_arguments *arguments)
{
    const char *what = dgm_option_value(arguments, "as");
    if (strcmp(what, "man") == 0)
        dgm_help_manual(commands, DGM_LEN(commands), stdout);
    else if (strcmp(what, "completion") == 0)
        dgm_help_completion(commands, DGM_LEN(commands), stdout);
    else
        dgm_help_program(commands, DGM_LEN(commands), stdout);
    return DGM_EXIT_OK;
}

static const dgm_option help_options[] = {
    { 0, "as", "text|man|completion", "what to print: this help, the man page, bash completion",
      "text" },
};

const dgm_command dgm_command_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "Show help as text, man page or shell completion",
    .options = help_options,
    .n_options = DGM_LEN(help_options),
    .run = help,
};

/* How many words of argv name the command: 1, or 2 as in "tables check"; 0: they do not. */
static int words_of(const dgm_command *command, int argc, char **argv)
{
    const char *space = strchr(command->name, ' ');
    if (!space)
        return strcmp(argv[0], command->name) == 0 ? 1 : 0;
    size_t n = (size_t)(space - command->name);
    if (strlen(argv[0]) != n || strncmp(argv[0], command->name, n) != 0)
        return 0;
    return argc > 1 && strcmp(argv[1], space + 1) == 0 ? 2 : 0;
}

static int run_checked(const dgm_arguments *arguments)
{
    dgm_err err = { 0 };
    dgm_status files = dgm_cli_check_files(arguments, &err);
    if (files == DGM_OK)
        return arguments->command->run(arguments);
    if (files == DGM_EUSAGE)
        return dgm_cli_usage(arguments, &err);
    dgm_cli_say(&err);
    return DGM_EXIT_REFUSED;
}

static int run(const dgm_command *command, int argc, char **argv)
{
    dgm_arguments arguments;
    dgm_err err = { 0 };
    if (dgm_options_parse(command, argc, argv, &arguments, &err) != DGM_OK)
        return dgm_cli_usage(&arguments, &err);
    if (arguments.help) {
        dgm_help_command(command, stdout);
        return DGM_EXIT_OK;
    }
    if (dgm_cli_check_named(&arguments, &err) != DGM_OK)
        return dgm_cli_usage(&arguments, &err);
    dgm_settings *settings = calloc(1, sizeof *settings);
    if (!settings)
        return dgm_cli_no_memory();
    int code = dgm_settings_read(&arguments, settings) ? run_checked(&arguments) : DGM_EXIT_USAGE;
    free(settings);
    return code;
}

/* "tables" alone: the commands that begin so. */
static bool say_two_words(const char *first)
{
    char names[200] = "";
    size_t n = strlen(first), length = 0;
    for (size_t i = 0; i < DGM_LEN(commands); i++) {
        const char *name = commands[i]->name;
        if (strncmp(name, first, n) == 0 && name[n] == ' ' && length < sizeof names)
            length += (size_t)snprintf(names + length, sizeof names - length, "%s%s",
                                       length > 0 ? ", " : "", name);
    }
    if (length == 0)
        return false;
    fprintf(stderr, "dragoman: '%s' is the first word of: %s\n", first, names);
    return true;
}

/* A command is told by one word or two: both are tried against all names. */
static int no_command(int argc, char **argv)
{
    char two[64];
    dgm_err err = { 0 };
    snprintf(two, sizeof two, "%s%s%s", argv[0], argc > 1 ? " " : "", argc > 1 ? argv[1] : "");
    dgm_nearest n = dgm_nearest_to(dgm_view_of(argv[0]));
    dgm_nearest pair = dgm_nearest_to(dgm_view_of(two));
    for (size_t i = 0; i < DGM_LEN(commands); i++) {
        dgm_nearest_try(&n, dgm_view_of(commands[i]->name));
        if (strchr(commands[i]->name, ' '))
            dgm_nearest_try(&pair, dgm_view_of(commands[i]->name));
    }
    if (n.distance > 0 && (argc == 1 || argv[1][0] == '-') && say_two_words(argv[0])) {
        fputs("`dragoman --help` lists the commands\n", stderr);
        return DGM_EXIT_USAGE;
    }
    bool both = pair.best[0] && pair.distance <= n.distance;
    const char *best = both ? pair.best : n.best;
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "unknown command '%.60s'%s%s%s", both ? two : argv[0],
                   best[0] ? "; did you mean '" : "", best, best[0] ? "'?" : "");
    dgm_cli_say(&err);
    fputs("`dragoman --help` lists the commands\n", stderr);
    return DGM_EXIT_USAGE;
}

static int help_of_more(const dgm_command *command, const char *word)
{
    dgm_err err = { 0 };
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "help of %s: '%.60s' is one word too many",
                   command->name, word);
    dgm_cli_say(&err);
    fputs("`dragoman --help` lists the commands\n", stderr);
    return DGM_EXIT_USAGE;
}

/* `help code` is `code --help`. */
static int help_of(int argc, char **argv)
{
    for (size_t i = 0; i < DGM_LEN(commands); i++) {
        int n = words_of(commands[i], argc, argv);
        if (n == 0)
            continue;
        if (n < argc)
            return help_of_more(commands[i], argv[n]);
        dgm_help_command(commands[i], stdout);
        return DGM_EXIT_OK;
    }
    return no_command(argc, argv);
}

static int run_program(int argc, char **argv)
{
    if (argc < 2) {
        dgm_help_program(commands, DGM_LEN(commands), stderr);
        return DGM_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        dgm_help_program(commands, DGM_LEN(commands), stdout);
        return DGM_EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("dragoman " DGM_VERSION);
        return DGM_EXIT_OK;
    }
    if (strcmp(argv[1], "help") == 0 && argc > 2 && argv[2][0] != '-')
        return help_of(argc - 2, argv + 2);
    for (size_t i = 0; i < DGM_LEN(commands); i++) {
        int n = words_of(commands[i], argc - 1, argv + 1);
        if (n > 0)
            return run(commands[i], argc - 1 - n, argv + 1 + n);
    }
    return no_command(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    return dgm_cli_end(run_program(argc, argv));
}
