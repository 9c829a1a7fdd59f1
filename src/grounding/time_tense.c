/* Whether a bare "Friday" or "in May" is the last or the next one: by auxiliaries, infinitives and
 * their governors, and participles of planning, from the tree; by the words near by where the tree
 * or its tags say nothing. */
#include "document/types.h"
#include "grounding/time_grammar.h"
#include "grounding/times.h"

enum { MAX_CLIMB = 24 };

static bool has(const dgm_time_scan *x, uint32_t i, dgm_time_class class)
{
    const dgm_word *w = x->sentence->words + i;
    return dgm_time_has(x->words, w->lemma, class) || dgm_time_has(x->words, w->form, class);
}

static bool inside_sentence(const dgm_time_scan *x, uint32_t i)
{
    return i >= 1 && i <= x->sentence->n_words;
}

static bool is_predicate(const dgm_sentence *s, uint32_t i)
{
    const dgm_word *w = s->words + i;
    return w->upos == DGM_VERB || w->upos == DGM_AUX || dgm_child_of(s->tree, i, DGM_REL_COP) != 0;
}

/* A modal or "going to" among the auxiliaries of i, or "due to" before it. */
static bool has_modal(const dgm_time_scan *x, uint32_t i)
{
    const dgm_sentence *s = x->sentence;
    DGM_EACH_CHILD(s->tree, i, k)
    if (((s->words[k].deprel == DGM_REL_AUXREL || s->words[k].deprel == DGM_REL_COP) &&
         has(x, k, DGM_TIME_MODAL)) ||
        (s->words[k].deprel == DGM_REL_MARK && has(x, k, DGM_TIME_AHEAD)))
        return true;
    return false;
}

/* "meets on Friday", "is meeting on Friday", "ends in May": the timetable's present. */
static bool is_timetable(const dgm_time_scan *x, uint32_t i)
{
    const dgm_sentence *s = x->sentence;
    const dgm_word *w = s->words + i;
    if (s->headline || dgm_is_past(s->tree, i) || dgm_is_perfect(s->tree, i) ||
        dgm_time_has(x->words, w->form, DGM_TIME_SAME) || w->upos != DGM_VERB)
        return false;
    if (dgm_has_feat(w, DGM_VIEW("Tense=Pres")) && !dgm_has_feat(w, DGM_VIEW("VerbForm=Part")))
        return true;
    for (uint32_t k = dgm_child_of(s->tree, i, DGM_REL_AUXREL); k;
         k = dgm_next_child(s->tree, k, DGM_REL_AUXREL))
        if (dgm_view_eq(s->words[k].lemma, DGM_VIEW("be")) &&
            dgm_has_feat(s->words + k, DGM_VIEW("Tense=Pres")) &&
            dgm_has_feat(w, DGM_VIEW("Tense=Pres")))
            return true;
    return false;
}

/* A speech verb in the present is no timetable. */
static bool is_speech(const dgm_sentence *s, uint32_t i)
{
    return dgm_child_of(s->tree, i, DGM_REL_CCOMP) != 0;
}

/* "called a rally for Thursday", but "blamed them for Thursday's attack". */
static bool is_set_for(const dgm_sentence *s, uint32_t i)
{
    return i > 1 && i <= s->n_words && dgm_function_is(s->tree, i - 1, DGM_FN_FOR) &&
           s->words[i].deprel != DGM_REL_NMOD_POSS && s->words[i].deprel != DGM_REL_COMPOUND;
}

/* Where the time begins whose word i is: "the end of August". */
static uint32_t first_of_time(const dgm_time_scan *x, uint32_t i)
{
    enum { LONGEST = 5 };
    const dgm_tree *t = x->sentence->tree;
    uint32_t k = i;
    while (k > 2 && k + LONGEST > i) {
        bool of = dgm_function_is(t, k - 1, DGM_FN_OF);
        uint32_t before = of ? k - 2 : k - 1;
        bool part = has(x, before, DGM_TIME_EDGE) || has(x, before, DGM_TIME_ORDINAL);
        if (!part &&
            (of || !(has(x, before, DGM_TIME_MONTH) || x->sentence->words[before].upos == DGM_DET)))
            break;
        k = before;
    }
    return k;
}

