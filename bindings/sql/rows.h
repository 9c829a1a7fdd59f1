/* rows.h - what the library made of one story, as rows of a database: which columns there are, and
 * the cells of the row in hand. Shared by bindings/sqlite and bindings/postgresql. */
#ifndef DRAGOMAN_SQL_ROWS_H
#define DRAGOMAN_SQL_ROWS_H

#include "json.h"

#include <dragoman.h>
#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden) /* a server loads many extensions into one space of names */

typedef enum {
    SQL_TEXT,
    SQL_DAY,   /* text, YYYY-MM-DD */
    SQL_WHOLE, /* a whole number */
    SQL_REAL,
    SQL_YES,    /* true or false; null: neither, as "mixed" is */
    SQL_LIST,   /* texts, of which some may be null */
    SQL_POINTS, /* the same: latitude and longitude with a blank between */
    SQL_SPAN,   /* words of the story, given by [begin, end] */
    SQL_SPANS,  /* the same from a list of these, with " ... " between */
    SQL_BEGIN,  /* the first, the second number of these; of a list, of its first and last */
    SQL_END,
    SQL_RECORD /* the whole as JSON */
} sql_kind;

/* `at`: names of members, each inside the one before. Of a list, the first is the list's and the
 * others lead to the text in its members. */
typedef struct {
    const char *name;
    sql_kind kind;
    const char *at[2];
    const char *last;
} sql_column;

typedef struct {
    const char *name; /* of the function */
    dragoman_product product;
    const sql_column *columns;
    size_t n_columns;
} sql_table;

enum { SQL_CODE, SQL_QUOTES, SQL_N_TABLES };
extern const sql_table sql_tables[SQL_N_TABLES];

/* The rows of one story; all zero, it has none. */
typedef struct {
    const sql_table *table;
    const char *text; /* of the story, UTF-8; borrowed */
    size_t n_text;
    const char *line, *next; /* the row's JSON, and what follows it; borrowed */
    size_t n_line;
    sql_json json;           /* of the row */
    size_t byte, code_point; /* where spans were last looked for */
    bool failed;             /* there is no memory, or the JSON is none */
} sql_rows;

/* made: what the library gave for the table's product. It and the text are borrowed. */
void sql_rows_begin(sql_rows *rows, const sql_table *table, const char *made, const char *text,
                    size_t n_text);
/* Goes to the next row, at first to the first one. False: there are no more, or it failed. */
bool sql_rows_next(sql_rows *rows);
void sql_rows_end(sql_rows *rows);

/* What stands in a column of the row. */
typedef enum { SQL_IS_NULL, SQL_IS_TEXT, SQL_IS_WHOLE, SQL_IS_REAL, SQL_IS_LIST } sql_type;
typedef struct {
    sql_type type;
    const char *text; /* n bytes of UTF-8, without NUL at the end; lives as long as the row */
    size_t n;
    char *own; /* what has to be freed: sql_cell_done() */
    long long whole;
    double real;
    const sql_column *column; /* of a list */
    const sql_node *list;
    sql_json *json; /* the row's; of a list or the record */
} sql_cell;
/* False: no memory. */
bool sql_cell_of(sql_rows *rows, const sql_column *column, sql_cell *out);
void sql_cell_done(sql_cell *cell);

size_t sql_list_count(const sql_cell *list);
/* The i-th text of a list, in buf where it has to be made. False: it is null. */
enum { SQL_POINT = 64 };
bool sql_list_at(const sql_cell *list, size_t i, char buf[SQL_POINT], const char **text, size_t *n);

#pragma GCC visibility pop
#endif
