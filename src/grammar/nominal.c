/* Nouns: conjuncts, what prepositions govern. */
#include "document/types.h"
#include "grammar/knowledge.h"

#include <string.h>

/* ---- lists of words ------------------------------------------------------------------------- */

void dgm_add_word(dgm_words *out, uint32_t word)
{
    for (uint32_t i = 0; i < out->n; i++)
        if (out->at[i] == word)
            return;
    if (word != 0 && out->n < DGM_MAX_SLOT_WORDS)
        out->at[out->n++] = word;
}

static const dgm_entity *state_at(const dgm_tree *t, uint32_t word)
{
    uint32_t mention = t->s->words[word].mention;
    const dgm_mention *m = mention == DGM_NONE ? NULL : &t->doc->mentions.at[mention];
    const dgm_entity *e = m && m->n_entities == 1
                              ? &t->doc->entities.at[t->doc->mention_entities.at[m->entities]]
                              : NULL;
    return e && e->kind == DGM_ENTITY_COUNTRY ? e : NULL;
}

/* "The United States, Russia and Ukraine": no state is another's apposition, they are a list. */
static bool is_listed(const dgm_tree *t, uint32_t head, uint32_t word)
{
    if (t->s->words[word].deprel != DGM_REL_APPOS || t->s->words[word].upos != DGM_PROPN)
        return false;
    const dgm_entity *a = state_at(t, head), *b = state_at(t, word);
    return a && b && a != b && strcmp(a->country, b->country) != 0;
}

/* "Along with Germany, France condemned": one who does it too, told before the verb. */
static bool joins_ahead(const dgm_tree *t, uint32_t verb, uint32_t word)
{
    return t->s->words[word].deprel == DGM_REL_OBL && t->s->words[word].head == verb &&
           word < verb && dgm_heads_somebody(t, word) && dgm_has_function(t, word, DGM_FN_JOINED);
}

/* Whom the word joins to others: "together with Germany", wherever "with Germany" hangs, "joined by
 * Germany". */
static void add_company(const dgm_tree *t, uint32_t by, dgm_words *out)
{
    if (!dgm_function_is(t, by, DGM_FN_JOINED))
        return;
    uint32_t from = out->n;
    DGM_EACH_CHILD(t, by, w)
    if (t->s->words[w].deprel == DGM_REL_OBL_AGENT ||
        (t->s->words[w].deprel == DGM_REL_OBL && t->s->words[by].upos != DGM_VERB))
        dgm_add_word(out, w);
    if (out->n > from || t->s->words[by].upos == DGM_VERB)
        return;
    DGM_EACH_CHILD(t, t->s->words[by].head, w)
    if (t->s->words[w].deprel == DGM_REL_OBL && dgm_child_of(t, w, DGM_REL_CASE) == by + 1)
        dgm_add_word(out, w);
}

/* "France expelled two envoys and Germany three": the rest of the clause is the first one's. */
static bool does_the_same(const dgm_tree *t, uint32_t name)
{
    uint32_t orphan = dgm_child_of(t, name, DGM_REL_ORPHAN);
    return t->s->words[name].deprel == DGM_REL_CONJ && orphan &&
           t->s->words[orphan].upos == DGM_NUM;
}

/* "France, along with Germany, condemned", "France, joined by Germany, condemned": below France;
 * "together with Germany" and "joined by Germany, France condemned" hang on the verb of the
 * subject. */
static void add_joined(const dgm_tree *t, uint32_t word, dgm_words *out)
{
    uint32_t verb = t->s->words[word].head;
    DGM_EACH_CHILD(t, word, w)
    {
        if (t->s->words[w].deprel == DGM_REL_NMOD && dgm_has_function(t, w, DGM_FN_JOINED))
            dgm_add_word(out, w);
        if (t->s->words[w].deprel == DGM_REL_ACL)
            add_company(t, w, out);
    }
    if (!dgm_is_subject(t->s->words[word].deprel))
        return;
    DGM_EACH_CHILD(t, verb, by)
    {
        dgm_deprel rel = t->s->words[by].deprel;
        if (joins_ahead(t, verb, by) || does_the_same(t, by))
            dgm_add_word(out, by);
        if (rel == DGM_REL_ADVMOD || (rel == DGM_REL_ADVCL && by < verb))
            add_company(t, by, out);
    }
}

/* "Iraq, not Iran, attacked", and no "not only Iran but also Iraq". */
static bool is_ruled_out(const dgm_tree *t, uint32_t word)
{
    DGM_EACH_CHILD(t, word, w)
    if (w < word && t->s->words[w].deprel == DGM_REL_ADVMOD && dgm_function_is(t, w, DGM_FN_NOT))
        return !dgm_function_is(t, w + 1, DGM_FN_ONLY);
    return false;
}

