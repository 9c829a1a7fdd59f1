/* Finds the entries of the tables in a sentence: see matches_find() in phrase.h. */
#include "actors/phrase.h"
#include "document/party.h"

#include <string.h>

/* A piece of a word: "Moscow-backed" may be one word and two pieces. */
typedef struct {
    uint32_t token, word;
    bool opens, closes; /* first, last piece of its word */
} piece;

enum { MAX_PIECES = 8 };

static bool is_mark(dgm_view form)
{
    return form.n == 1 &&
           (form.p[0] == '-' || form.p[0] == '\'' || form.p[0] == '/' || form.p[0] == '+');
}

/* Hyphens and bare apostrophes between words are passed over, as they are within phrases. */
static uint32_t cut_words(const lexicon *lex, const dgm_sentence *s, dgm_arena *arena,
                          piece *pieces)
{
    uint32_t n = 0;
    for (uint32_t w = 1; w <= s->n_words; w++) {
        char buf[256];
        dgm_view tokens[MAX_PIECES], form = s->words[w].form;
        if (form.n == 0 || form.n > 200 || is_mark(form))
            continue;
        dgm_view folded = dgm_fold(arena, form);
        if (is_mark(folded) || folded.n >= sizeof buf)
            continue;
        if (dgm_view_eq(folded, DGM_VIEW("'s"))) {
            pieces[n++] = (piece) { lexicon_token(lex, DGM_VIEW("s")), w, true, true };
            continue;
        }
        uint32_t n_tokens = cut_tokens(folded, buf, tokens, MAX_PIECES);
        for (uint32_t i = 0; i < n_tokens; i++)
            pieces[n++] = (piece) { lexicon_token(lex, tokens[i]), w, i == 0, i + 1 == n_tokens };
        if (n_tokens > 1 &&
            dgm_view_ends(folded, DGM_VIEW("'s"))) /* not cut off by the segmenter */
            pieces[n - 2].closes = true;
        if (n_tokens == 0)
            pieces[n++] = (piece) { DGM_NONE, w, true, true };
    }
    return n;
}

bool starts_upper(const dgm_word *word)
{
    uint32_t cp = 0;
    if (word->form.n > 0)
        (void)dgm_utf8_next(word->form.p, word->form.n, &cp);
    return dgm_cp_is_upper(cp) || (cp < 0x80 && dgm_is_digit((unsigned char)cp));
}

static bool all_upper(dgm_view form)
{
    for (size_t i = 0; i < form.n; i++)
        if (dgm_is_lower((unsigned char)form.p[i]))
            return false;
    return true;
}

/* "NATO", "DoS", "U.S."; not "Nato", "Dos". */
static bool is_acronym(dgm_view form)
{
    uint32_t n = 0;
    for (size_t i = 0; i < form.n; i++)
        n += dgm_is_upper((unsigned char)form.p[i]);
    return n >= 2 || all_upper(form);
}

static bool in_capitals(const dgm_sentence *s)
{
    uint32_t n_lower = 0, n_words = 0;
    for (uint32_t w = 1; w <= s->n_words; w++)
        if (s->words[w].form.n > 1 && dgm_is_alpha((unsigned char)s->words[w].form.p[0])) {
            n_words++;
            n_lower += !all_upper(s->words[w].form);
        }
    return n_words >= 3 && n_lower * 5 <= n_words;
}

static bool in_title_case(const dgm_sentence *s)
{
    uint32_t n_upper = 0, n_words = 0;
    for (uint32_t w = 1; w <= s->n_words; w++)
        if (s->words[w].form.n > 3 && dgm_is_alpha((unsigned char)s->words[w].form.p[0])) {
            n_words++;
            n_upper += starts_upper(&s->words[w]);
        }
    return n_words >= 3 && n_upper * 5 >= n_words * 4;
}

/* Whether the capitals of the words allow the entry. */
bool case_allows(const lexicon *lex, const fact *f, const dgm_sentence *s, uint32_t first,
                 uint32_t last, bool capitals)
{
    const dgm_word *begin = &s->words[first], *end = &s->words[last];
    if (f->type == FACT_AGENT && !f->cased)
        return true;
    if (begin->upos == DGM_PRON && first == last)
        return false; /* "He" is a family's name too */
    if (f->weak && begin->upos != DGM_PROPN && !capitals)
        return false;
    if (f->weak && form_of(lex, begin, WORDS_CALENDAR) && begin->deprel != DGM_REL_NSUBJ)
        return false; /* "May" */
    if (f->acronym)   /* "Who" and "Dos Reis" are others; the tables give "Nato" beside NATO */
        return is_acronym(begin->form);
    if (capitals)
        return true;
    return (!f->cased || starts_upper(begin)) && (!f->cased_last || starts_upper(end));
}

