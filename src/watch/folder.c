/* A folder: what is new in it or has changed since it was read, and stands still. */
#include "watch/parts.h"

#include "ingest/ingest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BATCH = 256 };

typedef struct {
    char *path;
    char mark[WATCH_MARK];
} candidate;

typedef struct {
    const dgm_watch_options *options;
    watch_state *state;
    const char *state_path;
    dgm_polled *out;
    dgm_arena *arena;
    DGM_ARRAY(candidate) new;
} looking;

/* False: there is no such file any more. */
static bool mark_of(const char *path, char out[WATCH_MARK])
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    (void)snprintf(out, WATCH_MARK, "%lld %lld.%09ld", (long long)about.st_size,
                   (long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec);
    return true;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* All paths of the folder into `new` that were not read as they are now. Empty files are not there
 * yet. False: no memory. */
static bool look(looking *l)
{
    const dgm_reader_options reading = { .complaints = l->options->complaints };
    char *folder = strdup(l->options->path), *const paths[] = { folder };
    dgm_inputs *in = folder ? dgm_inputs_new(paths, 1, true, &reading) : NULL;
    bool room = in != NULL;
    for (char *path; room && (path = dgm_inputs_next_path(in)) != NULL; free(path)) {
        char mark[WATCH_MARK];
        if (!mark_of(path, mark) || is_same_file(path, l->state_path))
            continue;
        l->out->n_files++;
        if (watch_state_has_file(l->state, path, mark) || mark[0] == '0')
            continue;
        if (access(path, R_OK) != 0) {
            dgm_complain(l->options->complaints, DGM_EIO, path, 0, "%s", strerror(errno));
            continue;
        }
        candidate *c = dgm_push(l->arena, &l->new);
        if (c) {
            c->path = (char *)dgm_arena_copy(l->arena, dgm_view_of(path)).p;
            memcpy(c->mark, mark, sizeof mark);
        }
        room = !dgm_arena_failed(l->arena);
    }
    room = room && !dgm_inputs_ended_early(in);
    dgm_inputs_free(in);
    free(folder);
    return room;
}

/* Only those that have not changed since look(): they move to the front. */
static void keep_still(looking *l)
{
    uint32_t n = 0;
    char mark[WATCH_MARK];
    for (uint32_t i = 0; i < l->new.n; i++) {
        if (mark_of(l->new.at[i].path, mark) && strcmp(mark, l->new.at[i].mark) == 0)
            l->new.at[n++] = l->new.at[i];
        else
            l->out->n_growing++;
    }
    l->new.n = n;
}

static void read_new(looking *l)
{
    char *paths[BATCH];
    for (uint32_t i = 0; i < l->new.n && !watch_stopped(l->options);) {
        bool unread = false;
        dgm_found found = { .paths = paths, .unread = &unread };
        for (; found.n_paths < BATCH && i + found.n_paths < l->new.n; found.n_paths++)
            paths[found.n_paths] = l->new.at[i + found.n_paths].path;
        if (!l->options->found(l->options->context, &found)) {
            l->out->broken = true;
            return;
        }
        for (size_t k = 0; k < found.n_paths && !unread; k++)
            watch_state_set_file(l->state, l->new.at[i + k].path, l->new.at[i + k].mark);
        i += (uint32_t)found.n_paths;
        l->out->n_new += (uint32_t)found.n_paths;
    }
}

dgm_status watch_folder_poll(const dgm_watch_options *options, watch_state *state,
                             const char *state_path, dgm_polled *out, dgm_err *err)
{
    struct stat about;
    looking l = { .options = options, .state = state, .state_path = state_path, .out = out };
    if (stat(options->path, &about) != 0)
        return dgm_fail(err, DGM_EIO, options->path, 0, "%s", strerror(errno));
    size_t n_before = options->complaints ? options->complaints->n : 0;
    l.arena = dgm_arena_new();
    if (!l.arena || !look(&l)) {
        dgm_arena_free(l.arena);
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory to look into the folder");
    }
    bool whole = !options->complaints || options->complaints->n == n_before;
    if (l.new.n > 0)
        watch_sleep(options, options->settle);
    if (!watch_stopped(options)) {
        keep_still(&l);
        read_new(&l);
    }
    if (whole) /* a folder that could not be looked into has lost no files */
        watch_state_sweep(state);
    dgm_arena_free(l.arena);
    return DGM_OK;
}
