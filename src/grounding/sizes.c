/* How many died, were arrested, marched, and how much was paid. Each number of a sentence is asked
 * what it counts (size_kinds.c) and then given to the event that did it: that of its own verb, the
 * nearest above or beside it, or the last before. */
#include "grounding/sizes.h"

#include "document/party.h"
#include "grounding/size_work.h"
#include "grounding/times.h"

#include <math.h>
#include <string.h>

enum { MAX_CLIMB = 24, MAX_BACK = 3, FAR = 1000 };

/* ---- whose number it is ---------------------------------------------------------------------- */

static bool is_harm(dgm_size_kind kind)
{
    return kind == DGM_SIZE_DEAD || kind == DGM_SIZE_INJURED || kind == DGM_SIZE_DISPLACED;
}

static bool is_arrest(const dgm_counting *c, const dgm_event *e)
{
    dgm_size_kind kind;
    return dgm_quantity_counts(c->words, c->doc->sentences.at[e->trigger.sentence].tree,
                               e->trigger_word, DGM_HOW_OBJECT, &kind) &&
           kind == DGM_SIZE_ARRESTED;
}

/* Who is arrested is not hurt by it, unless the number hangs below the arrest. */
static bool fits(const dgm_counting *c, uint32_t i, dgm_size_kind kind)
{
    return i < c->doc->events.n && dgm_size_may_have(c->doc->events.at[i].type, kind) &&
           !(is_harm(kind) && is_arrest(c, c->doc->events.at + i));
}

/* "Police fired tear gas at teachers who had blocked a highway, injuring five": not the blockade.
 */
static bool is_harmless(const dgm_counting *c, uint32_t i, dgm_size_kind kind)
{
    const dgm_event *events = c->doc->events.at;
    uint32_t sentence = events[i].trigger.sentence, first = i;
    if (!is_harm(kind) || dgm_like(events[i].type) != DGM_PROTEST)
        return false;
    while (first > 0 && events[first - 1].trigger.sentence == sentence)
        first--;
    for (uint32_t k = first; k < c->doc->events.n && events[k].trigger.sentence == sentence; k++)
        if (fits(c, k, kind) && dgm_like(events[k].type) != DGM_PROTEST)
            return true;
    return false;
}

static uint32_t event_above(const dgm_counting *c, const dgm_count *n)
{
    const dgm_sentence *s = c->t->s;
    /* "two were hurt and 14 arrested", "arrested over the killing of two" */
    bool beside = s->words[n->by].upos == DGM_NOUN;
    for (uint32_t w = n->by, k = 0; w && k < MAX_CLIMB; k++, w = s->words[w].head) {
        uint32_t e = s->words[w].event;
        bool fit =
            e < c->doc->events.n &&
            (beside ? fits(c, e, n->kind) : dgm_size_may_have(c->doc->events.at[e].type, n->kind));
        if (fit && !is_harmless(c, e, n->kind))
            return e;
        beside |= s->words[w].deprel == DGM_REL_CONJ;
    }
    return DGM_NONE;
}

static uint32_t event_beside(const dgm_counting *c, const dgm_count *n)
{
    uint32_t best = DGM_NONE, least = FAR;
    for (uint32_t i = c->n_before; i < c->doc->events.n; i++) {
        const dgm_event *e = c->doc->events.at + i;
        if (e->trigger.sentence != c->sentence)
            break;
        if (!fits(c, i, n->kind))
            continue;
        bool within = n->by >= e->trigger.first && n->by <= e->trigger.last;
        uint32_t away = within                    ? 0
                        : e->trigger_word > n->by ? e->trigger_word - n->by
                                                  : n->by - e->trigger_word;
        if (dgm_like(e->type) != DGM_ASSAULT && n->kind <= DGM_SIZE_INJURED)
            away += is_harmless(c, i, n->kind) ? 100 : 50;
        if (away < least) {
            least = away;
            best = i;
        }
    }
    return best;
}

/* "Two died when a bus hit a lorry": what happened there is no event and nobody did it. */
static bool is_unmeant(const dgm_counting *c, uint32_t clause)
{
    const dgm_sentence *s = c->t->s;
    uint32_t subject = dgm_subject_of(c->t, clause, DGM_NEAREST);
    return s->words[clause].deprel == DGM_REL_ADVCL && s->words[clause].event == DGM_NONE &&
           dgm_is_finite(c->t, clause) && subject && s->words[subject].mention == DGM_NONE &&
           s->words[subject].upos == DGM_NOUN;
}