/* "gave Chad until the end of August to pay": whoever gives somebody time sets a day to come. */
static bool gives_time(const dgm_time_scan *x, uint32_t verb, uint32_t until)
{
    const dgm_sentence *s = x->sentence;
    if (!dgm_lemma_function_is(s->tree, verb, DGM_FN_GIVE) || verb > until)
        return false;
    uint32_t to_whom = dgm_child_of(s->tree, verb, DGM_REL_IOBJ);
    if (!to_whom)
        to_whom = dgm_child_of(s->tree, verb, DGM_REL_OBJ);
    if (!to_whom)
        to_whom = dgm_child_of(s->tree, verb, DGM_REL_NSUBJ_PASS);
    return to_whom && to_whom < until && s->words[to_whom].mention != DGM_NONE;
}

/* "threatened to strike unless they left by Sunday": a condition is met before its day. */
static bool is_day_of_condition(const dgm_time_scan *x, uint32_t i)
{
    const dgm_sentence *s = x->sentence;
    uint32_t first = first_of_time(x, i);
    if (first < 2 || !(has(x, first - 1, DGM_TIME_BY) || has(x, first - 1, DGM_TIME_UNTIL)))
        return false;
    for (uint32_t n = 0; i != 0 && i <= s->n_words && n < MAX_CLIMB; n++, i = s->words[i].head) {
        if (!is_predicate(s, i))
            continue;
        uint32_t n_opener, mark = dgm_child_of(s->tree, i, DGM_REL_MARK);
        const dgm_opener *row = mark ? dgm_opener_at(s->tree, mark, &n_opener) : NULL;
        return row && (row->meaning == DGM_MEANS_IF || row->meaning == DGM_MEANS_UNLESS);
    }
    return false;
}

bool dgm_time_is_new_end(const dgm_time_scan *x, uint32_t i)
{
    const dgm_sentence *s = x->sentence;
    if (i < 2)
        return false;
    uint32_t before = first_of_time(x, i) - 1;
    bool until = before > 0 && has(x, before, DGM_TIME_UNTIL);
    if (before == 0 || !(until || dgm_function_is(s->tree, before, DGM_FN_TO)))
        return false;
    for (uint32_t n = 0; i != 0 && i <= s->n_words && n < MAX_CLIMB; n++) {
        if (is_predicate(s, i))
            return has(x, i, DGM_TIME_EXTEND) || (until && gives_time(x, i, before));
        i = s->words[i].head;
    }
    return false;
}

/* "evade Monday's order": of what was made, not of what is held on a day known before. */
static bool is_of_deed(const dgm_time_scan *x, uint32_t i)
{
    const dgm_word *w = x->sentence->words + i;
    return w->deprel == DGM_REL_NMOD_POSS && w->head > i && inside_sentence(x, w->head) &&
           !has(x, w->head, DGM_TIME_GATHERING) && !has(x, w->head, DGM_TIME_AHEAD);
}

/* "planned a march on Sunday": what is planned lies ahead, whenever that was done. */
static bool is_plan_for(const dgm_time_scan *x, uint32_t verb, uint32_t i)
{
    uint32_t object = dgm_child_of(x->sentence->tree, verb, DGM_REL_OBJ);
    return has(x, verb, DGM_TIME_AHEAD) && has(x, verb, DGM_TIME_INTEND) && object &&
           verb < object && object < i;
}

/* What a word on the way up from the time says, or that the word over it is to be asked. */
typedef enum { SAYS_PAST, SAYS_FUTURE, ASK_ABOVE } saying;

/* "began to withdraw": done; "plan to withdraw", "talks to be held": ahead. */
static saying infinitive_says(const dgm_time_scan *x, uint32_t i)
{
    const dgm_word *w = x->sentence->words + i;
    bool intended = w->head && has(x, w->head, DGM_TIME_INTEND);
    bool done = w->head && has(x, w->head, DGM_TIME_DONE);
    return (w->deprel == DGM_REL_ADVCL && !intended) || done ? ASK_ABOVE : SAYS_FUTURE;
}

