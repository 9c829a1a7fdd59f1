/* Each column is described by a path into the line's JSON:
 *
 *     trigger.begin       a member of a member; a number names a member of an array
 *     actors[].code       of all members of the array, parted by ";"
 *     ... followed by +   a number that counts from 0 in JSON and from 1 in R
 *     /id                 of the whole line, where rows are members of an array in it
 *
 * An end that JSON excludes and counts from 0 is one that R includes and counts from 1. */
#include "rows.h"
#include "json.h"

#include <stdio.h>
#include <string.h>

enum { MAX_COLUMNS = 500, MAX_NAME = 128 };

typedef struct {
    table_kind kind;
    const char *path;
} field;

struct rows {
    const char *each; /* the array whose members are the rows; NULL: the line is one */
    const field *fields;
    size_t n;
};

/* clang-format off */
#define TEXT(name, path)    { { name, TABLE_TEXT }, path },
#define INTEGER(name, path) { { name, TABLE_INTEGER }, path },
#define NUMBER(name, path)  { { name, TABLE_NUMBER }, path },
#define TRUTH(name, path)   { { name, TABLE_TRUTH }, path },
#define DAY(name, path)     { { name, TABLE_DAY }, path },
#define SIDE(name, list) \
    TEXT(name "_codes", list "[].code") TEXT(name "_countries", list "[].country") \
    TEXT(name "_sectors", list "[].sector") TEXT(name "_names", list "[].name") \
    TEXT(name "_ids", list "[].id") TEXT(name "_words", list "[].text") \
    TEXT(name "_begins", list "[].begin+") TEXT(name "_ends", list "[].end") \
    TEXT(name "_via", list "[].via")
#define SIZE(name) \
    NUMBER(name "_min", "size." name ".min") NUMBER(name "_max", "size." name ".max")

static const field event_fields[] = {
    TEXT("event_id", "event_id") TEXT("story_id", "story_id") DAY("story_date", "story_date")
    TEXT("story_title", "story_title") TEXT("story_source", "story_source") TEXT("story_url", "story_url")
    INTEGER("sentence", "sentence+") TEXT("text", "text")
    DAY("event_date", "event_date") DAY("event_date_end", "event_date_end") TEXT("date_basis", "date_basis")
    TEXT("event_type", "event_type") TEXT("event_mode", "event_mode") TEXT("contexts", "contexts[]")
    TEXT("cameo", "cameo") INTEGER("quad", "quad") NUMBER("goldstein", "goldstein") NUMBER("intensity", "intensity")
    SIDE("actor", "actors") SIDE("recipient", "recipients")
    TEXT("polarity", "polarity") TEXT("status", "status") TRUTH("historical", "historical")
    TEXT("condition", "condition.text") INTEGER("condition_begin", "condition.begin+")
    INTEGER("condition_end", "condition.end") TEXT("condition_event_id", "condition.event_id")
    SIDE("speaker", "attribution[].speaker")
    TEXT("attribution_kinds", "attribution[].kind") TEXT("attribution_cues", "attribution[].cue")
    TEXT("attribution_begins", "attribution[].begin+") TEXT("attribution_ends", "attribution[].end")
    TEXT("content_of", "content_of") TEXT("contradicts", "contradicts[]")
    TEXT("location_names", "locations[].name") TEXT("location_countries", "locations[].country")
    TEXT("location_admin1s", "locations[].admin1")
    TEXT("location_lats", "locations[].lat") TEXT("location_lons", "locations[].lon")
    TEXT("location_geonames_ids", "locations[].geonames_id")
    TEXT("location_precisions", "locations[].precision") TEXT("location_bases", "locations[].basis")
    TEXT("location_words", "locations[].text")
    TEXT("location_begins", "locations[].begin+") TEXT("location_ends", "locations[].end")
    SIZE("dead") SIZE("injured") SIZE("arrested") SIZE("abducted") SIZE("displaced") SIZE("participants")
    SIZE("money") TEXT("money_currency", "size.money.currency")
    TEXT("trigger", "trigger.text") INTEGER("trigger_begin", "trigger.begin+") INTEGER("trigger_end", "trigger.end")
    TEXT("rule", "rule") NUMBER("judge_score", "judge.score") NUMBER("confidence", "confidence")
};

