/* coded.h - stories that were coded by hand, for the commands that learn from them. */
#ifndef DGM_CLI_CODED_H
#define DGM_CLI_CODED_H

#include "cli/cli.h"

#include <limits.h>

/* Which stories count: those whose id has a CRC-32 divisible by `aside` never do, but for files in
 * the folder `all_of`; of the others, by what is left of the division, `fold` is one of `folds`
 * parts. */
typedef struct {
    uint32_t aside, folds, fold; /* 0: none */
    char all_of[PATH_MAX];       /* resolved; empty: no folder */
    bool only_fold;              /* that part alone, instead of all but that part */
    uint32_t n, n_left_out;      /* stories that counted, and that did not */
} dgm_coded_choice;

/* Rows for a command's table of options, and what they say. */
#define DGM_OPTIONS_CODED(which)                                                                   \
    { 0, "aside", "N", "leave out stories whose id has a CRC-32 divisible by N", "0" },            \
        { 0, "all-of", "DIR", "but none of the FILEs in DIR", NULL },                              \
        { 0, "folds", "N", which " one of N parts of the others", "0" },                           \
    {                                                                                              \
        0, "fold", "N", "which part that is, from 0", "0"                                          \
    }
/* doc has its text, id and date, nothing else. gold: its JSON, empty where the story was not coded.
 */
typedef dgm_status (*dgm_coded_fn)(void *context, dgm_document *doc, dgm_view gold,
                                   const char *file, size_t line, dgm_err *err);
/* path: NAME.gold.json, with the story in NAME.txt, or JSON Lines of stories with "id" or "doc",
 * "date", "text" and, where they were coded, "events". */
dgm_status dgm_cli_each_coded(const char *path, dgm_coded_choice *choice, dgm_coded_fn fn,
                              void *context, dgm_err *err);

/* What a command that learns from coded stories begins and ends with. */
typedef struct {
    dgm_coded_choice choice;
    dgm_coder *coder;
    dgm_story *story;
} dgm_coded;
/* Reads the choice and loads the tables. False after a message. */
bool dgm_cli_coded_begin(const dgm_arguments *arguments, dgm_coded *out);
/* All FILEs of the command line. */
dgm_status dgm_cli_coded_walk(dgm_coded *coded, const dgm_arguments *arguments, dgm_coded_fn fn,
                              void *context, dgm_err *err);
/* Frees all; says what is in err unless status is DGM_OK. Returns the exit code. */
int dgm_cli_coded_end(dgm_coded *coded, dgm_status status, const dgm_err *err);

#endif
