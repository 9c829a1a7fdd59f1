/* Roles ("the army chief", "a spokesman for the Taliban") and persons by name: whose they are,
 * and whether the story has had them before. */
#include "actors/reading.h"

#include <string.h>

/* Codes as they are put together for one role or person. */
typedef struct {
    char country[4], sector[4];
    char others[DGM_MAX_SECTORS][4];
    uint8_t n_others;
} codes;

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

static codes codes_of(const phrase *p)
{
    codes c = { .n_others = 0 };
    if (p->n_countries > 0)
        memcpy(c.country, p->countries[0], 4);
    memcpy(c.sector, p->sector, 4);
    for (uint32_t i = 0; i < p->n_others; i++)
        add_other(&c, p->others[i]);
    return c;
}

/* Who held an office is of the elite; a former neighbour is not. */
static void make_former(codes *c)
{
    static const char *const offices[] = { "GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY" };
    char held[4];
    bool office = false;
    for (size_t i = 0; i < DGM_LEN(offices); i++)
        office |= strcmp(c->sector, offices[i]) == 0;
    if (!office)
        return;
    memcpy(held, c->sector, 4);
    memcpy(c->sector, "ELI", 4);
    add_other(c, held);
}

/* ---- the country of a role ------------------------------------------------------------------ */

static bool take_state(const reading *r, uint32_t entity, char out[4])
{
    if (entity == DGM_NONE || !r->doc->entities.at[entity].country[0])
        return false;
    memcpy(out, r->doc->entities.at[entity].country, 4);
    return true;
}

/* Whether what is said of the word may be said to happen at the place: one clause, or one below
 * the other, but not two that "and" joins. */
static bool shares_clause(const dgm_sentence *s, uint32_t word, uint32_t place)
{
    uint32_t verb = s->words[place].head;
    for (uint32_t k = 0; k < 8 && verb && s->words[verb].upos != DGM_VERB; k++)
        verb = s->words[verb].head;
    if (!verb)
        return true;
    for (uint32_t up = word, k = 0; up && k < 12; up = s->words[up].head, k++) {
        if (up == verb)
            return true;
        if (s->words[up].upos == DGM_VERB && s->words[up].deprel == DGM_REL_CONJ &&
            dgm_child(s, up, DGM_REL_NSUBJ, 0))
            return false;
    }
    return dgm_dominates(s, word, verb) || !verb;
}

/* The only country named as a place in the sentence. */
static bool country_of_place(const reading *r, uint32_t word, char out[4])
{
    const char *found = NULL;
    for (uint32_t i = 0; i < r->n_phrases; i++) {
        const phrase *p = &r->phrases[i];
        bool place = (p->locative || p->kind == PHRASE_REGION) && p->name &&
                     p->name->type == FACT_COUNTRY && p->head > r->m->dateline &&
                     shares_clause(r->s, word, p->head);
        if (!place || !is_state(p->name->country))
            continue;
        if (found && strcmp(found, p->name->country) != 0)
            return false;
        found = p->name->country;
    }
    if (found)
        memcpy(out, found, 4);
    return found != NULL;
}

/* "to Russia", "against Iran": to whom something is done, hardly whose the doer is. */
static bool is_other_side(const dgm_sentence *s, const match *found)
{
    static const char *const list[] = { "to", "with", "against", "from", "on", "for" };
    for (uint32_t w = found->first; w <= found->last; w++) {
        uint32_t c = preposition_of(s, w);
        if (c && form_in(&s->words[c], list, DGM_LEN(list)))
            return true;
    }
    return false;
}

/* The only country that a sentence names at all. */
static bool only_country(const reading *r, uint32_t i_sentence, char out[4])
{
    const dgm_sentence *s = &r->doc->sentences.at[i_sentence];
    const matches *m = &r->found[i_sentence];
    const char *only = NULL;
    for (uint32_t j = 0; j < m->n; j++) {
        const fact *f = &r->lex->facts.at[m->at[j].fact];
        if (f->weak || f->type == FACT_AGENT || !is_state(f->country) ||
            is_other_side(s, &m->at[j]))
            continue;
        if (only && strcmp(only, f->country) != 0)
            return false;
        only = f->country;
    }
    if (only)
        memcpy(out, only, 4);
    return only != NULL;
}

