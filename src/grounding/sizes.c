/* How many died, were arrested, marched, and how much was paid. Each number of a sentence is asked
 * what it counts (the verb above it, the word itself, what is said of it) and then given to the
 * event that did it: that of its own verb, the nearest above or beside it, or the last before. */
#include "grounding/sizes.h"

#include "grounding/times.h"

#include <math.h>

enum { MAX_CLIMB = 24, MAX_BACK = 3, FAR = 1000 };

typedef struct {
    const dgm_quantity_words *words;
    dgm_document *doc;
    const dgm_tree *t;
    uint32_t sentence;
} counting;

typedef struct {
    dgm_quantity quantity;
    uint32_t noun; /* what the number stands with, or its own head */
    uint32_t by;   /* the word that tells what is counted */
    dgm_size_kind kind;
    bool correction;
    dgm_view currency;
} count;

/* ---- what a number counts -------------------------------------------------------------------- */

static uint32_t noun_of(const counting *c, const dgm_quantity *q)
{
    const dgm_sentence *s = c->t->s;
    uint32_t noun = dgm_span_head(s, q->number, q->end);
    for (uint32_t n = 0; n < 3 && s->words[noun].head != 0; n++) {
        dgm_deprel rel = s->words[noun].deprel;
        bool attribute = rel == DGM_REL_COMPOUND ||
                         (n == 0 && (rel == DGM_REL_NUMMOD || rel == DGM_REL_AMOD ||
                                     rel == DGM_REL_DETREL || rel == DGM_REL_DET_PREDET));
        if (!attribute)
            break;
        noun = s->words[noun].head;
    }
    /* "between 20 and 30 fighters", hung on the verb beside them */
    if (q->min < q->max && s->words[noun].upos == DGM_NUM && q->last < s->n_words &&
        s->words[q->last + 1].upos == DGM_NOUN && noun >= q->first && noun <= q->last)
        return q->last + 1;
    return noun;
}

/* What the first of conjuncts is to its verb: "two soldiers and three farmers". */
static uint32_t first_conjunct(const dgm_sentence *s, uint32_t from)
{
    uint32_t word = from;
    for (uint32_t n = 0; n < 6 && s->words[word].deprel == DGM_REL_CONJ && s->words[word].head &&
                         s->words[s->words[word].head].upos != DGM_VERB;
         n++)
        word = s->words[word].head;
    /* "the commander Musa Bello and four others", hung on the name */
    bool name = word != from && s->words[word].deprel == DGM_REL_APPOS;
    return name && s->words[word].head ? s->words[word].head : word;
}

static bool has_participle(const counting *c, uint32_t noun, dgm_size_kind *kind, uint32_t *by)
{
    DGM_EACH_CHILD(c->t, noun, w)
    {
        dgm_deprel rel = c->t->s->words[w].deprel;
        bool said = rel == DGM_REL_ACL || rel == DGM_REL_AMOD || rel == DGM_REL_ACL_RELCL;
        if (said && (dgm_is_past_participle(c->t->s->words + w) || rel == DGM_REL_AMOD) &&
            (dgm_quantity_counts(c->words, c->t, w, DGM_HOW_SELF, kind) ||
             dgm_quantity_counts(c->words, c->t, w, DGM_HOW_OBJECT, kind))) {
            *by = w;
            return true;
        }
    }
    return false;
}

/* "left 12 dead", "leaving 12 wounded"; "12 are reported to be killed", "forced 300 to flee". */
static bool by_predicate(const counting *c, uint32_t verb, count *n)
{
    const dgm_sentence *s = c->t->s;
    DGM_EACH_CHILD(c->t, verb, w)
    {
        if (s->words[w].deprel != DGM_REL_XCOMP)
            continue;
        bool suffers = dgm_is_passive(c->t, w) ||
                       (dgm_is_past_participle(s->words + w) && !dgm_is_perfect(c->t, w));
        if (dgm_quantity_counts(c->words, c->t, w, DGM_HOW_SELF, &n->kind) ||
            dgm_quantity_counts(c->words, c->t, w, suffers ? DGM_HOW_OBJECT : DGM_HOW_SUBJECT,
                                &n->kind)) {
            n->by = w;
            return true;
        }
    }
    return false;
}