/* Whether the sentence tells what else took the lives: a quake, a ferry that sank. */
static bool tells_of_mishap(const dgm_counting *c, uint32_t by)
{
    for (uint32_t i = 1; i <= c->t->s->n_words; i++)
        if (dgm_has_class(c->t, i, DGM_CLASS_ACCIDENT) || dgm_has_class(c->t, i, DGM_CLASS_MISHAP))
            return true;
    DGM_EACH_CHILD(c->t, by, w)
    if (is_unmeant(c, w))
        return true;
    return false;
}

/* The state of whom a word names; NULL: it names nobody of a state. */
static const char *state_named(const dgm_document *doc, const dgm_word *w)
{
    if (w->mention == DGM_NONE)
        return NULL;
    const dgm_mention *m = &doc->mentions.at[w->mention];
    uint32_t e = m->n_entities ? doc->mention_entities.at[m->entities] : DGM_NONE;
    const char *country = e == DGM_NONE ? "" : doc->entities.at[e].country;
    return dgm_is_state_code(country) ? country : NULL;
}

static bool names_state(const dgm_document *doc, const dgm_sentence *s, const char *state)
{
    for (uint32_t w = 1; w <= s->n_words; w++) {
        const char *named = state_named(doc, &s->words[w]);
        if (named && strcmp(named, state) == 0)
            return true;
    }
    return false;
}

/* Whether the sentence tells only of states that the event's does not name. */
static bool tells_of_others(const dgm_document *doc, uint32_t sentence, uint32_t event)
{
    const dgm_sentence *s = &doc->sentences.at[sentence];
    bool others = false;
    for (uint32_t w = 1; w <= s->n_words; w++) {
        const char *state = state_named(doc, &s->words[w]);
        if (state && names_state(doc, &doc->sentences.at[event], state))
            return false;
        others = others || state;
    }
    return others;
}

/* The last event before this sentence; of a later count, the one that has one already. */
static uint32_t event_before(const dgm_counting *c, const dgm_count *n)
{
    enum { MOST_REFUSED = 64 };
    uint32_t best = DGM_NONE, n_refused = 0;
    if (is_harm(n->kind) && tells_of_mishap(c, n->by))
        return DGM_NONE;
    for (uint32_t i = c->n_before; i > 0 && n_refused < MOST_REFUSED; i--) {
        const dgm_event *e = c->doc->events.at + i - 1;
        bool has = e->sizes[n->kind].span.first != 0;
        if (c->sentence - e->trigger.sentence > MAX_BACK && !n->correction)
            break;
        if ((best != DGM_NONE && !has) || e->polarity == DGM_NEGATED || !fits(c, i - 1, n->kind) ||
            is_harmless(c, i - 1, n->kind))
            continue;
        if (tells_of_others(c->doc, c->sentence, e->trigger.sentence)) {
            n_refused++;
            continue;
        }
        best = i - 1;
        if (has)
            break;
    }
    return best;
}

static uint32_t event_of(const dgm_counting *c, const dgm_count *n)
{
    uint32_t i = n->correction ? DGM_NONE : event_above(c, n);
    if (i == DGM_NONE)
        i = event_beside(c, n);
    return i == DGM_NONE && n->kind != DGM_SIZE_MONEY ? event_before(c, n) : i;
}

/* The subject before this one of the same verb; the root: none. */
static uint32_t last_subject(const dgm_counting *c, const dgm_count *n)
{
    uint32_t last = 0;
    DGM_EACH_CHILD(c->t, c->t->s->words[n->noun].head, w)
    if (w < n->noun && dgm_is_subject(c->t->s->words[w].deprel))
        last = w;
    return last;
}

/* Whom the verb did it to. */
static uint32_t sufferer(const dgm_counting *c, uint32_t verb)
{
    uint32_t object = dgm_child_of(c->t, verb, DGM_REL_OBJ);
    return object || !dgm_is_passive(c->t, verb) ? object
                                                 : dgm_subject_of(c->t, verb, DGM_SPOKEN_OF);
}

