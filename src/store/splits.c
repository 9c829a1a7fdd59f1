/* Links that somebody took apart: events that count as one because they are told alike, and are
 * not. What was split is kept by its event_id and stays so when its story is coded again. */
#include "store/marks.h"
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

/* A name that no other group has. */
static dgm_status name_group(dgm_store *store, dgm_view event_id, char out[80], dgm_err *err)
{
    int64_t n = 1;
    dgm_status status = DGM_OK;
    for (uint32_t k = 0; status == DGM_OK && n > 0; k++) {
        snprintf(out, 80, k ? "%.*s.%u" : "%.*s", (int)DGM_MIN(event_id.n, 64), event_id.p, k);
        const dgm_cell name = dgm_text(dgm_view_of(out));
        status = dgm_sql_number(store->db, "SELECT count(*) FROM splits WHERE other = ?", &name, 1,
                                &n, err);
    }
    return status;
}

static dgm_status split_one(dgm_store *store, dgm_view event_id, dgm_view group, dgm_view by,
                            dgm_err *err)
{
    char now[DGM_UTC];
    dgm_utc(time(NULL), now);
    dgm_status status =
        DGM_DO(store->db, "INSERT INTO splits (one, other, split_by, split) VALUES (?, ?, ?, ?)",
               err, dgm_text(event_id), dgm_text(group), dgm_text(by), dgm_text(dgm_view_of(now)));
    return status == DGM_OK ? dgm_store_set_apart(store, event_id, group, err) : status;
}

static dgm_status split_all(dgm_store *store, const dgm_split *split, dgm_err *err)
{
    char group[80] = "";
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < split->n && status == DGM_OK; i++) {
        status = check_event(store, split->event_ids[i], err);
        if (status == DGM_OK)
            status = DGM_DO(store->db, "DELETE FROM splits WHERE one = ?", err,
                            dgm_text(split->event_ids[i]));
    }
    for (uint32_t i = 0; i < split->n && status == DGM_OK; i++) {
        bool again = false; /* one that is given twice */
        for (uint32_t j = 0; j < i; j++)
            again = again || dgm_view_eq(split->event_ids[j], split->event_ids[i]);
        if (again)
            continue;
        if (i == 0 || !split->together)
            status = name_group(store, split->event_ids[i], group, err);
        if (status == DGM_OK)
            status = split_one(store, split->event_ids[i], dgm_view_of(group), split->by, err);
    }
    return status;
}

/* ---- taken back ----------------------------------------------------------------------------- */

/* What it counts as is then found again. */
static dgm_status join_one(dgm_store *store, dgm_view event_id, dgm_err *err)
{
    int64_t n = 0;
    const dgm_cell id = dgm_text(event_id);
    dgm_status status =
        dgm_sql_number(store->db, "SELECT count(*) FROM splits WHERE one = ?", &id, 1, &n, err);
    if (status == DGM_OK && n == 0)
        status = dgm_fail(err, DGM_EUSAGE, NULL, 0, "event '%.*s' is not split from any",
                          DGM_FMT(event_id));
    if (status == DGM_OK)
        status = DGM_DO(store->db, "DELETE FROM splits WHERE one = ?", err, id);
    return status == DGM_OK
               ? DGM_DO(store->db, "UPDATE events SET same = told WHERE event_id = ?", err, id)
               : status;
}

/* ---- for users ------------------------------------------------------------------------------ */

dgm_status dgm_store_split(dgm_store *store, const dgm_split *split, dgm_err *err)
{
    dgm_status status = dgm_store_begin(store, err);
    if (status != DGM_OK)
        return status;
    if (!split->undo)
        status = split_all(store, split, err);
    for (uint32_t i = 0; split->undo && i < split->n && status == DGM_OK; i++)
        status = join_one(store, split->event_ids[i], err);
    for (uint32_t i = 0; i < split->n && status == DGM_OK; i++)
        status = dgm_store_unlink(store, split->event_ids[i], err);
    if (status == DGM_OK)
        status = dgm_store_commit(store, err);
    else
        dgm_store_rollback(store);
    return status == DGM_OK ? dgm_store_link(store, err) : status;
}

const char *const dgm_split_columns[] = { "event_id",   "told_with", "event_type", "text",
                                          "story_date", "source",    "by",         "split" };
const uint32_t dgm_n_split_columns = DGM_LEN(dgm_split_columns);

/* A group has the name of an event that may have left it; then another of its events names it. */
dgm_status dgm_store_splits(dgm_store *store, dgm_row_out_fn fn, void *context, dgm_err *err)
{
    static const char sql[] =
        "SELECT p.one, COALESCE(g.named, g.least), e.type, e.trigger_words, s.date, s.source,"
        " p.split_by, p.split"
        " FROM splits p JOIN (SELECT other, MIN(one) AS least,"
        " MIN(CASE WHEN one = other THEN one END) AS named FROM splits GROUP BY other) g"
        " ON g.other = p.other LEFT JOIN events e ON e.event_id = p.one"
        " LEFT JOIN stories s ON s.story = e.story ORDER BY p.split, p.other, p.one";
    return dgm_sql_ask(store->db, sql, NULL, 0, fn, context, err);
}
