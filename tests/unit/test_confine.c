/* What a confined process can no longer do. Each case runs in a child, since none of it can be
 * taken back; a child ends with 0 where all was as it should be, with UNABLE where this kernel
 * cannot confine it, else with the number of what was not. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/confine.h"

enum { UNABLE = 77 };

typedef struct {
    char folder[64], inside[100], outside[100];
} place;

static int begin(void **state)
{
    place *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    snprintf(p->folder, sizeof p->folder, "/tmp/dragoman-confine-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    snprintf(p->inside, sizeof p->inside, "%s/own", p->folder);
    snprintf(p->outside, sizeof p->outside, "%s/secret", p->folder);
    *state = p;
    int fd = open(p->outside, O_WRONLY | O_CREAT, 0600);
    return mkdir(p->inside, 0700) != 0 || fd < 0 || close(fd) != 0;
}

static int end(void **state)
{
    place *p = *state;
    char file[120];
    snprintf(file, sizeof file, "%s/new", p->inside);
    (void)unlink(file);
    (void)unlink(p->outside);
    (void)rmdir(p->inside);
    (void)rmdir(p->folder);
    free(p);
    return 0;
}

static dgm_confined confine(const char *path, bool writes, bool connects)
{
    const dgm_opening opening = { .path = path, .writes = writes };
    dgm_confined got;
    if (!dgm_confine(&(dgm_confinement) { &opening, 1, connects }, &got))
        _exit(99);
    return got;
}

static void check_in_child(int (*what)(const place *p), const place *p)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(what(p));
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == UNABLE)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

static bool is_refused(const char *path, int flags)
{
    errno = 0;
    int fd = open(path, flags, 0600);
    if (fd >= 0)
        close(fd);
    return fd < 0 && errno == EACCES;
}

static int open_elsewhere(const place *p)
{
    char file[120], other[120];
    snprintf(file, sizeof file, "%s/new", p->inside);
    snprintf(other, sizeof other, "%s/new", p->folder);
    if (confine(p->inside, true, true).landlock == 0)
        return UNABLE;
    return is_refused(file, O_RDWR | O_CREAT)        ? 1
           : !is_refused(p->outside, O_RDONLY)       ? 2
           : !is_refused(p->outside, O_WRONLY)       ? 3
           : !is_refused(other, O_RDWR | O_CREAT)    ? 4
           : !is_refused("/etc/passwd", O_RDONLY)    ? 5
           : !is_refused("/proc/self/mem", O_RDONLY) ? 6
           : unlink(p->outside) == 0                 ? 7
           : unlink(file) != 0                       ? 8
                                                     : 0;
}

static int write_what_is_read(const place *p)
{
    if (confine(p->folder, false, true).landlock == 0)
        return UNABLE;
    return is_refused(p->outside, O_RDONLY)    ? 1
           : !is_refused(p->outside, O_WRONLY) ? 2
           : unlink(p->outside) == 0           ? 3
                                               : 0;
}

static void *open_secret(void *outside)
{
    return is_refused(outside, O_RDONLY) ? NULL : outside;
}

static int open_in_a_thread(const place *p)
{
    pthread_t thread;
    void *opened = NULL;
    if (confine(p->inside, true, true).landlock == 0)
        return UNABLE;
    if (pthread_create(&thread, NULL, open_secret, (void *)(uintptr_t)p->outside) != 0)
        return 1;
    return pthread_join(thread, &opened) != 0 || opened ? 2 : 0;
}

static int start_programs(const place *p)
{
    char *const arguments[] = { (char[]) { "true" }, NULL };
    if (!confine("/", true, true).calls)
        return UNABLE;
    (void)p;
    (void)execv("/bin/true", arguments);
    if (errno != EPERM)
        return 1;
    if (system("exit 0") == 0)
        return 2;
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 || errno != EPERM)
        return 3;
    return setuid(getuid()) == 0 || unshare(0) == 0 ? 4 : 0;
}

static int open_rare_sockets(const place *p)
{
    if (!confine("/", true, true).calls)
        return UNABLE;
    (void)p;
    int usual = socket(AF_INET, SOCK_STREAM, 0);
    if (usual < 0)
        return 1;
    close(usual);
    return socket(AF_PACKET, SOCK_RAW, 0) >= 0 || errno != EPERM     ? 2
           : socket(AF_VSOCK, SOCK_STREAM, 0) >= 0 || errno != EPERM ? 3
                                                                     : 0;
}

/* -1, or why a connection to what listens here is refused. */
static int connect_to(const struct sockaddr_in *to)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int failed = connect(fd, (const struct sockaddr *)to, sizeof *to) != 0 ? errno : -1;
    close(fd);
    return failed;
}

static int connect_elsewhere(const place *p)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof to;
    if (dgm_confine_able().landlock < 4)
        return UNABLE;
    (void)confine(p->folder, true, false);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (const struct sockaddr *)&to, n) != 0 || listen(listener, 1) != 0 ||
        getsockname(listener, (struct sockaddr *)&to, &n) != 0)
        return 1;
    return connect_to(&to) == EACCES ? 0 : 2;
}

/* ---- cases ---------------------------------------------------------------------------------- */

static void files_elsewhere_cannot_be_opened(void **state)
{
    check_in_child(open_elsewhere, *state);
}

static void what_may_be_read_cannot_be_written(void **state)
{
    check_in_child(write_what_is_read, *state);
}

static void threads_are_confined_with_the_one_that_starts_them(void **state)
{
    check_in_child(open_in_a_thread, *state);
}

static void programs_cannot_be_started_nor_processes_looked_into(void **state)
{
    check_in_child(start_programs, *state);
}

static void rare_sockets_cannot_be_opened(void **state)
{
    check_in_child(open_rare_sockets, *state);
}

static void a_server_cannot_connect_elsewhere(void **state)
{
    check_in_child(connect_elsewhere, *state);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(files_elsewhere_cannot_be_opened),
        CASE(what_may_be_read_cannot_be_written),
        CASE(threads_are_confined_with_the_one_that_starts_them),
        CASE(programs_cannot_be_started_nor_processes_looked_into),
        CASE(rare_sockets_cannot_be_opened),
        CASE(a_server_cannot_connect_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
