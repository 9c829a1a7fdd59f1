/* names_lesson.c - the spans of treebanks that can be names, as the parser reads their words: what
 * they look like, and which are names in gold. Gold spans that the tree does not give are put in by
 * hand. */
#include "syntax/names_lesson.h"

#include "syntax/gold_names.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The types of the window's spans; gold names that are no spans become some. */
static void mark_gold(names_lesson *lesson, const dgm_names_window *window)
{
    const uint8_t *tags = lesson->gold[window->sentence] + window->first - 1;
    memset(lesson->type_of, N_TYPES, sizeof(lesson->type_of));
    for (uint32_t i = 0, begin = DGM_NONE; i < window->n; i++) {
        if (!tags[i])
            continue;
        dgm_bilu at = dgm_entity_tag_bilu(tags[i]);
        if (at == DGM_BILU_B || at == DGM_BILU_U)
            begin = i;
        if (begin == DGM_NONE || (at != DGM_BILU_L && at != DGM_BILU_U))
            continue;
        uint32_t before = lesson->space->n_spans, k = names_add_span(lesson->space, begin, i);
        lesson->n_names++;
        lesson->n_missed += k >= before;
        if (k != DGM_NONE)
            lesson->type_of[k] = (uint8_t)dgm_entity_tag_type(tags[i]);
    }
}

/* The pictures of all heads, with room for what the document adds; marks as numbers, 0 or 1. */
static bool see_heads(names_lesson *lesson, lattice *l)
{
    dgm_names_space *x = lesson->space;
    for (uint32_t i = 0; i < x->n; i++)
        lesson->head_of[i] = DGM_NONE;
    for (uint32_t k = 0; k < x->n_spans; k++) {
        uint32_t h = x->spans[k].head;
        if (lesson->head_of[h] != DGM_NONE)
            continue;
        uint32_t *word = dgm_push(lesson->arena, &lesson->words);
        if (!word || (*word = names_word(x, x->key[h])) == DGM_NONE)
            return false;
        lesson->head_of[h] = l->n_heads++;
        uint32_t marks = names_picture(x, h), n = lesson->sizes.n,
                 first_mark = n + lesson->sizes.n_mean;
        for (uint32_t i = 0; i < lesson->n_picture; i++) {
            float *at = dgm_push(lesson->arena, &lesson->pictures);
            if (!at)
                return false;
            *at = i < n            ? x->vector[i]
                  : i < first_mark ? 0
                                   : (float)(marks >> (i - first_mark) & 1);
        }
    }
    return true;
}

/* Means of the document's pictures of each form, and all of its marks. */
static bool fill_means(names_lesson *lesson)
{
    uint32_t n = lesson->sizes.n_mean, n_row = n + NAME_MARKS;
    float *sum = calloc(lesson->space->n_words * n_row + 1, sizeof(*sum));
    uint32_t *count = calloc(lesson->space->n_words + 1, sizeof(*count));
    bool good = sum && count;
    for (uint32_t i = 0; good && i < lesson->words.n; i++) {
        const float *v =
            lesson->pictures.at + lesson->first_picture + (size_t)i * lesson->n_picture;
        const float *marks = v + lesson->sizes.n + n;
        float *row = sum + (size_t)lesson->words.at[i] * n_row;
        count[lesson->words.at[i]]++;
        for (uint32_t k = 0; k < n; k++)
            row[k] += v[k];
        for (uint32_t k = 0; k < NAME_MARKS; k++)
            row[n + k] = fmaxf(row[n + k], marks[k]);
    }
    for (uint32_t i = 0; good && i < lesson->words.n; i++) {
        float *v = lesson->pictures.at + lesson->first_picture + (size_t)i * lesson->n_picture +
                   lesson->sizes.n;
        const float *row = sum + (size_t)lesson->words.at[i] * n_row;
        for (uint32_t k = 0; k < n_row; k++)
            v[k] = k < n ? row[k] / (float)count[lesson->words.at[i]] : row[k];
    }
    free(sum);
    free(count);
    return good;
}

