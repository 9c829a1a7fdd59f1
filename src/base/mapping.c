/* Files mapped for reading: see dgm_file_map() in base.h. */
#include "base/embedded.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static dgm_status map(const char *path, int fd, dgm_file_bytes *out, dgm_err *err)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return dgm_fail(err, DGM_EIO, path, 0, "cannot be read: %s", strerror(errno));
    if (S_ISDIR(st.st_mode))
        return dgm_fail(err, DGM_EIO, path, 0, "this is a folder, not a file");
    if (!S_ISREG(st.st_mode) || st.st_size == 0)
        return DGM_OK;
    if ((uint64_t)st.st_size > SIZE_MAX)
        return dgm_fail(err, DGM_ELIMIT, path, 0, "is too large for this machine");
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return dgm_fail(err, DGM_EIO, path, 0, "cannot be mapped: %s", strerror(errno));
    *out = (dgm_file_bytes) { .view = { p, (size_t)st.st_size }, .mapped = true };
    return DGM_OK;
}

dgm_status dgm_file_map(const char *path, dgm_file_bytes *out, dgm_err *err)
{
    *out = (dgm_file_bytes) { .view = { "", 0 } };
    if (dgm_embedded_find(path, &out->view))
        return DGM_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return dgm_fail(err, DGM_EIO, path, 0, "cannot be opened: %s", strerror(errno));
    dgm_status status = map(path, fd, out, err);
    close(fd);
    return status;
}

void dgm_file_unmap(dgm_file_bytes *bytes)
{
    if (bytes->mapped)
        munmap((void *)(uintptr_t)bytes->view.p, bytes->view.n);
    *bytes = (dgm_file_bytes) { .view = { "", 0 } };
}
