/* Marks as coded stories: JSON Lines that `train judge` learns from. A story that was marked in
 * parts says so ("complete": false), and nothing is learned from the rest of it. */
#include "cli/correct.h"

#include "output/writers.h"

#include <string.h>

typedef struct {
    dgm_store *store;
    FILE *out;
    dgm_arena *arena;
    dgm_buffer line;
    uint32_t n_left;
    dgm_err *err;
} writing;

static void put_codes(dgm_buffer *out, const char *name, const dgm_coding *c, uint32_t side)
{
    dgm_json_key(out, name);
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < c->n[side]; i++)
        dgm_buffer_printf(out, "%s\"%s\"", i ? "," : "", c->codes[side][i]);
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_place(dgm_buffer *out, const dgm_mark *m, dgm_view text)
{
    size_t begin = dgm_utf8_count(dgm_view_slice(text, 0, m->begin_byte));
    size_t n = dgm_utf8_count(dgm_view_slice(text, m->begin_byte, m->end_byte));
    if (m->end_byte > 0)
        dgm_buffer_printf(out, ",\"begin\":%zu,\"end\":%zu", begin, begin + n);
}

static dgm_view coding_of(const dgm_mark *m)
{
    return m->verdict == DGM_MARK_OTHER ? m->answer : m->coding;
}

static dgm_status put_event(writing *w, const dgm_mark *m, dgm_view text)
{
    dgm_coding c;
    dgm_status status = dgm_coding_parse(NULL, coding_of(m), &c, w->err);
    if (status != DGM_OK)
        return status;
    dgm_buffer_put(&w->line, DGM_VIEW("{"));
    dgm_json_text(&w->line, "quote", m->text.n ? m->text : m->trigger);
    put_place(&w->line, m, text);
    dgm_json_text(&w->line, "event_type", dgm_view_of(c.type));
    put_codes(&w->line, "actors", &c, 0);
    put_codes(&w->line, "recipients", &c, 1);
    dgm_json_text(&w->line, "polarity", dgm_view_of(dgm_polarity_name(c.polarity)));
    dgm_json_text(&w->line, "status", dgm_view_of(dgm_factual_status_name(c.status)));
    dgm_buffer_put(&w->line, DGM_VIEW("}"));
    return DGM_OK;
}

/* Whether an earlier mark of the story says the same, before and after a new coding. */
static bool is_said(const dgm_mark *marks, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (marks[k].begin_byte == marks[i].begin_byte && marks[k].end_byte == marks[i].end_byte &&
            (marks[k].verdict == DGM_MARK_WRONG) == (marks[i].verdict == DGM_MARK_WRONG) &&
            dgm_view_eq(coding_of(&marks[k]), coding_of(&marks[i])))
            return true;
    return false;
}

static dgm_status put_list(writing *w, const char *name, bool wrong, const dgm_mark *marks,
                           uint32_t n, dgm_view text)
{
    dgm_status status = DGM_OK;
    bool any = false;
    dgm_json_key(&w->line, name);
    dgm_buffer_put(&w->line, DGM_VIEW("["));
    for (uint32_t i = 0; i < n && status == DGM_OK; i++) {
        if ((marks[i].verdict == DGM_MARK_WRONG) != wrong || is_said(marks, i))
            continue;
        dgm_buffer_put(&w->line, any ? DGM_VIEW(",") : DGM_VIEW(""));
        status = put_event(w, &marks[i], text);
        any = true;
    }
    dgm_buffer_put(&w->line, DGM_VIEW("]"));
    return status;
}

static dgm_status put_story(writing *w, const dgm_mark *marks, uint32_t n)
{
    dgm_view text = { "", 0 };
    char id[40];
    dgm_status status = dgm_store_story_text(w->store, marks->story, w->arena, &text, w->err);
    if (status != DGM_OK)
        return status;
    snprintf(id, sizeof id, "story %lld", (long long)marks->story);
    dgm_view name = marks->story_id.n ? marks->story_id : dgm_view_of(id);
    if (dgm_view_trim(text).n == 0) {
        dgm_err err = { 0 };
        (void)dgm_fail(&err, DGM_EFORMAT, NULL, 0,
                       "%.*s: the store has no text of the story; its %u %s left out",
                       (int)DGM_MIN(name.n, 80), name.p, n,
                       dgm_word_for(n, "mark is", "marks are"));
        dgm_cli_say(&err);
        w->n_left += n;
        return DGM_OK;
    }
    w->line.n = 0;
    dgm_buffer_put(&w->line, DGM_VIEW("{"));
    dgm_json_text(&w->line, "id", name);
    dgm_json_text(&w->line, "date", marks->story_date);
    dgm_json_text(&w->line, "text", text);
    dgm_buffer_put(&w->line, DGM_VIEW(",\"complete\":false"));
    status = put_list(w, "events", false, marks, n, text);
    if (status == DGM_OK)
        status = put_list(w, "absent", true, marks, n, text);
    dgm_buffer_put(&w->line, DGM_VIEW("}\n"));
    if (status == DGM_OK && w->line.failed)
        return dgm_fail(w->err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    if (status == DGM_OK && fwrite(w->line.p, 1, w->line.n, w->out) != w->line.n)
        return dgm_fail(w->err, DGM_EIO, NULL, 0, "not all marks could be written");
    return status;
}

dgm_status dgm_correct_gold(dgm_store *store, FILE *out, uint32_t *n_left, dgm_err *err)
{
    dgm_marks marks = { .n = 0 };
    writing w = { .store = store, .out = out, .arena = dgm_arena_new(), .err = err };
    dgm_status status = w.arena ? dgm_store_marks(store, w.arena, &marks, err)
                                : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the marks");
    for (uint32_t i = 0, end; i < marks.n && status == DGM_OK; i = end) {
        for (end = i; end < marks.n && marks.at[end].story == marks.at[i].story;)
            end++;
        status = put_story(&w, &marks.at[i], end - i);
    }
    *n_left = w.n_left;
    dgm_buffer_done(&w.line);
    dgm_arena_free(w.arena);
    return status;
}
