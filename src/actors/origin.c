/* Whose a role is that does not say it: "the army", "gunmen", "the Secretary of State". */
#include "actors/kinds.h"

#include <string.h>

/* "to Russia", "against Iran": to whom something is done, hardly whose the doer is. */
static bool is_other_side(const dgm_sentence *s, const match *found)
{
    for (uint32_t w = found->first; w <= found->last; w++) {
        uint32_t c = preposition_of(s, w);
        if (c && dgm_function_is(s->tree, c, DGM_FN_OTHER_SIDE))
            return true;
    }
    return false;
}

/* Sectors that belong to some state even where the text leaves it out. */
static bool is_of_a_state(const char *sector)
{
    static const char sectors[][4] = { "GOV", "MIL", "COP", "LEG", "JUD", "PTY", "OPP", "REB",
                                       "PRM", "UAF", "SPY", "CVL", "ELI", "REF", "LAB", "EDU",
                                       "BUS", "MED", "AGR", "SOC", "CRM", "REL" };
    return dgm_is_among(sector, sectors, DGM_LEN(sectors));
}

/* "minister" is the end of "foreign minister". */
bool role_fits(dgm_view held, dgm_view asked)
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
    for (uint32_t i = r->actors.n; i > oldest(r->actors.n); i--) {
        const dgm_entity *e = &r->doc->entities.at[i - 1];
        if (e->kind == DGM_ENTITY_ORG && dgm_is_state_code(e->country) &&
            (role_fits(dgm_fold(r->arena, e->name), part) ||
             role_fits(r->actors.at[i - 1].role, part)))
            return actors_take_state(r, i - 1, out);
    }
    return false;
}

/* "France sent troops": those that somebody sends are his. */
static bool country_of_sender(reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    /* "sent soldiers and police" */
    uint32_t sent = s->words[p->head].deprel == DGM_REL_CONJ ? s->words[p->head].head : p->head;
    uint32_t verb = s->words[sent].head, subject = 0;
    if (p->definite || s->words[sent].deprel != DGM_REL_OBJ ||
        !lemma_of(r->lex, &s->words[verb], WORDS_SENDING))
        return false;
    for (uint32_t up = verb, k = 0; up && k < 4 && !subject; up = s->words[up].head, k++) {
        uint32_t own = dgm_child_of(s->tree, up, DGM_REL_NSUBJ);
        subject = own < p->head ? own : 0;
    }
    return subject && actors_take_state(r, entity_at(r, subject), out);
}

/* The state for which whoever is at the word speaks; false: nobody there speaks for one. */
static bool take_state_of_voice(reading *r, uint32_t word, char out[4])
{
    uint32_t e = entity_at(r, word);
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    return who && dgm_is_state_code(who->country) && dgm_speaks_for_country(who) &&
           actors_take_state(r, e, out);
}

bool actors_country_of_commander(reading *r, const phrase *p, char out[4])
{
    uint32_t who = actors_is_state_force(p->sector) ? dgm_commander_of(r->s->tree, p->head) : 0;
    return who < p->head && take_state_of_voice(r, who, out);
}

enum { FEW = 6, MIN_HOLDERS = 9 }; /* fewer may only show what the table lacks */

/* "Secretary of State": an office that one state alone has. */
static bool country_of_office(const reading *r, const phrase *p, char out[4])
{
    bool one_word = p->role_first == p->role_last; /* "the Pope", but not "President" */
    if (!p->role_first || (one_word && !p->definite) ||
        !starts_upper(&r->s->words[p->role_first]) || !starts_upper(&r->s->words[p->role_last]))
        return false;
    uint32_t i = dgm_map_get(r->lex->offices, words_folded(r, p->role_first, p->role_last));
    if (i >= r->lex->facts.n || r->lex->facts.at[i].holders < (one_word ? FEW : MIN_HOLDERS) ||
        !dgm_is_state_code(r->lex->facts.at[i].country))
        return false;
    memcpy(out, r->lex->facts.at[i].country, 4);
    return true;
}

/* "Western governments", "diplomats": of other countries by their nature. */
static bool is_foreign(const lexicon *lex, const dgm_sentence *s, const phrase *p)
{
    bool office = strcmp(p->sector, "GOV") == 0 || strcmp(p->sector, "MIL") == 0 ||
                  strcmp(p->sector, "LEG") == 0;
    for (uint32_t w = p->first; w < p->head; w++)
        if (form_of(lex, &s->words[w], office ? WORDS_REGION : WORDS_FOREIGN) &&
            !(p->role_first && !p->plural && w >= p->role_first))
            return true;
    bool ministers = p->plural && p->head && dgm_function_is(s->tree, p->head, DGM_FN_MINISTERS);
    bool abroad = form_of(lex, &s->words[p->head], WORDS_ABROAD);
    return p->definite ? abroad && !office : ministers || abroad;
}

