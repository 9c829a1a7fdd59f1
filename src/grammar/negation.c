/* What negates a word: "not", "no longer", "no help", "neither side", "in no way". */
#include "grammar/knowledge.h"

/* ---- loading -------------------------------------------------------------------------------- */

bool grammar_negation_row(void *context, const dgm_row *row)
{
    static const char *const places[] = { "adv", "det", "pron", "mark", "cc", "way" };
    const grammar_loading *l = context;
    dgm_grammar *grammar = l->grammar;
    uint32_t where = dgm_view_index(row->cell[1], places, DGM_LEN(places));
    if (where == DGM_LEN(places)) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "unknown place \"%.*s\"",
                     DGM_FMT(row->cell[1]));
        return true;
    }
    dgm_negator *added = dgm_push(grammar->arena, &grammar->negators);
    if (!added)
        return false;
    *added = (dgm_negator) { .where = (uint8_t)(1u << where),
                             .unless = row->cell[2],
                             .line = (uint32_t)row->line,
                             .next = dgm_map_get(grammar->negator_of, row->cell[0]) };
    return dgm_map_set(grammar->negator_of, row->cell[0], grammar->negators.n - 1, NULL) == DGM_OK;
}

/* ---- asking --------------------------------------------------------------------------------- */

/* The row by which the word negates from one of the places in `where`, unless the word after it, of
 * the sentence, takes that away ("not only"). */
static const dgm_negator *negator_of(const dgm_tree *t, uint32_t word, bool look_on, unsigned where)
{
    const dgm_grammar *grammar = t->grammar;
    uint32_t i = dgm_map_get(grammar->negator_of, t->forms[word]);
    for (; i != DGM_NONE; i = grammar->negators.at[i].next) {
        const dgm_negator *n = &grammar->negators.at[i];
        if (!(n->where & where))
            continue;
        dgm_view rest = n->unless, part;
        bool excepted = false;
        while (look_on && word < t->s->n_words && rest.n > 0 && dgm_view_split(&rest, ',', &part))
            excepted |= dgm_view_eq(part, t->forms[word + 1]);
        if (!excepted)
            return n;
    }
    return NULL;
}

static bool is_role(dgm_deprel deprel)
{
    dgm_deprel r = dgm_deprel_main(deprel);
    return r == DGM_REL_NSUBJ || r == DGM_REL_OBJ || r == DGM_REL_IOBJ || r == DGM_REL_XCOMP;
}

/* "no help", "neither side", "nobody", "no longer", "no more": a negator at or below a child. */
static const dgm_negator *negator_below(const dgm_tree *t, uint32_t child, uint32_t *at)
{
    const dgm_word *c = &t->s->words[child];
    DGM_EACH_CHILD(t, child, g)
    {
        const dgm_word *it = &t->s->words[g];
        bool before = g < child && it->deprel == DGM_REL_ADVMOD &&
                      (c->upos == DGM_NOUN || c->upos == DGM_NUM);
        unsigned where = DGM_NEGATES_DET | (before ? DGM_NEGATES_ADV : 0); /* "not a single" */
        if (it->deprel == DGM_REL_CC_PRECONJ)
            where = DGM_NEGATES_CC;
        const dgm_negator *n = negator_of(t, g, true, where);
        *at = g;
        if (n)
            return n;
    }
    return NULL;
}

/* "no longer", "not yet" */
static const dgm_negator *negator_of_degree(const dgm_tree *t, uint32_t adverb)
{
    uint32_t no = t->first_child[adverb];
    bool degree = dgm_function_is(t, adverb, DGM_FN_NO_LONGER);
    return degree && no ? negator_of(t, no, false, DGM_NEGATES_ADV | DGM_NEGATES_DET) : NULL;
}

/* A child in a role of its verb, or the noun of "in no way". */
static const dgm_negator *negator_in_role(const dgm_tree *t, uint32_t parent, uint32_t child,
                                          uint32_t *at)
{
    const dgm_word *c = &t->s->words[child];
    if (dgm_deprel_main(c->deprel) == DGM_REL_OBL && negator_of(t, child, false, DGM_NEGATES_WAY))
        return negator_below(t, child, at);
    if (!is_role(c->deprel) || t->s->words[parent].upos == DGM_NOUN)
        return NULL;
    bool pronoun = c->upos == DGM_PRON || c->upos == DGM_NOUN || c->upos == DGM_DET;
    const dgm_negator *n = pronoun ? negator_of(t, child, true, DGM_NEGATES_PRON) : NULL;
    return n ? n : negator_below(t, child, at);
}

const dgm_negator *dgm_negator_in(const dgm_tree *t, uint32_t parent, uint32_t child, uint32_t *at)
{
    const dgm_negator *n = NULL;
    *at = child;
    switch (t->s->words[child].deprel) {
    case DGM_REL_ADVMOD:
    case DGM_REL_DISCOURSE:
        n = negator_of_degree(t, child);
        return n ? n : negator_of(t, child, true, DGM_NEGATES_ADV);
    case DGM_REL_DETREL:
        return negator_of(t, child, true, DGM_NEGATES_DET);
    case DGM_REL_MARK:
    case DGM_REL_CASE:
        return negator_of(t, child, true, DGM_NEGATES_MARK);
    case DGM_REL_CC:
        return negator_of(t, child, true,
                          dgm_function_is(t, child, DGM_FN_NOR) ? DGM_NEGATES_CC
                                                                : DGM_NEGATES_MARK);
    case DGM_REL_CC_PRECONJ:
        return negator_of(t, child, true, DGM_NEGATES_CC);
    default:
        return negator_in_role(t, parent, child, at);
    }
}

bool dgm_negates_infinitive(const dgm_tree *t, uint32_t verb, uint32_t child)
{
    return child > verb && child < t->s->n_words && t->s->words[child].deprel == DGM_REL_ADVMOD &&
           dgm_function_is(t, child + 1, DGM_FN_TO) &&
           negator_of(t, child, false, DGM_NEGATES_ADV) != NULL;
}

/* Whether a child negates the word: only one that stands beside it, or also one in its roles. */
static bool has_negator(const dgm_tree *t, uint32_t word, bool roles)
{
    DGM_EACH_CHILD(t, word, w)
    {
        dgm_deprel r = t->s->words[w].deprel;
        bool own = r == DGM_REL_ADVMOD || r == DGM_REL_DISCOURSE || r == DGM_REL_CC_PRECONJ;
        uint32_t at;
        if ((own || roles) && dgm_negator_in(t, word, w, &at) &&
            !dgm_negates_infinitive(t, word, w))
            return true;
    }
    return false;
}

bool dgm_is_negated(const dgm_tree *t, uint32_t word)
{
    return has_negator(t, word, false);
}

bool dgm_is_denied(const dgm_tree *t, uint32_t word)
{
    return has_negator(t, word, true);
}

bool dgm_is_nobody(const dgm_tree *t, uint32_t word)
{
    return dgm_function_is(t, word, DGM_FN_NOBODY) &&
           dgm_has_feat(&t->s->words[word], DGM_VIEW("PronType=Neg"));
}
