/* Participles that are verbs, and who does what: see garden_path.h. */
#include "syntax/garden_parts.h"

/* "Police <- protesters" across "arrested", which governs "protesters". */
void garden_subject_behind_verb(dgm_sentence *s, uint32_t i)
{
    dgm_word *w = &s->words[i];
    if (!is_nominal(w) || !is_inside_phrase(w->deprel) || w->head <= i)
        return;
    uint32_t verb = s->words[w->head].head;
    if (verb <= i || verb >= w->head || s->words[verb].upos != DGM_VERB ||
        has_child(s, i, DGM_REL_CASE) || has_child(s, verb, DGM_REL_NSUBJ))
        return;
    w->head = verb;
    w->deprel = DGM_REL_NSUBJ;
}

/* The verb takes the place of the noun that it hung on, and the noun hangs on the verb; what hung
 * there besides and is no part of the noun's own phrase moves with it. */
static void raise_verb(dgm_sentence *s, uint32_t noun, uint32_t verb, dgm_deprel of_noun)
{
    make_finite(&s->words[verb]);
    swap_heads(s, noun, verb, of_noun);
    for (uint32_t i = 1; i <= s->n_words; i++) {
        dgm_deprel deprel = s->words[i].deprel;
        if (s->words[i].head == noun && i != verb &&
            (deprel == DGM_REL_PUNCTREL || deprel == DGM_REL_PARATAXIS || deprel == DGM_REL_CCOMP ||
             deprel == DGM_REL_ADVCL || deprel == DGM_REL_MARK || deprel == DGM_REL_ADVMOD ||
             dgm_deprel_main(deprel) == DGM_REL_OBL || deprel == DGM_REL_DISCOURSE))
            s->words[i].head = verb;
    }
}

/* noun "protesters", participle "arrested" before it, member "Police" before that. */
void garden_participle_before(dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head;
    if (s->words[verb].deprel != DGM_REL_AMOD || noun <= verb || !is_bare_clause(s, noun) ||
        has_child(s, noun, DGM_REL_CASE))
        return;
    uint32_t subject = 0;
    for (uint32_t i = 1; i < verb; i++) {
        if (s->words[i].head != noun)
            continue;
        if (is_nominal(&s->words[i]) && is_inside_phrase(s->words[i].deprel) &&
            !has_child(s, i, DGM_REL_CASE))
            subject = i;
        else if (s->words[i].deprel == DGM_REL_NUMMOD)
            return;
    }
    if (!subject)
        return;
    raise_verb(s, noun, verb, DGM_REL_OBJ);
    for (uint32_t i = 1; i < verb; i++)
        if (s->words[i].head == noun && i != subject)
            s->words[i].head = i < subject ? subject : verb;
    s->words[subject].head = verb;
    s->words[subject].deprel = DGM_REL_NSUBJ;
}

/* noun "warplanes", participle "struck" right after it, bare noun "positions" right after that. */
void garden_participle_after(dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head;
    if ((s->words[verb].deprel != DGM_REL_AMOD && s->words[verb].deprel != DGM_REL_ACL) ||
        noun + 1 != verb || !is_nominal(&s->words[noun]) || !is_bare_clause(s, noun) ||
        has_child(s, verb, DGM_REL_OBL) || has_child(s, verb, DGM_REL_OBJ))
        return;
    for (uint32_t i = verb + 1; i <= s->n_words; i++) {
        const dgm_word *w = &s->words[i];
        if (w->head != noun)
            continue;
        if (!is_nominal(w) || begin_of(s, i) > verb + 1 || has_child(s, i, DGM_REL_CASE) ||
            s->words[verb + 1].upos == DGM_PUNCT)
            return;
        raise_verb(s, noun, verb, DGM_REL_NSUBJ);
        s->words[i].head = verb;
        s->words[i].deprel = DGM_REL_OBJ;
        return;
    }
}

/* noun "chief", apposition ", General X,", participle "seized" after the second comma: a sentence
 * whose verb is not passive, for what stands apart from its noun describes it no further. */
