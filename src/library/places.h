/* places.h - where knowledge lies when nobody says so. */
#ifndef DGM_PLACES_H
#define DGM_PLACES_H

#include "base/base.h"

/* The folders of tables to be read, as a list for dgm_table_load(). Of `given` (--tables),
 * $DRAGOMAN_TABLES and `otherwise` (may all be NULL) the first that is not empty names folders, as
 * a list of its own. A folder that holds more than half of the required tables is a whole set: what
 * stands before it is not read. Others overlay what stands before them and, first of all, the
 * installed tables, or those of the source tree from which this was built, or the whole set of
 * $DRAGOMAN_TABLES. Fails where a folder is not there, or none is left. */
dgm_status dgm_tables_find(const char *given, const char *otherwise, char *out, size_t size,
                           dgm_err *err) DGM_MUST_USE;
/* Whether a folder holds more than half of the required tables. */
bool dgm_tables_whole(dgm_view folder);

#endif
