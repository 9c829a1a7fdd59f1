/* Subject, object and agent as rules mean them, through passives, relative clauses, participles,
 * control and coordination; and whose a noun is. The two ask each other: "Turkey's decision to send
 * troops" has the subject of `send` at its noun, "Turkey took the decision" the owner of its noun
 * at the verb. Every walk up the tree is bounded by MAX_CLIMB, and questions within questions by
 * MAX_QUESTIONS. */
#include "grammar/knowledge.h"

enum { MAX_CLIMB = 10, MAX_QUESTIONS = 6 };

static void add_owner(const dgm_tree *t, uint32_t noun, dgm_words *out);

static bool is_place(const dgm_tree *t, uint32_t word)
{
    uint32_t m = t->s->words[word].mention;
    if (m == DGM_NONE || t->doc->mentions.at[m].n_entities == 0)
        return false;
    uint32_t entity = t->doc->mention_entities.at[t->doc->mentions.at[m].entities];
    return t->doc->entities.at[entity].kind == DGM_ENTITY_PLACE;
}

/* "The shelling of Kherson, which killed four": not the town did it. */
static uint32_t attack_on(const dgm_tree *t, uint32_t word)
{
    const dgm_word *it = &t->s->words[word];
    bool attacked = it->deprel == DGM_REL_NMOD && dgm_has_class(t, it->head, DGM_CLASS_ATTACK);
    return attacked && is_place(t, word) ? it->head : word;
}

static uint32_t antecedent(const dgm_tree *t, uint32_t clause, uint32_t pronoun)
{
    for (uint32_t climb = 0; climb < MAX_CLIMB && clause != 0; climb++) {
        const dgm_word *it = &t->s->words[clause];
        if (it->deprel == DGM_REL_ACL_RELCL)
            return attack_on(t, it->head);
        if (it->deprel != DGM_REL_CONJ && it->deprel != DGM_REL_XCOMP)
            break;
        clause = it->head;
    }
    /* Not parsed as a relative clause: the nearest noun before the pronoun. */
    for (uint32_t w = pronoun; w > 1 && pronoun - w < 4; w--) {
        const dgm_word *before = &t->s->words[w - 1];
        if (before->upos != DGM_NOUN && before->upos != DGM_PROPN)
            continue;
        bool inside = before->deprel == DGM_REL_FLAT || before->deprel == DGM_REL_COMPOUND;
        return inside && before->head < pronoun ? before->head : w - 1;
    }
    return pronoun;
}

/* How far a subject is from being the one that is asked for. */
static uint32_t distance_of(const dgm_tree *t, uint32_t verb, uint32_t subject,
                            dgm_of_several which)
{
    const dgm_word *it = &t->s->words[subject];
    if (which == DGM_NEAREST)
        return subject < verb ? verb - subject : subject - verb;
    uint32_t by_relation = it->deprel == DGM_REL_NSUBJ        ? 0
                           : it->deprel == DGM_REL_NSUBJ_PASS ? 2
                                                              : 4;
    return by_relation + (it->mention == DGM_NONE);
}

uint32_t dgm_subject_of(const dgm_tree *t, uint32_t verb, dgm_of_several which)
{
    uint32_t best = 0;
    DGM_EACH_CHILD(t, verb, w)
    if (dgm_is_subject(t->s->words[w].deprel) &&
        (!best || distance_of(t, verb, w, which) < distance_of(t, verb, best, which)))
        best = w;
    return best;
}

bool dgm_has_own_subject(const dgm_tree *t, uint32_t word)
{
    return dgm_subject_of(t, word, DGM_NEAREST) != 0;
}

bool dgm_is_inverted(const dgm_tree *t, uint32_t auxiliary)
{
    uint32_t clause = t->s->words[auxiliary].head;
    if (clause <= auxiliary || t->s->words[clause].head == 0)
        return false;
    uint32_t first = t->first_under[clause], subject = dgm_subject_of(t, clause, DGM_NEAREST);
    while (first < auxiliary && t->s->words[first].upos == DGM_PUNCT)
        first++;
    return first == auxiliary && subject > auxiliary && subject < clause;
}

