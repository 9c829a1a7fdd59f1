/* Reads one noun phrase: see phrase.h. The phrase is the head with what stands directly before it
 * (and, in names, behind it); each table entry in it is either the head's own name or role, or
 * modifies it, and the few rules of read_modifier() and settle_role() say what that adds. */
#include "actors/phrase.h"

#include <string.h>

#define IN(word, list) form_in((word), (list), DGM_LEN(list))

/* ---- extent --------------------------------------------------------------------------------- */

enum { MAX_CLIMB = 6 };

/* The child of `head` that `word` lies under, if the way up is short; 0: not below head. */
static uint32_t branch_of(const dgm_sentence *s, uint32_t word, uint32_t head)
{
    for (uint32_t i = 0; i < MAX_CLIMB && word; i++) {
        if (s->words[word].head == head)
            return word;
        word = s->words[word].head;
    }
    return 0;
}

static bool premodifies(const dgm_word *branch)
{
    static const char *const inner[] = { "-", "\"", "'", "``", "''" };
    switch (branch->deprel) {
    case DGM_REL_DETREL:
    case DGM_REL_DET_PREDET:
    case DGM_REL_AMOD:
    case DGM_REL_COMPOUND:
    case DGM_REL_NMOD_DESC:
    case DGM_REL_NMOD_POSS:
    case DGM_REL_FLAT:
    case DGM_REL_NUMMOD:
    case DGM_REL_NMOD_UNMARKED:
    case DGM_REL_GOESWITH:
        return true;
    case DGM_REL_PUNCTREL:
        return IN(branch, inner);
    default:
        return false;
    }
}

static bool postmodifies(const dgm_sentence *s, uint32_t word, uint32_t branch)
{
    static const char *const inner[] = { "-", "'" };
    switch (s->words[branch].deprel) {
    case DGM_REL_FLAT:
    case DGM_REL_GOESWITH:
    case DGM_REL_FIXED:
    case DGM_REL_COMPOUND:
    case DGM_REL_NMOD_DESC:
        return true;
    case DGM_REL_PUNCTREL:
        return word == branch && IN(&s->words[word], inner) && word < s->n_words &&
               s->words[word].space_after == false;
    default:
        return false;
    }
}

/* A comma ends a phrase, but not between nationalities and adjectives. */
static bool parts(const dgm_sentence *s, const matches *m, uint32_t w)
{
    if (!dgm_view_eq(s->words[w].form, DGM_VIEW(",")))
        return false;
    return w == s->n_words || w < 2 ||
           !((s->words[w + 1].upos == DGM_ADJ || m->of_word[w + 1] != DGM_NONE) &&
             (s->words[w - 1].upos == DGM_ADJ || m->of_word[w - 1] != DGM_NONE) &&
             s->words[w - 1].upos != DGM_PROPN);
}

static void find_extent(const lexicon *lex, const dgm_sentence *s, const matches *m, phrase *p)
{
    p->first = p->last = p->head;
    for (uint32_t w = p->head - 1; w > m->dateline; w--) {
        uint32_t branch = branch_of(s, w, p->head);
        if (!branch || branch > p->head || !premodifies(&s->words[branch]) || parts(s, m, w))
            break;
        p->first = w;
    }
    for (uint32_t w = p->head + 1; w <= s->n_words; w++) {
        uint32_t branch = branch_of(s, w, p->head);
        if (w == m->dateline || !branch || branch < p->head || !postmodifies(s, w, branch) ||
            parts(s, m, w) || s->words[w].upos == DGM_ADP || s->words[w].upos == DGM_VERB ||
            form_of(lex, &s->words[w], WORDS_CALENDAR))
            break;
        p->last = w;
    }
    while (p->first < p->head && s->words[p->first].upos == DGM_PUNCT)
        p->first++;
    while (p->first < p->head &&
           (s->words[p->first].upos == DGM_ADP || s->words[p->first].upos == DGM_CCONJ))
        p->first++; /* "than 30 people" */
    while (p->last > p->head && s->words[p->last].upos == DGM_PUNCT)
        p->last--;
}

/* ---- entries -------------------------------------------------------------------------------- */

static bool has_country(const phrase *p, const char *code)
{
    for (uint32_t i = 0; i < p->n_countries; i++)
        if (strcmp(p->countries[i], code) == 0)
            return true;
    return false;
}

static void add_country(phrase *p, const char *code)
{
    if (code[0] && p->n_countries < MAX_COUNTRIES && !has_country(p, code))
        memcpy(p->countries[p->n_countries++], code, 4);
}

