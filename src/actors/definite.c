/* Definite nouns that only the story decides: "the country", "the group", "both sides". */
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

/* ---- "both sides" ---------------------------------------------------------------------------- */

/* Parties, firms and crowds are no sides of their own. */
static bool can_be_side(const dgm_entity *who)
{
    static const char sides[][4] = { "", "GOV", "MIL", "REB", "UAF", "PRM", "OPP", "COP", "PRE" };
    return dgm_is_among(who->sector, sides, DGM_LEN(sides)) || who->kind == DGM_ENTITY_PERSON;
}

/* Adds who is of another state than those there are; returns how many there are now. */
static uint32_t add_side(const reading *r, uint32_t entity, uint32_t *out, uint32_t n, uint32_t max)
{
    const dgm_entity *who = &r->doc->entities.at[entity];
    bool known =
        who->kind == DGM_ENTITY_PLACE || !dgm_is_state_code(who->country) || !can_be_side(who);
    for (uint32_t k = 0; k < n && !known; k++)
        known = strcmp(r->doc->entities.at[out[k]].country, who->country) == 0;
    if (!known && n < max)
        out[n++] = entity;
    return n;
}

/* The distinct states of the sentence before word `end`; returns how many, at most max. */
static uint32_t states_before(const reading *r, uint32_t end, uint32_t subject, uint32_t *out,
                              uint32_t max)
{
    uint32_t n = 0;
    for (uint32_t j = 0; j < r->n_phrases && r->phrases[j].head < end; j++) {
        const dgm_mention *m = mention_of(r, j);
        if (r->state[j] != DONE || m->n_entities == 0 || m->n_entities > 2 || m->pronoun ||
            (subject && dgm_is_under(r->s->tree, subject, r->phrases[j].head)))
            continue;
        for (uint32_t i = 0; i < m->n_entities; i++) /* two: "Russian and Georgian troops" */
            n = add_side(r, r->doc->mention_entities.at[m->entities + i], out, n, max);
    }
    return n;
}

/* Who stands at the word, if it is one side; a town that somebody goes to stands for its state. */
static uint32_t side_at(reading *r, uint32_t w, bool goal)
{
    uint32_t j = w ? r->of_word[w] : DGM_NONE;
    const dgm_mention *m = j == DGM_NONE || r->state[j] != DONE ? NULL : mention_of(r, j);
    if (!m || m->n_entities != 1 || m->pronoun)
        return DGM_NONE;
    uint32_t e = r->doc->mention_entities.at[m->entities];
    const dgm_entity *who = &r->doc->entities.at[e];
    if (who->kind == DGM_ENTITY_PLACE && goal && dgm_is_state_code(who->country))
        return country_entity(r, who->country, "", NULL);
    uint32_t one;
    return add_side(r, e, &one, 0, 1) ? one : DGM_NONE;
}

/* Whether the word is of the verb's clause and no mere place: object, addressee, "with Chile". */
static bool is_other_argument(const dgm_sentence *s, uint32_t verb, uint32_t w)
{
    dgm_deprel rel = s->words[w].deprel;
    uint32_t up = s->words[w].head, c = preposition_of(s, w);
    bool place = c && dgm_function_is(s->tree, c, DGM_FN_PLACE);
    if (rel == DGM_REL_NMOD && up && s->words[up].head == verb && s->words[up].mention == DGM_NONE)
        return c && !place && dgm_function_is(s->tree, c, DGM_FN_OTHER_SIDE);
    return up == verb && (rel == DGM_REL_OBJ || rel == DGM_REL_IOBJ || rel == DGM_REL_OBL_AGENT ||
                          rel == DGM_REL_NSUBJ_PASS || (rel == DGM_REL_OBL && c && !place));
}

