/* Claims and denials, commitments: as the store writes them, each report with the words of its
 * sentence and the story to read it in. */
#include "serve/lists.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void set_text(json_t *object, const char *name, dgm_view text)
{
    (void)json_object_set_new(object, name, text.n ? json_stringn(text.p, text.n) : json_null());
}

static bool take_sentence(void *context, const dgm_cell *cells, uint32_t n)
{
    json_t *report = context;
    (void)n;
    (void)json_object_set_new(report, "story_key", json_integer(cells[0].integer));
    set_text(report, "title", dgm_cell_text(&cells[1]));
    set_text(report, "date", dgm_cell_text(&cells[3]));
    set_text(
        report, "sentence",
        dgm_view_trim(dgm_view_slice(dgm_cell_text(&cells[6]), (size_t)dgm_cell_whole(&cells[4]),
                                     (size_t)dgm_cell_whole(&cells[5]))));
    return false;
}

static bool tell(dgm_question *q, json_t *report)
{
    const char *id = json_string_value(json_object_get(report, "event_id"));
    dgm_cell cell = { .kind = DGM_CELL_TEXT, .text = dgm_view_of(id) };
    return !id || dgm_page_find(q->store, DGM_LOOK_SENTENCE, &cell, take_sentence, report,
                                &q->err) == DGM_OK;
}

/* Everything in the line that has an event_id. */
static bool tell_all(dgm_question *q, json_t *line)
{
    static const char *const lists[] = { "affirmed", "denied" };
    bool good = tell(q, line) && tell(q, json_object_get(line, "decided_by"));
    for (size_t i = 0; i < DGM_LEN(lists); i++) {
        json_t *list = json_object_get(line, lists[i]);
        for (size_t k = 0; good && k < json_array_size(list) && k < 20; k++)
            good = tell(q, json_array_get(list, k));
    }
    return good;
}

static bool put_line(dgm_question *q, dgm_view line)
{
    json_t *object = json_loadb(line.p, line.n, 0, NULL);
    bool good = object && tell_all(q, object);
    char *text = good ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    if (!text)
        return q->err.status == DGM_OK
                   ? dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK
                   : false;
    dgm_json_item(&q->out);
    dgm_buffer_put(&q->out, dgm_view_of(text));
    free(text);
    return !q->out.failed;
}

static bool put_lines(dgm_question *q, const char *name, const dgm_buffer *lines, uint64_t limit)
{
    dgm_view rest = { lines->p, lines->n }, line;
    uint64_t n = 0;
    dgm_json_open(&q->out, NULL, '{');
    dgm_json_open(&q->out, name, '[');
    while (rest.n > 0 && dgm_view_split(&rest, '\n', &line)) {
        if (line.n == 0 || n++ >= limit)
            continue;
        if (!put_line(q, line))
            return false;
    }
    dgm_json_close(&q->out, ']');
    dgm_json_whole(&q->out, "total", (int64_t)n);
    dgm_json_close(&q->out, '}');
    return true;
}

bool dgm_answer_claims(dgm_question *q)
{
    uint64_t days, limit;
    dgm_buffer lines = { 0 };
    bool good = dgm_question_number(q, "days", 0, 3650, 3, &days) &&
                dgm_question_number(q, "limit", 1, 2000, 200, &limit) &&
                dgm_store_claims(q->store, &q->filter, (uint32_t)days, &lines, &q->err) == DGM_OK &&
                put_lines(q, "claims", &lines, limit);
    dgm_buffer_done(&lines);
    return good;
}

bool dgm_answer_commitments(dgm_question *q)
{
    static const char *const states[] = { "open", "triggered", "fulfilled", "broken", "lapsed" };
    const char *state = dgm_request_value(q->request, "state");
    uint64_t limit;
    dgm_buffer lines = { 0 };
    char hint[DGM_HINT];
    dgm_nearest nearest = dgm_nearest_to(dgm_view_of(state));
    size_t i = 0;
    for (; state && i < DGM_LEN(states) && strcmp(state, states[i]) != 0; i++)
        dgm_nearest_try(&nearest, dgm_view_of(states[i]));
    if (i == DGM_LEN(states)) {
        dgm_turn_down(&q->refusal, 400, "state", "state: '%.40s' is unknown%s", state,
                      dgm_nearest_hint(&nearest, "", ".", hint));
        return false;
    }
    bool good = dgm_question_number(q, "limit", 1, 2000, 200, &limit) &&
                dgm_store_commitments(q->store, &q->filter, state, &lines, &q->err) == DGM_OK &&
                put_lines(q, "commitments", &lines, limit);
    dgm_buffer_done(&lines);
    return good;
}
