/* Whose a role is that does not say it: "the army", "gunmen", "the Secretary of State". */
#include "actors/kinds.h"

#include <string.h>

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
    uint32_t verb = place; /* "who was in Dakar": the place heads its clause */
    for (uint32_t k = 0; k < 8 && verb && !dgm_is_clause(s->words[verb].deprel); k++) {
        verb = s->words[verb].head;
        if (s->words[verb].upos == DGM_VERB)
            break;
    }
    if (!verb)
        return true;
    for (uint32_t up = word, k = 0; up && k < 12; up = s->words[up].head, k++) {
        if (up == verb)
            return true;
        if (s->words[up].upos == DGM_VERB && s->words[up].deprel == DGM_REL_CONJ &&
            dgm_child_of(s->tree, up, DGM_REL_NSUBJ))
            return false;
    }
    return dgm_dominates(s, word, verb) || !verb;
}

/* The only country named as a place in the sentence: of one without end, in the phrases around. */
static bool country_of_place(const reading *r, uint32_t word, char out[4])
{
    enum { AROUND = 500 };
    const char *found = NULL;
    uint32_t own = r->of_word[word] == DGM_NONE ? 0 : r->of_word[word];
    uint32_t end = DGM_MIN(r->n_phrases, own + AROUND);
    for (uint32_t i = own > AROUND ? own - AROUND : 0; i < end; i++) {
        const phrase *p = &r->phrases[i];
        bool place = (p->locative || p->kind == PHRASE_REGION) && p->name &&
                     p->name->type == FACT_COUNTRY && p->head > r->m->dateline &&
                     shares_clause(r->s, word, p->head);
        /* "deported a smuggler to Chile" */
        uint32_t c = place ? preposition_of(r->s, p->head) : 0;
        bool goal = c && dgm_function_is(r->s->tree, c, DGM_FN_OTHER_SIDE) &&
                    !dgm_function_is(r->s->tree, c, DGM_FN_PLACE);
        if (!place || goal || !dgm_is_state_code(p->name->country))
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
            return take_state(r, i - 1, out);
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
    for (uint32_t up = verb, k = 0; up && k < 4 && !subject; up = s->words[up].head, k++)
        for (uint32_t w = 1; w < p->head && !subject; w++)
            if (s->words[w].head == up && s->words[w].deprel == DGM_REL_NSUBJ)
                subject = w;
    return subject && take_state(r, entity_at(r, subject), out);
}

/* The state for which whoever is at the word speaks; 0: nobody is. */
static bool take_state_of_voice(reading *r, uint32_t word, char out[4])
{
    uint32_t e = word ? entity_at(r, word) : DGM_NONE;
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    return who && dgm_is_state_code(who->country) && dgm_speaks_for_country(who) &&
           take_state(r, e, out);
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

/* "Signed a deal with China", "lodged a protest against China": China is dealt with. */
static bool is_dealt_with(const dgm_sentence *s, uint32_t word, uint32_t verb)
{
    uint32_t c = preposition_of(s, word), noun = s->words[word].head;
    return c && s->words[word].deprel == DGM_REL_NMOD && s->words[noun].head == verb &&
           s->words[noun].deprel == DGM_REL_OBJ && dgm_function_is(s->tree, c, DGM_FN_OTHER_SIDE) &&
           !dgm_function_is(s->tree, c, DGM_FN_PLACE);
}

/* "Summoned the Chinese ambassador": whoever does so is of another state, unless it is to give or
 * to end an office. */
static bool is_envoy_of(const reading *r, const phrase *q, const char *country)
{
    const dgm_sentence *s = r->s;
    const dgm_word *word = &s->words[q->head], *verb = &s->words[word->head];
    return word->deprel == DGM_REL_OBJ && q->n_countries == 1 &&
           strcmp(q->countries[0], country) == 0 && lemma_of(r->lex, word, WORDS_DIPLOMAT) &&
           !lemma_of(r->lex, verb, WORDS_SERVING);
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
        bool argument = (s->words[q->head].head == verb &&
                         (rel == DGM_REL_OBJ || (rel == DGM_REL_OBL && !q->locative))) ||
                        is_dealt_with(s, q->head, verb);
        if (argument && (q->kind == PHRASE_COUNTRY || q->kind == PHRASE_CAPITAL) &&
            strcmp(q->name->country, country) == 0)
            return true;
        if (argument && is_envoy_of(r, q, country))
            return true;
    }
    return false;
}

/* "Israeli" of "Israeli strikes": the adjective before a deed of force. NULL: there is none. */
static const char *state_before_deed(const reading *r, uint32_t word)
{
    if (r->of_word[word] != DGM_NONE || !lemma_of(r->lex, &r->s->words[word], WORDS_STRIKING))
        return NULL;
    DGM_EACH_CHILD(r->s->tree, word, w)
    if (w < word && r->s->words[w].deprel == DGM_REL_AMOD && r->of_word[w] != DGM_NONE) {
        const phrase *p = &r->phrases[r->of_word[w]];
        if (p->kind == PHRASE_COUNTRY)
            return p->name->country;
    }
    return NULL;
}

/* The state whose deed the phrase suffers: "Israeli strikes killed five people", "strikes on a
 * hotel", "five people were killed in an Israeli strike". NULL: none that is said. */
static const char *striker_of(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    for (uint32_t up = s->words[p->head].head, k = 0; up && k < 4; up = s->words[up].head, k++) {
        const char *state = state_before_deed(r, up);
        DGM_EACH_CHILD(s->tree, up, w)
        {
            dgm_deprel rel = s->words[w].deprel;
            bool behind = rel == DGM_REL_OBL || rel == DGM_REL_OBL_AGENT;
            if (!state && (rel == DGM_REL_NSUBJ || (behind && dgm_is_passive(s->tree, up))))
                state = state_before_deed(r, w);
        }
        if (state || dgm_is_clause(s->words[up].deprel))
            return state;
    }
    return NULL;
}

/* Whether the phrase is the object of what that very country does: "France urged the army". */
static bool is_done_by(const reading *r, const phrase *p, const char *country)
{
    const dgm_sentence *s = r->s;
    for (uint32_t up = s->words[p->head].head, k = 0; up && k < 4; up = s->words[up].head, k++) {
        uint32_t subject = dgm_subject_of(s->tree, up, DGM_NEAREST);
        uint32_t j = subject && subject < p->head ? r->of_word[subject] : DGM_NONE;
        if (j == DGM_NONE)
            continue;
        const dgm_mention *m = mention_of(r, j);
        uint32_t e = m->n_entities ? r->doc->mention_entities.at[m->entities] : DGM_NONE;
        const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
        return who && (who->kind == DGM_ENTITY_COUNTRY || who->kind == DGM_ENTITY_GOVERNMENT) &&
               strcmp(who->country, country) == 0;
    }
    return false;
}

/* "The president, who was in Dakar, accused smugglers": Dakar is said of the president alone. */
static bool is_in_aside(const dgm_sentence *s, uint32_t word, uint32_t name)
{
    for (uint32_t k = 0; k < MAX_UP && name && !dgm_is_clause(s->words[name].deprel); k++)
        name = s->words[name].head;
    return name && s->words[name].deprel == DGM_REL_ACL_RELCL && !dgm_dominates(s, name, word);
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
            bool later = i == r->i_sentence &&
                         (m->at[j].first > p->head || is_in_aside(s, p->head, m->at[j].last));
            named = !f->weak && !later && f->type != FACT_AGENT &&
                    strcmp(f->country, c->code) == 0 && !is_other_side(s, &m->at[j]);
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
    const char *striker = striker_of(r, p);
    for (uint32_t i = 0; i < r->n_counts; i++)
        most = DGM_MAX(most, r->counts[i].n);
    for (uint32_t i = 0; i < r->n_counts; i++) {
        const country_count *c = &r->counts[i];
        bool doer = acts_on(r, p, c->code) || is_done_by(r, p, c->code) ||
                    (striker && strcmp(striker, c->code) == 0);
        uint32_t score = doer ? 0 : likelihood(r, p, c, most);
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

/* Whose holders are where they act: the police of the town, its strikers. Armies and ministers act
 * abroad. */
static bool is_home_sector(const char *sector)
{
    static const char sectors[][4] = { "COP", "JUD", "CVL", "LAB", "EDU",
                                       "MED", "AGR", "CRM", "REL", "OPP" };
    return dgm_is_among(sector, sectors, DGM_LEN(sectors));
}

static bool acts_at_home(const phrase *p)
{
    return is_home_sector(p->sector);
}

/* The country of the last place where a sentence before says that something happens: "marched
 * through Majuro. Police ..." */
static const char *place_told_in(const reading *r, uint32_t i_sentence)
{
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (m->span.sentence < i_sentence)
            break;
        const dgm_sentence *s = &r->doc->sentences.at[m->span.sentence];
        uint32_t c = preposition_of(s, m->head);
        if (m->span.sentence > i_sentence || m->n_entities != 1 || m->pronoun || !c)
            continue;
        const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
        bool place = e->kind == DGM_ENTITY_PLACE || e->kind == DGM_ENTITY_COUNTRY;
        bool where = dgm_function_is(s->tree, c, DGM_FN_PLACE) ||
                     (e->kind == DGM_ENTITY_PLACE && dgm_function_is(s->tree, c, DGM_FN_WAY) &&
                      !dgm_function_is(s->tree, c, DGM_FN_OTHER_SIDE));
        if (place && where && dgm_is_state_code(e->country))
            return e->country;
    }
    return NULL;
}

static const char *place_before(const reading *r)
{
    return r->i_sentence > 0 ? place_told_in(r, r->i_sentence - 1) : NULL;
}

/* "Mali accused Togo of theft, a charge that Lome rejected": which state has the last word; 0. */
static uint32_t state_that_replies(const reading *r, const dgm_sentence *s, uint32_t subject)
{
    for (uint32_t w = s->n_words; w > subject; w--) {
        uint32_t verb = s->words[w].head, k = s->words[w].mention;
        const dgm_mention *m = k == DGM_NONE ? NULL : &r->doc->mentions.at[k];
        if (!m || m->pronoun || m->n_entities != 1 || s->words[w].deprel != DGM_REL_NSUBJ ||
            s->words[verb].deprel != DGM_REL_ACL_RELCL || dgm_dominates(s, subject, w))
            continue;
        const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
        if (e->kind == DGM_ENTITY_COUNTRY || e->kind == DGM_ENTITY_GOVERNMENT)
            return w;
    }
    return 0;
}

/* The state that acts in the sentence before: "Kenya closed its border. Interior Minister X ..." */
static const char *state_before(const reading *r)
{
    if (r->i_sentence == 0)
        return NULL;
    const dgm_sentence *s = &r->doc->sentences.at[r->i_sentence - 1];
    uint32_t root = dgm_child_of(s->tree, 0, DGM_REL_ROOT);
    uint32_t subject = root ? dgm_subject_of(s->tree, root, DGM_NEAREST) : 0;
    uint32_t reply = subject ? state_that_replies(r, s, subject) : 0;
    subject = reply ? reply : subject;
    uint32_t k = subject ? s->words[subject].mention : DGM_NONE;
    const dgm_mention *m = k == DGM_NONE ? NULL : &r->doc->mentions.at[k];
    if (!m || m->n_entities != 1)
        return NULL;
    const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
    bool state = e->kind == DGM_ENTITY_COUNTRY || e->kind == DGM_ENTITY_GOVERNMENT ||
                 (strcmp(e->sector, "GOV") == 0 && !e->guessed);
    return state && dgm_is_state_code(e->country) ? e->country : NULL;
}

/* "The army shot protesters": those too whom it meets say only by the place whose they are. */
static bool meets_people(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (strcmp(p->sector, "MIL") != 0 || s->words[p->head].deprel != DGM_REL_NSUBJ || !verb)
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        dgm_deprel rel = s->words[q->head].deprel;
        if (s->words[q->head].head == verb && (rel == DGM_REL_OBJ || rel == DGM_REL_OBL) &&
            q->kind == PHRASE_ROLE && q->n_countries == 0 && acts_at_home(q))
            return true;
    }
    return false;
}

/* "The minister", "Prime Minister X": who holds one of a state's offices. */
static bool is_officeholder(const phrase *p)
{
    return !p->plural && strcmp(p->sector, "GOV") == 0 &&
           (p->kind == PHRASE_PERSON || p->kind == PHRASE_ORG || p->definite);
}

static bool names_state(const reading *r, uint32_t i_sentence, uint32_t from, const char *country)
{
    const matches *m = &r->found[i_sentence];
    for (uint32_t j = 0; j < m->n; j++) {
        const fact *f = &r->lex->facts.at[m->at[j].fact];
        if (m->at[j].first > from && f->type == FACT_COUNTRY && strcmp(f->country, country) == 0)
            return true;
    }
    return false;
}

/* "HONIARA - Solomon Islands has ... Prime Minister X warned": whose minister it means an agency
 * need not say in the country that it writes from, if its report begins with that country. */
static bool country_of_dateline(const reading *r, const phrase *p, char out[4])
{
    uint32_t i = r->i_dateline;
    if (i == DGM_NONE || i >= r->i_sentence)
        return false;
    const matches *m = &r->found[i];
    const char *country = actors_dateline_of(r, i);
    if (!dgm_is_state_code(country) ||
        (!names_state(r, i, m->dateline, country) && !names_state(r, i + 1, 0, country)) ||
        acts_on(r, p, country) || is_done_by(r, p, country))
        return false;
    memcpy(out, country, 4);
    return true;
}

/* The country that the paragraph has just turned to, where the role is one of its own. */
static bool country_at_hand(const reading *r, const phrase *p, char out[4])
{
    if (r->s->begins_paragraph)
        return false;
    bool local = acts_at_home(p) || meets_people(r, p);
    const char *country = local ? place_before(r) : is_officeholder(p) ? state_before(r) : NULL;
    if (!country || acts_on(r, p, country) || is_done_by(r, p, country))
        return false;
    memcpy(out, country, 4);
    return true;
}

/* "In Paraguay, the army killed": the sentence turns to a place before it says which body acts. */
static bool is_set_elsewhere(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (!dgm_is_subject(s->words[p->head].deprel) || !p->agent || p->agent->kind != KIND_UNIT)
        return false;
    for (uint32_t j = 0; j < r->n_phrases && r->phrases[j].head < p->head; j++) {
        const phrase *q = &r->phrases[j];
        uint32_t up = s->words[q->head].head;
        if (up != verb && s->words[q->head].deprel == DGM_REL_NMOD)
            up = s->words[up].head; /* "across the border in Chad" */
        if (q->locative && up == verb && q->head > r->m->dateline)
            return true;
    }
    return false;
}

/* "her kidnappers": whose they are, to him they did it. */
static bool is_harmer_of(const reading *r, const phrase *p)
{
    return p->possessor && p->head && lemma_of(r->lex, &r->s->words[p->head], WORDS_HARMER);
}

/* "Activists urged President Tokayev": whoever speaks to a ruler or to a minister by name, and is
 * at home where he acts, is of that country. */
static bool country_of_ruler(const reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (s->words[p->head].deprel != DGM_REL_NSUBJ || !acts_at_home(p))
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        dgm_deprel rel = s->words[q->head].deprel;
        bool addressed = s->words[q->head].head == verb && q->head > verb &&
                         (rel == DGM_REL_OBJ || rel == DGM_REL_IOBJ || rel == DGM_REL_OBL);
        if (addressed && q->kind == PHRASE_PERSON && strcmp(q->sector, "GOV") == 0 && q->name &&
            dgm_is_state_code(q->name->country)) {
            memcpy(out, q->name->country, 4);
            return true;
        }
    }
    return false;
}

