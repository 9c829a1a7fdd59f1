/* claims.h - on whose word, whether so, and how real: attribution chains, polarity, status,
 * historical, conditions, what a claim or a denial is about, contradiction within the story. */
#ifndef DGM_CLAIMS_H
#define DGM_CLAIMS_H

#include "document/types.h"

typedef struct dgm_claims dgm_claims; /* the cue tables; read-only once loaded */

dgm_status dgm_claims_load(const char *tables_dir, dgm_complaints *complaints, dgm_claims **out,
                           dgm_err *err) DGM_MUST_USE;
void dgm_claims_free(dgm_claims *claims);

/* Fills doc->attributions_found and, of every event, polarity, status, historical, condition,
 * attributions, contradicts; content_of where events left it open. */
dgm_status dgm_claims_find(const dgm_claims *claims, dgm_document *doc, dgm_err *err) DGM_MUST_USE;

#endif
