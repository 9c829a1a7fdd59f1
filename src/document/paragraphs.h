/* paragraphs.h - where the paragraphs of a text begin and end, whether its lines are wrapped or
 * each is a paragraph.
 *
 * A blank line ends a paragraph. Whether a single line break does is told by the shape of the lines
 * around it; paragraphs.c says how. Marks of quotation before lines (">") are no part of them: as
 * many before the next line, and it goes on; fewer or more, and it does not. Nothing is allocated;
 * time grows with the text. */
#ifndef DGM_PARAGRAPHS_H
#define DGM_PARAGRAPHS_H

#include "base/base.h"

/* A walk over one text. Only the functions below look inside. */
typedef struct {
    dgm_view text;
    uint32_t begin_column;
    uint32_t width;       /* what most lines of the text are wrapped at; 0: none that shows */
    uint32_t longest;     /* line */
    int64_t score;        /* what speaks for `width`; at most 0 where width is 0 */
    size_t at, block_end; /* the next paragraph's first line; where no line of its block follows */
    uint32_t block_width; /* 0: each line of the block is a paragraph */
} dgm_paragraphs;

/* `begin_column`: how many code points stand before the text on its first line, as "date 2020-10-02
 * " may. The text, which must stay, is valid UTF-8. */
dgm_paragraphs dgm_paragraphs_of(dgm_view text, uint32_t begin_column);
/* The next paragraph: bytes [*begin, *end) of the text, whole lines without the last line end.
 * false: there is no more. */
bool dgm_paragraphs_next(dgm_paragraphs *walk, size_t *begin, size_t *end);

/* The text with a blank for each ">" before a line, at the same offsets: itself where there is
 * none, else a copy in the arena. p is NULL: no memory. */
dgm_view dgm_without_quote_marks(dgm_arena *arena, dgm_view text);

#endif
