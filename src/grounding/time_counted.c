/* Days counted from the story's own or from another: "yesterday", "two days ago", "a week earlier",
 * "three days after Christmas", "in two weeks"; and what is counted only, "for an hour". */
#include "grounding/time_rules.h"

bool dgm_time_deictic(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    uint32_t k = mark_is(x, i, DGM_MARK_THE) ? i + 1 : i;
    int32_t shift = 0;
    if (mark_is(x, k, DGM_MARK_DAY) &&
        (mark_is(x, k + 1, DGM_MARK_BEFORE) || mark_is(x, k + 1, DGM_MARK_AFTER))) {
        shift = mark_is(x, k + 1, DGM_MARK_BEFORE) ? -1 : 1;
        k += 2;
    } else if (k != i) {
        return false;
    }
    if (!is(x, k, DGM_TIME_DEICTIC))
        return false;
    int32_t days = value(x, k, DGM_TIME_DEICTIC);
    if (shift && days != shift)
        return false;
    set_day(e, i, is(x, k + 1, DGM_TIME_PART) ? k + 1 : k, x->today + days + shift);
    return true;
}

/* So many units, by words first..last. */
typedef struct {
    uint32_t first, last;
    int32_t n;
    dgm_time_unit unit;
    bool vague; /* "several weeks" */
} amount;

/* "two days", "the week" before "after"; false: nothing is counted. */
static bool amount_at(const dgm_time_scan *x, uint32_t i, amount *out)
{
    *out = (amount) { .first = i };
    uint32_t k = dgm_time_count(x, i, &out->n);
    if (!k && mark_is(x, i, DGM_MARK_THE) && is(x, i + 1, DGM_TIME_UNIT) &&
        is(x, i + 2, DGM_TIME_SHIFT)) {
        k = i + 1;
        out->n = 1;
    }
    if (!k && mark_is(x, i, DGM_MARK_THE) && is(x, i + 1, DGM_TIME_PART) &&
        is(x, i + 2, DGM_TIME_SHIFT)) { /* "the morning after" */
        *out = (amount) { .first = i, .last = i + 1, .n = 1, .unit = DGM_UNIT_DAY };
        return true;
    }
    out->last = k;
    out->vague = k && dgm_time_is_vague(x, i, k);
    return k && dgm_time_unit_at(x, k, &out->unit);
}

/* The amount before (sign -1) or after an anchor: a day for days and weeks, the month or year that
 * holds it for more. */
static void shifted(dgm_time_expr *e, const amount *a, uint32_t last, dgm_day anchor, int32_t sign)
{
    dgm_day day = dgm_time_moved(anchor, a->unit, sign * a->n), begin = day, end = day;
    if (a->unit >= DGM_UNIT_MONTH)
        dgm_time_whole(day,
                       a->unit == DGM_UNIT_QUARTER ? DGM_UNIT_MONTH
                       : a->unit > DGM_UNIT_YEAR   ? DGM_UNIT_YEAR
                                                   : a->unit,
                       &begin, &end);
    set(e, a->first, last, begin, end, dgm_time_grain_of(a->unit));
}

static void shifted_from_today(const dgm_time_scan *x, const amount *a, uint32_t last, int32_t sign,
                               dgm_time_expr *e)
{
    shifted(e, a, last, x->today, sign);
    if (a->vague)
        dgm_time_set_reference(e, sign);
}

/* A date of that size, not known which. */
static void size_only(const amount *a, uint32_t last, dgm_time_expr *e)
{
    set(e, a->first, last, DGM_NO_DAY, DGM_NO_DAY, dgm_time_grain_of(a->unit));
    e->duration = true;
    dgm_time_set_unknown(e, a->unit);
}

