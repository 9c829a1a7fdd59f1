/* sql.h - the little of a database that both engines give. Inside store. SQL is written once, with
 * `?` for values; the words that engines do not share are @key @int @real @bytes @packed (see
 * sql.c). */
#ifndef DGM_SQL_H
#define DGM_SQL_H

#include "store/store.h"

typedef struct dgm_sql dgm_sql;

/* How rows go into a table: one a statement with a `?` a column, or any number of them with an
 * array a column. Both live as long as the program. */
typedef struct {
    const char *one, *many;
    uint32_t n_columns;
} dgm_table;

typedef struct {
    const char *name, *key, *integer, *real, *bytes, *packed; /* for the words of sql.c */
    bool is_postgres;
    /* One statement with its values. Rows go to fn; NULL: there are none, and the engine may send
     * it with others. keep: sql lives as long as the program and is worth preparing. */
    dgm_status (*run)(dgm_sql *db, const char *sql, bool keep, const dgm_cell *cells, uint32_t n,
                      dgm_row_out_fn fn, void *context, dgm_err *err);
    /* Rows of a table; cells of one row after those of another. */
    dgm_status (*rows)(dgm_sql *db, const dgm_table *table, const dgm_cell *cells, uint32_t n_rows,
                       dgm_err *err);
    /* Waits for the answers to what was sent. NULL: nothing is ever sent ahead. */
    dgm_status (*settle)(dgm_sql *db, dgm_err *err);
    /* on: rows may be held back until a question names their table, another statement or a script
     * comes; off: those that are held back are forgotten. NULL: it has no such way. */
    void (*bulk)(dgm_sql *db, bool on);
    /* Several statements without values. */
    dgm_status (*script)(dgm_sql *db, const char *sql, dgm_err *err);
    /* Statements that take longer fail; 0: none does. */
    dgm_status (*limit)(dgm_sql *db, double seconds, dgm_err *err);
    /* By any thread, while the connection is open: what runs fails. */
    void (*interrupt)(dgm_sql *db);
    void (*close)(dgm_sql *db);
} dgm_engine;

struct dgm_sql {
    const dgm_engine *engine;
    char name[200]; /* for messages: the file, or the database without its password */
    bool stopped;   /* the last statement that failed took too long, or was interrupted */
};
/* That of a statement that was stopped: DGM_ELIMIT. */
dgm_status dgm_sql_stopped(dgm_sql *db, dgm_err *err);

/* Each is NULL in a build without its library. */
extern const dgm_engine *const dgm_engine_sqlite, *const dgm_engine_postgres;
/* to_read: nothing is made, and a file or folder that must not be written to is read as it is. */
dgm_status dgm_sqlite_open(const char *path, bool to_read, dgm_sql **out, dgm_err *err);
dgm_status dgm_postgres_open(const char *where, dgm_sql **out, dgm_err *err);

static inline dgm_cell dgm_int(int64_t value)
{
    return (dgm_cell) { .kind = DGM_CELL_INT, .integer = value };
}
dgm_cell dgm_real(double value);              /* NAN is NULL */
dgm_cell dgm_text(dgm_view value);            /* empty is NULL */
dgm_view dgm_cell_text(const dgm_cell *cell); /* of what is no text: empty */
static inline dgm_cell dgm_bytes_cell(dgm_view value)
{
    return (dgm_cell) { .kind = DGM_CELL_BYTES, .text = value };
}

/* A statement that lives as long as the program. */
dgm_status dgm_sql_do(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                      dgm_err *err);
dgm_status dgm_sql_ask(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                       dgm_row_out_fn fn, void *context, dgm_err *err);
/* A statement that was made for one question: it is not kept, and its text may go. */
dgm_status dgm_sql_ask_once(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                            dgm_row_out_fn fn, void *context, dgm_err *err);
/* The first cell of the first row; *out stays where there is none. */
dgm_status dgm_sql_number(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                          int64_t *out, dgm_err *err);
/* A map of all rows of an answer, which `put` takes one by one; false: it had no memory. It is
 * known whole or not at all, since what is missing would pass for what is not there; then *out
 * stays. what: "splits", for the message. */
