/* events.h - tree + mentions -> events: predicate rules over UD, word classes, operators that
 * compose ("refuse to" + AID = REJECT), nominal events, light verbs, reciprocal actors. */
#ifndef DGM_EVENTS_H
#define DGM_EVENTS_H

#include "document/types.h"
#include "grammar/grammar.h"

typedef struct dgm_events dgm_events; /* ontology and rules; read-only once loaded */

/* Borrows grammar, and tells it of the words that the rules ask for. */
dgm_status dgm_events_load(const char *tables_dir, dgm_grammar *grammar, dgm_complaints *complaints,
                           dgm_events **out, dgm_err *err) DGM_MUST_USE;
void dgm_events_free(dgm_events *events);

/* Fills doc->events: type, mode, cameo, quad, scores, contexts, trigger, roles, content_of, rule.
 * Polarity and status stay at affirmed and actual for claims to set. */
dgm_status dgm_events_find(const dgm_events *events, dgm_document *doc, dgm_err *err) DGM_MUST_USE;

/* States that act become their governments, and contexts are set: once more, where a later room
 * has changed types or sides. */
dgm_status dgm_events_settle(const dgm_events *events, dgm_document *doc,
                             dgm_err *err) DGM_MUST_USE;
/* Gives an event another type, with the code and mode that rules for its trigger have for it, else
 * the type's own. */
void dgm_events_retype(const dgm_events *events, const dgm_document *doc, dgm_event_type type,
                       dgm_event *event);

/* Whom the type's own roles name at a word that no rule was written for: event->actors and
 * event->recipients are filled. */
dgm_status dgm_events_usual_sides(const dgm_events *events, dgm_document *doc, uint32_t i_sentence,
                                  uint32_t word, dgm_event_type type, dgm_event *event,
                                  dgm_err *err) DGM_MUST_USE;

const dgm_types *dgm_events_types(const dgm_events *events);            /* live as long as events */
uint8_t dgm_events_quad(const dgm_events *events, dgm_event_type type); /* 1 to 4 */
/* What the rules for a word give, all of them taken together. */
typedef struct {
    uint16_t rules[DGM_MAX_TYPES]; /* so many give the type of that index, no operators */
    dgm_event_type most;           /* NONE: no rule */
} dgm_habit;
void dgm_events_habit(const dgm_events *events, dgm_view lemma, bool noun, dgm_habit *out);
/* What PLOVER's older classes, as relation data have them, call an event: recodings.tsv. */
dgm_event_type dgm_older_class(const dgm_events *events, const dgm_document *doc,
                               const dgm_event *event);

uint32_t dgm_n_contexts(const dgm_events *events);
dgm_view dgm_context_name(const dgm_events *events, uint32_t i);

/* A rule as its table has it. Views live as long as `events`. */
typedef struct {
    dgm_view source;   /* as dgm_event.rule: its id, "v0120" */
    dgm_view pattern;  /* as in the table */
    dgm_view example;  /* a sentence that it codes; empty: none */
    const char *table; /* "rules/verbs.tsv", of an overlay with its folder before */
    const char *file;  /* its path */
    uint32_t i_table;  /* below DGM_N_RULE_TABLES */
    size_t line;
    dgm_event_type type;   /* NONE: it silences its trigger, and notes so */
    const char *type_name; /* as the codebook calls it; "" for none */
    dgm_view cameo;
    bool is_operator;
} dgm_rule_text;

#define DGM_N_RULE_TABLES 3
uint32_t dgm_n_rules(const dgm_events *events);
dgm_rule_text dgm_rule_text_of(const dgm_events *events, uint32_t i);

#endif