/* "days ago", "decades ago": at least two of them, and not many more. */
static bool vaguely_ago(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    static const int8_t most[DGM_N_TIME_UNITS] = { 0, 0, 23, 7, 4, 8, 4, 11, 4, 10, 5, 5 };
    if (!is(x, i, DGM_TIME_UNITS) || !is(x, i + 1, DGM_TIME_AGO))
        return false;
    dgm_time_unit unit = (dgm_time_unit)value(x, i, DGM_TIME_UNITS);
    set(e, i, i + 1, dgm_time_moved(x->today, unit, -most[unit]),
        dgm_time_moved(x->today, unit, -2), dgm_time_grain_of(unit));
    dgm_time_set_reference(e, -1);
    return true;
}

/* "hours later", "within hours": of the day told last. */
static bool hours_later(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    bool later = mark_is(x, i + 1, DGM_MARK_LATER) || mark_is(x, i + 1, DGM_MARK_EARLIER);
    bool within = mark_is(x, i - 1, DGM_MARK_WITHIN) && !mark_is(x, i + 1, DGM_MARK_OF);
    if (!is(x, i, DGM_TIME_UNITS) || !dgm_time_is_within_day(x->words, x->sentence->words + i) ||
        !(later || within) || x->last_day == DGM_NO_DAY || x->last_day > x->today)
        return false;
    set_day(e, i, later ? i + 1 : i, x->last_day);
    e->anaphoric = true;
    return true;
}

/* "Two Fridays ago": the last but one. */
static bool weekdays_ago(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    int32_t n;
    uint32_t k = dgm_time_count(x, i, &n);
    if (!k || !is(x, k, DGM_TIME_WEEKDAYS) || !is(x, k + 1, DGM_TIME_AGO) ||
        dgm_time_is_vague(x, i, k))
        return false;
    dgm_day last = dgm_time_weekday_near(x, value(x, k, DGM_TIME_WEEKDAYS) - 1, DGM_TENSE_PAST);
    int32_t back = last == x->today ? n : n - 1;
    set_day(e, i, k + 1, last - back * DGM_WEEK);
    return true;
}

static bool absolute(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    return dgm_time_date_at(x, i, e) || dgm_time_deictic(x, i, e);
}

/* Whether "after" or "before" opens a clause: "four days after he fled". */
static bool opens_clause(const dgm_time_scan *x, uint32_t at)
{
    const dgm_word *w = x->sentence->words + at;
    return (w->deprel == DGM_REL_MARK || w->deprel == DGM_REL_CASE) && w->head > at &&
           inside(x, w->head) && x->sentence->words[w->head].upos == DGM_VERB;
}

/* "the day before, crowds had ...", "only a day before.", "who the day before had killed": before
 * or after nothing that is named, so what was told last. */
static bool is_bare(const dgm_time_scan *x, uint32_t at)
{
    const dgm_sentence *s = x->sentence;
    if (!mark_is(x, at, DGM_MARK_BEFORE) && !mark_is(x, at, DGM_MARK_AFTER))
        return false;
    dgm_upos next = inside(x, at + 1) ? (dgm_upos)s->words[at + 1].upos : DGM_PUNCT;
    return next == DGM_PUNCT || next == DGM_AUX || next == DGM_ADP || next == DGM_CCONJ ||
           (next == DGM_VERB && dgm_is_finite(s->tree, at + 1));
}

/* "a week earlier" of a story that told no time yet. */
static void shift_from_nothing(const dgm_time_scan *x, const amount *a, dgm_time_expr *e)
{
    uint32_t at = a->last + 1;
    int32_t sign = value(x, at, DGM_TIME_SHIFT);
    if (opens_clause(x, at)) {
        /* "returned four days after he had fled": told from the story's own day. */
        shifted(e, a, at, x->today, -sign);
        e->beside = true;
    } else if (mark_is(x, at, DGM_MARK_EARLIER) ||
               (mark_is(x, at, DGM_MARK_PRIOR) && !is(x, at + 1, DGM_TIME_TO))) {
        shifted(e, a, at, x->today, -1); /* before the story's own day */
    } else {
        size_only(a, at, e);
    }
}

