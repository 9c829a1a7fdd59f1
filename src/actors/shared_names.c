/* "RSF" is Sudan's where the story speaks of Sudan, and a body of journalists where it speaks of
 * reporters. */
#include "actors/kinds.h"

#include <string.h>

enum { MAX_SHARED = 16 };

/* What a story says of the bodies that share a name. */
typedef struct {
    uint32_t chain;
    const fact *home;
} shared_name;

static bool is_shared(const reading *r, uint32_t chain)
{
    const fact *facts = r->lex->facts.at;
    for (uint32_t i = facts[chain].next; i != DGM_NONE; i = facts[i].next)
        if (facts[chain].type == FACT_ORG && facts[i].type == FACT_ORG &&
            strcmp(facts[chain].country, facts[i].country) != 0)
            return true;
    return false;
}

/* Of two that hold on the date, the one whose state is named more. */
static const fact *most_named(const reading *r, const fact *first, uint32_t chain)
{
    const fact *best = first;
    for (uint32_t i = chain; i != DGM_NONE; i = r->lex->facts.at[i].next) {
        const fact *f = &r->lex->facts.at[i];
        if (f->type == FACT_ORG && dgm_is_state_code(f->country) && !f->weak &&
            fact_holds(f, r->date) && count_of(r, f->country) > count_of(r, best->country))
            best = f;
    }
    return best;
}

/* "Fighters" speak of an armed body, "reporters" of one of reporters. */
static bool is_of_trade(const fact *role, const fact *body)
{
    static const char arms[][4] = { "MIL", "PRM", "REB", "UAF" };
    if (role->type != FACT_AGENT || !body->sector[0])
        return false;
    return strcmp(role->sector, body->sector) == 0 ||
           (body->kind == KIND_ARMED && dgm_is_among(role->sector, arms, DGM_LEN(arms)));
}

/* What the match says of the body: 2, its full name; 1, somebody of its trade; 0, nothing. */
static int witness(const reading *r, const match *found, const fact *f)
{
    const fact *g = &r->lex->facts.at[found->fact];
    if (g->source == f->source && g->line == f->line && g->next == DGM_NONE)
        return 2;
    return is_of_trade(g, f);
}

/* The one for which the story says most; how much, in *most. */
static const fact *best_witnessed(const reading *r, uint32_t chain, int *most)
{
    const fact *best = NULL;
    *most = 0;
    for (uint32_t s = 0; s < r->doc->sentences.n; s++)
        for (uint32_t j = 0; j < r->found[s].n && *most < 2; j++)
            for (uint32_t i = chain; i != DGM_NONE; i = r->lex->facts.at[i].next) {
                const fact *f = &r->lex->facts.at[i];
                int says = f->type == FACT_ORG ? witness(r, &r->found[s].at[j], f) : 0;
                if (says > *most) {
                    best = f;
                    *most = says;
                }
            }
    return best;
}

/* The one that the story introduces in full; the first of the tables, if its state is named; the
 * one whose state is named most; the one of whose trade it speaks. */
static const fact *home_of(const reading *r, const dgm_sentence *s, const matches *m,
                           const match *found)
{
    const fact *first = choose_fact(r->lex, s, m, found, r->date, NULL);
    int most;
    const fact *told = best_witnessed(r, found->fact, &most);
    if (!first || first->type != FACT_ORG || most == 2)
        return told;
    if (count_of(r, first->country) > 0)
        return first;
    const fact *named = most_named(r, first, found->fact);
    return told && named == first ? told : named;
}

void actors_settle_shared_names(reading *r)
{
    shared_name known[MAX_SHARED];
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->doc->sentences.n; i++)
        for (uint32_t j = 0; j < r->found[i].n; j++) {
            match *found = &r->found[i].at[j];
            if (!is_shared(r, found->fact))
                continue;
            uint32_t k = 0;
            while (k < n && known[k].chain != found->fact)
                k++;
            if (k == MAX_SHARED)
                continue;
            if (k == n)
                known[n++] = (shared_name) { found->fact, home_of(r, &r->doc->sentences.at[i],
                                                                  &r->found[i], found) };
            found->home = known[k].home;
        }
}
