/* events.h - tree + mentions -> events: predicate rules over UD, word classes, operators that
 * compose ("refuse to" + AID = REJECT), nominal events, light verbs, reciprocal actors. */
#ifndef DGM_EVENTS_H
#define DGM_EVENTS_H

#include "grammar/grammar.h"

typedef struct dgm_events dgm_events; /* ontology and rules; read-only once loaded */

/* Borrows grammar, and tells it of the words that the rules ask for. */
dgm_status dgm_events_load(const char *tables_dir, dgm_grammar *grammar, dgm_complaints *complaints,
                           dgm_events **out, dgm_err *err) DGM_MUST_USE;
void dgm_events_free(dgm_events *events);

/* Fills doc->events: type, mode, cameo, quad, scores, contexts, trigger, roles, content_of, rule.
 * Polarity and status stay at affirmed and actual for claims to set. */
dgm_status dgm_events_find(const dgm_events *events, dgm_document *doc, dgm_err *err) DGM_MUST_USE;

uint32_t dgm_n_contexts(const dgm_events *events);
dgm_view dgm_context_name(const dgm_events *events, uint32_t i);

/* A rule as its table has it. Views live as long as `events`. */
typedef struct {
    dgm_view source;  /* as dgm_event.rule: "predicates/verbs.tsv:120" */
    dgm_view example; /* a sentence that it codes; empty: none */
    const char *file; /* path of its table */
    uint32_t i_table; /* below DGM_N_RULE_TABLES */
    size_t line;
    dgm_event_type type; /* NONE: it silences its trigger, and notes so */
    dgm_view cameo;
    bool is_operator;
} dgm_rule_text;

#define DGM_N_RULE_TABLES 3
uint32_t dgm_n_rules(const dgm_events *events);
dgm_rule_text dgm_rule_text_of(const dgm_events *events, uint32_t i);

/* Complains about every type, mode, context and CAMEO code that no rule reaches, alone or under an
 * operator. Codes without a PLOVER type, mere statements, are nobody's to reach. */
void dgm_events_reach(const dgm_events *events, const char *dir, dgm_complaints *complaints);
#endif
