/* Marks: what people say of events. */
#include "serve/body.h"
#include "serve/lists.h"

#include "store/marks.h"

#include <string.h>

/* ---- what there is -------------------------------------------------------------------------- */

static void count(const dgm_marks *marks, dgm_types types, dgm_buffer *out)
{
    int64_t n[3] = { 0 }, by_type[DGM_MAX_TYPES] = { 0 }, right[DGM_MAX_TYPES] = { 0 };
    for (uint32_t i = 0; i < marks->n; i++) {
        const dgm_mark *m = &marks->at[i];
        n[m->verdict]++;
        uint32_t type = dgm_type_index(dgm_type_met(&types, m->type));
        by_type[type]++;
        right[type] += m->verdict == DGM_MARK_RIGHT;
    }
    dgm_json_whole(out, "marked", marks->n);
    dgm_json_whole(out, "right", n[DGM_MARK_RIGHT]);
    dgm_json_whole(out, "wrong", n[DGM_MARK_WRONG]);
    dgm_json_whole(out, "other", n[DGM_MARK_OTHER]);
    dgm_json_open(out, "by_type", '[');
    for (uint32_t i = 1; i < types.n; i++) {
        if (by_type[i] == 0)
            continue;
        dgm_json_open(out, NULL, '{');
        dgm_json_string_of(out, "type", dgm_view_of(types.at[i].name));
        dgm_json_whole(out, "marked", by_type[i]);
        dgm_json_whole(out, "right", right[i]);
        dgm_json_close(out, '}');
    }
    dgm_json_close(out, ']');
}

static bool put_next(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    dgm_json_string_of(context, "next", dgm_cell_text(&cells[0]));
    return false;
}

static bool answer_gold(dgm_question *q)
{
    uint32_t n_left;
    return dgm_question_file(q, "application/x-ndjson") &&
           q->options->gold(q->store, q->file, &n_left, &q->err) == DGM_OK &&
           dgm_question_file_end(q);
}

bool dgm_answer_marks(dgm_question *q)
{
    dgm_marks marks = { .n = 0 };
    if (q->request->suffix == DGM_SUFFIX_JSONL && q->options->gold)
        return answer_gold(q);
    if (dgm_store_marks(q->store, q->arena, &marks, &q->err) != DGM_OK)
        return false;
    dgm_json_open(&q->out, NULL, '{');
    count(&marks, q->words->types, &q->out);
    size_t before = q->out.n;
    if (dgm_page_find(q->store, DGM_LOOK_UNMARKED, NULL, put_next, &q->out, &q->err) != DGM_OK)
        return false;
    if (q->out.n == before)
        dgm_buffer_put(&q->out, DGM_VIEW(",\"next\":null"));
    dgm_json_close(&q->out, '}');
    return true;
}

/* ---- one is made ---------------------------------------------------------------------------- */

static bool take_coding(void *context, int64_t event, int64_t story, const dgm_record *record)
{
    (void)event;
    (void)story;
    dgm_coding_of(record, context);
    return false;
}

static const char *text_of(const json_t *body, const char *name)
{
    return json_string_value(json_object_get(body, name));
}

/* Codes as a list or as text with commas; a side that is not given stays as it was coded. */
static void put_side(const json_t *body, const char *name, const dgm_coding *was, int side,
                     dgm_buffer *out)
{
    const json_t *value = json_object_get(body, name);
    size_t begin = out->n;
    if (json_is_string(value)) {
        dgm_buffer_put(out, dgm_view_of(json_string_value(value)));
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            dgm_buffer_printf(out, "%s%s", i ? "," : "",
                              json_is_string(json_array_get(value, i))
                                  ? json_string_value(json_array_get(value, i))
                                  : "?");
    } else {
        for (uint32_t i = 0; i < was->n[side]; i++)
            dgm_buffer_printf(out, "%s%s", i ? "," : "", was->codes[side][i]);
    }
    if (out->n == begin)
        dgm_buffer_put(out, DGM_VIEW("-"));
}