/* Participles ("held on Friday", "citing") take the time of what they belong to. */
static saying participle_says(const dgm_time_scan *x, uint32_t i)
{
    const dgm_word *w = x->sentence->words + i;
    bool present =
        dgm_has_feat(w, DGM_VIEW("VerbForm=Part")) && dgm_has_feat(w, DGM_VIEW("Tense=Pres"));
    bool gerund = dgm_has_feat(w, DGM_VIEW("VerbForm=Ger"));
    /* "proposed holding the vote in June". */
    if ((present || gerund) && w->deprel == DGM_REL_XCOMP && has(x, w->head, DGM_TIME_INTEND))
        return SAYS_FUTURE;
    /* "agreed to stop buying oil by July 1". */
    bool done = gerund && w->deprel == DGM_REL_XCOMP && has(x, w->head, DGM_TIME_DONE);
    return (present || done) && w->head ? ASK_ABOVE : SAYS_PAST;
}

/* A noun of force, done to somebody: "the bombing", "a killing", but not "a strike at the mines".
 */
static bool is_deed_of_force(const dgm_time_scan *x, uint32_t noun)
{
    const dgm_word *w = x->sentence->words + noun;
    const dgm_tree *t = x->sentence->tree;
    const dgm_event *event = dgm_event_of(t->doc, w);
    return w->upos == DGM_NOUN && !has(x, noun, DGM_TIME_GATHERING) &&
           !has(x, noun, DGM_TIME_AHEAD) &&
           (dgm_has_class(t, noun, DGM_CLASS_ATTACK) ||
            (event && event->quad == DGM_QUAD_MATERIAL_CONFLICT));
}

/* "jails two men over the bombing of a market in Garissa in February": behind such a deed, with no
 * other clause between. */
static bool is_behind_deed(const dgm_time_scan *x, uint32_t i)
{
    enum { REACH = 16 };
    const dgm_sentence *s = x->sentence;
    for (uint32_t k = i - 1; k > 0 && k + REACH > i; k--) {
        dgm_upos pos = s->words[k].upos;
        if (pos == DGM_VERB || pos == DGM_AUX || pos == DGM_SCONJ || pos == DGM_CCONJ ||
            (pos == DGM_PUNCT && s->words[k - 1].upos != DGM_PROPN))
            return false;
        if (is_deed_of_force(x, k))
            return true;
    }
    return false;
}

uint32_t dgm_time_granted_deed(const dgm_document *doc, const dgm_sentence *s, uint32_t time)
{
    for (uint32_t k = time - 1; k > 0; k--) {
        const dgm_word *w = s->words + k;
        if (w->upos == DGM_VERB || w->upos == DGM_AUX || w->upos == DGM_SCONJ)
            return 0;
        const dgm_event *event = w->upos == DGM_NOUN ? dgm_event_of(doc, w) : NULL;
        if (event && event->quad == DGM_QUAD_MATERIAL_CONFLICT && w->deprel == DGM_REL_OBJ)
            return dgm_view_eq(s->words[w->head].xpos, DGM_VIEW("VB")) &&
                           (event->status == DGM_ACTUAL || event->status == DGM_POSSIBLE)
                       ? k
                       : 0;
    }
    return 0;
}

/* "to investigate the killing of nine herders in January": whether verb i, which is yet to be done,
 * is done to what was. */
static bool is_of_done(const dgm_time_scan *x, uint32_t i, uint32_t time)
{
    const dgm_sentence *s = x->sentence;
    uint32_t deed = dgm_time_granted_deed(s->tree->doc, s, time);
    return deed && s->words[deed].head == i;
}

/* "Police arrest two men on Sunday", "troops kill three on Tuesday": nobody tells such a deed
 * before it is done, but "bans ships from Friday". */
static bool is_told_after(const dgm_time_scan *x, uint32_t verb, uint32_t time)
{
    const dgm_tree *t = x->sentence->tree;
    const dgm_event *event = dgm_event_of(t->doc, &x->sentence->words[verb]);
    if (!event || (time > 1 && dgm_function_is(t, time - 1, DGM_FN_SPAN)))
        return false;
    dgm_event_type type = dgm_like(event->type);
    return type == DGM_ASSAULT || type == DGM_COERCE;
}