/* Whether the report has spoken of it before word `noun`, in the sentences next before. */
static bool is_told_before(const dgm_time_scan *x, uint32_t noun)
{
    enum { REACH = 10 };
    dgm_view lemma = x->sentence->words[noun].lemma;
    const dgm_sentence *s = x->sentence - x->first > REACH ? x->sentence - REACH : x->first;
    for (; s <= x->sentence; s++) {
        uint32_t last = s == x->sentence ? noun - 1 : s->n_words;
        for (uint32_t i = 1; i <= last; i++)
            if (dgm_view_eq(s->words[i].lemma, lemma))
                return true;
    }
    return false;
}

/* "two days before the formal vote": what has a day of its own that the report has not told, as
 * anything has that is only told to come after. */
static bool is_unknown_day(const dgm_time_scan *x, uint32_t at)
{
    enum { MAX_PHRASE = 8 };
    uint32_t k = at + 1, most = at + MAX_PHRASE;
    while (k < most && inside(x, k) && x->sentence->words[k].upos != DGM_NOUN)
        k++;
    return !opens_clause(x, at) && inside(x, k) && k < most &&
           (mark_is(x, at, DGM_MARK_BEFORE) ||
            dgm_time_has(x->words, x->sentence->words[k].lemma, DGM_TIME_GATHERING)) &&
           !is_told_before(x, k);
}

/* "A few hours before the jet crashed on Wednesday": of one day, which follows before the comma. */
static bool of_hours(const dgm_time_scan *x, const amount *a, dgm_time_expr *e)
{
    uint32_t at = a->last + 1;
    dgm_time_expr day;
    if (a->unit > DGM_UNIT_HOUR ||
        !(mark_is(x, at, DGM_MARK_AFTER) || mark_is(x, at, DGM_MARK_BEFORE)))
        return false;
    for (uint32_t k = at + 1; inside(x, k) && !form_is(x, k, ","); k++)
        if (absolute(x, k, &day) && day.begin == day.end) {
            set_day(e, a->first, at, day.begin);
            return true;
        }
    return false;
}

/* "Two days after an attack on Friday", "a week before the vote of May 4": from the day that the
 * noun has for itself. */
static bool of_dated_noun(const dgm_time_scan *x, const amount *a, dgm_time_expr *e)
{
    enum { MAX_PHRASE = 6 };
    const dgm_sentence *s = x->sentence;
    uint32_t at = a->last + 1;
    dgm_time_expr day;
    if (a->unit < DGM_UNIT_DAY || opens_clause(x, at) ||
        !(mark_is(x, at, DGM_MARK_AFTER) || mark_is(x, at, DGM_MARK_BEFORE)))
        return false;
    bool noun = false;
    for (uint32_t k = at + 1; inside(x, k) && k <= at + MAX_PHRASE; k++) {
        dgm_upos upos = (dgm_upos)s->words[k].upos;
        if (noun && (mark_is(x, k, DGM_MARK_ON) || mark_is(x, k, DGM_MARK_OF)) &&
            absolute(x, k + 1, &day) && day.grain == DGM_GRAIN_DAY && day.begin == day.end) {
            int32_t sign = value(x, at, DGM_TIME_SHIFT);
            shifted(e, a, at, day.begin, sign);
            return true;
        }
        noun = noun || upos == DGM_NOUN;
        if (upos == DGM_PUNCT || upos == DGM_VERB || upos == DGM_AUX || upos == DGM_SCONJ)
            return false;
    }
    return false;
}

/* "A day after they signed a truce, troops shelled a village on Thursday": from the day behind it
 * that the clause's governor has. */
static bool before_its_day(const dgm_time_scan *x, const amount *a, dgm_time_expr *e)
{
    const dgm_sentence *s = x->sentence;
    uint32_t at = a->last + 1, clause = s->words[at].head, over = s->words[clause].head;
    dgm_time_expr day;
    if (x->last_here || a->unit < DGM_UNIT_DAY || !opens_clause(x, at) || over < clause)
        return false;
    for (uint32_t k = over + 1; inside(x, k); k++) {
        if (!absolute(x, k, &day) || day.grain != DGM_GRAIN_DAY || day.begin != day.end)
            continue;
        if (s->words[dgm_span_head(s, day.first, day.last)].head != over)
            return false;
        shifted(e, a, at, day.begin, -value(x, at, DGM_TIME_SHIFT));
        e->beside = true;
        return true;
    }
    return false;
}

