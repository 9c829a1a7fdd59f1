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
        bool own = at >= of->trigger.first && at <= of->trigger.last;
        bool clause = dgm_is_clause(w->deprel) && (w->deprel != DGM_REL_ACL || steps > 0);
        if ((dgm_event_of(doc, w) && !own) || clause ||
            (w->deprel == DGM_REL_CONJ && w->upos == DGM_VERB))
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
    return s->words[dgm_first_conjunct(s->tree, i)].head;
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
        return (bodily || (dgm_like(event->type) == DGM_AID && !country)) &&
               !(country && takes_part(doc, event, m));
    case STAND_OBJECT:
        return bodily && governor(s, m->host) == event->trigger_word && !acts(doc, event, m) &&
               (!country || dgm_like(event->type) == DGM_CONSULT);
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

static bool add_location(dgm_document *doc, uint32_t i_event, uint32_t i_place,
                         dgm_place_basis basis)
{
    dgm_event *event = doc->events.at + i_event;
    for (uint32_t i = 0; i < event->locations.n; i++)
        if (event->locations.at[i] == i_place)
            return true;
    uint32_t *at = dgm_push(doc->arena, &event->locations);
    if (!at)
        return false;
    *at = i_place;
    event->place_basis = basis;
    dgm_note(doc, "grounding", event->trigger.sentence, i_event, "place \"%.*s\", by the %s",
             DGM_FMT(dgm_span_text(doc, doc->places.at[i_place].span)),
             dgm_place_basis_name(basis));
    return true;
}

static bool is_country(const place_name *m)
{
    return m->chosen->kind == DGM_PLACE_COUNTRY;
}

/* ---- the event's own clause ------------------------------------------------------------------ */

static const place_name *in_clause(const place_search *x, const dgm_event *event, uint32_t *cost)
{
    const place_name *best = NULL;
    uint32_t sentence = event->trigger.sentence;
    *cost = FAR;
    for (uint32_t i = x->first[sentence]; i < x->first[sentence + 1]; i++) {
        const place_name *m = x->names.at + i;
        uint32_t now =
            m->place != DGM_NONE && may_hold(x->doc, event, m) ? cost_of(x->doc, event, m) : FAR;
        if (now < *cost) {
            *cost = now;
            best = m;
        }
    }
    return best;
}

/* "Kidal in northern Mali", where only Mali is put there by a preposition: Kidal. */
static const place_name *innermost(const place_search *x, const dgm_event *event,
                                   const place_name *m)
{
    for (uint32_t n = 0; n < 4 && m->inner < x->names.n; n++) {
        const place_name *inner = x->names.at + m->inner;
        /* "attacked Camp Falcon in Baghdad": what suffers it is where it happens. */
        bool party = inner->chosen->kind == DGM_PLACE_SITE ? acts(x->doc, event, inner)
                                                           : takes_part(x->doc, event, inner);
        bool fit = inner->place != DGM_NONE && inner->stand != STAND_DATELINE && !party;
        if (!fit)
            break;
        m = inner;
    }
    return m;
}

/* ---- its sentence ---------------------------------------------------------------------------- */

/* Whether another event of the sentence, beside this one, has the place in its own clause. */
static bool is_taken(const place_search *x, const dgm_event *event, const place_name *m)
{
    uint32_t sentence = event->trigger.sentence;
    for (uint32_t i = x->events.first[sentence]; i < x->events.first[sentence + 1]; i++) {
        const dgm_event *other = x->doc->events.at + x->events.at[i];
        if (other == event || other->place_basis != DGM_BASIS_CLAUSE)
            continue;
        for (uint32_t k = 0; k < other->locations.n; k++)
            if (other->locations.at[k] == m->place)
                return true;
    }
    return false;
}

static uint32_t distance(const dgm_event *event, const place_name *m)
{
    uint32_t p = event->trigger_word;
    return m->first > p ? m->first - p : p - m->first + 8;
}

