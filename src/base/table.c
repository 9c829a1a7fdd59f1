/* Tables of knowledge: see dgm_row in base.h for the format. */
#include "base/embedded.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_TABLE = 256 << 20 };

/* Of a file inside the program, a copy: its reader may change and free it. */
static dgm_status copy_embedded(const char *path, dgm_view bytes, size_t limit, char **out,
                                size_t *n, dgm_err *err)
{
    if (bytes.n > limit)
        return dgm_fail(err, DGM_ELIMIT, path, 0, "is larger than %zu bytes", limit);
    char *copy = malloc(bytes.n + 1);
    if (!copy)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for its text");
    memcpy(copy, bytes.p, bytes.n + 1); /* with the NUL */
    *out = copy;
    *n = bytes.n;
    return DGM_OK;
}

/* Room for the bytes of a file, one more and a NUL: a regular file is read into one piece. */
static size_t room_for(FILE *f, size_t limit)
{
    struct stat st;
    bool known = fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
    return known && (uint64_t)st.st_size <= limit ? (size_t)st.st_size + 2 : 64 << 10;
}

FILE *dgm_file_open(const char *path, dgm_err *err)
{
    bool by_number = strncmp(path, "/dev/stdin", 10) == 0 || strncmp(path, "/dev/fd/", 8) == 0 ||
                     strncmp(path, "/proc/self/fd/", 14) == 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | (by_number ? 0 : O_NONBLOCK));
    struct stat st;
    FILE *f = NULL;
    if (!path[0])
        (void)dgm_fail(err, DGM_EIO, NULL, 0, "a file's name is empty");
    else if (fd < 0 || fstat(fd, &st) != 0)
        (void)dgm_fail(err, DGM_EIO, path, 0, "cannot be opened: %s", strerror(errno));
    else if (S_ISDIR(st.st_mode))
        (void)dgm_fail(err, DGM_EIO, path, 0, "this is a folder, not a file");
    else if (!S_ISREG(st.st_mode) && (!by_number || S_ISBLK(st.st_mode)))
        (void)dgm_fail(err, DGM_EIO, path, 0, "this is a %s, not a file",
                       S_ISFIFO(st.st_mode)   ? "pipe"
                       : S_ISSOCK(st.st_mode) ? "socket"
                                              : "device");
    else if (!(f = fdopen(fd, "rb")))
        (void)dgm_fail(err, DGM_EIO, path, 0, "cannot be opened: %s", strerror(errno));
    if (fd >= 0 && !f)
        close(fd);
    return f;
}

dgm_status dgm_file_read(const char *path, size_t limit, char **out, size_t *n, dgm_err *err)
{
    dgm_view embedded;
    if (dgm_embedded_find(path, &embedded))
        return copy_embedded(path, embedded, limit, out, n, err);
    FILE *f = dgm_file_open(path, err);
    if (!f)
        return DGM_EIO;
    setvbuf(f, NULL, _IONBF, 0);
    char *bytes = NULL;
    size_t used = 0, cap = 0;
    dgm_status status = DGM_OK;
    while (status == DGM_OK) {
        if (cap - used < 2) {
            cap = cap ? cap * 2 : room_for(f, limit);
            char *grown = realloc(bytes, cap);
            if (!grown) {
                status = dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for its text");
                break;
            }
            bytes = grown;
            dgm_take_pages(bytes + used, cap - used);
        }
        size_t got = fread(bytes + used, 1, cap - used - 1, f);
        if (got == 0)
            break;
        used += got;
        if (used > limit)
            status = dgm_fail(err, DGM_ELIMIT, path, 0, "is larger than %zu bytes", limit);
    }
    if (status == DGM_OK && ferror(f))
        status = dgm_fail(err, DGM_EIO, path, 0, "cannot be read: %s", strerror(errno));
    fclose(f);
    if (status != DGM_OK) {
        free(bytes);
        return status;
    }
    assert(bytes); /* the first round took some */
    bytes[used] = 0;
    *out = bytes;
    *n = used;
    return DGM_OK;
}

static inline bool is_blank(char c)
{
    return dgm_is_space((unsigned char)c);
}

/* Cells of a line: parted by runs of TABs; a cell that begins with '#' ends the line. Returns the
 * count, at most max + 1 where there are too many. */
