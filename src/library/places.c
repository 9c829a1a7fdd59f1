#include "library/places.h"

#include "base/embedded.h"
#include "story/story.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Tables under their old names count, too: that they must move is said where they are missing. */
bool dgm_tables_whole(dgm_view folder)
{
    char path[4096];
    size_t n_there = 0, n = 0;
    for (; dgm_required_tables[n]; n++) {
        snprintf(path, sizeof path, "%.*s/%s", DGM_FMT(folder), dgm_required_tables[n]);
        n_there +=
            dgm_path_exists(path) || dgm_folder_old_table(folder, dgm_required_tables[n]) != NULL;
    }
    return 2 * n_there > n;
}

/* The tables that others overlay; empty: there are none. */
static dgm_view shipped(void)
{
    static const char *const places[] = {
        DGM_EMBEDDED,
        DGM_INSTALLED_TABLES,
#ifdef DGM_SOURCE_TABLES
        DGM_SOURCE_TABLES,
#endif
    };
    dgm_view folders[DGM_MAX_FOLDERS];
    for (uint32_t i = dgm_folders_cut(getenv("DRAGOMAN_TABLES"), folders); i-- > 0;) {
        if (dgm_tables_whole(folders[i]))
            return folders[i];
    }
    for (size_t i = 0; i < DGM_LEN(places); i++) {
        if (dgm_path_exists(places[i]))
            return dgm_view_of(places[i]);
    }
    return (dgm_view) { "", 0 };
}

static bool add(dgm_view folder, char *out, size_t size)
{
    size_t used = strlen(out);
    int n = snprintf(out + used, size - used, "%s%.*s", used ? ":" : "", DGM_FMT(folder));
    return n >= 0 && (size_t)n < size - used;
}

static dgm_status add_folder(dgm_view folder, char *out, size_t size, dgm_err *err)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%.*s/.", DGM_FMT(folder));
    bool fits = n >= 0 && (size_t)n < sizeof path, whole = fits && dgm_tables_whole(folder);
    if (!fits)
        return dgm_fail(err, DGM_ELIMIT, NULL, 0, "the path of a folder of tables is too long");
    bool there = whole || access(path, R_OK) == 0;
    path[n - 2] = 0;
    if (!there) {
        return dgm_fail(err, DGM_EIO, path, 0, "this folder of tables cannot be read: %s",
                        strerror(errno));
    }
    if (!whole && memchr(folder.p, ':', folder.n))
        return dgm_fail(err, DGM_EUSAGE, path, 0,
                        "a folder that overlays others has no colon in its name");
    if (whole)
        out[0] = 0;
    else if (!out[0])
        fits = add(shipped(), out, size);
    if (!fits || !add(folder, out, size))
        return dgm_fail(err, DGM_ELIMIT, NULL, 0,
                        "the paths of the folders of tables are too long");
    return DGM_OK;
}

/* Whether a list has more folders than are looked into. */
static bool has_too_many(const char *list)
{
    dgm_view folders[DGM_MAX_FOLDERS], rest = dgm_view_of(list), part;
    uint32_t n = 0;
    if (dgm_folders_cut(list, folders) < DGM_MAX_FOLDERS)
        return false;
    while (rest.n > 0 && dgm_view_split(&rest, ':', &part))
        n += part.n > 0;
    return n > DGM_MAX_FOLDERS;
}

dgm_status dgm_tables_find(const char *given, const char *otherwise, char *out, size_t size,
                           dgm_err *err)
{
    const char *choices[] = { given, getenv("DRAGOMAN_TABLES"), otherwise }, *list = NULL;
    dgm_view folders[DGM_MAX_FOLDERS];
    dgm_status status = DGM_OK;
    for (size_t i = 0; i < DGM_LEN(choices) && !list; i++)
        list = choices[i] && choices[i][0] ? choices[i] : NULL;
    out[0] = 0;
    uint32_t n = dgm_folders_cut(list, folders);
    for (uint32_t i = 0; i < n && status == DGM_OK; i++)
        status = add_folder(folders[i], out, size, err);
    if (status != DGM_OK)
        return status;
    if (has_too_many(list) || has_too_many(out))
        return dgm_fail(err, DGM_ELIMIT, NULL, 0,
                        "more than %d folders of tables, the shipped one among them",
                        DGM_MAX_FOLDERS);
    if (n == 0 && !add(shipped(), out, size))
        return dgm_fail(err, DGM_ELIMIT, NULL, 0, "the path of the tables is too long");
    if (!out[0])
        return dgm_fail(err, DGM_EIO, NULL, 0, "no tables found; use --tables");
    return DGM_OK;
}
