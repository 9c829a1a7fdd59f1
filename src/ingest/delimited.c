/* CSV (RFC 4180) and TSV with named columns. The first row names them; `text` must be among them,
 * `title`, `date`, `source`, `url` and `id` may. A cell in double quotes may hold separators, line
 * ends and, doubled, quotes; TSV is read likewise. */
#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

/* What a column can be. */
enum { TEXT, TITLE, DATE, SOURCE, URL, ID, N_FIELDS };
static const char *const fields[N_FIELDS] = { "text", "title", "date", "source", "url", "id" };

enum { MOST_COLUMNS = 1000 };

typedef struct {
    char separator;
    uint32_t column[N_FIELDS]; /* DGM_NONE: the table has none */
    uint32_t n_columns;
} table;

/* ---- rows ----------------------------------------------------------------------------------- */

/* One row into r->line, with its line ends; quotes decide where it ends. *line: its first. */
static dgm_reading read_row(dgm_reader *r, size_t *line, dgm_err *err)
{
    dgm_piece piece;
    bool quoted = false, too_long = false;
    r->line.n = 0;
    *line = 0;
    do {
        if (!dgm_source_piece(r->source, &piece)) {
            if (*line == 0)
                return DGM_READ_END;
            break;
        }
        *line = *line ? *line : piece.line;
        for (size_t i = 0; i < piece.text.n; i++)
            quoted ^= piece.text.p[i] == '"';
        too_long = too_long || piece.text.n > DGM_MAX_LINE - r->line.n;
        if (!too_long && !dgm_bytes_put(&r->line, piece.text))
            return dgm_no_memory(r, *line, err);
    } while (!piece.ends || (quoted && !too_long));
    r->anything = true;
    if (too_long)
        return dgm_refuse(r, DGM_ELIMIT, *line,
                          "the row is longer than %u bytes and is passed over up to the next line "
                          "end; a quotation mark may be missing",
                          DGM_MAX_LINE);
    if (quoted)
        return dgm_refuse(r, DGM_EFORMAT, *line,
                          "the row's last quotation mark is missing; it is passed over");
    return DGM_READ_STORY;
}

/* Takes the next cell off the row, quotes resolved in place. False: none is left. */
static bool next_cell(char **at, char *end, char separator, dgm_view *cell)
{
    if (!*at)
        return false;
    char *from = *at, *to = *at;
    dgm_view all = { from, 0 };
    bool quoted = false;
    for (; from < end && (quoted || *from != separator); from++) {
        if (*from != '"')
            *to++ = *from;
        else if (quoted && from + 1 < end && from[1] == '"')
            *to++ = *from++;
        else
            quoted = !quoted;
    }
    all.n = (size_t)(to - all.p);
    *cell = dgm_view_trim(all);
    *at = from < end ? from + 1 : NULL;
    return true;
}

/* The row's cells by field; gives the number of cells. */
static uint32_t split_row(dgm_reader *r, const table *t, dgm_view found[N_FIELDS])
{
    uint32_t n = 0;
    dgm_view cell;
    char *at = r->line.p, *end = r->line.p + r->line.n;
    while (end > at && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    for (; next_cell(&at, end, t->separator, &cell); n++) {
        for (uint32_t i = 0; i < N_FIELDS; i++) {
            if (t->column[i] == n)
                found[i] = cell;
        }
    }
    return n;
}

/* ---- the header ----------------------------------------------------------------------------- */

/* The name by which `columns` ("text=body,date=day") calls a field, or its own. */
static dgm_view name_of(const char *columns, uint32_t field)
{
    dgm_view rest = dgm_view_of(columns), pair, key;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &pair)) {
        dgm_view name = pair;
        if (dgm_view_split(&name, '=', &key) &&
            dgm_view_eq(dgm_view_trim(key), dgm_view_of(fields[field])))
            return dgm_view_trim(name);
    }
    return dgm_view_of(fields[field]);
}

dgm_status dgm_check_columns(const char *columns, dgm_err *err)
{
    dgm_view rest = dgm_view_of(columns), pair;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &pair)) {
        dgm_view name = pair, key = { "", 0 };
        bool known = dgm_view_split(&name, '=', &key) && dgm_view_trim(name).n > 0;
        for (uint32_t i = 0, found = 0; known && i < N_FIELDS; i++) {
            found += dgm_view_eq(dgm_view_trim(key), dgm_view_of(fields[i]));
            known = found > 0 || i + 1 < N_FIELDS;
        }
        if (!known)
            return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                            "--columns takes FIELD=NAME,... with fields text, title, date, source, "
                            "url and id, not '%.*s'",
                            DGM_FMT(pair));
    }
    return DGM_OK;
}

