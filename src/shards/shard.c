/* The name of a shard in the folder, and who may work on it. */
#include "shards/shards.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- names ---------------------------------------------------------------------------------- */

static bool add(char *out, size_t *n, dgm_view part)
{
    if (*n + part.n + 2 > DGM_SHARD_PATH)
        return false;
    out[(*n)++] = '/';
    memcpy(out + *n, part.p, part.n);
    *n += part.n;
    out[*n] = '\0';
    return true;
}

static dgm_status refuse(dgm_view input, dgm_err *err, const char *why)
{
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "'%.*s' names no shard: %s",
                    (int)DGM_MIN(input.n, 200), input.p, why);
}

dgm_status dgm_shard_init(const char *folder, dgm_view input, dgm_shard *out, dgm_err *err)
{
    dgm_view rest = input, part;
    size_t n = dgm_folder_bare(dgm_view_of(folder)).n, n_folder;
    if (n >= sizeof out->base || input.n >= sizeof out->input || memchr(input.p, 0, input.n))
        return refuse(input, err, "it is too long");
    memcpy(out->input, input.p, input.n);
    out->input[input.n] = '\0';
    memcpy(out->base, folder, n);
    out->base[n] = '\0';
    n_folder = n;
    while (rest.n > 0 && dgm_view_split(&rest, '/', &part)) {
        bool up = dgm_view_eq(part, DGM_VIEW(".."));
        if (part.n == 0 || dgm_view_eq(part, DGM_VIEW(".")) || (up && n == n_folder))
            continue;
        if (up)
            return refuse(input, err, "there is '..' inside of the path");
        if (!add(out->base, &n, part))
            return refuse(input, err, "it is too long");
    }
    return n > n_folder ? DGM_OK : refuse(input, err, "it is empty");
}

bool dgm_shard_path(const dgm_shard *shard, const char *ending, char out[DGM_SHARD_PATH])
{
    int n = snprintf(out, DGM_SHARD_PATH, "%s%s", shard->base, ending);
    return n > 0 && n < DGM_SHARD_PATH;
}

/* ---- claims --------------------------------------------------------------------------------- */

static bool make_folders(const char *path)
{
    char copy[DGM_SHARD_PATH];
    snprintf(copy, sizeof copy, "%s", path);
    for (char *p = copy + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            return false;
        *p = '/';
    }
    return true;
}

static dgm_status fail_with_errno(const char *path, dgm_err *err)
{
    return dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
}

/* Who holds a claim takes its file away before he lets go, so a lock counts only on the file that
 * still has the name. */
static bool still_there(int fd, const char *path)
{
    struct stat ours, named;
    return fstat(fd, &ours) == 0 && stat(path, &named) == 0 && ours.st_ino == named.st_ino &&
           ours.st_dev == named.st_dev;
}

dgm_status dgm_shard_claim(const dgm_shard *shard, dgm_claim *out, dgm_err *err)
{
    char path[DGM_SHARD_PATH], host[40] = "";
    if (!dgm_shard_path(shard, ".lock", path))
        return dgm_fail(err, DGM_ELIMIT, shard->input, 0, "the path is too long");
    if (!make_folders(path))
        return fail_with_errno(path, err);
    for (;;) {
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (fd < 0)
            return fail_with_errno(path, err);
        bool locked = flock(fd, LOCK_EX | LOCK_NB) == 0;
        int why = errno;
        if (!locked && (why == EWOULDBLOCK || why == EINTR)) {
            close(fd);
            return DGM_END;
        }
        if (locked && !still_there(fd, path)) {
            close(fd);
            continue;
        }
        *out = (dgm_claim) { .fd = fd, .exclusive = locked };
        break;
    }
    if (out->exclusive)
        return DGM_OK;
    (void)!gethostname(host, sizeof host - 1);
    for (char *p = host; *p; p++)
        *p = *p == '/' ? '-' : *p;
    snprintf(out->own, sizeof out->own, ".%s-%ld", host, (long)getpid());
    return DGM_OK;
}

void dgm_shard_release(const dgm_shard *shard, dgm_claim *claim)
{
    char path[DGM_SHARD_PATH];
    if (claim->fd < 0)
        return;
    if (dgm_shard_path(shard, ".lock", path))
        unlink(path);
    close(claim->fd);
    claim->fd = -1;
}

bool dgm_shard_is_claimed(const dgm_shard *shard)
{
    char path[DGM_SHARD_PATH];
    int fd = dgm_shard_path(shard, ".lock", path) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    bool claimed = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (fd >= 0)
        close(fd);
    return claimed;
}
