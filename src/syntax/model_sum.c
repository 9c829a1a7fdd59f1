#include "syntax/model_sum.h"

#include "base/embedded.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_PATH = 4096, LARGEST = 4096 };

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

dgm_model_sum dgm_model_sum_of(const XXH3_state_t *state)
{
    dgm_model_sum sum;
    XXH128_hash_t h = XXH3_128bits_digest(state);
    snprintf(sum.text, sizeof sum.text, "%016llx%016llx", (unsigned long long)h.high64,
             (unsigned long long)h.low64);
    return sum;
}

dgm_status dgm_model_sum_check(const char *path, dgm_view bytes, dgm_model_sum *out, dgm_err *err)
{
    char beside[LONGEST_PATH], *text = NULL;
    const char *name = base_name(path);
    size_t n = 0;
    snprintf(beside, sizeof beside, "%s.xxh", path);
    dgm_status status = dgm_file_read(beside, LARGEST, &text, &n, err);
    if (status != DGM_OK && dgm_path_exists(beside))
        return status;
    if (status != DGM_OK)
        return dgm_fail(
            err, DGM_EFORMAT, path, 0,
            "its checksum, %.60s.xxh, is not next to it: copy both files; for a model that"
            " you trust, `xxhsum -H2 %.60s` writes it",
            name, name);
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    XXH3_128bits_update(&state, bytes.p, bytes.n);
    *out = dgm_model_sum_of(&state);
    dgm_view rest = { text, n }, line;
    bool right = false;
    while (!right && rest.n > 0 && dgm_view_split(&rest, '\n', &line))
        right = dgm_view_eq(dgm_view_slice(line, 0, 32), dgm_view_of(out->text));
    free(text);
    if (right)
        return DGM_OK;
    return dgm_fail(err, DGM_EFORMAT, path, 0,
                    "is damaged: its bytes are not those of which %.60s.xxh is the checksum; get"
                    " both files again",
                    name);
}

dgm_status dgm_model_sum_write(const char *path, const dgm_model_sum *was, const dgm_model_sum *now,
                               dgm_err *err)
{
    char beside[LONGEST_PATH], temporary[LONGEST_PATH];
    const char *name = base_name(path);
    snprintf(beside, sizeof beside, "%s.xxh", path);
    int n = snprintf(temporary, sizeof temporary, "%s.xxh.new-%ld", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof temporary)
        return dgm_fail(err, DGM_ELIMIT, path, 0, "the path is too long");
    FILE *f = fopen(temporary, "wb");
    bool ok = f != NULL;
    if (ok && was)
        ok = fprintf(f, "%s  %s\n", was->text, name) > 0;
    if (f) {
        ok = fprintf(f, "%s  %s\n", now->text, name) > 0 && fflush(f) == 0 &&
             fsync(fileno(f)) == 0 && ok;
        ok = fclose(f) == 0 && ok;
    }
    if (ok && rename(temporary, beside) == 0)
        return DGM_OK;
    dgm_status status = dgm_fail(err, DGM_EIO, beside, 0, "cannot be written: %s", strerror(errno));
    unlink(temporary);
    return status;
}