/* "The Bongo government" after "President Ali Bongo of Gabon". */
static bool country_of_named_government(reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    if (!p->head || !lemma_of(r->lex, &s->words[p->head], WORDS_GOVERNMENT))
        return false;
    DGM_EACH_CHILD(s->tree, p->head, w)
    if (w < p->head && s->words[w].deprel == DGM_REL_COMPOUND && s->words[w].upos == DGM_PROPN &&
        r->of_word[w] == DGM_NONE && take_state(r, find_alias(r, words_folded(r, w, w)), out))
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
    if (p->possessor && r->of_word[p->possessor] != DGM_NONE && !is_harmer_of(r, p)) {
        (void)take_state(r, entity_at(r, p->possessor), out);
        return true;
    }
    if (p->principal && take_state(r, entity_at(r, p->principal), out))
        return true;
    if (p->place && take_state(r, entity_at(r, p->place), out))
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

/* "A Kenyan priest was taken hostage in Mogadishu. His captors ...": they are of the place where he
 * was told of last. */
static void country_of_harmer(reading *r, const phrase *p, char out[4])
{
    uint32_t victim = entity_at(r, p->possessor);
    for (uint32_t k = r->first_mention; k > 0 && victim != DGM_NONE; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > MAX_BACK)
            return;
        if (m->n_entities != 1 || r->doc->mention_entities.at[m->entities] != victim)
            continue;
        const char *place = place_told_in(r, m->span.sentence);
        if (place)
            memcpy(out, place, 4);
        return;
    }
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
    return country && !acts_on(r, p, country) && !is_done_by(r, p, country) ? country : NULL;
}

