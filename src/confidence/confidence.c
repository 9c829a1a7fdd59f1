/* Signs of an event, and the sum of their weights. Weights are thousandths and are added as whole
 * numbers, so that the answer is the same everywhere. */
#include "confidence/confidence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct dgm_confidence {
    dgm_arena *arena;
    dgm_map *signs; /* name -> index of weights */
    DGM_ARRAY(int32_t) weights;
    dgm_complaints *complaints;
    char *text;
    bool failed;
};

/* ---- signs ---------------------------------------------------------------------------------- */

DGM_PRINTF(2, 3) static void sign(dgm_signs *s, const char *format, ...)
{
    va_list values;
    if (s->n == DGM_MAX_SIGNS)
        return;
    va_start(values, format);
    vsnprintf(s->at[s->n++], DGM_SIGN_LENGTH, format, values);
    va_end(values);
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

static void side_signs(const dgm_document *doc, const dgm_event *event, const char *role,
                       const dgm_participant *at, uint32_t n, dgm_signs *s)
{
    enum { FAR = 8 };
    if (n == 0) {
        sign(s, "%s: none", role);
        return;
    }
    const dgm_mention *m = &doc->mentions.at[at[0].mention];
    const dgm_entity *entity = &doc->entities.at[at[0].entity];
    sign(s, "%s: by %s", role, dgm_via_name(m->via));
    if (!entity->country[0])
        sign(s, "%s: no country", role);
    if (n > 1)
        sign(s, "%s: several", role);
    if (m->span.sentence != event->trigger.sentence)
        sign(s, "%s: from another sentence", role);
    else if (distance(m->head, event->trigger_word) > FAR)
        sign(s, "%s: far away", role);
}

static bool same_country(const dgm_document *doc, const dgm_event *event)
{
    for (uint32_t i = 0; i < event->actors.n; i++)
        for (uint32_t j = 0; j < event->recipients.n; j++) {
            const char *a = doc->entities.at[event->actors.at[i].entity].country;
            if (a[0] && strcmp(a, doc->entities.at[event->recipients.at[j].entity].country) == 0)
                return true;
        }
    return false;
}

/* What the judge thinks of it, in tenths. */
static void judge_signs(const dgm_event *event, dgm_signs *s)
{
    int tenth = DGM_MIN((int)(event->judged * 10), 9);
    if (event->judged <= 0)
        return;
    sign(s, "judge: 0.%d to %d.%d", tenth, (tenth + 1) / 10, (tenth + 1) % 10);
    sign(s, event->rule_type == DGM_EVENT_NONE ? "judge: no rule"
            : event->rule_type == event->type  ? "judge: with the rule"
                                               : "judge: against the rule");
}

static void rule_signs(const dgm_event *event, const dgm_word *trigger, dgm_signs *s)
{
    const dgm_evidence *rule = &event->evidence;
    sign(s, "trigger: %s", rule->noun ? "noun" : trigger->upos == DGM_ADJ ? "adjective" : "verb");
    if (event->operator_rule.n)
        sign(s, "rule: composed");
    sign(s, "rule: asks %s",
         rule->n_asked == 0   ? "nothing more"
         : rule->n_asked == 1 ? "one thing"
                              : "several things");
    sign(s, "trigger: has %s",
         rule->n_types <= 1   ? "one type"
         : rule->n_types == 2 ? "two types"
                              : "many types");
}

/* What the report says of it: denied, planned, somebody's word, long ago. */
static void claim_signs(const dgm_event *event, dgm_signs *s)
{
    if (event->polarity == DGM_NEGATED)
        sign(s, "negated");
    if (event->status != DGM_ACTUAL)
        sign(s, "status: %s", dgm_factual_status_name(event->status));
    if (event->attributions.n)
        sign(s, "on somebody's word");
    if (event->historical)
        sign(s, "background");
    if (event->content_of != DGM_NONE)
        sign(s, "content of another");
}

static void sentence_signs(const dgm_sentence *sentence, const dgm_word *trigger, dgm_signs *s)
{
    enum { SHORT = 12, LONG = 28, VERY_LONG = 42 };
    if (trigger->in_quotes)
        sign(s, "in quotation marks");
    if (sentence->headline)
        sign(s, "in a headline");
    if (sentence->n_words <= SHORT || sentence->n_words > LONG)
        sign(s, "sentence: %s",
             sentence->n_words <= SHORT       ? "short"
             : sentence->n_words <= VERY_LONG ? "long"
                                              : "very long");
    sign(s, "clause: %s",
         trigger->deprel == DGM_REL_ROOT    ? "main"
         : trigger->deprel == DGM_REL_CONJ  ? "joined"
         : dgm_is_clause(trigger->deprel)   ? "subordinate"
         : trigger->deprel == DGM_REL_XCOMP ? "infinitive"
                                            : "inside a phrase");
}

void dgm_signs_of(const dgm_document *doc, const dgm_event *event, dgm_signs *out)
{
    const dgm_sentence *sentence = &doc->sentences.at[event->trigger.sentence];
    const dgm_word *trigger = &sentence->words[event->trigger_word];
    out->n = 0;
    sign(out, "base");
    sign(out, "type %s", dgm_event_type_name(dgm_like(event->type)));
    judge_signs(event, out);
    rule_signs(event, trigger, out);
    side_signs(doc, event, "actor", event->actors.at, event->actors.n, out);
    side_signs(doc, event, "recipient", event->recipients.at, event->recipients.n, out);
    if (same_country(doc, event))
        sign(out, "sides: of one country");
    claim_signs(event, out);
    sentence_signs(sentence, trigger, out);
}

/* ---- the table ------------------------------------------------------------------------------ */

static bool read_weight(void *context, const dgm_row *row)
{
    dgm_confidence *c = context;
    double weight;
    if (!dgm_parse_double(row->cell[1], &weight) || fabs(weight) > 100) {
        dgm_complain(c->complaints, DGM_EFORMAT, row->file, row->line,
                     "a weight is a number from -100 to 100");
        return true;
    }
    int32_t *at = dgm_push(c->arena, &c->weights);
    if (!at || dgm_map_set(c->signs, row->cell[0], c->weights.n - 1, NULL) != DGM_OK) {
        c->failed = true;
        return false;
    }
    *at = (int32_t)lround(weight * 1000);
    return true;
}

dgm_status dgm_confidence_load(const char *tables_dir, dgm_complaints *complaints,
                               dgm_confidence **out, dgm_err *err)
{
    static const char *const columns[] = { "sign", "weight", "seen?", NULL };
    static const char name[] = "model/confidence.tsv";
    char folder[4096];
    *out = NULL;
    if (!dgm_folders_holder(tables_dir, name, folder, sizeof folder))
        return DGM_OK;
    dgm_confidence *c = calloc(1, sizeof(*c));
    if (c) {
        c->arena = dgm_arena_new();
        c->signs = dgm_map_new();
        c->complaints = complaints;
    }
    dgm_status status =
        c && c->arena && c->signs
            ? dgm_table_load(folder, name, columns, read_weight, c, complaints, &c->text)
            : DGM_ENOMEM;
    if (status == DGM_OK)
        dgm_table_ends(folder, name, c->text, complaints);
    if (status == DGM_OK && (c->failed || dgm_arena_failed(c->arena)))
        status = DGM_ENOMEM;
    if (status != DGM_OK) {
        dgm_confidence_free(c);
        return dgm_fail(err, status, folder, 0, "the weights of confidence cannot be loaded");
    }
    *out = c;
    return DGM_OK;
}

void dgm_confidence_free(dgm_confidence *c)
{
    if (!c)
        return;
    dgm_map_free(c->signs);
    dgm_arena_free(c->arena);
    free(c->text);
    free(c);
}

/* ---- setting it ----------------------------------------------------------------------------- */

/* The signs that weigh most, heaviest first. */
static void note_reasons(dgm_document *doc, uint32_t i_event, const dgm_signs *signs,
                         const int32_t *weights)
{
    enum { MOST = 5 };
    char text[MOST * (DGM_SIGN_LENGTH + 16)] = "";
    bool told[DGM_MAX_SIGNS] = { false };
    size_t n = 0;
    for (uint32_t k = 0; k < MOST; k++) {
        uint32_t best = DGM_NONE;
        for (uint32_t i = 0; i < signs->n; i++)
            if (!told[i] && weights[i] != 0 &&
                (best == DGM_NONE || abs(weights[i]) > abs(weights[best])))
                best = i;
        if (best == DGM_NONE)
            break;
        told[best] = true;
        int more = snprintf(text + n, sizeof text - n, "%s%s %+.2f", n ? ", " : "", signs->at[best],
                            weights[best] / 1000.0);
        if (more < 0 || (size_t)more >= sizeof text - n)
            break;
        n += (size_t)more;
    }
    const dgm_event *event = &doc->events.at[i_event];
    dgm_note(doc, "confidence", event->trigger.sentence, i_event, "%.2f, most by: %s",
             event->confidence, text);
}

void dgm_confidence_set(const dgm_confidence *c, dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->events.n; i++) {
        dgm_event *event = &doc->events.at[i];
        dgm_signs signs;
        int32_t weights[DGM_MAX_SIGNS] = { 0 }, sum = 0;
        dgm_signs_of(doc, event, &signs);
        for (uint32_t k = 0; k < signs.n; k++) {
            uint32_t at = dgm_map_get(c->signs, dgm_view_of(signs.at[k]));
            weights[k] = at == DGM_NONE ? 0 : c->weights.at[at];
            sum += weights[k];
        }
        event->confidence = round(100 / (1 + exp(-sum / 1000.0))) / 100;
        if (doc->explain)
            note_reasons(doc, i, &signs, weights);
    }
}
