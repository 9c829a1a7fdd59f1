/* Links that somebody took apart: events that count as one because they are coded alike, and are
 * not. What was split is kept by its event_id and stays so when its story is coded again. */
#include "store/links.h"
#include "store/marks.h"
#include "store/page.h"
#include "store/sql.h"

#include <string.h>
#include <time.h>

static dgm_status check_event(dgm_store *store, dgm_view event_id, dgm_err *err)
{
    int64_t n = 0;
    const dgm_cell id = dgm_text(event_id);
    dgm_status status = dgm_sql_number(store->db, "SELECT count(*) FROM events WHERE event_id = ?",
                                       &id, 1, &n, err);
    return status == DGM_OK && n == 0 ? dgm_fail(err, DGM_EUSAGE, NULL, 0,
                                                 "the store has no event '%.*s'", DGM_FMT(event_id))
                                      : status;
}

static dgm_status split_one(dgm_store *store, dgm_view event_id, dgm_view group, dgm_view by,
                            dgm_err *err)
{
    char now[DGM_UTC];
    dgm_utc(time(NULL), now);
    dgm_status status = check_event(store, event_id, err);
    if (status == DGM_OK)
        status = DGM_DO(store->db, "DELETE FROM splits WHERE one = ?", err, dgm_text(event_id));
    if (status == DGM_OK)
        status = DGM_DO(
            store->db, "INSERT INTO splits (one, other, split_by, split) VALUES (?, ?, ?, ?)", err,
            dgm_text(event_id), dgm_text(group), dgm_text(by), dgm_text(dgm_view_of(now)));
    return status == DGM_OK ? dgm_store_set_apart(store, event_id, group, err) : status;
}

/* ---- taken back ----------------------------------------------------------------------------- */

typedef struct {
    int64_t at[64];
    uint32_t n;
} numbers;

static bool take_number(void *context, const dgm_cell *cells, uint32_t n)
{
    numbers *found = context;
    (void)n;
    found->at[found->n++] = cells[0].integer;
    return found->n < DGM_LEN(found->at);
}

typedef struct {
    dgm_store *store;
    dgm_status status;
    dgm_err *err;
} joining;

/* As its record has it. */
static bool join_record(void *context, int64_t event, int64_t story, const dgm_record *r)
{
    joining *j = context;
    int64_t same = dgm_same_event(r);
    (void)story;
    j->status = DGM_DO(j->store->db, "UPDATE events SET same = ? WHERE event = ?", j->err,
                       dgm_int(same ? same : -event), dgm_int(event));
    return j->status == DGM_OK;
}

static dgm_status join_one(dgm_store *store, dgm_view event_id, dgm_err *err)
{
    int64_t n = 0;
    numbers events = { .n = 0 };
    joining j = { .store = store, .err = err };
    const dgm_cell id = dgm_text(event_id);
    dgm_status status =
        dgm_sql_number(store->db, "SELECT count(*) FROM splits WHERE one = ?", &id, 1, &n, err);
    if (status == DGM_OK && n == 0)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "event '%.*s' is not split from any",
                        DGM_FMT(event_id));
    if (status == DGM_OK)
        status = DGM_DO(store->db, "DELETE FROM splits WHERE one = ?", err, id);
    if (status == DGM_OK)
        status = dgm_sql_ask(store->db, "SELECT event FROM events WHERE event_id = ?", &id, 1,
                             take_number, &events, err);
    if (status == DGM_OK)
        status = dgm_page_records(store, events.at, events.n, join_record, &j, err);
    return status == DGM_OK ? j.status : status;
}

/* ---- for users ------------------------------------------------------------------------------ */

dgm_status dgm_store_split(dgm_store *store, const dgm_view *event_ids, uint32_t n, bool undo,
                           dgm_view by, dgm_err *err)
{
    dgm_status status = dgm_store_begin(store, err);
    if (status != DGM_OK)
        return status;
    for (uint32_t i = 0; i < n && status == DGM_OK; i++)
        status = undo ? join_one(store, event_ids[i], err)
                      : split_one(store, event_ids[i], event_ids[0], by, err);
    if (status == DGM_OK)
        return dgm_store_commit(store, err);
    dgm_store_rollback(store);
    return status;
}

const char *const dgm_split_columns[] = { "event_id",   "told_with", "event_type", "text",
                                          "story_date", "source",    "by",         "split" };
const uint32_t dgm_n_split_columns = DGM_LEN(dgm_split_columns);

dgm_status dgm_store_splits(dgm_store *store, dgm_row_out_fn fn, void *context, dgm_err *err)
{
    static const char sql[] =
        "SELECT p.one, p.other, e.type, e.trigger_words, s.date, s.source, p.split_by, p.split"
        " FROM splits p LEFT JOIN events e ON e.event_id = p.one"
        " LEFT JOIN stories s ON s.story = e.story ORDER BY p.split, p.other, p.one";
    return dgm_sql_ask(store->db, sql, NULL, 0, fn, context, err);
}