/* `through_noun`: a noun lies between the predicate and the time. */
static saying predicate_says(const dgm_time_scan *x, uint32_t i, uint32_t time, bool through_noun)
{
    const dgm_sentence *s = x->sentence;
    if (is_of_done(x, i, time))
        return SAYS_PAST;
    if (has_modal(x, i) || is_plan_for(x, i, time))
        return SAYS_FUTURE;
    if (dgm_has_to(s->tree, i) && !dgm_is_perfect(s->tree, i))
        return infinitive_says(x, i);
    if (!through_noun && is_timetable(x, i) && !is_speech(s, i) && !is_told_after(x, i, time) &&
        !is_behind_deed(x, time))
        return SAYS_FUTURE;
    return participle_says(x, i);
}

/* "had agreed | to free them in March", "had said | it would leave in June". */
static bool is_below_pluperfect(const dgm_sentence *s, uint32_t predicate)
{
    uint32_t over = s->words[predicate].head;
    return dgm_is_perfect(s->tree, over) && dgm_is_past(s->tree, over);
}

/* "was set free": what it made of somebody, not "was set to leave". */
static bool makes_so(const dgm_sentence *s, uint32_t verb)
{
    uint32_t as = s->words[verb].upos == DGM_VERB ? dgm_child_of(s->tree, verb, DGM_REL_XCOMP) : 0;
    return as && s->words[as].upos == DGM_ADJ && !dgm_has_to(s->tree, as);
}

/* "Was extended in June", which is over; "until June" is asked before. */
static bool was_extended(const dgm_time_scan *x, uint32_t verb)
{
    const dgm_tree *t = x->sentence->tree;
    return has(x, verb, DGM_TIME_EXTEND) && dgm_is_finite(t, verb) && dgm_is_past(t, verb);
}

/* "set Chad a deadline of the end of August": that of an ultimatum lies ahead. */
static bool is_day_of_ultimatum(const dgm_time_scan *x, uint32_t i)
{
    const dgm_sentence *s = x->sentence;
    uint32_t first = first_of_time(x, i), noun = first > 2 ? first - 2 : 0;
    if (!noun || !dgm_function_is(s->tree, first - 1, DGM_FN_OF) ||
        s->words[noun].deprel != DGM_REL_OBJ)
        return false;
    const dgm_event *event = dgm_event_of(s->tree->doc, &s->words[s->words[noun].head]);
    return event && dgm_like(event->type) == DGM_THREATEN;
}

/* What the words over the time say, from below up. */
static dgm_tense tense_above(const dgm_time_scan *x, uint32_t time)
{
    const dgm_sentence *s = x->sentence;
    bool through_noun = false;
    uint32_t i = time;
    for (uint32_t n = 0; i != 0 && i <= s->n_words && n < MAX_CLIMB; n++) {
        const dgm_word *w = s->words + i;
        bool ahead = has(x, i, DGM_TIME_AHEAD) && !makes_so(s, i) && !was_extended(x, i);
        bool predicate = is_predicate(s, i);
        if (ahead && !dgm_has_feat(w, DGM_VIEW("Mood=Ind")))
            return DGM_TENSE_FUTURE;
        saying says = predicate ? predicate_says(x, i, time, through_noun) : ASK_ABOVE;
        if (says == SAYS_FUTURE)
            return is_below_pluperfect(s, i) ? DGM_TENSE_LAPSED : DGM_TENSE_FUTURE;
        if (says == SAYS_PAST)
            return DGM_TENSE_PAST;
        /* "claims a bombing on Friday", "announced a tweet of Monday": no timetable. */
        through_noun |= !predicate && x->tokens[i].classes == 0 && w->upos == DGM_NOUN && !ahead;
        i = w->head;
    }
    return DGM_TENSE_PAST;
}

dgm_tense dgm_time_tense(const dgm_time_scan *x, uint32_t i)
{
    if ((i > 1 && has(x, i - 1, DGM_TIME_SINCE)) || is_of_deed(x, i))
        return DGM_TENSE_PAST;
    if (is_set_for(x->sentence, i) || dgm_time_is_new_end(x, i) || is_day_of_condition(x, i) ||
        is_day_of_ultimatum(x, i))
        return DGM_TENSE_FUTURE;
    return tense_above(x, i);
}
