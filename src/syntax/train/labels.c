/* labels.c - what the treebanks' words become to the network: numbered classes, in order of first
 * appearance, so that the same files give the same numbers.
 *
 * A form has a row where it is frequent; a lemma is learned as its edit script where scripts are
 * frequent. The lexicon keeps the lemma of a form and part of speech that nearly always has the
 * same one (SURE in a hundred), which at run time goes before the script. */
#include "syntax/train/labels.h"

#include "syntax/lemma.h"

#include <stdlib.h>
#include <string.h>

#define SURE 80

static bool count(dgm_map *map, dgm_view key)
{
    uint32_t n = dgm_map_get(map, key);
    return dgm_map_set(map, key, n == DGM_NONE ? 1 : n + 1, NULL) == DGM_OK;
}

/* Keys of `counts` that were seen `least` times, numbered from `first` in order of appearance. */
static bool number(dgm_map *counts, uint32_t least, uint32_t first, dgm_map *out)
{
    for (uint32_t i = 0; i < dgm_map_count(counts); i++) {
        uint32_t n;
        dgm_view key = dgm_map_key(counts, i, &n);
        if (n >= least && dgm_map_set(out, key, first + dgm_map_count(out), NULL) != DGM_OK)
            return false;
    }
    return true;
}

static dgm_view lexicon_key(const dgm_word_features *f, dgm_upos upos, char *buffer, size_t size)
{
    int n = snprintf(buffer, size, "%.*s/%s", (int)f->key_n, f->key, dgm_upos_name(upos));
    return (dgm_view) { buffer, n > 0 ? DGM_MIN((size_t)n, size - 1) : 0 };
}

static bool count_all(dgm_treebank *const *banks, size_t n_banks, dgm_map *forms, dgm_map *scripts,
                      dgm_labels *labels)
{
    for (size_t b = 0; b < n_banks; b++)
        for (uint32_t i = 0; i < banks[b]->words.n; i++) {
            const dgm_gold_word *w = &banks[b]->words.at[i];
            dgm_word_features f;
            char script[DGM_MAX_SCRIPT];
            dgm_word_features_of(w->form, &f);
            if (!count(forms, (dgm_view) { f.key, f.key_n }) ||
                !count(labels->classes[HEAD_XPOS], w->xpos) ||
                !count(labels->classes[HEAD_FEATS], w->feats))
                return false;
            if (dgm_lemma_script(w->form, w->lemma, script) && !count(scripts, dgm_view_of(script)))
                return false;
        }
    return true;
}

/* How often each form with its part of speech occurs, and with which lemmas. */
static bool count_lemmas(const dgm_treebank *bank, dgm_map *keys, dgm_map *pairs)
{
    char buffer[256], pair[512];
    for (uint32_t i = 0; i < bank->words.n; i++) {
        const dgm_gold_word *w = &bank->words.at[i];
        dgm_word_features f;
        if (dgm_view_eq(w->lemma, DGM_VIEW("_")) || w->lemma.n > 200)
            continue;
        dgm_word_features_of(w->form, &f);
        dgm_view key = lexicon_key(&f, w->upos, buffer, sizeof(buffer));
        int n = snprintf(pair, sizeof(pair), "%.*s\t%.*s", DGM_FMT(key), DGM_FMT(w->lemma));
        if (!count(keys, key) || !count(pairs, (dgm_view) { pair, (size_t)n }))
            return false;
    }
    return true;
}

/* Words that are their own lemma, or whose casing decides. */
static bool is_trivial(dgm_view key, dgm_view lemma)
{
    size_t slash = key.n;
    while (slash > 0 && key.p[slash - 1] != '/')
        slash--;
    dgm_view upos = dgm_view_slice(key, slash, key.n);
    dgm_view form = dgm_view_slice(key, 0, slash ? slash - 1 : 0);
    bool open = dgm_view_eq(upos, DGM_VIEW("NOUN")) || dgm_view_eq(upos, DGM_VIEW("VERB")) ||
                dgm_view_eq(upos, DGM_VIEW("ADJ"));
    bool name = dgm_view_eq(upos, DGM_VIEW("PROPN"));
    return !open && (name ? dgm_view_eq_nocase(form, lemma) : dgm_view_eq(form, lemma));
}

/* The lexicon has the lemma of SURE per cent and more of a form's occurrences. */
static bool keep_lemmas(dgm_labels *labels, const dgm_map *keys, const dgm_map *pairs)
{
    for (uint32_t i = 0; i < dgm_map_count(pairs); i++) {
        uint32_t n;
        dgm_view key, lemma = dgm_map_key(pairs, i, &n);
        if (!dgm_view_split(&lemma, '\t', &key) || 100 * n < SURE * dgm_map_get(keys, key) ||
            is_trivial(key, lemma))
            continue;
        dgm_view *at = dgm_push(labels->arena, &labels->lemmas);
        if (!at || dgm_map_set(labels->lexicon, key, labels->lemmas.n - 1, NULL) != DGM_OK)
            return false;
        *at = dgm_arena_copy(labels->arena, lemma);
    }
    return true;
}

static bool collect_lemmas(dgm_treebank *const *banks, size_t n_banks, dgm_labels *labels)
{
    dgm_map *keys = dgm_map_new(), *pairs = dgm_map_new();
    bool good = keys && pairs;
    for (size_t b = 0; good && b < n_banks; b++)
        good = count_lemmas(banks[b], keys, pairs);
    good = good && keep_lemmas(labels, keys, pairs);
    dgm_map_free(keys);
    dgm_map_free(pairs);
    return good;
}

