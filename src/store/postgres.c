/* PostgreSQL by libpq. Statements that give no rows are sent in a pipeline and answered together
 * before the next question, so that a batch costs a few round trips and not one a row. In bulk,
 * rows wait until a question names their table, and then go by COPY. */
#include "store/answers.h"
#include "store/sql.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_KEPT = 128, MOST_CELLS = 64, MOST_SENT = 2000, MOST_WAITING = 32, COPIED = 8 << 20 };
enum { OFTEN = 8 }; /* questions that have to wait */
enum {
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_NUMERIC = 1700
};

/* Rows that wait for a COPY: those of one INSERT, which is compared by address. */
typedef struct {
    const char *sql;
    dgm_view table, columns; /* in sql */
    bool may_be_there;       /* ON CONFLICT DO NOTHING */
    unsigned n_asked;        /* how often a question had to wait for them */
    dgm_buffer rows;
} waiting;

typedef struct {
    dgm_sql base;
    PGconn *connection;
    const char *kept[MOST_KEPT]; /* compared by address */
    size_t numbers[MOST_KEPT];   /* statement "s<number>" */
    size_t n_kept, n_prepared;
    size_t n_sent; /* in the pipeline, not yet answered */
    bool bulk;
    waiting waits[MOST_WAITING];
    size_t n_waits;
    PGcancel *cancel;
    double limit;   /* of a statement, in seconds; 0: none */
    char lost[200]; /* why the connection was lost */
} postgres;

/* DGM_EFORMAT: what was to be written is at fault, not the database. */
static dgm_status refuse(postgres *p, const PGresult *result, dgm_err *err)
{
    if (p->lost[0])
        return dgm_fail(err, DGM_EIO, p->base.name, 0, "%s", p->lost);
    const char *why = result ? PQresultErrorMessage(result) : PQerrorMessage(p->connection);
    if (!why[0])
        why = PQerrorMessage(p->connection);
    if (!why[0])
        why = "it does not say why";
    int n = (int)strcspn(why, "\n");
    if (PQstatus(p->connection) == CONNECTION_BAD) /* later, libpq only says that there is none */
        snprintf(p->lost, sizeof p->lost, "%.*s", n, why);
    /* Classes of SQLSTATE: data exception, violated constraint, a limit of the server passed. */
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    if (state && strcmp(state, "57014") == 0) /* cancelled, by its time limit or by us */
        return dgm_sql_stopped(&p->base, err);
    bool value = state && (strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0 ||
                           strncmp(state, "54", 2) == 0);
    return dgm_fail(err, value ? DGM_EFORMAT : DGM_EIO, p->base.name, 0, "%.*s", n, why);
}

/* "postgresql://host/database": what else may stand in an address is nobody's business. */
static void name_it(const PGconn *connection, char *out, size_t size)
{
    const char *host = PQhost(connection), *database = PQdb(connection);
    snprintf(out, size, "postgresql://%s/%s", host ? host : "", database ? database : "");
}

static PGresult *execute(const postgres *p, const char *sql)
{
    return PQsendQuery(p->connection, sql) ? dgm_answer_last(p->connection) : NULL;
}

/* Reads the answers to all that was sent. rows: the last one that gave rows goes there, for the
 * caller to clear; may be NULL. */
static dgm_status settle_with(postgres *p, PGresult **rows, dgm_err *err)
{
    dgm_status status = DGM_OK;
    if (PQpipelineStatus(p->connection) == PQ_PIPELINE_OFF)
        return DGM_OK;
    p->n_sent = 0;
    if (!PQpipelineSync(p->connection))
        return refuse(p, NULL, err);
    for (;;) {
        PGresult *result = dgm_answer_next(p->connection);
        if (!result) {
            if (PQstatus(p->connection) != CONNECTION_OK)
                return refuse(p, NULL, err);
            continue; /* between the answers of two statements */
        }
        ExecStatusType kind = PQresultStatus(result);
        if (kind == PGRES_FATAL_ERROR && status == DGM_OK)
            status = refuse(p, result, err);
        if (kind == PGRES_TUPLES_OK && rows) {
            PQclear(*rows);
            *rows = result;
        } else {
            PQclear(result);
        }
        if (kind == PGRES_PIPELINE_SYNC)
            break; /* nothing follows, not even NULL */
    }
    if (!PQexitPipelineMode(p->connection) && status == DGM_OK)
        status = refuse(p, NULL, err);
    return status;
}

