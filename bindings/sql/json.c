/* A reader with a stack of its own (RFC 8259). What the library writes has few escapes and short
 * numbers: strings are copied only where they have an escape, and numbers read when asked for. */
#include "json.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_DIGITS = 18,   /* of a whole number */
    MAX_NUMBER = 320,  /* of a number's characters, in all */
    EXACT_DIGITS = 15, /* as many as any double keeps */
};

typedef struct {
    const char *p, *end;
    char *plain; /* room for what is left of the line */
} reader;

static char peek(const reader *r)
{
    return r->p < r->end ? *r->p : '\0';
}

static char skip_blanks(reader *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\r' || *r->p == '\n'))
        r->p++;
    return peek(r);
}

static bool accept(reader *r, char c)
{
    if (skip_blanks(r) != c)
        return false;
    r->p++;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- strings -------------------------------------------------------------------------------- */

/* -1: there are no four hexadecimal digits. */
static int32_t hex_of(const char *p, const char *end)
{
    int32_t value = 0;
    for (int i = 0; i < 4; i++, p++) {
        if (p >= end)
            return -1;
        int32_t digit = is_digit(*p)             ? *p - '0'
                        : *p >= 'a' && *p <= 'f' ? *p - 'a' + 10
                        : *p >= 'A' && *p <= 'F' ? *p - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return -1;
        value = 16 * value + digit;
    }
    return value;
}

static void put_code_point(reader *r, uint32_t c)
{
    static const unsigned char marks[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; c >>= 6)
        r->plain[i] = (char)(0x80 | (c & 0x3F));
    r->plain[0] = (char)(marks[n] | c);
    r->plain += n;
}

/* After \u: its digits, and the second half of a pair. */
static bool read_unicode(reader *r)
{
    int32_t one = hex_of(r->p, r->end);
    if (one <= 0 || (one >= 0xDC00 && one < 0xE000))
        return false;
    r->p += 4;
    if (one >= 0xD800 && one < 0xDC00) {
        if (r->end - r->p < 6 || r->p[0] != '\\' || r->p[1] != 'u')
            return false;
        int32_t two = hex_of(r->p + 2, r->end);
        if (two < 0xDC00 || two >= 0xE000)
            return false;
        r->p += 6;
        one = 0x10000 + (one - 0xD800) * 0x400 + (two - 0xDC00);
    }
    put_code_point(r, (uint32_t)one);
    return true;
}

/* After a backslash. */
static bool read_escape(reader *r)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char c = peek(r);
    const char *at = memchr(letters, c, sizeof letters - 1);
    if (!at && c != 'u')
        return false;
    r->p++;
    if (at)
        *r->plain++ = meant[at - letters];
    return at || read_unicode(r);
}

/* What has no escape, up to a quotation mark or backslash; false: neither comes. */
static bool read_run(reader *r)
{
    while (r->p < r->end && *r->p != '"' && *r->p != '\\' && (unsigned char)*r->p >= ' ')
        r->p++;
    return r->p < r->end && (unsigned char)*r->p >= ' ';
}

/* The rest of a string that has an escape, from which it has been read up to the first one. */
static bool unescape(reader *r, const char *from)
{
    for (;;) {
        memcpy(r->plain, from, (size_t)(r->p - from));
        r->plain += r->p - from;
        if (*r->p++ == '"')
            return true;
        if (!read_escape(r))
            return false;
        from = r->p;
        if (!read_run(r))
            return false;
    }
}

static bool read_string(reader *r, const char **p, uint32_t *n)
{
    if (!accept(r, '"'))
        return false;
    const char *from = r->p, *plain = r->plain;
    if (!read_run(r))
        return false;
    bool escaped = *r->p == '\\';
    if (escaped && !unescape(r, from))
        return false;
    *p = escaped ? plain : from;
    *n = (uint32_t)(escaped ? r->plain - plain : r->p++ - from);
    return true;
}

/* ---- values --------------------------------------------------------------------------------- */

static bool read_word(reader *r, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
        return false;
    r->p += n;
    return true;
}

static size_t read_digits(reader *r)
{
    const char *from = r->p;
    while (is_digit(peek(r)))
        r->p++;
    return (size_t)(r->p - from);
}

