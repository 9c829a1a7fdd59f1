#include "syntax/garden_path.h"

/* A rule may look at each word for each word; longer sentences are lists. */
enum { LONGEST_MENDED = 256 };

static bool is_nominal(const dgm_word *w)
{
    return w->upos == DGM_NOUN || w->upos == DGM_PROPN || w->upos == DGM_PRON;
}

/* Past forms: in "arrested" and "struck" the finite verb and the participle look alike. */
static bool is_past_verb(const dgm_word *w)
{
    return w->upos == DGM_VERB &&
           (dgm_view_eq(w->xpos, DGM_VIEW("VBN")) || dgm_view_eq(w->xpos, DGM_VIEW("VBD")));
}

static bool has_child(const dgm_sentence *s, uint32_t i_head, dgm_deprel main_relation)
{
    for (uint32_t i = 1; i <= s->n_words; i++)
        if (s->words[i].head == i_head && dgm_deprel_main(s->words[i].deprel) == main_relation)
            return true;
    return false;
}

static bool is_inside_phrase(dgm_deprel deprel)
{
    return deprel == DGM_REL_COMPOUND || deprel == DGM_REL_NMOD || deprel == DGM_REL_AMOD ||
           deprel == DGM_REL_NMOD_UNMARKED || deprel == DGM_REL_NMOD_DESC;
}

/* "Police <- protesters" across "arrested", which governs "protesters". */
static void mend_subject_behind_verb(dgm_sentence *s, uint32_t i)
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

/* The verb takes the place of the noun that it hung on; what hung there besides and is no part of
 * the noun's own phrase moves with it. */
static void raise_verb(dgm_sentence *s, uint32_t noun, uint32_t verb)
{
    s->words[verb].xpos = DGM_VIEW("VBD");
    s->words[verb].feats = DGM_VIEW("Mood=Ind|Tense=Past|VerbForm=Fin");
    s->words[verb].head = s->words[noun].head;
    s->words[verb].deprel = s->words[noun].deprel;
    s->words[noun].head = verb;
    for (uint32_t i = 1; i <= s->n_words; i++) {
        dgm_deprel deprel = s->words[i].deprel;
        if (s->words[i].head == noun && i != verb &&
            (deprel == DGM_REL_PUNCTREL || deprel == DGM_REL_PARATAXIS || deprel == DGM_REL_CCOMP ||
             deprel == DGM_REL_ADVCL || deprel == DGM_REL_MARK || deprel == DGM_REL_ADVMOD ||
             dgm_deprel_main(deprel) == DGM_REL_OBL || deprel == DGM_REL_DISCOURSE))
            s->words[i].head = verb;
    }
}

static bool is_clause(dgm_deprel deprel)
{
    return deprel == DGM_REL_ROOT || deprel == DGM_REL_PARATAXIS || deprel == DGM_REL_CCOMP;
}

/* noun "protesters", participle "arrested" before it, member "Police" before that. */
static void mend_participle_before(dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head;
    if (s->words[verb].deprel != DGM_REL_AMOD || noun <= verb ||
        !is_clause(s->words[noun].deprel) || has_child(s, noun, DGM_REL_NSUBJ) ||
        has_child(s, noun, DGM_REL_COP) || has_child(s, noun, DGM_REL_CASE))
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
    raise_verb(s, noun, verb);
    s->words[noun].deprel = DGM_REL_OBJ;
    for (uint32_t i = 1; i < verb; i++)
        if (s->words[i].head == noun && i != subject)
            s->words[i].head = i < subject ? subject : verb;
    s->words[subject].head = verb;
    s->words[subject].deprel = DGM_REL_NSUBJ;
}

/* The first word of what hangs on i and stands after `after`. */
static uint32_t first_of(const dgm_sentence *s, uint32_t i, uint32_t after)
{
    uint32_t first, last;
    dgm_subtree(s, i, &first, &last);
    return DGM_MAX(first, after + 1);
}

