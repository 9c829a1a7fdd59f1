/* Marking on a terminal: an event, its sentence with the event's words in colours, one key. */
#include "cli/correct.h"

#include "output/cells.h"
#include "output/writers.h"

#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

typedef struct {
    dgm_store *store;
    const char *tables;
    dgm_arena *arena;
    DGM_ARRAY(dgm_view) events; /* their ids */
    DGM_ARRAY(dgm_view) marks;  /* and verdicts; empty: none */
    dgm_view by;
    uint32_t width;
    bool colour;
    struct termios before;
    dgm_buffer page;
    bool shown; /* the event is still in the store */
    dgm_status status;
    dgm_err *err;
} screen;

static bool take_event(void *context, const dgm_cell *cells, uint32_t n)
{
    screen *s = context;
    dgm_view *id = dgm_push(s->arena, &s->events), *mark = dgm_push(s->arena, &s->marks);
    (void)n;
    if (!id || !mark) {
        s->status = dgm_fail(s->err, DGM_ENOMEM, NULL, 0, "no memory for the sample");
        return false;
    }
    *id = dgm_arena_copy(s->arena, cells[0].text);
    if (cells[3].kind == DGM_CELL_TEXT)
        *mark = dgm_arena_copy(s->arena, cells[3].text);
    return true;
}

/* ---- keys ----------------------------------------------------------------------------------- */

enum { CTRL_C = 3, CTRL_D = 4, BACKSPACE = 8, ESCAPE = 27, DELETE = 127 };

/* Keys come one by one and unseen; an interrupt is a key, so that the terminal is always put back
 * as it was. */
static bool begin_keys(screen *s)
{
    struct termios now;
    if (tcgetattr(STDIN_FILENO, &s->before) != 0)
        return false;
    now = s->before;
    now.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    now.c_cc[VMIN] = 1;
    now.c_cc[VTIME] = 0;
    return tcsetattr(STDIN_FILENO, TCSADRAIN, &now) == 0;
}

static int read_key(void)
{
    unsigned char c;
    ssize_t n;
    do
        n = read(STDIN_FILENO, &c, 1);
    while (n < 0 && errno == EINTR);
    return n == 1 ? c : CTRL_D;
}

/* A line of ASCII; false: it was given up. */
static bool read_line(char *line, size_t size)
{
    size_t n = 0;
    for (;;) {
        int c = read_key();
        if (c == '\r' || c == '\n')
            break;
        if (c == ESCAPE || c == CTRL_C || c == CTRL_D)
            return false;
        if ((c == BACKSPACE || c == DELETE) && n > 0) {
            n--;
            fputs("\b \b", stdout);
        } else if (c >= ' ' && c < DELETE && n + 1 < size) {
            line[n++] = (char)c;
            putchar(c);
        }
        fflush(stdout);
    }
    line[n] = 0;
    return n > 0;
}

/* ---- the page ------------------------------------------------------------------------------- */

enum { PLAIN, RECIPIENT, ACTOR, TRIGGER };

static void mark_words(const dgm_record *r, const dgm_record_words *words, uint8_t role,
                       uint8_t *roles)
{
    if (words->text.n == 0 || words->begin_byte < r->text_begin_byte)
        return;
    size_t begin = words->begin_byte - r->text_begin_byte,
           end = words->end_byte - r->text_begin_byte;
    for (size_t i = begin; i < end && i < r->text.n; i++)
        roles[i] = role;
}

static void mark_side(const dgm_record *r, const dgm_record_actor *at, uint32_t n, uint8_t role,
                      uint8_t *roles)
{
    for (uint32_t i = 0; i < n; i++)
        mark_words(r, &at[i].words, role, roles);
}

static void change_role(screen *s, const dgm_record *r, uint8_t from, uint8_t to)
{
    if (!s->colour) {
        if (from == TRIGGER || to == TRIGGER)
            dgm_buffer_put(&s->page, DGM_VIEW("*"));
        return;
    }
    const char *const colours[] = { "", DGM_COLOUR_RECIPIENT, DGM_COLOUR_ACTOR,
                                    dgm_quad_colour(r->quad) };
    dgm_buffer_printf(&s->page, "\033[0%s%sm", to == PLAIN ? "" : ";", colours[to]);
}

