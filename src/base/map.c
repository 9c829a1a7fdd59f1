/* Open addressing with linear probing over insertion-ordered entries; hashed by seeded xxHash, so
 * that a table of knowledge cannot be built to collide by someone who does not know the seed. A
 * slot has half of the hash, so that most keys which are not there are known by their slot alone.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

typedef struct {
    const char *key;
    uint32_t key_n, value;
} entry;

typedef struct {
    uint32_t entry; /* its index + 1; 0: free */
    uint32_t hash;
} map_slot;

struct dgm_map {
    dgm_arena *keys;
    char *room; /* for further keys, which stand close together */
    size_t room_n, next_room;
    entry *entries;
    uint32_t n, cap;
    map_slot *slots;
    uint32_t n_slots;
};

uint64_t dgm_hash(dgm_view v)
{
    return XXH3_64bits_withSeed(v.p, v.n, UINT64_C(0x647261676f6d616e));
}

dgm_map *dgm_map_new(void)
{
    dgm_map *map = calloc(1, sizeof(*map));
    if (map && !(map->keys = dgm_arena_new())) {
        free(map);
        map = NULL;
    }
    return map;
}

void dgm_map_free(dgm_map *map)
{
    if (!map)
        return;
    dgm_arena_free(map->keys);
    free(map->entries);
    free(map->slots);
    free(map);
}

/* The slot of key, or the free slot where it belongs. n_slots is a power of two, never full. */
static uint32_t find_slot(const dgm_map *map, dgm_view key, uint32_t hash)
{
    uint32_t mask = map->n_slots - 1, i = hash & mask;
    for (; map->slots[i].entry; i = (i + 1) & mask) {
        if (map->slots[i].hash != hash)
            continue;
        const entry *e = &map->entries[map->slots[i].entry - 1];
        if (e->key_n == key.n && memcmp(e->key, key.p, key.n) == 0)
            break;
    }
    return i;
}

static bool grow(dgm_map *map)
{
    if (map->cap > UINT32_MAX / 4)
        return false;
    uint32_t cap = map->cap ? map->cap * 2 : 16, n_slots = cap * 2, mask = n_slots - 1;
    entry *entries = realloc(map->entries, cap * sizeof(*entries));
    if (!entries)
        return false;
    map->entries = entries;
    map_slot *slots = calloc(n_slots, sizeof(*slots));
    if (!slots)
        return false;
    dgm_take_pages(slots, n_slots * sizeof(*slots));
    for (uint32_t i = 0; i < map->n_slots; i++) {
        uint32_t at = map->slots[i].hash & mask;
        if (!map->slots[i].entry)
            continue;
        while (slots[at].entry)
            at = (at + 1) & mask;
        slots[at] = map->slots[i];
    }
    free(map->slots);
    map->slots = slots;
    map->n_slots = n_slots;
    map->cap = cap;
    return true;
}

/* A copy of the key with a NUL behind it. */
static const char *keep(dgm_map *map, dgm_view key)
{
    enum { FIRST_ROOM = 256, LARGEST_ROOM = 16 << 10 };
    char *copy = map->room;
    if (key.n >= map->room_n) {
        size_t size = DGM_MAX(map->next_room, FIRST_ROOM);
        map->next_room = DGM_MIN(size * 2, LARGEST_ROOM);
#ifdef DGM_ARENA_MALLOC
        size = 0;
#endif
        size = DGM_MAX(size, key.n + 1);
        if (!(copy = dgm_arena_alloc(map->keys, size, 1)))
            return NULL;
        map->room_n = size;
    }
    if (key.n > 0)
        memcpy(copy, key.p, key.n);
    map->room = copy + key.n + 1;
    map->room_n -= key.n + 1;
    return copy;
}

/* The entry of a key, which is made with the value where there is none. NULL: no memory. */
static entry *entry_of(dgm_map *map, dgm_view key, uint32_t value)
{
    if (key.n > UINT32_MAX || (map->n == map->cap && !grow(map)))
        return NULL;
    uint32_t hash = (uint32_t)dgm_hash(key), slot = find_slot(map, key, hash);
    if (map->slots[slot].entry)
        return &map->entries[map->slots[slot].entry - 1];
    const char *copy = keep(map, key);
    if (!copy)
        return NULL;
    entry *e = &map->entries[map->n];
    *e = (entry) { .key = copy, .key_n = (uint32_t)key.n, .value = value };
    map->slots[slot] = (map_slot) { .entry = ++map->n, .hash = hash };
    return e;
}

dgm_status dgm_map_set(dgm_map *map, dgm_view key, uint32_t value, uint32_t *old)
{
    uint32_t before = map->n;
    entry *e = entry_of(map, key, value);
    if (!e)
        return DGM_ENOMEM;
    if (old)
        *old = map->n > before ? DGM_NONE : e->value;
    e->value = value;
    return DGM_OK;
}

dgm_status dgm_map_add(dgm_map *map, dgm_view key, uint32_t value, uint32_t *now)
{
    const entry *e = entry_of(map, key, value);
    if (e)
        *now = e->value;
    return e ? DGM_OK : DGM_ENOMEM;
}

uint32_t dgm_map_get(const dgm_map *map, dgm_view key)
{
    if (!map || map->n == 0)
        return DGM_NONE;
    uint32_t slot = find_slot(map, key, (uint32_t)dgm_hash(key));
    return map->slots[slot].entry ? map->entries[map->slots[slot].entry - 1].value : DGM_NONE;
}

uint32_t dgm_map_count(const dgm_map *map)
{
    return map ? map->n : 0;
}

dgm_view dgm_map_key(const dgm_map *map, uint32_t i, uint32_t *value)
{
    if (i >= map->n)
        return (dgm_view) { "", 0 };
    if (value)
        *value = map->entries[i].value;
    return (dgm_view) { map->entries[i].key, map->entries[i].key_n };
}
