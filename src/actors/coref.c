/* Pronouns.
 *
 * Pronouns follow Hobbs (1978) and Lappin and Leass (1994) in small: a possessive or a subject
 * inside a clause looks up the tree for the subjects above it; failing that, the last sentences'
 * mentions are weighed by recency and grammatical role. Where a thing that is no actor is the
 * likelier antecedent, nobody is taken: rather none than a wrong one. */
#include "actors/kinds.h"

#include <string.h>

/* ---- whether an entity can be what the pronoun stands for ------------------------------------ */

static bool entity_suits(const reading *r, uint32_t i, bool plural, pronoun kind)
{
    const dgm_entity *e = &r->doc->entities.at[i];
    bool person = e->kind == DGM_ENTITY_PERSON;
    switch (kind) {
    case P_HE:
        return person && !plural && !e->female;
    case P_SHE:
        return person && !plural && !e->male;
    case P_IT:
        return !person && !plural && e->kind != DGM_ENTITY_PLACE && e->kind != DGM_ENTITY_OTHER &&
               !(e->kind == DGM_ENTITY_GROUP && e->plural);
    case P_THEY:
        return plural || e->plural || e->kind == DGM_ENTITY_GROUP;
    default:
        return false;
    }
}

static bool mention_suits(const reading *r, uint32_t k, pronoun kind)
{
    const dgm_mention *m = &r->doc->mentions.at[k];
    const dgm_word *head = &r->doc->sentences.at[m->span.sentence].words[m->head];
    if (m->n_entities == 0 || pronoun_of(head) == P_WE)
        return false;
    if (m->n_entities > 1)
        return kind == P_THEY;
    /* "Rebels fled. The group said that it": "the group" made one of them. */
    if (kind == P_IT && !r->sightings.at[k].plural && lemma_of(r->lex, head, WORDS_BODY))
        return true;
    return entity_suits(r, r->doc->mention_entities.at[m->entities], r->sightings.at[k].plural,
                        kind);
}

/* States, governments and bodies are "they" too, where nothing plural is at hand. */
static bool is_collective(const reading *r, uint32_t k)
{
    const dgm_mention *m = &r->doc->mentions.at[k];
    if (m->n_entities != 1)
        return false;
    uint32_t i = r->doc->mention_entities.at[m->entities];
    dgm_entity_kind kind = r->doc->entities.at[i].kind;
    return kind == DGM_ENTITY_COUNTRY || kind == DGM_ENTITY_GOVERNMENT || kind == DGM_ENTITY_ORG ||
           kind == DGM_ENTITY_GROUP;
}

/* Whom the pronoun cannot mean: who says it, and the one who acts on it, by whatever word: "The
 * officers beat them" after "Police detained six men". */
static bool is_barred(const reading *r, const dgm_mention *m)
{
    if (m->n_entities != 1)
        return false;
    uint32_t i = r->doc->mention_entities.at[m->entities];
    if (i == r->speaker && r->speaker != DGM_NONE)
        return true;
    if (r->barred == DGM_NONE)
        return false;
    const dgm_entity *a = &r->doc->entities.at[i], *b = &r->doc->entities.at[r->barred];
    bool two = a->kind == DGM_ENTITY_PERSON && b->kind == DGM_ENTITY_PERSON;
    bool same = !two && a->sector[0] && !r->actors.at[i].named && !r->actors.at[r->barred].named &&
                strcmp(a->sector, b->sector) == 0 && strcmp(a->country, b->country) == 0;
    return i == r->barred || same;
}

/* ---- the sentence's own subjects ------------------------------------------------------------- */

/* "Russia and China ... they": all conjuncts of the subject, into one mention. */
static bool take_conjuncts(reading *r, uint32_t i, uint32_t subject)
{
    uint32_t all[16], n = 0;
    for (uint32_t w = subject; w <= r->s->n_words && n < DGM_LEN(all); w++) {
        const dgm_word *word = &r->s->words[w];
        bool in = w == subject;
        for (uint32_t c = w, k = 0; !in && k < 8 && word->deprel == DGM_REL_CONJ; k++) {
            if (r->s->words[c].deprel != DGM_REL_CONJ)
                break;
            c = r->s->words[c].head;
            in = c == subject;
        }
        uint32_t j = in ? r->of_word[w] : DGM_NONE;
        if (j == DGM_NONE || r->state[j] != DONE)
            continue;
        const dgm_mention *m = mention_of(r, j);
        if (m->n_entities > 0)
            all[n++] = r->doc->mention_entities.at[m->entities];
    }
    if (n < 2)
        return false;
    set_entities(r, i, all, n, DGM_VIA_COREF);
    return true;
}

