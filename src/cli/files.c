/* What can be told of the files that a command line names before anything is read or written: an
 * output over an input would leave nothing of either, and a report that cannot be written should
 * not wait for the end of a long run. */
#include "cli/files.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* Options whose files are written. */
static const char *const outputs[] = { "output", "errors", "meta", "unknown", "export", "journal" };
enum { N_OUTPUTS = DGM_LEN(outputs) };

/* Nothing is called "". */
static dgm_status check_named(const dgm_arguments *arguments, dgm_err *err)
{
    static const char *const kinds[] = { "FILE", "DIR", "LIST", "WHERE" };
    for (size_t i = 0; i < dgm_n_options(arguments->command); i++) {
        const dgm_option *option = dgm_option_at(arguments->command, i);
        bool file = false;
        for (size_t k = 0; k < DGM_LEN(kinds); k++)
            file = file || (option->argument && strcmp(option->argument, kinds[k]) == 0);
        if (file && dgm_option_given(arguments, option->name) &&
            dgm_option_value(arguments, option->name)[0] == '\0')
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s needs a value: %s", option->name,
                            option->argument);
    }
    return DGM_OK;
}

/* Devices and pipes may be written to by several, and read as well. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat of_a, of_b;
    bool a_is = stat(a, &of_a) == 0, b_is = stat(b, &of_b) == 0;
    if (a_is && b_is)
        return S_ISREG(of_a.st_mode) && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
    return !a_is && !b_is && strcmp(a, b) == 0 && strcmp(a, "-") != 0;
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
    dgm_status status = check_named(arguments, err);
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
