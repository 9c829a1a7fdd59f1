/* Marks: put beside an event, and found again whatever became of it. */
#include "store/marks.h"
#include "store/packed.h"
#include "store/sql.h"

#include <string.h>
#include <time.h>

const char *dgm_mark_verdict_name(dgm_mark_verdict verdict)
{
    static const char *const names[] = { "right", "wrong", "other" };
    return names[verdict];
}

static dgm_mark_verdict verdict_of(dgm_view name)
{
    return dgm_view_eq(name, DGM_VIEW("right"))   ? DGM_MARK_RIGHT
           : dgm_view_eq(name, DGM_VIEW("wrong")) ? DGM_MARK_WRONG
                                                  : DGM_MARK_OTHER;
}

/* ---- events that are marked, or were -------------------------------------------------------- */

typedef struct {
    int64_t story;
    dgm_view event_id, coding, trigger, text;
    uint32_t sentence, begin_byte, end_byte; /* of the story's text; 0, 0: not known */
    dgm_view type;
} candidate;

typedef struct {
    dgm_arena *arena, *scratch; /* scratch: of one record */
    DGM_ARRAY(candidate) at;
    dgm_shelf shelf;
    dgm_status status;
    dgm_err *err;
} candidates;

/* Where the trigger stands in the story's own text. What was read at another time may have begun
 * elsewhere; then its place is not known. */
static void place(const dgm_record *r, int64_t begin, dgm_view text, candidate *out)
{
    int64_t from = (int64_t)r->trigger.begin_byte - begin,
            to = (int64_t)r->trigger.end_byte - begin;
    if (from < 0 || to <= from || (uint64_t)to > text.n ||
        !dgm_view_eq(dgm_view_slice(text, (size_t)from, (size_t)to), r->trigger.text))
        return;
    out->begin_byte = (uint32_t)from;
    out->end_byte = (uint32_t)to;
}

static dgm_status write_coding(const dgm_coding *coding, dgm_arena *arena, dgm_view *out,
                               dgm_err *err)
{
    dgm_buffer text = { 0 };
    dgm_coding_write(coding, &text);
    *out = dgm_arena_copy(arena, (dgm_view) { text.p, text.n });
    bool failed = text.failed || dgm_arena_failed(arena);
    dgm_buffer_done(&text);
    return failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a mark") : DGM_OK;
}

/* Cells: story, event_id, where the text begins, the text, those of the record. */
static bool take_candidate(void *context, const dgm_cell *cells, uint32_t n)
{
    candidates *c = context;
    dgm_record r;
    dgm_coding coding;
    dgm_view line;
    (void)n;
    if (cells[3].text.n == 0)
        return true; /* its text was taken away, by which its records are compressed */
    candidate *made = dgm_push(c->arena, &c->at);
    dgm_arena_reset(c->scratch);
    c->status = made ? dgm_shelf_line(&c->shelf, cells + 4, &line, c->err)
                     : dgm_fail(c->err, DGM_ENOMEM, NULL, 0, "no memory for a mark");
    if (c->status == DGM_OK)
        c->status = dgm_record_read(line, c->scratch, &r, c->err);
    if (c->status != DGM_OK)
        return false;
    *made = (candidate) { .story = cells[0].integer,
                          .event_id = dgm_arena_copy(c->arena, cells[1].text),
                          .trigger = dgm_arena_copy(c->arena, r.trigger.text),
                          .text = dgm_arena_copy(c->arena, r.text),
                          .sentence = r.sentence,
                          .type = dgm_arena_copy(c->arena, r.type) };
    place(&r, cells[2].integer, cells[3].text, made);
    dgm_coding_of(&r, &coding);
    c->status = write_coding(&coding, c->arena, &made->coding, c->err);
    return c->status == DGM_OK;
}

#define CANDIDATES                                                                                 \
    "SELECT e.story, e.event_id, s.begin_byte, s.text, " DGM_RECORD_OF(                            \
        "e") " FROM events e" DGM_JOIN_RECORDS("e") " JOIN stories s ON s.story = e.story WHERE "
static const char by_id[] = CANDIDATES "e.event_id = ? ORDER BY e.event";
static const char by_story[] = CANDIDATES "e.story = ? ORDER BY e.event";

static dgm_status find(dgm_store *store, const char *sql, dgm_cell key, candidates *c)
{
    c->at.n = 0;
    dgm_status status = dgm_sql_ask(store->db, sql, &key, 1, take_candidate, c, c->err);
    return status == DGM_OK ? c->status : status;
}