/* "Issued a warrant over torture at a prison in Tripoli", "ratified a treaty that lets troops train
 * in Laikipia": what hangs on a deed in what is said, or on its clause, is where that is done;
 * words are said elsewhere. */
static bool is_of_what_is_said(const dgm_document *doc, const dgm_event *event, const place_name *m)
{
    const dgm_sentence *s = doc->sentences.at + event->trigger.sentence;
    uint32_t p = event->trigger_word, subject = p ? dgm_child_of(s->tree, p, DGM_REL_NSUBJ) : 0;
    bool of_doer = subject && dgm_is_under(s->tree, subject, m->host);
    return !dgm_place_is_bodily(event->type) && p != 0 && m->sentence == event->trigger.sentence &&
           !of_doer && dgm_is_under(s->tree, p, m->host) &&
           hangs_on(doc, event, s->words[m->host].head, p) == FAR;
}

/* What is put somewhere in the sentence: by deeds of hands and feet shared, unless it is a side. */
static const place_name *in_sentence(const place_search *x, const dgm_event *event)
{
    const place_name *best = NULL;
    uint32_t least = FAR, sentence = event->trigger.sentence;
    bool bodily = dgm_place_is_bodily(event->type);
    for (uint32_t i = x->first[sentence]; i < x->first[sentence + 1]; i++) {
        const place_name *m = x->names.at + i;
        bool put = m->stand == STAND_AT || m->stand == STAND_MODIFIER ||
                   (m->stand == STAND_OBJECT && bodily) ||
                   (m->stand == STAND_TOWARD && bodily && !is_country(m)) ||
                   (m->stand == STAND_KNOWN && m->unknown);
        uint32_t now =
            distance(event, m) + (is_country(m) ? 20 : 0) + (m->stand == STAND_AT ? 0 : 6);
        if (m->place == DGM_NONE || !put || now >= least)
            continue;
        bool side = takes_part(x->doc, event, m) && (m->stand != STAND_AT || is_country(m));
        if (side || (!bodily && is_taken(x, event, m)) || is_of_what_is_said(x->doc, event, m))
            continue;
        least = now;
        best = m;
    }
    return best;
}

/* ---- the report ------------------------------------------------------------------------------ */

/* Whether nobody of another country takes part. */
static bool is_of_country(const dgm_document *doc, const dgm_participant *at, uint32_t n,
                          const char *country, bool *some)
{
    for (uint32_t i = 0; i < n; i++) {
        const char *theirs = doc->entities.at[at[i].entity].country;
        *some |= strcmp(theirs, country) == 0;
        if (theirs[0] && strcmp(theirs, country) != 0)
            return false;
    }
    return true;
}

static bool is_home_affair(const dgm_document *doc, const dgm_event *event, const char *country)
{
    bool some = false;
    return is_of_country(doc, event->actors.at, event->actors.n, country, &some) &&
           is_of_country(doc, event->recipients.at, event->recipients.n, country, &some);
}

/* The African Union that condemns a coup, a state that calls for calm: who is of no part of the
 * country speaks and helps from elsewhere. */
static bool is_from_elsewhere(const dgm_document *doc, const dgm_event *event, const char *country)
{
    if (dgm_place_is_bodily(event->type))
        return false;
    bool known = false;
    for (uint32_t i = 0; i < event->actors.n; i++) {
        const char *theirs = doc->entities.at[event->actors.at[i].entity].country;
        if (strcmp(theirs, country) == 0)
            return false;
        known |= theirs[0] != 0;
    }
    return known;
}

