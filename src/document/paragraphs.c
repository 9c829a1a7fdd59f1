/* Wrapped lines and paragraphs of one line are told apart by shape.
 *
 * Whoever wraps at W columns breaks a line where the next word no longer fits: a line has at most W
 * columns, and with a space and the next line's first word it would have more. Each line break
 * between two lines that are not blank is asked, for a width W:
 *
 *   over   the line is longer than W                         nobody wrapped it at W
 *   full   it is not, but would be with the next first word  as wrapping at W leaves it
 *   fits   the next word would have fitted                   its writer broke it
 *
 * What stands at the break speaks too: a wrapped line rarely ends where a sentence does, a
 * paragraph mostly, and what goes on in lower case began before. The answers are weights, tenths of
 * the logarithm of odds, and added up: over the whole text for every W at once, which gives the
 * width of the text, then over each block of lines without a blank one, for that width and for the
 * block's own longest line. A block that is wrapped is broken only where a word would have fitted,
 * and before what looks like an item of a list, a row of a table, an indented paragraph or the
 * report under a title. */
#include "document/paragraphs.h"

#include <string.h>

enum { NARROWEST_WRAP = 40, WIDEST_WRAP = 512, MOST_OF_THE_TEXT = 60 };

/* How a line ends, closing marks passed over. */
typedef enum { ENDS_OPEN, ENDS_COMMA, ENDS_COLON, ENDS_STOP } line_end;
typedef enum { BEGINS_OTHER, BEGINS_LOWER, BEGINS_DASH, BEGINS_NUMBER, BEGINS_BULLET } line_begin;

typedef struct {
    size_t begin, next; /* of the line; of the one after it, or the text's end */
    size_t first, end;  /* of the content, behind all white space and ">"; first == end: blank */
    uint32_t depth;     /* how many ">" of a quoted mail stand before it */
    uint32_t indent, width, first_word; /* columns before it; up to its end; of its first word */
    line_end ends;
    line_begin begins;
    bool row, one_word, dateline;
} text_line;

/* ---- lines ---------------------------------------------------------------------------------- */

/* Where the word at `at` ends. */
static size_t word_end(dgm_view v, size_t at)
{
    while (at < v.n && !dgm_is_space((unsigned char)v.p[at]))
        at++;
    return at;
}

/* The last character of [begin, end), which moves before it. */
static dgm_view last_character(const char *p, size_t begin, size_t *end)
{
    size_t at = *end;
    while (at > begin + 1 && ((unsigned char)p[at - 1] & 0xC0) == 0x80)
        at--;
    at -= at > begin;
    dgm_view character = { p + at, *end - at };
    *end = at;
    return character;
}

static line_end end_of(dgm_view content)
{
    static const char *const closing[] = { "\"", "'", ")", "]", "\u201d", "\u2019", "\u00bb" };
    static const char *const stops[] = { ".", "?", "!", "\u2026" };
    size_t end = content.n;
    dgm_view last = last_character(content.p, 0, &end);
    while (end > 0 && dgm_view_is_among(last, closing, DGM_LEN(closing)))
        last = last_character(content.p, 0, &end);
    if (dgm_view_is_among(last, stops, DGM_LEN(stops)))
        return ENDS_STOP;
    if (dgm_view_eq(last, DGM_VIEW(":")))
        return ENDS_COLON;
    return dgm_view_eq(last, DGM_VIEW(",")) || dgm_view_eq(last, DGM_VIEW(";")) ? ENDS_COMMA
                                                                                : ENDS_OPEN;
}

/* "3." "12)" "(b)" "iv)": a number or two letters with a mark. */
static bool is_number_of_item(dgm_view word)
{
    bool bracket = dgm_view_starts(word, DGM_VIEW("("));
    size_t at = bracket, digits = 0, letters = 0;
    while (at < word.n && dgm_is_digit((unsigned char)word.p[at]))
        at++, digits++;
    while (at < word.n && dgm_is_lower((unsigned char)word.p[at]))
        at++, letters++;
    if (at + 1 != word.n || digits + letters == 0 || (digits > 0) == (letters > 0))
        return false;
    if (word.p[at] == ')')
        return digits <= 3 && letters <= 3;
    return word.p[at] == '.' && !bracket && digits > 0 && digits <= 2;
}

