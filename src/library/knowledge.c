#include "library/knowledge.h"

#include "output/text.h"

#include <stdlib.h>
#include <string.h>

void dgm_knowledge_judged(dgm_coder *coder, const char *judge, const char *sides)
{
    if (judge && strcmp(judge, "off") == 0)
        coder->judged &= ~(unsigned)DGM_JUDGE_TYPES;
    if (sides && strcmp(sides, "rules") == 0)
        coder->judged &= ~(unsigned)DGM_JUDGE_SIDES;
}

/* ---- rules ---------------------------------------------------------------------------------- */

typedef struct {
    dgm_view old; /* "predicates/verbs.tsv:120" */
    char id[32];
} old_name;

static bool take_old_name(void *context, const dgm_row *row)
{
    old_name *name = context;
    if (dgm_view_eq(row->cell[0], name->old))
        snprintf(name->id, sizeof name->id, "%.*s", DGM_FMT(row->cell[1]));
    return true;
}

/* The id of a rule that old data call by file and line; empty: none. */
static dgm_view id_of_old_name(const char *tables_dirs, old_name *name)
{
    static const char *const columns[] = { "old", "id", NULL };
    dgm_complaints quiet = { 0 };
    char *text = NULL;
    if (dgm_table_load(tables_dirs, "rules/old-ids.tsv", columns, take_old_name, name, &quiet,
                       &text) != DGM_OK)
        name->id[0] = 0;
    free(text);
    return dgm_view_of(name->id);
}

/* "rules/verbs.tsv:9", in whatever folder the tables lie, or without its own. */
static bool stands_at(const dgm_rule_text *rule, const char *place)
{
    char here[200];
    size_t n = (size_t)snprintf(here, sizeof here, "%s:%zu", rule->table, rule->line),
           m = strlen(place);
    const char *name = strrchr(here, '/');
    if (m > n)
        return place[m - n - 1] == '/' && strcmp(place + m - n, here) == 0;
    return strcmp(here, place) == 0 || (name && strcmp(name + 1, place) == 0);
}

dgm_status dgm_rule_called(const dgm_events *events, const char *tables_dirs, const char *id,
                           dgm_rule_text *out, dgm_err *err)
{
    old_name name = { .old = dgm_view_of(id) };
    dgm_view wanted = name.old;
    if (dgm_view_find(wanted, DGM_VIEW(":")) != SIZE_MAX)
        wanted = id_of_old_name(tables_dirs, &name);
    for (uint32_t i = 0; i < dgm_n_rules(events); i++) {
        dgm_rule_text rule = dgm_rule_text_of(events, i);
        if (!dgm_view_eq(rule.source, wanted) && !stands_at(&rule, id))
            continue;
        *out = rule;
        return DGM_OK;
    }
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "no rule is called \"%.80s\"", id);
}

void dgm_write_rule(const dgm_rule_text *rule, dgm_buffer *out)
{
    const char *type = rule->type == DGM_EVENT_NONE ? NULL : rule->type_name;
    dgm_buffer_put(out, DGM_VIEW("{"));
    dgm_json_text(out, "rule", rule->source);
    dgm_json_text(out, "table", dgm_view_of(rule->table));
    dgm_json_count(out, "line", rule->line);
    dgm_json_text(out, "pattern", rule->pattern);
    dgm_json_text_or_null(out, "event_type", dgm_view_of(type));
    dgm_json_text_or_null(out, "cameo", rule->cameo);
    dgm_json_text_or_null(out, "example", rule->example);
    dgm_buffer_put(out, DGM_VIEW("}\n"));
}