/* ---- marking -------------------------------------------------------------------------------- */

/* A mark that a new coding has left without its own event, and that is about this one. */
static const char forget[] =
    "DELETE FROM marks WHERE story = ? AND begin_byte = ? AND end_byte = ? AND end_byte > 0"
    " AND (coding = ? OR answer = ?) AND event_id <> ? AND NOT EXISTS (SELECT 1 FROM events e"
    " WHERE e.story = marks.story AND e.event_id = marks.event_id)";
static const char keep[] =
    "INSERT INTO marks (mark, story, event_id, sentence, begin_byte, end_byte, trigger_words, text,"
    " coding, verdict, answer, note, marked_by, marked)"
    " VALUES ((SELECT coalesce(max(mark), 0) + 1 FROM marks), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?)"
    " ON CONFLICT (story, event_id) DO UPDATE SET sentence = excluded.sentence,"
    " begin_byte = excluded.begin_byte, end_byte = excluded.end_byte,"
    " trigger_words = excluded.trigger_words, text = excluded.text, coding = excluded.coding,"
    " verdict = excluded.verdict, answer = excluded.answer, note = excluded.note,"
    " marked_by = excluded.marked_by, marked = excluded.marked";

static dgm_status put_mark(dgm_store *store, const candidate *c, const dgm_judgement *j,
                           dgm_view answer, dgm_err *err)
{
    char now[DGM_UTC];
    dgm_utc(time(NULL), now);
    if (dgm_view_eq(answer, c->coding))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "the event is coded as %.*s already: it is right, not otherwise coded",
                        DGM_FMT(answer));
    dgm_status status = DGM_DO(store->db, forget, err, dgm_int(c->story), dgm_int(c->begin_byte),
                               dgm_int(c->end_byte), dgm_text(c->coding), dgm_text(c->coding),
                               dgm_text(c->event_id));
    if (status != DGM_OK)
        return status;
    return DGM_DO(store->db, keep, err, dgm_int(c->story), dgm_text(c->event_id),
                  dgm_int(c->sentence), dgm_int(c->begin_byte), dgm_int(c->end_byte),
                  dgm_text(c->trigger), dgm_text(c->text), dgm_text(c->coding),
                  dgm_text(dgm_view_of(dgm_mark_verdict_name(j->verdict))), dgm_text(answer),
                  dgm_text(j->note), dgm_text(j->by), dgm_text(dgm_view_of(now)));
}

static dgm_status mark_all(dgm_store *store, dgm_view event_id, const dgm_judgement *j,
                           candidates *c, dgm_err *err)
{
    dgm_view answer = { "", 0 };
    dgm_status status = DGM_OK;
    if (j->verdict == DGM_MARK_OTHER)
        status = write_coding(j->answer, c->arena, &answer, err);
    if (status == DGM_OK)
        status = find(store, by_id, dgm_text(event_id), c);
    for (uint32_t i = 0; i < c->at.n && status == DGM_OK; i++)
        status = put_mark(store, &c->at.at[i], j, answer, err);
    return status;
}

static bool begin_candidates(candidates *c, dgm_arena *arena, dgm_err *err)
{
    *c = (candidates) { .arena = arena, .scratch = dgm_arena_new(), .err = err };
    return c->arena && c->scratch;
}

dgm_status dgm_store_mark(dgm_store *store, dgm_view event_id, const dgm_judgement *j, uint32_t *n,
                          dgm_err *err)
{
    candidates c;
    dgm_arena *arena = dgm_arena_new();
    dgm_status status = begin_candidates(&c, arena, err)
                            ? dgm_store_begin(store, err)
                            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a mark");
    if (status == DGM_OK) {
        status = mark_all(store, event_id, j, &c, err);
        if (status == DGM_OK)
            status = dgm_store_commit(store, err);
        else
            dgm_store_rollback(store);
    }
    if (status == DGM_OK)
        *n = c.at.n;
    dgm_buffer_done(&c.shelf.lines);
    dgm_arena_free(c.scratch);
    dgm_arena_free(arena);
    return status;
}

/* ---- what was marked ------------------------------------------------------------------------ */

typedef struct {
    dgm_arena *arena;
    dgm_marks *marks;
    bool no_memory;
} listing;

