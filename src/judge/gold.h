/* gold.h - the events that a careful coder found in a story. Inside the room only. */
#ifndef DGM_JUDGE_GOLD_H
#define DGM_JUDGE_GOLD_H

#include "judge/sight.h"

enum { MAX_MEMBERS = 16, MAX_ALTERNATIVES = 6 };

/* One of a side, by any of several countries. */
typedef struct {
    char countries[MAX_ALTERNATIVES][4];
    char sectors[MAX_ALTERNATIVES][4]; /* empty: any */
    uint32_t n;
    bool optional;
} gold_member;

typedef struct {
    uint32_t types; /* bit t - 1: type t is right */
    gold_member sides[2][MAX_MEMBERS];
    uint32_t n_sides[2];
    /* the quote's words, in one or two sentences */
    uint32_t begin_sentence, begin_word, end_sentence, end_word;
    bool absent; /* the coder says that there is no such event */
} gold_event;

typedef DGM_ARRAY(gold_event) gold_events;

/* Reads `json` and finds the quotes in doc's text; those that are not there are left out.
 * *complete: what is not coded does not happen; else nobody knows. */
dgm_status gold_read(dgm_document *doc, dgm_view json, const char *file, size_t line,
                     gold_events *out, bool *complete, dgm_err *err);
bool gold_quotes(const gold_event *gold, uint32_t i_sentence, uint32_t word);

#endif