static dgm_reading read_header(dgm_reader *r, table *t, dgm_err *err)
{
    size_t line;
    dgm_view cell;
    dgm_reading reading = read_row(r, &line, err);
    if (reading != DGM_READ_STORY) {
        r->ended = true;
        return reading;
    }
    for (uint32_t i = 0; i < N_FIELDS; i++)
        t->column[i] = DGM_NONE;
    char *at = r->line.p, *end = r->line.p + r->line.n;
    if (dgm_view_starts((dgm_view) { at, r->line.n }, DGM_VIEW("\xEF\xBB\xBF")))
        at += 3;
    if (t->separator == ',' && !memchr(at, ',', (size_t)(end - at)) &&
        memchr(at, ';', (size_t)(end - at)))
        t->separator = ';'; /* as spreadsheets write it where the comma is the decimal sign */
    for (; t->n_columns < MOST_COLUMNS && next_cell(&at, end, t->separator, &cell);
         t->n_columns++) {
        for (uint32_t i = 0; i < N_FIELDS; i++) {
            if (t->column[i] == DGM_NONE &&
                dgm_view_eq_nocase(cell, name_of(r->options.columns, i)))
                t->column[i] = t->n_columns;
        }
    }
    if (t->column[TEXT] != DGM_NONE)
        return DGM_READ_STORY;
    r->ended = true;
    return dgm_refuse(r, DGM_EFORMAT, line,
                      "no column is named \"%.*s\", which would hold the text; --columns text=NAME "
                      "says which one does",
                      DGM_FMT(name_of(r->options.columns, TEXT)));
}

/* ---- stories -------------------------------------------------------------------------------- */

static dgm_reading read_story(dgm_reader *r, const table *t, dgm_arena *arena, dgm_document *doc,
                              dgm_err *err)
{
    size_t line;
    dgm_view found[N_FIELDS] = { { "", 0 } };
    dgm_reading reading = read_row(r, &line, err);
    if (reading != DGM_READ_STORY || dgm_view_trim((dgm_view) { r->line.p, r->line.n }).n == 0)
        return reading == DGM_READ_STORY ? DGM_READ_NOTHING : reading;
    uint32_t n = split_row(r, t, found);
    if (n != t->n_columns)
        return dgm_refuse(r, DGM_EFORMAT, line,
                          "the row has %u cells, the header %u; it is passed over", n,
                          t->n_columns);
    dgm_document_init(doc, arena);
    dgm_view *const into[N_FIELDS] = {
        [TEXT] = &doc->text, [TITLE] = &doc->title, [SOURCE] = &doc->source,
        [URL] = &doc->url,   [ID] = &doc->id,
    };
    for (uint32_t i = 0; i < N_FIELDS; i++) {
        if (into[i])
            *into[i] = dgm_clean(r, arena, found[i], line);
    }
    if (found[DATE].n > 0 && !dgm_find_day(found[DATE], doc->date))
        return dgm_refuse(r, DGM_EFORMAT, line,
                          "the story's date is no day: \"%.*s\"; it is passed over",
                          (int)DGM_MIN(found[DATE].n, 40), found[DATE].p);
    if (doc->id.n == 0)
        doc->id = dgm_arena_printf(arena, "%s-%zu", r->stem, line);
    return dgm_finish_story(r, doc, line);
}

static dgm_reading next(dgm_reader *r, char separator, dgm_arena *arena, dgm_document *doc,
                        dgm_err *err)
{
    table *t = r->state;
    if (r->ended)
        return DGM_READ_END;
    if (t)
        return read_story(r, t, arena, doc, err);
    r->state = t = calloc(1, sizeof(*t));
    if (!t)
        return dgm_no_memory(r, 1, err);
    t->separator = separator;
    dgm_reading reading = read_header(r, t, err);
    return reading == DGM_READ_STORY ? DGM_READ_NOTHING : reading;
}

static dgm_reading next_csv(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    return next(r, ',', arena, doc, err);
}

static dgm_reading next_tsv(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    return next(r, '\t', arena, doc, err);
}

/* Whether the first line is a header: `text` and another field are cells of it. */
static bool has_fields(dgm_view first, char separator)
{
    dgm_view line, cell;
    uint32_t n = 0;
    bool text = false;
    if (!dgm_view_split(&first, '\n', &line))
        return false;
    while (line.n > 0 && dgm_view_split(&line, separator, &cell)) {
        cell = dgm_view_trim(cell);
        if (cell.n > 2 && cell.p[0] == '"' && cell.p[cell.n - 1] == '"')
            cell = dgm_view_slice(cell, 1, cell.n - 1);
        for (uint32_t i = 0; i < N_FIELDS; i++)
            n += dgm_view_eq_nocase(cell, dgm_view_of(fields[i]));
        text = text || dgm_view_eq_nocase(cell, dgm_view_of(fields[TEXT]));
    }
    return text && n > 1;
}

static bool sniff_csv(dgm_view first)
{
    return has_fields(first, ',') || has_fields(first, ';');
}

static bool sniff_tsv(dgm_view first)
{
    return has_fields(first, '\t');
}

static void done(dgm_reader *r)
{
    free(r->state);
}

const dgm_input_kind dgm_kind_csv = { .sniff = sniff_csv, .next = next_csv, .done = done };
const dgm_input_kind dgm_kind_tsv = { .sniff = sniff_tsv, .next = next_tsv, .done = done };