/* "three others", "three other people", "three of his guards". */
static bool is_others(const dgm_counting *c, const dgm_count *n)
{
    for (uint32_t i = n->quantity.last + 1; i <= c->t->s->n_words && i <= n->quantity.last + 2; i++)
        if (dgm_quantity_is_joining(c->words, c->t, i) ||
            c->t->s->words[i].deprel == DGM_REL_NMOD_POSS)
            return true;
    return false;
}

/* One that no number and no article counts; who is named, or "the" one, only beside others. */
static bool is_one(const dgm_counting *c, uint32_t word, bool beside_others)
{
    const dgm_sentence *s = c->t->s;
    if (dgm_has_feat(s->words + word, DGM_VIEW("Number=Plur")) ||
        (s->words[word].upos != DGM_NOUN && s->words[word].upos != DGM_PROPN))
        return false;
    bool own = false, the = s->words[word].upos == DGM_PROPN;
    DGM_EACH_CHILD(c->t, word, w)
    {
        if (s->words[w].deprel == DGM_REL_NUMMOD || dgm_quantity_is_single(c->words, c->t, w))
            return false;
        own |= s->words[w].deprel == DGM_REL_NMOD_POSS;
        the |= s->words[w].upos == DGM_DET || s->words[w].upos == DGM_PROPN;
    }
    return own || (beside_others && the);
}

/* Conjuncts of one verb are summed: "killed two soldiers and three farmers". */
static bool is_summand(const dgm_counting *c, const dgm_size *size, const dgm_count *n)
{
    const dgm_sentence *s = c->t->s;
    if (size->span.sentence != c->sentence || n->kind > DGM_SIZE_ABDUCTED)
        return false;
    if (s->words[n->noun].deprel == DGM_REL_CONJ)
        return dgm_is_under(s->tree, dgm_size_first_conjunct(s, n->noun), size->span.last);
    /* a list that the parser made two subjects of; not "23, including two women, and a boy" */
    for (uint32_t i = size->span.last; i < n->quantity.first; i++)
        if (dgm_quantity_is_part(c->words, c->t, i))
            return false;
    return n->quantity.first > 1 && s->words[n->quantity.first - 1].upos == DGM_CCONJ &&
           dgm_is_subject(s->words[n->noun].deprel) &&
           s->words[n->noun].head == s->words[last_subject(c, n)].head &&
           dgm_is_under(s->tree, last_subject(c, n), size->span.last);
}

/* "The governor and three others", "an officer and his driver": those beside the number whom none
 * counts. */
static uint32_t uncounted(const dgm_counting *c, const dgm_count *n)
{
    const dgm_sentence *s = c->t->s;
    uint32_t first = dgm_size_first_conjunct(s, n->noun);
    bool joined = dgm_size_is_joined(c, first), others = is_others(c, n);
    uint32_t beside = joined ? sufferer(c, s->words[first].head) : first, found = 0;
    if (beside == 0 || s->words[first].head == 0 || n->quantity.max > n->quantity.min)
        return 0;
    for (uint32_t w = beside, k = 0; w && k < 8; k++) {
        if (w != n->noun && is_one(c, w, joined || others))
            found++;
        w = w == beside ? dgm_child_of(c->t, beside, DGM_REL_CONJ)
                        : dgm_next_child(c->t, w, DGM_REL_CONJ);
    }
    return found;
}

/* "Officials now say that 11 died." */
static bool is_later_count(const dgm_counting *c, const dgm_event *e, const dgm_count *n)
{
    if (n->correction || e->trigger.sentence == c->sentence)
        return n->correction;
    for (uint32_t i = 1; i <= c->t->s->n_words; i++)
        if (c->t->s->words[i].upos == DGM_ADV && dgm_quantity_is_correction(c->words, c->t, i))
            return true;
    return false;
}

