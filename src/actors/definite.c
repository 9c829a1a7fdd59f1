/* Definite nouns that only the story decides: "the country", "the group". */
#include "actors/kinds.h"
#include "document/party.h"

#include <string.h>

/* ---- "the country", "the group" -------------------------------------------------------------- */

/* `lemma`: the word's, in lower case. */
static bool body_suits(const reading *r, const dgm_word *word, dgm_view lemma, uint32_t i)
{
    const dgm_entity *e = &r->doc->entities.at[i];
    const actor *a = &r->actors.at[i];
    entry_kind kind = a->fact ? a->fact->kind : KIND_OTHER;
    if (lemma_of(r->lex, word, WORDS_ARMED_BODY))
        return e->kind == DGM_ENTITY_ORG && (kind == KIND_ARMED || kind == KIND_MOVEMENT);
    if (dgm_view_eq(lemma, DGM_VIEW("party")))
        return kind == KIND_PARTY;
    if (dgm_view_eq(lemma, DGM_VIEW("company")))
        return kind == KIND_COMPANY || kind == KIND_MEDIA;
    if (dgm_view_eq(lemma, DGM_VIEW("team")) || dgm_view_eq(lemma, DGM_VIEW("coalition")))
        return false;
    if (dgm_view_eq(lemma, DGM_VIEW("union")))
        return kind == KIND_UNION;
    if (dgm_view_eq(lemma, DGM_VIEW("group")))
        return e->kind == DGM_ENTITY_ORG && a->named && kind != KIND_MINISTRY;
    return e->kind == DGM_ENTITY_ORG && a->named && !dgm_is_state_code(e->country);
}

/* Somebody whom the story has called by the same noun. */
static uint32_t find_lemma(const reading *r, dgm_view lemma, const char *country)
{
    for (uint32_t i = r->actors.n; i > oldest(r->actors.n); i--)
        if (dgm_view_eq(r->actors.at[i - 1].lemma, lemma) &&
            (!country[0] || strcmp(r->doc->entities.at[i - 1].country, country) == 0))
            return i - 1;
    return DGM_NONE;
}

/* "the Afghan team", "their country": with an owner of its own. */
static void resolve_owned(reading *r, uint32_t i, const char *country)
{
    const dgm_word *word = &r->s->words[r->phrases[i].head];
    uint32_t e = DGM_NONE;
    if (country[0] && lemma_of(r->lex, word, WORDS_STATE)) {
        e = country_entity(r, country, "", NULL);
    } else if (country[0]) {
        e = find_lemma(r, word->lemma, country);
        if (e == DGM_NONE)
            e = new_entity(r, DGM_ENTITY_GROUP, country, "", word->form, NULL);
        if (e != DGM_NONE)
            r->actors.at[e].lemma = word->lemma;
    }
    set_entity(r, i, e, DGM_VIA_ROLE);
}

/* Who acts in the clause that the word is no subject of: "France cut ties with the country"
 * speaks of another one. */
static uint32_t clause_subject(reading *r, uint32_t w)
{
    const dgm_sentence *s = r->s;
    if (dgm_is_subject(s->words[w].deprel) || s->words[w].deprel == DGM_REL_NMOD_POSS)
        return DGM_NONE;
    for (uint32_t up = s->words[w].head, k = 0; up && k < MAX_UP; up = s->words[up].head, k++) {
        uint32_t subject = dgm_subject_of(s->tree, up, DGM_NEAREST);
        if (subject)
            return subject < w && !dgm_is_under(s->tree, subject, w) ? entity_at(r, subject)
                                                                     : DGM_NONE;
    }
    return DGM_NONE;
}

/* "A group kidnapped a pilot": an armed one, "the group" later on. */
static bool set_band(reading *r, uint32_t i)
{
    phrase *p = &r->phrases[i];
    const dgm_word *word = &r->s->words[p->head];
    char country[4] = "";
    if (p->plural || p->agent || !is_band(r->lex, r->s, p->head))
        return false;
    memcpy(p->sector, "UAF", 4);
    open_country(r, p, country);
    uint32_t e = new_entity(r, DGM_ENTITY_ORG, country, "UAF", phrase_text(r, p), NULL);
    if (e != DGM_NONE)
        r->actors.at[e].lemma = word->lemma;
    set_entity(r, i, e, DGM_VIA_ROLE);
    return e != DGM_NONE;
}