/* Who acts in the clause or in one above it, but is not the word; 0: nobody. */
static uint32_t actor_above(const dgm_sentence *s, uint32_t word)
{
    for (uint32_t up = s->words[word].head, k = 0; up && k < MAX_UP; up = s->words[up].head, k++) {
        uint32_t subject = dgm_subject_of(s->tree, up, DGM_NEAREST);
        if (subject && subject < word)
            return dgm_dominates(s, subject, word) ? 0 : subject;
    }
    return 0;
}

/* The entity that `actor_above` finds; DGM_NONE. */
static uint32_t entity_above(reading *r, const phrase *p)
{
    uint32_t subject = p->head ? actor_above(r->s, p->head) : 0;
    return subject ? entity_at(r, subject) : DGM_NONE;
}

/* Whether the phrase is said to be in another country. */
static bool is_set_abroad(reading *r, const phrase *p, const char *country)
{
    char place[4] = "";
    return country_of_place(r, p->head, place) && strcmp(place, country) != 0;
}

/* "Gambian fishermen demanded that the government cancel the treaty": people turn to their own
 * state, unless it is said that they are abroad. `stated`: the text says whose people they are. */
static bool country_of_people(reading *r, const phrase *p, bool stated, char out[4])
{
    static const char bodies[][4] = { "GOV", "LEG", "JUD", "COP", "MIL" };
    static const char people[][4] = { "CVL", "LAB", "EDU", "MED", "AGR", "OPP", "BUS", "SOC" };
    bool body =
        p->kind == PHRASE_ROLE && p->definite && dgm_is_among(p->sector, bodies, DGM_LEN(bodies));
    uint32_t c = body ? preposition_of(r->s, p->head) : 0;
    bool agent = c && dgm_function_is(r->s->tree, c, DGM_FN_BY); /* "beaten by the police" */
    uint32_t e = body && !agent ? entity_above(r, p) : DGM_NONE;
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    if (!who || !dgm_is_among(who->sector, people, DGM_LEN(people)) ||
        !dgm_is_state_code(who->country) || (stated && who->guessed) || acts_on(r, p, who->country))
        return false;
    return !is_set_abroad(r, p, who->country) && take_state(r, e, out);
}

