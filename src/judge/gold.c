/* Gold: {"events": [{"quote", "event_type", "type_alt", "actors": ["TURGOV|TUR", "AZE?"],
 * "recipients", ...}]}. White space counts once, since coders and texts break lines differently.
 *
 * An event may have "begin" and "end", code points of the text: the words that carry it, instead of
 * all that is quoted. A story that is coded in parts says "complete": false and may have "absent",
 * events that a coder looked at and found to be none. */
#include "judge/gold.h"

#include <jansson.h>
#include <string.h>

typedef struct {
    char *text;
    uint32_t *raw; /* of each byte: where it stood */
    size_t n;
} squeezed;

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool squeeze(dgm_arena *arena, dgm_view raw, squeezed *out)
{
    out->text = dgm_arena_alloc(arena, raw.n + 1, 1);
    out->raw = DGM_NEW(arena, uint32_t, raw.n + 1);
    out->n = 0;
    if (!out->text || !out->raw)
        return false;
    for (size_t i = 0; i < raw.n; i++) {
        char c = is_blank(raw.p[i]) ? ' ' : raw.p[i];
        if (c == ' ' && (!out->n || out->text[out->n - 1] == ' '))
            continue;
        out->raw[out->n] = (uint32_t)i;
        out->text[out->n++] = c;
    }
    return true;
}

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

/* The words that meet bytes begin..end of the text. */
static bool find_words(const dgm_document *doc, uint32_t begin, uint32_t end, gold_event *out)
{
    bool any = false;
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        for (uint32_t w = 1; w <= s->n_words; w++) {
            if (s->words[w].end_byte <= begin || s->words[w].begin_byte >= end)
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

/* The same by code points of the story's text. */
static bool find_place(const dgm_document *doc, const json_t *begin, const json_t *end,
                       gold_event *out)
{
    bool any = false;
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        for (uint32_t w = 1; w <= s->n_words; w++) {
            if ((json_int_t)s->words[w].end - doc->begin <= json_integer_value(begin) ||
                (json_int_t)s->words[w].begin - doc->begin >= json_integer_value(end))
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

static bool read_event(dgm_document *doc, const squeezed *text, const json_t *json, gold_event *out)
{
    const char *quote = json_string_value(json_object_get(json, "quote"));
    const json_t *others = json_object_get(json, "type_alt");
    squeezed wanted;
    if (!quote || !squeeze(doc->arena, dgm_view_of(quote), &wanted) || wanted.n == 0)
        return false;
    size_t at =
        dgm_view_find((dgm_view) { text->text, text->n }, (dgm_view) { wanted.text, wanted.n });
    *out = (gold_event) { .types = type_bit(json_object_get(json, "event_type")) };
    for (size_t i = 0; i < json_array_size(others); i++)
        out->types |= type_bit(json_array_get(others, i));
    read_side(json_object_get(json, "actors"), out, 0);
    read_side(json_object_get(json, "recipients"), out, 1);
    const json_t *begin = json_object_get(json, "begin"), *end = json_object_get(json, "end");
    if (json_is_integer(begin) && json_is_integer(end))
        return out->types && find_place(doc, begin, end, out);
    return at != SIZE_MAX && out->types &&
           find_words(doc, doc->begin_byte + text->raw[at],
                      doc->begin_byte + text->raw[at + wanted.n - 1] + 1, out);
}

static dgm_status read_list(dgm_document *doc, const squeezed *text, const json_t *list,
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
    squeezed text;
    dgm_status status = DGM_OK;
    if (!json_is_array(events))
        status = dgm_fail(err, DGM_EFORMAT, file, line, "not a coded story: %s",
                          root ? "it has no list of events" : error.text);
    else if (!squeeze(doc->arena, doc->text, &text))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the gold");
    if (status == DGM_OK)
        status = read_list(doc, &text, events, false, out, err);
    if (status == DGM_OK)
        status = read_list(doc, &text, json_object_get(root, "absent"), true, out, err);
    *complete = !json_is_false(json_object_get(root, "complete"));
    json_decref(root);
    return status;
}
