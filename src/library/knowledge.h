/* knowledge.h - a coder with what its judge may decide, its rules by their ids, and whether its
 * tables are good. */
#ifndef DGM_LIBRARY_KNOWLEDGE_H
#define DGM_LIBRARY_KNOWLEDGE_H

#include "library/options.h"
#include "story/story.h"

/* What the learned judge may decide, of commands that write events. */
#define DGM_OPTIONS_JUDGE                                                                          \
    { 0, "judge", "on|off",                                                                        \
      "on: weigh the rules' events, drop some, and add some that no rule foresees", "on" },        \
    {                                                                                              \
        0, "sides", "learned|rules",                                                               \
            "learned: choose the sides among all actors that the story names", "learned"           \
    }
/* By the words of those two, which may be NULL, as by default. */
void dgm_knowledge_judged(dgm_coder *coder, const char *judge, const char *sides);

/* ---- rules ---------------------------------------------------------------------------------- */

/* The rule that events call by this id, or, as older data have it, by file and line. DGM_EUSAGE:
 * there is none. */
dgm_status dgm_rule_called(const dgm_events *events, const char *tables_dirs, const char *id,
                           dgm_rule_text *out, dgm_err *err) DGM_MUST_USE;
/* As a line of JSON. */
void dgm_write_rule(const dgm_rule_text *rule, dgm_buffer *out);

/* ---- tables --------------------------------------------------------------------------------- */

typedef struct {
    size_t n_tables, n_rows, n_examples;
} dgm_tables_tally;
/* Loads every table as a coder does, looks whether some rule reaches each code and whether every
 * rule codes its own example; what is wrong is complained about. A failure: they are of no use at
 * all. */
dgm_status dgm_tables_check(const char *tables_dirs, const char *model, dgm_complaints *complaints,
                            dgm_tables_tally *tally, dgm_err *err) DGM_MUST_USE;

#endif
