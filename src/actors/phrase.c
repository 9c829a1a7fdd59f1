/* Reads one noun phrase: see phrase.h. The phrase is the head with what stands directly before it
 * (and, in names, behind it); each table entry in it is either the head's own name or role, or
 * modifies it, and the few rules of phrase_modifiers.c say what that adds. */
#include "actors/phrase_parts.h"

#include <string.h>

static void read_role(const fact *agent, const match *own, phrase *p)
{
    p->kind = PHRASE_ROLE;
    p->agent = agent;
    p->role_first = own->first;
    p->role_last = own->last;
    p->generic = agent->kind == KIND_GENERIC || !agent->sector[0];
    p->plural |= agent->plural;
    take_sector(p, agent);
}

static void read_country(const dgm_sentence *s, const fact *f, phrase *p)
{
    const dgm_word *head = &s->words[p->head];
    p->name = f;
    add_country(p, f->country);
    memcpy(p->sector, f->sector, 4);
    switch (f->kind) {
    case KIND_CAPITAL:
    case KIND_METONYM:
        p->kind = PHRASE_CAPITAL;
        break;
    case KIND_REGION:
        p->kind = PHRASE_REGION;
        break;
    case KIND_DEMONYM:
        p->kind = PHRASE_PEOPLE;
        break;
    case KIND_ADJECTIVE:
        p->kind = head->deprel == DGM_REL_AMOD || head->deprel == DGM_REL_COMPOUND ? PHRASE_COUNTRY
                                                                                   : PHRASE_PEOPLE;
        p->plural |= p->kind == PHRASE_PEOPLE;
        break;
    default:
        p->kind = PHRASE_COUNTRY;
    }
}

/* "the Carrefour district" */
static bool is_of_place(const lexicon *lex, const dgm_sentence *s, const fact *f, uint32_t head)
{
    const dgm_word *word = &s->words[head];
    return f->kind == KIND_COMPANY && word->deprel == DGM_REL_COMPOUND && word->head &&
           lemma_of(lex, &s->words[word->head], WORDS_PLACE_KIND);
}

/* The entry that covers the head, if it is the head's own. */
static void read_own(const lexicon *lex, const dgm_sentence *s, const matches *m, const match *own,
                     const fact *f, phrase *p)
{
    if (f->type != FACT_AGENT && is_part_of_name(s, m, own, p)) {
        p->kind = f->type == FACT_ORG ? PHRASE_ORG : PHRASE_UNKNOWN;
        p->name = f->type == FACT_ORG ? f : NULL;
        if (is_before_title(lex, m, own, p->last))
            add_country(p, f->country);
        return;
    }
    p->name_chain = own->fact;
    switch (f->type) {
    case FACT_COUNTRY:
        read_country(s, f, p);
        break;
    case FACT_OFFICE:
        p->kind = PHRASE_PERSON;
        p->name = f->weak ? NULL : f;
        break;
    case FACT_ORG:
        if (is_of_place(lex, s, f, p->head))
            break;
        p->kind = PHRASE_ORG;
        p->name = f;
        take_sector(p, f);
        break;
    case FACT_GROUP:
        p->kind = PHRASE_PEOPLE;
        p->name = f;
        add_country(p, f->country);
        take_sector(p, f);
        break;
    case FACT_AGENT:
        if (f->kind == KIND_FORMER)
            break;
        read_role(f, own, p);
        break;
    }
}

/* ---- the phrase as a whole ------------------------------------------------------------------ */

/* "each side", "either party" */
static bool is_each_side(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    uint32_t det = dgm_child_of(s->tree, p->head, DGM_REL_DETREL);
    return det && dgm_function_is(s->tree, det, DGM_FN_EACH) &&
           lemma_of(lex, &s->words[p->head], WORDS_SIDE);
}

/* "the neighbours", "the sides": no word says whose or which. */
static bool are_bare_sides(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    static const dgm_deprel parts[] = { DGM_REL_AMOD, DGM_REL_NMOD, DGM_REL_NUMMOD,
                                        DGM_REL_COMPOUND, DGM_REL_ACL_RELCL };
    if (!lemma_of(lex, &s->words[p->head], WORDS_FACING))
        return false;
    for (size_t i = 0; i < DGM_LEN(parts); i++)
        if (dgm_child_of(s->tree, p->head, parts[i]))
            return false;
    return true;
}