/* "recalls its envoy a day after police arrested a judge": whether the clause that "after" opens is
 * told from news in the present, which goes on from no day told before. */
static bool is_told_today(const dgm_time_scan *x, uint32_t at)
{
    const dgm_sentence *s = x->sentence;
    uint32_t over = opens_clause(x, at) ? s->words[s->words[at].head].head : 0;
    uint32_t subject = over ? dgm_child_of(s->tree, over, DGM_REL_NSUBJ) : 0;
    if (subject && dgm_function_is(s->tree, subject, DGM_FN_POINTING))
        return false; /* "This comes a day after" */
    return !x->last_here && over && dgm_is_present(s->tree, over);
}

/* "A day later, ...", "the day after, ...": after nothing that the sentence tells. */
static bool of_bare_clause(const dgm_time_scan *x, uint32_t at)
{
    return !x->last_here && (mark_is(x, at, DGM_MARK_LATER) || is_bare(x, at));
}

dgm_day dgm_time_day_before_long(const dgm_time_scan *x, dgm_time_unit unit)
{
    enum { REACH = 3, NEWS_DAYS = 31 };
    bool is_long = unit >= DGM_UNIT_DAY && unit <= DGM_UNIT_WEEK && x->last_begin != DGM_NO_DAY &&
                   dgm_time_moved(x->last_begin, unit, 1) + DGM_WEEK <= x->last_end;
    bool near = x->last_day != DGM_NO_DAY && x->sentence - x->day_in <= REACH &&
                x->last_day <= x->today && x->last_day >= x->today - NEWS_DAYS;
    return is_long && near && x->last_begin < x->last_day ? x->last_day : DGM_NO_DAY;
}

/* "three days after Christmas", or after what was told last. */
static bool shift(const dgm_time_scan *x, const amount *a, dgm_time_expr *e)
{
    uint32_t at = a->last + 1, k = mark_is(x, at + 1, DGM_MARK_THE) ? at + 2 : at + 1;
    int32_t sign = value(x, at, DGM_TIME_SHIFT);
    dgm_time_expr anchor;
    if ((mark_is(x, at, DGM_MARK_AFTER) || mark_is(x, at, DGM_MARK_BEFORE) ||
         mark_is(x, at, DGM_MARK_PRIOR)) &&
        absolute(x, k, &anchor)) {
        shifted(e, a, anchor.last, sign < 0 ? anchor.begin : anchor.end, sign);
        return true;
    }
    if (of_hours(x, a, e) || of_dated_noun(x, a, e) || before_its_day(x, a, e))
        return true;
    if (x->last_begin == DGM_NO_DAY || is_told_today(x, at)) {
        shift_from_nothing(x, a, e);
        return true;
    }
    /* "Was arrested in January": of the day that was told before that month. */
    dgm_day day = of_bare_clause(x, at) ? dgm_time_day_before_long(x, a->unit) : DGM_NO_DAY;
    if (day != DGM_NO_DAY) {
        shifted(e, a, at, day, sign);
        e->anaphoric = true;
        return true;
    }
    /* "six days after" something told of "in 2018" is not six days after 2018. */
    if (dgm_time_moved(x->last_begin, a->unit, 1) < x->last_end ||
        (!x->last_here && !is_bare(x, at) && is_unknown_day(x, at))) {
        size_only(a, at, e);
        return true;
    }
    bool of_clause = opens_clause(x, at);
    /* "resigned on Friday, a day after protesters burned ...": the burning was the day before. */
    bool of_other = (of_clause || x->last_here) && !mark_is(x, at, DGM_MARK_LATER) &&
                    !mark_is(x, at, DGM_MARK_EARLIER) && !is_bare(x, at);
    if (of_other)
        sign = -sign;
    shifted(e, a, at, sign < 0 ? x->last_begin : x->last_end, sign);
    e->anaphoric = true;
    e->beside = of_clause || of_other;
    return true;
}