static bool ask(names_lesson *lesson, const name_span *span, uint8_t gold)
{
    names_describe(lesson->space, &lesson->lists, span);
    const name_features *f = &lesson->space->features;
    question *q = dgm_push(lesson->arena, &lesson->questions);
    if (!q)
        return false;
    *q = (question) { .begin = span->begin,
                      .end = span->end,
                      .gold = gold,
                      .n = (uint8_t)f->n,
                      .features = lesson->features.n,
                      .head = (uint16_t)lesson->head_of[span->head] };
    memcpy(q->dense, f->dense, sizeof(q->dense));
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t *at = dgm_push(lesson->arena, &lesson->features);
        if (!at)
            return false;
        *at = f->at[i];
    }
    return true;
}

static void hear(void *context, const dgm_names_window *window)
{
    names_lesson *lesson = context;
    dgm_names_space *x = lesson->space;
    names_find(x, window);
    mark_gold(lesson, window);
    if (!x->n_spans || lesson->no_memory)
        return;
    lattice l = { lesson->questions.n, x->n_spans, window->n, lesson->pictures.n, 0 };
    bool good = see_heads(lesson, &l);
    for (uint32_t i = 0; good && i < window->n; i++)
        for (uint32_t k = x->ending[i]; good && k != DGM_NONE; k = x->next[k])
            good = ask(lesson, &x->spans[k], lesson->type_of[k]);
    lattice *at = dgm_push(lesson->arena, &lesson->lattices);
    lesson->no_memory = !good || !at;
    if (at)
        *at = l;
}

static dgm_status read_document(names_lesson *lesson, dgm_parser *parser, dgm_document *doc,
                                const dgm_conllu_extra *extra, dgm_err *err)
{
    const uint8_t **gold = DGM_NEW(doc->arena, const uint8_t *, doc->sentences.n + 1);
    dgm_gold_names_tag(doc, extra->misc.at);
    for (uint32_t i = 0; gold && i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        uint8_t *tags = DGM_NEW(doc->arena, uint8_t, s->n_words + 1);
        for (uint32_t j = 1; tags && j <= s->n_words; j++)
            tags[j - 1] = s->words[j].entity_tag;
        lesson->no_memory = lesson->no_memory || !tags;
        gold[i] = tags;
    }
    if (!gold || lesson->no_memory)
        return names_no_memory(err);
    lesson->n_documents++;
    if (lesson->exchange && !names_exchange(lesson->pool, doc, extra->misc.at, lesson->n_documents))
        return names_no_memory(err);
    dgm_names_begin(lesson->space);
    lesson->words.n = 0;
    lesson->first_picture = lesson->pictures.n;
    lesson->gold = gold;
    dgm_status status = dgm_parse(parser, doc, err);
    return status == DGM_OK && (lesson->no_memory || !fill_means(lesson)) ? names_no_memory(err)
                                                                          : status;
}

dgm_status names_lesson_read(names_lesson *lesson, dgm_parser *parser, const char *path,
                             dgm_err *err)
{
    dgm_arena *arena = dgm_arena_new();
    if (!arena)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory");
    if (parser)
        dgm_parser_hear(parser, hear, lesson);
    dgm_conllu_file file;
    dgm_status status = dgm_conllu_open(&file, path, err);
    file.extra.keep_misc = true;
    while (status == DGM_OK && file.rest.n > 0) {
        dgm_document doc;
        status = dgm_conllu_next(&file, arena, &doc, err);
        if (status == DGM_OK && parser)
            status = read_document(lesson, parser, &doc, &file.extra, err);
        else if (status == DGM_OK && !names_pool_take(lesson->pool, &doc, file.extra.misc.at))
            status = dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for the training");
        dgm_arena_reset(arena);
    }
    dgm_conllu_close(&file);
    dgm_arena_free(arena);
    return status;
}