/* noun "warplanes", participle "struck" right after it, bare noun "positions" right after that. */
static void mend_participle_after(dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head;
    if ((s->words[verb].deprel != DGM_REL_AMOD && s->words[verb].deprel != DGM_REL_ACL) ||
        noun + 1 != verb || !is_nominal(&s->words[noun]) || !is_clause(s->words[noun].deprel) ||
        has_child(s, noun, DGM_REL_NSUBJ) || has_child(s, noun, DGM_REL_COP) ||
        has_child(s, verb, DGM_REL_OBL) || has_child(s, verb, DGM_REL_OBJ))
        return;
    for (uint32_t i = verb + 1; i <= s->n_words; i++) {
        const dgm_word *w = &s->words[i];
        if (w->head != noun)
            continue;
        if (!is_nominal(w) || first_of(s, i, verb) != verb + 1 || has_child(s, i, DGM_REL_CASE) ||
            s->words[verb + 1].upos == DGM_PUNCT)
            return;
        raise_verb(s, noun, verb);
        s->words[noun].deprel = DGM_REL_NSUBJ;
        s->words[i].head = verb;
        s->words[i].deprel = DGM_REL_OBJ;
        return;
    }
}

/* noun "chief", apposition ", General X,", participle "seized" after the second comma: a sentence
 * whose verb is not passive, for what stands apart from its noun describes it no further. */
static void mend_participle_set_off(dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head;
    bool inside = s->words[verb].deprel == DGM_REL_AMOD || s->words[verb].deprel == DGM_REL_ACL;
    if (!inside || noun >= verb || verb < 2 || !is_nominal(&s->words[noun]) ||
        !is_clause(s->words[noun].deprel) || !dgm_view_eq(s->words[verb - 1].form, DGM_VIEW(",")) ||
        has_child(s, noun, DGM_REL_NSUBJ) || has_child(s, noun, DGM_REL_COP) ||
        has_child(s, verb, DGM_REL_AUXREL) ||
        !dgm_view_eq(s->words[s->n_words].form, DGM_VIEW(".")))
        return;
    bool apposition = false;
    for (uint32_t i = noun + 1; i < verb; i++)
        apposition =
            apposition || (s->words[i].head == noun && s->words[i].deprel == DGM_REL_APPOS);
    for (uint32_t i = verb + 1; i <= s->n_words; i++)
        if (s->words[i].head == verb && s->words[i].deprel == DGM_REL_OBL_AGENT)
            return;
    if (!apposition)
        return;
    raise_verb(s, noun, verb);
    s->words[noun].deprel = DGM_REL_NSUBJ;
}

/* Verbs that have something said as their object, whatever the object is called. */
static bool is_speech(const dgm_morphology *words, const dgm_word *w)
{
    return w->upos == DGM_VERB && dgm_morphology_is(words, w->lemma, DGM_VERB_SAID_OBJECT);
}

/* "Mali, which soldiers rule, voiced support" with "voiced support" as another thing beside Mali.
 */
static void mend_participle_of_conjunct(dgm_sentence *s, uint32_t verb)
{
    uint32_t object = s->words[verb].head, noun = s->words[object].head;
    if (s->words[verb].deprel != DGM_REL_AMOD || object <= verb || !noun || noun >= verb ||
        !dgm_view_eq(s->words[verb - 1].form, DGM_VIEW(",")) ||
        (s->words[object].deprel != DGM_REL_CONJ && s->words[object].deprel != DGM_REL_APPOS) ||
        has_child(s, object, DGM_REL_CC) || has_child(s, object, DGM_REL_CASE))
        return;
    while (noun && !is_clause(s->words[noun].deprel))
        noun = s->words[noun].head;
    if (!noun || noun >= verb || !is_nominal(&s->words[noun]) ||
        has_child(s, noun, DGM_REL_NSUBJ) || has_child(s, noun, DGM_REL_COP) ||
        has_child(s, noun, DGM_REL_CASE))
        return;
    raise_verb(s, noun, verb);
    s->words[noun].deprel = DGM_REL_NSUBJ;
    s->words[object].head = verb;
    s->words[object].deprel = DGM_REL_OBJ;
}

/* "ordered her to leave, accusing her of spying": whoever ordered accuses. */
static void mend_participle_of_infinitive(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    const dgm_word *w = &s->words[i];
    uint32_t infinitive = w->head, verb = s->words[infinitive].head, first, last;
    if (w->deprel != DGM_REL_ADVCL || infinitive >= i || !dgm_view_eq(w->xpos, DGM_VIEW("VBG")) ||
        !dgm_view_eq(s->words[infinitive].xpos, DGM_VIEW("VB")))
        return;
    if (s->words[infinitive].deprel == DGM_REL_ACL)
        verb = s->words[verb].head;
    dgm_subtree(s, i, &first, &last);
    bool apart = dgm_view_eq(s->words[first].form, DGM_VIEW(",")) ||
                 (first > 1 && dgm_view_eq(s->words[first - 1].form, DGM_VIEW(",")));
    bool of_object = has_child(s, verb, DGM_REL_OBJ) || has_child(s, verb, DGM_REL_IOBJ);
    if (apart && verb && verb < infinitive && s->words[verb].upos == DGM_VERB &&
        (of_object || is_speech(words, w)))
        s->words[i].head = verb;
}

