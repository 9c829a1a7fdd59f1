/* Time expressions of a document, in reading order, so that "two days later" finds what was told
 * last. */
#include "grounding/times.h"

#include "grounding/time_grammar.h"

#include <string.h>

enum { YEAR = 365 };

uint32_t dgm_span_head(const dgm_sentence *s, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last && i <= s->n_words; i++) {
        uint32_t head = s->words[i].head;
        if (s->words[i].deprel != DGM_REL_CASE && s->words[i].deprel != DGM_REL_PUNCTREL &&
            (head < first || head > last))
            return i;
    }
    return last;
}

bool dgm_time_in_dateline(const dgm_sentence *s, uint32_t last)
{
    enum { REACH = 14, MORE = 8 };
    if (last > REACH)
        return false;
    for (size_t i = 0; i < s->words[1].form.n; i++)
        if (dgm_is_lower((unsigned char)s->words[1].form.p[i]))
            return false;
    for (uint32_t i = last + 1; i <= s->n_words && i <= last + MORE; i++) {
        dgm_view f = s->words[i].form;
        if (s->words[i].upos == DGM_VERB)
            return false;
        if (dgm_view_eq(f, DGM_VIEW("-")) || dgm_view_eq(f, DGM_VIEW("--")) ||
            dgm_view_eq(f, DGM_VIEW("\xE2\x80\x93")) || dgm_view_eq(f, DGM_VIEW("\xE2\x80\x94")))
            return true;
    }
    return false;
}

static bool add(dgm_document *doc, const dgm_time_scan *x, uint32_t i_sentence,
                const dgm_time_expr *e)
{
    dgm_time *time = dgm_push(doc->arena, &doc->times);
    if (!time)
        return false;
    time->span = dgm_span_of(doc, i_sentence, e->first, e->last);
    time->words = dgm_span_of(doc, i_sentence, e->first_word, e->last);
    time->kind = e->kind;
    memcpy(time->value, e->value, sizeof time->value);
    time->duration = e->duration;
    if (e->begin != DGM_NO_DAY) {
        dgm_day_write(e->begin, time->begin);
        dgm_day_write(e->end, time->end);
        dgm_day_write(e->own_begin, time->from);
        dgm_day_write(e->own_end, time->to);
        time->past = e->end < x->today - YEAR;
    }
    dgm_note(doc, "grounding", i_sentence, DGM_NONE, "time \"%.*s\": %s%s%s%s",
             DGM_FMT(dgm_span_text(doc, time->span)), e->duration ? "dates nothing" : time->begin,
             e->duration ? "" : " to ", e->duration ? "" : time->end,
             e->anaphoric ? ", from the time mentioned before"
             : time->past ? ", past"
                          : "");
    return true;
}

static bool scan_sentence(dgm_document *doc, dgm_time_scan *x, uint32_t i_sentence)
{
    x->last_here = false;
    for (uint32_t i = 1; i <= x->sentence->n_words;) {
        dgm_time_expr e;
        if (!dgm_time_expr_at(x, i, &e) && !dgm_time_loose_at(x, i, &e)) {
            i++;
            continue;
        }
        if (!add(doc, x, i_sentence, &e))
            return false;
        if (!e.duration && e.begin != DGM_NO_DAY && e.grain <= DGM_GRAIN_YEAR &&
            !dgm_time_in_dateline(x->sentence, e.last)) {
            x->last_here = true;
            x->last_begin = e.begin;
            x->last_end = e.end;
        }
        i = e.last + 1;
    }
    return true;
}

dgm_status dgm_times_find(const dgm_time_words *words, dgm_document *doc, dgm_err *err)
{
    dgm_time_scan x = { .words = words, .last_begin = DGM_NO_DAY, .last_end = DGM_NO_DAY };
    if (!dgm_day_parse(dgm_view_of(doc->date), &x.today))
        return DGM_OK;
    uint32_t most = 0;
    for (uint32_t s = 0; s < doc->sentences.n; s++)
        most = DGM_MAX(most, doc->sentences.at[s].n_words);
    dgm_time_token *tokens = DGM_NEW(doc->arena, dgm_time_token, (size_t)most + 1);
    if (!tokens)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for time expressions");
    x.tokens = tokens;
    for (uint32_t s = 0; s < doc->sentences.n; s++) {
        uint32_t classes = 0;
        bool figures = false;
        x.sentence = doc->sentences.at + s;
        for (uint32_t i = 1; i <= x.sentence->n_words; i++) {
            tokens[i] = dgm_time_token_of(words, x.sentence->words + i);
            classes |= tokens[i].classes;
            figures |= tokens[i].shape != DGM_SHAPE_WORD;
        }
        if ((classes || figures) && !scan_sentence(doc, &x, s))
            return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for time expressions");
    }
    return DGM_OK;
}

