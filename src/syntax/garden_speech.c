/* What is said, and by whom: see garden_path.h. */
#include "syntax/garden_parts.h"

/* Punctuation before word `from` or after word `to` goes from one head to another. */
static void move_outer_punctuation(dgm_sentence *s, uint32_t from, uint32_t to, uint32_t old_head,
                                   uint32_t new_head)
{
    for (uint32_t i = 1; i <= s->n_words; i++)
        if ((i < from || i > to) && s->words[i].head == old_head &&
            s->words[i].deprel == DGM_REL_PUNCTREL)
            s->words[i].head = new_head;
}

/* "Troops fired, officials warned Iran": the object of such a verb is the one spoken to. 0: none.
 */
static uint32_t listener(const dgm_morphology *words, const dgm_sentence *s, uint32_t verb)
{
    bool told = dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_TOLD);
    return told ? dgm_child(s, verb, DGM_REL_OBJ, verb) : 0;
}

/* "Troops fired, officials said": what is said hangs on "said", not the other way round. */
void garden_said_after(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t clause = s->words[verb].head;
    if (s->words[verb].deprel != DGM_REL_PARATAXIS || clause == 0 || clause > verb ||
        s->words[clause].upos == DGM_PUNCT || !is_speech(words, &s->words[verb]) ||
        !is_finite(&s->words[verb]) || !has_child(s, verb, DGM_REL_NSUBJ) ||
        has_child(s, verb, DGM_REL_CCOMP) || has_child(s, verb, DGM_REL_XCOMP))
        return;
    uint32_t object = dgm_child(s, verb, DGM_REL_OBJ, 0), spoken_to = listener(words, s, verb);
    if (object && object != spoken_to)
        return;
    uint32_t first = after_marks(s, begin_of(s, verb)), last = end_of(s, verb);
    if (s->words[first - 1].upos != DGM_PUNCT)
        return;
    for (uint32_t i = last + 1; i <= s->n_words; i++)
        if (s->words[i].upos != DGM_PUNCT)
            return;
    swap_heads(s, clause, verb, DGM_REL_CCOMP);
    if (spoken_to)
        s->words[spoken_to].deprel = DGM_REL_IOBJ;
    move_outer_punctuation(s, 1, last, clause, verb);
    if (s->words[first - 1].head == verb)
        s->words[first - 1].head = clause;
}

/* "Troops, officials said, fired", "If he fires, officials said, we fire": what stands before the
 * verb's own clause belongs to what is said after it. */
void garden_said_amid(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t clause = dgm_child(s, verb, DGM_REL_CCOMP, verb), own = 0, before = 0;
    if (!clause || !is_speech(words, &s->words[verb]) || !is_finite(&s->words[verb]) ||
        dgm_child(s, clause, DGM_REL_MARK, 0) ||
        s->words[begin_of(s, clause) - 1].upos != DGM_PUNCT)
        return;
    for (uint32_t i = 1; i < clause; i++) {
        if (s->words[i].head != verb)
            continue;
        bool subject = s->words[i].deprel == DGM_REL_NSUBJ;
        bool condition = s->words[i].deprel == DGM_REL_ADVCL && has_child(s, i, DGM_REL_MARK);
        if (!before && i < verb && (subject || condition))
            before = i;
        else if (subject)
            own = i;
    }
    bool subject = before && s->words[before].deprel == DGM_REL_NSUBJ;
    if (!before || !own || subject == has_child(s, clause, DGM_REL_NSUBJ))
        return;
    uint32_t first = own < verb ? after_marks(s, begin_of(s, own)) : verb;
    if (s->words[first - 1].upos != DGM_PUNCT)
        return;
    uint32_t from = begin_of(s, before), to = begin_of(s, clause);
    swap_heads(s, verb, clause, DGM_REL_PARATAXIS);
    s->words[before].head = clause;
    move_outer_punctuation(s, from, to, verb, clause);
}

/* Whether "that" opens a clause that lacks nothing: as its mark, or as a second object. */
static bool opens_whole_clause(const dgm_sentence *s, uint32_t that, uint32_t clause)
{
    uint32_t object = dgm_child(s, clause, DGM_REL_OBJ, that);
    return is_that(s, that) && s->words[that].head == clause &&
           (s->words[that].deprel == DGM_REL_MARK ||
            (s->words[that].deprel == DGM_REL_OBJ && object > clause));
}