/* "five were arrested, among them a Kenyan": he did not arrest them. */
static void mend_agent(dgm_sentence *s, uint32_t i)
{
    if (s->words[i].deprel == DGM_REL_OBL_AGENT && !has_child(s, i, DGM_REL_CASE))
        s->words[i].deprel = DGM_REL_OBL_UNMARKED;
}

/* ---- whose words they are ------------------------------------------------------------------- */

static bool is_one_of(dgm_view word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dgm_view_eq(word, dgm_view_of(list[i])))
            return true;
    return false;
}

static bool is_finite(const dgm_word *w)
{
    return w->upos == DGM_VERB &&
           (dgm_view_eq(w->xpos, DGM_VIEW("VBD")) || dgm_view_eq(w->xpos, DGM_VIEW("VBZ")) ||
            dgm_view_eq(w->xpos, DGM_VIEW("VBP")));
}

static bool is_comma(const dgm_sentence *s, uint32_t i)
{
    return i > 0 && i <= s->n_words && dgm_view_eq(s->words[i].form, DGM_VIEW(","));
}

static uint32_t begin_of(const dgm_sentence *s, uint32_t i)
{
    uint32_t first, last;
    dgm_subtree(s, i, &first, &last);
    return first;
}

static uint32_t end_of(const dgm_sentence *s, uint32_t i)
{
    uint32_t first, last;
    dgm_subtree(s, i, &first, &last);
    return last;
}

/* "had the envoy expelled": what has no subject, no mark and no comma of its own is never finite.
 */
static void mend_had_done(dgm_sentence *s, uint32_t verb)
{
    const dgm_word *it = &s->words[verb];
    uint32_t had = it->head, object = had ? dgm_child(s, had, DGM_REL_OBJ, had) : 0;
    if ((it->deprel != DGM_REL_XCOMP && it->deprel != DGM_REL_ADVCL) || !object || object > verb ||
        !dgm_view_eq(it->xpos, DGM_VIEW("VBD")) || end_of(s, object) + 1 != begin_of(s, verb) ||
        !dgm_view_eq(s->words[had].lemma, DGM_VIEW("have")) || has_child(s, verb, DGM_REL_NSUBJ) ||
        has_child(s, verb, DGM_REL_MARK) || has_child(s, verb, DGM_REL_PUNCTREL))
        return;
    s->words[verb].deprel = DGM_REL_XCOMP;
    s->words[verb].xpos = DGM_VIEW("VBN");
    s->words[verb].feats = DGM_VIEW("Tense=Past|VerbForm=Part|Voice=Pass");
}

/* b takes the place of a in the tree, and a hangs on b. */
static void swap_heads(dgm_sentence *s, uint32_t a, uint32_t b, dgm_deprel of_a)
{
    s->words[b].head = s->words[a].head;
    s->words[b].deprel = s->words[a].deprel;
    s->words[a].head = b;
    s->words[a].deprel = of_a;
}

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
static uint32_t listener(const dgm_sentence *s, uint32_t verb)
{
    static const char *const words[] = { "assure", "inform", "remind", "tell", "warn" };
    uint32_t object = dgm_child(s, verb, DGM_REL_OBJ, verb);
    return object && is_one_of(s->words[verb].lemma, words, DGM_LEN(words)) ? object : 0;
}