static uint32_t own_object(const dgm_tree *t, uint32_t word)
{
    uint32_t object = dgm_child_of(t, word, DGM_REL_OBJ);
    return object ? object : dgm_child_of(t, word, DGM_REL_IOBJ);
}

bool dgm_asks_others(const dgm_tree *t, uint32_t verb)
{
    return dgm_has_class(t, verb, DGM_CLASS_URGE) || dgm_has_class(t, verb, DGM_CLASS_ORDER) ||
           dgm_lemma_function_is(t, verb, DGM_FN_CALL);
}

/* Whom a verb of asking asks, also behind a preposition: "called on him to resign". */
static uint32_t asked_one(const dgm_tree *t, uint32_t verb)
{
    uint32_t object = own_object(t, verb);
    bool asks = dgm_asks_others(t, verb);
    DGM_EACH_CHILD(t, verb, w)
    if (!object && asks && t->s->words[w].deprel == DGM_REL_OBL && dgm_heads_somebody(t, w) &&
        dgm_has_function(t, w, DGM_FN_ASKED))
        object = w;
    DGM_EACH_CHILD(t, verb, w) /* nobody that is known: "called on all parties" */
    if (!object && asks && t->s->words[w].deprel == DGM_REL_OBL && w > verb &&
        (dgm_has_class(t, w, DGM_CLASS_PARTIES) || dgm_has_class(t, w, DGM_CLASS_RELATED)) &&
        dgm_has_function(t, w, DGM_FN_ASKED))
        object = w;
    return object;
}

uint32_t dgm_asked_by(const dgm_tree *t, uint32_t verb)
{
    return dgm_asks_others(t, verb) && !dgm_is_passive(t, verb) ? asked_one(t, verb) : 0;
}

static bool moves_others(const dgm_tree *t, uint32_t verb)
{
    return dgm_asks_others(t, verb) || dgm_has_class(t, verb, DGM_CLASS_LETS) ||
           dgm_has_class(t, verb, DGM_CLASS_INDUCES);
}

/* Whether the subject of a clause without one is the object of the verb over it: "urged them to
 * leave", "accused them of shelling". */
static bool object_controls(const dgm_tree *t, uint32_t word)
{
    const dgm_word *it = &t->s->words[word];
    if (!asked_one(t, it->head) || dgm_is_passive(t, it->head) ||
        dgm_has_class(t, it->head, DGM_CLASS_SUBJECT_CONTROL))
        return false;
    if (it->deprel == DGM_REL_XCOMP || (it->deprel == DGM_REL_CCOMP && dgm_has_to(t, word)))
        return true;
    if (dgm_has_function(t, word, DGM_FN_CONTROL) ||
        (dgm_has_function(t, word, DGM_FN_CHARGE) && dgm_has_class(t, it->head, DGM_CLASS_ACCUSE)))
        return true;
    /* "Urged them to leave" is often parsed like "came to leave". */
    return it->deprel == DGM_REL_ADVCL && dgm_has_to(t, word) && moves_others(t, it->head);
}

/* "Prompting the opposition to ask", with "to ask" hung on the opposition: it asks. */
static bool is_moved_to_act(const dgm_tree *t, uint32_t word)
{
    const dgm_word *it = &t->s->words[word];
    return it->deprel == DGM_REL_OBJ && dgm_heads_somebody(t, word) && moves_others(t, it->head) &&
           !dgm_is_passive(t, it->head);
}

/* "Gave Sudan two weeks to leave", "gave the army permission to fire": who gets it. The parser may
 * hang him on what he gets. 0: nobody. */
