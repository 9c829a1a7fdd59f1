/* Who affirms and who denies, across stories. */
#include "store/links.h"
#include "store/members.h"
#include "store/select.h"

#include "output/text.h"

/* One event as it is told of in an answer. Views in the arena. */
typedef struct {
    int64_t event, story;
    dgm_view event_id, story_id, story_date, source, date, voice, words;
} told;

typedef struct {
    dgm_arena *arena;
    dgm_buffer *out;
    uint32_t days;
    int64_t sides, day; /* of the dispute in hand; sides 0: none */
    dgm_view type, actors, recipients;
    DGM_ARRAY(told) affirmed, denied;
    bool failed;
} dispute;

static dgm_view keep(dispute *d, const dgm_cell *cell)
{
    if (cell->kind != DGM_CELL_TEXT)
        return (dgm_view) { "", 0 };
    dgm_view v = dgm_arena_copy(d->arena, cell->text);
    d->failed = d->failed || !v.p;
    return v;
}

static void put_told(dgm_buffer *out, const char *name, const told *at, uint32_t n)
{
    dgm_buffer_printf(out, ",\"%s\":[", name);
    for (uint32_t i = 0; i < n; i++) {
        dgm_buffer_printf(out, "%s{\"event_id\":\"%.*s\"", i ? "," : "", DGM_FMT(at[i].event_id));
        dgm_json_text_or_null(out, "story_id", at[i].story_id);
        dgm_json_text_or_null(out, "story_date", at[i].story_date);
        dgm_json_text_or_null(out, "source", at[i].source);
        dgm_json_text_or_null(out, "event_date", at[i].date);
        dgm_json_text_or_null(out, "voice", at[i].voice);
        dgm_json_text_or_null(out, "trigger", at[i].words);
        dgm_buffer_put(out, DGM_VIEW("}"));
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

/* Every voice once; where a report itself says so, its outlet or its own name. */
static void put_voices(dgm_buffer *out, const char *name, const told *at, uint32_t n)
{
    bool any = false;
    dgm_buffer_printf(out, ",\"%s\":[", name);
    for (uint32_t i = 0; i < n; i++) {
        bool before = false;
        for (uint32_t k = 0; k < i && !before; k++)
            before = dgm_view_eq(at[i].voice, at[k].voice) &&
                     (at[i].voice.n > 0 || dgm_view_eq(at[i].source, at[k].source));
        dgm_view voice = at[i].voice.n    ? at[i].voice
                         : at[i].source.n ? at[i].source
                                          : at[i].story_id;
        if (before || voice.n == 0)
            continue;
        dgm_buffer_put(out, any ? DGM_VIEW(",") : DGM_VIEW(""));
        dgm_json_string(voice, out);
        any = true;
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void finish(dispute *d)
{
    if (d->sides != 0 && d->affirmed.n > 0) {
        dgm_buffer_printf(d->out, "{\"event_type\":\"%.*s\"", DGM_FMT(d->type));
        dgm_put_names(d->out, "actors", d->actors);
        dgm_put_names(d->out, "recipients", d->recipients);
        put_voices(d->out, "affirmed_by", d->affirmed.at, d->affirmed.n);
        put_voices(d->out, "denied_by", d->denied.at, d->denied.n);
        put_told(d->out, "affirmed", d->affirmed.at, d->affirmed.n);
        put_told(d->out, "denied", d->denied.at, d->denied.n);
        dgm_buffer_put(d->out, DGM_VIEW("}\n"));
    }
    d->sides = 0;
    d->affirmed.at = NULL;
    d->affirmed.n = d->affirmed.cap = 0;
    d->denied.at = NULL;
    d->denied.n = d->denied.cap = 0;
    dgm_arena_reset(d->arena);
}

enum { TOLD_CELLS = 9 };
#define TOLD(e, s)                                                                                 \
    e ".event, " e ".story, " e ".event_id, " s ".story_id, " s ".date, " s ".source, " e          \
      ".date, (SELECT coalesce(v.code, v.words) FROM attributions v WHERE v.event = " e            \
      ".event ORDER BY v.place_in_chain DESC LIMIT 1), " e ".trigger_words"

static told told_of(dispute *d, const dgm_cell *cells)
{
    return (told) { .event = cells[0].integer,
                    .story = cells[1].integer,
                    .event_id = keep(d, &cells[2]),
                    .story_id = keep(d, &cells[3]),
                    .story_date = keep(d, &cells[4]),
                    .source = keep(d, &cells[5]),
                    .date = keep(d, &cells[6]),
                    .voice = keep(d, &cells[7]),
                    .words = keep(d, &cells[8]) };
}

#define ADD(d, list, cells)                                                                        \
    do {                                                                                           \
        bool there_ = false;                                                                       \
        for (uint32_t i_ = 0; i_ < (list)->n && !there_; i_++)                                     \
            there_ = (list)->at[i_].event == (cells)[0].integer;                                   \
        if (!there_) {                                                                             \
            told *new_ = dgm_push((d)->arena, (list));                                             \
            if (new_)                                                                              \
                *new_ = told_of((d), (cells));                                                     \
            else                                                                                   \
                (d)->failed = true;                                                                \
        }                                                                                          \
    } while (0)

/* sides, day, type, actors, recipients, the denied event, the affirmed event. */
static bool take_pair(void *context, const dgm_cell *cells, uint32_t n)
{
    dispute *d = context;
    (void)n;
    if (cells[0].integer != d->sides || cells[1].integer - d->day > d->days) {
        finish(d);
        d->sides = cells[0].integer;
        d->type = keep(d, &cells[2]);
        d->actors = keep(d, &cells[3]);
        d->recipients = keep(d, &cells[4]);
    }
    d->day = cells[1].integer;
    ADD(d, &d->denied, cells + 5);
    ADD(d, &d->affirmed, cells + 5 + TOLD_CELLS);
    return !d->failed;
}

dgm_status dgm_store_claims(dgm_store *store, const dgm_filter *filter, uint32_t days,
                            dgm_buffer *out, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dispute d = { .arena = dgm_arena_new(), .out = out, .days = days };
    dgm_status status = dgm_select_init(&s, store, filter, err);
    const char *join = store->db->engine->is_postgres ? "string_agg" : "group_concat";
    dgm_buffer_put(&sql, DGM_VIEW("SELECT d.sides, d.day, d.type,"));
    dgm_buffer_printf(&sql,
                      " (SELECT %s(DISTINCT p.side%s) FROM participants p WHERE p.event = d.event"
                      " AND p.role = 'actor'),"
                      " (SELECT %s(DISTINCT p.side%s) FROM participants p WHERE p.event = d.event"
                      " AND p.role = 'recipient'), ",
                      join, store->db->engine->is_postgres ? ", ','" : "", join,
                      store->db->engine->is_postgres ? ", ','" : "");
    dgm_buffer_put(&sql, DGM_VIEW(TOLD("d", "ds") ", " TOLD("a", "sa") " FROM (SELECT e.*"));
    dgm_select_put(&s, &sql);
    dgm_buffer_printf(&sql,
                      ") d JOIN events a ON a.sides = d.sides AND a.day BETWEEN d.day - %u AND"
                      " d.day + %u AND a.polarity = 'affirmed' AND a.status IN ('actual',"
                      " 'possible') JOIN stories ds ON ds.story = d.story JOIN stories sa ON"
                      " sa.story = a.story WHERE d.polarity = 'negated' AND d.status IN ('actual',"
                      " 'possible') AND d.sides > 0 AND (a.place IS NULL OR d.place IS NULL OR"
                      " a.place = d.place) ORDER BY d.sides, d.day, d.event, a.day, a.event",
                      days, days);
    if (status == DGM_OK && d.arena)
        status = dgm_select_run(&s, &sql, take_pair, &d);
    if (status == DGM_OK && d.arena)
        finish(&d);
    if (status == DGM_OK && (d.failed || !d.arena || out->failed))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the claims");
    dgm_buffer_done(&sql);
    dgm_select_done(&s);
    dgm_arena_free(d.arena);
    return status;
}
