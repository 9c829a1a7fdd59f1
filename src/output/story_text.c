/* A story for a person, before the rows of its events: its title, and its text with the words of
 * the events marked, in colours on a terminal; elsewhere triggers stand between asterisks. */
#include "output/cells.h"
#include "output/identity.h"
#include "output/writers.h"

#include <string.h>

/* What a byte of the text is part of; the later one counts where they overlap. */
enum { PLAIN, RECIPIENT, ACTOR, TRIGGER }; /* TRIGGER + quad */

typedef struct {
    const dgm_output_options *options;
    dgm_view text;
    const uint8_t *roles; /* one for each byte */
    uint32_t width, column;
    bool bold;
    dgm_buffer *out;
} page;

/* ---- marks ---------------------------------------------------------------------------------- */

static void mark(const dgm_document *doc, const dgm_span *span, uint8_t role, uint8_t *roles)
{
    if (!span->first || span->begin_byte < doc->begin_byte)
        return;
    size_t begin = span->begin_byte - doc->begin_byte, end = span->end_byte - doc->begin_byte;
    for (size_t i = begin; i < end && i < doc->text.n; i++)
        roles[i] = role;
}

static void mark_side(const dgm_document *doc, const dgm_participant *at, uint32_t n, uint8_t role,
                      uint8_t *roles)
{
    for (uint32_t i = 0; i < n; i++)
        mark(doc, &doc->mentions.at[at[i].mention].span, role, roles);
}

/* NULL: no memory. */
static const uint8_t *roles_of(const dgm_document *doc)
{
    uint8_t *roles = DGM_NEW(doc->arena, uint8_t, doc->text.n + 1);
    for (int role = RECIPIENT; roles && role <= TRIGGER; role++) {
        for (uint32_t i = 0; i < doc->events.n; i++) {
            const dgm_event *event = &doc->events.at[i];
            if (role == RECIPIENT)
                mark_side(doc, event->recipients.at, event->recipients.n, RECIPIENT, roles);
            else if (role == ACTOR)
                mark_side(doc, event->actors.at, event->actors.n, ACTOR, roles);
            else
                mark(doc, &event->trigger, (uint8_t)(TRIGGER + DGM_MIN(event->quad, 4)), roles);
        }
    }
    return roles;
}

static bool same_role(const page *p, size_t i, size_t k)
{
    return k < p->text.n && p->roles[i] == p->roles[k];
}

