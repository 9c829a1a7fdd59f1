/* unknown.h - names that stories use as political actors and that the tables do not know, counted
 * in bounded memory for `code --unknown`. */
#ifndef DGM_CLI_UNKNOWN_H
#define DGM_CLI_UNKNOWN_H

#include "output/output.h"

/* Appends the unknown names of a coded story to `out`, one a line; threads may do so side by
 * side, each with a buffer of its own. */
void dgm_unknown_find(const dgm_document *doc, dgm_buffer *out);

typedef struct dgm_unknown dgm_unknown;
dgm_unknown *dgm_unknown_new(void); /* NULL: no memory */
void dgm_unknown_free(dgm_unknown *unknown);
/* Counts the lines of dgm_unknown_find(). Beyond 100,000 names the rarest make room. False: no
 * memory. */
bool dgm_unknown_count(dgm_unknown *unknown, dgm_view lines);
/* The table, most frequent first; `without_text` leaves the example's words out. */
void dgm_unknown_write(const dgm_unknown *unknown, bool without_text, dgm_buffer *out);
/* Names seen no more often than this may be missing or counted too low; 0: none is. */
uint64_t dgm_unknown_lost(const dgm_unknown *unknown);

#endif
