/* The chain of an event: on whose word it is, outermost first. */
#include "claims/work.h"

/* Voices without words of their own add nothing to a chain, nor does the same speaker twice in a
 * row through a report of his own ("France has information that"). */
bool chain_push(work *w, dgm_event *event, uint32_t attribution)
{
    dgm_document *doc = w->doc;
    const dgm_attribution *a = &doc->attributions_found.at[attribution];
    for (uint32_t i = 0; i < event->attributions.n; i++)
        if (event->attributions.at[i] == attribution)
            return true;
    if (event->attributions.n > 0 && a->speaker_entity != DGM_NONE) {
        uint32_t last = event->attributions.at[event->attributions.n - 1];
        uint32_t other = doc->attributions_found.at[last].speaker_entity;
        if (other == a->speaker_entity)
            return true;
        if (other != DGM_NONE && a->kind == DGM_KIND_REPORT &&
            dgm_view_eq(dgm_view_of(doc->entities.at[other].country),
                        dgm_view_of(doc->entities.at[a->speaker_entity].country)))
            return true;
    }
    uint32_t *slot = dgm_push(doc->arena, &event->attributions);
    if (!slot)
        return false;
    *slot = attribution;
    return true;
}