static line_begin begin_of(dgm_view word)
{
    static const char *const bullets[] = { "*", "+", "\u2022", "\u2023", "\u25aa", "\u25cf", "o" };
    static const char *const dashes[] = { "-", "--", "\u2013", "\u2014" };
    static const char *const opening[] = { "\"", "'", "(", "[", "\u201c", "\u2018", "\u00ab" };
    uint32_t cp = 0;
    if (dgm_view_is_among(word, bullets, DGM_LEN(bullets)))
        return BEGINS_BULLET;
    if (is_number_of_item(word))
        return BEGINS_NUMBER;
    if (dgm_view_is_among(word, dashes, DGM_LEN(dashes)))
        return BEGINS_DASH;
    for (size_t at = 0; at < word.n;) {
        size_t n = dgm_utf8_next(word.p + at, word.n - at, &cp);
        if (!dgm_view_is_among(dgm_view_slice(word, at, at + n), opening, DGM_LEN(opening)))
            break;
        at += n;
    }
    return dgm_cp_is_letter(cp) && !dgm_cp_is_upper(cp) ? BEGINS_LOWER : BEGINS_OTHER;
}

/* A row of a table: columns apart by tabs, bars or three blanks and more. */
static bool is_row(dgm_view content)
{
    size_t blanks = 0;
    for (size_t i = 0; i < content.n; i++) {
        blanks = content.p[i] == ' ' ? blanks + 1 : 0;
        if (blanks >= 3 || content.p[i] == '\t' || content.p[i] == '|')
            return true;
    }
    return false;
}

/* "TBILISI, Aug 12 - ", "KABUL (Agency) - ": a first word in capitals and a dash or bracket soon.
 */
static bool is_dateline(dgm_view content)
{
    enum { SOON = 60 };
    size_t capitals = 0, n = DGM_MIN(content.n, SOON);
    while (capitals < n && (dgm_is_upper((unsigned char)content.p[capitals]) ||
                            (capitals > 0 && content.p[capitals] == '-')))
        capitals++;
    if (capitals < 3 || capitals == n || !strchr(" ,:", content.p[capitals]))
        return false;
    for (size_t at = capitals; at < n; at++) {
        size_t end = word_end(content, at);
        dgm_view word = dgm_view_slice(content, at, end);
        if (dgm_view_starts(word, DGM_VIEW("(")) || begin_of(word) == BEGINS_DASH)
            return true;
        at = end;
    }
    return false;
}

/* Code points but for those that nobody sees: whoever broke the lines did not count them. */
static uint32_t seen_columns(dgm_view v)
{
    size_t n = dgm_utf8_count(v);
    uint32_t cp, before = 0;
    if (n == v.n)
        return (uint32_t)n;
    for (size_t i = 0; i < v.n;) {
        i += dgm_utf8_next(v.p + i, v.n - i, &cp);
        if (dgm_cp_is_unseen(cp, before))
            n--;
        else
            before = cp;
    }
    return (uint32_t)n;
}

/* Past white space and the marks of a quoted mail. */
static void skip_to_content(dgm_view text, text_line *line)
{
    for (; line->first < line->end; line->first++) {
        bool quoted = text.p[line->first] == '>';
        if (!quoted && !dgm_is_space((unsigned char)text.p[line->first]))
            return;
        line->depth += quoted;
    }
}

static text_line line_at(const dgm_paragraphs *walk, size_t at)
{
    dgm_view text = walk->text;
    const char *newline = at < text.n ? memchr(text.p + at, '\n', text.n - at) : NULL;
    size_t end = newline ? (size_t)(newline - text.p) : text.n;
    text_line line = { .begin = at, .next = newline ? end + 1 : text.n, .first = at };
    while (end > at && dgm_is_space((unsigned char)text.p[end - 1]))
        end--;
    line.end = end;
    skip_to_content(text, &line);
    if (line.first == end)
        return line;
    dgm_view content = dgm_view_slice(text, line.first, end);
    size_t word = word_end(content, 0);
    dgm_view first = dgm_view_slice(content, 0, word);
    line.indent = (uint32_t)(line.first - at) + (at == 0 ? walk->begin_column : 0);
    line.width = line.indent + seen_columns(content);
    line.first_word = seen_columns(first);
    line.ends = end_of(content);
    line.begins = begin_of(first);
    line.row = is_row(content);
    line.one_word = word == content.n;
    line.dateline = is_dateline(content);
    return line;
}

static bool is_blank(const text_line *line)
{
    return line->first == line->end;
}

/* Whether the lines may be of one block: a mail and what it quotes are not. */
static bool go_together(const text_line *line, const text_line *next)
{
    return !is_blank(next) && next->depth == line->depth;
}

/* ---- what a line break says ----------------------------------------------------------------- */

typedef enum { FULL, NEARLY_FULL, SHORT } fullness;

