/* A sentence made ready: children by head, lemmas that the tables know, word classes. */
#include "grammar/knowledge.h"

static void add_classes(dgm_tree *t, uint32_t word, dgm_view key)
{
    uint32_t list = dgm_map_get(t->grammar->members, key);
    dgm_word_classes *classes = &t->classes[word];
    if (list == DGM_NONE)
        return;
    const class_list *ids = &t->grammar->lists.at[list];
    for (uint32_t i = 0; i < ids->n && classes->n < DGM_MAX_WORD_CLASSES; i++)
        classes->ids[classes->n++] = (uint16_t)ids->at[i];
}

static void add_classes_of_run(dgm_tree *t, uint32_t word, uint32_t first, uint32_t n_words)
{
    char key[128];
    size_t n = 0;
    for (uint32_t i = 0; i < n_words; i++)
        if (!dgm_key_add(key, sizeof key, &n, i > 0 ? ' ' : 0, t->lemmas[first + i]))
            return;
    add_classes(t, word, (dgm_view) { key, n });
}

/* The lemma, the form, and the runs of two and three that end here. */
static void find_classes(dgm_tree *t, uint32_t word)
{
    dgm_view lemma = t->lemmas[word];
    add_classes(t, word, lemma);
    if (!dgm_view_eq(lemma, t->forms[word]))
        add_classes(t, word, t->forms[word]);
    if (word + 2 <= t->s->n_words) /* "state of emergency": the head comes first */
        add_classes_of_run(t, word, word, 3);
    if (word >= 2)
        add_classes_of_run(t, word, word - 1, 2);
    if (word >= 3)
        add_classes_of_run(t, word, word - 2, 3);
}

static bool is_known(const dgm_tree *t, dgm_view lemma)
{
    return dgm_map_get(t->grammar->vocabulary, lemma) != DGM_NONE;
}

/* A lemma that no table has may be a slip of the lemmatizer ("accus" for "accused"): the
 * endings of English are undone until a word comes out that the tables have. */
static dgm_view corrected_lemma(const dgm_tree *t, uint32_t word)
{
    static const struct {
        const char *ending, *instead;
    } rules[] = {
        { "ies", "y" }, { "ied", "y" }, { "es", "e" },  { "es", "" },  { "s", "" },
        { "ed", "e" },  { "ed", "" },   { "ing", "e" }, { "ing", "" },
    };
    dgm_view lemma = t->lemmas[word], form = t->forms[word];
    dgm_upos upos = t->s->words[word].upos;
    char buf[64];
    /* A passive participle tagged as an adjective ("was involved") is the verb still. */
    bool participle = upos == DGM_ADJ && dgm_has_feat(&t->s->words[word], DGM_VIEW("Voice=Pass"));
    if ((upos != DGM_VERB && upos != DGM_NOUN && !participle) || form.n >= sizeof buf ||
        (is_known(t, lemma) && !participle))
        return lemma;
    uint32_t irregular = dgm_map_get(t->grammar->irregular, form);
    if (irregular != DGM_NONE)
        return t->grammar->irregular_lemmas.at[irregular];
    if (is_known(t, form) && !participle)
        return form;
    for (size_t i = 0; i < DGM_LEN(rules); i++) {
        dgm_view ending = dgm_view_of(rules[i].ending);
        if (!dgm_view_ends(form, ending) || form.n < ending.n + 3)
            continue;
        int n =
            snprintf(buf, sizeof buf, "%.*s%s", (int)(form.n - ending.n), form.p, rules[i].instead);
        dgm_view stem = { buf, (size_t)n };
        if (!is_known(t, stem) && rules[i].instead[0] == '\0' &&
            stem.p[stem.n - 1] == stem.p[stem.n - 2])
            stem.n--; /* "bombed" stays, "stopped" is "stop" */
        if (is_known(t, stem))
            return dgm_arena_copy(t->doc->arena, stem);
    }
    return lemma;
}

/* The children of each word in their order, but for those that no word of a language has: a word
 * that asks for its siblings, as many do, looks at so many and no more. */
static void link_children(dgm_tree *t, uint32_t *n_children)
{
    enum { MOST_CHILDREN = 256 };
    const dgm_sentence *s = t->s;
    uint32_t n = s->n_words + 1;
    for (uint32_t w = 1; w < n; w++)
        n_children[s->words[w].head < n ? s->words[w].head : 0]++;
    for (uint32_t w = n - 1; w > 0; w--) {
        uint32_t head = s->words[w].head;
        if (head >= n || n_children[head]-- > MOST_CHILDREN)
            continue;
        t->next_child[w] = t->first_child[head];
        t->first_child[head] = w;
    }
}

