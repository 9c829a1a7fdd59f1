/* From phrases to entities: the kinds that a name decides, apposition, and the order of it all.
 * Roles and persons are in roles.c, what only the story decides in coref.c. */
#include "actors/reading.h"

#include <string.h>

/* Where the story last spoke of the entity. */
static void see(reading *r, uint32_t entity, uint32_t word)
{
    uint64_t at = (uint64_t)r->i_sentence << 32 | word;
    if (at > r->actors.at[entity].seen)
        r->actors.at[entity].seen = at;
}

void set_entities(reading *r, uint32_t i, const uint32_t *entities, uint32_t n, dgm_via via)
{
    dgm_mention *m = &r->doc->mentions.at[r->first_mention + i];
    m->via = via;
    m->entities = r->doc->mention_entities.n;
    m->n_entities = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t *to =
            entities[k] == DGM_NONE ? NULL : dgm_push(r->arena, &r->doc->mention_entities);
        if (to) {
            *to = entities[k];
            m->n_entities++;
            see(r, entities[k], m->head);
        }
    }
    r->state[i] = DONE;
}

uint32_t entity_at(reading *r, uint32_t word, uint32_t depth)
{
    uint32_t i = word && word <= r->s->n_words ? r->of_word[word] : DGM_NONE;
    if (i == DGM_NONE)
        return DGM_NONE;
    resolve_phrase(r, i, depth + 1);
    const dgm_mention *m = mention_of(r, i);
    return m->n_entities ? r->doc->mention_entities.at[m->entities] : DGM_NONE;
}

dgm_view words_folded(const reading *r, uint32_t first, uint32_t last)
{
    return dgm_fold(r->arena,
                    dgm_span_name(r->doc, dgm_span_of(r->doc, r->i_sentence, first, last)));
}

static dgm_view phrase_text(const reading *r, const phrase *p)
{
    return dgm_span_name(r->doc, dgm_span_of(r->doc, r->i_sentence, p->first, p->last));
}

/* ---- names of states and peoples ------------------------------------------------------------ */

static const char *const quarters[] = { "north", "south", "east", "west" };

/* "North" of "North and South Korea": the state whose name ends as the other's; DGM_NONE. */
static uint32_t twin_state(reading *r, const dgm_word *quarter, const fact *other)
{
    size_t blank = dgm_view_find(other->name, DGM_VIEW(" "));
    if (blank == SIZE_MAX || !form_in(quarter, quarters, DGM_LEN(quarters)))
        return DGM_NONE;
    dgm_view rest = dgm_view_slice(other->name, blank, other->name.n);
    for (uint32_t k = 0; k < dgm_map_count(r->lex->state_names); k++) {
        uint32_t number;
        (void)dgm_map_key(r->lex->state_names, k, &number);
        const fact *f = number < r->lex->facts.n ? &r->lex->facts.at[number] : NULL;
        if (f && f->name.n == quarter->form.n + rest.n && dgm_view_ends(f->name, rest) &&
            dgm_view_eq_nocase(dgm_view_slice(f->name, 0, quarter->form.n), quarter->form))
            return country_entity(r, f->country, "", f);
    }
    return DGM_NONE;
}

static void resolve_country(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    /* A name with a title is somebody in that office, though a table has it as a state's. */
    const char *sector = !p->name->sector[0] && p->agent ? p->sector : p->name->sector;
    uint32_t e = country_entity(r, p->name->country, sector, p->name);
    /* "the North" is North Korea where the story has called it so. */
    uint32_t w =
        r->m->of_word[p->head] == DGM_NONE ? p->first : r->m->at[r->m->of_word[p->head]].first;
    if (w < p->last && form_in(&r->s->words[w], quarters, DGM_LEN(quarters)))
        add_alias(r, words_folded(r, w, w), e);
    uint32_t both[2] = { DGM_NONE, e };
    if (w > 2 && r->s->words[w - 1].upos == DGM_CCONJ)
        both[0] = twin_state(r, &r->s->words[w - 2], p->name);
    if (both[0] != DGM_NONE)
        add_alias(r, words_folded(r, w - 2, w - 2), both[0]);
    set_entities(r, i, both, 2, DGM_VIA_NAME);
}