/* Sectors that belong to some state even where the text leaves it out. */
static bool is_of_a_state(const char *sector)
{
    static const char *const list[] = { "GOV", "MIL", "COP", "LEG", "JUD", "PTY", "OPP",
                                        "REB", "PRM", "UAF", "SPY", "CVL", "ELI", "REF" };
    for (size_t i = 0; i < DGM_LEN(list); i++)
        if (strcmp(sector, list[i]) == 0)
            return true;
    return false;
}

/* "minister" is the end of "foreign minister". */
static bool role_fits(dgm_view held, dgm_view asked)
{
    if (held.n == 0 || asked.n == 0)
        return false;
    if (dgm_view_eq(held, asked))
        return true;
    return held.n > asked.n + 1 && dgm_view_ends(held, asked) &&
           held.p[held.n - asked.n - 1] == ' ';
}

/* "a defence ministry spokesman" after "Chile's defence ministry". */
static bool country_of_namesake(const reading *r, const phrase *p, char out[4])
{
    if (!p->role_first || p->first >= p->role_last)
        return false;
    uint32_t first = p->first;
    while (first < p->role_last && r->s->words[first].upos == DGM_DET)
        first++;
    if (first >= p->role_last)
        return false;
    dgm_view part = words_folded(r, first, p->role_last - 1);
    for (uint32_t i = r->actors.n; i > 0; i--) {
        const dgm_entity *e = &r->doc->entities.at[i - 1];
        if (e->kind == DGM_ENTITY_ORG && is_state(e->country) &&
            (role_fits(dgm_fold(r->arena, e->name), part) ||
             role_fits(r->actors.at[i - 1].role, part)))
            return take_state(r, i - 1, out);
    }
    return false;
}

/* "France sent troops": those that somebody sends are his. */
static bool country_of_sender(reading *r, const phrase *p, uint32_t depth, char out[4])
{
    static const char *const verbs[] = { "send",     "deploy", "dispatch",   "station",
                                         "withdraw", "pull",   "mobilize",   "mobilise",
                                         "move",     "commit", "contribute", "provide",
                                         "mass",     "rush",   "redeploy" };
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head, subject = 0;
    if (p->definite || s->words[p->head].deprel != DGM_REL_OBJ ||
        !lemma_in(&s->words[verb], verbs, DGM_LEN(verbs)))
        return false;
    for (uint32_t up = verb, k = 0; up && k < 4 && !subject; up = s->words[up].head, k++)
        for (uint32_t w = 1; w < p->head && !subject; w++)
            if (s->words[w].head == up && s->words[w].deprel == DGM_REL_NSUBJ)
                subject = w;
    return subject && take_state(r, entity_at(r, subject, depth), out);
}

enum { MIN_HOLDERS = 9 }; /* fewer may only show what the table lacks */

/* "Secretary of State": an office that one state alone has. */
static bool country_of_office(const reading *r, const phrase *p, char out[4])
{
    if (!p->role_first || p->role_first == p->role_last ||
        !starts_upper(&r->s->words[p->role_first]) || !starts_upper(&r->s->words[p->role_last]))
        return false;
    uint32_t i = dgm_map_get(r->lex->offices, words_folded(r, p->role_first, p->role_last));
    if (i >= r->lex->facts.n || r->lex->facts.at[i].holders < MIN_HOLDERS ||
        !is_state(r->lex->facts.at[i].country))
        return false;
    memcpy(out, r->lex->facts.at[i].country, 4);
    return true;
}

/* "Western governments", "diplomats": of other countries by their nature. */
static bool is_foreign(const dgm_sentence *s, const phrase *p)
{
    static const char *const regions[] = {
        "western",       "foreign",  "international", "regional", "neighboring",
        "neighbouring",  "european", "arab",          "african",  "asian",
        "latin",         "gulf",     "world",         "allied",   "overseas",
        "multinational", "baltic",   "nordic",        "balkan",   "muslim"
    };
    static const char *const abroad[] = {
        "diplomat",   "diplomats", "envoy",     "envoys",      "ambassadors", "inspector",
        "inspectors", "mediator",  "mediators", "negotiators", "observers",   "monitors",
        "delegates",  "donors",    "allies",    "peacekeepers"
    };
    bool office = strcmp(p->sector, "GOV") == 0 || strcmp(p->sector, "MIL") == 0 ||
                  strcmp(p->sector, "LEG") == 0;
    for (uint32_t w = p->first; w < p->head && office; w++)
        if (form_in(&s->words[w], regions, DGM_LEN(regions)) &&
            !(p->role_first && !p->plural && w >= p->role_first))
            return true;
    bool ministers = p->plural && p->head &&
                     form_in(&s->words[p->head], (const char *const[]) { "ministers" }, 1);
    return !p->definite && (ministers || form_in(&s->words[p->head], abroad, DGM_LEN(abroad)));
}