static uint32_t split_cells(dgm_view line, dgm_view *cells, uint32_t max)
{
    const char *p = line.p, *end = p + line.n;
    uint32_t n = 0;
    while (p < end) {
        const char *tab = memchr(p, '\t', (size_t)(end - p));
        tab = tab ? tab : end;
        dgm_view cell = { p, (size_t)(tab - p) };
        p = tab + 1;
        if (cell.n > 0 && (is_blank(cell.p[0]) || is_blank(tab[-1])))
            cell = dgm_view_trim(cell);
        if (cell.n == 0)
            continue;
        if (cell.p[0] == '#')
            break;
        if (n == max)
            return max + 1;
        cells[n++] = cell;
    }
    return n;
}

/* By which columns a row is known, besides the first: the first line of `first` whose header has
 * the column `has`. Of columns that are not in the header nothing is asked. */
static const struct {
    const char *first, *has, *others[4];
} keys[] = {
    { "person", NULL, { "office", "from" } },
    { "name", "members", { "country", "from" } },
    { "name", NULL, { "country", "admin1", "kind" } },
    { "phrase", "country", { "kind" } },
    { "word", NULL, { "class" } },
    { "lemma", "relation", { "relation" } },
    { "lemma", NULL, { "pos", "frames" } },
    { "form", NULL, { "where" } },
    { "pattern", NULL, { "content", "takes" } },
    { "type", "earlier", { "cameo", "from", "earlier" } },
    { "type", NULL, { "mode" } },
    { "operator", NULL, { "content" } },
    { "kind", "ends", { "ends" } },
    { "class", NULL, { "words" } }, /* rows of one class only add to each other */
    { "function", NULL, { "words", "for" } },
    { "context", "deeds", { "deeds", "actor", "recipient" } },
    { "context", NULL, { "words" } },
    { "use", NULL, { "type", "cameo", "words", "sides" } },
};

enum { MAX_KEYS = 5 };

/* Some of a row's columns, by which it is known. */
typedef struct {
    dgm_view column[MAX_KEYS];
    uint32_t n, place[MAX_KEYS];
} row_key;

/* One file of a table that lies in several folders. */
typedef struct {
    size_t text, n; /* where its bytes are in the text of all, and how many */
    size_t path, name;
    bool own; /* of a later folder than the first */
} layer;

typedef struct {
    const char *path, *name;
    const char *const *columns;
    uint32_t n_columns, n_header;
    dgm_view header[DGM_MAX_COLUMNS];
    bool lined_up; /* the header has TABs that follow each other */
    size_t n_rows;
    uint32_t place[DGM_MAX_COLUMNS]; /* of a wanted column in the header; DGM_NONE: not there */
    bool needed[DGM_MAX_COLUMNS];    /* no cell of it is empty */
    dgm_complaints *complaints;
    /* Of a table that is overlaid: */
    dgm_map *covered; /* key -> the last layer that has it */
    row_key keys[2];  /* a rule is known by its id and by its pattern, each of which is enough */
    uint32_t n_keys;
    uint32_t i_layer;
    bool own;
    bool collecting; /* rows are not passed on, but their keys noted */
    dgm_row row;     /* the one that is passed on */
} loading;

/* ---- keys ----------------------------------------------------------------------------------- */

static uint32_t find_cell(const dgm_view *cells, uint32_t n, dgm_view name)
{
    for (uint32_t i = 0; i < n; i++)
        if (dgm_view_eq(cells[i], name))
            return i;
    return DGM_NONE;
}

static void choose_key(const dgm_view *header, uint32_t n, dgm_view first, row_key *key)
{
    key->column[0] = first;
    key->n = 1;
    for (size_t i = 0; i < DGM_LEN(keys); i++) {
        if (!dgm_view_eq(first, dgm_view_of(keys[i].first)) ||
            (keys[i].has && find_cell(header, n, dgm_view_of(keys[i].has)) == DGM_NONE))
            continue;
        for (size_t j = 0; j < DGM_LEN(keys[i].others) && keys[i].others[j]; j++)
            if (find_cell(header, n, dgm_view_of(keys[i].others[j])) != DGM_NONE)
                key->column[key->n++] = dgm_view_of(keys[i].others[j]);
        return;
    }
}

