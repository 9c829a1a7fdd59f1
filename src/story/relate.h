/* relate.h - a sentence with two sides marked in it, and what the first does to the second. */
#ifndef DGM_STORY_RELATE_H
#define DGM_STORY_RELATE_H

#include "story/story.h"

#define DGM_MAX_MARKS 8
/* Byte ranges of the text without marks. */
typedef struct {
    uint32_t begin[DGM_MAX_MARKS], end[DGM_MAX_MARKS];
    uint32_t n;
} dgm_marks;

/* The text without <s>...</s> (source) and <t>...</t> (target), in arena; NULL pointer: no memory.
 * A mark that never ends marks nothing. */
dgm_view dgm_strip_marks(dgm_arena *arena, dgm_view marked, dgm_marks *source, dgm_marks *target);

/* What is wrong with the marks, as "<s> is not closed by </s>", or NULL. */
const char *dgm_marks_fault(dgm_view marked);

/* Whether some of the bytes, or of the word, is marked. */
bool dgm_in_marks(const dgm_marks *marks, uint32_t begin, uint32_t end);
bool dgm_word_marked(const dgm_document *doc, const dgm_marks *marks, const dgm_word *word);

/* Codes doc, whose text came from dgm_strip_marks. *i_event: the event that best joins the two, or
 * DGM_NONE. */
dgm_status dgm_story_relate(dgm_story *story, dgm_document *doc, const dgm_marks *source,
                            const dgm_marks *target, uint32_t *i_event, dgm_err *err) DGM_MUST_USE;

/* The two sides of one sentence. */
typedef struct {
    const dgm_marks *source, *target;
} dgm_marked;
/* The event of a class that best joins the two, or DGM_NONE; RETREAT and CONCEDE are YIELD. class
 * NULL: of any. */
uint32_t dgm_relate_best(const dgm_story *story, const dgm_document *doc, const dgm_marked *pair,
                         const char *class);

/* The class that PLOVER before 2021 would give the event. */
const char *dgm_relation_class(const dgm_story *story, const dgm_document *doc,
                               const dgm_event *event);

#endif
