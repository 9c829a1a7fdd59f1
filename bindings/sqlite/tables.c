/* dragoman_code(text, date, id, source) and dragoman_quotes(...) as virtual tables: the arguments
 * are hidden columns, and one story is coded when a scan begins, so that a join codes a story a
 * row. */
#include "extension.h"

#include <stdlib.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

/* The hidden columns, after those of the table. */
enum { TEXT, DATE, ID, SOURCE, N_HIDDEN };
#define HIDDEN "story_text HIDDEN, story_date HIDDEN, story_id HIDDEN, story_source HIDDEN"

typedef struct {
    sqlite3_vtab base;
    connection *c;
    const sql_table *table;
} table;

typedef struct {
    sqlite3_vtab_cursor base;
    sqlite3_value *given[N_HIDDEN];
    char *made; /* the library's */
    sql_rows rows;
    bool at_row;
    sqlite3_int64 i_row;
    interruption in;
} cursor;

static int fail(sqlite3_vtab *vtab, int code, const char *message)
{
    sqlite3_free(vtab->zErrMsg);
    vtab->zErrMsg = sqlite3_mprintf("%s: %s", ((table *)vtab)->table->name, message);
    return vtab->zErrMsg ? code : SQLITE_NOMEM;
}

/* ---- the table ------------------------------------------------------------------------------ */

static const char *type_of(sql_kind kind)
{
    switch (kind) {
    case SQL_WHOLE:
    case SQL_BEGIN:
    case SQL_END:
    case SQL_YES:
        return "INTEGER";
    case SQL_REAL:
        return "REAL";
    default:
        return "TEXT";
    }
}

static int declare(sqlite3 *db, const sql_table *t)
{
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendall(sql, "CREATE TABLE x (");
    for (size_t i = 0; i < t->n_columns; i++)
        sqlite3_str_appendf(sql, "\"%w\" %s, ", t->columns[i].name, type_of(t->columns[i].kind));
    sqlite3_str_appendall(sql, HIDDEN ")");
    char *text = sqlite3_str_finish(sql);
    int code = text ? sqlite3_declare_vtab(db, text) : SQLITE_NOMEM;
    sqlite3_free(text);
    return code;
}

/* aux: the connection, and which of the tables. */
typedef struct {
    connection *c;
    const sql_table *table;
} table_of_connection;

static void aux_free(void *aux)
{
    connection_leave(((table_of_connection *)aux)->c);
    sqlite3_free(aux);
}

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out,
                   char **error)
{
    (void)argc, (void)argv, (void)error;
    const table_of_connection *of = aux;
    int code = declare(db, of->table);
    if (code != SQLITE_OK)
        return code;
    sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    table *t = sqlite3_malloc(sizeof(*t));
    if (!t)
        return SQLITE_NOMEM;
    *t = (table) { .c = of->c, .table = of->table };
    *out = &t->base;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *vtab)
{
    sqlite3_free(vtab);
    return SQLITE_OK;
}

