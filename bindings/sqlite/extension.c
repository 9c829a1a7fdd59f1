/* The extension's entry, and a connection's way to the library. docs/sql.md is its manual. */
#include "extension.h"

#include <string.h>

SQLITE_EXTENSION_INIT1

void connection_leave(void *p)
{
    connection *c = p;
    if (--c->n_users > 0)
        return;
    knowledge_leave(c->k);
    sqlite3_free(c);
}

/* A statement does not begin to run on a connection that is interrupted. There is a function that
 * tells it, but only since 3.41. */
static int is_interrupted(void *context)
{
    interruption *in = context;
    if (in->ask) {
        in->interrupted = sqlite3_step(in->ask) == SQLITE_INTERRUPT;
        (void)sqlite3_reset(in->ask);
    }
    return in->interrupted;
}

/* NULL: there is none, or no memory. */
static const char *text_of(sqlite3_value *value)
{
    return value ? (const char *)sqlite3_value_text(value) : NULL;
}

char *connection_make(connection *c, dragoman_product product, const sql_story *given,
                      interruption *in, char message[DRAGOMAN_MESSAGE])
{
    in->interrupted = false;
    if (sqlite3_value_type(given->text) == SQLITE_BLOB) {
        sqlite3_snprintf(DRAGOMAN_MESSAGE, message, "the story is a BLOB, not a text");
        return NULL;
    }
    if (!c->k && !(c->k = knowledge_take(NULL, message)))
        return NULL;
    dragoman_story story = { .product = product, .stop = is_interrupted, .context = in };
    story.text = text_of(given->text);
    story.n = (size_t)sqlite3_value_bytes(given->text);
    story.date = text_of(given->date);
    story.id = text_of(given->id);
    story.source = text_of(given->source);
    if (!story.text) {
        sqlite3_snprintf(DRAGOMAN_MESSAGE, message, "no memory for a story");
        return NULL;
    }
    return dragoman_make_with(knowledge_coder(c->k), &story, message);
}

#ifdef _WIN32
__declspec(dllexport)
#else
__attribute__((visibility("default")))
#endif
    int sqlite3_dragoman_init(sqlite3 *db, char **error, const sqlite3_api_routines *api);

int sqlite3_dragoman_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api);
    (void)error;
    connection *c = sqlite3_malloc(sizeof(*c));
    if (!c)
        return SQLITE_NOMEM;
    *c = (connection) { .db = db, .n_users = 1 };
    int code = tables_register(c);
    if (code == SQLITE_OK)
        code = functions_register(c);
    connection_leave(c);
    /* The knowledge outlives the connection that wanted it first, and so must this code. */
    return code == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : code;
}