/* Whether somebody of the country takes part, or nobody is known to be of any. */
static bool concerns(const dgm_document *doc, const dgm_event *event, const char *country)
{
    const dgm_participant *sides[] = { event->actors.at, event->recipients.at };
    uint32_t n[] = { event->actors.n, event->recipients.n };
    bool known = false;
    for (uint32_t k = 0; k < DGM_LEN(sides); k++)
        for (uint32_t i = 0; i < n[k]; i++) {
            const char *theirs = doc->entities.at[sides[k][i].entity].country;
            if (theirs[0] && strcmp(theirs, country) == 0)
                return true;
            known |= theirs[0] != 0;
        }
    return !known;
}

/* "KHARTOUM (Agency) -": the report's own, unless a story of several comes to another. */
static const place_name *dateline_of(const place_search *x, uint32_t sentence)
{
    for (uint32_t i = x->first[sentence + 1]; i-- > 0;) {
        const place_name *m = x->names.at + i;
        if (m->stand == STAND_DATELINE && m->place != DGM_NONE && !is_country(m) &&
            (i == 0 || x->names.at[i - 1].sentence != m->sentence ||
             x->names.at[i - 1].stand != STAND_DATELINE))
            return m;
    }
    return NULL;
}

/* What people of the country do to each other was done where it was reported; what its government
 * says, too. */
static bool fits_dateline(const dgm_document *doc, const dgm_event *event, const place_name *m)
{
    bool some = false;
    if (dgm_place_is_bodily(event->type))
        return is_home_affair(doc, event, m->chosen->country);
    return is_of_country(doc, event->actors.at, event->actors.n, m->chosen->country, &some) && some;
}

static bool shares_somebody(const dgm_event *a, const dgm_event *b)
{
    const dgm_participant *of[2][2] = { { a->actors.at, a->recipients.at },
                                        { b->actors.at, b->recipients.at } };
    uint32_t n[2][2] = { { a->actors.n, a->recipients.n }, { b->actors.n, b->recipients.n } };
    for (uint32_t i = 0; i < 2; i++)
        for (uint32_t k = 0; k < n[0][i]; k++)
            for (uint32_t j = 0; j < 2; j++)
                for (uint32_t l = 0; l < n[1][j]; l++)
                    if (of[0][i][k].entity == of[1][j][l].entity)
                        return true;
    return false;
}

/* "the attack", "the arrests" speak of something told before. */
static bool is_definite(const dgm_document *doc, const dgm_event *event)
{
    const dgm_sentence *s = doc->sentences.at + event->trigger.sentence;
    uint32_t p = event->trigger_word, det = p ? dgm_child_of(s->tree, p, DGM_REL_DETREL) : 0;
    return det && (dgm_function_is(s->tree, det, DGM_FN_THE) ||
                   dgm_function_is(s->tree, det, DGM_FN_POINTING));
}

/* Whether the place of an event told before is likely that of this one. */
static bool belongs_to(const dgm_document *doc, const dgm_event *event, const dgm_event *before)
{
    uint32_t i_before = (uint32_t)(before - doc->events.at);
    if (event->content_of == i_before || before->content_of == (uint32_t)(event - doc->events.at))
        return dgm_place_is_bodily(event->type);
    if (!dgm_place_is_bodily(event->type))
        return false;
    bool alike = dgm_place_is_bodily(before->type);
    return alike && (event->type == before->type || is_definite(doc, event) ||
                     shares_somebody(event, before));
}

/* The first of the three sentences before this one that tell something. */
static uint32_t begin_of_reach(const place_search *x, uint32_t i_sentence)
{
    enum { TELLING = 3, ALL = 8 };
    uint32_t first = i_sentence, n = 0;
    while (first > 0 && n < TELLING && i_sentence - first < ALL)
        n += x->tells[--first];
    return first;
}

