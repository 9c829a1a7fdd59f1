/* Which time in its own sentence an event, or any other word, has: by the tree, and by the words
 * that stand near it where the tree says nothing. */
#include "grounding/calendar.h"
#include "grounding/times.h"

#include <string.h>

enum {
    MAX_CLIMB = 40,
    MAX_GAP = 10,
    MAX_REACH = 250, /* words between a time and what it dates: no sentence of a report has more */
    FAR = 1000
};

static uint8_t quad_of(const dgm_document *doc, const dgm_word *w)
{
    const dgm_event *event = dgm_event_of(doc, w);
    return event ? event->quad : 0;
}

bool dgm_time_leaves_perfect(const dgm_sentence *s, uint32_t word)
{
    uint32_t head = s->words[word].head, mark = dgm_marker_of(s->tree, head);
    uint32_t comma = s->tree->first_under[word];
    return s->words[word].deprel == DGM_REL_CONJ && s->words[head].deprel == DGM_REL_CCOMP &&
           mark && dgm_is_perfect(s->tree, head) && !dgm_has_own_subject(s->tree, word) &&
           dgm_view_eq(s->words[comma].form, DGM_VIEW(",")) &&
           dgm_has_feat(s->words + word, DGM_VIEW("Mood=Ind"));
}

/* "On Friday, ...": stands before all that the sentence tells. */
static bool is_fronted(const dgm_time *time)
{
    enum { NEAR_START = 3 };
    return time->span.first <= NEAR_START;
}

/* A conjunct with a subject of its own is of the same time only where both are deeds of one kind,
 * or the time stands before both: "X was killed on Friday; Y blamed Z" tells not when Y did. */
static bool same_story(const dgm_document *doc, const dgm_sentence *s, const dgm_time *time,
                       uint32_t i)
{
    if (dgm_time_leaves_perfect(s, i))
        return false;
    return !dgm_has_own_subject(s->tree, i) || is_fronted(time) ||
           quad_of(doc, s->words + i) == quad_of(doc, s->words + s->words[i].head);
}

/* Deeds that somebody speaks of at his own time: "condemned the attack on Thursday". */
static bool is_spoken_of(const dgm_document *doc, const dgm_sentence *s, uint32_t i)
{
    const dgm_word *w = s->words + i;
    uint8_t quad = quad_of(doc, w), over = quad_of(doc, s->words + w->head);
    return (quad == DGM_QUAD_MATERIAL_COOPERATION || quad == DGM_QUAD_MATERIAL_CONFLICT) &&
           (over == DGM_QUAD_VERBAL_COOPERATION || over == DGM_QUAD_VERBAL_CONFLICT);
}

/* "as the army moved in", "with police firing", and of what was done "voted to leave": of the time
 * of what they go with. "after they had fired" is of another. */
static bool goes_with(const dgm_time_words *words, const dgm_sentence *s,
                      const dgm_time_point *point, uint32_t i)
{
    if (dgm_time_has(words, s->words[s->tree->first_under[i]].lemma, DGM_TIME_WHILE))
        return true;
    if (point->over && dgm_has_to(s->tree, i) && !dgm_is_perfect(s->tree, i))
        return true;
    if (dgm_is_finite(s->tree, i) || dgm_is_perfect(s->tree, i))
        return false;
    uint32_t mark = dgm_marker_of(s->tree, i);
    return !mark || !(dgm_function_is(s->tree, mark, DGM_FN_REASON) ||
                      dgm_time_has(words, s->words[mark].lemma, DGM_TIME_SHIFT) ||
                      dgm_time_has(words, s->words[mark].lemma, DGM_TIME_SINCE));
}

/* Whether a relative clause tells on: "met the king, who argued for war", "an attack that killed".
 */
static bool tells_on(const dgm_document *doc, const dgm_sentence *s, uint32_t i)
{
    uint32_t noun = s->words[i].head;
    if (quad_of(doc, s->words + noun) != 0 && s->words[noun].upos == DGM_NOUN)
        return true;
    if (!dgm_is_past(s->tree, i) || dgm_is_perfect(s->tree, i))
        return false;
    uint32_t first = s->tree->first_under[i];
    return first > 1 && dgm_view_eq(s->words[first].form, DGM_VIEW(","));
}

