/* The folder of tables that is written: a copy of ours, whose tables are opened one by one to be
 * rewritten or grown. */
#include "dictionary/entries.h"

#include "base/embedded.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 512 << 20 };

void dictionary_refuse(writing *w, place at, const char *format, ...)
{
    if (w->quiet)
        return;
    char message[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    w->tally->refused++;
    dgm_complain(w->complaints, DGM_EFORMAT, at.file, at.line, "%s", message);
}

bool dictionary_know_code(dgm_map *known, dgm_view code)
{
    if (code.n != 3)
        return false;
    for (size_t i = 0; i < 3; i++)
        if (!dgm_is_upper((unsigned char)code.p[i]) && !dgm_is_digit((unsigned char)code.p[i]))
            return false;
    return dgm_map_get(known, code) != DGM_NONE || dgm_map_set(known, code, 1, NULL) == DGM_OK;
}

/* ---- files ---------------------------------------------------------------------------------- */

static bool join(char *out, size_t size, const char *a, const char *b)
{
    int n = snprintf(out, size, "%s/%s", a, b);
    return n > 0 && (size_t)n < size;
}

static dgm_status put_file(const char *path, const char *mode, const char *bytes, size_t n,
                           dgm_err *err)
{
    FILE *f = fopen(path, mode);
    bool good = f && fwrite(bytes, 1, n, f) == n;
    good = f && fclose(f) == 0 && good;
    return good ? DGM_OK
                : dgm_fail(err, DGM_EIO, path, 0, "cannot be written: %s", strerror(errno));
}

static dgm_status copy_file(const char *from, const char *to, dgm_err *err)
{
    char *bytes = NULL;
    size_t n = 0;
    dgm_status status = dgm_file_read(from, LARGEST, &bytes, &n, err);
    if (status == DGM_OK)
        status = put_file(to, "wb", bytes, n, err);
    free(bytes);
    return status;
}

static dgm_status make_folder(const char *path, dgm_err *err)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return DGM_OK;
    return dgm_fail(err, DGM_EIO, path, 0, "cannot be made: %s", strerror(errno));
}

static dgm_status copy_embedded(const char *from, const char *to, dgm_err *err)
{
    size_t n;
    dgm_status status = make_folder(to, err);
    const dgm_embedded_file *files = dgm_embedded_files(&n);
    for (size_t i = 0; i < n && status == DGM_OK; i++) {
        char target[4096];
        const char *name = dgm_embedded_below(&files[i], from);
        if (!name || strchr(name, '/'))
            continue;
        if (!join(target, sizeof target, to, name))
            return dgm_fail(err, DGM_ELIMIT, from, 0, "the path is too long");
        status = copy_file(files[i].path, target, err);
    }
    return status;
}

/* Files of a folder, without folders in it. */
static dgm_status copy_folder(const char *from, const char *to, dgm_err *err)
{
    if (dgm_embedded_is(from))
        return copy_embedded(from, to, err);
    DIR *folder = opendir(from);
    dgm_status status = folder            ? make_folder(to, err)
                        : errno == ENOENT ? DGM_OK
                                          : dgm_fail(err, DGM_EIO, from, 0, "%s", strerror(errno));
    for (struct dirent *entry; folder && status == DGM_OK && (entry = readdir(folder)) != NULL;) {
        char source[4096], target[4096];
        struct stat about;
        if (!join(source, sizeof source, from, entry->d_name) ||
            !join(target, sizeof target, to, entry->d_name))
            status = dgm_fail(err, DGM_ELIMIT, from, 0, "the path is too long");
        else if (stat(source, &about) == 0 && S_ISREG(about.st_mode))
            status = copy_file(source, target, err);
    }
    if (folder)
        closedir(folder);
    return status;
}

static dgm_status empty_folder(const char *path, dgm_err *err)
{
    dgm_status status = make_folder(path, err);
    DIR *folder = status == DGM_OK ? opendir(path) : NULL;
    if (status == DGM_OK && !folder)
        status = dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            status = dgm_fail(err, DGM_EUSAGE, path, 0, "is not empty; tables need a new folder");
    if (folder)
        closedir(folder);
    return status;
}

dgm_status dictionary_copy_tables(const writing *w)
{
    static const char *const rooms[] = { "actors", "codebook", "cues", "english",
                                         "model",  "places",   "rules" };
    dgm_status status = empty_folder(w->to, w->err);
    for (size_t i = 0; status == DGM_OK && i < DGM_LEN(rooms); i++) {
        char from[4096], to[4096];
        if (!join(from, sizeof from, w->base, rooms[i]) || !join(to, sizeof to, w->to, rooms[i]))
            return dgm_fail(w->err, DGM_ELIMIT, w->to, 0, "the path is too long");
        status = copy_folder(from, to, w->err);
    }
    return status;
}

