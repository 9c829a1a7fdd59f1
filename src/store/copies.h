/* copies.h - which stories of a store are copies of one. Inside store. */
#ifndef DGM_COPIES_H
#define DGM_COPIES_H

#include "store/packed.h"
#include "store/sql.h"

/* The first of the stories that this one is a copy of, or itself. Copies are those that a chain of
 * likeness connects, so that a group is the same in whatever order its stories arrive; groups that
 * a story is found to belong to together become one. */
dgm_status dgm_store_original(dgm_store *store, int64_t story, const dgm_packed *in,
                              int64_t *original, dgm_err *err) DGM_MUST_USE;

#endif
