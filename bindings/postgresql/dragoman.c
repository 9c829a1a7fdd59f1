/* dragoman inside PostgreSQL. One coder a backend, opened when it is first needed or, with
 * shared_preload_libraries, once in the postmaster, whose children share its memory.
 *
 * The library allocates with malloc() and knows no memory contexts, so whatever it gives is freed
 * in PG_FINALLY. It never calls back into the server but for `is_cancelled`, which must not throw.
 */
#include "datums.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include <signal.h>

#if PG_VERSION_NUM < 150000
#error "PostgreSQL 15 or later is needed"
#endif

PG_MODULE_MAGIC;

void _PG_init(void);
PG_FUNCTION_INFO_V1(dragoman_sql_code);
PG_FUNCTION_INFO_V1(dragoman_sql_quotes);
PG_FUNCTION_INFO_V1(dragoman_sql_events_json);
PG_FUNCTION_INFO_V1(dragoman_sql_explain);
PG_FUNCTION_INFO_V1(dragoman_sql_version);

/* ---- the coder ------------------------------------------------------------------------------ */

static char *tables_setting; /* dragoman.tables */
static dragoman_coder *coder;
static char *coder_tables; /* with which it was opened */

/* Signals are the server's, and belong to its only thread: should the library use others to load,
 * they are born with all signals blocked. */
static dragoman_status open_quietly(const char *tables, dragoman_coder **out, char *message)
{
    static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
    sigset_t all, before;
    sigfillset(&all);
    for (size_t i = 0; i < lengthof(faults); i++)
        sigdelset(&all, faults[i]);
    sigprocmask(SIG_SETMASK, &all, &before);
    dragoman_status status = dragoman_open(tables[0] ? tables : NULL, NULL, out, message);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

static void open_coder(int level)
{
    char message[DRAGOMAN_MESSAGE] = "";
    const char *tables = tables_setting ? tables_setting : "";
    dragoman_coder *opened = NULL;
    if (coder && strcmp(coder_tables, tables) == 0)
        return;
    char *name = MemoryContextStrdup(TopMemoryContext, tables);
    if (open_quietly(tables, &opened, message) == DRAGOMAN_FAILED) {
        pfree(name);
        ereport(level, errcode(ERRCODE_CONFIG_FILE_ERROR),
                errmsg("dragoman cannot open its tables: %s", message),
                errhint("dragoman.tables is the folder of tables; empty, it is the installed one "
                        "or that of the server's environment variable DRAGOMAN_TABLES."));
        return;
    }
    dragoman_close(coder);
    if (coder_tables)
        pfree(coder_tables);
    coder = opened;
    coder_tables = name;
}

void _PG_init(void)
{
    DefineCustomStringVariable("dragoman.tables", "Folder of the tables that dragoman codes with.",
                               "Empty: the installed ones. A:B names several folders.",
                               &tables_setting, "", PGC_SUSET, 0, NULL, NULL, NULL);
    MarkGUCPrefixReserved("dragoman");
    if (process_shared_preload_libraries_in_progress)
        open_coder(WARNING);
}

/* ---- one story ------------------------------------------------------------------------------ */

/* Whether CHECK_FOR_INTERRUPTS() would end the statement. */
static int is_cancelled(void *context)
{
    (void)context;
    return INTERRUPTS_CAN_BE_PROCESSED() && (QueryCancelPending || ProcDiePending);
}

static char *day_text(DateADT day)
{
    int year, month, of_month;
    if (DATE_NOT_FINITE(day))
        ereport(ERROR, errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                errmsg("the day of a story cannot be infinite"));
    j2date(day + POSTGRES_EPOCH_JDATE, &year, &month, &of_month);
    if (year < 1 || year > 9999)
        ereport(ERROR, errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                errmsg("the day of a story must be in the years 1 to 9999"));
    return psprintf("%04d-%02d-%02d", year, month, of_month);
}

static bool is_given(FunctionCallInfo fcinfo, int i)
{
    return PG_NARGS() > i && !PG_ARGISNULL(i);
}

/* From the arguments text, date, id, source, as many as there are. False: there is no text. */
static bool take_story(FunctionCallInfo fcinfo, dragoman_story *story)
{
    if (!is_given(fcinfo, 0))
        return false;
    story->text = utf8_of(PG_GETARG_TEXT_PP(0));
    story->n = strlen(story->text);
    if (is_given(fcinfo, 1))
        story->date = day_text(PG_GETARG_DATEADT(1));
    if (is_given(fcinfo, 2))
        story->id = utf8_of(PG_GETARG_TEXT_PP(2));
    if (is_given(fcinfo, 3))
        story->source = utf8_of(PG_GETARG_TEXT_PP(3));
    story->stop = is_cancelled;
    return true;
}

/* What the caller ends with dragoman_free(), whatever happens. */
static char *make(const dragoman_story *story)
{
    char message[DRAGOMAN_MESSAGE] = "";
    open_coder(ERROR);
    char *made = dragoman_make_with(coder, story, message);
    while (!made && is_cancelled(NULL)) {
        CHECK_FOR_INTERRUPTS(); /* as a rule does not return */
        made = dragoman_make_with(coder, story, message);
    }
    if (!made)
        ereport(ERROR, errcode(ERRCODE_DATA_EXCEPTION),
                errmsg("dragoman cannot code the story: %s",
                       text_to_cstring(text_of_utf8(message, strlen(message)))));
    return made;
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* In memory of its own, so that PG_FINALLY sees what PG_TRY did. */
typedef struct {
    sql_rows rows;
    sql_cell cell;
    char *made;
    Datum *values;
    bool *nulls;
} scan;

static void put_row(scan *s, const sql_table *table, ReturnSetInfo *into)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (!sql_cell_of(&s->rows, &table->columns[i], &s->cell))
            ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
        s->values[i] = datum_of_cell(&s->cell, &s->nulls[i]);
        sql_cell_done(&s->cell);
    }
    tuplestore_putvalues(into->setResult, into->setDesc, s->values, s->nulls);
}

