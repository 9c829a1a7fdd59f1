/* period.h - days, weeks, months and years, by which answers are counted. */
#ifndef DGM_STORE_PERIOD_H
#define DGM_STORE_PERIOD_H

#include "grounding/calendar.h"
#include "store/store.h"

/* The first day of the period that the day lies in. */
dgm_day dgm_period_begin(dgm_by period, dgm_day day);
/* The first day of the next one. */
dgm_day dgm_period_after(dgm_by period, dgm_day begin);
/* How the period is written in which the day lies: "2020", "2020-10", a week by its Monday. In out.
 */
dgm_view dgm_period_name(dgm_by period, int64_t day, char out[11]);

#endif
