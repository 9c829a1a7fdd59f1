/* Which event happened where. */
#include "grounding/place_work.h"

#include <string.h>

enum { MAX_CLIMB = 40, MAX_TOWARD = 5, FAR = 1000 };

/* Where the subject comes from is no place of what it says ("an expert from the institute in X
 * doubts"). Steps from word `at` up to predicate p through nominals; FAR where another event lies
 * between. */
static uint32_t hangs_on(const dgm_document *doc, const dgm_event *of, uint32_t at, uint32_t p)
{
    const dgm_sentence *s = doc->sentences.at + of->trigger.sentence;
    bool through_subject = false;
    for (uint32_t steps = 0; at != 0 && steps < MAX_CLIMB; steps++) {
        const dgm_word *w = s->words + at;
        if (at == p)
            return through_subject && !dgm_place_is_bodily(of->type) ? FAR : steps;
        through_subject = w->deprel == DGM_REL_NSUBJ;
        bool event =
            w->event != DGM_NONE && w->event < doc->events.n && !doc->events.at[w->event].dropped;
        bool own = at >= of->trigger.first && at <= of->trigger.last;
        bool clause = dgm_is_clause(w->deprel) && (w->deprel != DGM_REL_ACL || steps > 0);
        if ((event && !own) || clause || (w->deprel == DGM_REL_CONJ && w->upos == DGM_VERB))
            return FAR;
        at = w->head;
    }
    return FAR;
}

/* As for times: the predicate whose place is that of i too. */
static uint32_t up(const dgm_sentence *s, uint32_t i, uint32_t *cost)
{
    const dgm_word *w = s->words + i;
    switch (w->deprel) {
    case DGM_REL_XCOMP:
    case DGM_REL_OBJ:
    case DGM_REL_NSUBJ:
    case DGM_REL_NSUBJ_PASS:
    case DGM_REL_COMPOUND:
        *cost += 4;
        return w->head;
    case DGM_REL_CONJ:
        if (dgm_child_of(s->tree, i, DGM_REL_NSUBJ) || dgm_child_of(s->tree, i, DGM_REL_NSUBJ_PASS))
            return 0;
        *cost += 6;
        return w->head;
    case DGM_REL_OBL:
    case DGM_REL_OBL_AGENT:
    case DGM_REL_NMOD:
        *cost += 12;
        return w->head;
    case DGM_REL_ADVCL:
        if (dgm_child_of(s->tree, i, DGM_REL_MARK) || dgm_child_of(s->tree, i, DGM_REL_NSUBJ))
            return 0;
        *cost += 10;
        return w->head;
    default:
        return 0;
    }
}

static bool among(const dgm_document *doc, const dgm_participant *at, uint32_t n,
                  const place_name *m)
{
    for (uint32_t i = 0; i < n; i++) {
        if (at[i].mention >= doc->mentions.n)
            continue;
        const dgm_mention *mention = doc->mentions.at + at[i].mention;
        if (mention->span.sentence == m->sentence && mention->head == m->head)
            return true;
    }
    return false;
}

static bool acts(const dgm_document *doc, const dgm_event *event, const place_name *m)
{
    return among(doc, event->actors.at, event->actors.n, m);
}

static bool takes_part(const dgm_document *doc, const dgm_event *event, const place_name *m)
{
    return acts(doc, event, m) || among(doc, event->recipients.at, event->recipients.n, m);
}

/* What the first of conjuncts hangs on. */
static uint32_t governor(const dgm_sentence *s, uint32_t i)
{
    for (uint32_t n = 0; n < 8 && s->words[i].deprel == DGM_REL_CONJ; n++)
        i = s->words[i].head;
    return s->words[i].head;
}

/* Whether a name that stands so can be where this event happened. */
static bool may_hold(const dgm_document *doc, const dgm_event *event, const place_name *m)
{
    bool bodily = dgm_place_is_bodily(event->type);
    bool country = m->chosen->kind == DGM_PLACE_COUNTRY;
    const dgm_sentence *s = doc->sentences.at + m->sentence;
    switch (m->stand) {
    case STAND_AT:
    case STAND_MODIFIER:
        return !country || !takes_part(doc, event, m) || m->stand == STAND_AT;
    case STAND_TOWARD:
        return (bodily || (event->type == DGM_AID && !country)) &&
               !(country && takes_part(doc, event, m));
    case STAND_OBJECT:
        return bodily && governor(s, m->host) == event->trigger_word && !acts(doc, event, m) &&
               (!country || event->type == DGM_CONSULT);
    default:
        return false;
    }
}

static uint32_t cost_of(const dgm_document *doc, const dgm_event *event, const place_name *m)
{
    const dgm_sentence *s = doc->sentences.at + m->sentence;
    uint32_t p = event->trigger_word, cost = 0;
    if (p == 0 || p > s->n_words || (m->first <= p && p <= m->last))
        return FAR;
    for (uint32_t n = 0; p != 0 && n < MAX_CLIMB; n++) {
        uint32_t steps = hangs_on(doc, event, s->words[m->host].head, p);
        if (steps < FAR && (m->stand == STAND_AT || cost <= MAX_TOWARD))
            return DGM_MIN(FAR - 1, cost + steps * 3 + (m->stand == STAND_AT ? 0 : 2));
        p = up(s, p, &cost);
    }
    return FAR;
}

