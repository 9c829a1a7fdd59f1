/* Names of states, capitals, regions and peoples, and names that are in no table. */
#include "actors/kinds.h"

#include <string.h>

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

void resolve_country(reading *r, uint32_t i)
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

void resolve_capital(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    const dgm_word *head = &r->s->words[p->head];
    /* "a suburb of Baghdad", where "the envoy of Baghdad" is a government's */
    bool part = (head->deprel == DGM_REL_NMOD || head->deprel == DGM_REL_COMPOUND) && head->head &&
                lemma_of(r->lex, &r->s->words[head->head], WORDS_PLACE_KIND);
    bool place =
        p->locative || part || p->head < r->m->dateline || head->deprel == DGM_REL_NMOD_UNMARKED;
    if (place)
        set_entity(r, i, place_entity(r, p->name->country, "", p->name->name, p->name),
                   DGM_VIA_NAME);
    else
        set_entity(r, i, government_entity(r, p->name->country, p->name), DGM_VIA_METONYMY);
}

void resolve_region(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    set_entity(r, i, place_entity(r, p->name->country, p->name->sector, p->name->name, p->name),
               DGM_VIA_NAME);
}

/* A nation ("the Turks agreed") has no sector; so many of its people are civilians. */
void resolve_people(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    bool nation =
        p->name->type == FACT_COUNTRY && p->definite && p->plural && !p->counted && !p->possessor;
    char country[4] = "";
    if (p->n_countries > 0)
        memcpy(country, p->countries[0], 4);
    else
        open_country(r, p, country);
    const char *sector = p->name->sector[0] ? p->name->sector : nation ? "" : "CVL";
    dgm_view name = nation ? p->name->name : phrase_text(r, p);
    dgm_view key = words_folded(r, p->first, p->last);
    uint32_t e = find_alias(r, key);
    if (e == DGM_NONE || strcmp(r->doc->entities.at[e].country, country) != 0) {
        e = new_entity(r, p->plural ? DGM_ENTITY_GROUP : DGM_ENTITY_PERSON, country, sector, name,
                       p->name);
        if (e != DGM_NONE) {
            r->doc->entities.at[e].plural = p->plural;
            if (r->s->words[p->head].upos == DGM_NOUN) /* "Syrian refugees ... the refugees" */
                r->actors.at[e].role = words_folded(r, p->head, p->head);
        }
        add_alias(r, key, e);
    }
    set_entity(r, i, e, DGM_VIA_NAME);
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

/* "South Korea" */
static bool begins_with_quarter(const fact *f)
{
    for (size_t i = 0; i < DGM_LEN(quarters); i++) {
        size_t n = strlen(quarters[i]);
        if (f->name.n > n && f->name.p[n] == ' ' &&
            dgm_view_eq_nocase((dgm_view) { f->name.p, n }, dgm_view_of(quarters[i])))
            return true;
    }
    return false;
}

/* "the North" where the story names one state of such a name only, or only its twin, South Korea.
 */
static uint32_t state_of_quarter(reading *r, const dgm_word *word)
{
    const fact *only = NULL;
    uint32_t twin = DGM_NONE, n_twins = 0;
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
        uint32_t other = f && !such && begins_with_quarter(f) ? twin_state(r, word, f) : DGM_NONE;
        n_twins += other != DGM_NONE;
        twin = other != DGM_NONE ? other : twin;
    }
    return only ? country_entity(r, only->country, "", only) : n_twins == 1 ? twin : DGM_NONE;
}

/* "The Irish rap trio Kneecap": the noun before the name says what of that state it is; "an Iranian
 * F-14" is one of several that it has. */
static bool is_described(const reading *r, const phrase *p)
{
    const dgm_word *words = r->s->words;
    uint32_t w = p->head - 1;
    bool one_of = words[p->first].upos == DGM_DET || words[p->first].upos == DGM_NUM;
    if (one_of && p->n_countries == 1 && !p->definite)
        return true;
    return p->n_countries == 1 && w > p->first && words[w].upos == DGM_NOUN &&
           !starts_upper(&words[w]) && words[w].head == p->head;
}

void resolve_unknown(reading *r, uint32_t i)
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
        resolve_person(r, i);
        return;
    }
    dgm_view key = words_folded(r, p->first, p->last);
    uint32_t e = find_alias(r, key);
    if (e == DGM_NONE) {
        char country[4] = "";
        bool body = form_of(r->lex, head, WORDS_BODY_NAME);
        const char *sector = body ? p->sector : "";
        if ((body && (p->n_countries > 0 || sector[0])) || is_described(r, p))
            open_country(r, p, country);
        dgm_entity_kind kind = country[0] ? DGM_ENTITY_ORG
                               : place    ? DGM_ENTITY_PLACE
                                          : DGM_ENTITY_OTHER;
        e = new_entity(r, kind, country, sector, phrase_text(r, p), NULL);
        add_alias(r, key, e);
    }
    set_entity(r, i, e, DGM_VIA_NAME);
}
