/* A reader with a stack of its own (RFC 8259), as strict as what the library writes needs it. */
#include "json.h"

#include <R_ext/Utils.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 32 };

typedef struct {
    const char *p, *end;
} reader;

static char peek(reader *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\r' || *r->p == '\n'))
        r->p++;
    return r->p < r->end ? *r->p : '\0';
}

static bool accept(reader *r, char c)
{
    if (peek(r) != c)
        return false;
    r->p++;
    return true;
}

/* From the first quotation mark on; p and n are what is between the two. */
static bool read_string(reader *r, const char **p, size_t *n, bool *escaped)
{
    if (!accept(r, '"'))
        return false;
    *p = r->p;
    *escaped = false;
    while (r->p < r->end && *r->p != '"') {
        if ((unsigned char)*r->p < ' ')
            return false;
        if (*r->p == '\\') {
            *escaped = true;
            r->p++;
        }
        r->p++;
    }
    if (r->p >= r->end)
        return false;
    *n = (size_t)(r->p++ - *p);
    return true;
}

static bool read_word(reader *r, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
        return false;
    r->p += n;
    return true;
}

static bool read_number(reader *r, json_node *node)
{
    node->kind = JSON_NUMBER;
    node->p = r->p;
    while (r->p < r->end && *r->p && strchr("+-.0123456789eE", *r->p))
        r->p++;
    node->n = (size_t)(r->p - node->p);
    return node->n > 0;
}

/* A value without members, or the opening of one with them. */
static bool read_value(reader *r, json_node *node)
{
    switch (peek(r)) {
    case '{':
        r->p++;
        node->kind = JSON_OBJECT;
        return true;
    case '[':
        r->p++;
        node->kind = JSON_ARRAY;
        return true;
    case '"':
        node->kind = JSON_STRING;
        return read_string(r, &node->p, &node->n, &node->escaped);
    case 't':
        node->kind = JSON_TRUE;
        return read_word(r, "true");
    case 'f':
        node->kind = JSON_FALSE;
        return read_word(r, "false");
    case 'n':
        node->kind = JSON_NULL;
        return read_word(r, "null");
    default:
        return read_number(r, node);
    }
}

/* One more node, which is empty; false: no memory. */
static bool add_node(json *j)
{
    if (j->n == j->room) {
        size_t room = j->room ? 2 * j->room : 256;
        json_node *nodes = room > UINT32_MAX ? NULL : realloc(j->nodes, room * sizeof(*nodes));
        if (!nodes) {
            j->failed = true;
            return false;
        }
        j->nodes = nodes;
        j->room = room;
    }
    j->nodes[j->n++] = (json_node) { .kind = JSON_NULL };
    return true;
}

typedef struct {
    uint32_t node, last; /* an open array or object, and its last member so far */
} level;

static void attach(json *j, level *parent, uint32_t node)
{
    if (parent->last)
        j->nodes[parent->last].next = node;
    else
        j->nodes[parent->node].first = node;
    j->nodes[parent->node].n_members++;
    parent->last = node;
}

/* The next value, with its key where it is a member of an object. */
static bool read_member(json *j, reader *r, level *parent)
{
    if (!add_node(j))
        return false;
    uint32_t i = (uint32_t)(j->n - 1);
    bool escaped;
    json_node *node = &j->nodes[i];
    if (parent && j->nodes[parent->node].kind == JSON_OBJECT &&
        (!read_string(r, &node->key, &node->n_key, &escaped) || !accept(r, ':')))
        return false;
    if (parent)
        attach(j, parent, i);
    return read_value(r, node);
}

/* After a value: closes what ends here. *more: another member follows. */
static bool end_value(json *j, reader *r, const level *levels, size_t *depth, bool *more)
{
    for (*more = false; *depth > 0; --*depth) {
        bool object = j->nodes[levels[*depth - 1].node].kind == JSON_OBJECT;
        if (accept(r, ',')) {
            *more = true;
            return true;
        }
        if (!accept(r, object ? '}' : ']'))
            return false;
    }
    return true;
}

