/* names.h - which spans of a parsed sentence are names, and of what.
 *
 * A name in GUM is a whole mention: the subtree of a proper noun, or a part of it, since what is
 * loosely joined to the name may belong to the mention ("Aquileia, where he made many friends") or
 * not. So the spans that can be names are read off the tree, and a semi-Markov conditional random
 * field (Sarawagi and Cohen 2004) chooses among them: each span has a score for each type, a word
 * outside of names scores nothing, and the best division of the sentence wins. A score is linear
 * in what the span looks like (names_features.c), in numbers about its head (names_network.c), and
 * in what all places of the document that have that word say of it.
 *
 * What was learned lies in the section "names" of the model file; without it names stay as the
 * network alone has them. A dgm_names never changes once loaded and serves any number of
 * threads. */
#ifndef DGM_SYNTAX_NAMES_H
#define DGM_SYNTAX_NAMES_H

#include "syntax/encoder.h"
#include "syntax/syntax.h"

typedef struct dgm_names dgm_names;

/* The bytes of the section must stay as long as the names. The caller owns *out, which is NULL on
 * failure, and where the section was learned with another parser than this: what it knows of that
 * one's pictures means nothing here, and names stay as the network alone has them. */
dgm_status dgm_names_load(dgm_view section, const dgm_network *network, dgm_names **out,
                          dgm_err *err) DGM_MUST_USE;
void dgm_names_free(dgm_names *names); /* NULL is allowed */

/* Words of a sentence that were parsed together, at most DGM_MAX_SENTENCE: s->words[first] .. as
 * rows row .. row + n - 1 of the encoder. They have tags, heads and the network's own names. */
typedef struct {
    const dgm_encoder *encoder;
    dgm_sentence *s;
    uint32_t sentence, first, row, n; /* sentence: its number */
} dgm_names_window;

typedef struct dgm_names_space dgm_names_space; /* of one thread */
dgm_names_space *dgm_names_space_new(void);     /* NULL: no memory */
void dgm_names_space_free(dgm_names_space *space);

/* A document's names: its windows one after the other, in any order, then the entity tags of all
 * their words. A word is likely to be of the same type wherever the document has it, so nothing is
 * decided before all windows are known. */
void dgm_names_begin(dgm_names_space *space);
dgm_status dgm_names_add(const dgm_names *names, dgm_names_space *space,
                         const dgm_names_window *window) DGM_MUST_USE; /* DGM_ENOMEM */
void dgm_names_finish(const dgm_names *names, dgm_names_space *space, dgm_document *doc);

/* Learns from CoNLL-U files with `Entity`, as the parser of `model` reads their words, and from the
 * tables of tables_dir. *out is the section, which the caller frees with free(). `log` (may be
 * NULL) gets lines of figures. The same files, tables and model give the same bytes. */
dgm_status dgm_names_train(const char *const *files, uint32_t n_files, const dgm_model *model,
                           const char *tables_dir, FILE *log, dgm_complaints *complaints,
                           char **out, size_t *n, dgm_err *err) DGM_MUST_USE;

#endif
