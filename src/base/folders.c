/* Lists of folders in which tables lie: see dgm_folders_cut() in base.h. */
#include "base/embedded.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

dgm_view dgm_folder_bare(dgm_view folder)
{
    while (folder.n > 1 && folder.p[folder.n - 1] == '/')
        folder.n--;
    return folder;
}

uint32_t dgm_folders_cut(const char *list, dgm_view folders[DGM_MAX_FOLDERS])
{
    if (!list)
        return 0;
    dgm_view rest = dgm_view_of(list), part;
    uint32_t n = 0;
    if (rest.n > 0 && (!strchr(list, ':') || is_folder(list))) {
        folders[0] = dgm_folder_bare(rest);
        return 1;
    }
    while (rest.n > 0 && n < DGM_MAX_FOLDERS && dgm_view_split(&rest, ':', &part)) {
        if (part.n > 0)
            folders[n++] = dgm_folder_bare(part);
    }
    return n;
}

bool dgm_folders_find(const char *list, const char *name, char *out, size_t size)
{
    dgm_view folders[DGM_MAX_FOLDERS];
    for (uint32_t i = dgm_folders_cut(list, folders); i-- > 0;) {
        int n = snprintf(out, size, "%.*s/%s", DGM_FMT(folders[i]), name);
        if (n < 0 || (size_t)n >= size)
            break;
        if (i == 0 || dgm_path_exists(out))
            return true;
    }
    out[0] = 0;
    return false;
}

bool dgm_folders_holder(const char *list, const char *name, char *out, size_t size)
{
    if (!dgm_folders_find(list, name, out, size) || !dgm_path_exists(out))
        return false;
    out[strlen(out) - strlen(name) - 1] = 0;
    return true;
}

/* ---- tables of older versions --------------------------------------------------------------- */

/* Where tables stood before version 0.1.0: a folder of one's own may be of that time. */
static const char *const old_places[][2] = {
    { "english/classes.tsv", "predicates/classes.tsv" },
    { "english/nouns.tsv", "predicates/irregular.tsv" },
    { "english/verbs.tsv", "words/verbs.tsv" },
    { "english/negation.tsv", "cues/negation.tsv" },
    { "english/conditions.tsv", "cues/conditions.tsv" },
    { "english/time.tsv", "cues/time.tsv" },
    { "english/abbreviations.tsv", "cues/abbreviations.tsv" },
    { "english/people.tsv", "actors/words.tsv" },
    { "english/place-words.tsv", "places/words.tsv" },
    { "rules/verbs.tsv", "predicates/verbs.tsv" },
    { "rules/nouns.tsv", "predicates/nouns.tsv" },
    { "rules/operators.tsv", "predicates/operators.tsv" },
    { "rules/discards.tsv", "predicates/discards.tsv" },
    { "codebook/types.tsv", "ontology/types.tsv" },
    { "codebook/modes.tsv", "ontology/modes.tsv" },
    { "codebook/contexts.tsv", "ontology/contexts.tsv" },
    { "codebook/contexts-words.tsv", "ontology/contexts-words.tsv" },
    { "codebook/cameo.tsv", "ontology/cameo.tsv" },
    { "codebook/compositions.tsv", "ontology/compositions.tsv" },
    { "codebook/icews.tsv", "ontology/icews.tsv" },
};

bool dgm_folder_has(dgm_view folder, const char *name)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%.*s/%s", DGM_FMT(folder), name);
    return n >= 0 && (size_t)n < sizeof path && dgm_path_exists(path);
}

const char *dgm_folder_old_table(dgm_view folder, const char *name)
{
    for (size_t i = 0; i < DGM_LEN(old_places); i++) {
        if (strcmp(name, old_places[i][0]) == 0)
            return dgm_folder_has(folder, old_places[i][1]) ? old_places[i][1] : NULL;
    }
    return NULL;
}

