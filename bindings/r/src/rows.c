/* Each column is described by a path into the line's JSON:
 *
 *     trigger.begin       a member of a member; a number names a member of an array
 *     actors[].code       of all members of the array, parted by ";"
 *     ... followed by +   a number that counts from 0 in JSON and from 1 in R
 *     /id                 of the whole line, where rows are members of an array in it
 *
 * An end that JSON excludes and counts from 0 is one that R includes and counts from 1. */
#include "rows.h"

#include <jansson.h>
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

/* Follows "a.b.0" up to its end, or to "[]" or "+"; *path is moved there. */
static const json_t *follow(const json_t *value, const char **path)
{
    while (value && **path && **path != '+' && **path != '[') {
        size_t n = strcspn(*path, ".[+");
        char key[MAX_NAME];
        if (n >= sizeof key)
            return NULL;
        memcpy(key, *path, n);
        key[n] = '\0';
        value = json_is_array(value) ? json_array_get(value, (size_t)(key[0] - '0'))
                                     : json_object_get(value, key);
        *path += n;
        *path += **path == '.';
    }
    return value;
}

/* No string of R holds a NUL; the sign for what cannot be written takes its place. */
static void put_without_nul(text *t, const char *bytes, size_t n)
{
    const char *nul;
    while (n > 0 && (nul = memchr(bytes, '\0', n)) != NULL) {
        text_put(t, bytes, (size_t)(nul - bytes));
        text_put_string(t, "\xEF\xBF\xBD");
        n -= (size_t)(nul - bytes) + 1;
        bytes = nul + 1;
    }
    text_put(t, bytes, n);
}

static void put_string(table *t, size_t column, const json_t *value)
{
    const char *bytes = json_string_value(value);
    size_t n = json_string_length(value);
    if (!memchr(bytes, '\0', n)) {
        table_put_text(t, column, bytes, n);
        return;
    }
    text clean = { 0 };
    put_without_nul(&clean, bytes, n);
    if (clean.failed)
        table_fail(t);
    else
        table_put_text(t, column, clean.p, clean.n);
    text_done(&clean);
}

static void put_scalar(table *t, size_t column, const json_t *value, int shift)
{
    if (json_is_string(value))
        put_string(t, column, value);
    else if (json_is_number(value))
        table_put_number(t, column, json_number_value(value) + shift);
    else if (json_is_boolean(value))
        table_put_truth(t, column, json_is_true(value));
}

/* A member of a list: nothing where it is not known, a comma for a semicolon in it. */
static void put_member(text *t, const json_t *value, int shift)
{
    char number[40];
    size_t begin = t->n;
    if (json_is_string(value))
        put_without_nul(t, json_string_value(value), json_string_length(value));
    else if (json_is_boolean(value))
        text_put_string(t, json_is_true(value) ? "true" : "false");
    else if (json_is_number(value)) {
        snprintf(number, sizeof number, "%.15g", json_number_value(value) + shift);
        text_put_string(t, number);
    }
    for (size_t i = begin; i < t->n && !t->failed; i++)
        if (t->p[i] == ';')
            t->p[i] = ',';
}

/* path: after the "[]". Nothing is put for a list without members. */
static void put_list(table *t, size_t column, const json_t *list, const char *path)
{
    text joined = { 0 };
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *rest = path + (*path == '.');
        const json_t *value = follow(json_array_get(list, i), &rest);
        if (i > 0)
            text_put_string(&joined, ";");
        put_member(&joined, value, *rest == '+');
    }
    if (joined.failed)
        table_fail(t);
    else if (json_array_size(list) > 0)
        table_put_text(t, column, joined.p ? joined.p : "", joined.n);
    text_done(&joined);
}

static void put_field(table *t, size_t column, const json_t *line, const json_t *row,
                      const char *path)
{
    bool of_line = *path == '/';
    path += of_line;
    const json_t *value = follow(of_line ? line : row, &path);
    if (*path == '[')
        put_list(t, column, value, path + 2);
    else if (value)
        put_scalar(t, column, value, *path == '+');
}

static void put_row(table *t, const rows *how, const json_t *line, const json_t *row)
{
    table_row(t);
    for (size_t i = 0; i < how->n; i++)
        put_field(t, i, line, row, how->fields[i].path);
}

/* ---- lines of any kind ---------------------------------------------------------------------- */

static void put_any(table *t, const char *name, const json_t *value, int depth);

static size_t column_of_any(table *t, const char *name)
{
    size_t column = table_column(t, name);
    if (column >= MAX_COLUMNS)
        table_fail(t);
    return column;
}

/* Members of objects in a list become lists of their own: "affirmed_event_id". */
static void put_any_list(table *t, const char *name, const json_t *list)
{
    const json_t *first = json_array_get(list, 0);
    if (!json_is_object(first)) {
        put_list(t, column_of_any(t, name), list, "");
        return;
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)first, key, value)
    {
        char longer[MAX_NAME];
        int n = snprintf(longer, sizeof longer, "%s_%s", name, key);
        if (n > 0 && (size_t)n < sizeof longer && !strpbrk(key, ".[+"))
            put_list(t, column_of_any(t, longer), list, key);
    }
}

static void put_any_object(table *t, const char *name, const json_t *object, int depth)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value)
    {
        char longer[MAX_NAME];
        int n = snprintf(longer, sizeof longer, "%s%s%s", name, *name ? "_" : "", key);
        if (n > 0 && (size_t)n < sizeof longer)
            put_any(t, longer, value, depth + 1);
    }
}

static void put_any(table *t, const char *name, const json_t *value, int depth)
{
    enum { MAX_DEPTH = 4 };
    if (json_is_object(value)) {
        if (depth < MAX_DEPTH)
            put_any_object(t, name, value, depth);
        return;
    }
    if (json_is_array(value))
        put_any_list(t, name, value);
    else
        put_scalar(t, column_of_any(t, name), value, 0);
}

/* ---- lines ---------------------------------------------------------------------------------- */

static bool put_line(table *t, const rows *how, const char *line, size_t n)
{
    json_t *read = json_loadb(line, n, JSON_ALLOW_NUL, NULL);
    if (!read)
        return false;
    if (!how) {
        table_row(t);
        put_any_object(t, "", read, 0);
    } else if (how->each) {
        const json_t *list = json_object_get(read, how->each);
        for (size_t i = 0; i < json_array_size(list); i++)
            put_row(t, how, read, json_array_get(list, i));
    } else {
        put_row(t, how, read, read);
    }
    json_decref(read);
    return !table_failed(t);
}

/* The end of the line that begins at p. */
static const char *end_of_line(const char *p, const char *end)
{
    const char *found = memchr(p, '\n', (size_t)(end - p));
    return found ? found : end;
}

bool rows_put(table *t, const rows *how, const char *lines, size_t n)
{
    const char *end = lines + n;
    for (const char *p = lines, *to; p < end; p = to + 1) {
        to = end_of_line(p, end);
        if (to > p && !put_line(t, how, p, (size_t)(to - p)))
            return false;
    }
    return true;
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