/* "killed at least 12 soldiers": the preposition is the bound's, and the noun an object. */
static bool is_bare(const counting *c, const count *n)
{
    DGM_EACH_CHILD(c->t, n->noun, w)
    if (c->t->s->words[w].deprel == DGM_REL_CASE && (w < n->quantity.first || w > n->quantity.last))
        return false;
    return true;
}

/* "arrested along with two others". */
static bool is_joined(const counting *c, uint32_t word)
{
    const dgm_word *w = c->t->s->words + word;
    if (dgm_deprel_main(w->deprel) != DGM_REL_OBL)
        return false;
    DGM_EACH_CHILD(c->t, word, k)
    if (c->t->s->words[k].deprel == DGM_REL_CASE && dgm_quantity_is_joining(c->words, c->t, k))
        return true;
    return false;
}

static bool by_verb(const counting *c, count *n)
{
    const dgm_sentence *s = c->t->s;
    uint32_t word = first_conjunct(s, n->noun), verb = s->words[word].head;
    dgm_deprel rel = s->words[word].deprel;
    if (verb == 0)
        return false;
    if (verb == n->quantity.last + 1 && s->words[verb].deprel == DGM_REL_ADVMOD)
        verb = s->words[verb].head; /* "six more were wounded", hung on "more" */
    n->by = verb;
    bool more = rel == DGM_REL_ADVMOD && n->noun != n->quantity.number;
    if (more || is_joined(c, word))
        rel = dgm_is_passive(c->t, verb) ? DGM_REL_NSUBJ_PASS : DGM_REL_OBJ;
    if ((rel == DGM_REL_OBL || rel == DGM_REL_OBL_UNMARKED) && is_bare(c, n) && n->noun > verb)
        rel = DGM_REL_OBJ;
    bool passive =
        rel == DGM_REL_NSUBJ_PASS || (rel == DGM_REL_NSUBJ && dgm_is_passive(c->t, verb));
    bool suffers = rel == DGM_REL_OBJ || passive ||
                   (rel == DGM_REL_NSUBJ && dgm_is_past_participle(s->words + verb));
    if (suffers && dgm_quantity_counts(c->words, c->t, verb, DGM_HOW_OBJECT, &n->kind))
        return true;
    if (rel == DGM_REL_NSUBJ && !passive &&
        dgm_quantity_counts(c->words, c->t, verb, DGM_HOW_SUBJECT, &n->kind))
        return true;
    if (rel == DGM_REL_OBL_AGENT &&
        dgm_quantity_counts(c->words, c->t, verb, DGM_HOW_SUBJECT, &n->kind))
        return true;
    if (has_participle(c, n->noun, &n->kind, &n->by) ||
        ((rel == DGM_REL_OBJ || passive) && by_predicate(c, verb, n)))
        return true;
    /* "two were dead": the adjective is the predicate */
    return rel == DGM_REL_NSUBJ && s->words[verb].upos != DGM_VERB &&
           dgm_quantity_counts(c->words, c->t, verb, DGM_HOW_SELF, &n->kind);
}

/* "the killing of three soldiers". */
static bool by_noun(const counting *c, count *n)
{
    uint32_t word = first_conjunct(c->t->s, n->noun);
    if (c->t->s->words[word].deprel != DGM_REL_NMOD || !dgm_has_function(c->t, word, DGM_FN_OF))
        return false;
    n->by = c->t->s->words[word].head;
    return dgm_quantity_counts(c->words, c->t, n->by, DGM_HOW_OBJECT, &n->kind);
}