static uint32_t receiver(const dgm_tree *t, uint32_t verb)
{
    if (!dgm_lemma_function_is(t, verb, DGM_FN_GIVE) || dgm_is_passive(t, verb))
        return 0;
    DGM_EACH_CHILD(t, verb, w) /* "gave the prisoners to Chad to win its favour" */
    if (t->s->words[w].deprel == DGM_REL_OBL && dgm_has_function(t, w, DGM_FN_TO))
        return 0;
    uint32_t given = dgm_child_of(t, verb, DGM_REL_OBJ), to = dgm_child_of(t, verb, DGM_REL_IOBJ);
    if (!to && given)
        to = dgm_heads_somebody(t, given) ? given : dgm_child_of(t, given, DGM_REL_COMPOUND);
    return to && dgm_heads_somebody(t, to) ? to : 0;
}

/* "told the army | to fire", but "let the officers in" */
static bool has_task(const dgm_tree *t, uint32_t verb, uint32_t object)
{
    DGM_EACH_CHILD(t, verb, w)
    if (w > object && t->s->words[w].upos == DGM_VERB &&
        (t->s->words[w].deprel == DGM_REL_XCOMP || t->s->words[w].deprel == DGM_REL_ADVCL ||
         t->s->words[w].deprel == DGM_REL_CCOMP))
        return true;
    return false;
}

/* "gave the army permission" */
static bool gives_leave(const dgm_tree *t, uint32_t verb)
{
    uint32_t given = dgm_child_of(t, verb, DGM_REL_OBJ);
    return given && dgm_lemma_function_is(t, verb, DGM_FN_GIVE) &&
           dgm_has_class(t, given, DGM_CLASS_LEAVE);
}

uint32_t dgm_commander_of(const dgm_tree *t, uint32_t word)
{
    const dgm_word *it = &t->s->words[word];
    uint32_t verb = it->head;
    if ((it->deprel != DGM_REL_OBJ && it->deprel != DGM_REL_IOBJ) || dgm_is_passive(t, verb))
        return 0;
    bool commands = dgm_has_class(t, verb, DGM_CLASS_ORDER) ||
                    (dgm_has_class(t, verb, DGM_CLASS_LETS) && has_task(t, verb, word)) ||
                    (it->deprel == DGM_REL_IOBJ && gives_leave(t, verb));
    return commands ? dgm_subject_of(t, verb, DGM_NEAREST) : 0;
}

/* "Renewed its call on them to leave": whom a noun of asking asks; the parser may hang him on the
 * verb over it. 0: nobody. */
static uint32_t asked_by_noun(const dgm_tree *t, uint32_t noun)
{
    const dgm_word *it = &t->s->words[noun];
    if (it->upos != DGM_NOUN ||
        !(dgm_has_class(t, noun, DGM_CLASS_ASKS) || dgm_asks_others(t, noun)))
        return 0;
    const uint32_t heads[] = { noun, it->deprel == DGM_REL_OBJ ? it->head : 0 };
    for (uint32_t i = 0; i < DGM_LEN(heads) && heads[i]; i++)
        DGM_EACH_CHILD(t, heads[i], w)
        {
            dgm_deprel deprel = t->s->words[w].deprel;
            if (w > noun && (deprel == DGM_REL_NMOD || deprel == DGM_REL_OBL) &&
                dgm_heads_somebody(t, w) && dgm_has_function(t, w, DGM_FN_ASKED))
                return w;
        }
    return 0;
}

/* "under pressure to leave", "faces calls to leave": the clause whose subject is asked. 0: none. */
static uint32_t clause_under(const dgm_tree *t, uint32_t noun)
{
    uint32_t over = t->s->words[noun].head;
    bool under = dgm_has_function(t, noun, DGM_FN_UNDER);
    bool faces =
        t->s->words[noun].deprel == DGM_REL_OBJ && dgm_has_class(t, over, DGM_CLASS_UNDERGO);
    if (!dgm_has_class(t, noun, DGM_CLASS_ASKS) || (!under && !faces))
        return 0;
    return dgm_has_own_subject(t, noun) ? noun : over;
}

/* The step from a clause without a subject to the word that lends it one: *found, or the next
 * clause to ask. 0: nobody. */
