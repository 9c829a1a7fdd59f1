/* CSV (RFC 4180) and TSV with named columns. The first row names them; `text` must be among them,
 * `title`, `date`, `source`, `url` and `id` may. A cell in double quotes may hold separators, line
 * ends and, doubled, quotes; TSV is read likewise. Quotes within a cell that does not begin with
 * one are text, as spreadsheets and Python have it. */
#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

static const char *const fields[DGM_N_FIELDS] = { "text", "title", "date", "source", "url", "id" };

enum { MOST_COLUMNS = 1000 };

typedef struct {
    char separator;
    uint32_t column[DGM_N_FIELDS]; /* DGM_NONE: the table has none */
    uint32_t n_columns;
} table;

/* ---- rows ----------------------------------------------------------------------------------- */

typedef struct {
    bool begun;  /* the cell has something other than blanks */
    bool quoted; /* separators and line ends are text here */
    bool closed; /* the byte before was a quote that ended this: another one is text */
} cell_state;

/* Whether the next byte of a cell is a quote that is not text. */
static bool is_mark(cell_state *c, char byte)
{
    bool quote = byte == '"', ends = quote && c->quoted, begins = quote && !c->begun;
    c->quoted = (c->quoted && !quote) || begins || (quote && c->closed);
    c->closed = ends;
    c->begun = c->begun || !dgm_is_space((unsigned char)byte);
    return ends || begins;
}

static void pass_over(cell_state *c, dgm_view bytes, char separator)
{
    for (size_t i = 0; i < bytes.n; i++) {
        if (!c->quoted && bytes.p[i] == separator)
            *c = (cell_state) { .begun = false };
        else
            (void)is_mark(c, bytes.p[i]);
    }
}

/* One row into r->line, with its line ends; quotes decide where it ends. *line: its first. */
static dgm_reading read_row(dgm_reader *r, char separator, size_t *line, dgm_err *err)
{
    dgm_piece piece;
    cell_state state = { .begun = false };
    bool too_long = false;
    r->line.n = 0;
    *line = 0;
    do {
        if (!dgm_source_piece(r->source, &piece)) {
            if (*line == 0)
                return DGM_READ_END;
            break;
        }
        *line = *line ? *line : piece.line;
        pass_over(&state, piece.text, separator);
        too_long = too_long || piece.text.n > DGM_MAX_LINE - r->line.n;
        if (!too_long && !dgm_bytes_put(&r->line, piece.text))
            return dgm_no_memory(r, *line, err);
    } while (!piece.ends || (state.quoted && !too_long));
    r->anything = true;
    if (too_long)
        return dgm_refuse(r, DGM_ELIMIT, *line,
                          "the row is longer than %u bytes and is passed over up to the next line "
                          "end; a quotation mark may be missing",
                          DGM_MAX_LINE);
    if (state.quoted)
        return dgm_refuse(r, DGM_EFORMAT, *line,
                          "the row's last quotation mark is missing; it is passed over with all "
                          "that follows");
    return DGM_READ_STORY;
}

/* Takes the next cell off the row, quotes resolved in place. False: none is left. */
static bool next_cell(char **at, char *end, char separator, dgm_view *cell)
{
    if (!*at)
        return false;
    char *from = *at, *to = *at;
    dgm_view all = { from, 0 };
    cell_state state = { .begun = false };
    for (; from < end && (state.quoted || *from != separator); from++) {
        if (!is_mark(&state, *from))
            *to++ = *from;
    }
    all.n = (size_t)(to - all.p);
    *cell = dgm_view_trim(all);
    *at = from < end ? from + 1 : NULL;
    return true;
}

/* The row's cells by field; gives the number of cells. */
static uint32_t split_row(dgm_reader *r, const table *t, dgm_view found[DGM_N_FIELDS])
{
    uint32_t n = 0;
    dgm_view cell;
    char *at = r->line.p, *end = r->line.p + r->line.n;
    while (end > at && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    for (; next_cell(&at, end, t->separator, &cell); n++) {
        for (uint32_t i = 0; i < DGM_N_FIELDS; i++) {
            if (t->column[i] == n)
                found[i] = cell;
        }
    }
    return n;
}

/* ---- the header ----------------------------------------------------------------------------- */

dgm_view dgm_column_name(const char *columns, dgm_field field)
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
    bool named[DGM_N_FIELDS] = { false };
    while (rest.n > 0 && dgm_view_split(&rest, ',', &pair)) {
        dgm_view name = pair, key = { "", 0 };
        bool whole = dgm_view_split(&name, '=', &key) && dgm_view_trim(name).n > 0;
        uint32_t i = dgm_view_index(dgm_view_trim(key), fields, DGM_N_FIELDS);
        if (whole && i < DGM_N_FIELDS && named[i])
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--columns names %s twice", fields[i]);
        if (whole && i < DGM_N_FIELDS)
            named[i] = true;
        else
            return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                            "--columns takes FIELD=NAME,... with fields text, title, date, source, "
                            "url and id, not '%.*s'",
                            DGM_FMT(pair));
    }
    return DGM_OK;
}