void garden_participle_set_off(dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head;
    bool inside = s->words[verb].deprel == DGM_REL_AMOD || s->words[verb].deprel == DGM_REL_ACL;
    if (!inside || noun >= verb || !is_nominal(&s->words[noun]) || !is_bare_clause(s, noun) ||
        !is_comma(s, verb - 1) || has_child(s, verb, DGM_REL_AUXREL) ||
        dgm_child(s, verb, DGM_REL_OBL_AGENT, verb) ||
        !dgm_view_eq(s->words[s->n_words].form, DGM_VIEW(".")))
        return;
    uint32_t apposition = dgm_child(s, noun, DGM_REL_APPOS, noun);
    if (apposition && apposition < verb)
        raise_verb(s, noun, verb, DGM_REL_NSUBJ);
}

/* "Mali, which soldiers rule, voiced support" with "voiced support" as another thing beside Mali.
 */
void garden_participle_of_conjunct(dgm_sentence *s, uint32_t verb)
{
    uint32_t object = s->words[verb].head, noun = s->words[object].head;
    if (s->words[verb].deprel != DGM_REL_AMOD || object <= verb || !noun || noun >= verb ||
        !is_comma(s, verb - 1) ||
        (s->words[object].deprel != DGM_REL_CONJ && s->words[object].deprel != DGM_REL_APPOS) ||
        has_child(s, object, DGM_REL_CC) || has_child(s, object, DGM_REL_CASE))
        return;
    while (noun && !is_clause(s->words[noun].deprel))
        noun = s->words[noun].head;
    if (!noun || noun >= verb || !is_nominal(&s->words[noun]) || !is_bare_clause(s, noun) ||
        has_child(s, noun, DGM_REL_CASE))
        return;
    raise_verb(s, noun, verb, DGM_REL_NSUBJ);
    s->words[object].head = verb;
    s->words[object].deprel = DGM_REL_OBJ;
}

/* "ordered her to leave, accusing her of spying": whoever ordered accuses. */
void garden_participle_of_infinitive(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    const dgm_word *w = &s->words[i];
    uint32_t infinitive = w->head, verb = s->words[infinitive].head;
    if (w->deprel != DGM_REL_ADVCL || infinitive >= i || !dgm_view_eq(w->xpos, DGM_VIEW("VBG")) ||
        !dgm_view_eq(s->words[infinitive].xpos, DGM_VIEW("VB")))
        return;
    if (s->words[infinitive].deprel == DGM_REL_ACL)
        verb = s->words[verb].head;
    uint32_t first = begin_of(s, i);
    bool apart = is_comma(s, first) || is_comma(s, first - 1);
    bool of_object = has_child(s, verb, DGM_REL_OBJ) || has_child(s, verb, DGM_REL_IOBJ);
    if (apart && verb && verb < infinitive && s->words[verb].upos == DGM_VERB &&
        (of_object || is_speech(words, w)))
        s->words[i].head = verb;
}

/* "act" in "urged Mali to act", "leave" in "demanded that France leave", which may be tagged as
 * present: the bare form that what is asked for stands in. */
static bool is_bare_form(const dgm_sentence *s, uint32_t i)
{
    const dgm_word *w = &s->words[i];
    bool bare = dgm_view_eq(w->xpos, DGM_VIEW("VB")) || dgm_view_eq(w->xpos, DGM_VIEW("VBP"));
    return w->upos == DGM_VERB && bare && dgm_view_eq(w->form, w->lemma);
}

/* "shelling" in "accused it of shelling Goma", "having fled": a participle that nothing makes
 * finite. */
static bool is_unfinished(const dgm_sentence *s, uint32_t i)
{
    uint32_t aux = dgm_child(s, i, DGM_REL_AUXREL, 0);
    if (s->words[i].upos != DGM_VERB)
        return false;
    return aux ? dgm_view_eq(s->words[aux].xpos, DGM_VIEW("VBG"))
               : dgm_view_eq(s->words[i].xpos, DGM_VIEW("VBG")) && !is_passive(s, i);
}

/* The nearest finite verb above a complement and before it: of "urges her to press them to leave",
 * above "leave", "urges". 0: none. */