static void choose_keys(loading *l, const dgm_view *header, uint32_t n)
{
    uint32_t pattern = find_cell(header, n, DGM_VIEW("pattern"));
    choose_key(header, n, header[0], &l->keys[l->n_keys++]);
    if (dgm_view_eq(header[0], DGM_VIEW("id")) && pattern != DGM_NONE)
        choose_key(header, n, header[pattern], &l->keys[l->n_keys++]);
}

/* The cells of the i-th key, with a control between them that no cell has; empty: it is too long,
 * or the row has no such cell. */
static dgm_view key_of(const loading *l, uint32_t i, const dgm_view *cells, uint32_t n, char *buf,
                       size_t size)
{
    const row_key *key = &l->keys[i];
    size_t used = 0;
    buf[used++] = (char)('0' + i);
    for (uint32_t k = 0; k < key->n; k++) {
        dgm_view cell = { "-", 1 };
        if (key->place[k] < n)
            cell = cells[key->place[k]];
        if (cell.n + 1 > size - used || (k == 0 && dgm_view_eq(cell, DGM_VIEW("-"))))
            return (dgm_view) { buf, 0 };
        memcpy(buf + used, cell.p, cell.n);
        used += cell.n;
        buf[used++] = '\t';
    }
    return (dgm_view) { buf, used };
}

/* Notes the keys of a row, or asks whether a later layer has a row of one of them. */
static bool note_keys(loading *l, const dgm_view *cells, uint32_t n, bool *covered)
{
    char buf[4096];
    for (uint32_t i = 0; i < l->n_keys; i++) {
        dgm_view key = key_of(l, i, cells, n, buf, sizeof buf);
        uint32_t last = key.n > 0 ? dgm_map_get(l->covered, key) : DGM_NONE;
        if (l->collecting && last == DGM_NONE && key.n > 0 &&
            dgm_map_set(l->covered, key, l->i_layer, NULL) != DGM_OK)
            return false;
        *covered = *covered || (last != DGM_NONE && last > l->i_layer);
    }
    return true;
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* The name of a wanted column, and whether it may be missing. */
static dgm_view column_name(const loading *l, uint32_t i, bool *optional)
{
    dgm_view name = dgm_view_of(l->columns[i]);
    *optional = dgm_view_ends(name, DGM_VIEW("?"));
    name.n -= *optional || dgm_view_ends(name, DGM_VIEW("!"));
    return name;
}

static bool complain_of_empty(const loading *l, size_t line, dgm_view column, const char *why)
{
    dgm_complain(l->complaints, DGM_EFORMAT, l->path, line, "the cell of \"%.*s\" is empty%s",
                 DGM_FMT(column), why);
    return true;
}

/* Names the columns that nobody asks for, where one that is missing may be meant. Others may stand
 * there for people. */
static void tell_misspelt(const loading *l, size_t line, const dgm_view *cells, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        dgm_nearest nearest = dgm_nearest_to(cells[k]);
        char hint[DGM_HINT];
        bool optional, wanted = false;
        for (uint32_t i = 0; i < l->n_columns; i++) {
            dgm_view name = column_name(l, i, &optional);
            wanted = wanted || l->place[i] == k;
            if (optional && l->place[i] == DGM_NONE)
                dgm_nearest_try(&nearest, name);
        }
        if (!wanted && nearest.best[0])
            dgm_complain(l->complaints, DGM_EFORMAT, l->path, line,
                         "no column is called \"%.*s\"%s", DGM_FMT(cells[k]),
                         dgm_nearest_hint(&nearest, "", "", hint));
    }
}

static bool read_header(loading *l, size_t line, const dgm_view *cells, uint32_t n)
{
    bool good = true;
    l->n_header = n;
    memcpy(l->header, cells, n * sizeof *cells);
    for (uint32_t i = 0; i < l->n_columns; i++) {
        bool optional;
        dgm_view name = column_name(l, i, &optional);
        l->needed[i] = dgm_view_ends(dgm_view_of(l->columns[i]), DGM_VIEW("!"));
        l->place[i] = find_cell(cells, n, name);
        if (l->place[i] == DGM_NONE && !optional) {
            dgm_complain(l->complaints, DGM_EFORMAT, l->path, line,
                         "the header has no column \"%.*s\"", DGM_FMT(name));
            good = false;
        }
    }
    tell_misspelt(l, line, cells, n);
    for (uint32_t i = 0; i < l->n_keys; i++)
        for (uint32_t k = 0; k < l->keys[i].n; k++)
            l->keys[i].place[k] = find_cell(cells, n, l->keys[i].column[k]);
    return good;
}

