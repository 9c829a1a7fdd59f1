/* Roles ("the army chief", "a spokesman for the Taliban"): whose they are, and whether the story
 * has had them before. */
#include "actors/kinds.h"

#include <assert.h>
#include <string.h>

/* Somebody of the story whom this role may mean; the latest. */
static uint32_t find_role(const reading *r, const phrase *p, const codes *c, dgm_view role)
{
    for (uint32_t k = r->first_mention; k > oldest(r->first_mention); k--) {
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
        if (a->person != DGM_NONE && !p->plural && role_fits(a->office, role))
            return i;
    }
    return DGM_NONE;
}

static bool is_government_word(const lexicon *lex, const dgm_word *word)
{
    return lemma_of(lex, word, WORDS_GOVERNMENT) || form_of(lex, word, WORDS_GOVERNMENT);
}

static uint32_t new_role(reading *r, const phrase *p, const codes *c, dgm_view role)
{
    if (c->country[0] && strcmp(c->sector, "GOV") == 0 && c->n_others == 0 && p->head &&
        is_government_word(r->lex, &r->s->words[p->head]) && p->agent->kind != KIND_ROLE)
        return government_entity(r, c->country, p->agent);
    bool unit = p->agent->kind == KIND_UNIT || p->agent->kind == KIND_GROUP;
    bool family = dgm_view_eq(p->agent->name, DGM_VIEW("family"));
    dgm_entity_kind kind = p->plural || family || p->agent->kind == KIND_GROUP ? DGM_ENTITY_GROUP
                           : unit                                              ? DGM_ENTITY_ORG
                                                                               : DGM_ENTITY_PERSON;
    dgm_view name = dgm_span_name(r->doc, dgm_span_of(r->doc, r->i_sentence,
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

/* Somebody of the story whom this role may mean, or a new one. */
static uint32_t find_or_new_role(reading *r, const phrase *p, const codes *c, dgm_view role)
{
    uint32_t e = find_role(r, p, c, role);
    return e == DGM_NONE ? new_role(r, p, c, role) : e;
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
        all[k] = find_or_new_role(r, p, &c, role);
    }
    set_entities(r, i, all, p->n_countries, DGM_VIA_ROLE);
    return true;
}

/* The state, or the body of states, that one of the words behind "of" names; NULL: neither. */
static const phrase *principal_at(const reading *r, const phrase *p, uint32_t w)
{
    const dgm_word *word = &r->s->words[w];
    bool in =
        w == p->principal ||
        ((word->deprel == DGM_REL_CONJ || word->deprel == DGM_REL_APPOS) &&
         dgm_is_under(r->s->tree, p->principal, w)); /* lists are parsed as appositions, too */
    const phrase *q = in && r->of_word[w] != DGM_NONE ? &r->phrases[r->of_word[w]] : NULL;
    bool named = q && (q->kind == PHRASE_COUNTRY || q->kind == PHRASE_CAPITAL ||
                       (q->kind == PHRASE_ORG && !dgm_is_state_code(q->name->country)));
    return named ? q : NULL;
}

/* Adds the role of that state, or of each state that the body stands for ("of the Baltic states");
 * returns how many there are now. */
static uint32_t add_roles_of(reading *r, const phrase *p, const phrase *principal, codes c,
                             dgm_view role, uint32_t *out, uint32_t n, uint32_t max)
{
    bool body = principal->kind == PHRASE_ORG;
    dgm_view members =
        body && !principal->name->country[0] ? principal->name->members : (dgm_view) { NULL, 0 };
    if (body && members.n == 0)
        c.sector[0] = 0;
    else if (!c.sector[0] && p->generic)
        memcpy(c.sector, "GOV", 4);
    bool states = next_member(&members, c.country);
    if (!states)
        memcpy(c.country, principal->name->country, 4);
    do
        out[n++] = find_or_new_role(r, p, &c, role);
    while (n < max && states && next_member(&members, c.country));
    return n;
}

/* The state of a town or province, by its own entry or by the country behind it: "Sughd in
 * Tajikistan". */
static const char *state_of_place(const reading *r, uint32_t w)
{
    const phrase *q = r->of_word[w] == DGM_NONE ? NULL : &r->phrases[r->of_word[w]];
    if (!q || (q->kind != PHRASE_REGION && q->kind != PHRASE_UNKNOWN && q->kind != PHRASE_CAPITAL))
        return NULL;
    DGM_EACH_CHILD(r->s->tree, w, below)
    {
        const phrase *in = r->of_word[below] == DGM_NONE ? NULL : &r->phrases[r->of_word[below]];
        if (below > w && in && in->kind == PHRASE_COUNTRY)
            return in->name->country;
    }
    return q->kind != PHRASE_UNKNOWN && dgm_is_state_code(q->name->country) ? q->name->country
                                                                            : NULL;
}

/* "the governors of Batken and Sughd": one for each place, whose second the parser may have joined
 * to the governors. */
static uint32_t roles_of_places(reading *r, const phrase *p, const codes *one, dgm_view role,
                                uint32_t *out, uint32_t max)
{
    uint32_t n = 0;
    const dgm_word *words = r->s->words;
    for (uint32_t w = p->principal; p->plural && w && w <= r->s->n_words && n < max; w++) {
        bool joined = words[w].deprel == DGM_REL_CONJ &&
                      (words[w].head == p->principal || words[w].head == p->head);
        const char *state = w == p->principal || joined ? state_of_place(r, w) : NULL;
        if (!state)
            continue;
        codes c = *one;
        memcpy(c.country, state, 4);
        uint32_t e = find_or_new_role(r, p, &c, role);
        bool known = e == DGM_NONE;
        for (uint32_t k = 0; k < n; k++)
            known |= out[k] == e;
        if (!known)
            out[n++] = e;
    }
    return n;
}

/* "the two countries' guards", "the armies of both countries": of each of the owners. */
static bool resolve_each_owner(reading *r, uint32_t i, const codes *one, dgm_view role)
{
    const phrase *p = &r->phrases[i];
    uint32_t owner = p->possessor ? p->possessor : p->plural ? p->principal : 0;
    uint32_t j = owner ? r->of_word[owner] : DGM_NONE, all[4], n = 0;
    if (j == DGM_NONE || p->n_countries > 0)
        return false;
    (void)entity_at(r, owner);
    const dgm_mention *m = mention_of(r, j);
    for (uint32_t k = 0; m->n_entities > 1 && k < m->n_entities && n < DGM_LEN(all); k++) {
        codes c = *one;
        const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities + k]];
        if (!dgm_is_state_code(e->country))
            continue;
        memcpy(c.country, e->country, 4);
        all[n++] = find_or_new_role(r, p, &c, role);
        m = mention_of(r, j);
    }
    if (n > 1)
        set_entities(r, i, all, n, DGM_VIA_ROLE);
    return n > 1;
}

