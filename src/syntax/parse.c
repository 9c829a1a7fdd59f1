/* parse.c - fills in tags, lemmas and trees of a document's sentences. Sentences are taken together
 * in chunks, those of short documents in one, since the network runs over many rows at less cost a
 * row; one that is longer than DGM_MAX_SENTENCE is parsed in windows, and the roots of the
 * later windows hang on the root of the first as parataxis. What is said and ", officials said"
 * behind it are such windows, too. */
#include "syntax/encoder.h"
#include "syntax/garden_path.h"
#include "syntax/head_place.h"
#include "syntax/names_parts.h"
#include "syntax/tree.h"
#include "syntax/voice.h"

#include <stdlib.h>
#include <string.h>

#define MAX_SCRIPTS   4    /* lemma scripts that are tried for a word nobody knows */
#define SCRIPT_MARGIN 4.0f /* how much less than the best a script's logit may be */

typedef struct {
    uint32_t doc;                /* its place among those of the chunk */
    uint32_t sentence, first, n; /* words first .. first + n - 1 of the sentence */
    uint32_t stop;               /* the last of the n, where it is the full stop; 0: it follows */
    uint32_t comma;              /* before "officials said" (voice.h), its own window; 0: none */
} window;

static uint32_t word_of(const window *w, uint32_t i)
{
    return w->stop && i + 1 == w->n ? w->stop : w->first + i;
}

/* Between two words one is outside of names, or in one of some type. */
enum { OUTSIDE = DGM_N_ENTITY_TYPES, N_BETWEEN };

typedef struct {
    float score;
    uint8_t from, tag; /* what was before the word, and the word's tag */
} step;

struct dgm_parser {
    const dgm_model *model;
    dgm_encoder *encoder;
    dgm_tree_space *trees;
    float *arc; /* [DGM_MAX_SENTENCE][DGM_MAX_SENTENCE + 1] */
    window windows[DGM_CHUNK_WORDS];
    uint32_t n_windows, n_words;
    uint32_t head[DGM_CHUNK_WORDS], head_row[DGM_CHUNK_WORDS];
    uint8_t place[DGM_CHUNK_WORDS], rel[DGM_CHUNK_WORDS];
    step steps[DGM_MAX_SENTENCE + 1][N_BETWEEN];
    dgm_names_space *names; /* NULL: the model does not know how to choose names */
    names_hear_fn hear;     /* may be NULL */
    void *hear_context;
};

dgm_parser *dgm_parser_new(const dgm_model *model)
{
    dgm_parser *p = calloc(1, sizeof(*p));
    if (!p)
        return NULL;
    p->model = model;
    p->encoder = dgm_encoder_new(model->network);
    p->trees = dgm_tree_space_new();
    p->arc = calloc((size_t)DGM_MAX_SENTENCE * (DGM_MAX_SENTENCE + 1), sizeof(float));
    p->names = model->names ? dgm_names_space_new() : NULL;
    if (p->encoder && p->trees && p->arc && (p->names || !model->names))
        return p;
    dgm_parser_free(p);
    return NULL;
}

void dgm_parser_free(dgm_parser *parser)
{
    if (!parser)
        return;
    dgm_encoder_free(parser->encoder);
    dgm_tree_space_free(parser->trees);
    dgm_names_space_free(parser->names);
    free(parser->arc);
    free(parser);
}

void dgm_parser_hear(dgm_parser *parser, names_hear_fn fn, void *context)
{
    parser->hear = fn;
    parser->hear_context = context;
}

/* ---- tags ----------------------------------------------------------------------------------- */

static uint32_t look_up(const dgm_network *net, dgm_view form, dgm_upos upos)
{
    char key[DGM_FORM_CHARS * 4 + 16];
    size_t n = 0;
    if (!dgm_key_add(key, sizeof(key), &n, 0, form) ||
        !dgm_key_add(key, sizeof(key), &n, '/', dgm_view_of(dgm_upos_name(upos))))
        return DGM_NONE;
    return dgm_map_get(net->lexicon, (dgm_view) { key, n });
}

