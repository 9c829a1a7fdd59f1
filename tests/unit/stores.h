/* stores.h - SQLite stores of a test's own, each in a file of its own. */
#ifndef DGM_TEST_STORES_H
#define DGM_TEST_STORES_H

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static inline void must(dgm_status status, const dgm_err *err)
{
    if (status != DGM_OK)
        fail_msg("%s", err->msg);
}

/* path: as mkstemp() takes it; it becomes the path of a new, empty file. */
static inline void new_file(char *path)
{
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
}

static inline dgm_store *new_store(char *path)
{
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    new_file(path);
    must(dgm_store_open(path, &store, &err), &err);
    return store;
}

/* With what SQLite keeps beside it. */
static inline void remove_store(const char *path)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char file[300];
    for (size_t i = 0; i < DGM_LEN(ends); i++) {
        snprintf(file, sizeof file, "%s%s", path, ends[i]);
        (void)!unlink(file);
    }
}

/* A taker of rows, for dgm_store_events() and others: a line a row, a bar behind each cell. */
static inline bool write_row(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *out = context;
    for (uint32_t i = 0; i < n; i++) {
        if (cells[i].kind == DGM_CELL_INT)
            dgm_buffer_printf(out, "%lld|", (long long)cells[i].integer);
        else if (cells[i].kind == DGM_CELL_REAL)
            dgm_buffer_printf(out, "%.6f|", cells[i].real);
        else if (cells[i].kind == DGM_CELL_TEXT)
            dgm_buffer_printf(out, "%.*s|", DGM_FMT(cells[i].text));
        else
            dgm_buffer_printf(out, "-|");
    }
    dgm_buffer_printf(out, "\n");
    return true;
}

#endif
