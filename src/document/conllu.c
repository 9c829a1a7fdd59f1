/* CoNLL-U (universaldependencies.org/format.html) as a document.
 *
 * The text is made from the tokens and SpaceAfter=No; a blank line stands before a sentence that
 * `# newpar` or `# newdoc` opens. Words inside a multiword token get their part of the token where
 * their forms put together are the token, and the whole of it otherwise. */
#include "document/document.h"

#include <stdlib.h>

#include <string.h>

enum { MAX_SENTENCE_WORDS = 20000, N_COLUMNS = 10 };
enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC };

typedef struct {
    dgm_document *doc;
    dgm_conllu_extra *extra;
    const char *file;
    dgm_err *err;
    size_t line;
    char *text; /* as large as the CoNLL-U, which is longer than what it holds */
    size_t n_text;
    uint32_t n_cp;
    DGM_ARRAY(dgm_word) words;   /* of the sentence being read; words.at[0] is the root */
    uint32_t mwt_first, mwt_end; /* words of the multiword token being read; end 0: none */
    uint32_t mwt_begin_byte, mwt_begin;
    dgm_view mwt_form;
    bool mwt_space;
    bool space_pending, newpar;
    size_t first_line; /* of the sentence */
} reader;

static dgm_status fail(reader *r, const char *what, dgm_view value)
{
    return dgm_fail(r->err, DGM_EFORMAT, r->file, r->line, "%s: \"%.*s\"", what,
                    (int)DGM_MIN(value.n, 60), value.p);
}

static dgm_status no_memory(reader *r)
{
    return dgm_fail(r->err, DGM_ENOMEM, r->file, r->line, "no memory for the sentence");
}

static bool has_misc(dgm_view misc, dgm_view key_value)
{
    dgm_view part;
    while (misc.n > 0 && dgm_view_split(&misc, '|', &part))
        if (dgm_view_eq(part, key_value))
            return true;
    return false;
}

static dgm_view blank_if_none(dgm_view v)
{
    return v.n == 1 && v.p[0] == '_' ? (dgm_view) { "", 0 } : v;
}

/* A number from 0 to MAX_SENTENCE_WORDS. */
static bool word_number(dgm_view v, uint32_t *out)
{
    uint64_t n;
    if (!dgm_parse_u64(v, &n) || n > MAX_SENTENCE_WORDS)
        return false;
    *out = (uint32_t)n;
    return true;
}

/* ---- text ----------------------------------------------------------------------------------- */

static void put_text(reader *r, dgm_view v)
{
    memcpy(r->text + r->n_text, v.p, v.n);
    r->n_text += v.n;
    r->n_cp += (uint32_t)dgm_utf8_count(v);
}

/* What stands between the last token and the next. */
static void put_space(reader *r, bool begins_sentence)
{
    if (begins_sentence && r->newpar && r->n_text > 0)
        put_text(r, DGM_VIEW("\n\n"));
    else if (r->space_pending)
        put_text(r, DGM_VIEW(" "));
    r->space_pending = false;
}

/* ---- words ---------------------------------------------------------------------------------- */

static dgm_status open_multiword(reader *r, const dgm_view *column)
{
    dgm_view rest = column[ID], first_text;
    uint32_t first, last;
    if (!dgm_view_split(&rest, '-', &first_text) || !word_number(first_text, &first) ||
        !word_number(rest, &last) || first != r->words.n || last < first || last - first > 100)
        return fail(r, "the range of a multiword token is not of the words that follow",
                    column[ID]);
    if (r->mwt_end)
        return fail(r, "a multiword token begins inside another", column[ID]);
    put_space(r, r->words.n == 1);
    r->mwt_begin = r->n_cp;
    r->mwt_begin_byte = (uint32_t)r->n_text;
    r->mwt_first = first;
    r->mwt_end = last;
    r->mwt_form = column[FORM];
    r->mwt_space = !has_misc(column[MISC], DGM_VIEW("SpaceAfter=No"));
    put_text(r, column[FORM]);
    return DGM_OK;
}

