/* What a number counts: the dead, the arrested, money. The verb above it is asked, the word itself,
 * what is said of it, and what the parser may have made of all these. */
#include "grounding/size_work.h"

uint32_t dgm_size_noun_of(const dgm_counting *c, const dgm_quantity *q)
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

uint32_t dgm_size_first_conjunct(const dgm_sentence *s, uint32_t from)
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

/* "Were killed", "12 killed", but not "have killed". */
static bool undergoes(const dgm_counting *c, uint32_t verb)
{
    return dgm_is_passive(c->t, verb) ||
           (dgm_is_past_participle(c->t->s->words + verb) && !dgm_is_perfect(c->t, verb));
}

static bool has_participle(const dgm_counting *c, uint32_t noun, dgm_size_kind *kind, uint32_t *by)
{
    DGM_EACH_CHILD(c->t, noun, w)
    {
        dgm_deprel rel = c->t->s->words[w].deprel;
        bool said = rel == DGM_REL_ACL || rel == DGM_REL_AMOD || rel == DGM_REL_ACL_RELCL;
        if (said && (undergoes(c, w) || rel == DGM_REL_AMOD) &&
            (dgm_quantity_counts(c->words, c->t, w, DGM_HOW_SELF, kind) ||
             dgm_quantity_counts(c->words, c->t, w, DGM_HOW_OBJECT, kind))) {
            *by = w;
            return true;
        }
    }
    return false;
}

/* "left 12 dead", "12 are reported to be killed", "12 were fatally shot", "12 were taken hostage";
 * "forced 300 to flee". */
static bool tells(const dgm_counting *c, uint32_t w, dgm_size_kind *kind)
{
    const dgm_word *word = c->t->s->words + w;
    bool self = dgm_quantity_counts(c->words, c->t, w, DGM_HOW_SELF, kind);
    if (self && word->deprel == DGM_REL_OBJ)
        return *kind == DGM_SIZE_ABDUCTED && dgm_is_passive(c->t, word->head);
    if (word->deprel != DGM_REL_XCOMP)
        return self && word->deprel == DGM_REL_ADVMOD;
    bool suffers = undergoes(c, w);
    /* "two are reported to have killed 12": a "killed" that is done, not said of the two */
    if (self && (suffers || !dgm_is_perfect(c->t, w)))
        return true;
    return dgm_quantity_counts(c->words, c->t, w, suffers ? DGM_HOW_OBJECT : DGM_HOW_SUBJECT, kind);
}

static bool by_predicate(const dgm_counting *c, uint32_t verb, dgm_count *n)
{
    DGM_EACH_CHILD(c->t, verb, w)
    if (tells(c, w, &n->kind)) {
        n->by = w;
        return true;
    }
    return false;
}

/* "killed at least 12 soldiers": the preposition is the bound's, and the noun an object. */
static bool is_bare(const dgm_counting *c, const dgm_count *n)
{
    DGM_EACH_CHILD(c->t, n->noun, w)
    if (c->t->s->words[w].deprel == DGM_REL_CASE && (w < n->quantity.first || w > n->quantity.last))
        return false;
    return true;
}

bool dgm_size_is_joined(const dgm_counting *c, uint32_t word)
{
    const dgm_word *w = c->t->s->words + word;
    if (dgm_deprel_main(w->deprel) != DGM_REL_OBL)
        return false;
    DGM_EACH_CHILD(c->t, word, k)
    if (c->t->s->words[k].deprel == DGM_REL_CASE && dgm_quantity_is_joining(c->words, c->t, k))
        return true;
    return false;
}

/* What the number's noun is to its verb, and which that is, where the tree puts it elsewhere. */
static dgm_deprel relation_of(const dgm_counting *c, dgm_count *n, uint32_t *out)
{
    const dgm_sentence *s = c->t->s;
    uint32_t word = dgm_size_first_conjunct(s, n->noun), verb = s->words[word].head;
    dgm_deprel rel = s->words[word].deprel;
    if (verb == n->quantity.last + 1 && s->words[verb].deprel == DGM_REL_ADVMOD)
        verb = s->words[verb].head; /* "six more were wounded", hung on "more" */
    *out = verb;
    if (verb == 0)
        return rel;
    bool more = rel == DGM_REL_ADVMOD && n->noun != n->quantity.number;
    if (more || dgm_size_is_joined(c, word))
        rel = dgm_is_passive(c->t, verb) ? DGM_REL_NSUBJ_PASS : DGM_REL_OBJ;
    if ((rel == DGM_REL_OBL || rel == DGM_REL_OBL_UNMARKED) && is_bare(c, n) && n->noun > verb)
        rel = DGM_REL_OBJ;
    return rel;
}