/* "The president, who was in Dakar, accused smugglers": Dakar is said of the president alone. */
static bool is_in_aside(const dgm_sentence *s, uint32_t word, uint32_t name)
{
    for (uint32_t k = 0; k < MAX_UP && name && !dgm_is_clause(s->words[name].deprel); k++)
        name = s->words[name].head;
    return name && s->words[name].deprel == DGM_REL_ACL_RELCL && !dgm_is_under(s->tree, name, word);
}

/* How likely a role is of a country, by what the story says of that country: how often it is
 * named, and whether here or in the sentence before. */
static uint32_t likelihood(const reading *r, const phrase *p, const country_count *c, uint32_t most)
{
    enum { WHOLE = 8, HERE = 4, BEFORE = 2 };
    uint32_t score = WHOLE * c->n / most, first = r->i_sentence > 0 ? r->i_sentence - 1 : 0;
    for (uint32_t i = first; i <= r->i_sentence; i++) {
        const dgm_sentence *s = &r->doc->sentences.at[i];
        const matches *m = &r->found[i];
        bool named = false;
        for (uint32_t j = 0; j < m->n && !named; j++) {
            const fact *f = &r->lex->facts.at[m->at[j].fact];
            if (f->weak || f->type == FACT_AGENT || strcmp(f->country, c->code) != 0)
                continue;
            bool later = i == r->i_sentence &&
                         (m->at[j].first > p->head || is_in_aside(s, p->head, m->at[j].last));
            named = !later && !is_other_side(s, &m->at[j]);
        }
        if (named)
            score += i == r->i_sentence ? HERE : BEFORE;
    }
    return score;
}

/* The country that a story of several gives a role: the likeliest, unless two are alike. */
static void likely_country(const reading *r, const phrase *p, char out[4])
{
    enum { LEAST = 6 };
    uint32_t most = 0, best = 0, second = 0;
    const char *striker = actors_striker_of(r, p);
    for (uint32_t i = 0; i < r->n_counts; i++)
        most = DGM_MAX(most, r->counts[i].n);
    for (uint32_t i = 0; i < r->n_counts; i++) {
        const country_count *c = &r->counts[i];
        bool doer = actors_is_opposed(r, p, c->code) || (striker && strcmp(striker, c->code) == 0);
        uint32_t score = doer || actors_comes_later(r, c) ? 0 : likelihood(r, p, c, most);
        if (score > best) {
            second = best;
            best = score;
            memcpy(out, c->code, 4);
        } else {
            second = DGM_MAX(second, score);
        }
    }
    if (best < LEAST || best == second)
        out[0] = 0;
}

/* "The Bongo government" after "President Ali Bongo of Gabon". */
static bool country_of_named_government(reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    if (!p->head || !lemma_of(r->lex, &s->words[p->head], WORDS_GOVERNMENT))
        return false;
    DGM_EACH_CHILD(s->tree, p->head, w)
    if (w < p->head && s->words[w].deprel == DGM_REL_COMPOUND && s->words[w].upos == DGM_PROPN &&
        r->of_word[w] == DGM_NONE &&
        actors_take_state(r, find_alias(r, words_folded(r, w, w)), out))
        return true;
    return false;
}

/* What the words themselves say: "Turkish", "Turkey's", an office, a ship's flag. False: nothing;
 * *out may stay empty where they point to somebody without a country. */
static bool stated_country(reading *r, const phrase *p, char out[4])
{
    if (p->n_countries > 0) {
        memcpy(out, p->countries[0], 4);
        return true;
    }
    if (actors_is_of_others(r, p))
        return true;
    if (p->possessor && r->of_word[p->possessor] != DGM_NONE && !actors_is_harmer_of(r, p)) {
        (void)actors_take_state(r, entity_at(r, p->possessor), out);
        return true;
    }
    if (p->principal && actors_take_state(r, entity_at(r, p->principal), out))
        return true;
    if (p->place && actors_take_state(r, entity_at(r, p->place), out))
        return true;
    if (country_of_sender(r, p, out) || country_of_namesake(r, p, out) ||
        country_of_named_government(r, p, out) || country_of_office(r, p, out))
        return true;
    if (p->head && lemma_of(r->lex, &r->s->words[p->head], WORDS_VESSEL)) {
        (void)country_of_vessel(r, p->head, out);
        return true;
    }
    return false;
}