static void resolve_capital(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    const dgm_word *head = &r->s->words[p->head];
    bool place = p->locative || p->head < r->m->dateline || head->deprel == DGM_REL_NMOD_UNMARKED;
    if (place)
        set_entity(r, i, place_entity(r, p->name->country, "", p->name->name, p->name),
                   DGM_VIA_NAME);
    else
        set_entity(r, i, government_entity(r, p->name->country, p->name), DGM_VIA_METONYMY);
}

static void resolve_region(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    set_entity(r, i, place_entity(r, p->name->country, p->name->sector, p->name->name, p->name),
               DGM_VIA_NAME);
}

/* A nation ("the Turks agreed") has no sector; so many of its people are civilians. */
static void resolve_people(reading *r, uint32_t i, uint32_t depth)
{
    const phrase *p = &r->phrases[i];
    bool nation =
        p->name->type == FACT_COUNTRY && p->definite && p->plural && !p->counted && !p->possessor;
    char country[4] = "";
    if (p->n_countries > 0)
        memcpy(country, p->countries[0], 4);
    else
        open_country(r, p, depth, country);
    const char *sector = p->name->sector[0] ? p->name->sector : nation ? "" : "CVL";
    dgm_view name = nation ? p->name->name : phrase_text(r, p);
    dgm_view key = words_folded(r, p->first, p->last);
    uint32_t e = find_alias(r, key);
    if (e == DGM_NONE || strcmp(r->doc->entities.at[e].country, country) != 0) {
        e = new_entity(r, p->plural ? DGM_ENTITY_GROUP : DGM_ENTITY_PERSON, country, sector, name,
                       p->name);
        if (e != DGM_NONE)
            r->doc->entities.at[e].plural = p->plural;
        add_alias(r, key, e);
    }
    set_entity(r, i, e, DGM_VIA_NAME);
}

/* ---- bodies --------------------------------------------------------------------------------- */

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

/* A body that has its country and name from the story alone. */
static void resolve_strange_body(reading *r, uint32_t i, const char *country)
{
    const phrase *p = &r->phrases[i];
    dgm_view key = words_folded(r, p->head, p->head);
    uint32_t e = new_entity(r, DGM_ENTITY_ORG, country, p->opposed ? "OPP" : p->name->sector,
                            phrase_text(r, p), NULL);
    add_alias(r, key, e);
    set_entity(r, i, e, DGM_VIA_NAME);
}