static bool give_row(loading *l, size_t line, const dgm_view *cells, uint32_t n, dgm_row_fn fn,
                     void *context)
{
    bool covered = false;
    l->n_rows++;
    if (l->covered && !note_keys(l, cells, n, &covered))
        return false;
    if (l->collecting || covered)
        return true;
    dgm_row *row = &l->row;
    row->file = l->path;
    row->name = l->name;
    row->line = line;
    row->overlays = l->i_layer > 0;
    row->own = l->own;
    row->n = l->n_columns;
    for (uint32_t i = 0; i < l->n_columns; i++) {
        dgm_view cell = l->place[i] < n ? cells[l->place[i]] : (dgm_view) { "", 0 };
        row->cell[i] = cell.n == 1 && cell.p[0] == '-' ? (dgm_view) { "", 0 } : cell;
    }
    for (uint32_t i = 0; i < l->n_columns; i++) {
        bool optional;
        if (row->cell[i].n == 0 && l->needed[i])
            return complain_of_empty(l, line, column_name(l, i, &optional), "");
    }
    return fn(context, row);
}

/* A spreadsheet writes nothing where a cell is empty, and as TABs that follow each other are one,
 * the cells behind it would move up. The number of the first such cell, where all are there;
 * DGM_NONE: there is none. A header with such TABs is for tables that are lined up. */
static uint32_t empty_cell(const loading *l, dgm_view line)
{
    dgm_view cell;
    uint32_t n = 0, first = DGM_NONE, last = 0;
    if (l->lined_up || (!dgm_view_starts(line, DGM_VIEW("\t")) &&
                        dgm_view_find(line, DGM_VIEW("\t\t")) == SIZE_MAX))
        return DGM_NONE;
    while (n <= l->n_header && dgm_view_split(&line, '\t', &cell)) {
        cell = dgm_view_trim(cell);
        if (cell.n > 0 && cell.p[0] == '#')
            break;
        if (cell.n > 0)
            last = n;
        else if (first == DGM_NONE)
            first = n;
        n++;
    }
    return first < last && n <= l->n_header ? first : DGM_NONE;
}

/* A row may have one cell; but not because its TABs are blanks. */
static bool has_blanks_for_tabs(const loading *l, dgm_view line, bool is_header)
{
    uint32_t needed = 0;
    line = dgm_view_trim(line);
    if (dgm_view_find(line, DGM_VIEW("\t")) != SIZE_MAX ||
        dgm_view_find(line, DGM_VIEW(" ")) == SIZE_MAX)
        return false;
    for (uint32_t i = 0; i < l->n_columns; i++) {
        bool optional;
        (void)column_name(l, i, &optional);
        needed += !optional;
    }
    return needed > 1 || (is_header && l->n_columns > 1) ||
           dgm_view_find(line, DGM_VIEW("  ")) != SIZE_MAX ||
           dgm_view_find(line, DGM_VIEW(" - ")) != SIZE_MAX || dgm_view_ends(line, DGM_VIEW(" -"));
}

/* Lines without TABs, reported once: a file that has one of them mostly has many. */
static void tell_blanks(const loading *l, size_t first, size_t more)
{
    char others[80] = "";
    if (first == 0)
        return;
    if (more > 0)
        snprintf(others, sizeof others, "; nor %s %zu %s below it", more == 1 ? "has" : "have",
                 more, more == 1 ? "line" : "lines");
    dgm_complain(l->complaints, DGM_EFORMAT, l->path, first,
                 "the line has no TAB: cells are parted by TABs, not by blanks%s", others);
}

