/* Grammatical relations as rules mean them, read off a UD tree. Every walk up the tree is bounded
 * by MAX_CLIMB, so that broken trees end too. */
#include "events/clause.h"

#include <string.h>

enum { MAX_CLIMB = 10, MAX_DESCENT = 4, MAX_QUESTIONS = 6 };

/* ---- small questions ------------------------------------------------------------------------ */

#define EACH_CHILD(c, head, w)                                                                     \
    for (uint32_t w = (c)->first_child[head]; w != 0; w = (c)->next_sibling[w])

static bool is_lemma(const dgm_clause *c, uint32_t word, const char *lemma)
{
    size_t n = strlen(lemma);
    return c->lemmas[word].n == n && memcmp(c->lemmas[word].p, lemma, n) == 0;
}

static uint32_t child(const dgm_clause *c, uint32_t head, dgm_deprel deprel)
{
    EACH_CHILD(c, head, w)
    if (c->s->words[w].deprel == deprel)
        return w;
    return 0;
}

static bool names_somebody(const dgm_clause *c, uint32_t word)
{
    uint32_t mention = c->s->words[word].mention;
    return mention != DGM_NONE && c->doc->mentions.at[mention].n_entities > 0;
}

/* The first child of that relation that names somebody; failing that, the first. */
static uint32_t best_child(const dgm_clause *c, uint32_t head, dgm_deprel deprel)
{
    uint32_t first = 0;
    EACH_CHILD(c, head, w)
    {
        if (c->s->words[w].deprel != deprel)
            continue;
        if (c->s->words[w].mention != DGM_NONE)
            return w;
        first = first ? first : w;
    }
    return first;
}

bool dgm_has_class(const dgm_clause *c, uint32_t word, uint32_t class_id)
{
    for (uint32_t i = 0; i < c->classes[word].n; i++)
        if (c->classes[word].ids[i] == class_id)
            return true;
    return false;
}

static bool is_past_participle(const dgm_word *word)
{
    return dgm_view_eq(word->xpos, DGM_VIEW("VBN")) ||
           (dgm_has_feat(word, DGM_VIEW("VerbForm=Part")) &&
            dgm_has_feat(word, DGM_VIEW("Tense=Past")));
}

static bool is_gerund(const dgm_word *word)
{
    return dgm_view_eq(word->xpos, DGM_VIEW("VBG")) || dgm_has_feat(word, DGM_VIEW("VerbForm=Ger"));
}

static bool is_relative_pronoun(const dgm_clause *c, uint32_t word)
{
    return is_lemma(c, word, "who") || is_lemma(c, word, "which") || is_lemma(c, word, "that") ||
           is_lemma(c, word, "whom");
}

static bool has_preposition(const dgm_clause *c, uint32_t word, dgm_view preposition)
{
    EACH_CHILD(c, word, w)
    {
        const dgm_word *it = &c->s->words[w];
        if ((it->deprel == DGM_REL_CASE || (it->deprel == DGM_REL_MARK && it->upos != DGM_PART)) &&
            dgm_view_eq(c->lemmas[w], preposition))
            return true;
    }
    return false;
}

static bool has_to(const dgm_clause *c, uint32_t word)
{
    EACH_CHILD(c, word, w)
    if (c->s->words[w].deprel == DGM_REL_MARK && is_lemma(c, w, "to"))
        return true;
    return false;
}

static bool has_own_subject(const dgm_clause *c, uint32_t word)
{
    return child(c, word, DGM_REL_NSUBJ) || child(c, word, DGM_REL_NSUBJ_PASS);
}

/* "The villagers complained of beatings" is no passive, whatever its subject was called: outside
 * headlines a passive has its auxiliary, and these have a complement of their own. */
static bool takes_no_object(const dgm_clause *c, uint32_t word)
{
    return c->s->words[word].deprel == DGM_REL_ROOT &&
           (child(c, word, DGM_REL_OBL) || child(c, word, DGM_REL_CCOMP) ||
            child(c, word, DGM_REL_XCOMP) || child(c, word, DGM_REL_OBJ));
}

bool dgm_is_passive(const dgm_clause *c, uint32_t word)
{
    for (uint32_t climb = 0; climb < MAX_CLIMB; climb++) {
        const dgm_word *it = &c->s->words[word];
        /* A finite past ("resigned") is active, whatever its subject was called. */
        bool finite = dgm_view_eq(it->xpos, DGM_VIEW("VBD"));
        if (child(c, word, DGM_REL_AUX_PASS) || child(c, word, DGM_REL_OBL_AGENT))
            return true;
        if (child(c, word, DGM_REL_NSUBJ_PASS))
            return !finite &&
                   (c->s->headline || child(c, word, DGM_REL_AUXREL) || !takes_no_object(c, word));
        if (!is_past_participle(it) || child(c, word, DGM_REL_NSUBJ) ||
            child(c, word, DGM_REL_AUXREL))
            return false;
        if (it->deprel == DGM_REL_ACL || it->deprel == DGM_REL_AMOD ||
            (it->deprel == DGM_REL_ADVCL && !child(c, word, DGM_REL_OBJ)))
            return true;
        if (it->deprel != DGM_REL_CONJ || child(c, word, DGM_REL_OBJ))
            return false;
        word = it->head;
    }
    return false;
}

bool dgm_is_negated(const dgm_clause *c, uint32_t word)
{
    EACH_CHILD(c, word, w)
    {
        if (is_lemma(c, w, "not") || is_lemma(c, w, "never") || is_lemma(c, w, "n't") ||
            is_lemma(c, w, "neither"))
            return true;
        if (is_lemma(c, w, "longer") && w > 1 && is_lemma(c, w - 1, "no"))
            return true;
    }
    return false;
}

