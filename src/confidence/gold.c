/* Which events of a story a careful coder finds too: the gold of bench/stories, by the rules of
 * bench/reports.py at the level of type and countries. */
#include "confidence/confidence.h"

#include "document/squeezed.h"

#include <jansson.h>
#include <string.h>

/* "TURGOV" against a country: its first three letters. */
static bool fits(dgm_view alternative, const char *country)
{
    const char *known = country[0] ? country : "---";
    return alternative.n >= 3 && memcmp(alternative.p, known, 3) == 0;
}

static bool member_fits(dgm_view member, const char *country)
{
    dgm_view alternative;
    while (dgm_view_split(&member, '|', &alternative))
        if (fits(alternative, country))
            return true;
    return false;
}

enum { MAX_COUNTRIES = 16 };
typedef struct {
    const char *at[MAX_COUNTRIES];
    uint32_t n;
} countries;

static void add_countries(const dgm_document *doc, const dgm_participant *at, uint32_t n,
                          countries *out)
{
    for (uint32_t i = 0; i < n; i++) {
        const char *country = doc->entities.at[at[i].entity].country;
        bool known = out->n == MAX_COUNTRIES;
        for (uint32_t k = 0; k < out->n; k++)
            known = known || strcmp(out->at[k], country) == 0;
        if (!known)
            out->at[out->n++] = country;
    }
}

static dgm_view member_of(const json_t *value, bool *optional)
{
    const char *text = json_string_value(value);
    dgm_view v = dgm_view_of(text ? text : "");
    *optional = v.n && v.p[v.n - 1] == '?';
    return dgm_view_slice(v, 0, v.n - *optional);
}

/* The share of what either says that both say; gold may come in two lists. */
static double side_score(const json_t *gold, const json_t *more, const countries *found)
{
    uint32_t hit = 0, missed = 0, extra = 0, n_gold = 0;
    bool taken[MAX_COUNTRIES] = { false }, optional;
    const json_t *lists[] = { gold, more };
    for (uint32_t l = 0; l < DGM_LEN(lists); l++)
        for (size_t i = 0; i < json_array_size(lists[l]); i++) {
            dgm_view member = member_of(json_array_get(lists[l], i), &optional);
            bool any = found->n == 0 && member_fits(member, "");
            for (uint32_t k = 0; k < found->n; k++)
                if (member_fits(member, found->at[k]))
                    any = taken[k] = true;
            hit += any;
            missed += !any && !optional;
            n_gold++;
        }
    for (uint32_t k = 0; k < found->n; k++)
        extra += !taken[k] && (found->at[k][0] || n_gold > 0);
    return hit + missed + extra ? (double)hit / (hit + missed + extra) : 1.0;
}

static double sides_score(const dgm_document *doc, const dgm_event *event, const json_t *gold)
{
    countries actors = { .n = 0 }, recipients = { .n = 0 }, all = { .n = 0 };
    const json_t *a = json_object_get(gold, "actors"), *r = json_object_get(gold, "recipients");
    add_countries(doc, event->actors.at, event->actors.n, &actors);
    add_countries(doc, event->recipients.at, event->recipients.n, &recipients);
    add_countries(doc, event->actors.at, event->actors.n, &all);
    add_countries(doc, event->recipients.at, event->recipients.n, &all);
    double best = DGM_MIN(side_score(a, NULL, &actors), side_score(r, NULL, &recipients));
    if (json_is_true(json_object_get(gold, "symmetric"))) {
        double swapped = DGM_MIN(side_score(r, NULL, &actors), side_score(a, NULL, &recipients));
        best = DGM_MAX(best, DGM_MAX(swapped, side_score(a, r, &all)));
    }
    return best;
}

static bool type_fits(const dgm_document *doc, const dgm_event *event, const json_t *gold)
{
    const char *name = dgm_type_name(doc->types, event->type);
    const char *wanted = json_string_value(json_object_get(gold, "event_type"));
    const json_t *others = json_object_get(gold, "type_alt");
    bool fit = wanted && strcmp(wanted, name) == 0;
    for (size_t i = 0; i < json_array_size(others) && !fit; i++) {
        const char *other = json_string_value(json_array_get(others, i));
        fit = other && strcmp(other, name) == 0;
    }
    return fit;
}

