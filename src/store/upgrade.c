/* Stores of version 3: their events are read from the records, which say everything, and stored
 * anew, under numbers that follow the order of their stories. Those of version 4 are told apart by
 * story, and all of their days are linked anew. */
#include "store/packed.h"
#include "store/sql.h"

enum { STORIES_AT_ONCE = 200 };

typedef struct {
    dgm_store store;
    int64_t story; /* in hand; 0: none */
    dgm_arena *arena;
    DGM_ARRAY(dgm_record) records;
    dgm_buffer lines, text;
    dgm_status status;
    dgm_err *err;
} upgrade;

static void finish_story(upgrade *u)
{
    dgm_buffer packed = { 0 };
    if (u->story == 0 || u->status != DGM_OK)
        return;
    dgm_pack_events(u->records.at, u->records.n, (dgm_view) { u->lines.p, u->lines.n },
                    (dgm_view) { u->text.p, u->text.n }, &packed);
    u->status =
        packed.failed || u->lines.failed || u->text.failed
            ? dgm_fail(u->err, DGM_ENOMEM, NULL, 0, "no memory for a story")
            : dgm_store_put_events(&u->store, u->story, (dgm_view) { packed.p, packed.n }, u->err);
    dgm_buffer_done(&packed);
    dgm_arena_reset(u->arena);
    u->records.at = NULL;
    u->records.n = u->records.cap = 0;
    u->lines.n = 0;
}

/* Cells: story, record, the story's text, in the order of stories and of events. */
static bool take_record(void *context, const dgm_cell *cells, uint32_t n)
{
    upgrade *u = context;
    (void)n;
    if (cells[0].integer != u->story) {
        finish_story(u);
        u->story = cells[0].integer;
        u->text.n = 0;
        dgm_buffer_put(&u->text, cells[2].text);
    }
    if (u->status != DGM_OK)
        return false;
    dgm_record *record = dgm_push(u->arena, &u->records);
    u->status = record ? dgm_record_read(cells[1].text, u->arena, record, u->err)
                       : dgm_fail(u->err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    dgm_buffer_put(&u->lines, cells[1].text);
    if (cells[1].text.n > 0 && cells[1].text.p[cells[1].text.n - 1] != '\n')
        dgm_buffer_put(&u->lines, DGM_VIEW("\n"));
    return u->status == DGM_OK;
}

static bool take_text(void *context, const dgm_cell *cells, uint32_t n)
{
    upgrade *u = context;
    dgm_buffer packed = { 0 };
    (void)n;
    u->story = cells[0].integer;
    dgm_pack_likeness(cells[3].text, &packed);
    u->status = packed.failed ? dgm_fail(u->err, DGM_ENOMEM, NULL, 0, "no memory for a story")
                              : dgm_store_put_likeness(&u->store, u->story, cells[1].integer,
                                                       dgm_cell_text(&cells[2]),
                                                       (dgm_view) { packed.p, packed.n }, u->err);
    dgm_buffer_done(&packed);
    return u->status == DGM_OK;
}

/* So many stories at once that neither engine holds all of a store in memory. */
static dgm_status walk(upgrade *u, int64_t last, const char *sql, dgm_row_out_fn fn)
{
    dgm_status status = DGM_OK;
    for (int64_t from = 0; from < last && status == DGM_OK; from += STORIES_AT_ONCE) {
        const dgm_cell range[] = { dgm_int(from), dgm_int(from + STORIES_AT_ONCE) };
        u->story = 0;
        status = dgm_sql_ask(u->store.db, sql, range, DGM_LEN(range), fn, u, u->err);
        if (fn == take_record && status == DGM_OK)
            finish_story(u);
        if (status == DGM_OK)
            status = u->status;
    }
    return status;
}

static dgm_status upgrade_3(dgm_sql *db, dgm_err *err)
{
    static const char texts[] = "SELECT story, original, date, text FROM stories"
                                " WHERE story > ? AND story <= ? ORDER BY story";
    static const char records[] =
        "SELECT e.story, r.record, s.text FROM events_3 e JOIN records_3 r ON r.event = e.event"
        " JOIN stories s ON s.story = e.story"
        " WHERE e.story > ? AND e.story <= ?"
        " ORDER BY e.story, e.event";
    upgrade u = { .store = { .db = db, .sums = dgm_sums_new() },
                  .arena = dgm_arena_new(),
                  .err = err };
    int64_t last = 0;
    dgm_status status =
        u.arena && u.store.sums
            ? dgm_sql_number(db, "SELECT max(story) FROM stories", NULL, 0, &last, err)
            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the store");
    if (status == DGM_OK)
        status = walk(&u, last, texts, take_text);
    if (status == DGM_OK)
        status = dgm_sql_script(db, "CREATE INDEX events_3_story ON events_3 (story)", err);
    if (status == DGM_OK)
        status = walk(&u, last, records, take_record);
    if (status == DGM_OK)
        status = dgm_sums_write(u.store.sums, db, err);
    if (status == DGM_OK)
        status = dgm_sql_script(db, "DROP TABLE events_3; DROP TABLE records_3", err);
    dgm_store_forget(&u.store);
    dgm_sums_free(u.store.sums);
    dgm_buffer_done(&u.text);
    dgm_buffer_done(&u.lines);
    dgm_arena_free(u.arena);
    return status;
}

/* What counted as one is one in its story, and by links of the new kind across stories. */
static dgm_status upgrade_4(dgm_sql *db, dgm_err *err)
{
    return dgm_sql_script(
        db,
        "UPDATE events SET told = (SELECT min(o.event) FROM events o WHERE o.story = events.story"
        " AND o.same = events.same);"
        "UPDATE events SET same = told WHERE same > -281474976710656;" /* not split off */
        "INSERT INTO unlinked (day) SELECT DISTINCT day FROM events WHERE day IS NOT NULL",
        err);
}

dgm_status dgm_store_upgrade_5(dgm_sql *db, dgm_err *err)
{
    int64_t is_3 = 0;
    dgm_status status =
        dgm_sql_number(db,
                       db->engine->is_postgres
                           ? "SELECT CASE WHEN to_regclass('events_3') IS NULL THEN 0 ELSE 1 END"
                           : "SELECT count(*) FROM sqlite_master WHERE name = 'events_3'",
                       NULL, 0, &is_3, err);
    if (status != DGM_OK)
        return status;
    return is_3 ? upgrade_3(db, err) : upgrade_4(db, err);
}
