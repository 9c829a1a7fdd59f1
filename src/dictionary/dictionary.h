/* dictionary.h - dictionaries of TABARI and PETRARCH, read and written again as tables of
 * knowledge. A dictionary is filled by one thread; nothing here prints.
 *
 * What is read is kept as it was meant, with file and line, and only the writing chooses: so what
 * our tables cannot say is known exactly, and is complained about by file and line. */
#ifndef DGM_DICTIONARY_H
#define DGM_DICTIONARY_H

#include "base/base.h"

typedef enum {
    DGM_DICTIONARY_ACTORS,
    DGM_DICTIONARY_AGENTS,
    DGM_DICTIONARY_VERBS, /* with their patterns and synonym sets */
    DGM_DICTIONARY_DISCARDS,
    DGM_N_DICTIONARY_KINDS
} dgm_dictionary_kind;

typedef struct dgm_dictionary dgm_dictionary;

dgm_dictionary *dgm_dictionary_new(void); /* NULL: no memory */
void dgm_dictionary_free(dgm_dictionary *dictionary);

/* What a file holds, by its name ("Phoenix.agents.txt", "CAMEO.2.0.txt"); DGM_N_DICTIONARY_KINDS:
 * the name does not tell. */
dgm_dictionary_kind dgm_dictionary_kind_of(const char *path);

/* Adds what `text` says; `path` is for messages. Both are copied. A line that cannot be read is
 * complained about and skipped. Fails only for want of memory or past a limit. */
dgm_status dgm_dictionary_read(dgm_dictionary *dictionary, dgm_dictionary_kind kind,
                               const char *path, dgm_view text, dgm_complaints *complaints,
                               dgm_err *err) DGM_MUST_USE;

/* How much was written, and how many entries say what our tables cannot. */
typedef struct {
    uint32_t actors, agents, classes, patterns, discards, refused;
} dgm_dictionary_tally;

/* Makes the folder `to`: a copy of the tables in `base`, in which what was read stands instead of
 * ours, or beside it. `to` must not exist, or be empty. What cannot be said in our tables is
 * complained about. */
dgm_status dgm_dictionary_write(dgm_dictionary *dictionary, const char *base, const char *to,
                                bool beside, dgm_complaints *complaints, dgm_dictionary_tally *out,
                                dgm_err *err) DGM_MUST_USE;

#endif