/* "both sides", "the two countries" */
static bool is_the_two(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    const dgm_word *head = &s->words[p->head];
    if (is_each_side(lex, s, p))
        return true;
    if (!p->plural || !p->definite || p->possessor)
        return false;
    bool pair = p->paired && (lemma_of(lex, head, WORDS_SIDE) || head->upos == DGM_PROPN);
    return pair || are_bare_sides(lex, s, p);
}

static bool is_state_entry(const lexicon *lex, const fact *f)
{
    return f->type == FACT_AGENT && word_of(&lex->words, f->name, WORDS_STATE);
}

/* "my head" is no leader. */
static bool is_body_part(const dgm_sentence *s, const phrase *p, const fact *f)
{
    return p->possessor && !p->principal && dgm_view_eq(f->name, DGM_VIEW("head")) &&
           s->words[p->possessor].upos == DGM_PRON;
}

static bool in_relative_clause(const dgm_sentence *s, uint32_t word)
{
    for (uint32_t i = 0, w = word; i < MAX_CLIMB && w; i++, w = s->words[w].head)
        if (s->words[w].deprel == DGM_REL_ACL_RELCL)
            return true;
    return false;
}

/* "dozens of protesters", where the protesters say who they are; "dozens" alone are people. */
static bool is_part(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    return p->principal && lemma_of(lex, &s->words[p->head], WORDS_PARTITIVE) &&
           dgm_function_is(s->tree, preposition_of(s, p->principal), DGM_FN_OF);
}

/* A partitive that is an agent's noun too, and only by itself: "dozens". */
static bool is_counted_part(const lexicon *lex, const dgm_sentence *s, const phrase *p,
                            const fact *f)
{
    return f->type == FACT_AGENT && lemma_of(lex, &s->words[p->head], WORDS_COUNT) &&
           is_part(lex, s, p);
}

bool is_band(const lexicon *lex, const dgm_sentence *s, uint32_t w)
{
    const dgm_word *word = &s->words[w];
    return word->deprel == DGM_REL_NSUBJ && word->head && lemma_of(lex, word, WORDS_BODY) &&
           lemma_of(lex, &s->words[word->head], WORDS_HARMING);
}

/* Heads that are in no table. */
static void read_unlisted(const lexicon *lex, const dgm_sentence *s, phrase *p)
{
    const dgm_word *head = &s->words[p->head];
    if (is_both(s, p->head) || actors_is_one_of_two(s, p->head)) {
        p->kind = PHRASE_SET;
    } else if (head->upos == DGM_PRON || head->form.p[0] == '[') {
        bool that = form_is(head, "that") && !in_relative_clause(s, p->head);
        p->kind = that || pronoun_of(head) == P_NONE ? PHRASE_NONE : PHRASE_PRONOUN;
    } else if (head->upos == DGM_DET && !p->principal) {
        p->kind = PHRASE_NONE;
    } else if (form_of(lex, head, WORDS_CALENDAR)) {
        p->kind = PHRASE_NONE;
    } else if (is_the_two(lex, s, p)) {
        p->kind = PHRASE_SET;
    } else if (head->upos == DGM_NUM && !p->principal && lexicon_fact(lex, lex->people)) {
        p->kind = PHRASE_ROLE; /* "killing at least 20" */
        p->agent = lexicon_fact(lex, lex->people);
        p->role_first = p->role_last = p->head;
        p->plural = true;
        take_sector(p, p->agent);
    } else if (is_part(lex, s, p)) {
        p->kind = PHRASE_ROLE;
        p->generic = true;
    } else if (head->upos == DGM_PROPN && starts_upper(head)) {
        p->kind = PHRASE_UNKNOWN;
    } else if (lemma_of(lex, head, WORDS_COMMON) &&
               (p->definite || lemma_of(lex, head, WORDS_STATE) || is_band(lex, s, p->head))) {
        p->kind = PHRASE_COMMON;
    }
}