/* "Troops fired, officials said": what is said hangs on "said", not the other way round. */
static void mend_said_after(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t clause = s->words[verb].head;
    if (s->words[verb].deprel != DGM_REL_PARATAXIS || clause == 0 || clause > verb ||
        !is_speech(words, &s->words[verb]) || !is_finite(&s->words[verb]) ||
        !has_child(s, verb, DGM_REL_NSUBJ) || has_child(s, verb, DGM_REL_CCOMP) ||
        has_child(s, verb, DGM_REL_XCOMP))
        return;
    uint32_t object = dgm_child(s, verb, DGM_REL_OBJ, 0), spoken_to = listener(s, verb);
    if (object && object != spoken_to)
        return;
    uint32_t first = begin_of(s, verb), last = end_of(s, verb);
    while (first <= last && s->words[first].upos == DGM_PUNCT)
        first++;
    if (first < 2 || s->words[first - 1].upos != DGM_PUNCT)
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

static uint32_t clause_said_after(const dgm_sentence *s, uint32_t verb)
{
    for (uint32_t i = verb + 1; i <= s->n_words; i++)
        if (s->words[i].head == verb && s->words[i].deprel == DGM_REL_CCOMP)
            return i;
    return 0;
}

/* "Troops, officials said, fired", "If he fires, officials said, we fire": what stands before the
 * verb's own clause belongs to what is said after it. */
static void mend_said_amid(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t clause = clause_said_after(s, verb), own = 0, before = 0;
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
    uint32_t first = own < verb ? begin_of(s, own) : verb;
    while (s->words[first].upos == DGM_PUNCT)
        first++;
    if (s->words[first - 1].upos != DGM_PUNCT)
        return;
    uint32_t from = begin_of(s, before), to = begin_of(s, clause);
    swap_heads(s, verb, clause, DGM_REL_PARATAXIS);
    s->words[before].head = clause;
    move_outer_punctuation(s, from, to, verb, clause);
}

/* ---- clauses and coordinations -------------------------------------------------------------- */

static bool opens_clause(const dgm_word *w)
{
    static const char *const words[] = { "after", "as", "before", "since", "unless", "until" };
    return w->upos != DGM_VERB && is_one_of(w->lemma, words, DGM_LEN(words));
}

/* "after a boat sank": a noun between such a word and a finite verb without subject is the subject.
 */
static void mend_clause_for_phrase(dgm_sentence *s, uint32_t verb)
{
    uint32_t head = s->words[verb].head;
    dgm_deprel deprel = s->words[verb].deprel;
    if (!is_finite(&s->words[verb]) || head == 0 || head > verb ||
        (deprel != DGM_REL_ADVCL && deprel != DGM_REL_CONJ && deprel != DGM_REL_CCOMP &&
         deprel != DGM_REL_PARATAXIS) ||
        has_child(s, verb, DGM_REL_CC) || has_child(s, verb, DGM_REL_MARK) ||
        has_child(s, verb, DGM_REL_EXPL) || has_child(s, verb, DGM_REL_CSUBJ) ||
        has_child(s, verb, DGM_REL_NSUBJ))
        return;
    for (uint32_t i = head + 1; i < verb; i++) {
        const dgm_word *w = &s->words[i];
        uint32_t word =
            w->head == head && is_nominal(w) && dgm_deprel_main(w->deprel) == DGM_REL_OBL
                ? dgm_child(s, i, DGM_REL_CASE, 0)
                : 0;
        if (!word || word != begin_of(s, i) || !opens_clause(&s->words[word]))
            continue;
        s->words[i].head = verb;
        s->words[i].deprel = DGM_REL_NSUBJ;
        s->words[word].head = verb;
        s->words[word].deprel = DGM_REL_MARK;
        s->words[word].upos = DGM_SCONJ;
        s->words[verb].deprel = DGM_REL_ADVCL;
        return;
    }
}

/* "between the government and rebels broke down", "Cambodia, Thailand trade fire": of two subjects
 * of one verb the second is a member of the first. */
static void mend_two_subjects(dgm_sentence *s, uint32_t verb)
{
    uint32_t first = dgm_child(s, verb, DGM_REL_NSUBJ, 0);
    uint32_t second = first ? dgm_child(s, verb, DGM_REL_NSUBJ, first) : 0;
    if (!second || second > verb || !is_nominal(&s->words[first]) || !is_nominal(&s->words[second]))
        return;
    uint32_t begin = begin_of(s, second), joint = begin - 1;
    bool with_word = s->words[joint].upos == DGM_CCONJ;
    if (!with_word && s->words[begin].upos == DGM_CCONJ)
        with_word = true, joint = begin;
    if (!with_word && (!is_comma(s, joint) || end_of(s, first) + 1 < joint ||
                       s->words[second].upos != DGM_PROPN || s->words[first].upos != DGM_PROPN))
        return;
    uint32_t member = first;
    for (uint32_t i = first + 1; i < joint; i++) {
        uint32_t word = dgm_child(s, i, DGM_REL_CASE, 0);
        if (word && dgm_view_eq(s->words[word].lemma, DGM_VIEW("between")) &&
            dgm_dominates(s, first, i) && !has_child(s, i, DGM_REL_CONJ))
            member = i;
    }
    s->words[second].head = member;
    s->words[second].deprel = DGM_REL_CONJ;
    if (s->words[joint].head == verb)
        s->words[joint].head = second;
}

/* "Australia to send troops": nothing but a name and what it is about to do. */
static void mend_about_to(dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head;
    if (s->words[verb].deprel != DGM_REL_ACL || s->words[noun].head != 0 ||
        s->words[noun].upos != DGM_PROPN || s->words[s->n_words].upos == DGM_PUNCT ||
        !dgm_view_eq(s->words[verb].xpos, DGM_VIEW("VB")) || noun + 2 != verb)
        return;
    swap_heads(s, noun, verb, DGM_REL_NSUBJ);
}

/* Whoever is asked to do something is the one spoken to. */
static void mend_addressee(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    if (s->words[verb].upos != DGM_VERB ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_ADDRESSEE) ||
        has_child(s, verb, DGM_REL_IOBJ))
        return;
    uint32_t object = dgm_child(s, verb, DGM_REL_OBJ, verb);
    uint32_t task = object ? dgm_child(s, verb, DGM_REL_XCOMP, object) : 0;
    if (task && dgm_view_eq(s->words[task].xpos, DGM_VIEW("VB")))
        s->words[object].deprel = DGM_REL_IOBJ;
}

