/* How far a noun phrase goes: the head with what stands directly before it and, in names, behind.
 */
#include "actors/phrase_parts.h"

#define IN(word, list) form_in((word), (list), DGM_LEN(list))

uint32_t branch_of(const dgm_sentence *s, uint32_t word, uint32_t head)
{
    for (uint32_t i = 0; i < MAX_CLIMB && word; i++) {
        if (s->words[word].head == head)
            return word;
        word = s->words[word].head;
    }
    return 0;
}

static bool premodifies(const dgm_word *branch)
{
    static const char *const inner[] = { "-", "\"", "'", "``", "''" };
    switch (branch->deprel) {
    case DGM_REL_DETREL:
    case DGM_REL_DET_PREDET:
    case DGM_REL_AMOD:
    case DGM_REL_COMPOUND:
    case DGM_REL_NMOD_DESC:
    case DGM_REL_NMOD_POSS:
    case DGM_REL_FLAT:
    case DGM_REL_NUMMOD:
    case DGM_REL_NMOD_UNMARKED:
    case DGM_REL_GOESWITH:
        return true;
    case DGM_REL_PUNCTREL:
        return IN(branch, inner);
    default:
        return false;
    }
}

static bool postmodifies(const dgm_sentence *s, uint32_t word, uint32_t branch)
{
    static const char *const inner[] = { "-", "'" };
    switch (s->words[branch].deprel) {
    case DGM_REL_FLAT:
    case DGM_REL_GOESWITH:
    case DGM_REL_FIXED:
    case DGM_REL_COMPOUND:
    case DGM_REL_NMOD_DESC:
        return true;
    case DGM_REL_PUNCTREL:
        return word == branch && IN(&s->words[word], inner) && word < s->n_words &&
               s->words[word].space_after == false;
    default:
        return false;
    }
}

/* A comma ends a phrase, but not between nationalities and adjectives. */
static bool parts(const dgm_sentence *s, const matches *m, uint32_t w)
{
    if (!dgm_view_eq(s->words[w].form, DGM_VIEW(",")))
        return false;
    return w == s->n_words || w < 2 ||
           !((s->words[w + 1].upos == DGM_ADJ || m->of_word[w + 1] != DGM_NONE) &&
             (s->words[w - 1].upos == DGM_ADJ || m->of_word[w - 1] != DGM_NONE) &&
             s->words[w - 1].upos != DGM_PROPN);
}

void find_extent(const lexicon *lex, const dgm_sentence *s, const matches *m, phrase *p)
{
    p->first = p->last = p->head;
    for (uint32_t w = p->head - 1; w > m->dateline; w--) {
        uint32_t branch = branch_of(s, w, p->head);
        if (!branch || branch > p->head || !premodifies(&s->words[branch]) || parts(s, m, w))
            break;
        p->first = w;
    }
    for (uint32_t w = p->head + 1; w <= s->n_words; w++) {
        uint32_t branch = branch_of(s, w, p->head);
        if (w == m->dateline || !branch || branch < p->head || !postmodifies(s, w, branch) ||
            parts(s, m, w) || s->words[w].upos == DGM_ADP || s->words[w].upos == DGM_VERB ||
            form_of(lex, &s->words[w], WORDS_CALENDAR))
            break;
        p->last = w;
    }
    while (p->first < p->head && s->words[p->first].upos == DGM_PUNCT)
        p->first++;
    while (p->first < p->head &&
           (s->words[p->first].upos == DGM_ADP || s->words[p->first].upos == DGM_CCONJ))
        p->first++; /* "than 30 people" */
    while (p->last > p->head && s->words[p->last].upos == DGM_PUNCT)
        p->last--;
}