static bool renumber(dgm_map **map, uint32_t least)
{
    dgm_map *numbered = dgm_map_new();
    if (!numbered || !number(*map, least, 0, numbered)) {
        dgm_map_free(numbered);
        return false;
    }
    dgm_map_free(*map);
    *map = numbered;
    return true;
}

static bool keep_counts(dgm_labels *labels, dgm_map *counts)
{
    uint32_t n_forms = dgm_map_count(labels->forms);
    labels->form_counts = DGM_NEW(labels->arena, uint32_t, (size_t)n_forms + 1);
    for (uint32_t i = 0; labels->form_counts && i < n_forms; i++) {
        uint32_t row;
        dgm_view key = dgm_map_key(labels->forms, i, &row);
        labels->form_counts[row] = dgm_map_get(counts, key);
    }
    return labels->form_counts != NULL;
}

static bool name_enums(dgm_labels *labels)
{
    for (int i = 1; i < DGM_N_UPOS; i++)
        if (dgm_map_set(labels->classes[HEAD_UPOS], dgm_view_of(dgm_upos_name((dgm_upos)i)),
                        (uint32_t)i - 1, NULL) != DGM_OK)
            return false;
    char name[16];
    for (int i = 0; i <= DGM_N_ENTITY_TYPES * 4; i++) {
        snprintf(name, sizeof(name), "%d", i);
        if (dgm_map_set(labels->classes[HEAD_ENTITY], dgm_view_of(name), (uint32_t)i, NULL) !=
            DGM_OK)
            return false;
    }
    return true;
}

static bool fill(dgm_labels *labels, dgm_treebank *const *banks, size_t n_banks)
{
    dgm_map *forms = dgm_map_new();
    bool good = forms && name_enums(labels) &&
                count_all(banks, n_banks, forms, labels->classes[HEAD_LEMMA], labels) &&
                number(forms, DGM_MIN_FORM, 1, labels->forms) && keep_counts(labels, forms) &&
                renumber(&labels->classes[HEAD_XPOS], 1) &&
                renumber(&labels->classes[HEAD_FEATS], 1) &&
                renumber(&labels->classes[HEAD_LEMMA], DGM_MIN_SCRIPT) &&
                collect_lemmas(banks, n_banks, labels);
    dgm_map_free(forms);
    return good;
}

dgm_labels *dgm_labels_new(dgm_treebank *const *banks, size_t n_banks)
{
    dgm_labels *labels = calloc(1, sizeof(*labels));
    if (!labels)
        return NULL;
    labels->arena = dgm_arena_new();
    labels->forms = dgm_map_new();
    labels->lexicon = dgm_map_new();
    bool good = labels->arena && labels->forms && labels->lexicon;
    for (int i = 0; i < N_HEADS; i++)
        good = (labels->classes[i] = dgm_map_new()) != NULL && good;
    if (good && fill(labels, banks, n_banks))
        return labels;
    dgm_labels_free(labels);
    return NULL;
}

void dgm_labels_free(dgm_labels *labels)
{
    if (!labels)
        return;
    for (int i = 0; i < N_HEADS; i++)
        dgm_map_free(labels->classes[i]);
    dgm_map_free(labels->forms);
    dgm_map_free(labels->lexicon);
    dgm_arena_free(labels->arena);
    free(labels);
}

static int32_t class_of(const dgm_map *map, dgm_view label)
{
    uint32_t class = dgm_map_get(map, label);
    return class == DGM_NONE ? -1 : (int32_t) class;
}

void dgm_labels_input(const dgm_labels *labels, dgm_batch_word *out)
{
    uint32_t row =
        dgm_map_get(labels->forms, (dgm_view) { out->features.key, out->features.key_n });
    out->form = row == DGM_NONE ? 0 : row;
    const dgm_view key = { out->features.key, out->features.key_n };
    out->vector = labels->vectors ? dgm_vectors_find(labels->vectors, key) : DGM_NONE;
    out->drop_affix = out->drop_ngram = false;
}

void dgm_labels_word(const dgm_labels *labels, const dgm_gold_word *word, dgm_view form,
                     bool has_entities, dgm_batch_word *out)
{
    char script[DGM_MAX_SCRIPT];
    *out = (dgm_batch_word) { 0 };
    dgm_word_features_of(form, &out->features);
    dgm_labels_input(labels, out);
    out->label[HEAD_UPOS] = (int32_t)word->upos - 1;
    out->label[HEAD_XPOS] = class_of(labels->classes[HEAD_XPOS], word->xpos);
    out->label[HEAD_FEATS] = class_of(labels->classes[HEAD_FEATS], word->feats);
    out->label[HEAD_LEMMA] = -1;
    if (!dgm_view_eq(word->lemma, DGM_VIEW("_")) && dgm_lemma_script(form, word->lemma, script))
        out->label[HEAD_LEMMA] = class_of(labels->classes[HEAD_LEMMA], dgm_view_of(script));
    out->label[HEAD_ENTITY] = has_entities ? word->entity_tag : -1;
    out->head = (int32_t)word->head;
    out->rel = (int32_t)word->deprel - 1;
}

uint32_t dgm_labels_form_count(const dgm_labels *labels, uint32_t row)
{
    return labels->form_counts[row];
}