static uint32_t finite_above(const dgm_sentence *s, uint32_t word)
{
    while (s->words[word].head && s->words[word].head < word) {
        dgm_deprel r = s->words[word].deprel, main = dgm_deprel_main(r);
        if (main != DGM_REL_XCOMP && main != DGM_REL_CCOMP && main != DGM_REL_ADVCL &&
            r != DGM_REL_ACL && main != DGM_REL_OBJ && main != DGM_REL_OBL && r != DGM_REL_NMOD &&
            main != DGM_REL_CONJ)
            return 0;
        word = s->words[word].head;
        if (is_finite(&s->words[word]))
            return word;
    }
    return 0;
}

/* "urged Mali to act and sent troops", "denies having fled and rejects": a finite verb is joined to
 * no bare form and no participle, but to the verb above, and behind a bare form to one of its own
 * tense. "act and cut" may be either. */
void garden_finite_conjunct(dgm_sentence *s, uint32_t verb)
{
    dgm_word *it = &s->words[verb];
    uint32_t near = it->head;
    if (it->deprel != DGM_REL_CONJ || near > verb || !is_finite(it) ||
        has_child(s, verb, DGM_REL_NSUBJ) || !has_child(s, verb, DGM_REL_CC))
        return;
    bool unfinished = is_unfinished(s, near);
    bool bare = is_bare_form(s, near) && !dgm_view_eq(it->form, it->lemma);
    uint32_t up = unfinished || bare ? finite_above(s, near) : 0;
    if (up && (unfinished || dgm_view_eq(s->words[up].xpos, it->xpos)))
        it->head = up;
}

/* "Took forty soldiers | prisoner", where the parser has one prisoner of soldiers: whom they take
 * are the soldiers, as what, the prisoner. */
void garden_taken_as(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    uint32_t taken = i - 1, verb = s->words[i].head;
    if (s->words[i].deprel != DGM_REL_OBJ || taken <= verb || s->words[taken].head != i || !verb ||
        s->words[taken].deprel != DGM_REL_COMPOUND || s->words[verb].upos != DGM_VERB ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_WORD_TAKEN_AS) ||
        !dgm_morphology_is(words, s->words[i].form, DGM_WORD_TAKEN_AS))
        return;
    hang_on(s, verb + 1, taken - 1, i, taken);
    s->words[taken].head = verb;
    s->words[taken].deprel = DGM_REL_OBJ;
    s->words[i].deprel = DGM_REL_XCOMP;
}

/* "Said the flight was illegal | and summoned the envoy": no flight summons anybody, whoever said
 * so does. */
void garden_said_and_did(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    dgm_word *it = &s->words[verb];
    uint32_t near = it->head, said = near ? s->words[near].head : 0;
    if (it->deprel != DGM_REL_CONJ || near > verb || !is_finite(it) ||
        !dgm_morphology_is(words, it->lemma, DGM_VERB_PEOPLE_DO) ||
        has_child(s, verb, DGM_REL_NSUBJ) || has_child(s, verb, DGM_REL_AUXREL) ||
        !has_child(s, verb, DGM_REL_CC))
        return;
    uint32_t subject = dgm_child(s, near, DGM_REL_NSUBJ, 0);
    if (s->words[near].deprel != DGM_REL_CCOMP || !said || said > near ||
        !is_speech(words, &s->words[said]) || !dgm_view_eq(s->words[said].xpos, it->xpos) ||
        !dgm_child(s, near, DGM_REL_COP, 0) || !subject || s->words[subject].upos != DGM_NOUN)
        return;
    it->head = said;
}

/* "five were arrested, among them a Kenyan": he did not arrest them. */
void garden_agent(dgm_sentence *s, uint32_t i)
{
    if (s->words[i].deprel == DGM_REL_OBL_AGENT && !has_child(s, i, DGM_REL_CASE))
        s->words[i].deprel = DGM_REL_OBL_UNMARKED;
}

/* "had the envoy expelled": what has no subject, no mark and no comma of its own is never finite.
 */