/* "Pakistan's High Court ordered the government to free a union leader", "Venezuela's prosecutor
 * investigated two executives": courts and police, whose state is said, deal with their own. */
static bool country_of_court(reading *r, const phrase *p, char out[4])
{
    bool business = strcmp(p->sector, "BUS") == 0;
    bool own = business || (acts_at_home(p) && strcmp(p->sector, "CRM") != 0);
    bool government = p->kind == PHRASE_ROLE && p->definite && strcmp(p->sector, "GOV") == 0;
    uint32_t e = own || government ? entity_above(r, p) : DGM_NONE;
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    bool court = who && (strcmp(who->sector, "JUD") == 0 ||
                         (!government && strcmp(who->sector, "COP") == 0));
    if (!court || who->guessed || !dgm_is_state_code(who->country) ||
        is_set_abroad(r, p, who->country))
        return false;
    return take_state(r, e, out);
}

bool actors_is_ruled(reading *r, const phrase *p, char out[4])
{
    static const char bodies[][4] = { "", "GOV", "LEG", "JUD", "COP" };
    const dgm_word *words = r->s->words;
    uint32_t verb = words[p->head].head;
    dgm_deprel how = words[p->head].deprel;
    if ((how != DGM_REL_OBJ && how != DGM_REL_NSUBJ_PASS) ||
        !lemma_of(r->lex, &words[verb], WORDS_RULING))
        return false;
    uint32_t ruler = how == DGM_REL_OBJ ? dgm_subject_of(r->s->tree, verb, DGM_NEAREST)
                                        : dgm_child_of(r->s->tree, verb, DGM_REL_OBL_AGENT);
    uint32_t e = ruler ? entity_at(r, ruler) : DGM_NONE;
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    if (!who || who->guessed || !dgm_is_state_code(who->country) ||
        !dgm_is_among(who->sector, bodies, DGM_LEN(bodies)) || is_set_abroad(r, p, who->country))
        return false;
    return take_state(r, e, out);
}