/* "Lebanon" of "in Tyre, Lebanon" stands behind the preposition of the town. */
static uint32_t town_before(const dgm_sentence *s, uint32_t word, uint32_t first)
{
    enum { MOST_UP = 3 };
    for (uint32_t k = 0; k < MOST_UP && first > 1; k++) {
        const dgm_word *w = &s->words[word];
        bool joined = w->deprel == DGM_REL_APPOS || w->deprel == DGM_REL_NMOD_UNMARKED ||
                      w->deprel == DGM_REL_CONJ;
        if (!joined || w->head >= word || s->words[w->head].upos != DGM_PROPN ||
            s->words[first - 1].upos != DGM_PUNCT)
            break;
        word = first = w->head;
        while (first > 1 && s->words[first - 1].head == word &&
               s->words[first - 1].upos == DGM_PROPN)
            first--;
    }
    return word;
}

static void read_preposition(const lexicon *lex, const dgm_sentence *s, phrase *p)
{
    uint32_t c = preposition_of(s, p->head);
    if (!c)
        c = preposition_of(s, town_before(s, p->head, p->first));
    if (!c)
        return;
    const dgm_word *up = &s->words[s->words[p->head].head];
    if (up->upos == DGM_NOUN && up->head) /* "flew the captives from Tehran" */
        up = lemma_of(lex, up, WORDS_MOVING) ? up : &s->words[up->head];
    const dgm_word *side = &s->words[s->words[p->head].head]; /* "north of Luanda" */
    p->locative = dgm_function_is(s->tree, c, DGM_FN_PLACE) ||
                  (side->upos == DGM_ADV && lemma_of(lex, side, WORDS_PLACE_KIND)) ||
                  (dgm_function_is(s->tree, c, DGM_FN_WAY) && lemma_of(lex, up, WORDS_MOVING));
}

/* "of X" and "for X" name whom a role serves; "in X" where. */
static void read_complements(const lexicon *lex, const dgm_sentence *s, phrase *p)
{
    for (uint32_t w = p->last + 1; w <= s->n_words && w < p->last + 24; w++) {
        const dgm_word *word = &s->words[w];
        if (word->head != p->head || word->deprel != DGM_REL_NMOD || word->upos == DGM_VERB)
            continue; /* "accused the Union of meddling" */
        uint32_t c = preposition_of(s, w);
        if (!c && w == p->last + 3 && form_of(lex, &s->words[w - 1], WORDS_REGION))
            c = p->last + 1; /* "in neighbouring Chad", read as a clause */
        if (!c)
            continue;
        bool posted = dgm_function_is(s->tree, c, DGM_FN_TO) &&
                      lemma_of(lex, &s->words[p->head], WORDS_DIPLOMAT); /* he serves another */
        if (!p->principal && !posted && dgm_function_is(s->tree, c, DGM_FN_SERVES))
            p->principal = w;
        else if (!p->place && dgm_function_is(s->tree, c, DGM_FN_ROLE_PLACE))
            p->place = w;
    }
}

static bool is_two(const lexicon *lex, const dgm_sentence *s, uint32_t head)
{
    for (uint32_t w = head - 1; w >= 1 && w + 5 > head; w--)
        if (s->words[w].head == head && form_of(lex, &s->words[w], WORDS_PAIRING))
            return true;
    return false;
}

static void read_determiners(const lexicon *lex, const dgm_sentence *s, phrase *p)
{
    for (uint32_t w = p->first; w < p->head; w++) {
        const dgm_word *word = &s->words[w];
        if (word->deprel == DGM_REL_NMOD_POSS && word->head == p->head)
            p->possessor = w;
        if (word->deprel == DGM_REL_NUMMOD && word->head == p->head)
            p->counted = true;
        if (dgm_function_is(s->tree, w, DGM_FN_POINTING) && word->head == p->head)
            p->definite = true;
        if (form_of(lex, word, WORDS_FORMER) && !p->possessor)
            p->former = true;
    }
    if (s->words[p->head].deprel == DGM_REL_CONJ && p->first == p->head) {
        uint32_t det = dgm_child_of(s->tree, s->words[p->head].head, DGM_REL_DETREL);
        p->definite |= det && dgm_function_is(s->tree, det, DGM_FN_POINTING);
    }
    p->definite |= p->possessor != 0;
    p->paired = is_two(lex, s, p->head);
    p->plural = dgm_has_feat(&s->words[p->head], DGM_VIEW("Number=Plur")) ||
                dgm_view_eq(s->words[p->head].xpos, DGM_VIEW("NNS")) ||
                dgm_view_eq(s->words[p->head].xpos, DGM_VIEW("NNPS"));
}