/* Cells may be missing at the end of a row: they are empty. */
static bool load_lines(loading *l, dgm_view text, dgm_row_fn fn, void *context)
{
    dgm_view line, cells[DGM_MAX_COLUMNS];
    size_t number = 0, first_blank = 0, more_blanks = 0;
    uint32_t empty;
    bool has_header = false, explained = false, valid = dgm_utf8_invalid(text) == SIZE_MAX;
    while (dgm_view_split(&text, '\n', &line)) {
        number++;
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        uint32_t n = split_cells(line, cells, DGM_MAX_COLUMNS);
        if (n == 0) {
            explained = explained || (has_header && dgm_view_trim(line).n > 0);
            continue;
        }
        if (!valid && dgm_utf8_invalid(line) != SIZE_MAX) {
            dgm_complain(l->complaints, DGM_EFORMAT, l->path, number,
                         "byte %zu of the line is not UTF-8", dgm_utf8_invalid(line) + 1);
            continue;
        }
        if (n == 1 && (has_header ? l->n_header > 1 : l->n_columns > 1) &&
            has_blanks_for_tabs(l, line, !has_header)) {
            more_blanks += first_blank > 0;
            first_blank = first_blank ? first_blank : number;
            explained = true;
            if (!has_header)
                break;
        } else if (!has_header) {
            l->lined_up = dgm_view_find(line, DGM_VIEW("\t\t")) != SIZE_MAX;
            if (!read_header(l, number, cells, DGM_MIN(n, DGM_MAX_COLUMNS)))
                return true;
            has_header = true;
        } else if (n < l->n_header && (empty = empty_cell(l, line)) != DGM_NONE) {
            explained =
                complain_of_empty(l, number, l->header[empty], "; an empty cell is written -");
        } else if (n > l->n_header) {
            dgm_complain(l->complaints, DGM_EFORMAT, l->path, number,
                         "%u cells, but the header has %u", n, l->n_header);
        } else if (!give_row(l, number, cells, n, fn, context)) {
            return false;
        }
    }
    tell_blanks(l, first_blank, more_blanks);
    if (!explained && (!has_header || l->n_rows == 0))
        dgm_complain(l->complaints, DGM_EFORMAT, l->path, 0, "the table is empty: no %s",
                     has_header ? "rows" : "header line");
    return true;
}

/* ---- layers --------------------------------------------------------------------------------- */

/* A table in one folder or more, as it was read: the bytes of all files and, behind each, the path
 * of it, so that both live as long. */
typedef struct {
    char *text;
    size_t used;
    layer at[DGM_MAX_FOLDERS];
    uint32_t n;
} layers;

static bool replaces(const char *text, size_t n)
{
    dgm_view rest = { text, n }, line = { "", 0 };
    (void)dgm_view_split(&rest, '\n', &line);
    return dgm_view_eq(dgm_view_trim(line), DGM_VIEW("# replace"));
}

/* Takes text over. */
static dgm_status add_layer(layers *all, char *text, size_t n, const char *path, size_t n_before,
                            bool own, dgm_err *err)
{
    size_t n_path = strlen(path) + 1;
    if (replaces(text, n))
        all->n = 0;
    bool first = all->used == 0;
    char *grown = realloc(first ? text : all->text, all->used + n + 1 + n_path);
    if (!grown) {
        free(text);
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for its text");
    }
    all->text = grown;
    if (!first)
        memcpy(grown + all->used, text, n + 1);
    memcpy(grown + all->used + n + 1, path, n_path);
    size_t at = all->used + n + 1;
    all->at[all->n++] =
        (layer) { .text = all->used, .n = n, .path = at, .name = at + n_before, .own = own };
    all->used = at + n_path;
    if (!first)
        free(text);
    return DGM_OK;
}

/* Where in a path the name begins by which a row is known: of an overlay with the folder's own. */
static size_t name_begins(dgm_view folder, bool is_overlay)
{
    size_t i = folder.n;
    while (is_overlay && i > 0 && folder.p[i - 1] != '/')
        i--;
    return is_overlay ? i : folder.n + 1;
}

/* Reads a file whole; of one that is missing it is said where an older version had it. */
static dgm_status read_file(dgm_view folder, const char *name, const char *path, char **text,
                            size_t *n, dgm_err *err)
{
    dgm_status status = dgm_file_read(path, MAX_TABLE, text, n, err);
    const char *old = status == DGM_EIO ? dgm_folder_old_table(folder, name) : NULL;
    if (!old)
        return status;
    return dgm_fail(err, DGM_EIO, path, 0, "cannot be opened: %s; the table that was %s is now %s",
                    strerror(errno), old, name);
}

