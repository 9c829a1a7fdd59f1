/* time_grammar.h - reads one time expression at a place in a sentence. Internal to grounding. */
#ifndef DGM_TIME_GRAMMAR_H
#define DGM_TIME_GRAMMAR_H

#include "grounding/calendar.h"
#include "grounding/time_words.h"

typedef enum {
    DGM_GRAIN_DAY,
    DGM_GRAIN_WEEK,
    DGM_GRAIN_MONTH,
    DGM_GRAIN_SEASON,
    DGM_GRAIN_YEAR,
    DGM_GRAIN_DECADE,
    DGM_GRAIN_CENTURY
} dgm_grain;

/* Lapsed: ahead of what was over by then, "had agreed to leave in March". The nearer March is
 * meant, but the next Friday and the last weekend; "within a month" is a mere length. */
typedef enum { DGM_TENSE_PAST, DGM_TENSE_FUTURE, DGM_TENSE_LAPSED } dgm_tense;

/* A time expression: words first..last of the sentence, and the days that it means. */
typedef struct {
    uint32_t first, last;
    dgm_day begin, end; /* DGM_NO_DAY: not known which */
    dgm_grain grain;
    bool duration;  /* anchors nothing */
    bool weekday;   /* a bare day of the week, which a range may move */
    bool anaphoric; /* hangs on the time told before */
    bool beside;    /* of another clause than the sentence's own: "four days after he fled" */
    /* The same without "since", "until" and "by": "last Sunday" of "since last Sunday". */
    uint32_t first_word;
    dgm_day own_begin, own_end;
    dgm_timex_kind kind;
    char value[DGM_MAX_TIMEX];
} dgm_time_expr;

/* Where the grammar stands: one sentence, its tokens (1..n_words), the story's date and the time
 * that was told last. */
typedef struct {
    const dgm_time_words *words;
    const dgm_sentence *sentence, *first; /* the report's first sentence */
    const dgm_time_token *tokens;
    dgm_day today;
    dgm_day last_begin, last_end; /* DGM_NO_DAY: none told yet */
    dgm_day over_begin, over_end; /* the last that was not ahead of the story */
    bool last_here;               /* told in this sentence */
    dgm_day last_day;             /* the last that was one day; DGM_NO_DAY */
    const dgm_sentence *day_in;   /* the sentence that told it */
} dgm_time_scan;

/* The longest expression that begins with word i; false: none does. */
bool dgm_time_expr_at(const dgm_time_scan *scan, uint32_t i, dgm_time_expr *out);

/* What dates no event, but is a time all the same: "every Friday", "a two-week truce", "at 3 p.m.",
 * "now". Asked where dgm_time_expr_at() finds nothing. */
bool dgm_time_loose_at(const dgm_time_scan *scan, uint32_t i, dgm_time_expr *out);

/* Past or future, by the verb that word i hangs on. */
dgm_tense dgm_time_tense(const dgm_time_scan *scan, uint32_t i);
/* "renewed the mandate until July 29", "extended to Friday": whether the time at word i is such an
 * end, which lies ahead and is no end of a range. */
bool dgm_time_is_new_end(const dgm_time_scan *scan, uint32_t i);

#endif