/* "Told reporters | that gunmen had killed two", "told a crowd in Goma | that it had": the clause
 * lacks nothing, so it does not say which reporters but what they were told. */
void garden_told_that(const dgm_morphology *words, dgm_sentence *s, uint32_t clause)
{
    uint32_t last = s->words[clause].head;
    uint32_t told = s->words[last].deprel == DGM_REL_NMOD ? s->words[last].head : last;
    uint32_t verb = s->words[told].head;
    bool below =
        s->words[clause].deprel == DGM_REL_ACL_RELCL || s->words[clause].deprel == DGM_REL_ACL;
    if (!below || !told || !verb || verb > told ||
        (!is_finite(&s->words[clause]) && !has_child(s, clause, DGM_REL_AUXREL)) ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_TOLD) ||
        has_child(s, verb, DGM_REL_CCOMP) || !has_child(s, clause, DGM_REL_NSUBJ) ||
        !has_child(s, clause, DGM_REL_OBJ))
        return;
    uint32_t that = begin_of(s, clause);
    if (that != last + 1 || !opens_whole_clause(s, that, clause))
        return;
    s->words[that].upos = DGM_SCONJ;
    s->words[that].deprel = DGM_REL_MARK;
    s->words[clause].head = verb;
    s->words[clause].deprel = DGM_REL_CCOMP;
    s->words[told].deprel = DGM_REL_IOBJ;
}

/* "conceded in an interview | that his men had fled": the clause lacks nothing, so it is what he
 * conceded. */
void garden_said_in(const dgm_morphology *words, dgm_sentence *s, uint32_t clause)
{
    uint32_t last = s->words[clause].head; /* "in an interview with the BBC" */
    uint32_t where = s->words[last].deprel == DGM_REL_NMOD ? s->words[last].head : last;
    uint32_t verb = s->words[where].head;
    if (dgm_deprel_main(s->words[clause].deprel) != DGM_REL_ACL || !where || !verb ||
        s->words[where].deprel != DGM_REL_OBL || verb > where || clause < where ||
        !is_finite(&s->words[verb]) ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_SPEAKER) ||
        has_child(s, verb, DGM_REL_CCOMP) || !has_child(s, clause, DGM_REL_NSUBJ))
        return;
    uint32_t that = begin_of(s, clause);
    if (that <= last || s->words[that].deprel != DGM_REL_MARK || !is_that(s, that))
        return;
    s->words[clause].head = verb;
    s->words[clause].deprel = DGM_REL_CCOMP;
}

/* The noun of speech that ends before word `that`, or before the phrase there that names its
 * author, *author: "accusations | by Oxfam", "Chad's claim". 0: none. */
static uint32_t noun_with_content(const dgm_morphology *words, const dgm_sentence *s, uint32_t that,
                                  uint32_t *author)
{
    uint32_t noun = that - 1, by = 0;
    *author = 0;
    for (uint32_t i = that - 1; i > 1 && !by; i--)
        if (s->words[i].deprel == DGM_REL_CASE && s->words[i].upos == DGM_ADP)
            by = i;
    uint32_t name = by ? s->words[by].head : 0;
    if (by > 1 && name > by && name < that && s->words[noun].upos != DGM_PUNCT &&
        (s->words[noun].head == name || noun == name)) {
        *author = name;
        noun = by - 1;
    }
    bool says = s->words[noun].upos == DGM_NOUN &&
                dgm_morphology_is(words, s->words[noun].lemma, DGM_WORD_CONTENT);
    uint32_t over = *author ? s->words[*author].head : noun;
    return says && (over == noun || over == s->words[noun].head) ? noun : 0;
}

/* "rejected accusations by Oxfam | that troops burned villages": the clause lacks nothing, so it is
 * what the accusations say, and says nothing of Oxfam. */
