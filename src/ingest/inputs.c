/* Many inputs as one: files in the order in which they are named, folders as the files in them. */
#include "ingest/ingest.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEEPEST = 64 }; /* folders in folders */

/* A folder that is being walked: the names in it, sorted. */
typedef struct {
    char *path;
    struct dirent **entries;
    int n, at;
} folder;

struct dgm_inputs {
    char *const *paths;
    size_t n_paths, i_path;
    bool recursive;
    dgm_reader_options options;
    folder folders[DEEPEST];
    uint32_t n_folders;
    struct {
        const char *bytes, *name; /* NULL: none, or it is opened */
        size_t n;
    } memory;
    dgm_reader *reader;
    struct {
        dgm_arena *arena; /* NULL: nobody looked */
        dgm_document doc;
        bool there;
    } first;
    uint64_t before; /* bytes of the inputs that are done */
    bool no_memory;  /* for a name: not all inputs were seen */
    bool found;      /* a file in the folder that was named */
    bool unread;     /* an input could not be opened, or not be read to its end */
};

dgm_inputs *dgm_inputs_new(char *const *paths, size_t n, bool recursive,
                           const dgm_reader_options *options)
{
    static char dash[] = "-", *const standard_input[] = { dash };
    dgm_inputs *in = calloc(1, sizeof(*in));
    if (!in)
        return NULL;
    in->paths = n > 0 ? paths : standard_input;
    in->n_paths = n > 0 ? n : 1;
    in->recursive = recursive;
    in->options = *options;
    return in;
}

dgm_inputs *dgm_inputs_of_memory(const char *bytes, size_t n, const char *name,
                                 const dgm_reader_options *options)
{
    dgm_inputs *in = dgm_inputs_new(NULL, 0, false, options);
    if (!in)
        return NULL;
    in->n_paths = 0;
    in->memory.bytes = bytes;
    in->memory.n = n;
    in->memory.name = name;
    return in;
}

static void leave_folder(dgm_inputs *in)
{
    folder *f = &in->folders[--in->n_folders];
    for (int i = f->at; i < f->n; i++)
        free(f->entries[i]);
    free(f->entries);
    free(f->path);
}