static dgm_status read_layers(const char *dirs, const char *name, layers *all, dgm_err *err)
{
    dgm_view folders[DGM_MAX_FOLDERS];
    uint32_t n_folders = dgm_folders_cut(dirs, folders);
    char path[4096], found[4096];
    if (!dgm_folders_find(dirs, name, found, sizeof found))
        return dgm_fail(err, DGM_ELIMIT, dirs, 0, "the path is too long");
    for (uint32_t i = 0; i < n_folders; i++) {
        char *text = NULL;
        size_t n = 0;
        int n_path = snprintf(path, sizeof path, "%.*s/%s", DGM_FMT(folders[i]), name);
        if (n_path < 0 || (size_t)n_path >= sizeof path)
            return dgm_fail(err, DGM_ELIMIT, dirs, 0, "the path is too long");
        if (strcmp(path, found) != 0 && !dgm_path_exists(path))
            continue;
        dgm_status status = read_file(folders[i], name, path, &text, &n, err);
        if (status == DGM_OK)
            status = add_layer(all, text, n, path, name_begins(folders[i], i > 0), i > 0, err);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

static bool load_layer(loading *l, const layers *all, uint32_t i, dgm_row_fn fn, void *context)
{
    dgm_view bytes = { all->text + all->at[i].text, all->at[i].n };
    if (dgm_view_starts(bytes, DGM_VIEW("\xEF\xBB\xBF")))
        bytes = dgm_view_slice(bytes, 3, bytes.n);
    l->path = all->text + all->at[i].path;
    l->name = all->text + all->at[i].name;
    l->i_layer = i;
    l->own = all->at[i].own;
    l->n_rows = 0;
    return load_lines(l, bytes, fn, context);
}

/* What later layers have is known before the first is read. The first's header says what a key is.
 */
static bool collect_keys(loading *l, const layers *all)
{
    dgm_complaints *complaints = l->complaints;
    bool good = (l->covered = dgm_map_new()) != NULL;
    l->complaints = NULL;
    l->collecting = true;
    dgm_view header[DGM_MAX_COLUMNS], line;
    dgm_view rest = { all->text + all->at[0].text, all->at[0].n };
    while (good && l->n_keys == 0 && dgm_view_split(&rest, '\n', &line)) {
        uint32_t n = split_cells(line, header, DGM_MAX_COLUMNS);
        if (n > 0)
            choose_keys(l, header, DGM_MIN(n, DGM_MAX_COLUMNS));
    }
    for (uint32_t i = all->n; good && l->n_keys > 0 && i-- > 1;)
        good = load_layer(l, all, i, NULL, NULL);
    l->complaints = complaints;
    l->collecting = false;
    return good;
}

dgm_status dgm_table_load(const char *dirs, const char *name, const char *const *columns,
                          dgm_row_fn fn, void *context, dgm_complaints *complaints, char **text)
{
    layers all = { .text = NULL };
    loading l = { .columns = columns, .complaints = complaints };
    dgm_err err = { 0 };
    *text = NULL;
    dgm_status status = read_layers(dirs, name, &all, &err);
    if (status != DGM_OK) {
        dgm_complain(complaints, status, err.file, 0, "%s", err.msg);
        free(all.text);
        return status;
    }
    while (columns[l.n_columns] && l.n_columns < DGM_MAX_COLUMNS)
        l.n_columns++;
    bool good = all.n == 1 || collect_keys(&l, &all);
    for (uint32_t i = 0; good && i < all.n; i++)
        good = load_layer(&l, &all, i, fn, context);
    dgm_map_free(l.covered);
    if (!good) {
        free(all.text);
        return DGM_ENOMEM;
    }
    *text = all.text;
    return DGM_OK;
}

dgm_status dgm_table_load_too(const char *dirs, const char *name, const char *const *columns,
                              dgm_row_fn fn, void *context, dgm_complaints *complaints, char **text)
{
    dgm_complaints quiet = { 0 };
    dgm_status status = dgm_table_load(dirs, name, columns, fn, context, &quiet, text);
    return status == DGM_OK ? status
                            : dgm_table_load(dirs, name, columns, fn, context, complaints, text);
}

void dgm_table_ends(const char *folder, const char *name, const char *text,
                    dgm_complaints *complaints)
{
    char path[4096];
    size_t n = text ? strlen(text) : 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (n > 0 && text[n - 1] != '\n')
        dgm_complain(complaints, DGM_EFORMAT, path, 0, "is cut off: its last line has no end");
}