void garden_had_done(dgm_sentence *s, uint32_t verb)
{
    const dgm_word *it = &s->words[verb];
    uint32_t had = it->head, object = had ? dgm_child(s, had, DGM_REL_OBJ, had) : 0;
    if ((it->deprel != DGM_REL_XCOMP && it->deprel != DGM_REL_ADVCL) || !object || object > verb ||
        !dgm_view_eq(it->xpos, DGM_VIEW("VBD")) || end_of(s, object) + 1 != begin_of(s, verb) ||
        !dgm_view_eq(s->words[had].lemma, DGM_VIEW("have")) || has_child(s, verb, DGM_REL_NSUBJ) ||
        has_child(s, verb, DGM_REL_MARK) || has_child(s, verb, DGM_REL_PUNCTREL))
        return;
    s->words[verb].deprel = DGM_REL_XCOMP;
    make_passive(&s->words[verb]);
}

/* "visited wounded soldiers": who visits them has not wounded them. */
void garden_participle_of_object(dgm_sentence *s, uint32_t participle)
{
    uint32_t verb = s->words[participle].head;
    uint32_t noun = dgm_child(s, participle, DGM_REL_OBJ, participle);
    if (s->words[participle].deprel != DGM_REL_XCOMP || verb + 1 != participle ||
        !dgm_view_eq(s->words[participle].xpos, DGM_VIEW("VBN")) || !noun ||
        begin_of(s, noun) != participle + 1 || s->words[verb].upos != DGM_VERB ||
        has_child(s, verb, DGM_REL_OBJ))
        return;
    hang_on(s, 1, s->n_words, participle, verb);
    s->words[noun].deprel = DGM_REL_OBJ;
    s->words[participle].head = noun;
    s->words[participle].deprel = DGM_REL_AMOD;
}

/* "gave the envoy two days": of two objects that nothing parts, the first is whom it is given to.
 */
static void mend_two_objects(const dgm_morphology *words, dgm_sentence *s, uint32_t verb,
                             uint32_t second)
{
    uint32_t first = dgm_child(s, verb, DGM_REL_OBJ, verb);
    if (first && first < second && end_of(s, first) + 1 == begin_of(s, second) &&
        !has_child(s, verb, DGM_REL_IOBJ) &&
        dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_GIVES))
        s->words[first].deprel = DGM_REL_IOBJ;
}

/* "permission | to fire", wherever "fire" hangs */
static bool has_infinitive(const dgm_sentence *s, uint32_t verb, uint32_t noun)
{
    for (uint32_t i = noun + 1; i <= s->n_words; i++) {
        const dgm_word *w = &s->words[i];
        if ((w->head == noun || w->head == verb) && w->upos == DGM_VERB &&
            dgm_view_eq(w->xpos, DGM_VIEW("VB")) && has_child(s, i, DGM_REL_MARK))
            return true;
    }
    return false;
}

/* Whether the word right before the noun may be who gets it: "his army permission", "the military
 * permission", which may be parsed as a kind of permission. */
static bool may_be_receiver(const dgm_morphology *words, const dgm_sentence *s, uint32_t who,
                            uint32_t noun)
{
    const dgm_word *w = &s->words[who];
    return w->head == noun &&
           (w->deprel == DGM_REL_COMPOUND ||
            (w->deprel == DGM_REL_AMOD && dgm_morphology_is(words, w->lemma, DGM_WORD_FORCE)));
}

/* "gave his army | permission to fire": what stands between the article and the permission is who
 * gets it. */
void garden_who_may(const dgm_morphology *words, dgm_sentence *s, uint32_t noun)
{
    uint32_t verb = s->words[noun].head, who = noun - 1, first = verb + 1;
    if (!words || s->words[noun].deprel != DGM_REL_OBJ || first >= who ||
        !dgm_morphology_is(words, s->words[noun].lemma, DGM_WORD_LEAVE) ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_GIVES) ||
        !may_be_receiver(words, s, who, noun) || begin_of(s, noun) != first ||
        (s->words[first].deprel != DGM_REL_DETREL && s->words[first].deprel != DGM_REL_NMOD_POSS) ||
        has_child(s, verb, DGM_REL_IOBJ) || !has_infinitive(s, verb, noun))
        return;
    hang_on(s, first, who - 1, noun, who);
    s->words[who].head = verb;
    s->words[who].deprel = DGM_REL_IOBJ;
    s->words[who].upos = DGM_NOUN;
}