/* "the number of injured", "the number of people killed". */
static bool is_tally(const counting *c, uint32_t word, count *n)
{
    if (!dgm_quantity_is_tally(c->words, c->t, word))
        return false;
    if (has_participle(c, word, &n->kind, &n->by))
        return true;
    DGM_EACH_CHILD(c->t, word, w)
    if (c->t->s->words[w].deprel == DGM_REL_NMOD &&
        (dgm_quantity_counts(c->words, c->t, w, DGM_HOW_SELF, &n->kind) ||
         has_participle(c, w, &n->kind, &n->by)))
        return true;
    return false;
}

static bool is_toll(const counting *c, uint32_t word, count *n)
{
    n->kind = DGM_SIZE_DEAD;
    return dgm_quantity_is_toll(c->words, c->t, word) || is_tally(c, word, n);
}

/* What it rose to, not what it rose by or with. */
static bool is_reached(const counting *c, const count *n)
{
    DGM_EACH_CHILD(c->t, n->noun, w)
    if (c->t->s->words[w].deprel == DGM_REL_CASE &&
        (w < n->quantity.first || w > n->quantity.last) && !dgm_function_is(c->t, w, DGM_FN_TO) &&
        !dgm_function_is(c->t, w, DGM_FN_AT) && !dgm_function_is(c->t, w, DGM_FN_OF))
        return false;
    return true;
}

/* "the toll rose to 12", "brought the toll to 12", "a toll of 12". */
static bool by_toll(const counting *c, count *n)
{
    const dgm_sentence *s = c->t->s;
    uint32_t over = s->words[n->noun].head;
    if (over == 0 || !is_reached(c, n))
        return false;
    bool to = dgm_has_function(c->t, n->noun, DGM_FN_TO), toll = is_toll(c, over, n);
    for (uint32_t w = c->t->first_child[over]; w && !toll; w = c->t->next_child[w])
        toll = (s->words[w].deprel == DGM_REL_NSUBJ || s->words[w].deprel == DGM_REL_OBJ ||
                s->words[w].deprel == DGM_REL_NSUBJ_PASS) &&
               is_toll(c, w, n);
    /* "brought the number of people killed to 12", hung on "killed" */
    for (uint32_t w = s->words[over].head, k = 0; to && w && k < 2 && !toll;
         k++, w = s->words[w].head)
        toll = is_toll(c, w, n);
    /* the same with "killed" hung on "brought" */
    if (to && !toll && s->words[over].deprel == DGM_REL_XCOMP) {
        uint32_t tally = dgm_child_of(c->t, s->words[over].head, DGM_REL_OBJ);
        toll = tally && dgm_quantity_is_tally(c->words, c->t, tally) &&
               dgm_quantity_counts(c->words, c->t, over, DGM_HOW_OBJECT, &n->kind);
    }
    n->by = over;
    n->correction = toll;
    if (toll && to && n->quantity.min == 0) /* "up to 104": it is there */
        n->quantity.min = n->quantity.max;
    return toll;
}

static dgm_event_type type_at(const counting *c, uint32_t word)
{
    uint32_t e = c->t->s->words[word].event;
    return e < c->doc->events.n ? c->doc->events.at[e].type : DGM_EVENT_NONE;
}

static bool may_have(dgm_event_type type, dgm_size_kind kind)
{
    type = dgm_like(type);
    switch (kind) {
    case DGM_SIZE_DEAD:
    case DGM_SIZE_INJURED:
    case DGM_SIZE_DISPLACED:
        return type == DGM_ASSAULT || type == DGM_COERCE || type == DGM_PROTEST;
    case DGM_SIZE_ARRESTED:
        return type == DGM_COERCE;
    case DGM_SIZE_ABDUCTED:
        return type == DGM_COERCE || type == DGM_ASSAULT;
    case DGM_SIZE_PARTICIPANTS:
        return type == DGM_PROTEST || type == DGM_MOBILIZE;
    default:
        return type == DGM_AID || type == DGM_AGREE || type == DGM_SANCTION ||
               type == DGM_COOPERATE || type == DGM_SUPPORT || type == DGM_CONCEDE ||
               type == DGM_COERCE || type == DGM_REQUEST;
    }
}

