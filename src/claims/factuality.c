/* How real an event is and whether it is so: polarity and status, carried down the tree from the
 * root to the event's word.
 *
 * Each word on the way has an incoming state; its own modifiers (negation, auxiliaries, hedges,
 * conditions) change it; the edge to the next word then applies the signature of the word as an
 * operator (Nairn, Condoravdi and Karttunen 2006), or what its relation means by default. Voices
 * met on the way make the chain of attribution, outermost first (Sauri and Pustejovsky 2012). */
#include "claims/work.h"
#include "document/party.h"

#include <string.h>

enum { MAX_PATH = 128 };

typedef struct {
    bool negated;
    uint8_t status;     /* dgm_factual_status */
    uint32_t condition; /* w->conditions; DGM_NONE */
} state;

typedef struct {
    work *w;
    uint32_t i_event, i; /* event and its sentence */
    const dgm_sentence *s;
    const sentence_info *info;
    uint32_t path[MAX_PATH]; /* from the root down to the event's word */
    uint32_t n_path;
    uint32_t stop; /* index in path where the event itself begins */
    bool reported; /* a voice stands above: "would" is a future seen from the past */
    state in[MAX_PATH], out[MAX_PATH]; /* of the words of the path that were passed */
} walk;

static dgm_event *event_of(const walk *k)
{
    return &k->w->doc->events.at[k->i_event];
}

static const dgm_word *word_at(const walk *k, uint32_t i)
{
    return &k->s->words[i];
}

static void note(const walk *k, const char *what, uint32_t word, const char *file, uint32_t line)
{
    dgm_note(k->w->doc, "claims", k->i, k->i_event, "%s by `%.*s` (%s:%u)", what,
             DGM_FMT(word_at(k, word)->form), file, line);
}

/* ---- states --------------------------------------------------------------------------------- */

/* The less real of two statuses. */
static uint8_t combined(uint8_t a, uint8_t b)
{
    static const uint8_t rank[] = {
        [DGM_ACTUAL] = 0,   [DGM_INTENDED] = 1,    [DGM_REQUESTED] = 2,
        [DGM_POSSIBLE] = 3, [DGM_CONDITIONAL] = 4, [DGM_HYPOTHETICAL] = 5
    };
    return rank[b] > rank[a] ? b : a;
}

static state applied(state above, effect e)
{
    state out = above;
    switch (e.sign) {
    case SIGN_FACT:
        return (state) { false, e.status, DGM_NONE };
    case SIGN_UNKNOWN:
        out.negated = false;
        out.status = combined(above.status, DGM_HYPOTHETICAL);
        return out;
    default:
        out.negated = e.sign == SIGN_NO;
        out.status = combined(above.status, e.status);
        return out;
    }
}

/* ---- a word's own modifiers ----------------------------------------------------------------- */

/* Number of negations beside `word`, the next word of the path left out: what negates that one is
 * counted there. */
static uint32_t negations(const walk *k, uint32_t word, uint32_t next)
{
    uint32_t n = 0;
    DGM_EACH_CHILD(k->info->tree, word, c)
    {
        uint32_t at;
        const dgm_negator *row = c == next ? NULL : dgm_negator_in(k->info->tree, word, c, &at);
        if (!row || dgm_negates_infinitive(k->info->tree, word, c))
            continue;
        n++;
        note(k, "negated", at, "english/negation.tsv", row->line);
    }
    uint32_t head = word_at(k, word)->head;
    if (word_at(k, word)->deprel != DGM_REL_XCOMP || head == 0)
        return n;
    DGM_EACH_CHILD(k->info->tree, head, c)
    n += dgm_negates_infinitive(k->info->tree, head, c);
    return n;
}

static const cue *hedge_among(const walk *k, const cue *row, bool amod, uint32_t head)
{
    while (row && (row->table != TABLE_HEDGES || row->amod != amod ||
                   (row->of.n > 0 && !dgm_view_eq_nocase(row->of, word_at(k, head)->lemma))))
        row = cue_next(k->w->claims, row);
    return row;
}

static const cue *hedge_row(const walk *k, uint32_t child, bool amod)
{
    uint32_t head = word_at(k, child)->head;
    const cue *row = hedge_among(k, cue_first(k->w->claims, word_at(k, child)), amod, head);
    return row ? row : hedge_among(k, cue_of_form(k->w->claims, word_at(k, child)), amod, head);
}

static const cue *auxiliary_row(const walk *k, uint32_t child)
{
    const cue *row = cue_first(k->w->claims, word_at(k, child));
    while (row && (row->table != TABLE_OPERATORS || !(row->frames & FRAME_AUXILIARY)))
        row = cue_next(k->w->claims, row);
    return row;
}