static bool check_code(dgm_question *q, const char *side, dgm_view code)
{
    char out[DGM_HINT];
    bool known = dgm_vocabulary_has(q->words, DGM_WORD_WHO, code);
    if (!known && dgm_store_knows(q->store, DGM_WORD_WHO, code, &known, &q->err) != DGM_OK)
        return false;
    const char *hint = known ? NULL : dgm_question_hint(q, DGM_WORD_WHO, code, out);
    if (hint)
        dgm_turn_down(&q->refusal, 400, side,
                      "Neither the tables nor the store know the code '%.*s'%s", DGM_FMT(code),
                      hint);
    return known;
}

/* Codes that neither tables nor store know are slips of the pen. */
static bool check_codes(dgm_question *q, const dgm_coding *coding)
{
    static const char *const sides[2] = { "actors", "recipients" };
    bool good = true;
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; good && i < coding->n[side]; i++)
            good = check_code(q, sides[side], dgm_view_of(coding->codes[side][i]));
    return good;
}

/* "ASSAULT TUR > ARM negated intended", from what was said and, for the rest, from the event. */
static bool answer_of(dgm_question *q, const json_t *body, const dgm_coding *was, dgm_coding *out)
{
    const char *type = text_of(body, "type"), *polarity = text_of(body, "polarity"),
               *status = text_of(body, "status");
    dgm_buffer text = { 0 };
    dgm_buffer_printf(&text, "%s ", type ? type : was->type);
    put_side(body, "actors", was, 0, &text);
    dgm_buffer_put(&text, DGM_VIEW(" > "));
    put_side(body, "recipients", was, 1, &text);
    if (strcmp(polarity ? polarity : dgm_polarity_name(was->polarity), "negated") == 0)
        dgm_buffer_put(&text, DGM_VIEW(" negated"));
    status = status ? status : dgm_factual_status_name(was->status);
    if (strcmp(status, "actual") != 0)
        dgm_buffer_printf(&text, " %s", status);
    dgm_err err = { 0 };
    bool good = !text.failed && dgm_coding_parse(&q->words->types, (dgm_view) { text.p, text.n },
                                                 out, &err) == DGM_OK;
    if (text.failed)
        (void)dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for a mark");
    else if (!good)
        dgm_turn_down(&q->refusal, 400, "type", "%s", err.msg);
    dgm_buffer_done(&text);
    return good && check_codes(q, out);
}

static bool verdict_of(dgm_question *q, const json_t *body, dgm_mark_verdict *out)
{
    const char *verdict = text_of(body, "verdict");
    for (int i = DGM_MARK_RIGHT; verdict && i <= DGM_MARK_OTHER; i++) {
        *out = (dgm_mark_verdict)i;
        if (strcmp(verdict, dgm_mark_verdict_name(*out)) == 0)
            return true;
    }
    dgm_turn_down(&q->refusal, 400, "verdict", "'verdict' is right, wrong or other, not '%.40s'.",
                  verdict ? verdict : "");
    return false;
}

static bool mark(dgm_question *q, const json_t *body)
{
    const char *id = text_of(body, "event_id"), *note = text_of(body, "note");
    dgm_found found = { 0, 0 };
    dgm_coding was = { 0 }, answer = { 0 };
    dgm_judgement judgement = { .note = dgm_view_of(note) };
    uint32_t n = 0;
    if (!verdict_of(q, body, &judgement.verdict))
        return false;
    if (id && !dgm_find_event(q, dgm_view_of(id), &found))
        return false;
    if (found.event == 0) {
        dgm_turn_down(&q->refusal, 404, "event_id", "The store has no event '%.40s'.",
                      id ? id : "");
        return false;
    }
    if (dgm_page_records(q->store, &found.event, 1, take_coding, &was, &q->err) != DGM_OK)
        return false;
    if (judgement.verdict == DGM_MARK_OTHER) {
        if (!answer_of(q, body, &was, &answer))
            return false;
        judgement.answer = &answer;
    }
    if (dgm_store_mark(q->store, dgm_view_of(id), &judgement, &n, &q->err) != DGM_OK)
        return false;
    dgm_buffer_printf(&q->out, "{\"marked\":%u}", n);
    return true;
}

bool dgm_answer_mark(dgm_question *q)
{
    json_t *body = dgm_body_of(q);
    if (!body)
        return false;
    bool good = mark(q, body);
    json_decref(body);
    return good;
}
