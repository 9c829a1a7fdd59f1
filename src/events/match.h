/* match.h - rules over one sentence: candidates for events, before and after operators. */
#ifndef DGM_EVENTS_MATCH_H
#define DGM_EVENTS_MATCH_H

#include "events/clause.h"

typedef struct {
    uint32_t word;        /* main word of the trigger */
    uint32_t first, last; /* words of the trigger */
    const dgm_rule *rule;
    const dgm_rule *operator_rule; /* that gave or changed the type, or NULL */
    dgm_event_type type;
    dgm_view mode, cameo;
    dgm_participants actors, recipients;
    uint32_t content_of; /* candidate, or DGM_NONE */
    bool dead;
    bool stranger;     /* has a subject that is nobody political */
    bool silent_actor; /* somebody does it, but nobody who is known */
    bool first_person; /* "we urge" */
    bool negation_used;
} dgm_candidate;

typedef struct {
    dgm_clause clause;
    DGM_ARRAY(dgm_candidate) found;
    uint32_t *at;   /* word -> candidate, or DGM_NONE */
    bool *consumed; /* words that another candidate's trigger took in */
} dgm_matcher;

bool dgm_matcher_init(dgm_matcher *m, const dgm_events *events, dgm_document *doc,
                      uint32_t i_sentence);
/* Keeps whoever speaks in this sentence for the next; false: no memory. */
bool dgm_keep_speaker(const dgm_matcher *m, dgm_participants *speaker);
/* What verbs.tsv and nouns.tsv say. */
bool dgm_match_rules(dgm_matcher *m);
/* What operators.tsv makes of that. */
bool dgm_match_operators(dgm_matcher *m);

/* "Arrested a man over the killing": who is punished for a deed did it. False: no memory. */
bool dgm_blame_punished(dgm_matcher *m);

/* For a sentence that tells something for certain, but nothing that the tables know: what its verbs
 * tell most often. */
bool dgm_match_by_habit(dgm_matcher *m);

/* The roles of a candidate by its rule, else by its type. */
bool dgm_fill_roles(dgm_matcher *m, dgm_candidate *it);

/* Shared by the two. Whether all that a rule asks is there: *taken gets the words of its
 * constraints, *weight grows by what they weigh. */
bool dgm_rule_fits(const dgm_matcher *m, const dgm_rule *rule, uint32_t word, dgm_words *taken,
                   uint32_t *weight);
/* Where a rule says that a word tells no event: the judge may find one all the same unless the
 * rule forbids it. */
void dgm_silence(dgm_matcher *m, const dgm_rule *rule, uint32_t word);
/* Of two rules that weigh the same, the user's own goes before the shipped one. */
bool dgm_is_own_over(const dgm_rule *one, const dgm_rule *other);
/* Rules for a word as a trigger: up to three lists (word, pair, triple). Returns how many. */
uint32_t dgm_trigger_lists(const dgm_matcher *m, uint32_t word, bool noun,
                           const dgm_id_list *out[3], uint32_t lengths[3]);
bool dgm_fill_role(const dgm_matcher *m, uint32_t word, dgm_role_list list,
                   const dgm_candidate *content, bool places, dgm_participants *out,
                   bool *had_words);
/* Whether "we" or "I" is the subject. */
bool dgm_is_first_person(const dgm_clause *c, uint32_t word);
/* Those of `from` that `to` lacks go there too; false: no memory. */
bool dgm_add_all(dgm_arena *arena, const dgm_participants *from, dgm_participants *to);
void dgm_drop_common(dgm_participants *from, const dgm_participants *others);

#endif
