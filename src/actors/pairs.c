/* The two that the story sets against or beside each other: "both sides", "the ministers" of two
 * states. */
#include "actors/kinds.h"
#include "document/party.h"

#include <string.h>

/* ---- "both sides" ---------------------------------------------------------------------------- */

/* Parties, firms and crowds are no sides of their own. */
static bool can_be_side(const dgm_entity *who)
{
    static const char sides[][4] = { "", "GOV", "MIL", "REB", "UAF", "PRM", "OPP", "COP", "PRE" };
    return dgm_is_among(who->sector, sides, DGM_LEN(sides)) || who->kind == DGM_ENTITY_PERSON;
}

/* How two of a pair are told apart: as states, or also as those who fight each other in one. */
typedef enum { BY_STATE, BY_CAMP } apart;

/* "The army and the rebels", "Mali and the Tuareg fighters": two of one state, one of them against
 * it. */
static bool are_camps(const reading *r, uint32_t a, uint32_t b)
{
    static const char against[][4] = { "REB", "UAF", "PRM", "OPP" };
    const uint32_t both[2] = { a, b };
    bool rebel[2], state[2];
    for (uint32_t k = 0; k < 2; k++) {
        const dgm_entity *e = &r->doc->entities.at[both[k]];
        rebel[k] = dgm_is_among(e->sector, against, DGM_LEN(against));
        state[k] = e->sector[0] ? dgm_is_sector_of_state(e->sector) : dgm_speaks_for_country(e);
    }
    return (rebel[0] && state[1]) || (rebel[1] && state[0]);
}

/* Adds who is another side than those there are; returns how many there are now. */
static uint32_t add_side(const reading *r, apart how, uint32_t entity, uint32_t *out, uint32_t n,
                         uint32_t max)
{
    const dgm_entity *who = &r->doc->entities.at[entity];
    bool known =
        who->kind == DGM_ENTITY_PLACE || !dgm_is_state_code(who->country) || !can_be_side(who);
    for (uint32_t k = 0; k < n && !known; k++)
        known = strcmp(r->doc->entities.at[out[k]].country, who->country) == 0 &&
                !(how == BY_CAMP && are_camps(r, entity, out[k]));
    if (!known && n < max)
        out[n++] = entity;
    return n;
}

/* "Mali's army", "the government of Colombia": the state only says whose another one is. */
static bool is_owner(const reading *r, const phrase *p)
{
    const dgm_word *word = &r->s->words[p->head];
    uint32_t owned = word->deprel == DGM_REL_NMOD || word->deprel == DGM_REL_NMOD_POSS ||
                             word->deprel == DGM_REL_AMOD
                         ? word->head
                         : 0;
    uint32_t j = owned ? r->of_word[owned] : DGM_NONE;
    const dgm_mention *m = j == DGM_NONE || r->state[j] != DONE ? NULL : mention_of(r, j);
    return m && m->n_entities > 0 &&
           dgm_is_same_country(
               r->doc, r->doc->mention_entities.at[m->entities],
               r->doc->mention_entities.at[mention_of(r, (uint32_t)(p - r->phrases))->entities]);
}