/* Whether who acts on the phrase acts on his own people: a state that jails them, or its soldiers
 * and officials whose state is said; its police whatever they do, its soldiers unless the story is
 * another state's. */
static bool deals_with_own(const reading *r, const dgm_entity *who, const dgm_word *verb)
{
    bool state = who->kind == DGM_ENTITY_COUNTRY || who->kind == DGM_ENTITY_GOVERNMENT;
    bool police = strcmp(who->sector, "COP") == 0, army = strcmp(who->sector, "MIL") == 0;
    if (who->guessed || !dgm_is_state_code(who->country))
        return false;
    if (lemma_of(r->lex, verb, WORDS_JAILING))
        return state || police || army || strcmp(who->sector, "GOV") == 0;
    return lemma_of(r->lex, verb, WORDS_HARMING) && (police || (army && !main_country(r)[0]));
}

/* "Turkey jailed a reporter and France demanded his release": he is Turkey's. */
static bool country_of_jailer(reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[p->head].head;
    if (s->words[p->head].deprel != DGM_REL_OBJ || !verb ||
        (!acts_at_home(p) && strcmp(p->sector, "JRN") != 0))
        return false;
    uint32_t subject = dgm_subject_of(s->tree, verb, DGM_NEAREST);
    uint32_t e = subject ? entity_at(r, subject) : DGM_NONE;
    if (e == DGM_NONE || mention_of(r, r->of_word[subject])->n_entities > 1)
        return false; /* "Cambodian and Korean police" */
    const dgm_entity *who = &r->doc->entities.at[e];
    if (!deals_with_own(r, who, &s->words[verb]) || is_set_abroad(r, p, who->country))
        return false;
    r->guessed = false;
    return take_state(r, e, out);
}