/* All words of the multiword token are there: give them their offsets. */
static void close_multiword(reader *r)
{
    uint32_t first = r->mwt_first;
    size_t total = 0;
    bool exact = true;
    for (uint32_t i = first; i <= r->mwt_end && exact; i++) {
        dgm_view form = r->words.at[i].form;
        exact =
            form.n <= r->mwt_form.n - total && memcmp(r->mwt_form.p + total, form.p, form.n) == 0;
        total += form.n;
    }
    exact = exact && total == r->mwt_form.n;
    uint32_t at = r->mwt_begin, at_byte = r->mwt_begin_byte;
    for (uint32_t i = first; i <= r->mwt_end; i++) {
        dgm_word *word = &r->words.at[i];
        dgm_view part = exact ? word->form : r->mwt_form;
        word->begin = exact ? at : r->mwt_begin;
        word->begin_byte = exact ? at_byte : r->mwt_begin_byte;
        word->end = word->begin + (uint32_t)dgm_utf8_count(part);
        word->end_byte = word->begin_byte + (uint32_t)part.n;
        word->space_after = i == r->mwt_end && r->mwt_space;
        at = word->end;
        at_byte = word->end_byte;
    }
    r->words.at[first].n_mwt = (uint8_t)(r->mwt_end - first + 1);
    r->space_pending = r->mwt_space;
    r->mwt_end = 0;
}

static void place_word(reader *r, dgm_word *word, dgm_view misc)
{
    put_space(r, r->words.n == 2);
    word->begin = r->n_cp;
    word->begin_byte = (uint32_t)r->n_text;
    put_text(r, word->form);
    word->end = r->n_cp;
    word->end_byte = (uint32_t)r->n_text;
    word->space_after = r->space_pending = !has_misc(misc, DGM_VIEW("SpaceAfter=No"));
}

static dgm_status read_word(reader *r, const dgm_view *column)
{
    uint32_t id, head = 0;
    if (!word_number(column[ID], &id) || id != r->words.n)
        return dgm_fail(r->err, DGM_EFORMAT, r->file, r->line, "word %.*s where %u was expected",
                        (int)DGM_MIN(column[ID].n, 20), column[ID].p, r->words.n);
    dgm_upos upos = dgm_upos_of(column[UPOS]);
    if (upos == DGM_UPOS_NONE && !dgm_view_eq(column[UPOS], DGM_VIEW("_")))
        return fail(r, "this is no UPOS", column[UPOS]);
    dgm_deprel deprel = dgm_deprel_of(column[DEPREL]);
    if (deprel == DGM_REL_NONE && !dgm_view_eq(column[DEPREL], DGM_VIEW("_")))
        return fail(r, "this is no relation", column[DEPREL]);
    if (!word_number(column[HEAD], &head) && !dgm_view_eq(column[HEAD], DGM_VIEW("_")))
        return fail(r, "the head is no word number", column[HEAD]);
    dgm_word *word = dgm_push(r->doc->arena, &r->words);
    if (!word)
        return no_memory(r);
    *word = (dgm_word) { .form = column[FORM],
                         .lemma = column[LEMMA],
                         .xpos = blank_if_none(column[XPOS]),
                         .feats = blank_if_none(column[FEATS]),
                         .upos = upos,
                         .deprel = deprel,
                         .head = head,
                         .end = DGM_NONE,
                         .mention = DGM_NONE,
                         .event = DGM_NONE };
    if (r->extra && r->extra->keep_misc) {
        dgm_view *misc = dgm_push(r->doc->arena, &r->extra->misc);
        if (!misc)
            return no_memory(r);
        *misc = blank_if_none(column[MISC]);
    }
    if (!r->mwt_end)
        place_word(r, word, column[MISC]);
    else if (id == r->mwt_end)
        close_multiword(r);
    return DGM_OK;
}

static dgm_status read_row(reader *r, dgm_view line)
{
    dgm_view column[N_COLUMNS], rest = line;
    uint32_t n = 0;
    while (n < N_COLUMNS && dgm_view_split(&rest, '\t', &column[n]))
        n++;
    if (n < N_COLUMNS || rest.n > 0)
        return dgm_fail(r->err, DGM_EFORMAT, r->file, r->line, "a word has ten columns, not %s%u",
                        rest.n > 0 ? "more than " : "", n);
    for (uint32_t i = 0; i < N_COLUMNS; i++)
        if (column[i].n == 0)
            return dgm_fail(r->err, DGM_EFORMAT, r->file, r->line, "column %u is empty", i + 1);
    if (memchr(column[ID].p, '-', column[ID].n))
        return open_multiword(r, column);
    if (memchr(column[ID].p, '.', column[ID].n))
        return DGM_OK; /* an empty node of the enhanced graph */
    if (r->words.n > MAX_SENTENCE_WORDS)
        return dgm_fail(r->err, DGM_ELIMIT, r->file, r->line, "a sentence of more than %d words",
                        MAX_SENTENCE_WORDS);
    return read_word(r, column);
}

