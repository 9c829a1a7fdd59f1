/* A document through the segmenter: paragraphs, tokens, sentences; then words, since a token may
 * hold two ("don't" = "do" + "n't"). */
#include "document/paragraphs.h"
#include "syntax/segment_parts.h"

#include <string.h>

/* ---- multiword tokens ----------------------------------------------------------------------- */

/* Contractions written together: the treebanks cut them after so many bytes. */
static const struct {
    const char *whole;
    uint8_t first;
} contractions[] = {
    { "cannot", 3 },  { "gonna", 3 },    { "wanna", 3 },  { "gotta", 3 },  { "dont", 2 },
    { "didnt", 3 },   { "doesnt", 4 },   { "isnt", 2 },   { "wasnt", 3 },  { "arent", 3 },
    { "werent", 4 },  { "havent", 4 },   { "hasnt", 3 },  { "hadnt", 3 },  { "couldnt", 5 },
    { "wouldnt", 5 }, { "shouldnt", 6 }, { "aint", 2 },   { "cant", 2 },   { "wont", 2 },
    { "ive", 1 },     { "im", 1 },       { "youre", 3 },  { "theyre", 4 }, { "youve", 3 },
    { "theyve", 4 },  { "thats", 4 },    { "theres", 5 }, { "whats", 4 },  { "itll", 2 },
    { "youll", 3 },   { "lets", 3 },     { "hes", 2 },    { "arnt", 2 },   { "elses", 4 },
};

static uint32_t is_contraction(dgm_view form)
{
    if (form.n > 8)
        return 0;
    for (size_t i = 0; i < DGM_LEN(contractions); i++)
        if (dgm_view_eq_nocase(form, dgm_view_of(contractions[i].whole)))
            return contractions[i].first;
    return 0;
}

/* Bytes of the apostrophe that begins at p, n bytes left; 0: none. */
static size_t apostrophe(const char *p, size_t n)
{
    if (n >= 1 && (p[0] == '\'' || p[0] == '`'))
        return 1;
    if (n >= 2 && p[0] == '\xC2' && p[1] == '\xB4')
        return 2;
    return n >= 3 && p[0] == '\xE2' && p[1] == '\x80' && p[2] == '\x99' ? 3 : 0;
}

static bool letters_are(dgm_view v, const char *lower)
{
    return dgm_view_eq_nocase(v, dgm_view_of(lower));
}

/* Where a token of two words is cut, in bytes; 0: it is one word. */
static uint32_t word_cut(dgm_view form)
{
    static const char *const tails[] = { "s", "ll", "re", "ve", "d", "m" };
    if (form.n < 2 || form.n > DGM_MAX_TOKEN_LENGTH)
        return 0;
    size_t at = form.n, mark = 0;
    for (size_t i = form.n; i-- > 1 && form.n - i <= 5;)
        if ((mark = apostrophe(form.p + i, form.n - i)) > 0) {
            at = i;
            break;
        }
    if (at == form.n)
        return is_contraction(form);
    unsigned char before = (unsigned char)form.p[at - 1];
    dgm_view tail = dgm_view_slice(form, at + mark, form.n);
    if (letters_are(tail, "t") && (before | 32) == 'n' && at > 1)
        return (uint32_t)at - 1;
    if (tail.n == 0)
        return (before | 32) == 's' || (before | 32) == 'z' || (before | 32) == 'x' ? (uint32_t)at
                                                                                    : 0;
    if (!dgm_is_alpha(before) && before < 0x80 && before != '.' && !dgm_is_digit(before))
        return 0;
    if (dgm_is_digit(before) && at <= 4 && form.p[at - 1] == '0')
        return 0; /* the 80's */
    for (size_t i = 0; i < DGM_LEN(tails); i++)
        if (letters_are(tail, tails[i]))
            return (uint32_t)at;
    return 0;
}

/* ---- words ---------------------------------------------------------------------------------- */

typedef struct {
    dgm_document *doc;
    paragraph *par;
    uint32_t cp_before; /* code points of the text before the paragraph, doc->begin added */
} filler;

/* Where code point i of the paragraph ends; what nobody sees may stand between it and the next. */
static uint32_t end_byte(const filler *f, uint32_t i)
{
    const paragraph *par = f->par;
    uint32_t cp, begin = par->byte[i], next = par->byte[i + 1];
    if (par->place[i + 1] == par->place[i] + 1)
        return next;
    return begin + (uint32_t)dgm_utf8_next(f->doc->text.p + begin, next - begin, &cp);
}

