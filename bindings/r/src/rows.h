/* rows.h - what the library writes, as rows of a table. */
#ifndef DRAGOMAN_R_ROWS_H
#define DRAGOMAN_R_ROWS_H

#include "table.h"

/* How lines become rows. Spans count from 1 and include their end, as substr() does; so do
 * sentences. Members of lists are parted by ";". */
typedef struct rows rows;
extern const rows rows_of_events, rows_of_quotes, rows_of_places, rows_of_times, rows_of_stories;

/* The table of such rows; NULL: no memory. With NULL instead of rows, columns are made as they
 * come. */
table *rows_table(const rows *how);
/* Whole lines of JSON. false: a line is no JSON, or there is no memory (table_failed()). */
bool rows_put(table *t, const rows *how, const char *lines, size_t n);

/* CoNLL-U, a row for each word. story: its id. */
table *rows_table_of_words(void);
bool rows_put_words(table *t, const char *story, const char *lines, size_t n);

#endif
