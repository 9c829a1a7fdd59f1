/* Opening, batches, and what is there. */
#include "store/page.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- opening -------------------------------------------------------------------------------- */

static bool is_postgres(const char *where)
{
    dgm_view v = dgm_view_of(where);
    return dgm_view_starts(v, DGM_VIEW("postgresql://")) ||
           dgm_view_starts(v, DGM_VIEW("postgres://"));
}

static dgm_status open_engine(const char *where, bool to_read, dgm_sql **out, dgm_err *err)
{
    if (is_postgres(where)) {
#ifdef DGM_WITH_POSTGRES
        return dgm_postgres_open(where, out, err);
#else
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "this build has no PostgreSQL (libpq)");
#endif
    }
    return dgm_sqlite_open(where, to_read, out, err);
}

void dgm_store_name(const dgm_store *store, dgm_err *err)
{
    if (err && store->db && !err->file[0])
        (void)snprintf(err->file, sizeof err->file, "%s", store->db->name);
}

static dgm_status open_store(const char *where, bool to_read, dgm_store **out, dgm_err *err)
{
    dgm_store *store = calloc(1, sizeof(*store));
    if (!store)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the store");
    store->types = dgm_plover_types;
    dgm_status status = open_engine(where, to_read, &store->db, err);
    store->sums = dgm_sums_new();
    if (status == DGM_OK && !store->sums)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the store");
    if (status == DGM_OK)
        status = dgm_schema_update(store->db, to_read, err);
    if (status == DGM_OK)
        *out = store;
    else {
        dgm_store_name(store, err);
        dgm_store_free(store);
    }
    return status;
}

dgm_status dgm_store_open(const char *where, dgm_store **out, dgm_err *err)
{
    return open_store(where, false, out, err);
}

dgm_status dgm_store_open_to_read(const char *where, dgm_store **out, dgm_err *err)
{
    return open_store(where, true, out, err);
}

void dgm_store_set_types(dgm_store *store, const dgm_types *types)
{
    store->types = *types;
}

const dgm_types *dgm_store_types(const dgm_store *store)
{
    return &store->types;
}

void dgm_store_free(dgm_store *store)
{
    if (!store)
        return;
    if (store->db)
        store->db->engine->close(store->db);
    dgm_store_forget(store);
    dgm_sums_free(store->sums);
    dgm_store_use(store, NULL);
    free(store);
}

dgm_status dgm_store_limit(dgm_store *store, double seconds, dgm_err *err)
{
    return store->db->engine->limit(store->db, seconds, err);
}

bool dgm_store_stopped(dgm_store *store)
{
    bool stopped = store->db->stopped;
    store->db->stopped = false;
    return stopped;
}

void dgm_store_interrupt(dgm_store *store)
{
    store->db->engine->interrupt(store->db);
}

/* ---- batches -------------------------------------------------------------------------------- */

/* One writer at a time: it numbers stories and events onwards from the last. */
dgm_status dgm_store_begin(dgm_store *store, dgm_err *err)
{
    dgm_status status =
        dgm_sql_script(store->db,
                       store->db->engine->is_postgres ? "BEGIN; SELECT pg_advisory_xact_lock(7041)"
                                                      : "BEGIN IMMEDIATE",
                       err);
    if (status == DGM_OK)
        status = dgm_sql_number(store->db, "SELECT coalesce(max(story), 0) FROM stories", NULL, 0,
                                &store->story, err);
    if (status == DGM_OK)
        status = dgm_sql_number(store->db, "SELECT coalesce(max(event), 0) FROM events", NULL, 0,
                                &store->event, err);
    dgm_map_free(store->kinds); /* others may have found new ones */
    dgm_map_free(store->splits);
    store->kinds = store->splits = NULL;
    dgm_sums_clear(store->sums); /* there may have been no memory for new ones */
    store->in_batch = true;
    if (status != DGM_OK)
        dgm_store_rollback(store);
    return status;
}

static void set_bulk(dgm_store *store, bool on)
{
    store->bulk = on;
    if (store->db->engine->bulk)
        store->db->engine->bulk(store->db, on);
}

dgm_status dgm_store_begin_bulk(dgm_store *store, dgm_err *err)
{
    dgm_status status = dgm_store_begin(store, err);
    if (status == DGM_OK)
        set_bulk(store, true);
    return status;
}

dgm_status dgm_store_commit(dgm_store *store, dgm_err *err)
{
    dgm_status status = dgm_sums_write(store->sums, store->db, err);
    if (status == DGM_OK)
        status = dgm_sql_script(store->db, "COMMIT", err);
    if (status != DGM_OK)
        dgm_store_rollback(store);
    set_bulk(store, false);
    store->in_batch = false;
    return status;
}

void dgm_store_rollback(dgm_store *store)
{
    dgm_err ignored;
    if (!store->in_batch)
        return;
    store->in_batch = false;
    set_bulk(store, false);
    dgm_store_forget(store);
    dgm_sums_clear(store->sums);
    /* A pipeline that failed answers its errors first. */
    if (dgm_sql_script(store->db, "ROLLBACK", &ignored) != DGM_OK)
        (void)!dgm_sql_script(store->db, "ROLLBACK", &ignored);
}

dgm_status dgm_store_run(dgm_store *store, const char *version, const char *tables, int64_t *run,
                         dgm_err *err)
{
    const dgm_cell key[] = { dgm_text(dgm_view_of(version)), dgm_text(dgm_view_of(tables)) };
    int64_t found = 0, last = 0;
    char begun[DGM_UTC];
    dgm_utc(time(NULL), begun);
    dgm_status status = dgm_sql_number(
        store->db, "SELECT run FROM runs WHERE version = ? AND tables = ?", key, 2, &found, err);
    if (status == DGM_OK && found == 0)
        status = dgm_sql_number(store->db, "SELECT coalesce(max(run), 0) FROM runs", NULL, 0, &last,
                                err);
    if (status == DGM_OK && found == 0) {
        found = last + 1;
        status =
            DGM_DO(store->db, "INSERT INTO runs (run, version, tables, begun) VALUES (?, ?, ?, ?)",
                   err, dgm_int(found), key[0], key[1], dgm_text(dgm_view_of(begun)));
    }
    if (status == DGM_OK)
        *run = found;
    return status;
}

/* ---- what is there -------------------------------------------------------------------------- */

typedef struct {
    int64_t story;
    char tables[33];
} there;

static bool take_there(void *context, const dgm_cell *cells, uint32_t n)
{
    there *t = context;
    t->story = cells[0].integer;
    if (n > 1)
        snprintf(t->tables, sizeof t->tables, "%.*s", DGM_FMT(cells[1].text));
    return false;
}

static dgm_status find(dgm_store *store, dgm_view hash, there *out, dgm_err *err)
{
    const dgm_cell key[] = { dgm_text(hash) };
    return dgm_sql_ask(store->db,
                       "SELECT s.story, r.tables FROM stories s JOIN runs r ON r.run = s.run"
                       " WHERE s.hash = ?",
                       key, 1, take_there, out, err);
}

dgm_status dgm_store_has(dgm_store *store, const dgm_story_hash *hash, char *tables, dgm_err *err)
{
    there t = { 0 };
    dgm_status status = find(store, dgm_view_of(hash->text), &t, err);
    if (status != DGM_OK || t.story == 0)
        return status == DGM_OK ? DGM_END : status;
    if (tables)
        memcpy(tables, t.tables, sizeof t.tables);
    return DGM_OK;
}