static dgm_status settle(postgres *p, dgm_err *err)
{
    return settle_with(p, NULL, err);
}

static dgm_status settle_all(dgm_sql *db, dgm_err *err)
{
    return settle((postgres *)db, err);
}

/* `?` becomes $1, $2, ...; there are none in string literals of ours. */
static bool number_values(const char *sql, dgm_buffer *out)
{
    unsigned n = 0;
    for (const char *p = sql; *p; p++) {
        if (*p == '?')
            dgm_buffer_printf(out, "$%u", ++n);
        else
            dgm_buffer_put(out, (dgm_view) { p, 1 });
    }
    dgm_buffer_put(out, (dgm_view) { "", 1 });
    return !out->failed;
}

/* Values as text. `room` holds numbers and copies of texts. */
typedef struct {
    const char *at[MOST_CELLS];
    size_t begin[MOST_CELLS];
    int length[MOST_CELLS], is_binary[MOST_CELLS]; /* bytes go as they are */
    dgm_buffer room;
} values;

static bool write_values(const dgm_cell *cells, uint32_t n, values *v)
{
    for (uint32_t i = 0; i < n; i++) {
        v->begin[i] = v->room.n;
        switch (cells[i].kind) {
        case DGM_CELL_INT:
            dgm_buffer_printf(&v->room, "%lld", (long long)cells[i].integer);
            break;
        case DGM_CELL_REAL:
            dgm_buffer_printf(&v->room, "%.17g", cells[i].real);
            break;
        case DGM_CELL_TEXT:
        case DGM_CELL_BYTES:
            dgm_buffer_put(&v->room, cells[i].text);
            break;
        case DGM_CELL_NULL:
            break;
        }
        v->is_binary[i] = cells[i].kind == DGM_CELL_BYTES;
        v->length[i] = (int)(v->room.n - v->begin[i]);
        dgm_buffer_put(&v->room, (dgm_view) { "", 1 });
    }
    for (uint32_t i = 0; i < n && !v->room.failed; i++)
        v->at[i] = cells[i].kind == DGM_CELL_NULL ? NULL : v->room.p + v->begin[i];
    return !v->room.failed;
}

/* The number of a kept statement, prepared on the way; MOST_KEPT: it is not kept. */
static dgm_status prepare(postgres *p, const char *sql, const char *numbered, size_t *i,
                          dgm_err *err)
{
    char name[16];
    for (*i = 0; *i < p->n_kept; ++*i) {
        if (p->kept[*i] == sql)
            return DGM_OK;
    }
    if (p->n_kept == MOST_KEPT)
        return DGM_OK;
    dgm_status status = settle(p, err);
    if (status != DGM_OK)
        return status;
    /* A new name each time: the server may have what there was no memory to hear of. */
    snprintf(name, sizeof name, "s%zu", p->n_prepared);
    p->numbers[*i] = p->n_prepared++;
    PGresult *result = PQsendPrepare(p->connection, name, numbered, 0, NULL)
                           ? dgm_answer_last(p->connection)
                           : NULL;
    status = PQresultStatus(result) == PGRES_COMMAND_OK ? DGM_OK : refuse(p, result, err);
    PQclear(result);
    if (status == DGM_OK)
        p->kept[p->n_kept++] = sql;
    return status;
}