typedef enum { TAKEN, REFUSED, GO_ON } verdict;

/* What a pronoun is looked for. */
typedef struct {
    uint32_t i; /* its phrase */
    pronoun kind;
    bool collective; /* "they" may be a state or body */
} search;

/* A thing that is no actor forbids "it", things "they". */
static verdict refused_by(const dgm_word *word, pronoun kind)
{
    bool plural = dgm_has_feat(word, DGM_VIEW("Number=Plur"));
    bool thing = word->upos == DGM_NOUN || word->upos == DGM_PROPN;
    return thing && ((kind == P_IT && !plural) || (kind == P_THEY && plural)) ? REFUSED : GO_ON;
}

static verdict try_mention(reading *r, const search *of, uint32_t k)
{
    if (!mention_suits(r, k, of->kind) &&
        !(of->collective && of->kind == P_THEY && is_collective(r, k)))
        return GO_ON;
    copy_mention(r, of->i, &r->doc->mentions.at[k], DGM_VIA_COREF);
    return TAKEN;
}

/* Whether the subject is the antecedent, or as a thing forbids any. */
static verdict try_subject(reading *r, const search *of, uint32_t subject)
{
    const dgm_word *word = &r->s->words[subject];
    if (of->kind == P_THEY && take_conjuncts(r, of->i, subject))
        return TAKEN;
    uint32_t j = r->of_word[subject];
    if (j != DGM_NONE)
        resolve(r, j);
    if (j != DGM_NONE && r->state[j] == DONE && mention_of(r, j)->n_entities > 0) {
        const dgm_mention *m = mention_of(r, j);
        return is_barred(r, m) ? GO_ON : try_mention(r, of, r->first_mention + j);
    }
    if (word->upos == DGM_PRON)
        return j != DGM_NONE && pronoun_of(word) == of->kind ? REFUSED : GO_ON;
    return refused_by(word, of->kind);
}

/* "sanctions on Iran for its tests": the one at whom a deed "for" or "over" something aims. */
static verdict try_blamed(reading *r, uint32_t i, pronoun kind)
{
    const dgm_sentence *s = r->s;
    uint32_t w = r->phrases[i].head, thing = s->words[w].head, verb = s->words[thing].head;
    uint32_t c = thing ? preposition_of(s, thing) : 0;
    if (s->words[w].deprel != DGM_REL_NMOD_POSS || kind == P_HE || kind == P_SHE || !c || !verb ||
        !dgm_function_is(s->tree, c, DGM_FN_REASON))
        return GO_ON;
    for (uint32_t k = verb + 1; k < c; k++) {
        const dgm_word *word = &s->words[k];
        uint32_t j = r->of_word[k];
        bool object = word->deprel == DGM_REL_OBJ && word->head == verb;
        bool aimed = dgm_has_function(s->tree, k, DGM_FN_AIM) && dgm_is_under(s->tree, verb, k);
        if (j == DGM_NONE || !(object || aimed))
            continue;
        resolve(r, j);
        if (mention_suits(r, r->first_mention + j, kind)) {
            copy_mention(r, i, mention_of(r, j), DGM_VIA_COREF);
            return TAKEN;
        }
    }
    return GO_ON;
}

/* "Peru will not attack Chile, its premier said": whoever acts in what was said, where that comes
 * first. */
static verdict try_told(reading *r, const search *of)
{
    const dgm_sentence *s = r->s;
    uint32_t w = r->phrases[of->i].head;
    uint32_t speaker = s->words[w].deprel == DGM_REL_NMOD_POSS ? s->words[w].head : w;
    uint32_t verb = s->words[speaker].head;
    if (s->words[speaker].deprel != DGM_REL_NSUBJ || !dgm_has_class(s->tree, verb, DGM_CLASS_SAY))
        return GO_ON;
    uint32_t told = dgm_child_of(s->tree, verb, DGM_REL_CCOMP);
    uint32_t subject = told && told < w ? dgm_subject_of(s->tree, told, DGM_NEAREST) : 0;
    return subject && subject < w && try_subject(r, of, subject) == TAKEN ? TAKEN : GO_ON;
}