static bool is_promise(dgm_event_type type)
{
    return type == DGM_AGREE || type == DGM_THREATEN || type == DGM_CONCEDE || type == DGM_REQUEST;
}

/* "it was clear that Mali would arrest him": the complement of a past clause. */
static bool is_future_in_past(const walk *k, uint32_t word)
{
    const dgm_word *v = word_at(k, word);
    dgm_deprel r = dgm_deprel_main(v->deprel);
    return (r == DGM_REL_CCOMP || r == DGM_REL_CSUBJ || r == DGM_REL_ACL) && v->head &&
           dgm_is_past(k->info->tree, v->head);
}

/* "must have fled" is a guess, "should have fled" and "would have fled" what did not come to be;
 * "would" is a promise seen from the past where it is reported, else a supposition. */
static uint8_t auxiliary_status(const walk *k, const cue *row, uint32_t word, uint32_t child)
{
    bool perfect = dgm_is_perfect(k->info->tree, word);
    bool promises = word == k->path[k->stop] && is_promise(event_of(k)->type);
    promises |= is_future_in_past(k, word) || negations(k, word, 0) % 2 == 1;
    if (row->would)
        return perfect || !(k->reported || promises) ? DGM_HYPOTHETICAL : DGM_INTENDED;
    if (perfect && row->affirmed.status == DGM_REQUESTED)
        return dgm_function_is(k->info->tree, child, DGM_FN_MUST) ? DGM_POSSIBLE : DGM_HYPOTHETICAL;
    return row->affirmed.status;
}

static void apply_auxiliary(const walk *k, state *st, uint32_t word, uint32_t child)
{
    const cue *row = auxiliary_row(k, child);
    if (!row || dgm_function_is(k->info->tree, child, DGM_FN_HAD))
        return;
    /* "Should it attack": the inversion of a condition asks for nothing. */
    if (dgm_function_is(k->info->tree, child, DGM_FN_SHOULD) &&
        word_at(k, word)->deprel == DGM_REL_ADVCL)
        return;
    uint8_t status = auxiliary_status(k, row, word, child);
    if (status != DGM_ACTUAL)
        note(k, dgm_factual_status_name((dgm_factual_status)status), child,
             table_name(TABLE_OPERATORS), row->line);
    st->status = combined(st->status, status);
}

static void apply_hedge(const walk *k, state *st, uint32_t child, bool amod)
{
    const cue *row = hedge_row(k, child, amod);
    if (!row)
        return;
    note(k, row->affirmed.sign == SIGN_NO ? "negated" : "status changed", child,
         table_name(TABLE_HEDGES), row->line);
    st->status = combined(st->status, row->affirmed.status);
    if (row->affirmed.sign == SIGN_NO)
        st->negated = !st->negated;
}

/* "is to meet": the infinitive of a plain "be" announces. */
static bool is_to_be(const walk *k, uint32_t word, uint32_t child)
{
    if (!dgm_lemma_function_is(k->info->tree, child, DGM_FN_BE) ||
        dgm_function_is(k->info->tree, child, DGM_FN_BE))
        return false;
    DGM_EACH_CHILD(k->info->tree, word, c)
    if (c > child && word_at(k, c)->deprel == DGM_REL_MARK &&
        dgm_function_is(k->info->tree, c, DGM_FN_TO))
        return true;
    return false;
}

static bool is_question(const walk *k, uint32_t word)
{
    const dgm_word *v = word_at(k, word);
    return v->head == 0 && k->s->n_words > 1 && word_is(word_at(k, k->s->n_words), "?");
}

/* "If only he had come." */
static bool is_wish(const walk *k, uint32_t word)
{
    uint32_t m = dgm_marker_of(k->info->tree, word);
    return word_at(k, word)->head == 0 && m && m < k->s->n_words &&
           dgm_function_is(k->info->tree, m, DGM_FN_IF) &&
           dgm_function_is(k->info->tree, m + 1, DGM_FN_ONLY);
}

static bool is_imperative(const walk *k, uint32_t word)
{
    const dgm_word *v = word_at(k, word);
    if (v->upos != DGM_VERB || !dgm_view_eq(v->xpos, DGM_VIEW("VB")) ||
        (v->deprel != DGM_REL_ROOT && v->deprel != DGM_REL_CCOMP))
        return false;
    return dgm_has_feat(v, DGM_VIEW("Mood=Imp")) &&
           !child_of(k->w, k->i, word, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_MARK) &&
           !child_of(k->w, k->i, word, DGM_REL_AUXREL, DGM_REL_AUX_PASS, DGM_REL_NONE);
}