/* How well they match; 0: not at all. The words of both must meet in a sentence. */
static double match_of(const dgm_document *doc, const dgm_event *event, const json_t *gold,
                       const dgm_squeezed *text)
{
    const char *words = json_string_value(json_object_get(gold, "quote"));
    if (!words || !type_fits(doc, event, gold))
        return 0;
    size_t begin = dgm_view_find(text->text, dgm_view_of(words));
    const dgm_sentence *s = &doc->sentences.at[event->trigger.sentence];
    uint32_t base = doc->begin_byte;
    double score = sides_score(doc, event, gold);
    if (begin == SIZE_MAX || begin >= text->at[s->end_byte - base] ||
        begin + strlen(words) <= text->at[s->begin_byte - base] || score < 0.5)
        return 0;
    bool inside = text->at[event->trigger.begin_byte - base] < begin + strlen(words) &&
                  begin < text->at[event->trigger.end_byte - base];
    return 1000 - 100 * json_is_true(json_object_get(gold, "optional")) + 60 * inside + 40 * score;
}

static bool spells_out(const dgm_document *doc, const dgm_event *event, const bool *right)
{
    return event->content_of != DGM_NONE && right[event->content_of] &&
           (event->status != DGM_ACTUAL || event->polarity == DGM_NEGATED) &&
           dgm_like(doc->events.at[event->content_of].type) != DGM_ACCUSE;
}

static dgm_status check_story(const dgm_document *doc, const json_t *root,
                              const json_error_t *error, const char *file, dgm_err *err)
{
    if (!json_is_array(json_object_get(root, "events")))
        return dgm_fail(err, DGM_EFORMAT, file, root ? 0 : (size_t)error->line,
                        "not a coded story: %s", root ? "it has no list of events" : error->text);
    if (!json_is_false(json_object_get(root, "complete")))
        return DGM_OK;
    return dgm_fail(err, DGM_EFORMAT, file, 0,
                    "the story %.*s is coded in parts (\"complete\": false); the confidence is"
                    " learned from stories that are coded whole",
                    (int)DGM_MIN(doc->id.n, 80), doc->id.p);
}

/* The best pair first, then the best of what is left. */
static void pair(const dgm_document *doc, const json_t *events, const dgm_squeezed *text,
                 bool *right, bool *used)
{
    for (;;) {
        double best = 0;
        uint32_t i_best = 0;
        size_t j_best = 0;
        for (uint32_t i = 0; i < doc->events.n; i++)
            for (size_t j = 0; j < json_array_size(events) && !right[i]; j++) {
                double score =
                    used[j] ? 0
                            : match_of(doc, &doc->events.at[i], json_array_get(events, j), text);
                if (score > best) {
                    best = score;
                    i_best = i;
                    j_best = j;
                }
            }
        if (best == 0)
            return;
        right[i_best] = used[j_best] = true;
    }
}

/* False: no memory. */
static bool tell(const dgm_document *doc, const bool *right, uint32_t story, dgm_arena *arena,
                 dgm_verdicts *out)
{
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_event *event = &doc->events.at[i];
        if (!right[i] && spells_out(doc, event, right))
            continue;
        dgm_verdict *verdict = dgm_push(arena, out);
        if (!verdict)
            return false;
        dgm_signs_of(doc, event, &verdict->signs);
        verdict->right = right[i];
        verdict->given = event->confidence;
        verdict->story = story;
    }
    return true;
}

dgm_status dgm_confidence_judge(dgm_document *doc, dgm_view gold, const char *file, uint32_t story,
                                dgm_arena *arena, dgm_verdicts *out, dgm_err *err)
{
    json_error_t error;
    if (gold.n == 0)
        gold = DGM_VIEW("{\"events\": []}");
    json_t *root = json_loadb(gold.p, gold.n, 0, &error);
    const json_t *events = json_object_get(root, "events");
    dgm_squeezed text = { 0 };
    bool *right = DGM_NEW(doc->arena, bool, (size_t)doc->events.n + 1);
    bool *used = DGM_NEW(doc->arena, bool, json_array_size(events) + 1);
    dgm_status status = check_story(doc, root, &error, file, err);
    if (status == DGM_OK && (!right || !used || !dgm_squeeze(doc->arena, doc->text, &text)))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the gold");
    if (status == DGM_OK) {
        pair(doc, events, &text, right, used);
        if (!tell(doc, right, story, arena, out))
            status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the verdicts");
    }
    json_decref(root);
    return status;
}