/* "the presidents of Russia and Turkey": one for each. */
static bool resolve_each(reading *r, uint32_t i, const codes *one, dgm_view role)
{
    const phrase *p = &r->phrases[i];
    uint32_t all[12], n = 0;
    uint32_t last = p->principal ? r->s->tree->last_under[p->principal] : 0;
    for (uint32_t w = p->principal; p->plural && w && w <= last && n < DGM_LEN(all); w++) {
        const phrase *q = principal_at(r, p, w);
        if (q)
            n = add_roles_of(r, p, q, *one, role, all, n, DGM_LEN(all));
    }
    if (n < 2)
        n = roles_of_places(r, p, one, role, all, DGM_LEN(all));
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
static void resolve_share(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    uint32_t j = r->of_word[p->principal], copy[8], n = 0;
    (void)entity_at(r, p->principal);
    if (j == DGM_NONE) {
        set_entity(r, i, DGM_NONE, DGM_VIA_ROLE);
        return;
    }
    const dgm_mention *m = mention_of(r, j);
    if (m->n_entities == 1) /* "the group" later on */
        r->actors.at[r->doc->mention_entities.at[m->entities]].lemma = r->s->words[p->head].lemma;
    if (m->n_entities == 1 && dgm_function_is(r->s->tree, p->head, DGM_FN_ONE)) {
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

static uint32_t find_recent_person(const reading *r, const phrase *p)
{
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > 2)
            break;
        if (m->n_entities != 1 || r->sightings.at[k - 1].rank < 2 ||
            r->sightings.at[k - 1].plural != p->plural || is_hearer(r, m))
            continue;
        uint32_t e = r->doc->mention_entities.at[m->entities];
        if (r->doc->entities.at[e].kind == (p->plural ? DGM_ENTITY_GROUP : DGM_ENTITY_PERSON))
            return e;
    }
    return DGM_NONE;
}

/* "Nigeria asked its neighbour": the state last spoken of that is not the owner's. */
static bool resolve_other_state(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    if (!p->possessor || p->plural || p->n_countries > 0 ||
        !lemma_of(r->lex, &r->s->words[p->head], WORDS_OTHER_STATE))
        return false;
    uint32_t owner = entity_at(r, p->possessor);
    dgm_entity_kind kind = owner == DGM_NONE ? DGM_ENTITY_OTHER : r->doc->entities.at[owner].kind;
    if (kind != DGM_ENTITY_COUNTRY && kind != DGM_ENTITY_GOVERNMENT)
        return false;
    uint32_t best = DGM_NONE;
    for (uint32_t k = r->first_mention + i; k > 0 && best == DGM_NONE; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > MAX_BACK)
            break;
        uint32_t e = only_entity_of(r, m);
        const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
        bool state = who && dgm_is_state_code(who->country) && who->kind != DGM_ENTITY_OTHER &&
                     strcmp(who->country, r->doc->entities.at[owner].country) != 0;
        if (state)
            best = country_entity(r, who->country, "", NULL);
    }
    set_entity(r, i, best, DGM_VIA_COREF);
    return true;
}