/* ---- which event happened when -------------------------------------------------------------- */

enum { MAX_CLIMB = 40, MAX_GAP = 7, FAR = 1000 };

static bool is_event_word(const dgm_document *doc, const dgm_word *w)
{
    return w->event != DGM_NONE && w->event < doc->events.n && !doc->events.at[w->event].dropped;
}

static uint8_t quad_of(const dgm_document *doc, const dgm_word *w)
{
    return is_event_word(doc, w) ? doc->events.at[w->event].quad : 0;
}

/* A conjunct with a subject of its own is of the same time only where both are deeds of one kind:
 * "X was killed on Friday; Y blamed Z" tells not when Y did. */
static bool same_story(const dgm_document *doc, const dgm_sentence *s, uint32_t i)
{
    bool own_subject = dgm_child_of(s->tree, i, DGM_REL_NSUBJ) != 0 ||
                       dgm_child_of(s->tree, i, DGM_REL_NSUBJ_PASS) != 0;
    return !own_subject || quad_of(doc, s->words + i) == quad_of(doc, s->words + s->words[i].head);
}

/* The next predicate up whose time is also that of i: the clause that i is an argument of, the
 * first of conjuncts, what an infinitive completes. 0: none; *cost grows with doubt. */
static uint32_t up(const dgm_document *doc, const dgm_sentence *s, uint32_t i, uint32_t *cost)
{
    const dgm_word *w = s->words + i;
    if (w->deprel == DGM_REL_CONJ && !same_story(doc, s, i))
        return 0;
    switch (w->deprel) {
    case DGM_REL_XCOMP:
    case DGM_REL_OBJ:
    case DGM_REL_NSUBJ:
    case DGM_REL_NSUBJ_PASS:
    case DGM_REL_COMPOUND:
        *cost += 4;
        return w->head;
    case DGM_REL_CONJ:
        *cost += 6;
        return w->head;
    case DGM_REL_OBL:
    case DGM_REL_OBL_AGENT:
    case DGM_REL_NMOD:
    case DGM_REL_NMOD_POSS:
        *cost += 12;
        return w->head;
    case DGM_REL_ADVCL:
        /* "..., killing three": of the same time; "after they had fired": of another. */
        if (dgm_child_of(s->tree, i, DGM_REL_MARK) || dgm_child_of(s->tree, i, DGM_REL_NSUBJ))
            return 0;
        *cost += 10;
        return w->head;
    default:
        return 0;
    }
}

/* What has been done ("cancelled", "has warned") was not done in days to come. */
static bool lies_ahead(const dgm_document *doc, const dgm_event *event, const dgm_time *time)
{
    const dgm_sentence *s = doc->sentences.at + event->trigger.sentence;
    uint32_t p = event->trigger_word;
    if (!dgm_has_feat(s->words + p, DGM_VIEW("Tense=Past")) || s->words[p].upos != DGM_VERB ||
        strcmp(time->begin, doc->date) <= 0)
        return false;
    for (uint32_t k = dgm_child_of(s->tree, p, DGM_REL_AUXREL); k;
         k = dgm_next_child(s->tree, k, DGM_REL_AUXREL))
        if (!dgm_view_eq(s->words[k].lemma, DGM_VIEW("have")))
            return false;
    return dgm_has_feat(s->words + p, DGM_VIEW("Mood=Ind")) ||
           dgm_child_of(s->tree, p, DGM_REL_AUXREL) != 0;
}

/* Whether a time that hangs on `at` (through nominal steps only) may speak of predicate p: the
 * number of steps, or FAR. Steps that pass another event's word end it. */
