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

/* ---- whose words they are ------------------------------------------------------------------- */

static uint32_t voice_in_run(const work *w, uint32_t i_run)
{
    const quote_run *run = &w->runs.at[i_run];
    for (uint32_t i = run->begin_sentence; i <= run->end_sentence; i++)
        for (uint32_t j = 0; j < w->info[i].n_voices; j++) {
            const voice *v = &w->voices.at[w->info[i].voices + j];
            if (v->heard && w->info[i].run[v->content] == i_run &&
                w->info[i].run[v->cue_word] == DGM_NONE)
                return w->info[i].voices + j;
        }
    return DGM_NONE;
}

/* A voice in the run's own sentences whose cue stands outside it. */
static uint32_t voice_beside_run(const work *w, uint32_t i_run)
{
    const quote_run *run = &w->runs.at[i_run];
    uint32_t sentences[] = { run->end_sentence, run->begin_sentence };
    for (size_t e = 0; e < DGM_LEN(sentences); e++) {
        uint32_t i = sentences[e];
        for (uint32_t j = w->info[i].n_voices; j > 0; j--) {
            const voice *v = &w->voices.at[w->info[i].voices + j - 1];
            if (v->heard && w->info[i].run[v->cue_word] == DGM_NONE)
                return w->info[i].voices + j - 1;
        }
    }
    return DGM_NONE;
}

static uint32_t last_heard(const work *w, uint32_t i)
{
    for (uint32_t j = w->info[i].n_voices; j > 0; j--)
        if (w->voices.at[w->info[i].voices + j - 1].heard)
            return w->info[i].voices + j - 1;
    return DGM_NONE;
}

/* A quotation that is a sentence by itself belongs to whoever spoke before it: in a quotation that
 * ended just there, or in a sentence that ends with a colon. */
static uint32_t voice_before_run(const work *w, uint32_t i_run)
{
    const quote_run *run = &w->runs.at[i_run];
    const dgm_sentence *s = sentence_at(w, run->begin_sentence);
    bool whole = run->begin_word <= 2 &&
                 (run->end_sentence > run->begin_sentence || run->end_word + 2 >= s->n_words);
    if (!whole || run->begin_sentence == 0)
        return DGM_NONE;
    if (i_run > 0 && w->runs.at[i_run - 1].end_sentence + 1 >= run->begin_sentence &&
        w->runs.at[i_run - 1].voice != DGM_NONE)
        return w->runs.at[i_run - 1].voice;
    return last_heard(w, run->begin_sentence - 1);
}

void quotes_give_voices(work *w)
{
    for (uint32_t r = 0; r < w->runs.n; r++) {
        quote_run *run = &w->runs.at[r];
        run->voice = voice_in_run(w, r);
        if (run->voice == DGM_NONE)
            run->voice = voice_beside_run(w, r);
        if (run->voice == DGM_NONE)
            run->voice = voice_before_run(w, r);
    }
}