/* "gave Pakistan a week": who is given something is given it, not given for so long. */
void garden_what_is_given(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    uint32_t verb = s->words[i].head;
    if (s->words[i].deprel == DGM_REL_OBJ && verb < i)
        mend_two_objects(words, s, verb, i);
    if (s->words[i].deprel != DGM_REL_OBL_UNMARKED || verb >= i ||
        !has_child(s, verb, DGM_REL_IOBJ) || has_child(s, verb, DGM_REL_OBJ) ||
        has_child(s, verb, DGM_REL_CCOMP) || has_child(s, verb, DGM_REL_XCOMP))
        return;
    s->words[i].deprel = DGM_REL_OBJ;
}

/* "Two protesters arrested near parliament": a headline leaves out "were", and tells in the present
 * what somebody does. */
void garden_headline_passive(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t subject = 0;
    if (!s->headline || !is_past_verb(&s->words[verb]) || !is_clause(s->words[verb].deprel) ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_NEEDS_OBJECT))
        return;
    for (uint32_t i = 1; i <= s->n_words; i++) {
        const dgm_word *w = &s->words[i];
        if (w->head != verb)
            continue;
        dgm_deprel main = dgm_deprel_main(w->deprel);
        if (main == DGM_REL_OBJ || main == DGM_REL_IOBJ || main == DGM_REL_CCOMP ||
            main == DGM_REL_AUXREL || (main == DGM_REL_XCOMP && w->upos != DGM_ADJ))
            return;
        if (w->deprel == DGM_REL_NSUBJ)
            subject = i;
    }
    if (!subject || subject > verb || s->words[subject].upos == DGM_PRON)
        return;
    s->words[subject].deprel = DGM_REL_NSUBJ_PASS;
    make_passive(&s->words[verb]);
}

/* "Iran expelled two envoys, and Russia three British ones": no phrase has a name before its
 * number; Russia did the same to the three. */
void garden_gap(dgm_sentence *s, uint32_t name)
{
    uint32_t noun = s->words[name].head, object = s->words[noun].head, first, last;
    uint32_t verb = s->words[object].head;
    if (s->words[name].upos != DGM_PROPN || noun == 0 ||
        s->words[name].deprel != DGM_REL_COMPOUND || noun < name ||
        s->words[noun].deprel != DGM_REL_CONJ || object >= name || !verb || verb >= object ||
        s->words[object].deprel != DGM_REL_OBJ || !has_child(s, noun, DGM_REL_CC))
        return;
    dgm_subtree(s, name, &first, &last);
    if (last + 1 >= noun || s->words[last + 1].head != noun ||
        s->words[last + 1].deprel != DGM_REL_NUMMOD || s->words[first - 1].deprel != DGM_REL_CC)
        return;
    s->words[name].head = verb;
    s->words[name].deprel = DGM_REL_CONJ;
    s->words[noun].head = name;
    s->words[noun].deprel = DGM_REL_ORPHAN;
    hang_on(s, object + 1, first - 1, noun, name);
}

/* "On rebels" behind the object of "blamed", but not "on Monday", "on May 5". */
static bool is_blamed(const dgm_morphology *words, const dgm_sentence *s, uint32_t i,
                      uint32_t object)
{
    dgm_deprel rel = s->words[i].deprel;
    uint32_t on =
        rel == DGM_REL_NMOD || rel == DGM_REL_OBL ? dgm_child(s, i, DGM_REL_CASE, object) : 0;
    bool day = dgm_morphology_is(words, s->words[i].lemma, DGM_WORD_WEEKDAY) ||
               s->words[i].upos == DGM_NUM || (i < s->n_words && s->words[i + 1].upos == DGM_NUM);
    return on && on < i && !day && dgm_morphology_is(words, s->words[on].lemma, DGM_VERB_BLAMES);
}

/* "Blamed the attack on rebels": nobody attacked the rebels. "Blamed the attack on a base on
 * rebels": those who are blamed come last. */