dgm_status dgm_sql_know(dgm_sql *db, const char *sql, const char *what,
                        bool (*put)(dgm_map *map, const dgm_cell *cells), dgm_map **out,
                        dgm_err *err) DGM_MUST_USE;
/* The shared words of a script made the engine's. */
dgm_status dgm_sql_script(dgm_sql *db, const char *script, dgm_err *err);
#define DGM_DO(db, sql, err, ...)                                                                  \
    dgm_sql_do((db), (sql), (const dgm_cell[]) { __VA_ARGS__ },                                    \
               DGM_LEN(((const dgm_cell[]) { __VA_ARGS__ })), (err))

/* schema.c: the tables as they should be. to_read: older ones are brought forward, but where there
 * are none, none are made: DGM_EUSAGE. */
dgm_status dgm_schema_update(dgm_sql *db, bool to_read, dgm_err *err);

/* ---- sums.c: what is counted by day and by dyad, gathered in a batch and added at its end --- */

typedef struct dgm_sums dgm_sums;
dgm_sums *dgm_sums_new(void); /* NULL: no memory */
void dgm_sums_free(dgm_sums *sums);
/* By day and kind of event; n is -1 for one that goes. False: no memory. */
bool dgm_sums_day(dgm_sums *sums, int64_t day, int64_t kind, int64_t n);
typedef struct {
    int64_t n, quad, plain;
    double goldstein, intensity;
} dgm_sum;
/* By month, year and all time. */
bool dgm_sums_dyad(dgm_sums *sums, dgm_view date, dgm_view actor, dgm_view recipient,
                   const dgm_sum *sum);
bool dgm_sums_merge(dgm_sums *into, const dgm_sums *from);
void dgm_sums_clear(dgm_sums *sums);
/* Adds them to the tables and clears them; the days among them are to be linked anew (same.c). */
dgm_status dgm_sums_write(dgm_sums *sums, dgm_sql *db, dgm_err *err);

/* ---- put.c: how a story gets in ------------------------------------------------------------- */

struct dgm_store {
    dgm_sql *db;
    dgm_types types;      /* of the codebook */
    int64_t story, event; /* last ones given, inside a batch */
    bool in_batch, bulk;
    dgm_sums *sums;  /* of the batch */
    dgm_map *kinds;  /* of the batch: a kind of event by its columns -> its number; NULL: unread */
    dgm_map *splits; /* of the batch: an event_id that was split -> its group; NULL: unread */
    dgm_map *known;  /* numbers of somebody and of places that are in their tables; NULL: none */
    const struct dgm_columns *columns; /* NULL: questions are answered from the tables */
    struct {                           /* columns_sieve.c: the filter asked last, and its rows */
        dgm_buffer key;
        uint32_t *at, n;
    } sieved;
};

/* Forgets what may have been taken back. */
void dgm_store_forget(dgm_store *store);
/* Old stores: puts the events of a story, as dgm_pack_events() wrote them, under the next numbers.
 */
dgm_status dgm_store_put_events(dgm_store *store, int64_t story, dgm_view packed, dgm_err *err);
dgm_status dgm_store_put_likeness(dgm_store *store, int64_t story, int64_t original, dgm_view date,
                                  dgm_view packed, dgm_err *err);
/* apart.c: what was split (splits.c) counts as the others of its group, also when its story is
 * coded again or comes once more. know_splits: read once a batch; same: what an event counts as. */
dgm_status dgm_store_set_apart(dgm_store *store, dgm_view event_id, dgm_view group, dgm_err *err);
dgm_status dgm_store_know_splits(dgm_store *store, dgm_err *err);
int64_t dgm_store_same(const dgm_store *store, dgm_view event_id, int64_t same);
bool dgm_is_apart(int64_t same);
/* same.c: the days of an event are to be linked anew. */
dgm_status dgm_store_unlink(dgm_store *store, dgm_view event_id, dgm_err *err);
/* upgrade.c: fills the tables of version 5 from those of version 3 or 4. */
dgm_status dgm_store_upgrade_5(dgm_sql *db, dgm_err *err);

#endif