static void add_other(phrase *p, const char *code)
{
    for (uint32_t i = 0; i < p->n_others; i++)
        if (strcmp(p->others[i], code) == 0)
            return;
    if (code[0] && strcmp(code, p->sector) != 0 && p->n_others < DGM_MAX_SECTORS)
        memcpy(p->others[p->n_others++], code, 4);
}

static int fact_score(const fact *f, uint32_t date, const phrase *context)
{
    int score = f->weak ? 0 : 8;
    if (fact_holds(f, date))
        score += 4;
    else if (f->to < date)
        score += 2;
    if (context && context->n_countries > 0 && f->country[0])
        score += has_country(context, f->country) ? 16 : -16;
    if (f->type == FACT_COUNTRY)
        score += 1;
    return score;
}

const fact *choose_fact(const lexicon *lex, const dgm_sentence *s, const matches *m,
                        const match *found, uint32_t date, const phrase *context)
{
    const fact *best = NULL;
    int best_score = 0;
    for (uint32_t i = found->fact; i != DGM_NONE; i = lex->facts.at[i].next) {
        const fact *f = &lex->facts.at[i];
        if (!case_allows(lex, f, s, found->first, found->last, m->capitals))
            continue;
        int score = fact_score(f, date, context);
        bool later = best && score == best_score && f->type == FACT_OFFICE &&
                     best->type == FACT_OFFICE && f->person == best->person && f->to < date &&
                     f->to > best->to;
        if (!best || score > best_score || later) {
            best = f;
            best_score = score;
        }
    }
    return best;
}

/* The word of the match that the others hang from. */
static uint32_t match_head(const dgm_sentence *s, const match *found)
{
    for (uint32_t w = found->last; w >= found->first && w > 0; w--) {
        uint32_t head = s->words[w].head;
        if (head < found->first || head > found->last)
            return w;
    }
    return found->last;
}

/* "pro-Russian", "Moscow-backed", "US-led": the name is not whom the phrase speaks of. */
static bool is_turned(const lexicon *lex, const dgm_sentence *s, const match *found, uint32_t head)
{
    const dgm_word *words = s->words;
    uint32_t w = found->first - 1;
    if (w > 1 && dgm_view_eq(words[w].form, DGM_VIEW("-")))
        w--;
    if (w >= 1 && w < found->first && form_of(lex, &words[w], WORDS_TURNING_PREFIX))
        return true;
    w = found->last + 1;
    if (w + 1 <= s->n_words && dgm_view_eq(words[w].form, DGM_VIEW("-")) && w + 1 != head &&
        (dgm_view_ends(words[w + 1].form, DGM_VIEW("ed")) ||
         form_of(lex, &words[w + 1], WORDS_TURNING_PARTICIPLE)))
        return true;
    for (uint32_t i = 0, up = words[match_head(s, found)].head; i < MAX_CLIMB && up && up != head;
         i++, up = words[up].head)
        if (words[up].upos == DGM_VERB ||
            (words[up].upos == DGM_ADJ && dgm_view_ends(words[up].form, DGM_VIEW("ed"))))
            return true;
    return false;
}

/* ---- roles ---------------------------------------------------------------------------------- */

static bool is_one_of(const char *sector, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(sector, list[i]) == 0)
            return true;
    return false;
}

/* Sectors that colour any force: "rebel soldiers" are rebels, "Hamas police" are Hamas. */
static bool overrides(const char *sector)
{
    static const char *const list[] = { "REB", "PRM", "UAF", "CRM", "SPY", "OPP" };
    return is_one_of(sector, list, DGM_LEN(list));
}

static bool is_flexible(const fact *agent)
{
    return agent->kind == KIND_GENERIC || !agent->sector[0] ||
           (strcmp(agent->sector, "GOV") == 0 &&
            (agent->kind == KIND_ROLE || agent->kind == KIND_TITLE));
}

static void take_sector(phrase *p, const fact *f)
{
    memcpy(p->sector, f->sector, 4);
    for (uint32_t i = 0; i < f->n_others; i++)
        add_other(p, f->others[i]);
}

/* An army chief is of the army, a rebel commander a rebel, government troops are troops. */
static void read_agent_modifier(phrase *p, const fact *f)
{
    if (f->kind == KIND_FORMER) {
        p->former = true;
        return;
    }
    p->opposed |= strcmp(f->sector, "OPP") == 0; /* "the opposition Socialists" */
    if (p->kind == PHRASE_UNKNOWN && f->kind == KIND_UNIT && !p->sector[0])
        take_sector(p, f); /* "the Metropolitan Police Bureau" */
    if (!p->agent || !f->sector[0])
        return;
    if (f->kind == KIND_ROLE && strcmp(f->sector, "PTY") == 0 &&
        strcmp(p->agent->sector, "GOV") == 0)
        return; /* "leftist president": his colour, where "party president" is his office */
    bool police = strcmp(f->sector, "COP") == 0 && strcmp(p->agent->sector, "MIL") == 0;
    if (is_flexible(p->agent) || police ||
        (overrides(f->sector) && strcmp(p->agent->sector, "PTY") != 0))
        take_sector(p, f);
}

