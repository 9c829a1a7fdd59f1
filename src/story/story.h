/* story.h - one document through all rooms, and many documents over threads. The only place that
 * knows the order. */
#ifndef DGM_STORY_H
#define DGM_STORY_H

#include "actors/actors.h"
#include "claims/claims.h"
#include "events/events.h"
#include "grounding/grounding.h"
#include "syntax/syntax.h"

/* The knowledge: model and tables. Read-only once loaded; shared by all threads. */
typedef struct dgm_coder {
    dgm_model *model;
    dgm_actors *actors;
    dgm_events *events;
    dgm_claims *claims;
    dgm_grounding *grounding;
} dgm_coder;

/* tables_dir holds actors/, predicates/, ... and, where model_path is NULL, model/english.dgm.
 * Complains about bad rows and goes on. The caller owns *out. */
dgm_status dgm_coder_load(const char *tables_dir, const char *model_path,
                          dgm_complaints *complaints, dgm_coder **out, dgm_err *err) DGM_MUST_USE;
void dgm_coder_free(dgm_coder *coder);

/* The working space of one thread. */
typedef struct dgm_story dgm_story;
dgm_story *dgm_story_new(const dgm_coder *coder); /* borrows coder; NULL: no memory */
void dgm_story_free(dgm_story *story);

/* Segments and parses doc, unless it has sentences already; all rooms after that. */
dgm_status dgm_story_code(dgm_story *story, dgm_document *doc, dgm_err *err) DGM_MUST_USE;
/* The same up to the trees. */
dgm_status dgm_story_parse(dgm_story *story, dgm_document *doc, dgm_err *err) DGM_MUST_USE;

#endif