/* "threatened to strike unless": the condition is of what is promised. */
static bool makes_promise(const walk *k, uint32_t word)
{
    const cue *row = row_for(k->w, word_at(k, word), FRAME_TO | FRAME_OBJTO, true);
    return row && (row->kind == DGM_KIND_PROMISE || row->kind == DGM_KIND_DEMAND);
}

static void apply_condition(const walk *k, state *st, uint32_t word, uint32_t next)
{
    const work *w = k->w;
    for (uint32_t j = k->info->conditions; j < k->info->conditions + k->info->n_conditions; j++) {
        const condition *c = &w->conditions.at[j];
        if (c->governed != word || c->clause == next || (next && c->more == next) ||
            c->row->meaning == MEANS_CONCESSIVE)
            continue;
        bool past =
            st->status == DGM_ACTUAL && dgm_view_eq(word_at(k, word)->xpos, DGM_VIEW("VBD"));
        if (past && c->row->where != WHERE_NOUN && !makes_promise(k, word))
            continue;
        st->condition = j;
        st->status = c->row->meaning == MEANS_COUNTERFACTUAL ? (uint8_t)DGM_HYPOTHETICAL
                                                             : (uint8_t)DGM_CONDITIONAL;
        dgm_note(w->doc, "claims", k->i, k->i_event, "conditional (%s:%u)",
                 table_name(TABLE_CONDITIONS), c->row->line);
    }
}

/* The state of `word` itself, from what comes in from above; `next` is the path's next word. */
static state local(const walk *k, state in, uint32_t word, uint32_t next)
{
    state out = in;
    uint32_t n = negations(k, word, next);
    bool used = next == 0 && event_of(k)->negation_used;
    if (n % 2 == 1 && !used)
        out.negated = !out.negated;
    DGM_EACH_CHILD(k->info->tree, word, c)
    {
        switch (word_at(k, c)->deprel) {
        case DGM_REL_AUXREL:
        case DGM_REL_COP:
            apply_auxiliary(k, &out, word, c);
            if (is_to_be(k, word, c))
                out.status = combined(out.status, DGM_INTENDED);
            break;
        case DGM_REL_ADVMOD:
            apply_hedge(k, &out, c, false);
            break;
        case DGM_REL_AMOD:
            apply_hedge(k, &out, c, true);
            break;
        case DGM_REL_MARK:
            if (dgm_function_is(k->info->tree, c, DGM_FN_WHETHER) ||
                (dgm_function_is(k->info->tree, c, DGM_FN_IF) &&
                 word_at(k, word)->deprel == DGM_REL_CCOMP))
                out.status = combined(out.status, DGM_HYPOTHETICAL);
            break;
        default:
            break;
        }
    }
    if (is_question(k, word) || is_wish(k, word))
        out.status = combined(out.status, DGM_HYPOTHETICAL);
    if (is_imperative(k, word))
        out.status = combined(out.status, DGM_REQUESTED);
    apply_condition(k, &out, word, next);
    return out;
}

/* ---- what an edge means by itself ----------------------------------------------------------- */

static bool is_tagged(const dgm_word *word, const char *xpos)
{
    return dgm_view_eq(word->xpos, dgm_view_of(xpos));
}

static bool is_definite(const walk *k, uint32_t noun)
{
    DGM_EACH_CHILD(k->info->tree, noun, c)
    {
        const dgm_word *d = word_at(k, c);
        if (d->deprel == DGM_REL_NMOD_POSS)
            return true;
        if (d->deprel == DGM_REL_DETREL && dgm_function_is(k->info->tree, c, DGM_FN_DEFINITE))
            return true;
    }
    return false;
}

static bool has_any(const walk *k, uint32_t noun)
{
    DGM_EACH_CHILD(k->info->tree, noun, c)
    if (word_at(k, c)->deprel == DGM_REL_DETREL && dgm_function_is(k->info->tree, c, DGM_FN_ANY))
        return true;
    return false;
}

/* A conjunct shares what stands over the first one. Its auxiliaries and negation it shares only
 * where it has none of its own and is no clause of its own. */
