/* network.c - the section "parser" of a model file as matrices ready for use. Every size is checked
 * against the section before anything is read. */
#include "syntax/model.h"

#include "syntax/bundle.h"
#include "syntax/head_place.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LABELS 65536

typedef struct {
    dgm_network *net;
    dgm_view section;
    const char *path;
    dgm_err *err;
} loader;

static dgm_status no_memory(const loader *l)
{
    return dgm_fail(l->err, DGM_ENOMEM, l->path, 0, "no memory for the model");
}

static const uint16_t *halves(const loader *l, const char *name, uint32_t rows, uint32_t cols)
{
    return dgm_bundle_find(l->section, name, DGM_BUNDLE_F16, rows, cols, l->path, l->err);
}

static dgm_status read_table(const loader *l, const char *name, uint32_t rows, uint32_t cols,
                             dgm_table_rows *out)
{
    const uint8_t *bytes =
        dgm_bundle_find(l->section, name, DGM_BUNDLE_I4, rows, cols, l->path, l->err);
    if (!bytes)
        return DGM_EFORMAT;
    const char *units = (const char *)bytes + dgm_bundle_units(rows, cols);
    *out = (dgm_table_rows) { bytes, units, rows, cols };
    return DGM_OK;
}

static dgm_status read_matrix(const loader *l, const char *name, uint32_t k, uint32_t n,
                              dgm_matrix *out)
{
    const void *packed =
        dgm_bundle_find(l->section, name, DGM_BUNDLE_PACKED, k, n, l->path, l->err);
    dgm_status status = packed ? dgm_matrix_over(out, packed, k, n) : DGM_EFORMAT;
    if (packed && status == DGM_EFORMAT)
        dgm_fail(l->err, status, l->path, 0, "the parser's array \"%s\" is damaged", name);
    return status == DGM_ENOMEM ? no_memory(l) : status;
}

static dgm_status read_floats(const loader *l, const char *name, uint32_t rows, uint32_t cols,
                              float **out)
{
    const uint16_t *from = halves(l, name, rows, cols);
    if (!from)
        return DGM_EFORMAT;
    size_t n = (size_t)rows * cols;
    *out = DGM_NEW(l->net->arena, float, n + DGM_PANEL);
    for (size_t i = 0; *out && i < n; i++)
        (*out)[i] = dgm_half_value(from[i]);
    return *out ? DGM_OK : no_memory(l);
}

/* bias NULL: there is none. */
static dgm_status read_dense(const loader *l, const char *name, const char *bias, uint32_t k,
                             uint32_t n, dgm_dense *out)
{
    dgm_status status = read_matrix(l, name, k, n, &out->w);
    return status == DGM_OK && bias ? read_floats(l, bias, 1, n, &out->b) : status;
}

static dgm_status read_lstm(const loader *l, uint32_t layer, uint32_t direction)
{
    dgm_network *net = l->net;
    dgm_lstm *lstm = &net->lstm[layer][direction];
    uint32_t input = layer ? 2 * net->hidden : net->dim_input;
    char x[32], h[32], b[32];
    char way = direction ? 'b' : 'f';
    snprintf(x, sizeof(x), "lstm%u%c.x", layer, way);
    snprintf(h, sizeof(h), "lstm%u%c.h", layer, way);
    snprintf(b, sizeof(b), "lstm%u%c.b", layer, way);
    dgm_status status = read_dense(l, x, b, input, 4 * net->hidden, &lstm->input);
    return status == DGM_OK ? read_matrix(l, h, net->hidden, 4 * net->hidden, &lstm->recurrent)
                            : status;
}

/* Lines of a list: exactly n of them. */
static dgm_status read_lines(const loader *l, const char *name, uint32_t n, dgm_view **out)
{
    dgm_view text, line;
    dgm_status status = dgm_bundle_text(l->section, name, &text, l->path, l->err);
    if (status != DGM_OK)
        return status;
    *out = DGM_NEW(l->net->arena, dgm_view, (size_t)n + 1);
    if (!*out)
        return no_memory(l);
    uint32_t k = 0;
    while (text.n && dgm_view_split(&text, '\n', &line) && k < n)
        (*out)[k++] = line;
    if (k == n && !text.n)
        return DGM_OK;
    return dgm_fail(l->err, DGM_EFORMAT, l->path, 0,
                    "the parser's list \"%s\" has not the %u lines that it must have", name, n);
}