/* The match that begins at a word of the phrase and is not its head's own; NULL: none. */
static const match *entry_at(const matches *m, const phrase *p, uint32_t w)
{
    uint32_t i = m->of_word[w];
    if (i == DGM_NONE || i == m->of_word[p->head] || DGM_MAX(m->at[i].first, p->first) != w)
        return NULL;
    return &m->at[i];
}

/* "in Nimba County", "Antioquia Department": a division by its name, where something is; it acts
 * nowhere. */
static bool is_division(const lexicon *lex, const dgm_sentence *s, const fact *f, uint32_t head)
{
    uint32_t c = preposition_of(s, head), name = dgm_child_of(s->tree, head, DGM_REL_COMPOUND);
    return f->kind == KIND_UNIT && lemma_of(lex, &s->words[head], WORDS_PLACE_KIND) && c &&
           dgm_function_is(s->tree, c, DGM_FN_PLACE) && name && s->words[name].upos == DGM_PROPN;
}

/* "all parties", "the parties to the conflict": those who fight, not those who stand for election.
 */
static bool is_party_to(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    if (!p->plural || p->possessor || !lemma_of(lex, &s->words[p->head], WORDS_PARTY_TO) ||
        p->last != p->head)
        return false;
    uint32_t det = dgm_child_of(s->tree, p->head, DGM_REL_DETREL);
    if (det && det + 1 == p->head && form_of(lex, &s->words[det], WORDS_EVERY))
        return true;
    DGM_EACH_CHILD(s->tree, p->head, w)
    if (w > p->head && lemma_of(lex, &s->words[w], WORDS_CONTEST) &&
        dgm_has_function(s->tree, w, DGM_FN_TO))
        return true;
    return false;
}

/* An agent's noun that means something else here: "both sides", "the state", "my head". */
static bool is_no_agent(const lexicon *lex, const dgm_sentence *s, const match *own, const fact *f,
                        const phrase *p)
{
    bool state = own->last == p->head &&
                 (lemma_of(lex, &s->words[p->head], WORDS_STATE) || is_state_entry(lex, f));
    return state || is_the_two(lex, s, p) || is_party_to(lex, s, p) || is_body_part(s, p, f) ||
           is_counted_part(lex, s, p, f) || is_division(lex, s, f, p->head);
}

/* Who the head by itself is. */
static void read_head(const lexicon *lex, const dgm_sentence *s, const matches *m, const match *own,
                      uint32_t date, phrase *p)
{
    const fact *f = own ? choose_fact(lex, s, m, own, date, NULL) : NULL;
    if (own) {
        p->first = DGM_MIN(p->first, own->first);
        p->last = DGM_MAX(p->last, own->last);
    }
    if (f && !(f->type == FACT_AGENT && is_no_agent(lex, s, own, f, p)))
        read_own(lex, s, m, own, f, p);
    /* A name goes on with names: "accused the Union of meddling". */
    bool alone = !p->principal ||
                 (starts_upper(&s->words[p->head]) && !starts_upper(&s->words[p->principal]));
    if (p->kind == PHRASE_ROLE && p->definite && !p->possessor && alone &&
        lemma_of(lex, &s->words[p->head], WORDS_BODY))
        p->kind = PHRASE_COMMON; /* who is meant the story may tell, the role if not */
    if (p->kind == PHRASE_NONE)
        read_unlisted(lex, s, p);
}

/* "President Street", "Imam Khomeini Airport": named after somebody. */
static bool is_named_site(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    const dgm_word *head = &s->words[p->head];
    return p->kind == PHRASE_UNKNOWN && head->upos == DGM_PROPN &&
           lemma_of(lex, head, WORDS_PLACE_KIND);
}

