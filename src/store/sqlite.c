/* SQLite: one file, a write-ahead log so that readers go on while a batch is written. */
#include "store/sql.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A connection is of one thread, so that SQLite need not lock it: a third of the time of a long
 * answer. */
enum { MOST_KEPT = 128, WAIT_MS = 30000, ALONE = SQLITE_OPEN_NOMUTEX };

typedef struct {
    dgm_sql base;
    sqlite3 *db;
    struct {
        const char *sql; /* compared by address */
        sqlite3_stmt *statement;
    } kept[MOST_KEPT];
    size_t n_kept;
    double until; /* dgm_seconds(); 0: statements may take as long as they like */
} lite;

/* DGM_EFORMAT: what was to be written is at fault, not the database. */
static dgm_status refuse(lite *l, const char *what, dgm_err *err)
{
    int code = sqlite3_errcode(l->db) & 0xFF;
    bool value = code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH || code == SQLITE_TOOBIG;
    if (code == SQLITE_INTERRUPT)
        return dgm_sql_stopped(&l->base, err);
    if (code == SQLITE_READONLY)
        return dgm_fail(err, DGM_EIO, l->base.name, 0,
                        "the store is read-only; it cannot be changed");
    int why = code == SQLITE_CANTOPEN ? sqlite3_system_errno(l->db) : 0;
    /* of a temporary table it only says that there is no file */
    const char *says = code == SQLITE_NOMEM ? "out of memory" : sqlite3_errmsg(l->db);
    bool statement = dgm_is_upper((unsigned char)what[0]); /* which is none of the user's */
    if (statement)
        what = strncmp(what, "SELECT", 6) == 0 ? "cannot be read" : "cannot be written";
    return dgm_fail(err, value ? DGM_EFORMAT : DGM_EIO, l->base.name, 0, "%s: %s%s%s", what, says,
                    why ? ": " : "", why ? strerror(why) : "");
}

static sqlite3_stmt *prepare(lite *l, const char *sql, bool keep)
{
    for (size_t i = 0; keep && i < l->n_kept; i++) {
        if (l->kept[i].sql == sql && !sqlite3_stmt_busy(l->kept[i].statement))
            return l->kept[i].statement;
    }
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(l->db, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &statement,
                           NULL) != SQLITE_OK)
        return NULL;
    if (keep && l->n_kept < MOST_KEPT) {
        l->kept[l->n_kept].sql = sql;
        l->kept[l->n_kept++].statement = statement;
    }
    return statement;
}

static bool is_kept(const lite *l, const sqlite3_stmt *statement)
{
    for (size_t i = 0; i < l->n_kept; i++) {
        if (l->kept[i].statement == statement)
            return true;
    }
    return false;
}

static int bind(sqlite3_stmt *statement, int i, const dgm_cell *cell)
{
    switch (cell->kind) {
    case DGM_CELL_INT:
        return sqlite3_bind_int64(statement, i, cell->integer);
    case DGM_CELL_REAL:
        return sqlite3_bind_double(statement, i, cell->real);
    case DGM_CELL_TEXT:
        return sqlite3_bind_text64(statement, i, cell->text.p, cell->text.n, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case DGM_CELL_BYTES:
        return sqlite3_bind_blob64(statement, i, cell->text.p, cell->text.n, SQLITE_STATIC);
    case DGM_CELL_NULL:
        break;
    }
    return sqlite3_bind_null(statement, i);
}

static dgm_cell column(sqlite3_stmt *statement, int i)
{
    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_INTEGER:
        return dgm_int(sqlite3_column_int64(statement, i));
    case SQLITE_FLOAT:
        return dgm_real(sqlite3_column_double(statement, i));
    case SQLITE_NULL:
        return (dgm_cell) { .kind = DGM_CELL_NULL };
    case SQLITE_BLOB: {
        const char *bytes = sqlite3_column_blob(statement, i);
        return dgm_bytes_cell(
            (dgm_view) { bytes ? bytes : "", (size_t)sqlite3_column_bytes(statement, i) });
    }
    default:
        break;
    }
    const char *text = (const char *)sqlite3_column_text(statement, i);
    return (dgm_cell) { .kind = DGM_CELL_TEXT,
                        .text = { text ? text : "", (size_t)sqlite3_column_bytes(statement, i) } };
}

