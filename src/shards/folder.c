/* Lists of shards, and the folder as it stands. */
#include "shards/shards.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* ---- the walk ------------------------------------------------------------------------------- */

/* What is left of a folder. (glibc's fts_open() would do, but crashes without memory.) */
typedef struct {
    struct dirent **entries;
    int n, at;
    size_t n_path; /* how much of the path is its own */
} level;

static int is_inside(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static dgm_status enter(const char *path, level *out, dgm_err *err)
{
    *out = (level) { .n_path = strlen(path) };
    int n = scandir(path, &out->entries, is_inside, by_name);
    if (n < 0 && errno == ENOTDIR)
        return dgm_fail(err, DGM_EUSAGE, path, 0, "this is no folder");
    if (n < 0)
        return dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
    out->n = n;
    return DGM_OK;
}

static void leave(level *l)
{
    for (; l->at < l->n; l->at++)
        free(l->entries[l->at]);
    free(l->entries);
}

/* The path of the next entry, which may be gone by now; DGM_END: there is none. */
static dgm_status next_entry(level *l, char path[DGM_SHARD_PATH], mode_t *mode, dgm_err *err)
{
    struct stat about = { 0 };
    if (l->at == l->n)
        return DGM_END;
    struct dirent *entry = l->entries[l->at++];
    int n = snprintf(path + l->n_path, DGM_SHARD_PATH - l->n_path, "/%s", entry->d_name);
    free(entry);
    if (n < 0 || (size_t)n >= DGM_SHARD_PATH - l->n_path)
        return dgm_fail(err, DGM_ELIMIT, path, 0, "the path is too long");
    if (lstat(path, &about) != 0 && errno != ENOENT)
        return dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
    *mode = about.st_mode;
    return DGM_OK;
}

/* The folders from the first down to that in which the walk is. */
typedef struct {
    level levels[64];
    size_t n;
    char path[DGM_SHARD_PATH];
} way;

static dgm_status go_down(way *at, dgm_err *err)
{
    if (at->n == DGM_LEN(at->levels))
        return dgm_fail(err, DGM_ELIMIT, at->path, 0, "it lies more than %zu folders deep", at->n);
    return enter(at->path, &at->levels[at->n++], err);
}

/* To the next entry. *goes_on: whether the walk does. */
static dgm_status step(const walk *w, way *at, bool *goes_on, dgm_err *err)
{
    mode_t mode = 0;
    dgm_status status = next_entry(&at->levels[at->n - 1], at->path, &mode, err);
    if (status == DGM_END) {
        leave(&at->levels[--at->n]);
        *goes_on = at->n > 0;
        return DGM_OK;
    }
    if (status == DGM_OK && S_ISREG(mode))
        *goes_on = look_at(w, at->path);
    return status == DGM_OK && S_ISDIR(mode) ? go_down(at, err) : status;
}

dgm_status dgm_shards_walk(const char *folder, dgm_complaints *complaints, dgm_shard_fn fn,
                           void *context, dgm_err *err)
{
    const walk w = { .complaints = complaints, .fn = fn, .context = context };
    way at;
    size_t n = dgm_folder_bare(dgm_view_of(folder)).n;
    if (n >= sizeof at.path)
        return dgm_fail(err, DGM_ELIMIT, folder, 0, "the path is too long");
    snprintf(at.path, sizeof at.path, "%.*s", (int)n, folder);
    at.n = 0;
    dgm_status status = go_down(&at, err);
    for (bool goes_on = true; status == DGM_OK && goes_on;)
        status = step(&w, &at, &goes_on, err);
    while (at.n > 0)
        leave(&at.levels[--at.n]);
    return status;
}