static state conjunct(const walk *k, state in, state out, uint32_t head, uint32_t child)
{
    const dgm_word *c = word_at(k, child), *h = word_at(k, head);
    state mine = in;
    bool own = child_of(k->w, k->i, child, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_AUXREL) ||
               dgm_is_finite(k->info->tree, child);
    if (own && c->upos != DGM_NOUN)
        return mine;
    uint32_t cc = child_of(k->w, k->i, child, DGM_REL_CC, DGM_REL_NONE, DGM_REL_NONE);
    bool alike = is_tagged(c, "VB") || dgm_view_eq(c->xpos, h->xpos) || c->upos == DGM_NOUN;
    if (!alike)
        return mine;
    mine.status = out.status;
    mine.condition = out.condition;
    bool contrast = cc && dgm_function_is(k->info->tree, cc, DGM_FN_CONTRAST);
    if (!contrast)
        mine.negated = out.negated;
    return mine;
}

static bool is_condition_clause(const walk *k, uint32_t child)
{
    for (uint32_t j = k->info->conditions; j < k->info->conditions + k->info->n_conditions; j++)
        if (k->w->conditions.at[j].clause == child || k->w->conditions.at[j].more == child)
            return true;
    return false;
}

static state adverbial(const walk *k, state out, uint32_t child)
{
    uint32_t m = dgm_marker_of(k->info->tree, child);
    state st = { false, DGM_ACTUAL, DGM_NONE };
    bool unreal = out.status != DGM_ACTUAL && out.status != DGM_POSSIBLE;
    if (frames_of_edge(k->w, k->i, child) & FRAME_TO) {
        st.status = combined(out.status, out.negated ? DGM_HYPOTHETICAL : DGM_INTENDED);
        return st;
    }
    if (dgm_is_finite(k->info->tree, child)) {
        bool when = m && dgm_function_is(k->info->tree, m, DGM_FN_WHEN);
        bool follows = m && dgm_function_is(k->info->tree, m, DGM_FN_SEQUENCE);
        if ((when && unreal && !dgm_is_past(k->info->tree, child)) ||
            (m && dgm_function_is(k->info->tree, m, DGM_FN_IF)))
            st.status = follows ? DGM_INTENDED : DGM_HYPOTHETICAL;
        return st;
    }
    st.status = out.status;
    st.condition = out.condition;
    if (m && dgm_function_is(k->info->tree, m, DGM_FN_MEANS))
        st.negated = out.negated;
    return st;
}

/* A noun in a role of a word that is no operator stands on its own; only what is indefinite shares
 * the unreality of its clause ("will meet after an attack"). */
static state nominal(const walk *k, state out, uint32_t child)
{
    state st = { false, DGM_ACTUAL, DGM_NONE };
    if (!is_definite(k, child)) {
        st.status = out.status == DGM_REQUESTED ? (uint8_t)DGM_ACTUAL : out.status;
        st.condition = out.condition;
        st.negated = out.negated && has_any(k, child);
    }
    return st;
}

static bool is_simple_present(const dgm_word *word)
{
    return is_tagged(word, "VBZ") || is_tagged(word, "VBP");
}

/* "those who attack the police", "any state that arms rebels": nobody in particular. "A state that
 * arms rebels breaks the law": nor here, where all of it is in the simple present and nobody is
 * said to say it. */
static bool is_of_anybody(const walk *k, uint32_t noun, uint32_t clause)
{
    const dgm_word *n = word_at(k, noun), *verb = word_at(k, n->head);
    if (!is_simple_present(word_at(k, clause)))
        return false;
    if (n->upos == DGM_PRON || n->upos == DGM_DET)
        return dgm_function_is(k->info->tree, noun, DGM_FN_ANYBODY);
    if (has_any(k, noun))
        return true;
    uint32_t a = child_of(k->w, k->i, noun, DGM_REL_DETREL, DGM_REL_NONE, DGM_REL_NONE);
    return n->deprel == DGM_REL_NSUBJ && a &&
           dgm_function_is(k->info->tree, a, DGM_FN_INDEFINITE) && is_simple_present(verb) &&
           !row_for(k->w, verb, FRAME_THAT | FRAME_QUOTE, true);
}

