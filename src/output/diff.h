/* diff.h - two codings of one story side by side: which events are in both, and in what they
 * differ. */
#ifndef DGM_DIFF_H
#define DGM_DIFF_H

#include "output/output.h"

/*    class     name        what is compared */
/* clang-format off */
#define DGM_DIFF_MAP(X) \
    X(TYPE, "type")         /* type and mode */ \
    X(SIDES, "sides")       /* codes of actors and recipients, or words where there is no code */ \
    X(POLARITY, "polarity") \
    X(STATUS, "status")     /* and whether it is historical */ \
    X(DATE, "date")         /* both days */ \
    X(PLACE, "place")       /* names and countries */ \
    X(SPEAKER, "speaker")   /* codes, or words, and kinds */ \
    X(OTHER, "other")       /* contexts, CAMEO, condition, links between events, trigger, names */
/* clang-format on */

typedef enum {
#define DGM_DIFF_ID(id, name) DGM_DIFF_##id,
    DGM_DIFF_MAP(DGM_DIFF_ID)
#undef DGM_DIFF_ID
        DGM_N_DIFFS
} dgm_diff_class;
const char *dgm_diff_class_name(dgm_diff_class class);

/* An event that is not the same in both: DGM_NONE for the side that lacks it. */
typedef struct {
    uint32_t old, new; /* indexes */
    uint32_t classes;  /* bit i: dgm_diff_class i; 0: gained or lost */
} dgm_difference;

enum { DGM_MAX_DIFF = 20000 }; /* events of one story */

/* Pairs events by the place of their trigger and type, then by place alone, then by sentence,
 * trigger and type, then by type where triggers overlap. *out, in arena, has the pairs that differ
 * and what is left over, in the order of the text. How an event was found (rule, confidence, id,
 * offsets) is not compared. DGM_ELIMIT: too many events. */
dgm_status dgm_diff_events(const dgm_record *old, uint32_t n_old, const dgm_record *new,
                           uint32_t n_new, dgm_arena *arena, dgm_difference **out, uint32_t *n,
                           dgm_err *err) DGM_MUST_USE;

/* One class of an event as a person reads it: "TUR > ARM", "2020-10-02". */
void dgm_diff_put(const dgm_record *record, dgm_diff_class class, dgm_buffer *out);

#endif