/* "Thousands blocked the road", "a march of 10,000 people", where that is a protest. */
static bool by_protest(const counting *c, count *n)
{
    const dgm_word *w = c->t->s->words + first_conjunct(c->t->s, n->noun);
    n->by = w->head;
    n->kind = DGM_SIZE_PARTICIPANTS;
    return w->head && dgm_like(type_at(c, w->head)) == DGM_PROTEST &&
           (w->deprel == DGM_REL_NSUBJ || w->deprel == DGM_REL_NMOD);
}

/* Who is told to be among those counted already. */
static bool is_part(const counting *c, const count *n)
{
    const dgm_sentence *s = c->t->s;
    for (uint32_t i = n->noun, k = 0; i && k < 6; k++, i = s->words[i].head) {
        DGM_EACH_CHILD(c->t, i, w)
        if ((s->words[w].deprel == DGM_REL_CASE || s->words[w].deprel == DGM_REL_MARK) &&
            dgm_quantity_is_part(c->words, c->t, w))
            return true;
        if (s->words[i].deprel != DGM_REL_CONJ && s->words[i].deprel != DGM_REL_NMOD &&
            s->words[i].deprel != DGM_REL_APPOS)
            break;
    }
    return false;
}

static bool is_money(const counting *c, count *n)
{
    uint32_t from = n->quantity.number > 2 ? n->quantity.number - 2 : 1;
    for (uint32_t i = n->quantity.number; i-- > from && n->currency.n == 0;)
        if (c->t->s->words[i].upos == DGM_SYM || i + 1 == n->quantity.number)
            n->currency = dgm_quantity_currency(c->words, c->t, i);
    if (n->currency.n > 0) {
        n->quantity.first = DGM_MIN(n->quantity.first, n->quantity.number - 1);
    } else {
        uint32_t next = n->quantity.last + 1;
        for (uint32_t i = next; i <= c->t->s->n_words && i < next + 2 && n->currency.n == 0; i++)
            n->currency = dgm_quantity_currency(c->words, c->t, i);
    }
    n->kind = DGM_SIZE_MONEY;
    n->by = n->noun;
    return n->currency.n > 0;
}

/* "Three dead and 19 wounded": the word behind the number, wherever it hangs. */
static bool by_next_word(const counting *c, count *n)
{
    uint32_t next = n->quantity.last + 1;
    if (next > c->t->s->n_words)
        return false;
    const dgm_word *w = c->t->s->words + next;
    bool said = w->upos == DGM_ADJ || (dgm_is_past_participle(w) && !dgm_is_passive(c->t, next) &&
                                       !dgm_child_of(c->t, next, DGM_REL_OBJ));
    n->by = next;
    return said && dgm_quantity_counts(c->words, c->t, next, DGM_HOW_SELF, &n->kind);
}

/* "Freed six hostages": what another deed did to them. */
static bool is_set_apart(const counting *c, const count *n)
{
    const dgm_word *w = c->t->s->words + first_conjunct(c->t->s, n->noun);
    dgm_event_type type = type_at(c, w->head);
    return (n->kind == DGM_SIZE_ARRESTED || n->kind == DGM_SIZE_ABDUCTED) &&
           (w->deprel == DGM_REL_OBJ || w->deprel == DGM_REL_NSUBJ_PASS) &&
           type != DGM_EVENT_NONE && !may_have(type, n->kind);
}

static bool what_is_counted(const counting *c, count *n)
{
    if (is_money(c, n))
        return true;
    if (is_part(c, n))
        return false;
    n->correction = false;
    if (by_next_word(c, n))
        return true;
    if (by_verb(c, n))
        return n->kind != DGM_SIZE_MONEY;
    if (by_toll(c, n) || by_noun(c, n))
        return true;
    n->by = n->noun;
    uint32_t of = dgm_child_of(c->t, n->noun, DGM_REL_NMOD); /* "dozens of others wounded" */
    return has_participle(c, n->noun, &n->kind, &n->by) ||
           (dgm_quantity_counts(c->words, c->t, n->noun, DGM_HOW_SELF, &n->kind) &&
            !is_set_apart(c, n)) ||
           (of != 0 && n->noun == n->quantity.number && has_participle(c, of, &n->kind, &n->by)) ||
           by_protest(c, n);
}