/* "two days ago", "two days from now", "six days since": counted from the story's day. */
static bool from_today(const dgm_time_scan *x, const amount *a, dgm_time_expr *e)
{
    uint32_t at = a->last + 1;
    if (is(x, at, DGM_TIME_AGO) ||
        (mark_is(x, at, DGM_MARK_BEFORE) && is(x, at + 1, DGM_TIME_DEICTIC)))
        shifted_from_today(x, a, at, -1, e);
    else if (is(x, at, DGM_TIME_SINCE) && inside(x, at + 1) && a->n > 0) {
        shifted(e, a, at, x->today, -1); /* "it is six days since they left" */
        e->beside = true;
    } else if (mark_is(x, at, DGM_MARK_FROM) && mark_is(x, at + 1, DGM_MARK_NOW))
        shifted_from_today(x, a, at + 1, 1, e);
    else
        return false;
    return true;
}

static void length_only(const dgm_time_scan *x, const amount *a, dgm_time_expr *e)
{
    set(e, a->first, a->last, DGM_NO_DAY, DGM_NO_DAY, dgm_time_grain_of(a->unit));
    e->duration = true;
    dgm_time_set_period(x, e, DGM_TIMEX_DURATION, a->n, a->unit, a->first, a->last);
}

/* "in two weeks", "within a month" of what lies ahead; else how long it took: "for an hour". */
static bool behind_preposition(const dgm_time_scan *x, const amount *a, dgm_time_expr *e)
{
    uint32_t before = a->first - 1;
    if (!is(x, before, DGM_TIME_DURING))
        return false;
    bool within = mark_is(x, before, DGM_MARK_WITHIN);
    if ((within || mark_is(x, before, DGM_MARK_IN)) && a->unit >= DGM_UNIT_DAY &&
        dgm_time_tense(x, a->first) == DGM_TENSE_FUTURE) {
        shifted_from_today(x, a, a->last, 1, e);
        if (within)
            e->begin = x->today;
        return true;
    }
    length_only(x, a, e);
    return true;
}

/* "suspended for a week after she ...", "jailed for up to ten years after ...", "sentenced to 11
 * years after being ...": how long, whatever follows. */
static bool is_length(const dgm_time_scan *x, const amount *a)
{
    uint32_t k = a->first - 1;
    while (inside(x, k) &&
           (x->sentence->words[k].upos == DGM_DET || x->sentence->words[k].upos == DGM_ADJ))
        k--;
    return (is(x, k, DGM_TIME_DURING) && !mark_is(x, k, DGM_MARK_IN)) || mark_is(x, k, DGM_MARK_TO);
}

/* "the third anniversary of the invasion", "the 80th year anniversary": so many years before the
 * day told in the sentence, or the report's own; dates what was done then. */
static bool anniversary(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    enum { MOST_YEARS = 200 };
    int32_t n = ordinal_at(x, i);
    uint32_t k = mark_is(x, i + 1, DGM_MARK_YEAR) ? i + 2 : i + 1;
    if (n < 1 || n > MOST_YEARS || !mark_is(x, k, DGM_MARK_ANNIVERSARY))
        return false;
    dgm_day day = x->last_here && x->last_day != DGM_NO_DAY ? x->last_day : x->today;
    set_day(e, i, k, dgm_time_moved(day, DGM_UNIT_YEAR, -n));
    e->beside = true;
    return true;
}

bool dgm_time_counted(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    amount a;
    if (vaguely_ago(x, i, e) || weekdays_ago(x, i, e) || hours_later(x, i, e) ||
        anniversary(x, i, e))
        return true;
    if (!amount_at(x, i, &a))
        return false;
    if (is_length(x, &a) &&
        (is(x, a.last + 1, DGM_TIME_SHIFT) || is(x, a.last + 1, DGM_TIME_SINCE)))
        length_only(x, &a, e);
    else if (!from_today(x, &a, e))
        return is(x, a.last + 1, DGM_TIME_SHIFT) ? shift(x, &a, e) : behind_preposition(x, &a, e);
    return true;
}