static void resolve_org(reading *r, uint32_t i, uint32_t depth)
{
    const phrase *p = &r->phrases[i];
    const fact *f = p->name;
    char country[4] = "";
    uint32_t known = find_alias(r, words_folded(r, p->head, p->head));
    if (p->first + 1 >= p->head && known != DGM_NONE) {
        set_entity(r, i, known, DGM_VIA_COREF);
        return;
    }
    bool strange = is_strange_party(r, p, f);
    if (strange || !f->country[0] || is_common_name(r, p, f)) {
        open_country(r, p, depth, country);
        const fact *own = country[0] ? namesake_in(r, p, country) : NULL;
        f = own ? own : f;
        /* "the Liberal Party" of Ghana is not Canada's */
        strange |= f->kind == KIND_PARTY && f->country[0] && strcmp(f->country, country) != 0 &&
                   (country[0] || count_of(r, f->country) == 0);
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

/* ---- names that are in no table ------------------------------------------------------------- */

/* "in X", "the village of X", "victims from X" */
static bool is_place_name(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    uint32_t c = preposition_of(s, p->head), up = s->words[p->head].head;
    return p->locative || (up && lemma_of(lex, &s->words[up], WORDS_PLACE_KIND)) ||
           (c && s->words[p->head].deprel == DGM_REL_NMOD &&
            dgm_function_is(s->tree, c, DGM_FN_ORIGIN));
}

/* "the North" where the story names one state of such a name only: North Korea. */
static uint32_t state_of_quarter(reading *r, const dgm_word *word)
{
    const fact *only = NULL;
    if (!form_in(word, quarters, DGM_LEN(quarters)) || !starts_upper(word))
        return DGM_NONE;
    for (uint32_t k = 0; k < r->n_counts; k++) {
        const fact *f =
            lexicon_fact(r->lex, dgm_map_get(r->lex->state_names, dgm_view_of(r->counts[k].code)));
        bool such = f && f->name.n > word->form.n + 1 && f->name.p[word->form.n] == ' ' &&
                    dgm_view_eq_nocase((dgm_view) { f->name.p, word->form.n }, word->form);
        if (such && only)
            return DGM_NONE;
        only = such ? f : only;
    }
    return only ? country_entity(r, only->country, "", only) : DGM_NONE;
}

static void resolve_unknown(reading *r, uint32_t i, uint32_t depth)
{
    const phrase *p = &r->phrases[i];
    const dgm_word *head = &r->s->words[p->head];
    uint32_t known = find_alias(r, words_folded(r, p->head, p->head));
    if (known == DGM_NONE || !r->doc->entities.at[known].country[0]) {
        uint32_t state = state_of_quarter(r, head);
        known = state != DGM_NONE ? state : known;
    }
    if (known != DGM_NONE && form_in(head, quarters, DGM_LEN(quarters))) {
        set_entity(r, i, known, DGM_VIA_COREF);
        return;
    }
    if (p->n_name_words == 1 && known != DGM_NONE) {
        set_entity(r, i, known, DGM_VIA_COREF);
        return;
    }
    if (p->n_name_words == 0) {
        set_entity(r, i, DGM_NONE, DGM_VIA_NAME);
        return;
    }
    bool place = is_place_name(r->lex, r->s, p);
    bool person = p->n_name_words > 1 && p->n_countries == 0 && !p->definite && !place;
    if (person) {
        resolve_person(r, i, depth);
        return;
    }
    dgm_view key = words_folded(r, p->first, p->last);
    uint32_t e = find_alias(r, key);
    if (e == DGM_NONE) {
        char country[4] = "";
        bool body = form_of(r->lex, head, WORDS_BODY_NAME);
        const char *sector = body ? p->sector : "";
        if (body && (p->n_countries > 0 || sector[0]))
            open_country(r, p, depth, country);
        dgm_entity_kind kind = country[0] ? DGM_ENTITY_ORG
                               : place    ? DGM_ENTITY_PLACE
                                          : DGM_ENTITY_OTHER;
        e = new_entity(r, kind, country, sector, phrase_text(r, p), NULL);
        add_alias(r, key, e);
    }
    set_entity(r, i, e, DGM_VIA_NAME);
}

/* ---- apposition ----------------------------------------------------------------------------- */

static bool is_name(const phrase *p)
{
    return p->kind == PHRASE_PERSON || p->kind == PHRASE_ORG || p->kind == PHRASE_COUNTRY;
}

static bool is_description(const phrase *p)
{
    return p->kind == PHRASE_ROLE || p->kind == PHRASE_COMMON;
}

/* "the rebel leader, X, ..." or "X, a former president, ...": b between commas right behind a,
 * whatever the parser made of it; not in a list of three. */
static bool is_set_off(const reading *r, const phrase *a, const phrase *b)
{
    const dgm_word *words = r->s->words;
    if (b->first != a->last + 2 || !dgm_view_eq(words[a->last + 1].form, DGM_VIEW(",")) ||
        a->plural || b->plural || (a->kind == PHRASE_ROLE && !a->definite && !a->n_countries))
        return false;
    if (b->last >= r->s->n_words)
        return true;
    const dgm_word *after = &words[b->last + 1];
    bool closed =
        dgm_view_eq(after->form, DGM_VIEW(",")) || dgm_view_eq(after->form, DGM_VIEW("."));
    bool list = b->last + 2 <= r->s->n_words && words[b->last + 2].upos == DGM_CCONJ &&
                a->kind != PHRASE_ROLE;
    return closed && !list;
}

/* A title right before a name, or a name right behind a title, that the parser did not join. */
static uint32_t adjoined(const reading *r, const phrase *p)
{
    bool title = p->kind == PHRASE_ROLE && !p->plural && p->role_last;
    bool name = p->kind == PHRASE_PERSON || p->kind == PHRASE_UNKNOWN;
    for (uint32_t j = 0; j < r->n_phrases && (title || name); j++) {
        const phrase *q = &r->phrases[j];
        bool named = q->kind == PHRASE_PERSON || q->kind == PHRASE_UNKNOWN;
        bool described = q->kind == PHRASE_ROLE && !q->plural && q->role_last;
        if (title && named && q->n_name_words > 0 &&
            (q->name_words[0] == p->role_last + 1 || is_set_off(r, p, q) || is_set_off(r, q, p)))
            return j;
        if (name && described && p->n_name_words > 0 &&
            (p->name_words[0] == q->role_last + 1 || is_set_off(r, p, q) || is_set_off(r, q, p)))
            return j;
    }
    return DGM_NONE;
}

/* The phrase that a word is of, as its head or inside. */
static uint32_t phrase_of(const reading *r, uint32_t word)
{
    if (r->of_word[word] != DGM_NONE)
        return r->of_word[word];
    for (uint32_t j = 0; j < r->n_phrases; j++)
        if (r->phrases[j].kind != PHRASE_PRONOUN && r->phrases[j].first <= word &&
            word <= r->phrases[j].last)
            return j;
    return DGM_NONE;
}

/* The phrase in apposition to phrase i, its head or its dependent; DGM_NONE. */
static uint32_t apposed(const reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    const dgm_word *head = &r->s->words[p->head];
    if (head->deprel == DGM_REL_APPOS)
        return phrase_of(r, head->head);
    uint32_t w = dgm_child_of(r->s->tree, p->head, DGM_REL_APPOS);
    for (uint32_t k = 0; !w && k < p->n_name_words; k++)
        w = dgm_child_of(r->s->tree, p->name_words[k], DGM_REL_APPOS);
    if (w && r->of_word[w] != DGM_NONE)
        return r->of_word[w];
    return adjoined(r, p);
}

/* What the description says is said of the name: "Luigi di Maio" + "Italy's top diplomat". */
static void lend_description(reading *r, phrase *name, const phrase *role)
{
    if (!name->agent && role->agent) {
        name->agent = role->agent;
        name->generic = role->generic;
        name->former |= role->former;
        memcpy(name->sector, role->sector, 4);
        memcpy(name->others, role->others, sizeof name->others);
        name->n_others = role->n_others;
        name->role_first = role->role_first;
        name->role_last = role->role_last;
    }
    /* "its police chief, General X": the rank says less than the office. */
    if (name->agent && role->agent && strcmp(name->sector, "MIL") == 0 && role->sector[0] &&
        strcmp(role->sector, "MIL") != 0)
        memcpy(name->sector, role->sector, 4);
    if (name->n_countries == 0 && role->n_countries > 0) {
        memcpy(name->countries, role->countries, sizeof name->countries);
        name->n_countries = role->n_countries;
    }
    if (!name->possessor)
        name->possessor = role->possessor;
    if (!name->principal)
        name->principal = role->principal;
    if (!name->modifier_org)
        name->modifier_org = role->modifier_org;
    (void)r;
}

static void copy_mention(reading *r, uint32_t to, uint32_t from, dgm_via via)
{
    uint32_t copy[16], n = 0;
    const dgm_mention *m = mention_of(r, from);
    for (uint32_t k = 0; k < m->n_entities && n < DGM_LEN(copy); k++)
        copy[n++] = r->doc->mention_entities.at[m->entities + k];
    set_entities(r, to, copy, n, via);
}

/* True when the apposition has settled phrase i. */
static bool resolve_apposition(reading *r, uint32_t i, uint32_t depth)
{
    uint32_t j = apposed(r, i);
    if (j == DGM_NONE || j == i)
        return false;
    phrase *p = &r->phrases[i], *q = &r->phrases[j];
    if (p->kind == PHRASE_UNKNOWN && is_description(q) && !q->plural && q->agent) {
        p->kind = PHRASE_PERSON;
    } else if (q->kind == PHRASE_UNKNOWN && is_description(p) && !p->plural && p->agent &&
               r->state[j] == OPEN) {
        q->kind = PHRASE_PERSON;
    }
    if (p->kind == PHRASE_PERSON && is_description(q) && !q->plural) {
        lend_description(r, p, q);
        return false;
    }
    bool described = is_description(p) && is_name(q) && (!p->plural || q->kind != PHRASE_PERSON);
    if (r->state[j] == BUSY || !described || (q->kind == PHRASE_COUNTRY && p->agent))
        return false;
    resolve_phrase(r, j, depth + 1);
    copy_mention(r, i, j, DGM_VIA_ROLE);
    return true;
}

/* "the African Union (AU)": the short form stands for the long one from here on. */
static bool resolve_bracket(reading *r, uint32_t i, uint32_t depth)
{
    const phrase *p = &r->phrases[i];
    const dgm_word *words = r->s->words;
    if (p->first != p->last || p->first < 3 || p->last >= r->s->n_words ||
        !dgm_view_eq(words[p->first - 1].form, DGM_VIEW("(")) ||
        !dgm_view_eq(words[p->last + 1].form, DGM_VIEW(")")) || words[p->head].form.n < 2 ||
        !dgm_is_upper((unsigned char)words[p->head].form.p[1]))
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        bool before = j != i && (q->last + 2 == p->first ||
                                 (q->head + 4 > p->first && q->head + 2 <= p->first));
        if (!before || q->kind == PHRASE_PRONOUN || r->state[j] == BUSY)
            continue;
        if (p->name && (q->kind == PHRASE_UNKNOWN || q->kind == PHRASE_ROLE) && r->state[j] == OPEN)
            return false;
        resolve_phrase(r, j, depth + 1);
        const dgm_mention *m = mention_of(r, j);
        if (m->n_entities == 0)
            return false;
        add_alias(r, words_folded(r, p->head, p->head), r->doc->mention_entities.at[m->entities]);
        copy_mention(r, i, j, DGM_VIA_NAME);
        return true;
    }
    return false;
}

/* "Czech" of "Czech President X" where the parser made it a phrase of its own. */
static bool resolve_inner(reading *r, uint32_t i, uint32_t depth)
{
    const phrase *p = &r->phrases[i];
    if (!p->name || p->name->kind != KIND_ADJECTIVE || p->first != p->last)
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        bool inside = j != i && q->role_first && q->first <= p->head && p->head < q->role_first;
        if (!inside || r->state[j] == BUSY)
            continue;
        resolve_phrase(r, j, depth + 1);
        copy_mention(r, i, j, DGM_VIA_ROLE);
        return true;
    }
    return false;
}