static const field quote_fields[] = {
    TEXT("story_id", "story_id") INTEGER("sentence", "sentence+") TEXT("kind", "kind") TEXT("direct", "direct")
    INTEGER("source_begin", "source.0+") INTEGER("source_end", "source.1")
    INTEGER("cue_begin", "cue.0+") INTEGER("cue_end", "cue.1")
    TEXT("content_begins", "content[].0+") TEXT("content_ends", "content[].1")
    TEXT("speaker_code", "speaker.code") TEXT("speaker_country", "speaker.country")
    TEXT("speaker_sector", "speaker.sector") TEXT("speaker_name", "speaker.name")
    TEXT("speaker_id", "speaker.id") TEXT("speaker_via", "speaker.via")
};

static const field place_fields[] = {
    TEXT("story_id", "/id") TEXT("text", "text") INTEGER("begin", "begin+") INTEGER("end", "end")
    TEXT("name", "name") TEXT("country", "country") TEXT("admin1", "admin1") NUMBER("lat", "lat") NUMBER("lon", "lon")
    INTEGER("geonames_id", "geonames_id") TEXT("precision", "precision")
};

static const field time_fields[] = {
    TEXT("story_id", "/id") TEXT("text", "text") INTEGER("begin", "begin+") INTEGER("end", "end")
    TEXT("kind", "kind") TEXT("value", "value") DAY("from", "from") DAY("to", "to")
};

static const field story_fields[] = {
    TEXT("id", "id") DAY("date", "date") TEXT("date_basis", "date_basis") TEXT("title", "title")
    TEXT("source", "source") TEXT("url", "url") TEXT("language", "language") TEXT("text", "text")
};
/* clang-format on */

#define LEN(array) (sizeof(array) / sizeof((array)[0]))
const rows rows_of_events = { NULL, event_fields, LEN(event_fields) };
const rows rows_of_quotes = { NULL, quote_fields, LEN(quote_fields) };
const rows rows_of_places = { "places", place_fields, LEN(place_fields) };
const rows rows_of_times = { "times", time_fields, LEN(time_fields) };
const rows rows_of_stories = { NULL, story_fields, LEN(story_fields) };

table *rows_table(const rows *how)
{
    table_kind kinds[LEN(event_fields)];
    size_t n = how ? how->n : 0;
    for (size_t i = 0; i < n; i++)
        kinds[i] = how->fields[i].kind;
    return table_new(kinds, n);
}

/* ---- values --------------------------------------------------------------------------------- */

/* A line that is read, and the table that its rows go to. */
typedef struct {
    table *table;
    sql_json line;
    text scratch; /* a joined list */
} filler;

/* Follows "a.b.0" up to its end, or to "[]" or "+"; *path is moved there. */
static const sql_node *follow(filler *f, const sql_node *value, const char **path)
{
    while (value && **path && **path != '+' && **path != '[') {
        const char *key = *path;
        size_t n = 0;
        while (key[n] && key[n] != '.' && key[n] != '[' && key[n] != '+')
            n++;
        value = value->kind == SQL_JSON_ARRAY ? sql_json_at(&f->line, value, (size_t)(key[0] - '0'))
                                              : sql_json_member_of(&f->line, value, key, n);
        *path += n;
        *path += **path == '.';
    }
    return value;
}

static bool is_number(const sql_node *value)
{
    return value->kind == SQL_JSON_WHOLE || value->kind == SQL_JSON_REAL;
}

static void put_scalar(filler *f, size_t column, const sql_node *value, int shift)
{
    if (value->kind == SQL_JSON_STRING)
        table_put_text(f->table, column, value->p, value->n);
    else if (is_number(value))
        table_put_number(f->table, column, sql_json_number(value) + shift);
    else if (value->kind == SQL_JSON_TRUE || value->kind == SQL_JSON_FALSE)
        table_put_truth(f->table, column, value->kind == SQL_JSON_TRUE);
}

/* A whole number. Not by printf(), which is slow in R, where a library has added formats to it. */
static void put_whole(text *t, double number)
{
    char digits[24];
    size_t at = sizeof digits;
    for (uint64_t rest = (uint64_t)number; at == sizeof digits || rest > 0; rest /= 10)
        digits[--at] = (char)('0' + rest % 10);
    text_put(t, digits + at, sizeof digits - at);
}

/* A member of a list: nothing where it is not known, a comma for a semicolon in it. */
static void put_member(text *t, const sql_node *value, int shift)
{
    size_t begin = t->n;
    if (value->kind == SQL_JSON_STRING)
        text_put(t, value->p, value->n);
    else if (value->kind == SQL_JSON_TRUE || value->kind == SQL_JSON_FALSE)
        text_put_string(t, value->kind == SQL_JSON_TRUE ? "true" : "false");
    else if (is_number(value) && shift == 0)
        text_put(t, value->p, value->n);
    else if (is_number(value) && sql_json_number(value) >= 0 && sql_json_number(value) < 1e15)
        put_whole(t, sql_json_number(value) + shift);
    for (size_t i = begin; i < t->n && !t->failed; i++)
        if (t->p[i] == ';')
            t->p[i] = ',';
}