/* ---- whose number it is ---------------------------------------------------------------------- */

static bool is_harm(dgm_size_kind kind)
{
    return kind == DGM_SIZE_DEAD || kind == DGM_SIZE_INJURED || kind == DGM_SIZE_DISPLACED;
}

static bool is_arrest(const counting *c, const dgm_event *e)
{
    dgm_size_kind kind;
    return dgm_quantity_counts(c->words, c->doc->sentences.at[e->trigger.sentence].tree,
                               e->trigger_word, DGM_HOW_OBJECT, &kind) &&
           kind == DGM_SIZE_ARRESTED;
}

/* Who is arrested is not hurt by it, unless the number hangs below the arrest. */
static bool fits(const counting *c, uint32_t i, dgm_size_kind kind)
{
    return i < c->doc->events.n && may_have(c->doc->events.at[i].type, kind) &&
           !(is_harm(kind) && is_arrest(c, c->doc->events.at + i));
}

/* "Police fired tear gas at teachers who had blocked a highway, injuring five": not the blockade.
 */
static bool is_harmless(const counting *c, uint32_t i, dgm_size_kind kind)
{
    const dgm_event *events = c->doc->events.at;
    if (!is_harm(kind) || dgm_like(events[i].type) != DGM_PROTEST)
        return false;
    for (uint32_t k = 0; k < c->doc->events.n; k++)
        if (events[k].trigger.sentence == c->sentence && fits(c, k, kind) &&
            dgm_like(events[k].type) != DGM_PROTEST)
            return true;
    return false;
}

static uint32_t event_above(const counting *c, const count *n)
{
    const dgm_sentence *s = c->t->s;
    bool beside = false; /* "two were hurt and 14 arrested" */
    for (uint32_t w = n->by, k = 0; w && k < MAX_CLIMB; k++, w = s->words[w].head) {
        uint32_t e = s->words[w].event;
        bool fit = e < c->doc->events.n &&
                   (beside ? fits(c, e, n->kind) : may_have(c->doc->events.at[e].type, n->kind));
        if (fit && !is_harmless(c, e, n->kind))
            return e;
        beside |= s->words[w].deprel == DGM_REL_CONJ;
    }
    return DGM_NONE;
}