/* An entry of the phrase that is not its head's. */
static void read_modifier(const lexicon *lex, const dgm_sentence *s, const matches *m,
                          const match *found, uint32_t date, phrase *p)
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
        if (p->kind == PHRASE_PERSON && p->role_last && found->first == p->role_last + 1)
            return; /* "lawmaker German Ferrer" */
        if ((f->kind == KIND_CAPITAL || f->kind == KIND_METONYM) && p->kind == PHRASE_UNKNOWN)
            return;
        /* "the BBC's Tokyo correspondent" */
        if (p->possessor && (f->kind == KIND_CAPITAL || f->kind == KIND_REGION))
            return;
        /* A Korea expert need not be Korean. */
        if (p->agent && f->kind == KIND_NAME && strcmp(p->agent->sector, "EDU") == 0)
            return;
        add_country(p, f->country);
        if (f->kind == KIND_METONYM && f->sector[0] && p->agent && is_flexible(p->agent))
            memcpy(p->sector, f->sector, 4);
        break;
    case FACT_ORG:
        p->modifier_org = f;
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

/* The body that the role serves gives the country, and the sector where the role has none. */
static void settle_org(phrase *p)
{
    const fact *org = p->modifier_org;
    if (!org || p->kind != PHRASE_ROLE)
        return;
    if (org->country[0]) {
        p->n_countries = 0;
        add_country(p, org->country);
    }
    if (p->agent && (is_flexible(p->agent) || overrides(org->sector))) {
        p->sector[0] = 0;
        take_sector(p, org);
    }
}

/* ---- names ---------------------------------------------------------------------------------- */

/* "US" in "US President X", also where the parser takes it for the first part of the name. */
static bool is_before_title(const lexicon *lex, const matches *m, const match *found, uint32_t last)
{
    uint32_t next = found->last < last ? m->of_word[found->last + 1] : DGM_NONE;
    return lex->facts.at[found->fact].type == FACT_COUNTRY && next != DGM_NONE &&
           lex->facts.at[m->at[next].fact].type == FACT_AGENT;
}

static bool in_chunk(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t w)
{
    const dgm_word *word = &s->words[w];
    uint32_t i = m->of_word[w];
    if (word->upos != DGM_PROPN || !starts_upper(word) || form_of(lex, word, WORDS_CALENDAR))
        return false;
    return i == DGM_NONE || lex->facts.at[m->at[i].fact].type == FACT_OFFICE;
}

/* A run of proper nouns is one name, whatever the parser makes of its parts: from..to grows. */
static void grow_chunk(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t *from,
                       uint32_t *to)
{
    if (m->title_case || m->capitals)
        return;
    for (;;) {
        uint32_t w = *to + 1;
        if (w < s->n_words && dgm_view_eq(s->words[w].form, DGM_VIEW("-")) &&
            !s->words[w].space_after && !s->words[w - 1].space_after)
            w++;
        if (w > s->n_words || !in_chunk(lex, s, m, w))
            break;
        *to = w;
    }
    for (;;) {
        uint32_t w = *from - 1;
        if (w > 1 && dgm_view_eq(s->words[w].form, DGM_VIEW("-")) && !s->words[w].space_after &&
            !s->words[w - 1].space_after)
            w--;
        if (w < 1 || !in_chunk(lex, s, m, w))
            break;
        *from = w;
    }
}

/* Proper nouns of the phrase that are no title, country or body: the parts of a name. */
static void collect_name(const lexicon *lex, const dgm_sentence *s, const matches *m, phrase *p)
{
    uint32_t first = p->first, last = p->last;
    p->n_name_words = 0;
    uint32_t seed = p->role_first == 0 || p->head > p->role_last ? p->head : p->role_last + 1;
    if (seed <= s->n_words && in_chunk(lex, s, m, seed)) {
        uint32_t from = seed, to = seed;
        grow_chunk(lex, s, m, &from, &to);
        first = DGM_MIN(first, from);
        last = DGM_MAX(last, to);
    }
    for (uint32_t w = first; w <= last && p->n_name_words < MAX_NAME_WORDS; w++) {
        const dgm_word *word = &s->words[w];
        uint32_t i = m->of_word[w];
        bool other = i != DGM_NONE && lex->facts.at[m->at[i].fact].type != FACT_OFFICE &&
                     (!(w == p->head || word->deprel == DGM_REL_FLAT) ||
                      is_before_title(lex, m, &m->at[i], p->last));
        uint32_t branch = w == p->head ? 0 : branch_of(s, w, p->head);
        bool owner = branch && s->words[branch].deprel == DGM_REL_NMOD_POSS;
        bool role = p->role_first && w >= p->role_first && w <= p->role_last;
        if (!other && !owner && !role && starts_upper(word) && word->upos != DGM_DET &&
            word->upos != DGM_PUNCT)
            p->name_words[p->n_name_words++] = w;
    }
}