/* ---- lists of words ------------------------------------------------------------------------- */

static void add(dgm_words *out, uint32_t word)
{
    for (uint32_t i = 0; i < out->n; i++)
        if (out->at[i] == word)
            return;
    if (word != 0 && out->n < DGM_MAX_SLOT_WORDS)
        out->at[out->n++] = word;
}

static const dgm_entity *state_at(const dgm_clause *c, uint32_t word)
{
    uint32_t mention = c->s->words[word].mention;
    const dgm_mention *m = mention == DGM_NONE ? NULL : &c->doc->mentions.at[mention];
    const dgm_entity *e = m && m->n_entities == 1
                              ? &c->doc->entities.at[c->doc->mention_entities.at[m->entities]]
                              : NULL;
    return e && e->kind == DGM_ENTITY_COUNTRY ? e : NULL;
}

/* "The United States, Russia and Ukraine": no state is another's apposition, they are a list. */
static bool is_listed(const dgm_clause *c, uint32_t head, uint32_t word)
{
    if (c->s->words[word].deprel != DGM_REL_APPOS || c->s->words[word].upos != DGM_PROPN)
        return false;
    const dgm_entity *a = state_at(c, head), *b = state_at(c, word);
    return a && b && a != b && strcmp(a->country, b->country) != 0;
}

/* A word with its conjuncts; "a series of attacks" stands for the attacks. */
static void add_nominal(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    uint32_t from = out->n;
    add(out, word);
    for (uint32_t i = from; i < out->n; i++) {
        uint32_t at = out->at[i];
        EACH_CHILD(c, at, w)
        if (c->s->words[w].deprel == DGM_REL_CONJ || is_listed(c, at, w))
            add(out, w);
        if (!dgm_has_class(c, at, c->c_quantity) || c->s->words[at].mention != DGM_NONE)
            continue;
        EACH_CHILD(c, at, w)
        if (c->s->words[w].deprel == DGM_REL_NMOD &&
            (has_preposition(c, w, DGM_VIEW("of")) || has_preposition(c, w, DGM_VIEW("in"))))
            add(out, w);
    }
}

/* ---- subject and object --------------------------------------------------------------------- */

static bool is_place(const dgm_clause *c, uint32_t word)
{
    uint32_t m = c->s->words[word].mention;
    if (m == DGM_NONE || c->doc->mentions.at[m].n_entities == 0)
        return false;
    uint32_t entity = c->doc->mention_entities.at[c->doc->mentions.at[m].entities];
    return c->doc->entities.at[entity].kind == DGM_ENTITY_PLACE;
}

/* "The shelling of Kherson, which killed four": not the town did it. */
static uint32_t attack_on(const dgm_clause *c, uint32_t word)
{
    const dgm_word *it = &c->s->words[word];
    bool attacked = it->deprel == DGM_REL_NMOD && dgm_has_class(c, it->head, c->c_attack);
    return attacked && is_place(c, word) ? it->head : word;
}

static uint32_t antecedent(const dgm_clause *c, uint32_t clause, uint32_t pronoun)
{
    for (uint32_t climb = 0; climb < MAX_CLIMB && clause != 0; climb++) {
        const dgm_word *it = &c->s->words[clause];
        if (it->deprel == DGM_REL_ACL_RELCL)
            return attack_on(c, it->head);
        if (it->deprel != DGM_REL_CONJ && it->deprel != DGM_REL_XCOMP)
            break;
        clause = it->head;
    }
    /* Not parsed as a relative clause: the nearest noun before the pronoun. */
    for (uint32_t w = pronoun; w > 1 && pronoun - w < 4; w--) {
        const dgm_word *before = &c->s->words[w - 1];
        if (before->upos != DGM_NOUN && before->upos != DGM_PROPN)
            continue;
        bool inside = before->deprel == DGM_REL_FLAT || before->deprel == DGM_REL_COMPOUND;
        return inside && before->head < pronoun ? before->head : w - 1;
    }
    return pronoun;
}

static uint32_t own_object(const dgm_clause *c, uint32_t word)
{
    uint32_t object = child(c, word, DGM_REL_OBJ);
    return object ? object : child(c, word, DGM_REL_IOBJ);
}

/* Whom a verb of asking asks, also behind a preposition: "called on him to resign". */
static uint32_t asked_one(const dgm_clause *c, uint32_t verb)
{
    static const char *const preps[] = { "on", "upon", "to", "with" };
    uint32_t object = own_object(c, verb);
    bool asks = dgm_has_class(c, verb, c->c_urge) || dgm_has_class(c, verb, c->c_order) ||
                is_lemma(c, verb, "call");
    EACH_CHILD(c, verb, w)
    for (size_t i = 0; i < DGM_LEN(preps) && !object && asks; i++)
        if (c->s->words[w].deprel == DGM_REL_OBL && names_somebody(c, w) &&
            has_preposition(c, w, dgm_view_of(preps[i])))
            object = w;
    return object;
}

/* Whether the subject of a clause without one is the object of the verb over it: "urged them to
 * leave", "accused them of shelling". */