/* ---- sentences ------------------------------------------------------------------------------ */

/* Heads lie in the sentence and no word is above itself: later rooms walk up without a count.
 * Each word is walked from once: 1 + i_start marks whose walk has seen a word. */
static dgm_status check_tree(reader *r, dgm_word *words, uint32_t n)
{
    uint32_t *seen = DGM_NEW(r->doc->arena, uint32_t, (size_t)n + 1);
    if (!seen)
        return no_memory(r);
    for (uint32_t i = 1; i <= n; i++)
        if (words[i].head > n)
            return dgm_fail(r->err, DGM_EFORMAT, r->file, r->first_line,
                            "head %u of word %u is past the last word, %u", words[i].head, i, n);
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t at = i;
        while (at != 0 && seen[at] == 0) {
            seen[at] = i;
            at = words[at].head;
        }
        if (at != 0 && seen[at] == i)
            return dgm_fail(r->err, DGM_EFORMAT, r->file, r->first_line,
                            "the heads above word %u go in a circle", i);
    }
    return DGM_OK;
}

static dgm_status begin_sentence(reader *r)
{
    r->words.at = NULL;
    r->words.n = r->words.cap = 0;
    dgm_word *root = dgm_push(r->doc->arena, &r->words);
    if (!root)
        return no_memory(r);
    root->mention = root->event = DGM_NONE;
    root->form = root->lemma = root->xpos = root->feats = (dgm_view) { "", 0 };
    r->first_line = r->line;
    return DGM_OK;
}

static dgm_status end_sentence(reader *r)
{
    uint32_t n = r->words.n - 1;
    if (r->mwt_end)
        return dgm_fail(r->err, DGM_EFORMAT, r->file, r->line,
                        "the sentence ends inside a multiword token");
    if (n == 0)
        return dgm_fail(r->err, DGM_EFORMAT, r->file, r->line, "a sentence without words");
    dgm_status status = check_tree(r, r->words.at, n);
    if (status != DGM_OK)
        return status;
    dgm_sentence *s = dgm_push(r->doc->arena, &r->doc->sentences);
    if (!s)
        return no_memory(r);
    *s = (dgm_sentence) { .words = r->words.at,
                          .n_words = n,
                          .begin = r->words.at[1].begin,
                          .begin_byte = r->words.at[1].begin_byte,
                          .end = r->words.at[n].end,
                          .end_byte = r->words.at[n].end_byte,
                          .begins_paragraph = r->newpar || r->doc->sentences.n == 1 };
    r->newpar = false;
    r->words.n = 0;
    return DGM_OK;
}

/* "# key = value" or "# key": whether the key is there, and its value. */
static bool comment_value(dgm_view line, dgm_view key, dgm_view *value)
{
    dgm_view v = dgm_view_trim(dgm_view_slice(line, 1, line.n));
    if (!dgm_view_starts(v, key))
        return false;
    v = dgm_view_trim(dgm_view_slice(v, key.n, v.n));
    bool whole = v.n == 0 || v.p[0] == '=';
    *value = v.n ? dgm_view_trim(dgm_view_slice(v, 1, v.n)) : v;
    return whole;
}

static void read_date(dgm_document *doc, dgm_view value)
{
    if (value.n != 10 || value.p[4] != '-' || value.p[7] != '-')
        return;
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 7 && !dgm_is_digit((unsigned char)value.p[i]))
            return;
    memcpy(doc->date, value.p, 10);
    doc->date[10] = '\0';
}

static void read_comment(reader *r, dgm_view line)
{
    dgm_view value;
    dgm_document *doc = r->doc;
    if (comment_value(line, DGM_VIEW("newdoc id"), &value))
        doc->id = value, r->newpar = true;
    else if (comment_value(line, DGM_VIEW("newpar"), &value) ||
             comment_value(line, DGM_VIEW("newpar id"), &value))
        r->newpar = true;
    else if (comment_value(line, DGM_VIEW("date"), &value) ||
             comment_value(line, DGM_VIEW("meta::dateCreated"), &value))
        read_date(doc, value);
    else if (comment_value(line, DGM_VIEW("meta::title"), &value))
        doc->title = value;
    else if (comment_value(line, DGM_VIEW("meta::sourceURL"), &value))
        doc->url = value;
}

static bool opens_document(dgm_view line)
{
    dgm_view value;
    return line.n > 0 && line.p[0] == '#' &&
           (comment_value(line, DGM_VIEW("newdoc"), &value) ||
            comment_value(line, DGM_VIEW("newdoc id"), &value));
}

