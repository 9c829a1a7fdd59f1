/* Which codes of the ontology some rule can give, alone or as an operator over what others give. */
#include "check/reach.h"

#include "events/knowledge.h"

#include <stdlib.h>

typedef struct {
    const dgm_events *events;
    const char *dir;
    dgm_complaints *complaints;
    bool *cameo; /* reached, by index */
    bool types[DGM_MAX_TYPES];
} reaching;

/* Whether some rule gives a code that begins so, to an event of a type that the operator takes. */
static bool has_content(const dgm_events *events, uint64_t takes, dgm_view beginning)
{
    for (uint32_t i = 0; i < events->rules.n; i++) {
        const dgm_rule *rule = &events->rules.at[i];
        if (rule->type && dgm_type_among(rule->type, takes) &&
            dgm_view_starts(rule->cameo, beginning))
            return true;
    }
    return false;
}

static void reach(reaching *r, dgm_view code, dgm_event_type type)
{
    uint32_t i = dgm_map_get(r->events->cameo_codes, code);
    if (i != DGM_NONE)
        r->cameo[i] = true;
    r->types[dgm_type_index(type)] = true;
}

static void reach_rule(reaching *r, const dgm_rule *rule)
{
    const dgm_events *events = r->events;
    reach(r, rule->cameo, rule->type);
    for (uint32_t i = 0; rule->is_operator && i < events->compositions.n; i++) {
        const dgm_composition *it = &events->compositions.at[i];
        if (dgm_view_eq(it->base, rule->cameo) && has_content(events, rule->takes, it->content))
            reach(r, it->cameo, rule->type);
    }
}

static bool is_mode(dgm_view name, const dgm_mode *mode)
{
    return dgm_view_eq(name, mode->mode) || dgm_view_eq(name, mode->key);
}

static bool mode_reached(const reaching *r, const dgm_mode *mode)
{
    const dgm_events *events = r->events;
    for (uint32_t i = 0; i < events->rules.n; i++)
        if (events->rules.at[i].type == mode->type && is_mode(events->rules.at[i].mode, mode))
            return true;
    for (uint32_t i = 0; i < events->cameo.n; i++)
        if (r->cameo[i] && events->cameo.at[i].type == mode->type &&
            is_mode(events->cameo.at[i].mode, mode))
            return true;
    return false;
}

static void complain_of_types(const reaching *r)
{
    const dgm_types *types = &r->events->types;
    for (uint32_t t = 1; t < types->n; t++)
        if (!r->types[t] && types->at[t].name[0])
            dgm_complain(r->complaints, DGM_EFORMAT, r->dir, 0, "no rule gives %s",
                         types->at[t].name);
    for (uint32_t t = 1; t < types->n; t++) {
        dgm_view code = r->events->roles[t].cameo;
        if (code.n > 0 && !dgm_cameo_of(r->events, code))
            dgm_complain(r->complaints, DGM_EFORMAT, r->dir, 0, "%s has no CAMEO code: %.*s",
                         types->at[t].name, DGM_FMT(code));
    }
    for (uint32_t i = 0; i < r->events->modes.n; i++) {
        const dgm_mode *mode = &r->events->modes.at[i];
        if (!mode_reached(r, mode))
            dgm_complain(r->complaints, DGM_EFORMAT, r->dir, 0, "no rule gives %s:%.*s",
                         dgm_type_name(types, mode->type), DGM_FMT(mode->mode));
    }
}

static uint64_t word_contexts(const dgm_events *events)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; i < events->context_rows.n; i++)
        bits |= (uint64_t)1 << events->context_rows.at[i];
    return bits;
}

void dgm_events_reach(const dgm_events *events, const char *dir, dgm_complaints *complaints)
{
    reaching r = { .events = events, .dir = dir, .complaints = complaints };
    r.cameo = calloc(events->cameo.n + 1, sizeof(*r.cameo));
    if (!r.cameo) {
        dgm_complain(complaints, DGM_ENOMEM, dir, 0, "no memory to see what the rules reach");
        return;
    }
    for (uint32_t i = 0; i < events->rules.n; i++)
        if (events->rules.at[i].type != DGM_EVENT_NONE)
            reach_rule(&r, &events->rules.at[i]);
    uint64_t contexts = word_contexts(events);
    for (uint32_t i = 0; i < events->cameo.n; i++) {
        const dgm_cameo *cameo = &events->cameo.at[i];
        if (r.cameo[i])
            contexts |= cameo->contexts;
        else if (cameo->type != DGM_EVENT_NONE && cameo->code[2] != '\0')
            dgm_complain(complaints, DGM_EFORMAT, dir, 0, "no rule gives the code %s", cameo->code);
    }
    for (uint32_t i = 0; i < events->contexts.n; i++)
        if (!(contexts >> i & 1))
            dgm_complain(complaints, DGM_EFORMAT, dir, 0, "nothing gives the context %.*s",
                         DGM_FMT(events->contexts.at[i]));
    complain_of_types(&r);
    free(r.cameo);
}
