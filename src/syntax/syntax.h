/* syntax.h - text -> sentences of words with lemma, tags and a UD tree.
 * A model never changes once loaded and serves any number of threads; a parser is the working
 * space of one thread. */
#ifndef DGM_SYNTAX_H
#define DGM_SYNTAX_H

#include "document/document.h"

/* Names found by the tagger: dgm_word.entity_tag is 0, or dgm_entity_tag() of the type and of the
 * word's place in the name (begin, inside, last, unit). The types are GUM's. */
/* clang-format off */
#define DGM_ENTITY_TYPE_MAP(X) \
    X(PERSON, "person") X(ORGANIZATION, "organization") X(PLACE, "place") X(TIME, "time") \
    X(EVENT, "event") X(OBJECT, "object") X(ABSTRACT, "abstract") X(ANIMAL, "animal") \
    X(PLANT, "plant") X(SUBSTANCE, "substance")
/* clang-format on */

typedef enum {
#define X(id, name) DGM_TYPE_##id,
    DGM_ENTITY_TYPE_MAP(X)
#undef X
        DGM_N_ENTITY_TYPES
} dgm_entity_type;

typedef enum { DGM_BILU_B, DGM_BILU_I, DGM_BILU_L, DGM_BILU_U } dgm_bilu;

/* The place of word i in a name from begin to end, both included. */
static inline dgm_bilu dgm_bilu_in(uint32_t i, uint32_t begin, uint32_t end)
{
    if (begin == end)
        return DGM_BILU_U;
    return i == begin ? DGM_BILU_B : i == end ? DGM_BILU_L : DGM_BILU_I;
}
static inline uint8_t dgm_entity_tag(dgm_entity_type type, dgm_bilu at)
{
    return (uint8_t)(1 + (unsigned)type * 4 + (unsigned)at);
}
/* Of a tag that is not 0. */
static inline dgm_entity_type dgm_entity_tag_type(uint8_t tag)
{
    return (dgm_entity_type)((tag - 1u) / 4);
}
static inline dgm_bilu dgm_entity_tag_bilu(uint8_t tag)
{
    return (dgm_bilu)((tag - 1u) % 4);
}
const char *dgm_entity_type_name(dgm_entity_type type); /* "person" */
dgm_entity_type dgm_entity_type_of(dgm_view name);      /* DGM_N_ENTITY_TYPES: unknown */

typedef struct dgm_model dgm_model;
typedef struct dgm_parser dgm_parser;

/* Memory-maps the file. The caller owns *out. On failure *out is untouched and err says what is
 * wrong with the file. */
dgm_status dgm_model_load(const char *path, dgm_model **out, dgm_err *err) DGM_MUST_USE;
/* Without the section "names", which may be of another version: for learning it. */
dgm_status dgm_model_load_nameless(const char *path, dgm_model **out, dgm_err *err) DGM_MUST_USE;
void dgm_model_free(dgm_model *model);
/* Reads the tables by which lemmas of verbs that the network gets wrong are mended, and those by
 * which it is shown the names of states (stand_ins.h). Before the first parser of the model is
 * made. */
dgm_status dgm_model_load_words(dgm_model *model, const char *tables_dir,
                                dgm_complaints *complaints, dgm_err *err) DGM_MUST_USE;

/* The vector of a word in lower case, as the network has it from far more text than treebanks;
 * false: it has none, or n is not the vectors' length. */
enum { DGM_WORD_VECTOR = 100 };
bool dgm_model_vector(const dgm_model *model, dgm_view word, float vector[DGM_WORD_VECTOR]);

/* The form that the network reads for this one: another where a state is named. */
dgm_view dgm_model_reads(const dgm_model *model, dgm_view form);

dgm_parser *dgm_parser_new(const dgm_model *model); /* borrows model; NULL: no memory */
void dgm_parser_free(dgm_parser *parser);

/* Sentences and words with offsets (doc->begin added), headline and quotation flags; no tags yet.
 */
dgm_status dgm_segment(dgm_parser *parser, dgm_document *doc, dgm_err *err) DGM_MUST_USE;
/* Tags, lemmas and trees for all sentences of doc (which may come from dgm_segment or from gold
 * words). */
dgm_status dgm_parse(dgm_parser *parser, dgm_document *doc, dgm_err *err) DGM_MUST_USE;
/* The same for several documents. Each gets what it would get alone; short ones take less time. */
dgm_status dgm_parse_all(dgm_parser *parser, dgm_document *const *docs, uint32_t n,
                         dgm_err *err) DGM_MUST_USE;

#endif