/* Clauses whose unspoken subject is the object above: "urge X to", "accuse X of doing". */
static bool is_controlled(const dgm_sentence *s, uint32_t clause)
{
    if (s->words[clause].deprel == DGM_REL_XCOMP)
        return true;
    uint32_t mark = dgm_child_of(s->tree, clause, DGM_REL_MARK);
    return s->words[clause].deprel == DGM_REL_ADVCL && mark &&
           dgm_function_is(s->tree, mark, DGM_FN_CONTROLLED);
}

/* The way up from a pronoun. */
typedef struct {
    search of;
    uint32_t word;
    bool possessive, reflexive;
    bool own_clause; /* nobody who acts in the pronoun's own clause was met yet */
    uint32_t harmer; /* word: whose the harmed thing is only if nobody else is found; 0: none */
} climb;

/* "if Chad bombed its wells", "accused Chad of spying on its army": a state harms what is
 * another's, where there is another. */
static bool harms_thing_of(const reading *r, const climb *c, uint32_t verb)
{
    const dgm_sentence *s = r->s;
    uint32_t thing = s->words[c->word].head;
    dgm_deprel how = s->words[thing].deprel;
    bool harmed =
        how == DGM_REL_OBJ || (how == DGM_REL_OBL && dgm_has_function(s->tree, thing, DGM_FN_AIM));
    return c->own_clause && c->possessive && (c->of.kind == P_IT || c->of.kind == P_THEY) &&
           s->words[thing].head == verb && harmed &&
           lemma_of(r->lex, &s->words[verb], WORDS_ATTACKING) && c->word + 1 <= s->n_words &&
           !dgm_function_is(s->tree, c->word + 1, DGM_FN_OWN) &&
           !lemma_of(r->lex, &s->words[thing], WORDS_OWN_PEOPLE);
}

/* "urged Baku to pull its troops": the object of the verb above acts below. */
static verdict try_controller(reading *r, climb *c, uint32_t below, uint32_t up)
{
    const dgm_sentence *s = r->s;
    uint32_t object = is_controlled(s, below) ? dgm_child_of(s->tree, up, DGM_REL_OBJ) : 0;
    if (!object && is_controlled(s, below)) /* "asked the police to arrest him" */
        object = dgm_child_of(s->tree, up, DGM_REL_IOBJ);
    if (!object || object >= c->word)
        return GO_ON;
    if (c->own_clause && !c->possessive) {
        r->barred = entity_at(r, object); /* "accused them of beating it" */
        c->own_clause = false;
        return GO_ON;
    }
    if (harms_thing_of(r, c, below)) {
        c->harmer = object;
        c->own_clause = false;
        return GO_ON;
    }
    return dgm_is_under(s->tree, object, c->word) ? GO_ON : try_subject(r, &c->of, object);
}

/* The subject of a clause; of two, which the parser makes of "the College, the largest of all,",
 * the one that is somebody. */
static uint32_t acting_subject(const reading *r, uint32_t verb)
{
    uint32_t subject = dgm_subject_of(r->s->tree, verb, DGM_NEAREST);
    if (!subject || r->of_word[subject] != DGM_NONE)
        return subject;
    DGM_EACH_CHILD(r->s->tree, verb, w)
    if (r->s->words[w].deprel == DGM_REL_NSUBJ && r->of_word[w] != DGM_NONE)
        return w;
    return subject;
}

/* "threatened Chad with war | if it attacked", "will help Chad if it asks": what is done to
 * somebody hangs on what he does. */
static verdict try_bargain(reading *r, const climb *c, uint32_t below, uint32_t up)
{
    const dgm_sentence *s = r->s;
    if (s->words[c->word].head != below || s->words[c->word].deprel != DGM_REL_NSUBJ ||
        s->words[below].deprel != DGM_REL_ADVCL || dgm_is_passive(s->tree, below) ||
        !dgm_is_condition(s->tree, below))
        return GO_ON;
    uint32_t object = dgm_child_of(s->tree, up, DGM_REL_IOBJ);
    if (!object)
        object = dgm_child_of(s->tree, up, DGM_REL_OBJ);
    if (!object || object > below || r->of_word[object] == DGM_NONE)
        return GO_ON;
    return try_subject(r, &c->of, object) == TAKEN ? TAKEN : GO_ON;
}