static dgm_status send(postgres *p, const char *name, const char *sql, const values *v, uint32_t n,
                       dgm_err *err)
{
    if (PQpipelineStatus(p->connection) == PQ_PIPELINE_OFF && !PQenterPipelineMode(p->connection))
        return refuse(p, NULL, err);
    int good =
        name ? PQsendQueryPrepared(p->connection, name, (int)n, v->at, v->length, v->is_binary, 0)
             : PQsendQueryParams(p->connection, sql, (int)n, NULL, v->at, v->length, v->is_binary,
                                 0);
    if (!good)
        return refuse(p, NULL, err);
    p->n_sent++;
    return DGM_OK;
}

/* ---- COPY ----------------------------------------------------------------------------------- */

static bool accept(dgm_view *rest, const char *words)
{
    if (!dgm_view_starts(*rest, dgm_view_of(words)))
        return false;
    *rest = dgm_view_slice(*rest, strlen(words), rest->n);
    return true;
}

/* "INSERT INTO table (columns) VALUES (?, ?)", and what is there already may be let be. */
static bool read_insert(const char *sql, waiting *out)
{
    dgm_view rest = dgm_view_of(sql);
    *out = (waiting) { .sql = sql };
    if (!accept(&rest, "INSERT INTO ") || !dgm_view_split(&rest, ' ', &out->table) ||
        !accept(&rest, "(") || !dgm_view_split(&rest, ')', &out->columns) ||
        !accept(&rest, " VALUES ("))
        return false;
    while (accept(&rest, "?") || accept(&rest, ", "))
        ;
    if (!accept(&rest, ")"))
        return false;
    out->may_be_there = accept(&rest, " ON CONFLICT DO NOTHING");
    return rest.n == 0;
}

/* NULL: the statement is no plain INSERT, or there are too many. What questions ask for all the
 * time does not wait, since a COPY of a few rows costs more than it saves. */
static waiting *waiting_of(postgres *p, const char *sql)
{
    for (size_t i = 0; i < p->n_waits; i++)
        if (p->waits[i].sql == sql)
            return &p->waits[i];
    if (p->n_waits == MOST_WAITING || !read_insert(sql, &p->waits[p->n_waits]))
        return NULL;
    return &p->waits[p->n_waits++];
}

static void put_escaped(dgm_buffer *out, dgm_view v)
{
    size_t plain = 0;
    for (size_t i = 0; i < v.n; i++) {
        const char *as = v.p[i] == '\n'   ? "\\n"
                         : v.p[i] == '\r' ? "\\r"
                         : v.p[i] == '\t' ? "\\t"
                         : v.p[i] == '\\' ? "\\\\"
                                          : NULL;
        if (!as)
            continue;
        dgm_buffer_put(out, dgm_view_slice(v, plain, i));
        dgm_buffer_put(out, dgm_view_of(as));
        plain = i + 1;
    }
    dgm_buffer_put(out, dgm_view_slice(v, plain, v.n));
}

static void put_hex(dgm_buffer *out, dgm_view v)
{
    static const char digits[] = "0123456789abcdef";
    dgm_buffer_put(out, DGM_VIEW("\\\\x"));
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        const char pair[] = { digits[c >> 4], digits[c & 15] };
        dgm_buffer_put(out, (dgm_view) { pair, sizeof pair });
    }
}

static bool put_row(dgm_buffer *out, const dgm_cell *cells, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW("\t") : DGM_VIEW(""));
        switch (cells[i].kind) {
        case DGM_CELL_INT:
            dgm_buffer_printf(out, "%lld", (long long)cells[i].integer);
            break;
        case DGM_CELL_REAL:
            dgm_buffer_printf(out, "%.17g", cells[i].real);
            break;
        case DGM_CELL_TEXT:
            put_escaped(out, cells[i].text);
            break;
        case DGM_CELL_BYTES:
            put_hex(out, cells[i].text);
            break;
        case DGM_CELL_NULL:
            dgm_buffer_put(out, DGM_VIEW("\\N"));
            break;
        }
    }
    dgm_buffer_put(out, DGM_VIEW("\n"));
    return !out->failed;
}

