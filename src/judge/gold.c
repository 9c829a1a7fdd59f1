/* Gold: {"events": [{"quote", "event_type", "type_alt", "actors": ["TURGOV|TUR", "AZE?"],
 * "recipients", ...}]}. White space counts once, since coders and texts break lines differently.
 *
 * An event may have "begin" and "end", code points of the text: the words that carry it, instead of
 * all that is quoted. A story that is coded in parts says "complete": false and may have "absent",
 * events that a coder looked at and found to be none. */
#include "judge/gold.h"

#include "document/squeezed.h"

#include <jansson.h>
#include <string.h>

static void read_member(const char *text, gold_member *out)
{
    dgm_view rest = dgm_view_of(text), part;
    *out = (gold_member) { .n = 0 };
    while (dgm_view_split(&rest, '|', &part)) {
        if (part.n && part.p[part.n - 1] == '?') {
            out->optional = true;
            part.n--;
        }
        if (part.n < 3 || out->n == MAX_ALTERNATIVES)
            continue;
        if (part.n >= 6)
            memcpy(out->sectors[out->n], part.p + 3, 3);
        memcpy(out->countries[out->n++], part.p, 3);
    }
}

static void read_side(const json_t *list, gold_event *out, uint32_t side)
{
    for (size_t i = 0; i < json_array_size(list) && out->n_sides[side] < MAX_MEMBERS; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text)
            read_member(text, &out->sides[side][out->n_sides[side]++]);
    }
}

static uint32_t type_bit(const json_t *name)
{
    const char *text = json_string_value(name);
    dgm_event_type type = dgm_event_type_of(dgm_view_of(text ? text : ""));
    return type == DGM_EVENT_NONE ? 0 : 1u << (type - 1);
}

/* The words that meet begin..end of the story's text: bytes, or code points. */
static bool find_words(const dgm_document *doc, int64_t begin, int64_t end, bool points,
                       gold_event *out)
{
    int64_t base = points ? doc->begin : doc->begin_byte;
    bool any = false;
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        for (uint32_t w = 1; w <= s->n_words; w++) {
            const dgm_word *word = &s->words[w];
            if ((points ? word->end : word->end_byte) - base <= begin ||
                (points ? word->begin : word->begin_byte) - base >= end)
                continue;
            if (!any) {
                out->begin_sentence = i;
                out->begin_word = w;
            }
            out->end_sentence = i;
            out->end_word = w;
            any = true;
        }
    }
    return any;
}

bool gold_quotes(const gold_event *g, uint32_t i, uint32_t word)
{
    bool after = i > g->begin_sentence || (i == g->begin_sentence && word >= g->begin_word);
    bool before = i < g->end_sentence || (i == g->end_sentence && word <= g->end_word);
    return after && before;
}

static bool read_event(dgm_document *doc, const dgm_squeezed *text, const json_t *json,
                       gold_event *out)
{
    const char *quote = json_string_value(json_object_get(json, "quote"));
    const json_t *others = json_object_get(json, "type_alt");
    dgm_squeezed wanted = { 0 };
    if (!quote || !dgm_squeeze(doc->arena, dgm_view_of(quote), &wanted) || wanted.text.n == 0)
        return false;
    size_t at = dgm_view_find(text->text, wanted.text);
    *out = (gold_event) { .types = type_bit(json_object_get(json, "event_type")) };
    for (size_t i = 0; i < json_array_size(others); i++)
        out->types |= type_bit(json_array_get(others, i));
    read_side(json_object_get(json, "actors"), out, 0);
    read_side(json_object_get(json, "recipients"), out, 1);
    const json_t *begin = json_object_get(json, "begin"), *end = json_object_get(json, "end");
    if (json_is_integer(begin) && json_is_integer(end))
        return out->types &&
               find_words(doc, json_integer_value(begin), json_integer_value(end), true, out);
    return at != SIZE_MAX && out->types &&
           find_words(doc, text->raw[at], (int64_t)text->raw[at + wanted.text.n - 1] + 1, false,
                      out);
}

/* The name of a type that is none, among those of an event; NULL: there is no such name. */
static const char *unknown_type(const json_t *event)
{
    const char *text = json_string_value(json_object_get(event, "event_type"));
    const json_t *others = json_object_get(event, "type_alt");
    for (size_t i = 0; !text || dgm_event_type_of(dgm_view_of(text)) != DGM_EVENT_NONE; i++) {
        if (i >= json_array_size(others))
            return NULL;
        text = json_string_value(json_array_get(others, i));
    }
    return text;
}

/* The line on which a name stands in quotes, `first` that on which the JSON begins. */
static size_t line_of(dgm_view json, const char *name, size_t first)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%.*s", (int)sizeof quoted - 2, name);
    size_t at = dgm_view_find(json, dgm_view_of(quoted)), line = DGM_MAX(first, 1);
    for (size_t i = 0; at != SIZE_MAX && i < at; i++)
        line += json.p[i] == '\n';
    return line;
}

static dgm_status check_types(const json_t *events, dgm_view json, const char *file, size_t line,
                              dgm_err *err)
{
    for (size_t i = 0; i < json_array_size(events); i++) {
        const char *name = unknown_type(json_array_get(events, i));
        if (name)
            return dgm_fail(err, DGM_EFORMAT, file, line_of(json, name, line),
                            "there is no event type \"%.40s\"", name);
    }
    return DGM_OK;
}

static dgm_status read_list(dgm_document *doc, const dgm_squeezed *text, const json_t *list,
                            bool absent, gold_events *out, dgm_err *err)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        gold_event *made = dgm_push(doc->arena, out);
        if (!made)
            return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the gold");
        if (!read_event(doc, text, json_array_get(list, i), made))
            out->n--; /* a quote from a title, or words that the text breaks otherwise */
        else
            made->absent = absent;
    }
    return DGM_OK;
}

dgm_status gold_read(dgm_document *doc, dgm_view json, const char *file, size_t line,
                     gold_events *out, bool *complete, dgm_err *err)
{
    json_error_t error;
    json_t *root = json_loadb(json.p, json.n, 0, &error);
    const json_t *events = json_object_get(root, "events");
    dgm_squeezed text;
    dgm_status status = DGM_OK;
    if (!json_is_array(events))
        status = dgm_fail(err, DGM_EFORMAT, file, line, "not a coded story: %s",
                          root ? "it has no list of events" : error.text);
    else if (!dgm_squeeze(doc->arena, doc->text, &text))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the gold");
    if (status == DGM_OK)
        status = check_types(events, json, file, line, err);
    if (status == DGM_OK)
        status = read_list(doc, &text, events, false, out, err);
    if (status == DGM_OK)
        status = read_list(doc, &text, json_object_get(root, "absent"), true, out, err);
    *complete = !json_is_false(json_object_get(root, "complete"));
    json_decref(root);
    return status;
}