/* Whether the phrase is the subject of something done to that very country. */
static bool acts_on(const reading *r, const phrase *p, const char *country)
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (s->words[p->head].deprel != DGM_REL_NSUBJ)
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        dgm_deprel rel = s->words[q->head].deprel;
        bool argument = s->words[q->head].head == verb &&
                        (rel == DGM_REL_OBJ || (rel == DGM_REL_OBL && !q->locative));
        if (argument && (q->kind == PHRASE_COUNTRY || q->kind == PHRASE_CAPITAL) &&
            strcmp(q->name->country, country) == 0)
            return true;
    }
    return false;
}

void open_country(reading *r, const phrase *p, uint32_t depth, char out[4])
{
    out[0] = 0;
    if (p->n_countries > 0) {
        memcpy(out, p->countries[0], 4);
        return;
    }
    if (p->possessor && r->of_word[p->possessor] != DGM_NONE) {
        (void)take_state(r, entity_at(r, p->possessor, depth), out);
        return;
    }
    if (p->principal && take_state(r, entity_at(r, p->principal, depth), out))
        return;
    if (p->place && take_state(r, entity_at(r, p->place, depth), out))
        return;
    if (country_of_sender(r, p, depth, out) || country_of_namesake(r, p, out) ||
        country_of_office(r, p, out))
        return;
    bool state = p->kind != PHRASE_PEOPLE && !is_foreign(r->s, p) &&
                 (p->kind == PHRASE_ORG || is_of_a_state(p->sector));
    const char *main = state ? main_country(r) : "";
    if (main[0] && acts_on(r, p, main))
        return;
    /* "the government" is the story's own, "gunmen in Lagos" are of Lagos. */
    if ((!p->definite || !main[0]) && country_of_place(r, p->head, out))
        return;
    if (main[0])
        memcpy(out, main, 4);
    else if (state && p->definite && !only_country(r, r->i_sentence, out) && r->i_sentence > 0)
        (void)only_country(r, r->i_sentence - 1, out);
}

/* ---- roles ---------------------------------------------------------------------------------- */

static bool is_flexible(const phrase *p)
{
    return p->generic || (p->agent && strcmp(p->agent->sector, "GOV") == 0 &&
                          (p->agent->kind == KIND_ROLE || p->agent->kind == KIND_TITLE));
}

/* "his rival" is of his country, and not of his party. */
static bool is_against(const dgm_word *word)
{
    static const char *const list[] = { "rival",   "rivals",  "opponent", "opponents", "critic",
                                        "critics", "foe",     "foes",     "enemy",     "enemies",
                                        "victim",  "victims", "successor" };
    return form_in(word, list, DGM_LEN(list));
}

/* Whose fighters are what they are. */
static bool is_armed_side(const char *sector)
{
    return strcmp(sector, "REB") == 0 || strcmp(sector, "PRM") == 0 || strcmp(sector, "UAF") == 0;
}

/* The one who is served gives a country, and a sector to roles that have none of their own. */
static void serve(reading *r, const phrase *p, uint32_t word, uint32_t depth, codes *c)
{
    uint32_t i = entity_at(r, word, depth);
    if (i == DGM_NONE)
        return;
    const dgm_entity *e = &r->doc->entities.at[i];
    if (!c->country[0])
        memcpy(c->country, e->country, 4);
    bool body = e->kind == DGM_ENTITY_ORG || e->kind == DGM_ENTITY_GROUP ||
                e->kind == DGM_ENTITY_GOVERNMENT;
    bool force = p->agent && (strcmp(p->agent->sector, "MIL") == 0 || is_flexible(p) ||
                              is_armed_side(p->agent->sector));
    if (body && force && is_armed_side(e->sector)) {
        memcpy(c->sector, e->sector, 4);
        return;
    }
    if ((!p->generic && !(body && is_flexible(p))) || is_against(&r->s->words[p->head]))
        return;
    if (e->sector[0] && (p->generic ? !c->sector[0] || is_flexible(p) : true)) {
        memcpy(c->sector, e->sector, 4);
        for (uint32_t k = 0; k < e->n_others; k++)
            add_other(c, e->others[k]);
    } else if (!is_state(e->country) && e->country[0]) {
        c->sector[0] = 0; /* an official of the United Nations is of no government */
    } else if (e->kind == DGM_ENTITY_COUNTRY && !c->sector[0]) {
        memcpy(c->sector, "GOV", 4);
    }
}

