/* tellings.h - what the reports of a store tell of a day. Inside store. */
#ifndef DGM_TELLINGS_H
#define DGM_TELLINGS_H

#include "store/alike.h"
#include "store/sql.h"

typedef struct {
    dgm_arena *arena;
    DGM_ARRAY(dgm_telling) at; /* in the order of events */
    int64_t day;
    bool failed;
} dgm_tellings;

/* All events of a day; *out has an arena, which what it had before is taken from. */
dgm_status dgm_tellings_read(dgm_store *store, int64_t day, dgm_tellings *out,
                             dgm_err *err) DGM_MUST_USE;

#endif
