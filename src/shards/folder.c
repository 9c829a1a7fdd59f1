/* Lists of shards, and the folder as it stands. */
#include "shards/shards.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 1 << 30 };

/* ---- lists ---------------------------------------------------------------------------------- */

static dgm_status read_all(FILE *from, char **out, size_t *n, dgm_err *err)
{
    dgm_buffer text = { 0 };
    char bytes[1 << 14];
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, from)) > 0 && text.n < LARGEST;)
        dgm_buffer_put(&text, (dgm_view) { bytes, got });
    if (ferror(from) || text.failed || text.n >= LARGEST) {
        dgm_buffer_done(&text);
        return dgm_fail(err, DGM_EIO, "standard input", 0, "the list of shards cannot be read");
    }
    *out = text.p;
    *n = text.n;
    return DGM_OK;
}

static dgm_view without_return(dgm_view line)
{
    return line.n > 0 && line.p[line.n - 1] == '\r' ? dgm_view_slice(line, 0, line.n - 1) : line;
}

dgm_status dgm_shards_list(const char *list, char **text, dgm_view **at, size_t *n, dgm_err *err)
{
    size_t bytes = 0, n_lines = 1, k = 0;
    char *read = NULL;
    dgm_status status = strcmp(list, "-") == 0 ? read_all(stdin, &read, &bytes, err)
                                               : dgm_file_read(list, LARGEST, &read, &bytes, err);
    if (status != DGM_OK)
        return status;
    for (size_t i = 0; i < bytes; i++)
        n_lines += read[i] == '\n';
    dgm_view *lines = calloc(n_lines, sizeof(*lines));
    if (!lines) {
        free(read);
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the list of shards");
    }
    dgm_view rest = { read, bytes }, line;
    while (rest.n > 0 && dgm_view_split(&rest, '\n', &line)) {
        line = without_return(line);
        if (line.n > 0)
            lines[k++] = line;
    }
    *text = read;
    *at = lines;
    *n = k;
    return DGM_OK;
}

/* ---- folders -------------------------------------------------------------------------------- */

typedef struct {
    dgm_complaints *complaints;
    dgm_shard_fn fn;
    void *context;
} walk;

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool cut_ending(const char *path, const char *ending, dgm_shard *out)
{
    dgm_view v = dgm_view_of(path);
    size_t n = strlen(ending);
    if (!dgm_view_ends(v, dgm_view_of(ending)) || v.n == n || v.n - n >= sizeof out->base)
        return false;
    memcpy(out->base, path, v.n - n);
    out->base[v.n - n] = '\0';
    out->input[0] = '\0';
    return true;
}

/* A lock beside a marker is that of somebody who only looked. */
static bool has_marker(const dgm_shard *shard)
{
    char path[DGM_SHARD_PATH];
    dgm_marker marker;
    dgm_err ignored;
    return dgm_shard_path(shard, ".finished.json", path) &&
           dgm_marker_read(path, &marker, &ignored) == DGM_OK;
}

static bool look_at(const walk *w, const char *path)
{
    static const char *const endings[] = { ".finished.json", ".failed.json", ".lock" };
    dgm_shard shard;
    dgm_marker marker;
    dgm_err err = { 0 };
    size_t i = 0;
    while (i < DGM_LEN(endings) && !cut_ending(path, endings[i], &shard))
        i++;
    if (i == DGM_LEN(endings))
        return true;
    if (i == DGM_SHARD_BEGUN)
        return has_marker(&shard) || w->fn(w->context, &shard, DGM_SHARD_BEGUN, NULL);
    dgm_status status = dgm_marker_read(path, &marker, &err);
    if (status != DGM_OK) {
        if (status != DGM_END)
            dgm_complain_of(w->complaints, &err);
        return true;
    }
    snprintf(shard.input, sizeof shard.input, "%s", marker.shard);
    return w->fn(w->context, &shard, (dgm_shard_state)i, &marker);
}

dgm_status dgm_shards_walk(const char *folder, dgm_complaints *complaints, dgm_shard_fn fn,
                           void *context, dgm_err *err)
{
    const walk w = { .complaints = complaints, .fn = fn, .context = context };
    char *paths[2] = { (char *)(uintptr_t)folder, NULL };
    FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    dgm_status status = DGM_OK;
    if (!fts)
        return dgm_fail(err, DGM_EIO, folder, 0, "%s", strerror(errno));
    for (const FTSENT *entry; status == DGM_OK && (entry = fts_read(fts)) != NULL;) {
        bool root = entry->fts_level == FTS_ROOTLEVEL;
        if (root && entry->fts_info == FTS_F)
            status = dgm_fail(err, DGM_EUSAGE, folder, 0, "this is no folder");
        else if (entry->fts_info == FTS_NS || entry->fts_info == FTS_DNR ||
                 entry->fts_info == FTS_ERR)
            status = dgm_fail(err, DGM_EIO, entry->fts_path, 0, "%s", strerror(entry->fts_errno));
        else if (entry->fts_info == FTS_F && !look_at(&w, entry->fts_path))
            break;
    }
    fts_close(fts);
    return status;
}