/* The nearest event of this sentence or of the three before it. */
static const dgm_event *event_before(const place_search *x, uint32_t i_event)
{
    const dgm_document *doc = x->doc;
    const dgm_event *event = doc->events.at + i_event, *best = NULL;
    uint32_t sentence = event->trigger.sentence, first = begin_of_reach(x, sentence);
    for (uint32_t k = x->events.first[first]; k < x->events.first[sentence + 1]; k++) {
        uint32_t i = x->events.at[k];
        const dgm_event *e = doc->events.at + i;
        bool told = i != i_event && e->locations.n > 0 && e->place_basis <= DGM_BASIS_SENTENCE;
        if (told && belongs_to(doc, event, e) &&
            (!best || e->trigger.sentence > best->trigger.sentence))
            best = e;
    }
    return best;
}

/* Behind the first two sentences that name somebody: "the weather was mild" is no lead. */
static uint32_t end_of_lead(const dgm_document *doc)
{
    enum { LEAD = 2 };
    uint32_t n = 0, last = 0;
    for (uint32_t i = 0; i < doc->mentions.n && n < LEAD; i++) {
        const dgm_mention *m = doc->mentions.at + i;
        if (m->n_entities == 0 || (n > 0 && m->span.sentence == last))
            continue;
        last = m->span.sentence;
        n++;
    }
    return n < LEAD ? doc->sentences.n : last + 1;
}

/* What the report is about happened there: the place of its first event that has one, else the
 * first place where something is. */
static const dgm_place *main_place(const place_search *x, const dgm_event *event, uint32_t *i_place)
{
    const dgm_document *doc = x->doc;
    const uint32_t lead = end_of_lead(doc);
    for (uint32_t k = 0; k < x->events.first[lead]; k++) {
        const dgm_event *e = doc->events.at + x->events.at[k];
        if (e->locations.n == 0 || e->place_basis > DGM_BASIS_SENTENCE)
            continue;
        *i_place = e->locations.at[0];
        return doc->places.at + *i_place;
    }
    for (uint32_t i = 0; i < x->names.n && x->names.at[i].sentence < lead; i++) {
        const place_name *m = x->names.at + i;
        if (m->place != DGM_NONE && m->stand == STAND_AT && !is_of_what_is_said(doc, event, m)) {
            *i_place = m->place;
            return doc->places.at + *i_place;
        }
    }
    return NULL;
}

/* ---- one event after the other --------------------------------------------------------------- */

/* The place and, where it is one of several joined by "and", those too. */
static bool take(place_search *x, uint32_t i_event, const place_name *best, dgm_place_basis basis)
{
    dgm_document *doc = x->doc;
    const dgm_sentence *s = doc->sentences.at + best->sentence;
    bool good = add_location(doc, i_event, best->place, basis);
    for (uint32_t i = x->first[best->sentence]; good && i < x->first[best->sentence + 1]; i++) {
        const dgm_event *event = doc->events.at + i_event;
        const place_name *m = x->names.at + i;
        bool joined = m != best && m->place != DGM_NONE &&
                      s->words[m->host].deprel == DGM_REL_CONJ &&
                      s->words[m->host].head == best->host;
        bool party = m->stand == STAND_OBJECT && !is_country(m) ? acts(doc, event, m)
                                                                : takes_part(doc, event, m);
        if (joined && is_country(m) == is_country(best) && !party)
            good = add_location(doc, i_event, m->place, basis);
    }
    return good;
}

/* "Strikes on Iran", "troops sent to Chad": who suffers it, or is sent it, is where it happens. */
static const place_name *target(const place_search *x, const dgm_event *event)
{
    uint32_t sentence = event->trigger.sentence;
    dgm_event_type like = dgm_like(event->type);
    if (like != DGM_ASSAULT && like != DGM_MOBILIZE && like != DGM_CONSULT)
        return NULL;
    for (uint32_t i = x->first[sentence]; i < x->first[sentence + 1]; i++) {
        const place_name *m = x->names.at + i;
        if (m->place != DGM_NONE && (m->stand == STAND_TOWARD || m->stand == STAND_AT) &&
            takes_part(x->doc, event, m) && !acts(x->doc, event, m) &&
            cost_of(x->doc, event, m) < FAR)
            return m;
    }
    return NULL;
}

