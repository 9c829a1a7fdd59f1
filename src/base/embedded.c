/* Files inside the program: see embedded.h. The build writes their list (tools/embed). */
#include "base/embedded.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#ifdef DGM_WITH_EMBEDDED
extern const dgm_embedded_file dgm_embedded_list[];
extern const uint64_t dgm_n_embedded;

const dgm_embedded_file *dgm_embedded_files(size_t *n)
{
    *n = (size_t)dgm_n_embedded;
    return dgm_embedded_list;
}
#else
const dgm_embedded_file *dgm_embedded_files(size_t *n)
{
    *n = 0;
    return NULL;
}
#endif

bool dgm_embedded_find(const char *path, dgm_view *bytes)
{
    size_t n;
    const dgm_embedded_file *files = dgm_embedded_files(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(files[i].path, path) == 0) {
            *bytes = (dgm_view) { files[i].begin, (size_t)(files[i].end - files[i].begin) };
            return true;
        }
    }
    return false;
}

const char *dgm_embedded_below(const dgm_embedded_file *file, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(file->path, folder, n) == 0 && file->path[n] == '/' ? file->path + n + 1 : NULL;
}

bool dgm_embedded_is(const char *path)
{
    size_t n;
    const dgm_embedded_file *files = dgm_embedded_files(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(files[i].path, path) == 0 || dgm_embedded_below(&files[i], path))
            return true;
    }
    return false;
}

bool dgm_path_exists(const char *path)
{
    return dgm_embedded_is(path) || access(path, F_OK) == 0;
}

FILE *dgm_embedded_fopen(const char *path, const char *mode)
{
    dgm_view bytes;
    if (!dgm_embedded_find(path, &bytes))
        return fopen(path, mode);
    return fmemopen((void *)(uintptr_t)bytes.p, bytes.n, "r");
}
