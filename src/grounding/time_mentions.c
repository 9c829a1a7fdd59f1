/* Which events are mentions of one: the noun of a deed told before ("the attack"), the same word
 * between the same two, and what a headline tells of the news below it. */
#include "grounding/time_mentions.h"

#include "document/party.h"
#include "grounding/times.h"

enum {
    MENTIONS_REACH = 10, /* sentences */
    MENTIONS_TRIED = 200
};

static const dgm_sentence *sentence_of(const dgm_told *x, uint32_t s)
{
    return x->doc->sentences.at + s;
}

/* "the attack", "his resignation", "that raid". */
static bool is_known_one(const dgm_sentence *s, uint32_t word)
{
    if (s->words[word].upos != DGM_NOUN)
        return false;
    if (dgm_child_of(s->tree, word, DGM_REL_NMOD_POSS))
        return true;
    uint32_t det = dgm_child_of(s->tree, word, DGM_REL_DETREL);
    return det && dgm_function_is(s->tree, det, DGM_FN_DEFINITE);
}

bool dgm_acts_in(const dgm_event *event, uint32_t entity)
{
    for (uint32_t i = 0; i < event->actors.n; i++)
        if (event->actors.at[i].entity == entity)
            return true;
    return false;
}

static bool have_common(const dgm_participants *a, const dgm_participants *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (a->at[i].entity == b->at[k].entity)
                return true;
    return false;
}

static bool shares_somebody(const dgm_event *a, const dgm_event *b)
{
    return have_common(&a->actors, &b->actors) || have_common(&a->recipients, &b->recipients);
}

/* Whether two sides, where both are told, have somebody in common. */
static bool may_be_one_side(const dgm_participants *a, const dgm_participants *b)
{
    return a->n == 0 || b->n == 0 || have_common(a, b);
}

static bool has_same_sides(const dgm_event *a, const dgm_event *b)
{
    return shares_somebody(a, b) && may_be_one_side(&a->actors, &b->actors) &&
           may_be_one_side(&a->recipients, &b->recipients);
}

static bool is_known_deed(const dgm_sentence *s, uint32_t noun)
{
    return noun && is_known_one(s, noun) &&
           (s->words[noun].event != DGM_NONE || dgm_has_class(s->tree, noun, DGM_CLASS_ATTACK));
}

/* The noun of a deed that the story has told: the trigger, or what does it or holds it: "killed in
 * the attack", "the raid left two dead". 0: none. */
static uint32_t known_deed(const dgm_sentence *s, uint32_t word)
{
    bool owner;
    if (is_known_one(s, word))
        return word;
    uint32_t subject = dgm_surface_subject(s->tree, word, &owner);
    if (is_known_deed(s, subject))
        return subject;
    DGM_EACH_CHILD(s->tree, word, k)
    if ((s->words[k].deprel == DGM_REL_OBL || s->words[k].deprel == DGM_REL_OBL_AGENT) &&
        is_known_deed(s, k))
        return k;
    return 0;
}

static bool is_mention_of(const dgm_told *x, const dgm_event *later, const dgm_event *dated)
{
    if (later->type != dated->type)
        return false;
    const dgm_sentence *s = sentence_of(x, later->trigger.sentence);
    const dgm_sentence *of = sentence_of(x, dated->trigger.sentence);
    bool nobody = later->actors.n + later->recipients.n == 0;
    uint32_t noun = known_deed(s, later->trigger_word);
    if (noun)
        return nobody || shares_somebody(later, dated) ||
               dgm_view_eq(s->tree->lemmas[noun], of->tree->lemmas[dated->trigger_word]);
    return dgm_view_eq(s->tree->lemmas[later->trigger_word],
                       of->tree->lemmas[dated->trigger_word]) &&
           shares_somebody(later, dated);
}

/* "used in the attack" after "a shooting on Friday": of one kind, whoever is said to be in it. */
static bool may_be_mention_of(const dgm_told *x, const dgm_event *later, const dgm_event *dated)
{
    const dgm_sentence *s = sentence_of(x, later->trigger.sentence);
    uint32_t noun = later->type == dated->type ? known_deed(s, later->trigger_word) : 0;
    return noun && dgm_has_class(s->tree, noun, DGM_CLASS_ATTACK) &&
           !dgm_child_of(s->tree, noun, DGM_REL_NMOD_POSS) &&
           dated->trigger.sentence < later->trigger.sentence;
}

/* Whether two times are of one day; DGM_NONE is of any. */
static bool is_same_day(const dgm_document *doc, uint32_t a, uint32_t b)
{
    return a == DGM_NONE || b == DGM_NONE ||
           (strcmp(doc->times.at[a].begin, doc->times.at[b].begin) == 0 &&
            strcmp(doc->times.at[a].end, doc->times.at[b].end) == 0);
}