/* A place inside that of the clause, told elsewhere in the sentence: "its first attack in Nigeria,
 * killing a soldier in Kwara State". */
static const place_name *finer(const place_search *x, const dgm_event *event, const place_name *m)
{
    const place_name *other = in_sentence(x, event);
    bool wide = is_country(m) && !takes_part(x->doc, event, m);
    return wide && other && !is_country(other) && dgm_place_is_bodily(event->type) &&
                   strcmp(other->chosen->country, m->chosen->country) == 0 &&
                   !is_taken(x, event, other)
               ? other
               : NULL;
}

static bool place_by_clause(place_search *x, uint32_t i_event)
{
    uint32_t cost;
    const dgm_event *event = x->doc->events.at + i_event;
    const place_name *best = in_clause(x, event, &cost);
    if (!best)
        best = target(x, event);
    return !best || take(x, i_event, innermost(x, event, best), DGM_BASIS_CLAUSE);
}

static const place_name *name_of(const place_search *x, uint32_t i_place)
{
    for (uint32_t i = 0; i < x->names.n; i++)
        if (x->names.at[i].place == i_place)
            return x->names.at + i;
    return NULL;
}

static bool place_by_sentence(place_search *x, uint32_t i_event)
{
    dgm_event *event = x->doc->events.at + i_event;
    if (event->locations.n > 0) {
        const place_name *m = name_of(x, event->locations.at[0]);
        const place_name *better = m ? finer(x, event, m) : NULL;
        if (!better)
            return true;
        event->locations.n = 0;
        return take(x, i_event, better, DGM_BASIS_SENTENCE);
    }
    const place_name *best = in_sentence(x, event);
    return !best || take(x, i_event, innermost(x, event, best), DGM_BASIS_SENTENCE);
}

static bool place_by_story(place_search *x, uint32_t i_event)
{
    dgm_document *doc = x->doc;
    const dgm_event *event = doc->events.at + i_event;
    if (event->locations.n > 0)
        return true;
    const dgm_event *before = event_before(x, i_event);
    if (before) {
        bool here = before->trigger.sentence == event->trigger.sentence;
        bool good = true;
        for (uint32_t i = 0; good && i < before->locations.n; i++)
            good = add_location(doc, i_event, before->locations.at[i],
                                here ? DGM_BASIS_SENTENCE : DGM_BASIS_STORY);
        return good;
    }
    const place_name *dateline = dateline_of(x, event->trigger.sentence);
    if (dateline && fits_dateline(doc, event, dateline))
        return add_location(doc, i_event, dateline->place, DGM_BASIS_DATELINE);
    uint32_t i_place;
    const dgm_place *place = main_place(x, event, &i_place);
    return !place || !concerns(doc, event, place->country) ||
           is_from_elsewhere(doc, event, place->country) ||
           add_location(doc, i_event, i_place, DGM_BASIS_STORY);
}

bool dgm_place_events(place_search *x)
{
    static bool (*const steps[])(place_search *, uint32_t) = { place_by_clause, place_by_sentence,
                                                               place_by_story };
    dgm_document *doc = x->doc;
    x->first = DGM_NEW(doc->arena, uint32_t, (size_t)doc->sentences.n + 1);
    x->tells = dgm_telling_sentences(doc);
    if (!x->first || !x->tells || !dgm_events_by_sentence(doc, &x->events))
        return false;
    for (uint32_t s = 0, i = 0; s <= doc->sentences.n; s++) {
        while (i < x->names.n && x->names.at[i].sentence < s)
            i++;
        x->first[s] = i;
    }
    for (size_t k = 0; k < DGM_LEN(steps); k++)
        for (uint32_t i = 0; i < doc->events.n; i++)
            if (dgm_stopped(doc) ||
                (doc->events.at[i].trigger.sentence < doc->sentences.n && !steps[k](x, i)))
                return false;
    return true;
}
