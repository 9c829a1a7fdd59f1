/* extension.h - dragoman inside SQLite: the knowledge that connections share, what one connection
 * knows, and how its functions code a text. */
#ifndef DRAGOMAN_SQLITE_EXTENSION_H
#define DRAGOMAN_SQLITE_EXTENSION_H

#include "sql/rows.h"

#include <sqlite3ext.h>

/* ---- knowledge, shared by all connections of the process; any thread ------------------------- */

typedef struct knowledge knowledge;
/* Opens the tables, unless some connection has them open. tables NULL: $DRAGOMAN_TABLES or those
 * installed. Give it back by knowledge_leave(); NULL: message says why. */
knowledge *knowledge_take(const char *tables, char message[DRAGOMAN_MESSAGE]);
void knowledge_leave(knowledge *k); /* NULL is allowed; it stays open until others are wanted */
dragoman_coder *knowledge_coder(knowledge *k);

/* ---- one connection -------------------------------------------------------------------------- */

typedef struct {
    sqlite3 *db;
    unsigned n_users; /* functions and modules that hold it */
    knowledge *k;     /* NULL: not wanted yet */
} connection;
void connection_leave(void *c); /* for SQLite, once for each user */

/* A story as a statement gives it; of values, all but the text may be NULL. */
typedef struct {
    sqlite3_value *text, *date, *id, *source;
} sql_story;
/* Calls between sentences; in `ask` a statement of the connection that is cheap to run. */
typedef struct {
    sqlite3_stmt *ask; /* NULL: nobody can say */
    bool interrupted;
} interruption;
/* What dragoman_make_with() gives. NULL: message says why, or it was interrupted. */
char *connection_make(connection *c, dragoman_product product, const sql_story *story,
                      interruption *in, char message[DRAGOMAN_MESSAGE]);
/* SQLite's code for an error message. */
int tables_register(connection *c);    /* dragoman_code, dragoman_quotes */
int functions_register(connection *c); /* the scalars */

#endif