static state by_relation(const walk *k, state in, state out, uint32_t head, uint32_t child)
{
    const dgm_word *c = word_at(k, child);
    if (is_condition_clause(k, child) && c->deprel != DGM_REL_NSUBJ)
        return (state) { false, DGM_HYPOTHETICAL, DGM_NONE };
    switch (c->deprel) {
    case DGM_REL_CONJ:
        return conjunct(k, in, out, head, child);
    case DGM_REL_ADVCL:
        return adverbial(k, out, child);
    case DGM_REL_ACL_RELCL:
    case DGM_REL_ADVCL_RELCL:
        return (state) { false,
                         out.status == DGM_HYPOTHETICAL || is_of_anybody(k, head, child)
                             ? DGM_HYPOTHETICAL
                             : DGM_ACTUAL,
                         DGM_NONE };
    case DGM_REL_ACL: {
        uint32_t m = dgm_marker_of(k->info->tree, child);
        state st = { false, out.status, out.condition };
        if (m && dgm_function_is(k->info->tree, m, DGM_FN_TO) && c->upos == DGM_VERB)
            st.status = combined(st.status, DGM_INTENDED);
        return st;
    }
    case DGM_REL_PARATAXIS:
    case DGM_REL_LIST:
        return in;
    case DGM_REL_XCOMP:
    case DGM_REL_APPOS:
    case DGM_REL_FIXED:
    case DGM_REL_FLAT:
        return out;
    case DGM_REL_CCOMP:
    case DGM_REL_CSUBJ:
    case DGM_REL_CSUBJ_PASS:
        return (state) { false, out.status, out.condition };
    default:
        return nominal(k, out, child);
    }
}

/* ---- going down ----------------------------------------------------------------------------- */

static bool push_voice(walk *k, uint32_t attribution)
{
    k->reported = true;
    return chain_push(k->w, event_of(k), attribution);
}

/* The voice over the edge from head to child, or NULL. */
static const voice *voice_of_edge(const walk *k, uint32_t child)
{
    for (uint32_t j = 0; j < k->info->n_voices; j++) {
        const voice *v = &k->w->voices.at[k->info->voices + j];
        if (!v->below && v->content == child)
            return v;
    }
    return NULL;
}

/* Voices that hang below `word` and say it: "..., the minister said". */
static bool push_hanging(walk *k, state *st, uint32_t word, uint32_t next)
{
    for (uint32_t j = 0; j < k->info->n_voices; j++) {
        const voice *v = &k->w->voices.at[k->info->voices + j];
        if (!v->below || v->content != word || v->below == next)
            continue;
        if (v->heard && !push_voice(k, v->attribution))
            return false;
        if (v->row)
            *st = applied(*st, v->heard ? v->row->affirmed : v->row->unsourced);
    }
    return true;
}

/* "information indicating that": what the source's own noun says of the content. */
static state with_source_noun(const walk *k, const voice *v, state st)
{
    if (!v->source)
        return st;
    const dgm_word *source = word_at(k, v->source);
    const cue *row = source->upos == DGM_NOUN ? row_for(k->w, source, FRAME_THAT, true) : NULL;
    if (row && row->affirmed.status != DGM_ACTUAL && row->kind == DGM_KIND_REPORT)
        st.status = combined(st.status, row->affirmed.status);
    return st;
}

/* "I wish to stress that ...": what one wishes to say is said with it. */
static bool is_performative(const walk *k, const cue *row, uint32_t child)
{
    const cue *said = row_for(k->w, word_at(k, child), FRAME_THAT, true);
    return word_at(k, child)->deprel == DGM_REL_XCOMP && said && said->kind == DGM_KIND_SAY &&
           (row->frames & FRAME_TO) && row->affirmed.status == DGM_INTENDED &&
           child_of(k->w, k->i, child, DGM_REL_CCOMP, DGM_REL_PARATAXIS, DGM_REL_NONE);
}

/* "has to", "has reason to", "has yet to" */
static state obligation(const walk *k, state out, uint32_t have, uint32_t child)
{
    for (uint32_t c = k->info->tree->first_child[have]; c && c < child;
         c = k->info->tree->next_child[c]) {
        if (word_at(k, c)->deprel == DGM_REL_OBJ)
            return out;
        if (dgm_function_is(k->info->tree, c, DGM_FN_YET))
            return (state) { !out.negated, out.status, out.condition };
    }
    out.status = combined(out.status, DGM_REQUESTED);
    return out;
}

/* "..., a charge that Tehran denies": the report's own word about what was said before. */
static bool is_aside(const walk *k, uint32_t noun, uint32_t child)
{
    if (word_at(k, child)->deprel != DGM_REL_ACL_RELCL || word_at(k, noun)->upos != DGM_NOUN)
        return false;
    uint32_t a = child_of(k->w, k->i, noun, DGM_REL_DETREL, DGM_REL_NONE, DGM_REL_NONE);
    const cue *row = row_for(k->w, word_at(k, noun), FRAME_THAT, true);
    return a > 1 && row && (row->kind == DGM_KIND_ACCUSE || row->kind == DGM_KIND_CLAIM) &&
           dgm_function_is(k->info->tree, a, DGM_FN_A) && word_is(word_at(k, a - 1), ",");
}