static uint32_t lender(const dgm_tree *t, uint32_t word, uint32_t *found, bool *owner)
{
    const dgm_word *it = &t->s->words[word];
    uint32_t head = it->head;
    if (head == 0 || head > t->s->n_words)
        return 0;
    switch (it->deprel) {
    case DGM_REL_ACL_RELCL:
        *found = head;
        return 0;
    case DGM_REL_ACL:
        if (!dgm_has_to(t, word)) {
            *found = head;
            return 0;
        }
        *found = t->s->words[head].deprel == DGM_REL_OBJ ? receiver(t, t->s->words[head].head) : 0;
        if (!*found)
            *found = asked_by_noun(t, head);
        if (*found) /* "gave the army permission to fire" */
            return 0;
        if (is_moved_to_act(t, head)) {
            *found = head;
            return 0;
        }
        if (clause_under(t, head))
            return clause_under(t, head);
        *owner = true; /* "Turkey's decision to send": whose the noun is */
        *found = head;
        return 0;
    case DGM_REL_CONJ:
        /* "ordered him to leave and recalled his envoy": a finite verb belongs to the finite one */
        return dgm_is_finite(t, word) && dgm_has_to(t, head) &&
                       (t->s->words[head].deprel == DGM_REL_XCOMP ||
                        t->s->words[head].deprel == DGM_REL_ADVCL)
                   ? t->s->words[head].head
                   : head;
    case DGM_REL_ADVMOD: /* "far | from attacking, they fled" */
        return it->upos == DGM_ADV ? head : 0;
    case DGM_REL_XCOMP:
    case DGM_REL_ADVCL:
    case DGM_REL_CCOMP:
    case DGM_REL_OBL:
        if (t->s->words[head].upos == DGM_NOUN && !dgm_has_own_subject(t, head)) {
            *owner = true;
            *found = head;
            return 0;
        }
        *found = dgm_has_to(t, word) ? receiver(t, head) : 0;
        if (!*found && dgm_has_to(t, word) && own_object(t, head))
            *found = asked_by_noun(t, own_object(t, head));
        if (*found)
            return 0;
        if (object_controls(t, word)) {
            *found = asked_one(t, head);
            return 0;
        }
        /* "Condemned an attempt | to seize power", which the parser took for a purpose */
        if (it->deprel == DGM_REL_ADVCL && dgm_has_to(t, word) && own_object(t, head) &&
            dgm_has_class(t, head, DGM_CLASS_OTHERS_DEED))
            return 0;
        if (it->deprel == DGM_REL_CCOMP && !dgm_has_to(t, word))
            return 0;
        return head;
    default:
        return 0;
    }
}

/* "After Cambodian forces fired rockets": somebody right before a verb in a clause with a mark,
 * whom the parser took for a circumstance without a preposition. */
static uint32_t bare_subject(const dgm_tree *t, uint32_t word)
{
    if (t->s->words[word].upos != DGM_VERB || !dgm_child_of(t, word, DGM_REL_MARK) ||
        dgm_has_to(t, word))
        return 0;
    DGM_EACH_CHILD(t, word, w)
    {
        dgm_deprel deprel = t->s->words[w].deprel;
        bool bare = deprel == DGM_REL_OBL || deprel == DGM_REL_OBL_UNMARKED;
        if (bare && w < word && word - w < 3 && !dgm_child_of(t, w, DGM_REL_CASE) &&
            dgm_heads_somebody(t, w))
            return w;
    }
    return 0;
}

uint32_t dgm_surface_subject(const dgm_tree *t, uint32_t word, bool *owner)
{
    for (uint32_t climb = 0; climb < MAX_CLIMB && word != 0; climb++) {
        uint32_t subject = dgm_subject_of(t, word, DGM_SPOKEN_OF);
        if (subject)
            return dgm_is_relative_pronoun(t, subject) ? antecedent(t, word, subject) : subject;
        uint32_t found = bare_subject(t, word);
        if (found)
            return found;
        word = lender(t, word, &found, owner);
        if (found)
            return found;
    }
    return 0;
}