/* What a table is called now that had this name; NULL: none had. */
static const char *new_name_of(const char *name)
{
    for (size_t i = 0; i < DGM_LEN(old_places); i++) {
        if (strcmp(name, old_places[i][1]) == 0)
            return old_places[i][0];
    }
    return NULL;
}

/* ---- strays --------------------------------------------------------------------------------- */

static void walk_embedded(const char *folder, dgm_table_fn fn, void *context)
{
    size_t n;
    const dgm_embedded_file *files = dgm_embedded_files(&n);
    for (size_t i = 0; i < n; i++) {
        const char *name = dgm_embedded_below(&files[i], folder);
        if (name && dgm_view_ends(dgm_view_of(name), DGM_VIEW(".tsv")))
            fn(context, files[i].path, name);
    }
}

static bool walk(const char *folder, size_t n_top, bool deeper, dgm_table_fn fn, void *context)
{
    DIR *open = opendir(folder);
    bool good = open || errno == ENOENT;
    if (!open)
        return good;
    for (struct dirent *entry; (entry = readdir(open)) != NULL;) {
        char path[4096];
        int n = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || n < 0 || (size_t)n >= sizeof path)
            continue;
        if (dgm_view_ends(dgm_view_of(path), DGM_VIEW(".tsv")))
            fn(context, path, path + n_top + 1);
        else if (deeper && is_folder(path))
            good = walk(path, n_top, false, fn, context) && good;
    }
    closedir(open);
    return good;
}

bool dgm_folder_tables(const char *folder, dgm_table_fn fn, void *context)
{
    walk_embedded(folder, fn, context);
    return walk(folder, strlen(folder), true, fn, context);
}

typedef struct {
    const char *base; /* the first folder */
    dgm_complaints *complaints;
    dgm_nearest nearest;
    const char *wanted;
} straying;

/* "organisations.tsv" is meant for "actors/organisations.tsv". */
static void try_name(void *context, const char *path, const char *name)
{
    straying *s = context;
    const char *stroke = strrchr(name, '/');
    (void)path;
    if (stroke && strcmp(stroke + 1, s->wanted) == 0 && strlen(name) < sizeof s->nearest.best) {
        snprintf(s->nearest.best, sizeof s->nearest.best, "%s", name);
        s->nearest.distance = 0;
    } else {
        dgm_nearest_try(&s->nearest, dgm_view_of(name));
    }
}

static void check_name(void *context, const char *path, const char *name)
{
    straying *s = context;
    char there[4096];
    int n = snprintf(there, sizeof there, "%s/%s", s->base, name);
    if (n >= 0 && (size_t)n < sizeof there && dgm_path_exists(there))
        return;
    const char *moved_to = new_name_of(name);
    if (moved_to) {
        dgm_complain(s->complaints, DGM_EFORMAT, path, 0,
                     "is not read; the table that was %s is now %s", name, moved_to);
        return;
    }
    s->nearest = dgm_nearest_to(dgm_view_of(name));
    s->wanted = name;
    (void)dgm_folder_tables(s->base, try_name, s);
    bool near = s->nearest.best[0] != 0;
    dgm_complain(s->complaints, DGM_EFORMAT, path, 0,
                 "no table has this name, so it is not read%s%s%s", near ? "; did you mean " : "",
                 s->nearest.best, near ? "?" : "");
}

void dgm_folders_strays(const char *list, dgm_complaints *complaints)
{
    dgm_view folders[DGM_MAX_FOLDERS];
    uint32_t n = dgm_folders_cut(list, folders);
    char base[4096], path[4096];
    if (n < 2 || folders[0].n >= sizeof base)
        return;
    snprintf(base, sizeof base, "%.*s", DGM_FMT(folders[0]));
    straying s = { .base = base, .complaints = complaints };
    for (uint32_t i = 1; i < n; i++) {
        if (folders[i].n < sizeof path) {
            snprintf(path, sizeof path, "%.*s", DGM_FMT(folders[i]));
            (void)dgm_folder_tables(path, check_name, &s);
        }
    }
}