void garden_content_of_noun(const dgm_morphology *words, dgm_sentence *s, uint32_t clause)
{
    dgm_deprel deprel = dgm_deprel_main(s->words[clause].deprel);
    uint32_t that = begin_of(s, clause), author;
    if (!words || that < 3 || (deprel != DGM_REL_ACL && deprel != DGM_REL_CCOMP) ||
        s->words[clause].head >= that || !has_child(s, clause, DGM_REL_NSUBJ) ||
        !opens_whole_clause(s, that, clause))
        return;
    uint32_t noun = noun_with_content(words, s, that, &author), head = s->words[clause].head;
    if (!noun || (head != noun && head != author && head != s->words[noun].head))
        return;
    s->words[that].upos = DGM_SCONJ;
    s->words[that].deprel = DGM_REL_MARK;
    s->words[clause].head = noun;
    s->words[clause].deprel = DGM_REL_ACL;
    if (author) {
        s->words[author].head = noun;
        s->words[author].deprel = DGM_REL_NMOD;
    }
}

/* "told the envoy, whom he had summoned, | that Peru would not yield": behind the comma that ends
 * what is said of the listener stands what he was told. */
void garden_told_behind(const dgm_morphology *words, dgm_sentence *s, uint32_t clause)
{
    uint32_t aside = s->words[clause].head, told = s->words[aside].head;
    uint32_t verb = s->words[told].head, that = begin_of(s, clause);
    if (s->words[clause].deprel != DGM_REL_CCOMP || !told || verb > told || clause < aside ||
        s->words[aside].deprel != DGM_REL_ACL_RELCL || !is_comma(s, begin_of(s, aside)) ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_TOLD) ||
        has_child(s, verb, DGM_REL_CCOMP))
        return;
    that = after_marks(s, that);
    if (!is_comma(s, that - 1) || s->words[that].deprel != DGM_REL_MARK || !is_that(s, that))
        return;
    s->words[clause].head = verb;
    s->words[told].deprel = DGM_REL_IOBJ;
}

/* "alleged, without giving proof, | that they had fled": what was alleged, as what is given stands
 * before the comma. */
void garden_said_past_aside(const dgm_morphology *words, dgm_sentence *s, uint32_t clause)
{
    uint32_t aside = s->words[clause].head, verb = s->words[aside].head;
    if (s->words[clause].deprel != DGM_REL_CCOMP || !verb || verb > aside || clause < aside ||
        s->words[aside].deprel != DGM_REL_ADVCL || is_finite(&s->words[aside]) ||
        !is_finite(&s->words[verb]) || !is_comma(s, verb + 1) ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_SPEAKER) ||
        has_child(s, verb, DGM_REL_CCOMP) || has_child(s, verb, DGM_REL_OBJ))
        return;
    uint32_t that = after_marks(s, begin_of(s, clause));
    if (!is_comma(s, that - 1) || s->words[that].deprel != DGM_REL_MARK || !is_that(s, that))
        return;
    s->words[clause].head = verb;
}

/* The first and last word of a phrase without the marks around it. */
static uint32_t first_word(const dgm_sentence *s, uint32_t i)
{
    return after_marks(s, begin_of(s, i));
}

static uint32_t last_word(const dgm_sentence *s, uint32_t i)
{
    uint32_t last = end_of(s, i);
    while (last > i && s->words[last].upos == DGM_PUNCT)
        last--;
    return last;
}

/* A noun behind a comma, beside the noun before it, whose phrase ends with word `last`: of several,
 * one inside the other, the widest. 0: none. */
static uint32_t set_beside(const dgm_sentence *s, uint32_t last)
{
    uint32_t found = 0;
    for (uint32_t i = last; i && i <= last; i = s->words[i].head)
        if ((s->words[i].deprel == DGM_REL_APPOS ||
             (s->words[i].deprel == DGM_REL_CONJ && !has_child(s, i, DGM_REL_CC))) &&
            is_nominal(&s->words[i]) && s->words[i].head < i && last_word(s, i) == last &&
            is_comma(s, first_word(s, i) - 1))
            found = i;
    return found;
}

/* Whether a noun stands in what another clause with a subject before it tells, or in a phrase that
 * says where or when: such a noun does not speak itself. */