static bool object_controls(const dgm_clause *c, uint32_t word)
{
    static const char *const marks[] = { "of", "from", "for", "into" };
    const dgm_word *it = &c->s->words[word];
    if (!asked_one(c, it->head) || dgm_is_passive(c, it->head) ||
        dgm_has_class(c, it->head, c->c_subject_control))
        return false;
    if (it->deprel == DGM_REL_XCOMP || (it->deprel == DGM_REL_CCOMP && has_to(c, word)))
        return true;
    for (size_t i = 0; i < DGM_LEN(marks); i++)
        if (has_preposition(c, word, dgm_view_of(marks[i])))
            return true;
    /* "Urged them to leave" is often parsed like "came to leave". */
    return it->deprel == DGM_REL_ADVCL && has_to(c, word) &&
           (dgm_has_class(c, it->head, c->c_urge) || dgm_has_class(c, it->head, c->c_order) ||
            is_lemma(c, it->head, "call"));
}

static uint32_t surface_subject(const dgm_clause *c, uint32_t word, bool *owner);

static bool is_finite(const dgm_word *word)
{
    return dgm_view_eq(word->xpos, DGM_VIEW("VBD")) || dgm_view_eq(word->xpos, DGM_VIEW("VBZ"));
}

/* The step from a clause without a subject to the word that lends it one: *found, or the next
 * clause to ask. 0: nobody. */
static uint32_t lender(const dgm_clause *c, uint32_t word, uint32_t *found, bool *owner)
{
    const dgm_word *it = &c->s->words[word];
    uint32_t head = it->head;
    if (head == 0 || head > c->s->n_words)
        return 0;
    switch (it->deprel) {
    case DGM_REL_ACL_RELCL:
        *found = head;
        return 0;
    case DGM_REL_ACL:
        if (!has_to(c, word)) {
            *found = head;
            return 0;
        }
        *owner = true; /* "Turkey's decision to send": whose the noun is */
        *found = head;
        return 0;
    case DGM_REL_CONJ:
        /* "ordered him to leave and recalled his envoy": a finite verb belongs to the finite one */
        return is_finite(it) && has_to(c, head) && c->s->words[head].deprel == DGM_REL_XCOMP
                   ? c->s->words[head].head
                   : head;
    case DGM_REL_XCOMP:
    case DGM_REL_ADVCL:
    case DGM_REL_CCOMP:
    case DGM_REL_OBL:
        if (c->s->words[head].upos == DGM_NOUN && !has_own_subject(c, head)) {
            *owner = true;
            *found = head;
            return 0;
        }
        if (object_controls(c, word)) {
            *found = asked_one(c, head);
            return 0;
        }
        if (it->deprel == DGM_REL_CCOMP && !has_to(c, word))
            return 0;
        return head;
    default:
        return 0;
    }
}

/* "After Cambodian forces fired rockets": somebody right before a verb in a clause with a mark,
 * whom the parser took for a circumstance without a preposition. */
static uint32_t bare_subject(const dgm_clause *c, uint32_t word)
{
    if (c->s->words[word].upos != DGM_VERB || !child(c, word, DGM_REL_MARK) || has_to(c, word))
        return 0;
    EACH_CHILD(c, word, w)
    {
        dgm_deprel deprel = c->s->words[w].deprel;
        bool bare = deprel == DGM_REL_OBL || deprel == DGM_REL_OBL_UNMARKED;
        if (bare && w < word && word - w < 3 && !child(c, w, DGM_REL_CASE) && names_somebody(c, w))
            return w;
    }
    return 0;
}

static uint32_t surface_subject(const dgm_clause *c, uint32_t word, bool *owner)
{
    for (uint32_t climb = 0; climb < MAX_CLIMB && word != 0; climb++) {
        static const dgm_deprel subjects[] = { DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS,
                                               DGM_REL_NSUBJ_OUTER };
        for (size_t i = 0; i < DGM_LEN(subjects); i++) {
            uint32_t subject = best_child(c, word, subjects[i]);
            if (subject)
                return is_relative_pronoun(c, subject) ? antecedent(c, word, subject) : subject;
        }
        uint32_t found = bare_subject(c, word);
        if (found)
            return found;
        word = lender(c, word, &found, owner);
        if (found)
            return found;
    }
    return 0;
}

static void add_agent(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    EACH_CHILD(c, word, w)
    {
        dgm_deprel deprel = c->s->words[w].deprel;
        if (deprel == DGM_REL_OBL_AGENT ||
            ((deprel == DGM_REL_OBL || deprel == DGM_REL_NMOD) &&
             has_preposition(c, w, DGM_VIEW("by")) && !is_gerund(&c->s->words[w])))
            add_nominal(c, w, out);
    }
}

static void add_owner(const dgm_clause *c, uint32_t noun, dgm_words *out);

/* "Hanoi said the shells had damaged it and asked for help": things do not ask. */
static bool is_thing_speaking(const dgm_clause *c, uint32_t word, uint32_t subject)
{
    bool speaks = dgm_has_class(c, word, c->c_say) || dgm_has_class(c, word, c->c_urge) ||
                  dgm_has_class(c, word, c->c_order) || dgm_has_class(c, word, c->c_accuse);
    return speaks && c->s->words[word].deprel == DGM_REL_CONJ && !has_own_subject(c, word) &&
           c->s->words[subject].upos == DGM_NOUN;
}

/* "The ministry said it would leave": a pronoun that nobody has resolved is the one who says so. */
static uint32_t sayer_for(const dgm_clause *c, uint32_t word, uint32_t subject)
{
    if (names_somebody(c, subject) ||
        (c->s->words[subject].upos != DGM_PRON && !is_thing_speaking(c, word, subject)))
        return subject;
    for (uint32_t climb = 0; climb < MAX_CLIMB; climb++) {
        const dgm_word *it = &c->s->words[word];
        if (it->head == 0 || it->head > c->s->n_words)
            return subject;
        if (it->deprel == DGM_REL_CCOMP && dgm_has_class(c, it->head, c->c_say)) {
            uint32_t sayer = best_child(c, it->head, DGM_REL_NSUBJ);
            return sayer && names_somebody(c, sayer) ? sayer : subject;
        }
        if (it->deprel != DGM_REL_CONJ && it->deprel != DGM_REL_XCOMP)
            return subject;
        word = it->head;
    }
    return subject;
}

