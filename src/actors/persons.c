/* Persons by name: of the tables by office and date, of the story, or new. */
#include "actors/kinds.h"

#include <string.h>

static bool has_alias(const reading *r, uint32_t entity, dgm_view name)
{
    for (uint32_t i = oldest(r->aliases.n); i < r->aliases.n; i++)
        if (r->aliases.at[i].entity == entity && dgm_view_eq(r->aliases.at[i].name, name))
            return true;
    return false;
}

/* Somebody of the story with all these name words; the latest. */
static uint32_t find_person(const reading *r, const phrase *p)
{
    dgm_view words[MAX_NAME_WORDS];
    for (uint32_t k = 0; k < p->n_name_words; k++)
        words[k] = words_folded(r, p->name_words[k], p->name_words[k]);
    for (uint32_t i = r->aliases.n; i > oldest(r->aliases.n) && p->n_name_words > 0; i--) {
        uint32_t e = r->aliases.at[i - 1].entity, k = 1;
        if (!dgm_view_eq(r->aliases.at[i - 1].name, words[0]))
            continue;
        while (k < p->n_name_words && has_alias(r, e, words[k]))
            k++;
        if (k == p->n_name_words)
            return e;
    }
    return DGM_NONE;
}

/* Whom the news calls by surname alone without a word on the country. */
static bool is_head_of_state(const reading *r, const fact *f)
{
    return word_of(&r->lex->words, dgm_fold(r->arena, f->office), WORDS_HEAD_OF_STATE);
}

static bool person_fits(const reading *r, const phrase *p, const fact *f)
{
    if (!fact_holds(f, r->date))
        return false;
    for (uint32_t i = 0; i < p->n_countries; i++)
        if (strcmp(p->countries[i], f->country) == 0)
            return true;
    if (p->n_countries > 0)
        return false;
    return f->given || count_of(r, f->country) > 0 || is_head_of_state(r, f);
}

/* "Wang Wei" is none of the other Wangs. */
static bool has_all_names(const reading *r, const phrase *p, const fact *f)
{
    dgm_view full = dgm_fold(r->arena, f->name);
    for (uint32_t k = 0; k < p->n_name_words; k++)
        if (dgm_view_find(full, words_folded(r, p->name_words[k], p->name_words[k])) == SIZE_MAX &&
            p->n_name_words > 1)
            return false;
    return true;
}

static bool has_word(dgm_view text, dgm_view word)
{
    dgm_view part;
    while (text.n > 0 && dgm_view_split(&text, ' ', &part))
        if (dgm_view_eq(part, word))
            return true;
    return false;
}

/* "Juan Perez Ortiz" is not the "Juan Perez" that the tables know, unless it is he who is in office
 * in a state that the story names. */
static bool is_longer_name(const reading *r, const phrase *p)
{
    uint32_t own = r->m->of_word[p->head];
    if (own == DGM_NONE || (fact_holds(p->name, r->date) && count_of(r, p->name->country) > 0))
        return false;
    dgm_view full = dgm_fold(r->arena, p->name->name);
    for (uint32_t k = 0; k < p->n_name_words; k++) {
        uint32_t w = p->name_words[k];
        if (w > r->m->at[own].last && !has_word(full, words_folded(r, w, w)) &&
            !form_of(r->lex, &r->s->words[w], WORDS_NAME_SUFFIX))
            return true;
    }
    return false;
}

/* "President Obama" years later: the title tells which of that name, if all are of one state. */
static const fact *person_by_title(const reading *r, const phrase *p)
{
    const fact *best = NULL;
    if (!p->role_first)
        return NULL;
    dgm_view role = words_folded(r, p->role_first, p->role_last);
    for (uint32_t i = p->name_chain; i != DGM_NONE; i = r->lex->facts.at[i].next) {
        const fact *f = &r->lex->facts.at[i];
        bool country = p->n_countries == 0;
        for (uint32_t k = 0; k < p->n_countries; k++)
            country |= strcmp(p->countries[k], f->country) == 0;
        if (f->type != FACT_OFFICE || f->from > r->date || !country || !has_all_names(r, p, f) ||
            !role_fits(dgm_fold(r->arena, f->office), role))
            continue;
        if (best && strcmp(best->country, f->country) != 0)
            return NULL;
        if (!best || f->to > best->to)
            best = f;
    }
    return best;
}

