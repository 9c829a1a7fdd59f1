/* Days and dates beside subjects and objects: see garden_path.h. */
#include "syntax/garden_parts.h"

static bool is_day_or_month(const dgm_morphology *words, const dgm_word *w)
{
    return dgm_morphology_is(words, w->form, DGM_WORD_MONTH) ||
           dgm_morphology_is(words, w->form, DGM_WORD_WEEKDAY);
}

/* "In August | Nairobi summoned": a month or weekday behind a preposition or "last" says when, and
 * is no part of the name behind it. */
void garden_day_for_name(const dgm_morphology *words, dgm_sentence *s, uint32_t day)
{
    uint32_t over = s->words[day].head, name = over, on = day - 1;
    /* Each hangs on the verb, but the preposition on the name. */
    if (day > 1 && day < s->n_words && s->words[day + 1].head == over &&
        s->words[on].head == day + 1 && s->words[on].deprel == DGM_REL_CASE &&
        is_day_or_month(words, &s->words[day]) && s->words[day].upos == DGM_PROPN &&
        dgm_deprel_main(s->words[day + 1].deprel) == DGM_REL_NSUBJ) {
        s->words[on].head = day;
        s->words[day].deprel = DGM_REL_OBL;
        return;
    }
    if (name != day + 1 || s->words[day].upos != DGM_PROPN ||
        !is_day_or_month(words, &s->words[day]) || s->words[name].upos != DGM_PROPN ||
        dgm_deprel_main(s->words[name].deprel) != DGM_REL_NSUBJ)
        return;
    bool says_when = has_child(s, day, DGM_REL_CASE) || has_child(s, day, DGM_REL_AMOD);
    for (uint32_t i = 1; i < day; i++) {
        dgm_deprel rel = s->words[i].deprel;
        if (s->words[i].head != name)
            continue;
        if (rel != DGM_REL_CASE && rel != DGM_REL_AMOD && rel != DGM_REL_ADVMOD)
            return;
        says_when = true;
    }
    if (!says_when)
        return;
    hang_on(s, 1, day - 1, name, day);
    s->words[day].head = s->words[name].head;
    s->words[day].deprel = DGM_REL_OBL;
}

/* The finite verb right behind a word, with its auxiliaries; 0: none. */
static uint32_t verb_behind(const dgm_sentence *s, uint32_t word)
{
    uint32_t i = word + 1;
    while (i <= s->n_words && (s->words[i].upos == DGM_AUX || s->words[i].upos == DGM_ADV))
        i++;
    return i <= s->n_words && s->words[i].upos == DGM_VERB &&
                   (is_finite(&s->words[i]) || s->words[i - 1].upos == DGM_AUX)
               ? i
               : 0;
}

/* "At dawn on Saturday | troops raided": a weekday behind a preposition is no part of who acts,
 * where the verb behind them has no subject. */
void garden_subject_behind_day(const dgm_morphology *words, dgm_sentence *s, uint32_t day)
{
    uint32_t noun = s->words[day].head, on = day - 1;
    if (day < 2 || noun <= day || !dgm_morphology_is(words, s->words[day].form, DGM_WORD_WEEKDAY) ||
        s->words[day].deprel != DGM_REL_COMPOUND || s->words[on].deprel != DGM_REL_CASE ||
        s->words[noun].upos != DGM_NOUN || dgm_child(s, noun, DGM_REL_CASE, on))
        return;
    uint32_t verb = verb_behind(s, end_of(s, noun)), over = s->words[noun].head;
    if (!verb || !dgm_dominates(s, verb, noun) || dgm_dominates(s, on, verb) ||
        has_child(s, verb, DGM_REL_NSUBJ) || (over != verb && s->words[over].head != verb) ||
        (s->words[noun].deprel != DGM_REL_NMOD && s->words[noun].deprel != DGM_REL_OBL))
        return;
    s->words[noun].deprel = is_passive(s, verb) ? DGM_REL_NSUBJ_PASS : DGM_REL_NSUBJ;
    s->words[noun].head = s->words[day].head = verb;
    s->words[day].deprel = DGM_REL_OBL;
    s->words[on].head = day;
}

