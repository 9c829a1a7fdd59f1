#include "syntax/garden_path.h"

static bool is_nominal(const dgm_word *w)
{
    return w->upos == DGM_NOUN || w->upos == DGM_PROPN || w->upos == DGM_PRON;
}

/* Past forms: in "arrested" and "struck" the finite verb and the participle look alike. */
static bool is_past_verb(const dgm_word *w)
{
    return w->upos == DGM_VERB &&
           (dgm_view_eq(w->xpos, DGM_VIEW("VBN")) || dgm_view_eq(w->xpos, DGM_VIEW("VBD")));
}

static bool has_child(const dgm_sentence *s, uint32_t i_head, dgm_deprel main_relation)
{
    for (uint32_t i = 1; i <= s->n_words; i++)
        if (s->words[i].head == i_head && dgm_deprel_main(s->words[i].deprel) == main_relation)
            return true;
    return false;
}

static bool is_inside_phrase(dgm_deprel deprel)
{
    return deprel == DGM_REL_COMPOUND || deprel == DGM_REL_NMOD || deprel == DGM_REL_AMOD ||
           deprel == DGM_REL_NMOD_UNMARKED || deprel == DGM_REL_NMOD_DESC;
}

/* "Police <- protesters" across "arrested", which governs "protesters". */
static void mend_subject_behind_verb(dgm_sentence *s, uint32_t i)
{
    dgm_word *w = &s->words[i];
    if (!is_nominal(w) || !is_inside_phrase(w->deprel) || w->head <= i)
        return;
    uint32_t verb = s->words[w->head].head;
    if (verb <= i || verb >= w->head || s->words[verb].upos != DGM_VERB ||
        has_child(s, i, DGM_REL_CASE) || has_child(s, verb, DGM_REL_NSUBJ))
        return;
    w->head = verb;
    w->deprel = DGM_REL_NSUBJ;
}

/* The verb takes the place of the noun that it hung on; what hung there besides and is no part of
 * the noun's own phrase moves with it. */
static void raise_verb(dgm_sentence *s, uint32_t noun, uint32_t verb)
{
    s->words[verb].xpos = DGM_VIEW("VBD");
    s->words[verb].feats = DGM_VIEW("Mood=Ind|Tense=Past|VerbForm=Fin");
    s->words[verb].head = s->words[noun].head;
    s->words[verb].deprel = s->words[noun].deprel;
    s->words[noun].head = verb;
    for (uint32_t i = 1; i <= s->n_words; i++) {
        dgm_deprel deprel = s->words[i].deprel;
        if (s->words[i].head == noun && i != verb &&
            (deprel == DGM_REL_PUNCTREL || deprel == DGM_REL_PARATAXIS || deprel == DGM_REL_CCOMP ||
             deprel == DGM_REL_ADVCL || deprel == DGM_REL_MARK || deprel == DGM_REL_ADVMOD ||
             dgm_deprel_main(deprel) == DGM_REL_OBL || deprel == DGM_REL_DISCOURSE))
            s->words[i].head = verb;
    }
}

static bool is_clause(dgm_deprel deprel)
{
    return deprel == DGM_REL_ROOT || deprel == DGM_REL_PARATAXIS || deprel == DGM_REL_CCOMP;
}

/* noun "protesters", participle "arrested" before it, member "Police" before that. */
static void mend_participle_before(dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head;
    if (s->words[verb].deprel != DGM_REL_AMOD || noun <= verb ||
        !is_clause(s->words[noun].deprel) || has_child(s, noun, DGM_REL_NSUBJ) ||
        has_child(s, noun, DGM_REL_COP) || has_child(s, noun, DGM_REL_CASE))
        return;
    uint32_t subject = 0;
    for (uint32_t i = 1; i < verb; i++) {
        if (s->words[i].head != noun)
            continue;
        if (is_nominal(&s->words[i]) && is_inside_phrase(s->words[i].deprel) &&
            !has_child(s, i, DGM_REL_CASE))
            subject = i;
        else if (s->words[i].deprel == DGM_REL_NUMMOD)
            return;
    }
    if (!subject)
        return;
    raise_verb(s, noun, verb);
    s->words[noun].deprel = DGM_REL_OBJ;
    for (uint32_t i = 1; i < verb; i++)
        if (s->words[i].head == noun && i != subject)
            s->words[i].head = i < subject ? subject : verb;
    s->words[subject].head = verb;
    s->words[subject].deprel = DGM_REL_NSUBJ;
}

/* The first word of what hangs on i and stands after `after`. */
static uint32_t first_of(const dgm_sentence *s, uint32_t i, uint32_t after)
{
    uint32_t first, last;
    dgm_subtree(s, i, &first, &last);
    return DGM_MAX(first, after + 1);
}

/* noun "warplanes", participle "struck" right after it, bare noun "positions" right after that. */
static void mend_participle_after(dgm_sentence *s, uint32_t verb)
{
    uint32_t noun = s->words[verb].head;
    if ((s->words[verb].deprel != DGM_REL_AMOD && s->words[verb].deprel != DGM_REL_ACL) ||
        noun + 1 != verb || !is_nominal(&s->words[noun]) || !is_clause(s->words[noun].deprel) ||
        has_child(s, noun, DGM_REL_NSUBJ) || has_child(s, noun, DGM_REL_COP) ||
        has_child(s, verb, DGM_REL_OBL) || has_child(s, verb, DGM_REL_OBJ))
        return;
    for (uint32_t i = verb + 1; i <= s->n_words; i++) {
        const dgm_word *w = &s->words[i];
        if (w->head != noun)
            continue;
        if (!is_nominal(w) || first_of(s, i, verb) != verb + 1 || has_child(s, i, DGM_REL_CASE) ||
            s->words[verb + 1].upos == DGM_PUNCT)
            return;
        raise_verb(s, noun, verb);
        s->words[noun].deprel = DGM_REL_NSUBJ;
        s->words[i].head = verb;
        s->words[i].deprel = DGM_REL_OBJ;
        return;
    }
}

void dgm_garden_path_mend(dgm_sentence *s)
{
    for (uint32_t i = 1; i <= s->n_words; i++) {
        mend_subject_behind_verb(s, i);
        if (is_past_verb(&s->words[i]) && s->words[i].head != 0) {
            mend_participle_before(s, i);
            mend_participle_after(s, i);
        }
    }
}
