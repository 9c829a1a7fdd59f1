/* What a word's own modifiers do to the state that comes in from above: negation, auxiliaries,
 * hedges, moods, conditions. */
#include "claims/walk.h"

uint32_t negations_of(const walk *k, uint32_t word, uint32_t next)
{
    uint32_t n = 0;
    DGM_EACH_CHILD(k->info->tree, word, c)
    {
        uint32_t at;
        const dgm_negator *row = c == next ? NULL : dgm_negator_in(k->info->tree, word, c, &at);
        if (!row || dgm_negates_infinitive(k->info->tree, word, c))
            continue;
        n++;
        walk_note(k, "negated", at, "english/negation.tsv", row->line);
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

static bool looks_ahead(dgm_event_type type)
{
    type = dgm_like(type);
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
    bool promises = word == k->path[k->stop] && looks_ahead(event_of(k)->type);
    promises |= is_future_in_past(k, word) || negations_of(k, word, 0) % 2 == 1;
    if (row->would)
        return perfect || !(k->reported || promises) ? DGM_HYPOTHETICAL : DGM_INTENDED;
    if (perfect && row->affirmed.status == DGM_REQUESTED)
        return dgm_function_is(k->info->tree, child, DGM_FN_MUST) ? DGM_POSSIBLE : DGM_HYPOTHETICAL;
    return row->affirmed.status;
}

/* "May no longer enter": what was allowed is not any more, which "may not" leaves open. */
static bool is_ended(const walk *k, uint32_t word)
{
    DGM_EACH_CHILD(k->info->tree, word, c)
    if (dgm_view_eq_nocase(word_at(k, c)->form, DGM_VIEW("longer")))
        return true;
    return false;
}

static void apply_auxiliary(const walk *k, state *st, uint32_t word, uint32_t child)
{
    const cue *row = auxiliary_row(k, child);
    if (!row || dgm_function_is(k->info->tree, child, DGM_FN_HAD))
        return;
    /* "Should it attack": the inversion of a condition asks for nothing. */
    if (dgm_function_is(k->info->tree, child, DGM_FN_SHOULD) && is_condition_clause(k, word))
        return;
    /* "cannot agree" as a refusal: it is one, not perhaps one. */
    if ((row->once || (row->affirmed.status == DGM_POSSIBLE && is_ended(k, word))) &&
        word == k->path[k->stop] && event_of(k)->negation_used && negations_of(k, word, 0) % 2 == 1)
        return;
    uint8_t status = auxiliary_status(k, row, word, child);
    if (status != DGM_ACTUAL)
        walk_note(k, dgm_factual_status_name((dgm_factual_status)status), child,
                  table_name(TABLE_OPERATORS), row->line);
    st->status = status_combined(st->status, status);
}

static void apply_hedge(const walk *k, state *st, uint32_t word, uint32_t child, bool amod)
{
    const cue *row = hedge_row(k, child, amod);
    /* "over alleged fraud": the charge that the event is was made. */
    bool charge = word == k->path[k->stop] && dgm_like(event_of(k)->type) == DGM_ACCUSE;
    if (!row || (charge && row->hearsay && row->kind != DGM_KIND_REPORT))
        return;
    walk_note(k, row->affirmed.sign == SIGN_NO ? "negated" : "status changed", child,
              table_name(TABLE_HEDGES), row->line);
    st->status = status_combined(st->status, row->affirmed.status);
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

/* "Turkey to withdraw troops": a headline's infinitive announces, with a subject and no other verb.
 */
static bool is_headline_infinitive(const walk *k, uint32_t word)
{
    const dgm_word *v = word_at(k, word);
    uint32_t m = dgm_marker_of(k->info->tree, word);
    return v->head == 0 && v->upos == DGM_VERB && m &&
           dgm_function_is(k->info->tree, m, DGM_FN_TO) &&
           child_of(k->w, k->i, word, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_NONE) &&
           !child_of(k->w, k->i, word, DGM_REL_AUXREL, DGM_REL_NONE, DGM_REL_NONE);
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

/* "If it had left, they would not have bombed it": they did. */
static bool would_not_have(const walk *k, uint32_t word)
{
    if (!dgm_is_perfect(k->info->tree, word) || negations_of(k, word, 0) % 2 == 0)
        return false;
    DGM_EACH_CHILD(k->info->tree, word, c)
    {
        const cue *row = word_at(k, c)->deprel == DGM_REL_AUXREL ? auxiliary_row(k, c) : NULL;
        if (row && row->would)
            return true;
    }
    return false;
}

static void apply_condition(const walk *k, state *st, uint32_t word, uint32_t next)
{
    const work *w = k->w;
    for (uint32_t j = k->info->conditions; j < k->info->conditions + k->info->n_conditions; j++) {
        const condition *c = &w->conditions.at[j];
        bool leads_there = next && (c->clause == next || c->more == next);
        if (c->governed != word || leads_there || c->row->meaning == DGM_MEANS_CONCESSIVE)
            continue;
        bool past =
            st->status == DGM_ACTUAL && dgm_view_eq(word_at(k, word)->xpos, DGM_VIEW("VBD"));
        if (past && c->row->where != DGM_OPENS_NOUN && !makes_promise(k, word))
            continue;
        st->condition = j;
        bool unreal = c->row->meaning == DGM_MEANS_COUNTERFACTUAL || would_not_have(k, word);
        st->status = unreal ? (uint8_t)DGM_HYPOTHETICAL : (uint8_t)DGM_CONDITIONAL;
        dgm_note(w->doc, "claims", k->i, k->i_event, "conditional (english/conditions.tsv:%u)",
                 c->row->line);
    }
}

/* "under the accord, ...", "as part of a deal": where the clause says so itself. */
static bool is_under_accord(const walk *k, uint32_t clause)
{
    const dgm_tree *t = k->info->tree;
    DGM_EACH_CHILD(t, clause, c)
    {
        if (word_at(k, c)->deprel != DGM_REL_OBL)
            continue;
        bool part = dgm_has_function(t, c, DGM_FN_AS);
        uint32_t accord = part ? dgm_child_of(t, c, DGM_REL_NMOD) : c;
        if ((part || dgm_has_function(t, c, DGM_FN_UNDER)) && accord &&
            dgm_lemma_function_is(t, accord, DGM_FN_AGREED))
            return true;
    }
    return false;
}

/* "Under the accord, Israel withdraws and Lebanon sends troops": the plain present of what is
 * agreed is still to come. */
static bool is_agreed(const walk *k, uint32_t word)
{
    const dgm_word *v = word_at(k, word);
    bool present = dgm_view_eq(v->xpos, DGM_VIEW("VBZ")) || dgm_view_eq(v->xpos, DGM_VIEW("VBP"));
    if (v->upos != DGM_VERB || !present)
        return false;
    for (uint32_t up = word; up; up = word_at(k, up)->head) {
        if (is_under_accord(k, up))
            return true;
        uint32_t m = dgm_marker_of(k->info->tree, up);
        bool beside = word_at(k, up)->deprel == DGM_REL_ADVCL && m &&
                      dgm_function_is(k->info->tree, m, DGM_FN_WHILE);
        if (word_at(k, up)->deprel != DGM_REL_CONJ && !beside)
            return false;
    }
    return false;
}

/* The state of `word` itself, from what comes in from above; `next` is the path's next word. */
state state_of_word(const walk *k, state in, uint32_t word, uint32_t next)
{
    state out = in;
    uint32_t n = negations_of(k, word, next);
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
                out.status = status_combined(out.status, DGM_INTENDED);
            break;
        case DGM_REL_ADVMOD:
            apply_hedge(k, &out, word, c, false);
            break;
        case DGM_REL_AMOD:
            apply_hedge(k, &out, word, c, true);
            break;
        case DGM_REL_MARK:
            if (dgm_function_is(k->info->tree, c, DGM_FN_WHETHER) ||
                (dgm_function_is(k->info->tree, c, DGM_FN_IF) &&
                 word_at(k, word)->deprel == DGM_REL_CCOMP))
                out.status = status_combined(out.status, DGM_HYPOTHETICAL);
            break;
        default:
            break;
        }
    }
    if (is_question(k, word) || is_wish(k, word))
        out.status = status_combined(out.status, DGM_HYPOTHETICAL);
    if (is_imperative(k, word))
        out.status = status_combined(out.status, DGM_REQUESTED);
    if (is_headline_infinitive(k, word) || is_agreed(k, word))
        out.status = status_combined(out.status, DGM_INTENDED);
    apply_condition(k, &out, word, next);
    return out;
}