/* "12": a day of the month in figures. */
static bool is_day_of_month(const dgm_word *w)
{
    bool two = w->form.n == 2;
    if (w->upos != DGM_NUM || (w->form.n != 1 && !two))
        return false;
    for (size_t i = 0; i < w->form.n; i++)
        if (!dgm_is_digit((unsigned char)w->form.p[i]))
            return false;
    int day = two ? (w->form.p[0] - '0') * 10 + w->form.p[1] - '0' : w->form.p[0] - '0';
    return day >= 1 && day <= 31;
}

/* The noun that a part of its phrase stands before, however deep; 0: none. */
static uint32_t noun_of_part(const dgm_sentence *s, uint32_t part)
{
    enum { DEEPEST = 6 };
    for (uint32_t n = 0; n < DEEPEST && s->words[part].head > part; n++) {
        dgm_deprel rel = s->words[part].deprel;
        if (!is_inside_phrase(rel) && rel != DGM_REL_NUMMOD && rel != DGM_REL_NMOD_POSS)
            return part;
        part = s->words[part].head;
    }
    return 0;
}

/* "Teachers and drivers" behind "nurses," where the parser took the nurses for a part of the time:
 * the subject of their verb; 0: none. */
static uint32_t subject_behind(const dgm_sentence *s, uint32_t noun)
{
    uint32_t verb = s->words[noun].head, subject = dgm_child(s, verb, DGM_REL_NSUBJ, noun);
    subject = subject ? subject : dgm_child(s, verb, DGM_REL_NSUBJ_PASS, noun);
    return subject && subject < verb && has_child(s, subject, DGM_REL_CONJ) &&
                   is_comma(s, begin_of(s, subject) - 1) &&
                   begin_of(s, subject) == end_of(s, noun) + 1
               ? subject
               : 0;
}

/* "On April 12 | nurses blocked roads": a day of a month behind a preposition says when, and counts
 * nobody. */
void garden_date_for_count(const dgm_morphology *words, dgm_sentence *s, uint32_t month)
{
    if (s->words[month].upos != DGM_PROPN ||
        !dgm_morphology_is(words, s->words[month].form, DGM_WORD_MONTH))
        return;
    bool behind = month < s->n_words && is_day_of_month(&s->words[month + 1]);
    uint32_t day = behind ? month + 1 : month - 1, first = DGM_MIN(month, day), on = first - 1;
    if (first < 2 || !is_day_of_month(&s->words[day]) || s->words[on].deprel != DGM_REL_CASE)
        return;
    uint32_t top = s->words[day].head == month ? month : day;
    uint32_t noun = noun_of_part(s, top), verb = s->words[noun].head;
    if (noun <= top || verb <= noun || s->words[noun].upos == DGM_NUM ||
        dgm_dominates(s, month, verb) ||
        (s->words[on].head != noun && s->words[on].head != day && s->words[on].head != month))
        return;
    if (s->words[noun].deprel == DGM_REL_OBL) {
        uint32_t subject = subject_behind(s, noun);
        if (!subject)
            return;
        s->words[noun].deprel = s->words[subject].deprel;
        hang_on(s, subject + 1, verb - 1, subject, noun);
        s->words[subject].head = noun;
        s->words[subject].deprel = DGM_REL_CONJ;
    } else if (dgm_deprel_main(s->words[noun].deprel) != DGM_REL_NSUBJ) {
        return;
    }
    s->words[on].head = s->words[month].head = day;
    s->words[month].deprel = DGM_REL_NMOD_UNMARKED;
    s->words[day].head = verb;
    s->words[day].deprel = DGM_REL_OBL;
}