/* "Kyiv said the army had struck a refinery in Russia": a state that says what the army or police
 * did, and not whose, speaks of its own. */
static bool country_of_speaker(reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head, says = verb ? s->words[verb].head : 0;
    if (!actors_is_state_force(p->sector) || s->words[p->head].deprel != DGM_REL_NSUBJ || !says ||
        s->words[verb].deprel != DGM_REL_CCOMP || !dgm_has_class(s->tree, says, DGM_CLASS_SAY))
        return false;
    return take_state_of_voice(r, dgm_subject_of(s->tree, says, DGM_NEAREST), out);
}

bool actors_is_mere_weapon(const reading *r, const phrase *p)
{
    return p->head && !p->of_force && lemma_of(r->lex, &r->s->words[p->head], WORDS_WEAPON);
}

static bool is_deed_of_force(const reading *r, uint32_t word)
{
    const dgm_word *w = &r->s->words[word];
    return word && (lemma_of(r->lex, w, WORDS_ATTACKING) || lemma_of(r->lex, w, WORDS_HARMING) ||
                    lemma_of(r->lex, w, WORDS_STRIKING));
}

bool actors_is_coalition_of_arms(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    if (!p->head || !actors_is_coalition(p))
        return false;
    uint32_t up = s->words[p->head].head;
    if (up > p->head && s->words[p->head].deprel == DGM_REL_COMPOUND)
        return is_deed_of_force(r, up) || is_deed_of_force(r, s->words[up].head);
    return s->words[p->head].deprel == DGM_REL_NSUBJ && is_deed_of_force(r, up);
}

/* Whether a role of no stated country is of one state at all. */
static bool is_of_one_state(const reading *r, const phrase *p)
{
    return p->kind != PHRASE_PEOPLE && !is_foreign(r->lex, r->s, p) &&
           (p->kind == PHRASE_ORG || is_of_a_state(p->sector));
}

const char *actors_country_set(reading *r, const phrase *p)
{
    const char *country = is_of_one_state(r, p) ? actors_setting_of(r, p) : NULL;
    return country && !actors_is_opposed(r, p, country) ? country : NULL;
}

/* "Interior Minister X": an official, and no mere role. */
static bool is_minister_by_name(const phrase *p)
{
    return p->kind == PHRASE_PERSON && strcmp(p->sector, "GOV") == 0;
}

/* Whose it is by who speaks of it, by the place that the paragraph has turned to, or by who turns
 * to it, rules, jails or accuses. */
static bool country_by_dealings(reading *r, const phrase *p, bool state, char out[4])
{
    if (country_of_speaker(r, p, out))
        return true;
    const char *set = actors_country_set(r, p);
    if (set) {
        memcpy(out, set, 4);
        return true;
    }
    if (actors_country_of_court(r, p, out)) {
        r->guessed = false;
        return true;
    }
    return actors_country_of_people(r, p, false, out) || actors_country_of_jailer(r, p, out) ||
           (state && actors_country_of_accuser(r, p, out));
}

/* The word that "and" joins to this one; 0: none. */
static uint32_t partner_of(const dgm_sentence *s, uint32_t word)
{
    if (s->words[word].deprel == DGM_REL_CONJ)
        return s->words[word].head;
    DGM_EACH_CHILD(s->tree, word, w)
    if (s->words[w].deprel == DGM_REL_CONJ)
        return w;
    return 0;
}

/* Whether the phrase is a government or an army whose state is said. */
static bool is_stated_power(const reading *r, uint32_t word)
{
    uint32_t j = word ? r->of_word[word] : DGM_NONE;
    const phrase *q = j == DGM_NONE ? NULL : &r->phrases[j];
    return q && (strcmp(q->sector, "GOV") == 0 || strcmp(q->sector, "MIL") == 0) &&
           (q->n_countries > 0 || q->possessor || q->principal);
}

/* "South Sudan's government and the rebels", "the opposition and the government of Chad": those who
 * stand beside a government or its army against it are of its state. */
static bool country_of_partner(reading *r, const phrase *p, char out[4])
{
    static const char against[][4] = { "REB", "OPP", "PTY" };
    uint32_t other = p->head ? partner_of(r->s, p->head) : 0;
    return p->definite && dgm_is_among(p->sector, against, DGM_LEN(against)) &&
           is_stated_power(r, other) && actors_take_state(r, entity_at(r, other), out);
}

/* "Chad's army fought rebels": rebels are of the state whose power they fight, where no place says
 * otherwise. */