/* Whether training has seen that lemma, or at least a word that looks like it. */
static bool is_known(const dgm_network *net, dgm_view lemma, dgm_upos upos)
{
    return dgm_map_get(net->forms, lemma) != DGM_NONE || look_up(net, lemma, upos) != DGM_NONE;
}

/* The best script but those already tried (marked in `tried`, in order). */
static uint32_t next_script(const float *x, uint32_t n, const uint32_t *tried, uint32_t n_tried)
{
    uint32_t best = DGM_NONE;
    for (uint32_t i = 0; i < n; i++) {
        bool seen = false;
        for (uint32_t k = 0; k < n_tried; k++)
            seen = seen || tried[k] == i;
        if (!seen && (best == DGM_NONE || x[i] > x[best]))
            best = i;
    }
    return best;
}

/* A form that the lexicon knows has its lemma from there. Otherwise the best script whose result is
 * a known word, if it is among the first few and not much worse than the best. */
static dgm_view lemma_of(const dgm_network *net, const dgm_word *word, dgm_view key, const float *x,
                         dgm_arena *arena)
{
    uint32_t n = net->n_class[DGM_TAG_LEMMA], tried[MAX_SCRIPTS];
    uint32_t known = look_up(net, key, word->upos);
    if (known != DGM_NONE)
        return net->lexicon_lemmas[known];
    dgm_view first = { 0 };
    for (uint32_t k = 0; k < MAX_SCRIPTS && k < n; k++) {
        tried[k] = next_script(x, n, tried, k);
        if (x[tried[k]] < x[tried[0]] - SCRIPT_MARGIN)
            break;
        dgm_view lemma = dgm_lemma_apply(&net->lemmas[tried[k]], word->form, arena);
        if (k == 0 && (word->upos == DGM_PROPN || is_known(net, lemma, word->upos)))
            return lemma;
        if (k == 0)
            first = lemma;
        else if (is_known(net, lemma, word->upos))
            return lemma;
    }
    return first;
}

/* ---- names ---------------------------------------------------------------------------------- */

/* Puts the step there if it is better. */
static void offer(step *at, const step *before, uint8_t from, const float *x, uint8_t tag)
{
    float score = before[from].score + x[tag];
    if (score > at->score)
        *at = (step) { score, from, tag };
}

/* The best sequence of tags in which names are whole (Viterbi): a name goes on until it ends, and
 * all of it is of one type. `steps` has room for n + 1 words. */
static void tag_names(const float *logits, size_t stride, uint32_t n, step (*steps)[N_BETWEEN],
                      dgm_word *words)
{
    for (int k = 0; k < N_BETWEEN; k++)
        steps[0][k] = (step) { .score = k == OUTSIDE ? 0 : -1e30f };
    for (uint32_t i = 0; i < n; i++) {
        const float *x = logits + i * stride;
        const step *before = steps[i];
        step *after = steps[i + 1];
        for (int k = 0; k < N_BETWEEN; k++)
            after[k] = (step) { .score = -1e30f };
        offer(&after[OUTSIDE], before, OUTSIDE, x, 0);
        for (int k = 0; k < DGM_N_ENTITY_TYPES; k++) {
            uint8_t type = (uint8_t)k;
            dgm_entity_type t = (dgm_entity_type)type;
            offer(&after[OUTSIDE], before, OUTSIDE, x, dgm_entity_tag(t, DGM_BILU_U));
            offer(&after[OUTSIDE], before, type, x, dgm_entity_tag(t, DGM_BILU_L));
            offer(&after[type], before, OUTSIDE, x, dgm_entity_tag(t, DGM_BILU_B));
            offer(&after[type], before, type, x, dgm_entity_tag(t, DGM_BILU_I));
        }
    }
    for (uint32_t i = n, at = OUTSIDE; i-- > 0;) {
        words[i].entity_tag = steps[i + 1][at].tag;
        at = steps[i + 1][at].from;
    }
}