static void give(const dgm_counting *c, const dgm_count *n)
{
    uint32_t i = event_of(c, n);
    if (i == DGM_NONE)
        return;
    dgm_event *e = c->doc->events.at + i;
    dgm_size *size = &e->sizes[n->kind];
    dgm_span span = dgm_span_of(c->doc, c->sentence, n->quantity.first, n->quantity.last);
    if (size->span.first != 0 && is_summand(c, size, n)) {
        size->min += n->quantity.min;
        size->max += n->quantity.max;
        size->span = dgm_span_of(c->doc, c->sentence, size->span.first, n->quantity.last);
    } else if (size->span.first == 0 || is_later_count(c, e, n)) {
        uint32_t more = n->kind <= DGM_SIZE_ABDUCTED ? uncounted(c, n) : 0;
        *size = (dgm_size) { .min = n->quantity.min + more,
                             .max = n->quantity.max + more,
                             .span = span,
                             .currency = n->currency };
    } else {
        return;
    }
    dgm_note(c->doc, "grounding", c->sentence, i, "%s: \"%.*s\"", dgm_size_name(n->kind),
             DGM_FMT(dgm_span_text(c->doc, size->span)));
}

/* ---- the document ---------------------------------------------------------------------------- */

/* "a local", "a 21-year-old". */
static bool is_used_as_noun(const dgm_word *w)
{
    return w->upos == DGM_ADJ && (dgm_is_subject(w->deprel) || w->deprel == DGM_REL_OBJ);
}

/* "A soldier was killed", "killing a girl": one, without a number. */
static bool single_at(const dgm_counting *c, uint32_t i, dgm_quantity *q)
{
    const dgm_word *w = c->t->s->words + i;
    if (!dgm_quantity_is_single(c->words, c->t, i))
        return false;
    dgm_quantity dozen;
    if (i < c->t->s->n_words && dgm_quantity_at(c->words, c->t, i + 1, &dozen) && dozen.first <= i)
        return false;
    uint32_t last = w->head;
    if (dgm_is_subject(w->deprel) || w->deprel == DGM_REL_OBJ) /* "another was wounded" */
        last = i;
    else if (w->deprel != DGM_REL_DETREL || last <= i)
        return false;
    const dgm_word *noun = c->t->s->words + last;
    if (noun->event != DGM_NONE || dgm_has_feat(noun, DGM_VIEW("Number=Plur")) ||
        !(last == i || noun->upos == DGM_NOUN || is_used_as_noun(noun)))
        return false;
    *q = (dgm_quantity) { .first = i, .number = i, .last = last, .end = i, .min = 1, .max = 1 };
    return true;
}

/* "On April 12 nurses blocked a road": the number is the day's. *next is the first time that does
 * not end before it. */
static bool is_of_time(const dgm_counting *c, uint32_t *next, uint32_t number)
{
    const dgm_time *times = c->doc->times.at;
    while (*next < c->doc->times.n && times[*next].span.sentence == c->sentence &&
           times[*next].span.last < number)
        (*next)++;
    return *next < c->doc->times.n && times[*next].span.sentence == c->sentence &&
           times[*next].span.first <= number;
}

static void count_sentence(const dgm_counting *c, uint32_t times)
{
    for (uint32_t i = 1; i <= c->t->s->n_words;) {
        dgm_count n = { 0 };
        if (is_of_time(c, &times, i)) {
            i++;
            continue;
        }
        bool number = dgm_quantity_at(c->words, c->t, i, &n.quantity);
        if (!number && !single_at(c, i, &n.quantity)) {
            i++;
            continue;
        }
        n.noun = number ? dgm_size_noun_of(c, &n.quantity) : n.quantity.last;
        bool person = number || (!dgm_size_is_money(c, &n) && n.kind == DGM_SIZE_MONEY);
        if (person && dgm_size_what_is_counted(c, &n) && (number || n.kind <= DGM_SIZE_ABDUCTED))
            give(c, &n);
        i = number ? n.quantity.last + 1 : i + 1;
    }
}

void dgm_sizes_find(const dgm_quantity_words *words, dgm_document *doc)
{
    for (uint32_t i = 0, times = 0, events = 0; i < doc->sentences.n; i++) {
        while (times < doc->times.n && doc->times.at[times].span.sentence < i)
            times++;
        while (events < doc->events.n && doc->events.at[events].trigger.sentence < i)
            events++;
        dgm_counting c = { .words = words,
                           .doc = doc,
                           .t = doc->sentences.at[i].tree,
                           .sentence = i,
                           .n_before = events };
        if (c.t)
            count_sentence(&c, times);
    }
}
