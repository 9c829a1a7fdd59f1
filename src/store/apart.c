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

typedef struct {
    dgm_map *map;
    bool failed; /* else what is not known would count as what it was split from */
} splits_known;

static bool take_split(void *context, const dgm_cell *cells, uint32_t n)
{
    splits_known *splits = context;
    (void)n;
    splits->failed =
        dgm_map_set(splits->map, cells[0].text, hash_of(cells[1].text), NULL) != DGM_OK;
    return !splits->failed;
}

dgm_status dgm_store_know_splits(dgm_store *store, dgm_err *err)
{
    if (store->splits)
        return DGM_OK;
    splits_known splits = { .map = dgm_map_new() };
    dgm_status status = splits.map ? dgm_sql_ask(store->db, "SELECT one, other FROM splits", NULL,
                                                 0, take_split, &splits, err)
                                   : DGM_OK;
    if (status == DGM_OK && (!splits.map || splits.failed))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for splits");
    if (status == DGM_OK)
        store->splits = splits.map;
    else
        dgm_map_free(splits.map);
    return status;
}

int64_t dgm_store_same(const dgm_store *store, dgm_view event_id, int64_t same)
{
    uint32_t hash = store->splits ? dgm_map_get(store->splits, event_id) : DGM_NONE;
    return hash == DGM_NONE ? same : number_of(hash);
}
