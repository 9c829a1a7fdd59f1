/* html_block.h - a page as a row of blocks, and which blocks are prose. Inside ingest. */
#ifndef DGM_HTML_BLOCK_H
#define DGM_HTML_BLOCK_H

#include "base/base.h"

typedef enum {
    DGM_BLOCK_OTHER,
    DGM_BLOCK_PARAGRAPH,
    DGM_BLOCK_ITEM, /* of a list */
    DGM_BLOCK_HEADING,
    DGM_BLOCK_TITLE /* <h1> */
} dgm_block_kind;

/* What stands between two tags that browsers begin a line with. */
typedef struct {
    dgm_view text;
    size_t n_link; /* bytes in links */
    dgm_block_kind kind;
    bool declared; /* in an element that the page declares to be the story */
} dgm_block;

/* Bytes of the blank at the begin of a string that ends with NUL, be it unbreakable or of no width;
 * 0: there is none. */
size_t dgm_html_blank(const char *p);
/* Whether a block of so many bytes at least is prose: it ends as sentences do, little of it is
 * links, and it does not open as what belongs to the site. */
bool dgm_block_is_prose(const dgm_block *block, size_t shortest);
/* Whether a block that lies within a story is part of it. */
bool dgm_block_is_story(const dgm_block *block);
/* Whether it could be the first of a story. */
bool dgm_block_opens_story(const dgm_block *block);
/* Whether it is what belongs to the site: "Read more", "Sign up", the agency's credits. */
bool dgm_block_is_of_site(const dgm_block *block);

#endif