bool actors_is_of_people(reading *r, const phrase *p, char out[4])
{
    return p->agent && p->agent->kind == KIND_UNIT &&
           (country_of_people(r, p, true, out) || country_of_court(r, p, out));
}

/* "Hackers shut down Brazil's servers", "a hacker group" */
static bool acts_from_afar(const reading *r, const phrase *p)
{
    const dgm_word *words = r->s->words;
    return p->head && (lemma_of(r->lex, &words[p->head], WORDS_REMOTE) ||
                       (p->role_first && lemma_of(r->lex, &words[p->role_first], WORDS_REMOTE)));
}

/* "Malta accused Libya of an attack on parliament": a state accuses another of what it did to the
 * accuser's own. */
static bool country_of_accuser(reading *r, const phrase *p, char out[4])
{
    const dgm_sentence *s = r->s;
    uint32_t c = preposition_of(s, p->head), deed = s->words[p->head].head;
    bool on = c && dgm_function_is(s->tree, c, DGM_FN_OTHER_SIDE) &&
              !dgm_has_class(s->tree, deed, DGM_CLASS_ACCUSE);
    bool attacked = s->words[p->head].deprel == DGM_REL_OBJ &&
                    lemma_of(r->lex, &s->words[deed], WORDS_ATTACKING);
    uint32_t up = on || attacked ? deed : 0;
    for (uint32_t k = 0; k < MAX_UP && up && !dgm_has_class(s->tree, up, DGM_CLASS_ACCUSE); k++)
        up = s->words[up].deprel == DGM_REL_ACL_RELCL ? 0 : s->words[up].head;
    uint32_t accused = up ? dgm_child_of(s->tree, up, DGM_REL_OBJ) : 0;
    uint32_t i = accused ? r->of_word[accused] : DGM_NONE;
    if (i == DGM_NONE || dgm_dominates(s, accused, p->head) ||
        (r->phrases[i].kind != PHRASE_COUNTRY && r->phrases[i].kind != PHRASE_CAPITAL))
        return false;
    char own[4] = "";
    uint32_t subject = dgm_subject_of(s->tree, up, DGM_NEAREST);
    if (!subject || !take_state(r, entity_at(r, subject), own) || !dgm_is_state_code(own) ||
        strcmp(own, r->phrases[i].name->country) == 0)
        return false;
    memcpy(out, own, 4);
    return true;
}

/* "The Greek coast guard stopped a boat of Syrian refugees. Officers arrested": bare forces are of
 * the state whose office or force acted last, whoever else the story names meanwhile. */
static bool country_of_force(const reading *r, const phrase *p, char out[4])
{
    static const char forces[][4] = { "COP", "MIL", "SPY" };
    static const char offices[][4] = { "COP", "MIL", "SPY", "GOV" };
    bool bare = p->kind == PHRASE_ROLE && p->plural && !p->definite && p->first == p->head &&
                dgm_is_among(p->sector, forces, DGM_LEN(forces));
    dgm_deprel clause = r->s->words[r->s->words[p->head].head].deprel;
    bool told = clause == DGM_REL_ROOT || clause == DGM_REL_CONJ;
    if (!bare || !told || r->s->words[p->head].deprel != DGM_REL_NSUBJ)
        return false;
    for (uint32_t k = r->first_mention; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > MAX_BACK)
            return false;
        if (m->n_entities != 1 || r->sightings.at[k - 1].rank != 3)
            continue;
        const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
        if (!dgm_is_state_code(e->country) || e->guessed ||
            (e->kind != DGM_ENTITY_ORG && e->kind != DGM_ENTITY_GROUP) ||
            !dgm_is_among(e->sector, offices, DGM_LEN(offices)))
            continue;
        if (acts_on(r, p, e->country))
            return false;
        memcpy(out, e->country, 4);
        return true;
    }
    return false;
}

/* "Ghana's police arrested three hackers": those whom the police and courts of a state get hold of.
 */
static bool country_of_police(reading *r, const phrase *p, char out[4])
{
    uint32_t e = entity_above(r, p);
    const dgm_entity *who = e == DGM_NONE ? NULL : &r->doc->entities.at[e];
    bool police = who && (strcmp(who->sector, "COP") == 0 || strcmp(who->sector, "JUD") == 0);
    return police && !who->guessed && take_state(r, e, out);
}

