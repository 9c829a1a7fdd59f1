/* Clauses and coordinations, and all of it in its order: see garden_path.h. */
#include "syntax/garden_parts.h"

/* A rule may look at each word for each word; longer sentences are lists. */
enum { LONGEST_MENDED = 256 };

/* "after a boat sank": a noun between such a word and a finite verb without subject is the subject.
 */
static void mend_clause_for_phrase(const dgm_morphology *words, dgm_sentence *s, uint32_t verb)
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
        if (!word || word != begin_of(s, i) || !opens_clause(words, &s->words[word]))
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

/* "after Chad and Sudan signed a treaty": a word that may open a clause and stands at the head of
 * the subject is no preposition, but the mark of the subject's verb. */
static void mend_mark_of_subject(const dgm_morphology *words, dgm_sentence *s, uint32_t mark)
{
    uint32_t subject = s->words[mark].head, verb = s->words[subject].head;
    if (s->words[mark].deprel != DGM_REL_CASE || subject < mark || verb < subject ||
        dgm_deprel_main(s->words[subject].deprel) != DGM_REL_NSUBJ ||
        s->words[verb].upos != DGM_VERB || s->words[verb].deprel != DGM_REL_ADVCL ||
        has_child(s, verb, DGM_REL_MARK) || !opens_clause(words, &s->words[mark]))
        return;
    s->words[mark].head = verb;
    s->words[mark].deprel = DGM_REL_MARK;
    s->words[mark].upos = DGM_SCONJ;
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

/* "A spokesman for the police, James Otieno said", with no comma behind the name: of two subjects
 * of one verb the full name behind the comma says who the first is. */
static void mend_name_of_subject(dgm_sentence *s, uint32_t verb)
{
    uint32_t first = dgm_child(s, verb, DGM_REL_NSUBJ, 0);
    uint32_t name = first ? dgm_child(s, verb, DGM_REL_NSUBJ, first) : 0;
    if (!name || name > verb || s->words[name].upos != DGM_PROPN ||
        !has_child(s, name, DGM_REL_FLAT) || !dgm_view_eq(s->words[first].xpos, DGM_VIEW("NN")))
        return;
    uint32_t comma = begin_of(s, name) - 1, next = end_of(s, name) + 1;
    if (!is_comma(s, comma) || s->words[comma - 1].upos == DGM_PUNCT ||
        dgm_dominates(s, comma, first) || end_of(s, first) + 1 < comma ||
        (next != verb && s->words[next].upos != DGM_AUX))
        return;
    s->words[name].head = first;
    s->words[name].deprel = DGM_REL_APPOS;
    s->words[comma].head = name;
}

/* "Djibouti, home of a French base, detained ...": a noun between commas behind a name, which no
 * "and" joins to anything, says what the name is. */
static void mend_member_for_apposition(dgm_sentence *s, uint32_t i)
{
    uint32_t name = s->words[i].head, first, last;
    if (s->words[i].deprel != DGM_REL_CONJ || s->words[i].upos != DGM_NOUN || !name || name > i ||
        s->words[name].upos != DGM_PROPN || s->words[name].deprel != DGM_REL_NSUBJ)
        return;
    for (uint32_t w = name + 1; w <= s->n_words; w++) {
        bool joins = s->words[w].deprel == DGM_REL_CC || s->words[w].deprel == DGM_REL_CONJ;
        if (joins && w != i && (s->words[w].head == i || s->words[w].head == name))
            return;
    }
    dgm_subtree(s, i, &first, &last);
    first += is_comma(s, first);
    if (is_comma(s, first - 1) && is_comma(s, last + 1) && last + 2 <= s->n_words)
        s->words[i].deprel = DGM_REL_APPOS;
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

/* "Theresa May criticised": no auxiliary has a capital amid a sentence and a past form behind it.
 */
static void mend_name_for_auxiliary(dgm_sentence *s, uint32_t i)
{
    dgm_word *it = &s->words[i];
    uint32_t verb = it->head;
    const dgm_word *before = &s->words[i - 1];
    if (i < 2 || it->upos != DGM_AUX || !dgm_view_eq(it->form, DGM_VIEW("May")) ||
        before->upos != DGM_PROPN || verb <= i || !is_past_verb(&s->words[verb]) ||
        has_child(s, i, DGM_REL_CONJ) || dgm_dominates(s, i, i - 1))
        return;
    it->upos = DGM_PROPN;
    it->xpos = DGM_VIEW("NNP");
    it->lemma = it->form;
    it->feats = DGM_VIEW("Number=Sing");
    it->head = before->deprel == DGM_REL_FLAT ? before->head : i - 1;
    it->deprel = DGM_REL_FLAT;
    if (!has_child(s, verb, DGM_REL_AUXREL))
        make_finite(&s->words[verb]);
}

/* "Rebels did not, as claimed, kill" with "not" below "did": it is below what "did" is below. */
static void mend_negation(dgm_sentence *s, uint32_t i)
{
    const dgm_word *over = &s->words[s->words[i].head];
    if (s->words[i].deprel == DGM_REL_ADVMOD && dgm_view_eq(s->words[i].lemma, DGM_VIEW("not")) &&
        s->words[i].head == i - 1 && over->deprel == DGM_REL_AUXREL && over->head > i)
        s->words[i].head = over->head;
}

/* "..., should | talks fail" with "should" below "talks": it is the auxiliary of "fail". */
static void mend_auxiliary_of_subject(dgm_sentence *s, uint32_t i)
{
    const dgm_word *noun = &s->words[s->words[i].head];
    if (s->words[i].deprel == DGM_REL_AUXREL && noun->upos == DGM_NOUN &&
        noun->deprel == DGM_REL_NSUBJ && s->words[i].head > i && noun->head > s->words[i].head &&
        s->words[noun->head].upos == DGM_VERB)
        s->words[i].head = noun->head;
}

/* "In neighbouring Chad, police ...": says which state it is, where the parser has a clause whose
 * object is Chad. */
static void mend_neighbouring(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    const dgm_word *w = &s->words[i];
    uint32_t mark = i - 1, noun = dgm_child(s, i, DGM_REL_OBJ, i);
    bool clause = w->deprel == DGM_REL_ADVCL || w->deprel == DGM_REL_ACL;
    if (i < 2 || !clause || !noun || !dgm_view_eq(w->xpos, DGM_VIEW("VBG")) ||
        !dgm_morphology_is(words, w->lemma, DGM_VERB_ADJOINS) || s->words[mark].head != i ||
        s->words[mark].deprel != DGM_REL_MARK || begin_of(s, noun) != i + 1)
        return;
    swap_heads(s, i, noun, DGM_REL_AMOD);
    s->words[noun].deprel = s->words[noun].deprel == DGM_REL_ADVCL ? DGM_REL_OBL : DGM_REL_NMOD;
    s->words[i].upos = DGM_ADJ;
    hang_on(s, 1, s->n_words, i, noun);
    s->words[mark].deprel = DGM_REL_CASE;
    s->words[mark].upos = DGM_ADP;
}

/* "on former president X": a preposition goes with the name, not with its title. */
static void mend_case_of_title(dgm_sentence *s, uint32_t i)
{
    dgm_word *it = &s->words[i];
    if (it->deprel == DGM_REL_CASE && s->words[it->head].deprel == DGM_REL_NMOD_DESC)
        it->head = s->words[it->head].head;
}

/* "Vowed to retaliate | if they bombed it": a condition, since "retaliate" is no verb like "ask" or
 * "know", behind which it would be a question. */
static void mend_question_for_condition(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    const dgm_word *mark = &s->words[i];
    uint32_t clause = mark->head, verb = s->words[clause].head;
    if (words && mark->deprel == DGM_REL_MARK && dgm_view_eq(mark->lemma, DGM_VIEW("if")) &&
        s->words[clause].deprel == DGM_REL_CCOMP && verb < i && s->words[verb].upos == DGM_VERB &&
        !dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_ASKS_IF))
        s->words[clause].deprel = DGM_REL_ADVCL;
}

/* The verb of the clause that a word opens, "stopped" in "provided helicopters stopped flying", and
 * its subject; 0: a phrase follows, "provided by Peru", or no finite verb. */
static uint32_t clause_opened(const dgm_sentence *s, uint32_t opens, uint32_t *subject)
{
    *subject = 0;
    for (uint32_t w = opens + 1; w <= s->n_words; w++) {
        const dgm_word *it = &s->words[w];
        if (it->upos == DGM_AUX)
            return *subject && s->words[it->head].upos == DGM_VERB && it->head > w ? it->head : 0;
        if (is_finite(it) || is_past_verb(it))
            return *subject ? w : 0;
        if (it->upos == DGM_ADP || it->upos == DGM_PUNCT || it->upos == DGM_VERB ||
            it->upos == DGM_SCONJ)
            return 0;
        if (is_nominal(it))
            *subject = w;
    }
    return 0;
}

/* "Bowed to pressure": what stands behind "to" as an adjunct, and not as a clause, is a noun. */
static void mend_noun_behind_to(dgm_sentence *s, uint32_t i)
{
    dgm_word *it = &s->words[i], *to = it - 1;
    if (i < 2 || it->upos != DGM_VERB || dgm_deprel_main(it->deprel) != DGM_REL_OBL ||
        to->head != i || !dgm_view_eq(to->xpos, DGM_VIEW("TO")))
        return;
    it->upos = DGM_NOUN;
    it->xpos = DGM_VIEW("NN");
    to->upos = DGM_ADP;
    to->xpos = DGM_VIEW("IN");
    to->deprel = DGM_REL_CASE;
}

/* "May no longer dock": what a modal verb stands by without a copula is a verb. */
static void mend_verb_behind_modal(dgm_sentence *s, uint32_t i)
{
    dgm_word *it = &s->words[i];
    uint32_t modal = dgm_child(s, i, DGM_REL_AUXREL, 0);
    if (it->upos != DGM_NOUN || !dgm_view_eq(it->form, it->lemma) || !modal || modal > i ||
        !dgm_view_eq(s->words[modal].xpos, DGM_VIEW("MD")) || has_child(s, i, DGM_REL_COP) ||
        has_child(s, i, DGM_REL_DETREL))
        return;
    it->upos = DGM_VERB;
    it->xpos = DGM_VIEW("VB");
    for (uint32_t w = modal + 1; w <= s->n_words; w++) {
        dgm_word *child = &s->words[w];
        if (child->head != i)
            continue;
        if (w < i && child->deprel == DGM_REL_AMOD) {
            child->upos = DGM_ADV;
            child->deprel = DGM_REL_ADVMOD;
        } else if (w > i && child->deprel == DGM_REL_NMOD)
            child->deprel = DGM_REL_OBL;
    }
}

/* "Would sign | provided helicopters stopped flying", where the parser has helicopters provided:
 * behind what is yet to be done, "provided" and a clause are its condition. */
static void mend_provided(const dgm_morphology *words, dgm_sentence *s, uint32_t i)
{
    dgm_word *it = &s->words[i];
    uint32_t verb = it->head, subject = 0;
    if (it->upos != DGM_VERB || !dgm_morphology_is(words, it->lemma, DGM_VERB_PROVIDED) ||
        dgm_view_eq(it->form, it->lemma) || has_child(s, i, DGM_REL_NSUBJ) ||
        has_child(s, i, DGM_REL_AUXREL))
        return;
    while (verb && (verb > i || s->words[verb].upos != DGM_VERB))
        verb = s->words[verb].head;
    uint32_t modal = verb ? dgm_child(s, verb, DGM_REL_AUXREL, 0) : 0;
    uint32_t clause = clause_opened(s, i, &subject);
    if (!clause || !modal || !dgm_view_eq(s->words[modal].xpos, DGM_VIEW("MD")))
        return;
    /* "would sign provided the minister said", with "sign" below "said" */
    for (uint32_t w = i; w <= clause; w++)
        if (dgm_dominates(s, w, verb))
            return;
    hang_on(s, i + 1, s->n_words, i, clause);
    /* the noun phrase, of which the subject is the head */
    for (uint32_t w = i + 1; w < subject; w++)
        if (!dgm_dominates(s, subject, w) && s->words[w].upos != DGM_AUX)
            s->words[w].head = subject;
    s->words[subject].head = clause;
    s->words[subject].deprel = is_passive(s, clause) ? DGM_REL_NSUBJ_PASS : DGM_REL_NSUBJ;
    s->words[clause].head = verb;
    s->words[clause].deprel = DGM_REL_ADVCL;
    if (is_past_verb(&s->words[clause]) && !has_child(s, clause, DGM_REL_AUXREL))
        make_finite(&s->words[clause]);
    it->head = clause;
    it->deprel = DGM_REL_MARK;
    it->upos = DGM_SCONJ;
}

/* "Niger would recall its own": the clause with a modal verb that the parser hung on the one before
 * its comma; 0: none. */
static uint32_t consequence_behind(const dgm_sentence *s, uint32_t clause)
{
    for (uint32_t i = clause + 1; i <= s->n_words; i++) {
        const dgm_word *w = &s->words[i];
        if (w->head != clause || (w->deprel != DGM_REL_PARATAXIS && w->deprel != DGM_REL_CCOMP))
            continue;
        uint32_t modal = dgm_child(s, i, DGM_REL_AUXREL, clause);
        if (modal && modal < i && dgm_view_eq(s->words[modal].xpos, DGM_VIEW("MD")) &&
            has_child(s, i, DGM_REL_NSUBJ) && is_comma(s, after_marks(s, begin_of(s, i)) - 1))
            return i;
    }
    return 0;
}

/* "Should Mali expel the envoy, Niger would recall its own", "Had Peru attacked, Chile would have
 * answered": a clause that its auxiliary opens is the condition of the one behind it, of which is
 * what stands outside of both. */
static void mend_condition_in_front(dgm_sentence *s, uint32_t i)
{
    uint32_t clause = s->words[i].head;
    if (i != after_marks(s, 1) || s->words[i].upos != DGM_AUX || clause < i ||
        s->words[clause].deprel != DGM_REL_ROOT ||
        dgm_view_eq(s->words[s->n_words].form, DGM_VIEW("?")))
        return;
    uint32_t subject = dgm_child(s, clause, DGM_REL_NSUBJ, i);
    subject = subject ? subject : dgm_child(s, clause, DGM_REL_NSUBJ_PASS, i);
    uint32_t main = consequence_behind(s, clause);
    if (!main || !subject || subject > clause)
        return;
    swap_heads(s, clause, main, DGM_REL_ADVCL);
    hang_on(s, 1, i - 1, clause, main);
    hang_on(s, main + 1, s->n_words, clause, main);
}

/* "visit", "be freed" */
static bool is_infinitive(const dgm_sentence *s, uint32_t verb)
{
    uint32_t be = dgm_child(s, verb, DGM_REL_AUX_PASS, 0);
    return dgm_view_eq(s->words[be ? be : verb].xpos, DGM_VIEW("VB"));
}

/* ", but the visit was cancelled", "but postponed it", ", officials said": behind an infinitive,
 * what is finite or has a subject of its own goes with the clause that the infinitive is in, as
 * does the full stop. */
static bool is_of_whole(const dgm_sentence *s, uint32_t i)
{
    dgm_deprel r = s->words[i].deprel;
    if (r == DGM_REL_PUNCTREL)
        return i == s->n_words;
    return (r == DGM_REL_CONJ || r == DGM_REL_PARATAXIS) &&
           (has_child(s, i, DGM_REL_NSUBJ) || is_finite(&s->words[i]));
}

/* "Was due | to visit Chile", where the parser takes "due to" for the mark of a clause: before an
 * infinitive the adjective is the predicate, and what follows its complement. */
static void mend_adjective_for_mark(dgm_sentence *s, uint32_t i)
{
    uint32_t verb = s->words[i].head, to = i + 1;
    if (s->words[i].upos != DGM_ADJ || s->words[i].deprel != DGM_REL_MARK || verb <= to ||
        !dgm_view_eq(s->words[to].xpos, DGM_VIEW("TO")) || !is_infinitive(s, verb) ||
        (s->words[to].head != i && s->words[to].head != verb))
        return;
    swap_heads(s, verb, i, DGM_REL_XCOMP);
    hang_on(s, 1, i - 1, verb, i);
    s->words[to].head = verb;
    s->words[to].deprel = DGM_REL_MARK;
    for (uint32_t c = verb + 1; c <= s->n_words; c++)
        if (s->words[c].head == verb && is_of_whole(s, c))
            s->words[c].head = i;
    for (uint32_t c = 1; c < i; c++) /* the infinitive's voice is its own */
        if (s->words[c].head == i && dgm_deprel_main(s->words[c].deprel) == DGM_REL_NSUBJ)
            s->words[c].deprel = DGM_REL_NSUBJ;
}

/* "Peru, whose minister, Elmer Schialer, visited Quito on Tuesday, expelled a diplomat", where the
 * parser took "visited" for the main verb: the verb behind the next comma is. */
static void mend_owner_for_subject(dgm_sentence *s, uint32_t whose)
{
    uint32_t noun = s->words[whose].head, owner = whose - 2;
    if (whose < 3 || !dgm_view_eq(s->words[whose].xpos, DGM_VIEW("WP$")) || noun < whose ||
        !is_comma(s, whose - 1) || s->words[owner].deprel != DGM_REL_NSUBJ)
        return;
    uint32_t verb = s->words[owner].head, main = 0;
    if (!is_finite(&s->words[verb]) || verb < noun ||
        !((s->words[noun].deprel == DGM_REL_NSUBJ && s->words[noun].head == verb) ||
          (s->words[noun].deprel == DGM_REL_APPOS && s->words[noun].head == owner)))
        return;
    for (uint32_t i = verb + 2; i <= s->n_words && !main; i++)
        if (s->words[i].head == verb && is_comma(s, i - 1) && is_finite(&s->words[i]) &&
            (s->words[i].deprel == DGM_REL_CONJ || s->words[i].deprel == DGM_REL_ADVCL) &&
            !has_child(s, i, DGM_REL_NSUBJ) && !has_child(s, i, DGM_REL_MARK))
            main = i;
    if (!main)
        return;
    swap_heads(s, verb, main, DGM_REL_ACL_RELCL);
    s->words[verb].head = owner;
    s->words[owner].head = main;
    s->words[noun].head = verb;
    s->words[noun].deprel = DGM_REL_NSUBJ;
    s->words[main - 1].head = owner;
    if (s->words[s->n_words].head == verb && s->words[s->n_words].upos == DGM_PUNCT)
        s->words[s->n_words].head = main;
}

void dgm_garden_path_mend(const dgm_morphology *words, dgm_sentence *s)
{
    if (s->n_words > LONGEST_MENDED)
        return;
    for (uint32_t i = 1; i <= s->n_words; i++) {
        mend_name_for_auxiliary(s, i);
        mend_case_of_title(s, i);
        mend_negation(s, i);
        mend_noun_behind_to(s, i);
        mend_verb_behind_modal(s, i);
        mend_auxiliary_of_subject(s, i);
        mend_neighbouring(words, s, i);
        garden_day_for_name(words, s, i);
        garden_subject_behind_day(words, s, i);
        garden_date_for_count(words, s, i);
        garden_object_behind_day(words, s, i);
        garden_conjunct_behind_day(words, s, i);
        garden_time_for_subject(words, s, i);
        garden_agent_behind_day(words, s, i);
        mend_question_for_condition(words, s, i);
        mend_provided(words, s, i);
        mend_adjective_for_mark(s, i);
        mend_condition_in_front(s, i);
        mend_owner_for_subject(s, i);
        garden_subject_behind_verb(s, i);
        if (is_past_verb(&s->words[i]) && s->words[i].head != 0) {
            garden_participle_before(s, i);
            garden_participle_after(s, i);
            garden_participle_set_off(s, i);
            garden_participle_of_conjunct(s, i);
            garden_participle_of_object(s, i);
        }
        garden_participle_of_infinitive(words, s, i);
        garden_had_done(s, i);
        garden_finite_conjunct(s, i);
        garden_said_and_did(words, s, i);
        garden_taken_as(words, s, i);
        garden_agent(s, i);
        garden_noun_before_that(s, i);
        garden_object_behind_as(words, s, i);
        garden_that_for_object(words, s, i);
        garden_object_without_that(words, s, i);
        garden_noun_for_verb(words, s, i);
        garden_said_amid(words, s, i);
        garden_said_after(words, s, i);
        mend_clause_for_phrase(words, s, i);
        mend_mark_of_subject(words, s, i);
        garden_voice_before(s, i);
        garden_voice_after(s, i);
        garden_blamed_on(words, s, i);
        garden_joined_mark(s, i);
        garden_object_of_noun(s, i);
        garden_attack_on(words, s, i);
        garden_hours_after(words, s, i);
        garden_sent_to(words, s, i);
        garden_gap(s, i);
        garden_gap_of_number(s, i);
        mend_name_of_subject(s, i);
        mend_two_subjects(s, i);
        mend_member_for_apposition(s, i);
        mend_about_to(s, i);
        garden_expletive(words, s, i);
        garden_what_is_given(words, s, i);
        garden_who_may(words, s, i);
        garden_told_that(words, s, i);
        garden_content_of_noun(words, s, i);
        garden_told_behind(words, s, i);
        garden_said_in(words, s, i);
        garden_said_past_aside(words, s, i);
        garden_speaker_set_off(words, s, i);
        garden_addressee(words, s, i);
        garden_what_is_asked(words, s, i);
        garden_headline_passive(words, s, i);
    }
}
