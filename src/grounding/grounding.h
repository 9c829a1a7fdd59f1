/* grounding.h - when and where: time expressions against the story's date, places to coordinates,
 * both tied to the events that they govern. */
#ifndef DGM_GROUNDING_H
#define DGM_GROUNDING_H

#include "document/types.h"

typedef struct dgm_grounding dgm_grounding; /* gazetteer and time words; read-only once loaded */

dgm_status dgm_grounding_load(const char *tables_dir, dgm_complaints *complaints,
                              dgm_grounding **out, dgm_err *err) DGM_MUST_USE;
void dgm_grounding_free(dgm_grounding *grounding);

/* Fills doc->times and doc->places, with all that the text tells, and gives each event date,
 * date_end, date_basis, locations and, by a past time, historical. */
dgm_status dgm_grounding_find(const dgm_grounding *grounding, dgm_document *doc,
                              dgm_err *err) DGM_MUST_USE;

#endif
