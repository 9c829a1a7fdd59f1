/* Which words open a condition, from `data/english/conditions.tsv`, and which clause they open: "if
 * asked", "in case it attacks", "should it attack". What depends on the condition, and whether it
 * counts, `claims` knows. */
#include "grammar/knowledge.h"

#include <string.h>

/* ---- loading -------------------------------------------------------------------------------- */

static bool wrong(const grammar_loading *l, const dgm_row *row, const char *what, dgm_view value)
{
    dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "unknown %s \"%.*s\"", what,
                 DGM_FMT(value));
    return true; /* the loading goes on */
}

bool grammar_condition_row(void *context, const dgm_row *row)
{
    static const char *const places[] = { "clause", "noun", "inverted", "imperative" };
    static const char *const meanings[] = { "if",     "unless",  "once",           "until",
                                            "before", "without", "counterfactual", "concessive",
                                            "none" };
    const grammar_loading *l = context;
    dgm_grammar *grammar = l->grammar;
    uint32_t where = dgm_view_index(row->cell[1], places, DGM_LEN(places));
    uint32_t meaning = dgm_view_index(row->cell[2], meanings, DGM_LEN(meanings));
    if (where == DGM_LEN(places))
        return wrong(l, row, "place", row->cell[1]);
    if (meaning == DGM_LEN(meanings))
        return wrong(l, row, "meaning", row->cell[2]);
    dgm_view rest = row->cell[0], first;
    if (!dgm_view_split(&rest, ' ', &first))
        return wrong(l, row, "phrase", row->cell[0]);
    dgm_opener *added = dgm_push(grammar->arena, &grammar->openers);
    if (!added)
        return false;
    *added = (dgm_opener) { .phrase = row->cell[0],
                            .where = (dgm_opener_place)where,
                            .meaning = (dgm_condition_meaning)meaning,
                            .line = (uint32_t)row->line,
                            .next = dgm_map_get(grammar->opener_of, first) };
    return dgm_map_set(grammar->opener_of, first, grammar->openers.n - 1, NULL) == DGM_OK;
}

/* ---- asking --------------------------------------------------------------------------------- */

enum { LONGEST_WORD = 16, MAX_CLIMB = 6 };

/* A form without an editor's brackets, "[i]f"; `made` may hold it. Empty for long words with some.
 */
static dgm_view unbracketed(dgm_view form, char made[LONGEST_WORD])
{
    size_t n = 0;
    if (!memchr(form.p, '[', form.n) && !memchr(form.p, ']', form.n))
        return form;
    for (size_t i = 0; i < form.n; i++) {
        if (form.p[i] == '[' || form.p[i] == ']')
            continue;
        if (n == LONGEST_WORD)
            return (dgm_view) { made, 0 };
        made[n++] = form.p[i];
    }
    return (dgm_view) { made, n };
}

/* How many words of the phrase stand at words[k...]; 0: not all. */
static uint32_t phrase_length(const dgm_tree *t, uint32_t k, dgm_view phrase)
{
    dgm_view part;
    uint32_t n = 0;
    while (phrase.n > 0 && dgm_view_split(&phrase, ' ', &part)) {
        char made[LONGEST_WORD];
        if (k + n > t->s->n_words || !dgm_view_eq(unbracketed(t->forms[k + n], made), part))
            return 0;
        n++;
    }
    return n;
}

const dgm_opener *dgm_opener_at(const dgm_tree *t, uint32_t word, uint32_t *n)
{
    const dgm_grammar *grammar = t->grammar;
    const dgm_opener *best = NULL;
    char made[LONGEST_WORD];
    uint32_t i = dgm_map_get(grammar->opener_of, unbracketed(t->forms[word], made));
    *n = 0;
    for (; i != DGM_NONE; i = grammar->openers.at[i].next) {
        const dgm_opener *it = &grammar->openers.at[i];
        uint32_t length = phrase_length(t, word, it->phrase);
        if (length > *n) {
            best = it;
            *n = length;
        }
    }
    return best;
}

static bool is_clause_relation(dgm_deprel r)
{
    return r == DGM_REL_ADVCL || r == DGM_REL_OBL || r == DGM_REL_NMOD || r == DGM_REL_PARATAXIS ||
           r == DGM_REL_ACL || r == DGM_REL_ACL_RELCL || r == DGM_REL_CCOMP;
}

/* Up from the last of the words, the first one outside of them whose relation is that of an
 * adjunct. */
static uint32_t clause_over(const dgm_sentence *s, uint32_t k, uint32_t n)
{
    uint32_t word = k + n - 1;
    for (uint32_t step = 0; step < MAX_CLIMB && word && word <= s->n_words; step++) {
        bool inside = word >= k && word < k + n;
        if (!inside && is_clause_relation(s->words[word].deprel))
            return word;
        if (inside && s->words[word].deprel == DGM_REL_ADVCL && s->words[word].head > word)
            return word;
        word = s->words[word].head;
    }
    return 0;
}

uint32_t dgm_clause_opened(const dgm_tree *t, uint32_t k, uint32_t n)
{
    dgm_deprel r = t->s->words[k].deprel;
    bool odd = n == 1 && r != DGM_REL_MARK && r != DGM_REL_CASE && r != DGM_REL_ADVMOD &&
               r != DGM_REL_ADVCL;
    return odd ? 0 : clause_over(t->s, k, n);
}

/* "In case", "until" open one as "if" does, "before" and "without" seldom. */
static bool is_conditional(dgm_condition_meaning meaning)
{
    return meaning == DGM_MEANS_IF || meaning == DGM_MEANS_UNLESS || meaning == DGM_MEANS_ONCE ||
           meaning == DGM_MEANS_UNTIL;
}

/* The phrase may begin before the clause, "threatened it | as long | as it stayed". One that stands
 * more than REACH words before the verb is not looked for. */
bool dgm_is_condition(const dgm_tree *t, uint32_t clause)
{
    enum { LONGEST_PHRASE = 5, REACH = 64 };
    uint32_t n, k = t->first_under[clause];
    k = k > LONGEST_PHRASE ? k - LONGEST_PHRASE : 1;
    for (k = DGM_MAX(k, clause > REACH ? clause - REACH : 1); k < clause; k += n ? n : 1) {
        const dgm_opener *it = dgm_opener_at(t, k, &n);
        if (!it || !is_conditional(it->meaning))
            continue;
        if (it->where == DGM_OPENS_INVERTED
                ? t->s->words[k].head == clause && dgm_is_inverted(t, k)
                : it->where == DGM_OPENS_CLAUSE && dgm_clause_opened(t, k, n) == clause)
            return true;
    }
    return false;
}
