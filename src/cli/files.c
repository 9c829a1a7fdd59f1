/* What can be told of the files that a command line names before anything is read or written: an
 * output over an input would leave nothing of either, and a report that cannot be written should
 * not wait for the end of a long run. */
#include "cli/files.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Options whose files are written. */
static const char *const outputs[] = { "output", "errors", "meta", "unknown", "export", "journal" };
enum { N_OUTPUTS = DGM_LEN(outputs) };

static bool is_one_of(const char *word, const char *const *words, size_t n)
{
    for (size_t i = 0; word && i < n; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

/* Nothing is called "". */
dgm_status dgm_cli_check_named(const dgm_arguments *arguments, dgm_err *err)
{
    static const char *const kinds[] = { "FILE", "DIR", "LIST", "WHERE" };
    for (size_t i = 0; i < dgm_n_options(arguments->command); i++) {
        const dgm_option *option = dgm_option_at(arguments->command, i);
        if (is_one_of(option->argument, kinds, DGM_LEN(kinds)) &&
            dgm_option_given(arguments, option->name) &&
            dgm_option_value(arguments, option->name)[0] == '\0')
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s needs a value: %s", option->name,
                            option->argument);
    }
    return DGM_OK;
}

/* Devices and pipes may be written to by several, and read as well. */
static bool is_one_file(const struct stat *a, const struct stat *b)
{
    return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat of_a, of_b;
    bool a_is = stat(a, &of_a) == 0, b_is = stat(b, &of_b) == 0;
    if (a_is && b_is)
        return is_one_file(&of_a, &of_b);
    return !a_is && !b_is && strcmp(a, b) == 0 && strcmp(a, "-") != 0;
}

/* What the shell opened as standard input, where that is read. */
static bool is_standard_input(const dgm_arguments *arguments, const char *path)
{
    struct stat of_path, of_input;
    bool read = arguments->n_operands == 0 && arguments->command->max_operands > 0;
    for (size_t k = 0; k < arguments->n_operands; k++)
        read = read || strcmp(arguments->operands[k], "-") == 0;
    return read && stat(path, &of_path) == 0 && fstat(STDIN_FILENO, &of_input) == 0 &&
           is_one_file(&of_path, &of_input);
}

/* What other options name is read, or is the store, which the settings may name as well. */
static const char *overwritten_option(const dgm_arguments *arguments, const char *path)
{
    static const char *const kinds[] = { "FILE", "LIST", "WHERE" };
    for (size_t i = 0; i < dgm_n_options(arguments->command); i++) {
        const dgm_option *option = dgm_option_at(arguments->command, i);
        if (!is_one_of(option->argument, kinds, DGM_LEN(kinds)) ||
            is_one_of(option->name, outputs, N_OUTPUTS) ||
            (!dgm_option_given(arguments, option->name) && strcmp(option->name, "db") != 0))
            continue;
        const char *value = dgm_option_value(arguments, option->name);
        if (value && is_same_file(path, value))
            return option->name;
    }
    return NULL;
}

/* paths: of the outputs up to i; NULL: not given. */
static dgm_status check_apart(const dgm_arguments *arguments, size_t i, const char *const *paths,
                              dgm_err *err)
{
    for (size_t k = 0; k < arguments->n_operands; k++) {
        if (is_same_file(paths[i], arguments->operands[k]))
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s would overwrite the input '%s'",
                            outputs[i], arguments->operands[k]);
    }
    if (is_standard_input(arguments, paths[i]))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "--%s would overwrite '%s', which is standard input", outputs[i], paths[i]);
    const char *option = overwritten_option(arguments, paths[i]);
    if (option)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s would overwrite '%s' of --%s", outputs[i],
                        paths[i], option);
    for (size_t k = 0; k < i; k++) {
        if (paths[k] && is_same_file(paths[i], paths[k]))
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s and --%s name the same file, '%s'",
                            outputs[k], outputs[i], paths[i]);
    }
    return DGM_OK;
}

static dgm_status check_folder(const char *path, dgm_err *err)
{
    char folder[4096];
    struct stat about;
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    if (n == 0 || n >= sizeof folder)
        return DGM_OK;
    memcpy(folder, path, n);
    folder[n] = '\0';
    return stat(folder, &about) == 0 ? DGM_OK
                                     : dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
}

dgm_status dgm_cli_check_files(const dgm_arguments *arguments, dgm_err *err)
{
    const char *paths[N_OUTPUTS] = { NULL };
    dgm_status status = DGM_OK;
    for (size_t i = 0; i < N_OUTPUTS && status == DGM_OK; i++) {
        if (!dgm_option_known(arguments, outputs[i]) || !dgm_option_given(arguments, outputs[i]))
            continue;
        paths[i] = dgm_option_value(arguments, outputs[i]);
        status = check_apart(arguments, i, paths, err);
        bool at_the_end = strcmp(outputs[i], "meta") == 0 || strcmp(outputs[i], "unknown") == 0;
        if (status == DGM_OK && at_the_end)
            status = check_folder(paths[i], err);
    }
    return status;
}
