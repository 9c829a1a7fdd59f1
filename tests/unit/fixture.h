/* fixture.h - what unit tests set up and tear down: an arena for all that a test makes, and the
 * complaints that it provoked. For one test file each, so all of it is static. */
#ifndef DGM_TEST_FIXTURE_H
#define DGM_TEST_FIXTURE_H

#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static dgm_arena *arena;
static char last_complaint[600];
static char all_complaints[2400]; /* one a line */

/* For allocations that a test cannot do without. */
static inline void *must(void *p)
{
    if (!p)
        abort();
    return p;
}

static inline int arena_begin(void **state)
{
    (void)state;
    arena = dgm_arena_new();
    return arena ? 0 : -1;
}

static inline int arena_end(void **state)
{
    (void)state;
    dgm_arena_free(arena);
    arena = NULL;
    return 0;
}

/* For dgm_complaints. */
static inline void keep_complaint(void *context, const dgm_err *err)
{
    (void)context;
    (void)dgm_err_text(err, last_complaint, sizeof last_complaint);
    size_t n = strlen(all_complaints);
    (void)snprintf(all_complaints + n, sizeof all_complaints - n, "%s\n", last_complaint);
}

#endif