/* The widest wrapping for which the line is full, and nearly full. */
static uint64_t widest_full(const text_line *line, const text_line *next)
{
    return (uint64_t)line->width + next->first_word;
}
static uint64_t widest_nearly_full(const text_line *line, const text_line *next)
{
    return DGM_MAX(widest_full(line, next), (uint64_t)line->width * 100 / 85);
}

static fullness fullness_at(const text_line *line, const text_line *next, uint32_t width)
{
    return width <= widest_full(line, next)          ? FULL
           : width <= widest_nearly_full(line, next) ? NEARLY_FULL
                                                     : SHORT;
}

/* What a line break says for wrapping at a width. A fuller line never counts for less: otherwise
 * lines that their writer ended would widen the text's width. A first line that ends openly may be
 * a title. */
static int weight_of(const text_line *line, const text_line *next, fullness full)
{
    static const int weights[][3] = {
        { 36, 5, -40 },  /* goes on in lower case */
        { 12, -5, -40 }, /* a comma */
        { 6, -3, -10 },  /* open */
        { 4, -3, -10 },  /* the text's first line, a shorter one with a stop after it */
        { -4, -6, -10 }, /* another first line */
    };
    bool lower = next->begins == BEGINS_LOWER, first = line->begin == 0;
    bool ends_prose = next->ends == ENDS_STOP && next->width < line->width;
    if (line->row || next->row || next->begins >= BEGINS_DASH || line->ends == ENDS_COLON)
        return 0;
    if (line->ends == ENDS_STOP)
        return lower && full == FULL ? 10 : -12;
    return weights[lower                      ? 0
                   : line->ends == ENDS_COMMA ? 1
                   : !first                   ? 2
                   : ends_prose               ? 3
                                              : 4][full];
}

enum { WEIGHT_IF_OVER = -30, WEIGHT_IF_ALONE_AND_OVER = -8, WEIGHT_IF_NO_STOP_AT_LAST = -10 };

/* ---- the whole text ------------------------------------------------------------------------- */

/* Differences from width to width, so that a weight for a range of widths is two additions. */
typedef struct {
    int64_t step[WIDEST_WRAP + 2];
} scores;

static void add(scores *s, uint64_t from, uint64_t to, int weight)
{
    from = DGM_MAX(from, (uint64_t)NARROWEST_WRAP);
    to = DGM_MIN(to, (uint64_t)WIDEST_WRAP);
    if (from > to)
        return;
    s->step[from] += weight;
    s->step[to + 1] -= weight;
}

static void ask_break(scores *s, const text_line *line, const text_line *next)
{
    uint64_t full = widest_full(line, next), nearly = widest_nearly_full(line, next);
    add(s, line->width, full, weight_of(line, next, FULL));
    add(s, full + 1, nearly, weight_of(line, next, NEARLY_FULL));
    add(s, nearly + 1, WIDEST_WRAP, weight_of(line, next, SHORT));
}

static void ask_text(dgm_paragraphs *walk, scores *s)
{
    bool goes_on = false; /* the line before belongs to the same block */
    text_line line = line_at(walk, 0), next;
    for (; line.begin < walk->text.n; line = next) {
        next = line_at(walk, line.next);
        bool more = line.next < walk->text.n && go_together(&line, &next);
        if (!is_blank(&line)) {
            walk->longest = DGM_MAX(walk->longest, line.width);
            if (more)
                ask_break(s, &line, &next);
            if (!line.one_word && line.width > 0 && (more || goes_on || line.begin > 0))
                add(s, 0, line.width - 1,
                    more || goes_on ? WEIGHT_IF_OVER : WEIGHT_IF_ALONE_AND_OVER);
            goes_on = more;
        }
    }
}

dgm_paragraphs dgm_paragraphs_of(dgm_view text, uint32_t begin_column)
{
    dgm_paragraphs walk = { .text = text, .begin_column = begin_column };
    scores s = { 0 };
    int64_t sum = 0;
    ask_text(&walk, &s);
    for (uint32_t width = NARROWEST_WRAP; width <= WIDEST_WRAP; width++) {
        sum += s.step[width];
        if (sum > walk.score) {
            walk.score = sum;
            walk.width = width;
        }
    }
    return walk;
}

/* ---- a block -------------------------------------------------------------------------------- */

/* What speaks for it that the block's lines are wrapped at `width`. Lines after the first that are
 * full to the same width count for more than each alone. */
