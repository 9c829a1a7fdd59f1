/* columns.h - columns of a table of rows: each a function by the name of the column, which writes
 * its cell. A file defines CELL(name) as the head of such a function, with `out` as the buffer, and
 * then includes this. Inside output. */
#ifndef DGM_COLUMNS_H
#define DGM_COLUMNS_H

#include <math.h>

#define TEXT(name, view)                                                                           \
    CELL(name)                                                                                     \
    {                                                                                              \
        dgm_buffer_put(out, (view));                                                               \
    }
/* Not a number: the cell is empty. */
#define NUMBER(name, value)                                                                        \
    CELL(name)                                                                                     \
    {                                                                                              \
        if (!isnan((double)(value)))                                                               \
            dgm_buffer_number(out, (value));                                                       \
    }

#endif