/* "the Cuban leader": the head of state or government last spoken of. */
static uint32_t find_ruler(const reading *r, const phrase *p, const codes *c)
{
    if (!dgm_function_is(r->s->tree, p->head, DGM_FN_RULER) || p->modifier_org ||
        (c->sector[0] && strcmp(c->sector, "GOV") != 0))
        return DGM_NONE;
    for (uint32_t k = r->first_mention; k > oldest(r->first_mention); k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        uint32_t i = only_entity_of(r, m);
        if (i == DGM_NONE ||
            (c->country[0] && strcmp(r->doc->entities.at[i].country, c->country) != 0))
            continue;
        const actor *a = &r->actors.at[i];
        bool heads = word_of(&r->lex->words, a->office, WORDS_HEAD_OF_STATE) ||
                     word_of(&r->lex->words, a->role, WORDS_HEAD_OF_STATE);
        if (a->named && heads && r->doc->entities.at[i].kind == DGM_ENTITY_PERSON &&
            strcmp(r->doc->entities.at[i].sector, "GOV") == 0)
            return i;
    }
    return DGM_NONE;
}

/* The police of whom "officers" speaks, where no army was named since; DGM_NONE. */
static uint32_t police_of_officers(const reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    if (!dgm_view_eq(p->agent->name, DGM_VIEW("officer")) || strcmp(p->sector, "MIL") != 0 ||
        p->role_first != p->role_last)
        return DGM_NONE;
    for (uint32_t k = r->first_mention + i; k > oldest(r->first_mention); k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (m->n_entities != 1)
            continue;
        uint32_t found = r->doc->mention_entities.at[m->entities];
        const char *sector = r->doc->entities.at[found].sector;
        if (actors_is_state_force(sector))
            return sector[0] == 'C' ? found : DGM_NONE;
    }
    return DGM_NONE;
}

static bool is_outlaw(const dgm_entity *e)
{
    return actors_is_armed_group(e->sector) || strcmp(e->sector, "CRM") == 0;
}

/* "Pirates seized two sailors. Their captors ...", "the attackers": the outlaws who acted last;
 * DGM_NONE. */
static uint32_t find_harmer(const reading *r, const phrase *p)
{
    if ((!p->definite && !p->possessor) || !lemma_of(r->lex, &r->s->words[p->head], WORDS_HARMER))
        return DGM_NONE;
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > MAX_BACK)
            break;
        uint32_t e = only_entity_of(r, m);
        if (e != DGM_NONE && r->sightings.at[k - 1].rank >= 2 && is_outlaw(&r->doc->entities.at[e]))
            return e;
    }
    return DGM_NONE;
}

/* "Honduras's Liberal party said the party would": whom another clause of the sentence has named by
 * this role; DGM_NONE. */
static uint32_t find_role_here(const reading *r, uint32_t i, dgm_view role)
{
    const phrase *p = &r->phrases[i];
    if (!p->agent || p->agent->kind != KIND_UNIT || p->plural)
        return DGM_NONE;
    for (uint32_t j = i; j > 0; j--) {
        const phrase *q = &r->phrases[j - 1];
        const dgm_mention *m = mention_of(r, j - 1);
        bool beside = r->s->words[q->head].head == r->s->words[p->head].head;
        if (beside || q->plural || m->n_entities != 1)
            continue;
        uint32_t e = r->doc->mention_entities.at[m->entities];
        if (r->doc->entities.at[e].country[0] && role_fits(r->actors.at[e].role, role))
            return e;
    }
    return DGM_NONE;
}