static const char *colour_of(uint8_t role)
{
    return role == RECIPIENT ? DGM_COLOUR_RECIPIENT
           : role == ACTOR   ? DGM_COLOUR_ACTOR
                             : dgm_quad_colour((uint32_t)role - TRIGGER);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void style(const page *p, const char *code)
{
    if (p->options->colour && code[0])
        dgm_buffer_printf(p->out, "\033[%sm", code);
}

static void new_line(page *p)
{
    dgm_buffer_put(p->out, DGM_VIEW("\n"));
    p->column = 0;
}

/* An asterisk where a trigger begins (before byte i) or ends (after byte i, `past` bytes long). */
static uint32_t n_stars(const page *p, size_t i, size_t past)
{
    if (p->options->colour || p->roles[i] < TRIGGER)
        return 0;
    return (i == 0 || !same_role(p, i, i - 1)) + !same_role(p, i, past);
}

/* Columns of the word at bytes begin..end. */
static uint32_t word_width(const page *p, size_t begin, size_t end)
{
    dgm_view part = dgm_view_slice(p->text, 0, end);
    dgm_glyph g;
    uint32_t width = 0;
    for (size_t at = begin, before = begin; dgm_next_glyph(part, &at, &g); before = at)
        width += g.width + n_stars(p, before, at);
    return width;
}

static void put_word(page *p, size_t begin, size_t end)
{
    dgm_view part = dgm_view_slice(p->text, 0, end);
    dgm_glyph g;
    uint8_t role = PLAIN;
    for (size_t at = begin, before = begin; dgm_next_glyph(part, &at, &g); before = at) {
        uint8_t here = p->roles[before];
        bool trigger = here >= TRIGGER && !p->options->colour;
        if (p->column + g.width > p->width) /* a word that is longer than a line */
            new_line(p);
        if (here != role)
            style(p, here == PLAIN ? (p->bold ? "0;1" : "0") : colour_of(here));
        role = here;
        if (trigger && (before == 0 || !same_role(p, before, before - 1)))
            dgm_buffer_put(p->out, DGM_VIEW("*"));
        dgm_buffer_put(p->out, dgm_view_of(g.text));
        if (trigger && !same_role(p, before, at))
            dgm_buffer_put(p->out, DGM_VIEW("*"));
        p->column += g.width + n_stars(p, before, at);
    }
    if (role != PLAIN)
        style(p, p->bold ? "0;1" : "0");
}

/* Bytes begin..end of the text as words, wrapped at the width. */
static void put_words(page *p, size_t begin, size_t end)
{
    dgm_view part = dgm_view_slice(p->text, 0, end);
    size_t at = begin, word = begin, before = begin;
    dgm_glyph g;
    bool more;
    do {
        more = dgm_next_glyph(part, &at, &g);
        if ((!more || g.space) && before > word) {
            uint32_t width = word_width(p, word, before);
            if (p->column > 0 && p->column + 1 + width > p->width) {
                new_line(p);
            } else if (p->column > 0) {
                dgm_buffer_put(p->out, DGM_VIEW(" "));
                p->column++;
            }
            put_word(p, word, before);
        }
        word = !more || g.space ? at : word;
        before = at;
    } while (more);
}

static void put_text(page *p, const dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        if (s->begin_byte < doc->begin_byte)
            continue;
        if (i > 0 && s->begins_paragraph) {
            new_line(p);
            new_line(p);
        }
        p->bold = s->headline && p->options->colour;
        style(p, p->bold ? "1" : "");
        put_words(p, s->begin_byte - doc->begin_byte, s->end_byte - doc->begin_byte);
        style(p, p->bold ? "0" : "");
        p->bold = false;
    }
    new_line(p);
}

/* ---- the head ------------------------------------------------------------------------------- */

/* Where the text begins with the title, it is not said twice. */
static bool text_has_title(const dgm_document *doc)
{
    return dgm_view_starts(dgm_view_trim(doc->text), dgm_view_trim(doc->title));
}

static void put_title(page *p, const dgm_document *doc)
{
    bool text = p->options->show == DGM_SHOW_TEXT;
    if (doc->title.n && !(text && text_has_title(doc))) {
        style(p, "1");
        dgm_put_cell(doc->title, p->width, false, p->out);
        style(p, "0");
        dgm_buffer_put(p->out, DGM_VIEW("\n"));
    }
    dgm_buffer line = { 0 };
    dgm_buffer_put(&line, doc->id);
    dgm_buffer_printf(&line, ", %s%s", doc->date, doc->source.n ? ", " : "");
    dgm_buffer_put(&line, doc->source);
    style(p, "2");
    dgm_put_cell((dgm_view) { line.p, line.n }, p->width, false, p->out);
    style(p, "0");
    dgm_buffer_put(p->out, text ? DGM_VIEW("\n\n") : DGM_VIEW("\n"));
    p->out->failed = p->out->failed || line.failed;
    dgm_buffer_done(&line);
}

void dgm_write_story_head(const dgm_output_options *options, const dgm_document *doc,
                          dgm_buffer *out)
{
    page p = { .options = options,
               .text = doc->text,
               .roles = roles_of(doc),
               .width = DGM_MAX(options->width ? options->width : 100, 20),
               .out = out };
    if (!p.roles) {
        out->failed = true;
        return;
    }
    put_title(&p, doc);
    if (options->show == DGM_SHOW_TEXT) {
        put_text(&p, doc);
        dgm_buffer_put(out, DGM_VIEW("\n"));
    }
    if (doc->events.n > 0)
        dgm_write_table_header(options, out);
    else
        dgm_buffer_put(out, DGM_VIEW("no events\n"));
}
