/* datums.h - text and cells of the library as values of PostgreSQL. */
#ifndef DRAGOMAN_POSTGRESQL_DATUMS_H
#define DRAGOMAN_POSTGRESQL_DATUMS_H

#include "postgres.h"

#include "sql/rows.h"

#pragma GCC visibility push(hidden)

/* Text of the database as UTF-8, NUL-terminated, in the memory context at hand. What is no text of
 * its encoding is an error. */
char *utf8_of(const text *from);
/* n bytes of UTF-8 as text of the database. What its encoding does not have becomes "?". */
text *text_of_utf8(const char *utf8, size_t n);
Datum jsonb_of_utf8(const char *utf8, size_t n);

/* The cell as the SQL script declares its column. */
Datum datum_of_cell(const sql_cell *cell, bool *is_null);

#pragma GCC visibility pop
#endif