static uint32_t event_beside(const counting *c, const count *n)
{
    uint32_t best = DGM_NONE, least = FAR;
    for (uint32_t i = 0; i < c->doc->events.n; i++) {
        const dgm_event *e = c->doc->events.at + i;
        if (e->trigger.sentence != c->sentence || !fits(c, i, n->kind))
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

/* The last event before this sentence; of a later count, the one that has one already. */
static uint32_t event_before(const counting *c, const count *n)
{
    uint32_t best = DGM_NONE;
    for (uint32_t i = 0; i < c->doc->events.n; i++) {
        const dgm_event *e = c->doc->events.at + i;
        if (e->trigger.sentence >= c->sentence || !fits(c, i, n->kind) ||
            (c->sentence - e->trigger.sentence > MAX_BACK && !n->correction))
            continue;
        bool has = e->sizes[n->kind].span.first != 0;
        bool best_has = best != DGM_NONE && c->doc->events.at[best].sizes[n->kind].span.first != 0;
        if (best == DGM_NONE || has >= best_has)
            best = i;
    }
    return best;
}

static uint32_t event_of(const counting *c, const count *n)
{
    uint32_t i = n->correction ? DGM_NONE : event_above(c, n);
    if (i == DGM_NONE)
        i = event_beside(c, n);
    return i == DGM_NONE && n->kind != DGM_SIZE_MONEY ? event_before(c, n) : i;
}

/* The subject before this one of the same verb; the root: none. */
static uint32_t last_subject(const counting *c, const count *n)
{
    uint32_t last = 0;
    DGM_EACH_CHILD(c->t, c->t->s->words[n->noun].head, w)
    if (w < n->noun && dgm_is_subject(c->t->s->words[w].deprel))
        last = w;
    return last;
}

/* Whom the verb did it to. */
static uint32_t sufferer(const counting *c, uint32_t verb)
{
    uint32_t object = dgm_child_of(c->t, verb, DGM_REL_OBJ);
    return object || !dgm_is_passive(c->t, verb) ? object
                                                 : dgm_subject_of(c->t, verb, DGM_SPOKEN_OF);
}

/* "three others", "three other people", "three of his guards". */
static bool is_others(const counting *c, const count *n)
{
    for (uint32_t i = n->quantity.last + 1; i <= c->t->s->n_words && i <= n->quantity.last + 2; i++)
        if (dgm_is_lemma(c->t, i, "other") || c->t->s->words[i].deprel == DGM_REL_NMOD_POSS)
            return true;
    return false;
}

/* One that no number and no article counts; who is named, or "the" one, only beside others. */
static bool is_one(const counting *c, uint32_t word, bool beside_others)
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
static bool is_summand(const counting *c, const dgm_size *size, const count *n)
{
    const dgm_sentence *s = c->t->s;
    if (size->span.sentence != c->sentence || n->kind > DGM_SIZE_ABDUCTED)
        return false;
    if (s->words[n->noun].deprel == DGM_REL_CONJ)
        return dgm_dominates(s, first_conjunct(s, n->noun), size->span.last);
    /* a list that the parser made two subjects of */
    return dgm_is_subject(s->words[n->noun].deprel) &&
           s->words[n->noun].head == s->words[last_subject(c, n)].head &&
           dgm_dominates(s, last_subject(c, n), size->span.last);
}

/* "The governor and three others", "an officer and his driver": those beside the number whom none
 * counts. */
static uint32_t uncounted(const counting *c, const count *n)
{
    const dgm_sentence *s = c->t->s;
    uint32_t first = first_conjunct(s, n->noun);
    bool joined = is_joined(c, first), others = is_others(c, n);
    uint32_t beside = joined ? sufferer(c, s->words[first].head) : first, found = 0;
    if (beside == 0 || n->quantity.max > n->quantity.min)
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
static bool is_later_count(const counting *c, const dgm_event *e, const count *n)
{
    if (n->correction || e->trigger.sentence == c->sentence)
        return n->correction;
    for (uint32_t i = 1; i <= c->t->s->n_words; i++)
        if (c->t->s->words[i].upos == DGM_ADV && dgm_quantity_is_correction(c->words, c->t, i))
            return true;
    return false;
}

static void give(const counting *c, const count *n)
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
static bool single_at(const counting *c, uint32_t i, dgm_quantity *q)
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

static void count_sentence(const counting *c)
{
    for (uint32_t i = 1; i <= c->t->s->n_words;) {
        count n = { 0 };
        bool number = dgm_quantity_at(c->words, c->t, i, &n.quantity);
        if (!number && !single_at(c, i, &n.quantity)) {
            i++;
            continue;
        }
        n.noun = number ? noun_of(c, &n.quantity) : n.quantity.last;
        bool person = number || (!is_money(c, &n) && n.kind == DGM_SIZE_MONEY);
        if (person && what_is_counted(c, &n) && (number || n.kind <= DGM_SIZE_ABDUCTED))
            give(c, &n);
        i = number ? n.quantity.last + 1 : i + 1;
    }
}

void dgm_sizes_find(const dgm_quantity_words *words, dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        counting c = { .words = words, .doc = doc, .t = doc->sentences.at[i].tree, .sentence = i };
        if (c.t)
            count_sentence(&c);
    }
}
