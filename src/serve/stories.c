/* Stories: pages of heads, one story with all that is known of it. */
#include "serve/lists.h"

#include <string.h>

/* ---- a page --------------------------------------------------------------------------------- */

typedef struct {
    dgm_buffer *out;
    dgm_list list;
} page;

static bool put_line(void *context, const dgm_cell *cells, uint32_t n)
{
    page *p = context;
    (void)n;
    if (!dgm_list_take(&p->list, dgm_cell_text(&cells[1]), cells[0].integer))
        return false;
    dgm_json_open(p->out, NULL, '{');
    dgm_json_whole(p->out, "key", cells[0].integer);
    dgm_json_string_of(p->out, "date", dgm_cell_text(&cells[1]));
    dgm_json_string_of(p->out, "title", dgm_cell_text(&cells[2]));
    dgm_json_string_of(p->out, "source", dgm_cell_text(&cells[3]));
    dgm_json_whole(p->out, "events", dgm_cell_whole(&cells[4]));
    dgm_json_close(p->out, '}');
    return !p->out->failed;
}

bool dgm_answer_stories(dgm_question *q)
{
    page p = { .out = &q->out };
    if (!dgm_list_begin(q, 50, &p.list))
        return false;
    dgm_json_open(&q->out, NULL, '{');
    dgm_json_open(&q->out, "stories", '[');
    if (dgm_page_ask(q->store, &q->filter, q->per, DGM_ASK_STORIES, &p.list.part, put_line, &p,
                     &q->err) != DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    dgm_list_next(&p.list, &q->out);
    dgm_json_close(&q->out, '}');
    return true;
}

/* ---- one story ------------------------------------------------------------------------------ */

typedef struct {
    dgm_question *q;
    dgm_view text; /* in the arena */
    int64_t begin_byte;
    bool there;
} one;

static bool put_story(void *context, const dgm_cell *cells, uint32_t n)
{
    one *o = context;
    (void)n;
    dgm_put_head(&o->q->out, "story", cells);
    dgm_json_string_of(&o->q->out, "text", dgm_cell_text(&cells[DGM_HEAD_CELLS]));
    dgm_json_close(&o->q->out, '}');
    o->text = dgm_arena_copy(o->q->arena, dgm_cell_text(&cells[DGM_HEAD_CELLS]));
    o->begin_byte = dgm_cell_whole(&cells[DGM_HEAD_CELLS + 1]);
    o->there = true;
    return false;
}

/* Offsets count from the beginning of what was read; here from that of the text. */
static void shift_words(dgm_record_words *w, uint32_t points, uint32_t bytes)
{
    w->begin = w->begin >= points ? w->begin - points : 0;
    w->end = w->end >= points ? w->end - points : 0;
    w->begin_byte = w->begin_byte >= bytes ? w->begin_byte - bytes : 0;
    w->end_byte = w->end_byte >= bytes ? w->end_byte - bytes : 0;
}

static void shift(dgm_record *r, uint32_t points, uint32_t bytes)
{
    for (uint32_t i = 0; i < r->actors.n; i++)
        shift_words(&r->actors.at[i].words, points, bytes);
    for (uint32_t i = 0; i < r->recipients.n; i++)
        shift_words(&r->recipients.at[i].words, points, bytes);
    for (uint32_t i = 0; i < r->voices.n; i++) {
        shift_words(&r->voices.at[i].speaker.words, points, bytes);
        shift_words(&r->voices.at[i].cue, points, bytes);
    }
    for (uint32_t i = 0; i < r->locations.n; i++)
        shift_words(&r->locations.at[i].words, points, bytes);
    for (uint32_t i = 0; i < DGM_N_SIZES; i++)
        shift_words(&r->sizes[i].words, points, bytes);
    shift_words(&r->trigger, points, bytes);
    shift_words(&r->condition, points, bytes);
}

/* How many code points stand before the text, from the trigger, of which both counts are known. */
static uint32_t points_before(const one *o, const dgm_record *r)
{
    if ((int64_t)r->trigger.begin_byte < o->begin_byte)
        return 0;
    dgm_view before =
        dgm_view_slice(o->text, 0, (size_t)((int64_t)r->trigger.begin_byte - o->begin_byte));
    size_t points = dgm_utf8_count(before);
    return r->trigger.begin >= points ? (uint32_t)(r->trigger.begin - points) : 0;
}

static bool put_event(void *context, int64_t event, int64_t story, const dgm_record *record)
{
    one *o = context;
    dgm_record moved = *record;
    if (o->begin_byte > 0 && o->begin_byte <= UINT32_MAX)
        shift(&moved, points_before(o, record), (uint32_t)o->begin_byte);
    dgm_put_record(&o->q->out, NULL, event, story, &moved);
    return !o->q->out.failed;
}

static bool take_number(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_numbers *numbers = context;
    int64_t *new = dgm_push(numbers->arena, &numbers->at);
    (void)n;
    numbers->failed = !new;
    if (new)
        *new = cells[0].integer;
    return !numbers->failed;
}

static bool put_copy(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *out = context;
    (void)n;
    dgm_put_head(out, NULL, cells);
    dgm_json_close(out, '}');
    return !out->failed;
}

/* Rows of one event follow each other. */
typedef struct {
    dgm_buffer *out;
    char last[40];
} sames;

static bool put_same(void *context, const dgm_cell *cells, uint32_t n)
{
    sames *s = context;
    char id[sizeof s->last];
    (void)n;
    snprintf(id, sizeof id, "%.*s", (int)DGM_MIN(cells[0].text.n, sizeof id - 1), cells[0].text.p);
    if (strcmp(id, s->last) != 0) {
        if (s->last[0])
            dgm_buffer_put(s->out, DGM_VIEW("]}"));
        dgm_json_open(s->out, NULL, '{');
        dgm_json_string_of(s->out, "event_id", dgm_view_of(id));
        dgm_json_open(s->out, "others", '[');
        memcpy(s->last, id, sizeof id);
    }
    dgm_json_open(s->out, NULL, '{');
    dgm_json_string_of(s->out, "event_id", dgm_cell_text(&cells[1]));
    dgm_json_whole(s->out, "story_key", cells[2].integer);
    dgm_json_string_of(s->out, "source", dgm_cell_text(&cells[3]));
    dgm_json_string_of(s->out, "date", dgm_cell_text(&cells[4]));
    dgm_json_close(s->out, '}');
    return !s->out->failed;
}

static bool put_link(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *out = context;
    (void)n;
    dgm_json_open(out, NULL, '{');
    dgm_json_string_of(out, "event_id", dgm_cell_text(&cells[0]));
    dgm_json_string_of(out, "kind", dgm_cell_text(&cells[1]));
    dgm_json_string_of(out, "other", dgm_cell_text(&cells[2]));
    dgm_json_whole(out, "story_key", dgm_cell_whole(&cells[3]));
    dgm_json_close(out, '}');
    return !out->failed;
}

static bool put_events(dgm_question *q, one *o, const dgm_cell *key)
{
    dgm_numbers numbers = { .arena = q->arena };
    if (dgm_page_find(q->store, DGM_LOOK_STORY_EVENTS, key, take_number, &numbers, &q->err) !=
        DGM_OK)
        return false;
    if (numbers.failed)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    dgm_json_open(&q->out, "events", '[');
    if (dgm_page_records(q->store, numbers.at.at, numbers.at.n, put_event, o, &q->err) != DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    return true;
}

static bool put_beside(dgm_question *q, const dgm_cell *key)
{
    sames s = { .out = &q->out };
    dgm_json_open(&q->out, "copies", '[');
    if (dgm_page_find(q->store, DGM_LOOK_COPIES, key, put_copy, &q->out, &q->err) != DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    dgm_json_open(&q->out, "same", '[');
    if (dgm_page_find(q->store, DGM_LOOK_SAME, key, put_same, &s, &q->err) != DGM_OK)
        return false;
    dgm_buffer_put(&q->out, s.last[0] ? DGM_VIEW("]}]") : DGM_VIEW("]"));
    dgm_json_open(&q->out, "links", '[');
    if (dgm_page_find(q->store, DGM_LOOK_LINKS, key, put_link, &q->out, &q->err) != DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    return true;
}

bool dgm_answer_story(dgm_question *q)
{
    uint64_t number = 0;
    one o = { .q = q };
    bool good = dgm_parse_u64(q->request->key, &number) && number <= INT64_MAX;
    dgm_cell key = { .kind = DGM_CELL_INT, .integer = good ? (int64_t)number : 0 };
    dgm_json_open(&q->out, NULL, '{');
    if (dgm_page_find(q->store, DGM_LOOK_STORY, &key, put_story, &o, &q->err) != DGM_OK)
        return false;
    if (!o.there) {
        dgm_turn_down(&q->refusal, 404, NULL, "The store has no story %.40s.", q->request->key.p);
        return false;
    }
    if (!put_events(q, &o, &key) || !put_beside(q, &key))
        return false;
    dgm_json_close(&q->out, '}');
    return true;
}
