/* json.h - for the SQL extensions and the package for R: reads one line of JSON into an array of
 * nodes that is used again for the next line, so that a line costs hardly an allocation. Nodes
 * stand in the order of the line, each in front of its members, and point into it. */
#ifndef DRAGOMAN_SQL_JSON_H
#define DRAGOMAN_SQL_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

enum { SQL_JSON_DEPTH = 32 }; /* of arrays and objects in each other */

typedef enum {
    SQL_JSON_NULL,
    SQL_JSON_FALSE,
    SQL_JSON_TRUE,
    SQL_JSON_WHOLE,
    SQL_JSON_REAL,
    SQL_JSON_STRING,
    SQL_JSON_ARRAY,
    SQL_JSON_OBJECT
} sql_json_kind;

typedef struct {
    const char *p;   /* a string without quotation marks and escapes, or a number's digits */
    const char *key; /* of a member of an object */
    uint32_t n, n_key;
    uint32_t past; /* the node after this one and its members */
    uint32_t n_members;
    sql_json_kind kind;
} sql_node;

/* All zero, it is empty. */
typedef struct {
    sql_node *nodes; /* the first is the whole line */
    uint32_t n, room;
    char *plain; /* strings that had escapes */
    uint32_t n_plain;
    uint32_t found; /* where the next member of the whole is looked for first */
    bool failed;    /* no memory */
} sql_json;

/* False: the line is no JSON, is nested deeper than SQL_JSON_DEPTH, or there is no memory. Strings
 * have no NUL. That the line is UTF-8 is taken for granted. */
bool sql_json_read(sql_json *j, const char *line, size_t n);
void sql_json_done(sql_json *j);

/* These take NULL and give it: there is none. */
const sql_node *sql_json_whole(const sql_json *j);
const sql_node *sql_json_member(sql_json *j, const sql_node *object, const char *key);
const sql_node *sql_json_member_of(sql_json *j, const sql_node *object, const char *key, size_t n);
const sql_node *sql_json_at(const sql_json *j, const sql_node *array, size_t i);

/* The members of an array or object one by one; NULL: there is none, or it was the last. */
const sql_node *sql_json_first(const sql_node *list);
const sql_node *sql_json_next(const sql_json *j, const sql_node *list, const sql_node *member);

bool sql_json_is(const sql_node *node, sql_json_kind kind);
size_t sql_json_count(const sql_node *array);
/* 0 where it is none. */
long long sql_json_whole_number(const sql_node *node);
double sql_json_number(const sql_node *node);

#pragma GCC visibility pop
#endif
