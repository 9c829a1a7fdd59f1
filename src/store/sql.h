/* sql.h - the little of a database that both engines give. Inside store. SQL is written once, with
 * `?` for values; the words that engines do not share are @key @int @real (see sql.c). */
#ifndef DGM_SQL_H
#define DGM_SQL_H

#include "store/store.h"

typedef struct dgm_sql dgm_sql;
typedef struct {
    const char *name, *key, *integer, *real; /* for the words of sql.c */
    bool is_postgres;
    /* One statement with its values. Rows go to fn; NULL: there are none, and the engine may send
     * it with others. keep: sql lives as long as the program and is worth preparing. */
    dgm_status (*run)(dgm_sql *db, const char *sql, bool keep, const dgm_cell *cells, uint32_t n,
                      dgm_row_out_fn fn, void *context, dgm_err *err);
    /* Several statements without values. */
    dgm_status (*script)(dgm_sql *db, const char *sql, dgm_err *err);
    /* on: rows that go into tables may be held back until a question reads them, until another
     * statement, or a script; off: those that are held back are forgotten. NULL: it has no such
     * way.
     */
    void (*bulk)(dgm_sql *db, bool on);
    void (*close)(dgm_sql *db);
} dgm_engine;

struct dgm_sql {
    const dgm_engine *engine;
};

/* Each is NULL in a build without its library. */
extern const dgm_engine *const dgm_engine_sqlite, *const dgm_engine_postgres;
/* to_read: nothing is made, and a file or folder that must not be written to is read as it is. */
dgm_status dgm_sqlite_open(const char *path, bool to_read, dgm_sql **out, dgm_err *err);
dgm_status dgm_postgres_open(const char *where, dgm_sql **out, dgm_err *err);

static inline dgm_cell dgm_int(int64_t value)
{
    return (dgm_cell) { .kind = DGM_CELL_INT, .integer = value };
}
dgm_cell dgm_real(double value);   /* NAN is NULL */
dgm_cell dgm_text(dgm_view value); /* empty is NULL */

/* A statement that lives as long as the program. */
dgm_status dgm_sql_do(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                      dgm_err *err);
dgm_status dgm_sql_ask(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                       dgm_row_out_fn fn, void *context, dgm_err *err);
/* The first cell of the first row; *out stays where there is none. */
dgm_status dgm_sql_number(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                          int64_t *out, dgm_err *err);
/* The shared words of a script made the engine's. */
dgm_status dgm_sql_script(dgm_sql *db, const char *script, dgm_err *err);
#define DGM_DO(db, sql, err, ...)                                                                  \
    dgm_sql_do((db), (sql), (const dgm_cell[]) { __VA_ARGS__ },                                    \
               DGM_LEN(((const dgm_cell[]) { __VA_ARGS__ })), (err))

/* schema.c: the tables as they should be. to_read: older ones are brought forward, but where there
 * are none, none are made: DGM_EUSAGE. */
dgm_status dgm_schema_update(dgm_sql *db, bool to_read, dgm_err *err);

struct dgm_store {
    dgm_sql *db;
    int64_t story, event; /* last ones given, inside a batch */
    int64_t first;        /* the last event before the batch */
    bool in_batch, bulk;
};

#endif
