/* Lines of JSON as rows. Offsets count code points, so words of the story are found by walking to
 * them from where the last ones were found. */
#include "rows.h"

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
    sql_json_done(&rows->json);
}

bool sql_rows_next(sql_rows *rows)
{
    if (!rows->next || !rows->next[0])
        return false;
    const char *end = strchr(rows->next, '\n');
    size_t n = end ? (size_t)(end - rows->next) : strlen(rows->next);
    rows->line = rows->next;
    rows->next = end ? end + 1 : rows->next + n;
    rows->n_line = n;
    bool read = sql_json_read(&rows->json, rows->line, n);
    rows->failed = rows->failed || !read;
    return read;
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
static const sql_node *span_of(const sql_json *json, const sql_node *value, bool last)
{
    size_t n = sql_json_count(value);
    const sql_node *inner = sql_json_at(json, value, last && n > 0 ? n - 1 : 0);
    return sql_json_is(inner, SQL_JSON_ARRAY) ? inner : n == 2 ? value : NULL;
}

static void words_of(sql_rows *rows, const sql_node *span, const char **text, size_t *n)
{
    long long begin = sql_json_whole_number(sql_json_at(&rows->json, span, 0));
    long long end = sql_json_whole_number(sql_json_at(&rows->json, span, 1));
    size_t first = byte_of(rows, begin > 0 ? (size_t)begin : 0);
    size_t past = byte_of(rows, end > begin ? (size_t)end : (size_t)begin);
    *text = rows->text + first;
    *n = past - first;
}

static bool join_spans(sql_rows *rows, const sql_node *spans, sql_cell *out)
{
    static const char between[] = " ... ";
    size_t total = 0, n;
    const char *text;
    for (size_t i = 0; i < sql_json_count(spans); i++) {
        words_of(rows, sql_json_at(&rows->json, spans, i), &text, &n);
        total += n + sizeof between;
    }
    out->own = malloc(total + 1);
    if (!out->own)
        return false;
    for (size_t i = 0; i < sql_json_count(spans); i++) {
        words_of(rows, sql_json_at(&rows->json, spans, i), &text, &n);
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

static void put_plain(const sql_node *value, sql_cell *out)
{
    switch (value ? value->kind : SQL_JSON_NULL) {
    case SQL_JSON_STRING:
        put_text(value->p, value->n, out);
        break;
    case SQL_JSON_WHOLE:
        out->type = SQL_IS_WHOLE;
        out->whole = sql_json_whole_number(value);
        break;
    case SQL_JSON_REAL:
        out->type = SQL_IS_REAL;
        out->real = sql_json_number(value);
        break;
    case SQL_JSON_TRUE:
    case SQL_JSON_FALSE:
        out->type = SQL_IS_WHOLE;
        out->whole = value->kind == SQL_JSON_TRUE;
        break;
    default:
        break;
    }
}

static void put_bound(const sql_json *json, const sql_node *value, bool end, sql_cell *out)
{
    const sql_node *span = span_of(json, value, end);
    if (span)
        put_plain(sql_json_at(json, span, end), out);
}

static const sql_node *member_of(sql_json *json, const sql_column *column)
{
    const sql_node *value = sql_json_whole(json);
    for (size_t i = 0; i < 2 && column->at[i]; i++)
        value = sql_json_member(json, value, column->at[i]);
    return column->last ? sql_json_member(json, value, column->last) : value;
}

bool sql_cell_of(sql_rows *rows, const sql_column *column, sql_cell *out)
{
    *out = (sql_cell) { .type = SQL_IS_NULL, .column = column };
    bool list = column->kind == SQL_LIST || column->kind == SQL_POINTS;
    sql_json *json = &rows->json;
    const sql_node *value =
        list ? sql_json_member(json, sql_json_whole(json), column->at[0]) : member_of(json, column);
    switch (column->kind) {
    case SQL_RECORD:
        put_text(rows->line, rows->n_line, out);
        out->json = json;
        return true;
    case SQL_LIST:
    case SQL_POINTS:
        out->type = sql_json_is(value, SQL_JSON_ARRAY) ? SQL_IS_LIST : SQL_IS_NULL;
        out->list = value;
        out->json = json;
        return true;
    case SQL_SPANS:
        return !sql_json_is(value, SQL_JSON_ARRAY) || join_spans(rows, value, out);
    case SQL_SPAN:
        if (sql_json_is(value, SQL_JSON_ARRAY)) {
            out->type = SQL_IS_TEXT;
            words_of(rows, value, &out->text, &out->n);
        }
        return true;
    case SQL_BEGIN:
    case SQL_END:
        put_bound(json, value, column->kind == SQL_END, out);
        return true;
    case SQL_YES:
        if (!sql_json_is(value, SQL_JSON_STRING))
            put_plain(value, out);
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
    return sql_json_count(list->list);
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

static bool is_number(const sql_node *value)
{
    return sql_json_is(value, SQL_JSON_WHOLE) || sql_json_is(value, SQL_JSON_REAL);
}

static bool point_of(sql_json *json, const sql_node *place, char buf[SQL_POINT], size_t *n)
{
    const sql_node *lat = sql_json_member(json, place, "lat");
    const sql_node *lon = sql_json_member(json, place, "lon");
    if (!is_number(lat) || !is_number(lon))
        return false;
    *n = put_degrees(sql_json_number(lat), buf, SQL_POINT / 2);
    buf[(*n)++] = ' ';
    *n += put_degrees(sql_json_number(lon), buf + *n, SQL_POINT / 2 - 1);
    return true;
}

bool sql_list_at(const sql_cell *list, size_t i, char buf[SQL_POINT], const char **text, size_t *n)
{
    const sql_column *column = list->column;
    const sql_node *value = sql_json_at(list->json, list->list, i);
    if (column->kind == SQL_POINTS) {
        *text = buf;
        return point_of(list->json, value, buf, n);
    }
    if (column->at[1])
        value = sql_json_member(list->json, value, column->at[1]);
    if (column->last)
        value = sql_json_member(list->json, value, column->last);
    if (!sql_json_is(value, SQL_JSON_STRING))
        return false;
    *text = value->p;
    *n = value->n;
    return true;
}
