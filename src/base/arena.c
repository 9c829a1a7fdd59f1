/* Blocks that grow by doubling; an allocation that does not fit opens a new block, so nothing ever
 * moves. With DGM_ARENA_MALLOC every allocation is a block.
 *
 * Arenas of tables are an exception: there a large array lies in pages of its own, which the system
 * moves when it grows, so that nothing is copied and no page is taken before it is used. */
#define _GNU_SOURCE /* mremap */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif
/* The thread sanitizer does not see mremap(), and takes the pages for those that were there. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define NO_REMAP 1
#endif
#endif
#if defined(__linux__) && !defined(DGM_ARENA_MALLOC) && !defined(__SANITIZE_THREAD__) &&           \
    !defined(NO_REMAP)
#define OWN_PAGES 1
#endif

enum { ALIGN = 16, FIRST_BLOCK = 64 << 10, LARGEST_BLOCK = 16 << 20, KEPT_BLOCK = 4 << 20 };

typedef struct block {
    struct block *next;
    size_t cap, used;
} block;

#ifdef OWN_PAGES
enum { LARGE_ARRAY = 128 << 10 };

typedef struct pages {
    struct pages *next;
    void *at;
    size_t n;
} pages;
#endif

struct dgm_arena {
    block *blocks; /* newest first */
    size_t next_cap, total;
    bool failed;
#ifdef OWN_PAGES
    bool for_tables;
    pages *arrays;
#endif
};

static _Thread_local size_t fail_at;

size_t dgm_arena_fail_at(size_t n)
{
    size_t left = fail_at;
    fail_at = n;
    return left;
}

static size_t aligned(size_t n)
{
    return (DGM_MAX(n, 1) + ALIGN - 1) / ALIGN * ALIGN;
}

static size_t header_size(void)
{
    return aligned(sizeof(block));
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

dgm_arena *dgm_arena_new_for_tables(void)
{
    dgm_arena *arena = dgm_arena_new();
#ifdef OWN_PAGES
    if (arena)
        arena->for_tables = true;
#endif
    return arena;
}

static void free_arrays(dgm_arena *arena)
{
#ifdef OWN_PAGES
    while (arena->arrays) {
        pages *next = arena->arrays->next;
        munmap(arena->arrays->at, arena->arrays->n);
        free(arena->arrays);
        arena->arrays = next;
    }
#else
    (void)arena;
#endif
}

void dgm_arena_free(dgm_arena *arena)
{
    if (!arena)
        return;
    free_arrays(arena);
    free_blocks(arena->blocks);
    free(arena);
}

void dgm_arena_reset(dgm_arena *arena)
{
    block *kept = arena->blocks;
    free_arrays(arena);
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
    size_t bytes = aligned(n * size);
    block *b = block_for(arena, bytes);
    if (!b)
        return NULL;
    char *p = (char *)b + header_size() + b->used;
    b->used += bytes;
    arena->total += bytes;
    return memset(p, 0, bytes);
}

/* Makes longer, in its place, what was allocated last; false: something else was allocated since,
 * or the block is full. */
static bool extend(dgm_arena *arena, void *at, size_t was, size_t wanted)
{
#ifndef DGM_ARENA_MALLOC
    block *b = arena->blocks;
    if (fail_at > 0 || !b || wanted > SIZE_MAX / 2)
        return false;
    size_t old = aligned(was), now = aligned(wanted);
    char *end = (char *)b + header_size() + b->used;
    if (old > b->used || now < old || (char *)at != end - old || now - old > b->cap - b->used)
        return false;
    memset(end, 0, now - old);
    b->used += now - old;
    arena->total += now - old;
    return true;
#else
    (void)arena, (void)at, (void)was, (void)wanted;
    return false;
#endif
}

void dgm_take_pages(void *at, size_t n)
{
#ifdef MADV_POPULATE_WRITE
    enum { PAGE = 4096, FEW = 16 * PAGE };
    size_t skipped = (PAGE - (uintptr_t)at % PAGE) % PAGE;
    if (n >= FEW) /* an older kernel refuses, and pages come one by one */
        (void)madvise((char *)at + skipped, (n - skipped) / PAGE * PAGE, MADV_POPULATE_WRITE);
#else
    (void)at, (void)n;
#endif
}

#ifdef OWN_PAGES
static bool wants_pages(const dgm_arena *arena, size_t bytes)
{
    return arena->for_tables && fail_at == 0 && bytes >= LARGE_ARRAY;
}

/* The pages of the array at `at`, or new ones with what it has; NULL: no memory. */
static void *grow_pages(dgm_arena *arena, const void *at, size_t was, size_t wanted)
{
    pages *its = arena->arrays;
    while (its && its->at != at)
        its = its->next;
    if (its) {
        void *moved = mremap(its->at, its->n, wanted, MREMAP_MAYMOVE);
        if (moved == MAP_FAILED)
            return NULL;
        *its = (pages) { .next = its->next, .at = moved, .n = wanted };
        return moved;
    }
    void *new = mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (new == MAP_FAILED || !(its = calloc(1, sizeof(*its)))) {
        if (new != MAP_FAILED)
            munmap(new, wanted);
        return NULL;
    }
    *its = (pages) { .next = arena->arrays, .at = new, .n = wanted };
    arena->arrays = its;
    if (was > 0) {
        dgm_take_pages(new, was);
        memcpy(new, at, was);
    }
    return new;
}
#else
static bool wants_pages(const dgm_arena *arena, size_t bytes)
{
    (void)arena, (void)bytes;
    return false;
}

static void *grow_pages(dgm_arena *arena, const void *at, size_t was, size_t wanted)
{
    (void)arena, (void)at, (void)was, (void)wanted;
    return NULL;
}
#endif

/* at: a pointer to the array's pointer, of whatever type. */
bool dgm_array_room(dgm_arena *arena, void *at, uint32_t *n, uint32_t *cap, size_t size)
{
    uint32_t wanted = *cap ? *cap * 2 : 8;
    bool fits = *cap <= UINT32_MAX / 2 && wanted <= SIZE_MAX / 2 / size;
    void *old, *grown = NULL;
    memcpy(&old, at, sizeof old);
    if (fits && *cap > 0 && extend(arena, old, *cap * size, wanted * size)) {
        *cap = wanted;
        return true;
    }
    if (fits && wants_pages(arena, wanted * size))
        grown = grow_pages(arena, old, *n * size, wanted * size);
    else if (fits && (grown = allot(arena, wanted, size)) != NULL && *n > 0)
        memcpy(grown, old, *n * size);
    if (!grown) {
        arena->failed = true;
        return false;
    }
    *cap = wanted;
    memcpy(at, &grown, sizeof grown);
    return true;
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