static dgm_status command(postgres *p, ExecStatusType wanted, dgm_err *err, const char *format, ...)
    DGM_PRINTF(4, 5);
static dgm_status command(postgres *p, ExecStatusType wanted, dgm_err *err, const char *format, ...)
{
    char sql[1200];
    va_list list;
    va_start(list, format);
    vsnprintf(sql, sizeof sql, format, list);
    va_end(list);
    PGresult *result = execute(p, sql);
    dgm_status status = PQresultStatus(result) == wanted ? DGM_OK : refuse(p, result, err);
    PQclear(result);
    return status;
}

static dgm_status send_rows(postgres *p, const dgm_buffer *rows, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (size_t at = 0; at < rows->n && status == DGM_OK; at += COPIED)
        if (PQputCopyData(p->connection, rows->p + at, (int)DGM_MIN(rows->n - at, COPIED)) != 1)
            status = refuse(p, NULL, err);
    if (PQputCopyEnd(p->connection, status == DGM_OK ? NULL : "given up") != 1 && status == DGM_OK)
        status = refuse(p, NULL, err);
    PGresult *result = dgm_answer_last(p->connection);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && status == DGM_OK)
        status = refuse(p, result, err);
    PQclear(result);
    return status;
}

/* Rows that may be there already go by way of a table of their own. */
static dgm_status flush_one(postgres *p, waiting *w, dgm_err *err)
{
    const char *by_way = w->may_be_there ? "load_" : "";
    dgm_status status = settle(p, err);
    if (w->rows.n == 0)
        return status;
    if (status == DGM_OK && w->may_be_there)
        status = command(p, PGRES_COMMAND_OK, err,
                         "CREATE TEMP TABLE IF NOT EXISTS load_%.*s (LIKE %.*s)", DGM_FMT(w->table),
                         DGM_FMT(w->table));
    if (status == DGM_OK)
        status = command(p, PGRES_COPY_IN, err, "COPY %s%.*s (%.*s) FROM STDIN", by_way,
                         DGM_FMT(w->table), DGM_FMT(w->columns));
    if (status == DGM_OK)
        status = send_rows(p, &w->rows, err);
    if (status == DGM_OK && w->may_be_there)
        status =
            command(p, PGRES_COMMAND_OK, err,
                    "INSERT INTO %.*s (%.*s) SELECT %.*s FROM load_%.*s"
                    " ON CONFLICT DO NOTHING",
                    DGM_FMT(w->table), DGM_FMT(w->columns), DGM_FMT(w->columns), DGM_FMT(w->table));
    if (status == DGM_OK && w->may_be_there)
        status = command(p, PGRES_COMMAND_OK, err, "TRUNCATE load_%.*s", DGM_FMT(w->table));
    w->rows.n = 0;
    return status;
}

static bool waits(const waiting *w)
{
    return w && w->n_asked < OFTEN;
}

static dgm_status hold_back(waiting *w, const dgm_cell *cells, uint32_t n_columns, uint32_t n_rows,
                            dgm_err *err)
{
    bool good = true;
    for (uint32_t i = 0; i < n_rows && good; i++)
        good = put_row(&w->rows, cells + (size_t)i * n_columns, n_columns);
    return good ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for rows");
}

/* What waits for the tables that sql names, NULL: for all. */
static dgm_status flush(postgres *p, const char *sql, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (size_t i = 0; i < p->n_waits && status == DGM_OK; i++) {
        waiting *w = &p->waits[i];
        if (w->rows.n == 0 || (sql && dgm_view_find(dgm_view_of(sql), w->table) == SIZE_MAX))
            continue;
        w->n_asked += sql != NULL;
        status = flush_one(p, w, err);
    }
    return status;
}

