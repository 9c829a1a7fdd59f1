/* What files that load tables and files that code both ask the loaded tables. */
#include "events/knowledge.h"
#include "events/events.h"

#include <string.h>

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

const dgm_id_list *dgm_rules_of(const dgm_events *events, dgm_view lemma, bool noun)
{
    char key[80];
    if (lemma.n == 0 || lemma.n > sizeof key - 2)
        return NULL;
    key[0] = noun ? 'n' : 'v';
    key[1] = ':';
    memcpy(key + 2, lemma.p, lemma.n);
    uint32_t i = dgm_map_get(events->triggers, (dgm_view) { key, lemma.n + 2 });
    return i == DGM_NONE ? NULL : &events->lists.at[i];
}

void dgm_events_habit(const dgm_events *events, dgm_view lemma, bool noun, dgm_habit *out)
{
    const dgm_id_list *list = dgm_rules_of(events, lemma, noun);
    *out = (dgm_habit) { .most = DGM_EVENT_NONE };
    for (uint32_t i = 0; list && i < list->n; i++) {
        const dgm_rule *rule = &events->rules.at[list->at[i]];
        /* A rule that keeps its type whatever the judge thinks teaches him nothing of the word. */
        if (!rule->is_operator && rule->type != DGM_EVENT_NONE &&
            rule->judging != DGM_JUDGING_SIDES)
            out->rules[dgm_type_index(rule->type)]++;
    }
    uint32_t most = 0;
    for (uint32_t t = 1; t < events->types.n; t++)
        if (out->rules[t] > out->rules[most])
            most = t;
    out->most = events->types.at[most].id;
}