static verdict try_clause(reading *r, climb *c, uint32_t below, uint32_t up)
{
    const dgm_sentence *s = r->s;
    uint32_t subject = acting_subject(r, up);
    if (!subject)
        return GO_ON;
    bool harms = harms_thing_of(r, c, up);
    /* "summoned them and banned him": verbs that share a subject bar it alike */
    bool conjunct = s->words[below].deprel == DGM_REL_CONJ && s->words[below].upos != DGM_VERB;
    /* "Iran accused it": subject and object of one verb are two. */
    bool barred = c->own_clause && !c->possessive && !c->reflexive && !conjunct;
    c->own_clause = false;
    if (subject >= c->word)
        return GO_ON;
    if (harms) {
        c->harmer = subject;
        return GO_ON;
    }
    if (barred) {
        r->barred = entity_at(r, subject);
        return GO_ON;
    }
    return dgm_is_under(s->tree, subject, c->word) ? GO_ON : try_subject(r, &c->of, subject);
}

/* Climbs from the pronoun to each clause above and tries its subject. */
static verdict try_clauses(reading *r, search of)
{
    const dgm_word *words = r->s->words;
    uint32_t w = r->phrases[of.i].head, below = w;
    climb c = { .of = of,
                .word = w,
                .possessive = words[w].deprel == DGM_REL_NMOD_POSS,
                .reflexive = dgm_view_ends(words[w].form, DGM_VIEW("self")) ||
                             dgm_view_ends(words[w].form, DGM_VIEW("selves")),
                .own_clause = true };
    for (uint32_t up = words[w].head, k = 0; up && k < MAX_UP; up = words[up].head, k++) {
        verdict v = try_controller(r, &c, below, up);
        if (v == GO_ON)
            v = try_bargain(r, &c, below, up);
        if (v == GO_ON)
            v = try_clause(r, &c, below, up);
        if (v != GO_ON)
            return v;
        below = up;
    }
    return c.harmer ? try_subject(r, &c.of, c.harmer) : GO_ON;
}

/* ---- sentences before ------------------------------------------------------------------------ */

/* "Russia and China ... They": all conjuncts of the subject of the sentence before. */
static bool take_conjuncts_before(reading *r, uint32_t i, const dgm_sentence *s, uint32_t subject)
{
    uint32_t all[16], n = 0;
    for (uint32_t w = subject; w <= s->n_words && n < DGM_LEN(all); w++) {
        bool in =
            w == subject || (s->words[w].deprel == DGM_REL_CONJ && s->words[w].head == subject);
        const dgm_mention *m = in && s->words[w].mention != DGM_NONE
                                   ? &r->doc->mentions.at[s->words[w].mention]
                                   : NULL;
        if (m && m->n_entities > 0)
            all[n++] = r->doc->mention_entities.at[m->entities];
    }
    if (n < 2)
        return false;
    set_entities(r, i, all, n, DGM_VIA_COREF);
    return true;
}

/* "Troops fired, officials said. They": whose word it is, and no more than that, is not what the
 * story is about. */
static bool is_mere_voice(const reading *r, const dgm_mention *m)
{
    const dgm_sentence *s = &r->doc->sentences.at[m->span.sentence];
    uint32_t verb = s->words[m->head].head;
    if (m->n_entities != 1 || !verb || s->words[verb].head != 0 || dgm_told_root(s->tree) == verb)
        return false;
    uint32_t i = r->doc->mention_entities.at[m->entities];
    return r->doc->entities.at[i].kind == DGM_ENTITY_GROUP && !r->actors.at[i].named;
}

static bool is_speaking(const reading *r, uint32_t i)
{
    uint32_t verb = r->s->words[r->phrases[i].head].head;
    return verb && dgm_has_class(r->s->tree, verb, DGM_CLASS_SAY);
}

/* The main subject of the sentence before; a thing there refuses "it". */
static verdict try_sentence_before(reading *r, const search *of)
{
    if (r->i_sentence == 0)
        return REFUSED;
    const dgm_sentence *s = &r->doc->sentences.at[r->i_sentence - 1];
    uint32_t root = dgm_child_of(s->tree, 0, DGM_REL_ROOT);
    uint32_t subject = root ? dgm_subject_of(s->tree, root, DGM_NEAREST) : 0;
    uint32_t voice = subject ? s->words[subject].mention : DGM_NONE;
    if (voice != DGM_NONE && !is_speaking(r, of->i) &&
        is_mere_voice(r, &r->doc->mentions.at[voice]))
        subject = dgm_subject_of(s->tree, dgm_told_root(s->tree), DGM_NEAREST);
    if (!subject)
        return GO_ON;
    if (of->kind == P_THEY && take_conjuncts_before(r, of->i, s, subject))
        return TAKEN;
    uint32_t k = s->words[subject].mention;
    const dgm_mention *m = k == DGM_NONE ? NULL : &r->doc->mentions.at[k];
    if (m && is_barred(r, m))
        return GO_ON; /* "They freed them": two of the sentence before */
    if (m && m->n_entities > 0)
        return try_mention(r, of, k);
    return refused_by(&s->words[subject], of->kind);
}