/* "Beaten at the hands of settlers": whose hands they are. */
static void add_hands(const dgm_tree *t, uint32_t noun, dgm_words *out)
{
    if (!dgm_lemma_function_is(t, noun, DGM_FN_HAND) || !dgm_has_function(t, noun, DGM_FN_AT))
        return;
    dgm_add_children(t, noun, DGM_REL_NMOD_POSS, DGM_REL_NMOD_POSS, out);
    dgm_add_by_case(t, noun, DGM_VIEW("of"), out);
}

void dgm_add_agent(const dgm_tree *t, uint32_t word, dgm_words *out)
{
    DGM_EACH_CHILD(t, word, w)
    {
        dgm_deprel deprel = t->s->words[w].deprel;
        if (deprel == DGM_REL_OBL)
            add_hands(t, w, out);
        if (deprel == DGM_REL_OBL_AGENT ||
            ((deprel == DGM_REL_OBL || deprel == DGM_REL_NMOD) &&
             dgm_has_function(t, w, DGM_FN_BY) && !dgm_is_gerund(&t->s->words[w])))
            dgm_add_nominal(t, w, out);
    }
}

/* "Hanoi said the shells had damaged it and asked for help": things do not ask. */
static bool is_thing_speaking(const dgm_tree *t, uint32_t word, uint32_t subject)
{
    bool speaks = dgm_has_class(t, word, DGM_CLASS_SAY) || dgm_has_class(t, word, DGM_CLASS_URGE) ||
                  dgm_has_class(t, word, DGM_CLASS_ORDER) ||
                  dgm_has_class(t, word, DGM_CLASS_ACCUSE);
    return speaks && t->s->words[word].deprel == DGM_REL_CONJ && !dgm_has_own_subject(t, word) &&
           t->s->words[subject].upos == DGM_NOUN;
}

/* "The ministry said it would leave": a pronoun that nobody has resolved is the one who says so. */
static uint32_t sayer_for(const dgm_tree *t, uint32_t word, uint32_t subject)
{
    if (dgm_heads_somebody(t, subject) ||
        (t->s->words[subject].upos != DGM_PRON && !is_thing_speaking(t, word, subject)))
        return subject;
    for (uint32_t climb = 0; climb < MAX_CLIMB; climb++) {
        const dgm_word *it = &t->s->words[word];
        if (it->head == 0 || it->head > t->s->n_words)
            return subject;
        if (it->deprel == DGM_REL_CCOMP && dgm_has_class(t, it->head, DGM_CLASS_SAY)) {
            uint32_t sayer = dgm_best_child(t, it->head, DGM_REL_NSUBJ);
            return sayer && dgm_heads_somebody(t, sayer) ? sayer : subject;
        }
        if (it->deprel != DGM_REL_CONJ && it->deprel != DGM_REL_XCOMP)
            return subject;
        word = it->head;
    }
    return subject;
}

/* "Belarus had a journalist arrested": whoever has it done. */
static uint32_t causer(const dgm_tree *t, uint32_t participle)
{
    const dgm_word *it = &t->s->words[participle];
    uint32_t verb = it->head;
    if (it->deprel == DGM_REL_ACL && t->s->words[verb].deprel == DGM_REL_OBJ && verb < participle)
        verb = t->s->words[verb].head;
    else if (it->deprel != DGM_REL_XCOMP)
        return 0;
    bool has = t->s->words[verb].upos == DGM_VERB && dgm_lemma_function_is(t, verb, DGM_FN_HAVE);
    return has ? dgm_subject_of(t, verb, DGM_SPOKEN_OF) : 0;
}

/* "Spain joined Italy | in condemning it": Italy condemns it, too. 0: nobody. */
static uint32_t joined_one(const dgm_tree *t, uint32_t word)
{
    const dgm_word *it = &t->s->words[word];
    uint32_t mark = dgm_child_of(t, word, DGM_REL_MARK);
    bool joins = it->deprel == DGM_REL_ADVCL && mark && dgm_function_is(t, mark, DGM_FN_IN) &&
                 dgm_lemma_function_is(t, it->head, DGM_FN_JOINS);
    return joins ? own_object(t, it->head) : 0;
}

