/* model.h - a loaded model: the network of the parser and the segmenter, both over one mapped file.
 */
#ifndef DGM_SYNTAX_MODEL_H
#define DGM_SYNTAX_MODEL_H

#include "syntax/kernels.h"
#include "syntax/lemma.h"
#include "syntax/model_file.h"
#include "syntax/morphology.h"
#include "syntax/segment.h"
#include "syntax/stand_ins.h"
#include "syntax/syntax.h"
#include "syntax/vectors.h"

#define DGM_MAX_LAYERS 3
#define DGM_MAX_HIDDEN 256
#define DGM_MAX_INPUT  512

/* The classifiers over single words, in the order of their logits. */
enum { DGM_TAG_UPOS, DGM_TAG_XPOS, DGM_TAG_FEATS, DGM_TAG_LEMMA, DGM_TAG_ENTITY, DGM_N_TAGS };

typedef struct { /* x W + b */
    dgm_matrix w;
    float *b;
} dgm_dense;

typedef struct {
    dgm_dense input;
    dgm_matrix recurrent;
} dgm_lstm;

typedef struct dgm_network {
    uint32_t dim_input, hidden, n_layers, dim_tag, dim_arc, dim_rel;
    uint32_t n_class[DGM_N_TAGS], n_outputs, n_rel, n_treebanks;
    dgm_table_rows form, affix, ngram;
    dgm_vectors vectors; /* perhaps none */
    float *treebank;     /* [n_treebanks][dim_input] */
    dgm_lstm lstm[DGM_MAX_LAYERS][2];
    uint8_t *root; /* [2 hidden] */
    float root_scale;
    dgm_dense tag, out, arc_d, arc_h, arc_u, rel_d, rel_h, rel; /* rel_h has no b */
    float *arc_place, *rel_place; /* [DGM_N_PLACES][dim_arc], [DGM_N_PLACES][dim_rel] */
    dgm_map *forms, *lexicon;     /* lexicon: "form/UPOS" -> index of lexicon_lemmas */
    dgm_view *xpos, *feats, *lexicon_lemmas;
    dgm_lemma_edit *lemmas;
    dgm_upos *upos;
    dgm_deprel *deprel;
    dgm_arena *arena;
} dgm_network;

/* The bytes must stay as long as the network. */
dgm_status dgm_network_load(dgm_view section, const char *path, dgm_network **out,
                            dgm_err *err) DGM_MUST_USE;
void dgm_network_free(dgm_network *network);

struct dgm_model {
    dgm_model_file *file;
    dgm_network *network;
    dgm_segmenter *segmenter;   /* NULL: the file has none */
    struct dgm_names *names;    /* NULL: names stay as the network has them */
    dgm_morphology *morphology; /* NULL: lemmas stay as the network has them */
    dgm_stand_ins *stand_ins;   /* NULL: states are read by their names */
};

#endif