void resolve_phrase(reading *r, uint32_t i, uint32_t depth)
{
    if (r->state[i] != OPEN || depth > MAX_DEPTH)
        return;
    r->state[i] = BUSY;
    phrase *p = &r->phrases[i];
    if (resolve_inner(r, i, depth) || resolve_bracket(r, i, depth) ||
        resolve_apposition(r, i, depth)) {
        r->state[i] = DONE;
        return;
    }
    switch (p->kind) {
    case PHRASE_COUNTRY:
        resolve_country(r, i);
        break;
    case PHRASE_CAPITAL:
        resolve_capital(r, i);
        break;
    case PHRASE_REGION:
        resolve_region(r, i);
        break;
    case PHRASE_PEOPLE:
        resolve_people(r, i, depth);
        break;
    case PHRASE_ORG:
        resolve_org(r, i, depth);
        break;
    case PHRASE_PERSON:
        resolve_person(r, i, depth);
        break;
    case PHRASE_ROLE:
        resolve_role(r, i, depth);
        break;
    case PHRASE_UNKNOWN:
        resolve_unknown(r, i, depth);
        break;
    case PHRASE_PRONOUN:
        resolve_pronoun(r, i, depth);
        break;
    case PHRASE_SET:
        resolve_set(r, i);
        break;
    case PHRASE_COMMON:
        resolve_common(r, i, depth);
        break;
    case PHRASE_NONE:
        break;
    }
    r->state[i] = DONE;
}
