/* syntax.h - text -> sentences of words with lemma, tags and a UD tree.
 * A model never changes once loaded and serves any number of threads; a parser is the working
 * space of one thread. */
#ifndef DGM_SYNTAX_H
#define DGM_SYNTAX_H

#include "document/document.h"

typedef struct dgm_model dgm_model;
typedef struct dgm_parser dgm_parser;

/* Memory-maps the file. The caller owns *out. On failure *out is untouched and err says what is
 * wrong with the file. */
dgm_status dgm_model_load(const char *path, dgm_model **out, dgm_err *err) DGM_MUST_USE;
void dgm_model_free(dgm_model *model);

dgm_parser *dgm_parser_new(const dgm_model *model); /* borrows model; NULL: no memory */
void dgm_parser_free(dgm_parser *parser);

/* Sentences and words with offsets (doc->begin added), headline and quotation flags; no tags yet.
 */
dgm_status dgm_segment(dgm_parser *parser, dgm_document *doc, dgm_err *err) DGM_MUST_USE;
/* Tags, lemmas and trees for all sentences of doc (which may come from dgm_segment or from gold
 * words). */
dgm_status dgm_parse(dgm_parser *parser, dgm_document *doc, dgm_err *err) DGM_MUST_USE;

#endif