/* Index in the path of a word that was passed, or DGM_NONE. */
static uint32_t passed(const walk *k, uint32_t word)
{
    for (uint32_t j = 0; j < k->n_path && j < k->stop; j++)
        if (k->path[j] == word)
            return j;
    return DGM_NONE;
}

/* "acquitted | the colonel of torturing", "kept | them from attacking": the complement hangs on the
 * object instead of on the verb, whose row this is. NULL: it does not. */
static const cue *row_over_object(const walk *k, uint32_t object, uint32_t child)
{
    const dgm_word *o = word_at(k, object);
    dgm_deprel r = word_at(k, child)->deprel;
    const uint32_t prepositions = FRAME_OF | FRAME_FROM | FRAME_FOR;
    if ((o->deprel != DGM_REL_OBJ && o->deprel != DGM_REL_NSUBJ_PASS) || !o->head ||
        (r != DGM_REL_ACL && r != DGM_REL_NMOD) || word_at(k, o->head)->upos != DGM_VERB)
        return NULL;
    return row_for(k->w, word_at(k, o->head), frames_of_edge(k->w, k->i, child) & prepositions,
                   false);
}

static bool descend(walk *k, state in, state out, uint32_t head, uint32_t child, state *below)
{
    const voice *v = voice_of_edge(k, child);
    uint32_t at_cue = v && v->cue_word != head ? passed(k, v->cue_word) : DGM_NONE;
    if (at_cue != DGM_NONE)
        out = k->out[at_cue];
    if (is_aside(k, head, child))
        event_of(k)->attributions.n = 0;
    /* "nobody claimed responsibility for the attack": the attack happened nevertheless. */
    if (v && out.negated && word_at(k, child)->deprel == DGM_REL_OBJ &&
        (v->row->kind == DGM_KIND_CLAIM || v->row->kind == DGM_KIND_SAY)) {
        *below = (state) { false, out.status, out.condition };
        return true;
    }
    if (v) {
        if (is_condition_clause(k, child))
            out.status = combined(out.status, DGM_HYPOTHETICAL);
        if (in.negated && out.negated && word_at(k, head)->upos == DGM_NOUN) {
            /* "the reports that they fled are false" */
            *below = (state) { true, in.status, in.condition };
            return !v->heard || push_voice(k, v->attribution);
        }
        effect e =
            out.negated ? v->row->negated : (v->heard ? v->row->affirmed : v->row->unsourced);
        *below = with_source_noun(k, v, applied(out, e));
        note(k, dgm_attribution_kind_name(v->row->kind), v->cue_word, table_name(TABLE_SPEECH),
             v->row->line);
        return !v->heard || push_voice(k, v->attribution);
    }
    uint32_t frames = frames_of_edge(k->w, k->i, child);
    if (is_condition_clause(k, child))
        frames &= FRAME_SUBJ | FRAME_OBJ;
    const dgm_word *c = word_at(k, child);
    /* A purpose clause is no complement, unless a table says that the verb takes an infinitive. */
    const cue *row = row_for(k->w, word_at(k, head), frames, false);
    if (!row && c->deprel != DGM_REL_OBJ && c->deprel != DGM_REL_NSUBJ_PASS &&
        c->deprel != DGM_REL_PARATAXIS)
        row = row_for(k->w, word_at(k, head), frames, true);
    const cue *over = row ? NULL : row_over_object(k, head, child);
    uint32_t at_verb = over ? passed(k, word_at(k, head)->head) : DGM_NONE;
    if (at_verb != DGM_NONE) {
        row = over;
        out = k->out[at_verb];
    }
    if (!row || is_performative(k, row, child)) {
        *below = by_relation(k, in, out, head, child);
        return true;
    }
    note(k, out.negated ? "negated operator" : "operator", head, table_name((table)row->table),
         row->line);
    if (row->table == TABLE_OPERATORS && (frames & FRAME_TO) && (row->frames & FRAME_TO) &&
        dgm_lemma_function_is(k->info->tree, head, DGM_FN_HAVE)) {
        *below = obligation(k, out, head, child);
        return true;
    }
    if (row->light && is_definite(k, child) && !out.negated) {
        *below = (state) { false, out.status, out.condition };
        return true;
    }
    effect e = out.negated ? row->negated : row->affirmed;
    if (row->once && !out.negated && out.status == DGM_ACTUAL && dgm_is_past(k->info->tree, head))
        e.status = DGM_ACTUAL; /* "was able to flee" */
    bool unsourced = row->table == TABLE_SPEECH && dgm_is_passive(k->info->tree, head) &&
                     !child_of(k->w, k->i, head, DGM_REL_OBL_AGENT, DGM_REL_NONE, DGM_REL_NONE);
    *below = applied(out, unsourced && !out.negated ? row->unsourced : e);
    return true;
}