static void add_subject(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    if (c->s->words[word].upos == DGM_NOUN && !child(c, word, DGM_REL_AUXREL)) {
        uint32_t own = best_child(c, word, DGM_REL_NSUBJ); /* "they are in talks" */
        if (own)
            add_nominal(c, is_relative_pronoun(c, own) ? antecedent(c, word, own) : own, out);
        return;
    }
    if (dgm_is_passive(c, word)) {
        add_agent(c, word, out);
        /* the agent of the first conjunct may stand at the last: "shelled and bombed by" */
        EACH_CHILD(c, word, w)
        if (out->n == 0 && c->s->words[w].deprel == DGM_REL_CONJ && !has_own_subject(c, w))
            add_agent(c, w, out);
        if (out->n == 0 && c->s->words[word].deprel == DGM_REL_CONJ)
            add_agent(c, c->s->words[word].head, out);
        return;
    }
    bool owner = false;
    uint32_t subject = surface_subject(c, word, &owner);
    if (subject && owner)
        add_owner(c, subject, out);
    else if (subject)
        add_nominal(c, sayer_for(c, word, subject), out);
}

/* "At least 19 soldiers" is no place where something happened, as some parsers have it. */
static uint32_t rough_number(const dgm_clause *c, uint32_t verb)
{
    if (verb + 2 > c->s->n_words || !dgm_view_eq(c->forms[verb + 1], DGM_VIEW("at")) ||
        (!dgm_view_eq(c->forms[verb + 2], DGM_VIEW("least")) &&
         !dgm_view_eq(c->forms[verb + 2], DGM_VIEW("most"))))
        return 0;
    uint32_t object = child(c, verb, DGM_REL_OBL);
    return object > verb ? object : 0;
}

/* "Handed over a pilot", "shut down the internet": what stands behind a particle is the object,
 * though the parser may take the particle for a preposition. */
static uint32_t behind_particle(const dgm_clause *c, uint32_t verb)
{
    static const char *const particles[] = { "up",   "down", "out",  "off",
                                             "over", "back", "away", "aside" };
    bool particle = false;
    if (verb >= c->s->n_words)
        return 0;
    for (size_t i = 0; i < DGM_LEN(particles); i++)
        particle = particle || dgm_view_eq(c->forms[verb + 1], dgm_view_of(particles[i]));
    EACH_CHILD(c, verb, w)
    {
        const dgm_word *it = &c->s->words[w];
        if (!particle || w < verb || w - verb > 6 ||
            (it->deprel != DGM_REL_OBL && it->deprel != DGM_REL_OBL_UNMARKED))
            continue;
        uint32_t preposition = child(c, w, DGM_REL_CASE);
        if (preposition == 0 || preposition == verb + 1)
            return w;
    }
    return 0;
}

static void add_object(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    const dgm_word *it = &c->s->words[word];
    if (dgm_is_passive(c, word)) {
        bool owner = false;
        if (child(c, word, DGM_REL_OBJ)) { /* "they were denied access" */
            add_nominal(c, child(c, word, DGM_REL_OBJ), out);
            return;
        }
        uint32_t subject = child(c, word, DGM_REL_NSUBJ_PASS);
        if (!subject && (it->deprel == DGM_REL_ACL || it->deprel == DGM_REL_AMOD))
            subject = it->head;
        else
            subject = surface_subject(c, word, &owner);
        if (subject)
            add_nominal(c, subject, out);
        return;
    }
    if (it->deprel == DGM_REL_AMOD) /* "occupied territories", tagged as an adjective */
        add_nominal(c, it->head, out);
    uint32_t object = own_object(c, word);
    if (!object)
        object = rough_number(c, word);
    if (!object)
        object = behind_particle(c, word);
    if (object)
        add_nominal(c, is_relative_pronoun(c, object) ? antecedent(c, word, object) : object, out);
    else if (it->deprel == DGM_REL_ACL_RELCL && child(c, word, DGM_REL_NSUBJ) &&
             !is_relative_pronoun(c, child(c, word, DGM_REL_NSUBJ)))
        add_nominal(c, it->head, out);
    else if (it->deprel != DGM_REL_AMOD) {
        /* "shelled and bombed the villages": the object stands at the neighbour */
        EACH_CHILD(c, word, w)
        if (c->s->words[w].deprel == DGM_REL_CONJ && w - word <= 3 && child(c, w, DGM_REL_OBJ))
            add_nominal(c, child(c, w, DGM_REL_OBJ), out);
    }
}

/* ---- nouns ---------------------------------------------------------------------------------- */

static void add_by_case(const dgm_clause *c, uint32_t word, dgm_view preposition, dgm_words *out)
{
    EACH_CHILD(c, word, w)
    {
        switch (c->s->words[w].deprel) {
        case DGM_REL_OBL:
        case DGM_REL_OBL_AGENT:
        case DGM_REL_NMOD:
        case DGM_REL_ADVCL:
        case DGM_REL_ACL:
        case DGM_REL_XCOMP:
        case DGM_REL_CCOMP:
            if (has_preposition(c, w, preposition))
                add_nominal(c, w, out);
            break;
        default:
            break;
        }
    }
}

