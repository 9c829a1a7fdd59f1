/* The number that events which were split off together count as, and who has one. */
#include "store/sql.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static uint32_t hash_of(dgm_view group)
{
    return (uint32_t)(XXH3_64bits(group.p, group.n) >> 33);
}

/* Below 0, as no number of what a story tells is. */
static int64_t number_of(uint32_t hash)
{
    return -(int64_t)((uint64_t)1 << 48 | hash);
}

bool dgm_is_apart(int64_t same)
{
    return same <= -((int64_t)1 << 48);
}

dgm_status dgm_store_set_apart(dgm_store *store, dgm_view event_id, dgm_view group, dgm_err *err)
{
    return DGM_DO(store->db, "UPDATE events SET same = ? WHERE event_id = ?", err,
                  dgm_int(number_of(hash_of(group))), dgm_text(event_id));
}

static bool put_split(dgm_map *splits, const dgm_cell *cells)
{
    return dgm_map_set(splits, cells[0].text, hash_of(cells[1].text), NULL) == DGM_OK;
}

dgm_status dgm_store_know_splits(dgm_store *store, dgm_err *err)
{
    return store->splits ? DGM_OK
                         : dgm_sql_know(store->db, "SELECT one, other FROM splits", "splits",
                                        put_split, &store->splits, err);
}

int64_t dgm_store_same(const dgm_store *store, dgm_view event_id, int64_t same)
{
    uint32_t hash = store->splits ? dgm_map_get(store->splits, event_id) : DGM_NONE;
    return hash == DGM_NONE ? same : number_of(hash);
}
