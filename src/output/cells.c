#include "output/cells.h"

#include <stdlib.h>
#include <string.h>

enum { KEPT_ROWS = 1000, KEPT_BYTES = 1 << 20, LEAST = 6, BYTE_ORDER_MARK = 0xFEFF };

static const dgm_glyph blank = { " ", 1, true };

/* ---- one cell ------------------------------------------------------------------------------- */

bool dgm_next_glyph(dgm_view text, size_t *at, dgm_glyph *out)
{
    while (*at < text.n) {
        uint32_t cp;
        const char *p = text.p + *at;
        size_t n = dgm_utf8_next(p, text.n - *at, &cp);
        bool bad = cp == 0xFFFD && n == 1;
        *at += n;
        if (cp == BYTE_ORDER_MARK)
            continue;
        if (dgm_cp_is_space(cp)) {
            *out = blank;
            return true;
        }
        *out = (dgm_glyph) { .width = dgm_cp_width(cp) };
        dgm_visible(p, n, out->text);
        if (bad || dgm_cp_is_control(cp)) /* as an escape, which is ASCII */
            out->width = (uint32_t)strlen(out->text);
        else if (cp == 0xFFFD)
            out->width = 1;
        return true;
    }
    return false;
}

/* A text as one line, character by character. */
typedef struct {
    dgm_view text;
    size_t at;
    bool blank, begun; /* a blank is owed before the next character; there was one */
} scan;

static bool next_glyph(scan *s, dgm_glyph *out)
{
    size_t before = s->at;
    while (dgm_next_glyph(s->text, &s->at, out)) {
        if (out->space) {
            s->blank = s->begun;
        } else if (s->blank) {
            s->blank = false;
            s->at = before;
            *out = blank;
            return true;
        } else {
            s->begun = true;
            return true;
        }
        before = s->at;
    }
    return false;
}

uint32_t dgm_cell_width(dgm_view v)
{
    scan s = { .text = v };
    dgm_glyph g;
    uint64_t width = 0;
    while (next_glyph(&s, &g))
        width += g.width;
    return (uint32_t)DGM_MIN(width, UINT32_MAX);
}

static void blanks(uint32_t n, dgm_buffer *out)
{
    for (; n > 0; n--)
        dgm_buffer_put(out, DGM_VIEW(" "));
}

void dgm_put_cell(dgm_view v, uint32_t width, bool fill, dgm_buffer *out)
{
    scan s = { .text = v };
    dgm_glyph g;
    uint32_t used = 0;
    bool cut = width > 0 && dgm_cell_width(v) > width;
    while (next_glyph(&s, &g) && (!cut || used + g.width < width)) {
        dgm_buffer_put(out, dgm_view_of(g.text));
        used += g.width;
    }
    if (cut) {
        dgm_buffer_put(out, DGM_VIEW("\u2026"));
        used++;
    }
    if (fill)
        blanks(width + DGM_CELL_GAP - DGM_MIN(used, width), out);
}

/* ---- a grid --------------------------------------------------------------------------------- */

struct dgm_grid {
    dgm_grid_column columns[DGM_MAX_COLUMNS];
    uint32_t widths[DGM_MAX_COLUMNS];
    uint32_t n, total;
    bool set;        /* the widths are fixed and the header is written */
    dgm_arena *kept; /* cells of the rows that wait */
    DGM_ARRAY(dgm_view) cells;
};

dgm_grid *dgm_grid_new(const dgm_grid_column *columns, uint32_t n, uint32_t total)
{
    dgm_grid *grid = calloc(1, sizeof(*grid));
    if (!grid || n > DGM_MAX_COLUMNS || !(grid->kept = dgm_arena_new())) {
        free(grid);
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++) {
        grid->columns[i] = columns[i];
        grid->widths[i] = dgm_cell_width(dgm_view_of(columns[i].name));
    }
    grid->n = n;
    grid->total = total;
    return grid;
}

void dgm_grid_free(dgm_grid *grid)
{
    if (!grid)
        return;
    dgm_arena_free(grid->kept);
    free(grid);
}

/* The widest column gives way until all have room; none falls below what can still be read. */
static void shrink(dgm_grid *grid)
{
    for (;;) {
        uint64_t sum = (uint64_t)DGM_CELL_GAP * (grid->n - 1);
        uint32_t widest = DGM_NONE;
        for (uint32_t i = 0; i < grid->n; i++) {
            sum += grid->widths[i];
            if (!grid->columns[i].whole &&
                (widest == DGM_NONE || grid->widths[i] > grid->widths[widest]))
                widest = i;
        }
        if (sum <= grid->total || widest == DGM_NONE || grid->widths[widest] <= LEAST)
            return;
        /* All of it at once where only this column is far too wide. */
        uint64_t over = sum - grid->total;
        uint32_t next = LEAST;
        for (uint32_t i = 0; i < grid->n; i++) {
            if (i != widest && !grid->columns[i].whole)
                next = DGM_MAX(next, grid->widths[i]);
        }
        uint64_t room = grid->widths[widest] > next ? grid->widths[widest] - next : 1;
        grid->widths[widest] -= (uint32_t)DGM_MIN(over, room);
    }
}

static void put_row(const dgm_grid *grid, const dgm_view *cells, dgm_buffer *out)
{
    for (uint32_t i = 0; i < grid->n; i++) {
        bool last = i + 1 == grid->n;
        dgm_view cell = cells[i].n ? cells[i] : DGM_VIEW("-");
        uint32_t width = DGM_MIN(dgm_cell_width(cell), grid->widths[i]);
        if (grid->columns[i].number) {
            blanks(grid->widths[i] - width, out);
            dgm_put_cell(cell, grid->widths[i], false, out);
            blanks(last ? 0 : DGM_CELL_GAP, out);
        } else {
            dgm_put_cell(cell, grid->widths[i], !last, out);
        }
    }
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

static void release(dgm_grid *grid, dgm_buffer *out)
{
    dgm_view names[DGM_MAX_COLUMNS] = { 0 };
    for (uint32_t i = 0; i < grid->n; i++)
        names[i] = dgm_view_of(grid->columns[i].name);
    shrink(grid);
    put_row(grid, names, out);
    for (uint32_t i = 0; i + grid->n <= grid->cells.n; i += grid->n)
        put_row(grid, grid->cells.at + i, out);
    grid->set = true;
    memset(&grid->cells, 0, sizeof grid->cells);
    dgm_arena_reset(grid->kept);
}

void dgm_grid_put(dgm_grid *grid, const dgm_view *cells, dgm_buffer *out)
{
    if (grid->set) {
        put_row(grid, cells, out);
        return;
    }
    for (uint32_t i = 0; i < grid->n; i++) {
        dgm_view *cell = dgm_push(grid->kept, &grid->cells);
        if (cell)
            *cell = dgm_arena_copy(grid->kept, cells[i]);
        if (dgm_arena_failed(grid->kept)) {
            out->failed = true;
            return;
        }
        grid->widths[i] = DGM_MAX(grid->widths[i], dgm_cell_width(cells[i]));
    }
    if (grid->cells.n >= KEPT_ROWS * grid->n || dgm_arena_used(grid->kept) > KEPT_BYTES)
        release(grid, out);
}

void dgm_grid_end(dgm_grid *grid, dgm_buffer *out)
{
    if (!grid->set)
        release(grid, out);
}