static dgm_status read_vectors(const loader *l, uint32_t rows, uint32_t cols)
{
    dgm_vectors *v = &l->net->vectors;
    dgm_status status = read_table(l, "vector", rows, cols, &v->rows);
    if (status == DGM_OK)
        status = dgm_bundle_text(l->section, "vector.word", &v->text, l->path, l->err);
    if (status != DGM_OK)
        return status;
    v->at = dgm_bundle_find(l->section, "vector.at", DGM_BUNDLE_U32, rows + 1, 1, l->path, l->err);
    return v->at ? DGM_OK : DGM_EFORMAT;
}

/* The numbers of the section's header, in their order: sizes of tables and layers, 0 where there is
 * none. A file whose numbers lie outside is refused before anything is allocated. */
enum {
    C_FORMS,
    C_DIM_FORM,
    C_DIM_AFFIX,
    C_DIM_NGRAM,
    C_HIDDEN,
    C_LAYERS,
    C_DIM_TAG,
    C_DIM_ARC,
    C_DIM_REL,
    C_UPOS, /* classes of the five classifiers */
    C_XPOS,
    C_FEATS,
    C_LEMMA,
    C_ENTITY,
    C_RELATIONS,
    C_TREEBANKS,
    C_VECTORS,
    C_DIM_VECTOR,
    N_CONFIG
};

static bool is_sane(const uint32_t *c, uint64_t input)
{
    static const struct {
        uint32_t least, most;
    } bounds[N_CONFIG] = {
        [C_FORMS] = { 0, (1u << 24) - 1 },
        [C_DIM_FORM] = { 1, UINT32_MAX },
        [C_DIM_AFFIX] = { 1, UINT32_MAX },
        [C_DIM_NGRAM] = { 1, UINT32_MAX },
        [C_HIDDEN] = { 1, DGM_MAX_HIDDEN },
        [C_LAYERS] = { 1, DGM_MAX_LAYERS },
        [C_DIM_TAG] = { 1, 512 },
        [C_DIM_ARC] = { 1, 512 },
        [C_DIM_REL] = { 1, 512 },
        [C_UPOS] = { DGM_N_UPOS - 1, DGM_N_UPOS - 1 },
        [C_XPOS] = { 1, MAX_LABELS - 1 },
        [C_FEATS] = { 1, MAX_LABELS - 1 },
        [C_LEMMA] = { 1, MAX_LABELS - 1 },
        [C_ENTITY] = { DGM_N_ENTITY_TYPES * 4 + 1, DGM_N_ENTITY_TYPES * 4 + 1 },
        [C_RELATIONS] = { 1, 255 },
        [C_TREEBANKS] = { 1, 255 },
        [C_VECTORS] = { 0, (1u << 24) - 1 },
        [C_DIM_VECTOR] = { 0, UINT32_MAX },
    };
    for (size_t i = 0; i < N_CONFIG; i++)
        if (c[i] < bounds[i].least || c[i] > bounds[i].most)
            return false;
    return input <= DGM_MAX_INPUT && c[C_HIDDEN] % 2 == 0 && !c[C_VECTORS] == !c[C_DIM_VECTOR];
}

static dgm_status read_config(const loader *l)
{
    const uint32_t *c;
    dgm_network *net = l->net;
    dgm_status status = dgm_bundle_check(l->section, &c, l->path, l->err);
    if (status != DGM_OK)
        return status;
    uint64_t input = (uint64_t)c[C_DIM_FORM] + c[C_DIM_AFFIX] + c[C_DIM_NGRAM] + c[C_DIM_VECTOR];
    if (!is_sane(c, input))
        return dgm_fail(l->err, DGM_EFORMAT, l->path, 0, "the parser's sizes make no sense");
    net->dim_input = (uint32_t)input;
    net->hidden = c[C_HIDDEN], net->n_layers = c[C_LAYERS];
    net->dim_tag = c[C_DIM_TAG], net->dim_arc = c[C_DIM_ARC], net->dim_rel = c[C_DIM_REL];
    for (int i = 0; i < DGM_N_TAGS; i++) {
        net->n_class[i] = c[C_UPOS + i];
        net->n_outputs += c[C_UPOS + i];
    }
    net->n_rel = c[C_RELATIONS], net->n_treebanks = c[C_TREEBANKS];
    status = read_table(l, "form", c[C_FORMS], c[C_DIM_FORM], &net->form);
    if (status == DGM_OK)
        status = read_table(l, "affix", DGM_AFFIX_ROWS, c[C_DIM_AFFIX], &net->affix);
    if (status == DGM_OK)
        status = read_table(l, "ngram", DGM_NGRAM_ROWS, c[C_DIM_NGRAM], &net->ngram);
    return status == DGM_OK && c[C_VECTORS] ? read_vectors(l, c[C_VECTORS], c[C_DIM_VECTOR])
                                            : status;
}