void garden_blamed_on(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t object, first = 0, last = 0;
    if (s->words[verb].upos != DGM_VERB ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_BLAMES))
        return;
    object = dgm_child(s, verb, DGM_REL_OBJ, verb);
    for (uint32_t i = object + 1; object && i <= s->n_words; i++) {
        uint32_t head = s->words[i].head;
        if ((head != object && head != verb && (!last || head != last)) ||
            !is_blamed(words, s, i, object))
            continue;
        first = first ? first : i;
        last = i;
    }
    if (!last)
        return;
    if (first != last) {
        s->words[first].head = object;
        s->words[first].deprel = DGM_REL_NMOD;
    }
    s->words[last].head = verb;
    s->words[last].deprel = DGM_REL_OBL;
}

/* The verb over a noun whose object is counted: "expelled two envoys"; 0: none. */
static uint32_t verb_that_counts(const dgm_sentence *s, uint32_t noun)
{
    uint32_t up = s->words[noun].head;
    for (uint32_t n = 0; n < s->n_words && up && s->words[up].upos != DGM_VERB; n++)
        up = s->words[up].head;
    uint32_t object = up && up < noun ? dgm_child(s, up, DGM_REL_OBJ, 0) : 0;
    return object && object <= noun && has_child(s, object, DGM_REL_NUMMOD) ? up : 0;
}

/* A number with nothing behind it but another member of the list: "Uganda three and Chad four". */
static bool is_bare(const dgm_sentence *s, uint32_t number)
{
    if (s->words[number].upos != DGM_NUM)
        return false;
    for (uint32_t i = number + 1; i <= s->n_words; i++)
        if (s->words[i].head == number && s->words[i].deprel != DGM_REL_CONJ)
            return false;
    return number == s->n_words || s->words[number + 1].upos == DGM_PUNCT ||
           s->words[number + 1].upos == DGM_CCONJ;
}

/* "Kenya expelled two envoys, Uganda three and Chad four": a name and a bare number behind what is
 * counted; Uganda did the same to three. */
void garden_gap_of_number(dgm_sentence *s, uint32_t name)
{
    uint32_t number = name + 1, joint = name - 1;
    if (s->words[name].upos != DGM_PROPN || name < 4 || number > s->n_words ||
        !is_bare(s, number) || (s->words[joint].upos != DGM_CCONJ && !is_comma(s, joint)))
        return;
    bool inside = s->words[name].head == number;
    uint32_t noun = s->words[inside ? number : name].head;
    dgm_deprel joined = s->words[inside ? number : name].deprel;
    uint32_t verb = noun && noun < name ? verb_that_counts(s, noun) : 0;
    if (!verb || (joined != DGM_REL_CONJ && joined != DGM_REL_APPOS) ||
        (!inside && s->words[number].head != noun && s->words[number].head != name &&
         s->words[s->words[number].head].upos != DGM_NUM))
        return;
    for (uint32_t i = joint; s->words[i].upos == DGM_CCONJ || s->words[i].upos == DGM_PUNCT; i--)
        if (!dgm_dominates(s, i, verb))
            s->words[i].head = name;
    s->words[name].head = verb;
    s->words[name].deprel = DGM_REL_CONJ;
    s->words[number].head = name;
    s->words[number].deprel = DGM_REL_ORPHAN;
}

/* "Accused them of shelling a town and | of bombing a bridge": what has the mark of a clause before
 * it is joined to that clause, not to the verb over it. */
void garden_joined_mark(dgm_sentence *s, uint32_t i)
{
    uint32_t verb = s->words[i].head, mark = dgm_child(s, i, DGM_REL_MARK, 0), clause = 0;
    if (s->words[i].deprel != DGM_REL_CONJ || s->words[i].upos != DGM_VERB || !mark || mark > i ||
        verb > i || s->words[verb].upos != DGM_VERB || dgm_child(s, verb, DGM_REL_MARK, 0))
        return;
    for (uint32_t w = verb + 1; w < mark; w++) {
        dgm_deprel main = dgm_deprel_main(s->words[w].deprel);
        uint32_t own = dgm_child(s, w, DGM_REL_MARK, 0);
        if (s->words[w].head == verb && own && own < w && s->words[w].upos == DGM_VERB &&
            (main == DGM_REL_ADVCL || main == DGM_REL_XCOMP || main == DGM_REL_CCOMP) &&
            dgm_view_eq(s->words[own].lemma, s->words[mark].lemma))
            clause = w;
    }
    if (clause)
        s->words[i].head = clause;
}

