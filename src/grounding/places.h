/* places.h - finds the places of a document and says which event happened where. Internal to
 * grounding. */
#ifndef DGM_PLACES_H
#define DGM_PLACES_H

#include "grammar/grammar.h"
#include "grounding/gazetteer.h"

/* Fills doc->places with the places where something is said to be or to happen, in the order of
 * the text, and gives every event its locations. */
dgm_status dgm_places_find(const dgm_gazetteer *gazetteer, dgm_document *doc, dgm_err *err);

#endif
