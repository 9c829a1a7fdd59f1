/* What stands beside the head: titles, nationalities, bodies, other roles, and what each adds. */
#include "actors/phrase_parts.h"
#include "document/party.h"

#include <string.h>

/* Sectors that colour any force: "rebel soldiers" are rebels, "Hamas police" are Hamas. */
static bool overrides(const char *sector)
{
    static const char sectors[][4] = { "REB", "PRM", "UAF", "CRM", "SPY", "OPP" };
    return dgm_is_among(sector, sectors, DGM_LEN(sectors));
}

/* Those who have arms of their own, of whom a weapon may be: "army drones". */
static bool has_arms(const char *sector)
{
    static const char sectors[][4] = { "MIL", "COP", "GOV", "REB", "PRM", "UAF" };
    return dgm_is_among(sector, sectors, DGM_LEN(sectors));
}

static bool takes_sector(const fact *agent)
{
    return agent->kind == KIND_GENERIC || !agent->sector[0] ||
           (strcmp(agent->sector, "GOV") == 0 &&
            (agent->kind == KIND_ROLE || agent->kind == KIND_TITLE));
}

/* An army chief is of the army, a rebel commander a rebel, government troops are troops. */
static void read_agent_modifier(phrase *p, const fact *f)
{
    if (f->kind == KIND_FORMER) {
        p->former = true;
        return;
    }
    p->opposed |= strcmp(f->sector, "OPP") == 0; /* "the opposition Socialists" */
    p->of_force |= has_arms(f->sector);
    if (p->kind == PHRASE_UNKNOWN && f->kind == KIND_UNIT && !p->sector[0])
        take_sector(p, f); /* "the Metropolitan Police Bureau" */
    if (!p->agent || !f->sector[0])
        return;
    if (f->kind == KIND_ROLE && strcmp(f->sector, "PTY") == 0 &&
        strcmp(p->agent->sector, "GOV") == 0)
        return; /* "leftist president": his colour, where "party president" is his office */
    bool police = strcmp(f->sector, "COP") == 0 && strcmp(p->agent->sector, "MIL") == 0;
    if (takes_sector(p->agent) || police ||
        (overrides(f->sector) && strcmp(p->agent->sector, "PTY") != 0))
        take_sector(p, f);
}

/* Whether a state, town or nationality before the head says whose the phrase is. */
static bool says_whose(const phrase *p, const match *found, const fact *f)
{
    if (p->kind == PHRASE_PERSON && p->role_last && found->first == p->role_last + 1)
        return false; /* "lawmaker German Ferrer" */
    if (p->kind == PHRASE_UNKNOWN && (f->kind == KIND_CAPITAL || f->kind == KIND_METONYM))
        return false;
    if (p->possessor && (f->kind == KIND_CAPITAL || f->kind == KIND_REGION))
        return false; /* "the BBC's Tokyo correspondent" */
    /* A Korea expert need not be Korean. */
    return !(p->agent && f->kind == KIND_NAME && strcmp(p->agent->sector, "EDU") == 0);
}

static void read_country_modifier(phrase *p, const fact *f)
{
    add_country(p, f->country);
    if (f->kind == KIND_METONYM && f->sector[0] && p->agent && takes_sector(p->agent))
        memcpy(p->sector, f->sector, 4);
}

/* "American" before "Solidarity Party": the tables know a party or the first words of its name in
 * another state. */
static bool is_of_other_state(const lexicon *lex, const dgm_sentence *s, const matches *m,
                              const match *found, const fact *f, uint32_t date)
{
    uint32_t i = found->first > 1 ? m->of_word[found->first - 1] : DGM_NONE;
    const fact *own = i == DGM_NONE ? NULL : choose_fact(lex, s, m, &m->at[i], date, NULL);
    bool party = f->kind == KIND_PARTY ||
                 (found->last < s->n_words && starts_upper(&s->words[found->last + 1]) &&
                  form_of(lex, &s->words[found->last + 1], WORDS_BODY_NAME));
    return party && own && own->type == FACT_COUNTRY && own->kind == KIND_ADJECTIVE &&
           strcmp(own->country, f->country) != 0;
}

/* "Independent candidate X": not of The Independent; but "a Times reporter" is. */
static bool is_no_paper(const fact *f, const phrase *p)
{
    return f->kind == KIND_MEDIA && f->name.n > 4 &&
           dgm_view_eq(dgm_view_slice(f->name, 0, 4), DGM_VIEW("The ")) && p->agent &&
           strcmp(p->agent->sector, "JRN") != 0;
}

/* "Le Van Truong" is not of Van, nor "Luis Mora" of Mora. */
static bool is_inside_name(const dgm_sentence *s, const matches *m, const match *found,
                           const phrase *p)
{
    uint32_t next = found->last + 1;
    if (s->words[found->first].deprel != DGM_REL_FLAT)
        return false;
    bool goes_on =
        next <= s->n_words && s->words[next].deprel == DGM_REL_FLAT && m->of_word[next] == DGM_NONE;
    const dgm_word *head = &s->words[p->head];
    bool is_role = head->deprel == DGM_REL_APPOS && s->words[head->head].upos == DGM_NOUN &&
                   head->head + 1 == p->head; /* "an Albanian smuggler Arben Mora" */
    bool person = p->kind == PHRASE_PERSON || p->n_countries > 0 || is_role;
    return goes_on || (person && actors_is_surname(s, m, found));
}