static int step(sqlite3_stmt *statement, dgm_row_out_fn fn, void *context)
{
    enum { MOST_COLUMNS = 64 };
    dgm_cell cells[MOST_COLUMNS];
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        int n = DGM_MIN(sqlite3_column_count(statement), MOST_COLUMNS);
        for (int i = 0; i < n; i++)
            cells[i] = column(statement, i);
        if (fn && !fn(context, cells, (uint32_t)n))
            return SQLITE_DONE;
    }
    return result;
}

static dgm_status run(dgm_sql *db, const char *sql, bool keep, const dgm_cell *cells, uint32_t n,
                      dgm_row_out_fn fn, void *context, dgm_err *err)
{
    lite *l = (lite *)db;
    sqlite3_stmt *statement = prepare(l, sql, keep);
    if (!statement)
        return refuse(l, sql, err);
    int result = SQLITE_OK;
    for (uint32_t i = 0; i < n && result == SQLITE_OK; i++)
        result = bind(statement, (int)i + 1, &cells[i]);
    if (result == SQLITE_OK)
        result = step(statement, fn, context);
    dgm_status status = result == SQLITE_DONE ? DGM_OK : refuse(l, sql, err);
    if (is_kept(l, statement))
        sqlite3_reset(statement);
    else
        sqlite3_finalize(statement);
    return status;
}

static dgm_status rows(dgm_sql *db, const dgm_table *table, const dgm_cell *cells, uint32_t n_rows,
                       dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < n_rows && status == DGM_OK; i++)
        status = run(db, table->one, true, cells + (size_t)i * table->n_columns, table->n_columns,
                     NULL, NULL, err);
    return status;
}

/* What a script was to do, in the words of a user. */
static const char *aim_of(const char *sql)
{
    dgm_view v = dgm_view_of(sql);
    return dgm_view_starts(v, DGM_VIEW("PRAGMA"))   ? "cannot be opened"
           : dgm_view_starts(v, DGM_VIEW("CREATE")) ? "cannot be set up"
                                                    : "cannot be written";
}

static dgm_status script(dgm_sql *db, const char *sql, dgm_err *err)
{
    lite *l = (lite *)db;
    return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK ? DGM_OK
                                                                   : refuse(l, aim_of(sql), err);
}

/* Asked every so many steps of a statement; not 0 ends it. */
enum { STEPS_BETWEEN = 20000 };
static int is_over(void *context)
{
    const lite *l = context;
    return dgm_seconds() > l->until;
}

static dgm_status limit(dgm_sql *db, double seconds, dgm_err *err)
{
    lite *l = (lite *)db;
    (void)err;
    l->until = dgm_seconds() + seconds;
    sqlite3_progress_handler(l->db, STEPS_BETWEEN, seconds > 0 ? is_over : NULL, l);
    return DGM_OK;
}

static void interrupt(dgm_sql *db)
{
    sqlite3_interrupt(((lite *)db)->db);
}

static void close_lite(dgm_sql *db)
{
    lite *l = (lite *)db;
    for (size_t i = 0; i < l->n_kept; i++)
        sqlite3_finalize(l->kept[i].statement);
    sqlite3_close(l->db);
    free(l);
}

static const dgm_engine engine = { .name = "SQLite",
                                   .key = "INTEGER PRIMARY KEY",
                                   .integer = "INTEGER",
                                   .real = "REAL",
                                   .bytes = "BLOB",
                                   .packed = " WITHOUT ROWID",
                                   .run = run,
                                   .rows = rows,
                                   .script = script,
                                   .limit = limit,
                                   .interrupt = interrupt,
                                   .close = close_lite };
const dgm_engine *const dgm_engine_sqlite = &engine;

/* What makes questions quick (and, with pages of 8 KB, a new store smaller); a reader must not ask
 * for a write-ahead log, which is written. A commit is synced: what was said to be stored, or is
 * noted elsewhere as read, survives a power loss also while others read and the log is not merged.
 */