/* The next predicate up whose time is also that of i: the clause that i is an argument of, the
 * first of conjuncts, what an infinitive completes. 0: none; *cost grows with doubt. */
static uint32_t up(const dgm_time_words *words, const dgm_document *doc,
                   const dgm_time_point *point, const dgm_time *time, uint32_t i, uint32_t *cost)
{
    const dgm_sentence *s = doc->sentences.at + point->sentence;
    const dgm_word *w = s->words + i;
    switch (w->deprel) {
    case DGM_REL_XCOMP:
    case DGM_REL_NSUBJ:
    case DGM_REL_COMPOUND:
        *cost += 4;
        return w->head;
    case DGM_REL_OBJ:
    case DGM_REL_NSUBJ_PASS:
        *cost += 4;
        return is_spoken_of(doc, s, i) ? 0 : w->head;
    case DGM_REL_CONJ:
        *cost += 6;
        return same_story(doc, s, time, i) ? w->head : 0;
    case DGM_REL_OBL:
    case DGM_REL_OBL_AGENT:
    case DGM_REL_NMOD:
    case DGM_REL_NMOD_POSS:
        *cost += 12;
        return is_spoken_of(doc, s, i) ? 0 : w->head;
    case DGM_REL_ADVCL:
        *cost += 10;
        return goes_with(words, s, point, i) ? w->head : 0;
    case DGM_REL_ACL:
        /* "a rally organized by X": one trigger. */
        *cost += 2;
        return w->head >= point->first && w->head <= point->last ? w->head : 0;
    case DGM_REL_ACL_RELCL:
        *cost += 14;
        return tells_on(doc, s, i) ? w->head : 0;
    default:
        return 0;
    }
}

/* What has been done ("cancelled", "has warned") was not done in days to come, but what somebody
 * has "called" or "planned" may be. */
static bool lies_ahead(const dgm_document *doc, const dgm_time_point *point, const dgm_time *time)
{
    const dgm_sentence *s = doc->sentences.at + point->sentence;
    uint32_t p = point->word;
    if (!dgm_has_feat(s->words + p, DGM_VIEW("Tense=Past")) || s->words[p].upos != DGM_VERB ||
        strcmp(time->begin, doc->date) <= 0 || point->planned)
        return false;
    for (uint32_t k = dgm_child_of(s->tree, p, DGM_REL_AUXREL); k;
         k = dgm_next_child(s->tree, k, DGM_REL_AUXREL))
        if (!dgm_view_eq(s->words[k].lemma, DGM_VIEW("have")))
            return false;
    return dgm_has_feat(s->words + p, DGM_VIEW("Mood=Ind")) ||
           dgm_child_of(s->tree, p, DGM_REL_AUXREL) != 0;
}

/* "to use force" of "threatened to use force", "resignation" of "asked for his resignation": what
 * is yet to be done when p is said. */
static bool is_content_of(const dgm_document *doc, const dgm_sentence *s, uint32_t at, uint32_t p)
{
    const dgm_word *w = s->words + at;
    if (w->deprel == DGM_REL_XCOMP)
        return dgm_has_to(s->tree, at);
    const dgm_event *event = dgm_event_of(doc, s->words + p);
    return (w->deprel == DGM_REL_OBL || w->deprel == DGM_REL_OBJ) && w->head == p && event &&
           dgm_like(event->type) == DGM_REQUEST;
}

/* "a raid" of "detained during a raid at a plant on Thursday". */
static bool is_setting_of(const dgm_time_words *words, const dgm_sentence *s, uint32_t noun,
                          uint32_t p)
{
    uint32_t k = dgm_child_of(s->tree, noun, DGM_REL_CASE);
    return s->words[noun].head == p && s->words[noun].deprel == DGM_REL_OBL && k &&
           (dgm_function_is(s->tree, k, DGM_FN_IN) ||
            dgm_time_has(words, s->words[k].lemma, DGM_TIME_WHILE));
}

/* "Expelled a Russian accused in 2022", "deported a man convicted in May": a participle that says
 * who somebody is, with a deed or a long time of its own. "Protesters gathered on Monday" are then
 * met. */