/* ---- words ---------------------------------------------------------------------------------- */

/* The key of a form that stands in that row; it lives as long as *own and the chunk. */
static dgm_view key_of(const dgm_parser *p, uint32_t row, dgm_view form, dgm_word_features *own)
{
    if (p->encoder->chunk.form[row].p == form.p)
        return p->encoder->forms[p->encoder->form_of[row]].key;
    dgm_word_features_of(form, own);
    return (dgm_view) { own->key, own->key_n };
}

static void tag_window(dgm_parser *p, const window *w, uint32_t row, dgm_sentence *s,
                       dgm_arena *arena)
{
    const dgm_network *net = p->model->network;
    const uint32_t *n = net->n_class;
    for (uint32_t i = 0; i < w->n; i++) {
        const float *x = p->encoder->logits + (size_t)(row + i) * net->n_outputs;
        dgm_word_features own; /* of a word that another stood in for */
        dgm_word *word = &s->words[word_of(w, i)];
        dgm_view key = key_of(p, row + i, word->form, &own);
        word->upos = net->upos[dgm_best_of(x, n[DGM_TAG_UPOS])];
        x += n[DGM_TAG_UPOS];
        word->xpos = net->xpos[dgm_best_of(x, n[DGM_TAG_XPOS])];
        x += n[DGM_TAG_XPOS];
        word->feats = net->feats[dgm_best_of(x, n[DGM_TAG_FEATS])];
        x += n[DGM_TAG_FEATS];
        word->lemma = lemma_of(net, word, key, x, arena);
    }
    const float *x = p->encoder->logits + (size_t)row * net->n_outputs;
    tag_names(x + net->n_outputs - n[DGM_TAG_ENTITY], net->n_outputs, w->n - (w->stop != 0),
              p->steps, &s->words[w->first]);
}

/* ---- trees ---------------------------------------------------------------------------------- */

static uint32_t root_of(const dgm_sentence *s)
{
    for (uint32_t i = 1; i <= s->n_words; i++)
        if (s->words[i].head == 0)
            return i;
    return 0;
}

static void attach_window(const dgm_parser *p, const window *w, uint32_t row, dgm_sentence *s)
{
    const dgm_network *net = p->model->network;
    for (uint32_t i = 0; i < w->n; i++) {
        dgm_word *word = &s->words[word_of(w, i)];
        uint32_t head = p->head[row + i];
        word->deprel = head ? net->deprel[p->rel[row + i]] : DGM_REL_ROOT;
        word->head = head ? word_of(w, head - 1) : 0;
    }
}

/* A later window hangs on the first one, and the comma before a voice on the voice. */
static void hang_window(const window *w, dgm_sentence *s)
{
    uint32_t root = w->first;
    while (s->words[root].head != 0)
        root++;
    s->words[root].head = root; /* no longer one of those sought */
    s->words[root].head = root_of(s);
    s->words[root].deprel = DGM_REL_PARATAXIS;
    if (!w->comma)
        return;
    dgm_word *comma = &s->words[w->first - 1];
    comma->upos = DGM_PUNCT;
    comma->xpos = comma->lemma = comma->form;
    comma->head = root;
    comma->deprel = DGM_REL_PUNCTREL;
}

static dgm_status find_heads(dgm_parser *p)
{
    const dgm_chunk *c = &p->encoder->chunk;
    for (uint32_t i = 0; i < c->n_runs; i++) {
        uint32_t begin = c->begin[i], n = c->begin[i + 1] - begin;
        dgm_encoder_arcs(p->encoder, i, p->arc);
        dgm_status status = dgm_tree_best(p->trees, n, p->arc, p->head + begin);
        if (status != DGM_OK)
            return status;
        for (uint32_t d = begin; d < begin + n; d++) {
            p->head_row[d] = p->head[d] ? begin + p->head[d] - 1 : c->n_words;
            p->place[d] = (uint8_t)dgm_head_place(d - begin + 1, p->head[d]);
        }
    }
    return DGM_OK;
}