/* Which column is which; *found lists their names for messages. */
static void read_names(dgm_reader *r, table *t, char *found, size_t size)
{
    dgm_view cell;
    char *at = r->line.p, *end = r->line.p + r->line.n;
    if (dgm_view_starts((dgm_view) { at, r->line.n }, DGM_VIEW("\xEF\xBB\xBF")))
        at += 3;
    if (t->separator == ',' && !memchr(at, ',', (size_t)(end - at)) &&
        memchr(at, ';', (size_t)(end - at)))
        t->separator = ';'; /* as spreadsheets write it where the comma is the decimal sign */
    for (; t->n_columns < MOST_COLUMNS && next_cell(&at, end, t->separator, &cell);
         t->n_columns++) {
        dgm_list_name(found, size, cell);
        for (uint32_t i = 0; i < DGM_N_FIELDS; i++) {
            if (!dgm_view_eq_nocase(cell, dgm_column_name(r->options.columns, i)))
                continue;
            if (t->column[i] != DGM_NONE)
                dgm_refuse(r, DGM_EFORMAT, dgm_source_line(r->source),
                           "two columns are named \"%.*s\"; the first is read",
                           DGM_FMT(dgm_view_slice(cell, 0, 30)));
            else
                t->column[i] = t->n_columns;
        }
    }
}

/* Without a text nothing can be read, and without any date nothing be coded: said once. */
static dgm_reading read_header(dgm_reader *r, table *t, dgm_err *err)
{
    size_t line;
    char found[140] = "";
    dgm_reading reading = read_row(r, t->separator, &line, err);
    if (reading != DGM_READ_STORY) {
        r->ended = true;
        return reading;
    }
    for (uint32_t i = 0; i < DGM_N_FIELDS; i++)
        t->column[i] = DGM_NONE;
    read_names(r, t, found, sizeof found);
    dgm_field missing = DGM_FIELD_TEXT;
    if (t->column[missing] != DGM_NONE && !dgm_has_default_date(r))
        missing = DGM_FIELD_DATE;
    if (t->column[missing] != DGM_NONE)
        return DGM_READ_STORY;
    r->ended = true;
    return dgm_refuse(r, DGM_EFORMAT, line,
                      "no column is named \"%.*s\", the columns are %s: --columns %s=NAME says "
                      "which one holds the %s%s",
                      DGM_FMT(dgm_view_slice(dgm_column_name(r->options.columns, missing), 0, 30)),
                      found, fields[missing], missing == DGM_FIELD_TEXT ? "text" : "day",
                      missing == DGM_FIELD_TEXT ? "" : ", or --date is the day of all");
}

/* ---- stories -------------------------------------------------------------------------------- */

