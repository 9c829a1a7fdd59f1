/* What the relation between two words means by itself, where neither a voice nor an operator has a
 * say: who shares the state of a clause, and who stands on his own. */
#include "claims/walk.h"

static bool is_tagged(const dgm_word *word, const char *xpos)
{
    return dgm_view_eq(word->xpos, dgm_view_of(xpos));
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
static state conjunct(const walk *k, const edge *e)
{
    uint32_t child = e->child;
    const dgm_word *c = word_at(k, child), *h = word_at(k, e->head);
    state mine = e->in;
    bool own = child_of(k->w, k->i, child, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_AUXREL) ||
               dgm_is_finite(k->info->tree, child);
    if (own && c->upos != DGM_NOUN)
        return mine;
    uint32_t cc = child_of(k->w, k->i, child, DGM_REL_CC, DGM_REL_NONE, DGM_REL_NONE);
    bool alike = is_tagged(c, "VB") || dgm_view_eq(c->xpos, h->xpos) || c->upos == DGM_NOUN;
    if (!alike)
        return mine;
    mine.status = e->out.status;
    mine.condition = e->out.condition;
    bool contrast = cc && dgm_function_is(k->info->tree, cc, DGM_FN_CONTRAST);
    if (!contrast)
        mine.negated = e->out.negated;
    return mine;
}

bool is_condition_clause(const walk *k, uint32_t child)
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
        /* "released them, only to arrest them again": so it went on */
        if (m > 1 && dgm_function_is(k->info->tree, m - 1, DGM_FN_ONLY))
            return (state) { false, out.status, out.condition };
        st.status = status_combined(out.status, out.negated ? DGM_HYPOTHETICAL : DGM_INTENDED);
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
 * the unreality of its clause ("will meet after an attack", not "amid attacks"). */
static state nominal(const walk *k, state out, uint32_t child)
{
    uint32_t m = dgm_marker_of(k->info->tree, child);
    state st = { false, DGM_ACTUAL, DGM_NONE };
    bool given = m && dgm_function_is(k->info->tree, m, DGM_FN_GIVEN);
    if (!is_definite(k->info->tree, child) && !given) {
        st.status = out.status == DGM_REQUESTED ? (uint8_t)DGM_ACTUAL : out.status;
        st.condition = out.condition;
        st.negated = out.negated && has_any(k, child);
        /* "will not accept an attack": nobody means to attack */
        if (out.negated && st.status == DGM_INTENDED && !st.negated)
            st.status = DGM_HYPOTHETICAL;
    }
    return st;
}

static bool is_simple_present(const dgm_word *word)
{
    return is_tagged(word, "VBZ") || is_tagged(word, "VBP");
}

/* "for information | that leads to an arrest": what there may be some of. */
static bool is_some_of(const walk *k, uint32_t noun, uint32_t clause)
{
    const dgm_word *n = word_at(k, noun);
    uint32_t subject = child_of(k->w, k->i, clause, DGM_REL_NSUBJ, DGM_REL_NONE, DGM_REL_NONE);
    return n->upos == DGM_NOUN && n->deprel == DGM_REL_NMOD && is_tagged(n, "NN") &&
           !child_of(k->w, k->i, noun, DGM_REL_DETREL, DGM_REL_AMOD, DGM_REL_NMOD_POSS) &&
           subject && word_at(k, subject)->upos == DGM_PRON;
}

/* "those who attack the police", "any state that arms rebels": nobody in particular. "A state that
 * arms rebels breaks the law": nor here, where all of it is in the simple present and nobody is
 * said to say it. */
static bool is_of_anybody(const walk *k, uint32_t noun, uint32_t clause)
{
    const dgm_word *n = word_at(k, noun), *verb = word_at(k, n->head);
    if (!is_simple_present(word_at(k, clause)))
        return false;
    if (is_some_of(k, noun, clause))
        return true;
    if (n->upos == DGM_PRON || n->upos == DGM_DET)
        return dgm_function_is(k->info->tree, noun, DGM_FN_ANYBODY);
    if (has_any(k, noun))
        return true;
    uint32_t a = child_of(k->w, k->i, noun, DGM_REL_DETREL, DGM_REL_NONE, DGM_REL_NONE);
    return n->deprel == DGM_REL_NSUBJ && a &&
           dgm_function_is(k->info->tree, a, DGM_FN_INDEFINITE) && is_simple_present(verb) &&
           !row_for(k->w, verb, FRAME_THAT | FRAME_QUOTE, true);
}

/* "a plan | to attack": a clause on a noun shares its unreality, and an infinitive is meant to be.
 */
static state adnominal(const walk *k, state out, uint32_t child)
{
    uint32_t m = dgm_marker_of(k->info->tree, child);
    state st = state_affirmed(out);
    if (m && dgm_function_is(k->info->tree, m, DGM_FN_TO) && word_at(k, child)->upos == DGM_VERB)
        st.status = status_combined(st.status, DGM_INTENDED);
    return st;
}

/* "It was not Angola | that attacked": what is said of the noun is said of the clause. */
static bool is_cleft(const walk *k, uint32_t noun)
{
    uint32_t it = child_of(k->w, k->i, noun, DGM_REL_NSUBJ, DGM_REL_EXPL, DGM_REL_NONE);
    uint32_t article = child_of(k->w, k->i, noun, DGM_REL_DETREL, DGM_REL_NONE, DGM_REL_NONE);
    bool known = !article || dgm_function_is(k->info->tree, article, DGM_FN_THE);
    return it && known && dgm_lemma_function_is(k->info->tree, it, DGM_FN_IT) &&
           child_of(k->w, k->i, noun, DGM_REL_COP, DGM_REL_NONE, DGM_REL_NONE) &&
           !child_of(k->w, k->i, noun, DGM_REL_CONJ, DGM_REL_NONE, DGM_REL_NONE);
}

/* "should it fail to free the men whom it is holding": what those who are known have done or are
 * doing is so, whatever else is supposed. */
static bool is_known_fact(const walk *k, uint32_t noun, uint32_t clause)
{
    const dgm_tree *t = k->info->tree;
    uint32_t the = child_of(k->w, k->i, noun, DGM_REL_DETREL, DGM_REL_NONE, DGM_REL_NONE);
    return the && dgm_function_is(t, the, DGM_FN_DEFINITE) &&
           (dgm_is_past(t, clause) || dgm_is_under_way(t, clause));
}

/* A relative clause is a fact of its own, but where its noun is a mere supposition or anybody. */
static state relative(const walk *k, const edge *e)
{
    if (e->out.negated && is_cleft(k, e->head))
        return e->out;
    bool supposed = (e->out.status == DGM_HYPOTHETICAL && !is_known_fact(k, e->head, e->child)) ||
                    is_of_anybody(k, e->head, e->child);
    return (state) { false, supposed ? DGM_HYPOTHETICAL : DGM_ACTUAL, DGM_NONE };
}

/* "Rumour has it | that they fled": "it" stands for the clause. */
static bool is_hearsay(const walk *k, uint32_t verb, uint32_t clause)
{
    uint32_t it = child_of(k->w, k->i, verb, DGM_REL_OBJ, DGM_REL_EXPL, DGM_REL_NONE);
    uint32_t m = dgm_marker_of(k->info->tree, clause);
    return dgm_lemma_function_is(k->info->tree, verb, DGM_FN_HAVE) && it == verb + 1 &&
           dgm_function_is(k->info->tree, it, DGM_FN_IT) && m == it + 1 &&
           dgm_function_is(k->info->tree, m, DGM_FN_THAT);
}

static state complement(const walk *k, const edge *e)
{
    state st = state_affirmed(e->out);
    if (is_hearsay(k, e->head, e->child))
        st.status = status_combined(st.status, DGM_POSSIBLE);
    return st;
}

state state_by_relation(const walk *k, const edge *e)
{
    dgm_deprel r = word_at(k, e->child)->deprel;
    if (is_condition_clause(k, e->child) && r != DGM_REL_NSUBJ)
        return (state) { false, DGM_HYPOTHETICAL, DGM_NONE };
    switch (r) {
    case DGM_REL_CONJ:
        return conjunct(k, e);
    case DGM_REL_ADVCL:
        return adverbial(k, e->out, e->child);
    case DGM_REL_ACL_RELCL:
    case DGM_REL_ADVCL_RELCL:
        return relative(k, e);
    case DGM_REL_ACL:
        return adnominal(k, e->out, e->child);
    case DGM_REL_PARATAXIS:
    case DGM_REL_LIST:
        return e->in;
    case DGM_REL_XCOMP:
    case DGM_REL_APPOS:
    case DGM_REL_FIXED:
    case DGM_REL_FLAT:
        return e->out;
    case DGM_REL_CCOMP:
        return complement(k, e);
    case DGM_REL_CSUBJ:
    case DGM_REL_CSUBJ_PASS:
        return state_affirmed(e->out);
    default:
        return nominal(k, e->out, e->child);
    }
}