/* A plan is good if it has the text and the day; idxNum says which arguments come, in order. */
static int best_index(sqlite3_vtab *vtab, sqlite3_index_info *info)
{
    const table *t = (const table *)vtab;
    int at[N_HIDDEN] = { -1, -1, -1, -1 }, n = 0;
    for (int i = 0; i < info->nConstraint; i++) {
        int hidden = info->aConstraint[i].iColumn - (int)t->table->n_columns;
        if (hidden < 0 || hidden >= N_HIDDEN ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        at[hidden] = i;
    }
    if (at[TEXT] < 0 || at[DATE] < 0)
        return fail(vtab, SQLITE_ERROR, "it takes a text and its day");
    for (int k = 0; k < N_HIDDEN; k++) {
        if (at[k] < 0)
            continue;
        info->aConstraintUsage[at[k]].argvIndex = ++n;
        info->aConstraintUsage[at[k]].omit = 1;
        info->idxNum |= 1 << k;
    }
    info->estimatedCost = 1e6; /* some milliseconds: whatever else can thin out rows goes first */
    info->estimatedRows = 10;
    return SQLITE_OK;
}

/* ---- a scan --------------------------------------------------------------------------------- */

static int open_cursor(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out)
{
    cursor *at = sqlite3_malloc(sizeof(*at));
    if (!at)
        return SQLITE_NOMEM;
    memset(at, 0, sizeof(*at));
    /* Without it, only the time between two stories can be interrupted. */
    (void)sqlite3_prepare_v2(((table *)vtab)->c->db, "SELECT 1", -1, &at->in.ask, NULL);
    *out = &at->base;
    return SQLITE_OK;
}

static void forget(cursor *at)
{
    sql_rows_end(&at->rows);
    dragoman_free(at->made);
    at->made = NULL;
    at->at_row = false;
    for (int k = 0; k < N_HIDDEN; k++) {
        sqlite3_value_free(at->given[k]);
        at->given[k] = NULL;
    }
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    cursor *at = (cursor *)base;
    forget(at);
    sqlite3_finalize(at->in.ask);
    sqlite3_free(at);
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base)
{
    cursor *at = (cursor *)base;
    at->at_row = sql_rows_next(&at->rows);
    at->i_row++;
    return at->rows.failed ? SQLITE_NOMEM : SQLITE_OK;
}

static bool is_null(const cursor *at, int k)
{
    return !at->given[k] || sqlite3_value_type(at->given[k]) == SQLITE_NULL;
}

static int code_story(cursor *at)
{
    table *t = (table *)at->base.pVtab;
    char message[DRAGOMAN_MESSAGE] = "";
    const sql_story story = { at->given[TEXT], at->given[DATE], at->given[ID], at->given[SOURCE] };
    at->made = connection_make(t->c, t->table->product, &story, &at->in, message);
    if (at->made)
        return SQLITE_OK;
    return at->in.interrupted ? SQLITE_INTERRUPT : fail(&t->base, SQLITE_ERROR, message);
}

static int filter(sqlite3_vtab_cursor *base, int plan, const char *name, int argc,
                  sqlite3_value **argv)
{
    (void)name, (void)argc;
    cursor *at = (cursor *)base;
    forget(at);
    for (int k = 0, i = 0; k < N_HIDDEN; k++)
        if ((plan & 1 << k) && !(at->given[k] = sqlite3_value_dup(argv[i++])))
            return SQLITE_NOMEM;
    at->i_row = 0;
    sql_rows_begin(&at->rows, ((table *)base->pVtab)->table, NULL, NULL, 0);
    if (is_null(at, TEXT) || is_null(at, DATE))
        return SQLITE_OK;
    int code = code_story(at);
    if (code != SQLITE_OK)
        return code;
    sql_rows_begin(&at->rows, at->rows.table, at->made,
                   (const char *)sqlite3_value_text(at->given[TEXT]),
                   (size_t)sqlite3_value_bytes(at->given[TEXT]));
    return next(base);
}

static int at_end(sqlite3_vtab_cursor *base)
{
    return !((cursor *)base)->at_row;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = ((cursor *)base)->i_row;
    return SQLITE_OK;
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* As in CSV: ";" between the members, which have none. */
static void result_list(sqlite3_context *context, const sql_cell *cell)
{
    char buf[SQL_POINT];
    const char *text;
    size_t n;
    sqlite3_str *all = sqlite3_str_new(sqlite3_context_db_handle(context));
    for (size_t i = 0; i < sql_list_count(cell); i++) {
        if (i > 0)
            sqlite3_str_appendchar(all, 1, ';');
        if (!sql_list_at(cell, i, buf, &text, &n))
            continue;
        for (size_t k = 0; k < n; k++)
            sqlite3_str_appendchar(all, 1, text[k] == ';' ? ',' : text[k]);
    }
    int n_all = sqlite3_str_length(all), code = sqlite3_str_errcode(all);
    char *joined = sqlite3_str_finish(all);
    if (code != SQLITE_OK)
        sqlite3_result_error_code(context, code);
    else if (n_all > 0)
        sqlite3_result_text(context, joined, n_all, SQLITE_TRANSIENT);
    sqlite3_free(joined);
}

static void result_cell(sqlite3_context *context, const sql_cell *cell)
{
    switch (cell->type) {
    case SQL_IS_TEXT:
        sqlite3_result_text64(context, cell->text, cell->n, SQLITE_TRANSIENT, SQLITE_UTF8);
        break;
    case SQL_IS_WHOLE:
        sqlite3_result_int64(context, cell->whole);
        break;
    case SQL_IS_REAL:
        sqlite3_result_double(context, cell->real);
        break;
    case SQL_IS_LIST:
        result_list(context, cell);
        break;
    case SQL_IS_NULL:
        break;
    }
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
    cursor *at = (cursor *)base;
    const sql_table *t = at->rows.table;
    if ((size_t)i >= t->n_columns) {
        size_t hidden = (size_t)i - t->n_columns;
        if (hidden < N_HIDDEN && at->given[hidden])
            sqlite3_result_value(context, at->given[hidden]);
        return SQLITE_OK;
    }
    sql_cell cell;
    if (!sql_cell_of(&at->rows, &t->columns[i], &cell))
        return SQLITE_NOMEM;
    result_cell(context, &cell);
    sql_cell_done(&cell);
    return SQLITE_OK;
}

/* ---- registration --------------------------------------------------------------------------- */

static const sqlite3_module module = {
    .xConnect = connect, /* no xCreate: it is there by its name alone */
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = at_end,
    .xColumn = column,
    .xRowid = row_id,
};

int tables_register(connection *c)
{
    for (size_t i = 0; i < SQL_N_TABLES; i++) {
        table_of_connection *of = sqlite3_malloc(sizeof(*of));
        if (!of)
            return SQLITE_NOMEM;
        *of = (table_of_connection) { c, &sql_tables[i] };
        c->n_users++;
        int code = sqlite3_create_module_v2(c->db, sql_tables[i].name, &module, of, aux_free);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}
