/* What the look of the text says: which words stand between quotation marks, which lines are
 * headlines.
 *
 * Double marks, curly or straight, and single ones are followed apart. A straight mark opens or
 * closes by the spaces beside it, and where they do not tell, by turns. An apostrophe is a token
 * too ("workers'"), so a single mark opens only after a space and before none, and closes only what
 * is open; after an s it closes only if no later mark of the paragraph could. */
#include "document/document.h"

typedef enum { NO_MARK, DOUBLE_OPEN, DOUBLE_CLOSE, DOUBLE_EITHER, SINGLE_OPEN, SINGLE_CLOSE } mark;

/* A place in the document: sentence and word. */
typedef struct {
    const dgm_document *doc;
    uint32_t i_sentence, i_word;
} place;

static const dgm_word *word_at(const place *at)
{
    return &at->doc->sentences.at[at->i_sentence].words[at->i_word];
}

/* The neighbours within the paragraph; false: there is none. */
static bool step_back(place *at)
{
    if (at->i_word > 1) {
        at->i_word--;
        return true;
    }
    if (at->i_sentence == 0 || at->doc->sentences.at[at->i_sentence].begins_paragraph)
        return false;
    at->i_sentence--;
    at->i_word = at->doc->sentences.at[at->i_sentence].n_words;
    return at->i_word > 0;
}

static bool step_on(place *at)
{
    if (at->i_word < at->doc->sentences.at[at->i_sentence].n_words) {
        at->i_word++;
        return true;
    }
    if (at->i_sentence + 1 >= at->doc->sentences.n ||
        at->doc->sentences.at[at->i_sentence + 1].begins_paragraph)
        return false;
    at->i_sentence++;
    at->i_word = 1;
    return at->doc->sentences.at[at->i_sentence].n_words > 0;
}

static bool is_punct(dgm_view form)
{
    uint32_t cp = 0;
    return form.n > 0 && (dgm_utf8_next(form.p, form.n, &cp), dgm_cp_is_punct(cp));
}

static bool space_before(place at)
{
    return !step_back(&at) || word_at(&at)->space_after;
}

static bool opening_before(place at)
{
    static const char *const openers[] = {
        "(", "[", "-", "\xE2\x80\x93", "\xE2\x80\x94", "\"", "\xE2\x80\x9C", "\xE2\x80\x98", "'"
    };
    return step_back(&at) && dgm_view_is_among(word_at(&at)->form, openers, DGM_LEN(openers));
}

static mark single_straight(const place *at)
{
    bool open_left = space_before(*at) || opening_before(*at);
    place next = *at;
    bool more = step_on(&next);
    if (open_left && more && !word_at(at)->space_after)
        return SINGLE_OPEN;
    return open_left ? NO_MARK : SINGLE_CLOSE;
}

static mark double_straight(const place *at)
{
    bool open_left = space_before(*at) || opening_before(*at);
    place next = *at;
    bool open_right = word_at(at)->space_after || !step_on(&next) || is_punct(word_at(&next)->form);
    if (open_left == open_right)
        return DOUBLE_EITHER;
    return open_left ? DOUBLE_OPEN : DOUBLE_CLOSE;
}

static mark mark_of(const place *at)
{
    static const char *const open[] = { "\xE2\x80\x9C", "\xC2\xAB", "``", "\xE2\x80\x9E",
                                        "\xE2\x80\x9F" };
    static const char *const close[] = { "\xE2\x80\x9D", "\xC2\xBB", "''" };
    dgm_view form = word_at(at)->form;
    if (form.n > 3 || form.n == 0 || dgm_is_alpha((unsigned char)form.p[0]))
        return NO_MARK;
    if (dgm_view_eq(form, DGM_VIEW("\"")))
        return double_straight(at);
    if (dgm_view_is_among(form, open, DGM_LEN(open)))
        return DOUBLE_OPEN;
    if (dgm_view_is_among(form, close, DGM_LEN(close)))
        return DOUBLE_CLOSE;
    if (dgm_view_eq(form, DGM_VIEW("\xE2\x80\x98")))
        return SINGLE_OPEN;
    if (dgm_view_eq(form, DGM_VIEW("'")) || dgm_view_eq(form, DGM_VIEW("`")))
        return single_straight(at);
    return dgm_view_eq(form, DGM_VIEW("\xE2\x80\x99")) ? SINGLE_CLOSE : NO_MARK;
}

/* "workers'": whether the closing mark here may be an apostrophe and a later one the close. */
static bool is_apostrophe(place at)
{
    enum { FAR = 200 };
    place before = at;
    if (!step_back(&before) || !word_at(&at)->space_after)
        return false;
    dgm_view form = word_at(&before)->form;
    if (form.n == 0 || (form.p[form.n - 1] != 's' && form.p[form.n - 1] != 'S'))
        return false;
    for (int n = 0; n < FAR && step_on(&at); n++) {
        mark m = mark_of(&at);
        if (m != NO_MARK)
            return m == SINGLE_CLOSE;
    }
    return false;
}

static void mark_quotes(dgm_document *doc)
{
    bool in_double = false, in_single = false;
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        dgm_sentence *s = &doc->sentences.at[i];
        if (s->begins_paragraph)
            in_double = in_single = false;
        for (uint32_t j = 1; j <= s->n_words; j++) {
            place at = { doc, i, j };
            mark m = mark_of(&at);
            if (m == SINGLE_CLOSE && (!in_single || is_apostrophe(at)))
                m = NO_MARK;
            s->words[j].in_quotes = m == NO_MARK && (in_double || in_single);
            if (m == DOUBLE_EITHER)
                m = in_double ? DOUBLE_CLOSE : DOUBLE_OPEN;
            if (m == DOUBLE_OPEN || m == DOUBLE_CLOSE)
                in_double = m == DOUBLE_OPEN;
            else if (m == SINGLE_OPEN || m == SINGLE_CLOSE)
                in_single = m == SINGLE_OPEN;
        }
    }
}

static bool ends_like_prose(const dgm_sentence *s)
{
    static const char *const ends[] = { ".", "?", "!", "...", "\xE2\x80\xA6", ":", ",", ";" };
    static const char *const closing[] = { "\"", "'", "\xE2\x80\x9D", "\xE2\x80\x99", ")", "]" };
    uint32_t last = s->n_words;
    while (last > 1 && dgm_view_is_among(s->words[last].form, closing, DGM_LEN(closing)))
        last--;
    dgm_view form = s->words[last].form;
    return dgm_view_is_among(form, ends, DGM_LEN(ends)) ||
           (form.n > 0 && form.p[form.n - 1] == '.');
}

/* A paragraph of one short sentence that begins like a title and ends without a stop. */
static bool is_headline(const dgm_document *doc, uint32_t i)
{
    enum { LONGEST = 30 };
    const dgm_sentence *s = &doc->sentences.at[i];
    bool alone = s->begins_paragraph &&
                 (i + 1 == doc->sentences.n || doc->sentences.at[i + 1].begins_paragraph);
    if (!alone || s->n_words < 2 || s->n_words > LONGEST || ends_like_prose(s))
        return false;
    uint32_t i_first = is_punct(s->words[1].form) ? 2 : 1, cp;
    dgm_view first = s->words[i_first].form;
    if (first.n == 0)
        return false;
    dgm_utf8_next(first.p, first.n, &cp);
    return dgm_cp_is_upper(cp) || dgm_is_digit((unsigned char)first.p[0]);
}

void dgm_document_mark_layout(dgm_document *doc)
{
    mark_quotes(doc);
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        doc->sentences.at[i].headline = is_headline(doc, i);
}
