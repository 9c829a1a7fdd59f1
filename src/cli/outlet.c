/* Where the output of a command goes: standard output, or the file of -o. That is written beside
 * itself, as FILE.PID.part, and renamed when it is whole: whatever ends a run early leaves the old
 * file as it was. What is no file (a pipe, a device, /dev/stdout) is written as it is. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A signal ends the program without asking who holds what: for its handler alone is this kept
 * here. Empty: nothing is unfinished. */
static char part[PATH_MAX + 40];
static char target[PATH_MAX];

static void say_errno(const char *path, int reason)
{
    dgm_err err = { 0 };
    (void)dgm_fail(&err, DGM_EIO, path, 0, "%s",
                   reason ? strerror(reason) : "not all could be written; is there room?");
    dgm_cli_say(&err);
}

/* NULL: standard output, which a dash names too. */
static const char *output_path(const dgm_arguments *arguments)
{
    if (!dgm_option_known(arguments, "output"))
        return NULL;
    const char *path = dgm_option_value(arguments, "output");
    return path && strcmp(path, "-") != 0 ? path : NULL;
}

/* ---- beside --------------------------------------------------------------------------------- */

static void remove_part(int which)
{
    if (part[0])
        (void)unlink(part);
    (void)raise(which); /* whose handler is no longer this */
}

static void remove_part_on_signals(void)
{
    static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
    const struct sigaction action = { .sa_handler = remove_part, .sa_flags = (int)SA_RESETHAND };
    struct sigaction before;
    for (size_t i = 0; i < DGM_LEN(ends); i++)
        if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            (void)sigaction(ends[i], &action, NULL);
}

static bool is_open_as(const struct stat *file, int fd)
{
    struct stat other;
    return fstat(fd, &other) == 0 && other.st_dev == file->st_dev && other.st_ino == file->st_ino;
}

/* Whether path, with links followed, is or will be a file of its own; *mode: of the one that is
 * there, else 0. */
static bool is_file(const char *path, mode_t *mode)
{
    struct stat about;
    *mode = 0;
    if (!realpath(path, target))
        return errno == ENOENT && lstat(path, &about) != 0 &&
               snprintf(target, sizeof target, "%s", path) < (int)sizeof target;
    if (stat(target, &about) != 0 || !S_ISREG(about.st_mode) || is_open_as(&about, STDOUT_FILENO) ||
        is_open_as(&about, STDERR_FILENO))
        return false;
    *mode = about.st_mode & 07777;
    return access(target, W_OK) == 0; /* a file that may not be written is not replaced either */
}

/* NULL: the folder will not have another file, or path is written as it is. */
static FILE *open_beside(const char *path)
{
    mode_t mode;
    if (!is_file(path, &mode))
        return NULL;
    snprintf(part, sizeof part, "%s.%ld.part", target, (long)getpid());
    remove_part_on_signals(); /* before it is there, so that no signal comes between */
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    FILE *out = fd >= 0 ? fdopen(fd, "wb") : NULL;
    if (!out) {
        if (fd >= 0) {
            close(fd);
            (void)unlink(part);
        }
        part[0] = '\0';
        return NULL;
    }
    if (mode != 0)
        (void)fchmod(fd, mode);
    return out;
}

/* ---- what others call ----------------------------------------------------------------------- */

FILE *dgm_cli_output(const dgm_arguments *arguments)
{
    const char *path = output_path(arguments);
    struct stat about;
    if (!path || (stat(path, &about) == 0 && is_open_as(&about, STDOUT_FILENO)))
        return stdout; /* /dev/stdout, which opened anew would be emptied */
    FILE *out = open_beside(path);
    if (!out && !(out = fopen(path, "wb")))
        say_errno(path, errno);
    return out;
}

/* Flushes; 0, or why that or an earlier write failed. The reason of an earlier one is lost, so one
 * more byte is written to hear it again: what is there is broken anyway. */
static int flush(FILE *out, bool *bad)
{
    errno = 0;
    *bad = ferror(out) != 0;
    if (fflush(out) != 0) {
        *bad = true;
        return errno;
    }
    errno = 0;
    return *bad && (fputc('\n', out) == EOF || fflush(out) != 0) ? errno : 0;
}

bool dgm_cli_close(const dgm_arguments *arguments, FILE *out)
{
    bool bad, beside = part[0] != '\0';
    int reason = flush(out, &bad);
    const char *path = out == stdout ? NULL : output_path(arguments);
    if (path && !bad && beside && fsync(fileno(out)) != 0 && errno != EINVAL) {
        bad = true;
        reason = errno;
    }
    if (path && fclose(out) != 0 && !bad) {
        bad = true;
        reason = errno;
    }
    if (path && !bad && beside && rename(part, target) != 0) {
        bad = true;
        reason = errno;
    }
    if (path && beside && !bad)
        part[0] = '\0';
    if (bad) {
        if (!path)
            clearerr(stdout); /* told once */
        say_errno(path ? path : "standard output", reason);
    }
    return !bad;
}

bool dgm_cli_save(const char *path, const dgm_buffer *text)
{
    FILE *f = text->failed ? NULL : fopen(path, "wb");
    bool good = f && fwrite(text->p, 1, text->n, f) == text->n;
    int reason = text->failed ? ENOMEM : errno;
    if (f && fclose(f) != 0) {
        reason = good ? errno : reason;
        good = false;
    }
    if (!good)
        say_errno(path, reason);
    return good;
}

int dgm_cli_end(int code)
{
    bool bad;
    int reason = flush(stdout, &bad);
    if (part[0]) /* a run that failed */
        (void)unlink(part);
    if (!bad)
        return code;
    clearerr(stdout);
    say_errno("standard output", reason);
    return code == DGM_EXIT_OK ? DGM_EXIT_REFUSED : code;
}