/* "The opposition Civic Front marched. The party accused": the party last spoken of by its name;
 * DGM_NONE. */
static uint32_t find_party(const reading *r, const phrase *p)
{
    uint32_t best = DGM_NONE;
    if (p->plural || p->role_first != p->role_last || !p->agent || p->agent->kind != KIND_UNIT ||
        strcmp(p->agent->sector, "PTY") != 0)
        return DGM_NONE;
    for (uint32_t e = oldest(r->actors.n); e < r->actors.n; e++) {
        const dgm_entity *who = &r->doc->entities.at[e];
        bool party = who->kind == DGM_ENTITY_ORG && r->actors.at[e].role.n == 0 &&
                     (strcmp(who->sector, "PTY") == 0 || strcmp(who->sector, "OPP") == 0);
        if (party && (best == DGM_NONE || r->actors.at[e].seen > r->actors.at[best].seen))
            best = e;
    }
    return best;
}

/* "Kenya's police ... In Togo, police ...": whom the story spoke of before the paragraph turned to
 * another state is not meant, nor another state's government by people who turn to their own. */
static bool is_of_another(reading *r, const phrase *p, uint32_t e)
{
    const char *set = actors_country_set(r, p), *country = r->doc->entities.at[e].country;
    char own[4];
    if (!set && actors_is_of_people(r, p, own))
        return strcmp(country, own) != 0;
    return set && strcmp(country, set) != 0 && r->actors.at[e].seen >> 32 < r->set_in;
}

/* Whether the mention stands beside the phrase in one clause, so that it is another. */
static bool stands_beside(const reading *r, const phrase *p, const dgm_mention *m)
{
    return m->span.sentence == r->i_sentence &&
           r->s->words[m->head].head == r->s->words[p->head].head;
}

/* "Peru expelled the Chilean ambassador. The diplomat ...": the one last spoken of; of two in a
 * sentence rather who acts in it. DGM_NONE. */
static uint32_t find_diplomat(const reading *r, const phrase *p)
{
    const dgm_word *word = &r->s->words[p->head];
    uint32_t best = DGM_NONE, in = 0, end = r->first_mention + r->n_phrases;
    uint8_t rank = 0;
    if (p->role_first != p->role_last || !lemma_of(r->lex, word, WORDS_DIPLOMAT))
        return DGM_NONE;
    for (uint32_t k = end; k > oldest(end); k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > MAX_BACK ||
            (best != DGM_NONE && m->span.sentence != in))
            break;
        const dgm_word *head = &r->doc->sentences.at[m->span.sentence].words[m->head];
        bool later = m->span.sentence == r->i_sentence && m->head >= p->head;
        if (later || m->n_entities != 1 || !lemma_of(r->lex, head, WORDS_DIPLOMAT) ||
            r->sightings.at[k - 1].plural != p->plural || stands_beside(r, p, m) ||
            (best != DGM_NONE && r->sightings.at[k - 1].rank <= rank))
            continue;
        best = r->doc->mention_entities.at[m->entities];
        rank = r->sightings.at[k - 1].rank;
        in = m->span.sentence;
    }
    return best;
}

/* Whom the story has spoken of already that a definite role means; DGM_NONE. */
static uint32_t find_definite(reading *r, uint32_t i, const codes *c, dgm_view role)
{
    const phrase *p = &r->phrases[i];
    uint32_t e = DGM_NONE;
    if (!p->definite)
        return DGM_NONE;
    if (!c->country[0] && !p->principal &&
        form_of(r->lex, &r->s->words[p->head], WORDS_MERE_PERSON))
        e = find_recent_person(r, p);
    if (e == DGM_NONE && !p->plural && !p->possessor && !p->principal && !p->former)
        e = find_ruler(r, p, c);
    bool bare = !c->country[0] && !p->possessor;
    if (e == DGM_NONE && bare && !p->principal)
        e = find_role_here(r, i, role);
    if (e == DGM_NONE && bare && !p->principal)
        e = find_diplomat(r, p);
    uint32_t party = e == DGM_NONE && bare && !p->principal ? find_party(r, p) : DGM_NONE;
    if (e == DGM_NONE && bare)
        e = find_role(r, p, c, role);
    if (party != DGM_NONE && (e == DGM_NONE || r->actors.at[e].seen < r->actors.at[party].seen))
        e = party;
    bool elsewhere = e != DGM_NONE && !c->country[0] && is_of_another(r, p, e);
    return elsewhere ? DGM_NONE : e;
}

