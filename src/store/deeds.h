/* deeds.h - by CAMEO's codes, what a later deed makes of one that was promised or threatened.
 * Inside store; knows of no database. */
#ifndef DGM_DEEDS_H
#define DGM_DEEDS_H

#include "base/base.h"

typedef enum {
    DGM_DEED_OTHER,   /* the codes say nothing */
    DGM_DEED_DONE,    /* it is the deed: 0353 or 084, then 0841 */
    DGM_DEED_LIKE,    /* it is of that sort, and the code has several: 032, then 054 */
    DGM_DEED_REFUSED, /* it is refused: 0353 or 084, then 1243 */
    DGM_DEED_INSTEAD  /* what cannot go with it is done: 0356 or 087, then 195 */
} dgm_deed;

/* The code of what is committed, as an intention (03), a threat (13) or the deed itself, and that
 * of what is reported later. */
dgm_deed dgm_deed_of(dgm_view committed, dgm_view later);

#endif
