/* Dated text: stories one after the other, each begun by a line `date YYYY-MM-DD`, which the text
 * may follow on the same line; the first may begin with a day alone. After it, lines `title: ...`,
 * `source: ...` and `url: ...` may name those; without `title:`, a first paragraph that looks like
 * a headline is the title besides. A file without any date line is one story. */
#include "document/paragraphs.h"
#include "ingest/reader.h"

#include <string.h>

static size_t skip_blanks(dgm_view v, size_t at)
{
    while (at < v.n && (v.p[at] == ' ' || v.p[at] == '\t'))
        at++;
    return at;
}

/* How many bytes of v are shaped like YYYY-MM-DD or YYYY-M-D, a day of the calendar or not. */
static size_t shaped_like_a_day(dgm_view v)
{
    enum { YEAR = 4, MONTH = 2, DAY = 2 };
    static const size_t most[] = { YEAR, MONTH, DAY };
    size_t at = 0;
    for (size_t i = 0; i < DGM_LEN(most); i++) {
        size_t begin = at;
        while (at < v.n && dgm_is_digit((unsigned char)v.p[at]))
            at++;
        if (at == begin || at - begin > most[i] || (i == 0 && at != YEAR))
            return 0;
        if (i + 1 < DGM_LEN(most) && (at >= v.n || v.p[at++] != '-'))
            return 0;
    }
    return at;
}

/* How many bytes of v are a day, as YYYY-MM-DD, YYYY-M-D or as the options say; 0: none are. *good:
 * it is one of the calendar. */
static size_t read_day(const dgm_reader *r, dgm_view v, char day[11], bool *good)
{
    size_t used = shaped_like_a_day(v);
    if (used > 0) {
        *good = dgm_find_day(dgm_view_slice(v, 0, used), day);
    } else if (r->options.date_format && dgm_day_by_format(r->options.date_format, v, day, &used)) {
        *good = true;
    }
    return used == v.n || dgm_is_space((unsigned char)v.p[used]) ? used : 0;
}

/* Where the word `date` and perhaps a colon end, of a line whose text begins there; `at`: it does
 * not begin so. */
static size_t skip_date_word(dgm_view line, size_t at)
{
    if (!dgm_view_eq_nocase(dgm_view_slice(line, at, at + 4), DGM_VIEW("date")))
        return at;
    return at + (at + 4 < line.n && line.p[at + 4] == ':' ? 5 : 4);
}

/* `date`, perhaps a colon, a day or what is shaped like one; the file's first line may be the day
 * and no more. */
bool dgm_opens_story(const dgm_reader *r, dgm_view line, char day[11], bool *good, size_t *n)
{
    static const char bom[] = "\xEF\xBB\xBF";
    size_t at = dgm_view_starts(line, DGM_VIEW("\xEF\xBB\xBF")) ? sizeof bom - 1 : 0;
    at = skip_blanks(line, at);
    size_t after = skip_date_word(line, at), begin = skip_blanks(line, after);
    size_t used = read_day(r, dgm_view_slice(line, begin, line.n), day, good);
    *n = begin + used;
    if (after > at)
        return used > 0 && (begin > after || line.p[after - 1] == ':');
    return used > 0 && r->at == 0 && !r->anything &&
           dgm_view_trim(dgm_view_slice(line, *n, line.n)).n == 0;
}

/* ---- pieces -> raw stories ------------------------------------------------------------------ */

static void open_story(dgm_reader *r, dgm_raw_story *story, const dgm_piece *piece)
{
    dgm_bytes text = story->text;
    text.n = 0;
    *story = (dgm_raw_story) { .first_line = piece->line,
                               .line = piece->line,
                               .begin = r->at,
                               .begin_byte = r->at_byte,
                               .own_line = true,
                               .text = text };
}

static void cut(dgm_reader *r, dgm_raw_story *story, size_t line)
{
    story->cut = true;
    dgm_complain(r->options.complaints, DGM_ELIMIT, dgm_source_name(r->source), line,
                 "the story is longer than %u bytes: what follows of it is passed over",
                 DGM_MAX_STORY);
}

