/* The scalar functions. */
#include "extension.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

static void version(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    (void)argc, (void)argv;
    sqlite3_result_text(context, dragoman_version(), -1, SQLITE_STATIC);
}

/* dragoman_tables(FOLDER): this connection codes with these tables from now on; NULL: with the
 * default ones. */
static void use_tables(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    (void)argc;
    connection *c = sqlite3_user_data(context);
    char message[DRAGOMAN_MESSAGE] = "";
    const char *tables = (const char *)sqlite3_value_text(argv[0]);
    if (!tables && sqlite3_value_type(argv[0]) != SQLITE_NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    knowledge *k = knowledge_take(tables, message);
    if (!k) {
        sqlite3_result_error(context, message, -1);
        return;
    }
    knowledge_leave(c->k);
    c->k = k;
    sqlite3_result_value(context, argv[0]);
}

/* The text made of the story, which the caller ends; NULL: the result is set. */
static char *make(sqlite3_context *context, dragoman_product product, int argc,
                  sqlite3_value **argv)
{
    connection *c = sqlite3_user_data(context);
    char message[DRAGOMAN_MESSAGE] = "";
    const sql_story story = { argv[0], argc > 1 ? argv[1] : NULL, argc > 2 ? argv[2] : NULL,
                              argc > 3 ? argv[3] : NULL };
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
        return NULL;
    interruption in = { .ask = NULL };
    (void)sqlite3_prepare_v2(c->db, "SELECT 1", -1, &in.ask, NULL);
    char *made = connection_make(c, product, &story, &in, message);
    sqlite3_finalize(in.ask);
    if (!made && in.interrupted)
        sqlite3_result_error_code(context, SQLITE_INTERRUPT);
    else if (!made)
        sqlite3_result_error(context, message, -1);
    return made;
}

static void explain(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    char *made = make(context, DRAGOMAN_EXPLANATION, argc, argv);
    if (made)
        sqlite3_result_text64(context, made, strlen(made), SQLITE_TRANSIENT, SQLITE_UTF8);
    dragoman_free(made);
}

/* The events as one array, for json_each() and for tools that know no tables as functions. */
static void events_json(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    enum { IS_JSON = 'J' }; /* the subtype of SQLite's own JSON functions */
    if (sqlite3_value_type(argv[1]) == SQLITE_NULL)
        return;
    char *made = make(context, DRAGOMAN_EVENTS, argc, argv);
    if (!made)
        return;
    sqlite3_str *all = sqlite3_str_new(sqlite3_context_db_handle(context));
    sqlite3_str_appendchar(all, 1, '[');
    for (const char *line = made; *line;) {
        size_t n = strcspn(line, "\n");
        sqlite3_str_append(all, line, (int)n);
        line += n + (line[n] == '\n');
        if (*line)
            sqlite3_str_appendchar(all, 1, ',');
    }
    sqlite3_str_appendchar(all, 1, ']');
    int code = sqlite3_str_errcode(all), n = sqlite3_str_length(all);
    char *text = sqlite3_str_finish(all);
    if (code != SQLITE_OK)
        sqlite3_result_error_code(context, code);
    else
        sqlite3_result_text(context, text, n, SQLITE_TRANSIENT);
    sqlite3_result_subtype(context, IS_JSON);
    sqlite3_free(text);
    dragoman_free(made);
}

/* None is SQLITE_DETERMINISTIC, since tables and versions change: what they say is not to be kept
 * in an index. */
static const struct {
    const char *name;
    int n;
    int flags;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
} functions[] = {
    { "dragoman_version", 0, SQLITE_INNOCUOUS, version },
    { "dragoman_tables", 1, SQLITE_DIRECTONLY, use_tables },
    { "dragoman_explain", 1, SQLITE_INNOCUOUS, explain },
    { "dragoman_explain", 2, SQLITE_INNOCUOUS, explain },
    { "dragoman_events_json", 2, SQLITE_INNOCUOUS, events_json },
    { "dragoman_events_json", 3, SQLITE_INNOCUOUS, events_json },
    { "dragoman_events_json", 4, SQLITE_INNOCUOUS, events_json },
};

int functions_register(connection *c)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        c->n_users++;
        int code = sqlite3_create_function_v2(c->db, functions[i].name, functions[i].n,
                                              SQLITE_UTF8 | functions[i].flags, c,
                                              functions[i].call, NULL, NULL, connection_leave);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}