static int64_t score_block(const dgm_paragraphs *walk, uint32_t width)
{
    int64_t score = 0;
    bool agrees = false;
    text_line line = line_at(walk, walk->at), next;
    for (; line.begin < walk->block_end; line = next) {
        next = line_at(walk, line.next);
        if (line.width > width && !line.one_word)
            score += WEIGHT_IF_OVER;
        if (next.begin >= walk->block_end)
            score += line.ends == ENDS_STOP ? 0 : WEIGHT_IF_NO_STOP_AT_LAST;
        if (next.begin >= walk->block_end || line.width > width)
            continue;
        fullness full = fullness_at(&line, &next, width);
        score += weight_of(&line, &next, full);
        score += full == FULL && agrees && line.ends == ENDS_OPEN ? 6 : 0;
        agrees = agrees || full == FULL;
    }
    return score;
}

/* Sets the end of the block that begins at walk->at, and its width. */
static void enter_block(dgm_paragraphs *walk)
{
    enum { LONGEST_WORD = 25 };
    uint32_t longest = 0, n = 0;
    text_line first = line_at(walk, walk->at), line = first;
    for (; line.begin < walk->text.n && go_together(&first, &line);
         line = line_at(walk, line.next)) {
        longest = DGM_MAX(longest, line.width);
        n++;
    }
    walk->block_end = line.begin;
    walk->block_width = 0;
    if (n < 2 || longest < NARROWEST_WRAP)
        return;
    int64_t own = longest > WIDEST_WRAP ? 0 : score_block(walk, longest), as_text = 0;
    if (walk->longest > longest + LONGEST_WORD)
        own -= -WEIGHT_IF_ALONE_AND_OVER;
    if (walk->width > 0)
        as_text = score_block(walk, walk->width) + DGM_MIN(walk->score, MOST_OF_THE_TEXT);
    if (as_text > 0 && as_text >= own)
        walk->block_width = walk->width;
    else if (own > 0)
        walk->block_width = longest;
}

/* An item of a list. Wrapped prose may go on with a dash or a number too. */
static bool begins_item(const text_line *first, const text_line *line, const text_line *next,
                        bool is_short)
{
    bool ended = is_short || line->ends == ENDS_STOP || line->ends == ENDS_COLON;
    bool in_list = first->begins == next->begins && first->indent == next->indent;
    return next->begins == BEGINS_BULLET || (next->begins >= BEGINS_DASH && (ended || in_list));
}

/* Whether a paragraph, whose first line is `first`, ends with `line`. Not all programs fill lines
 * as far as they could: an open end goes on after a line that is rather long. */
static bool ends_paragraph(const text_line *first, const text_line *line, const text_line *next,
                           uint32_t width)
{
    bool lower = next->begins == BEGINS_LOWER, open = line->ends <= ENDS_COMMA;
    bool is_short = (uint64_t)line->width * 10 < (uint64_t)width * (lower ? 6 : 8);
    bool room = fullness_at(line, next, width) != FULL;
    if (line->row || next->row || begins_item(first, line, next, room && is_short))
        return true;
    if (line->begin == 0 && next->dateline && line->ends == ENDS_OPEN)
        return true;
    if (next->indent > line->indent && first->begins < BEGINS_DASH && line->ends == ENDS_STOP)
        return true;
    if (line->width > width)
        return !(open && lower);
    return room && (is_short || !open || (line->begin == 0 && !lower));
}

bool dgm_paragraphs_next(dgm_paragraphs *walk, size_t *begin, size_t *end)
{
    text_line first = line_at(walk, walk->at);
    while (first.begin < walk->text.n && is_blank(&first))
        first = line_at(walk, first.next);
    if (first.begin >= walk->text.n)
        return false;
    walk->at = first.begin;
    if (walk->at >= walk->block_end)
        enter_block(walk);
    text_line line = first;
    while (line.next < walk->block_end && walk->block_width > 0) {
        text_line next = line_at(walk, line.next);
        if (ends_paragraph(&first, &line, &next, walk->block_width))
            break;
        line = next;
    }
    *begin = first.begin;
    *end = line.end;
    walk->at = line.next;
    return true;
}

/* ---- quoted mail ---------------------------------------------------------------------------- */

dgm_view dgm_without_quote_marks(dgm_arena *arena, dgm_view text)
{
    bool before_line = true;
    char *copy = NULL;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c != '>' || !before_line) {
            before_line = c == '\n' || (before_line && dgm_is_space((unsigned char)c));
            continue;
        }
        if (!copy) {
            copy = dgm_arena_alloc(arena, text.n, 1);
            if (!copy)
                return (dgm_view) { NULL, 0 };
            memcpy(copy, text.p, text.n);
        }
        copy[i] = ' ';
    }
    return copy ? (dgm_view) { copy, text.n } : text;
}
