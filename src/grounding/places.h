/* places.h - finds the places of a document and says which event happened where. Internal to
 * grounding. */
#ifndef DGM_PLACES_H
#define DGM_PLACES_H

#include "grammar/grammar.h"
#include "grounding/gazetteer.h"

/* Fills doc->places with all places of the text in its order, those where something is said to be
 * or to happen and those that are only named, and gives every event its locations. */
dgm_status dgm_places_find(const dgm_gazetteer *gazetteer, dgm_document *doc, dgm_err *err);

#endif