/* How far each word's branch reaches, from the leaves up: a word hands its own on to its head when
 * nothing below it is waited for. What hangs in a circle waits for ever. `order` gets the words as
 * they are done; how many they are is returned. */
static uint32_t measure_branches(dgm_tree *t, uint32_t *waiting, uint32_t *order)
{
    const dgm_sentence *s = t->s;
    uint32_t n = s->n_words + 1, n_done = 0;
    for (uint32_t w = 0; w < n; w++) {
        t->first_under[w] = t->last_under[w] = w;
        t->n_under[w] = 1;
        waiting[w] = 0;
    }
    for (uint32_t w = 1; w < n; w++)
        waiting[s->words[w].head < n ? s->words[w].head : 0]++;
    for (uint32_t w = 1; w < n; w++)
        for (uint32_t i = w, head; i != 0 && waiting[i] == 0; i = head) {
            head = s->words[i].head < n ? s->words[i].head : 0;
            t->first_under[head] = DGM_MIN(t->first_under[head], t->first_under[i]);
            t->last_under[head] = DGM_MAX(t->last_under[head], t->last_under[i]);
            t->n_under[head] += t->n_under[i];
            waiting[head]--;
            waiting[i] = DGM_NONE;
            order[n_done++] = i;
        }
    return n_done;
}

/* From the root down: a word comes first of its branch, and its own branches follow it. */
static void place_words(dgm_tree *t, uint32_t *next, const uint32_t *order, uint32_t n_done)
{
    const dgm_sentence *s = t->s;
    next[0] = 1;
    while (n_done-- > 0) {
        uint32_t w = order[n_done], head = s->words[w].head <= s->n_words ? s->words[w].head : 0;
        t->place[w] = next[head];
        next[w] = next[head] + 1;
        next[head] += t->n_under[w];
    }
}

static bool build(dgm_tree *t, const dgm_grammar *grammar, const dgm_document *doc,
                  const dgm_sentence *s)
{
    uint32_t n = s->n_words + 1;
    *t = (dgm_tree) { .grammar = grammar, .doc = doc, .s = s };
    t->first_child = DGM_NEW(doc->arena, uint32_t, n);
    t->next_child = DGM_NEW(doc->arena, uint32_t, n);
    t->first_under = DGM_NEW(doc->arena, uint32_t, n);
    t->last_under = DGM_NEW(doc->arena, uint32_t, n);
    t->place = DGM_NEW(doc->arena, uint32_t, n);
    t->n_under = DGM_NEW(doc->arena, uint32_t, n);
    t->classes = DGM_NEW(doc->arena, dgm_word_classes, n);
    t->lemmas = DGM_NEW(doc->arena, dgm_view, n);
    t->forms = DGM_NEW(doc->arena, dgm_view, n);
    t->depth = DGM_NEW(doc->arena, uint32_t, 1);
    uint32_t *counts = DGM_NEW(doc->arena, uint32_t, n);
    uint32_t *order = DGM_NEW(doc->arena, uint32_t, n);
    if (!t->first_child || !t->next_child || !t->first_under || !t->last_under || !t->place ||
        !t->n_under || !t->classes || !t->lemmas || !t->forms || !t->depth || !counts || !order)
        return false;
    link_children(t, counts);
    place_words(t, counts, order, measure_branches(t, counts, order));
    for (uint32_t w = 1; w < n; w++) {
        t->lemmas[w] = dgm_arena_lower(doc->arena, s->words[w].lemma);
        t->forms[w] = dgm_arena_lower(doc->arena, s->words[w].form);
        t->lemmas[w] = corrected_lemma(t, w);
    }
    for (uint32_t w = 1; w < n; w++)
        find_classes(t, w);
    return true;
}

dgm_status dgm_grammar_read(const dgm_grammar *grammar, dgm_document *doc, dgm_err *err)
{
    uint32_t n = doc->sentences.n;
    dgm_tree *trees = DGM_NEW(doc->arena, dgm_tree, n + 1);
    for (uint32_t i = 0; trees && i < n; i++) {
        dgm_sentence *s = &doc->sentences.at[i];
        if (!build(&trees[i], grammar, doc, s))
            trees = NULL;
        else
            s->tree = &trees[i];
    }
    return trees ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the trees");
}
