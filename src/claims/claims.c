/* The stages of the room, in order. */
#include "claims/work.h"

dgm_status dgm_claims_find(const dgm_claims *claims, dgm_document *doc, dgm_err *err)
{
    work w = { .claims = claims, .doc = doc };
    if (!tree_build(&w) || !quotes_find(&w) || !voices_find(&w) || !conditions_find(&w) ||
        !factuality_set(&w) || !history_set(&w) || !links_find(&w) || !contradictions_find(&w))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the claims of a story");
    return DGM_OK;
}