/* ---- chunks --------------------------------------------------------------------------------- */

static int longest_first(const void *left, const void *right)
{
    const window *a = left, *b = right;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    if (a->doc != b->doc)
        return a->doc < b->doc ? -1 : 1;
    if (a->sentence != b->sentence)
        return a->sentence < b->sentence ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

static void load_chunk(dgm_parser *p, dgm_document *const *docs)
{
    dgm_chunk *c = &p->encoder->chunk;
    qsort(p->windows, p->n_windows, sizeof(p->windows[0]), longest_first);
    c->n_runs = p->n_windows;
    c->n_words = 0;
    for (uint32_t i = 0; i < p->n_windows; i++) {
        const window *w = &p->windows[i];
        const dgm_sentence *s = &docs[w->doc]->sentences.at[w->sentence];
        for (uint32_t k = 0; k < w->n; k++)
            c->form[c->n_words++] =
                dgm_stand_in_for(p->model->stand_ins, s->words[word_of(w, k)].form);
        c->begin[i + 1] = c->n_words;
    }
}

/* Heads and relations of all windows. */
static dgm_status parse_chunk(dgm_parser *p, dgm_document *const *docs)
{
    load_chunk(p, docs);
    dgm_encoder_run(p->encoder);
    dgm_status status = find_heads(p);
    if (status == DGM_OK)
        dgm_encoder_relations(p->encoder, p->head_row, p->place, p->rel);
    return status;
}

/* What the chunk says of one of its documents. */
static dgm_status take_document(dgm_parser *p, dgm_document *doc, uint32_t i_doc)
{
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; status == DGM_OK && i < p->n_windows; i++) {
        const window *w = &p->windows[i];
        if (w->doc != i_doc)
            continue;
        dgm_sentence *s = &doc->sentences.at[w->sentence];
        tag_window(p, w, p->encoder->chunk.begin[i], s, doc->arena);
        attach_window(p, w, p->encoder->chunk.begin[i], s);
        dgm_names_window names = {
            p->encoder, s, w->sentence, w->first, p->encoder->chunk.begin[i], w->n - (w->stop != 0)
        };
        if (p->hear)
            p->hear(p->hear_context, &names);
        else if (p->names)
            status = dgm_names_add(p->model->names, p->names, &names);
    }
    for (uint32_t i = 0; i < p->n_windows; i++)
        if (p->windows[i].doc == i_doc && p->windows[i].first > 1)
            hang_window(&p->windows[i], &doc->sentences.at[p->windows[i].sentence]);
    return status;
}

static dgm_status run_chunk(dgm_parser *p, dgm_document *doc)
{
    dgm_status status = dgm_stopped(doc) ? DGM_ESTOPPED : DGM_OK;
    if (status == DGM_OK && p->n_windows)
        status = parse_chunk(p, &doc);
    if (status == DGM_OK)
        status = take_document(p, doc, 0);
    p->n_windows = p->n_words = 0;
    return status;
}

/* From one window of a sentence (w->n 0: none yet) to the next; false: there is none. */
static bool next_window(const dgm_parser *p, const dgm_document *doc, window *w)
{
    const dgm_sentence *s = &doc->sentences.at[w->sentence];
    uint32_t stop = dgm_voice_stop(s), end = stop ? stop - 1 : s->n_words;
    if (w->n == 0 && s->n_words <= DGM_MAX_SENTENCE)
        w->comma = dgm_voice_comma(p->model->morphology, s);
    if (w->comma && w->n == 0) {
        *w = (window) { w->doc, w->sentence, 1, w->comma - 1 + (stop != 0), stop, w->comma };
        return true;
    }
    if (w->comma) {
        bool more = w->first < w->comma;
        *w = (window) { w->doc, w->sentence, w->comma + 1, end - w->comma, 0, w->comma };
        return more;
    }
    w->first = w->n ? w->first + w->n : 1;
    w->n = DGM_MIN(s->n_words + 1 - w->first, DGM_MAX_SENTENCE);
    return w->n > 0;
}