/* "Protesters blocked the road, and some hurled stones": "some" with nothing beside it are some of
 * those who act before. The verb above; 0: it is not told so. */
static uint32_t told_of_some(const dgm_tree *t, uint32_t verb, uint32_t subject)
{
    const dgm_word *it = &t->s->words[verb];
    if (it->deprel != DGM_REL_CONJ || !dgm_function_is(t, subject, DGM_FN_SOME) ||
        dgm_child_of(t, subject, DGM_REL_NMOD) || dgm_child_of(t, subject, DGM_REL_AMOD) ||
        dgm_child_of(t, subject, DGM_REL_COMPOUND))
        return 0;
    bool owner = false;
    uint32_t above = dgm_surface_subject(t, it->head, &owner);
    return above && above != subject && !owner ? above : 0;
}

void dgm_add_subject(const dgm_tree *t, uint32_t word, dgm_words *out)
{
    if (t->s->words[word].upos == DGM_NOUN && !dgm_child_of(t, word, DGM_REL_AUXREL)) {
        uint32_t own = dgm_best_child(t, word, DGM_REL_NSUBJ); /* "they are in talks" */
        if (own)
            dgm_add_nominal(t, dgm_is_relative_pronoun(t, own) ? antecedent(t, word, own) : own,
                            out);
        return;
    }
    if (dgm_is_passive(t, word)) {
        dgm_add_agent(t, word, out);
        /* the agent of the first conjunct may stand at the last: "shelled and bombed by" */
        DGM_EACH_CHILD(t, word, w)
        if (out->n == 0 && t->s->words[w].deprel == DGM_REL_CONJ && !dgm_has_own_subject(t, w))
            dgm_add_agent(t, w, out);
        if (out->n == 0 && t->s->words[word].deprel == DGM_REL_CONJ)
            dgm_add_agent(t, t->s->words[word].head, out);
        uint32_t has_it_done = out->n == 0 ? causer(t, word) : 0;
        if (has_it_done)
            dgm_add_nominal(t, has_it_done, out);
        return;
    }
    bool owner = false;
    uint32_t subject = dgm_surface_subject(t, word, &owner);
    if (subject && owner)
        add_owner(t, subject, out);
    else if (subject)
        dgm_add_nominal(t, sayer_for(t, word, subject), out);
    uint32_t whole = subject && !owner ? told_of_some(t, word, subject) : 0;
    if (whole)
        dgm_add_nominal(t, whole, out);
    if (subject && joined_one(t, word))
        dgm_add_nominal(t, joined_one(t, word), out);
}

/* "At least 19 soldiers" is no place where something happened, as some parsers have it. */
static uint32_t rough_number(const dgm_tree *t, uint32_t verb)
{
    if (verb + 2 > t->s->n_words || !dgm_function_is(t, verb + 1, DGM_FN_AT) ||
        !dgm_function_is(t, verb + 2, DGM_FN_EXTREME))
        return 0;
    uint32_t object = dgm_child_of(t, verb, DGM_REL_OBL);
    return object > verb ? object : 0;
}

/* "Handed over a pilot", "shut down the internet": what stands behind a particle is the object,
 * though the parser may take the particle for a preposition. */
static uint32_t behind_particle(const dgm_tree *t, uint32_t verb)
{
    if (verb >= t->s->n_words)
        return 0;
    bool particle = dgm_function_is(t, verb + 1, DGM_FN_PARTICLE);
    DGM_EACH_CHILD(t, verb, w)
    {
        const dgm_word *it = &t->s->words[w];
        if (!particle || w < verb || w - verb > 6 ||
            (it->deprel != DGM_REL_OBL && it->deprel != DGM_REL_OBL_UNMARKED))
            continue;
        uint32_t preposition = dgm_child_of(t, w, DGM_REL_CASE);
        if (preposition == 0 || preposition == verb + 1)
            return w;
    }
    return 0;
}

