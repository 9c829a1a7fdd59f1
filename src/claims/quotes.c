/* Finds what stands between quotation marks. A straight mark opens and closes in turn; a curly one
 * says which. A paragraph that begins with a mark inside an open quotation goes on with it, as
 * newspapers print long quotations; one that begins without a mark ends what was left open. */
#include "claims/work.h"

enum { MAX_RUN = 12 }; /* sentences: a longer one has lost its closing mark */

typedef enum { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_EITHER } mark;

static mark mark_of(const dgm_word *word)
{
    static const struct {
        const char *form;
        mark is;
    } marks[] = { { "\"", MARK_EITHER }, { "``", MARK_OPEN }, { "''", MARK_CLOSE },
                  { "“", MARK_OPEN },    { "”", MARK_CLOSE }, { "‘‘", MARK_OPEN },
                  { "’’", MARK_CLOSE },  { "«", MARK_OPEN },  { "»", MARK_CLOSE },
                  { "„", MARK_OPEN } };
    if (word->form.n > 6 || word->form.n == 0)
        return MARK_NONE;
    for (size_t i = 0; i < DGM_LEN(marks); i++)
        if (dgm_view_eq(word->form, dgm_view_of(marks[i].form)))
            return marks[i].is;
    return MARK_NONE;
}

static uint32_t run_open(work *w, uint32_t sentence, uint32_t word)
{
    quote_run *run = dgm_push(w->doc->arena, &w->runs);
    if (!run)
        return DGM_NONE;
    *run = (quote_run) { sentence, word, sentence, word, DGM_NONE };
    return w->runs.n - 1;
}

/* Whether a straight mark closes: it stands directly after a word and space follows it. */
static bool closes(const dgm_sentence *s, uint32_t k, bool open)
{
    bool glued_left = k > 1 && !s->words[k - 1].space_after;
    bool glued_right = k < s->n_words && !s->words[k].space_after;
    if (glued_left != glued_right && k > 1)
        return open && glued_left;
    return open;
}

bool quotes_find(work *w)
{
    uint32_t open = DGM_NONE;
    for (uint32_t i = 0; i < w->doc->sentences.n; i++) {
        const dgm_sentence *s = &w->doc->sentences.at[i];
        uint32_t *run = w->info[i].run;
        bool fresh = s->begins_paragraph || i == 0;
        if (fresh && open != DGM_NONE && s->n_words > 0 && mark_of(&s->words[1]) == MARK_NONE)
            open = DGM_NONE;
        if (open != DGM_NONE && i - w->runs.at[open].begin_sentence > MAX_RUN)
            open = DGM_NONE;
        for (uint32_t k = 1; k <= s->n_words; k++) {
            mark m = mark_of(&s->words[k]);
            if (m == MARK_EITHER)
                m = fresh && k == 1 ? MARK_OPEN
                                    : (closes(s, k, open != DGM_NONE) ? MARK_CLOSE : MARK_OPEN);
            if (m == MARK_OPEN && open == DGM_NONE && (open = run_open(w, i, k)) == DGM_NONE)
                return false;
            if (open == DGM_NONE)
                continue;
            run[k] = open;
            w->runs.at[open].end_sentence = i;
            w->runs.at[open].end_word = k;
            if (m == MARK_CLOSE)
                open = DGM_NONE;
        }
    }
    return true;
}
