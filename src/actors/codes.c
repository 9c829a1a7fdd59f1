/* Codes of a role or person as they are put together: of its own words, of whom it serves, of an
 * office once held. */
#include "actors/kinds.h"

#include <string.h>

static void add_other(codes *c, const char *code)
{
    if (!code[0] || strcmp(code, c->sector) == 0)
        return;
    for (uint32_t i = 0; i < c->n_others; i++)
        if (strcmp(c->others[i], code) == 0)
            return;
    if (c->n_others < DGM_MAX_SECTORS)
        memcpy(c->others[c->n_others++], code, 4);
}

codes codes_of(const phrase *p)
{
    codes c = { .n_others = 0 };
    if (p->n_countries > 0)
        memcpy(c.country, p->countries[0], 4);
    memcpy(c.sector, p->sector, 4);
    if (c.country[0] && !dgm_is_state_code(c.country) && strcmp(c.sector, "GOV") == 0)
        c.sector[0] = 0; /* the mission of the United Nations is of no government */
    for (uint32_t i = 0; i < p->n_others; i++)
        add_other(&c, p->others[i]);
    return c;
}

/* Who held an office is of the elite; a former neighbour is not. */
void make_former(codes *c)
{
    static const char offices[][4] = { "GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY" };
    char held[4];
    bool opposed = strcmp(c->sector, "OPP") == 0 && c->n_others > 0; /* "opposition leader" */
    if (!opposed && !dgm_is_among(c->sector, offices, DGM_LEN(offices)))
        return;
    memcpy(held, c->sector, 4);
    memcpy(c->sector, "ELI", 4);
    add_other(c, held);
}

bool is_flexible(const phrase *p)
{
    return p->generic || (p->agent && strcmp(p->agent->sector, "GOV") == 0 &&
                          (p->agent->kind == KIND_ROLE || p->agent->kind == KIND_TITLE));
}

bool actors_is_coalition(const phrase *p)
{
    return p->agent && dgm_view_eq(p->agent->name, DGM_VIEW("coalition"));
}

bool actors_is_armed_group(const char *sector)
{
    static const char groups[][4] = { "REB", "PRM", "UAF" };
    return dgm_is_among(sector, groups, DGM_LEN(groups));
}

bool actors_is_state_force(const char *sector)
{
    return strcmp(sector, "MIL") == 0 || strcmp(sector, "COP") == 0;
}

/* A body whose fighters and officials are its own. */
static bool is_body(const dgm_entity *e)
{
    return e->kind == DGM_ENTITY_ORG || e->kind == DGM_ENTITY_GROUP ||
           e->kind == DGM_ENTITY_GOVERNMENT ||
           (e->kind == DGM_ENTITY_PERSON && actors_is_armed_group(e->sector));
}

static bool is_force(const phrase *p)
{
    return p->agent && (strcmp(p->agent->sector, "MIL") == 0 || is_flexible(p) ||
                        actors_is_armed_group(p->agent->sector) || actors_is_coalition(p));
}

/* The sector of one who is served, for a role that has none of its own. */
static void take_served_sector(const phrase *p, const dgm_entity *e, codes *c)
{
    if (e->sector[0] && (!p->generic || !c->sector[0] || is_flexible(p))) {
        memcpy(c->sector, e->sector, 4);
        for (uint32_t k = 0; k < e->n_others; k++)
            add_other(c, e->others[k]);
    } else if (!dgm_is_state_code(e->country) && e->country[0]) {
        c->sector[0] = 0; /* an official of the United Nations is of no government */
    } else if (e->kind == DGM_ENTITY_COUNTRY && !c->sector[0]) {
        memcpy(c->sector, "GOV", 4);
    }
}

static bool are_others_of(reading *r, const phrase *p, uint32_t owner)
{
    if (!owner || !p->head || !lemma_of(r->lex, &r->s->words[p->head], WORDS_OTHER_STATE))
        return false;
    uint32_t i = entity_at(r, owner);
    dgm_entity_kind kind = i == DGM_NONE ? DGM_ENTITY_OTHER : r->doc->entities.at[i].kind;
    return kind == DGM_ENTITY_COUNTRY || kind == DGM_ENTITY_GOVERNMENT;
}

bool actors_is_of_others(reading *r, const phrase *p)
{
    return are_others_of(r, p, p->possessor) || are_others_of(r, p, p->principal);
}

void serve(reading *r, const phrase *p, uint32_t word, codes *c)
{
    uint32_t i = entity_at(r, word);
    if (i == DGM_NONE || lemma_of(r->lex, &r->s->words[p->head], WORDS_HARMER))
        return; /* "her kidnappers" */
    if (are_others_of(r, p, word)) {
        c->sector[0] = 0; /* nobody that the story would let us tell */
        return;
    }
    const dgm_entity *e = &r->doc->entities.at[i];
    if (!c->country[0])
        memcpy(c->country, e->country, 4);
    if (form_of(r->lex, &r->s->words[p->role_last ? p->role_last : p->head], WORDS_AGAINST)) {
        if (!c->sector[0] && strcmp(e->sector, "GOV") == 0 && dgm_is_state_code(e->country))
            memcpy(c->sector, "OPP", 4); /* "the president's rival" */
        return;
    }
    if (form_of(r->lex, &r->s->words[p->role_last ? p->role_last : p->head], WORDS_APART))
        return;
    bool hired = lemma_of(r->lex, &r->s->words[p->head], WORDS_HIRED);
    bool follows = e->kind != DGM_ENTITY_PERSON &&
                   dgm_has_class(r->s->tree, p->head, DGM_CLASS_FOLLOWERS) &&
                   (strcmp(e->sector, "PTY") == 0 || strcmp(e->sector, "OPP") == 0);
    if ((is_body(e) && is_force(p) && actors_is_armed_group(e->sector)) ||
        (hired && strcmp(e->sector, "BUS") == 0) || follows)
        memcpy(c->sector, e->sector, 4);
    else if (p->generic || (is_body(e) && is_flexible(p)))
        take_served_sector(p, e, c);
}
