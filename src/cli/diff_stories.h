/* diff_stories.h - the stories of two files of events, brought together. Inside cli. */
#ifndef DGM_DIFF_STORIES_H
#define DGM_DIFF_STORIES_H

#include "cli/cli.h"

/* All events of one story: the lines of a file that stand together and have one story_id. */
typedef struct {
    dgm_view id;
    const char *file;
    size_t first_line; /* 0: the file has none of this story */
    dgm_view lines;    /* each with its newline; empty ones are left out */
    uint32_t n_events;
} dgm_half;

typedef struct {
    uint64_t n_stories, n_events;
} dgm_half_counts;

/* Called once a story. Views are the caller's until the call returns. */
typedef dgm_status (*dgm_halves_fn)(void *context, const dgm_half *old, const dgm_half *new,
                                    dgm_err *err);

/* Bytes of lines: of all stories that wait for the other file's, and of one story. */
#define DGM_MAX_WAITING (256u << 20)
#define DGM_MAX_HALF    (64u << 20)

/* Reads both files side by side ("-": standard input, for one of them). A story whose other half
 * has not come yet waits, so that the orders of the files may differ; where more than max_waiting
 * bytes wait, the one that has waited longest is taken for missing in the other file and counted in
 * *n_let_go. The first line that is no event ends it. */
dgm_status dgm_pair_stories(const char *old_path, const char *new_path, size_t max_waiting,
                            dgm_halves_fn fn, void *context, dgm_half_counts counts[2],
                            uint64_t *n_let_go, dgm_err *err) DGM_MUST_USE;

#endif
