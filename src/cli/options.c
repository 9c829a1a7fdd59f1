#include "cli/options.h"

#include <string.h>

static const dgm_option common[] = {
    { 0, "config", "FILE",
      "take the defaults of --db, --tables and --jobs from FILE instead of "
      "~/.config/dragoman/config",
      NULL },
    { 'q', "quiet", NULL, "no progress and no notes at the end; errors are still printed", NULL },
};

size_t dgm_n_options(const dgm_command *command)
{
    return command->n_options + DGM_LEN(common);
}

const dgm_option *dgm_option_at(const dgm_command *command, size_t row)
{
    return row < command->n_options ? &command->options[row] : &common[row - command->n_options];
}

static dgm_status parse_long(dgm_arguments *out, int argc, char **argv, int *i, dgm_err *err)
{
    const char *name = argv[*i] + 2, *equals = strchr(name, '=');
    dgm_view word = { name, equals ? (size_t)(equals - name) : strlen(name) };
    size_t row = 0;
    if (dgm_options_find(&out->options, word, &row, err) != DGM_OK)
        return DGM_EUSAGE;
    const dgm_option *option = dgm_options_at(&out->options, row);
    if (!option->argument && equals)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s takes no value", option->name);
    if (!option->argument)
        return dgm_options_set(&out->options, row, "", err);
    if (!equals && *i + 1 >= argc)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s needs a value: %s", option->name,
                        option->argument);
    return dgm_options_set(&out->options, row, equals ? equals + 1 : argv[++*i], err);
}

/* "-fcsv", "-f csv", and flags run together. */
static dgm_status parse_short(dgm_arguments *out, int argc, char **argv, int *i, dgm_err *err)
{
    dgm_options *options = &out->options;
    for (const char *p = argv[*i] + 1; *p; p++) {
        size_t row = 0;
        while (row < dgm_options_n(options) && dgm_options_at(options, row)->letter != *p)
            row++;
        if (row == dgm_options_n(options)) {
            if (*p == 'h') {
                out->help = true;
                continue;
            }
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "unknown option -%c", *p);
        }
        const dgm_option *option = dgm_options_at(options, row);
        if (option->argument && !p[1] && *i + 1 >= argc)
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "-%c needs a value: %s", *p,
                            option->argument);
        if (option->argument)
            return dgm_options_set(options, row, p[1] ? p + 1 : argv[++*i], err);
        dgm_status status = dgm_options_set(options, row, "", err);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

static dgm_status check_operands(const dgm_arguments *arguments, dgm_err *err)
{
    const dgm_command *command = arguments->command;
    if (arguments->help)
        return DGM_OK;
    if (arguments->n_operands < command->min_operands)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "%s needs %s", command->name, command->operands);
    if (arguments->n_operands > command->max_operands)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "'%s' is one operand too many",
                        arguments->operands[command->max_operands]);
    return DGM_OK;
}

dgm_status dgm_options_parse(const dgm_command *command, int argc, char **argv, dgm_arguments *out,
                             dgm_err *err)
{
    *out = (dgm_arguments) { .command = command, .operands = argv };
    dgm_options_init(&out->options, command->options, command->n_options, common, DGM_LEN(common));
    bool options_end = false;
    for (int i = 0; i < argc; i++) {
        char *word = argv[i];
        dgm_status status = DGM_OK;
        if (options_end || word[0] != '-' || !word[1])
            out->operands[out->n_operands++] = word;
        else if (strcmp(word, "--") == 0)
            options_end = true;
        else if (strcmp(word, "--help") == 0)
            out->help = true;
        else if (word[1] == '-')
            status = parse_long(out, argc, argv, &i, err);
        else
            status = parse_short(out, argc, argv, &i, err);
        if (status != DGM_OK)
            return status;
    }
    return check_operands(out, err);
}

const char *dgm_option_value(const dgm_arguments *arguments, const char *name)
{
    return dgm_options_value(&arguments->options, name);
}

bool dgm_option_known(const dgm_arguments *arguments, const char *name)
{
    return dgm_options_known(&arguments->options, name);
}

bool dgm_option_given(const dgm_arguments *arguments, const char *name)
{
    return dgm_options_given(&arguments->options, name);
}

bool dgm_option_number(const dgm_arguments *arguments, const char *name, uint64_t min, uint64_t max,
                       uint64_t *out, dgm_err *err)
{
    return dgm_options_number(&arguments->options, name, min, max, out, err);
}