static void bulk(dgm_sql *db, bool on)
{
    postgres *p = (postgres *)db;
    p->bulk = on;
    for (size_t i = 0; i < p->n_waits; i++)
        dgm_buffer_done(&p->waits[i].rows);
    p->n_waits = 0;
}

/* ---- questions ------------------------------------------------------------------------------ */

/* "\\x0a1b..." as bytes, in the room that the row has for it. */
static dgm_view unhex(dgm_view text, dgm_buffer *room)
{
    size_t begin = room->n;
    for (size_t i = 2; i + 1 < text.n; i += 2) {
        unsigned value = 0;
        for (size_t k = i; k < i + 2; k++) {
            unsigned char c = (unsigned char)text.p[k];
            value =
                value << 4 | (dgm_is_digit(c) ? c - (unsigned)'0' : (c | 32) - (unsigned)'a' + 10);
        }
        char byte = (char)value;
        dgm_buffer_put(room, (dgm_view) { &byte, 1 });
    }
    return (dgm_view) { room->p + begin, room->n - begin };
}

/* room: has space for the bytes of all cells of a row, so that it does not move. */
static dgm_cell cell_of(const PGresult *result, int row, int i, dgm_buffer *room)
{
    dgm_view text = { PQgetvalue(result, row, i), (size_t)PQgetlength(result, row, i) };
    if (PQgetisnull(result, row, i))
        return (dgm_cell) { .kind = DGM_CELL_NULL };
    switch (PQftype(result, i)) {
    case OID_BYTEA:
        return dgm_bytes_cell(unhex(text, room));
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        return dgm_int(strtoll(text.p, NULL, 10));
    case OID_FLOAT4:
    case OID_FLOAT8:
    case OID_NUMERIC: {
        double value;
        if (dgm_parse_double(text, &value))
            return dgm_real(value);
        break;
    }
    default:
        break;
    }
    return (dgm_cell) { .kind = DGM_CELL_TEXT, .text = text };
}

/* Room for the bytes of a row at once. */
static bool reserve(const PGresult *result, int row, int n_columns, dgm_buffer *room)
{
    size_t n = 1;
    for (int i = 0; i < n_columns; i++)
        if (PQftype(result, i) == OID_BYTEA)
            n += (size_t)PQgetlength(result, row, i) / 2 + 1;
    room->n = 0;
    while (room->n < n && !room->failed) {
        static const char blank[4096] = { 0 };
        dgm_buffer_put(room, (dgm_view) { blank, DGM_MIN(sizeof blank, n - room->n) });
    }
    room->n = 0;
    return !room->failed;
}

static dgm_status give_rows(const PGresult *result, dgm_row_out_fn fn, void *context, dgm_err *err)
{
    dgm_cell cells[MOST_CELLS];
    dgm_buffer room = { 0 };
    int n_columns = DGM_MIN(PQnfields(result), MOST_CELLS);
    dgm_status status = DGM_OK;
    for (int row = 0; row < PQntuples(result); row++) {
        if (!reserve(result, row, n_columns, &room)) {
            status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for an answer");
            break;
        }
        for (int i = 0; i < n_columns; i++)
            cells[i] = cell_of(result, row, i, &room);
        if (!fn(context, cells, (uint32_t)n_columns))
            break;
    }
    dgm_buffer_done(&room);
    return status;
}

/* Goes with all that was sent before it, in one round trip. The answer is whole before the first
 * row is given, so that whoever takes it may ask on. */
static dgm_status ask(postgres *p, const char *name, const char *sql, const values *v, uint32_t n,
                      dgm_row_out_fn fn, void *context, dgm_err *err)
{
    PGresult *result = NULL;
    dgm_status status = send(p, name, sql, v, n, err);
    if (status == DGM_OK)
        status = settle_with(p, &result, err);
    if (status == DGM_OK && result)
        status = give_rows(result, fn, context, err);
    PQclear(result);
    return status;
}

