/* Answers that are objects of JSON, a line each, as a table or CSV: some of their members a row. */
#include "library/answer.h"

#include <jansson.h>
#include <string.h>

/* A member by its path, "affirmed.0.sentence"; NULL: there is none. */
static const json_t *member_of(const json_t *object, const char *path)
{
    dgm_view rest = dgm_view_of(path), part;
    while (object && dgm_view_split(&rest, '.', &part)) {
        uint64_t i = 0;
        char key[40];
        snprintf(key, sizeof key, "%.*s", DGM_FMT(part));
        object = json_is_array(object) && dgm_parse_u64(part, &i)
                     ? json_array_get(object, (size_t)i)
                     : json_object_get(object, key);
    }
    return object;
}

static dgm_view text_of(const json_t *string)
{
    return (dgm_view) { json_string_value(string), json_string_length(string) };
}

/* A list's texts with semicolons between. */
static void put_value(const json_t *value, dgm_buffer *out)
{
    if (json_is_string(value))
        dgm_buffer_put(out, text_of(value));
    else if (json_is_boolean(value))
        dgm_buffer_put(out, json_is_true(value) ? DGM_VIEW("1") : DGM_VIEW("0"));
    for (size_t i = 0; i < json_array_size(value); i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(";") : DGM_VIEW(""));
        dgm_buffer_put(out, text_of(json_array_get(value, i)));
    }
}

static bool put_line(dgm_answer *a, dgm_view line, const dgm_line_column *columns, uint32_t n)
{
    json_error_t error;
    json_t *object = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &error);
    dgm_cell cells[DGM_MOST_COLUMNS];
    size_t ends[DGM_MOST_COLUMNS];
    dgm_buffer text = { 0 };
    for (uint32_t i = 0; i < n; i++) {
        put_value(member_of(object, columns[i].path), &text);
        ends[i] = text.n;
    }
    for (uint32_t i = 0; i < n; i++) {
        size_t begin = i ? ends[i - 1] : 0;
        cells[i] = (dgm_cell) { .kind = ends[i] > begin ? DGM_CELL_TEXT : DGM_CELL_NULL,
                                .text = { text.p ? text.p + begin : "", ends[i] - begin } };
    }
    a->failed = a->failed || !object || text.failed; /* the store's own lines are JSON */
    bool good = !a->failed && dgm_answer_row(a, cells, n);
    dgm_buffer_done(&text);
    json_decref(object);
    return good;
}

dgm_status dgm_answer_lines(dgm_answer_form form, dgm_view lines, const dgm_line_column *columns,
                            uint32_t n, dgm_reply *reply, dgm_err *err)
{
    const char *names[DGM_MOST_COLUMNS];
    dgm_answer a;
    dgm_view line;
    uint32_t n_shown = 0;
    dgm_line_column shown[DGM_MOST_COLUMNS];
    if (form == DGM_AS_JSONL) {
        dgm_reply_put(reply, lines);
        return DGM_OK;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (form == DGM_AS_TABLE && !columns[i].in_table)
            continue;
        names[n_shown] = columns[i].name;
        shown[n_shown++] = columns[i];
    }
    dgm_answer_begin(&a, form, names, n_shown, reply);
    while (lines.n > 0 && dgm_view_split(&lines, '\n', &line) && line.n > 0)
        if (!put_line(&a, line, shown, n_shown))
            break;
    return dgm_answer_end(&a, DGM_OK, err);
}
