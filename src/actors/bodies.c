/* Bodies by name: of the tables by country and date, of the story, or new; and the states that they
 * stand for. */
#include "actors/kinds.h"

#include <string.h>

static uint32_t find_fact(const reading *r, const fact *f, const char *country)
{
    for (uint32_t i = oldest(r->actors.n); i < r->actors.n; i++) {
        const fact *g = r->actors.at[i].fact;
        if (g && g->source == f->source && g->line == f->line &&
            strcmp(r->doc->entities.at[i].country, country) == 0)
            return i;
    }
    return DGM_NONE;
}

bool next_member(dgm_view *rest, char code[4])
{
    dgm_view part;
    memset(code, 0, 4);
    while (rest->n > 0 && dgm_view_split(rest, ',', &part)) {
        part = dgm_view_trim(part);
        if (part.n == 3) {
            memcpy(code, part.p, 3);
            return true;
        }
    }
    return false;
}

/* The body, and the states that it stands for ("the Minsk Group"), or these alone ("the Baltic
 * states"). */
static void set_body(reading *r, uint32_t i, uint32_t body, const fact *f)
{
    uint32_t all[12] = { body }, n = f->country[0] || f->members.n == 0;
    dgm_view rest = f->members;
    char member[4];
    while (n < DGM_LEN(all) && next_member(&rest, member))
        all[n++] = country_entity(r, member, "", NULL);
    set_entities(r, i, all, n, DGM_VIA_NAME);
}

/* "the National Guard", "the Socialist Party": such names many countries have. */
static bool is_common_name(const reading *r, const phrase *p, const fact *f)
{
    char buf[256];
    uint32_t i_own = r->m->of_word[p->head];
    if (i_own == DGM_NONE)
        return false;
    const match *own = &r->m->at[i_own];
    dgm_view tokens[MAX_PHRASE_TOKENS], folded = words_folded(r, own->first, own->last);
    if (folded.n + 1 >= sizeof buf || !dgm_is_state_code(f->country))
        return false;
    uint32_t n = cut_tokens(folded, buf, tokens, MAX_PHRASE_TOKENS);
    for (uint32_t i = 0; i < n; i++)
        if (!word_of(&r->lex->words, tokens[i], WORDS_SHARED_NAME))
            return false;
    return n > 0;
}

uint32_t body_entity(reading *r, const fact *f, const char *country, uint32_t word)
{
    uint32_t e = find_fact(r, f, country);
    if (e == DGM_NONE) {
        e = new_entity(r, DGM_ENTITY_ORG, country, f->sector, f->name, f);
        if (e != DGM_NONE)
            r->actors.at[e].unit = r->actors.at[e].named = true;
    }
    if (e != DGM_NONE)
        see(r, e, word);
    return e;
}

void actors_oppose_with(const reading *r, uint32_t body, char sector[4])
{
    if (body != DGM_NONE && strcmp(sector, "PTY") == 0 &&
        strcmp(r->doc->entities.at[body].sector, "OPP") == 0)
        memcpy(sector, "OPP", 4);
}

/* "Conservatives" are Britain's only where the story speaks of Britain. */
static bool is_strange_party(const reading *r, const phrase *p, const fact *f)
{
    uint32_t own = r->m->of_word[p->head];
    return f->kind == KIND_PARTY && own != DGM_NONE && r->m->at[own].first == r->m->at[own].last &&
           dgm_is_state_code(f->country) && count_of(r, f->country) == 0 && !f->acronym &&
           p->n_countries == 0;
}

/* The body of this name that the country has; NULL: the tables know none. */
static const fact *namesake_in(const reading *r, const phrase *p, const char *country)
{
    const fact *best = NULL;
    for (uint32_t i = p->name_chain; i != DGM_NONE; i = r->lex->facts.at[i].next) {
        const fact *f = &r->lex->facts.at[i];
        if (f->type == FACT_ORG && strcmp(f->country, country) == 0 &&
            (!best || (!fact_holds(best, r->date) && fact_holds(f, r->date))))
            best = f;
    }
    return best;
}

/* Bodies that a state has at home. Firms, churches and media have branches abroad, and armed groups
 * fight there. */
static bool stays_at_home(const fact *f)
{
    static const char sectors[][4] = { "GOV", "MIL", "COP", "LEG", "JUD", "SPY" };
    return f->kind == KIND_PARTY || f->kind == KIND_MOVEMENT || f->kind == KIND_UNION ||
           (f->kind != KIND_ARMED && dgm_is_among(f->sector, sectors, DGM_LEN(sectors)));
}