static bool add_location(dgm_document *doc, uint32_t i_event, uint32_t i_place)
{
    dgm_event *event = doc->events.at + i_event;
    uint32_t *at = dgm_push(doc->arena, &event->locations);
    if (!at)
        return false;
    *at = i_place;
    dgm_note(doc, "grounding", event->trigger.sentence, i_event, "place \"%.*s\"",
             DGM_FMT(dgm_span_text(doc, doc->places.at[i_place].span)));
    return true;
}

/* Whether nobody of another country takes part. */
static bool is_home_affair(const dgm_document *doc, const dgm_event *event, const char *country)
{
    const dgm_participant *sides[] = { event->actors.at, event->recipients.at };
    uint32_t n[] = { event->actors.n, event->recipients.n };
    for (uint32_t k = 0; k < DGM_LEN(sides); k++)
        for (uint32_t i = 0; i < n[k]; i++) {
            const char *theirs = doc->entities.at[sides[k][i].entity].country;
            if (theirs[0] && strcmp(theirs, country) != 0)
                return false;
        }
    return true;
}

/* "KHARTOUM (Agency) - Soldiers arrested the minister": what the first sentence tells of the
 * country's own people was done where it was reported. The dateline may be a sentence of its own.
 */
static const place_name *dateline_of(const place_search *x, const dgm_event *event, uint32_t first)
{
    uint32_t sentence = event->trigger.sentence;
    while (first > 0 && x->names.at[first - 1].sentence + 1 == sentence)
        first--;
    const place_name *m = first < x->names.n ? x->names.at + first : NULL;
    bool close =
        m && (m->sentence == sentence ||
              (m->sentence + 1 == sentence && !x->doc->sentences.at[sentence].begins_paragraph));
    bool usable = close && m->stand == STAND_DATELINE && m->place != DGM_NONE &&
                  m->chosen->kind != DGM_PLACE_COUNTRY;
    /* A sentence before that tells of something is the lead, not a dateline alone. */
    for (uint32_t i = 0; usable && m->sentence < sentence && i < x->doc->events.n; i++)
        usable = x->doc->events.at[i].trigger.sentence != m->sentence;
    return usable && dgm_place_is_bodily(event->type) &&
                   is_home_affair(x->doc, event, m->chosen->country)
               ? m
               : NULL;
}

/* The nearest place and, where it is one of several joined by "and", those too. */
static bool place_event(place_search *x, uint32_t i_event, uint32_t first)
{
    dgm_document *doc = x->doc;
    const dgm_event *event = doc->events.at + i_event;
    const place_name *best = NULL;
    uint32_t least = FAR;
    uint32_t sentence = event->trigger.sentence;
    for (uint32_t i = first; i < x->names.n && x->names.at[i].sentence == sentence; i++) {
        const place_name *m = x->names.at + i;
        uint32_t cost =
            m->place != DGM_NONE && may_hold(doc, event, m) ? cost_of(doc, event, m) : FAR;
        if (cost < least) {
            least = cost;
            best = m;
        }
    }
    if (!best)
        best = dateline_of(x, event, first);
    if (!best)
        return true;
    if (!add_location(doc, i_event, best->place))
        return false;
    const dgm_sentence *s = doc->sentences.at + sentence;
    for (uint32_t i = first; i < x->names.n && x->names.at[i].sentence == sentence; i++) {
        const place_name *m = x->names.at + i;
        bool joined = m != best && m->place != DGM_NONE &&
                      s->words[m->host].deprel == DGM_REL_CONJ &&
                      s->words[m->host].head == best->host;
        bool alike = joined && (m->chosen->kind == DGM_PLACE_COUNTRY) ==
                                   (best->chosen->kind == DGM_PLACE_COUNTRY);
        bool party = m->stand == STAND_OBJECT && m->chosen->kind != DGM_PLACE_COUNTRY
                         ? acts(doc, event, m)
                         : takes_part(doc, event, m);
        if (alike && !party && !add_location(doc, i_event, m->place))
            return false;
        event = doc->events.at + i_event;
    }
    return true;
}

bool dgm_place_events(place_search *x)
{
    dgm_document *doc = x->doc;
    uint32_t *first = DGM_NEW(doc->arena, uint32_t, (size_t)doc->sentences.n + 1);
    if (!first)
        return false;
    uint32_t i_name = 0;
    for (uint32_t s = 0; s < doc->sentences.n; s++) {
        while (i_name < x->names.n && x->names.at[i_name].sentence < s)
            i_name++;
        first[s] = i_name;
    }
    for (uint32_t i = 0; i < doc->events.n; i++) {
        uint32_t s = doc->events.at[i].trigger.sentence;
        if (s < doc->sentences.n && !place_event(x, i, first[s]))
            return false;
    }
    return true;
}
