#include "stream/suspect.h"

#include "store/store.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* First byte of what the child writes; then the packed story, or a message. */
enum { CODED = 'c', FAILED = 'f', TICK_MS = 200 };

static bool write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        p += done;
        n -= (size_t)done;
    }
    return true;
}

/* In the child: who waits for it may be killed, and it holds the port of the metrics as well. */
static void end_with(pid_t parent, uint32_t seconds)
{
    enum { LATE = 10 };
    (void)signal(SIGTERM, SIG_DFL);
    (void)signal(SIGINT, SIG_IGN);
    (void)signal(SIGALRM, SIG_DFL);
    (void)alarm(seconds + LATE);
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent)
        _exit(1);
}

/* In the child: nothing of the parent's is freed or flushed. */
static _Noreturn void code_and_leave(const dgm_coder *coder, dgm_document *doc, int fd)
{
    dgm_buffer packed = { 0 };
    dgm_err err = { 0 };
    char kind = CODED;
    dgm_story *story = dgm_story_new(coder);
    dgm_status status = story ? dgm_story_code(story, doc, &err)
                              : dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for the coder");
    if (status == DGM_OK)
        dgm_store_pack(coder->events, doc, &packed);
    if (status != DGM_OK || packed.failed) {
        kind = FAILED;
        packed = (dgm_buffer) { 0 };
        dgm_buffer_printf(&packed, "%s", err.msg[0] ? err.msg : "no memory for the story");
    }
    bool good = write_all(fd, &kind, 1) && write_all(fd, packed.p, packed.n);
    _exit(good ? 0 : 1);
}

/* Until the child closes its end; false: too long. */
static bool read_all(int fd, uint32_t seconds, void (*beat)(void *context), void *context,
                     dgm_buffer *out)
{
    char piece[1 << 14];
    double end = dgm_seconds() + seconds;
    while (dgm_seconds() < end && !out->failed) {
        struct pollfd wait = { .fd = fd, .events = POLLIN };
        beat(context);
        if (poll(&wait, 1, TICK_MS) <= 0)
            continue;
        ssize_t n = read(fd, piece, sizeof piece);
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return true;
        if (n > 0)
            dgm_buffer_put(out, (dgm_view) { piece, (size_t)n });
    }
    return false;
}

static dgm_status judge(int status, bool in_time, uint32_t seconds, dgm_buffer *out, dgm_err *err)
{
    if (out->failed)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the story");
    if (!in_time)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "coding it takes longer than %u s", seconds);
    if (WIFSIGNALED(status))
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "coding it ends the process: signal %d (%s)",
                        WTERMSIG(status), strsignal(WTERMSIG(status)));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || out->n < 1)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "coding it ends the process");
    if (out->p[0] == FAILED)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "%.*s", (int)DGM_MIN(out->n - 1, 280),
                        out->p + 1);
    memmove(out->p, out->p + 1, --out->n);
    return DGM_OK;
}

dgm_status stream_code_apart(const dgm_coder *coder, dgm_document *doc, uint32_t seconds,
                             void (*beat)(void *context), void *context, dgm_buffer *out,
                             dgm_err *err)
{
    int ends[2], status = 0;
    if (pipe(ends) != 0)
        return dgm_fail(err, DGM_EIO, NULL, 0, "no pipe: %s", strerror(errno));
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        end_with(parent, seconds);
        close(ends[0]);
        code_and_leave(coder, doc, ends[1]);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return dgm_fail(err, DGM_EIO, NULL, 0, "no process: %s", strerror(errno));
    }
    out->n = 0;
    bool in_time = read_all(ends[0], seconds, beat, context, out);
    close(ends[0]);
    if (!in_time)
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return judge(status, in_time, seconds, out, err);
}