/* The sector of the several people that the word speaks of; "": it does not, or they have none. */
static const char *sector_of_several(reading *r, uint32_t word)
{
    uint32_t e = entity_at(r, word);
    const dgm_entity *people = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    return people && people->kind == DGM_ENTITY_GROUP && people->plural ? people->sector : "";
}

/* "the Dockers' Federation", "the Association of Teachers": of the sector of those in it. */
static void take_members_sector(reading *r, const phrase *p, codes *c)
{
    bool body = p->agent && (p->agent->kind == KIND_UNIT || p->agent->kind == KIND_GROUP);
    if (!body || strcmp(c->sector, "SOC") != 0)
        return;
    const char *sector = sector_of_several(r, p->possessor ? p->possessor : p->principal);
    if (sector[0] && strcmp(sector, "CVL") != 0)
        memcpy(c->sector, sector, 4);
}

/* "A delegation of strikers", "of opposition lawmakers": it is of the kind of those who sent it. */
static void take_senders_sector(reading *r, const phrase *p, codes *c)
{
    if (!p->agent || !lemma_of(r->lex, &r->s->words[p->head], WORDS_DEPUTATION))
        return;
    const char *sector = sector_of_several(r, p->principal);
    if (sector[0])
        memcpy(c->sector, sector, 4);
}

/* "A convoy of a mining company", "of aid workers": of those whose it is, and no soldiers. */
static void take_owners_sector(reading *r, const phrase *p, codes *c)
{
    if (!p->principal || p->of_force || !lemma_of(r->lex, &r->s->words[p->head], WORDS_COLUMN))
        return;
    uint32_t e = entity_at(r, p->principal);
    const dgm_entity *owner = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    if (!owner || (owner->kind != DGM_ENTITY_ORG && owner->kind != DGM_ENTITY_GROUP))
        return;
    if (owner->sector[0] || !dgm_is_state_code(owner->country))
        memcpy(c->sector, owner->sector, 4);
}

/* "guards employed by a mining company", "guards working for it": whoever pays them; 0. */
static uint32_t employer_of(const reading *r, const phrase *p)
{
    const dgm_tree *t = r->s->tree;
    if (!lemma_of(r->lex, &r->s->words[p->head], WORDS_HIRED))
        return 0;
    DGM_EACH_CHILD(t, p->head, verb)
    {
        if (dgm_deprel_main(r->s->words[verb].deprel) != DGM_REL_ACL)
            continue;
        DGM_EACH_CHILD(t, verb, w)
        if (r->s->words[w].deprel == DGM_REL_OBL_AGENT || dgm_has_function(t, w, DGM_FN_BY) ||
            dgm_has_function(t, w, DGM_FN_FOR))
            return w;
    }
    return 0;
}

/* The codes of a role with what those give it whom it serves. */
static codes codes_of_role(reading *r, const phrase *p)
{
    codes c = codes_of(p);
    if (p->modifier_org && p->modifier_org->country[0]) /* "the bloc" after "ECOWAS leaders" */
        actors_oppose_with(r, body_entity(r, p->modifier_org, p->modifier_org->country, p->first),
                           c.sector);
    bool vessel = is_of_vessel(r, p, c.country);
    if (actors_is_civil_captain(r, p, vessel))
        memcpy(c.sector, "LAB", 4);
    if (p->possessor && !vessel)
        serve(r, p, p->possessor, &c);
    else if (!vessel && !c.country[0] && !p->principal)
        (void)actors_country_of_commander(r, p, c.country);
    if (p->principal)
        serve(r, p, p->principal, &c);
    if (p->place && lemma_of(r->lex, &r->s->words[p->head], WORDS_HIRED))
        serve(r, p, p->place, &c);
    uint32_t employer = employer_of(r, p);
    if (employer)
        serve(r, p, employer, &c);
    take_members_sector(r, p, &c);
    take_senders_sector(r, p, &c);
    take_owners_sector(r, p, &c);
    if (p->former)
        make_former(&c);
    return c;
}