static dgm_status run_now(postgres *p, const char *sql, bool keep, const dgm_cell *cells,
                          uint32_t n, dgm_row_out_fn fn, void *context, dgm_err *err)
{
    dgm_buffer numbered = { 0 };
    values v = { .room = { 0 } };
    size_t i = MOST_KEPT;
    char name[16] = "";
    dgm_status status = DGM_OK;
    if (n > MOST_CELLS || !number_values(sql, &numbered) || !write_values(cells, n, &v))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a statement");
    if (status == DGM_OK && keep)
        status = prepare(p, sql, numbered.p, &i, err);
    if (i < MOST_KEPT)
        snprintf(name, sizeof name, "s%zu", p->numbers[i]);
    if (status == DGM_OK)
        status = fn ? ask(p, name[0] ? name : NULL, numbered.p, &v, n, fn, context, err)
                    : send(p, name[0] ? name : NULL, numbered.p, &v, n, err);
    if (status == DGM_OK && p->n_sent >= MOST_SENT)
        status = settle(p, err);
    dgm_buffer_done(&numbered);
    dgm_buffer_done(&v.room);
    return status;
}

static dgm_status run(dgm_sql *db, const char *sql, bool keep, const dgm_cell *cells, uint32_t n,
                      dgm_row_out_fn fn, void *context, dgm_err *err)
{
    postgres *p = (postgres *)db;
    waiting *w = p->bulk && !fn && keep ? waiting_of(p, sql) : NULL;
    if (waits(w))
        return hold_back(w, cells, n, 1, err);
    dgm_status status = p->bulk && !w ? flush(p, fn ? sql : NULL, err) : DGM_OK;
    return status == DGM_OK ? run_now(p, sql, keep, cells, n, fn, context, err) : status;
}

/* One value of an array, as PostgreSQL reads arrays. */
static void put_element(const dgm_cell *cell, dgm_buffer *out)
{
    size_t plain = 0;
    switch (cell->kind) {
    case DGM_CELL_INT:
        dgm_buffer_printf(out, "%lld", (long long)cell->integer);
        return;
    case DGM_CELL_REAL:
        dgm_buffer_printf(out, "%.17g", cell->real);
        return;
    case DGM_CELL_TEXT:
        break;
    default:
        dgm_buffer_put(out, DGM_VIEW("NULL"));
        return;
    }
    dgm_buffer_put(out, DGM_VIEW("\""));
    for (size_t i = 0; i < cell->text.n; i++) {
        if (cell->text.p[i] != '"' && cell->text.p[i] != '\\')
            continue;
        dgm_buffer_put(out, dgm_view_slice(cell->text, plain, i));
        dgm_buffer_put(out, DGM_VIEW("\\"));
        plain = i;
    }
    dgm_buffer_put(out, dgm_view_slice(cell->text, plain, cell->text.n));
    dgm_buffer_put(out, DGM_VIEW("\""));
}

/* An array a column, and one statement for all rows. */
static dgm_status rows(dgm_sql *db, const dgm_table *table, const dgm_cell *cells, uint32_t n_rows,
                       dgm_err *err)
{
    dgm_cell arrays[MOST_CELLS];
    size_t begin[MOST_CELLS + 1];
    dgm_buffer text = { 0 };
    uint32_t n = DGM_MIN(table->n_columns, MOST_CELLS);
    postgres *p = (postgres *)db;
    waiting *w = p->bulk ? waiting_of(p, table->one) : NULL;
    if (waits(w))
        return hold_back(w, cells, table->n_columns, n_rows, err);
    for (uint32_t k = 0; k < n; k++) {
        begin[k] = text.n;
        for (uint32_t i = 0; i < n_rows; i++) {
            dgm_buffer_put(&text, i ? DGM_VIEW(",") : DGM_VIEW("{"));
            put_element(&cells[(size_t)i * table->n_columns + k], &text);
        }
        dgm_buffer_put(&text, n_rows ? DGM_VIEW("}") : DGM_VIEW("{}"));
    }
    begin[n] = text.n;
    for (uint32_t k = 0; k < n && !text.failed; k++)
        arrays[k] = (dgm_cell) { .kind = DGM_CELL_TEXT,
                                 .text = { text.p + begin[k], begin[k + 1] - begin[k] } };
    dgm_status status = text.failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for rows")
                                    : run_now(p, table->many, true, arrays, n, NULL, NULL, err);
    dgm_buffer_done(&text);
    return status;
}