/* path: after the "[]". Nothing is put for a list without members. */
static void put_list(filler *f, size_t column, const sql_node *list, const char *path)
{
    const sql_node *first = list && list->kind == SQL_JSON_ARRAY ? sql_json_first(list) : NULL;
    if (!first)
        return;
    f->scratch.n = 0;
    for (const sql_node *member = first; member; member = sql_json_next(&f->line, list, member)) {
        const char *rest = path + (*path == '.');
        const sql_node *value = follow(f, member, &rest);
        if (member != first)
            text_put_string(&f->scratch, ";");
        if (value)
            put_member(&f->scratch, value, *rest == '+');
    }
    if (f->scratch.failed)
        table_fail(f->table);
    else
        table_put_text(f->table, column, f->scratch.p ? f->scratch.p : "", f->scratch.n);
}

static void put_field(filler *f, size_t column, const sql_node *row, const char *path)
{
    bool of_line = *path == '/';
    path += of_line;
    const sql_node *value = follow(f, of_line ? f->line.nodes : row, &path);
    if (*path == '[')
        put_list(f, column, value, path + 2);
    else if (value)
        put_scalar(f, column, value, *path == '+');
}

static void put_row(filler *f, const rows *how, const sql_node *row)
{
    table_row(f->table);
    for (size_t i = 0; i < how->n; i++)
        put_field(f, i, row, how->fields[i].path);
}

/* ---- lines of any kind ---------------------------------------------------------------------- */

static size_t column_of_any(filler *f, const char *name)
{
    size_t column = table_column(f->table, name);
    if (column >= MAX_COLUMNS)
        table_fail(f->table);
    return column;
}

/* "affirmed" and "event_id" as "affirmed_event_id"; false: it is too long for a name. */
static bool name_of(const char *before, const sql_node *member, char name[MAX_NAME])
{
    int n = snprintf(name, MAX_NAME, "%s%s%.*s", before, *before ? "_" : "",
                     (int)(member->n_key < MAX_NAME ? member->n_key : MAX_NAME), member->key);
    return n > 0 && n < MAX_NAME;
}

/* Members of objects in a list become lists of their own: "affirmed_event_id". */
static void put_any_list(filler *f, const char *name, const sql_node *list)
{
    const sql_node *first = sql_json_first(list);
    if (!first || first->kind != SQL_JSON_OBJECT) {
        put_list(f, column_of_any(f, name), list, "");
        return;
    }
    for (const sql_node *m = sql_json_first(first); m; m = sql_json_next(&f->line, first, m)) {
        char longer[MAX_NAME], key[MAX_NAME];
        if (name_of(name, m, longer) && name_of("", m, key) && !strpbrk(key, ".[+"))
            put_list(f, column_of_any(f, longer), list, key);
    }
}

static void put_any(filler *f, const char *name, const sql_node *value, int depth)
{
    enum { MAX_DEPTH = 4 };
    if (value->kind == SQL_JSON_ARRAY) {
        put_any_list(f, name, value);
    } else if (value->kind == SQL_JSON_OBJECT && depth < MAX_DEPTH) {
        char longer[MAX_NAME];
        for (const sql_node *m = sql_json_first(value); m; m = sql_json_next(&f->line, value, m))
            if (name_of(name, m, longer))
                put_any(f, longer, m, depth + 1);
    } else if (value->kind != SQL_JSON_OBJECT) {
        put_scalar(f, column_of_any(f, name), value, 0);
    }
}

/* ---- lines ---------------------------------------------------------------------------------- */

static bool put_line(filler *f, const rows *how, const char *line, size_t n)
{
    if (!sql_json_read(&f->line, line, n))
        return false;
    const sql_node *whole = f->line.nodes;
    if (!how) {
        table_row(f->table);
        put_any(f, "", whole, 0);
    } else if (how->each) {
        const sql_node *list = sql_json_member(&f->line, whole, how->each);
        for (const sql_node *m = sql_json_first(list); m; m = sql_json_next(&f->line, list, m))
            put_row(f, how, m);
    } else {
        put_row(f, how, whole);
    }
    return !table_failed(f->table);
}

/* The end of the line that begins at p. */
static const char *end_of_line(const char *p, const char *end)
{
    const char *found = memchr(p, '\n', (size_t)(end - p));
    return found ? found : end;
}