static bool country_of_foe(reading *r, const phrase *p, char out[4])
{
    uint32_t verb = p->head ? r->s->words[p->head].head : 0;
    if (strcmp(p->sector, "REB") != 0 || r->s->words[p->head].deprel != DGM_REL_OBJ ||
        r->s->words[verb].upos != DGM_VERB)
        return false;
    uint32_t subject = dgm_subject_of(r->s->tree, verb, DGM_NEAREST);
    return is_stated_power(r, subject) && actors_take_state(r, entity_at(r, subject), out);
}

/* Whose it is by the place or state that the words before it, here and in the sentences before,
 * have turned to. */
static bool country_by_scene(const reading *r, const phrase *p, bool state, char out[4])
{
    if (actors_is_set_elsewhere(r, p) && actors_country_of_place(r, p->head, out))
        return true;
    const char *around = state ? actors_country_of_scene(r, p) : NULL;
    if (around && !actors_is_opposed(r, p, around) && !actors_is_set_abroad(r, p, around)) {
        memcpy(out, around, 4);
        return true;
    }
    return state && is_minister_by_name(p) &&
           (actors_country_at_hand(r, p, out) || actors_country_of_dateline(r, p, out));
}

/* "Jets bombed a house in Rafah, doctors said": those who tell what happened at a place, and are
 * nobody's officials, are at home there rather than with whom they tell of. */
static bool country_of_witness(const reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    uint32_t says = s->words[p->head].head;
    if (p->kind != PHRASE_ROLE || !actors_acts_at_home(p) || is_foreign(r->lex, s, p) ||
        s->words[p->head].deprel != DGM_REL_NSUBJ || !says ||
        !dgm_has_class(s->tree, says, DGM_CLASS_SAY))
        return false;
    uint32_t told = dgm_child_of(s->tree, says, DGM_REL_CCOMP);
    return told && actors_country_of_place(r, told, out);
}

/* Nothing is said: whose it is by the story. */
static void guess_country(reading *r, const phrase *p, char out[4])
{
    if (actors_is_mere_weapon(r, p) || actors_is_coalition_of_arms(r, p))
        return;
    if (actors_acts_from_afar(r, p)) {
        (void)actors_country_of_police(r, p, out);
        return;
    }
    if (actors_is_harmer_of(r, p)) {
        actors_country_of_harmer(r, p, out);
        return;
    }
    bool state = is_of_one_state(r, p);
    if (actors_country_of_doer(r, p, out) || country_of_partner(r, p, out) ||
        country_by_dealings(r, p, state, out) || country_by_scene(r, p, state, out))
        return;
    if (country_of_witness(r, p, out))
        return;
    const char *main = state ? main_country(r) : "";
    if (main[0] && actors_acts_on(r, p, main))
        return;
    /* "the government" is the story's own, "gunmen in Lagos" are of Lagos. */
    bool here = !p->definite || !main[0] || actors_acts_at_home(p);
    if (!is_minister_by_name(p) && here && actors_country_of_place(r, p->head, out))
        return;
    if (country_of_foe(r, p, out) || actors_country_of_ruler(r, p, out) ||
        (state && actors_country_at_hand(r, p, out)) || actors_country_of_force(r, p, out))
        return;
    const char *striker = actors_striker_of(r, p);
    if (main[0] && !(striker && strcmp(striker, main) == 0)) {
        memcpy(out, main, 4);
        return;
    }
    if (!state || (actors_is_officeholder(p) && actors_country_of_dateline(r, p, out)))
        return;
    likely_country(r, p, out);
    if (!main[0] && !out[0] && p->definite) /* "the main opposition party" */
        (void)actors_country_of_dateline(r, p, out);
}

/* "13 foreigners", "foreign students": where they are does not tell whose they are. */
static bool is_from_elsewhere(const reading *r, const phrase *p)
{
    static const char sectors[][4] = { "CVL", "LAB", "EDU", "BUS", "JRN", "MED", "REF", "CRM" };
    bool from = p->head && form_of(r->lex, &r->s->words[p->head], WORDS_FOREIGN);
    for (uint32_t w = p->first; w < p->head && !from; w++)
        from = form_of(r->lex, &r->s->words[w], WORDS_FOREIGN);
    return from && dgm_is_among(p->sector, sectors, DGM_LEN(sectors));
}

void open_country(reading *r, const phrase *p, char out[4])
{
    out[0] = 0;
    r->guessed = r->untold = false;
    if (stated_country(r, p, out))
        return;
    r->guessed = true;
    guess_country(r, p, out);
    r->untold = is_from_elsewhere(r, p) || actors_is_anybodys(r, p, out) ||
                (!out[0] && actors_striker_of(r, p)) || actors_is_struck_at_sea(r, p, out);
    if (r->untold) {
        r->guessed = false;
        out[0] = 0;
    }
}
