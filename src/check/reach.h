/* reach.h - which codes of the codebook some rule can give. */
#ifndef DGM_CHECK_REACH_H
#define DGM_CHECK_REACH_H

#include "events/events.h"

/* Complains about every type, mode, context and CAMEO code that no rule reaches, alone or under an
 * operator. Codes without a PLOVER type, mere statements, are nobody's to reach. */
void dgm_events_reach(const dgm_events *events, const char *dir, dgm_complaints *complaints);

#endif