bool rows_put(table *t, const rows *how, const char *lines, size_t n)
{
    filler f = { .table = t };
    const char *end = lines + n;
    bool good = true;
    for (const char *p = lines, *to; good && p < end; p = to + 1) {
        to = end_of_line(p, end);
        good = to == p || put_line(&f, how, p, (size_t)(to - p));
    }
    if (f.line.failed)
        table_fail(t);
    sql_json_done(&f.line);
    text_done(&f.scratch);
    return good;
}

/* ---- words ---------------------------------------------------------------------------------- */

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, N_CELLS };
enum { STORY, SENTENCE, WORD, BEGIN = WORD + 8, END };

static const table_kind word_kinds[] = {
    { "story_id", TABLE_TEXT }, { "sentence", TABLE_INTEGER }, { "id", TABLE_INTEGER },
    { "form", TABLE_TEXT },     { "lemma", TABLE_TEXT },       { "upos", TABLE_TEXT },
    { "xpos", TABLE_TEXT },     { "feats", TABLE_TEXT },       { "head", TABLE_INTEGER },
    { "deprel", TABLE_TEXT },   { "begin", TABLE_INTEGER },    { "end", TABLE_INTEGER },
};

table *rows_table_of_words(void)
{
    return table_new(word_kinds, LEN(word_kinds));
}

typedef struct {
    const char *p;
    size_t n;
} cell;

static size_t cells_of(const char *line, const char *end, cell cells[N_CELLS])
{
    size_t n = 0;
    for (const char *p = line; p <= end && n < N_CELLS; n++) {
        const char *tab = memchr(p, '\t', (size_t)(end - p));
        const char *to = tab ? tab : end;
        cells[n] = (cell) { p, (size_t)(to - p) };
        p = to + 1;
    }
    return n;
}

/* A whole number of at most nine digits; -1: it is none. */
static int number_of(const char *p, size_t n, size_t *n_digits)
{
    int number = 0;
    size_t i = 0;
    for (; i < n && i < 9 && p[i] >= '0' && p[i] <= '9'; i++)
        number = 10 * number + (p[i] - '0');
    *n_digits = i;
    return i > 0 ? number : -1;
}

/* TokenRange=12:17 */
static void put_range(table *t, cell misc)
{
    static const char key[] = "TokenRange=";
    size_t n_key = sizeof key - 1;
    for (size_t i = 0; i + n_key <= misc.n; i++) {
        if (memcmp(misc.p + i, key, n_key) != 0 || (i > 0 && misc.p[i - 1] != '|'))
            continue;
        const char *p = misc.p + i + n_key, *end = misc.p + misc.n;
        size_t n;
        int begin = number_of(p, (size_t)(end - p), &n);
        p += n;
        if (begin < 0 || p == end || *p != ':')
            return;
        int last = number_of(p + 1, (size_t)(end - p) - 1, &n);
        if (last < 0)
            return;
        table_put_number(t, BEGIN, begin + 1);
        table_put_number(t, END, last);
        return;
    }
}

static void put_word(table *t, const char *story, size_t i_sentence, const cell cells[N_CELLS])
{
    size_t n;
    int id = number_of(cells[ID].p, cells[ID].n, &n);
    if (id < 0 ||
        n != cells[ID].n) /* a range of a multiword token has a row for each of its words */
        return;
    table_row(t);
    table_put_text(t, STORY, story, strlen(story));
    table_put_number(t, SENTENCE, (double)i_sentence);
    for (size_t i = ID; i <= DEPREL; i++) {
        bool unknown = cells[i].n == 1 && cells[i].p[0] == '_' && i != FORM && i != LEMMA;
        if (i == ID || i == HEAD)
            table_put_number(t, WORD + i, number_of(cells[i].p, cells[i].n, &n));
        else if (!unknown)
            table_put_text(t, WORD + i, cells[i].p, cells[i].n);
    }
    put_range(t, cells[MISC]);
}

bool rows_put_words(table *t, const char *story, const char *lines, size_t n)
{
    const char *end = lines + n;
    size_t i_sentence = 0;
    bool inside = false;
    for (const char *p = lines, *to; p < end; p = to + 1) {
        to = end_of_line(p, end);
        cell cells[N_CELLS];
        if (to > p && *p != '#' && cells_of(p, to, cells) == N_CELLS) {
            i_sentence += !inside;
            inside = true;
            put_word(t, story, i_sentence, cells);
        } else if (to == p) {
            inside = false;
        }
    }
    return !table_failed(t);
}