/* "A mayor" of "and a mayor on Tuesday", which the parser joined to "on Monday" before it. */
static bool is_gapped(const dgm_tree *t, uint32_t joined, uint32_t before)
{
    uint32_t own = dgm_child_of(t, joined, DGM_REL_NMOD), marker = dgm_marker_of(t, before);
    bool stands_apart = !dgm_heads_somebody(t, before) || is_place(t, before);
    return t->s->words[joined].deprel == DGM_REL_CONJ && dgm_heads_somebody(t, joined) &&
           stands_apart && !is_place(t, joined) && !dgm_marker_of(t, joined) && own && marker &&
           dgm_has_preposition(t, own, t->lemmas[marker]);
}

/* "Arrested a journalist on Monday and a mayor on Tuesday": the objects of a verb that is said
 * once. */
static void add_gapped(const dgm_tree *t, uint32_t verb, uint32_t object, dgm_words *out)
{
    const uint32_t heads[] = { verb, object };
    for (uint32_t i = 0; i < DGM_LEN(heads); i++)
        DGM_EACH_CHILD(t, heads[i], w)
        {
            DGM_EACH_CHILD(t, w, joined)
            if (w > object && is_gapped(t, joined, w))
                dgm_add_nominal(t, joined, out);
        }
}

void dgm_add_object(const dgm_tree *t, uint32_t word, dgm_words *out)
{
    const dgm_word *it = &t->s->words[word];
    if (dgm_is_passive(t, word)) {
        bool owner = false;
        if (dgm_child_of(t, word, DGM_REL_OBJ)) { /* "they were denied access" */
            dgm_add_nominal(t, dgm_child_of(t, word, DGM_REL_OBJ), out);
            return;
        }
        uint32_t subject = dgm_child_of(t, word, DGM_REL_NSUBJ_PASS);
        if (!subject && (it->deprel == DGM_REL_ACL || it->deprel == DGM_REL_AMOD))
            subject = it->head;
        else
            subject = dgm_surface_subject(t, word, &owner);
        if (subject)
            dgm_add_nominal(t, subject, out);
        return;
    }
    if (it->deprel == DGM_REL_AMOD) /* "occupied territories", tagged as an adjective */
        dgm_add_nominal(t, it->head, out);
    uint32_t object = own_object(t, word);
    if (!object)
        object = rough_number(t, word);
    if (!object)
        object = behind_particle(t, word);
    if (object) {
        dgm_add_nominal(
            t, dgm_is_relative_pronoun(t, object) ? antecedent(t, word, object) : object, out);
        add_gapped(t, word, object, out);
    } else if (it->deprel == DGM_REL_ACL_RELCL && dgm_child_of(t, word, DGM_REL_NSUBJ) &&
               !dgm_is_relative_pronoun(t, dgm_child_of(t, word, DGM_REL_NSUBJ)))
        dgm_add_nominal(t, it->head, out);
    else if (it->deprel != DGM_REL_AMOD) {
        /* "shelled and bombed the villages": the object stands at the neighbour */
        DGM_EACH_CHILD(t, word, w)
        if (t->s->words[w].deprel == DGM_REL_CONJ && w - word <= 3 &&
            dgm_child_of(t, w, DGM_REL_OBJ))
            dgm_add_nominal(t, dgm_child_of(t, w, DGM_REL_OBJ), out);
    }
}

/* ---- whose a noun is ------------------------------------------------------------------------ */