static dgm_status read_line(reader *r, dgm_view line)
{
    bool in_sentence = r->words.n > 0;
    if (line.n == 0)
        return in_sentence ? end_sentence(r) : DGM_OK;
    if (line.p[0] == '#') {
        if (!in_sentence)
            read_comment(r, line);
        return DGM_OK;
    }
    dgm_status status = in_sentence ? DGM_OK : begin_sentence(r);
    return status == DGM_OK ? read_row(r, line) : status;
}

static dgm_status read_lines(reader *r, dgm_view rest)
{
    dgm_view line;
    dgm_status status = DGM_OK;
    while (status == DGM_OK && rest.n > 0 && dgm_view_split(&rest, '\n', &line)) {
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        r->line++;
        status = read_line(r, line);
    }
    return status == DGM_OK && r->words.n > 0 ? end_sentence(r) : status;
}

/* Bytes up to the comments in which the next `# newdoc` stands, or all. */
static size_t bytes_of_document(dgm_view v)
{
    size_t at = 0, comments = 0;
    bool words = false, in_comments = false;
    while (at < v.n) {
        const char *newline = memchr(v.p + at, '\n', v.n - at);
        size_t end = newline ? (size_t)(newline - v.p) : v.n;
        dgm_view line = { v.p + at, end - at };
        bool comment = line.n > 0 && line.p[0] == '#';
        if (comment && !in_comments)
            comments = at;
        in_comments = comment;
        if (words && opens_document(line))
            return comments;
        words = words || (!comment && line.n > 0 && line.p[0] != '\r');
        at = end + (newline != NULL);
    }
    return v.n;
}

dgm_status dgm_document_from_conllu_with(dgm_document *doc, dgm_view conllu, dgm_view *rest,
                                         const char *file, dgm_conllu_extra *extra, dgm_err *err)
{
    reader r = { .doc = doc, .extra = extra, .file = file, .err = err };
    r.line = extra ? extra->line : 0;
    size_t n = extra && extra->whole ? conllu.n : bytes_of_document(conllu);
    if (n > INT32_MAX)
        return dgm_fail(err, DGM_ELIMIT, file, r.line, "a document of more than 2 GB");
    dgm_view copy = dgm_arena_copy(doc->arena, dgm_view_slice(conllu, 0, n));
    r.text = dgm_arena_alloc(doc->arena, n + 1, 1);
    if (!r.text || (n > 0 && copy.n == 0))
        return no_memory(&r);
    size_t bad = dgm_utf8_invalid(copy);
    if (bad != SIZE_MAX) {
        for (size_t i = 0; i < bad; i++)
            r.line += copy.p[i] == '\n';
        return dgm_fail(err, DGM_EFORMAT, file, r.line + 1, "this is not UTF-8");
    }
    dgm_status status = read_lines(&r, copy);
    if (status != DGM_OK)
        return status;
    doc->text = (dgm_view) { r.text, r.n_text };
    if (rest)
        *rest = dgm_view_slice(conllu, n, conllu.n);
    if (extra)
        extra->line = r.line;
    dgm_document_mark_layout(doc);
    return DGM_OK;
}

dgm_status dgm_document_from_conllu(dgm_document *doc, dgm_view conllu, dgm_view *rest,
                                    const char *file, dgm_err *err)
{
    return dgm_document_from_conllu_with(doc, conllu, rest, file, NULL, err);
}

/* ---- files ---------------------------------------------------------------------------------- */

dgm_status dgm_conllu_open(dgm_conllu_file *file, const char *path, dgm_err *err)
{
    enum { LARGEST = 1 << 30 };
    size_t n;
    *file = (dgm_conllu_file) { .path = path };
    dgm_status status = dgm_file_read(path, LARGEST, &file->bytes, &n, err);
    if (status == DGM_OK)
        file->rest = (dgm_view) { file->bytes, n };
    return status;
}

dgm_status dgm_conllu_next(dgm_conllu_file *file, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    dgm_document_init(doc, arena);
    file->extra.misc.at = NULL;
    file->extra.misc.n = file->extra.misc.cap = 0;
    return dgm_document_from_conllu_with(doc, file->rest, &file->rest, file->path, &file->extra,
                                         err);
}

void dgm_conllu_close(dgm_conllu_file *file)
{
    free(file->bytes);
    file->bytes = NULL;
    file->rest = (dgm_view) { NULL, 0 };
}