/* "twelve hostages" behind "on Tuesday": what is named there without a preposition of its own,
 * below the verb. 0: nothing. */
static uint32_t noun_behind_day(const dgm_sentence *s, uint32_t verb, uint32_t day)
{
    for (uint32_t i = day + 1; i <= s->n_words; i++) {
        const dgm_word *w = &s->words[i];
        if (w->head != verb)
            continue;
        uint32_t preposition = dgm_child(s, i, DGM_REL_CASE, 0);
        return w->upos == DGM_NOUN && w->deprel == DGM_REL_OBL &&
                       (preposition == day - 1 || (!preposition && begin_of(s, i) == day + 1))
                   ? i
                   : 0;
    }
    return 0;
}

/* Things counted, but not "two days later". */
static bool is_counted(const dgm_sentence *s, uint32_t noun)
{
    dgm_upos next = noun < s->n_words ? s->words[noun + 1].upos : DGM_PUNCT;
    return has_child(s, noun, DGM_REL_NUMMOD) && next != DGM_ADV && next != DGM_SCONJ;
}

/* "On Monday Turkish diplomats": the adjective of a state begins a phrase, which the day is not in.
 */
static bool has_nationality_at(const dgm_sentence *s, uint32_t noun, uint32_t first)
{
    const dgm_word *word = &s->words[first];
    return word->head == noun && word->upos == DGM_ADJ && word->form.n > 0 &&
           dgm_is_upper((unsigned char)word->form.p[0]);
}

/* "Freed on Tuesday | twelve hostages": a day behind "on" right after the verb says when, and what
 * follows is the object, where it is counted or of a nationality or the verb needs one. */
void garden_object_behind_day(const dgm_morphology *words, dgm_sentence *s, uint32_t day)
{
    if (day < 3 || !dgm_morphology_is(words, s->words[day].form, DGM_WORD_WEEKDAY) ||
        s->words[day - 1].deprel != DGM_REL_CASE)
        return;
    uint32_t verb = day - 2;
    if (s->words[verb].deprel == DGM_REL_COMPOUND_PRT)
        verb = s->words[verb].head;
    if (s->words[verb].upos != DGM_VERB || is_passive(s, verb) || has_child(s, verb, DGM_REL_OBJ) ||
        dgm_dominates(s, day, verb) || dgm_dominates(s, day - 1, verb))
        return;
    uint32_t object = noun_behind_day(s, verb, day);
    if (!object || s->words[day].upos != DGM_PROPN ||
        !(is_counted(s, object) || has_nationality_at(s, object, day + 1) ||
          dgm_morphology_is(words, s->words[verb].lemma, DGM_VERB_NEEDS_OBJECT)))
        return;
    s->words[day].head = verb;
    s->words[day].deprel = DGM_REL_OBL;
    s->words[day - 1].head = day;
    s->words[object].deprel = DGM_REL_OBJ;
}

/* "Expelled a Turkish diplomat in May and | a Spanish envoy in June": somebody is no second day,
 * but what is said of both before the first. */
void garden_conjunct_behind_day(const dgm_morphology *words, dgm_sentence *s, uint32_t day)
{
    uint32_t verb = s->words[day].head, object = dgm_child(s, verb, DGM_REL_OBJ, 0);
    if (!verb || !object || object > day || s->words[verb].upos != DGM_VERB ||
        !is_day_or_month(words, &s->words[day]) || !has_child(s, day, DGM_REL_CASE))
        return;
    uint32_t other = dgm_child(s, day, DGM_REL_CONJ, 0);
    if (other > day && s->words[other].upos == DGM_NOUN && s->words[object].upos == DGM_NOUN &&
        has_child(s, other, DGM_REL_DETREL) && has_child(s, other, DGM_REL_AMOD))
        s->words[other].head = object;
}