/* The state that stands beside a name: "Albania's Green Movement", "the Irish Cyber Security
 * Centre", "the Green Party of Latvia"; NULL: none. */
static const char *state_beside(const reading *r, const phrase *p)
{
    uint32_t owner = p->possessor;
    if (!owner && p->principal && preposition_of(r->s, p->principal) == p->last + 1 &&
        dgm_has_function(r->s->tree, p->principal, DGM_FN_OF))
        owner = p->principal;
    uint32_t i = owner ? r->of_word[owner] : DGM_NONE;
    if (i != DGM_NONE && r->phrases[i].kind == PHRASE_COUNTRY)
        return r->phrases[i].name->country;
    return owner || p->n_countries != 1 ? NULL : p->countries[0];
}

/* "Albania's Green Movement" is not Iran's. */
static bool is_of_another_state(const reading *r, const phrase *p, const fact *f)
{
    const char *state = stays_at_home(f) ? state_beside(r, p) : NULL;
    return state && dgm_is_state_code(state) && dgm_is_state_code(f->country) &&
           strcmp(state, f->country) != 0;
}

/* A body that has its country and name from the story alone. */
static void resolve_strange_body(reading *r, uint32_t i, const char *country)
{
    const phrase *p = &r->phrases[i];
    dgm_view key = words_folded(r, p->head, p->head);
    uint32_t e = new_entity(r, DGM_ENTITY_ORG, country, p->opposed ? "OPP" : p->name->sector,
                            phrase_text(r, p), NULL);
    add_alias(r, key, e);
    uint32_t own = r->m->of_word[p->head];
    if (own != DGM_NONE)
        add_alias(r, words_folded(r, r->m->at[own].first, r->m->at[own].last), e);
    set_entity(r, i, e, DGM_VIA_NAME);
}

/* The body that the story has introduced by this name as another state's; DGM_NONE. */
static uint32_t find_strange_body(const reading *r, const phrase *p)
{
    uint32_t own = r->m->of_word[p->head];
    if (own == DGM_NONE || p->n_countries > 0 || state_beside(r, p))
        return DGM_NONE;
    uint32_t e = find_alias(r, words_folded(r, r->m->at[own].first, r->m->at[own].last));
    return e != DGM_NONE && !r->actors.at[e].fact ? e : DGM_NONE;
}

void resolve_org(reading *r, uint32_t i)
{
    enum { FEW_NAMED = 4 };
    const phrase *p = &r->phrases[i];
    const fact *f = p->name;
    char country[4] = "";
    uint32_t strange_one = find_strange_body(r, p);
    uint32_t known =
        strange_one != DGM_NONE ? strange_one : find_alias(r, words_folded(r, p->head, p->head));
    if ((strange_one != DGM_NONE || p->first + 1 >= p->head) && known != DGM_NONE) {
        set_entity(r, i, known, DGM_VIA_COREF);
        return;
    }
    bool strange = is_strange_party(r, p, f) || is_of_another_state(r, p, f);
    if (strange || !f->country[0] || is_common_name(r, p, f)) {
        open_country(r, p, country);
        const fact *own = country[0] ? namesake_in(r, p, country) : NULL;
        /* "Modi spoke to Congress": where its own state is named, too, no guess makes it a
         * party */
        if (own && own->kind == KIND_PARTY && f->kind != KIND_PARTY && r->guessed &&
            FEW_NAMED * count_of(r, f->country) >= count_of(r, country)) {
            own = NULL;
            memcpy(country, f->country, 4);
        }
        f = own ? own : f;
        /* "the Liberal Party" of Ghana is not Canada's */
        bool other = f->kind == KIND_PARTY && f->country[0] && strcmp(f->country, country) != 0;
        bool stated = country[0] && !r->guessed;
        strange |= other && (stated || count_of(r, f->country) == 0);
        if (other && !strange)
            country[0] = '\0'; /* a guess, and the story names the party's own state */
    }
    if (strange) {
        resolve_strange_body(r, i, country);
        return;
    }
    if (!country[0])
        memcpy(country, f->country, 4);
    uint32_t body = body_entity(r, f, country, p->head);
    if (body != DGM_NONE && p->opposed && f->kind == KIND_PARTY)
        memcpy(r->doc->entities.at[body].sector, "OPP", 4);
    set_body(r, i, body, f);
}
