/* states.h - a state that acts, or is spoken to, is its government. */
#ifndef DGM_EVENTS_STATES_H
#define DGM_EVENTS_STATES_H

#include "events/knowledge.h"

/* Puts governments in the place of states in the roles of all events. False: no memory. */
bool dgm_settle_states(const dgm_events *events, dgm_document *doc);

#endif