/* Somebody of the story whom this role may mean; the latest. */
static uint32_t find_role(const reading *r, const phrase *p, const codes *c, dgm_view role)
{
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (m->n_entities != 1 || r->sightings.at[k - 1].plural != p->plural)
            continue;
        uint32_t i = r->doc->mention_entities.at[m->entities];
        const dgm_entity *e = &r->doc->entities.at[i];
        const actor *a = &r->actors.at[i];
        bool country = !c->country[0] || strcmp(e->country, c->country) == 0;
        if (!country || (p->former && strcmp(e->sector, "ELI") != 0))
            continue;
        if (role_fits(a->role, role))
            return i;
        if (a->person != DGM_NONE && a->fact && !p->plural &&
            role_fits(dgm_fold(r->arena, a->fact->office), role))
            return i;
    }
    return DGM_NONE;
}

static bool is_government_word(const dgm_word *word)
{
    static const char *const list[] = { "government", "administration", "regime", "cabinet",
                                        "authority",  "authorities",    "junta" };
    return lemma_in(word, list, DGM_LEN(list)) || form_in(word, list, DGM_LEN(list));
}

static uint32_t new_role(reading *r, const phrase *p, const codes *c, dgm_view role)
{
    if (c->country[0] && strcmp(c->sector, "GOV") == 0 && c->n_others == 0 && p->head &&
        is_government_word(&r->s->words[p->head]) && p->agent->kind != KIND_ROLE)
        return government_entity(r, c->country, p->agent);
    bool unit = p->agent->kind == KIND_UNIT || p->agent->kind == KIND_GROUP;
    bool family = dgm_view_eq(p->agent->name, DGM_VIEW("family"));
    dgm_entity_kind kind = p->plural || family || p->agent->kind == KIND_GROUP ? DGM_ENTITY_GROUP
                           : unit                                              ? DGM_ENTITY_ORG
                                                                               : DGM_ENTITY_PERSON;
    dgm_view name = dgm_span_text(r->doc, dgm_span_of(r->doc, r->i_sentence,
                                                      p->role_first ? p->role_first : p->first,
                                                      p->role_last ? p->role_last : p->last));
    uint32_t i = new_entity(r, kind, c->country, c->sector, name, p->agent);
    if (i == DGM_NONE)
        return i;
    dgm_entity *e = &r->doc->entities.at[i];
    memcpy(e->others, c->others, sizeof e->others);
    e->n_others = c->n_others;
    e->plural = p->plural;
    r->actors.at[i].role = role;
    r->actors.at[i].unit = unit;
    return i;
}

/* "Russian and Turkish forces": as many as there are countries. */
static bool resolve_several(reading *r, uint32_t i, const codes *one, dgm_view role)
{
    const phrase *p = &r->phrases[i];
    bool joined = false;
    for (uint32_t w = p->first; w < p->head; w++)
        joined |=
            r->s->words[w].upos == DGM_CCONJ || dgm_view_eq(r->s->words[w].form, DGM_VIEW("-"));
    if (p->n_countries < 2 || !joined)
        return false;
    uint32_t all[MAX_COUNTRIES];
    for (uint32_t k = 0; k < p->n_countries; k++) {
        codes c = *one;
        memcpy(c.country, p->countries[p->n_countries - 1 - k], 4); /* kept from right to left */
        all[k] = find_role(r, p, &c, role);
        if (all[k] == DGM_NONE)
            all[k] = new_role(r, p, &c, role);
    }
    set_entities(r, i, all, p->n_countries, DGM_VIA_ROLE);
    return true;
}

/* "the presidents of Russia and Turkey": one for each. */
static bool resolve_each(reading *r, uint32_t i, const codes *one, dgm_view role)
{
    const phrase *p = &r->phrases[i];
    uint32_t all[12], n = 0;
    for (uint32_t w = p->principal; p->plural && w && w <= r->s->n_words && n < DGM_LEN(all); w++) {
        const dgm_word *word = &r->s->words[w];
        bool in = w == p->principal || (word->deprel == DGM_REL_CONJ && word->head == p->principal);
        uint32_t j = in ? r->of_word[w] : DGM_NONE;
        if (j == DGM_NONE || (r->phrases[j].kind != PHRASE_COUNTRY))
            continue;
        codes c = *one;
        memcpy(c.country, r->phrases[j].name->country, 4);
        all[n] = find_role(r, p, &c, role);
        if (all[n] == DGM_NONE)
            all[n] = new_role(r, p, &c, role);
        n++;
    }
    if (n < 2)
        return false;
    set_entities(r, i, all, n, DGM_VIA_ROLE);
    return true;
}