bool json_read(json *j, const char *line, size_t n)
{
    reader r = { line, line + n };
    level levels[MAX_DEPTH];
    size_t depth = 0;
    bool more = true;
    j->n = 0;
    j->found_in = NULL;
    while (more) {
        if (!read_member(j, &r, depth ? &levels[depth - 1] : NULL))
            return false;
        uint32_t i = (uint32_t)(j->n - 1);
        json_kind kind = j->nodes[i].kind;
        if (kind == JSON_ARRAY || kind == JSON_OBJECT) {
            if (depth == MAX_DEPTH)
                return false;
            levels[depth++] = (level) { i, 0 };
            if (peek(&r) != (kind == JSON_OBJECT ? '}' : ']'))
                continue;
        }
        if (!end_value(j, &r, levels, &depth, &more))
            return false;
    }
    return peek(&r) == '\0' && r.p == r.end;
}

void json_done(json *j)
{
    free(j->nodes);
    *j = (json) { 0 };
}

/* ---- members -------------------------------------------------------------------------------- */

const json_node *json_first(const json *j, const json_node *list)
{
    return list && list->first ? &j->nodes[list->first] : NULL;
}

const json_node *json_next(const json *j, const json_node *member)
{
    return member->next ? &j->nodes[member->next] : NULL;
}

const json_node *json_at(const json *j, const json_node *list, size_t i)
{
    const json_node *member = json_first(j, list);
    for (; member && i > 0; i--)
        member = json_next(j, member);
    return member;
}

static const json_node *search(const json *j, const json_node *from, const char *key, size_t n)
{
    for (; from; from = json_next(j, from))
        if (from->n_key == n && memcmp(from->key, key, n) == 0)
            return from;
    return NULL;
}

/* Members are mostly asked for in the order in which they stand, so the search begins where the
 * last one ended. */
const json_node *json_member(json *j, const json_node *object, const char *key, size_t n)
{
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    bool same = j->found_in == object;
    const json_node *found = search(j, same ? &j->nodes[j->found] : json_first(j, object), key, n);
    if (!found && same)
        found = search(j, json_first(j, object), key, n);
    if (found) {
        j->found = (uint32_t)(found - j->nodes);
        j->found_in = object;
    }
    return found;
}

/* ---- values --------------------------------------------------------------------------------- */

double json_number(const json_node *node)
{
    char digits[64];
    if (node->n >= sizeof digits)
        return NA_REAL;
    memcpy(digits, node->p, node->n);
    digits[node->n] = '\0';
    return R_strtod(digits, NULL);
}

static int hex_of(const char *p, const char *end)
{
    int value = 0;
    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = 16 * value + digit;
    }
    return value;
}

static void put_code_point(text *out, uint32_t c)
{
    char bytes[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char marks[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t i = n; i-- > 1; c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3F));
    bytes[0] = (char)(marks[n] | c);
    text_put(out, bytes, n);
}

/* \u and what follows it, with the second half of a pair; where it ends. */
static const char *put_unicode(text *out, const char *p, const char *end)
{
    int one = hex_of(p, end);
    if (one < 0) {
        put_code_point(out, 0xFFFD);
        return p;
    }
    p += 4;
    if (one >= 0xD800 && one < 0xDC00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
        int two = hex_of(p + 2, end);
        if (two >= 0xDC00 && two < 0xE000) {
            put_code_point(out,
                           0x10000 + (((uint32_t)one - 0xD800) << 10) + ((uint32_t)two - 0xDC00));
            return p + 6;
        }
    }
    put_code_point(out, one == 0 || (one >= 0xD800 && one < 0xE000) ? 0xFFFD : (uint32_t)one);
    return p;
}

void json_put_string(const json_node *node, text *out)
{
    const char *p = node->p, *end = p + node->n;
    while (p < end) {
        const char *escape = node->escaped ? memchr(p, '\\', (size_t)(end - p)) : NULL;
        const char *to = escape ? escape : end;
        text_put(out, p, (size_t)(to - p));
        p = to;
        if (!escape || p + 1 >= end)
            break;
        static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
        char c = p[1];
        p += 2;
        const char *at = memchr(letters, c, sizeof letters - 1);
        if (c == 'u')
            p = put_unicode(out, p, end);
        else
            text_put(out, at ? &meant[at - letters] : &c, 1);
    }
}
