/* save.c - the network as a section of the model file, and the state of a run.
 *
 * Embedding tables are rounded to four bits a number and a scale a row (bundle.h's I4), what is
 * multiplied to seven bits (kernels.h), all else to half precision. The state holds everything in
 * full, moments included, so that a run which goes on ends in the same bytes as one that never
 * stopped. */
#include "syntax/train/save.h"

#include "syntax/bundle.h"
#include "syntax/kernels.h"
#include "syntax/model_file.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ENTRIES 64

typedef struct {
    dgm_bundle_entry entries[MAX_ENTRIES];
    uint32_t n;
    char *data; /* of all arrays, without header and table */
    size_t size, cap;
    bool failed;
} writer;

/* Room for one more array; zeroed. */
static void *add_array(writer *w, const char *name, dgm_bundle_type type, uint32_t rows,
                       uint32_t cols)
{
    size_t size = dgm_bundle_size(type, rows, cols);
    size_t padded = (size + DGM_BUNDLE_ALIGN - 1) / DGM_BUNDLE_ALIGN * DGM_BUNDLE_ALIGN;
    if (w->failed || w->n == MAX_ENTRIES)
        return w->failed = true, NULL;
    if (w->size + padded > w->cap) {
        size_t cap = (w->size + padded) * 2;
        char *grown = realloc(w->data, cap);
        if (!grown)
            return w->failed = true, NULL;
        w->data = grown, w->cap = cap;
    }
    dgm_bundle_entry e = {
        .type = type, .rows = rows, .cols = cols, .offset = w->size, .size = size
    };
    memcpy(e.name, name, DGM_MIN(strlen(name), sizeof(e.name)));
    w->entries[w->n++] = e;
    assert(w->data);
    char *array = w->data + w->size;
    memset(array, 0, padded);
    w->size += padded;
    return array;
}

static void add_halves(writer *w, const char *name, const dgm_param *p)
{
    uint16_t *out = add_array(w, name, DGM_BUNDLE_F16, p->rows, p->cols);
    for (size_t i = 0; out && i < (size_t)p->rows * p->cols; i++)
        out[i] = dgm_half_of(p->mean[i]);
}

/* What is multiplied with activations, as the kernels want it. */
static void add_packed(writer *w, const char *name, const dgm_param *p)
{
    void *out = add_array(w, name, DGM_BUNDLE_PACKED, p->rows, p->cols);
    if (out)
        dgm_matrix_pack(p->mean, p->rows, p->cols, out);
}

static bool is_multiplied(int param, const dgm_param *p)
{
    return p->rows > 1 && param != P_TREEBANK && param != P_ARC_PLACE && param != P_REL_PLACE;
}

/* Embedding tables: four bits a value and a scale a row. */
static void add_table(writer *w, const char *name, const dgm_param *p)
{
    uint8_t *out = add_array(w, name, DGM_BUNDLE_I4, p->rows, p->cols);
    if (!out)
        return;
    size_t row = dgm_bundle_row(p->cols), n = dgm_bundle_units(p->rows, p->cols);
    for (size_t r = 0; r < p->rows; r++) {
        float scale = dgm_bundle_put_row(p->mean + r * p->cols, p->cols, out + r * row);
        memcpy((char *)out + n + r * sizeof(scale), &scale, sizeof(scale));
    }
}

static void add_vectors(writer *w, const dgm_vectors *v)
{
    uint32_t rows = v->rows.rows, cols = v->rows.cols;
    char *out = add_array(w, "vector", DGM_BUNDLE_I4, rows, cols);
    if (out)
        memcpy(out, v->rows.bytes, dgm_bundle_size(DGM_BUNDLE_I4, rows, cols));
    out = add_array(w, "vector.word", DGM_BUNDLE_TEXT, (uint32_t)v->text.n, 1);
    if (out)
        memcpy(out, v->text.p, v->text.n);
    out = add_array(w, "vector.at", DGM_BUNDLE_U32, rows + 1, 1);
    if (out)
        memcpy(out, v->at, ((size_t)rows + 1) * 4);
}

static void add_text(writer *w, const char *name, FILE *from)
{
    long n = ftell(from);
    char *out =
        n >= 0 && n < (1 << 28) ? add_array(w, name, DGM_BUNDLE_TEXT, (uint32_t)n, 1) : NULL;
    rewind(from);
    if (!out || fread(out, 1, (size_t)n, from) != (size_t)n)
        w->failed = true;
    fclose(from);
}

static void add_keys(writer *w, const char *name, const dgm_map *map)
{
    FILE *f = tmpfile();
    if (!f) {
        w->failed = true;
        return;
    }
    for (uint32_t i = 0; i < dgm_map_count(map); i++)
        fprintf(f, "%.*s\n", DGM_FMT(dgm_map_key(map, i, NULL)));
    add_text(w, name, f);
}

static void add_lists(writer *w, const dgm_labels *labels)
{
    add_keys(w, "forms", labels->forms);
    add_keys(w, "upos", labels->classes[HEAD_UPOS]);
    add_keys(w, "xpos", labels->classes[HEAD_XPOS]);
    add_keys(w, "feats", labels->classes[HEAD_FEATS]);
    add_keys(w, "lemma", labels->classes[HEAD_LEMMA]);
    FILE *f = tmpfile(), *g = tmpfile();
    if (!f || !g) {
        w->failed = true;
        return;
    }
    for (uint32_t i = 0; i < dgm_map_count(labels->lexicon); i++) {
        uint32_t k;
        dgm_view key = dgm_map_key(labels->lexicon, i, &k);
        fprintf(f, "%.*s\t%.*s\n", DGM_FMT(key), DGM_FMT(labels->lemmas.at[k]));
    }
    add_text(w, "lexicon", f);
    for (int i = 1; i < DGM_N_DEPREL; i++)
        fprintf(g, "%s\n", dgm_deprel_name((dgm_deprel)i));
    add_text(w, "deprel", g);
}