void dgm_inputs_free(dgm_inputs *inputs)
{
    if (!inputs)
        return;
    while (inputs->n_folders > 0)
        leave_folder(inputs);
    dgm_reader_free(inputs->reader);
    dgm_arena_free(inputs->first.arena);
    free(inputs);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* By bytes: alphasort() follows the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_folder(const char *path, bool follow)
{
    struct stat about;
    return (follow ? stat(path, &about) : lstat(path, &about)) == 0 && S_ISDIR(about.st_mode);
}

/* What is found in a folder is read where it is a file: opening a pipe would wait for ever, and a
 * link to a folder may lead round in a circle. A file that cannot be looked at is told of later. */
static bool may_be_read(const char *path)
{
    struct stat about;
    return stat(path, &about) != 0 || S_ISREG(about.st_mode);
}

/* Takes path over. */
static void enter_folder(dgm_inputs *in, char *path)
{
    folder *f = &in->folders[in->n_folders];
    int n = -1;
    if (in->n_folders == DEEPEST)
        dgm_complain(in->options.complaints, DGM_ELIMIT, path, 0,
                     "it lies more than %d folders deep and is passed over", DEEPEST);
    else if ((n = scandir(path, &f->entries, is_visible, by_name)) < 0 && errno == ENOMEM)
        in->no_memory = true;
    else if (n < 0)
        dgm_complain(in->options.complaints, DGM_EIO, path, 0, "%s", strerror(errno));
    if (n < 0) {
        free(path);
        return;
    }
    f->path = path;
    f->n = n;
    f->at = 0;
    in->n_folders++;
}

static char *join(const char *folder_path, const char *name)
{
    size_t n = dgm_folder_bare(dgm_view_of(folder_path)).n, m = strlen(name);
    char *path = malloc(n + m + 2);
    if (path)
        snprintf(path, n + m + 2, "%.*s/%s", (int)n, folder_path, name);
    return path;
}

/* Folders are seen into. Whoever watches one is not told that it is empty. */
static char *next_path(dgm_inputs *in, bool tell_empty)
{
    for (;;) {
        char *path = NULL;
        bool named = in->n_folders == 0;
        if (!named && in->folders[in->n_folders - 1].at == in->folders[in->n_folders - 1].n) {
            leave_folder(in);
            if (tell_empty && in->n_folders == 0 && !in->found)
                dgm_complain(in->options.complaints, DGM_EIO, in->paths[in->i_path - 1], 0,
                             "no file is in this folder");
            continue;
        }
        if (in->no_memory || (named && in->i_path == in->n_paths))
            return NULL;
        if (named) {
            path = strdup(in->paths[in->i_path++]);
            in->found = false;
        } else {
            folder *f = &in->folders[in->n_folders - 1];
            path = join(f->path, f->entries[f->at]->d_name);
            free(f->entries[f->at++]);
        }
        in->no_memory = in->no_memory || !path;
        if (!path || !in->recursive || strcmp(path, "-") == 0 || !is_folder(path, named)) {
            if (path && !named && !may_be_read(path)) {
                free(path);
                continue;
            }
            in->found = true;
            return path;
        }
        enter_folder(in, path);
    }
}

char *dgm_inputs_next_path(dgm_inputs *in)
{
    return next_path(in, false);
}

/* What is told is no longer the caller's to tell. */
static void tell(dgm_inputs *in, dgm_err *err)
{
    dgm_complain_of(in->options.complaints, err);
    *err = (dgm_err) { .status = DGM_OK };
}

/* Opens the next input that can be opened: DGM_OK, DGM_END or DGM_ENOMEM. */
static dgm_status open_next(dgm_inputs *in, dgm_err *err)
{
    dgm_status status = DGM_OK;
    const char *name = in->memory.name;
    in->memory.name = NULL;
    if (name) {
        status = dgm_reader_open_memory(in->memory.bytes, in->memory.n, name, &in->options,
                                        &in->reader, err);
        if (status != DGM_OK && status != DGM_ENOMEM)
            tell(in, err);
    }
    while (!in->reader && status != DGM_ENOMEM) {
        char *path = next_path(in, true);
        if (!path)
            return in->no_memory ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the inputs")
                                 : DGM_END;
        status = dgm_reader_open(path, &in->options, &in->reader, err);
        in->unread = in->unread || status == DGM_EIO || status == DGM_ENOMEM;
        if (status == DGM_EIO && !in->recursive && is_folder(path, true))
            status = dgm_fail(err, DGM_EIO, path, 0,
                              "this is a folder, not a file; -r reads the files in it");
        if (status != DGM_OK && status != DGM_ENOMEM)
            tell(in, err);
        free(path);
    }
    return in->reader ? DGM_OK : status;
}

dgm_status dgm_inputs_look(dgm_inputs *inputs, dgm_err *err)
{
    assert(!inputs->first.arena);
    inputs->first.arena = dgm_arena_new();
    dgm_status status = inputs->first.arena
                            ? dgm_inputs_next(inputs, inputs->first.arena, &inputs->first.doc, err)
                            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    inputs->first.there = status == DGM_OK;
    return status;
}

dgm_status dgm_inputs_next(dgm_inputs *inputs, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    dgm_status opened;
    if (inputs->first.there) {
        inputs->first.there = false;
        *doc = inputs->first.doc;
        return DGM_OK;
    }
    while ((opened = open_next(inputs, err)) == DGM_OK) {
        dgm_status status = dgm_reader_next(inputs->reader, arena, doc, err);
        if (status == DGM_OK || status == DGM_ENOMEM)
            return status;
        if (status != DGM_END)
            dgm_complain_of(inputs->options.complaints, err);
        inputs->before += dgm_reader_tell(inputs->reader, NULL);
        inputs->unread = inputs->unread || dgm_reader_unread(inputs->reader);
        dgm_reader_free(inputs->reader);
        inputs->reader = NULL;
    }
    return opened;
}

bool dgm_inputs_ended_early(const dgm_inputs *inputs)
{
    return inputs->no_memory;
}

bool dgm_inputs_unread(const dgm_inputs *inputs)
{
    return inputs->unread || inputs->no_memory;
}

bool dgm_inputs_wait(const dgm_inputs *inputs)
{
    return !inputs->first.there && inputs->reader && dgm_reader_waits(inputs->reader);
}

uint64_t dgm_inputs_tell(const dgm_inputs *inputs)
{
    return inputs->before + (inputs->reader ? dgm_reader_tell(inputs->reader, NULL) : 0);
}

uint64_t dgm_inputs_total(char *const *paths, size_t n, bool recursive)
{
    dgm_reader_options options = { .complaints = NULL };
    dgm_inputs *in = n > 0 ? dgm_inputs_new(paths, n, recursive, &options) : NULL;
    uint64_t total = 0;
    bool known = in != NULL;
    for (char *path; known && (path = dgm_inputs_next_path(in)) != NULL; free(path)) {
        struct stat about;
        known = strcmp(path, "-") != 0 && (stat(path, &about) != 0 || S_ISREG(about.st_mode));
        if (known && stat(path, &about) == 0)
            total += (uint64_t)about.st_size;
    }
    dgm_inputs_free(in);
    return known ? total : 0;
}