/* The one in office on the date who goes by this surname, if only one can be meant. */
static const fact *person_by_surname(const reading *r, const phrase *p)
{
    const fact *best = NULL;
    uint32_t best_count = 0;
    bool tie = false;
    for (uint32_t i = p->name_chain; i != DGM_NONE; i = r->lex->facts.at[i].next) {
        const fact *f = &r->lex->facts.at[i];
        if (f->type != FACT_OFFICE || !person_fits(r, p, f) || !has_all_names(r, p, f) ||
            (best && best->person == f->person))
            continue;
        uint32_t count = count_of(r, f->country) + (f->given ? 1 : 0);
        if (best && count == best_count)
            tie |= strcmp(best->country, f->country) != 0;
        else if (!best || count > best_count)
            tie = false;
        if (!best || count > best_count) {
            best = f;
            best_count = count;
        }
    }
    return tie ? NULL : best ? best : person_by_title(r, p);
}

/* Somebody who has left Brussels is again of his state. */
static bool is_later(const fact *g, const fact *than)
{
    bool state = dgm_is_state_code(g->country), other = dgm_is_state_code(than->country);
    return state != other ? state : g->to > than->to;
}

/* The tenure that holds on the date, or the last one before it. */
static const fact *tenure_of(const reading *r, uint32_t chain, const fact *f)
{
    const fact *best = NULL;
    for (uint32_t i = chain; i != DGM_NONE; i = r->lex->facts.at[i].next) {
        const fact *g = &r->lex->facts.at[i];
        if (g->type != FACT_OFFICE || g->person != f->person)
            continue;
        if (fact_holds(g, r->date))
            return g;
        if (g->to < r->date && (!best || best->to >= r->date || is_later(g, best)))
            best = g;
        else if (!best)
            best = g;
    }
    return best ? best : f;
}

/* News of a fall speaks of the one who fell: he is in office for some days more. */
static bool just_left(const fact *f, uint32_t date)
{
    enum { DAYS = 10 };
    uint32_t left = f->to / 10000 * 372 + f->to / 100 % 100 * 31 + f->to % 100;
    uint32_t now = date / 10000 * 372 + date / 100 % 100 * 31 + date % 100;
    return f->to < date && now - left <= DAYS;
}

/* "Then Estonia's prime minister", "a minister of Finland": a state by its name says whose the
 * office is, whatever else its holder is by the tables. */
static bool is_office_of_named(const reading *r, const phrase *p)
{
    uint32_t owner = p->possessor ? p->possessor : p->principal;
    uint32_t i = owner ? r->of_word[owner] : DGM_NONE;
    bool office = p->agent &&
                  (strcmp(p->agent->sector, "GOV") == 0 || strcmp(p->agent->sector, "LEG") == 0) &&
                  !p->former;
    return office && i != DGM_NONE && r->phrases[i].kind == PHRASE_COUNTRY &&
           (p->possessor || dgm_function_is(r->s->tree, preposition_of(r->s, owner), DGM_FN_OF));
}

/* "Donald Tusk, a former president of the European Council": who governs is not of those who once
 * did, whatever else he was. */
static bool holds_other_office(const reading *r, const phrase *p, const fact *f)
{
    bool sure = f->to != UINT32_MAX || is_head_of_state(r, f); /* he may have left it since */
    if (!p->former || !p->role_first || !fact_holds(f, r->date) || !sure ||
        (strcmp(f->sector, "GOV") != 0 && dgm_is_state_code(f->country)))
        return false;
    return !role_fits(dgm_fold(r->arena, f->office), words_folded(r, p->role_first, p->role_last));
}

static void take_tenure(const reading *r, const phrase *p, const fact *f, codes *c)
{
    /* "Colonel Gaddafi" governs, whatever his rank, and so does a president who is a nominee. */
    bool lesser = strcmp(c->sector, "MIL") == 0 || strcmp(c->sector, "PTY") == 0;
    bool rank = lesser && strcmp(f->sector, "GOV") == 0 && fact_holds(f, r->date);
    bool titled = p->agent && c->sector[0] && !rank;
    if (!c->country[0] || (!p->n_countries && !is_office_of_named(r, p)))
        memcpy(c->country, f->country, 4);
    if (titled)
        return;
    if (fact_holds(f, r->date) || just_left(f, r->date)) {
        memcpy(c->sector, f->sector, 4);
    } else if (f->to < r->date) {
        memcpy(c->sector, f->sector, 4);
        make_former(c);
    }
}

static uint32_t find_number(const reading *r, uint32_t person)
{
    for (uint32_t i = oldest(r->actors.n); i < r->actors.n; i++)
        if (person != DGM_NONE && r->actors.at[i].person == person)
            return i;
    return DGM_NONE;
}

