/* What events count as that were split off, when they are and when their story is coded again. */
#include "store/sql.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* What events that were split off together count as: below every number that stands for an event
 * like no other, and never that of a link. */
static int64_t number_of(dgm_view group)
{
    return -(int64_t)(XXH3_64bits(group.p, group.n) >> 16 | (uint64_t)1 << 48);
}

dgm_status dgm_store_set_apart(dgm_store *store, dgm_view event_id, dgm_view group, dgm_err *err)
{
    return DGM_DO(store->db, "UPDATE events SET same = ? WHERE event_id = ?", err,
                  dgm_int(number_of(group)), dgm_text(event_id));
}

typedef struct {
    char ids[64][2][40]; /* event_id, its group */
    uint32_t n;
} kept_apart;

static bool take_pair(void *context, const dgm_cell *cells, uint32_t n)
{
    kept_apart *k = context;
    for (uint32_t i = 0; i < 2 && i < n; i++)
        snprintf(k->ids[k->n][i], sizeof k->ids[k->n][i], "%.*s", DGM_FMT(cells[i].text));
    return ++k->n < DGM_LEN(k->ids);
}

dgm_status dgm_store_keep_apart(dgm_store *store, int64_t story, dgm_err *err)
{
    kept_apart k = { .n = 0 };
    const dgm_cell key = dgm_int(story);
    dgm_status status = dgm_sql_ask(store->db,
                                    "SELECT p.one, p.other FROM events e JOIN splits p"
                                    " ON p.one = e.event_id WHERE e.story = ?",
                                    &key, 1, take_pair, &k, err);
    for (uint32_t i = 0; i < k.n && status == DGM_OK; i++)
        status =
            dgm_store_set_apart(store, dgm_view_of(k.ids[i][0]), dgm_view_of(k.ids[i][1]), err);
    return status;
}