static void drop_ruled_out(const dgm_tree *t, uint32_t from, dgm_words *out)
{
    uint32_t n = from;
    for (uint32_t i = from; i < out->n; i++)
        if (!is_ruled_out(t, out->at[i]))
            out->at[n++] = out->at[i];
    if (n > from)
        out->n = n;
}

/* A word with its conjuncts; "a series of attacks" stands for the attacks. */
void dgm_add_nominal(const dgm_tree *t, uint32_t word, dgm_words *out)
{
    uint32_t from = out->n;
    dgm_add_word(out, word);
    add_joined(t, word, out);
    for (uint32_t i = from; i < out->n; i++) {
        uint32_t at = out->at[i];
        DGM_EACH_CHILD(t, at, w)
        if (t->s->words[w].deprel == DGM_REL_CONJ || is_listed(t, at, w))
            dgm_add_word(out, w);
        if (!dgm_has_class(t, at, DGM_CLASS_QUANTITY) || t->s->words[at].mention != DGM_NONE)
            continue;
        DGM_EACH_CHILD(t, at, w)
        if (t->s->words[w].deprel == DGM_REL_NMOD && dgm_has_function(t, w, DGM_FN_PART_OF))
            dgm_add_word(out, w);
    }
    if (out->n > from + 1)
        drop_ruled_out(t, from, out);
}

/* ---- children of a noun --------------------------------------------------------------------- */

void dgm_add_by_case(const dgm_tree *t, uint32_t word, dgm_view preposition, dgm_words *out)
{
    DGM_EACH_CHILD(t, word, w)
    {
        switch (t->s->words[w].deprel) {
        case DGM_REL_OBL:
        case DGM_REL_OBL_AGENT:
        case DGM_REL_NMOD:
        case DGM_REL_ADVCL:
        case DGM_REL_ACL:
        case DGM_REL_XCOMP:
        case DGM_REL_CCOMP:
            if (dgm_has_preposition(t, w, preposition) && !joins_ahead(t, word, w))
                dgm_add_nominal(t, w, out);
            break;
        default:
            break;
        }
    }
}

void dgm_add_children(const dgm_tree *t, uint32_t word, dgm_deprel a, dgm_deprel b, dgm_words *out)
{
    DGM_EACH_CHILD(t, word, w)
    if (t->s->words[w].deprel == a || t->s->words[w].deprel == b)
        dgm_add_nominal(t, w, out);
}

void dgm_add_adjectives(const dgm_tree *t, uint32_t word, dgm_words *out)
{
    DGM_EACH_CHILD(t, word, w)
    switch (t->s->words[w].deprel) {
    case DGM_REL_AMOD:
    case DGM_REL_COMPOUND:
    case DGM_REL_NMOD:
    case DGM_REL_NMOD_DESC:
    case DGM_REL_NMOD_UNMARKED:
        if (w < word && dgm_heads_somebody(t, w))
            dgm_add_word(out, w);
        break;
    default:
        break;
    }
}

/* The noun behind "over" with nothing but its phrase between it and a later word. 0: none. */
static uint32_t cause_before(const dgm_tree *t, uint32_t word)
{
    for (uint32_t k = word - 1; word > 0 && k > 0; k--) {
        const dgm_word *w = t->s->words + k;
        if (w->upos == DGM_VERB || w->upos == DGM_AUX || w->upos == DGM_SCONJ ||
            w->upos == DGM_CCONJ || w->upos == DGM_PUNCT)
            return 0;
        if (w->deprel == DGM_REL_CASE && dgm_function_is(t, k, DGM_FN_REASON) &&
            !dgm_function_is(t, k, DGM_FN_FOR))
            return w->head > k && w->head < word ? w->head : 0;
    }
    return 0;
}

bool dgm_is_behind_cause(const dgm_tree *t, uint32_t word, uint32_t deed)
{
    uint32_t noun = cause_before(t, word);
    if (noun <= deed || t->s->words[noun].upos != DGM_NOUN)
        return false;
    const dgm_event *event = dgm_event_of(t->doc, t->s->words + deed);
    dgm_event_type type = event ? dgm_like(event->type) : DGM_CONSULT;
    return type == DGM_COERCE || type == DGM_SANCTION || dgm_event_of(t->doc, t->s->words + noun) ||
           dgm_has_class(t, noun, DGM_CLASS_ATTACK);
}
