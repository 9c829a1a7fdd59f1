/* The words of a name: proper nouns of the phrase that are no title, country or body. */
#include "actors/phrase_parts.h"

bool is_before_title(const lexicon *lex, const matches *m, const match *found, uint32_t last)
{
    uint32_t next = found->last < last ? m->of_word[found->last + 1] : DGM_NONE;
    return lex->facts.at[found->fact].type == FACT_COUNTRY && next != DGM_NONE &&
           lex->facts.at[m->at[next].fact].type == FACT_AGENT;
}

static bool in_chunk(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t w)
{
    const dgm_word *word = &s->words[w];
    uint32_t i = m->of_word[w];
    if (word->upos != DGM_PROPN || !starts_upper(word) || form_of(lex, word, WORDS_CALENDAR))
        return false;
    return i == DGM_NONE || lex->facts.at[m->at[i].fact].type == FACT_OFFICE;
}

/* A run of proper nouns is one name, whatever the parser makes of its parts: from..to grows. */
static void grow_chunk(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t *from,
                       uint32_t *to)
{
    if (m->title_case || m->capitals)
        return;
    for (;;) {
        uint32_t w = *to + 1;
        if (w < s->n_words && dgm_view_eq(s->words[w].form, DGM_VIEW("-")) &&
            !s->words[w].space_after && !s->words[w - 1].space_after)
            w++;
        if (w > s->n_words || !in_chunk(lex, s, m, w))
            break;
        *to = w;
    }
    for (;;) {
        uint32_t w = *from - 1;
        if (w > 1 && dgm_view_eq(s->words[w].form, DGM_VIEW("-")) && !s->words[w].space_after &&
            !s->words[w - 1].space_after)
            w--;
        if (w < 1 || !in_chunk(lex, s, m, w))
            break;
        *from = w;
    }
}

void collect_name(const lexicon *lex, const dgm_sentence *s, const matches *m, phrase *p)
{
    uint32_t first = p->first, last = p->last;
    p->n_name_words = 0;
    uint32_t seed = p->role_first == 0 || p->head > p->role_last ? p->head : p->role_last + 1;
    if (seed <= s->n_words && in_chunk(lex, s, m, seed)) {
        uint32_t from = seed, to = seed;
        grow_chunk(lex, s, m, &from, &to);
        first = DGM_MIN(first, from);
        last = DGM_MAX(last, to);
    }
    for (uint32_t w = first; w <= last && p->n_name_words < MAX_NAME_WORDS; w++) {
        const dgm_word *word = &s->words[w];
        uint32_t i = m->of_word[w];
        bool other = i != DGM_NONE && lex->facts.at[m->at[i].fact].type != FACT_OFFICE &&
                     (!(w == p->head || word->deprel == DGM_REL_FLAT) ||
                      is_before_title(lex, m, &m->at[i], p->last));
        uint32_t branch = w == p->head ? 0 : branch_of(s, w, p->head);
        bool owner = branch && s->words[branch].deprel == DGM_REL_NMOD_POSS;
        bool role = p->role_first && w >= p->role_first && w <= p->role_last;
        if (!other && !owner && !role && starts_upper(word) && word->upos != DGM_DET &&
            word->upos != DGM_PUNCT)
            p->name_words[p->n_name_words++] = w;
    }
}

bool is_part_of_name(const dgm_sentence *s, const matches *m, const match *own, const phrase *p)
{
    for (uint32_t w = p->first; w <= p->last && !m->title_case; w++) {
        const dgm_word *word = &s->words[w];
        if ((w >= own->first && w <= own->last) || m->of_word[w] != DGM_NONE)
            continue;
        if (w < s->n_words && s->words[w + 1].upos == DGM_CCONJ)
            continue; /* "North and South Korea" */
        if (word->upos == DGM_PROPN && starts_upper(word) && word->head == p->head &&
            (word->deprel == DGM_REL_FLAT || word->deprel == DGM_REL_COMPOUND))
            return true;
    }
    return false;
}