/* Outlaws of no group: gunmen, attackers, bandits, hackers. */
static bool is_bare_outlaw(const reading *r, const phrase *p)
{
    return p->kind == PHRASE_ROLE && !p->modifier_org && p->head &&
           !lemma_of(r->lex, &r->s->words[p->head], WORDS_HELD) &&
           (strcmp(p->sector, "UAF") == 0 || strcmp(p->sector, "CRM") == 0);
}

/* The state that the words of the phrase name: "three Peruvian policemen", "Estonia's parliament",
 * "the consulate of Peru"; NULL: none. */
static const char *named_state(const reading *r, const phrase *q)
{
    if (q->kind == PHRASE_NONE || q->kind == PHRASE_REGION || q->kind == PHRASE_CAPITAL)
        return NULL;
    uint32_t owner = q->possessor ? q->possessor : q->principal;
    uint32_t i = owner ? r->of_word[owner] : DGM_NONE;
    const char *country = q->n_countries > 0 ? q->countries[0]
                          : i != DGM_NONE && r->phrases[i].kind == PHRASE_COUNTRY
                              ? r->phrases[i].countries[0]
                              : NULL;
    return country && dgm_is_state_code(country) ? country : NULL;
}

/* Whether the word suffers or receives what is done at the verb. */
static bool is_acted_on(const dgm_sentence *s, uint32_t word, uint32_t verb)
{
    uint32_t up = s->words[word].head;
    dgm_deprel rel = s->words[word].deprel;
    bool here =
        up == verb || (up && s->words[up].head == verb && s->words[up].deprel == DGM_REL_CONJ);
    return here && (rel == DGM_REL_OBJ || rel == DGM_REL_IOBJ || rel == DGM_REL_OBL ||
                    rel == DGM_REL_NSUBJ_PASS);
}

/* The state of those whom the phrase acts on: "Gunmen shot three Peruvian policemen"; NULL: nobody,
 * or nobody's. */
static const char *state_of_victims(const reading *r, const phrase *p)
{
    const dgm_sentence *s = r->s;
    dgm_deprel rel = s->words[p->head].deprel;
    if (rel != DGM_REL_NSUBJ && rel != DGM_REL_OBL && rel != DGM_REL_OBL_AGENT)
        return NULL;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        bool other = q->head != p->head && !(q->kind == PHRASE_COUNTRY && q->locative);
        const char *state =
            other && is_acted_on(s, q->head, s->words[p->head].head) ? named_state(r, q) : NULL;
        if (state)
            return state;
    }
    return NULL;
}

/* Whether the story says that it happens in that state. */
static bool is_told_there(const reading *r, const phrase *p, const char *country)
{
    char here[4] = "";
    if ((country_of_place(r, p->head, here) && strcmp(here, country) == 0) ||
        (r->setting[0] && strcmp(r->setting, country) == 0))
        return true;
    for (uint32_t back = 1; back <= DGM_MIN(r->i_sentence, MAX_BACK); back++) {
        const char *place = place_told_in(r, r->i_sentence - back);
        if (place && strcmp(place, country) == 0)
            return true;
    }
    const matches *m = r->i_dateline == DGM_NONE ? NULL : &r->found[r->i_dateline];
    return m && m->n && strcmp(r->lex->facts.at[m->at[0].fact].country, country) == 0;
}

/* "Gunmen shot three Peruvian policemen", "hackers attacked Estonia's parliament": where nothing
 * but whom they harm speaks of a state, they may be of any. */
static bool is_anybodys(const reading *r, const phrase *p, const char *guess)
{
    if (!is_bare_outlaw(r, p))
        return false;
    if (!guess[0] && acts_from_afar(r, p))
        return true;
    const char *state = state_of_victims(r, p);
    return state && (!guess[0] || strcmp(state, guess) == 0) && !is_told_there(r, p, state);
}

/* Whether a sentence that tells of no other state shows the life of this one: its police, courts or
 * people act, or its soldiers or officials act and its people are told of. */
typedef struct {
    const char *country; /* NULL: none is named yet */
    bool one, acts, force, people;
} scene;

/* "The Norwegians", "the crew", "diplomats": wherever they are. */
static bool may_be_abroad(const reading *r, const dgm_mention *m, uint32_t entity)
{
    const dgm_word *head = &r->doc->sentences.at[m->span.sentence].words[m->head];
    const fact *f = r->actors.at[entity].fact;
    return form_of(r->lex, head, WORDS_ABROAD) || lemma_of(r->lex, head, WORDS_ABOARD) ||
           (f && f->type == FACT_COUNTRY);
}