/* The verb that a noun fills out: "launched an attack", "an attack was carried out". */
uint32_t dgm_verb_over(const dgm_tree *t, uint32_t noun, uint32_t class_id, dgm_deprel *how)
{
    const dgm_word *it = &t->s->words[dgm_first_conjunct(t, noun)];
    *how = it->deprel;
    if (it->head != 0 && it->head <= t->s->n_words && dgm_has_class(t, it->head, class_id))
        return it->head;
    /* "attacks carried out by", "talks that they held", but not "claims that they executed him" */
    DGM_EACH_CHILD(t, noun, w)
    if (!dgm_child_of(t, w, DGM_REL_MARK) &&
        (t->s->words[w].deprel == DGM_REL_ACL || t->s->words[w].deprel == DGM_REL_ACL_RELCL) &&
        dgm_has_class(t, w, class_id)) {
        *how = DGM_REL_ACL;
        return w;
    }
    return 0;
}

bool dgm_of_names_sufferer(const dgm_tree *t, uint32_t noun)
{
    return dgm_map_get(t->grammar->sufferers, t->lemmas[noun]) != DGM_NONE;
}

void dgm_add_light_subject(const dgm_tree *t, uint32_t noun, dgm_words *out)
{
    dgm_deprel how;
    uint32_t verb = dgm_verb_over(t, noun, DGM_CLASS_LIGHT, &how);
    if (verb && (how == DGM_REL_OBJ || how == DGM_REL_NSUBJ_PASS || how == DGM_REL_ACL ||
                 (how == DGM_REL_OBL && dgm_has_function(t, noun, DGM_FN_IN))))
        dgm_add_subject(t, verb, out);
    dgm_words self = { .n = 0 };
    for (uint32_t i = 0; i < out->n; i++)
        if (out->at[i] != noun)
            self.at[self.n++] = out->at[i];
    *out = self;
}

void dgm_add_undergoer(const dgm_tree *t, uint32_t noun, dgm_words *out)
{
    dgm_deprel how;
    uint32_t verb = dgm_verb_over(t, noun, DGM_CLASS_UNDERGO, &how);
    if (dgm_has_function(t, noun, DGM_FN_UNDER) && dgm_child_of(t, noun, DGM_REL_NSUBJ))
        dgm_add_nominal(t, dgm_best_child(t, noun, DGM_REL_NSUBJ), out);
    if (!verb)
        return;
    if (how == DGM_REL_OBJ || how == DGM_REL_OBL)
        dgm_add_subject(t, verb, out);
    else if (how == DGM_REL_NSUBJ)
        dgm_add_object(t, verb, out);
}

/* Whose a noun is: "Turkey's decision", "the Turkish decision", "the decision of Turkey". */
static void add_owner(const dgm_tree *t, uint32_t noun, dgm_words *out)
{
    if (*t->depth >= MAX_QUESTIONS)
        return;
    ++*t->depth;
    dgm_add_children(t, noun, DGM_REL_NMOD_POSS, DGM_REL_NMOD_POSS, out);
    if (out->n == 0)
        dgm_add_light_subject(t, noun, out);
    if (out->n == 0)
        dgm_add_by_case(t, noun, DGM_VIEW("by"), out);
    if (out->n == 0)
        dgm_add_adjectives(t, noun, out);
    if (out->n == 0 && !dgm_of_names_sufferer(t, noun))
        dgm_add_by_case(t, noun, DGM_VIEW("of"), out);
    /* "Condemned an attempt to kill him", "foiled a plot": another's */
    if (out->n == 0 &&
        (t->s->words[noun].deprel == DGM_REL_OBJ ||
         t->s->words[noun].deprel == DGM_REL_NSUBJ_PASS) &&
        !dgm_has_class(t, t->s->words[noun].head, DGM_CLASS_OTHERS_DEED))
        dgm_add_subject(t, t->s->words[noun].head, out);
    --*t->depth;
}

uint32_t dgm_told_root(const dgm_tree *t)
{
    uint32_t root = t->first_child[0];
    uint32_t said = root ? dgm_child_of(t, root, DGM_REL_CCOMP) : 0;
    uint32_t subject = said ? dgm_subject_of(t, root, DGM_NEAREST) : 0;
    return subject > said && dgm_has_class(t, root, DGM_CLASS_SAY) ? said : root;
}