static bool take_mark(void *context, const dgm_cell *cells, uint32_t n)
{
    listing *l = context;
    dgm_mark *m = dgm_push(l->arena, l->marks);
    (void)n;
    if (!m) {
        l->no_memory = true;
        return false;
    }
    *m = (dgm_mark) { .story = cells[0].integer,
                      .verdict = verdict_of(cells[3].text),
                      .begin_byte = (uint32_t)cells[10].integer,
                      .end_byte = (uint32_t)cells[11].integer };
    const struct {
        dgm_view *to;
        uint32_t cell;
    } texts[] = { { &m->event_id, 1 },  { &m->coding, 2 },     { &m->answer, 4 },  { &m->note, 5 },
                  { &m->by, 6 },        { &m->marked, 7 },     { &m->trigger, 8 }, { &m->text, 9 },
                  { &m->story_id, 12 }, { &m->story_date, 13 } };
    for (size_t i = 0; i < DGM_LEN(texts); i++)
        if (cells[texts[i].cell].kind == DGM_CELL_TEXT)
            *texts[i].to = dgm_arena_copy(l->arena, cells[texts[i].cell].text);
    return true;
}

static void meet(dgm_mark *m, const candidate *c)
{
    bool as_judged = dgm_view_eq(c->coding, m->coding);
    if (m->is_there || (!as_judged && !(m->answer.n && dgm_view_eq(c->coding, m->answer))))
        return;
    m->is_there = true;
    m->is_right = !as_judged || m->verdict == DGM_MARK_RIGHT;
    m->now = c->event_id;
    m->type = c->type;
}

/* The marks of one story with its events: by id first, then by place. */
static void match(dgm_mark *marks, uint32_t n, const candidates *c)
{
    for (uint32_t i = 0; i < n; i++) {
        dgm_mark *m = &marks[i];
        for (uint32_t k = 0; k < c->at.n; k++)
            if (dgm_view_eq(c->at.at[k].event_id, m->event_id))
                meet(m, &c->at.at[k]);
        for (uint32_t k = 0; k < c->at.n; k++)
            if (m->end_byte > 0 && c->at.at[k].begin_byte == m->begin_byte &&
                c->at.at[k].end_byte == m->end_byte)
                meet(m, &c->at.at[k]);
    }
}

static dgm_status match_all(dgm_store *store, dgm_marks *marks, candidates *c)
{
    dgm_status status = DGM_OK;
    for (uint32_t i = 0, end; i < marks->n && status == DGM_OK; i = end) {
        int64_t story = marks->at[i].story;
        for (end = i; end < marks->n && marks->at[end].story == story;)
            end++;
        status = find(store, by_story, dgm_int(story), c);
        if (status == DGM_OK)
            match(&marks->at[i], end - i, c);
    }
    return status;
}

dgm_status dgm_store_marks(dgm_store *store, dgm_arena *arena, dgm_marks *out, dgm_err *err)
{
    static const char sql[] =
        "SELECT m.story, m.event_id, m.coding, m.verdict, m.answer, m.note, m.marked_by, m.marked,"
        " m.trigger_words, m.text, m.begin_byte, m.end_byte, s.story_id, s.date FROM marks m"
        " JOIN stories s ON s.story = m.story ORDER BY m.story, m.begin_byte, m.mark";
    dgm_marks marks = { .n = 0 };
    listing l = { .arena = arena, .marks = &marks };
    candidates c;
    dgm_status status = begin_candidates(&c, arena, err)
                            ? dgm_sql_ask(store->db, sql, NULL, 0, take_mark, &l, err)
                            : DGM_ENOMEM;
    if (status == DGM_OK)
        status = match_all(store, &marks, &c);
    dgm_buffer_done(&c.shelf.lines);
    dgm_arena_free(c.scratch);
    if (status == DGM_ENOMEM || l.no_memory)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the marks");
    if (status == DGM_OK)
        *out = marks;
    return status;
}

/* ---- the text ------------------------------------------------------------------------------- */

typedef struct {
    dgm_arena *arena;
    dgm_view text;
} wanted_text;

static bool take_text(void *context, const dgm_cell *cells, uint32_t n)
{
    wanted_text *w = context;
    if (n > 0 && cells[0].kind == DGM_CELL_TEXT)
        w->text = dgm_arena_copy(w->arena, cells[0].text);
    return false;
}

dgm_status dgm_store_story_text(dgm_store *store, int64_t story, dgm_arena *arena, dgm_view *text,
                                dgm_err *err)
{
    wanted_text w = { .arena = arena, .text = { "", 0 } };
    const dgm_cell key = dgm_int(story);
    dgm_status status = dgm_sql_ask(store->db, "SELECT text FROM stories WHERE story = ?", &key, 1,
                                    take_text, &w, err);
    if (status == DGM_OK && !w.text.p)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    if (status == DGM_OK)
        *text = w.text;
    return status;
}