static bool find_path(walk *k)
{
    const dgm_event *event = event_of(k);
    uint32_t up[MAX_PATH], n = 0;
    for (uint32_t word = event->trigger_word; word && word <= k->s->n_words && n < MAX_PATH;
         word = head_of(k->w, k->i, word))
        up[n++] = word;
    for (uint32_t j = 0; j < n; j++)
        k->path[j] = up[n - 1 - j];
    k->n_path = n;
    k->stop = n ? n - 1 : 0;
    /* An operator that the type was composed of stands in the trigger: the event begins there. */
    if (event->operator_rule.n > 0)
        for (uint32_t j = n; j > 0; j--)
            if (k->path[j - 1] >= event->trigger.first && k->path[j - 1] <= event->trigger.last)
                k->stop = j - 1;
    return n > 0;
}

/* ---- what the type itself means ------------------------------------------------------------- */

/* A condition on what a promise, threat or demand is about stands below its word: "threatened to
 * strike if attacked". */
static uint32_t condition_below(const walk *k, uint32_t word)
{
    for (uint32_t j = k->info->conditions; j < k->info->conditions + k->info->n_conditions; j++) {
        const condition *c = &k->w->conditions.at[j];
        uint32_t up = c->governed;
        for (uint32_t step = 0; step < 4 && up && up != word; step++) {
            dgm_deprel r = word_at(k, up)->deprel;
            bool complement = r == DGM_REL_XCOMP || r == DGM_REL_CCOMP || r == DGM_REL_OBJ ||
                              r == DGM_REL_CONJ || r == DGM_REL_ADVCL || r == DGM_REL_ACL;
            up = complement ? word_at(k, up)->head : 0;
        }
        if (up == word && up != c->governed && c->row->meaning != MEANS_CONCESSIVE)
            return j;
    }
    return DGM_NONE;
}

/* Where the trigger takes in an operator and its noun ("foiled an attack", "planned a strike"), the
 * operator has its say as well. */
static state with_own_operator(const walk *k, state st, uint32_t word)
{
    const dgm_event *event = event_of(k);
    if (is_speech_act(event->type))
        return st;
    DGM_EACH_CHILD(k->info->tree, word, c)
    {
        if (c < event->trigger.first || c > event->trigger.last ||
            (frames_of_edge(k->w, k->i, c) & FRAME_OBJ) == 0)
            continue;
        const cue *row = row_for(k->w, word_at(k, word), FRAME_OBJ, false);
        if (row && !row->light && row->affirmed.sign != SIGN_FACT) {
            note(k, "operator", word, table_name(TABLE_OPERATORS), row->line);
            return applied(st, st.negated ? row->negated : row->affirmed);
        }
    }
    return st;
}

/* "decided not to withdraw": an event composed of an operator and its complement is not so where
 * the complement is not, unless the type has taken that in. A promise not to is a promise. */
static bool complement_is_negated(const walk *k)
{
    if (k->stop + 1 >= k->n_path || event_of(k)->negation_used)
        return false;
    uint32_t head = k->path[k->stop], word = k->path[k->stop + 1];
    uint32_t next = k->stop + 2 < k->n_path ? k->path[k->stop + 2] : 0;
    uint32_t frames = frames_of_edge(k->w, k->i, word) & FRAME_TO;
    const cue *row = row_for(k->w, word_at(k, head), frames, false);
    return row && row->affirmed.sign == SIGN_YES && negations(k, word, next) % 2 == 1;
}

static void set_status(const walk *k, dgm_event *event, state st)
{
    bool promise =
        event->type == DGM_AGREE || event->type == DGM_THREATEN || event->type == DGM_CONCEDE;
    if (promise && st.condition == DGM_NONE)
        st.condition = condition_below(k, k->path[k->stop]);
    if (promise && st.condition != DGM_NONE &&
        (st.status == DGM_ACTUAL || st.status == DGM_INTENDED))
        st.status = DGM_CONDITIONAL;
    if (promise && st.status == DGM_ACTUAL)
        st.status = DGM_INTENDED;
    if (event->type == DGM_REQUEST && (st.status == DGM_ACTUAL || st.status == DGM_INTENDED))
        st.status = DGM_REQUESTED;
    /* A refusal made of "will not" is made now. */
    if (event->type == DGM_REJECT && event->negation_used && st.status == DGM_INTENDED)
        st.status = DGM_ACTUAL;
    event->status = (dgm_factual_status)st.status;
    event->polarity = st.negated ? DGM_NEGATED : DGM_AFFIRMED;
    event->condition_event = DGM_NONE;
    if (st.condition != DGM_NONE)
        event->condition = k->w->conditions.at[st.condition].span;
}