/* The participle before that says what has lasted since, the last one below a noun; 0: none. */
static uint32_t participle_before(const dgm_sentence *s, uint32_t mark)
{
    for (uint32_t i = mark - 1; i > 0; i--)
        if (s->words[i].upos == DGM_VERB)
            return s->words[i].deprel == DGM_REL_ACL && s->words[i].head < i ? i : 0;
    return 0;
}

/* "A sailor held | since May | was freed": a year, a month or a day behind "since" is when, and who
 * was freed is the sailor. */
void garden_time_for_subject(const dgm_morphology *words, dgm_sentence *s, uint32_t mark)
{
    uint32_t verb = s->words[mark].head, time = mark + 1;
    if (s->words[mark].deprel != DGM_REL_MARK || verb <= time || s->words[verb].upos != DGM_VERB ||
        s->words[time + 1].upos != DGM_AUX || s->words[time + 1].head != verb ||
        !opens_clause(words, &s->words[mark]) ||
        !(s->words[time].upos == DGM_NUM || is_day_or_month(words, &s->words[time])))
        return;
    uint32_t participle = participle_before(s, mark), noun = s->words[participle].head;
    dgm_deprel subject = s->words[time].deprel;
    if (!participle || dgm_dominates(s, time, participle) || dgm_dominates(s, mark, participle))
        return;
    s->words[mark].head = time;
    s->words[mark].deprel = DGM_REL_CASE;
    s->words[mark].upos = DGM_ADP;
    s->words[time].head = participle;
    s->words[time].deprel = DGM_REL_OBL;
    if (s->words[verb].head != participle)
        return;
    swap_heads(s, noun, verb, dgm_deprel_main(subject) == DGM_REL_NSUBJ ? subject : DGM_REL_NSUBJ);
    hang_on(s, verb + 1, s->n_words, noun, verb);
}

/* "At gunpoint", "at dawn": a noun with nothing but its preposition before it. */
static bool is_bare_at(const dgm_sentence *s, uint32_t i)
{
    return dgm_view_eq(s->words[i].xpos, DGM_VIEW("NN")) && begin_of(s, i) == i - 1 &&
           s->words[i - 1].deprel == DGM_REL_CASE &&
           dgm_view_eq(s->words[i - 1].lemma, DGM_VIEW("at"));
}

/* "On Monday", "on Friday evening", "near Gao": a day or a name, which nothing is made by. */
static bool is_day_or_name(const dgm_morphology *words, const dgm_sentence *s, uint32_t i)
{
    uint32_t part = dgm_child(s, i, DGM_REL_COMPOUND, 0);
    return s->words[i].upos == DGM_PROPN || is_day_or_month(words, &s->words[i]) ||
           is_bare_at(s, i) || (part && is_day_or_month(words, &s->words[part]));
}

/* "Staged off Gao on Monday | by Mali": what is done there and then is done by somebody, whom the
 * parser has beside the day or the place. */
void garden_agent_behind_day(const dgm_morphology *words, dgm_sentence *s, uint32_t agent)
{
    uint32_t day = s->words[agent].head, verb = s->words[day].head;
    uint32_t by = dgm_child(s, agent, DGM_REL_CASE, 0);
    if (s->words[agent].deprel != DGM_REL_NMOD || day >= agent || !by || by < day ||
        !dgm_view_eq(s->words[by].lemma, DGM_VIEW("by")) || !is_nominal(&s->words[agent]) ||
        is_day_or_month(words, &s->words[agent]))
        return;
    bool done = verb && verb < day && s->words[day].deprel == DGM_REL_OBL &&
                dgm_view_eq(s->words[verb].xpos, DGM_VIEW("VBN")) &&
                (is_passive(s, verb) || s->words[verb].deprel == DGM_REL_ACL);
    if (!done || dgm_child(s, verb, DGM_REL_OBL_AGENT, 0) || !is_day_or_name(words, s, day))
        return;
    s->words[agent].head = verb;
    s->words[agent].deprel = DGM_REL_OBL_AGENT;
}
