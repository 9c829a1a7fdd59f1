/* dialects FILE.conllu...: where events, claims, actors and grounding answered the same question in
 * different ways before there was one room for it, and what grammar answers now.
 *
 * The old answers are kept here as they were. `--words` prints every word they disagree on; the
 * counts are held, so that a change of a definition shows how many words of the treebank it moves.
 */
#include "grammar/grammar.h"

#include <stdlib.h>
#include <string.h>

static bool tagged(const dgm_word *w, const char *xpos)
{
    return dgm_view_eq(w->xpos, dgm_view_of(xpos));
}

/* claims: an auxiliary, or a participle after its noun. */
static bool claims_passive(const dgm_tree *t, uint32_t w)
{
    return dgm_child_of(t, w, DGM_REL_AUX_PASS) ||
           (t->s->words[w].deprel == DGM_REL_ACL && tagged(&t->s->words[w], "VBN"));
}

/* events, for the subject of a conjunct; syntax has VBP beside. */
static bool events_finite(const dgm_tree *t, uint32_t w)
{
    return tagged(&t->s->words[w], "VBD") || tagged(&t->s->words[w], "VBZ");
}

/* grounding: participles too. */
static bool grounding_past(const dgm_tree *t, uint32_t i)
{
    if (dgm_has_feat(&t->s->words[i], DGM_VIEW("Tense=Past")))
        return true;
    DGM_EACH_CHILD(t, i, k)
    {
        const dgm_word *w = &t->s->words[k];
        if ((w->deprel == DGM_REL_AUXREL || w->deprel == DGM_REL_AUX_PASS ||
             w->deprel == DGM_REL_COP) &&
            (dgm_has_feat(w, DGM_VIEW("Tense=Past")) || dgm_is_lemma(t, k, "have")))
            return true;
    }
    return false;
}

static bool events_negated(const dgm_tree *t, uint32_t i)
{
    DGM_EACH_CHILD(t, i, w)
    if (dgm_is_lemma(t, w, "not") || dgm_is_lemma(t, w, "never") || dgm_is_lemma(t, w, "n't") ||
        dgm_is_lemma(t, w, "neither") ||
        (dgm_is_lemma(t, w, "longer") && w > 1 && dgm_is_lemma(t, w - 1, "no")))
        return true;
    return false;
}

static bool claims_relative(const dgm_tree *t, uint32_t w)
{
    return dgm_is_lemma(t, w, "who") || dgm_is_lemma(t, w, "which") || dgm_is_lemma(t, w, "that") ||
           dgm_has_feat(&t->s->words[w], DGM_VIEW("PronType=Rel"));
}

static bool times_infinitive(const dgm_tree *t, uint32_t w)
{
    uint32_t mark = dgm_child_of(t, w, DGM_REL_MARK);
    return mark && dgm_view_eq(t->forms[mark], DGM_VIEW("to"));
}

static bool has_nearest(const dgm_tree *t, uint32_t w)
{
    return dgm_subject_of(t, w, DGM_SPOKEN_OF) != dgm_subject_of(t, w, DGM_NEAREST);
}

static bool never(const dgm_tree *t, uint32_t w)
{
    (void)t;
    return w == 0;
}

static const struct {
    const char *question;
    bool (*old)(const dgm_tree *t, uint32_t w);
    bool (*now)(const dgm_tree *t, uint32_t w);
    uint32_t only_old, only_now; /* words of news-train and news-dev */
} questions[] = {
    { "passive (claims)", claims_passive, dgm_is_passive, 2, 120 },
    { "finite (events)", events_finite, dgm_is_finite, 0, 689 },
    { "past (grounding)", grounding_past, dgm_is_past, 624, 3 },
    { "negated (events)", events_negated, dgm_is_negated, 7, 4 },
    { "relative pronoun (claims)", claims_relative, dgm_is_relative_pronoun, 34, 1 },
    { "infinitive (times)", times_infinitive, dgm_has_to, 0, 3 },
    { "two subjects, first and nearest differ", has_nearest, never, 0, 0 },
};

static uint32_t counts[DGM_LEN(questions)][2];

static void compare(const dgm_document *doc, bool words)
{
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        for (uint32_t w = 1; w <= s->n_words; w++)
            for (size_t q = 0; q < DGM_LEN(questions); q++) {
                bool old = questions[q].old(s->tree, w), now = questions[q].now(s->tree, w);
                if (old == now)
                    continue;
                counts[q][now]++;
                if (words)
                    printf("%s: %s `%.*s` in: %.*s\n", questions[q].question,
                           now ? "is now" : "was once", DGM_FMT(s->words[w].form),
                           DGM_FMT(dgm_span_text(doc, dgm_span_of(doc, i, 1, s->n_words))));
            }
    }
}

static bool read_file(const dgm_grammar *grammar, const char *path, bool words)
{
    dgm_conllu_file file = { .path = NULL };
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_err err;
    dgm_status status = arena ? dgm_conllu_open(&file, path, &err) : DGM_ENOMEM;
    while (status == DGM_OK && file.rest.n > 0) {
        dgm_arena_reset(arena);
        status = dgm_conllu_next(&file, arena, &doc, &err);
        if (status == DGM_OK)
            status = dgm_grammar_read(grammar, &doc, &err);
        if (status == DGM_OK)
            compare(&doc, words);
    }
    dgm_conllu_close(&file);
    dgm_arena_free(arena);
    return status == DGM_OK || status == DGM_END;
}

int main(int argc, char **argv)
{
    dgm_complaints complaints = { 0 };
    dgm_grammar *grammar = NULL;
    dgm_err err;
    bool words = argc > 1 && strcmp(argv[1], "--words") == 0, right = true;
    if (dgm_grammar_load(getenv("DRAGOMAN_TABLES"), &complaints, &grammar, &err) != DGM_OK)
        return 1;
    for (int i = words ? 2 : 1; i < argc; i++)
        right = read_file(grammar, argv[i], words) && right;
    for (size_t q = 0; q < DGM_LEN(questions); q++) {
        printf("%s: %u only then, %u only now\n", questions[q].question, counts[q][0],
               counts[q][1]);
        right =
            right && counts[q][0] == questions[q].only_old && counts[q][1] == questions[q].only_now;
    }
    dgm_grammar_free(grammar);
    return right ? 0 : 1;
}