/* "Rebels attacked a town. The army killed 20 fighters": the outlaws whom the sentences before have
 * named are rebels, and nothing else is said of the fighters. */
static bool are_rebels(const reading *r, uint32_t i, const codes *c)
{
    const phrase *p = &r->phrases[i];
    if (strcmp(c->sector, "UAF") != 0 || p->role_first != p->role_last || p->principal ||
        p->possessor || p->n_countries > 0 ||
        !dgm_has_class(r->s->tree, p->head, DGM_CLASS_FIGHTERS))
        return false;
    for (uint32_t k = r->first_mention + i; k > oldest(r->first_mention); k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        uint32_t found = m->n_entities == 1 ? r->doc->mention_entities.at[m->entities] : DGM_NONE;
        if (found != DGM_NONE && actors_is_armed_group(r->doc->entities.at[found].sector))
            return strcmp(r->doc->entities.at[found].sector, "REB") == 0;
    }
    return false;
}

/* The sector of a single role that its own words leave open. */
static void settle_sector(const reading *r, uint32_t i, codes *c)
{
    const phrase *p = &r->phrases[i];
    uint32_t police = police_of_officers(r, i);
    if (police != DGM_NONE) {
        memcpy(c->sector, "COP", 4);
        if (p->definite && !c->country[0] && !p->possessor) /* "Police ... The officers" */
            memcpy(c->country, r->doc->entities.at[police].country, 4);
    }
    if (are_rebels(r, i, c))
        memcpy(c->sector, "REB", 4);
    if (strcmp(c->sector, "PTY") == 0 && actors_is_coalition_of_arms(r, p))
        memcpy(c->sector, "MIL", 4);
    if (p->generic && !c->sector[0] && dgm_is_state_code(c->country) &&
        form_of(r->lex, &r->s->words[p->head], WORDS_SPEAKS_FOR_STATE))
        memcpy(c->sector, "GOV", 4);
}

/* A role that is no definite one of the story: it may be one once more (*same), or new. */
static uint32_t one_more_role(reading *r, const phrase *p, codes *c, dgm_view role, bool *same)
{
    bool own_country = c->country[0] != 0;
    if (!own_country && c->sector[0])
        open_country(r, p, c->country);
    uint32_t e = find_role(r, p, c, role);
    *same = e != DGM_NONE && strcmp(r->doc->entities.at[e].country, c->country) == 0 &&
            (p->definite || p->plural || own_country) &&
            (strcmp(r->doc->entities.at[e].sector, c->sector) == 0 || r->actors.at[e].named);
    return *same ? e : new_role(r, p, c, role);
}

void actors_resolve_role_of_each(reading *r, uint32_t i, const uint32_t *owners, uint32_t n)
{
    const phrase *p = &r->phrases[i];
    dgm_view role = words_folded(r, p->role_first, p->role_last);
    codes c = codes_of_role(r, p);
    uint32_t all[MAX_COUNTRIES];
    assert(n <= DGM_LEN(all));
    for (uint32_t k = 0; k < n; k++) {
        memcpy(c.country, r->doc->entities.at[owners[k]].country, 4);
        all[k] = find_or_new_role(r, p, &c, role);
    }
    set_entities(r, i, all, n, DGM_VIA_ROLE);
}

void resolve_role(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    if (!p->agent) {
        resolve_share(r, i);
        return;
    }
    if (resolve_other_state(r, i))
        return;
    dgm_view role = words_folded(r, p->role_first, p->role_last);
    codes c = codes_of_role(r, p);
    if (!actors_is_of_others(r, p) &&
        (resolve_several(r, i, &c, role) || resolve_each_owner(r, i, &c, role) ||
         resolve_each(r, i, &c, role)))
        return;
    settle_sector(r, i, &c);
    uint32_t e = find_definite(r, i, &c, role);
    if (e == DGM_NONE && !c.country[0])
        e = find_harmer(r, p);
    bool same = e != DGM_NONE;
    if (!same && !c.country[0] && actors_is_mere_weapon(r, p)) {
        set_entity(r, i, DGM_NONE, DGM_VIA_ROLE);
        return;
    }
    if (!same)
        e = one_more_role(r, p, &c, role, &same);
    set_entity(r, i, e, same && p->definite ? DGM_VIA_COREF : DGM_VIA_ROLE);
}