static dgm_status add_window(dgm_parser *p, dgm_document *doc, window w)
{
    dgm_status status = DGM_OK;
    if (p->n_words + w.n > DGM_CHUNK_WORDS)
        status = run_chunk(p, doc);
    if (status == DGM_OK) {
        p->windows[p->n_windows++] = w;
        p->n_words += w.n;
    }
    return status;
}

static void mend(const dgm_parser *p, dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        dgm_garden_path_mend(p->model->morphology, &doc->sentences.at[i]);
    if (p->model->morphology)
        dgm_morphology_mend(p->model->morphology, doc);
}

static dgm_status parse_alone(dgm_parser *p, dgm_document *doc)
{
    dgm_status status = DGM_OK;
    p->n_windows = p->n_words = 0;
    if (p->names)
        dgm_names_begin(p->names);
    for (uint32_t i = 0; status == DGM_OK && i < doc->sentences.n; i++) {
        window w = { .doc = 0, .sentence = i };
        while (status == DGM_OK && next_window(p, doc, &w))
            status = add_window(p, doc, w);
    }
    if (status == DGM_OK)
        status = run_chunk(p, doc);
    if (status == DGM_OK && p->names)
        dgm_names_finish(p->model->names, p->names, doc);
    if (status == DGM_OK)
        mend(p, doc);
    return status;
}

/* Documents that fit one chunk. */
static dgm_status parse_together(dgm_parser *p, dgm_document *const *docs, uint32_t n_docs)
{
    dgm_status status = DGM_OK;
    p->n_windows = p->n_words = 0;
    for (uint32_t d = 0; d < n_docs; d++)
        for (uint32_t i = 0; i < docs[d]->sentences.n; i++) {
            window w = { .doc = d, .sentence = i };
            while (next_window(p, docs[d], &w))
                p->windows[p->n_windows++] = w;
        }
    if (p->n_windows)
        status = parse_chunk(p, docs);
    for (uint32_t d = 0; status == DGM_OK && d < n_docs; d++) {
        if (p->names)
            dgm_names_begin(p->names);
        status = take_document(p, docs[d], d);
        if (status == DGM_OK && p->names)
            dgm_names_finish(p->model->names, p->names, docs[d]);
        if (status == DGM_OK)
            mend(p, docs[d]);
    }
    p->n_windows = 0;
    return status;
}

static size_t words_of(const dgm_document *doc)
{
    size_t n = 0;
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        n += doc->sentences.at[i].n_words;
    return n;
}

dgm_status dgm_parse_all(dgm_parser *p, dgm_document *const *docs, uint32_t n, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (uint32_t begin = 0, end; status == DGM_OK && begin < n; begin = end) {
        size_t n_words = words_of(docs[begin]);
        for (end = begin + 1; end < n; end++) {
            size_t further = words_of(docs[end]);
            if (n_words + further > DGM_CHUNK_WORDS)
                break;
            n_words += further;
        }
        status = end - begin > 1 ? parse_together(p, docs + begin, end - begin)
                                 : parse_alone(p, docs[begin]);
    }
    return status == DGM_OK ? DGM_OK : dgm_fail(err, status, NULL, 0, "no memory to parse");
}

dgm_status dgm_parse(dgm_parser *p, dgm_document *doc, dgm_err *err)
{
    return dgm_parse_all(p, &doc, 1, err);
}

dgm_status dgm_segment(dgm_parser *p, dgm_document *doc, dgm_err *err)
{
    if (!p->model->segmenter)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the model has no section \"segmenter\"");
    return dgm_segmenter_run(p->model->segmenter, doc, err);
}
