/* relations.h - a learned judge beside the rules, for `relate` alone. It answers with the classes
 * and by the conventions of the relations that it was learned from (PLOVER before 2021), which
 * `code` does not share.
 *
 * Scores are those of model/relate.tsv, one a class, from what stands around the two sides; the
 * rules are no part of that. What the rules answer has a bonus, larger where an operator composed
 * it, smaller where only a habit stands behind it. The best sum wins. */
#ifndef DGM_STORY_RELATIONS_H
#define DGM_STORY_RELATIONS_H

#include "story/relate.h"

/* CONCEDE and RETREAT are one class, YIELD. */
#define DGM_N_RELATIONS 15
extern const char *const dgm_relation_names[DGM_N_RELATIONS];
uint32_t dgm_relation_of(dgm_view name); /* CONCEDE is YIELD; DGM_NONE: no class */

typedef struct dgm_relations dgm_relations; /* read-only once loaded; any number of threads */

/* *out is NULL where the tables bring none. */
dgm_status dgm_relations_load(const char *tables_dir, dgm_complaints *complaints,
                              dgm_relations **out, dgm_err *err) DGM_MUST_USE;
void dgm_relations_free(dgm_relations *relations);

typedef struct {
    const char *type;      /* an event type; NULL: nothing is told of the two */
    const char *rule_type; /* what the rules alone say; NULL: nothing */
    uint32_t event;        /* of that type; DGM_NONE: the rules found none */
    double likelihood;     /* of the type among all classes; 0: not judged */
} dgm_relation;
/* All of it for one marked sentence: strips the marks, codes what is left as *doc in arena, which
 * is reset before, and judges. */
dgm_status dgm_relations_answer(const dgm_relations *relations, dgm_story *story, dgm_arena *arena,
                                dgm_view marked, dgm_document *doc, dgm_relation *out,
                                dgm_err *err) DGM_MUST_USE;

/* What speaks for a class. */
void dgm_relate_signs(const dgm_coder *coder, dgm_document *doc, const dgm_marked *pair,
                      dgm_features *f);

/* ---- training ------------------------------------------------------------------------------- */

typedef struct dgm_relation_lessons dgm_relation_lessons;
dgm_relation_lessons *dgm_relation_lessons_new(dgm_story *story); /* borrows it; NULL: no memory */
void dgm_relation_lessons_free(dgm_relation_lessons *lessons);
/* A marked sentence and its class. */
dgm_status dgm_relation_lessons_add(dgm_relation_lessons *lessons, dgm_view marked, uint32_t class,
                                    dgm_err *err) DGM_MUST_USE;
/* The example sentences of the rules, with the sides that the rule gives them, at a fifth of the
 * weight. *n: how many. */
dgm_status dgm_relation_lessons_examples(dgm_relation_lessons *lessons, uint32_t *n,
                                         dgm_err *err) DGM_MUST_USE;
/* Learns and writes the table. The same lessons give the same bytes. */
dgm_status dgm_relation_lessons_learn(dgm_relation_lessons *lessons, const char *path,
                                      uint32_t n_threads, dgm_err *err) DGM_MUST_USE;

#endif