static bool read_number(reader *r, sql_node *node)
{
    node->p = r->p;
    node->kind = SQL_JSON_WHOLE;
    r->p += peek(r) == '-';
    bool zero = peek(r) == '0';
    size_t n = read_digits(r);
    if (n == 0 || n > MAX_DIGITS || (zero && n > 1))
        return false;
    if (peek(r) == '.') {
        node->kind = SQL_JSON_REAL;
        r->p++;
        if (read_digits(r) == 0)
            return false;
    }
    if (peek(r) == 'e' || peek(r) == 'E') {
        node->kind = SQL_JSON_REAL;
        r->p++;
        r->p += peek(r) == '+' || peek(r) == '-';
        if (read_digits(r) == 0)
            return false;
    }
    node->n = (uint32_t)(r->p - node->p);
    return node->n < MAX_NUMBER;
}

/* A value without members, or the opening of one with them. */
static bool read_value(reader *r, sql_node *node)
{
    switch (skip_blanks(r)) {
    case '{':
        r->p++;
        node->kind = SQL_JSON_OBJECT;
        return true;
    case '[':
        r->p++;
        node->kind = SQL_JSON_ARRAY;
        return true;
    case '"':
        node->kind = SQL_JSON_STRING;
        return read_string(r, &node->p, &node->n);
    case 't':
        node->kind = SQL_JSON_TRUE;
        return read_word(r, "true");
    case 'f':
        node->kind = SQL_JSON_FALSE;
        return read_word(r, "false");
    case 'n':
        return read_word(r, "null");
    default:
        return read_number(r, node);
    }
}

/* One more node, which is empty; false: no memory. */
static bool add_node(sql_json *j)
{
    if (j->n == j->room) {
        uint32_t room = j->room ? 2 * j->room : 256;
        sql_node *nodes = room > UINT32_MAX / 2 ? NULL : realloc(j->nodes, room * sizeof(*nodes));
        if (!nodes) {
            j->failed = true;
            return false;
        }
        j->nodes = nodes;
        j->room = room;
    }
    j->nodes[j->n] = (sql_node) { .past = j->n + 1 };
    j->n++;
    return true;
}

/* The next value, with its key where it is a member of an object. */
static bool read_member(sql_json *j, reader *r, sql_node *parent)
{
    sql_node *node = &j->nodes[j->n - 1];
    if (parent)
        parent->n_members++;
    if (parent && parent->kind == SQL_JSON_OBJECT &&
        (!read_string(r, &node->key, &node->n_key) || !accept(r, ':')))
        return false;
    return read_value(r, node);
}

/* After a value: closes what ends here. *more: another member follows. */
static bool end_value(sql_json *j, reader *r, const uint32_t *open, size_t *depth, bool *more)
{
    for (*more = false; *depth > 0 && !*more;) {
        sql_node *parent = &j->nodes[open[*depth - 1]];
        *more = accept(r, ',');
        if (*more)
            break;
        if (!accept(r, parent->kind == SQL_JSON_OBJECT ? '}' : ']'))
            return false;
        parent->past = j->n;
        --*depth;
    }
    return true;
}

static bool read_all(sql_json *j, reader *r)
{
    uint32_t open[SQL_JSON_DEPTH]; /* arrays and objects that have not ended */
    size_t depth = 0;
    for (bool more = true; more;) {
        if (!add_node(j) || !read_member(j, r, depth ? &j->nodes[open[depth - 1]] : NULL))
            return false;
        sql_json_kind kind = j->nodes[j->n - 1].kind;
        if (kind == SQL_JSON_ARRAY || kind == SQL_JSON_OBJECT) {
            if (depth == SQL_JSON_DEPTH)
                return false;
            open[depth++] = j->n - 1;
            if (skip_blanks(r) != (kind == SQL_JSON_OBJECT ? '}' : ']'))
                continue;
            r->p++;
            depth--;
        }
        if (!end_value(j, r, open, &depth, &more))
            return false;
    }
    skip_blanks(r);
    return r->p == r->end;
}

/* Room for all strings of a line, which are no longer than they were. */
static bool make_plain(sql_json *j, size_t n)
{
    char *plain = n <= j->n_plain ? j->plain : realloc(j->plain, n);
    if (!plain) {
        j->failed = true;
        return false;
    }
    j->plain = plain;
    j->n_plain = n > j->n_plain ? (uint32_t)n : j->n_plain;
    return true;
}