uint32_t dgm_time_of_mention(const dgm_told *x, uint32_t k)
{
    const dgm_event *event = x->doc->events.at + x->in_order[k];
    uint32_t found = DGM_NONE, likely = DGM_NONE;
    bool one_day = true;
    for (uint32_t n = 0; k > 0 && n < MENTIONS_TRIED; n++) {
        uint32_t other = x->in_order[--k];
        const dgm_event *dated = x->doc->events.at + other;
        if (dated->trigger.sentence + MENTIONS_REACH < event->trigger.sentence)
            break;
        if (x->own[other] == DGM_NONE ||
            !dgm_time_is_over(x->doc, x->doc->times.at + x->own[other]))
            continue;
        if (may_be_mention_of(x, event, dated)) {
            one_day &= is_same_day(x->doc, likely, x->own[other]);
            likely = x->own[other];
        }
        if (!is_mention_of(x, event, dated))
            continue;
        if (shares_somebody(event, dated))
            return x->own[other];
        if (found == DGM_NONE)
            found = x->own[other];
    }
    return found == DGM_NONE && one_day ? likely : found;
}

uint32_t dgm_time_of_later_mention(const dgm_told *x, uint32_t k)
{
    const dgm_event *event = x->doc->events.at + x->in_order[k];
    for (uint32_t n = 0; ++k < x->doc->events.n && n < MENTIONS_TRIED; n++) {
        uint32_t other = x->in_order[k];
        const dgm_event *again = x->doc->events.at + other;
        if (again->trigger.sentence > event->trigger.sentence + MENTIONS_REACH)
            break;
        if (x->own[other] == DGM_NONE || !is_mention_of(x, again, event) ||
            !has_same_sides(again, event))
            continue;
        const dgm_time *time = x->doc->times.at + x->own[other];
        if (dgm_time_is_over(x->doc, time) && !dgm_time_is_still_on(x->doc, time) && !time->past)
            return x->own[other];
    }
    return DGM_NONE;
}

/* Whether the days of b lie within those of a, and are fewer. */
static bool is_finer(const dgm_time *a, const dgm_time *b)
{
    return strcmp(b->begin, a->begin) >= 0 && strcmp(b->end, a->end) <= 0 &&
           (strcmp(b->begin, a->begin) != 0 || strcmp(b->end, a->end) != 0);
}

uint32_t dgm_time_finer(const dgm_told *x, uint32_t k)
{
    uint32_t i = x->in_order[k], own = x->own[i], found = DGM_NONE;
    uint32_t first = k > MENTIONS_TRIED ? k - MENTIONS_TRIED : 0;
    const dgm_event *event = x->doc->events.at + i;
    if (dgm_time_is_still_on(x->doc, x->doc->times.at + own))
        return own;
    for (k = first; k < x->doc->events.n && k < first + 2 * MENTIONS_TRIED; k++) {
        uint32_t other = x->in_order[k];
        const dgm_event *told = x->doc->events.at + other;
        if (x->own[other] == DGM_NONE || told->type != event->type ||
            told->status != event->status || !has_same_sides(event, told) ||
            !is_finer(x->doc->times.at + own, x->doc->times.at + x->own[other]))
            continue;
        if (!is_same_day(x->doc, found, x->own[other]))
            return own; /* they did so more than once */
        found = x->own[other];
    }
    return found == DGM_NONE ? own : found;
}

static bool have_country_in_common(const dgm_document *doc, const dgm_participants *a,
                                   const dgm_participants *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (dgm_is_same_country(doc, a->at[i].entity, b->at[k].entity))
                return true;
    return false;
}

static bool share_country(const dgm_document *doc, const dgm_event *a, const dgm_event *b)
{
    return have_country_in_common(doc, &a->actors, &b->actors) ||
           have_country_in_common(doc, &a->actors, &b->recipients) ||
           have_country_in_common(doc, &a->recipients, &b->actors) ||
           have_country_in_common(doc, &a->recipients, &b->recipients);
}

/* "Rockets kill Thai farmhands" above "Four Thai workers were killed on Thursday": of the deeds of
 * that type and a country of its sides that the first sentences tell, where all have one day. */
static uint32_t time_of_lead(const dgm_told *x, uint32_t k)
{
    enum { LEAD = 3 };
    const dgm_event *event = x->doc->events.at + x->in_order[k];
    uint32_t found = DGM_NONE;
    for (uint32_t n = 0; ++k < x->doc->events.n && n < MENTIONS_TRIED; n++) {
        uint32_t other = x->in_order[k];
        const dgm_event *below = x->doc->events.at + other;
        if (below->trigger.sentence > event->trigger.sentence + LEAD)
            break;
        if (sentence_of(x, below->trigger.sentence)->headline || below->type != event->type ||
            below->status != event->status || !share_country(x->doc, event, below))
            continue;
        if (x->time[other] == DGM_NONE || !is_same_day(x->doc, found, x->time[other]))
            return DGM_NONE;
        found = x->time[other];
    }
    return found;
}

uint32_t dgm_time_of_news(const dgm_told *x, uint32_t k)
{
    const dgm_event *event = x->doc->events.at + x->in_order[k];
    const uint32_t headline = k;
    for (uint32_t n = 0; ++k < x->doc->events.n && n < MENTIONS_TRIED; n++) {
        uint32_t other = x->in_order[k];
        const dgm_event *below = x->doc->events.at + other;
        if (below->trigger.sentence > event->trigger.sentence + MENTIONS_REACH)
            break;
        if (!sentence_of(x, below->trigger.sentence)->headline && below->type == event->type &&
            below->status == event->status && has_same_sides(event, below))
            return x->time[other];
    }
    return time_of_lead(x, headline);
}
