/* Every rule is proved by a sentence: parsed and coded like any report, the rule must be the one
 * that fires, and its type and code must come out. A rule that silences must say so in its note. */
#include "check/examples.h"

typedef struct {
    dgm_story *story;
    dgm_arena *arena;
    dgm_complaints *complaints;
} checking;

static bool is_coded(const dgm_document *doc, const dgm_rule_text *rule)
{
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_event *event = &doc->events.at[i];
        if (event->type != rule->type)
            continue;
        if (rule->is_operator && dgm_view_eq(event->operator_rule, rule->source))
            return true;
        if (!rule->is_operator && event->operator_rule.n == 0 &&
            dgm_view_eq(event->rule, rule->source) &&
            (rule->cameo.n == 0 || dgm_view_eq(rule->cameo, dgm_view_of(event->cameo))))
            return true;
    }
    return false;
}

static bool is_silent(const dgm_document *doc, dgm_view source)
{
    for (uint32_t i = 0; i < doc->notes.n; i++) {
        dgm_view text = doc->notes.at[i].text;
        if (dgm_view_starts(text, source) &&
            dgm_view_find(text, DGM_VIEW(") silences")) != SIZE_MAX)
            return true;
    }
    return false;
}

static void put_coding(char *out, size_t size, const dgm_document *doc)
{
    size_t n = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < doc->events.n && n + 1 < size; i++) {
        const dgm_event *event = &doc->events.at[i];
        dgm_view by = event->operator_rule.n ? event->operator_rule : event->rule;
        int k = snprintf(out + n, size - n, "%s%s %s by %.*s", i ? ", " : "",
                         dgm_type_name(doc->types, event->type), event->cameo, DGM_FMT(by));
        if (k < 0)
            break;
        n += (size_t)k;
    }
    if (doc->events.n == 0)
        snprintf(out, size, "nothing");
}

static dgm_status check_rule(checking *c, const dgm_rule_text *rule, dgm_err *err)
{
    char coding[160];
    dgm_document doc;
    if (rule->example.n == 0) {
        dgm_complain(c->complaints, DGM_EFORMAT, rule->file, rule->line, "the rule has no example");
        return DGM_OK;
    }
    dgm_arena_reset(c->arena);
    dgm_document_init(&doc, c->arena);
    doc.text = rule->example;
    doc.explain = true;
    dgm_status status = dgm_story_code(c->story, &doc, err);
    if (status != DGM_OK)
        return status;
    if (rule->type == DGM_EVENT_NONE ? is_silent(&doc, rule->source) : is_coded(&doc, rule))
        return DGM_OK;
    put_coding(coding, sizeof coding, &doc);
    dgm_complain(c->complaints, DGM_EFORMAT, rule->file, rule->line,
                 "the example is not coded by its rule, but gives %s", coding);
    return DGM_OK;
}

dgm_status dgm_examples_check(const dgm_coder *coder, dgm_complaints *complaints, size_t *n,
                              dgm_err *err)
{
    checking c = { dgm_story_new(coder), dgm_arena_new(), complaints };
    bool asked[DGM_N_RULE_TABLES] = { false };
    dgm_status status = DGM_OK;
    uint32_t n_rules = dgm_n_rules(coder->events);
    if (!c.story || !c.arena)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory to code the examples");
    for (uint32_t i = 0; i < n_rules; i++) {
        dgm_rule_text rule = dgm_rule_text_of(coder->events, i);
        asked[rule.i_table] = asked[rule.i_table] || rule.example.n > 0;
    }
    *n = 0;
    for (uint32_t i = 0; i < n_rules && status == DGM_OK; i++) {
        dgm_rule_text rule = dgm_rule_text_of(coder->events, i);
        if (!asked[rule.i_table])
            continue;
        status = check_rule(&c, &rule, err);
        *n += rule.example.n > 0;
    }
    dgm_arena_free(c.arena);
    dgm_story_free(c.story);
    return status;
}
