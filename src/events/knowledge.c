/* What files that load tables and files that code both ask the loaded tables. */
#include "events/knowledge.h"

const dgm_cameo *dgm_cameo_of(const dgm_events *events, dgm_view code)
{
    uint32_t i = dgm_map_get(events->cameo_codes, code);
    return i == DGM_NONE ? NULL : &events->cameo.at[i];
}

bool dgm_list_add(dgm_events *events, dgm_map *map, dgm_view key, uint32_t id)
{
    uint32_t i = dgm_map_get(map, key);
    if (i == DGM_NONE) {
        i = events->lists.n;
        dgm_id_list *fresh = dgm_push(events->arena, &events->lists);
        if (!fresh || dgm_map_set(map, key, i, NULL) != DGM_OK)
            return false;
    }
    dgm_id_list *list = &events->lists.at[i];
    for (uint32_t j = 0; j < list->n; j++)
        if (list->at[j] == id)
            return true;
    uint32_t *slot = dgm_push(events->arena, list);
    if (slot)
        *slot = id;
    return slot != NULL;
}

void dgm_roles_of(const dgm_events *events, const dgm_rule *rule, dgm_event_type type,
                  dgm_role_list *actors, dgm_role_list *recipients)
{
    const dgm_type_roles *usual = &events->roles[dgm_type_index(type)];
    *actors = rule->actors;
    *recipients = rule->recipients;
    if (actors->n == 0)
        *actors = rule->is_noun ? usual->noun_actors : usual->actors;
    if (recipients->n == 0)
        *recipients = rule->is_noun ? usual->noun_recipients : usual->recipients;
}