static void add_possessor(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    EACH_CHILD(c, word, w)
    if (c->s->words[w].deprel == DGM_REL_NMOD_POSS)
        add_nominal(c, w, out);
}

static void add_adjectives(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    EACH_CHILD(c, word, w)
    switch (c->s->words[w].deprel) {
    case DGM_REL_AMOD:
    case DGM_REL_COMPOUND:
    case DGM_REL_NMOD:
    case DGM_REL_NMOD_DESC:
    case DGM_REL_NMOD_UNMARKED:
        if (w < word && names_somebody(c, w))
            add(out, w);
        break;
    default:
        break;
    }
}

/* The verb that a noun fills out: "launched an attack", "an attack was carried out". */
static uint32_t verb_over(const dgm_clause *c, uint32_t noun, uint32_t class_id, dgm_deprel *how)
{
    const dgm_word *it = &c->s->words[noun];
    for (uint32_t climb = 0; climb < MAX_CLIMB && it->deprel == DGM_REL_CONJ; climb++)
        it = &c->s->words[it->head];
    *how = it->deprel;
    if (it->head != 0 && it->head <= c->s->n_words && dgm_has_class(c, it->head, class_id))
        return it->head;
    EACH_CHILD(c, noun, w) /* "attacks carried out by", "talks that they held" */
    if (!has_to(c, w) &&
        (c->s->words[w].deprel == DGM_REL_ACL || c->s->words[w].deprel == DGM_REL_ACL_RELCL) &&
        dgm_has_class(c, w, class_id)) {
        *how = DGM_REL_ACL;
        return w;
    }
    return 0;
}

static void add_light_subject(const dgm_clause *c, uint32_t noun, dgm_words *out)
{
    dgm_deprel how;
    uint32_t verb = verb_over(c, noun, c->c_light, &how);
    if (verb && (how == DGM_REL_OBJ || how == DGM_REL_NSUBJ_PASS || how == DGM_REL_ACL ||
                 (how == DGM_REL_OBL && has_preposition(c, noun, DGM_VIEW("in")))))
        add_subject(c, verb, out);
    dgm_words self = { .n = 0 };
    for (uint32_t i = 0; i < out->n; i++)
        if (out->at[i] != noun)
            self.at[self.n++] = out->at[i];
    *out = self;
}

static void add_undergoer(const dgm_clause *c, uint32_t noun, dgm_words *out)
{
    dgm_deprel how;
    uint32_t verb = verb_over(c, noun, c->c_undergo, &how);
    if (has_preposition(c, noun, DGM_VIEW("under")) && child(c, noun, DGM_REL_NSUBJ))
        add_nominal(c, best_child(c, noun, DGM_REL_NSUBJ), out);
    if (!verb)
        return;
    if (how == DGM_REL_OBJ || how == DGM_REL_OBL)
        add_subject(c, verb, out);
    else if (how == DGM_REL_NSUBJ)
        add_object(c, verb, out);
}

static bool has_slot_of(const dgm_clause *c, dgm_role_list roles)
{
    for (uint32_t i = 0; i < roles.n; i++) {
        const dgm_slot_path *path = &c->events->paths.at[roles.first + i];
        if (path->n == 1 && path->at[0].kind == DGM_SLOT_PREP &&
            dgm_view_eq(path->at[0].word, DGM_VIEW("of")))
            return true;
    }
    return false;
}

/* "The shelling of the town", "the killing of the officer": by some rule of the noun "of" names who
 * suffers it, and by none who does it. */
static bool of_names_sufferer(const dgm_clause *c, uint32_t noun)
{
    char key[160];
    int n = snprintf(key, sizeof key, "n:%.*s", DGM_FMT(c->lemmas[noun]));
    uint32_t i_list = n > 0 && (size_t)n < sizeof key
                          ? dgm_map_get(c->events->triggers, (dgm_view) { key, (size_t)n })
                          : DGM_NONE;
    bool suffers = false;
    for (uint32_t i = 0; i_list != DGM_NONE && i < c->events->lists.at[i_list].n; i++) {
        const dgm_rule *rule = &c->events->rules.at[c->events->lists.at[i_list].at[i]];
        if (rule->type != DGM_ASSAULT && rule->type != DGM_COERCE)
            continue;
        const dgm_type_roles *defaults = &c->events->roles[rule->type];
        if (has_slot_of(c, rule->actors.n > 0 ? rule->actors : defaults->noun_actors))
            return false;
        suffers = suffers || has_slot_of(c, rule->recipients.n > 0 ? rule->recipients
                                                                   : defaults->noun_recipients);
    }
    return suffers;
}

/* Whose a noun is: "Turkey's decision", "the Turkish decision", "the decision of Turkey". */
static void add_owner(const dgm_clause *c, uint32_t noun, dgm_words *out)
{
    if (*c->depth >= MAX_QUESTIONS)
        return;
    ++*c->depth;
    add_possessor(c, noun, out);
    if (out->n == 0)
        add_light_subject(c, noun, out);
    if (out->n == 0)
        add_by_case(c, noun, DGM_VIEW("by"), out);
    if (out->n == 0)
        add_adjectives(c, noun, out);
    if (out->n == 0 && !of_names_sufferer(c, noun))
        add_by_case(c, noun, DGM_VIEW("of"), out);
    if (out->n == 0 &&
        (c->s->words[noun].deprel == DGM_REL_OBJ || c->s->words[noun].deprel == DGM_REL_NSUBJ_PASS))
        add_subject(c, c->s->words[noun].head, out);
    --*c->depth;
}

/* ---- slots ---------------------------------------------------------------------------------- */

