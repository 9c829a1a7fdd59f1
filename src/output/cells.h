/* cells.h - text for the screen: as one line, as wide as it looks, and free of what would steer a
 * terminal. Widths are columns of a terminal. */
#ifndef DGM_CELLS_H
#define DGM_CELLS_H

#include "output/output.h"

enum { DGM_CELL_GAP = 2 }; /* columns between two cells */

/* The next character from *at on, which moves past it; false: there is none. What would steer the
 * terminal is an escape that can be seen, and as wide: \x1B, \u202E (dgm_visible()). */
typedef struct {
    char text[DGM_VISIBLE]; /* as it is to be written, NUL-terminated */
    uint32_t width;         /* columns */
    bool space;
} dgm_glyph;
bool dgm_next_glyph(dgm_view text, size_t *at, dgm_glyph *out);

/* White space of any length is one blank, a control character or a mark that turns the direction of
 * writing an escape. */
uint32_t dgm_cell_width(dgm_view v);
/* At most `width` columns (0: any number), the last of them an ellipsis where it is cut; filled up
 * with blanks to the width and the gap after it when `fill`. */
void dgm_put_cell(dgm_view v, uint32_t width, bool fill, dgm_buffer *out);

/* A table of rows whose columns are as wide as what is in them, if they have the room. Rows are
 * kept up to a number, from which the widths come; those that follow are cut to these. */
typedef struct {
    const char *name;
    bool number; /* stands at the right of its column */
    bool whole;  /* gives way to no other: half a date is none */
} dgm_grid_column;
typedef struct dgm_grid dgm_grid;
/* total: columns of the screen. The caller owns the grid; NULL: no memory. */
dgm_grid *dgm_grid_new(const dgm_grid_column *columns, uint32_t n, uint32_t total);
void dgm_grid_free(dgm_grid *grid);
/* Writes to `out` what need not be kept; cells are copied. */
void dgm_grid_put(dgm_grid *grid, const dgm_view *cells, dgm_buffer *out);
/* What is still kept, at least the names of the columns. */
void dgm_grid_end(dgm_grid *grid, dgm_buffer *out);

#endif