/* A person whom the story has so far only called by this office: "the Turkish foreign minister". */
static uint32_t find_nameless(const reading *r, const codes *c, dgm_view role, const fact *f)
{
    bool holds = f && fact_holds(f, r->date);
    dgm_view office = holds ? dgm_fold(r->arena, f->office) : (dgm_view) { "", 0 };
    if (f && !holds)
        return DGM_NONE;
    for (uint32_t i = r->actors.n; i > oldest(r->actors.n); i--) {
        const actor *a = &r->actors.at[i - 1];
        const dgm_entity *e = &r->doc->entities.at[i - 1];
        if (a->named || e->kind != DGM_ENTITY_PERSON || strcmp(e->country, c->country) != 0 ||
            !c->country[0] || a->role.n == 0)
            continue;
        if (dgm_view_eq(a->role, role) || dgm_view_eq(a->role, office))
            return i - 1;
    }
    return DGM_NONE;
}

static void name_person(reading *r, uint32_t i, const phrase *p, const fact *f, const codes *c)
{
    dgm_entity *e = &r->doc->entities.at[i];
    actor *a = &r->actors.at[i];
    e->kind = DGM_ENTITY_PERSON;
    memcpy(e->country, c->country, 4);
    memcpy(e->sector, c->sector, 4);
    memcpy(e->others, c->others, sizeof e->others);
    e->n_others = c->n_others;
    a->named = true;
    if (f) {
        a->fact = f;
        a->person = f->person;
        a->office = dgm_fold(r->arena, f->office);
        e->name = f->name;
        e->id = f->id;
        e->source = fact_source(r->lex, f, r->arena);
    } else if (p->n_name_words > 0) {
        e->name = dgm_span_name(r->doc, dgm_span_of(r->doc, r->i_sentence, p->name_words[0],
                                                    p->name_words[p->n_name_words - 1]));
    }
    if (p->role_first && a->role.n == 0)
        a->role = words_folded(r, p->role_first, p->role_last);
    for (uint32_t k = 0; k < p->n_name_words; k++)
        add_alias(r, words_folded(r, p->name_words[k], p->name_words[k]), i);
}

/* The codes that the phrase gives a person, and those whom he serves. */
static codes codes_of_person(reading *r, const phrase *p)
{
    codes c = codes_of(p);
    if (p->modifier_org && p->agent) {
        memcpy(c.country, p->modifier_org->country, 4);
        uint32_t body = body_entity(r, p->modifier_org, c.country, p->first);
        if (p->generic || is_flexible(p))
            memcpy(c.sector, p->modifier_org->sector, 4);
        actors_oppose_with(r, body, c.sector);
    }
    if (p->agent && p->possessor)
        serve(r, p, p->possessor, &c);
    if (p->agent && p->principal)
        serve(r, p, p->principal, &c);
    return c;
}

/* What the tables say of him, where they know him, and whether he is so no longer. */
static void take_fact(const reading *r, const phrase *p, const fact *f, codes *c)
{
    if (f && holds_other_office(r, p, f)) {
        *c = (codes) { .n_others = 0 };
        memcpy(c->country, f->country, 4);
        memcpy(c->sector, f->sector, 4);
        return;
    }
    if (f)
        take_tenure(r, p, f, c);
    if (p->former && strcmp(c->sector, "ELI") != 0)
        make_former(c);
}

void resolve_person(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    uint32_t known = find_person(r, p);
    if (known != DGM_NONE && !p->former) {
        set_entity(r, i, known, p->n_name_words > 1 ? DGM_VIA_NAME : DGM_VIA_COREF);
        return;
    }
    const fact *f = !p->name               ? person_by_surname(r, p)
                    : is_longer_name(r, p) ? NULL
                                           : tenure_of(r, p->name_chain, p->name);
    codes c = codes_of_person(r, p);
    take_fact(r, p, f, &c);
    if (!c.country[0] && p->agent && !p->modifier_org)
        open_country(r, p, c.country);
    if (!c.country[0] && !p->agent && p->n_name_words > 1)
        (void)actors_is_ruled(r, p, c.country);
    dgm_view role =
        p->role_first ? words_folded(r, p->role_first, p->role_last) : (dgm_view) { "", 0 };
    uint32_t e = f ? find_number(r, f->person) : DGM_NONE;
    if (e == DGM_NONE)
        e = find_nameless(r, &c, role, f);
    if (e == DGM_NONE)
        e = new_entity(r, DGM_ENTITY_PERSON, c.country, c.sector, (dgm_view) { "", 0 }, NULL);
    if (e != DGM_NONE)
        name_person(r, e, p, f, &c);
    set_entity(r, i, e, DGM_VIA_NAME);
}