static void add_complements(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    EACH_CHILD(c, word, w)
    switch (c->s->words[w].deprel) {
    case DGM_REL_XCOMP:
        add_nominal(c, w, out);
        break;
    case DGM_REL_CCOMP:
    case DGM_REL_ACL:
    case DGM_REL_ADVCL:
        if (has_to(c, w) || (is_gerund(&c->s->words[w]) && w > word && w - word <= 2))
            add_nominal(c, w, out);
        break;
    default:
        break;
    }
}

/* "Called the law a disgrace", with two objects, says what it was called in the second. */
static void add_second_object(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    uint32_t first = 0;
    EACH_CHILD(c, word, w)
    {
        if (c->s->words[w].deprel != DGM_REL_OBJ)
            continue;
        if (first)
            add(out, w);
        first = w;
    }
}

static void add_clauses(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    EACH_CHILD(c, word, w)
    {
        dgm_deprel deprel = c->s->words[w].deprel;
        if (deprel == DGM_REL_CCOMP ||
            (deprel == DGM_REL_ACL && has_preposition(c, w, DGM_VIEW("that"))))
            add_nominal(c, w, out);
    }
}

static void add_particles(const dgm_clause *c, uint32_t word, dgm_view form, dgm_words *out)
{
    /* A particle right behind its verb is one, wherever the parser hung it. */
    if (word < c->s->n_words && dgm_view_eq(c->forms[word + 1], form) &&
        (c->s->words[word + 1].upos == DGM_ADP || c->s->words[word + 1].upos == DGM_ADV))
        add(out, word + 1);
    EACH_CHILD(c, word, w)
    {
        if (dgm_view_eq(c->lemmas[w], form) || dgm_view_eq(c->forms[w], form))
            add(out, w);
        dgm_deprel deprel = c->s->words[w].deprel;
        if (deprel != DGM_REL_OBL && deprel != DGM_REL_NMOD && deprel != DGM_REL_ADVCL &&
            deprel != DGM_REL_ADVMOD && deprel != DGM_REL_OBL_AGENT)
            continue;
        EACH_CHILD(c, w, g)
        if (c->s->words[g].deprel == DGM_REL_CASE && dgm_view_eq(c->lemmas[g], form))
            add(out, g);
    }
}

static void add_by_relation(const dgm_clause *c, uint32_t word, dgm_deprel a, dgm_deprel b,
                            dgm_words *out)
{
    EACH_CHILD(c, word, w)
    if (c->s->words[w].deprel == a || c->s->words[w].deprel == b)
        add_nominal(c, w, out);
}

/* "The call for peace issued by them", hung on the call or on the peace. */
static void add_participle_agents(const dgm_clause *c, uint32_t noun, dgm_words *out)
{
    EACH_CHILD(c, noun, w)
    {
        if (c->s->words[w].deprel == DGM_REL_ACL && dgm_is_passive(c, w))
            add_agent(c, w, out);
        if (c->s->words[w].deprel != DGM_REL_NMOD || c->s->words[w].mention != DGM_NONE)
            continue;
        EACH_CHILD(c, w, g)
        if (c->s->words[g].deprel == DGM_REL_ACL && dgm_is_passive(c, g))
            add_agent(c, g, out);
    }
}

/* What a preposition governs. A phrase that the parser hung on the object, or on the verb over a
 * noun, is taken too: attachment is where parsers err most. */
static void add_prepositional(const dgm_clause *c, uint32_t word, dgm_view preposition,
                              dgm_words *out)
{
    add_by_case(c, word, preposition, out);
    if (out->n == 0 && dgm_view_eq(preposition, DGM_VIEW("by")))
        add_participle_agents(c, word, out);
    if (out->n > 0)
        return;
    const dgm_word *it = &c->s->words[word];
    if (it->upos == DGM_VERB) {
        uint32_t object = dgm_is_passive(c, word) ? child(c, word, DGM_REL_NSUBJ_PASS)
                                                  : child(c, word, DGM_REL_OBJ);
        for (uint32_t step = 0; step < 3 && object && out->n == 0; step++) {
            add_by_case(c, object, preposition, out);
            object = child(c, object, DGM_REL_NMOD); /* "50 tons of rice to" */
        }
        if (out->n == 0 && it->deprel == DGM_REL_ACL && dgm_is_passive(c, word))
            add_by_case(c, it->head, preposition, out);
    } else {
        dgm_deprel how;
        uint32_t verb = verb_over(c, word, c->c_light, &how);
        bool loose = dgm_view_eq(preposition, DGM_VIEW("from")) ||
                     dgm_view_eq(preposition, DGM_VIEW("against"));
        if (!verb && loose && it->deprel == DGM_REL_OBJ)
            verb = it->head; /* "brushed aside criticism from Berlin" */
        if (verb)
            add_by_case(c, verb, preposition, out);
    }
}

/* Climbs from a clause to the verb of saying that it is the content of. */
static void add_speaker(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    for (uint32_t climb = 0; climb < MAX_CLIMB && word != 0; climb++) {
        uint32_t head = c->s->words[word].head;
        if (head != 0 && head <= c->s->n_words && dgm_has_class(c, head, c->c_say) &&
            c->s->words[word].deprel != DGM_REL_ADVCL) {
            add_subject(c, head, out);
            return;
        }
        EACH_CHILD(c, word, w)
        if (c->s->words[w].deprel == DGM_REL_PARATAXIS && dgm_has_class(c, w, c->c_say)) {
            add_subject(c, w, out);
            return;
        }
        word = head <= c->s->n_words ? head : 0;
    }
}