/* The two sides of which one does something with or to the other in the verb's clause. */
static bool pair_of_clause(reading *r, uint32_t verb, uint32_t two[3])
{
    const dgm_sentence *s = r->s;
    uint32_t subject = dgm_subject_of(s->tree, verb, DGM_NEAREST), n = 1;
    two[0] = side_at(r, subject, false);
    if (two[0] == DGM_NONE)
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        uint32_t w = r->phrases[j].head;
        bool beside = s->words[w].deprel == DGM_REL_CONJ && s->words[w].head == subject;
        uint32_t e = beside || (w != subject && is_other_argument(s, verb, w))
                         ? side_at(r, w, !beside)
                         : DGM_NONE;
        if (e != DGM_NONE)
            n = add_side(r, e, two, n, 3);
    }
    return n == 2;
}

/* "Brazil urged Chile to talk": of those who quarrel it only speaks to one. */
static bool only_speaks_to(const reading *r, uint32_t verb, const uint32_t two[2])
{
    bool speech =
        dgm_asks_others(r->s->tree, verb) || dgm_has_class(r->s->tree, verb, DGM_CLASS_SAY);
    uint32_t same = 0;
    for (uint32_t k = 0; k < 2 && r->pair[0] != DGM_NONE; k++)
        for (uint32_t i = 0; i < 2; i++)
            same += strcmp(r->doc->entities.at[two[k]].country,
                           r->doc->entities.at[r->pair[i]].country) == 0;
    return speech && same == 1;
}

/* "Chad and Cameroon nearly settled their quarrel. Chad's minister flew to Libreville": whose town
 * one of two goes to is no side of what is between them. */
static bool is_third(const reading *r, const uint32_t *two)
{
    if (r->pair[0] == DGM_NONE || r->pair[1] == DGM_NONE || r->loose_pair)
        return false;
    uint32_t shared = 0;
    for (uint32_t i = 0; i < 2; i++)
        for (uint32_t k = 0; k < 2; k++)
            shared += dgm_is_same_country(r->doc, two[i], r->pair[k]);
    return shared == 1;
}

/* Notes who the two sides are of which the story may speak next. */
void note_pair(reading *r)
{
    uint32_t two[3];
    bool contest = false, moves = false;
    for (uint32_t w = 1; w <= r->s->n_words; w++)
        contest |= lemma_of(r->lex, &r->s->words[w], WORDS_CONTEST);
    uint32_t n = contest ? states_before(r, r->s->n_words + 1, 0, two, 3) : 0;
    for (uint32_t w = 1; w <= r->s->n_words && n != 2; w++) {
        dgm_deprel rel = r->s->words[w].deprel;
        if (r->s->words[w].upos == DGM_VERB &&
            (rel == DGM_REL_ROOT || rel == DGM_REL_CONJ || rel == DGM_REL_CCOMP) &&
            pair_of_clause(r, w, two) && !only_speaks_to(r, w, two)) {
            n = 2;
            contest = false;
            moves = lemma_of(r->lex, &r->s->words[w], WORDS_MOVING);
        }
    }
    if (n == 2 && (r->pair[0] == DGM_NONE || r->i_sentence > 0) && !(moves && is_third(r, two))) {
        r->pair[0] = two[0];
        r->pair[1] = two[1];
        r->loose_pair = !contest;
    }
}

/* The subject of the clause that the word is in but no subject of; 0: none. */
static uint32_t other_subject(const dgm_sentence *s, uint32_t w)
{
    for (uint32_t up = w, k = 0; up && k < MAX_UP; up = s->words[up].head, k++) {
        uint32_t subject = dgm_subject_of(s->tree, up, DGM_NEAREST);
        if (subject && dgm_is_under(s->tree, subject, w))
            return 0;
        if (subject && subject < w)
            return subject;
    }
    return 0;
}

/* The two persons that the story last named, besides those who act on them here. */
static bool last_persons(const reading *r, uint32_t other, uint32_t *two)
{
    uint32_t n = 0;
    for (uint32_t k = r->first_mention + r->n_phrases; k > 0 && n < 2; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > 2 * MAX_BACK)
            break;
        bool here =
            m->span.sentence == r->i_sentence && other && dgm_is_under(r->s->tree, other, m->head);
        if (m->n_entities != 1 || m->pronoun || here)
            continue;
        uint32_t e = r->doc->mention_entities.at[m->entities];
        if (r->actors.at[e].named && r->doc->entities.at[e].kind == DGM_ENTITY_PERSON &&
            (n == 0 || two[0] != e))
            two[n++] = e;
    }
    return n == 2;
}

