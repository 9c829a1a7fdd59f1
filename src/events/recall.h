/* recall.h - roles that a sentence leaves open and the story has told. */
#ifndef DGM_EVENTS_RECALL_H
#define DGM_EVENTS_RECALL_H

#include "document/document.h"

/* Gives a denial without a recipient the accuser, and a promise of help without one the side that
 * asked for it. False: no memory. */
bool dgm_recall_recipients(dgm_document *doc);

#endif
