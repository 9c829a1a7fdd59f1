/* trees.h - sentences with their trees, written in one line by the test that asks about them:
 *
 *     "Azerbaijan/PROPN/NNP/2/nsubj shelled:shell/VERB/VBD/0/root villages:village/NOUN/NNS/2/obj"
 *
 * A word is form/UPOS/XPOS/head/relation; a lemma stands after a colon where it is not the form in
 * lower case (of a proper noun, the form); " | " parts sentences. No parser runs, so a test says
 * exactly which tree a rule meets, and a new model changes no unit test. */
#ifndef DGM_TEST_TREES_H
#define DGM_TEST_TREES_H

#include "fixture.h"

#include "document/document.h"

/* One word as a line of CoNLL-U, put behind `out`. */
static inline dgm_view tree_word(dgm_view out, dgm_view token, unsigned id)
{
    dgm_view part[5], form;
    for (size_t i = 0; i < DGM_LEN(part); i++)
        assert_true(dgm_view_split(&token, '/', &part[i]));
    dgm_view lemma = part[0];
    dgm_view_split(&lemma, ':', &form);
    if (lemma.n == 0)
        lemma = dgm_view_eq(part[1], DGM_VIEW("PROPN")) ? form : dgm_arena_lower(arena, form);
    return dgm_arena_printf(arena, "%.*s%u\t%.*s\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t_\t_\n",
                            DGM_FMT(out), id, DGM_FMT(form), DGM_FMT(lemma), DGM_FMT(part[1]),
                            DGM_FMT(part[2]), DGM_FMT(part[3]), DGM_FMT(part[4]));
}

/* A document of 2 October 2020 with these sentences, which `doc` is made. */
static inline void read_tree(dgm_document *doc, const char *tree)
{
    dgm_err err;
    dgm_view out = dgm_arena_printf(arena, "# newdoc id = t\n# date = 2020-10-02\n");
    dgm_view words = dgm_view_of(tree), token, rest;
    unsigned id = 1;
    while (dgm_view_split(&words, ' ', &token)) {
        if (dgm_view_eq(token, DGM_VIEW("|"))) {
            out = dgm_arena_printf(arena, "%.*s\n", DGM_FMT(out));
            id = 1;
        } else if (token.n > 0)
            out = tree_word(out, token, id++);
    }
    out = dgm_arena_printf(arena, "%.*s\n", DGM_FMT(out));
    dgm_document_init(doc, arena);
    if (dgm_document_from_conllu(doc, out, &rest, "tree", &err) != DGM_OK)
        fail_msg("%s: %s", tree, err.msg);
}

/* The word becomes a mention of the country that its first three letters name. */
static inline void mention_word(dgm_document *doc, uint32_t i_sentence, uint32_t word)
{
    dgm_word *it = &doc->sentences.at[i_sentence].words[word];
    uint32_t e = 0;
    while (e < doc->entities.n && !dgm_view_eq(doc->entities.at[e].name, it->form))
        e++;
    if (e == doc->entities.n) {
        dgm_entity *entity = must(dgm_push(arena, &doc->entities));
        entity->kind = DGM_ENTITY_COUNTRY;
        entity->name = it->form;
        memcpy(entity->country, it->form.p, DGM_MIN(it->form.n, 3u));
    }
    *(uint32_t *)must(dgm_push(arena, &doc->mention_entities)) = e;
    dgm_mention *mention = must(dgm_push(arena, &doc->mentions));
    mention->span = dgm_span_of(doc, i_sentence, word, word);
    mention->head = word;
    mention->entities = doc->mention_entities.n - 1;
    mention->n_entities = 1;
    it->mention = doc->mentions.n - 1;
}

/* Every proper noun is a country. */
static inline void mention_proper_nouns(dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        for (uint32_t w = 1; w <= doc->sentences.at[i].n_words; w++)
            if (doc->sentences.at[i].words[w].upos == DGM_PROPN)
                mention_word(doc, i, w);
}

#endif