void read_modifier(const lexicon *lex, const dgm_sentence *s, const matches *m, const match *found,
                   uint32_t date, phrase *p)
{
    const fact *f = choose_fact(lex, s, m, found, date, NULL);
    if (!f || is_turned(lex, s, found, p->head))
        return;
    uint32_t top = match_head(s, found);
    uint32_t branch = branch_of(s, top, p->head);
    if (branch && s->words[branch].deprel == DGM_REL_NMOD_POSS)
        return;
    switch (f->type) {
    case FACT_COUNTRY:
        if (says_whose(p, found, f) && !is_inside_name(s, m, found, p))
            read_country_modifier(p, f);
        break;
    case FACT_ORG:
        if (is_no_paper(f, p))
            break;
        if (is_of_other_state(lex, s, m, found, f, date)) {
            if (f->kind == KIND_PARTY && p->agent && takes_sector(p->agent))
                memcpy(p->sector, f->sector, 4);
        } else if (!p->role_last || found->first < p->role_last || p->kind != PHRASE_PERSON)
            p->modifier_org = f; /* a part of the name is nobody's body */
        break;
    case FACT_GROUP:
        add_country(p, f->country);
        for (uint32_t i = 0; i < f->n_others; i++)
            add_other(p, f->others[i]);
        break;
    case FACT_OFFICE:
        if (!p->possessor && p->kind == PHRASE_ROLE && found->last < p->head)
            p->possessor = top;
        break;
    case FACT_AGENT:
        read_agent_modifier(p, f);
        break;
    }
}

void settle_org(phrase *p)
{
    const fact *org = p->modifier_org;
    if (!org || p->kind != PHRASE_ROLE)
        return;
    if (org->country[0]) {
        p->n_countries = 0;
        add_country(p, org->country);
    }
    if (p->agent && (takes_sector(p->agent) || overrides(org->sector))) {
        p->sector[0] = 0;
        take_sector(p, org);
    }
}

void read_title(const lexicon *lex, const dgm_sentence *s, const matches *m, const match *found,
                uint32_t date, phrase *p)
{
    const fact *f = choose_fact(lex, s, m, found, date, NULL);
    bool role = f && f->type == FACT_AGENT && f->kind != KIND_FORMER;
    if (role && f->kind == KIND_TITLE && p->kind == PHRASE_COUNTRY &&
        s->words[found->last].deprel == DGM_REL_NMOD_DESC) {
        p->agent = f; /* "President Lincoln", where a table has Lincoln as a town's or a state's */
        take_sector(p, f);
        return;
    }
    if (role && (p->kind == PHRASE_UNKNOWN || p->kind == PHRASE_PERSON)) {
        if (p->kind == PHRASE_UNKNOWN && (f->kind == KIND_UNIT || f->kind == KIND_GROUP ||
                                          form_of(lex, &s->words[p->head], WORDS_BODY_NAME)))
            return;
        p->kind = PHRASE_PERSON;
        p->agent = f;
        p->role_first = found->first;
        p->role_last = found->last;
        p->first = DGM_MIN(p->first, found->first);
        p->generic = f->kind == KIND_GENERIC || !f->sector[0];
        take_sector(p, f);
    } else if (f && f->type == FACT_OFFICE && p->kind == PHRASE_ROLE && found->first > p->head) {
        p->kind = PHRASE_PERSON;
        p->name = f->weak ? NULL : f;
        p->name_chain = found->fact;
    }
}

void read_neighbour(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t date,
                    phrase *p)
{
    uint32_t i = p->first > 1 ? m->of_word[p->first - 1] : DGM_NONE;
    uint32_t role = p->role_first ? p->role_first : p->head;
    if (i == DGM_NONE || p->n_countries > 0 || p->possessor || p->definite || !p->agent ||
        role != p->first)
        return;
    const fact *f = choose_fact(lex, s, m, &m->at[i], date, NULL);
    if (f && f->type == FACT_ORG && !p->modifier_org && !is_turned(lex, s, &m->at[i], p->head)) {
        p->modifier_org = f; /* "EU foreign policy chief" */
        p->first = m->at[i].first;
        return;
    }
    bool adjective = f && f->type == FACT_COUNTRY && f->kind == KIND_ADJECTIVE;
    bool name =
        f && f->type == FACT_COUNTRY && f->kind == KIND_NAME && starts_upper(&s->words[p->first]);
    if ((!adjective && !name) || is_turned(lex, s, &m->at[i], p->head))
        return;
    add_country(p, f->country);
    p->first = m->at[i].first;
}

void read_shared(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t date,
                 phrase *p)
{
    if (p->kind != PHRASE_ROLE || !p->plural || p->n_countries != 1 || p->first < 3 ||
        s->words[p->first - 1].upos != DGM_CCONJ || m->of_word[p->first] == DGM_NONE)
        return;
    uint32_t i = m->of_word[p->first - 2];
    const fact *f = i == DGM_NONE ? NULL : choose_fact(lex, s, m, &m->at[i], date, NULL);
    if (!f || f->type != FACT_COUNTRY || (f->kind != KIND_NAME && f->kind != KIND_ADJECTIVE))
        return;
    /* Only where the noun's own nationality follows "and" directly and is an adjective. */
    const fact *own = choose_fact(lex, s, m, &m->at[m->of_word[p->first]], date, NULL);
    if (!own || own->type != FACT_COUNTRY || own->kind != KIND_ADJECTIVE)
        return;
    bool both = f->kind == KIND_ADJECTIVE || s->words[p->head].head == m->at[i].last ||
                s->words[m->at[i].last].head == p->head;
    if (!both)
        return;
    add_country(p, f->country);
    p->first = m->at[i].first;
}