dgm_status dictionary_leave_judge_out(const writing *w)
{
    static const char *const names[] = { "model/judge.tsv", "model/perceptron.tsv",
                                         "model/sides.tsv", "model/parties.tsv" };
    for (size_t i = 0; i < DGM_LEN(names); i++) {
        char path[4096];
        if (!join(path, sizeof path, w->to, names[i]))
            return dgm_fail(w->err, DGM_ELIMIT, w->to, 0, "the path is too long");
        if (unlink(path) != 0 && errno != ENOENT)
            return dgm_fail(w->err, DGM_EIO, path, 0, "cannot be removed: %s", strerror(errno));
    }
    return DGM_OK;
}

/* ---- tables --------------------------------------------------------------------------------- */

/* The columns of the tables that are written; of the others the base's own will do. */
static const char *columns_of(const char *name)
{
    static const char *const columns[][2] = {
        { "actors/countries.tsv", "phrase\tcountry\tkind\tsector\tfrom\tto\tid" },
        { "actors/organisations.tsv",
          "name\talso\tcountry\tsector\tothers\tkind\tmembers\tfrom\tto\tid" },
        { "actors/agents.tsv", "phrase\tsector\tothers\tkind\tplural\tcountry" },
        { "rules/verbs.tsv", "id\tpattern\ttype\tcameo\tactors\trecipients\texample" },
        { "rules/discards.tsv", "phrase\tscope" },
    };
    for (size_t i = 0; i < DGM_LEN(columns); i++)
        if (strcmp(columns[i][0], name) == 0)
            return columns[i][1];
    return NULL;
}

/* The first line of a table that is no comment. */
static dgm_view header_of(dgm_view text)
{
    dgm_view line;
    while (text.n > 0 && dgm_view_split(&text, '\n', &line)) {
        dgm_view cells = dgm_view_trim(line);
        if (cells.n > 0 && cells.p[0] != '#')
            return cells;
    }
    return (dgm_view) { "", 0 };
}

/* Gives the copy of a table our columns, which may be more than the base has, and where `keep` its
 * rows too. */
static bool begin_table(writing *w, const char *path, const char *name, bool keep)
{
    char *text = NULL;
    size_t n = 0;
    if (dgm_file_read(path, LARGEST, &text, &n, w->err) != DGM_OK)
        return false;
    dgm_view all = { text, n }, header = header_of(all);
    const char *columns = columns_of(name);
    dgm_view ours = columns ? dgm_view_of(columns) : header;
    bool good = !keep || dgm_view_starts(ours, header);
    if (!good)
        (void)dgm_fail(w->err, DGM_EFORMAT, path, 0, "the columns are not those of an import");
    size_t begin = header.n ? (size_t)(header.p - text) : 0;
    dgm_view before = dgm_view_slice(all, 0, keep ? begin : 0),
             after = dgm_view_slice(all, begin + header.n, keep ? n : 0);
    good = good && put_file(path, "wb", before.p ? before.p : "", before.n, w->err) == DGM_OK &&
           put_file(path, "ab", ours.p, ours.n, w->err) == DGM_OK &&
           put_file(path, "ab", after.p ? after.p : "", after.n, w->err) == DGM_OK;
    free(text);
    return good;
}

FILE *dictionary_open_table(writing *w, const char *name, bool keep)
{
    char path[4096];
    if (!join(path, sizeof path, w->to, name)) {
        (void)dgm_fail(w->err, DGM_ELIMIT, w->to, 0, "the path is too long");
        return NULL;
    }
    if (!begin_table(w, path, name, keep))
        return NULL;
    FILE *f = fopen(path, "ab");
    if (!f)
        (void)dgm_fail(w->err, DGM_EIO, path, 0, "cannot be written: %s", strerror(errno));
    else
        fputs("\n# imported\n", f);
    return f;
}

FILE *dictionary_rewrite_table(writing *w, const char *name, char **text, size_t *n)
{
    char path[4096];
    *text = NULL;
    if (!join(path, sizeof path, w->to, name)) {
        (void)dgm_fail(w->err, DGM_ELIMIT, w->to, 0, "the path is too long");
        return NULL;
    }
    if (dgm_file_read(path, LARGEST, text, n, w->err) != DGM_OK)
        return NULL;
    FILE *f = fopen(path, "wb");
    if (!f)
        (void)dgm_fail(w->err, DGM_EIO, path, 0, "cannot be written: %s", strerror(errno));
    return f;
}

dgm_status dictionary_close_table(writing *w, const char *name, FILE *f)
{
    bool good = !ferror(f);
    good = fclose(f) == 0 && good;
    return good ? DGM_OK
                : dgm_fail(w->err, DGM_EIO, name, 0, "not all could be written; is there room?");
}