/* Code points begin..end-1 as the text has them, but for those that nobody sees. */
static dgm_view form_of(const filler *f, uint32_t begin, uint32_t end)
{
    const paragraph *par = f->par;
    const char *text = f->doc->text.p;
    dgm_view form = { text + par->byte[begin], end_byte(f, end - 1) - par->byte[begin] };
    if (par->place[end - 1] - par->place[begin] == end - 1 - begin)
        return form;
    char *p = dgm_arena_alloc(f->doc->arena, form.n, 1);
    form = (dgm_view) { p ? p : "", 0 };
    for (uint32_t i = begin; p && i < end; i++) {
        uint32_t n = end_byte(f, i) - par->byte[i];
        memcpy(p + form.n, text + par->byte[i], n);
        form.n += n;
    }
    return form;
}

static dgm_word word_of(const filler *f, uint32_t begin, uint32_t end, bool space_after)
{
    const uint32_t *byte = f->par->byte, *place = f->par->place;
    return (dgm_word) { .form = form_of(f, begin, end),
                        .lemma = { "", 0 },
                        .xpos = { "", 0 },
                        .feats = { "", 0 },
                        .begin = f->cp_before + place[begin],
                        .end = f->cp_before + place[end - 1] + 1,
                        .begin_byte = f->doc->begin_byte + byte[begin],
                        .end_byte = f->doc->begin_byte + end_byte(f, end - 1),
                        .mention = DGM_NONE,
                        .event = DGM_NONE,
                        .space_after = space_after };
}

static uint32_t put_token(const filler *f, const token *t, dgm_word *words)
{
    if (t->cut == 0) {
        words[0] = word_of(f, t->begin, t->end, t->space_after);
        return 1;
    }
    uint32_t middle = t->begin, n = 0;
    while (n < t->cut) {
        n += end_byte(f, middle) - f->par->byte[middle];
        middle++;
    }
    words[0] = word_of(f, t->begin, middle, false);
    words[1] = word_of(f, middle, t->end, t->space_after);
    words[0].n_mwt = 2;
    return 2;
}

static dgm_status put_sentence(const filler *f, uint32_t first, uint32_t last, uint32_t n_words,
                               dgm_err *err)
{
    dgm_document *doc = f->doc;
    dgm_sentence *s = dgm_push(doc->arena, &doc->sentences);
    dgm_word *words = s ? DGM_NEW(doc->arena, dgm_word, (size_t)n_words + 1) : NULL;
    if (!words)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the sentences");
    words[0] = (dgm_word) { .form = { "", 0 },
                            .lemma = { "", 0 },
                            .xpos = { "", 0 },
                            .feats = { "", 0 },
                            .mention = DGM_NONE,
                            .event = DGM_NONE };
    uint32_t n = 0;
    for (uint32_t i = first; i <= last; i++)
        n += put_token(f, &f->par->tokens[i], words + 1 + n);
    *s = (dgm_sentence) { .words = words,
                          .n_words = n,
                          .begin = words[1].begin,
                          .end = words[n].end,
                          .begin_byte = words[1].begin_byte,
                          .end_byte = words[n].end_byte,
                          .begins_paragraph = first == 0 };
    return DGM_OK;
}

static dgm_status put_paragraph(const filler *f, dgm_err *err)
{
    dgm_status status = DGM_OK;
    uint32_t first = 0, n_words = 0;
    for (uint32_t i = 0; i < f->par->n_tokens && status == DGM_OK; i++) {
        token *t = &f->par->tokens[i];
        t->cut = (uint16_t)word_cut(form_of(f, t->begin, t->end));
        n_words += t->cut ? 2 : 1;
        if (!t->ends && n_words < DGM_MAX_SENTENCE_WORDS - 1)
            continue;
        status = put_sentence(f, first, i, n_words, err);
        first = i + 1;
        n_words = 0;
    }
    return status;
}

dgm_status dgm_segmenter_run(const dgm_segmenter *segmenter, dgm_document *doc, dgm_err *err)
{
    dgm_view text = doc->text;
    if (text.n > INT32_MAX)
        return dgm_fail(err, DGM_ELIMIT, NULL, 0, "a text of more than 2 GB");
    doc->text = dgm_without_quote_marks(doc->arena, text);
    if (!doc->text.p && text.n)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the text");
    paragraph par = { 0 };
    filler f = { .doc = doc, .par = &par, .cp_before = doc->begin };
    size_t begin, end, counted = 0;
    dgm_paragraphs walk = dgm_paragraphs_of(text, doc->begin_column);
    dgm_status status = DGM_OK;
    while (status == DGM_OK && !dgm_stopped(doc) && dgm_paragraphs_next(&walk, &begin, &end)) {
        f.cp_before += (uint32_t)dgm_utf8_count(dgm_view_slice(text, counted, begin));
        counted = begin;
        if (!segment_paragraph_read(&par, doc->text, begin, end) ||
            !segment_tokenize(segmenter, &par))
            status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a paragraph");
        if (status == DGM_OK) {
            segment_find_sentences(segmenter, &par);
            status = put_paragraph(&f, err);
        }
    }
    segment_paragraph_done(&par);
    if (status == DGM_OK)
        dgm_document_mark_layout(doc);
    return status;
}
