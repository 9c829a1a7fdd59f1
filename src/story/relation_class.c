/* The classes of relations: those of PLOVER before 2021. */
#include "story/relations.h"

const char *const dgm_relation_names[DGM_N_RELATIONS] = {
    "ACCUSE",  "AGREE",  "AID",     "ASSAULT",  "COERCE",  "CONSULT",  "COOPERATE", "MOBILIZE",
    "PROTEST", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD",
};

uint32_t dgm_relation_of(dgm_view name)
{
    if (dgm_view_eq(name, DGM_VIEW("CONCEDE")) || dgm_view_eq(name, DGM_VIEW("RETREAT")))
        name = DGM_VIEW("YIELD");
    uint32_t i = dgm_view_index(name, dgm_relation_names, DGM_N_RELATIONS);
    return i < DGM_N_RELATIONS ? i : DGM_NONE;
}

const char *dgm_relation_class(const dgm_story *story, const dgm_document *doc,
                               const dgm_event *event)
{
    return dgm_event_type_name(
        dgm_like(dgm_older_class(dgm_story_coder(story)->events, doc, event)));
}