/* The two persons whom the story set against each other. */
static bool pair_of_persons(const reading *r, uint32_t *two)
{
    for (uint32_t k = 0; k < 2; k++) {
        if (r->pair[k] == DGM_NONE || r->doc->entities.at[r->pair[k]].kind != DGM_ENTITY_PERSON)
            return false;
        two[k] = r->pair[k];
    }
    return true;
}

/* "the two Koreas": the states whose names end so. */
static bool resolve_namesakes(reading *r, uint32_t i)
{
    uint32_t head = r->phrases[i].head, all[4], n = 0;
    dgm_view name = words_folded(r, head, head);
    if (r->s->words[head].upos != DGM_PROPN || name.n < 3)
        return false;
    name.n--;
    for (uint32_t k = 0; k < dgm_map_count(r->lex->state_names) && n < DGM_LEN(all); k++) {
        uint32_t number;
        (void)dgm_map_key(r->lex->state_names, k, &number);
        if (number >= r->lex->facts.n)
            continue;
        const fact *f = &r->lex->facts.at[number];
        dgm_view full = dgm_fold(r->arena, f->name);
        bool ends = full.n >= name.n && dgm_view_ends(full, name) &&
                    (full.n == name.n || full.p[full.n - name.n - 1] == ' ');
        if (ends)
            all[n++] = country_entity(r, f->country, "", f);
    }
    set_entities(r, i, all, n, DGM_VIA_NAME);
    return true;
}

/* Where the story is about one state and its rebels, the sides are its government and they. */
static bool take_civil_war(reading *r, uint32_t *two)
{
    const char *main = main_country(r);
    uint32_t rebels = DGM_NONE;
    for (uint32_t e = oldest(r->actors.n); main[0] && e < r->actors.n; e++) {
        const dgm_entity *who = &r->doc->entities.at[e];
        if (strcmp(who->country, main) == 0 && strcmp(who->sector, "REB") == 0 &&
            (rebels == DGM_NONE || r->actors.at[e].seen > r->actors.at[rebels].seen))
            rebels = e;
    }
    if (rebels == DGM_NONE)
        return false;
    two[0] = government_entity(r, main, NULL);
    two[1] = rebels;
    return true;
}

/* The two states that the sentences before name, if only two beside the one that is left out. */
static void states_just_named(reading *r, const char *but, uint32_t pair[2])
{
    char named[2][4];
    uint32_t n = 0;
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > MAX_BACK)
            break;
        for (uint32_t j = 0; j < m->n_entities; j++) {
            const dgm_entity *e =
                &r->doc->entities.at[r->doc->mention_entities.at[m->entities + j]];
            bool state = e->kind == DGM_ENTITY_COUNTRY || e->kind == DGM_ENTITY_GOVERNMENT;
            bool known = !state || !dgm_is_state_code(e->country) || strcmp(e->country, but) == 0;
            for (uint32_t c = 0; c < n && !known; c++)
                known = strcmp(named[c], e->country) == 0;
            if (known)
                continue;
            if (n == 2)
                return;
            memcpy(named[n++], e->country, 4);
        }
    }
    for (uint32_t c = 0; c < 2 && n == 2; c++)
        pair[c] = country_entity(r, named[c], "", NULL);
}

/* The two that the sentence names before the word become the pair; false: not two. */
static bool pair_here(reading *r, uint32_t word, uint32_t other)
{
    uint32_t two[3];
    if (states_before(r, word, other, two, 3) != 2)
        return false;
    r->pair[0] = two[0];
    r->pair[1] = two[1];
    r->loose_pair = false;
    return true;
}

/* Where no two are set against each other: the two that were named last, or most. */
static bool pair_of_story(reading *r)
{
    if (r->pair[0] == DGM_NONE)
        states_just_named(r, "", r->pair);
    char states[2][4];
    if (r->pair[0] == DGM_NONE && two_countries(r, states)) {
        r->pair[0] = country_entity(r, states[0], "", NULL);
        r->pair[1] = country_entity(r, states[1], "", NULL);
    }
    return r->pair[0] != DGM_NONE && r->pair[1] != DGM_NONE;
}