/* "West" of "farmers in West Pokot": a bloc called by one plain word is not meant where that word
 * begins a longer name. */
static bool begins_longer_name(const fact *f, const dgm_sentence *s, uint32_t first, uint32_t last)
{
    if (f->type != FACT_COUNTRY || f->weak || f->acronym || first != last || last >= s->n_words ||
        dgm_is_state_code(f->country) || f->kind == KIND_ADJECTIVE)
        return false;
    const dgm_word *next = &s->words[last + 1];
    return s->words[last].space_after && next->upos == DGM_PROPN && starts_upper(next) &&
           (next->head == last || s->words[last].head == last + 1 ||
            s->words[last].head == next->head);
}

/* Whether any entry of the chain may be meant by these words on the date. */
static bool chain_allows(const lexicon *lex, uint32_t chain, const dgm_sentence *s, uint32_t first,
                         uint32_t last, bool capitals, bool *strong)
{
    bool any = false;
    *strong = false;
    for (uint32_t i = chain; i != DGM_NONE; i = lex->facts.at[i].next) {
        const fact *f = &lex->facts.at[i];
        if (!case_allows(lex, f, s, first, last, capitals) ||
            (!capitals && begins_longer_name(f, s, first, last)))
            continue;
        any = true;
        *strong |= !f->weak;
    }
    return any;
}

/* The longest entry that begins at piece i; its length in pieces, 0: none. */
static uint32_t longest_at(const lexicon *lex, const dgm_sentence *s, const piece *pieces,
                           uint32_t n, uint32_t i, bool capitals, match *out)
{
    uint32_t node = 0, length = 0;
    if (!pieces[i].opens)
        return 0;
    for (uint32_t j = i; j < n && j < i + MAX_PHRASE_TOKENS && pieces[j].token != DGM_NONE; j++) {
        node = lexicon_step(lex, node, pieces[j].token);
        if (node == DGM_NONE)
            break;
        bool strong;
        uint32_t chain = lex->nodes.at[node];
        if (chain == DGM_NONE || !pieces[j].closes ||
            !chain_allows(lex, chain, s, pieces[i].word, pieces[j].word, capitals, &strong))
            continue;
        *out = (match) { pieces[i].word, pieces[j].word, chain, NULL };
        length = j - i + 1;
    }
    return length;
}

/* The dash of "CAIRO, Oct 2 (Agency) -"; 0: the sentence begins otherwise. */
static uint32_t find_dateline(const lexicon *lex, const dgm_sentence *s, const matches *m)
{
    static const char *const dashes[] = { "-", "--", "\xE2\x80\x94", "\xE2\x80\x93" };
    if (m->n == 0 || m->at[0].first != 1 || lex->facts.at[m->at[0].fact].type != FACT_COUNTRY)
        return 0;
    uint32_t last = m->at[0].last;
    bool capitals = all_upper(s->words[1].form);
    for (uint32_t w = last + 1; w <= s->n_words && w < 16; w++) {
        const dgm_word *word = &s->words[w];
        if (!capitals && (word->upos == DGM_VERB || word->upos == DGM_AUX))
            return 0;
        bool hyphen = dgm_view_eq(word->form, DGM_VIEW("-"));
        if (form_in(word, dashes, DGM_LEN(dashes)) && (word->space_after || w == s->n_words) &&
            s->words[w - 1].space_after && (capitals || !hyphen || w > last + 1))
            return w;
    }
    return 0;
}

bool matches_find(const lexicon *lex, const dgm_sentence *s, uint32_t date, dgm_arena *arena,
                  matches *out)
{
    (void)date;
    piece *pieces = DGM_NEW(arena, piece, (size_t)s->n_words * MAX_PIECES + 1);
    out->of_word = DGM_NEW(arena, uint32_t, s->n_words + 1);
    out->at = DGM_NEW(arena, match, s->n_words + 1);
    if (!pieces || !out->of_word || !out->at)
        return false;
    out->n = 0;
    out->capitals = in_capitals(s);
    out->title_case = s->headline || in_title_case(s);
    memset(out->of_word, 0xFF, sizeof(uint32_t) * (s->n_words + 1));
    uint32_t n = cut_words(lex, s, arena, pieces);
    for (uint32_t i = 0; i < n;) {
        match *found = &out->at[out->n];
        uint32_t length = longest_at(lex, s, pieces, n, i, out->capitals, found);
        if (length == 0) {
            i++;
            continue;
        }
        for (uint32_t w = found->first; w <= found->last; w++)
            out->of_word[w] = out->n;
        out->n++;
        i += length;
    }
    out->dateline = find_dateline(lex, s, out);
    return true;
}