static dgm_status read_root(const loader *l)
{
    float *root;
    dgm_network *net = l->net;
    dgm_status status = read_floats(l, "root", 1, 2 * net->hidden, &root);
    if (status != DGM_OK)
        return status;
    net->root = DGM_NEW(net->arena, uint8_t, 2 * net->hidden);
    if (!net->root)
        return no_memory(l);
    net->root_scale = dgm_quantise(root, 2 * net->hidden, net->root);
    return DGM_OK;
}

static dgm_status read_weights(const loader *l)
{
    dgm_network *n = l->net;
    uint32_t wide = 2 * n->hidden;
    dgm_status status = read_floats(l, "treebank", n->n_treebanks, n->dim_input, &n->treebank);
    for (uint32_t i = 0; status == DGM_OK && i < n->n_layers * 2; i++)
        status = read_lstm(l, i / 2, i % 2);
    if (status == DGM_OK)
        status = read_root(l);
    const struct {
        const char *w, *b;
        uint32_t k, n;
        dgm_dense *to;
    } dense[] = {
        { "tag.w", "tag.b", wide, n->dim_tag, &n->tag },
        { "out.w", "out.b", n->dim_tag, n->n_outputs, &n->out },
        { "arc.dep.w", "arc.dep.b", wide, n->dim_arc, &n->arc_d },
        { "arc.head.w", "arc.head.b", wide, n->dim_arc, &n->arc_h },
        { "arc.u", "arc.u.b", n->dim_arc, n->dim_arc, &n->arc_u },
        { "rel.dep.w", "rel.dep.b", wide, n->dim_rel, &n->rel_d },
        { "rel.head.w", NULL, wide, n->dim_rel, &n->rel_h },
        { "rel.w", "rel.b", n->dim_rel, n->n_rel, &n->rel },
    };
    for (size_t i = 0; status == DGM_OK && i < DGM_LEN(dense); i++)
        status = read_dense(l, dense[i].w, dense[i].b, dense[i].k, dense[i].n, dense[i].to);
    if (status == DGM_OK)
        status = read_floats(l, "arc.place", DGM_N_PLACES, n->dim_arc, &n->arc_place);
    return status == DGM_OK ? read_floats(l, "rel.place", DGM_N_PLACES, n->dim_rel, &n->rel_place)
                            : status;
}

static dgm_status read_forms(const loader *l)
{
    dgm_view *forms;
    uint32_t n = l->net->form.rows - 1;
    dgm_status status = read_lines(l, "forms", n, &forms);
    if (status != DGM_OK)
        return status;
    l->net->forms = dgm_map_new();
    for (uint32_t i = 0; l->net->forms && i < n; i++)
        if (dgm_map_set(l->net->forms, forms[i], i + 1, NULL) != DGM_OK)
            return no_memory(l);
    return l->net->forms ? DGM_OK : no_memory(l);
}