/* The country that asks something of those at the word: "Britain urged both sides"; "": none does.
 */
static const char *asking_country(const reading *r, uint32_t word)
{
    const dgm_word *w = &r->s->words[word];
    bool asked =
        w->head && dgm_asks_others(r->s->tree, w->head) &&
        (w->deprel == DGM_REL_OBJ || w->deprel == DGM_REL_IOBJ || w->deprel == DGM_REL_OBL);
    uint32_t subject = asked ? dgm_subject_of(r->s->tree, w->head, DGM_NEAREST) : 0;
    uint32_t j = subject ? r->of_word[subject] : DGM_NONE;
    const dgm_mention *m = j == DGM_NONE || r->state[j] != DONE ? NULL : mention_of(r, j);
    const dgm_entity *who = m && m->n_entities == 1
                                ? &r->doc->entities.at[r->doc->mention_entities.at[m->entities]]
                                : NULL;
    return who && dgm_speaks_for_country(who) ? who->country : "";
}

/* "Malawi's president met his Zambian counterpart. He called on both sides": whether the pair has
 * the one who asks, who is neither. */
static bool has_country(const reading *r, const uint32_t pair[2], const char *country)
{
    for (uint32_t k = 0; k < 2 && country[0]; k++)
        if (strcmp(r->doc->entities.at[pair[k]].country, country) == 0)
            return true;
    return false;
}

/* Whom that country asks: the two others named last, or the other of the pair. */
static void others_asked(reading *r, const char *asking, bool known, uint32_t two[2])
{
    two[0] = two[1] = DGM_NONE;
    if (asking[0])
        states_just_named(r, asking, two);
    for (uint32_t k = 0; k < 2 && known && two[0] == DGM_NONE; k++)
        if (strcmp(r->doc->entities.at[r->pair[k]].country, asking) != 0)
            two[0] = r->pair[k];
}

void resolve_set(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    uint32_t two[3];
    if (actors_resolve_one_of_two(r, i) || resolve_namesakes(r, i))
        return;
    /* "Britain urged both sides": Britain is neither. */
    uint32_t other = other_subject(r->s, p->head);
    if (form_of(r->lex, &r->s->words[p->head], WORDS_LEADER) &&
        (pair_of_persons(r, two) || last_persons(r, other, two))) {
        set_entities(r, i, two, 2, DGM_VIA_COREF);
        return;
    }
    bool states_only = lemma_of(r->lex, &r->s->words[p->head], WORDS_STATE) ||
                       lemma_of(r->lex, &r->s->words[p->head], WORDS_OTHER_STATE);
    bool here = pair_here(r, p->head, other);
    if (r->loose_pair && r->s->words[p->head].upos != DGM_NOUN)
        r->pair[0] = r->pair[1] = DGM_NONE;
    if (!here && !states_only && take_civil_war(r, two)) {
        set_entities(r, i, two, 2, DGM_VIA_COREF);
        return;
    }
    const char *asking = asking_country(r, p->head);
    bool known = pair_of_story(r);
    if (!known || has_country(r, r->pair, asking)) {
        others_asked(r, asking, known, two);
        set_entities(r, i, two, 2, DGM_VIA_COREF);
        return;
    }
    bool leaders = dgm_view_eq(r->s->words[p->head].lemma, DGM_VIEW("leader"));
    bool governments = lemma_of(r->lex, &r->s->words[p->head], WORDS_GOVERNMENT);
    for (uint32_t k = 0; k < 2; k++) {
        const dgm_entity *e = &r->doc->entities.at[r->pair[k]];
        /* "The navies clashed. Oman urged the two countries": no navy is a country. */
        bool state = (states_only && (r->loose_pair || !dgm_speaks_for_country(e))) ||
                     (e->kind == DGM_ENTITY_PERSON && !leaders);
        if (governments && dgm_is_state_code(e->country))
            two[k] = government_entity(r, e->country, NULL);
        else
            two[k] = state ? country_entity(r, e->country, "", NULL) : r->pair[k];
    }
    set_entities(r, i, two, 2, DGM_VIA_COREF);
}