/* "countries such as Bulgaria and Turkey", "states, including Iraq" */
static void set_examples(reading *r, uint32_t i)
{
    const dgm_sentence *s = r->s;
    uint32_t head = r->phrases[i].head, all[12], n = 0, first = 0;
    for (uint32_t w = head + 1; w <= s->n_words && !first; w++) {
        uint32_t c = s->words[w].head == head ? preposition_of(s, w) : 0;
        if (c && form_of(r->lex, &s->words[c], WORDS_EXAMPLE))
            first = w;
    }
    for (uint32_t w = first; first && w <= s->n_words && n < DGM_LEN(all); w++) {
        bool in = w == first || (s->words[w].head == first && s->words[w].deprel == DGM_REL_CONJ);
        uint32_t e = in ? entity_at(r, w) : DGM_NONE;
        if (e != DGM_NONE)
            all[n++] = e;
    }
    if (n == 0 && set_band(r, i))
        return;
    set_entities(r, i, all, n, DGM_VIA_COREF);
}

/* Whether the body's name ends or goes on with the noun: "National Council for Peace". */
static bool is_called(const reading *r, uint32_t i, dgm_view lemma)
{
    const dgm_entity *e = &r->doc->entities.at[i];
    if (e->kind != DGM_ENTITY_ORG || lemma.n == 0)
        return false;
    dgm_view name = dgm_fold(r->arena, e->name);
    size_t at = dgm_view_find(name, lemma), end = at + lemma.n;
    return at != SIZE_MAX && (at == 0 || name.p[at - 1] == ' ') &&
           (end == name.n || name.p[end] == ' ');
}

/* The body last spoken of that the noun can mean. */
static uint32_t latest_body(const reading *r, const dgm_word *word)
{
    uint32_t best = DGM_NONE;
    bool best_called = false;
    dgm_view lemma = dgm_fold(r->arena, word->lemma); /* "the Union" after "the African Union" */
    for (uint32_t e = oldest(r->actors.n); e < r->actors.n; e++) {
        /* "the council" is rather the Transitional Council than the court */
        bool called = is_called(r, e, lemma);
        if (!(called ? r->actors.at[e].named : body_suits(r, word, lemma, e)) ||
            called < best_called)
            continue;
        if (best == DGM_NONE || called > best_called ||
            r->actors.at[e].seen > r->actors.at[best].seen)
            best = e;
        best_called = called;
    }
    return best;
}

/* Whether a noun for states may mean that one: an island is no mainland. */
static bool may_be_state(const reading *r, const phrase *p, const char *country)
{
    return !dgm_view_eq(r->s->words[p->head].lemma, DGM_VIEW("island")) ||
           word_of(&r->lex->words, dgm_view_of(country), WORDS_ISLAND_STATE);
}

/* The country of the state last spoken of, but not `barred`; NULL: of none. */
static const char *latest_state(const reading *r, const phrase *p, const char *barred)
{
    /* "France left the talks with Mali. Spain urged the country to return": the one that acted. */
    dgm_deprel rel = r->s->words[p->head].deprel;
    bool asked = rel == DGM_REL_OBJ || rel == DGM_REL_IOBJ;
    const char *found = NULL;
    uint32_t in = 0;
    for (uint32_t k = r->first_mention + r->n_phrases; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        bool later = m->span.sentence == r->i_sentence && m->head >= p->head;
        if (r->i_sentence - m->span.sentence > MAX_BACK || (found && m->span.sentence != in))
            break;
        if (later || m->n_entities != 1 || r->sightings.at[k - 1].rank < (found ? 3 : 1))
            continue;
        const dgm_entity *who = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
        bool state = who->kind == DGM_ENTITY_COUNTRY || who->kind == DGM_ENTITY_GOVERNMENT;
        if (state && dgm_is_state_code(who->country) && may_be_state(r, p, who->country) &&
            !(barred && strcmp(who->country, barred) == 0)) {
            found = who->country;
            in = m->span.sentence;
            if (!asked || in == r->i_sentence || r->sightings.at[k - 1].rank == 3)
                break;
        }
    }
    return found;
}

/* "the country": the one last spoken of, failing that the one that the story is about. */
static void resolve_state_noun(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    uint32_t other = clause_subject(r, p->head);
    const char *country =
        p->plural
            ? NULL
            : latest_state(r, p, other == DGM_NONE ? NULL : r->doc->entities.at[other].country);
    if (!country && p->agent) {
        resolve_role(r, i);
        return;
    }
    if (!country && !p->plural)
        country = main_country(r);
    bool known = country && country[0] && may_be_state(r, p, country);
    set_entity(r, i, known ? country_entity(r, country, "", NULL) : DGM_NONE, DGM_VIA_COREF);
}

