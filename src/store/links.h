/* links.h - what one story tells as one event, sides, and what later reports make of a commitment.
 * Inside store; knows of no database. */
#ifndef DGM_LINKS_H
#define DGM_LINKS_H

#include "output/record.h"

/* Which of the world's parties somebody is: the country where it is known, else the code. */
dgm_view dgm_side_of(const dgm_record_actor *actor);

/* One number for all that a story tells of an event: type, codes of actors and recipients in any
 * order, day, place. 0: nobody takes part, and it is like no other; -1: no memory. */
int64_t dgm_same_event(const dgm_record *r);
/* One number for type and sides, whenever and wherever. 0: nobody takes part; -1: no memory. */
int64_t dgm_same_sides(const dgm_record *r);
/* A number whose differences are days; 0 where it is no day. */
int64_t dgm_day_number(dgm_view day);

/* ---- commitments ---------------------------------------------------------------------------- */

typedef enum {
    DGM_ANNOUNCEMENT,
    DGM_PROMISE,
    DGM_THREAT,
    DGM_ULTIMATUM,
    DGM_CONDITION
} dgm_commitment;
typedef enum { DGM_OPEN, DGM_TRIGGERED, DGM_FULFILLED, DGM_BROKEN, DGM_LAPSED } dgm_outcome;
const char *dgm_commitment_name(dgm_commitment kind);
const char *dgm_outcome_name(dgm_outcome outcome);

/* What a committed event is, by PLOVER's types: `parent` is the type of the speech act whose
 * content it is (DGM_EVENT_NONE); promised: the innermost voice promises. */
dgm_commitment dgm_commitment_of(dgm_event_type type, dgm_event_type parent, bool promised,
                                 bool has_condition);

/* A later report that matches. */
typedef struct {
    int64_t day;       /* on which it was reported */
    bool of_condition; /* it is the condition that came true; else the committed act itself */
    bool negated;
    bool instead; /* it is no report of the act, but of what cannot go with it */
} dgm_later;
/* The first report of the act decides; else of what is done instead; else the condition; else the
 * deadline (0: none) against the newest report. negated: it was committed not to do it. *decided:
 * index of what decided, or DGM_NONE. */
dgm_outcome dgm_judge(bool negated, int64_t deadline, int64_t newest, const dgm_later *later,
                      uint32_t n, uint32_t *decided);

#endif
