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
    bool borrowed; /* the slots are not the map's own */
};

/* A map as bytes: this, the slots, the entries, the keys, each with a NUL, and some NULs. */
typedef struct {
    uint32_t n, n_slots, n_keys, zero;
} written_map;
typedef struct {
    uint32_t key, key_n, value;
} written_entry;

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
    if (!map->borrowed)
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
    if (!map->borrowed)
        free(map->slots);
    map->borrowed = false;
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

/* ---- as bytes ------------------------------------------------------------------------------- */

static void put(dgm_buffer *out, const void *p, size_t n)
{
    dgm_buffer_put(out, (dgm_view) { p, n });
}

void dgm_map_write(const dgm_map *map, dgm_buffer *out)
{
    written_map head = { .n = map->n, .n_slots = map->n_slots };
    for (uint32_t i = 0; i < map->n; i++)
        head.n_keys += map->entries[i].key_n + 1;
    size_t n = map->n * sizeof(written_entry) + head.n_keys;
    head.n_keys += (uint32_t)(-n & 7);
    put(out, &head, sizeof head);
    put(out, map->slots, map->n_slots * sizeof(*map->slots));
    for (uint32_t i = 0, at = 0; i < map->n; i++) {
        const entry *e = &map->entries[i];
        put(out, &(written_entry) { at, e->key_n, e->value }, sizeof(written_entry));
        at += e->key_n + 1;
    }
    for (uint32_t i = 0; i < map->n; i++)
        put(out, map->entries[i].key, map->entries[i].key_n + 1);
    put(out, "\0\0\0\0\0\0\0", -n & 7);
}

/* Slots lead to entries, and some are free, so that a search ends. */
static bool slots_are_good(const map_slot *slots, const written_map *head)
{
    uint32_t n_used = 0;
    for (uint32_t i = 0; i < head->n_slots; i++) {
        n_used += slots[i].entry > 0;
        if (slots[i].entry > head->n)
            return false;
    }
    return (head->n_slots & (head->n_slots - 1)) == 0 && head->n <= head->n_slots / 2 &&
           n_used == head->n;
}

static bool keys_are_good(const written_entry *entries, uint32_t n, dgm_view keys)
{
    for (uint32_t i = 0; i < n; i++)
        if (entries[i].key >= keys.n || entries[i].key_n >= keys.n - entries[i].key ||
            keys.p[entries[i].key + entries[i].key_n])
            return false;
    return true;
}

/* A map of n entries whose slots lie where they were written. */
static dgm_map *borrow(const map_slot *slots, uint32_t n_slots, const written_entry *from,
                       uint32_t n, const char *keys)
{
    dgm_map *map = dgm_map_new();
    if (!map)
        return NULL;
    map->cap = n_slots / 2;
    map->entries = malloc(DGM_MAX(map->cap, 1u) * sizeof(*map->entries));
    if (!map->entries) {
        dgm_map_free(map);
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++)
        map->entries[i] = (entry) { keys + from[i].key, from[i].key_n, from[i].value };
    map->n = n;
    map->slots = (map_slot *)(uintptr_t)slots;
    map->n_slots = n_slots;
    map->borrowed = true;
    return map;
}

dgm_status dgm_map_over(dgm_view *bytes, dgm_map **out)
{
    dgm_view rest = *bytes, keys = { NULL, 0 };
    const map_slot *slots = NULL;
    const written_entry *entries = NULL;
    const written_map *head = dgm_view_cut(&rest, 1, sizeof *head);
    if (!head || !(slots = dgm_view_cut(&rest, head->n_slots, sizeof *slots)) ||
        !(entries = dgm_view_cut(&rest, head->n, sizeof *entries)) ||
        !(keys.p = dgm_view_cut(&rest, head->n_keys, 1)) || (bytes->n - rest.n) % 8)
        return DGM_EFORMAT;
    keys.n = head->n_keys;
    if (!slots_are_good(slots, head) || !keys_are_good(entries, head->n, keys))
        return DGM_EFORMAT;
    dgm_map *map = borrow(slots, head->n_slots, entries, head->n, keys.p);
    if (!map)
        return DGM_ENOMEM;
    *out = map;
    *bytes = rest;
    return DGM_OK;
}