/* The distinct sides of the sentence before word `end`; returns how many, at most max. */
static uint32_t sides_before(const reading *r, apart how, uint32_t end, uint32_t subject,
                             uint32_t *out, uint32_t max)
{
    uint32_t n = 0;
    for (uint32_t j = 0; j < r->n_phrases && r->phrases[j].head < end; j++) {
        const dgm_mention *m = mention_of(r, j);
        if (r->state[j] != DONE || m->n_entities == 0 || m->n_entities > 2 || m->pronoun ||
            (subject && dgm_is_under(r->s->tree, subject, r->phrases[j].head)) ||
            is_owner(r, &r->phrases[j]))
            continue;
        for (uint32_t i = 0; i < m->n_entities; i++) /* two: "Russian and Georgian troops" */
            n = add_side(r, how, r->doc->mention_entities.at[m->entities + i], out, n, max);
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
    return add_side(r, BY_STATE, e, &one, 0, 1) ? one : DGM_NONE;
}

/* "Bombed", "detained": told of the clause's two, and not of everybody in the sentence. */
static bool is_fight(const reading *r, uint32_t verb)
{
    const dgm_word *word = &r->s->words[verb];
    return lemma_of(r->lex, word, WORDS_ATTACKING) || lemma_of(r->lex, word, WORDS_HARMING) ||
           lemma_of(r->lex, word, WORDS_STRIKING);
}

/* "Struck a depot in Russia", "bombed the town of Bol": where it is that somebody attacks. */
static bool is_attacked_place(const reading *r, uint32_t verb, uint32_t w)
{
    const dgm_word *words = r->s->words;
    uint32_t up = words[w].head, c = preposition_of(r->s, w);
    return is_fight(r, verb) && c && dgm_function_is(r->s->tree, c, DGM_FN_PLACE) &&
           (up == verb || (words[up].head == verb && words[up].deprel == DGM_REL_OBJ)) &&
           (words[w].deprel == DGM_REL_NMOD || words[w].deprel == DGM_REL_OBL);
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
static bool pair_of_clause(reading *r, apart how, uint32_t verb, uint32_t two[3])
{
    const dgm_sentence *s = r->s;
    uint32_t subject = dgm_subject_of(s->tree, verb, DGM_NEAREST), n = 1;
    two[0] = side_at(r, subject, false);
    if (two[0] == DGM_NONE)
        return false;
    for (uint32_t j = 0; j < r->n_phrases; j++) {
        uint32_t w = r->phrases[j].head;
        bool beside = s->words[w].deprel == DGM_REL_CONJ && s->words[w].head == subject;
        uint32_t e = beside || (w != subject &&
                                (is_other_argument(s, verb, w) || is_attacked_place(r, verb, w)))
                         ? side_at(r, w, !beside)
                         : DGM_NONE;
        if (e != DGM_NONE)
            n = add_side(r, how, e, two, n, 3);
    }
    return n == 2;
}

/* Whether exactly one of the two is of the pair, by its state. */
static bool shares_one(const reading *r, const uint32_t two[2], const uint32_t others[2])
{
    uint32_t shared = 0;
    for (uint32_t i = 0; i < 2; i++)
        for (uint32_t k = 0; k < 2; k++)
            shared += dgm_is_same_country(r->doc, two[i], others[k]);
    return shared == 1;
}

/* Whether the pair may be meant: "the two governments" are of two states. */
static bool suits(const reading *r, const pair *p, bool states)
{
    return p->told && !(states && dgm_is_same_country(r->doc, p->of[0], p->of[1]));
}

/* The pair that the story spoke of last, but of no mere visit if there is another; NULL: none. */
static const pair *latest_pair(const reading *r, bool states)
{
    const pair *best = NULL;
    for (uint32_t k = PAIR_MET; k < N_PAIRS; k++)
        if (suits(r, &r->pairs[k], states) && (!best || r->pairs[k].sentence >= best->sentence))
            best = &r->pairs[k];
    const pair *passing = &r->pairs[PAIR_PASSING];
    return best || !suits(r, passing, states) ? best : passing;
}

/* "Brazil urged Chile to talk": of those who quarrel it only speaks to one. */
static bool only_speaks_to(const reading *r, uint32_t verb, const uint32_t two[2])
{
    bool speech =
        dgm_asks_others(r->s->tree, verb) || dgm_has_class(r->s->tree, verb, DGM_CLASS_SAY);
    const pair *last = latest_pair(r, false);
    return speech && last && shares_one(r, two, last->of);
}

/* "Flew to Libreville", "received the Polish prime minister", "will visit Manila": what one does
 * beside what is between the two. */
static bool is_passing(const reading *r, uint32_t verb)
{
    return lemma_of(r->lex, &r->s->words[verb], WORDS_MOVING) ||
           dgm_has_class(r->s->tree, verb, DGM_CLASS_CALLS_ON);
}

static void keep_pair(reading *r, pair_kind kind, const uint32_t two[2])
{
    r->pairs[kind] = (pair) { .of = { two[0], two[1] }, .sentence = r->i_sentence, .told = true };
}

/* The two of whom a clause of the sentence tells that one does something with or to the other. */
static bool note_clause(reading *r, apart how, bool contest)
{
    for (uint32_t w = 1; w <= r->s->n_words; w++) {
        uint32_t two[3];
        dgm_deprel rel = r->s->words[w].deprel;
        if (r->s->words[w].upos != DGM_VERB ||
            (rel != DGM_REL_ROOT && rel != DGM_REL_CONJ && rel != DGM_REL_CCOMP) ||
            !pair_of_clause(r, how, w, two) || only_speaks_to(r, w, two))
            continue;
        if (!is_passing(r, w)) {
            keep_pair(r, contest || is_fight(r, w) ? PAIR_CONTEST : PAIR_MET, two);
            return true;
        }
        keep_pair(r, PAIR_PASSING, two);
    }
    return false;
}

/* Notes who the two sides are of which the story may speak next. */
void note_pair(reading *r)
{
    bool contest = false;
    for (uint32_t w = 1; w <= r->s->n_words; w++)
        contest |= lemma_of(r->lex, &r->s->words[w], WORDS_CONTEST);
    for (apart how = BY_STATE; how <= BY_CAMP; how++) {
        uint32_t two[3];
        if (contest && sides_before(r, how, r->s->n_words + 1, 0, two, 3) == 2) {
            keep_pair(r, PAIR_CONTEST, two);
            return;
        }
        if (note_clause(r, how, contest))
            return;
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
    const pair *last = latest_pair(r, false);
    for (uint32_t k = 0; k < 2; k++) {
        if (!last || r->doc->entities.at[last->of[k]].kind != DGM_ENTITY_PERSON)
            return false;
        two[k] = last->of[k];
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
static void states_just_named(reading *r, const char *but, uint32_t two[2])
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
        two[c] = country_entity(r, named[c], "", NULL);
}

/* The two that the sentence names before the word. */
static bool pair_here(reading *r, uint32_t word, uint32_t other, bool states, uint32_t two[2])
{
    for (apart how = BY_STATE; how <= (states ? BY_STATE : BY_CAMP); how++) {
        uint32_t named[3];
        if (sides_before(r, how, word, other, named, 3) != 2)
            continue;
        memcpy(two, named, 2 * sizeof *two);
        keep_pair(r, PAIR_CONTEST, two);
        return true;
    }
    return false;
}

/* Where no two are set against each other: the two states that were named last, or most. */
static bool pair_of_story(reading *r, uint32_t two[2])
{
    char states[2][4];
    two[0] = two[1] = DGM_NONE;
    states_just_named(r, "", two);
    if (two[0] == DGM_NONE && two_countries(r, states)) {
        two[0] = country_entity(r, states[0], "", NULL);
        two[1] = country_entity(r, states[1], "", NULL);
    }
    if (two[0] == DGM_NONE || two[1] == DGM_NONE)
        return false;
    keep_pair(r, PAIR_MET, two);
    return true;
}

/* Whether something is asked of those at the word: "Britain urged both sides". */
static bool is_asked(const reading *r, uint32_t word)
{
    const dgm_word *w = &r->s->words[word];
    return w->head && dgm_asks_others(r->s->tree, w->head) &&
           (w->deprel == DGM_REL_OBJ || w->deprel == DGM_REL_IOBJ || w->deprel == DGM_REL_OBL);
}

/* The country that asks it of them; "": none does. */
static const char *asking_country(const reading *r, uint32_t word)
{
    uint32_t up = r->s->words[word].head;
    uint32_t subject = is_asked(r, word) ? dgm_subject_of(r->s->tree, up, DGM_NEAREST) : 0;
    uint32_t j = subject ? r->of_word[subject] : DGM_NONE;
    const dgm_mention *m = j == DGM_NONE || r->state[j] != DONE ? NULL : mention_of(r, j);
    const dgm_entity *who = m && m->n_entities == 1
                                ? &r->doc->entities.at[r->doc->mention_entities.at[m->entities]]
                                : NULL;
    return who && dgm_speaks_for_country(who) ? who->country : "";
}

/* "Malawi's president met his Zambian counterpart. He called on both sides": whether the pair has
 * the one who asks, who is neither. */
static bool has_country(const reading *r, const uint32_t two[2], const char *country)
{
    for (uint32_t k = 0; k < 2 && country[0]; k++)
        if (strcmp(r->doc->entities.at[two[k]].country, country) == 0)
            return true;
    return false;
}

/* Whom that country asks: the two others named last, or the other of the pair. */
static void others_asked(reading *r, const char *asking, bool known, uint32_t two[2])
{
    uint32_t both[2] = { two[0], two[1] };
    two[0] = two[1] = DGM_NONE;
    if (asking[0])
        states_just_named(r, asking, two);
    for (uint32_t k = 0; k < 2 && known && two[0] == DGM_NONE; k++)
        if (strcmp(r->doc->entities.at[both[k]].country, asking) != 0)
            two[0] = both[k];
}

/* The pair that the word means. Whoever is asked to stop, to talk or to withdraw is rather of two
 * who fight than of two who have met since. NULL: none is known. */
static const pair *pair_meant(const reading *r, uint32_t word, bool states)
{
    enum { HOLDS = 5 };
    const pair *latest = latest_pair(r, states), *contest = &r->pairs[PAIR_CONTEST];
    bool recent = suits(r, contest, states) && r->i_sentence - contest->sentence <= HOLDS;
    if (is_asked(r, word) && recent)
        return contest;
    /* too little for a bare "both" */
    bool loose = latest && latest != contest;
    return loose && r->s->words[word].upos != DGM_NOUN ? NULL : latest;
}

/* What of one of the two is meant: the state of "the two countries", the government of "both
 * governments". */
static uint32_t meant_of(reading *r, uint32_t word, bool states, bool loose, uint32_t entity)
{
    const dgm_entity *e = &r->doc->entities.at[entity];
    bool leaders = dgm_view_eq(r->s->words[word].lemma, DGM_VIEW("leader"));
    if (lemma_of(r->lex, &r->s->words[word], WORDS_GOVERNMENT) && dgm_is_state_code(e->country))
        return government_entity(r, e->country, NULL);
    /* "The navies clashed. Oman urged the two countries": no navy is a country. */
    bool state = (states && (loose || !dgm_speaks_for_country(e))) ||
                 (e->kind == DGM_ENTITY_PERSON && !leaders);
    return state ? country_entity(r, e->country, "", NULL) : entity;
}

void resolve_set(reading *r, uint32_t i)
{
    const phrase *p = &r->phrases[i];
    const dgm_word *word = &r->s->words[p->head];
    uint32_t two[2];
    if (actors_resolve_one_of_two(r, i) || resolve_namesakes(r, i))
        return;
    /* "Britain urged both sides": Britain is neither. */
    uint32_t other = other_subject(r->s, p->head);
    if (form_of(r->lex, word, WORDS_LEADER) &&
        (pair_of_persons(r, two) || last_persons(r, other, two))) {
        set_entities(r, i, two, 2, DGM_VIA_COREF);
        return;
    }
    bool states = lemma_of(r->lex, word, WORDS_STATE) || lemma_of(r->lex, word, WORDS_OTHER_STATE);
    bool of_states = states || lemma_of(r->lex, word, WORDS_GOVERNMENT);
    bool here = pair_here(r, p->head, other, of_states, two);
    const pair *meant = here ? &r->pairs[PAIR_CONTEST] : pair_meant(r, p->head, of_states);
    bool camps = meant && dgm_is_same_country(r->doc, meant->of[0], meant->of[1]);
    if (!here && !camps && !states && take_civil_war(r, two)) {
        set_entities(r, i, two, 2, DGM_VIA_COREF);
        return;
    }
    bool loose = meant && meant != &r->pairs[PAIR_CONTEST], known = meant != NULL;
    if (meant)
        memcpy(two, meant->of, sizeof two);
    else
        known = pair_of_story(r, two);
    const char *asking = asking_country(r, p->head);
    if (!known || has_country(r, two, asking))
        others_asked(r, asking, known, two);
    else
        for (uint32_t k = 0; k < 2; k++)
            two[k] = meant_of(r, p->head, states, loose, two[k]);
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
    if (!pair_here(r, p->head, other_subject(r->s, p->head), true, two)) {
        const pair *last = latest_pair(r, true);
        if (last)
            memcpy(two, last->of, sizeof last->of);
        else if (!pair_of_story(r, two))
            return false;
    }
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
