/* A sentence made ready: children by head, lemmas that the tables know, word classes, and which
 * mention covers which word. */
#include "events/clause.h"

static void add_classes(dgm_clause *c, uint32_t word, dgm_view key)
{
    uint32_t list = dgm_map_get(c->events->class_members, key);
    dgm_word_classes *classes = &c->classes[word];
    if (list == DGM_NONE)
        return;
    const dgm_id_list *ids = &c->events->lists.at[list];
    for (uint32_t i = 0; i < ids->n && classes->n < DGM_MAX_WORD_CLASSES; i++)
        classes->ids[classes->n++] = (uint16_t)ids->at[i];
}

/* The lemma, the form, and the runs of two and three that end here. */
static void find_classes(dgm_clause *c, uint32_t word)
{
    char key[128];
    dgm_view lemma = c->lemmas[word];
    add_classes(c, word, lemma);
    if (!dgm_view_eq(lemma, c->forms[word]))
        add_classes(c, word, c->forms[word]);
    int n;
    if (word + 2 <= c->s->n_words) { /* "state of emergency": the head comes first */
        n = snprintf(key, sizeof key, "%.*s %.*s %.*s", DGM_FMT(lemma),
                     DGM_FMT(c->lemmas[word + 1]), DGM_FMT(c->lemmas[word + 2]));
        if (n > 0 && (size_t)n < sizeof key)
            add_classes(c, word, (dgm_view) { key, (size_t)n });
    }
    if (word < 2)
        return;
    dgm_view before = c->lemmas[word - 1];
    n = snprintf(key, sizeof key, "%.*s %.*s", DGM_FMT(before), DGM_FMT(lemma));
    if (n > 0 && (size_t)n < sizeof key)
        add_classes(c, word, (dgm_view) { key, (size_t)n });
    if (word < 3)
        return;
    n = snprintf(key, sizeof key, "%.*s %.*s %.*s", DGM_FMT(c->lemmas[word - 2]), DGM_FMT(before),
                 DGM_FMT(lemma));
    if (n > 0 && (size_t)n < sizeof key)
        add_classes(c, word, (dgm_view) { key, (size_t)n });
}

static void cover_words(dgm_clause *c)
{
    const dgm_document *doc = c->doc;
    for (uint32_t i = 0; i < doc->mentions.n; i++) {
        const dgm_span *span = &doc->mentions.at[i].span;
        if (span->sentence != c->i_sentence || span->first == 0)
            continue;
        for (uint32_t w = span->first; w <= span->last && w <= c->s->n_words; w++) {
            uint32_t old = c->cover[w];
            if (old != DGM_NONE) {
                const dgm_span *other = &doc->mentions.at[old].span;
                if (other->last - other->first <= span->last - span->first)
                    continue;
            }
            c->cover[w] = i;
        }
    }
}

static bool is_known(const dgm_clause *c, dgm_view lemma)
{
    return dgm_map_get(c->events->vocabulary, lemma) != DGM_NONE;
}

/* A lemma that no table has may be a slip of the lemmatizer ("accus" for "accused"): the endings of
 * English are undone until a word comes out that the tables have. */
static dgm_view mended_lemma(const dgm_clause *c, uint32_t word)
{
    static const struct {
        const char *ending, *instead;
    } rules[] = {
        { "ies", "y" }, { "ied", "y" }, { "es", "e" },  { "es", "" },  { "s", "" },
        { "ed", "e" },  { "ed", "" },   { "ing", "e" }, { "ing", "" },
    };
    dgm_view lemma = c->lemmas[word], form = c->forms[word];
    dgm_upos upos = c->s->words[word].upos;
    char buf[64];
    /* A passive participle tagged as an adjective ("was involved") is the verb still. */
    bool participle = upos == DGM_ADJ && dgm_has_feat(&c->s->words[word], DGM_VIEW("Voice=Pass"));
    if ((upos != DGM_VERB && upos != DGM_NOUN && !participle) || form.n >= sizeof buf ||
        (is_known(c, lemma) && !participle))
        return lemma;
    uint32_t irregular = dgm_map_get(c->events->irregular, form);
    if (irregular != DGM_NONE)
        return c->events->irregular_lemmas.at[irregular];
    if (is_known(c, form) && !participle)
        return form;
    for (size_t i = 0; i < DGM_LEN(rules); i++) {
        dgm_view ending = dgm_view_of(rules[i].ending);
        if (!dgm_view_ends(form, ending) || form.n < ending.n + 3)
            continue;
        int n =
            snprintf(buf, sizeof buf, "%.*s%s", (int)(form.n - ending.n), form.p, rules[i].instead);
        dgm_view stem = { buf, (size_t)n };
        if (!is_known(c, stem) && rules[i].instead[0] == '\0' &&
            stem.p[stem.n - 1] == stem.p[stem.n - 2])
            stem.n--; /* "bombed" stays, "stopped" is "stop" */
        if (is_known(c, stem))
            return dgm_arena_copy(c->doc->arena, stem);
    }
    return lemma;
}

bool dgm_clause_init(dgm_clause *c, const dgm_events *events, dgm_document *doc,
                     uint32_t i_sentence)
{
    const dgm_sentence *s = &doc->sentences.at[i_sentence];
    uint32_t n = s->n_words + 1;
    *c = (dgm_clause) { .events = events, .doc = doc, .i_sentence = i_sentence, .s = s };
    c->first_child = DGM_NEW(doc->arena, uint32_t, n);
    c->next_sibling = DGM_NEW(doc->arena, uint32_t, n);
    c->cover = DGM_NEW(doc->arena, uint32_t, n);
    c->classes = DGM_NEW(doc->arena, dgm_word_classes, n);
    c->lemmas = DGM_NEW(doc->arena, dgm_view, n);
    c->forms = DGM_NEW(doc->arena, dgm_view, n);
    c->depth = DGM_NEW(doc->arena, uint32_t, 1);
    if (!c->depth)
        return false;
    if (!c->first_child || !c->next_sibling || !c->cover || !c->classes || !c->lemmas || !c->forms)
        return false;
    for (uint32_t w = n - 1; w > 0; w--) {
        uint32_t head = s->words[w].head;
        c->cover[w] = DGM_NONE;
        if (head >= n)
            continue;
        c->next_sibling[w] = c->first_child[head];
        c->first_child[head] = w;
    }
    for (uint32_t w = 1; w < n; w++) {
        c->lemmas[w] = dgm_arena_lower(doc->arena, s->words[w].lemma);
        c->forms[w] = dgm_arena_lower(doc->arena, s->words[w].form);
        c->lemmas[w] = mended_lemma(c, w);
    }
    for (uint32_t w = 1; w < n; w++)
        find_classes(c, w);
    cover_words(c);
    c->c_light = dgm_class_id(events, DGM_VIEW("light"));
    c->c_undergo = dgm_class_id(events, DGM_VIEW("undergo"));
    c->c_say = dgm_class_id(events, DGM_VIEW("say"));
    c->c_subject_control = dgm_class_id(events, DGM_VIEW("subject_control"));
    c->c_quantity = dgm_class_id(events, DGM_VIEW("quantity"));
    c->c_instrument = dgm_class_id(events, DGM_VIEW("instrument"));
    c->c_aspect = dgm_class_id(events, DGM_VIEW("aspect"));
    c->c_urge = dgm_class_id(events, DGM_VIEW("urge"));
    c->c_accuse = dgm_class_id(events, DGM_VIEW("accuse"));
    c->c_order = dgm_class_id(events, DGM_VIEW("order"));
    c->c_attack = dgm_class_id(events, DGM_VIEW("attack"));
    return true;
}
