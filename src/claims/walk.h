/* walk.h - the way from a sentence's root down to one event, and the state that is carried along
 * it. Inside the room only.
 *
 * state.c combines states, modifiers.c says what a word's own modifiers make of the state that
 * comes in from above, edges.c what the relation to the next word does by itself; factuality.c
 * goes down, with the operators and voices of the tables. */
#ifndef DGM_CLAIMS_WALK_H
#define DGM_CLAIMS_WALK_H

#include "claims/work.h"

enum { MAX_PATH = 128 };

typedef struct {
    bool negated;
    uint8_t status;     /* dgm_factual_status */
    uint32_t condition; /* w->conditions; DGM_NONE */
} state;

typedef struct {
    work *w;
    uint32_t i_event, i; /* event and its sentence */
    const dgm_sentence *s;
    const sentence_info *info;
    uint32_t path[MAX_PATH]; /* from the root down to the event's word */
    uint32_t n_path;
    uint32_t stop; /* index in path where the event itself begins */
    bool reported; /* a voice stands above: "would" is a future seen from the past */
    state in[MAX_PATH], out[MAX_PATH]; /* of the words of the path that were passed */
} walk;

static inline dgm_event *event_of(const walk *k)
{
    return &k->w->doc->events.at[k->i_event];
}

static inline const dgm_word *word_at(const walk *k, uint32_t i)
{
    return &k->s->words[i];
}

/* ---- state.c -------------------------------------------------------------------------------- */

/* The less real of two statuses. */
uint8_t status_combined(uint8_t a, uint8_t b);
/* What a cue makes of the state above it. */
state state_applied(state above, effect e);
/* The same state, affirmed. */
state state_affirmed(state st);
/* "negated by `not` (english/negation.tsv:12)", for explain. */
void walk_note(const walk *k, const char *what, uint32_t word, const char *file, uint32_t line);

/* ---- modifiers.c ---------------------------------------------------------------------------- */

/* Number of negations beside `word`, the next word of the path left out: what negates that one is
 * counted there. */
uint32_t negations_of(const walk *k, uint32_t word, uint32_t next);
/* The state of `word` itself, from what comes in from above; `next` is the path's next word. */
state state_of_word(const walk *k, state in, uint32_t word, uint32_t next);

/* ---- edges.c -------------------------------------------------------------------------------- */

/* One step of the way: the state that comes in to the head, the one that its modifiers make of it,
 * and the word that the step leads to. */
typedef struct {
    state in, out;
    uint32_t head, child;
} edge;

/* What comes in to the child where neither a voice nor an operator has a say. */
state state_by_relation(const walk *k, const edge *e);
/* The clause of a condition that governs another word. */
bool is_condition_clause(const walk *k, uint32_t word);

#endif