/* "one of the victims": a person of the group, for whom "he" may stand. */
static uint32_t one_of(reading *r, uint32_t group)
{
    dgm_entity from = r->doc->entities.at[group];
    if (from.kind != DGM_ENTITY_GROUP)
        return group;
    uint32_t i = new_entity(r, DGM_ENTITY_PERSON, from.country, from.sector, from.name, NULL);
    if (i != DGM_NONE) {
        dgm_entity *e = &r->doc->entities.at[i];
        memcpy(e->others, from.others, sizeof e->others);
        e->n_others = from.n_others;
        e->source = from.source;
    }
    return i;
}

/* "dozens of protesters", "one of the ministers": those of whom there are so many. */
static void resolve_share(reading *r, uint32_t i, uint32_t depth)
{
    static const char *const one[] = { "one", "another", "each" };
    const phrase *p = &r->phrases[i];
    uint32_t j = r->of_word[p->principal], copy[8], n = 0;
    (void)entity_at(r, p->principal, depth);
    if (j == DGM_NONE) {
        set_entity(r, i, DGM_NONE, DGM_VIA_ROLE);
        return;
    }
    const dgm_mention *m = mention_of(r, j);
    if (m->n_entities == 1) /* "the group" later on */
        r->actors.at[r->doc->mention_entities.at[m->entities]].lemma = r->s->words[p->head].lemma;
    if (m->n_entities == 1 && form_in(&r->s->words[p->head], one, DGM_LEN(one))) {
        set_entity(r, i, one_of(r, r->doc->mention_entities.at[m->entities]), DGM_VIA_ROLE);
        return;
    }
    for (uint32_t k = 0; k < m->n_entities && n < DGM_LEN(copy); k++) {
        uint32_t e = r->doc->mention_entities.at[m->entities + k];
        dgm_entity_kind kind = r->doc->entities.at[e].kind;
        if (kind != DGM_ENTITY_PLACE && kind != DGM_ENTITY_COUNTRY)
            copy[n++] = e;
    }
    set_entities(r, i, copy, n, m->via);
}

/* Whoever stands for a state as such stands for its government. */
static bool speaks_for_state(const dgm_word *word)
{
    static const char *const list[] = { "counterpart",  "spokesman",  "spokeswoman",
                                        "spokesperson", "envoy",      "representative",
                                        "negotiator",   "delegation", "delegate",
                                        "counterparts", "envoys",     "representatives",
                                        "negotiators",  "delegates",  "side" };
    return form_in(word, list, DGM_LEN(list));
}

/* "the man", "the women": people whom only the story can tell. */
static bool is_mere_person(const dgm_word *word)
{
    static const char *const list[] = { "man",  "men",     "woman",    "women", "pair",
                                        "trio", "suspect", "suspects", "youths" };
    return form_in(word, list, DGM_LEN(list));
}

static uint32_t find_recent_person(const reading *r, const phrase *p)
{
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > 2)
            break;
        if (m->n_entities != 1 || r->sightings.at[k - 1].rank < 2 ||
            r->sightings.at[k - 1].plural != p->plural)
            continue;
        uint32_t e = r->doc->mention_entities.at[m->entities];
        if (r->doc->entities.at[e].kind == (p->plural ? DGM_ENTITY_GROUP : DGM_ENTITY_PERSON))
            return e;
    }
    return DGM_NONE;
}