static bool says_who(const dgm_document *doc, const dgm_sentence *s, const dgm_time_point *point,
                     const dgm_time *time, uint32_t at)
{
    const dgm_word *w = s->words + at;
    const dgm_event *event = dgm_event_of(doc, w);
    if (s->words[point->word].upos != DGM_VERB || w->deprel != DGM_REL_ACL || w->upos != DGM_VERB ||
        w->head == point->word || at == point->word || s->words[w->head].mention == DGM_NONE ||
        !dgm_is_past_participle(w))
        return false;
    return (event && event->trigger_word == at) || strcmp(time->begin, time->end) != 0;
}

/* Whether a time that hangs on `at` (through nominal steps only) may speak of predicate p: the
 * number of steps, or FAR. Steps that pass another event's word end it. */
static uint32_t hangs_on(const dgm_time_words *words, const dgm_document *doc,
                         const dgm_time_point *point, const dgm_time *time, uint32_t at, uint32_t p)
{
    const dgm_sentence *s = doc->sentences.at + point->sentence;
    uint32_t steps = 0;
    /* "threatened to use force earlier this week": what is over was not yet to be done. */
    bool over = strcmp(time->end, doc->date) < 0;
    for (; at != 0 && steps < MAX_CLIMB; steps++) {
        const dgm_word *w = s->words + at;
        if (at == p)
            return steps;
        if (dgm_has_function(s->tree, at, DGM_FN_ACCORDING))
            return FAR; /* "according to a statement on Friday": when it was stated */
        bool own = at >= point->first && at <= point->last;
        /* "a protest held in X on Sunday": a participle that is no event speaks of its noun. */
        bool clause = dgm_is_clause(w->deprel) &&
                      (w->deprel != DGM_REL_ACL || steps > 0 || dgm_has_own_subject(s->tree, at));
        clause = clause || (steps == 0 && at != p && says_who(doc, s, point, time, at));
        bool content = over && is_content_of(doc, s, at, p);
        bool blocks = dgm_event_of(doc, w) && !own && !content && !is_setting_of(words, s, at, p);
        if (blocks || clause || w->deprel == DGM_REL_NMOD_POSS ||
            (w->deprel == DGM_REL_CONJ && w->upos == DGM_VERB))
            return FAR;
        at = w->head;
    }
    return FAR;
}

static bool has_of(const dgm_sentence *s, uint32_t i)
{
    uint32_t k = dgm_child_of(s->tree, i, DGM_REL_CASE);
    return k && dgm_function_is(s->tree, k, DGM_FN_OF);
}

