#include "cli/options.h"

#include <assert.h>
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

static bool has_word(const char *list, const char *word)
{
    dgm_view rest = dgm_view_of(list), part;
    while (dgm_view_split(&rest, '|', &part)) {
        if (dgm_view_eq(part, dgm_view_of(word)))
            return true;
    }
    return false;
}

static dgm_status no_word(const dgm_option *option, const char *value, dgm_err *err)
{
    char text[DGM_HINT];
    dgm_view rest = dgm_view_of(option->argument), part;
    dgm_nearest n = dgm_nearest_to(dgm_view_of(value));
    while (dgm_view_split(&rest, '|', &part))
        dgm_nearest_try(&n, part);
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s takes one of %s, not '%.60s'%s", option->name,
                    option->argument, value, dgm_nearest_hint(&n, "", "", text));
}

static dgm_status no_option(const dgm_command *command, dgm_view name, dgm_err *err)
{
    char text[DGM_HINT];
    dgm_nearest n = dgm_nearest_to(name);
    for (size_t i = 0; i < dgm_n_options(command); i++)
        dgm_nearest_try(&n, dgm_view_of(dgm_option_at(command, i)->name));
    dgm_nearest_try(&n, DGM_VIEW("help"));
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "unknown option --%.*s%s", DGM_FMT(name),
                    dgm_nearest_hint(&n, "--", "", text));
}

static size_t row_of(const dgm_command *command, const char *name)
{
    for (size_t i = 0; i < dgm_n_options(command); i++) {
        if (strcmp(dgm_option_at(command, i)->name, name) == 0)
            return i;
    }
    assert(!"an option that is in no table");
    return 0;
}

/* A closed list takes its own words only. */
static dgm_status take(dgm_arguments *out, size_t row, const char *value, dgm_err *err)
{
    const dgm_option *option = dgm_option_at(out->command, row);
    if (option->argument && strchr(option->argument, '|') && !has_word(option->argument, value))
        return no_word(option, value, err);
    out->values[row] = value;
    out->given[row] = true;
    return DGM_OK;
}

static dgm_status parse_long(dgm_arguments *out, int argc, char **argv, int *i, dgm_err *err)
{
    const char *name = argv[*i] + 2, *equals = strchr(name, '=');
    size_t n = equals ? (size_t)(equals - name) : strlen(name);
    for (size_t row = 0; row < dgm_n_options(out->command); row++) {
        const dgm_option *option = dgm_option_at(out->command, row);
        if (strlen(option->name) != n || strncmp(option->name, name, n) != 0)
            continue;
        if (!option->argument && equals)
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s takes no value", option->name);
        if (!option->argument)
            return take(out, row, "", err);
        if (!equals && *i + 1 >= argc)
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s needs a value: %s", option->name,
                            option->argument);
        return take(out, row, equals ? equals + 1 : argv[++*i], err);
    }
    return no_option(out->command, (dgm_view) { name, n }, err);
}

/* "-fcsv", "-f csv", and flags run together. */
static dgm_status parse_short(dgm_arguments *out, int argc, char **argv, int *i, dgm_err *err)
{
    for (const char *p = argv[*i] + 1; *p; p++) {
        size_t row = 0;
        while (row < dgm_n_options(out->command) && dgm_option_at(out->command, row)->letter != *p)
            row++;
        if (row == dgm_n_options(out->command)) {
            if (*p == 'h') {
                out->help = true;
                continue;
            }
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "unknown option -%c", *p);
        }
        const dgm_option *option = dgm_option_at(out->command, row);
        if (option->argument && !p[1] && *i + 1 >= argc)
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "-%c needs a value: %s", *p,
                            option->argument);
        if (option->argument)
            return take(out, row, p[1] ? p + 1 : argv[++*i], err);
        dgm_status status = take(out, row, "", err);
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
    assert(dgm_n_options(command) <= DGM_MAX_OPTIONS);
    *out = (dgm_arguments) { .command = command, .operands = argv };
    for (size_t row = 0; row < dgm_n_options(command); row++)
        out->values[row] = dgm_option_at(command, row)->fallback;
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

bool dgm_option_exists(const dgm_arguments *arguments, const char *name)
{
    for (size_t i = 0; i < arguments->command->n_options; i++)
        if (strcmp(arguments->command->options[i].name, name) == 0)
            return true;
    return false;
}

const char *dgm_option_value(const dgm_arguments *arguments, const char *name)
{
    return arguments->values[row_of(arguments->command, name)];
}

bool dgm_option_known(const dgm_arguments *arguments, const char *name)
{
    for (size_t i = 0; i < dgm_n_options(arguments->command); i++) {
        if (strcmp(dgm_option_at(arguments->command, i)->name, name) == 0)
            return true;
    }
    return false;
}

bool dgm_option_given(const dgm_arguments *arguments, const char *name)
{
    return arguments->given[row_of(arguments->command, name)];
}

bool dgm_option_number(const dgm_arguments *arguments, const char *name, uint64_t min, uint64_t max,
                       uint64_t *out, dgm_err *err)
{
    uint64_t value = 0;
    const char *text = dgm_option_value(arguments, name);
    if (!text || !dgm_parse_u64(dgm_view_of(text), &value) || value < min || value > max) {
        dgm_status failed =
            dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s takes a number from %llu to %llu, not '%s'",
                     name, (unsigned long long)min, (unsigned long long)max, text ? text : "");
        return failed == DGM_OK;
    }
    *out = value;
    return true;
}
