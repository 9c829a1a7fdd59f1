/* segment.h - text -> paragraphs -> sentences -> words, as the English treebanks of Universal
 * Dependencies have them. A segmenter never changes once loaded and serves any number of threads.
 *
 * What it knows lies in the section "segmenter" of the model file: weights for token cuts and for
 * sentence ends, the table of abbreviations as it was at training, and which words are common in
 * lower case. All arithmetic at run time is of whole numbers, so that every machine answers the
 * same. */
#ifndef DGM_SYNTAX_SEGMENT_H
#define DGM_SYNTAX_SEGMENT_H

#include "document/document.h"

#define DGM_MAX_TOKEN_LENGTH   256  /* code points; longer runs without a space are cut */
#define DGM_MAX_SENTENCE_WORDS 1000 /* a sentence end is forced here */

typedef struct dgm_segmenter dgm_segmenter;

/* The bytes of the section must stay as long as the segmenter. The caller owns *out. On failure
 * *out is untouched. */
dgm_status dgm_segmenter_load(dgm_view section, dgm_segmenter **out, dgm_err *err) DGM_MUST_USE;
void dgm_segmenter_free(dgm_segmenter *segmenter); /* NULL is allowed */

/* Fills doc->sentences with words: form, offsets (doc->begin added), space_after, n_mwt, in_quotes;
 * begins_paragraph and headline of sentences. doc->text is valid UTF-8. */
dgm_status dgm_segmenter_run(const dgm_segmenter *segmenter, dgm_document *doc,
                             dgm_err *err) DGM_MUST_USE;

/* Learns from CoNLL-U files, whose text is rebuilt from SpaceAfter and newpar, and from the table
 * tables_dir/english/abbreviations.tsv. *out is the section, which the caller frees with free().
 * `log` (may be NULL) gets a line of figures now and then. */
dgm_status dgm_segmenter_train(const char *const *files, uint32_t n_files, const char *tables_dir,
                               FILE *log, dgm_complaints *complaints, char **out, size_t *n,
                               dgm_err *err) DGM_MUST_USE;

#endif
