/* Open addressing with linear probing over insertion-ordered entries; hashed by seeded xxHash, so
 * that a table of knowledge cannot be built to collide by someone who does not know the seed. */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

typedef struct {
    dgm_view key;
    uint64_t hash;
    uint32_t value;
} entry;

struct dgm_map {
    dgm_arena *keys;
    entry *entries;
    uint32_t n, cap;
    uint32_t *slots; /* entry index + 1; 0: free */
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
static uint32_t find_slot(const dgm_map *map, dgm_view key, uint64_t hash)
{
    uint32_t mask = map->n_slots - 1, i = (uint32_t)hash & mask;
    while (map->slots[i]) {
        const entry *e = &map->entries[map->slots[i] - 1];
        if (e->hash == hash && dgm_view_eq(e->key, key))
            break;
        i = (i + 1) & mask;
    }
    return i;
}

static bool grow(dgm_map *map)
{
    if (map->cap > UINT32_MAX / 4)
        return false;
    uint32_t cap = map->cap ? map->cap * 2 : 16, n_slots = cap * 2;
    entry *entries = realloc(map->entries, cap * sizeof(*entries));
    if (!entries)
        return false;
    map->entries = entries;
    uint32_t *slots = calloc(n_slots, sizeof(*slots));
    if (!slots)
        return false;
    free(map->slots);
    map->slots = slots;
    map->n_slots = n_slots;
    map->cap = cap;
    for (uint32_t i = 0; i < map->n; i++) {
        uint32_t slot = (uint32_t)map->entries[i].hash & (n_slots - 1);
        while (slots[slot])
            slot = (slot + 1) & (n_slots - 1);
        slots[slot] = i + 1;
    }
    return true;
}

dgm_status dgm_map_set(dgm_map *map, dgm_view key, uint32_t value, uint32_t *old)
{
    if (map->n == map->cap && !grow(map))
        return DGM_ENOMEM;
    uint64_t hash = dgm_hash(key);
    uint32_t slot = find_slot(map, key, hash);
    if (map->slots[slot]) {
        entry *e = &map->entries[map->slots[slot] - 1];
        if (old)
            *old = e->value;
        e->value = value;
        return DGM_OK;
    }
    char *copy = dgm_arena_alloc(map->keys, key.n + 1, 1);
    if (!copy)
        return DGM_ENOMEM;
    if (key.n > 0)
        memcpy(copy, key.p, key.n);
    map->entries[map->n] = (entry) { .key = { copy, key.n }, .hash = hash, .value = value };
    map->slots[slot] = ++map->n;
    if (old)
        *old = DGM_NONE;
    return DGM_OK;
}

uint32_t dgm_map_get(const dgm_map *map, dgm_view key)
{
    if (!map || map->n == 0)
        return DGM_NONE;
    uint32_t slot = find_slot(map, key, dgm_hash(key));
    return map->slots[slot] ? map->entries[map->slots[slot] - 1].value : DGM_NONE;
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
    return map->entries[i].key;
}