static bool is_told_of(const dgm_sentence *s, uint32_t verb, uint32_t noun)
{
    if (dgm_deprel_main(s->words[noun].deprel) == DGM_REL_NSUBJ)
        return false;
    uint32_t top = noun;
    while (s->words[top].head != verb)
        top = s->words[top].head;
    uint32_t subject = dgm_child(s, top, DGM_REL_NSUBJ, 0);
    subject = subject ? subject : dgm_child(s, top, DGM_REL_NSUBJ_PASS, 0);
    return s->words[top].deprel == DGM_REL_OBL ||
           (s->words[top].deprel == DGM_REL_CCOMP && subject && subject < top);
}

/* "Gunmen burned a mosque in Goma, | the governor, Jean Paz, told a radio": who stands between the
 * commas before a verb of speech without subject speaks, and is not what Goma is. */
void garden_speaker_set_off(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    if (verb < 4 || !is_finite(&s->words[verb]) || !is_comma(s, verb - 1) ||
        s->words[verb].deprel == DGM_REL_CONJ || s->words[verb].deprel == DGM_REL_ACL_RELCL ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_SPEAKER) ||
        has_child(s, verb, DGM_REL_NSUBJ) || has_child(s, verb, DGM_REL_EXPL) ||
        has_child(s, verb, DGM_REL_CSUBJ))
        return;
    uint32_t name = set_beside(s, verb - 2);
    if (!name || s->words[s->words[name].head].deprel == DGM_REL_ROOT ||
        !dgm_dominates(s, verb, name) || !is_told_of(s, verb, s->words[name].head))
        return;
    uint32_t office = set_beside(s, first_word(s, name) - 2);
    if (office && (s->words[office].head != s->words[name].head || office > name))
        office = 0;
    uint32_t speaker = office ? office : name;
    if (office) {
        s->words[name].head = office;
        s->words[name].deprel = DGM_REL_APPOS;
    }
    s->words[speaker].head = verb;
    s->words[speaker].deprel = DGM_REL_NSUBJ;
}

/* Whoever is asked to do something is the one spoken to. */
void garden_addressee(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    if (s->words[verb].upos != DGM_VERB ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_ADDRESSEE) ||
        has_child(s, verb, DGM_REL_IOBJ))
        return;
    uint32_t object = dgm_child(s, verb, DGM_REL_OBJ, verb);
    uint32_t task = object ? dgm_child(s, verb, DGM_REL_XCOMP, object) : 0;
    uint32_t part = object && !task ? dgm_child(s, object, DGM_REL_ACL, object) : 0;
    /* "urged the two countries to meet": those who are counted are no plan or offer to meet */
    if (part && has_child(s, object, DGM_REL_NUMMOD) && has_child(s, part, DGM_REL_MARK) &&
        begin_of(s, part) == object + 1) {
        s->words[part].head = verb;
        s->words[part].deprel = DGM_REL_XCOMP;
        task = part;
    }
    if (task && dgm_view_eq(s->words[task].xpos, DGM_VIEW("VB")))
        s->words[object].deprel = DGM_REL_IOBJ;
}

/* "call | on Mali | to leave": the noun before word `to`, or before the phrase that ends there,
 * which is then *asked. 0: none asks. */
static uint32_t asking_noun(const dgm_morphology *words, const dgm_sentence *s, uint32_t to,
                            uint32_t *asked)
{
    uint32_t noun = to - 1;
    *asked = 0;
    for (uint32_t i = to - 1; i > 1 && !*asked; i--) {
        uint32_t on = begin_of(s, i);
        if (is_nominal(&s->words[i]) && end_of(s, i) == to - 1 && on > 1 &&
            s->words[on].deprel == DGM_REL_CASE && s->words[on].head == i) {
            *asked = i;
            noun = on - 1;
        }
    }
    bool asks = noun > 0 && s->words[noun].upos == DGM_NOUN &&
                dgm_morphology_is(words, s->words[noun].lemma, DGM_WORD_ASKS);
    uint32_t over = *asked ? s->words[*asked].head : noun;
    return asks && (over == noun || over == s->words[noun].head) ? noun : 0;
}

/* "repeated its call on Mali to leave", "under pressure from rebels to leave": what is asked for is
 * of the noun that asks, and so is who is asked. */