void resolve_role(reading *r, uint32_t i, uint32_t depth)
{
    const phrase *p = &r->phrases[i];
    if (!p->agent) {
        resolve_share(r, i, depth);
        return;
    }
    codes c = codes_of(p);
    dgm_view role = words_folded(r, p->role_first, p->role_last);
    if (p->modifier_org && p->modifier_org->country[0]) /* "the bloc" after "ECOWAS leaders" */
        (void)body_entity(r, p->modifier_org, p->modifier_org->country, p->first);
    if (p->possessor)
        serve(r, p, p->possessor, depth, &c);
    if (p->principal)
        serve(r, p, p->principal, depth, &c);
    if (p->former)
        make_former(&c);
    if (resolve_several(r, i, &c, role) || resolve_each(r, i, &c, role))
        return;
    bool own_country = c.country[0] != 0;
    if (p->generic && !c.sector[0] && is_state(c.country) &&
        speaks_for_state(&r->s->words[p->head]))
        memcpy(c.sector, "GOV", 4);
    if (p->definite && !own_country && !p->principal && is_mere_person(&r->s->words[p->head])) {
        uint32_t e = find_recent_person(r, p);
        if (e != DGM_NONE) {
            set_entity(r, i, e, DGM_VIA_COREF);
            return;
        }
    }
    if (p->definite && !own_country && !p->possessor) {
        uint32_t e = find_role(r, p, &c, role);
        if (e != DGM_NONE) {
            set_entity(r, i, e, DGM_VIA_COREF);
            return;
        }
    }
    if (!own_country && c.sector[0])
        open_country(r, p, depth, c.country);
    uint32_t e = find_role(r, p, &c, role);
    bool same = e != DGM_NONE && strcmp(r->doc->entities.at[e].country, c.country) == 0 &&
                (p->definite || p->plural || own_country) &&
                (strcmp(r->doc->entities.at[e].sector, c.sector) == 0 || r->actors.at[e].named);
    if (!same)
        e = new_role(r, p, &c, role);
    set_entity(r, i, e, same && p->definite ? DGM_VIA_COREF : DGM_VIA_ROLE);
}

/* ---- persons -------------------------------------------------------------------------------- */

static bool has_alias(const reading *r, uint32_t entity, dgm_view name)
{
    for (uint32_t i = 0; i < r->aliases.n; i++)
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
    for (uint32_t i = r->aliases.n; i > 0 && p->n_name_words > 0; i--) {
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
    static const char *const list[] = { "president",      "prime minister",
                                        "chancellor",     "premier",
                                        "king",           "leader",
                                        "supreme leader", "secretary-general" };
    dgm_view office = dgm_fold(r->arena, f->office);
    for (size_t i = 0; i < DGM_LEN(list); i++)
        if (dgm_view_eq(office, dgm_view_of(list[i])))
            return true;
    return false;
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
        if (g->to < r->date && (!best || best->to >= r->date || g->to > best->to))
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

static void take_tenure(const reading *r, const phrase *p, const fact *f, codes *c)
{
    bool titled = p->agent && c->sector[0];
    if (!c->country[0] || !p->n_countries)
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
    for (uint32_t i = 0; i < r->actors.n; i++)
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
    for (uint32_t i = r->actors.n; i > 0; i--) {
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
        e->name = f->name;
        e->id = f->id;
        e->source = fact_source(r->lex, f, r->arena);
    } else if (p->n_name_words > 0) {
        e->name = dgm_span_text(r->doc, dgm_span_of(r->doc, r->i_sentence, p->name_words[0],
                                                    p->name_words[p->n_name_words - 1]));
    }
    if (p->role_first && a->role.n == 0)
        a->role = words_folded(r, p->role_first, p->role_last);
    for (uint32_t k = 0; k < p->n_name_words; k++)
        add_alias(r, words_folded(r, p->name_words[k], p->name_words[k]), i);
}

void resolve_person(reading *r, uint32_t i, uint32_t depth)
{
    const phrase *p = &r->phrases[i];
    uint32_t known = find_person(r, p);
    if (known != DGM_NONE && !p->former) {
        set_entity(r, i, known, p->n_name_words > 1 ? DGM_VIA_NAME : DGM_VIA_COREF);
        return;
    }
    const fact *f = p->name ? tenure_of(r, p->name_chain, p->name) : person_by_surname(r, p);
    codes c = codes_of(p);
    if (p->modifier_org && p->agent) {
        memcpy(c.country, p->modifier_org->country, 4);
        (void)body_entity(r, p->modifier_org, c.country, p->first);
        if (p->generic || is_flexible(p))
            memcpy(c.sector, p->modifier_org->sector, 4);
    }
    if (p->agent && p->possessor)
        serve(r, p, p->possessor, depth, &c);
    if (p->agent && p->principal)
        serve(r, p, p->principal, depth, &c);
    if (f)
        take_tenure(r, p, f, &c);
    if (p->former && strcmp(c.sector, "ELI") != 0)
        make_former(&c);
    if (!c.country[0] && p->agent && !p->modifier_org)
        open_country(r, p, depth, c.country);
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