static bool by_verb(const dgm_counting *c, dgm_count *n)
{
    const dgm_sentence *s = c->t->s;
    uint32_t verb;
    dgm_deprel rel = relation_of(c, n, &verb);
    if (verb == 0)
        return false;
    n->by = verb;
    bool passive =
        rel == DGM_REL_NSUBJ_PASS || (rel == DGM_REL_NSUBJ && dgm_is_passive(c->t, verb));
    bool suffers = rel == DGM_REL_OBJ || passive || (rel == DGM_REL_NSUBJ && undergoes(c, verb));
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

static dgm_event_type type_at(const dgm_counting *c, uint32_t word)
{
    const dgm_event *event = dgm_event_of(c->doc, &c->t->s->words[word]);
    return event ? event->type : DGM_EVENT_NONE;
}

/* "the killing of three soldiers". */
static bool by_noun(const dgm_counting *c, dgm_count *n)
{
    uint32_t word = dgm_size_first_conjunct(c->t->s, n->noun);
    /* "police arrest at least 24", taken for a noun, has no "of" */
    if (c->t->s->words[word].deprel != DGM_REL_NMOD ||
        !(dgm_has_function(c->t, word, DGM_FN_OF) ||
          (is_bare(c, n) && n->quantity.first == c->t->s->words[word].head + 1)))
        return false;
    n->by = c->t->s->words[word].head;
    /* "executed for the murders of nine": not who died now */
    if (dgm_has_function(c->t, n->by, DGM_FN_FOR) && type_at(c, n->by) == DGM_EVENT_NONE)
        return false;
    return dgm_quantity_counts(c->words, c->t, n->by, DGM_HOW_OBJECT, &n->kind);
}

/* "the number of injured", "the number of people killed". */
static bool is_tally(const dgm_counting *c, uint32_t word, dgm_count *n)
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

static bool is_toll(const dgm_counting *c, uint32_t word, dgm_count *n)
{
    n->kind = DGM_SIZE_DEAD;
    return dgm_quantity_is_toll(c->words, c->t, word) || is_tally(c, word, n);
}

/* What it rose to, not what it rose by or with. */
static bool is_reached(const dgm_counting *c, const dgm_count *n)
{
    DGM_EACH_CHILD(c->t, n->noun, w)
    if (c->t->s->words[w].deprel == DGM_REL_CASE &&
        (w < n->quantity.first || w > n->quantity.last) && !dgm_function_is(c->t, w, DGM_FN_TO) &&
        !dgm_function_is(c->t, w, DGM_FN_AT) && !dgm_function_is(c->t, w, DGM_FN_OF))
        return false;
    return true;
}

/* "the toll rose to 12", "brought the toll to 12", "a toll of 12". */
static bool by_toll(const dgm_counting *c, dgm_count *n)
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

bool dgm_size_may_have(dgm_event_type type, dgm_size_kind kind)
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
static bool by_protest(const dgm_counting *c, dgm_count *n)
{
    const dgm_word *w = c->t->s->words + dgm_size_first_conjunct(c->t->s, n->noun);
    n->by = w->head;
    n->kind = DGM_SIZE_PARTICIPANTS;
    return w->head && dgm_like(type_at(c, w->head)) == DGM_PROTEST &&
           (w->deprel == DGM_REL_NSUBJ || w->deprel == DGM_REL_NMOD);
}

/* Who is told to be among those counted already. */
static bool is_part(const dgm_counting *c, const dgm_count *n)
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

bool dgm_size_is_money(const dgm_counting *c, dgm_count *n)
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
static bool by_next_word(const dgm_counting *c, dgm_count *n)
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
static bool is_set_apart(const dgm_counting *c, const dgm_count *n)
{
    const dgm_word *w = c->t->s->words + dgm_size_first_conjunct(c->t->s, n->noun);
    dgm_event_type type = type_at(c, w->head);
    return (n->kind == DGM_SIZE_ARRESTED || n->kind == DGM_SIZE_ABDUCTED) &&
           (w->deprel == DGM_REL_OBJ || w->deprel == DGM_REL_NSUBJ_PASS) &&
           type != DGM_EVENT_NONE && !dgm_size_may_have(type, n->kind);
}

/* "Executed 12 warrants", "killed 300 chickens": nobody, but "killed 20 Tamil Tigers". */
static bool is_nobody(const dgm_counting *c, uint32_t noun)
{
    return c->t->s->words[noun].upos != DGM_PROPN &&
           (dgm_has_class(c->t, noun, DGM_CLASS_INTANGIBLE) ||
            dgm_has_class(c->t, noun, DGM_CLASS_LIVESTOCK));
}

bool dgm_size_what_is_counted(const dgm_counting *c, dgm_count *n)
{
    if (dgm_size_is_money(c, n))
        return true;
    if (is_part(c, n) || is_nobody(c, n->noun))
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