void garden_what_is_asked(const dgm_morphology *words, dgm_sentence *s, uint32_t task)
{
    dgm_word *it = &s->words[task];
    uint32_t to = begin_of(s, task), head = it->head, asked;
    bool complement =
        it->deprel == DGM_REL_ADVCL || it->deprel == DGM_REL_XCOMP || it->deprel == DGM_REL_ACL;
    if (!words || !complement || to < 2 || head >= to || it->upos != DGM_VERB ||
        !dgm_view_eq(it->xpos, DGM_VIEW("VB")) || s->words[to].deprel != DGM_REL_MARK ||
        !dgm_view_eq(s->words[to].xpos, DGM_VIEW("TO")))
        return;
    it->head = s->words[head].head; /* what it hangs on ends before it */
    uint32_t noun = asking_noun(words, s, to, &asked);
    it->head = head;
    if (!noun || (head != noun && head != s->words[noun].head && head != asked))
        return;
    it->head = noun;
    it->deprel = DGM_REL_ACL;
    if (asked) {
        s->words[asked].head = noun;
        s->words[asked].deprel = DGM_REL_NMOD;
    }
}

/* "It demanded that Kenya leave": who demands is somebody, unlike in "it seems that", "it was said
 * that" and "it worries them that". */
void garden_expletive(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    uint32_t verb = s->words[i].head;
    const dgm_word *up = &s->words[verb];
    if (s->words[i].deprel != DGM_REL_EXPL || verb <= i || up->upos != DGM_VERB ||
        !dgm_view_eq(s->words[i].xpos, DGM_VIEW("PRP")) || /* and no "there" */
        dgm_morphology_is(words, up->lemma, DGM_VERB_IMPERSONAL) ||
        !has_child(s, verb, DGM_REL_CCOMP) || has_child(s, verb, DGM_REL_OBJ) ||
        has_child(s, verb, DGM_REL_NSUBJ))
        return;
    uint32_t passive = dgm_child(s, verb, DGM_REL_AUX_PASS, 0);
    if (passive == 0 || passive > verb)
        s->words[i].deprel = DGM_REL_NSUBJ;
}

/* "Reports | that troops fled | are false": the clause behind "that" has a subject and its verb
 * stands before the predicate, which has none. */
static uint32_t clause_before_predicate(const dgm_sentence *s, uint32_t noun, uint32_t predicate)
{
    for (uint32_t i = noun + 2; i < predicate; i++) {
        dgm_deprel r = s->words[i].deprel;
        if (s->words[i].head == noun && is_finite(&s->words[i]) &&
            (r == DGM_REL_CCOMP || r == DGM_REL_ACL || r == DGM_REL_ACL_RELCL) &&
            has_child(s, i, DGM_REL_NSUBJ))
            return i;
    }
    return 0;
}

/* A clause's first word before "that" with two clauses below it, of which the second has no
 * subject: it is a noun and the subject of the second. */
void garden_noun_before_that(dgm_sentence *s, uint32_t predicate)
{
    uint32_t noun = s->words[predicate].head, that = noun + 1;
    if (noun == 0 || s->words[predicate].deprel != DGM_REL_CCOMP || that >= predicate ||
        !is_that(s, that) || (noun > 1 && s->words[noun - 1].upos != DGM_PUNCT) ||
        has_child(s, predicate, DGM_REL_NSUBJ) || has_child(s, predicate, DGM_REL_CSUBJ) ||
        has_child(s, predicate, DGM_REL_EXPL) || has_child(s, predicate, DGM_REL_CC) ||
        has_child(s, noun, DGM_REL_NSUBJ))
        return;
    uint32_t clause = clause_before_predicate(s, noun, predicate);
    bool passive = dgm_child(s, predicate, DGM_REL_AUX_PASS, clause) != 0;
    if (!clause || (!passive && !dgm_child(s, predicate, DGM_REL_COP, clause)))
        return;
    swap_heads(s, noun, predicate, passive ? DGM_REL_NSUBJ_PASS : DGM_REL_NSUBJ);
    s->words[noun].upos = DGM_NOUN;
    s->words[noun].xpos = DGM_VIEW("NNS");
    s->words[noun].feats = DGM_VIEW("Number=Plur");
    s->words[clause].deprel = DGM_REL_ACL;
    s->words[that].head = clause;
    s->words[that].deprel = DGM_REL_MARK;
    for (uint32_t i = 1; i <= s->n_words; i++) /* what stands behind the predicate is its own */
        if (s->words[i].head == noun && (i < noun || i > predicate))
            s->words[i].head = predicate;
}