static dgm_reading read_story(dgm_reader *r, const table *t, dgm_arena *arena, dgm_document *doc,
                              dgm_err *err)
{
    size_t line;
    dgm_view found[DGM_N_FIELDS] = { { "", 0 } };
    dgm_reading reading = read_row(r, t->separator, &line, err);
    if (reading != DGM_READ_STORY || dgm_view_trim((dgm_view) { r->line.p, r->line.n }).n == 0)
        return reading == DGM_READ_STORY ? DGM_READ_NOTHING : reading;
    uint32_t n = split_row(r, t, found);
    if (n != t->n_columns)
        return dgm_refuse(r, DGM_EFORMAT, line,
                          "the row has %u cells, the header %u; it is passed over", n,
                          t->n_columns);
    dgm_document_init(doc, arena);
    dgm_view *const into[DGM_N_FIELDS] = {
        [DGM_FIELD_TEXT] = &doc->text,     [DGM_FIELD_TITLE] = &doc->title,
        [DGM_FIELD_SOURCE] = &doc->source, [DGM_FIELD_URL] = &doc->url,
        [DGM_FIELD_ID] = &doc->id,
    };
    for (uint32_t i = 0; i < DGM_N_FIELDS; i++) {
        if (into[i])
            *into[i] = dgm_clean(r, arena, found[i], line);
    }
    if (doc->id.n == 0)
        doc->id = dgm_arena_printf(arena, "%s-%zu", r->stem, line);
    dgm_name_story(r, doc->id);
    dgm_view date = dgm_clean(r, arena, found[DGM_FIELD_DATE], line);
    if (date.n > 0 && !dgm_story_day(r, date, doc->date))
        return dgm_refuse_date(r, line, date);
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

/* A cell of a header as it stands, quotes taken off; no header has separators in its names. */
static bool header_cell(dgm_view *line, char separator, dgm_view *cell)
{
    if (line->n == 0 || !dgm_view_split(line, separator, cell))
        return false;
    *cell = dgm_view_trim(*cell);
    if (cell->n > 2 && cell->p[0] == '"' && cell->p[cell->n - 1] == '"')
        *cell = dgm_view_slice(*cell, 1, cell->n - 1);
    return true;
}

/* Whether the first line is a header: the text and `others` more fields are cells of it. */
static bool has_fields(dgm_view first, char separator, const char *columns, uint32_t others)
{
    dgm_view line, cell;
    uint32_t n = 0;
    bool text = false;
    if (!dgm_view_split(&first, '\n', &line))
        return false;
    while (header_cell(&line, separator, &cell)) {
        for (uint32_t i = 0; i < DGM_N_FIELDS; i++)
            n += dgm_view_eq_nocase(cell, dgm_column_name(columns, i));
        text = text || dgm_view_eq_nocase(cell, dgm_column_name(columns, DGM_FIELD_TEXT));
    }
    return text && n > others;
}

static bool is_name(dgm_view cell)
{
    enum { LONGEST = 40 };
    for (size_t i = 0; i < cell.n; i++) {
        unsigned char c = (unsigned char)cell.p[i];
        if (!dgm_is_alpha(c) && c != '_' && c != '-' && (i == 0 || !dgm_is_digit(c)))
            return false;
    }
    return cell.n > 0 && cell.n <= LONGEST;
}

/* Whether the first line is three names or more, with nothing else in it, and the second has as
 * many separators: no sentence looks so. */
static bool is_shaped_like_a_header(dgm_view first, char separator)
{
    dgm_view line, second, cell;
    size_t n = 0, n_below = 0;
    if (!dgm_view_split(&first, '\n', &line) || !dgm_view_split(&first, '\n', &second))
        return false;
    for (; header_cell(&line, separator, &cell); n++) {
        if (!is_name(cell))
            return false;
    }
    for (size_t i = 0; i < second.n; i++)
        n_below += second.p[i] == separator;
    return n >= 3 && n_below + 1 >= n;
}

char dgm_header_separator(dgm_view first, const char *columns, const char *file)
{
    static const char separators[] = { '\t', ',', ';' };
    dgm_view name = dgm_view_of(file), rest, line;
    if (dgm_view_starts(first, DGM_VIEW("\xEF\xBB\xBF")))
        first = dgm_view_slice(first, 3, first.n);
    rest = first;
    if (first.n == 0 || !dgm_view_split(&rest, '\n', &line))
        return '\0';
    for (size_t i = 0; i < sizeof separators; i++) {
        if ((columns && has_fields(first, separators[i], columns, 0)) ||
            is_shaped_like_a_header(first, separators[i]))
            return separators[i];
    }
    if (dgm_view_ends(name, DGM_VIEW(".gz")) || dgm_view_ends(name, DGM_VIEW(".zst")))
        name = dgm_view_slice(name, 0, name.n - (dgm_view_ends(name, DGM_VIEW(".gz")) ? 3 : 4));
    if (dgm_view_ends(name, DGM_VIEW(".tsv")) || dgm_view_ends(name, DGM_VIEW(".tab")))
        return '\t';
    if (!columns && !dgm_view_ends(name, DGM_VIEW(".csv")))
        return '\0';
    return memchr(line.p, '\t', line.n) ? '\t' : ',';
}

static bool sniff_csv(dgm_view first)
{
    return has_fields(first, ',', NULL, 1) || has_fields(first, ';', NULL, 1);
}

static bool sniff_tsv(dgm_view first)
{
    return has_fields(first, '\t', NULL, 1);
}

static void done(dgm_reader *r)
{
    free(r->state);
}

const dgm_input_kind dgm_kind_csv = { .sniff = sniff_csv, .next = next_csv, .done = done };
const dgm_input_kind dgm_kind_tsv = { .sniff = sniff_tsv, .next = next_tsv, .done = done };