static bool shares_verb(const reading *r, uint32_t i, const dgm_mention *m)
{
    const dgm_word *a = &r->s->words[r->phrases[i].head], *b = &r->s->words[m->head];
    return m->span.sentence == r->i_sentence && a->deprel != DGM_REL_NMOD_POSS &&
           a->head == b->head;
}

/* Whether the story has called the person so before. */
static bool knows_gender(const reading *r, const dgm_mention *m, pronoun kind)
{
    if (m->n_entities != 1)
        return false;
    const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
    return (kind == P_HE && e->male) || (kind == P_SHE && e->female);
}

/* The best of the last mentions by role and recency; how far back depends on the pronoun. */
static void try_recent(reading *r, uint32_t i, pronoun kind)
{
    const phrase *p = &r->phrases[i];
    uint32_t back = kind == P_HE || kind == P_SHE ? MAX_BACK : 1;
    uint8_t least = kind == P_HE || kind == P_SHE ? 1 : 2;
    bool quoted = r->s->words[p->head].in_quotes, speaking = is_speaking(r, i);
    uint32_t best = DGM_NONE;
    int best_score = 0;
    for (uint32_t k = r->first_mention + r->n_phrases; k > 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        uint32_t distance = r->i_sentence - m->span.sentence;
        if (distance > back)
            break;
        if ((distance == 0 && m->head >= p->head) || is_barred(r, m) ||
            !mention_suits(r, k - 1, kind) || shares_verb(r, i, m) || is_hearer(r, m) ||
            (!speaking && is_mere_voice(r, m)) || r->sightings.at[k - 1].rank < least)
            continue;
        int score = 1000 - 40 * (int)distance + 12 * r->sightings.at[k - 1].rank;
        if (m->n_entities == 1)
            score += r->actors.at[r->doc->mention_entities.at[m->entities]].named ? 6 : 0;
        score += knows_gender(r, m, kind) ? 30 : 0;
        score -= r->sightings.at[k - 1].quoted != quoted ? 15 : 0;
        if (distance == 0)
            score -= (int)DGM_MIN(p->head - m->head, 60u) / 6;
        if (score > best_score) {
            best = k - 1;
            best_score = score;
        }
    }
    if (best != DGM_NONE)
        copy_mention(r, i, &r->doc->mentions.at[best], DGM_VIA_COREF);
    else
        set_entity(r, i, DGM_NONE, DGM_VIA_COREF);
}

/* ---- relative pronouns ----------------------------------------------------------------------- */

/* The phrase that word lies in, or that ends right before it. */
static uint32_t phrase_about(const reading *r, uint32_t word)
{
    for (uint32_t j = r->n_phrases; j > 0; j--) {
        const phrase *p = &r->phrases[j - 1];
        if (p->kind != PHRASE_PRONOUN && p->first <= word && word <= p->last)
            return j - 1;
    }
    return DGM_NONE;
}

/* The phrase that the relative clause over a word hangs on. */
static uint32_t phrase_of_clause(const reading *r, uint32_t word)
{
    const dgm_word *words = r->s->words;
    for (uint32_t k = 0, up = word; k < MAX_UP && up; k++, up = words[up].head)
        if (words[up].deprel == DGM_REL_ACL_RELCL) {
            uint32_t head = words[up].head;
            return r->of_word[head] != DGM_NONE ? r->of_word[head] : phrase_about(r, head);
        }
    return DGM_NONE;
}

