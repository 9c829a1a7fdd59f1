/* Phrases of which another one says who they are: apposition, short forms in brackets, adjectives
 * that the parser cut off. */
#include "actors/kinds.h"

#include <string.h>

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

/* The name right behind the noun for a body that the parser made a word of its own: "the bloc
 * ECOWAS", "the rebel group M23". DGM_NONE. */
static uint32_t name_behind(const reading *r, const phrase *p)
{
    const dgm_word *words = r->s->words;
    if (!is_description(p) || p->plural || !lemma_of(r->lex, &words[p->head], WORDS_BODY))
        return DGM_NONE;
    uint32_t w = p->head + 1;
    while (w < r->s->n_words && words[w].upos == DGM_PROPN && r->of_word[w] == DGM_NONE)
        w++;
    uint32_t j = w <= r->s->n_words ? r->of_word[w] : DGM_NONE;
    return j != DGM_NONE && r->phrases[j].kind == PHRASE_ORG ? j : DGM_NONE;
}

/* The party right behind "the opposition", two subjects of one verb to the parser; DGM_NONE. */
static uint32_t party_behind(const reading *r, const phrase *p)
{
    if (p->kind != PHRASE_ROLE || p->plural || strcmp(p->sector, "OPP") != 0)
        return DGM_NONE;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        if (q->kind == PHRASE_ORG && q->first == p->last + 1 && q->name->kind == KIND_PARTY)
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
    uint32_t name = name_behind(r, p);
    name = name == DGM_NONE ? party_behind(r, p) : name;
    return name == DGM_NONE ? adjoined(r, p) : name;
}

static bool is_held_now(const reading *r, const phrase *p)
{
    DGM_EACH_CHILD(r->s->tree, p->head, w)
    if (form_of(r->lex, &r->s->words[w], WORDS_NOW))
        return true;
    return false;
}

/* "The former NATO chief and now Norway's minister", "a former commissioner who is now ...": the
 * description of the post held now, where one of a former post leads to it. */
static const phrase *present_post(const reading *r, const phrase *role)
{
    for (uint32_t j = 0; role->former && j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        const dgm_word *head = &r->s->words[q->head];
        bool joined = head->deprel == DGM_REL_CONJ || head->deprel == DGM_REL_ACL_RELCL ||
                      head->deprel == DGM_REL_APPOS;
        if (joined && head->head == role->head && q->agent && !q->former && !q->plural &&
            is_description(q) && is_held_now(r, q))
            return q;
    }
    return role;
}

/* What the description says is said of the name: "Luigi di Maio" + "Italy's top diplomat". */
static void lend_description(reading *r, phrase *name, const phrase *role)
{
    role = present_post(r, role);
    /* "ex-general X, now the president" */
    bool later = name->former && role->agent && !role->former && is_held_now(r, role);
    if (later) {
        name->agent = NULL;
        name->former = false;
        name->n_countries = 0;
        name->possessor = name->principal = 0;
        name->modifier_org = NULL;
    }
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
}

/* True when the apposition has settled phrase i. */
static bool resolve_apposition(reading *r, uint32_t i)
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
    bool state = q->kind == PHRASE_COUNTRY && p->agent &&
                 !lemma_of(r->lex, &r->s->words[p->head], WORDS_OTHER_STATE);
    if (r->state[j] == BUSY || !described || state)
        return false;
    resolve(r, j);
    copy_mention(r, i, mention_of(r, j), DGM_VIA_ROLE);
    return true;
}

/* "the African Union (AU)": the short form stands for the long one from here on. */
static bool resolve_bracket(reading *r, uint32_t i)
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
        resolve(r, j);
        const dgm_mention *m = mention_of(r, j);
        if (m->n_entities == 0)
            return false;
        add_alias(r, words_folded(r, p->head, p->head), r->doc->mention_entities.at[m->entities]);
        copy_mention(r, i, mention_of(r, j), DGM_VIA_NAME);
        return true;
    }
    return false;
}

/* "Czech" of "Czech President X" where the parser made it a phrase of its own. */
static bool resolve_inner(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    if (!p->name || p->name->kind != KIND_ADJECTIVE || p->first != p->last)
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        bool inside = j != i && q->role_first && q->first <= p->head && p->head < q->role_first;
        if (!inside || r->state[j] == BUSY)
            continue;
        resolve(r, j);
        copy_mention(r, i, mention_of(r, j), DGM_VIA_ROLE);
        return true;
    }
    return false;
}

bool resolve_by_another(reading *r, uint32_t i)
{
    return resolve_inner(r, i) || resolve_bracket(r, i) || resolve_apposition(r, i);
}