static void read_titles(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t date,
                        phrase *p)
{
    bool site = is_named_site(lex, s, p);
    for (uint32_t w = p->first; w <= p->last; w++) {
        const match *found = entry_at(m, p, w);
        if (found && !(site && lex->facts.at[found->fact].type == FACT_AGENT))
            read_title(lex, s, m, found, date, p);
    }
    read_neighbour(lex, s, m, date, p);
    /* A role with a name hung behind it: "team member Rodaba Noori". */
    if (p->kind == PHRASE_ROLE && !p->plural && p->role_last && p->last > p->role_last &&
        starts_upper(&s->words[p->role_last + 1]))
        p->kind = PHRASE_PERSON;
}

/* What stands before the head of somebody who is no place. */
static void read_modifiers(const lexicon *lex, const dgm_sentence *s, const matches *m,
                           const match *own, uint32_t date, phrase *p)
{
    for (uint32_t w = p->last; w >= p->first && w > 0; w--) {
        const match *found = entry_at(m, p, w);
        bool title = p->role_first && w >= p->role_first && w <= p->role_last;
        if (found && !title)
            read_modifier(lex, s, m, found, date, p);
    }
    /* A name that several share is the one of the country before it. */
    if (own && p->name && p->n_countries > 0 && p->kind != PHRASE_PEOPLE)
        p->name = choose_fact(lex, s, m, own, date, p);
}

/* What the parts together say. */
static void settle(const lexicon *lex, const dgm_sentence *s, phrase *p)
{
    settle_org(p);
    if (p->agent && p->n_countries == 0 && !p->possessor)
        add_country(p, p->agent->country); /* "scottish secretary" */
    /* "the P5+1 nations": the body itself. */
    if (p->kind == PHRASE_COMMON && p->modifier_org &&
        lemma_of(lex, &s->words[p->head], WORDS_STATE)) {
        p->kind = PHRASE_ORG;
        p->name = p->modifier_org;
    }
}

void phrase_read(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t head,
                 uint32_t date, phrase *out)
{
    *out = (phrase) { .head = head, .name_chain = DGM_NONE };
    find_extent(lex, s, m, out);
    read_determiners(lex, s, out);
    read_complements(lex, s, out);
    read_preposition(lex, s, out);
    const match *own = m->of_word[head] == DGM_NONE ? NULL : &m->at[m->of_word[head]];
    if (own && s->words[head].head >= own->first && s->words[head].head <= own->last)
        return; /* "State" in "Secretary of State" */
    read_head(lex, s, m, own, date, out);
    if (out->kind == PHRASE_NONE || out->kind == PHRASE_PRONOUN)
        return;
    read_titles(lex, s, m, date, out);
    if (out->kind != PHRASE_COUNTRY && out->kind != PHRASE_CAPITAL && out->kind != PHRASE_REGION)
        read_modifiers(lex, s, m, own, date, out);
    read_shared(lex, s, m, date, out);
    settle(lex, s, out);
    if (out->kind == PHRASE_PERSON || out->kind == PHRASE_UNKNOWN)
        collect_name(lex, s, m, out);
}

void phrase_read_modifier(const lexicon *lex, const dgm_sentence *s, const matches *m,
                          uint32_t i_match, uint32_t date, phrase *out)
{
    const match *own = &m->at[i_match];
    *out = (phrase) {
        .head = match_head(s, own), .first = own->first, .last = own->last, .name_chain = DGM_NONE
    };
    const fact *f = choose_fact(lex, s, m, own, date, NULL);
    if (!f || is_state_entry(lex, f))
        return;
    read_own(lex, s, m, own, f, out);
    if (out->kind == PHRASE_PERSON)
        collect_name(lex, s, m, out);
    if (out->kind != PHRASE_ROLE)
        return;
    out->definite = true;
    uint32_t before = own->first > 1 ? m->of_word[own->first - 1] : DGM_NONE;
    if (before == DGM_NONE || is_turned(lex, s, &m->at[before], out->head))
        return;
    const fact *country = choose_fact(lex, s, m, &m->at[before], date, NULL);
    if (country && country->type == FACT_COUNTRY) {
        add_country(out, country->country);
        out->first = m->at[before].first;
    }
}
