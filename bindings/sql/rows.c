/* Lines of JSON as rows. Offsets count code points, so words of the story are found by walking to
 * them from where the last ones were found. */
#include "rows.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sql_rows_begin(sql_rows *rows, const sql_table *table, const char *made, const char *text,
                    size_t n_text)
{
    *rows =
        (sql_rows) { .table = table, .text = text, .n_text = n_text, .line = made, .next = made };
}

void sql_rows_end(sql_rows *rows)
{
    json_decref(rows->record);
    rows->record = NULL;
}

bool sql_rows_next(sql_rows *rows)
{
    sql_rows_end(rows);
    if (!rows->next || !rows->next[0])
        return false;
    const char *end = strchr(rows->next, '\n');
    size_t n = end ? (size_t)(end - rows->next) : strlen(rows->next);
    rows->line = rows->next;
    rows->next = end ? end + 1 : rows->next + n;
    rows->record = json_loadb(rows->line, n, 0, NULL);
    rows->failed = rows->failed || !rows->record;
    return rows->record != NULL;
}

/* ---- words of the story --------------------------------------------------------------------- */

static bool begins_code_point(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* The byte at which the code point of this number begins. */
static size_t byte_of(sql_rows *rows, size_t code_point)
{
    while (rows->code_point > code_point && rows->byte > 0) {
        rows->byte--;
        rows->code_point -= begins_code_point(rows->text[rows->byte]);
    }
    while (rows->code_point < code_point && rows->byte < rows->n_text) {
        do
            rows->byte++;
        while (rows->byte < rows->n_text && !begins_code_point(rows->text[rows->byte]));
        rows->code_point++;
    }
    return rows->byte;
}

/* [begin, end], or a list of such: of its first, or its last. NULL: there is none. */
static const json_t *span_of(const json_t *value, bool last)
{
    size_t n = json_array_size(value);
    const json_t *inner = n > 0 ? json_array_get(value, last ? n - 1 : 0) : NULL;
    return json_is_array(inner) ? inner : n == 2 ? value : NULL;
}

static void words_of(sql_rows *rows, const json_t *span, const char **text, size_t *n)
{
    long long begin = json_integer_value(json_array_get(span, 0));
    long long end = json_integer_value(json_array_get(span, 1));
    size_t first = byte_of(rows, begin > 0 ? (size_t)begin : 0);
    size_t past = byte_of(rows, end > begin ? (size_t)end : (size_t)begin);
    *text = rows->text + first;
    *n = past - first;
}

static bool join_spans(sql_rows *rows, const json_t *spans, sql_cell *out)
{
    static const char between[] = " ... ";
    size_t total = 0, n;
    const char *text;
    for (size_t i = 0; i < json_array_size(spans); i++) {
        words_of(rows, json_array_get(spans, i), &text, &n);
        total += n + sizeof between;
    }
    out->own = malloc(total + 1);
    if (!out->own)
        return false;
    for (size_t i = 0; i < json_array_size(spans); i++) {
        words_of(rows, json_array_get(spans, i), &text, &n);
        if (i > 0) {
            memcpy(out->own + out->n, between, sizeof between - 1);
            out->n += sizeof between - 1;
        }
        memcpy(out->own + out->n, text, n);
        out->n += n;
    }
    out->text = out->own;
    out->type = SQL_IS_TEXT;
    return true;
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void put_text(const char *text, size_t n, sql_cell *out)
{
    out->type = SQL_IS_TEXT;
    out->text = text;
    out->n = n;
}

static void put_plain(const json_t *value, sql_cell *out)
{
    if (json_is_string(value)) {
        put_text(json_string_value(value), json_string_length(value), out);
    } else if (json_is_integer(value)) {
        out->type = SQL_IS_WHOLE;
        out->whole = json_integer_value(value);
    } else if (json_is_number(value)) {
        out->type = SQL_IS_REAL;
        out->real = json_number_value(value);
    } else if (json_is_boolean(value)) {
        out->type = SQL_IS_WHOLE;
        out->whole = json_is_true(value);
    }
}

static void put_bound(const json_t *value, bool end, sql_cell *out)
{
    const json_t *span = span_of(value, end);
    if (span)
        put_plain(json_array_get(span, end), out);
}

static const json_t *member_of(const sql_rows *rows, const sql_column *column)
{
    const json_t *value = rows->record;
    for (size_t i = 0; i < 2 && column->at[i]; i++)
        value = json_object_get(value, column->at[i]);
    return column->last ? json_object_get(value, column->last) : value;
}

static void put_word(const json_t *value, sql_cell *out)
{
    if (json_is_boolean(value))
        put_text(json_is_true(value) ? "true" : "false", json_is_true(value) ? 4 : 5, out);
    else
        put_plain(value, out);
}

bool sql_cell_of(sql_rows *rows, const sql_column *column, sql_cell *out)
{
    *out = (sql_cell) { .type = SQL_IS_NULL, .column = column };
    bool list = column->kind == SQL_LIST || column->kind == SQL_POINTS;
    const json_t *value =
        list ? json_object_get(rows->record, column->at[0]) : member_of(rows, column);
    switch (column->kind) {
    case SQL_RECORD:
        put_text(rows->line, strcspn(rows->line, "\n"), out);
        return true;
    case SQL_LIST:
    case SQL_POINTS:
        out->type = json_is_array(value) ? SQL_IS_LIST : SQL_IS_NULL;
        out->list = value;
        return true;
    case SQL_SPANS:
        return !json_is_array(value) || join_spans(rows, value, out);
    case SQL_SPAN:
        if (json_is_array(value)) {
            out->type = SQL_IS_TEXT;
            words_of(rows, value, &out->text, &out->n);
        }
        return true;
    case SQL_BEGIN:
    case SQL_END:
        put_bound(value, column->kind == SQL_END, out);
        return true;
    case SQL_WORD:
        put_word(value, out);
        return true;
    default:
        put_plain(value, out);
        if (column->kind == SQL_REAL && out->type == SQL_IS_WHOLE) {
            out->type = SQL_IS_REAL;
            out->real = (double)out->whole;
        }
        return true;
    }
}

void sql_cell_done(sql_cell *cell)
{
    free(cell->own);
    cell->own = NULL;
}

/* ---- lists ---------------------------------------------------------------------------------- */

size_t sql_list_count(const sql_cell *list)
{
    return json_array_size(list->list);
}

/* Degrees with six decimal places, none that is zero at the end, whatever the locale. */
static size_t put_degrees(double value, char *out, size_t size)
{
    long long millionths = llround(fabs(value) * 1e6);
    int n = snprintf(out, size, "%s%lld.%06lld", value < 0 ? "-" : "", millionths / 1000000,
                     millionths % 1000000);
    while (n > 0 && out[n - 1] == '0')
        n--;
    n -= n > 0 && out[n - 1] == '.';
    return n > 0 ? (size_t)n : 0;
}

static bool point_of(const json_t *place, char buf[SQL_POINT], size_t *n)
{
    const json_t *lat = json_object_get(place, "lat"), *lon = json_object_get(place, "lon");
    if (!json_is_number(lat) || !json_is_number(lon))
        return false;
    *n = put_degrees(json_number_value(lat), buf, SQL_POINT / 2);
    buf[(*n)++] = ' ';
    *n += put_degrees(json_number_value(lon), buf + *n, SQL_POINT / 2 - 1);
    return true;
}

bool sql_list_at(const sql_cell *list, size_t i, char buf[SQL_POINT], const char **text, size_t *n)
{
    const sql_column *column = list->column;
    const json_t *value = json_array_get(list->list, i);
    if (column->kind == SQL_POINTS) {
        *text = buf;
        return point_of(value, buf, n);
    }
    if (column->at[1])
        value = json_object_get(value, column->at[1]);
    if (column->last)
        value = json_object_get(value, column->last);
    *text = json_string_value(value);
    *n = json_string_length(value);
    return *text != NULL;
}