static bool has_content(const dgm_sentence *s, uint32_t noun)
{
    for (uint32_t i = noun + 1; i <= s->n_words; i++)
        if (s->words[i].head == noun && dgm_deprel_main(s->words[i].deprel) == DGM_REL_ACL)
            return true;
    return false;
}

/* "as | a lie | the report": a bare noun phrase right behind the one with "as". 0: none. */
static uint32_t noun_behind(const dgm_sentence *s, uint32_t verb, uint32_t noun)
{
    for (uint32_t i = noun + 1; i <= s->n_words; i++) {
        const dgm_word *w = &s->words[i];
        if ((w->head == noun || w->head == verb) && w->upos == DGM_NOUN &&
            begin_of(s, i) == noun + 1 && !has_child(s, i, DGM_REL_CASE))
            return i;
    }
    return 0;
}

/* "dismissed as false reports that", "rejected as a lie the report that": who dismisses dismisses
 * something, and where "as" comes first it stands behind. */
void garden_object_behind_as(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t as = verb + 1;
    if (as + 1 >= s->n_words || !is_past_verb(&s->words[verb]) ||
        !dgm_view_eq(s->words[as].form, DGM_VIEW("as")) ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_NEEDS_OBJECT) ||
        has_child(s, verb, DGM_REL_OBJ) || is_passive(s, verb) ||
        !has_child(s, verb, DGM_REL_NSUBJ))
        return;
    uint32_t noun = s->words[as].head;
    if (noun <= as || s->words[noun].head != verb || s->words[noun].deprel != DGM_REL_OBL)
        return;
    uint32_t object = noun_behind(s, verb, noun);
    dgm_word *next = &s->words[as + 1];
    bool inside = next->head == noun && as + 1 < noun &&
                  (next->deprel == DGM_REL_AMOD || next->deprel == DGM_REL_COMPOUND);
    if (!object && inside && has_content(s, noun)) {
        object = noun;
        next->head = verb;
        next->deprel = DGM_REL_OBL;
        s->words[as].head = as + 1;
    }
    if (!object)
        return;
    s->words[object].head = verb;
    s->words[object].deprel = DGM_REL_OBJ;
}

/* "an allegation that Benin dismissed as invented": behind a noun, a verb that needs an object and
 * has none has "that" for it. */
void garden_that_for_object(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head, that = noun + 1;
    if (noun == 0 || that >= verb || dgm_deprel_main(s->words[verb].deprel) != DGM_REL_ACL ||
        s->words[noun].upos != DGM_NOUN || !is_past_verb(&s->words[verb]) || !is_that(s, that) ||
        s->words[that].head != verb || s->words[that].deprel != DGM_REL_MARK ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_NEEDS_OBJECT) ||
        !has_child(s, verb, DGM_REL_NSUBJ) || has_child(s, verb, DGM_REL_OBJ) ||
        has_child(s, verb, DGM_REL_CCOMP) || is_passive(s, verb))
        return;
    s->words[verb].deprel = DGM_REL_ACL_RELCL;
    s->words[that].deprel = DGM_REL_OBJ;
    s->words[that].upos = DGM_PRON;
    s->words[that].xpos = DGM_VIEW("WDT");
    s->words[that].feats = DGM_VIEW("PronType=Rel");
}

/* "denied", "dismissed" with a subject and no object: it stands elsewhere. */
static bool lacks_object(const dgm_morphology *words, const dgm_sentence *s, uint32_t verb)
{
    dgm_view lemma = s->words[verb].lemma;
    return is_past_verb(&s->words[verb]) &&
           (dgm_morphology_is(words, lemma, DGM_VERB_NEEDS_OBJECT) ||
            dgm_morphology_is(words, lemma, DGM_VERB_SPEAKER)) &&
           has_child(s, verb, DGM_REL_NSUBJ) && !has_child(s, verb, DGM_REL_OBJ) &&
           !has_child(s, verb, DGM_REL_CCOMP) && !has_child(s, verb, DGM_REL_XCOMP) &&
           !is_passive(s, verb);
}