static dgm_status put(const char *path, writer *w, const dgm_net *net, dgm_err *err)
{
    const dgm_net_config *c = &net->config;
    dgm_bundle_header h = {
        .magic = { 'D', 'G', 'M', 'P' },
        .version = DGM_PARSER_VERSION,
        .n_arrays = w->n,
        .config = { c->n_forms, c->dim_form, c->dim_affix, c->dim_ngram, c->hidden, c->n_layers,
                    c->dim_tag, c->dim_arc, c->dim_rel, c->n_class[HEAD_UPOS],
                    c->n_class[HEAD_XPOS], c->n_class[HEAD_FEATS], c->n_class[HEAD_LEMMA],
                    c->n_class[HEAD_ENTITY], c->n_rel, c->n_treebanks, c->n_vectors, c->dim_vector }
    };
    size_t front = sizeof(h) + w->n * sizeof(dgm_bundle_entry);
    front = (front + DGM_BUNDLE_ALIGN - 1) / DGM_BUNDLE_ALIGN * DGM_BUNDLE_ALIGN;
    char *all = w->failed ? NULL : calloc(1, front + w->size);
    if (!all)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory to write the model");
    for (uint32_t i = 0; i < w->n; i++)
        w->entries[i].offset += front;
    memcpy(all, &h, sizeof(h));
    memcpy(all + sizeof(h), w->entries, w->n * sizeof(dgm_bundle_entry));
    memcpy(all + front, w->data, w->size);
    dgm_status status =
        dgm_model_file_replace(path, DGM_VIEW("parser"), (dgm_view) { all, front + w->size }, err);
    free(all);
    return status;
}

dgm_status dgm_save_parser(const char *path, const dgm_net *net, const dgm_labels *labels,
                           dgm_err *err)
{
    writer w = { 0 };
    for (int i = 0; i < N_PARAMS; i++) {
        const dgm_param *p = &net->params[i];
        if (p->w && p->sparse)
            add_table(&w, p->name, p);
        else if (p->w && is_multiplied(i, p))
            add_packed(&w, p->name, p);
        else if (p->w)
            add_halves(&w, p->name, p);
    }
    if (net->vectors)
        add_vectors(&w, net->vectors);
    add_lists(&w, labels);
    dgm_status status = put(path, &w, net, err);
    free(w.data);
    return status;
}

/* ---- state of a run ------------------------------------------------------------------------- */

static bool move_params(FILE *f, const dgm_net *net, bool writing)
{
    for (int i = 0; i < N_PARAMS; i++) {
        const dgm_param *p = &net->params[i];
        size_t n = (size_t)p->rows * p->cols;
        float *const arrays[] = { p->w, p->m, p->v, p->mean };
        for (int k = 0; p->w && k < 4; k++)
            if ((writing ? fwrite(arrays[k], sizeof(float), n, f)
                         : fread(arrays[k], sizeof(float), n, f)) != n)
                return false;
    }
    return true;
}

dgm_status dgm_save_state(const char *path, const dgm_net *net, const dgm_progress_state *state,
                          dgm_err *err)
{
    char part[4096];
    snprintf(part, sizeof(part), "%s.part", path);
    FILE *f = fopen(part, "wb");
    if (!f)
        return dgm_fail(err, DGM_EIO, part, 0, "cannot write: %s", strerror(errno));
    bool good = fwrite(&net->config, sizeof(net->config), 1, f) == 1 &&
                fwrite(state, sizeof(*state), 1, f) == 1 && move_params(f, net, true);
    good = fclose(f) == 0 && good && rename(part, path) == 0;
    return good ? DGM_OK : dgm_fail(err, DGM_EIO, path, 0, "cannot write: %s", strerror(errno));
}

dgm_status dgm_load_config(const char *path, dgm_net_config *out, dgm_err *err)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return dgm_fail(err, DGM_EIO, path, 0, "cannot read: %s", strerror(errno));
    bool good = fread(out, sizeof(*out), 1, f) == 1 && out->hidden && out->hidden <= 1024 &&
                out->n_layers && out->n_layers <= DGM_N_LAYERS_MAX;
    fclose(f);
    return good ? DGM_OK : dgm_fail(err, DGM_EFORMAT, path, 0, "is no state of a run");
}

dgm_status dgm_load_state(const char *path, dgm_net *net, dgm_progress_state *state, dgm_err *err)
{
    dgm_net_config config;
    FILE *f = fopen(path, "rb");
    if (!f)
        return dgm_fail(err, DGM_EIO, path, 0, "cannot read: %s", strerror(errno));
    bool good = fread(&config, sizeof(config), 1, f) == 1 &&
                memcmp(&config, &net->config, sizeof(config)) == 0 &&
                fread(state, sizeof(*state), 1, f) == 1 && move_params(f, net, false);
    fclose(f);
    return good ? DGM_OK
                : dgm_fail(err, DGM_EFORMAT, path, 0, "is no state of a run with these options");
}