/* Where the line has to end before the word at byte `from`. */
static bool fits(dgm_view text, size_t from, uint32_t column, uint32_t width)
{
    dgm_glyph g;
    for (size_t at = from; dgm_next_glyph(text, &at, &g) && !g.space;)
        column += g.width;
    return column <= width;
}

static void put_sentence(screen *s, const dgm_record *r, const uint8_t *roles)
{
    uint32_t column = 2;
    uint8_t role = PLAIN;
    dgm_glyph g;
    dgm_buffer_put(&s->page, DGM_VIEW("  "));
    for (size_t at = 0, before = 0; dgm_next_glyph(r->text, &at, &g); before = at) {
        if (roles[before] != role)
            change_role(s, r, role, roles[before]);
        role = roles[before];
        if (g.space && !fits(r->text, at, column + 1, s->width - 2)) {
            dgm_buffer_put(&s->page, DGM_VIEW("\n  "));
            column = 2;
        } else {
            dgm_buffer_put(&s->page, dgm_view_of(g.text));
            column += g.width;
        }
    }
    if (role != PLAIN)
        change_role(s, r, role, PLAIN);
    dgm_buffer_put(&s->page, DGM_VIEW("\n"));
}

static void put_line(screen *s, dgm_view text)
{
    dgm_buffer_put(&s->page, DGM_VIEW("  "));
    dgm_put_cell(text, s->width - 2, false, &s->page);
    dgm_buffer_put(&s->page, DGM_VIEW("\n"));
}

static bool put_record(void *context, const dgm_record *r)
{
    screen *s = context;
    dgm_coding coding;
    dgm_arena *arena = dgm_arena_new();
    uint8_t *roles = arena ? DGM_NEW(arena, uint8_t, r->text.n + 1) : NULL;
    s->shown = roles != NULL;
    if (!roles) {
        s->status = dgm_fail(s->err, DGM_ENOMEM, NULL, 0, "no memory for a sentence");
    } else {
        mark_side(r, r->recipients.at, r->recipients.n, RECIPIENT, roles);
        mark_side(r, r->actors.at, r->actors.n, ACTOR, roles);
        mark_words(r, &r->trigger, TRIGGER, roles);
        put_line(s, dgm_arena_printf(arena, "%.*s  %.*s  %.*s", DGM_FMT(r->story_date),
                                     DGM_FMT(r->story_source),
                                     DGM_FMT(r->story_title.n ? r->story_title : r->story_id)));
        put_sentence(s, r, roles);
        dgm_coding_of(r, &coding);
        dgm_buffer_put(&s->page, DGM_VIEW("  "));
        dgm_coding_write(&coding, &s->page);
        dgm_buffer_put(&s->page, DGM_VIEW("\n"));
    }
    dgm_arena_free(arena);
    return false;
}

/* ---- one event ------------------------------------------------------------------------------ */

static dgm_status show(screen *s, uint32_t i)
{
    dgm_filter filter = { .event = s->events.at[i].p, .limit = 1 };
    dgm_view mark = s->marks.at[i];
    s->page.n = 0;
    s->shown = false;
    dgm_buffer_printf(&s->page, "\n%u of %u%s%.*s\n", i + 1, s->events.n,
                      mark.n ? ", marked as " : "", DGM_FMT(mark));
    dgm_status status = dgm_store_records(s->store, &filter, put_record, s, s->err);
    if (status != DGM_OK || s->status != DGM_OK)
        return status != DGM_OK ? status : s->status;
    if (s->page.failed)
        return dgm_fail(s->err, DGM_ENOMEM, NULL, 0, "no memory for a sentence");
    if (s->shown) {
        dgm_buffer_put(&s->page,
                       DGM_VIEW("r right, w wrong, o otherwise, s skip, b back, q quit: "));
        fwrite(s->page.p, 1, s->page.n, stdout);
    }
    return fflush(stdout) == 0 ? DGM_OK
                               : dgm_fail(s->err, DGM_EIO, NULL, 0, "the terminal is gone");
}

