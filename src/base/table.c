/* Tables of knowledge: see dgm_row in base.h for the format. */
#include "base/base.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TABLE = 256 << 20 };

dgm_status dgm_file_read(const char *path, size_t limit, char **out, size_t *n, dgm_err *err)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return dgm_fail(err, DGM_EIO, path, 0, "cannot be opened: %s", strerror(errno));
    char *bytes = NULL;
    size_t used = 0, cap = 0;
    dgm_status status = DGM_OK;
    while (status == DGM_OK) {
        if (cap - used < 2) {
            cap = cap ? cap * 2 : 64 << 10;
            char *grown = realloc(bytes, cap);
            if (!grown) {
                status = dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for its text");
                break;
            }
            bytes = grown;
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
    bytes[used] = 0;
    *out = bytes;
    *n = used;
    return DGM_OK;
}

/* Cells of a line: parted by runs of TABs; a cell that begins with '#' ends the line. Returns the
 * count, at most max + 1 where there are too many. */
static uint32_t split_cells(dgm_view line, dgm_view *cells, uint32_t max)
{
    uint32_t n = 0;
    size_t i = 0;
    while (i < line.n) {
        while (i < line.n && line.p[i] == '\t')
            i++;
        size_t begin = i;
        while (i < line.n && line.p[i] != '\t')
            i++;
        dgm_view cell = dgm_view_trim(dgm_view_slice(line, begin, i));
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

typedef struct {
    const char *path;
    const char *const *columns;
    uint32_t n_columns, n_header;
    size_t n_rows;
    uint32_t place[DGM_MAX_COLUMNS]; /* of a wanted column in the header; DGM_NONE: not there */
    dgm_complaints *complaints;
} loading;

static bool read_header(loading *l, size_t line, const dgm_view *cells, uint32_t n)
{
    bool good = true;
    l->n_header = n;
    for (uint32_t i = 0; i < l->n_columns; i++) {
        dgm_view name = dgm_view_of(l->columns[i]);
        bool optional = dgm_view_ends(name, DGM_VIEW("?"));
        if (optional)
            name.n--;
        l->place[i] = DGM_NONE;
        for (uint32_t j = 0; j < n; j++)
            if (dgm_view_eq(cells[j], name))
                l->place[i] = j;
        if (l->place[i] == DGM_NONE && !optional) {
            dgm_complain(l->complaints, DGM_EFORMAT, l->path, line,
                         "the header has no column \"%.*s\"", DGM_FMT(name));
            good = false;
        }
    }
    return good;
}

static bool give_row(loading *l, size_t line, const dgm_view *cells, uint32_t n, dgm_row_fn fn,
                     void *context)
{
    l->n_rows++;
    dgm_row row = { .file = l->path, .line = line, .n = l->n_columns };
    for (uint32_t i = 0; i < l->n_columns; i++) {
        row.cell[i] = (dgm_view) { "", 0 };
        if (l->place[i] < n && !dgm_view_eq(cells[l->place[i]], DGM_VIEW("-")))
            row.cell[i] = cells[l->place[i]];
    }
    return fn(context, &row);
}

/* Cells may be missing at the end of a row: they are empty. */
static bool load_lines(loading *l, dgm_view text, dgm_row_fn fn, void *context)
{
    dgm_view line, cells[DGM_MAX_COLUMNS];
    size_t number = 0;
    bool has_header = false, explained = false;
    while (dgm_view_split(&text, '\n', &line)) {
        number++;
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        uint32_t n = split_cells(line, cells, DGM_MAX_COLUMNS);
        if (n == 0) {
            explained = explained || (has_header && dgm_view_trim(line).n > 0);
            continue;
        }
        if (dgm_utf8_invalid(line) != SIZE_MAX) {
            dgm_complain(l->complaints, DGM_EFORMAT, l->path, number,
                         "byte %zu of the line is not UTF-8", dgm_utf8_invalid(line) + 1);
            continue;
        }
        if (!has_header) {
            if (!read_header(l, number, cells, DGM_MIN(n, DGM_MAX_COLUMNS)))
                return true;
            has_header = true;
        } else if (n > l->n_header) {
            dgm_complain(l->complaints, DGM_EFORMAT, l->path, number,
                         "%u cells, but the header has %u", n, l->n_header);
        } else if (!give_row(l, number, cells, n, fn, context)) {
            return false;
        }
    }
    if (!has_header)
        dgm_complain(l->complaints, DGM_EFORMAT, l->path, 0, "the table is empty: no header line");
    else if (l->n_rows == 0 && !explained)
        dgm_complain(l->complaints, DGM_EFORMAT, l->path, 0, "the table is empty: no rows");
    return true;
}

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

/* The name that a missing table had, where the folder still has it under that name; else NULL. */
static const char *old_place_of(const char *dir, const char *name)
{
    char path[4096];
    for (size_t i = 0; i < DGM_LEN(old_places); i++) {
        if (strcmp(name, old_places[i][0]) != 0)
            continue;
        int n = snprintf(path, sizeof path, "%s/%s", dir, old_places[i][1]);
        FILE *f = n > 0 && (size_t)n < sizeof path ? fopen(path, "rb") : NULL;
        if (f)
            fclose(f);
        return f ? old_places[i][1] : NULL;
    }
    return NULL;
}

dgm_status dgm_table_load(const char *dir, const char *name, const char *const *columns,
                          dgm_row_fn fn, void *context, dgm_complaints *complaints, char **text)
{
    char path[4096];
    dgm_err err;
    *text = NULL;
    int n_path = snprintf(path, sizeof path, "%s/%s", dir, name);
    if (n_path < 0 || (size_t)n_path >= sizeof path) {
        dgm_complain(complaints, DGM_ELIMIT, dir, 0, "the path is too long");
        return DGM_ELIMIT;
    }
    size_t n;
    dgm_status status = dgm_file_read(path, MAX_TABLE, text, &n, &err);
    if (status != DGM_OK) {
        const char *old = old_place_of(dir, name);
        if (old)
            dgm_complain(complaints, status, path, 0, "%s; the table that was %s is now %s",
                         err.msg, old, name);
        else
            dgm_complain(complaints, status, path, 0, "%s", err.msg);
        return status;
    }
    loading l = { .path = path, .columns = columns, .complaints = complaints };
    while (columns[l.n_columns] && l.n_columns < DGM_MAX_COLUMNS)
        l.n_columns++;
    dgm_view bytes = { *text, n };
    if (dgm_view_starts(bytes, DGM_VIEW("\xEF\xBB\xBF")))
        bytes = dgm_view_slice(bytes, 3, n);
    if (!load_lines(&l, bytes, fn, context)) {
        free(*text);
        *text = NULL;
        return DGM_ENOMEM;
    }
    return DGM_OK;
}