/* A story over the limit keeps what came before, up to a white space where there is one near. */
static bool put_piece(dgm_reader *r, dgm_raw_story *story, dgm_view text, size_t line)
{
    if (story->cut)
        return true;
    if (text.n > DGM_MAX_STORY - story->text.n) {
        text.n = DGM_MAX_STORY - story->text.n;
        size_t n = text.n;
        while (n > 0 && !dgm_is_space((unsigned char)text.p[n - 1]))
            n--;
        for (text.n = n > 0 ? n : text.n;
             text.n > 0 && n == 0 && ((unsigned char)text.p[text.n] & 0xC0) == 0x80;)
            text.n--;
        cut(r, story, line);
    }
    story->open = story->open || dgm_view_trim(text).n > 0;
    return dgm_bytes_put(&story->text, text);
}

/* Takes one piece into the story, or, at the next story's date line, into the one ahead. */
static bool take_piece(dgm_reader *r, const dgm_piece *piece)
{
    dgm_view text = piece->text;
    dgm_raw_story *story = &r->story;
    char day[11] = "";
    bool good = false;
    size_t n = 0;
    if (piece->begins && dgm_opens_story(r, text, day, &good, &n)) {
        if (story->open)
            story = &r->ahead;
        open_story(r, story, piece);
        story->open = true;
        story->bad_date = !good;
        memcpy(story->date, day, sizeof day);
        dgm_view head = dgm_view_slice(text, 0, n);
        story->begin += dgm_utf8_count(head);
        story->begin_byte += n;
        story->column = dgm_utf8_count(head);
        text = dgm_view_slice(text, n, text.n);
        story->own_line = dgm_view_trim(text).n == 0;
    } else if (!story->open && story->text.n == 0) {
        open_story(r, story, piece);
    }
    r->at += dgm_utf8_count(piece->text);
    r->at_byte += piece->text.n;
    return put_piece(r, story, text, piece->line);
}

/* ---- raw stories -> documents --------------------------------------------------------------- */

/* Passes over n bytes of the story's text, keeping where it begins. */
static void pass(dgm_raw_story *story, dgm_view *text, size_t n)
{
    dgm_view head = dgm_view_slice(*text, 0, n);
    size_t line = 0; /* begins in the head */
    for (size_t i = 0; i < head.n; i++)
        if (head.p[i] == '\n') {
            story->line++;
            story->column = 0;
            line = i + 1;
        }
    story->column += dgm_utf8_count(dgm_view_slice(head, line, n));
    story->begin += dgm_utf8_count(head);
    story->begin_byte += head.n;
    *text = dgm_view_slice(*text, n, text->n);
}

static void pass_space(dgm_raw_story *story, dgm_view *text)
{
    if (dgm_view_starts(*text, DGM_VIEW("\xEF\xBB\xBF")))
        pass(story, text, 3);
    size_t n = 0;
    while (n < text->n && (dgm_is_space((unsigned char)text->p[n]) || text->p[n] == '\0'))
        n++;
    pass(story, text, n);
}

static dgm_view first_line(dgm_view text)
{
    const char *newline = text.n ? memchr(text.p, '\n', text.n) : NULL;
    return (dgm_view) { text.p, newline ? (size_t)(newline - text.p) : text.n };
}

static void read_headers(dgm_reader *r, dgm_raw_story *story, dgm_view *text, dgm_document *doc)
{
    const struct {
        dgm_view key;
        dgm_view *field;
    } headers[] = { { DGM_VIEW("title:"), &doc->title },
                    { DGM_VIEW("source:"), &doc->source },
                    { DGM_VIEW("url:"), &doc->url } };
    for (size_t i = 0; i < DGM_LEN(headers);) {
        dgm_view line = first_line(*text), key = headers[i].key;
        bool fits = story->own_line && headers[i].field->n == 0 &&
                    dgm_view_eq_nocase(dgm_view_slice(line, 0, key.n), key);
        if (!fits) {
            i++;
            continue;
        }
        dgm_view value = dgm_view_trim(dgm_view_slice(line, key.n, line.n));
        *headers[i].field = dgm_clean(r, doc->arena, value, story->line);
        pass(story, text, line.n);
        pass_space(story, text);
        i = 0;
    }
}

