/* Blocks that grow by doubling; an allocation that does not fit opens a new block, so nothing ever
 * moves. With DGM_ARENA_MALLOC every allocation is a block. */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, FIRST_BLOCK = 64 << 10, LARGEST_BLOCK = 16 << 20, KEPT_BLOCK = 4 << 20 };

typedef struct block {
    struct block *next;
    size_t cap, used;
} block;

struct dgm_arena {
    block *blocks; /* newest first */
    size_t next_cap, total;
    bool failed;
};

static _Thread_local size_t fail_at;

void dgm_arena_fail_at(size_t n)
{
    fail_at = n;
}

static size_t header_size(void)
{
    return (sizeof(block) + ALIGN - 1) / ALIGN * ALIGN;
}

static block *block_new(size_t cap)
{
    block *b = malloc(header_size() + cap);
    if (b) {
        b->cap = cap;
        b->used = 0;
        b->next = NULL;
    }
    return b;
}

dgm_arena *dgm_arena_new(void)
{
    dgm_arena *arena = calloc(1, sizeof(*arena));
    if (arena)
        arena->next_cap = FIRST_BLOCK;
    return arena;
}

static void free_blocks(block *b)
{
    while (b) {
        block *next = b->next;
        free(b);
        b = next;
    }
}

void dgm_arena_free(dgm_arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->blocks);
    free(arena);
}

void dgm_arena_reset(dgm_arena *arena)
{
    block *kept = arena->blocks;
    if (kept) {
        free_blocks(kept->next);
        kept->next = NULL;
        kept->used = 0;
    }
    if (kept && kept->cap > KEPT_BLOCK) {
        free(kept);
        kept = NULL;
        arena->next_cap = FIRST_BLOCK;
    }
    arena->blocks = kept;
    arena->total = 0;
    arena->failed = false;
}

size_t dgm_arena_used(const dgm_arena *arena)
{
    return arena->total;
}

static block *block_for(dgm_arena *arena, size_t size)
{
#ifndef DGM_ARENA_MALLOC
    if (arena->blocks && arena->blocks->cap - arena->blocks->used >= size)
        return arena->blocks;
    size_t cap = DGM_MAX(arena->next_cap, size);
    if (arena->next_cap < LARGEST_BLOCK)
        arena->next_cap *= 2;
#else
    size_t cap = size;
#endif
    block *b = block_new(cap);
    if (b) {
        b->next = arena->blocks;
        arena->blocks = b;
    }
    return b;
}

static void *allot(dgm_arena *arena, size_t n, size_t size)
{
    if (fail_at > 0 && --fail_at == 0)
        return NULL;
    if (size > 0 && n > (SIZE_MAX / 2) / size)
        return NULL;
    size_t bytes = DGM_MAX(n * size, 1);
    bytes = (bytes + ALIGN - 1) / ALIGN * ALIGN;
    block *b = block_for(arena, bytes);
    if (!b)
        return NULL;
    char *p = (char *)b + header_size() + b->used;
    b->used += bytes;
    arena->total += bytes;
    return memset(p, 0, bytes);
}

dgm_view dgm_arena_copy(dgm_arena *arena, dgm_view v)
{
    char *p = dgm_arena_alloc(arena, v.n + 1, 1);
    if (!p)
        return (dgm_view) { "", 0 };
    if (v.n > 0)
        memcpy(p, v.p, v.n);
    return (dgm_view) { p, v.n };
}

dgm_view dgm_arena_lower(dgm_arena *arena, dgm_view v)
{
    char *p = dgm_arena_alloc(arena, v.n + 1, 1);
    if (!p)
        return (dgm_view) { "", 0 };
    for (size_t i = 0; i < v.n; i++)
        p[i] = dgm_to_lower(v.p[i]);
    return (dgm_view) { p, v.n };
}

dgm_view dgm_arena_printf(dgm_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : dgm_arena_alloc(arena, (size_t)n + 1, 1);
    if (p)
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p ? (dgm_view) { p, (size_t)n } : (dgm_view) { "", 0 };
}

void *dgm_arena_alloc(dgm_arena *arena, size_t n, size_t size)
{
    void *p = allot(arena, n, size);
    arena->failed = arena->failed || !p;
    return p;
}

bool dgm_arena_failed(const dgm_arena *arena)
{
    return arena->failed;
}