/* "The fisheries commission" is not the European one: words of its own beside the noun that the
 * body's name lacks. "The aid group" and "the bloc" only describe whom they mean. */
static bool is_called_otherwise(const reading *r, const phrase *p, uint32_t e)
{
    if (e == DGM_NONE || lemma_of(r->lex, &r->s->words[p->head], WORDS_BODY))
        return false;
    DGM_EACH_CHILD(r->s->tree, p->head, w)
    if (w < p->head && r->s->words[w].deprel == DGM_REL_COMPOUND &&
        r->s->words[w].upos == DGM_NOUN && !is_called(r, e, r->s->words[w].lemma) &&
        !is_called(r, e, r->s->words[w].form))
        return true;
    return false;
}

/* "the commission": the fisheries commission, where it was spoken of later than that body. */
static uint32_t latest_unit(const reading *r, const dgm_word *word, uint32_t body)
{
    uint64_t seen = body == DGM_NONE ? 0 : r->actors.at[body].seen;
    for (uint32_t e = oldest(r->actors.n); e < r->actors.n; e++)
        if (r->actors.at[e].unit && r->actors.at[e].seen > seen &&
            role_fits(r->actors.at[e].role, word->lemma)) {
            body = e;
            seen = r->actors.at[e].seen;
        }
    return body;
}

/* "The army shelled rebels. The group ...": the armed ones last spoken of, if no body by name was
 * since; `body`. */
static uint32_t latest_armed(const reading *r, const phrase *p, uint32_t body)
{
    const dgm_word *word = &r->s->words[p->head];
    if (p->plural ||
        (!lemma_of(r->lex, word, WORDS_ARMED_BODY) && !dgm_view_eq(word->lemma, DGM_VIEW("group"))))
        return body;
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        uint32_t e = only_entity_of(r, m);
        if (r->i_sentence - m->span.sentence > MAX_BACK || (e != DGM_NONE && e == body))
            break;
        const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
        if (who && actors_is_armed_group(who->sector) && who->kind != DGM_ENTITY_PERSON)
            return e;
    }
    return body;
}

/* "the Union" in a report from Brussels: the European one; DGM_NONE. */
static uint32_t union_of_dateline(reading *r)
{
    uint32_t i = r->i_dateline;
    bool told = i != DGM_NONE && i <= r->i_sentence;
    return told && strcmp(actors_dateline_of(r, i), "EUR") == 0 ? country_entity(r, "EUR", "", NULL)
                                                                : DGM_NONE;
}

/* "the group": whom the story has called so, failing that the body last spoken of. */
static void resolve_body_noun(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    const dgm_word *word = &r->s->words[p->head];
    uint32_t e = find_lemma(r, word->lemma, "");
    if (e == DGM_NONE && !p->plural)
        e = latest_body(r, word);
    if (!p->plural && !lemma_of(r->lex, word, WORDS_BODY))
        e = latest_unit(r, word, e);
    bool recent = e != DGM_NONE && r->i_sentence - (r->actors.at[e].seen >> 32) <= MAX_BACK;
    if (!recent)
        e = latest_armed(r, p, e);
    bool turned = e != DGM_NONE && p->agent && actors_country_set(r, p) &&
                  r->actors.at[e].seen >> 32 < r->set_in;
    if (turned || is_called_otherwise(r, p, e))
        e = DGM_NONE;
    /* "Representative of the Union", of which no name was told, is of no trade union. */
    bool name = starts_upper(word) && dgm_view_eq(word->lemma, DGM_VIEW("Union"));
    if (e == DGM_NONE && name)
        e = union_of_dateline(r);
    if (e == DGM_NONE && p->agent && !name)
        resolve_role(r, i);
    else
        set_entity(r, i, e, DGM_VIA_COREF);
}

void resolve_common(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    char own[4] = "";
    if (p->n_countries > 0 || p->possessor)
        open_country(r, p, own);
    bool owned = own[0] || p->possessor;
    if (owned && p->agent)
        resolve_role(r, i);
    else if (owned)
        resolve_owned(r, i, own);
    else if (!p->definite)
        set_examples(r, i);
    else if (lemma_of(r->lex, &r->s->words[p->head], WORDS_STATE))
        resolve_state_noun(r, i);
    else
        resolve_body_noun(r, i);
}