/* The phrase that a relative pronoun stands for; `near`: the one before its comma. */
static uint32_t phrase_of_relative(const reading *r, uint32_t w, bool comma, uint32_t near)
{
    uint32_t j = phrase_of_clause(r, w);
    /* "who" is a person's even where the parser lost the clause. */
    if (j == DGM_NONE)
        return w > 2 && dgm_function_is(r->s->tree, w, DGM_FN_WHO)
                   ? (comma ? near : phrase_about(r, w - 1))
                   : DGM_NONE;
    /* "said Mr X, who": hung on a noun further off. */
    bool further = near != DGM_NONE && r->phrases[near].kind == PHRASE_PERSON &&
                   r->phrases[j].last + 2 < w &&
                   !dgm_is_under(r->s->tree, r->phrases[j].head, r->phrases[near].head);
    return further ? near : j;
}

/* "strikes in Gaza that killed ten": hung on the place, which killed nobody. */
static bool is_place_that_harms(const reading *r, uint32_t i, uint32_t j)
{
    const dgm_word *word = &r->s->words[r->phrases[i].head];
    return r->phrases[j].locative && word->deprel == DGM_REL_NSUBJ && word->head &&
           lemma_of(r->lex, &r->s->words[word->head], WORDS_HARMING);
}

static void resolve_relative(reading *r, uint32_t i)
{
    uint32_t w = r->phrases[i].head;
    bool comma = w > 2 && dgm_view_eq(r->s->words[w - 1].form, DGM_VIEW(","));
    uint32_t near = comma ? phrase_about(r, w - 2) : DGM_NONE;
    uint32_t j = phrase_of_relative(r, w, comma, near);
    if (j != DGM_NONE && j != i)
        resolve(r, j);
    /* "including Russia, which": hung on another head. */
    if (comma && (j == DGM_NONE || mention_of(r, j)->n_entities == 0)) {
        j = near;
        if (j != DGM_NONE && j != i)
            resolve(r, j);
    }
    if (j != DGM_NONE && j != i && !is_place_that_harms(r, i, j))
        copy_mention(r, i, mention_of(r, j), DGM_VIA_COREF);
    else
        set_entity(r, i, DGM_NONE, DGM_VIA_COREF);
}

/* "it is six days since", "it is clear that", "it rained", "it was warm" */
static bool is_dummy(const lexicon *lex, const dgm_sentence *s, uint32_t w)
{
    uint32_t up = s->words[w].head;
    if (!up || !dgm_is_subject(s->words[w].deprel))
        return false;
    bool clause = dgm_child_of(s->tree, up, DGM_REL_CSUBJ) ||
                  dgm_child_of(s->tree, up, DGM_REL_CCOMP) ||
                  dgm_child_of(s->tree, up, DGM_REL_XCOMP);
    return form_of(lex, &s->words[up], WORDS_TIME_UNIT) ||
           lemma_of(lex, &s->words[up], WORDS_WEATHER) ||
           (s->words[up].upos == DGM_ADJ && clause && dgm_child_of(s->tree, up, DGM_REL_COP));
}

static void note_gender(reading *r, uint32_t i, pronoun kind)
{
    const dgm_mention *m = mention_of(r, i);
    if (m->n_entities != 1 || (kind != P_HE && kind != P_SHE))
        return;
    dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
    e->male |= kind == P_HE;
    e->female |= kind == P_SHE;
}

/* ---- "they" against "us" --------------------------------------------------------------------- */

/* "They shelled our outpost": who is quoted speaks of what was done to his own side. */
static bool is_done_to_us(const reading *r, uint32_t word)
{
    const dgm_sentence *s = r->s;
    uint32_t verb = s->words[word].head;
    if (!s->words[word].in_quotes || s->words[word].deprel != DGM_REL_NSUBJ || !verb ||
        !lemma_of(r->lex, &s->words[verb], WORDS_ATTACKING))
        return false;
    for (uint32_t w = verb + 1; w <= s->n_words && s->words[w].in_quotes; w++)
        if (pronoun_of(&s->words[w]) == P_WE && s->words[w].deprel != DGM_REL_NSUBJ &&
            dgm_is_under(s->tree, verb, w))
            return true;
    return false;
}

/* A state, its army or police, or an armed group. */
static bool can_fight(const dgm_entity *who)
{
    return who->kind != DGM_ENTITY_PLACE &&
           (who->kind == DGM_ENTITY_COUNTRY || dgm_speaks_for_country(who) ||
            actors_is_state_force(who->sector) || actors_is_armed_group(who->sector));
}

/* The other side, of which the sentences before spoke last. False: the state of whoever is quoted
 * is not known, or no other was named. */