/* "Theresa May criticised": no auxiliary has a capital amid a sentence and a past form behind it.
 */
static void mend_name_for_auxiliary(dgm_sentence *s, uint32_t i)
{
    dgm_word *it = &s->words[i];
    uint32_t verb = it->head;
    const dgm_word *before = &s->words[i - 1];
    if (i < 2 || it->upos != DGM_AUX || !dgm_view_eq(it->form, DGM_VIEW("May")) ||
        before->upos != DGM_PROPN || verb <= i || !is_past_verb(&s->words[verb]) ||
        has_child(s, i, DGM_REL_CONJ))
        return;
    it->upos = DGM_PROPN;
    it->xpos = DGM_VIEW("NNP");
    it->lemma = it->form;
    it->feats = DGM_VIEW("Number=Sing");
    it->head = before->deprel == DGM_REL_FLAT ? before->head : i - 1;
    it->deprel = DGM_REL_FLAT;
    if (!dgm_child(s, verb, DGM_REL_AUXREL, 0) && !dgm_child(s, verb, DGM_REL_AUX_PASS, 0)) {
        s->words[verb].xpos = DGM_VIEW("VBD");
        s->words[verb].feats = DGM_VIEW("Mood=Ind|Tense=Past|VerbForm=Fin");
    }
}

/* "Rebels did not, as claimed, kill" with "not" below "did": it is below what "did" is below. */
static void mend_negation(dgm_sentence *s, uint32_t i)
{
    const dgm_word *over = &s->words[s->words[i].head];
    if (s->words[i].deprel == DGM_REL_ADVMOD && dgm_view_eq(s->words[i].lemma, DGM_VIEW("not")) &&
        s->words[i].head == i - 1 && over->deprel == DGM_REL_AUXREL && over->head > i)
        s->words[i].head = over->head;
}

/* "on former president X": a preposition goes with the name, not with its title. */
static void mend_case_of_title(dgm_sentence *s, uint32_t i)
{
    dgm_word *it = &s->words[i];
    if (it->deprel == DGM_REL_CASE && s->words[it->head].deprel == DGM_REL_NMOD_DESC)
        it->head = s->words[it->head].head;
}

/* "It demanded that Kenya leave": who demands is somebody, unlike in "it seems that", "it was said
 * that" and "it worries them that". */
