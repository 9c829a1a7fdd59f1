/* judge.h - a learned judge beside the rules. It answers for every verb, noun and adjective which
 * type of event it tells, if any, and for every event whose it is, from evidence that the rules
 * and the story give: what the rules said, the words around, who stands where in the tree.
 *
 * Rules propose and compose; the judge weighs. It drops events that tell nothing political, adds
 * those that no row was written for, and chooses sides among those whom the story names. What it
 * knows is in four tables: model/judge.tsv, sides.tsv and parties.tsv (learn.h), and
 * perceptron.tsv, which knows words by their vectors and has half the say on types (perceptron.h).
 */
#ifndef DGM_JUDGE_H
#define DGM_JUDGE_H

#include "document/document.h"
#include "events/events.h"
#include "learn/learn.h"
#include "syntax/syntax.h"

typedef struct dgm_judge dgm_judge; /* read-only once loaded; serves any number of threads */

/* *out is NULL where the tables bring neither judge.tsv nor sides.tsv. */
dgm_status dgm_judge_load(const char *tables_dir, dgm_complaints *complaints, dgm_judge **out,
                          dgm_err *err) DGM_MUST_USE;
/* Appends to out, which must be empty, what the build makes of one of its tables in a folder, so
 * that dgm_judge_load() need not read it (base/compiled.h). */
dgm_status dgm_judge_compile(const char *folder, const char *table, dgm_complaints *complaints,
                             dgm_buffer *out, dgm_err *err) DGM_MUST_USE;
void dgm_judge_free(dgm_judge *judge);

/* What the judge decides; the rest stays as the rules have it. */
enum { DGM_JUDGE_TYPES = 1, DGM_JUDGE_SIDES = 2 };

/* Revises doc->events, which the rules have just found and no later room has read. */
dgm_status dgm_judge_events(const dgm_judge *judge, const dgm_model *model,
                            const dgm_events *events, dgm_document *doc, unsigned what,
                            dgm_err *err) DGM_MUST_USE;

/* What each word of a sentence may tell: scores of PLOVER's types in their order
 * (dgm_likelihood()). [words + 1] in the arena of doc, whose events are the rules'. The scores of a
 * word that can tell nothing are -10000. NULL: no memory, or the tables bring no types. */
enum { DGM_N_JUDGED = DGM_N_EVENT_TYPES - 1 };
typedef struct {
    int32_t of[DGM_N_JUDGED];
} dgm_word_scores;
dgm_word_scores *dgm_judge_words(const dgm_judge *judge, const dgm_model *model,
                                 const dgm_events *events, dgm_document *doc, uint32_t i_sentence);

/* ---- training ------------------------------------------------------------------------------- */

/* Cases of the tables, from stories that were coded by hand. */
typedef struct dgm_lessons dgm_lessons;
dgm_status dgm_lessons_new(const dgm_model *model, const dgm_events *events, const char *tables_dir,
                           dgm_lessons **out, dgm_err *err) DGM_MUST_USE;
void dgm_lessons_free(dgm_lessons *lessons);
/* How much the stories that are added from now on count; 1 at first. */
void dgm_lessons_weigh(dgm_lessons *lessons, float weight);
/* Adds a story with the rules' events in it. `gold` is its JSON object (docs/marks.md), or
 * empty: nothing political happens in it. */
dgm_status dgm_lessons_add(dgm_lessons *lessons, dgm_document *doc, dgm_view gold, const char *file,
                           size_t line, dgm_err *err) DGM_MUST_USE;
/* Learns, and writes judge.tsv, perceptron.tsv, sides.tsv and parties.tsv into the folder. What
 * each was learned from goes into the tables' heads. The same stories give the same bytes. */
dgm_status dgm_lessons_learn(dgm_lessons *lessons, const char *folder, uint32_t n_threads,
                             dgm_err *err) DGM_MUST_USE;

#endif
