/* court.h - the judge at work on one document, and what is found of each word. Inside the room
 * only. */
#ifndef DGM_JUDGE_COURT_H
#define DGM_JUDGE_COURT_H

#include "judge/sight.h"

struct dgm_judge {
    dgm_linear *types, *sides, *parties;
    dgm_perceptron *kin; /* types by words of like meaning; NULL: the tables bring none */
    connotation *tone;
};

/* Scores: likelihoods of 0.03 and of 0.00005. */
enum { JUDGE_HOPELESS = -3500, JUDGE_IMPOSSIBLE = -10000 };

typedef struct {
    occasion at;
    double type_likelihood, sides_likelihood;
    double undenied;          /* the likelihood of the type if nothing denied the word */
    dgm_event_type rule_type; /* NONE: no rule */
    dgm_judging judging;
    ranking ranking;
    uint32_t actors, recipients;            /* bits of the ranking */
    dgm_view type_reasons, side_reasons[2]; /* for explain */
    bool content, kept, told;               /* told: by another word, which stays */
    bool supposed;                          /* nobody is likelier than its recipients */
    bool made_of_not; /* its type comes of the "not" beside the word, if any */
} verdict;

typedef struct {
    const dgm_judge *judge;
    sight sight;
    unsigned what;
    DGM_ARRAY(verdict) verdicts;
    dgm_features features;
    uint32_t topic_of;      /* a sentence, or DGM_NONE */
    int32_t topic[N_TYPES]; /* what it is about, as scores */
} court;

/* A side of the rules' event; nobody where the judge adds the event. */
static inline members rules_side(const verdict *v, uint32_t role)
{
    return v->at.event == DGM_NONE ? (members) { NULL, 0 } : side_of(v->at.sides, role);
}

/* ---- rank.c --------------------------------------------------------------------------------- */

/* The bit of the ranking that stands for a state; 0: it is not ranked. */
uint32_t judge_bit_of_state(const ranking *r, uint32_t state);
/* How likely each state in sight acts and receives, and which do. False: no memory. */
bool judge_rank(court *c, verdict *v);

/* ---- weigh.c -------------------------------------------------------------------------------- */

/* Whether the word is an event: its type, its sides, and whether it is kept. False: no memory. */
bool judge_weigh(court *c, verdict *v);
/* Whether an event that is so likely stays. */
bool judge_is_enough(const court *c, const verdict *v);

/* ---- several.c ------------------------------------------------------------------------------ */

/* Drops what another word of the document tells better. False: no memory. */
bool judge_drop_told(court *c);

#endif