static const char for_all[] = "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;"
                              "PRAGMA mmap_size = 1073741824;";
static const char for_writers[] =
    "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "PRAGMA wal_autocheckpoint = 5000;";

static bool has_log(const char *path)
{
    char log[4200];
    struct stat st;
    snprintf(log, sizeof log, "%s-wal", path);
    return stat(log, &st) == 0 && st.st_size > 0;
}

/* "file:" and the path with all but letters, digits and slashes as %XX. */
static void uri_of(const char *path, char *out, size_t size)
{
    size_t at = (size_t)snprintf(out, size, "file:");
    for (const unsigned char *p = (const unsigned char *)path; *p && at + 24 < size; p++)
        at += (size_t)snprintf(out + at, size - at,
                               dgm_is_alpha(*p) || dgm_is_digit(*p) || *p == '/' ? "%c" : "%%%02X",
                               *p);
    snprintf(out + at, size - at, "?immutable=1");
}

static bool can_be_asked(lite *l)
{
    return sqlite3_exec(l->db, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL) == SQLITE_OK;
}

/* Where the folder may not be written to, SQLite cannot make the index of its log; a store without
 * a log is then read as a file that does not change. */
static dgm_status open_to_read(lite *l, const char *path, dgm_err *err)
{
    char uri[3 * 4096 + 32];
    struct stat st;
    if (stat(path, &st) != 0)
        return dgm_fail(err, DGM_EUSAGE, path, 0,
                        "there is no store: %s; `dragoman ingest` creates one", strerror(errno));
    if (sqlite3_open_v2(path, &l->db, SQLITE_OPEN_READWRITE | ALONE, NULL) != SQLITE_OK)
        return refuse(l, "cannot be opened", err);
    sqlite3_busy_timeout(l->db, WAIT_MS);
    if (can_be_asked(l))
        return DGM_OK;
    int why = sqlite3_errcode(l->db);
    if (why != SQLITE_CANTOPEN && why != SQLITE_READONLY)
        return refuse(l, "cannot be read", err);
    if (has_log(path))
        return dgm_fail(
            err, DGM_EIO, path, 0,
            "cannot be read where it is: it has a write-ahead log that is not merged, and"
            " the folder is read-only; run `dragoman stats` once where both may be written");
    sqlite3_close(l->db);
    l->db = NULL;
    uri_of(path, uri, sizeof uri);
    if (sqlite3_open_v2(uri, &l->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | ALONE, NULL) !=
            SQLITE_OK ||
        !can_be_asked(l))
        return refuse(l, "cannot be read", err);
    return DGM_OK;
}

static dgm_status open_to_write(lite *l, const char *path, dgm_err *err)
{
    if (sqlite3_open_v2(path, &l->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | ALONE, NULL) !=
        SQLITE_OK)
        return refuse(l, "cannot be opened", err);
    sqlite3_busy_timeout(l->db, WAIT_MS);
    /* SQLite waits for other writers, except where two begin a log at the same moment: one of them
     * hears at once that the store is locked. */
    double until = dgm_seconds() + WAIT_MS / 1000.0;
    dgm_status status;
    while ((status = script(&l->base, for_writers, err)) != DGM_OK &&
           (sqlite3_errcode(l->db) & 0xFF) == SQLITE_BUSY && dgm_seconds() < until)
        sqlite3_sleep(10);
    return status;
}

dgm_status dgm_sqlite_open(const char *path, bool to_read, dgm_sql **out, dgm_err *err)
{
    lite *l = calloc(1, sizeof(*l));
    if (!l)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for the store");
    l->base.engine = &engine;
    snprintf(l->base.name, sizeof l->base.name, "%s", path);
    dgm_status status = to_read ? open_to_read(l, path, err) : open_to_write(l, path, err);
    if (status == DGM_OK)
        status = script(&l->base, for_all, err);
    if (status == DGM_OK)
        *out = &l->base;
    else
        close_lite(&l->base);
    return status;
}