static uint32_t hangs_on(const dgm_document *doc, const dgm_event *event, const dgm_time *time,
                         uint32_t at, uint32_t p)
{
    const dgm_sentence *s = doc->sentences.at + event->trigger.sentence;
    uint32_t steps = 0;
    /* "threatened to use force earlier this week": what is over was not yet to be done. */
    bool over = strcmp(time->end, doc->date) < 0;
    for (; at != 0 && steps < MAX_CLIMB; steps++) {
        const dgm_word *w = s->words + at;
        if (at == p)
            return steps;
        bool own = at >= event->trigger.first && at <= event->trigger.last;
        /* "a protest held in X on Sunday": a participle that is no event speaks of its noun. */
        bool clause = dgm_is_clause(w->deprel) && (w->deprel != DGM_REL_ACL || steps > 0);
        bool blocks = is_event_word(doc, w) && !own &&
                      !(over && s->words[at].deprel == DGM_REL_XCOMP && dgm_has_to(s->tree, at));
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

/* "a day after protesters stormed", "six days since Russia halted": the clause's own time. */
static bool marks(const dgm_sentence *s, const dgm_time *time, uint32_t p)
{
    for (uint32_t i = time->span.first; i <= time->span.last; i++) {
        dgm_deprel rel = s->words[i].deprel;
        if (s->words[i].head == p && i == time->span.last && i < p &&
            (rel == DGM_REL_MARK || rel == DGM_REL_CASE) && s->words[p].upos == DGM_VERB)
            return true;
    }
    return false;
}

/* How far the time is from the event: lower is nearer, FAR is not its time. */
static uint32_t cost_of(const dgm_document *doc, const dgm_event *event, const dgm_time *time)
{
    const dgm_sentence *s = doc->sentences.at + time->span.sentence;
    uint32_t head = dgm_span_head(s, time->span.first, time->span.last);
    uint32_t p = event->trigger_word, cost = 0;
    if (marks(s, time, p))
        return 0;
    if ((time->span.first <= p && p <= time->span.last) ||
        dgm_time_in_dateline(s, time->span.last) || lies_ahead(doc, event, time))
        return FAR;
    for (uint32_t n = 0; p != 0 && n < MAX_CLIMB; n++) {
        if (n == 0 || !belongs_to_noun(s, head, p)) {
            uint32_t steps = hangs_on(doc, event, time, s->words[head].head, p);
            if (steps < FAR && !(steps > 0 && belongs_to_noun(s, head, p)))
                return DGM_MIN(FAR - 1, cost + steps * 3 +
                                            DGM_MIN(2, distance(head, event->trigger_word) / 8));
        }
        p = up(doc, s, p, &cost);
    }
    return FAR;
}

/* Where the tree gives no time: one that follows within a few words, with no other verb, event or
 * mark between, belongs to the event whatever the tree says ("seized control of the country
 * Monday"). */
static bool follows(const dgm_document *doc, const dgm_event *event, const dgm_time *time)
{
    const dgm_sentence *s = doc->sentences.at + time->span.sentence;
    uint32_t from = DGM_MAX(event->trigger.last, event->trigger_word);
    if (belongs_to_noun(s, dgm_span_head(s, time->span.first, time->span.last),
                        event->trigger_word))
        return false;
    if (time->span.first <= from || time->span.first > from + MAX_GAP)
        return false;
    if (dgm_function_is(s->tree, time->span.first - 1, DGM_FN_OF))
        return false;
    for (uint32_t i = from + 1; i < time->span.first; i++) {
        const dgm_word *w = s->words + i;
        if (w->upos == DGM_VERB || w->upos == DGM_AUX || w->upos == DGM_PUNCT ||
            w->upos == DGM_SCONJ || w->upos == DGM_CCONJ || is_event_word(doc, w))
            return false;
    }
    return true;
}

static const dgm_time *time_of(const dgm_document *doc, const dgm_event *event, uint32_t i_time)
{
    const dgm_time *best = NULL;
    uint32_t least = FAR;
    for (; i_time < doc->times.n; i_time++) {
        const dgm_time *time = doc->times.at + i_time;
        if (time->span.sentence != event->trigger.sentence)
            break;
        uint32_t cost = time->duration ? FAR : cost_of(doc, event, time);
        if (cost == FAR && !time->duration && !lies_ahead(doc, event, time) &&
            follows(doc, event, time))
            cost = FAR - 1;
        if (cost < least) {
            least = cost;
            best = time;
        }
    }
    return best;
}

static void copy_day(char to[11], const char from[11])
{
    for (uint32_t i = 0; i < 11; i++)
        to[i] = from[i];
}

static void date_event(dgm_document *doc, uint32_t i_event, const dgm_time *time)
{
    dgm_event *event = doc->events.at + i_event;
    event->date_end[0] = 0;
    if (!time) {
        copy_day(event->date, doc->date);
        event->date_basis = DGM_VIEW("story");
        return;
    }
    copy_day(event->date, time->begin);
    if (!dgm_view_eq(dgm_view_of(time->begin), dgm_view_of(time->end)))
        copy_day(event->date_end, time->end);
    event->date_basis = dgm_span_name(doc, time->span);
    event->historical |= time->past;
    dgm_note(doc, "grounding", event->trigger.sentence, i_event, "date %s by \"%.*s\"", event->date,
             DGM_FMT(event->date_basis));
}

void dgm_times_anchor(dgm_document *doc)
{
    uint32_t *first = DGM_NEW(doc->arena, uint32_t, (size_t)doc->sentences.n + 1);
    if (!first)
        return;
    uint32_t i_time = 0;
    for (uint32_t s = 0; s < doc->sentences.n; s++) {
        while (i_time < doc->times.n && doc->times.at[i_time].span.sentence < s)
            i_time++;
        first[s] = i_time;
    }
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_event *event = doc->events.at + i;
        const dgm_time *time = event->trigger.sentence < doc->sentences.n
                                   ? time_of(doc, event, first[event->trigger.sentence])
                                   : NULL;
        date_event(doc, i, time);
    }
}