static dgm_status read_lexicon(const loader *l)
{
    dgm_view text, line, key, lemma;
    dgm_network *net = l->net;
    DGM_ARRAY(dgm_view) lemmas = { 0 };
    dgm_status status = dgm_bundle_text(l->section, "lexicon", &text, l->path, l->err);
    if (status != DGM_OK)
        return status;
    net->lexicon = dgm_map_new();
    if (!net->lexicon)
        return no_memory(l);
    while (text.n && dgm_view_split(&text, '\n', &line)) {
        lemma = line;
        if (!dgm_view_split(&lemma, '\t', &key) || !lemma.n)
            return dgm_fail(l->err, DGM_EFORMAT, l->path, 0, "the list of lemmas is damaged");
        dgm_view *at = dgm_push(net->arena, &lemmas);
        if (!at || dgm_map_set(net->lexicon, key, lemmas.n - 1, NULL) != DGM_OK)
            return no_memory(l);
        *at = lemma;
    }
    net->lexicon_lemmas = lemmas.at;
    return DGM_OK;
}

static dgm_status read_closed(const loader *l)
{
    dgm_view *upos, *deprel;
    dgm_network *net = l->net;
    dgm_status status = read_lines(l, "upos", net->n_class[DGM_TAG_UPOS], &upos);
    if (status == DGM_OK)
        status = read_lines(l, "deprel", net->n_rel, &deprel);
    if (status != DGM_OK)
        return status;
    net->upos = DGM_NEW(net->arena, dgm_upos, net->n_class[DGM_TAG_UPOS]);
    net->deprel = DGM_NEW(net->arena, dgm_deprel, net->n_rel);
    if (!net->upos || !net->deprel)
        return no_memory(l);
    for (uint32_t i = 0; i < net->n_class[DGM_TAG_UPOS]; i++)
        net->upos[i] = dgm_upos_of(upos[i]);
    for (uint32_t i = 0; i < net->n_rel; i++)
        net->deprel[i] = dgm_deprel_of(deprel[i]);
    return DGM_OK;
}

static dgm_status read_labels(const loader *l)
{
    dgm_view *scripts;
    dgm_network *net = l->net;
    dgm_status status = read_lines(l, "xpos", net->n_class[DGM_TAG_XPOS], &net->xpos);
    if (status == DGM_OK)
        status = read_lines(l, "feats", net->n_class[DGM_TAG_FEATS], &net->feats);
    if (status == DGM_OK)
        status = read_lines(l, "lemma", net->n_class[DGM_TAG_LEMMA], &scripts);
    if (status != DGM_OK)
        return status;
    net->lemmas = DGM_NEW(net->arena, dgm_lemma_edit, net->n_class[DGM_TAG_LEMMA]);
    if (!net->lemmas)
        return no_memory(l);
    for (uint32_t i = 0; i < net->n_class[DGM_TAG_LEMMA]; i++)
        if (!dgm_lemma_parse(scripts[i], &net->lemmas[i]))
            return dgm_fail(l->err, DGM_EFORMAT, l->path, 0, "\"%.*s\" is not a lemma script",
                            DGM_FMT(scripts[i]));
    status = read_closed(l);
    if (status == DGM_OK)
        status = read_forms(l);
    return status == DGM_OK ? read_lexicon(l) : status;
}

dgm_status dgm_network_load(dgm_view section, const char *path, dgm_network **out, dgm_err *err)
{
    dgm_network *net = calloc(1, sizeof(*net));
    loader l = { net, section, path, err };
    if (!net || !(net->arena = dgm_arena_new_for_tables())) {
        dgm_network_free(net);
        return no_memory(&l);
    }
    dgm_status status = read_config(&l);
    if (status == DGM_OK)
        status = read_weights(&l);
    if (status == DGM_OK)
        status = read_labels(&l);
    if (status != DGM_OK) {
        dgm_network_free(net);
        return status;
    }
    *out = net;
    return DGM_OK;
}

void dgm_network_free(dgm_network *net)
{
    if (!net)
        return;
    for (int i = 0; i < DGM_MAX_LAYERS * 2; i++) {
        dgm_matrix_done(&net->lstm[i / 2][i % 2].input.w);
        dgm_matrix_done(&net->lstm[i / 2][i % 2].recurrent);
    }
    dgm_dense *const dense[] = { &net->tag,   &net->out,   &net->arc_d, &net->arc_h,
                                 &net->arc_u, &net->rel_d, &net->rel_h, &net->rel };
    for (size_t i = 0; i < DGM_LEN(dense); i++)
        dgm_matrix_done(&dense[i]->w);
    dgm_map_free(net->forms);
    dgm_map_free(net->lexicon);
    dgm_arena_free(net->arena);
    free(net);
}