/* "Gave Colombia billions of dollars": the receiver, taken for a part of the sum. */
static void add_hidden_iobj(const dgm_clause *c, uint32_t verb, dgm_words *out)
{
    uint32_t sum = child(c, verb, DGM_REL_OBJ);
    if (!sum || sum < verb)
        return;
    EACH_CHILD(c, sum, w)
    if (c->s->words[w].deprel == DGM_REL_COMPOUND && c->s->words[w].upos == DGM_PROPN && w > verb &&
        w - verb < 3 && w < sum && names_somebody(c, w) &&
        (dgm_has_class(c, sum, c->c_quantity) || c->s->words[w + 1].upos == DGM_NUM))
        add(out, w);
}

/* The governor, and what is coordinated with it under the same auxiliary: "will aim and fire". */
static void add_governors(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    uint32_t head = c->s->words[word].head;
    if (head == 0 || head > c->s->n_words)
        return;
    add(out, head);
    EACH_CHILD(c, head, w)
    if (c->s->words[w].deprel == DGM_REL_CONJ && !has_own_subject(c, w) &&
        !child(c, w, DGM_REL_AUXREL))
        add(out, w);
}

/* ---- by order: what imported dictionaries ask ------------------------------------------------ */

/* Whether w hangs on word, and not as another deed beside it. */
static bool is_in_phrase(const dgm_clause *c, uint32_t word, uint32_t w)
{
    for (uint32_t climb = 0; climb < MAX_DESCENT * 4 && w != 0 && w <= c->s->n_words; climb++) {
        uint32_t head = c->s->words[w].head;
        if (head == word)
            return c->s->words[w].deprel != DGM_REL_CONJ &&
                   c->s->words[w].deprel != DGM_REL_PARATAXIS;
        w = head;
    }
    return false;
}

/* The nearest first, as far as there is room. */
static void add_side(const dgm_clause *c, uint32_t word, bool right, dgm_words *out)
{
    for (uint32_t w = right ? word + 1 : word - 1;
         w >= 1 && w <= c->s->n_words && out->n < DGM_MAX_SLOT_WORDS; w += right ? 1 : UINT32_MAX) {
        dgm_upos upos = c->s->words[w].upos;
        if (upos != DGM_PUNCT && (!right || is_in_phrase(c, word, w)))
            add(out, w);
    }
}

/* The nearest actor with those beside it: "France and Germany". On the left the subject is nearest,
 * and where it is nobody, nobody is. */
static void add_nearest(const dgm_clause *c, uint32_t word, bool right, dgm_words *out)
{
    bool owner = false;
    uint32_t subject = right ? 0 : surface_subject(c, word, &owner);
    if (subject && c->s->words[subject].upos != DGM_PRON) {
        if (dgm_names_somebody(c, subject))
            add_nominal(c, subject, out);
        return;
    }
    for (uint32_t w = right ? word + 1 : word - 1; w >= 1 && w <= c->s->n_words;
         w += right ? 1 : UINT32_MAX) {
        if (!dgm_names_somebody(c, w) || (right && !is_in_phrase(c, word, w)))
            continue;
        uint32_t head = c->s->words[w].head;
        while (head != 0 && head != word && head <= c->s->n_words && dgm_names_somebody(c, head) &&
               (!right || is_in_phrase(c, word, head))) {
            w = head; /* "Gondor's government" */
            head = c->s->words[w].head;
        }
        add_nominal(c, w, out);
        return;
    }
}

/* Several subjects, or nobody. */
static void add_both(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    dgm_words subjects = { .n = 0 };
    add_subject(c, word, &subjects);
    for (uint32_t i = 0; subjects.n > 1 && i < subjects.n; i++)
        add(out, subjects.at[i]);
}

static void slot_words(const dgm_clause *c, uint32_t word, dgm_slot_kind kind, dgm_view form,
                       dgm_words *out)
{
    switch (kind) {
    case DGM_SLOT_SUBJ:
        add_subject(c, word, out);
        break;
    case DGM_SLOT_OBJ:
        add_object(c, word, out);
        break;
    case DGM_SLOT_IOBJ:
        add_by_relation(c, word, DGM_REL_IOBJ, DGM_REL_IOBJ, out);
        if (out->n == 0)
            add_hidden_iobj(c, word, out);
        if (out->n == 0 && dgm_is_passive(c, word) && child(c, word, DGM_REL_OBJ))
            add_by_relation(c, word, DGM_REL_NSUBJ_PASS, DGM_REL_NSUBJ_PASS, out);
        break;
    case DGM_SLOT_XCOMP:
        add_complements(c, word, out);
        add_second_object(c, word, out);
        break;
    case DGM_SLOT_CCOMP:
        add_clauses(c, word, out);
        break;
    case DGM_SLOT_WORD:
        add_particles(c, word, form, out);
        break;
    case DGM_SLOT_PREP:
        add_prepositional(c, word, form, out);
        break;
    case DGM_SLOT_POSS:
        add_possessor(c, word, out);
        break;
    case DGM_SLOT_ADJ:
        add_adjectives(c, word, out);
        break;
    case DGM_SLOT_LIGHT:
        add_light_subject(c, word, out);
        break;
    case DGM_SLOT_UNDERGO:
        add_undergoer(c, word, out);
        break;
    case DGM_SLOT_HEAD:
        add_governors(c, word, out);
        break;
    case DGM_SLOT_NEG:
        if (dgm_is_negated(c, word))
            add(out, word);
        break;
    case DGM_SLOT_AUX:
        add_by_relation(c, word, DGM_REL_AUXREL, DGM_REL_COP, out);
        break;
    case DGM_SLOT_MARK:
        add_by_relation(c, word, DGM_REL_MARK, DGM_REL_MARK, out);
        break;
    case DGM_SLOT_ACL:
        add_by_relation(c, word, DGM_REL_ACL, DGM_REL_ACL_RELCL, out);
        break;
    case DGM_SLOT_SPEAKER:
        add_speaker(c, word, out);
        break;
    case DGM_SLOT_SELF:
        add(out, word);
        break;
    case DGM_SLOT_LEFT:
    case DGM_SLOT_RIGHT:
        add_side(c, word, kind == DGM_SLOT_RIGHT, out);
        break;
    case DGM_SLOT_BOTH:
        add_both(c, word, out);
        break;
    case DGM_SLOT_NEAR_LEFT:
    case DGM_SLOT_NEAR_RIGHT:
        add_nearest(c, word, kind == DGM_SLOT_NEAR_RIGHT, out);
        break;
    default:
        break;
    }
}

