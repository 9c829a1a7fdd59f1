/* table.h - rows that grow outside of R's memory, and become a data frame at the end.
 *
 * The library calls back while it codes; nothing may jump out of it then, as R's own allocations
 * may. So rows are kept in memory of malloc(), and only table_frame(), which is called when the
 * library has returned, makes R's vectors. Where memory runs out, `failed` is set and what follows
 * is left out; table_frame() then says so as an error. */
#ifndef DRAGOMAN_R_TABLE_H
#define DRAGOMAN_R_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define R_NO_REMAP
#include <Rinternals.h>

/* TABLE_ANY becomes an integer, a truth or a text by the first value that is put into it, and a
 * text when one of another kind follows. */
typedef enum {
    TABLE_ANY,
    TABLE_TEXT,
    TABLE_INTEGER, /* doubles, if one of its numbers is not whole or too large */
    TABLE_NUMBER,
    TABLE_TRUTH,
    TABLE_DAY /* "2020-10-02", which becomes a Date */
} table_type;

typedef struct {
    const char *name;
    table_type type;
} table_kind; /* of a column */

typedef struct table table;

/* kinds: of the columns that it always has, kept by reference; more may come by table_column().
 * NULL: no memory. */
table *table_new(const table_kind *kinds, size_t n);
void table_free(table *t); /* NULL is allowed */

bool table_failed(const table *t);
void table_fail(table *t);
size_t table_n_rows(const table *t);
void table_row(table *t);                        /* begins a row; nothing is known in it */
size_t table_column(table *t, const char *name); /* by its name; made where it is not there */
void table_put_text(table *t, size_t column, const char *text, size_t n);
void table_put_number(table *t, size_t column, double number);
void table_put_truth(table *t, size_t column, bool truth);

/* An error of R where memory ran out. The caller protects the frame. */
SEXP table_frame(const table *t);

/* Text that grows. */
typedef struct {
    char *p;
    size_t n, room;
    bool failed;
} text;
void text_put(text *t, const char *bytes, size_t n);
void text_put_string(text *t, const char *string);
void text_done(text *t);

#endif