static void put_rows(scan *s, const sql_table *table, const dragoman_story *story,
                     ReturnSetInfo *into)
{
    MemoryContext row =
        AllocSetContextCreate(CurrentMemoryContext, "dragoman row", ALLOCSET_DEFAULT_SIZES);
    MemoryContext before = MemoryContextSwitchTo(row);
    sql_rows_begin(&s->rows, table, s->made, story->text, story->n);
    while (sql_rows_next(&s->rows)) {
        CHECK_FOR_INTERRUPTS();
        put_row(s, table, into);
        MemoryContextReset(row);
    }
    MemoryContextSwitchTo(before);
    MemoryContextDelete(row);
    if (s->rows.failed)
        ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
}

/* Whether the function was made with the columns that it is given. A library may be newer than the
 * extension of a database: a yes or no in a column of texts would be taken for an address. */
static bool fits(const sql_table *table, TupleDesc made)
{
    bool good = (size_t)made->natts == table->n_columns;
    for (int i = 0; good && i < made->natts; i++)
        good = (TupleDescAttr(made, i)->atttypid == BOOLOID) == (table->columns[i].kind == SQL_YES);
    return good;
}

static Datum rows_of(FunctionCallInfo fcinfo, const sql_table *table)
{
    dragoman_story story = { .product = table->product };
    InitMaterializedSRF(fcinfo, 0);
    ReturnSetInfo *into = (ReturnSetInfo *)fcinfo->resultinfo;
    if (!fits(table, into->setDesc))
        ereport(ERROR, errcode(ERRCODE_INVALID_FUNCTION_DEFINITION),
                errmsg("%s is of another version than its library", table->name),
                errhint("ALTER EXTENSION dragoman UPDATE brings them together."));
    if (!take_story(fcinfo, &story) || !story.date)
        return (Datum)0;
    scan *s = palloc0(sizeof(*s));
    s->values = palloc0(sizeof(Datum) * table->n_columns);
    s->nulls = palloc0(sizeof(bool) * table->n_columns);
    s->made = make(&story);
    PG_TRY();
    {
        put_rows(s, table, &story, into);
    }
    PG_FINALLY();
    {
        sql_cell_done(&s->cell);
        sql_rows_end(&s->rows);
        dragoman_free(s->made);
    }
    PG_END_TRY();
    return (Datum)0;
}

Datum dragoman_sql_code(PG_FUNCTION_ARGS)
{
    return rows_of(fcinfo, &sql_tables[SQL_CODE]);
}

Datum dragoman_sql_quotes(PG_FUNCTION_ARGS)
{
    return rows_of(fcinfo, &sql_tables[SQL_QUOTES]);
}

/* ---- single values -------------------------------------------------------------------------- */

static Datum text_datum(const char *made)
{
    return PointerGetDatum(text_of_utf8(made, strlen(made)));
}

/* Lines of JSON as one array. */
static Datum array_datum(const char *made)
{
    StringInfoData all;
    initStringInfo(&all);
    appendStringInfoChar(&all, '[');
    for (const char *line = made; *line;) {
        size_t n = strcspn(line, "\n");
        appendBinaryStringInfo(&all, line, (int)n);
        line += n + (line[n] == '\n');
        if (*line)
            appendStringInfoChar(&all, ',');
    }
    appendStringInfoChar(&all, ']');
    return jsonb_of_utf8(all.data, (size_t)all.len);
}

static Datum value_of(const dragoman_story *story, Datum (*datum_of)(const char *made))
{
    char *made = make(story);
    volatile Datum value = (Datum)0;
    PG_TRY();
    {
        value = datum_of(made);
    }
    PG_FINALLY();
    {
        dragoman_free(made);
    }
    PG_END_TRY();
    return value;
}

Datum dragoman_sql_events_json(PG_FUNCTION_ARGS)
{
    dragoman_story story = { .product = DRAGOMAN_EVENTS };
    if (!take_story(fcinfo, &story) || !story.date)
        PG_RETURN_NULL();
    return value_of(&story, array_datum);
}

Datum dragoman_sql_explain(PG_FUNCTION_ARGS)
{
    dragoman_story story = { .product = DRAGOMAN_EXPLANATION };
    if (!take_story(fcinfo, &story))
        PG_RETURN_NULL();
    return value_of(&story, text_datum);
}

Datum dragoman_sql_version(PG_FUNCTION_ARGS)
{
    PG_RETURN_TEXT_P(cstring_to_text(dragoman_version()));
}