/* ---- "the ministers" of two states ----------------------------------------------------------- */

/* "The ministers": several of a state's, and no word says whose. */
static bool is_bare_several(const phrase *p)
{
    bool state = strcmp(p->sector, "GOV") == 0 || strcmp(p->sector, "LEG") == 0 ||
                 (strcmp(p->sector, "MIL") == 0 && p->agent && p->agent->kind == KIND_UNIT);
    return state && p->agent && p->plural && p->definite && p->n_countries == 0 &&
           !p->modifier_org && !p->possessor && !p->principal && !p->place && !p->former;
}

/* Those of this role of whom the story spoke last: "the ministers of Ghana and Togo"; or NULL. */
static const dgm_mention *several_before(const reading *r, const phrase *p)
{
    dgm_view role = words_folded(r, p->role_first, p->role_last);
    for (uint32_t k = r->first_mention; k > oldest(r->first_mention); k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        uint32_t first = first_entity_of(r, m);
        if (first != DGM_NONE && r->sightings.at[k - 1].plural &&
            role_fits(r->actors.at[first].role, role))
            return m;
    }
    return NULL;
}

/* "Kenya and Tanzania ended a quarrel. The ministers signed": the two states that the sentence
 * before joins, where it names no other. */
static bool joined_states(reading *r, uint32_t two[2])
{
    uint32_t heads[2], n = 0;
    for (uint32_t k = r->first_mention; k > 0 && r->i_sentence > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (m->span.sentence + 1 != r->i_sentence)
            break;
        uint32_t e = first_entity_of(r, m);
        dgm_entity_kind kind = e == DGM_NONE ? DGM_ENTITY_OTHER : r->doc->entities.at[e].kind;
        if (kind != DGM_ENTITY_COUNTRY && kind != DGM_ENTITY_GOVERNMENT)
            continue;
        if (n == 2)
            return false;
        n++; /* from right to left */
        heads[2 - n] = m->head;
        two[2 - n] = e;
    }
    const dgm_sentence *before = n == 2 ? &r->doc->sentences.at[r->i_sentence - 1] : NULL;
    return before && before->words[heads[1]].deprel == DGM_REL_CONJ &&
           before->words[heads[1]].head == heads[0];
}

/* The states whose "both ministers", "the ministers" are. */
static bool states_of_role(reading *r, const phrase *p, uint32_t two[2])
{
    if (!p->paired)
        return joined_states(r, two);
    (void)pair_here(r, p->head, other_subject(r->s, p->head));
    if (!pair_of_story(r))
        return false;
    memcpy(two, r->pair, sizeof r->pair);
    const char *first = r->doc->entities.at[two[0]].country;
    const char *second = r->doc->entities.at[two[1]].country;
    return dgm_is_state_code(first) && dgm_is_state_code(second) && strcmp(first, second) != 0;
}

/* "Defence Minister X and Interior Minister Y quarrelled. Both ministers resigned": two who were
 * named with that role. */
static bool persons_of_role(const reading *r, const phrase *p, uint32_t two[2])
{
    dgm_view role = r->s->words[p->head].lemma;
    bool all = p->paired && last_persons(r, other_subject(r->s, p->head), two);
    for (uint32_t k = 0; k < 2 && all; k++)
        all = role_fits(r->actors.at[two[k]].role, role) ||
              role_fits(r->actors.at[two[k]].office, role);
    return all;
}

/* False: the role is no such, or nothing says whose they are. */
static bool resolve_bare_several(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    uint32_t two[2];
    if (!is_bare_several(p))
        return false;
    const dgm_mention *before = several_before(r, p);
    if (before && before->n_entities > 1)
        copy_mention(r, i, before, DGM_VIA_COREF);
    else if (persons_of_role(r, p, two))
        set_entities(r, i, two, 2, DGM_VIA_COREF);
    else if (!before && states_of_role(r, p, two))
        actors_resolve_role_of_each(r, i, two, 2);
    else
        return false;
    return true;
}

void actors_resolve_any_role(reading *r, uint32_t i)
{
    if (!resolve_bare_several(r, i))
        resolve_role(r, i);
}
