/* periods.h - counts by day gathered into days, weeks, months or years. Inside serve. */
#ifndef DGM_SERVE_PERIODS_H
#define DGM_SERVE_PERIODS_H

#include "grounding/calendar.h"
#include "serve/routes.h"
#include "store/page.h"
#include "store/period.h"

enum { DGM_MOST_PERIODS = 400, DGM_MOST_ASKED_PERIODS = 20000 };

typedef struct {
    dgm_by by;
    dgm_day first; /* begins the first period */
    uint32_t n;
} dgm_periods;

/* Periods from the first to the last day. by NULL: the shortest of which there are not more than
 * DGM_MOST_PERIODS; where even years are more, the last ones. False: there are too many of those
 * that were asked for, or the word is none (q->refusal). DGM_NO_DAY: no periods. */
bool dgm_periods_of(dgm_question *q, const char *by, dgm_day first, dgm_day last, dgm_periods *out);
/* DGM_NONE: before the first or after the last. */
uint32_t dgm_period_at(const dgm_periods *periods, dgm_day day);
void dgm_periods_json(const dgm_periods *periods, dgm_buffer *out);

/* ,"name":{"by",...}: events of the filter by period and quad class, and stories read. name NULL:
 * the whole answer. */
bool dgm_put_timeline(dgm_question *q, const dgm_filter *filter, const char *name);
/* The series of mean Goldstein scores. */
bool dgm_put_series(dgm_question *q, const dgm_filter *filter, const char *name);
/* pairs.c: "dyads":[...], or "partners":[...] of a party. */
bool dgm_put_dyads(dgm_question *q, const dgm_filter *filter, uint64_t limit, const char *party);

#endif
