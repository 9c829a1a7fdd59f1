/* garden.h - trees of the parser and what garden_path makes of them, a row a word, for the tests
 * of its files. For one test file each, so all of it is static. */
#ifndef DGM_TEST_GARDEN_H
#define DGM_TEST_GARDEN_H

#include "syntax/garden_path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    const char *form;
    dgm_upos upos;
    const char *xpos;
    uint32_t head;
    dgm_deprel deprel;
    uint32_t mended_head;
    dgm_deprel mended;
} tree_word;

static dgm_morphology *verbs;

/* Lemmas of the verbs in the trees that word classes hold; others are their own. */
static inline const char *lemma_of(const char *form)
{
    static const char *const lemmas[][2] = { { "said", "say" },
                                             { "urged", "urge" },
                                             { "arrested", "arrest" },
                                             { "fled", "flee" },
                                             { "warned", "warn" },
                                             { "dismissed", "dismiss" },
                                             { "neighbouring", "neighbour" },
                                             { "blamed", "blame" },
                                             { "gave", "give" },
                                             { "sent", "send" },
                                             { "denied", "deny" },
                                             { "conceded", "concede" },
                                             { "provided", "provide" },
                                             { "summoned", "summon" },
                                             { "took", "take" },
                                             { "told", "tell" } };
    for (size_t i = 0; i < DGM_LEN(lemmas); i++)
        if (strcmp(form, lemmas[i][0]) == 0)
            return lemmas[i][1];
    return form;
}

static inline void check_tree(const tree_word *rows, uint32_t n, bool headline)
{
    dgm_word *words = calloc(n + 1, sizeof(*words)); /* and no more, so that tools see an overrun */
    dgm_sentence s = { .words = words, .n_words = n, .headline = headline };
    assert_non_null(words);
    for (uint32_t i = 1; i <= n; i++) {
        const tree_word *r = &rows[i - 1];
        words[i] = (dgm_word) { .form = dgm_view_of(r->form),
                                .lemma = dgm_view_of(lemma_of(r->form)),
                                .upos = r->upos,
                                .xpos = dgm_view_of(r->xpos),
                                .space_after = true,
                                .head = r->head,
                                .deprel = r->deprel };
    }
    dgm_garden_path_mend(verbs, &s);
    for (uint32_t i = 1; i <= n; i++)
        if (words[i].head != rows[i - 1].mended_head || words[i].deprel != rows[i - 1].mended)
            fail_msg("%s: %u %s", rows[i - 1].form, words[i].head,
                     dgm_deprel_name(words[i].deprel));
    free(words);
}

#define check(rows)          check_tree(rows, DGM_LEN(rows), false)
#define check_headline(rows) check_tree(rows, DGM_LEN(rows), true)

static inline int load_verbs(void **state)
{
    (void)state;
    dgm_err err;
    return dgm_morphology_load(getenv("DRAGOMAN_TABLES"), NULL, &verbs, &err) == DGM_OK ? 0 : -1;
}

static inline int free_verbs(void **state)
{
    (void)state;
    dgm_morphology_free(verbs);
    return 0;
}

#endif