/* A short first paragraph that does not end as sentences do, with text after it. A title may be
 * wrapped: its lines are joined. */
static dgm_view headline(const dgm_document *doc)
{
    enum { LONGEST = 200 };
    dgm_paragraphs walk = dgm_paragraphs_of(doc->text, doc->begin_column);
    size_t begin = 0, end = 0;
    if (!dgm_paragraphs_next(&walk, &begin, &end) || end == doc->text.n)
        return (dgm_view) { "", 0 };
    dgm_view title = dgm_view_trim(dgm_view_slice(doc->text, begin, end));
    if (title.n == 0 || title.n > LONGEST || strchr(".,;:?!\"'", title.p[title.n - 1]) ||
        dgm_view_ends(title, DGM_VIEW("\u201d")))
        return (dgm_view) { "", 0 };
    return dgm_one_line(doc->arena, title);
}

/* "9.6.2011", "date June 9, 2011" on a story's first line: a day, but none that begins a story. */
static dgm_view badly_written_day(dgm_view text)
{
    dgm_view line = dgm_view_trim(first_line(text));
    line = dgm_view_trim(dgm_view_slice(line, skip_date_word(line, 0), line.n));
    return dgm_looks_like_a_day(line) ? line : (dgm_view) { "", 0 };
}

static dgm_reading finish_story(dgm_reader *r, dgm_arena *arena, dgm_document *doc)
{
    dgm_raw_story *story = &r->story;
    dgm_view text = { story->text.p, story->text.n };
    dgm_document_init(doc, arena);
    doc->id = dgm_next_id(r, arena);
    dgm_name_story(r, doc->id);
    pass_space(story, &text);
    read_headers(r, story, &text, doc);
    while (text.n > 0 &&
           (dgm_is_space((unsigned char)text.p[text.n - 1]) || text.p[text.n - 1] == '\0'))
        text.n--;
    if (story->bad_date)
        return dgm_refuse(r, DGM_EFORMAT, story->first_line,
                          "the date line names no day of the calendar; the story is passed over");
    if (text.n == 0)
        return dgm_refuse(r, DGM_EFORMAT, story->first_line, "the story has no text");
    memcpy(doc->date, story->date, sizeof doc->date);
    dgm_view written = badly_written_day(text);
    if (!doc->date[0] && written.n > 0 && !dgm_has_default_date(r))
        return dgm_refuse_date(r, story->line, written);
    if (!dgm_default_date(r, doc, story->line))
        return DGM_READ_NOTHING;
    doc->text = dgm_clean(r, arena, text, story->line);
    doc->begin = (uint32_t)story->begin;
    doc->begin_byte = (uint32_t)story->begin_byte;
    doc->begin_column = (uint32_t)story->column;
    if (doc->title.n == 0 && story->own_line)
        doc->title = headline(doc);
    return dgm_finish_story(r, doc, story->line);
}

static void next_story(dgm_reader *r)
{
    dgm_raw_story done = r->story;
    r->story = r->ahead;
    done.text.n = 0;
    r->ahead = (dgm_raw_story) { .text = done.text };
}

static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    dgm_piece piece;
    while (!r->ended && !r->ahead.open) {
        r->ended = !dgm_source_piece(r->source, &piece);
        if (!r->ended && !take_piece(r, &piece))
            return dgm_no_memory(r, piece.line, err);
    }
    if (!r->story.open)
        return DGM_READ_END;
    r->anything = true;
    dgm_reading reading = finish_story(r, arena, doc);
    next_story(r);
    return reading;
}

static bool sniff(dgm_view first)
{
    (void)first; /* what is nothing else is text */
    return true;
}

const dgm_input_kind dgm_kind_text = { .sniff = sniff, .next = next };