static dgm_status judge(screen *s, uint32_t i, const dgm_judgement *judgement)
{
    uint32_t n;
    dgm_status status = dgm_store_mark(s->store, s->events.at[i], judgement, &n, s->err);
    if (status == DGM_OK)
        s->marks.at[i] = dgm_view_of(dgm_mark_verdict_name(judgement->verdict));
    return status;
}

/* Asks how it is coded until that can be read or is given up; *marked: it was marked. */
static dgm_status judge_otherwise(screen *s, uint32_t i, bool *marked)
{
    char line[240], text[1200];
    dgm_coding answer;
    *marked = false;
    for (;;) {
        fputs("\n  TYPE ACTORS > RECIPIENTS [negated] [status]: ", stdout);
        fflush(stdout);
        if (!read_line(line, sizeof line))
            return DGM_OK;
        dgm_status status =
            dgm_correct_coding(s->store, s->tables, dgm_view_of(line), &answer, s->err);
        if (status == DGM_OK)
            status = judge(
                s, i,
                &(dgm_judgement) { .verdict = DGM_MARK_OTHER, .answer = &answer, .by = s->by });
        *marked = status == DGM_OK;
        if (status != DGM_EUSAGE && status != DGM_ELIMIT)
            return status;
        printf("\n  %s", dgm_err_text(s->err, text, sizeof text));
    }
}

/* The next event, or the number of events: it is over. */
static dgm_status answer(screen *s, uint32_t i, int key, uint32_t *next)
{
    bool marked = true;
    dgm_status status = DGM_OK;
    *next = i;
    if (key == 'q' || key == CTRL_C || key == CTRL_D) {
        *next = s->events.n;
        return DGM_OK;
    }
    if (key == 'b') {
        *next = i > 0 ? i - 1 : 0;
        return DGM_OK;
    }
    if (key == 'r' || key == 'w')
        status = judge(s, i,
                       &(dgm_judgement) { .verdict = key == 'r' ? DGM_MARK_RIGHT : DGM_MARK_WRONG,
                                          .by = s->by });
    else if (key == 'o')
        status = judge_otherwise(s, i, &marked);
    else
        marked = key == 's';
    *next = status == DGM_OK && marked ? i + 1 : i;
    return status;
}

static dgm_status ask_all(screen *s)
{
    dgm_status status = DGM_OK;
    bool back = false;
    for (uint32_t i = 0, next; i < s->events.n && status == DGM_OK; i = next) {
        status = show(s, i);
        next = back && i > 0 ? i - 1 : i + 1; /* what is gone is passed over */
        if (status != DGM_OK || !s->shown)
            continue;
        int key = read_key();
        if (key >= ' ' && key < DELETE)
            putchar(key);
        status = answer(s, i, key, &next);
        back = key == 'b' && i > 0;
    }
    return status;
}

static void say_end(const screen *s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->events.n; i++)
        n += s->marks.at[i].n > 0;
    printf("\n%u of %u %s marked\n", n, s->events.n,
           dgm_word_for(s->events.n, "event is", "events are"));
}

dgm_status dgm_correct_screen(dgm_store *store, const char *tables, bool unmarked, dgm_view by,
                              dgm_err *err)
{
    screen s = { .store = store, .tables = tables, .arena = dgm_arena_new(), .by = by, .err = err };
    uint32_t width = dgm_cli_screen(stdout, &s.colour);
    s.width = DGM_MAX(width, 40);
    dgm_status status = s.arena ? dgm_store_sampled(store, 0, unmarked, take_event, &s, err)
                                : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the sample");
    if (status == DGM_OK)
        status = s.status;
    if (status == DGM_OK && !begin_keys(&s))
        status = dgm_fail(err, DGM_EIO, NULL, 0, "the terminal takes no single keys");
    else if (status == DGM_OK) {
        status = ask_all(&s);
        tcsetattr(STDIN_FILENO, TCSADRAIN, &s.before);
        say_end(&s);
    }
    dgm_buffer_done(&s.page);
    dgm_arena_free(s.arena);
    return status;
}