/* "Captured at gunpoint | two fishermen": a noun behind a preposition has no object, its verb has.
 */
void garden_object_of_noun(dgm_sentence *s, uint32_t i)
{
    uint32_t noun = s->words[i].head, verb = noun ? s->words[noun].head : 0;
    bool is_noun =
        s->words[noun].upos == DGM_NOUN || dgm_view_eq(s->words[noun].xpos, DGM_VIEW("NN"));
    if (s->words[i].deprel != DGM_REL_OBJ || noun > i || !noun || !is_noun ||
        s->words[noun].deprel != DGM_REL_OBL || !dgm_child(s, noun, DGM_REL_CASE, 0) || !verb ||
        verb > noun || s->words[verb].upos != DGM_VERB || is_passive(s, verb) ||
        has_child(s, verb, DGM_REL_OBJ))
        return;
    s->words[i].head = verb;
}

/* "Called the attack on the palace a plot": nobody calls on the palace, but "on Monday" is when. */
void garden_attack_on(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    uint32_t verb = s->words[i].head;
    if (s->words[i].deprel != DGM_REL_OBL || !verb || verb > i || s->words[verb].upos != DGM_VERB)
        return;
    uint32_t object = dgm_child(s, verb, DGM_REL_OBJ, verb);
    if (!object || object > i || !is_blamed(words, s, i, object) ||
        s->words[object + 1].head != i || s->words[object + 1].deprel != DGM_REL_CASE ||
        !dgm_morphology_is(words, s->words[object].lemma, DGM_WORD_ATTACK) ||
        dgm_morphology_is(words, s->words[i].lemma, DGM_WORD_MONTH) ||
        dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_BLAMES))
        return;
    s->words[i].head = object;
    s->words[i].deprel = DGM_REL_NMOD;
}

/* "Declared hours after the raid": nobody declares hours. */
void garden_hours_after(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    if (s->words[i].deprel == DGM_REL_OBJ && s->words[i].upos == DGM_NOUN && i < s->n_words &&
        s->words[i + 1].upos != DGM_NOUN &&
        dgm_morphology_is(words, s->words[i].lemma, DGM_WORD_LATER) &&
        dgm_morphology_is(words, s->words[i + 1].lemma, DGM_WORD_LATER))
        s->words[i].deprel = DGM_REL_OBL_UNMARKED;
}

/* "Led by a general": the participle behind a noun in whose phrase, behind "by", a word stands. */
static uint32_t participle_over(const dgm_sentence *s, uint32_t i)
{
    uint32_t head = s->words[i].head;
    while (head && s->words[head].deprel == DGM_REL_APPOS) /* "a general, Ana Paz," */
        head = s->words[head].head;
    if (head && s->words[head].deprel == DGM_REL_OBL_AGENT)
        head = s->words[head].head;
    return head && s->words[head].deprel == DGM_REL_ACL && is_past_verb(&s->words[head]) &&
                   has_child(s, head, DGM_REL_OBL)
               ? head
               : 0;
}

/* "Sent a team led by a general to Mali": the team goes there; he is nobody's general to Mali. */
void garden_sent_to(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    dgm_deprel rel = s->words[i].deprel;
    if (rel != DGM_REL_NMOD && rel != DGM_REL_OBL)
        return;
    uint32_t to = dgm_child(s, i, DGM_REL_CASE, 0), participle = participle_over(s, i);
    if (!to || !participle || participle > i ||
        !dgm_morphology_is(words, s->words[to].lemma, DGM_VERB_SENDS))
        return;
    uint32_t agent = dgm_child(s, participle, DGM_REL_OBL_AGENT, participle);
    uint32_t object = s->words[participle].head, verb = s->words[object].head;
    if (!agent || agent > i || s->words[object].deprel != DGM_REL_OBJ || !verb ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_SENDS))
        return;
    s->words[i].head = verb;
    s->words[i].deprel = DGM_REL_OBL;
}