bool sql_json_read(sql_json *j, const char *line, size_t n)
{
    j->n = j->found = 0;
    if (n == 0 || n > UINT32_MAX / 2 || (memchr(line, '\\', n) && !make_plain(j, n)))
        return false;
    return read_all(j, &(reader) { line, line + n, j->plain });
}

void sql_json_done(sql_json *j)
{
    free(j->nodes);
    free(j->plain);
    *j = (sql_json) { 0 };
}

/* ---- members -------------------------------------------------------------------------------- */

const sql_node *sql_json_whole(const sql_json *j)
{
    return j->n > 0 ? j->nodes : NULL;
}

bool sql_json_is(const sql_node *node, sql_json_kind kind)
{
    return node && node->kind == kind;
}

size_t sql_json_count(const sql_node *array)
{
    return sql_json_is(array, SQL_JSON_ARRAY) ? array->n_members : 0;
}

/* From one node on, before another, which it gives where there is none. */
static uint32_t search(const sql_json *j, uint32_t from, uint32_t past, const char *key, size_t n)
{
    while (from < past && (j->nodes[from].n_key != n || memcmp(j->nodes[from].key, key, n) != 0))
        from = j->nodes[from].past;
    return from;
}

/* Members of the whole are mostly asked for in the order in which they stand, so the search begins
 * where the last one ended. */
const sql_node *sql_json_member_of(sql_json *j, const sql_node *object, const char *key, size_t n)
{
    if (!sql_json_is(object, SQL_JSON_OBJECT))
        return NULL;
    uint32_t first = (uint32_t)(object - j->nodes) + 1, past = object->past;
    uint32_t from = first == 1 && j->found > 0 ? j->found : first;
    uint32_t i = search(j, from, past, key, n);
    if (i == past && (i = search(j, first, from, key, n)) == from)
        return NULL;
    if (first == 1)
        j->found = i;
    return &j->nodes[i];
}

const sql_node *sql_json_member(sql_json *j, const sql_node *object, const char *key)
{
    return sql_json_member_of(j, object, key, strlen(key));
}

const sql_node *sql_json_first(const sql_node *list)
{
    return list && list->n_members > 0 ? list + 1 : NULL;
}

const sql_node *sql_json_next(const sql_json *j, const sql_node *list, const sql_node *member)
{
    return member->past < list->past ? &j->nodes[member->past] : NULL;
}

const sql_node *sql_json_at(const sql_json *j, const sql_node *array, size_t i)
{
    if (i >= sql_json_count(array))
        return NULL;
    const sql_node *member = array + 1;
    for (; i > 0; i--)
        member = &j->nodes[member->past];
    return member;
}

/* ---- numbers -------------------------------------------------------------------------------- */

long long sql_json_whole_number(const sql_node *node)
{
    long long value = 0;
    if (!sql_json_is(node, SQL_JSON_WHOLE))
        return 0;
    bool minus = node->p[0] == '-';
    for (size_t i = minus; i < node->n; i++)
        value = 10 * value + (node->p[i] - '0');
    return minus ? -value : value;
}

/* Any real number, whatever the locale; 0 where it is too large. */
static double long_number(const sql_node *node)
{
    char digits[MAX_NUMBER];
    memcpy(digits, node->p, node->n);
    digits[node->n] = '\0';
    char *point = strchr(digits, '.');
    if (point)
        *point = localeconv()->decimal_point[0];
    double value = strtod(digits, NULL);
    return isfinite(value) ? value : 0;
}

/* Few digits make a whole number and a power of ten that are exact, and so is their quotient. */
static double real_number(const sql_node *node)
{
    double value = 0, scale = 1;
    bool minus = node->p[0] == '-', after = false;
    if (node->n > EXACT_DIGITS)
        return long_number(node);
    for (size_t i = minus; i < node->n; i++) {
        char c = node->p[i];
        if (is_digit(c)) {
            value = 10 * value + (c - '0');
            scale *= after ? 10 : 1;
        } else if (c == '.') {
            after = true;
        } else {
            return long_number(node);
        }
    }
    return minus ? -value / scale : value / scale;
}

double sql_json_number(const sql_node *node)
{
    return sql_json_is(node, SQL_JSON_REAL) ? real_number(node)
                                            : (double)sql_json_whole_number(node);
}