static dgm_status script(dgm_sql *db, const char *sql, dgm_err *err)
{
    postgres *p = (postgres *)db;
    dgm_status status = flush(p, NULL, err);
    if (status == DGM_OK)
        status = settle(p, err);
    if (status != DGM_OK)
        return status;
    PGresult *result = execute(p, sql);
    ExecStatusType kind = PQresultStatus(result);
    if (kind != PGRES_COMMAND_OK && kind != PGRES_TUPLES_OK && kind != PGRES_EMPTY_QUERY)
        status = refuse(p, result, err);
    PQclear(result);
    return status;
}

static dgm_status limit(dgm_sql *db, double seconds, dgm_err *err)
{
    postgres *p = (postgres *)db;
    char sql[60];
    if (!(p->limit < seconds) && !(p->limit > seconds))
        return DGM_OK;
    p->limit = seconds;
    snprintf(sql, sizeof sql, "SET statement_timeout = %lld", (long long)(seconds * 1000));
    return script(db, sql, err);
}

static void interrupt(dgm_sql *db)
{
    const postgres *p = (postgres *)db;
    char why[256];
    if (p->cancel)
        (void)PQcancel(p->cancel, why, (int)sizeof why);
}

static void close_postgres(dgm_sql *db)
{
    postgres *p = (postgres *)db;
    bulk(db, false);
    PQfreeCancel(p->cancel);
    PQfinish(p->connection);
    free(p);
}

static const dgm_engine engine = { .name = "PostgreSQL",
                                   .key = "BIGINT PRIMARY KEY",
                                   .integer = "BIGINT",
                                   .real = "DOUBLE PRECISION",
                                   .bytes = "BYTEA",
                                   .packed = "",
                                   .is_postgres = true,
                                   .run = run,
                                   .rows = rows,
                                   .settle = settle_all,
                                   .bulk = bulk,
                                   .script = script,
                                   .limit = limit,
                                   .interrupt = interrupt,
                                   .close = close_postgres };
const dgm_engine *const dgm_engine_postgres = &engine;

static void ignore(void *context, const char *message)
{
    (void)context;
    (void)message;
}

dgm_status dgm_postgres_open(const char *where, dgm_sql **out, dgm_err *err)
{
    postgres *p = calloc(1, sizeof(*p));
    if (!p)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the store");
    p->base.engine = &engine;
    const char *const keywords[] = { "dbname", "client_encoding", NULL }, *const options[] = {
        where, "UTF8", NULL
    };
    p->connection = PQconnectdbParams(keywords, options, 1);
    if (!p->connection) {
        free(p);
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the connection");
    }
    name_it(p->connection, p->base.name, sizeof p->base.name);
    dgm_status status = PQstatus(p->connection) == CONNECTION_OK ? DGM_OK : refuse(p, NULL, err);
    /* Whatever a database or a user is set to: bytes and numbers come as they are read here. */
    if (status == DGM_OK)
        status = command(p, PGRES_COMMAND_OK, err,
                         "SET bytea_output = hex; SET extra_float_digits = 1;"
                         "SET standard_conforming_strings = on");
    if (status == DGM_OK) {
        PQsetNoticeProcessor(p->connection, ignore, NULL);
        p->cancel = PQgetCancel(p->connection);
        *out = &p->base;
    } else {
        close_postgres(&p->base);
    }
    return status;
}