/* Whether the head's entry is only a part of a longer proper name: "Jordan Smith", "Air France". */
static bool is_part_of_name(const dgm_sentence *s, const matches *m, const match *own,
                            const phrase *p)
{
    for (uint32_t w = p->first; w <= p->last && !m->title_case; w++) {
        const dgm_word *word = &s->words[w];
        if ((w >= own->first && w <= own->last) || m->of_word[w] != DGM_NONE)
            continue;
        if (w < s->n_words && s->words[w + 1].upos == DGM_CCONJ)
            continue; /* "North and South Korea" */
        if (word->upos == DGM_PROPN && starts_upper(word) && word->head == p->head &&
            (word->deprel == DGM_REL_FLAT || word->deprel == DGM_REL_COMPOUND))
            return true;
    }
    return false;
}

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

/* A title beside a name: "President X", "X" hung from "minister" by a parser's mistake. */
static void read_title(const lexicon *lex, const dgm_sentence *s, const matches *m,
                       const match *found, uint32_t date, phrase *p)
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

/* ---- the phrase as a whole ------------------------------------------------------------------ */

static bool is_two(const lexicon *lex, const dgm_sentence *s, uint32_t head)
{
    for (uint32_t w = head - 1; w >= 1 && w + 5 > head; w--)
        if (s->words[w].head == head && form_of(lex, &s->words[w], WORDS_PAIRING))
            return true;
    return false;
}

/* "each side", "either party" */
static bool is_each_side(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    uint32_t det = dgm_child_of(s->tree, p->head, DGM_REL_DETREL);
    return det && dgm_function_is(s->tree, det, DGM_FN_EACH) &&
           lemma_of(lex, &s->words[p->head], WORDS_SIDE);
}

