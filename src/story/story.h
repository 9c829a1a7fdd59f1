/* story.h - one document through all rooms, and many documents over threads. The only place that
 * knows the order. */
#ifndef DGM_STORY_H
#define DGM_STORY_H

#include "actors/actors.h"
#include "claims/claims.h"
#include "confidence/confidence.h"
#include "events/events.h"
#include "grammar/grammar.h"
#include "grounding/grounding.h"
#include "judge/judge.h"
#include "syntax/syntax.h"

/* The knowledge: model and tables. Read-only once loaded; shared by all threads. */
typedef struct dgm_coder {
    dgm_model *model;
    dgm_grammar *grammar;
    dgm_actors *actors;
    dgm_events *events;
    dgm_claims *claims;
    dgm_grounding *grounding;
    dgm_judge *judge;           /* NULL: the tables bring none */
    unsigned judged;            /* what it may decide: DGM_JUDGE_TYPES, DGM_JUDGE_SIDES */
    dgm_confidence *confidence; /* NULL: the tables bring none */
    size_t n_complaints;        /* about the tables: what is wrong in them is not used */
} dgm_coder;

/* The tables without which there is no coder, as "actors/codes.tsv"; NULL ends them. */
extern const char *const dgm_required_tables[];

/* tables_dir holds actors/, rules/, ... and, where model_path is NULL, model/english.dgm.
 * Complains about bad rows and goes on. The caller owns *out. */
dgm_status dgm_coder_load(const char *tables_dir, const char *model_path,
                          dgm_complaints *complaints, dgm_coder **out, dgm_err *err) DGM_MUST_USE;
/* The same without what only dgm_story_code() needs: a coder that can parse. */
dgm_status dgm_coder_load_syntax(const char *tables_dir, const char *model_path,
                                 dgm_complaints *complaints, dgm_coder **out,
                                 dgm_err *err) DGM_MUST_USE;
void dgm_coder_free(dgm_coder *coder);

/* The working space of one thread. */
typedef struct dgm_story dgm_story;
dgm_story *dgm_story_new(const dgm_coder *coder); /* borrows coder; NULL: no memory */
void dgm_story_free(dgm_story *story);
const dgm_coder *dgm_story_coder(const dgm_story *story);

/* Segments and parses doc, unless it has sentences already; all rooms after that. */
dgm_status dgm_story_code(dgm_story *story, dgm_document *doc, dgm_err *err) DGM_MUST_USE;
/* The same up to the events as the rules find them. */
dgm_status dgm_story_find_events(dgm_story *story, dgm_document *doc, dgm_err *err) DGM_MUST_USE;
/* The same up to the trees. */
dgm_status dgm_story_parse(dgm_story *story, dgm_document *doc, dgm_err *err) DGM_MUST_USE;
/* The trees of several documents, which takes less time than one after the other where they are
 * short; statuses[i] and errs[i] are those of docs[i]. Then dgm_story_code() does the rest. */
enum { DGM_TOGETHER = 64 };
void dgm_story_parse_all(dgm_story *story, dgm_document *docs, uint32_t n, dgm_status *statuses,
                         dgm_err *errs); /* n <= DGM_TOGETHER */

/* Many documents over threads, in the order in which they come. All functions share `context`.
 *   next   in the caller's thread: initialises *doc in arena. DGM_OK, DGM_END, or an error that
 *          ends the run and is returned
 *   done   in some worker: doc has been coded (or status and err say why not); whatever is to
 *          outlive the document is kept by the caller under i_slot < DGM_N_SLOTS
 *   emit   in the caller's thread, in document order: what done kept may go out; false ends the run
 */
#define DGM_N_SLOTS 256
typedef struct {
    dgm_status (*next)(void *context, dgm_arena *arena, dgm_document *doc, dgm_err *err);
    void (*done)(void *context, uint32_t i_slot, dgm_document *doc, dgm_status status,
                 const dgm_err *err);
    bool (*emit)(void *context, uint32_t i_slot);
    /* Both may be NULL. waits: next would have to wait for its input, so what is there is coded
     * first; rest: all of it has been given out, and now is waited. */
    bool (*waits)(void *context);
    void (*rest)(void *context);
    void *context;
    bool parse_only; /* stop at the trees */
} dgm_many;
/* n_threads 0: one a core. Memory is bounded: about DGM_N_SLOTS stories, or 32 MB of text, are held
 * at a time. */
dgm_status dgm_story_many(const dgm_coder *coder, uint32_t n_threads, const dgm_many *many,
                          dgm_err *err) DGM_MUST_USE;

#endif