/* ", a charge | Beijing denied": of two subjects that nothing joins, the first is what it denied.
 */
void garden_object_without_that(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t over = s->words[verb].head, noun = dgm_child(s, verb, DGM_REL_NSUBJ, 0);
    uint32_t subject = noun ? dgm_child(s, verb, DGM_REL_NSUBJ, noun) : 0;
    if (!words || !over || over > noun || !subject || subject > verb ||
        s->words[noun].upos != DGM_NOUN || begin_of(s, subject) != noun + 1 ||
        !is_comma(s, after_marks(s, begin_of(s, noun)) - 1) || !lacks_object(words, s, verb))
        return;
    uint32_t first = begin_of(s, noun);
    s->words[noun].head = over;
    s->words[noun].deprel = DGM_REL_APPOS;
    s->words[verb].head = noun;
    s->words[verb].deprel = DGM_REL_ACL_RELCL;
    hang_on(s, 1, first - 1, verb, noun);
}

/* ", charges | that Moscow denied": what has no subject and is followed by a clause without its
 * object is no verb. */
void garden_noun_for_verb(const dgm_morphology *words, dgm_sentence *s, uint32_t noun)
{
    uint32_t that = noun + 1, verb = dgm_child(s, noun, DGM_REL_CCOMP, noun);
    dgm_word *it = &s->words[noun];
    if (!words || it->upos != DGM_VERB || !dgm_view_eq(it->xpos, DGM_VIEW("VBZ")) || !verb ||
        !it->head || it->head > noun || !is_comma(s, noun - 1) ||
        has_child(s, noun, DGM_REL_NSUBJ) || that >= verb || !is_that(s, that) ||
        s->words[that].head != verb || !lacks_object(words, s, verb))
        return;
    it->upos = DGM_NOUN;
    it->xpos = DGM_VIEW("NNS");
    it->feats = DGM_VIEW("Number=Plur");
    it->deprel = DGM_REL_APPOS;
    s->words[verb].deprel = DGM_REL_ACL_RELCL;
    s->words[that].deprel = DGM_REL_OBJ;
    s->words[that].upos = DGM_PRON;
    s->words[that].xpos = DGM_VIEW("WDT");
    s->words[that].feats = DGM_VIEW("PronType=Rel");
}

/* "Iran: Israel killed scientist": whose words a headline gives stands before a colon. */
void garden_voice_before(dgm_sentence *s, uint32_t verb)
{
    uint32_t voice = dgm_child(s, verb, DGM_REL_NSUBJ, 0);
    uint32_t subject = voice ? dgm_child(s, verb, DGM_REL_NSUBJ, voice) : 0;
    uint32_t colon = voice ? end_of(s, voice) + 1 : 0;
    if (subject && subject < verb && colon < subject &&
        dgm_view_eq(s->words[colon].form, DGM_VIEW(":")))
        s->words[voice].deprel = DGM_REL_PARATAXIS;
}

static bool is_spaced_dash(const dgm_sentence *s, uint32_t i)
{
    static const char *const dashes[] = { "-", "--", "\xE2\x80\x93", "\xE2\x80\x94" };
    bool dash = false;
    for (size_t k = 0; k < DGM_LEN(dashes); k++)
        dash = dash || dgm_view_eq(s->words[i].form, dgm_view_of(dashes[k]));
    return dash && s->words[i].space_after && s->words[i - 1].space_after;
}

/* Or behind a dash: "Troops shell Eritrean town - officials" with the town below the officials. */
void garden_voice_after(dgm_sentence *s, uint32_t voice)
{
    uint32_t verb = s->words[voice].head, dash = voice;
    if (!s->headline || voice != s->n_words || s->words[voice].deprel != DGM_REL_OBJ || verb == 0)
        return;
    while (dash > verb && !is_spaced_dash(s, dash))
        dash--;
    uint32_t object = dash - 1;
    if (object <= verb || s->words[object].head != voice || !is_nominal(&s->words[object]) ||
        !is_inside_phrase(s->words[object].deprel))
        return;
    swap_heads(s, voice, object, DGM_REL_PARATAXIS);
    s->words[voice].head = verb;
    s->words[dash].head = voice;
    hang_on(s, 1, dash - 1, voice, object);
}