static void mend_expletive(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    uint32_t verb = s->words[i].head;
    const dgm_word *up = &s->words[verb];
    if (s->words[i].deprel != DGM_REL_EXPL || verb <= i || up->upos != DGM_VERB ||
        !dgm_view_eq(s->words[i].xpos, DGM_VIEW("PRP")) || /* and no "there" */
        dgm_morphology_is(words, up->lemma, DGM_VERB_IMPERSONAL) ||
        !has_child(s, verb, DGM_REL_CCOMP) || has_child(s, verb, DGM_REL_OBJ) ||
        has_child(s, verb, DGM_REL_NSUBJ))
        return;
    for (uint32_t k = 1; k < verb; k++)
        if (s->words[k].head == verb && s->words[k].deprel == DGM_REL_AUX_PASS)
            return;
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
static void mend_noun_before_that(dgm_sentence *s, uint32_t predicate)
{
    uint32_t noun = s->words[predicate].head, that = noun + 1;
    if (noun == 0 || s->words[predicate].deprel != DGM_REL_CCOMP || that >= predicate ||
        !dgm_view_eq(s->words[that].lemma, DGM_VIEW("that")) ||
        (noun > 1 && s->words[noun - 1].upos != DGM_PUNCT) ||
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
static void mend_object_behind_as(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
{
    uint32_t as = verb + 1;
    if (as + 1 >= s->n_words || !is_past_verb(&s->words[verb]) ||
        !dgm_view_eq(s->words[as].form, DGM_VIEW("as")) ||
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_NEEDS_OBJECT) ||
        has_child(s, verb, DGM_REL_OBJ) || has_child(s, verb, DGM_REL_NSUBJ_PASS) ||
        has_child(s, verb, DGM_REL_AUX_PASS) || !has_child(s, verb, DGM_REL_NSUBJ))
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

/* "gave Pakistan a week": who is given something is given it, not given for so long. */
static void mend_what_is_given(dgm_sentence *s, uint32_t i)
{
    uint32_t verb = s->words[i].head;
    if (s->words[i].deprel != DGM_REL_OBL_UNMARKED || verb >= i ||
        !has_child(s, verb, DGM_REL_IOBJ) || has_child(s, verb, DGM_REL_OBJ) ||
        has_child(s, verb, DGM_REL_CCOMP) || has_child(s, verb, DGM_REL_XCOMP))
        return;
    s->words[i].deprel = DGM_REL_OBJ;
}

/* "Two protesters arrested near parliament": a headline leaves out "were", and tells in the present
 * what somebody does. */
static void mend_headline_passive(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
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
    s->words[verb].xpos = DGM_VIEW("VBN");
    s->words[verb].feats = DGM_VIEW("Tense=Past|VerbForm=Part|Voice=Pass");
}

/* "Iran: Israel killed scientist": whose words a headline gives stands before a colon, */
static void mend_voice_before(dgm_sentence *s, uint32_t verb)
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
    return s->words[i].space_after && s->words[i - 1].space_after &&
           is_one_of(s->words[i].form, dashes, DGM_LEN(dashes));
}

/* or behind a dash: "Troops shell Eritrean town - officials" with the town below the officials. */
static void mend_voice_after(dgm_sentence *s, uint32_t voice)
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
    for (uint32_t i = 1; i < dash; i++)
        if (s->words[i].head == voice)
            s->words[i].head = object;
}

/* "Iran expelled two envoys, and Russia three British ones": no phrase has a name before its
 * number; Russia did the same to the three. */
static void mend_gap(dgm_sentence *s, uint32_t name)
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
    for (uint32_t i = object + 1; i < first; i++)
        if (s->words[i].head == noun)
            s->words[i].head = name;
}

void dgm_garden_path_mend(const dgm_morphology *words, dgm_sentence *s)
{
    if (s->n_words > LONGEST_MENDED)
        return;
    for (uint32_t i = 1; i <= s->n_words; i++) {
        mend_name_for_auxiliary(s, i);
        mend_case_of_title(s, i);
        mend_negation(s, i);
        mend_subject_behind_verb(s, i);
        if (is_past_verb(&s->words[i]) && s->words[i].head != 0) {
            mend_participle_before(s, i);
            mend_participle_after(s, i);
            mend_participle_set_off(s, i);
            mend_participle_of_conjunct(s, i);
        }
        mend_participle_of_infinitive(words, s, i);
        mend_had_done(s, i);
        mend_agent(s, i);
        mend_noun_before_that(s, i);
        mend_object_behind_as(words, s, i);
        mend_said_amid(words, s, i);
        mend_said_after(words, s, i);
        mend_clause_for_phrase(s, i);
        mend_voice_before(s, i);
        mend_voice_after(s, i);
        mend_gap(s, i);
        mend_two_subjects(s, i);
        mend_about_to(s, i);
        mend_expletive(words, s, i);
        mend_what_is_given(s, i);
        mend_addressee(words, s, i);
        mend_headline_passive(words, s, i);
    }
}
