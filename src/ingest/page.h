/* page.h - a page of HTML as a story, wherever the page comes from. Inside ingest. */
#ifndef DGM_PAGE_H
#define DGM_PAGE_H

#include "ingest/reader.h"

/* What is known of a page besides its bytes. */
typedef struct {
    dgm_view url;
    dgm_view charset; /* as a HTTP header has it */
    char date[11];    /* a day on which it was there: taken where the page names none */
    bool archive;     /* a page without a story is nothing to complain about */
    const char *what; /* for messages: "record 7 (http://...): ", or "" */
} dgm_page;

/* Fills in text, title, date, source and url of *doc, which is initialised, and finishes it. */
dgm_reading dgm_read_page(dgm_reader *r, dgm_view bytes, const dgm_page *page, dgm_document *doc,
                          dgm_err *err);
/* The words of a piece of HTML, paragraphs parted by blank lines. Plain text comes back as it is.
 * Empty: it holds none, or more than a page may. */
dgm_view dgm_text_of_html(dgm_reader *r, dgm_arena *arena, dgm_view html);
void dgm_pages_done(dgm_reader *r);

/* Bytes as text in UTF-8: by byte order mark; as it is where it is UTF-8; by `declared` (may be
 * empty); by what the page's own `charset=` says; by a guess; as Windows-1252. What cannot be read
 * becomes U+FFFD, NUL a blank. */
dgm_view dgm_decode(dgm_arena *arena, dgm_view bytes, dgm_view declared);

#endif