/* ---- events --------------------------------------------------------------------------------- */

/* Words between quotation marks whose speaker the tree does not show: those of the quotation. */
static bool push_quotation(walk *k)
{
    const work *w = k->w;
    uint32_t run = k->info->run[event_of(k)->trigger_word], chain[8], n = 0;
    if (run == DGM_NONE || w->runs.at[run].voice == DGM_NONE)
        return true;
    const voice *v = &w->voices.at[w->runs.at[run].voice];
    /* The cue's own word is nobody's quotation. */
    if (v->sentence == k->i && v->cue_word == event_of(k)->trigger_word)
        return true;
    for (uint32_t a = v->attribution; a != DGM_NONE && n < DGM_LEN(chain);
         a = w->doc->attributions_found.at[a].outer)
        chain[n++] = a;
    while (n > 0)
        if (!push_voice(k, chain[--n]))
            return false;
    return true;
}

/* To say "the deal is a mistake" is to criticise it: who performs a speech act by saying it does
 * not claim that it happened. */
static void drop_performer(dgm_document *doc, dgm_event *event)
{
    bool by_saying =
        event->type == DGM_ACCUSE || event->type == DGM_SUPPORT || event->type == DGM_REJECT;
    if (!by_saying || event->attributions.n == 0 || event->polarity == DGM_NEGATED)
        return;
    const dgm_attribution *a =
        &doc->attributions_found.at[event->attributions.at[event->attributions.n - 1]];
    if (a->speaker_entity == DGM_NONE || a->cue.sentence != event->trigger.sentence)
        return;
    for (uint32_t i = 0; i < event->actors.n; i++)
        if (dgm_is_same_voice(doc, event->actors.at[i].entity, a->speaker_entity)) {
            event->attributions.n--;
            return;
        }
}

static bool is_in_foreign_quotation(const walk *k)
{
    uint32_t run = k->info->run[event_of(k)->trigger_word];
    if (run == DGM_NONE || k->w->runs.at[run].voice == DGM_NONE)
        return false;
    return k->w->voices.at[k->w->runs.at[run].voice].sentence != k->i;
}

static bool set_event(work *w, uint32_t i_event)
{
    dgm_event *event = &w->doc->events.at[i_event];
    walk k = { .w = w, .i_event = i_event, .i = event->trigger.sentence };
    k.s = &w->doc->sentences.at[k.i];
    k.info = &w->info[k.i];
    event->condition_event = DGM_NONE;
    if (event->trigger_word == 0 || event->trigger_word > k.s->n_words || !find_path(&k))
        return true;
    state st = { false, DGM_ACTUAL, DGM_NONE };
    if (is_in_foreign_quotation(&k) && !push_quotation(&k))
        return false;
    for (uint32_t j = 0; j <= k.stop; j++) {
        uint32_t word = k.path[j], next = j < k.stop ? k.path[j + 1] : 0;
        if (!push_hanging(&k, &st, word, j + 1 < k.n_path ? k.path[j + 1] : 0))
            return false;
        state out = local(&k, st, word, next);
        k.in[j] = st;
        k.out[j] = out;
        if (next && !descend(&k, st, out, word, next, &st))
            return false;
        if (!next)
            st = with_own_operator(&k, out, word);
    }
    if (event_of(&k)->attributions.n == 0 && !push_quotation(&k))
        return false;
    st.negated ^= complement_is_negated(&k);
    set_status(&k, event_of(&k), st);
    drop_performer(w->doc, event_of(&k));
    return true;
}

/* The event inside a condition's own clause, if one is there. */
static void link_condition_events(work *w)
{
    for (uint32_t i = 0; i < w->doc->events.n; i++) {
        dgm_event *event = &w->doc->events.at[i];
        if (event->condition.first == 0)
            continue;
        for (uint32_t j = 0; j < w->doc->events.n && event->condition_event == DGM_NONE; j++) {
            const dgm_event *other = &w->doc->events.at[j];
            if (j != i && other->trigger.sentence == event->condition.sentence &&
                other->trigger_word >= event->condition.first &&
                other->trigger_word <= event->condition.last)
                event->condition_event = j;
        }
    }
}

bool factuality_set(work *w)
{
    for (uint32_t i = 0; i < w->doc->events.n; i++)
        if (!set_event(w, i))
            return false;
    link_condition_events(w);
    return true;
}
