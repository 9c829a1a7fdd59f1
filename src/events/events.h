/* events.h - tree + mentions -> events: predicate rules over UD, word classes, operators that
 * compose ("refuse to" + AID = REJECT), nominal events, light verbs, reciprocal actors. */
#ifndef DGM_EVENTS_H
#define DGM_EVENTS_H

#include "document/document.h"

typedef struct dgm_events dgm_events; /* ontology and rules; read-only once loaded */

dgm_status dgm_events_load(const char *tables_dir, dgm_complaints *complaints, dgm_events **out,
                           dgm_err *err) DGM_MUST_USE;
void dgm_events_free(dgm_events *events);

/* Fills doc->events: type, mode, cameo, quad, scores, contexts, trigger, roles, content_of, rule.
 * Polarity and status stay at affirmed and actual for claims to set. */
dgm_status dgm_events_find(const dgm_events *events, dgm_document *doc, dgm_err *err) DGM_MUST_USE;

uint32_t dgm_n_contexts(const dgm_events *events);
dgm_view dgm_context_name(const dgm_events *events, uint32_t i);

/* Runs every rule's own example sentence; needs a coder, so the program passes one in. See
 * story.h. */
#endif