static bool resolve_other_side(reading *r, uint32_t i)
{
    uint32_t word = r->phrases[i].head, other[4], n = 0;
    uint32_t k = is_done_to_us(r, word) ? actors_speaker_of(r, word) : DGM_NONE;
    const dgm_mention *says = k == DGM_NONE ? NULL : &r->doc->mentions.at[k];
    const dgm_entity *us =
        says ? &r->doc->entities.at[r->doc->mention_entities.at[says->entities]] : NULL;
    const char *own = us && can_fight(us) ? us->country : "";
    for (k = r->first_mention; dgm_is_state_code(own) && k > 0 && n == 0; k--) {
        const dgm_mention *m = &r->doc->mentions.at[k - 1];
        if (r->i_sentence - m->span.sentence > MAX_BACK)
            break;
        for (uint32_t j = 0; j < m->n_entities && n < DGM_LEN(other) && !m->pronoun; j++) {
            uint32_t e = r->doc->mention_entities.at[m->entities + j];
            const dgm_entity *who = &r->doc->entities.at[e];
            if (can_fight(who) && !who->guessed && dgm_is_state_code(who->country) &&
                strcmp(who->country, own) != 0)
                other[n++] = e;
        }
    }
    if (n > 0)
        set_entities(r, i, other, n, DGM_VIA_COREF);
    return n > 0;
}

/* Who says "he" or "she" in a quotation: of himself he would say "I". But of `vowed that he would
 * "use all that he has"` only a part is quoted. DGM_NONE: not quoted, or nobody is known to say it.
 */
static uint32_t who_says(reading *r, uint32_t word)
{
    const dgm_sentence *s = r->s;
    uint32_t top = word, steps = 0;
    for (; steps < MAX_UP && s->words[top].head && s->words[s->words[top].head].in_quotes; steps++)
        top = s->words[top].head;
    uint32_t subject = dgm_subject_of(s->tree, top, DGM_NEAREST);
    if (!s->words[word].in_quotes || steps == MAX_UP || !subject || !s->words[subject].in_quotes)
        return DGM_NONE;
    uint32_t k = actors_speaker_of(r, word);
    const dgm_mention *m = k == DGM_NONE ? NULL : &r->doc->mentions.at[k];
    return m && m->n_entities == 1 ? r->doc->mention_entities.at[m->entities] : DGM_NONE;
}

/* Looks for the one that the pronoun stands for, nearest first. */
static void look_for(reading *r, uint32_t i, pronoun kind)
{
    const dgm_word *word = &r->s->words[r->phrases[i].head];
    bool person = kind == P_HE || kind == P_SHE;
    uint32_t speaker = r->speaker, barred = r->barred; /* of the pronoun that asked for this one */
    r->speaker = person ? who_says(r, r->phrases[i].head) : DGM_NONE;
    r->barred = DGM_NONE;
    verdict v = try_blamed(r, i, kind);
    if (v == GO_ON)
        v = try_told(r, &(search) { i, kind, false });
    if (v == GO_ON)
        v = try_clauses(r, (search) { i, kind, false });
    bool object = word->deprel == DGM_REL_OBJ || word->deprel == DGM_REL_OBL ||
                  word->deprel == DGM_REL_IOBJ || word->deprel == DGM_REL_NMOD;
    /* "the army ... they" only where nothing is plural */
    if (v == GO_ON && kind == P_THEY && !object)
        v = try_clauses(r, (search) { i, kind, true });
    bool of_thing = kind == P_IT && object; /* more often than not */
    if (v == GO_ON && !person && !of_thing)
        v = try_sentence_before(r, &(search) { i, kind, !object });
    if (v == GO_ON && !of_thing)
        try_recent(r, i, kind);
    r->speaker = speaker;
    r->barred = barred;
}

void resolve_pronoun(reading *r, uint32_t i)
{
    const dgm_word *word = &r->s->words[r->phrases[i].head];
    pronoun kind = pronoun_of(word);
    if (kind == P_RELATIVE) {
        resolve_relative(r, i);
        return;
    }
    if (kind == P_I || kind == P_WE) {
        resolve_first_person(r, i);
        return;
    }
    set_entity(r, i, DGM_NONE, DGM_VIA_COREF);
    r->state[i] = BUSY;
    if (kind == P_NONE || word->deprel == DGM_REL_EXPL ||
        (kind == P_IT && is_dummy(r->lex, r->s, r->phrases[i].head)) ||
        (kind == P_THEY && resolve_other_side(r, i)))
        return;
    look_for(r, i, kind);
    note_gender(r, i, kind);
}
