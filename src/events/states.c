/* "Armenia accused Turkey": the name of a state stands for its government where the state acts, and
 * where it is spoken to or dealt with. What is done to a state bodily is done to the whole of it,
 * and who shot for it the name does not say: "Armenia shelled Azerbaijan". */
#include "events/states.h"
#include "document/party.h"

#include <string.h>

/* A story and the governments in it, the first of each country. */
typedef struct {
    dgm_document *doc;
    DGM_ARRAY(uint32_t) governments;
} states;

static uint32_t known_government(const states *x, const char *country)
{
    for (uint32_t i = 0; i < x->governments.n; i++)
        if (strcmp(x->doc->entities.at[x->governments.at[i]].country, country) == 0)
            return x->governments.at[i];
    return DGM_NONE;
}

static bool know_government(states *x, uint32_t i_entity)
{
    const dgm_entity *e = &x->doc->entities.at[i_entity];
    if (e->kind != DGM_ENTITY_GOVERNMENT || strcmp(e->sector, "GOV") != 0 ||
        known_government(x, e->country) != DGM_NONE)
        return true;
    uint32_t *added = dgm_push(x->doc->arena, &x->governments);
    if (added)
        *added = i_entity;
    return added != NULL;
}

/* DGM_NONE: no memory. */
static uint32_t government_of(states *x, uint32_t state)
{
    dgm_document *doc = x->doc;
    uint32_t known = known_government(x, doc->entities.at[state].country);
    if (known != DGM_NONE)
        return known;
    dgm_entity *made = dgm_push(doc->arena, &doc->entities);
    if (!made)
        return DGM_NONE;
    const dgm_entity *from = &doc->entities.at[state];
    *made = (dgm_entity) { .kind = DGM_ENTITY_GOVERNMENT, .source = from->source };
    made->name = dgm_arena_printf(doc->arena, "government of %.*s", DGM_FMT(from->name));
    memcpy(made->country, from->country, sizeof made->country);
    memcpy(made->sector, "GOV", 4);
    return know_government(x, doc->entities.n - 1) ? doc->entities.n - 1 : DGM_NONE;
}

/* A state by its name or by a word that stands for the name, not "the Israeli assault". */
static bool is_state(const dgm_document *doc, const dgm_participant *p)
{
    const dgm_entity *e = &doc->entities.at[p->entity];
    const dgm_mention *m = &doc->mentions.at[p->mention];
    return e->kind == DGM_ENTITY_COUNTRY && !e->sector[0] && dgm_is_state_code(e->country) &&
           doc->sentences.at[m->span.sentence].words[m->head].upos != DGM_ADJ;
}

/* In a role a government stands once. */
static bool settle(states *x, dgm_participant *at, uint32_t *n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *n; i++) {
        dgm_participant p = at[i];
        if (is_state(x->doc, &p))
            p.entity = government_of(x, p.entity);
        if (p.entity == DGM_NONE)
            return false;
        bool twice = false;
        for (uint32_t k = 0; k < kept; k++)
            twice = twice || at[k].entity == p.entity;
        if (!twice)
            at[kept++] = p;
    }
    *n = kept;
    return true;
}

static bool is_bodily(dgm_event_type type)
{
    type = dgm_like(type);
    return type == DGM_ASSAULT || type == DGM_COERCE || type == DGM_MOBILIZE ||
           type == DGM_RETREAT || type == DGM_PROTEST || type == DGM_AID;
}

bool dgm_settle_states(const dgm_events *events, dgm_document *doc)
{
    states x = { .doc = doc };
    for (uint32_t i = 0; i < doc->entities.n; i++)
        if (!know_government(&x, i))
            return false;
    for (uint32_t i = 0; i < doc->events.n; i++) {
        dgm_event *event = &doc->events.at[i];
        if (events->roles[dgm_type_index(event->type)].plain_states)
            continue;
        if (dgm_like(event->type) != DGM_ASSAULT && !settle(&x, event->actors.at, &event->actors.n))
            return false;
        if (!is_bodily(event->type) && !settle(&x, event->recipients.at, &event->recipients.n))
            return false;
    }
    return true;
}