/* "both sides", "the two countries" */
static bool is_the_two(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    const dgm_word *head = &s->words[p->head];
    if (is_each_side(lex, s, p))
        return true;
    return p->plural && p->definite && !p->possessor &&
           (lemma_of(lex, head, WORDS_SIDE) || head->upos == DGM_PROPN) && is_two(lex, s, p->head);
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

/* Heads that are in no table. */
static void read_unlisted(const lexicon *lex, const dgm_sentence *s, phrase *p)
{
    const dgm_word *head = &s->words[p->head];
    if (is_both(s, p->head)) {
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
               (p->definite || lemma_of(lex, head, WORDS_STATE))) {
        p->kind = PHRASE_COMMON;
    }
}

static void read_preposition(const lexicon *lex, const dgm_sentence *s, phrase *p)
{
    uint32_t c = preposition_of(s, p->head);
    if (!c)
        return;
    const dgm_word *up = &s->words[s->words[p->head].head];
    if (up->upos == DGM_NOUN && up->head) /* "flew the captives from Tehran" */
        up = lemma_of(lex, up, WORDS_MOVING) ? up : &s->words[up->head];
    p->locative = dgm_function_is(s->tree, c, DGM_FN_PLACE) ||
                  (dgm_function_is(s->tree, c, DGM_FN_WAY) && lemma_of(lex, up, WORDS_MOVING));
}

/* "of X" and "for X" name whom a role serves; "in X" where. */
static void read_complements(const dgm_sentence *s, phrase *p)
{
    for (uint32_t w = p->last + 1; w <= s->n_words && w < p->last + 24; w++) {
        const dgm_word *word = &s->words[w];
        if (word->head != p->head || word->deprel != DGM_REL_NMOD)
            continue;
        uint32_t c = preposition_of(s, w);
        if (!c)
            continue;
        if (!p->principal && dgm_function_is(s->tree, c, DGM_FN_SERVES))
            p->principal = w;
        else if (!p->place && dgm_function_is(s->tree, c, DGM_FN_ROLE_PLACE))
            p->place = w;
    }
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
    p->plural = dgm_has_feat(&s->words[p->head], DGM_VIEW("Number=Plur")) ||
                dgm_view_eq(s->words[p->head].xpos, DGM_VIEW("NNS")) ||
                dgm_view_eq(s->words[p->head].xpos, DGM_VIEW("NNPS"));
}

/* "Turkish" before "President" belongs to it even where the parser hung it elsewhere. */
static void read_neighbour(const lexicon *lex, const dgm_sentence *s, const matches *m,
                           uint32_t date, phrase *p)
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

/* "between the US and Chinese governments": the state before "and" shares the noun. */
static void read_shared(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t date,
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

void phrase_read(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t head,
                 uint32_t date, phrase *out)
{
    phrase *p = out;
    memset(p, 0, sizeof(*p));
    p->head = head;
    p->name_chain = DGM_NONE;
    find_extent(lex, s, m, p);
    read_determiners(lex, s, p);
    read_complements(s, p);
    read_preposition(lex, s, p);
    uint32_t i_own = m->of_word[head];
    const match *own = i_own == DGM_NONE ? NULL : &m->at[i_own];
    const fact *f = own ? choose_fact(lex, s, m, own, date, NULL) : NULL;
    /* "State" in "Secretary of State" */
    bool inner = own && s->words[head].head >= own->first && s->words[head].head <= own->last;
    if (inner)
        return;
    if (own) {
        p->first = DGM_MIN(p->first, own->first);
        p->last = DGM_MAX(p->last, own->last);
    }
    bool state = f && own->last == head &&
                 (lemma_of(lex, &s->words[head], WORDS_STATE) || is_state_entry(lex, f));
    bool other = is_the_two(lex, s, p) || state ||
                 (f && (is_body_part(s, p, f) || is_counted_part(lex, s, p, f)));
    if (f && !(other && f->type == FACT_AGENT))
        read_own(lex, s, m, own, f, p);
    if (p->kind == PHRASE_ROLE && p->definite && !p->possessor && !p->principal &&
        lemma_of(lex, &s->words[head], WORDS_BODY))
        p->kind = PHRASE_COMMON; /* who is meant the story may tell, the role if not */
    if (p->kind == PHRASE_NONE)
        read_unlisted(lex, s, p);
    if (p->kind == PHRASE_NONE || p->kind == PHRASE_PRONOUN)
        return;
    for (uint32_t w = p->first; w <= p->last; w++) {
        uint32_t i = m->of_word[w];
        if (i == DGM_NONE || i == i_own || DGM_MAX(m->at[i].first, p->first) != w)
            continue;
        read_title(lex, s, m, &m->at[i], date, p);
    }
    read_neighbour(lex, s, m, date, p);
    /* A role with a name hung behind it: "team member Rodaba Noori". */
    if (p->kind == PHRASE_ROLE && !p->plural && p->role_last && p->last > p->role_last &&
        starts_upper(&s->words[p->role_last + 1]))
        p->kind = PHRASE_PERSON;
    bool name = p->kind == PHRASE_COUNTRY || p->kind == PHRASE_CAPITAL || p->kind == PHRASE_REGION;
    for (uint32_t w = p->last; w >= p->first && w > 0 && !name; w--) {
        uint32_t i = m->of_word[w];
        bool title = p->role_first && w >= p->role_first && w <= p->role_last;
        if (i != DGM_NONE && i != i_own && DGM_MAX(m->at[i].first, p->first) == w && !title)
            read_modifier(lex, s, m, &m->at[i], date, p);
    }
    /* A name that several share is the one of the country before it. */
    if (own && p->name && p->n_countries > 0 && p->kind != PHRASE_PEOPLE && !name)
        p->name = choose_fact(lex, s, m, own, date, p);
    read_shared(lex, s, m, date, p);
    settle_org(p);
    if (p->agent && p->n_countries == 0 && !p->possessor)
        add_country(p, p->agent->country); /* "scottish secretary" */
    /* "the P5+1 nations": the body itself. */
    if (p->kind == PHRASE_COMMON && p->modifier_org &&
        lemma_of(lex, &s->words[head], WORDS_STATE)) {
        p->kind = PHRASE_ORG;
        p->name = p->modifier_org;
    }
    if (p->kind == PHRASE_PERSON || p->kind == PHRASE_UNKNOWN)
        collect_name(lex, s, m, p);
}

void phrase_read_modifier(const lexicon *lex, const dgm_sentence *s, const matches *m,
                          uint32_t i_match, uint32_t date, phrase *out)
{
    const match *own = &m->at[i_match];
    memset(out, 0, sizeof(*out));
    out->name_chain = DGM_NONE;
    out->head = match_head(s, own);
    out->first = own->first;
    out->last = own->last;
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