/* Whether the possessor or modifier of a mere noun ("Monday's meeting") is no time of the verb. */
static bool belongs_to_noun(const dgm_sentence *s, uint32_t head, uint32_t p)
{
    const dgm_word *w = s->words + head;
    return w->head != p && (w->deprel == DGM_REL_NMOD_POSS || w->deprel == DGM_REL_COMPOUND ||
                            w->deprel == DGM_REL_NUMMOD || w->deprel == DGM_REL_AMOD ||
                            w->deprel == DGM_REL_NMOD_DESC || has_of(s, head));
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* The clause or noun before which a time stands as its mark: "a day after protesters stormed", "six
 * days since the halt". 0: none. */
static uint32_t marked_by(const dgm_sentence *s, const dgm_time *time)
{
    const dgm_word *last = s->words + time->span.last;
    return (last->deprel == DGM_REL_MARK || last->deprel == DGM_REL_CASE) &&
                   last->head > time->span.last
               ? last->head
               : 0;
}

/* Whether it is the clause's or the deed's own time: of such a clause, of "the bombing" behind "a
 * day after" where a day was told before, and of "the war" of "the third anniversary of the war".
 */
static bool marks(const dgm_document *doc, const dgm_sentence *s, const dgm_time *time, uint32_t p)
{
    if (marked_by(s, time) == p)
        return s->words[p].upos == DGM_VERB || (time->beside && dgm_event_of(doc, s->words + p));
    return time->beside && s->words[p].deprel == DGM_REL_NMOD &&
           s->words[p].head == dgm_span_head(s, time->span.first, time->span.last) &&
           dgm_event_of(doc, s->words + p);
}

/* "tried" for "storm" of "a day after gunmen tried to storm the palace": the verb that the clause
 * begins with. */
static uint32_t first_verb(const dgm_sentence *s, uint32_t word)
{
    for (uint32_t n = 0; n < MAX_CLIMB; n++) {
        word = dgm_first_conjunct(s->tree, word);
        if (s->words[word].deprel != DGM_REL_XCOMP || !dgm_has_to(s->tree, word))
            return word;
        word = s->words[word].head;
    }
    return word;
}

/* "carried out the 2018 attack", "a 2024 mass stabbing": the time inside the point's own words, or
 * of a name before them. */
static bool is_inside(const dgm_sentence *s, const dgm_time_point *point, uint32_t head)
{
    uint32_t noun = s->words[head].head;
    if (s->words[head].deprel == DGM_REL_NUMMOD && s->words[noun].deprel == DGM_REL_COMPOUND)
        noun = s->words[noun].head;
    return noun != 0 && noun >= point->first && noun <= point->last;
}

/* "in 1974, when troops landed", "on Tuesday after being shot", also where the parser hung the
 * clause on the verb. */
static bool is_relative_of(const dgm_document *doc, const dgm_sentence *s, const dgm_time *time,
                           uint32_t p)
{
    const dgm_word *w = s->words + p;
    if ((w->deprel == DGM_REL_ACL_RELCL || w->deprel == DGM_REL_ADVCL_RELCL) &&
        w->head >= time->span.first && w->head <= time->span.last)
        return true;
    if (!dgm_is_clause(w->deprel) || p <= time->span.last || strcmp(time->end, doc->date) > 0)
        return false;
    uint32_t first = s->tree->first_under[p];
    if (dgm_view_eq(s->words[first].form, DGM_VIEW(",")))
        first++;
    uint32_t before = first - 1;
    if (before > 1 && dgm_view_eq(s->words[before].form, DGM_VIEW(",")))
        before--;
    return first < p && before == time->span.last && dgm_function_is(s->tree, first, DGM_FN_WHEN);
}

/* "Monday's attack killed two", "A 2006 report accused him", "killed in the June 3 raid", "the
 * abductions during the May 2 attack": what such a noun does, and what happens in it, has its time.
 */
static bool is_of_noun(const dgm_time_words *words, const dgm_document *doc, const dgm_sentence *s,
                       uint32_t head, uint32_t p)
{
    uint32_t noun = s->words[head].head;
    if (noun == 0 || noun == p || s->words[noun].head != p || !belongs_to_noun(s, head, p))
        return false;
    dgm_deprel rel = s->words[noun].deprel;
    uint32_t k = dgm_child_of(s->tree, noun, DGM_REL_CASE);
    bool during = k && dgm_time_has(words, s->words[k].lemma, DGM_TIME_WHILE);
    if (has_of(s, head)) /* "during the protests of July 2021" */
        return rel == DGM_REL_OBL && during;
    if (rel == DGM_REL_NSUBJ)
        return !dgm_event_of(doc, s->words + noun) || !is_spoken_of(doc, s, noun);
    if (rel != DGM_REL_OBL && (rel != DGM_REL_NMOD || !dgm_event_of(doc, s->words + p)))
        return false;
    return during || (k && (dgm_function_is(s->tree, k, DGM_FN_IN) ||
                            dgm_function_is(s->tree, k, DGM_FN_AT)));
}

/* The noun p, or that by which the point at p is called: "coup" of "led an attempted coup". */
static bool is_named_by(const dgm_sentence *s, const dgm_time_point *point, uint32_t noun,
                        uint32_t p)
{
    return noun == p || (p == point->word && noun >= point->first && noun <= point->last &&
                         s->words[noun].upos == DGM_NOUN);
}

/* "Stopped the aid which it had promised in 2024", "resumed the talks that broke down in 2016":
 * whether a clause tells of its noun what was before the verb takes it up. */
static bool goes_back_to(const dgm_sentence *s, uint32_t verb, uint32_t clause)
{
    return (dgm_is_past(s->tree, clause) && dgm_is_perfect(s->tree, clause)) ||
           dgm_has_class(s->tree, verb, DGM_CLASS_ASPECT) ||
           dgm_has_class(s->tree, verb, DGM_CLASS_STOP);
}

/* "the 2024 uprising that ousted him", "an article of June 3 which accused her": what such a noun
 * does. And of the noun: "the coup that took place in 1981". */
static bool is_by_relative(const dgm_document *doc, const dgm_sentence *s,
                           const dgm_time_point *point, uint32_t head, uint32_t p)
{
    uint32_t over = s->words[head].head, clause = p, noun = s->words[p].head, at = noun;
    if (over != noun) {
        clause = over;
        noun = s->words[over].head;
        at = over;
        if (!is_named_by(s, point, noun, p) || dgm_event_of(doc, s->words + clause) ||
            (noun != p && goes_back_to(s, p, clause)))
            return false;
    }
    uint32_t subject = dgm_subject_of(s->tree, clause, DGM_SPOKEN_OF);
    return s->words[clause].deprel == DGM_REL_ACL_RELCL && at == over && noun != 0 && subject &&
           dgm_is_relative_pronoun(s->tree, subject);
}

/* The relative clause that a verb heads, or is told on in: "that killed one and hurt ten". 0: none.
 */
static uint32_t relative_clause(const dgm_sentence *s, uint32_t verb)
{
    verb = dgm_first_conjunct(s->tree, verb);
    uint32_t subject = s->words[verb].deprel == DGM_REL_ACL_RELCL
                           ? dgm_subject_of(s->tree, verb, DGM_SPOKEN_OF)
                           : 0;
    return subject && dgm_is_relative_pronoun(s->tree, subject) ? verb : 0;
}

/* "the two bombings that killed one and hurt ten last Tuesday", "killed in an operation that began
 * yesterday", "a missile that struck it on Monday killed three": what a deed does tells when it
 * was. */
static bool is_by_its_clause(const dgm_time_words *words, const dgm_document *doc,
                             const dgm_sentence *s, uint32_t head, uint32_t p)
{
    uint32_t clause = relative_clause(s, s->words[head].head);
    uint32_t noun = clause ? s->words[clause].head : 0;
    if (!noun || s->words[noun].upos != DGM_NOUN || !dgm_is_past(s->tree, clause))
        return false;
    if (s->words[noun].head == p && s->words[noun].deprel == DGM_REL_NSUBJ)
        return s->words[noun].mention == DGM_NONE && dgm_is_past(s->tree, p) &&
               quad_of(doc, s->words + p) != 0 &&
               (!dgm_event_of(doc, s->words + clause) ||
                quad_of(doc, s->words + p) == quad_of(doc, s->words + clause));
    if (noun == p)
        return !dgm_event_of(doc, s->words + clause) ||
               quad_of(doc, s->words + noun) == quad_of(doc, s->words + clause);
    uint32_t k = dgm_child_of(s->tree, noun, DGM_REL_CASE);
    return s->words[noun].head == p && s->words[noun].deprel == DGM_REL_OBL && k &&
           !dgm_event_of(doc, s->words + clause) &&
           (dgm_function_is(s->tree, k, DGM_FN_IN) ||
            dgm_time_has(words, s->words[k].lemma, DGM_TIME_WHILE));
}

/* "Pardoned rebels accused of theft on Wednesday": what somebody is accused of says who he is, and
 * the day behind it is that of the deed, but "in 2022" right behind "accused" is not. */
static bool is_behind_accused(const dgm_sentence *s, uint32_t head, uint32_t p)
{
    enum { STEPS = 3 };
    uint32_t over = s->words[head].head, noun = s->words[over].head;
    bool right_behind = head == over + 1 || (head == over + 2 && s->words[over + 1].head == head);
    if (right_behind || over < p || head < over || s->words[over].deprel != DGM_REL_ACL ||
        !dgm_has_class(s->tree, over, DGM_CLASS_ACCUSE) || dgm_is_finite(s->tree, over) ||
        !dgm_is_past(s->tree, p))
        return false;
    for (uint32_t n = 0; n < STEPS && noun > p && !dgm_is_clause(s->words[noun].deprel); n++)
        noun = s->words[noun].head;
    return noun == p;
}

/* "Arrested four as they crossed on Friday", "shelled it while envoys met": the time of what goes
 * on meanwhile. */
static bool is_of_meanwhile(const dgm_time_words *words, const dgm_sentence *s, uint32_t head,
                            uint32_t p)
{
    uint32_t over = s->words[head].head, mark = dgm_marker_of(s->tree, over);
    return over > p && head > over && s->words[over].deprel == DGM_REL_ADVCL &&
           s->words[over].head == p && mark &&
           dgm_time_has(words, s->words[mark].lemma, DGM_TIME_WHILE) &&
           !dgm_lemma_function_is(s->tree, over, DGM_FN_DO) && dgm_is_past(s->tree, over) &&
           !dgm_is_perfect(s->tree, over);
}

static bool have_one_form(const dgm_word *a, const dgm_word *b)
{
    return a->upos == DGM_VERB && b->upos == DGM_VERB && dgm_view_eq(a->feats, b->feats);
}

/* Whether two clauses tell one deed: they have one subject, or nobody acts in either ("two were
 * killed and eight hurt"). */
static bool tell_one_deed(const dgm_sentence *s, uint32_t a, uint32_t b)
{
    return !dgm_has_own_subject(s->tree, b) ||
           (dgm_is_passive(s->tree, a) && dgm_is_passive(s->tree, b));
}

/* "setting fire to a mosque and killing 23 in May 2024", "attacked a town and killed five on
 * Monday": the time at the end is that of both. */
static bool is_of_conjunct(const dgm_time_words *words, const dgm_document *doc,
                           const dgm_sentence *s, uint32_t head, uint32_t p)
{
    uint32_t over = s->words[head].head;
    for (uint32_t k = dgm_child_of(s->tree, p, DGM_REL_CONJ); k;
         k = dgm_next_child(s->tree, k, DGM_REL_CONJ))
        if (k > p && head > k && (over == k || is_by_its_clause(words, doc, s, head, k)) &&
            tell_one_deed(s, p, k) && have_one_form(s->words + p, s->words + k) &&
            (!dgm_event_of(doc, s->words + k) ||
             quad_of(doc, s->words + p) == quad_of(doc, s->words + k)))
            return true;
    return false;
}

/* "on Sunday President Talon signed", "In July Morocco's envoy left", and where the sentence begins
 * "On Sunday activists burst": the verb of a time that the parser took for a part of the name
 * behind it. 0: it did not. */
static uint32_t verb_behind_name(const dgm_sentence *s, const dgm_time *time, uint32_t head)
{
    uint32_t first = time->span.first, last = time->span.last, over = s->words[head].head;
    dgm_deprel rel = s->words[head].deprel;
    if (first < 2 || s->words[first - 1].upos != DGM_ADP || over <= last ||
        (rel != DGM_REL_COMPOUND && rel != DGM_REL_NMOD_POSS) ||
        !(s->words[last + 1].upos == DGM_PROPN ||
          (first == 2 && s->words[last + 1].upos == DGM_NOUN)) ||
        dgm_function_is(s->tree, first - 1, DGM_FN_OF))
        return 0;
    for (uint32_t n = 0; n < MAX_CLIMB && over != 0 && s->words[over].upos != DGM_VERB; n++)
        over = dgm_is_clause(s->words[over].deprel) ? 0 : s->words[over].head;
    return over;
}

bool dgm_time_has_clause(const dgm_document *doc, const dgm_time *time, uint32_t word)
{
    const dgm_sentence *s = doc->sentences.at + time->span.sentence;
    return is_relative_of(doc, s, time, dgm_first_conjunct(s->tree, word));
}

uint32_t dgm_time_hangs_on(const dgm_sentence *s, const dgm_time *time)
{
    uint32_t head = dgm_span_head(s, time->span.first, time->span.last);
    uint32_t verb = verb_behind_name(s, time, head);
    return verb ? verb : s->words[head].head;
}

bool dgm_time_is_of_cause(const dgm_document *doc, const dgm_sentence *s, const dgm_time *time,
                          uint32_t word)
{
    return strcmp(time->begin, time->end) != 0 && strcmp(time->end, doc->date) < 0 &&
           dgm_is_behind_cause(s->tree, time->span.first, word);
}

/* How far the time is from the event: lower is nearer, FAR is not its time. */
static uint32_t cost_of(const dgm_time_words *words, const dgm_document *doc,
                        const dgm_time_point *point, const dgm_time *time)
{
    const dgm_sentence *s = doc->sentences.at + time->span.sentence;
    uint32_t head = dgm_span_head(s, time->span.first, time->span.last);
    uint32_t p = point->word, cost = 0;
    if (marks(doc, s, time, p))
        return s->words[p].upos == DGM_VERB ? 0 : 2; /* "the October 7 attack" has its own */
    if (is_relative_of(doc, s, time, p))
        return 5; /* "on Friday after they shot him last week" has its own */
    if (time->beside)
        return marks(doc, s, time, first_verb(s, p)) ? 1 : FAR;
    if ((time->span.first <= p && p <= time->span.last) || lies_ahead(doc, point, time) ||
        dgm_time_is_of_cause(doc, s, time, p))
        return FAR;
    uint32_t granted = dgm_time_granted_deed(doc, s, time->span.first);
    if (granted)
        return p == granted ? 1 : FAR;
    if (is_inside(s, point, head))
        return 1;
    if (is_of_noun(words, doc, s, head, p))
        return 8;
    if (is_by_relative(doc, s, point, head, p))
        return 6;
    if (is_by_its_clause(words, doc, s, head, p))
        return 10;
    if (is_behind_accused(s, head, p))
        return 20;
    if (is_of_conjunct(words, doc, s, head, p))
        return 40;
    if (is_of_meanwhile(words, s, head, p))
        return 50;
    uint32_t noun = marked_by(s, time); /* "36 minutes after the raid": not the raid's */
    if (noun == p)
        return FAR;
    uint32_t verb = noun ? s->words[noun].head : verb_behind_name(s, time, head);
    uint32_t at = verb ? verb : s->words[head].head;
    for (uint32_t n = 0; p != 0 && n < MAX_CLIMB; n++) {
        bool of_noun = !verb && belongs_to_noun(s, head, p);
        if (n > 0 && is_relative_of(doc, s, time, p))
            return cost;
        if (n == 0 || !of_noun) {
            uint32_t steps = hangs_on(words, doc, point, time, at, p);
            if (steps < FAR && !(steps > 0 && of_noun))
                return DGM_MIN(FAR - 1,
                               cost + steps * 3 + DGM_MIN(2, distance(head, point->word) / 8));
        }
        p = up(words, doc, point, time, p, &cost);
    }
    return FAR;
}

/* The commas of "in Mannheim, Germany, on March 3". */
static bool is_within_name(const dgm_sentence *s, uint32_t i)
{
    return dgm_view_eq(s->words[i].form, DGM_VIEW(",")) && s->words[i - 1].upos == DGM_PROPN;
}

/* Where the tree gives no time: one that follows within a few words, with no other verb, event or
 * mark between, belongs to the event whatever the tree says ("seized control of the country
 * Monday"). */
static bool follows(const dgm_document *doc, const dgm_time_point *point, const dgm_time *time)
{
    const dgm_sentence *s = doc->sentences.at + time->span.sentence;
    uint32_t from = DGM_MAX(point->last, point->word);
    if (belongs_to_noun(s, dgm_span_head(s, time->span.first, time->span.last), point->word) ||
        dgm_time_is_of_cause(doc, s, time, point->word))
        return false;
    if (time->span.first <= from || time->span.first > from + MAX_GAP)
        return false;
    if (dgm_function_is(s->tree, time->span.first - 1, DGM_FN_OF))
        return false;
    for (uint32_t i = from + 1; i < time->span.first; i++) {
        const dgm_word *w = s->words + i;
        if (is_within_name(s, i))
            continue;
        if (w->upos == DGM_VERB || w->upos == DGM_AUX || w->upos == DGM_PUNCT ||
            w->upos == DGM_SCONJ || w->upos == DGM_CCONJ || dgm_event_of(doc, w))
            return false;
    }
    return true;
}

/* "expels an envoy over a bombing in May", "demand land taken in 1954": what is told in the present
 * is no news of long ago. */
static bool is_too_old(const dgm_document *doc, const dgm_time_point *point, const dgm_time *time)
{
    enum { NEWS_DAYS = 7 };
    dgm_day today, end;
    return point->present && !is_fronted(time) && dgm_day_parse(dgm_view_of(doc->date), &today) &&
           dgm_day_parse(dgm_view_of(time->end), &end) && end < today - NEWS_DAYS;
}

static bool is_since(const dgm_time_words *words, const dgm_sentence *s, const dgm_time *time)
{
    return dgm_time_has(words, s->words[time->span.first].lemma, DGM_TIME_SINCE);
}

/* "Repealed a law, in force since 1963": "since" behind a comma speaks of what stands there. */
static bool lasts_elsewhere(const dgm_time_words *words, const dgm_document *doc,
                            const dgm_time_point *point, const dgm_time *time)
{
    const dgm_sentence *s = doc->sentences.at + point->sentence;
    if (is_fronted(time) || !is_since(words, s, time))
        return false;
    for (uint32_t i = DGM_MAX(point->last, point->word) + 1; i < time->span.first; i++)
        if (dgm_view_eq(s->words[i].form, DGM_VIEW(",")) && !is_within_name(s, i))
            return true;
    return false;
}

/* "A man held since May was freed on Monday", "freed forty, held since May": what was done once is
 * not dated by "since", but "since May, when it was shelled", "since Sunday rebels killed ten". */
static bool was_done_once(const dgm_time_words *words, const dgm_document *doc,
                          const dgm_time_point *point, const dgm_time *time)
{
    const dgm_sentence *s = doc->sentences.at + point->sentence;
    uint32_t p = point->word, first = dgm_first_conjunct(s->tree, p);
    return is_since(words, s, time) && dgm_is_finite(s->tree, p) && dgm_is_past(s->tree, p) &&
           !dgm_is_perfect(s->tree, p) && !dgm_is_perfect(s->tree, first) &&
           !is_relative_of(doc, s, time, first);
}

bool dgm_time_is_of_what_lasts(const dgm_time_words *words, const dgm_document *doc,
                               const dgm_time_point *point, const dgm_time *time)
{
    enum { YEAR = 365 };
    dgm_day begin, today;
    if (lasts_elsewhere(words, doc, point, time))
        return true;
    return time->span.first > DGM_MAX(point->last, point->word) + 1 &&
           was_done_once(words, doc, point, time) &&
           dgm_day_parse(dgm_view_of(time->begin), &begin) &&
           dgm_day_parse(dgm_view_of(doc->date), &today) && begin < today - YEAR;
}

uint32_t dgm_time_of_point(const dgm_time_words *words, const dgm_document *doc,
                           const dgm_time_point *point, uint32_t i_time)
{
    uint32_t best = DGM_NONE, least = FAR;
    const dgm_sentence *s = doc->sentences.at + point->sentence;
    for (; i_time < doc->times.n; i_time++) {
        const dgm_time *time = doc->times.at + i_time;
        if (time->span.sentence != point->sentence)
            break;
        if (time->duration || dgm_time_in_dateline(s, time->span.last) ||
            (point->over && strcmp(time->begin, doc->date) > 0) ||
            ((point->over || point->news) && dgm_time_is_from_now(doc, time)) ||
            distance(time->span.first, point->word) > MAX_REACH || is_too_old(doc, point, time) ||
            dgm_time_is_of_what_lasts(words, doc, point, time))
            continue;
        uint32_t cost = cost_of(words, doc, point, time);
        if (cost == FAR && !time->beside && !lies_ahead(doc, point, time) &&
            follows(doc, point, time))
            cost = FAR - 1;
        if (cost < FAR && was_done_once(words, doc, point, time))
            cost = is_fronted(time) ? FAR - 1 : FAR;
        if (cost < least) {
            least = cost;
            best = i_time;
        }
    }
    return best;
}