void dgm_slot_words(const dgm_clause *c, uint32_t word, const dgm_slot_path *path, dgm_words *out)
{
    dgm_words from = { .at = { word }, .n = 1 };
    for (uint32_t i = 0; i < path->n; i++) {
        dgm_words next = { .n = 0 };
        for (uint32_t j = 0; j < from.n; j++) {
            dgm_words part = { .n = 0 };
            slot_words(c, from.at[j], path->at[i].kind, path->at[i].word, &part);
            for (uint32_t k = 0; k < part.n; k++)
                add(&next, part.at[k]);
        }
        from = next;
    }
    *out = path->n > 0 ? from : (dgm_words) { .n = 0 };
}

/* ---- whom a word names ---------------------------------------------------------------------- */

static bool add_mention(const dgm_clause *c, uint32_t i_mention, dgm_participants *out)
{
    const dgm_mention *mention = &c->doc->mentions.at[i_mention];
    for (uint32_t i = 0; i < mention->n_entities; i++) {
        uint32_t entity = c->doc->mention_entities.at[mention->entities + i];
        const dgm_entity *it = &c->doc->entities.at[entity];
        bool known = it->country[0] || it->sector[0];
        for (uint32_t j = 0; j < out->n; j++)
            known = known && out->at[j].entity != entity;
        if (!known)
            continue;
        dgm_participant *p = dgm_push(c->doc->arena, out);
        if (!p)
            return false;
        *p = (dgm_participant) { i_mention, entity, false };
    }
    return true;
}

static bool has_code(const dgm_clause *c, uint32_t mention)
{
    const dgm_mention *m = &c->doc->mentions.at[mention];
    for (uint32_t i = 0; i < m->n_entities; i++) {
        const dgm_entity *e = &c->doc->entities.at[c->doc->mention_entities.at[m->entities + i]];
        if (e->country[0] || e->sector[0])
            return true;
    }
    return false;
}

static uint32_t mention_of(const dgm_clause *c, uint32_t word)
{
    uint32_t mention = c->s->words[word].mention;
    if (mention != DGM_NONE)
        return mention;
    /* The parser's head and the phrase's may differ inside a name. */
    mention = c->cover[word];
    if (mention == DGM_NONE)
        return DGM_NONE;
    const dgm_mention *it = &c->doc->mentions.at[mention];
    bool named = c->s->words[word].upos == DGM_PROPN;
    return named && (c->s->words[it->head].head == word || c->s->words[word].head == it->head)
               ? mention
               : DGM_NONE;
}

/* The words that own a noun, the nearest kind of owner first. */
static void add_holders(const dgm_clause *c, uint32_t word, bool places, dgm_words *out)
{
    add_possessor(c, word, out);
    if (out->n == 0)
        add_by_case(c, word, DGM_VIEW("by"), out);
    EACH_CHILD(c, word, w)
    if (out->n == 0 && c->s->words[w].deprel == DGM_REL_ACL && dgm_is_passive(c, w))
        add_agent(c, w, out);
    if (out->n == 0)
        add_by_case(c, word, DGM_VIEW("from"), out);
    if (out->n == 0)
        add_adjectives(c, word, out);
    if (out->n == 0 && (places || !of_names_sufferer(c, word)))
        add_by_case(c, word, DGM_VIEW("of"), out);
    if (out->n == 0)
        add_by_case(c, word, DGM_VIEW("between"), out);
    if (out->n == 0 && places)
        add_by_case(c, word, DGM_VIEW("in"), out);
}

bool dgm_names_somebody(const dgm_clause *c, uint32_t word)
{
    uint32_t mention = mention_of(c, word);
    return mention != DGM_NONE && c->doc->mentions.at[mention].n_entities > 0;
}

bool dgm_collect(const dgm_clause *c, uint32_t word, bool places, dgm_participants *out)
{
    dgm_words open = { .at = { word }, .n = 1 };
    for (uint32_t depth = 0; depth < MAX_DESCENT && open.n > 0; depth++) {
        dgm_words next = { .n = 0 };
        uint32_t before = out->n;
        for (uint32_t i = 0; i < open.n; i++) {
            uint32_t mention = mention_of(c, open.at[i]);
            if (mention != DGM_NONE && !add_mention(c, mention, out))
                return false;
            /* somebody unknown, "Gaddafi's Bab al-Aziziya compound": whoever owns it */
            bool known = mention != DGM_NONE &&
                         (c->doc->mentions.at[mention].pronoun || has_code(c, mention));
            if (!known && c->s->words[open.at[i]].upos != DGM_VERB)
                add_holders(c, open.at[i], places && mention == DGM_NONE, &next);
        }
        if (out->n > before)
            return true;
        open = next;
    }
    return true;
}
