#include "library/hashes.h"

#include "base/embedded.h"
#include "ingest/ingest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static dgm_status add_file(XXH3_state_t *state, const char *path, const char *name, dgm_err *err)
{
    char bytes[1 << 14];
    dgm_view embedded;
    if (dgm_embedded_find(path, &embedded)) {
        XXH3_128bits_update(state, name, strlen(name) + 1);
        XXH3_128bits_update(state, embedded.p, embedded.n);
        return DGM_OK;
    }
    FILE *f = dgm_file_open(path, err);
    if (!f)
        return DGM_EIO;
    XXH3_128bits_update(state, name, strlen(name) + 1);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        XXH3_128bits_update(state, bytes, n);
    dgm_status status = ferror(f) ? dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno)) : DGM_OK;
    fclose(f);
    return status;
}

/* What is compiled of a table says what the table says, and is not there in every build. */
static bool is_compiled(const char *path)
{
    return dgm_view_ends(dgm_view_of(path), DGM_VIEW(".compiled"));
}

static dgm_status add_embedded(XXH3_state_t *state, const char *folder, dgm_err *err)
{
    size_t n;
    dgm_status status = DGM_OK;
    const dgm_embedded_file *files = dgm_embedded_files(&n);
    for (size_t i = 0; i < n && status == DGM_OK; i++) {
        const char *name = dgm_embedded_below(&files[i], folder);
        if (name && !is_compiled(name))
            status = add_file(state, files[i].path, name - 1, err); /* with the stroke */
    }
    return status;
}

/* A file, or all files of a folder in the order of their names, each with its name there. */
static dgm_status add_path(XXH3_state_t *state, char *path, dgm_err *err)
{
    const dgm_reader_options options = { .complaints = NULL };
    if (dgm_embedded_is(path))
        return add_embedded(state, path, err);
    char *paths[1] = { path };
    dgm_inputs *inputs = dgm_inputs_new(paths, 1, true, &options);
    dgm_status status =
        inputs ? DGM_OK : dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for its files");
    for (char *file; status == DGM_OK && (file = dgm_inputs_next_path(inputs)) != NULL;
         free(file)) {
        bool inside = strcmp(file, path) != 0;
        if (!inside || !is_compiled(file))
            status = add_file(state, file, inside ? file + strlen(path) : file, err);
    }
    if (status == DGM_OK && dgm_inputs_ended_early(inputs))
        status = dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for its files");
    dgm_inputs_free(inputs);
    return status;
}

static void end(const XXH3_state_t *state, char out[DGM_HASH])
{
    XXH128_hash_t h = XXH3_128bits_digest(state);
    snprintf(out, DGM_HASH, "%016llx%016llx", (unsigned long long)h.high64,
             (unsigned long long)h.low64);
}

dgm_status dgm_hash_tables(const char *dirs, const char *model, char out[DGM_HASH], dgm_err *err)
{
    XXH3_state_t state;
    dgm_view folders[DGM_MAX_FOLDERS];
    char path[DGM_MAX_FOLDER_LIST];
    dgm_status status = DGM_OK;
    uint32_t n = dgm_folders_cut(dirs, folders);
    XXH3_128bits_reset(&state);
    for (uint32_t i = 0; i < n && status == DGM_OK; i++) {
        snprintf(path, sizeof path, "%.*s", DGM_FMT(folders[i]));
        status = add_path(&state, path, err);
    }
    if (status == DGM_OK && model)
        status = add_file(&state, model, model, err);
    end(&state, out);
    return status;
}

dgm_status dgm_hash_file(const char *path, char out[DGM_HASH], dgm_err *err)
{
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    dgm_status status = add_file(&state, path, path, err);
    end(&state, out);
    return status;
}
