/* The entries of the tables in a phrase: which of several is meant, and what they add to it. */
#include "actors/phrase_parts.h"

#include <string.h>

static bool has_country(const phrase *p, const char *code)
{
    for (uint32_t i = 0; i < p->n_countries; i++)
        if (strcmp(p->countries[i], code) == 0)
            return true;
    return false;
}

void add_country(phrase *p, const char *code)
{
    if (code[0] && p->n_countries < MAX_COUNTRIES && !has_country(p, code))
        memcpy(p->countries[p->n_countries++], code, 4);
}

void add_other(phrase *p, const char *code)
{
    for (uint32_t i = 0; i < p->n_others; i++)
        if (strcmp(p->others[i], code) == 0)
            return;
    if (code[0] && strcmp(code, p->sector) != 0 && p->n_others < DGM_MAX_SECTORS)
        memcpy(p->others[p->n_others++], code, 4);
}

static int fact_score(const fact *f, uint32_t date, const phrase *context)
{
    int score = f->weak ? 0 : 8;
    if (fact_holds(f, date))
        score += 4;
    else if (f->to < date)
        score += 2;
    if (context && context->n_countries > 0 && f->country[0])
        score += has_country(context, f->country) ? 16 : -16;
    if (f->type == FACT_COUNTRY)
        score += 1;
    return score;
}

/* "Tripoli, Lebanon" is not Libya's. */
static bool is_namesake_town(const lexicon *lex, const dgm_sentence *s, const matches *m,
                             const match *found, const fact *f)
{
    uint32_t w = found->last + 2;
    if (f->type != FACT_COUNTRY || (f->kind != KIND_CAPITAL && f->kind != KIND_REGION) ||
        w > s->n_words || !dgm_view_eq(s->words[w - 1].form, DGM_VIEW(",")) ||
        m->of_word[w] == DGM_NONE)
        return false;
    bool other = false;
    for (uint32_t i = m->at[m->of_word[w]].fact; i != DGM_NONE; i = lex->facts.at[i].next) {
        const fact *g = &lex->facts.at[i];
        bool country = g->type == FACT_COUNTRY && g->kind == KIND_NAME;
        if (country && strcmp(g->country, f->country) == 0)
            return false;
        other = other || country;
    }
    return other;
}

const fact *choose_fact(const lexicon *lex, const dgm_sentence *s, const matches *m,
                        const match *found, uint32_t date, const phrase *context)
{
    const fact *best = NULL;
    int best_score = 0;
    for (uint32_t i = found->fact; i != DGM_NONE; i = lex->facts.at[i].next) {
        const fact *f = &lex->facts.at[i];
        if (!case_allows(lex, f, s, found->first, found->last, m->capitals) ||
            is_namesake_town(lex, s, m, found, f))
            continue;
        int score = fact_score(f, date, context);
        bool later = best && score == best_score && f->type == FACT_OFFICE &&
                     best->type == FACT_OFFICE && f->person == best->person && f->to < date &&
                     f->to > best->to;
        if (!best || score > best_score || later) {
            best = f;
            best_score = score;
        }
    }
    bool known = best && best->type == FACT_ORG && found->home;
    return known && (!context || context->n_countries == 0) ? found->home : best;
}

uint32_t match_head(const dgm_sentence *s, const match *found)
{
    for (uint32_t w = found->last; w >= found->first && w > 0; w--) {
        uint32_t head = s->words[w].head;
        if (head < found->first || head > found->last)
            return w;
    }
    return found->last;
}

/* "a Liberian-flagged tanker" */
static bool is_at_home(const lexicon *lex, const dgm_sentence *s, const match *found)
{
    uint32_t w = found->last + 1;
    return w + 1 <= s->n_words && dgm_view_eq(s->words[w].form, DGM_VIEW("-")) &&
           lemma_of(lex, &s->words[w + 1], WORDS_REGISTERED);
}

bool is_turned(const lexicon *lex, const dgm_sentence *s, const match *found, uint32_t head)
{
    const dgm_word *words = s->words;
    if (is_at_home(lex, s, found))
        return false;
    uint32_t w = found->first - 1;
    if (w > 1 && dgm_view_eq(words[w].form, DGM_VIEW("-")))
        w--;
    if (w >= 1 && w < found->first && form_of(lex, &words[w], WORDS_TURNING_PREFIX))
        return true;
    w = found->last + 1;
    if (w + 1 <= s->n_words && dgm_view_eq(words[w].form, DGM_VIEW("-")) && w + 1 != head &&
        (dgm_view_ends(words[w + 1].form, DGM_VIEW("ed")) ||
         form_of(lex, &words[w + 1], WORDS_TURNING_PARTICIPLE)))
        return true;
    for (uint32_t i = 0, up = words[match_head(s, found)].head; i < MAX_CLIMB && up && up != head;
         i++, up = words[up].head)
        if (words[up].upos == DGM_VERB ||
            (words[up].upos == DGM_ADJ && dgm_view_ends(words[up].form, DGM_VIEW("ed"))))
            return true;
    return false;
}

bool actors_is_surname(const dgm_sentence *s, const matches *m, const match *found)
{
    const dgm_word *given = &s->words[found->first - 1];
    return found->first > 1 && s->words[found->first].deprel == DGM_REL_FLAT &&
           m->of_word[found->first - 1] == DGM_NONE && given->upos == DGM_PROPN &&
           starts_upper(given);
}

void take_sector(phrase *p, const fact *f)
{
    memcpy(p->sector, f->sector, 4);
    for (uint32_t i = 0; i < f->n_others; i++)
        add_other(p, f->others[i]);
}