static void add_to_scene(const reading *r, uint32_t k, scene *at)
{
    const dgm_mention *m = &r->doc->mentions.at[k];
    uint32_t rank = r->sightings.at[k].rank;
    for (uint32_t j = 0; j < m->n_entities; j++) {
        uint32_t i = r->doc->mention_entities.at[m->entities + j];
        const dgm_entity *e = &r->doc->entities.at[i];
        if (!dgm_is_state_code(e->country))
            continue;
        at->one = !at->country || (at->one && strcmp(at->country, e->country) == 0);
        at->country = e->country;
        bool home = !may_be_abroad(r, m, i) &&
                    (is_home_sector(e->sector) || strcmp(e->sector, "LEG") == 0 ||
                     strcmp(e->sector, "PTY") == 0);
        at->acts |= home && rank == 3;
        at->people |= home;
        at->force |= rank == 3 && (strcmp(e->sector, "MIL") == 0 || strcmp(e->sector, "GOV") == 0);
    }
}

/* The state of which the words before tell, where the last sentence that names any tells of nothing
 * else: "Malian police arrested ten students. Protesters marched in the capital." */
static const char *country_of_scene(const reading *r, const phrase *p)
{
    enum { BACK = 2 };
    bool local = acts_at_home(p) || strcmp(p->sector, "LEG") == 0 || strcmp(p->sector, "BUS") == 0;
    scene at = { NULL, false, false, false, false };
    uint32_t in = 0, end = r->first_mention + r->n_phrases;
    for (uint32_t k = end; k > oldest(end); k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (m->span.sentence == r->i_sentence && m->head >= p->head)
            continue;
        if (r->i_sentence - m->span.sentence > BACK || (at.country && m->span.sentence != in))
            break;
        in = m->span.sentence;
        add_to_scene(r, k - 1, &at);
    }
    if (!at.one || !(at.acts || (local && at.force && at.people)))
        return NULL;
    const char *main = main_country(r);
    return local || !main[0] ? at.country : NULL;
}

/* Nothing is said: whose it is by the story. */
static void guess_country(reading *r, const phrase *p, char out[4])
{
    if (actors_is_mere_weapon(r, p) || actors_is_coalition_of_arms(r, p))
        return;
    if (acts_from_afar(r, p)) {
        (void)country_of_police(r, p, out);
        return;
    }
    if (is_harmer_of(r, p)) {
        country_of_harmer(r, p, out);
        return;
    }
    if (country_of_speaker(r, p, out))
        return;
    const char *set = actors_country_set(r, p);
    if (set) {
        memcpy(out, set, 4);
        return;
    }
    if (country_of_court(r, p, out)) {
        r->guessed = false;
        return;
    }
    if (country_of_people(r, p, false, out) || country_of_jailer(r, p, out))
        return;
    bool state = is_of_one_state(r, p);
    if (state && country_of_accuser(r, p, out))
        return;
    const char *main = state ? main_country(r) : "";
    if (is_set_elsewhere(r, p) && country_of_place(r, p->head, out))
        return;
    const char *around = state ? country_of_scene(r, p) : NULL;
    if (around && !acts_on(r, p, around) && !is_done_by(r, p, around) &&
        !is_set_abroad(r, p, around)) {
        memcpy(out, around, 4);
        return;
    }
    bool official = p->kind == PHRASE_PERSON && strcmp(p->sector, "GOV") == 0;
    if (state && official && (country_at_hand(r, p, out) || country_of_dateline(r, p, out)))
        return;
    if (main[0] && acts_on(r, p, main))
        return;
    /* "the government" is the story's own, "gunmen in Lagos" are of Lagos. */
    bool here = !p->definite || !main[0] || acts_at_home(p);
    if (!official && here && country_of_place(r, p->head, out))
        return;
    if (country_of_ruler(r, p, out) || (state && country_at_hand(r, p, out)) ||
        country_of_force(r, p, out))
        return;
    const char *striker = striker_of(r, p);
    if (main[0] && !(striker && strcmp(striker, main) == 0)) {
        memcpy(out, main, 4);
        return;
    }
    if (!state || (is_officeholder(p) && country_of_dateline(r, p, out)))
        return;
    likely_country(r, p, out);
    if (!main[0] && !out[0] && p->definite) /* "the main opposition party" */
        (void)country_of_dateline(r, p, out);
}

void open_country(reading *r, const phrase *p, char out[4])
{
    out[0] = 0;
    r->guessed = r->untold = false;
    if (stated_country(r, p, out))
        return;
    r->guessed = true;
    guess_country(r, p, out);
    r->untold = is_anybodys(r, p, out);
    if (r->untold) {
        r->guessed = false;
        out[0] = 0;
    }
}
