/* json.h - reads one line of JSON into an array of nodes that is used again for the next line, so
 * that a line costs no allocation. Nodes point into the line. */
#ifndef DRAGOMAN_R_JSON_H
#define DRAGOMAN_R_JSON_H

#include "table.h"

typedef enum {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} json_kind;

typedef struct {
    json_kind kind;
    bool escaped;  /* a string that has a backslash in it */
    const char *p; /* a string's bytes between its quotation marks, or a number's */
    size_t n;
    const char *key; /* of a member of an object, as written */
    size_t n_key;
    uint32_t first, next; /* first member, next sibling; 0: none */
    uint32_t n_members;
} json_node;

typedef struct {
    json_node *nodes; /* 0: the whole line */
    size_t n, room;
    uint32_t found; /* the member that was found last, and in which object */
    const json_node *found_in;
    bool failed; /* no memory */
} json;

/* false: the line is no JSON, or nested too deeply, or there is no memory. */
bool json_read(json *j, const char *line, size_t n);
void json_done(json *j);

/* NULL: there is none. */
const json_node *json_member(json *j, const json_node *object, const char *key, size_t n);
const json_node *json_first(const json *j, const json_node *list);
const json_node *json_next(const json *j, const json_node *member);
const json_node *json_at(const json *j, const json_node *list, size_t i);

double json_number(const json_node *node);
/* A string's text without escapes. No string of R holds a NUL; U+FFFD takes its place. */
void json_put_string(const json_node *node, text *out);

#endif
